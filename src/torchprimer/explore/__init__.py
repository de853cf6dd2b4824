"""Pictures that a student moves: `strides`, `broadcast`, `backward` and `learning_rate`, as widgets in JupyterLab.

Where there are no widgets (a code host, a printed page, a kernel without ipywidgets) each is a still
picture: the one it starts with, or one that shows all its steps.

`panel` holds what they share, and decides whether there are widgets; `tensors`, `backward` and
`descent` the rest.
"""

from torchprimer.explore.backward import backward
from torchprimer.explore.descent import learning_rate
from torchprimer.explore.panel import STILL, Explorer
from torchprimer.explore.tensors import address, broadcast, parse_shape, strides, views_of

__all__ = [
    "STILL",
    "Explorer",
    "address",
    "backward",
    "broadcast",
    "learning_rate",
    "parse_shape",
    "strides",
    "views_of",
]
