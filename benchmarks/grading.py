"""How fast a class is graded, as ratios in one run.

    python benchmarks/grading.py --students 40 --lesson 01_tensors

The class is made of answers from `tests/answers`, so it is the same for every way of grading: stock nbgrader in
one process and in two, `primer grade` with as many workers as it takes by itself, the same over a Dask cluster on
this machine, and the floor, which is the code of the cells executed in a fork for each core at once and nothing
else: no notebook, no picture shown, no judge, no gradebook. Stock is measured on as many submissions as `--stock`
says, taken evenly from the class. An answer with an endless loop takes five seconds whoever grades it. Seconds
depend on the machine, and on what else it does; ratios less so. Memory is what the kernels of a submission have for
themselves, beyond what they share with the process that they were forked from.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat
import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import corpus  # noqa: E402

from torchprimer.grading.pools import usable_cores, usual_workers  # noqa: E402

STOCK_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "torchprimer"
c.Execute.timeout = 120
c.ClearSolutions.code_stub = {"python": "..."}
"""


def make_course(folder: Path, lesson: str, students: int) -> None:
    """A course in `folder` whose class has handed in answers of the corpora, right, wrong and blank."""
    for name in ("grader_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "source" / lesson, folder / "source" / lesson)
    run(folder, "nbgrader", "generate_assignment", lesson)
    released = folder / "release" / lesson / f"{lesson}.ipynb"
    chance = random.Random(7)
    answers: dict[tuple[str, str], list[str]] = {}
    for answer in corpus.answers(lesson):
        answers.setdefault((answer.exercise, answer.kind), []).append(answer.code)
    for number in range(students):
        notebook = nbformat.read(released, as_version=4)
        for cell in notebook.cells:
            settings = cell.metadata.get("nbgrader", {})
            kind = chance.choice(["right", "right", "wrong", "blank"])
            if settings.get("solution") and kind != "blank":
                cell.source = chance.choice(answers[settings["grade_id"], kind]).strip()
        place = folder / "submitted" / f"student{number:03d}" / lesson
        place.mkdir(parents=True)
        nbformat.write(notebook, place / f"{lesson}.ipynb")


def run(folder: Path, module: str, *arguments: str, config: str | None = None) -> None:
    """Run a command of the environment in a course; RuntimeError with its last lines where it fails."""
    if config is not None:
        (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env=dict(os.environ, OMP_NUM_THREADS="1"),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)}:\n{(done.stdout + done.stderr)[-2000:]}")


def a_copy(course: Path, students: Sequence[str]) -> Path:
    """The course with these students only, ungraded."""
    folder = Path(tempfile.mkdtemp(dir=course.parent))
    shutil.copytree(course, folder / "course", ignore=shutil.ignore_patterns("submitted"))
    for student in students:
        shutil.copytree(course / "submitted" / student, folder / "course" / "submitted" / student)
    return folder / "course"


def stock(course: Path, lesson: str, students: Sequence[str], processes: int) -> float:
    """Seconds that stock nbgrader takes, its class shared out over `processes` commands at once."""
    shares = [a_copy(course, students[number::processes]) for number in range(processes)]
    for share in shares:  # a gradebook for each: two commands on one lose submissions
        (share / "nbgrader_config.py").write_text(STOCK_CONFIG, encoding="utf-8")
    began = time.perf_counter()
    commands = [
        subprocess.Popen(
            [sys.executable, "-m", "nbgrader", "autograde", lesson],
            cwd=share,
            env=dict(os.environ, OMP_NUM_THREADS="1"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for share in shares
    ]
    for command in commands:
        command.wait()
    seconds = time.perf_counter() - began
    graded = sum(len(list((share / "autograded").glob("*"))) for share in shares)
    if graded != len(students):
        raise RuntimeError(f"stock nbgrader graded {graded} of {len(students)} submissions")
    return seconds


def ours(course: Path, lesson: str, students: Sequence[str], *options: str) -> float:
    """Seconds that `primer grade` takes, everything included: start, zygotes, gradebook."""
    copy = a_copy(course, students)
    began = time.perf_counter()
    run(copy, "torchprimer", "grade", lesson, *options)
    return time.perf_counter() - began


@contextlib.contextmanager
def cluster(workers: int):  # noqa: ANN201
    """The address of a Dask cluster of processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as here:
        yield here.scheduler_address


class Memory(threading.Thread):
    """Watches how much memory all kernels below this process have for themselves, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.looks: list[float] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Look twice a second."""
        while not self.done.wait(0.5):
            kernels = 0
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    parent = process.parent()
                    if parent and is_warm(process) and is_warm(parent):
                        kernels += process.memory_full_info().uss
            if kernels:
                self.looks.append(kernels / 1e6)


def is_warm(process: psutil.Process) -> bool:
    """Whether a process is the one that kernels are forked from, or forked from it."""
    return "torchprimer.grading.warm.server" in process.cmdline()


def floor(course: Path, lesson: str, students: Sequence[str], at_once: int) -> float:
    """Seconds to execute the code of all cells, each submission in a fork of a process that has torch."""
    import torch
    import torch._dynamo

    from torchprimer import check, draw, explore  # noqa: F401

    torch.set_num_threads(1)
    began = time.perf_counter()
    running: set[int] = set()
    for student in students:
        while len(running) >= at_once:
            running.discard(os.wait()[0])
        path = course / "submitted" / student / lesson / f"{lesson}.ipynb"
        child = os.fork()
        if child == 0:
            names: dict[str, object] = {"__name__": "__main__", "get_ipython": lambda: None}
            sys.modules["__main__"].__dict__.update(names)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                for cell in nbformat.read(path, as_version=4).cells:
                    if cell.cell_type == "code":
                        with contextlib.suppress(BaseException):
                            exec(compile(cell.source, "cell", "exec"), sys.modules["__main__"].__dict__)
            os._exit(0)
        running.add(child)
    while running:
        running.discard(os.wait()[0])
    return time.perf_counter() - began


def where(course: Path, lesson: str, students: Sequence[str]) -> dict[str, float]:
    """Milliseconds that a submission takes in a worker that has nothing else beside it, by what they are for."""
    from torchprimer.grading import judge, kernels, worker
    from torchprimer.grading.course import Course
    from torchprimer.grading.jobs import Job

    spent: dict[str, float] = {}
    running: list[list[float]] = []  # what the parts of a part took is not its own

    def timed(owner: Any, name: str, part: str) -> None:  # noqa: ANN401
        function = getattr(owner, name)

        def measured(*given: Any, **named: Any) -> Any:  # noqa: ANN401
            running.append([])
            began = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                took = time.perf_counter() - began
                spent[part] = spent.get(part, 0.0) + took - sum(running.pop())
                if running:
                    running[-1].append(took)

        setattr(owner, name, measured)

    timed(worker, "grade", "nbgrader, gradebook, files")
    timed(kernels.LaneClient, "start_new_kernel", "kernels: start")
    timed(kernels.LaneClient, "start_new_kernel_client", "kernels: until they are there")
    timed(kernels.LaneClient, "_cleanup_kernel", "kernels: end")
    timed(kernels.LaneClient, "execute_cell", "cells of the notebook")
    timed(judge.JudgeSubmission, "_check", "checks")
    timed(judge.JudgeSubmission, "_ask", "answers to the checks")
    here = Path.cwd()
    os.chdir(course)
    try:
        found = Course(course, lesson)
        package = found.package(found.masters())
        for number, student in enumerate(students):
            if number == 1:
                spent.clear()  # the first one pays for the imports
            content = (course / "submitted" / student / lesson / f"{lesson}.ipynb").read_bytes()
            worker.grade(Job(student, package, {f"{lesson}.ipynb": content}, None))
    finally:
        os.chdir(here)
    return {part: 1000 * seconds / (len(students) - 1) for part, seconds in spent.items()}


def main() -> None:
    """Measure every way once, and print submissions a minute and ratios to stock."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lesson", default="01_tensors")
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--stock", type=int, default=8, help="submissions that stock nbgrader grades")
    parser.add_argument("--workers", type=int, default=usual_workers())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark") as folder:
        course = Path(folder) / "course"
        course.mkdir()
        make_course(course, options.lesson, options.students)
        everyone = sorted(path.name for path in (course / "submitted").iterdir())
        few = everyone[:: max(1, len(everyone) // options.stock)][: options.stock]
        lesson, workers = options.lesson, str(options.workers)

        def on_dask() -> float:
            with cluster(options.workers) as address:
                return ours(course, lesson, everyone, "--scheduler", address)

        ways: dict[str, tuple[Sequence[str], Callable[[], float]]] = {
            "stock, one process": (few, lambda: stock(course, lesson, few, 1)),
            "stock, two processes": (few, lambda: stock(course, lesson, few, 2)),
            f"primer grade, {workers} workers": (
                everyone,
                lambda: ours(course, lesson, everyone, "--workers", workers),
            ),
            f"the same on Dask, {workers} workers": (everyone, on_dask),
            "floor: the cells alone, in forks": (
                everyone,
                lambda: floor(course, lesson, everyone, usable_cores()),
            ),
        }
        print(f"{lesson}: a class of {options.students}, of which stock grades {len(few)}")
        print(f"{'':36}{'seconds':>9}{'a minute':>10}{'ratio':>8}{'MB each':>10}{'most':>8}")
        first = None
        for name, (students, measure) in ways.items():
            memory = Memory()
            memory.start()
            try:
                seconds = measure()
            except ImportError as problem:
                print(f"{name:36} not measured: {problem}")
                continue
            rate = 60 * len(students) / seconds
            first = first or rate
            memory.done.set()
            memory.join()
            seen = [look / options.workers for look in memory.looks]
            kernels = f"{sum(seen) / len(seen):10.0f}{max(seen):8.0f}" if seen else ""
            print(f"{name:36}{seconds:9.1f}{rate:10.1f}{rate / first:8.1f}{kernels}", flush=True)
        parts = where(course, lesson, few)
        print(f"one submission at a time in a warm worker: {sum(parts.values()):.0f} ms, of which")
        for part, milliseconds in sorted(parts.items(), key=lambda part: -part[1]):
            print(f"    {part:32}{milliseconds:9.0f}")


if __name__ == "__main__":
    main()
