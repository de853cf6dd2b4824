"""Marks for learning management systems: what `nbgrader export` writes for Canvas and for Moodle."""

import csv
import subprocess
import sys

import pytest
from nbgrader.api import Base, Gradebook
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy import create_engine

from torchprimer.report import Canvas, Moodle

FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """A gradebook: two lessons of 8 and 2 points, four students on the roster and one who is not."""
    url = f"sqlite:///{tmp_path_factory.mktemp('gradebook') / 'gradebook.db'}"
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    engine.dispose()
    lessons = {"02_next": {"one-check": 2}, "01_small": {"one-check": 5, "two-check": 3}}
    with Gradebook(url, "torchprimer") as book:
        for lesson, checks in lessons.items():
            book.add_assignment(lesson)
            book.add_notebook(lesson, lesson)
            for check, points in checks.items():
                book.add_grade_cell(check, lesson, lesson, max_score=points, cell_type="code")
        book.add_student(
            "ada", first_name="Ada", last_name="Lovelace", email="ada@example.org", lms_user_id="1001"
        )
        book.add_student("bob", first_name="Bob", last_name=FORMULA)
        book.add_student("chen", first_name="Chen", last_name="Wu, Jr.", email="chen@example.org")
        book.add_student("dora", first_name="Dora", last_name="Ørsted")
        book.add_student("guest")
        given = [
            ("ada", "01_small", [5, 3], 0),
            ("ada", "02_next", [2], 0),
            ("bob", "01_small", [4.5, 2.3], 0.68),
            ("bob", "02_next", [1], 5),  # the penalty is more than the score
            ("chen", "01_small", [5, None], 0),  # waits for a person
            ("guest", "01_small", [0, 0], 0),
        ]
        for student, lesson, scores, penalty in given:
            book.add_submission(lesson, student)
            part = book.find_submission_notebook(lesson, lesson, student)
            part.late_submission_penalty = penalty
            for check, score in zip(lessons[lesson], scores, strict=True):
                found = book.find_grade(check, lesson, lesson, student)
                found.auto_score, found.needs_manual_grade = score or 0.0, score is None
        changed = book.find_grade("one-check", "01_small", "01_small", "bob")
        changed.manual_score = 5  # a person's score comes before the machine's
        book.db.commit()
    return url


def exported(url, plugin, folder, **options):
    path = folder / "marks.csv"
    with Gradebook(url) as book:
        plugin(to=str(path), **options).export(book)
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


def test_canvas_has_its_columns_the_points_and_a_row_for_each_student(url, tmp_path):
    assert exported(url, Canvas, tmp_path) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "01_small", "02_next"],
        ["    Points Possible", "", "", "", "", "8.0", "2.0"],
        ["guest", "", "", "guest", "", "0.0", ""],
        [f"'{FORMULA}, Bob", "", "", "bob", "", "6.62", "0.0"],
        ["Lovelace, Ada", "1001", "", "ada", "", "8.0", "2.0"],
        ["Wu, Jr., Chen", "", "", "chen", "", "", ""],
        ["Ørsted, Dora", "", "", "dora", "", "", ""],
    ]


def test_moodle_has_what_it_knows_a_student_by(url, tmp_path):
    head, *rows = exported(url, Moodle, tmp_path)
    assert head == [
        "Username", "ID number", "Email address", "First name", "Last name", "01_small", "02_next",
    ]  # fmt: skip
    found = {row[0]: row[1:] for row in rows}
    assert found["ada"] == ["1001", "ada@example.org", "Ada", "Lovelace", "8.0", "2.0"]
    assert found["bob"] == ["", "", "Bob", f"'{FORMULA}", "6.62", "0.0"]
    assert found["dora"][-2:] == ["", ""]


def test_marks_are_those_of_nbgraders_own_export(url, tmp_path):
    with Gradebook(url) as book:
        CsvExportPlugin(to=str(tmp_path / "grades.csv")).export(book)
    with open(tmp_path / "grades.csv", encoding="utf-8") as stream:
        stock = {(row["student_id"], row["assignment"]): row["score"] for row in csv.DictReader(stream)}
    head, *rows = exported(url, Moodle, tmp_path)
    ours = {(row[0], lesson): row[head.index(lesson)] for row in rows for lesson in head[5:]}
    assert ours.keys() == stock.keys()
    given = {key: float(mark) for key, mark in ours.items() if mark}
    assert given == pytest.approx({key: float(stock[key]) for key in given})
    assert len(given) == 5


def test_who_waits_for_a_person_gets_no_mark_and_is_named(url, tmp_path, caplog):
    exported(url, Canvas, tmp_path)
    said = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert said == [
        "chen, 01_small: no mark is given, a person has to look first (Formgrader: Manual Grading)"
    ]


def test_some_students_and_lessons_alone(url, tmp_path, caplog):
    rows = exported(url, Moodle, tmp_path, student=["bob"], assignment=["02_next", "01_small"])
    assert rows[0][5:] == ["01_small", "02_next"]
    assert [row[0] for row in rows[1:]] == ["bob"]
    assert "chen" not in caplog.text


@pytest.mark.parametrize("wrong", [{"student": ["nobody"]}, {"assignment": ["03_none"]}])
def test_who_or_what_is_not_there_is_said_in_a_sentence(url, tmp_path, caplog, wrong):
    with pytest.raises(SystemExit) as end:
        exported(url, Canvas, tmp_path, **wrong)
    assert end.value.code == 1
    assert caplog.messages == [f"the gradebook does not know {next(iter(wrong.values()))[0]}"]
    assert not (tmp_path / "marks.csv").exists()


def test_the_command(url, tmp_path):
    command = [
        sys.executable,
        "-m",
        "nbgrader",
        "export",
        "--exporter=torchprimer.report.Canvas",
        "--db",
        url,
    ]
    done = subprocess.run(
        [*command, "--student", "ada", "--student", "chen", "--assignment", "01_small"],
        cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (tmp_path / "canvas.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Student,ID,SIS User ID,SIS Login ID,Section,01_small"
    assert [line.split(",")[-1] for line in lines[1:]] == ["8.0", "8.0", ""]
    assert "no mark is given" in done.stderr
