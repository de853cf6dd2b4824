# %% right: unsqueeze
def squared_distances(a, b):
    return (a.unsqueeze(1) - b.unsqueeze(0)).pow(2).sum(-1)


# %% right: the other way round, transposed
def squared_distances(a, b):
    return torch.sum((b[:, None] - a) ** 2, dim=-1).T


# %% right: cdist squared
def squared_distances(a, b):
    return torch.cdist(a, b) ** 2


# %% right: by expanding the square
def squared_distances(a, b):
    return (a * a).sum(1, keepdim=True) + (b * b).sum(1) - 2 * a @ b.T


# %% right: loops
def squared_distances(a, b):
    out = torch.empty(len(a), len(b), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(len(b)):
            out[i, j] = ((a[i] - b[j]) ** 2).sum()
    return out


# %% right: einsum
def squared_distances(a, b):
    apart = a[:, None] - b
    return torch.einsum("nmd,nmd->nm", apart, apart)


# %% wrong: square root taken | no square root
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=2).sqrt()


# %% wrong: cdist alone | no square root
def squared_distances(a, b):
    return torch.cdist(a, b)


# %% wrong: transposed | Rows and columns are swapped
def squared_distances(a, b):
    return ((b[:, None] - a[None]) ** 2).sum(dim=2)


# %% wrong: the wrong axis | summed over the points of `b`
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=1)


# %% wrong: the first axis | summed over the points of `a`
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=0)


# %% wrong: summed over everything | one number for all pairs
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum()


# %% wrong: sum over both | summed over the points and the coordinates
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=(1, 2))


# %% wrong: a with itself | compared `a` with itself
def squared_distances(a, b):
    return ((a[:, None] - a[None]) ** 2).sum(dim=2)


# %% wrong: (N, N) although M differs | With other inputs
def squared_distances(a, b):
    n = a.shape[0]
    out = torch.zeros(n, 3, dtype=a.dtype)
    for j in range(3):
        out[:, j] = ((a - b[j]) ** 2).sum(1)
    return out


# %% wrong: sum before square | square first, then sum
def squared_distances(a, b):
    return (a[:, None] - b[None]).sum(dim=2) ** 2


# %% wrong: not squared | without squaring
def squared_distances(a, b):
    return (a[:, None] - b[None]).sum(dim=2)


# %% wrong: absolute | the absolute differences
def squared_distances(a, b):
    return (a[:, None] - b[None]).abs().sum(dim=2)


# %% wrong: mean | the sum is asked
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).mean(dim=2)


# %% wrong: not summed | The coordinates are still there
def squared_distances(a, b):
    return (a[:, None] - b[None]) ** 2


# %% wrong: no dimension added | do they fit
def squared_distances(a, b):
    return ((a - b) ** 2).sum(dim=1)


# %% wrong: lists | a list of 2 lists
def squared_distances(a, b):
    return [[float(((p - q) ** 2).sum()) for q in b] for p in a]


# %% wrong: float64 lost | float32 keeps about 7 digits
def squared_distances(a, b):
    out = torch.zeros(len(a), len(b))
    for i in range(len(a)):
        for j in range(len(b)):
            out[i, j] = ((a[i] - b[j]) ** 2).sum()
    return out


# %% wrong: products instead of differences | numbers differ
def squared_distances(a, b):
    return a @ b.T
