# %% right: weighted means
def full_gradient(w, batches):
    total = sum(x.numel() for x, _ in batches)
    leaf = w.detach().clone().requires_grad_(True)
    for x, y in batches:
        loss = ((leaf * x - y) ** 2).mean() * (x.numel() / total)
        loss.backward()
    return leaf.grad


# %% right: sums, divided at the end
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    count = 0
    for x, y in batches:
        (leaf * x - y).square().sum().backward()
        count += len(x)
    return leaf.grad / count


# %% right: joined after all
def full_gradient(w, batches):
    x, y = torch.cat([x for x, _ in batches]), torch.cat([y for _, y in batches])
    leaf = w.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(((leaf * x - y) ** 2).mean(), leaf)
    return gradient


# %% wrong: plain average of means | counts as much as a batch of 5
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        (((leaf * x - y) ** 2).mean() / len(batches)).backward()
    return leaf.grad


# %% wrong: sum of means | one mean, not several
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        ((leaf * x - y) ** 2).mean().backward()
    return leaf.grad


# %% wrong: sum of squares | divide by the number of all samples
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        ((leaf * x - y) ** 2).sum().backward()
    return leaf.grad


# %% wrong: cleared between the batches | the last batch alone
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        leaf.grad = None
        ((leaf * x - y) ** 2).mean().backward()
    return leaf.grad


# %% wrong: returns in the loop | the first batch alone
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        ((leaf * x - y) ** 2).mean().backward()
        return leaf.grad


# %% wrong: divided by the number of batches | divide by the number of samples
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / len(batches)).backward()
    return leaf.grad


# %% wrong: the loss | the number differs
def full_gradient(w, batches):
    total = sum(len(x) for x, _ in batches)
    return sum(((w * x - y) ** 2).sum() for x, y in batches) / total


# %% wrong: a Python number | a Python number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    total = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / total).backward()
    return leaf.grad.item()


# %% wrong: absolute errors | the number differs
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    total = sum(len(x) for x, _ in batches)
    for x, y in batches:
        ((leaf * x - y).abs().sum() / total).backward()
    return leaf.grad
