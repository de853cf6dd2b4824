"""The site's configuration: the reading editions in `course/`, and the pages beside this file.

Nothing is executed and nothing comes from a network, neither here nor in the reader's browser. There is no
extension for formulas: a lesson writes them as code, and MathJax would be a script from elsewhere.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "docs" / "lessons"

# Below an explorer, whose sliders need Python.
STILL = "*This is one picture of it. Where you run the lesson, you move it.*"

# "owner/name" on GitHub, which Colab and Binder fetch the lessons from; the workflow knows it.
REPOSITORY = os.environ.get("TORCHPRIMER_REPOSITORY") or os.environ.get("GITHUB_REPOSITORY")

project = html_title = "torchprimer"
extensions = ["myst_nb"]
exclude_patterns = ["_build"]

nb_execution_mode = "off"  # course/ is executed already
myst_heading_anchors = 3

html_theme = "sphinx_book_theme"
html_context = {"default_mode": "auto"}
html_theme_options = {
    "footer_content_items": [],
    "home_page_in_toc": True,
    "navbar_persistent": [],  # the search field stands in the sidebar
    "use_download_button": False,  # it would give the edition with the solutions
    "use_fullscreen_button": False,
    **(
        {"repository_url": f"https://github.com/{REPOSITORY}", "use_repository_button": True}
        if REPOSITORY
        else {}
    ),
}
html_static_path = ["static"]
html_favicon = "static/favicon.svg"
html_css_files = ["site.css"]
html_copy_source = html_use_index = False


def copy_lessons() -> None:
    """Copy `course/` to where Sphinx looks."""
    shutil.rmtree(LESSONS, ignore_errors=True)
    LESSONS.mkdir()
    for notebook in (ROOT / "course").glob("*.ipynb"):
        shutil.copy(notebook, LESSONS)


def prepare(app: Sphinx, docname: str, content: list[str]) -> None:
    """Change the text of a page before Sphinx reads it."""
    if not docname.startswith("lessons/"):
        # Written so that the links also work on a code host.
        content[0] = content[0].replace("](../course/", "](lessons/")
        return
    notebook = json.loads(content[0])
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if cell["cell_type"] == "code":
            fold(cell)
            if "".join(cell["source"]).rpartition("\n")[2].startswith("explore."):
                cells.append(prose(f"still-{cell['id']}", STILL))
    cells.insert(1, prose("run-it", run_it(docname.removeprefix("lessons/"))))
    content[0] = json.dumps(notebook | {"cells": cells})


def prose(name: str, text: str) -> dict:
    """A markdown cell."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def fold(cell: dict) -> None:
    """Fold what JupyterLab folds: solutions and the code of checks."""
    if cell["metadata"].get("jupyter", {}).get("source_hidden"):
        kind = cell["metadata"].get("nbgrader", {})
        what = "a solution" if kind.get("solution") else "the check" if kind.get("grade") else "the code"
        cell["metadata"].setdefault("tags", []).append("hide-input")
        cell["metadata"]["mystnb"] = {"code_prompt_show": f"Show {what}", "code_prompt_hide": "Hide"}


def describe_pictures(app: Sphinx, page: nodes.document) -> None:
    """Give every picture the text that `torchprimer.draw` stores beside it: MyST-NB has one for a whole cell."""
    path = LESSONS / f"{app.env.docname.removeprefix('lessons/')}.ipynb"
    if not path.is_file():
        return
    outputs = [
        part for cell in json.loads(path.read_text("utf-8"))["cells"] for part in cell.get("outputs", [])
    ]
    shown = [part["metadata"].get("image/png", {}) for part in outputs if "image/png" in part.get("data", {})]
    cells = [part for part in page.findall(nodes.container) if "cell_output" in part["classes"]]
    pictures = [picture for cell in cells for picture in cell.findall(nodes.image)]
    for picture, stored in zip(pictures, shown, strict=True):
        picture["alt"] = stored.get("alt") or picture.get("alt", "")


def run_it(lesson: str) -> str:
    """A line of links to the student's edition of a lesson."""
    notebook = f"release/{lesson}/{lesson}.ipynb"
    number = lesson.partition("_")[0].lstrip("0")
    links = [f"[Download the notebook](path:../../{notebook})"]
    if REPOSITORY:
        binder = (
            f"https://mybinder.org/v2/gh/{REPOSITORY}/main?urlpath={quote(f'lab/tree/{notebook}', safe='')}"
        )
        colab = f"https://colab.research.google.com/github/{REPOSITORY}/blob/main/{notebook}"
        links[:0] = [f"[Open in JupyterLab on Binder]({binder})", f"[Open in Colab]({colab})"]
    return (
        "This is the edition to read, with the solutions. To learn from the lesson, run it and answer: "
        f"{' · '.join(links)} · on your own machine: `primer lab {number}`"
    )


class Page(HTMLParser):
    """What a page of the site points to, and what in it can be pointed to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.targets = {"", "top"}
        self.links: list[str] = []
        self.parts: list[str] = []  # what the browser fetches by itself
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the tag leads and what it is called."""
        given = {name: value or "" for name, value in attrs}
        self.targets |= {given[name] for name in ("id", "name") if name in given}
        if "href" in given:
            (self.parts if tag == "link" else self.links).append(given["href"])
        if "src" in given:
            self.parts.append(given["src"])


def broken_links(site: Path) -> Iterator[str]:
    """What in a built site leads nowhere, or would be fetched from a network, a sentence each."""
    pages = {path: Page(path) for path in sorted(site.rglob("*.html")) if "_static" not in path.parts}
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for address in page.links + page.parts:
            parts = urlsplit(address)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc:
                if address in page.parts and parts.scheme != "data":
                    yield f"{name}: {address} would be fetched from a network; put it into the site"
            elif not target.is_file():
                yield f"{name}: the link {address} leads to no file"
            elif target in pages and unquote(parts.fragment) not in pages[target].targets:
                yield f"{name}: the link {address} leads to no such place in its page"


def warn_of_broken_links(app: Sphinx, error: Exception | None) -> None:
    """Make a broken link a warning of the build."""
    if error is None and app.builder.format == "html":
        for sentence in broken_links(Path(app.outdir)):
            logging.getLogger(__name__).warning(sentence)


copy_lessons()


def setup(app: Sphinx) -> None:
    """Tell Sphinx what to call."""
    app.connect("source-read", prepare)
    app.connect("doctree-read", describe_pictures)
    app.connect("build-finished", warn_of_broken_links)
