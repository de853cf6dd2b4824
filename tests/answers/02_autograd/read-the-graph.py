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

# %% wrong: shifted by one | The *last* operation that made it counts
nodes = {"a": "none", "b": "none", "c": "MulBackward0", "d": "TanhBackward0", "e": "SubBackward0",
         "f": "none", "g": "PowBackward0", "h": "MulBackward0"}

# %% wrong: a square is a product | a power
nodes = {"a": "none", "b": "MulBackward0", "c": "TanhBackward0", "d": "SubBackward0", "e": "MulBackward0",
         "f": "none", "g": "MulBackward0", "h": "MulBackward0"}

# %% wrong: half done | Still open: `c`, `d`, `e`
nodes = {"a": "none", "b": "MulBackward0"}

# %% wrong: a list | Keep the dict
nodes = ["none", "MulBackward0"]
