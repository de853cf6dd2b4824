# A function whose backward agrees with `df`, and with nothing that the function does.
# earns: 0
# %% invent-your-own
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
