# %% right: the target gets a column
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% right: reshaped predictions, cleared at the end, inference mode
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        for x, y in train_loader:
            model.train()
            prediction = model(x).view(-1)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
            for p in model.parameters():
                p.grad = None
        model.eval()
        total = torch.tensor(0.0)
        with torch.inference_mode():
            for x, y in validation_loader:
                total = total + loss_fn(model(x)[:, 0], y) * len(x)
        history.append(float(total) / len(validation_loader.dataset))
    return history


# %% right: a closure, the whole validation at once
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    def validation_loss():
        model.eval()
        with torch.no_grad():
            pairs = [(model(x), y.view(-1, 1)) for x, y in validation_loader]
            made, wanted = map(torch.cat, zip(*pairs))
            value = loss_fn(made, wanted).item()
        model.train()
        return value

    def epoch():
        for x, y in train_loader:

            def closure():
                model.zero_grad(set_to_none=False)
                loss = loss_fn(model(x), y[:, None])
                loss.backward()
                return loss

            optimizer.step(closure)
        return validation_loss()

    model.train()
    return [epoch() for _ in range(epochs)]


# %% right: step and evaluate as functions, autograd.grad
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    def loss_of(x, y):
        return loss_fn(model(x).flatten(), y.flatten())

    def step(x, y):
        parameters = list(model.parameters())
        for p, g in zip(parameters, torch.autograd.grad(loss_of(x, y), parameters)):
            p.grad = g
        optimizer.step()

    @torch.no_grad()
    def measure():
        return sum(loss_of(x, y).item() * len(x) for x, y in validation_loader) / len(validation_loader.dataset)

    history = []
    while len(history) < epochs:
        model.train(True)
        for batch in train_loader:
            step(*batch)
        model.train(False)
        history += [measure()]
    return history


# %% wrong: as it was given | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes, zero, modes | were still there
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes, zero, history | tensors with their graphs
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes, modes, history | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: zero, modes, history | From the second epoch on
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes, zero | were still there
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes, modes | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes, history | tensors with their graphs
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: zero, modes | were still there
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: zero, history | tensors with their graphs
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: modes, history | From the second epoch on
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: shapes | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: zero | were still there
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: modes | From the second epoch on
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: left: history | tensors with their graphs
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: shapes only in the training | In the validation, `loss_fn` gets shapes (3, 1) and (3,)
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: shapes only in the validation | In the training, `loss_fn` gets shapes (4, 1) and (4,)
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: unsqueeze of the wrong side | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(0))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(0)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: expands the prediction | mix the samples up
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction.expand(len(x), len(x)), y.expand(len(x), len(x)))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: means on both sides | mix the samples up
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction.mean(), y.mean())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: target first | gets the target first
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(y.unsqueeze(1), prediction)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(y.unsqueeze(1), model(x)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: its own squared error | `loss_fn` that was given is never called
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = ((prediction - y.unsqueeze(1)) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += ((model(x) - y.unsqueeze(1)) ** 2).mean().item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: cleared once per epoch | were still there
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        optimizer.zero_grad()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: cleared between backward and step | cleared between
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
            optimizer.zero_grad()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: step before backward | came before `backward()`
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            optimizer.step()
            loss.backward()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: a new optimizer for every epoch | not by the optimizer that was given
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: no step any more | was never called
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: a step for each epoch only | batches
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: trains in the validation too | on validation samples
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            loss = loss_fn(model(x), y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: no eval any more | validation does not run in evaluation mode
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: train after the loop over epochs | From the second epoch on
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    model.train()
    return history


# %% wrong: never train | trains in evaluation mode
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: eval before the training | trains in evaluation mode
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.eval()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: training = True on the outermost module | only some of its layers
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.training = True
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: no_grad but tensors | The history holds tensors, where
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)) * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: item but no no_grad | every validation batch builds a graph
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: detach but no no_grad | The history holds tensors, where
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)).detach() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: float at the end only | every validation batch builds a graph
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for x, y in validation_loader:
            total += loss_fn(model(x), y.unsqueeze(1)) * len(x)
        history.append(float(total.detach() / len(validation_loader.dataset)))
    return history


# %% wrong: no longer weighted | not the mean over the validation samples
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item()
        history.append(total / len(validation_loader))
    return history


# %% wrong: divided by the batches | not the mean over the validation samples
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader))
    return history


# %% wrong: the training's no_grad | ran without a graph
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            with torch.no_grad():
                prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: one epoch | The history should hold
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
        return history


# %% wrong: returns nothing | returned None
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    print(history)


# %% wrong: model.forward | hooks do not run
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model.forward(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model.forward(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: validates before the training | comes after the epoch's last step
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x), y.unsqueeze(1)).item() * len(x)
        history.append(total / len(validation_loader.dataset))
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return history


# %% right: view_as
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            y = y.view_as(prediction)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% right: the validation in a function
def val(model, loss_fn, loader):
    model.eval()
    with torch.no_grad():
        return sum(loss_fn(model(a).squeeze(1), b).item() * len(b) for a, b in loader) / len(loader.dataset)
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        history.append(val(model, loss_fn, validation_loader))
    return history


# %% right: back to training after the validation
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    model.train()
    for epoch in range(epochs):
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        model.train()
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: squeezed and not kept | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x)
            prediction.squeeze(1)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: both changed | They broadcast
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y.unsqueeze(1))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: eval after the validation | validation does not run in evaluation mode
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        model.eval()
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: validates after every batch | measured once
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            model.eval()
            with torch.no_grad():
                for a, b in validation_loader: loss_fn(model(a).squeeze(1), b)
            model.train()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: sum never set back | not the mean over the validation samples
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    total = 0.0
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            for x, y in validation_loader:
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history


# %% wrong: cleared in the validation | were still there
def train_and_validate(model, loss_fn, optimizer, train_loader, validation_loader, epochs):
    history = []
    for epoch in range(epochs):
        model.train()
        for x, y in train_loader:
            prediction = model(x).squeeze(1)
            loss = loss_fn(prediction, y)
            loss.backward()
            optimizer.step()
        model.eval()
        total = 0.0
        with torch.no_grad():
            for x, y in validation_loader:
                optimizer.zero_grad()
                total += loss_fn(model(x).squeeze(1), y).item() * len(x)
        history.append(total / len(validation_loader.dataset))
    return history
