"""What workers gave is kept on the disk until the gradebook and autograded/ have it: a kill loses nothing.

`.grading/LESSON/` holds, for every student,

- `STUDENT.json.gz`: graded, not yet in the gradebook or not yet in autograded/;
- `STUDENT.again`: to be graded although it is graded already, as `--force` asks;
- `STUDENT.log`: what nbgrader said of a submission that could not be graded.

Files appear and go whole, by renaming. The order is: spool, gradebook, autograded/, out of the spool; each
step can be done again, so after a kill the next run begins by doing it for all that is left here.
"""

import base64
import contextlib
import gzip
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

from nbgrader.utils import rmtree

from torchprimer.lab import Problem

from .course import Course
from .jobs import Aside, Graded

GRADED, AGAIN, LOG = ".json.gz", ".again", ".log"


class Spool:
    """The folder of a lesson in `.grading/`; one process at a time has it open."""

    def __init__(self, course: Course) -> None:
        """Open it. Raises `Problem` when another process has, or it cannot be written."""
        self._course = course
        self.folder = course.root / ".grading" / course.lesson
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = open(self.folder / "lock", "w")  # noqa: SIM115  held until close
        except OSError as error:
            raise Problem(f"{self.folder} cannot be written: {error.strerror or error}") from error
        with contextlib.suppress(ImportError):  # Windows has no fcntl
            import fcntl

            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._lock.close()
                raise Problem(f"{course.lesson} is being graded by another `primer grade`") from None

    def close(self) -> None:
        """Let others have it; what is in it stays."""
        self._lock.close()

    # --- results

    def put(self, result: Graded) -> None:
        """Keep a result. Raises `Problem` when it cannot be written."""
        kept = vars(result) | {
            "files": {name: base64.b64encode(data).decode() for name, data in result.files.items()},
            "asides": [vars(aside) for aside in result.asides],
        }
        self._write(self._path(result.student, GRADED), gzip.compress(json.dumps(kept).encode(), 1))
        if result.error is not None:
            self._write(self._path(result.student, LOG), "\n".join(result.log).encode(errors="replace"))
        else:
            self._path(result.student, LOG).unlink(missing_ok=True)

    def results(self, masters: str) -> Iterator[Graded]:
        """What is kept of this version of the lesson; the rest is damaged or outdated, and is to be graded again."""
        for path in sorted(self.folder.glob(f"*{GRADED}")):
            try:
                kept = json.loads(gzip.decompress(path.read_bytes()))
                kept["files"] = {name: base64.b64decode(data) for name, data in kept["files"].items()}
                kept["asides"] = [Aside(**aside) for aside in kept["asides"]]
                result = Graded(**kept)
            except (OSError, EOFError, ValueError, TypeError, KeyError, AttributeError):
                result = None
            if result is not None and result.masters == masters:
                yield result
            else:
                self.mark_again([unquote(path.name.removesuffix(GRADED))])
                path.unlink()

    def deliver(self, result: Graded) -> None:
        """Put the graded files in their place and forget the result: the gradebook has it.

        Raises `Problem` when they cannot be written; the result is then still here.
        """
        try:
            self._place(result)
        except OSError as error:
            where = self._course.autograded(result.student)
            raise Problem(f"{where} cannot be written: {error.strerror or error}") from error
        self._path(result.student, AGAIN).unlink(missing_ok=True)
        self._path(result.student, GRADED).unlink(missing_ok=True)

    def _place(self, result: Graded) -> None:
        target = self._course.autograded(result.student)
        new, old = (target.with_name(f".{target.name}.{kind}") for kind in ("new", "old"))
        for left in (new, old):
            if left.exists():
                rmtree(str(left))
        if result.error is None:
            new.mkdir(parents=True)
            for name, content in result.files.items():
                path = new / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                path.chmod(result.mode)
            if self._course.directory.groupshared:
                for folder in (
                    target.parent.parent,
                    target.parent,
                    new,
                    *filter(Path.is_dir, new.rglob("*")),
                ):
                    with contextlib.suppress(PermissionError):
                        folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)
        if target.exists():
            target.rename(old)
        if result.error is None:
            new.rename(target)
        if old.exists():
            rmtree(str(old))

    # --- submissions to be graded again

    def mark_again(self, students: Iterable[str]) -> None:
        """Note that these are to be graded whether or not they are."""
        for student in students:
            self._write(self._path(student, AGAIN), b"")

    def again(self) -> set[str]:
        """Who is to be graded although it is graded already."""
        return {unquote(path.name.removesuffix(AGAIN)) for path in self.folder.glob(f"*{AGAIN}")}

    def _path(self, student: str, kind: str) -> Path:
        return self.folder / (quote(student, safe="@+, ") + kind)

    def _write(self, path: Path, content: bytes) -> None:
        part = path.with_name(path.name + ".part")
        try:
            part.write_bytes(content)
            os.replace(part, path)
        except OSError as error:
            raise Problem(f"{path} cannot be written: {error.strerror or error}") from error
