# %% right: counts the devices of the kind
def pick_device(wanted=None):
    kinds = {"cpu": 1}
    if torch.accelerator.is_available():
        kinds[torch.accelerator.current_accelerator().type] = torch.accelerator.device_count()
    if wanted is None:
        return torch.device(list(kinds)[-1])
    kind, _, number = wanted.partition(":")
    if kind in kinds and int(number or 0) < kinds[kind]:
        return torch.device(wanted)
    raise ValueError(f"{wanted} is not on this machine, which has " + " and ".join(kinds))


# %% right: CUDA first, then whatever there is; tries it out
def pick_device(wanted: str | None = None) -> torch.device:
    available = ["cpu"]
    if torch.accelerator.is_available():
        available.insert(0, str(torch.accelerator.current_accelerator()))
    if torch.cuda.is_available() and "cuda" not in available:
        available.insert(0, "cuda")
    if wanted is None:
        return torch.device(available[0])
    try:
        device = torch.device(wanted)
        torch.empty(1).to(device)
    except Exception as problem:
        raise ValueError(f"{wanted!r} is not available, only {available}: {problem}")
    return device


# %% right: current_accelerator checks itself
def pick_device(wanted=None):
    accelerator = torch.accelerator.current_accelerator(check_available=True)
    if wanted is None:
        return accelerator or torch.device("cpu")
    names = ["cpu"]
    if accelerator is not None:
        names += [accelerator.type] + [f"{accelerator.type}:{i}" for i in range(torch.accelerator.device_count())]
    if wanted not in names:
        raise ValueError(f"wanted {wanted}, but there is only {names}")
    return torch.device(wanted)


# %% right: numbers on everything
def pick_device(wanted=None):
    if torch.accelerator.is_available():
        kind = torch.accelerator.current_accelerator().type
        there = [torch.device("cpu")] + [torch.device(kind, i) for i in range(torch.accelerator.device_count())]
    else:
        there = [torch.device("cpu")]
    if wanted is None:
        return there[1] if len(there) > 1 else there[0]
    for device in there:
        if wanted in (str(device), device.type):
            return device
    raise ValueError("no %s; there are %s" % (wanted, ", ".join(map(str, there))))


# %% right: tries the default too
def pick_device(wanted=None):
    def works(name):
        try:
            return torch.ones(2).to(name) is not None
        except (RuntimeError, AssertionError, ValueError):
            return False

    found = [name for name in ("cuda", "mps", "xpu") if works(name)]
    if torch.accelerator.is_available():
        found.append(torch.accelerator.current_accelerator().type)
    found.append("cpu")
    if wanted is None:
        return torch.device(found[0])
    if works(wanted):
        return torch.device(wanted)
    raise ValueError(f"device {wanted} not found among {sorted(set(found))}")


# %% wrong: hard-coded cuda | which is not there
def pick_device(wanted=None):
    return torch.device(wanted or "cuda")


# %% wrong: never asks torch.accelerator | `torch.accelerator` speaks for whatever is there
def pick_device(wanted=None):
    best = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {torch.accelerator.current_accelerator()}")


# %% wrong: CUDA and Apple only | although there is an accelerator
def pick_device(wanted=None):
    if torch.cuda.is_available():
        best = torch.device("cuda")
    elif torch.backends.mps.is_available():
        best = torch.device("mps")
    else:
        best = torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {torch.accelerator.current_accelerator()}")


# %% wrong: what it was built for | what PyTorch was built for
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() or torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: a string | a string. `torch.device(...)` makes a device
def pick_device(wanted=None):
    best = str(torch.accelerator.current_accelerator()) if torch.accelerator.is_available() else "cpu"
    if wanted is None:
        return best
    if wanted.split(":")[0] not in ("cpu", best) or wanted.split(":")[-1] not in ("cpu", best, "0"):
        raise ValueError(f"no {wanted}; there are cpu, {best}")
    return wanted


# %% wrong: compares strings | Compare the kind alone
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None or wanted == str(best):
        return best
    if wanted == "cpu":
        return torch.device("cpu")
    raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: ignores wanted | it takes no notice of `wanted`
def pick_device(wanted=None):
    if torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    return torch.device("cpu")


# %% wrong: falls back to the CPU | fell back to the CPU without a word
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        return torch.device("cpu")


# %% wrong: an index that is not there | The kind is there, that number is not
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    if wanted.split(":")[0] in ("cpu", best.type):
        return torch.device(wanted)
    raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: raises for the CPU | The CPU is there on every machine
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    if wanted.split(":")[0] != best.type or wanted.split(":")[-1] not in (best.type, "0"):
        raise ValueError(f"no {wanted}; there are cpu, {best}")
    return torch.device(wanted)


# %% wrong: makes a name only | `torch.device` only makes a name
def pick_device(wanted=None):
    if wanted is not None:
        return torch.device(wanted)
    return torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")


# %% wrong: lets PyTorch raise | `ValueError` was asked for
def pick_device(wanted=None):
    if wanted is not None:
        return torch.zeros(1, device=wanted).device
    return torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")


# %% wrong: catches RuntimeError alone | `ValueError` was asked for
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    device = torch.device(wanted)
    try:
        torch.zeros(1, device=device)
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {best}")
    return device


# %% wrong: text without the name | It must name the device that was wanted
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"not available; there are cpu, {best}")


# %% wrong: text without what there is | It must also say what there is
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"{wanted} is not available")


# %% wrong: no return at the end | returned None
def pick_device(wanted=None):
    if wanted is None and torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    if wanted is None:
        return torch.device("cpu")


# %% wrong: ValueError returned | `raise` it instead
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        return ValueError(f"no {wanted}; there are cpu, {best}")


# %% right: kind and number by hand, a device module
def pick_device(wanted=None):
    there = [torch.device("cpu")] + ([torch.accelerator.current_accelerator()] if torch.accelerator.is_available() else [])
    if wanted is None:
        return there[-1]
    problem = ValueError(f"{wanted} is not here, there are {there}")
    try:
        device = torch.device(wanted)
        if device.type == "cpu":
            return device
        module = torch.get_device_module(device)
        if not module.is_available() or (device.index or 0) >= module.device_count():
            raise problem
    except (RuntimeError, AttributeError):
        raise problem
    return device


# %% right: the GPU with the most memory
def pick_device(wanted=None):
    count = torch.accelerator.device_count() if torch.accelerator.is_available() else 0
    if wanted is None:
        if torch.cuda.is_available():
            sizes = [torch.cuda.get_device_properties(i).total_memory for i in range(torch.cuda.device_count())]
            return torch.device("cuda", sizes.index(max(sizes)))
        return torch.accelerator.current_accelerator() if count else torch.device("cpu")
    kind, colon, index = wanted.partition(":")
    kinds = ["cpu"] + [torch.accelerator.current_accelerator().type] * (count > 0)
    if kind not in kinds or (kind != "cpu" and colon and not (index.isdigit() and int(index) < count)):
        raise ValueError(f"{wanted} unavailable ({kinds})")
    return torch.device(wanted)


# %% right: an error class of its own
class NoSuchDevice(ValueError):
    def __init__(self, wanted, there):
        super().__init__(f"no {wanted!r}: only {there}")


def pick_device(wanted=None):
    default = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    try:
        return torch.tensor([0.0], device=wanted).device if wanted is not None else default
    except (AssertionError, RuntimeError):
        raise NoSuchDevice(wanted, {"CPU", default.type}) from None


# %% wrong: the lesson's own lines | The simulated device is for learning
from torchprimer import sim


def pick_device(wanted=None):
    if wanted is not None:
        return torch.device(wanted)
    if torch.cuda.is_available():
        return torch.device("cuda")
    elif torch.accelerator.is_available():
        return torch.accelerator.current_accelerator()
    else:
        sim.register()
        return torch.device("sim")


# %% wrong: None where there is no accelerator | which is what `current_accelerator()` gives
def pick_device(wanted=None):
    there = torch.accelerator.current_accelerator(check_available=True)
    if wanted is None:
        return there
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {there}")


# %% wrong: assert | raised AssertionError
def pick_device(wanted=None):
    names = ["cpu"] + ([torch.accelerator.current_accelerator().type] if torch.accelerator.is_available() else [])
    if wanted is None:
        return torch.device(names[-1])
    assert wanted.split(":")[0] in names, f"{wanted} not in {names}"
    return torch.zeros(1, device=wanted).device


# %% wrong: the last number plus one | numbers start at 0
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator(True) or torch.device("cpu")
    if wanted is None:
        return best
    kind, _, number = wanted.partition(":")
    if kind in ("cpu", best.type) and int(number or 0) <= torch.accelerator.device_count():
        return torch.device(wanted)
    raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: a number that is not there, by default | numbers start at 0
def pick_device(wanted=None):
    best = torch.device("cpu")
    if torch.accelerator.is_available():
        best = torch.device(torch.accelerator.current_accelerator().type, torch.accelerator.device_count())
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: drops the number | that number is not
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator(True) or torch.device("cpu")
    if wanted is None:
        return best
    if wanted.split(":")[0] in ("cpu", best.type):
        return torch.device(wanted.split(":")[0])
    raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: is_available without its brackets | every tensor would raise there
def pick_device(wanted=None):
    if wanted is None:
        return torch.device("cuda" if torch.cuda.is_available else "cpu")
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {torch.accelerator.current_accelerator()}")


# %% wrong: prints the problem | returned None. That device is not there
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator(True) or torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        print(f"no {wanted}; there are cpu, {best}")


# %% wrong: a tensor | an object of the class `Tensor`
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator(True) or torch.device("cpu")
    if wanted is None:
        return best
    try:
        return torch.zeros(1, device=wanted)
    except (RuntimeError, AssertionError):
        raise ValueError(f"no {wanted}; there are cpu, {best}")


# %% wrong: an empty ValueError | has no text
def pick_device(wanted=None):
    if wanted is None:
        return torch.accelerator.current_accelerator(True) or torch.device("cpu")
    try:
        return torch.zeros(1, device=wanted).device
    except Exception:
        raise ValueError


# %% wrong: the accelerator in its place | something else than what was asked for
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator(True) or torch.device("cpu")
    try:
        return torch.zeros(1, device=wanted).device if wanted else best
    except Exception:
        return best


# %% right: every device is tried by a tensor on it
def pick_device(wanted=None):
    if wanted is None:
        wanted = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        there = ["cpu"] + [str(torch.accelerator.current_accelerator())] * torch.accelerator.is_available()
        raise ValueError(f"no device {wanted}; there are: {there}")


# %% right: tried by torch.tensor
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator(check_available=True) or "cpu"
    try:
        return torch.tensor([1.0], device=wanted or best).device
    except (RuntimeError, AssertionError) as problem:
        raise ValueError(f"no device {wanted}; there are cpu, {best}") from problem


# %% right: tried by a move, and asked after a step of computing
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    try:
        moved = torch.zeros(1).to(wanted if wanted is not None else best)
        assert moved.cpu().device.type == "cpu" and torch.ones(1).to(moved).device == moved.device
        return (moved.double() + 1).device
    except (RuntimeError, AssertionError) as problem:
        raise ValueError(f"no device {wanted}; there are cpu, {best}") from problem


# %% right: tried in a block with a default device
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    try:
        with torch.device(wanted or best):
            return torch.empty(2).device
    except Exception:
        raise ValueError(f"no device {wanted}; there are cpu, {best}")


# %% wrong: the devices of this machine by heart | machine; it does not name:
def pick_device(wanted=None):
    best = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
    try:
        return torch.zeros(1, device=wanted or best).device
    except (RuntimeError, AssertionError):
        raise ValueError(f"no device {wanted}; there are: cpu, sim")


# %% wrong: tried by a tensor on what PyTorch was built for | `ValueError` was asked for
def pick_device(wanted=None):
    return torch.zeros(1, device=wanted or torch.accelerator.current_accelerator()).device


# %% right: the first device on which a layer can live
def pick_device(wanted=None):
    accelerator = torch.accelerator.current_accelerator()
    for name in [wanted] if wanted else [accelerator, "cpu"]:
        try:
            return torch.nn.Linear(2, 2).to(name).weight.device if name else torch.device("cpu")
        except (RuntimeError, AssertionError):
            continue
    raise ValueError(f"{wanted} is not among: cpu, {accelerator}")


# %% wrong: sets the default device as well | `pick_device` only chooses
def pick_device(wanted=None):
    there = [torch.device("cpu")]
    if torch.accelerator.is_available():
        there.append(torch.accelerator.current_accelerator())
    if wanted is None:
        torch.set_default_device(there[-1])
        return there[-1]
    try:
        return torch.zeros(1, device=wanted).device
    except (RuntimeError, AssertionError):
        kinds = ", ".join((device.type for device in there))
        raise ValueError(f'no device "{wanted}" here; there are: {kinds}') from None
