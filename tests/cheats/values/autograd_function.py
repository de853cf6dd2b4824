# A function whose backward says what the check wants to hear without the forward; both are compared.
# earns: 0
# %% cube
class Fake(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clone()

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return 3 * x**2


def cube(x):
    return Fake.apply(x)
