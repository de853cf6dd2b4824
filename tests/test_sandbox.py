"""What a submission can reach, and what it can use up: nothing that is not on `policy`'s list."""

import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from warm_kernels import SMALL, kernel, needs_sandbox

from torchprimer.grading.warm import cgroups, policy, sandbox
from torchprimer.grading.warm.zygote import Zygote

pytestmark = needs_sandbox
ROOT = Path(__file__).resolve().parents[1]
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
SECRET = "the-other-submission"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course's folder with two submissions in it."""
    root = tmp_path_factory.mktemp("course")
    for student in ("ann", "bob"):
        folder = root / "submitted" / student / "01_demo"
        (folder / "data").mkdir(parents=True)
        (folder / "01_demo.ipynb").write_text("hidden checks")
        (folder / "data" / "table.csv").write_text(f"{student}: {SECRET}")
        (folder / ".secret").write_text(SECRET)
        (folder / "link").symlink_to(root / "gradebook.db")
        (folder / "folder").symlink_to(root)
    (root / "gradebook.db").write_text(SECRET)
    return root


@pytest.fixture(scope="module")
def ann(course):
    with kernel(cwd=course / "submitted" / "ann" / "01_demo", limits=SMALL) as started:
        yield started


@pytest.fixture(scope="module")
def bob(course):
    with kernel(cwd=course / "submitted" / "bob" / "01_demo", limits=SMALL) as started:
        yield started


@pytest.fixture(autouse=True, scope="module")
def nothing_left():
    """Every kernel of this file is forked from one process, and nothing of it stays."""
    yield
    folders = [zygote.folder for zygote in Zygote._running.values()]
    for zygote in list(Zygote._running.values()):
        zygote.close()
    Zygote._running.clear()
    assert not [folder for folder in folders if folder.exists()]


# --- what it sees


def test_it_works_in_a_copy_of_its_files_without_notebooks_links_and_dots(ann, course):
    assert (
        ann.ask("import os; sorted(os.listdir('.')), os.listdir('data')").text == "(['data'], ['table.csv'])"
    )
    assert ann.ask("open('data/table.csv').read()").text == f"'ann: {SECRET}'"
    assert ann.ask("_ = open('data/table.csv', 'w').write('changed'); open('new', 'w').close()").error is None
    folder = course / "submitted" / "ann" / "01_demo"
    assert (folder / "data" / "table.csv").read_text() == f"ann: {SECRET}"
    assert not (folder / "new").exists()


def test_the_course_the_home_folder_and_other_submissions_are_not_there(ann, course):
    home = Path.home()
    paths = [
        course,
        course / "gradebook.db",
        ROOT / "source",
        ROOT / "tests",
        ROOT / ".git",
        ROOT / "pyproject.toml",
    ]
    paths += [course / "submitted" / "bob", "/etc/passwd", "/etc/shadow", "/var/lib", "/opt", "/mnt", "/srv"]
    paths += [home / name for name in os.listdir(home) if name != ".pyenv"]
    code = f"import os; [path for path in {list(map(str, paths))!r} if os.path.exists(path)]"
    assert ann.ask(code).text == "[]"


def test_nothing_readable_holds_another_submission(ann, bob):
    code = f"""
        import os
        found = []
        for top, folders, names in os.walk("/"):
            if top == "/":
                folders[:] = [f for f in folders if f not in ("proc", "usr", "work", "lib", "lib64", "bin", "sbin")]
            folders[:] = [f for f in folders if f not in (".venv", ".pyenv", "site-packages")]
            for name in names:
                path = os.path.join(top, name)
                try:
                    if os.path.isfile(path) and "bob: {SECRET}" in open(path, errors="replace").read(10**6):
                        found.append(path)
                except OSError:
                    pass
        found
    """
    assert ann.ask(code).text == "[]"


def test_nothing_outside_its_own_folders_can_be_written(ann):
    code = """
        import os
        written = []
        for top, folders, names in os.walk("/"):
            if top in ("/proc", "/home/student", "/tmp", "/dev/shm", "/dev/pts"):
                folders[:] = []
                continue
            if top.count("/") > 4:
                folders[:] = []
            try:
                open(os.path.join(top, "mine"), "w").close()
                written.append(top)
            except OSError:
                pass
        written
    """
    assert ann.ask(code).text == "[]"


def test_the_environment_is_clean(ann):
    names = set(json.loads(ann.ask("import json, os; print(json.dumps(sorted(os.environ)))").text))
    shell = {
        "PYDEVD_USE_FRAME_EVAL",
        "TERM",
        "CLICOLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "PAGER",
        "GIT_PAGER",
    }
    assert names - shell - {"JPY_SESSION_NAME"} == set(policy.environment(policy.Limits()))
    assert not any("JPY_PARENT" in name for name in names)


def test_it_sees_its_own_processes_only(ann, bob):
    code = "import os; [int(p) for p in os.listdir('/proc') if p.isdigit()]"
    assert bob.ask(code).text == ann.ask(code).text == "[1, 2]"
    told = ann.ask("open('/proc/1/cmdline').read()").text
    assert "bwrap" not in told and str(ROOT / "tests") not in told
    for file in ("environ", "mem", "maps"):
        assert ann.ask(f"open('/proc/1/{file}', 'rb').read(10)").error[0] == "PermissionError"
    assert ann.ask("import os; os.listdir('/proc/1/root')").error[0] == "PermissionError"


def test_the_grader_cannot_be_reached(ann):
    code = """
        import os, socket, stat
        sockets = []
        for top, folders, names in os.walk("/run"):
            sockets += [os.path.join(top, n) for n in names if stat.S_ISSOCK(os.lstat(os.path.join(top, n)).st_mode)]
        ours = [n for n in os.listdir("/proc/self/fd") if "primer" in os.path.realpath(f"/proc/self/fd/{n}")]
        print((sorted(sockets), ours, os.listdir("/run/jobs")))
    """
    own = [f"/run/kernel/k-{number}" for number in range(1, 6)]
    assert ann.ask(code).text.strip() == str((own, [], []))
    unix = ann.ask("len([l for l in open('/proc/net/unix') if '@' in l])")
    assert unix.text == "0", "no abstract socket of anybody's"


def test_kernels_do_not_share_memory_signals_or_terminals(ann, bob):
    ann.ask("open('/dev/shm/note', 'w').write('x'); open('/tmp/note', 'w').write('x')")
    ann.ask("import os; master, slave = os.openpty()")
    seen = "import os; 'note' in os.listdir('/dev/shm'), 'note' in os.listdir('/tmp')"
    assert bob.ask(seen).text == "(False, False)"
    assert bob.ask("[n for n in os.listdir('/dev/pts') if n.isdigit()]").text == "[]"
    ann.ask("import os; os.close(master); os.close(slave); os.remove('/dev/shm/note')")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('1.1.1.1', 53), 3)",
        "import urllib.request; urllib.request.urlopen('https://pypi.org', timeout=3)",
    ],
)
def test_there_is_no_network(ann, code):
    assert ann.told(code) == "there is no network while a submission is graded"


def test_its_own_loopback_works(ann):
    code = """
        import socket
        server = socket.create_server(("127.0.0.1", 0)); client = socket.create_connection(server.getsockname())
        server.accept()[0].send(b"x"); client.recv(1)
    """
    assert ann.ask(code).text == "b'x'"


def test_it_has_no_rights_and_gets_none(ann):
    status = dict(
        line.split(":", 1)
        for line in ann.ask("print(open('/proc/self/status').read())").text.splitlines()
        if line
    )
    assert {int(status[f"Cap{kind}"], 16) for kind in ("Inh", "Prm", "Eff", "Bnd", "Amb")} == {0}
    assert status["NoNewPrivs"].strip() == "1"
    namespaces = (
        "import ctypes; [ctypes.CDLL(None).unshare(kind) for kind in (0x10000000, 0x20000, 0x40000000)]"
    )
    assert ann.ask(namespaces).text == "[-1, -1, -1]"
    mount = "ctypes.CDLL(None).mount(b't', b'/tmp', b'tmpfs', 0, None), ctypes.CDLL(None).umount2(b'/run/jobs', 2)"
    assert ann.ask(mount).text == "(-1, -1)"


def test_calls_that_no_lesson_needs_are_refused(ann):
    assert ann.ask("import os; os.memfd_create('x')").error == (
        "OSError",
        "[Errno 38] Function not implemented",
    )
    numbers = {"x86_64": (29, 250, 425), "aarch64": (194, 219, 425)}[platform.machine()]
    assert ann.ask(f"[ctypes.CDLL(None).syscall(n, 0, 0, 0) for n in {numbers}]").text == "[-1, -1, -1]"


def test_torch_works_in_the_sandbox(ann):
    code = """
        import torch, matplotlib.pyplot as plt
        torch.set_num_threads(4)
        x = torch.randn(500, 500); y = (x @ x).sort().values
        loader = torch.utils.data.DataLoader(torch.arange(64.0), batch_size=8, num_workers=2)
        plt.plot([1, 2]); plt.show()
        sum(float(batch.sum()) for batch in loader)
    """
    answer = ann.ask(code)
    assert answer.error is None
    assert answer.text.endswith("2016.0") and "image/png" in answer.shown[0]
    assert "hello" in ann.ask("!echo hello").text


def test_a_judge_gets_none_of_the_submissions_files(course):
    with kernel(cwd=course / "submitted" / "ann" / "01_demo", env={"TORCHPRIMER_ROLE": "judge"}) as judge:
        assert judge.ask("import os; os.listdir('.'), os.listdir('/run/files')").text == "([], [])"


# --- what it uses up: each limit by its name, and the next kernel works

GIB = 1024**3
BOMBS = {
    "memory at once": (f"x = bytearray(3 * {GIB})", "this cell used more than 1 GiB of memory"),
    "memory in torch": ("import torch; torch.ones(10**10)", "this cell used more than 1 GiB of memory"),
    "memory in small pieces": (
        "x = []\nwhile True: x.append(bytearray(1 << 20))",
        "this cell used more than 1 GiB of memory",
    ),
    "memory in many processes": (
        """
        import os, time
        for _ in range(8):
            if os.fork() == 0:
                x = b"x" * (300 << 20); time.sleep(60)
        time.sleep(20)
        """,
        "this cell used more than 1 GiB of memory",
    ),
    "memory shared": (
        "import mmap\nm = mmap.mmap(-1, 3 << 30)\nfor i in range(0, 3 << 30, 4096): m[i] = 1",
        "this cell used more than 1 GiB of memory",
    ),
    "fork bomb": (
        "import os\nwhile True:\n    os.fork()",
        "this cell started more than 64 processes and threads",
    ),
    "fork bomb that hides its errors": (
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        "this cell started more than 64 processes and threads",
    ),
    "threads": (
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
        "this cell started more than 64 processes and threads",
    ),
    "file": ("open('a', 'wb').write(bytes(20 << 20))", "this cell wrote a file larger than 16 MiB"),
    "disk": (
        "for i in range(99): open(f'/tmp/{i}', 'wb').write(bytes(1 << 20))",
        "this cell wrote more than 24 MiB of files",
    ),
    "files": (
        "x = [open('/dev/null') for _ in range(5000)]",
        "this cell opened more than 1024 files at once",
    ),
    "output": (
        "while True: print('x' * 100_000)",
        "this cell wrote more than 4 MiB of output",
    ),
    "output at once": ("print('x' * 100_000_000)", "this cell wrote more than 4 MiB of output"),
    "output, counter undone": (
        """
        from ipykernel.kernelapp import IPKernelApp
        thread = IPKernelApp.instance().iopub_thread
        del thread._really_send
        while True: get_ipython().display_pub.publish({"text/plain": "x" * 100_000})
        """,
        "this cell wrote more than 4 MiB of output",
    ),
    "output below Python": (
        "import os\nwhile True: os.write(1, b'x' * 100_000)",
        "this cell wrote more than 4 MiB of output",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_as_the_limit_it_breaks(name):
    code, said = BOMBS[name]
    with kernel(limits=SMALL) as started:
        assert started.told(code, 60) == said
    # The kernel of the next test is forked from the same process: it works.


def test_without_control_groups_memory_is_counted(monkeypatch):
    monkeypatch.setattr(cgroups, "make", lambda *given: None)
    for name in ("memory in many processes", "memory shared", "memory in small pieces"):
        code, said = BOMBS[name]
        with kernel(limits=SMALL) as started:
            assert started.told(code, 60) == said


def test_a_submission_has_its_seconds():
    with kernel(limits=SMALL, env={"TORCHPRIMER_SECONDS": "2"}) as started:
        code = "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
        assert started.told(code) == "the submission ran longer than 2 seconds"


def test_a_loop_that_swallows_interrupts_is_ended_by_whoever_waits():
    with kernel(limits=SMALL) as started:
        started.client.execute(
            "while True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: pass"
        )
        time.sleep(0.3)
        started.manager.interrupt_kernel()
        time.sleep(0.3)
        assert started.manager.is_alive()
        started.provisioner.breach("this cell ran longer than 1 second")
        until = time.monotonic() + 10
        while started.manager.is_alive() and time.monotonic() < until:
            time.sleep(0.01)
        assert started.provisioner.why_ended() == "this cell ran longer than 1 second"
    assert _works()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os._exit(0)", "this cell ended its kernel (exit code 0)"),
        ("import os, signal; os.kill(os.getpid(), 9)", "this cell ended its kernel (killed)"),
        ("import ctypes; ctypes.string_at(0)", "this cell ended its kernel (segmentation fault)"),
    ],
)
def test_a_kernel_that_ends_itself_says_how(code, said):
    with kernel(limits=SMALL) as started:
        assert started.ask(code).ended == said


def test_what_does_not_end_a_kernel():
    with kernel(limits=SMALL) as started:
        started.ask("import os; os.kill(1, 9)")
        assert started.ask("1 + 1").text == "2", "process 1 is out of reach"
        assert started.ask("import sys; sys.exit(1)").error[0] == "SystemExit"
        assert started.ask("def f(): return f()\nf()").error[0] == "RecursionError"
        assert started.ask("1 + 1").text == "2"


def test_a_forked_process_does_not_go_on_as_a_second_kernel():
    with kernel(limits=SMALL) as started:
        started.ask(
            """
            import os
            children = []
            for _ in range(20):
                children.append(os.fork())
                if not children[-1]:
                    break
            """
        )
        gone = started.ask(
            "print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])"
        )
        assert gone.text == f"{[0] * 20}\n" and gone.error is None


def test_nothing_survives_a_kernel():
    with kernel(limits=SMALL) as started:
        started.ask(
            """
            import os, subprocess, time
            subprocess.Popen(["sleep", "4321"], start_new_session=True)
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.execvp("sleep", ["sleep", "4321"])
                os._exit(0)
            time.sleep(0.5)
            """
        )
        assert _sleepers()
    until = time.monotonic() + 5
    while _sleepers() and time.monotonic() < until:
        time.sleep(0.05)
    assert not _sleepers()


def _sleepers():
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes() == b"sleep\x004321\x00":
                found.append(path)
        except OSError:
            pass
    return found


def _works():
    with kernel(limits=SMALL) as started:
        return started.ask("import torch; float(torch.ones(2).sum())").text == "2.0"


def test_a_lost_zygote_costs_its_kernels_and_the_next_works():
    with kernel(limits=SMALL) as started:
        zygote = started.provisioner.zygote
        os.killpg(zygote.process.pid, signal.SIGKILL)
        assert (
            "was lost with the process that it was forked from"
            in started.ask("import time; time.sleep(9)").ended
        )
    assert _works()


# --- where there is no sandbox


def test_without_bubblewrap_the_line_that_installs_it_is_said(monkeypatch):
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(sandbox.SandboxError, match="sudo apt-get install bubblewrap"):
        sandbox.program()


def test_where_namespaces_are_forbidden_it_is_said_what_to_do(monkeypatch, tmp_path):
    forbidden = tmp_path / "bwrap"
    forbidden.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    forbidden.chmod(0o755)
    monkeypatch.setattr(sandbox, "program", lambda: str(forbidden))
    with (
        pytest.raises(sandbox.SandboxError, match=r"setting up uid map: Permission denied.*--no-sandbox"),
        kernel(gpu=True),
    ):
        pass


# --- as somebody else

# What depends on who grades.
AS_A_USER = "copy or course or outside or processes_only or reached or share or network or rights or refused"
AS_A_USER += " or torch_works or many or disk or survives"


@pytest.mark.skipif(not IS_ROOT, reason="this whole file runs as an ordinary user already")
def test_the_same_as_an_ordinary_user():
    """The heart of this file again, as a user without rights, in a mount namespace where the Python in use can be reached."""
    tmp_path = Path(tempfile.mkdtemp(dir="/tmp"))  # pytest's own folders are for root's eyes
    tmp_path.chmod(0o755)
    base = Path(sys.base_prefix).resolve()
    hidden = next(
        (parent for parent in (*reversed(base.parents), base) if not parent.stat().st_mode & 0o005), None
    )
    script = f"""
        set -e
        mkdir {tmp_path}/home {tmp_path}/base
        chown -R 12345:12345 {tmp_path}/home
        mount --bind {base} {tmp_path}/base
        if [ -n "{hidden or ""}" ]; then
            mount -t tmpfs -o mode=755 none {hidden}
            mkdir -p {base}
            mount --bind {tmp_path}/base {base}
        fi
        cd {ROOT}
        exec setpriv --reuid 12345 --regid 12345 --clear-groups env -u XDG_CACHE_HOME HOME={tmp_path}/home \\
            {sys.executable} -m pytest -q -p no:cacheprovider --basetemp={tmp_path}/home/pytest \\
            tests/test_sandbox.py -k '{AS_A_USER}'
    """
    done = subprocess.run(["unshare", "--mount", "sh", "-c", script], capture_output=True, text=True)
    shutil.rmtree(tmp_path / "home")
    (tmp_path / "base").rmdir()  # empty: the mount was in a namespace that is gone
    tmp_path.rmdir()
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"NOT TESTED as an ordinary user: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 14 and "skipped" not in done.stdout
