"""Runs a submission; a kernel that is lost costs the cell that lost it, not the rest."""

from copy import deepcopy
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_solution
from traitlets import Integer

DIED = "DeadKernelError"
TIMED_OUT = "CellTimeoutError"
NOT_RUN = "NotRunError"


def is_check(cell: NotebookNode) -> bool:
    """Whether a cell is scored by what it ends in."""
    return cell.cell_type == "code" and bool(is_grade(cell)) and not is_solution(cell)


class ExecuteSubmission(Execute):
    """nbgrader's Execute, which goes on when the kernel dies or no longer answers.

    The lost kernel is replaced and the earlier cells are run again in the new one, except checks and the
    cells that were lost or timed out. Takes the place of nbgrader's Execute in
    `c.Autograde.autograde_preprocessors`, and its settings (`c.Execute.timeout` and so on).
    """

    restarts = Integer(3, help="how many lost kernels one submission may have").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run every cell. Raises RuntimeError when a kernel does not start at all."""
        self._lost: set[int] = set()
        self._ran: list[int] = []
        self._kernels_left = self.restarts
        self._gave_up = False
        return super().preprocess(nb, resources)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell; a lost kernel is noted in its output instead of raised."""
        while not self._gave_up:
            try:
                return self._run(cell, resources, index)
            except (DeadKernelError, CellTimeoutError) as error:
                begun = self._begun
                self._blame(cell, index, error)
            self._renew(resources, index)
            if begun:
                return cell, resources
        if cell.cell_type == "code":
            _fail(cell, NOT_RUN, "an earlier cell had ended the kernel too often")
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Note a cell that timed out or asked its kernel to end. Raises DeadKernelError for the latter."""
        super().on_cell_executed(**kwargs)
        reply = kwargs["execute_reply"]["content"]
        if reply.get("ename") == TIMED_OUT:
            self._lost.add(kwargs["cell_index"])
        # After exit() the kernel ends a moment later, in the middle of a cell that is not to blame.
        if any(isinstance(p, dict) and p.get("source") == "ask_exit" for p in reply.get("payload") or []):
            raise DeadKernelError("the cell called exit()")

    def _run(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self._begun = False
        run_sync(self._async_check_alive)()
        self._begun = True
        result = super().preprocess_cell(cell, resources, index)
        if cell.cell_type == "code":
            self._ran.append(index)
        return result

    def _blame(self, cell: NotebookNode, index: int, error: Exception) -> None:
        """Record in the outputs which cell lost the kernel: this one, or the one before had it not begun."""
        if not self._begun and self._ran:
            index = self._ran[-1]
            if not is_check(self.nb.cells[index]):
                _fail(self.nb.cells[index], DIED, "the kernel ended after this cell")
        elif isinstance(error, CellTimeoutError):
            _fail(cell, TIMED_OUT, "the cell did not stop when it was told to")
        else:
            _fail(cell, DIED, "the kernel ended while this cell ran")
        self._lost.add(index)

    def _renew(self, resources: dict[str, Any], index: int) -> None:
        """A new kernel in the state before cell `index`, or `_gave_up`."""
        while self._kernels_left > 0:
            self._kernels_left -= 1
            self._cleanup_kernel()
            self.create_kernel_manager()
            self.start_new_kernel()
            self.start_new_kernel_client()
            self.log.warning("The kernel was lost; going on with a new one")
            if self._replay(resources, index):
                return
        self._gave_up = True

    def _replay(self, resources: dict[str, Any], index: int) -> bool:
        for earlier in self._ran:
            cell = self.nb.cells[earlier]
            if earlier >= index or earlier in self._lost or is_check(cell):
                continue
            try:
                super().preprocess_cell(deepcopy(cell), resources, earlier)
            except (DeadKernelError, CellTimeoutError):
                self._lost.add(earlier)
                return False
            finally:
                self.nb.cells[earlier] = cell  # the outputs of the first run stand
        return True


def _fail(cell: NotebookNode, name: str, what: str) -> None:
    cell.outputs.append(new_output("error", ename=name, evalue=what, traceback=[f"{name}: {what}"]))
