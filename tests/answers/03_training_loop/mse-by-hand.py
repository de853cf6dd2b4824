# %% right: floats
def mse_and_gradients(w, b, x, y):
    n = len(x)
    loss = slope_w = slope_b = 0.0
    for x_i, y_i in zip(x.tolist(), y.tolist()):
        error = w * x_i + b - y_i
        loss += error**2 / n
        slope_w += 2 * error * x_i / n
        slope_b += 2 * error / n
    return {"loss": loss, "w": slope_w, "b": slope_b}


# %% right: by autograd
def mse_and_gradients(w, b, x, y):
    w = torch.tensor(w, dtype=x.dtype, requires_grad=True)
    b = torch.tensor(b, dtype=x.dtype, requires_grad=True)
    loss = torch.nn.functional.mse_loss(w * x + b, y)
    loss.backward()
    return {"loss": loss, "w": w.grad, "b": b.grad}


# %% right: target minus prediction, with the sign
def mse_and_gradients(w, b, x, y):
    residual = y - (w * x + b)
    return {
        "b": -2 * residual.mean(),
        "w": -2 * torch.dot(residual, x) / x.numel(),
        "loss": residual.square().mean().item(),
    }


# %% wrong: sums | the loss is a mean, so its derivative is one too
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * x).sum(), "b": (2 * error).sum()}


# %% wrong: sum for the loss | does not grow with the number of samples
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).sum(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: no factor 2 | twice its inside
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (error * x).mean(), "b": error.mean()}


# %% wrong: neither 2 nor mean | The 2 and the mean are missing
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (error * x).sum(), "b": error.sum()}


# %% wrong: sign | The sign is the other way round
def mse_and_gradients(w, b, x, y):
    error = y - (w * x + b)
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: sign and factor | The factor 2 is missing, and the sign
def mse_and_gradients(w, b, x, y):
    error = y - (w * x + b)
    return {"loss": (error**2).mean(), "w": (error * x).mean(), "b": error.mean()}


# %% wrong: no inner derivative | each sample's error counts times its `x`
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error).mean(), "b": (2 * error).mean()}


# %% wrong: derivative for x | not for w
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * w).mean(), "b": (2 * error).mean()}


# %% wrong: w and b swapped | There is an x too many
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error).mean(), "b": (2 * error * x).mean()}


# %% wrong: product of means | Multiply sample by sample
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": 2 * error.mean() * x.mean(), "b": (2 * error).mean()}


# %% wrong: the square kept | The square is still there
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error**2 * x).mean(), "b": (2 * error).mean()}


# %% wrong: mean absolute error | has a kink
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": error.abs().mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: root | You took the root
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean().sqrt(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: half | Some books put the half there
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean() / 2, "w": (error * x).mean(), "b": error.mean()}


# %% wrong: not squared | positive and negative ones cancel. Square each first
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": error.mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: squared after the mean | You squared the mean
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": error.mean() ** 2, "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: N - 1 | a mean divides by N
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).sum() / (len(x) - 1), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: absolute error in the derivative | keeps its sign
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "b": (2 * error.abs()).mean()}


# %% wrong: one number for each sample | 4 numbers, one for each sample
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": 2 * error * x, "b": 2 * error}


# %% wrong: a tuple | Return one dict
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return (error**2).mean(), (2 * error * x).mean(), (2 * error).mean()


# %% wrong: another key | The entry `b` is not there yet
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "bias": (2 * error).mean()}


# %% wrong: the gradient never read | The entry `w` is None
def mse_and_gradients(w, b, x, y):
    w = torch.tensor(w, dtype=x.dtype, requires_grad=True)
    b = torch.tensor(b, dtype=x.dtype, requires_grad=True)
    loss = ((w * x + b - y) ** 2).mean()
    return {"loss": loss, "w": w.grad, "b": b.grad}


# %% wrong: strings | a number was expected
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": str((error**2).mean()), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: four samples assumed | With other inputs
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).sum() / 4, "w": (2 * error * x).sum() / 4, "b": (2 * error).sum() / 4}


# %% wrong: changes x | changed the caller's tensor
def mse_and_gradients(w, b, x, y):
    error = x.mul_(w).add_(b).sub_(y)
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: no return | returned None
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% right: a dot product
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error ** 2).mean(), "w": 2 * torch.dot(error, x) / x.numel(), "b": (2 * error).mean()}


# %% right: a loop over samples
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error ** 2).mean(), "w": sum(2 * e * v for e, v in zip(error.tolist(), x.tolist())) / len(x), "b": (2 * error).mean()}


# %% wrong: y - prediction differentiated | its inner derivative is then -x for w
def mse_and_gradients(w, b, x, y):
    error = y - (w * x + b)
    return {"loss": (error ** 2).mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}


# %% wrong: a w too many | There is a w too many
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * w * x).mean(), "b": (2 * error).mean()}


# %% wrong: a b too many | There is a b too many
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "b": (2 * error * b).mean()}


# %% wrong: divided by N twice | You divided by N twice
def mse_and_gradients(w, b, x, y):
    error = w * x + b - y
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean() / len(x), "b": (2 * error).mean() / len(x)}


# %% wrong: b left out of the prediction | `b` is missing in your prediction
def mse_and_gradients(w, b, x, y):
    error = w * x - y
    return {"loss": (error**2).mean(), "w": (2 * error * x).mean(), "b": (2 * error).mean()}
