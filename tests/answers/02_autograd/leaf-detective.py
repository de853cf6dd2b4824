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


# %% right: from sets
yes = set("aeg")
holds = {k: "yes" if k in yes else "no" for k in "abcdefgh"}


# %% right: update and setdefault
holds = {}
holds.update(a="YES", e="YES", g="YES")
for k in "bcdfh":
    holds.setdefault(k, "No.")


# %% right: zip of a text
holds = dict(zip("abcdefgh", "yes no no no yes no yes no".split()))


# %% right: quotes in the string
holds = {k: "'yes'" if k in "aeg" else "'no'" for k in "abcdefgh"}


# %% right: capital letters as keys
holds = dict(zip("ABCDEFGH", "yes no no no yes no yes no".split()))


# %% right: str subclass from an enum
import enum


class A(str, enum.Enum):
    YES = "yes"
    NO = "no"


holds = {k: A.YES if k in "aeg" else A.NO for k in "abcdefgh"}


# %% wrong: a does not because b does not require grad | `a`: you wrote "no". It is a leaf, it requires grad, and `g` uses it.
holds = dict(zip("abcdefgh", "no no no no yes no yes no".split()))


# %% wrong: b too, being in the product | `b`: you wrote "yes". It never required grad: nothing is recorded for
holds = dict(zip("abcdefgh", "yes yes no no yes no yes no".split()))


# %% wrong: y and n | `a`: you wrote "y". Write "yes" or "no".
holds = {k: "y" if k in "aeg" else "n" for k in "abcdefgh"}


# %% wrong: 1 and 0 | `a`: you wrote 1. Write "yes" or "no".
holds = {k: 1 if k in "aeg" else 0 for k in "abcdefgh"}


# %% wrong: None for no | `b`: you wrote None. Write "yes" or "no".
holds = {k: "yes" if k in "aeg" else None for k in "abcdefgh"}


# %% wrong: a tensor per letter | `a`: you wrote tensor(1.). Write "yes" or "no".
holds = {k: torch.tensor(1.0) if k in "aeg" else torch.tensor(0.0) for k in "abcdefgh"}


# %% wrong: only the yes ones | `b`, `c`, `d`, `f`, `h`.
holds = {k: "yes" for k in "aeg"}


# %% wrong: everything inverted | `a`: you wrote "no". It is a leaf, it requires grad, and `g` uses it.
holds = {k: "no" if k in "aeg" else "yes" for k in "abcdefgh"}


# %% wrong: maybe | `a`: you wrote "maybe". Write "yes" or "no".
holds = {k: "maybe" for k in "abcdefgh"}


# %% wrong: f and h swapped with a and e | `a`: you wrote "no". It is a leaf, it requires grad, and `g` uses it.
holds = dict(zip("abcdefgh", "no no no yes no yes no yes".split()))


# %% wrong: a set | `holds` is a set, which has no keys: a dict has `key: value` pairs.
holds = {"a", "e", "g"}
