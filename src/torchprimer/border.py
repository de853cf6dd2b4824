"""Plain data as JSON, across the border between a judge's process and a student's.

Nothing is pickled, and what comes back is taken apart as if an enemy had written it: `loads` and `unpack`
give plain data or raise `Garbled`. JSON's own values stand for themselves and a JSON list for a list; all
else is an object whose first key says what it is.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from typing import Any

import numpy as np
import torch

from torchprimer import plain

MAX_CHARACTERS = 64 << 20  # of a message
MAX_BYTES = 32 << 20  # of the numbers of one tensor or array
_MAX_DEPTH = 30  # plain data is at most 20 deep
_MAX_ITEMS = 1_000_000
_MAX_BITS = 4_096  # of a whole number
_MAX_PHRASE = 200

_DTYPES = {
    name: dtype
    for name, dtype in vars(torch).items()
    if re.fullmatch(r"bool|u?int(8|16|32|64)|b?float(16|32|64)|float8_e\w+|complex(32|64|128)", name)
}
_ARRAY_DTYPE = re.compile(r"[<>|=]?(b1|[iu][1248]|f[248]|c8|c16|U[0-9]{1,5}|S[0-9]{1,5})")
_DEVICE = re.compile(r"(cpu|cuda|mps|xpu|sim)(:[0-9]{1,2})?")


class Garbled(ValueError):
    """A message that is not plain data written by this module; the text says what is wrong with it."""


class TooLarge(ValueError):
    """Plain data with more numbers than may pass; the text is a phrase for it."""


def dumps(message: Any) -> str:  # noqa: ANN401
    """A message of JSON's own values as text without line breaks. Raises `TooLarge`."""
    text = json.dumps(message, allow_nan=False)
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("data too large to be looked at")
    return text


def loads(text: object) -> Any:  # noqa: ANN401
    """The JSON in `text`, which may be anything. Raises `Garbled`."""
    if type(text) is not str or len(text) > MAX_CHARACTERS:
        raise Garbled("it is no text, or too long")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError, MemoryError):
        raise Garbled("it is not JSON") from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


# ---------------------------------------------------------------- to JSON


def pack(value: Any) -> Any:  # noqa: ANN401
    """Plain data, as `plain.copy` gives it, in JSON's own values. Raises `TooLarge`."""
    if value is None or type(value) in (bool, str):
        return value
    if type(value) is int:
        if abs(value) < 1 << 53:
            return value
        huge = value.bit_length() > _MAX_BITS
        return {"stranger": "a huge whole number"} if huge else {"int": hex(value)}
    if type(value) is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if type(value) is complex:
        return {"complex": [value.real.hex(), value.imag.hex()]}
    if value is ...:
        return {"dots": 0}
    if isinstance(value, list):
        return [pack(item) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [pack(item) for item in value]}
    if isinstance(value, dict):
        return {"dict": [[pack(key), pack(item)] for key, item in value.items()]}
    if isinstance(value, torch.Tensor):
        return _pack_tensor(value)
    if isinstance(value, np.ndarray):
        return _pack_array(value)
    what = value.what if isinstance(value, plain.Stranger) else plain.describe(value)
    return {"stranger": what[:_MAX_PHRASE]}


def _pack_tensor(value: torch.Tensor) -> dict[str, Any]:
    dtype = plain.dtype_text(value.dtype)
    if dtype not in _DTYPES:
        return {"stranger": f"a tensor of the dtype {dtype}"}
    _limit(value.numel() * value.element_size(), value)
    tensor = value.detach().resolve_conj().resolve_neg().cpu()
    if tensor.numel() == 0:
        tensor = torch.empty(tensor.shape, dtype=tensor.dtype)
    _limit(tensor.untyped_storage().nbytes(), value)
    numbers = torch.empty(0, dtype=torch.uint8).set_(tensor.untyped_storage())
    places = numbers.numel() // tensor.element_size()
    if places > tensor.numel():
        # What lies between the elements of a view is not asked: its place passes, and nothing of what is in it.
        reached = torch.arange(places).as_strided(tensor.shape, tensor.stride(), tensor.storage_offset())
        reached, apart = reached.flatten(), numbers.view(places, tensor.element_size())
        numbers = torch.zeros_like(apart).index_copy_(0, reached, apart[reached])
    return {
        "tensor": _text(numbers.numpy().tobytes()),
        "dtype": dtype,
        "shape": list(tensor.shape),
        "strides": list(tensor.stride()),
        "offset": tensor.storage_offset(),
        "device": str(value.device),
        "grad": value.requires_grad,
    }


def _pack_array(value: np.ndarray) -> dict[str, Any]:
    if not _ARRAY_DTYPE.fullmatch(value.dtype.str):
        return {"stranger": plain.describe(value)}
    _limit(value.nbytes, value)
    # An array in Fortran's order stays one: its axes, from the longest step to the shortest.
    axes = sorted(range(value.ndim), key=lambda axis: -value.strides[axis])
    return {
        "array": _text(np.ascontiguousarray(value.transpose(axes)).tobytes()),
        "dtype": value.dtype.str,
        "shape": list(value.shape),
        "axes": axes,
    }


def _limit(size: int, value: object) -> None:
    if size > MAX_BYTES:
        raise TooLarge(plain.describe(value))


def _text(numbers: bytes) -> str:
    return base64.b64encode(numbers).decode("ascii")


# ---------------------------------------------------------------- and back


def unpack(packed: Any, *, same_layout: bool = False) -> Any:  # noqa: ANN401
    """The plain data that `pack` packed. Raises `Garbled` for anything else.

    Tensors keep their strides and storage offset with `same_layout`, and are plain copies otherwise.
    """
    try:
        return _Unpack(same_layout).value(packed, 0)
    except Garbled:
        raise
    except Exception as problem:  # Python, NumPy and PyTorch have many words for data that makes no sense
        raise Garbled(f"it is no plain data ({type(problem).__name__})") from None


class _Unpack:
    def __init__(self, same_layout: bool) -> None:
        self.same_layout = same_layout
        self.items = 0
        self.bytes = 0

    def value(self, packed: Any, depth: int) -> Any:  # noqa: ANN401
        self.items += 1
        _need(depth <= _MAX_DEPTH, "it is nested too deeply")
        _need(self.items <= _MAX_ITEMS, "it has too many parts")
        if packed is None or type(packed) in (bool, int, float, str):
            return packed
        if type(packed) is list:
            return [self.value(item, depth + 1) for item in packed]
        _need(type(packed) is dict and bool(packed), "it is no plain data")
        kind = next(iter(packed))
        content = packed[kind]
        if kind == "tuple":
            return tuple(self.value(item, depth + 1) for item in _list(content))
        if kind == "dict":
            pairs = [_list(pair, 2) for pair in _list(content)]
            return {self.value(key, depth + 1): self.value(item, depth + 1) for key, item in pairs}
        if kind == "dots":
            return ...
        if kind == "tensor":
            return self._tensor(packed)
        if kind == "array":
            return self._array(packed)
        if kind == "complex":
            real, imaginary = (float.fromhex(_string(part, 40)) for part in _list(content, 2))
            return complex(real, imaginary)
        text = _string(content, _MAX_BITS)
        if kind == "float":
            return float(text)
        if kind == "int":
            return int(text, 16)
        _need(kind == "stranger", "it is no plain data")
        return plain.Stranger(text[:_MAX_PHRASE])

    def _tensor(self, packed: dict[str, Any]) -> torch.Tensor:
        dtype = _DTYPES[packed["dtype"]]
        shape, strides, offset = _sizes(packed["shape"]), _sizes(packed["strides"]), packed["offset"]
        device = _string(packed["device"], 20)
        _need(len(shape) == len(strides) <= 64 and _is_size(offset), "a tensor is out of shape")
        _need(_DEVICE.fullmatch(device), "a tensor is on no device")
        count = math.prod(shape)
        raw = self._numbers(packed["tensor"], count * dtype.itemsize)
        _need(len(raw) % dtype.itemsize == 0, "a tensor has half a number")
        last = offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
        _need(count == 0 or last < len(raw) // dtype.itemsize, "a tensor is larger than its numbers")
        flat = torch.frombuffer(raw, dtype=dtype if dtype != torch.bool else torch.uint8) if raw else None
        if flat is None:
            tensor = torch.empty(shape, dtype=dtype)
        else:
            flat = flat != 0 if dtype == torch.bool else flat.clone()  # a byte of 2 is no truth value
            tensor = torch.empty(0, dtype=dtype).set_(flat.untyped_storage(), offset, shape, strides)
        if not self.same_layout:
            tensor = tensor.clone()
        if device != "cpu":
            tensor = tensor.to(device)
        grad = packed["grad"]
        _need(type(grad) is bool, "a tensor is damaged")
        return tensor.requires_grad_(grad)

    def _array(self, packed: dict[str, Any]) -> np.ndarray:
        text = _string(packed["dtype"], 8)
        _need(_ARRAY_DTYPE.fullmatch(text), "an array has an unknown dtype")
        dtype = np.dtype(text)
        shape, axes = _sizes(packed["shape"]), _sizes(packed["axes"])
        _need(sorted(axes) == list(range(len(shape))) and len(shape) <= 32, "an array is out of shape")
        size = math.prod(shape) * dtype.itemsize
        raw = self._numbers(packed["array"], size)
        _need(len(raw) == size, "an array is larger than its numbers")
        if not raw:
            return np.empty(shape, dtype)
        flat = np.frombuffer(raw, np.uint8) != 0 if dtype.kind == "b" else np.frombuffer(raw, dtype)
        back = [axes.index(axis) for axis in range(len(axes))]
        return flat.reshape([shape[axis] for axis in axes]).copy().transpose(back)

    def _numbers(self, text: object, size: int) -> bytearray:
        _need(size <= MAX_BYTES, "it is too large")
        try:
            raw = bytearray(base64.b64decode(_string(text, MAX_CHARACTERS), validate=True))
        except binascii.Error:
            raise Garbled("its numbers are damaged") from None
        self.bytes += max(len(raw), size)
        _need(self.bytes <= 2 * MAX_BYTES, "it is too large")
        return raw


def _need(condition: object, otherwise: str) -> None:
    if not condition:
        raise Garbled(otherwise)


def _list(value: object, length: int | None = None) -> list[Any]:
    _need(type(value) is list and (length is None or len(value) == length), "a container is damaged")
    return value  # type: ignore[return-value]


def _string(value: object, longest: int) -> str:
    _need(type(value) is str and len(value) <= longest, "a text is damaged")
    return value  # type: ignore[return-value]


def _is_size(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 40


def _sizes(value: object) -> list[int]:
    sizes = _list(value)
    _need(all(map(_is_size, sizes)), "a shape is damaged")
    return sizes
