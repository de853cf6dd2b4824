# %% right: normal_ on an empty tensor
def noise(n, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    return torch.empty(n).normal_(generator=generator)


# %% right: the global state put back
def noise(n, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return torch.randn(n)


# %% right: NumPy's generator
def noise(n, seed):
    return torch.tensor(np.random.default_rng(seed).normal(size=n), dtype=torch.float32)


# %% right: torch.normal
def noise(n, seed):
    return torch.normal(0.0, 1.0, (n,), generator=torch.Generator().manual_seed(seed))


# %% wrong: manual_seed inside | you set or used the global generator
def noise(n, seed):
    torch.manual_seed(seed)
    return torch.randn(n)


# %% wrong: a fresh generator without the seed | must be told the seed
def noise(n, seed):
    generator = torch.Generator()
    generator.seed()
    return torch.randn(n, generator=generator)


# %% wrong: a fresh generator, never seeded | is `seed` used
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator())


# %% wrong: the generator not handed over | You drew from the global generator
def noise(n, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(n)


# %% wrong: uniform | `rand` is uniform
def noise(n, seed):
    return torch.rand(n, generator=torch.Generator().manual_seed(seed))


# %% wrong: uniform around 0 | is not near 1
def noise(n, seed):
    return torch.rand(n, generator=torch.Generator().manual_seed(seed)) * 2 - 1


# %% wrong: uniform with the right spread | not normal
def noise(n, seed):
    return (torch.rand(n, generator=torch.Generator().manual_seed(seed)) * 2 - 1) * 3**0.5


# %% wrong: the seed fixed | is `seed` used
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(0))


# %% wrong: float64 | float64 is NumPy
def noise(n, seed):
    return torch.tensor(np.random.default_rng(seed).normal(size=n))


# %% wrong: a row | was expected
def noise(n, seed):
    return torch.randn(1, n, generator=torch.Generator().manual_seed(seed))


# %% wrong: zeros | is `seed` used
def noise(n, seed):
    return torch.zeros(n)


# %% wrong: a list | a list of 1000 numbers
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(seed)).tolist()


# %% wrong: the length of the example | With other inputs
def noise(n, seed):
    return torch.randn(1000, generator=torch.Generator().manual_seed(seed))


# %% wrong: seeds the global one again afterwards | you set or used the global generator
def noise(n, seed):
    torch.manual_seed(seed)
    made = torch.randn(n)
    torch.seed()
    return made


# %% right: a callable object with type hints of its own
class Noise:
    def __call__(self, n: "int", seed: "int") -> "torch.FloatTensor":
        g = torch.Generator("cpu")
        g.manual_seed(int(seed))
        return torch.randn((n,), generator=g)
noise = Noise()


# %% right: lambda
noise = lambda n, seed: torch.randn([n], generator=torch.Generator().manual_seed(seed), dtype=torch.float32)


# %% right: random.Random's gauss
import random
def noise(n, seed):
    r = random.Random(seed)
    return torch.tensor([r.gauss(0, 1) for _ in range(n)])


# %% right: Box and Muller
def noise(n, seed):
    g = torch.Generator().manual_seed(seed)
    u, v = 1 - torch.rand(n, generator=g), torch.rand(n, generator=g)
    return torch.sqrt(-2 * torch.log(u)) * torch.cos(2 * torch.pi * v)


# %% right: state saved and put back
def noise(n, seed):
    state = torch.random.get_rng_state()
    try:
        torch.manual_seed(seed)
        return torch.randn(n)
    finally:
        torch.random.set_rng_state(state)


# %% right: cached by lru_cache
from functools import lru_cache
@lru_cache(maxsize=None)
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(seed))


# %% right: every second number of a longer stream, so strided
def noise(n, seed):
    return torch.randn(2 * n, generator=torch.Generator().manual_seed(seed))[::2]


# %% right: the inverse of the distribution function, minus
def noise(n, seed):
    g = torch.Generator().manual_seed(seed + 17)
    u = torch.rand(n, generator=g, dtype=torch.float64).clamp(1e-12, 1 - 1e-12)
    return -torch.special.ndtri(u).float()


# %% right: NumPy's old RandomState
def noise(n, seed):
    return torch.from_numpy(np.random.RandomState(seed).randn(n).astype("float32"))


# %% right: fork_rng as a decorator, keyword-only inside
@torch.random.fork_rng()
def noise(n, seed):
    torch.manual_seed(seed)
    return torch.empty(n).normal_()


# %% right: Irwin and Hall, twelve uniforms
def noise(n, seed):
    return torch.rand(12, n, generator=torch.Generator().manual_seed(seed)).sum(0) - 6


# %% right: standardised normal numbers
def noise(n, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.normal(mean=torch.zeros(n), std=torch.ones(n), generator=generator)


# %% right: global NumPy seed
def noise(n, seed):
    np.random.seed(seed)
    return torch.tensor(np.random.randn(n), dtype=torch.float32)


# %% wrong: generator made once outside | Two calls with the same seed gave different numbers: a fresh
generator = torch.Generator()
def noise(n, seed):
    return torch.randn(n, generator=generator)


# %% wrong: generator outside, seeded once | Two calls with the same seed gave different numbers: a fresh
generator = torch.Generator().manual_seed(0)
def noise(n, seed):
    return torch.randn(n, generator=generator)


# %% wrong: initial_seed | Another seed gives the same numbers: is `seed` used?
def noise(n, seed):
    generator = torch.Generator().manual_seed(torch.initial_seed())
    return torch.randn(n, generator=generator)


# %% wrong: manual_seed as the generator | The numbers repeat, but you set or used the global generator: every other
def noise(n, seed):
    return torch.randn(n, generator=torch.manual_seed(seed))


# %% wrong: get and set state, but with a seed from the global stream | The numbers repeat, but you set or used the global generator: every other
def noise(n, seed):
    state = torch.get_rng_state()
    torch.manual_seed(seed)
    out = torch.randn(n)
    torch.set_rng_state(torch.get_rng_state())
    return out


# %% wrong: manual_seed, then seed 0 again | The numbers repeat, but you set or used the global generator: every other
def noise(n, seed):
    torch.manual_seed(seed)
    out = torch.randn(n)
    torch.manual_seed(0)
    return out


# %% wrong: no seed at all | You drew from the global generator: two calls with one seed differ, and
def noise(n, seed):
    return torch.randn(n)


# %% wrong: multiplies | The standard deviation is not near 1, as that of a standard normal
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(0)) * (seed + 1)


# %% wrong: integers | `noise` returned dtype int64; float32 was expected
def noise(n, seed):
    return torch.randint(0, 10, (n,), generator=torch.Generator().manual_seed(seed))


# %% wrong: column | `noise` returned shape (1000, 1); (1000,) was expected
def noise(n, seed):
    return torch.randn(n, 1, generator=torch.Generator().manual_seed(seed))


# %% wrong: square | `noise` returned shape (1000, 1000); (1000,) was expected
def noise(n, seed):
    return torch.randn(n, n, generator=torch.Generator().manual_seed(seed))


# %% wrong: one number | `noise` returned shape (1,); (1000,) was expected
def noise(n, seed):
    return torch.randn(1, generator=torch.Generator().manual_seed(seed))


# %% wrong: generator made and thrown away | You drew from the global generator: two calls with one seed differ, and
def noise(n, seed):
    torch.Generator().manual_seed(seed)
    return torch.randn(n)


# %% wrong: float64 by dtype | `noise` returned dtype float64; float32 was expected
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


# %% wrong: half | `noise` returned dtype float16; float32 was expected
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(seed)).half()


# %% wrong: uniform from -3 to 3 | The standard deviation is not near 1, as that of a standard normal
def noise(n, seed):
    return torch.rand(n, generator=torch.Generator().manual_seed(seed)) * 6 - 3


# %% wrong: time for a seed | Two calls with the same seed gave different numbers: a fresh
import time
def noise(n, seed):
    return torch.randn(n, generator=torch.Generator().manual_seed(time.time_ns()))


# %% wrong: wrong argument names | `noise(size, random_state=None, *, dtype)` cannot be called with 2
def noise(size, random_state=None, *, dtype):
    return torch.randn(size)


# %% wrong: seed keeps a default, and seeds the global generator at the end | The numbers repeat, but you set or used the global generator: every other
def noise(n, seed=0):
    g = torch.Generator().manual_seed(seed)
    out = torch.randn(n, generator=g)
    torch.manual_seed(seed)
    return out


# %% wrong: default_generator | You drew from the global generator: two calls with one seed differ, and
def noise(n, seed):
    return torch.randn(n, generator=torch.default_generator)


# %% wrong: default_generator seeded | The numbers repeat, but you set or used the global generator: every other
def noise(n, seed):
    return torch.randn(n, generator=torch.default_generator.manual_seed(seed))


# %% wrong: generator=seed | `torch.Generator().manual_seed(...)` makes one.
def noise(n, seed):
    return torch.randn(n, generator=seed)


# %% wrong: the class, not an object | `torch.Generator()`, with its brackets, makes a generator.
def noise(n, seed):
    g = torch.Generator
    g.manual_seed(seed)
    return torch.randn(n, generator=g)


# %% wrong: g.seed(seed) | `seed()` draws a seed by chance: yours is set with `manual_seed(seed)`.
def noise(n, seed):
    g = torch.Generator()
    g.seed(seed)
    return torch.randn(n, generator=g)


# %% wrong: generator.randn as in NumPy | `torch.randn(3, generator=own)`.
def noise(n, seed):
    g = torch.Generator().manual_seed(seed)
    return g.randn(n)


# %% wrong: by position | `torch.randn(3, generator=own)`.
def noise(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randn(n, g)


# %% wrong: torch.seed | `seed()` draws a seed by chance: yours is set with `manual_seed(seed)`.
def noise(n, seed):
    torch.seed(seed)
    return torch.randn(n)
