"""Pinned memory on the CPU: for `sim`, a mark on a copy. It makes nothing faster, here or anywhere else."""

from __future__ import annotations

import weakref

import torch
from torch.library import Library

_pinned: dict[int, int] = {}  # addresses of the pinned storages that are alive


def install(kernels: Library) -> None:
    """Give PyTorch `pin_memory` and `is_pinned` for tensors on the CPU, and the refusal for those on `sim`."""
    kernels.impl("_pin_memory", _pin, "CPU")
    kernels.impl("is_pinned", _is_pinned, "CPU")
    kernels.impl("_pin_memory", _refuse, "PrivateUse1")
    kernels.impl("is_pinned", _never_pinned, "PrivateUse1")


def _pin(self: torch.Tensor, device: torch.device | None = None) -> torch.Tensor:
    copy = self.clone(memory_format=torch.preserve_format)
    storage = copy.untyped_storage()
    _pinned[storage.data_ptr()] = storage.nbytes()
    weakref.finalize(storage, _pinned.pop, storage.data_ptr(), None).atexit = False
    return copy


def _is_pinned(self: torch.Tensor, device: torch.device | None = None) -> bool:
    return self.untyped_storage().data_ptr() in _pinned


def _refuse(self: torch.Tensor, device: torch.device | None = None) -> torch.Tensor:
    raise RuntimeError(
        f"cannot pin 'torch.sim.{self.type().rpartition('.')[2]}' only dense CPU tensors can be pinned"
    )


def _never_pinned(self: torch.Tensor, device: torch.device | None = None) -> bool:
    return False
