"""Every right answer of the corpora gets full marks, every wrong one fails and is told its mistake."""

import itertools
import re

import pytest
from corpus import LESSONS, answers, check_cells, run_check, solution_cells

from torchprimer import check, compare

ANSWERS = [answer for lesson in LESSONS for answer in answers(lesson)]
EXERCISES = [(lesson, exercise) for lesson in LESSONS for exercise in check_cells(lesson)]


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.kind == "right"], ids=str)
def test_right_answer_gets_full_marks(answer, capfd):
    cell = check_cells(answer.lesson)[answer.exercise]
    result = run_check(cell.source, answer.code, answer.lesson)
    assert result.passed, result.message
    assert float(result) == cell.metadata.nbgrader.points
    assert not capfd.readouterr().err, "nbgrader fails a check that writes to stderr"


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.kind == "wrong"], ids=str)
def test_wrong_answer_is_told_its_mistake(answer, capfd):
    cell = check_cells(answer.lesson)[answer.exercise]
    result = run_check(cell.source, answer.code, answer.lesson)
    assert not result.passed
    assert float(result) < cell.metadata.nbgrader.points
    assert answer.words in result.message, result.message
    assert not result.broken, result.message
    assert not capfd.readouterr().err, "nbgrader fails a check that writes to stderr"


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_blank_scores_nothing_and_the_solution_everything(lesson, exercise):
    cell, solution = check_cells(lesson)[exercise], solution_cells(lesson)[exercise]
    region = r"^( *)### BEGIN SOLUTION\n.*?### END SOLUTION$"
    blank = re.sub(region, r"\1...", solution.source, flags=re.M | re.S)
    assert blank != solution.source
    unanswered = run_check(cell.source, blank, lesson)
    assert float(unanswered) == 0
    assert unanswered.status == "not answered yet"
    assert float(run_check(cell.source, solution.source, lesson)) == cell.metadata.nbgrader.points


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_the_student_can_reach_full_marks_without_the_hidden_checks(lesson, exercise):
    cell, solution = check_cells(lesson)[exercise], solution_cells(lesson)[exercise]
    seen = re.sub(r"^ *### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n", "", cell.source, flags=re.M | re.S)
    assert seen != cell.source
    assert float(run_check(seen, solution.source, lesson)) == cell.metadata.nbgrader.points


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_every_exercise_has_a_corpus(lesson, exercise):
    own = [a for a in ANSWERS if (a.lesson, a.exercise) == (lesson, exercise)]
    assert sum(a.kind == "right" for a in own) >= 2
    assert sum(a.kind == "wrong" for a in own) >= 4


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
def test_known_mistakes_can_be_told_apart(lesson, exercise, monkeypatch):
    """In what the student sees, no two mistakes produce the same, and none produces what is right."""
    real = compare.difference

    def looked_at(got, want, *, mistakes=None, **options):
        produced = list((mistakes or {}).items())
        if not check._running().current.is_hidden:
            for sentence, value in produced:
                assert not compare.agree(value, want, options.get("tolerance")), sentence
            for (one, left), (other, right) in itertools.combinations(produced, 2):
                assert not compare.agree(left, right, options.get("tolerance")), f"{one} / {other}"
        return real(got, want, mistakes=mistakes, **options)

    monkeypatch.setattr(compare, "difference", looked_at)
    result = run_check(check_cells(lesson)[exercise].source, solution_cells(lesson)[exercise].source, lesson)
    assert not result.broken, result.message


def test_every_corpus_has_an_exercise():
    assert {(a.lesson, a.exercise) for a in ANSWERS} <= set(EXERCISES)
