"""The figures as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from .figures import Report

EXERCISES = (
    "lesson", "exercise", "objective", "points", "handed_in", "tried", "solved", "partly", "without_points",
    "blank", "left_a_part_open", "set_aside", "mean_points", "commonest_mistake", "students_who_made_it",
    "in_a_hidden_check",
)  # fmt: skip
MISTAKES = ("lesson", "exercise", "mistake", "students", "tried", "also", "varies", "in_a_hidden_check")
STUDENTS = (
    "student", "lesson", "state", "solved", "exercises", "points", "of_points", "times_handed_in",
    "set_aside",
)  # fmt: skip


def exercises(report: Report) -> str:
    """One row for each exercise."""
    rows = []
    for lesson in report.lessons:
        for one in lesson.exercises:
            top = one.mistakes[0] if one.mistakes else None
            rows.append(
                [lesson.name, one.name, one.objective, one.points, one.handed_in, one.tried, one.right]
                + [one.partly, one.without, one.blank, one.left_open, one.waiting]
                + ["" if one.mean is None else round(one.mean, 3)]
                + ([top.sentence, top.students, _yes(top.hidden)] if top else ["", 0, ""])
            )
    return _written(EXERCISES, rows)


def mistakes(report: Report) -> str:
    """One row for each mistake in an exercise."""
    rows = (
        (
            lesson.name, one.name, told.sentence, told.students, one.tried,
            ", ".join(told.also), _yes(told.varies), _yes(told.hidden),
        )
        for lesson in report.lessons
        for one in lesson.exercises
        for told in one.mistakes
    )  # fmt: skip
    return _written(MISTAKES, rows)


def students(report: Report) -> str:
    """One row for each student and lesson, in the order of their progress."""
    waiting = {(student, lesson.name) for lesson in report.lessons for student, _, _ in lesson.waiting}
    rows: list[list[object]] = []
    for student in (row.student for row in report.progress()):
        for lesson in report.lessons:
            who, of = [report.shown(student), lesson.name], [len(lesson.exercises)]
            points = sum(one.points for one in lesson.exercises)
            if standing := lesson.students.get(student):
                times = "" if standing.times is None else standing.times
                person = _yes((student, lesson.name) in waiting)
                rows.append(
                    [*who, "graded", standing.solved, *of, round(standing.earned, 2), points, times, person]
                )
            else:
                state = "not graded yet" if student in lesson.ungraded else "not handed in"
                rows.append([*who, state, "", *of, "", points, "", ""])
    return _written(STUDENTS, rows)


def _yes(condition: bool) -> str:
    return "yes" if condition else ""


def _written(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return text.getvalue()


def _harmless(value: object) -> object:
    """A value that no spreadsheet takes for a formula: text that looks like one is quoted."""
    if isinstance(value, str) and re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", value):
        return f"'{value}"
    return value
