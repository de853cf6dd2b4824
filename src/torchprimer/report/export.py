"""What `nbgrader export --exporter=torchprimer.report.NAME` writes."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from nbgrader.api import (
    Assignment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.plugins import ExportPlugin
from sqlalchemy import Integer, cast, func

from torchprimer.lab import Problem, write_file

from . import page, tables
from .reading import Course, read_gradebook, read_report

Thing = TypeVar("Thing")


class _Export(ExportPlugin):
    """A plugin whose failures are a sentence, and no traceback."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the file that `--to` names. Ends nbgrader with 1 when that cannot be."""
        try:
            self.write(gradebook)
        except Problem as error:
            self.log.error("%s", error)
            raise SystemExit(1) from error

    def write(self, gradebook: Gradebook) -> None:
        """Write the file that `--to` names. Raises `Problem` when that cannot be."""
        raise NotImplementedError


class ClassReport(_Export):
    """The table of `primer report` as CSV, one row for each exercise; where `--to` ends in .html, the page."""

    def write(self, gradebook: Gradebook) -> None:
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


class _Marks(_Export):
    """Marks as CSV for another program: a row for each student, a column for each lesson.

    A mark is the score less the penalty for being late. It is left empty where nothing is graded and, with a
    warning, where a person still has to look.
    """

    file: str
    columns: tuple[str, ...]

    def about(self, student: Student) -> list[str | None]:
        """What stands before the marks, one value for each column."""
        raise NotImplementedError

    def above(self, lessons: list[Assignment]) -> list[list[object]]:
        """Rows between the head and the students."""
        return []

    def write(self, gradebook: Gradebook) -> None:
        """Write the file that `--to` names. Raises `Problem` when the gradebook does not know who or what is named."""
        path = Path(self.to or self.file)
        lessons = sorted(gradebook.assignments, key=lambda lesson: lesson.name)
        lessons = _named(lessons, [str(name) for name in self.assignment], lambda lesson: lesson.name)
        students = _named(
            gradebook.students, [str(name) for name in self.student], lambda student: student.id
        )
        shown = {student.id for student in students}
        marks = [self._marks(gradebook, lesson, shown) for lesson in lessons]
        rows = [[*self.about(student), *(mark.get(student.id) for mark in marks)] for student in students]
        head = [*self.columns, *(lesson.name for lesson in lessons)]
        write_file(path, tables._written(head, [*self.above(lessons), *rows]).encode())
        self.log.info("Wrote the marks to %s", path)

    def _marks(self, gradebook: Gradebook, lesson: Assignment, shown: set[str]) -> dict[str, float]:
        """The marks of those whose lesson is graded, by student. Says who of `shown` still waits for a person."""
        # One query: the scores of `SubmittedAssignment` are found by one for each student.
        query = (
            gradebook.db.query(
                SubmittedAssignment.student_id,
                SubmittedNotebook.late_submission_penalty,
                func.sum(Grade.score),
                func.max(cast(Grade.needs_manual_grade, Integer)),
            )
            .select_from(SubmittedAssignment)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .filter(SubmittedAssignment.assignment_id == lesson.id)
            .group_by(SubmittedNotebook.id, SubmittedAssignment.student_id)
        )
        marks: dict[str, float] = defaultdict(float)
        waiting = set()
        for student, penalty, score, waits in query:
            marks[student] += score - (penalty or 0.0)
            if waits:
                waiting.add(student)
        for student in sorted(waiting & shown):
            self.log.warning(
                "%s, %s: no mark is given, a person has to look first (Formgrader: Manual Grading)",
                student,
                lesson.name,
            )
        return {
            student: round(max(0.0, mark), 2) for student, mark in marks.items() if student not in waiting
        }


class Canvas(_Marks):
    """Marks as Canvas imports them into its gradebook.

    Canvas knows a student by its own ID, which is `lms_user_id` of the roster, or by the login, which is the
    student's name in nbgrader.
    """

    file = "canvas.csv"
    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def about(self, student: Student) -> list[str | None]:
        """Who it is."""
        names = [name for name in (student.last_name, student.first_name) if name]
        return [", ".join(names) or student.id, student.lms_user_id, None, student.id, None]

    def above(self, lessons: list[Assignment]) -> list[list[object]]:
        """The row that says what each lesson is worth."""
        return [["    Points Possible", *[None] * 4, *(lesson.max_score for lesson in lessons)]]


class Moodle(_Marks):
    """Marks as Moodle imports them: it asks which column names the student, and which grade item a column is."""

    file = "moodle.csv"
    columns = ("Username", "ID number", "Email address", "First name", "Last name")

    def about(self, student: Student) -> list[str | None]:
        """Who it is."""
        return [student.id, student.lms_user_id, student.email, student.first_name, student.last_name]


def _named(things: Sequence[Thing], names: Sequence[str], name: Callable[[Thing], str]) -> list[Thing]:
    """Those that are named, or all when none is. Raises `Problem` when one is not there."""
    known = {name(thing) for thing in things}
    if missing := [one for one in names if one not in known]:
        raise Problem(f"the gradebook does not know {', '.join(missing)}")
    return [thing for thing in things if not names or name(thing) in names]
