# %% right: named functions
def products(u, v, matrix, left, right):
    return {"dot": torch.dot(u, v), "elementwise": torch.mul(u, v), "matrix_vector": torch.mv(matrix, v),
            "batch": torch.bmm(left, right)}


# %% right: sums and a loop
def products(u, v, matrix, left, right):
    return {"dot": (u * v).sum(), "elementwise": u * v, "matrix_vector": (matrix * v).sum(dim=1),
            "batch": torch.stack([a @ b for a, b in zip(left, right)])}


# %% right: einsum
def products(u, v, matrix, left, right):
    return {"dot": torch.einsum("k,k->", u, v), "elementwise": torch.einsum("k,k->k", u, v),
            "matrix_vector": torch.einsum("nk,k->n", matrix, v), "batch": torch.einsum("bnk,bkm->bnm", left, right)}


# %% wrong: star for the dot product | a dot product also sums
def products(u, v, matrix, left, right):
    return {"dot": u * v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: at for elementwise | element by element is `*`
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u @ v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: star for matrix and vector | summed nothing
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix * v, "batch": left @ right}


# %% wrong: star for the batch | in a stack too
def products(u, v, matrix, left, right):
    try:
        return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left * right}
    except RuntimeError:
        return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: the transpose | The inner sizes
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix.T @ v,
            "batch": left @ right}


# %% wrong: a column | `v` has shape (K,)
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v[:, None], "batch": left @ right}


# %% wrong: order of the batch | The order matters
def products(u, v, matrix, left, right):
    square = left.shape == right.shape
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": right @ left if square else left @ right}


# %% wrong: dot with matrices | two 1-D tensors only
def products(u, v, matrix, left, right):
    return {"dot": torch.dot(u, v), "elementwise": u * v, "matrix_vector": torch.dot(matrix, v), "batch": left @ right}


# %% wrong: mm with a stack | raised RuntimeError
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": torch.mm(left, right)}


# %% wrong: the outer product | outer product
def products(u, v, matrix, left, right):
    return {"dot": torch.outer(u, v), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: a number for the dot product | a Python number
def products(u, v, matrix, left, right):
    return {"dot": (u @ v).item(), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: added | `*` multiplies
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u + v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% right: matmul, tensordot, baddbmm
def products(u, v, matrix, left, right):
    return {"dot": torch.tensordot(u, v, 1), "elementwise": u.mul(v), "matrix_vector": torch.matmul(matrix, v),
            "batch": torch.baddbmm(torch.zeros(len(left), left.shape[1], right.shape[2], dtype=left.dtype), left, right)}


# %% right: vmap
def products(u, v, matrix, left, right):
    return {"dot": torch.inner(u, v), "elementwise": torch.func.vmap(torch.mul)(u, v),
            "matrix_vector": torch.func.vmap(torch.dot, in_dims=(0, None))(matrix, v), "batch": torch.func.vmap(torch.mm)(left, right)}


# %% right: broadcasting alone
def products(u, v, matrix, left, right):
    return dict(dot=torch.sum(u * v, dim=0), elementwise=v * u, matrix_vector=torch.sum(matrix * v[None, :], 1),
                batch=(left[:, :, :, None] * right[:, None, :, :]).sum(2))


# %% right: NumPy
def products(u, v, matrix, left, right):
    a = [t.numpy() for t in (u, v, matrix, left, right)]
    return {"dot": torch.tensor(a[0] @ a[1]), "elementwise": torch.from_numpy(a[0] * a[1]), "matrix_vector": torch.from_numpy(a[2].dot(a[1])),
            "batch": torch.from_numpy(np.einsum("bij,bjk->bik", a[3], a[4]))}


# %% right: strided
def products(u, v, matrix, left, right):
    return {"dot": (u[None] @ v[:, None]).squeeze(), "elementwise": torch.stack([u * v, u], 1)[:, 0], "matrix_vector": v @ matrix.T,
            "batch": (right.mT @ left.mT).mT}


# %% right: loops
def products(u, v, matrix, left, right):
    dot = torch.zeros((), dtype=u.dtype)
    for a, b in zip(u, v):
        dot += a * b
    batch = left.new_empty(left.size(0), left.size(1), right.size(2))
    for b in range(left.size(0)):
        for i in range(left.size(1)):
            batch[b, i] = (left[b, i][:, None] * right[b]).sum(0)
    return {"dot": dot, "elementwise": torch.tensor([a * b for a, b in zip(u.tolist(), v.tolist())], dtype=u.dtype),
            "matrix_vector": torch.stack([row @ v for row in matrix]), "batch": batch}


# %% right: varargs
def products(*tensors):
    u, v, m, l, r = tensors
    return {"dot": torch.vdot(u, v), "elementwise": torch.diag(torch.outer(u, v)), "matrix_vector": torch.nn.functional.linear(v, m), "batch": l.bmm(r)}


# %% right: a class with methods
class Products:
    def __call__(self, u, v, matrix, left, right):
        return {"dot": u.T @ v if u.dim() > 1 else u @ v, "elementwise": u * v, "matrix_vector": (matrix @ v.unsqueeze(1)).squeeze(1), "batch": torch.matmul(left, right)}
products = Products()


# %% right: elementwise with minus zero
products = lambda u, v, matrix, left, right: {"dot": -(u @ -v), "elementwise": -(-u * v), "matrix_vector": -(matrix @ -v), "batch": -(left @ -right)}


# %% wrong: matrix times u | You multiplied by `u`: it is `matrix` times `v`
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ u, "batch": left @ right}


# %% wrong: tensordot for the batch | `batch` holds shape (2, 2, 2, 2); (2, 2, 2) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": torch.tensordot(left, right, dims=([2], [1]))}


# %% wrong: only the first of the batch | `batch` holds shape (2, 2); (2, 2, 2) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left[0] @ right[0]}


# %% wrong: the batch as a list | `batch` holds a list of 2 tensors; a tensor of shape (2, 2, 2) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": [l @ r for l, r in zip(left, right)]}


# %% wrong: the batch joined with cat | `batch` holds shape (4, 2); (2, 2, 2) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": torch.cat([l @ r for l, r in zip(left, right)])}


# %% wrong: the batch summed | `batch` holds shape (2, 2); (2, 2, 2) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": (left @ right).sum(0)}


# %% wrong: batch in the last dimension | `batch` holds the right numbers in another order
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": torch.stack([l @ r for l, r in zip(left, right)], dim=2)}


# %% wrong: dot of a column, (1, 1) | `dot` holds shape (1, 1); () was expected
def products(u, v, matrix, left, right):
    return {"dot": u[None] @ v[:, None], "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: dot (1,) | `dot` holds shape (1,); () was expected
def products(u, v, matrix, left, right):
    return {"dot": (u * v).sum(0, keepdim=True), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: Python float by sum | `dot` holds the number 1, a Python number; a tensor of shape () was
def products(u, v, matrix, left, right):
    return {"dot": sum(a * b for a, b in zip(u.tolist(), v.tolist())), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: cross | RuntimeError: no dimension of size 3 in input
def products(u, v, matrix, left, right):
    return {"dot": torch.cross(u, v), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: dot of u with u | the number differs
def products(u, v, matrix, left, right):
    return {"dot": u @ u, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: cosine | the number differs
def products(u, v, matrix, left, right):
    return {"dot": u @ v / (u.norm() * v.norm()), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: elementwise outer | `elementwise` holds shape (2, 2); (2,) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u[:, None] * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: elementwise power | numbers differ
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u**v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: elementwise as a row | `elementwise` holds shape (1, 2); (2,) was expected
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": (u * v)[None], "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: in place | Your answer changed the caller's tensor: forms such as `-=`, `x[...] =`
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u.mul_(v), "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: a tuple | `products` returned a tuple of 4 tensors; a dict with the key `dot` was
def products(u, v, matrix, left, right):
    return u @ v, u * v, matrix @ v, left @ right


# %% wrong: keys misspelt | The entry `elementwise` is not there yet: the dict has `dot`,
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "element-wise": u * v, "matrix-vector": matrix @ v, "batch": left @ right}


# %% wrong: strings in place of tensors | `dot` holds the string "u @ v"; a tensor of shape () was expected
def products(u, v, matrix, left, right):
    return {"dot": "u @ v", "elementwise": "u * v", "matrix_vector": "matrix @ v", "batch": "left @ right"}


# %% wrong: float64 always | `dot` holds dtype float64; float32 was expected
def products(u, v, matrix, left, right):
    u, v, matrix, left, right = (t.double() for t in (u, v, matrix, left, right))
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: float32 always | `dot` holds dtype float32; float64 was expected
def products(u, v, matrix, left, right):
    u, v, matrix, left, right = (t.float() for t in (u, v, matrix, left, right))
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: torch.dot for the elementwise | RuntimeError: 1D tensors expected, but got 2D and 1D
def products(u, v, matrix, left, right):
    return {"dot": torch.dot(u, v), "elementwise": torch.dot(u, v), "matrix_vector": torch.dot(matrix, v), "batch": torch.dot(left, right)}


# %% wrong: prod | the number differs
def products(u, v, matrix, left, right):
    return {"dot": torch.prod(u) * torch.prod(v), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: hard coded | `matrix_vector` holds shape (2,); (3,) was expected
def products(u, v, matrix, left, right):
    return {"dot": torch.tensor(1.0), "elementwise": torch.tensor([3.0, -2.0]), "matrix_vector": torch.tensor([1.0, -4.0]),
            "batch": torch.tensor([[[1.0, 4.0], [3.0, 8.0]], [[7.0, 8.0], [5.0, 6.0]]])}


# %% wrong: sum over the wrong dimension | You summed down the columns: each row meets `v`, so the columns disappear
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": (matrix * v).sum(dim=0), "batch": left @ right}


# %% wrong: the result of one under another key | `*` multiplies element by element; a dot product also sums: `@`, or
def products(u, v, matrix, left, right):
    return {"dot": u * v, "elementwise": u @ v, "matrix_vector": left @ right, "batch": matrix @ v}


# %% wrong: only dot | The entry `elementwise` is not there yet: the dict has `dot`,
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": ..., "matrix_vector": ..., "batch": ...}


# %% wrong: the sums multiplied | You summed each vector, then multiplied: multiply element by element first, then sum.
def products(u, v, matrix, left, right):
    return {"dot": u.sum() * v.sum(), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right}


# %% wrong: right.T in the batch | `.T` turns round all dimensions of a stack
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": matrix @ v, "batch": left @ right.T}


# %% wrong: row means | You took the mean along each row: the products are summed.
def products(u, v, matrix, left, right):
    return {"dot": u @ v, "elementwise": u * v, "matrix_vector": (matrix * v).mean(dim=1), "batch": left @ right}


# %% wrong: einsum with the wrong letters | You summed each vector, then multiplied: multiply element by element first, then sum.
def products(u, v, matrix, left, right):
    return {"dot": torch.einsum("i,j->", u, v), "elementwise": u * v, "matrix_vector": matrix @ v, "batch": torch.einsum("bnk,bmk->bnm", left, right)}


# %% right: v.T warns
def products(u, v, matrix, left, right):
    return {"dot": u @ v.T, "elementwise": torch.multiply(u, v), "matrix_vector": torch.mv(matrix, v), "batch": torch.bmm(left, right)}


# %% right: inner and einsum
def products(u, v, matrix, left, right):
    return {"dot": torch.inner(u, v), "elementwise": torch.diag(torch.outer(u, v)), "matrix_vector": torch.inner(matrix, v), "batch": torch.einsum("bij,bjk->bik", left, right)}
