# %% right: as in the lesson
def evaluate(model, loss_fn, loader):
    mode = model.training
    model.eval()
    losses, sizes = [], []
    with torch.no_grad():
        for x, y in loader:
            losses.append(loss_fn(model(x), y).item())
            sizes.append(x.shape[0])
    model.train(mode)
    return sum(l * n for l, n in zip(losses, sizes)) / sum(sizes)


# %% right: a decorator, a generator expression
@torch.no_grad()
def evaluate(model, loss_fn, loader):
    before = model.training
    try:
        model.eval()
        return sum(loss_fn(model(x), y).item() * len(y) for x, y in loader) / len(loader.dataset)
    finally:
        model.train(before)


# %% right: inference mode, all predictions joined
def evaluate(model, loss_fn, loader):
    was = model.training
    model.train(False)
    with torch.inference_mode():
        made, right = zip(*[(model(x), y) for x, y in loader])
        value = loss_fn(torch.cat(made), torch.cat(right))
    if was:
        model.train()
    return value.item()


# %% right: a tensor as the sum
def evaluate(model, loss_fn, loader):
    training = model.training
    model.eval()
    total, n = torch.zeros(()), 0
    with torch.no_grad():
        for batch in loader:
            x, y = batch
            total = total + loss_fn(model(x), y) * y.size(0)
            n += y.size(0)
    model.train(training)
    return float(total / n)


# %% right: set_grad_enabled, put back
def evaluate(model, loss_fn, loader):
    grad, training = torch.is_grad_enabled(), model.training
    torch.set_grad_enabled(False)
    model.eval()
    running_mean, seen = 0.0, 0
    for x, y in loader:
        seen += len(x)
        running_mean += (float(loss_fn(model(x), y)) - running_mean) * len(x) / seen
    torch.set_grad_enabled(grad)
    model.train(training)
    return running_mean


# %% right: the whole data set as one batch
def evaluate(model, loss_fn, loader):
    xs, ys = [], []
    for x, y in loader:
        xs += [x]
        ys += [y]
    mode = model.training
    with torch.no_grad():
        loss = loss_fn(model.eval()(torch.cat(xs)), torch.cat(ys))
    model.train(mode)
    return loss.item()


# %% right: every module's mode remembered
def evaluate(model, loss_fn, loader):
    modes = {m: m.training for m in model.modules()}
    model.eval()
    with torch.no_grad():
        parts = torch.tensor([[loss_fn(model(x), y).item() * len(x), len(x)] for x, y in loader], dtype=torch.float64)
    for m, was in modes.items():
        m.training = was
    total, count = parts.sum(0)
    return (total / count).item()


# %% right: functional_call on detached weights
def evaluate(model, loss_fn, loader):
    mode = model.training
    model.eval()
    weights = {k: v.detach() for k, v in model.state_dict().items()}
    total, n = 0.0, 0
    for x, y in loader:
        total += loss_fn(torch.func.functional_call(model, weights, x), y).item() * len(x)
        n += len(x)
    model.train(mode)
    return total / n


# %% right: on a copy of the model
import copy


def evaluate(model, loss_fn, loader):
    twin = copy.deepcopy(model).eval().requires_grad_(False)
    count = len(loader.dataset)
    return sum(float(loss_fn(twin(x), y)) * len(x) / count for x, y in loader)


# %% wrong: plain average of the batches | plain average of the batches' means
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        losses = [loss_fn(model(x), y).item() for x, y in loader]
    model.train(was)
    return sum(losses) / len(losses)


# %% wrong: sum of the means | sum of the batches' means
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(x), y).item() for x, y in loader)
    model.train(was)
    return total


# %% wrong: sum over all samples | divide it by their number
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(x), y).item() * len(x) for x, y in loader)
    model.train(was)
    return total


# %% wrong: weighted, divided by the batches | divided by the number of batches
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(x), y).item() * len(x) for x, y in loader)
    model.train(was)
    return total / len(loader)


# %% wrong: means, divided by the samples | a mean times its size is the sum
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(x), y).item() for x, y in loader)
    model.train(was)
    return total / len(loader.dataset)


# %% wrong: the batch size of the loader for every batch | weight of a full one
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(x), y).item() * loader.batch_size for x, y in loader)
    model.train(was)
    return total / len(loader.dataset)


# %% wrong: the last batch alone | last batch alone
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y).item()
    model.train(was)
    return loss


# %% wrong: returns in the loop | inside the loop
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y).item()
            model.train(was)
            return loss


# %% wrong: left in evaluation mode | left in evaluation mode
def evaluate(model, loss_fn, loader):
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    return total / count


# %% wrong: always back to training | left in training mode
def evaluate(model, loss_fn, loader):
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train()
    return total / count


# %% wrong: remembers the mode too late | left in evaluation mode
def evaluate(model, loss_fn, loader):
    model.eval()
    was = model.training
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: never eval | measured in training mode
def evaluate(model, loss_fn, loader):
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    return total / count


# %% wrong: train and back inside the loop | until the last batch
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
            model.train()
    model.train(was)
    return total / count


# %% wrong: training = False on the outermost module only | sets the outermost only
def evaluate(model, loss_fn, loader):
    was = model.training
    model.training = False
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: forgets no_grad | built a graph
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: no_grad around the loss only | built a graph
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    for x, y in loader:
        prediction = model(x)
        with torch.no_grad():
            total += loss_fn(prediction, y).item() * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: gradients switched off for good | switched off for the whole program
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    torch.set_grad_enabled(False)
    total, count = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: freezes the weights | no longer require a gradient
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    model.requires_grad_(False)
    total, count = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y).item() * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: clears the gradients | are gone
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    model.zero_grad()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: backward in it | built a graph
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item() * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: trains | weights moved between
def evaluate(model, loss_fn, loader):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    was = model.training
    model.eval()
    total, count = 0.0, 0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: target first | The target went first
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(y, model(x)).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: a tensor with its graph | still carries its graph
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y) * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: a tensor | A Python float was asked for
@torch.no_grad()
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    for x, y in loader:
        total += loss_fn(model(x), y) * len(x)
        count += len(x)
    model.train(was)
    return total / count


# %% wrong: a list, one for each batch | a number was expected
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        losses = [loss_fn(model(x), y).item() for x, y in loader]
    model.train(was)
    return losses


# %% wrong: returns nothing | returned None
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(was)
    print(total / count)


# %% wrong: model.forward | hooks do not run
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model.forward(x), y).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: its own squared error | The `loss_fn` that was given is never called
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += ((model(x) - y) ** 2).sum().item()
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: squeezes the prediction | should have one shape
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x).squeeze(), y).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: without the last batch | last batch is missing
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            if len(x) < loader.batch_size:
                break
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: divided inside the loop | the number
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            count += len(x)
            total += loss_fn(model(x), y).item() * len(x) / count
    model.train(was)
    return total


# %% wrong: until it is small | What is to end the loop
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total = 1.0
    with torch.no_grad():
        while total > 0.001:
            total = 0.0
            for x, y in loader:
                total += loss_fn(model(x), y).item() * len(x)
    model.train(was)
    return total


# %% wrong: the notebook's model | never called
net = torch.nn.Sequential(torch.nn.Linear(3, 1))


def evaluate(model, loss_fn, loader):
    was = net.training
    net.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(net(x), y).item() * len(x)
            count += len(x)
    net.train(was)
    return total / count


# %% right: a context manager of its own
import contextlib
@contextlib.contextmanager
def evaluating(m):
    was = m.training
    m.eval()
    try:
        with torch.inference_mode():
            yield
    finally:
        m.train(was)
def evaluate(model, loss_fn, loader):
    total = 0.0
    count = 0
    with evaluating(model):
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    return total / count


# %% right: eval for every batch
def evaluate(model, loss_fn, loader):
    was = model.training
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            model.eval()
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% right: switched off and on again
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total = 0.0
    count = 0
    torch.set_grad_enabled(False)
    if True:
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    torch.set_grad_enabled(True)
    model.train(was)
    return total / count


# %% wrong: the method instead of the mode | `train` is a method
def evaluate(model, loss_fn, loader):
    was = model.train
    model.eval()
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: the sum set back in the loop | set back to 0 inside the loop
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            total = 0.0
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: every batch counted as full | counted every batch as a full one
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.train(was)
    return total / (len(loader) * loader.batch_size)


# %% wrong: training mode, the state put back | measured in training mode
import copy


def evaluate(model, loss_fn, loader):
    was = model.training
    state = copy.deepcopy(model.state_dict())
    total = 0.0
    count = 0
    with torch.no_grad():
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.load_state_dict(state)
    model.train(was)
    return total / count


# %% wrong: no_grad without with | built a graph
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total = 0.0
    count = 0
    torch.no_grad()
    if True:
        for x, y in loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
    model.train(was)
    return total / count


# %% wrong: thaws what was frozen | A weight that was frozen
def evaluate(model, loss_fn, loader):
    was_training = model.training
    model.eval()
    total, count = (0.0, 0)
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    model.train(was_training)
    model.requires_grad_(True)
    return total / count


# %% wrong: divided by the numbers in the targets | the number of *numbers* in the targets
def evaluate(model, loss_fn, loader):
    was_training = model.training
    model.eval()
    total, count = (0.0, 0)
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += y.numel()
    model.train(was_training)
    return total / count


# %% right: fmean with weights
import statistics


def evaluate(model, loss_fn, loader):
    modes = {m: m.training for m in model.modules()}
    try:
        model.eval()
        with torch.inference_mode():
            parts = [(loss_fn(model(x), y).item(), len(y)) for x, y in loader]
    finally:
        for m, t in modes.items():
            m.training = t
    return statistics.fmean([p for p, _ in parts], weights=[n for _, n in parts])
