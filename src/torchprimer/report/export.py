"""`nbgrader export --exporter=torchprimer.report.ClassReport`."""

from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins import ExportPlugin

from torchprimer.lab import write_file

from . import page, tables
from .reading import Course, read_gradebook, read_report


class ClassReport(ExportPlugin):
    """The table of `primer report` as CSV, one row for each exercise; where `--to` ends in .html, the page."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that `--to` names. Raises `Problem` when the gradebook does not know a lesson."""
        path = Path(self.to or "report.csv")
        course = Course(self.parent.coursedir, self.parent.config)
        found = read_gradebook(course, gradebook.db.connection(), [str(name) for name in self.assignment])
        report = read_report(course, found, [str(student) for student in self.student])
        if path.suffix == ".html":
            write_file(path, page.render(report).encode())
        else:
            write_file(path, tables.exercises(report).encode("utf-8-sig"))
        self.log.info("Wrote the class report to %s", path)
