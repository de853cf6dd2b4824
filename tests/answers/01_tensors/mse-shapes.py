# %% right: flatten
def mse(prediction, target):
    return torch.mean((prediction.flatten() - target.flatten()).square())


# %% right: squeeze where needed
def mse(prediction, target):
    if prediction.dim() == 2:
        prediction = prediction.squeeze(1)
    if target.dim() == 2:
        target = target.squeeze(1)
    return ((target - prediction) ** 2).mean()


# %% right: view_as and MSELoss
def mse(prediction, target):
    return torch.nn.functional.mse_loss(prediction, target.reshape_as(prediction))


# %% right: as columns, a sum over the count
def mse(prediction, target):
    n = prediction.numel()
    error = prediction.reshape(n, 1) - target.reshape(n, 1)
    return (error.T @ error).squeeze() / n


# %% wrong: as it was | every prediction still meets every target
def mse(prediction, target):
    return ((prediction - target) ** 2).mean()


# %% wrong: flattening the wrong one | With (N, 1) and (N,)
def mse(prediction, target):
    return ((prediction - target.flatten()) ** 2).mean()


# %% wrong: only the prediction flattened | With (N,) and (N, 1)
def mse(prediction, target):
    return ((prediction.flatten() - target) ** 2).mean()


# %% wrong: unsqueeze always | With
def mse(prediction, target):
    return ((prediction - target.unsqueeze(1)) ** 2).mean()


# %% wrong: summed | the mean is asked
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).sum()


# %% wrong: not squared | without squaring
def mse(prediction, target):
    return (prediction.flatten() - target.flatten()).mean()


# %% wrong: absolute | absolute differences
def mse(prediction, target):
    return (prediction.flatten() - target.flatten()).abs().mean()


# %% wrong: rooted | RMSE
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).mean().sqrt()


# %% wrong: halved | some books do
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).mean() / 2


# %% wrong: no mean | one squared error for each sample
def mse(prediction, target):
    return (prediction.flatten() - target.flatten()) ** 2


# %% wrong: a Python number | A Python number has left PyTorch
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).mean().item()


# %% wrong: one number kept as a vector | `squeeze` drops it
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).mean().reshape(1)


# %% wrong: sum of all pairs | divided by N
def mse(prediction, target):
    return ((prediction - target) ** 2).sum() / 4


# %% wrong: resized in place | changed the shape of the caller's tensor
def mse(prediction, target):
    prediction.resize_(prediction.numel())
    target.resize_(target.numel())
    return ((prediction - target) ** 2).mean()


# %% wrong: divides by a fixed count | With other inputs
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).sum() / 4


# %% right: MSELoss module on flattened
loss = torch.nn.MSELoss()
def mse(prediction, target):
    return loss(prediction.ravel(), target.ravel())


# %% right: a module instance
class Mse(torch.nn.Module):
    def forward(self, prediction, target):
        return torch.dist(prediction.reshape(-1), target.reshape(-1)).pow(2) / prediction.numel()
mse = Mse()


# %% right: vmap
def mse(prediction, target):
    return torch.func.vmap(lambda p, t: (p - t) ** 2)(prediction.view(-1), target.reshape(len(target))).mean()


# %% right: view_as
def mse(prediction, target):
    target = target.view(prediction.shape) if target.is_contiguous() else target.reshape(prediction.shape)
    return (prediction - target).square().mean()


# %% right: dot
def mse(prediction, target):
    e = prediction.flatten() - target.flatten()
    return e.dot(e) / len(e)


# %% right: var and mean
def mse(prediction, target):
    e = torch.atleast_2d(prediction.flatten() - target.flatten())
    return (e.var(correction=0) + e.mean() ** 2).squeeze()


# %% right: a loop
def mse(prediction, target):
    total = torch.zeros((), dtype=prediction.dtype)
    for p, t in zip(prediction, target):
        total = total + (p.squeeze() - t.squeeze()) ** 2
    return total / prediction.shape[0]


# %% right: partial
from functools import partial
def power_loss(power, prediction, target):
    n = prediction.shape[0]
    return (prediction.reshape(n, 1) - target.reshape(n, 1)).pow(power).mean()
mse = partial(power_loss, 2)


# %% right: diagonal of all pairs
def mse(prediction, target):
    return torch.diagonal((prediction.reshape(-1, 1) - target.reshape(1, -1)) ** 2).mean()


# %% right: NumPy and back
def mse(prediction, target):
    p, t = prediction.detach().numpy().ravel(), target.detach().numpy().ravel()
    return torch.tensor(((p - t) ** 2).mean(), dtype=prediction.dtype)


# %% right: squeeze both
def mse(prediction, target):
    return ((prediction.squeeze() - target.squeeze()) ** 2).mean()


# %% right: squeeze dim -1 guarded by ndim
def mse(prediction, target):
    p = prediction[:, 0] if prediction.ndim > 1 else prediction
    t = target[:, 0] if target.ndim > 1 else target
    return torch.nn.functional.mse_loss(p, t)


# %% right: keyword-only
def mse(prediction, target, *, reduction=torch.mean):
    return reduction((prediction.reshape(-1) - target.reshape(-1)) ** 2)


# %% right: expanded scalar
def mse(prediction, target):
    e = ((prediction.reshape(-1) - target.reshape(-1)) ** 2).mean()
    return e.expand(3)[1]


# %% wrong: MSELoss as it is, warns | With (N, 1) and (N,), every prediction still meets every target: N × N
def mse(prediction, target):
    return torch.nn.MSELoss()(prediction, target)


# %% wrong: F.mse_loss | With (N, 1) and (N,), every prediction still meets every target: N × N
def mse(prediction, target):
    return torch.nn.functional.mse_loss(prediction, target)


# %% wrong: unsqueezes both | With (N, 1) and (N,), every prediction still meets every target: N × N
def mse(prediction, target):
    return ((prediction[:, None] - target[:, None]) ** 2).mean()


# %% wrong: view(-1, 1) on one only | With (N, 1) and (N,), every prediction still meets every target: N × N
def mse(prediction, target):
    return ((prediction.view(-1, 1) - target) ** 2).mean()


# %% wrong: only where dims differ, wrong side | With (N, 1) and (N,), every prediction still meets every target: N × N
def mse(prediction, target):
    if prediction.dim() > target.dim():
        target = target.reshape(1, -1)
    return ((prediction - target) ** 2).mean()


# %% wrong: prediction to target's shape in one case only | With (N,) and (N, 1), every prediction still meets every target: N × N
def mse(prediction, target):
    if prediction.dim() == 2:
        prediction = prediction.squeeze(1)
    return ((prediction - target) ** 2).mean()


# %% wrong: assert with a message | shapes differ
def mse(prediction, target):
    assert prediction.shape == target.shape, "shapes differ"
    return ((prediction - target) ** 2).mean()


# %% wrong: expand_as |  Tensor sizes: [4]
def mse(prediction, target):
    return ((prediction - target.expand_as(prediction)) ** 2).mean()


# %% wrong: broadcast_to a square | With (N, 1) and (N,), every prediction still meets every target: N × N
def mse(prediction, target):
    n = prediction.shape[0]
    return ((prediction.expand(n, n) - target.expand(n, n)) ** 2).mean()


# %% wrong: divides by N - 1 | the number differs
def mse(prediction, target):
    e = prediction.flatten() - target.flatten()
    return (e**2).sum() / (len(e) - 1)


# %% wrong: torch.var of the error | the number differs
def mse(prediction, target):
    return (prediction.flatten() - target.flatten()).var()


# %% wrong: biased variance | the number differs
def mse(prediction, target):
    return (prediction.flatten() - target.flatten()).var(correction=0)


# %% wrong: square of the mean | You squared the mean of the differences: square each of them, then take
def mse(prediction, target):
    return (prediction.flatten() - target.flatten()).mean() ** 2


# %% wrong: negative | the number differs
def mse(prediction, target):
    return -((prediction.flatten() - target.flatten()) ** 2).mean()


# %% wrong: plus | the number differs
def mse(prediction, target):
    return ((prediction.flatten() + target.flatten()) ** 2).mean()


# %% wrong: squares first | the number differs
def mse(prediction, target):
    return (prediction.flatten() ** 2 - target.flatten() ** 2).mean()


# %% wrong: mean over dim 0 keepdim | `mse` returned shape (1,); () was expected
def mse(prediction, target):
    return ((prediction.reshape(-1) - target.reshape(-1)) ** 2).mean(dim=0, keepdim=True)


# %% wrong: mean over dim 1 | You returned one squared error for each sample: their mean is asked
def mse(prediction, target):
    return ((prediction.reshape(-1, 1) - target.reshape(-1, 1)) ** 2).mean(dim=1)


# %% wrong: mean over dim 0 of columns | `mse` returned shape (1,); () was expected
def mse(prediction, target):
    return ((prediction.reshape(-1, 1) - target.reshape(-1, 1)) ** 2).mean(dim=0)


# %% wrong: torch.tensor of an item: float64 lost | `mse` returned dtype float32; float64 was expected
def mse(prediction, target):
    return torch.tensor(((prediction.flatten() - target.flatten()) ** 2).mean().item())


# %% wrong: requires grad | `mse` returned a tensor that carries a graph (`requires_grad` is True);
def mse(prediction, target):
    return torch.tensor(((prediction.flatten() - target.flatten()) ** 2).mean().item(), requires_grad=True)


# %% wrong: the brackets: mean of the target only | `mse` returned shape (4,); () was expected
def mse(prediction, target):
    return (prediction.flatten() - target.flatten().mean()) ** 2


# %% wrong: method without the call | `mse` returned the function `mean` itself, which was not called: `()`
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).mean


# %% wrong: only the combinations of the example, N = 4 | A reshape keeps the number of elements
def mse(prediction, target):
    return ((prediction.reshape(4) - target.reshape(4)) ** 2).mean()


# %% wrong: sum over 4 with mean of pairs' diagonal | A reshape keeps the number of elements
def mse(prediction, target):
    return ((prediction.reshape(2, 2) - target.reshape(2, 2)) ** 2).mean()


# %% wrong: matrix product of the error, (1, 1) | `mse` returned shape (1, 1); () was expected
def mse(prediction, target):
    e = prediction.reshape(-1, 1) - target.reshape(-1, 1)
    return e.T @ e / len(e)


# %% right: view on strided memory
def mse(prediction, target):
    return ((prediction.view(-1) - target.view(-1)) ** 2).mean()


# %% wrong: L1 | You took the mean of the absolute differences: square them instead
def mse(prediction, target):
    return torch.nn.functional.l1_loss(prediction.flatten(), target.flatten())


# %% wrong: relative | the number differs
def mse(prediction, target):
    p, t = prediction.flatten(), target.flatten()
    return (((p - t) / t) ** 2).mean()


# %% wrong: sorted, by sets | the number differs
def mse(prediction, target):
    return ((prediction.flatten().sort().values - target.flatten().sort().values) ** 2).mean()


# %% wrong: mean of squares brackets | Only the target is squared:
def mse(prediction, target):
    return (prediction.reshape(-1) - target.reshape(-1) ** 2).mean()


# %% wrong: divides by N twice | You divided by N twice: the mean divides already.
def mse(prediction, target):
    e = prediction.flatten() - target.flatten()
    return (e ** 2).mean() / len(e)


# %% wrong: MSELoss with the tensors | A loss is made first and called then
def mse(prediction, target):
    return torch.nn.MSELoss(prediction, target)


# %% right: transposed: a column becomes a row, a vector stays
def mse(prediction, target):
    return ((prediction.T - target.T) ** 2).mean()
