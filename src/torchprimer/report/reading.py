"""What a report is made of, read from the gradebook, the graded notebooks and the exchange; nothing is written."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from sqlalchemy import ColumnElement, Connection, Row, select
from traitlets.config import Config

from torchprimer.grading import rows
from torchprimer.grading.findings import KEY
from torchprimer.grading.masters import Master, answers

from .figures import (
    HIDDEN,
    OPEN,
    ROUNDING,
    SEEN,
    Check,
    Lesson,
    Mark,
    Report,
    Standing,
    count_exercise,
    find_shared,
)

LARGEST = 200 * 1024**2  # bytes; a graded notebook with its pictures has less than a million
LONGEST, MOST = 2000, 50  # characters of a mistake's sentence, and sentences, that are kept of one check
NOTHING = "No response."  # nbgrader's comment, before others, on an answer that is as it was handed out
ALONE = 200  # so many notebooks are read without other processes


@dataclass(frozen=True)
class Course:
    """Where a course's folders are."""

    directory: CourseDirectory
    config: Config

    def folder(self, step: str, student: str, lesson: str) -> Path:
        """A student's folder of one step, such as `autograded`."""
        return Path(self.directory.format_path(getattr(self.directory, f"{step}_directory"), student, lesson))


@dataclass(frozen=True)
class Grades:
    """What a gradebook has of one lesson.

    `exercises`: by exercise the points of its checks; `answers`: by exercise its answer cells. `students`: by
    student and check the points and whether a person should look. `comments`: by student and answer cell
    nbgrader's comment.
    """

    lesson: str
    notebooks: tuple[str, ...]
    exercises: dict[str, dict[str, float]]
    answers: dict[str, list[str]]
    students: dict[str, dict[str, tuple[float, bool]]]
    comments: dict[tuple[str, str], str]


@dataclass(frozen=True)
class Gradebook:
    """What a gradebook has of some lessons, and how its students are called."""

    lessons: list[Grades]
    names: dict[str, str]


def read_gradebook(course: Course, connection: Connection, lessons: Sequence[str] = ()) -> Gradebook:
    """What the gradebook has of these lessons, or of all that it knows: a few queries for each.

    Raises `Problem` when it does not know a lesson.
    """
    known = connection.execute(select(rows.TABLES["assignment"].c.name)).scalars()
    found = [_grades(course, connection, lesson) for lesson in lessons or sorted(known)]
    return Gradebook(found, _names(connection))


def read_report(
    course: Course,
    gradebook: Gradebook,
    students: Sequence[str] = (),
    on_notebooks: Callable[[str, int], None] = lambda lesson, number: None,
) -> Report:
    """The figures of what the gradebook has, with what the graded notebooks say; of these students or all.

    `on_notebooks(lesson, number)` is called before so many graded notebooks are read.
    """
    submitted = {found.lesson: set(_submitted(course, found.lesson)) for found in gradebook.lessons}
    everyone = set(gradebook.names).union(*submitted.values())
    if students:
        everyone &= set(students)
    lessons = []
    for found in gradebook.lessons:
        on_notebooks(found.lesson, len(found.students) * len(found.notebooks))
        lessons.append(_lesson(course, found, everyone, submitted[found.lesson]))
    return Report(lessons, sorted(everyone), gradebook.names)


# ---------------------------------------------------------------- the gradebook


def _names(connection: Connection) -> dict[str, str]:
    """How each student of the gradebook is called: by id, with the name where it has one."""
    student = rows.TABLES["student"].c
    found = {}
    for key, first, last in connection.execute(select(student.id, student.first_name, student.last_name)):
        name = " ".join(filter(None, (first, last)))
        found[key] = f"{name} ({key})" if name else key
    return found


def _grades(course: Course, connection: Connection, lesson: str) -> Grades:
    masters = rows.read_masters(connection, lesson, _About.read(course, lesson).order)
    submitted, grade = rows.TABLES["submitted_assignment"].c, rows.TABLES["grade"].c
    query = select(submitted.student_id).where(submitted.assignment_id == masters.assignment)
    students: dict[str, dict[str, tuple[float, bool]]] = {
        student: {} for student in connection.execute(query).scalars()
    }
    columns = (grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade)
    for student, cell, auto, manual, extra, waits in _of_cells(connection, "grade", masters, *columns):
        score = (manual if manual is not None else auto or 0.0) + (extra or 0.0)
        students[student][cell] = score, bool(waits)
    said = _of_cells(connection, "comment", masters, rows.TABLES["comment"].c.auto_comment)
    comments = {(student, cell): text for student, cell, text in said if text}
    return Grades(lesson, tuple(masters.notebooks), *_exercises(masters), students, comments)


def _exercises(masters: rows.Masters) -> tuple[dict[str, dict[str, float]], dict[str, list[str]]]:
    """The points of the checks, and the answer cells, by exercise, named by its last answer cell; in the order of the lesson."""
    points = {
        row["id"]: float(row["max_score"])
        for table in ("grade_cells", "task_cells")
        for row in masters.rows[table]
    }
    worth = {row["name"]: points[row["id"]] for row in masters.rows["base_cell"] if row["id"] in points}
    cells = [
        Master(row["name"], row["cell_type"], "", "", None, bool(row["locked"]), grade=row["name"] in worth)
        for row in masters.rows["source_cell"]
    ]
    belongs = answers(cells)
    found: dict[str, dict[str, float]] = {}
    asked: dict[str, list[str]] = {}
    for cell in cells:
        if cell.name in worth:
            exercise = (belongs[cell.name] or [cell.name])[-1]
            found.setdefault(exercise, {})[cell.name] = worth[cell.name]
            asked[exercise] = belongs[cell.name] or [cell.name]
    return found, asked


def _of_cells(
    connection: Connection, table: str, masters: rows.Masters, *columns: ColumnElement[Any]
) -> Iterator[Row[Any]]:
    """(student, cell's name, columns...) of all submissions of a lesson, by one query."""
    found, cell = rows.TABLES[table], rows.TABLES["base_cell"]
    notebook, submitted = rows.TABLES["submitted_notebook"], rows.TABLES["submitted_assignment"]
    joined = (
        found.join(notebook, found.c.notebook_id == notebook.c.id)
        .join(submitted, notebook.c.assignment_id == submitted.c.id)
        .join(cell, found.c.cell_id == cell.c.id)
    )
    query = select(submitted.c.student_id, cell.c.name, *columns).select_from(joined)
    yield from connection.execute(query.where(submitted.c.assignment_id == masters.assignment))


# ---------------------------------------------------------------- a lesson


def _lesson(course: Course, found: Grades, everyone: set[str], submitted: set[str]) -> Lesson:
    about = _About.read(course, found.lesson)
    grades = {student: cells for student, cells in sorted(found.students.items()) if student in everyone}
    paths = [
        [course.folder("autograded", student, found.lesson) / f"{name}.ipynb" for name in found.notebooks]
        for student in grades
    ]
    checks = dict(zip(grades, _read_notebooks(paths), strict=True))
    marks: dict[str, list[Mark]] = {exercise: [] for exercise in found.exercises}
    lesson = Lesson(
        found.lesson,
        about.title,
        missing=sorted(everyone - submitted - set(grades)),
        ungraded=sorted(submitted & everyone - set(grades)),
        unread={student: said for student, said in checks.items() if isinstance(said, str)},
    )
    times = _times(course, found.lesson)
    for student, cells in grades.items():
        said = checks[student]
        solved, blank, earned = 0, 0, 0.0
        waiting: dict[str, list[str]] = {}
        for exercise, worth in found.exercises.items():
            comments = [found.comments.get((student, cell), "") for cell in found.answers[exercise]]
            untouched = all(comment.startswith(NOTHING) for comment in comments)
            mark = _mark(worth, cells, {} if isinstance(said, str) else said, untouched)
            marks[exercise].append(mark)
            solved += mark.points >= sum(worth.values()) - ROUNDING and not mark.waits
            earned += mark.points
            blank += mark.is_blank
            if mark.waits:
                why = comments[-1].removeprefix(NOTHING).strip() or "The reason is not in the gradebook."
                waiting.setdefault(why, []).append(exercise)
        lesson.waiting += [(student, which, why) for why, which in waiting.items()]
        if blank == len(found.exercises):
            lesson.blank.append(student)
        lesson.students[student] = Standing(solved, earned, times.get(student))
    lesson.exercises = [
        count_exercise(exercise, sum(worth.values()), about.objectives.get(exercise, ""), marks[exercise])
        for exercise, worth in found.exercises.items()
    ]
    lesson.shared = find_shared(marks)
    return lesson


def _mark(
    worth: Iterable[str], cells: Mapping[str, tuple[float, bool]], said: Mapping[str, Check], untouched: bool
) -> Mark:
    graded = [cells[cell] for cell in worth if cell in cells]
    return Mark(
        sum(points for points, _ in graded),
        tuple(said[cell] for cell in worth if cell in said),
        any(waits for _, waits in graded),
        untouched,
    )


# ---------------------------------------------------------------- graded notebooks


def _read_notebooks(students: Sequence[Sequence[Path]]) -> list[dict[str, Check] | str]:
    """What `read_checks` gives for each student's notebooks."""
    processes = min(os.cpu_count() or 1, 1 + len(students) // ALONE)
    if processes == 1:
        return [read_checks(paths) for paths in students]
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read_checks, students, chunksize=25))


def read_checks(paths: Sequence[Path]) -> dict[str, Check] | str:
    """What the checks in graded notebooks said, by cell; or a sentence why that cannot be known."""
    found: dict[str, Check] = {}
    for path in paths:
        try:
            if path.stat().st_size > LARGEST:
                return f"{path.name} is larger than {LARGEST >> 20} MB"
            for cell in json.loads(path.read_bytes())["cells"]:
                settings = cell["metadata"].get("nbgrader") or {}
                if cell["cell_type"] == "code" and settings.get("grade"):
                    for output in cell["outputs"]:
                        if check := _check(output):
                            found[str(settings["grade_id"])] = check
        except FileNotFoundError:
            return f"there is no {path.name} in its folder in autograded/"
        except OSError as error:
            return f"{path.name} cannot be read: {error.strerror or error}"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return f"{path.name} is damaged"
    return found


def _check(output: dict[str, Any]) -> Check | None:
    """The account that a check's result gives of itself; None of other outputs."""
    about = output.get("metadata", {}).get(KEY) if output["output_type"] == "execute_result" else None
    if not isinstance(about, dict) or not isinstance(about.get("mistakes"), list):
        return None
    mistakes = [str(mistake)[:LONGEST] for mistake in about["mistakes"][:MOST]]
    kinds = about.get("parts")
    kinds = [*(kinds if isinstance(kinds, list) else ()), *[SEEN] * len(mistakes)]
    kinds = [kind if kind in (SEEN, HIDDEN, OPEN) else SEEN for kind in kinds]
    return Check(str(about.get("status")), tuple(zip(mistakes, kinds, strict=False)))


# ---------------------------------------------------------------- folders


@dataclass(frozen=True)
class _About:
    """What a lesson's source says of it; where that is not there, its name."""

    title: str
    order: tuple[str, ...] = ()
    objectives: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, course: Course, name: str) -> _About:
        path = course.folder("source", ".", name) / f"{name}.ipynb"
        title, order = name, []
        words: dict[str, str] = {}
        of: dict[str, str] = {}
        try:
            for cell in json.loads(path.read_bytes())["cells"]:
                lines = "".join(cell["source"]).splitlines()
                about = cell["metadata"].get(KEY) or {}
                if title == name and lines and lines[0].startswith("# ") and cell["cell_type"] == "markdown":
                    title = lines[0].removeprefix("# ").strip()
                if "objectives" in about:
                    bullets = [line.removeprefix("- ").strip() for line in lines if line.startswith("- ")]
                    # The list at the beginning, not the recap at the end.
                    words = dict(zip(about["objectives"], bullets, strict=False)) | words
                if grade_id := (cell["metadata"].get("nbgrader") or {}).get("grade_id"):
                    order.append(str(grade_id))
                    of[str(grade_id)] = str(about.get("objective", ""))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(name)
        return cls(title, tuple(order), {cell: words.get(key, "") for cell, key in of.items()})


def _submitted(course: Course, lesson: str) -> Iterator[str]:
    """Who has a notebook in submitted/."""
    directory = course.directory
    excluded = directory.student_id_exclude.split(",")
    pattern = directory.format_path(directory.submitted_directory, "(?P<student>.*)", lesson, escape=True)
    for folder in Path(directory.root).glob(
        str(course.folder("submitted", "*", lesson).relative_to(directory.root))
    ):
        found = re.fullmatch(pattern, str(folder))
        if found and found["student"] not in excluded and any(folder.glob("*.ipynb")):
            yield found["student"]


def _times(course: Course, lesson: str) -> dict[str, int]:
    """How often each student handed the lesson in, from the exchange; empty where that cannot be seen."""
    root = course.config.Exchange.get("root", "") if "Exchange" in course.config else ""
    inbound = Path(str(root)) / course.directory.course_id / "inbound"
    times: Counter[str] = Counter()
    with contextlib.suppress(OSError):
        for folder in inbound.iterdir() if root else ():
            # STUDENT+LESSON+TIME, and since nbgrader 0.9 often +RANDOM.
            if found := re.fullmatch(rf"(?P<student>.+?)\+{re.escape(lesson)}\+[^+]+(\+[^+]+)?", folder.name):
                times[found["student"]] += 1
    return dict(times)
