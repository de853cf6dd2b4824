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


# %% right: step scaled by size
import numpy as np


def numerical_gradient(f, x):
    eps = torch.finfo(x.dtype).eps
    data = x.detach()
    out = torch.empty_like(data)
    for idx in np.ndindex(*x.shape):
        h = eps ** (1 / 3) * max(1.0, abs(data[idx].item()))
        up, down = data.clone(), data.clone()
        up[idx] += h
        down[idx] -= h
        out[idx] = (f(up) - f(down)) / (up[idx] - down[idx])
    return out


# %% right: no_grad, input nudged and put back exactly
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    out = torch.zeros_like(x)
    with torch.no_grad():
        flat, g = x.view(-1), out.view(-1)
        for i in range(len(flat)):
            old = flat[i].item()
            flat[i] = old + h
            up = f(x).item()
            flat[i] = old - h
            down = f(x).item()
            flat[i] = old
            g[i] = (up - down) / (2 * h)
    return out.detach()


# %% right: torch.func.vmap over nudges
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    eye = torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape) * h
    return torch.stack([(f(x + e) - f(x - e)).reshape(()) / (2 * h) for e in eye.unbind()]).reshape(x.shape)


# %% right: numpy inside, tensor out
import numpy as np


def numerical_gradient(f, x):
    a = x.detach().double().numpy()
    g = np.zeros_like(a)
    for i in np.ndindex(a.shape):
        up, dn = a.copy(), a.copy()
        up[i] += 1e-5
        dn[i] -= 1e-5
        g[i] = (f(torch.from_numpy(up)).item() - f(torch.from_numpy(dn)).item()) / 2e-5
    return torch.from_numpy(g).to(x.dtype)


# %% right: five-point stencil
def numerical_gradient(f, x):
    h = 5e-2 if x.dtype == torch.float32 else 1e-3
    x = x.detach()
    g = torch.zeros_like(x)
    for i in range(x.numel()):
        def at(k):
            c = x.clone()
            c.view(-1)[i] += k * h
            return f(c)
        g.view(-1)[i] = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
    return g


# %% right: one step of 1e-3 for both dtypes
def numerical_gradient(f, x):
    h = 1e-3
    g = torch.zeros_like(x.detach())
    for i in range(x.numel()):
        up, down = x.detach().clone(), x.detach().clone()
        up.flatten()[i] += h
        up.view(-1)[i] = x.detach().reshape(-1)[i] + h
        down.view(-1)[i] = x.detach().reshape(-1)[i] - h
        g.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return g


# %% right: requires grad kept on copies, result detached
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    parts = []
    for i in range(x.numel()):
        e = torch.zeros(x.numel(), dtype=x.dtype)
        e[i] = h
        e = e.view(x.shape)
        parts.append(((f(x + e) - f(x - e)) / 2 / h).item())
    return torch.tensor(parts, dtype=x.dtype).reshape(x.shape)


# %% right: step 1e-3 as in the lesson for float32, 1e-6 for float64
def numerical_gradient(f, x):
    h = 1e-3 if x.dtype == torch.float32 else 1e-6
    x = x.detach()
    g = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        g.view(-1)[i] = (f(up) - f(down)).item() / (2 * h)
    return g


# %% wrong: copies not cloned, an alias | your step is smaller than the last digit that this dtype keeps, or f
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    gradient = torch.zeros_like(x)
    x = x.detach()
    for i in range(x.numel()):
        up, down = x, x
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: flatten in place of view, writes into a copy | Each number is the sum over its row
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    gradient = torch.zeros_like(x)
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: float32 result always | `numerical_gradient` returned dtype float32; float64 was expected.
def numerical_gradient(f, x):
    h = 1e-2
    x = x.detach()
    gradient = torch.zeros(x.shape)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: returns in the loop | Your gradient is off by 6 in float32. For each element
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
        return gradient


# %% wrong: numpy array returned | `numerical_gradient` returned a NumPy array; a tensor of shape (3,)
import numpy as np


def numerical_gradient(f, x):
    h = 1e-2
    a = x.detach().numpy()
    g = np.zeros_like(a)
    for i in np.ndindex(a.shape):
        up, dn = a.copy(), a.copy()
        up[i] += h
        dn[i] -= h
        g[i] = (f(torch.from_numpy(up)) - f(torch.from_numpy(dn))).item() / (2 * h)
    return g


# %% wrong: off-by-one | Your gradient is off by 2 in float32. For each element
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    gradient = torch.zeros_like(x)
    for i in range(1, x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: result carries a graph | `numerical_gradient` returned shape (); (3,) was expected. Everything
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    rows = []
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        rows.append((f(up) - f(down)) / (2 * h))
    return sum(rows)


# %% wrong: the numbers of f, not the difference | off by 1.4e+03 in float32. For each element
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    return (f(x + h) + f(x - h)) / (2 * h) * torch.ones_like(x)


# %% wrong: int index of 0-D | `numerical_gradient` raised IndexError for a () float32 tensor: tuple
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    gradient = torch.zeros_like(x)
    shape = x.shape
    flat = x.flatten()
    for i in range(shape[0] * (shape[1] if len(shape) > 1 else 1)):
        up, down = flat.clone(), flat.clone()
        up[i] += h
        down[i] -= h
        gradient.view(-1)[i] = (f(up.view(shape)) - f(down.view(shape))) / (2 * h)
    return gradient


# %% wrong: nudges a copy that is not reset | both times beginning at the caller's numbers
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    gradient = torch.zeros_like(x)
    up, down = x.clone(), x.clone()
    for i in range(x.numel()):
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return gradient


# %% wrong: autograd, and f called for show | does not follow from the values of `f`
def numerical_gradient(f, x):
    for _ in range(2 * x.numel()):
        f(x.detach())
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf)[0]


# %% wrong: one-sided, and f called for show | does not follow from the values of `f`
def numerical_gradient(f, x):
    h, x = (1e-2 if x.dtype == torch.float32 else 1e-7), x.detach()
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up = x.clone()
        up.view(-1)[i] += h
        gradient.view(-1)[i] = (f(up) - f(x)).item() / h
    return gradient


# %% wrong: brackets round the difference | `/` goes before `-`: only the second value was divided.
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    g = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.detach().clone(), x.detach().clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        g.view(-1)[i] = f(up) - f(down) / (2 * h)
    return g


# %% wrong: x[i] of a table | Each number is the sum over its row:
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    g = torch.zeros_like(x)
    for i in range(len(x)):
        up, down = x.clone(), x.clone()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g


# %% wrong: 1e-2 for float64 too | Your gradient is off by 0.0001 in float64, where a millionth was asked. float64 keeps twice the digits, so its
def numerical_gradient(f, x):
    h = 1e-2
    x = x.detach()
    g = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        g.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return g


# %% wrong: 1e-5 for both | in float32. A step that is too small drowns in rounding
def numerical_gradient(f, x):
    h = 1e-5
    x = x.detach()
    g = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        g.view(-1)[i] = (f(up) - f(down)) / (2 * h)
    return g


# %% wrong: only up | That is a one-sided difference, which is off by about as much as the step: nudge up and down, and divide by `2
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x = x.detach()
    g = torch.zeros_like(x)
    for i in range(x.numel()):
        up = x.clone()
        up.view(-1)[i] += h
        g.view(-1)[i] = (f(up) - f(x)) / h
    return g


# %% right: eps root
def numerical_gradient(f, x):
    h = torch.finfo(x.dtype).eps ** (1 / 3)
    flat = x.detach().flatten()
    out = [(f((flat + h * e).reshape(x.shape)) - f((flat - h * e).reshape(x.shape))) / (2 * h) for e in torch.eye(len(flat), dtype=x.dtype)]
    return torch.stack([o.reshape(()) for o in out]).reshape(x.shape)


# %% right: ndindex
import numpy as np


def numerical_gradient(f, x):
    h = {torch.float32: 1e-2, torch.float64: 1e-5}[x.dtype]
    g = torch.empty_like(x, requires_grad=False)
    with torch.no_grad():
        for place in np.ndindex(*x.shape):
            up, down = x.clone(), x.clone()
            up[place] += h
            down[place] -= h
            g[place] = float(f(up) - f(down)) / 2 / h
    return g


# %% wrong: the caller's x requires no grad any more | You changed `requires_grad`
def numerical_gradient(f, x):
    h = 1e-2 if x.dtype == torch.float32 else 1e-5
    x.requires_grad_(False)
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        up, down = x.clone(), x.clone()
        up.view(-1)[i] += h
        down.view(-1)[i] -= h
        gradient.view(-1)[i] = (f(up) - f(down)).item() / (2 * h)
    return gradient
