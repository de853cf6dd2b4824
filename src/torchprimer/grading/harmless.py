"""What a submission shows cannot act on who looks at it.

Formgrader and the feedback page show outputs and Markdown as HTML, Formgrader with the instructor's rights. Text
and pictures stay. Scripts, frames, forms, links into the instructor's own server, pictures from elsewhere, and what
could pass for a part of the page go.
"""

import base64
import re
from contextlib import suppress
from functools import lru_cache
from typing import Any

from bleach import clean
from bleach.css_sanitizer import ALLOWED_CSS_PROPERTIES, CSSSanitizer
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer

from .execute import is_check
from .findings import KEY

TAGS = frozenset(
    """
    a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3
    h4 h5 h6 hr i img ins kbd li mark ol output p pre q s samp small span strike strong sub summary sup table tbody
    td tfoot th thead tr tt u ul var
    """.split()  # noqa: SIM905
)
ATTRIBUTES = frozenset(
    "align alt aria-label colspan dir height lang open role rowspan scope start title width".split()  # noqa: SIM905
)
STYLES = ALLOWED_CSS_PROPERTIES - {"cursor", "float"} | frozenset(
    """
    align-items background border border-bottom border-left border-radius border-right border-top box-sizing flex
    flex-wrap gap list-style-type margin margin-bottom margin-left margin-right margin-top max-height max-width
    min-height min-width overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top
    """.split()  # noqa: SIM905
)
# Style that fetches another file, or covers the page around it.
FETCHES_OR_COVERS = re.compile(r"url|image|\\|[\s:(,]-[\d.]", re.IGNORECASE)
LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
# A picture that is here, or lies beside the notebook.
PICTURE = re.compile(
    r"data:image/(png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=]*|(?!\.)(?!.*\.\.)[\w][\w./-]*\.(png|jpe?g|gif)"
)
# Classes that Markdown makes itself.
OF_MARKDOWN = re.compile(r"anchor-link|highlight|language-[\w+-]+|[a-z]{1,2}[0-9]?")
# The text of these is nothing to read.
CODE = re.compile(r"<(script|style)\b(?:(?!<\1\b).)*?</\1\s*>", re.IGNORECASE | re.DOTALL)
SVG = re.compile(r"<svg\b(?:(?!<svg\b).)*?</svg\s*>", re.IGNORECASE | re.DOTALL)
LABEL = re.compile(r'\saria-label="([^"]*)"')
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
PICTURES = ("image/png", "image/jpeg")
CELL_METADATA = ("nbgrader", "deletable", "editable", "jupyter", KEY)
MOST_TAGS = 2_000  # of a text cell; with more it is shown as it was written
INSTEAD = "This output is not shown: it is neither text nor a picture."


def is_allowed(tag: str, name: str, value: str) -> bool:
    """Whether an element may have an attribute."""
    if name == "style":
        return not FETCHES_OR_COVERS.search(value)
    if name == "href":
        return tag == "a" and LINK.match(value) is not None
    if name == "src":
        return tag == "img" and PICTURE.fullmatch(value) is not None
    if name == "class":
        return all(OF_MARKDOWN.fullmatch(part) for part in value.split())
    if name == "id":
        return re.fullmatch("h[1-6]", tag) is not None
    return name in ATTRIBUTES


def cleaned(markup: str) -> str:
    """HTML that only shows; graphs drawn as SVG have become pictures of themselves."""
    markup = SVG.sub(lambda found: _picture(found[0]), CODE.sub("", markup))
    return clean(
        markup,
        tags=TAGS,
        attributes=is_allowed,
        protocols={"http", "https", "mailto", "data"},
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
    )


remembered = lru_cache(maxsize=1000)(cleaned)  # the lesson's own messages come again and again


def _picture(svg: str) -> str:
    """An `<img>` of a drawing: in there it runs no script and fetches nothing."""
    label = LABEL.search(svg.partition(">")[0])
    if "xmlns=" not in svg:
        svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    data = base64.b64encode(svg.encode()).decode()
    alt = label[1] if label else "A drawing."
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{alt}" style="max-width:100%;height:auto">'


def markdown(source: str, attachments: dict[str, Any]) -> str:
    """Markdown that shows the same and does nothing else: the source itself where that is so."""
    with suppress(InvalidNotebook, RecursionError):
        shown = _rendered(source, attachments)
        if shown.count("<") <= MOST_TAGS:
            harmless = cleaned(shown)
            if harmless == shown.replace(" />", ">"):
                return source
            # One piece of HTML: in Markdown it would end at a blank line.
            block = "<div>\n" + re.sub(r"\n(?=[^\S\n]*\n)", "&#10;", harmless.strip()) + "\n</div>"
            again = _rendered(block, {})
            if cleaned(again) == again.replace(" />", ">"):
                return block
    return as_written(source)


def as_written(source: str) -> str:
    """Markdown that shows a text with all its marks."""
    fence = "`" * (3 + max(map(len, re.findall("`+", source)), default=0))
    return f"{fence}text\n{source}\n{fence}"


@lru_cache(maxsize=1000)  # most text cells are the lesson's
def plain_markdown(source: str) -> str:
    """`markdown` without attachments."""
    return markdown(source, {})


def _rendered(source: str, attachments: dict[str, Any]) -> str:
    """As nbconvert's HTML exporter does it."""
    return MarkdownWithMath(renderer=IPythonRenderer(escape=False, attachments=attachments)).render(source)


class HarmlessOutput(NbGraderPreprocessor):
    """Cleans all that is shown of a submission; after it was run, before anything reads its outputs.

    Where an output has a picture beside its HTML, as a film has, the picture stays. A kernel can send anything for
    an output: what is not made as it should be goes.
    """

    max_markup = Integer(2_000_000, help="characters of HTML in one output").tag(config=True)
    max_tags = Integer(2_000, help="HTML elements in one output").tag(config=True)
    max_text = Integer(20_000, help="characters of a text cell, beyond which it is shown as written").tag(
        config=True
    )
    max_all_text = Integer(200_000, help="characters of all text cells together").tag(config=True)
    max_all_tags = Integer(10_000, help="HTML elements in all outputs").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean in place."""
        self._tags_left, self._text_left = self.max_all_tags, self.max_all_text
        nb.metadata.pop("widgets", None)
        said = nb.metadata.get("language_info")  # by the kernel
        names = said if isinstance(said, dict) else {}
        nb.metadata.language_info = {"name": "python"} | {
            k: v for k, v in names.items() if isinstance(v, str)
        }
        return super().preprocess(nb, resources)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clean one cell."""
        cell.metadata = NotebookNode(
            {key: cell.metadata[key] for key in CELL_METADATA if key in cell.metadata}
        )
        if cell.cell_type == "code":
            cell.execution_count = _number(cell.get("execution_count"))
            found = (self._output(output, is_check(cell)) for output in cell.outputs)
            cell.outputs = [output for output in found if output is not None]
        elif cell.cell_type == "markdown":
            written, attachments = cell.source, cell.pop("attachments", None)
            self._text_left -= len(written)
            if len(written) > self.max_text or self._text_left < 0:
                cell.source = as_written(written)
            else:
                cell.source = markdown(written, attachments) if attachments else plain_markdown(written)
            if attachments and cell.source == written:
                cell.attachments = attachments
        return cell, resources

    def _output(self, output: NotebookNode, judged: bool) -> NotebookNode | None:
        """The output made anew from what can be shown of it; None where that is nothing at all."""
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return new_output(kind, name=name, text=_text(output.get("text")))
        if kind == "error":
            lines = output.get("traceback")
            trace = [_text(line) for line in lines] if isinstance(lines, list) else []
            return new_output(
                kind, ename=_text(output.get("ename")), evalue=_text(output.get("evalue")), traceback=trace
            )
        if kind not in ("execute_result", "display_data"):
            return None
        sent, about = output.get("data"), output.get("metadata")
        data = self._data(sent if isinstance(sent, dict) else {})
        metadata = _metadata(about if isinstance(about, dict) else {}, judged)
        if kind == "display_data":
            return new_output(kind, data, metadata=metadata)
        return new_output(
            kind, data, metadata=metadata, execution_count=_number(output.get("execution_count"))
        )

    def _data(self, sent: dict[str, Any]) -> dict[str, str]:
        texts = {mime: text for mime, text in ((mime, _text(part)) for mime, part in sent.items()) if text}
        data = {mime: texts[mime] for mime in ("text/plain", "text/latex") if mime in texts}
        data |= {mime: texts[mime] for mime in PICTURES if BASE64.fullmatch(texts.get(mime, "?"))}
        markup = texts.get("text/html") or texts.get("image/svg+xml")
        if markup and not set(PICTURES) & set(data) and self._is_bounded(markup):
            data["text/html"] = (remembered if len(markup) < 10_000 else cleaned)(markup)
        elif len(written := texts.get("text/markdown", "")) <= self.max_text and self._is_bounded(written):
            data |= {"text/markdown": markdown(written, {})} if written else {}
        return data or {"text/plain": INSTEAD}

    def _is_bounded(self, markup: str) -> bool:
        """Whether there is time to read it: what is nested in earnest takes the square of its length."""
        tags = markup.count("<")
        if len(markup) > self.max_markup or tags > min(self.max_tags, self._tags_left):
            return False
        self._tags_left -= tags
        return True


def _text(value: object) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return value if type(value) is int else None


def _metadata(about: dict[str, Any], judged: bool) -> dict[str, Any]:
    """Sizes and words of pictures; of a check also what `primer report` reads."""
    kept: dict[str, Any] = {KEY: about[KEY]} if judged and KEY in about else {}
    for mime in PICTURES:
        told = about.get(mime)
        if isinstance(told, dict):
            sizes = {name: _number(told.get(name)) for name in ("width", "height")}
            kept[mime] = {name: size for name, size in sizes.items() if size}
            if alt := _text(told.get("alt")):
                kept[mime]["alt"] = alt
    return kept
