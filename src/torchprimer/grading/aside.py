"""Sets aside for a person what a machine should not decide, and says why where a person looks."""

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

from .execute import is_check
from .findings import KEY, stored
from .masters import answers, read_masters


class SetAside(NbGraderPreprocessor):
    """Marks grades as needing a person and comments on their answers; after SaveAutoGrades.

    The reasons are those that `verdict` left in the resources and `repair` in the notebook. The comment
    shows in Formgrader and in the feedback. A score that a person gave is not touched.
    """

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Write marks and comments to the gradebook.

        Raises nbgrader's MissingEntry when the gradebook does not know the submission.
        """
        findings = stored(nb)
        asides: dict[str, str] = resources.get(KEY, {}).get("aside", {})
        reasons = {name: [sentence] for name, sentence in asides.items()}
        marked = set(asides)
        checks = [cell.metadata.nbgrader.grade_id for cell in nb.cells if is_check(cell)]
        for finding in findings:
            # What concerns the whole notebook marks one check: one decision of a person's, not twelve.
            for name in [finding.cell] if finding.cell else checks[:1]:
                if finding.cell or finding.aside:
                    reasons.setdefault(name, []).insert(0, finding.sentence)
                if finding.aside:
                    marked.add(name)
        if reasons:
            self._write(resources["nbgrader"], reasons, marked)
        return nb, resources

    def _write(self, at: dict[str, str], reasons: dict[str, list[str]], marked: set[str]) -> None:
        with Gradebook(at["db_url"]) as gradebook:
            where = at["notebook"], at["assignment"], at["student"]
            masters = read_masters(
                gradebook.find_notebook(at["notebook"], at["assignment"]), ClearHiddenTests(parent=self)
            )
            belongs = answers(masters)
            comments: dict[str, list[str]] = {}
            for master in masters:
                if master.name in marked and master.grade:
                    gradebook.find_grade(master.name, *where).needs_manual_grade = True
                for answer in belongs[master.name][-1:]:
                    said = comments.setdefault(answer, [])
                    said.extend(text for text in reasons.get(master.name, []) if text not in said)
            for answer, said in comments.items():
                if not said:
                    continue
                try:
                    comment = gradebook.find_comment(answer, *where)
                except MissingEntry:
                    continue
                comment.auto_comment = " ".join([*filter(None, [comment.auto_comment]), *said])
            gradebook.db.commit()
