# %% right: a sine
def f(x):
    return torch.sin(3 * x)


def df(x):
    return 3 * torch.cos(3 * x)


# %% right: a bell
def f(x):
    return (-(x**2)).exp()


def df(x):
    return -2 * x * torch.exp(-x * x)


# %% right: a product
def f(x):
    return x * torch.tanh(x)


def df(x):
    t = torch.tanh(x)
    return t + x * (1 - t**2)


# %% right: df by autograd
def f(x):
    return (x**2 + 1).log()


def df(x):
    leaf = x.clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad


# %% wrong: inner derivative missing, a constant | a constant factor is missing
def f(x):
    return torch.sin(3 * x)


def df(x):
    return torch.cos(3 * x)


# %% wrong: inner derivative missing, 2x | the inner derivative is missing
def f(x):
    return (x**2 + 1) ** 3


def df(x):
    return 3 * (x**2 + 1) ** 2


# %% wrong: sign | other way round
def f(x):
    return torch.cos(x)


def df(x):
    return torch.sin(x)


# %% wrong: a straight line | a straight line
def f(x):
    return 3 * x + 1


def df(x):
    return torch.full_like(x, 3.0)


# %% wrong: constant | found no way
def f(x):
    return torch.ones_like(x)


def df(x):
    return torch.zeros_like(x)


# %% wrong: f itself | not its derivative
def f(x):
    return torch.sin(2 * x)


def df(x):
    return torch.sin(2 * x)


# %% wrong: leaves the graph | found no way
def f(x):
    return torch.tensor([v.item() ** 2 for v in x.flatten()]).reshape(x.shape)


def df(x):
    return 2 * x


# %% wrong: not smooth | not a number
def f(x):
    return torch.log(x) ** 2


def df(x):
    return 2 * torch.log(x) / x


# %% wrong: sums up | one number for each element
def f(x):
    return (x**2).sum()


def df(x):
    return 2 * x


# %% wrong: the product rule forgotten | a product has one term for each factor
def f(x):
    return x * torch.sin(x)


def df(x):
    return torch.cos(x)


# %% wrong: only f | `df`
def f(x):
    return torch.sin(3 * x)


def df(x): ...


# %% wrong: right at the points of the example alone | With other inputs
def f(x):
    return x**2


def df(x):
    p = torch.tensor([-1.7, -0.9, -0.02, 0.3, 1.1, 1.9])
    if x.shape == p.shape:
        return 2 * x
    return 2 * x + 1


# %% right: exp of sine
def f(x):
    return torch.exp(torch.sin(2 * x))


def df(x):
    return 2 * torch.cos(2 * x) * torch.exp(torch.sin(2 * x))


# %% right: x squared, plain
def f(x):
    return x**2


def df(x):
    return 2 * x


# %% right: piecewise by where
def f(x):
    return torch.where(x > 0, x**3, -(x**3))


def df(x):
    return torch.where(x > 0, 3 * x**2, -3 * x**2)


# %% right: relu squared
def f(x):
    return torch.relu(x) ** 2


def df(x):
    return 2 * torch.relu(x)


# %% right: large slopes
def f(x):
    return torch.exp(5 * x)


def df(x):
    return 5 * torch.exp(5 * x)


# %% right: very large slopes
def f(x):
    return (10 * x + 3) ** 5


def df(x):
    return 50 * (10 * x + 3) ** 4


# %% right: small slopes
def f(x):
    return 0.01 * torch.sin(0.5 * x)


def df(x):
    return 0.005 * torch.cos(0.5 * x)


# %% right: fast oscillation
def f(x):
    return torch.sin(50 * x)


def df(x):
    return 50 * torch.cos(50 * x)


# %% right: log of a positive thing
def f(x):
    return torch.log(x + 3)


def df(x):
    return 1 / (x + 3)


# %% right: sqrt and division
def f(x):
    return torch.sqrt(1 + x**2) / (x**2 + 4)


def df(x):
    u, v = torch.sqrt(1 + x**2), x**2 + 4
    return (x / u * v - u * 2 * x) / v**2


# %% right: sigmoid and softplus
def f(x):
    return torch.nn.functional.softplus(3 * x)


def df(x):
    return 3 * torch.sigmoid(3 * x)


# %% right: math constants and float tensors
import math


def f(x):
    return torch.sin(math.pi * x) * torch.tensor(2.0)


def df(x):
    return 2 * math.pi * torch.cos(math.pi * x)


# %% right: df in float64 inside, cast back
def f(x):
    return (x**2 + 1) ** 3


def df(x):
    d = x.detach().double()
    return (6 * d * (d * d + 1) ** 2).to(x.dtype)


# %% right: df by func
def f(x):
    return torch.atan(x**3)


def df(x):
    return torch.func.vmap(torch.func.grad(f))(x.flatten()).reshape(x.shape)


# %% right: df by autograd.grad with ones
def f(x):
    return torch.cosh(x) * x


def df(x):
    x = x.detach().requires_grad_()
    return torch.autograd.grad(f(x), x, torch.ones_like(x))[0]


# %% right: f with in-place on a clone
def f(x):
    y = x.clone()
    y *= 3
    y.sin_()
    return y


def df(x):
    return 3 * torch.cos(3 * x)


# %% right: f written as a lambda and prints
f = lambda x: (x - 1) ** 2
df = lambda x: (print("df"), 2 * (x - 1))[1]


# %% right: elementwise loop with stack
def f(x):
    return torch.stack([torch.sin(v * v) for v in x.flatten()]).reshape(x.shape)


def df(x):
    return 2 * x * torch.cos(x * x)


# %% right: tiny curvature
def f(x):
    return x + 0.001 * x**3


def df(x):
    return 1 + 0.003 * x**2


# %% right: polynomials x**3 with catastrophic scale
def f(x):
    return 1e4 * (x**2 - 1) ** 2


def df(x):
    return 4e4 * x * (x**2 - 1)


# %% right: derivative zero on the grid for most, huber
def f(x):
    return torch.where(x.abs() < 1, 0.5 * x**2, x.abs() - 0.5)


def df(x):
    return x.clamp(-1, 1)


# %% right: erf
def f(x):
    return torch.erf(2 * x)


def df(x):
    return 4 / math.sqrt(math.pi) * torch.exp(-4 * x**2)


import math


# %% right: custom Function
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx, g):
        return g * 3 * ctx.saved_tensors[0] ** 2


def f(x):
    return Cube.apply(x)


def df(x):
    return 3 * x**2


# %% right: converts to float64 inside
def f(x):
    return torch.sin(3 * x.double())


def df(x):
    return 3 * torch.cos(3 * x.double())


# %% right: a parameter that requires grad, df detached
k = torch.tensor(3.0, requires_grad=True)


def f(x):
    return torch.sin(k * x)


def df(x):
    return (k * torch.cos(k * x)).detach()


# %% right: softmax-like sigmoid by hand
def f(x):
    return 1 / (1 + torch.exp(-4 * x))


def df(x):
    s = f(x)
    return 4 * s * (1 - s)


# %% right: x to the x on positive
def f(x):
    return (x + 3) ** x


def df(x):
    return (x + 3) ** x * (torch.log(x + 3) + x / (x + 3))


# %% right: pow with a tensor exponent, f uses mean of nothing
def f(x):
    return torch.pow(2.0, x)


def df(x):
    return torch.log(torch.tensor(2.0)) * torch.pow(2.0, x)


# %% right: df from np
import numpy as np


def f(x):
    return torch.sin(x**2)


def df(x):
    a = x.detach().numpy()
    return torch.from_numpy(2 * a * np.cos(a**2))


# %% right: tan of half
def f(x):
    return torch.tan(x / 2)


def df(x):
    return 0.5 / torch.cos(x / 2) ** 2


# %% right: exp(-50 x**2)
def f(x):
    return torch.exp(-50 * x**2)


def df(x):
    return -100 * x * torch.exp(-50 * x**2)


# %% wrong: sqrt of a negative | is not a number somewhere between -2 and 2
def f(x):
    return torch.sqrt(x + 1)


def df(x):
    return 0.5 / torch.sqrt(x + 1)


# %% wrong: quotient rule upside down | The sign of your derivative is the other way round.
def f(x):
    return x / (x**2 + 1)


def df(x):
    return (x * 2 * x - (x**2 + 1)) / (x**2 + 1) ** 2


# %% wrong: df mutates its input | forms such as `-=`, `x[...] =` and `x.add_()` work in place. Make a
def f(x):
    return torch.sin(3 * x)


def df(x):
    x *= 3
    return 3 * torch.cos(x)


# %% wrong: only df answered | Replace the `...` in `f` with your answer, run that cell, then this
def f(x): ...


def df(x):
    return 3 * torch.cos(3 * x)


# %% wrong: backward inside f | Autograd found no way from `f` back to `x`: either `f` does not use
def f(x):
    y = torch.sin(3 * x)
    y.sum().backward()
    return x.grad


def df(x):
    return 3 * torch.cos(3 * x)


# %% wrong: matrix product in f | `f` must give one number for each element of `x`: the same shape.
def f(x):
    return x @ x


def df(x):
    return 2 * x


# %% wrong: integers | Autograd found no way from `f` back to `x`: either `f` does not use
def f(x):
    return torch.sin(3 * x.int())


def df(x):
    return 3 * torch.cos(3 * x)


# %% wrong: a part of f leaves the graph, and df agrees with it | autograd does not see a part of it
def f(x):
    return x * x.detach() ** 2


def df(x):
    return x**2


# %% wrong: a backward that is not the derivative | has a `backward` of its own
class Own(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0].cos()


def f(x):
    return Own.apply(x)


def df(x):
    return x.cos()


# %% wrong: derivative put inside (sin of x² -> cos of 2x) | At x = -1.7 your `df` gives -0.9668, and the slope of your `f` is 3.293.
def f(x):
    return torch.sin(x ** 2)
def df(x):
    return torch.cos(2 * x)


# %% wrong: outer at the inner derivative | At x = 1.9 your `df` gives 43.32, and the slope of your `f` is 242.3.
def f(x):
    return (x ** 2 + 1) ** 3
def df(x):
    return 3 * (2 * x) ** 2


# %% wrong: times x as well | is the 3 alone, and an exponent goes down by one
def f(x):
    return torch.sin(3 * x)
def df(x):
    return 3 * x * torch.cos(3 * x)


# %% wrong: power rule on an exponential | At x = 1.9 your `df` gives 3.546, and the slope of your `f` is 2.587.
def f(x):
    return 2 ** x
def df(x):
    return x * 2 ** (x - 1)


# %% wrong: exp of the inner derivative | At x = 1.9 your `df` gives 44.7, and the slope of your `f` is 140.5.
def f(x):
    return torch.exp(x ** 2)
def df(x):
    return torch.exp(2 * x)


# %% wrong: outer only, inner added | At x = -1.7 your `df` gives -4.369, and the slope of your `f` is 3.293.
def f(x):
    return torch.sin(x ** 2)
def df(x):
    return torch.cos(x ** 2) + 2 * x


# %% wrong: 1 over x | `f` or its derivative is not a number somewhere between -2 and 2, perhaps at 0: choose a function that is smoo
def f(x):
    return 1 / x
def df(x):
    return -1 / x ** 2


# %% wrong: abs | At x = -1.7 your `df` gives 8.67, and the slope of your `f` is -8.67.
def f(x):
    return torch.abs(x) ** 3
def df(x):
    return 3 * x ** 2


# %% right: 2 ** (x*x)
def f(x):
    return 2 ** (x * x)
def df(x):
    return f(x) * 2 * x * torch.log(torch.tensor(2.0))


# %% right: a piece that is 0, without a graph where all is 0
def f(x):
    return torch.stack([v**3 if v > 0 else torch.zeros((), dtype=x.dtype) for v in x.flatten()]).reshape(x.shape)


def df(x):
    return 3 * torch.clamp(x, min=0) ** 2


# %% right: a root of a fourth power
def f(x):
    return torch.sqrt(x**4) + torch.sin(x)


def df(x):
    return 2 * x + torch.cos(x)


# %% right: sin(3x)/x with its limit
def f(x):
    return torch.where(x == 0, torch.full_like(x, 3.0), torch.sin(3 * x) / x)


def df(x):
    return torch.where(x == 0, torch.zeros_like(x), (3 * x * torch.cos(3 * x) - torch.sin(3 * x)) / x**2)
