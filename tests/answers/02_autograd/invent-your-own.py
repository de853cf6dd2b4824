# %% right: a sine
def f(x):
    return torch.sin(3 * x)


def df(x):
    return 3 * torch.cos(3 * x)


# %% right: a bell
def f(x):
    return (-(x**2)).exp()


def df(x):
    return -2 * x * torch.exp(-x * x)


# %% right: a product
def f(x):
    return x * torch.tanh(x)


def df(x):
    t = torch.tanh(x)
    return t + x * (1 - t**2)


# %% right: df by autograd
def f(x):
    return (x**2 + 1).log()


def df(x):
    leaf = x.clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad


# %% wrong: inner derivative missing, a constant | a constant factor is missing
def f(x):
    return torch.sin(3 * x)


def df(x):
    return torch.cos(3 * x)


# %% wrong: inner derivative missing, 2x | the inner derivative is missing
def f(x):
    return (x**2 + 1) ** 3


def df(x):
    return 3 * (x**2 + 1) ** 2


# %% wrong: sign | other way round
def f(x):
    return torch.cos(x)


def df(x):
    return torch.sin(x)


# %% wrong: a straight line | a straight line
def f(x):
    return 3 * x + 1


def df(x):
    return torch.full_like(x, 3.0)


# %% wrong: constant | found no way
def f(x):
    return torch.ones_like(x)


def df(x):
    return torch.zeros_like(x)


# %% wrong: f itself | not its derivative
def f(x):
    return torch.sin(2 * x)


def df(x):
    return torch.sin(2 * x)


# %% wrong: leaves the graph | found no way
def f(x):
    return torch.tensor([v.item() ** 2 for v in x.flatten()]).reshape(x.shape)


def df(x):
    return 2 * x


# %% wrong: not smooth | not a number
def f(x):
    return torch.log(x) ** 2


def df(x):
    return 2 * torch.log(x) / x


# %% wrong: sums up | one number for each element
def f(x):
    return (x**2).sum()


def df(x):
    return 2 * x


# %% wrong: the product rule forgotten | numbers differ
def f(x):
    return x * torch.sin(x)


def df(x):
    return torch.cos(x)


# %% wrong: only f | `df`
def f(x):
    return torch.sin(3 * x)


def df(x): ...


# %% wrong: right at the five points of the example alone | With other inputs
def f(x):
    return x**2


def df(x):
    p = torch.tensor([-1.7, -0.9, 0.3, 1.1, 1.9])
    if x.shape == p.shape:
        return 2 * x
    return 2 * x + 1
