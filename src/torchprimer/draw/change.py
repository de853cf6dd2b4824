"""Two pieces of code and what changed between them: `change`."""

from __future__ import annotations

import difflib
import html
import inspect
import textwrap
from collections.abc import Callable, Sequence

from torchprimer.draw.canvas import (
    BODY,
    CARD,
    INK,
    MUTED,
    Block,
    Pen,
    Picture,
    column,
    label,
    mix,
    picture,
    text_width,
)
from torchprimer.draw.canvas import GREEN as ADDED
from torchprimer.draw.canvas import VERMILLION as REMOVED

Line = tuple[str, str]
TINTS = {"-": mix(REMOVED, 0.18), "+": mix(ADDED, 0.18), " ": CARD}
TAGS = {"-": "del", "+": "ins", " ": "span"}


class Change(Picture):
    """Code with the lines that were removed and added: as text in a notebook, and as a picture elsewhere."""

    def __init__(self, lines: Sequence[Line], names: tuple[str, str]) -> None:
        self.lines, self.names = list(lines), names
        drawn = painted(self.lines, names)
        super().__init__(lambda: drawn.figure, drawn.alt)

    @property
    def text(self) -> str:
        """The code, with `-` before each line that was removed and `+` before each that was added."""
        return "\n".join(f"{sign} {line}".rstrip() for sign, line in self.lines)

    def html(self) -> str:
        """The code on paper of its own: `<del>` and `<ins>`, a sign, and a colour."""
        rows = "".join(
            f'<{TAGS[sign]} style="display:block;padding:0 10px;text-decoration:none;color:{INK};'
            f'background:{TINTS[sign]}">{html.escape(f"{sign} {line}")}\n</{TAGS[sign]}>'
            for sign, line in self.lines
        )
        head = html.escape(f"- only in {self.names[0]}, + only in {self.names[1]}")
        return (
            f'<div role="group" tabindex="0" aria-label="{html.escape(self.alt)}" style="background:{CARD};color:{INK};'
            f'border:1px solid {MUTED};border-radius:6px;overflow-x:auto;max-width:900px;padding:6px 0">'
            f'<div style="padding:0 10px 4px;font:13px sans-serif;color:{MUTED};white-space:pre">{head}</div>'
            f'<pre style="margin:0;width:max-content;min-width:100%;font:14px/1.45 monospace;color:{INK};'
            f'background:{CARD}">{rows}</pre></div>'
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        return {"text/html": self.html(), "text/plain": self.text}, {}

    def __repr__(self) -> str:
        """The code with its signs."""
        return self.text


def source_of(thing: Callable[..., object] | str) -> list[str]:
    """The lines of a function or of a string of code, from the left margin on."""
    if not isinstance(thing, str):
        try:
            thing = inspect.getsource(thing)
        except (OSError, TypeError) as error:
            what = getattr(thing, "__name__", type(thing).__name__)
            raise ValueError(f"The source of {what} cannot be read: give the code as a string.") from error
    return [line.rstrip() for line in textwrap.dedent(thing.expandtabs(4)).strip("\n").splitlines()]


def compared(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Every line with its sign: `-` in the first only, `+` in the second only."""
    found: list[Line] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += [(" ", line) for line in before[a:b]]
        else:
            found += [("-", line) for line in before[a:b]] + [("+", line) for line in after[c:d]]
    return found


def painted(lines: Sequence[Line], names: tuple[str, str]) -> Picture:
    """The code as a picture, and its changes in words."""
    width = max([text_width(f"+ {line}", BODY, mono=True) for _, line in lines], default=0) + 20

    def one(sign: str, line: str) -> Block:
        def paint(pen: Pen, x: float, y: float) -> None:
            pen.rect(x, y, width, 20, TINTS[sign])
            pen.text(x + 10, y + 10, f"{sign} {line}".rstrip(), BODY, INK, bold=sign != " ", mono=True)

        return Block(width, 20, paint)

    removed, added = ([line.strip() for sign, line in lines if sign == wanted] for wanted in "-+")
    alt = f"From {names[0]} to {names[1]}: "
    if removed or added:
        counts = [
            f"{len(part)} line{'s' * (len(part) != 1)} {word}: {' | '.join(filter(None, part)) or 'empty'}"
            for part, word in ((removed, "removed"), (added, "added"))
            if part
        ]
        alt += f"{'; '.join(counts)}."
    else:
        alt += "nothing changed."
    head = label(f"- only in {names[0]}, + only in {names[1]}", BODY, MUTED)
    return picture(column([head, column([one(*line) for line in lines], 0)], 4), alt)


def change(
    before: Callable[..., object] | str,
    after: Callable[..., object] | str,
    *,
    names: Sequence[str] | None = None,
) -> Change:
    """What changed between two functions, or two strings of code: every line, with those removed and added."""
    sources = [source_of(thing) for thing in (before, after)]
    if not any(sources):
        raise ValueError("There is no code to compare: both sides are empty.")
    if names is None:
        own = [getattr(thing, "__name__", "") for thing in (before, after)]
        names = own if all(own) and own[0] != own[1] else ("before", "after")
    if len(names) != 2:
        raise ValueError(f"`names` holds two names, and these are {len(names)}.")
    return Change(compared(*sources), (str(names[0]), str(names[1])))
