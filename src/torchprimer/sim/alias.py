"""One piece of memory, seen from two devices: a tensor on `sim` and the CPU tensor with the same numbers.

The memory of `sim` is the CPU's. PyTorch's DLPack exchange makes a tensor around memory that is already
there, and a DLPack capsule says in one field where that is: `kDLCPU`, or `kDLExtDev`, which PyTorch reads
as its PrivateUse1 key. So a tensor changes its device, and nothing is copied, when that field is
rewritten between export and import. Field and numbers are part of DLPack's fixed layout
(https://dmlc.github.io/dlpack/latest/c_api.html). What comes out is an ordinary `torch.Tensor` with a
storage of its own that keeps the memory alive.
"""

from __future__ import annotations

import ctypes
import os

import torch

_CPU, _EXTENSION = 1, 12  # DLDeviceType: kDLCPU, kDLExtDev
_PLACE_OF_DEVICE = ctypes.sizeof(ctypes.c_void_p)  # a DLManagedTensor begins with the pointer to its data

_pointer_of = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)


def cpu_alias(tensor: torch.Tensor) -> torch.Tensor:
    """The CPU tensor in the memory of a tensor on `sim`: a write to one is seen in the other."""
    return _relabelled(tensor, _CPU)


def sim_alias(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor on `sim` in the memory of a CPU tensor."""
    return _relabelled(tensor, _EXTENSION)


_home: int | None = None  # the process that used the device first


def is_in_bad_fork() -> bool:
    """Whether this process was forked from one that had used `sim`: CUDA cannot be used in such a one."""
    return _home is not None and _home != os.getpid()


def _relabelled(tensor: torch.Tensor, device_type: int) -> torch.Tensor:
    global _home
    _home = _home or os.getpid()
    if is_in_bad_fork():
        raise RuntimeError(
            "Cannot re-initialize sim in forked subprocess. "
            "To use sim with multiprocessing, you must use the 'spawn' start method"
        )
    if tensor.layout != torch.strided or tensor.is_nested or tensor.is_quantized:
        kind = "nested" if tensor.is_nested else "quantized" if tensor.is_quantized else tensor.layout
        raise NotImplementedError(
            f"sim holds ordinary dense tensors only; this operation needs a {kind} one."
        )
    if tensor._is_zerotensor():  # zeros without memory, which autograd hands around
        tensor = torch.zeros(tensor.size(), dtype=tensor.dtype, device="cpu")
    capsule = torch._C._to_dlpack(tensor)
    field = _pointer_of(capsule, b"dltensor") + _PLACE_OF_DEVICE
    ctypes.c_int32.from_address(field).value = device_type
    alias = torch._C._from_dlpack(capsule)
    if alias.stride() != tensor.stride():  # DLPack writes 1 for the stride of a dimension of size 1
        alias = alias.as_strided(tensor.size(), tensor.stride())
    if tensor.is_conj():
        alias = torch._conj(alias)
    return torch._neg_view(alias) if tensor.is_neg() else alias
