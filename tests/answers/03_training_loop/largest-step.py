# %% right: singular value
def largest_step(features):
    return len(features) / torch.linalg.matrix_norm(features, ord=2).item() ** 2


# %% right: autograd's Hessian
from torch.autograd.functional import hessian


def largest_step(features):
    def loss(params):
        return ((features @ params) ** 2).mean()

    h = hessian(loss, torch.zeros(features.shape[1], dtype=features.dtype))
    return 2 / float(torch.linalg.eigvalsh(h).max())


# %% right: power iteration
def largest_step(features):
    h = 2 / features.shape[0] * features.T @ features
    v = torch.ones(h.shape[0], dtype=h.dtype) + 0.01 * torch.arange(h.shape[0])
    for _ in range(500):
        v = h @ v
        v = v / v.norm()
    return (2 / (v @ h @ v)).item()


# %% right: the other product
def largest_step(features):
    n = features.shape[0]
    return float(n / torch.linalg.eigvals(features @ features.T).real.max())


# %% right: bisection by trial
def largest_step(features):
    h = (2 / len(features) * features.T @ features).double()

    def grows(rate):
        step = torch.eye(len(h), dtype=torch.float64) - rate * h
        power = step
        for _ in range(12):
            power = power @ power
            if not torch.isfinite(power).all():
                return True
        return power.abs().max() > 10

    low, high = 0.0, 4 / h.diagonal().max().item()
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if grows(middle) else (middle, high)
    return low


# %% wrong: 1 / λ | 1 / λ
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 1 / torch.linalg.eigvalsh(h).max().item()


# %% wrong: 2 | whatever the features are
def largest_step(features):
    return 2.0


# %% wrong: no 2 / N | lacks the 2 / N
def largest_step(features):
    return 2 / torch.linalg.eigvalsh(features.T @ features).max().item()


# %% wrong: no 2 | lacks the factor 2
def largest_step(features):
    return 2 / torch.linalg.eigvalsh(features.T @ features / len(features)).max().item()


# %% wrong: no division by N | lacks the division by N
def largest_step(features):
    return 2 / torch.linalg.eigvalsh(2 * features.T @ features).max().item()


# %% wrong: smallest eigenvalue | the smallest eigenvalue
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.eigvalsh(h)[0].item()


# %% wrong: singular value not squared | the Hessian has its *square*
def largest_step(features):
    return 2 / (2 / len(features) * torch.linalg.svdvals(features)[0].item())


# %% wrong: 2 / singular value | 2 divided by a singular value
def largest_step(features):
    return 2 / torch.linalg.svdvals(features)[0].item()


# %% wrong: trace | the trace
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / h.trace().item()


# %% wrong: mean eigenvalue | the mean of the eigenvalues
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.eigvalsh(h).mean().item()


# %% wrong: diagonal only | the diagonal only
def largest_step(features):
    return 2 / (2 * (features**2).mean(0)).max().item()


# %% wrong: condition number | the condition number
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.cond(h).item()


# %% wrong: Frobenius norm | the norm of the whole Hessian
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.norm(h).item()


# %% wrong: the eigenvalue | a steeper bowl needs a *smaller* step
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return torch.linalg.eigvalsh(h)[-1].item()


# %% wrong: upside down | the wrong way up
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return torch.linalg.eigvalsh(h)[-1].item() / 2


# %% wrong: centred | You subtracted the mean
def largest_step(features):
    h = 2 * torch.cov(features.T, correction=0)
    return 2 / torch.linalg.eigvalsh(h)[-1].item()


# %% wrong: a tensor | a Python number was expected
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.eigvalsh(h).max()


# %% wrong: all eigenvalues | a Python number was expected
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.eigvalsh(h)


# %% wrong: complex | a complex number
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.eigvals(h)[0].item()


# %% wrong: root | without a root
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.eigvalsh(h).max().sqrt().item()


# %% wrong: right for two columns only | the first two columns alone
def largest_step(features):
    n = len(features)
    a, b, d = (features[:, 0] ** 2).sum(), (features[:, 0] * features[:, 1]).sum(), (features[:, 1] ** 2).sum()
    top = (a + d) / 2 + (((a - d) / 2) ** 2 + b**2).sqrt()
    return (n / top).item()


# %% wrong: no return | returned None
def largest_step(features):
    h = 2 / len(features) * features.T @ features
    2 / torch.linalg.eigvalsh(h).max().item()


# %% right: the 2-norm
def largest_step(features):
    H = 2 / len(features) * features.T @ features
    return 2 / torch.linalg.matrix_norm(H, 2).item()


# %% right: 2 cancelled
def largest_step(features):
    H = features.T @ features
    return len(features) / torch.linalg.eigvalsh(H).max().item()


# %% wrong: divided by K | You divided by K, the number of columns
def largest_step(features):
    H = 2 / features.shape[1] * features.T @ features
    return 2 / torch.linalg.eigvalsh(H).max().item()


# %% wrong: divided by all numbers | You divided by N times K
def largest_step(features):
    hessian = 2 / features.numel() * features.T @ features
    return 2 / torch.linalg.eigvalsh(hessian)[-1].item()


# %% wrong: largest and smallest | You added the smallest eigenvalue
def largest_step(features):
    hessian = 2 / len(features) * features.T @ features
    e = torch.linalg.eigvalsh(hessian)
    return 2 / (e[0] + e[-1]).item()
