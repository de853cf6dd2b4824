# %% right: other spellings
def make_tensors(rows, cols):
    dice = torch.randint(low=1, high=7, size=(rows, cols), dtype=torch.int64)
    return dict(
        zeros=torch.zeros((rows, cols)).long(),
        dice=dice,
        noise=torch.empty(rows, cols).uniform_(-1, 1),
        ticks=torch.arange(cols) / (cols - 1),
        ones=torch.ones(rows, cols, dtype=dice.dtype),
    )


# %% right: step by step
def make_tensors(rows, cols):
    made = {}
    made["dice"] = (torch.rand(rows, cols) * 6).floor().to(torch.int64) + 1
    made["zeros"] = torch.zeros_like(made["dice"])
    made["ones"] = made["zeros"] + 1
    made["noise"] = 1 - 2 * torch.rand(rows, cols)
    made["ticks"] = torch.linspace(0.0, 1.0, steps=cols)
    return made


# %% right: a constant for ones, empty filled
def make_tensors(rows, cols):
    zeros = torch.empty(rows, cols, dtype=torch.int64)
    zeros.fill_(0)
    dice = torch.randint(1, 7, (rows, cols))
    ticks = torch.tensor([i / (cols - 1) for i in range(cols)])
    return {"zeros": zeros, "dice": dice, "noise": (torch.rand(rows, cols) - 0.5) * 2, "ticks": ticks,
            "ones": torch.full((rows, cols), 1)}


# %% wrong: die without a six | `randint(1, 6, ...)` stops before 6
def make_tensors(rows, cols):
    dice = torch.randint(1, 6, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: die from 0 | a roll below 1
def make_tensors(rows, cols):
    dice = torch.randint(0, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: float zeros | `zeros` holds dtype float32; int64 was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: randn for rand | `randn` has no limits
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.randn(rows, cols),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: stretched, not moved | where does it start
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: plain rand | is never negative
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: moved, not stretched | never positive
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: half the width | does not use the whole range
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) - 0.5,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: only the ends of the range | not uniform
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols).round() * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: arange leaves out the end | `arange` leaves its end out
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.arange(0, 1, 1 / cols), "ones": torch.ones_like(dice)}


# %% wrong: one tick too many | one number too many
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols + 1), "ones": torch.ones_like(dice)}


# %% wrong: float ones | `ones_like(dice)` takes it over
def make_tensors(rows, cols):
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": torch.randint(1, 7, (rows, cols)),
            "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, 1, cols), "ones": torch.ones(rows, cols)}


# %% wrong: rows and columns swapped | Rows and columns are swapped
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (cols, rows))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones(rows, cols, dtype=torch.int64)}


# %% wrong: a key forgotten | The entry `ticks` is not there yet
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ones": torch.ones_like(dice)}


# %% wrong: a list instead of a dict | a dict with the key `zeros` was expected
def make_tensors(rows, cols):
    return [torch.zeros(rows, cols, dtype=torch.int64), torch.randint(1, 7, (rows, cols))]


# %% wrong: NumPy | a NumPy array
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": np.zeros((rows, cols), dtype=int), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: fits the sizes of the example alone | With other inputs
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (100, 10))
    return {"zeros": torch.zeros(100, 10, dtype=torch.int64), "dice": dice, "noise": torch.rand(100, 10) * 2 - 1,
            "ticks": torch.linspace(0, 1, 10), "ones": torch.ones_like(dice)}


# %% wrong: seeded inside | the same
def make_tensors(rows, cols):
    torch.manual_seed(0)
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}
