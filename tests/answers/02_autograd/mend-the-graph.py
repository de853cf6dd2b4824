# %% right: norm, cat and relu
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.cat([(a * 2).reshape(1), (b * 3).reshape(1)])


def clipped_mean(x):
    return torch.relu(x).mean()


# %% right: where and a product
def scaled_norm(w, scale):
    return scale * torch.dot(w, w) ** 0.5


def pair(a, b):
    return torch.stack((a, b)) * torch.tensor([2.0, 3.0], dtype=a.dtype)


def clipped_mean(x):
    return torch.where(x > 0, x, torch.zeros_like(x)).sum() / len(x)


# %% wrong: item left | no gradient reaches `w`
def scaled_norm(w, scale):
    return (w**2).sum().item() ** 0.5 * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: torch.tensor left | no gradient reaches `a`
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.tensor([a.item() * 2, b.item() * 3], dtype=a.dtype)


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: requires_grad on a rebuilt tensor | no gradient reaches `a`
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.tensor([a.item() * 2, b.item() * 3], dtype=a.dtype, requires_grad=True)


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: numpy left | no gradient reaches `x`
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.from_numpy(x.detach().numpy().clip(min=0)).mean()


# %% wrong: no detach for numpy | goes through `detach()`
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.from_numpy(x.numpy().clip(min=0)).mean()


# %% wrong: math.sqrt on the graph | w
def scaled_norm(w, scale):
    import math

    return math.sqrt((w**2).sum()) * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: the positive ones alone | differs
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x[x > 0].mean()


# %% wrong: a list | a list of 2 tensors
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return [a * 2, b * 3]


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: absolute values | differs
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.abs().mean()
