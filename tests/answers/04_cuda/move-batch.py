# %% right: match
def move_batch(batch, device):
    match batch:
        case torch.Tensor():
            return batch.to(device, non_blocking=True)
        case dict():
            return dict(zip(batch, map(lambda part: move_batch(part, device), batch.values())))
        case tuple() if hasattr(batch, "_make"):
            return batch._make(move_batch(part, device) for part in batch)
        case tuple():
            return tuple(move_batch(part, device) for part in batch)
        case list():
            return [move_batch(part, device) for part in batch]
    return batch


# %% right: a new dict filled in a loop, _replace
def move_batch(batch, device):
    if torch.is_tensor(batch):
        return batch.to(device=device)
    if type(batch) is dict:
        result = {}
        for key in batch:
            result[key] = move_batch(batch[key], device)
        return result
    if type(batch) is list:
        result = []
        for part in batch:
            result.append(move_batch(part, device))
        return result
    if hasattr(batch, "_fields"):
        return batch._replace(**{field: move_batch(getattr(batch, field), device) for field in batch._fields})
    if type(batch) is tuple:
        return tuple(move_batch(list(batch), device))
    return batch


# %% right: PyTorch's own tree
from torch.utils._pytree import tree_map


def move_batch(batch, device):
    return tree_map(lambda leaf: leaf.to(device) if isinstance(leaf, torch.Tensor) else leaf, batch)


# %% right: asks whether it can be moved
from collections.abc import Mapping


def move_batch(batch, device):
    def go(thing):
        if hasattr(thing, "to") and hasattr(thing, "device"):
            return thing.to(device)
        if isinstance(thing, Mapping):
            return type(thing)((key, go(value)) for key, value in thing.items())
        if isinstance(thing, tuple) and type(thing) is not tuple:
            return type(thing)(*[go(part) for part in thing])
        if isinstance(thing, (list, tuple)):
            return type(thing)(map(go, thing))
        return thing

    return go(batch)


# %% right: deepcopy, then filled in
import copy


def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return torch.empty_like(batch, device=device).copy_(batch)
    if isinstance(batch, (dict, list)):
        new = copy.copy(batch)
        for key in batch if isinstance(batch, dict) else range(len(batch)):
            new[key] = move_batch(batch[key], device)
        return new
    if isinstance(batch, tuple):
        parts = move_batch(list(batch), device)
        return type(batch)(*parts) if hasattr(batch, "_fields") else tuple(parts)
    return batch


# %% wrong: drops what is no tensor | is not in the result
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items() if isinstance(v, (torch.Tensor, dict, list, tuple))}
    values = [move_batch(v, device) for v in batch if isinstance(v, (torch.Tensor, dict, list, tuple))]
    return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)


# %% wrong: drops what is no tensor from lists | What is no tensor belongs to the batch as well
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch if isinstance(v, (torch.Tensor, dict, list, tuple))]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: tuple to list | came back as a list
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return [move_batch(v, device) for v in batch]
    return batch


# %% wrong: result of to thrown away | is its result kept?
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.to(device)
        return batch
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: changes the caller's dict | changed the caller's batch
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        for k, v in batch.items():
            batch[k] = move_batch(v, device)
        return batch
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: changes the caller's tensors | changed the caller's batch
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        batch.data = batch.data.to(device)
    elif isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    elif isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: the first level only | tensors inside a list must move too
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    return {k: v.to(device) if isinstance(v, torch.Tensor) else v for k, v in batch.items()}


# %% wrong: dicts but no lists | tensors inside a list must move too
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    return batch


# %% wrong: dicts and lists but no tuples | still on
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [move_batch(v, device) for v in batch]
    return batch


# %% wrong: takes strings apart | Each letter of a string is a string again
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if hasattr(batch, "_fields"):
        return type(batch)(*(move_batch(v, device) for v in batch))
    if hasattr(batch, "__iter__"):
        return type(batch)([move_batch(v, device) for v in batch])
    return batch


# %% wrong: calls `to` on everything | What does it do with a part of this kind?
def move_batch(batch, device):
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch.to(device)


# %% wrong: None at the end | came back as None. Is there a `return` for everything else?
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)


# %% wrong: named tuple to tuple | its names are lost
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [move_batch(v, device) for v in batch]
    if isinstance(batch, tuple):
        return tuple(move_batch(v, device) for v in batch)
    return batch


# %% wrong: named tuple from a list | A named tuple is made from its values one by one
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)([move_batch(v, device) for v in batch])
    return batch


# %% wrong: makes tensors of numbers | came back as a tensor
def move_batch(batch, device):
    if isinstance(batch, (torch.Tensor, int, float)):
        return torch.as_tensor(batch).to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: None lost from a dict | What is no tensor belongs to the batch as well
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items() if v is not None}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: keys sorted | in another order
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(batch[k], device) for k in sorted(batch, key=str, reverse=True)}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: the same list when it holds no tensors | a dict or a list of the caller's batch itself
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)) and batch:
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: stacks lists | came back as a tensor
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return torch.stack([move_batch(v, device) for v in batch])
    return batch


# %% wrong: generator for a tuple | came back as a generator
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        return [move_batch(v, device) for v in batch]
    if isinstance(batch, tuple):
        return (move_batch(v, device) for v in batch)
    return batch


# %% wrong: always the accelerator | the argument `device` decides
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(torch.accelerator.current_accelerator())
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% right: singledispatch
from functools import singledispatch


@singledispatch
def move_batch(batch, device):
    return batch


@move_batch.register
def _(batch: torch.Tensor, device):
    return batch.to(device)


@move_batch.register
def _(batch: dict, device):
    return {k: move_batch(v, device) for k, v in batch.items()}


@move_batch.register
def _(batch: list, device):
    return [move_batch(v, device) for v in batch]


@move_batch.register
def _(batch: tuple, device):
    made = [move_batch(v, device) for v in batch]
    return type(batch)(*made) if type(batch) is not tuple else tuple(made)


# %% right: tries to move, by name
def move_batch(batch, device):
    if isinstance(batch, str):
        return batch
    try:
        return batch.to(device)
    except AttributeError:
        pass
    if isinstance(batch, dict):
        return type(batch)({k: move_batch(v, device) for k, v in batch.items()})
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return batch.__class__(**{k: move_batch(v, device) for k, v in batch._asdict().items()})
    if isinstance(batch, (tuple, list)):
        return type(batch)(move_batch(v, device) for v in batch)
    return batch


# %% right: a deep copy is rewritten
import copy


def move_batch(batch, device):
    def walk(x):
        if isinstance(x, torch.Tensor):
            return x.to(device)
        if isinstance(x, dict):
            for k in x:
                x[k] = walk(x[k])
        if isinstance(x, list):
            x[:] = [walk(v) for v in x]
        if isinstance(x, tuple):
            values = [walk(v) for v in x]
            return type(x)(*values) if hasattr(x, "_fields") else tuple(values)
        return x

    return walk(copy.deepcopy(batch))


# %% wrong: any sequence, but for strings | goes into the result as it is
from collections.abc import Sequence


def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, str):
        return batch
    if hasattr(batch, "_fields"):
        return type(batch)(*[move_batch(v, device) for v in batch])
    if isinstance(batch, Sequence):
        return type(batch)([move_batch(v, device) for v in batch])
    return batch


# %% wrong: forgets the device where it calls itself | it needs the device as well
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(move_batch(v) for v in batch)
    return batch


# %% wrong: what comes back is thrown away | build the result from what comes back
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        {k: move_batch(v, device) for k, v in batch.items()}
    elif isinstance(batch, (list, tuple)):
        [move_batch(v, device) for v in batch]
    return batch


# %% wrong: calls itself with the whole | It must call itself with a *part* of the batch
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    return move_batch(batch, device)


# %% wrong: a dict becomes a list | `batch` was a dict and came back as a list
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return [move_batch(v, device) for v in batch.values()]
    if isinstance(batch, (list, tuple)):
        return type(batch)(move_batch(v, device) for v in batch)
    return batch


# %% wrong: refuses what it does not know | goes into the result as it is
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    raise TypeError(f"unsupported {type(batch)}")


# %% wrong: writes into lists | changed the caller's batch
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, list):
        for i, v in enumerate(batch):
            batch[i] = move_batch(v, device)
        return batch
    if isinstance(batch, tuple):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else tuple(values)
    return batch


# %% wrong: everything to float | another dtype than the tensor in the batch
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device, torch.float32)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: named tuple to dict | `batch` was a named tuple and came back as a dict
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if hasattr(batch, "_asdict"):
        batch = batch._asdict()
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(move_batch(v, device) for v in batch)
    return batch


# %% wrong: a named tuple of another class | `batch` was a named tuple and came back as an object
from collections import namedtuple


def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if hasattr(batch, "_fields"):
        return namedtuple("Batch", batch._fields)(*[move_batch(v, device) for v in batch])
    if isinstance(batch, (list, tuple)):
        return type(batch)(move_batch(v, device) for v in batch)
    return batch


# %% wrong: keys become strings | Keep every key
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {str(k): move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    return batch


# %% wrong: strings become None | Is there a `return` for everything else?
def move_batch(batch, device):
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {k: move_batch(v, device) for k, v in batch.items()}
    if isinstance(batch, (list, tuple)):
        values = [move_batch(v, device) for v in batch]
        return type(batch)(*values) if hasattr(batch, "_fields") else type(batch)(values)
    if isinstance(batch, (int, float)) or batch is None:
        return batch


# %% wrong: keys are looked up in a tensor | The batch itself may be a tensor
def move_batch(batch, device):
    for key in batch:
        batch[key] = batch[key].to(device)
    return batch


# %% wrong: the items of a tensor | The batch itself may be a tensor
def move_batch(batch, device):
    return {key: value.to(device) if isinstance(value, torch.Tensor) else value for key, value in batch.items()}


# %% right: any kind of dict, as a plain one
from collections.abc import Mapping


def move_batch(batch, device):
    if torch.is_tensor(batch):
        return batch.to(device)
    if isinstance(batch, Mapping):
        moved = {}
        for key in batch:
            moved[key] = move_batch(batch[key], device)
        return moved
    if isinstance(batch, list):
        return [move_batch(part, device) for part in batch]
    if isinstance(batch, tuple):
        parts = (move_batch(part, device) for part in batch)
        return batch._make(parts) if hasattr(batch, "_make") else tuple(parts)
    return batch
