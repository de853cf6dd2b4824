"""Grades one notebook without the course's gradebook, for other systems to call."""

import html
import io
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbgrader.api as api
from nbformat.notebooknode import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from torchprimer.editions import course_config
from torchprimer.lab import Problem

from .course import Course
from .findings import stored
from .jobs import Graded, Job
from .masters import Master, answers, read_masters
from .reading import Unreadable, read_submission
from .worker import grade

SOMEBODY = "student"


def grade_notebook(
    root: Path, path: Path, lesson: str | None, lessons: Sequence[str], environment: dict[str, str]
) -> dict[str, Any]:
    """Grade a file and give what can be written as JSON: points and what was said, by exercise.

    The lesson is recognized when it is None. Raises `Problem` when the file is no notebook, or of none of the
    lessons.
    """
    try:
        content = path.read_bytes()
        notebook = read_submission(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror or error}") from error
    except Unreadable as error:
        raise Problem(f"{path} cannot be read as a notebook: {error}") from error
    lesson = lesson or _recognized(root, path, notebook, lessons)
    with tempfile.TemporaryDirectory(prefix="primer-one-") as folder:
        course = _temporary(root, lesson, Path(folder), environment)
        package = course.package(course.masters())
        result = grade(Job(SOMEBODY, package, {f"{lesson}.ipynb": content}, None))
        engine = create_engine(course.url)
        with Session(engine) as session:
            found = session.query(api.Notebook).filter_by(name=lesson).one()
            masters = read_masters(found, ClearHiddenTests(config=course.config))
        engine.dispose()
        course.engine.dispose()
    return _report(result, lesson, path, masters)


def _names(notebook: dict[str, Any]) -> set[str]:
    names = (cell.get("metadata", {}).get("nbgrader") for cell in notebook["cells"])
    return {str(found["grade_id"]) for found in names if isinstance(found, dict) and "grade_id" in found}


def _recognized(root: Path, path: Path, notebook: NotebookNode, lessons: Sequence[str]) -> str:
    """The lesson most of whose cells are in the notebook. Raises `Problem` when none is."""
    have = _names(notebook)
    shares = {}
    for lesson in lessons:
        source = json.loads((root / "source" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))
        wanted = _names(source)
        shares[lesson] = len(wanted & have) / max(1, len(wanted))
    best = max(shares, key=lambda lesson: shares[lesson], default=None)
    if best is None or not shares[best]:
        raise Problem(f"{path} has no cell of a lesson; name the lesson with --lesson if it is of one")
    return best


def _temporary(root: Path, lesson: str, folder: Path, environment: dict[str, str]) -> Course:
    """A course with a gradebook made from the lesson's source."""
    for path in root.glob("*.py"):
        shutil.copy(path, folder)
    shutil.copytree(root / "source" / lesson, folder / "source" / lesson)
    url = f"sqlite:///{folder / 'gradebook.db'}"
    engine = create_engine(url)
    api.Base.metadata.create_all(engine)  # else nbgrader runs alembic, which takes as long as all the rest
    engine.dispose()
    config = course_config(folder)
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.db_url = url
    config.CourseDirectory.assignment_id = lesson
    try:
        GenerateAssignment(coursedir=CourseDirectory(config=config), config=config).start()
    except Exception as error:
        raise Problem(f"the checks of {lesson} could not be prepared: {error}") from error
    return Course(folder, lesson, url, environment)


def _report(result: Graded, lesson: str, path: Path, masters: Sequence[Master]) -> dict[str, Any]:
    part = result.record["notebooks"].get(lesson, {"grades": {}, "comments": {}})
    content = result.files.get(f"{lesson}.ipynb", b'{"cells": [], "metadata": {}}')
    notebook = json.loads(content)
    outputs = {
        cell["metadata"].get("nbgrader", {}).get("grade_id"): cell.get("outputs", [])
        for cell in notebook["cells"]
    }
    reasons = {aside.cell: aside.reason for aside in result.asides}
    belongs = answers(masters)
    exercises: dict[str, dict[str, Any]] = {}
    for master in masters:
        if not (master.grade or master.task):
            continue
        name = (belongs[master.name] or [master.name])[-1]
        exercise = exercises.setdefault(
            name, {"name": name, "score": 0.0, "max_score": 0.0, "mistakes": [], "aside": []}
        )
        score = part["grades"].get(master.name, {}).get("auto_score") or 0.0
        exercise["score"] += score
        exercise["max_score"] += master.points or 0.0
        if master.points is not None and score < master.points:
            exercise["mistakes"] += _said(outputs.get(master.name, []))
        if master.name in reasons and reasons[master.name] not in exercise["aside"]:
            exercise["aside"].append(reasons[master.name])
    findings = [finding.sentence for finding in stored(NotebookNode(notebook))]
    return {
        "lesson": lesson,
        "file": str(path),
        "score": sum(exercise["score"] for exercise in exercises.values()),
        "max_score": sum(exercise["max_score"] for exercise in exercises.values()),
        "exercises": list(exercises.values()),
        "findings": findings,
        "error": result.error,
        "seconds": result.seconds,
    }


def _said(outputs: Sequence[dict[str, Any]]) -> list[str]:
    """What a check displayed, as text: a student may read all of it."""
    said = []
    for output in outputs:
        if output["output_type"] == "display_data" and "image/png" not in output["data"]:
            text = "".join(output["data"].get("text/plain", "")).strip()
            said.append(html.unescape(text))
    return [text for text in said if text]
