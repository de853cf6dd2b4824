"""The process that kernels are forked from: `python -I -m torchprimer.grading.warm.server SOCKET FOLDER BOXED`.

It speaks JSON over a socket with its owner: `{"start": id, ...}`, `{"end": id}` and `{"interrupt": id}` come
in; `{"ready": ...}` and, for a kernel that has ended, `{"id": ..., "code": ..., "why": ...}` go out. It ends
when its owner does, and its kernels with it.
"""

import contextlib
import gc
import importlib
import importlib.util
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from . import guard, system
from .policy import WARM


def warm() -> None:
    """Import everything that a kernel needs. Raises RuntimeError where the process can no longer be forked."""
    gc.disable()  # a collection would write on every page that the kernels share
    for name in WARM:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(name)
    for bold, mono in (
        (False, False),
        (True, False),
        (True, True),
    ):  # the fonts of the pictures are looked for once
        sys.modules["torchprimer.draw"].text_width("x", bold=bold, mono=mono)
    threads = os.listdir("/proc/self/task")
    if len(threads) != 1:
        raise RuntimeError(
            f"importing started {len(threads) - 1} threads; a process with threads is not forked"
        )
    torch = sys.modules["torch"]
    if torch.cuda.is_initialized():
        raise RuntimeError("importing initialized CUDA, which does not survive a fork")
    gc.collect()
    gc.freeze()


class Server:
    """Forks kernels on request and tells how each ended."""

    def __init__(self, owner: socket.socket, folder: Path, boxed: bool) -> None:
        self.owner, self.folder, self.boxed = owner, folder, boxed
        self.kernels: dict[str, tuple[int, int]] = {}  # id: the guard's process, the pipe of its report
        self.namespace = os.open("/proc/self/ns/pid", os.O_RDONLY) if boxed else -1

    def serve(self) -> None:
        """Answer until the owner is gone."""
        while True:
            pipes = {pipe: name for name, (_, pipe) in self.kernels.items()}
            ready, _, _ = select.select([self.owner, *pipes], [], [])
            for pipe in ready:
                if pipe in pipes:
                    self._ended(pipes[pipe])
            if self.owner in ready:
                try:
                    message, descriptors, _, _ = socket.recv_fds(self.owner, 1 << 20, 8)
                except ConnectionError:
                    return
                if not message:
                    return
                self._obey(json.loads(message), descriptors)

    def close(self) -> None:
        """End every kernel and empty the folder that the sandbox shares with the machine."""
        for name in list(self.kernels):
            self._signal(name, signal.SIGKILL)
        until = time.monotonic() + 5
        while self.kernels and time.monotonic() < until:
            pipes = {pipe: name for name, (_, pipe) in self.kernels.items()}
            for pipe in select.select(list(pipes), [], [], 0.1)[0]:
                self._ended(pipes[pipe])
        for path in self.folder.iterdir():
            shutil.rmtree(path, ignore_errors=True)

    def _obey(self, message: dict[str, Any], descriptors: list[int]) -> None:
        if "start" in message:
            self._start(message, descriptors)
        elif "end" in message:
            self._signal(message["end"], signal.SIGKILL)
        elif "interrupt" in message:
            self._signal(message["interrupt"], signal.SIGINT)

    def _start(self, message: dict[str, Any], descriptors: list[int]) -> None:
        report, writer = os.pipe()
        try:
            if self.boxed:
                system.unshare(system.NEWPID)  # the next child is process 1 of a namespace of its own
            process = os.fork()
            if process == 0:
                guard.main(message, self.folder, self.boxed, writer, descriptors)
            self.kernels[message["start"]] = process, report
        except OSError as error:
            os.close(report)
            self._send({"id": message["start"], "code": 1, "why": f"no kernel could be forked: {error}"})
        for descriptor in (writer, *descriptors):
            os.close(descriptor)
        if self.boxed:
            # A process may ask for a new namespace for its children once: go back to be allowed again.
            system.setns(self.namespace, system.NEWPID)

    def _signal(self, name: str, signum: int) -> None:
        if name in self.kernels:
            # Killing process 1 ends all of a namespace. Without namespaces the guard has to do that itself.
            if signum == signal.SIGKILL and not self.boxed:
                signum = signal.SIGTERM
            os.kill(self.kernels[name][0], signum)

    def _ended(self, name: str) -> None:
        process, report = self.kernels.pop(name)
        with open(report) as file:  # ends when the guard does
            lines = file.read().splitlines()
        _, status = os.waitpid(process, 0)
        ended: dict[str, Any] = {"id": name, "code": os.waitstatus_to_exitcode(status), "why": None}
        for line in lines:
            ended.update({key: value for key, value in json.loads(line).items() if value is not None})
        self._send(ended)

    def _send(self, message: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):  # the owner is gone: `serve` ends next
            self.owner.send(json.dumps(message).encode())


def main(descriptor: int, folder: Path, boxed: bool) -> None:
    """Warm up and serve. Raises RuntimeError where the process could not be forked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(fileno=descriptor) as owner:
        owner.set_inheritable(False)
        warm()
        server = Server(owner, folder, boxed)
        server._send({"ready": os.getpid()})
        try:
            server.serve()
        finally:
            server.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "True")
