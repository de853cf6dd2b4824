"""What a breach of a limit is called, for the student who reads it."""

import re
import signal

from .policy import GIB, KIB, MIB, Limits

# A limit that ends the kernel.
ENDED = {
    "memory": "this cell used more than {memory} of memory",
    "processes": "this cell started more than {processes} processes and threads",
    "output": "this cell wrote more than {output} of output",
    "seconds": "the submission ran longer than {seconds}",
}

# A limit that is an exception in the cell: type, text, sentence. The first that fits is told.
RAISED = (
    ("MemoryError", "", ENDED["memory"]),
    (
        "",
        r"can't allocate memory|not enough memory|Cannot allocate memory|std::bad_alloc|Unable to allocate .* for an array",
        ENDED["memory"],
    ),
    ("", r"DataLoader worker .* (Killed|exited unexpectedly)", ENDED["memory"]),
    (
        "",
        r"DataLoader worker .* Bus error|shared memory|unable to (write to|resize|mmap) file.*/torch_",
        "this cell put more than {shared_memory} into shared memory",
    ),
    ("OSError", r"\[Errno 28\]", "this cell wrote more than {disk} of files"),
    ("OSError", r"\[Errno 27\]", "this cell wrote a file larger than {file_size}"),
    (
        "",
        r"PytorchStreamWriter failed writing|inline_container|unexpected pos",
        "this cell wrote a file larger than {file_size}, or more than {disk} of files",
    ),
    (
        "",
        r"can't start new thread|Resource temporarily unavailable|Cannot fork",
        ENDED["processes"],
    ),
    ("OSError", r"\[Errno 24\]", "this cell opened more than {open_files} files at once"),
    (
        "",
        r"\[Errno 101\]|Network is unreachable|name resolution|Name or service not known",
        "there is no network while a submission is graded",
    ),
    ("OSError", r"\[Errno 30\]", "a submission may write only in its own folder and in /tmp"),
)


def size(count: int) -> str:
    """A number of bytes for people: "64 MiB"."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"


def duration(seconds: float) -> str:
    """A time for people: "15 minutes", "90 seconds"."""
    if seconds >= 120 and seconds % 60 == 0:
        return f"{seconds / 60:g} minutes"
    return f"{seconds:g} seconds"


def told(sentence: str, limits: Limits) -> str:
    """The sentence with this kernel's limits in it."""
    sizes = ("memory", "disk", "file_size", "shared_memory", "output")
    return sentence.format(
        **{name: size(getattr(limits, name)) for name in sizes},
        processes=limits.processes,
        open_files=limits.open_files,
        seconds=duration(limits.seconds),
    )


def explain(ename: str, evalue: str, limits: Limits) -> str | None:
    """What the exception of a cell means if it is a limit's doing, as one sentence; None for others.

    `ename` and `evalue` as in a notebook's error output. A student can forge them: it explains, it excuses
    nothing.
    """
    for kind, pattern, sentence in RAISED:
        if kind in ("", ename) and re.search(pattern, evalue):
            return told(sentence, limits)
    return None


def lost(code: int | None, why: str | None, limits: Limits) -> str:
    """Why a kernel ended, as one sentence: the breach `why`, or what its exit code says."""
    if why in ENDED:
        return told(ENDED[why], limits)
    if why:
        return why
    if code is None:
        return "the kernel was lost with the process that it was forked from"
    if code < 0:
        try:
            name = signal.strsignal(-code) or str(-code)
        except ValueError:
            name = str(-code)
        return f"this cell ended its kernel ({name.lower()})"
    return f"this cell ended its kernel (exit code {code})"
