"""Grades a class: hands submissions to workers, and alone writes the gradebook and autograded/."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import TypeVar

from torchprimer.lab import Problem

from . import pools, rows
from .course import Course, chosen, number
from .jobs import Graded, Package, Record
from .progress import Progress
from .spool import Spool

Result = TypeVar("Result")
SANDBOX = "TORCHPRIMER_SANDBOX"  # what `grader_config.py` asks
GPU = "TORCHPRIMER_GPU"  # what WarmProvisioner asks
SPARE = 300  # seconds for a submission beyond its own limits
BATCH, EVERY = 100, 1.0  # the gradebook is written after so many submissions or seconds


@dataclass
class Options:
    """What `primer grade LESSON` was asked for."""

    students: Sequence[str] | None = None
    workers: int | None = None
    scheduler: str | None = None
    force: bool = False
    sandbox: bool = True
    db: str | None = None
    patience: float = 120.0  # seconds that the gradebook may be locked or away


@dataclass
class Outcome:
    """What became of a class."""

    graded: int = 0
    skipped: int = 0
    asides: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, result: Graded) -> None:
        """Count a submission whose result is where it belongs."""
        if result.error is not None:
            self.failed[result.student] = result.error
            return
        self.failed.pop(result.student, None)  # an earlier run may have left that
        self.graded += 1
        reasons: dict[str, list[str]] = {}
        for aside in result.asides:
            reasons.setdefault(aside.reason, []).append(aside.cell)
        if reasons:
            self.asides[result.student] = [f"{', '.join(cells)}: {why}" for why, cells in reasons.items()]

    def lines(self) -> list[str]:
        """The summary."""
        rate = f", {60 * self.graded / self.seconds:.0f} a minute" if self.graded and self.seconds > 1 else ""
        lines = [
            f"Graded {self.graded} in {self.seconds:.1f} seconds{rate}; skipped {self.skipped} graded before; "
            f"set aside for a person {len(self.asides)}; failed {len(self.failed)}."
        ]
        for title, found in (
            ("Set aside", self.asides),
            ("Failed", {student: [why] for student, why in self.failed.items()}),
            ("Odd", self.notes),
        ):
            lines += [
                f"{title}: {student}: {why}" for student, reasons in sorted(found.items()) for why in reasons
            ]
        return lines


class Interrupted(Problem):
    """A person stopped the class."""


def grade_class(root: Path, lesson: str, options: Options, say: Callable[[str], None]) -> Outcome:
    """Grade the submissions of a lesson that are not graded yet, or all of them with `force`.

    Raises `Problem` when it cannot begin or go on, and `Interrupted` on Ctrl-C; what was graded until then
    is kept, and the next call goes on from there.
    """
    environment = {} if options.sandbox else {SANDBOX: "0"}
    return _Class(Course(root, lesson, options.db, environment), options, say).grade()


class _Class:
    spool: Spool
    masters: rows.Masters

    def __init__(self, course: Course, options: Options, say: Callable[[str], None]) -> None:
        self.course, self.options, self.say = course, options, say
        self.outcome = Outcome(notes=course.notes)
        self.progress: Progress | None = None
        self.finished: list[Graded] = []  # in the spool and not in the gradebook
        self.busy_since: float | None = None
        self.written = monotonic()
        self.began = monotonic()

    def grade(self) -> Outcome:
        """Grade the class. Raises as `grade_class` does."""
        self.masters = self._patiently(self.course.masters)
        students = chosen(self.course.students(), self.options.students, self.course.lesson)
        self.spool = Spool(self.course)  # makes a folder: only for a lesson that can be graded
        try:
            return self._grade_chosen(students)
        finally:
            self.spool.close()

    def _grade_chosen(self, students: Sequence[str]) -> Outcome:
        self.finished = list(self.spool.results(self.masters.digest))
        found = {result.student for result in self.finished}
        self._write_all()
        if self.options.force:
            self.spool.mark_again(students)
        again = self.spool.again()
        records = self._patiently(lambda: self.course.read(lambda c: rows.read_records(c, self.masters)))
        todo = [
            student
            for student in students
            if student in again or not self.course.is_graded(student, records.get(student))
        ]
        self.outcome.skipped = len(set(students) - found - set(todo))
        if todo:
            self._grade(todo, records)
        self.outcome.seconds = monotonic() - self.began
        return self.outcome

    def _grade(self, todo: Sequence[str], records: dict[str, Record]) -> None:
        pool = self._pool(len(todo))
        package = self.course.package(self.masters)
        at_once = True
        try:
            with Progress(len(todo), self.masters.points, self.say) as self.progress:
                self._run(pool, deque(todo), package, records)
                self._write_all()
            at_once = False
        except KeyboardInterrupt:
            self._keep()
            raise Interrupted(self._kept("stopped")) from None
        except Problem as error:
            self._keep()
            raise Problem(self._kept(str(error))) from error
        finally:
            self.progress = None
            pool.close(at_once)

    def _pool(self, submissions: int) -> pools.Pool:
        # The configured limit is the submission's own; beyond it, it is the worker that is stuck.
        limit = number(self.course.config, "ExecuteSubmission", "seconds", 600)
        self.seconds = SPARE + 2 * limit * len(self.masters.notebooks)
        asks = self.course.needs_gpu()
        if self.options.scheduler:
            self.course.environment |= {GPU: "1"} if asks else {}  # a worker shows the GPUs that it has
            return pools.ClusterPool(self.options.scheduler, self.seconds, self.say)
        gpus = pools.gpus() if asks else []
        self.course.environment |= {GPU: "1"} if gpus else {}
        workers = min(self.options.workers or len(gpus) or pools.usual_workers(), submissions)
        if asks and not gpus:
            self.say(f"{self.course.lesson} asks for a GPU and there is none here: it is graded without.")
        workers = min(workers, len(gpus) or workers)
        return pools.LocalPool(workers, gpus, self.seconds, self.spool.folder / "workers.txt")

    def _run(
        self, pool: pools.Pool, waiting: deque[str], package: Package, records: dict[str, Record]
    ) -> None:
        running: dict[Future[Graded], str] = {}
        lost: dict[str, int] = {}
        while waiting or running:
            while waiting and len(running) < pool.width:
                student = waiting.popleft()
                try:
                    job = self.course.job(student, package, records.get(student))
                except (Problem, OSError) as error:
                    self._done(self._failure(student, str(error), records))
                    continue
                running[pool.submit(job)] = student
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in done:
                student = running.pop(future)
                try:
                    self._done(future.result())
                except Problem:
                    raise
                except BaseException as error:
                    if isinstance(error, KeyboardInterrupt):
                        raise
                    if not pool.is_loss(error):
                        sentence = f"grading stopped with {type(error).__name__}: {error}"
                        self._done(self._failure(student, sentence, records))
                        continue
                    self._set_stuck_aside(pool, running, records)
                    lost[student] = lost.get(student, 0) + (not pool.is_innocent(future))
                    if lost[student] < pool.chances:
                        waiting.appendleft(student)
                        continue
                    times = "twice" if pool.chances == 2 else "again and again"
                    sentence = f"the process that graded it ended before it was done, {times}"
                    self._done(self._failure(student, sentence, records))
            self._set_stuck_aside(pool, running, records)
            if len(self.finished) >= BATCH or monotonic() - self.written > EVERY:
                self._try_to_write()

    def _set_stuck_aside(
        self, pool: pools.Pool, running: dict[Future[Graded], str], records: dict[str, Record]
    ) -> None:
        """Look after the pool. Raises `Problem` when it has no workers."""
        for future in pool.check():
            sentence = f"grading it did not come to an end in {self.seconds} seconds, and was stopped"
            self._done(self._failure(running.pop(future), sentence, records))

    def _failure(self, student: str, sentence: str, records: dict[str, Record]) -> Graded:
        record = records.get(student) or self.masters.empty_record()
        return Graded(
            student, self.course.lesson, self.masters.digest, record, error=sentence, log=[sentence]
        )

    def _done(self, result: Graded) -> None:
        self.spool.put(result)
        self.finished.append(result)
        if self.progress is not None:
            self.progress.step(result)

    # --- the gradebook

    def _try_to_write(self) -> None:
        """Write what is finished. Raises `Problem` when the gradebook is wrong, or was busy for too long."""
        try:
            self._write()
            self._is_free()
        except rows.Busy as error:
            self.written = monotonic()  # try again after a while; grading goes on meanwhile
            self._is_busy(error)

    def _write(self) -> None:
        """Write what is finished, in one transaction. Raises `rows.Busy` or `Problem`."""
        batch = self.finished[:BATCH]
        if batch:
            records = {result.student: result.record for result in batch}
            self.course.write(lambda connection: rows.write_records(connection, self.masters, records))
        for result in batch:
            self.spool.deliver(result)
            self.finished.remove(result)
            self.outcome.add(result)
        self.written = monotonic()

    def _write_all(self) -> None:
        while self.finished:
            self._patiently(self._write)

    def _keep(self) -> None:
        """Before the end that was not planned: write what can be written now; the rest is in the spool."""
        try:
            while self.finished:
                self._write()
        except (rows.Busy, Problem, KeyboardInterrupt):
            pass

    def _patiently(self, action: Callable[[], Result]) -> Result:
        """Do something with the gradebook, waiting while it is busy. Raises `Problem` after a while."""
        while True:
            try:
                result = action()
            except rows.Busy as error:
                self._is_busy(error)
                sleep(0.5)
            else:
                self._is_free()
                return result

    def _is_busy(self, error: rows.Busy) -> None:
        now = monotonic()
        if self.busy_since is None:
            self.busy_since = now
            self._tell(f"Waiting, at most {self.options.patience:g} seconds: {error}.")
        elif now - self.busy_since > self.options.patience:
            raise Problem(f"{error}, for {self.options.patience:g} seconds by now") from error

    def _is_free(self) -> None:
        if self.busy_since is not None:
            self._tell("The gradebook can be used again.")
            self.busy_since = None

    def _tell(self, sentence: str) -> None:
        (self.progress.say if self.progress else self.say)(sentence)

    def _kept(self, why: str) -> str:
        done = self.outcome.graded + len(self.finished)
        if not done:
            return f"{why.rstrip('.')}; nothing was graded"
        waiting = f", {len(self.finished)} of them in {self.spool.folder}" if self.finished else ""
        return f"{why}; what was graded is kept ({done}{waiting}), and the same command goes on from there"
