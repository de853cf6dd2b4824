"""Kernels that are forked from a warm process: they are whole kernels, and the process is looked after."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute
from warm_kernels import PROVISIONER, kernel, needs_linux

from torchprimer.grading.warm import cgroups, limits
from torchprimer.grading.warm.policy import GIB, Limits
from torchprimer.grading.warm.provisioner import WarmProvisioner, copy_files
from torchprimer.grading.warm.sandbox import SandboxError
from torchprimer.grading.warm.zygote import Zygote, close_all

pytestmark = needs_linux
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def open_kernel():
    with kernel(sandbox=False) as started:
        yield started


def test_it_is_found_by_its_name():
    assert PROVISIONER in KernelProvisionerFactory.instance().provisioners


def test_everything_is_imported_before_the_first_cell(open_kernel):
    answer = open_kernel.ask(
        "import sys; [n for n in ('torch', 'matplotlib.pyplot', 'torchprimer.check') if n not in sys.modules]"
    )
    assert answer.text == "[]"


def test_torch_has_threads_that_work(open_kernel):
    answer = open_kernel.ask(
        """
        import torch
        before = torch.get_num_threads()
        torch.set_num_threads(4)
        x = torch.randn(600, 600, dtype=torch.float64)
        close = bool(torch.allclose((x @ x)[0], sum(x[0, i] * x[i] for i in range(600))))
        import os
        before, torch.get_num_threads(), close, torch.randn(1 << 21).sort().values.numel() == 1 << 21
        """
    )
    assert answer.text == "(1, 4, True, True)", answer


def test_autograd_and_an_optimizer_work(open_kernel):
    answer = open_kernel.ask(
        """
        import torch
        torch.manual_seed(0)
        x = torch.randn(256, 8); y = x.sum(1, keepdim=True)
        model = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1))
        step = torch.optim.Adam(model.parameters(), lr=0.01)
        for _ in range(200):
            step.zero_grad(); loss = torch.nn.functional.mse_loss(model(x), y); loss.backward(); step.step()
        loss.item() < 0.2
        """
    )
    assert answer.text == "True", answer


def test_dataloader_workers_work(open_kernel):
    answer = open_kernel.ask(
        """
        import torch
        loader = torch.utils.data.DataLoader(torch.arange(64.0), batch_size=8, num_workers=2)
        sum(float(batch.sum()) for batch in loader)
        """
    )
    assert answer.text == "2016.0", answer


def test_figures_are_shown(open_kernel):
    answer = open_kernel.ask("import matplotlib.pyplot as plt\nplt.plot([1, 2, 4])\nplt.show()")
    assert [sorted(data) for data in answer.shown] == [["image/png", "text/plain"]], answer
    answer = open_kernel.ask("_ = plt.plot([1, 3])")
    assert len(answer.shown) == 1, "a figure is also shown without show(), at the cell's end"


def test_a_shell_command_runs(open_kernel):
    assert "hello" in open_kernel.ask("!echo hello").text


def test_interrupting_a_cell_leaves_the_kernel(open_kernel):
    asked = open_kernel.client.execute("import time; time.sleep(60)", stop_on_error=False)
    time.sleep(0.3)
    open_kernel.manager.interrupt_kernel()
    reply = open_kernel.client._recv_reply(asked, timeout=20)
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert open_kernel.ask("6 * 7").text == "42"


def test_no_two_kernels_draw_the_same_numbers():
    draw = "import random, numpy, torch\nrandom.random(), float(numpy.random.rand()), float(torch.rand(1))"
    drawn = []
    for _ in range(2):
        with kernel(sandbox=False) as started:
            drawn.append(started.ask(draw).text.strip("()").split(", "))
    assert all(a != b for a, b in zip(*drawn, strict=True)), drawn


def test_a_kernel_without_a_sandbox_works_in_the_real_folder(tmp_path):
    with kernel(cwd=tmp_path, sandbox=False) as started:
        started.ask("open('here', 'w').write('x')")
    assert (tmp_path / "here").exists()


def test_background_processes_end_with_the_kernel_without_a_sandbox_too(tmp_path):
    with kernel(cwd=tmp_path, sandbox=False) as started:
        answer = started.ask(
            "import subprocess\nsubprocess.Popen(['sleep', '1234'], start_new_session=True).pid", 20
        )
        assert Path(f"/proc/{answer.text}").exists()
    assert not Path(f"/proc/{answer.text}").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os; os._exit(3)", "exit code 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "segmentation fault"),
        ("exit()", "exit code 0"),
    ],
)
def test_the_exit_code_of_a_kernel_comes_back(code, said):
    with kernel(sandbox=False) as started:
        answer = started.ask(code)
        until = time.monotonic() + 10
        while started.manager.is_alive() and time.monotonic() < until:
            time.sleep(0.05)
        assert said in (answer.ended or started.provisioner.why_ended())


def test_a_restarted_kernel_is_found_by_the_same_client():
    with kernel(sandbox=False) as started:
        started.ask("x = 1")
        started.manager.restart_kernel(now=True)
        started.client.wait_for_ready(timeout=30)
        assert started.ask("x").error[0] == "NameError"


def test_a_lost_zygote_is_started_again(open_kernel):
    with kernel(sandbox=False) as started:
        zygote = started.provisioner.zygote
        process = next(
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and _parent(entry.name) == zygote.process.pid
        )
        started.ask("x = 1")
        os.kill(process, signal.SIGKILL)
        answer = started.ask("import time; time.sleep(30)")
        assert "was lost with the process that it was forked from" in answer.ended
        until = time.monotonic() + 5
        while zygote.folder.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert not zygote.folder.exists()
    with kernel(sandbox=False) as started:
        assert started.provisioner.zygote is not zygote
        assert started.ask("1 + 1").text == "2"


@pytest.mark.parametrize("times", [1, 3])
def test_a_zygote_that_is_killed_as_it_starts_is_started_again(times, monkeypatch):
    close_all()
    killed, real = set(), Zygote.check_ready

    def check_ready(self):
        if self.process.pid not in killed and len(killed) < times:
            killed.add(self.process.pid)
            os.killpg(self.process.pid, signal.SIGKILL)
        return real(self)

    monkeypatch.setattr(Zygote, "check_ready", check_ready)
    if times == 3:
        with pytest.raises(SandboxError, match="killed 3 times as it started"), kernel(sandbox=False):
            pass
    else:
        with kernel(sandbox=False) as started:
            assert started.ask("1 + 1").text == "2"
    assert len(killed) == times


def _parent(process):
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


@pytest.mark.parametrize("ending", ["pass", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_it_ends_with_its_owner_and_leaves_nothing(ending, tmp_path):
    code = f"""
        import sys
        sys.path.insert(0, {str(ROOT / "tests")!r})
        from warm_kernels import kernel
        context = kernel(sandbox=False)
        started = context.__enter__()
        zygote = started.provisioner.zygote
        print(zygote.process.pid, zygote.folder, started.ask("import os; os.getpid()").text, flush=True)
        {ending}
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
    )
    shell, folder, process = done.stdout.split()
    until = time.monotonic() + 10
    while (left := [p for p in (f"/proc/{shell}", folder, f"/proc/{process}") if os.path.exists(p)]) and (
        time.monotonic() < until
    ):
        time.sleep(0.05)
    assert not left


def test_a_fork_of_the_owner_gets_a_zygote_of_its_own():
    reader, writer = os.pipe()
    with kernel(sandbox=False) as started:
        child = os.fork()
        if child == 0:
            os.write(writer, b"gone" if not Zygote._running else b"kept")
            os._exit(0)
        os.waitpid(child, 0)
        os.close(writer)
        assert os.read(reader, 10) == b"gone"
        os.close(reader)
        assert started.ask("1 + 1").text == "2"


def test_nbgrader_runs_a_notebook_with_it(monkeypatch):
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", PROVISIONER)
    notebook = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            new_code_cell("import torch\nx = torch.ones(2)"),
            new_code_cell("x.sum()"),
            new_code_cell("1/0"),
        ],
    )
    execute = Execute(shutdown_kernel="immediate")
    execute.config.WarmProvisioner.sandbox = False
    done, _ = execute.preprocess(notebook, {"metadata": {}})
    assert done.cells[1].outputs[0].data["text/plain"] == "tensor(2.)"
    assert done.cells[2].outputs[0].ename == "ZeroDivisionError"
    nbformat.validate(done)


def test_copied_files_are_limited_and_readable_by_another_user(tmp_path):
    source, target = tmp_path / "from", tmp_path / "to"
    for name, size in (("a/1.csv", 10), ("a/2.csv", 10), ("a/3.csv", 10_000)):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(bytes(size))
    (source / "a/1.csv").chmod(0o600)
    copy_files(source, target, 100)
    assert sorted(path.name for path in target.rglob("*.csv")) in (
        ["1.csv", "2.csv"],
        ["1.csv"],
        ["2.csv"],
        [],
    )
    copy_files(source, target, 100_000)
    assert {path.stat().st_mode & 0o777 for path in target.rglob("*.csv")} == {0o644}
    assert (target / "a").stat().st_mode & 0o777 == 0o755


def test_another_language_is_refused():
    spec = KernelSpec(argv=["ir"], language="R")
    with pytest.raises(RuntimeError, match="Warm kernels are Python kernels, and this one is r"):
        asyncio.run(WarmProvisioner(kernel_spec=spec).pre_launch(env={}))


# --- control groups


@pytest.mark.parametrize("controllers", ["", "cpu memory pids"])
def test_where_no_control_group_can_be_made_nothing_is_left(controllers, monkeypatch, tmp_path):
    (tmp_path / "cgroup.subtree_control").write_text(controllers)
    (tmp_path / "memory").mkdir()
    (tmp_path / "pids").mkdir()
    monkeypatch.setattr(cgroups, "ROOT", tmp_path)
    monkeypatch.setattr(cgroups, "_mine", lambda: {"": "/", "memory": "/", "pids": "/"})
    before = sorted(tmp_path.rglob("*"))
    assert cgroups.make("test", Limits()) is None
    assert sorted(tmp_path.rglob("*")) == before


def test_what_killed_graders_left_is_swept(tmp_path):
    for name in ("primer-old", "primer-new", "other"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1, 1) if name != "primer-new" else None)
    cgroups._sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "primer-new"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("memory.events", "low 0\nhigh 0\nmax 9\noom 1\noom_kill {}\noom_group_kill 0\n"),
        ("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill {}\n"),
    ],
)
def test_both_versions_of_control_groups_tell_who_ran_out_of_memory(file, text, tmp_path):
    for count, said in ((0, False), (2, True)):
        (tmp_path / file).write_text(text.format(count))
        assert cgroups.Group([tmp_path]).ran_out_of_memory() is said


# --- sentences


@pytest.mark.parametrize(
    ("ename", "evalue", "said"),
    [
        ("MemoryError", "", "this cell used more than 4 GiB of memory"),
        (
            "RuntimeError",
            "[enforce fail at alloc_cpu.cpp:121] . DefaultCPUAllocator: can't allocate memory: you tried",
            "this cell used more than 4 GiB of memory",
        ),
        ("OSError", "[Errno 28] No space left on device", "this cell wrote more than 512 MiB of files"),
        ("OSError", "[Errno 27] File too large", "this cell wrote a file larger than 256 MiB"),
        (
            "BlockingIOError",
            "[Errno 11] Resource temporarily unavailable",
            "this cell started more than 128 processes and threads",
        ),
        ("RuntimeError", "can't start new thread", "this cell started more than 128 processes and threads"),
        (
            "gaierror",
            "[Errno -3] Temporary failure in name resolution",
            "there is no network while a submission is graded",
        ),
        ("ValueError", "28", None),
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", None),
    ],
)
def test_a_limit_met_as_an_exception_is_told(ename, evalue, said):
    assert limits.explain(ename, evalue, Limits()) == said


def test_every_limit_has_a_sentence_with_its_size():
    told = [
        limits.told(sentence, Limits(memory=3 * GIB // 2, seconds=90)) for sentence in limits.ENDED.values()
    ]
    assert told[0] == "this cell used more than 1.5 GiB of memory"
    assert told[3] == "the submission ran longer than 90 seconds"
    assert limits.lost(-9, None, Limits()) == "this cell ended its kernel (killed)"
    assert limits.lost(None, None, Limits()).startswith("the kernel was lost")
