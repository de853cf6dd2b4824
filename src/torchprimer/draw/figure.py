"""A figure that a lesson draws with matplotlib itself, with words for what it shows: `figure`."""

from __future__ import annotations

from matplotlib.figure import Figure

from torchprimer.draw.canvas import Picture


def figure(figure: Figure, alt: str) -> Picture:
    """`figure` as a picture whose alternative text is `alt`. Pyplot forgets it, so that it is shown once."""
    from matplotlib import pyplot

    pyplot.close(figure)
    return Picture(lambda: figure, alt)
