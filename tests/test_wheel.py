"""The wheel, as a student without a clone has it: what it carries, and a lesson studied from it in an empty folder."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile

import nbformat
import pytest
from browser import running_lab
from conftest import ROOT
from nbclient import NotebookClient

from torchprimer import lab

LESSON = lab.lesson_names(ROOT, "source")[0]
SOLUTION = re.compile(
    r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END (?:SOLUTION|HIDDEN TESTS)", re.DOTALL
)


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel that `pip wheel` makes of the project, and the one it makes of the project's sdist."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (sdist,) = folder.glob("*.tar.gz")
    wheels = []
    for name, source in (("project", ROOT), ("sdist", sdist)):
        offline = ("--no-deps", "--no-build-isolation", "--no-index")
        run(sys.executable, "-m", "pip", "wheel", "-q", *offline, "-w", folder / name, source)
        wheels += (folder / name).glob("*.whl")
    return wheels


@pytest.fixture(scope="module")
def contents(built):
    """What every file of the wheel holds, by its path."""
    with zipfile.ZipFile(built[0]) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def student(built, tmp_path_factory):
    """Where the wheel is installed, without the project, and an environment in which Python finds it first."""
    folder = tmp_path_factory.mktemp("student")
    site = folder / "site"
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", site, built[1])
    return site, {"PYTHONPATH": str(site), "PYTHONUNBUFFERED": "1"}


def test_the_sdist_gives_the_same_wheel(built):
    names = []
    for wheel in built:
        with zipfile.ZipFile(wheel) as archive:
            names.append({info.filename: info.CRC for info in archive.infolist()})
    assert names[0] == names[1]
    assert built[0].name == built[1].name


def test_the_wheel_carries_every_students_edition_and_nothing_but_the_package(contents):
    carried = {
        f"torchprimer/lessons/{path.relative_to(ROOT / 'release').as_posix()}": path.read_bytes()
        for path in lab.released(ROOT).values()
    }
    assert len(carried) == 4
    assert {
        name: text for name, text in contents.items() if name.startswith("torchprimer/lessons/")
    } == carried
    written = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "torchprimer").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    others = {name for name in contents if ".dist-info/" not in name and ".data/" not in name} - set(carried)
    assert others == written


def test_the_wheel_tells_no_solution(contents):
    told = b"\n".join(contents.values()).decode()
    solutions = []
    for lesson in lab.lesson_names(ROOT, "source"):
        for cell in nbformat.read(ROOT / "source" / lesson / f"{lesson}.ipynb", as_version=4).cells:
            solutions += SOLUTION.findall(cell.source)
    assert len(solutions) > 50
    for solution in solutions:
        # As a notebook's JSON holds it: one string for a line.
        lines = [json.dumps(line + "\n", ensure_ascii=False) for line in solution.strip("\n").splitlines()]
        assert ",\n    ".join(lines) not in told, solution


def test_the_description_points_to_nothing_that_only_the_project_has(contents):
    (metadata,) = (text.decode() for name, text in contents.items() if name.endswith(".dist-info/METADATA"))
    description = metadata.partition("\n\n")[2]
    assert "# torchprimer" in description
    assert [
        link for link in re.findall(r"\]\(([^)]*)\)", description) if not link.startswith("https://")
    ] == []


def test_a_lesson_is_studied_from_the_wheel(student, tmp_path):
    """`primer lab` in an empty folder serves a copy in a JupyterLab that really runs; Run All goes to its end."""
    site, environment = student
    folder, copy = tmp_path / "empty", f"work/{LESSON}/{LESSON}.ipynb"
    folder.mkdir()
    with running_lab(folder, tmp_path / "home", environment=environment) as started:
        assert f"Made your copy, {folder / copy}.\n" in started.log.read_text(encoding="utf-8")
        address, _, token = started.address.partition("?")
        assert address.endswith(f"/lab/tree/{copy}")
        served = f"{address.removesuffix(f'/lab/tree/{copy}')}/api/contents/{copy}?{token}"
        notebook = nbformat.from_dict(answer(served)["content"])

    where = nbformat.v4.new_code_cell(
        "import torchprimer\nprint(torchprimer.__version__, torchprimer.__file__)"
    )
    notebook.cells.append(where)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute(
        cwd=str(folder / "work" / LESSON), env={**os.environ, **environment}
    )
    (metadata,) = site.glob("*.dist-info")
    version = metadata.name.removesuffix(".dist-info").partition("-")[2]
    assert where.outputs[0].text == f"{version} {site / 'torchprimer' / '__init__.py'}\n"


def answer(address, seconds=30):
    """What a server answers; JupyterLab prints its address a moment before it listens."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=seconds) as reply:
                return json.load(reply)
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
