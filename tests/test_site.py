"""The site: built as `make site` builds it, then read in a browser that has no network."""

import functools
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import chromium
from bs4 import BeautifulSoup
from conftest import ROOT

from torchprimer import lab

LESSONS = lab.lesson_names(ROOT, "source")
REPOSITORY = "example/primer"
MINOR = {"empty-table-header"}  # tables whose first column needs no name


def build(project):
    environment = {name: value for name, value in os.environ.items() if name != "GITHUB_REPOSITORY"}
    return subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "docs", "docs/_build/html"],
        cwd=project,
        env={**environment, "TORCHPRIMER_REPOSITORY": REPOSITORY},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of what the site is made of, with the site built in it."""
    folder = tmp_path_factory.mktemp("project")
    left_out = shutil.ignore_patterns("_build", "lessons")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=left_out)
    for name in ("course", "release"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "CONTRIBUTING.md", folder)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(project):
    return project / "docs" / "_build" / "html"


@pytest.fixture(scope="module")
def address(site):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def opened(browser, address):
    """Opens a page; at the end nothing went wrong on any, and nothing was asked of another machine."""
    contexts, wrong = [], []

    def open_page(path, width=1280, scheme="light"):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url),
        )
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def cells_of(lesson):
    return nbformat.read(ROOT / "course" / f"{lesson}.ipynb", as_version=4).cells


@functools.cache
def soup_of(site, lesson):
    return BeautifulSoup((site / "lessons" / f"{lesson}.html").read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_picture_is_there_and_said_in_words(site, lesson):
    told = [
        output.metadata.get("image/png", {}).get("alt") or cell.metadata.mystnb.image.alt
        for cell in cells_of(lesson)
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {}) and "text/html" not in output.data
    ]
    pictures = soup_of(site, lesson).select(".cell_output img:not(.text_html img)")
    assert [picture["alt"] for picture in pictures] == told
    assert len(told) > 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_solutions_and_checks_are_folded_and_say_what_they_are(site, lesson):
    folded = [cell for cell in cells_of(lesson) if cell.metadata.get("jupyter", {}).get("source_hidden")]
    found = soup_of(site, lesson).select("details.hide")
    assert not any(fold.has_attr("open") for fold in found)
    assert [fold.summary.get_text(" ", strip=True).split(" Hide")[0] for fold in found] == [
        "Show a solution" if cell.metadata.nbgrader.solution else "Show the check" for cell in folded
    ]
    for fold, cell in zip(found, folded, strict=True):
        assert fold.pre.get_text().strip() == cell.source.strip()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_leads_to_the_students_edition(project, site, lesson):
    links = {link.get_text(): link["href"] for link in soup_of(site, lesson).select("article a[href]")}
    student = f"release/{lesson}/{lesson}.ipynb"
    assert (
        links["Open in Colab"] == f"https://colab.research.google.com/github/{REPOSITORY}/blob/main/{student}"
    )
    assert links["Open in JupyterLab on Binder"].startswith(
        f"https://mybinder.org/v2/gh/{REPOSITORY}/main?urlpath="
    )
    downloaded = site / "lessons" / links["Download the notebook"]
    assert downloaded.read_bytes() == (project / student).read_bytes()


def test_an_explorer_is_a_picture_that_says_where_it_moves(site):
    found = 0
    for lesson in LESSONS:
        for still in soup_of(site, lesson).find_all("em", string=re.compile("Where you run the lesson")):
            cell = still.find_parent("p").find_previous_sibling("div", class_="cell")
            assert "explore." in cell.pre.get_text()
            assert cell.select_one(".cell_output img")["alt"]
            found += 1
    sources = [cell.source for lesson in LESSONS for cell in cells_of(lesson) if cell.cell_type == "code"]
    assert found == len(re.findall(r"^explore\.", "\n".join(sources), re.MULTILINE)) > 0


def test_without_a_repository_only_what_works_is_offered(project, monkeypatch):
    for name in ("GITHUB_REPOSITORY", "TORCHPRIMER_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    line = runpy.run_path(str(project / "docs" / "conf.py"))["run_it"]("02_autograd")
    assert "http" not in line
    assert "`primer lab 2`" in line


def test_broken_links_and_parts_from_a_network_are_told(project, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "page.html").write_text('<h1 id="a b">A page</h1><a href="../index.html">back</a>')
    (tmp_path / "index.html").write_text(
        """<a href="https://example.org">1</a><a href="other/page.html?x=1#a%20b">2</a><a href="#">3</a>
        <a href="gone.html">4</a><a href="other/page.html#gone">5</a><a href="other">6</a>
        <script src="//example.org/a.js"></script><img src="data:image/png;base64,"><img src="gone.png">"""
    )
    broken_links = runpy.run_path(str(project / "docs" / "conf.py"))["broken_links"]
    assert list(broken_links(tmp_path)) == [
        "index.html: the link gone.html leads to no file",
        "index.html: the link other/page.html#gone leads to no such place in its page",
        "index.html: the link other leads to no file",
        "index.html: //example.org/a.js would be fetched from a network; put it into the site",
        "index.html: the link gone.png leads to no file",
    ]


def test_search_finds_the_lesson(opened):
    page = opened("index.html")
    page.get_by_role("button", name="Search").first.click()
    page.keyboard.type("strides")
    page.keyboard.press("Enter")
    page.locator("#search-results li a").first.wait_for()
    assert "Lesson 1: Tensors" in page.locator("#search-results li a").all_inner_texts()


def test_folds_open_and_the_film_runs_by_keyboard(opened):
    page = opened("lessons/03_training_loop.html", scheme="dark")
    for fold in ("details.hide", "details:not(.hide)"):
        first = page.locator(fold).first
        first.locator("summary").focus()
        page.keyboard.press("Enter")
        assert first.get_attribute("open") is not None
    film = page.locator("figure.film")
    before = film.locator("img").get_attribute("src")
    film.locator("input").focus()
    page.keyboard.press("Home")
    assert film.locator("output").inner_text().startswith("step 0")
    assert film.locator("img").get_attribute("src") != before


@pytest.mark.parametrize("path", ["index.html", *(f"lessons/{lesson}.html" for lesson in LESSONS)])
def test_nothing_keeps_a_reader_out(opened, path):
    page = opened(path, width=390, scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    squeezed = page.evaluate(
        """[...document.querySelectorAll('.cell_output img')]
        .filter(i => Math.abs(i.width / i.height / (i.naturalWidth / i.naturalHeight) - 1) > 0.05).map(i => i.alt)"""
    )
    assert squeezed == []
    cut = "[...document.querySelectorAll('.traceback pre')].filter(pre => pre.scrollWidth > pre.clientWidth).length"
    assert page.evaluate(cut) == 0, "the end of an error's lines is out of sight"
    # Contrast takes axe half a minute on a lesson; all pages have the colours of the first.
    slow = {"color-contrast": {"enabled": path == "index.html"}}
    options = {"resultTypes": ["violations"], "preload": False, "rules": slow}
    found = Axe().run(page, options=options).response["violations"]
    assert [
        f"{problem['id']}: {[node['target'] for node in problem['nodes']]}"
        for problem in found
        if problem["id"] not in MINOR
    ] == []


def install_cell(lesson):
    notebook = nbformat.read(ROOT / "source" / lesson / f"{lesson}.ipynb", as_version=4)
    return next(cell for cell in notebook.cells if cell.cell_type == "code")


def test_every_lesson_begins_with_the_same_cell_for_colab():
    assert len({install_cell(lesson).source for lesson in LESSONS}) == 1
    assert {install_cell(lesson).id for lesson in LESSONS} == {"install"}


def test_what_lessons_import_needs_nothing_that_the_first_cell_leaves_out():
    """There, torchprimer is installed without its dependencies."""
    pip = re.findall(r"^ *%pip install (.*)", install_cell(LESSONS[0]).source, re.MULTILINE)
    installed = set(re.findall(r"(?<![-\w])[a-z][\w-]*", " ".join(pip)))
    assert {"torch", "torchprimer", "matplotlib"} <= installed
    imports = {
        line.strip()
        for lesson in LESSONS
        for cell in nbformat.read(ROOT / "source" / lesson / f"{lesson}.ipynb", as_version=4).cells
        if cell.cell_type == "code"
        for line in cell.source.split("\n")
        if re.match(r" *(from|import) .*torch", line)
    }
    code = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {{"jupyterlab", "nbgrader", "nbclient", "nbconvert", "nbformat", "mistune"}}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
for line in {json.dumps(sorted(imports))}:
    exec(line)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
