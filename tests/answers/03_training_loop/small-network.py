# %% right: names for the layers
from collections import OrderedDict

from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(
        OrderedDict(first=nn.Linear(inputs, hidden), activation=nn.ReLU(), second=nn.Linear(hidden, outputs))
    )


# %% right: a module of its own, second layer made first
from torch import nn


class Network(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.second = nn.Linear(hidden, outputs)
        self.first = nn.Linear(inputs, hidden)

    def forward(self, x):
        return self.second(self.first(x).clamp(min=0))


def small_network(inputs, hidden, outputs):
    return Network(inputs, hidden, outputs)


# %% right: appended, in place
import torch.nn as nn


def small_network(inputs, hidden, outputs):
    model = nn.Sequential()
    sizes = [inputs, hidden, outputs]
    for number in range(2):
        if number:
            model.append(nn.ReLU(inplace=True))
        model.append(nn.Linear(sizes[number], sizes[number + 1]))
    return model


# %% right: nested
from torch import nn


def small_network(inputs, hidden, outputs):
    body = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU())
    return nn.Sequential(body, nn.Linear(hidden, outputs))


# %% wrong: ReLU at the end too | There is a ReLU at the end
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs), nn.ReLU())


# %% wrong: ReLU at the end only | at the end instead of between
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Linear(hidden, outputs), nn.ReLU())


# %% wrong: no activation | There is no ReLU between the layers
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Linear(hidden, outputs))


# %% wrong: softmax | There is a softmax at the end
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs), nn.Softmax(dim=1))


# %% wrong: sigmoid at the end | There is a sigmoid at the end
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs), nn.Sigmoid())


# %% wrong: sigmoid between | is a sigmoid; ReLU was asked
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))


# %% wrong: tanh between | is a tanh; ReLU was asked
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Tanh(), nn.Linear(hidden, outputs))


# %% wrong: leaky | a leaky ReLU
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.LeakyReLU(), nn.Linear(hidden, outputs))


# %% wrong: sizes swapped | The sizes are the other way round
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(hidden, inputs), nn.ReLU(), nn.Linear(outputs, hidden))


# %% wrong: second layer swapped | Are the sizes those of the arguments
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(outputs, hidden))


# %% wrong: the sizes do not meet | enters the second
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(inputs, outputs))


# %% wrong: layers in the wrong order | does not go through
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(hidden, outputs), nn.ReLU(), nn.Linear(inputs, hidden))


# %% wrong: no bias | have no biases
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden, bias=False), nn.ReLU(), nn.Linear(hidden, outputs, bias=False))


# %% wrong: no bias in the second | One of your linear layers has no bias
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs, False))


# %% wrong: the class ReLU | with brackets, makes one
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU, nn.Linear(hidden, outputs))


# %% wrong: the function relu | takes modules only
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), torch.relu, nn.Linear(hidden, outputs))


# %% wrong: ReLU around a layer | There is no ReLU between
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Identity(), nn.Linear(hidden, outputs))


# %% wrong: one layer used twice | the same layer stands there twice
from torch import nn


def small_network(inputs, hidden, outputs):
    layer = nn.Linear(inputs, hidden)
    return nn.Sequential(layer, nn.ReLU(), layer)


# %% wrong: one layer | the second is missing
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Linear(inputs, outputs)


# %% wrong: three layers | 3 linear layers
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(
        nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, outputs)
    )


# %% wrong: a plain function | it has no `parameters()`
from torch import nn


def small_network(inputs, hidden, outputs):
    first, second = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)

    def forward(x):
        return second(torch.relu(first(x)))

    return forward


# %% wrong: a list | `nn.Sequential` makes one model of them
from torch import nn


def small_network(inputs, hidden, outputs):
    return [nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs)]


# %% wrong: a class | brackets after it make a model
from torch import nn


def small_network(inputs, hidden, outputs):
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))

        def forward(self, x):
            return self.layers(x)

    return Network


# %% wrong: sizes of the example | Are the sizes those of the arguments
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(3, 5), nn.ReLU(), nn.Linear(5, 2))


# %% wrong: layers in a list, not registered | no parameters
from torch import nn


class Network(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.layers = [nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def small_network(inputs, hidden, outputs):
    return Network(inputs, hidden, outputs)


# %% wrong: ModuleList without forward | Is there a `forward`
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.ModuleList([nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs)])


# %% wrong: a list in Sequential | takes modules only
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential([nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs)])


# %% wrong: layers called on each other | called a layer on something that is no tensor
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Linear(hidden, outputs)(nn.ReLU()(nn.Linear(inputs, hidden)))


# %% wrong: dropout | such as dropout
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Dropout(0.5), nn.Linear(hidden, outputs))


# %% wrong: the same model again | the same one twice
from torch import nn

made = {}


def small_network(inputs, hidden, outputs):
    key = inputs, hidden, outputs
    if key not in made:
        made[key] = nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))
    return made[key]


# %% wrong: no return | returned None
from torch import nn


def small_network(inputs, hidden, outputs):
    nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs))


# %% right: a class and relu
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, i, h, o):
        super().__init__()
        self.a = nn.Linear(i, h)
        self.b = nn.Linear(h, o)
    def forward(self, x):
        return self.b(F.relu(self.a(x)))
def small_network(inputs, hidden, outputs):
    return Net(inputs, hidden, outputs)


# %% right: an Identity at the end
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, outputs), nn.Identity())


# %% wrong: ReLU6 | numbers differ
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU6(), nn.Linear(hidden, outputs))


# %% wrong: BatchNorm between | such as BatchNorm
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, outputs))


# %% wrong: ReLU first | stands before the first layer
from torch import nn


def small_network(inputs, hidden, outputs):
    return nn.Sequential(nn.ReLU(), nn.Linear(inputs, hidden), nn.Linear(hidden, outputs))
