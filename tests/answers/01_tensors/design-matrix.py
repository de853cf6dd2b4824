# %% right: cat of columns
def design_matrix(x):
    column = x.unsqueeze(1)
    return torch.cat([column**2, column, torch.ones_like(column)], dim=1)


# %% right: powers by broadcasting
def design_matrix(x):
    return x[:, None] ** torch.tensor([2, 1, 0], dtype=x.dtype)


# %% right: filled column by column
def design_matrix(x):
    out = torch.ones(len(x), 3, dtype=x.dtype)
    out[:, 0] = x * x
    out[:, 1] = x
    return out


# %% right: rows, then transposed
def design_matrix(x):
    return torch.stack([x.square(), x, x.new_ones(x.shape)]).T


# %% right: vander
def design_matrix(x):
    return torch.vander(x, 3)


# %% wrong: rows | each x should become a row
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones_like(x)])


# %% wrong: column order | in the order [1, x, x²]
def design_matrix(x):
    return torch.stack([torch.ones_like(x), x, x**2], dim=1)


# %% wrong: cat end to end | joined the three end to end
def design_matrix(x):
    return torch.cat([x**2, x, torch.ones_like(x)])


# %% wrong: reshape for transpose | `reshape` does not transpose
def design_matrix(x):
    return torch.cat([x**2, x, torch.ones_like(x)]).reshape(-1, 3)


# %% wrong: no ones | The column of ones is missing
def design_matrix(x):
    return torch.stack([x**2, x], dim=1)


# %% wrong: zeros for ones | The last column is 0
def design_matrix(x):
    return torch.stack([x**2, x, torch.zeros_like(x)], dim=1)


# %% wrong: doubled for squared | The first column is 2x
def design_matrix(x):
    return torch.stack([2 * x, x, torch.ones_like(x)], dim=1)


# %% wrong: dtype lost for integers | The dtype of `x` got lost
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones(len(x))], dim=1)


# %% wrong: always float32 | The dtype of `x` got lost
def design_matrix(x):
    x = x.float()
    return torch.stack([x**2, x, torch.ones_like(x)], dim=1)


# %% wrong: through a Python list | The dtype of `x` got lost
def design_matrix(x):
    return torch.tensor([[v * v, v, 1.0] for v in x.tolist()])


# %% wrong: a list of tensors | `torch.stack` makes one tensor
def design_matrix(x):
    return [x**2, x, torch.ones_like(x)]


# %% wrong: ones of the wrong shape | equal size
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones(1)], dim=1)


# %% wrong: squared in place | changed the caller's tensor
def design_matrix(x):
    y = x.clone()
    x *= x
    return torch.stack([x, y, torch.ones_like(x)], dim=1)


# %% wrong: cat along a dimension that is not there | A vector has no dim 1
def design_matrix(x):
    return torch.cat([x**2, x, torch.ones_like(x)], dim=1)


# %% right: column_stack
def design_matrix(x):
    return torch.column_stack((x**2, x, torch.ones_like(x)))


# %% right: vmap
def design_matrix(x):
    if len(x) == 0:
        return x.new_empty(0, 3)
    return torch.func.vmap(lambda v: torch.stack([v * v, v, torch.ones_like(v)]))(x)


# %% right: NumPy's vander
def design_matrix(x):
    return torch.from_numpy(np.vander(x.numpy(), 3).copy()).to(x.dtype)


# %% right: where and expand
def design_matrix(x):
    out = x[:, None].expand(-1, 3).clone()
    out[:, 2] = 1
    out[:, 0] *= out[:, 0]
    return out


# %% right: dstack and squeeze
def design_matrix(x):
    return torch.dstack([x.square(), x, x.new_ones(x.size(0))]).squeeze(0)


# %% right: hstack of columns
def design_matrix(x):
    return torch.hstack([x[:, None].pow(p) for p in (2, 1, 0)])


# %% right: vstack, transposed
def design_matrix(x):
    return torch.vstack([x * x, x, torch.full_like(x, 1)]).mT


# %% right: cumprod, flipped
def design_matrix(x):
    rows = torch.stack([torch.ones_like(x), x, x], dim=1)
    return rows.cumprod(dim=1).to(x.dtype).flip(1)


# %% right: pad
class Design(torch.nn.Module):
    def forward(self, x):
        two = torch.stack([x**2, x], 1)
        return torch.cat((two, torch.ones(x.shape[0], 1).to(two)), 1)
design_matrix = Design()


# %% right: a list of rows in float64, then the dtype of x
def design_matrix(x):
    rows = [[v**2, v, 1] for v in x.tolist()]
    return torch.tensor(rows, dtype=x.dtype).reshape(-1, 3)


# %% right: lambda
design_matrix = lambda x: torch.stack((x.mul(x), +x, x.detach().clone().fill_(1)), -1)


# %% right: einsum
def design_matrix(x):
    e = torch.eye(3, dtype=x.dtype)
    return torch.outer(x * x, e[0]) + torch.outer(x, e[1]) + e[2]


# %% right: minus zero
def design_matrix(x):
    return -torch.stack([-x * x, -x, -torch.ones_like(x)], 1)


# %% wrong: vander increasing | The columns are in the order [1, x, x²]: asked is [x², x, 1]
def design_matrix(x):
    return torch.vander(x, 3, increasing=True)


# %% wrong: vander without the 3 | `design_matrix` returned shape (4, 4); (4, 3) was expected
def design_matrix(x):
    return torch.vander(x)


# %% wrong: vander 2 | `design_matrix` returned shape (4, 2); (4, 3) was expected
def design_matrix(x):
    return torch.vander(x, 2)


# %% wrong: cubes | numbers differ
def design_matrix(x):
    return torch.stack([x**3, x**2, x], dim=1)


# %% wrong: four columns | `design_matrix` returned shape (4, 4); (4, 3) was expected
def design_matrix(x):
    return torch.stack([x**3, x**2, x, torch.ones_like(x)], dim=1)


# %% wrong: root | `design_matrix` returned nan at [2, 0]: 0 / 0 or inf - inf happened on the
def design_matrix(x):
    return torch.stack([x**0.5, x, torch.ones_like(x)], dim=1)


# %% wrong: 2**x | numbers differ
def design_matrix(x):
    return torch.stack([2**x, x, torch.ones_like(x)], dim=1)


# %% wrong: x^2 | "bitwise_xor_cpu" not implemented for 'Float'. `^` is not a
def design_matrix(x):
    return torch.stack([x ^ 2, x, torch.ones_like(x)], dim=1)


# %% wrong: a 1 in the list | expected Tensor as element 2 in argument 0, but got int.
def design_matrix(x):
    return torch.stack([x**2, x, 1], dim=1)


# %% wrong: torch.tensor of tensors | only one element tensors can be converted to Python
def design_matrix(x):
    return torch.tensor([x**2, x, torch.ones_like(x)])


# %% wrong: NumPy's column_stack | `design_matrix` returned a NumPy array; a tensor of shape (4, 3) was
def design_matrix(x):
    return np.column_stack([x**2, x, np.ones(len(x))])


# %% wrong: np.c_ | `design_matrix` returned dtype float64; float32 was expected
def design_matrix(x):
    return torch.from_numpy(np.c_[x**2, x, np.ones(len(x))])


# %% wrong: stack with dim=2 | A tensor with n dimensions has dims 0 to n - 1 (or -n to
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones_like(x)], dim=2)


# %% wrong: stack with axis -1 and one dimension too many | `design_matrix` returned shape (4, 3, 1); (4, 3) was expected
def design_matrix(x):
    x = x.unsqueeze(1)
    return torch.stack([x**2, x, torch.ones_like(x)], dim=1)


# %% wrong: stack with dim=2 of columns | `design_matrix` returned shape (4, 1, 3); (4, 3) was expected
def design_matrix(x):
    x = x.unsqueeze(1)
    return torch.stack([x**2, x, torch.ones_like(x)], dim=2)


# %% wrong: ones of shape N, 3 | numbers differ
def design_matrix(x):
    return torch.ones(len(x), 3, dtype=x.dtype)


# %% wrong: empty instead of ones | numbers differ
def design_matrix(x):
    return torch.stack([x**2, x, torch.empty_like(x).fill_(7)], dim=1)


# %% wrong: arguments without a list | stack() takes from 1 to 2 positional arguments but 3 were
def design_matrix(x):
    return torch.stack(x**2, x, torch.ones_like(x), dim=1)


# %% wrong: hstack of vectors | You joined the three end to end, shape (3N,): `cat` needs a dimension that
def design_matrix(x):
    return torch.hstack([x**2, x, torch.ones_like(x)])


# %% wrong: vstack | You stacked rows, shape (3, N): each x should become a row of three
def design_matrix(x):
    return torch.vstack([x**2, x, torch.ones_like(x)])


# %% wrong: view for transpose | `reshape` does not transpose: it reads the three rows on and breaks the
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones_like(x)]).view(len(x), 3)


# %% wrong: a tuple | `design_matrix` returned a tuple of 3 tensors; a tensor of shape (4, 3)
def design_matrix(x):
    return x**2, x, torch.ones_like(x)


# %% wrong: hard coded for 4 | stack expects each tensor to be equal size, but got [2] at
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones(4)], dim=1)


# %% wrong: loop, off by one | numbers differ
def design_matrix(x):
    out = torch.zeros(len(x), 3, dtype=x.dtype)
    for i in range(len(x) - 1):
        out[i] = torch.stack([x[i] ** 2, x[i], torch.ones_like(x[i])])
    return out


# %% wrong: not for N = 0 | stack expects a non-empty TensorList
def design_matrix(x):
    return torch.stack([torch.stack([v**2, v, torch.ones_like(v)]) for v in x])


# %% wrong: in place pow | Your answer changed the caller's tensor: forms such as `-=`, `x[...] =`
def design_matrix(x):
    return torch.stack([x.pow_(2), x, torch.ones_like(x)], dim=1)


# %% wrong: ones_like of dim | ones_like(): argument 'input' (position 1) must be Tensor,
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones_like(len(x))], dim=1)


# %% wrong: torch.ones of x | ones(): argument 'size' (position 1) must be tuple of ints,
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones(x)], dim=1)


# %% wrong: cat of columns along 0 | `design_matrix` returned shape (12, 1); (4, 3) was expected
def design_matrix(x):
    c = x.reshape(-1, 1)
    return torch.cat([c**2, c, torch.ones_like(c)])


# %% wrong: negative ones | numbers differ
def design_matrix(x):
    return torch.stack([x**2, x, -torch.ones_like(x)], dim=1)


# %% wrong: abs | numbers differ
def design_matrix(x):
    return torch.stack([x * x.abs(), x, torch.ones_like(x)], dim=1)


# %% wrong: a DataFrame-like dict | `design_matrix` returned a dict with 3 keys; a tensor of shape (4, 3) was
def design_matrix(x):
    return {"x2": x**2, "x": x, "one": torch.ones_like(x)}


# %% wrong: Python numbers | `design_matrix` returned a list of 4 lists; a tensor of shape (4, 3) was
def design_matrix(x):
    return [[float(v) ** 2, float(v), 1.0] for v in x]


# %% wrong: float16 overflow by float64 ones: always double | `design_matrix` returned dtype float64; float32 was expected
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones(len(x), dtype=torch.float64)], dim=1)


# %% wrong: x / x for ones | The dtype of `x` got lost: something in your table is float32 whatever `x` is, and drags the others along.
def design_matrix(x):
    return torch.stack([x ** 2, x, x / x], dim=1)


# %% wrong: torch.empty filled | The dtype of `x` got lost: something in your table is float32 whatever `x` is, and drags the others along.
def design_matrix(x):
    out = torch.empty(len(x), 3)
    out[:, 0], out[:, 1], out[:, 2] = x ** 2, x, 1
    return out


# %% wrong: powers by decimals | The dtype of `x` got lost: something in your table is float32 whatever `x` is, and drags the others along.
def design_matrix(x):
    return x.reshape(-1, 1) ** torch.tensor([2.0, 1.0, 0.0])


# %% wrong: x squared in the ones | The last column is x again: it should be 1, which is `x**0`, or `ones_like(x)`.
def design_matrix(x):
    return torch.stack([x ** 2, x ** 1, x ** 1], dim=1)


# %% wrong: x.square is not called | `()` after its name calls it.
def design_matrix(x):
    return torch.stack([x.square, x, torch.ones_like(x)], dim=1)


# %% right: x ** 0
def design_matrix(x):
    return torch.stack((x ** 2, x, x ** 0), dim=-1)
