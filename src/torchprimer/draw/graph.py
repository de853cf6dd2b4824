"""The picture of the autograd graph: `graph`, which draws what `torchprimer.trace` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from torchprimer.draw.canvas import (
    AMBER,
    BLUE,
    BODY,
    DARK_AMBER,
    DARK_VERMILLION,
    INK,
    LINE,
    MUTED,
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
    label,
    mix,
    picture,
    row,
    shape_text,
    short,
    text_width,
    words,
)
from torchprimer.draw.cells import Subject, wide
from torchprimer.draw.layout import lay_out
from torchprimer.trace import LARGEST, Edge, Graph, Node, differs, trace

FREED = "backward() has freed what the graph kept; retain_graph=True keeps it."
MOST_NODES, MOST_INPUTS = 20, 6
PAD = 9.0
KINDS = {"leaf": (mix(BLUE, 0.10), BLUE), "output": (mix(AMBER, 0.16), DARK_AMBER), "": (PAPER, MUTED)}

MOVES = {
    **dict.fromkeys(
        ("view", "t", "transpose", "permute", "unsqueeze", "squeeze", "alias"), "put back in shape"
    ),
    **dict.fromkeys(("stack", "cat"), "its part"),
    **dict.fromkeys(("mm", "addmm", "bmm", "mv"), "matrix product"),
    **dict.fromkeys(("index", "sort", "topk"), "put back in place"),
    "expand": "summed",
}
"""What becomes of the gradient in an operation that has no factor for each element."""

# ---------------------------------------------------------------------------------------------------------
# Words


def brief(t: torch.Tensor, digits: int = 4) -> str:
    """A tensor in few signs: `0.5`, `[1, 2, 3]`, `2 each`, `from -2 to 3.5`, or nothing where it has no values."""
    subject = Subject(t)
    if not subject.readable or not subject.numel or subject.numel > LARGEST:
        return ""
    if subject.numel == 1:
        return short(subject[(0,) * len(subject.shape)], digits)
    same = not differs(t, t.flatten()[0].expand_as(t), 0, 0)
    if subject.numel <= 4 and len(subject.shape) <= 2 and not same:
        return nested(subject.tensor.tolist())
    if t.is_complex():
        return ""
    low, high = (float(v) for v in torch.aminmax(wide(subject.tensor)))
    if low != low:
        return "with nan"
    if same:
        return f"{short(low, digits)} each"
    return f"from {short(low, 3)} to {short(high, 3)}"


def nested(thing: Any) -> str:  # noqa: ANN401 - a number, or lists of them
    """`[1, 2]`, `[[0.5], [2]]`."""
    return f"[{', '.join(map(nested, thing))}]" if isinstance(thing, list) else short(thing, 3)


def detail(node: Node) -> str:
    """What else took part: an exponent, a factor that needs no gradient, how many results are used."""
    if node.several:
        return f"{node.results} results are used"
    if node.exponent is not None:
        return f"exponent {short(node.exponent)}"
    if node.constant is None:
        return ""
    name, t = node.constant.name, node.constant.value
    if t is None:
        return "and a constant"
    verb = "divided by" if node.operation == "div" and node.constant.slot else "times"
    figure = brief(t) if t.numel() == 1 else shape_text(t.shape)
    return f"{verb} {name} = {figure}" if name else f"{verb} {figure}"


def local_text(graph: Graph, edge: Edge) -> str:
    """What stands on an edge: `× 2`, or what becomes of the gradient where it is more than a factor."""
    operation = graph.nodes[edge.source].operation
    if edge.local is None:
        return "summed" if operation == "addmm" and edge.slot == 0 else MOVES.get(operation, "")
    return f"× {text}" if (text := brief(edge.local)) else ""


def sum_text(parts: Sequence[torch.Tensor], total: torch.Tensor | None, waiting: bool = False) -> str:
    """`3 + 3 + 1 = 7`, or only the total where the parts would not read."""
    if not parts or (total is None and not waiting):
        return "" if total is None else brief(total)
    if parts[0].numel() != 1 or len(parts) > 4:
        return "…" if waiting else brief(total)
    texts = [brief(p) for p in parts]
    added = " + ".join([texts[0], *(f"({t})" if t.startswith("-") else t for t in texts[1:])])
    if waiting:
        return f"{added} + …"
    return f"{added} = {brief(total)}" if len(parts) > 1 else brief(total)


# ---------------------------------------------------------------------------------------------------------
# Drawing


def paint_box(pen: Pen, x: float, y: float, w: float, h: float, kind: str) -> None:
    """The sheet of a node: a leaf round with a strong border, the output with a double one, others plain."""
    fill, edge = KINDS[kind]
    if kind == "leaf":
        pen.rect(x, y, w, h, fill, edge, 2.2, radius=min(11, h / 2 - 1))
    elif kind == "output":
        pen.rect(x, y, w, h, PAPER, edge, 1.4)
        pen.rect(x + 3.5, y + 3.5, w - 7, h - 7, fill, edge, 1.4)
    else:
        pen.rect(x, y, w, h, fill, edge, 1.2)


def nearest(graph: Graph, most: int, inputs: int) -> set[int]:
    """The `most` nodes nearest to the output, of each node's inputs the first few."""
    found, queue = {0}, [0]
    for i in queue:
        targets = list(dict.fromkeys(edge.target for edge in graph.out_of(graph.nodes[i])))
        for j in targets if len(targets) <= inputs else targets[: inputs - 1]:
            if j not in found and len(found) < most:
                found.add(j)
                queue.append(j)
    return found


@dataclass
class Sketch:
    """A graph with a place for everything, to be painted once or step by step.

    `numbered` puts the turn of each node in the backward pass at its corner.
    """

    graph: Graph
    gradients: bool = False
    numbered: bool = False

    def __post_init__(self) -> None:
        everything = len(self.graph.nodes) <= MOST_NODES
        for most, inputs in ((MOST_NODES if everything else 10, MOST_INPUTS), (10, 4), (8, 3)):
            self.drawn = sorted(nearest(self.graph, most, inputs))
            self.place()
            self.turns = {i: k + 1 for k, i in enumerate(self.drawn)}
            if self.layout.width <= ROOM * 1.12:
                break

    def place(self) -> None:
        """Lay out what is drawn; `c0` is the joint of the line to the box `m0`, which counts what is not."""
        shown, graph = set(self.drawn), self.graph
        from_shown = [e for e in graph.edges if e.source in shown]
        self.edges = {f"e{k}": e for k, e in enumerate(graph.edges) if {e.source, e.target} <= shown}
        self.more = dict(Counter(e.source for e in from_shown if e.target not in shown))
        self.left_out = len(graph.nodes) - len(shown)
        self.sizes = {f"n{i}": self.node_size(graph.nodes[i]) for i in self.drawn}
        self.sizes |= {f"m{i}": (text_width(self.more_text(i), SMALL) + 16, 22.0) for i in self.more}
        self.sizes |= {name: self.label_size(e) for name, e in self.edges.items()}
        self.sizes |= {f"c{i}": (6.0, 6.0) for i in self.more}
        self.links = {name: (f"n{e.source}", f"n{e.target}") for name, e in self.edges.items()}
        self.links |= {f"c{i}": (f"n{i}", f"m{i}") for i in self.more}
        self.layout = lay_out(self.sizes, self.links)

    def more_text(self, i: int) -> str:
        """The words in the box for inputs that are left out."""
        return f"⋯ {self.more[i]} more input{'s' * (self.more[i] > 1)}"

    # What is written

    def kind(self, node: Node) -> str:
        """Which border a node has."""
        return "leaf" if node.is_leaf else "output" if node.is_output else ""

    def tag(self, node: Node) -> str:
        """The word in its corner."""
        return "" if self.kind(node) == self.heading(node) else self.kind(node)

    def heading(self, node: Node) -> str:
        """Its name and what made it."""
        name = node.name if len(node.name) <= 24 else f"{node.name[:11]}…{node.name[-12:]}"
        return f"{name} = {node.operation}" if name and not node.is_leaf else name or node.operation

    def figures(self, node: Node, step: int | None = None) -> list[tuple[str, str, str]]:
        """Rows of caption, text and colour; `step` is how many nodes have had their turn."""
        rows = []
        if node.shape:
            rows.append(("shape", shape_text(node.shape), INK))
        if node.value is not None and (text := brief(node.value)):
            rows.append(("value", text, INK))
        if self.gradients and not node.several:
            rows.append(("gradient", self.gradient_text(node, step), DARK_VERMILLION))
        return rows

    def gradient_text(self, node: Node, step: int | None = None) -> str:
        """The gradient as a sum of what arrives; after `step` turns, of what has arrived."""
        into = self.graph.into(node)
        if step is not None and not node.is_output:
            done = [e for e in into if e.source < step]
            if not done:
                return ""
            if len(done) < len(into):
                return sum_text([e.passed for e in done if e.passed is not None], None, waiting=True)
        if node.gradient is None:
            if not self.graph.freed and not self.graph.changed:
                return "none"
            return brief(node.kept) if node.kept is not None else "not known"
        return sum_text(self.graph.arriving(node), node.gradient) or "not shown"

    def node_size(self, node: Node) -> tuple[float, float]:
        """Room for all that it shows at any step."""
        rows = self.figures(node)
        tag = text_width(self.tag(node), SMALL, True) + 14 if self.tag(node) else 0
        widths = [text_width(self.heading(node), TITLE, True, True) + tag + (16 if self.numbered else 0)]
        widths += [text_width(line, SMALL) for line in (node.function, detail(node))]
        widths += [70 + text_width(text, BODY, True) for _, text, _ in rows]
        if self.numbered and self.gradients:
            parts = self.graph.arriving(node)
            if len(parts) > 1:
                widths.append(70 + text_width(sum_text(parts[:-1], None, waiting=True), BODY, True))
        height = 2 * PAD + 20 + 15 + 15 * bool(detail(node)) + 18 * len(rows)
        return max(widths) + 2 * PAD + 4, height

    def label_size(self, edge: Edge) -> tuple[float, float]:
        """Room for the label of an edge."""
        texts = self.label_texts(edge)
        width = max((text_width(t, SMALL, k == 0) for k, t in enumerate(texts)), default=0)
        return width + 12, 17.0 * max(len(texts), 1)

    def label_texts(self, edge: Edge) -> list[str]:
        """The lines that stand on an edge."""
        texts = [local_text(self.graph, edge)]
        if edge.stretched is not None:
            target = shape_text(self.graph.nodes[edge.target].shape)
            texts.append(f"{target} → {shape_text(edge.stretched)}, summed on the way back")
        return [t for t in texts if t]

    # Painting

    def block(self, step: int | None = None) -> Block:
        """The graph; after `step` turns of the backward pass where one is given."""
        layout = self.layout

        def paint(pen: Pen, x: float, y: float) -> None:
            for name, ends in self.links.items():
                self.paint_edge(pen, x, y, name, ends, step)
            for name in self.links:
                self.paint_label(pen, x, y, name, step)
            for i in self.more:
                mx, my = layout.boxes[f"m{i}"]
                w, h = self.sizes[f"m{i}"]
                pen.rect(x + mx - w / 2, y + my - h / 2, w, h, PAPER, LINE, 1.2, dash=True, radius=4)
                pen.text(x + mx, y + my, self.more_text(i), SMALL, MUTED, align="center")
            for i in self.drawn:
                self.paint_node(pen, x, y, self.graph.nodes[i], step)

        return Block(layout.width, layout.height, paint)

    def lit(self, name: str, step: int | None) -> bool:
        """Whether the gradient is going along this edge."""
        return step is not None and name in self.edges and self.edges[name].source == step - 1

    def paint_edge(
        self, pen: Pen, x: float, y: float, name: str, ends: tuple[str, str], step: int | None
    ) -> None:
        """The line from box to box, through the place of its label."""
        upper, lower = (
            [(x + px, y + py) for px, py in self.layout.lines[key]]
            for key in (f"{ends[0]} {name}", f"{name} {ends[1]}")
        )
        lit = self.lit(name, step)
        color, width = (VERMILLION, 2.4) if lit else (MUTED, 1.4)
        points = upper + lower
        if ends[1].startswith("m"):
            pen.line(points, LINE, width, dash=True)
            return
        # Values go up; while a node passes its gradient on, its edges point down.
        points = points if lit else points[::-1]
        pen.line(points[:-1], color, width)
        pen.arrow(points[-2], points[-1], color, width)

    def paint_label(self, pen: Pen, x: float, y: float, name: str, step: int | None) -> None:
        """The label of an edge, over all lines."""
        if name not in self.edges:
            return
        texts = self.label_texts(self.edges[name])
        if not texts:
            return
        (cx, cy), (w, h) = self.layout.boxes[name], self.sizes[name]
        lit = self.lit(name, step)
        pen.rect(x + cx - w / 2, y + cy - h / 2, w, h, PAPER, VERMILLION if lit else "none", 1.2, radius=4)
        for k, text in enumerate(texts):
            middle = y + cy - h / 2 + 17 * (k + 0.5)
            pen.text(x + cx, middle, text, SMALL, INK if k == 0 else MUTED, k == 0, align="center")

    def paint_node(self, pen: Pen, x: float, y: float, node: Node, step: int | None) -> None:
        """The box of a node with what it holds."""
        (cx, cy), (w, h) = self.layout.boxes[f"n{node.id}"], self.sizes[f"n{node.id}"]
        left, top, kind = x + cx - w / 2, y + cy - h / 2, self.kind(node)
        if step is not None and node.id == step - 1:
            pen.rect(left - 5, top - 5, w + 10, h + 10, "none", VERMILLION, 3.2, radius=13)
        paint_box(pen, left, top, w, h, kind)
        at, right = left + PAD + 2, left + w - PAD - 2
        level = top + PAD + 9
        if self.numbered:
            pen.dot(at + 6, level, 8, MUTED if step is None or node.id < step else LINE)
            pen.text(at + 6, level, str(self.turns[node.id]), 7.5, PAPER, True, align="center")
        pen.text(at + 20 * self.numbered, level, self.heading(node), TITLE, INK, True, True)
        if kind:
            pen.text(right, level, self.tag(node), SMALL, KINDS[kind][1], True, align="right")
        level += 18
        for line in filter(None, (node.function, detail(node))):
            pen.text(at, level, line, SMALL, MUTED)
            level += 15
        level += 2
        for caption, text, color in self.figures(node, step):
            pen.text(at, level, caption, SMALL, MUTED)
            pen.text(right, level, text, BODY, color, caption != "shape", align="right")
            level += 18


def legend(sketch: Sketch) -> list[Block]:
    """What the borders and the signs mean."""

    def swatch(kind: str, text: str) -> Block:
        sample = Block(30, 18, lambda pen, x, y: paint_box(pen, x + 1, y + 1, 28, 16, kind))
        return row([sample, label(text, SMALL, MUTED)], 6, 0.5)

    nodes = [sketch.graph.nodes[i] for i in sketch.drawn]
    parts = []
    if any(n.is_output and not n.is_leaf for n in nodes):
        parts.append(swatch("output", "output"))
    if any(not n.is_output and not n.is_leaf for n in nodes):
        parts.append(swatch("", "made by an operation"))
    if any(n.is_leaf for n in nodes):
        parts.append(swatch("leaf", "leaf: made by you"))
    if any(e.local is not None for e in sketch.edges.values()):
        parts.append(row([label("× 2", SMALL, INK, True), label("local derivative", SMALL, MUTED)], 10, 0.5))
    return parts


def annotated(drawing: Block, parts: Callable[[float], Sequence[Block]], least: float = 270) -> Block:
    """The drawing, and `parts(width)` at its right where there is room, else below it."""
    left = ROOM - drawing.width - 36
    if left >= least:
        return row([drawing, column(parts(min(left, 380.0)), 10)], 36)
    return column([drawing, *parts(max(min(drawing.width, ROOM), 560.0))], 10)


def reading(sketch: Sketch) -> str:
    """How to read the picture."""
    up = "Read upward, it is the forward computation."
    if not sketch.gradients:
        return f"{up} Downward, backward() will multiply by each × on the way."
    return (
        f"{up} Downward, the gradient is multiplied by each × on the way, and what meets in a node is added."
    )


def remarks(sketch: Sketch, names: Mapping[str, Any], shown: bool) -> list[str]:
    """What the reader must know about this graph, one sentence each."""
    found, read = [], sketch.graph
    if sketch.left_out:
        many = ", too many to read at once" * (len(read.nodes) > MOST_NODES)
        found.append(
            f"The graph has {len(read.nodes)} nodes{many}: the {len(sketch.drawn)} nearest to the output are "
            f"drawn, {sketch.left_out} {'is' if sketch.left_out == 1 else 'are'} left out."
        )
    if read.numel != 1:
        found.append(
            f"The output has {read.numel} elements: backward() needs gradient=, a weight for each of them."
        )
    if read.freed:
        found.append(FREED)
    if read.changed:
        found.append("A tensor that the graph needs was changed in place: backward() will refuse.")
    if read.nodes[0].is_leaf:
        found.insert(
            0, f"{read.nodes[0].name or 'This tensor'} is a leaf that requires grad: no operation made it."
        )
    for node in read.nodes if shown else ():
        known = node.kept is not None and node.gradient is not None
        if known and differs(node.kept, node.gradient):
            title, now, one = node.name or "The leaf's ", brief(node.kept), brief(node.gradient)
            if node.kept.numel() == 1:
                found.append(f"{title}.grad holds {now}; this pass alone gives {one}.")
            else:
                found.append(f"{title}.grad holds other numbers than this pass alone gives.")
    inside = {name for n in read.nodes for name in n.name.split(", ")}
    inside |= {n.constant.name for n in read.nodes if n.constant}
    for name, t in names.items():
        if isinstance(t, torch.Tensor) and name not in inside:
            why = "it has no part in this output" if t.requires_grad else "it does not require grad"
            found.append(f"{name} is not in the graph: {why}.")
    return found


def alt_text(sketch: Sketch, step: int | None = None) -> str:
    """Nodes, edges, values and gradients in words; those that have arrived, after `step` turns."""
    read = sketch.graph

    def told(node: Node) -> str:
        kind = sketch.kind(node) or "intermediate"
        parts = [f"{kind} {sketch.heading(node)}" if node.title != kind else kind]
        parts += [f"{caption} {text}" for caption, text, _ in sketch.figures(node, step) if text]
        return " ".join(parts)

    def edge(e: Edge) -> str:
        a, b = (read.nodes[i].title for i in (e.source, e.target))
        return f"{a} to {b} {' '.join(sketch.label_texts(e))}".strip()

    nodes, edges = (
        f"{len(things)} {noun}{'s' * (len(things) != 1)}"
        for noun, things in (("node", read.nodes), ("edge", read.edges))
    )
    alt = f"Autograd graph, {nodes}, {edges}: {'; '.join(told(read.nodes[i]) for i in sketch.drawn)}."
    if sketch.edges:
        alt += f" Edges: {'; '.join(edge(e) for e in sketch.edges.values())}."
    return alt


def no_graph(output: object, names: Mapping[str, Any] | None) -> tuple[str, str] | None:
    """Name and sentence for something without a graph; None where there is one."""
    name = next((k for k, t in (names or {}).items() if t is output), "")
    if not isinstance(output, torch.Tensor):
        return name, f"{name or 'This'} is {type(output).__name__}, not a tensor: it has no graph."
    if output.grad_fn is not None or output.requires_grad:
        return None
    why = f"{name or 'This tensor'} has no graph: nothing was recorded."
    if not (output.is_floating_point() or output.is_complex()):
        return (
            name,
            f"{why} Only floating point numbers have gradients, and this is {dtype_text(output.dtype)}.",
        )
    return (
        name,
        f"{why} Nothing that it was made from requires grad, or recording was off, or it was detached.",
    )


def nothing(name: str, output: object, sentence: str) -> Picture:
    """A picture that says that there is no graph."""
    lines = [label(name or "no graph", TITLE, INK, True, True)]
    if isinstance(output, torch.Tensor):
        lines.append(label(Subject(output).caption, SMALL, MUTED))
        lines.append(label("grad_fn  None", SMALL, MUTED))
        if text := brief(output):
            lines.append(label(f"value  {text}", BODY, INK))
    inner = column(lines, 2)
    w, h = inner.width + 28, inner.height + 20

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.rect(x, y, w, h, PAPER, MUTED, 1.4, dash=True)
        inner.paint(pen, x + 14, y + 10)

    return picture(column([Block(w, h, paint), words(sentence, 520)], 12), sentence)


def graph(
    output: torch.Tensor,
    names: Mapping[str, torch.Tensor] | None = None,
    gradients: bool | None = None,
    legend: bool = True,
) -> Picture:
    """The real autograd graph of `output`: values, local derivatives and, after `backward()`, gradients.

    `names` names tensors, `{"x": x, "w": w}`. `gradients` True draws the gradients in any case, False never.
    Without `legend` the drawing stands alone, for a place beside another.
    """
    if missing := no_graph(output, names):
        return nothing(missing[0], output, missing[1])
    read = trace(output, names)
    after = any(node.kept is not None for node in read.nodes)
    known = any(node.gradient is not None for node in read.nodes) or (read.freed and after)
    sketch = Sketch(read, gradients=known and (after if gradients is None else gradients))
    says = remarks(sketch, names or {}, after and gradients is not False)
    drawing = (
        page(sketch, says) if legend else column([sketch.block(), *(words(text, 400) for text in says)], 8)
    )
    return picture(drawing, " ".join([alt_text(sketch), *says]))


def page(sketch: Sketch, says: Sequence[str]) -> Block:
    """The drawing, its legend and what is to be said about it."""

    def parts(width: float) -> list[Block]:
        signs = legend(sketch)
        found = [flow(signs, width, 22, 4) if width > 400 else column(signs, 5)]
        found += [words(reading(sketch), width, SMALL, MUTED)] * bool(sketch.edges)
        return found + [words(text, width, BODY, INK) for text in says]

    return annotated(sketch.block(), parts)
