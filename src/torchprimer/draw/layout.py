"""Where the boxes and the edges of a graph lie, by Graphviz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import graphviz

from torchprimer.dot import use_bundled_graphviz

Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Middles of the boxes and of the labels, and the lines from box to label to box, in pixels."""

    width: float
    height: float
    boxes: Mapping[str, Point]
    lines: Mapping[str, tuple[Point, ...]]


def lay_out(sizes: Mapping[str, tuple[float, float]], edges: Mapping[str, tuple[str, str]]) -> Layout:
    """Place boxes of these sizes; each edge has a label, which is a box that the edge runs through."""
    lines = [
        'digraph { graph [nodesep=0.28 ranksep=0.17 ordering=out] node [shape=box fixedsize=true label=""]',
        "edge [arrowhead=none]",
    ]
    lines += [f"{name} [width={w / 96:.4f} height={h / 96:.4f}]" for name, (w, h) in sizes.items()]
    lines += [f"{a} -> {name} [weight=4] {name} -> {b}" for name, (a, b) in edges.items()]
    return parse_plain(run_dot("\n".join([*lines, "}"])))


@lru_cache(maxsize=128)
def run_dot(source: str) -> str:
    """Graphviz's own plain words about where everything lies."""
    use_bundled_graphviz()
    return graphviz.Source(source).pipe(format="plain", encoding="utf-8")


def parse_plain(text: str) -> Layout:
    """Read Graphviz's format `plain`, whose unit is the inch and whose y goes up."""
    width = height = 0.0
    boxes: dict[str, Point] = {}
    lines: dict[str, tuple[Point, ...]] = {}
    for line in text.splitlines():
        kind, *rest = line.split()
        if kind == "graph":
            width, height = (float(v) * 96 for v in rest[1:3])
        elif kind == "node":
            boxes[rest[0]] = (float(rest[1]) * 96, height - float(rest[2]) * 96)
        elif kind == "edge":
            numbers = [float(v) * 96 for v in rest[3 : 3 + 2 * int(rest[2])]]
            points = [(x, height - y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
            lines[f"{rest[0]} {rest[1]}"] = tuple(curve(points))
    return Layout(width, height, boxes, lines)


def curve(points: Sequence[Point]) -> list[Point]:
    """A chain of Bézier curves as a line of many points."""
    found = [points[0]]
    for k in range(0, len(points) - 3, 3):
        for step in range(1, 11):
            t = step / 10
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(
                tuple(
                    sum(w * p[axis] for w, p in zip(weights, points[k : k + 4], strict=True))
                    for axis in (0, 1)
                )
            )
    return found
