# %% right: None at first, zeroed in place
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% right: velocity with the learning rate in it, .data
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.groups = [{"p": p, "v": 0.0} for p in params]
        self.lr, self.momentum = lr, momentum

    def step(self):
        for group in self.groups:
            gradient = group["p"].grad
            if gradient is not None:
                group["v"] = self.momentum * group["v"] + self.lr * gradient
                group["p"].data -= group["v"]

    def zero_grad(self):
        for group in self.groups:
            group["p"].grad = None


# %% right: velocities in a dict, v = m v - lr g
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.parameters = tuple(params)
        self.rate = lr
        self.beta = momentum
        self.memory = {}

    @torch.no_grad()
    def step(self):
        for p in self.parameters:
            if p.grad is None:
                continue
            v = self.beta * self.memory.get(id(p), torch.zeros_like(p)) - self.rate * p.grad
            self.memory[id(p)] = v
            p.add_(v)

    def zero_grad(self):
        for p in self.parameters:
            p.grad = None


# %% right: detach, copy_, two branches
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = [*params]
        self.lr, self.momentum = lr, momentum
        if momentum > 0:
            self.v = [torch.zeros(p.shape, dtype=p.dtype) for p in self.params]

    def step(self):
        for i in range(len(self.params)):
            p = self.params[i]
            if p.grad is None:
                continue
            direction = p.grad
            if self.momentum > 0:
                self.v[i] = self.v[i] * self.momentum + direction
                direction = self.v[i]
            p.detach().copy_(p.detach() - self.lr * direction)

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad = torch.zeros_like(p)


# %% right: it calls torch.optim.SGD
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.inner = torch.optim.SGD(params, lr=lr, momentum=momentum)

    def step(self):
        self.inner.step()

    def zero_grad(self):
        self.inner.zero_grad()


# %% wrong: velocity sign | The velocity has the wrong sign
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = p.grad - self.momentum * self.velocities[i]
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: dampening later | From the second step on your gradient counts 1 - momentum
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + (1 - self.momentum) * p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: exponential average | an exponential average
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [torch.zeros_like(p) for p in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if True:
                    self.velocities[i] = self.momentum * self.velocities[i] + (1 - self.momentum) * p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: zero_grad does nothing | the old gradients are still there
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            grad = p.grad
            grad = None


# %% wrong: zero_grad zeroes a copy | the old gradients are still there
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.clone().zero_()


# %% wrong: zero_grad clears the first only | the old gradients are still there
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params[:1]:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: zero_grad before any gradient | ask before you use it
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            p.grad.zero_()


# %% wrong: tracked update | PyTorch refuses to change a leaf in place
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        if True:
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: rebinding | The parameters have not moved
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p = p - self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: rebinding in its own list | The parameters have not moved
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                self.params[i] = (p - self.lr * self.velocities[i]).requires_grad_()

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: generator kept | it works; with `model.parameters()` nothing moves
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.velocities = {}

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if i not in self.velocities:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: generator counted | make a list of it first
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None] * len(params)

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocities use the generator up | nothing moves
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = params
        self.lr = lr
        self.momentum = momentum
        self.velocities = [torch.zeros_like(p) for p in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: one shared velocity | share one velocity
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocity = 0.0

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.velocity = self.momentum * self.velocity + p.grad
                p -= self.lr * self.velocity

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocity is the gradient | The velocity of the first step *is* the gradient tensor
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocity is always the gradient | The velocity *is* the gradient tensor
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad
                else:
                    self.velocities[i].mul_(self.momentum).add_(p.grad)
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocity is the gradient, zero_grad sets None | must not share its tensor
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% wrong: gradient overwritten | changed the gradients
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = p.grad.add_(self.momentum * self.velocities[i])
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: step clears the gradients | changed the gradients
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]
                p.grad = None

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: the learning rate twice | The learning rate counts twice
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = self.lr * p.grad
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + self.lr * p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: no learning rate | The learning rate is missing
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: momentum ignored | the velocity does not survive
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = p.grad.clone()
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocity made in step | the velocity does not survive
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                self.velocities[i] = None
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: zero_grad clears the velocity | the velocity does not survive
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        self.velocities = [None for _ in self.params]
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocity not stored | older ones are forgotten
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]
                self.velocities[i] = p.grad.clone()

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: Nesterov | Nesterov's momentum
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * (p.grad + self.momentum * self.velocities[i])

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: never fades | multiply it by momentum
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: uphill | You go uphill
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p += self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: a step late | the velocity of the step before
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [torch.zeros_like(p) for p in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                p -= self.lr * self.velocities[i]
                self.velocities[i] = self.momentum * self.velocities[i] + p.grad

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: a parameter without gradient | for parameters that the loss does not use
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: stops at a parameter without gradient | One of the parameters had no gradient
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    break
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: velocity of a parameter without gradient | One of the parameters had no gradient
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    if self.velocities[i] is not None:
                        p -= self.lr * self.momentum * self.velocities[i]
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: requires_grad switched off | require no grad any more
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p.requires_grad_(False)
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: no momentum argument | raised TypeError
class MySGD:
    def __init__(self, params, lr):
        self.params = list(params)
        self.lr = lr
        self.momentum = 0.9
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: momentum 0.9 whatever is asked | differs from that of `torch.optim.SGD`
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = 0.9
        self.velocities = [None for _ in self.params]

    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: step without self | raised TypeError
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.velocities = [None for _ in self.params]

    def step():
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.velocities[i] is None:
                    self.velocities[i] = p.grad.clone()
                else:
                    self.velocities[i] = self.momentum * self.velocities[i] + p.grad
                p -= self.lr * self.velocities[i]

    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: step still to do | does `step()` do nothing yet
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr, self.momentum = lr, momentum

    def step(self):
        ...

    def zero_grad(self):
        for p in self.params:
            p.grad = None


# %% right: velocities made when needed
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.v = {}
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if i not in self.v:
                    self.v[i] = p.grad.clone()
                else:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                p -= self.lr * self.v[i]
    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% right: copy_
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.v = [None] * len(self.params)
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.v[i] is None:
                    self.v[i] = p.grad.clone()
                else:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                p.copy_(p - self.lr * self.v[i])
    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: no look at None, velocities None at first | ask before you use it
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.v = [None] * len(self.params)
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if self.v[i] is None:
                    self.v[i] = p.grad.clone()
                else:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                p -= self.lr * self.v[i]
    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: None taken as a zero gradient | passes over it and its velocity
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.v = [None] * len(self.params)
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                g = torch.zeros_like(p) if p.grad is None else p.grad
                if self.v[i] is None:
                    self.v[i] = g.clone()
                else:
                    self.v[i] = self.momentum * self.v[i] + g
                p -= self.lr * self.v[i]
    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: return instead of continue | goes on to the next
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.v = [None] * len(self.params)
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    return
                if self.v[i] is None:
                    self.v[i] = p.grad.clone()
                else:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                p -= self.lr * self.v[i]
    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.grad.zero_()


# %% wrong: zeroes the parameters | changes the parameters themselves
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr = lr
        self.momentum = momentum
        self.v = [None] * len(self.params)
    def step(self):
        with torch.no_grad():
            for i, p in enumerate(self.params):
                if p.grad is None:
                    continue
                if self.v[i] is None:
                    self.v[i] = p.grad.clone()
                else:
                    self.v[i] = self.momentum * self.v[i] + p.grad
                p -= self.lr * self.v[i]
    def zero_grad(self):
        for p in self.params:
            if p.grad is not None:
                p.zero_()


# %% wrong: the first parameter only | Only the first parameter moves
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr, self.momentum = (lr, momentum)
        self.velocities = [torch.zeros_like(parameter) for parameter in self.params]

    def step(self):
        with torch.no_grad():
            for parameter, velocity in zip(self.params[:1], self.velocities):
                if parameter.grad is not None:
                    velocity.mul_(self.momentum).add_(parameter.grad)
                    parameter -= self.lr * velocity

    def zero_grad(self):
        for parameter in self.params:
            parameter.grad = None


# %% wrong: velocity scaled in place | is it scaled in place?
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr, self.momentum = (lr, momentum)
        self.velocities = [torch.zeros_like(parameter) for parameter in self.params]

    def step(self):
        with torch.no_grad():
            for parameter, velocity in zip(self.params, self.velocities):
                if parameter.grad is not None:
                    velocity.mul_(self.momentum).add_(parameter.grad)
                    parameter -= velocity.mul_(self.lr)

    def zero_grad(self):
        for parameter in self.params:
            parameter.grad = None


# %% wrong: lr and momentum swapped | have changed places in your `__init__`
class MySGD:
    def __init__(self, params, lr, momentum=0.0):
        self.params = list(params)
        self.lr, self.momentum = (momentum, lr)
        self.velocities = [torch.zeros_like(parameter) for parameter in self.params]

    def step(self):
        with torch.no_grad():
            for parameter, velocity in zip(self.params, self.velocities):
                if parameter.grad is not None:
                    velocity.mul_(self.momentum).add_(parameter.grad)
                    parameter -= self.lr * velocity

    def zero_grad(self):
        for parameter in self.params:
            parameter.grad = None


# %% right: derived from torch.optim.Optimizer
class MySGD(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=0.0):
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                s = self.state[p]
                s["v"] = p.grad.clone() if "v" not in s else group["momentum"] * s["v"] + p.grad
                p.add_(s["v"], alpha=-group["lr"])
