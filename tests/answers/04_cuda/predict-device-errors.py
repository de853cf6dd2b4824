# %% right: other words for an error, capital letters
outcomes = dict(A="Error", B="Works", C="works", D="RuntimeError", E=" works ", F="raises", G="error", H="WORKS", I="an error", J="works")


# %% right: asked from torch
from torch import nn
from torchprimer import sim

device = torch.device(sim.places()[1])
x = torch.tensor([1.0, 2.0, 3.0])
d = torch.tensor([1.0, 2.0, 3.0], device=device)
lines = {
    "a": lambda: d + x,
    "b": lambda: d * 2.0,
    "c": lambda: d * x.sum(),
    "d": lambda: x * d.sum(),
    "e": lambda: d[torch.tensor([2, 0])],
    "f": lambda: x[d > 1],
    "g": lambda: torch.cat([x, d]),
    "h": lambda: d + torch.zeros_like(d),
    "i": lambda: nn.Linear(3, 1)(d),
    "j": lambda: x + d.cpu(),
}
outcomes = {}
for letter, line in lines.items():
    try:
        line()
        outcomes[letter] = "works"
    except RuntimeError as problem:
        outcomes[letter] = "error"


# %% right: a loop over two words
outcomes = {letter: "error" if letter in "adfgi" else "works" for letter in "abcdefghij"}


# %% right: line by line, some thrice
outcomes = {}
outcomes["j"] = "works"
outcomes["a"] = outcomes["d"] = outcomes["f"] = outcomes["g"] = outcomes["i"] = "Error!"
outcomes["b"] = outcomes["c"] = outcomes["e"] = outcomes["h"] = outcomes["j"]


# %% wrong: every mixture raises | a single number on the CPU may travel
outcomes = dict(a="error", b="works", c="error", d="error", e="error", f="error", g="error", h="works", i="error", j="works")


# %% wrong: an index must be on the device | Indices on the CPU may pick
outcomes = dict(a="error", b="works", c="works", d="error", e="error", f="error", g="error", h="works", i="error", j="works")


# %% wrong: any single number travels | Only a single number on the *CPU* may travel
outcomes = dict(a="error", b="works", c="works", d="works", e="works", f="error", g="error", h="works", i="error", j="works")


# %% wrong: indices in both directions | The exception for indices goes the other way only
outcomes = dict(a="error", b="works", c="works", d="error", e="works", f="works", g="error", h="works", i="error", j="works")


# %% wrong: PyTorch moves by itself | never moves one of them by itself
outcomes = dict(a="works", b="works", c="works", d="works", e="works", f="works", g="works", h="works", i="works", j="works")


# %% wrong: Python numbers are on the CPU | It has no device
outcomes = dict(a="error", b="error", c="works", d="error", e="works", f="error", g="error", h="works", i="error", j="works")


# %% wrong: cat copies anyway | its parts must be there too
outcomes = dict(a="error", b="works", c="works", d="error", e="works", f="error", g="works", h="works", i="error", j="works")


# %% wrong: zeros_like on the CPU | `zeros_like(d)` asks `d`
outcomes = dict(a="error", b="works", c="works", d="error", e="works", f="error", g="error", h="error", i="error", j="works")


# %% wrong: a module follows its input | The model must move first
outcomes = dict(a="error", b="works", c="works", d="error", e="works", f="error", g="error", h="works", i="works", j="works")


# %% wrong: cpu() moves in place only | both are in one place
outcomes = dict(a="error", b="works", c="works", d="error", e="works", f="error", g="error", h="works", i="error", j="error")


# %% wrong: half done | Still open: `d`, `e`, `f`
outcomes = dict(a="error", b="works", c="works")


# %% wrong: shapes | Write "works" or "error"
outcomes = dict(a="error", b=(3,), c=(3,), d="error", e=(2,), f="error", g="error", h=(3,), i="error", j=(3,))


# %% wrong: True for works | Write "works" or "error"
outcomes = dict(a=False, b=True, c=True, d=False, e=True, f=False, g=False, h=True, i=False, j=True)


# %% wrong: a list | Keep the dict
outcomes = ["error", "works", "works", "error", "works", "error", "error", "works", "error", "works"]


# %% right: exception classes, marks of all kinds
outcomes = {letter: RuntimeError for letter in "adf"} | dict(b="Works.", c="works!", e="'works'", g="<error>", h="works", i="raise", j="works")


# %% wrong: the other way round | 0 of 6 are right
outcomes = {letter: "works" if letter in "adfgi" else "error" for letter in "abcdefghij"}


# %% wrong: all the same, guessed | 3 of 6 are right
outcomes = dict.fromkeys("abcdefghij", "error")


# %% wrong: yes and no | Write "works" or "error"
outcomes = {letter: "no" if letter in "adfgi" else "yes" for letter in "abcdefghij"}


# %% wrong: lists of letters | There is no question `works`
outcomes = {"works": list("bcehj"), "error": list("adfgi")}


# %% wrong: nothing | Give each letter a line of its own
outcomes = {}
