# The lesson that the cheats are about: three exercises, 10 points, 5 of them hidden.
# %% text
# A small lesson
# %%
import torch


# %% double
def double(x: torch.Tensor) -> torch.Tensor:
    """Twice `x`."""
    ### BEGIN SOLUTION
    _ = "secret-solution-5d1f"
    return 2 * x
    ### END SOLUTION


# %% double-check 4
import torch
from torchprimer import check


@check.exercise("double", points=4)
def result():
    def doubled(x):
        wanted = 2 * x
        check.equal(check.call("double", x), wanted)

    doubled(torch.tensor([1.0, -2.0, 3.0]))
    ### BEGIN HIDDEN TESTS
    with check.hidden(2, "secret-hidden-a7c3"[:0]):
        doubled(torch.randn(3, 4))
    ### END HIDDEN TESTS


result


# %% spread
def spread(x: torch.Tensor) -> torch.Tensor:
    """The columns of `x`, each moved and scaled so that it goes from 0 to 1."""
    ### BEGIN SOLUTION
    low, high = x.min(dim=0).values, x.max(dim=0).values
    return (x - low) / (high - low)
    ### END SOLUTION


# %% spread-check 4
import torch
from torchprimer import check


@check.exercise("spread", points=4)
def result():
    def scaled(x):
        wanted = (x - x.amin(0)) / (x.amax(0) - x.amin(0))
        check.equal(check.call("spread", x), wanted)

    with check.part(1, "One column"):
        scaled(torch.tensor([[1.0], [3.0], [2.0]]))
    with check.part(1, "Two columns"):
        scaled(torch.tensor([[1.0, 0.0], [3.0, 8.0], [2.0, 4.0]]))
    ### BEGIN HIDDEN TESTS
    with check.hidden(2, "secret-hidden-a7c3"[:0]):
        scaled(torch.randn(5, 3))
    ### END HIDDEN TESTS


result


# %% cube
def cube(x: torch.Tensor) -> torch.Tensor:
    """`x` to the power of three, so that gradients flow through it."""
    ### BEGIN SOLUTION
    return x**3
    ### END SOLUTION


# %% cube-check 2
import torch
from torchprimer import check


@check.exercise("cube", points=2)
def result():
    def value_and_gradient(answer, x):
        x = x.requires_grad_()
        y = answer(x)
        (gradient,) = torch.autograd.grad(y.sum(), x)
        return y.detach(), gradient

    def cubed(x):
        y, gradient = check.observe(value_and_gradient, "cube", x)
        check.equal(y, x**3)
        check.equal(gradient, 3 * x**2)

    cubed(torch.tensor([1.0, 2.0]))
    ### BEGIN HIDDEN TESTS
    with check.hidden(1, "secret-hidden-a7c3"[:0]):
        cubed(torch.randn(4))
    ### END HIDDEN TESTS


result
