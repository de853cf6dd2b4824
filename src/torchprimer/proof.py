"""Questions whose numbers are right only where a fact holds: what an answer's own process says of it may be false.

When a class is graded, the process in which the student's code runs tells whether an input was changed or a gradient can
flow. A check that gives points for such a fact goes on to use what the fact is about, with numbers that are drawn
beside the check, and compares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from torchprimer import check


def random_like(tensor: torch.Tensor) -> torch.Tensor:
    """Other numbers every time, of the shape and dtype of `tensor`: quarters from 0.5 to 5, or 2 to 20 for whole numbers.

    The global generator is left alone.
    """
    random = torch.Generator()
    random.seed()
    whole = torch.randint(2, 21, tensor.shape, generator=random)
    return (whole / 4 if tensor.is_floating_point() else whole).to(tensor.dtype)


def again(name: str, *args: torch.Tensor, graph: bool = False) -> Any:  # noqa: ANN401
    """What the answer `name` gives for `args`, after it was called with the same tensors when they held other numbers.

    An answer that changes its inputs is wrong the second time, and one that lets them require grad raises. So does one
    whose result carries a graph, unless it may (`graph`).
    """
    changes = [random_like(argument) for argument in args]
    before = [argument - change for argument, change in zip(args, changes, strict=True)]
    return check.observe(used_again, name, changes, graph, *before)


def used_again(
    answer: Callable[..., Any], changes: list[torch.Tensor], graph: bool, *args: torch.Tensor
) -> Any:  # noqa: ANN401
    """The second of two results of `answer(*args)`; in between, `changes` are added to the tensors in place."""
    answer(*args)
    for argument, change in zip(args, changes, strict=True):
        argument += change
    made = answer(*args)
    if isinstance(made, torch.Tensor) and not graph:
        made = torch.from_numpy(made.resolve_neg().numpy())  # NumPy takes no tensor that carries a graph
    return made
