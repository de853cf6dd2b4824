"""What all explorers share: controls that draw a picture again, and what stands where there are none."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from torchprimer import draw

try:
    import ipywidgets as widgets
except ImportError:  # the still picture is all there is then
    widgets = None

VIEW = "application/vnd.jupyter.widget-view+json"
STILL = "Run this cell in JupyterLab to move it."
# What ipywidgets leaves out, put right once the picture is there. JupyterLab takes the arrow keys and letters that
# a control needs for shortcuts of its own: an x cuts the cell (ipywidgets issue 3912). A slider has no name.
ON_LOAD = """
    const controls = this.closest('.widget-vbox').querySelectorAll('select, button, [role=slider]');
    controls.forEach(control => {
        control.setAttribute('data-lm-suppress-shortcuts', '');
        control.ariaLabel ||= control.closest('.widget-slider')?.querySelector('label').textContent;
    });
"""


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
        self._waiting = False
        self.picture: draw.Picture | None = None
        self.still = still
        self.sentence = ""
        self.refresh()
        for control in self.controls.values():
            control.observe(self.refresh, "value")

    @cached_property
    def widget(self) -> Any:  # noqa: ANN401
        """All of it, as a widget; painted from here on."""
        bar = widgets.HBox(list(self.controls.values()), layout=widgets.Layout(flex_flow="row wrap"))
        return widgets.VBox([bar, self._image, self._line])

    @cached_property
    def _image(self) -> Any:  # noqa: ANN401
        return widgets.HTML(self._shown())

    @cached_property
    def _line(self) -> Any:  # noqa: ANN401
        return widgets.HTML(self._said())

    def _shown(self) -> str:
        on_load = html.escape(" ".join(ON_LOAD.split()))
        return self.picture.html().removesuffix(">") + f' onload="{on_load}">'

    def _said(self) -> str:
        return f'<div role="status" aria-live="polite">{html.escape(self.sentence)}</div>'

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
        shown = vars(self)
        if picture is not None and "_image" in shown:
            self._image.value = self._shown()
        if "_line" in shown:
            self._line.value = self._said()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        data, metadata = (self.still or self.picture)._repr_mimebundle_()
        # As ipywidgets 8 says it; 7, which Colab brings, has no such method.
        view = {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        return {VIEW: view, **data, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        """What the picture shows, in words, and how to move it."""
        shown = self.still.alt if self.still else f"{self.picture.alt} {self.sentence}"
        return f"{shown} {STILL}"


def labelled(make: Callable[..., Any], description: str, width: str, **options: Any) -> Any:  # noqa: ANN401
    """A control whose description is shown in full."""
    return make(
        description=description,
        tooltip=description,  # without one, ipywidgets' tooltip is "null"
        style={"description_width": "initial"},
        layout=widgets.Layout(width=width, margin="2px 16px 2px 2px"),
        **options,
    )
