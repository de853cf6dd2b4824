"""Values and dtypes apart from any grid: histograms, points on a line, and the table of promotion."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from matplotlib.ticker import MaxNLocator

from torchprimer.draw.canvas import (
    AMBER,
    BLUE,
    DARK_VERMILLION,
    GREEN,
    INK,
    LINE,
    MUTED,
    PALE,
    PAPER,
    PIECES,
    PURPLE,
    SMALL,
    TITLE,
    VERMILLION,
    Block,
    Pen,
    Picture,
    column,
    dtype_text,
    edge_of,
    join,
    label,
    mix,
    picture,
    row,
    shape_text,
    short,
    text_width,
)
from torchprimer.draw.cells import (
    Cell,
    Ids,
    Index,
    Subject,
    attempt,
    box,
    cells_width,
    grid,
    small,
    table,
    titled,
    wide,
)

MOST = 5_000_000  # values that are looked at


def finite(subject: Subject) -> np.ndarray:
    """The finite values of a tensor as float64, flat; the real parts of complex ones."""
    if not subject.readable:
        return np.zeros(0)
    flat = wide(subject.tensor.reshape(-1)[:MOST])
    values = (flat.real if flat.is_complex() else flat).numpy()
    return values[np.isfinite(values)]


def ticks(low: float, high: float, count: int = 8, whole: bool = False) -> list[float]:
    """Round numbers between `low` and `high`."""
    found = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10], integer=whole).tick_values(low, high)
    return [float(t) for t in found if low <= t <= high]


def span(all_values: Iterable[np.ndarray]) -> tuple[float, float]:
    """The range that holds all values, never empty."""
    filled = [v for v in all_values if v.size]
    low = min((float(v.min()) for v in filled), default=0.0)
    high = max((float(v.max()) for v in filled), default=1.0)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-300):
        pad = max(abs(low) * 0.5, 0.5)
        return low - pad, high + pad
    return low, high


def exactly(value: float) -> str:
    """A number with three digits, or as many as it takes not to look whole when it is not: 0.9996, not 1."""
    value = float(value)
    texts = [short(value, digits) for digits in range(3, 10)]
    if value.is_integer() or abs(value) >= 100:
        return texts[0]
    return next((t for t in texts if not float(t).is_integer()), texts[-1])


@dataclass
class Axis:
    """A stretch of numbers laid out over `width` pixels, `left` of which lie before it."""

    low: float
    high: float
    width: float
    left: float
    marks: list[float]

    def __call__(self, value: float) -> float:
        """Where a number lies."""
        return self.left + (float(value) - self.low) / (self.high - self.low) * self.width

    def paint(self, pen: Pen, x: float, y: float) -> None:
        """The line, its ticks and their numbers."""
        pen.line([(x + self.left, y), (x + self.left + self.width, y)], MUTED)
        for mark in self.marks:
            pen.line([(x + self(mark), y), (x + self(mark), y + 4)], MUTED)
            pen.text(x + self(mark), y + 13, short(mark), SMALL, MUTED, align="center")


def distribution(named: Mapping[str, object]) -> Picture:
    """Histograms of all values on one axis, with the smallest, the largest and the mean of each."""
    subjects = {name: Subject(x) for name, x in named.items()}
    values = {name: finite(s) for name, s in subjects.items()}
    low, high = span(values.values())
    whole = all(np.all(v == np.round(v)) for v in values.values()) and high - low <= 40
    if whole:
        edges = np.arange(math.floor(low) - 0.5, math.ceil(high) + 1)
    else:  # bars that begin and end at round numbers
        marks = ticks(low, high)
        step = (marks[1] - marks[0]) / 5 if len(marks) > 1 else (high - low) / 40
        edges = np.arange(math.floor(low / step), math.ceil(high / step) + 1) * step
    low, high = float(edges[0]), float(edges[-1])
    axis = Axis(low, high, 600, 46, ticks(low, high, whole=whole))
    panels, said = [], []
    for k, (name, v) in enumerate(values.items()):
        subject = subjects[name]
        facts = [subject.caption]
        if v.size:
            facts += [f"min {exactly(v.min())}", f"max {exactly(v.max())}", f"mean {exactly(v.mean())}"]
            body = histogram(v, edges, axis, PIECES[k % len(PIECES)], whole)
        else:
            body = box("no values to count" if subject.readable else subject.closed)
        if subject.readable and subject.tensor.is_complex():
            facts.append("real parts")
        left_out = min(subject.numel, MOST) - v.size
        if subject.readable and left_out:
            facts.append(f"{left_out} not finite, left out")
        panels.append(titled(name, " · ".join(filter(None, facts)), body))
        said.append(f"{name}, shape {', '.join(filter(None, facts)).replace(' ·', ',')}.")
    return picture(column(panels, 14), "Histograms on one axis. " + " ".join(said))


def histogram(values: np.ndarray, edges: np.ndarray, axis: Axis, color: str, apart: bool) -> Block:
    """One histogram: bars (`apart` for whole numbers), an axis with round numbers, a mark at the mean."""
    counts = np.histogram(values, edges)[0]
    tallest, top, base = int(counts.max()), 18.0, 108.0

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.line([(x + axis.left, y + top), (x + axis.left + axis.width, y + top)], PALE)
        for level, share in ((top, tallest / len(values)), (base, 0)):
            pen.text(x + axis.left - 8, y + level, f"{short(100 * share, 2)}%", SMALL, MUTED, align="right")
        for count, start, end in zip(counts, map(axis, edges[:-1]), map(axis, edges[1:]), strict=True):
            tall, inset = (base - top) * count / tallest, (end - start) * 0.15 * apart
            if count:
                place = (x + start + inset, y + base - tall, end - start - 2 * inset, tall)
                pen.rect(*place, mix(color, 0.5), edge_of(color), 0.8)
        axis.paint(pen, x, y + base)
        mean = x + axis(values.mean())
        pen.line([(mean, y + 6), (mean, y + base)], INK, 1.4, dash=True)
        pen.text(mean + 5, y + 8, "mean", SMALL, INK)

    return Block(axis.left + axis.width + 36, base + 22, paint)


def number_line(named: Mapping[str, object]) -> Picture:
    """The values of each tensor as points on one axis, first and last marked."""
    subjects = {name: Subject(x) for name, x in named.items()}
    values = {name: finite(s) for name, s in subjects.items()}
    low, high = span(values.values())
    axis = Axis(low, high, 640, 40, ticks(low, high, 10))
    lines, said = [], []
    for name, v in values.items():
        subject = subjects[name]
        step = float(v[1] - v[0]) if v.size > 1 else 0.0
        even = step != 0 and bool(np.allclose(np.diff(v), step, atol=1e-6 * abs(step), rtol=1e-3))
        short_of = (
            high if even and step > 0 and math.isclose(v[-1] + step, high, abs_tol=step * 1e-3) else None
        )
        facts = f"{subject.numel} value{'s' * (subject.numel != 1)}" + f", step {short(step)}" * even
        body = (
            points(v, axis, short_of) if v.size else box("no values" if subject.readable else subject.closed)
        )
        lines.append(titled(name, f"{subject.caption} · {facts}", body))
        end = "" if short_of is None else f"; {short(high)} is not reached"
        said.append(f"{name}, shape {shape_text(subject.shape)}: {facts}, {subject.listed()}{end}.")
    lines.append(Block(axis.left * 2 + axis.width, 22, axis.paint))
    return picture(column(lines, 14), "Points on one line. " + " ".join(said))


def points(values: np.ndarray, axis: Axis, short_of: float | None) -> Block:
    """One tensor's values on a line; `short_of` is an end that it does not reach."""
    count, level = len(values), 12.0
    ends = [] if not count else [0] if count == 1 else [0, count - 1]
    dots = np.unique(np.linspace(0, count - 1, min(count, 400)).astype(int)) if count else []

    def spot(i: int) -> tuple[float, float]:
        half = text_width(short(values[i].item()), SMALL, i in ends) / 2 + 4
        return axis(values[i]) - half, axis(values[i]) + half

    def crowded(ids: list[int]) -> bool:
        places = sorted(spot(i) for i in ids)
        return any(b[0] < a[1] for a, b in itertools.pairwise(places))

    every = next(
        (k for k in (1, 2, 5, 10, 20, 50) if count / k < 60 and not crowded([*range(0, count - 1, k)])), 0
    )
    named = [i for i in range(0, count, every or count) if i in ends or not crowded([i, ends[-1]])]
    named = sorted({*named, *(ends[:1] if crowded(ends) else ends)})

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.line([(x + 10, y + level), (x + axis.width + 2 * axis.left - 10, y + level)], LINE)
        for i in dots:
            pen.dot(x + axis(values[i]), y + level, 4.5, mix(BLUE, 0.75), PAPER)
        for i in ends:
            pen.dot(x + axis(values[i]), y + level, 6, BLUE, INK)
        for i in named:
            text, bold = short(values[i].item()), i in ends
            pen.text(
                x + axis(values[i]), y + level + 18, text, SMALL, INK if bold else MUTED, bold, align="center"
            )
        if short_of is not None:
            pen.dot(x + axis(short_of), y + level, 6, PAPER, VERMILLION)
            pen.text(
                x + axis(short_of), y + level + 18, "not reached", SMALL, DARK_VERMILLION, align="center"
            )

    return Block(axis.width + 2 * axis.left, 40, paint)


FAMILIES = {"bool": GREEN, "integer": AMBER, "float": BLUE, "complex": PURPLE}


def family(dtype: torch.dtype) -> str:
    """Which of the four families a dtype belongs to."""
    if dtype == torch.bool:
        return "bool"
    return "complex" if dtype.is_complex else "float" if dtype.is_floating_point else "integer"


def promotion(dtypes: Sequence[torch.dtype]) -> Picture:
    """The table of `torch.promote_types`: which dtype comes out when two meet."""
    names = [dtype_text(d) for d in dtypes]
    said: list[str] = []

    def cell_at(index: Index) -> Cell:
        a, b = (dtypes[i] for i in index)
        made, failed = attempt(lambda: torch.promote_types(a, b))
        if index[0] < index[1]:
            result = dtype_text(made) if made else "an error"
            said.append(f"{dtype_text(a)} with {dtype_text(b)} gives {result}")
        if failed:
            return Cell("error", PALE, MUTED, hatch=LINE)
        cell = Cell(dtype_text(made), mix(FAMILIES[family(made)], 0.22))
        return cell if made in (a, b) else cell.ringed(VERMILLION, 2.4)

    ids: Ids = list(range(len(names)))
    cells = table(cell_at, ids, ids)
    w = max([76.0, cells_width(cells), *(text_width(n, SMALL) + 12 for n in names)])
    body = grid(cells, w, names, names) if names else box("no dtypes")
    legend = row([swatch(color, k) for k, color in FAMILIES.items() if k in map(family, dtypes)], 18)
    parts = [label("torch.promote_types(row, column)", TITLE, bold=True, mono=True), body, legend]
    if any(cell.edge == VERMILLION for line in cells for cell in line):
        parts.append(small("thick border: a dtype that is neither of the two"))
    alt = f"Dtype promotion for {join(names) or 'no dtypes'}: {'; '.join(said) or 'each stays itself'}."
    return picture(column(parts, 10), alt)


def swatch(color: str, text: str) -> Block:
    """A small coloured square and what it means."""
    name = label(text, SMALL, MUTED)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y + 3, 12, 12, mix(color, 0.3), edge_of(color))
        name.paint(pen, x + 18, y)

    return Block(18 + name.width, name.height, paint)
