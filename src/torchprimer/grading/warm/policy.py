"""What a submission may see and use: the one list. All of it is about `sandbox=True`, on Linux."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torchprimer

KIB, MIB, GIB = 1024, 1024**2, 1024**3


@dataclass(frozen=True)
class Limits:
    """What one kernel may use, all its processes together. Sizes are in bytes."""

    memory: int = 4 * GIB
    processes: int = 128  # and threads
    disk: int = 512 * MIB  # everything it writes: its folder and /tmp
    file_size: int = 256 * MIB  # one file
    shared_memory: int = 512 * MIB  # /dev/shm, through which DataLoader workers send
    output: int = 32 * MIB  # everything it prints, shows and answers
    open_files: int = 1024
    seconds: int = 900  # from the kernel's start; a cell's own limit is nbgrader's `c.Execute.timeout`
    threads: int = 1  # not a limit: what `torch.get_num_threads()` says at first


@dataclass(frozen=True)
class Role:
    """What a kernel is for.

    `files`: it gets a copy of the files in its working folder. `paints`: it paints the pictures of
    `torchprimer.draw` and `torchprimer.explore`; otherwise the sentence that says what they show stands there.
    """

    files: bool
    paints: bool


ROLES = {
    # Most of a lesson's time goes into pictures, and they earn nothing.
    "student": Role(files=True, paints=False),
    # Runs the checks. A submission's `json.py` must not be what a check imports: it gets no files.
    "judge": Role(files=False, paints=True),
}

# Imported before a kernel is forked: what a kernel and a lesson would import. Importing must run no tensor
# operation and start no thread. Not `matplotlib_inline.backend_inline`: it looks for its kernel as it is imported.
WARM = (
    *(
        "IPython.core.completer",
        "IPython.core.completerlib",
        "IPython.core.debugger",
        "IPython.core.oinspect",
    ),
    *(
        "IPython.core.pylabtools",
        "IPython.extensions.storemagic",
        "ipykernel.debugger",
        "ipykernel.kernelapp",
    ),
    *("ipywidgets", "pygments.formatters.terminal256", "stack_data", "tornado.platform.asyncio"),
    *("graphviz", "matplotlib.backends.backend_agg", "matplotlib.font_manager", "matplotlib.pyplot"),
    *("PIL.BmpImagePlugin", "PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PpmImagePlugin"),
    *("multiprocessing.popen_fork", "multiprocessing.queues", "multiprocessing.synchronize", "numpy.random"),
    *("torch", "torch.nn", "torch.optim", "torch.testing", "torch.utils.data", "torchviz"),
    "torch._dynamo",  # the first optimizer imports it, and sympy with it: seconds
    *("torchprimer.answers", "torchprimer.check", "torchprimer.dot", "torchprimer.draw", "torchprimer.sim"),
    *(
        "torchprimer.explore",
        "torchprimer.grading.warm.app",
        "torchprimer.loops",
        "IPython.core.logger",
        "pygments.formatters.html",
    ),
    "pygments.lexers.python",
)

# --- files. A submission sees these, read-only, and nothing else of the machine.

SYSTEM = (
    # Not all of /usr: images of containers keep projects in /usr/src.
    *(f"/usr/{name}" for name in ("bin", "sbin", "lib", "lib32", "lib64", "libexec", "share")),
    *(f"/usr/local/{name}" for name in ("bin", "lib", "lib64", "share")),
    *("/bin", "/sbin", "/lib", "/lib32", "/lib64"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"),
    *("/etc/fonts", "/var/cache/fontconfig", "/etc/localtime", "/etc/mime.types"),
    "/nix/store",
)
# Of the environment and of the Python behind it. Not the whole folder: an environment may lie around a course.
PREFIX = ("bin", "lib", "lib64", "include", "share", "etc/ipython", "pyvenv.cfg")

PYTHON = os.path.abspath(sys.executable)
NOBODY = 65534  # who a submission is on the machine when root grades; otherwise the one who grades
HOME = "/home/student"
WORK = f"{HOME}/work"  # the working folder: a copy of the submission's files, of which nothing comes back

# Of the submission's folder a kernel gets no notebook (nbgrader puts one with hidden checks there), nothing
# that begins with a dot, no links.
NOT_COPIED = (".*", "*.ipynb", "*.db", "*.db-*")


def readable() -> Iterator[str]:
    """The paths that a sandbox shows, read-only, at the same place."""
    yield from SYSTEM
    for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix):
        for name in PREFIX:
            yield os.path.abspath(f"{prefix}/{name}")
            yield str(Path(prefix).resolve() / name)
    yield os.path.dirname(
        os.path.abspath(torchprimer.__file__)
    )  # beside the environment when it is installed editable


def devices(gpu: bool) -> Iterator[str]:
    """The devices that a sandbox shows beyond null, zero, full, random, urandom, tty and terminals."""
    if gpu:
        yield from (str(path) for path in sorted(Path("/dev").glob("nvidia*")))
        yield from (path for path in ("/dev/kfd", "/dev/dri") if os.path.exists(path))


# --- calls of the system that fail: memory that no limit on files and processes counts, keys that outlive a
# kernel, and doors into the machine's own kernel that no lesson needs
REFUSED = ("memfd_create", "memfd_secret", "shmget", "msgget", "add_key", "request_key", "keyctl")
REFUSED = (*REFUSED, "bpf", "io_uring_setup", "perf_event_open", "userfaultfd")

# --- the environment of a submission: nothing of the grader's, but these names where they are set

PASSED_ON = ("CUDA_VISIBLE_DEVICES", "TZ")


def environment(limits: Limits) -> dict[str, str]:
    """The environment variables that a sandboxed kernel has."""
    bins = dict.fromkeys((os.path.dirname(PYTHON), "/usr/local/bin", "/usr/bin", "/bin"))
    return {
        "HOME": HOME,
        "USER": "student",
        "LOGNAME": "student",
        "PATH": os.pathsep.join(bins),
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",
        "MPLCONFIGDIR": f"{HOME}/.matplotlib",
        "OMP_NUM_THREADS": str(limits.threads),
        **WARM_ENVIRONMENT,
        **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
    }


# Also for the process that is forked. NumPy's OpenBLAS starts threads on import unless told not to, and what
# has threads cannot be forked; a count of GPUs by CUDA would leave every child without CUDA.
WARM_ENVIRONMENT = {
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
}
