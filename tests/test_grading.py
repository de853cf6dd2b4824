"""The parts of grading one by one, on small notebooks in memory; `test_nbgrader.py` runs them together."""

import io
import json
import subprocess
import sys
import time

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.utils import compute_checksum, determine_grade
from nbgrader_course import KERNEL, cell, find, grade_id

from torchprimer.grading.execute import ExecuteSubmission
from torchprimer.grading.feedback import HideTests
from torchprimer.grading.findings import Finding, notice, store, stored
from torchprimer.grading.masters import Master, answers
from torchprimer.grading.outputs import KeepWarnings, LimitText
from torchprimer.grading.reading import Unreadable, read_submission
from torchprimer.grading.repair import repair
from torchprimer.grading.verdict import SilenceIsNoPass, judge

# --- reading


def read(text):
    return read_submission(io.StringIO(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("print('a script')", "it is not the text of a notebook"),
        ('{"cells": [', "it is not the text of a notebook"),
        ("[" * 100_000, "it is not the text of a notebook"),
        ('{"worksheets": 5}', "it is not the text of a notebook"),
        ("null", "it has no cells"),
        ("[]", "it has no cells"),
        ('{"cells": {}}', "it has no cells"),
    ],
)
def test_what_is_no_notebook_is_named(text, why):
    with pytest.raises(Unreadable, match=f"^{why}$"):
        read(text)


def test_a_binary_file_is_named():
    with pytest.raises(Unreadable, match="it is not text"):
        read_submission(io.TextIOWrapper(io.BytesIO(b"PK\x03\x04\xff"), encoding="utf-8"))


def _nested(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("found", "source", "metadata"),
    [
        ({"cell_type": "code", "source": ["a\n", 3, "b"]}, "a\nb", {}),
        ({"cell_type": "code", "source": None, "metadata": "?"}, "", {}),
        ({"cell_type": "code", "source": "\ud800"}, "?", {}),
        ({"cell_type": "code", "source": "x", "outputs": 5, "attachments": {}}, "x", {}),
        ({"cell_type": "code", "source": "x", "metadata": {"tags": ["t"]}}, "x", {"tags": ["t"]}),
        (
            {"cell_type": "code", "source": "x", "metadata": {"tags": 5, "nbgrader": {"grade": 1}}},
            "x",
            {"nbgrader": {"grade": 1}},
        ),
        ({"cell_type": "code", "source": "x", "id": "not an id!"}, "x", {}),
        ({"cell_type": "code", "source": "x", "metadata": {"tags": [], "x": _nested(900)}}, "x", {}),
    ],
)
def test_a_damaged_cell_is_mended(found, source, metadata):
    notebook = read(json.dumps({"cells": ["junk", None, found], "metadata": {"kernelspec": "?"}}))
    assert [(c.cell_type, c.source, c.metadata) for c in notebook.cells] == [("code", source, metadata)]
    nbformat.validate(notebook)


def test_cells_of_other_types_stay_as_they_are():
    notebook = read(
        json.dumps(
            {
                "cells": [
                    {"cell_type": "markdown", "source": "m", "attachments": {"a.png": {"image/png": "AA=="}}},
                    {"cell_type": ["heading"], "source": "r", "attachments": {"a": 1}},
                ]
            }
        )
    )
    nbformat.validate(notebook)
    assert [(c.cell_type, c.source) for c in notebook.cells] == [("markdown", "m"), ("raw", "r")]
    assert "attachments" in notebook.cells[0] and "attachments" not in notebook.cells[1]


def test_two_cells_with_one_id_are_told_apart():
    same = {"cell_type": "code", "source": "x", "id": "same"}
    first, second = read("\ufeff" + json.dumps({"cells": [same, same]})).cells
    assert first.id == "same" != second.id


def test_outputs_are_never_read():
    output = new_output("execute_result", {"text/plain": "4.0"})
    notebook = new_notebook(cells=[new_code_cell("4.0", outputs=[output])])
    assert read(nbformat.writes(notebook)).cells[0].outputs == []


def test_a_notebook_of_an_old_format_is_converted():
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": [{"metadata": {}, "cells": [{"cell_type": "code", "input": "x = 1", "outputs": []}]}],
    }
    assert [c.source for c in read(json.dumps(old)).cells] == ["x = 1"]


# --- repair


def masters():
    """The cells of a lesson as the gradebook keeps them: a locked cell, two exercises, one in two cells."""

    def answer(name):
        source = f"def {name}(x):\n    ..."
        return Master(name, "code", source, source, None, locked=False, solution=True)

    def check(name, points, locked=True, seen="check"):
        released = f"{seen}('{name}')" if seen else ""
        hidden = f"{released}\n### hidden {name}"
        return Master(name, "code", hidden, released, None, locked=locked, grade=points > 0, points=points)

    return [
        Master("setup", "code", "import torch", "import torch", None, locked=True),
        answer("one"),
        check("one-check", 2),
        check("one-hidden", 1, seen=""),
        answer("two_a"),
        answer("two_b"),
        check("two-check", 3),
    ]


def submission():
    """The lesson as released, with prose and the student's answers and a cell of their own."""
    notebook = new_notebook(cells=[new_markdown_cell("# Lesson")])
    for master in masters():
        released = master.fresh()
        released.source = master.released
        if not master.locked:
            released.source = released.source.replace("...", "return x")
            notebook.cells.append(new_markdown_cell(f"### {master.name}"))
        notebook.cells.append(released)
    notebook.cells.append(new_code_cell("mine = 1"))
    return notebook


def names(notebook):
    return [grade_id(c) for c in notebook.cells if grade_id(c)]


def kinds(findings):
    return [(finding.kind, finding.cell) for finding in findings]


ORDER = [master.name for master in masters()]


def test_a_submission_in_order_is_left_alone_and_gets_the_hidden_checks():
    notebook = submission()
    before = [c.source for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("locked")]
    assert repair(notebook, masters()) == []
    assert names(notebook) == ORDER
    assert [c.source for c in notebook.cells if not c.metadata.get("nbgrader", {}).get("locked")] == before
    assert find(notebook, "one-check").source == "check('one-check')\n### hidden one-check"


def test_a_deleted_check_comes_back_behind_its_answer():
    notebook = submission()
    notebook.cells = [
        c for c in notebook.cells if grade_id(c) not in ("one-check", "one-hidden", "two-check")
    ]
    missing = ["one-check", "one-hidden", "two-check"]
    assert kinds(repair(notebook, masters())) == [("no check", name) for name in missing]
    assert names(notebook) == ORDER


def test_a_deleted_answer_comes_back_empty_before_its_check():
    notebook = submission()
    notebook.cells.remove(find(notebook, "one"))
    assert kinds(repair(notebook, masters())) == [("no answer", "one")]
    assert names(notebook) == ORDER
    assert find(notebook, "one").source == "def one(x):\n    ..."
    assert (
        notebook.cells.index(find(notebook, "one")) == notebook.cells.index(find(notebook, "one-check")) - 1
    )


def test_an_answer_without_grading_data_is_known_by_its_name():
    notebook = submission()
    lost = find(notebook, "one")
    del lost.metadata["nbgrader"]
    assert kinds(repair(notebook, masters())) == [("adopted", "one")]
    assert find(notebook, "one") is lost


def test_of_two_answers_without_grading_data_the_last_counts():
    notebook = submission()
    lost = find(notebook, "one")
    del lost.metadata["nbgrader"]
    notebook.cells.insert(0, new_code_cell("def one(x):\n    return 'first try'"))
    repair(notebook, masters())
    assert find(notebook, "one") is lost


def test_an_answer_that_does_not_parse_is_not_guessed():
    notebook = submission()
    lost = find(notebook, "one")
    del lost.metadata["nbgrader"]
    lost.source = "def one(x)\n    return x"
    assert kinds(repair(notebook, masters())) == [("no answer", "one")]


def test_of_copied_answers_the_last_counts_and_the_check_follows_it():
    notebook = submission()
    again = nbformat.from_dict(find(notebook, "one"))
    again.source = "def one(x):\n    return 2"
    notebook.cells.insert(notebook.cells.index(find(notebook, "one-check")) + 1, again)
    found = kinds(repair(notebook, masters()))
    assert found == [("duplicate", "one"), ("moved", "one-check")]
    assert find(notebook, "one") is again
    assert names(notebook) == ORDER
    assert sum("return x" in c.source for c in notebook.cells) == 3


def test_a_check_that_was_moved_away_comes_back_before_the_next_answer():
    notebook = submission()
    moved = find(notebook, "one-check")
    notebook.cells.remove(moved)
    notebook.cells.append(moved)
    assert kinds(repair(notebook, masters())) == [("moved", "one-check")]
    assert names(notebook) == ORDER


def test_of_copied_checks_the_one_in_its_place_counts_and_the_others_are_ordinary():
    notebook = submission()
    early = nbformat.from_dict(find(notebook, "one-check"))
    early.source = "2.0"
    late = nbformat.from_dict(early)
    notebook.cells.insert(0, early)
    notebook.cells.append(late)
    assert kinds(repair(notebook, masters())) == [("duplicate", "one-check")]
    assert names(notebook) == ORDER
    assert "nbgrader" not in early.metadata and "nbgrader" not in late.metadata


def test_an_edited_check_is_replaced_and_set_aside():
    notebook = submission()
    find(notebook, "one-check").source = "2.0"
    (finding,) = repair(notebook, masters())
    assert (finding.kind, finding.aside) == ("edited", True)
    assert find(notebook, "one-check").source.endswith("### hidden one-check")


def test_a_check_of_an_earlier_edition_is_no_edit():
    notebook = submission()
    check = find(notebook, "one-check")
    check.source = "3.0  # before it was mended"
    check.metadata.nbgrader.checksum = compute_checksum(check)
    assert repair(notebook, masters()) == []
    assert find(notebook, "one-check").source.endswith("### hidden one-check")


def test_white_space_is_no_edit():
    notebook = submission()
    find(notebook, "one-check").source += "  \n\n"
    assert repair(notebook, masters()) == []


@pytest.mark.parametrize("name", ["one", "one-check"])
def test_a_retyped_cell_is_a_code_cell_again(name):
    notebook = submission()
    place = notebook.cells.index(find(notebook, name))
    old = notebook.cells[place]
    notebook.cells[place] = new_markdown_cell(old.source, metadata=old.metadata)
    notebook.cells[place].attachments = {"a.png": {"image/png": "AA=="}}
    assert kinds(repair(notebook, masters())) == [("retyped", name)]
    nbformat.validate(notebook)


@pytest.mark.parametrize(
    "change", [{"points": 100}, {"points": "2"}, {"grade": False}, {"schema_version": 1}, {"solution": True}]
)
def test_changed_grading_data_is_mended(change):
    notebook = submission()
    find(notebook, "one-check").metadata.nbgrader.update(change)
    assert kinds(repair(notebook, masters())) == [("settings", "one-check")]
    assert find(notebook, "one-check").metadata.nbgrader == masters()[2].settings


@pytest.mark.parametrize(
    "junk",
    ["text", 5, ["x"], {"grade": True}, {"grade_id": ["x"], "locked": True}, {"grade_id": "x", "task": 1}],
)
def test_grading_data_of_no_cell_of_the_lesson_goes(junk):
    notebook = submission()
    notebook.cells[0].metadata["nbgrader"] = junk
    assert kinds(repair(notebook, masters())) == [("unknown", "")]
    assert "nbgrader" not in notebook.cells[0].metadata


def test_grading_data_that_claims_nothing_goes_without_a_word():
    notebook = submission()
    notebook.cells[0].metadata["nbgrader"] = {"grade": False, "grade_id": "cell-1"}
    assert repair(notebook, masters()) == []
    assert "nbgrader" not in notebook.cells[0].metadata


def test_another_lessons_notebook_is_named_once_and_set_aside():
    notebook = new_notebook(cells=[new_code_cell("print(1)")])
    (finding,) = repair(notebook, masters())
    assert (finding.kind, finding.cell, finding.aside) == ("foreign", "", True)
    assert names(notebook) == ORDER


def test_an_empty_notebook_becomes_the_lesson():
    notebook = new_notebook()
    repair(notebook, masters())
    assert names(notebook) == ORDER


def test_a_tag_of_the_students_does_not_stay_on_a_check():
    notebook = submission()
    find(notebook, "one-check").metadata.tags = ["skip-execution"]
    repair(notebook, masters())
    assert "tags" not in find(notebook, "one-check").metadata


MISHAPS = st.lists(
    st.tuples(
        st.sampled_from(["delete", "copy", "move", "strip", "retype"]), st.integers(0, 60), st.integers(0, 60)
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(MISHAPS)
def test_whatever_happens_to_the_cells_every_check_stands_once_behind_its_answers(mishaps):
    notebook = submission()
    cells = notebook.cells
    for what, here, there in mishaps:
        if not cells:
            break
        index = here % len(cells)
        if what == "delete":
            del cells[index]
        elif what == "copy":
            cells.insert(there % (len(cells) + 1), nbformat.from_dict(cells[index]))
        elif what == "move":
            moved = cells.pop(index)
            cells.insert(there % (len(cells) + 1), moved)
        elif what == "strip":
            cells[index].metadata.pop("nbgrader", None)
        else:
            cells[index] = new_markdown_cell(cells[index].source, metadata=cells[index].metadata)
    mine = [id(c) for c in cells]

    repair(notebook, masters())

    assert sorted(names(notebook)) == sorted(ORDER)
    assert {id(c) for c in cells} >= set(mine), "nothing of the student's is thrown away"
    place = {name: cells.index(find(notebook, name)) for name in ORDER}
    for master in masters():
        if master.locked:
            assert all(place[answer] < place[master.name] for answer in answers(masters())[master.name])
        assert find(notebook, master.name).metadata.nbgrader == master.settings
    again = repair(notebook, masters())
    assert again == [], "a repaired notebook needs no repair"


def test_a_check_belongs_to_the_answers_before_it():
    assert answers(masters()) == {
        "setup": [],
        "one": ["one"],
        "one-check": ["one"],
        "one-hidden": ["one"],
        "two_a": ["two_a"],
        "two_b": ["two_b"],
        "two-check": ["two_a", "two_b"],
    }


# --- findings


def test_findings_travel_in_the_notebook_over_what_a_student_put_there():
    notebook = new_notebook(metadata={"torchprimer": {"findings": "forged"}})
    findings = [Finding("edited", "A check was changed.", "one-check", aside=True)]
    store(notebook, findings)
    assert stored(nbformat.reads(nbformat.writes(notebook), 4)) == findings
    assert stored(new_notebook()) == []
    assert "- A check was changed." in notice(findings).source


# --- execution


def lesson(*sources):
    """A notebook of code cells; a source in brackets makes a check worth 2 points."""
    cells = [
        cell(s[1:-1], f"check-{n}", 2) if s.startswith("[") else new_code_cell(s)
        for n, s in enumerate(sources)
    ]
    return new_notebook(metadata={"kernelspec": KERNEL}, cells=cells)


def run(notebook, kind=ExecuteSubmission, **options):
    execute = kind(shutdown_kernel="immediate", **options)
    done, _ = execute.preprocess(notebook, {"metadata": {}})
    return [
        [output.get("ename") or output.get("text") or output.data["text/plain"] for output in cell.outputs]
        for cell in done.cells
    ]


DIE = "import os\nos._exit(1)"


def test_a_kernel_that_dies_again_and_again_costs_what_comes_after_and_no_more():
    notebook = lesson("x = 2", DIE, "[float(x)]", DIE, "[float(x)]")
    cells = list(notebook.cells)
    assert run(notebook, restarts=1) == [
        [],
        ["DeadKernelError"],
        ["2.0"],
        ["DeadKernelError"],
        ["NotRunError"],
    ]
    assert all(cell is before for cell, before in zip(notebook.cells, cells, strict=True))
    assert "was not run because earlier cells had ended the kernel too often" in judge(notebook.cells[-1], 2)


def test_a_new_kernel_gets_the_earlier_cells_but_not_the_one_that_took_too_long(tmp_path):
    note = f"open({str(tmp_path / 'log')!r}, 'a').write('{{}}')"
    slow = f"import time\ntry:\n    {note.format('s')}; time.sleep(60)\nexcept KeyboardInterrupt:\n    pass"
    notebook = lesson(
        note.format("a") + "; x = 2", slow, f"[{note.format('c')}; float(x)]", DIE, "[float(x)]"
    )
    outputs = run(notebook, timeout=2, warm=False)  # which would write to a folder of its own
    assert "CellTimeoutError" in outputs[1]
    assert outputs[2:] == [["2.0"], ["DeadKernelError"], ["2.0"]]
    assert (tmp_path / "log").read_text() == "asca"


def test_a_kernel_that_dies_between_two_cells_is_not_the_next_ones_fault():
    class Patient(ExecuteSubmission):
        def on_cell_executed(self, **kwargs):
            super().on_cell_executed(**kwargs)
            if "Timer" in kwargs["cell"].source:
                time.sleep(2)

    late = "import os, threading\nthreading.Timer(0.5, os._exit, [1]).start()"
    assert run(lesson("x = 2", late, "[float(x)]"), Patient) == [[], ["DeadKernelError"], ["2.0"]]


# --- outputs


def test_a_warning_in_a_check_costs_nothing_and_stays_to_be_read():
    checked = cell("2.0", "check", 2)
    checked.outputs = [new_output("stream", name="stderr", text="oh"), result("2.0")]
    mine = new_code_cell("x", outputs=[new_output("stream", name="stderr", text="oh")])
    assert determine_grade(checked)[0] == 0
    KeepWarnings().preprocess(new_notebook(cells=[checked, mine, new_markdown_cell("m")]), {})
    assert determine_grade(checked)[0] == 2
    assert checked.outputs[0].text == "oh"
    assert mine.outputs[0].name == "stderr"


def test_long_output_is_cut():
    long = "x" * 500
    printed = new_code_cell(
        "x",
        outputs=[
            new_output("stream", text=long),
            new_output("display_data", {"text/plain": long, "text/html": long * 20, "image/png": long}),
            new_output("error", ename="E", evalue=long, traceback=[long, long]),
            new_output("display_data", {"text/html": "short"}),
        ],
    )
    LimitText(max_characters=50).preprocess(new_notebook(cells=[printed, new_markdown_cell("m")]), {})
    stream, display, error, short = printed.outputs
    for text in (stream.text, display.data["text/plain"], error.evalue, *error.traceback):
        assert text.endswith("... Output truncated ...") and len(text) < 80
    assert "text/html" not in display.data
    assert display.data["image/png"] == long
    assert short.data == {"text/html": "short"}


# --- verdict


def result(text):
    return new_output("execute_result", {"text/plain": text} if text is not None else {})


def error(name, value):
    return new_output("error", ename=name, evalue=value, traceback=[])


SAID = new_output("display_data", {"text/plain": "double: not yet"})


@pytest.mark.parametrize("text", ["0", "0.0", "1.5", "3", " 3.0 ", "3.0000000001", "-1e-9", "1e-1"])
def test_a_number_of_points_is_left_to_nbgrader(text):
    checked = cell("...", "check", 3)
    checked.outputs = [SAID, result(text)]
    assert judge(checked, 3.0) is None
    assert determine_grade(checked)[0] == pytest.approx(float(text), abs=1e-6)
    assert len(checked.outputs) == 2


@pytest.mark.parametrize(
    ("outputs", "why"),
    [
        ([], "ended without a result"),
        ([SAID], "ended without a result"),
        ([result("3.0"), result("3.0")], "gave more than one result"),
        ([result("0.0"), SAID, result("3.0")], "gave more than one result"),
        ([result("'passed'")], "ended in something that is not a number of points"),
        ([result("")], "ended in something that is not a number of points"),
        ([result(None)], "ended in something that is not a number of points"),
        ([result("True")], "ended in something that is not a number of points"),
        ([result("nan")], "ended in nan, which is not between 0 and its 3 points"),
        ([result("inf")], "ended in inf, which is not between 0 and its 3 points"),
        ([result("-1")], "ended in -1, which is not between 0 and its 3 points"),
        ([result("3.5")], "ended in 3.5, which is not between 0 and its 3 points"),
        ([result("3.0"), error("ValueError", "bad")], "stopped with an error (ValueError: bad)"),
        ([error("KeyError", "")], "stopped with an error (KeyError)"),
        ([error("<b>", "<script>x\ny")], "stopped with an error (unknown: ‹script>x)"),
        ([error("DeadKernelError", "")], "did not finish because the kernel ended while it ran"),
        ([error("CellTimeoutError", "")], "ran longer than the time allowed and was stopped"),
    ],
)
def test_anything_else_scores_nothing_and_says_why(outputs, why):
    checked = cell("...", "check", 3)
    checked.outputs = [new_output("stream", text="printed"), *nbformat.from_dict(outputs)]
    sentence = judge(checked, 3.0)
    assert sentence == f"This check {why}. It scores 0 until a person has looked at it."
    assert determine_grade(checked) == (0.0, 3.0)
    assert checked.outputs[0].text == "printed"
    assert checked.outputs[-2].data["text/plain"] == sentence
    assert "<script" not in checked.outputs[-2].data["text/html"]
    assert judge(checked, 3.0) is None, "a judged cell ends in its 0"


def test_only_check_cells_are_judged():
    written = cell("...", "written", 3)
    written.metadata.nbgrader.solution = True
    cells = [
        written,
        cell("...", "answer"),
        new_code_cell("x"),
        new_markdown_cell("m"),
        cell("x", "check", 1),
    ]
    resources = {"nbgrader": {"student": "ann", "notebook": "lesson"}}
    notebook, resources = SilenceIsNoPass().preprocess(new_notebook(cells=cells), resources)
    assert [len(c.get("outputs", [])) for c in notebook.cells] == [0, 0, 0, 0, 2]
    assert list(resources["torchprimer"]["aside"]) == ["check"]


def test_a_check_that_could_not_finish_keeps_its_points_and_is_set_aside():
    checked = cell("x", "check", 3)
    about = {"torchprimer": {"broken": True}}
    checked.outputs = [new_output("execute_result", {"text/plain": "1.0"}, metadata=about)]
    resources = {"nbgrader": {"student": "ann", "notebook": "lesson"}}
    _, resources = SilenceIsNoPass().preprocess(new_notebook(cells=[checked]), resources)
    assert determine_grade(checked) == (1.0, 3.0)
    assert "could not be finished" in resources["torchprimer"]["aside"]["check"]


# --- feedback

CHECK = """import torch
x = torch.ones(2)
### BEGIN HIDDEN TESTS
for shape in [(2, 1), (7, 3)]:
    equal(answer(shape), 17)
    x = 1
### END HIDDEN TESTS
points(4)"""
HIDDEN = "for shape in [(2, 1), (7, 3)]:"


def hidden_from(*outputs, own="y = 2"):
    checked = cell(CHECK, "check", 4)
    student = new_code_cell(own)
    checked.outputs, student.outputs = [], list(outputs)
    notebook = new_notebook(cells=[checked, student])
    HideTests().preprocess(notebook, {})
    return notebook


def test_the_hidden_source_goes_and_the_rest_stays():
    notebook = hidden_from()
    assert notebook.cells[0].source == "import torch\nx = torch.ones(2)\npoints(4)"
    assert notebook.cells[1].source == "y = 2"


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", text=f"look:\n{HIDDEN}\n"),
        new_output("stream", name="stderr", text="for shape in\n   [(2, 1), (7, 3)]:"),
        new_output("display_data", {"text/plain": repr(CHECK)}),
        new_output("display_data", {"text/html": "<b>for</b> shape <i>in [(2, 1)</i>, (7, 3)]:"}),
        new_output("display_data", {"application/json": {"deep": ["equal(answer(shape), 17)"]}}),
        new_output("execute_result", {"text/plain": "equal(answer(shape), 17)"}),
        new_output("error", ename="E", evalue=HIDDEN, traceback=["E"]),
        new_output("error", ename="E", evalue="", traceback=["\x1b[1mequal\x1b[0m(answer(shape), 17)"]),
    ],
)
def test_output_that_quotes_a_hidden_line_is_not_shown(output):
    shown = json.dumps(hidden_from(output).cells[1].outputs)
    assert "shape" not in shown
    assert "it quoted a check" in shown


@pytest.mark.parametrize("text", ["x = 1", "import torch", "points(4)", "17", "y = 2"])
def test_output_that_gives_nothing_away_is_shown(text):
    output = new_output("stream", text=text)
    assert hidden_from(output).cells[1].outputs == [output]


def test_an_error_in_a_check_is_shown_without_its_traceback():
    checked = cell(CHECK, "check", 4)
    checked.outputs = [new_output("error", ename="ValueError", evalue="oh", traceback=["----> 5 equal("])]
    HideTests().preprocess(new_notebook(cells=[checked]), {})
    assert checked.outputs[0].traceback == ["ValueError: oh"]


def test_a_students_own_marker_is_left_alone():
    own = "### BEGIN HIDDEN TESTS\ny = 3"
    assert hidden_from(own=own).cells[1].source == own


# --- the house


def test_nothing_here_imports_torch():
    code = (
        "import sys, torchprimer.grading.repair, torchprimer.grading.feedback; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
