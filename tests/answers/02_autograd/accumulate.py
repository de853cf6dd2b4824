# %% right: zero_ after reading
def gradients(w, k, zero):
    leaf = torch.tensor(w, dtype=torch.float32).requires_grad_()
    seen = []
    for _ in range(k):
        loss = leaf**3
        loss.backward()
        seen.append(float(leaf.grad))
        if zero:
            leaf.grad.zero_()
    return seen


# %% right: autograd.grad and a sum
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    (slope,) = torch.autograd.grad(leaf**3, leaf)
    return [slope.item() * (1 if zero else i + 1) for i in range(k)]


# %% wrong: never zeroed | still pile up
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: always zeroed | Without zeroing they should pile up
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        leaf.grad = None
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: zeroed before reading | cleared the gradient before you read it
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        (leaf**3).backward()
        if zero:
            leaf.grad.zero_()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: the same tensor in the list | kept one and the same tensor
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        if zero and leaf.grad is not None:
            leaf.grad.zero_()
        (leaf**3).backward()
        seen.append(leaf.grad)
    return [g.item() for g in seen]


# %% wrong: tensors in the list | a Python number was expected
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        if zero:
            leaf.grad = None
        (leaf**3).backward()
        seen.append(leaf.grad.clone())
    return seen


# %% wrong: the losses | Those are the losses
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        loss = leaf**3
        loss.backward()
        seen.append(loss.item())
    return seen


# %% wrong: zero_ on None | has no attribute 'zero_'
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        if zero:
            leaf.grad.zero_()
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: the loss computed once | second time
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    loss = leaf**3
    seen = []
    for _ in range(k):
        if zero:
            leaf.grad = None
        loss.backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: only the last | a list of 4 numbers was expected
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    for _ in range(k):
        if zero:
            leaf.grad = None
        (leaf**3).backward()
    return leaf.grad.item()


# %% right: a fresh leaf each time
def gradients(w, k, zero):
    total, out = 0.0, []
    for _ in range(k):
        leaf = torch.tensor(float(w), requires_grad=True)
        (leaf**3).backward()
        total = leaf.grad.item() + (0 if zero else total)
        out.append(total)
    return out


# %% right: optimizer zero_grad
def gradients(w, k, zero):
    leaf = torch.nn.Parameter(torch.tensor(float(w)))
    opt = torch.optim.SGD([leaf], lr=0.0)
    seen = []
    for _ in range(k):
        if zero:
            opt.zero_grad()
        (leaf**3).backward()
        seen.append(float(leaf.grad))
    return seen


# %% right: float64, one-element tensor, comprehension
def gradients(w, k, zero):
    leaf = torch.tensor([w], dtype=torch.float64, requires_grad=True)

    def once():
        if zero and leaf.grad is not None:
            leaf.grad.detach_().zero_()
        (leaf**3).sum().backward()
        return leaf.grad.tolist()[0]

    return [once() for _ in range(k)]


# %% right: retain_graph and one loss
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    loss = leaf * leaf * leaf
    seen = []
    for _ in range(k):
        loss.backward(retain_graph=True)
        seen.append(leaf.grad.numpy().item())
        leaf.grad = None if zero else leaf.grad
    return seen


# %% right: a tuple of numpy floats
import numpy as np


def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = np.zeros(k)
    for i in range(k):
        if zero:
            leaf.grad = None
        (leaf**3).backward()
        seen[i] = leaf.grad
    return tuple(seen)


# %% right: recursion
def gradients(w, k, zero):
    if k == 0:
        return []
    before = gradients(w, k - 1, zero)
    leaf = torch.tensor(float(w), requires_grad=True)
    (leaf**3).backward()
    return before + [leaf.grad.item() + (0 if zero or not before else before[-1])]


# %% wrong: condition turned round | You asked for zeroing and the gradients still pile up: `backward()`
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        if not zero:
            leaf.grad = None
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: zeroed once before the loop | You asked for zeroing and the gradients still pile up: `backward()`
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    if zero:
        leaf.grad = None
    for _ in range(k):
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: takes a step as well | `gradients` returned, in place 2 of
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        if zero:
            leaf.grad = None
        (leaf**3).backward()
        seen.append(leaf.grad.item())
        with torch.no_grad():
            leaf -= 0.1 * leaf.grad
    return seen


# %% wrong: cleared to None before reading | `gradients` raised AttributeError: 'NoneType' object has no attribute
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        (leaf**3).backward()
        if zero:
            leaf.grad = None
        seen.append(leaf.grad.item())
    return seen


# %% wrong: the leaf rebuilt each time | Without zeroing they should pile up: `backward()` adds to `.grad`,
def gradients(w, k, zero):
    seen = []
    for _ in range(k):
        leaf = torch.tensor(float(w), requires_grad=True)
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: no requires_grad | `gradients` raised RuntimeError: element 0 of tensors does not
def gradients(w, k, zero):
    leaf = torch.tensor(float(w))
    seen = []
    for _ in range(k):
        (leaf**3).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: the same tensors returned unread | a () float32 tensor; a Python
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    seen = []
    for _ in range(k):
        if zero:
            leaf.grad = None
        (leaf**3).backward()
        seen.append(leaf.grad)
    return seen


# %% wrong: zero_grad on a tensor | `zero_grad()` is a method of optimizers; for a tensor it is `x.grad = None` or `x.grad.zero_()`.
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen = []
    for _ in range(k):
        (leaf ** 3).backward()
        seen.append(leaf.grad.item())
        if zero:
            leaf.zero_grad()
    return seen


# %% wrong: w is a float | A Python number has no graph: make a tensor that requires grad, and take `.item()` at the very end.
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen = []
    for _ in range(k):
        (leaf ** 3).backward()
        seen.append(w.grad.item())
        if zero: leaf.grad = None
    return seen


# %% wrong: w needs no tensor | A Python number has no graph: make a tensor that requires grad, and take `.item()` at the very end.
def gradients(w, k, zero):
    seen = []
    for _ in range(k):
        loss = w ** 3
        loss.backward()
        seen.append(w.grad)
    return seen


# %% wrong: grad of the loss | `.grad` of the loss, which is no leaf.
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen = []
    for _ in range(k):
        loss = leaf ** 3
        loss.backward()
        seen.append(loss.grad)
        if zero: leaf.grad = None
    return seen


# %% wrong: the derivative differentiated | You differentiated twice: the loss is `leaf ** 3`, and `backward()` finds its derivative 3w² for you.
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen = []
    for _ in range(k):
        if zero: leaf.grad = None
        (3 * leaf ** 2).backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: return inside the loop | Only the first came back: the `return` stands inside the loop.
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen = []
    for _ in range(k):
        if zero: leaf.grad = None
        (leaf ** 3).backward()
        seen.append(leaf.grad.item())
        return seen


# %% wrong: loss of the growing value | A graph that stored values is walked once: compute the loss anew, or say `retain_graph=True` the first time.
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    loss = leaf
    seen = []
    for _ in range(k):
        if zero: leaf.grad = None
        loss = loss ** 3
        loss.backward()
        seen.append(leaf.grad.item())
    return seen


# %% wrong: sums by hand on top | You added up what had piled up already:
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen, total = [], 0.0
    for _ in range(k):
        (leaf ** 3).backward()
        total += leaf.grad.item()
        seen.append(leaf.grad.item() if zero else total)
        if zero: leaf.grad.zero_()
    return seen


# %% right: tolist and minus itself
def gradients(w, k, zero):
    leaf = torch.tensor(w, requires_grad=True)
    seen = []
    while len(seen) < k:
        leaf.pow(3).backward()
        seen.append(leaf.grad.tolist())
        if zero: leaf.grad -= leaf.grad
    return seen


# %% right: del grad
def gradients(w, k, zero):
    leaf = torch.tensor(float(w)).requires_grad_()
    out = []
    for i in range(k):
        loss = leaf * leaf * leaf
        loss.backward()
        out.append(float(leaf.grad))
        if zero: del leaf.grad
    return out
