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


# %% right: torch.func.grad
def gradient_of_t(x):
    return torch.func.grad(lambda t: ((t + 5) ** 2 + 1).sum())(x.detach())


# %% right: functional jacobian and vjp
def gradient_of_t(x):
    _, g = torch.autograd.functional.vjp(lambda t: ((t + 5) ** 2 + 1).sum(), x)
    return g


# %% right: Variable-style and enable_grad
def gradient_of_t(x):
    with torch.enable_grad():
        leaf = torch.autograd.Variable(x.data.clone(), requires_grad=True)
        t = torch.sum(torch.pow(leaf + 5, 2) + 1)
    t.backward(torch.tensor(1.0, dtype=t.dtype))
    return leaf.grad.clone()


# %% right: create_graph, then detach
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    (g,) = torch.autograd.grad(((leaf + 5) ** 2 + 1).sum(), leaf, create_graph=True)
    return g.detach()


# %% right: create_graph, not detached
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    (g,) = torch.autograd.grad(((leaf + 5) ** 2 + 1).sum(), leaf, create_graph=True)
    return g


# %% right: a hook catches the gradient
def gradient_of_t(x):
    caught = []
    leaf = x.detach().clone().requires_grad_()
    leaf.register_hook(caught.append)
    ((leaf + 5) ** 2 + 1).sum().backward()
    return caught[0]


# %% right: retain_grad on a clone with its graph
def gradient_of_t(x):
    leaf = x.clone()
    leaf.requires_grad_() if not leaf.requires_grad else leaf.retain_grad()
    t = ((leaf + 5) ** 2 + 1).sum()
    (g,) = torch.autograd.grad(t, leaf)
    return g


# %% right: the leaf shares memory with x
def gradient_of_t(x):
    leaf = x.detach().requires_grad_(True)
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% right: torch.tensor(x) warns
def gradient_of_t(x):
    leaf = torch.tensor(x, requires_grad=True)
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: the 1 inside the square | `gradient_of_t` returned every number off by the same amount, 2.
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5 + 1) ** 2).sum().backward()
    return leaf.grad


# %% wrong: grad returns a tuple | `gradient_of_t` returned a tuple of 1 tensor; a tensor of shape (3,
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(((leaf + 5) ** 2 + 1).sum(), leaf)


# %% wrong: under no_grad | `gradient_of_t` raised RuntimeError for a (3, 2) float32 tensor:
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    with torch.no_grad():
        t = ((leaf + 5) ** 2 + 1).sum()
    t.backward()
    return leaf.grad


# %% wrong: sums over dim 0 | `gradient_of_t` raised RuntimeError for a (3, 2) float32 tensor: grad
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).sum(dim=0).backward()
    return leaf.grad


# %% wrong: the square of the sum | `gradient_of_t` returned the right shape and dtype, but 6 of 6
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    (((leaf + 5).sum()) ** 2 + 1).backward()
    return leaf.grad


# %% wrong: numpy | `gradient_of_t` returned a NumPy array; a tensor of shape (3, 2) was
def gradient_of_t(x):
    return 2 * (x.detach().numpy() + 5)


# %% wrong: accumulates over calls in a global leaf | `gradient_of_t` returned exactly twice what is expected. It was
leaves = {}


def gradient_of_t(x):
    leaf = leaves.setdefault((tuple(x.shape), x.dtype), x.detach().clone().requires_grad_())
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: float | `gradient_of_t` returned dtype float32; float64 was expected. float32
def gradient_of_t(x):
    leaf = x.detach().clone().float().requires_grad_()
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: sums the gradient | `gradient_of_t` returned shape (); (3, 2) was expected. Everything
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad.sum()


# %% wrong: detaches inside | `gradient_of_t` raised RuntimeError for a (3, 2) float32 tensor:
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf.detach() + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: grad of t | `gradient_of_t` returned None for a (3, 2) float32 tensor: what stands behind its `return` is None, as what `p
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    t = ((leaf + 5) ** 2 + 1).sum()
    t.backward()
    return t.grad


# %% wrong: grad of the caller's x | `gradient_of_t` returned None for a (3, 2) float32 tensor: what stands behind its `return` is None, as what `p
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    t = ((leaf + 5) ** 2 + 1).sum()
    t.backward()
    return x.grad


# %% wrong: precedence | Every gradient is 1: `**` goes before `+`, so `x + 5 ** 2` squares the 5 alone. Put brackets around `x + 5`.
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    (leaf + 5 ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: backward not called | `gradient_of_t` returned None for a (3, 2) float32 tensor: what stands behind its `return` is None, as what `p
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).sum().backward
    return leaf.grad


# %% wrong: Python's sum | `.sum()` or `.mean()` makes one, or `gradient=` gives each its weight.
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    sum((leaf + 5) ** 2 + 1).backward()
    return leaf.grad


# %% wrong: item before backward | A Python number has no graph: make a tensor that requires grad, and take `.item()` at the very end.
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    t = ((leaf + 5) ** 2 + 1).sum().item()
    t.backward()
    return leaf.grad


# %% wrong: chained, keeps the sum's name | `gradient_of_t` returned None for a (3, 2) float32 tensor: what stands behind its `return` is None, as what `p
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_() + 0
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad


# %% wrong: grad called | A tensor is no function: take the brackets behind it away.
def gradient_of_t(x):
    leaf = x.detach().clone().requires_grad_()
    ((leaf + 5) ** 2 + 1).sum().backward()
    return leaf.grad()


# %% right: leaf = tensor with no_grad clone
def gradient_of_t(x):
    leaf = torch.empty_like(x).copy_(x.detach()).requires_grad_(True)
    leaf = leaf.detach().requires_grad_()
    t = torch.sum(torch.pow(torch.add(leaf, 5), 2) + 1)
    t.backward(retain_graph=True)
    return leaf.grad.clone()


# %% right: Parameter
def gradient_of_t(x):
    leaf = torch.nn.Parameter(x.detach().clone())
    torch.autograd.backward(((leaf + 5).square() + 1).sum())
    return leaf.grad
