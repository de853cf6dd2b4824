"""Pictures side by side, of this package and of the package `graphviz`: `beside`."""

from __future__ import annotations

import hashlib
import html
import re
from xml.etree import ElementTree

import graphviz

from torchprimer.dot import use_bundled_graphviz
from torchprimer.draw.canvas import INK, PAPER, Picture

SVG = "{http://www.w3.org/2000/svg}"


class Beside:
    """Pictures in a row of HTML that goes on below where there is no room; `alt` says what they show."""

    def __init__(self, pictures: list[tuple[str, str]]) -> None:
        self.pictures = pictures
        self.alt = " ".join(alt for _, alt in pictures)

    def html(self) -> str:
        """The row, on paper of its own: black lines on a dark page cannot be read."""
        cells = "".join(
            f'<div style="flex:1 1 280px;max-width:max-content">{image}</div>' for image, _ in self.pictures
        )
        style = "display:flex;flex-wrap:wrap;align-items:flex-start;gap:16px 24px;padding:8px"
        paper = f"width:fit-content;max-width:100%;box-sizing:border-box;background:{PAPER};color:{INK}"
        return f'<div style="{style};{paper}">{cells}</div>'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.alt}

    def __repr__(self) -> str:
        """What the pictures show, in words."""
        return self.alt


def beside(*things: Picture | graphviz.Digraph | graphviz.Graph | graphviz.Source) -> Beside:
    """Pictures of `draw` and of graphviz side by side: `draw.beside(make_dot(y), draw.graph(y))`."""
    return Beside([rendered(thing, place) for place, thing in enumerate(things)])


def rendered(thing: object, place: int) -> tuple[str, str]:
    """HTML that shows a picture, and what it shows in words."""
    if isinstance(thing, Picture):
        return thing.html(), thing.alt
    if not isinstance(thing, (graphviz.Digraph, graphviz.Graph, graphviz.Source)):
        raise TypeError(f"draw.beside sets pictures side by side, and this is {type(thing).__name__}.")
    use_bundled_graphviz()
    svg = thing.pipe(format="svg", encoding="utf-8")
    svg = svg[svg.index("<svg") :]
    # Titles and comments name each node by its key: of torchviz an address, as a tooltip.
    svg = re.sub(r"(<title>.*?</title>|<!--.*?-->)\s*", "", svg, flags=re.DOTALL)
    alt = node_labels(svg)
    return dressed(svg, alt, f"g{hashlib.sha256(svg.encode()).hexdigest()[:8]}{place}"), alt


def dressed(svg: str, alt: str, prefix: str) -> str:
    """The drawing with its words for a screen reader, never wider than the page, its ids its own."""
    svg = re.sub(r'(\bid="|\bhref="#|url\(#)', rf"\g<1>{prefix}-", svg)
    head = f'<svg role="img" aria-label="{html.escape(alt)}" style="max-width:100%;height:auto"'
    return head + svg.removeprefix("<svg")


def node_labels(svg: str) -> str:
    """`torchviz graph: AccumulateGrad, MulBackward0.`, from the text in the nodes."""
    nodes = [
        " ".join("".join(text.itertext()).strip() for text in group.iter(f"{SVG}text")).strip()
        for group in ElementTree.fromstring(svg).iter(f"{SVG}g")
        if group.get("class") == "node"
    ]
    kind = "torchviz graph" if re.search(r"AccumulateGrad|Backward\d", " ".join(nodes)) else "graph"
    return f"{kind}: {', '.join(filter(None, nodes)) or 'no labels'}."
