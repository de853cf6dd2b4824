"""What was found wrong with a submission: one sentence each, for the student and the instructor."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_markdown_cell

KEY = "torchprimer"


@dataclass(frozen=True)
class Finding:
    """Something about a submission that its student and its instructor should know.

    `cell` is the name of the cell concerned, or empty for the whole notebook. `aside` asks for a person
    to look at it.
    """

    kind: str
    sentence: str
    cell: str = ""
    aside: bool = False


def store(nb: NotebookNode, findings: Iterable[Finding]) -> None:
    """Keep the findings in the notebook for the later steps, over anything the student left there."""
    nb.metadata[KEY] = {"findings": [asdict(finding) for finding in findings]}


def stored(nb: NotebookNode) -> list[Finding]:
    """The findings that `store` left in a notebook; none when it left nothing."""
    return [Finding(**finding) for finding in nb.metadata.get(KEY, {}).get("findings", [])]


def as_text(words: str) -> str:
    """Words of a student's, such as the name of a file, for a sentence that is shown as Markdown."""
    return re.sub(r"<(?=[a-zA-Z/!?])", "‹", " ".join(words.split())).replace("](", "] (")


def notice(findings: Iterable[Finding]) -> NotebookNode:
    """A cell that tells the reader of a graded notebook what was found."""
    lines = "\n".join(f"- {finding.sentence}" for finding in findings)
    return new_markdown_cell(f"**About this submission**\n\n{lines}")
