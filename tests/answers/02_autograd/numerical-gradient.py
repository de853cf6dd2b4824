# %% right: one-hot nudges
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    out = []
    for nudge in torch.eye(x.numel(), dtype=x.dtype):
        nudge = nudge.reshape(x.shape) * h
        out.append((f(x + nudge) - f(x - nudge)) / (2 * h))
    return torch.stack([o.reshape(()) for o in out]).reshape(x.shape)


# %% right: computed in float64, then back
def numerical_gradient(f, x):
    wide, h = x.double(), 1e-5
    gradient = torch.zeros(x.shape, dtype=torch.float64)
    flat = gradient.reshape(-1)
    for i in range(x.numel()):
        up = wide.reshape(-1).clone()
        down = up.clone()
        up[i] += h
        down[i] -= h
        flat[i] = (f(up.reshape(x.shape)) - f(down.reshape(x.shape))) / (2 * h)
    return flat.reshape(x.shape).to(x.dtype)


# %% right: nudges the input and puts it back
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-6
    gradient = torch.zeros_like(x)
    import itertools

    for index in itertools.product(*map(range, x.shape)):
        copy = x.clone()
        copy[index] = x[index] + h
        up = f(copy)
        copy[index] = x[index] - h
        down = f(copy)
        gradient[index] = (up - down) / (2 * h)
    return gradient


# %% wrong: one-sided | one-sided
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up = x.clone()
        up.view(-1)[i] += h
        gradient.view(-1)[i] = (f(up) - f(x)) / h
    return gradient


# %% wrong: step too small for float32 | off by
def numerical_gradient(f, x):
    h = 1e-6
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: step below the last digit | came out as 0
def numerical_gradient(f, x):
    h = 1e-12
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: divides by h | divide by 2 * h
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / h
    return gradient


# %% wrong: sign | f(x + h) minus f(x - h)
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(down) - f(up)) / (2 * h)
    return gradient


# %% wrong: mutates the input | The caller's `x` is not as it was
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        value = x.view(-1)[i].item()
        x.view(-1)[i] = value + h
        up = f(x)
        x.view(-1)[i] = value - h
        down = f(x)
        x.view(-1)[i] = value + 1e-4
        gradient.view(-1)[i] = (up - down) / (2 * h)
        x.view(-1)[i] = value if i else value + 0.25
    return gradient


# %% wrong: everything nudged at once | off by
def numerical_gradient(f, x):
    h = 1e-2
    return torch.full_like(x, ((f(x + h) - f(x - h)) / (2 * h)).item())


# %% wrong: one number for all | shape
def numerical_gradient(f, x):
    h = 1e-2
    return (f(x + h) - f(x - h)) / (2 * h)


# %% wrong: a list | a list of 3 numbers
def numerical_gradient(f, x):
    h = 1e-2
    return [((f(x + n * h) - f(x - n * h)) / (2 * h)).item() for n in torch.eye(x.numel()).reshape(-1, *x.shape)]


# %% wrong: flattened | shape (4,)
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    out = []
    for n in torch.eye(x.numel(), dtype=x.dtype):
        n = n.reshape(x.shape) * h
        out.append((f(x + n) - f(x - n)) / (2 * h))
    return torch.stack(out)
