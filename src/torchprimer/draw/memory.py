"""Where tensors lie: the strip of storage behind a view, and the names that share one memory."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import torch

from torchprimer.draw.canvas import (
    BLUE,
    BODY,
    CELL_H,
    DARK_GREEN,
    DARK_VERMILLION,
    FADED,
    INK,
    LINE,
    MUTED,
    PALE,
    PAPER,
    ROOM,
    SMALL,
    VERMILLION,
    Block,
    Pen,
    Picture,
    card,
    cards,
    column,
    dtype_text,
    flow,
    join,
    label,
    mix,
    picture,
    row,
    shape_text,
    text_width,
    words,
)
from torchprimer.draw.cells import (
    Cell,
    Grid,
    Ids,
    Index,
    Scale,
    Subject,
    attempt,
    body_of,
    cells_width,
    fitting,
    grid,
    numbered,
    shown,
    table,
    titled,
)


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


def address(t: torch.Tensor) -> int | None:
    """Where a tensor's storage begins; 0 for an empty one, None for one that has no ordinary storage."""
    return attempt(lambda: t.untyped_storage().data_ptr())[0]


def view_of(name: str, subject: Subject) -> View | None:
    """Where a tensor lies in its storage; None for one that has no ordinary storage."""
    t = subject.tensor
    if not subject.readable or address(t) is None:
        return None
    return View(name, subject, tuple(t.stride()), int(t.storage_offset()))


def shelves(views: Iterable[View]) -> list[list[View]]:
    """The views grouped by the storage they lie in, in the order given."""
    groups: dict[int, list[View]] = {}
    for view in views:
        groups.setdefault(address(view.subject.tensor) or id(view), []).append(view)
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
        panel, sentence = storage_panel(group, scale, mark or {}, alone=len(views) == 1)
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


STEPS = (DARK_VERMILLION, BLUE, DARK_GREEN, INK)


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
        start = address(thing)
        if start:
            one.low, one.high = start, start + thing.untyped_storage().nbytes()
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
