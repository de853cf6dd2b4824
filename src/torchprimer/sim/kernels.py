"""How operations run on the simulated device: on the CPU, in the memory of the tensors on `sim`.

`simulate` is a boxed fallback for PyTorch's PrivateUse1 key. Everything that has no kernel of its own
there goes through it: the operands become CPU tensors in the same memory, the CPU's kernel runs, and what
it returns becomes a tensor on `sim`. So results equal the CPU's bit for bit, and the autograd above is PyTorch's.
"""

# ruff: noqa: ANN401 - a boxed kernel is handed values of every kind

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import torch
from torch.library import Library

from torchprimer.sim import memory, random
from torchprimer.sim.alias import cpu_alias, sim_alias
from torchprimer.sim.operators import Operator, operator, plan_of, taking_numbers
from torchprimer.sim.refusals import check_devices

# These read or write sizes, strides and the storage alone, so the CPU's kernels serve a tensor on `sim` as it is.
_ON_METADATA = (
    "_reshape_alias",
    "as_strided",
    "is_set_to",
    "set_.source_Storage",
    "set_.source_Storage_storage_offset",
    "set_.source_Tensor",
    "unfold",
    "view",
    "view.dtype",
    "view_as_complex",
    "view_as_real",
)

# Composites of other operations, which on other devices round differently, or resize `out` and warn, where the
# CPU has a kernel for the whole.
_NOT_THE_COMPOSITE = (
    "addr",
    "addr.out",
    "linalg__powsum",
    "linalg_lstsq",
    "mish_backward",
    "mode.values",
    "mse_loss",
    "native_group_norm",
    "native_layer_norm",
    "silu_backward",
    "smooth_l1_loss",
)

# The same above autograd: PyTorch looks at the device and goes another way, to kernels that only CUDA has, or
# for the CPU to those of oneDNN.
_WHOLE_ON_THE_CPU = (
    "gru.data",
    "gru.input",
    "gru_cell",
    "lstm.data",
    "lstm.input",
    "lstm_cell",
    "rnn_relu.data",
    "rnn_relu.input",
    "rnn_tanh.data",
    "rnn_tanh.input",
    "scaled_dot_product_attention",
)


def install(kernels: Library, fallback: Library) -> None:
    """Give PyTorch the kernels of `sim`."""
    fallback.fallback(simulate, "PrivateUse1")
    fallback.fallback(_refuse_sparse, "SparsePrivateUse1")
    fallback.fallback(_refuse_sparse, "SparseCsrPrivateUse1")
    for name in _ON_METADATA:
        kernels.impl(name, functools.partial(_as_it_is, operator(name)), "PrivateUse1")
    for name in _NOT_THE_COMPOSITE:
        kernels.impl(name, functools.partial(simulate, operator(name)), "PrivateUse1")
    for name in _WHOLE_ON_THE_CPU:
        kernels.impl(name, functools.partial(simulate, operator(name)), "PrivateUse1")
        kernels.impl(
            name, functools.partial(_with_autograd_on_the_cpu, operator(name)), "AutogradPrivateUse1"
        )
    own: dict[str, Callable] = {
        "empty.memory_format": _empty,
        "empty_strided": _empty_strided,
        "copy_": _copy,
        "_to_copy": _to_copy,
        "_copy_from": _copy_from,
        "resize_": _resize,
        "set_": _set_to_nothing,
        "record_stream": _record_stream,
        "convolution_overrideable": _convolution,
        "convolution_backward_overrideable": _convolution_backward,
    }
    for key in ("PrivateUse1", "AutogradPrivateUse1"):
        kernels.impl("_has_compatible_shallow_copy_type", _may_take_the_place, key)
    for name, kernel in own.items():
        kernels.impl(name, _unseen(kernel), "PrivateUse1")


def _unseen(kernel: Callable) -> Callable:
    """`kernel`, hidden from the user's modes, `with torch.device(...)` among them: what it calls is not their call."""

    @functools.wraps(kernel)
    def run(*args: Any, **kwargs: Any) -> Any:
        with torch._C.DisableTorchFunction():
            try:
                return kernel(*args, **kwargs)
            except (torch.AcceleratorError, torch.OutOfMemoryError) as refusal:
                # Lessons show this error: the way through the simulator is nothing to read.
                raise refusal.with_traceback(None) from None

    return run


def simulate(op: Operator, *args: Any, **kwargs: Any) -> Any:
    """Run `op` by the CPU's kernel, for operands on `sim`.

    Raises RuntimeError, worded as for CUDA, for operands on two devices, and NotImplementedError where
    PyTorch has no kernel for the CPU or a result would be sparse, nested or quantized.
    """
    plan = plan_of(op)
    given = dict(zip(plan.names, args, strict=False)) | kwargs
    check_devices(plan, given)
    if numbers := frozenset(
        name for name in plan.tensors if isinstance(given.get(name), int | float | complex)
    ):
        op = taking_numbers(op, numbers)
    on_cpu = {
        name: _fresh_out(value) if name in plan.outs else _to_cpu(value) for name, value in given.items()
    }
    if "generator" in plan.names:
        on_cpu["generator"] = random.on_sim(given.get("generator"))
    results = _run(op, on_cpu, plan.draws_without_generator)
    for name in plan.outs & given.keys():
        _keep_out(given[name], on_cpu[name])
    if len(plan.returned) == 1:
        results = (results,)
    back = tuple(
        given[name] if name else _to_sim(result)
        for name, result in zip(plan.returned, results or (), strict=True)
    )
    return back[0] if len(back) == 1 else back or None


def _run(op: Operator, arguments: dict[str, Any], draws_without_generator: bool = False) -> Any:
    # An autocast for the CPU is not meant for what runs there only in this simulation.
    with torch._C.DisableTorchFunction(), torch._C._DisableAutocast():
        try:
            if not draws_without_generator:
                return op(**arguments)
            with random.in_place_of_the_cpus():
                return op(**arguments)
        except NotImplementedError as problem:
            if not str(problem).startswith("Could not run"):
                raise
            raise NotImplementedError(
                f"sim cannot run aten::{op._opname}: it computes with the CPU's kernels, and PyTorch has none for it."
            ) from None


def _to_cpu(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return cpu_alias(value) if value.is_sim else value
    if isinstance(value, list | tuple):
        return [_to_cpu(item) for item in value]
    if isinstance(value, torch.device) and value.type == "sim":
        random.check_index(value)
        return torch.device("cpu")
    return value


def _to_sim(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        tensor = sim_alias(value)
        memory.charge(value, tensor.untyped_storage().nbytes())
        return tensor
    if isinstance(value, list | tuple):
        return [_to_sim(item) for item in value]
    return value


def _fresh_out(value: Any) -> Any:
    """A CPU tensor for the kernel to write to, in place of `out`: it may resize it."""
    if isinstance(value, list | tuple):
        return [_fresh_out(item) for item in value]
    return torch.empty_strided(value.size(), value.stride(), dtype=value.dtype, device="cpu")


def _keep_out(out: Any, result: Any) -> None:
    if isinstance(out, list | tuple):
        for one, its in zip(out, result, strict=True):
            _keep_out(one, its)
    elif result.shape == out.shape:
        cpu_alias(out).copy_(result)
    else:
        out.set_(_to_sim(result))


def _refuse_sparse(op: Operator, *args: Any, **kwargs: Any) -> None:
    raise NotImplementedError("sim holds ordinary dense tensors only, no sparse ones.")


class _OntoCpu(torch.autograd.Function):
    """A tensor on `sim`, seen from the CPU, in a graph that goes on there."""

    @staticmethod
    def forward(ctx: Any, tensor: torch.Tensor) -> torch.Tensor:
        return cpu_alias(tensor)

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        return _OntoSim.apply(gradient)


class _OntoSim(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, tensor: torch.Tensor) -> torch.Tensor:
        return _to_sim(tensor)

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        return _OntoCpu.apply(gradient)


def _with_autograd_on_the_cpu(op: Operator, *args: Any, **kwargs: Any) -> Any:
    plan = plan_of(op)
    given = dict(zip(plan.names, args, strict=False)) | kwargs
    check_devices(plan, given)

    def onto(crossing: Callable, value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            return crossing(value)
        return [onto(crossing, item) for item in value] if isinstance(value, list | tuple) else value

    on_cpu = {name: onto(_OntoCpu.apply, value) for name, value in given.items()}
    results = onto(_OntoSim.apply, _run(op, on_cpu, draws_without_generator=True))
    return tuple(results) if isinstance(results, list) else results


def _as_it_is(op: Operator, *args: Any, **kwargs: Any) -> Any:
    return op.redispatch(torch._C.DispatchKeySet(torch._C.DispatchKey.CPU), *args, **kwargs)


def _empty(size: list[int], **options: Any) -> torch.Tensor:
    return _new(torch.ops.aten.empty.memory_format, size, **options)


def _empty_strided(size: list[int], stride: list[int], **options: Any) -> torch.Tensor:
    return _new(torch.ops.aten.empty_strided.default, size, stride, **options)


def _new(
    op: Operator,
    size: list[int],
    *stride: list[int],
    device: torch.device,
    dtype: torch.dtype | None = None,
    pin_memory: bool | None = None,
    **options: Any,
) -> torch.Tensor:
    random.check_index(device)
    if pin_memory:
        raise RuntimeError("Only dense CPU tensors can be pinned")
    dtype = dtype or torch.get_default_dtype()
    memory.require(math.prod(size) * dtype.itemsize)
    return _to_sim(op(size, *stride, dtype=dtype, device=torch.device("cpu"), **options))


def _copy(self: torch.Tensor, src: torch.Tensor, non_blocking: bool = False) -> torch.Tensor:
    _to_cpu(self).copy_(_to_cpu(src))
    return self


def _to_copy(self: torch.Tensor, *, non_blocking: bool = False, **options: Any) -> torch.Tensor:
    # Without `non_blocking`, for which PyTorch would take the result from an allocator of pinned memory.
    return _as_it_is(torch.ops.aten._to_copy.default, self, **options)


def _copy_from(self: torch.Tensor, dst: torch.Tensor, non_blocking: bool = False) -> torch.Tensor:
    return _copy(dst, self)


def _resize(
    self: torch.Tensor, size: list[int], *, memory_format: torch.memory_format | None = None
) -> torch.Tensor:
    # The strides that the CPU gives; `meta` computes them and holds no numbers.
    shape = torch.empty(0, dtype=self.dtype, device="meta").resize_(size, memory_format=memory_format)
    needed = shape.untyped_storage().nbytes() + self.storage_offset() * self.element_size()
    if needed > self.untyped_storage().nbytes():
        larger = torch.empty(needed, dtype=torch.uint8, device=self.device)
        smaller = torch.empty(0, dtype=torch.uint8, device=self.device).set_(self.untyped_storage())
        larger[: len(smaller)].copy_(smaller)
        self.set_(larger.untyped_storage(), self.storage_offset(), size, shape.stride())
    else:
        self.as_strided_(size, shape.stride())
    return self


def _set_to_nothing(self: torch.Tensor) -> torch.Tensor:
    return self.set_(torch.empty(0, dtype=self.dtype, device=self.device))


def _may_take_the_place(self: torch.Tensor, other: torch.Tensor) -> bool:
    """Whether `self.data = other` is possible: as on CUDA also from device to device, so that `Module.to` keeps its parameters."""
    return all(one.layout == torch.strided and not one.is_nested for one in (self, other))


def _record_stream(self: torch.Tensor, s: torch.Stream) -> None:
    """Nothing to do: there is one stream, and everything on it is done at once."""


def _convolution(*args: Any) -> torch.Tensor:
    return simulate(torch.ops.aten.convolution.default, *args)


def _convolution_backward(
    grad_output: torch.Tensor,
    input: torch.Tensor,
    weight: torch.Tensor,
    stride: list[int],
    padding: list[int],
    dilation: list[int],
    transposed: bool,
    output_padding: list[int],
    groups: int,
    output_mask: list[bool],
) -> tuple[torch.Tensor, ...]:
    bias_sizes = [grad_output.shape[1]] if output_mask[2] else None
    return simulate(
        torch.ops.aten.convolution_backward.default,
        grad_output,
        input,
        weight,
        bias_sizes,
        stride,
        padding,
        dilation,
        transposed,
        output_padding,
        groups,
        output_mask,
    )
