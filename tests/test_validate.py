"""nbgrader's Validate with the checks' sentences; the button itself is tried in `test_lab_student.py`."""

import json

import pytest
from conftest import ROOT
from corpus import LESSONS, answers

from torchprimer.validate import CHANGED, SaysWhy

EXERCISES = ("standardize", "summarize", "mse-shapes")


@pytest.fixture
def copy(tmp_path):
    """Three exercises of lesson 1: one is right, the check of one was changed, one is blank."""
    notebook = json.loads((ROOT / "release" / LESSONS[0] / f"{LESSONS[0]}.ipynb").read_text(encoding="utf-8"))
    names = {"imports", *EXERCISES, *(f"{name}-check" for name in EXERCISES)}
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in names]
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    right = next(a for a in answers(LESSONS[0]) if (a.exercise, a.kind) == ("standardize", "right"))
    cells["standardize"]["source"] = right.code
    cells["summarize-check"]["source"] = "3.0"
    path = tmp_path / f"{LESSONS[0]}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_each_exercise_without_full_marks_is_named_with_its_reason(copy):
    changed, blank = SaysWhy().validate(str(copy))["failed"]
    assert (changed["source"], changed["raw_error"]) == ("# Check of summarize", CHANGED)
    assert blank["source"] == "# Check of mse-shapes: run this cell (Shift+Enter)"
    assert blank["raw_error"].startswith("mse-shapes: not answered yet (0 of 3).")
