"""What Jupyter starts kernels by. `JUPYTER_DEFAULT_PROVISIONER_NAME=torchprimer-warm` chooses it for all."""

import asyncio
import contextlib
import dataclasses
import fnmatch
import json
import os
import secrets
import shutil
import signal
import socket
import stat
import time
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, Dict, Unicode, default

from . import cgroups, limits, policy
from .client import RECONNECT
from .sandbox import SandboxError
from .zygote import Forked, Killed, Zygote

ROLE = "TORCHPRIMER_ROLE"
SECONDS = "TORCHPRIMER_SECONDS"
LOOK = 0.2  # seconds between two looks at whether memory was used up
ATTEMPTS = 3  # to have a process to fork from, where something kills it
STOCK_CLIENTS = {
    "jupyter_client.asynchronous.AsyncKernelClient": "torchprimer.grading.warm.client.WarmClient",
    "jupyter_client.blocking.BlockingKernelClient": "torchprimer.grading.warm.client.BlockingWarmClient",
}


class WarmProvisioner(KernelProvisionerBase):
    """Forks a Python kernel from a process that has torch imported, in a sandbox of its own.

    Settings are given as `c.WarmProvisioner.sandbox = False` and so on, or in a kernelspec. In the environment
    that `start_kernel(env=...)` gets, `TORCHPRIMER_ROLE` and `TORCHPRIMER_SECONDS` override `role` and the
    limit `seconds` for one kernel.
    """

    sandbox = Bool(
        help="run kernels in bubblewrap; TORCHPRIMER_SANDBOX=0 in the environment makes it False, for trusted code"
    ).tag(config=True)
    gpu = Bool(
        help="show the machine's GPUs in the sandbox; TORCHPRIMER_GPU=1 in the environment makes it True"
    ).tag(config=True)
    pictures = Bool(False, help="paint the lesson's pictures for every submission, which takes longer").tag(
        config=True
    )
    role = Unicode("student", help="what the kernel is for: a key of policy.ROLES").tag(config=True)
    lane = Bool(False, help="make a lane (`torchprimer.grading.lane`), and let the kernel use nothing else")
    limits = Dict(help="what differs from policy.Limits, as {'memory': 8 * 1024**3}").tag(config=True)

    zygote: Zygote | None = None
    kernel: Forked | None = None
    group: cgroups.Group | None = None
    used: policy.Limits = policy.Limits()  # the limits of the kernel that was started last
    pid = pgid = None  # Jupyter would signal a group of processes that the zygote is in
    end: socket.socket | None = None  # the grader's end of the lane
    _received = 0
    _looked = 0.0
    _job: Path | None = None
    _name = Unicode()  # kept over a restart: clients find the new kernel where the old one was
    _last: Forked | None = None

    @default("sandbox")
    def _sandboxed(self) -> bool:
        return os.environ.get("TORCHPRIMER_SANDBOX") != "0"

    @default("gpu")
    def _asks_for_gpu(self) -> bool:
        return os.environ.get("TORCHPRIMER_GPU") == "1"

    @default("_name")
    def _new_name(self) -> str:
        return secrets.token_hex(4)

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel, alive or not yet waited for."""
        return self.kernel is not None

    async def poll(self) -> int | None:
        """The exit code of a kernel that has ended, None while it lives."""
        if self.kernel is None:
            return 0
        self._look()
        if not self.kernel.ended:
            return None
        return -signal.SIGKILL if self.kernel.code is None else self.kernel.code

    async def wait(self) -> int | None:
        """Wait for the end of the kernel."""
        while (code := await self.poll()) is None:
            await asyncio.sleep(0.002)
        self.kernel = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Interrupt or end the kernel; no other signal reaches it."""
        if self.kernel and self.zygote:
            if signum == signal.SIGINT:
                self.zygote.interrupt(self.kernel)
            elif signum:
                await self.kill()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and all it started, and wait until they are gone."""
        if self.kernel and self.zygote:
            self.zygote.end(self.kernel)
            until = time.monotonic() + 5
            while await self.poll() is None and time.monotonic() < until:
                await asyncio.sleep(0.002)

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel: there is nothing in it to save."""
        await self.kill(restart)

    def lives(self) -> bool:
        """Whether there is a kernel that has not ended; never waits. It is asked before every cell and question."""
        if time.monotonic() > self._looked + LOOK:
            self._look()
        elif self.zygote:
            self.zygote.listen()
        return self.kernel is not None and not self.kernel.ended

    def count(self, size: int) -> None:
        """Count bytes that came from the kernel; more than it may write end it."""
        self._received += size
        if self._received > self.used.output:
            self.breach("output")

    @property
    def spent(self) -> float:
        """How much of what the kernel may write it has written, 0 to 1."""
        return self._received / self.used.output

    def breach(self, why: str) -> None:
        """End the kernel for a limit (a key of `limits.ENDED`) or for a reason in words."""
        if self.kernel and self.zygote:
            self.zygote.end(self.kernel, why)

    def why_ended(self) -> str | None:
        """Why the last kernel ended, as a sentence without its full stop; None while it lives."""
        self._look()
        if self._last is None or not self._last.ended:
            return None
        return limits.lost(self._last.code, self._last.why, self.used)

    def explain(self, ename: str, evalue: str) -> str | None:
        """What an error in a cell means where a limit of this kernel is behind it; None for others."""
        return limits.explain(ename, evalue, self.used)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Choose a folder, sockets and a client. Raises SandboxError where no sandbox can be had, with what to do."""
        language = (self.kernel_spec.language or "").lower()
        if not language.startswith("python"):
            raise RuntimeError(
                f"Warm kernels are Python kernels, and this one is {language or 'of no language'}."
            )
        self.zygote = await self._warm()  # before anything is put in its folder: it goes when the zygote does
        # A client with Jupyter's channels cannot signal: in its sandbox the kernel has no number that it knows.
        self.kernel_spec.interrupt_mode = "signal" if self.lane else "message"
        manager = self.parent
        manager.context.RECONNECT_IVL = RECONNECT  # its own socket is the control channel
        self._job = self.zygote.jobs / self._name
        sockets, files = self._job / "sockets", self._job / "files"
        for folder in (sockets, files):
            folder.mkdir(parents=True, mode=0o755)
        manager.transport, manager.ip = "ipc", str(sockets / "k")
        ports = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
        for number, port in enumerate(ports, 1):
            setattr(manager, port, number)
        manager.cleanup_connection_file()  # of the kernel before, when this is a restart
        manager.connection_file = str(self._job / "connection.json")
        manager.write_connection_file()
        manager.client_class = STOCK_CLIENTS.get(manager.client_class, manager.client_class)
        self.connection_info = manager.get_connection_info()
        arguments = kwargs.pop("extra_arguments", [])
        return await super().pre_launch(cmd=["torchprimer-warm", *arguments], **kwargs)

    async def _warm(self) -> Zygote:
        """A zygote that is warm. Raises SandboxError where none can be had."""
        for _ in range(ATTEMPTS):
            zygote = Zygote.running(self.sandbox, self.gpu)
            with contextlib.suppress(Killed):
                while not zygote.check_ready():
                    await asyncio.sleep(0.01)
                return zygote
        raise SandboxError(
            f"The process that kernels are forked from was killed {ATTEMPTS} times as it started. Has this "
            "machine enough memory?"
        )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401
        """Fork the kernel. Raises KeyError or TypeError for a role or a limit that `policy` does not have."""
        given = kwargs["env"]
        role = policy.ROLES[given.get(ROLE, self.role)]
        self.used = policy.Limits(**self.limits)
        if seconds := given.get(SECONDS):
            self.used = dataclasses.replace(self.used, seconds=float(seconds))
        inside = self._box(role, kwargs.get("cwd")) if self.sandbox else self._open(given, kwargs.get("cwd"))
        job = {
            "start": self._job.name,
            "limits": dataclasses.asdict(self.used),
            "arguments": cmd[1:],
            "paints": role.paints or self.pictures,
            "lane": self.lane,
            **inside,
        }
        self._received = 0
        self.group = cgroups.make(self._job.name, self.used)
        with contextlib.ExitStack() as opened:
            files = (
                [opened.enter_context(path.open("w")) for path in self.group.processes] if self.group else []
            )
            descriptors = [file.fileno() for file in files]
            if self.lane:
                self.end, theirs = socket.socketpair()
                descriptors.append(opened.enter_context(theirs).fileno())
            self.kernel = self._last = self.zygote.start(job, descriptors)
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Remove what the kernel left."""
        await self.kill()
        if self.group:
            self.group.remove()
            self.group = None
        if self.end:
            self.end.close()
            self.end = None
        if self._job:
            shutil.rmtree(self._job, ignore_errors=True)
            self._job = None

    def _look(self) -> None:
        """Take in what has happened to the kernel."""
        self._looked = time.monotonic()
        if self.zygote:
            self.zygote.listen()
        if self.group and self.kernel and not self.kernel.why and self.group.ran_out_of_memory():
            self.breach("memory")  # also where it cost only a process that the kernel had started

    def _box(self, role: policy.Role, cwd: str | None) -> dict[str, Any]:
        """What a sandboxed kernel is told: folders and environment of the sandbox."""
        sockets, files = self._job / "sockets", self._job / "files"
        if role.files and cwd:
            copy_files(Path(cwd), files, self.used.disk)
        inner = sockets / "connection.json"
        inner.write_text(json.dumps({**self._connection(), "ip": "/run/kernel/k"}))
        if self.zygote.privileged:
            for path in (sockets, inner):
                os.chown(path, policy.NOBODY, policy.NOBODY)
        return {
            "env": policy.environment(self.used),
            "cwd": policy.WORK,
            "connection": "/run/kernel/connection.json",
        }

    def _open(self, given: dict[str, str], cwd: str | None) -> dict[str, Any]:
        """What a kernel without a sandbox is told: the machine's own."""
        env = {**given, **policy.WARM_ENVIRONMENT}
        env.pop("JPY_PARENT_PID", None)  # ipykernel would watch for a parent that it does not have
        return {"env": env, "cwd": str(cwd or os.getcwd()), "connection": self.parent.connection_file}

    def _connection(self) -> dict[str, Any]:
        return {**self.connection_info, "key": self.connection_info["key"].decode()}


def copy_files(source: Path, target: Path, most: int) -> None:
    """Copy what a submission may see of its own folder: files and folders, no links, no notebooks.

    What cannot be read, and what would go beyond `most` bytes or 5,000 files, is left out.
    """
    left, count = most, 5000
    for folder, folders, names in os.walk(source):
        folders[:] = [
            name for name in folders if not _hidden(name) and not os.path.islink(Path(folder, name))
        ]
        here = target / Path(folder).relative_to(source)
        here.mkdir(exist_ok=True)
        here.chmod(0o755)  # whatever the grader's umask: another user reads it
        for name in names:
            path = Path(folder, name)
            with contextlib.suppress(OSError):
                # A link could lead to another submission.
                if _hidden(name) or not stat.S_ISREG(path.lstat().st_mode):
                    continue
                left, count = left - path.lstat().st_size, count - 1
                if left < 0 or count < 0:
                    return
                source_file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
                with open(source_file, "rb") as read, open(here / name, "wb") as write:
                    shutil.copyfileobj(read, write)
                (here / name).chmod(0o644)


def _hidden(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in policy.NOT_COPIED)
