"""nbgrader's button Validate with the checks' sentences, where stock nbgrader shows the code of every check.

A Jupyter server extension, which the package's installation switches on: nbgrader has no setting for this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nbgrader import utils
from nbgrader.server_extensions.validate_assignment import handlers
from nbgrader.validator import Validator

from torchprimer.grading.findings import KEY

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp
    from nbformat import NotebookNode


CHANGED = (
    "This check was changed. Grading uses the original: to have it back, move your copy away, open a new one, and put "
    "your answers into it."
)


class SaysWhy(Validator):
    """Lists what has no full marks: of a check of this course its first line and what it said.

    A check that was changed is told beside the others, where stock nbgrader tells nothing else.
    """

    _changed: Sequence[NotebookNode] = ()

    def _get_changed_cells(self, nb: NotebookNode) -> list[NotebookNode]:
        changed = super()._get_changed_cells(nb)
        if any(map(_said, nb.cells)):
            self._changed = [cell for cell in changed if utils.is_grade(cell)]
        return [cell for cell in changed if cell not in self._changed]

    def _get_failed_cells(self, nb: NotebookNode) -> list[NotebookNode]:
        failed = super()._get_failed_cells(nb)
        for cell in self._changed:
            cell.source = f"# Check of {cell.metadata.nbgrader.grade_id.removesuffix('-check')}"
        for cell in failed:
            if _said(cell):
                cell.source = cell.source.strip().partition("\n")[0]
        return [cell for cell in nb.cells if cell in failed or cell in self._changed]

    def _extract_error(self, cell: NotebookNode) -> str:
        return CHANGED if cell in self._changed else _said(cell) or super()._extract_error(cell)


def _said(cell: NotebookNode) -> str:
    """What a check told the student, as text; nothing for another course's cell."""
    outputs = cell.get("outputs", [])
    if not any(KEY in output.get("metadata", {}) for output in outputs):
        return ""
    return "\n".join(
        output.data["text/plain"]
        for output in outputs
        if output.output_type == "display_data" and "text/plain" in output.data
    )


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    handlers.Validator = SaysWhy
