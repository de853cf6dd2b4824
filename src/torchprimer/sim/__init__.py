"""`sim`: a simulated second device, on every machine, for learning where tensors live.

After `register()`, `torch.device("sim")` is a device as `torch.device("cuda")` is one. Its tensors
are ordinary tensors with real numbers, which the CPU computes.
"""

from __future__ import annotations

import threading

import torch

from torchprimer.sim.memory import (
    max_memory_allocated,
    memory_allocated,
    memory_limit,
    reset_peak_memory_stats,
)

__all__ = [
    "is_registered",
    "max_memory_allocated",
    "memory_allocated",
    "memory_limit",
    "places",
    "register",
    "reset_peak_memory_stats",
]

_lock = threading.Lock()
_registered = False


def is_registered() -> bool:
    """Whether this process has the device `sim`."""
    return _registered


def register(*, beside_accelerator: bool = False) -> None:
    """Add the device `sim` to PyTorch, for the rest of this process; a second call does nothing.

    From then on `torch.accelerator` reports `sim`. So where there is a real accelerator this raises
    RuntimeError, unless `beside_accelerator` says that it shall be hidden there. Raises RuntimeError also where another
    backend has taken PyTorch's one place for a device from outside, and where PyTorch is too old.
    """
    global _registered
    with _lock:
        if _registered:
            return
        if (taken := torch._C._get_privateuse1_backend_name()) not in ("privateuseone", "sim"):
            raise RuntimeError(f"PyTorch has room for one device from outside, and {taken!r} has taken it.")
        real = torch.accelerator.current_accelerator(check_available=True)
        if real is not None and not beside_accelerator:
            raise RuntimeError(
                f"This machine has a real accelerator, {real.type!r}: use that. "
                "`register(beside_accelerator=True)` adds sim all the same, and hides it from torch.accelerator."
            )
        try:
            from torchprimer.sim import backend
        except ImportError as error:
            raise RuntimeError(
                f"sim needs PyTorch 2.13 or later, and this is {torch.__version__}: `pip install -U torch`, "
                "then restart the kernel."
            ) from error

        backend.install()
        _registered = True


def places() -> list[str]:
    """The devices that an answer is tried on: the CPU, and the accelerator or, where there is none, sim.

    Registers sim where there is no accelerator.
    """
    if torch.accelerator.current_accelerator(check_available=True) is None:
        register()
    return ["cpu", f"{torch.accelerator.current_accelerator()}:0"]
