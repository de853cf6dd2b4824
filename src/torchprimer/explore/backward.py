"""The backward pass, walked one node at a time: `backward`.

Where there are no widgets it is one picture: the whole graph with its gradients, and the turns in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import torch

from torchprimer.draw.canvas import (
    BODY,
    INK,
    MUTED,
    PAPER,
    SMALL,
    Block,
    Pen,
    Picture,
    column,
    flow,
    label,
    picture,
    row,
    shape_text,
    words,
)
from torchprimer.draw.graph import (
    Sketch,
    alt_text,
    annotated,
    brief,
    graph,
    legend,
    local_text,
    no_graph,
    remarks,
    sum_text,
)
from torchprimer.explore import panel
from torchprimer.trace import Edge, Graph, trace

REASONS: dict[str, str | tuple[str, ...]] = {
    "mul": "the other factor",
    "div": ("1 / the divisor", "the derivative for the divisor"),
    "pow": "n · xⁿ⁻¹",
    "exp": "exp itself",
    "log": "1 / x",
    "tanh": "1 − tanh²",
    "sigmoid": "s · (1 − s)",
    "sin": "the cosine",
    "cos": "minus the sine",
    "sqrt": "1 / (2 · the root)",
    "abs": "the sign",
    "relu": "1 where positive and 0 elsewhere",
}
"""What the local derivative of an operation is called, for all operands or for each."""

WAYS = {
    "summed": "summed, it",
    "matrix product": "by a matrix product, it",
    "its part": "its part",
    "put back in shape": "put back in shape, it",
    "put back in place": "put back where it was taken from, it",
}
"""How a gradient goes on where there is no factor for each element; by what stands on the edge."""

PICKS = ("select", "slice", "unbind", "split", "diagonal", "index")


def titles(sketch: Sketch) -> dict[int, str]:
    """What each node is called in a sentence: with its turn where the name alone leaves a doubt."""
    nodes = sketch.graph.nodes
    names = [nodes[i].title for i in sketch.drawn]
    return {
        n.id: f"{n.title} ({sketch.turns[n.id]})"
        if n.id in sketch.turns and names.count(n.title) > 1
        else n.title
        for n in nodes
    }


def amount(t: torch.Tensor | None) -> str:
    """A gradient in a sentence: its number or, as the picture has the numbers, its shape."""
    return "none" if t is None else brief(t) if t.numel() == 1 else f"shape {shape_text(t.shape)}"


def passing(graph: Graph, edge: Edge, target: str) -> str:
    """`times the other factor, 2, it goes to w: -0.84`."""
    operation = graph.nodes[edge.source].operation
    if edge.passed is None:
        return f"nothing goes to {target}"
    goes = f"goes to {target}: {amount(edge.passed)}"
    if edge.local is None or operation in PICKS:
        way = "put back in place" if operation in PICKS else local_text(graph, edge)
        return f"{WAYS.get(way, f'by the rule of {operation}, it')} {goes}"
    reason = REASONS.get(operation, "")
    reason = reason if isinstance(reason, str) else reason[edge.slot]
    figure = brief(edge.local)
    if edge.local.numel() != 1 and not figure.endswith("each"):
        figure = ""  # the picture has the numbers
    times = ", ".join(filter(None, [reason, figure])) or "the local derivative"
    summed = ", and summed over what broadcasting repeated" if edge.stretched is not None else ""
    return f"times {times}{summed}, it {goes}"


def sentences(sketch: Sketch) -> list[str]:
    """What happens at the turn of each node that is drawn."""
    read, called, found = sketch.graph, titles(sketch), []
    for i in sketch.drawn:
        node, out = read.nodes[i], read.out_of(read.nodes[i])
        parts = read.arriving(node)
        if node.is_output:
            arrives = f"backward() starts at {called[i]} with {amount(node.gradient)}"
        elif node.several:
            arrives = f"{called[i]}: a gradient arrives for each of its results that is used"
        elif node.gradient is not None and node.gradient.numel() == 1:
            arrives = f"{called[i]}: {sum_text(parts, node.gradient)} arrives"
        else:
            added = f", the sum of {len(parts)}," if len(parts) > 1 else ""
            arrives = f"{called[i]}: a gradient of {amount(node.gradient)}{added} arrives"
            arrives = f"{called[i]}: no gradient arrives" if node.gradient is None else arrives
        if node.is_leaf:
            place = f"{node.name}.grad" if node.name else "its .grad"
            found.append(f"{arrives}. It is a leaf: that is what is added to {place}.")
            continue
        goes = [passing(read, e, called[e.target]) for e in out]
        found.append(f"{'; '.join([arrives, *goes])}.")
    return found


def film(sketch: Sketch, said: Sequence[str], says: Sequence[str]) -> Picture:
    """The graph after the whole pass, its nodes numbered in turn, and the turns in words."""

    def badge(turn: int) -> Block:
        def paint(pen: Pen, x: float, y: float) -> None:
            pen.dot(x + 8, y + 9, 8, MUTED)
            pen.text(x + 8, y + 9, str(turn), 7.5, PAPER, True, align="center")

        return Block(16, 18, paint)

    def parts(width: float) -> list[Block]:
        whole = [re.sub(r"(?<=\d), (?=\d)", ",\N{NO-BREAK SPACE}", text) for text in said]
        turns = [row([badge(k + 1), words(text, width - 24, BODY, INK)], 8) for k, text in enumerate(whole)]
        head = label("The backward pass, turn by turn", BODY, INK, True)
        signs = legend(sketch)
        signs = flow(signs, width, 22, 4) if width > 400 else column(signs, 5)
        return [head, *turns, signs, *(words(text, width, SMALL, MUTED) for text in says)]

    return picture(annotated(sketch.block(), parts), " ".join([alt_text(sketch), *said, *says]))


def backward(
    output: torch.Tensor, names: Mapping[str, torch.Tensor] | None = None
) -> panel.Explorer | Picture:
    """The backward pass from `output`, one node at a time; nothing is added to any `.grad`.

    `output` has one element. `names` names tensors, `{"x": x, "w": w}`.
    """
    if no_graph(output, names):
        return graph(output, names)
    read = trace(output, names)
    if read.freed or read.changed or read.nodes[0].gradient is None:
        return graph(output, names, gradients=False)  # there is no pass to walk: it says why
    sketch = Sketch(read, gradients=True, numbered=True)
    said, says = sentences(sketch), remarks(sketch, names or {}, False)
    still = film(sketch, said, says)
    if panel.widgets is None:
        return still
    last = len(sketch.drawn)
    step = panel.labelled(panel.widgets.IntSlider, f"turn (of {last}):", "300px", value=1, min=1, max=last)
    back, on = (
        panel.widgets.Button(description=text, layout=panel.widgets.Layout(width="100px"))
        for text in ("previous", "next")
    )
    back.on_click(lambda _: setattr(step, "value", max(step.value - 1, 1)))
    on.on_click(lambda _: setattr(step, "value", min(step.value + 1, last)))
    frames: dict[int, Picture] = {}

    def render() -> tuple[Picture, str]:
        turn = step.value
        back.disabled, on.disabled = turn == 1, turn == last
        if turn not in frames:
            frames[turn] = frame(sketch, turn, said[turn - 1])
        return frames[turn], f"{turn}. {said[turn - 1]}"

    return panel.Explorer({"previous": back, "step": step, "next": on}, render, still)


def frame(sketch: Sketch, turn: int, sentence: str) -> Picture:
    """The graph at one turn: whose it is, and which gradients have arrived."""
    node = sketch.graph.nodes[sketch.drawn[turn - 1]]
    alt = f"{alt_text(sketch, node.id + 1)} It is the turn of {node.title}, marked. {sentence}"
    return picture(sketch.block(node.id + 1), alt)
