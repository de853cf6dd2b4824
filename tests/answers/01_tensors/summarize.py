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
