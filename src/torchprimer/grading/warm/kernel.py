"""The kernel: a forked process that gives up every right and becomes ipykernel."""

import atexit
import contextlib
import gc
import inspect
import json
import os
import random
import resource
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from ..lane import Inside
from . import system
from .policy import NOBODY, REFUSED, WORK, Limits

USER = 1000  # in the sandbox
# Without history, a pause after every cell, and the sources of PyTorch around every line of a traceback.
SETTINGS = (
    "--HistoryManager.enabled=False",
    "--IPythonKernel._execute_sleep=0",
    "--InteractiveShell.xmode=Plain",
)


def outer_user() -> int:
    """Who the kernel is on the machine, seen from outside its box: not root, where there is anybody else."""
    _, _, known = Path("/proc/self/uid_map").read_text().split()[:3]
    return NOBODY if os.getuid() == 0 and int(known) > NOBODY else os.getuid()


def main(
    job: dict[str, Any], boxed: bool, door: socket.socket, breach: int, report: int, lane: int | None
) -> NoReturn:
    """Become the kernel of a job. Never returns."""
    code = 1
    try:
        app, inside = _prepare(job, boxed, door, breach, lane)
        door.close()
        os.close(report)  # from here on a student's code may run
        if inside:
            inside.open()
        app.start()
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException as error:
        with contextlib.suppress(OSError):
            told = f"the kernel did not start: {type(error).__name__}: {error}"
            os.write(report, json.dumps({"why": told}).encode() + b"\n")
    os._exit(code)


def _prepare(
    job: dict[str, Any], boxed: bool, door: socket.socket, breach: int, lane: int | None
) -> tuple[Any, Inside | None]:
    signal.pthread_sigmask(signal.SIG_SETMASK, set())
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    limits = Limits(**job["limits"])
    # When memory is short on the whole machine a submission ends before the grader does.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    if boxed:
        _enter_as_user(door)
    else:
        system.die_with_parent(signal.SIGKILL)
    _limit(limits, boxed)
    if boxed:
        system.drop_privileges()
        system.refuse(REFUSED)
        os.umask(0o022)
        shutil.copytree("/run/files", WORK)
        # Matplotlib is imported already; what the kernel starts may import it again.
        os.mkdir(job["env"]["MPLCONFIGDIR"])
        for fonts in Path("/run/cache").glob("fontlist*.json"):
            shutil.copy(fonts, job["env"]["MPLCONFIGDIR"])
    os.environ.clear()
    os.environ.update(job["env"])
    time.tzset()
    os.chdir(job["cwd"])
    gc.enable()
    _reseed(limits.threads)

    from ipykernel.kernelapp import IPKernelApp

    from .app import LaneApp

    sys.argv = ["ipykernel_launcher"]
    app = IPKernelApp.instance() if lane is None else LaneApp.instance()
    app.initialize(["-f", job["connection"], *SETTINGS, *job["arguments"]])
    _know_cells(app.shell)
    _transform_once(app.shell)
    if lane is None:  # by a lane `Inside` sees to that
        _end_forks(app.kernel)
    if not job["paints"]:
        _tell_pictures(app.shell)
    inside = None
    if lane is not None:
        os.set_inheritable(lane, False)
        inside = Inside(app, socket.socket(fileno=lane))
    _count_output(app, limits.output, breach)
    if boxed:
        door.send(b"1")
        door.recv(1)
    return app, inside


def _enter_as_user(door: socket.socket) -> None:
    """A user namespace in which the kernel is nobody in particular, and from which there is no further one."""
    if outer_user() != os.getuid():
        os.setgroups([])
    system.unshare(system.NEWUSER)
    door.send(b"1")
    if not door.recv(1):
        raise PermissionError("the kernel got no user of its own")
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    system.show_itself()
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def _limit(limits: Limits, boxed: bool) -> None:
    """Limits of the process: they are met as exceptions in the cell."""
    # Not RLIMIT_AS: torch reserves gigabytes of addresses that it never writes to. One allocation that is far
    # too large fails and leaves a kernel in order. One that fills up in small pieces would fail in every later
    # cell: for that one the limit on all processes comes first, and ends it.
    wanted = {
        resource.RLIMIT_DATA: limits.memory * 5 // 4,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if boxed:  # outside a user namespace it would count all that the user runs
        wanted[resource.RLIMIT_NPROC] = limits.processes
        wanted[resource.RLIMIT_MSGQUEUE] = 0
    for limit, value in wanted.items():
        most = resource.getrlimit(limit)[1]
        value = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(limit, (value, value))


def _reseed(threads: int) -> None:
    """What the fork copied must not make two kernels draw the same numbers."""
    import numpy
    import torch

    random.seed()
    numpy.random.seed()
    torch.seed()
    torch.set_num_threads(threads)


def _know_cells(shell: Any) -> None:  # noqa: ANN401
    """Tell `inspect` that cells belong to __main__.

    For every frame of a traceback it would look for the cell in thousands of modules: an endless recursion
    takes ten seconds to show.
    """
    name = shell.compile.get_code_name

    def get_code_name(*given: Any) -> str:  # noqa: ANN401
        found = name(*given)
        inspect.modulesbyfile[found] = "__main__"
        return found

    shell.compile.get_code_name = get_code_name


def _transform_once(shell: Any) -> None:  # noqa: ANN401
    """Let IPython look once for magics in a cell; ipykernel has it do that twice, which takes longer than most cells."""
    transform, last, result = shell.transform_cell, None, ""

    def transform_cell(cell: str) -> str:
        nonlocal last, result
        if cell is not last:
            result = transform(cell)
            last = cell
        return result

    shell.transform_cell = transform_cell


def _end_forks(kernel: Any) -> None:  # noqa: ANN401
    """End a process that a cell forked when it leaves the cell.

    It would go on as a second kernel at the same sockets, and take messages away from the first.
    """
    execute, own = kernel.do_execute, os.getpid()

    async def do_execute(*given: Any, **named: Any) -> Any:  # noqa: ANN401
        try:
            return await execute(*given, **named)
        finally:
            if os.getpid() != own:
                os._exit(0)

    kernel.do_execute = do_execute


def _tell_pictures(shell: Any) -> None:  # noqa: ANN401
    """Show the sentence of a picture in its place."""
    from torchprimer import draw, explore
    from torchprimer.draw import canvas

    canvas.seen = False
    formatter = shell.display_formatter.mimebundle_formatter
    for kind in (draw.Picture, draw.Film, draw.Beside, explore.Explorer):
        formatter.for_type(kind, lambda shown: {"text/plain": repr(shown)})


def _count_output(app: Any, most: int, breach: int) -> None:  # noqa: ANN401
    """Tell the guard, and write nothing more, when the kernel has written more than it may.

    What is printed is counted before it is buffered: printing is faster than sending, and memory would fill.
    A student's code can undo this; the client on the other side counts as well.
    """

    def counted(write: Callable[..., Any], size: Callable[[Any], int]) -> Callable[..., Any]:
        spent = 0

        def spend(what: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            nonlocal spent
            spent += size(what)
            if spent > most:
                os.write(breach, b"o")
                time.sleep(60)  # the guard ends this process
            return write(what, *arguments, **named)

        return spend

    def length(frames: list[Any]) -> int:
        return sum(frame.nbytes if isinstance(frame, memoryview) else len(frame) for frame in frames)

    app.iopub_thread._really_send = counted(app.iopub_thread._really_send, length)
    for stream in (sys.stdout, sys.stderr):
        stream.write = counted(stream.write, lambda text: len(text) if isinstance(text, str) else 0)
        stream.flush = _flush_once(stream)


def _flush_once(stream: Any) -> Callable[[], None]:  # noqa: ANN401
    """`stream.flush` that waits for the thread which sends only where something was written.

    ipykernel flushes four times for every message.
    """
    write, flush, written = stream.write, stream.flush, False

    def noted(text: Any) -> Any:  # noqa: ANN401
        nonlocal written
        written = True
        return write(text)

    def flush_once() -> None:
        nonlocal written
        if written:
            written = False
            flush()

    stream.write = noted
    return flush_once
