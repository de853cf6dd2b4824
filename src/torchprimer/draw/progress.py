"""How far a student is: a row of squares for each lesson, a square for each exercise."""

from __future__ import annotations

from collections.abc import Sequence

from torchprimer.draw.canvas import (
    AMBER,
    DARK_AMBER,
    DARK_GREEN,
    FADED,
    INK,
    MUTED,
    PAPER,
    SMALL,
    TITLE,
    Block,
    Pen,
    Picture,
    card,
    column,
    flow,
    label,
    picture,
    row,
    words,
)
from torchprimer.progress import STATES, Lesson

SIDE, GAP, WIDTH = 22.0, 4.0, 420.0


def progress(lessons: Sequence[Lesson], here: Lesson | None = None) -> Picture:
    """The lessons one below the other: a square for each exercise, points, and minutes left.

    `here`: the lesson that is framed, one of `lessons`; what is next in it is said below.
    """
    rows = [_lesson(lesson, lesson is here) for lesson in lessons]
    sheets = [
        card(block, INK if lesson is here else "none", width=WIDTH + 28)
        for lesson, block in zip(lessons, rows, strict=True)
    ]
    meanings = [row([_square(kind), label(what, SMALL, MUTED)], 6, 0.5) for kind, what in STATES.items()]
    minutes = label("The minutes are those of the exercises.", SMALL, MUTED)
    sentences = [
        " ".join((f"{lesson.title}: {_figures(lesson, ', ')}.", *_said(lesson, lesson is here)))
        for lesson in lessons
    ]
    return picture(column([*sheets, row(meanings), minutes], 10), " ".join(["Your progress.", *sentences]))


def _lesson(lesson: Lesson, is_here: bool) -> Block:
    title = words(lesson.title, WIDTH, TITLE, bold=True)
    squares = flow([_square(exercise.state) for exercise in lesson.exercises], WIDTH, GAP, GAP)
    said = [words(sentence, WIDTH) for sentence in _said(lesson, is_here)]
    return column([title, squares, label(_figures(lesson, " · ")), *said], 6)


def _square(kind: str) -> Block:
    """Filled with a tick, filled to the half, or empty: told apart without colour."""

    def paint(pen: Pen, x: float, y: float) -> None:
        edge = {"done": DARK_GREEN, "begun": DARK_AMBER, "open": FADED}[kind]
        pen.rect(x, y, SIDE, SIDE, DARK_GREEN if kind == "done" else PAPER, edge, 1.4)
        if kind == "begun":
            pen.rect(x, y + SIDE / 2, SIDE, SIDE / 2, AMBER, edge, 1.4)
        if kind == "done":
            tick = [(x + 5, y + 11), (x + 9.5, y + 15.5), (x + 17, y + 6.5)]
            pen.line(tick, PAPER, 2.6)

    return Block(SIDE, SIDE, paint)


def _figures(lesson: Lesson, between: str) -> str:
    return between.join(lesson.figures) if lesson.exercises else "not known"


def _said(lesson: Lesson, is_here: bool) -> list[str]:
    following = [f"Next: {exercise.time}." for exercise in lesson.open[:1]] if is_here else []
    return [*lesson.notes, *following]
