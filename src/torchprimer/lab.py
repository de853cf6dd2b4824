"""Where the lessons are, and opening one of them in JupyterLab."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

CARRIED = Path(__file__).with_name("lessons")  # in a wheel: what release/ held
STUDENTS_SETTINGS = Path(__file__).with_name("student")
EXCHANGE = "TORCHPRIMER_EXCHANGE"  # the folder through which a class hands in
FIRST_PORT = 8888
FORMGRADER = "/teacher"  # `teacher.py` serves it
NEWS = "@jupyterlab/apputils-extension:announcements"  # asks a question before the lesson is seen
TEACHERS_EXTENSIONS = tuple(
    f"@jupyter/nbgrader:{name}" for name in ("create-assignment", "formgrader", "course-list")
)
# An explorer is still there when the notebook is opened another day, and no error in its place.
WIDGETS = {"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
HANDING_IN = tuple(f"@jupyter/nbgrader:{name}" for name in ("assignment-list", "menu"))


class Problem(Exception):
    """Something a person can put right, told in one sentence."""


class Unknown(Problem):
    """A name that is none of the lessons."""


def find_root(start: Path | None = None) -> Path:
    """The project's folder: `start` (the current one) or the nearest above it that holds lessons.

    Raises `Problem` when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if lesson_names(folder):
            return folder
    raise Problem(
        f"no project here: neither {start} nor a folder above it holds source/ or release/ with a notebook; "
        "change to the project's folder first"
    )


def find_study(start: Path | None = None) -> Path:
    """The folder whose `work/` holds the student's copies: the project that `start` is in, or `start` itself.

    Outside a project the lessons are those that the package carries. Raises `Problem` when it carries none,
    as in an editable install.
    """
    start = (start or Path.cwd()).resolve()
    try:
        return find_root(start)
    except Problem:
        carried = released(start)
        if not carried:
            raise
    # A terminal of JupyterLab may be in work/, or beside a lesson's notebook: no copies among the copies.
    for folder in (start, *start.parents):
        if folder.name == "work" and any((folder / name / f"{name}.ipynb").exists() for name in carried):
            return folder.parent
    if start.name in carried and (start / f"{start.name}.ipynb").exists():
        return start.parent
    return start


def released(root: Path) -> dict[str, Path]:
    """The notebook of every student's edition, by the lesson's name.

    They are in the project's `release/`; where `root` is no project, in the package.
    """
    return _notebooks(root / "release" if lesson_names(root) else CARRIED)


def lesson_names(root: Path, folder: str = "*") -> list[str]:
    """The lessons in `root`, those with a `source/NAME/NAME.ipynb` or a `release/NAME/NAME.ipynb`."""
    folders = ("source", "release") if folder == "*" else (folder,)
    return sorted({name for folder in folders for name in _notebooks(root / folder)})


def _notebooks(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*/*.ipynb")) if path.stem == path.parent.name}


def lesson_named(name: str, names: Sequence[str]) -> str:
    """The lesson that `name` means: `01_tensors`, `tensors`, `01` and `1` are the same.

    Raises `Unknown`, which lists the lessons, when it means none.
    """
    wanted = name.strip().rstrip("/").lower()
    for lesson in names:
        number, _, word = lesson.lower().partition("_")
        if wanted in (lesson.lower(), word, number) or wanted == number.lstrip("0"):
            return lesson
    raise Unknown(f"there is no lesson '{name}'; the lessons are {', '.join(names)}")


def copy_lesson(root: Path, lesson: str, say: Callable[[str], None]) -> Path:
    """Copy a lesson's student's edition to `work/`, never over a file that is there; give the notebook's path.

    Raises `Problem` when the lesson has not been released or a file cannot be written.
    """
    edition = released(root).get(lesson)
    if edition is None:
        raise Problem(f"release/{lesson}/{lesson}.ipynb is missing; `primer editions {lesson}` writes it")
    carried = edition.is_relative_to(CARRIED)
    if carried and not (root / "work").exists() and not os.access(root, os.W_OK):
        raise Problem(
            f"you may not write in {root}; change to a folder of your own, where your copy can stay"
        )
    kept = []
    for source in sorted(path for path in edition.parent.rglob("*") if path.is_file()):
        if ".ipynb_checkpoints" in source.parts:
            continue
        target = root / "work" / lesson / source.relative_to(edition.parent)
        if target.exists():
            kept.append(target)
            continue
        write_file(target, source.read_bytes())
    notebook = root / "work" / lesson / f"{lesson}.ipynb"
    shown = notebook if carried else notebook.relative_to(root).as_posix()
    say(f"Kept your copy, {shown}." if notebook in kept else f"Made your copy, {shown}.")
    return notebook


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a full disk must not leave half a notebook where one is kept.

    Raises `Problem` when it cannot be written.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def free_port(first: int, say: Callable[[str], None]) -> int:
    """`first`, or the next port that nothing listens on; says so when it is not `first`.

    Raises `Problem` when none of the hundred from `first` on is free.
    """
    for port in range(first, min(first + 100, 65536)):
        if _is_free(port):
            if port != first:
                say(f"Port {first} is in use; using {port}.")
            return port
    raise Problem(f"no port from {first} on is free; name another with --port")


def _is_free(port: int) -> bool:
    # Windows lets two programs bind one port when SO_REUSEADDR is set; elsewhere it skips TIME_WAIT.
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((host, port)) == 0:
                return False
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except PermissionError as error:
        raise Problem(f"port {port} may not be used by this user; name one above 1023 with --port") from error
    except OSError:
        return False
    return True


def lab_command(
    root: Path, notebook: Path | None, port: int, *, ip: str, browser: bool, as_root: bool
) -> list[str]:
    """The command that opens `notebook`, or Formgrader when it is None, in this environment's JupyterLab.

    JupyterLab starts in the project's folder, so that nbgrader finds its configuration.
    """
    opened = f"/lab/tree/{notebook.relative_to(root).as_posix()}" if notebook else FORMGRADER
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url={opened}",
        f"--ServerApp.port={port}",
        f"--ServerApp.ip={ip}",
        f"--KernelManager.transport_encryption={kernel_encryption()}",
        "--ServerApp.answer_yes=True",
        "--Application.log_level=WARN",
        # Formgrader shows what this logger says while it grades: not every cell's source, as at its level DEBUG.
        '--ServerApp.logging_config={"loggers": {"ServerApp": {"level": "INFO"}}}',
    ]
    if notebook is None:
        command.append("--ServerApp.extra_services=torchprimer.teacher")
    if not browser:
        command.append("--no-browser")
    if as_root:
        command.append("--allow-root")
    return command


def kernel_encryption() -> str:
    """What to set `KernelManager.transport_encryption` to: without encryption every kernel prints a warning."""
    import zmq

    return "auto" if zmq.has("curve") else "disabled"


def lab_environment(root: Path, *, teacher: bool) -> dict[str, str]:
    """The environment JupyterLab runs in: this Python's programs come first, and a student sees no teacher's tools.

    Outside a project a student hands in through the folder that `TORCHPRIMER_EXCHANGE` names; without it the
    list of assignments is not shown.

    Raises `Problem` when the setting that hides them cannot be written below `work/`.
    """
    environment = dict(os.environ)
    programs = str(Path(sys.executable).parent)
    environment["PATH"] = os.pathsep.join(filter(None, [programs, environment.get("PATH")]))
    # A folder of settings of its own, for this run: nobody's own configuration is touched.
    settings = root / "work" / ".jupyter"
    paths = [str(settings)]
    hidden = [NEWS] if teacher else [NEWS, *TEACHERS_EXTENSIONS]
    if not lesson_names(root):  # no project, whose configuration would name the exchange
        paths.append(str(STUDENTS_SETTINGS))
        if not environment.get(EXCHANGE):
            hidden += HANDING_IN
    page = {"disabledExtensions": dict.fromkeys(hidden, True)}
    write_file(settings / "labconfig" / "page_config.json", json.dumps(page, indent=1).encode())
    write_file(
        settings / "labconfig" / "default_setting_overrides.json", json.dumps(WIDGETS, indent=1).encode()
    )
    others = environment.get("JUPYTER_CONFIG_PATH")
    environment["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [*paths, others]))
    return environment


def open_lab(
    root: Path,
    lesson: str | None,
    say: Callable[[str], None],
    *,
    port: int = FIRST_PORT,
    ip: str = "localhost",
    browser: bool = True,
    teacher: bool = False,
) -> int:
    """Open `lesson`: the student's copy (the one that was fetched, where there is one), or for a teacher its source.

    Without a lesson a teacher gets Formgrader.

    Returns JupyterLab's exit code, or not at all where exec serves. Raises `Problem` when it cannot be opened.
    """
    fetched = root / f"{lesson}/{lesson}.ipynb"
    if teacher:
        notebook = root / f"source/{lesson}/{lesson}.ipynb" if lesson else None
    elif fetched.is_file():
        notebook = fetched
        say(f"Opening {lesson}/{lesson}.ipynb, which you fetched: this copy can be handed in.")
        if (root / f"work/{lesson}/{lesson}.ipynb").is_file():
            say(
                f"The one in work/{lesson}/ stays; to hand that one in, copy it over {lesson}/{lesson}.ipynb."
            )
    else:
        notebook = copy_lesson(root, lesson, say)
        if os.environ.get(EXCHANGE):
            say("It cannot be handed in: for that, fetch the lesson first (Nbgrader → Assignment List).")
    port = free_port(port, say)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root:
        say("You are root, as in many containers: JupyterLab is started with --allow-root.")
    if browser and not _has_browser():
        say("No browser here: open the address below in one.")
        browser = False
    command = lab_command(root, notebook, port, ip=ip, browser=browser, as_root=as_root)
    environment = lab_environment(root, teacher=teacher)
    if teacher:
        _make_exchange(root, say)
        _look_for_sandbox(say)
    say("Starting JupyterLab; Ctrl-C ends it.")
    return _become(command, environment, root)


def _make_exchange(root: Path, say: Callable[[str], None]) -> None:
    """Make the folder that `TORCHPRIMER_EXCHANGE` names: without it Formgrader does not offer release and collect."""
    named = os.environ.get(EXCHANGE)
    if not named or os.name != "posix":
        return
    exchange = root / named
    try:
        if not exchange.is_dir():
            exchange.mkdir(parents=True)
            say(f"Made the exchange, {exchange}.")
        elif not os.access(exchange, os.W_OK | os.X_OK):
            raise PermissionError(None, "you may not write in it")
    except OSError as error:
        say(
            f"The exchange, {exchange}, cannot be used ({error.strerror}): "
            "Formgrader will not offer release and collect."
        )


def _look_for_sandbox(say: Callable[[str], None]) -> None:
    """Say now what Formgrader would say between tracebacks, at the first submission that is graded."""
    if sys.platform != "linux" or os.environ.get("TORCHPRIMER_SANDBOX") == "0":
        return
    from torchprimer.grading.warm import sandbox

    try:
        sandbox.program()
    except sandbox.SandboxError as error:
        say(str(error))


def _become(command: list[str], environment: dict[str, str], folder: Path) -> int:
    """Run a command in place of this process, which leaves one to signal and none to orphan."""
    if os.name == "nt":
        return subprocess.run(command, env=environment, cwd=folder, check=False).returncode
    os.chdir(folder)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(command[0], command, environment)


def _has_browser() -> bool:
    import webbrowser

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER")
    ):
        return False  # a text browser would take over the terminal, and none runs JupyterLab
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
