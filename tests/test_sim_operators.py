"""PyTorch's own list of operators, with PyTorch's own samples, on `sim` and on the CPU: the results are equal.

`op_db` is what PyTorch tests its operators with (torch/testing/_internal/common_methods_invocations.py).
Compared are the first float32 samples of every operator that the CPU has: shape, dtype, strides, every bit. So are
their gradients.
"""

import itertools
import warnings

import pytest
import torch
from torch.utils._pytree import tree_leaves, tree_map

from torchprimer import sim

pytest.importorskip("expecttest", reason="PyTorch's operator list needs it")

NOT_COMPARED = {
    "jiterator": "compiled for CUDA alone",
    "empty": "says nothing of what is in its result",
    "new_empty": "says nothing of what is in its result",
    "linalg.lstsq": "its last digits differ from call to call on the CPU itself",
}
FLOOR = 0.99


@pytest.fixture(scope="module", autouse=True)
def registered():
    sim.register(beside_accelerator=True)


def compared(operator):
    return operator.supports_dtype(torch.float32, "cpu") and not any(
        operator.name.startswith(name) for name in NOT_COMPARED
    )


def moved(value):
    if isinstance(value, torch.Tensor):
        return value.to("sim")
    if isinstance(value, torch.device) or (isinstance(value, str) and value == "cpu"):
        return torch.device("sim")
    return value


def cloned(value):
    return value.clone() if isinstance(value, torch.Tensor) else value


def run(operator, sample, change, device):
    torch.manual_seed(0)
    with torch.device(device):
        return operator(
            tree_map(change, sample.input), *tree_map(change, sample.args), **tree_map(change, sample.kwargs)
        )


def equal(got, want):
    if not isinstance(want, torch.Tensor):
        return got == want or (want != want and got != got)
    if got.device != torch.device("sim", 0) or (got.dtype, got.shape) != (want.dtype, want.shape):
        return False
    if got.numel() and got.stride() != want.stride():
        return False
    got, want = got.cpu().resolve_conj().resolve_neg(), want.resolve_conj().resolve_neg()
    if want.dtype == torch.complex32:  # the CPU does not compare it
        got, want = torch.view_as_real(got), torch.view_as_real(want)
    return bool(((got == want) | ((got != got) & (want != want))).all())


def gradients(operator, sample, change, device):
    leaves = []

    def leaf(value):
        value = change(value)
        if isinstance(value, torch.Tensor) and value.is_floating_point():
            leaves.append(value := value.detach().clone().requires_grad_())
        return value

    results = tree_leaves(sample.output_process_fn_grad(run(operator, sample, leaf, device)))
    scalars = [
        result.abs().sum()
        for result in results
        if isinstance(result, torch.Tensor) and result.requires_grad and result.numel()
    ]
    return torch.autograd.grad(scalars, leaves, allow_unused=True) if scalars else ()


def first_difference(operator, compute, samples):
    """How what `compute` gives differs on `sim`, in a few words; an empty string where it does not."""
    for sample in itertools.islice(operator.sample_inputs("cpu", torch.float32), samples):
        try:
            want = compute(operator, sample, cloned, "cpu")
        except (RuntimeError, NotImplementedError):  # a sample that the CPU refuses
            continue
        try:
            got = compute(operator, sample, moved, "sim")
        except Exception as problem:
            return f"{type(problem).__name__}: {str(problem).splitlines()[0]}"
        wanted, gotten = tree_leaves(want), tree_leaves(got)
        if len(wanted) != len(gotten) or not all(map(equal, gotten, wanted)):
            return "another result"
    return ""


@pytest.mark.parametrize(("compute", "samples"), [(run, 8), (gradients, 2)], ids=["results", "gradients"])
def test_operators_give_what_they_give_on_the_cpu(compute, samples):
    from torch.testing._internal.common_methods_invocations import op_db

    operators = [
        operator
        for operator in op_db
        if compared(operator) and (compute is run or operator.supports_autograd)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        failures = {
            operator.formatted_name: difference
            for operator in operators
            if (difference := first_difference(operator, compute, samples))
        }
    share = 1 - len(failures) / len(operators)
    print(f"\n{len(operators) - len(failures)} of {len(operators)} operators are equal on sim: {share:.2%}")
    for name, difference in sorted(failures.items()):
        print(f"  {name}: {difference}")
    assert len(operators) > 500 and share >= FLOOR
    # Sparse results cannot be; `tensor_split` wants its places on the CPU, on CUDA too.
    assert set(failures) <= {"sparse_sampled_addmm", "sparse_mm_reduce", "to_sparse", "tensor_split"}
