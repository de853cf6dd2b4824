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


# %% wrong: only the last | a list of 3 numbers was expected
def gradients(w, k, zero):
    leaf = torch.tensor(float(w), requires_grad=True)
    for _ in range(k):
        if zero:
            leaf.grad = None
        (leaf**3).backward()
    return leaf.grad.item()
