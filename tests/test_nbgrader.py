"""An assignment's whole life with nbgrader's real commands, in an environment that is not activated.

The same story runs for a small lesson made here, whose class also hands in everything that can be wrong
with a submission, and for every lesson in `source/`.
"""

import csv
import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
from copy import deepcopy

import corpus
import nbformat
import pytest
from nbformat.v4 import new_code_cell
from nbgrader_course import PROJECT, Course, exercises, find, grade_id, small_lesson

LESSONS = sorted(path for path in PROJECT.glob("source/*/*.ipynb") if path.stem == path.parent.name)
WINDOWS = sys.platform == "win32"  # nbgrader has no exchange there, and says so

FORGE = """
kernel = get_ipython().kernel
kernel.send_response(kernel.iopub_socket, "execute_result",
                     {"data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1})"""
LEAK = """
import inspect, html
caller = inspect.currentframe().f_back
print(inspect.getsource(caller))
get_ipython().display_pub.publish({"text/html": "<pre>" + html.escape(In[-1]).replace("if", "<b>if</b>")})"""


def before(notebook, name, *sources):
    place = notebook.cells.index(find(notebook, name))
    notebook.cells[place:place] = [new_code_cell(source) for source in sources]


def body(notebook, name, code):
    """Let the answer run some code before it answers."""
    found = find(notebook, name)
    lines = "\n".join("    " + line for line in code.strip().splitlines())
    found.source = re.sub(r"(    ### BEGIN SOLUTION)", lambda match: lines + "\n" + match[0], found.source)


def misfits(course):
    """Submissions that are wrong in some way: (student, what is handed in, score, what a person must see)."""

    def made(change):
        notebook = course.solved()
        change(notebook)
        return notebook

    def remove(*names):
        return lambda nb: nb.cells.__setitem__(slice(None), [c for c in nb.cells if grade_id(c) not in names])

    def copies(nb):
        check = deepcopy(find(nb, "double-check"))
        check.source = "3.0"
        wrong = deepcopy(find(nb, "double"))
        wrong.source = "def double(x):\n    return 0"
        nb.cells.insert(nb.cells.index(find(nb, "double")), wrong)
        nb.cells.insert(0, check)

    def lost(nb):
        for found in nb.cells:
            found.metadata.pop("nbgrader", None)

    def muddled(nb):
        find(nb, "double-check").cell_type = "markdown"
        find(nb, "total").cell_type = "markdown"
        find(nb, "total-check").source = "1.0"
        nb.cells.insert(0, nb.cells.pop(nb.cells.index(find(nb, "double-check"))))
        for found in nb.cells:
            if found.cell_type == "markdown":
                found.pop("outputs", None), found.pop("execution_count", None)

    def schema(nb):
        find(nb, "total-check").metadata.nbgrader.update(points=100, schema_version=1, grade=False)
        find(nb, "double").metadata.nbgrader = {"grade_id": "double"}
        nb.cells[0].metadata.nbgrader = {"grade": True, "grade_id": ["x"], "schema_version": 99}
        nb.cells[1].metadata.nbgrader = "nonsense"

    def foreign(nb):
        nb.cells = [new_code_cell("print('another lesson')")]

    def damaged(nb):
        nb.nbformat, nb.nbformat_minor = 5, 9
        nb.metadata = {"kernelspec": {"name": "no-such-kernel", "display_name": "?"}, "torchprimer": {"x": 1}}
        nb.cells[1]["outputs"] = {"no": "list"}
        nb.cells.append({"cell_type": ["?"], "source": 7})
        nb.cells.append("not a cell")

    def constant(nb):
        find(nb, "double").source = "def double(x):\n    return 4"

    deaf = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt:\n        pass"
    return [
        ("a_empty", b"", 0, {"double-check"}),
        ("a_text", b"# Notebook\n\xff\xfe", 0, {"double-check"}),
        ("a_list", b"[1, 2, 3]", 0, {"double-check"}),
        ("b_old_format", _version_3(course.solved()), 5, set()),
        ("b_damaged", json.dumps(made(damaged)).encode(), 5, set()),
        ("b_foreign", made(foreign), 0, {"double-check"}),
        ("c_copies", made(copies), 5, set()),
        ("c_no_checks", made(remove("double-check", "total-check", "total-hidden")), 5, set()),
        ("c_no_answer", made(remove("total")), 3, set()),
        ("c_lost", made(lost), 5, set()),
        ("c_muddled", made(muddled), 5, {"total-check"}),
        ("c_schema", json.dumps(made(schema)).encode(), 5, set()),
        (
            "d_dies",
            made(lambda nb: body(nb, "double", "import os\nif x < 0: os._exit(3)")),
            2,
            {"double-check"},
        ),
        ("d_exits", made(lambda nb: before(nb, "double-check", "exit()")), 5, set()),
        ("d_deaf", made(lambda nb: before(nb, "total", deaf)), 5, set()),
        ("e_warns", made(lambda nb: body(nb, "double", "print('oh', file=sys.stderr)")), 5, set()),
        (
            "e_silent",
            made(lambda nb: before(nb, "total", "get_ipython().ast_node_interactivity = 'none'")),
            3,
            {"total-check", "total-hidden"},
        ),
        ("e_forged", made(lambda nb: body(nb, "double", FORGE)), 2, {"double-check"}),
        (
            "e_greedy",
            made(lambda nb: before(nb, "double", "float = lambda points: 99")),
            0,
            {"double-check", "total-check", "total-hidden"},
        ),
        ("f_leaks", made(lambda nb: body(nb, "double", LEAK)), 5, set()),
        ("f_constant", made(constant), 4, set()),
        ("f_marker", made(lambda nb: before(nb, "double", "### BEGIN HIDDEN TESTS")), 5, set()),
    ]


def _version_3(notebook):
    return json.dumps(nbformat.convert(notebook, 3)).encode()


@pytest.fixture(scope="module", params=[None, *LESSONS], ids=lambda path: path.stem if path else "small")
def life(request, tmp_path_factory):
    """A lesson's whole life, run once for each lesson; the tests look at what it left behind."""
    return live(request.param, tmp_path_factory.mktemp("life"))


# For the tests that look at the small lesson's class, which hands in the misfits.
small = pytest.mark.parametrize("life", [None], indirect=True, ids=["small"])


def live(path, folder):
    source = small_lesson() if path is None else nbformat.read(path, as_version=4)
    course = Course.create(folder, source, "small" if path is None else path.stem)
    course.said = {}

    def step(name, *arguments, **options):
        course.said[name] = course.nbgrader(*arguments, **options)

    name = course.name
    parts = exercises(course.source)
    half = parts[: len(parts) // 2]
    course.points = {"blank": 0.0, "half": sum(points for _, points in half)}
    course.points["solved"] = sum(points for _, points in parts)
    course.misfits = {}

    step("generate", "generate_assignment", name)
    desk = course.desk("solved")
    mine = desk / name / f"{name}.ipynb"
    if path is None and not WINDOWS:
        step("release", "release_assignment", name)
        step("list", "list", person="solved", folder=desk)
        step("fetch", "fetch_assignment", name, person="solved", folder=desk)
        step("validate blank", "validate", str(mine), person="solved", folder=desk)
        nbformat.write(course.solved(), mine)
        step("submit", "submit", name, "--student=solved", person="solved", folder=desk)
        step("collect", "collect", name)
    else:
        if path is None:
            step("release", "release_assignment", name, check=False)
        mine.parent.mkdir()
        nbformat.write(course.solved(), mine)
        course.hand_in("solved", course.solved())
    if path is None:  # of a lesson, test_notebooks.py validates the reading edition
        step("validate solved", "validate", str(mine), person="solved", folder=desk)
    course.hand_in("blank", course.release)
    course.hand_in("half", course.solved([answer for answers, _ in half for answer in answers]))
    options = ["--Execute.startup_timeout=300"]
    course.quick = {}
    if path is not None:
        for student in range(2):
            hand_in_sample(course, f"sample_{student}", student)
    if path is None:
        for student, submission, points, marked in misfits(course):
            course.hand_in(student, submission)
            course.points[student] = points
            course.misfits[student] = marked
        course.hand_in("g_misnamed", course.solved(), name="homework (1)")
        options += ["--Execute.timeout=3", "--Execute.iopub_timeout=2"]
    step("autograde", "autograde", name, *options, check=path is not None)
    step("feedback", "generate_feedback", name)
    step("export", "export", "--to=grades.csv")
    if path is None and not WINDOWS:
        step("release feedback", "release_feedback", name, "--student=solved")
        step("fetch feedback", "fetch_feedback", name, "--student=solved", person="solved", folder=desk)
        course.fetched = list((desk / name / "feedback").glob(f"*/{name}.html"))
    return course


def hand_in_sample(course, student, number):
    """A submission put together from the corpus, one answer an exercise, and what the quick runner gives it."""
    submission, quick = course.release, {}
    for exercise, check in corpus.check_cells(course.name).items():
        choice = [answer for answer in corpus.answers(course.name) if answer.exercise == exercise]
        answer = choice[(7 * number + 3) % len(choice)]
        find(submission, exercise).source = answer.code
        quick[f"{exercise}-check"] = float(corpus.run_check(check.source, answer.code, course.name))
    course.hand_in(student, submission)
    course.quick[student] = quick
    course.points[student] = sum(quick.values())


def marked(course, student):
    return {name for name, (_, needs_person) in course.grades(student).items() if needs_person}


# --- the marks


def test_the_untouched_release_scores_nothing_in_any_exercise(life):
    assert set(life.grades("blank").values()) == {(0.0, False)}


def test_the_solution_scores_full_marks(life):
    assert life.score("solved") == life.points["solved"] > 0
    assert marked(life, "solved") == set()


def test_half_the_answers_score_the_sum_of_their_parts(life):
    assert life.score("half") == life.points["half"] > 0
    assert marked(life, "half") == set()


def test_the_quick_runner_of_the_corpora_gives_the_same_scores(life):
    for student, quick in life.quick.items():
        grades = {name: score for name, (score, _) in life.grades(student).items()}
        assert grades == pytest.approx(quick)
        assert marked(life, student) == set()
    assert life.quick or life.name == "small"


def test_everybody_was_graded_and_exported(life):
    with open(life.root / "grades.csv", encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    scores = {student: float(row["score"]) for student, row in rows.items() if student in life.points}
    assert scores == pytest.approx(life.points)
    assert {float(row["max_score"]) for row in rows.values()} == {life.points["solved"]}


@small
def test_students_with_damaged_submissions_are_set_aside_only_where_needed(life):
    assert {student: marked(life, student) for student in life.misfits} == life.misfits


@small
def test_a_misnamed_file_stops_nobody_and_is_reported(life):
    assert "for student 'g_misnamed'" in life.said["autograde"]
    assert re.findall(
        r"There was an error processing assignment '.*' for student '(.*)'", life.said["autograde"]
    ) == ["g_misnamed"]
    assert all(needs_person for _, needs_person in life.grades("g_misnamed").values())


# --- what people are told


@small
def test_the_log_names_every_repair(life):
    warned = set(re.findall(r"WARNING\] (\w+), small", life.said["autograde"]))
    quiet = {"b_old_format", "b_damaged", "d_exits", "d_deaf", "e_warns", "f_constant", "f_leaks", "f_marker"}
    assert warned == set(life.misfits) - quiet


@small
@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("a_empty", "The submitted file could not be read as a notebook: it is empty."),
        ("a_text", "The submitted file could not be read as a notebook: it is not text."),
        ("a_list", "The submitted file could not be read as a notebook: it has no cells."),
        ("b_foreign", "The submitted notebook has none of this lesson's answer and check cells."),
        ("c_copies", "The answer cell double was there 2 times; all copies were run in order and the last"),
        ("c_copies", "The check cell double-check was there 2 times; one of them counts."),
        ("c_no_checks", "The check cell total-hidden was missing; it was put back."),
        ("c_no_answer", "The answer cell total was missing; an empty one was put in its place."),
        ("c_lost", "The answer cell total had lost its grading data."),
        ("c_muddled", "The cell double-check was a markdown cell; it was made a code cell again."),
        ("c_muddled", "The check cell double-check was moved back to its place."),
        ("c_muddled", "The check cell total-check was changed; the original was used."),
        ("c_schema", "The grading data of total-check was damaged and was mended."),
        ("c_schema", "A cell with broken grading data was run as an ordinary cell."),
        ("d_dies", "This check did not finish because the kernel ended while it ran. It scores 0 until"),
        ("d_exits", "the kernel ended while this cell ran"),
        ("d_deaf", "the cell did not stop when it was told to"),
        ("e_silent", "This check ended without a result. It scores 0 until a person has looked at it."),
        ("e_forged", "This check gave more than one result."),
        ("e_greedy", "This check ended in 99, which is not between 0 and its 3 points."),
        ("f_leaks", "This output is not shown: it quoted a check."),
    ],
)
def test_feedback_says_what_was_wrong(life, student, sentence):
    assert sentence in words(life.feedback(student))


def words(page):
    """What a page says, without its markup, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page.split("<body", 1)[1])).split())


@small
def test_the_instructor_finds_the_reason_as_a_comment(life):
    assert "the kernel ended while it ran" in life.comments("d_dies")["double"]
    assert "total-check` was changed" in life.comments("c_muddled")["total"]
    assert life.comments("blank") == {"double": "No response.", "total": "No response."}
    assert life.comments("solved") == {"double": None, "total": None}


def test_feedback_shows_the_messages(life):
    for student in ("solved", "blank", "half"):
        page = words(life.feedback(student))
        shown = [
            output.data["text/plain"]
            for cell in life.graded(student).cells
            if cell.metadata.get("nbgrader", {}).get("grade")
            for output in cell.outputs
            if output.output_type == "display_data" and "text/plain" in output.data
        ]
        assert shown, "the check cells said nothing"
        if life.name == "small":
            assert all(text in page for text in shown)


def test_feedback_has_nothing_of_a_hidden_check(life):
    hidden, shown = [], ""
    for cell in life.source.cells:
        inside = False
        for line in cell.source.splitlines():
            inside = inside or "BEGIN HIDDEN TESTS" in line
            squeezed = "".join(line.split())
            if not inside:
                shown += squeezed
            elif len(squeezed) > 9:
                hidden.append(squeezed)
            inside = inside and "END HIDDEN TESTS" not in line
    hidden = [line for line in hidden if line not in shown]
    assert hidden
    pages = list((life.root / "feedback").rglob("*.html"))
    assert len(pages) == len(life.points)
    for page in pages:
        text = "".join(words(page.read_text(encoding="utf-8")).split())
        mine = "###BEGINHIDDENTESTS" if page.parents[1].name == "f_marker" else None
        assert not [line for line in hidden if line in text and line != mine], page
        assert "secret_" not in text, page


# --- the way through the exchange


@small
def test_validate_passes_the_solution(life):
    assert "Success! Your notebook passes all the tests." in life.said["validate solved"]


@small
def test_the_student_sees_fetches_submits_and_gets_feedback_back(life):
    if WINDOWS:
        assert "the exchange is not available on Windows" in life.said["release"]
        return
    assert "torchprimer small" in life.said["list"]
    assert "Fetched as: torchprimer small" in life.said["fetch"]
    assert "VALIDATION FAILED ON" in life.said["validate blank"]
    assert "Submitted as: torchprimer small" in life.said["submit"]
    assert "Collecting submission: solved" in life.said["collect"]
    assert [page.read_text(encoding="utf-8") for page in life.fetched] == [life.feedback("solved")]


def test_no_step_complains_about_the_configuration(life):
    for name, said in life.said.items():
        assert "not recognized" not in said, name
        assert "alembic" not in said, name


# --- Formgrader


def test_formgrader_works_in_an_environment_that_is_not_activated(tmp_path):
    course = Course.create(tmp_path, small_lesson(), "small")
    with Lab(course) as lab:
        page = lab.ask("formgrader")
        listed = json.loads(lab.ask("formgrader/api/assignments"))
        made = json.loads(lab.ask("formgrader/api/assignment/small/assign", post=True))
        notebook = course.solved()
        notebook.cells.append(deepcopy(find(notebook, "double-check")))
        course.hand_in("ann", notebook)
        graded = json.loads(lab.ask("formgrader/api/submission/small/ann/autograde", post=True))
        (submission,) = json.loads(lab.ask("formgrader/api/submitted_notebooks/small/small"))
        seen = lab.ask(f"formgrader/submissions/{submission['id']}/")
    assert "nbgrader formgrade" in page
    listed = [(found["name"], found["status"], found["releaseable"]) for found in listed]
    assert listed == [("small", "draft", not WINDOWS)]
    assert made["success"], made
    assert graded["success"], graded
    assert course.score("ann") == 5
    assert "The check cell double-check was there 2 times" in words(seen)


class Lab:
    """A JupyterLab in a course's folder, started by its path; ended, and only that one, at the end."""

    def __init__(self, course):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = open(course.root.parent / "lab.log", "w+", encoding="utf-8")  # noqa: SIM115
        arguments = [
            f"--port={self.port}",
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token=for-the-test",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            arguments.append("--allow-root")
        environment = course.environment("instructor")
        del environment["TORCHPRIMER_EXCHANGE"]  # to see what somebody gets who set nothing
        jupyter = shutil.which("jupyter", path=sysconfig.get_path("scripts"))
        self.process = subprocess.Popen(
            [jupyter, "lab", "--no-browser", "--ip=127.0.0.1", *arguments],
            cwd=course.root,
            env=environment,
            stdout=self.log,
            stderr=self.log,
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(timeout=60)
        self.log.close()

    def ask(self, path, post=False):
        """What the server answers, once it does; a failed test with its log when it never does."""
        address = f"http://127.0.0.1:{self.port}/{path}"
        headers = {"Authorization": "token for-the-test"}
        request = urllib.request.Request(address, headers=headers, data=b"" if post else None)
        for _ in range(120):
            try:
                with urllib.request.urlopen(request, timeout=120) as answer:
                    assert answer.status == 200
                    return answer.read().decode()
            except urllib.error.HTTPError as error:
                pytest.fail(f"{address}: {error}\n{self.said()}")
            except OSError:
                assert self.process.poll() is None, self.said()
                time.sleep(0.5)
        pytest.fail(f"{address}: no answer\n{self.said()}")

    def said(self):
        self.log.seek(0)
        return self.log.read()
