"""The picture of the autograd graph tells the truth: it is compared with the graph itself."""

import html
import re
import warnings

import pytest
import torch
import torch.nn.functional as F

from torchprimer import draw
from torchprimer.draw.graph import Sketch
from torchprimer.explore import backward, panel
from torchprimer.explore.backward import sentences
from torchprimer.trace import trace


class Cube(torch.autograd.Function):
    """x³ times a plain number, with a backward that prints, warns and draws random numbers."""

    @staticmethod
    def forward(ctx, times, x):
        ctx.save_for_backward(x)
        ctx.times = times
        return times * x**3

    @staticmethod
    def backward(ctx, arriving):
        print("in backward", torch.rand(1).item())
        warnings.warn("from backward", stacklevel=1)
        (x,) = ctx.saved_tensors
        return None, ctx.times * arriving * 3 * x**2


class Pair(torch.autograd.Function):
    """Two results of which one may go unused."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b, a + b

    @staticmethod
    def backward(ctx, product, total):
        a, b = ctx.saved_tensors
        return product * b + total, product * a + total


def scalars(*values):
    return [torch.tensor(v, requires_grad=True) for v in values]


def tensors(*shapes, dtype=torch.float32):
    random = torch.Generator().manual_seed(sum(map(sum, shapes)))
    return [torch.randn(s, generator=random, dtype=dtype).requires_grad_() for s in shapes]


def repeated(x, keep):
    for _ in range(3):
        x = keep((x * x).tanh()) + x
    return x


def in_place(x, keep):
    made = keep(x * 2)
    kept = made.clone()
    kept += x
    kept.mul_(x)
    return keep(kept).sum()


def in_place_view(x, keep):
    made = x * 2
    made[0] = made[1] * 3
    return keep(made).sum()


def several(x, keep):
    a, b, c = keep(x * 2).unbind(0)
    return keep(a * b) + c


def of_module(x, keep):
    torch.manual_seed(3)
    model = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
    return F.mse_loss(keep(model.to(x.dtype)(x)), torch.ones(2, 1, dtype=x.dtype))


# Each takes its leaves and `keep`, through which it hands out intermediate results to be compared.
SCALAR = {
    "line": (lambda w, x, b, keep: keep(w * x) + b, (2.0, 4.0, 3.0)),
    "used twice": (lambda x, keep: keep(x * x) + x, (3.0,)),
    "tanh": (lambda x, w, keep: keep(keep(w * x).tanh()) * x, (2.0, -1.0)),
    "neuron": (lambda w, keep: keep(keep(w * 2) - 10) ** 2, (1.0,)),
    "constants": (lambda a, keep: 3 - keep(a / 4) + 2 / a - keep(-a), (5.0,)),
    "powers": (lambda a, b, keep: keep(a**b) + keep(2**a) + keep(a**0.5), (2.0, 3.0)),
    "functions": (lambda a, keep: keep(keep(a.exp()).log().sin() + a.cos()).sigmoid().sqrt(), (0.5,)),
    "diamond": (lambda a, b, keep: (c := keep(a * b)) * c + c * a, (0.5, -3.0)),
    "chain": (repeated, (0.3,)),
    "custom": (lambda a, keep: keep(Cube.apply(2.0, a)) * a, (1.5,)),
    "minus": (lambda a, b, keep: torch.sub(a, b, alpha=3) * keep(a - b), (1.5, 2.0)),
    "branch": (lambda a, keep: torch.where(a > 0, keep(a * 2), a), (1.5,)),
}
TENSOR = {
    "broadcast": (lambda a, b, keep: keep(a * b).mean(), [(2, 3), (3,)]),
    "broadcast add": (lambda a, b, keep: keep(keep(a + b) ** 2).sum(), [(2, 1), (1, 3)]),
    "matmul": (lambda a, b, keep: keep(a @ b).tanh().sum(), [(2, 3), (3, 4)]),
    "batches": (lambda a, b, keep: keep(a @ b).relu().mean(), [(2, 2, 3), (2, 3, 2)]),
    "vectors": (lambda a, b, m, keep: keep(a @ b) + keep(m @ a).sum(), [(3,), (3,), (2, 3)]),
    "linear": (lambda x, w, b, keep: keep(F.linear(x, w, b)).relu().sum(), [(5, 3), (4, 3), (4,)]),
    "module": (of_module, [(2, 3)]),
    "stack": (lambda a, b, keep: keep(torch.stack([a, b, a])).std(), [(3,), (3,)]),
    "cat": (lambda a, b, keep: keep(torch.cat([a, b], 1)).prod(), [(2, 1), (2, 2)]),
    "indexing": (lambda a, keep: keep(a[1:, 0]).sum() + keep(a[0]).norm() + keep(a[[0, 0]]).sum(), [(3, 3)]),
    "views": (lambda a, keep: keep(keep(a.T).reshape(2, 3).unsqueeze(0).expand(4, 2, 3)).sum(), [(2, 3)]),
    "where": (lambda a, keep: torch.where(a > 0, keep(a * 2), a.exp()).sum(), [(4,)]),
    "softmax": (lambda a, keep: (keep(a.softmax(1)) ** 2).sum(), [(2, 3)]),
    "cross entropy": (lambda a, keep: F.cross_entropy(keep(a * 2), torch.tensor([0, 2])), [(2, 3)]),
    "var": (lambda a, keep: keep(a.var(0)).sum() + keep(a.mean(1, keepdim=True)).norm(), [(3, 2)]),
    "max": (lambda a, keep: keep(a.max(1).values).sum() + a.max() + keep(a.amax(0)).sum(), [(3, 2)]),
    "several": (several, [(3,)]),
    "sort": (lambda a, keep: keep(a.sort().values)[0] + keep(a.topk(2).values).sum(), [(5,)]),
    "layer norm": (lambda a, w, keep: keep(F.layer_norm(a, (3,), w)).relu().sum(), [(2, 3), (3,)]),
    "convolution": (lambda a, w, keep: keep(F.conv1d(a, w)).sum(), [(1, 1, 5), (2, 1, 3)]),
    "in place": (in_place, [(3,)]),
    "in place view": (in_place_view, [(3,)]),
    "two results": (lambda a, b, keep: keep(Pair.apply(a, b)[0]).sum(), [(2,), (2,)]),
    "both results": (lambda a, b, keep: sum(t.sum() for t in Pair.apply(keep(a * 2), b)), [(2,), (2,)]),
    "to float64": (lambda a, keep: keep(a.double() * 2).sum(), [(2,)]),
    "embedding": (lambda a, keep: keep(F.embedding(torch.tensor([1, 0, 1]), a)).sum(), [(3, 2)]),
    "empty": (lambda a, keep: keep(a * 2).sum(), [(0, 3)]),
}


class Case:
    """A function on fresh leaves, with the intermediate results it handed out."""

    def __init__(self, name, dtype=torch.float32):
        if name in SCALAR:
            function, values = SCALAR[name]
            self.leaves = [torch.tensor(v, dtype=dtype, requires_grad=True) for v in values]
        else:
            function, shapes = TENSOR[name]
            self.leaves = tensors(*shapes, dtype=dtype)
        self.kept = []
        self.output = function(*self.leaves, keep=lambda t: self.kept.append(t) or t)
        self.names = {f"leaf{i}": leaf for i, leaf in enumerate(self.leaves)}


def walk(output):
    """All nodes and edges of the true graph, independently of `graph`."""
    nodes, edges, stack = [output.grad_fn], [], [output.grad_fn]
    while stack:
        node = stack.pop()
        for slot, (child, _) in enumerate(node.next_functions):
            if child is not None:
                edges.append((node, child, slot))
                if child not in nodes:
                    nodes.append(child)
                    stack.append(child)
    return nodes, edges


def functions_of(output, read):
    """The true function behind each node of a trace: found along the edges, slot by slot."""
    found = {0: output.grad_fn}
    for edge in read.edges:
        child = found[edge.source].next_functions[edge.slot][0]
        assert found.setdefault(edge.target, child) is child
    return found


def equal(a, b):
    return a.shape == b.shape and torch.allclose(a.double(), b.double(), 1e-4, 1e-6, equal_nan=True)


pytestmark = pytest.mark.filterwarnings("ignore:from backward")
ALL = [*SCALAR, *TENSOR]


@pytest.mark.parametrize("name", ALL)
def test_nodes_and_edges_are_those_of_the_graph(name):
    case = Case(name)
    read = trace(case.output, case.names)
    nodes, edges = walk(case.output)
    found = functions_of(case.output, read)
    assert len(read.nodes) == len(nodes) == len(found)
    assert set(found.values()) == set(nodes)
    assert {(found[e.source], found[e.target], e.slot) for e in read.edges} == set(edges)
    assert len(read.edges) == len(edges)
    for node in read.nodes:
        true = found[node.id]
        assert node.function == type(true).__name__
        assert node.is_output == (node.id == 0)
        assert node.is_leaf == (node.function == "AccumulateGrad")
        if node.is_leaf:
            assert node.name == next((k for k, t in case.names.items() if t is true.variable), "")
            assert node.shape == tuple(true.variable.shape)


@pytest.mark.parametrize(
    ("name", "dtype"),
    [(name, torch.float32) for name in ALL] + [(name, torch.float64) for name in ("module", "to float64")],
)
def test_values_and_gradients_are_true(name, dtype):
    case = Case(name, dtype)
    read = trace(case.output, case.names)
    found = functions_of(case.output, read)
    kept = {(t.grad_fn, t.output_nr): t for t in [*case.kept, case.output] if t.grad_fn is not None}
    for t in kept.values():
        t.retain_grad()
    case.output.backward(retain_graph=True)
    seen = 0
    for node in read.nodes:
        true = found[node.id]
        t = true.variable if node.is_leaf else next((t for (f, _), t in kept.items() if f is true), None)
        if t is None or node.several:
            continue
        seen += 1
        assert node.shape == tuple(t.shape)
        assert equal(node.gradient, t.grad)
        assert node.gradient.dtype == t.dtype
        assert node.value is None or equal(node.value, t)
        parts = [e.passed for e in read.into(node) if e.passed is not None]
        assert node.is_output or equal(sum(parts), t.grad)
    assert seen > len(case.leaves)
    assert all(n.value is not None for n in read.nodes if n.is_leaf or n.is_output)


@pytest.mark.parametrize("name", ALL)
def test_every_value_is_what_the_operation_gave(name):
    """Also of results that nobody has handed out: each is made again with a hook on every operation."""
    seen = []

    class Record(torch.overrides.TorchFunctionMode):
        def __torch_function__(self, function, types, args=(), kwargs=None):
            result = function(*args, **(kwargs or {}))
            for t in result if isinstance(result, (tuple, list)) else [result]:
                if isinstance(t, torch.Tensor) and t.requires_grad:
                    seen.append((t.grad_fn, t.output_nr, t.detach().clone(), t))
            return result

    with Record():
        case = Case(name)
    read = trace(case.output, case.names)
    found, compared = functions_of(case.output, read), 0
    for node in read.nodes:
        truths = [value for function, _, value, _ in seen if function is found[node.id]]
        if node.value is not None and truths and not node.is_leaf:
            compared += 1
            assert any(equal(node.value, value) for value in truths)
    assert compared


@pytest.mark.parametrize("name", list(SCALAR))
def test_along_all_paths_the_local_derivatives_multiply_to_the_gradient(name):
    case = Case(name, torch.float64)
    read = trace(case.output, case.names)
    total = [1.0] + [0.0] * (len(read.nodes) - 1)
    for node in read.nodes:
        for edge in read.out_of(node):
            total[edge.target] += total[node.id] * edge.local.item()
    grads = torch.autograd.grad(case.output, case.leaves)
    for node in read.nodes:
        assert node.gradient.item() == pytest.approx(total[node.id])
    for name, grad in zip(case.names, grads, strict=True):
        (node,) = (n for n in read.nodes if n.name == name)
        assert total[node.id] == pytest.approx(grad.item())


@pytest.mark.parametrize("name", list(TENSOR))
def test_a_local_derivative_times_what_arrives_is_what_is_passed_on(name):
    case = Case(name)
    read = trace(case.output, case.names)
    for edge in read.edges:
        arriving = read.nodes[edge.source].gradient
        if edge.local is None or arriving is None or arriving.dim() > edge.local.dim():
            continue
        target = read.nodes[edge.target]
        if arriving.shape == edge.local.shape or arriving.numel() == 1:
            assert equal((edge.local * arriving).sum_to_size(target.shape).to(edge.passed.dtype), edge.passed)


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_changed(name, capfd):
    case, same = Case(name), Case(name)
    before, versions = torch.get_rng_state(), [leaf._version for leaf in case.leaves]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        trace(case.output, case.names)
        if name in ("line", "custom", "module", "in place view", "both results"):  # the pictures take a while
            assert "gradient" not in draw.graph(case.output, case.names).alt
            backward(case.output, case.names)
    assert capfd.readouterr() == ("", "")
    assert torch.equal(torch.get_rng_state(), before)
    assert all(leaf.grad is None for leaf in case.leaves)
    assert [leaf._version for leaf in case.leaves] == versions
    case.output.backward()
    same.output.backward()
    for leaf, other in zip(case.leaves, same.leaves, strict=True):
        assert leaf.grad is None if other.grad is None else equal(leaf.grad, other.grad)


def test_no_hook_fires_and_no_retained_gradient_changes(capsys):
    (x,) = scalars(2.0)
    middle = x * 10
    middle.retain_grad()
    middle.register_hook(lambda g: print("hook"))
    x.register_hook(lambda g: print("hook"))
    y = middle**2
    y.backward(retain_graph=True)
    capsys.readouterr()
    draw.graph(y, {"x": x}).png()
    backward(y, {"x": x})
    assert capsys.readouterr().out == ""
    assert (middle.grad.item(), x.grad.item()) == (40.0, 400.0)


@pytest.mark.parametrize("name", ["line", "diamond", "chain", "linear", "module", "indexing"])
def test_the_order_is_that_of_the_engine(name):
    case, turns = Case(name), []
    read = trace(case.output, case.names)
    found = functions_of(case.output, read)
    for node in read.nodes:
        if node.is_leaf:
            found[node.id].variable.register_post_accumulate_grad_hook(lambda _, i=node.id: turns.append(i))
        else:
            found[node.id].register_prehook(lambda _, i=node.id: turns.append(i))
    case.output.backward()
    assert turns == list(range(len(read.nodes)))


# ---------------------------------------------------------------------------------------------------------
# What is written


def alt_of(make, names=(), backward=True, **how):
    torch.manual_seed(0)
    output, named = make()
    if backward:
        output.backward(retain_graph=True)
    return draw.graph(output, named, **how).alt


def line():
    w, x, b = scalars(2.0, 4.0, 3.0)
    return w * x + b, {"x": x, "w": w, "b": b}


def test_the_line_of_the_lesson():
    alt = alt_of(line)
    for words in (
        "5 nodes, 4 edges",
        "output add value 11 gradient 1;",
        "leaf w value 2 gradient 4",
        "leaf x value 4 gradient 2",
        "mul value 8 gradient 1",
        "mul to w × 4; mul to x × 2.",
    ):
        assert words in alt
    before = alt_of(line, backward=False)
    assert "gradient" not in before and "× 4" in before
    assert "gradient 4" in alt_of(line, backward=False, gradients=True)
    assert "gradient" not in alt_of(line, gradients=False)


def test_a_node_used_twice_is_one_node_with_several_edges():
    (x,) = scalars(3.0)
    z = x * x + x
    z.backward(retain_graph=True)
    alt = draw.graph(z, {"x": x}).alt
    assert "3 nodes, 4 edges" in alt
    assert "gradient 1 + 3 + 3 = 7" in alt
    assert alt.count("mul to x × 3") == 2


def test_a_second_backward_is_told():
    output, named = line()
    output.backward(retain_graph=True)
    output.backward(retain_graph=True)
    assert "w.grad holds 8; this pass alone gives 4." in draw.graph(output, named).alt


def test_names_of_intermediate_results_and_constants():
    x, target = torch.tensor(2.0), torch.tensor(10.0)
    (w,) = scalars(1.0)
    y = w * x
    loss = (y - target) ** 2
    alt = draw.graph(loss, {"w": w, "x": x, "target": target, "y": y, "loss": loss}).alt
    assert "output loss = pow value 64" in alt and "y = mul value 2" in alt
    assert "target is not in the graph: it does not require grad." in alt
    assert "x is not in the graph" not in alt
    (b,) = scalars(1.0)
    assert "b is not in the graph: it has no part in this output." in draw.graph(loss, {"b": b}).alt
    assert "leaf value 1" in draw.graph(loss).alt


def test_several_results_of_one_operation_are_one_node():
    (v,) = tensors((3,))
    a, b, c = v.unbind(0)
    alt = draw.graph(a * b + c, {"v": v, "a": a, "b": b, "c": c}, gradients=True).alt
    assert "4 nodes, 5 edges" in alt and "intermediate a, b, c = unbind;" in alt
    assert "is not in the graph" not in alt


def test_broadcasting_is_told():
    a, b = tensors((2, 3), (3,))
    alt = draw.graph((a + b).sum(), {"a": a, "b": b}).alt
    assert "(3,) → (2, 3), summed on the way back" in alt


FREED = "backward() has freed what the graph kept; retain_graph=True keeps it."


def test_a_freed_graph_still_has_its_shape():
    (w,) = scalars(1.0)
    loss = (w * 2 - 10) ** 2
    loss.backward()
    alt = draw.graph(loss, {"w": w}).alt
    assert "4 nodes, 3 edges" in alt and FREED in alt
    assert "leaf w value 1 gradient -32" in alt and "mul gradient not known" in alt
    assert FREED in backward(loss, {"w": w}).alt
    a, b = scalars(1.0, 2.0)  # a sum keeps nothing, so nothing is missing
    total = a + b
    total.backward()
    assert FREED not in draw.graph(total, {"a": a, "b": b}).alt


def test_a_leaf_that_was_changed_afterwards_gives_no_wrong_value():
    w, b = scalars(3.0, 1.0)
    y = (w + b).tanh() + (w - b)
    with torch.no_grad():
        w -= 2
    read = trace(y, {"w": w, "b": b})
    shown = {n.operation: n.value for n in read.nodes}
    assert shown["sub"] is None or shown["sub"].item() == 2
    w, b = scalars(3.0, 1.0)
    y = (w + b) * 2 + b
    w.data.fill_(100.0)  # leaves no trace but the contradiction
    assert all(n.value is None or n.value.item() in (100, 1, 9) for n in trace(y, {"w": w}).nodes)
    w, x = scalars(3.0, 2.0)
    y = w * x
    with torch.no_grad():
        w += 1
    assert "changed in place" in draw.graph(y, {"w": w, "x": x}).alt


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: torch.tensor([1.0, 2.0]), "x has no graph: nothing was recorded."),
        (lambda: torch.arange(3), "Only floating point numbers have gradients, and this is int64."),
        (lambda: scalars(2.0)[0].detach(), "x has no graph: nothing was recorded."),
        (lambda: scalars(2.0)[0], "x is a leaf that requires grad: no operation made it."),
        (lambda: tensors((2, 3))[0] * 2, "The output has 6 elements: backward() needs gradient="),
        (lambda: torch.ones(2, requires_grad=True) * 1j, "backward() needs gradient="),
        (lambda: None, "x is NoneType, not a tensor"),
        (lambda: 3.0, "x is float, not a tensor"),
        (lambda: torch.ones(2, device="meta", requires_grad=True).sum(), "Autograd graph, 2 nodes"),
        (lambda: (torch.ones(3, requires_grad=True) * float("nan")).sum(), "value nan"),
        (lambda: torch.zeros((), requires_grad=True).sqrt(), "× inf"),
        (lambda: (torch.eye(2).to_sparse().requires_grad_() * 2).to_dense().sum(), "Autograd graph, 4 nodes"),
        (lambda: torch.ones(2, 2, requires_grad=True).to_sparse(), "Autograd graph, 2 nodes"),
    ],
)
@pytest.mark.parametrize("make_picture", [draw.graph, backward])
def test_odd_inputs_give_a_sentence(make_picture, make, sentence, capfd):
    x = make()
    shown = make_picture(x, {"x": x})
    picture = shown if isinstance(shown, draw.Picture) else shown.still
    assert sentence in picture.alt
    assert picture.png()[:4] == b"\x89PNG" and picture.size[0] <= 900
    assert capfd.readouterr() == ("", "")


def test_a_graph_too_large_to_read():
    (x,) = scalars(1.0)
    y = x
    for _ in range(30):
        y = (y * 1.01).tanh()
    picture = draw.graph(y, {"x": x})
    found = re.search(
        r"has 61 nodes, too many to read at once: the (\d+) nearest .* (\d+) are left out", picture.alt
    )
    assert int(found[1]) + int(found[2]) == 61
    wide = draw.graph(torch.stack(scalars(*map(float, range(30)))).sum())
    assert wide.size[0] <= 900
    many = x
    for _ in range(300):
        many = many * 1.0 + x  # x has its turn last
    assert "leaf x value 1 gradient 301" in draw.graph(many, {"x": x}, gradients=True).alt
    deep = x
    for _ in range(3000):
        deep = deep * 1.0
    assert "has 3001 nodes" in draw.graph(deep, {"x": x}).alt


def test_the_same_graph_gives_the_same_picture():
    pictures = []
    for _ in range(2):
        output, named = line()
        pictures.append(draw.graph(output, named).png())
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("name", ALL)
def test_nothing_overlaps_and_every_turn_has_a_sentence(name):
    case = Case(name)
    sketch = Sketch(trace(case.output, case.names), gradients=True, numbered=True)
    places = {
        key: (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
        for key, (w, h) in sketch.sizes.items()
        for x, y in [sketch.layout.boxes[key]]
    }
    for key, (left, top, right, bottom) in places.items():
        assert (
            left >= -1
            and top >= -1
            and right <= sketch.layout.width + 1
            and bottom <= sketch.layout.height + 1
        )
        for other, (x0, y0, x1, y1) in places.items():
            assert key == other or right <= x0 + 1 or x1 <= left + 1 or bottom <= y0 + 1 or y1 <= top + 1
    said = sentences(sketch)
    assert all(re.fullmatch(r"[^ ].*[a-z0-9.)]\.", s) and "  " not in s and "times it" not in s for s in said)
    assert said[0].startswith("backward() starts at ")
    assert all("It is a leaf" not in s or ".grad." in s for s in said)


# ---------------------------------------------------------------------------------------------------------
# The stepper


def neuron():
    x, w = scalars(2.0, -1.0)
    return (w * x).tanh() * x, {"x": x, "w": w}


def test_the_stepper_walks_the_pass():
    output, named = neuron()
    shown = backward(output, named)
    step, said, alts = shown.controls["step"], [], []
    assert shown.controls["previous"].disabled
    for _ in range(5):
        said.append(shown.sentence)
        alts.append(html.unescape(re.search(r'<img [^>]*alt="([^"]*)"', shown._image.value)[1]))
        shown.controls["next"].click()
    assert step.value == 5 and shown.controls["next"].disabled
    assert said[0].startswith(
        "1. backward() starts at mul (1) with 1; times the other factor, 2, it goes to tanh: 2;"
    )
    assert said[2] == (
        "3. mul (3): 0.1413 arrives; times the other factor, 2, it goes to w: 0.2826; "
        "times the other factor, -1, it goes to x: -0.1413."
    )
    assert said[4].startswith("5. x: -0.964 + (-0.1413) = -1.105 arrives. It is a leaf")
    assert "gradient" not in alts[0].split("leaf w")[1].split(";")[0]
    assert "gradient -0.964 + …" in alts[0]
    assert "gradient -0.964 + (-0.1413) = -1.105" in alts[4]
    shown.controls["previous"].click()
    assert step.value == 4 and shown.sentence == said[3]
    assert all(t.grad is None for t in named.values())


def test_the_stepper_without_widgets_is_one_picture_with_all_turns(monkeypatch):
    output, named = neuron()
    data, metadata = backward(output, named)._repr_mimebundle_()
    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} <= set(data)
    monkeypatch.setattr(panel, "widgets", None)
    still = backward(output, named)
    assert isinstance(still, draw.Picture)
    assert still._repr_mimebundle_()[0]["image/png"] == data["image/png"]
    assert metadata["image/png"]["alt"] == still.alt
    for words in ("backward() starts at mul (1) with 1", "tanh: 2 arrives", "x.grad"):
        assert words in still.alt
