# %% right: keepdim
def standardize(x):
    return (x - x.mean(0, keepdim=True)) / x.std(0, keepdim=True)


# %% right: one column at a time
def standardize(x):
    return torch.stack([(c - c.mean()) / c.std() for c in x.unbind(1)], dim=1)


# %% right: from the definition
def standardize(x):
    n = x.shape[0]
    centred = x - x.sum(dim=0) / n
    return centred / ((centred * centred).sum(dim=0) / (n - 1)).sqrt()


# %% right: transposed, along the rows
def standardize(x):
    y = x.T
    y = (y - y.mean(1).unsqueeze(1)) / torch.std(y, 1, keepdim=True)
    return y.T


# %% right: prints and warns on the way
def standardize(x):
    import warnings

    print("mean", x.mean(dim=0))
    warnings.warn("just looking")
    std, mean = torch.std_mean(x, dim=0)
    return (x - mean) / std


# %% right: a copy changed in place
def standardize(x):
    y = x.clone()
    y -= y.mean(dim=0)
    y /= y.std(dim=0)
    return y


# %% wrong: whole table | one mean and one std
def standardize(x):
    return (x - x.mean()) / x.std()


# %% wrong: along the rows | standardised along each row
def standardize(x):
    return (x - x.mean(dim=1, keepdim=True)) / x.std(dim=1, keepdim=True)


# %% wrong: no keepdim along the rows | do they fit
def standardize(x):
    return (x - x.mean(dim=1)) / x.std(dim=1)


# %% wrong: biased | divides by N - 1
def standardize(x):
    return (x - x.mean(dim=0)) / x.std(dim=0, correction=0)


# %% wrong: not divided | subtracted and did not divide
def standardize(x):
    return x - x.mean(dim=0)


# %% wrong: not subtracted | divided and did not subtract
def standardize(x):
    return x / x.std(dim=0)


# %% wrong: variance | divided by the variance
def standardize(x):
    return (x - x.mean(dim=0)) / x.var(dim=0)


# %% wrong: one std for all | share one std
def standardize(x):
    return (x - x.mean(dim=0)) / x.std()


# %% wrong: in place | changed the caller's tensor
def standardize(x):
    x -= x.mean(0)
    x /= x.std(0)
    return x


# %% wrong: brackets forgotten | `/` goes before `-`
def standardize(x):
    return x - x.mean(dim=0) / x.std(dim=0)


# %% wrong: a list | `torch.stack` makes one
def standardize(x):
    return [(c - c.mean()) / c.std() for c in x.unbind(1)]


# %% wrong: stacked as rows | the transpose
def standardize(x):
    return torch.stack([(c - c.mean()) / c.std() for c in x.unbind(1)])


# %% wrong: nothing returned | Is there a `return`
def standardize(x):
    y = (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: NumPy | returned a NumPy array
def standardize(x):
    a = x.numpy()
    return (a - a.mean(axis=0)) / a.std(axis=0, ddof=1)


# %% wrong: float64 from float32 | float64 is NumPy
def standardize(x):
    x = x.double()
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: float32 from float64 | float32 keeps about 7 digits
def standardize(x):
    x = x.float()
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: fits the example alone | With other inputs
def standardize(x):
    return torch.tensor([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]])


# %% wrong: returned the input | its input, unchanged
def standardize(x):
    y = (x - x.mean(dim=0)) / x.std(dim=0)
    return x


# %% wrong: never ends | loop that never stops
def standardize(x):
    i = 0
    while i < x.shape[1]:
        x = x - x.mean(dim=0)
    return x


# %% wrong: another signature | Keep the `def` line
def standardize(x, mean, std):
    return (x - mean) / std


# %% wrong: renamed | `standardize` is not defined
def standardise(x):
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% wrong: a misspelt name | A name must be imported
def standardize(x):
    return (x - x.mean(dim=0)) / y.std(dim=0)


# %% wrong: rounded | What you see passes
def standardize(x):
    return ((x - x.mean(dim=0)) / x.std(dim=0)).round(decimals=1)


# %% wrong: min and max | half of what is expected
def standardize(x):
    return (x - x.mean(dim=0)) / (x.max(dim=0).values - x.min(dim=0).values)


# %% right: vmap over the columns
def standardize(x):
    return torch.func.vmap(lambda c: (c - c.mean()) / c.std(), in_dims=1, out_dims=1)(x)


# %% right: NumPy and back
def standardize(x):
    a = x.numpy()
    return torch.from_numpy((a - a.mean(axis=0)) / a.std(axis=0, ddof=1))


# %% right: a module, with eval and no parameters
class Standardize(torch.nn.Module):
    def forward(self, x):
        return x.sub(x.mean(0)).div(x.std(0))
standardize = Standardize().eval()


# %% right: in float64, then back
def standardize(x):
    wide = x.double()
    return ((wide - wide.mean(0)) / wide.std(0)).to(x.dtype)


# %% right: layer_norm of the transpose, corrected
def standardize(x):
    n = x.shape[0]
    y = torch.nn.functional.layer_norm(x.T.double(), (n,), eps=0.0).T
    return (y * ((n - 1) / n) ** 0.5).to(x.dtype)


# %% right: a projection matrix
def standardize(x):
    n = len(x)
    centre = torch.eye(n, dtype=x.dtype) - torch.full((n, n), 1 / n, dtype=x.dtype)
    y = centre @ x
    return y * torch.rsqrt((y**2).sum(0) / (n - 1))


# %% right: cov's diagonal
def standardize(x):
    return (x - x.mean(0)) @ torch.diag(torch.atleast_2d(torch.cov(x.T)).diagonal().rsqrt())


# %% right: normalize times the root of N - 1
def standardize(x):
    return torch.nn.functional.normalize(x - x.mean(0), dim=0) * (len(x) - 1) ** 0.5


# %% right: decorated by jit-like wrapper without wraps
def deco(f):
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner
@deco
@torch.no_grad()
def standardize(x):
    return (x - x.mean(dim=0)) / x.std(dim=0)


# %% right: addcdiv
def standardize(x):
    s = x.std(0)
    return torch.addcdiv(-x.mean(0) / s, x, s)


# %% right: loops over everything
def standardize(x):
    out = torch.zeros_like(x)
    n, d = x.shape
    for j in range(d):
        m = sum(x[i, j] for i in range(n)) / n
        s = (sum((x[i, j] - m) ** 2 for i in range(n)) / (n - 1)) ** 0.5
        for i in range(n):
            out[i, j] = (x[i, j] - m) / s
    return out


# %% wrong: min-max to 0 and 1 | numbers differ
def standardize(x):
    lo, hi = x.min(dim=0).values, x.max(dim=0).values
    return (x - lo) / (hi - lo)


# %% wrong: unbiased=False | Close: you divided by the std with N
def standardize(x):
    return (x - x.mean(0)) / x.std(0, unbiased=False)


# %% wrong: NumPy's std | Close: you divided by the std with N
def standardize(x):
    return (x - x.mean(0)) / torch.from_numpy(np.std(x.numpy(), axis=0))


# %% wrong: F.normalize | numbers differ
def standardize(x):
    return torch.nn.functional.normalize(x, dim=0)


# %% wrong: F.normalize of the centred | `standardize` returned every number 0.7071 times as large as expected
def standardize(x):
    return torch.nn.functional.normalize(x - x.mean(0), dim=0)


# %% wrong: BatchNorm1d | `standardize` returned a tensor that carries a graph (`requires_grad` is
def standardize(x):
    return torch.nn.BatchNorm1d(x.shape[1])(x)


# %% wrong: LayerNorm | numbers differ
def standardize(x):
    return torch.nn.functional.layer_norm(x, x.shape[1:])


# %% wrong: median | unsupported operand type(s) for -: 'Tensor' and
def standardize(x):
    return (x - x.median(dim=0)) / x.std(dim=0)


# %% wrong: max without values | unsupported operand type(s) for /: 'Tensor' and
def standardize(x):
    return x / x.max(dim=0)


# %% wrong: sign turned | `standardize` returned every number with the wrong sign
def standardize(x):
    return (x.mean(0) - x) / x.std(0)


# %% wrong: dim=1 for the std only | numbers differ
def standardize(x):
    return (x - x.mean(0)) / x.std(1, keepdim=True)


# %% wrong: dim=1 for the mean only | numbers differ
def standardize(x):
    return (x - x.mean(1, keepdim=True)) / x.std(0)


# %% wrong: mean over all, std per column | numbers differ
def standardize(x):
    return (x - x.mean()) / x.std(0)


# %% wrong: both dims | You used one mean and one std for the whole table
def standardize(x):
    return (x - x.mean(dim=(0, 1))) / x.std(dim=(0, 1))


# %% wrong: multiplied | numbers differ
def standardize(x):
    return (x - x.mean(0)) * x.std(0)


# %% wrong: epsilon much too large | numbers differ
def standardize(x):
    return (x - x.mean(0)) / (x.std(0) + 0.1)


# %% wrong: epsilon under the root of the biased | Close: you divided by the std with N
def standardize(x):
    return (x - x.mean(0)) / torch.sqrt(x.var(0, unbiased=False) + 1e-5)


# %% wrong: a transposed result | `standardize` returned shape (2, 3); (3, 2) was expected
def standardize(x):
    y = x.T
    return (y - y.mean(1, keepdim=True)) / y.std(1, keepdim=True)


# %% wrong: a helper with a wrong name | A name must be imported, or assigned, before it is used
def centre(x):
    return x - x.mean(0)
def standardize(x):
    return center(x) / x.std(0)


# %% wrong: helper returns nothing | unsupported operand type(s) for /: 'NoneType' and 'Tensor'
def centre(x):
    x - x.mean(0)
def standardize(x):
    return centre(x) / x.std(0)


# %% wrong: loop overwrites the result | `standardize` returned shape (3,); (3, 2) was expected
def standardize(x):
    for j in range(x.shape[1]):
        out = (x[:, j] - x[:, j].mean()) / x[:, j].std()
    return out


# %% wrong: returns in the loop | numbers differ
def standardize(x):
    out = x.clone()
    for j in range(x.shape[1]):
        out[:, j] = (x[:, j] - x[:, j].mean()) / x[:, j].std()
        return out


# %% wrong: loop over the rows | You standardised along each row
def standardize(x):
    out = x.clone()
    for i in range(x.shape[0]):
        out[i] = (x[i] - x[i].mean()) / x[i].std()
    return out


# %% wrong: off by one | numbers differ
def standardize(x):
    out = x.clone()
    for j in range(x.shape[1] - 1):
        out[:, j] = (x[:, j] - x[:, j].mean()) / x[:, j].std()
    return out


# %% wrong: one too far | index 2 is out of bounds for dimension 1 with size 2
def standardize(x):
    out = x.clone()
    for j in range(x.shape[1] + 1):
        out[:, j] = (x[:, j] - x[:, j].mean()) / x[:, j].std()
    return out


# %% wrong: loop in place of the columns of the caller | Your answer changed the caller's tensor: forms such as `-=`, `x[...] =`
def standardize(x):
    for j in range(x.shape[1]):
        x[:, j] = (x[:, j] - x[:, j].mean()) / x[:, j].std()
    return x


# %% wrong: columns by name | 'Tensor' object has no attribute 'columns'
def standardize(x):
    for c in x.columns:
        x[c] = (x[c] - x[c].mean()) / x[c].std()
    return x


# %% wrong: .mean without call | unsupported operand type(s) for -: 'Tensor' and
def standardize(x):
    return (x - x.mean) / x.std


# %% wrong: a Parameter | `standardize` returned a tensor that carries a graph (`requires_grad` is
def standardize(x):
    return torch.nn.Parameter((x - x.mean(0)) / x.std(0))


# %% wrong: half precision | numbers differ
def standardize(x):
    x = x.half()
    return ((x - x.mean(0)) / x.std(0)).float()


# %% wrong: integers | `standardize` returned dtype int64; float32 was expected
def standardize(x):
    return ((x - x.mean(0)) / x.std(0)).long()


# %% wrong: nan_to_num of a wrong division | numbers differ
def standardize(x):
    return ((x - x.mean(0)) / (x - x.mean(0)).std()).nan_to_num()


# %% wrong: zero-division | `standardize` returned -inf at [0, 0]: a division by zero or an overflow
def standardize(x):
    centred = x - x.mean(0)
    return centred / centred.mean(0)


# %% wrong: mean absolute deviation | `standardize` returned every number 1.5 times as large as expected
def standardize(x):
    c = x - x.mean(0)
    return c / c.abs().mean(0)


# %% wrong: standardises twice, along both | `standardize` returned nan at [0, 0]: 0 / 0 or inf - inf happened on the
def standardize(x):
    y = (x - x.mean(0)) / x.std(0)
    return (y - y.mean(1, keepdim=True)) / y.std(1, keepdim=True)


# %% wrong: random noise added | numbers differ
def standardize(x):
    return (x - x.mean(0)) / x.std(0) + 0.01 * torch.randn_like(x)


# %% wrong: a generator | `standardize` returned a generator (`yield` makes one; `return` gives a
def standardize(x):
    for c in x.T:
        yield (c - c.mean()) / c.std()


# %% wrong: a lambda returned | `standardize` returned the function `<lambda>` itself, which was not
def standardize(x):
    return lambda: (x - x.mean(0)) / x.std(0)


# %% wrong: bfloat16 | `standardize` returned dtype bfloat16; float32 was expected
def standardize(x):
    return ((x - x.mean(0)) / x.std(0)).bfloat16()


# %% right: inference_mode as a decorator
@torch.inference_mode()
def standardize(x):
    return (x - x.mean(0)) / x.std(0)


# %% right: with inference mode
def standardize(x):
    with torch.inference_mode():
        return (x - x.mean(0)) / x.std(0)


# %% right: vectorize and a bound method
class S:
    def apply(self, x):
        return (x - x.mean(0)) / x.std(0)
standardize = S().apply


# %% right: a class whose __new__ returns the tensor
class standardize:
    def __new__(cls, x):
        return (x - x.mean(0)) / x.std(0)


# %% right: a Tensor subclass comes back
class T(torch.Tensor):
    pass
def standardize(x):
    return ((x - x.mean(0)) / x.std(0)).as_subclass(T)


# %% right: Parameter without grad
def standardize(x):
    return torch.nn.Parameter((x - x.mean(0)) / x.std(0), requires_grad=False)


# %% right: threads
import threading
def standardize(x):
    out = []
    t = threading.Thread(target=lambda: out.append((x - x.mean(0)) / x.std(0)))
    t.start(); t.join()
    return out[0]


# %% right: callable with a failing signature
class C:
    @property
    def __signature__(self):
        raise ValueError("no")
    def __call__(self, x):
        return (x - x.mean(0)) / x.std(0)
standardize = C()


# %% right: negative-bit view
def standardize(x):
    z = torch.complex(x, -((x - x.mean(0)) / x.std(0)))
    return z.conj().imag


# %% wrong: float8 | `standardize` returned dtype float8_e4m3fn; float32 was expected
def standardize(x):
    return ((x - x.mean(0)) / x.std(0)).to(torch.float8_e4m3fn)


# %% wrong: uint16 | `standardize` returned dtype uint16; float32 was expected
def standardize(x):
    return torch.ones_like(x).to(torch.uint16)


# %% wrong: raise a string | exceptions must derive from BaseException
def standardize(x):
    raise "error"


# %% wrong: raise NotImplementedError | NotImplementedError for a (3, 2) float32 tensor
def standardize(x):
    raise NotImplementedError


# %% wrong: StopIteration | StopIteration for a (3, 2) float32 tensor
def standardize(x):
    return next(iter([]))


# %% wrong: quit() | `standardize` ended the program (`exit` or `sys.exit`)
def standardize(x):
    quit()


# %% wrong: return None with work | `standardize` returned None for a (3, 2) float32 tensor
def standardize(x):
    return print(x)


# %% wrong: the starter's dots and then code after it | `standardize` returned None for a (3, 2) float32 tensor
def standardize(x):
    ...
    (x - x.mean(0)) / x.std(0)


# %% wrong: a string | `standardize` is the string "(x - x.mean(0)) / x.std(0)", not a function
standardize = "(x - x.mean(0)) / x.std(0)"


# %% wrong: None | `standardize` is None, not a function
standardize = None


# %% wrong: no argument | `standardize()` cannot be called with 1 argument
def standardize():
    return (table - table.mean(0)) / table.std(0)


# %% wrong: root of the std | You took a square root of the standard deviation: it is the root of the variance already.
def standardize(x):
    return (x - x.mean(dim=0)) / torch.sqrt(x.std(dim=0))


# %% wrong: divided, then the mean of before | You divided first, and then subtracted the mean from before: subtract it first, with brackets, then divide.
def standardize(x):
    m = x.mean(dim=0)
    x = x / x.std(dim=0)
    return x - m


# %% wrong: sum for the mean | You subtracted the sum of each column: it is the mean.
def standardize(x):
    return (x - x.sum(dim=0)) / x.std(dim=0)


# %% wrong: loop over rows, name rebound | `standardize` returned its input, unchanged.
def standardize(x):
    for row in x:
        row = (row - row.mean()) / row.std()
    return x


# %% wrong: loop over columns, name rebound | `standardize` returned its input, unchanged.
def standardize(x):
    y = x.clone()
    for j in range(x.shape[1]):
        column = y[:, j]
        column = (column - column.mean()) / column.std()
    return y


# %% wrong: wrong std | You divided by the mean: the spread is the standard deviation, `std`.
def standardize(x):
    return (x - x.mean(dim=0)) / x.mean(dim=0)


# %% right: std_mean
def standardize(x):
    spread, middle = torch.std_mean(x, dim=0, keepdim=True)
    return x.sub(middle).div(spread)


# %% right: transposed batch
def standardize(x):
    return ((x.T - x.T.mean(-1)[:, None]) / x.T.std(-1).unsqueeze(1)).T
