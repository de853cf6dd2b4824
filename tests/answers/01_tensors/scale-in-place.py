# %% right: augmented assignment
def scale(x, factor):
    x *= factor
    return x


# %% right: slice assignment
def scale(x, factor):
    x[...] = x * factor
    return x


# %% right: copy_
def scale(x, factor):
    x.copy_(torch.mul(x, factor))
    return x


# %% wrong: a copy | in a new tensor
def scale(x, factor):
    return x * factor


# %% wrong: the name rebound | only moves your local name
def scale(x, factor):
    x = x * factor
    return x


# %% wrong: no return | Is there a `return`
def scale(x, factor):
    x *= factor


# %% wrong: changed, then a copy returned | return `x` itself
def scale(x, factor):
    x.mul_(factor)
    return x.clone()


# %% wrong: twice | scaled the caller's tensor twice
def scale(x, factor):
    x *= factor
    return x.mul_(factor)


# %% wrong: adds | numbers differ
def scale(x, factor):
    x += factor
    return x


# %% wrong: torch.mul_ | has no attribute 'mul_'
def scale(x, factor):
    return torch.mul_(x, factor)


# %% wrong: a clone changed | in a new tensor
def scale(x, factor):
    y = x.clone()
    y *= factor
    return y


# %% wrong: contiguous first, so a transposed tensor is not reached | in a new tensor
def scale(x, factor):
    y = x.contiguous()
    y.mul_(factor)
    return x if y is x else y


# %% wrong: through a list | a list of 3 numbers
def scale(x, factor):
    return [value * factor for value in x.tolist()]


# %% wrong: always ten | With other inputs
def scale(x, factor):
    if x.dim() == 1:
        x *= 10
    else:
        x *= 0.5
    return x


# %% right: a lambda
scale = lambda x, factor: x.mul_(factor)


# %% right: operator.imul
import operator
def scale(x, factor):
    return operator.imul(x, factor)


# %% right: out argument
def scale(x, factor):
    return torch.mul(x, factor, out=x)


# %% right: a module instance as the function
class Scale(torch.nn.Module):
    def forward(self, x, factor):
        x *= factor
        return x

scale = Scale()


# %% right: a decorated function
import functools
def noisy(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print("calling")
        return function(*args, **kwargs)
    return wrapper

@noisy
def scale(x: "Tensor", factor: "float | int" = 1.0) -> "Tensor":
    torch.Tensor.mul_(x, factor)
    return x


# %% right: functools.partial of a general one
from functools import partial
def apply_(name, x, factor):
    getattr(x, name)(factor)
    return x
scale = partial(apply_, "mul_")


# %% right: through NumPy's memory
def scale(x, factor):
    a = x.detach().numpy()
    a *= np.array(factor).astype(a.dtype)
    return x


# %% right: element by element
def scale(x, factor):
    import itertools
    for index in itertools.product(*map(range, x.shape)):
        x[index] = x[index] * factor
    return x


# %% right: set through data
def scale(x, factor):
    x.data.mul_(factor)
    return x


# %% wrong: wrong way of data: moves it to new memory | A row was handed over, and the table it belongs to did not change
def scale(x, factor):
    x.data = x * factor
    return x


# %% wrong: set_ to new memory | A row was handed over, and the table it belongs to did not change
def scale(x, factor):
    x.set_(x * factor)
    return x


# %% wrong: loop over the first dimension, only 1-D | TypeError for a () float32 tensor and 8.0: len() of a 0-d
def scale(x, factor):
    for i in range(len(x)):
        x[i] *= factor
    return x


# %% wrong: view(-1) | RuntimeError for a (5, 4) float32 tensor and 3.0: view size
def scale(x, factor):
    x.view(-1).mul_(factor)
    return x


# %% wrong: returns a view of the same memory | You changed the caller's tensor, as asked, and then returned another one
def scale(x, factor):
    x *= factor
    return x[:]


# %% wrong: returns a tuple | You changed the caller's tensor, as asked, and then returned another one
def scale(x, factor):
    x *= factor
    return x, factor


# %% wrong: returns the data | You changed the caller's tensor, as asked, and then returned another one
def scale(x, factor):
    x *= factor
    return x.data


# %% wrong: a NumPy array | You changed the caller's tensor, as asked, and then returned another one
def scale(x, factor):
    a = x.numpy()
    a *= factor
    return a


# %% wrong: adds in place with underscore | numbers differ
def scale(x, factor):
    return x.add_(factor)


# %% wrong: pow | numbers differ
def scale(x, factor):
    x **= factor
    return x


# %% wrong: divides | numbers differ
def scale(x, factor):
    x /= factor
    return x


# %% wrong: print, no return | `scale` returned None for a (3,) float32 tensor and 10.0
def scale(x, factor):
    x *= factor
    print(x)


# %% wrong: yield | `scale` returned a generator (`yield` makes one; `return` gives a value)
def scale(x, factor):
    x *= factor
    yield x


# %% wrong: only the first element | numbers differ
def scale(x, factor):
    x[0] *= factor
    return x


# %% wrong: the global tensor | You returned the right numbers, but in a new tensor: the caller's is as it
prices = torch.tensor([1.0, 2.0, 3.0])
def scale(x, factor):
    prices.mul_(factor)
    return prices


# %% wrong: called with the example and kept the result | `scale` is a (2,) float32 tensor, not a function
def scale(x, factor):
    x *= factor
    return x
scale = scale(torch.tensor([1.0, 2.0]), 10.0)


# %% wrong: factor squared | You scaled the caller's tensor twice
def scale(x, factor):
    x *= factor * factor
    return x


# %% wrong: only argument x | `scale(x)` cannot be called with 2 arguments
def scale(x):
    x *= 10
    return x


# %% wrong: converts to float, so integers copy | `scale` returned dtype float32; float64 was expected
def scale(x, factor):
    x = x.float()
    x *= factor
    return x


# %% wrong: torch.no_grad decorator forgotten call, Parameter | `scale` returned a tensor that carries a graph (`requires_grad` is True);
def scale(x, factor):
    return torch.nn.Parameter(x * factor)


# %% wrong: zeros everything first | `scale` returned zeros everywhere
def scale(x, factor):
    x.zero_()
    x += x * factor
    return x


# %% wrong: resizes the caller's tensor | `scale` returned shape (1, 3); (3,) was expected
def scale(x, factor):
    x *= factor
    return x.unsqueeze_(0)


# %% wrong: recursion | `scale` calls itself without end for a (3,) float32 tensor and 10.0
def scale(x, factor):
    x *= factor
    return scale(x, factor)


# %% wrong: factor in place, expects a tensor | AttributeError for a (3,) float32 tensor and 10.0: 'float'
def scale(x, factor):
    x *= factor.item()
    return x


# %% wrong: square in loop until | numbers differ
def scale(x, factor):
    for i in range(int(factor)):
        x += x
    return x


# %% wrong: repeated addition to the copy | numbers differ
def scale(x, factor):
    start = x
    for i in range(int(factor) - 1):
        x += start
    return x


# %% wrong: product thrown away | Nothing changed: not the caller's tensor, and not what you returned.
def scale(x, factor):
    x * factor
    return x


# %% wrong: mul without underscore, thrown away | Nothing changed: not the caller's tensor, and not what you returned.
def scale(x, factor):
    x.mul(factor)
    return x


# %% wrong: fill_ factor | You wrote `factor` over every element: multiply by it, with `mul_` or `*=`.
def scale(x, factor):
    return x.fill_(factor)


# %% wrong: loop rebinding | Nothing changed: not the caller's tensor, and not what you returned.
def scale(x, factor):
    for value in x:
        value = value * factor
    return x


# %% right: multiply_ and alias
def scale(x, factor):
    y = x
    y.multiply_(factor)
    return x


# %% right: div by inverse
def scale(x, factor):
    x -= x * (1 - factor)
    return x
