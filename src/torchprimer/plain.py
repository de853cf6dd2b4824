"""Plain data: the only thing that passes between a check and a student's answer.

Plain data are tensors, NumPy arrays, numbers, strings, None, `...` (not answered) and lists,
tuples and dicts of them. Copies keep no tie to the original: no shared memory, no graph.
"""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import torch

_MAX_DEPTH = 20


class NotPlain(TypeError):
    """A value that is not plain data; the message is a phrase such as "a function"."""


class Stranger:
    """Stands in a copied container for something that is not plain data; `what` is a phrase for it."""

    def __init__(self, what: str) -> None:
        self.what = what


def copy(value: Any, *, same_layout: bool = False, _depth: int = 0) -> Any:  # noqa: ANN401
    """A copy of plain data, tensors included.

    What is not plain inside a container becomes a `Stranger`. `requires_grad` is kept as a flag: the copy of an intermediate tensor is a leaf that requires grad.
    With `same_layout`, a tensor keeps its strides and storage offset, so that a non-contiguous input
    stays one. Raises `NotPlain` for anything else, also for containers nested deeper than 20.
    """
    if _depth > _MAX_DEPTH:
        raise NotPlain("a container nested too deeply")
    if value is None or value is ... or type(value) in (bool, int, float, complex, str):
        return value
    if isinstance(value, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():  # a subclass of the answer's must not take part
            return _copy_tensor(value, same_layout)
    if isinstance(value, np.ndarray) and value.dtype != object:
        return np.array(value)
    if isinstance(value, np.generic | bool | int | float | complex | str):
        return value.item() if isinstance(value, np.generic) else _base_value(value)
    if isinstance(value, torch.Size):
        return tuple(int(size) for size in value)
    if isinstance(value, torch.dtype | torch.device):
        return str(value)

    def inner(item: object) -> Any:  # noqa: ANN401
        try:
            return copy(item, same_layout=same_layout, _depth=_depth + 1)
        except NotPlain as problem:
            return Stranger(str(problem))

    if isinstance(value, dict):
        return {inner(key): inner(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(inner(item) for item in value)
    if isinstance(value, list):
        return [inner(item) for item in value]
    raise NotPlain(describe(value))


def _base_value(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return str.__str__(value)
    return next(base(value) for base in (bool, int, float, complex) if isinstance(value, base))


def _copy_tensor(value: torch.Tensor, same_layout: bool) -> torch.Tensor:
    if value.layout != torch.strided or value.is_nested:
        raise NotPlain(f"a tensor with the layout {value.layout}; an ordinary, dense one was expected")
    tensor = value.detach().resolve_conj().resolve_neg()
    if same_layout:
        storage = tensor.untyped_storage().clone()
        duplicate = torch.empty(0, dtype=tensor.dtype, device=tensor.device)
        duplicate.set_(storage, tensor.storage_offset(), tensor.size(), tensor.stride())
    else:
        duplicate = tensor.clone()
        if type(duplicate) is not torch.Tensor:
            duplicate = torch.Tensor.as_subclass(duplicate, torch.Tensor)
    return duplicate.requires_grad_(value.requires_grad)


def same(left: Any, right: Any) -> bool:  # noqa: ANN401
    """Whether two pieces of plain data are equal, bit for bit; NaN equals NaN."""
    if isinstance(left, torch.Tensor) and isinstance(right, torch.Tensor):
        return (
            left.shape == right.shape
            and left.dtype == right.dtype
            and left.device == right.device
            and bool(torch.allclose(left.detach(), right.detach(), rtol=0.0, atol=0.0, equal_nan=True))
        )
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return left.dtype == right.dtype and np.array_equal(left, right, equal_nan=left.dtype.kind in "fc")
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return left == right or (left != left and right != right)


def shape_text(shape: torch.Size | tuple[int, ...]) -> str:
    """A shape as Python writes a tuple: `(2, 3)`, `(4,)`, `()`."""
    return str(tuple(shape))


def dtype_text(dtype: torch.dtype) -> str:
    """A dtype without its module: `float32`."""
    return str(dtype).removeprefix("torch.")


def describe(value: object) -> str:
    """What a value is, as a phrase for a sentence: "a list of 3 numbers", "a (2, 3) float32 tensor"."""
    if value is None:
        return "None"
    if value is ...:
        return "`...`"
    if isinstance(value, Stranger):
        return value.what
    if isinstance(value, torch.Tensor):
        return f"a {shape_text(value.shape)} {dtype_text(value.dtype)} tensor"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, bool | np.bool_):
        return f"the truth value {value}"
    if isinstance(value, int | float | complex | np.generic):
        if isinstance(value, int) and abs(value) > 10**15:
            return "a huge whole number"
        return f"the number {value:.6g}" if isinstance(value, float) else f"the number {value}"
    if isinstance(value, str):
        return f'the string "{value[:40]}"'
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        if not value:
            return f"an empty {kind}"
        kinds = {_kind(item) for item in value}
        what = kinds.pop() if len(kinds) == 1 else "thing"
        return f"a {kind} of {len(value)} {what}{'s' if len(value) != 1 else ''}"
    if isinstance(value, dict):
        return f"a dict with {len(value)} key{'s' if len(value) != 1 else ''}"
    if isinstance(value, set | frozenset):
        return "a set, which has no keys: a dict has `key: value` pairs"
    if isinstance(value, types.GeneratorType):
        return "a generator (`yield` makes one; `return` gives a value)"
    if isinstance(value, type):
        return f"the class `{value.__name__}`"
    if isinstance(value, types.FunctionType | types.BuiltinFunctionType | types.MethodType):
        name = value.__name__
        return f"the function `{name}` itself, which was not called: `()` after its name calls it"
    name = type(value).__name__
    return f"an object of the class `{name}`"


def _kind(item: object) -> str:
    if isinstance(item, torch.Tensor):
        return "tensor"
    if isinstance(item, bool):
        return "truth value"
    if isinstance(item, int | float | complex):
        return "number"
    return type(item).__name__
