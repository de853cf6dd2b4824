# %% right: detach and autograd.grad
def gradient_of_t(x):
    leaf = x.detach().clone()
    leaf.requires_grad = True
    t = (((leaf + 5) ** 2) + 1).sum()
    (gradient,) = torch.autograd.grad(t, leaf)
    return gradient


# %% right: gradient= on the elements
def gradient_of_t(x):
    leaf = torch.tensor(x.tolist(), dtype=x.dtype, requires_grad=True)
    elements = (leaf + 5).square() + 1
    elements.backward(gradient=torch.ones_like(elements))
    return leaf.grad


# %% right: by the formula
def gradient_of_t(x):
    return 2 * x + 10


# %% wrong: mean for sum | every gradient is divided
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).mean().backward()
    return leaf.grad


# %% wrong: forgot backward | returned None
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    t = ((leaf + 5) ** 2 + 1).sum()
    return leaf.grad


# %% wrong: returns backward | returned None
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    return ((leaf + 5) ** 2 + 1).sum().backward()


# %% wrong: t itself | not its gradient
def gradient_of_t(x):
    return ((x + 5) ** 2 + 1).sum()


# %% wrong: no sum | only for scalar outputs
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).backward()
    return leaf.grad


# %% wrong: the caller's tensor | now requires grad
def gradient_of_t(x):
    x.requires_grad_()
    ((x + 5) ** 2 + 1).sum().backward()
    return x.grad


# %% wrong: a clone of what has a graph is no leaf | returned None
def gradient_of_t(x):
    leaf = x.clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: nothing requires grad | does not require grad
def gradient_of_t(x):
    ((x + 5) ** 2 + 1).sum().backward()
    return x.grad


# %% wrong: the 5 forgotten | the 5 is missing
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf**2 + 5 + 1).sum().backward()
    return leaf.grad


# %% wrong: backward twice | exactly twice
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    t = ((leaf + 5) ** 2 + 1).sum()
    t.backward(retain_graph=True)
    t.backward()
    return leaf.grad


# %% wrong: a list | a list of 3 lists
def gradient_of_t(x):
    return (2 * (x + 5)).tolist()
