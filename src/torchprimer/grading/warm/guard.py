"""The parent of one kernel: it makes the kernel's box, keeps its limits, and nothing survives it.

In a sandbox it is process 1 of the kernel's own namespaces, which the kernel can neither end nor look into.
"""

import contextlib
import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any, NoReturn

from . import kernel, policy, system
from .policy import HOME, Limits

FILES, SOCKETS = "/run/files", "/run/kernel"  # of a kernel, in its sandbox
PULSE = 0.25  # seconds between two looks at what the kernel uses
SIGNALS = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT}


def main(job: dict[str, Any], folder: Path, boxed: bool, report: int, descriptors: list[int]) -> NoReturn:
    """Make the box, fork the kernel, watch it, report how it ended. Never returns.

    `descriptors`: the control groups' files, and the kernel's end of a lane where it has one.
    """
    code = 1
    try:
        # Nothing of another kernel goes in: not its pipes, not the owner's socket.
        _keep_only(report, *descriptors)
        lane = descriptors[-1] if job["lane"] else None
        groups = [descriptor for descriptor in descriptors if descriptor != lane]
        limits = Limits(**job["limits"])
        joined = bool(groups) and all(_join(group) for group in groups)
        os.setsid()
        if boxed:
            _box(folder / job["start"], limits)
        else:
            system.die_with_parent(signal.SIGTERM)
            system.adopt_orphans()
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        inner, outer = socket.socketpair()
        breach, breached = os.pipe()
        child = os.fork()
        if child == 0:
            inner.close()
            os.close(breach)
            kernel.main(job, boxed, outer, breached, report, lane)
        outer.close()
        if lane is not None:
            os.close(lane)
        os.close(breached)
        os.set_blocking(breach, False)
        if boxed:
            _let_in(child, inner)
        ended = _watch(child, breach, limits, boxed, memory=not joined)
        os.write(report, json.dumps(ended).encode() + b"\n")
        code = 0
    except BaseException as error:
        # The guard's own fault, not the student's; what it may say is what the kernel's owner reads.
        with contextlib.suppress(OSError):
            os.write(report, json.dumps({"why": f"no box could be made: {error}"}).encode() + b"\n")
    os._exit(code)


def _join(group: int) -> bool:
    """Whether this process, and so all below it, is now in the control group of an open file."""
    try:
        os.write(group, b"0")
    except OSError:
        return False
    finally:
        os.close(group)
    return True


def _keep_only(*descriptors: int) -> None:
    """Close every other descriptor; the three standard ones lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) not in descriptors:
            with contextlib.suppress(OSError):
                os.close(int(name))


def _box(job: Path, limits: Limits) -> None:
    """Namespaces and mounts of this kernel alone. Raises OSError where one is refused."""
    system.unshare(system.NEWNS | system.NEWCGROUP | system.NEWIPC | system.NEWNET)
    system.mount("", "/", "", system.REC | system.PRIVATE)
    user = kernel.outer_user()
    plain = system.NOSUID | system.NODEV
    system.bind(str(job / "sockets"), SOCKETS)
    system.bind(str(job / "files"), FILES, read_only=True)
    # The copied files are not the student's to pay for.
    given = sum(path.stat().st_size + 4096 for path in Path(FILES).rglob("*"))
    options = f"mode=700,uid={user},gid={user},nr_inodes=20000,size="
    system.mount("tmpfs", HOME, "tmpfs", plain, f"{options}{limits.disk + given}")
    os.mkdir(f"{HOME}/.tmp", 0o700)
    os.chown(f"{HOME}/.tmp", user, user)
    _bind_tmp(f"{HOME}/.tmp")
    system.mount("tmpfs", "/dev/shm", "tmpfs", plain | system.NOEXEC, f"{options}{limits.shared_memory}")
    system.mount("devpts", "/dev/pts", "devpts", system.NOSUID | system.NOEXEC, "newinstance,ptmxmode=0666")
    system.mount("tmpfs", str(job.parent), "tmpfs", plain | system.RDONLY, "size=4k")  # the other jobs
    for shared in ("/dev", "/run/cache"):
        system.seal(shared)
    system.mount("proc", "/proc", "proc", plain | system.NOEXEC)
    system.loopback_up()


def _bind_tmp(folder: str) -> None:
    """Let the kernel write to /tmp, where an environment that lies there stays to be read."""
    below = dict.fromkeys(path for path in policy.readable() if path.startswith("/tmp/"))
    kept = {path: os.open(path, os.O_PATH) for path in below if os.path.exists(path)}
    system.bind(folder, "/tmp")
    for path, descriptor in kept.items():
        seen = f"/proc/self/fd/{descriptor}"
        if os.path.isdir(seen):
            os.makedirs(path, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            Path(path).touch()
        system.bind(seen, path, read_only=True)
        os.close(descriptor)


def _let_in(child: int, inner: socket.socket) -> None:
    """Give the kernel its user, and, when it is listening, close the one door to the machine's disk."""
    if inner.recv(1):
        for name in ("uid_map", "gid_map"):
            Path(f"/proc/{child}/{name}").write_text(f"{kernel.USER} {kernel.outer_user()} 1")
        inner.send(b"1")
    if inner.recv(1):
        system.seal(SOCKETS)
        inner.send(b"1")
    inner.close()


def _watch(child: int, breach: int, limits: Limits, boxed: bool, memory: bool) -> dict[str, Any]:
    """Wait for the kernel's end, or bring it about; {"code": ..., "why": ...}."""
    code = why = None
    until = time.monotonic() + limits.seconds
    while code is None:
        signalled = signal.sigtimedwait(SIGNALS, PULSE)
        number = signalled.si_signo if signalled else 0
        if number == signal.SIGINT:
            with contextlib.suppress(OSError):
                os.killpg(child, signal.SIGINT)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if ended[0] == child:
                    code = os.waitstatus_to_exitcode(ended[1])
        if code is None and why is None:
            why = _breach(child, breach, limits, until, memory)
            if why or number == signal.SIGTERM:
                os.kill(child, signal.SIGKILL)
    if why is None and sum(map(_threads, _descendants())) > limits.processes // 2:
        why = "processes"  # at the limit a library may end the kernel before anybody looks
    if not boxed:
        _end_all()
    return {"code": code, "why": why}


def _breach(child: int, pipe: int, limits: Limits, until: float, memory: bool) -> str | None:
    with contextlib.suppress(BlockingIOError):
        if os.read(pipe, 1):
            return "output"
    if time.monotonic() > until:
        return "seconds"
    processes = list(_descendants())
    # A bomb is held at its limit by the system; it is ended there.
    if sum(_threads(process) for process in processes) >= limits.processes:
        return "processes"
    # Pages that came with the fork count for every process in the first, quick sum.
    if (
        memory
        and sum(_held(process, "status", ("RssAnon:", "RssShmem:")) for process in processes) > limits.memory
    ):
        shared_out = ("Pss_Anon:", "Pss_Shmem:")
        if sum(_held(process, "smaps_rollup", shared_out) for process in processes) > limits.memory:
            return "memory"
    return None


def _descendants() -> list[int]:
    """Every process below this one."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                after_name = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(after_name[1]), []).append(int(name))
    found = children.get(os.getpid(), [])
    for process in found:
        found.extend(children.get(process, []))
    return found


def _threads(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/task"))
    except OSError:
        return 0


def _held(process: int, file: str, names: tuple[str, ...]) -> int:
    """Bytes in the lines of a file of /proc that begin with one of the names; 0 for a process that is gone."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{process}/{file}").read_text().splitlines()
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(names))
    return 0


def _end_all() -> None:
    """Kill every process below this one: without namespaces that is the guard's work."""
    while found := _descendants():
        for process in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)
