# %% right: augmented assignment
def scale(x, factor):
    x *= factor
    return x


# %% right: slice assignment
def scale(x, factor):
    x[...] = x * factor
    return x


# %% right: copy_
def scale(x, factor):
    x.copy_(torch.mul(x, factor))
    return x


# %% wrong: a copy | in a new tensor
def scale(x, factor):
    return x * factor


# %% wrong: the name rebound | only moves your local name
def scale(x, factor):
    x = x * factor
    return x


# %% wrong: no return | Is there a `return`
def scale(x, factor):
    x *= factor


# %% wrong: changed, then a copy returned | return `x` itself
def scale(x, factor):
    x.mul_(factor)
    return x.clone()


# %% wrong: twice | scaled the caller's tensor twice
def scale(x, factor):
    x *= factor
    return x.mul_(factor)


# %% wrong: adds | numbers differ
def scale(x, factor):
    x += factor
    return x


# %% wrong: torch.mul_ | has no attribute 'mul_'
def scale(x, factor):
    return torch.mul_(x, factor)


# %% wrong: a clone changed | in a new tensor
def scale(x, factor):
    y = x.clone()
    y *= factor
    return y


# %% wrong: contiguous first, so a transposed tensor is not reached | in a new tensor
def scale(x, factor):
    y = x.contiguous()
    y.mul_(factor)
    return x if y is x else y


# %% wrong: through a list | a list of 3 numbers
def scale(x, factor):
    return [value * factor for value in x.tolist()]


# %% wrong: always ten | With other inputs
def scale(x, factor):
    if x.dim() == 1:
        x *= 10
    else:
        x *= 0.5
    return x
