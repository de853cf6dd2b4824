# %% right: two generators, sizes in numbers
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    n_train = int(0.8 * len(x))
    train, validation = random_split(
        TensorDataset(x, y), [n_train, len(x) - n_train], generator=torch.Generator().manual_seed(seed)
    )
    return (
        DataLoader(train, batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed + 1)),
        DataLoader(validation, batch_size, shuffle=False),
    )


# %% right: randperm, a dataset for each, validation in one batch
from torch.utils.data import DataLoader, TensorDataset


def make_loaders(x, y, batch_size, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    order = torch.randperm(len(x), generator=generator)
    k = len(x) * 8 // 10
    train, validation = (TensorDataset(x[i], y[i]) for i in (order[:k], order[k:]))
    return DataLoader(train, batch_size, True, generator=generator), DataLoader(validation, len(validation))


# %% right: Subset and a sampler
from torch.utils.data import DataLoader, RandomSampler, Subset, TensorDataset


def make_loaders(x, y, batch_size, seed):
    generator = torch.Generator().manual_seed(seed)
    data = TensorDataset(x, y)
    order = torch.randperm(len(data), generator=generator).tolist()
    k = len(data) * 4 // 5
    train, validation = Subset(data, order[:k]), Subset(data, sorted(order[k:]))
    sampler = RandomSampler(train, generator=generator)
    return [DataLoader(train, batch_size, sampler=sampler), DataLoader(validation, batch_size)]


# %% wrong: split without the generator | `random_split` without `generator=...`
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2])
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: shuffle without the generator | the loader that shuffles needs
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: no generator at all | `random_split` without `generator=...`
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2])
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: reseeds globally | seeds or uses the global generator
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    torch.manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2])
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed))
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: torch.manual_seed as the generator | seeds or uses the global generator
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: shuffled validation | There a fixed one is asked
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size, shuffle=True, generator=g)
    return train_loader, validation_loader


# %% wrong: training not shuffled | `shuffle=True` draws a new one each time
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: shuffles swapped | The orders are the other way round
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size)
    validation_loader = DataLoader(validation, batch_size=batch_size, shuffle=True, generator=g)
    return train_loader, validation_loader


# %% wrong: drop_last | Leave `drop_last` alone
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g, drop_last=True)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: drop_last in validation | The validation loader gives no batches at all
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size, drop_last=True)
    return train_loader, validation_loader


# %% wrong: batch_size forgotten | one by one
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: validation without batch_size | The validation loader gives the samples one by one
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation)
    return train_loader, validation_loader


# %% wrong: another batch size | `batch_size` was 12
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=10, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: sizes the other way round | The sizes are the other way round
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.2, 0.8], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: half and half | 40 and 10 were expected
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.5, 0.5], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: trains on everything | samples are in both sets
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(TensorDataset(x, y), batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: validates on training data | samples are in both sets
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(train, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: two splits | samples are in both sets
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    _, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: datasets | you returned a `Subset`
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train, validation


# %% wrong: x alone | are not pairs
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: y and x swapped | y first and x second
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(y, x), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: list of batches | the same order in every epoch
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return list(train_loader), list(validation_loader)


# %% wrong: iterators | empty in its second epoch
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return iter(train_loader), iter(validation_loader)


# %% wrong: a fixed seed | is the seed a fixed number
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(42)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: only the split is fixed | is the seed a fixed number
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=torch.Generator().manual_seed(0))
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: swapped loaders | The sizes are the other way round
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return validation_loader, train_loader


# %% wrong: one loader | Return two loaders
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader


# %% wrong: no return | returned None
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)


# %% wrong: vectors | (n, 1) for both
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x.squeeze(1), y.squeeze(1)), [0.8, 0.2], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: sampler of 50 samples | With other inputs
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [40, len(x) - 40], generator=g)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)
    validation_loader = DataLoader(validation, batch_size=batch_size)
    return train_loader, validation_loader


# %% wrong: validation is the end | one end of the data
from torch.utils.data import DataLoader, TensorDataset


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    k = len(x) * 8 // 10
    train, validation = TensorDataset(x[:k], y[:k]), TensorDataset(x[k:], y[k:])
    return DataLoader(train, batch_size, shuffle=True, generator=g), DataLoader(validation, batch_size)


# %% wrong: x and y split apart | `TensorDataset(x, y)` keeps the pairs
from torch.utils.data import DataLoader, TensorDataset


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    x, y = x[torch.randperm(len(x), generator=g)], y[torch.randperm(len(y), generator=g)]
    k = len(x) * 8 // 10
    train, validation = TensorDataset(x[:k], y[:k]), TensorDataset(x[k:], y[k:])
    return DataLoader(train, batch_size, shuffle=True, generator=g), DataLoader(validation, batch_size)


# %% wrong: the same order in every epoch | shuffled once is not enough
from torch.utils.data import DataLoader, TensorDataset, random_split


class SameAgain:
    def __init__(self, data, batch_size, seed):
        self.data, self.batch_size, self.seed = data, batch_size, seed

    def __iter__(self):
        g = torch.Generator().manual_seed(self.seed)
        return iter(DataLoader(self.data, self.batch_size, shuffle=True, generator=g))


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    return SameAgain(train, batch_size, seed), DataLoader(validation, batch_size)


# %% wrong: drawn with replacement | A sample stands twice
from torch.utils.data import DataLoader, RandomSampler, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    sampler = RandomSampler(train, replacement=True, generator=g)
    return DataLoader(train, batch_size, sampler=sampler), DataLoader(validation, batch_size)


# %% right: a list of pairs as the data set
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = random_split(list(zip(x, y)), [0.8, 0.2], generator=g)
    return DataLoader(train, batch_size=batch_size, shuffle=True, generator=g), DataLoader(val, batch_size=batch_size)


# %% right: a data set class of its own
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = random_split(type("D", (torch.utils.data.Dataset,), {"__len__": lambda s: len(x), "__getitem__": lambda s, i: (x[i], y[i])})(), [0.8, 0.2], generator=g)
    return DataLoader(train, batch_size=batch_size, shuffle=True, generator=g), DataLoader(val, batch_size=batch_size)


# %% wrong: float64 | come out as they went in
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = random_split(TensorDataset(x.double(), y), [0.8, 0.2], generator=g)
    return DataLoader(train, batch_size=batch_size, shuffle=True, generator=g), DataLoader(val, batch_size=batch_size)


# %% wrong: the training loader as a list | the same order in every epoch
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    g = torch.Generator().manual_seed(seed)
    train, val = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    return list(DataLoader(train, batch_size=batch_size, shuffle=True, generator=g)), DataLoader(val, batch_size=batch_size)


# %% wrong: x standardised | None of the x in the batches
from torch.utils.data import DataLoader, TensorDataset, random_split


def make_loaders(x, y, batch_size, seed):
    x = (x - x.mean()) / x.std()
    generator = torch.Generator().manual_seed(seed)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=generator)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=generator)
    return (train_loader, DataLoader(validation, batch_size=batch_size))
