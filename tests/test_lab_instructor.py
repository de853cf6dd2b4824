"""What an instructor does, done in a browser: nbgrader's Formgrader and Create Assignment, as `primer lab --teacher` opens them.

A class of three goes all the way, by mouse: from the lesson's source to the feedback in the exchange.
"""

import os
import shutil

import pytest
from browser import chromium, running_lab
from conftest import ROOT, demo_notebook
from corpus import LESSONS
from nbformat.v4 import new_code_cell, writes
from nbgrader_course import Course, find, grade_id
from warm_kernels import needs_sandbox

GIVEN = "05_demo"  # the lesson that the class does: a small one
GRADING = 240  # seconds for one submission on a busy machine
# Formgrader takes MathJax from the network; this stands in for it and has nothing to typeset.
MATHJAX = """window.MathJax = {Hub: {
    Config() {}, Queue() {}, Startup: {signal: {Interest(listener) { setTimeout(() => listener('End')); }}}
}}"""
# What a cell of a submission would find out where nothing kept it from the course.
NOSY = """import os

print("sees the course:", os.path.exists({gradebook!r}))"""

exchange = pytest.mark.skipif(
    "os.name != 'posix'", reason="nbgrader's exchange cannot work here: it needs POSIX permissions"
)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The project's lessons and a small one, of which nothing has been generated."""
    course = Course.create(tmp_path_factory.mktemp("instructor"), demo_notebook(), GIVEN)
    for edition in ("source", "release"):
        for lesson in LESSONS:
            path = f"{edition}/{lesson}/{lesson}.ipynb"
            (course.root / path).parent.mkdir(parents=True)
            shutil.copy(ROOT / path, course.root / path)
    return course


@pytest.fixture(scope="module")
def inbox(course):
    """The exchange, a folder that is not there until somebody makes it."""
    return course.root.parent / "shared" / "exchange"


@pytest.fixture(scope="module")
def lab(browser, course, inbox, tmp_path_factory):
    where = {"TORCHPRIMER_EXCHANGE": str(inbox)}
    with running_lab(course.root, tmp_path_factory.mktemp("home"), "--teacher", environment=where) as lab:
        yield lab


class Formgrader:
    """Formgrader in the tab that `primer lab --teacher` opens."""

    def __init__(self, page):
        page.page.route("**/cdnjs.cloudflare.com/**/mathjax/**", _mathjax)
        self.frame = page.page.frame_locator("#formgrader iframe")
        self.rows = self.frame.locator("#main-table > tr")
        self.rows.nth(len(LESSONS)).wait_for()

    def open(self, *names):
        """Go where links lead, one after another, each to a page with a table."""
        for name in names:
            link = self.frame.get_by_role("link", name=name, exact=True).last
            with link.page.expect_response(lambda answer: "/formgrader/api/" in answer.url):
                link.click()
            self.frame.locator("#main-table").wait_for()

    def row(self, name):
        return self.rows.filter(has=self.frame.get_by_text(name, exact=True))

    def do(self, name, step):
        """Click the sign of a step in a row; what Formgrader says when it is done."""
        self.row(name).locator(f".{step} a").click()
        dialog = self.frame.get_by_role("dialog")
        dialog.get_by_role("button", name="OK").wait_for(timeout=GRADING * 1000)
        said = dialog.inner_text()
        dialog.get_by_role("button", name="OK").click()
        dialog.wait_for(state="detached")
        return said


def _mathjax(route):
    route.fulfill(body=MATHJAX, content_type="text/javascript")


@pytest.fixture(scope="module")
def formgrader(lab, browser):
    with lab.opened(browser) as page:
        yield Formgrader(page)


@pytest.fixture(scope="module")
def listed(formgrader):
    """Per lesson the status and the steps that are offered, before anything is done."""
    steps = ("assign", "preview", "release", "collect", "generate-feedback", "release-feedback")
    return {
        row.locator(".name").inner_text(): (
            row.locator(".status").inner_text(),
            {step for step in steps if row.locator(f".{step} a").count()},
        )
        for row in formgrader.rows.all()
    }


@pytest.fixture(scope="module")
def released(formgrader, listed):
    """What is said of generating the lesson and of releasing it."""
    return [formgrader.do(GIVEN, step) for step in ("assign", "release")]


@pytest.fixture(scope="module")
def collected(formgrader, released, course, inbox):
    """Submissions: a right one, one with its check changed, and an empty one that came by mail."""
    right, changed = course.solved(), course.solved()
    right.cells.append(new_code_cell(NOSY.format(gradebook=str(course.root / "gradebook.db")), id="nosy"))
    find(changed, "double-check").source = "4.0"
    for minute, student, notebook in ((10, "ada", right), (20, "ben", changed)):
        stamp = f"2026-10-05 09:{minute}:00.000000 UTC"
        folder = inbox / "torchprimer" / "inbound" / f"{student}+{GIVEN}+{stamp}+random"
        folder.mkdir()
        (folder / f"{GIVEN}.ipynb").write_text(writes(notebook), encoding="utf-8")
        (folder / "timestamp.txt").write_text(stamp)
        (folder / "submission_secret.txt").write_text(f"secret of {student}")
    course.hand_in("cem", course.release)
    return formgrader.do(GIVEN, "collect")


@pytest.fixture(scope="module")
def graded(formgrader, collected):
    """What is said of grading each; per student the status and the score."""
    formgrader.open("Manage Assignments")
    formgrader.open("3")
    said = {student: formgrader.do(student, "autograde") for student in ("ada", "ben", "cem")}
    shown = {
        student: (
            formgrader.row(student).locator(".status").inner_text(),
            formgrader.row(student).locator(".score").inner_text(),
        )
        for student in said
    }
    return said, shown


@pytest.fixture(scope="module")
def feedback(formgrader, graded):
    """What is said of releasing feedback that is not there, of making it and of releasing it."""
    formgrader.open("Manage Assignments")
    return [formgrader.do(GIVEN, f"{step}-feedback") for step in ("release", "generate", "release")]


def test_formgrader_lists_the_lessons_and_offers_the_first_steps(listed, formgrader):
    offered = {"assign", "preview", "release"} if os.name == "posix" else {"assign", "preview"}
    assert listed == {**dict.fromkeys(LESSONS, ("draft", offered)), GIVEN: ("draft", {"assign"})}
    assert os.name != "posix" or formgrader.frame.locator(".alert").count() == 0


@exchange
def test_the_lab_makes_the_exchange_that_is_named(lab, listed, inbox):
    assert f"Made the exchange, {inbox}." in lab.log.read_text(encoding="utf-8")


@exchange
def test_generate_and_release_put_the_students_edition_into_the_exchange(released, inbox, course):
    assert "Successfully created the student version" in released[0]
    assert "[INFO]" in released[0] and "[DEBUG]" not in released[0]
    assert "Successfully released" in released[1]
    outbound = inbox / "torchprimer" / "outbound" / GIVEN / f"{GIVEN}.ipynb"
    assert "..." in find(course.read(outbound), "double").source
    assert "HIDDEN" not in outbound.read_text(encoding="utf-8")


@exchange
def test_collect_takes_in_what_was_handed_in(collected, course):
    assert "Successfully collected" in collected
    assert {path.name for path in (course.root / "submitted").iterdir()} == {"ada", "ben", "cem"}


@exchange
def test_autograde_scores_and_says_who_needs_a_person(graded):
    said, shown = graded
    assert all("Successfully autograded" in text for text in said.values())
    assert "ben, 05_demo: The check cell `double-check` was changed; the original was used." in said["ben"]
    assert shown == {
        "ada": ("graded", "4 / 4"),
        "ben": ("needs manual grading", "4 / 4"),
        "cem": ("graded", "0 / 4"),
    }


@exchange
@needs_sandbox
def test_autograde_runs_a_submission_in_the_sandbox(graded, course):
    (output,) = next(cell for cell in course.graded("ada").cells if cell.id == "nosy").outputs
    assert output.text == "sees the course: False\n"


@exchange
def test_a_submission_shows_why_it_is_set_aside_and_takes_a_score(formgrader, graded):
    formgrader.open("Manual Grading", GIVEN, GIVEN)
    frame = formgrader.frame
    marked = formgrader.rows.filter(has=frame.locator(".needs-manual-grade .glyphicon-ok"))
    assert marked.count() == 1
    marked.locator(".name a:visible").click()
    check = frame.locator("input.score.needs_manual_grade")
    check.wait_for()
    assert check.get_attribute("placeholder") == "4"
    reason = "The check cell double-check was changed; the original was used."
    assert reason in frame.get_by_role("main").inner_text()
    assert frame.locator("textarea.comment").get_attribute("placeholder").replace("`", "") == reason

    with check.page.expect_response(lambda answer: "/formgrader/api/grade/" in answer.url):
        check.fill("3")
        check.press("Tab")
    formgrader.open(GIVEN)
    assert marked.count() == 0
    assert sorted(formgrader.rows.locator(".score").all_inner_texts()) == ["0 / 4", "3 / 4", "4 / 4"]


@exchange
def test_feedback_is_made_for_all_and_released_to_those_who_used_the_exchange(feedback, course, inbox):
    too_soon, made, released = feedback
    assert "There is no feedback on 05_demo yet: generate it first." in too_soon
    assert "Successfully generated feedback" in made
    assert "double-check</code> was changed" in course.feedback("ben")
    assert '<a href="#double-check">double</a> (Score: 3.0 / 4.0)' in course.feedback("ben")
    assert "not answered yet" in course.feedback("cem")
    assert "Successfully released feedback" in released
    assert "cem did not hand in through the exchange" in released
    assert len(list((inbox / "torchprimer" / "feedback").glob("*.html"))) == 2


def test_create_assignment_shows_the_cells_of_a_lesson_and_their_points(lab, browser):
    lesson = LESSONS[-1]
    source = Course.read(ROOT / "source" / lesson / f"{lesson}.ipynb")
    with lab.opened(browser, f"source/{lesson}/{lesson}.ipynb") as page:
        page.notebook()
        page.menu("Nbgrader", "Create assignment")
        panel = page.page.locator("#nbgrader-create_assignemnt")  # so nbgrader spells it
        panel.locator(".nbgrader-CellType").nth(len(source.cells) - 1).wait_for(state="attached")
        shown = panel.locator(".nbgrader-CellWidget").evaluate_all(
            """cells => cells.map(cell => [
                cell.querySelector('select').selectedOptions[0].text,
                cell.querySelector('.nbgrader-CellId input').value,
                cell.querySelector('.nbgrader-CellPoints:not(.nbgrader-mod-uneditable) input')?.value,
            ]).filter(([type]) => type !== '-')"""
        )
        total = panel.locator(".nbgrader-TotalPointsInput").input_value()
    graded = [cell for cell in source.cells if grade_id(cell)]
    assert shown == [
        ["Autograded tests", grade_id(cell), f"{cell.metadata.nbgrader.points:g}"]
        if cell.metadata.nbgrader.grade
        else ["Autograded answer", grade_id(cell), None]
        for cell in graded
    ]
    assert float(total) == sum(cell.metadata.nbgrader.get("points", 0) for cell in graded)
