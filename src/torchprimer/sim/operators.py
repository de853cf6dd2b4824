"""What is known of one of PyTorch's operators: its arguments, its results and what its tags say."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import torch

Operator = torch._ops.OpOverload


def operator(name: str) -> Operator:
    """The operator of a name such as `set_.source_Tensor`."""
    packet, _, overload = name.partition(".")
    return getattr(getattr(torch.ops.aten, packet), overload or "default")


@dataclass(frozen=True)
class Plan:
    """What is known of an operator from its schema and tags."""

    name: str
    names: tuple[str, ...]
    tensors: tuple[str, ...]
    outs: frozenset[str]
    returned: tuple[str | None, ...]
    """For every result the name of the argument that it is, or None: it is new."""
    method: str
    """What CUDA's kernel would be called in "when checking argument in method ..."."""
    pointwise: bool
    draws_without_generator: bool


@functools.cache
def plan_of(op: Operator) -> Plan:
    """What is known of `op`."""
    schema, name = op._schema, op._opname
    overload = "" if op._overloadname == "default" else op._overloadname
    structured = any(
        torch._C._dispatch_has_kernel_for_dispatch_key(
            f"aten::{one}", "CompositeExplicitAutogradNonFunctional"
        )
        for one in _overloads().get(name, ())
    )
    written = {
        frozenset(argument.alias_info.before_set): argument.name
        for argument in schema.arguments
        if argument.alias_info is not None and argument.alias_info.is_write
    }
    return Plan(
        name=name,
        names=tuple(argument.name for argument in schema.arguments),
        tensors=tuple(argument.name for argument in schema.arguments if str(argument.type) == "Tensor"),
        outs=frozenset(argument.name for argument in schema.arguments if argument.is_out),
        returned=tuple(
            result.alias_info and written.get(frozenset(result.alias_info.before_set))
            for result in schema.returns
        ),
        method=f"wrapper_sim_{name}" if structured else f"wrapper_sim_{overload}_{name}",
        pointwise=torch.Tag.pointwise in op.tags,
        draws_without_generator=torch.Tag.nondeterministic_seeded in op.tags
        and not any("Generator" in str(argument.type) for argument in schema.arguments),
    )


@functools.cache
def _overloads() -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = {}
    for full in torch._C._dispatch_get_all_op_names():
        namespace, _, name = full.partition("::")
        if namespace == "aten":
            by_name.setdefault(name.partition(".")[0], []).append(name)
    return by_name


@functools.cache
def taking_numbers(op: Operator, numbers: frozenset[str]) -> Operator:
    """The overload of `op` with plain numbers in those places: the dispatcher hands a kernel in Python the number itself."""

    def signature(overload: Operator, given: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
        return [
            (argument.name, "number" if argument.name in given else str(argument.type))
            for argument in overload._schema.arguments
        ]

    packet = op._overloadpacket
    overloads = (getattr(packet, name) for name in packet.overloads())
    return next((one for one in overloads if signature(one) == signature(op, numbers)), op)
