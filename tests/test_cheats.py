"""A class of cheats, graded in one real `nbgrader autograde`: none scores a point that it did not earn.

`cheats/GROUP/NAME.py` is what one student hands in for `cheats/lesson.py`. Its head says what it does, what its
honest part earns (`# earns: N`, or `# keeps: N` where it is certain to earn that much), and with which words it is set
aside for a person where it is (`# aside: words`).
Then come its cells: `# %% NAME` is the answer NAME, `# %% before NAME` and `# %% end` are cells of the student's own,
`# %% file PATH` is a file beside the notebook and `# %% link PATH TARGET` a link. A `.ipynb` is handed in as it is;
its head is in its metadata. `@COURSE@`, `@HOME@`, `@PORT@`, `@TOKEN@` stand for what a cheat may well know or guess.

The group `forging` hands in the course's own exercises whose points hang on facts about the student's process, and lies
about these facts where the judge asks for them.
"""

import base64
import hashlib
import html
import http.server
import json
import re
import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import pytest
from corpus import LESSONS, source_cells
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader_course import KERNEL, Course, cell, exercises, find, grade_id
from warm_kernels import needs_sandbox

import torchprimer

pytestmark = needs_sandbox
FOLDER = Path(__file__).parent / "cheats"
FORGERS = sorted(FOLDER.glob("forging/*.py"))
CHEATS = sorted({path for kind in ("py", "ipynb") for path in FOLDER.glob(f"*/*.{kind}")} - {*FORGERS})
HONEST = {"right", "half", "blank"}
TOKEN = "7f3e9b"
# Groups that do not look for anything to tell: their pages, which take a third of a second each, are not made.
QUIET = {"ending", "language", "messages", "patching", "processes", "values"}
# What nobody but the instructor is to see, by where it is. `other` is in what `right` handed in.
SECRETS = {
    place: f"secret-{place}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
    for place in ("home", "environment", "other", "gradebook", "feedback", "beside")
}
SECRETS |= {"solution": "secret-solution-5d1f", "hidden": "secret-hidden-a7c3"}


@dataclass
class Cheat:
    """One submission: its head and its parts, (kind, name, text)."""

    name: str
    earns: float
    keeps: float
    aside: str
    parts: list = field(default_factory=list)
    notebook: str = ""

    @classmethod
    def read(cls, path, known):
        text = path.read_text(encoding="utf-8")
        for word, meaning in known.items():
            text = text.replace(word, meaning)
        notebook = text if path.suffix == ".ipynb" else ""
        head = json.loads(text)["metadata"]["cheat"] if notebook else text.split("# %%")[0]
        kept, earns = re.search(r"# (keeps|earns): (\S+)", head).groups()
        aside = re.search(r"# aside: (.*)", head)
        keeps = float(earns) if kept == "keeps" else 0.0
        cheat = cls(path.stem, float(earns), keeps, aside[1] if aside else "", notebook=notebook)
        if not notebook:
            cheat.parts = [part for part in parts(text) if part[0] or part[2]]
        return cheat

    def hand_in(self, course):
        folder = course.root / "submitted" / self.name / course.name
        links = {name: text for kind, name, text in self.parts if kind == "link"}
        if "." in links:
            folder.parent.mkdir()
            folder.symlink_to(links["."])
            return
        folder.mkdir(parents=True)
        if f"{course.name}.ipynb" not in links:
            submission = self.notebook or nbformat.writes(self._filled(course.release))
            (folder / f"{course.name}.ipynb").write_text(submission, encoding="utf-8")
        for kind, name, text in self.parts:
            path = folder / name
            if kind in ("file", "link"):
                path.parent.mkdir(parents=True, exist_ok=True)
            if kind == "file":
                path.write_text(text, encoding="utf-8")
            elif kind == "link":
                path.symlink_to(text)

    def _filled(self, notebook):
        for kind, name, text in self.parts:
            if kind == "cell":
                find(notebook, name).source = text
            elif kind == "before":
                place = notebook.cells.index(find(notebook, name))
                notebook.cells.insert(place, new_code_cell(text))
            elif kind == "end":
                notebook.cells.append(new_code_cell(text))
        return notebook


def parts(text):
    """The parts of a file with `# %%` marks, as (kind, name, text)."""
    for part in re.split(r"^# %%", text, flags=re.MULTILINE)[1:]:
        mark, _, body = part.partition("\n")
        words = mark.split()
        if words and words[0] in ("before", "file", "text"):
            yield words[0], " ".join(words[1:]), body.strip()
        elif words and words[0] == "link":
            yield "link", words[1], words[2]
        elif words == ["end"]:
            yield "end", "", body.strip()
        else:
            yield "cell", " ".join(words), body.strip()


def lesson():
    """The lesson of `cheats/lesson.py`, as in `source/`."""
    notebook = new_notebook(metadata={"kernelspec": KERNEL})
    for kind, name, text in parts((FOLDER / "lesson.py").read_text(encoding="utf-8")):
        if kind == "text":
            made = new_markdown_cell(text)
        elif not name:
            made = new_code_cell(text)
        else:
            name, _, points = name.partition(" ")
            made = cell(text, name, float(points) if points else None)
        made.id = f"cell-{len(notebook.cells)}"
        notebook.cells.append(made)
    return notebook


class CheatedCourse(Course):
    """A course in whose environment there is a secret."""

    def environment(self, person):
        return super().environment(person) | {"TORCHPRIMER_SECRET": SECRETS["environment"]}


class Listener:
    """A server on this machine that counts who connects."""

    def __enter__(self):
        self.asked = asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"def double(x): return 2 * x")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def digest(*folders):
    """What is in these folders: every path, with its content or where it leads."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if "__pycache__" in path.parts:
                continue
            if path.is_symlink():
                found[path] = str(path.readlink())
            elif path.is_file():
                found[path] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def rows(course):
    """All that the gradebook says about the student who handed nothing in."""
    with sqlite3.connect(course.root / "gradebook.db") as db:
        student = db.execute("select * from student where id = 'absent'").fetchall()
        submitted = db.execute("select * from submitted_assignment where student_id = 'absent'").fetchall()
        grades = db.execute(
            "select grade.* from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id "
            "join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id "
            "where submitted_assignment.student_id = 'absent' order by grade.id"
        ).fetchall()
        masters = db.execute("select * from source_cell").fetchall()
    return student, submitted, grades, masters


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class after its one run."""
    course = CheatedCourse.create(tmp_path_factory.mktemp("cheats"), lesson(), "small")
    home = Path(course.environment("instructor")["HOME"])
    (home / ".canary").write_text(SECRETS["home"])
    (course.root / "source" / "instructor.txt").write_text(SECRETS["beside"])
    course.nbgrader("generate_assignment", "small")
    old = course.root / "feedback" / "absent" / "small" / "small.html"
    old.parent.mkdir(parents=True)
    old.write_text(SECRETS["feedback"])
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("absent", first_name=SECRETS["gradebook"])
        gradebook.add_submission("small", "absent")
        for grade in gradebook.find_submission_notebook("small", "small", "absent").grades:
            grade.manual_score = 1.5
        gradebook.db.commit()
    with Listener() as listener:
        known = {
            "@COURSE@": str(course.root),
            "@HOME@": str(home),
            "@PORT@": str(listener.port),
            "@TOKEN@": TOKEN,
            "@OTHER@": SECRETS["other"],
        }
        course.cheats = {path.stem: Cheat.read(path, known) for path in CHEATS}
        for cheat in course.cheats.values():
            cheat.hand_in(course)
        kept = [course.root / name for name in ("source", "release", "submitted")]
        kept.append(Path(torchprimer.__file__).parent / "grading" / "warm")
        course.before = digest(*kept), rows(course)
        options = ["--Execute.timeout=15", "--ExecuteSubmission.seconds=20", "--Execute.iopub_timeout=2"]
        course.said = course.nbgrader("autograde", "small", *options, check=False)
        course.after = digest(*kept), rows(course)
        quiet = [path.stem for path in CHEATS if path.parent.name in QUIET]
        course.paged = course.cheats.keys() - quiet
        course.nbgrader(
            "generate_feedback", "small", f"--CourseDirectory.student_id_exclude={','.join(quiet)}"
        )
        course.asked = list(listener.asked)
    course.home = home
    return course


def comments(course, student):
    return " ".join(filter(None, course.comments(student).values()))


@pytest.mark.parametrize("name", [path.stem for path in CHEATS if path.stem not in HONEST])
def test_a_cheat_scores_no_more_than_its_honest_part(graded, name):
    cheat = graded.cheats[name]
    assert cheat.keeps <= graded.score(name) <= cheat.earns
    if cheat.aside:
        assert any(needs_person for _, needs_person in graded.grades(name).values())
        assert cheat.aside in comments(graded, name)


@pytest.mark.parametrize("name", sorted(HONEST))
def test_honest_work_keeps_its_marks_and_is_not_set_aside(graded, name):
    assert graded.score(name) == graded.cheats[name].earns
    assert not [check for check, (_, needs_person) in graded.grades(name).items() if needs_person]


def test_everybody_has_a_name_of_their_own_and_was_graded(graded):
    assert len(graded.cheats) == len(CHEATS) >= 43
    for name in graded.cheats:
        assert set(graded.grades(name)) == {"double-check", "spread-check", "cube-check"}
    assert "SandboxError" not in graded.said


# --- nothing outside has changed


def test_the_course_and_the_gradebook_are_as_they_were(graded):
    assert graded.before == graded.after
    assert {name for name in graded.cheats} == {path.name for path in (graded.root / "autograded").iterdir()}


def test_the_home_folder_is_as_it_was_and_nothing_was_left_behind(graded):
    assert (graded.home / ".canary").read_text() == SECRETS["home"]
    places = [graded.home, graded.root, Path("/tmp"), Path("/dev/shm"), Path("/var/tmp")]
    names = (f"pwned-{TOKEN}*", f"note-{TOKEN}*")
    found = [path for place in places for name in names for path in place.glob(name)]
    for place in (graded.home, graded.root):
        found += [path for name in (*names, "00.py", "usercustomize.py") for path in place.rglob(name)]
    own = {"submitted", "autograded", "feedback"}  # what was handed in stays with its student
    assert not [path for path in found if own.isdisjoint(path.parts)]


def test_no_process_survives(graded):
    left = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"alive-{TOKEN}".encode() in path.read_bytes():
                left.append(path)
        except OSError:
            pass
    assert not left


def test_nobody_reached_the_network(graded):
    assert graded.asked == []


# --- nothing secret was read


def told(notebook):
    """Everything in a graded notebook but the sources of its checks, which are the instructor's own."""
    for found in notebook.cells:
        if not grade_id(found).endswith("-check"):
            yield found.source
        yield json.dumps(found.get("outputs", []), ensure_ascii=False)
        yield json.dumps(found.metadata)
    yield json.dumps(notebook.metadata)


@pytest.mark.parametrize("name", [path.stem for path in CHEATS])
def test_no_secret_is_in_a_graded_notebook_or_a_feedback_page(graded, name):
    page = graded.feedback(name) if name in graded.paged else ""
    plain = html.unescape(re.sub(r"<[^>]*>", "", page))
    text = "\n".join([*told(graded.graded(name)), page, plain])
    secrets = dict(SECRETS)
    if name == "right":
        del secrets["other"]
    for place, secret in secrets.items():
        for form in (secret, secret[::-1], secret.encode().hex(), base64.b64encode(secret.encode()).decode()):
            assert form not in text, place
    copied = graded.root / "autograded" / name
    for path in copied.rglob("*"):
        if path.is_file() and path.suffix != ".ipynb":
            assert not [s for s in secrets.values() if s.encode() in path.read_bytes()], path


# --- no lie about the student's own process


def facts():
    """The exercises of the course that the forgers answer, as in `source/`."""
    asked = {name for path in FORGERS for kind, name, _ in parts(path.read_text()) if kind == "cell"}
    notebook = new_notebook(metadata={"kernelspec": KERNEL})
    imports = "from collections.abc import Callable\n\nimport numpy as np\nimport torch\nfrom torch import nn"
    notebook.cells = [new_code_cell(f"{imports}\nfrom torch.utils.data import DataLoader")]
    for lesson in LESSONS:
        notebook.cells += [
            found for found in source_cells(lesson) if grade_id(found).removesuffix("-check") in asked
        ]
    return notebook


@pytest.fixture(scope="module")
def forged(tmp_path_factory):
    """The class of forgers, and one who solved everything, after its one run."""
    course = Course.create(tmp_path_factory.mktemp("forged"), facts(), "facts")
    course.nbgrader("generate_assignment", "facts")
    course.hand_in("solved", course.solved())
    course.cheats = {path.stem: Cheat.read(path, {}) for path in FORGERS}
    for cheat in course.cheats.values():
        cheat.hand_in(course)
    course.nbgrader("autograde", "facts")
    return course


@pytest.mark.parametrize("name", [path.stem for path in FORGERS])
def test_a_lie_about_a_fact_earns_nothing(forged, name):
    assert forged.score(name) == forged.cheats[name].earns


def test_whoever_solves_what_the_forgers_are_asked_has_full_marks(forged):
    assert forged.score("solved") == sum(points for _, points in exercises(forged.source))
    assert not any(needs_person for _, needs_person in forged.grades("solved").values())
