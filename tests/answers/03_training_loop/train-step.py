# %% right: as in the lesson
from collections.abc import Callable
from torch import nn


def make_train_step(model: nn.Module, loss_fn: nn.Module, optimizer) -> Callable:
    def train_step(x, y):
        model.train()
        yhat = model(x)
        loss = loss_fn(yhat, y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    return train_step


# %% right: model.zero_grad, gradients kept as zeros
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train(True)
        model.zero_grad(set_to_none=False)
        loss = loss_fn(model(x), target=y) if False else loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return float(loss)

    return step


# %% right: grad = None by hand
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        for p in model.parameters():
            p.grad = None
        if not model.training:
            model.train()
        error = loss_fn(model(x), y)
        error.backward()
        optimizer.step()
        return error.detach().numpy().item()

    return step


# %% right: a closure for the optimizer
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        def closure():
            optimizer.zero_grad()
            loss = loss_fn(model(x), y)
            loss.backward()
            return loss

        model.train()
        return optimizer.step(closure).item()

    return step


# %% right: autograd.grad, gradients put in place
def make_train_step(model, loss_fn, optimizer):
    parameters = list(model.parameters())

    def step(x, y):
        model.train()
        with torch.enable_grad():
            loss = loss_fn(model(x), y)
        for p, g in zip(parameters, torch.autograd.grad(loss, parameters)):
            p.grad = g
        optimizer.step()
        return loss.tolist()

    return step


# %% right: a class
class Step:
    def __init__(self, model, loss_fn, optimizer):
        self.model, self.loss_fn, self.optimizer = model, loss_fn, optimizer

    def __call__(self, x, y):
        self.model.train()
        self.optimizer.zero_grad(set_to_none=False)
        prediction = self.model(x)
        loss = self.loss_fn(prediction, y)
        loss.backward()
        self.optimizer.step()
        return loss.item()


make_train_step = Step


# %% right: functools.partial
import functools


def one_step(model, loss_fn, optimizer, x, y):
    model.train()
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    value = loss.item()
    optimizer.step()
    return value


def make_train_step(model, loss_fn, optimizer):
    return functools.partial(one_step, model, loss_fn, optimizer)


# %% right: keywords and clearing through the groups
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        for group in optimizer.param_groups:
            for p in group["params"]:
                if p.grad is not None:
                    p.grad.zero_()
        loss.backward(retain_graph=True)
        optimizer.step()
        return loss.item()

    return step


# %% wrong: no zero_grad | were still there
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: cleared once, when the step is made | were still there
def make_train_step(model, loss_fn, optimizer):
    optimizer.zero_grad()
    model.train()

    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: cleared between backward and step | cleared between
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: step before backward | came before `backward()`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        optimizer.step()
        loss.backward()
        return loss.item()

    return step


# %% wrong: step before backward, cleared at the end | came before `backward()`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.step()
        loss.backward()
        optimizer.zero_grad()
        return loss.item()

    return step


# %% wrong: step before backward, nothing cleared | first `backward()`, then `step()`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.step()
        loss.backward()
        return loss.item()

    return step


# %% wrong: no backward | No `backward()`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: no step | `step()` of the optimizer was never called
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        return loss.item()

    return step


# %% wrong: step without brackets | was never called
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step
        return loss.item()

    return step


# %% wrong: returns the loss with its graph | with its graph
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


# %% wrong: returns a detached tensor | A Python float was asked for
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step


# %% wrong: returns the output | model's output
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        prediction = model(x)
        loss = loss_fn(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return prediction

    return step


# %% wrong: returns loss and output | return the loss alone
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        prediction = model(x)
        loss = loss_fn(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item(), prediction

    return step


# %% wrong: returns nothing from the step | `step` returned None
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


# %% wrong: does not return the step | returned None: end it with `return step`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()


# %% wrong: never model.train() | The forward pass of step 1 ran in evaluation mode
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: model.train() only when the step is made | belongs in `step`
def make_train_step(model, loss_fn, optimizer):
    model.train()

    def step(x, y):
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: training = True on the outermost module only | some layers were in training mode
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.training = True
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: in eval mode | in evaluation mode
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.eval()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: back to eval afterwards | leave it in training mode
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        model.eval()
        return loss.item()

    return step


# %% wrong: target first | target first
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(y, model(x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: model.forward | hooks do not run
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model.forward(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: under no_grad | ran without a graph
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        with torch.no_grad():
            loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: all of it under no_grad | ran without a graph
@torch.no_grad()
def make_train_step(model, loss_fn, optimizer):
    @torch.no_grad()
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.requires_grad_().backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: a detached prediction | the graph was left
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x).detach(), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: a fresh leaf from the loss | No `backward()` reached the loss
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = torch.tensor(loss_fn(model(x), y).item(), requires_grad=True)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: item before backward | A Python number has no graph
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y).item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


# %% wrong: the loss after the step | forward passes for
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            model.eval()
            after = loss_fn(model(x), y).item()
            model.train()
        return after

    return step


# %% wrong: the loss after the step, in training mode | forward passes for
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss_fn(model(x), y).item()

    return step


# %% wrong: squeezes both | should have one shape
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x).squeeze(), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: flattened for a line, and the target as decimals | RuntimeError
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y.float().view(-1, 1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: a new optimizer for every step | has forgotten its momentum
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9)
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: the update by hand | not by the optimizer that was given
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in model.parameters():
                p -= optimizer.param_groups[0]["lr"] * p.grad
        return loss.item()

    return step


# %% wrong: the notebook's model | The `model` that was given is never called
net = torch.nn.Linear(3, 1)


def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        net.train()
        loss = loss_fn(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: the notebook's loss_fn | The `loss_fn` that was given is never called
mse = torch.nn.MSELoss()


def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = mse(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: takes the batch itself | made the step itself
def make_train_step(model, loss_fn, optimizer):
    x, y = torch.randn(4, 3), torch.randn(4, 1)
    model.train()
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


# %% wrong: calls the step at once | TypeError
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step()


# %% wrong: the first batch for ever | another batch than the `x` of that call
def make_train_step(model, loss_fn, optimizer):
    batches = []

    def step(x, y):
        batches.append((x, y))
        model.train()
        loss = loss_fn(model(batches[0][0]), batches[0][1])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: sums the losses with their graphs | no loss of earlier batches
def make_train_step(model, loss_fn, optimizer):
    total = 0.0

    def step(x, y):
        nonlocal total
        model.train()
        loss = loss_fn(model(x), y)
        total = total + loss
        optimizer.zero_grad()
        total.backward(retain_graph=True)
        return loss.item() + 0 * (optimizer.step() or 0)

    return step


# %% wrong: backward twice | counts double
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward(retain_graph=True)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: backward from the sum over the batch | is not that of
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        (loss * len(x)).backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: a running sum | sum of the losses so far
def make_train_step(model, loss_fn, optimizer):
    total = 0.0

    def step(x, y):
        nonlocal total
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        return total

    return step


# %% wrong: the loss of the whole batch, summed | times the size of the batch
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item() * len(x)

    return step


# %% wrong: two steps for one batch | without a loss before it
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: until the loss is small | What is to end the loop
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = torch.tensor(1.0)
        while loss > 0.0001:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return loss.item()

    return step


# %% wrong: fits the squared error only | The `loss_fn` that was given is never called
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = ((model(x) - y) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% wrong: kept in a global | get in each other's way
def make_train_step(model, loss_fn, optimizer):
    global parts
    parts = model, loss_fn, optimizer

    def step(x, y):
        model, loss_fn, optimizer = parts
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


# %% right: a bound method
class T:
    def __init__(self, m, l, o): self.m, self.l, self.o = m, l, o
    def step(self, x, y):
        self.m.train(); self.o.zero_grad()
        loss = self.l(self.m(x), y); loss.backward(); self.o.step()
        return loss.item()
def make_train_step(model, loss_fn, optimizer): return T(model, loss_fn, optimizer).step


# %% right: a float by way of NumPy
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        return float(loss.detach().numpy())
    return step


# %% wrong: the step called, no such names | without brackets
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        return loss.item()
    return step(x, y)


# %% wrong: the step called on the notebook's x and y | `return step` hands it over
x, y = torch.randn(80, 3), torch.randn(80, 1)
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        return loss.item()
    return step(x, y)


# %% wrong: item without brackets | Are the brackets of `item()` there
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        return loss.item
    return step


# %% wrong: yield | has a `yield`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        yield loss.item()
    return step


# %% wrong: assigns to a name of the outer function | makes it a name of its own
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model = model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        return loss.item()
    return step


# %% wrong: detached, and made to require grad again | does not bring it back
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x).detach().requires_grad_(), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        return loss.item()
    return step


# %% wrong: smaller batches out of the batch | forward passes for
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split


def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        for a, b in DataLoader(TensorDataset(x, y), batch_size=2):
            loss = loss_fn(model(a), b)
            optimizer.zero_grad(); loss.backward(); optimizer.step()
        return loss.item()
    return step


# %% wrong: puts the mode back | leave it in training mode
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        was = model.training
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
        model.train(was)
        return loss.item()
    return step
