"""Enter the simulated device into PyTorch: kernels, the module `torch.sim`, and what torch.accelerator asks for.

PyTorch lets a backend be written in Python, but its C++ side then lacks an allocator, generators and
a few answers: some functions assert, one storage constructor crashes. The functions replaced here are
those, and none is called in the course of an operation on the CPU.
"""

# ruff: noqa: ANN401 - what is replaced takes values of every kind

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

from torchprimer.sim import autocast, device, guard, kernels, memory, pinned, random

_libraries: list[torch.library.Library] = []  # what a library registers ends with it


def install() -> None:
    """Make `torch.device("sim")` work in this process, to its end."""
    _setup_privateuseone_for_python_backend("sim", backend_module=device, device_guard=guard.DeviceGuard())
    aten, fallback = torch.library.Library("aten", "IMPL"), torch.library.Library("_", "IMPL")
    _libraries.extend((aten, fallback))
    kernels.install(aten, fallback)
    autocast.install(aten, fallback)
    pinned.install(aten)
    guard.install()
    torch.Generator = random.Generator
    torch.Event = Event
    torch.UntypedStorage.__new__ = staticmethod(_storage_maker(torch.UntypedStorage.__new__))
    for name, answer in _ANSWERS.items():
        setattr(torch._C, f"_accelerator_{name}", answer)


class Event(torch.Event):
    """`torch.Event` while `sim` is registered: one on `sim` has happened once it is recorded."""

    def synchronize(self) -> None:
        """Wait for the event; on `sim` there is nothing to wait for."""
        if self.device.type != "sim":
            super().synchronize()

    def elapsed_time(self, end_event: torch.Event) -> float:
        """The milliseconds between two events on a real device; on `sim` a RuntimeError."""
        if self.device.type == "sim":
            raise RuntimeError("sim computes on the CPU: a time measured on it would say nothing of a GPU.")
        return super().elapsed_time(end_event)


def _storage_maker(original: Callable) -> Callable:
    def make(cls: type, *args: Any, **kwargs: Any) -> Any:
        place = torch.device(kwargs.get("device") or "cpu")
        if place.type != "sim":
            return original(cls, *args, **kwargs)
        size = args[0] if args else 0
        if not isinstance(size, int):
            return original(cls, size).to(device=place)
        return torch.empty(size, dtype=torch.uint8, device=place).untyped_storage()

    return make


def _nothing(*_: object) -> None:
    pass


def _device_stats(index: int) -> dict[str, Any]:
    current, peak = memory.memory_allocated(), memory.max_memory_allocated()
    amounts = {"all": {"current": current, "peak": peak}}
    return {"allocated_bytes": amounts, "reserved_bytes": amounts}


def _capability(index: int) -> dict[str, Any]:
    return {"supported_dtypes": {getattr(torch, name) for name in _DTYPES}}


_DTYPES = (
    *("bool", "uint8", "int8", "int16", "int32", "int64"),
    *("float16", "bfloat16", "float32", "float64", "complex64", "complex128"),
)

_ANSWERS: dict[str, Callable] = {
    "emptyCache": _nothing,
    "emptyHostCache": _nothing,
    "getDeviceCapability": _capability,
    "getDeviceStats": _device_stats,
    "getMemoryInfo": memory.mem_get_info,
    "isAllocatorInitialized": lambda: True,
    "resetAccumulatedStats": _nothing,
    "resetPeakStats": memory.reset_peak_memory_stats,
    "setDeviceIndex": device.set_device,
    "synchronizeDevice": _nothing,
}
