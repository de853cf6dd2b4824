"""`torch.autocast("sim")`: which operations run in half precision, which in single; the lists are CUDA's.

From `aten/src/ATen/autocast_mode.h`, see https://docs.pytorch.org/docs/stable/amp.html#cuda-op-specific-behavior.
"""

# ruff: noqa: ANN401 - a boxed kernel is handed values of every kind

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch.library import Library

_LOW = """
    _convolution conv1d conv2d conv3d conv_tbc conv_transpose1d conv_transpose2d.input conv_transpose3d.input convolution prelu
    addmm addmv addr matmul einsum mm mv linalg_vecdot linear addbmm baddbmm bmm chain_matmul linalg_multi_dot
    _thnn_fused_lstm_cell _thnn_fused_gru_cell lstm_cell gru_cell rnn_tanh_cell rnn_relu_cell scaled_dot_product_attention
"""
_SINGLE = """
    acos asin cosh erfinv exp expm1 log log10 log2 log1p reciprocal rsqrt sinh tan
    pow.Tensor_Scalar pow.Tensor_Tensor pow.Scalar softplus layer_norm native_layer_norm group_norm
    frobenius_norm.dim nuclear_norm nuclear_norm.dim cosine_similarity poisson_nll_loss cosine_embedding_loss nll_loss
    nll_loss2d hinge_embedding_loss kl_div l1_loss smooth_l1_loss huber_loss mse_loss margin_ranking_loss
    multilabel_margin_loss soft_margin_loss triplet_margin_loss multi_margin_loss binary_cross_entropy_with_logits dist
    pdist cdist renorm logsumexp
"""
_SINGLE_AS_DTYPE = """
    prod prod.dim_int softmax.int log_softmax.int cumprod cumsum linalg_vector_norm linalg_matrix_norm
    linalg_matrix_norm.str_ord sum sum.dim_IntList
"""
_WIDEST = "addcdiv addcmul atan2 bilinear cross dot vdot grid_sampler index_put tensordot scatter_add"


def install(kernels: Library, fallback: Library) -> None:
    """Give PyTorch the casts for `sim`; what is in no list runs as it is."""
    fallback.fallback(torch.library.fallthrough_kernel, "AutocastPrivateUse1")
    for names, cast in (
        (_LOW, _to_low),
        (_SINGLE, _to_single),
        (_SINGLE_AS_DTYPE, _to_single_result),
        (_WIDEST, _to_widest),
    ):
        for name in names.split():
            packet, _, overload = name.partition(".")
            op = getattr(getattr(torch.ops.aten, packet), overload or "default")
            kernels.impl(name, functools.partial(cast, op), "AutocastPrivateUse1")
    kernels.impl("binary_cross_entropy", _refuse, "AutocastPrivateUse1")


def _below(op: torch._ops.OpOverload, args: Any, kwargs: dict[str, Any]) -> Any:
    with torch._C._ExcludeDispatchKeyGuard(torch._C.DispatchKeySet(torch._C.DispatchKey.AutocastPrivateUse1)):
        return op(*args, **kwargs)


def _cast(value: Any, dtype: torch.dtype) -> Any:
    if isinstance(value, torch.Tensor):
        wanted = value.is_sim and value.is_floating_point() and value.dtype != torch.float64
        return value.to(dtype) if wanted else value
    return [_cast(item, dtype) for item in value] if isinstance(value, list | tuple) else value


def _to(dtype: torch.dtype, op: torch._ops.OpOverload, args: Any, kwargs: dict[str, Any]) -> Any:
    kwargs = {name: _cast(value, dtype) for name, value in kwargs.items()}
    return _below(op, [_cast(value, dtype) for value in args], kwargs)


def _to_low(op: torch._ops.OpOverload, *args: Any, **kwargs: Any) -> Any:
    return _to(torch.get_autocast_dtype("sim"), op, args, kwargs)


def _to_single(op: torch._ops.OpOverload, *args: Any, **kwargs: Any) -> Any:
    return _to(torch.float32, op, args, kwargs)


def _to_single_result(op: torch._ops.OpOverload, *args: Any, **kwargs: Any) -> Any:
    if args[0].is_floating_point() and kwargs.get("dtype") is None:
        kwargs["dtype"] = torch.float32 if args[0].dtype != torch.float64 else None
    return _below(op, args, kwargs)


def _to_widest(op: torch._ops.OpOverload, *args: Any, **kwargs: Any) -> Any:
    low = torch.get_autocast_dtype("sim")
    flat = [item for value in args for item in (value if isinstance(value, list | tuple) else (value,))]
    wide = any(isinstance(item, torch.Tensor) and item.dtype == torch.float32 for item in flat)
    return _to(torch.float32 if wide else low, op, args, kwargs)


def _refuse(*_: Any, **__: Any) -> Callable:
    raise RuntimeError(
        "torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to autocast.\n"
        "Many models use a sigmoid layer right before the binary cross entropy layer.\n"
        "In this case, combine the two layers using torch.nn.functional.binary_cross_entropy_with_logits\n"
        "or torch.nn.BCEWithLogitsLoss.  binary_cross_entropy_with_logits and BCEWithLogits are\n"
        "safe to autocast."
    )
