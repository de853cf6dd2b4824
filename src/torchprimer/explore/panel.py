"""What all explorers share: controls that draw a picture again, and what stands where there are none."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any

from torchprimer import draw

try:
    import ipywidgets as widgets
except ImportError:  # the still picture is all there is then
    widgets = None

STILL = "Run this cell in JupyterLab to move it."


class Explorer:
    """Controls above a picture, and below it a sentence about what it shows.

    `render` makes the picture and the sentence from the controls' values; where it gives None for the
    picture, the last one stays. `still` stands in for the picture where there are no widgets.
    """

    def __init__(
        self,
        controls: Mapping[str, Any],
        render: Callable[[], tuple[draw.Picture | None, str]],
        still: draw.Picture | None = None,
    ) -> None:
        self.controls, self._render = dict(controls), render
        self._image = widgets.HTML()
        self._line = widgets.HTML()
        self._waiting = False
        self.picture: draw.Picture | None = None
        self.still = still
        self.sentence = ""
        self.refresh()
        for control in self.controls.values():
            control.observe(self.refresh, "value")
        bar = widgets.HBox(list(self.controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
        self.widget = widgets.VBox([bar, self._image, self._line])

    def refresh(self, change: object = None) -> None:
        """Draw again, once, from what the controls now say."""
        if self._waiting:
            return
        self._waiting = True  # `render` may move a control to where it fits, which calls this again
        try:
            picture, self.sentence = self._render()
        finally:
            self._waiting = False
        if picture is not None:
            self.picture = picture
            self._image.value = picture.html()
        self._line.value = f'<div role="status" aria-live="polite">{html.escape(self.sentence)}</div>'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        data, metadata = (self.still or self.picture)._repr_mimebundle_()
        view = self.widget._repr_mimebundle_()
        view = view[0] if isinstance(view, tuple) else view
        return {**view, **data, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        """What the picture shows, in words, and how to move it."""
        shown = self.still.alt if self.still else f"{self.picture.alt} {self.sentence}"
        return f"{shown} {STILL}"


def labelled(make: Callable[..., Any], description: str, width: str, **options: Any) -> Any:  # noqa: ANN401
    """A control whose description is shown in full."""
    return make(
        description=description,
        style={"description_width": "initial"},
        layout=widgets.Layout(width=width, margin="2px 16px 2px 2px"),
        **options,
    )
