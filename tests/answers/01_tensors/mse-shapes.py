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


# %% wrong: resized in place | changed the caller's tensor
def mse(prediction, target):
    prediction.resize_(prediction.numel())
    target.resize_(target.numel())
    return ((prediction - target) ** 2).mean()


# %% wrong: divides by a fixed count | With other inputs
def mse(prediction, target):
    return ((prediction.flatten() - target.flatten()) ** 2).sum() / 4
