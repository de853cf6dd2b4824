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
