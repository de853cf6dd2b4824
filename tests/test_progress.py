"""How far a student is: read from whatever stands in work/, told in words, as a table and as a picture."""

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import IPython
import IPython.display
import numpy as np
import pytest
from conftest import LESSON, ROOT, cell_of, code, demo_notebook, markdown, nbgrader, write_notebook
from nbformat.v4 import new_notebook, new_output
from PIL import Image

from torchprimer import check, editions, lab, progress
from torchprimer.cli import main
from torchprimer.draw.progress import progress as drawn
from torchprimer.progress import Exercise, Lesson

LESSONS = lab.lesson_names(ROOT, "source")
HERE = "JPY_SESSION_NAME"


def lesson(title, earned=(None, None, None)):
    """A lesson of three exercises of 4 points, 5, 6 and 7 minutes; `earned`: what the checks' outputs say."""
    cells = [markdown("title", f"# {title}\n\nText.")]
    for number, text in enumerate(earned):
        name = f"{title.lower()}-{'abc'[number]}"
        cells += [
            markdown(f"{name}-prompt", f"### Exercise: {name} ●○○ ({5 + number} minutes)\nWrite it."),
            code(name, "x = ...", nbgrader=nbgrader(name, solution=True)),
            code(
                f"{name}-check",
                "result",
                nbgrader=nbgrader(f"{name}-check", grade=True, locked=True, points=4),
            ),
        ]
        if text is not None:
            message = new_output("display_data", {"text/plain": f"{name}: not yet (0 of 4)."})
            cells[-1].outputs = [message, new_output("execute_result", {"text/plain": text})]
    return new_notebook(cells=cells)


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project with two lessons, and no work/ yet, as the current folder."""
    for name, title in (("01_one", "One"), ("02_two", "Two")):
        write_notebook(lesson(title), tmp_path / "release" / name / f"{name}.ipynb")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(HERE, raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.setattr(progress, "_results", {})
    return tmp_path


def work(root, name="01_one"):
    return root / "work" / name / f"{name}.ipynb"


def studying(root, monkeypatch, notebook, name="01_one"):
    """As in a kernel of a student's copy in JupyterLab; gives the copy's path."""
    path = write_notebook(notebook, work(root, name))
    monkeypatch.setenv(HERE, str(path))
    return path


def course(root):
    return progress.course(root, root / "work")


def status(capsys, *arguments):
    assert main(["status", *arguments]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


# ------------------------------------------------------------ reading


def test_nothing_begun(root):
    assert [found.figures for found in course(root)] == [("0 of 3 done", "0 of 12 points", "18 min left")] * 2
    assert progress.upcoming(course(root)) == "Next: one-a (5 minutes), in 01_one."


@pytest.mark.parametrize(
    ("earned", "bar", "figures"),
    [
        ((None, None, None), "...", ("0 of 3 done", "0 of 12 points", "18 min left")),
        (("0.0", "0.0", "0.0"), "...", ("0 of 3 done", "0 of 12 points", "18 min left")),
        (("4.0", "1.5", None), "#+.", ("1 of 3 done", "5.5 of 12 points", "13 min left")),
        (("4.0", "4.0", "4.0"), "###", ("3 of 3 done", "12 of 12 points", "nothing left")),
        (("99", "-3", "nan"), "#..", ("1 of 3 done", "4 of 12 points", "13 min left")),
        (("inf", "<b>4</b>", ""), "...", ("0 of 3 done", "0 of 12 points", "18 min left")),
    ],
)
def test_points_are_those_of_the_stored_outputs(root, earned, bar, figures):
    write_notebook(lesson("One", earned), work(root))
    first, second = course(root)
    assert (first.bar("#+."), first.figures, first.notes) == (bar, figures, ())
    assert second.earned == 0


def test_a_check_that_stands_there_twice_counts_once(root):
    notebook = lesson("One", ("4.0", None, None))
    for points in ("1.0", "4.0", "0.0"):
        copy = cell_of(lesson("One", (points, None, None)), "one-a-check")
        copy.id = f"copy-{points[0]}"
        notebook.cells.append(copy)
    write_notebook(notebook, work(root))
    assert course(root)[0].figures == ("1 of 3 done", "4 of 12 points", "13 min left")


def test_a_check_that_was_deleted_is_still_to_do_and_missed(root):
    notebook = lesson("One", ("4.0", "4.0", "4.0"))
    notebook.cells.remove(cell_of(notebook, "one-b-check"))
    write_notebook(notebook, work(root))
    first = course(root)[0]
    assert first.bar("#+.") == "#.#"
    assert first.notes == ("Your copy lacks the check of one-b.",)


def test_what_the_student_adds_changes_nothing(root):
    notebook = lesson("One", ("4.0", None, None))
    cell_of(notebook, "title").source = "# My own title"
    cell_of(notebook, "one-b-prompt").source = "gone"
    cell_of(notebook, "one-b-check").metadata.nbgrader.points = 400
    notebook.cells.insert(2, code("mine", "1 + 1"))
    write_notebook(notebook, work(root))
    first = course(root)[0]
    assert (first.title, first.points, first.exercises[1].minutes) == ("One", 12, 6)


DAMAGE = {
    "being written": lambda path: path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8"),
    "empty": lambda path: path.write_bytes(b""),
    "not text": lambda path: path.write_bytes(bytes(range(256))),
    "a list": lambda path: path.write_text("[]"),
    "no cells": lambda path: path.write_text('{"nbformat": 4}'),
    "cells of another kind": lambda path: path.write_text('{"cells": [1, null, "x"]}'),
    "a check without a name": lambda path: path.write_text(
        path.read_text(encoding="utf-8").replace('"one-a-check"', "7")
    ),
    "deep": lambda path: path.write_text('{"cells": ' + "[" * 10**5),
    "a folder": lambda path: path.unlink() or path.mkdir(),
    "another notebook": lambda path: write_notebook(lesson("Three", ("4.0",)), path),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_copy_is_one_sentence_and_the_others_are_shown(root, damage, capsys):
    write_notebook(lesson("One", ("4.0", "4.0", "4.0")), work(root))
    write_notebook(lesson("Two", ("4.0", None, None)), work(root, "02_two"))
    DAMAGE[damage](work(root))
    first, second = course(root)
    assert first.bar("#+.") == "..."
    assert second.bar("#+.") == "#.."
    (note,) = first.notes
    assert "01_one.ipynb is" in note and note.endswith(".") and "\n" not in note
    assert f"01_one: {note}\n" in status(capsys)
    assert note in drawn([first, second]).alt


def test_a_copy_that_is_too_large_is_not_read(root, monkeypatch):
    write_notebook(lesson("One", ("4.0", "4.0", "4.0")), work(root))
    monkeypatch.setattr(progress, "LARGEST", 100)
    with pytest.raises(lab.Problem, match="is larger than"):
        progress.read(work(root))


# ------------------------------------------------------------ after a check


@pytest.mark.parametrize(
    ("earned", "name", "words"),
    [
        ((4, 0, 0), "one-a", "4 of 12 points so far. Next: one-b (6 minutes)."),
        ((0, 1.5, 0), "one-b", "1.5 of 12 points so far. After this one: one-c (7 minutes)."),
        ((4, 4, 0), "one-a", "8 of 12 points so far. Next: one-c (7 minutes)."),
        ((0, 4, 4), "one-c", "8 of 12 points so far. Next: one-a (5 minutes)."),
        ((4, 4, 1), "one-c", "9 of 12 points so far. This is the last exercise that is open."),
        (
            (4, 4, 4),
            "one-b",
            "12 of 12 points: every exercise of this lesson is done. Next: `primer lab 02_two`.",
        ),
    ],
)
def test_the_line_after_a_check(root, monkeypatch, earned, name, words):
    studying(root, monkeypatch, lesson("One", [str(float(points)) for points in earned]))
    place = "abc".index(name[-1])
    assert progress.told(name, earned[place]) == words


def test_after_the_last_lesson_none_is_next(root, monkeypatch):
    studying(root, monkeypatch, lesson("Two", ("4", "4", "4")), "02_two")
    assert progress.told("two-a", 4.0) == "12 of 12 points: every exercise of this lesson is done."


def test_what_this_kernel_checked_counts_over_the_file(root, monkeypatch):
    path = studying(root, monkeypatch, lesson("One", (None, "4.0", None)))
    assert progress.told("one-a", 4.0).startswith("8 of 12 points")
    assert progress.told("one-b", 0.0).startswith("4 of 12 points")
    path.write_text("{")
    assert progress.told("one-c", 4.0) == ""
    assert "01_one.ipynb is no notebook; " in repr(progress.show())
    path.rename(path.with_name("renamed.ipynb"))
    assert progress.told("one-c", 4.0) == ""
    assert "if you renamed it, shut its kernel down" in repr(progress.show())
    write_notebook(lesson("One"), path)
    assert progress.told("one-a", 2.0).startswith("6 of 12 points")
    assert course(root)[0].earned == 0  # in a terminal there is only the file


def test_a_copy_under_any_name_in_any_folder_is_known_by_its_checks(root, tmp_path_factory, monkeypatch):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "mine.ipynb"
    write_notebook(lesson("One", ("4.0", None, None)), elsewhere)
    monkeypatch.setenv(HERE, str(elsewhere))
    assert progress.told("one-b", 2.0) == "6 of 12 points so far. After this one: one-c (7 minutes)."
    inside = write_notebook(
        lesson("One", ("4.0", None, None)), root / "work" / "01_one" / "01_one-Copy1.ipynb"
    )
    monkeypatch.setenv(HERE, str(inside))
    assert "One: 1 of 3 done, 6 of 12 points, 13 min left. Next: one-b" in repr(progress.show())


def test_lessons_that_were_fetched_side_by_side_are_found(root, monkeypatch):
    write_notebook(lesson("Two", ("4.0", "4.0", "4.0")), root / "02_two" / "02_two.ipynb")
    monkeypatch.setenv(HERE, str(write_notebook(lesson("One"), root / "01_one" / "01_one.ipynb")))
    assert "Two: 3 of 3 done" in repr(progress.show())


@pytest.mark.parametrize(
    "environment",
    [{}, {HERE: ""}, {HERE: "/no/such/one.ipynb"}, {HERE: "/tmp/Console 1"}, "grading", "another", "own"],
)
def test_nothing_is_added_where_nobody_studies(root, monkeypatch, environment):
    path = write_notebook(lesson("One", ("4.0", None, None)), work(root))
    if environment == "grading":
        environment = {HERE: str(path), "NBGRADER_EXECUTION": "autograde"}
    elif environment == "another":
        environment = {HERE: str(write_notebook(lesson("Three"), root / "three.ipynb"))}
    elif environment == "own":  # a check that is none of the lesson's, such as a student's own
        environment = {HERE: str(write_notebook(lesson("Two"), work(root, "02_two")))}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert progress.told("one-a", 4.0) == ""


def test_a_file_that_cannot_be_read_costs_no_message(monkeypatch):
    shown = []
    monkeypatch.setattr(progress, "told", lambda name, earned: 1 / 0)
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace())
    monkeypatch.setattr(IPython.display, "display", shown.append)
    check.exercise("demo", points=2)(lambda: None)
    assert [str(message).splitlines()[0] for message in shown] == ["demo: right (2 of 2)."]


def test_in_a_kernel_the_line_stands_below_the_message_and_changes_no_score(project, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(project / "ipython"))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)  # nbgrader leaves it behind where grading failed
    path = project / "work" / LESSON / f"{LESSON}.ipynb"
    notebook = demo_notebook()
    kept = ("title", "example", "double-prompt", "double", "double-check")
    notebook.cells = [cell for cell in notebook.cells if cell.id in kept]
    notebook.cells.append(code("progress", "from torchprimer import progress\n\nprogress.show()"))
    write_notebook(notebook, path)
    outputs = {}
    for name in ("", str(path)):
        monkeypatch.setenv(HERE, name)
        editions.execute(notebook, path.name)
        outputs[name] = [cell_of(notebook, of).outputs for of in ("double-check", "progress")]
    (plain, nowhere), (told, shown) = outputs.values()
    assert nowhere[0].text == f"{progress.NOWHERE}\n"
    assert "so far" not in json.dumps(plain)
    words = "4 of 4 points: every exercise of this lesson is done."
    assert told[0].data["text/plain"] == f"{plain[0].data['text/plain']}\n{words}"
    assert words in told[0].data["text/html"]
    assert [told[1].data, told[1].metadata] == [plain[1].data, plain[1].metadata]
    assert "1 of 1 done, 4 of 4 points, nothing left" in shown[0].data["text/plain"]
    assert 'alt="Your progress.' in shown[0].data["text/html"]


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_ends_with_the_picture(name):
    last = editions.read(editions.source_path(ROOT, name)).cells[-1]
    assert (last.cell_type, last.source) == ("code", "from torchprimer import progress\n\nprogress.show()")


# ------------------------------------------------------------ the table and the picture


def full_marks():
    return [
        replace(one, exercises=tuple(replace(e, earned=e.points - 0.25) for e in one.exercises))
        for one in progress.course(ROOT, ROOT / "no" / "work")
    ]


def test_the_lessons_fit_a_terminal_of_80_columns_and_a_narrow_one():
    lessons = full_marks()
    assert len(lessons) == len(LESSONS) == 4
    wide, narrow = progress.table(lessons, 80), "\n".join(progress.table(lessons, 34)).splitlines()
    assert len(wide) == 5 and max(map(len, wide)) <= 80
    assert len(narrow) == 17 and max(map(len, narrow[:16])) <= 34
    for one in lessons:
        assert any(line.startswith(f"{one.name} ") and one.figures[1] in line for line in wide)
        assert f"  {one.bar()}" in narrow


def test_status_lists_the_exercises_of_a_lesson(root, capsys):
    write_notebook(lesson("One", ("4.0", "1.5", None)), work(root))
    said = status(capsys, "1").splitlines()
    assert said[3:6] == [
        "■ one-a    4 of 4  5 minutes",
        "◧ one-b  1.5 of 4  6 minutes",
        "□ one-c    0 of 4  7 minutes",
    ]
    assert said[-1] == "Next: one-b (6 minutes), in 01_one."
    assert "two" not in "".join(said)


def test_status_from_a_folder_below_when_all_is_done(root, capsys, monkeypatch):
    for name, title in (("01_one", "One"), ("02_two", "Two")):
        write_notebook(lesson(title, ("4.0", "4.0", "4.0")), work(root, name))
    monkeypatch.chdir(root / "work" / "02_two")
    assert status(capsys).splitlines()[-1] == "Every exercise has full marks."


def test_status_without_a_project_takes_the_lessons_of_the_package(
    root, capsys, monkeypatch, tmp_path_factory
):
    own = tmp_path_factory.mktemp("own")
    path = write_notebook(lesson("One", ("4.0", None, None)), work(own))
    monkeypatch.setattr(lab, "CARRIED", root / "release")
    monkeypatch.chdir(own)
    assert "1 of 3 done  4 of 12 points" in status(capsys)
    monkeypatch.setenv(HERE, str(path))
    assert progress.told("one-b", 4.0) == "8 of 12 points so far. Next: one-c (7 minutes)."
    assert "Two: 0 of 3 done" in repr(progress.show())


@pytest.mark.parametrize("folder", [".", "01_one"])
def test_status_counts_the_lesson_that_was_fetched(folder, root, capsys, monkeypatch, tmp_path_factory):
    own = tmp_path_factory.mktemp("own")
    monkeypatch.setattr(lab, "CARRIED", root / "release")
    write_notebook(lesson("One", ("4.0", None, None)), work(own))
    write_notebook(lesson("One", ("4.0", "4.0", None)), own / "01_one" / "01_one.ipynb")
    monkeypatch.chdir(own / folder)
    said = status(capsys)
    assert "2 of 3 done  8 of 12 points" in said and "not counted" not in said
    write_notebook(lesson("One", ("4.0", "4.0", "1.0")), work(own))
    assert "01_one.ipynb has 9 points, which are not counted" in status(capsys)


def test_status_where_there_is_no_lesson_is_one_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(lab, "CARRIED", tmp_path / "none")
    monkeypatch.chdir(tmp_path)
    assert main(["status"]) == 1
    said = capsys.readouterr().err
    assert "holds source/ or release/" in said and said.count("\n") == 1


def test_status_refuses_a_lesson_that_is_not_there(root, capsys):
    assert main(["status", "9"]) == 2
    assert capsys.readouterr().err == "primer: there is no lesson '9'; the lessons are 01_one, 02_two\n"


def test_status_is_quick_and_needs_no_signs_of_its_own(root):
    write_notebook(lesson("One", ("4.0", "1.5", None)), work(root))
    heavy = "import sys; from torchprimer.cli import main; main(['status']); print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", heavy],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
    )
    said = done.stdout.decode("cp1252").splitlines()
    assert said[0].split()[:2] == ["01_one", "#+."]
    assert said[-1] == "False"
    assert "?" not in "".join(said)


def test_status_as_a_picture(root, capsys):
    assert status(capsys, "--picture", "progress.png") == "Wrote progress.png.\n"
    assert Image.open(root / "progress.png").format == "PNG"


def test_the_states_are_told_apart_without_colour():
    def gray(earned):
        exercise = Exercise("x", 4, 5, earned)
        png = drawn([Lesson("01_one", "One", (exercise,) * 12)]).png()
        return np.asarray(Image.open(io.BytesIO(png)).convert("L"), dtype=int)

    done, begun, still_open = gray(4.0)[110:150], gray(2.0)[110:150], gray(0.0)[110:150]
    for left, right in ((done, begun), (begun, still_open), (done, still_open)):
        assert (abs(left - right) > 60).mean() > 0.02


def test_the_picture_fits_whatever_there_is():
    many = Lesson(
        "01_many", "A title " * 20, tuple(Exercise(f"x{n}", 1, 1) for n in range(100)), ("No. " * 50,)
    )
    for lessons in ([], [Lesson("01_none", "None", ())], [many]):
        picture = drawn(lessons, lessons[0] if lessons else None)
        assert picture.size[0] <= 500
        assert all(one.title.split()[0] in picture.alt for one in lessons)
