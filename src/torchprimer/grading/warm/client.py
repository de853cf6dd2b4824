"""Clients that are ready when the kernel is, and that read no more than a submission may write."""

import time
from queue import Empty
from typing import TYPE_CHECKING, Any

import zmq
from jupyter_client import AsyncKernelClient, BlockingKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel, ZMQSocketChannel
from jupyter_core.utils import ensure_async, run_sync
from traitlets import Type

if TYPE_CHECKING:
    from jupyter_client.client import KernelClient as Base
else:
    Base = object

# Milliseconds between two attempts to connect. A fresh kernel listens a little later than the first attempt, and
# ZeroMQ's own default is to wait for 100.
RECONNECT = 5


class Counted:
    """A channel that tells its client the size of every message before it is read."""

    def _count(self, frames: list[bytes]) -> None:
        if client := getattr(self, "client", None):
            client.take(sum(len(frame) for frame in frames))


class CountedChannel(Counted, ZMQSocketChannel):
    """Counts; blocking."""

    def _recv(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        frames = self.socket.recv_multipart(**kwargs)
        self._count(frames)
        return self.session.deserialize(self.session.feed_identities(frames)[1])


class AsyncCountedChannel(Counted, AsyncZMQSocketChannel):
    """Counts; asynchronous."""

    async def _recv(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        frames = await self.socket.recv_multipart(**kwargs)
        self._count(frames)
        return self.session.deserialize(self.session.feed_identities(frames)[1])


class Warm(Base):
    """What both clients add to Jupyter's."""

    @property
    def provisioner(self) -> Any:  # noqa: ANN401
        """The kernel's provisioner, or None."""
        return getattr(self.parent, "provisioner", None)

    def take(self, count: int) -> None:
        """Count bytes that came in."""
        if self.provisioner is not None:
            self.provisioner.count(count)

    def _create_connected_socket(self, channel: str, identity: bytes | None = None) -> zmq.Socket:
        self.context.RECONNECT_IVL = RECONNECT
        if limits := getattr(self.provisioner, "used", None):
            self.context.MAXMSGSIZE = limits.output + 1024**2
        return super()._create_connected_socket(channel, identity)

    def start_channels(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Start the channels but the heartbeat, a thread: the provisioner knows whether the kernel lives."""
        super().start_channels(*args, **{"hb": False, **kwargs})
        for name in ("shell", "iopub", "stdin", "control"):
            getattr(self, f"{name}_channel").client = self

    def stop_channels(self) -> None:
        """Stop the channels that there are. Jupyter's own makes the others first."""
        for name in ("shell", "iopub", "stdin", "control"):
            if (channel := getattr(self, f"_{name}_channel")) is not None and channel.is_alive():
                channel.stop()

    async def _ready(self, timeout: float | None = None) -> None:
        """Wait for the kernel, and until its output is heard. Raises RuntimeError when it does not come."""
        until = time.monotonic() + (timeout or float("inf"))
        while time.monotonic() < until:
            asked = self.kernel_info()
            # Output that is lost in the first moment is silence for ever: ask again.
            if await self._heard("shell", asked, until) and await self._heard(
                "iopub", asked, min(until, time.monotonic() + 0.2)
            ):
                return
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _heard(self, channel: str, asked: str, until: float) -> bool:
        get = getattr(self, f"{channel}_channel").get_msg
        while time.monotonic() < until:
            try:
                message = await ensure_async(get(timeout=0.05))
            except Empty:
                if not await ensure_async(self.parent.is_alive()):
                    why = self.provisioner.why_ended() if self.provisioner else None
                    raise RuntimeError(f"Kernel died before replying to kernel_info: {why}") from None
                continue
            if message["parent_header"].get("msg_id") == asked:
                if channel == "shell":
                    self._handle_kernel_info_reply(message)
                    return True
                if message["content"].get("execution_state") == "idle":
                    return True
        return False


class WarmClient(Warm, AsyncKernelClient):
    """For nbclient and nbgrader."""

    shell_channel_class = iopub_channel_class = stdin_channel_class = control_channel_class = Type(
        AsyncCountedChannel
    )
    wait_for_ready = Warm._ready


class BlockingWarmClient(Warm, BlockingKernelClient):
    """For scripts and tests."""

    shell_channel_class = iopub_channel_class = stdin_channel_class = control_channel_class = Type(
        CountedChannel
    )
    wait_for_ready = run_sync(Warm._ready)
