"""What cells printed: a warning costs nothing, and no submission prints without end."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer

from .execute import is_check


class KeepWarnings(NbGraderPreprocessor):
    """Moves what a check cell wrote to stderr to stdout: nbgrader scores a cell with stderr as failed."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Rename the stream; the text stays where the student can read it."""
        if is_check(cell):
            for output in cell.outputs:
                if output.output_type == "stream":
                    output.name = "stdout"
        return cell, resources


class LimitText(NbGraderPreprocessor):
    """Cuts long texts in outputs: nbgrader's LimitOutput counts lines, and one line can be endless."""

    max_characters = Integer(20_000, help="how much of a text is kept, from its start").tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Cut streams and plain text; HTML that is too long goes, because half of it would not show."""
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = self._cut(output.text)
            elif output.output_type == "error":
                output.evalue = self._cut(output.evalue)
                if sum(map(len, output.traceback)) > self.max_characters:
                    output.traceback = [self._cut("\n".join(output.traceback))]
            else:
                data = output.data
                for mime in [mime for mime in data if mime.startswith("text/") and mime != "text/plain"]:
                    if len(data[mime]) > self.max_html:
                        del data[mime]
                if "text/plain" in data:
                    data["text/plain"] = self._cut(data["text/plain"])
        return cell, resources

    @property
    def max_html(self) -> int:
        """Pictures stand in HTML too, so it may be much longer than a text to read."""
        return 100 * self.max_characters

    def _cut(self, text: str) -> str:
        if len(text) <= self.max_characters:
            return text
        return text[: self.max_characters] + "\n... Output truncated ..."
