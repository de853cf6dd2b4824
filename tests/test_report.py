"""The class report: its figures against classes whose truth is known, and who reads it."""

import ast
import csv
import io
import itertools
import re
import sqlite3
import subprocess
import sys
from html.parser import HTMLParser

import corpus
import nbformat
import nbgrader.api as api
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import chromium
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader_course import KERNEL, PROJECT, cell
from sqlalchemy import create_engine, event
from traitlets.config import Configurable

from torchprimer import cli, report
from torchprimer.editions import course_config
from torchprimer.grading import rows
from torchprimer.report import figures, page, reading, tables
from torchprimer.report.figures import Check, Exercise, Mark, Mistake, Report, Standing

LESSON = "01_small"
ZEROING = "`backward()` adds to what is there: set the gradient to zero before the second."
COPIED = "You returned a copy, and {} of 12 numbers differ."
HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


# --- a course with a gradebook, made without running anything


def lesson():
    """Two exercises of 4 points, `accumulate` and `views`."""
    notebook = new_notebook(metadata={"kernelspec": KERNEL})
    objectives = {"torchprimer": {"objectives": ["add", "view"]}}
    notebook.cells = [
        new_markdown_cell("# Lesson 1: A small one"),
        new_markdown_cell("- say when gradients add up\n- tell a view from a copy", metadata=objectives),
    ]
    for name, objective in (("accumulate", "add"), ("views", "view")):
        answer = cell(f"def {name}(): ...", name)
        answer.metadata["torchprimer"] = {"objective": objective}
        notebook.cells += [answer, cell("result", f"{name}-check", 4)]
    return notebook


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course whose gradebook knows the lesson and nobody else; the folder one is in."""
    root = tmp_path / "course"
    folder = root / "source" / LESSON
    folder.mkdir(parents=True)
    nbformat.write(lesson(), folder / f"{LESSON}.ipynb")
    for name in ("grader_config.py", "nbgrader_config.py"):
        (root / name).write_text((PROJECT / name).read_text(encoding="utf-8"), encoding="utf-8")
    url = f"sqlite:///{root / 'gradebook.db'}"
    engine = create_engine(url)
    api.Base.metadata.create_all(engine)
    engine.dispose()
    with Gradebook(url, "torchprimer") as gradebook:
        gradebook.add_assignment(LESSON)
        gradebook.add_notebook(LESSON, LESSON)
        for found in lesson().cells:
            if "nbgrader" not in found.metadata:
                continue
            about, where = found.metadata.nbgrader, (LESSON, LESSON)
            kind = {"cell_type": "code"}
            if about.grade:
                gradebook.add_grade_cell(about.grade_id, *where, max_score=about.points, **kind)
            else:
                gradebook.add_solution_cell(about.grade_id, *where)
            gradebook.add_source_cell(
                about.grade_id, *where, source=found.source, locked=about.locked, **kind
            )
    monkeypatch.chdir(root)
    monkeypatch.delenv("TORCHPRIMER_EXCHANGE", raising=False)
    return root


def grade(root, marks, *, notebooks=True):
    """Write students' marks: {student: {exercise: (points, status, [(mistake, part)])}}, or a reason for a person."""
    engine = rows.connect(f"sqlite:///{root / 'gradebook.db'}")
    with engine.begin() as connection:
        masters = rows.read_masters(connection, LESSON)
        records = {}
        for student, exercises in marks.items():
            records[student] = record = masters.empty_record()
            part = record["notebooks"][LESSON]
            for exercise, mark in exercises.items():
                aside = isinstance(mark, str)
                part["grades"][f"{exercise}-check"] |= {
                    "auto_score": 0.0 if aside else mark[0],
                    "needs_manual_grade": aside,
                }
                comment = f"{reading.NOTHING} {mark}" if aside else reading.NOTHING if mark is BLANK else None
                part["comments"][exercise]["auto_comment"] = comment
        rows.write_records(connection, masters, records, rows.ALL)
    engine.dispose()
    for student, exercises in marks.items() if notebooks else ():
        notebook = lesson()
        for found in notebook.cells:
            name = found.metadata.get("nbgrader", {}).get("grade_id", "").removesuffix("-check")
            mark = exercises.get(name)
            if found.cell_type == "code" and found.metadata.nbgrader.grade and not isinstance(mark, str):
                about = {"exercise": name, "status": mark[1], "mistakes": [text for text, _ in mark[2]]}
                about |= {"parts": [part for _, part in mark[2]], "broken": False}
                found.outputs = [
                    new_output("display_data", {"text/plain": "a message"}),
                    new_output(
                        "execute_result", {"text/plain": str(mark[0])}, metadata={"torchprimer": about},
                        execution_count=1,
                    ),
                ]  # fmt: skip
        path = root / "autograded" / student / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


RIGHT = (4.0, "right", [])
BLANK = (0.0, "not answered yet", [("Replace the `...` in `f`.", "open")])
ADDED = (0.0, "not yet", [(ZEROING, "seen"), (ZEROING + " It was called with 3.", "hidden")])


def copied(number):
    return (2.0, "not yet", [(COPIED.format(number), "hidden")])


def class_of_20():
    """Of `accumulate`: 8 right, 6 with the one mistake, 5 blank, 1 set aside; of `views`: 17 right, 3 partly."""
    accumulate = [RIGHT] * 8 + [ADDED] * 6 + [BLANK] * 5 + ["The check cell was changed."]
    views = [RIGHT] * 16 + [copied(3), copied(7), copied(7), RIGHT]
    return {
        f"student{number:02d}": {"accumulate": one, "views": other}
        for number, (one, other) in enumerate(zip(accumulate, views, strict=True))
    }


def made(root, *lessons):
    return report.class_report(root, lessons, lambda text: None)


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def text_of(html):
    """What a reader of the page reads."""

    class Reader(HTMLParser):
        said, silent = "", False

        def handle_starttag(self, tag, attributes):
            self.silent = tag in ("style", "title", "script")

        def handle_endtag(self, tag):
            self.silent = False

        def handle_data(self, data):
            self.said += "" if self.silent else data

    reader = Reader()
    reader.feed(html)
    return " ".join(reader.said.split())


# --- the figures


def test_the_figures_of_a_class_are_its_truth(course):
    grade(course, class_of_20())
    found = made(course)
    accumulate, views = found.lessons[0].exercises
    assert (accumulate.right, accumulate.without, accumulate.blank, accumulate.waiting) == (8, 6, 5, 1)
    assert (accumulate.tried, accumulate.handed_in, accumulate.partly) == (14, 20, 0)
    assert accumulate.mean == pytest.approx(32 / 19)  # the one who waits for a person is not counted
    assert accumulate.mistakes == [Mistake(ZEROING, 6)]  # told twice to each, counted once
    assert (views.right, views.partly, views.blank, views.tried) == (17, 3, 0, 20)
    assert views.mistakes == [Mistake(COPIED.format(7), 3, hidden=True, varies=True)]
    assert found.lessons[0].title == "Lesson 1: A small one"
    assert found.lessons[0].waiting == [("student19", ["accumulate"], "The check cell was changed.")]


def test_the_page_says_what_to_teach_again_and_why(course):
    grade(course, class_of_20())
    said = text_of(page.render(made(course)))
    reason = "6 of 14 who tried accumulate were told: “backward() adds to what is there: set the gradient"
    assert f"Teach again how to say when gradients add up. {reason}" in said
    assert "Teach again how to tell a view" not in said  # 3 of 20 are less than a fifth
    assert "8 of 14" in said and "17 of 20 (85 %)" in said
    assert (
        "3 of 20 (15 %): You returned a copy, and 7 of 12 numbers differ. (with other numbers too) (in a hidden check)"
        in said
    )
    assert "1 submission is set aside" in said and "The check cell was changed." in said


def test_tables_have_the_same_figures(course):
    grade(course, class_of_20())
    found = made(course)
    first, second = read(tables.exercises(found))
    assert (first["exercise"], first["tried"], first["solved"], first["blank"], first["set_aside"]) == (
        "accumulate", "14", "8", "5", "1",
    )  # fmt: skip
    assert first["commonest_mistake"] == ZEROING and first["students_who_made_it"] == "6"
    assert second["in_a_hidden_check"] == "yes"
    assert [row["students"] for row in read(tables.mistakes(found))] == ["6", "3"]
    students = read(tables.students(found))
    assert len(students) == 20 and students[0]["solved"] == "2" and students[0]["times_handed_in"] == ""
    assert [row["student"] for row in students if row["set_aside"]] == ["student19"]


def test_a_check_tells_of_its_parts_what_the_report_needs():
    """What `check` writes and what `reading` reads are one thing."""
    body = """
from torchprimer import check
@check.exercise("two", points=3)
def result():
    with check.part(1, "first"):
        check.equal(check.call("first"), 1.0)
    with check.part(1, "second"):
        check.equal(check.call("second"), 2.0)
    with check.hidden(1):
        check.equal(check.call("first"), 3.0)
result
"""

    def told(answer):
        _, metadata = corpus.run_check(body, answer)._repr_mimebundle_()
        return reading._check({"output_type": "execute_result", "metadata": metadata})

    half = told("def first(): return 1.0\ndef second(): ...")
    assert [part for _, part in half.mistakes] == ["open", "hidden"]
    assert figures.mistakes_of([half]) == ({}, True)
    wrong = told("def first(): return 5.0\ndef second(): return 2.0")
    assert [part for _, part in wrong.mistakes] == ["seen", "hidden"]
    mistakes, left_open = figures.mistakes_of([wrong])
    assert [one.hidden for one in mistakes.values()] == [False] and not left_open
    passes = told("def first(): return 1.0\ndef second(): return 2.0")
    assert [one.hidden for one in figures.mistakes_of([passes])[0].values()] == [True]
    blank = told("def first(): ...\ndef second(): ...")
    assert Mark(0.0, (blank,), untouched=True).is_blank
    assert Mark(0.0, untouched=True).is_blank  # the notebook tells nothing
    assert not Mark(0.0, (wrong,), untouched=True).is_blank  # answered in a cell of the student's own
    assert not Mark(0.0, (blank,)).is_blank  # what the check did not reach was written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("`f` returned shape (4, 2); (4, 3) was expected.", "`f` returned shape (7,); () was expected."),
        ("`f` returned nan at [2, 0]: 0 / 0.", "`f` returned nan at [1]: 0 / 0."),
        ("It is -1.5e-08, expected 4.", "It is 8, expected 0.25."),
        (
            "`f` raised KeyError for a (4,) float32 tensor: 'x'.",
            "`f` raised KeyError for 3.0 and a list: 'x'.",
        ),
        ("`f` is wrong. It was called with a (4,) float32 tensor.", "`f` is wrong."),
        ('`b`: you wrote "copy". A transpose is a view.', "`c`: you wrote (3, 4). A transpose is a view."),
        ("For `w` the factor 2 is missing.", "For `x` the factor 2 is missing."),
        ("`mean` and `std`: a plain attribute.", "`std`: a plain attribute."),
        ("`f` raised KeyError for a device sim:0: 'x'.", "`f` raised KeyError: 'x'."),
        (
            "`f` raised KeyError: 'x'. It happened in your line `d['x'].sum()`. Look it up.",
            "`f` raised KeyError: 'x'. Look it up.",
        ),
        ("`f` returned None for 0.5. Is there a `return`?", "`g` returned None. Is there a `return`?"),
        ("`f` returned None for a (3,) float32 tensor: it is lost.", "`g` returned None: it is lost."),
        ("Saved on cpu, loaded on sim:0: it is empty.", "Saved on cuda:0, loaded on cpu: it is empty."),
        ("`f` returned a (3,) float32 tensor; a list.", "`f` returned a () float64 tensor; a list."),
    ],
)
def test_a_mistake_with_other_numbers_is_the_same_mistake(one, other):
    assert figures.kind_of(one) == figures.kind_of(other)


def test_opposite_mistakes_are_two():
    kinds = map(figures.kind_of, ["Asked was cpu; it is on sim:0.", "Asked was sim:0; it is on cpu."])
    assert len(set(kinds)) == 2


# Sentences that name another weight, rule or entry and are one mistake, by exercise.
TWINS = {"fix-the-update": 3, "honest-timing": 3, "pairwise-distances": 1, "tiny-engine": 3}


def test_no_two_mistakes_that_a_lesson_names_are_taken_for_one():
    for name in corpus.LESSONS:
        for exercise, found in corpus.check_cells(name).items():
            kinds = {}
            for node in ast.walk(ast.parse(found.source)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 30:
                    kinds.setdefault(figures.kind_of(node.value), set()).add(node.value)
            alike = [sentences for sentences in kinds.values() if len(sentences) > 1]
            assert len(alike) <= TWINS.get(exercise, 0), alike


def test_predictions_are_one_mistake_a_line():
    multi_line = "`a`: you wrote tensor([[1.],\n [1.]]). Write a shape."
    said = f'1 of 4 are right. Each wrong one takes a right one away.\n{multi_line}\n`b`: you wrote "copy". A transpose is a view.\nStill open: `c`.'
    mistakes, left_open = figures.mistakes_of([Check("not yet", ((said, "seen"),))])
    assert [one.sentences for one in mistakes.values()] == [
        ("`a`: you wrote tensor([[1.], [1.]]). Write a shape.",),
        ('`b`: you wrote "copy". A transpose is a view.',),
    ]
    assert left_open


def failed(*sentences):
    return Mark(0.0, (Check("not yet", tuple((sentence, "seen") for sentence in sentences)),))


def test_a_mistake_in_several_parts_is_one_and_the_names_are_told():
    factor = "For `{}` the factor 2 is missing."
    marks = [failed(factor.format("w"), factor.format("x"))] * 2 + [failed(factor.format("w"))]
    found = figures.count_exercise("partials", 4.0, "", marks)
    assert found.mistakes == [Mistake(factor.format("w"), 3, varies=True, also=("x",))]


def test_what_only_follows_from_another_mistake_is_none():
    mistakes, _ = figures.mistakes_of(failed("It is wrong on the CPU; mend that first.", "Zero it.").checks)
    assert list(mistakes) == ["Zero it."]


def test_a_mistake_of_several_exercises_is_told_once_with_all_who_made_it(course):
    missing = "`{}` raised NameError: name 'np' is not defined."
    wrong = "`{}` returned 1; 2 was expected."  # says nothing of why: need not be the same mistake
    marks = {
        "accumulate": [failed(missing.format("f"))] * 2 + [failed(wrong.format("f"))] * 3,
        "views": [failed(missing.format("g"))] + [failed(wrong.format("g"))] * 2 + [Mark(4.0)] * 2,
        "third": [Mark(4.0)] * 2 + [failed(missing.format("h")), Mark(4.0), failed("Zero it.")],
    }
    found = figures.find_shared(marks)
    assert [(one.students, one.exercises) for one in found] == [
        (3, {"accumulate": 2, "views": 1, "third": 1})
    ]
    grade(course, class_of_20())
    report_of_20 = made(course)
    assert report_of_20.lessons[0].shared == []
    report_of_20.lessons[0].shared = [figures.Shared("Import it.", 5, {"accumulate": 4, "views": 3})]
    said = text_of(page.render(report_of_20))
    assert "One mistake goes through several exercises. 5 of 20 (25 %) of those who handed in" in said
    report_of_20.lessons[0].shared = [figures.Shared("Import it.", 3, {"accumulate": 2, "views": 2})]
    said = text_of(page.render(report_of_20))
    assert "One mistake goes" not in said and "3 students: Import it. In accumulate (2), views (2)." in said


# --- what to teach again


def exercise(right=0, without=0, blank=0, mistakes=(), objective="do it", name="x"):
    return Exercise(name, 4.0, objective, right, 0, without, blank, mistakes=list(mistakes))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            exercise(right=12, without=3, mistakes=[Mistake("Zero it.", 3)]),
            "3 of 15 who tried `x` were told:",
        ),
        (exercise(right=13, without=3, mistakes=[Mistake("Zero it.", 3)]), None),  # less than a fifth
        (
            exercise(right=6, without=2, mistakes=[Mistake("Zero it.", 2)]),
            None,
        ),  # two students are no pattern
        (exercise(right=3, without=4), "3 of 7 who tried `x` solved it; no one mistake stands out."),
        (exercise(without=7), "None of 7 who tried `x` solved it; no one mistake stands out."),
        (exercise(right=4, without=4), None),
        (exercise(right=1, without=3, mistakes=[Mistake("Zero it.", 3)]), None),  # too few tried
        (exercise(right=4, blank=4), "4 of 8 left `x` blank."),
        (exercise(blank=8), "All 8 left `x` blank."),
        (exercise(right=1, blank=3), None),
    ],
)
def test_advice_rests_on_enough_students(given, sentence):
    found = figures.advise([given])
    assert [one.evidence[0].sentence for one in found] == ([sentence] if sentence else [])


def test_advice_quotes_what_gives_a_reason():
    numbers = Mistake("For `a ** 2` the gradient is 6; 4 was expected.", 9)
    zero, once = Mistake("Zero it.", 4), Mistake("Divide it.", 1)
    (one,) = figures.advise([exercise(right=9, without=11, mistakes=[numbers, zero, once])])
    assert one.evidence[0].text == "4 of 20 who tried `x` were told: “Zero it”."
    (one,) = figures.advise([exercise(right=9, without=21, mistakes=[numbers, zero, once])])
    assert one.evidence[0].text == (
        "9 of 30 who tried `x` solved it; no one mistake stands out. "
        "The commonest of 3 mistakes: “Zero it” (4 students)."
    )


def test_advice_is_given_by_objective_for_most_students_first():
    few = exercise(right=1, without=5, objective="reduce", name="few")
    some = exercise(right=1, without=6, objective="broadcast", name="some")
    many = exercise(right=1, without=8, objective="broadcast", name="many")
    nameless = exercise(right=1, without=4, objective="", name="nameless")
    found = figures.advise([nameless, few, some, many])
    assert [one.topic for one in found] == [
        "Teach again how to broadcast.",
        "Teach again how to reduce.",
        "Teach again what `nameless` asks.",
    ]
    assert [one.exercise for one in found[0].evidence] == ["many", "some"]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (2, 3, "2 of 3"),
        (19, 19, "19 of 19"),
        (7, 20, "7 of 20 (35 %)"),
        (999, 1000, "999 of 1000 (99 %)"),
        (1, 1000, "1 of 1000 (1 %)"),
        (0, 20, "0 of 20 (0 %)"),
        (20, 20, "20 of 20 (100 %)"),
    ],
)
def test_a_share_claims_no_more_than_it_is(part, whole, said):
    assert figures.share(part, whole) == said


# --- classes of every size


def test_a_class_of_nobody(course):
    found = made(course)
    said = text_of(page.render(found))
    assert "Nothing is graded yet." in said and "No student is known yet." in said
    assert [row["handed_in"] for row in read(tables.exercises(found))] == ["0", "0"]
    assert read(tables.students(found)) == []


def test_a_class_of_one_is_told_no_pattern(course):
    grade(course, {"ada": {"accumulate": ADDED, "views": RIGHT}})
    said = text_of(page.render(made(course)))
    assert "1 student has tried: too few to tell a pattern." in said
    assert "Teach again how" not in said and "%" not in said
    assert "1 of 1: backward() adds" in said


def test_a_blank_class_is_said_to_be_blank(course):
    grade(course, {"ada": {"accumulate": BLANK, "views": BLANK}})
    found = made(course)
    assert found.lessons[0].summary == "Nobody has answered an exercise."
    assert found.lessons[0].blank == ["ada"]


def test_5000_students_are_all_there(course):
    one = class_of_20()
    marks = {f"{name}-{number}": mark for number in range(250) for name, mark in one.items()}
    grade(course, marks, notebooks=False)
    found = made(course)
    accumulate, views = found.lessons[0].exercises
    assert (accumulate.right, accumulate.waiting, views.right, views.partly) == (2000, 250, 4250, 750)
    assert len(found.lessons[0].unread) == 5000  # none has a notebook, and the points are counted
    html = page.render(found)
    assert all(f">{name}<" in html for name in ("student00-0", "student19-249"))
    assert len(read(tables.students(found))) == 5000
    bands = {band: len(some) for band, some in found.by_band().items()}
    assert bands == {"All exercises solved": 2000, "Half or more": 2250, "None solved": 750}


def test_more_students_take_no_more_queries(course):
    grade(course, class_of_20(), notebooks=False)

    def queries():
        said = []
        engine = rows.connect(f"sqlite:///{course / 'gradebook.db'}", writing=False)
        event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        config = reading_course(course)
        with engine.begin() as connection:
            reading.read_gradebook(config, connection, [LESSON])
        engine.dispose()
        return len(said)

    few = queries()
    grade(course, {f"more{n}": {"accumulate": RIGHT, "views": RIGHT} for n in range(300)}, notebooks=False)
    assert queries() == few


def reading_course(root):
    config = course_config(root)
    return reading.Course(CourseDirectory(config=config), config)


def test_notebooks_are_read_alike_in_processes(course, monkeypatch):
    grade(course, class_of_20())
    alone = made(course)
    monkeypatch.setattr(reading, "ALONE", 5)
    monkeypatch.setattr(reading.os, "cpu_count", lambda: 2)
    assert made(course) == alone


# --- who is missing, who cannot be read, how often


def test_who_has_not_handed_in_and_who_is_not_graded(course):
    grade(course, {"ada": {"accumulate": RIGHT, "views": RIGHT}})
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_student("bob", first_name="Bob", last_name="Ross")
    folder = course / "submitted" / "eve" / LESSON
    folder.mkdir(parents=True)
    (folder / f"{LESSON}.ipynb").write_text("{}")
    found = made(course)
    assert (found.lessons[0].missing, found.lessons[0].ungraded) == (["bob"], ["eve"])
    said = text_of(page.render(found))
    assert "Bob Ross (bob)" in said and "1 submission is not graded yet (primer grade 01_small)" in said
    states = {row["student"]: row["state"] for row in read(tables.students(found))}
    assert states == {"ada": "graded", "Bob Ross (bob)": "not handed in", "eve": "not graded yet"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "01_small.ipynb is damaged"),
        (b"[]", "01_small.ipynb is damaged"),
        (b'{"cells": [{"cell_type": "code"}]}', "01_small.ipynb is damaged"),
        (b"[" * 100_000, "01_small.ipynb is damaged"),
        (None, "there is no 01_small.ipynb in its folder in autograded/"),
    ],
)
def test_a_damaged_notebook_costs_only_itself_and_is_named(course, content, why):
    grade(course, class_of_20())
    path = course / "autograded" / "student08" / LESSON / f"{LESSON}.ipynb"
    path.unlink() if content is None else path.write_bytes(content)
    found = made(course)
    assert found.lessons[0].unread == {"student08": why}
    assert found.lessons[0].exercises[0].mistakes == [Mistake(ZEROING, 5)]
    assert found.lessons[0].exercises[0].without == 6  # its points are in the gradebook
    assert f"student08: {why}." in text_of(page.render(found))


def test_forged_metadata_is_read_as_what_it_is():
    def told(about):
        return reading._check({"output_type": "execute_result", "metadata": {"torchprimer": about}})

    assert told("a string") is None and told({"mistakes": "a string"}) is None
    assert told({"mistakes": [7], "parts": {"a": 1}}) == Check("None", (("7", "seen"),))
    long = told({"mistakes": ["x" * 10_000] * 1000, "status": "not yet"})
    assert len(long.mistakes) == reading.MOST and len(long.mistakes[0][0]) == reading.LONGEST


def test_how_often_was_handed_in_comes_from_the_exchange(course):
    grade(course, class_of_20())
    assert "Handed in" not in text_of(page.render(made(course)))
    inbound = course / "exchange" / "torchprimer" / "inbound"
    for name in ("student00", "student00", "student01"):
        time = len(list(inbound.glob("*"))) if inbound.exists() else 0
        (inbound / f"{name}+{LESSON}+2026-11-01 10:00:0{time} UTC+x9z").mkdir(parents=True)
    (inbound / "student01+02_other+2026-11-01 10:00:00 UTC").mkdir()
    found = made(course)
    assert found.lessons[0].times == {2: 1, 1: 1}
    assert "Handed in once: 1, twice: 1." in text_of(page.render(found))
    times = {row["student"]: row["times_handed_in"] for row in read(tables.students(found))}
    assert (times["student00"], times["student01"], times["student02"]) == ("2", "1", "")


# --- names and what students write


def test_names_can_be_hidden(course, capsys):
    grade(course, class_of_20())
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_student("absent", last_name="Smith")
    (course / "autograded" / "student08" / LESSON / f"{LESSON}.ipynb").unlink()
    assert cli.main(["report", "--hide-names"]) == 0
    written = [path.read_text(encoding="utf-8") for path in (course / "report").iterdir()]
    assert len(written) == 4
    for text in written:
        assert not re.search(r"student[01]\d|absent|Smith", text)
    assert "student 21" in text_of((course / "report" / "report.html").read_text(encoding="utf-8"))


def test_what_students_write_does_nothing_in_the_page(course):
    wrote = (0.0, "not yet", [(f"`f` raised {HOSTILE}: `{HOSTILE}`.", "seen")])
    names = [f"{HOSTILE} {number}" for number in range(6)]
    grade(course, {name: {"accumulate": wrote, "views": HOSTILE} for name in names}, notebooks=False)
    found = made(course)
    lesson = found.lessons[0]
    marks = [Mark(0.0, (Check("not yet", tuple(wrote[2])),))] * 6
    lesson.exercises[0] = figures.count_exercise("accumulate", 4.0, HOSTILE, marks)
    lesson.missing, lesson.ungraded, lesson.blank, lesson.unread = names, names, names, {names[0]: HOSTILE}
    html = page.render(found)
    assert "<script" not in html and "<img" not in html and html.count("onerror") > 6
    with chromium() as browser, browser.new_context() as context:
        shown = context.new_page()
        problems, asked = [], []
        shown.on("console", lambda message: problems.append(message.text))
        shown.on("request", lambda request: asked.append(request.url))
        shown.set_content(html)
        assert shown.title() == "Class report: Lesson 1: A small one"
        assert HOSTILE in shown.locator(".advice").inner_text()
        assert (problems, asked) == ([], [])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_of_a_table_is_a_formula(start):
    student = f"{start}HYPERLINK(1)"
    one = figures.Lesson(
        LESSON, "Small", [exercise(without=1, mistakes=[Mistake(student, 1)], objective=student)]
    )
    one.students[student] = Standing(0, 0.0)
    found = Report([one], [student])
    for table in (tables.exercises, tables.mistakes, tables.students):
        cells = [value for row in read(table(found)) for value in row.values()]
        assert f"'{student}" in cells and student not in cells


# --- the page for its readers


def test_the_page_keeps_nobody_out(course):
    grade(course, class_of_20())
    found = made(course)
    found.lessons[0].unread["student00"] = "01_small.ipynb is damaged"
    html = page.render(found)
    assert not re.search(r"<script|<link|<img|url\(|(src|href)=\"(?!#)", html)
    with chromium() as browser:
        for scheme in ("light", "dark"):
            with browser.new_context(color_scheme=scheme) as context:
                shown = context.new_page()
                shown.set_content(html)
                violations = Axe().run(shown).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], scheme
        with browser.new_context(forced_colors="active") as context:
            shown = context.new_page()
            shown.set_content(html)
            look = "all => all.map(one => (style => style.backgroundColor + style.backgroundImage)(getComputedStyle(one)))"
            looks = shown.eval_on_selector_all(".legend span", look)
            assert len(set(looks)) == len(looks) == 5
        with browser.new_context() as context:
            shown = context.new_page()
            shown.set_content(html)
            levels = shown.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(one => +one.tagName[1])")
            assert levels[0] == 1 and levels.count(1) == 1
            assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
            for width in (1280, 800, 400):
                shown.set_viewport_size({"width": width, "height": 800})
                assert shown.evaluate("document.documentElement.scrollWidth") <= width
            # Printed, what is folded is there too.
            folded = shown.locator("details:not([open]) li").first
            assert not folded.is_visible()
            shown.emulate_media(media="print")
            assert folded.is_visible()


# --- commands


def test_the_command_writes_a_page_and_tables(course, capsys):
    grade(course, class_of_20())
    assert cli.main(["report", "1", "--output", "elsewhere"]) == 0
    said = capsys.readouterr().out
    assert "01_small: Teach again how to say when gradients add up." in said
    names = sorted(path.name for path in (course / "elsewhere").iterdir())
    assert names == ["exercises.csv", "mistakes.csv", "report.html", "students.csv"]
    content = (course / "elsewhere" / "exercises.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbflesson,")  # without the mark Excel reads another encoding


def test_nbgrader_export_gives_the_same_table(course):
    grade(course, class_of_20())
    command = [sys.executable, "-m", "nbgrader", "export", "--exporter=torchprimer.report.ClassReport"]
    done = subprocess.run(
        [*command, "--to", "table.csv", "--assignment", f"['{LESSON}']"],
        cwd=course,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    written = (course / "table.csv").read_text(encoding="utf-8-sig")
    assert written == tables.exercises(made(course))


def test_nbgrader_export_gives_the_page_and_some_students_alone(course):
    grade(course, class_of_20())
    at = reading_course(course)
    parent = Configurable(config=at.config)
    parent.coursedir = at.directory
    plugin = report.ClassReport(parent=parent, to="some.html", student=["student00", "student08"])
    with Gradebook(at.directory.db_url) as gradebook:
        plugin.export(gradebook)
    said = text_of((course / "some.html").read_text(encoding="utf-8"))
    assert "student08" in said and "student01" not in said
    assert "2 students have tried: too few to tell a pattern." in said


def refused(capsys, *arguments):
    assert cli.main(["report", *arguments]) != 0
    said = capsys.readouterr().err
    assert said.startswith("primer: ") and said.count("\n") == 1, said
    return said


def test_no_gradebook(course, capsys):
    (course / "gradebook.db").unlink()
    assert "there is no gradebook" in refused(capsys)
    assert not (course / "gradebook.db").exists() and not (course / "report").exists()


@pytest.mark.parametrize("content", [b"not a database at all, but longer than its header" * 9, None])
def test_a_foreign_gradebook(course, capsys, content):
    path = course / "gradebook.db"
    path.unlink()
    if content is None:
        connection = sqlite3.connect(path)
        connection.execute("create table other (name text)")
        connection.commit()
        connection.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    assert "is no gradebook that this nbgrader can use" in refused(capsys)
    assert path.read_bytes() == before


def test_a_locked_gradebook(course, capsys, monkeypatch):
    monkeypatch.setattr(rows, "WAIT", 0.1)
    connection = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    connection.execute("begin exclusive")
    try:
        said = refused(capsys)
    finally:
        connection.close()
    assert "locked" in said and "try again when nobody grades" in said


def test_others_can_write_while_a_report_reads(course):
    engine = rows.connect(f"sqlite:///{course / 'gradebook.db'}", writing=False)
    with engine.begin():
        grade(course, {"ada": {"accumulate": RIGHT, "views": RIGHT}}, notebooks=False)
    engine.dispose()


def test_a_lesson_that_the_gradebook_does_not_know(course, capsys):
    (course / "source" / "02_other").mkdir()
    (course / "source" / "02_other" / "02_other.ipynb").write_text("{}")
    assert "the gradebook does not know 02_other" in refused(capsys, "2")
    assert "there is no lesson '3'" in refused(capsys, "3")
    assert cli.main(["report"]) == 0  # only what the gradebook knows


def test_a_lesson_that_was_never_graded_is_said_to_be(course, capsys):
    assert cli.main(["report", "1"]) == 0
    assert "01_small: Nothing is graded yet." in capsys.readouterr().out
