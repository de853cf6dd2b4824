# %% right: written out
def partials(w, x, b, target):
    return {
        "w": 2 * x * (w * x + b - target),
        "x": 2 * w * (w * x + b - target),
        "b": 2 * (w * x + b - target),
    }


# %% right: multiplied out
def partials(w, x, b, target):
    return dict(
        b=2.0 * b + 2.0 * w * x - 2.0 * target,
        w=2.0 * w * x**2 + 2.0 * b * x - 2.0 * target * x,
        x=2.0 * x * w**2 + 2.0 * b * w - 2.0 * target * w,
    )


# %% right: by autograd after all
def partials(w, x, b, target):
    leaves = [torch.tensor(float(v), dtype=torch.float64, requires_grad=True) for v in (w, x, b)]
    loss = (leaves[0] * leaves[1] + leaves[2] - target) ** 2
    return {k: g.item() for k, g in zip("wxb", torch.autograd.grad(loss, leaves))}


# %% wrong: w and x swapped | the derivative of w * x is the *other* factor
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * w, "x": 2 * error * x, "b": 2 * error}


# %% wrong: no factor 2 | the factor 2 is missing
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": error * x, "x": error * w, "b": error}


# %% wrong: only the model | the chain rule multiplies by 2 * error
def partials(w, x, b, target):
    return {"w": x, "x": w, "b": 1}


# %% wrong: no error | the derivative of error² is 2 * error, not 2
def partials(w, x, b, target):
    return {"w": 2 * x, "x": 2 * w, "b": 2}


# %% wrong: sign | the error is prediction minus target
def partials(w, x, b, target):
    error = target - (w * x + b)
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: no target | the target is missing
def partials(w, x, b, target):
    error = w * x + b
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: b times b | b stands alone
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error * b}


# %% wrong: a key left out | The entry `b` is not there yet
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * x, "x": 2 * error * w}


# %% wrong: a tuple | a dict with the key `w` was expected
def partials(w, x, b, target):
    error = w * x + b - target
    return 2 * error * x, 2 * error * w, 2 * error


# %% wrong: tensors | a Python number was expected
def partials(w, x, b, target):
    error = torch.tensor(w * x + b - target)
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: fits the example | was expected
def partials(w, x, b, target):
    return {"w": 40, "x": 16, "b": 8}


# %% right: numpy scalars
import numpy as np


def partials(w, x, b, target):
    e = np.float64(w * x + b - target)
    return {"w": 2 * e * x, "x": 2 * e * w, "b": 2 * e}


# %% right: a lambda and zip
partials = lambda w, x, b, target: dict(zip("wxb", [2 * (w * x + b - target) * k for k in (x, w, 1)]))


# %% right: a defaultdict with the error as an extra entry
from collections import defaultdict


def partials(w, x, b, target):
    out = defaultdict(float)
    out["error"] = w * x + b - target
    out["w"], out["x"], out["b"] = 2 * out["error"] * x, 2 * out["error"] * w, 2 * out["error"]
    return out


# %% right: loop and augmented assignment, prints
def partials(w, x, b, target):
    inner = {"w": x, "x": w, "b": 1}
    error = w * x
    error += b
    error -= target
    print("error", error)
    for key in inner:
        inner[key] *= 2 * error
    return inner


# %% right: the sign turned twice
def partials(w, x, b, target):
    error = target - w * x - b
    return {"w": -2 * error * x, "x": -2 * error * w, "b": -2 * error}


# %% right: exact fractions turned to floats
def partials(w, x, b, target):
    from fractions import Fraction as F

    w, x, b, target = map(F, (w, x, b, target))
    e = w * x + b - target
    return {"w": float(2 * e * x), "x": float(2 * e * w), "b": float(2 * e)}


# %% wrong: absolute value of the error | For `w` the sign is the other way round: the error is prediction
def partials(w, x, b, target):
    error = abs(w * x + b - target)
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error}


# %% wrong: rounded | was expected
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": round(2 * error * x), "x": round(2 * error * w), "b": round(2 * error)}


# %% wrong: keys with d | The entry `w` is not there yet: the dict has `dw`, `dx`, `db`.
def partials(w, x, b, target):
    error = w * x + b - target
    return {"dw": 2 * error * x, "dx": 2 * error * w, "db": 2 * error}


# %% wrong: prints and returns nothing | `partials` returned None. Is there a `return`, on every path?
def partials(w, x, b, target):
    error = w * x + b - target
    print({"w": 2 * error * x, "x": 2 * error * w, "b": 2 * error})


# %% wrong: calls itself | `partials` calls itself without end.
def partials(w, x, b, target):
    return partials(w, x, b, target)


# %% wrong: the cap for a power | `partials` raised TypeError: unsupported operand type(s) for ^:
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error ^ x, "x": 2 * error ^ w, "b": 2 * error}


# %% wrong: a set | `partials` returned a set, which has no keys: a dict has `key: value`
def partials(w, x, b, target):
    error = w * x + b - target
    return {2 * error * x, 2 * error * w, 2 * error}


# %% wrong: b counts as a constant | For `b` you have 0, as for a constant: when b changes, the error changes as much.
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * x, "x": 2 * error * w, "b": 0}


# %% wrong: both factors | For `w` you multiplied by both factors: the derivative of w * x is the *other* factor alone.
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error * w * x, "x": 2 * error * w * x, "b": 2 * error}


# %% wrong: nudged one-sided | For `w` that is a nudge to one side, and off by as much as the step: work the formula out.
def partials(w, x, b, target):
    loss = lambda w, x, b: (w * x + b - target) ** 2
    h = 0.001
    return {"w": (loss(w + h, x, b) - loss(w, x, b)) / h, "x": (loss(w, x + h, b) - loss(w, x, b)) / h, "b": (loss(w, x, b + h) - loss(w, x, b)) / h}


# %% wrong: the loss itself | For `w` you have the loss itself: asked is how it changes, its derivative.
def partials(w, x, b, target):
    loss = (w * x + b - target) ** 2
    return {"w": loss, "x": loss, "b": loss}


# %% wrong: error to the power 2, no 2 | For `w` you doubled and kept the square: the 2 comes down, and 2 * error is left.
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error ** 2 * x, "x": 2 * error ** 2 * w, "b": 2 * error ** 2}


# %% wrong: divided by the error | For `w` you added the inner derivative: the chain rule multiplies by it.
def partials(w, x, b, target):
    error = w * x + b - target
    return {"w": 2 * error + x, "x": 2 * error + w, "b": 2 * error + 1}


# %% right: central nudges
def partials(w, x, b, target):
    loss = lambda w, x, b: (w * x + b - target) ** 2
    h = 0.01
    return {"w": (loss(w + h, x, b) - loss(w - h, x, b)) / (2 * h), "x": (loss(w, x + h, b) - loss(w, x - h, b)) / (2 * h), "b": (loss(w, x, b + h) - loss(w, x, b - h)) / (2 * h)}


# %% right: walrus
def partials(w, x, b, target):
    return {"b": (outer := (w * x + b - target) + (w * x + b - target)), "w": x * outer, "x": outer * w}


# %% wrong: no factor w for x | For `x` the inner derivative is missing
def partials(w, x, b, target):
    e = w * x + b - target
    return {"w": 2 * e * x, "x": 2 * e, "b": 2 * e}
