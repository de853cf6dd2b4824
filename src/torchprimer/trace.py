"""The autograd graph of a tensor as data: `trace` reads it and changes nothing.

PyTorch keeps a graph of *backward* functions (`grad_fn`), not of values. So `trace` walks
`next_functions`, takes the values from where they are kept (the tensors that were handed in, what the
functions saved for themselves) or works them out again, and asks every function for its own derivative by
calling it. Nothing runs through the engine: no hook fires, no `.grad` changes, no buffer is freed.
"""

from __future__ import annotations

import contextlib
import heapq
import io
import itertools
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch

__all__ = ["Constant", "Edge", "Graph", "Node", "trace"]

MOST_FIGURES = 500  # nodes, from the output, whose values and local derivatives are looked for
LARGEST = 10**7  # elements of a tensor up to which its values are looked at


@dataclass(frozen=True, eq=False)
class Constant:
    """An operand that needs no gradient: `value` is not known where PyTorch had no need to keep it."""

    slot: int
    name: str = ""
    value: torch.Tensor | None = None


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
    results: int = 1
    """How many results of the operation are used: more than one of `unbind`."""
    exponent: complex | None = None
    """The plain number to which `pow` raised."""
    constant: Constant | None = None
    """The first operand of a sum, difference, product or quotient that needs no gradient."""
    kept: torch.Tensor | None = None
    """What stands in the `.grad` of a leaf."""

    @property
    def title(self) -> str:
        """What to call it: its name where it has one."""
        return self.name or self.operation

    @property
    def several(self) -> bool:
        """Whether each of several results has a value and a gradient of its own."""
        return self.results > 1


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

    def arriving(self, node: Node) -> list[torch.Tensor]:
        """The gradients that meet in `node`."""
        return [e.passed for e in self.into(node) if e.passed is not None]


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
        kept = self.saved[i].get(dict(enumerate(OPERANDS.get(operation, ()))).get(slot))
        return kept if isinstance(kept, torch.Tensor) else None

    def meta(self, i: int, number: int) -> tuple[torch.Size, torch.dtype, torch.device]:
        """Shape, dtype and device of one output of the forward operation."""
        meta = self.functions[i]._input_metadata[number]
        return torch.Size(meta.shape), meta.dtype, meta.device

    def build(self) -> None:
        """Nodes and edges."""
        named: dict[int, list[str]] = {}
        for name, t in self.tensors.items():
            if t.grad_fn in self.ids:
                named.setdefault(self.ids[t.grad_fn], []).append(name)
        for i, function in enumerate(self.functions):
            leaf, used = self.leaves.get(i), self.used[i]
            value = self.values.get((i, min(used))) if len(used) == 1 else None
            shape = self.quietly(lambda i=i, u=used: tuple(int(n) for n in self.meta(i, min(u))[0]))
            node = Node(
                i,
                self.name_of(leaf) if leaf is not None else ", ".join(named.get(i, [])),
                "leaf" if leaf is not None else operation_name(type(function).__name__),
                shape or (),
                None if value is None else copied(value),
                is_leaf=leaf is not None,
                is_output=i == 0,
                function=type(function).__name__,
                results=len(used),
                kept=leaf.grad if leaf is not None else None,
            )
            if i < MOST_FIGURES:
                exponent = self.saved[i].get("exponent") if node.operation == "pow" else None
                node.exponent = exponent if isinstance(exponent, (int, float)) else None
                node.constant = self.first_constant(i, node.operation)
            self.graph.nodes.append(node)
            for slot, (child, _) in enumerate(children(function)):
                if child is not None:
                    self.graph.edges.append(Edge(i, self.ids[child], slot=slot))

    def name_of(self, leaf: torch.Tensor) -> str:
        return next((name for name, t in self.tensors.items() if t is leaf), "")

    def first_constant(self, i: int, operation: str) -> Constant | None:
        """What else took part in an operation of two operands."""
        slots = [slot for slot, (child, _) in enumerate(children(self.functions[i])) if child is None]
        if not slots or operation not in ("add", "sub", "rsub", "mul", "div"):
            return None
        t = self.constant(i, slots[0])
        if t is None:
            return Constant(slots[0])
        name = next((k for k, other in self.tensors.items() if same_memory(t, other)), "")
        return Constant(slots[0], name, copied(t))

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
        for i, group in itertools.groupby(self.graph.edges, lambda edge: edge.source):
            if i >= MOST_FIGURES or len(self.used[i]) != 1:
                continue
            shape, dtype, device = self.meta(i, number := min(self.used[i]))
            operation = self.graph.nodes[i].operation
            exact = shape.numel() == 1 or operation in ELEMENTWISE or operation in SINGLE
            if not exact or dtype.is_complex or shape.numel() > LARGEST:
                continue
            passed = self.ask(i, {number: torch.ones(shape, dtype=dtype, device=device)})
            for edge in group if passed is not None else ():
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


def copied(t: torch.Tensor) -> torch.Tensor:
    """The tensor as it is now, unless it is huge."""
    return t.clone() if t.numel() <= LARGEST else t


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


OPERANDS = {
    "mul": ("self", "other"),
    "div": ("self", "other"),
    "mse_loss": ("self", "target"),
    "mm": ("self", "mat2"),
    "mv": ("self", "vec"),
    "dot": ("self", "tensor"),
    "bmm": ("self", "mat2"),
    "addmm": ("", "mat1", "mat2"),
}
"""Under which name a function keeps each operand."""

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
