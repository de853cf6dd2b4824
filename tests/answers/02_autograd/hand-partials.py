# %% right: written out
def partials(w, x, b, target):
    return {
        "w": 2 * x * (w * x + b - target),
        "x": 2 * w * (w * x + b - target),
        "b": 2 * (w * x + b - target),
    }


# %% right: multiplied out
def partials(w, x, b, target):
    return dict(
        b=2.0 * b + 2.0 * w * x - 2.0 * target,
        w=2.0 * w * x**2 + 2.0 * b * x - 2.0 * target * x,
        x=2.0 * x * w**2 + 2.0 * b * w - 2.0 * target * w,
    )


# %% right: by autograd after all
def partials(w, x, b, target):
    leaves = [torch.tensor(float(v), dtype=torch.float64, requires_grad=True) for v in (w, x, b)]
    loss = (leaves[0] * leaves[1] + leaves[2] - target) ** 2
    return {k: g.item() for k, g in zip("wxb", torch.autograd.grad(loss, leaves))}


# %% wrong: w and x swapped | the derivative of w * x is the *other* factor
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * w, "x": 2 * error * x, "b": 2 * error}


# %% wrong: no factor 2 | the factor 2 is missing
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": error * x, "x": error * w, "b": error}


# %% wrong: only the model | the chain rule multiplies by 2 * error
def partials(w, x, b, target):
    return {"w": x, "x": w, "b": 1}


# %% wrong: no error | the derivative of error² is 2 * error, not 2
def partials(w, x, b, target):
    return {"w": 2 * x, "x": 2 * w, "b": 2}


# %% wrong: sign | the error is prediction minus target
def partials(w, x, b, target):
    error = target - (w * x + b)
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: no target | the target is missing
def partials(w, x, b, target):
    error = w * x + b
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: b times b | b stands alone
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error * b}


# %% wrong: a key left out | The entry `b` is not there yet
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * x, "x": 2 * error * w}


# %% wrong: a tuple | a dict with the key `w` was expected
def partials(w, x, b, target):
    error = w * x + b - target
    return 2 * error * x, 2 * error * w, 2 * error


# %% wrong: tensors | a Python number was expected
def partials(w, x, b, target):
    error = torch.tensor(w * x + b - target)
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: fits the example | was expected
def partials(w, x, b, target):
    return {"w": 40, "x": 16, "b": 8}
