"""Where submissions are graded: processes here, or a Dask cluster; both behind `concurrent.futures`."""

import atexit
import contextlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.util
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol
from weakref import WeakKeyDictionary

from torchprimer.lab import Problem

from .jobs import Graded, Job


class Pool(Protocol):
    """Something that grades several submissions at once."""

    width: int  # how many
    chances: int  # how often a submission may lose its worker before it is set aside

    def submit(self, job: Job) -> "Future[Graded]":
        """Start to grade a submission."""

    def is_loss(self, error: BaseException) -> bool:
        """Whether an error means that the worker was lost, and not that grading failed."""

    def is_innocent(self, future: "Future[Graded]") -> bool:
        """Whether a worker was lost before it came to the submission. Raises `Problem` when that goes on."""

    def check(self) -> "list[Future[Graded]]":
        """Look after the workers, once in a while; what was ended because it took far too long.

        Raises `Problem` when there are no workers to be had any more.
        """

    def close(self, at_once: bool) -> None:
        """End the workers."""


def _grade(job: Job) -> Graded:
    from .worker import grade  # on the worker's side: the head needs no nbconvert

    return grade(job)


# --- processes here


class LocalPool:
    """One process for each worker.

    Each is an executor of its own, so that one that dies costs what it was grading and nothing else, and it
    is known what that was. `gpus` are handed out, one to each. `seconds` bound one submission, beyond its own
    limits: what takes longer is stuck in the worker.
    """

    chances = 2
    START, GRACE = 300, 5  # seconds for a worker to begin, and to end when it is told to
    PAUSE = 0.5  # seconds before another is started

    def __init__(self, workers: int, gpus: list[str], seconds: float, log: Path) -> None:
        self.width = workers
        self._gpus, self._seconds, self._log = gpus, seconds, log
        self._folder = Path(tempfile.mkdtemp(prefix="primer-class-"))
        # A server that has nbgrader imported and forks the workers, where there is one: a lost worker is
        # back at once. Plain forking is not safe in a process with threads.
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        prepare()
        self._executors: list[ProcessPoolExecutor | None] = [None] * workers
        self._running: dict[int, tuple[Future[Graded], float]] = {}
        self._started: dict[int, Future[int]] = {}  # done when the worker can work
        self._ready: dict[int, float] = {}  # when that was, or should be at the latest
        # Asked for when a submission is lost, which may be when its place has another.
        self._starts: WeakKeyDictionary[Future[Graded], Future[int]] = WeakKeyDictionary()
        self._lost_starts = 0  # in a row

    def submit(self, job: Job) -> "Future[Graded]":
        """Start to grade a submission in a worker that has nothing to do."""
        place = next(index for index in range(self.width) if not self._is_busy(index))
        for _ in range(3):
            try:
                executor = self._executors[place] or self._start(place)
                future = executor.submit(_grade, job)
                break
            # It died while it had nothing to do; or what forks the workers did, which is noticed a little later.
            except (BrokenProcessPool, EOFError, OSError):
                self._executors[place] = None
                sleep(self.PAUSE)
        else:
            raise Problem(self._useless())
        self._running[place] = future, monotonic()
        self._starts[future] = self._started[place]
        return future

    def _useless(self) -> str:
        return f"workers end as soon as they start; {self._log} may say why"

    def _is_busy(self, place: int) -> bool:
        future, _ = self._running.get(place, (None, 0.0))
        if future is None or not future.done():
            return future is not None
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            self._executors[place] = None
        del self._running[place]
        return False

    def _start(self, place: int) -> ProcessPoolExecutor:
        environment = {"CUDA_VISIBLE_DEVICES": self._gpus[place % len(self._gpus)]} if self._gpus else {}
        executor = ProcessPoolExecutor(
            1,
            mp_context=self._context,
            initializer=_begin,
            initargs=(str(self._folder), str(self._log), environment),
        )
        self._executors[place] = executor
        self._ready[place] = monotonic() + self.START
        self._started[place] = executor.submit(os.getpid)
        self._started[place].add_done_callback(lambda _: self._ready.update({place: monotonic()}))
        return executor

    def is_loss(self, error: BaseException) -> bool:
        """Whether the worker's process ended."""
        return isinstance(error, BrokenProcessPool)

    def is_innocent(self, future: "Future[Graded]") -> bool:
        """Whether the process ended before it could work. Raises `Problem` the third time in a row."""
        if self._starts[future].exception() is None:
            self._lost_starts = 0
            return False
        self._lost_starts += 1
        if self._lost_starts == 3:
            raise Problem(self._useless())
        return True

    def check(self) -> "list[Future[Graded]]":
        """End the workers that are stuck; what they were grading."""
        stuck = []
        for place, (future, since) in list(self._running.items()):
            if not future.done() and monotonic() - max(since, self._ready[place]) > self._seconds:
                self._kill(self._executors[place])
                self._executors[place] = None
                del self._running[place]
                stuck.append(future)
        return stuck

    def close(self, at_once: bool) -> None:
        """End the processes; `at_once` also those that are grading."""
        for executor in filter(None, self._executors):
            if at_once:
                self._kill(executor)
            executor.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self, executor: ProcessPoolExecutor | None) -> None:
        """End an executor's process, also one that does not listen."""
        for process in list((getattr(executor, "_processes", None) or {}).values()):
            with contextlib.suppress(OSError, ValueError):
                process.terminate()
                multiprocessing.connection.wait([process.sentinel], self.GRACE)
                process.kill()


def _begin(folder: str, log: str, environment: dict[str, str]) -> None:
    """Prepare a worker's process."""
    from . import worker

    worker.use_folder(Path(folder))
    os.environ.update(environment)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # several workers share the cores
    # Ctrl-C reaches every process of the terminal; it is the head that decides. Not SIG_IGN: kernels would
    # inherit that, and could not be interrupted.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: _end())
    # What kernels print would spoil the progress bar.
    with open(log, "ab") as stream:
        for descriptor in (1, 2):
            os.dup2(stream.fileno(), descriptor)
    threading.Thread(target=_end_with_the_head, daemon=True).start()
    # What the libraries of a worker registered for its end; multiprocessing's processes do not run it.
    multiprocessing.util.Finalize(None, atexit._run_exitfuncs, exitpriority=0)


def _end_with_the_head() -> None:
    """A worker whose head was killed has nobody to report to, and would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        from . import worker

        # Where what forks the workers was killed the head lives on, and has other workers in that folder.
        worker.remove_folder(all_of_it=not _lives(parent.pid))
        _end()


def _lives(process: int | None) -> bool:
    try:
        os.kill(process or 0, 0)
    except ProcessLookupError:
        return False
    with contextlib.suppress(OSError, IndexError):  # it has ended, but nobody has looked yet
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return True


def _end() -> None:
    from . import worker

    worker.remove_folder()
    atexit._run_exitfuncs()
    os._exit(1)


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def usual_workers() -> int:
    """Half as many again as there are cores: a submission often waits for one kernel to hear from the other."""
    return (3 * usable_cores() + 1) // 2


def prepare() -> None:
    """Begin to start what forks the workers, which takes as long as the head's own imports."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload(["torchprimer.grading.worker"])
        forkserver.ensure_running()


def gpus() -> list[str]:
    """The names of the GPUs that this process may use, as CUDA_VISIBLE_DEVICES takes them."""
    if "CUDA_VISIBLE_DEVICES" in os.environ:
        return [name.strip() for name in os.environ["CUDA_VISIBLE_DEVICES"].split(",") if name.strip()]
    try:
        found = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    lines = [line for line in found.stdout.splitlines() if line.startswith("GPU ")]
    return [str(index) for index in range(len(lines))]


# --- a cluster


_begun: dict[int, float] = {}  # when each thread of a worker began what it is grading


def _grade_there(job: Job) -> Graded:
    from distributed import get_worker

    from . import worker

    worker.use_folder(Path(get_worker().local_directory))  # Dask removes it, also when the process was killed
    _begun[threading.get_ident()] = monotonic()
    try:
        return worker.grade(job)
    finally:
        del _begun[threading.get_ident()]


def _end_if_stuck(seconds: float) -> None:
    """End this worker if it has been grading one submission for so long; Dask starts another in its place."""
    if any(monotonic() - since > seconds for since in _begun.values()):
        os._exit(1)


class ClusterPool:
    """The workers of a Dask cluster; each needs torchprimer installed, and no disk in common with the head."""

    chances = 1  # Dask has then tried it on several workers
    CONNECT, PATIENCE = 10, 30  # seconds to find the scheduler, and that it may be away later

    def __init__(self, address: str, seconds: float, say: Callable[[str], None]) -> None:
        """Find the scheduler; `seconds` are as for LocalPool. Raises `Problem` when it cannot be reached or Dask is not installed."""
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise Problem(
                "--scheduler needs Dask; install it with `pip install 'torchprimer[cluster]'`"
            ) from error
        self._address, self._seconds, self._say = address, seconds, say
        self._running: dict[Future[Graded], float] = {}
        try:
            self._client = Client(address, timeout=self.CONNECT, set_as_default=False)
        except (OSError, ValueError, TimeoutError, RuntimeError) as error:
            raise Problem(f"there is no Dask scheduler at {address}") from error
        self._executor = self._client.get_executor(pure=False, retries=0)
        self._seen, self._told, self._asked = monotonic(), False, 0.0
        self.width = 1
        self.check()

    def submit(self, job: Job) -> "Future[Graded]":
        """Start to grade a submission."""
        future = self._executor.submit(_grade_there, job)
        self._running[future] = monotonic()
        return future

    def is_loss(self, error: BaseException) -> bool:
        """Whether the worker was lost, or more of them than the cluster allows for one submission."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker | CancelledError)

    def is_innocent(self, future: "Future[Graded]") -> bool:
        """Dask starts workers anew by itself."""
        return False

    def check(self) -> "list[Future[Graded]]":
        """Count the workers, which may come and go, and end those that are stuck; what they were grading.

        Raises `Problem` when the scheduler is gone.
        """
        if self._client.status == "running" and monotonic() - self._asked < 2:
            return []
        self._asked, threads = monotonic(), None
        if self._client.status == "running":
            with contextlib.suppress(Exception):  # whatever a connection that breaks raises
                threads = sum(self._client.nthreads().values())
        if threads is None:
            if self._client.status == "closed" or monotonic() - self._seen > self.PATIENCE:
                raise Problem(f"the Dask scheduler at {self._address} is gone")
            return []
        self._seen = monotonic()
        if not threads and not self._told:
            self._say(f"The cluster at {self._address} has no workers yet; waiting for some.")
            self._told = True
        # No more than can run: when a worker is lost, Dask suspects all that waited there too.
        self.width = max(1, threads)
        return self._end_stuck() if threads else []

    def _end_stuck(self) -> "list[Future[Graded]]":
        now = monotonic()
        self._running = {future: since for future, since in self._running.items() if not future.done()}
        stuck = [future for future, since in self._running.items() if now - since > 2 * self._seconds]
        for future in stuck:
            del self._running[future]
            future.cancel()  # first: it is not to be given to another worker
        if stuck:
            # In a thread: a worker that does not even listen would not answer.
            asking = threading.Thread(target=self._end_workers, daemon=True)
            asking.start()
            asking.join(self.CONNECT)
        return stuck

    def _end_workers(self) -> None:
        with contextlib.suppress(Exception):  # as above
            self._client.run(_end_if_stuck, self._seconds, on_error="ignore")

    def close(self, at_once: bool) -> None:
        """Leave the cluster as it was."""
        with contextlib.suppress(Exception):  # the scheduler may be gone
            self._executor.shutdown(wait=False)
        with contextlib.suppress(Exception):
            self._client.close(timeout=2)
