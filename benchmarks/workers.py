"""How the rate grows with the number of workers, and where the one process that writes stops it.

    python benchmarks/workers.py --lesson 01_tensors --record 12

Three steps. A few submissions are graded one after another by one worker, and the seconds of each recorded. A
class is graded by the real head with workers that answer at once, which gives the head's own seconds for a
submission: dispatch, spool, gradebook, files. Then a class of 20,000 is simulated: submissions take the recorded
seconds in random order, every worker has cores of its own, and the head does one thing at a time.
"""

from __future__ import annotations

import argparse
import copy
import heapq
import os
import random
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from grading import make_course

from torchprimer.grading import head, worker
from torchprimer.grading.course import Course
from torchprimer.grading.jobs import Graded, Job
from torchprimer.grading.spool import Spool

WORKERS = (1, 2, 8, 64, 512)


class Answered:
    """Workers who know the result before they are asked."""

    width, chances = 64, 1

    def __init__(self, result: Graded) -> None:
        self.result = result

    def submit(self, job: Job) -> Future[Graded]:
        """The known result, as of this student."""
        result = copy.deepcopy(self.result)
        result.student = job.student
        done: Future[Graded] = Future()
        done.set_result(result)
        return done

    def is_loss(self, error: BaseException) -> bool:
        """Nobody is lost."""
        return False

    def check(self) -> tuple[()]:
        """Nobody is stuck."""
        return ()

    def close(self, at_once: bool) -> None:
        """There is nothing to close."""


class HeadAlone(head._Class):
    """The head, whose workers take no time."""

    result: Graded

    def _pool(self, submissions: int) -> Answered:
        return Answered(self.result)


def record(course: Course, students: Sequence[str]) -> tuple[list[float], Graded]:
    """Seconds that a worker, warm already, takes for each of these submissions, and the last result."""
    package = course.package(course.masters())
    worker.grade(course.job(students[0], package, None))
    seconds = []
    for student in students:
        began = time.perf_counter()
        result = worker.grade(course.job(student, package, None))
        seconds.append(time.perf_counter() - began)
    return seconds, result


def head_seconds(course: Course, result: Graded, students: int) -> float:
    """The head's own seconds for one submission: those of two classes, without what both have."""
    options = head.Options(force=True)
    HeadAlone.result = result

    def grade(some: list[str] | None) -> float:
        spool = Spool(course)
        options.students = some
        began = time.perf_counter()
        try:
            HeadAlone(course, spool, options, lambda line: None).grade()
        finally:
            spool.close()
        return time.perf_counter() - began

    few = course.students()[: students // 10]
    short, long = grade(few), grade(None)
    return (long - short) / (students - len(few))


def simulate(seconds: Sequence[float], head_takes: float, workers: int, submissions: int) -> float:
    """Submissions a minute.

    The head spends half of its time for a submission before a worker begins and half when the worker is done.
    """
    chance = random.Random(7)
    head_free, begun, ends = 0.0, 0, []
    while begun < submissions or ends:
        if begun < submissions and len(ends) < workers:
            head_free += head_takes / 2
            heapq.heappush(ends, head_free + chance.choice(seconds))
            begun += 1
        else:
            head_free = max(head_free, heapq.heappop(ends)) + head_takes / 2
    return 60 * submissions / head_free


def main() -> None:
    """Measure, simulate and print the curve."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lesson", default="01_tensors")
    parser.add_argument("--record", type=int, default=12, help="submissions that are graded")
    parser.add_argument("--written", type=int, default=1000, help="submissions that the head alone writes")
    parser.add_argument("--simulated", type=int, default=20_000)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(prefix="benchmark") as folder:
        root = Path(folder) / "course"
        root.mkdir()
        make_course(root, options.lesson, options.record)
        course = Course(root, options.lesson, None, {})
        students = course.students()
        seconds, result = record(course, students)
        submitted = root / "submitted"
        for number in range(options.written):
            place = submitted / f"more{number:05d}" / options.lesson
            place.mkdir(parents=True)
            os.link(
                submitted / students[0] / options.lesson / f"{options.lesson}.ipynb",
                place / f"{options.lesson}.ipynb",
            )
        takes = head_seconds(course, result, options.written + len(students))
    mean = sum(seconds) / len(seconds)
    print(
        f"{options.lesson}: a worker takes {mean:.2f} s for a submission ({min(seconds):.2f} to {max(seconds):.2f})"
    )
    phases = ", ".join(f"{name} {spent:.2f}" for name, spent in result.seconds.items())
    print(f"of the last one: {phases}")
    print(f"the head takes {1000 * takes:.1f} ms: at most {60 / takes:,.0f} submissions a minute")
    print(f"{'workers':>8}{'a minute':>12}{'of what they could':>20}")
    for workers in WORKERS:
        rate = simulate(seconds, takes, workers, options.simulated)
        print(f"{workers:8}{rate:12,.0f}{rate * mean / 60 / workers:20.0%}")


if __name__ == "__main__":
    main()
