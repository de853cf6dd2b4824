# %% right: capitals
holds = dict(a="Yes", b="no", c="NO", d="no", e="yes ", f="no", g="yes", h="no")

# %% right: asked from torch
import warnings

a = torch.tensor([1.0, 2.0], requires_grad=True)
b, c = torch.tensor([3.0, 4.0]), torch.tensor([5, 6])
d = torch.ones(2, requires_grad=True) * 0.5
e = torch.ones(2).requires_grad_()
f = (a * b).detach()
g = a * d + e
g.retain_grad()
h = torch.ones(2, requires_grad=True)
(g * f + c).sum().backward()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    holds = {k: "yes" if t.grad is not None else "no" for k, t in dict(a=a, b=b, c=c, d=d, e=e, f=f, g=g, h=h).items()}

# %% wrong: a non-leaf holds one | It is not a leaf
holds = dict(a="yes", b="no", c="no", d="yes", e="yes", f="no", g="yes", h="no")

# %% wrong: requires_grad_ makes a non-leaf | it stays a leaf
holds = dict(a="yes", b="no", c="no", d="no", e="no", f="no", g="yes", h="no")

# %% wrong: detached holds one | It is detached
holds = dict(a="yes", b="no", c="no", d="no", e="yes", f="yes", g="yes", h="no")

# %% wrong: retain_grad forgotten | `retain_grad()` asked
holds = dict(a="yes", b="no", c="no", d="no", e="yes", f="no", g="no", h="no")

# %% wrong: never reached | the loss does not use it
holds = dict(a="yes", b="no", c="no", d="no", e="yes", f="no", g="yes", h="yes")

# %% wrong: integers | It holds integers
holds = dict(a="yes", b="yes", c="yes", d="no", e="yes", f="no", g="yes", h="no")

# %% wrong: all yes | 2 of 5 are right
holds = dict.fromkeys("abcdefgh", "yes")

# %% wrong: truth values | Write "yes" or "no"
holds = dict(a=True, b=False, c=False, d=False, e=True, f=False, g=True, h=False)
