"""Where tensors and modules live: one box for the memory of each device, and what lies in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from torchprimer.draw.canvas import (
    AMBER,
    BLUE,
    BODY,
    CARD,
    GREEN,
    INK,
    MUTED,
    PAPER,
    PURPLE,
    SMALL,
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
    text_width,
    words,
)

KINDS = {"tensor": BLUE, "parameter": GREEN, "buffer": AMBER, "attribute": PURPLE}
LONGEST = 14  # things drawn in one box
MARK = 16.0  # the width of the strip that says what a thing is


@dataclass(frozen=True)
class Resident:
    """One tensor: its name, what it is to its owner, and where it lives."""

    name: str
    kind: str
    tensor: torch.Tensor

    @property
    def device(self) -> str:
        """The device's name: `cpu`, `cuda:0`."""
        return str(self.tensor.device)

    @property
    def facts(self) -> str:
        """Shape, dtype and what it is: `(3,) float32 · parameter`."""
        what = [f"{shape_text(self.tensor.shape)} {dtype_text(self.tensor.dtype)}", self.kind]
        if self.kind == "tensor":
            what[1:] = ["requires grad" if self.tensor.requires_grad else ""]
        return " · ".join(filter(None, what))


def residents(name: str, thing: object) -> Iterator[Resident]:
    """The tensors in a tensor, a module, a dict, list or tuple."""
    if isinstance(thing, torch.Tensor):
        yield Resident(name, "parameter" if isinstance(thing, nn.Parameter) else "tensor", thing)
    elif isinstance(thing, nn.Module):
        for path, module in thing.named_modules():
            prefix = ".".join(filter(None, [name, path]))
            for own, tensor in module.named_parameters(recurse=False):
                yield Resident(f"{prefix}.{own}", "parameter", tensor)
            for own, tensor in module.named_buffers(recurse=False):
                yield Resident(f"{prefix}.{own}", "buffer", tensor)
            for own, value in vars(module).items():
                if isinstance(value, torch.Tensor):
                    yield Resident(f"{prefix}.{own}", "attribute", value)
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from residents(f"{name}[{key!r}]", value)
    elif isinstance(thing, Sequence) and not isinstance(thing, str):
        for number, value in enumerate(thing):
            yield from residents(f"{name}[{number}]", value)


def devices(named: Mapping[str, object], also: Sequence[object] = ()) -> Picture:
    """The memory of each device side by side, the CPU's first, and in it the tensors that live there.

    Values may be tensors, modules (their parameters, buffers and plain tensor attributes) and containers of
    these. `also` names devices to draw though nothing lives there. Raises ValueError where there is no tensor
    at all.
    """
    found = [one for name, thing in named.items() for one in residents(name, thing)]
    if not found:
        raise ValueError("There is no tensor to draw in what was given.")
    places = sorted(
        {one.device for one in found} | {"cpu", *map(str, also)}, key=lambda place: (place != "cpu", place)
    )
    boxes = {place: [one for one in found if one.device == place] for place in places}
    height = max(inside(here).height for here in boxes.values())
    blocks = []
    for number, (place, here) in enumerate(boxes.items()):
        if number:
            blocks.append(bus(height))
        blocks.append(memory_of(place, here, height))
    used = [kind for kind in KINDS if any(one.kind == kind for one in found)]
    said = []
    for place, here in boxes.items():
        names = join([f"{one.name} ({one.facts})" for one in here])
        said.append(f"In the memory of {place}: {names or 'nothing of these'}.")
    parts = [row(blocks, 0)]
    if len(used) > 1:
        parts.append(legend(used))
    return picture(column(parts, 12), " ".join(said))


def title_of(place: str) -> str:
    """What stands above a box."""
    kind = place.split(":")[0]
    what = {"cpu": "the CPU's memory", "sim": "the simulated device's memory"}
    return f"{place}: {what.get(kind, 'the device’s memory')}"


def inside(here: Sequence[Resident]) -> Block:
    """The things in one box below each other."""
    tags = [tag(one) for one in here[:LONGEST]]
    if len(here) > LONGEST:
        tags.append(label(f"and {len(here) - LONGEST} more", SMALL, MUTED))
    return column(tags or [label("nothing of these", SMALL, MUTED)], 8)


def tag(one: Resident) -> Block:
    """One tensor: its name, its facts, and the mark of its kind."""
    facts = max(text_width(one.name, BODY, True, True), text_width(one.facts, SMALL))

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y, facts + MARK + 22, 40, PAPER, edge_of(KINDS[one.kind]), radius=5)
        mark(pen, x, y, one.kind, 40)
        pen.text(x + MARK + 10, y + 13, one.name, BODY, INK, True, True)
        pen.text(x + MARK + 10, y + 29, one.facts, SMALL, MUTED)

    return Block(facts + MARK + 22, 40, paint)


def mark(pen: Pen, x: float, y: float, kind: str, height: float) -> None:
    """A strip with the colour of a kind, and its initial unless it is nothing but a tensor."""
    pen.rect(x, y, MARK, height, mix(KINDS[kind], 0.35), edge_of(KINDS[kind]))
    if kind != "tensor":
        pen.text(x + MARK / 2, y + height / 2, kind[0].upper(), SMALL, INK, True, align="center")


def memory_of(place: str, here: Sequence[Resident], height: float) -> Block:
    """The box of one device, `height` pixels of things high."""
    title, things = words(title_of(place), 300, BODY, INK, True), inside(here)
    width = max(title.width, things.width, 170) + 28
    is_cpu = place == "cpu"

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.rect(
            x, y, width, height + 56, CARD if is_cpu else mix(BLUE, 0.07), MUTED, dash=not is_cpu, radius=8
        )
        title.paint(pen, x + 14, y + 10)
        things.paint(pen, x + 14, y + 40)

    return Block(width, height + 56, paint)


def bus(height: float) -> Block:
    """The way between two memories."""
    width, middle = 96.0, (height + 56) / 2

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.arrow((x + 10, y + middle - 6), (x + width - 10, y + middle - 6), MUTED)
        pen.arrow((x + width - 10, y + middle + 6), (x + 10, y + middle + 6), MUTED)
        pen.text(x + width / 2, y + middle - 22, ".to(...)", SMALL, MUTED, mono=True, align="center")

    return Block(width, height + 56, paint)


def legend(kinds: Sequence[str]) -> Block:
    """What the marks mean."""
    said = {
        "tensor": "tensor",
        "parameter": "parameter: learned",
        "buffer": "buffer: moves, is not learned",
        "attribute": "plain attribute: stays where it is",
    }

    def entry(kind: str) -> Block:
        sign = Block(MARK, 20, lambda pen, x, y: mark(pen, x, y + 2, kind, 16))
        return row([sign, label(said[kind], SMALL, MUTED)], 6)

    return row([entry(kind) for kind in kinds], 20)
