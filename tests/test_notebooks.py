"""Every notebook of the course as it stands: valid, in sync, and run cell by cell."""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT, write_notebook

from torchprimer import editions, lab, lint

LESSONS = lab.lesson_names(ROOT, "source")
NOTEBOOKS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("source/*/*.ipynb", "release/*/*.ipynb", "course/*.ipynb")
    for path in ROOT.glob(pattern)
)
# A figure is compared by `editions`, which allows for other rasterisers; nbval leaves PNGs alone.
SANITIZE = "".join(
    f"[volatile{number}]\nregex: {pattern}\nreplace: {name}\n\n"
    for number, (pattern, name) in enumerate(editions.VOLATILE)
)


def test_there_are_lessons_and_each_has_its_editions():
    """Without this, tests over no notebooks would pass."""
    assert "01_tensors" in LESSONS
    wanted = [f"source/{name}/{name}.ipynb" for name in LESSONS]
    wanted += [f"release/{name}/{name}.ipynb" for name in LESSONS]
    wanted += [f"course/{name}.ipynb" for name in LESSONS]
    assert sorted(wanted) == NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_valid(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5)


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_author_mistakes(lesson):
    findings = [str(finding) for finding in lint.check_lesson(ROOT, lesson)]
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("lesson", LESSONS)
def test_editions_are_what_source_gives(lesson):
    stale = editions.stale(ROOT, [lesson])
    assert not stale, "\n".join(["run `primer editions`:", *stale])


def test_no_edition_without_a_lesson():
    assert editions.strays(ROOT, LESSONS) == []


def run_nbval(path: Path, *options: str, **environment: str) -> tuple[int, list[str], str]:
    """Run nbval on one notebook; gives the number of cells run, the ids of those that failed, and the report."""
    with tempfile.TemporaryDirectory() as folder:
        report, sanitize = Path(folder) / "report.xml", Path(folder) / "sanitize.cfg"
        sanitize.write_text(SANITIZE, encoding="utf-8")
        done = subprocess.run(
            [
                *(
                    sys.executable,
                    "-m",
                    "pytest",
                    "-q",
                    "--color=no",
                    "-p",
                    "no:cacheprovider",
                    "-p",
                    "no:xdist",
                ),
                *("--nbval-current-env", "--nbval-cell-timeout=120", f"--nbval-sanitize-with={sanitize}"),
                *(f"--junitxml={report}", *options, str(path)),
            ],
            cwd=path.parent,
            env=dict(os.environ, OMP_NUM_THREADS="1", **environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=600,
        )
        cases = list(ElementTree.parse(report).iter("testcase")) if report.is_file() else []
    ids = [cell.id for cell in editions.read(path).cells if cell.cell_type == "code"]
    failed = [ids[number] for number, case in enumerate(cases) if len(case.findall("*")) > 0]
    if done.returncode and not failed:
        failed = [f"pytest ended with {done.returncode}"]
    return len(cases), failed, done.stdout[-6000:]


def code_cells(path: Path) -> int:
    return sum(cell.cell_type == "code" for cell in editions.read(path).cells)


@pytest.mark.parametrize("lesson", LESSONS)
def test_course_gives_the_outputs_it_shows(lesson):
    path = editions.course_path(ROOT, lesson)
    stored = [cell for cell in editions.read(path).cells if cell.cell_type == "code"]
    # nbval compares nothing in a cell that has no execution count.
    assert [cell.id for cell in stored if cell.execution_count is None] == []
    run, failed, report = run_nbval(path, "--nbval", CUDA_VISIBLE_DEVICES="")
    assert not failed, f"{path.name}: cells {failed}\n{report}"
    assert run == code_cells(path) > 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_source_runs_to_its_end(lesson):
    path = editions.source_path(ROOT, lesson)
    run, failed, report = run_nbval(path, "--nbval-lax")
    assert not failed, f"{path.name}: cells {failed}\n{report}"
    assert run == code_cells(path) > 0


@pytest.mark.parametrize("lesson", LESSONS)
def test_release_runs_to_its_end_untouched(lesson):
    path = ROOT / "release" / lesson / f"{lesson}.ipynb"
    editions.execute(editions.read(path), path.name)


@pytest.mark.parametrize("lesson", LESSONS)
def test_validate_passes_the_reading_edition(lesson):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", f"course/{lesson}.ipynb"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
    )
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("lesson", LESSONS)
def test_widgets_leave_pictures_and_no_state(lesson):
    """A code host shows no widgets: the picture beside one must be what is stored."""
    notebook = editions.read(editions.course_path(ROOT, lesson))
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert editions.WIDGET not in output.get("data", {}), cell.id


def test_nbval_sees_a_changed_output_and_a_failing_cell(notebook, tmp_path):
    """The two tests above can fail: nbval runs every cell, compares, and names what differs by id."""
    path = tmp_path / "source" / "01_demo" / "01_demo.ipynb"
    write_notebook(notebook, path)
    course = editions.make_course(tmp_path, "01_demo")
    by_id = {cell.id: cell for cell in course.cells}
    by_id["example"].outputs[0].text = "tensor([2., 5.])\n"
    by_id["clock"].source = "raise SystemError"
    assert by_id["address"].outputs[0].data["text/plain"].startswith("<object at 0x")
    spoilt = write_notebook(course, tmp_path / "spoilt.ipynb")
    run, failed, report = run_nbval(spoilt, "--nbval")
    assert failed == ["example", "clock"], report
    assert run == code_cells(spoilt)
