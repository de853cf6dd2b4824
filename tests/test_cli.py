"""The `primer` command and the Makefile: what they do, and one sentence for all that can go wrong."""

import errno
import importlib.metadata
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import LESSON, ROOT, cell_of, demo_notebook, write_notebook

from torchprimer import cli, editions, lab
from torchprimer.lab import Problem, Unknown

RELEASED = Path("release") / LESSON / f"{LESSON}.ipynb"
COPY = Path("work") / LESSON / f"{LESSON}.ipynb"


@pytest.fixture
def released(project):
    """A project with a released lesson."""
    write_notebook(demo_notebook(), project / RELEASED)
    (project / RELEASED).with_name("extra.txt").write_text("a file of the lesson")
    return project


@pytest.fixture
def started(monkeypatch):
    """What `primer lab` would have started, instead of starting it."""
    calls = []
    monkeypatch.setattr(
        lab, "_become", lambda command, env, folder: calls.append((command, env, folder)) or 0
    )
    return calls


def primer(*arguments):
    return cli.main(arguments)


def one_sentence(capsys):
    """What was said on stderr, which must be one line of `primer`'s and no traceback."""
    error = capsys.readouterr().err
    assert error.startswith("primer: ")
    assert error.count("\n") == 1, error
    assert "Traceback" not in error
    return error.removeprefix("primer: ").strip()


# --- which lesson is meant


@pytest.mark.parametrize("name", ["01_tensors", "tensors", "01", "1", "TENSORS", "01_tensors/", " 1 "])
def test_a_lesson_has_several_names(name):
    assert lab.lesson_named(name, ["01_tensors", "02_autograd", "10_more"]) == "01_tensors"


@pytest.mark.parametrize("name", ["0", "00", "", "tensor", "3", "_", "../01_tensors"])
def test_other_names_mean_no_lesson(name):
    with pytest.raises(Unknown, match="the lessons are 01_tensors, 02_autograd"):
        lab.lesson_named(name, ["01_tensors", "02_autograd"])


@pytest.mark.parametrize("command", [("lab", "nosuch"), ("lint", "nosuch"), ("editions", "nosuch")])
def test_an_unknown_lesson_is_answered_with_the_lessons_there_are(released, capsys, started, command):
    assert primer(*command) == 2
    assert one_sentence(capsys) == f"there is no lesson 'nosuch'; the lessons are {LESSON}"
    assert not started
    assert not (released / "work").exists()


def test_lessons_are_found_from_below(released, monkeypatch):
    (released / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(released / "a" / "b")
    assert lab.find_root() == released
    assert lab.lesson_names(released) == [LESSON]


@pytest.mark.parametrize("command", ["lab", "copy", "lint", "editions"])
def test_a_folder_without_lessons_is_said(tmp_path, monkeypatch, capsys, command):
    monkeypatch.chdir(tmp_path)
    assert primer(command) == 1
    assert one_sentence(capsys).startswith("no project here: ")


def test_a_project_with_releases_alone_has_nothing_to_lint(released, capsys):
    shutil.rmtree(released / "source")
    assert primer("lint") == 1
    assert one_sentence(capsys) == f"{released / 'source'} holds no lesson"


# --- primer lab


def test_lab_copies_and_starts_in_the_projects_folder(released, started, capsys, monkeypatch):
    monkeypatch.setattr(lab, "_has_browser", lambda: True)
    assert primer("lab", "1") == 0
    ((command, environment, folder),) = started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={released}" in command
    assert f"--LabApp.default_url=/lab/tree/{COPY.as_posix()}" in command
    assert "--no-browser" not in command
    assert folder == released  # where nbgrader looks for its configuration
    assert environment["PATH"].split(os.pathsep)[0] == os.path.dirname(sys.executable)
    assert COPY.read_bytes() == RELEASED.read_bytes()
    assert COPY.with_name("extra.txt").exists()
    assert capsys.readouterr().out.splitlines()[0] == f"Made your copy, {COPY.as_posix()}."


def test_lab_keeps_what_the_student_has(released, started, capsys):
    COPY.parent.mkdir(parents=True)
    COPY.write_text("my answers")
    assert primer("lab") == 0
    assert COPY.read_text() == "my answers"
    assert COPY.with_name("extra.txt").exists()
    assert f"Kept your copy, {COPY.as_posix()}." in capsys.readouterr().out


def test_lab_opens_what_was_fetched_and_says_what_cannot_be_handed_in(released, started, capsys, monkeypatch):
    monkeypatch.setenv("TORCHPRIMER_EXCHANGE", str(released))
    assert primer("lab") == 0
    assert "It cannot be handed in" in capsys.readouterr().out
    shutil.copytree(RELEASED.parent, LESSON)
    assert primer("lab") == 0
    assert f"Opening {LESSON}/{LESSON}.ipynb, which you fetched" in capsys.readouterr().out
    assert [command[4] for command, *_ in started] == [
        f"--LabApp.default_url=/lab/tree/{copy}" for copy in (COPY.as_posix(), f"{LESSON}/{LESSON}.ipynb")
    ]


def page_config(environment):
    folder = environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]
    return json.loads((Path(folder) / "labconfig" / "page_config.json").read_text())["disabledExtensions"]


def test_lab_hides_the_teachers_tools_for_this_run_alone(released, started, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/mine")
    assert primer("lab") == 0
    environment = started[0][1]
    assert environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[1] == "/mine"
    assert page_config(environment)["@jupyter/nbgrader:formgrader"] is True
    assert Path(environment["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]).is_relative_to(released / "work")
    assert primer("lab", "--teacher") == 0
    assert list(page_config(started[1][1])) == [lab.NEWS]


@pytest.mark.skipif(
    "os.name != 'posix'", reason="nbgrader's exchange cannot work here: it needs POSIX permissions"
)
def test_lab_opens_formgrader_or_a_lessons_source_for_a_teacher(project, started, capsys):
    source = f"source/{LESSON}/{LESSON}.ipynb"
    for arguments, opened in ((), lab.FORMGRADER), ((LESSON,), f"/lab/tree/{source}"):
        assert primer("lab", "--teacher", *arguments) == 0
        assert f"--LabApp.default_url={opened}" in started[-1][0]
    assert (project / source).exists()
    assert not COPY.exists()
    assert primer("lab", "--teacher", "nosuch") == 2
    assert one_sentence(capsys) == f"there is no lesson 'nosuch'; the lessons are {LESSON}"


def test_lab_makes_the_exchange_for_a_teacher_or_says_why_not(released, started, capsys, monkeypatch):
    exchange = released / "shared" / "exchange"
    monkeypatch.setenv("TORCHPRIMER_EXCHANGE", str(exchange))
    assert primer("lab") == 0
    assert not exchange.exists()
    assert primer("lab", "--teacher") == 0
    assert exchange.is_dir()
    assert f"Made the exchange, {exchange}." in capsys.readouterr().out
    assert primer("lab", "--teacher") == 0
    assert "exchange" not in capsys.readouterr().out
    monkeypatch.setenv("TORCHPRIMER_EXCHANGE", str(released / COPY / "exchange"))
    assert primer("lab", "--teacher") == 0
    assert f"cannot be used ({os.strerror(errno.ENOTDIR)}): Formgrader" in capsys.readouterr().out
    assert len(started) == 4


@pytest.mark.skipif("sys.platform != 'linux'", reason="sandboxes are for Linux, and cannot work here")
def test_lab_tells_a_teacher_what_grading_lacks(released, started, capsys, monkeypatch):
    monkeypatch.setenv("PATH", str(released))
    monkeypatch.delenv("TORCHPRIMER_SANDBOX", raising=False)
    for arguments, told in (("lab",), False), (("lab", "--teacher"), True):
        assert primer(*arguments) == 0
        assert ("Grading in isolation needs bubblewrap." in capsys.readouterr().out) == told
    assert len(started) == 2


def test_lab_says_when_it_is_root(released, started, capsys, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert primer("lab") == 0
    assert "--allow-root" in started[0][0]
    assert "You are root" in capsys.readouterr().out
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    assert primer("lab") == 0
    assert "--allow-root" not in started[1][0]
    assert "You are root" not in capsys.readouterr().out


def test_lab_says_when_there_is_no_browser(released, started, capsys, monkeypatch):
    monkeypatch.setattr(lab, "_has_browser", lambda: False)
    assert primer("lab") == 0
    assert "--no-browser" in started[0][0]
    assert "No browser here" in capsys.readouterr().out


def test_lab_without_a_release_says_what_makes_one(project, started, capsys):
    assert primer("lab") == 1
    assert (
        one_sentence(capsys)
        == f"release/{LESSON}/{LESSON}.ipynb is missing; `primer editions {LESSON}` writes it"
    )


def test_lab_where_work_is_a_file(released, started, capsys):
    (released / "work").write_text("")
    assert primer("lab") == 1
    assert str(released / "work") in one_sentence(capsys)
    assert not started


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, os.strerror(errno.ENOSPC)), (errno.EACCES, os.strerror(errno.EACCES))],
)
def test_lab_on_a_full_disk_or_where_it_may_not_write(released, started, capsys, monkeypatch, number, words):
    """Half a notebook would be kept at the next start as the student's own."""
    write = Path.write_bytes

    def write_half(path, content):
        write(path, content[: len(content) // 2])
        raise OSError(number, words)

    monkeypatch.setattr(Path, "write_bytes", write_half)
    assert primer("lab") == 1
    assert one_sentence(capsys) == f"{released / COPY} cannot be written: {words}"
    assert not started
    assert list((released / "work" / LESSON).iterdir()) == []


def test_the_next_port_is_taken_and_said(released, started, capsys):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert primer("lab", "--port", str(port)) == 0
    (taken,) = re.findall(rf"Port {port} is in use; using (\d+)\.", capsys.readouterr().out)
    assert int(taken) > port
    assert f"--ServerApp.port={taken}" in started[0][0]


def test_no_port_at_all(monkeypatch):
    monkeypatch.setattr(lab, "_is_free", lambda port: False)
    with pytest.raises(Problem, match="no port from 65530 on is free"):
        lab.free_port(65530, print)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8888.0"])
def test_what_is_no_port(released, started, capsys, port):
    with pytest.raises(SystemExit) as raised:
        primer("lab", f"--port={port}")
    assert raised.value.code == 2
    assert "give a number from 1 to 65535" in capsys.readouterr().err


def wait_for(process, pattern, seconds=90):
    """Read a program's output up to a line with `pattern`; gives the match and all that was said."""
    said, end = "", time.monotonic() + seconds
    for line in process.stdout:
        said += line
        if found := re.search(pattern, line):
            return found, said
        if time.monotonic() > end:
            break
    raise AssertionError(f"{pattern} not found in {said}")


def test_jupyterlab_really_starts_beside_a_port_in_use(released, tmp_path):
    """Started as a student starts it; the port asked for is busy; the page and the copy are served."""
    home = tmp_path / "home"
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("JUPYTER", "DISPLAY"))
    }
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "torchprimer", "lab", "1", "--no-browser", "--port", str(port)],
            cwd=released,
            env=dict(environment, HOME=str(home), PYTHONUNBUFFERED="1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        try:
            found, said = wait_for(
                process, r"(http://(?:localhost|127\.0\.0\.1):(\d+))(/lab/\S*)\?token=(\w+)"
            )
            address, served, path, token = found.groups()
            assert int(served) > port
            assert f"Port {port} is in use; using {served}." in said
            assert path == f"/lab/tree/{COPY.as_posix()}"
            headers = {"Authorization": f"token {token}"}

            def get(where):
                # JupyterLab prints its address a moment before it listens.
                end = time.monotonic() + 30
                while True:
                    try:
                        with urllib.request.urlopen(
                            urllib.request.Request(address + where, headers=headers), timeout=30
                        ) as reply:
                            return reply.status, reply.read().decode()
                    except urllib.error.HTTPError:
                        raise
                    except urllib.error.URLError:
                        if time.monotonic() > end:
                            raise
                        time.sleep(0.2)

            status, page = get("/lab")
            assert status == 200
            settings = json.loads(
                re.search(r'<script id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S)[1]
            )
            assert set(lab.TEACHERS_EXTENSIONS) <= set(settings["disabledExtensions"])
            assert lab.NEWS in settings["disabledExtensions"]
            status, answer = get(f"/api/contents/{COPY.as_posix()}")
            assert json.loads(answer)["content"]["cells"][0]["source"].startswith("# A lesson")
        finally:
            process.terminate()
            rest, _ = process.communicate(timeout=30)
    assert "Traceback" not in said + rest
    assert process.returncode is not None


# --- without a project, from the lessons that a wheel carries (test_wheel.py has a real one)


@pytest.fixture
def carried(tmp_path, monkeypatch):
    """A package that carries a lesson, and an empty folder to study in."""
    monkeypatch.setattr(lab, "CARRIED", tmp_path / "package" / "lessons")
    monkeypatch.delenv(lab.EXCHANGE, raising=False)
    write_notebook(demo_notebook(), lab.CARRIED / LESSON / f"{LESSON}.ipynb")
    folder = tmp_path / "studies"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_carried_lesson_is_copied_here_and_said(carried, started, capsys):
    assert primer("lab", "demo") == 0
    assert COPY.read_bytes() == (lab.CARRIED / LESSON / f"{LESSON}.ipynb").read_bytes()
    assert capsys.readouterr().out.splitlines()[0] == f"Made your copy, {carried / COPY}."
    ((command, _, folder),) = started
    assert folder == carried
    assert f"--LabApp.default_url=/lab/tree/{COPY.as_posix()}" in command


def test_a_carried_lesson_is_not_copied_over_an_answer(carried, started, capsys):
    COPY.parent.mkdir(parents=True)
    COPY.write_text("my answers")
    other = Path("work") / "thesis.txt"
    other.write_text("in a folder that was here before")
    assert primer("lab") == 0
    assert (COPY.read_text(), other.read_text()) == ("my answers", "in a folder that was here before")
    assert f"Kept your copy, {carried / COPY}." in capsys.readouterr().out


@pytest.mark.parametrize("below", ["work", f"work/{LESSON}"])
def test_copies_are_found_from_below_them(carried, started, capsys, monkeypatch, below):
    assert primer("copy") == 0
    monkeypatch.chdir(carried / below)
    assert primer("lab") == 0
    assert capsys.readouterr().out.splitlines()[1] == f"Kept your copy, {carried / COPY}."


def test_copies_in_a_folder_above_are_left_alone(carried, started, capsys, monkeypatch):
    """Who makes a new folder wants to begin anew there."""
    assert primer("copy") == 0
    (carried / "again").mkdir()
    monkeypatch.chdir(carried / "again")
    assert primer("copy") == 0
    assert (carried / "again" / COPY).is_file()


def test_a_project_goes_before_what_the_package_carries(carried, started, monkeypatch):
    write_notebook(demo_notebook(), carried / "release" / "02_mine" / "02_mine.ipynb")
    (carried / "below").mkdir()
    monkeypatch.chdir(carried / "below")
    assert primer("copy") == 0
    assert [path.name for path in (carried / "work").iterdir()] == ["02_mine"]


def test_a_folder_that_may_not_be_written_is_said(carried, started, capsys, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert primer("lab") == 1
    assert one_sentence(capsys) == (
        f"you may not write in {carried}; change to a folder of your own, where your copy can stay"
    )
    assert list(carried.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [("lab", "--teacher"), ("editions",), ("lint",), ("grade", "1"), ("grade", "--notebook", "a.ipynb")],
)
def test_what_needs_the_project_says_so(carried, started, capsys, command):
    assert primer(*command) == 1
    assert one_sentence(capsys).endswith("; change to the project's folder first")
    assert not started


def exchange_of(environment):
    """Where nbgrader hands in, as JupyterLab and its terminals would find it."""
    code = """if True:
        from nbgrader.apps import NbGrader
        app = NbGrader()
        app.load_config_file()
        print(app.config.Exchange.get("root"))
    """
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""  # nbgrader warns where it finds no configuration
    return done.stdout.strip()


def test_assignments_are_listed_where_there_is_an_exchange(carried, started, monkeypatch):
    assert primer("lab") == 0
    assert set(lab.HANDING_IN) <= set(page_config(started[0][1]))
    assert exchange_of(started[0][1]) == "None"
    monkeypatch.setenv(lab.EXCHANGE, "/class/exchange")
    assert primer("lab") == 0
    assert not set(lab.HANDING_IN) & set(page_config(started[1][1]))
    assert exchange_of(started[1][1]) == "/class/exchange"


# --- primer editions, primer lint


def test_lint_says_what_it_looked_at(project, capsys):
    assert primer("lint") == 0
    assert capsys.readouterr().out == "No mistakes in 1 lesson.\n"


def test_lint_names_every_mistake(project, capsys):
    notebook = demo_notebook()
    cell_of(
        notebook, "idea"
    ).source = "## Doubling\n\n![](https://example.org/a.png) ![](https://example.org/b.png)"
    write_notebook(notebook, editions.source_path(project, LESSON))
    assert primer("lint", "1") == 1
    *findings, last = capsys.readouterr().err.splitlines()
    assert [finding.split(": ")[0] for finding in findings] == [
        f"source/{LESSON}/{LESSON}.ipynb, cell `idea`"
    ] * 2
    assert last == "primer: 2 mistakes in 1 lesson"


def test_editions_are_checked_made_and_checked_again(project, capsys, monkeypatch):
    monkeypatch.setattr(editions, "execute", lambda notebook, name: None)  # test_editions.py does run it
    assert primer("editions", "--check") == 1
    assert capsys.readouterr().err.splitlines() == [
        f"release/{LESSON}/{LESSON}.ipynb is missing",
        f"course/{LESSON}.ipynb is missing",
        "primer: 2 differences; run `primer editions`",
    ]
    assert primer("editions", "1") == 0
    assert primer("editions", "--check") == 0
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"release/{LESSON}: written",
        f"course/{LESSON}.ipynb: written",
        "release/ and course/ are what source/ gives (1 lesson).",
    ]
    (project / "release" / "00_old").mkdir()
    assert primer("editions", "--check", "1") == 0
    assert primer("editions", "--check") == 1
    assert "release/00_old has no lesson in source/" in capsys.readouterr().err


def test_a_cell_that_fails_is_one_sentence(project, capsys):
    notebook = demo_notebook()
    cell_of(notebook, "example").source = "1 / 0"
    write_notebook(notebook, editions.source_path(project, LESSON))
    assert primer("editions") == 1
    assert one_sentence(capsys) == (
        f"source/{LESSON}/{LESSON}.ipynb, cell `example`: running it fails: ZeroDivisionError: division by zero"
    )


# --- every command


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(errno.ENOSPC, "No space left on device", "/a/b"), 1, "/a/b: No space left on device"),
        (OSError("odd"), 1, "odd"),
        (ValueError("first\nsecond"), 1, "this should not have happened (ValueError: first)"),
        (RuntimeError(), 1, "this should not have happened (RuntimeError: no more is known)"),
    ],
)
def test_whatever_happens_is_one_sentence(project, capsys, monkeypatch, error, code, words):
    def fails():
        raise error

    monkeypatch.setattr(lab, "find_root", fails)
    assert primer("lint") == code
    assert one_sentence(capsys).startswith(words)


def test_a_maintainer_can_have_the_traceback(project, monkeypatch):
    monkeypatch.setattr(lab, "find_root", lambda: 1 / 0)
    monkeypatch.setenv("PRIMER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        primer("lint")


def test_a_reader_that_goes_away_is_no_error(project):
    process = subprocess.Popen(
        [sys.executable, "-m", "torchprimer", "lint"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(timeout=60) == 1


def test_the_command_is_installed_and_quick_to_load():
    script = Path(sys.executable).with_name("primer.exe" if os.name == "nt" else "primer")
    done = subprocess.run([script, "--help"], capture_output=True, encoding="utf-8", check=True)
    for command in ("lab", "editions", "lint"):
        assert command in done.stdout
    done = subprocess.run([script, "--version"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"torchprimer {importlib.metadata.version('torchprimer')}\n"
    heavy = "import sys, torchprimer.cli; print([m for m in ('torch', 'nbgrader', 'nbconvert') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", heavy], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"


# --- the Makefile (Windows goes without make, as the README says)

if os.name != "nt":

    def make(folder, *arguments):
        """Run make as at a terminal: these tests may themselves run below `make test`."""
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            if not (folder / name).exists():
                shutil.copy(ROOT / name, folder)
        clean = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("MAKE", "MFLAGS")) and key not in ("PYTHON", "LESSON", "ARGS")
        }
        return subprocess.run(
            ["make", *arguments], cwd=folder, env=clean, capture_output=True, encoding="utf-8", timeout=120
        )

    def fake_python(folder, version, *, venv=True):
        """A Python of another version, as far as the Makefile asks."""
        major, minor = version.split(".")[:2]
        path = folder / "fake-python"
        path.write_text(
            "#!/bin/sh\n"
            'case "$2" in\n'
            f'*print*) echo "{version}" ;;\n'
            f"*ensurepip*) exit {0 if venv else 1} ;;\n"
            f"*version_info*) exit {0 if (int(major), int(minor)) >= (3, 11) else 1} ;;\n"
            '*) [ "$2" = venv ] && { echo "venv broke"; exit 1; }; exit 0 ;;\n'
            "esac\n"
        )
        path.chmod(0o755)
        return path

    @pytest.mark.parametrize("target", ["lab", "test"])
    def test_make_says_when_python_is_too_old(tmp_path, target):
        python = fake_python(tmp_path, "3.10.4")
        done = make(tmp_path, target, f"PYTHON={python}")
        assert done.returncode != 0
        sentence = done.stderr.splitlines()[0]
        assert sentence.startswith(f"Python 3.11 or later is needed and {python} is Python 3.10.4; ")
        assert not (tmp_path / ".venv").exists()

    def test_make_says_when_there_is_no_python(tmp_path):
        done = make(tmp_path, "lab", "PYTHON=/no/such/python")
        assert done.stderr.startswith("Python 3.11 or later is needed and /no/such/python does not run; ")

    def test_make_says_when_the_venv_module_is_missing(tmp_path):
        done = make(tmp_path, "lab", f"PYTHON={fake_python(tmp_path, '3.12.1', venv=False)}")
        assert "lacks its venv module; install it" in done.stderr.splitlines()[0]

    def test_make_says_when_the_disk_is_too_small(tmp_path):
        done = make(tmp_path, "lab", f"PYTHON={sys.executable}", "NEEDED_MB=999999999")
        assert re.match(
            r"The disk has \d+ MB free and the environment needs 999999999 or more; ", done.stderr
        )

    def test_make_says_when_it_may_not_write(tmp_path):
        (tmp_path / ".venv").write_text("in the way, also for root")
        done = make(tmp_path, "lab", f"PYTHON={sys.executable}")
        assert done.stderr.startswith(f"You may not write in {tmp_path}; ")

    def test_make_says_when_it_may_not_write_in_the_environment(tmp_path):
        folder = ready(tmp_path)
        (folder / ".venv" / "install.log").mkdir()  # in the way, also for root
        done = make(folder, "lab")
        assert done.stderr.startswith(f"You may not write in {folder}/.venv; ")

    def test_make_says_when_the_environment_cannot_be_made(tmp_path):
        done = make(tmp_path, "lab", f"PYTHON={fake_python(tmp_path, '3.12.1')}")
        assert done.stdout == "Making .venv with Python 3.12.1.\n"
        assert done.stderr.splitlines()[:2] == [
            "venv broke",
            f"{tmp_path / 'fake-python'} could not make .venv; the lines above say why.",
        ]

    def ready(folder):
        """An environment that looks made, with a Python that says what it is asked to run."""
        path = folder / ".venv" / "bin" / "python"
        path.parent.mkdir(parents=True)
        path.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "$@"\nexit ${FAKE_EXIT:-0}\n')
        path.chmod(0o755)
        (folder / ".venv" / ".made").write_text(f"{folder}\n")
        return folder

    def test_make_installs_once(tmp_path):
        folder = ready(tmp_path)
        first = make(folder, "lab")
        assert first.stdout.splitlines() == [
            "Installing torchprimer and what it needs into .venv: minutes the first time.",
            "Opening JupyterLab.",
            "-m torchprimer lab",
        ]
        log = (folder / ".venv" / "install.log").read_text()
        assert log == "-m pip install --quiet --disable-pip-version-check -c constraints.txt -e .\n"
        second = make(folder, "lab", "LESSON=2")
        assert second.stdout.splitlines() == ["Opening JupyterLab.", "-m torchprimer lab 2"]
        third = make(folder, "test")
        assert third.stdout.splitlines()[-2:] == [
            "Running every test.",
            "-m pytest -n 2 --dist loadfile --no-loadscope-reorder",
        ]
        assert ".[dev]" in (folder / ".venv" / "install.log").read_text()

    def test_make_installs_again_when_the_pins_change(tmp_path):
        folder = ready(tmp_path)
        make(folder, "lab")
        later = time.time() + 5
        os.utime(folder / "constraints.txt", (later, later))
        done = make(folder, "lab")
        assert done.stdout.startswith("Installing torchprimer")

    def test_make_makes_an_environment_anew_that_was_copied_from_elsewhere(tmp_path):
        """Its scripts and its editable install would still point to where it came from."""
        folder = ready(tmp_path)
        (folder / ".venv" / ".made").write_text("/somewhere/else\n")
        done = make(folder, "lab", f"PYTHON={fake_python(folder, '3.12.1')}")
        assert done.stdout == "Making .venv with Python 3.12.1.\n"

    def test_make_uses_an_environment_made_by_hand(tmp_path):
        folder = ready(tmp_path)
        (folder / ".venv" / ".made").unlink()
        done = make(folder, "lab")
        assert done.stdout.startswith("Using the .venv that is here.\nInstalling torchprimer")

    @pytest.mark.parametrize(
        ("pip", "sentence"),
        [
            ("ERROR: [Errno 28] No space left on device", "The disk is full: the environment needs 2500 MB"),
            ("ERROR: no route to host", "pip could not install what is needed; .venv/install.log has all"),
        ],
    )
    def test_make_says_why_pip_failed(tmp_path, pip, sentence):
        folder = ready(tmp_path)
        python = folder / ".venv" / "bin" / "python"
        python.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exit 0\necho "{pip}"; exit 1\n')
        done = make(folder, "test")
        assert done.returncode != 0
        assert done.stderr.splitlines()[0] == pip
        assert done.stderr.splitlines()[1].startswith(sentence)
        assert not (folder / ".venv" / ".test-ready").exists()

    def test_ci_run_is_bash(tmp_path):
        script = ROOT / ".ci" / "run"
        subprocess.run(["bash", "-n", script], check=True)
        assert os.access(script, os.X_OK)
