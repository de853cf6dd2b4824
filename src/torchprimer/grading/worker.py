"""Grades one submission with stock nbgrader, in a temporary course of its own.

The temporary course holds the course's configuration, the lesson's files, one submission, and a gradebook
with the lesson's masters and this student's rows. nbgrader's own `Autograde` runs there, so the scores are
nbgrader's by construction, and the course's gradebook is out of reach. The process stays warm: what does
not change from one submission to the next is made once.
"""

import atexit
import gc
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import Any, ClassVar

import jsonschema
import nbgrader.api as api
import nbgrader.nbgraderformat.common as nbgraderformat
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import rmtree
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session

from torchprimer.editions import course_config
from torchprimer.lab import Problem

from . import rows
from .jobs import Aside, Graded, Job, Package
from .masters import answers, read_masters
from .warm.zygote import Zygote

# nbgrader changes the folder and the environment of its process: one submission at a time, also where a
# scheduler gives a process several threads.
_turn = threading.Lock()
_folder: Path | None = None  # where temporary courses go; a folder of the head's if it has one here
SERVES = 20  # submissions for one judge
ATTEMPTS = 3  # to grade a submission whose kernels were lost through no fault of its own
STOPS = re.compile(
    r"[\w.]*\bSandboxError\b"
)  # what no submission is to blame for, and no submission can be graded after


def grade(job: Job) -> Graded:
    """Grade a submission; for `concurrent.futures.Executor.submit`.

    What the submission gets wrong is in the result. Raises `Problem` where no submission can be graded,
    such as a configuration that does not load.
    """
    with _turn:
        return TemporaryCourse.of(job.package).grade(job)


def use_folder(folder: Path) -> None:
    """Make temporary courses in this folder."""
    global _folder
    _folder = folder


def remove_folder(all_of_it: bool = False) -> None:
    """Remove the temporary course, when this process is about to end; and the other workers' when the head is gone."""
    if TemporaryCourse._last is not None:
        TemporaryCourse._last.remove()
        TemporaryCourse._last = None
    if all_of_it and _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)


atexit.register(remove_folder)


class TemporaryCourse:
    """A course with one lesson and one submission at a time."""

    _last: ClassVar["TemporaryCourse | None"] = None

    @classmethod
    def of(cls, package: Package) -> "TemporaryCourse":
        """The one made for the last submission where it serves. Raises `Problem` as `grade` does."""
        if cls._last is None or cls._last.package.digest != package.digest:
            if cls._last is not None:
                cls._last.remove()
            cls._last = cls(package)
        return cls._last

    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = Path(tempfile.mkdtemp(prefix="primer-", dir=_folder))
        os.environ.update(package.environment)  # the configuration may ask for it
        for path, content in package.files.items():
            _write(self.root / path, content)
        sys.path.insert(0, str(self.root))  # as nbgrader does: a configuration may name modules beside it
        self.gradebook = zlib.decompress(package.gradebook)
        self.engine = _make_engine(f"sqlite:///{self.root / 'gradebook.db'}")
        self.log = logging.Logger("torchprimer.grading", logging.WARNING)
        self.said = _Warnings()
        self.log.addHandler(self.said)
        config = course_config(self.root)
        config.CourseDirectory.root = str(self.root)
        config.CourseDirectory.db_url = str(self.engine.url)
        config.CourseDirectory.assignment_id = package.lesson
        config.CourseDirectory.student_id = config.CourseDirectory.notebook_id = "*"
        config.CourseDirectory.student_id_exclude = ""
        if "serves" not in config.JudgeSubmission:
            config.JudgeSubmission.serves = SERVES
        gc.collect()
        gc.freeze()  # the libraries stay; to look through them again takes longer than a submission's own
        self.config = config
        self.coursedir = CourseDirectory(config=config, log=self.log)

    def remove(self) -> None:
        """Leave nothing on the disk."""
        sys.path.remove(str(self.root))
        for name, module in list(sys.modules.items()):  # another course may have others of these names
            if Path(getattr(module, "__file__", None) or "/").is_relative_to(self.root):
                del sys.modules[name]
        shutil.rmtree(self.root, ignore_errors=True)

    def grade(self, job: Job) -> Graded:
        """Grade one submission. Raises `Problem` where none can be graded."""
        for _ in range(ATTEMPTS):
            losses = Zygote.losses
            result = self._grade(job)
            if Zygote.losses == losses:
                break
            # Something outside ended the process that kernels are forked from: no submission can reach it.
        return result

    def _grade(self, job: Job) -> Graded:
        clock = _Clock()
        self.said.lines.clear()
        submitted = Path(
            self.coursedir.format_path(self.coursedir.submitted_directory, job.student, self.package.lesson)
        )
        autograded = Path(
            self.coursedir.format_path(self.coursedir.autograded_directory, job.student, self.package.lesson)
        )
        try:
            self._prepare(job, submitted)
            error = self._autograde(clock)
            clock.enter("collect")
            return self._collect(job, autograded, error, clock)
        finally:
            self.engine.dispose()
            for folder in (submitted, autograded):
                if folder.exists():
                    rmtree(str(folder))

    def _prepare(self, job: Job, submitted: Path) -> None:
        for path, content in job.files.items():
            _write(submitted / path, content)
        (self.root / "gradebook.db").write_bytes(self.gradebook)
        if job.record is not None:
            with self._gradebook() as (connection, masters):
                known = masters.empty_record() | job.record
                for name, part in masters.empty_record()["notebooks"].items():
                    old = known["notebooks"].setdefault(name, part)
                    for kind in ("grades", "comments"):  # a lesson may have got new cells
                        old[kind] = part[kind] | old[kind]
                rows.write_records(connection, masters, {job.student: known}, rows.ALL)

    def _autograde(self, clock: "_Clock") -> str | None:
        """Run nbgrader; why it failed, if it did."""
        try:
            with _shared(self.engine), _schemas_checked_once(), warnings.catch_warnings():
                warnings.simplefilter("ignore", SAWarning)  # of how nbgrader adds a submission
                _TimedAutograde(clock, coursedir=self.coursedir, config=self.config, log=self.log).start()
        except (Exception, SystemExit) as error:
            reason = self.said.reason() or f"{type(error).__name__}: {error}"
            if STOPS.match(reason):  # an error may quote what was submitted
                raise Problem(reason.partition(": ")[2] or reason) from error
            return reason
        return None

    def _collect(self, job: Job, autograded: Path, error: str | None, clock: "_Clock") -> Graded:
        with self._gradebook() as (connection, masters):
            found = rows.read_records(connection, masters, [job.student])
        result = Graded(
            job.student,
            self.package.lesson,
            self.package.masters,
            found.get(job.student) or masters.empty_record(),
            error=error,
        )
        if error is None:
            result.files, result.mode = self._read(autograded)
            result.asides = self._asides(result)
        result.log = list(self.said.lines)
        result.seconds = clock.stop()
        return result

    def _read(self, autograded: Path) -> tuple[dict[str, bytes], int]:
        """The files that grading left, without links and what is too large, and their permissions."""
        files, mode, left = {}, 0o444, self.coursedir.max_dir_size * 1000
        for path in sorted(autograded.rglob("*"), key=lambda path: (path.suffix != ".ipynb", path)):
            if path.is_symlink() or not path.is_file():
                continue
            left -= path.stat().st_size
            if left < 0:
                self.log.warning("%s is too large and was left out", path.relative_to(autograded))
                break
            mode = path.stat().st_mode & 0o777
            files[path.relative_to(autograded).as_posix()] = path.read_bytes()
        return files, mode

    def _asides(self, result: Graded) -> list[Aside]:
        if not any(
            grade["needs_manual_grade"]
            for notebook in result.record["notebooks"].values()
            for grade in notebook["grades"].values()
        ):
            return []
        found = []
        with Session(self.engine) as session:
            for notebook in session.query(api.Notebook):
                part = result.record["notebooks"][notebook.name]
                belongs = answers(read_masters(notebook, ClearHiddenTests(config=self.config)))
                for cell, grade in part["grades"].items():
                    if not grade["needs_manual_grade"]:
                        continue
                    comments = [
                        part["comments"].get(name, {}).get("auto_comment") for name in belongs.get(cell, [])
                    ]
                    said = [comment.removeprefix("No response. ") for comment in comments if comment]
                    if grade["manual_score"] is not None:
                        said.append("A person had given a score before this grading.")
                    reason = " ".join(said) or "It is for a person to grade."
                    found.append(Aside(notebook.name, cell, reason))
        return found

    @contextmanager
    def _gradebook(self) -> Iterator[tuple[Any, rows.Masters]]:
        with self.engine.begin() as connection:
            yield connection, rows.read_masters(connection, self.package.lesson)


class _TimedAutograde(Autograde):
    """nbgrader's own, with a clock."""

    def __init__(self, clock: "_Clock", **settings: Any) -> None:  # noqa: ANN401
        super().__init__(**settings)
        self._clock = clock

    def _init_preprocessors(self) -> None:
        self._clock.enter("sanitize" if self._sanitizing else "execute and score")
        super()._init_preprocessors()


class _Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._phase, self._since = "prepare", perf_counter()

    def enter(self, phase: str) -> None:
        now = perf_counter()
        self.seconds[self._phase] = self.seconds.get(self._phase, 0.0) + now - self._since
        self._phase, self._since = phase, now

    def stop(self) -> dict[str, float]:
        self.enter("")
        return {phase: round(seconds, 4) for phase, seconds in self.seconds.items()}


class _Warnings(logging.Handler):
    """Keeps the warnings and errors that a submission made nbgrader log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.lines) < 100:
            text = record.getMessage()
            if len(text) > 6000:
                text = f"{text[:3000]}\n...\n{text[-3000:]}"  # the end of a traceback says what happened
            self.lines.append(text)

    def reason(self) -> str:
        """The last line of the first traceback, or nothing."""
        for line in self.lines:
            if line.startswith("Traceback"):
                return line.strip().splitlines()[-1]
        return ""


def _make_engine(url: str) -> Engine:
    """An engine that does not wait for the disk at the some eighty commits: its gradebook is thrown away."""
    engine = create_engine(url, future=True)

    @event.listens_for(engine, "connect")
    def tune(connection: Any, record: object) -> None:  # noqa: ANN401
        connection.execute("PRAGMA synchronous = OFF").close()
        connection.execute("PRAGMA journal_mode = MEMORY").close()

    return engine


@contextmanager
def _shared(engine: Engine) -> Iterator[None]:
    """Let nbgrader use one engine for a gradebook.

    It makes ten for a submission, and each compiles every statement anew, which takes longer than running
    them.
    """
    make = api.create_engine
    api.create_engine = lambda url, **settings: engine if url == str(engine.url) else make(url, **settings)
    try:
        yield
    finally:
        api.create_engine = make


@lru_cache(maxsize=10_000)
def _validate(instance: str, schema: str) -> None:
    jsonschema.validate(json.loads(instance), json.loads(schema))


@contextmanager
def _schemas_checked_once() -> Iterator[None]:
    """Let nbgrader look once at what it keeps in a cell: a class has handed in the same cells."""
    stock = nbgraderformat.jsonschema
    nbgraderformat.jsonschema = SimpleNamespace(
        validate=lambda instance, schema: _validate(json.dumps(instance), json.dumps(schema))
    )
    try:
        yield
    finally:
        nbgraderformat.jsonschema = stock


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
