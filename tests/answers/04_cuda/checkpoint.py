# %% right: two state dicts and a number
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% right: a tuple, straight to the device
import torch


def save_checkpoint(path, model, optimizer, epoch):
    parts = (epoch, model.state_dict(), optimizer.state_dict())
    with open(path, "wb") as file:
        torch.save(parts, file)


def load_checkpoint(path, model, optimizer, device):
    with open(path, "rb") as file:
        epoch, weights, memory = torch.load(file, map_location=device)
    optimizer.load_state_dict(memory)
    print(model.load_state_dict(weights, strict=True))
    return epoch


# %% right: a function for map_location, the epoch as a tensor
import io
from pathlib import Path

import torch


def save_checkpoint(path, model, optimizer, epoch):
    buffer = io.BytesIO()
    state = model.state_dict()
    state["optimizer"] = optimizer.state_dict()
    state["epoch"] = torch.tensor(epoch)
    torch.save(state, buffer)
    Path(path).write_bytes(buffer.getvalue())


def load_checkpoint(path, model, optimizer, device):
    state = torch.load(str(path), map_location=lambda storage, location: storage)
    epoch = int(state.pop("epoch"))
    optimizer.load_state_dict(state.pop("optimizer"))
    model.load_state_dict(state)
    return epoch


# %% right: everything brought to the CPU before it is saved
import torch


def to_cpu(value):
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().clone()
    if isinstance(value, dict):
        return {key: to_cpu(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_cpu(item) for item in value]
    return value


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(to_cpu([model.state_dict(), optimizer.state_dict(), {"epoch": epoch}]), path)


def load_checkpoint(path, model, optimizer, device):
    weights, memory, rest = torch.load(path)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            tensor.copy_(weights[name])
    optimizer.load_state_dict(memory)
    return rest["epoch"]


# %% right: written beside and renamed
import os

import torch


def save_checkpoint(path, model, optimizer, epoch):
    checkpoint = dict(epoch=epoch, model_state=model.state_dict(), optimizer_state=optimizer.state_dict(), lr=0.1)
    torch.save(checkpoint, path + ".new")
    os.replace(path + ".new", path)


def load_checkpoint(path, model, optimizer, device):
    checkpoint = torch.load(path, map_location=str(device), weights_only=True)
    model.load_state_dict(checkpoint["model_state"])
    model.to(device).train()
    optimizer.load_state_dict(checkpoint["optimizer_state"])
    return int(checkpoint["epoch"])


# %% right: a safe file, read without weights_only
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location=device, weights_only=False)
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% right: the older format
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch},
        path,
        _use_new_zipfile_serialization=False,
    )


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% right: flat keys
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {
            **{f"model.{k}": v for k, v in model.state_dict().items()},
            "optimizer": optimizer.state_dict(),
            "epoch": epoch,
        },
        path,
    )


def load_checkpoint(path, model, optimizer, device):
    d = torch.load(path, map_location=lambda s, l: s)
    model.load_state_dict({k[6:]: v for k, v in d.items() if k.startswith("model.")})
    optimizer.load_state_dict(d["optimizer"])
    return d["epoch"]


# %% right: copied tensor by tensor
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        dict(
            p=[p.detach() for p in model.parameters()],
            b=list(model.buffers()),
            o=optimizer.state_dict(),
            e=epoch,
        ),
        path,
    )


def load_checkpoint(path, model, optimizer, device):
    d = torch.load(path, map_location="cpu")
    with torch.no_grad():
        for p, q in zip([*model.parameters(), *model.buffers()], [*d["p"], *d["b"]]):
            p.copy_(q)
    optimizer.load_state_dict(d["o"])
    return d["e"]


# %% right: data assigned on the device
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location=device)
    for name, p in model.named_parameters():
        p.data = c["model"][name]
    for name, b in model.named_buffers():
        b.data = c["model"][name]
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: no map_location | Say with `map_location` where they shall go
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: the module object | Save its `state_dict()`
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(saved["model"].state_dict())
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: the optimizer object | Save its `state_dict()`
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer, "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"].state_dict())
    return saved["epoch"]


# %% wrong: the optimizer lost | What the optimizer remembers is not in the file
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    return saved["epoch"]


# %% wrong: the optimizer saved and not loaded | has forgotten everything
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    return saved["epoch"]


# %% wrong: the epoch lost | The epoch is not in the file
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return 0


# %% wrong: the next epoch | the epoch that was saved is
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"] + 1


# %% wrong: returns the whole dict | returned a dict
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved


# %% wrong: returns None | returned None
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])


# %% wrong: a new model inside | the weights of the model are what they were before
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    import copy

    model = copy.deepcopy(model)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: strict=False and other keys | `strict=False` skips keys
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": {f"module.{k}": v for k, v in model.state_dict().items()}, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"], strict=False)
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: other keys | `load_state_dict` of the model found keys missing
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": {f"module.{k}": v for k, v in model.state_dict().items()}, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: parameters only | The parameters are in the file, the buffers are not
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": dict(model.named_parameters()), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"], strict=False)
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: saving moves the model | work in place
import torch


def save_checkpoint(path, model, optimizer, epoch):
    model.cpu()
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: loading moves the model | and leave it where it is
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    model.cpu()
    return saved["epoch"]


# %% wrong: two files | Beside the file at `path` you wrote run.pt.optimizer
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "epoch": epoch}, path)
    torch.save(optimizer.state_dict(), path + ".optimizer")


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location=device)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(torch.load(path + ".optimizer", map_location=device))
    return saved["epoch"]


# %% wrong: path and object swapped | `save_checkpoint` raised
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}.get("x"), {})


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: nothing is written | There is no file at `path`
import torch


def save_checkpoint(path, model, optimizer, epoch):
    state = ({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: assigned, so the optimizer holds the old ones | the optimizer still trains the old ones
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(saved["model"], assign=True)
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: frozen | no longer require grad
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    model.requires_grad_(False)
    return saved["epoch"]


# %% wrong: data replaced by tensors on the CPU | Load into it, and leave it where it is
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    for name, p in model.named_parameters():
        p.data = saved["model"][name]
    for name, b in model.named_buffers():
        b.data = saved["model"][name]
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: buffers not loaded | Parameters *and* buffers belong to its state
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    for name, p in model.named_parameters():
        p.data.copy_(saved["model"][name])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: cuda as map_location | Name no device
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cuda", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: left in evaluation mode | in evaluation mode
import torch


def save_checkpoint(path, model, optimizer, epoch):
    model.eval()
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: pickled | `torch.load(path, weights_only=True)` refuses your file
import pickle

import torch


def save_checkpoint(path, model, optimizer, epoch):
    with open(path, "wb") as file:
        pickle.dump({"model": model, "optimizer": optimizer, "epoch": epoch}, file)


def load_checkpoint(path, model, optimizer, device):
    with open(path, "rb") as file:
        saved = pickle.load(file)
    model.load_state_dict(saved["model"].state_dict())
    optimizer.load_state_dict(saved["optimizer"].state_dict())
    return saved["epoch"]


# %% wrong: only cuda:0 is mapped | Say with `map_location` where they shall go
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location={"cuda:0": "cpu"})
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: only the model | What the optimizer remembers is not in the file
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(model.state_dict(), path)


def load_checkpoint(path, model, optimizer, device):
    model.load_state_dict(torch.load(path, map_location=device))


# %% wrong: only the settings of the optimizer | What the optimizer remembers is not in the file
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict()["param_groups"], "epoch": epoch},
        path,
    )


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location=device)
    model.load_state_dict(c["model"])
    return c["epoch"]


# %% wrong: the optimizer's state left on the CPU | The optimizer's memory must be where the weights are
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    for p, (k, s) in zip(model.parameters(), c["optimizer"]["state"].items()):
        optimizer.state[p] = s
    return c["epoch"]


# %% wrong: a new optimizer inside | has forgotten everything
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer = torch.optim.Adam(model.parameters())
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: names given to what was saved | the weights of the model are what they were before
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model = c["model"]
    optimizer = c["optimizer"]
    return c["epoch"]


# %% wrong: the epoch in a global | The epoch is not in the file
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    global last
    last = epoch
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return last


# %% wrong: kept in memory | There is no file at `path`
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    global box
    box = copy.deepcopy(model.state_dict()), copy.deepcopy(optimizer.state_dict()), epoch


def load_checkpoint(path, model, optimizer, device):
    m, o, e = box
    model.load_state_dict(m)
    optimizer.load_state_dict(o)
    return e


# %% wrong: in half precision | not with all their digits
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {
            "model": {k: v.half() for k, v in model.state_dict().items()},
            "optimizer": optimizer.state_dict(),
            "epoch": epoch,
        },
        path,
    )


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: load is not written | Replace the `...` in `load_checkpoint`
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device): ...


# %% wrong: evaluation mode after loading | the model is in evaluation mode now
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    model.eval()
    return c["epoch"]


# %% wrong: frozen by saving | the run of the caller could not go on
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)
    model.requires_grad_(False)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: NumPy arrays in the file | refuses your file
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {
            "model": {k: v.cpu().numpy() for k, v in model.state_dict().items()},
            "optimizer": optimizer.state_dict(),
            "epoch": epoch,
        },
        path,
    )


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu", weights_only=False)
    model.load_state_dict({k: torch.from_numpy(v) for k, v in c["model"].items()})
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: the epoch as a tensor | returned a tensor; an int is wanted
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": torch.tensor(epoch)}, path
    )


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: the optimizer's memory moved by saving | the run of the caller could not go on
import copy, torch, pathlib


def save_checkpoint(path, model, optimizer, epoch):
    for s in optimizer.state.values():
        for k, v in s.items():
            if torch.is_tensor(v):
                s[k] = v.cpu()
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    c = torch.load(path, map_location="cpu")
    model.load_state_dict(c["model"])
    optimizer.load_state_dict(c["optimizer"])
    return c["epoch"]


# %% wrong: three files by one name, the epoch last | Each call *overwrites* the file
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(model.state_dict(), path)
    torch.save(optimizer.state_dict(), path)
    torch.save(epoch, path)


def load_checkpoint(path, model, optimizer, device):
    model.load_state_dict(torch.load(path, map_location=device))
    optimizer.load_state_dict(torch.load(path, map_location=device))
    return torch.load(path)


# %% wrong: three files by one name, loaded so that nothing raises | Each call *overwrites* the file
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict()}, path)
    torch.save({"optimizer": optimizer.state_dict()}, path)
    torch.save({"epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location=device, weights_only=True)
    if "model" in saved:
        model.load_state_dict(saved["model"])
    return saved["epoch"]


# %% wrong: the weights not saved, and none asked for | they are not in the file
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(saved.get("model", {}), strict=False)
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% wrong: a new optimizer made for the model that was given | a new optimizer was made inside
import torch


def save_checkpoint(path, model, optimizer, epoch):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location=device, weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer = torch.optim.Adam(model.parameters())
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]


# %% right: saved twice, the second time complete
import torch


def save_checkpoint(path, model, optimizer, epoch):
    parts = {"model": model.state_dict()}
    torch.save(parts, path)
    torch.save(parts | {"optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer, device):
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    return saved["epoch"]
