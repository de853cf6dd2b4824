"""What the pictures of curves share: numbers read from whatever holds them, axes in the course's style, labels.

The charts are matplotlib's, but of no pyplot state, and the same whatever style a student has chosen. Labels
are set where nothing lies.
"""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import numpy as np
import torch
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from torchprimer.draw import canvas
from torchprimer.draw.canvas import (
    BLUE,
    BODY,
    FADED,
    GREEN,
    INK,
    MUTED,
    PALE,
    PAPER,
    PURPLE,
    TITLE,
    VERMILLION,
    Picture,
    letters,
    short,
    text_width,
)
from torchprimer.draw.cells import wide

STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": BODY,
    "axes.edgecolor": MUTED,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.facecolor": PAPER,
    "grid.color": PALE,
    "legend.frameon": False,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
}
BROWN = "#6B4A00"  # for lines, on which AMBER and SKY are too pale
COLORS = (BLUE, VERMILLION, GREEN, PURPLE, BROWN, INK)
SHAPES = "os^Dvp"
DARK = ("#005A8E", "#A84A00", "#00694D", "#8F3F6C", BROWN, INK)  # the same hues where they are text
DASHES = ("solid", (0, (6, 2)), (0, (2, 1.5)), (0, (6, 2, 1.5, 2)), (0, (9, 3, 3, 3)), (0, (1, 1)))
LINE_HEIGHT, STAY = 18.0, "\N{NO-BREAK SPACE}"
HALO = (patheffects.withStroke(linewidth=3, foreground=PAPER),)

# ---------------------------------------------------------------------------------------------------------
# Numbers


def reals(thing: object, what: str) -> np.ndarray:
    """The numbers in a tensor, an array, a number or a sequence of these, flat, as float64."""
    if isinstance(thing, torch.Tensor):
        if thing.is_complex():
            raise ValueError(f"{what} must be real numbers, and these are complex.")
        return wide(thing.detach().reshape(-1)).numpy()
    if isinstance(thing, (int, float, np.ndarray, np.generic)):
        return np.asarray(thing, dtype=np.float64).reshape(-1)
    if isinstance(thing, Iterable) and not isinstance(thing, (str, bytes, Mapping)):
        return np.concatenate([np.zeros(0), *(reals(part, what) for part in thing)])
    raise ValueError(f"{what} must be numbers, and this is {type(thing).__name__}.")


@contextmanager
def quietly() -> Iterator[None]:
    """A function of the lesson is called: no warning, no graph, and the generator as it was."""
    with torch.no_grad(), torch.random.fork_rng(devices=[]), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def number(value: float) -> str:
    """A number in a label, with three digits that count."""
    value = float(value)
    return f"{value:.3g}" if 1e-3 <= abs(value) < 1 else short(value, 3)


def times(count: int, what: str) -> str:
    """`1 step`, `10 steps`."""
    return f"{count:,} {what}{'s' * (count != 1)}"


def padded(low: float, high: float, share: float = 0.06) -> tuple[float, float]:
    """A range with air at both ends, never empty."""
    low, high = float(low), float(high)
    room = (high - low) * share if high - low > 1e-9 * max(abs(low), abs(high)) else max(abs(low) * 0.1, 0.5)
    return low - room, high + room


# ---------------------------------------------------------------------------------------------------------
# Charts


@contextmanager
def styled() -> Iterator[None]:
    """The course's looks, whatever style is set; matplotlib's own settings come back at the end."""
    with mpl.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mpl.rcParams.update({k: v for k, v in mpl.rcParamsDefault.items() if k.split(".")[0] in LOOKS})
        mpl.rcParams.update(STYLE)
        yield


LOOKS = {"axes", "figure", "font", "grid", "legend", "lines", "patch", "path", "contour", "scatter", "text"}


def wrap(text: str, width: float, size: float = BODY, bold: bool = False) -> str:
    """Text broken into lines no wider than `width` pixels, at spaces."""
    lines: list[str] = []
    for word in str(text).split(" "):
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(candidate, size, bold) <= width:
            lines[-1] = candidate
        else:
            lines.append(word)
    return "\n".join(lines)


def chart(
    width: float,
    height: float,
    title: str = "",
    notes: Sequence[str] = (),
    rows: int = 1,
    cols: int = 1,
    shared: bool = False,
) -> tuple[Figure, np.ndarray]:
    """A figure of so many pixels with its axes; the title stands above them, the notes below."""
    extra = 0.0
    figure = Figure(figsize=(1, 1), dpi=96, layout="constrained")
    FigureCanvasAgg(figure)
    edge = 14 / width
    if title:
        text = wrap(" ".join(title.split()), width - 28, TITLE, True)
        figure.suptitle(text, x=edge, ha="left", fontsize=TITLE, fontweight="bold")
        extra += LINE_HEIGHT * text.count("\n") + 24
    if notes:
        text = "\n".join(wrap(note, width - 28) for note in notes)
        figure.supxlabel(text, x=edge, ha="left", fontsize=BODY, color=MUTED)
        extra += LINE_HEIGHT * (text.count("\n") + 1)
    figure.set_size_inches(width / 96, (height + extra) / 96)
    figure.get_layout_engine().set(w_pad=0.1, h_pad=0.08, wspace=0.03, hspace=0.05)
    axes = figure.subplots(rows, cols, squeeze=False, sharex=shared, sharey=shared)
    for ax in axes.flat:
        ax.set_axisbelow(True)
        ax.tick_params(length=3)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_locator(MaxNLocator(7, steps=[1, 2, 2.5, 5, 10]))
            axis.set_major_formatter(FuncFormatter(lambda value, _: short(float(value))))
    return figure, axes


def log_axis(axis: Any, low: float, high: float) -> None:  # noqa: ANN401 - matplotlib's axis
    """A logarithmic axis from `low` to `high` with a few round numbers on it."""
    axis.axes.set(**{f"{axis.axis_name}scale": "log", f"{axis.axis_name}lim": (low, high)})
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    powers = [10.0**k for k in range(first, last + 1) if low <= 10.0**k <= high]
    marks = powers[:: math.ceil(len(powers) / 8)] if powers else []
    if len(marks) < 3:
        marks = [m * 10.0**k for k in range(first, last + 1) for m in (1, 2, 5) if low <= m * 10.0**k <= high]
    if len(marks) < 3:
        marks = [t for t in MaxNLocator(5).tick_values(low, high) if low <= t <= high]
    axis.set_major_locator(FixedLocator(marks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: short(float(value))))


def settle(figure: Figure) -> None:
    """Fix where everything stands, so that labels can be set at pixels."""
    if canvas.seen:
        figure.draw_without_rendering()
    figure.set_layout_engine("none")


def done(figure: Figure, alt: str) -> Picture:
    """The picture; letters that a font would draw as one sign stand apart."""

    def finished() -> Figure:
        for text in figure.findobj(Text):
            text.set_text(letters(text.get_text(), False))
        return figure

    return Picture(finished, alt.replace(STAY, " "))


class Labels:
    """Labels on one chart, each set near its point where there is room: on no other label, off the lines."""

    def __init__(self, ax: Axes, lines: Iterable[tuple[Any, Any]] = ()) -> None:
        self.ax, self.taken = ax, []
        box = ax.get_window_extent()
        self.frame = (box.x0 + 3, box.y0 + 3, box.x1 - 3, box.y1 - 3)
        spots = [self.pixels(xs, ys) for xs, ys in lines]
        self.spots = np.concatenate([np.zeros((0, 2)), *map(dense, spots)])

    def pixels(self, xs: Any, ys: Any) -> np.ndarray:  # noqa: ANN401 - numbers or arrays
        """Where numbers lie on the figure."""
        return self.ax.transData.transform(np.column_stack([np.atleast_1d(xs), np.atleast_1d(ys)]))

    def set(
        self, text: str, x: float, y: float, color: str = INK, must: bool = True, bold: bool = False
    ) -> bool:
        """Set a label at the best place near (x, y); without `must`, only where it touches nothing."""
        lines = text.split("\n")
        w = max(text_width(line, BODY, bold) for line in lines) + 4
        h, share = LINE_HEIGHT * len(lines), self.ax.transAxes.inverted().transform
        (px, py), best = self.pixels(x, y)[0], None
        for reach, turn in itertools.product((9, 20, 36, 58, 90) if must else (9, 18, 30), range(16)):
            dx, dy = math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)
            left, low = px + dx * reach - w * (1 - dx) / 2, py + dy * reach - h * (1 - dy) / 2
            box = (left, low, left + w, low + h)
            hard = sum(overlap(box, other) for other in self.taken) + self.outside(box)
            crossed = self.covered(box)
            if not must and (hard or crossed):
                continue
            cost = hard * 10 + crossed * 6 + reach + (0 if dy >= 0 else 1)
            if best is None or cost < best[0]:
                best = (cost, box, reach)
        if best is None:
            return False
        _, box, reach = best
        self.taken.append(box)
        if reach > 20:
            near = (min(max(px, box[0]), box[2]), min(max(py, box[1]), box[3]))
            (xa, ya), (xb, yb) = share([(px, py), near])
            self.ax.plot((xa, xb), (ya, yb), color=FADED, lw=0.8, transform=self.ax.transAxes, zorder=3)
        self.ax.text(
            *share(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)),
            text,
            transform=self.ax.transAxes,
            color=color,
            fontweight="bold" if bold else "normal",
            ha="center",
            va="center",
            linespacing=1.15,
            path_effects=HALO,
            zorder=9,
        )
        return True

    def outside(self, box: Sequence[float]) -> float:
        """By how many pixels a label would leave the chart."""
        left, low, right, top = self.frame
        return sum(max(0.0, d) for d in (left - box[0], low - box[1], box[2] - right, box[3] - top))

    def covered(self, box: Sequence[float]) -> float:
        """How much of the lines a label would cover."""
        inside = (self.spots > (box[0] - 2, box[1] - 2)) & (self.spots < (box[2] + 2, box[3] + 2))
        return float(inside.all(axis=1).sum())


def dense(spots: np.ndarray, every: float = 4.0) -> np.ndarray:
    """Points along a line of pixels, close enough for a label not to slip between."""
    spots = spots[np.isfinite(spots).all(axis=1)]
    spots = np.clip(spots, -2000, 4000)
    found = [spots]
    for a, b in itertools.pairwise(spots):
        count = int(np.hypot(*(b - a)) / every)
        if count > 1:
            found.append(a + (b - a) * np.linspace(0, 1, count)[:, None])
    return np.concatenate(found)


def overlap(one: Sequence[float], two: Sequence[float]) -> float:
    """How far two boxes reach into each other."""
    across, up = min(one[2], two[2]) - max(one[0], two[0]), min(one[3], two[3]) - max(one[1], two[1])
    return max(0.0, min(across, up)) if across > 0 and up > 0 else 0.0


def sentence(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def span_of(values: np.ndarray) -> tuple[float, float]:
    """The smallest and the largest finite value; -1 and 1 without any."""
    values = values[np.isfinite(values)]
    return (float(values.min()), float(values.max())) if values.size else (-1.0, 1.0)


def first_line(error: Exception) -> str:
    """What an exception says first."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
