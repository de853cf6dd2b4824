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


# %% right: batched grads
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    return torch.autograd.grad(y, leaf, torch.eye(y.numel(), dtype=y.dtype), is_grads_batched=True)[0]


# %% right: vmap of vjp
def jacobian(f, x):
    y, vjp = torch.func.vjp(f, x)
    return torch.func.vmap(vjp)(torch.eye(len(y), dtype=y.dtype))[0]


# %% right: columns by forward mode
def jacobian(f, x):
    return torch.func.jacfwd(f)(x)


# %% right: graph anew for every row
def jacobian(f, x):
    def row(i):
        leaf = x.detach().clone().requires_grad_(True)
        f(leaf)[i].backward()
        return leaf.grad

    return torch.stack([row(i) for i in range(f(x).shape[0])], dim=0)


# %% right: torch.autograd.functional.vjp
def jacobian(f, x):
    m = f(x).numel()
    rows = [torch.autograd.functional.vjp(f, x, v)[1] for v in torch.eye(m, dtype=x.dtype)]
    return torch.cat([r.unsqueeze(0) for r in rows])


# %% right: one_hot, filled under no_grad
def jacobian(f, x):
    leaf = x.detach().requires_grad_()
    y = f(leaf)
    J = x.new_empty(y.numel(), x.numel())
    for i in range(y.numel()):
        v = torch.nn.functional.one_hot(torch.tensor(i), y.numel()).to(y.dtype)
        y.backward(v, retain_graph=(i < y.numel() - 1))
        J[i].copy_(leaf.grad)
        leaf.grad = None
    return J


# %% right: differences of what piled up
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    piled = [torch.zeros_like(x)]
    for v in y:
        v.backward(retain_graph=True)
        piled.append(leaf.grad.clone())
    return torch.stack(piled).diff(dim=0)


# %% wrong: cat in place of stack | `jacobian` returned shape (6,); (2, 3) was expected. It has as many
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.cat([torch.autograd.grad(v, leaf, retain_graph=True)[0] for v in y])


# %% wrong: zero_ on the tensor that was kept | All rows are the last one
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    rows = []
    for v in y:
        if leaf.grad is not None:
            leaf.grad.zero_()
        v.backward(retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows)


# %% wrong: diagonal only | `jacobian` returned shape (3, 3); (2, 3) was expected. Look at dim 0
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.diag(torch.autograd.grad(y.sum(), leaf)[0])


# %% wrong: no requires_grad | `jacobian` raised RuntimeError for a (3,) float32 tensor: element 0
def jacobian(f, x):
    y = f(x)
    return torch.stack([torch.autograd.grad(v, x, retain_graph=True)[0] for v in y])


# %% right: integer one-hot
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.stack([torch.autograd.grad(y, leaf, v, retain_graph=True)[0] for v in torch.eye(len(y), dtype=torch.int64)])


# %% right: float32 one-hot only
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.stack([torch.autograd.grad(y, leaf, v, retain_graph=True)[0] for v in torch.eye(len(y))])


# %% wrong: last row only | `jacobian` returned shape (3,); (2, 3) was expected. It has 1
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    for v in torch.eye(len(y), dtype=y.dtype):
        (row,) = torch.autograd.grad(y, leaf, v, retain_graph=True)
    return row


# %% wrong: rows in reversed order | `jacobian` returned the right numbers in reversed order.
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    return torch.stack([torch.autograd.grad(v, leaf, retain_graph=True)[0] for v in reversed(y)])


# %% wrong: fits the example's sizes | `jacobian` returned shape (2, 3); (4, 3) was expected. Look at dim 0
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    y = f(leaf)
    J = torch.zeros(2, 3)
    for i in range(2):
        J[i] = torch.autograd.grad(y[i], leaf, retain_graph=True)[0]
    return J


# %% wrong: the values of f | `jacobian` returned the right shape and dtype, but 6 of 6 numbers
def jacobian(f, x):
    return torch.outer(f(x), x)


# %% wrong: reads .grad of the clone with a detached f | `jacobian` raised RuntimeError for a (3,) float32 tensor: element 0
def jacobian(f, x):
    leaf = x.clone().requires_grad_()
    with torch.no_grad():
        y = f(leaf)
    return torch.stack([torch.autograd.grad(v, leaf)[0] for v in y])


# %% wrong: one-hot not reset | The rows add up: each holds all rows before it too.
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    v = torch.zeros(len(y))
    rows = []
    for i in range(len(y)):
        v[i] = 1
        rows.append(torch.autograd.grad(y, leaf, v, retain_graph=True)[0])
    return torch.stack(rows)


# %% wrong: tuples kept | `torch.autograd.grad` gives a tuple too
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = [torch.autograd.grad(y, leaf, v, retain_graph=True) for v in torch.eye(len(y))]
    return torch.stack(rows)


# %% wrong: eye(len(x)) | `torch.autograd.grad(output, input, vector)`.
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = [torch.autograd.grad(y, leaf, v, retain_graph=True)[0] for v in torch.eye(len(x))]
    return torch.stack(rows)


# %% wrong: backward on the vector | `.sum()` or `.mean()` makes one, or `gradient=` gives each its weight.
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for i in range(len(y)):
        y.backward(retain_graph=True)
        rows.append(leaf.grad)
    return torch.stack(rows)


# %% wrong: ones for a one-hot | Every row is the sum of all rows: either `v` has more than a single 1, or you kept one `.grad` tensor, which w
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = [torch.autograd.grad(y, leaf, torch.ones(len(y)), retain_graph=True)[0] for i in range(len(y))]
    return torch.stack(rows)


# %% wrong: backward, grad not cloned but zeroed | All rows are 0: you kept one `.grad` tensor in the list, and then cleared it.
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = []
    for i in range(len(y)):
        y[i].backward(retain_graph=True)
        rows.append(leaf.grad)
        leaf.grad.zero_()
    return torch.stack(rows)


# %% wrong: inputs swapped | `torch.autograd.grad(output, input, vector)`.
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    rows = [torch.autograd.grad(leaf, y, v, retain_graph=True)[0] for v in torch.eye(len(y))]
    return torch.stack(rows)


# %% right: is_grads_batched
def jacobian(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    return torch.autograd.grad(y, leaf, torch.eye(y.numel(), dtype=y.dtype), is_grads_batched=True)[0]
