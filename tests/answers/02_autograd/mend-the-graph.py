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


# %% wrong: no detach for numpy | NumPy cannot follow a graph
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


# %% wrong: the positive ones alone | the mean of the positive ones alone
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


# %% wrong: absolute values | You took absolute values
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.abs().mean()


# %% right: linalg and hypot
def scaled_norm(w, scale):
    return torch.linalg.vector_norm(w) * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: pow half
def scaled_norm(w, scale):
    return torch.pow(w @ w, 0.5).mul(scale)


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: length by sqrt of einsum
def scaled_norm(w, scale):
    return scale * torch.sqrt(torch.einsum("i,i->", w, w))


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: loop over elements
def scaled_norm(w, scale):
    total = 0
    for v in w:
        total = total + v * v
    return total.sqrt() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: pair via cat and unsqueeze
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.cat((a.unsqueeze(0) * 2, b[None] * 3))


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: pair via hstack
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.hstack([2 * a, 3 * b])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: pair filled in place
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    out = torch.zeros(2, dtype=a.dtype)
    out[0] = a * 2
    out[1] = b * 3
    return out


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: pair as sum of one-hots
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return a * torch.tensor([2.0, 0.0], dtype=a.dtype) + b * torch.tensor([0.0, 3.0], dtype=a.dtype)


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: pair stack then multiply in float32 constants
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a, b]) * torch.tensor([2, 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% right: clipped by maximum
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.maximum(x, torch.zeros_like(x)).mean()


# %% right: clipped by masked product
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return (x * (x > 0)).mean()


# %% right: clipped by half of x plus abs
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return ((x + x.abs()) / 2).mean()


# %% right: clipped by index and sum
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x[x > 0].sum() / x.numel()


# %% right: clipped by in-place on a clone
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    y = x.clone()
    y[y < 0] = 0
    return y.mean()


# %% right: clipped by in-place clamp_ on a clone
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clone().clamp_(0).mean()


# %% right: clipped by masked_fill and threshold
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.nn.functional.threshold(x, 0.0, 0.0).mean()


# %% right: clipped by clip
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.clip(x, 0).mean()


# %% right: clipped by a loop of max
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return sum(torch.where(v > 0, v, 0 * v) for v in x) / len(x)


# %% wrong: norm: sum of absolute | You took each root before you summed
def scaled_norm(w, scale):
    return w.abs().sum() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: forgot sqrt | The square root is missing
def scaled_norm(w, scale):
    return (w**2).sum() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: scale.item() | The number is right, but no gradient reaches `scale`: the graph is
def scaled_norm(w, scale):
    return (w**2).sum().sqrt() * scale.item()


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: scale detached | The number is right, but no gradient reaches `scale`: the graph is
def scaled_norm(w, scale):
    return w.norm() * scale.detach()


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: torch.tensor round it | The number is right, but no gradient reaches `w`: the graph is still
def scaled_norm(w, scale):
    return torch.tensor(w.norm()) * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: a new leaf | The number is right, but no gradient reaches `w`: the graph is still
def scaled_norm(w, scale):
    length = torch.tensor(w.norm().item(), requires_grad=True)
    return length * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: math.sqrt of the tensor | The number is right, but no gradient reaches `w`: the graph is still
def scaled_norm(w, scale):
    import math
    return torch.tensor(math.sqrt((w**2).sum())) * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: normalises w | `scaled_norm` returned shape (2,); () was expected. It has 1
def scaled_norm(w, scale):
    return w / w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: as it was handed out | The number is right, but no gradient reaches `w`: the graph is still
def scaled_norm(w, scale):
    import math
    length = math.sqrt((w ** 2).sum().item())
    return torch.tensor(length) * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: norm: detach the length | The number is right, but no gradient reaches `w`: the graph is still
def scaled_norm(w, scale):
    return (w**2).sum().detach().sqrt() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: as it was | The number is right, but no gradient reaches `a`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.tensor([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: cat of 0-D | `pair` raised RuntimeError for a () float32 tensor and a () float32
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.cat([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: stack two arguments | `pair` raised TypeError for a () float32 tensor and a () float32
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack(a * 2, b * 3)


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: detach one | The number is right, but no gradient reaches `b`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b.detach() * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: swapped factors | `pair` returned the right shape and dtype, but 2 of 2 numbers differ:
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 3, b * 2])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: tuple | `pair` returned a tuple of 2 tensors; a tensor of shape (2,) was
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return a * 2, b * 3


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: requires_grad_ on rebuilt | The number is right, but no gradient reaches `a`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.tensor([a * 2, b * 3]).requires_grad_()


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: as_tensor | The number is right, but no gradient reaches `a`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.as_tensor([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: shape (2, 1) | `pair` returned shape (2, 1); (2,) was expected. The numbers are fine
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a.view(1) * 2, b.view(1) * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: pair: under no_grad | The number is right, but no gradient reaches `a`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    with torch.no_grad():
        return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).mean()


# %% wrong: clipped: as it was | The number is right, but no gradient reaches `x`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    values = x.detach().numpy()
    return torch.from_numpy(values.clip(min=0)).mean()


# %% wrong: clipped: max with 0 | `clipped_mean` raised RuntimeError for a (3,) float32 tensor: Boolean
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return max(x, 0).mean()


# %% wrong: clipped: torch.max | `clipped_mean` raised AttributeError for a (3,) float32 tensor:
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.max(x, 0).mean()


# %% wrong: clipped: clamp max | `clipped_mean` returned the right shape and dtype, but the number
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(max=0).mean()


# %% wrong: clipped: clamp after mean | `clipped_mean` returned the right shape and dtype, but the number
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.mean().clamp(min=0)


# %% wrong: clipped: sum | You summed: the mean is asked
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.clamp(min=0).sum()


# %% wrong: clipped: data clamp | The number is right, but no gradient reaches `x`: the graph is still
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.data.clamp(min=0).mean()


# %% wrong: clipped: leaky | `clipped_mean` returned the right shape and dtype, but the number
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.nn.functional.leaky_relu(x).mean()


# %% wrong: clipped: no mean | `clipped_mean` returned shape (3,); () was expected. It has 1
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return x.relu()


# %% wrong: clipped: softplus | `clipped_mean` returned the right shape and dtype, but the number
def scaled_norm(w, scale):
    return w.norm() * scale


def pair(a, b):
    return torch.stack([a * 2, b * 3])


def clipped_mean(x):
    return torch.nn.functional.softplus(x).mean()


# %% wrong: stack then one factor | `scale` is missing: that is the length alone.
def scaled_norm(w, scale):
    return (w ** 2).sum().sqrt()
def pair(a, b):
    return torch.stack([a, b]) * 2
def clipped_mean(x):
    return x.clamp(0, 1).mean()


# %% wrong: numpy with requires grad after | You took the mean of the squares: a length sums them.
def scaled_norm(w, scale):
    return (w ** 2).mean().sqrt() * scale
def pair(a, b):
    return torch.tensor([a * 2, b * 3]).requires_grad_()
def clipped_mean(x):
    return torch.from_numpy(x.numpy().clip(min=0)).mean()


# %% wrong: max of 0 elementwise | The number is right, but no gradient reaches `w`: the graph is still cut.
def scaled_norm(w, scale):
    return w.norm().item() * scale
def pair(a, b):
    return torch.stack(a * 2, b * 3)
def clipped_mean(x):
    return torch.max(x, 0).mean()


# %% wrong: masked assignment on the caller's x | `scaled_norm` returned the right shape and dtype, but the number differs: it is 25, expected 10.
def scaled_norm(w, scale):
    return sum(w ** 2) ** 1 / 2 * scale
def pair(a, b):
    return torch.cat([a * 2, b * 3])
def clipped_mean(x):
    x[x < 0] = 0
    return x.mean()


# %% wrong: mean of the positives by index | The number is right, but no gradient reaches `w`: the graph is still cut.
def scaled_norm(w, scale):
    length = (w ** 2).sum().sqrt()
    return length.detach() * scale
def pair(a, b):
    return [a * 2, b * 3]
def clipped_mean(x):
    return x[x > 0].mean()


# %% wrong: square root method misspelt | You took each root before you summed: square, sum, then one root.
def scaled_norm(w, scale):
    return torch.sqrt(w ** 2).sum() * scale
def pair(a, b):
    return a * 2, b * 3
def clipped_mean(x):
    return x.relu.mean()


# %% right: sum to the half
def scaled_norm(w, scale):
    return scale * (w @ w) ** 0.5
def pair(a, b):
    return torch.cat((a.reshape(1) * 2, b.reshape(1) * 3))
def clipped_mean(x):
    return (x * (x > 0)).mean()
