"""Every picture the lessons draw, made from the tensors themselves.

Every public function returns a `Picture`, and draws something true for any tensor: one without dimensions,
an empty one, a huge one, one whose values cannot be read. It never changes what it is shown. Only `beside`
draws nothing itself: it sets pictures side by side.

`canvas` paints, `cells` sets a tensor's values in a grid, and the other modules hold the pictures made of
these, each on one subject: `memory`, `operations`, `numbers`, `compare`, `devices` and `graph`, whose boxes
`layout` places. Curves are matplotlib's: `chart` holds what `descent` and `training` share, `film` sets frames
behind a slider, `figure` gives words to one of matplotlib's own, and `change` compares two pieces of code.
"""

from torchprimer.draw.beside import Beside, beside
from torchprimer.draw.canvas import (
    AMBER,
    BLUE,
    BODY,
    INK,
    LINE,
    MUTED,
    PAPER,
    ROOM,
    SMALL,
    TITLE,
    VERMILLION,
    Block,
    Pen,
    Picture,
    column,
    dtype_text,
    flow,
    join,
    label,
    mix,
    picture,
    row,
    shape_text,
    short,
    text_width,
    words,
)
from torchprimer.draw.cells import Subject, attempt, crop, selection, tensor, tensors, wide
from torchprimer.draw.change import Change, change
from torchprimer.draw.compare import difference
from torchprimer.draw.descent import descent, rates, surface
from torchprimer.draw.devices import devices
from torchprimer.draw.figure import figure
from torchprimer.draw.film import Film, film, fit_film
from torchprimer.draw.graph import graph
from torchprimer.draw.memory import memory, storage, view_of
from torchprimer.draw.numbers import distribution, number_line, promotion
from torchprimer.draw.operations import aligned, broadcast, joined, matmul, reduction
from torchprimer.draw.training import curves, fitted, sweep

__all__ = [
    "AMBER",
    "BLUE",
    "BODY",
    "INK",
    "LINE",
    "MUTED",
    "PAPER",
    "ROOM",
    "SMALL",
    "TITLE",
    "VERMILLION",
    "Beside",
    "Block",
    "Change",
    "Film",
    "Pen",
    "Picture",
    "Subject",
    "aligned",
    "attempt",
    "beside",
    "broadcast",
    "change",
    "column",
    "crop",
    "curves",
    "descent",
    "devices",
    "difference",
    "distribution",
    "dtype_text",
    "figure",
    "film",
    "fit_film",
    "fitted",
    "flow",
    "graph",
    "join",
    "joined",
    "label",
    "matmul",
    "memory",
    "mix",
    "number_line",
    "picture",
    "promotion",
    "rates",
    "reduction",
    "row",
    "selection",
    "shape_text",
    "short",
    "storage",
    "surface",
    "sweep",
    "tensor",
    "tensors",
    "text_width",
    "view_of",
    "wide",
    "words",
]
