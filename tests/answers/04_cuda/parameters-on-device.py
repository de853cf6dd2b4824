# %% right: a loop
def make_weights(shapes, device, seed):
    stream = torch.Generator()
    stream.manual_seed(seed)
    weights = {}
    for name in shapes:
        weight = torch.randn(*shapes[name], generator=stream) if shapes[name] else torch.randn((), generator=stream)
        weight = weight.to(device)
        weight.requires_grad = True
        weights[name] = weight
    return weights


# %% right: detach after the move
def make_weights(shapes, device, seed):
    g = torch.Generator("cpu").manual_seed(seed)
    made = {}
    for name, shape in shapes.items():
        w = torch.randn(shape, generator=g, requires_grad=True)
        made[name] = w.to(device).detach().requires_grad_(True)
    return made


# %% right: nn.Parameter, last name first
from torch import nn


def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    drawn = {name: torch.normal(0.0, 1.0, size=shapes[name], generator=g) for name in reversed(list(shapes))}
    return {name: nn.Parameter(drawn[name].to(device)) for name in shapes}


# %% right: made on the device, then filled
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    weights = {name: torch.empty(shape, device=device, requires_grad=True) for name, shape in shapes.items()}
    with torch.no_grad():
        for weight in weights.values():
            weight.copy_(torch.randn(weight.shape, generator=g))
    return weights


# %% right: the global generator, put back
def make_weights(shapes, device, seed):
    state = torch.get_rng_state()
    try:
        torch.manual_seed(seed)
        weights = {name: torch.randn(shape) for name, shape in shapes.items()}
    finally:
        torch.set_rng_state(state)
    return {name: weight.to(device).requires_grad_() for name, weight in weights.items()}


# %% right: fork_rng and one long draw
import math


def make_weights(shapes, device, seed):
    sizes = [math.prod(shape) for shape in shapes.values()]
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        numbers = torch.randn(sum(sizes))
    parts = numbers.split(sizes)
    return {name: part.reshape(shape).clone().to(device).requires_grad_() for part, (name, shape) in zip(parts, shapes.items())}


# %% right: NumPy's generator
import numpy as np


def make_weights(shapes, device, seed):
    rng = np.random.default_rng(seed)
    return {
        name: torch.tensor(rng.standard_normal(shape), dtype=torch.float32, device=device, requires_grad=True)
        for name, shape in shapes.items()
    }


# %% wrong: requires_grad before the move | `.to` to another device is an operation too
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g, requires_grad=True).to(device) for n, s in shapes.items()}


# %% wrong: retain_grad on a non-leaf | is not a leaf
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    weights = {n: torch.randn(s, generator=g, requires_grad=True).to(device) for n, s in shapes.items()}
    for w in weights.values():
        w.retain_grad()
    return weights


# %% wrong: not trainable | does not require grad
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g).to(device) for n, s in shapes.items()}


# %% wrong: detached last | does not require grad
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g, requires_grad=True).to(device).detach() for n, s in shapes.items()}


# %% wrong: stays on the CPU | `.to` returns a tensor on the device
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    weights = {n: torch.randn(s, generator=g).requires_grad_() for n, s in shapes.items()}
    for w in weights.values():
        w.to(device)
    return weights


# %% wrong: a generator on the device | each drew its own
def make_weights(shapes, device, seed):
    g = torch.Generator(device=device).manual_seed(seed)
    return {n: torch.randn(s, generator=g, device=device, requires_grad=True) for n, s in shapes.items()}


# %% wrong: a CPU generator for a draw on the device | A generator belongs to a device
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g, device=device, requires_grad=True) for n, s in shapes.items()}


# %% wrong: the global seed | PyTorch's global generator is not where it was
def make_weights(shapes, device, seed):
    torch.manual_seed(seed)
    return {n: torch.randn(s).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: the global seed, drawn on the device | each drew its own
def make_weights(shapes, device, seed):
    torch.manual_seed(seed)
    return {n: torch.randn(s, device=device, requires_grad=True) for n, s in shapes.items()}


# %% wrong: seeded anew for each | a generator was seeded anew for each
def make_weights(shapes, device, seed):
    return {n: torch.randn(s, generator=torch.Generator().manual_seed(seed)).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: seed not used | `seed` is not used
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(0)
    return {n: torch.randn(s, generator=g).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: no seed at all | The same seed gave two different sets
def make_weights(shapes, device, seed):
    return {n: torch.randn(s).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: the generator is not handed over | The same seed gave two different sets
def make_weights(shapes, device, seed):
    generator = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, device=device, requires_grad=True) for n, s in shapes.items()}


# %% wrong: uniform | `rand` is uniform between 0 and 1
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.rand(s, generator=g).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: zeros | weights that start equal stay equal
def make_weights(shapes, device, seed):
    return {n: torch.zeros(s, device=device, requires_grad=True) for n, s in shapes.items()}


# %% wrong: scaled | standard normal numbers have 0 and 1
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: (torch.randn(s, generator=g) * 0.1).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: scaled after requires_grad | is not a leaf
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g).to(device).requires_grad_() * 1.0 for n, s in shapes.items()}


# %% wrong: double | has dtype float64; float32 was asked for
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g, dtype=torch.float64).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: a list | a dict was asked for
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return [torch.randn(s, generator=g).to(device).requires_grad_() for s in shapes.values()]


# %% wrong: flat | has shape
import math


def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(math.prod(s), generator=g).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: the same tensor again | hold one and the same tensor
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    of_shape = {s: torch.randn(s, generator=g).to(device).requires_grad_() for s in set(shapes.values())}
    return {n: of_shape[s] for n, s in shapes.items()}


# %% right: filled in place
def make_weights(shapes, device, seed):
    stream = torch.Generator().manual_seed(seed)
    out = {}
    for name in sorted(shapes):
        weight = torch.empty(shapes[name])
        weight.normal_(generator=stream)
        out[name] = torch.nn.Parameter(weight.to(device=device))
    return out


# %% right: a generator for each, with seeds of their own
def make_weights(shapes, device, seed):
    out = {}
    for i, (name, shape) in enumerate(shapes.items()):
        stream = torch.Generator().manual_seed(seed * 1000 + i)
        out[name] = torch.randn(shape, generator=stream).to(device).requires_grad_().to(device)
    return out


# %% right: not recorded
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        weights = {n: torch.randn(s, generator=g, requires_grad=True).to(device) for n, s in shapes.items()}
    for weight in weights.values():
        weight.requires_grad_()
    return weights


# %% right: data replaced, Python's numbers
import math
import random


def make_weights(shapes, device, seed):
    stream = random.Random(seed)
    weights = {n: torch.zeros(s, device=device, requires_grad=True) for n, s in shapes.items()}
    for weight in weights.values():
        numbers = [stream.gauss(0, 1) for _ in range(weight.numel())]
        weight.data = torch.tensor(numbers).reshape(weight.shape).to(device)
    return weights


# %% wrong: Parameter, then the move | is not a leaf on the device
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.nn.Parameter(torch.randn(s, generator=g)).to(device) for n, s in shapes.items()}


# %% wrong: the global seed as well | PyTorch's global generator is not where it was
def make_weights(shapes, device, seed):
    torch.manual_seed(seed)
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(s, generator=g).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: under with torch.device | A generator belongs to a device
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    with torch.device(device):
        return {n: torch.randn(s, generator=g, requires_grad=True) for n, s in shapes.items()}


# %% wrong: a generator that nobody seeded | `seed` is not used
def make_weights(shapes, device, seed):
    g = torch.Generator()
    return {n: torch.randn(s, generator=g).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: seeded by chance | The same seed gave two different sets
def make_weights(shapes, device, seed):
    g = torch.Generator()
    g.seed()
    return {n: torch.randn(s, generator=g).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: biases are zero | Every weight is drawn here
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: (torch.randn(s, generator=g) if len(s) > 1 else torch.zeros(s)).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: uniform with the right spread | not normally distributed
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: ((torch.rand(s, generator=g) - 0.5) * 12**0.5).to(device).requires_grad_() for n, s in shapes.items()}


# %% wrong: parts of one leaf | is not a leaf
import math


def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    sizes = [math.prod(s) for s in shapes.values()]
    flat = torch.randn(sum(sizes), generator=g).to(device).requires_grad_()
    return {n: part.reshape(s) for part, (n, s) in zip(flat.split(sizes), shapes.items())}


# %% wrong: requires_grad_ without brackets | does not require grad
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    out = {}
    for n, s in shapes.items():
        w = torch.randn(s, generator=g).to(device)
        w.requires_grad_
        out[n] = w
    return out


# %% wrong: two names only | was asked for, as in `shapes`
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    return {n: torch.randn(shapes[n], generator=g).to(device).requires_grad_() for n in ("w", "b")}


# %% wrong: a gradient is left | is something left in its `.grad`?
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    out = {n: torch.randn(s, generator=g).to(device).requires_grad_() for n, s in shapes.items()}
    for w in out.values():
        w.sum().backward()
    return out


# %% wrong: always the accelerator | the argument `device` decides
def make_weights(shapes, device, seed):
    g = torch.Generator().manual_seed(seed)
    place = torch.accelerator.current_accelerator()
    return {n: torch.randn(s, generator=g).to(place).requires_grad_() for n, s in shapes.items()}


# %% wrong: the global state put back, drawn on the device | each drew its own
def make_weights(shapes, device, seed):
    state = torch.get_rng_state()
    torch.manual_seed(seed)
    out = {n: torch.randn(s, device=device).requires_grad_() for n, s in shapes.items()}
    torch.set_rng_state(state)
    return out


# %% wrong: seeds counted up | run into those of the next seed
def make_weights(shapes, device, seed):
    weights = {}
    for i, (name, shape) in enumerate(shapes.items()):
        generator = torch.Generator().manual_seed(seed + i)
        weights[name] = torch.randn(shape, generator=generator).to(device).requires_grad_()
    return weights
