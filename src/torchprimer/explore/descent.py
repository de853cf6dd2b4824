"""Gradient descent with a learning rate to move: `learning_rate`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from torchprimer import draw
from torchprimer.draw.chart import number, padded, span_of, times
from torchprimer.draw.descent import curve, prefix, run_on, walk
from torchprimer.explore import panel

MOST_STEPS, TRIED = 50, 25


def factor(xs: np.ndarray) -> float | None:
    """By what each step multiplies the distance to the minimum, as far as the path shows one such number.

    Where every distance is r times the one before, so is every step: r is measured on the steps.
    """
    xs = xs[np.isfinite(xs)]
    steps = np.diff(xs)
    exact = np.abs(steps) > 1e-4 * np.maximum(np.abs(xs[1:]), np.abs(xs[:-1]))  # else rounding shows
    steps = steps[: len(steps) if exact.all() else int(exact.argmin())]
    if len(steps) < 3:
        return None
    ratios = steps[1:] / steps[:-1]
    return float(np.median(ratios)) if np.ptp(ratios) <= 0.02 * np.abs(ratios).max() else None


def told(rate: float, path: np.ndarray, steps: int) -> str:
    """What one learning rate did, in words."""
    head = f"Learning rate {rate:.3g}: after {times(steps, 'step')} "
    fine = np.isfinite(path).all(axis=1)
    if not fine.all():
        text = (
            f"Learning rate {rate:.3g}: x or f is not finite from step {int(fine.argmin())} on: it diverges"
        )
    elif path[-1, 1] > path[0, 1] + 1e-6 * abs(path[0, 1]):
        text = (
            f"{head}x = {number(path[-1, 0])}, f = {number(path[-1, 1])}, more than at the start: it diverges"
        )
    else:
        text = f"{head}x = {number(path[-1, 0])}, f = {number(path[-1, 1])}"
    r = factor(path[:, 0])
    if r is None:
        return f"{text}."
    return f"{text}; each step multiplies the distance to the minimum by {number(r)}."


def trials(
    f: Callable[..., Any], start: object, low: float, high: float, steps: int
) -> dict[float, np.ndarray]:
    """Runs at learning rates from `low` to `high`."""
    return {float(rate): walk(f, start, rate, steps) for rate in np.geomspace(low, high, TRIED)}


def telling(runs: dict[float, np.ndarray]) -> list[float]:
    """A learning rate that is small, the best one, and the first that ends higher than it started."""
    last = {rate: run[-1, 1] if np.isfinite(run).all() else math.inf for rate, run in runs.items()}
    best = min(last, key=last.get)
    worse = [rate for rate in runs if rate > best and last[rate] > next(iter(runs.values()))[0, 1]]
    small = max(min(runs), best / 10)
    return sorted({float(f"{rate:.2g}") for rate in [small, best, *worse[:1]]})


def learning_rate(
    f: Callable[..., Any], start: object, *, low: float = 0.001, high: float = 1.0, steps: int = 10
) -> panel.Explorer | draw.Picture:
    """Gradient descent on `f`, a function of one number, from `start`: move the learning rate, and count steps.

    The slider goes from the learning rate `low` to `high` by equal factors.
    """
    if not 0 < low < high:
        raise ValueError("The learning rates go from `low` to `high`, with 0 < low < high.")
    runs = trials(f, start, low, high, steps)
    still = draw.rates(f, start, telling(runs), steps=steps)
    if panel.widgets is None:
        return still
    seen = np.concatenate([run[: max(prefix(f, run, 4.0), 1), 0] for run in runs.values()])
    middle = min(
        (run[-1] for run in runs.values() if np.isfinite(run).all()), key=lambda p: p[1], default=[seen[0]]
    )[0]
    half = 1.12 * max(np.abs(seen - middle).max(), 1e-6)
    ends = (middle - half, middle + half)
    ys = curve(f, *ends)[1]
    heights = padded(*span_of(ys), 0.1)
    ends_of_rate = math.log10(low), math.log10(high)
    step = (ends_of_rate[1] - ends_of_rate[0]) / 100
    turns = round((math.log10(telling(runs)[:2][-1]) - ends_of_rate[0]) / step)
    first = 10 ** (ends_of_rate[0] + min(max(turns, 0), 100) * step)  # where the slider can stand
    rate = panel.labelled(
        panel.widgets.FloatLogSlider,
        "learning rate:",
        "420px",
        value=first,
        min=ends_of_rate[0],
        max=ends_of_rate[1],
        step=step,
        readout_format=".3g",
    )
    count = panel.labelled(
        panel.widgets.IntSlider, "steps:", "300px", value=steps, min=1, max=max(MOST_STEPS, steps)
    )

    def render() -> tuple[draw.Picture, str]:
        path = walk(f, start, rate.value, count.value)
        picture = run_on(f, path, *ends, f"learning rate {rate.value:.3g}", heights)
        return picture, told(rate.value, path, count.value)

    return panel.Explorer({"rate": rate, "steps": count}, render, still)
