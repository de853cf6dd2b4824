# %% right: from_numpy, then a copy
def to_tensor(array):
    return torch.from_numpy(array).to(torch.float32, copy=True)


def to_array(tensor):
    return tensor.detach().numpy()


# %% right: copy in NumPy first
def to_tensor(array):
    return torch.from_numpy(np.array(array, dtype=np.float32, copy=True))


def to_array(tensor):
    if tensor.requires_grad:
        tensor = tensor.detach()
    return tensor.cpu().clone().numpy()


# %% right: clone and asarray
def to_tensor(array):
    return torch.as_tensor(array).clone().float()


def to_array(tensor):
    return np.asarray(tensor.detach())


# %% wrong: shared and float64 | float64 is NumPy
def to_tensor(array):
    return torch.from_numpy(array)


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: float does not copy float32 | they share memory
def to_tensor(array):
    return torch.from_numpy(array).float()


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: float64 kept | float64 is NumPy
def to_tensor(array):
    return torch.tensor(array)


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: via a list | to_tensor with other arrays
def to_tensor(array):
    return torch.tensor(array.tolist())


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: the legacy constructor with a number array | was expected
def to_tensor(array):
    return torch.DoubleTensor(array)


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: as_tensor shares | they share memory
def to_tensor(array):
    return torch.as_tensor(array, dtype=torch.float32)


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: no detach | detach()` first
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


def to_array(tensor):
    return tensor.numpy()


# %% wrong: detach alone | a NumPy array was expected
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


def to_array(tensor):
    return tensor.detach()


# %% wrong: a list | a NumPy array
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


def to_array(tensor):
    return tensor.tolist()


# %% wrong: flattened | was expected
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32).flatten()


def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: only one of the two | `to_array`
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


def to_array(tensor): ...


# %% wrong: dtype changed on the way back | dtype
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


def to_array(tensor):
    return tensor.detach().numpy().astype(np.float64)
