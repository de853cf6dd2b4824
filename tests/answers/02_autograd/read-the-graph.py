# %% right: small letters
nodes = {"a": "None", "b": "mulbackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "PowBackward0",
         "f": "none", "g": "PowBackward0", "h": "MulBackward0"}

# %% right: asked from torch
w, x, target = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0), torch.tensor(1.0)
product = w * x
hidden = product.tanh()
error = hidden - target
loss = error**2
nodes = {k: t.grad_fn.name() if t.grad_fn else "none"
         for k, t in dict(a=w, b=product, c=hidden, d=error, e=loss, f=x, g=loss, h=product).items()}

# %% wrong: a leaf given a grad_fn | A leaf was made by you
nodes = {"a": "AccumulateGrad", "b": "MulBackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "PowBackward0",
         "f": "AccumulateGrad", "g": "PowBackward0", "h": "MulBackward0"}

# %% wrong: order reversed | The order is reversed
nodes = {"a": "none", "b": "MulBackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "PowBackward0",
         "f": "none", "g": "MulBackward0", "h": "PowBackward0"}

# %% wrong: names without Backward0 | then Backward0
nodes = {"a": "none", "b": "Mul", "c": "Tanh", "d": "Sub", "e": "Pow", "f": "none", "g": "Pow", "h": "Mul"}

# %% wrong: shifted by one | An operation made it
nodes = {"a": "none", "b": "none", "c": "MulBackward0", "d": "TanhBackward0", "e": "SubBackward0",
         "f": "none", "g": "PowBackward0", "h": "MulBackward0"}

# %% wrong: a square is a product | a power
nodes = {"a": "none", "b": "MulBackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "MulBackward0",
         "f": "none", "g": "MulBackward0", "h": "MulBackward0"}

# %% wrong: half done | Still open: `c`, `d`, `e`
nodes = {"a": "none", "b": "MulBackward0"}

# %% wrong: a list | Keep the dict
nodes = ["none", "MulBackward0"]


# %% right: a loop, blanks, other order
nodes = {}
for key, name in zip("hgfedcba", ["MulBackward0 ", "PowBackward0", "None", "powbackward0", "SubBackward0", "TANHBACKWARD0", "MulBackward0", "none"]):
    nodes[key] = name


# %% right: capital letters as keys
nodes = {"A": "none", "B": "MulBackward0", "C": "TanhBackward0", "D": "SubBackward0", "E": "PowBackward0",
         "F": "none", "G": "PowBackward0", "H": "MulBackward0"}


# %% right: the grad_fn objects' type names
w, x = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0)
p = w * x
h_ = p.tanh()
e_ = h_ - 1
l_ = e_**2
nodes = {k: type(t.grad_fn).__name__ if t.grad_fn is not None else "none" for k, t in zip("abcdefgh", [w, p, h_, e_, l_, x, l_, p])}


# %% wrong: x has a grad_fn | 2 of 3 are right.
nodes = {"a": "none", "b": "MulBackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "PowBackward0",
         "f": "MulBackward0", "g": "PowBackward0", "h": "MulBackward0"}


# %% wrong: a string | `nodes` is the string "none MulBackward0 TanhBackward0". Keep the
nodes = "none MulBackward0 TanhBackward0"


# %% wrong: keys by tensor name | There is no question `w`.
nodes = {"w": "none", "w * x": "MulBackward0", "hidden": "TanhBackward0", "error": "SubBackward0", "loss": "PowBackward0"}


# %% wrong: a is leaf | `a`: you wrote "leaf". A leaf was made by you, not by an operation:
nodes = {"a": "leaf", "b": "MulBackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "PowBackward0",
         "f": "leaf", "g": "PowBackward0", "h": "MulBackward0"}


# %% wrong: without the 0 | `b`: you wrote "MulBackward".
nodes = {}
nodes["a"] = "none"; nodes["b"] = "MulBackward"; nodes["c"] = "TanhBackward"; nodes["d"] = "SubBackward"; nodes["e"] = "PowBackward"


# %% wrong: long names | `b`: you wrote "MultiplyBackward0".
nodes = {}
nodes["a"] = "None"; nodes["b"] = "MultiplyBackward0"; nodes["c"] = "TanHBackward0"; nodes["d"] = "SubtractBackward0"; nodes["e"] = "PowerBackward0"


# %% wrong: operators | `a`: you wrote "AccumulateGrad".
nodes = {}
nodes["a"] = "AccumulateGrad"; nodes["b"] = "*"; nodes["c"] = "hidden"; nodes["d"] = "-"; nodes["e"] = "**"


# %% wrong: matmul | `a`: you wrote "wBackward0".
nodes = {}
nodes["a"] = "wBackward0"; nodes["b"] = "MmBackward0"; nodes["c"] = "none"; nodes["d"] = "RsubBackward0"; nodes["e"] = "MeanBackward0"


# %% right: None object
nodes = {}
nodes["a"] = None; nodes["b"] = "mulbackward0"; nodes["c"] = "TanhBackward0"; nodes["d"] = "SubBackward0"; nodes["e"] = "PowBackward0"; nodes["f"] = None; nodes["g"] = "PowBackward0"; nodes["h"] = "MulBackward0"
