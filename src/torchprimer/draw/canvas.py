"""What every picture is painted on: text, a pen, blocks, and the picture itself.

A picture is put together from blocks: a block knows its size in pixels and how to paint itself, and blocks
are set beside and below each other before anything is painted. So nothing overlaps, nothing is cut off, and
no picture needs a coordinate that was found by trial. Nothing here knows what a tensor is.
"""

from __future__ import annotations

import base64
import html
import io
import itertools
import math
import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

# Colours: Okabe and Ito's, which people with any kind of colour vision can tell apart.
BLUE, VERMILLION, GREEN, AMBER, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9"
PIECES = (BLUE, AMBER, GREEN, PURPLE, SKY, VERMILLION)
PAPER, CARD, LINE, PALE = "#FFFFFF", "#F5F7F9", "#B4BEC7", "#E9EDF0"
INK, MUTED, FADED = "#1B2733", "#56636F", "#5F6B76"
# The same hues where they are text, or a border that has to be seen.
DARK_GREEN, DARK_AMBER, DARK_VERMILLION, DARK_SKY = "#007A59", "#8A5F00", "#A84A00", "#2A6F99"

# Sizes: text in points, everything else in pixels as shown (96 to the inch; rendered with twice as many).
SMALL, BODY, TITLE = 9.0, 10.0, 11.0
CELL_W, CELL_H, MARGIN, MAX_WIDTH = 36.0, 30.0, 14.0, 900.0
ROOM = MAX_WIDTH - 2 * MARGIN


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


def place_text(index: Sequence[int]) -> str:
    """A place as it stands between brackets: `[0, 2]`."""
    return f"[{', '.join(map(str, index))}]"


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


def edge_of(color: str) -> str:
    """A hue as a border on paper, for which the two palest are too pale."""
    return {AMBER: DARK_AMBER, SKY: DARK_SKY}.get(color, color)


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False, mono: bool = False) -> FontProperties:
    """One of the two fonts that come with matplotlib, so that a picture is the same everywhere."""
    family = "DejaVu Sans Mono" if mono else "DejaVu Sans"
    return FontProperties(family=family, size=size, weight="bold" if bold else "normal")


def letters(text: str, mono: bool) -> str:
    """The text with its letters apart: code in a picture reads `flip`, not with one sign for its first two."""
    apart = "f\N{ZERO WIDTH NON-JOINER}"
    return text if mono else text.replace("fl", f"{apart}l").replace("fi", f"{apart}i")


seen = True  # where False nobody will look at a picture, and how things stand in it is not worked out


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = BODY, bold: bool = False, mono: bool = False) -> float:
    """The width of `text` in pixels as shown."""
    if not seen:
        return 0.8 * size * len(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a name in a script the font lacks: boxes, not a warning
        renderer, written = RendererAgg(1, 1, 192), letters(text, mono)
        return renderer.get_text_width_height_descent(written, font(size, bold, mono), False)[0] / 2


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


class Picture:
    """A drawn figure with the sentence that says what it shows.

    In a notebook it shows as a PNG with that sentence as its alternative text: as HTML where the notebook is open,
    as `image/png` where it is executed to be kept. `png()` and `html()` give the same for use elsewhere. The
    figure is made when it is first asked for: a picture that nobody looks at costs little. It belongs to no pyplot
    state: nothing is left open.
    """

    def __init__(self, make_figure: Callable[[], Figure], alt: str) -> None:
        self._make_figure = make_figure
        self.alt = " ".join(alt.split())

    @cached_property
    def figure(self) -> Figure:
        """The figure that is shown."""
        return self._make_figure()

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
        if in_an_open_notebook():  # JupyterLab gives no alternative text to a PNG
            return {"text/html": self.html(), "text/plain": self.alt}, {}
        width, height = self.size
        data = {"image/png": base64.b64encode(self._png).decode("ascii"), "text/plain": self.alt}
        return data, {"image/png": {"width": width, "height": height, "alt": self.alt}}

    def __repr__(self) -> str:
        """What the picture shows, in words."""
        return self.alt


def in_an_open_notebook() -> bool:
    """Whether somebody has the notebook of this kernel open: a Jupyter server says so, nbgrader and nbconvert do not."""
    return (
        os.environ.get("JPY_SESSION_NAME", "").endswith(".ipynb") and "NBGRADER_EXECUTION" not in os.environ
    )


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
    """A block, with a margin, on a figure of its own."""

    def paint() -> Figure:
        pen = Pen(math.ceil(block.width + 2 * MARGIN), math.ceil(block.height + 2 * MARGIN))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            block.paint(pen, MARGIN, MARGIN)
        return pen.figure

    return Picture(paint, alt)
