"""The lesson's own cells as the gradebook keeps them: what every submission is measured against."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.api import Notebook
from nbgrader.nbgraderformat import SCHEMA_VERSION
from nbgrader.preprocessors import ClearHiddenTests

NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


@dataclass(frozen=True)
class Master:
    """One nbgrader cell of a lesson, hidden checks included."""

    name: str
    cell_type: str
    source: str
    released: str  # the source as students got it
    checksum: str | None
    locked: bool
    grade: bool = False
    solution: bool = False
    task: bool = False
    points: float | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """The cell's nbgrader metadata, complete and of the current schema."""
        settings: dict[str, Any] = {
            "schema_version": SCHEMA_VERSION,
            "grade_id": self.name,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.cell_type,
        }
        if self.points is not None:
            settings["points"] = self.points
        if self.checksum:
            settings["checksum"] = self.checksum
        return settings

    def fresh(self) -> NotebookNode:
        """A new cell as the gradebook has it."""
        return NEW_CELL[self.cell_type](self.source, metadata={"nbgrader": self.settings})


def read_masters(notebook: Notebook, hide: ClearHiddenTests) -> list[Master]:
    """The cells of a gradebook's notebook, in the order in which they were first released.

    `hide` makes the released source. Raises RuntimeError when a cell's hidden checks have no end, which
    `nbgrader generate_assignment` refuses already.
    """
    points = {cell.name: float(cell.max_score) for cell in [*notebook.grade_cells, *notebook.task_cells]}
    graded = {cell.name for cell in notebook.grade_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    masters = []
    for cell in notebook.source_cells:
        released = NotebookNode(
            source=cell.source, metadata=NotebookNode(nbgrader={"grade": cell.name in graded})
        )
        hide.preprocess_cell(released, {}, 0)
        masters.append(
            Master(
                name=cell.name,
                cell_type=cell.cell_type,
                source=cell.source,
                released=released.source,
                checksum=cell.checksum,
                locked=bool(cell.locked),
                grade=cell.name in graded,
                solution=cell.name in solutions,
                task=cell.name in tasks,
                points=points.get(cell.name),
            )
        )
    return masters


def answers(masters: Sequence[Master]) -> dict[str, list[str]]:
    """For every cell the answer cells it belongs to: itself, or those its check follows."""
    group: list[str] = []
    checked = False
    found: dict[str, list[str]] = {}
    for master in masters:
        if master.locked:
            checked = checked or master.grade
            found[master.name] = list(group)
        else:
            if checked:
                group, checked = [], False
            group.append(master.name)
            found[master.name] = [master.name]
    return found
