# %% right: shape ()
from torch import nn


class Line(nn.Module):
    def __init__(self, w=0.0, b=0.0):
        super().__init__()
        self.b = nn.Parameter(torch.tensor(b))
        self.w = nn.Parameter(torch.tensor(w))

    def forward(self, x):
        return x * self.w + self.b


# %% right: register_parameter, a matrix
import torch.nn as nn


class Line(nn.Module):
    def __init__(self, w=0.0, b=0.0):
        nn.Module.__init__(self)
        self.register_parameter("w", nn.Parameter(torch.zeros(1, 1)))
        self.register_parameter("b", nn.Parameter(torch.zeros(1)))
        with torch.no_grad():
            self.w += w
            self.b += b

    def forward(self, x):
        return torch.addmm(self.b, x, self.w)


# %% right: with a helper
class Line(torch.nn.Module):
    def __init__(self, *values, **named):
        super(Line, self).__init__()
        given = dict(zip(("w", "b"), values)) | named
        for name in ("w", "b"):
            setattr(self, name, torch.nn.Parameter(torch.full((1,), given.get(name, 0.0))))

    def slope_part(self, x):
        return torch.mul(self.w, x)

    def forward(self, inputs):
        return self.slope_part(inputs).add(self.b)


# %% wrong: plain tensors | a plain tensor is not noticed
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.zeros(1)
        self.b = torch.zeros(1)

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: plain tensors that require grad | `requires_grad` alone does not make a parameter
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.zeros(1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: no super().__init__() | `nn.Module` was not set up
from torch import nn


class Line(nn.Module):
    def __init__(self):
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: super().__init__() at the end | do so *first*
from torch import nn


class Line(nn.Module):
    def __init__(self):
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))
        super().__init__()

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: plain tensors and no super | `nn.Module` was not set up
from torch import nn


class Line(nn.Module):
    def __init__(self):
        self.w = torch.zeros(1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: parameters made in forward | until the model is called
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, x):
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))
        return self.w * x + self.b


# %% wrong: parameters made again in forward | the optimizer still has the old
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))
        return self.w * x + self.b


# %% wrong: parameters copied in forward | the optimizer still has the old
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        self.w = nn.Parameter(self.w.detach().clone())
        self.b = nn.Parameter(self.b.detach().clone())
        return self.w * x + self.b


# %% wrong: detach in forward | cuts the graph
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return (self.w * x + self.b).detach()


# %% wrong: no_grad in forward | nothing can be learned
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    @torch.no_grad()
    def forward(self, x):
        return self.w * x + self.b


# %% wrong: item in forward | No gradient reaches `w` and `b`
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w.item() * x + self.b


# %% wrong: x rebuilt in forward | No gradient goes through to the input
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        x = torch.tensor(x.tolist(), dtype=x.dtype)
        return self.w * x + self.b


# %% wrong: x.data | No gradient goes through to the input
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x.data + self.b


# %% wrong: a vector returned | A column in, a column out
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return (self.w * x + self.b).squeeze(1)


# %% wrong: parameters of the class | belong to the *class*
from torch import nn


class Line(nn.Module):
    w = nn.Parameter(torch.zeros(1))
    b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: shared by all models | one and the same parameter
from torch import nn

w, b = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.b = w, b

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: __call__ | You defined `__call__` yourself
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def __call__(self, x):
        return self.w * x + self.b


# %% wrong: no forward | has no `forward`
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def foward(self, x):
        return self.w * x + self.b


# %% wrong: other names | `w` and `b` were expected
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.weight * x + self.bias


# %% wrong: nn.Linear inside | `layer.weight`
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(1, 1)

    def forward(self, x):
        return self.layer(x)


# %% wrong: buffers | You registered buffers
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("w", torch.zeros(1))
        self.register_buffer("b", torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: only w is a parameter | The parameters are called `w`;
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = torch.zeros(1)

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: frozen | requires no grad
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1), requires_grad=False)
        self.b = nn.Parameter(torch.zeros(1), requires_grad=False)

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: random start | 0 was asked
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.randn(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: swapped | have changed places
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.b * x + self.w


# %% wrong: no intercept | `b` is not added
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x


# %% wrong: one weight for each sample | whatever N is
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(4, 1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: self forgotten | not there
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        w = nn.Parameter(torch.zeros(1))
        b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: no Module | not derived from `nn.Module`
class Line:
    def __init__(self):
        self.w = torch.zeros(1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: forward returns nothing | Is there a `return`
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        self.w * x + self.b


# %% wrong: forward without x | its arguments are `self` and `x`
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self):
        return self.w + self.b


# %% wrong: an instance instead of the class | `Line` is not a class
from torch import nn


class _Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


Line = _Line()


# %% wrong: a third parameter | `w` and `b` were expected
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))
        self.c = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: forward not written | `forward` returned None
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        ...


# %% wrong: local tensors in forward | made anew in each call
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        w, b = nn.Parameter(torch.zeros(1)), nn.Parameter(torch.zeros(1))
        return w * x + b


# %% wrong: starting values ignored | starts at 0
from torch import nn


class Line(nn.Module):
    def __init__(self, w=0.0, b=0.0):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: no starting values taken | takes the two starting values
from torch import nn


class Line(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: starting values without a default | raised TypeError
from torch import nn


class Line(nn.Module):
    def __init__(self, w, b):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([w]))
        self.b = nn.Parameter(torch.tensor([b]))

    def forward(self, x):
        return self.w * x + self.b


# %% wrong: a Python number on self | `model.parameters()` is empty
from torch import nn


class Line(nn.Module):
    def __init__(self, w=0.0, b=0.0):
        super().__init__()
        self.w = w
        self.b = b

    def forward(self, x):
        return self.w * x + self.b


# %% right: filled afterwards
from torch import nn


class Line(nn.Module):
    def __init__(self, w=0.0, b=0.0):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([w]))
        self.b = nn.Parameter(torch.tensor([b]))
        nn.init.constant_(self.w, w)
    def forward(self, x):
        return self.w * x + self.b


# %% right: None as the default
from torch import nn


class Line(nn.Module):
    def __init__(self, w=None, b=None):
        super().__init__()
        w, b = w or 0.0, b or 0.0
        self.w = nn.Parameter(torch.tensor([w]))
        self.b = nn.Parameter(torch.tensor([b]))
    def forward(self, x):
        return self.w * x + self.b


# %% wrong: b before w | starts at -2
from torch import nn


class Line(nn.Module):
    def __init__(self, b=0.0, w=0.0):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([w]))
        self.b = nn.Parameter(torch.tensor([b]))
    def forward(self, x):
        return self.w * x + self.b


# %% wrong: whole numbers as defaults | holds a whole number
from torch import nn


class Line(nn.Module):
    def __init__(self, w=0, b=0):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([w]))
        self.b = nn.Parameter(torch.tensor([b]))
    def forward(self, x):
        return self.w * x + self.b


# %% wrong: a parameter around a number | goes around a *tensor*
from torch import nn


class Line(nn.Module):
    def __init__(self, w=0.0, b=0.0):
        super().__init__()
        self.w = nn.Parameter(w)
        self.b = nn.Parameter(torch.tensor([b]))
    def forward(self, x):
        return self.w * x + self.b
