"""Backward passes through tensors on `sim`: in the thread that asked for them, and with their exceptions.

PyTorch runs the part of a pass that belongs to an accelerator in a thread of the device. For `sim` it stays in
the calling thread, as on the CPU: gradients are then added up in the same order, to the last digit also in
second derivatives, and what a hook prints belongs to the cell that runs.

When a hook raises, its exception is pending while C++ leaves the pass, and on the way PyTorch calls `type_` below.
Python lets no function return with an exception pending, and the process would end. So `type_` takes the
exception over, and `Engine` raises it where `backward` was called.
"""

# ruff: noqa: ANN401 - the engine's arguments are handed through

from __future__ import annotations

import ctypes
import threading
from typing import Any

import torch
from torch.autograd import Variable

_KIND = torch._C._autograd.DeviceType.PrivateUse1
_raise_what_is_pending = (
    ctypes.pythonapi.PyErr_Occurred
)  # ctypes raises what it finds pending after such a call
_taken_over = threading.local()


class DeviceGuard(torch._C._acc.DeviceGuard):
    """The one question to which PyTorch's guard for a backend in Python needs the answer."""

    def type_(self) -> torch._C._autograd.DeviceType:
        """The kind of device that this is. It may be asked with an exception pending."""
        try:
            _raise_what_is_pending()
        except BaseException as problem:
            _taken_over.exception = problem
        return _KIND


class Engine(type(Variable._execution_engine)):
    """PyTorch's autograd engine, in the calling thread."""

    def run_backward(self, *args: Any, **kwargs: Any) -> Any:
        """Run a backward pass."""
        _taken_over.exception = None
        elsewhere = torch._C._is_multithreading_enabled()
        torch._C._set_multithreading_enabled(False)
        try:
            return super().run_backward(*args, **kwargs)
        except SystemError:
            if _taken_over.exception is None:
                raise
            raise _taken_over.exception from None
        finally:
            torch._C._set_multithreading_enabled(elsewhere)
            _taken_over.exception = None


def install() -> None:
    """Put the engine in place of PyTorch's."""
    Variable._execution_engine = Engine()
