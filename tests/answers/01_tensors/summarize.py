# %% right: methods with positions
def summarize(table):
    return {"total": float(table.sum()), "column_means": table.mean(0), "row_sums": table.sum(1, True)}


# %% right: by hand
def summarize(table):
    n, d = table.shape
    rows = torch.stack([row.sum() for row in table])
    return {"row_sums": rows.unsqueeze(1), "total": rows.sum().item(), "column_means": table.sum(dim=-2) / n}


# %% right: products with ones
def summarize(table):
    n, d = table.shape
    ones = torch.ones(d, 1, dtype=table.dtype)
    return {
        "total": sum(table.flatten().tolist()),
        "column_means": torch.einsum("nd->d", table) / n,
        "row_sums": table @ ones,
    }


# %% wrong: a tensor for the total | `.item()` takes it out
def summarize(table):
    return {"total": table.sum(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: the mean for the total | That is the mean of all numbers
def summarize(table):
    return {"total": table.mean().item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: dims swapped for the means | one mean for each row
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=1), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: sums for means | the sum of every column
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.sum(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: keepdim where none is asked | no `keepdim` here
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=0, keepdim=True),
            "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: no keepdim | `keepdim=True` leaves them
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1)}


# %% wrong: down the columns | You summed down the columns
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=0, keepdim=True)}


# %% wrong: down the columns, flat | it is `dim=1` and `keepdim=True`
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=0)}


# %% wrong: item on the whole table | exactly one element
def summarize(table):
    return {"total": table.item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: a tuple | a dict with the key `total` was expected
def summarize(table):
    return table.sum().item(), table.mean(dim=0), table.sum(dim=1, keepdim=True)


# %% wrong: lists | `column_means` holds a list of 3 numbers
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=0).tolist(),
            "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: rounded to a whole number | `total` is a whole number
def summarize(table):
    return {"total": int(table.sum().item()), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: divides by the sizes of the example | With other inputs
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.sum(dim=0) / 2, "row_sums": table.sum(dim=1, keepdim=True)}


# %% right: NumPy sums
def summarize(table):
    a = table.numpy()
    return {"total": float(a.sum()), "column_means": torch.from_numpy(a.mean(axis=0)), "row_sums": torch.from_numpy(a.sum(axis=1)).view(-1, 1)}


# %% right: vmap
def summarize(table):
    return {"total": torch.sum(table).item(), "column_means": torch.func.vmap(torch.mean, in_dims=1)(table),
            "row_sums": torch.func.vmap(lambda row: row.sum(0, keepdim=True))(table)}


# %% right: a module
class Summary(torch.nn.Module):
    def forward(self, table):
        return dict(total=table.sum().tolist(), column_means=torch.mean(table, 0), row_sums=torch.sum(table, 1)[:, None])
summarize = Summary()


# %% right: math.fsum, strided
import math
def summarize(table):
    return {"total": math.fsum(v for row in table for v in row), "column_means": table.T.mean(dim=1), "row_sums": table.T.sum(dim=0)[None].T}


# %% right: np.float64 for the total
def summarize(table):
    return {"total": np.float64(table.double().sum()), "column_means": table.mean(axis=0), "row_sums": table.sum(axis=1, keepdims=True)}


# %% right: defaultdict, cumsum
from collections import defaultdict
def summarize(table):
    out = defaultdict(list)
    out["total"] = table.cumsum(0).cumsum(1)[-1, -1].item()
    out["column_means"] = torch.stack([c.mean() for c in table.unbind(1)])
    out["row_sums"] = table.cumsum(1)[:, -1:]
    return out


# %% right: lambda
summarize = lambda table: {"total": 0.0 + table.sum().item(), "column_means": torch.nanmean(table, 0), "row_sums": table.nansum(1, keepdim=True)}


# %% right: in float64, then back, with prints
def summarize(table):
    wide = table.to(torch.float64)
    print(wide)
    return {"total": wide.sum().item(), "column_means": wide.mean(0).to(table.dtype), "row_sums": wide.sum(-1).unsqueeze(-1).type_as(table)}


# %% right: pooling
def summarize(table):
    n, d = table.shape
    return {"total": (torch.ones(1, n, dtype=table.dtype) @ table @ torch.ones(d, 1, dtype=table.dtype)).item(),
            "column_means": torch.nn.functional.adaptive_avg_pool1d(table.T[None].contiguous(), 1).flatten(),
            "row_sums": torch.nn.functional.linear(table, torch.ones(1, d, dtype=table.dtype))}


# %% wrong: total by a Python sum of rows | Python's `sum` adds the rows to each other and leaves a vector
def summarize(table):
    return {"total": sum(table), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: total as a number string | `total` holds the string "24.0"; a number was expected
def summarize(table):
    return {"total": str(table.sum().item()), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: total as a NumPy number | `total` holds a NumPy array of shape () and dtype float32; a number was
def summarize(table):
    return {"total": table.sum().numpy(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: total a list | `total` holds a list of 1 number; a number was expected
def summarize(table):
    return {"total": [table.sum().item()], "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: total the sum of the column means | `total` holds the number 12; the number 24 was expected
def summarize(table):
    return {"total": table.mean(dim=0).sum().item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: numel for the total | `total` holds the number 6; the number 24 was expected
def summarize(table):
    return {"total": float(table.numel()), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1, keepdim=True)}


# %% wrong: row sums a row | `row_sums` holds shape (1, 2); (2, 1) was expected
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=0), "row_sums": table.sum(dim=1)[None]}


# %% wrong: keepdim for both | The numbers are right, but the rows are still there with size 1: no
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(0, True), "row_sums": table.sum(1, True)}


# %% wrong: column means a column | `column_means` holds shape (3, 1); (3,) was expected
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(0)[:, None], "row_sums": table.sum(1, True)}


# %% wrong: everything mean | That is the mean of all numbers; the total is their sum
def summarize(table):
    return {"total": table.mean().item(), "column_means": table.mean(0), "row_sums": table.mean(1, keepdim=True)}


# %% wrong: one mean for all | `column_means` holds shape (); (3,) was expected
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: mean without the dim, expanded | numbers differ
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean().expand(table.shape[1]), "row_sums": table.sum().expand(table.shape[0], 1)}


# %% wrong: median | `column_means` holds every number off by the same amount, -2
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.median(dim=0).values, "row_sums": table.sum(1, keepdim=True)}


# %% wrong: dims the other way round in both | You have one mean for each row
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(1), "row_sums": table.sum(0)[:, None]}


# %% wrong: dim 2 | A tensor with n dimensions has dims 0 to n - 1 (or -n to
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(1), "row_sums": table.sum(dim=2)}


# %% wrong: integers on the way | `row_sums` holds dtype int64; float32 was expected
def summarize(table):
    table = table.long()
    return {"total": float(table.sum()), "column_means": table.float().mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: mean of integers | A mean needs decimals: make the tensor floating point first
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.long().mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: hard coded | `total` holds the number 24; the number -1.40007 was expected
def summarize(table):
    return {"total": 24.0, "column_means": torch.tensor([3.0, 4.0, 5.0]), "row_sums": torch.tensor([[6.0], [18.0]])}


# %% wrong: rounded total | `total` holds the number 0.1; the number 0.096998 was expected
def summarize(table):
    return {"total": round(table.sum().item(), 2), "column_means": table.mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: whole total | `total` holds the number -1; the number -1.40007 was expected
def summarize(table):
    return {"total": float(int(table.sum())), "column_means": table.mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: divides by the columns | You divided by the number of columns: a column has as many numbers as
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.sum(0) / table.shape[1], "row_sums": table.sum(1, keepdim=True)}


# %% wrong: keys with spaces | The entry `column_means` is not there yet: the dict has `total`, `column
def summarize(table):
    return {"total": table.sum().item(), "column means": table.mean(0), "row sums": table.sum(1, keepdim=True)}


# %% wrong: only total | The entry `column_means` is not there yet: the dict has `total`
def summarize(table):
    return {"total": table.sum().item()}


# %% wrong: only total, the others dots | The entry `column_means` is not there yet: the dict has `total`,
def summarize(table):
    return {"total": table.sum().item(), "column_means": ..., "row_sums": ...}


# %% wrong: the total returned alone | `summarize` returned the number 24; a dict with the key `total` was
def summarize(table):
    return table.sum().item()


# %% wrong: the loop overwrites | `total` holds the number 18; the number 24 was expected
def summarize(table):
    for row in table:
        total = row.sum()
    return {"total": total.item(), "column_means": table.mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: squeezed | The sums are right, but the columns are gone: `keepdim=True` leaves them
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(0).squeeze(), "row_sums": table.sum(1, keepdim=True).squeeze()}


# %% wrong: squeezes away a size of 1 | `column_means` holds shape (); (5,) was expected
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.squeeze().mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: float64 always | `column_means` holds dtype float64; float32 was expected
def summarize(table):
    table = table.double()
    return {"total": table.sum().item(), "column_means": table.mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: True for the total | `total` holds the truth value True; the number 24 was expected
def summarize(table):
    return {"total": bool(table.sum()), "column_means": table.mean(0), "row_sums": table.sum(1, keepdim=True)}


# %% wrong: a json string | `summarize` returned the string "{"total": 24.0}"; a dict with the key
import json
def summarize(table):
    return json.dumps({"total": table.sum().item()})


# %% wrong: rows as the (N, D) | `column_means` holds shape (2, 3); (3,) was expected
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(0).expand_as(table), "row_sums": table.sum(1, keepdim=True).expand_as(table)}


# %% wrong: means rows by keepdim dims swapped | You have one mean for each row.
def summarize(table):
    return {"total": table.sum().item(), "column_means": table.mean(dim=1, keepdim=True), "row_sums": table.sum(dim=0, keepdim=True)}


# %% right: axis, None
def summarize(table):
    return {"total": float(table.sum()), "column_means": table.sum(axis=0) / len(table), "row_sums": table.sum(axis=1)[:, None]}
