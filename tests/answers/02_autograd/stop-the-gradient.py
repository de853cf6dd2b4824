# %% right: inference_mode, attributes and mse_loss
def evaluate(model, x):
    with torch.inference_mode():
        made = model(x)
    return made.clone()


def freeze(weight):
    weight.requires_grad = False
    return weight


def half_fixed_loss(prediction, target):
    fixed = target.detach().clone()
    return torch.nn.functional.mse_loss(prediction, fixed)


def values(t):
    return t.detach().view_as(t)


# %% right: decorated, detach_ on the leaf
@torch.no_grad()
def evaluate(model, x):
    return model(x)


def freeze(weight):
    return weight.detach_()


def half_fixed_loss(prediction, target):
    with torch.no_grad():
        constant = target + 0
    return (prediction - constant).pow(2).mean()


def values(t):
    return t.data


# %% wrong: detach where no_grad | `detach` comes too late
def evaluate(model, x):
    return model(x).detach()


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: a copy for detach | you made a copy
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach().clone()


# %% wrong: detach does not freeze | `requires_grad_(False)` changes it
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.detach()


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: both sides stopped | you stopped both sides
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    with torch.no_grad():
        return ((prediction - target) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: neither side stopped | still flows into `target`
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: the wrong side stopped | No gradient reaches `prediction`
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction.detach() - target) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: history kept | still has a history
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t


# %% wrong: the sum | the mean is asked
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).sum()


def values(t):
    return t.detach()


# %% wrong: freeze returns nothing | returned None
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()
