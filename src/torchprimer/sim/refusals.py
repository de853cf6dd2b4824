"""What CUDA refuses, refused on `sim` in the same words.

Where PyTorch itself compares the devices, in the part of an operation that all devices share, there
is nothing to do. Here are the two checks that are part of CUDA's kernels: of TensorIterator, which lets 0-D
tensors on the CPU take part, and the one that is generated around every other kernel and lets nothing pass
(`aten/src/ATen/TensorIterator.cpp`, `aten/src/ATen/core/adaption.cpp`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from torchprimer.sim.operators import Plan

# Kernels without the generated check (`device_check: NoCheck` in native_functions.yaml), beside those that
# PyTorch tags as pointwise; the last three take indices on the CPU too.
_TAKE_CPU_SCALARS = {
    *(
        "where",
        "fill_",
        "index_fill_",
        "masked_fill",
        "masked_fill_",
        "bernoulli_",
        "mse_loss",
        "smooth_l1_loss",
    ),
    *("index", "_index_put_impl_", "_unsafe_index"),
}
_TAKE_CPU_INDICES = {"index", "_index_put_impl_", "_unsafe_index"}
_TAKE_NO_CPU_SCALARS = {"equal"}


def check_devices(plan: Plan, given: dict[str, Any]) -> None:
    """Refuse operands on two devices where CUDA does, with RuntimeError in PyTorch's words for it."""
    operands = list(_tensors(given))
    if all(tensor.is_sim for _, tensor in operands):
        return
    if complain := _COMPLAINTS.get(plan.name):
        complain(given)
    if plan.name in _TAKE_CPU_INDICES and given["self"].is_sim:
        operands = [(name, tensor) for name, tensor in operands if name != "indices"]
    if (plan.pointwise and plan.name not in _TAKE_NO_CPU_SCALARS) or plan.name in _TAKE_CPU_SCALARS:
        for name, tensor in operands:
            if not tensor.is_sim and (tensor.dim() or name in plan.returned):
                raise RuntimeError(
                    "Expected all tensors to be on the same device, but found at least two devices, "
                    f"sim:0 and {tensor.device}!"
                )
        return
    common = operands[0][1].device
    for name, tensor in operands:
        if tensor.device != common:
            raise RuntimeError(
                f"Expected all tensors to be on the same device, but got {name} is on {tensor.device}, "
                f"different from other tensors on {common} (when checking argument in method {plan.method})"
            )


def _tensors(given: dict[str, Any]) -> Iterator[tuple[str, torch.Tensor]]:
    for name, value in given.items():
        for item in value if isinstance(value, list | tuple) else (value,):
            if isinstance(item, torch.Tensor):
                yield name, item


def _complain_of_convolution(given: dict[str, Any]) -> None:
    data = given.get("input", given.get("self"))
    for name in ("weight", "bias"):
        if isinstance(given.get(name), torch.Tensor) and given[name].device != data.device:
            raise RuntimeError(
                f"Input type ({data.type()}) and {name} type ({given[name].type()}) should be the same"
            )


def _complain_of_recurrence(given: dict[str, Any]) -> None:
    data = given.get("input", given.get("data"))
    for name, tensor in _tensors(given):
        if tensor.device != data.device and name in ("hx", "params"):
            kind = "hidden" if name == "hx" else "parameter"
            raise RuntimeError(
                f"Input and {kind} tensors are not at the same device, found input tensor at {data.device} "
                f"and {kind} tensor at {tensor.device}"
            )


def _complain_of_attention(given: dict[str, Any]) -> None:
    query, key, value = (given[name].device for name in ("query", "key", "value"))
    if not query == key == value:
        raise RuntimeError(
            "Expected query, key, and value to have the same device type, but got "
            f"query.device: {query} key.device: {key} and value.device: {value} instead."
        )


def _complain_of_mask(given: dict[str, Any]) -> None:
    own, mask = given["self"].device, given["mask"].device
    if own != mask:
        raise RuntimeError(
            f"expected self and mask to be on the same device, but got mask on {mask} and self on {own}"
        )


# PyTorch checks the devices of these itself, above its kernels, and has other words for it.
_COMPLAINTS = {
    "convolution": _complain_of_convolution,
    "_slow_conv2d_forward": _complain_of_convolution,
    "mkldnn_convolution": _complain_of_convolution,
    "gru": _complain_of_recurrence,
    "masked_fill": _complain_of_mask,
    "masked_fill_": _complain_of_mask,
    "lstm": _complain_of_recurrence,
    "rnn_relu": _complain_of_recurrence,
    "rnn_tanh": _complain_of_recurrence,
    "scaled_dot_product_attention": _complain_of_attention,
}
