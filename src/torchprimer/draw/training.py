"""What training does, as curves: `curves` of the loss, the `fitted` line, a `sweep` over learning rates."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from torchprimer.draw.canvas import (
    BLUE,
    BODY,
    FADED,
    INK,
    MUTED,
    PAPER,
    SKY,
    VERMILLION,
    Picture,
    mix,
    text_width,
)
from torchprimer.draw.cells import wide
from torchprimer.draw.chart import (
    COLORS,
    DARK,
    DASHES,
    LINE_HEIGHT,
    SHAPES,
    Labels,
    chart,
    done,
    first_line,
    log_axis,
    number,
    padded,
    quietly,
    reals,
    sentence,
    settle,
    span_of,
    styled,
    times,
)

TOWERS = 1000.0  # so many times over where the losses begin, a curve leaves the picture

# ---------------------------------------------------------------------------------------------------------
# Losses


def stop_of(values: np.ndarray) -> int:
    """How many values there are before the first that is not finite."""
    fine = np.isfinite(values)
    return len(values) if fine.all() else int(fine.argmin())


def curves(
    named: Mapping[str, object],
    *,
    floor: float | None = None,
    floor_name: str = "noise floor",
    xlabel: str = "step",
    ylabel: str = "loss",
    log: bool = True,
    marks: Mapping[str, float] | None = None,
    title: str = "",
) -> Picture:
    """The loss at every step, for each name in `named`; a dashed line at `floor`.

    The axis of the loss is logarithmic where all losses are positive. `marks` maps words to the step at which a
    vertical line carries them. A curve ends, with a cross, where it is not finite.
    """
    values = {name: reals(v, f"the losses of {name!r}") for name, v in named.items()}
    if not values or not all(len(v) for v in values.values()):
        raise ValueError("There is no curve to draw: every name needs at least one loss.")
    floor = None if floor is None else float(floor)
    stops = {name: stop_of(v) for name, v in values.items()}
    heads = {name: v[: stops[name]] for name, v in values.items()}
    pool = np.concatenate([*heads.values(), [floor] * (floor is not None)])
    log = log and bool(pool.size) and bool((pool > 0).all())
    low, high = heights_of(list(heads.values()), floor, log)
    longest = max(len(v) for v in values.values())
    left, right = padded(0, max(longest - 1, 1), 0.02)
    ends, said, notes = [], [], []
    for k, (name, head) in enumerate(heads.items()):
        stop, whole = stops[name], values[name]
        facts = [f"starts at {number(head[0])}"] if len(head) else []
        if stop < len(whole):
            text = f"{name}: not finite from step {stop}"
            facts.append(f"not finite from step {stop}")
        else:
            text = f"{name}: {number(head[-1])}"
            facts.append(f"ends at {number(head[-1])} after {times(len(head), 'value')}")
            facts.append(f"lowest {number(head.min())} at {xlabel} {int(head.argmin())}")
        over = head > high
        if over.any():
            facts.append(f"above the picture from {xlabel} {int(over.argmax())}, up to {number(head.max())}")
            notes.append(f"{name}: {facts[-1]}.")
        if len(head):
            ends.append((min(max(head[-1], low), high), text, k, len(head) - 1))
        said.append(f"{name}: {', '.join(facts)}.")
    if floor is not None:
        said.append(f"The {floor_name} is {number(floor)}.")
    said += [f"{words} at {xlabel} {number(at)}." for words, at in (marks or {}).items()]
    lasting = [e for e in ends if stops[list(values)[e[2]]] == len(values[list(values)[e[2]]])]
    names = [text for _, text, _, _ in lasting]
    if floor is not None:
        names.append(f"{floor_name} {number(floor)}")
    margin = max([text_width(t, BODY, True) for t in names], default=0.0) + 34
    wide_names = margin > 330
    with styled():
        figure, ((ax,),) = chart(820, 400, title, notes)
        ax.set(xlabel=xlabel, ylabel=f"{ylabel}{' (log scale)' * log}", xlim=(left, right), ylim=(low, high))
        ax.xaxis.set_major_locator(MaxNLocator(7, steps=[1, 2, 5, 10], integer=True))
        if log:
            log_axis(ax.yaxis, low, high)
        engine = figure.get_layout_engine()
        engine.set(rect=(0, 0, 1 - (min(margin, 330) / 820), 1))
        settle(figure)
        for k, (name, head) in enumerate(heads.items()):
            single = {"marker": SHAPES[k % 6], "ms": 6} if len(head) == 1 else {}
            steps = np.arange(len(head))
            ax.plot(steps, head, color=COLORS[k % 6], ls=DASHES[k % 6], lw=1.9, zorder=4, **single)
            if stops[name] < len(values[name]):
                top = min(max(head[-1], low), high) if len(head) else high
                at = max(stops[name] - 1, 0)
                ax.plot(at, top, "X", color=DARK[k % 6], ms=10, mec=PAPER, mew=1, zorder=7, clip_on=False)
        if floor is not None:
            ax.axhline(floor, color=INK, ls=(0, (5, 3)), lw=1.3, zorder=3)
        inner = Labels(ax, [(np.arange(len(h)), np.clip(h, low, high)) for h in heads.values() if len(h)])
        for words, at in (marks or {}).items():
            ax.axvline(float(at), color=MUTED, ls=(0, (1, 2)), lw=1.4, zorder=3)
            inner.set(words, float(at), high, MUTED)
        for level, text, k, at in [e for e in ends if e not in lasting]:
            inner.set(text, at, level, DARK[k % 6], bold=True)
        for k, (name, head) in enumerate(heads.items()):
            if not len(head):
                inner.set(f"{name}: not finite from step 0", 0, high, DARK[k % 6], bold=True)
        beyond = [(level, text, DARK[k % 6], at) for level, text, k, at in lasting]
        if floor is not None:
            beyond.append((floor, f"{floor_name} {number(floor)}", INK, right))
        at_right(ax, beyond, 330 if wide_names else math.inf)
        head = f"{title}{': ' * bool(title)}{ylabel} by {xlabel}{', on a logarithmic scale' * log}."
        return done(figure, sentence(" ".join([head, *said])))


def heights_of(heads: Sequence[np.ndarray], floor: float | None, log: bool) -> tuple[float, float]:
    """The heights to show: all losses, but not those that tower over where the curves begin."""
    filled = [h for h in heads if len(h)]
    seen = np.concatenate([*filled, np.zeros(0)])
    seen = seen if floor is None else np.append(seen, floor)
    low, high = span_of(seen)
    begin = max((abs(float(h[0])) for h in filled), default=1.0)
    high = min(high, max(begin * (TOWERS if log else 3.0), low)) if begin else high
    if log:
        room = max((high / low) ** 0.07, 1.1)
        return low / room, high * room
    return padded(low, high, 0.07)


def at_right(ax: Axes, names: Sequence[tuple[float, str, str, float]], limit: float) -> None:
    """Names to the right of the chart, each as near to the end of its curve as the others let it."""
    box = ax.get_window_extent()
    wanted = sorted(
        (float(ax.transData.transform((0, level))[1]), text, c, at) for level, text, c, at in names
    )
    ys: list[float] = []
    for y, *_ in wanted:
        ys.append(max(y, ys[-1] + LINE_HEIGHT) if ys else max(y, box.y0))
    for k in range(len(ys) - 1, -1, -1):  # and down again where the top is reached
        above = ys[k + 1] - LINE_HEIGHT if k + 1 < len(ys) else max(box.y1, box.y0 + LINE_HEIGHT * len(ys))
        ys[k] = min(ys[k], above)
    share = ax.transAxes.inverted().transform
    for y, (level, text, color, at) in zip(ys, wanted, strict=True):
        end = ax.transData.transform((at, 0 if ax.get_yscale() == "linear" else 1))[0]
        spots = share([(min(end, box.x1), level), (box.x1 + 4, level), (box.x1 + 18, y)])
        style = {"color": FADED, "lw": 0.8, "transform": ax.transAxes, "clip_on": False, "zorder": 2}
        ax.add_line(Line2D(spots[:, 0], spots[:, 1], **style))
        text = text if text_width(text, BODY, True) <= limit else cut(text, limit)
        where = share((box.x1 + 21, y))
        style = {"transform": ax.transAxes, "va": "center_baseline", "color": color, "fontweight": "bold"}
        ax.text(*where, text, zorder=8, **style)


def cut(text: str, width: float) -> str:
    """A name shortened to a width; what follows its colon stays."""
    name, colon, rest = text.rpartition(": ")
    while len(name) > 4 and text_width(f"{name}…{colon}{rest}", BODY, True) > width:
        name = name[:-1]
    return f"{name}…{colon}{rest}"


def sweep(
    rates: object,
    losses: object,
    *,
    limit: float | None = None,
    limit_name: str = "2/λ_max",
    title: str = "",
) -> Picture:
    """The loss that each learning rate comes to, both axes logarithmic.

    A loss that is not finite, or more than a thousand times that of the smallest rate, is a cross at the top.
    `limit` is the learning rate over which training must diverge, as computed.
    """
    xs, ys = reals(rates, "the learning rates"), reals(losses, "the losses")
    if not len(xs) or len(xs) != len(ys):
        raise ValueError(
            f"There must be one loss for each learning rate, and there are {len(ys)} for {len(xs)}."
        )
    if not (np.isfinite(xs) & (xs > 0)).all():
        raise ValueError("A learning rate on a logarithmic axis must be positive.")
    order = np.argsort(xs, kind="stable")
    xs, ys = xs[order], ys[order]
    fine = np.isfinite(ys)
    begin = ys[0] if fine[0] else (ys[fine].min() if fine.any() else 1.0)
    fine &= ys <= max(begin, 0) * TOWERS if begin > 0 else fine
    kept = ys[fine]
    log = bool((kept > 0).all())
    inside = [*xs, *([float(limit)] if limit is not None else [])]
    left, right = min(inside) / 1.3, max(inside) * 1.3
    bottom, top = span_of(kept)
    if log and len(kept):
        room = max((top / bottom) ** 0.16, 1.4)
        bottom, top = bottom / room, top * room
    else:
        log, (bottom, top) = False, padded(bottom, top, 0.16)
    notes = ["Crosses at the top: not finite, or over 1000 times the loss of the smallest rate."] * (
        not fine.all()
    )
    said = []
    with styled():
        figure, ((ax,),) = chart(760, 400, title, notes)
        ax.set(xlabel="learning rate (log scale)", ylabel=f"loss{' (log scale)' * log}", ylim=(bottom, top))
        log_axis(ax.xaxis, left, right)
        if log:
            log_axis(ax.yaxis, bottom, top)
        settle(figure)
        ax.plot(xs[fine], ys[fine], color=BLUE, lw=1.4, zorder=3)
        ax.plot(xs[fine], ys[fine], "o", color=BLUE, ms=6, mec=PAPER, mew=0.7, zorder=5)
        ax.plot(
            xs[~fine],
            np.full((~fine).sum(), top),
            "X",
            color=VERMILLION,
            ms=10,
            mec=PAPER,
            clip_on=False,
            zorder=6,
        )
        lines = [(xs[fine], ys[fine])] * bool(len(kept))
        if limit is not None:
            ax.axvline(float(limit), color=INK, ls=(0, (5, 3)), lw=1.3, zorder=2)
            lines.append(([limit, limit], [bottom, top]))
        labels = Labels(ax, lines)
        crosses = labels.pixels(xs[~fine], np.full((~fine).sum(), top)) if (~fine).any() else []
        labels.taken += [(px - 8, py - 8, px + 8, py + 8) for px, py in crosses]
        said.append(f"{times(int(fine.sum()), 'rate')} of {len(xs)} come to a loss that can be shown.")
        if limit is not None:
            middle = math.sqrt(bottom * top) if log else (bottom + top) / 2
            labels.set(f"{limit_name} = {short_rate(limit)}", float(limit), middle, INK, bold=True)
            said.append(f"The computed limit {limit_name} is {short_rate(limit)}.")
        if len(kept):
            at = int(np.flatnonzero(fine)[kept.argmin()])
            text = f"lowest: loss {number(ys[at])}\nat rate {short_rate(xs[at])}"
            labels.set(text, xs[at], ys[at], DARK[0], bold=True)
            said.append(f"The lowest loss, {number(ys[at])}, is at {short_rate(xs[at])}.")
        if not fine.all():
            away = xs[~fine]
            said.append(
                f"Diverged: {len(away)}, from the rate {short_rate(away.min())} on."
                if (xs >= away.min()).sum() == len(away)
                else f"Diverged: {', '.join(map(short_rate, away))}."
            )
        span = f"from {short_rate(xs[0])} to {short_rate(xs[-1])}"
        head = f"{title}{': ' * bool(title)}the loss for {times(len(xs), 'learning rate')} {span}."
        return done(figure, sentence(" ".join([head, *said])))


def short_rate(value: float) -> str:
    """A learning rate with two digits that count: `0.0029`."""
    return f"{float(value):.2g}" if 1e-4 <= abs(float(value)) < 1e4 else number(float(value))


# ---------------------------------------------------------------------------------------------------------
# Fits


def data_of(x: object, y: object) -> tuple[np.ndarray, np.ndarray]:
    """The data as two flat arrays of one length."""
    xs, ys = reals(x, "x"), reals(y, "y")
    if not len(xs) or len(xs) != len(ys):
        raise ValueError(f"There must be one y for each x, and there are {len(ys)} for {len(xs)}.")
    if not np.isfinite(xs).any():
        raise ValueError("There is nothing to draw: no x is finite.")
    return xs, ys


def predictions(
    model: Callable[..., Any], grid: np.ndarray, like: object, what: str = "this line"
) -> np.ndarray:
    """What a function or a module predicts on a grid, asked in the shape of the data, in eval mode."""
    dtype = torch.get_default_dtype()
    column = False
    if isinstance(like, torch.Tensor):
        dtype = like.dtype if like.is_floating_point() else dtype
        column = like.dim() == 2
    modules = list(model.modules()) if isinstance(model, torch.nn.Module) else []
    modes = [m.training for m in modules]
    inputs = torch.as_tensor(grid, dtype=torch.float64, device="cpu").to(dtype)
    shapes = [(-1, 1), (-1,)] if column or modules else [(-1,), (-1, 1)]
    failed = ""
    try:
        for m in modules:
            m.training = False
        for shape in shapes:
            try:
                with quietly():
                    made = model(inputs.clone().reshape(shape))
                    made = made if isinstance(made, torch.Tensor) else torch.as_tensor(made, device="cpu")
                    made = wide(made)
                if made.numel() == len(grid):
                    return made.reshape(-1).numpy()
                failed = failed or f"it gives {made.numel()} numbers for {len(grid)}."
            except Exception as error:
                failed = failed or first_line(error)
    finally:
        for m, mode in zip(modules, modes, strict=True):
            m.training = mode
    raise ValueError(f"{sentence(what)} cannot be drawn: {failed}")


def line_of(
    line: object, x: object, xs: np.ndarray, grid: np.ndarray, name: str
) -> tuple[np.ndarray, np.ndarray]:
    """A line's points from left to right: on the grid for a function, at the data's x for predictions."""
    if callable(line):
        return grid, predictions(line, grid, x, f"the line {name!r}")
    at = xs
    if isinstance(line, tuple) and len(line) == 2:
        at, line = reals(line[0], name), line[1]
    ys = reals(line, f"the line {name!r}")
    if len(ys) != len(at):
        raise ValueError(f"The line {name!r} has {len(ys)} predictions for {len(at)} points.")
    order = np.argsort(at, kind="stable")
    return at[order], ys[order]


def fitted(
    x: object,
    y: object,
    lines: Mapping[str, object],
    *,
    truth: Callable[..., Any] | None = None,
    title: str = "",
) -> Picture:
    """The data as points and each of `lines` over them; `truth`, where it is known, dashed.

    A line is a function of x, a module, a tensor of predictions at `x`, or a pair (grid, predictions).
    """
    xs, ys = data_of(x, y)
    grid = np.linspace(*padded(*span_of(xs), 0.03), 201)
    drawn = {name: line_of(line, x, xs, grid, name) for name, line in lines.items()}
    known = None if truth is None else predictions(truth, grid, x, "the truth")
    fine = np.isfinite(xs) & np.isfinite(ys)
    away = int((~fine).sum())
    notes = [f"{times(away, 'point')} not finite, left out."] * bool(away)
    pool = [ys[fine], *([] if known is None else [known])]
    bottom, top = padded(*span_of(np.concatenate(pool)), 0.12)
    said = [
        f"{times(int(fine.sum()), 'point')} for x from {number(xs[fine].min())} to {number(xs[fine].max())}"
        if fine.any()
        else "no point"
    ]
    names = ["data", *drawn, *["truth"] * (known is not None)]
    across = legend_columns(names)
    with styled():
        figure, ((ax,),) = chart(760, 400 + 22 * math.ceil(len(names) / across), title, notes)
        ax.set(xlabel="x", ylabel="y", xlim=(grid[0], grid[-1]), ylim=(bottom, top))
        plot_points(ax, xs[fine], ys[fine])
        if known is not None:
            ax.plot(grid, known, color=INK, ls=(0, (5, 3)), lw=1.6, zorder=3, label="truth")
            said.append("the truth as a dashed line")
        for k, (name, (at, values)) in enumerate(drawn.items()):
            k += 1
            ax.plot(at, values, color=COLORS[k % 6], ls=DASHES[(k - 1) % 6], lw=2.2, zorder=4, label=name)
            ends = values[np.isfinite(values)]
            fact = (
                f"{name} from {number(ends[0])} to {number(ends[-1])}" if len(ends) else f"{name} not finite"
            )
            out = np.isfinite(values) & ((values < bottom) | (values > top))
            said.append(fact + " (partly outside the picture)" * bool(out.any()))
        figure.legend(loc="outside lower left", ncols=across, borderaxespad=0.3)
        settle(figure)
        head = f"{title}{': ' * bool(title)}{'; '.join(said)}."
        return done(figure, sentence(" ".join([head, *notes])))


def legend_columns(names: Sequence[str], width: float = 720) -> int:
    """How many names of a legend stand side by side."""
    widest = max(text_width(name) for name in names) + 62
    return max(1, min(len(names), int(width / widest)))


def plot_points(ax: Axes, xs: np.ndarray, ys: np.ndarray) -> None:
    """The data."""
    size = 5.5 if len(xs) <= 150 else 3.5
    ax.plot(xs, ys, "o", color=mix(SKY, 0.75), mec=BLUE, mew=0.7, ms=size, zorder=2, label="data")
