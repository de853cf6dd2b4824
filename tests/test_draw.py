"""The pictures are valid, say what they show, fit their frame, and show the truth."""

import hashlib
import io
import itertools
import math
import re
import subprocess
import sys
import warnings
from xml.etree import ElementTree

import graphviz
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image
from torchviz import make_dot

from torchprimer import draw

some = settings(max_examples=8, deadline=None, derandomize=True, database=None)

DTYPES = [
    torch.bool,
    torch.uint8,
    torch.int8,
    torch.int32,
    torch.int64,
    torch.uint16,
    torch.float16,
    torch.bfloat16,
    torch.float32,
    torch.float64,
    torch.float8_e4m3fn,
    torch.complex64,
]


def filled(shape, dtype=torch.float32):
    """A tensor whose values differ from each other: negative ones, fractions, and beyond int8's range."""
    n = math.prod(shape)
    return (torch.arange(n, dtype=torch.float64) * 1.5 - 3).reshape(shape).to(dtype)


shapes = st.lists(st.integers(0, 4), max_size=4).map(tuple)
tensors = st.builds(filled, shapes, st.sampled_from(DTYPES))


def odd_tensors():
    generator = torch.Generator().manual_seed(0)
    big = torch.randn(1000, 1000, generator=generator)
    return {
        "0-D": torch.tensor(3.5),
        "empty": torch.empty(0),
        "no columns": torch.empty(2, 0),
        "one": torch.ones(1, 1),
        "large": big,
        "long": torch.arange(5000),
        "deep": torch.randn(7, 2, 3, generator=generator),
        "4-D": filled((2, 3, 2, 2)),
        "6-D": filled((1, 2, 1, 2, 1, 2)),
        "bool": torch.tensor([[True, False]]),
        "complex": torch.tensor([1 + 2j, -0.5j]),
        "int8": torch.tensor([-128, 127], dtype=torch.int8),
        "huge ints": torch.tensor([2**62, -(2**63)]),
        "bfloat16": torch.randn(2, 3, generator=generator).to(torch.bfloat16),
        "float8": torch.randn(3, generator=generator).to(torch.float8_e5m2),
        "nan": torch.tensor([[math.nan, 1.0], [math.inf, -math.inf]]),
        "all nan": torch.full((2,), math.nan),
        "grad": torch.ones(2, 2, requires_grad=True),
        "expanded": torch.tensor([1.0, 2.0, 3.0]).expand(4, 3),
        "transposed": filled((3, 4)).T,
        "strided": filled((4, 6))[1::2, ::3],
        "conjugate": torch.tensor([1 + 2j]).conj(),
        "sparse": torch.eye(3).to_sparse(),
        "csr": torch.eye(3).to_sparse_csr(),
        "meta": torch.empty(2, 3, device="meta"),
        "nested": torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]),
        "wide numbers": torch.tensor([1e-30, 12345.678, -1e30]),
    }


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    ODD = odd_tensors()

EVERY = {
    "tensor": lambda x: draw.tensor(x),
    "tensors": lambda x: draw.tensors({"x": x, "same": x}),
    "storage": lambda x: draw.storage({"x": x, "x.clone()": x.clone()}),
    "broadcast": lambda x: draw.broadcast(x, torch.ones(3)),
    "matmul": lambda x: draw.matmul(x, x, at=(5, -2)),
    "reduction": lambda x: draw.reduction(x, 0, "sum"),
    "reduction of all": lambda x: draw.reduction(x, None, "max"),
    "last dimension kept": lambda x: draw.reduction(x, -1, "mean", keepdim=True),
    "cat": lambda x: draw.joined(x, x),
    "stack": lambda x: draw.joined(x, x, dim=-1, how="stack"),
    "selection": lambda x: draw.selection(x, {"x[0]": 0, "x[..., :1]": (..., slice(1))}),
    "distribution": lambda x: draw.distribution({"x": x}),
    "number_line": lambda x: draw.number_line({"x": x}),
    "memory": lambda x: draw.memory({"x": x, "y": x}),
    "difference": lambda x: draw.difference(x, x.clone()),
    "difference in shape": lambda x: draw.difference(x, torch.ones(2, 2)),
}


def check_picture(picture):
    """A PNG at twice the shown size, at most 900 wide as shown, with an alternative text in the bundle."""
    png = picture.png()
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    width, height = picture.size
    assert width <= 900
    shrunk = width / (picture.figure.get_size_inches()[0] * 96)
    assert abs(image.width * shrunk - 2 * width) <= 2
    data, metadata = picture._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == picture.alt
    assert (metadata["image/png"]["width"], metadata["image/png"]["height"]) == (width, height)
    assert picture.alt.strip() and "\n" not in picture.alt


@pytest.mark.parametrize("name", EVERY)
def test_any_shape_and_dtype(name):
    @some
    @given(tensors)
    def try_one(x):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = EVERY[name](x)
            check_picture(picture)
        assert draw.shape_text(x.shape) in picture.alt or name == "memory"

    try_one()


@pytest.mark.parametrize("name", EVERY)
def test_odd_tensors(name, capfd):
    for what, x in ODD.items():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                picture = EVERY[name](x)
            except NotImplementedError as error:  # this test's own clone() of a kind that has none
                pytest.fail(f"{what}: {error}")
            assert picture.alt, what
            assert picture.size[0] <= 900, what
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("thing", [None, "text", [1, 2], 3, 2.5, object(), [[1], [2, 3]], np.arange(4)[::-1]])
def test_things_that_are_no_tensors(thing):
    check_picture(draw.tensor(thing))
    check_picture(draw.difference(torch.ones(2), thing))
    check_picture(draw.memory({"thing": thing}))


def lesson_pictures():
    x, x4 = filled((2, 3)), torch.arange(12.0).reshape(4, 3)
    array = np.arange(6.0)
    shared = torch.from_numpy(array)
    generator = torch.Generator().manual_seed(0)
    uniform, normal = torch.rand(1000, generator=generator), torch.randn(1000, generator=generator)
    mask = {"x[0]": 0, "x[:, 1]": (slice(None), 1), "x[x > 3]": x4 > 3, "x[9]": 9}
    column, line = torch.tensor([[10.0], [20.0], [30.0]]), torch.arange(4.0)
    views = {"x": x4, "x.T": x4.T, "x[1:, 1:]": x4[1:, 1:], "x.clone()": x4.clone()}
    return {
        "tensor": draw.tensor(x),
        "long floats": draw.tensor(torch.randn(20, 40, generator=generator)),
        "3-D": draw.tensor(filled((3, 2, 4))),
        "tensors": draw.tensors({"x": x, "x + 1": x + 1, "x.T": x.T, "x > 0": x > 0}),
        "storage": draw.storage(views),
        "storage of a row": draw.storage({"x[1]": x4[1]}),
        "expanded": draw.storage({"x": line.expand(3, 4)}),
        "large storage": draw.storage({"x[500:]": torch.arange(1000)[500:].reshape(50, 10)}),
        "marked": draw.storage({"x": x4, "x.T": x4.T}, mark={"x.T": (2, 1)}),
        "broadcast": draw.broadcast(column, line),
        "trap": draw.broadcast(normal[:100, None], normal[:100], ("prediction", "target"), "-"),
        "3-D broadcast": draw.broadcast(torch.ones(2, 1, 3), line[:, None], op="*"),
        "clash": draw.broadcast(x4, line, ("table", "weights")),
        "scalars": draw.broadcast(torch.tensor(1), torch.tensor(2)),
        "matmul": draw.matmul(x, x.T, at=(1, 0)),
        "large matmul": draw.matmul(torch.randn(40, 30), torch.randn(30, 20), at=(25, 17)),
        "vector": draw.matmul(x, line[:3], at=(1, 0)),
        "mismatch": draw.matmul(x, x),
        "columns": draw.reduction(x4, 0),
        "rows": draw.reduction(x4, 1, "std", keepdim=True),
        "all": draw.reduction(x4, None, "sum"),
        "one value": draw.reduction(torch.ones(1), 0),
        "layers": draw.reduction(filled((5, 2, 3)), 0, "max"),
        "3-D rows": draw.reduction(filled((2, 2, 3)), 2),
        "integers": draw.reduction(torch.arange(4), 0),
        "cat": draw.joined(x, x + 10),
        "stack": draw.joined(x, x + 10, 2, "stack"),
        "cat clash": draw.joined(x, x4, 1),
        "selection": draw.selection(x4, mask),
        "distribution": draw.distribution({"torch.rand(1000)": uniform, "torch.randn(1000)": normal}),
        "whole numbers": draw.distribution({"torch.randint(1, 7, (60,))": torch.arange(60) % 6 + 1}),
        "number line": draw.number_line(
            {
                "torch.arange(0, 1, 0.25)": torch.arange(0, 1, 0.25),
                "torch.linspace(0, 1, 5)": torch.linspace(0, 1, 5),
                "torch.linspace(0, 1, 50)": torch.linspace(0, 1, 50),
            }
        ),
        "promotion": draw.promotion([torch.bool, torch.uint8, torch.int8, torch.float32, torch.complex64]),
        "memory": draw.memory({"a": array, "t = torch.from_numpy(a)": shared, "u": torch.tensor(array)}),
        "difference": draw.difference(x4, x4 + (x4 > 7)),
        "far difference": draw.difference(torch.zeros(99, 99), torch.eye(99).flip(0)),
        "shapes": draw.difference(line, line[:, None]),
    }


@pytest.fixture(scope="module")
def lesson():
    return lesson_pictures()


def boxes(picture):
    """The rectangle of every piece of text, as (text, left, bottom, right, top), in pixels as shown."""
    picture.figure.set_dpi(192)
    renderer = FigureCanvasAgg(picture.figure).get_renderer()
    texts = [t for t in picture.figure.findobj(Text) if t.get_text().strip()]
    found = [(text_of(t), *(side / 2 for side in t.get_window_extent(renderer).extents)) for t in texts]
    picture.figure.set_dpi(96)
    return found


def text_of(artist):
    """What a text artist says, without the sign that keeps letters apart."""
    return artist.get_text().replace("\N{ZERO WIDTH NON-JOINER}", "")


def test_no_text_is_cut_off_or_overlaps(lesson):
    for name, picture in lesson.items():
        width, height = picture.figure.get_size_inches() * 96
        found = boxes(picture)
        assert found, name
        for text, left, bottom, right, top in found:
            assert left >= 4 and bottom >= 4 and right <= width - 4 and top <= height - 4, (name, text)
        for (one, l1, b1, r1, t1), (two, l2, b2, r2, t2) in itertools.combinations(found, 2):
            clear = r1 <= l2 + 1 or r2 <= l1 + 1 or t1 <= b2 + 1 or t2 <= b1 + 1
            assert clear, f"{name}: {one!r} lies on {two!r}"


def test_sizes_are_readable_and_files_small(lesson):
    for name, picture in lesson.items():
        assert picture.figure.get_size_inches()[0] * 96 <= 900, f"{name} would be shrunk"
        assert min(t.get_fontsize() for t in picture.figure.findobj(Text)) >= 9, name
        assert len(picture.png()) < 100_000, name
    assert sum(len(picture.png()) for picture in lesson.values()) < 30_000 * len(lesson)


def test_rendering_is_deterministic_and_leaves_pyplot_alone():
    code = (
        "import hashlib, sys, torch; from torchprimer import draw;"
        "picture = draw.storage({'x': torch.arange(6).reshape(2, 3).T});"
        "print(hashlib.sha256(picture.png()).hexdigest(), 'matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    here = hashlib.sha256(draw.storage({"x": torch.arange(6).reshape(2, 3).T}).png()).hexdigest()
    assert (done.stdout, done.stderr) == (f"{here} False\n", "")


def test_flat_colours_survive_the_palette():
    picture = draw.tensor(torch.tensor([1.0, -1.0]))
    image = Image.open(io.BytesIO(picture.png())).convert("RGB")
    colors = {color for _, color in image.getcolors(10_000)}
    for wanted in ("#FFFFFF", draw.mix(draw.BLUE, 0.55), draw.mix(draw.VERMILLION, 0.55)):
        assert tuple(int(wanted[i : i + 2], 16) for i in (1, 3, 5)) in colors


def test_a_name_may_hold_anything():
    picture = draw.tensor(torch.ones(2), name='$x_1$ <b>"数"\nnext')
    check_picture(picture)
    assert '"数"' in picture.alt
    assert "<b>" not in picture.html() and 'alt="$x_1$ &lt;b&gt;&quot;' in picture.html()


def test_nothing_is_changed():
    x = filled((3, 3)).requires_grad_()
    before, state = x.detach().clone(), torch.get_rng_state()
    for make in EVERY.values():
        make(x)
    assert torch.equal(x.detach(), before) and x.grad is None
    assert torch.equal(torch.get_rng_state(), state)


def test_defaults_of_the_session_do_not_matter():
    torch.set_default_device("meta")
    try:
        for make in EVERY.values():
            make(torch.ones(2, 2, device="cpu")).png()
    finally:
        torch.set_default_device(None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"), (-0.5, "-0.5"), (125000.0, "1.25e5"), (True, "True"), (1 + 2j, "1+2j"), (7, "7"),
        (0.0, "0"), (-0.0, "0"), (1e-9, "1e-9"), (2**62, "4.61e18"), (math.nan, "nan"), (-math.inf, "-inf"),
        (0.70710678, "0.7071"), (99999, "99999"), (-1.5 - 0.5j, "-1.5-0.5j"), (9.99996, "10"), (1e5, "1e5"),
    ],
)  # fmt: skip
def test_numbers_are_short(value, text):
    assert draw.short(value) == text


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.floats(-1e300, 1e300))
def test_short_numbers_are_near(value):
    assert math.isclose(float(draw.short(value)), value, rel_tol=6e-3, abs_tol=6e-5)
    assert len(draw.short(value)) <= 10


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 200), st.integers(3, 30), st.integers(0, 199))
def test_crop_keeps_the_focus(size, limit, focus):
    ids = draw.crop(size, limit, focus)
    assert len(ids) <= limit
    kept = [i for i in ids if i is not None]
    assert kept == list(range(kept[0], kept[-1] + 1)) if kept else size == 0
    assert focus >= size or focus in kept
    assert (ids[:1] == [None]) == (bool(kept) and kept[0] > 0)
    assert (ids[-1:] == [None]) == (bool(kept) and kept[-1] < size - 1)


def test_alt_says_the_values():
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert draw.tensor(x).alt == "x, shape (2, 3), float32: rows [1, 2, 3] and [4, 5, 6]."
    assert draw.tensor(torch.tensor(2)).alt == "x, shape (), int64: value 2."
    assert draw.tensor(torch.empty(0, 2), "e").alt == "e, shape (0, 2), float32: no elements."


def test_large_tensors_show_a_corner():
    shown = {text for text, *_ in boxes(draw.tensor(ODD["large"]))}
    assert "…" in shown and "(1000, 1000) · float32" in shown and len(shown) < 200


# --- storage and memory


def test_storage_groups_views_and_separates_copies():
    x = torch.arange(6).reshape(2, 3)
    alt = draw.storage({"x": x, "x.T": x.T, "x.clone()": x.clone()}).alt
    assert "x and x.T share the same memory" in alt
    assert "x.clone() has its own memory" in alt
    assert "share" not in draw.storage({"x": x, "y": x + 0}).alt


@some
@given(hnp.array_shapes(min_dims=2, max_dims=3, max_side=4), st.data())
def test_reached_places_are_the_true_ones(shape, data):
    x = torch.arange(math.prod(shape)).reshape(shape).permute(*data.draw(st.permutations(range(len(shape)))))
    start, step = data.draw(st.integers(0, 2)), data.draw(st.integers(1, 3))
    view = draw.view_of("v", draw.Subject(x[..., start::step]))
    values = set(view.subject.tensor.reshape(-1).tolist())  # here a value is its own place
    assert {p for p in range(x.numel()) if view.reaches(p)} == values


def test_strides_and_offset_are_told():
    x = torch.arange(12).reshape(3, 4)
    alt = draw.storage({"v": x[1:, ::2]}).alt
    assert "strides (4, 2) · offset 4" in alt
    texts = {text for text, *_ in boxes(draw.storage({"v": x[1:, ::2]}))}
    assert {"dim 0: +4", "dim 1: +2"} <= texts
    assert "dim 0: +0 (every step stays here)" in {
        text for text, *_ in boxes(draw.storage({"e": torch.arange(3).expand(2, 3)}))
    }


def test_memory_groups_arrays_and_tensors():
    a = np.arange(6.0)
    t = torch.from_numpy(a)
    alt = draw.memory(
        {"a": a, "b": a[2:], "t": t, "v": t.view(2, 3), "c": a.copy(), "u": torch.tensor(a)}
    ).alt
    assert "a, b, t and v share one memory" in alt
    assert "c has its own memory" in alt and "u has its own memory" in alt
    back = torch.arange(3.0)
    assert (
        "back and back.numpy() share one memory"
        in draw.memory({"back": back, "back.numpy()": back.numpy()}).alt
    )


# --- operations


small_shapes = st.lists(st.integers(0, 3), max_size=3).map(tuple)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(small_shapes, small_shapes, st.sampled_from("+-*/"))
def test_broadcast_clashes_exactly_when_torch_raises(m, n, op):
    a, b = filled(m), filled(n) + 1
    try:
        expected = torch.broadcast_shapes(m, n)
    except RuntimeError:
        expected = None
    alt = draw.broadcast(a, b, op=op).alt
    assert ("clash" in alt) == (expected is None)
    if expected is not None:
        assert f"has shape {draw.shape_text(expected)}" in alt
        result = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[op]
        assert draw.Subject(result).listed() in alt


def test_broadcast_says_what_stretches():
    alt = draw.broadcast(torch.ones(3, 1), torch.ones(4), names=("p", "q")).alt
    assert "p, shape (3, 1), and q, shape (4,)" in alt
    assert "3 and no dim stretched" in alt and "1 and 4 stretched" in alt


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(0, 9), st.integers(0, 9))
def test_matmul_spells_out_the_sum(n, k, m, i, j):
    a = torch.arange(n * k).reshape(n, k) + 1
    b = torch.arange(k * m).reshape(k, m) + 2
    i, j = i % n, j % m
    alt = draw.matmul(a, b, at=(i, j)).alt
    products = " + ".join(f"{a[i, x]}·{b[x, j]}" for x in range(k))
    assert (
        f"row {i} of a meets column {j} of b, {products}\N{NO-BREAK SPACE}" not in alt
    )  # alt has plain spaces
    assert f"row {i} of a meets column {j} of b, {products} = {(a @ b)[i, j]}, at [{i}, {j}]" in alt


@pytest.mark.parametrize(
    ("m", "n", "place"),
    [((2, 3), (3,), "at [1] "), ((3,), (3, 2), "at [0] "), ((3,), (3,), "at the one place"), ((5, 2, 3), (3, 4), "at [0, 1, 0]")],
)  # fmt: skip
def test_matmul_of_vectors_and_batches(m, n, place):
    a, b = filled(m), filled(n)
    picture = draw.matmul(a, b, at=(1, 0))
    assert place in picture.alt and f"shape {draw.shape_text((a @ b).shape)}" in picture.alt


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(small_shapes, small_shapes)
def test_matmul_fails_when_torch_does(m, n):
    a, b = torch.ones(m), torch.ones(n)
    try:
        shape = draw.shape_text((a @ b).shape)
    except RuntimeError:
        assert any(word in draw.matmul(a, b).alt for word in ("clash", "PyTorch says", "needs"))
    else:
        assert f"shape {shape}" in draw.matmul(a, b).alt


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),  # all of it is drawn
    st.sampled_from(["mean", "sum", "std", "max"]),
    st.booleans(),
    st.data(),
)
def test_reduction_values_are_torchs(shape, how, keepdim, data):
    x = filled(shape)
    dim = data.draw(st.none() | st.integers(-len(shape), len(shape) - 1))
    picture = draw.reduction(x, dim, how, keepdim)
    if dim is None:
        dim = tuple(range(len(shape)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = {"mean": torch.mean, "sum": torch.sum, "std": torch.std, "max": torch.amax}[how](
            x, dim, keepdim=keepdim
        )
    assert f"{draw.shape_text(shape)} → {draw.shape_text(expected.shape)}" in picture.alt
    assert picture.alt.endswith(f"; {draw.Subject(expected).listed()}.")
    texts = {text for text, *_ in boxes(picture)}
    assert {draw.short(v) for v in expected.reshape(-1).tolist()} <= texts


def test_reduction_names_the_dimension_that_goes():
    x = filled((2, 3, 4))
    assert "dim 2 disappears" in draw.reduction(x, -1).alt
    assert "dim 1" in {text for text, *_ in boxes(draw.reduction(x, 1))}
    assert "dim 0 becomes 1" in draw.reduction(x, 0, keepdim=True).alt
    assert "PyTorch says: mean()" in draw.reduction(torch.arange(3)).alt


def test_joined_results():
    a, b = torch.tensor([1, 2]), torch.tensor([3, 4])
    assert "shape (4,), values [1, 2, 3, 4]" in draw.joined(a, b).alt
    assert "shape (2, 2), rows [1, 2] and [3, 4]" in draw.joined(a, b, how="stack").alt
    assert "shape (2, 2), rows [1, 3] and [2, 4]" in draw.joined(a, b, 1, "stack").alt
    assert "PyTorch says: Sizes of tensors must match" in draw.joined(filled((2, 3)), filled((3, 3)), 1).alt


def test_selection_says_what_comes_out():
    x = torch.arange(12).reshape(4, 3)
    picks = {"x[0]": 0, "x[:, 1]": (slice(None), 1), "x[x > 8]": x > 8, "x[[0, 0]]": [0, 0], "x[7]": 7}
    alt = draw.selection(x, picks).alt
    assert "x[0]: shape (3,), values [0, 1, 2]." in alt
    assert "x[:, 1]: shape (4,), values [1, 4, 7, 10]." in alt
    assert "x[x > 8]: shape (3,), values [9, 10, 11]." in alt
    assert "x[[0, 0]]: shape (2, 3), rows [0, 1, 2] and [0, 1, 2]." in alt
    assert "x[7]: PyTorch says: index 7 is out of bounds" in alt


def test_selection_lights_the_picked_cells_alone():
    x = torch.arange(12).reshape(4, 3)
    bold = {text_of(t) for t in draw.selection(x, {"x[1:3, ::2]": (slice(1, 3), slice(None, None, 2))}).figure
            .findobj(Text) if t.get_fontproperties().get_weight() == "bold"}  # fmt: skip
    assert bold == {"x[1:3, ::2]", "3", "5", "6", "8"}


# --- numbers


def test_distribution_does_not_round_up_to_one():
    x = torch.tensor([0.0001, 0.5, 0.99996])
    assert "min 1e-4, max 0.99996" in draw.distribution({"x": x}).alt
    assert "1 not finite" in draw.distribution({"x": torch.tensor([1.0, math.nan])}).alt


def test_number_line_marks_the_end_that_is_not_reached():
    both = {"arange": torch.arange(0, 1, 0.25), "linspace": torch.linspace(0, 1, 5)}
    assert draw.number_line(both).alt.count("1 is not reached") == 1
    assert "not reached" not in draw.number_line({"linspace": torch.linspace(0, 1, 5)}).alt


def test_promotion_is_torchs():
    dtypes = [torch.bool, torch.int64, torch.float32, torch.float64, torch.complex64]
    alt = draw.promotion(dtypes).alt
    for a, b in itertools.combinations(dtypes, 2):
        made = draw.dtype_text(torch.promote_types(a, b))
        assert f"{draw.dtype_text(a)} with {draw.dtype_text(b)} gives {made}" in alt


# --- difference


def test_difference_counts_and_finds_the_first():
    x = torch.zeros(300, 300)
    y = x.clone()
    y[200, 150] = 1
    picture = draw.difference(x, y, names=("right", "mine"))
    assert "1 of 90,000 values differs, the first at [200, 150]: right 0, mine 1." in picture.alt
    assert {"200", "150"} <= {text for text, *_ in boxes(picture)}


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (torch.ones(3), torch.ones(3, 1), "shapes differ: (3,) and (3, 1)"),
        (torch.ones(2), torch.ones(2, dtype=torch.float64), "dtypes differ: float32 and float64"),
        (torch.tensor([math.nan, 1]), torch.tensor([math.nan, 1]), "no value differs"),
        (torch.tensor([True, False]), torch.tensor([True, True]), "1 of 2 values differs, the first at [1]"),
        (torch.tensor(1.0), torch.tensor(1.0001), "expected 1, yours 1.0001"),
        (torch.tensor([2**62]), torch.tensor([2**62 + 1]), "1 of 1 value differs"),
        (torch.tensor([1.0]), torch.tensor([1.0 + 1e-7]), "no value differs"),
        (torch.ones(2) + 1j, torch.ones(2), "2 of 2 values differ"),
        (torch.empty(0), torch.empty(0), "nothing differs"),
        (torch.ones(2), None, "yours is None, not a tensor."),
    ],
)
def test_difference_in_words(expected, got, words):
    picture = draw.difference(expected, got)
    assert words in picture.alt
    check_picture(picture)


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(shapes, st.sampled_from(DTYPES), st.sampled_from(DTYPES))
def test_difference_agrees_with_torch(shape, one, two):
    x, y = filled(shape, one), filled(shape, two)
    said = draw.difference(x, y).alt
    wide = torch.complex128 if x.is_complex() or y.is_complex() else torch.float64
    same = torch.allclose(x.to(wide), y.to(wide), rtol=0.02)
    assert ("no value differs" in said or "nothing differs" in said) == same


def test_devices_tell_kinds_by_a_letter_too():
    model = torch.nn.BatchNorm1d(2, device="meta")
    model.center = torch.zeros(2)
    picture = draw.devices({"model": model, "x": torch.zeros(3)})
    letters = [text.get_text() for text in picture.figure.findobj(Text) if len(text.get_text()) == 1]
    # A plain attribute, three buffers, two parameters, and each once more where it is explained.
    assert sorted(letters) == [*"AA", *"BBBB", *"PPP", "x"]
    assert (
        "In the memory of cpu: model.center ((2,) float32 · attribute) and x ((3,) float32)." in picture.alt
    )


def test_a_figure_of_pyplot_gets_words_and_is_shown_once():
    from matplotlib import pyplot

    drawn, axes = pyplot.subplots()
    axes.plot([1, 2])
    shown, _ = draw.figure(drawn, "A line that rises.")._repr_mimebundle_()
    assert shown["text/plain"] == "A line that rises." and shown["image/png"]
    assert not pyplot.get_fignums()


def svgs(shown):
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg .*?</svg>", shown.html(), re.DOTALL)]


def test_pictures_side_by_side():
    x = torch.tensor(2.0, requires_grad=True)
    y = x * x
    dot, picture = make_dot(y, params={"x": x}), draw.graph(y, {"x": x})
    shown = draw.beside(dot, picture)
    data = shown._repr_mimebundle_()
    assert set(data) == {"text/html", "text/plain"}
    assert data["text/plain"] == repr(shown) == f"{svgs(shown)[0].get('aria-label')} {picture.alt}"
    assert shown.alt.startswith("torchviz graph: (), MulBackward0, AccumulateGrad, x ().")
    assert picture.html() in data["text/html"]
    assert "flex-wrap:wrap" in data["text/html"] and "background:#FFFFFF" in data["text/html"]
    again = draw.beside(make_dot(x * x, params={"x": x}), picture)
    assert again.html() == data["text/html"]  # no address of a node is in it


def test_graphviz_pictures_side_by_side_share_no_id():
    source = 'digraph { a [style=radial fillcolor="red:blue" label="<&\\"é"] a -> b [URL="#b"] }'
    shown = draw.beside(graphviz.Source(source), graphviz.Source(source), graphviz.Graph())
    one, two, empty = svgs(shown)
    ids = [element.get("id") for svg in (one, two, empty) for element in svg.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) > 6
    for svg in re.findall(r"<svg .*?</svg>", shown.html(), re.DOTALL):
        assert set(re.findall(r"url\(#(.*?)\)", svg)) <= set(re.findall(r'\bid="(.*?)"', svg))
    assert one.get("aria-label") == 'graph: <&"é, b.' and empty.get("aria-label") == "graph: no labels."
    assert all(svg.get("role") == "img" and "max-width:100%" in svg.get("style") for svg in (one, two, empty))


def test_only_pictures_go_side_by_side():
    with pytest.raises(TypeError, match="and this is Tensor"):
        draw.beside(torch.ones(2))
