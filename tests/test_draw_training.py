"""The pictures of training: curves, surfaces, films and changed code are true, readable and small."""

import hashlib
import html
import io
import itertools
import json
import linecache
import math
import re
import subprocess
import sys
import warnings
from html.parser import HTMLParser

import matplotlib as mpl
import numpy as np
import pytest
import torch
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from torchprimer import draw
from torchprimer.draw.descent import evaluate, walk


def parabola(x):
    return 3 * x**2 + 2 * x - 1.2


def truth(x):
    return -0.55 * x**2 + 1.2 * x - 0.81


def line_data(n=100):
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(n, generator=generator)
    return x, 1 + 2 * x + 0.1 * torch.randn(n, generator=generator)


X, Y = line_data()


def line_loss(w, b):
    return ((w * X + b - Y) ** 2).mean()


def train(make, steps=60):
    params = torch.tensor([-1.0, -1.0], requires_grad=True)
    optimizer, path = make([params]), [params.detach().clone()]
    for _ in range(steps):
        optimizer.zero_grad()
        line_loss(*params).backward()
        optimizer.step()
        path.append(params.detach().clone())
    return torch.stack(path)


def snapshots(count=16):
    params = torch.zeros(2)
    found = []
    for k in range(count):
        found.append((5 * k, params.clone()))
        for _ in range(5):
            off = params[0] * X + params[1] - Y
            params = params - 0.3 * torch.stack([(2 * off * X).mean(), (2 * off).mean()])
    return found


def predict(params, x):
    return params[0] * x + params[1]


def straight(w, x, y, lr):
    for _ in range(10):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        w = w - lr * w.grad
    return w


def mended(w, x, y, lr):
    for _ in range(10):
        loss = ((w * x - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= lr * w.grad
        w.grad.zero_()
    return w


def lesson_pictures():
    decay = [9 * math.exp(-k / 20) + 4 + 0.2 * math.sin(k) for k in range(200)]
    long = torch.linspace(-5, 7, 100)
    x2 = torch.linspace(-5, 7, 100, dtype=torch.float64)[:, None]
    noise = torch.randn(100, 1, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    paths = {
        "SGD": train(lambda p: torch.optim.SGD(p, lr=0.1)),
        "momentum": train(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
        "Adam": train(lambda p: torch.optim.Adam(p, lr=0.1)),
    }
    made = {
        f"descent {r}": draw.descent(parabola, walk(parabola, 2.0, r, 10))
        for r in (0.01, 0.1, 0.3, 0.34, 0.5)
    }
    return made | {
        "rates": draw.rates(parabola, 2.0, [0.01, 0.1, 0.3]),
        "four rates": draw.rates(parabola, 2.0, [0.01, 0.1, 0.3, 0.5], steps=20),
        "seven rates": draw.rates(parabola, 2.0, [0.01, 0.05, 0.1, 0.3, 0.33, 0.34, 9.0], steps=60),
        "surface": draw.surface(line_loss, paths, x=(-2, 4), y=(-2, 3), best=(2.0, 1.0), title="Three optimizers"),
        "valley": draw.surface(
            lambda a, b: ((a * long**2 + b * long - truth(long)) ** 2).mean(),
            {"slow": [(0.0, 0.0), (-0.3, 0.1), (-0.55, 1.2)]},
            x=(-1.2, 0.2),
            y=(-2, 3),
            labels=("a", "b"),
        ),
        "curves": draw.curves(
            {"training": decay, "validation": [v + 0.4 for v in decay]}, floor=4.0, marks={"lowest": 60}
        ),
        "diverging curves": draw.curves(
            {"calm": [10 * 0.8**k for k in range(50)], "wild": [10.0**k if k < 30 else math.inf for k in range(50)]}
        ),
        "linear curves": draw.curves({"a": [3.0, 0.0, 1.0], "b": [2.0, 1.0, 1.01], "c": [5.0]}, log=True),
        "fitted": draw.fitted(x2, truth(x2) + 2 * noise, {"before": lambda x: 0 * x, "after": truth}, truth=truth),
        "sweep": draw.sweep([1e-4, 1e-3, 2e-3, 3e-3, 1e-2], [30.0, 9.0, 4.4, math.inf, 1e20], limit=0.0029),
        "film": draw.fit_film(X, Y, snapshots(), predict=predict, truth=lambda x: 1 + 2 * x, title="Training"),
        "change": draw.change(straight, mended),
    }  # fmt: skip


@pytest.fixture(scope="module")
def lesson():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return lesson_pictures()


def figures(lesson):
    for name, made in lesson.items():
        yield name, (made.frames[0] if isinstance(made, draw.Film) else made)


def seen_texts(figure):
    """Every text that is painted, with its box in pixels as shown; no ticks beyond the axes."""
    figure.set_dpi(96)
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    hidden = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
                if not low <= tick.get_loc() <= high or not ax.axison:
                    hidden |= {tick.label1, tick.label2}
    for text in figure.findobj(Text):
        if text.get_text().strip() and text.get_visible() and text not in hidden:
            yield text, text.get_window_extent(renderer).extents


def test_no_text_is_cut_off_overlaps_or_is_too_small(lesson):
    for name, picture in figures(lesson):
        width, height = picture.figure.get_size_inches() * 96
        found = list(seen_texts(picture.figure))
        assert found, name
        for text, (left, bottom, right, top) in found:
            assert left >= 2 and bottom >= 2 and right <= width - 2 and top <= height - 2, (name, text)
            assert text.get_fontsize() >= 10, (name, text)
        for (one, (l1, b1, r1, t1)), (two, (l2, b2, r2, t2)) in itertools.combinations(found, 2):
            clear = r1 <= l2 + 1 or r2 <= l1 + 1 or t1 <= b2 + 2 or t2 <= b1 + 2
            assert clear, f"{name}: {one.get_text()!r} lies on {two.get_text()!r}"


def test_pictures_are_small_and_carry_their_words(lesson):
    for name, made in lesson.items():
        assert made.size[0] <= 900, name
        assert len(made.png()) < {"film": 80_000, "seven rates": 110_000}.get(name, 60_000), name
        assert made.alt.strip() and "\n" not in made.alt and "\N{NO-BREAK SPACE}" not in made.alt
        data, _ = made._repr_mimebundle_()
        assert data["text/plain"] == repr(made)
        if name != "change":
            assert data["text/plain"] == made.alt and data["image/png"]


def test_drawing_is_the_same_everywhere_and_leaves_pyplot_alone():
    code = (
        "import hashlib, sys; from torchprimer import draw;"
        "picture = draw.rates(lambda x: x**2, 2.0, [0.1, 0.3]);"
        "print(hashlib.sha256(picture.png()).hexdigest(), 'matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    before = dict(mpl.rcParams)
    try:
        mpl.rcParams.update({"font.size": 30, "axes.facecolor": "black", "lines.linewidth": 9})
        picture = draw.rates(lambda x: x**2, 2.0, [0.1, 0.3])
        assert mpl.rcParams["font.size"] == 30  # a student's own style stays
        here = hashlib.sha256(picture.png()).hexdigest()
    finally:
        mpl.rcParams.update(before)
    assert (done.stdout, done.stderr) == (f"{here} False\n", "")


def test_defaults_of_the_session_do_not_matter():
    torch.set_default_device("meta")
    torch.set_default_dtype(torch.float64)
    try:
        draw.descent(parabola, [2.0, 1.0])
        draw.rates(parabola, 2.0, [0.1])
        draw.surface(lambda w, b: w**2 + b**2, {"p": [(1.0, 1.0)]}, x=(-1, 2), y=(-1, 2))
        draw.fitted(X, Y, {"line": lambda x: x})
        draw.fit_film(X, Y, [(0, 1.0)], predict=lambda p, x: p * x)
    finally:
        torch.set_default_device(None)
        torch.set_default_dtype(torch.float32)


def test_nothing_is_changed():
    path = torch.tensor([2.0, 1.0, 0.5], requires_grad=True)
    x = X.clone()[:, None].requires_grad_()
    model = torch.nn.Sequential(
        torch.nn.Linear(1, 3), torch.nn.BatchNorm1d(3), torch.nn.Dropout(), torch.nn.Linear(3, 1)
    )
    model[2].eval()
    held = {k: v.clone() for k, v in model.state_dict().items()}
    state, before = torch.get_rng_state(), x.detach().clone()

    def noisy(v):
        v += 0  # in place, on a copy
        return (v**2 + 0 * torch.rand(())).sum()

    draw.descent(noisy, path)
    draw.surface(lambda w, b: w * b + 0 * torch.rand(()), {"p": [(1.0, 1.0)]}, x=(-1, 2), y=(-1, 2))
    draw.fitted(x, Y, {"model": model})
    assert torch.equal(torch.get_rng_state(), state) and path.grad is None and x.grad is None
    assert torch.equal(x.detach(), before)
    assert all(torch.equal(held[k], v) for k, v in model.state_dict().items())
    assert [m.training for m in model] == [True, True, False, True]


# ---------------------------------------------------------------------------------------------------------
# Descent


@pytest.mark.parametrize(
    "path",
    [
        [2.0, 0.6, 0.04],
        torch.tensor([2.0, 0.6, 0.04]),
        torch.tensor([[2.0], [0.6], [0.04]], dtype=torch.float64, requires_grad=True),
        [torch.tensor(2.0), torch.tensor([0.6]), 0.04],
        [(2.0, 14.8), (0.6, 1.08), (0.04, -1.1152)],
        torch.tensor([(2.0, 14.8), (0.6, 1.08), (0.04, -1.1152)]),
        np.array([2.0, 0.6, 0.04]),
    ],
)
def test_a_path_may_be_held_by_anything(path):
    alt = draw.descent(parabola, path).alt
    assert "starts at x = 2, f = 14.8, takes 2 steps and ends at x = 0.04, f = -1.12." in alt
    assert "Not on the curve" not in alt and "Outside" not in alt


def test_the_lowest_point_and_the_range_are_said():
    alt = draw.descent(parabola, [2.0, 1.0], low=-2, high=3, title="A walk").alt
    assert alt.startswith(
        "A walk: the curve of f for x from -2 to 3, lowest point of the curve shown: x = -0.333, f = -1.53"
    )


def test_a_diverging_path_is_cut_and_said():
    picture = draw.descent(parabola, walk(parabola, 2.0, 0.5, 10))
    assert "grows: |x| = 2389" in picture.alt
    assert "Outside the picture: steps 3 to 10, where |x| reaches 2389." in picture.alt
    low, high = picture.figure.axes[0].get_xlim()
    assert -20 < low < -5 and 9 < high < 30


def test_a_path_that_ends_in_nan():
    picture = draw.descent(parabola, [2.0, 1.0, math.nan, 1.0])
    assert "From step 2 on the path is not finite, and left out." in picture.alt
    assert "not finite from step 2" in picture.alt
    assert "-inf" not in draw.descent(torch.log, [-1.0, 2.0]).alt
    assert draw.descent(parabola, [math.inf]).alt and draw.descent(parabola, [math.nan, math.nan]).alt


def test_pairs_that_do_not_belong_together_are_named():
    picture = draw.descent(parabola, [(2.0, 14.8), (0.6, 14.8), (0.04, 1.08)])
    assert "Not on the curve: steps 1 and 2, where y is not f(x)." in picture.alt


def test_one_point():
    assert "The path starts at x = 1, f = 3.8." in draw.descent(parabola, [1.0]).alt
    assert draw.descent(lambda x: 0 * x, [1.0, 1.0]).alt


def test_functions_that_take_one_number_only():
    def bumpy(x):
        return x**2 if x > 0 else -x

    assert "takes 1 step and ends at x = 0.5, f = 0.25" in draw.descent(bumpy, [-2.0, 0.5]).alt
    wide = torch.tensor([1.0, 2.0], dtype=torch.float64)
    assert evaluate(lambda x: x.reshape(1).double() @ wide[:1], np.array([3.0])) == [3.0]


def test_rates_say_where_each_ended():
    alt = draw.rates(parabola, torch.tensor(2.0), torch.tensor([0.1, 0.5, 1000.0]), steps=30).alt
    assert "Gradient descent from x = 2, f = 14.8, at 3 learning rates." in alt
    assert "Learning rate 0.1: ends at x = -0.333, f = -1.53 after 30 steps." in alt
    assert "Learning rate 0.5: grows: |x| = 2.5e9 after 30 steps" in alt
    assert "Learning rate 1000: not finite from step 5" in alt
    with torch.no_grad():  # a cell may draw there
        draw.rates(parabola, 2, [0.1])


def test_surface_tells_losses_ends_and_what_left_the_map():
    paths = {
        "calm": [(0.0, 0.0), (1.0, 1.0)],
        "wild": torch.tensor([[0.0, 0.0], [9.0, 9.0], [math.inf, 0.0]]),
    }
    picture = draw.surface(
        lambda w, b: (w - 2) ** 2 + b**2, paths, x=(-1, 3), y=(-1, 3), best=torch.tensor([2.0, 0.0])
    )
    assert "calm: 1 step, final loss 2, from (0, 0) to (1, 1)." in picture.alt
    assert "wild: 2 steps, not finite from step 2, outside the map at step 1" in picture.alt
    assert "The minimum, at (2, 0), has loss 0." in picture.alt


def test_surface_of_losses_that_take_plain_numbers():
    def loss(w, b):
        return (float(w) - 1) ** 2 + 2 * float(b) ** 2

    assert "final loss 3" in draw.surface(loss, {"p": [(0.0, 1.0)]}, x=(-1, 3), y=(-1, 3)).alt
    shape = draw.surface(lambda w, b: torch.log(w) ** 2 + b**2, {"p": [(1.0, 1.0)]}, x=(-1, 3), y=(-1, 3))
    assert "Where the loss is not finite the map is left white." in shape.alt


# ---------------------------------------------------------------------------------------------------------
# Training


def test_curves_say_their_ends_and_the_floor():
    alt = draw.curves(
        {"training": torch.tensor([8.0, 2.0, 3.0])}, floor=1.5, floor_name="σ²", title="Loss"
    ).alt
    assert "training: starts at 8, ends at 3 after 3 values, lowest 2 at step 1." in alt
    assert "The σ² is 1.5." in alt and "on a logarithmic scale" in alt


def test_curves_stop_where_they_are_not_finite():
    alt = draw.curves({"a": [1.0, 10.0, math.inf, 3.0], "b": [1.0, 0.5, math.nan], "c": [math.nan]}).alt
    assert (
        "a: starts at 1, not finite from step 2." in alt and "b: starts at 1, not finite from step 2." in alt
    )
    assert "c: not finite from step 0." in alt


def test_a_curve_that_towers_does_not_flatten_the_others():
    picture = draw.curves({"calm": [9.0, 3.0, 1.0], "wild": [9.0, 9e8, 9e20]})
    assert picture.figure.axes[0].get_ylim()[1] < 1e5
    assert (
        "wild: starts at 9, ends at 9e20 after 3 values, lowest 9 at step 0, above the picture from step 1"
        in picture.alt
    )


def test_no_logarithm_without_need_or_right():
    assert draw.curves({"a": [1.0, 0.0]}).figure.axes[0].get_yscale() == "linear"
    assert draw.curves({"a": [1.0, 2.0]}, log=False).figure.axes[0].get_yscale() == "linear"
    assert draw.curves({"a": [1.0, 2.0]}).figure.axes[0].get_yscale() == "log"


@pytest.mark.parametrize("shape", [(100,), (100, 1)])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_fitted_takes_both_shapes_and_dtypes(shape, dtype):
    x, y = X.to(dtype).reshape(shape), Y.to(dtype).reshape(shape).requires_grad_()
    weight = torch.tensor([[2.0]], dtype=dtype)
    lines = {
        "matrix": lambda v: v.reshape(-1, 1) @ weight + 1,
        "values": 1 + 2 * x,
        "grid": ([1.0, 0.0], [3.0, 1.0]),
    }
    alt = draw.fitted(x, y, lines, truth=lambda v: 1 + 2 * v).alt
    assert "100 points" in alt and "the truth as a dashed line" in alt
    assert "grid from 1 to 3" in alt
    module = torch.nn.Linear(1, 1, dtype=dtype)
    assert "module from" in draw.fitted(x, y, {"module": module}).alt


def test_fitted_leaves_out_what_is_not_finite():
    y = Y.clone()
    y[3], y[7] = math.nan, math.inf
    assert "98 points" in draw.fitted(X, y, {}).alt
    assert "2 points not finite, left out." in draw.fitted(X, y, {}).alt


def test_sweep_counts_and_finds():
    rates, losses = [1e-2, 1e-4, 1e-3, 3e-3], torch.tensor([math.nan, 30.0, 9.0, 1e20])
    alt = draw.sweep(rates, losses, limit=0.0029).alt
    assert "from 0.0001 to 0.01" in alt and "2 rates of 4 come to a loss that can be shown" in alt
    assert "The lowest loss, 9, is at 0.001." in alt and "2/λ_max is 0.0029" in alt
    assert "Diverged: 2, from the rate 0.003 on." in alt
    assert "0 rates of 1" in draw.sweep([0.1], [math.inf]).alt
    assert draw.sweep([0.1, 0.2], [0.0, 1.0]).alt


# ---------------------------------------------------------------------------------------------------------
# Film


class Page(HTMLParser):
    """The elements of a piece of HTML with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def one(self, tag):
        (attrs,) = (a for t, a in self.found if t == tag)
        return attrs


def test_a_film_has_a_slider_over_all_its_frames(lesson):
    film = lesson["film"]
    page = Page(film.html())
    slider = page.one("input")
    assert (slider["type"], slider["min"], slider["max"], slider["value"]) == ("range", "0", "15", "15")
    data = json.loads(page.one("img")["data-frames"])
    assert len(data) == 16 == len(film.frames)
    assert [words for *_, words in data] == film.labels
    for image, alt, words in data:
        assert alt.startswith(words)
        assert image or words == film.labels[-1]  # the last one is what shows before any script runs
    assert page.one("img")["src"].startswith("data:image/png;base64,")
    assert page.one("label")["style"] == "display:none"
    assert f"<output>{film.labels[-1]}</output>" in film.html()
    assert slider["data-lm-suppress-shortcuts"] == "true"  # the arrow keys are the slider's
    assert not any("id" in attrs or tag == "script" for tag, attrs in page.found)
    assert "http" not in re.sub(r'"data:[^"]*"', "", film.html())
    assert len(film.html()) < 300_000


def test_a_film_says_steps_and_losses_and_keeps_its_axes(lesson):
    film = lesson["film"]
    assert film.alt.startswith("Training: 16 frames, from “step 0, loss 4.")
    limits = {frame.figure.axes[0].get_xlim() + frame.figure.axes[0].get_ylim() for frame in film.frames}
    places = {tuple(frame.figure.axes[0].get_position().bounds) for frame in film.frames}
    assert len(limits) == len(places) == 1
    off = ((predict(snapshots()[-1][1], X) - Y) ** 2).mean()
    assert (
        film.labels[-1] == f"step 75, loss {draw.short(off.item(), 3)}"
        or f"{off.item():.3g}" in film.labels[-1]
    )


def test_the_losses_of_a_film():
    few = snapshots(3)
    make = lambda losses: draw.fit_film(X, Y, few, predict=predict, losses=losses).labels  # noqa: E731
    assert make([3, 2, 1]) == ["step 0, loss 3", "step 5, loss 2", "step 10, loss 1"]
    assert make(torch.arange(11)) == ["step 0, loss 0", "step 5, loss 5", "step 10, loss 10"]
    assert make({0: 3.0, 5: 2.0, 10: math.inf})[-1] == "step 10, loss inf"
    with pytest.raises(ValueError, match="There is no loss for step 5"):
        make([1.0, 2.0])


def test_a_long_training_is_thinned_and_says_so():
    film = draw.fit_film(X, Y, [(k, (float(k), math.nan)) for k in range(100)], predict=predict)
    assert len(film.frames) == 24 and "24 of 100 snapshots are shown." in film.alt
    assert film.labels[0].startswith("step 0,") and film.labels[-1].startswith("step 99,")
    assert "no curve: not finite" in film.alt


def test_films_of_any_pictures():
    frames = [draw.tensor(torch.full((2, 2), float(k))) for k in range(3)]
    film = draw.film(frames, labels=["<one>", "two", "three"], title='A "film"')
    assert film.html() == draw.film(frames, labels=["<one>", "two", "three"], title='A "film"').html()
    assert "<one>" not in film.html() and html.escape(html.escape("<one>"))[:3] == "&am"
    assert draw.film(frames[:1]).alt.startswith("1 frame, “frame 0 of 0”.")
    strip = Image.open(io.BytesIO(film.png()))
    assert strip.width > 3 * frames[0].size[0]  # beside each other, at twice the size


# ---------------------------------------------------------------------------------------------------------
# Changed code


def test_change_marks_exactly_the_changed_lines():
    changed = draw.change(straight, mended)
    marked = [(sign, line.strip()) for sign, line in changed.lines if sign != " "]
    assert marked == [
        ("-", "def straight(w, x, y, lr):"),
        ("+", "def mended(w, x, y, lr):"),
        ("-", "w = w - lr * w.grad"),
        ("+", "with torch.no_grad():"),
        ("+", "w -= lr * w.grad"),
        ("+", "w.grad.zero_()"),
    ]
    assert "-         w = w - lr * w.grad\n+         with torch.no_grad():" in repr(changed)
    assert "  loss.backward()" in repr(changed)
    page = changed.html()
    assert page.count("<del") == 2 and page.count("<ins") == 4
    assert "From straight to mended: 2 lines removed: " in changed.alt and "4 lines added: " in changed.alt


def test_change_of_strings():
    changed = draw.change("    a = 1\n    b = '<x>'\n", "a = 1\nb = 2 & 3", names=("old", "new"))
    assert changed.text == "  a = 1\n- b = '<x>'\n+ b = 2 & 3"
    assert "&lt;x&gt;" in changed.html() and "2 &amp; 3" in changed.html()
    assert changed.alt == "From old to new: 1 line removed: b = '<x>'; 1 line added: b = 2 & 3."
    assert draw.change("a", "a").alt == "From before to after: nothing changed."
    assert draw.change("", "a").text == "+ a"


def test_change_of_functions_from_a_notebook():
    code = "def f(x):\n    return x + 1\n"
    linecache.cache["<cell-1>"] = (len(code), None, code.splitlines(keepends=True), "<cell-1>")
    space = {}
    exec(compile(code, "<cell-1>", "exec"), space)
    assert draw.change(space["f"], "def f(x):\n    return x + 2").text.endswith(
        "-     return x + 1\n+     return x + 2"
    )


def test_changed_code_brings_its_own_paper():
    page = draw.change("a", "b").html()
    for tag in ("del", "ins", "pre"):
        style = re.search(f'<{tag} style="([^"]*)"', page)[1]
        assert "background:#" in style and re.search("(^|;)color:#", style)


# ---------------------------------------------------------------------------------------------------------
# What cannot be drawn

WRONG = {
    "empty path": (lambda: draw.descent(parabola, []), "the path is empty"),
    "empty tensor": (lambda: draw.descent(parabola, torch.empty(0, 2)), "the path is empty"),
    "mixed path": (lambda: draw.descent(parabola, [(1.0, 2.0), 3.0]), "pairs of numbers"),
    "words": (lambda: draw.descent(parabola, ["a"]), "must be numbers"),
    "complex": (lambda: draw.descent(parabola, torch.tensor([1j])), "complex"),
    "range": (lambda: draw.descent(parabola, [1.0], low=2, high=1), "range is empty"),
    "broken function": (lambda: draw.descent(lambda x: x.no, [1.0]), "it fails for a single number"),
    "no rates": (lambda: draw.rates(parabola, 2.0, []), "no learning rate"),
    "many rates": (lambda: draw.rates(parabola, 2.0, [0.1] * 9), "At most 8"),
    "no gradient": (lambda: draw.rates(lambda x: torch.tensor(1.0), 2.0, [0.1]), "no gradient"),
    "empty map": (lambda: draw.surface(line_loss, {}, x=(1, 1), y=(0, 1)), "range is empty"),
    "single numbers": (lambda: draw.surface(line_loss, {"p": [1.0]}, x=(0, 1), y=(0, 1)), "must hold pairs"),
    "empty walk": (lambda: draw.surface(line_loss, {"p": []}, x=(0, 1), y=(0, 1)), "is empty"),
    "nowhere": (lambda: draw.surface(lambda w, b: w * math.nan, {}, x=(0, 1), y=(0, 1)), "not finite anywhere"),
    "broken loss": (lambda: draw.surface(lambda w, b: w.no, {}, x=(0, 1), y=(0, 1)), "two single numbers"),
    "no curves": (lambda: draw.curves({}), "at least one loss"),
    "empty curve": (lambda: draw.curves({"a": []}), "at least one loss"),
    "lengths": (lambda: draw.fitted(X, Y[:3], {}), "one y for each x"),
    "no data": (lambda: draw.fitted([], [], {}), "one y for each x"),
    "no finite x": (lambda: draw.fitted([math.nan], [1.0], {}), "no x is finite"),
    "short line": (lambda: draw.fitted(X, Y, {"a": [1.0]}), "1 predictions for 100 points"),
    "bad line": (lambda: draw.fitted(X, Y, {"a": lambda x: x.mean()}), "it gives 1 numbers"),
    "sweep": (lambda: draw.sweep([0.1], [1.0, 2.0]), "one loss for each learning rate"),
    "rate 0": (lambda: draw.sweep([0.0], [1.0]), "must be positive"),
    "no frames": (lambda: draw.film([]), "at least one frame"),
    "sizes": (lambda: draw.film([draw.tensor(torch.ones(1)), draw.tensor(torch.ones(3))]), "have one size"),
    "labels": (lambda: draw.film([draw.tensor(torch.ones(1))], labels=[]), "one label for each frame"),
    "no snapshots": (lambda: draw.fit_film(X, Y, [], predict=predict), "at least one snapshot"),
    "no code": (lambda: draw.change("", ""), "no code to compare"),
    "built-in": (lambda: draw.change(len, "a"), "The source of len cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_drawn_is_said_in_one_sentence(name):
    make, words = WRONG[name]
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        make()
    assert str(caught.value).endswith((".", "'no'")) and "\n" not in str(caught.value)
