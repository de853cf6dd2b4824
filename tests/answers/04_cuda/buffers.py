# %% right: two buffers
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% right: nn.Buffer
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Buffer(mean.clone())
        self.std = nn.Buffer(std.clone())

    def forward(self, x):
        return x.sub(self.mean).div(self.std)


# %% right: in a loop, with the old form of super
import torch


class Standardize(torch.nn.Module):
    def __init__(self, mean, std):
        super(Standardize, self).__init__()
        for name, value in {"std": std, "mean": mean}.items():
            self.register_buffer(name, value.detach().clone(), persistent=True)

    def forward(self, x):
        return torch.div(torch.sub(x, self.mean), self.std)


# %% right: declared first, filled afterwards
import torch


class Standardize(torch.nn.Module):
    def __init__(self, mean, std):
        torch.nn.Module.__init__(self)
        self.register_buffer("mean", None)
        self.register_buffer("std", None)
        self.mean = torch.as_tensor(mean)
        self.std = torch.as_tensor(std)

    def forward(self, x):
        mean, std = self.get_buffer("mean"), self.get_buffer("std")
        return (x - mean.unsqueeze(0)) / std.unsqueeze(0)


# %% right: by the function for batch normalisation
import torch
from torch.nn import functional as F


class Standardize(torch.nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return F.batch_norm(x, self.mean, self.std**2, training=False, eps=0.0)


# %% right: a base class keeps the constants
from torch import nn


class Constants(nn.Module):
    def __init__(self, **values):
        super().__init__()
        for name, value in values.items():
            self.register_buffer(name, value)


class Standardize(Constants):
    def __init__(self, mean, std):
        super().__init__(mean=mean, std=std)

    def forward(self, x):
        return (x - self._buffers["mean"]) * (1 / self._buffers["std"])


# %% right: row by row
import torch


class Standardize(torch.nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return torch.stack([(row - self.mean) / self.std for row in x])


# %% right: the constants as rows
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean[None, :]) / self.std[None, :]


# %% right: asked from its own state_dict
import torch


class Standardize(torch.nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", torch.empty_like(mean))
        self.register_buffer("std", torch.empty_like(std))
        self.mean.copy_(mean)
        self.std.copy_(std)

    def forward(self, x):
        return (x - self.state_dict()["mean"]) / self.state_dict()["std"]


# %% right: in place on a copy
import torch


class Standardize(torch.nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer(name="mean", tensor=torch.tensor(mean.tolist()))
        self.register_buffer(name="std", tensor=torch.tensor(std.tolist()))

    def forward(self, x):
        z = x.clone()
        z -= self.mean
        z /= self.std
        return z


# %% right: the constants in the dtype of x
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        m, s = self.mean.type_as(x), self.std.type_as(x)
        return (x - m) / s


# %% wrong: plain attributes | `mean` and `std` stayed behind on the CPU
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = mean
        self.std = std

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: plain attributes are not saved | `mean` and `std`: a plain attribute
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean, self.std = mean, std

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: one of the two forgotten | `std` stayed behind on the CPU
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.std = std

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: parameters | the optimizer *trains* it
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Parameter(mean)
        self.std = nn.Parameter(std)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: frozen parameters | still in `parameters()`, only without a gradient
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = nn.Parameter(mean, requires_grad=False)
        self.std = nn.Parameter(std, requires_grad=False)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: buffers that are not saved | `persistent=False` leaves it out
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean, persistent=False)
        self.register_buffer("std", std, persistent=False)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: other names | `state_dict()` has "mu", "sigma"
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mu", mean)
        self.register_buffer("sigma", std)

    def forward(self, x):
        return (x - self.mu) / self.sigma


# %% wrong: moved in each forward | `mean` and `std`: a plain attribute
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = mean
        self.std = std

    def forward(self, x):
        return (x - self.mean.to(x.device)) / self.std.to(x.device)


# %% wrong: no super | `super().__init__()`, and do so *first*
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: no super, plain attributes | `super().__init__()`, and do so *first*
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        self.mean = mean
        self.std = std

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: a list of tensors | `constants` stayed behind on the CPU
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.constants = [mean, std]

    def forward(self, x):
        return (x - self.constants[0]) / self.constants[1]


# %% wrong: mean and std of the batch | standardised with its *own* mean and std
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - x.mean(0)) / x.std(0)


# %% wrong: brackets | The brackets are missing
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return x - self.mean / self.std


# %% wrong: as Python numbers | `state_dict()` is empty
import torch
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.numbers = mean.tolist(), std.tolist()

    def forward(self, x):
        mean, std = (torch.tensor(n, device=x.device, dtype=x.dtype) for n in self.numbers)
        return (x - mean) / std


# %% wrong: a method to of its own | It asks no `to` of your own
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = mean
        self.std = std

    def to(self, device):
        self.mean = self.mean.to(device)
        self.std = self.std.to(device)
        return self

    def state_dict(self, *args, **kwargs):
        return {"mean": self.mean, "std": self.std}

    def load_state_dict(self, state):
        self.mean, self.std = state["mean"], state["std"]

    def double(self):
        self.mean, self.std = self.mean.double(), self.std.double()
        return self

    def forward(self, x):
        return (x - self.mean.to(x.device)) / self.std.to(x.device)


# %% wrong: forward brings x to the CPU | the output is on cpu
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x.cpu() - self.mean.cpu()) / self.std.cpu()


# %% wrong: registered as attribute first | the assignment is one too many
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean = mean
        self.std = std
        self.register_buffer("mean", self.mean)
        self.register_buffer("std", self.std)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: a second copy is used | still computes with its old numbers
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)
        self.kept = mean.clone(), std.clone()

    def forward(self, x):
        mean, std = self.kept
        return (x - mean.to(x.device)) / std.to(x.device)


# %% wrong: no return | `forward` returned None
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        (x - self.mean) / self.std


# %% wrong: mean and std swapped | have changed places
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", std)
        self.register_buffer("std", mean)

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: not a module | not derived from `nn.Module`
class Standardize:
    def __init__(self, mean, std):
        self.mean, self.std = mean, std

    def __call__(self, x):
        return (x - self.mean) / self.std


# %% wrong: kept as rows | it has shape (1, 3), given was (3,)
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean[None])
        self.register_buffer("std", std[None])

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: made on the accelerator | Just made from tensors on the CPU
import torch
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        device = torch.accelerator.current_accelerator()
        self.register_buffer("mean", mean.to(device))
        self.register_buffer("std", std.to(device))

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: a ParameterList | the optimizer *trains* it
import torch
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.p = nn.ParameterList([nn.Parameter(mean), nn.Parameter(std)])

    def forward(self, x):
        return (x - self.p[0]) / self.p[1]


# %% wrong: name and tensor swapped | The name comes first, then the tensor
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer(mean, "mean")
        self.register_buffer(std, "std")

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: super last | `mean` and `std`: a plain attribute
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        self.mean = mean
        self.std = std
        super().__init__()

    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: registered in forward | `m` and `s`: a plain attribute
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.m, self.s = mean, std

    def forward(self, x):
        self.register_buffer("mean", self.m.to(x.device))
        self.register_buffer("std", self.s.to(x.device))
        return (x - self.mean) / self.std


# %% wrong: as NumPy arrays | that stands outside the module, is on the CPU
from torch import nn
import torch


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.mean, self.std = mean.numpy(), std.numpy()

    def forward(self, x):
        return (x - torch.from_numpy(self.mean)) / torch.from_numpy(self.std)


# %% wrong: float32 inside | only the digits of float32
from torch import nn
import torch


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x.float() - self.mean) / self.std


# %% wrong: changes x in place | changed the caller's `x`
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        x -= self.mean
        x /= self.std
        return x


# %% wrong: detached | No gradient goes through to `x`
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x.detach() - self.mean) / self.std


# %% wrong: forward has another name | The class has no `forward`
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def call(self, x):
        return (x - self.mean) / self.std


# %% wrong: without self | name 'mean' is not defined
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - mean) / std


# %% wrong: only forward is written | `super().__init__()`, and do so *first*
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std): ...
    def forward(self, x):
        return (x - self.mean) / self.std


# %% wrong: a function | is not a class
def Standardize(mean, std):
    return lambda x: (x - mean) / std


# %% wrong: a small number is added to std | Something is added to `std`
import torch
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean) / (self.std + 1e-8)


# %% wrong: a larger number is added to std | (x - mean) / std
import torch
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        eps = 1e-3
        return torch.div(x.sub(self.mean), self.std.add(eps))


# %% right: a std of zero is made a tiny one
import torch
from torch import nn


class Standardize(nn.Module):
    def __init__(self, mean, std):
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("std", std)

    def forward(self, x):
        return (x - self.mean) / self.std.clamp(min=1e-8)
