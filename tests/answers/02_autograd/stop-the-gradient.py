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


# %% right: a global switch put back
def evaluate(model, x):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        return model(x)
    finally:
        torch.set_grad_enabled(before)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: set_grad_enabled as a context
def evaluate(model, x):
    with torch.set_grad_enabled(False):
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: no_grad as a function wrapper
def evaluate(model, x):
    return torch.no_grad()(model)(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: inference_mode without clone
def evaluate(model, x):
    with torch.inference_mode():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: inference_mode decorator
@torch.inference_mode()
def evaluate(model, x):
    return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: freeze by flag
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.requires_grad = False
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: freeze detach_
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.detach_()
    weight.grad = None
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: freeze by setattr
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    setattr(weight, "requires_grad", False)
    assert weight.is_leaf
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% right: mse_loss with target.data
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return torch.nn.functional.mse_loss(prediction, target.data)


def values(t):
    return t.detach()


# %% right: loss by sum over numel
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    e = prediction - target.detach().clone()
    return (e * e).sum() / e.numel()


def values(t):
    return t.detach()


# %% right: target as constant via tolist
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return torch.mean((prediction - torch.tensor(target.tolist())) ** 2)


def values(t):
    return t.detach()


# %% right: grad of target multiplied by 0 through where
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    target = target.detach().requires_grad_(False)
    return torch.nn.MSELoss()(prediction, target)


def values(t):
    return t.detach()


# %% right: loss by a hook that zeroes
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    t = target.clone()
    if t.requires_grad:
        t.register_hook(torch.zeros_like)
    return ((prediction - t) ** 2).mean()


def values(t):
    return t.detach()


# %% right: values .data
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.data


# %% right: values via numpy and back
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return torch.from_numpy(t.detach().numpy())


# %% right: values via set_
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return torch.empty(0, dtype=t.dtype).set_(t.detach())


# %% right: values inference_mode
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    with torch.inference_mode():
        return t.detach()


# %% right: values detach then flag
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    u = t.detach()
    u.requires_grad = False
    return u[...]


# %% wrong: evaluate: requires_grad_ False on the output | `evaluate` raised RuntimeError for a (2,) float32 tensor and a (2,)
def evaluate(model, x):
    return model(x).requires_grad_(False)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: evaluate: model.eval | `evaluate` raised AttributeError for a (2,) float32 tensor and a (2,)
def evaluate(model, x):
    model.eval()
    return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: evaluate: returns nothing | `evaluate` returned None; a tensor of shape (2,) was expected.
def evaluate(model, x):
    with torch.no_grad():
        model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: evaluate: .data of the result | The result has no history, but everything inside was recorded first,
def evaluate(model, x):
    return model(x).data


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: evaluate: item | `evaluate` returned a list of 2 numbers; a tensor of shape (2,) was
def evaluate(model, x):
    with torch.no_grad():
        return model(x).tolist()


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: under no_grad | The weight still requires grad: `detach()` and `no_grad` leave the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    with torch.no_grad():
        weight = weight * 1
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: rebinding .data | The weight still requires grad: `detach()` and `no_grad` leave the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight = weight.data
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: grad None | The weight still requires grad: `detach()` and `no_grad` leave the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.grad = None
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: requires_grad_() without False | The weight still requires grad: `detach()` and `no_grad` leave the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_()


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: compares | The weight still requires grad: `detach()` and `no_grad` leave the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.requires_grad == False
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: zeroed | `freeze` returned zeros everywhere. It was called with a (2,) float32
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.requires_grad_(False)
    return weight.zero_()


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: freezes, returns a clone | Return the weight itself, not a copy of it.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.requires_grad_(False)
    return weight.clone()


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: returns detach of frozen | Return the weight itself, not a copy of it.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.requires_grad_(False)
    return weight.detach()


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: freeze: sets an unknown attribute | The weight still requires grad: `detach()` and `no_grad` leave the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    weight.require_grad = False
    return weight


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: half: requires_grad_(False) on target | `half_fixed_loss` raised RuntimeError for a (3,) float32 tensor and a
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    target.requires_grad_(False)
    return ((prediction - target) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: half: detaches without assigning | The gradient still flows into `target` too: detach it.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    target.detach()
    return ((prediction - target) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: half: detaches the loss | No gradient reaches `prediction`: you stopped both sides. Detach the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target) ** 2).mean().detach()


def values(t):
    return t.detach()


# %% wrong: half: no mean | `half_fixed_loss` raised RuntimeError for a (3,) float32 tensor and a
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return (prediction - target.detach()) ** 2


def values(t):
    return t.detach()


# %% wrong: half: absolute | `half_fixed_loss` returned the right shape and dtype, but the number
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return (prediction - target.detach()).abs().mean()


def values(t):
    return t.detach()


# %% wrong: half: the error of half | `half_fixed_loss` returned the right shape and dtype, but the number
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return 0.5 * ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: half: new leaf for both | No gradient reaches `prediction`: you stopped both sides. Detach the
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    p = prediction.detach().requires_grad_()
    return ((p - target.detach()) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: half: item | `half_fixed_loss` returned the number
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean().item()


def values(t):
    return t.detach()


# %% wrong: half: clones target | The gradient still flows into `target` too: detach it.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    target = target.clone()
    return ((prediction - target) ** 2).mean()


def values(t):
    return t.detach()


# %% wrong: half: mean of each side | `half_fixed_loss` returned the right shape and dtype, but the number
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return (prediction.mean() - target.detach().mean()) ** 2


def values(t):
    return t.detach()


# %% wrong: values: numpy array | `values` returned a NumPy array; a tensor of shape (2,) was expected.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach().numpy()


# %% wrong: values: clone then detach | Writing to your result did not reach the tensor: you made a copy.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.clone().detach()


# %% wrong: values: tolist | Writing to your result did not reach the tensor: you made a copy.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return torch.tensor(t.tolist())


# %% wrong: values: requires_grad_ False on t | for a (2,) float32 tensor: you can only change requires_grad flags
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.requires_grad_(False)


# %% wrong: values: detach_ on the caller | You took the history away from the caller's tensor: `detach()` leaves
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach_()


# %% wrong: values: no_grad around t | The result still has a history: it requires grad.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    with torch.no_grad():
        return t


# %% wrong: values: no_grad with times one | Writing to your result did not reach the tensor: you made a copy.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    with torch.no_grad():
        return t * 1


# %% wrong: values: view | The result still has a history: it requires grad.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.view_as(t)


# %% wrong: values: zeros | `values` returned zeros everywhere. It was called with a (2,) float32
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return torch.zeros_like(t)


# %% wrong: values: detach with requires grad again | The result still has a history: it requires grad.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.detach().requires_grad_()


# %% wrong: values: item | for a (2,) float32 tensor: a Tensor with 2 elements cannot be converted
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return t.item()


# %% wrong: values: calls itself | `values` calls itself without end for a (2,) float32 tensor.
def evaluate(model, x):
    with torch.no_grad():
        return model(x)


def freeze(weight):
    return weight.requires_grad_(False)


def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()


def values(t):
    return values(t)


# %% wrong: model frozen as a module | `evaluate` raised AttributeError for a (2,) float32 tensor and a (2,) float32 tensor: 'function' object has no
def evaluate(model, x):
    model.requires_grad_(False)
    return model(x)
def freeze(weight):
    weight.requires_grad_(False)
def half_fixed_loss(prediction, target):
    return ((prediction - target.detach()) ** 2).mean()
def values(t):
    return t.detach


# %% wrong: half: retains grad by requires_grad_ again | The weight still requires grad:
def evaluate(model, x):
    with torch.inference_mode():
        return model(x)
def freeze(weight):
    weight.grad = None
    return weight
def half_fixed_loss(prediction, target):
    loss = ((prediction - target) ** 2).mean()
    return loss.detach().requires_grad_()
def values(t):
    return t.requires_grad_(False)
