"""The module `torch.sim`: what `torch.cuda` is for CUDA, for the simulated device."""

from __future__ import annotations

import torch

from torchprimer.sim.alias import is_in_bad_fork as _is_in_bad_fork  # noqa: F401 - for PyTorch, under this name
from torchprimer.sim.memory import (
    max_memory_allocated,
    mem_get_info,
    memory_allocated,
    reset_peak_memory_stats,
)
from torchprimer.sim.random import (
    check_index,
    get_rng_state,
    initial_seed,
    manual_seed,
    manual_seed_all,
    set_rng_state,
)

__all__ = [
    "current_device",
    "device",
    "device_count",
    "empty_cache",
    "get_amp_supported_dtype",
    "get_rng_state",
    "initial_seed",
    "is_available",
    "is_initialized",
    "manual_seed",
    "manual_seed_all",
    "max_memory_allocated",
    "mem_get_info",
    "memory_allocated",
    "reset_peak_memory_stats",
    "set_device",
    "set_rng_state",
    "synchronize",
]

_initialized = True  # what torch.utils.checkpoint asks for, to keep the state of the generator


def is_available() -> bool:
    """Always True."""
    return True


def is_initialized() -> bool:
    """Always True: nothing has to be started."""
    return True


def device_count() -> int:
    """Always 1."""
    return 1


def current_device() -> int:
    """Always 0."""
    return 0


def set_device(device: torch.device | str | int) -> None:
    """Choose `sim:0`; any other raises CUDA's "invalid device ordinal"."""
    check_index(torch.device("sim", device) if isinstance(device, int) else torch.device(device))


class device:
    """The context manager `torch.sim.device(0)`, after `torch.cuda.device`: there is no other to change to."""

    def __init__(self, device: torch.device | str | int) -> None:
        set_device(device)

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def synchronize(device: object = None) -> None:
    """Wait until everything is done: it is, every operation ends before it returns."""


def empty_cache() -> None:
    """Give cached memory back: none is cached."""


def get_amp_supported_dtype() -> list[torch.dtype]:
    """What `torch.autocast("sim")` may compute in."""
    return [torch.float16, torch.bfloat16]
