"""Every teaching point has a cell that teaches it and an exercise that grades it."""

import tomllib

import pytest
from corpus import LESSONS, ROOT, check_cells, source_cells

POINTS = tomllib.loads((ROOT / "tests" / "curriculum.toml").read_text(encoding="utf-8"))["point"]
NUMBERS = {
    "01_tensors": range(1, 21),
    "02_autograd": range(21, 43),
    "03_training_loop": range(43, 68),
    "04_cuda": range(68, 70),
}
PREDICTIONS = 5
ERRORS = 4


@pytest.mark.parametrize("point", POINTS, ids=lambda point: f"{point['id']}-{point['cell']}")
def test_a_point_is_taught_and_graded(point):
    cells = {cell.id: cell for cell in source_cells(point["lesson"])}
    assert point["teaches"]
    assert point["cell"] in cells, f"no cell `{point['cell']}` teaches point {point['id']}"
    assert point["shows"] and point["shows"] in cells[point["cell"]].source
    assert point["exercise"] in check_cells(point["lesson"]), f"no exercise grades point {point['id']}"


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_point_is_missing(lesson):
    assert {p["id"] for p in POINTS if p["lesson"] == lesson} >= set(NUMBERS[lesson])


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_predicts_and_shows_errors(lesson):
    cells = source_cells(lesson)
    predicted = [
        cell for cell in cells if cell.cell_type == "markdown" and "**Predict, then run.**" in cell.source
    ]
    failing = [i for i, cell in enumerate(cells) if "raises-exception" in cell.metadata.get("tags", [])]
    assert len(predicted) >= PREDICTIONS
    assert len(failing) >= ERRORS
    for index in failing:
        assert cells[index + 1].cell_type == "markdown", f"the error of `{cells[index].id}` is not read aloud"


@pytest.mark.parametrize("lesson", LESSONS)
def test_teaching_points_stay_out_of_the_prose(lesson):
    import re

    for cell in source_cells(lesson):
        if cell.cell_type == "markdown":
            outside_code = re.sub(r"`[^`]*`|```.*?```", "", cell.source, flags=re.S)
            assert not re.search(r"(?<![\w\]])\[\d{1,2}\](?!\()", outside_code), cell.id
