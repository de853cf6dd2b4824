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
