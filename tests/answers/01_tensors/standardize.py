# %% right: keepdim
def standardize(x):
    return (x - x.mean(0, keepdim=True)) / x.std(0, keepdim=True)


# %% right: one column at a time
def standardize(x):
    return torch.stack([(c - c.mean()) / c.std() for c in x.unbind(1)], dim=1)


# %% right: from the definition
def standardize(x):
    n = x.shape[0]
    centred = x - x.sum(dim=0) / n
    return centred / ((centred * centred).sum(dim=0) / (n - 1)).sqrt()


# %% right: transposed, along the rows
def standardize(x):
    y = x.T
    y = (y - y.mean(1).unsqueeze(1)) / torch.std(y, 1, keepdim=True)
    return y.T


# %% right: prints and warns on the way
def standardize(x):
    import warnings

    print("mean", x.mean(dim=0))
    warnings.warn("just looking")
    std, mean = torch.std_mean(x, dim=0)
    return (x - mean) / std


# %% right: a copy changed in place
def standardize(x):
    y = x.clone()
    y -= y.mean(dim=0)
    y /= y.std(dim=0)
    return y


# %% wrong: whole table | one mean and one std
def standardize(x):
    return (x - x.mean()) / x.std()


# %% wrong: along the rows | standardised along each row
def standardize(x):
    return (x - x.mean(dim=1, keepdim=True)) / x.std(dim=1, keepdim=True)


# %% wrong: no keepdim along the rows | do they fit
def standardize(x):
    return (x - x.mean(dim=1)) / x.std(dim=1)


# %% wrong: biased | divides by N - 1
def standardize(x):
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)


# %% wrong: not divided | subtracted and did not divide
def standardize(x):
    return x - x.mean(dim=0)


# %% wrong: not subtracted | divided and did not subtract
def standardize(x):
    return x / x.std(dim=0)


# %% wrong: variance | divided by the variance
def standardize(x):
    return (x - x.mean(dim=0)) / x.var(dim=0)


# %% wrong: one std for all | share one std
def standardize(x):
    return (x - x.mean(dim=0)) / x.std()


# %% wrong: in place | changed the caller's tensor
def standardize(x):
    x -= x.mean(0)
    x /= x.std(0)
    return x


# %% wrong: brackets forgotten | `/` goes before `-`
def standardize(x):
    return x - x.mean(dim=0) / x.std(dim=0)


# %% wrong: a list | `torch.stack` makes one
def standardize(x):
    return [(c - c.mean()) / c.std() for c in x.unbind(1)]


# %% wrong: stacked as rows | the transpose
def standardize(x):
    return torch.stack([(c - c.mean()) / c.std() for c in x.unbind(1)])


# %% wrong: nothing returned | Is there a `return`
def standardize(x):
    y = (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: NumPy | returned a NumPy array
def standardize(x):
    a = x.numpy()
    return (a - a.mean(axis=0)) / a.std(axis=0, ddof=1)


# %% wrong: float64 from float32 | float64 is NumPy
def standardize(x):
    x = x.double()
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: float32 from float64 | float32 keeps about 7 digits
def standardize(x):
    x = x.float()
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: fits the example alone | With other inputs
def standardize(x):
    return torch.tensor([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]])


# %% wrong: returned the input | its input, unchanged
def standardize(x):
    y = (x - x.mean(dim=0)) / x.std(dim=0)
    return x


# %% wrong: never ends | loop that never stops
def standardize(x):
    i = 0
    while i < x.shape[1]:
        x = x - x.mean(dim=0)
    return x


# %% wrong: another signature | Keep the `def` line
def standardize(x, mean, std):
    return (x - mean) / std


# %% wrong: renamed | `standardize` is not defined
def standardise(x):
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: a misspelt name | A name must be imported
def standardize(x):
    return (x - x.mean(dim=0)) / y.std(dim=0)


# %% wrong: rounded | What you see passes
def standardize(x):
    return ((x - x.mean(dim=0)) / x.std(dim=0)).round(decimals=1)


# %% wrong: min and max | half of what is expected
def standardize(x):
    return (x - x.mean(dim=0)) / (x.max(dim=0).values - x.min(dim=0).values)
