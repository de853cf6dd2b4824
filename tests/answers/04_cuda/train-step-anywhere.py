# %% right: all moved
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% right: weights like the prediction, gradients cleared afterwards
import torch
from torch.nn import functional as F


def train_on(model, batches, learning_rate, device):
    model = model.to(device)
    parameters = list(model.parameters())
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    history = []
    for batch in batches:
        inputs, target = (tensor.to(device, non_blocking=True) for tensor in batch)
        prediction = model(inputs)
        weights = torch.linspace(1, 2, prediction.numel()).to(prediction)
        loss = torch.mean(weights * F.mse_loss(prediction, target, reduction="none"))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=False)
        history.append(float(loss))
    return history


# %% right: by the default device
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)

    def step(x, y):
        with torch.device(device):
            w = torch.linspace(1, 2, x.shape[0])
        opt.zero_grad()
        loss = w.dot((model(x) - y).square()) / len(y)
        loss.backward()
        opt.step()
        return loss.detach().cpu().item()

    return [step(x.to(device), y.to(device)) for x, y in batches]


# %% right: the optimizer before the move, all batches moved first
import torch


def train_on(model, batches, learning_rate, device):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for parameter in model.parameters():
        parameter.data = parameter.data.to(device)
    moved = [[t.to(device) for t in pair] for pair in batches]
    losses = []
    for x, y in moved:
        n = y.size(0)
        weights = 1 + torch.arange(n, device=x.device) / max(n - 1, 1)
        loss = ((model(x) - y).pow(2) * weights).sum() / n
        model.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        losses += [loss.item()]
    return losses


# %% right: the whole program's default device
import torch


def train_on(model, batches, learning_rate, device):
    torch.set_default_device(device)
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = (torch.linspace(1, 2, len(x)) * (model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    torch.set_default_device("cpu")
    return losses


# %% right: weights by new_tensor
import torch


def train_on(model, batches, learning_rate, device):
    net = model.to(device)
    sgd = torch.optim.SGD(net.parameters(), learning_rate)
    out = []
    for xb, yb in batches:
        xb = xb.to(device)
        yb = yb.to(device)
        w = yb.new_tensor([1 + i / max(len(yb) - 1, 1) for i in range(len(yb))])
        sgd.zero_grad()
        err = net(xb) - yb
        loss = (w * err * err).sum() / len(yb)
        loss.backward()
        sgd.step()
        out.append(loss.cpu().item())
    return out


# %% right: the update by hand
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        grads = torch.autograd.grad(loss, list(model.parameters()))
        with torch.no_grad():
            for p, g in zip(model.parameters(), grads):
                p -= learning_rate * g
        losses.append(float(loss.detach()))
    return losses


# %% right: losses stacked on the device
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        with torch.device(device):
            weights = torch.linspace(1, 2, len(x))
        loss = (weights * (model(x.to(device)) - y.to(device)) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.detach())
    return torch.stack(losses).tolist()


# %% right: the loss once more, under no_grad
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        p = model(x)
        w = torch.linspace(1, 2, len(p)).to(p.device)
        opt.zero_grad()
        (w * (p - y).pow(2)).mean().backward()
        with torch.no_grad():
            L.append(float((w * (p - y).pow(2)).mean().cpu().numpy()))
        opt.step()
    return L


# %% right: a function for the weights
import torch


def weights_for(t):
    n = t.shape[0]
    return torch.ones_like(t) if n == 1 else 1 + torch.arange(n, device=t.device) / (n - 1)


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD([{"params": model.parameters()}], lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        opt.zero_grad()
        loss = torch.dot(weights_for(y), (model(x) - y) ** 2) / len(y)
        torch.autograd.backward([loss])
        opt.step()
        losses.append(loss.item())
    return losses


# %% wrong: forgot the model | The model was not on
import torch


def train_on(model, batches, learning_rate, device):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: forgot the input | `x` of the batch was not on
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        y = y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: forgot the target | `y` of the batch was not on
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x = x.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: weights on the CPU | A tensor that you made in the function
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x))
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: result of to thrown away | `x` of the batch was not on
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x.to(device)
        y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: only the model moved, the target in the loss function | `x.to(device)` *returns* the tensor
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: nothing moves: all on the CPU | and that is where it was trained
import torch


def train_on(model, batches, learning_rate, device):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        weights = torch.linspace(1, 2, len(x))
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: hard-coded cuda | the parameter `device`
import torch


def train_on(model, batches, learning_rate, device):
    model.to("cuda")
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to("cuda"), y.to("cuda")
        weights = torch.linspace(1, 2, len(x), device="cuda")
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: picks a device by itself | the argument `device` decides
import torch


def train_on(model, batches, learning_rate, device):
    device = torch.accelerator.current_accelerator()
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: brought back at the end | leave it where it was trained
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.cpu()
    return losses


# %% wrong: tensors in the list | A log needs numbers
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses


# %% wrong: tensors with their graphs | with their graphs
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses


# %% wrong: no zero_grad | `backward()` *adds* to them
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: no step | `step()` did not reach its weights
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
    return losses


# %% wrong: loss on the CPU | The loss was computed on cpu
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x = x.to(device)
        weights = torch.linspace(1, 2, len(x))
        loss = (weights * (model(x).cpu() - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: a copy is trained | you trained a copy
import torch


def train_on(model, batches, learning_rate, device):
    import copy

    model = copy.deepcopy(model).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: writes into the caller's list | The batches of the caller
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    if isinstance(batches, list):
        for i, (x, y) in enumerate(batches):
            batches[i] = (x.to(device), y.to(device))
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: only the last loss | a list with one loss for each batch
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses[-1]


# %% wrong: return in the loop | 1 loss for 4 batches
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        return losses


# %% wrong: no weights | All rows count the same
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: weights squared | The weights were squared as well
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = ((weights * (model(x) - y)) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: weights made once | N is the length of *this* batch
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    weights = torch.linspace(1, 2, 4, device=device)
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: sum for mean | the mean is asked
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: losses after the step | *after* each step
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append((weights * (model(x) - y) ** 2).mean().item())
    return losses


# %% wrong: another learning rate | look at the update
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: Adam | `torch.optim.SGD` is asked
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: no return | returned None
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())


# %% wrong: weights as a leaf that stayed | A tensor that you made in the function
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x))
        weights.to(device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: NumPy arrays in the list | The list holds ndarray
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.detach().cpu().numpy())
    return L


# %% wrong: back to the CPU for each step | leave it where it was trained
import torch


def train_on(model, batches, learning_rate, device):
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        model.to(device)
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        model.to("cpu")
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: the prediction on the CPU | The prediction was not on
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        p = model(x).cpu()
        loss = (torch.linspace(1, 2, len(x), device=device) * (p - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: skips the last batch | 3 losses for 4 batches
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in list(batches)[:-1]:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: a detached prediction | left the graph
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x).detach() - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: with momentum | a momentum of 0.9
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: weights 1, 2, 3, ... | look at the formula of the loss
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.arange(1, len(x) + 1, device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: the caller's tensors moved by .data | The batches of the caller
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x.data = x.data.to(device)
        y.data = y.data.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: a generator | returned a generator
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        yield loss.item()


# %% wrong: a running sum | added up from batch to batch
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    s = 0
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        s += loss.item()
        L.append(s)
    return L


# %% wrong: step before backward | came between the forward pass and its `backward()`
import torch


def train_on(model, batches, learning_rate, device):
    model.to(device)
    opt = torch.optim.SGD(model.parameters(), lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.step()
        opt.zero_grad()
        loss.backward()
        L.append(loss.item())
    return L


# %% wrong: the parameters moved one by one | move the *model*
import torch


def train_on(model, batches, learning_rate, device):
    parameters = [p.to(device) for p in model.parameters()]
    opt = torch.optim.SGD(parameters, lr=learning_rate)
    L = []
    for x, y in batches:
        x = x.to(device)
        y = y.to(device)
        loss = (torch.linspace(1, 2, len(x), device=device) * (model(x) - y) ** 2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        L.append(loss.item())
    return L


# %% wrong: a default device that stays | every tensor of the whole program
import torch


def train_on(model, batches, learning_rate, device):
    torch.set_default_device(device)
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = x.to(device), y.to(device)
        weights = torch.linspace(1, 2, len(x))
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% right: the default device is put back
import torch


def train_on(model, batches, learning_rate, device):
    before = torch.get_default_device()
    torch.set_default_device(device)
    try:
        model.to(device)
        optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
        losses = []
        for x, y in batches:
            optimizer.zero_grad()
            loss = (torch.linspace(1, 2, len(x)) * (model(x.to(device)) - y.to(device)) ** 2).mean()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    finally:
        torch.set_default_device(before)
    return losses


# %% wrong: all on the CPU, and the model moved at the end | the model was moved to
import torch


def train_on(model, batches, learning_rate, device):
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        loss = (torch.linspace(1, 2, len(x)) * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    model.to(device)
    return losses


# %% wrong: the target as a column | met the target as a column
from torch import nn


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = (x.to(device), y.to(device).unsqueeze(1))
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% wrong: cleared between backward and step | or found no gradients there
from torch import nn


def train_on(model, batches, learning_rate, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    losses = []
    for x, y in batches:
        x, y = (x.to(device), y.to(device))
        weights = torch.linspace(1, 2, len(x), device=device)
        loss = (weights * (model(x) - y) ** 2).mean()
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses
