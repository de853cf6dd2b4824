"""A tensor as a grid of cells: its values read, coloured and cropped to what fits, and picked from."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from torchprimer.draw.canvas import (
    BLUE,
    BODY,
    CARD,
    CELL_H,
    CELL_W,
    DARK_VERMILLION,
    FADED,
    INK,
    LINE,
    MUTED,
    PALE,
    PAPER,
    ROOM,
    SMALL,
    TITLE,
    VERMILLION,
    Block,
    Pen,
    Picture,
    column,
    dtype_text,
    flow,
    join,
    label,
    mix,
    picture,
    place_text,
    row,
    shape_text,
    short,
    space,
    text_width,
    words,
)

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
        """The shape; `()` where there is none to tell."""
        if self.tensor is None or self.tensor.is_nested:
            return ()
        return tuple(int(n) for n in self.tensor.shape)

    @property
    def numel(self) -> int:
        """How many elements there are."""
        return math.prod(self.shape)

    @property
    def readable(self) -> bool:
        """Whether its values can be drawn."""
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
            title = label(place_text(prefix), SMALL, MUTED, mono=True)
            block = column([row([space(block.left), title], 0), block], 0)
        blocks.append(block)
    if dims < 3:
        return blocks[0]
    body = flow(blocks, max(width, blocks[0].width), 16, 10)
    total = math.prod(shape[:-2])
    if total > len(blocks):
        which = "the first" if not first else f"from {place_text(all_layers[first])} on,"
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
    return words(text, size=SMALL, color=MUTED)


def trouble(text: str) -> Block:
    """Words about what does not work."""
    return words(text, color=DARK_VERMILLION)


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
            words(caption, 300, SMALL, DARK_VERMILLION if failed else MUTED),
        ]
        blocks.append(column([*head, space(0, 2), body], 1))
    return picture(flow(blocks, gap=32, below=22), " ".join(said))


def on_cpu(index: Any) -> Any:  # noqa: ANN401 - whatever may stand between brackets
    """An index with its tensors on the CPU."""
    if isinstance(index, tuple):
        return tuple(on_cpu(part) for part in index)
    return index.detach().cpu() if isinstance(index, torch.Tensor) else index
