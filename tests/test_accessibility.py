"""Pictures and pages can be read by those who see little or no colour, or nothing: measured, and by axe-core."""

import itertools

import numpy as np
import pytest
import test_draw
import test_draw_training
import torch
from browser import barriers, chromium
from colorspacious import cspace_convert, deltaE
from conftest import ROOT
from corpus import LESSONS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.text import Text
from nbconvert import HTMLExporter

from torchprimer import draw
from torchprimer.draw import canvas, chart
from torchprimer.draw.graph import Sketch
from torchprimer.trace import trace

# WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (what a picture cannot be understood without).
TEXT, LINE = 4.5, 3.0
# Two colours this far apart, in CAM02-UCS, are told apart at a glance; a just noticeable difference is about 1.
APART = 10.0


def contrast(one, other):
    """WCAG's contrast ratio of two colours, 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color):
    channels = np.array(to_rgb(color))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def test_contrast_is_wcags():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def pictures():
    made = test_draw.lesson_pictures() | test_draw_training.lesson_pictures() | graphs()
    return {name: one.frames[0] if isinstance(one, draw.Film) else one for name, one in made.items()}


def graphs():
    x, w, b = (
        torch.tensor(value, requires_grad=leaf) for value, leaf in ((2.0, False), (3.0, True), (1.0, True))
    )
    prediction = w * x + b
    loss = (prediction - torch.tensor([[9.0, 4.0]])).square().mean()
    named = {"x": x, "w": w, "b": b, "prediction": prediction, "loss": loss}
    made = {f"graph, {how}": draw.graph(loss, named, **how) for how in ({}, {"gradients": True})}
    sketch = Sketch(trace(loss, named), gradients=True)
    return made | {f"graph, step {step}": canvas.picture(sketch.block(step), "") for step in (1, 3)}


def texts_on_their_ground(figure):
    """Every text with the colours that make up most of what lies behind it."""
    figure.set_dpi(96)
    painted = FigureCanvasAgg(figure)
    painted.draw()
    texts = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
    boxes = [text.get_window_extent(painted.get_renderer()).extents for text in texts]
    for text in texts:
        text.set_visible(False)
    painted.draw()
    pixels = np.asarray(painted.buffer_rgba())[::-1, :, :3] / 255
    for text, (left, bottom, right, top) in zip(texts, boxes, strict=True):
        text.set_visible(True)
        behind = pixels[max(int(bottom), 0) : int(top) + 1, max(int(left), 0) : int(right) + 1].reshape(-1, 3)
        if text.get_path_effects():
            yield text, [canvas.PAPER]  # it has a rim of paper
        elif len(behind):
            colors, counts = np.unique(behind, axis=0, return_counts=True)
            yield text, colors[counts >= min(counts.max(), len(behind) / 4)]


def test_text_in_pictures_stands_out():
    for name, picture in pictures().items():
        for text, ground in texts_on_their_ground(picture.figure):
            for color in ground:
                ratio = contrast(text.get_color(), color)
                assert ratio >= TEXT, f"{name}: {text.get_text()!r} on {to_hex(color)} has {ratio:.2f}"


def test_lines_and_borders_in_pictures_stand_out():
    seen = {
        *chart.COLORS,
        *chart.DARK,
        *map(canvas.edge_of, canvas.PIECES),
        canvas.INK,
        canvas.MUTED,
        canvas.FADED,
    }
    for color in seen:
        assert contrast(color, canvas.PAPER) >= LINE, color


@pytest.mark.parametrize("vision", [None, "protanomaly", "deuteranomaly", "tritanomaly"])
@pytest.mark.parametrize("palette", [chart.COLORS, canvas.PIECES], ids=["lines", "areas"])
def test_colours_that_tell_things_apart_are_told_apart(palette, vision):
    """As seen by those who lack one kind of cone: Machado, Oliveira and Fernandes 2009, at full severity."""
    as_seen = {color: np.array(to_rgb(color)) for color in palette}
    if vision:
        lacking = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        as_seen = {color: cspace_convert(rgb, lacking, "sRGB1").clip(0, 1) for color, rgb in as_seen.items()}
    for one, other in itertools.combinations(palette, 2):
        far = deltaE(as_seen[one], as_seen[other], input_space="sRGB1")
        assert far >= APART, f"{one} and {other}: {far:.1f}"


def test_a_picture_in_an_open_notebook_is_html_with_its_words(monkeypatch):
    """JupyterLab shows `image/png` without alternative text; what is kept or graded stays a PNG."""
    picture = draw.tensor(torch.ones(2))
    kept, metadata = picture._repr_mimebundle_()
    assert kept["image/png"] and metadata["image/png"]["alt"] == picture.alt
    monkeypatch.setenv("JPY_SESSION_NAME", "work/01_tensors/01_tensors.ipynb")
    shown, _ = picture._repr_mimebundle_()
    assert "image/png" not in shown and f'alt="{picture.alt}"' in shown["text/html"]
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert picture._repr_mimebundle_()[0] == kept


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


# Not the lessons' own: the colours of nbconvert's page for code, prompts and tracebacks.
OF_NBCONVERT = '.highlight, .jp-InputPrompt, .jp-OutputPrompt, [data-mime-type$="stderr"]'


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_reading_edition_keeps_nobody_out(browser, lesson, tmp_path):
    html, _ = HTMLExporter(mathjax_url="", require_js_url="").from_filename(
        ROOT / "course" / f"{lesson}.ipynb"
    )
    (tmp_path / "lesson.html").write_text(html, encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "lesson.html").as_uri())
    page.evaluate("parts => document.querySelectorAll(parts).forEach(part => part.remove())", OF_NBCONVERT)
    found = barriers(page, ["main"])
    page.close()
    assert not found
