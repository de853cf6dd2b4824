"""What was expected against what came out: two tensors, and every value in which they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import torch

from torchprimer.draw.canvas import (
    DARK_GREEN,
    DARK_VERMILLION,
    ROOM,
    VERMILLION,
    Block,
    Picture,
    column,
    dtype_text,
    flow,
    join,
    mix,
    picture,
    place_text,
    shape_text,
    short,
    words,
)
from torchprimer.draw.cells import (
    Cell,
    CellAt,
    Index,
    Scale,
    Subject,
    attempt,
    sheet,
    shown,
    titled,
    wide,
)

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
        color = DARK_GREEN if same else DARK_VERMILLION
        said, seen = [verdict], [words(verdict.partition(":")[0], color=color, bold=True)]
    else:
        scale = Scale([want, have])
        blocks = [shown(s, name, scale, width=400) for s, name in zip((want, have), names, strict=True)]
        said, seen = [], []
    said += notes
    seen += [words(note, color=DARK_VERMILLION, bold=True) for note in notes]
    alt = f"{want.alt(names[0])} {have.alt(names[1])} {'; '.join(said)}{'.' * bool(said)}"
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
        pairs = [(short(x, digits), short(y, digits)) for digits in range(3, 10 if wrong[index] else 4)]
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

    rows, cols = (1, 1, *want.shape)[-2:]
    width = ROOM if len(want.shape) < 3 and rows <= 8 and cols <= 10 else (ROOM - 64) / 3
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
        verdict += f", the first at {place_text(focus)}"
    x, y = texts(focus)
    return blocks, f"{verdict}: {names[0]} {x}, {names[1]} {y}", False
