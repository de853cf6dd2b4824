# %% right: autograd.grad, new leaves
def learn_line(x, y, learning_rate, steps):
    w, b = torch.zeros((), requires_grad=True), torch.zeros((), requires_grad=True)
    for _ in range(steps):
        by_w, by_b = torch.autograd.grad(((w * x + b - y) ** 2).mean(), (w, b))
        w = (w - learning_rate * by_w).detach().requires_grad_()
        b = (b - learning_rate * by_b).detach().requires_grad_()
    return w, b


# %% right: .data, one parameter vector
def learn_line(x, y, learning_rate, steps):
    params = torch.zeros(2, dtype=x.dtype, requires_grad=True)
    for _ in range(steps):
        if params.grad is not None:
            params.grad.zero_()
        loss = torch.nn.functional.mse_loss(params[0] * x + params[1], y)
        loss.backward()
        params.data -= learning_rate * params.grad
    return tuple(params.tolist())


# %% right: sub_ under no_grad
def learn_line(x, y, learning_rate, steps):
    weights = [torch.tensor([0.0], requires_grad=True) for _ in range(2)]
    for _ in range(steps):
        (weights[0] * x + weights[1] - y).square().mean().backward()
        with torch.no_grad():
            for weight in weights:
                weight.sub_(learning_rate * weight.grad)
                weight.grad.zero_()
    return weights


# %% right: an optimizer
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        ((w * x + b - y) ** 2).mean().backward()
        optimizer.step()
    return float(w), float(b)


# %% wrong: as it was handed out | it is no leaf
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        w = w - learning_rate * w.grad
        b = b - learning_rate * b.grad
    return w, b


# %% wrong: in place on a leaf | PyTorch refuses to change a leaf in place
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        w -= learning_rate * w.grad
        b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w, b


# %% wrong: rebinding under no_grad | nothing requires grad any more
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w = w - learning_rate * w.grad
            b = b - learning_rate * b.grad
    return w, b


# %% wrong: rebinding, then zeroing | which has no `.grad`
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        w = w - learning_rate * w.grad
        b = b - learning_rate * b.grad
        w.grad.zero_()
        b.grad.zero_()
    return w, b


# %% wrong: zeroing before the first backward | either no `backward()` came before
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        w.grad.zero_()
        b.grad.zero_()
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w, b


# %% wrong: never zeroed | Clear the gradients in each round
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w.item(), b.item()


# %% wrong: only w zeroed | The gradient of `b` piles up
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad.zero_()
    return w.item(), b.item()


# %% wrong: zeroed before use | Nothing was learned
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        w.grad.zero_()
        b.grad.zero_()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
    return w.item(), b.item()


# %% wrong: update in a copy | Nothing was learned
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        new_w = w.detach().clone()
        new_w -= learning_rate * w.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: ascent | You go uphill
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w += learning_rate * w.grad
            b += learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: one step too many | One step too many
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps + 1):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: one step is missing | One step is missing
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(1, steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: return inside the loop | only one step in it
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
        return w.item(), b.item()
    return 0.0, 0.0


# %% wrong: only w | `b` has stayed at 0
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
    return w.item(), b.item()


# %% wrong: one after the other | after `w` had moved
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = b.grad = None
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: sum | N times too large
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).sum().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: half | half as long
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        (((w * x + b - y) ** 2).mean() / 2).backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: random start | where they start, at w = b = 0
def learn_line(x, y, learning_rate, steps):
    w = torch.randn((), requires_grad=True)
    b = torch.randn((), requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: starts at 1 | w = b = 1 instead of 0
def learn_line(x, y, learning_rate, steps):
    w = torch.ones((), requires_grad=True)
    b = torch.ones((), requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: loss before the loop | computed anew in each round
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    loss = ((w * x + b - y) ** 2).mean()
    for _ in range(steps):
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w.item(), b.item()


# %% wrong: update before backward | The order in each round
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    ((w * x + b - y) ** 2).mean().backward()
    for _ in range(steps):
        loss = ((w * w * x + b - y) ** 2).mean()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        loss.backward()
    return w.item(), b.item()


# %% wrong: swapped | `w` and `b` are swapped
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return b.item(), w.item()


# %% wrong: one weight for each sample | one slope and one intercept
def learn_line(x, y, learning_rate, steps):
    w = torch.zeros_like(x, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return w, b


# %% wrong: only the slope returned | Return two numbers
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
        w.grad = None
    return w.item()


# %% wrong: the solution by heart | With `steps` = 0 your answer gives
def learn_line(x, y, learning_rate, steps):
    return 3.0, -2.0


# %% wrong: zeroes what does not exist | raised AttributeError
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.zero_grad()
        b.zero_grad()
    return w.item(), b.item()


# %% wrong: no return | returned None
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        ((w * x + b - y) ** 2).mean().backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None


# %% right: new leaves by detach
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        w = (w - learning_rate * w.grad).detach().requires_grad_()
        b = (b - learning_rate * b.grad).detach().requires_grad_()
    return w, b


# %% right: one-element tensors
def learn_line(x, y, learning_rate, steps):
    w = torch.zeros(1, requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = None
        b.grad = None
    return w, b


# %% wrong: no learning rate | The learning rate is missing
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= w.grad
            b -= b.grad
        w.grad = None
        b.grad = None
    return w, b


# %% wrong: the first gradient for ever | gradient of the first round
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    loss = ((w * x + b - y) ** 2).mean()
    for _ in range(steps):
        loss.backward(retain_graph=True)
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = None
        b.grad = None
    return w, b


# %% wrong: zero_ without brackets | Clear the gradients in each round
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad.zero_
        b.grad.zero_
    return w, b


# %% wrong: retain_grad, as the warning says | the graph grows from round to round
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        w = w - learning_rate * w.grad
        b = b - learning_rate * b.grad
        w.retain_grad()
        b.retain_grad()
    return (w.item(), b.item())


# %% wrong: all of it under no_grad | in the first round already
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    with torch.no_grad():
        for _ in range(steps):
            loss = ((w * x + b - y) ** 2).mean()
            loss.backward()
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
            w.grad = b.grad = None
    return (w.item(), b.item())


# %% wrong: stops at a small loss | Does your loop stop when the loss is small?
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        if loss < 0.001:
            break
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * b.grad
        w.grad = b.grad = None
    return (w.item(), b.item())


# %% wrong: b moved by the gradient of w | moved by the gradient of `w`
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b -= learning_rate * w.grad
        w.grad = b.grad = None
    return (w.item(), b.item())


# %% wrong: uphill in b only | `b` goes uphill
def learn_line(x, y, learning_rate, steps):
    w = torch.tensor(0.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    for _ in range(steps):
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            w -= learning_rate * w.grad
            b += learning_rate * b.grad
        w.grad = b.grad = None
    return (w.item(), b.item())


# %% right: torch.func.grad
def learn_line(x, y, learning_rate, steps):
    wb = [torch.zeros(()), torch.zeros(())]
    for _ in range(steps):
        g = torch.func.grad(lambda p: ((p[0] * x + p[1] - y) ** 2).mean())(wb)
        wb = [p - learning_rate * q for p, q in zip(wb, g)]
    return tuple(wb)
