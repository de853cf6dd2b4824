"""What a class has understood and what to teach again: `primer report`, and the same for `nbgrader export`."""

from collections.abc import Callable, Sequence
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from torchprimer.editions import course_config
from torchprimer.grading import rows
from torchprimer.lab import Problem, write_file

from . import page, tables
from .export import Canvas, ClassReport, Moodle
from .figures import Report
from .reading import Course, Gradebook, read_gradebook, read_report

__all__ = ["Canvas", "ClassReport", "Moodle", "class_report", "write_report"]


def class_report(
    root: Path, lessons: Sequence[str], say: Callable[[str], None], *, db: str | None = None
) -> Report:
    """The report of these lessons, or of all that the gradebook knows.

    Raises `Problem` when there is no gradebook, it is locked or of another kind, or does not know a lesson.
    """
    config = course_config(root)
    course = Course(CourseDirectory(config=config), config)
    url = db or course.directory.db_url
    engine = rows.connect(url, writing=False)

    def read() -> Gradebook:
        with engine.begin() as connection:
            return read_gradebook(course, connection, lessons)

    try:
        gradebook = rows.sorted_out(read, url)
    except rows.Busy as error:
        raise Problem(f"{error}; try again when nobody grades") from error
    finally:
        engine.dispose()
    if not gradebook.lessons:
        raise Problem("the gradebook knows no lesson; `nbgrader generate_assignment` puts one in")

    def on_notebooks(lesson: str, number: int) -> None:
        if number >= 500:
            say(f"Reading {number} graded notebooks of {lesson} ...")

    return read_report(course, gradebook, on_notebooks=on_notebooks)


def write_report(report: Report, folder: Path) -> list[Path]:
    """Write the page and its tables to a folder, over what is there; gives their paths."""
    texts = {
        "report.html": page.render(report),
        "exercises.csv": tables.exercises(report),
        "mistakes.csv": tables.mistakes(report),
        "students.csv": tables.students(report),
    }
    for name, text in texts.items():
        # Spreadsheets take a CSV file without the mark for text of an older encoding.
        write_file(folder / name, text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
    return [folder / name for name in texts]
