"""Watch a training loop: what it does with an ordinary model, loss function and optimizer, as plain data.

    with loops.Watch(model, loss_fn, optimizer) as watch:
        history = answer(model, loss_fn, optimizer, loader)
    return {"history": history, **watch.record()}

The three stay what they are: a `Watch` listens to them and changes nothing that they compute, so it does
not matter how a loop is written. What is right is for the check to say, by numbers. `slips` puts into
words what a record shows, to explain numbers that are not.
"""

from __future__ import annotations

import inspect
import math
import textwrap
from collections.abc import Callable
from types import TracebackType
from typing import Any

import torch
from torch import nn

__all__ = ["Pinball", "Watch", "network", "slips", "unfinished"]

MOST = 500
Event = dict[str, Any]


def network(
    features: int,
    outputs: int = 1,
    *,
    seed: int,
    dropout: float = 0.0,
    dtype: torch.dtype = torch.float32,
) -> nn.Sequential:
    """A small network (N, features) -> (N, outputs) whose BatchNorm tells training from evaluation mode."""
    with torch.random.fork_rng(devices=[]):
        # The CPU's generator alone: `torch.manual_seed` seeds those of other devices too, and nothing puts them back.
        torch.default_generator.manual_seed(seed)
        layers = [nn.Linear(features, 4), nn.BatchNorm1d(4), nn.Tanh(), nn.Linear(4, outputs)]
        if dropout:
            layers.insert(3, nn.Dropout(dropout))
        return nn.Sequential(*layers).to(dtype)


class Pinball(nn.Module):
    """The mean of `share` times what the prediction is too low, 1 - `share` times what it is too high.

    Unlike the squared error it is another number when prediction and target are swapped.
    """

    def __init__(self, share: float = 0.8) -> None:
        super().__init__()
        self.share = share

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """The loss, shape (), of `prediction` and `target`, which have one shape."""
        error = target - prediction
        return torch.maximum(self.share * error, (self.share - 1) * error).mean()


class _Enough(BaseException):
    """Ends a loop that goes on far beyond what it was asked; no `except Exception` stops it."""


class Watch:
    """Notes what is done with `model`, `loss_fn` (both modules) and `optimizer` inside a `with` block.

    Every event is a dict with its `kind`:
    `forward`: `mode` ("train", "eval", "mixed"), `graph` (whether the output has one), `called` (False for
    `model.forward(x)`), `input`, `output`;
    `loss`: `value`, `shapes` of the two arguments, `order` ("prediction, target", "target, prediction" or ""
    when it cannot be told), `counts` (whether the target is whole numbers), `gradient`: of this loss alone;
    `backward`: `loss` (the how-manieth it starts from or passes), `stale` (whether a gradient was there before);
    `clear`: gradients that were there are gone (or `backward()` left nothing but zeros);
    `step`: `gradient` that was used, `parameters` afterwards.
    After `most` forward passes or steps the loop is stopped, and the block ends quietly.
    """

    def __init__(
        self,
        model: nn.Module,
        loss_fn: nn.Module,
        optimizer: torch.optim.Optimizer | None = None,
        *,
        most: int = MOST,
    ) -> None:
        self.model, self.loss_fn, self.optimizer, self.most = model, loss_fn, optimizer, most
        self.events: list[Event] = []
        self.stopped = False
        self._inside_call = False
        self._gradient_there = False
        self._output: torch.Tensor | None = None
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> Watch:
        self._before = self._parameters()
        self._listen(self.model, self._forward)
        self._listen(self.loss_fn, self._loss)
        if self.optimizer is not None:
            self._undo.append(self.optimizer.register_step_pre_hook(self._before_step).remove)
            self._undo.append(self.optimizer.register_step_post_hook(self._after_step).remove)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> bool:
        for undo in reversed(self._undo):
            undo()
        self._look_at_gradients()
        if isinstance(problem, Exception) and (meaning := self._meaning(str(problem))):
            said = textwrap.shorten(str(problem), 100, placeholder=" ...")
            problem.args = (f"{said.rstrip(' .:')}. {meaning}",)
        return isinstance(problem, _Enough)

    def record(self) -> dict[str, Any]:
        """What was seen, as plain data: `events`, `steps` made, `moved` (whether a weight changed), `stopped`."""
        after = self._parameters()
        return {
            "events": list(self.events),
            "steps": self._count("step"),
            "moved": not _equal(self._before, after),
            "stopped": self.stopped,
        }

    # ------------------------------------------------------------ listening

    def _listen(self, module: nn.Module, noted: Callable[..., torch.Tensor]) -> None:
        """Let `noted` stand before the `forward` of this one module, however it is reached."""
        watch, kind = self, type(module)

        class Listened(kind):
            def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
                if self is not watch.model:
                    return super().__call__(*args, **kwargs)
                outer, watch._inside_call = watch._inside_call, True
                try:
                    return super().__call__(*args, **kwargs)
                finally:
                    watch._inside_call = outer

            def forward(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
                if self is not module:  # a copy
                    return super().forward(*args, **kwargs)
                return noted(super().forward, args, kwargs)

        Listened.__name__, Listened.__qualname__ = kind.__name__, kind.__qualname__
        module.__class__ = Listened
        self._undo.append(lambda: setattr(module, "__class__", kind))

    def _forward(self, forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ANN401
        self._stop_after(self._count("forward"))
        given = [*args, *kwargs.values()]
        modes = {module.training for module in self.model.modules()}
        event = self._note(
            "forward",
            mode="mixed" if len(modes) > 1 else "train" if modes.pop() else "eval",
            called=self._inside_call,
            input=_copy(given[0]) if given else None,
            graph=torch.is_grad_enabled(),
            output=None,
        )
        output = forward(*args, **kwargs)
        event["graph"] = bool(getattr(output, "requires_grad", False))
        event["output"] = self._output = _copy(output)
        return output

    def _loss(self, forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ANN401
        result = forward(*args, **kwargs)
        try:
            given = list(inspect.signature(forward).bind(*args, **kwargs).arguments.values())
        except (TypeError, ValueError):
            given = [*args, *kwargs.values()]
        given = [argument for argument in given if isinstance(argument, torch.Tensor)][:2]
        outputs = [self._is_output(argument) for argument in given]
        number = self._count("loss") + 1
        self._note(
            "loss",
            value=_number(result),
            shapes=[tuple(argument.shape) for argument in given],
            order={(True, False): "prediction, target", (False, True): "target, prediction"}.get(
                tuple(outputs), ""
            ),
            counts=len(given) == 2 and not given[1].is_floating_point(),
            gradient=self._gradient_of(result),
        )
        if isinstance(result, torch.Tensor) and result.requires_grad:
            result.register_hook(lambda _: self._backward(number))
        return result

    def _backward(self, number: int) -> None:
        self._note("backward", loss=number, stale=self._gradient_there_now())
        self._gradient_there = True

    def _before_step(self, *_: object) -> None:
        self._stop_after(self._count("step"))

    def _after_step(self, *_: object) -> None:
        self._note("step", gradient=self._gradients(), parameters=self._parameters())

    # ------------------------------------------------------------ noting

    def _note(self, kind: str, **facts: Any) -> Event:  # noqa: ANN401
        self._look_at_gradients()
        self.events.append({"kind": kind, **facts})
        return self.events[-1]

    def _look_at_gradients(self) -> None:
        now = self._gradient_there_now()
        if self._gradient_there and not now:
            self.events.append({"kind": "clear"})
        self._gradient_there = now

    def _gradient_there_now(self) -> bool:
        return any(p.grad is not None and bool((p.grad != 0).any()) for p in self.model.parameters())

    def _count(self, kind: str) -> int:
        return sum(event["kind"] == kind for event in self.events)

    def _stop_after(self, passes: int) -> None:
        if passes >= self.most:
            self.stopped = True
            raise _Enough

    def _parameters(self) -> dict[str, torch.Tensor | None]:
        return {name: _copy(p) for name, p in self.model.named_parameters()}

    def _gradients(self) -> dict[str, torch.Tensor | None]:
        return {name: _copy(p.grad) for name, p in self.model.named_parameters()}

    def _gradient_of(self, loss: object) -> dict[str, torch.Tensor | None] | None:
        if not (isinstance(loss, torch.Tensor) and loss.requires_grad and loss.numel() == 1):
            return None
        names, parameters = zip(*self.model.named_parameters(), strict=True)
        try:
            gradients = torch.autograd.grad(loss, parameters, retain_graph=True, allow_unused=True)
        except RuntimeError:
            return None
        return dict(zip(names, map(_copy, gradients), strict=True))

    def _is_output(self, tensor: torch.Tensor) -> bool:
        output, values = self._output, _copy(tensor)
        return (
            output is not None
            and values is not None
            and output.numel() == values.numel()
            and torch.equal(output.flatten(), values.flatten().to(output.dtype))
        )

    def _meaning(self, message: str) -> str:
        passes = [event for event in self.events if event["kind"] == "forward"]
        if "does not require grad" in message and passes:
            if not passes[-1]["graph"]:
                return "The forward pass ran without a graph (`no_grad`?), so there is nothing to walk back."
            return "On the way from the model's output to `backward()` the graph was left: `detach`, `.item()` and `torch.tensor(...)` do that."
        if "has no attribute 'backward'" in message and "'float'" in message:
            return "A Python number has no graph: `backward()` first, on the tensor, then `item()`."
        if "modified by an inplace operation" in message and self._count("step"):
            return "A `step()` has changed weights that this graph needs: first `backward()`, then `step()`, and no loss of earlier batches."
        if "more than 1 value per channel when training" in message:
            return "BatchNorm was in training mode: it cannot take the spread of one sample. To measure, `model.eval()`."
        return ""


def _copy(tensor: object) -> torch.Tensor | None:
    """An ordinary copy of a tensor, without a graph; None of anything else."""
    if not isinstance(tensor, torch.Tensor):
        return None
    with torch.inference_mode(False), torch.no_grad():
        try:
            return tensor.detach().clone()
        except RuntimeError:
            return None


def _number(loss: object) -> float | None:
    try:
        return float(loss.detach()) if isinstance(loss, torch.Tensor) else None
    except RuntimeError:
        return None


def _equal(left: dict[str, Any], right: dict[str, Any]) -> bool:
    return all(
        isinstance(right[name], torch.Tensor) and torch.equal(value, right[name])
        for name, value in left.items()
    )


# ---------------------------------------------------------------- what a record shows, in words


def unfinished(record: dict[str, Any], name: str) -> str | None:
    """The sentence about a loop of the answer `name` that had to be stopped; None where it ended."""
    if not record["stopped"]:
        return None
    losses = [event["value"] for event in record["events"] if event["kind"] == "loss"]
    then = f"; the loss was {losses[-1]:.3g} then" if losses and losses[-1] is not None else ""
    steps = record["steps"]
    made = (
        f"{steps} steps"
        if steps
        else f"{sum(e['kind'] == 'forward' for e in record['events'])} forward passes and no step"
    )
    return f"`{name}` had made {made} and gone on{then}. What is to end the loop?"


def slips(record: dict[str, Any]) -> list[str]:
    """What in a record no training loop should show, a sentence each, the most telling first."""
    events = record["events"]
    found = [
        sentence
        for look in (_never_called, _arguments, _never_done, _out_of_step, _modes, _not_finite)
        for sentence in look(events, record)
    ]
    return list(dict.fromkeys(found))


def _of(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event["kind"] == kind]


def _never_called(events: list[Event], _: dict[str, Any]) -> list[str]:
    for kind, name in (("forward", "model"), ("loss", "loss_fn")):
        if not _of(events, kind):
            return [
                f"The `{name}` that was given is never called. Use the parameter `{name}`, not one that you make "
                "or that happens to be in the notebook."
            ]
    return []


def _arguments(events: list[Event], _: dict[str, Any]) -> list[str]:
    found = []
    for loss in _of(events, "loss"):
        if len(loss["shapes"]) == 2 and not loss["counts"] and loss["shapes"][0] != loss["shapes"][1]:
            one, other = loss["shapes"]
            met = _broadcast(one, other)
            result = f" They broadcast to {met}: numbers meet that do not belong together." if met else ""
            found.append(
                f"`loss_fn` got shapes {one} and {other}: prediction and target should have one shape.{result}"
            )
        if loss["order"] == "target, prediction":
            found.append(
                "`loss_fn` got the target first. The order is `loss_fn(prediction, target)`; the squared error does not "
                "mind, other losses give another number."
            )
    return found


def _broadcast(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...] | None:
    try:
        return tuple(torch.broadcast_shapes(one, other))
    except RuntimeError:
        return None


def _never_done(events: list[Event], record: dict[str, Any]) -> list[str]:
    if not _of(events, "backward"):
        if not any(event["graph"] for event in _of(events, "forward")):
            return [
                "The forward pass ran without a graph, as under `torch.no_grad()`: nothing can be learnt from it."
            ]
        return ["No `backward()` reached the loss: the optimizer has no gradient to go by."]
    if not _of(events, "step"):
        if record["moved"]:
            return [
                "The weights moved, but not by the optimizer that was given: call its `step()`. A new one each time "
                "has forgotten its momentum."
            ]
        return ["`step()` of the optimizer was never called: there are gradients, and the weights stay."]
    return []


def _out_of_step(events: list[Event], _: dict[str, Any]) -> list[str]:
    """What is wrong between one step and the next: order, zeroing, several backward passes."""
    since: list[Event] = []
    number = 0
    for event in events:
        if event["kind"] != "step":
            since.append(event)
            continue
        number += 1
        if sentence := _step_slip(event, since, number):
            return [sentence]
        since = []
    return []


def _step_slip(step: Event, since: list[Event], number: int) -> str | None:
    kinds = [event["kind"] for event in since]
    has_gradient = any(g is not None and bool((g != 0).any()) for g in step["gradient"].values())
    backwards, losses = _of(since, "backward"), _of(since, "loss")
    if not backwards:
        if not losses:
            return f"Step {number} came without a loss before it: one step for one batch."
        used = "the gradient of the batch before" if has_gradient else "no gradient at all"
        return f"At step {number}, `step()` came before `backward()`: it used {used}."
    own = next((loss["gradient"] for loss in reversed(losses) if loss["gradient"]), None)
    if own is not None and not has_gradient and all(gradient is None for gradient in own.values()):
        return (
            f"The loss of step {number} does not depend on the weights: between the model's output and the loss the graph was left. "
            "`detach`, `.item()` and `torch.tensor(...)` do that, and `requires_grad_()` does not bring it back."
        )
    if own is not None and len(backwards) == 1 and _close(step["gradient"], own):
        return None
    if not has_gradient:
        if "clear" in kinds[kinds.index("backward") :]:
            return (
                "The gradients are cleared between `backward()` and `step()`: the step has nothing left to go by. Clear "
                "them before `backward()`, or after `step()`."
            )
        return f"Step {number} had no gradient, although `backward()` ran: did it start from the loss?"
    if len(backwards) > 1:
        if len({event["loss"] for event in backwards}) < len(backwards):
            return f"`backward()` passed the same loss more than once before step {number}: its gradient counts double."
        if len(losses) < len(backwards):
            return (
                f"Before step {number}, `backward()` went through the loss of an earlier batch again: a sum of losses "
                "that keep their graphs grows from batch to batch."
            )
        return f"Step {number} came after the `backward()` of {len(backwards)} batches: make a step for each batch."
    if own is None:
        return None
    if backwards[0]["stale"]:
        return (
            f"At step {number} the gradients of an earlier batch were still there: `backward()` *adds* to them. Clear "
            "them once for every step."
        )
    return (
        f"The gradient at step {number} is not that of `loss_fn(prediction, target)` on this batch: start `backward()` "
        "from that loss, as it is, and leave the gradient as it comes."
    )


def _close(left: dict[str, Any], right: dict[str, Any]) -> bool:
    return all(
        (g is None or not g.any())
        if right[name] is None
        else isinstance(g, torch.Tensor)
        and torch.allclose(g, right[name], rtol=1e-4, atol=1e-6, equal_nan=True)
        for name, g in left.items()
    )


def _modes(events: list[Event], _: dict[str, Any]) -> list[str]:
    steps, graph_pass = 0, None
    for event in events:
        if event["kind"] == "forward" and event["graph"]:
            graph_pass = event
        elif event["kind"] == "step":
            steps += 1
            if graph_pass is not None and graph_pass["mode"] != "train":
                if graph_pass["mode"] == "mixed":
                    return [
                        f"At step {steps} some layers were in training mode and some in evaluation mode. `model.train()` sets "
                        "all of them; `model.training = True` sets the outermost only."
                    ]
                return [
                    f"The forward pass of step {steps} ran in evaluation mode: Dropout drops nothing, and BatchNorm uses its "
                    "stored statistics. Call `model.train()` before you train."
                ]
            graph_pass = None
    return []


def _not_finite(events: list[Event], _: dict[str, Any]) -> list[str]:
    steps = 0
    for event in events:
        steps += event["kind"] == "step"
        if event["kind"] == "loss" and event["value"] is not None and not math.isfinite(event["value"]):
            cause = (
                "Steps that are too long do that: a learning rate that is too large, or gradients that add up."
                if steps
                else "It was so before any step: look at the data, and at what is done to them."
            )
            return [
                f"The loss became {event['value']} after {steps} step{'s' if steps != 1 else ''}. {cause}"
            ]
    return []
