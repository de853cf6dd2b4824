"""How far a student is, read from the student's own notebooks; nothing is sent anywhere.

A check leaves its points in the notebook, as its output. The file is older than the kernel, so what was checked
since this kernel started counts over what the file says.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from torchprimer import lab
from torchprimer.lab import Problem

if TYPE_CHECKING:
    from torchprimer.draw import Beside

# torch is imported where a picture is drawn only: `primer status` is quick.

__all__ = ["Exercise", "Lesson", "course", "line", "listing", "read", "show", "table", "told", "upcoming"]

PROMPT = re.compile(r"Exercise: (?P<name>.+?) (?P<dots>[●○]+) \((?P<minutes>\d+) minutes?\)")
LARGEST = 200 * 1024**2  # bytes; a lesson with all its pictures has a few million
STATES = {"done": "full marks", "begun": "some of the points", "open": "open"}
SIGNS, PLAIN_SIGNS = "■◧□", "#+."  # of the states
NOWHERE = "Here you see your progress when you work on a lesson in JupyterLab; in a terminal, `primer status` shows it."

_results: dict[str, float] = {}  # what was checked since this kernel started: exercise -> points


@dataclass(frozen=True)
class Exercise:
    """One exercise: its points, its minutes (0 when not said) and the points earned."""

    name: str
    points: float
    minutes: int
    earned: float = 0.0

    @property
    def done(self) -> bool:
        """Whether it has full marks."""
        return self.earned >= self.points

    @property
    def state(self) -> str:
        """One of `STATES`."""
        return "done" if self.done else "begun" if self.earned else "open"

    @property
    def time(self) -> str:
        """`standardize (6 minutes)`."""
        return f"{self.name} ({_minutes(self.minutes)})" if self.minutes else self.name


@dataclass(frozen=True)
class Lesson:
    """A lesson as far as a student is; `notes` says what is the matter with the student's copy."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> float:
        """What all its exercises are worth."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def earned(self) -> float:
        """The points so far."""
        return sum(exercise.earned for exercise in self.exercises)

    @property
    def open(self) -> list[Exercise]:
        """The exercises without full marks, in order."""
        return [exercise for exercise in self.exercises if not exercise.done]

    @property
    def figures(self) -> tuple[str, str, str]:
        """`3 of 12 done`, `11 of 46 points`, `65 min left`."""
        return (
            f"{len(self.exercises) - len(self.open)} of {len(self.exercises)} done",
            f"{self.earned:g} of {self.points:g} points",
            f"{sum(exercise.minutes for exercise in self.open)} min left" if self.open else "nothing left",
        )

    def bar(self, signs: str = SIGNS) -> str:
        """A sign for each exercise; `signs` are those of the states."""
        sign = dict(zip(STATES, signs, strict=True))
        return "".join(sign[exercise.state] for exercise in self.exercises)


# ---------------------------------------------------------------- reading


def read(path: Path) -> Lesson:
    """The exercises in a notebook, with the points that its stored outputs give.

    Raises `Problem` when the file is missing, too large, or no notebook.
    """
    try:
        if not path.is_file():
            raise Problem(
                f"{_short(path)} is no file; if you renamed it, shut its kernel down and open it again"
            )
        if path.stat().st_size > LARGEST:
            raise Problem(f"{_short(path)} is larger than {LARGEST >> 20} MB; clear its outputs and save it")
        return _lesson(path.stem, json.loads(path.read_bytes())["cells"])
    except OSError as error:
        raise Problem(f"{_short(path)} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Problem(
            f"{_short(path)} is no notebook; if it is not just being saved, restore it from .ipynb_checkpoints "
            "beside it"
        ) from error


def _lesson(name: str, cells: Sequence[Mapping[str, Any]]) -> Lesson:
    title, minutes = name, {}
    checks: dict[str, dict[str, tuple[float, float]]] = {}  # exercise -> check -> points, and points earned
    for cell in cells:
        text = "".join(cell["source"])
        about = cell["metadata"].get("nbgrader") or {}
        if cell["cell_type"] == "markdown":
            title = text.splitlines()[0].removeprefix("# ") if text.startswith("# ") else title
            for found in re.finditer(rf"^### {PROMPT.pattern}", text, re.MULTILINE):
                minutes[found["name"].lower().replace(" ", "-")] = int(found["minutes"])
        elif cell["cell_type"] == "code" and about.get("grade"):
            check = about["grade_id"]
            of = checks.setdefault(re.sub(r"-(check|hidden)$", "", check), {})
            points, earned = float(about["points"]), _earned(cell["outputs"])
            before = of.get(check, (points, 0.0))[1]
            of[check] = points, min(max(earned, before), points)  # of a check that is there twice, the better
    exercises = tuple(
        Exercise(
            exercise, sum(p for p, _ in of.values()), minutes.get(exercise, 0), sum(e for _, e in of.values())
        )
        for exercise, of in checks.items()
    )
    return Lesson(name, title, exercises)


def _earned(outputs: Sequence[Mapping[str, Any]]) -> float:
    """The points in a check's stored outputs; 0 when there is nothing that could be points."""
    for output in outputs:
        if output["output_type"] == "execute_result":
            try:
                points = float("".join(output["data"]["text/plain"]))
            except ValueError:
                continue
            return points if math.isfinite(points) else 0.0
    return 0.0


def _merged(released: Lesson, copy: Lesson) -> Lesson:
    """The lesson as it was handed out, with the points of the student's copy.

    Raises `Problem` when the copy is another notebook.
    """
    earned = {exercise.name: exercise.earned for exercise in copy.exercises}
    missing = [exercise.name for exercise in released.exercises if exercise.name not in earned]
    if len(missing) == len(released.exercises):
        raise Problem(f"{copy.name}.ipynb is another notebook: it holds no check of this lesson")
    exercises = tuple(
        _with_points(exercise, earned.get(exercise.name, 0.0)) for exercise in released.exercises
    )
    notes = (f"Your copy lacks the check of {', '.join(missing)}.",) if missing else ()
    return replace(released, exercises=exercises, notes=notes)


def course(root: Path, *folders: Path) -> list[Lesson]:
    """The lessons that `lab.released(root)` gives, with the points of the student's copies.

    A copy is LESSON/LESSON.ipynb in the first of `folders` that has one.

    Raises `Problem` when a lesson as it was handed out cannot be read.
    """
    lessons = []
    for name, path in lab.released(root).items():
        lesson = read(path)
        copies = [folder / name / f"{name}.ipynb" for folder in folders]
        copies = [copy for copy in copies if copy.exists()]
        try:
            found = _merged(lesson, read(copies[0])) if copies else lesson
        except Problem as problem:
            found = replace(lesson, notes=(f"{problem}.",))
        lessons.append(replace(found, notes=(*found.notes, *_uncounted(found, copies))))
    return lessons


def _uncounted(lesson: Lesson, copies: Sequence[Path]) -> Iterator[str]:
    """A sentence for each copy but the first that has more points than `lesson`, which is the first one's."""
    for copy in copies[1:]:
        with contextlib.suppress(Problem):
            if (earned := read(copy).earned) > lesson.earned:
                yield (
                    f"{_short(copy)} has {earned:g} points, which are not counted: you fetched the lesson since. "
                    f"To hand that one in, copy it over {_short(copies[0])}."
                )


def _short(path: Path) -> str:
    """`work/01_tensors/01_tensors.ipynb`."""
    return "/".join(path.parts[-3:])


# ---------------------------------------------------------------- in words


def table(lessons: Sequence[Lesson], width: int = 80, signs: str = SIGNS) -> list[str]:
    """A line for each lesson, or three where `width` signs are too few for one, and what is the matter with it."""
    rows = [(lesson.name, lesson.bar(signs), *lesson.figures) for lesson in lessons]
    sizes = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(map(str.ljust, row, sizes)).rstrip() for row in rows]
    if max(map(len, lines)) > width:
        lines = [
            "\n  ".join((name, bar, exercises, f"{points}, {left}"))
            for name, bar, exercises, points, left in rows
        ]
    return [
        *lines,
        ", ".join(map(" ".join, zip(signs, STATES.values(), strict=True))) + "; the minutes are of exercises",
        *(f"{lesson.name}: {note}" for lesson in lessons for note in lesson.notes),
    ]


def listing(lesson: Lesson, signs: str = SIGNS) -> list[str]:
    """A line for each exercise of a lesson."""
    rows = [
        (sign, exercise.name, f"{exercise.earned:g} of {exercise.points:g}", _minutes(exercise.minutes))
        for sign, exercise in zip(lesson.bar(signs), lesson.exercises, strict=True)
    ]
    name, points = (max((len(row[column]) for row in rows), default=0) for column in (1, 2))
    return [f"{sign} {row[0]:{name}}  {row[1]:>{points}}  {row[2]}" for sign, *row in rows]


def upcoming(lessons: Sequence[Lesson]) -> str:
    """The first exercise that is open, in a sentence."""
    for lesson in lessons:
        for exercise in lesson.open:
            return f"Next: {exercise.time}, in {lesson.name}."
    return "Every exercise has full marks."


def line(lesson: Lesson, name: str, following: Lesson | None = None) -> str:
    """What stands below the check of the exercise `name`: the points so far and what is next.

    `following`: the lesson after this one.
    """
    so_far = f"{lesson.earned:g} of {lesson.points:g} points"
    place = [exercise.name for exercise in lesson.exercises].index(name)
    when = "Next" if lesson.exercises[place].done else "After this one"
    others = [*lesson.exercises[place + 1 :], *lesson.exercises[:place]]
    for exercise in others:
        if not exercise.done:
            return f"{so_far} so far. {when}: {exercise.time}."
    if lesson.open:
        return f"{so_far} so far. This is the last exercise that is open."
    then = f" Next: `primer lab {following.name}`." if following else ""
    return f"{so_far}: every exercise of this lesson is done.{then}"


def _minutes(number: int) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"


# ---------------------------------------------------------------- in a kernel


def told(name: str, earned: float) -> str:
    """Note what a check of the exercise `name` gave, and give its `line`; "" where nobody studies."""
    path = _studied()
    if path is None:
        return ""
    _results[name] = earned
    lessons, here = _around(path)
    if name not in [exercise.name for exercise in here.exercises]:
        return ""
    names = [lesson.name for lesson in lessons]
    following = lessons[names.index(here.name) + 1 :]
    return line(here, name, following[0] if following else None)


def show() -> Beside | None:
    """The picture of all lessons, for the notebook that this kernel runs; elsewhere a sentence that says so."""
    path = _studied()
    if path is None:
        print(NOWHERE)
        return None
    from torchprimer.draw import beside
    from torchprimer.draw.progress import progress

    return beside(progress(*_around(path)))  # as HTML: JupyterLab gives no alternative text to a PNG


def _studied() -> Path | None:
    """The notebook that a student works on with this kernel; None where nobody does, as in grading."""
    name = os.environ.get("JPY_SESSION_NAME", "")  # a Jupyter server sets it, for the kernel of a document
    return Path(name) if name.endswith(".ipynb") and "NBGRADER_EXECUTION" not in os.environ else None


def _around(path: Path) -> tuple[list[Lesson], Lesson]:
    """The lessons beside the notebook at `path`, in work/ or wherever they were fetched to, and among them its own."""
    try:
        own = read(path)
    except Problem as problem:
        own = Lesson(path.stem, path.stem, (), (f"{problem}.",))
    earned = [_results.get(exercise.name, exercise.earned) for exercise in own.exercises]
    own = replace(own, exercises=tuple(map(_with_points, own.exercises, earned)))
    try:
        lessons = course(lab.find_study(path.parent), path.parent.parent)
    except Problem:
        lessons = []
    for place, lesson in enumerate(lessons):
        with contextlib.suppress(Problem):
            here = _merged(lesson, own)
            return [*lessons[:place], here, *lessons[place + 1 :]], here
    if own.name not in [lesson.name for lesson in lessons]:
        return [*lessons, own], own
    return [
        replace(lesson, notes=own.notes or lesson.notes) if lesson.name == own.name else lesson
        for lesson in lessons
    ], own


def _with_points(exercise: Exercise, earned: float) -> Exercise:
    return replace(exercise, earned=min(earned, exercise.points))
