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


# %% right: func.grad per batch
def full_gradient(w, batches):
    n = sum(len(x) for x, _ in batches)
    g = torch.func.grad(lambda v, x, y: ((v * x - y) ** 2).sum() / n)
    return sum(g(w, x, y) for x, y in batches)


# %% right: gradient= as the weight
def full_gradient(w, batches):
    n = sum(y.shape[0] for _, y in batches)
    leaf = torch.nn.Parameter(w.detach().clone())
    for x, y in batches:
        e = (leaf * x - y).pow(2)
        e.backward(gradient=torch.full_like(e, 1 / n))
    return leaf.grad


# %% right: a one-element leaf, reshaped at the end
def full_gradient(w, batches):
    leaf = w.detach().reshape(1).clone().requires_grad_()
    n = 0
    for x, y in batches:
        torch.nn.functional.mse_loss(leaf * x, y, reduction="sum").backward()
        n += x.size(0)
    return (leaf.grad / n).reshape(())


# %% right: one graph after all, losses added
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    loss = sum(((leaf * x - y) ** 2).sum() for x, y in batches) / n
    loss.backward()
    return leaf.grad


# %% right: running mean of means
def full_gradient(w, batches):
    mean, n = torch.zeros_like(w), 0
    for x, y in batches:
        leaf = w.detach().clone().requires_grad_()
        ((leaf * x - y) ** 2).mean().backward()
        n += len(x)
        mean = mean + (leaf.grad - mean) * len(x) / n
    return mean


# %% right: recursion over batches
def full_gradient(w, batches):
    def total(rest):
        if not rest:
            return torch.zeros_like(w), 0
        (x, y), *more = rest
        leaf = w.clone().requires_grad_()
        (g,) = torch.autograd.grad((leaf * x - y).square().sum(), leaf)
        g2, n2 = total(more)
        return g + g2, len(x) + n2

    g, n = total(list(batches))
    return g / n


# %% wrong: weight times size, not divided | divide by the number of all samples.
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    for x, y in batches:
        (((leaf * x - y) ** 2).mean() * len(x)).backward()
    return leaf.grad


# %% wrong: mean divided by total | divided by all samples as well
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).mean() / n).backward()
    return leaf.grad


# %% wrong: running total used too early | `full_gradient` returned the right shape and dtype, but the number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = 0
    for x, y in batches:
        n += len(x)
        (((leaf * x - y) ** 2).sum() / n).backward()
    return leaf.grad


# %% wrong: weight by inverse size | `full_gradient` returned the right shape and dtype, but the number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).mean() * n / len(x)).backward()
    return leaf.grad


# %% wrong: divides total by batches and samples | `full_gradient` returned the right shape and dtype, but the number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / n / len(batches)).backward()
    return leaf.grad


# %% wrong: steps w | `full_gradient` returned the right shape and dtype, but the number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / n).backward()
        with torch.no_grad():
            leaf -= 0.01 * leaf.grad
    return leaf.grad


# %% wrong: mean of errors squared | You squared the sum of the errors
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        ((leaf * x - y).sum() ** 2 / n).backward()
    return leaf.grad


# %% wrong: unpacks a batch wrongly | `full_gradient` raised ValueError for a () float32 tensor and a list
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    xs, ys = batches
    (((leaf * xs - ys) ** 2).mean()).backward()
    return leaf.grad


# %% wrong: no own leaf, no requires_grad | `full_gradient` raised RuntimeError for a () float32 tensor and a
def full_gradient(w, batches):
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((w * x - y) ** 2).sum() / n).backward()
    return w.grad


# %% wrong: returns None from backward | `full_gradient` raised TypeError for a () float32 tensor and a list
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    return sum((((leaf * x - y) ** 2).sum() / n).backward() for x, y in batches)


# %% wrong: shape (1,) | `full_gradient` returned shape (1,); () was expected. The numbers are
def full_gradient(w, batches):
    leaf = w.detach().reshape(1).clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / n).backward()
    return leaf.grad


# %% wrong: x and y swapped | `full_gradient` returned the right shape and dtype, but the number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    for y, x in batches:
        (((leaf * x - y) ** 2).sum() / n).backward()
    return leaf.grad


# %% wrong: largest batch as the size | `full_gradient` returned the right shape and dtype, but the number
def full_gradient(w, batches):
    leaf = w.clone().requires_grad_()
    n = max(len(x) for x, _ in batches) * len(batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / n).backward()
    return leaf.grad


# %% wrong: graph on the result | `full_gradient` returned a tensor that carries a graph
def full_gradient(w, batches):
    w = w.clone().requires_grad_()
    n = sum(len(x) for x, _ in batches)
    return sum((2 * (w * x - y) * x).sum() for x, y in batches) / n


# %% wrong: len of the pair | You divided by twice the number of batches:
def full_gradient(w, batches):
    leaf = w.detach().clone().requires_grad_()
    total = sum(len(batch) for batch in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / total).backward()
    return leaf.grad


# %% wrong: square of the sum | You squared the sum of the errors: square each of them, then sum.
def full_gradient(w, batches):
    leaf = w.detach().clone().requires_grad_()
    total = sum(len(x) for x, y in batches)
    for x, y in batches:
        ((leaf * x - y).sum() ** 2 / total).backward()
    return leaf.grad


# %% wrong: divided by total and mean | You took each batch's mean and divided by all samples as well: take the sum of its squares.
def full_gradient(w, batches):
    leaf = w.detach().clone().requires_grad_()
    total = sum(len(x) for x, y in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).mean() / total).backward()
    return leaf.grad


# %% wrong: total of the values | You divided by the sum of all x: divide by how many samples there are.
def full_gradient(w, batches):
    leaf = w.detach().clone().requires_grad_()
    total = sum(x.sum() for x, y in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / total).backward()
    return leaf.grad


# %% wrong: returns the leaf | `full_gradient` returned its input, unchanged.
def full_gradient(w, batches):
    leaf = w.detach().clone().requires_grad_()
    total = sum(len(x) for x, y in batches)
    for x, y in batches:
        (((leaf * x - y) ** 2).sum() / total).backward()
    return leaf


# %% wrong: gradients not summed: list | You returned one gradient for each batch: asked is their sum, in one tensor.
def full_gradient(w, batches):
    out = []
    total = sum(len(x) for x, y in batches)
    for x, y in batches:
        leaf = w.detach().clone().requires_grad_()
        (((leaf * x - y) ** 2).sum() / total).backward()
        out.append(leaf.grad)
    return out
