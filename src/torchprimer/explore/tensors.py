"""Explorers of tensors: `strides`, of the memory behind views, and `broadcast`, of shapes that meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import torch

from torchprimer import draw
from torchprimer.explore import panel

MOST_DIMS, LARGEST = 4, 8

# ---------------------------------------------------------------------------------------------------------
# Strides


VIEWS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "x": lambda x: x,
    "x.T": lambda x: x.T,
    "x[1:, 1:]": lambda x: x[1:, 1:],
    "x[:, ::2]": lambda x: x[:, ::2],
    "x.reshape(2, {half})": lambda x: x.reshape(2, -1),
    "x[1]": lambda x: x[1],
    "x[:, 1]": lambda x: x[:, 1],
    "x[:1].expand(3, -1)": lambda x: x[:1].expand(3, -1),
    "x.flip(0)": lambda x: x.flip(0),
    "x.T.reshape(2, {half})": lambda x: x.T.reshape(2, -1),
    "x.clone()": lambda x: x.clone(),
}


def views_of(x: torch.Tensor) -> dict[str, torch.Tensor]:
    """The views and copies in `VIEWS` that `x` has, without those that are empty."""
    made = {
        name.format(half=x.numel() // 2): draw.attempt(lambda make=make: make(x))[0]
        for name, make in VIEWS.items()
    }
    return {name: v for name, v in made.items() if v is not None and (v.numel() or name == "x")}


def offset(view: torch.Tensor, at: Sequence[int]) -> int:
    """Where in the storage the element at `at` lies."""
    return view.storage_offset() + sum(i * s for i, s in zip(at, view.stride(), strict=True))


def address(name: str, view: torch.Tensor, at: Sequence[int]) -> str:
    """`x.T[2, 1] is at offset 0 + 2·1 + 1·4 = 6 in the storage.`"""
    place = f"[{', '.join(map(str, at))}]" if at else ""
    steps = "".join(f" + {i}·{s}" for i, s in zip(at, view.stride(), strict=True))
    sums = f"{view.storage_offset()}{steps} = {offset(view, at)}" if at else str(offset(view, at))
    return f"{name}{place} is at offset {sums} in the storage."


def strides_picture(
    x: torch.Tensor, views: Mapping[str, torch.Tensor], name: str, at: tuple[int, ...]
) -> tuple[draw.Picture, str]:
    """One view of `x` beside `x`, the element at `at` ringed, and where it lies in words."""
    view = views[name]
    if not view.numel():
        return draw.storage({"x": x}), "x has no elements."
    marks, shares = {name: at}, view.untyped_storage().data_ptr() == x.untyped_storage().data_ptr()
    if name != "x" and shares and x.is_contiguous():
        place = torch.tensor(offset(view, at) - x.storage_offset(), device="cpu")
        marks["x"] = tuple(map(int, torch.unravel_index(place, x.shape)))
    sentence = address(name, view, at)
    if name != "x" and shares:
        sentence += f" {name} shares that storage with x: a write to one shows in the other."
    elif name != "x":
        sentence += f" {name} is a copy with a storage of its own: a write to it leaves x as it is."
    return draw.storage({"x": x} | {name: view}, mark=marks), sentence


def strides(x: torch.Tensor | None = None) -> panel.Explorer | draw.Picture:
    """Views of `x` and the memory they lie in: choose a view, move to an element, read where it is stored.

    Without `x`, `torch.arange(12).reshape(3, 4)`.
    """
    x = torch.arange(12, device="cpu").reshape(3, 4) if x is None else x.detach()
    if draw.view_of("x", draw.Subject(x)) is None:  # sparse, meta: no memory to walk through
        return draw.tensor(x)
    views = views_of(x)
    first = "x.T" if "x.T" in views else "x"
    if panel.widgets is None:
        return strides_picture(x, views, first, tuple(min(1, n - 1) for n in views[first].shape))[0]
    choice = panel.labelled(panel.widgets.Dropdown, "View of x:", "260px", options=list(views), value=first)
    sliders = [
        panel.labelled(panel.widgets.IntSlider, f"index {letter} (dim {d}):", "260px", value=1, min=0, max=1)
        for d, letter in enumerate("ij")
    ]

    def render() -> tuple[draw.Picture, str]:
        shape = views[choice.value].shape
        for d, slider in enumerate(sliders):
            slider.layout.display = "" if d < len(shape) else "none"
            if d < len(shape):
                slider.max = max(shape[d] - 1, 0)
        at = tuple(sliders[d].value if d < 2 else 0 for d in range(len(shape)))
        return strides_picture(x, views, choice.value, at)

    return panel.Explorer({"view": choice, "i": sliders[0], "j": sliders[1]}, render)


# ---------------------------------------------------------------------------------------------------------
# Broadcasting


def parse_shape(text: str) -> tuple[tuple[int, ...] | None, str]:
    """A shape typed as `3,1`, `(3, 1)` or nothing; or None and the sentence that says what is wrong."""
    bare = re.sub(r"^\((.*)\)$", r"\1", text.strip()).strip().rstrip(",")
    parts = [part.strip() for part in bare.split(",")] if bare else []
    if not all(re.fullmatch(r"-?\d{1,9}", part, re.ASCII) for part in parts):
        return None, f"“{text}” is not a shape. Write whole numbers with commas between them, such as 3,1."
    shape = tuple(int(part) for part in parts)
    if any(n < 0 for n in shape):
        return None, f"“{text}” has a negative size. A size is 0 or more."
    if len(shape) > MOST_DIMS:
        return None, f"“{text}” has {len(shape)} dimensions. At most {MOST_DIMS} are drawn here."
    if any(n > LARGEST for n in shape):
        return None, f"“{text}” has a size over {LARGEST}. Smaller ones show the same and fit on the page."
    return shape, ""


def broadcast_picture(a_shape: Sequence[int], b_shape: Sequence[int]) -> tuple[draw.Picture, str]:
    """Counting tensors of two shapes broadcast against each other, and what happened in words."""
    a, b = (
        torch.arange(1, torch.Size(shape).numel() + 1, device="cpu").reshape(tuple(shape)) * factor
        for shape, factor in ((a_shape, 1), (b_shape, 10))
    )
    columns = draw.aligned(tuple(a.shape), tuple(b.shape))
    clashes = [f"{m} and {n}" for m, n, _, verdict in columns if verdict == "clash"]
    pair = f"{draw.shape_text(a.shape)} and {draw.shape_text(b.shape)}"
    if clashes:
        sentence = f"{pair} do not fit: {draw.join(clashes)} meet, and neither is 1. PyTorch raises an error."
    else:
        sentence = f"{pair} fit: the result has shape {draw.shape_text([size for _, _, size, _ in columns])}."
    return draw.broadcast(a, b), sentence


def broadcast(
    a_shape: Sequence[int] = (3, 1), b_shape: Sequence[int] = (4,)
) -> panel.Explorer | draw.Picture:
    """Two shapes to type, such as `3,1` and `4`, and what broadcasting makes of them."""
    if panel.widgets is None:
        return broadcast_picture(a_shape, b_shape)[0]
    boxes = {
        name: panel.labelled(
            panel.widgets.Text,
            f"shape of {name}:",
            "230px",
            value=",".join(map(str, shape)),
            placeholder="such as 3,1",
            continuous_update=False,
        )
        for name, shape in (("a", a_shape), ("b", b_shape))
    }

    def render() -> tuple[draw.Picture | None, str]:
        parsed = [parse_shape(box.value) for box in boxes.values()]
        wrong = [sentence for shape, sentence in parsed if shape is None]
        if wrong:
            return None, " ".join(wrong)
        return broadcast_picture(*(shape for shape, _ in parsed))

    explorer = panel.Explorer(boxes, render)
    if explorer.picture is None:  # the lesson asked for shapes that this cannot draw
        explorer.picture = broadcast_picture((3, 1), (4,))[0]
    return explorer
