"""Read and run the corpora: right and wrong answers to every exercise, against its master check."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from torchprimer import check

ROOT = Path(__file__).parents[1]
LESSONS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))


@dataclass(frozen=True)
class Answer:
    lesson: str
    exercise: str
    kind: str  # "right" or "wrong"
    label: str
    words: str  # what the message of a wrong answer must contain
    code: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.kind}: {self.label}"


def source_cells(lesson: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(ROOT / "source" / lesson / f"{lesson}.ipynb", as_version=4).cells


def check_cells(lesson: str) -> dict[str, nbformat.NotebookNode]:
    """The master's check cells by exercise, hidden checks included."""
    return {
        cell.metadata.nbgrader.grade_id.removesuffix("-check"): cell
        for cell in source_cells(lesson)
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def solution_cells(lesson: str) -> dict[str, nbformat.NotebookNode]:
    return {
        cell.metadata.nbgrader.grade_id: cell
        for cell in source_cells(lesson)
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def answers(lesson: str) -> Iterator[Answer]:
    for path in sorted((ROOT / "tests" / "answers" / lesson).glob("*.py")):
        for block in re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, _, code = block.partition("\n")
            kind, _, rest = head.partition(": ")
            label, _, words = rest.partition(" | ")
            assert kind in ("right", "wrong"), f"{path.name}: `# %% {head}` is neither right nor wrong"
            assert bool(words) == (kind == "wrong"), (
                f"{path.name}: `# %% {head}`: only wrong answers name words"
            )
            yield Answer(lesson, path.stem, kind, label.strip(), words.strip(), code)


@functools.cache
def imports(lesson: str) -> str:
    """What a lesson imports at its beginning: all that its answers find there."""
    (cell,) = (cell for cell in source_cells(lesson) if cell.id == "imports")
    return cell.source


def run_check(check_source: str, answer_source: str, lesson: str = LESSONS[0]) -> check.Result:
    """The result that a check cell ends in, for an answer in a lesson; neither sees the other's names."""
    answer_namespace: dict[str, object] = {"__name__": "__main__"}
    exec(compile(imports(lesson), "<imports>", "exec"), answer_namespace)
    exec(compile(answer_source, "<answer>", "exec"), answer_namespace)
    tree = ast.parse(check_source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr), "a check cell ends in an expression"
    check_namespace: dict[str, object] = {"__name__": "check_cell"}
    with check.answers_from(answer_namespace):
        exec(compile(tree, "<check>", "exec"), check_namespace)
        return eval(compile(ast.Expression(last.value), "<check>", "eval"), check_namespace)
