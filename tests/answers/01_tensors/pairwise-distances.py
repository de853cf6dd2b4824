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


# %% wrong: three columns, whatever M | Look at dim 1
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


# %% right: vmap twice
def squared_distances(a, b):
    return torch.func.vmap(lambda p: torch.func.vmap(lambda q: ((p - q) ** 2).sum())(b))(a)


# %% right: broadcast explicitly by repeat and view
def squared_distances(a, b):
    n, m = len(a), len(b)
    left = a.repeat_interleave(m, dim=0)
    right = b.repeat(n, 1)
    return (left - right).square().sum(1).view(n, m)


# %% right: NumPy
def squared_distances(a, b):
    x, y = a.numpy(), b.numpy()
    return torch.from_numpy(np.square(x[:, np.newaxis] - y[np.newaxis]).sum(-1))


# %% right: norm squared
def squared_distances(a, b):
    return torch.linalg.norm(a[:, None] - b, dim=2) ** 2


# %% right: mse_loss without a reduction, warns
def squared_distances(a, b):
    return torch.nn.functional.mse_loss(a.unsqueeze(1).expand(-1, len(b), -1), b.unsqueeze(0).expand(len(a), -1, -1), reduction="none").sum(-1)


# %% right: one coordinate at a time
def squared_distances(a, b):
    out = a.new_zeros(a.shape[0], b.shape[0])
    for d in range(a.shape[1]):
        out += (a[:, d].unsqueeze(1) - b[:, d]) ** 2
    return out


# %% right: column-major output
def squared_distances(a, b):
    return torch.stack([(a - q).pow(2).sum(1) for q in b]).T


# %% right: outer subtraction on flattened
class D:
    def __call__(self, *points):
        a, b = points
        apart = torch.stack([torch.sub(a[:, [k]], b[:, k]) for k in range(a.shape[1])])
        return torch.einsum("knm,knm->nm", apart, apart)
squared_distances = D()


# %% right: baddbmm
def squared_distances(a, b):
    base = a.pow(2).sum(1, keepdim=True) + b.pow(2).sum(1)
    return torch.addmm(base, a, b.mT, alpha=-2).clamp(min=0)


# %% right: meshgrid of indices
def squared_distances(a, b):
    i, j = torch.meshgrid(torch.arange(len(a)), torch.arange(len(b)), indexing="ij")
    return ((a[i] - b[j]) ** 2).sum(dim=-1)


# %% right: cdist without matrix products, on float64
def squared_distances(a, b):
    return torch.cdist(a.double(), b.double(), compute_mode="donot_use_mm_for_euclid_dist").square().to(a.dtype)


# %% right: PairwiseDistance with eps 0
def squared_distances(a, b):
    return torch.nn.PairwiseDistance(eps=0.0)(a[:, None], b[None]).pow(2)


# %% wrong: pairwise_distance alone | That is the distance itself: the squared one has no square root
def squared_distances(a, b):
    return torch.nn.functional.pairwise_distance(a[:, None], b[None])


# %% wrong: a row against a row | `squared_distances` returned shape (2,); (2, 3) was expected
def squared_distances(a, b):
    return torch.tensor([((p - q) ** 2).sum() for p, q in zip(a, b)])


# %% wrong: cdist p=1 | You summed the absolute differences: square them instead
def squared_distances(a, b):
    return torch.cdist(a, b, p=1)


# %% wrong: cdist p=1 squared | You added the differences before squaring them: square first, then sum
def squared_distances(a, b):
    return torch.cdist(a, b, p=1) ** 2


# %% wrong: power 3 | numbers differ
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 3).sum(dim=2)


# %% wrong: ^ for the power | "bitwise_xor_cpu" not implemented for 'Float'. `^` is not a
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ^ 2).sum(dim=2)


# %% wrong: plus for minus | numbers differ
def squared_distances(a, b):
    return ((a[:, None] + b[None]) ** 2).sum(dim=2)


# %% wrong: expanded with a plus | numbers differ
def squared_distances(a, b):
    return (a * a).sum(1, keepdim=True) + (b * b).sum(1) + 2 * a @ b.T


# %% wrong: expanded without the 2 | numbers differ
def squared_distances(a, b):
    return (a * a).sum(1, keepdim=True) + (b * b).sum(1) - a @ b.T


# %% wrong: expanded, wrong place of keepdim | Write the two shapes under each other, from the right: do
def squared_distances(a, b):
    return (a * a).sum(1) + (b * b).sum(1, keepdim=True) - 2 * a @ b.T


# %% wrong: sum with keepdim | `squared_distances` returned shape (2, 3, 1); (2, 3) was expected
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=2, keepdim=True)


# %% wrong: None at the end | Write the two shapes under each other, from the right: do
def squared_distances(a, b):
    return ((a[:, :, None] - b[:, :, None]) ** 2).sum(dim=2)


# %% wrong: None in the wrong place of b | Write the two shapes under each other, from the right: do
def squared_distances(a, b):
    return ((a[:, None] - b[:, None]) ** 2).sum(dim=2)


# %% wrong: None twice in front | Rows and columns are swapped: `[i, j]` is point i of `a` with point j of
def squared_distances(a, b):
    return ((a[None] - b[:, None]) ** 2).sum(-1)


# %% wrong: transposed by reshape | `squared_distances` returned the right numbers in another order
def squared_distances(a, b):
    return ((b[:, None] - a[None]) ** 2).sum(dim=2).reshape(len(a), len(b))


# %% wrong: flat | `squared_distances` returned shape (6,); (2, 3) was expected
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=2).flatten()


# %% wrong: loops, root | That is the distance itself: the squared one has no square root
def squared_distances(a, b):
    return torch.tensor([[torch.dist(p, q) for q in b] for p in a])


# %% wrong: loops into a float32 table by torch.tensor | `squared_distances` returned dtype float32; float64 was expected
def squared_distances(a, b):
    return torch.tensor([[((p - q) ** 2).sum().item() for q in b] for p in a])


# %% wrong: zip of lengths | numbers differ
def squared_distances(a, b):
    out = torch.zeros(len(a), len(b), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(i, len(b)):
            out[i, j] = ((a[i] - b[j]) ** 2).sum()
    return out


# %% wrong: only the first two coordinates | numbers differ
def squared_distances(a, b):
    return (a[:, None, 0] - b[None, :, 0]) ** 2 + (a[:, None, 1] - b[None, :, 1]) ** 2


# %% wrong: only the first coordinate | numbers differ
def squared_distances(a, b):
    return (a[:, :1] - b[:, 0]) ** 2


# %% wrong: loops swapped | Rows and columns are swapped: `[i, j]` is point i of `a` with point j of
def squared_distances(a, b):
    out = torch.zeros(len(b), len(a), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(len(b)):
            out[j, i] = ((a[i] - b[j]) ** 2).sum()
    return out


# %% wrong: indices swapped in the loop | index 2 is out of bounds for dimension 0 with size 2
def squared_distances(a, b):
    out = torch.zeros(len(a), len(b), dtype=a.dtype)
    for i in range(len(a)):
        for j in range(len(b)):
            out[i, j] = ((a[j] - b[i]) ** 2).sum()
    return out


# %% wrong: max values | numbers differ
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).amax(dim=2)


# %% wrong: a table of integers | `squared_distances` returned dtype int64; float32 was expected
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=2).long()


# %% wrong: integers on the way | numbers differ
def squared_distances(a, b):
    return ((a.long()[:, None] - b.long()[None]) ** 2).sum(dim=2).to(a.dtype)


# %% wrong: NumPy result | `squared_distances` returned a NumPy array; a tensor of shape (2, 3) was
def squared_distances(a, b):
    a, b = np.asarray(a), np.asarray(b)
    return ((a[:, None] - b) ** 2).sum(-1)


# %% wrong: scipy-like name | `squared_distances` returned shape (10,); (2, 3) was expected
def squared_distances(a, b):
    return torch.pdist(torch.cat([a, b])) ** 2


# %% wrong: the whole table of both | `squared_distances` returned shape (5, 5); (2, 3) was expected
def squared_distances(a, b):
    c = torch.cat([a, b])
    return ((c[:, None] - c) ** 2).sum(-1)


# %% wrong: distance to the origin | numbers differ
def squared_distances(a, b):
    return (a**2).sum(1)[:, None] + 0 * (b**2).sum(1)


# %% wrong: norms' difference | numbers differ
def squared_distances(a, b):
    return ((a**2).sum(1)[:, None] - (b**2).sum(1)).abs()


# %% wrong: a and b swapped def | Rows and columns are swapped: `[i, j]` is point i of `a` with point j of
def squared_distances(b, a):
    return ((a[:, None] - b[None]) ** 2).sum(dim=2)


# %% wrong: a dict | `squared_distances` returned a dict with 6 keys; a tensor of shape (2, 3)
def squared_distances(a, b):
    return {(i, j): ((p - q) ** 2).sum().item() for i, p in enumerate(a) for j, q in enumerate(b)}


# %% wrong: three-dimensional root of mean | numbers differ
def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).mean(dim=2).sqrt()


# %% wrong: a graph | The caller's tensor now requires grad
def squared_distances(a, b):
    a.requires_grad_(True)
    return ((a[:, None] - b[None]) ** 2).sum(dim=2)


# %% wrong: sum by Python's sum | You summed over the points of `a`
def squared_distances(a, b):
    return sum((a[:, None] - b[None]) ** 2)


# %% wrong: cosine | numbers differ
def squared_distances(a, b):
    return 1 - torch.nn.functional.cosine_similarity(a[:, None], b[None], dim=2)


# %% wrong: difference of squares | You squared the coordinates and then subtracted: subtract first, with brackets, then square.
def squared_distances(a, b):
    return (a[:, None, :] ** 2 - b[None, :, :] ** 2).sum(dim=2)


# %% wrong: squared sum squared again | You squared the sum once more: each difference is squared, once, before they are summed.
def squared_distances(a, b):
    return ((a[:, None] - b) ** 2).sum(dim=-1) ** 2


# %% wrong: product over the coordinates | You multiplied the squares of the coordinates: they are summed.
def squared_distances(a, b):
    return ((a[:, None] - b) ** 2).prod(dim=-1)


# %% wrong: brackets: only b squared | Only `b` is squared: `**` goes before `-`, so put brackets around the difference.
def squared_distances(a, b):
    return (a[:, None] - b ** 2).sum(dim=-1)


# %% right: coordinates first
def squared_distances(a, b):
    return ((a.T[:, :, None] - b.T[:, None, :]) ** 2).sum(0)


# %% right: hstack of rows
def squared_distances(a, b):
    return torch.stack([(a - q).pow(2).sum(1) for q in b], dim=1)
