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


# %% wrong: dtype lost for integers | int64 was expected
def design_matrix(x):
    return torch.stack([x**2, x, torch.ones(len(x))], dim=1)


# %% wrong: always float32 | was expected
def design_matrix(x):
    x = x.float()
    return torch.stack([x**2, x, torch.ones_like(x)], dim=1)


# %% wrong: through a Python list | was expected
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
