"""Runs a submission; a kernel that is lost costs the cell that lost it, not the rest."""

import math
from copy import deepcopy
from pathlib import Path
from time import monotonic
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_solution
from traitlets import Bool, Integer

from . import kernels
from .findings import KEY

DIED = "DeadKernelError"
TIMED_OUT = "CellTimeoutError"
NOT_RUN = "NotRunError"
OUT_OF_TIME = "OutOfTimeError"
MOST_EXPLAINED = 10_000  # characters of an error: patterns that are looked for in it take its square


def is_check(cell: NotebookNode) -> bool:
    """Whether a cell is scored by what it ends in."""
    return cell.cell_type == "code" and bool(is_grade(cell)) and not is_solution(cell)


class ExecuteSubmission(kernels.LaneClient, Execute):
    """nbgrader's Execute, which goes on when the kernel dies or no longer answers.

    The lost kernel is replaced and the earlier cells are run again in the new one, except checks and the
    cells that were lost or timed out. Takes the place of nbgrader's Execute in
    `c.Autograde.autograde_preprocessors`, and its settings (`c.Execute.timeout` and so on).
    """

    warm = Bool(
        kernels.WARM, help="fork kernels from a process that has torch imported, in a sandbox (Linux only)"
    ).tag(config=True)
    restarts = Integer(3, help="how many lost kernels one submission may have").tag(config=True)
    seconds = Integer(
        600, help="seconds for one submission, so that it cannot cost a time-out in every cell"
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run every cell. Raises RuntimeError when a kernel does not start at all."""
        self._lost: set[int] = set()
        self._ran: list[int] = []
        self._kernels_left = self.restarts
        self._gave_up: tuple[str, str] | None = None
        self._end = monotonic() + self.seconds
        _remove_linked(nb, resources)
        # As nbconvert does it, which asks the kernel for its language by the channel that is not used here.
        NotebookClient.__init__(self, nb)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        with self.setup_kernel():
            nb.metadata["language_info"] = self.language_info
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
        self.set_widgets_metadata()
        return nb, self.resources

    def create_kernel_manager(self) -> Any:  # noqa: ANN401
        """A manager whose kernel will be warm and isolated where that is asked for."""
        manager = super().create_kernel_manager()
        if self.warm:
            kernels.provide(manager, "student")
        return manager

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell; a lost kernel is noted in its output instead of raised."""
        while not self._is_over():
            try:
                return self._run(cell, resources, index)
            except (DeadKernelError, CellTimeoutError) as error:
                begun = self._begun
                self._blame(cell, index, error)
            except Exception as error:  # a kernel that was tampered with sends what is no message
                self.log.warning("What the kernel sent could not be read: %s", error)
                begun = self._begun
                self._blame(cell, index, error)
            self._renew(resources, index)
            if begun:
                return cell, resources
        self._leave_out(cell)
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:  # noqa: ANN401
        """Note a cell that timed out or asked its kernel to end. Raises DeadKernelError for the latter."""
        super().on_cell_executed(**kwargs)
        reply = kwargs["execute_reply"]["content"]
        if reply.get("ename") == TIMED_OUT:
            self._lost.add(kwargs["cell_index"])
        ename, evalue = (str(reply.get(name, ""))[:MOST_EXPLAINED] for name in ("ename", "evalue"))
        if said := kernels.explain(self.km, ename, evalue):
            said = f"{said[0].upper()}{said[1:]}."
            kwargs["cell"].outputs.append(new_output("stream", name="stdout", text=said))
        # After exit() the kernel ends a moment later, in the middle of a cell that is not to blame.
        if any(isinstance(p, dict) and p.get("source") == "ask_exit" for p in reply.get("payload") or []):
            raise DeadKernelError("the cell called exit()")

    def _is_over(self) -> bool:
        """Whether no cell of this submission is run any more."""
        if not self._gave_up and monotonic() > self._end:
            self._gave_up = OUT_OF_TIME, f"the {self.seconds} seconds for one submission were used up"
        return self._gave_up is not None

    def _leave_out(self, cell: NotebookNode) -> None:
        if cell.cell_type == "code" and self._gave_up:
            fail(cell, *self._gave_up)

    def _get_timeout(self, cell: NotebookNode | None) -> int | None:
        """Seconds for a cell: what is configured, and no more than the submission has left."""
        left = max(1, math.ceil(self._end - monotonic()))
        return min(super()._get_timeout(cell) or left, left)

    def _run(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        self._begun = False
        if not kernels.is_alive(self.km):
            raise DeadKernelError("Kernel died")
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
                why = kernels.why_ended(self.km) or "the kernel ended after this cell"
                fail(self.nb.cells[index], DIED, why)
        elif isinstance(error, CellTimeoutError):
            fail(cell, TIMED_OUT, "the cell did not stop when it was told to")
        else:
            fail(cell, DIED, kernels.why_ended(self.km) or "the kernel ended while this cell ran")
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
        self._gave_up = NOT_RUN, "an earlier cell had ended the kernel too often"

    def _replay(self, resources: dict[str, Any], index: int) -> bool:
        for earlier in self._ran:
            cell = self.nb.cells[earlier]
            if earlier >= index or earlier in self._lost or is_check(cell):
                continue
            try:
                super().preprocess_cell(deepcopy(cell), resources, earlier)
                if self._obeys():
                    continue
                fail(cell, DIED, kernels.why_ended(self.km) or "the kernel was of no use after this cell")
            except Exception as error:  # as in `preprocess_cell`
                self.log.warning("A cell that is run again lost the kernel: %s", error)
            finally:
                self.nb.cells[earlier] = cell  # the outputs of the first run stand
            self._lost.add(earlier)
            return False
        return True

    def _obeys(self) -> bool:
        """Whether the kernel still does what it is asked: a cell can break it and reply all the same."""
        assert self.lane is not None
        until = monotonic() + 5
        try:
            asked = self.lane.begin("", silent=True, user_expressions={"sum": "1 + 1"})
            told: Any = self.lane.follow(asked, until, lambda shown: None)
            return told["user_expressions"]["sum"]["data"]["text/plain"] == "2"
        except Exception:  # no message of a kernel that is still itself
            return False


def _remove_linked(nb: NotebookNode, resources: dict[str, Any]) -> None:
    """Take away what nbgrader copied through a submission's links: the solution, say, or another's work."""
    linked, folder = nb.metadata.get(KEY, {}).get("links", []), resources["metadata"].get("path")
    if not linked or not folder:
        return
    for path in sorted(Path(folder).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path.suffix != ".ipynb" and ("" in linked or name in linked):
            path.unlink()


def fail(cell: NotebookNode, name: str, what: str) -> None:
    """Let a cell end in an error."""
    cell.outputs.append(new_output("error", ename=name, evalue=what, traceback=[f"{name}: {what}"]))
