"""The owner's end of the process that kernels are forked from: it is started on first use and again if lost."""

import atexit
import contextlib
import importlib.metadata
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from . import policy, sandbox

# The shell waits for the process and removes the folder, also when the owner was killed.
LAUNCHER = 'folder=$1; shift; "$@"; code=$?; rm -rf "$folder"; exit $code'


class Killed(RuntimeError):
    """Something outside ended the process before it was warm; another may fare better."""


@dataclass
class Forked:
    """One kernel: its exit code when it has ended, and why, where that is known."""

    name: str
    ended: bool = False
    code: int | None = None
    why: str | None = None


@dataclass
class Zygote:
    """A process with everything imported, and its kernels. `Zygote.running` gives the one of this process.

    Its folder is shared with it: `jobs` holds one folder a kernel.
    """

    boxed: bool
    gpu: bool
    privileged: bool
    ready: bool = False
    dead: bool = False
    kernels: dict[str, Forked] = field(default_factory=dict)

    losses: ClassVar[int] = 0  # how many ended that were ready, and not because they were told to
    _running: ClassVar[dict[tuple[bool, bool], "Zygote"]] = {}
    _lock: ClassVar[Any] = threading.RLock()

    @classmethod
    def running(cls, boxed: bool = True, gpu: bool = False) -> "Zygote":
        """The living zygote of this process, started if there is none. Raises SandboxError without bubblewrap."""
        with cls._lock:
            found = cls._running.get((boxed, gpu))
            if found:
                found.listen()
            if not found or found.dead:
                # Root uses its own rights where it has them: the kernels are then nobody's.
                found = cls(boxed, gpu, privileged=boxed and os.geteuid() == 0 and _has_rights())
                cls._running[boxed, gpu] = found
            return found

    def __post_init__(self) -> None:
        if not sys.platform.startswith("linux"):
            raise sandbox.SandboxError(
                "Warm kernels need Linux; elsewhere use Jupyter's own local-provisioner."
            )
        if self.boxed:
            sandbox.program()
        self.folder = _short_folder()
        self.jobs = self.folder / "jobs"
        self.jobs.mkdir()
        cache = _font_cache() or self.folder / "cache"
        cache.mkdir(exist_ok=True)
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        jobs = "/run/jobs" if self.boxed else str(self.jobs)
        line = [
            policy.PYTHON,
            "-I",
            "-m",
            f"{__package__}.server",
            str(theirs.fileno()),
            jobs,
            str(self.boxed),
        ]
        if self.boxed:
            line = sandbox.command(line, self.jobs, cache, self.gpu, self.privileged)
        environment = {**os.environ, **policy.WARM_ENVIRONMENT, "OMP_NUM_THREADS": "1"}
        environment.pop("JPY_PARENT_PID", None)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        with theirs:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", LAUNCHER, "sh", str(self.folder), *line],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                env=environment,
                cwd="/",
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C in the terminal is the owner's business
            )
        self._socket.setblocking(False)

    def check_ready(self) -> bool:
        """Whether it is warm. Raises Killed, or SandboxError when it came to nothing, with what to do."""
        self.listen()
        if self.dead and not self.ready:
            if not 0 <= (self.process.returncode or 0) <= 128:  # -9, or 137 of the shell
                raise Killed(f"It ended with {self.process.returncode}.")
            if self.boxed and "Traceback" not in self._words:
                raise sandbox.complaint(self._words)
            raise sandbox.SandboxError(
                f"No kernel can be made warm: {(self._words.strip().splitlines() or ['?'])[-1]}"
            )
        return self.ready

    def wait_ready(self, seconds: float = 120) -> None:
        """Wait until it is warm. Raises Killed, or SandboxError when it came to nothing or takes longer."""
        until = time.monotonic() + seconds
        while not self.check_ready():
            if time.monotonic() > until:
                raise sandbox.SandboxError(f"No kernel was made warm in {seconds:g} seconds.")
            time.sleep(0.02)

    def start(self, job: dict[str, Any], descriptors: Sequence[int] = ()) -> Forked:
        """Fork a kernel, with open files by which it joins control groups, and its end of a lane after these."""
        kernel = Forked(job["start"])
        with self._lock:
            self.kernels[kernel.name] = kernel
            kernel.ended = self.dead
            self._send(job, descriptors)
        return kernel

    def end(self, kernel: Forked, why: str | None = None) -> None:
        """Kill a kernel and all its processes; `listen` learns when it is done."""
        kernel.why = kernel.why or why
        if not kernel.ended:
            self._send({"end": kernel.name})

    def interrupt(self, kernel: Forked) -> None:
        """Send SIGINT to a kernel and to the processes of its group."""
        if not kernel.ended:
            self._send({"interrupt": kernel.name})

    def listen(self) -> None:
        """Take in what the zygote has told; never waits."""
        with self._lock:
            while not self.dead:
                try:
                    message = self._socket.recv(1 << 20)
                except BlockingIOError:
                    return
                except OSError:
                    message = b""
                if not message:
                    Zygote.losses += self.ready
                    self.close()
                    return
                told = json.loads(message)
                self.ready = self.ready or "ready" in told
                if kernel := self.kernels.pop(told.get("id"), None):
                    kernel.ended, kernel.code, kernel.why = True, told["code"], kernel.why or told["why"]

    def close(self, seconds: float = 10) -> None:
        """End it and its kernels. Waits until its folder is gone, but not longer than `seconds`."""
        with self._lock:
            self.dead = True
            self._socket.close()  # this is how it learns
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            shutil.rmtree(self.folder, ignore_errors=True)  # where the shell was killed too
            if not self._said.closed:
                self._said.seek(0)
                self._words = self._said.read().decode(errors="replace")
                self._said.close()
            for kernel in self.kernels.values():
                kernel.ended = True  # with what code nobody knows
            self.kernels.clear()

    def _send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        with self._lock:
            if self.dead:
                return
            try:
                select.select([], [self._socket], [], 10)
                socket.send_fds(self._socket, [json.dumps(message).encode()], list(descriptors))
            except OSError:
                Zygote.losses += self.ready
                self.close()


def _short_folder() -> Path:
    """A new folder of this user alone. The path of a socket may have 107 characters."""
    short = len(tempfile.gettempdir()) < 40
    return Path(tempfile.mkdtemp(prefix="primer-warm-", dir=None if short else "/tmp"))


def _font_cache() -> Path | None:
    """Where matplotlib's list of fonts is kept between zygotes; None where this user keeps nothing."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        folder = base / "torchprimer" / f"matplotlib-{importlib.metadata.version('matplotlib')}"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None
    return folder if os.access(folder, os.W_OK) else None


def _has_rights() -> bool:
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("CapEff:"):
                return bool(int(line.split()[1], 16) & 1 << 21)  # CAP_SYS_ADMIN
    return False


def close_all() -> None:
    """End every zygote of this process."""
    for zygote in Zygote._running.values():
        zygote.close()
    Zygote._running.clear()


def _forget() -> None:
    # A fork of the owner (a worker of a process pool) holds the other end too: without this the zygote would
    # outlive its owner, and two processes would talk over one socket.
    for zygote in Zygote._running.values():
        zygote._socket.close()
        zygote._said.close()
        zygote.dead = True  # to this process; its folder is not this one's to remove
    Zygote._running.clear()
    Zygote._lock = threading.RLock()


atexit.register(close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
