"""Pictures one after the other, with a slider: `film`, and `fit_film` of a curve that training fits to data."""

from __future__ import annotations

import base64
import html
import io
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import torch
from PIL import Image

from torchprimer.draw.canvas import (
    BLUE,
    INK,
    PAPER,
    ROOM,
    TITLE,
    VERMILLION,
    Block,
    Pen,
    Picture,
    column,
    flow,
    join,
    label,
    mix,
    picture,
)
from torchprimer.draw.chart import chart, done, number, padded, reals, settle, span_of, styled, times
from torchprimer.draw.training import data_of, predictions

MOST = 24

# The picture carries all frames. Until a script may run, the last one shows, and there is no slider. The keys that
# move it are JupyterLab's too, which leaves them alone where `data-lm-suppress-shortcuts` says so.
MOVE = (
    "const f=this.closest('figure'),i=f.querySelector('img'),d=JSON.parse(i.dataset.frames),k=+this.value;"
    "i.dataset.last??=i.src;i.src=d[k][0]?'data:image/png;base64,'+d[k][0]:i.dataset.last;i.alt=d[k][1];"
    "f.querySelector('output').textContent=d[k][2];this.setAttribute('aria-valuetext',d[k][2])"
)
SHOW = "this.closest('figure').querySelector('label').style.display=''"


class Film:
    """Frames of one size, with the words for each; in a notebook a slider moves through them.

    Where no script runs it shows the last frame, and where there is no HTML the first, one between and the last.
    """

    def __init__(self, frames: Sequence[Picture], labels: Sequence[str], title: str) -> None:
        self.frames, self.labels, self.title = list(frames), list(labels), title
        ends = f"from “{labels[0]}” to “{labels[-1]}”" if len(labels) > 1 else f"“{labels[0]}”"
        self.alt = (
            f"{title}{': ' * bool(title)}{times(len(frames), 'frame')}, {ends}. Last frame: {frames[-1].alt}"
        )
        self.alt = self.alt[:1].upper() + self.alt[1:]

    @cached_property
    def _images(self) -> list[str]:
        return [base64.b64encode(lighter(frame)).decode("ascii") for frame in self.frames]

    @cached_property
    def _strip(self) -> Picture:
        return strip(self.frames, self.labels, self.title, self.alt)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a frame in pixels as shown."""
        return self.frames[-1].size

    def png(self) -> bytes:
        """The first frame, one between and the last, as one PNG."""
        return self._strip.png()

    def html(self) -> str:
        """The last frame, and a slider for the others that appears where it can work."""
        last, (width, height) = len(self.frames) - 1, self.size
        pairs = zip([*self._images[:last], ""], self.frames, self.labels, strict=True)
        data = html.escape(json.dumps([[image, frame.alt, words] for image, frame, words in pairs]))
        name = html.escape(self.title or "Frame")
        now = html.escape(self.labels[last])
        return (
            f'<figure class="film" style="margin:0;padding:8px;background:{PAPER};color:{INK};max-width:{width}px">'
            f'<img src="data:image/png;base64,{self._images[last]}" alt="{html.escape(self.frames[last].alt)}" '
            f'width="{width}" height="{height}" style="max-width:100%;height:auto" '
            f'data-frames="{data}" onload="{SHOW}">'
            f'<figcaption style="font:15px sans-serif;color:{INK}"><label style="display:none">{name} '
            f'<input type="range" data-lm-suppress-shortcuts="true" min="0" max="{last}" step="1" value="{last}" aria-valuetext="{now}" '
            f'style="width:min(360px,60%);vertical-align:middle" oninput="{MOVE}"> </label>'
            f"<output>{now}</output></figcaption></figure>"
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        data, metadata = self._strip._repr_mimebundle_()
        return {**data, "text/html": self.html()}, metadata

    def __repr__(self) -> str:
        """What the film shows, in words."""
        return self.alt


def lighter(frame: Picture) -> bytes:
    """A frame with few colours: a film has many frames, and lies in the notebook as text."""
    image = Image.open(io.BytesIO(frame.png())).convert("RGB")
    out = io.BytesIO()
    image.quantize(16, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def strip(frames: Sequence[Picture], labels: Sequence[str], title: str, alt: str) -> Picture:
    """The first frame, one between and the last: side by side where they fit, else below each other."""
    width, height = frames[0].size

    def block(k: int) -> Block:
        pixels = np.asarray(Image.open(io.BytesIO(frames[k].png())).convert("RGB"))

        named = frames[k].alt.startswith(labels[k])  # the frame itself says it
        head = [] if named else [label(labels[k], bold=True)]

        def paint(pen: Pen, x: float, y: float) -> None:
            across, tall = pen.figure.get_size_inches() * 96
            place = (x / across, 1 - (y + height) / tall, width / across, height / tall)
            ax = pen.figure.add_axes(place)
            ax.set_axis_off()
            ax.imshow(pixels, aspect="auto", interpolation="nearest", interpolation_stage="rgba")

        return column([*head, Block(width, height, paint)], 2)

    chosen = sorted({0, (len(frames) - 1) // 2, len(frames) - 1})
    head = [label(title, TITLE, bold=True)] if title else []
    return picture(column([*head, flow([block(k) for k in chosen], ROOM, 12, 10)]), alt)


def film(frames: Sequence[Picture], *, labels: Sequence[str] | None = None, title: str = "") -> Film:
    """Pictures of one size as a film, with a slider that the keyboard moves too; `labels` names each frame."""
    frames = list(frames)
    if not frames:
        raise ValueError("A film needs at least one frame.")
    for k, frame in enumerate(frames):
        if not isinstance(frame, Picture):
            raise TypeError(f"Frames are pictures of draw, and frame {k} is {type(frame).__name__}.")
    sizes = sorted({frame.size for frame in frames})
    if len(sizes) > 1:
        text = join([f"{w} × {h}" for w, h in sizes])
        raise ValueError(f"The frames of a film have one size, and these have {text}.")
    labels = (
        [f"frame {k} of {len(frames) - 1}" for k in range(len(frames))] if labels is None else list(labels)
    )
    if len(labels) != len(frames):
        raise ValueError(
            f"There must be one label for each frame, and there are {len(labels)} for {len(frames)}."
        )
    return Film(frames, [str(words) for words in labels], title)


def fit_film(
    x: object,
    y: object,
    snapshots: Sequence[tuple[int, Any]],
    *,
    predict: Callable[[Any, torch.Tensor], Any],
    truth: Callable[..., Any] | None = None,
    losses: Mapping[int, float] | Sequence[float] | torch.Tensor | None = None,
    title: str = "",
) -> Film:
    """How the fitted curve moves over the data while training goes on.

    `snapshots` holds pairs (step, parameters), and `predict(parameters, x)` gives the curve. `losses` has one
    loss for each snapshot, or for each step; without it, the mean squared error over the data is computed. Of
    more than 24 snapshots, 24 are shown.
    """
    xs, ys = data_of(x, y)
    snapshots = list(snapshots)
    if not snapshots:
        raise ValueError("A film needs at least one snapshot (step, parameters).")
    chosen = np.unique(np.linspace(0, len(snapshots) - 1, min(len(snapshots), MOST)).round().astype(int))
    fine = np.isfinite(xs) & np.isfinite(ys)
    grid = np.linspace(*padded(*span_of(xs), 0.03), 201)
    known = None if truth is None else predictions(truth, grid, x, "the truth")
    pool = [ys[fine], *([] if known is None else [known])]
    bottom, top = padded(*span_of(np.concatenate(pool)), 0.2)
    start = snapshots[0][1]
    begins = predictions(lambda at: predict(start, at), grid, x, "the first snapshot")
    begins = begins[np.isfinite(begins)]
    if begins.size and np.ptp([bottom, top, *begins]) < 3 * (top - bottom):  # where the curve starts, if near
        bottom, top = padded(*span_of(np.concatenate([*pool, begins])), 0.1)
    frames, labels = [], []
    for k in chosen:
        step, params = snapshots[k]
        step = int(step)
        params = params.detach().clone() if isinstance(params, torch.Tensor) else params
        values = predictions(lambda at, params=params: predict(params, at), grid, x, f"step {step}")
        if losses is None:
            made = predictions(lambda at, params=params: predict(params, at), xs[fine], x, f"step {step}")
            loss = float(np.mean((made - ys[fine]) ** 2))
        else:
            loss = loss_of(losses, int(k), step, len(snapshots))
        labels.append(f"step {step}, loss {number(loss)}")
        frames.append(frame_of((xs[fine], ys[fine]), grid, values, known, (bottom, top), labels[-1]))
    made = film(frames, labels=labels, title=title)
    if len(chosen) < len(snapshots):
        made.alt += f" {len(chosen)} of {len(snapshots)} snapshots are shown."
    if not fine.all():
        made.alt += f" {times(int((~fine).sum()), 'point')} not finite, left out."
    return made


def loss_of(
    losses: Mapping[int, float] | Sequence[float] | torch.Tensor, k: int, step: int, count: int
) -> float:
    """The loss of one snapshot."""
    if isinstance(losses, Mapping):
        if step not in losses:
            raise ValueError(f"There is no loss for step {step}.")
        return float(reals(losses[step], "a loss")[0])
    values = reals(losses, "the losses")
    at = k if len(values) == count else step
    if not 0 <= at < len(values):
        raise ValueError(f"There is no loss for step {step}: there are {len(values)} losses.")
    return float(values[at])


def frame_of(
    data: tuple[np.ndarray, np.ndarray],
    grid: np.ndarray,
    values: np.ndarray,
    known: np.ndarray | None,
    ends: tuple[float, float],
    words: str,
) -> Picture:
    """The data and the curve at one step."""
    values = np.where(np.isfinite(values), values, np.nan)
    with styled():
        figure, ((ax,),) = chart(560, 300, words)
        ax.set(xlabel="x", ylabel="y", xlim=(grid[0], grid[-1]), ylim=ends)
        ax.plot(*data, "o", color=mix(BLUE, 0.6), ms=4.5, mew=0, zorder=2, label="data")
        if known is not None:
            ax.plot(grid, known, color=INK, ls=(0, (5, 3)), lw=1.5, zorder=3, label="truth")
        ax.plot(grid, values, color=VERMILLION, lw=2.4, zorder=4, label="fitted")
        figure.legend(loc="outside lower left", ncols=3, borderaxespad=0.3)
        settle(figure)
        some = values[np.isfinite(values)]
        curve = (
            f"the curve goes from {number(some[0])} to {number(some[-1])}"
            if len(some)
            else "no curve: not finite"
        )
        out = bool(len(some)) and bool(((some < ends[0]) | (some > ends[1])).any())
        return done(figure, f"{words}: {curve}{', partly outside the picture' * out}.")
