"""How far a class is: a bar on a terminal, a line for each submission elsewhere; and the summary."""

import sys
from collections.abc import Callable
from types import TracebackType

from tqdm import tqdm

from .jobs import Graded


class Progress:
    """Counts submissions on stderr."""

    def __init__(self, total: int, points: float, say: Callable[[str], None]) -> None:
        self._total, self._points, self._say, self._count = total, points, say, 0
        self._bar: tqdm | None = None
        if sys.stderr.isatty():
            self._bar = tqdm(total=total, unit=" submissions", smoothing=0.1, dynamic_ncols=True)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def step(self, result: Graded) -> None:
        """Show one more submission."""
        self._count += 1
        if self._bar is not None:
            self._bar.update()
        else:
            self._say(f"{self._count}/{self._total} {result.student}: {self._became(result)}")

    def say(self, sentence: str) -> None:
        """Say something between two submissions."""
        if self._bar is not None:
            self._bar.write(sentence)
        else:
            self._say(sentence)

    def _became(self, result: Graded) -> str:
        if result.error is not None:
            return f"failed: {result.error}"
        aside = ", set aside for a person" if result.asides else ""
        return f"{result.score:g} of {self._points:g} points{aside}"
