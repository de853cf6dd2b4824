"""What travels between the head of a class and its workers: plain data, so that no disk need be shared."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

# One student's rows of the gradebook for one lesson, by the gradebook's own names of columns:
# {"timestamp", "extension", "notebooks": {name: {"late_submission_penalty", "flagged",
#  "grades": {cell: {...}}, "comments": {cell: {...}}}}}. It can be written as JSON.
Record = dict[str, Any]


@dataclass(frozen=True)
class Package:
    """All that a worker must know of a lesson: the course's configuration, the lesson's files, its masters."""

    lesson: str
    files: dict[str, bytes]  # by their path in the course
    gradebook: bytes  # an SQLite file, compressed
    masters: str  # names the version of the lesson that the gradebook knows
    environment: dict[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Names this package: workers keep what they unpacked for the next submission."""
        seen = hashlib.sha256(repr((self.lesson, self.masters, sorted(self.environment.items()))).encode())
        for path, content in sorted(self.files.items()):
            seen.update(hashlib.sha256(content).digest() + path.encode())
        return seen.hexdigest()


@dataclass(frozen=True)
class Job:
    """One submission to be graded."""

    student: str
    package: Package
    files: dict[str, bytes]  # by their path in the submission's folder
    record: Record | None  # what the gradebook has of this student already


@dataclass(frozen=True)
class Aside:
    """A grade that a person has to give or confirm, and why."""

    notebook: str
    cell: str
    reason: str


@dataclass
class Graded:
    """What grading a submission gave: everything that stock autograde would have left behind.

    `error` is a sentence where the submission could not be graded; there are then no files.
    """

    student: str
    lesson: str
    masters: str
    record: Record
    files: dict[str, bytes] = field(default_factory=dict)  # of autograded/STUDENT/LESSON
    mode: int = 0o444  # their permissions
    asides: list[Aside] = field(default_factory=list)
    error: str | None = None
    log: list[str] = field(default_factory=list)  # warnings and errors
    seconds: dict[str, float] = field(default_factory=dict)  # by phase

    @property
    def score(self) -> float:
        """The points of all notebooks, a person's where a person gave some, as nbgrader counts them."""
        return sum(
            (grade["manual_score"] if grade["manual_score"] is not None else grade["auto_score"] or 0.0)
            + (grade["extra_credit"] or 0.0)
            for notebook in self.record["notebooks"].values()
            for grade in notebook["grades"].values()
        )
