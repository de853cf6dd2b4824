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


# %% right: np.copy, from_numpy, float
def to_tensor(array):
    return torch.from_numpy(np.copy(array)).float()

def to_array(tensor):
    return np.array(tensor.detach())


# %% right: astype copies
def to_tensor(array):
    return torch.from_numpy(np.asarray(array.astype(np.float32)))

def to_array(tensor):
    with torch.no_grad():
        return tensor.detach().clone().cpu().numpy()


# %% right: lambdas
to_tensor = lambda array: torch.tensor(array).to(torch.float32)
to_array = lambda tensor: tensor.data.numpy()


# %% right: partial
from functools import partial
to_tensor = partial(torch.tensor, dtype=torch.float32)
to_array = partial(torch.Tensor.numpy, force=True)


# %% right: an empty tensor filled
def to_tensor(array):
    out = torch.empty(array.shape)
    out.copy_(torch.as_tensor(array))
    return out

def to_array(tensor):
    return np.array(tensor.tolist(), dtype=str(tensor.dtype).split(".")[1])


# %% right: clone at the end
def to_tensor(array: "np.ndarray[float]") -> "torch.FloatTensor":
    return torch.as_tensor(array, dtype=torch.float).clone()

def to_array(tensor):
    return tensor.detach().contiguous().numpy()


# %% right: dlpack
def to_tensor(array):
    return torch.from_dlpack(array).clone().float()

def to_array(tensor):
    return np.from_dlpack(tensor.detach())


# %% right: callable objects, frombuffer
class ToTensor:
    def __call__(self, array):
        flat = [float(v) for v in array.ravel()]
        return torch.tensor(flat, dtype=torch.float32).reshape(array.shape)

class ToArray(torch.nn.Module):
    def forward(self, tensor):
        return tensor.detach().numpy().copy()

to_tensor, to_array = ToTensor(), ToArray()


# %% right: legacy constructor (copies floats)
def to_tensor(array):
    return torch.FloatTensor(array.tolist()).reshape(array.shape) if array.ndim else torch.tensor(float(array))

def to_array(tensor):
    return tensor.numpy(force=True)


# %% right: asfortran output, strided
def to_tensor(array):
    return torch.tensor(array.T.copy() if array.ndim == 2 else array, dtype=torch.float32).T if array.ndim == 2 else torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return np.asfortranarray(tensor.detach().numpy()) if tensor.ndim else tensor.detach().numpy()


# %% right: plus zero copies
def to_tensor(array):
    return torch.from_numpy(array + 0).float() if array.ndim else torch.tensor(array.item())

def to_array(tensor):
    return (tensor.detach() + 0).numpy()


# %% right: adding zeros, multiplication by one
def to_tensor(array):
    return (torch.from_numpy(array).float() * 1.0)

def to_array(tensor):
    return tensor.detach().numpy() * 1 if tensor.ndim else np.asarray(tensor.detach())


# %% wrong: FloatTensor directly | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.FloatTensor(array)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: torch.Tensor directly | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.Tensor(array)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: to(torch.float32) | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(array).to(torch.float32)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: type | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(array).type(torch.float32)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: astype copy=False | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(array.astype(np.float32, copy=False))

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: asarray | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.asarray(array, dtype=torch.float32)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: np.asarray | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(np.asarray(array, dtype=np.float32))

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: detach for a copy | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(array).float().detach()

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: contiguous for a copy | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(array).float().contiguous()

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: view copy [:] | The array (float32) was written to afterwards and your tensor followed
def to_tensor(array):
    return torch.from_numpy(array[:]).float()

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: copies only when float32 wrongly, integers kept | `to_tensor` returned dtype float64; float32 was expected
def to_tensor(array):
    return torch.from_numpy(array.copy())

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: copy forgotten brackets | TypeError for a NumPy array of shape (2, 2) and dtype
def to_tensor(array):
    return torch.from_numpy(array.copy).float()

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: half | `to_tensor` returned dtype float16; float32 was expected
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float16)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: int | `to_tensor` returned dtype int64; float32 was expected
def to_tensor(array):
    return torch.tensor(array, dtype=torch.int64)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: np.float32 for dtype | TypeError for a NumPy array of shape (2, 2) and dtype
def to_tensor(array):
    return torch.tensor(array, dtype=np.float32)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: dtype float: float64 | `to_tensor` returned dtype float64; float32 was expected
def to_tensor(array):
    return torch.tensor(array, dtype=float)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: transposed | `to_tensor` returned the transpose: rows and columns are swapped
def to_tensor(array):
    return torch.tensor(array.T, dtype=torch.float32)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: extra dimension | `to_tensor` returned shape (1, 2, 2); (2, 2) was expected
def to_tensor(array):
    return torch.tensor([array], dtype=torch.float32)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: with a graph | `to_tensor` returned a tensor that carries a graph (`requires_grad` is
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32, requires_grad=True)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: parameter | `to_array` returned a NumPy array of shape (2, 2) and dtype float64; a
def to_tensor(array):
    return torch.nn.Parameter(torch.tensor(array, dtype=torch.float32), requires_grad=False)

def to_array(tensor):
    return np.array(tensor.detach().numpy().tolist())


# %% wrong: detach_ changes the caller's tensor | Your answer switched off `requires_grad` of the caller's tensor, which may
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return tensor.detach_().numpy()


# %% wrong: requires_grad_ False | Your answer switched off `requires_grad` of the caller's tensor, which may
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return tensor.requires_grad_(False).numpy()


# %% right: no_grad
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    with torch.no_grad():
        return tensor.numpy()


# %% wrong: float32 always on the way back | to_array with other tensors: `to_array` returned a NumPy array of shape
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return tensor.detach().float().numpy()


# %% wrong: np.array of a list: float64 | `to_array` returned a NumPy array of shape (2, 2) and dtype float64; a
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return np.array(tensor.tolist())


# %% wrong: np.matrix | `to_array` returned a NumPy array of shape (1, 2) and dtype float32; a
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return np.matrix(tensor.detach().numpy())


# %% wrong: item | a Tensor with 4 elements cannot be converted to Scalar
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return tensor.item()


# %% wrong: flat | `to_array` returned a NumPy array of shape (4,) and dtype float32; a NumPy
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    return tensor.detach().numpy().ravel()


# %% wrong: swapped functions | AttributeError for a NumPy array of shape (2, 2) and dtype
def to_array(array):
    return torch.tensor(array, dtype=torch.float32)

def to_tensor(tensor):
    return tensor.detach().numpy()


# %% wrong: to_array only | Replace the `...` in `to_tensor` with your answer, run that cell, then
def to_tensor(array): ...

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: a list comprehension makes a list | `to_tensor` returned a list of 2 tensors; a tensor of shape (2, 2) was
def to_tensor(array):
    return [torch.tensor(row, dtype=torch.float32) for row in array]

def to_array(tensor):
    return [row.detach().numpy() for row in tensor]


# %% wrong: catches the error and returns the tensor | `to_array` returned a (2,) float32 tensor; a NumPy array was expected
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)

def to_array(tensor):
    try:
        return tensor.numpy()
    except RuntimeError:
        return tensor


# %% wrong: random numbers of the right shape | numbers differ
def to_tensor(array):
    return torch.randn(array.shape)

def to_array(tensor):
    return np.zeros(tensor.shape)


# %% wrong: sets the default dtype | `to_tensor` returned dtype float64; float32 was expected
def to_tensor(array):
    torch.set_default_dtype(torch.float32)
    return torch.tensor(array)

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: one name missing | `to_array` is not defined
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)


# %% wrong: 0-D arrays become (1,) | to_tensor with other arrays: `to_tensor` returned shape (1,); () was
def to_tensor(array):
    return torch.tensor(np.atleast_1d(array), dtype=torch.float32)

def to_array(tensor):
    return np.atleast_1d(tensor.detach().numpy())


# %% wrong: copies shallowly with copy.copy of the tensor | The array (float32) was written to afterwards and your tensor followed
import copy
def to_tensor(array):
    return copy.copy(torch.from_numpy(array)).float()

def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: from_numpy with dtype | `from_numpy` takes the array and nothing else: it keeps dtype and memory.
def to_tensor(array):
    return torch.from_numpy(array, dtype=torch.float32)
def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: dtype by position | `dtype=torch.float32`.
def to_tensor(array):
    return torch.tensor(array, torch.float32)
def to_array(tensor):
    return tensor.detach().numpy()


# %% wrong: numpy then detach | That is a NumPy array, which has NumPy's methods: use PyTorch's while it is still a tensor.
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)
def to_array(tensor):
    return tensor.numpy().detach()


# %% wrong: detach without a call | `()` after its name calls it.
def to_tensor(array):
    return torch.tensor(array, dtype=torch.float32)
def to_array(tensor):
    return tensor.detach.numpy()


# %% wrong: array.float | That is a NumPy array, which has NumPy's methods: use PyTorch's while it is still a tensor.
def to_tensor(array):
    return torch.tensor(array.float())
def to_array(tensor):
    return tensor.detach().numpy()


# %% right: numpy force
def to_tensor(array):
    return torch.as_tensor(array.copy(), dtype=torch.float32)
def to_array(tensor):
    return tensor.numpy(force=True)
