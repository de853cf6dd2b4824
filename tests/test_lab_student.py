"""What a student does, done in a browser: JupyterLab as `primer lab` opens it, the lessons, nbgrader's Assignment List."""

import json
import re
import shutil

import pytest
from browser import barriers, chromium, running_lab
from conftest import ROOT
from corpus import LESSONS, answers, check_cells
from nbgrader_course import Course, small_lesson

FIRST, WARM_UP = LESSONS[0], "00_warmup"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """An instructor elsewhere, who hands things out through an exchange."""
    return Course.create(tmp_path_factory.mktemp("instructor"), small_lesson(), WARM_UP)


@pytest.fixture(scope="module")
def lab(browser, course, tmp_path_factory):
    """`primer lab` in a copy of what a student gets of this project."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "release", root / "release", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("grader_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    for lesson in LESSONS[1:]:
        shutil.copytree(root / "release" / lesson, root / "work" / lesson)
    exchange = {"TORCHPRIMER_EXCHANGE": course.environment("student")["TORCHPRIMER_EXCHANGE"]}
    with running_lab(root, tmp_path_factory.mktemp("home"), environment=exchange) as lab:
        yield lab


@pytest.fixture(scope="module")
def lesson(lab, browser):
    """Lesson 1 at the address that was printed, untouched, after Run All."""
    with lab.opened(browser) as page:
        notebook = page.notebook()
        notebook.run_all()
        yield notebook


@pytest.fixture(autouse=True)
def quiet_console(lesson):
    yield
    assert not lesson.on.errors(), lesson.on.errors()


def answer(kind, label):
    """An answer to `standardize` from the corpus."""
    return next(a for a in answers(FIRST) if (a.exercise, a.kind, a.label) == ("standardize", kind, label))


def cells_of(lab, lesson):
    return json.loads((lab.root / "release" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]


def test_the_lab_opens_lesson_1(lesson):
    page = lesson.on.page
    assert lesson.panel.locator("h1").text_content().startswith("Lesson 1: Tensors")
    assert page.locator(".jp-Dialog").count() == 0
    lesson.on.menu("Nbgrader")
    offered = page.locator(".lm-Menu-itemLabel").all_inner_texts()
    page.keyboard.press("Escape")
    assert "Assignment List" in offered and "Formgrader" not in offered


@pytest.mark.parametrize("name", LESSONS)
def test_run_all_goes_to_the_end_of_an_untouched_lesson(lab, browser, lesson, name):
    if name == FIRST:
        assert_untouched(lesson, name)
        return
    with lab.opened(browser, f"work/{name}/{name}.ipynb") as page:
        notebook = page.notebook()
        notebook.run_all()
        assert_untouched(notebook, name)


def assert_untouched(notebook, name):
    """Every check said that it is not answered, every error is one that the lesson shows on purpose."""
    seen = notebook.everything()
    failures = {cell for cell, (_, failed) in seen.items() if failed}
    assert failures  # a lesson shows errors: else none would be seen here
    for cell in cells_of(notebook.on.lab, name):
        said, failed = seen[cell["id"]]
        assert not failed or "raises-exception" in cell["metadata"].get("tags", []), cell["id"]
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            points = cell["metadata"]["nbgrader"]["points"]
            assert re.match(rf"… .*: not answered yet \(0 of {points}\)", said), said
            last = said
    total = sum(cell.metadata.nbgrader.points for cell in check_cells(name).values())
    assert f"0 of {total} points so far. After this one: " in last


def test_a_wrong_answer_is_told_its_mistake_and_shown_the_difference(lesson):
    wrong = answer("wrong", "whole table")
    lesson.write("standardize", wrong.code)
    lesson.run("standardize")
    lesson.run("standardize-check")
    said = lesson.output("standardize-check")
    assert re.match(r"✗ standardize: not yet \(", said)
    assert wrong.words in said
    picture = lesson.outputs("standardize-check").get_by_role("img")
    assert "expected" in picture.get_attribute("alt").lower()
    width, height = picture.evaluate("image => [image.naturalWidth, image.clientHeight]")
    assert width > 200 and height > 50


def test_a_right_answer_is_told_so_and_stays_right_after_a_restart(lesson):
    lesson.write("standardize", answer("right", "keepdim").code)
    lesson.run("standardize")
    lesson.run("standardize-check")
    points = check_cells(FIRST)["standardize"].metadata.nbgrader.points
    right = rf"✓ standardize: right \({points} of {points}\)"
    said = lesson.output("standardize-check")
    assert re.match(right, said), said
    assert f"\n{points} of " in said  # so far, of the lesson's
    lesson.restart_and_run_all()
    assert lesson.panel.locator(".jp-CodeCell .jp-InputArea-prompt").first.text_content() == "[1]:"
    assert re.match(right, lesson.output("standardize-check"))
    assert "not answered yet" in lesson.output("seeded-noise-check")


def test_validate_lists_what_has_no_full_marks(lesson):
    lesson.write("standardize", answer("right", "keepdim").code)
    lesson.panel.get_by_role("button", name="Validate").click()
    dialog = lesson.on.page.locator(".jp-Dialog", has_text="Validation Results")
    dialog.wait_for(timeout=120_000)
    text = dialog.inner_text()
    dialog.get_by_role("button", name="Ok").click()
    listed = re.findall(r"^# Check of (\S+):.*\n+(\S+): not answered yet", text, re.M)
    assert listed == [(name, name) for name in check_cells(FIRST) if name != "standardize"]
    assert "check.call" not in text


def test_an_explorer_is_moved_by_mouse(lesson):
    shown = lesson.outputs("explore-strides")
    shown.get_by_label("View of x:").select_option("x")
    shown.get_by_text("x[1, 1] is at offset 0 + 1·4 + 1·1 = 5 in the storage.").wait_for()
    picture = shown.get_by_role("img")
    before = picture.get_attribute("src")
    handle, track = shown.get_by_role("slider", name="index j (dim 1):"), shown.locator(".noUi-base").nth(1)
    handle.drag_to(track, target_position={"x": track.bounding_box()["width"] - 1, "y": 2}, force=True)
    shown.get_by_text("x[1, 3] is at offset 0 + 1·4 + 3·1 = 7 in the storage.").wait_for()
    assert picture.get_attribute("src") != before
    assert picture.get_attribute("alt").startswith("x lies in one storage of 12 elements")


def test_an_explorer_is_moved_by_keyboard(lesson):
    cells, press = lesson.cells.count(), lesson.on.page.keyboard.press
    shown = lesson.outputs("explore-strides")
    shown.get_by_label("View of x:").select_option("x")
    shown.get_by_text("x[1, ").first.wait_for()
    shown.get_by_label("View of x:").focus()
    press("ArrowDown")
    shown.get_by_text("x.T[1, ").wait_for()
    press("x")  # to the next name that begins with x; in JupyterLab it would cut the cell
    shown.get_by_text("x[1:, 1:][1, ").wait_for()
    press("Tab")
    press("ArrowLeft")
    shown.get_by_text("x[1:, 1:][0, ").wait_for()
    press("Tab")
    press("ControlOrMeta+a")
    lesson.on.page.keyboard.type("1")
    press("Enter")
    shown.get_by_text("x[1:, 1:][1, ").wait_for()
    assert lesson.cells.count() == cells


def test_a_shape_that_is_none_is_told_so(lesson):
    shown = lesson.outputs("explore-broadcast")
    for typed, said in (
        ("3,x", "“3,x” is not a shape."),
        ("2,1", "(2, 1) and (4,) fit: the result has shape (2, 4)."),
    ):
        shown.get_by_label("shape of a:").fill(typed)
        shown.get_by_label("shape of a:").press("Enter")
        shown.get_by_role("status").get_by_text(said).wait_for()


def test_an_explorer_is_there_another_day(lab, browser):
    path = f"work/{FIRST}/another_day.ipynb"
    notebook = json.loads((lab.root / "release" / FIRST / f"{FIRST}.ipynb").read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in ("imports", "explore-strides")]
    (lab.root / path).write_text(json.dumps(notebook), encoding="utf-8")
    with lab.opened(browser, path) as page:
        today = page.notebook()
        today.run_all()
        today.save()
        page.menu("Kernel", "Shut Down Kernel")
    with lab.opened(browser, path) as page:
        page.notebook().outputs("explore-strides").get_by_text("in the storage.").wait_for()


# Not the lessons' own: the colours in which JupyterLab shows code and tracebacks, and its button at a heading.
OF_JUPYTERLAB = (".jp-RenderedMarkdown pre", '[data-mime-type$="error"]', ".jp-collapseHeadingButton")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_what_a_lesson_shows_keeps_nobody_out(lesson, theme):
    lesson.on.theme(theme)
    # What is out of sight is to be looked at too.
    lesson.on.page.add_style_tag(content=".jp-Cell { content-visibility: visible !important }")
    shown = [".jp-Notebook .jp-RenderedMarkdown", ".jp-Notebook .jp-Cell-outputArea"]
    assert not barriers(lesson.on.page, shown, OF_JUPYTERLAB)


@pytest.mark.skipif(
    "os.name != 'posix'", reason="nbgrader's exchange cannot work here: it needs POSIX permissions"
)
def test_assignment_list_fetches_submits_and_shows_feedback(lab, browser, course):
    course.nbgrader("generate_assignment", WARM_UP)
    course.nbgrader("release_assignment", WARM_UP)
    with lab.opened(browser, "work") as page:
        page.menu("Nbgrader", "Assignment List")
        released, fetched, submitted = (
            page.page.locator(f"#{what}_assignments_list") for what in ("released", "fetched", "submitted")
        )
        released.get_by_role("button", name="Fetch").click()
        fetched.get_by_role("button", name="Submit").wait_for()

        page.go(lab.url(f"{WARM_UP}/{WARM_UP}.ipynb", "fetched"))
        notebook = page.notebook(f"{WARM_UP}/{WARM_UP}.ipynb")
        notebook.names = [c.metadata.get("nbgrader", {}).get("grade_id", c.id) for c in course.release.cells]
        notebook.write("double", "def double(x):\n    return 2 * x")
        notebook.run("double")
        notebook.run("double-check")
        assert "double: right" in notebook.output("double-check")
        notebook.save()

        page.menu("Nbgrader", "Assignment List")
        fetched.get_by_role("button", name="Submit").click()
        submitted.get_by_role("button", name="Fetch Feedback").wait_for()
        for command in ("collect", "autograde", "generate_feedback", "release_feedback"):
            course.nbgrader(command, WARM_UP)
        page.page.locator("#refresh_assignments_list").click()
        submitted.get_by_text("feedback available to fetch").wait_for()
        submitted.get_by_role("button", name="Fetch Feedback").click()
        submitted.get_by_text("view feedback").click()
        page.page.locator(".jp-DirListing-item", has_text=f"{WARM_UP}.html").dblclick()
        feedback = page.page.frame_locator("iframe.jp-HTMLViewer, .jp-HTMLViewer iframe").locator("body")
        feedback.get_by_text("Score: 3.0 / 5.0").wait_for()
        assert "double: right" in feedback.inner_text()
        assert "secret" not in feedback.inner_text()
