# %% right: as in the lesson
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(1, epochs + 1):
        model.train()
        running = 0.0
        for x_batch, y_batch in train_loader:
            optimizer.zero_grad()
            prediction = model(x_batch)
            loss = loss_fn(prediction, y_batch)
            loss.backward()
            optimizer.step()
            running += loss.item() * x_batch.size(0)
        history["train"].append(running / len(train_loader.dataset))
        model.eval()
        running = 0.0
        with torch.no_grad():
            for x_batch, y_batch in validation_loader:
                running += loss_fn(model(x_batch), y_batch).item() * x_batch.size(0)
        history["validation"].append(running / len(validation_loader.dataset))
    return history


# %% right: the two earlier answers
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        return loss.item()

    return step


def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    with torch.no_grad():
        total = sum(loss_fn(model(x), y).item() * len(x) for x, y in loader)
    model.train(was)
    return total / len(loader.dataset)


def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    step = make_train_step(model, loss_fn, optimizer)
    train, validation = [], []
    for _ in range(epochs):
        weighted = [(step(x, y) * len(x), len(x)) for x, y in train_loader]
        train.append(sum(w for w, _ in weighted) / sum(n for _, n in weighted))
        validation.append(evaluate(model, loss_fn, validation_loader))
    return {"train": train, "validation": validation}


# %% right: one function for both loops, set_grad_enabled
def run_epoch(model, loss_fn, loader, optimizer=None):
    learning = optimizer is not None
    model.train(learning)
    losses, sizes = [], []
    with torch.set_grad_enabled(learning):
        for x, y in loader:
            loss = loss_fn(model(x), y)
            if learning:
                model.zero_grad()
                loss.backward()
                optimizer.step()
            losses.append(loss.detach())
            sizes.append(len(y))
    return float((torch.stack(losses) * torch.tensor(sizes)).sum() / sum(sizes))


def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for _ in range(epochs):
        history["train"].append(run_epoch(model, loss_fn, train_loader, optimizer))
        history["validation"].append(run_epoch(model, loss_fn, validation_loader))
    return history


# %% right: a closure, a while loop, predictions joined in inference mode, modes put back
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = dict(train=list(), validation=list())
    came = model.training
    while len(history["train"]) < epochs:
        mean, n = 0.0, 0
        model.train()
        for x, y in iter(train_loader):

            def closure():
                for p in model.parameters():
                    p.grad = None
                loss = loss_fn(model(x), y)
                loss.backward()
                return loss

            value = optimizer.step(closure).item()
            n += len(x)
            mean += (value - mean) * len(x) / n
        history["train"] += [mean]
        with torch.inference_mode():
            model.eval()
            pairs = [(model(x), y) for x, y in validation_loader]
            value = loss_fn(torch.cat([p for p, _ in pairs]), torch.cat([y for _, y in pairs]))
        history["validation"] += [value.item()]
    model.train(came)
    return history


# %% right: looks at a batch first, clears at the end, prints
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    x, y = next(iter(train_loader))
    shapes = x.shape, y.shape
    history = {"train": [], "validation": [], "shapes": shapes}
    optimizer.zero_grad(set_to_none=False)
    for epoch in range(epochs):
        sums = torch.zeros(2, dtype=torch.float64)
        model.train()
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
            sums += torch.tensor([loss.item() * len(x), len(x)], dtype=torch.float64)
        history["train"].append((sums[0] / sums[1]).item())
        model.train(False)
        sums = torch.zeros(2, dtype=torch.float64)
        for x, y in validation_loader:
            with torch.no_grad():
                loss = loss_fn(model(x), y)
            sums += torch.tensor([loss.item() * len(x), len(x)], dtype=torch.float64)
        history["validation"].append((sums[0] / sums[1]).item())
        if epoch % 10 == 0:
            print(epoch, history["train"][-1])
    return history


# %% wrong: the last batch's loss for the epoch's | loss of the *last batch* of each epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(loss.item())
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: plain average of the batches | "train": That is the plain average
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
            count += 1
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: sum of the losses | "train": That is the sum of the batches
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
            count += len(x)
        history["train"].append(total)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: sum over the samples | "train": That is the sum over all samples: divide
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: means divided by the samples | "train": You added the batches
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: divided by the number of batches | divided by the number of batches
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / len(train_loader))
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: sum and count never set back | "train": The sum and the count were not set back
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    train_total, train_count = 0.0, 0
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            train_total += loss.item() * len(x)
            train_count += len(x)
        history["train"].append(train_total / train_count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: sum never set back | "train": The sum was not set back
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    train_total = 0.0
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            train_total += loss.item() * len(x)
        history["train"].append(train_total / len(train_loader.dataset))
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: validates in training mode | validated in training mode
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: stays in evaluation mode | From step 4 on you trained in evaluation mode
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    model.train()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: never model.train() | The forward pass of step 1 ran in evaluation mode
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: trains on the validation loader | trained on samples of the validation loader
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        for x, y in validation_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: loaders swapped | trained on samples of the validation loader
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in validation_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in train_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: no zero_grad | gradients of an earlier batch were still there
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: cleared once per epoch | gradients of an earlier batch were still there
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: cleared between backward and step | cleared between
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: step before backward | came before `backward()`
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            optimizer.step()
            loss.backward()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: no backward | No `backward()`
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: no step | `step()` of the optimizer was never called
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: training under no_grad | ran without a graph
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            with torch.no_grad():
                loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: step once per epoch | make a step for each batch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            loss.backward()
            total += loss.item() * len(x)
            count += len(x)
        optimizer.step()
        optimizer.zero_grad()
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: backward and step outside the loop | one step per epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            total += loss.item() * len(x)
            count += len(x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: history of tensors with graphs | "train" holds tensors with their graphs
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: history of tensors | "train" holds tensors. Python floats
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: validation as tensors | "validation" holds tensors. Python floats
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y) * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: validation before the training | measured *before* the epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
    return history


# %% wrong: validation on the training data | measured on the training samples
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in train_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: validation without no_grad | The validation built graphs
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        for x, y in validation_loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: validation as a plain average | "validation": That is the plain average
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item()
                count += 1
        history["validation"].append(total / count)
    return history


# %% wrong: validation: the last batch | "validation": That is the loss of the last batch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total, count = loss_fn(model(x), y).item(), 1
        history["validation"].append(total / count)
    return history


# %% wrong: validation: sum of the means | "validation": That is the sum of the batches
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item()
                count = 1
        history["validation"].append(total / count)
    return history


# %% wrong: validation sum not set back | run on into the validation
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: training loss in both | training loss once more
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        mean = total / count
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(mean)
    return history


# %% wrong: validation once, at the end | "validation" has 1 entries for 4 epochs
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for x, y in validation_loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    history["validation"].append(total / count)
    return history


# %% wrong: only one epoch | That is one epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
        return history


# %% wrong: epochs off by one | last epoch is missing
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(1, epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: one epoch too many | one epoch too many
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs + 1):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: a new optimizer in every epoch | not by the optimizer that was given
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: the optimizer's state forgotten in every epoch | weights at the end are not those
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        optimizer.state.clear()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: starts anew in every epoch | weights at the end are not those
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    start = {k: v.clone() for k, v in model.state_dict().items()}
    for epoch in range(epochs):
        model.load_state_dict(start)
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: only the first batch | one step per epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
            break
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: leaves the small batch out | one batch was left out
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            if len(x) < train_loader.batch_size:
                continue
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: the batches listed once | same batches in the same order
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    batches = list(train_loader)
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in batches:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: slices of the data set | same batches in the same order
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        data, size = train_loader.dataset, train_loader.batch_size
        for start in range(0, len(data), size):
            x, y = data[start : start + size]
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: reseeded in every epoch | same batches in the same order
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        train_loader.generator.manual_seed(0)
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: one batch again and again | met some more than once
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for _ in train_loader:
            x, y = train_loader.dataset[:4]
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: target first | target first
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(y, model(x))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: squeezes the prediction | should have one shape
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x).squeeze(), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: model.forward | hooks do not run
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model.forward(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: training loss after the epoch | measured the training loss *after*
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in train_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["train"].append(total / count)
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: measures again in training mode | more often than once
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: measures again in evaluation mode | `train` holds
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                model.eval()
                total += loss_fn(model(x), y).item() * len(x)
                model.train()
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: one history | dict with the keys
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history["train"]


# %% wrong: a pair of lists | dict with the keys
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history["train"], history["validation"]


# %% wrong: returns nothing | returned None
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    print(history)


# %% wrong: other keys | dict with the keys
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "val": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["val"].append(total / count)
    return history


# %% wrong: a loss for every batch | "train" has 12 entries
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
            history["train"].append(loss.item())
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: until the validation is perfect | What is to end the loop
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    while not history["validation"] or history["validation"][-1] > 0.0001:
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: trains a copy | The `model` that was given is never called
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    import copy

    model = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: backward from the weighted loss | is not that of
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            (loss * len(x)).backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% wrong: the total walked back | no loss of earlier batches
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total, count = 0.0, 0
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            total = total + loss * len(x)
            optimizer.zero_grad()
            total.backward(retain_graph=True)
            optimizer.step()
            count += len(x)
        history["train"].append(total.item() / count)
        model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["validation"].append(total / count)
    return history


# %% right: a running mean
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            count += len(x)
            total += (loss.item() - total) * len(x) / count
        history["train"].append(total)
        model.eval()
        vtotal = 0.0
        vcount = 0
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * len(x)
                vcount += len(x)
        history["validation"].append(vtotal / vcount)
    return history


# %% right: lists made first
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [0.0] * epochs, "validation": [0.0] * epochs}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"][epoch] = total / count
        model.eval()
        vtotal = 0.0
        vcount = 0
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * len(x)
                vcount += len(x)
        history["validation"][epoch] = vtotal / vcount
    return history


# %% right: a helper of another name
def mts(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()
    return step
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.train(was)
    return total / n
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    step = mts(model, loss_fn, optimizer)
    history = {"train": [], "validation": []}
    for _ in range(epochs):
        total = n = 0
        for x, y in train_loader:
            total += step(x, y) * len(x)
            n += len(x)
        history["train"].append(total / n)
        history["validation"].append(evaluate(model, loss_fn, validation_loader))
    return history


# %% wrong: helper that clears nothing | Perhaps in your `make_train_step`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        return loss.item()
    return step
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            n += len(x)
    model.train(was)
    return total / n
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    step = make_train_step(model, loss_fn, optimizer)
    history = {"train": [], "validation": []}
    for _ in range(epochs):
        total = n = 0
        for x, y in train_loader:
            total += step(x, y) * len(x)
            n += len(x)
        history["train"].append(total / n)
        history["validation"].append(evaluate(model, loss_fn, validation_loader))
    return history


# %% wrong: helper that averages the batches | Perhaps in your `evaluate`
def make_train_step(model, loss_fn, optimizer):
    def step(x, y):
        model.train()
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()
    return step
def evaluate(model, loss_fn, loader):
    was = model.training
    model.eval()
    total, n = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item()
            n += 1
    model.train(was)
    return total / n
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    step = make_train_step(model, loss_fn, optimizer)
    history = {"train": [], "validation": []}
    for _ in range(epochs):
        total = n = 0
        for x, y in train_loader:
            total += step(x, y) * len(x)
            n += len(x)
        history["train"].append(total / n)
        history["validation"].append(evaluate(model, loss_fn, validation_loader))
    return history


# %% wrong: validates after every batch | more than once in an epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
            model.eval()
            vtotal = 0.0
            vcount = 0
            with torch.no_grad():
                for a, b in validation_loader:
                    vtotal += loss_fn(model(a), b).item() * len(a)
                    vcount += len(a)
            model.train()
        history["train"].append(total / count)
        history["validation"].append(vtotal / vcount)
    return history


# %% wrong: stops when the validation gets worse | only their number ends it
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        vtotal = 0.0
        vcount = 0
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * len(x)
                vcount += len(x)
        history["validation"].append(vtotal / vcount)
        if epoch > 1 and history["validation"][-1] > history["validation"][-2]:
            break
    return history


# %% wrong: one iterator for all epochs | used up after one epoch
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    batches = iter(train_loader)
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in batches:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        vtotal = 0.0
        vcount = 0
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * len(x)
                vcount += len(x)
        history["validation"].append(vtotal / vcount)
    return history


# %% wrong: weighted by batch_size | by the loader's `batch_size`
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * train_loader.batch_size
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        vtotal = 0.0
        vcount = 0
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * train_loader.batch_size
                vcount += len(x)
        history["validation"].append(vtotal / vcount)
    return history


# %% wrong: validation: nothing set back | "validation": The sum and the count were not set back
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    vtotal = 0.0
    vcount = 0
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * len(x)
                vcount += len(x)
        history["validation"].append(vtotal / vcount)
    return history


# %% wrong: weights made anew first | weights at the end are not those
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    for m in model:
        if hasattr(m, "reset_parameters"): m.reset_parameters()
    history = {"train": [], "validation": []}
    for epoch in range(epochs):
        model.train()
        total = 0.0
        count = 0
        for x, y in train_loader:
            optimizer.zero_grad()
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["train"].append(total / count)
        model.eval()
        vtotal = 0.0
        vcount = 0
        with torch.no_grad():
            for x, y in validation_loader:
                vloss = loss_fn(model(x), y)
                vtotal += vloss.item() * len(x)
                vcount += len(x)
        history["validation"].append(vtotal / vcount)
    return history


# %% wrong: the two lists swapped | The two lists have changed places
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = {"train": [], "validation": []}
    for _ in range(epochs):
        model.train()
        total, count = (0.0, 0)
        for x, y in train_loader:
            loss = loss_fn(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
            count += len(x)
        history["validation"].append(total / count)
        model.eval()
        total, count = (0.0, 0)
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
                count += len(x)
        history["train"].append(total / count)
    return history


# %% right: a closure for the optimizer
def fit(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    h = dict(train=[], validation=[])
    for e in range(epochs):
        model.train()
        s = 0
        for x, y in train_loader:

            def closure():
                optimizer.zero_grad()
                l = loss_fn(model(x), y)
                l.backward()
                return l

            s += optimizer.step(closure).item() * x.shape[0]
        h["train"] += [s / len(train_loader.dataset)]
        model.eval()
        s = 0
        with torch.inference_mode():
            for x, y in validation_loader:
                s += loss_fn(model(x), y).item() * x.shape[0]
        h["validation"] += [s / len(validation_loader.dataset)]
    return h
