"""The autograd graph of a tensor as it is: read by `trace`, drawn by `graph`.

PyTorch keeps a graph of *backward* functions (`grad_fn`), not of values. So `trace` walks
`next_functions`, takes the values from where they are kept (the tensors that were handed in, what the
functions saved for themselves) or works them out again, and asks every function for its own derivative by
calling it. Nothing runs through the engine: no hook fires, no `.grad` changes, no buffer is freed.
"""

from __future__ import annotations

import contextlib
import heapq
import io
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import torch

from torchprimer.draw import (
    AMBER,
    BLUE,
    BODY,
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
    Subject,
    column,
    flow,
    label,
    mix,
    picture,
    row,
    shape_text,
    short,
    text_width,
    wide,
    words,
)

__all__ = ["Edge", "Graph", "Node", "graph", "trace"]

FREED = "backward() has freed what the graph kept; retain_graph=True keeps it."
MOST_FIGURES = 500  # nodes, from the output, whose values and local derivatives are looked for
LARGEST = 10**7  # elements of a tensor up to which its values are looked at

# ---------------------------------------------------------------------------------------------------------
# The graph as data


@dataclass(eq=False)
class Node:
    """One backward function, or one leaf. `value` and `gradient` have the shape `shape`, or are not known."""

    id: int
    name: str
    operation: str
    shape: tuple[int, ...]
    value: torch.Tensor | None = None
    gradient: torch.Tensor | None = None
    is_leaf: bool = False
    is_output: bool = False
    function: str = ""
    detail: str = ""
    several: bool = False
    """More than one result of this operation is used, as of `unbind`: each has a value and a gradient."""
    kept: torch.Tensor | None = None
    """What stands in the `.grad` of a leaf."""

    @property
    def title(self) -> str:
        """What to call it: its name where it has one."""
        return self.name or self.operation


@dataclass(eq=False)
class Edge:
    """One use of `target` by `source`: the gradient goes this way, times `local`.

    `local` is the derivative, element by element, where the operation has one such: of the shape of
    `source` where an operand was stretched, else of the shape of `target`. `passed` is what goes along the
    edge in the backward pass, already in the shape of `target`.
    """

    source: int
    target: int
    local: torch.Tensor | None = None
    passed: torch.Tensor | None = None
    slot: int = 0
    stretched: tuple[int, ...] | None = None
    """The shape to which broadcasting stretched `target` for `source`; None where it did not."""


@dataclass
class Graph:
    """All nodes in the order in which the backward pass visits them, and all edges in theirs."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    numel: int = 1
    freed: bool = False
    changed: str = ""
    """What PyTorch says where a kept tensor was changed in place afterwards."""

    def out_of(self, node: Node) -> list[Edge]:
        """The edges along which `node` passes its gradient on."""
        return [e for e in self.edges if e.source == node.id]

    def into(self, node: Node) -> list[Edge]:
        """The edges along which gradients arrive at `node`, in the order in which they do."""
        return [e for e in self.edges if e.target == node.id]


def operation_name(function: str) -> str:
    """`mul` for `MulBackward0`; a Function of one's own keeps its name."""
    base = re.sub(r"Backward\d*$", "", function)
    if re.search(r"Backward\d+$", function):
        base = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", base).lower()
    return {
        "linalg_vector_norm": "norm",
        "native_layer_norm": "layer_norm",
        "native_batch_norm": "batch_norm",
        "unsafe_view": "view",
        "to_copy": "to",
        "log1_p": "log1p",
        "max_pool2_dwith_indices": "max_pool2d",
    }.get(base, base)


NAMES = {
    "elementwise": """abs acos add addcdiv addcmul asin atan ceil clamp clamp_max clamp_min clone cos cosh div
        elu erf exp exp2 expm1 fill floor gelu hardsigmoid hardswish hardtanh leaky_relu lerp log log10 log1p log2
        log_sigmoid logit masked_fill maximum minimum mul nan_to_num neg pow reciprocal relu round rsqrt rsub
        sgn sigmoid sign silu sin sinh softplus sqrt square sub tan tanh threshold to trunc where zero""",
    "single": """amax amin diagonal logsumexp max mean median min norm prod select slice split std sum
        unbind var""",
}
ELEMENTWISE = frozenset(NAMES["elementwise"].split())
"""Every element of the result depends on one element of each operand."""
SINGLE = frozenset(NAMES["single"].split())
"""Every element of the operand goes into one element of the result at most."""


# ---------------------------------------------------------------------------------------------------------
# Reading the graph


def trace(output: torch.Tensor, names: Mapping[str, torch.Tensor] | None = None) -> Graph:
    """The autograd graph of `output` with what can be known about it; leaves it as it is.

    `names` names leaves and intermediate results: `{"x": x, "w": w}`. The gradients are those of `output`,
    which must have one element for there to be any.
    """
    with contextlib.ExitStack() as quiet:  # a Function of one's own may print, warn or draw random numbers
        quiet.enter_context(torch.no_grad())
        quiet.enter_context(torch.random.fork_rng(devices=[]))
        quiet.enter_context(contextlib.redirect_stdout(io.StringIO()))
        quiet.enter_context(contextlib.redirect_stderr(io.StringIO()))
        quiet.enter_context(warnings.catch_warnings(action="ignore"))
        return Reader(output, names or {}).graph


def children(function: Any) -> list[tuple[Any, int]]:  # noqa: ANN401 - an autograd node has no public type
    """`next_functions`, whole: `(None, 0)` stands for an operand that needs no gradient."""
    return list(function.next_functions)


def is_accumulator(function: Any) -> bool:  # noqa: ANN401
    return type(function).__name__ == "AccumulateGrad"


def backward_order(root: Any) -> list[Any]:  # noqa: ANN401
    """All functions that `root` leads to, each after all that use it: the youngest first, as the engine."""
    waiting: dict[Any, int] = {root: 0}
    stack = [root]
    while stack:
        for child, _ in children(stack.pop()):
            if child is not None:
                if child not in waiting:
                    waiting[child] = 0
                    stack.append(child)
                waiting[child] += 1
    ready, order, count = [(0, 0, root)], [], 0
    while ready:
        function = heapq.heappop(ready)[2]
        order.append(function)
        for child, _ in children(function):
            if child is None:
                continue
            waiting[child] -= 1
            if not waiting[child]:
                count += 1
                heapq.heappush(ready, (-child._sequence_nr(), count, child))
    return order


class Reader:
    """Reads one graph; holds every function that it meets, so that `is` tells them apart."""

    def __init__(self, output: torch.Tensor, names: Mapping[str, torch.Tensor]) -> None:
        self.output, self.graph = output, Graph(numel=output.numel())
        self.tensors = {k: t for k, t in names.items() if isinstance(t, torch.Tensor)}
        if output.grad_fn is None and not output.requires_grad:
            return
        self.root = output.grad_fn
        if self.root is None:
            self.root = torch.autograd.graph.get_gradient_edge(output).node
        self.functions = backward_order(self.root)
        self.ids = {function: i for i, function in enumerate(self.functions)}
        self.used = self.uses()
        self.values: dict[tuple[int, int], torch.Tensor] = {}
        self.leaves: dict[int, torch.Tensor] = {
            i: f.variable for i, f in enumerate(self.functions) if is_accumulator(f)
        }
        self.saved = [dict(self.read_saved(f)) for f in self.functions[:MOST_FIGURES]]
        self.find_values()
        self.recompute()
        self.build()
        self.differentiate()
        self.propagate()

    def uses(self) -> list[set[int]]:
        """For each function, which of its outputs are used."""
        used: list[set[int]] = [set() for _ in self.functions]
        used[0].add(self.output.output_nr)
        for function in self.functions:
            for child, number in children(function):
                if child is not None:
                    used[self.ids[child]].add(number)
        return used

    def quietly(self, make: Callable[[], Any]) -> Any:  # noqa: ANN401
        """What `make()` gives, or None; remembers why a function could not be asked."""
        try:
            return make()
        except Exception as error:
            text = str(error)
            if "already been freed" in text or "second time" in text:
                self.graph.freed = True
            elif "modified by an inplace operation" in text:
                self.graph.changed = text
            return None

    def read_saved(self, function: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
        """What a function has kept for its derivative, by name without `_saved_`."""
        for attribute in dir(function):
            if attribute.startswith("_saved_") and "_sym_" not in attribute:
                yield (
                    attribute.removeprefix("_saved_"),
                    self.quietly(lambda a=attribute: getattr(function, a)),
                )
        if isinstance(function, torch._C._FunctionBase):
            yield "tensors", self.quietly(lambda: function.saved_tensors)

    def find_values(self) -> None:
        """Values that are at hand: the output, named tensors, leaves, and what functions have kept.

        A kept tensor that an operation made knows which operation that was, and PyTorch hands it out only
        while nobody has changed it in place: so there is no guessing.
        """
        sure: set[int] = set()
        for kept in self.saved:
            for thing in kept.values():
                for t in thing if isinstance(thing, (tuple, list)) else (thing,):
                    if not isinstance(t, torch.Tensor) or not t.requires_grad:
                        continue
                    if t.grad_fn in self.ids:
                        self.values.setdefault((self.ids[t.grad_fn], t.output_nr), t.detach())
                    sure.update(i for i, leaf in self.leaves.items() if leaf is t)
        for t in (*self.tensors.values(), self.output):
            if t.grad_fn in self.ids:
                self.values[self.ids[t.grad_fn], t.output_nr] = t.detach()
        self.values |= {(i, 0): leaf.detach() for i, leaf in self.leaves.items()}
        # A leaf that was changed in place at some time may no longer be what the computation saw.
        self.sure = {i for i, leaf in self.leaves.items() if leaf._version == 0} | sure

    def recompute(self) -> None:
        """Work out what is not at hand, from the leaves up; all or nothing where it contradicts the rest."""
        made: dict[tuple[int, int], torch.Tensor] = {}
        for i in range(min(len(self.functions), MOST_FIGURES) - 1, -1, -1):
            function, place = self.functions[i], (i, 0)
            rule = RULES.get(operation_name(type(function).__name__))
            if rule is None or i in self.leaves or len(function._input_metadata) != 1:
                continue
            operands = []
            for slot, (child, number) in enumerate(children(function)):
                if child is None:
                    operands.append(self.constant(i, slot))
                elif (j := self.ids[child]) not in self.leaves or j in self.sure:
                    operands.append(self.values.get((j, number), made.get((j, number))))
                else:
                    operands.append(None)
            if any(t is None for t in operands):
                continue
            meta, kept = function._input_metadata[0], self.saved[i] | {"shape": tuple(self.meta(i, 0)[0])}
            value = self.quietly(lambda r=rule, k=kept, o=operands, m=meta: r(k, *o).to(m.dtype))
            if value is None or tuple(value.shape) != kept["shape"]:
                continue
            if place not in self.values:
                made[place] = value
            elif differs(value, self.values[place], 1e-3, 1e-5):
                return
        self.values = made | self.values

    def constant(self, i: int, slot: int) -> torch.Tensor | None:
        """An operand that needs no gradient, where the function has kept it."""
        operation = operation_name(type(self.functions[i]).__name__)
        key = {"mul": ("self", "other"), "div": ("self", "other"), "mse_loss": ("self", "target")}
        key |= {
            "mm": ("self", "mat2"),
            "mv": ("self", "vec"),
            "dot": ("self", "tensor"),
            "bmm": ("self", "mat2"),
        }
        key |= {"addmm": ("", "mat1", "mat2")}
        kept = self.saved[i].get((*key.get(operation, ()), "", "", "")[slot])
        return kept if isinstance(kept, torch.Tensor) else None

    def meta(self, i: int, number: int) -> tuple[torch.Size, torch.dtype, torch.device]:
        """Shape, dtype and device of one output of the forward operation."""
        meta = self.functions[i]._input_metadata[number]
        return torch.Size(meta.shape), meta.dtype, meta.device

    def build(self) -> None:
        """Nodes and edges."""
        named: dict[int, str] = {}
        for name, t in self.tensors.items():
            if t.grad_fn in self.ids:
                i = self.ids[t.grad_fn]
                named[i] = f"{named[i]}, {name}" if i in named else name
        for i, function in enumerate(self.functions):
            leaf, used = self.leaves.get(i), self.used[i]
            only = min(used) if len(used) == 1 else None
            name = named.get(i, "") if leaf is None else self.name_of(leaf)
            value = None if only is None else self.values.get((i, only))
            shape = self.quietly(lambda i=i, u=used: tuple(int(n) for n in self.meta(i, min(u))[0]))
            self.graph.nodes.append(
                Node(
                    i,
                    name,
                    "leaf" if leaf is not None else operation_name(type(function).__name__),
                    shape or (),
                    None if value is None else value.clone() if value.numel() <= LARGEST else value,
                    is_leaf=leaf is not None,
                    is_output=i == 0,
                    function=type(function).__name__,
                    detail=self.detail(i) if i < MOST_FIGURES else "",
                    several=only is None,
                    kept=leaf.grad if leaf is not None else None,
                )
            )
            for slot, (child, _) in enumerate(children(function)):
                if child is not None:
                    self.graph.edges.append(Edge(i, self.ids[child], slot=slot))

    def name_of(self, leaf: torch.Tensor) -> str:
        return next((name for name, t in self.tensors.items() if t is leaf), "")

    def detail(self, i: int) -> str:
        """What else took part: an exponent, a factor that needs no gradient, the dimension."""
        operation, kept = operation_name(type(self.functions[i]).__name__), self.saved[i]
        if len(self.used[i]) > 1:
            return f"{len(self.used[i])} results are used"
        if operation == "pow" and isinstance(kept.get("exponent"), (int, float)):
            return f"exponent {short(kept['exponent'])}"
        for slot, (child, _) in enumerate(children(self.functions[i])):
            if child is not None or operation not in ("add", "sub", "rsub", "mul", "div"):
                continue
            t = self.constant(i, slot)
            if t is None:
                return "and a constant"
            name = next((k for k, other in self.tensors.items() if same_memory(t, other)), "")
            figure = brief(t) if t.numel() == 1 else shape_text(t.shape)
            verb = "divided by" if operation == "div" and slot else "times"
            return f"{verb} {name} = {figure}" if name else f"{verb} {figure}"
        return ""

    def ask(self, i: int, grads: Mapping[int, torch.Tensor]) -> list[torch.Tensor | None] | None:
        """What function `i` passes to each of its `next_functions` when `grads` arrive, by output."""
        function, slots = self.functions[i], children(self.functions[i])

        def run() -> Any:  # noqa: ANN401
            given = [grads.get(n) for n in range(len(function._input_metadata))]
            if not isinstance(function, torch._C._FunctionBase):
                return function(*given)
            for n, g in enumerate(given):
                shape, dtype, device = self.meta(i, n)
                given[n] = torch.zeros(shape, dtype=dtype, device=device) if g is None else g.clone()
            return function.apply(*given)

        result = self.quietly(run)
        if result is None:
            return None
        result = list(result) if isinstance(result, (tuple, list)) else [result]
        if isinstance(function, torch._C._FunctionBase) and len(result) != len(slots):
            # A Function of one's own answers for every argument; only tensors have a slot.
            wanted = iter([r for r, need in zip(result, function.needs_input_grad, strict=False) if need])
            result = [None if child is None else next(wanted, None) for child, _ in slots]
        return result

    def differentiate(self) -> None:
        """The local derivative on every edge: what a function passes on when 1 arrives."""
        by_source: dict[int, list[Edge]] = {}
        for edge in self.graph.edges:
            by_source.setdefault(edge.source, []).append(edge)
        for i, edges in by_source.items():
            if i >= MOST_FIGURES or len(self.used[i]) != 1:
                continue
            shape, dtype, device = self.meta(i, number := min(self.used[i]))
            operation = self.graph.nodes[i].operation
            exact = shape.numel() == 1 or operation in ELEMENTWISE or operation in SINGLE
            if not exact or dtype.is_complex or shape.numel() > LARGEST:
                continue
            passed = self.ask(i, {number: torch.ones(shape, dtype=dtype, device=device)})
            for edge in edges if passed is not None else ():
                edge.local = passed[edge.slot]
                target = self.graph.nodes[edge.target].shape
                if operation in ELEMENTWISE and target != tuple(shape):
                    edge.stretched = tuple(shape)

    def propagate(self) -> None:
        """The backward pass, by hand: what arrives at each node, and what goes along each edge."""
        if self.output.numel() != 1 or not (self.output.is_floating_point() or self.output.is_complex()):
            return
        arrived: dict[int, dict[int, torch.Tensor]] = {
            0: {self.output.output_nr: torch.ones_like(self.output.detach())}
        }
        unknown: set[int] = set()
        slots: dict[tuple[int, int], Edge] = {(e.source, e.slot): e for e in self.graph.edges}
        for i, function in enumerate(self.functions):
            node, grads = self.graph.nodes[i], arrived.get(i, {})
            if i in unknown:
                unknown.update(self.ids[child] for child, _ in children(function) if child is not None)
                continue
            if len(self.used[i]) == 1:
                node.gradient = grads.get(min(self.used[i]))
            if node.is_leaf or not grads:
                continue
            passed = self.ask(i, grads)
            for slot, (child, number) in enumerate(children(function)):
                if child is None:
                    continue
                j = self.ids[child]
                if passed is None:
                    unknown.add(j)
                elif passed[slot] is not None:
                    fitted = self.quietly(lambda t=passed[slot], j=j, n=number: self.fit(t, j, n))
                    if fitted is None:
                        unknown.add(j)
                        continue
                    slots[i, slot].passed = fitted
                    there = arrived.setdefault(j, {})
                    there[number] = there[number] + fitted if number in there else fitted

    def fit(self, t: torch.Tensor, i: int, number: int) -> torch.Tensor:
        """A gradient in the shape and dtype of what it is the gradient of, as the engine does it."""
        shape, dtype, _ = self.meta(i, number)
        if t.is_complex() and not dtype.is_complex:
            t = t.real
        return (t if t.shape == shape else t.sum_to_size(shape)).to(dtype)


def differs(a: torch.Tensor, b: torch.Tensor, relative: float = 1e-4, absolute: float = 1e-6) -> bool:
    """Whether two tensors of one shape are known to hold different numbers."""
    try:
        return not torch.allclose(a.detach().to(b.dtype), b, relative, absolute, equal_nan=True)
    except RuntimeError:  # sparse, or on the meta device
        return False


def same_memory(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Whether two tensors are the same numbers in the same place."""
    try:
        return a.data_ptr() == b.data_ptr() != 0 and a.shape == b.shape and a.stride() == b.stride()
    except RuntimeError:
        return False


def dims(kept: Mapping[str, Any]) -> dict[str, Any]:
    """`dim` and `keepdim` of a reduction; PyTorch hands out -1 as an unsigned number."""
    if kept.get("dim") is None:
        return {}
    found = kept["dim"] if isinstance(kept["dim"], (tuple, list)) else (kept["dim"],)
    return {"dim": tuple(signed(d) for d in found), "keepdim": bool(kept.get("keepdim", False))}


def signed(d: int) -> int:
    return d - 2**64 if d >= 2**63 else d


RULES: dict[str, Callable[..., torch.Tensor]] = {
    "add": lambda kept, a, b: a + kept.get("alpha", 1) * b,
    "sub": lambda kept, a, b: a - kept.get("alpha", 1) * b,
    "mul": lambda kept, a, b: a * b,
    "div": lambda kept, a, b: a / b,
    "neg": lambda kept, a: -a,
    "pow": lambda kept, a: a ** kept["exponent"],
    "exp": lambda kept, a: a.exp(),
    "log": lambda kept, a: a.log(),
    "tanh": lambda kept, a: a.tanh(),
    "sigmoid": lambda kept, a: a.sigmoid(),
    "relu": lambda kept, a: a.relu(),
    "sin": lambda kept, a: a.sin(),
    "cos": lambda kept, a: a.cos(),
    "sqrt": lambda kept, a: a.sqrt(),
    "abs": lambda kept, a: a.abs(),
    "clone": lambda kept, a: a.clone(),
    "to": lambda kept, a: a,
    "sum": lambda kept, a: a.sum(**dims(kept)),
    "mean": lambda kept, a: a.mean(**dims(kept)),
    "view": lambda kept, a: a.reshape(kept["shape"]),
    "unsqueeze": lambda kept, a: a.reshape(kept["shape"]),
    "squeeze": lambda kept, a: a.reshape(kept["shape"]),
    "expand": lambda kept, a: a.expand(kept["shape"]),
    "t": lambda kept, a: a.t(),
    "transpose": lambda kept, a: a.transpose(signed(kept["dim0"]), signed(kept["dim1"])),
    "select": lambda kept, a: a.select(signed(kept["dim"]), signed(kept["index"])),
    "stack": lambda kept, *parts: torch.stack(parts, signed(kept["dim"])),
    "cat": lambda kept, *parts: torch.cat(parts, signed(kept["dim"])),
    "mm": lambda kept, a, b: a @ b,
    "mv": lambda kept, a, b: a @ b,
    "bmm": lambda kept, a, b: a @ b,
    "dot": lambda kept, a, b: a @ b,
    "addmm": lambda kept, c, a, b: kept["beta"] * c + kept["alpha"] * (a @ b),
}
"""How to work a result out again, from what the function kept besides its operands."""


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


def local_text(graph: Graph, edge: Edge) -> str:
    """What stands on an edge: `× 2`, or what becomes of the gradient where it is more than a factor."""
    operation = graph.nodes[edge.source].operation
    if edge.local is None:
        return "summed" if operation == "addmm" and edge.slot == 0 else MOVES.get(operation, "")
    return f"× {text}" if (text := brief(edge.local)) else ""


MOVES = dict.fromkeys(
    ("view", "t", "transpose", "permute", "unsqueeze", "squeeze", "alias"), "put back in shape"
)
MOVES |= dict.fromkeys(("stack", "cat"), "its part")
MOVES |= {"expand": "summed", "mm": "matrix product", "addmm": "matrix product", "bmm": "matrix product"}
MOVES |= {"mv": "matrix product"} | dict.fromkeys(("index", "sort", "topk"), "put back in place")


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
# Layout, by Graphviz


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
    import graphviz

    from torchprimer.dot import use_bundled_graphviz

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


# ---------------------------------------------------------------------------------------------------------
# Drawing


MOST_NODES, MOST_INPUTS = 20, 6
PAD = 9.0
KINDS = {"leaf": (mix(BLUE, 0.10), BLUE), "output": (mix(AMBER, 0.16), "#8A5F00"), "": (PAPER, MUTED)}


def paint_box(pen: Pen, x: float, y: float, w: float, h: float, kind: str) -> None:
    """The sheet of a node: a leaf round with a strong border, the output with a double one, others plain."""
    fill, edge = KINDS[kind]
    if kind == "leaf":
        pen.rect(x, y, w, h, fill, edge, 2.2, radius=11)
    elif kind == "output":
        pen.rect(x, y, w, h, PAPER, edge, 1.4)
        pen.rect(x + 3.5, y + 3.5, w - 7, h - 7, fill, edge, 1.4)
    else:
        pen.rect(x, y, w, h, fill, edge, 1.2)


def nearest(graph: Graph, most: int, inputs: int) -> set[int]:
    """The `most` nodes nearest to the output, of each node's inputs the first few."""
    below: dict[int, list[int]] = {}
    for edge in graph.edges:
        below.setdefault(edge.source, []).append(edge.target)
    found, queue = {0}, [0]
    for i in queue:
        targets = list(dict.fromkeys(below.get(i, [])))
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
        shown, graph = set(self.drawn), self.graph
        self.edges = {
            f"e{k}": e for k, e in enumerate(graph.edges) if e.source in shown and e.target in shown
        }
        self.more: dict[int, int] = {}
        for e in graph.edges:
            if e.source in shown and e.target not in shown:
                self.more[e.source] = self.more.get(e.source, 0) + 1
        self.left_out = len(graph.nodes) - len(shown)
        self.sizes = {f"n{i}": self.node_size(graph.nodes[i]) for i in self.drawn}
        self.sizes |= {f"m{i}": (text_width(self.more_text(i), SMALL) + 16, 22.0) for i in self.more}
        self.sizes |= {name: self.label_size(e) for name, e in self.edges.items()}
        self.sizes |= {f"c{i}": (6.0, 6.0) for i in self.more}
        links = {name: (f"n{e.source}", f"n{e.target}") for name, e in self.edges.items()}
        links |= {f"c{i}": (f"n{i}", f"m{i}") for i in self.more}
        self.links = links
        self.layout = lay_out(self.sizes, links)

    def more_text(self, i: int) -> str:
        return f"⋯ {self.more[i]} more input{'s' * (self.more[i] > 1)}"

    # What is written

    def kind(self, node: Node) -> str:
        """Which border a node has."""
        return "leaf" if node.is_leaf else "output" if node.is_output else ""

    def tag(self, node: Node) -> str:
        """The word in its corner."""
        return "" if self.kind(node) == self.heading(node) else self.kind(node)

    def heading(self, node: Node) -> str:
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
            rows.append(("gradient", self.gradient_text(node, step), VERMILLION))
        return rows

    def gradient_text(self, node: Node, step: int | None = None) -> str:
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
        return sum_text([e.passed for e in into if e.passed is not None], node.gradient) or "not shown"

    def node_size(self, node: Node) -> tuple[float, float]:
        rows = self.figures(node)
        tag = text_width(self.tag(node), SMALL, True) + 14 if self.tag(node) else 0
        widths = [text_width(self.heading(node), TITLE, True, True) + tag + (16 if self.numbered else 0)]
        widths += [text_width(line, SMALL) for line in (node.function, node.detail)]
        widths += [70 + text_width(text, BODY, True) for _, text, _ in rows]
        if self.numbered and self.gradients:
            parts = [e.passed for e in self.graph.into(node) if e.passed is not None]
            if len(parts) > 1:
                widths.append(70 + text_width(sum_text(parts[:-1], None, waiting=True), BODY, True))
        height = 2 * PAD + 20 + 15 + 15 * bool(node.detail) + 18 * len(rows)
        return max(widths) + 2 * PAD + 4, height

    def label_size(self, edge: Edge) -> tuple[float, float]:
        texts = self.label_texts(edge)
        return max((text_width(t, SMALL, k == 0) for k, t in enumerate(texts)), default=0) + 12, 17.0 * max(
            len(texts), 1
        )

    def label_texts(self, edge: Edge) -> list[str]:
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
        return step is not None and name in self.edges and self.edges[name].source == step - 1

    def paint_edge(
        self, pen: Pen, x: float, y: float, name: str, ends: tuple[str, str], step: int | None
    ) -> None:
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
        for line in filter(None, (node.function, node.detail)):
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


def beside(drawing: Block, parts: Callable[[float], Sequence[Block]], least: float = 270) -> Block:
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
    for node in read.nodes:
        if (
            shown
            and node.kept is not None
            and node.gradient is not None
            and differs(node.kept, node.gradient)
        ):
            title, now, one = node.name or "The leaf's ", brief(node.kept), brief(node.gradient)
            if node.kept.numel() == 1:
                found.append(f"{title}.grad holds {now}; this pass alone gives {one}.")
            else:
                found.append(f"{title}.grad holds other numbers than this pass alone gives.")
    inside = {name for n in read.nodes for name in n.name.split(", ")}
    for name, t in names.items():
        if (
            isinstance(t, torch.Tensor)
            and name not in inside
            and not any(f" {name} = " in n.detail for n in read.nodes)
        ):
            why = "it has no part in this output" if t.requires_grad else "it does not require grad"
            found.append(f"{name} is not in the graph: {why}.")
    return found


def alt_text(sketch: Sketch, step: int | None = None) -> str:
    """Nodes, edges, values and gradients in words; those that have arrived, after `step` turns."""
    read = sketch.graph

    def told(node: Node) -> str:
        kind = self_kind if (self_kind := sketch.kind(node)) else "intermediate"
        parts = [f"{kind} {sketch.heading(node)}" if node.title != kind else kind]
        parts += [f"{caption} {text}" for caption, text, _ in sketch.figures(node, step) if text]
        return " ".join(parts)

    def edge(e: Edge) -> str:
        a, b = (read.nodes[i].title for i in (e.source, e.target))
        return f"{a} to {b} {' '.join(sketch.label_texts(e))}".strip()

    counts = f"{len(read.nodes)} node{'s' * (len(read.nodes) != 1)}, {len(read.edges)} edge{'s' * (len(read.edges) != 1)}"
    alt = f"Autograd graph, {counts}: {'; '.join(told(read.nodes[i]) for i in sketch.drawn)}."
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
        return name, f"{why} Only floating point numbers have gradients, and this is {str(output.dtype)[6:]}."
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
    output: torch.Tensor, names: Mapping[str, torch.Tensor] | None = None, gradients: bool | None = None
) -> Picture:
    """The real autograd graph of `output`: values, local derivatives and, after `backward()`, gradients.

    `names` names tensors, `{"x": x, "w": w}`. `gradients` True draws the gradients in any case, False never.
    """
    if missing := no_graph(output, names):
        return nothing(missing[0], output, missing[1])
    read = trace(output, names)
    after = any(node.kept is not None for node in read.nodes)
    known = any(node.gradient is not None for node in read.nodes) or (read.freed and after)
    sketch = Sketch(read, gradients=known and (after if gradients is None else gradients))
    says = remarks(sketch, names or {}, after and gradients is not False)
    return picture(page(sketch, says), " ".join([alt_text(sketch), *says]))


def page(sketch: Sketch, says: Sequence[str]) -> Block:
    """The drawing, its legend and what is to be said about it."""

    def parts(width: float) -> list[Block]:
        signs = legend(sketch)
        found = [flow(signs, width, 22, 4) if width > 400 else column(signs, 5)]
        found += [words(reading(sketch), width, SMALL, MUTED)] * bool(sketch.edges)
        return found + [words(text, width, BODY, INK) for text in says]

    return beside(sketch.block(), parts)
