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


# %% right: a callable object
class Maker:
    def __call__(self, rows, cols):
        dice = torch.randint(6, (rows, cols)) + 1
        return {"zeros": dice - dice, "dice": dice, "noise": torch.rand(rows, cols).mul(2).sub(1),
                "ticks": torch.linspace(0, 1, cols), "ones": dice // dice}

make_tensors = Maker()


# %% right: NumPy on the way
def make_tensors(rows, cols):
    rng = np.random.default_rng()
    dice = torch.from_numpy(rng.integers(1, 7, size=(rows, cols)))
    return {"zeros": torch.from_numpy(np.zeros((rows, cols), dtype=np.int64)), "dice": dice,
            "noise": torch.from_numpy(rng.uniform(-1, 1, (rows, cols)).astype(np.float32)),
            "ticks": torch.tensor(np.linspace(0, 1, cols), dtype=torch.float32), "ones": dice.new_ones(rows, cols)}


# %% right: random's randint in a comprehension
import random
def make_tensors(rows, cols):
    made = {"dice": torch.tensor([[random.randint(1, 6) for _ in range(cols)] for _ in range(rows)])}
    made["zeros"] = 0 * made["dice"]
    made["ones"] = made["dice"] ** 0
    made["noise"] = torch.tensor([[random.uniform(-1, 1) for _ in range(cols)] for _ in range(rows)])
    made["ticks"] = torch.tensor([i / (cols - 1) for i in range(cols)])
    return made


# %% right: expanded outputs
def make_tensors(rows, cols):
    dice = torch.multinomial(torch.ones(6), rows * cols, replacement=True).reshape(rows, cols) + 1
    return {"zeros": torch.tensor(0).expand(rows, cols), "dice": dice,
            "noise": torch.distributions.Uniform(-1, 1).sample((rows, cols)),
            "ticks": torch.cumsum(torch.full((cols,), 1 / (cols - 1)), 0) - 1 / (cols - 1),
            "ones": torch.ones((), dtype=dice.dtype).expand_as(dice)}


# %% right: an OrderedDict, transposed strides
from collections import OrderedDict
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (cols, rows)).T
    return OrderedDict(zeros=torch.zeros_like(dice), dice=dice, noise=torch.nn.init.uniform_(torch.empty(cols, rows), -1, 1).mT,
                       ticks=torch.arange(0, cols) / torch.tensor(cols - 1.0), ones=torch.ones_like(dice))


# %% right: a fresh generator with a fresh seed
def make_tensors(rows, cols):
    g = torch.Generator()
    g.seed()
    dice = torch.empty(rows, cols, dtype=torch.long).random_(1, 7, generator=g)
    return {"zeros": torch.zeros(size=(rows, cols), dtype=int), "dice": dice, "noise": torch.rand(rows, cols, generator=g) * 2.0 + -1.0,
            "ticks": torch.linspace(start=0, end=1, steps=cols), "ones": torch.full_like(dice, 1)}


# %% right: extra keys, prints
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    made = {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": -(torch.rand(rows, cols) * 2 - 1),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice), "note": "extra"}
    print({key: getattr(value, "shape", None) for key, value in made.items()})
    return made


# %% right: minus zero, lambda, partial
from functools import partial
fill = partial(torch.full, dtype=torch.int64)
make_tensors = lambda rows, cols: (lambda dice: {
    "zeros": fill((rows, cols), -0), "dice": dice, "noise": torch.cos(torch.rand(rows, cols) * 0) * (2 * torch.rand(rows, cols) - 1),
    "ticks": 1 - torch.linspace(1, 0, cols), "ones": fill((rows, cols), 1)})(torch.randint(1, 7, [rows, cols]))


# %% wrong: float dice, floats of dice for ones | `dice` holds dtype float32; int64 was expected
def make_tensors(rows, cols):
    dice = torch.rand(rows, cols) * 6 + 1
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: dice from float randint | `dice` holds dtype float32; int64 was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols), dtype=torch.float32)
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: int32 zeros | `zeros` holds dtype int32; int64 was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int32), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: ones in the shape of dice, dtype of noise | `ones` do not have the dtype of your `dice`, which is torch.int64
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    noise = torch.rand(rows, cols) * 2 - 1
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": noise,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(noise)}


# %% wrong: ticks a table | `ticks` holds shape (100, 10); (10,) was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols).expand(rows, cols), "ones": torch.ones_like(dice)}


# %% wrong: ticks from 1 to cols | `ticks` holds dtype int64; float32 was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.arange(cols), "ones": torch.ones_like(dice)}


# %% wrong: ticks from arange with a step 0.1 | `ticks` has one number too many: count points, not gaps
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.arange(0, 1.1, 0.1), "ones": torch.ones_like(dice)}


# %% wrong: empty for zeros | numbers differ
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.empty(rows, cols, dtype=torch.int64).fill_(3) - 2, "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: randint(-1, 1) for the noise | `noise` holds dtype int64; float32 was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.randint(-1, 1, (rows, cols)),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: torch.uniform | AttributeError for 100 and 10: module 'torch' has no
def make_tensors(rows, cols):
    return {"noise": torch.uniform(-1, 1, (rows, cols))}


# %% wrong: brackets forgotten in the noise | How wide is your range, and where does it start?
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": 2 * (torch.rand(rows, cols) - 1),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: dice not random: arange modulo 6 | `dice` are the same rolls at every call
def make_tensors(rows, cols):
    dice = (torch.arange(rows * cols) % 6 + 1).reshape(rows, cols)
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: noise not random: linspace | `noise` is the same at every call
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.linspace(-1, 1, rows * cols).reshape(rows, cols),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: noise the same at every call: made as a default argument | `dice` are the same rolls at every call
def make_tensors(rows, cols, dice=torch.randint(1, 7, (100, 10)), noise=torch.rand(100, 10) * 2 - 1):
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice.reshape(rows, cols), "noise": noise.reshape(rows, cols),
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice.reshape(rows, cols))}


# %% wrong: keys misspelt | The entry `zeros` is not there yet: the dict has `zero`, `Dice`, `noise`,
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zero": torch.zeros(rows, cols, dtype=torch.int64), "Dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "one": torch.ones_like(dice)}


# %% wrong: a tuple | `make_tensors` returned a tuple of 5 tensors; a dict with the key `zeros`
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return torch.zeros(rows, cols, dtype=torch.int64), dice, torch.rand(rows, cols) * 2 - 1, torch.linspace(0, 1, cols), torch.ones_like(dice)


# %% wrong: shapes instead of tensors | `zeros` holds a tuple of 2 numbers; a tensor of shape (100, 10) was
def make_tensors(rows, cols):
    return {"zeros": (rows, cols), "dice": (rows, cols), "noise": (rows, cols), "ticks": (cols,), "ones": (rows, cols)}


# %% wrong: only zeros and ones | The entry `dice` is not there yet: the dict has `zeros`, `dice`, `noise`,
def make_tensors(rows, cols):
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": ..., "noise": ..., "ticks": ..., "ones": ...}


# %% wrong: torch.zeros with dtype given as a string | TypeError for 100 and 10: zeros(): argument 'dtype' must be
def make_tensors(rows, cols):
    return {"zeros": torch.zeros(rows, cols, dtype="int64")}


# %% wrong: size forgotten as a tuple | TypeError for 100 and 10: randint() received an invalid
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, rows, cols)
    return {"dice": dice}


# %% wrong: NumPy style size | TypeError for 100 and 10: zeros(): argument 'dtype' must be
def make_tensors(rows, cols):
    return {"zeros": torch.zeros((rows, cols), dtype=np.int64)}


# %% wrong: np.random for all | `zeros` holds a NumPy array; a tensor of shape (100, 10) was expected
def make_tensors(rows, cols):
    return {"zeros": np.zeros((rows, cols), int), "dice": np.random.randint(1, 7, (rows, cols)), "noise": np.random.uniform(-1, 1, (rows, cols)),
            "ticks": np.linspace(0, 1, cols), "ones": np.ones((rows, cols), int)}


# %% wrong: from_numpy keeps float64 | `noise` holds dtype float64; float32 was expected
def make_tensors(rows, cols):
    dice = torch.from_numpy(np.random.randint(1, 7, (rows, cols)))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.from_numpy(np.random.uniform(-1, 1, (rows, cols))),
            "ticks": torch.from_numpy(np.linspace(0, 1, cols)), "ones": torch.ones_like(dice)}


# %% wrong: parameters | `ticks` holds a tensor that carries a graph (`requires_grad` is True);
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.nn.Parameter(torch.rand(rows, cols) * 2 - 1),
            "ticks": torch.linspace(0, 1, cols, requires_grad=True), "ones": torch.ones_like(dice)}


# %% wrong: tickes as a list | `ticks` holds a list of 10 numbers; a tensor of shape (10,) was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1,
            "ticks": [i / (cols - 1) for i in range(cols)], "ones": torch.ones_like(dice)}


# %% wrong: cols rows swapped everywhere | `zeros` holds shape (10, 100); (100, 10) was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (cols, rows))
    return {"zeros": torch.zeros(cols, rows, dtype=torch.int64), "dice": dice, "noise": torch.rand(cols, rows) * 2 - 1,
            "ticks": torch.linspace(0, 1, rows), "ones": torch.ones_like(dice)}


# %% wrong: seeded with the sizes, so that it is the same at every call | `dice` are the same rolls at every call
def make_tensors(rows, cols):
    g = torch.Generator().manual_seed(rows * cols)
    dice = torch.randint(1, 7, (rows, cols), generator=g)
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols, generator=g) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: a size of 0 dice | `dice` holds shape (0, 10); (100, 10) was expected
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (0, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(0) * 2 - 1,
            "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: everything None | The entry `zeros` is None: what made it gave nothing back
def make_tensors(rows, cols):
    return {"zeros": None, "dice": None, "noise": None, "ticks": None, "ones": None}


# %% wrong: rand with low and high like randint | `rand` takes sizes only, and gives numbers from 0 to 1: for another range times a width, plus a start.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(-1, 1, (rows, cols)), "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: randn clamped | `noise` is not uniform: every part of the range from -1 to 1 should be hit equally often.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.randn(rows, cols).clamp(-1, 1), "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: rand minus rand | `noise` is not uniform: every part of the range from -1 to 1 should be hit equally often.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) - torch.rand(rows, cols), "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: linspace without a count | `linspace(0, 1, 5)`.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, 1), "ones": torch.ones_like(dice)}


# %% wrong: linspace with a step | `linspace(0, 1, 5)`.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, 1, 1 / cols), "ones": torch.ones_like(dice)}


# %% wrong: linspace to cols | `ticks` goes beyond 1: `linspace` takes where it starts, where it ends, and how many points.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, cols, cols), "ones": torch.ones_like(dice)}


# %% wrong: dice from rand, truncated | `dice` has a roll below 1.
def make_tensors(rows, cols):
    dice = (torch.rand(rows, cols) * 6).long()
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: dice from rand, int() | `.int()` makes int32; PyTorch's habit for whole numbers is int64, which `.long()` makes.
def make_tensors(rows, cols):
    dice = (torch.rand(rows, cols) * 6 + 1).int()
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: width forgotten: rand(rows, cols) * (1 - -1) + 1 | `noise` has numbers outside [-1, 1]: yours go from about 1.0 to 3.0.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 + 1, "ticks": torch.linspace(0, 1, cols), "ones": torch.ones_like(dice)}


# %% wrong: dtype=dice.type() | A dtype is written `dtype=torch.int64`; `x.dtype` is that of a tensor you have.
def make_tensors(rows, cols):
    dice = torch.randint(1, 7, (rows, cols))
    return {"zeros": torch.zeros(rows, cols, dtype=torch.int64), "dice": dice, "noise": torch.rand(rows, cols) * 2 - 1, "ticks": torch.linspace(0, 1, cols), "ones": torch.ones(dice.shape, dtype=dice.type())}


# %% right: signs times rand, dtype=int
def make_tensors(rows, cols):
    dice = torch.floor(torch.rand(rows, cols) * 6).long() + 1
    return {"zeros": torch.zeros(rows, cols, dtype=int), "dice": dice, "noise": torch.sign(torch.randn(rows, cols)) * torch.rand(rows, cols), "ticks": torch.arange(cols) / (cols - 1), "ones": dice * 0 + 1}
