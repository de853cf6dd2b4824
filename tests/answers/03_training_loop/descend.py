# %% right: autograd.grad and floats
def descend(f, start, learning_rate, tolerance, max_steps):
    path, x = [], float(start)
    while True:
        leaf = torch.tensor(x, requires_grad=True)
        y = f(leaf)
        (slope,) = torch.autograd.grad(y, leaf)
        path.append((x, y.item()))
        if abs(slope.item()) < tolerance or len(path) > max_steps:
            return path
        x -= learning_rate * slope.item()


# %% right: the start first, then the steps
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    y = f(x)
    path = [(x.item(), y.item())]
    for _ in range(max_steps):
        x.grad = None
        y.backward()
        if -tolerance < x.grad < tolerance:
            break
        x.data.sub_(learning_rate * x.grad)
        y = f(x)
        path.append((x.item(), y.item()))
    return path


# %% right: an optimizer, lists for pairs
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=learning_rate)
    path = []
    for _ in range(max_steps):
        optimizer.zero_grad()
        y = f(x)
        y.backward()
        path.append([float(x.detach()), float(y.detach())])
        if abs(x.grad.item()) < tolerance:
            return path
        optimizer.step()
    path.append([float(x.detach()), float(f(x.detach()))])
    return path


# %% right: f is called twice at each point
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = [(x.item(), f(x).item())]
    for _ in range(max_steps):
        f(x).backward()
        if x.grad.abs() < tolerance:
            break
        x = (x - learning_rate * x.grad).detach().requires_grad_()
        path.append((x.item(), f(x).item()))
    return path


# %% wrong: never stops | Your loop did not stop
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    while True:
        y = f(x)
        y.backward()
        path.append((x.item(), y.item()))
        with torch.no_grad():
            x -= learning_rate * x.grad
        x.grad = None
    return path


# %% wrong: never stops and catches exceptions | Your loop did not stop
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    try:
        while True:
            y = f(x)
            y.backward()
            path.append((x.item(), y.item()))
            with torch.no_grad():
                x -= learning_rate * x.grad
            x.grad = None
    except:
        return path


# %% wrong: uphill without a limit | goes away from the minimum
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path, slope = [], torch.tensor(1e9)
    while slope.abs() > tolerance:
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        x = (x + learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: ignores max_steps | You went on after `max_steps` steps
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    while True:
        y = f(x)
        y.backward()
        path.append((x.item(), y.item()))
        if x.grad.abs() < tolerance:
            return path
        with torch.no_grad():
            x -= learning_rate * x.grad
        x.grad = None


# %% wrong: x after, y before | x is noted after the step
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(max_steps + 1):
        y = f(x)
        y.backward()
        small = x.grad.abs() < tolerance
        with torch.no_grad():
            x -= learning_rate * x.grad
        x.grad = None
        path.append((x.item(), y.item()))
        if small:
            break
    return path


# %% wrong: x before, y after | f(x) is noted after the step
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(max_steps + 1):
        before = x.item()
        (slope,) = torch.autograd.grad(f(x), x)
        x = (x - learning_rate * slope).detach().requires_grad_()
        path.append((before, f(x).item()))
        if slope.abs() < tolerance:
            break
    return path


# %% wrong: one step late | decide at the current point
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = [(start, f(x).item())]
    for _ in range(max_steps):
        (slope,) = torch.autograd.grad(f(x), x)
        x = (x - learning_rate * slope).detach().requires_grad_()
        path.append((x.item(), f(x).item()))
        if slope.abs() < tolerance:
            break
    return path


# %% wrong: the end is missing | The last pair is missing
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(max_steps):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        if slope.abs() < tolerance:
            break
        path.append((x.item(), y.item()))
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: the end is missing when steps run out | The last pair is missing
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(max_steps):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: one step more than max_steps | decide at the current point
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(max_steps + 2):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: uphill | You go uphill
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x + learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: start missing | The start is missing
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(max_steps):
        (slope,) = torch.autograd.grad(f(x), x)
        if slope.abs() < tolerance:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
        path.append((x.item(), f(x).item()))
    return path


# %% wrong: never zeroed | the gradients pile up
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        y.backward()
        path.append((x.item(), y.item()))
        if x.grad.abs() < tolerance or step == max_steps:
            break
        with torch.no_grad():
            x -= learning_rate * x.grad
    return path


# %% wrong: no absolute value | Compare its *absolute value*
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: tensors with their graph | a tensor with a graph
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x, y))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: tensors | `.item()` takes it out
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.detach(), y.detach()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: small loss | A function may be low without being at its lowest
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if y < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: small step | because the *step* was small
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if (learning_rate * slope).abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: no look at the gradient | your loop went on to `max_steps`
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if step < max_steps:
            x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: steps that grow | what a learning rate that is too large does
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - slope * 10).detach().requires_grad_()
    return path


# %% wrong: two lists | two lists
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    xs, ys = [], []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        xs.append(x.item())
        ys.append(y.item())
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return [xs, ys]


# %% wrong: only the end | Entry 0 of your list is not a pair
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return x.item(), y.item()


# %% wrong: x and y swapped | x first
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((y.item(), x.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: calls f with a float | called `f` with a float
def descend(f, start, learning_rate, tolerance, max_steps):
    x, path = start, []
    for step in range(max_steps + 1):
        path.append((x, f(x)))
        slope = (f(x + 1e-4) - f(x - 1e-4)) / 2e-4
        if abs(slope) < tolerance or step == max_steps:
            break
        x -= learning_rate * slope
    return path


# %% wrong: the derivative of the example | With other inputs
def descend(f, start, learning_rate, tolerance, max_steps):
    x, path = float(start), []
    for step in range(max_steps + 1):
        path.append((x, f(torch.tensor(x)).item()))
        slope = 6 * x + 2
        if abs(slope) < tolerance or step == max_steps:
            break
        x -= learning_rate * slope
    return path


# %% wrong: rebinding | makes a tensor that is no leaf
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        y.backward()
        path.append((x.item(), y.item()))
        if x.grad.abs() < tolerance or step == max_steps:
            break
        x = x - learning_rate * x.grad
    return path


# %% wrong: an empty path | The path is empty
def descend(f, start, learning_rate, tolerance, max_steps):
    return []


# %% wrong: no return | returned None
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    f(x).backward()


# %% right: walk, with a stop
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    points = [(x.item(), f(x).item())]
    for _ in range(max_steps):
        (slope,) = torch.autograd.grad(f(x), x)
        if abs(slope) < tolerance:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
        points.append((x.item(), f(x).item()))
    return points


# %% right: recursion
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    y = f(x)
    y.backward()
    here = [(start, y.item())]
    if abs(x.grad) < tolerance or max_steps == 0:
        return here
    return here + descend(f, (x - learning_rate * x.grad).item(), learning_rate, tolerance, max_steps - 1)


# %% right: torch.func.grad
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        slope = torch.func.grad(f)(x.detach())
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: walk as it was | your loop went on to `max_steps`
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    points = [(x.item(), f(x).item())]
    for _ in range(max_steps):
        (slope,) = torch.autograd.grad(f(x), x)
        x = (x - learning_rate * slope).detach().requires_grad_()
        points.append((x.item(), f(x).item()))
    return points


# %% wrong: the tuple as the slope | returns a tuple
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        slope = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: a new x that requires no grad | After a step the new x
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach()
    return path


# %% wrong: the start requires no grad | Make it with `requires_grad=True`
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: the square of the gradient | *square* of the gradient
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope ** 2 < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: f(x) hardly changed | had changed little
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if len(path) > 1 and abs(path[-1][1] - path[-2][1]) < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: continue instead of break | again and again
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() < tolerance or step == max_steps:
            continue
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: stops where the slope is large | Is the comparison the right way round
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((x.item(), y.item()))
        if slope.abs() > tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% wrong: one slope for all steps | Every step has the slope of the start
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    y = f(x)
    (slope,) = torch.autograd.grad(y, x)
    path = [(x.item(), y.item())]
    for _ in range(max_steps):
        if slope.abs() < tolerance:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
        path.append((x.item(), f(x).item()))
    return path


# %% wrong: rounded | The numbers are rounded
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, requires_grad=True)
    path = []
    for step in range(max_steps + 1):
        y = f(x)
        (slope,) = torch.autograd.grad(y, x)
        path.append((round(x.item(), 2), round(y.item(), 2)))
        if slope.abs() < tolerance or step == max_steps:
            break
        x = (x - learning_rate * slope).detach().requires_grad_()
    return path


# %% right: in float64, with backward()
def descend(f, start, learning_rate, tolerance, max_steps):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    path = []
    while True:
        y = f(x)
        y.backward()
        path.append((float(x), float(y)))
        if abs(x.grad) < tolerance or len(path) == max_steps + 1:
            return path
        with torch.no_grad():
            x.sub_(learning_rate * x.grad)
        x.grad = None
