"""Every picture the lessons draw, made from the tensors themselves.

A picture is put together from blocks: a block knows its size in pixels and how to paint itself, and blocks
are set beside and below each other before anything is painted. So nothing overlaps, nothing is cut off, and
no picture needs a coordinate that was found by trial. The first half of this file holds the pieces (numbers
as text, a pen, blocks, grids of cells); the second half the pictures, one public function each.

Every public function returns a `Picture`, and draws something true for any tensor: one without dimensions,
an empty one, a huge one, one whose values cannot be read. It never changes what it is shown.
"""

from __future__ import annotations

import base64
import html
import io
import itertools
import math
import operator
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D
from PIL import Image

__all__ = [
    "Picture",
    "broadcast",
    "difference",
    "distribution",
    "joined",
    "matmul",
    "memory",
    "number_line",
    "promotion",
    "reduction",
    "selection",
    "storage",
    "tensor",
    "tensors",
]

# Colours: Okabe and Ito's, which people with any kind of colour vision can tell apart.
BLUE, VERMILLION, GREEN, AMBER, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9"
PIECES = (BLUE, AMBER, GREEN, PURPLE, SKY, VERMILLION)
PAPER, CARD, LINE, PALE = "#FFFFFF", "#F5F7F9", "#B4BEC7", "#E9EDF0"
INK, MUTED, FADED = "#1B2733", "#56636F", "#6B7782"
DARK_GREEN, DARK_AMBER = "#007A59", "#8A5F00"  # the same hues where they are text

# Sizes: text in points, everything else in pixels as shown (96 to the inch; rendered with twice as many).
SMALL, BODY, TITLE = 9.0, 10.0, 11.0
CELL_W, CELL_H, MARGIN, MAX_WIDTH = 36.0, 30.0, 14.0, 900.0
ROOM = MAX_WIDTH - 2 * MARGIN


# ---------------------------------------------------------------------------------------------------------
# Numbers and text


def short(value: complex | str, digits: int = 4) -> str:
    """A number as briefly as it can be read: `1`, `-0.5`, `1.25e4`, `True`, `1+2j`."""
    if isinstance(value, (bool, str)):
        return str(value)
    if isinstance(value, complex):
        real, imag = short(value.real, min(digits, 3)), short(value.imag, min(digits, 3))
        return f"{real}{imag}j" if imag.startswith("-") else f"{real}+{imag}j"
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    if isinstance(value, int) and abs(value) < 10**5:
        return str(value)
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 10**5:
        text = f"{value:.{min(max(digits - 1 - math.floor(math.log10(abs(value))), 0), digits)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = f"{value:.{max(digits - 2, 0)}e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"


def shape_text(shape: Sequence[int]) -> str:
    """A shape as Python writes a tuple: `(2, 3)`, `(4,)`, `()`."""
    return str(tuple(int(n) for n in shape))


def dtype_text(dtype: object) -> str:
    """A dtype without its module: `float32`."""
    return str(dtype).removeprefix("torch.")


def join(parts: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def mix(color: str, amount: float) -> str:
    """`color` on white paper: 0 leaves the paper white, 1 is the full colour."""
    channels = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (c - 255) * amount):02X}" for c in channels)


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False, mono: bool = False) -> FontProperties:
    """One of the two fonts that come with matplotlib, so that a picture is the same everywhere."""
    family = "DejaVu Sans Mono" if mono else "DejaVu Sans"
    return FontProperties(family=family, size=size, weight="bold" if bold else "normal")


def letters(text: str, mono: bool) -> str:
    """The text with its letters apart: code in a picture reads `flip`, not with one sign for its first two."""
    apart = "f\N{ZERO WIDTH NON-JOINER}"
    return text if mono else text.replace("fl", f"{apart}l").replace("fi", f"{apart}i")


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = BODY, bold: bool = False, mono: bool = False) -> float:
    """The width of `text` in pixels as shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name in a script the font lacks: boxes, not a warning
        renderer, written = RendererAgg(1, 1, 192), letters(text, mono)
        return renderer.get_text_width_height_descent(written, font(size, bold, mono), False)[0] / 2


# ---------------------------------------------------------------------------------------------------------
# The pen: shapes on a figure, in pixels from the top left


class Pen:
    """Paints on a new figure of `width` by `height` pixels; what is painted later lies on top."""

    def __init__(self, width: float, height: float) -> None:
        self.figure = Figure(figsize=(width / 96, height / 96), dpi=96, facecolor=PAPER, edgecolor="none")
        FigureCanvasAgg(self.figure)
        to_inches = Affine2D().scale(1 / 96, -1 / 96).translate(0, height / 96)
        self.transform = to_inches + self.figure.dpi_scale_trans
        self.count = itertools.count()

    def _add(self, artist: Any) -> None:  # noqa: ANN401 - any matplotlib artist
        artist.set_zorder(next(self.count))
        artist.set_transform(self.transform)
        self.figure.add_artist(artist, clip=False)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: str = "none",
        edge: str = "none",
        line: float = 1.0,
        dash: bool = False,
        radius: float = 0,
    ) -> None:
        """A rectangle; `line` and the dash are its border's."""
        style: dict[str, Any] = {
            "facecolor": fill,
            "edgecolor": edge,
            "linewidth": line * 0.75 if edge != "none" else 0,
            "linestyle": (0, (3, 2)) if dash else "solid",
        }
        if radius:
            self._add(FancyBboxPatch((x, y), w, h, boxstyle=f"round,pad=0,rounding_size={radius}", **style))
        else:
            self._add(Rectangle((x, y), w, h, joinstyle="miter", **style))

    def line(
        self, points: Sequence[tuple[float, float]], color: str = INK, width: float = 1.0, dash: bool = False
    ) -> None:
        """A polyline."""
        xs, ys = zip(*points, strict=True)
        style = (0, (3, 2)) if dash else "solid"
        self._add(Line2D(xs, ys, color=color, linewidth=width * 0.75, linestyle=style, solid_capstyle="butt"))

    def hatch(self, x: float, y: float, w: float, h: float, color: str = LINE, gap: float = 7) -> None:
        """Diagonal lines, cut to the rectangle."""
        steps = int((w + h) / gap)
        for i in range(1, steps + 1):
            d = i * gap
            start = (x + min(d, w), y + max(d - w, 0))
            end = (x + max(d - h, 0), y + min(d, h))
            self.line([start, end], color, 0.8)

    def dot(self, x: float, y: float, radius: float = 3.5, fill: str = INK, edge: str = "none") -> None:
        """A filled or hollow circle."""
        circle = Path.circle((x, y), radius)
        width = 0 if edge == "none" else 1.2
        self._add(PathPatch(circle, facecolor=fill, edgecolor=edge, linewidth=width))

    def arrow(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str = MUTED,
        width: float = 1.6,
        curved: bool = False,
        dash: bool = False,
    ) -> None:
        """A straight arrow, or one that leaves and arrives level."""
        (x0, y0), (x1, y1) = start, end
        length, half = 7.0, 4.0
        if curved:
            tip = (x1 - length, y1)
            bend = (x1 - x0) * 0.5
            path = Path([start, (x0 + bend, y0), (tip[0] - bend, y1), tip], [Path.MOVETO] + [Path.CURVE4] * 3)
            self._add(PathPatch(path, facecolor="none", edgecolor=color, linewidth=width * 0.75))
            self._add(Polygon([(x1, y1), (tip[0], y1 - half), (tip[0], y1 + half)], closed=True, color=color))
            return
        distance = math.hypot(x1 - x0, y1 - y0) or 1.0
        ux, uy = (x1 - x0) / distance, (y1 - y0) / distance
        tip = (x1 - ux * length, y1 - uy * length)
        if distance > length:
            self.line([start, tip], color, width, dash)
        wings = [(tip[0] - uy * half, tip[1] + ux * half), (tip[0] + uy * half, tip[1] - ux * half)]
        self._add(Polygon([(x1, y1), *wings], closed=True, facecolor=color, edgecolor="none"))

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        color: str = INK,
        bold: bool = False,
        mono: bool = False,
        align: str = "left",
    ) -> None:
        """One line of text whose middle is at height `y`: by its capitals, so that `-1` and `x` sit level."""
        baseline = y + 0.36 * size * 96 / 72
        self._add(
            Text(
                x,
                baseline,
                letters(text, mono),
                color=color,
                fontproperties=font(size, bold, mono),
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
            )
        )


# ---------------------------------------------------------------------------------------------------------
# Blocks: sized pieces, set beside and below each other


@dataclass
class Block:
    """Something `width` by `height` pixels that paints itself with its corner at a given place."""

    width: float
    height: float
    paint: Callable[[Pen, float, float], None] = field(repr=False, default=lambda pen, x, y: None)


def space(width: float = 0, height: float = 0) -> Block:
    """Nothing, of a size."""
    return Block(width, height)


def label(text: str, size: float = BODY, color: str = INK, bold: bool = False, mono: bool = False) -> Block:
    """One line of text."""
    text = " ".join(str(text).split())
    height = round(size * 96 / 72 * 1.4)
    return Block(
        math.ceil(text_width(text, size, bold, mono)) + 2,
        height,
        lambda pen, x, y: pen.text(x, y + height / 2, text, size, color, bold, mono),
    )


def words(text: str, width: float = 640, size: float = BODY, color: str = INK, bold: bool = False) -> Block:
    """Text broken into lines no wider than `width`, at spaces where there are any."""
    lines: list[str] = []
    for word in filter(None, str(text).replace("\n", " ").split(" ")):  # not at no-break spaces
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(candidate, size, bold) <= width:
            lines[-1] = candidate
            continue
        while text_width(word, size, bold) > width and len(word) > 8:
            cut = max(int(len(word) * width / text_width(word, size, bold)) - 1, 8)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return column([label(line, size, color, bold) for line in lines], gap=0)


def row(blocks: Sequence[Block], gap: float = 24, align: float = 0.0) -> Block:
    """Blocks side by side; `align` 0 sets them level at the top, 0.5 in the middle, 1 at the bottom."""
    height = max((b.height for b in blocks), default=0)

    def paint(pen: Pen, x: float, y: float) -> None:
        for b in blocks:
            b.paint(pen, x, y + round((height - b.height) * align))
            x += b.width + gap

    return Block(sum(b.width for b in blocks) + gap * max(len(blocks) - 1, 0), height, paint)


def column(blocks: Sequence[Block], gap: float = 8, align: float = 0.0) -> Block:
    """Blocks below each other; `align` 0 sets them at the left, 0.5 in the middle."""
    width = max((b.width for b in blocks), default=0)

    def paint(pen: Pen, x: float, y: float) -> None:
        for b in blocks:
            b.paint(pen, x + round((width - b.width) * align), y)
            y += b.height + gap

    return Block(width, sum(b.height for b in blocks) + gap * max(len(blocks) - 1, 0), paint)


def wrapped(blocks: Sequence[Block], width: float, gap: float) -> list[list[Block]]:
    """The blocks in rows that are no wider than `width`, as far as the blocks themselves allow."""
    rows: list[list[Block]] = []
    for b in blocks:
        if rows and sum(o.width + gap for o in rows[-1]) + b.width <= width:
            rows[-1].append(b)
        else:
            rows.append([b])
    return rows


def flow(blocks: Sequence[Block], width: float = ROOM, gap: float = 28, below: float = 18) -> Block:
    """Blocks side by side, going on below when a row is full."""
    return column([row(r, gap) for r in wrapped(blocks, width, gap)], below)


def card(block: Block, edge: str = PALE, pad: float = 14, width: float = 0, height: float = 0) -> Block:
    """A block on a quiet sheet of its own, at least so large."""
    w, h = max(block.width + 2 * pad, width), max(block.height + 2 * pad, height)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y, w, h, CARD, edge, radius=6)
        block.paint(pen, x + pad, y + pad)

    return Block(w, h, paint)


def cards(blocks: Sequence[Block], gap: float = 14) -> Block:
    """Blocks on sheets of their own: of one height side by side, of one width below each other."""
    rows = wrapped([card(b) for b in blocks], ROOM, gap)
    inner, sheets = iter(blocks), []
    width = max((sum(c.width for c in r) + gap * (len(r) - 1) for r in rows), default=0)
    for r in rows:
        height = max(c.height for c in r)
        sheets.append(row([card(next(inner), width=width * (len(r) == 1), height=height) for _ in r], gap))
    return column(sheets, gap)


def sign(text: str, height: float = CELL_H, size: float = 14) -> Block:
    """An operator or an equals sign between two grids, in the middle of `height`."""
    width = text_width(text, size, True) + 4

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.text(x + width / 2, y + height / 2, text, size, MUTED, True, align="center")

    return Block(width, height, paint)


# ---------------------------------------------------------------------------------------------------------
# The picture


class Picture:
    """A drawn figure with the sentence that says what it shows.

    In a notebook it shows as a PNG with that sentence as its alternative text; `png()` and `html()` give the
    same for use elsewhere. The figure belongs to no pyplot state: nothing is left open.
    """

    def __init__(self, figure: Figure, alt: str) -> None:
        self.figure = figure
        self.alt = " ".join(alt.split())

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels as shown: at most 900 wide."""
        width, height = (side * 96 for side in self.figure.get_size_inches())
        scale = min(1.0, MAX_WIDTH / width)
        return round(width * scale), round(height * scale)

    @cached_property
    def _png(self) -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            canvas = FigureCanvasAgg(self.figure)
            self.figure.set_dpi(192)
            try:
                canvas.draw()
                pixels = np.array(canvas.buffer_rgba())
            finally:
                self.figure.set_dpi(96)
        out = io.BytesIO()
        few_colors(pixels).save(out, "PNG", compress_level=7)
        return out.getvalue()

    def png(self) -> bytes:
        """The picture as a PNG, at twice the size it is shown at."""
        return self._png

    def html(self) -> str:
        """The picture as an `<img>` that carries its own data."""
        data, (width, height) = base64.b64encode(self._png).decode("ascii"), self.size
        return (
            f'<img src="data:image/png;base64,{data}" alt="{html.escape(self.alt)}" '
            f'width="{width}" height="{height}" style="max-width:100%;height:auto">'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        width, height = self.size
        data = {"image/png": base64.b64encode(self._png).decode("ascii"), "text/plain": self.alt}
        return data, {"image/png": {"width": width, "height": height, "alt": self.alt}}

    def __repr__(self) -> str:
        """What the picture shows, in words."""
        return self.alt


def few_colors(pixels: np.ndarray) -> Image.Image:
    """An RGBA image with its 256 most frequent colours: flat ones stay exact, soft edges take the nearest."""
    image = Image.fromarray(pixels)
    colors = [color[:3] for _, color in sorted(image.getcolors(image.width * image.height), reverse=True)]
    found, kept = np.array(colors, dtype=np.int32), np.array(colors[:256], dtype=np.int32)
    distance = ((found[:, None, :] - kept[None, :, :]) ** 2).sum(axis=2)
    nearest = np.zeros(1 << 24, dtype=np.uint8)  # for every colour there is; untouched pages cost nothing
    nearest[found @ (1, 1 << 8, 1 << 16)] = distance.argmin(axis=1)
    small = Image.fromarray(nearest[pixels.view("<u4")[..., 0] & 0xFFFFFF])
    small.putpalette(kept.astype(np.uint8).tobytes())
    return small


def picture(block: Block, alt: str) -> Picture:
    """Paint a block, with a margin, on a figure of its own."""
    width, height = math.ceil(block.width + 2 * MARGIN), math.ceil(block.height + 2 * MARGIN)
    pen = Pen(width, height)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        block.paint(pen, MARGIN, MARGIN)
    return Picture(pen.figure, alt)


# ---------------------------------------------------------------------------------------------------------
# Reading a tensor


Index = tuple[int, ...]


class Subject:
    """Something to draw: a tensor of any kind, an array, a list or a number, read but never changed."""

    def __init__(self, thing: object) -> None:
        self.thing, self.closed, self.notes = thing, "", []
        self.tensor: torch.Tensor | None = None
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._open(thing)

    def _open(self, thing: object) -> None:
        try:
            if isinstance(thing, torch.Tensor):
                self.tensor = thing.detach()
                if thing.requires_grad:
                    self.notes.append("requires grad")
                if thing.device.type != "cpu":
                    self.notes.append(str(thing.device))
            elif isinstance(thing, np.ndarray):
                self.notes.append("NumPy array")
                readable = (
                    thing if thing.flags.writeable and min(thing.strides, default=0) >= 0 else thing.copy()
                )
                self.tensor = torch.from_numpy(readable)
            else:
                self.tensor = torch.as_tensor(thing, device="cpu")
        except Exception:
            self.closed = f"{'None' if thing is None else 'a ' + type(thing).__name__}, not a tensor"
            return
        t = self.tensor
        if t.is_nested:
            self.closed = "nested: its parts differ in size"
        elif t.layout != torch.strided:
            self.closed = f"{dtype_text(t.layout)}: only the values that are not 0 are stored"
        elif t.is_meta:
            self.closed = "on the meta device: a shape without values"
        elif t.numel():
            try:
                self[(0,) * t.dim()]
            except Exception:
                self.closed = "its values cannot be read here"

    @property
    def shape(self) -> Index:
        if self.tensor is None or self.tensor.is_nested:
            return ()
        return tuple(int(n) for n in self.tensor.shape)

    @property
    def numel(self) -> int:
        return math.prod(self.shape)

    @property
    def readable(self) -> bool:
        return self.tensor is not None and not self.closed

    def __getitem__(self, index: Index) -> complex:
        one = self.tensor[index] if index else self.tensor
        if one.dtype.is_floating_point and one.dtype.itemsize == 1:
            one = one.to(torch.float32)
        return one.item()

    def peak(self, focus: Index = ()) -> float:
        """The largest absolute value near the corner that can be drawn (or near `focus`); 0 without values."""
        if not self.readable or not self.numel:
            return 0.0
        starts = focus or (0,) * len(self.shape)
        reach = [24 if i >= len(self.shape) - 2 else 4 for i in range(len(self.shape))]
        corner = wide(
            self.tensor[tuple(slice(max(s - r, 0), s + r) for s, r in zip(starts, reach, strict=True))]
        )
        finite = corner[torch.isfinite(corner)].abs()
        return float(finite.max()) if finite.numel() else 0.0

    @property
    def caption(self) -> str:
        """`(2, 3) · float32`, and what else is worth knowing."""
        if self.tensor is None:
            return ""
        shape = "" if self.tensor.is_nested else shape_text(self.shape)
        return " · ".join(filter(None, [shape, dtype_text(self.tensor.dtype), *self.notes]))

    def listed(self, limit: int = 24) -> str:
        """The values in words, or why there are none."""
        if not self.readable:
            return self.closed
        if not self.numel:
            return "no elements"
        if not self.shape:
            return f"value {short(self[()])}"

        def nested(prefix: Index) -> str:
            depth = len(prefix)
            if depth == len(self.shape):
                return short(self[prefix])
            shown = self.shape[depth] if self.numel <= limit else min(self.shape[depth], 4)
            parts = [nested((*prefix, i)) for i in range(shown)]
            return f"[{', '.join(parts + ['…'] * (shown < self.shape[depth]))}]"

        if len(self.shape) == 1:
            return f"values {nested(())}"
        if len(self.shape) == 2 and self.shape[0] <= 8 and self.numel <= limit:
            rows = [nested((i,)) for i in range(self.shape[0])]
            return f"{'row' if len(rows) == 1 else 'rows'} {join(rows)}"
        return f"values {nested(())}"

    def alt(self, name: str) -> str:
        """`x, shape (2, 3), float32: rows [1, 2, 3] and [4, 5, 6].`"""
        if self.tensor is None:
            return f"{name} is {self.closed}."
        shape = "" if self.tensor.is_nested else f" shape {shape_text(self.shape)},"
        extra = "".join(f", {note}" for note in self.notes)
        return f"{name},{shape} {dtype_text(self.tensor.dtype)}{extra}: {self.listed()}."


def wide(t: torch.Tensor) -> torch.Tensor:
    """A copy on the CPU in float64, or complex128: any dtype becomes one that can be reckoned with."""
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        t = t.cpu().dequantize() if t.is_quantized else t.cpu()
        return t.to(torch.complex128 if t.is_complex() else torch.float64)


def attempt(make: Callable[[], Any]) -> tuple[Any, str]:
    """What `make()` gives, or what it says when it fails (its first sentence); quietly."""
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return make(), ""
        except Exception as error:
            return None, (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


# ---------------------------------------------------------------------------------------------------------
# Grids of cells


@dataclass(frozen=True)
class Cell:
    """One cell of a grid. A strong border (`line` over 1) is painted over its neighbours'."""

    text: str = ""
    fill: str = PAPER
    ink: str = INK
    edge: str = LINE
    line: float = 1.0
    dash: bool = False
    hatch: str = ""
    bold: bool = False

    def ringed(self, color: str, line: float = 2.6) -> Cell:
        """The same cell, lit by a strong border."""
        return replace(self, edge=color, line=line, bold=True)

    def pale(self) -> Cell:
        """The same cell, stepped back."""
        return Cell(self.text, PAPER, FADED, PALE)


GAP = Cell("…", "none", MUTED, "none")
GAP_W = 26.0

CellAt = Callable[[Index], Cell]
Ids = list[int | None]  # the places along one dimension that are drawn; None stands for "…"


class Scale:
    """Colour for values: white is 0, blue above it, orange below, and the stronger the farther from 0."""

    def __init__(self, subjects: Iterable[Subject], focus: Index = (), digits: int = 4) -> None:
        self.peak, self.digits = max((s.peak(focus) for s in subjects), default=0.0), digits

    def cell(self, value: complex, digits: int = 0) -> Cell:
        """The cell of one value."""
        if isinstance(value, bool):
            return Cell(str(value), mix(BLUE, 0.3) if value else PAPER, INK if value else MUTED)
        size = abs(value)
        if math.isnan(size):
            return Cell("nan", PALE, hatch=LINE)
        share = 1.0 if math.isinf(size) else size / self.peak if self.peak else 0.0
        below = not isinstance(value, complex) and value < 0
        strength = 0.05 + 0.5 * min(share, 1.0) if size else 0.0
        return Cell(short(value, digits or self.digits), mix(VERMILLION if below else BLUE, strength))


@dataclass
class Grid(Block):
    """A block of cells; `left`, `top` and the edges of its columns say where they lie in it."""

    left: float = 0.0
    top: float = 0.0
    edges: tuple[float, ...] = (0.0,)

    @property
    def across(self) -> float:
        """The width of the cells alone."""
        return self.edges[-1]

    def middle(self, c: int) -> float:
        """The middle of a column, counted from the left of the cells."""
        return (self.edges[c] + self.edges[c + 1]) / 2


def cells_width(*tables: Sequence[Sequence[Cell]], least: float = CELL_W) -> float:
    """The cell width that every text in these tables fits."""
    widths = (text_width(c.text, BODY, c.bold) + 12 for table in tables for line in table for c in line)
    return math.ceil(max([least, *widths]))


def numbered(ids: Ids) -> list[str]:
    """The labels of rows or columns."""
    return ["" if i is None else str(i) for i in ids]


def grid(
    cells: Sequence[Sequence[Cell]],
    cell_w: float = 0,
    row_labels: Sequence[str] = (),
    col_labels: Sequence[str] = (),
) -> Grid:
    """A table of cells with small labels at its left and top; columns of "…" are narrow."""
    w = cell_w or cells_width(cells)
    narrow = [all(cell is GAP for cell in line) for line in zip(*cells, strict=True)]
    edges = tuple(itertools.accumulate((GAP_W if gap else w for gap in narrow), initial=0.0))
    left = math.ceil(max((text_width(t, SMALL) for t in row_labels), default=-7) + 7)
    top = 16.0 if any(col_labels) else 0.0

    def paint(pen: Pen, x: float, y: float) -> None:
        for c, text in enumerate(col_labels):
            pen.text(x + left + (edges[c] + edges[c + 1]) / 2, y + 7, text, SMALL, MUTED, align="center")
        for r, text in enumerate(row_labels):
            pen.text(x + left - 7, y + top + (r + 0.5) * CELL_H, text, SMALL, MUTED, align="right")
        spots = [
            (cell, x + left + edges[c], y + top + r * CELL_H, edges[c + 1] - edges[c])
            for r, line in enumerate(cells)
            for c, cell in enumerate(line)
        ]
        for cell, *place in sorted(spots, key=lambda spot: (spot[0].edge != PALE, spot[0].line)):
            paint_cell(pen, cell, *place)

    return Grid(left + edges[-1] + 1, top + len(cells) * CELL_H + 1, paint, left, top, edges)


def paint_cell(pen: Pen, cell: Cell, x: float, y: float, w: float) -> None:
    """One cell with its corner at x and y."""
    inset = cell.line / 2 if cell.line > 1 else 0
    pen.rect(x, y, w, CELL_H, cell.fill)
    if cell.hatch:
        half = text_width(cell.text, BODY, cell.bold) / 2 + 2
        pen.hatch(x, y, w, CELL_H, cell.hatch)
        pen.rect(x + w / 2 - half, y + 7, 2 * half, CELL_H - 14, cell.fill)
    pen.rect(x + inset, y + inset, w - 2 * inset, CELL_H - 2 * inset, "none", cell.edge, cell.line, cell.dash)
    pen.text(x + w / 2, y + CELL_H / 2, cell.text, BODY, cell.ink, cell.bold, align="center")


def crop(size: int, limit: int, focus: int = 0) -> Ids:
    """Which of `size` places to draw when at most `limit` fit, so that `focus` is among them."""
    limit = max(limit, 3)
    if size <= limit:
        return list(range(size))
    if focus < limit - 1:
        return [*range(limit - 1), None]
    start = min(focus - (limit - 2) // 2, size - limit + 1)
    if start + limit - 1 >= size:
        return [None, *range(size - limit + 1, size)]
    return [None, *range(start, start + limit - 2), None]


def fitting(
    size: int, room: float, cells: Callable[[Ids], list[list[Cell]]], focus: int = 0, most: int = 12
) -> Ids:
    """Which of `size` columns to draw in so much room, judged by the width of their cells."""
    ids = crop(size, size if size <= 20 else most, focus)
    w = cells_width(cells(ids))
    if w * len(ids) <= room:
        return ids
    limit = int((room - GAP_W) // w) + 1
    return crop(size, limit if focus < limit - 1 else int((room - 2 * GAP_W) // w) + 2, focus)


def table(cell_at: CellAt, rows: Ids, cols: Ids, prefix: Index = (), dims: int = 2) -> list[list[Cell]]:
    """The cells of one 2-D layer, with "…" for what is left out; of a 1-D or 0-D tensor with `dims`."""

    def at(r: int | None, c: int | None) -> Cell:
        return GAP if r is None or c is None else cell_at((*prefix, *(r, c)[2 - min(dims, 2) :]))

    return [[at(r, c) for c in cols] for r in rows]


def box(text: str, width: float = 220) -> Block:
    """A dashed box with words, for what has no values to draw."""
    inner = words(text, width, SMALL, MUTED)
    w, h = inner.width + 20, inner.height + 14

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y, w, h, CARD, LINE, dash=True)
        inner.paint(pen, x + 10, y + 7)

    return Block(w + 1, h + 1, paint)


def sheet(
    shape: Index,
    cell_at: CellAt,
    width: float = 420,
    rows: int = 9,
    layers: int = 4,
    index: bool = True,
    focus: Index = (),
) -> Block:
    """A tensor of any number of dimensions as cells: one grid, or one for each of its first 2-D layers."""
    if not math.prod(shape):
        return box("no elements")
    dims = len(shape)
    n_rows, n_cols = (1, 1, *shape)[-2:]
    row_focus, col_focus = (0, 0, *(focus or (0,) * dims))[-2:]
    all_layers = list(itertools.islice(itertools.product(*map(range, shape[:-2])), 10_000))
    first = (
        max(min(all_layers.index(focus[:-2]), len(all_layers) - layers), 0) if focus[:-2] in all_layers else 0
    )
    blocks: list[Block] = []
    for prefix in all_layers[first : first + layers]:
        row_ids = crop(n_rows, rows, row_focus)

        def cells(ids: Ids, prefix: Index = prefix, row_ids: Ids = row_ids) -> list[list[Cell]]:
            return table(cell_at, row_ids, ids, prefix, dims)

        col_ids = fitting(n_cols, width - 24, cells, col_focus, 12 if dims > 1 else 20)
        row_labels = numbered(row_ids) if index and dims > 1 else ()
        block: Block = grid(cells(col_ids), 0, row_labels, numbered(col_ids) if index and dims else ())
        if prefix:
            title = label(f"[{', '.join(map(str, prefix))}]", SMALL, MUTED, mono=True)
            block = column([row([space(block.left), title], 0), block], 0)
        blocks.append(block)
    if dims < 3:
        return blocks[0]
    body = flow(blocks, max(width, blocks[0].width), 16, 10)
    total = math.prod(shape[:-2])
    if total > len(blocks):
        which = "the first" if not first else f"from [{', '.join(map(str, all_layers[first]))}] on,"
        body = column([body, label(f"{which} {len(blocks)} of {total} layers", SMALL, MUTED)], 6)
    return body


def body_of(subject: Subject, cell_at: CellAt | None = None, scale: Scale | None = None, **how: Any) -> Block:  # noqa: ANN401
    """A tensor's cells, or a box that says why they cannot be drawn."""
    if not subject.readable:
        return box(subject.closed)
    scale = scale or Scale([subject])
    return sheet(subject.shape, cell_at or (lambda i: scale.cell(subject[i])), **how)


def titled(name: str, caption: str, body: Block, color: str = INK) -> Block:
    """A block under its name and its caption, one line or more."""
    head = [label(name, TITLE, color, bold=True, mono=True)] if name else []
    head += [label(line, SMALL, MUTED) for line in caption.splitlines()]
    return column([*head, space(0, 3), body], 1)


def shown(subject: Subject, name: str, scale: Scale | None = None, **how: Any) -> Block:  # noqa: ANN401
    """A tensor with its name, shape and dtype above it."""
    return titled(name, subject.caption, body_of(subject, scale=scale, **how))


def small(text: str) -> Block:
    """A quiet remark."""
    return words(text, 640, SMALL, MUTED)


def trouble(text: str) -> Block:
    """Words about what does not work."""
    return words(text, 640, BODY, VERMILLION)


# ---------------------------------------------------------------------------------------------------------
# Pictures: tensors as they are


def tensor(x: object, name: str = "x") -> Picture:
    """`x`, of any shape, as a grid of its values, with its name, shape and dtype."""
    subject = Subject(x)
    return picture(shown(subject, name, width=ROOM, rows=12), subject.alt(name))


def tensors(named: Mapping[str, object]) -> Picture:
    """Several tensors side by side, coloured on one scale."""
    subjects = {name: Subject(x) for name, x in named.items()}
    scale = Scale(subjects.values())
    blocks = [shown(s, name, scale) for name, s in subjects.items()]
    return picture(flow(blocks), " ".join(s.alt(name) for name, s in subjects.items()))


def selection(x: object, picks: Mapping[str, Any]) -> Picture:
    """What each index takes out of `x`: its cells lit, the others pale, and the shape of what comes out.

    `picks` maps the text to show onto the index: `{"x[:, 1]": (slice(None), 1), "x[x > 3]": mask}`.
    """
    subject = Subject(x)
    whole = next(iter(picks), "x").partition("[")[0] or "x"
    if not subject.readable:
        return picture(shown(subject, whole), subject.alt(whole))
    scale = Scale([subject])
    places = torch.arange(subject.numel, device="cpu").reshape(subject.shape)
    flat = subject.tensor.reshape(-1)
    blocks, said = [], [subject.alt(whole)]
    for name, pick in picks.items():
        taken, failed = attempt(lambda pick=pick: places[on_cpu(pick)])
        chosen = set() if failed else set(taken.reshape(-1).tolist())

        def cell_at(index: Index, chosen: set[int] = chosen) -> Cell:
            cell = scale.cell(subject[index])
            return cell.ringed(BLUE, 2.2) if int(places[index]) in chosen else cell.pale()

        if failed:
            caption = f"PyTorch says: {failed}"
            said.append(f"{name}: {caption}.")
        else:
            result = Subject(flat[taken.to(flat.device)])
            caption = f"shape {shape_text(result.shape)}"
            said.append(f"{name}: {caption}, {result.listed()}.")
        body = body_of(subject, cell_at, width=ROOM if len(subject.shape) < 2 else 320, rows=8)
        head = [
            label(name, TITLE, INK, True, True),
            words(caption, 300, SMALL, VERMILLION if failed else MUTED),
        ]
        blocks.append(column([*head, space(0, 2), body], 1))
    return picture(flow(blocks, gap=32, below=22), " ".join(said))


def on_cpu(index: Any) -> Any:  # noqa: ANN401 - whatever may stand between brackets
    """An index with its tensors on the CPU."""
    if isinstance(index, tuple):
        return tuple(on_cpu(part) for part in index)
    return index.detach().cpu() if isinstance(index, torch.Tensor) else index


# ---------------------------------------------------------------------------------------------------------
# Pictures: memory


@dataclass
class View:
    """One tensor and where it lies in its storage, counted in elements."""

    name: str
    subject: Subject
    strides: Index
    offset: int

    def place(self, at: Index) -> int:
        """Where in the storage the element at this index is."""
        return self.offset + sum(i * s for i, s in zip(at, self.strides, strict=True))

    def reaches(self, place: int) -> bool:
        """Whether some index leads to this place in the storage."""
        steps = sorted(
            ((s, n) for s, n in zip(self.strides, self.subject.shape, strict=True) if s), reverse=True
        )

        def found(rest: int, steps: list[tuple[int, int]]) -> bool:
            if not steps:
                return rest == 0
            (stride, size), *others = steps
            farthest = sum((n - 1) * s for s, n in others)
            for i in range(min(size - 1, rest // stride), -1, -1):
                if rest - i * stride > farthest:
                    return False
                if found(rest - i * stride, others):
                    return True
            return False

        return place >= self.offset and bool(self.subject.numel) and found(place - self.offset, steps)


def view_of(name: str, subject: Subject) -> View | None:
    """Where a tensor lies in its storage; None for one that has no ordinary storage."""
    t = subject.tensor
    if not subject.readable or attempt(lambda: t.untyped_storage().data_ptr())[1]:
        return None
    return View(name, subject, tuple(t.stride()), int(t.storage_offset()))


def shelves(views: Iterable[View]) -> list[list[View]]:
    """The views grouped by the storage they lie in, in the order given."""
    groups: dict[object, list[View]] = {}
    for view in views:
        pointer = view.subject.tensor.untyped_storage().data_ptr()
        groups.setdefault(pointer or id(view), []).append(view)
    return list(groups.values())


def storage(named: Mapping[str, object], mark: Mapping[str, Index] | None = None) -> Picture:
    """Each tensor, and below it the one row of memory it lies in; tensors that share one share the strip.

    `mark` rings one element, `{"x.T": (2, 1)}`, in the tensor and on the strip.
    """
    subjects = {name: Subject(x) for name, x in named.items()}
    views = {name: view_of(name, s) for name, s in subjects.items()}
    scale, groups = Scale(subjects.values()), shelves(view for view in views.values() if view)
    panels, said = [], []
    for group in groups:
        panel, sentence = storage_panel(group, scale, dict(mark or {}), alone=len(views) == 1)
        panels.append(panel)
        said.append(sentence)
    for name, view in views.items():
        if view is None:
            panels.append(shown(subjects[name], name))
            said.append(f"{subjects[name].alt(name)} It has no strip of memory to draw.")
    return picture(cards(panels), " ".join(said))


def storage_panel(
    group: list[View], scale: Scale, marks: Mapping[str, Index], alone: bool
) -> tuple[Block, str]:
    """The panel of one storage and the tensors in it, and the sentence that says so."""
    first = group[0].subject.tensor
    length = first.untyped_storage().nbytes() // max(first.element_size(), 1)
    what = f"{length} element{'s' * (length != 1)} of {dtype_text(first.dtype)}"
    names = join([view.name for view in group])
    if len(group) > 1:
        title, sentence = f"same memory: {names}", f"{names} share the same memory, one storage of {what}."
    elif alone:
        title, sentence = f"the memory of {names}", f"{names} lies in one storage of {what}."
    else:
        title, sentence = f"its own memory: {names}", f"{names} has its own memory, a storage of {what}."
    tops = []
    for view in group:
        marked = marks.get(view.name)

        def cell_at(index: Index, view: View = view, marked: Index | None = marked) -> Cell:
            cell = scale.cell(view.subject[index])
            return cell.ringed(VERMILLION, 3) if index == marked else cell

        where = f"strides {shape_text(view.strides)} · offset {view.offset}"
        body = body_of(view.subject, cell_at, rows=7, layers=3, focus=marked or (), width=380)
        tops.append(titled(view.name, f"{view.subject.caption}\n{where}", body))
        sentence += f" {view.name}: shape {shape_text(view.subject.shape)}, {where}, {view.subject.listed()}."
    parts = [flow(tops, ROOM - 28), *([strip(group, length, scale, marks)] if length else [])]
    return column([words(title, ROOM - 28, BODY, INK, True), column(parts, 14)], 8), sentence


def strip(group: list[View], length: int, scale: Scale, marks: Mapping[str, Index]) -> Block:
    """A storage as a row of cells, and below it, for each tensor, its steps along each dimension."""
    first = group[0].subject.tensor
    flat = Subject(first.as_strided((length,), (1,), 0))
    left = max(text_width("storage", SMALL), *(text_width(v.name, BODY, True, True) for v in group)) + 14
    marked = {view.place(marks[view.name]) for view in group if view.name in marks}

    def cell_at(index: Index) -> Cell:
        cell = scale.cell(flat[index])
        if not any(view.reaches(*index) for view in group):
            cell = Cell(cell.text, PALE, FADED, LINE, hatch="#D3DAE0")
        return cell.ringed(VERMILLION, 3) if index[0] in marked else cell

    focus = min(max([*marked, *(view.offset for view in group)]), length - 1)
    room = ROOM - 28 - left - 70
    places = fitting(length, room, lambda ids: table(cell_at, [0], ids, dims=1), focus, 24)
    cells = table(cell_at, [0], places, dims=1)
    bar = grid(cells, cells_width(cells, least=32), (), numbered(places))

    def head(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + bar.top + CELL_H / 2, "storage", SMALL, MUTED)

    lines = [row([Block(left, bar.height, head), bar], 0)]
    for view in group:

        def tag(pen: Pen, x: float, y: float, view: View = view) -> None:
            pen.text(x, y + 6, view.name, BODY, INK, True, True)

        lines.append(row([Block(left, 12, tag), lane(view, places, bar, first.element_size())], 0))
    return column(lines, 8)


STEPS = (VERMILLION, BLUE, DARK_GREEN, INK)


def lane(view: View, places: Ids, bar: Grid, itemsize: int) -> Block:
    """One tensor below its strip: which places it reaches, and how far one step along each dimension goes."""
    t = view.subject.tensor
    middles = {p: bar.middle(c) for c, p in enumerate(places) if p is not None}
    if t.element_size() != itemsize:
        return label(f"reads the same bytes as {dtype_text(t.dtype)}", SMALL, MUTED)
    start = middles.get(view.offset, 0.0)
    steps: list[tuple[str, str, float, bool]] = []  # text, colour, where the arrow ends, whether it leaves
    for d, (size, stride) in enumerate(zip(t.shape, view.strides, strict=True)):
        text, color, end, leaves = f"dim {d}: +{stride}", STEPS[d % len(STEPS)], start, False
        if size < 2:
            text, color = f"{text} (size {size}: no step to take)", MUTED
        elif stride == 0:
            text = f"{text} (every step stays here)"
        else:
            leaves = view.offset + stride not in middles
            end = bar.across - 4 if leaves else middles[view.offset + stride]
        steps.append((text, color, end, leaves))
    if view.offset not in middles:
        steps = [(f"starts at {view.offset}", MUTED, 0, False)]
    elif not view.subject.numel:
        steps = [("no elements", MUTED, 0, False)]
    reach_h, line_h = 12.0, 19.0

    def paint(pen: Pen, x: float, y: float) -> None:
        for c, p in enumerate(places):
            if p is not None:
                fill, edge = (mix(BLUE, 0.75), BLUE) if view.reaches(p) else ("none", LINE)
                pen.rect(x + bar.edges[c] + 3, y + 3, bar.edges[c + 1] - bar.edges[c] - 6, 6, fill, edge)
        for d, (text, color, end, leaves) in enumerate(steps):
            level = y + reach_h + line_h * (d + 0.5) + 1
            if text.startswith("dim"):
                pen.dot(x + start, level, 3, color)
            if end > start:
                pen.arrow((x + start, level), (x + end, level), color, dash=leaves)
            pen.text(x + end + 8, level, text, SMALL, color)

    width = max([bar.across, *(end + 12 + text_width(text, SMALL) for text, _, end, _ in steps)])
    return Block(width, reach_h + line_h * len(steps) + 2, paint)


@dataclass
class Holding:
    """A name, what it names, and the range of addresses that lies behind it."""

    name: str
    subject: Subject
    low: int = 0
    high: int = 0

    @property
    def facts(self) -> str:
        """What kind of thing it is: `tensor (3,) float64`."""
        if not isinstance(self.subject.thing, (torch.Tensor, np.ndarray)):
            return type(self.subject.thing).__name__
        kind = "NumPy array" if isinstance(self.subject.thing, np.ndarray) else "tensor"
        return f"{kind} {shape_text(self.subject.shape)} {dtype_text(self.subject.tensor.dtype)}"

    @property
    def width(self) -> float:
        """The width of the name's box."""
        return math.ceil(max(text_width(self.name, BODY, True, True), text_width(self.facts, SMALL))) + 26


def holding(name: str, thing: object) -> Holding:
    """The addresses behind an array or a tensor; none for anything else."""
    one = Holding(name, Subject(thing))
    if isinstance(thing, np.ndarray):
        root = thing
        while isinstance(root.base, np.ndarray):
            root = root.base
        if root.size:
            one.low, one.high = map(int, np.lib.array_utils.byte_bounds(root))
    elif isinstance(thing, torch.Tensor):
        kept, _ = attempt(lambda: thing.untyped_storage())
        pointer, _ = attempt(lambda: kept.data_ptr())
        if pointer:
            one.low, one.high = pointer, pointer + kept.nbytes()
    return one


def memory(named: Mapping[str, object]) -> Picture:
    """Names with arrows to the memory they name: NumPy arrays and tensors on one block share it."""
    groups: list[list[Holding]] = []
    for one in (holding(name, thing) for name, thing in named.items()):
        for group in groups:
            if any(one.low < other.high and other.low < one.high for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    scale = Scale(h.subject for group in groups for h in group)
    tags_w = max((h.width for group in groups for h in group), default=0)
    drawn = [memory_group(group, scale, tags_w) for group in groups]
    return picture(column([block for block, _ in drawn], 18), " ".join(sentence for _, sentence in drawn))


def memory_group(group: list[Holding], scale: Scale, tags_w: float) -> tuple[Block, str]:
    """The names of one block of memory, arrows, and the block."""
    names = join([h.name for h in group])
    largest = max(group, key=lambda h: (h.high - h.low, h.subject.numel))
    shared, subject = len(group) > 1, largest.subject
    if shared:
        both = "both" if len(group) == 2 else "all"
        title = f"one memory, {len(group)} names: a write through one shows in {both}"
        sentence = f"{names} share one memory: {subject.listed()}."
    elif largest.low == largest.high and isinstance(subject.thing, (torch.Tensor, np.ndarray)):
        title, sentence = "no memory to share", f"{names} has no memory to share: {subject.listed()}."
    else:
        title, sentence = "its own memory", f"{names} has its own memory: {subject.listed()}."
    reach, tag_h, gap = 90.0, 44.0, 8.0
    cells = body_of(subject, scale=scale, rows=5, width=420, index=False)
    room = card(column([words(title, 420, SMALL, bold=True), cells], 8), edge=BLUE if shared else LINE)
    tags_h = len(group) * (tag_h + gap) - gap
    height = max(room.height, tags_h)

    def paint(pen: Pen, x: float, y: float) -> None:
        top, room_y = y + (height - tags_h) / 2, y + (height - room.height) / 2
        for i, h in enumerate(group):
            tag_y = top + i * (tag_h + gap)
            pen.rect(x, tag_y, tags_w, tag_h, PAPER, LINE, radius=6)
            pen.text(x + 12, tag_y + 14, h.name, BODY, INK, True, True)
            pen.text(x + 12, tag_y + 31, h.facts, SMALL, MUTED)
            end = (x + tags_w + reach - 1, room_y + room.height * (i + 1) / (len(group) + 1))
            pen.arrow((x + tags_w, tag_y + tag_h / 2), end, BLUE if shared else MUTED, curved=True)
        room.paint(pen, x + tags_w + reach, room_y)

    return Block(tags_w + reach + room.width, height, paint), sentence


# ---------------------------------------------------------------------------------------------------------
# Pictures: broadcasting


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
VERDICTS = {"equal": (GREEN, DARK_GREEN, "✓ equal"), "stretched": (BLUE, BLUE, "↔ stretched")}
Column = tuple[int | None, int | None, int | None, str]


def aligned(a: Index, b: Index) -> list[Column]:
    """Two shapes from the right: for each column both sizes, the size of the result, and the verdict."""
    columns: list[Column] = []
    for m, n in itertools.zip_longest(reversed(a), reversed(b)):
        if m == n:
            columns.append((m, n, m, "equal"))
        elif n is None or m == 1:
            columns.append((m, n, m if n is None else n, "stretched"))
        elif m is None or n == 1:
            columns.append((m, n, n if m is None else m, "stretched"))
        else:
            columns.append((m, n, None, "clash"))
    return columns[::-1]


def shapes_block(columns: list[Column], names: tuple[str, str], result: str) -> Block:
    """The aligned shapes as a table: one row for each operand, one for the verdicts, one for the result."""
    w, h, line = 108.0, 30.0, 34.0
    left = max(text_width(t, BODY, True, True) for t in (*names, result)) + 18
    clash = any(verdict == "clash" for *_, verdict in columns)
    no_result = "no result: these shapes do not fit"

    def side(pen: Pen, x: float, y: float, size: int | None, becomes: int | None, verdict: str) -> None:
        color = VERDICTS.get(verdict, (VERMILLION,))[0]
        stretches = verdict == "stretched" and size != becomes
        pen.rect(x, y, w, h, mix(color, 0.1), color, 2.5 if verdict == "clash" else 1.2, stretches)
        text = ("no dim" if size is None else str(size)) + (f" → {becomes}" if stretches else "")
        if stretches:
            half = text_width(text, BODY) / 2 + 4
            pen.hatch(x, y, w, h, mix(color, 0.3))
            pen.rect(x + w / 2 - half, y + 6, 2 * half, h - 12, mix(color, 0.1))
        pen.text(x + w / 2, y + h / 2, text, BODY, INK, verdict == "clash", align="center")

    def paint(pen: Pen, x: float, y: float) -> None:
        for r, name in zip((0, 1, 3), (*names, result), strict=True):
            pen.text(x, y + r * line + h / 2, name, BODY, INK, True, True)
            if not columns:
                pen.text(x + left, y + r * line + h / 2, "()", BODY, INK, mono=True)
        if not columns:
            pen.text(x + left, y + 2 * line + h / 2, "no dimensions: nothing to align", SMALL, MUTED)
        for c, (m, n, size, verdict) in enumerate(columns):
            cx = x + left + c * (w + 8)
            side(pen, cx, y, m, size, verdict)
            side(pen, cx, y + line, n, size, verdict)
            _, ink, text = VERDICTS.get(verdict, ("", VERMILLION, f"✗ clash: {m} ≠ {n}"))
            pen.text(cx + w / 2, y + 2 * line + h / 2, text, SMALL, ink, True, align="center")
            if not clash:
                pen.rect(cx, y + 3 * line, w, h, CARD, LINE)
                pen.text(cx + w / 2, y + 3 * line + h / 2, str(size), BODY, INK, True, align="center")
        if clash:
            pen.text(x + left, y + 3 * line + h / 2, no_result, BODY, VERMILLION, True)

    return Block(left + max(len(columns) * (w + 8), text_width(no_result, BODY, True) + 4), 4 * line, paint)


def broadcast(a: object, b: object, names: tuple[str, str] = ("a", "b"), op: str = "+") -> Picture:
    """`a op b`: the shapes aligned from the right, both operands stretched to one shape, and the result.

    Cells that exist only by stretching are hatched. Where the shapes do not fit, the clash is marked.
    """
    left, right = Subject(a), Subject(b)
    result_name = f"{names[0]} {op} {names[1]}"
    columns = aligned(left.shape, right.shape)
    parts = [shapes_block(columns, names, result_name)]
    pair = join(
        [f"{name}, shape {shape_text(s.shape)}," for name, s in zip(names, (left, right), strict=True)]
    )
    alt = f"{pair} aligned from the right: "
    clashes = [f"{m} and {n} differ and neither is 1" for m, n, _, verdict in columns if verdict == "clash"]
    if clashes:
        parts.append(
            flow([shown(s, name, width=360, layers=2) for s, name in ((left, names[0]), (right, names[1]))])
        )
        return picture(column(parts, 18), f"{alt}clash, {join(clashes)}, so {result_name} raises an error.")
    common = tuple(size for _, _, size, _ in columns)
    sides = [tuple("no dim" if n is None else n for n in (m, n)) for m, n, _, _ in columns]
    verdicts = [f"{m} and {n} {verdict}" for (m, n), (*_, verdict) in zip(sides, columns, strict=True)]
    alt += f"{join(verdicts) or 'no dimensions'}; {result_name} has shape {shape_text(common)}"
    made, failed = attempt(lambda: OPERATIONS[op](left.tensor, right.tensor))
    result = Subject(made)
    if failed:
        parts.append(trouble(f"PyTorch says: {failed}"))
        return picture(column(parts, 18), f"{alt}, but PyTorch says: {failed}.")
    alt += f": {result.listed()}."
    if len(common) > 3 or not (left.readable and right.readable and result.readable):
        why = f"{len(common)} dimensions" if len(common) > 3 else "values that cannot be read"
        parts.append(small(f"{why}: only the shapes are drawn"))
    elif not math.prod(common):
        parts.append(box(f"{result_name} has no elements"))
    else:
        parts.append(stretched(left, right, result, (*names, result_name), op))
    return picture(column(parts, 20), alt)


def stretched(left: Subject, right: Subject, result: Subject, names: tuple[str, str, str], op: str) -> Block:
    """Both operands at the shape of the result, what is only stretched hatched; then the result."""
    common, scale, out = result.shape, Scale([left, right], digits=3), Scale([result], digits=3)

    def operand(subject: Subject) -> CellAt:
        own = (None,) * (len(common) - len(subject.shape)) + subject.shape

        def cell_at(index: Index) -> Cell:
            source = tuple(0 if n == 1 else i for i, n in zip(index, own, strict=True) if n is not None)
            cell = scale.cell(subject[source])
            if any(i for i, n in zip(index, own, strict=True) if n is None or n == 1):
                return Cell(cell.text, PAPER, FADED, LINE, dash=True, hatch="#C6D0D8")
            return replace(cell, edge=BLUE, line=1.6)

        return cell_at

    sides = (operand(left), operand(right), lambda index: out.cell(result[index]))
    layers = [(i,) for i in range(min(common[0], 3))] if len(common) == 3 else [()]
    lines = []
    for prefix in layers:
        blocks = [
            sheet(
                common[len(prefix) :],
                lambda index, at=at, prefix=prefix: at(prefix + index),
                width=(ROOM - 110) / 3 + 24,
                rows=7,
                index=False,
            )
            for at in sides
        ]
        height = blocks[-1].height
        if prefix == layers[0]:
            captions = (left.caption, right.caption, result.caption)
            blocks = [titled(*texts, g) for *texts, g in zip(names, captions, blocks, strict=True)]
        minus = op.replace("-", "−")
        body = row([blocks[0], sign(minus, height), blocks[1], sign("=", height), blocks[2]], 12, 1.0)
        lines.append(row([sign(f"[{prefix[0]}]", height, SMALL), body], 8, 1.0) if prefix else body)
    if len(common) == 3 and common[0] > 3:
        lines.append(small(f"the first 3 of {common[0]} layers"))
    if left.shape != common or right.shape != common:
        lines.append(small("hatched: not stored, the same value read again"))
    return column(lines, 12)


# ---------------------------------------------------------------------------------------------------------
# Pictures: the matrix product


def factor(value: complex) -> str:
    """A number as one factor of a product: negative ones in brackets."""
    text = short(value, 3)
    return f"({text})" if text.startswith("-") or isinstance(value, complex) else text


def inner_shapes(a: Index, b: Index) -> Block:
    """`(2, 3) @ (3, 4)` with the two sizes that have to be equal boxed."""
    fits = a[-1] == b[max(len(b) - 2, 0)]
    color, ink = (GREEN, DARK_GREEN) if fits else (VERMILLION, VERMILLION)
    verdict = "✓ inner sizes are equal" if fits else "✗ clash: the inner sizes differ"
    pieces: list[tuple[str, bool]] = []
    for shape, inner in ((a, len(a) - 1), (b, max(len(b) - 2, 0))):
        pieces.append((" @ (" if pieces else "(", False))
        for i, n in enumerate(shape):
            pieces += [(", ", False)] * (i > 0) + [(str(n), i == inner)]
        pieces.append((",)" if len(shape) == 1 else ")", False))
    widths = [text_width(t, TITLE, boxed, True) + 10 * boxed for t, boxed in pieces]

    def paint(pen: Pen, x: float, y: float) -> None:
        for (text, boxed), w in zip(pieces, widths, strict=True):
            if boxed:
                pen.rect(x + 1, y + 2, w - 2, 22, mix(color, 0.15), color, 2)
            pen.text(x + 5 * boxed, y + 13, text, TITLE, INK, boxed, True)
            x += w
        pen.text(x + 16, y + 13, verdict, SMALL, ink, True)

    return Block(sum(widths) + 20 + text_width(verdict, SMALL, True), 26, paint)


def matmul(
    a: object, b: object, at: tuple[int, int] = (0, 0), names: tuple[str, str] = ("a", "b")
) -> Picture:
    """`a @ b` in the classical layout: rows of `a` (at the left) meet columns of `b` (above) in the result.

    Row `at[0]` and column `at[1]` are lit, and the sum of products where they meet is spelled out.
    Works for matrices, vectors and the first layer of batches; sizes that do not fit are drawn as a clash.
    """
    left, right = Subject(a), Subject(b)
    pair = f"{names[0]}, shape {shape_text(left.shape)}, @ {names[1]}, shape {shape_text(right.shape)}"
    grids = [shown(s, name, width=360, layers=2) for s, name in zip((left, right), names, strict=True)]
    if not (left.readable and right.readable and left.shape and right.shape):
        why = "@ needs tensors of at least 1 dimension with values."
        return picture(column([flow(grids), trouble(why)], 14), f"{pair}: {why}")
    made, failed = attempt(lambda: left.tensor @ right.tensor)
    result, (across, down) = Subject(made), (left.shape[-1], right.shape[max(len(right.shape) - 2, 0)])
    if across != down:
        sentence = f"clash: a row of {names[0]} has {across} values, a column of {names[1]} has {down}."
    elif failed:
        sentence = f"PyTorch says: {failed}"
    elif result.numel and across and result.readable:
        return matmul_layout(left, right, result, at, pair, names)
    else:
        sentence = f"the result has shape {shape_text(result.shape)}, {result.listed()}."
        grids.append(shown(result, " @ ".join(names)))
    say = trouble if failed else small
    block = column([inner_shapes(left.shape, right.shape), flow(grids), say(sentence)], 14)
    return picture(block, f"{pair}: {sentence}")


def matmul_layout(
    left: Subject, right: Subject, result: Subject, at: tuple[int, int], pair: str, names: tuple[str, str]
) -> Picture:
    """The classical layout, for sizes that fit."""
    product = " @ ".join(names)
    batch = max(len(left.shape), len(right.shape), 2) - 2
    t, u = left.tensor, right.tensor
    a = Subject(t[(0,) * (t.dim() - 2)] if t.dim() > 1 else t[None])
    b = Subject(u[(0,) * (u.dim() - 2)] if u.dim() > 1 else u[:, None])
    out = Subject(result.tensor[(0,) * batch].reshape(a.shape[0], b.shape[1]))
    r, c = at[0] % a.shape[0], at[-1] % b.shape[1]

    def lit(subject: Subject, color: str, test: Callable[[Index], bool]) -> CellAt:
        def cell_at(index: Index) -> Cell:
            text = short(subject[index], 3)
            return Cell(text, mix(color, 0.22)).ringed(color, 2) if test(index) else Cell(text, ink=MUTED)

        return cell_at

    a_at = lit(a, BLUE, lambda index: index[0] == r)
    b_at = lit(b, AMBER, lambda index: index[1] == c)
    o_at = lit(out, GREEN, lambda index: index == (r, c))
    rows = crop(a.shape[0], 7, r)
    inner = fitting(a.shape[1], 430, lambda ids: table(a_at, rows, ids))
    inner = inner if len(inner) <= 8 else crop(a.shape[1], 8)
    cols = fitting(b.shape[1], 370, lambda ids: table(b_at, inner, ids) + table(o_at, rows, ids), c)
    b_cells, o_cells = table(b_at, inner, cols), table(o_at, rows, cols)
    w = cells_width(b_cells, o_cells)
    a_grid = grid(table(a_at, rows, inner), 0, numbered(rows) if t.dim() > 1 else ())
    b_grid = grid(b_cells, w, (), numbered(cols) if u.dim() > 1 else ())
    o_grid = grid(o_cells, w)
    a_block = titled(names[0], left.caption, a_grid, BLUE)
    b_block = titled(names[1], right.caption, b_grid, DARK_AMBER)
    name, caption = label(product, TITLE, DARK_GREEN, True, True), label(result.caption, SMALL, MUTED)
    o_block = column([o_grid, column([name, caption], 1)], 4)
    gap = 26.0
    top = max(b_block.height, a_block.height - a_grid.height - gap)

    def paint(pen: Pen, x: float, y: float) -> None:
        ox, oy = x + a_block.width + gap, y + top + gap
        level, middle = oy + (rows.index(r) + 0.5) * CELL_H, ox + o_grid.middle(cols.index(c))
        a_block.paint(pen, x, oy - (a_block.height - a_grid.height))
        b_block.paint(pen, ox, y + top - b_block.height)
        o_block.paint(pen, ox, oy)
        pen.arrow((x + a_grid.left + a_grid.across + 3, level), (ox - 3, level), BLUE)
        pen.arrow((middle, y + top + 2), (middle, oy - 2), DARK_AMBER)

    layout = Block(a_block.width + gap + max(b_block.width, o_block.width), top + gap + o_block.height, paint)
    terms = [(a[(r, k)], b[(k, c)]) for k in range(min(a.shape[1], 8))]
    rounded = any(complex(short(v, 3)) != v for v in (*itertools.chain(*terms), out[(r, c)]) if v == v)
    products = [f"{factor(v)}·{factor(w)}" for v, w in terms] + ["…"] * (a.shape[1] > 8)
    sums = f"{' + '.join(products)}\N{NO-BREAK SPACE}{'≈' if rounded else '='}\N{NO-BREAK SPACE}{short(out[(r, c)], 3)}"
    index = [0] * batch + [r] * (t.dim() > 1) + [c] * (u.dim() > 1)
    place = f"[{', '.join(map(str, index))}]" if index else ""
    notes = [
        f"{n} is 1-D: read as one {way}"
        for n, s, way in ((names[0], t, "row"), (names[1], u, "column"))
        if s.dim() == 1
    ]
    if batch:
        notes.append(f"the first of {math.prod(result.shape[:batch])} products in the batch")
    spelled = words(
        f"{f'({product}){place}' if place else product} = {sums}", max(layout.width, 420), BODY, INK, True
    )
    parts = [inner_shapes(left.shape, right.shape), layout, spelled]
    if notes:
        parts.append(column([small(note) for note in notes], 1))
    alt = (
        f"{pair}: row {r} of {names[0]} meets column {c} of {names[1]}, {sums}, at {place or 'the one place'} of the result, "
        f"shape {shape_text(result.shape)}, {result.listed()}."
    )
    return picture(column(parts, 14), alt)


# ---------------------------------------------------------------------------------------------------------
# Pictures: reductions


REDUCTIONS = {"mean": torch.mean, "sum": torch.sum, "std": torch.std, "max": torch.amax}


def reduction(
    x: object,
    dim: int | tuple[int, ...] | None = None,
    how: str = "mean",
    keepdim: bool = False,
    name: str = "x",
) -> Picture:
    """`x.mean(dim=...)`: the table, arrows along the direction that disappears, and the result.

    Each column (or row) keeps its colour in the result. `how` is one of mean, sum, std and max.
    """
    subject = Subject(x)
    n = len(subject.shape)
    given = [f"dim={dim}"] * (dim is not None) + ["keepdim=True"] * keepdim
    call = f"{name}.{how}({', '.join(given)})"
    dims = tuple(range(n)) if dim is None else (dim,) if isinstance(dim, int) else tuple(dim)
    made, failed = attempt(lambda: REDUCTIONS[how](subject.tensor, dims, keepdim=keepdim))
    source = shown(subject, name, width=420)
    head = label(call, TITLE, bold=True, mono=True)
    if failed or not subject.readable:
        why = f"PyTorch says: {failed}" if failed else subject.closed
        return picture(column([head, source, trouble(why)], 12), f"{subject.alt(name)} {call}: {why}")
    result, gone = Subject(made), tuple(sorted({d % n for d in dims} if n else ()))
    one = len(gone) == 1
    verb = f"become{'s' * one} 1" if keepdim else f"disappear{'s' * one}"
    note = f"{join([f'dim {d}' for d in gone])} {verb}" if gone else "no dimension to reduce"
    shapes = f"{shape_text(subject.shape)} → {shape_text(result.shape)}"
    if not subject.numel or not result.numel or n not in (1, 2, 3) or (n == 3 and 0 in gone and not one):
        body = row([source, sign("→", 80), shown(result, "", width=380)], 16, 0.5)
    elif n == 3 and gone == (0,):
        body = reduced_layers(subject, result, name)
    elif n == 3:
        body = flow(
            [
                titled(
                    f"{name}[{k}]",
                    "",
                    reduced(Subject(subject.tensor[k]), Subject(made[k]), (1, 2), gone, 3 * k),
                )
                for k in range(min(subject.shape[0], 3))
            ]
        )
        if subject.shape[0] > 3:
            body = column([body, small(f"the first 3 of {subject.shape[0]} layers")], 8)
    else:
        body = reduced(subject, result, tuple(range(n)), gone)
    lines = [f"{shapes}: {note}"]
    if n in (2, 3) and gone == (n - 1,) and not keepdim and subject.numel:
        lines.append(f"{'each' if n == 3 else 'the'} result is 1-D, drawn upright beside its rows")
    head = column([head, *map(small, lines)], 1)
    return picture(
        column([head, body], 14), f"{subject.alt(name)} {call}: {shapes}, {note}; {result.listed()}."
    )


def reduced(subject: Subject, result: Subject, dims: Index, gone: Index, first: int = 0) -> Block:
    """A 1-D or 2-D table, arrows, and its result: below it, beside it, or after it when all is reduced.

    `dims` are the numbers of the table's dimensions, `gone` those that are reduced; `first` picks colours.
    """
    flat, results = len(dims) == 1, Subject(result.tensor.reshape(-1))
    down, across = not flat and dims[0] in gone, dims[-1] in gone
    by_column, by_row = down and not across, across and not down and not flat

    def hue(i: int) -> str:
        return PIECES[(i + first) % len(PIECES)]

    def cell_at(index: Index) -> Cell:
        color = hue(index[-1] if by_column else index[0] if by_row else 0)
        return Cell(short(subject[index]), mix(color, 0.18), INK, mix(color, 0.55))

    def result_at(index: Index) -> Cell:
        return Cell(short(results[index]), mix(hue(*index), 0.38)).ringed(hue(*index), 2)

    rows = [0] if flat else crop(subject.shape[0], 8)
    cols = fitting(subject.shape[-1], ROOM - 220, lambda ids: table(cell_at, rows, ids, dims=len(dims)))
    ids = cols if by_column else rows if by_row else [0]
    made = table(result_at, [0], ids, dims=1)
    cells = table(cell_at, rows, cols, dims=len(dims))
    w = cells_width(cells, made)
    main = grid(cells, w, () if flat else numbered(rows), numbered(cols))
    answer = grid(made if by_column else [list(line) for line in zip(*made, strict=True)], w)
    gap, cells_h = 40.0, len(rows) * CELL_H
    names = [f"dim {d}" for d in dims]
    side = text_width(names[0], SMALL, True) + 20 if down else 0.0
    top = 20.0 if across else 0.0
    long = text_width(names[-1], SMALL, True) + 8

    def paint(pen: Pen, x: float, y: float) -> None:
        gx, gy = x + side + main.left, y + top + main.top
        right, bottom = gx + main.across, gy + cells_h
        main.paint(pen, x + side, y + top)
        if down:
            pen.arrow((x + side - 8, gy), (x + side - 8, bottom), VERMILLION)
            pen.text(x + side - 16, gy + cells_h / 2, names[0], SMALL, VERMILLION, True, align="right")
        if across:
            pen.text(gx, y + 8, names[-1], SMALL, VERMILLION, True)
            pen.arrow((gx + long, y + 8), (max(right, gx + long + 16), y + 8), VERMILLION)
        if by_column:
            for c in (c for c, i in enumerate(cols) if i is not None):
                pen.arrow((gx + main.middle(c), bottom + 4), (gx + main.middle(c), bottom + gap - 4))
            answer.paint(pen, gx, bottom + gap)
            return
        for level in (
            [(r + 0.5) * CELL_H for r, i in enumerate(rows) if i is not None] if by_row else [cells_h / 2]
        ):
            pen.arrow((right + 4, gy + level), (right + gap - 4, gy + level))
        answer.paint(pen, right + gap, gy + (cells_h - answer.height + 1) / 2)

    width = (
        side + main.left + max(main.across + (0 if by_column else gap + w), long + 20 if across else 0) + 2
    )
    return Block(width, top + main.height + (gap + CELL_H if by_column else 0), paint)


def reduced_layers(subject: Subject, result: Subject, name: str) -> Block:
    """Layers that fall onto each other: `dim=0` of a 3-D tensor."""
    scale, out, inner = Scale([subject]), Scale([result]), subject.shape[1:]
    lead = (0,) * (len(result.shape) - 2)
    how: dict[str, Any] = {"width": 230, "rows": 6, "index": False}

    def layer(title: str, cell_at: CellAt) -> Block:
        return column([label(title, SMALL, MUTED, mono=True), sheet(inner, cell_at, **how)], 2)

    drawn = min(subject.shape[0], 3)
    blocks = [layer(f"{name}[{k}]", lambda i, k=k: scale.cell(subject[(k, *i)])) for k in range(drawn)]
    done = layer("result", lambda i: out.cell(result[lead + i]).ringed(BLUE, 1.6))
    if subject.shape[0] > drawn:
        blocks.append(sign("…", done.height + 20))

    def arrow(pen: Pen, x: float, y: float) -> None:
        pen.text(x + 22, y + 8, "dim 0", SMALL, VERMILLION, True, align="center")
        pen.arrow((x, y + 24), (x + 44, y + 24), VERMILLION)

    return row([flow(blocks, ROOM - done.width - 80, 14), Block(44, 32, arrow), done], 14, 0.5)


# ---------------------------------------------------------------------------------------------------------
# Pictures: joining


def joined(
    a: object, b: object, dim: int = 0, how: str = "cat", names: tuple[str, str] = ("a", "b")
) -> Picture:
    """`torch.cat((a, b), dim)` or `torch.stack(...)`: each piece keeps its colour and border in the result."""
    pieces = (Subject(a), Subject(b))
    function = {"cat": torch.cat, "stack": torch.stack}[how]
    call = f"torch.{how}(({names[0]}, {names[1]}), dim={dim})"
    looks = (
        Cell(fill=mix(BLUE, 0.2), edge=BLUE, line=1.6),
        Cell(fill=mix(AMBER, 0.28), edge=DARK_AMBER, line=1.6, dash=True),
    )
    blocks = [
        titled(
            name,
            s.caption,
            body_of(s, lambda i, s=s, look=look: replace(look, text=short(s[i])), width=300, rows=7),
        )
        for name, s, look in zip(names, pieces, looks, strict=True)
    ]
    alt = " ".join(s.alt(name) for name, s in zip(names, pieces, strict=True))
    head = label(call, TITLE, bold=True, mono=True)
    made, failed = attempt(lambda: function([s.tensor for s in pieces], dim=dim))
    if failed or not all(s.readable for s in pieces):
        why = f"PyTorch says: {failed}" if failed else "The values cannot be drawn."
        return picture(column([head, flow(blocks), trouble(why)], 14), f"{alt} {call}: {why}")
    result = Subject(made)
    owner = function([torch.full(s.shape, k, device="cpu") for k, s in enumerate(pieces)], dim=dim)
    seam = owner.nonzero()[0].tolist() if how == "cat" and owner.any() else []

    def cell_at(index: Index) -> Cell:
        return replace(looks[int(owner[index])], text=short(result[index]))

    kind = "joined along a dimension they have" if how == "cat" else "set along a new dimension"
    done = titled("result", result.caption, body_of(result, cell_at, width=480, focus=tuple(seam)))
    block = column(
        [
            head,
            flow([*blocks, done], gap=36),
            small(f"solid: from {names[0]} · dashed: from {names[1]} · {kind}"),
        ],
        12,
    )
    return picture(block, f"{alt} {call}, {kind}: shape {shape_text(result.shape)}, {result.listed()}.")


# ---------------------------------------------------------------------------------------------------------
# Pictures: numbers on a line


MOST = 5_000_000  # values that are looked at


def numbers(subject: Subject) -> np.ndarray:
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
    values = {name: numbers(s) for name, s in subjects.items()}
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
            facts += [
                f"{what} {exactly(n)}" for what, n in (("min", v.min()), ("max", v.max()), ("mean", v.mean()))
            ]
            body = histogram(v, edges, axis, PIECES[k % len(PIECES)], whole)
        else:
            body = box("no values to count" if subject.readable else subject.closed)
        if subject.readable and subject.tensor.is_complex():
            facts.append("real parts")
        if subject.readable and min(subject.numel, MOST) > v.size:
            facts.append(f"{min(subject.numel, MOST) - v.size} not finite, left out")
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
                pen.rect(*place, mix(color, 0.5), color, 0.8)
        axis.paint(pen, x, y + base)
        mean = x + axis(values.mean())
        pen.line([(mean, y + 6), (mean, y + base)], INK, 1.4, dash=True)
        pen.text(mean + 5, y + 8, "mean", SMALL, INK)

    return Block(axis.left + axis.width + 36, base + 22, paint)


def number_line(named: Mapping[str, object]) -> Picture:
    """The values of each tensor as points on one axis, first and last marked."""
    subjects = {name: Subject(x) for name, x in named.items()}
    values = {name: numbers(s) for name, s in subjects.items()}
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
            pen.text(x + axis(short_of), y + level + 18, "not reached", SMALL, VERMILLION, align="center")

    return Block(axis.width + 2 * axis.left, 40, paint)


# ---------------------------------------------------------------------------------------------------------
# Pictures: dtypes


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
            said.append(
                f"{dtype_text(a)} with {dtype_text(b)} gives {dtype_text(made) if made else 'an error'}"
            )
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
        pen.rect(x, y + 3, 12, 12, mix(color, 0.3), color)
        name.paint(pen, x + 18, y)

    return Block(18 + name.width, name.height, paint)


# ---------------------------------------------------------------------------------------------------------
# Pictures: right against yours


TOLERANCE = {
    "float16": (1e-3, 1e-5),
    "bfloat16": (1.6e-2, 1e-5),
    "float32": (1.3e-6, 1e-5),
    "complex64": (1.3e-6, 1e-5),
}


def difference(
    expected: object,
    got: object,
    names: tuple[str, str] = ("expected", "yours"),
    rtol: float | None = None,
    atol: float | None = None,
) -> Picture:
    """`expected`, `got` and their difference, with every cell that differs ringed.

    Floats may differ by `rtol` and `atol`; left out, these are `torch.testing.assert_close`'s for the coarser
    dtype. Where the shapes differ there are two grids and no difference.
    """
    want, have = Subject(expected), Subject(got)
    notes = []
    if want.tensor is not None and have.tensor is not None:
        if want.shape != have.shape:
            notes.append(f"shapes differ: {shape_text(want.shape)} and {shape_text(have.shape)}")
        if want.tensor.dtype != have.tensor.dtype:
            notes.append(f"dtypes differ: {join([dtype_text(s.tensor.dtype) for s in (want, have)])}")
    if want.readable and have.readable and want.shape == have.shape:
        blocks, verdict, same = difference_grids(want, have, names, differing(want, have, rtol, atol))
        said, seen = (
            verdict,
            [words(verdict.partition(":")[0], 640, color=DARK_GREEN if same else VERMILLION, bold=True)],
        )
        notes_said = [said, *notes]
    else:
        scale = Scale([want, have])
        blocks = [shown(s, name, scale, width=400) for s, name in zip((want, have), names, strict=True)]
        seen, notes_said = [], notes
    seen += [words(note, 640, color=VERMILLION, bold=True) for note in notes]
    alt = f"{want.alt(names[0])} {have.alt(names[1])} {'; '.join(notes_said)}{'.' * bool(notes_said)}"
    return picture(column([flow(blocks, gap=32), *([column(seen, 2)] if seen else [])], 12), alt)


def differing(want: Subject, have: Subject, rtol: float | None, atol: float | None) -> torch.Tensor:
    """True where two tensors of one shape differ by more than their dtypes explain; nan equals nan."""
    both = (want.tensor, have.tensor)
    if not any(t.is_floating_point() or t.is_complex() for t in both) and both[0].dtype == both[1].dtype:
        unequal, failed = attempt(lambda: want.tensor.cpu() != have.tensor.cpu())
        if not failed:
            return unequal
    pairs = [TOLERANCE.get(dtype_text(t.dtype), (1e-7, 1e-7)) for t in both]
    rtol = max(r for r, _ in pairs) if rtol is None else rtol
    atol = max(a for _, a in pairs) if atol is None else atol
    x, y = map(wide, both)
    if x.is_complex() != y.is_complex():
        x, y = x.to(torch.complex128), y.to(torch.complex128)
    return ~torch.isclose(x, y, rtol=rtol, atol=atol, equal_nan=True)


def difference_grids(
    want: Subject, have: Subject, names: tuple[str, str], wrong: torch.Tensor
) -> tuple[list[Block], str, bool]:
    """The three grids for tensors of one shape, what they come to in words, and whether nothing differs."""
    count, total = int(wrong.sum()), want.numel
    focus = tuple(int(i) for i in wrong.nonzero()[0]) if count else ()
    scale = Scale([want, have], focus)

    def texts(index: Index) -> tuple[str, str]:
        """Both values with as many digits as it takes to tell them apart."""
        x, y = want[index], have[index]
        pairs = [
            (short(x, digits), short(y, digits))
            for digits in ((3, 4, 5, 6, 7, 8, 9) if wrong[index] else (3,))
        ]
        return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])

    def side(k: int) -> CellAt:
        def cell_at(index: Index) -> Cell:
            cell = replace(scale.cell((want, have)[k][index]), text=texts(index)[k])
            return cell.ringed(VERMILLION) if k and wrong[index] else cell

        return cell_at

    def off(index: Index) -> Cell:
        x, y = want[index], have[index]
        logical = isinstance(x, bool) or isinstance(y, bool)
        if not wrong[index]:
            return Cell("=" if logical else "0").pale()
        away, failed = attempt(lambda: short(y - x, 3))
        return Cell("≠" if logical or failed else away, mix(VERMILLION, 0.16)).ringed(VERMILLION)

    small_enough = len(want.shape) < 3 and (1, 1, *want.shape)[-1] <= 10 and (1, 1, *want.shape)[-2] <= 8
    width = ROOM if small_enough else (ROOM - 64) / 3
    how: dict[str, Any] = {"width": width, "rows": 8, "layers": 2, "focus": focus}
    blocks = [
        titled(names[0], want.caption, sheet(want.shape, side(0), **how)),
        titled(names[1], have.caption, sheet(want.shape, side(1), **how)),
        titled("difference", f"{names[1]} − {names[0]}", sheet(want.shape, off, **how)),
    ]
    if not count:
        return blocks, "no value differs" if total else "no elements, so nothing differs", True
    verdict = f"{count:,} of {total:,} value{'s' * (total != 1)} differ{'s' * (count == 1)}"
    if total > 1:
        verdict += f", the first at [{', '.join(map(str, focus))}]"
    x, y = texts(focus)
    return blocks, f"{verdict}: {names[0]} {x}, {names[1]} {y}", False
