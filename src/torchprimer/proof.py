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


def again(name: str, *args: torch.Tensor | float, graph: bool = False) -> Any:  # noqa: ANN401
    """What the answer `name` gives for `args`, after it was called with the same tensors when they held other numbers.

    An answer that changes its inputs is wrong the second time, and one that lets them require grad raises. So does one
    whose result carries a graph, unless it may (`graph`).
    """
    changes = [random_like(argument) if isinstance(argument, torch.Tensor) else 0 for argument in args]
    before = [argument - change for argument, change in zip(args, changes, strict=True)]
    return check.observe(used_again, name, changes, graph, *before)


def used_again(
    answer: Callable[..., Any], changes: list[torch.Tensor | int], graph: bool, *args: torch.Tensor | float
) -> Any:  # noqa: ANN401
    """The second of two results of `answer(*args)`; in between, `changes` are added to the tensors in place."""
    answer(*args)
    for argument, change in zip(args, changes, strict=True):
        argument += change
    made = answer(*args)
    if isinstance(made, torch.Tensor) and not graph:
        made = torch.from_numpy(made.resolve_neg().numpy())  # NumPy takes no tensor that carries a graph
    return made


def scale_inputs(model: torch.nn.Module, factor: torch.Tensor) -> None:
    """Whatever `model` is called with is from now on multiplied by `factor`; `model.forward(x)` passes that by."""
    model.register_forward_pre_hook(
        lambda _, args, kwargs: (tuple(factor * given for given in (*args, *kwargs.values())), {}),
        with_kwargs=True,
    )


def note_outputs(model: torch.nn.Module, factor: torch.Tensor) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """A list that gets the inputs, and the outputs times `factor`, of every call of `model` that leaves no graph."""
    noted: list[tuple[torch.Tensor, torch.Tensor]] = []

    def note(_: torch.nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any], made: torch.Tensor) -> None:
        if not made.requires_grad:
            noted.append(((*args, *kwargs.values())[0], factor * made))

    model.register_forward_hook(note, with_kwargs=True)
    return noted


def last_outputs(noted: list[tuple[torch.Tensor, torch.Tensor]], inputs: torch.Tensor) -> torch.Tensor:
    """What `note_outputs` noted last for each row of `inputs` (n, d), shape (n, outputs); nan where there is nothing."""
    last = inputs.new_full((len(inputs), noted[0][1].shape[1] if noted else 1), torch.nan)
    for given, made in noted:
        rows, places = (given[:, None] == inputs).all(dim=2).nonzero(as_tuple=True)
        last[places] = made[rows]
    return last
