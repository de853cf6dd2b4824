"""Gradient descent on a curve and over a surface: `descent`, `rates` and `surface`."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from torchprimer.draw.canvas import (
    BLUE,
    BODY,
    INK,
    MAX_WIDTH,
    MUTED,
    PAPER,
    VERMILLION,
    Picture,
    join,
    mix,
    short,
)
from torchprimer.draw.cells import attempt, wide
from torchprimer.draw.chart import (
    COLORS,
    DARK,
    DASHES,
    LOOKS,
    SHAPES,
    STAY,
    Labels,
    chart,
    done,
    first_line,
    number,
    padded,
    quietly,
    reals,
    sentence,
    settle,
    span_of,
    styled,
    times,
    wrap,
)

BANDS = 12
Function = Callable[[torch.Tensor], Any]
Pairs = np.ndarray


def points_of(path: object, what: str) -> np.ndarray:
    """A path as rows: of one column where it holds numbers, of two where it holds pairs."""
    if isinstance(path, (torch.Tensor, np.ndarray)):
        wide_enough = path.ndim == 2 and path.shape[1] == 2
        rows = reals(path, what).reshape(-1, 2 if wide_enough else 1)
    else:
        parts = [reals(part, what) for part in path] if isinstance(path, Iterable) else [reals(path, what)]
        if len({len(part) for part in parts}) > 1 or any(len(part) not in (1, 2) for part in parts):
            raise ValueError(f"{what} must hold numbers, or pairs of numbers, and nothing else.")
        rows = np.array(parts) if parts else np.zeros((0, 1))
    if not len(rows):
        raise ValueError(f"{what} is empty: a path needs at least one point.")
    return rows


def evaluate(f: Function, xs: np.ndarray) -> np.ndarray:
    """The values of a function of one number, asked for one number at a time."""
    failed = ""
    with quietly():
        for dtype, shape in itertools.product((torch.get_default_dtype(), torch.float64), ((), (1,))):
            inputs = torch.as_tensor(xs, dtype=torch.float64, device="cpu").to(dtype)
            try:
                return np.array([float(f(x.clone().reshape(shape))) for x in inputs])
            except Exception as error:
                failed = failed or first_line(error)
    raise ValueError(f"This function cannot be drawn, as it fails for a single number: {failed}")


def walk(f: Function, start: object, rate: float, steps: int) -> Pairs:
    """Gradient descent on `f`: (x, f(x)) before the first step and after each; it ends where f is not finite."""
    x = start.detach().clone() if isinstance(start, torch.Tensor) else torch.tensor(start, device="cpu")
    x = x if x.is_floating_point() else x.to(torch.get_default_dtype())
    found = []
    with torch.enable_grad(), torch.random.fork_rng(devices=[]):
        for step in range(int(steps) + 1):
            x = x.detach().requires_grad_()
            y = f(x)
            found.append((x.item(), y.item() if isinstance(y, torch.Tensor) else float(y)))
            if step == steps or not np.isfinite(found[-1]).all():
                break
            if not isinstance(y, torch.Tensor) or not y.requires_grad:
                raise ValueError(
                    "This function has no gradient: what it returns is not computed from its input."
                )
            x = x - float(rate) * torch.autograd.grad(y, x)[0]
    return np.array(found)


LOOKS |= {"xaxis", "yaxis", "xtick", "ytick", "mathtext", "image", "hatch"}


def arrows(ax: Axes, xs: np.ndarray, ys: np.ndarray, color: str) -> None:
    """The steps between points as lines, with a head on those that are long enough to carry one."""
    spots = ax.transData.transform(np.column_stack([xs, ys]))
    for k, (a, b) in enumerate(itertools.pairwise(spots)):
        far = np.hypot(*(b - a)) > 16
        style = {
            "arrowstyle": "-|>,head_width=0.28,head_length=0.55" if far else "-",
            "color": color,
            "lw": 1.3,
        }
        style |= {"shrinkA": 3 if far else 0, "shrinkB": 3 if far else 0}
        ax.annotate(
            "", (xs[k + 1], ys[k + 1]), (xs[k], ys[k]), arrowprops=style, annotation_clip=False, zorder=4
        )
        ax.texts[-1].arrow_patch.set_clip_path(ax.patch)


# ---------------------------------------------------------------------------------------------------------
# Descent on a curve


def prefix(f: Function, path: Pairs, limit: float) -> int:
    """How many points are shown: until one is not finite, or lies over `limit` times as high as the start."""
    fine = np.isfinite(path).all(axis=1)
    count = len(path) if fine.all() else int(fine.argmin())
    if count < 2:
        return count
    between = evaluate(f, np.linspace(path[0, 0], path[1, 0], 33))
    floor = min(np.nanmin(between, initial=math.inf), path[:count, 1].min())
    scale = path[0, 1] - floor
    if not np.isfinite(scale) or scale <= 0:
        scale = abs(path[1, 1] - path[0, 1]) or 1.0
    high = path[:count, 1] - floor > limit * scale
    return int(high.argmax()) if high.any() else count


def read_path(f: Function, path: object) -> tuple[Pairs, list[int]]:
    """A path as pairs, its own or with f's values, and the steps whose y is not f(x)."""
    rows = points_of(path, "the path")
    values = np.full(len(rows), math.nan)
    fine = np.isfinite(rows[:, 0])
    values[fine] = evaluate(f, rows[fine, 0])
    if rows.shape[1] == 1:
        return np.column_stack([rows[:, 0], values]), []
    ys = rows[:, 1]
    low, high = span_of(ys)
    near = np.isclose(ys, values, rtol=1e-3, atol=1e-3 * max(high - low, 1e-6))
    off = np.isfinite(ys) & np.isfinite(values) & ~near
    return rows, [int(k) for k in off.nonzero()[0]]


def place(point: Sequence[float]) -> str:
    """`x = 2, f = 14.8`, to be broken after the comma only."""
    return f"x = {number(point[0])}, f = {number(point[1])}".replace(" = ", f"{STAY}={STAY}")


def ending(path: Pairs) -> str:
    """What became of a path, in words."""
    last = len(path) - 1
    if not np.isfinite(path).all():
        return f"not finite from step {int((~np.isfinite(path).all(axis=1)).argmax())}"
    if path[-1, 1] > path[0, 1] + 1e-6 * abs(path[0, 1]):
        return f"grows: |x|{STAY}={STAY}{number(abs(path[-1, 0]))}"
    return f"ends at {place(path[-1])}" if last else f"stays at {place(path[-1])}"


def curve(f: Function, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """A grid and the values of a function there; nan where it has none."""
    xs = np.linspace(low, high, 241)
    ys = evaluate(f, xs)
    return xs, np.where(np.isfinite(ys), ys, math.nan)


def window(ys: np.ndarray, points: np.ndarray, below: float = 0.1) -> tuple[float, float]:
    """The heights to show: the points and the curve, but not a curve that towers over all points."""
    points = points[np.isfinite(points)]
    low = np.nanmin(ys, initial=points.min(initial=math.inf))
    top = points.max(initial=-math.inf)
    if not np.isfinite(top) or top - low < 1e-12:
        top = np.nanmax(ys, initial=low)
    low, top = (low, top) if np.isfinite([low, top]).all() else (-1.0, 1.0)
    tall = max(top - low, 1e-6 * max(abs(top), abs(low)), 1e-12)
    return low - below * tall, top + 0.18 * tall


def draw_run(ax: Axes, path: Pairs, onward: Pairs) -> None:
    """The points of a run, its steps, its ends in shapes of their own, and the way to the next point outside."""
    arrows(ax, path[:, 0], path[:, 1], BLUE)
    if len(onward) and np.isfinite(onward).all() and np.abs(onward).max() < 1e30:
        ax.plot(*np.stack([path[-1], onward[0]]).T, color=BLUE, lw=1.3, ls=DASHES[2], zorder=4)
    ax.plot(path[1:-1, 0], path[1:-1, 1], "o", color=BLUE, ms=4.5, mec=PAPER, mew=0.6, zorder=5)
    if len(path) > 1:
        ax.plot(*path[-1], "s", color=VERMILLION, ms=7.5, mec=PAPER, mew=0.8, zorder=7)
    ax.plot(*path[0], "o", color=PAPER, ms=8, mec=INK, mew=1.8, zorder=7)


def descent(
    f: Function, path: object, *, low: float | None = None, high: float | None = None, title: str = ""
) -> Picture:
    """The curve of `f`, a function of one number, from `low` to `high`, and the trajectory `path` on it.

    `path` holds the x of each step, or the pairs (x, y) that were written down. A path that runs away is shown
    as far as the curve can still be read, and the picture says what it leaves out.
    """
    return run_on(f, path, low, high, title)


def run_on(
    f: Function,
    path: object,
    low: float | None,
    high: float | None,
    title: str,
    heights: tuple[float, float] | None = None,
) -> Picture:
    """`descent`, between the given `heights` where pictures are to be alike."""
    path, off = read_path(f, path)
    free = low is None and high is None
    count = prefix(f, path, 30.0 if free else math.inf)
    shown = path[: max(count, 1)]
    ends = ahead(shown[:, 0]) if count == len(path) else padded(*span_of(shown[:, 0]), 0.12)
    low, high = (ends[0] if low is None else float(low)), (ends[1] if high is None else float(high))
    if not low < high:
        raise ValueError(f"The range is empty: low is {number(low)} and high is {number(high)}.")
    within = (shown[:, 0] >= low) & (shown[:, 0] <= high) & np.isfinite(shown).all(axis=1)
    xs, ys = curve(f, low, high)
    said = left_out(path, count, within)
    if off:
        steps = join([str(k) for k in off[:4]]) + (f" and {len(off) - 4} more" if len(off) > 4 else "")
        said.append(f"Not on the curve: step{'s' * (len(off) > 1)} {steps}, where y is not f(x).")
    if np.isnan(ys).any():
        said.append("Where f is not finite the curve is left out.")
    with styled():
        figure, ((ax,),) = chart(760, 400, title, said)
        ax.plot(xs, ys, color=MUTED, lw=2, zorder=2)
        ax.set(xlim=(low, high), ylim=heights or window(ys, shown[within, 1]), xlabel="x", ylabel="f(x)")
        settle(figure)
        drawn = shown[np.isfinite(shown).all(axis=1)]
        if len(drawn):
            draw_run(ax, drawn, path[count : count + 1])
            label_run(ax, xs, ys, path, count, within)
        last = len(path) - 1
        least = ", nowhere finite"
        if np.isfinite(ys).any():
            least = f", lowest point of the curve shown: {place((xs[np.nanargmin(ys)], np.nanmin(ys)))}"
        facts = [
            f"{title}{': ' * bool(title)}the curve of f for x from {number(low)} to {number(high)}{least}.",
            f"The path starts at {place(path[0])}"
            + (f", takes {times(last, 'step')} and {ending(path)}." if last else "."),
        ]
        return done(figure, sentence(" ".join(facts + said)))


def ahead(xs: np.ndarray) -> tuple[float, float]:
    """A range around a path, with more room on the side to which it is still going."""
    low, high = padded(*span_of(xs), 0.12)
    xs = xs[np.isfinite(xs)]
    room, moves = (high - low) * 0.5, np.diff(xs)
    if not moves.any() or ((moves > 0).any() and (moves < 0).any()):
        return low, high
    return (low - room, high) if moves.sum() < 0 else (low, high + room)


def left_out(path: Pairs, count: int, within: np.ndarray) -> list[str]:
    """What of a path is not drawn."""
    said, last = [], len(path) - 1
    fine = np.isfinite(path).all(axis=1)
    known = len(path) if fine.all() else int(fine.argmin())
    beyond = [*(~within).nonzero()[0].tolist(), *range(count, known)]
    beyond = [k for k in beyond if k < known]
    if beyond:
        far = number(np.abs(path[beyond, 0]).max())
        if beyond == list(range(beyond[0], last + 1)) and len(beyond) > 1:
            which = f"steps {beyond[0]} to {last}"
        else:
            which = join([str(k) for k in beyond[:4]]) + (
                f" and {len(beyond) - 4} more" if len(beyond) > 4 else ""
            )
            which = f"step{'s' * (len(beyond) > 1)} {which}"
        said.append(f"Outside the picture: {which}, where |x| reaches {far}.")
    if known < len(path):
        said.append(f"From step {known} on the path is not finite, and left out.")
    return said


def label_run(ax: Axes, xs: np.ndarray, ys: np.ndarray, path: Pairs, count: int, within: np.ndarray) -> None:
    """Words at the start and the end of a run, and at as many of its first steps as there is room for."""
    shown, seen = path[: max(count, 1)], path[: count + 1]
    labels = Labels(ax, [(xs, ys), (seen[:, 0], seen[:, 1])])
    last = len(shown) - 1
    if within[0]:
        labels.set(f"start\n{place(shown[0])}", *shown[0], bold=True)
    if last and within[last]:
        name = "end" if count == len(path) else "last one shown"
        labels.set(f"{name}, step {last}\n{place(shown[last])}", *shown[last], color=DARK[1], bold=True)
    for k in range(1, min(last, 7)):
        if within[k]:
            labels.set(f"{k}: f = {number(shown[k, 1])}", *shown[k], color=DARK[0], must=False)


def rates(f: Function, start: object, rates: Sequence[float], *, steps: int = 10) -> Picture:
    """Gradient descent on `f` from `start`, once for each learning rate, side by side on the same axes."""
    chosen = reals(rates, "the learning rates")
    if not len(chosen):
        raise ValueError("There is no learning rate to draw: `rates` is empty.")
    if len(chosen) > 8:
        raise ValueError(f"At most 8 learning rates are drawn side by side, and these are {len(chosen)}.")
    runs = [walk(f, start, rate, steps) for rate in chosen]
    counts = [max(prefix(f, run, 5.0), 1) for run in runs]
    seen = np.concatenate([run[:n] for run, n in zip(runs, counts, strict=True)])
    low, high = padded(*span_of(seen[:, 0]), 0.1)
    xs, ys = curve(f, low, high)
    cols = min(len(runs), 4 if len(runs) in (4, 7, 8) else 3)
    rows = math.ceil(len(runs) / cols)
    width = min(MAX_WIDTH, max(cols * 292.0, 420))
    heads = [
        f"learning rate {short(float(rate), 4)}\n{wrap(ending(run), width / cols - 50)}"
        for rate, run in zip(chosen, runs, strict=True)
    ]
    said = []
    with styled():
        figure, axes = chart(width, 262 * rows + 20, rows=rows, cols=cols, shared=True)
        for ax in list(axes.flat)[len(runs) :]:
            ax.set_axis_off()
        for k, (ax, rate, run) in enumerate(zip(axes.flat, chosen, runs, strict=False)):
            ax.plot(xs, ys, color=MUTED, lw=1.6, zorder=2)
            ax.xaxis.set_major_locator(MaxNLocator(5))
            ax.set(xlim=(low, high), ylim=window(ys, seen[:, 1]))
            ax.set_xlabel("x" if k + cols >= len(runs) else "")
            ax.xaxis.set_tick_params(labelbottom=k + cols >= len(runs))
            ax.set_ylabel("f(x)" if k % cols == 0 else "")
            words = heads[k]
            if max(h.count("\n") for h in heads) > words.count("\n"):  # level with its neighbours
                words += f"\n{'after' if np.isfinite(run).all() else 'of'} {times(int(steps), 'step')}"
            ax.set_title(words, loc="left", fontsize=BODY, linespacing=1.3)
            after = f" after {times(len(run) - 1, 'step')}" * bool(np.isfinite(run).all())
            drawn = f"{times(counts[k] - 1, 'step')} drawn" if counts[k] > 1 else "only the start drawn"
            less = f" ({drawn}, the rest is out of the picture)" * (counts[k] < len(run))
            said.append(f"Learning rate {short(float(rate), 4)}: {ending(run)}{after}{less}.")
        settle(figure)
        for ax, run, count in zip(axes.flat, runs, counts, strict=False):
            drawn = run[:count][np.isfinite(run[:count]).all(axis=1)]
            if not len(drawn):
                continue
            draw_run(ax, drawn, run[count : count + 1])
            labels = Labels(ax, [(xs, ys), (run[: count + 1, 0], run[: count + 1, 1])])
            labels.set("start", *drawn[0], must=False)
            if count < len(run):
                labels.set(f"step {count - 1}, next outside", *drawn[-1], DARK[1], must=False)
            elif count > 1:
                labels.set(f"step {count - 1}", *drawn[-1], DARK[1], must=False)
        head = f"Gradient descent from {place(runs[0][0])}, at {times(len(runs), 'learning rate')}."
        return done(figure, " ".join([head, *said]))


# ---------------------------------------------------------------------------------------------------------
# Descent over a surface


def together(loss: Callable[..., Any], ws: np.ndarray, bs: np.ndarray) -> np.ndarray | None:
    """`loss(w, b)` for every pair of numbers on a grid, all at once; None for a loss that takes one at a time."""

    def each(w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        return loss(w, b).reshape(())

    for dtype in (torch.get_default_dtype(), torch.float64):
        with quietly():
            made, _ = attempt(lambda dtype=dtype: torch.vmap(each, chunk_size=4096)(*grid(ws, bs, dtype)))
        if made is not None:
            return wide(made.detach()).reshape(len(bs), len(ws)).numpy()
    return None


def one_by_one(loss: Callable[..., Any], ws: np.ndarray, bs: np.ndarray) -> np.ndarray:
    """`loss(w, b)` for every pair of numbers on a grid, one after the other."""
    failed = ""
    for dtype in (torch.get_default_dtype(), torch.float64):
        try:
            with quietly():
                pairs = zip(*grid(ws, bs, dtype), strict=True)
                return np.array([float(loss(w.clone(), b.clone())) for w, b in pairs]).reshape(
                    len(bs), len(ws)
                )
        except Exception as error:
            failed = failed or first_line(error)
    raise ValueError(f"This loss cannot be drawn, as it fails for two single numbers: {failed}")


def grid(ws: np.ndarray, bs: np.ndarray, dtype: torch.dtype) -> tuple[torch.Tensor, torch.Tensor]:
    """All pairs as two flat tensors: w runs first."""
    w, b = (torch.as_tensor(v, dtype=torch.float64, device="cpu").to(dtype) for v in (ws, bs))
    return w.repeat(len(b)), b.repeat_interleave(len(w))


def loss_at(loss: Callable[..., Any], point: Sequence[float]) -> float:
    """The loss at one point."""
    return float(one_by_one(loss, np.array([point[0]]), np.array([point[1]]))[0, 0])


def surface(
    loss: Callable[..., Any],
    paths: Mapping[str, object],
    *,
    x: tuple[float, float],
    y: tuple[float, float],
    labels: tuple[str, str] = ("w", "b"),
    best: object = None,
    title: str = "",
) -> Picture:
    """A map of `loss(w, b)` for w in `x` and b in `y`, with the paths on it that training took.

    `paths` maps names to tensors of shape (steps, 2). `best` is where the minimum lies. The lines of equal loss
    are nearer to each other the nearer they are to the minimum, so that the floor of a valley shows.
    """
    (left, right), (down, up) = (tuple(map(float, ends)) for ends in (x, y))
    if not (left < right and down < up):
        raise ValueError("The range is empty: x and y are pairs (low, high) with low < high.")
    tracks = {}
    for name, path in paths.items():
        rows = points_of(path, f"the path {name!r}")
        if rows.shape[1] != 2:
            raise ValueError(
                f"The path {name!r} must hold pairs ({labels[0]}, {labels[1]}), one for each step."
            )
        tracks[name] = rows
    ws, bs = np.linspace(left, right, 161), np.linspace(down, up, 161)
    z = together(loss, ws, bs)
    if z is None:
        ws, bs = ws[::3], bs[::3]
        z = one_by_one(loss, ws, bs)
    fine = np.isfinite(z)
    if not fine.any():
        raise ValueError("The loss is not finite anywhere in this range.")
    minimum = None if best is None else reals(best, "best")[:2]
    lowest = z[fine].min() if minimum is None else min(loss_at(loss, minimum), z[fine].min())
    steps = max(z[fine].max() - lowest, 1e-12) * np.geomspace(1e-4, 1, BANDS)
    levels = lowest + np.concatenate([[0], steps[:-1], [steps[-1] * 1.0001]])
    notes, said = [], []
    if not fine.all():
        notes.append("Where the loss is not finite the map is left white.")
    with styled():
        legend = {name: [] for name in tracks}
        for name, track in tracks.items():
            known = track[np.isfinite(track).all(axis=1)]
            stop = np.isfinite(track).all(axis=1)
            stop = len(track) if stop.all() else int(stop.argmin())
            away = stop and ((track[:stop] < (left, down)) | (track[:stop] > (right, up))).any(axis=1)
            facts = [times(len(track) - 1, "step")]
            if stop == len(track):
                facts.append(f"final loss {number(loss_at(loss, track[-1]))}")
            else:
                facts.append(f"not finite from step {stop}")
            if stop and away.any():
                facts.append(
                    f"outside the map at step {int(away.argmax())}" + " and others" * bool(away.sum() > 1)
                )
            legend[name] = facts
            ends = [f"({number(a)}, {number(b)})" for a, b in (known[[0, -1]] if len(known) else [])]
            said.append(f"{name}: {', '.join(facts)}" + (f", from {' to '.join(ends)}." if ends else "."))
            tracks[name] = track[:stop]
        extra = 22 * (len(tracks) + 1)
        figure, ((ax,),) = chart(720, 450 + extra, title, notes)
        tints = ListedColormap([mix(MUTED, 0.6 * k / BANDS) for k in range(BANDS)])
        z = np.where(fine, z, math.nan)
        norm = BoundaryNorm(levels, BANDS)
        filled = ax.contourf(ws, bs, np.ma.masked_invalid(z), levels=levels, cmap=tints, norm=norm)
        ax.set(xlim=(left, right), ylim=(down, up), xlabel=labels[0], ylabel=labels[1])
        ax.grid(False)
        bar = figure.colorbar(filled, ax=ax, pad=0.02, aspect=28, spacing="uniform")
        bar.set_ticks(levels[::3], labels=[number(v) for v in levels[::3]])
        bar.minorticks_off()
        bar.set_label("loss")
        bar.outline.set_edgecolor(MUTED)
        keys = []
        for k, (name, facts) in enumerate(legend.items()):
            style = {"color": COLORS[k % 6], "marker": SHAPES[k % 6], "ls": DASHES[k % 6], "ms": 7}
            keys.append(Line2D([], [], **style, label=wrap(f"{name}: {', '.join(facts)}", 620)))
        marks = "; hollow: start, large: end" if legend else ""
        if minimum is not None:
            keys.append(
                Line2D([], [], color=INK, marker="+", ms=11, mew=2, ls="none", label=f"minimum{marks}")
            )
        else:
            keys.append(Line2D([], [], ls="none", label=marks.removeprefix("; ")))
        figure.legend(handles=keys, loc="outside lower left", borderaxespad=0.3)
        settle(figure)
        for k, track in enumerate(tracks.values()):
            draw_track(ax, track, k)
        lines = [(t[:, 0], t[:, 1]) for t in tracks.values() if len(t)]
        words = Labels(ax, lines)
        if minimum is not None:
            ax.plot(*minimum, "+", color=INK, ms=13, mew=2, zorder=8)
            if left <= minimum[0] <= right and down <= minimum[1] <= up:
                text = f"minimum ({number(minimum[0])}, {number(minimum[1])})"
                words.set(text, *minimum, bold=True)
        for k, (name, track) in enumerate(tracks.items()):
            inside = ((track >= (left, down)) & (track <= (right, up))).all(axis=1).nonzero()[0]
            if len(inside):
                words.set(name, *track[inside[len(inside) // 3]], color=DARK[k % 6], bold=True)
        where = (
            f" The minimum, at ({number(minimum[0])}, {number(minimum[1])}), has loss {number(lowest)}."
            if minimum is not None
            else ""
        )
        head = f"{title}{': ' * bool(title)}a map of the loss for {labels[0]} from {number(left)} to {number(right)}"
        head += f" and {labels[1]} from {number(down)} to {number(up)}.{where}"
        return done(figure, sentence(" ".join([head, *said, *notes])))


def draw_track(ax: Axes, track: Pairs, k: int) -> None:
    """One path over a map: a line, a marker at some of its points, and its two ends."""
    if not len(track):
        return
    color, shape = COLORS[k % 6], SHAPES[k % 6]
    ax.plot(track[:, 0], track[:, 1], color=color, ls=DASHES[k % 6], lw=1.5, zorder=4)
    some = np.unique(np.linspace(0, len(track) - 1, min(len(track), 25)).astype(int))
    ax.plot(track[some, 0], track[some, 1], shape, color=color, ms=4, mec=PAPER, mew=0.5, zorder=5)
    if len(track) > 1:
        ax.plot(*track[-1], shape, color=color, ms=10, mec=INK, mew=1.2, zorder=7)
    ax.plot(*track[0], shape, color=PAPER, ms=9, mec=color, mew=2.2, zorder=7)
