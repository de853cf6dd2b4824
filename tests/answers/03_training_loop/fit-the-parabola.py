# %% wrong: a few per cent above the floor | a threshold below that is never reached
def fit_parabola(x, y, noise_std, max_steps=1000):
    def standard(column):
        return (column - column.mean()) / column.std()

    features = torch.stack([standard(x**2), standard(x), torch.ones_like(x)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = torch.nn.functional.mse_loss(features @ params, y)
        losses.append(loss.item())
        if losses[-1] <= 1.05 * noise_std**2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        with torch.no_grad():
            params -= 0.05 * slope
    return {"prediction": features @ params, "losses": losses}


# %% wrong: at the floor itself | a threshold below that is never reached
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = (x - x.mean()) / x.std()
    q = (z**2 - (z**2).mean()) / (z**2).std()
    a, b, c = (torch.zeros((), requires_grad=True) for _ in range(3))
    losses = []
    while len(losses) < max_steps:
        loss = ((a * q + b * z + c - y) ** 2).mean()
        losses.append(loss.item())
        if loss < noise_std**2:
            break
        loss.backward()
        with torch.no_grad():
            for p in (a, b, c):
                p -= 0.2 * p.grad
                p.grad = None
    return {"prediction": (a * q + b * z + c).detach(), "losses": losses}


# %% right: a plateau, with an optimizer
def fit_parabola(x, y, noise_std, max_steps=1000):
    features = torch.stack([x**2, x], dim=1)
    mean, std = features.mean(0), features.std(0)
    model = torch.nn.Linear(2, 1)
    with torch.no_grad():
        model.weight.zero_()
        model.bias.zero_()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(max_steps):
        optimizer.zero_grad()
        loss = ((model((features - mean) / std).squeeze(1) - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 10 and losses[-11] - losses[-1] < 1e-3:
            break
        loss.backward()
        optimizer.step()
    return {"losses": losses, "prediction": model((features - mean) / std).squeeze(1).detach()}


# %% right: momentum, small gradient
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3)
    velocity = torch.zeros(3)
    losses = []
    for _ in range(max_steps):
        error = f @ params - y
        losses.append(float((error**2).mean()))
        gradient = 2 * f.T @ error / len(x)
        if gradient.norm() < 0.05:
            break
        velocity = 0.9 * velocity + gradient
        params = params - 0.03 * velocity
    return {"prediction": f @ params, "losses": losses}


# %% right: y standardised and put back
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = (f - f.mean(0)) / f.std(0)
    t = (y - y.mean()) / y.std()
    params = torch.zeros(2, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - t) ** 2).mean()
        losses.append(loss.item() * y.var().item())
        if len(losses) > 1 and losses[-2] / losses[-1] < 1.001:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad.zero_()
    return {"prediction": (f @ params).detach() * y.std() + y.mean(), "losses": losses}


# %% right: a small fixed rate and patience
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.randn(3, generator=torch.Generator().manual_seed(0)).requires_grad_()
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-3:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.01 * params.grad
        params.grad = None
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: threshold below the floor | a threshold below that is never reached
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 0.1:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: no stop at all | the descent ran to `max_steps`
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: a threshold far above the floor | You stopped too early
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 4 * noise_std**2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: the loss is asked for noise_std | a threshold below that is never reached
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < noise_std:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: raw features diverge | a rate above 0.003 diverges
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x, torch.ones_like(x)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 1.05 * noise_std**2:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: raw features crawl | The descent crawls
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x, torch.ones_like(x)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 1.05 * noise_std**2:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.0025 * params.grad
        params.grad = None
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: tiny learning rate | The descent crawls
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 1.05 * noise_std**2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.0002 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: a fixed number of steps, too few | You stopped too early
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(10):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.05 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: prediction in standard units | You standardised y too
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = (f - f.mean(0)) / f.std(0)
    t = (y - y.mean()) / y.std()
    params = torch.zeros(2, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - t) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-5:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: losses in standard units | in the units of y
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = (f - f.mean(0)) / f.std(0)
    t = (y - y.mean()) / y.std()
    params = torch.zeros(2, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - t) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-5:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach() * y.std() + y.mean(), "losses": losses}


# %% wrong: the column of ones standardised | divides 0 by 0
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x, torch.ones_like(x)], dim=1)
    f = (f - f.mean(0)) / f.std(0)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: no constant | the constant is missing
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = (f - f.mean(0)) / f.std(0)
    params = torch.zeros(2, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: a column meets a vector | the same number for every x
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, 1, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach().squeeze(1), "losses": losses}


# %% wrong: a column returned | give both the same shape
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, 1, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: a straight line | the feature `x²` is missing
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([(x - x.mean()) / x.std(), torch.ones_like(x)], dim=1)
    params = torch.zeros(2, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: no linear part | the feature `x` is missing
def fit_parabola(x, y, noise_std, max_steps=1000):
    q = x**2
    f = torch.stack([(q - q.mean()) / q.std(), torch.ones_like(x)], dim=1)
    params = torch.zeros(2, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: uphill for a while | The loss grows
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params + 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: closed formula | there was no descent
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x, torch.ones_like(x)], dim=1)
    prediction = f @ torch.linalg.lstsq(f, y[:, None]).solution.squeeze(1)
    return {"prediction": prediction, "losses": [((prediction - y) ** 2).mean().item()]}


# %% wrong: sums | they grow with N
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).sum()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.001 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: tensors with their graphs | keeps the whole step in memory
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss)
        if loss < 1.05 * noise_std**2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: no brake | nothing stops your loop there
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    while True:
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: only the last loss | `losses` is a list
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        if loss < 1.05 * noise_std**2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": loss.item()}


# %% wrong: the params instead of the prediction | `prediction` holds shape (3,)
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 1.05 * noise_std**2:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": params.detach(), "losses": losses}


# %% wrong: threshold of the example's noise | a threshold below that is never reached
def fit_parabola(x, y, noise_std, max_steps=1000):
    f = torch.stack([x**2, x], dim=1)
    f = torch.cat([(f - f.mean(0)) / f.std(0), torch.ones(len(x), 1)], 1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((f @ params - y) ** 2).mean()
        losses.append(loss.item())
        if loss < 4.1:
            break
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.1 * slope).detach().requires_grad_()
    return {"prediction": (f @ params).detach(), "losses": losses}


# %% wrong: no return | returned None
def fit_parabola(x, y, noise_std, max_steps=1000):
    losses = []


# %% right: as the hint says, the floor as a second stop
def fit_parabola(x, y, noise_std, max_steps=1000):
    columns = torch.stack([x**2, x], dim=1)
    columns = (columns - columns.mean(dim=0)) / columns.std(dim=0)
    features = torch.column_stack([columns, torch.ones_like(x)])
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if losses[-1] < 1.02 * noise_std**2:
            break
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4 * losses[-1]:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
            params.grad.zero_()
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% right: at least a hundred steps, then every tenth asks
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = torch.stack([x**2, x], dim=1)
    z = (z - z.mean(0)) / z.std(0)
    w, b = torch.zeros(2, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=0.1)
    losses = []
    for step in range(max_steps):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(z @ w + b, y)
        losses.append(loss.item())
        if step >= 100 and step % 10 == 0 and losses[-11] - losses[-1] < 1e-3 * losses[-11]:
            break
        loss.backward()
        optimizer.step()
    return {"prediction": (z @ w + b).detach(), "losses": losses}


# %% right: Adam, the best loss does not get better any more
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = torch.stack([x**2, x], dim=1)
    z = (z - z.mean(0)) / z.std(0)
    model = torch.nn.Linear(2, 1)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.3)
    losses, best, waited = [], float("inf"), 0
    while len(losses) < max_steps and waited < 30:
        prediction = model(z).squeeze(1)
        loss = ((prediction - y) ** 2).mean()
        losses.append(loss.item())
        if losses[-1] < best * (1 - 1e-4):
            best, waited = losses[-1], 0
        else:
            waited += 1
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        return {"prediction": model(z).squeeze(1), "losses": losses}


# %% wrong: momentum, stopped when it first overshoots | At your last step the loss had risen
def fit_parabola(x, y, noise_std, max_steps=1000):
    columns = torch.stack([x**2, x], dim=1)
    columns = (columns - columns.mean(dim=0)) / columns.std(dim=0)
    features = torch.cat([columns, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.SGD([params], lr=0.03, momentum=0.9)
    losses = []
    for _ in range(max_steps):
        optimizer.zero_grad()
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4 * losses[-1]:
            break
        loss.backward()
        optimizer.step()
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: always a hundred steps | always makes 100 steps
def fit_parabola(x, y, noise_std, max_steps=1000):
    columns = torch.stack([x**2, x], dim=1)
    columns = (columns - columns.mean(dim=0)) / columns.std(dim=0)
    features = torch.cat([columns, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(100):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: always fifty steps | A fixed number of steps
def fit_parabola(x, y, noise_std, max_steps=1000):
    columns = torch.stack([x**2, x], dim=1)
    columns = (columns - columns.mean(dim=0)) / columns.std(dim=0)
    features = torch.cat([columns, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(min(max_steps, 50)):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        (slope,) = torch.autograd.grad(loss, params)
        params = (params - 0.05 * slope).detach().requires_grad_()
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: a share of max_steps | always makes 300 steps
def fit_parabola(x, y, noise_std, max_steps=1000):
    columns = torch.stack([x**2, x], dim=1)
    columns = (columns - columns.mean(dim=0)) / columns.std(dim=0)
    features = torch.cat([columns, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3)
    losses = []
    for _ in range(max_steps // 10):
        error = features @ params - y
        losses.append((error**2).mean().item())
        params = params - 0.1 * 2 * features.T @ error / len(x)
    return {"prediction": features @ params, "losses": losses}


# %% wrong: a tenth above the noise | stop where the loss no longer falls
def fit_parabola(x, y, noise_std, max_steps=1000):
    columns = torch.stack([x**2, x], dim=1)
    columns = (columns - columns.mean(dim=0)) / columns.std(dim=0)
    features = torch.cat([columns, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3)
    losses = []
    for _ in range(max_steps):
        error = features @ params - y
        losses.append((error**2).mean().item())
        if losses[-1] < 1.13 * noise_std**2:
            break
        params = params - 0.1 * 2 * features.T @ error / len(x)
    return {"prediction": features @ params, "losses": losses}


# %% right: the best of the last ten
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = torch.stack([x**2, x], dim=1)
    z = (z - z.mean(0)) / z.std(0)
    features = torch.cat([z, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for step in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 10 and min(losses[-10:]) > 0.999 * min(losses[:-10]):
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% right: asks every hundred steps
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = torch.stack([x**2, x], dim=1)
    z = (z - z.mean(0)) / z.std(0)
    features = torch.cat([z, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for step in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if step > 0 and step % 100 == 0 and losses[-101] - losses[-1] < 1e-3 * losses[-1]:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: raw features, with a stop | The loss grows
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = torch.stack([x**2, x], dim=1)
    features = torch.cat([z, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for step in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4 * losses[-1]:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: gradients never cleared | Are the gradients cleared in each round
def fit_parabola(x, y, noise_std, max_steps=1000):
    z = torch.stack([x**2, x], dim=1)
    z = (z - z.mean(0)) / z.std(0)
    features = torch.cat([z, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for step in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-4 * losses[-1]:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: roots | the *root* of the mean squared error
def fit_parabola(x, y, noise_std, max_steps=1000):
    features = torch.stack([x**2, x], dim=1)
    features = (features - features.mean(dim=0)) / features.std(dim=0)
    features = torch.cat([features, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item() ** 0.5)
        if len(losses) > 1 and losses[-2] - losses[-1] < 0.0001 * losses[-1]:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% wrong: rows standardised | each *row* was standardised
def fit_parabola(x, y, noise_std, max_steps=1000):
    features = torch.stack([x**2, x], dim=1)
    features = (features - features.mean(dim=1, keepdim=True)) / features.std(dim=1, keepdim=True)
    features = torch.cat([features, torch.ones(len(x), 1)], dim=1)
    params = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(max_steps):
        loss = ((features @ params - y) ** 2).mean()
        losses.append(loss.item())
        if len(losses) > 1 and losses[-2] - losses[-1] < 0.0001 * losses[-1]:
            break
        loss.backward()
        with torch.no_grad():
            params -= 0.1 * params.grad
        params.grad = None
    return {"prediction": (features @ params).detach(), "losses": losses}


# %% right: orthogonal columns
def fit_parabola(x, y, noise_std, max_steps=1000):
    A = torch.stack([torch.ones_like(x), x, x**2], 1).double()
    Q, _ = torch.linalg.qr(A)
    Q = (Q * len(x) ** 0.5).float()
    p = torch.zeros(3)
    losses, last = ([], float("inf"))
    for _ in range(max_steps):
        e = Q @ p - y
        losses.append((e**2).mean().item())
        if abs(last - losses[-1]) <= 1e-05 * last and last != float("inf"):
            break
        last = losses[-1]
        p = p - 0.3 * 2 * Q.T @ e / len(x)
    return {"prediction": Q @ p, "losses": losses}
