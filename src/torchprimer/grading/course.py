"""A lesson as the head of a class sees it: its configuration, its submissions, what is graded already."""

import datetime
import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files, parse_utc
from sqlalchemy import Connection, Engine

from torchprimer.editions import course_config
from torchprimer.lab import Problem

from . import rows
from .jobs import Job, Package, Record

Result = TypeVar("Result")
TIMESTAMP = "timestamp.txt"


@dataclass
class Course:
    """One lesson of a course and the gradebook in which it is graded."""

    root: Path
    lesson: str
    db: str | None = None  # another gradebook than the configured one
    environment: dict[str, str] = field(default_factory=dict)  # for the workers
    notes: dict[str, list[str]] = field(default_factory=dict)  # what was odd about a student's files

    def __post_init__(self) -> None:
        """Load the configuration. Raises `Problem` when it or the gradebook's address is wrong."""
        self.config = course_config(self.root)
        self.directory = CourseDirectory(config=self.config)
        self.root = Path(self.directory.root)
        self.url: str = self.db or self.directory.db_url
        self.engine: Engine = rows.connect(self.url)

    # --- the gradebook

    def read(self, action: Callable[[Connection], Result]) -> Result:
        """What an action reads from the gradebook. Raises `rows.Busy` or `Problem`."""
        return rows.sorted_out(lambda: self._begin(action), self.url)

    write = read  # the same transaction serves both

    def _begin(self, action: Callable[[Connection], Result]) -> Result:
        with self.engine.begin() as connection:
            return action(connection)

    def masters(self) -> rows.Masters:
        """What the gradebook knows of the lesson. Raises `rows.Busy` or `Problem`."""
        return self.read(lambda connection: rows.read_masters(connection, self.lesson, self._order()))

    def _order(self) -> list[str]:
        """The names of the lesson's cells as they stand in its source; empty where that cannot be read."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            names: list[str] = []
            for path in sorted(self._folder(self.directory.source_directory, ".").glob("*.ipynb")):
                cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
                names += [str(cell["metadata"].get("nbgrader", {}).get("grade_id")) for cell in cells]
            return names
        return []

    # --- what is sent to workers

    def package(self, masters: rows.Masters) -> Package:
        """What every worker needs."""
        files = {path.name: path.read_bytes() for path in sorted(self.root.glob("*.py"))}
        source = self._folder(self.directory.source_directory, ".")
        for name in find_all_files(str(source), [*self.directory.ignore, "*.ipynb"]):
            path = Path(name)
            if path.is_file():
                files[path.relative_to(self.root).as_posix()] = path.read_bytes()
        return Package(self.lesson, files, rows.snapshot(masters), masters.digest, dict(self.environment))

    def needs_gpu(self) -> bool:
        """Whether the lesson asks for a GPU: `"torchprimer": {"gpu": true}` in its notebook's metadata."""
        with suppress(OSError, ValueError, AttributeError):
            path = self._folder(self.directory.source_directory, ".") / f"{self.lesson}.ipynb"
            metadata = json.loads(path.read_text(encoding="utf-8")).get("metadata", {})
            return metadata.get("torchprimer", {}).get("gpu") is True
        return False

    def job(self, student: str, package: Package, record: Record | None) -> Job:
        """A student's submission, read from the disk. Raises `Problem` when it cannot be read."""
        return Job(student, package, self._read(student), record)

    # --- submissions

    def students(self) -> list[str]:
        """Who handed in, in order, without those that the configuration leaves out."""
        pattern = self.directory.format_path(
            self.directory.submitted_directory, "(?P<student_id>.*)", self.lesson, escape=True
        )
        excluded = self.directory.student_id_exclude.split(",")
        found = set()
        for folder in self.root.glob(
            str(Path(self._folder(self.directory.submitted_directory, "*")).relative_to(self.root))
        ):
            match = re.fullmatch(pattern, str(folder))
            if match and match["student_id"] not in excluded and any(folder.glob("*.ipynb")):
                found.add(match["student_id"])
        return sorted(found)

    def is_graded(self, student: str, record: Record | None) -> bool:
        """Whether stock autograde would skip the submission, and the gradebook knows it too."""
        submitted = self._folder(self.directory.submitted_directory, student)
        autograded = self.autograded(student)
        if record is None or not autograded.is_dir():
            return False
        known = [name for name in record["notebooks"] if (submitted / f"{name}.ipynb").is_file()]
        if not all((autograded / f"{name}.ipynb").is_file() for name in known):
            return False
        new, old = self._time(submitted), self._time(autograded)
        return new is None or old is None or new <= old

    def autograded(self, student: str) -> Path:
        """Where the graded files of a student belong."""
        return self._folder(self.directory.autograded_directory, student)

    def _folder(self, step: str, student: str) -> Path:
        return Path(self.directory.format_path(step, student, self.lesson))

    def _time(self, folder: Path) -> datetime.datetime | None:
        try:
            text = (folder / TIMESTAMP).read_text(encoding="utf-8").strip()
            return parse_utc(text) if text else None
        except (OSError, ValueError, OverflowError):
            return None

    def _read(self, student: str) -> dict[str, bytes]:
        folder = self._folder(self.directory.submitted_directory, student)
        if folder.is_symlink() or folder.parent.is_symlink():
            raise Problem("the submission's folder is a link, and may lead to another's work")
        names = {Path(name) for name in find_all_files(str(folder), [*self.directory.ignore, "*.ipynb"])}
        files: dict[str, bytes] = {}
        left = self.directory.max_file_size * 1000
        for path in sorted([*folder.glob("*.ipynb"), *names], key=lambda path: path.suffix != ".ipynb"):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or not path.is_file() or folder.resolve() not in path.resolve().parents:
                self._note(student, f"{name} is a link or no file and was left out")
                continue
            left -= path.stat().st_size
            if left < 0:
                if path.suffix == ".ipynb":
                    raise Problem(f"{name} is larger than c.CourseDirectory.max_file_size allows")
                self._note(student, f"{name} is too large and was left out")
                continue
            files[name] = path.read_bytes()
        if not any(name.endswith(".ipynb") for name in files):
            raise Problem("there is no notebook among the submission's files")
        if files.get(TIMESTAMP, b"").strip() and self._time(folder) is None:
            del files[TIMESTAMP]
            self._note(student, f"{TIMESTAMP} holds no time: whether it was handed in late is not known")
        return files

    def _note(self, student: str, sentence: str) -> None:
        self.notes.setdefault(student, []).append(sentence)


def chosen(students: Sequence[str], named: Sequence[str] | None, lesson: str) -> list[str]:
    """The students meant. Raises `Problem` when somebody named has handed nothing in, or nobody has."""
    if not students:
        raise Problem(f"there are no submissions of {lesson}; they belong in submitted/STUDENT/{lesson}/")
    if named is None:
        return list(students)
    missing = [name for name in named if name not in students]
    if missing:
        raise Problem(f"there is no submission of {lesson} by {', '.join(missing)}")
    return [name for name in students if name in named]


def number(config: Any, section: str, name: str, default: int) -> int:  # noqa: ANN401
    """A number in a configuration, or what holds without it."""
    value = config[section].get(name, default) if section in config else default
    return value if isinstance(value, int) else default
