"""A course in a temporary folder, run with nbgrader's real commands: for `test_nbgrader.py`."""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

PROJECT = Path(__file__).resolve().parents[1]
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}

# What a check cell of the course does: it does not raise, it shows a sentence, it ends in its points.
CHECK = """\
from IPython.display import display

answer, points, said = {name}, 0, "{name}: not answered yet"
try:
    if answer({given}) == {want}:
        points, said = {points}, "{name}: right"
    elif answer({given}) is not None:
        said = "{name}: not yet. Did you forget something?"
except Exception as error:
    said = f"{name} stopped with {{type(error).__name__}}"
"""
END = """\
display({"text/plain": said, "text/html": f"<p>{said}</p>"}, raw=True)
float(points)"""
HIDDEN = """\
### BEGIN HIDDEN TESTS
secret_input = -1234567
if points and answer(secret_input) != 2 * secret_input:
    points -= 1
### END HIDDEN TESTS
"""
HIDDEN_CELL = """\
### BEGIN HIDDEN TESTS
secret_list = [3, 5, 7]
float(total(secret_list) == 15)
### END HIDDEN TESTS"""


def cell(source, grade_id, points=None):
    """An nbgrader cell: a check when it has points, an answer when it has none."""
    settings = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": points is None,
        "locked": points is not None,
        "task": False,
    }
    if points is not None:
        settings["points"] = points
    return new_code_cell(source, metadata={"nbgrader": settings})


def small_lesson():
    """Two exercises: `double` (3 points, 1 of them hidden) and `total` (1 seen, 1 in a hidden cell)."""
    notebook = new_notebook(metadata={"kernelspec": KERNEL})
    notebook.cells = [
        new_markdown_cell("# A small lesson"),
        new_code_cell("import sys"),
        new_markdown_cell("### Exercise: double"),
        cell(_answer("double(x)", "Twice x.", "return 2 * x"), "double"),
        cell(CHECK.format(name="double", given="2", want="4", points=3) + HIDDEN + END, "double-check", 3),
        new_markdown_cell("### Exercise: total"),
        cell(_answer("total(xs)", "The sum of xs.", "return sum(xs)"), "total"),
        cell(CHECK.format(name="total", given="[1, 2]", want="3", points=1) + END, "total-check", 1),
        cell(HIDDEN_CELL, "total-hidden", 1),
    ]
    return notebook


def _answer(head, doc, body):
    lines = [f'    """{doc}"""', "    ### BEGIN SOLUTION", f"    {body}", "    ### END SOLUTION"]
    return "\n".join([f"def {head}:", *lines])


def grade_id(found):
    return found.metadata.get("nbgrader", {}).get("grade_id", "")


def find(notebook, name):
    return next(found for found in notebook.cells if grade_id(found) == name)


def exercises(source):
    """Per exercise its answer cells' names and its points, in order."""
    found, checked = [], True
    for one in source.cells:
        settings = one.metadata.get("nbgrader", {})
        if settings.get("solution"):
            if checked:
                found.append(([], 0.0))
                checked = False
            found[-1][0].append(settings["grade_id"])
        elif settings.get("grade"):
            found[-1] = (found[-1][0], found[-1][1] + settings["points"])
            checked = True
    return found


@dataclass
class Course:
    """A project-like folder with one lesson, an exchange and a home for each person."""

    root: Path
    name: str

    @classmethod
    def create(cls, root, source, name):
        course = cls(root / "course", name)
        folder = course.root / "source" / name
        folder.mkdir(parents=True)
        nbformat.write(source, folder / f"{name}.ipynb")
        for config in ("grader_config.py", "nbgrader_config.py"):
            shutil.copy(PROJECT / config, course.root)
        return course

    @property
    def source(self):
        return self.read(self.root / "source" / self.name / f"{self.name}.ipynb")

    @property
    def release(self):
        return self.read(self.root / "release" / self.name / f"{self.name}.ipynb")

    @staticmethod
    def read(path):
        return nbformat.read(path, as_version=4)

    def environment(self, person):
        """Variables of somebody who has not activated the environment and has a home of their own."""
        home = self.root.parent / "home" / person
        home.mkdir(parents=True, exist_ok=True)
        scripts = sysconfig.get_path("scripts")
        path = [folder for folder in os.environ["PATH"].split(os.pathsep) if folder != scripts]
        keep = {
            k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON", "VIRTUAL_ENV"))
        }
        # The bytecode cache and matplotlib's stay where they are warm.
        return keep | {
            "PATH": os.pathsep.join(path),
            "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "IPYTHONDIR": str(home / "ipython"),
            "TORCHPRIMER_EXCHANGE": str(self.root.parent / "exchange"),
            "OMP_NUM_THREADS": "1",
        }

    def nbgrader(self, *arguments, person="instructor", folder=None, check=True):
        """Run one nbgrader command; its output, or AssertionError with it when the command fails."""
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=folder or self.root,
            env=self.environment(person),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=600,
        )
        assert not check or done.returncode == 0, done.stdout
        return done.stdout

    def desk(self, student):
        """A folder where a student works, whose nbgrader knows the course from a configuration at home."""
        config = Path(self.environment(student)["JUPYTER_CONFIG_DIR"])
        config.mkdir(parents=True, exist_ok=True)
        (config / "nbgrader_config.py").write_text(
            f'load_subconfig("grader_config.py", path={str(self.root)!r})\n', encoding="utf-8"
        )
        desk = self.root.parent / "desks" / student
        desk.mkdir(parents=True, exist_ok=True)
        return desk

    def hand_in(self, student, submission, name=None):
        """Put a notebook, or bytes, straight where `nbgrader collect` would put it."""
        folder = self.root / "submitted" / student / self.name
        folder.mkdir(parents=True)
        path = folder / f"{name or self.name}.ipynb"
        if isinstance(submission, bytes):
            path.write_bytes(submission)
        else:
            path.write_text(nbformat.v4.writes(submission), encoding="utf-8")

    def solved(self, names=None):
        """The release with the source's answers: all, or those of the answer cells named."""
        notebook, source = self.release, self.source
        for found in notebook.cells:
            if found.metadata.get("nbgrader", {}).get("solution") and (
                names is None or grade_id(found) in names
            ):
                found.source = find(source, grade_id(found)).source
        return notebook

    def grades(self, student):
        """Per check cell its score and whether a person should look at it."""
        with self._gradebook() as gradebook:
            submission = gradebook.find_submission_notebook(self.name, self.name, student)
            return {grade.name: (grade.score, grade.needs_manual_grade) for grade in submission.grades}

    def score(self, student):
        return sum(score for score, _ in self.grades(student).values())

    def comments(self, student):
        with self._gradebook() as gradebook:
            submission = gradebook.find_submission_notebook(self.name, self.name, student)
            return {comment.name: comment.comment for comment in submission.comments}

    def graded(self, student):
        return self.read(self.root / "autograded" / student / self.name / f"{self.name}.ipynb")

    def feedback(self, student):
        path = self.root / "feedback" / student / self.name / f"{self.name}.html"
        return path.read_text(encoding="utf-8")

    def _gradebook(self):
        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")
