"""`primer grade`: the same marks as stock nbgrader, whatever happens to the processes on the way."""

import gzip
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from pathlib import Path

import class_course
import nbgrader.api as api
import pytest
from class_course import LESSON, autograded, copied, dump, grade, graded_students, new_course, notes
from nbgrader_course import find, grade_id
from warm_kernels import needs_sandbox

from torchprimer import cli
from torchprimer.grading import head, pools, rows, spool
from torchprimer.grading.course import Course as Head
from torchprimer.grading.judge import JudgeSubmission
from torchprimer.grading.single import grade_notebook
from torchprimer.grading.warm import policy, sandbox
from torchprimer.grading.warm.provisioner import WarmProvisioner
from torchprimer.lab import Problem

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="tested where grading is isolated")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course to be copied, with a gradebook and nobody's submission."""
    return new_course(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def calm(made, tmp_path_factory):
    """What grading leaves behind when nobody disturbs it: the rows and the files."""
    course = quick(copied(made, tmp_path_factory.mktemp("calm")))
    hand_in(course, *CLASS)
    course.hand_in("half", course.solved(["double"]))
    grade(course)
    return dump(course), autograded(course)


CLASS = [*"abcdefghijklmno", "slow"]


def quick(course):
    """The course with a list of its own of those who were graded."""
    kept = course.root.parent / "notes.txt"
    kept.touch()
    (course.root / "quick.py").write_text(class_course.QUICK.format(notes=str(kept)))
    return course


@pytest.fixture
def course(made, tmp_path):
    """A course that is graded quickly."""
    return quick(copied(made, tmp_path))


def hand_in(course, *students):
    for student in students:
        course.hand_in(student, course.solved())


def again(course, student, submission, timestamp):
    shutil.rmtree(course.root / "submitted" / student / LESSON, ignore_errors=True)
    course.hand_in(student, submission)
    (course.root / "submitted" / student / LESSON / "timestamp.txt").write_text(timestamp)


def records(course):
    head_course = Head(course.root, LESSON)
    masters = head_course.masters()
    return head_course.read(lambda connection: rows.read_records(connection, masters))


def spooled(course):
    return sorted(path.name for path in (course.root / ".grading" / LESSON).glob("*.json.gz"))


# --- the same as stock nbgrader


def a_class(course):
    """Everything that leaves a different kind of row."""
    no_check = course.solved()
    no_check.cells = [found for found in no_check.cells if grade_id(found) != "total-check"]
    tampered = course.solved(["double"])
    find(tampered, "total-check").source = "1.0"
    course.hand_in("blank", course.release)
    course.hand_in("broken", b"{ no notebook")
    course.hand_in("half", course.solved(["double"]))
    course.hand_in("nochk", no_check)
    course.hand_in("raises", course.solved())
    course.hand_in("right", course.solved())
    course.hand_in("tamper", tampered)
    for student, day in (("blank", "2026-04-30"), ("half", "2026-04-30"), ("right", "2026-05-02")):
        folder = course.root / "submitted" / student / LESSON
        (folder / "timestamp.txt").write_text(f"{day} 10:00:00 UTC")
    late = course.root / "submitted" / "right" / LESSON
    (late / "data").mkdir()
    (late / "data" / "notes.txt").write_text("mine")


def a_person(course):
    """Gives scores, comments and an extension; two students hand in again, one of them late."""
    with api.Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "torchprimer") as gradebook:
        grade = gradebook.find_grade("double-check", LESSON, LESSON, "blank")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 2.0, 0.5, False
        gradebook.find_comment("double", LESSON, LESSON, "half").manual_comment = "Well begun."
        gradebook.find_grade("total-check", LESSON, LESSON, "raises").manual_score = 1.0
        gradebook.db.commit()
        gradebook.grant_extension(LESSON, "half", days=3)
    again(course, "blank", course.solved(["total"]), "2026-05-03 10:00:00 UTC")
    again(course, "half", course.solved(), "2026-05-03 10:00:00 UTC")


def test_rows_and_files_equal_those_of_stock_autograde(made, tmp_path):
    stock = quick(copied(made, tmp_path / "stock"))
    with open(stock.root / "grader_config.py", "a") as config:
        config.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with api.Gradebook(f"sqlite:///{stock.root / 'gradebook.db'}", "torchprimer") as gradebook:
        gradebook.update_or_create_assignment(LESSON, duedate="2026-05-01 00:00:00 UTC")
    (stock.root / "source" / LESSON / "table.csv").write_text("1,2\n")
    a_class(stock)
    ours = copied(stock, tmp_path / "ours")

    stock.nbgrader("autograde", LESSON, check=False)
    outcome, said = grade(ours)
    assert (outcome.graded, set(outcome.asides), set(outcome.failed)) == (
        6,
        {"broken", "tamper"},
        {"raises"},
    ), said
    assert dump(ours) == dump(stock)
    assert autograded(ours) == autograded(stock)
    assert ours.grades("half") == {
        "double-check": (3.0, False),
        "total-check": (0.0, False),
        "total-hidden": (0.0, False),
    }

    for one in (stock, ours):
        a_person(one)
    # What the people of the class did not touch is not graded again, by either.
    stock.nbgrader("autograde", LESSON, check=False)
    outcome, said = grade(ours)
    assert (outcome.graded, outcome.skipped, set(outcome.failed)) == (2, 4, {"raises"}), said
    assert dump(ours) == dump(stock)
    assert autograded(ours) == autograded(stock)


def test_scores_of_real_kernels_equal_those_of_stock_autograde(made, tmp_path):
    stock = copied(made, tmp_path / "stock")
    config = stock.root / "grader_config.py"
    config.write_text("".join(config.read_text().splitlines(keepends=True)[:-1]))  # no longer quick
    dies = stock.solved()
    find(dies, "total").source = "def total(xs):\n    import os\n    os._exit(0)"
    stock.hand_in("dies", dies)
    stock.hand_in("right", stock.solved())
    ours = copied(stock, tmp_path / "ours")
    stock.nbgrader("autograde", LESSON)
    outcome, _ = grade(ours)
    assert (outcome.graded, set(outcome.asides)) == (2, {"dies"})
    assert dump(ours) == dump(stock)
    assert autograded(ours) == autograded(stock)
    assert ours.score("right") == 5


@needs_sandbox
@pytest.mark.parametrize("call", ["execute_cell", "end_cell"])
def test_kernels_that_are_lost_from_outside_cost_nobody_a_point(made, tmp_path, monkeypatch, call):
    course = copied(made, tmp_path / "course")
    config = course.root / "grader_config.py"
    config.write_text("".join(config.read_text().splitlines(keepends=True)[:-1]))  # no longer quick
    course.hand_in("ann", course.solved())
    path = course.root / "submitted" / "ann" / LESSON / f"{LESSON}.ipynb"
    stock, calls = getattr(JudgeSubmission, call), []

    def lost(self, *given, **named):
        calls.append(call)
        if len(calls) in (1, 4):
            os.killpg(self.km.provisioner.zygote.process.pid, signal.SIGKILL)
            time.sleep(0.2)
        return stock(self, *given, **named)

    monkeypatch.setattr(JudgeSubmission, call, lost)
    report = grade_notebook(course.root, path, LESSON, [LESSON], {})
    assert (report["score"], report["error"]) == (5.0, None)
    assert not any(exercise["aside"] for exercise in report["exercises"])
    assert len(calls) > 4


def test_a_person_who_scores_while_the_class_is_graded_is_asked_to_look_again(course):
    hand_in(course, "ann")
    grade(course)
    head_course = Head(course.root, LESSON)
    masters = head_course.masters()
    record = head_course.read(lambda c: rows.read_records(c, masters))["ann"]
    with api.Gradebook(head_course.url, "torchprimer") as gradebook:
        gradebook.find_grade("double-check", LESSON, LESSON, "ann").manual_score = 1.0
        gradebook.db.commit()
    head_course.write(lambda c: rows.write_records(c, masters, {"ann": record}))
    assert course.grades("ann")["double-check"] == (1.0, True)
    assert course.grades("ann")["total-check"] == (1.0, False)


def test_writing_twice_changes_nothing(course):
    hand_in(course, "ann", "bob")
    grade(course)
    before = dump(course)
    head_course = Head(course.root, LESSON)
    masters = head_course.masters()
    records = head_course.read(lambda c: rows.read_records(c, masters))
    for _ in range(2):
        head_course.write(lambda c: rows.write_records(c, masters, records))
    assert dump(course) == before


def test_the_writer_manages_two_thousand_a_minute(course):
    """With room to spare: this asks for what a slow and busy machine can do."""
    head_course = Head(course.root, LESSON)
    masters = head_course.masters()
    record = masters.empty_record()
    started = time.perf_counter()
    for start in range(0, 400, 100):
        batch = {f"s{number}": record for number in range(start, start + 100)}
        head_course.write(lambda c, batch=batch: rows.write_records(c, masters, batch))
    assert 400 / (time.perf_counter() - started) * 60 > 2000


# --- what is graded, and how often


def test_graded_submissions_are_skipped_until_they_are_handed_in_again_or_forced(course):
    hand_in(course, "ann", "bob", "eve")
    outcome, said = grade(course)
    assert (outcome.graded, outcome.skipped) == (3, 0)
    assert [line.split(" ")[0] for line in said] == ["1/3", "2/3", "3/3"]
    assert {line.split(" ", 1)[1] for line in said} == {
        f"{name}: 5 of 5 points" for name in ("ann", "bob", "eve")
    }
    assert grade(course)[0].skipped == 3
    again(course, "bob", course.release, "2026-05-03 10:00:00 UTC")
    (course.root / "autograded" / "bob" / LESSON / "timestamp.txt").write_text("2026-05-02 10:00:00 UTC")
    outcome, _ = grade(course)
    assert (outcome.graded, outcome.skipped, course.score("bob")) == (1, 2, 0)
    outcome, _ = grade(course, force=True, students=["ann", "eve"])
    assert (outcome.graded, outcome.skipped) == (2, 0)
    assert sorted(graded_students(course)) == ["ann", "ann", "bob", "bob", "eve", "eve"]


def test_only_the_lessons_own_files_and_no_links_are_taken_from_a_submission(course):
    hand_in(course, "ann")
    folder = course.root / "submitted" / "ann" / LESSON
    (folder / "gradebook.db").symlink_to(course.root / "gradebook.db")
    os.mkfifo(folder / "pipe")
    (folder / "timestamp.txt").write_text("last night")
    outcome, _ = grade(course)
    assert outcome.graded == 1
    assert [path.name for path in (course.root / "autograded" / "ann" / LESSON).iterdir()] == [
        f"{LESSON}.ipynb"
    ]
    assert len(outcome.notes["ann"]) == 3


def test_a_folder_that_is_a_link_is_nobodys_submission(course):
    hand_in(course, "ann")
    thief = course.root / "submitted" / "thief"
    thief.mkdir()
    (thief / LESSON).symlink_to(course.root / "submitted" / "ann" / LESSON)
    outcome, _ = grade(course)
    assert outcome.graded == 1
    assert "is a link" in str(outcome.failed["thief"])
    assert not (course.root / "autograded" / "thief").exists()


# --- what is killed


MOMENTS = [
    ("head._Class", "_done", 2, False),  # a result has arrived and is nowhere
    ("spool.Spool", "put", 2, True),  # it is in the spool
    ("rows", "write_records", 1, True),  # in a transaction that is not committed
    ("spool.Spool", "deliver", 2, False),  # in the gradebook
    ("Path", "rename", 2, True),  # in autograded/, and in the spool still
]


def test_a_head_that_is_killed_loses_nothing_and_grades_nothing_twice(course, calm):
    hand_in(course, *CLASS)
    course.hand_in("half", course.solved(["double"]))
    safe = {}
    for moment in MOMENTS:
        command, environment = class_course.killed_script(course, *moment)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == -signal.SIGKILL, (moment, done.stderr)
        for student in {file.removesuffix(".json.gz") for file in spooled(course)} | {
            path.parent.name for path in course.root.glob(f"autograded/*/{LESSON}")
        }:
            safe.setdefault(student, graded_students(course).count(student))
    outcome, _ = grade(course)
    assert outcome.graded and not outcome.failed
    assert {student: graded_students(course).count(student) for student in safe} == safe
    assert (dump(course), autograded(course)) == calm
    assert not spooled(course)


def test_a_forced_run_that_is_killed_is_gone_on_with(course):
    students = ["ann", "bob", "eve", "kim"]
    hand_in(course, *students)
    grade(course)
    command, environment = class_course.killed_script(course, "spool.Spool", "deliver", 1, True, force=True)
    assert subprocess.run(command, env=environment, timeout=60).returncode == -signal.SIGKILL
    grade(course)
    counts = [graded_students(course).count(student) for student in students]
    assert min(counts) == 2 and grade(course)[0].skipped == 4


def test_workers_end_when_their_head_is_killed(course):
    hand_in(course, *(f"slow{number}" for number in range(9)))
    command, environment = class_course.killed_script(course, "spool.Spool", "put", 1, True, inline=False)
    subprocess.run(command, env=environment, timeout=60)
    workers = {int(note[1]) for note in notes(course)}
    end = time.monotonic() + 10
    while any(_is_alive(worker) for worker in workers) and time.monotonic() < end:
        time.sleep(0.1)
    assert workers and not any(_is_alive(worker) for worker in workers)


def _is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_dies_costs_what_it_was_grading(course):
    hand_in(course, "ann", "killer", "raises", "stumbles", "zoe")
    (course.root / "submitted" / "folder" / LESSON / f"{LESSON}.ipynb").mkdir(parents=True)
    outcome, _ = grade(course)
    assert outcome.graded == 3
    assert outcome.failed["folder"] == "there is no notebook among the submission's files"
    assert outcome.failed["killer"].endswith("ended before it was done, twice")
    assert outcome.failed["raises"] == "RuntimeError: this submission is too much"
    counts = {student: graded_students(course).count(student) for student in graded_students(course)}
    assert counts == {"ann": 1, "killer": 2, "raises": 1, "stumbles": 2, "zoe": 1}
    # Somebody has to look at them; nothing of them is in autograded/.
    assert course.grades("killer")["double-check"] == (0.0, True)
    assert not (course.root / "autograded" / "killer" / LESSON).exists()
    assert "RuntimeError" in (course.root / ".grading" / LESSON / "raises.log").read_text()
    # The next run tries those again, and no other.
    assert (grade(course)[0].graded, len(notes(course))) == (0, 7 + 3)


def test_what_forks_the_workers_may_die(course, monkeypatch):
    hand_in(course, "ann", "bob")
    real, starts = pools.LocalPool._start, []

    def start(self, place):
        starts.append(place)
        if len(starts) < 3:  # what multiprocessing says when its server was killed a moment ago
            raise EOFError if len(starts) == 1 else ConnectionResetError
        return real(self, place)

    monkeypatch.setattr(pools.LocalPool, "_start", start)
    assert grade(course, workers=1)[0].graded == 2
    assert starts == [0, 0, 0]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are forked by a server on Linux")
def test_what_forks_the_workers_is_killed_while_they_work(course):
    hand_in(course, *(f"slow{number}" for number in range(8)))

    def kill():
        while len(graded_students(course)) < 2:
            time.sleep(0.05)
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    outcome, _ = grade(course, workers=2)
    killer.join()
    assert (outcome.graded, outcome.failed) == (8, {})


def test_ctrl_c_keeps_what_is_done(course, monkeypatch):
    hand_in(course, "ann", "bob", "slow1", "slow2", "slow3")
    real, calls = head._Class._done, []

    def interrupted(self, result):
        real(self, result)
        calls.append(result.student)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(head._Class, "_done", interrupted)
    with pytest.raises(head.Interrupted, match=r"stopped; what was graded is kept \(2\)"):
        grade(course)
    monkeypatch.undo()
    outcome, _ = grade(course)
    assert (outcome.graded, outcome.skipped) == (3, 2)
    assert all(graded_students(course).count(student) == 1 for student in calls)


def test_workers_that_cannot_start_are_nobodys_fault(course, monkeypatch):
    hand_in(course, "ann", "bob")
    monkeypatch.setattr(pools, "_begin", _useless)
    with pytest.raises(Problem, match=r"workers end as soon as they start; .*workers.txt may say why"):
        grade(course)
    monkeypatch.undo()
    assert grade(course)[0].graded == 2


def _useless(*settings):
    os._exit(3)


def test_without_a_sandbox_nothing_is_graded(course, monkeypatch, capsys):
    hand_in(course, "ann", "bob")
    config = course.root / "quick.py"
    config.write_text(
        config.read_text().replace(
            "        space = {}\n",
            "        from torchprimer.grading.warm.sandbox import SandboxError\n"
            "        raise SandboxError('Install bubblewrap: ' + 'apt-get install bubblewrap')\n",
        )
    )
    assert primer(course, monkeypatch, "1") == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith("primer: Install bubblewrap: apt-get install bubblewrap; nothing was graded")
    assert not (course.root / "autograded").exists() and not spooled(course)
    assert primer(course, monkeypatch, "--notebook", f"submitted/ann/{LESSON}/{LESSON}.ipynb") == 1
    assert capsys.readouterr().err.strip() == "primer: Install bubblewrap: apt-get install bubblewrap"


def test_two_at_once_are_one_too_many(course):
    hand_in(course, "ann")
    first = spool.Spool(Head(course.root, LESSON))
    with pytest.raises(Problem, match="is being graded by another"):
        grade(course)
    first.close()
    assert grade(course)[0].graded == 1


def test_what_is_damaged_or_of_another_version_is_graded_again(course):
    hand_in(course, "ann", "bob", "eve")
    grade(course)
    folder = course.root / ".grading" / LESSON
    (folder / "ann.json.gz").write_bytes(b"half a fi")
    old = {"student": "bob", "lesson": LESSON, "masters": "another", "record": {}, "files": {}, "asides": []}
    (folder / "bob.json.gz").write_bytes(gzip.compress(json.dumps(old).encode()))
    outcome, _ = grade(course)
    assert (outcome.graded, outcome.skipped) == (2, 1)


# --- the gradebook is busy


@contextmanager
def locked(course):
    connection = sqlite3.connect(course.root / "gradebook.db", isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield connection
    finally:
        connection.close()


def test_a_locked_gradebook_is_waited_for(course, monkeypatch):
    hand_in(course, "ann", "bob")
    real = head._Class._pool
    with locked(course) as connection:
        connection.execute("COMMIT")

        def lock_now(self, submissions):
            connection.execute("BEGIN EXCLUSIVE")
            return real(self, submissions)

        monkeypatch.setattr(head._Class, "_pool", lock_now)
        with pytest.raises(Problem, match=r"is locked\).*what was graded is kept \(2, 2 of them in "):
            grade(course, patience=1)
        assert spooled(course) == ["ann.json.gz", "bob.json.gz"]
    monkeypatch.undo()
    with locked(course) as connection:
        import threading

        threading.Timer(1.0, lambda: connection.execute("COMMIT")).start()
        outcome, said = grade(course)
    assert outcome.graded == 2 and not spooled(course)
    assert said[0].startswith("Waiting, at most 120 seconds: the gradebook sqlite:")
    assert "The gradebook can be used again." in said
    assert sorted(graded_students(course)) == ["ann", "bob"]
    assert course.score("ann") == 5


# --- a worker is stuck


def test_what_never_ends_is_set_aside_and_the_class_goes_on(course, monkeypatch):
    with open(course.root / "grader_config.py", "a") as config:
        config.write("c.ExecuteSubmission.seconds = 1\n")
    monkeypatch.setattr(head, "SPARE", 1)
    monkeypatch.setattr(pools.LocalPool, "GRACE", 0.2)
    hand_in(course, "ann", "bob", "hangs", "zoe")
    outcome, _ = grade(course, workers=1)
    assert outcome.graded == 3
    assert outcome.failed == {"hangs": "grading it did not come to an end in 3 seconds, and was stopped"}
    assert sorted(graded_students(course)) == ["ann", "bob", "hangs", "zoe"], "nobody is graded twice"
    assert course.score("zoe") == 5


# --- bad input


def one_sentence(capsys):
    error = capsys.readouterr().err
    assert error.startswith("primer: ") and error.count("\n") == 1, error
    return error.removeprefix("primer: ").strip()


def primer(course, monkeypatch, *arguments):
    monkeypatch.chdir(course.root)
    return cli.main(["grade", *arguments])


def _no_gradebook(course):
    (course.root / "gradebook.db").unlink()


def _foreign_file(course):
    (course.root / "gradebook.db").write_text("This is not a database, and quite long." * 50)


def _foreign_tables(course):
    (course.root / "gradebook.db").unlink()
    connection = sqlite3.connect(course.root / "gradebook.db")
    connection.execute("create table assignment (x)")
    connection.close()


def _unknown_lesson(course):
    with api.Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "torchprimer") as gradebook:
        gradebook.remove_assignment(LESSON)


def _bad_config(course):
    with open(course.root / "grader_config.py", "a") as config:
        config.write("c.CourseDirectory.root = nonsense\n")


@pytest.mark.parametrize(
    ("spoil", "arguments", "said"),
    [
        (None, ["7"], "there is no lesson '7'; the lessons are 01_small"),
        (None, [], "name a LESSON"),
        (None, ["1", "--students", "ann,nobody"], "there is no submission of 01_small by nobody"),
        (
            None,
            ["1", "--scheduler", "tcp://127.0.0.1:{port}"],
            "there is no Dask scheduler at tcp://127.0.0.1",
        ),
        (None, ["1", "--db", "what://x"], "is no address of a gradebook"),
        (None, ["1", "--db", "sqlite:////nowhere/x.db"], "there is no gradebook /nowhere/x.db"),
        (None, ["--notebook", "nosuch.ipynb"], "nosuch.ipynb cannot be read: No such file"),
        (None, ["--notebook", "grader_config.py"], "cannot be read as a notebook: it is not the text of"),
        (None, ["--notebook", "empty.ipynb"], "has no cell of a lesson"),
        (_no_gradebook, ["1"], "there is no gradebook"),
        (_foreign_file, ["1"], "is no gradebook that this nbgrader can use"),
        (_foreign_tables, ["1"], "is no gradebook that this nbgrader can use"),
        (_unknown_lesson, ["1"], "run `nbgrader generate_assignment 01_small --force` first"),
        (_bad_config, ["1"], "grader_config.py cannot be loaded: NameError: name 'nonsense' is not defined"),
        ("nobody", ["1"], "there are no submissions of 01_small"),
    ],
)
def test_bad_input_gets_a_sentence(course, monkeypatch, capsys, spoil, arguments, said):
    if spoil != "nobody":
        hand_in(course, "ann")
    if callable(spoil):
        spoil(course)
    (course.root / "empty.ipynb").write_text('{"cells": []}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [argument.format(port=port) for argument in arguments]
    monkeypatch.setattr(pools.ClusterPool, "CONNECT", 2)
    assert primer(course, monkeypatch, *arguments) in (1, 2)
    assert said in one_sentence(capsys)
    assert not graded_students(course)
    assert "--scheduler" in arguments or not (course.root / ".grading").exists()


def test_nbgrader_grades_nothing_without_the_configuration(course):
    hand_in(course, "ann")
    _bad_config(course)
    said = course.nbgrader("autograde", LESSON, check=False)
    assert said.strip() == "grader_config.py cannot be loaded: NameError: name 'nonsense' is not defined"
    assert not (course.root / "autograded").exists()


def test_the_command_says_what_it_did(course, monkeypatch, capsys):
    hand_in(course, "ann", "raises")
    course.hand_in("broken", b"nothing")
    assert primer(course, monkeypatch, "small", "--workers", "1", "--no-sandbox") == 1
    out, err = capsys.readouterr()
    assert out.startswith("Graded 2 in ")
    assert "set aside for a person 1; failed 1." in out
    assert "Set aside: broken: double-check: The submitted file could not be" in out
    assert "Failed: raises: RuntimeError: this submission is too much" in out
    assert "1/3 ann: 5 of 5 points" in err
    assert {note[3] for note in notes(course)} == {"0"}  # --no-sandbox reaches the workers
    assert primer(course, monkeypatch, "1", "--resume", "--students", "ann") == 0


def test_one_notebook_gives_json(course, monkeypatch, capsys, tmp_path):
    course.hand_in("ann", course.solved(["double"]))
    path = course.root / "submitted" / "ann" / LESSON / f"{LESSON}.ipynb"
    renamed = shutil.copy(path, tmp_path / "anything.ipynb")
    _no_gradebook(course)
    before = {path.name for path in course.root.iterdir()}
    assert primer(course, monkeypatch, "--notebook", str(renamed)) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["lesson"], report["score"], report["max_score"]) == (LESSON, 3.0, 5.0)
    assert [(e["name"], e["score"], e["max_score"], e["aside"]) for e in report["exercises"]] == [
        ("double", 3.0, 3.0, []),
        ("total", 0.0, 2.0, []),
    ]
    assert report["error"] is None
    assert {path.name for path in course.root.iterdir()} - before <= {"exchange"}
    broken = tmp_path / "broken.ipynb"
    nb = course.solved()
    find(nb, "double").source = "raise RuntimeError"
    broken.write_text(json.dumps(nb))
    assert primer(course, monkeypatch, "--notebook", str(broken), "--lesson", "1") == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["score"], report["error"]) == (0.0, "RuntimeError")
    assert "NBGRADER_EXECUTION" not in os.environ, "nbgrader leaves it where grading failed"


# --- GPUs


def test_each_worker_gets_a_gpu_of_its_own_where_a_lesson_asks_for_one(course, monkeypatch):
    source = course.root / "source" / LESSON / f"{LESSON}.ipynb"
    lesson = json.loads(source.read_text())
    lesson["metadata"]["torchprimer"] = {"gpu": True}
    source.write_text(json.dumps(lesson))
    hand_in(course, *(f"slow{number}" for number in range(4)))
    monkeypatch.setattr(pools, "gpus", lambda: ["3", "5"])
    grade(course, workers=4)
    seen = {(note[1], note[2]) for note in notes(course)}
    assert {gpu for _, gpu in seen} == {"3", "5"} and len(seen) == 2
    assert {note[4] for note in notes(course)} == {"1"}, "the sandbox shows it"
    (course.root.parent / "notes.txt").write_text("")
    monkeypatch.setattr(pools, "gpus", lambda: [])
    _, said = grade(course, force=True)
    assert {note[4] for note in notes(course)} == {""}
    assert any("asks for a GPU and there is none here" in sentence for sentence in said)


def test_the_sandbox_shows_the_gpus_where_it_is_told_to(monkeypatch):
    monkeypatch.setattr(policy, "devices", lambda gpu: ["/dev/nvidia0", "/dev/nvidiactl"] if gpu else [])
    monkeypatch.setattr(sandbox, "program", lambda: "bwrap")

    def shown():
        gpu = WarmProvisioner().gpu
        return [
            word for word in sandbox.command(["true"], Path("/j"), Path("/c"), gpu, False) if "nvidia" in word
        ]

    monkeypatch.delenv("TORCHPRIMER_GPU", raising=False)
    assert shown() == []
    monkeypatch.setenv("TORCHPRIMER_GPU", "1")
    assert shown() == ["/dev/nvidia0"] * 2 + ["/dev/nvidiactl"] * 2


def test_gpus_are_counted(monkeypatch, tmp_path):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "2, 7")
    assert pools.gpus() == ["2", "7"]
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'GPU 0: one (UUID: x)'\necho '  MIG'\necho 'GPU 1: two (UUID: y)'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pools.gpus() == ["0", "1"]
    program.unlink()
    assert pools.gpus() == []


# --- a cluster


@contextmanager
def cluster(folder, workers=1):
    """The address of a Dask scheduler with workers that share nothing with the head, and its process."""
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    folder.mkdir()
    where = folder / "scheduler.json"
    log = (folder / "log.txt").open("w")

    def start(module, *arguments):
        command = [sys.executable, "-m", f"distributed.cli.{module}", *map(str, arguments)]
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)

    processes = [
        start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", 0, "--no-dashboard", "--scheduler-file", where
        )
    ]
    processes += [
        start("dask_worker", "--scheduler-file", where, "--nthreads", 1, "--no-dashboard")
        for _ in range(workers)
    ]
    try:
        end = time.monotonic() + 60
        while not where.is_file() or not where.read_text().strip():
            assert time.monotonic() < end, (folder / "log.txt").read_text()
            time.sleep(0.1)
        yield json.loads(where.read_text())["address"], processes[0]
    finally:
        for process in reversed(processes):
            process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        log.close()


def test_a_cluster_grades_too_and_may_go_away(course, monkeypatch):
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    students = ["ann", "bob", "killer", "slow1", "slow2", "slow3", "slow4"]
    hand_in(course, *students)
    alone = copied(course, course.root.parent / "alone")
    grade(alone)
    (course.root.parent / "notes.txt").write_text("")
    monkeypatch.setattr(pools.ClusterPool, "PATIENCE", 1)
    monkeypatch.setattr(head, "EVERY", 0.1)
    real, count = head._Class._done, []
    with cluster(course.root.parent / "cluster") as (address, scheduler):
        outcome, said = grade(course, scheduler=address, students=["ann", "bob", "killer"])
        assert (outcome.graded, set(outcome.failed)) == (2, {"killer"}), said

        def gone(self, result):
            real(self, result)
            count.append(result.student)
            if len(count) == 2:
                scheduler.kill()

        monkeypatch.setattr(head._Class, "_done", gone)
        with pytest.raises(Problem, match=r"the Dask scheduler at .* is gone; what was graded is kept"):
            grade(course, scheduler=address)
    monkeypatch.setattr(head._Class, "_done", real)
    outcome, _ = grade(course)
    assert outcome.graded <= 3 and set(outcome.failed) == {"killer"}
    assert dump(course) == dump(alone)
    assert autograded(course) == autograded(alone)


def test_a_cluster_is_rid_of_what_never_ends(course, monkeypatch):
    with open(course.root / "grader_config.py", "a") as config:
        config.write("c.ExecuteSubmission.seconds = 1\n")
    hand_in(course, "ann", "hangs", "zoe")
    with cluster(course.root.parent / "cluster") as (address, _):
        assert grade(course, scheduler=address, students=["ann"])[0].graded == 1
        monkeypatch.setattr(head, "SPARE", 1)
        outcome, _ = grade(course, scheduler=address, students=["hangs"])
        assert outcome.failed == {"hangs": "grading it did not come to an end in 3 seconds, and was stopped"}
        monkeypatch.undo()
        assert grade(course, scheduler=address, students=["zoe"])[0].graded == 1  # its only worker is back
    assert sorted(graded_students(course)) == ["ann", "hangs", "zoe"]


# --- PostgreSQL


def _programs():
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = found[-1] if found else shutil.which("initdb")
    return Path(program).parent if program else None


@pytest.fixture
def postgres(tmp_path_factory):
    """The address of an empty database of a PostgreSQL server of our own, and what stops and starts it."""
    pytest.importorskip("psycopg", reason="NOT TESTED on PostgreSQL: psycopg is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("NOT TESTED on PostgreSQL: there is no server here (apt-get install postgresql)")
    # The server refuses to run as root; its folder must be short for a socket, and its user's.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    settings = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    if settings:
        shutil.chown(folder, "nobody", "nogroup")
    folder.chmod(0o755)
    log = open(f"{folder}.log", "w+")  # noqa: SIM115

    def run(*command):
        done = subprocess.run(
            [programs / command[0], *command[1:]],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            timeout=60,
            **settings,
        )
        assert not done.returncode, Path(log.name).read_text()

    data = folder / "data"

    def start():
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-l", folder / "server.log", "-o", options, "start")

    def stop():
        run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")

    try:
        run("initdb", "-D", data, "-U", "primer", "-A", "trust", "-E", "UTF8", "--no-sync")
        start()
        run("createdb", "-h", folder, "-U", "primer", "grades")
        yield f"postgresql+psycopg://primer@/grades?host={folder}", start, stop
    finally:
        with suppress(AssertionError):
            stop()
        shutil.rmtree(folder, ignore_errors=True)
        log.close()
        Path(log.name).unlink()


def test_postgresql_holds_the_gradebook_and_may_be_down_for_a_while(course, postgres, monkeypatch):
    url, start, stop = postgres
    hand_in(course, "ann", "bob")
    course.hand_in("broken", b"nothing")
    calm = copied(course, course.root.parent / "calm")
    grade(calm)
    (course.root.parent / "notes.txt").write_text("")
    with open(course.root / "grader_config.py", "a") as config:
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")
    (course.root / "gradebook.db").unlink()
    with pytest.raises(Problem, match="is no gradebook that this nbgrader can use"):
        grade(course)
    course.nbgrader("generate_assignment", LESSON, "--force")
    real = head._Class._pool

    def down(self, submissions):
        stop()
        return real(self, submissions)

    monkeypatch.setattr(head._Class, "_pool", down)
    with pytest.raises(Problem, match=r"the gradebook postgresql.*what was graded is kept \(3, 3 of them in"):
        grade(course, patience=1)
    assert len(spooled(course)) == 3
    monkeypatch.undo()
    with pytest.raises(Problem, match="cannot be used"):
        grade(course, patience=0.1)
    start()
    outcome, said = grade(course)
    assert outcome.graded == 3, said
    assert sorted(graded_students(course)) == ["ann", "bob", "broken"]
    assert records(course) == records(calm)
    assert autograded(course) == autograded(calm)
    # Stock nbgrader reads it.
    course.nbgrader("generate_feedback", LESSON)
    assert (course.root / "feedback" / "ann" / LESSON / f"{LESSON}.html").is_file()
