"""A submission gets the lesson's cells back: each once, as released, behind the answer it checks."""

import ast
import itertools
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import compute_checksum

from .findings import KEY, Finding, as_text, notice, store
from .masters import Master, answers, read_masters

FLAGS = ("grade", "solution", "task")


def repair(nb: NotebookNode, masters: Sequence[Master]) -> list[Finding]:
    """Put the lesson's cells in order, in place, and say what was wrong with them.

    The student's own cells all stay, in their order; a copy that does not count becomes an ordinary cell.
    """
    return _Repair(nb, masters).run()


class _Repair:
    def __init__(self, nb: NotebookNode, masters: Sequence[Master]) -> None:
        self.nb = nb
        self.masters = list(masters)
        self.findings: list[Finding] = []
        self.answers = answers(masters)
        self.kept: dict[str, NotebookNode] = {}
        self.claims: dict[str, list[NotebookNode]] = defaultdict(list)

    def run(self) -> list[Finding]:
        self._claim()
        self._adopt()
        found = any(self.claims.values())
        for master in self.masters:
            if not master.locked:
                self._settle_answer(master)
        for master in self.masters:
            if master.locked:
                self._settle_check(master)
        if self.masters and not found:
            sentence = "The submitted notebook has none of this lesson's answer and check cells."
            return [Finding("foreign", sentence, aside=True)]
        return self.findings

    # --- which cell is which

    def _claim(self) -> None:
        names = {master.name for master in self.masters}
        for cell in self.nb.cells:
            settings = cell.metadata.get("nbgrader")
            name = settings.get("grade_id") if isinstance(settings, dict) else None
            if isinstance(name, str) and name in names:
                self.claims[name].append(cell)
                continue
            cell.metadata.pop("nbgrader", None)
            claims = settings if isinstance(settings, dict) else {"locked": settings}
            if any(claims.get(flag) for flag in (*FLAGS, "locked")):
                self._say("unknown", "A cell with broken grading data was run as an ordinary cell.")

    def _adopt(self) -> None:
        """A lesson cell that lost its grading data is known by what it is or defines."""
        free = [cell for cell in self.nb.cells if "nbgrader" not in cell.metadata]
        for master in self.masters:
            if self.claims[master.name]:
                continue
            fits = [cell for cell in free if _is_copy(cell, master)]
            if fits:
                self.claims[master.name].append(fits[-1])
                free = [cell for cell in free if cell is not fits[-1]]
                what = "check" if master.locked else "answer"
                self._say("adopted", f"The {what} cell `{master.name}` had lost its grading data.", master)

    # --- answers

    def _settle_answer(self, master: Master) -> None:
        copies = self.claims[master.name]
        if not copies:
            copies.append(master.fresh())
            self.nb.cells.insert(self._gap(master), copies[0])
            self._say(
                "no answer",
                f"The answer cell `{master.name}` was missing; an empty one was put in its place.",
                master,
            )
        elif len(copies) > 1:
            self._say(
                "duplicate",
                f"The answer cell `{master.name}` was there {len(copies)} times; all copies were run in "
                "order and the last one counts.",
                master,
            )
        self._keep(copies[-1], copies, master)

    def _gap(self, master: Master) -> int:
        """Where a missing answer belongs: before what follows it in the lesson, or behind what precedes."""
        place = self.masters.index(master)
        before = itertools.chain.from_iterable(self.claims[m.name] for m in self.masters[:place])
        start = max(self._places(before), default=-1) + 1
        for follower in self.masters[place + 1 :]:
            for index in self._places(self.claims[follower.name]):
                return max(start, index)
        return start if start else len(self.nb.cells)

    # --- checks and other locked cells

    def _settle_check(self, master: Master) -> None:
        copies = self.claims[master.name]
        low, high = self._room(master)
        here = [cell for cell in copies if low < self._place(cell) < high]
        if here:
            chosen = next((cell for cell in here if _same(cell.source, master.released)), here[0])
        elif copies:
            chosen = copies[-1]
            del self.nb.cells[self._place(chosen)]
            low, _ = self._room(master)
            self.nb.cells.insert(low + 1, chosen)
            self._say("moved", f"The check cell `{master.name}` was moved back to its place.", master)
        else:
            chosen = master.fresh()
            copies.append(chosen)
            self.nb.cells.insert(low + 1, chosen)
            self._say("no check", f"The check cell `{master.name}` was missing; it was put back.", master)
        if len(copies) > 1:
            self._say(
                "duplicate",
                f"The check cell `{master.name}` was there {len(copies)} times; one of them counts.",
                master,
            )
        self._keep(chosen, copies, master)

    def _room(self, master: Master) -> tuple[int, int]:
        """The places between which a check may stand: behind its answers, before the next answer."""
        place = self.masters.index(master)
        mine = set(self.answers[master.name])
        leaders = [m for m in self.masters[:place] if mine.intersection(self.answers[m.name])]
        if not leaders and place:
            leaders = [self.masters[place - 1]]
        low = max(self._places(self.kept[m.name] for m in leaders if m.name in self.kept), default=-1)
        later = (self.kept[m.name] for m in self.masters[place + 1 :] if not m.locked)
        high = min((index for index in self._places(later) if index > low), default=len(self.nb.cells))
        return low, high

    # --- one cell

    def _keep(self, chosen: NotebookNode, copies: Iterable[NotebookNode], master: Master) -> None:
        for cell in copies:
            if cell is not chosen:
                cell.metadata.pop("nbgrader", None)
        self.kept[master.name] = chosen
        if "nbgrader" in chosen.metadata and _damaged(chosen.metadata["nbgrader"], master.settings):
            self._say("settings", f"The grading data of `{master.name}` was damaged and was mended.", master)
        if chosen.cell_type != master.cell_type:
            self._say(
                "retyped",
                f"The cell `{master.name}` was a {chosen.cell_type} cell; it was made a {master.cell_type} "
                "cell again.",
                master,
            )
            _retype(chosen, master.cell_type)
        if master.locked:
            if not (
                _same(chosen.source, master.released)
                or _same(chosen.source, master.source)
                or _is_as_handed_out(chosen)
            ):
                sentence = f"The check cell `{master.name}` was changed; the original was used."
                self._say("edited", sentence, master, aside=True)
            chosen.source = master.source
            chosen.metadata = NotebookNode(deletable=False, editable=False)
        chosen.metadata["nbgrader"] = NotebookNode(master.settings)

    def _say(self, kind: str, sentence: str, master: Master | None = None, aside: bool = False) -> None:
        finding = Finding(kind, sentence, master.name if master else "", aside)
        if finding not in self.findings:
            self.findings.append(finding)

    def _place(self, cell: NotebookNode) -> int:
        return next(index for index, other in enumerate(self.nb.cells) if other is cell)

    def _places(self, cells: Iterable[NotebookNode]) -> list[int]:
        return [self._place(cell) for cell in cells]


def _damaged(settings: dict[str, Any], right: dict[str, Any]) -> bool:
    keys = ["schema_version", *FLAGS, *(["points"] if "points" in right else [])]
    return any(settings.get(key, False) != right[key] for key in keys)


def _is_as_handed_out(cell: NotebookNode) -> bool:
    """Whether a cell is as some edition had it, perhaps an earlier one: nbgrader's checksum tells.

    Who edits a check and the checksum too is not found here, and has nothing from it: the original is used.
    """
    try:
        return cell.metadata.nbgrader.checksum == compute_checksum(cell)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def _retype(cell: NotebookNode, cell_type: str) -> None:
    cell.cell_type = cell_type
    if cell_type == "code":
        cell.pop("attachments", None)
        cell.outputs, cell.execution_count = [], None
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _same(one: str, other: str) -> bool:
    return [line.rstrip() for line in one.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]


def _is_copy(cell: NotebookNode, master: Master) -> bool:
    if master.locked:
        return bool(master.released.strip()) and _same(cell.source, master.released)
    if cell.cell_type != "code" or master.cell_type != "code":
        return False
    names = _defined(master.source)
    return bool(names) and names <= _defined(cell.source)


def _defined(source: str) -> set[str]:
    """The names that a cell's top level defines; none when it does not parse."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def links(folder: Path, notebook: str) -> list[str]:
    """The paths in a submission's folder that are links; "" stands for the folder or the notebook itself."""
    found = []
    if any(path.is_symlink() for path in (folder, folder.parent, folder / f"{notebook}.ipynb")):
        found.append("")
    for top, folders, names in os.walk(folder):
        paths = [Path(top, name) for name in sorted([*folders, *names])]
        found += [path.relative_to(folder).as_posix() for path in paths if path.is_symlink()]
    return found


class RepairCells(NbGraderPreprocessor):
    """Repairs a submission's cells; first in `c.Autograde.sanitize_preprocessors`.

    Takes the place of nbgrader's DeduplicateIds, whose emptied metadata makes nbgrader end the batch.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Repair the notebook, log what was found and write it on top of the notebook.

        Raises nbgrader's MissingEntry when the gradebook does not know the notebook.
        """
        at = resources["nbgrader"]
        with Gradebook(at["db_url"]) as gradebook:
            masters = read_masters(
                gradebook.find_notebook(at["notebook"], at["assignment"]), ClearHiddenTests(parent=self)
            )
        folder = Path(resources["metadata"].get("path") or ".")
        linked = links(folder, at["notebook"])
        if "" in linked:
            nb.cells = []  # what it leads to may be another student's work, or the solution
        findings = repair(nb, masters)
        if "" in linked:
            sentence = "The submission is not a file of its own: it is a link to somewhere else."
            findings = [Finding("link", sentence, aside=True)]
        elif linked:
            names = ", ".join(f"`{as_text(name)}`" for name in linked[:5])
            names += ", ..." if len(linked) > 5 else ""
            outside = any(not (folder / n).resolve().is_relative_to(folder.resolve()) for n in linked)
            sentence = f"Links are not followed, and were left out: {names}."
            findings.append(Finding("links", sentence, aside=outside))
        why = resources.get(KEY, {}).get("unreadable")
        if why:
            sentence = f"The submitted file could not be read as a notebook: {why}."
            findings = [Finding("unreadable", sentence, aside=True)]
        for finding in findings:
            self.log.warning("%s, %s: %s", at["student"], at["notebook"], finding.sentence)
        store(nb, findings)
        nb.metadata[KEY]["links"] = linked
        if findings:
            nb.cells.insert(0, notice(findings))
        return nb, resources
