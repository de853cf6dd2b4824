"""Which kernels grade, and how they are reached: warm and isolated ones on Linux, Jupyter's own elsewhere."""

import signal
import sys
import uuid
from base64 import b64decode
from time import monotonic
from typing import Any

from jupyter_client.manager import KernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.output_widget import OutputWidget
from nbformat.notebooknode import NotebookNode

from .lane import Lane, Lost, accept, listen

WARM = sys.platform == "linux"
MOST = 64 << 20  # bytes in one message; `torchprimer.border` writes no more


def provide(manager: KernelManager, role: str) -> None:
    """Let `manager` start a warm, isolated kernel for a `role` of `warm.policy.ROLES`, to be reached by a lane.

    Set on the manager itself: Jupyter's setting for this is one for the whole process, which in a JupyterLab
    with Formgrader also starts the instructor's notebooks.
    """
    from .warm.provisioner import WarmProvisioner

    manager.kernel_id = manager.kernel_id or str(uuid.uuid4())
    manager.provisioner = WarmProvisioner(
        kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager, role=role, lane=True
    )


def is_warm(manager: KernelManager | None) -> bool:
    """Whether the kernel is one that `provide` asked for."""
    return getattr(getattr(manager, "provisioner", None), "end", None) is not None


def is_alive(manager: KernelManager | None) -> bool:
    """Whether there is a kernel that has not ended."""
    if manager is None:
        return False
    return manager.provisioner.lives() if is_warm(manager) else run_sync(manager.is_alive)()


def spent(manager: KernelManager | None) -> float:
    """How much of what it may write a warm kernel has written, 0 to 1."""
    return getattr(getattr(manager, "provisioner", None), "spent", 0.0)


def why_ended(manager: KernelManager | None) -> str | None:
    """The limit or the signal that ended a warm kernel, as a sentence without its full stop; None if not known."""
    ask: Any = getattr(getattr(manager, "provisioner", None), "why_ended", None)
    return ask() if ask else None


def explain(manager: KernelManager | None, ename: str, evalue: str) -> str | None:
    """What an error means where a limit of the kernel is behind it; None for others."""
    ask: Any = getattr(getattr(manager, "provisioner", None), "explain", None)
    return ask(ename, evalue) if ask else None


class Output(OutputWidget):
    """nbclient's stand-in for ipywidgets' Output, of which the kernel is not told: it hears nothing while a cell runs."""

    def sync_state(self) -> None:
        """Tell nobody. All outputs anew with each of them would take longer than any cell."""


class LaneClient(NotebookClient):
    """A NotebookClient that reaches its kernel by a lane.

    What waits for the kernel raises DeadKernelError where the kernel has ended or sends what is no message, and
    CellTimeoutError where it does not come to an end, nor when it is told to.
    """

    lane: Lane | None = None

    async def async_start_new_kernel_client(self) -> Any:  # noqa: ANN401
        """Wait until the kernel is there. Raises RuntimeError when it does not come."""
        assert self.km is not None
        manager = self.km
        self.widget_registry["@jupyter-widgets/output"] = {"OutputModel": Output}
        try:
            if is_warm(manager):
                self.kc = manager.client()
                end, count = manager.provisioner.end, manager.provisioner.count
            else:
                await super().async_start_new_kernel_client()
                door, code = listen()
                self.kc.execute(code, silent=True, store_history=False)
                end, count = accept(door, code, self.startup_timeout), None
            self.kc.allow_stdin = False
            self.lane = Lane(end, lambda: is_alive(manager), count or (lambda size: None), MOST)
            self.language_info = self.lane.hello(monotonic() + self.startup_timeout)["language_info"]
        except (Lost, TimeoutError) as error:
            why = why_ended(manager) or str(error) or f"it did not come in {self.startup_timeout} seconds"
            await self._async_cleanup_kernel()
            raise RuntimeError(f"No kernel could be started: {why}") from None
        return self.kc

    start_new_kernel_client = run_sync(async_start_new_kernel_client)

    async def _async_cleanup_kernel(self) -> None:
        if self.lane is not None:
            self.lane.close()
            self.lane = None
        await super()._async_cleanup_kernel()

    _cleanup_kernel = run_sync(_async_cleanup_kernel)

    def execute_cell(
        self,
        cell: NotebookNode,
        cell_index: int,
        execution_count: int | None = None,
        store_history: bool = True,
    ) -> NotebookNode:
        """Run one cell; what it shows and the error that it ends in are its outputs."""
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        begun = self.begin_cell(cell, store_history=store_history)
        seconds = self._get_timeout(cell)
        content = self.follow_cell(begun, cell, cell_index, seconds)
        if not isinstance(content, dict):
            raise DeadKernelError("the kernel asked what it has no business to ask")
        self.end_cell(cell, cell_index, content)
        return cell

    def begin_cell(self, cell: NotebookNode, **how: Any) -> str:  # noqa: ANN401
        """Let the kernel begin to run a cell; by what `follow_cell` knows it."""
        assert self.lane is not None
        self.code_cells_executed += 1
        cell.outputs = []
        self.clear_before_next_output = False
        try:
            return self.lane.begin(cell.source, **how)
        except Lost as error:
            raise DeadKernelError(str(error)) from None

    def follow_cell(
        self, begun: str, cell: NotebookNode, index: int, seconds: float | None
    ) -> dict[str, Any] | str:
        """The content of Jupyter's execute_reply for a cell, or the question that is asked before."""
        assert self.lane is not None and self.km is not None

        def show(message: dict[str, Any]) -> None:
            message["msg_type"] = message["header"]["msg_type"]
            message["buffers"] = [b64decode(buffer) for buffer in message.get("buffers", ())]
            if message["msg_type"] not in ("status", "execute_input"):
                self.process_message(message, cell, index)

        try:
            try:
                return self.lane.follow(begun, monotonic() + (seconds or float("inf")), show)
            except TimeoutError:
                if not self.interrupt_on_timeout:
                    raise
            self.log.warning("A cell took longer than %s seconds; it is interrupted", seconds)
            run_sync(self.km.provisioner.send_signal)(signal.SIGINT)
            content = self.lane.follow(begun, monotonic() + self.iopub_timeout, show)
            assert isinstance(content, dict)
            return content | {"status": "error"} | (self.error_on_timeout or {})
        except TimeoutError:
            raise CellTimeoutError(f"A cell did not end within {seconds} seconds") from None
        except Exception as error:  # Lost, or what a message of the wrong form comes to
            self.log.warning("What the kernel sent could not be read: %s", error)
            raise DeadKernelError(str(error)) from None

    def end_cell(self, cell: NotebookNode, index: int, content: dict[str, Any]) -> None:
        """What is left to do when a cell has ended."""
        count = content.get("execution_count")
        cell.execution_count = count if type(count) is int else None
        reply = {"content": content}
        if self.on_cell_executed is not None:
            self.on_cell_executed(cell=cell, cell_index=index, execute_reply=reply)
        if content.get("status") == "error":
            run_sync(self._check_raise_for_error)(cell, index, reply)
