"""The memory of the simulated device: what is allocated, the peak, and a capacity that can be made small.

Counted are the storages on `sim` that are alive, in blocks of 512 bytes as CUDA's allocator counts them
(https://docs.pytorch.org/docs/stable/notes/cuda.html#memory-management). What a kernel needs for itself
while it runs is not seen here, so a peak on a real GPU is often higher.
"""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections import deque
from collections.abc import Iterator

import torch

CAPACITY = 16 * 2**30
_BLOCK = 512

_lock = threading.Lock()
_freed: deque[int] = (
    deque()
)  # a storage can die in any thread, also inside a locked region: it only leaves a note
_capacity = CAPACITY
_allocated = 0
_peak = 0


def charge(holder: torch.Tensor, size: int) -> None:
    """Count `size` bytes as allocated for as long as `holder` lives.

    Raises `torch.OutOfMemoryError` where they do not fit, in the words that CUDA uses.
    """
    global _allocated, _peak
    if not size:
        return
    with _lock:
        _require(size)
        _allocated += _blocks(size)
        _peak = max(_peak, _allocated)
    weakref.finalize(holder, _freed.append, _blocks(size)).atexit = False


def require(size: int) -> None:
    """Raise `torch.OutOfMemoryError` where `size` bytes do not fit, before the CPU is asked for them."""
    with _lock:
        _require(size)


def _require(size: int) -> None:
    _settle()
    if _allocated + _blocks(size) > _capacity:
        raise torch.OutOfMemoryError(_refusal(size))


def _blocks(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _settle() -> None:
    global _allocated
    while _freed:
        _allocated -= _freed.popleft()


def _refusal(size: int) -> str:
    return (
        f"sim out of memory. Tried to allocate {_in_words(size)}. GPU 0 has a total capacity of "
        f"{_in_words(_capacity)} of which {_in_words(max(_capacity - _allocated, 0))} is free. "
        f"Of the allocated memory {_in_words(_allocated)} is allocated by PyTorch."
    )


def _in_words(size: int) -> str:
    for power, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if size >= 2**power:
            return f"{size / 2**power:.2f} {unit}"
    return f"{size} bytes"


def memory_allocated(device: object = None) -> int:
    """Bytes that the live tensors on `sim` occupy."""
    with _lock:
        _settle()
        return _allocated


def max_memory_allocated(device: object = None) -> int:
    """The most bytes that were ever occupied, or since `reset_peak_memory_stats`."""
    with _lock:
        return _peak


def reset_peak_memory_stats(device: object = None) -> None:
    """Let `max_memory_allocated` begin again at what is allocated now."""
    global _peak
    with _lock:
        _settle()
        _peak = _allocated


def mem_get_info(device: object = None) -> tuple[int, int]:
    """The bytes that are free, and the capacity."""
    free = _capacity - memory_allocated()
    return max(free, 0), _capacity


@contextlib.contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """Inside the block `sim` has `size` bytes of memory in all; more raises `torch.OutOfMemoryError`.

    What is allocated already counts. The limit holds for every thread.
    """
    global _capacity
    before, _capacity = _capacity, size
    try:
        yield
    finally:
        _capacity = before
