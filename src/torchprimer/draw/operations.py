"""What an operation makes of its operands: broadcasting, the matrix product, reductions and joining."""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch

from torchprimer.draw.canvas import (
    AMBER,
    BLUE,
    BODY,
    CARD,
    CELL_H,
    DARK_AMBER,
    DARK_GREEN,
    DARK_VERMILLION,
    FADED,
    GREEN,
    INK,
    LINE,
    MUTED,
    PAPER,
    PIECES,
    ROOM,
    SMALL,
    TITLE,
    VERMILLION,
    Block,
    Pen,
    Picture,
    column,
    edge_of,
    flow,
    join,
    label,
    mix,
    picture,
    place_text,
    row,
    shape_text,
    short,
    sign,
    text_width,
    words,
)
from torchprimer.draw.cells import (
    Cell,
    CellAt,
    Index,
    Scale,
    Subject,
    attempt,
    body_of,
    box,
    cells_width,
    crop,
    fitting,
    grid,
    numbered,
    sheet,
    shown,
    small,
    table,
    titled,
    trouble,
)

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
            _, ink, text = VERDICTS.get(verdict, ("", DARK_VERMILLION, f"✗ clash: {m} ≠ {n}"))
            pen.text(cx + w / 2, y + 2 * line + h / 2, text, SMALL, ink, True, align="center")
            if not clash:
                pen.rect(cx, y + 3 * line, w, h, CARD, LINE)
                pen.text(cx + w / 2, y + 3 * line + h / 2, str(size), BODY, INK, True, align="center")
        if clash:
            pen.text(x + left, y + 3 * line + h / 2, no_result, BODY, DARK_VERMILLION, True)

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
            flow([shown(s, name, width=360, layers=2) for s, name in zip((left, right), names, strict=True)])
        )
        return picture(column(parts, 18), f"{alt}clash, {join(clashes)}, so {result_name} raises an error.")
    common = tuple(size for _, _, size, _ in columns)
    sides = [tuple("no dim" if n is None else n for n in (m, n)) for m, n, _, _ in columns]
    verdicts = [f"{m} and {n} {verdict}" for (m, n), (*_, verdict) in zip(sides, columns, strict=True)]
    alt += f"{join(verdicts) or 'no dimensions'}; {result_name} has shape {shape_text(common)}"
    made, failed = attempt(lambda: OPERATIONS[op](left.tensor, right.tensor))
    result = Subject(made)
    if failed:
        why = f"PyTorch says: {failed}"
        parts.append(trouble(why))
        return picture(column(parts, 18), f"{alt}, but {why}.")
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
        lines.append(row([sign(place_text(prefix), height, SMALL), body], 8, 1.0) if prefix else body)
    if len(common) == 3 and common[0] > 3:
        lines.append(small(f"the first 3 of {common[0]} layers"))
    if left.shape != common or right.shape != common:
        lines.append(small("hatched: not stored, the same value read again"))
    return column(lines, 12)


def factor(value: complex) -> str:
    """A number as one factor of a product: negative ones in brackets."""
    text = short(value, 3)
    return f"({text})" if text.startswith("-") or isinstance(value, complex) else text


def inner_shapes(a: Index, b: Index) -> Block:
    """`(2, 3) @ (3, 4)` with the two sizes that have to be equal boxed."""
    fits = a[-1] == b[max(len(b) - 2, 0)]
    color, ink = (GREEN, DARK_GREEN) if fits else (VERMILLION, DARK_VERMILLION)
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
            return (
                Cell(text, mix(color, 0.22)).ringed(edge_of(color), 2)
                if test(index)
                else Cell(text, ink=MUTED)
            )

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
    place = place_text(index) if index else ""
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
        return Cell(short(results[index]), mix(hue(*index), 0.38)).ringed(edge_of(hue(*index)), 2)

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
            pen.text(x + side - 16, gy + cells_h / 2, names[0], SMALL, DARK_VERMILLION, True, align="right")
        if across:
            pen.text(gx, y + 8, names[-1], SMALL, DARK_VERMILLION, True)
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
        pen.text(x + 22, y + 8, "dim 0", SMALL, DARK_VERMILLION, True, align="center")
        pen.arrow((x, y + 24), (x + 44, y + 24), VERMILLION)

    return row([flow(blocks, ROOM - done.width - 80, 14), Block(44, 32, arrow), done], 14, 0.5)


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
