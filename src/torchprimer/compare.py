"""Compare what an answer gave with what was expected, and say the first difference in a sentence.

The order is always the same: kind, shape, dtype, device, graph, then numbers. The functions
return None where the two agree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch

from torchprimer import plain
from torchprimer.plain import describe, dtype_text, shape_text

# Relative and absolute tolerance. Wide enough for a formula that is right but sums in another
# order, narrow enough that a biased standard deviation of 100 numbers (half a per cent) is seen.
_TOLERANCES = {
    torch.float16: (2e-2, 2e-3),
    torch.bfloat16: (5e-2, 1e-2),
    torch.float32: (1e-4, 1e-5),
    torch.complex64: (1e-4, 1e-5),
    torch.float64: (1e-9, 1e-10),
    torch.complex128: (1e-9, 1e-10),
}

Tolerance = tuple[float, float] | None


def difference(
    got: Any,  # noqa: ANN401
    want: Any,  # noqa: ANN401
    *,
    mistakes: Mapping[str, Any] | None = None,
    tolerance: Tolerance = None,
    subject: str = "your answer returned",
) -> str | None:
    """The sentence that names how `got` differs from `want`; None where they agree.

    `mistakes` maps a sentence to what that mistake produces; it is given where `got` is exactly that.
    `tolerance` is (relative, absolute), for tensors and floats; the absolute one is scaled by the
    largest expected number. `subject` begins the sentence, verb included: "`standardize` returned".
    """
    if agree(got, want, tolerance):
        return None
    for sentence, produced in (mistakes or {}).items():
        if agree(got, produced, tolerance):
            return sentence
    if isinstance(want, torch.Tensor):
        return _tensor_difference(got, want, tolerance, subject)
    return _value_difference(got, want, tolerance, subject)


def agree(got: Any, want: Any, tolerance: Tolerance = None) -> bool:  # noqa: ANN401
    """Whether `got` is `want`: same kind, shape, dtype, device and graph, and numbers within tolerance."""
    if isinstance(want, torch.Tensor):
        return (
            isinstance(got, torch.Tensor)
            and got.shape == want.shape
            and got.dtype == want.dtype
            and got.device == want.device
            and got.requires_grad == want.requires_grad
            and _numbers_agree(got, want, tolerance)
        )
    if isinstance(want, bool) or want is None or isinstance(want, str):
        return type(got) is type(want) and got == want
    if isinstance(want, int | float | complex):
        if isinstance(got, bool) or not isinstance(got, int | float | complex):
            return False
        if isinstance(got, complex) and not isinstance(want, complex):
            return False
        if isinstance(want, int):
            return got == want
        relative, absolute = tolerance or (1e-5, 1e-7)
        if isinstance(want, complex) or isinstance(got, complex):
            return abs(got - want) <= absolute + relative * abs(want)
        return math.isclose(got, want, rel_tol=relative, abs_tol=absolute) or (got != got and want != want)
    if isinstance(want, dict):
        return (
            isinstance(got, dict)
            and got.keys() == want.keys()
            and all(agree(got[k], want[k], tolerance) for k in want)
        )
    if isinstance(want, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(want)
            and all(agree(g, w, tolerance) for g, w in zip(got, want, strict=True))
        )
    return plain.same(got, want)


def _numbers_agree(got: torch.Tensor, want: torch.Tensor, tolerance: Tolerance) -> bool:
    return bool(_close(got, want, tolerance).all())


def _close(got: torch.Tensor, want: torch.Tensor, tolerance: Tolerance) -> torch.Tensor:
    got, want = got.detach().cpu(), want.detach().cpu()
    if not (want.is_floating_point() or want.is_complex()):
        return got == want
    relative, absolute = tolerance or _TOLERANCES.get(want.dtype, (1e-4, 1e-5))
    wide = torch.complex128 if want.is_complex() or got.is_complex() else torch.float64
    got, want = got.to(wide), want.to(wide)
    sizes = want.abs()
    finite = sizes[torch.isfinite(sizes)]
    scale = max(float(finite.max()), 1e-30) if finite.numel() else 1.0
    return torch.isclose(got, want, rtol=relative, atol=absolute * min(scale, 1.0), equal_nan=True)


def _tensor_difference(got: Any, want: torch.Tensor, tolerance: Tolerance, subject: str) -> str:  # noqa: ANN401
    expected = f"a tensor of shape {shape_text(want.shape)}"
    if isinstance(got, np.ndarray):
        return f"{subject} a NumPy array; {expected} was expected. Stay with PyTorch's functions, or use `torch.from_numpy`."
    if isinstance(got, list | tuple):
        sentence = f"{subject} {describe(got)}; {expected} was expected."
        if isinstance(got, tuple) and got and agree(got[0], want, tolerance):
            if len(got) == 1:
                return f"{sentence} A comma at the end makes a tuple of one: take it away."
            return f"{sentence} The first of them is right: return it alone."
        if got and all(isinstance(item, torch.Tensor) for item in got):
            return f"{sentence} `torch.stack` makes one tensor from a list of equal ones, `torch.cat` joins them end to end."
        return f"{sentence} `torch.tensor` makes one from a list of numbers."
    if isinstance(got, bool | int | float | complex):
        hint = (
            " A Python number has left PyTorch: no shape, no dtype, no gradient." if want.dim() == 0 else ""
        )
        return f"{subject} {describe(got)}, a Python number; {expected} was expected.{hint}"
    if not isinstance(got, torch.Tensor):
        return f"{subject} {describe(got)}; {expected} was expected."
    if got.shape != want.shape:
        return _shape_difference(got, want, tolerance, subject)
    if got.dtype != want.dtype:
        return _dtype_difference(got.dtype, want.dtype, subject)
    if got.device != want.device:
        return f"{subject} a tensor on `{got.device}`; it was expected on `{want.device}`. `.to` moves it."
    if got.requires_grad and not want.requires_grad:
        return f"{subject} a tensor that carries a graph (`requires_grad` is True); none was expected here."
    if want.requires_grad and not got.requires_grad:
        return f"{subject} a tensor without a graph: no gradient can flow back through it."
    return _number_difference(got, want, tolerance, subject)


def _shape_difference(got: torch.Tensor, want: torch.Tensor, tolerance: Tolerance, subject: str) -> str:
    sentence = f"{subject} shape {shape_text(got.shape)}; {shape_text(want.shape)} was expected."
    if got.dim() == want.dim() == 2 and got.mT.shape == want.shape:
        return f"{sentence} Rows and columns are swapped: that is the transpose."
    if got.dim() == 0:
        return f"{sentence} Everything was reduced to one number: name the `dim` that may disappear."
    if got.squeeze().shape == want.squeeze().shape:
        if got.dim() > want.dim():
            return f"{sentence} The numbers are fine but a dimension of size 1 is too many: `squeeze` drops it, `keepdim` keeps it."
        return f"{sentence} A dimension of size 1 is missing: `unsqueeze` or `keepdim=True` gives it."
    if want.dim() == 1 and got.dim() == 2 and got.shape[0] == got.shape[1] == want.shape[0]:
        return f"{sentence} Did a column (N, 1) meet a vector (N,)? Then every element met every other."
    if got.numel() == want.numel():
        return f"{sentence} It has as many numbers, laid out differently."
    if got.dim() == want.dim():
        wrong = [d for d in range(got.dim()) if got.shape[d] != want.shape[d]]
        places = " and ".join(f"dim {d} (yours {got.shape[d]}, expected {want.shape[d]})" for d in wrong)
        return f"{sentence} Look at {places}."
    return f"{sentence} It has {got.dim()} dimension{'s' if got.dim() != 1 else ''} instead of {want.dim()}."


def _dtype_difference(got: torch.dtype, want: torch.dtype, subject: str) -> str:
    sentence = f"{subject} dtype {dtype_text(got)}; {dtype_text(want)} was expected."
    if got == torch.float64 and want == torch.float32:
        why = "float64 is NumPy's habit; a model's weights are float32, and `@` refuses to mix the two."
    elif got == torch.float32 and want == torch.float64:
        why = "float32 keeps about 7 digits of the 16 that came in: keep the dtype of the input."
    elif got.is_complex != want.is_complex:
        why = "Complex numbers came in, or went lost, on the way."
    elif want.is_floating_point and not got.is_floating_point:
        why = "Integers and booleans lose every decimal, and no gradient can pass through them."
    elif got.is_floating_point and want == torch.int64:
        why = "Whole numbers were asked for: `dtype=torch.int64` makes them, `.long()` converts."
    elif got.is_floating_point and not want.is_floating_point:
        why = (
            "These are counts, indices or truth values: decimals have no meaning, and indexing refuses them."
        )
    else:
        why = (
            "A dtype that changes on the way costs digits or memory, and later operations may refuse to mix."
        )
    return f"{sentence} {why}"


def _number_difference(got: torch.Tensor, want: torch.Tensor, tolerance: Tolerance, subject: str) -> str:
    g, w = got.detach().cpu(), want.detach().cpu()
    if g.is_floating_point() and (bad := ~torch.isfinite(g) & torch.isfinite(w)).any():
        value = float(g[bad].flatten()[0])
        cause = "0 / 0 or inf - inf" if math.isnan(value) else "a division by zero or an overflow"
        return f"{subject} {value} at {_place(bad)}: {cause} happened on the way."
    close = _close(g, w, tolerance)
    # "Every number" is only a pattern where there is more than one.
    if g.numel() > 1 and g.dtype != torch.bool and (pattern := _pattern(g, w, tolerance)):
        return f"{subject} {pattern}."
    wrong = ~close
    count, total = int(wrong.sum()), w.numel()
    where = f" at {_place(wrong)}" if w.dim() else ""
    index = tuple(wrong.nonzero()[0].tolist())
    how_many = f"{count} of {total} numbers differ" if total > 1 else "the number differs"
    first = "the first one" if count > 1 else "it"
    yours, expected = _two(g[index], w[index])
    return f"{subject} the right shape and dtype, but {how_many}: {first}{where} is {yours}, expected {expected}."


def _pattern(got: torch.Tensor, want: torch.Tensor, tolerance: Tolerance) -> str | None:
    """A phrase for a relation that holds for all numbers at once; None where there is none."""

    def is_close(left: torch.Tensor, right: torch.Tensor) -> bool:
        return left.shape == right.shape and _numbers_agree(left, right, tolerance)

    if not want.any():
        return None
    if not got.any():
        return "zeros everywhere"
    if is_close(got, -want):
        return "every number with the wrong sign"
    largest = int(want.abs().argmax())
    ratio = (got.flatten()[largest] / want.flatten()[largest]).item()
    if (
        isinstance(ratio, float)
        and math.isfinite(ratio)
        and ratio != 0
        and is_close(got.double(), want.double() * ratio)
    ):
        known = {2.0: "exactly twice what is expected", 0.5: "exactly half of what is expected"}
        for value, phrase in known.items():
            if math.isclose(ratio, value, rel_tol=1e-4):
                return phrase
        return f"every number {ratio:.4g} times as large as expected"
    if want.dim() == 2 and is_close(got, want.mT):
        return "the transpose: rows and columns are swapped"
    if is_close(got, want.flip(0)):
        return "the right numbers in reversed order"
    if want.dim() == 2 and is_close(got, want.flip(1)):
        return "the right columns in reversed order"
    offset = (got - want).flatten()[0]
    if is_close(got, want + offset):
        return f"every number off by the same amount, {_short(offset)}"
    if not got.is_complex() and is_close(got.flatten().sort().values, want.flatten().sort().values):
        return "the right numbers in another order"
    return None


def _place(mask: torch.Tensor) -> str:
    return str(mask.nonzero()[0].tolist()) if mask.dim() else "its only element"


def _short(number: torch.Tensor, digits: int = 5) -> str:
    value = number.item()
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)


def _two(got: torch.Tensor, want: torch.Tensor) -> tuple[str, str]:
    """Two numbers that differ, with as many digits as it takes to see it."""
    digits = next((n for n in range(5, 17) if _short(got, n) != _short(want, n)), 17)
    return _short(got, digits), _short(want, digits)


def _value_difference(got: Any, want: Any, tolerance: Tolerance, subject: str) -> str:  # noqa: ANN401
    number = isinstance(want, int | float | complex) and not isinstance(want, bool)
    if number and isinstance(got, torch.Tensor):
        hint = " `.item()` takes it out of a one-element tensor." if got.numel() == 1 else ""
        return f"{subject} {describe(got)}; a Python number was expected.{hint}"
    if isinstance(want, np.ndarray) and isinstance(got, torch.Tensor):
        return f"{subject} {describe(got)}; a NumPy array was expected. `.numpy()` gives one."
    if isinstance(want, list | tuple) and isinstance(got, list | tuple):
        if len(got) != len(want):
            return f"{subject} {len(got)} value{'s' if len(got) != 1 else ''}; {len(want)} were expected."
        for index, (one, other) in enumerate(zip(got, want, strict=True)):
            if sentence := difference(
                one,
                other,
                tolerance=tolerance,
                subject=f"{subject.rstrip(',')}, in place {index + 1} of {len(want)},",
            ):
                return sentence
    if isinstance(want, dict) and isinstance(got, dict):
        if got.keys() != want.keys():
            missing = [str(key) for key in want if key not in got] or [
                str(key) for key in got if key not in want
            ]
            return f"{subject} a dict with other keys; look at {', '.join(missing)}."
        for key in want:
            if sentence := difference(
                got[key], want[key], tolerance=tolerance, subject=f"{subject}, as `{key}`,"
            ):
                return sentence
    if isinstance(want, list | tuple | dict):
        return f"{subject} {describe(got)}; {describe(want)} was expected."
    if type(got) is type(want) or (number and isinstance(got, int | float)):
        return f"{subject} {describe(got)}; {describe(want)} was expected."
    return f"{subject} {describe(got)}; {_kind_wanted(want)} was expected."


def _kind_wanted(want: object) -> str:
    if isinstance(want, bool):
        return "True or False"
    if isinstance(want, str):
        return "a string"
    if isinstance(want, int | float | complex):
        return "a number"
    return describe(want)
