# %% right: data
import numpy as np


def to_numpy(t):
    return np.asarray(t.data.cpu())


# %% right: force
def to_numpy(t):
    return t.numpy(force=True)


# %% right: step by step, a copy
def to_numpy(t):
    if t.requires_grad:
        t = t.detach()
    if t.device.type != "cpu":
        t = t.to("cpu")
    return t.numpy().copy()


# %% right: the other order
import numpy


def to_numpy(t: torch.Tensor) -> numpy.ndarray:
    with torch.no_grad():
        host = t.cpu().detach()
    return numpy.array(host)


# %% right: a list, with the dtype looked up
import numpy as np


def to_numpy(t):
    return np.array(t.tolist(), dtype=str(t.dtype).removeprefix("torch.")).reshape(t.shape)


# %% right: a tensor on the CPU is filled
def to_numpy(t):
    host = torch.empty(t.shape, dtype=t.dtype)
    host.copy_(t.detach())
    return host.numpy()


# %% wrong: numpy at once | it is still in the graph when NumPy is called
def to_numpy(t):
    if t.device.type != "cpu":
        t = t.cpu()
    return t.numpy()


# %% wrong: forgot the device | NumPy knows only the CPU's memory
def to_numpy(t):
    return t.detach().numpy()


# %% wrong: forgot both | NumPy knows only the CPU's memory
def to_numpy(t):
    return t.numpy()


# %% wrong: result of cpu thrown away | returns a tensor: keep it
def to_numpy(t):
    t.cpu()
    return t.detach().numpy()


# %% wrong: result of detach thrown away | it is still in the graph when NumPy is called
def to_numpy(t):
    t.detach()
    return t.cpu().numpy()


# %% right: under no_grad, where NumPy is allowed
def to_numpy(t):
    with torch.no_grad():
        return t.cpu().numpy()


# %% wrong: detach in place | every form with an underscore at the end
def to_numpy(t):
    return t.detach_().cpu().numpy()


# %% wrong: switches requires_grad off | every form with an underscore at the end
def to_numpy(t):
    return t.requires_grad_(False).cpu().numpy()


# %% wrong: through a list | forgets the dtype
import numpy as np


def to_numpy(t):
    return np.array(t.tolist())


# %% wrong: always float | no other conversion is needed
def to_numpy(t):
    return t.detach().cpu().float().numpy()


# %% wrong: always double | The array has dtype float64 and the tensor int64
def to_numpy(t):
    t = t.detach().cpu()
    return t.numpy() if t.is_floating_point() else t.numpy().astype("float64")


# %% wrong: copies back | returned a tensor; a NumPy array was asked for
def to_numpy(t):
    return torch.from_numpy(t.detach().cpu().numpy()).to(t.device)


# %% wrong: stays a tensor | returned a tensor; a NumPy array was asked for
def to_numpy(t):
    return t.detach().cpu()


# %% wrong: squeezed | dimensions of size 1 too
def to_numpy(t):
    return t.detach().cpu().numpy().squeeze()


# %% wrong: flattened | none where there is none
def to_numpy(t):
    return t.detach().cpu().flatten().numpy()


# %% wrong: a list | an object of the class `list`
def to_numpy(t):
    return t.tolist()


# %% wrong: a single number becomes Python's | for a single number too
def to_numpy(t):
    if t.dim() == 0:
        return t.item()
    return t.detach().cpu().numpy()


# %% wrong: moves the caller's tensor | it must stay where it was
def to_numpy(t):
    t.data = t.data.cpu()
    return t.detach().numpy()


# %% wrong: item | is for a single number
import numpy as np


def to_numpy(t):
    return np.array(t.item())


# %% wrong: transposed memory | differ from those of a tensor
def to_numpy(t):
    t = t.detach().cpu()
    return t.mT.contiguous().numpy().reshape(t.shape) if t.dim() > 1 else t.numpy()


# %% wrong: returns nothing | returned None
def to_numpy(t):
    t.detach().cpu().numpy()


# %% right: asks NumPy's refusal
def to_numpy(t):
    try:
        return t.numpy()
    except TypeError:
        return to_numpy(t.cpu())
    except RuntimeError:
        return to_numpy(t.detach())


# %% right: DLPack
import numpy as np


def to_numpy(t):
    return np.from_dlpack(t.detach().cpu().contiguous())


# %% right: an array is filled
import numpy as np


def to_numpy(t):
    out = np.empty(tuple(t.shape), dtype=torch.empty(0, dtype=t.dtype).numpy().dtype)
    out[...] = t.clone().detach().to("cpu").numpy()
    return out


# %% wrong: compares a device with a string | NumPy knows only the CPU's memory
def to_numpy(t):
    if t.device == "cuda":
        t = t.cpu()
    return t.detach().numpy()


# %% wrong: np.array of the tensor | Copy it to the host first
import numpy as np


def to_numpy(t):
    return np.array(t)


# %% wrong: moves only what has a graph | NumPy knows only the CPU's memory
def to_numpy(t):
    if t.requires_grad:
        return t.detach().cpu().numpy()
    return t.numpy()


# %% wrong: not called | a function that was not called
def to_numpy(t):
    return t.detach().cpu().numpy


# %% wrong: NumPy before the move | has no attribute 'cpu'
def to_numpy(t):
    return t.detach().numpy().cpu()


# %% wrong: at least one dimension | none where there is none
import numpy as np


def to_numpy(t):
    return np.atleast_1d(t.detach().cpu().numpy())


# %% wrong: NumPy's single number | for a single number too
def to_numpy(t):
    return t.detach().cpu().numpy()[()]


# %% wrong: transposed | Keep the shape
def to_numpy(t):
    return t.detach().cpu().numpy().T


# %% wrong: clears the tensor | wrote into the caller's tensor
def to_numpy(t):
    inner = t.detach()
    numbers = inner.cpu().numpy().copy()
    inner.zero_()
    return numbers


# %% wrong: halved | The array has dtype float16
def to_numpy(t):
    return t.detach().cpu().half().numpy()


# %% wrong: a string | an object of the class `str`
def to_numpy(t):
    return str(t)


# %% wrong: the flag set to False | Setting the flag, `t.requires_grad = False`
import torch


def to_numpy(t):
    if t.is_leaf:
        t.requires_grad = False
    return t.detach().cpu().numpy()
