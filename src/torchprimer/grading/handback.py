"""Puts feedback into the exchange, for those who handed in through it."""

from glob import glob
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

HANDED_IN = ("timestamp.txt", "submission_secret.txt")  # left by `nbgrader submit`, needed here


class ReleaseToSubmitters(ExchangeReleaseFeedback):
    """nbgrader's release of feedback, for `c.ExchangeFactory.release_feedback`.

    nbgrader ends at the first submission that came another way, by mail for instance, and the rest of the class
    gets nothing; here that submission is named and left out.
    """

    def copy_files(self) -> None:
        """Copy each student's feedback to the exchange. Raises OSError where it cannot be written."""
        before = self.coursedir.student_id_exclude
        folders = [Path(folder) for folder in sorted(glob(self.src_path))]
        if not folders:
            self.log.warning(
                "There is no feedback on %s yet: generate it first.", self.coursedir.assignment_id
            )
        elsewhere = [folder for folder in folders if not all((folder / name).is_file() for name in HANDED_IN)]
        left_out = [folder.parent.name for folder in elsewhere]
        for student, folder in zip(left_out, elsewhere, strict=True):
            said = "%s did not hand in through the exchange, so this is not released there: %s"
            self.log.warning(said, student, folder)
        self.coursedir.student_id_exclude = ",".join(filter(None, [before, *left_out]))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = before
