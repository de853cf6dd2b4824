"""Random numbers on the simulated device.

As on CUDA the device has a default generator of its own: `torch.manual_seed` seeds it too, and drawing
on `sim` leaves the CPU's generator where it was. Unlike CUDA's it is of the CPU's kind, so that
equal seeds give equal numbers on both: a run on `sim` that is seeded just before it draws can be
compared with a run on the CPU bit for bit.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from typing import Any

import torch

_CpuGenerator = torch._C.Generator
_ours: weakref.WeakValueDictionary[int, SimGenerator] = weakref.WeakValueDictionary()


class SimGenerator(_CpuGenerator):
    """A generator on `sim`, which `torch.Generator(device="sim")` gives.

    Functions on the CPU accept it, where they refuse CUDA's: PyTorch takes it for one of theirs.
    """

    def __init__(self, device: object = "sim") -> None:
        _ours[self._cdata] = self  # a kernel is handed the same generator in another Python object

    @property
    def device(self) -> torch.device:
        """Always `sim:0`."""
        return torch.device("sim", 0)

    def clone_state(self) -> SimGenerator:
        """Another generator on `sim`, in the same state."""
        other = SimGenerator()
        other.set_state(self.get_state())
        return other

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.get_state(),)


def _rebuilt(state: torch.Tensor) -> SimGenerator:
    generator = SimGenerator()
    generator.set_state(state)
    return generator


class _MakesEitherKind(type):
    def __call__(cls, device: Any = "cpu") -> _CpuGenerator:  # noqa: ANN401
        if torch.device(device).type != "sim":
            return _CpuGenerator(device=device)
        check_index(torch.device(device))
        return SimGenerator()

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _CpuGenerator)

    def __subclasscheck__(cls, subclass: type) -> bool:
        return issubclass(subclass, _CpuGenerator)


class Generator(metaclass=_MakesEitherKind):
    """`torch.Generator` while `sim` is registered: PyTorch asks C++ for one on a device of this kind."""


Generator.__doc__ = _CpuGenerator.__doc__
for _name, _method in vars(_CpuGenerator).items():  # `torch.Generator.manual_seed` and the like
    if not _name.startswith("__"):
        setattr(Generator, _name, _method)

default = SimGenerator()


def check_index(device: torch.device) -> None:
    """Raise CUDA's "invalid device ordinal" for any device but `sim:0`."""
    if device.index not in (None, 0):
        raise torch.AcceleratorError(
            "sim error: invalid device ordinal\nGPU device may be out of range, do you have enough GPUs?"
        )


def on_sim(generator: _CpuGenerator | None) -> _CpuGenerator:
    """The generator that an operation on `sim` draws from; a CPU generator is refused, as by CUDA."""
    if generator is None:
        return default
    if generator._cdata not in _ours:
        raise RuntimeError("Expected a 'sim' device type for generator but found 'cpu'")
    return generator


@contextlib.contextmanager
def in_place_of_the_cpus() -> Iterator[None]:
    """Let a CPU function that takes no generator draw from the one of `sim`."""
    before = torch.default_generator.get_state()
    torch.default_generator.set_state(default.get_state())
    try:
        yield
    finally:
        default.set_state(torch.default_generator.get_state())
        torch.default_generator.set_state(before)


def manual_seed(seed: int) -> None:
    """Seed the default generator of `sim`."""
    default.manual_seed(seed)


def manual_seed_all(seed: int) -> None:
    """Seed every device of the kind: there is one. `torch.manual_seed` calls it."""
    default.manual_seed(seed)


def initial_seed() -> int:
    """The seed that the default generator of `sim` began with."""
    return default.initial_seed()


def get_rng_state(device: object = "sim") -> torch.Tensor:
    """The state of the default generator of `sim`."""
    return default.get_state()


def set_rng_state(new_state: torch.Tensor, device: object = "sim") -> None:
    """Put the default generator of `sim` into a state that `get_rng_state` gave."""
    default.set_state(new_state)
