"""ipykernel for a lane: without the sockets and threads of Jupyter's channels, which nobody would use.

They take a fifth of the time that a kernel takes to start.
"""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ipykernel.iostream import BackgroundSocket, IOPubThread
from ipykernel.kernelapp import IPKernelApp


class AtOnce(IOPubThread):
    """Sends in the thread that has something to send; what is printed is sent when the cell ends."""

    def __init__(self) -> None:
        self.socket = None
        self.background_socket = BackgroundSocket(self)
        self.thread = SimpleNamespace(is_alive=lambda: False, ident=None)
        self.io_loop = SimpleNamespace(call_later=lambda seconds, act: None)

    def schedule(self, f: Callable[[], Any]) -> None:
        """Do it now."""
        f()

    def stop(self) -> None:
        """There is nothing to stop."""

    def close(self) -> None:
        """There is nothing to close."""


class LaneApp(IPKernelApp):
    """IPKernelApp, whose kernel hears and says nothing until `torchprimer.grading.lane.Inside` is there."""

    def init_connection_file(self) -> None:
        """There is none."""

    def init_sockets(self) -> None:
        """Output goes where `Inside` takes it from."""
        self.iopub_thread = AtOnce()
        self.iopub_socket = self.iopub_thread.background_socket

    def init_heartbeat(self) -> None:
        """Whoever started the kernel knows whether it lives."""

    def write_connection_file(self, **kwargs: Any) -> None:  # noqa: ANN401
        """There is none."""

    def log_connection_info(self) -> None:
        """There is none."""

    def init_kernel(self) -> None:
        """Make the kernel."""
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            # A cell with `await` asks in which thread it is.
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
