"""What goes back to the student: messages, and nothing of a hidden check."""

import html
import re
from collections.abc import Iterable
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from nbgrader.utils import is_grade
from traitlets import List

from .execute import is_check

SHORTEST = 10  # characters without spaces; a shorter line ("x = 1") gives nothing away
INSTEAD = "This output is not shown: it quoted a check."


class HideTests(ClearHiddenTests):
    """Takes hidden checks out of feedback: their source, and every output or error that quotes a line.

    Unlike nbgrader's ClearHiddenTests, which ends in an error there, it leaves a student's own cell alone
    that has a hidden check's marker in it. For `c.GenerateFeedback.preprocessors`.
    """

    # The HTML exporter configures this for every preprocessor, and nbgrader's complain that they cannot be.
    display_data_priority = List(NbGraderPreprocessor.display_data_priority.default_args[0]).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Hide in place. Raises RuntimeError when a hidden check has no end marker."""
        whole = {_squeezed(line) for cell in nb.cells for line in cell.source.splitlines()}
        nb, resources = super().preprocess(nb, resources)
        shown = "".join(_squeezed(cell.source) for cell in nb.cells)
        hidden = {line for line in whole if len(line) >= SHORTEST and line not in shown}
        for cell in nb.cells:
            outputs = cell.get("outputs", [])
            if is_check(cell):
                outputs = [_bare(output) for output in outputs]
            if outputs:
                cell.outputs = [_unless_quoting(output, hidden) for output in outputs]
        if _quotes(_texts(nb.metadata.get("widgets", {})), hidden):
            del nb.metadata["widgets"]
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Take the hidden region out of a check cell."""
        if is_grade(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        return cell, resources


class NamedChecks(HTMLExporter):
    """nbgrader's page, with the name of each exercise in its table of contents instead of "Test cell".

    For `c.GenerateFeedback.exporter_class`.
    """

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **others: object
    ) -> tuple[str, dict[str, Any]]:
        """The page, and the resources it was made with."""
        page, resources = super().from_notebook_node(nb, resources, **others)
        page = re.sub(r'<li><a href="#(\S+?)(-check)?">Test cell<', r'<li><a href="#\1\2">\1<', page)
        return re.sub(
            r'<li><a href="#comment-(\S+?)">Comment<', r'<li><a href="#comment-\1">Comment on \1<', page
        ), resources


def _bare(output: NotebookNode) -> NotebookNode:
    """An error without its traceback, which shows the source of the cells it went through."""
    if output.output_type == "error":
        output.traceback = [f"{output.ename}: {output.evalue}"]
    return output


def _unless_quoting(output: NotebookNode, hidden: set[str]) -> NotebookNode:
    if not _quotes(_texts(output), hidden):
        return output
    if output.output_type == "error":
        return new_output("error", ename=output.ename, evalue="", traceback=[f"{output.ename}. {INSTEAD}"])
    return new_output("stream", name="stdout", text=INSTEAD)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _quotes(texts: Iterable[str], hidden: set[str]) -> bool:
    for text in texts:
        plain = strip_ansi(text)
        for variant in (plain, html.unescape(re.sub(r"<[^>]*>", "", plain))):
            squeezed = _squeezed(variant)
            if any(line in squeezed for line in hidden):
                return True
    return False


def _squeezed(text: str) -> str:
    """Without white space, so that indentation, wrapping and marks at line ends do not hide a quote."""
    return "".join(text.split())
