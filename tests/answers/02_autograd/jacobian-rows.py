# %% right: backward and clear
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    rows = []
    for i in range(y.shape[0]):
        leaf.grad = None
        one_hot = torch.zeros_like(y)
        one_hot[i] = 1
        y.backward(gradient=one_hot, retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows)


# %% right: one output at a time
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    return torch.stack([torch.autograd.grad(f(leaf)[i], leaf)[0] for i in range(len(f(leaf)))])


# %% right: the library
def jacobian(f, x):
    return torch.func.jacrev(f)(x)


# %% right: filled in place
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    J = torch.zeros(len(y), len(x), dtype=x.dtype)
    for i in range(len(y)):
        y[i].backward(retain_graph=True)
        J[i] = leaf.grad
        leaf.grad.zero_()
    return J


# %% wrong: transposed | transposed
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.stack([torch.autograd.grad(v, leaf, retain_graph=True)[0] for v in y], dim=1)


# %% wrong: accumulated rows | each holds all rows before it too
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    rows = []
    for v in y:
        v.backward(retain_graph=True)
        rows.append(leaf.grad.clone())
    return torch.stack(rows)


# %% wrong: one tensor kept | kept one `.grad` tensor
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    rows = []
    for v in y:
        v.backward(retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows)


# %% wrong: the sum | the sum of all rows
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad


# %% wrong: the first row | the first row alone
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    f(leaf)[0].backward()
    return leaf.grad


# %% wrong: graph not retained | second time
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    rows = []
    for one_hot in torch.eye(len(y)):
        leaf.grad = None
        y.backward(one_hot)
        rows.append(leaf.grad)
    return torch.stack(rows)


# %% wrong: as many rows as inputs | raised
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.stack([torch.autograd.grad(y, leaf, v, retain_graph=True)[0] for v in torch.eye(len(x))])


# %% wrong: a list | a list of 2 tensors
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return [torch.autograd.grad(v, leaf, retain_graph=True)[0] for v in y]


# %% wrong: float32 always | was expected
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.stack([torch.autograd.grad(v, leaf, retain_graph=True)[0] for v in y]).float()
