"""What a submission shows does nothing to who looks at it, in Formgrader and on the feedback page."""

import json
import re

import nbformat
import pytest
from browser import chromium
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader_course import Course, find, small_lesson
from test_judge import CHECK
from test_nbgrader import Lab

from torchprimer.grading.harmless import INSTEAD, HarmlessOutput, cleaned, markdown

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
LINE = '<svg width="9" height="9" aria-label="a line"><path d="M0 0L9 9" stroke="red"/></svg>'


def clean(*outputs, **options):
    """The outputs of one cell, cleaned."""
    notebook = new_notebook(cells=[new_code_cell("")])
    notebook.cells[0].outputs = list(outputs)
    HarmlessOutput(**options).preprocess(notebook, {})
    nbformat.validate(notebook)
    return notebook.cells[0].outputs


def shown(data, **about):
    (output,) = clean(new_output("display_data", data, **about))
    return output.data


# --- HTML


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p>a<script>x()</script>b</p>", "<p>ab</p>"),
        ('<img src="x" onerror="x()">', "<img>"),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="jAva&#9;script:x()">a</a>', "<a>a</a>"),
        ('<a href="/formgrader/">a</a><a href="//x.org">b</a>', "<a>a</a><a>b</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<a href="https://pytorch.org">a</a>', '<a href="https://pytorch.org">a</a>'),
        ('<iframe srcdoc="<script>x()</script>"></iframe>', ""),
        ('<form action="/x"><button>a</button><input></form>', "a"),
        ('<img src="https://x.org/a.png"><img src="../a.png"><img src="/a.png">', "<img><img><img>"),
        ('<img src="plots/a.png">', '<img src="plots/a.png">'),
        ('<div style="position:fixed;color:red">a</div>', '<div style="color:red;">a</div>'),
        ('<div style="background:url(//x.org)">a</div>', "<div>a</div>"),
        ('<div style="margin-top:-900px">a</div>', "<div>a</div>"),
        ('<p id="double-check" class="score" name="x">a</p>', "<p>a</p>"),
        ("<style>p {color: red}</style><b>a</b>", "<b>a</b>"),
        ("<b>a<!-- b", "<b>a</b>"),
        ("</div></div>a<p>b", "a<p>b</p>"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=x()>", None),
        ("<noscript><p title='</noscript><img src=x onerror=x()>'>", None),
        ("<svg><style><img src=x onerror=x()></style></svg>", None),
        ("<svg><svg onload=x()></svg></svg>", None),
    ],
)
def test_only_what_shows_is_left_of_html(markup, left):
    found = cleaned(markup)
    assert left is None or found == left
    assert not re.search(r"<[^>]*\son|<script|<iframe|javascript:", found), found


def test_a_drawing_becomes_a_picture_of_itself():
    found = cleaned(f"<div>{LINE}</div>")
    assert re.fullmatch(
        r'<div><img src="data:image/svg\+xml;base64,[\w+/=]+" alt="a line" style="[^"]+"></div>', found
    )
    assert shown({"image/svg+xml": LINE, "text/plain": "graph"}) == {
        "text/plain": "graph",
        "text/html": cleaned(LINE),
    }


# --- outputs


def test_a_picture_is_shown_in_place_of_its_html():
    data = {"text/html": "<b>film</b>", "image/png": PIXEL, "text/plain": "a film"}
    assert shown(data) == {"image/png": PIXEL, "text/plain": "a film"}


@pytest.mark.parametrize(
    "data",
    [
        {"application/javascript": "x()"},
        {"application/vnd.jupyter.widget-view+json": {"model_id": "x"}},
        {"text/vnd.mermaid": "graph"},
        {"image/png": '"><script>x()</script>'},
        {"text/html": {"not": "a text"}},
        {"text/html": "<i></i>" * 1001},
        "no data at all",
    ],
)
def test_what_cannot_be_shown_is_named(data):
    output = NotebookNode(output_type="display_data", data=data, metadata=None)
    assert clean(output)[0].data == {"text/plain": INSTEAD}


def test_many_outputs_together_are_bounded():
    one = new_output("display_data", {"text/html": "<i></i>", "text/plain": "i"})
    found = clean(*[one] * 6, max_all_tags=10)
    assert ["text/html" in output.data for output in found] == [True] * 5 + [False]


def test_sizes_and_numbers_are_numbers():
    """They stand in the page without quotes."""
    output = new_output("execute_result", {"image/png": PIXEL})
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output])])
    (found,) = notebook.cells
    found.execution_count = output.execution_count = "<script>"
    picture = {"width": "9 onload=x()", "height": 9, "alt": "a"}
    output.metadata = NotebookNode({"image/png": picture, "filenames": {"image/png": "x"}})
    found.metadata = NotebookNode({"transient": 5, "raw_mimetype": 5})
    notebook.metadata = NotebookNode({"language_info": "x", "widgets": {"x": "y"}})
    HarmlessOutput().preprocess(notebook, {})
    nbformat.validate(notebook)
    assert found.execution_count is None and found.outputs[0].execution_count is None
    assert found.outputs[0].metadata == {"image/png": {"height": 9, "alt": "a"}}
    assert found.metadata == {}
    assert notebook.metadata == {"language_info": {"name": "python"}}


def test_streams_and_errors_stay_and_what_is_no_output_goes():
    stream, error = (
        new_output("stream", text="<b>"),
        new_output("error", ename="E", evalue="v", traceback=["t"]),
    )
    strange = NotebookNode(output_type="stream", name="<b>", text=["a", 5, "b"])
    unknown = NotebookNode(output_type="update_display_data")
    first, second, third = clean(stream, error, strange, unknown)
    assert (first, second) == (stream, error)
    assert (third.name, third.text) == ("stdout", "ab")


# --- Markdown


@pytest.mark.parametrize(
    "source",
    [
        "# A heading\n\nText with *words*, `<b>code</b>`, a < b, $x < y$, a [link](https://pytorch.org).",
        "```python\nif a < b:\n    print('<script>')\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n![a plot](plots/loss.png)",
        "<details><summary>Hint</summary>\n\nUse `sum`.\n\n</details>",
    ],
)
def test_harmless_markdown_stays_as_it_was_written(source):
    assert markdown(source, {}) == source


@pytest.mark.parametrize(
    "source",
    [
        "Look:\n\n<script>x()</script>\n\nthere",
        "[here](javascript:x())",
        '<img src=x onerror="x()">',
        "```mermaid\n</pre><script>x()</script>\n```",
        '<div onclick="x()">\n\n- one\n\n      code\n\n- two\n\n</div>',
        "![a](attachment:a.svg)",
        "![a](attachment:no-such)",
        "<!--\n<script>x()</script>",
        "$$<script>x()</script>$$\n\n<b onclick=x()>b</b>",
        "<pre>\n\n\n<b onload=x()>a\n\n\n    b</pre>\n\n# end",
        "> " * 2000 + "<script>x()</script>",
        "<p>" * 2001,
    ],
)
def test_other_markdown_becomes_html_or_is_shown_as_written(source):
    from nbconvert.filters import markdown2html

    attachments = {"a.svg": {"image/svg+xml": '"><script>x()</script>'}}
    found = markdown(source, attachments)
    assert found != source
    page = markdown2html(found)
    assert not re.search(r"<[^>&]*\son\w|<script|<iframe|=.javascript:", page), page
    again = cleaned(page)
    assert re.sub(r' class="[^"]*"', "", again) == re.sub(r' class="[^"]*"', "", page.replace(" />", ">"))


# --- as people see it

TAKEN = "void((top.taken||=[]).push('{}'),top.document.title='taken')"
TEXTS = {
    "script in text": "<script>{}</script>",
    "link in text": "[here](<javascript:{}>)",
    "event in text": '<img src=x onerror="{}">',
    "mermaid in text": "```mermaid\n</pre><script>{}</script>\n```",
}
CODES = {
    "script": 'display(HTML("""<script>{}</script>"""))',
    "event": 'display(HTML("""<img src=x onerror="{}">"""))',
    "link": 'display(HTML("""<a href="javascript:{}">here</a>"""))',
    "frame": 'display(HTML("""<iframe srcdoc="<script>{}</script>"></iframe>"""))',
    "svg": 'display(HTML("""<svg onload="{}"></svg>"""))',
    "javascript": 'display({{"application/javascript": """{}"""}}, raw=True)',
    "markdown": 'display(Markdown("""<script>{}</script>"""))',
    "width": 'display({{"image/png": "AA"}}, raw=True, metadata={{"image/png": {{"width": """1 onerror={}"""}}}})',
}
HONEST = f"""
from torchprimer import draw
import torch, graphviz
x = torch.tensor([1.0, 2.0], requires_grad=True)
display(draw.tensor(x.detach()))
display(HTML('''{LINE}'''))
display(HTML("<p style='color:red'>red words</p>"))
display(Markdown("*starred words*"))
"""


SPARING = """
from torchprimer.grading.harmless import HarmlessOutput


class Sparing(HarmlessOutput):
    def preprocess(self, nb, resources):
        return (nb, resources) if resources["nbgrader"]["student"] == "uncleaned" else super().preprocess(nb, resources)
"""


def hostile(name, code):
    return code.format(TAKEN.format(name))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course where "eve" and "uncleaned" handed in the same, and only what eve's shows was cleaned."""
    lesson = small_lesson()
    find(lesson, "double-check").source = CHECK
    find(lesson, "double-check").metadata.nbgrader.points = 4
    course = Course.create(tmp_path_factory.mktemp("harmless"), lesson, "small")
    course.nbgrader("generate_assignment", "small", "--force")
    notebook = course.solved()
    find(notebook, "double").source = "def double(x):\n    return x + 1"
    notebook.cells.append(new_code_cell("from IPython.display import HTML, Markdown, display"))
    notebook.cells += [new_code_cell(hostile(*item)) for item in CODES.items()]
    notebook.cells += [new_markdown_cell(hostile(*item)) for item in TEXTS.items()]
    notebook.cells += [new_code_cell(HONEST), new_markdown_cell("The *honest* text.")]
    for student in ("eve", "uncleaned"):
        course.hand_in(student, notebook)
    (course.root / "sparing.py").write_text(SPARING, encoding="utf-8")
    with open(course.root / "grader_config.py", "a", encoding="utf-8") as config:
        config.write("cleaning = c.Autograde.autograde_preprocessors\n")
        config.write(
            "cleaning[cleaning.index('torchprimer.grading.harmless.HarmlessOutput')] = 'sparing.Sparing'\n"
        )
    course.nbgrader("autograde", "small")
    course.nbgrader("generate_feedback", "small")
    return course


def look(page, address, picture):
    """The title, which payloads ran, and the text of a page; what asks to be clicked is clicked."""
    page.route(re.compile("^https:"), lambda route: route.abort())
    page.goto(address)
    page.wait_for_timeout(300)
    for link in page.locator("a", has_text="here").all():
        link.click()
    page.screenshot(path=picture, full_page=True)
    return page.title(), set(page.evaluate("window.taken || []")), page.inner_text("body")


def test_nothing_of_a_submission_runs_where_people_look_at_it(graded, tmp_path):
    seen = {}
    with Lab(graded) as lab, chromium() as browser:
        for found in json.loads(lab.ask("formgrader/api/submitted_notebooks/small/small")):
            student = found["student"]
            folder = graded.root / "feedback" / student / "small"
            formgrader = (
                f"http://127.0.0.1:{lab.port}/formgrader/submissions/{found['id']}/?token=for-the-test"
            )
            for where, address in (
                ("formgrader", formgrader),
                ("feedback", (folder / "small.html").as_uri()),
            ):
                seen[student, where] = look(browser.new_page(), address, tmp_path / f"{student}-{where}.png")
    for where in ("formgrader", "feedback"):
        # A feedback page runs JavaScript outputs with the jQuery that it has from the network.
        away = {"javascript"} if where == "feedback" else set()
        assert seen["uncleaned", where][1] == {*CODES, *TEXTS} - away, (
            "a payload that does nothing tests nothing"
        )
        title, ran, text = seen["eve", where]
        assert not ran and title != "taken"
        for words in ("not yet (0 of 4)", "red words", "starred words", "The honest text"):
            assert words in text
