"""Silence is never a pass: a check cell counts only when it ends in one number of points."""

import html
import re
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from .execute import DIED, NOT_RUN, OUT_OF_TIME, TIMED_OUT, is_check
from .findings import KEY, as_text

LOST = {
    DIED: "did not finish because the kernel ended while it ran",
    TIMED_OUT: "ran longer than the time allowed and was stopped",
    NOT_RUN: "was not run because earlier cells had ended the kernel too often",
    OUT_OF_TIME: "was not run because the time for one submission was used up",
}
ROUNDING = 1e-6


def judge(cell: NotebookNode, points: float) -> str | None:
    """Why the outputs of a check cell worth `points` cannot be scored, as one sentence; None if they can.

    A cell that cannot be scored then says so in its output and ends in 0.
    """
    reason = _reason(cell, points)
    if reason is None:
        return None
    sentence = f"This check {reason}. It scores 0 until a person has looked at it."
    said = [output for output in cell.outputs if output.output_type in ("stream", "display_data")]
    shown = {"text/plain": sentence, "text/html": f"<p><strong>{html.escape(sentence)}</strong></p>"}
    cell.outputs = [
        *said,
        new_output("display_data", shown),
        new_output("execute_result", {"text/plain": "0.0"}, execution_count=cell.execution_count),
    ]
    return sentence


def unfinished(cell: NotebookNode) -> str | None:
    """The sentence for a check that ended in a number but says that it could not finish; None for others."""
    about = next((o.metadata.get(KEY, {}) for o in cell.outputs if o.output_type == "execute_result"), {})
    if isinstance(about, dict) and about.get("broken"):
        return "This check could not be finished with this answer; a person should look at it."
    return None


def _reason(cell: NotebookNode, points: float) -> str | None:
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors:
        # The last error is the one that ended the cell.
        name = str(errors[-1].ename)
        return LOST.get(name) or f"stopped with an error ({_error(name, str(errors[-1].evalue))})"
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    if not results:
        return "ended without a result"
    if len(results) > 1:
        return "gave more than one result"
    text = results[0].data.get("text/plain", "")
    try:
        earned = float("".join(text))
    except (TypeError, ValueError):
        return "ended in something that is not a number of points"
    if not -ROUNDING <= earned <= points + ROUNDING:  # nan and inf are not either
        return f"ended in {earned:g}, which is not between 0 and its {points:g} points"
    results[0].data["text/plain"] = repr(min(max(earned, 0.0), points))
    return None


def _error(name: str, value: str) -> str:
    name = name if re.fullmatch(r"\w{1,60}", name) else "unknown"
    line = value.strip().splitlines()[0] if value.strip() else ""
    if len(line) > 120:
        line = line[:120] + "..."
    return f"{name}: {as_text(line)}" if line else name


class SilenceIsNoPass(NbGraderPreprocessor):
    """Scores 0 and sets aside every check that did not end in a number; before SaveAutoGrades."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Judge one check cell; `aside` reads the sentence from the resources."""
        if is_check(cell):
            name = cell.metadata.nbgrader.grade_id
            sentence = judge(cell, float(cell.metadata.nbgrader.points)) or unfinished(cell)
            if sentence:
                at = resources["nbgrader"]
                self.log.warning("%s, %s, %s: %s", at["student"], at["notebook"], name, sentence)
                resources.setdefault(KEY, {}).setdefault("aside", {})[name] = sentence
        return cell, resources
