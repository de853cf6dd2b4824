"""The learning rate answers to its sliders, measures what it says, and is a still picture without widgets."""

import math

import numpy as np
import pytest
import torch

from torchprimer import draw, explore
from torchprimer.draw.descent import walk
from torchprimer.explore import panel
from torchprimer.explore.descent import factor, telling, trials


def parabola(x):
    return 3 * x**2 + 2 * x - 1.2


@pytest.fixture(scope="module")
def explorer():
    return explore.learning_rate(parabola, 2.0)


def test_the_sliders_move_the_picture_and_the_sentence(explorer):
    rate, steps = explorer.controls["rate"], explorer.controls["steps"]
    rate.value, steps.value = 0.3, 10
    assert explorer.sentence == (
        "Learning rate 0.3: after 10 steps x = -0.0828, f = -1.35; "
        "each step multiplies the distance to the minimum by -0.8."
    )
    before = explorer._image.value
    steps.value = 3
    assert "after 3 steps" in explorer.sentence and explorer._image.value != before
    assert "takes 3 steps" in explorer.picture.alt and "Learning rate 0.3:" in explorer.picture.alt


def test_divergence_is_said(explorer):
    rate, steps = explorer.controls["rate"], explorer.controls["steps"]
    rate.value, steps.value = 0.34, 10
    assert "f = 34.3, more than at the start: it diverges; each step multiplies" in explorer.sentence
    assert explorer.sentence.endswith("by -1.04.")
    rate.value, steps.value = 1.0, 50
    assert "is not finite from step" in explorer.sentence and "it diverges" in explorer.sentence


def test_all_rates_share_their_axes(explorer):
    limits = set()
    for value in (0.001, 0.05, 0.3, 0.5):
        explorer.controls["rate"].value = value
        ax = explorer.picture.figure.axes[0]
        limits.add((*ax.get_xlim(), *ax.get_ylim()))
    assert len(limits) == 1


def test_the_slider_is_logarithmic_and_keeps_to_its_ends():
    explorer = explore.learning_rate(parabola, torch.tensor(2.0), low=0.01, high=0.5, steps=5)
    rate = explorer.controls["rate"]
    assert type(rate).__name__ == "FloatLogSlider"
    assert (rate.min, rate.max) == pytest.approx((math.log10(0.01), math.log10(0.5)))
    turns = (math.log10(rate.value) - rate.min) / rate.step
    assert turns == pytest.approx(round(turns), abs=1e-6)  # the page would show another number otherwise
    assert 0.01 <= rate.value <= 0.5 and explorer.controls["steps"].value == 5
    for control in explorer.controls.values():
        assert control.description and control.style.description_width == "initial"


def test_the_factor_is_measured():
    assert factor(walk(parabola, 2.0, 0.1, 10)[:, 0]) == pytest.approx(0.4, rel=1e-3)
    assert factor(walk(parabola, 2.0, 0.5, 60)[:, 0]) == pytest.approx(-2, rel=1e-3)
    assert factor(walk(lambda x: x**4, 2.0, 0.02, 10)[:, 0]) is None  # no one factor there
    assert factor(walk(parabola, 2.0, 1 / 6, 10)[:, 0]) is None  # there in one step
    for few in ([], [1.0], [1.0, 2.0], [1.0, 1.0, 1.0, 1.0], [math.nan] * 4):
        assert factor(np.array(few)) is None


def test_the_still_picture_has_a_small_a_good_and_a_large_rate(explorer):
    small, good, large = telling(trials(parabola, 2.0, 0.001, 1.0, 10))
    assert small < good < 1 / 3 < large
    for rate in (small, good, large):
        assert f"Learning rate {rate:g}: " in explorer.still.alt
    assert "grows" in explorer.still.alt and "f = -1.53" in explorer.still.alt
    data, _ = explorer._repr_mimebundle_()
    assert data["text/plain"] == f"{explorer.still.alt} {explore.STILL}"


def test_without_widgets_there_is_the_still_picture(monkeypatch):
    monkeypatch.setattr(panel, "widgets", None)
    assert isinstance(explore.learning_rate(parabola, 2.0), draw.Picture)


@pytest.mark.parametrize(
    "f", [lambda x: torch.sin(3 * x) + x**2 / 4, lambda x: x**4, lambda x: x, torch.exp, lambda x: 0 * x]
)
def test_any_function_will_do(f, capfd):
    explorer = explore.learning_rate(f, 1.0, steps=20)
    for value in (0.001, 1.0):
        explorer.controls["rate"].value = value
        assert explorer.sentence.endswith(".") and explorer.picture.png()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-1, 1), (1, 1), (2, 1)])
def test_a_range_without_rates_is_refused(low, high):
    with pytest.raises(ValueError, match="0 < low < high"):
        explore.learning_rate(parabola, 2.0, low=low, high=high)
