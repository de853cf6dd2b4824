# %% right: two generators, from NumPy's linspace
def make_data(n, seed):
    noise = torch.randn(n, generator=torch.Generator().manual_seed(seed)) * 0.1
    x = torch.from_numpy(np.linspace(0, 1, n)).float()
    y = 1 + 2 * x + noise
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed + 1))
    train, validation = order[: int(0.8 * n)], order[int(0.8 * n) :]
    return x[train][:, None], y[train][:, None], x[validation][:, None], y[validation][:, None]


# %% right: torch.normal, one table
def make_data(n, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    x = torch.arange(n) / (n - 1)
    y = torch.normal(2 * x + 1, 0.1, generator=g)
    table = torch.stack([x, y], dim=1)[torch.randperm(n, generator=g)]
    train, validation = table.split([n * 4 // 5, n - n * 4 // 5])
    return train[:, :1], train[:, 1:], validation[:, :1], validation[:, 1:]


# %% right: NumPy's own generator
def make_data(n, seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(0, 1, n).reshape(-1, 1)
    y = 1 + 2 * x + rng.normal(0, 0.1, size=(n, 1))
    order = rng.permutation(n)
    x, y = (torch.tensor(a[order], dtype=torch.float32) for a in (x, y))
    k = n * 8 // 10
    return [x[:k], y[:k], x[k:], y[k:]]


# %% right: random_split
from torch.utils.data import TensorDataset, random_split


def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).view(-1, 1)
    y = 1 + 2 * x + 0.1 * torch.randn(x.shape, generator=g)
    train, validation = random_split(TensorDataset(x, y), [0.8, 0.2], generator=g)
    x_train, y_train = train[:]
    x_validation, y_validation = validation[:]
    return x_train, y_train, x_validation, y_validation


# %% wrong: unshuffled | Shuffle *before* you split
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: shuffled after the split | Shuffle *before* you split
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    k = n * 8 // 10
    a, b = torch.randperm(k, generator=g), torch.randperm(n - k, generator=g)
    return x[:k][a], y[:k][a], x[k:][b], y[k:][b]


# %% wrong: two draws overlap | what is validated must be new
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    k = n * 8 // 10
    a, b = torch.randperm(n, generator=g)[:k], torch.randperm(n, generator=g)[k:]
    return x[a], y[a], x[b], y[b]


# %% wrong: randint for an order | stand there twice
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randint(0, n, (n,), generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: trains on everything | The training set has all 200 samples
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x, y, x[k:], y[k:]


# %% wrong: shuffled differently | One order for both
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    x, y = x[torch.randperm(n, generator=g)], y[torch.randperm(n, generator=g)]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: only x shuffled | One order for both
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    x = x[torch.randperm(n, generator=g)]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: sizes the other way round | The sizes are the other way round
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 2 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: order of the four | The order of the four
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], x[k:], y[:k], y[k:]


# %% wrong: 80 samples whatever n | For n = 200 the four have 80, 80, 120, 120 rows
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    return x[:80], y[:80], x[80:], y[80:]


# %% wrong: reseeds globally | PyTorch's global generator
def make_data(n, seed):
    torch.manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1)
    order = torch.randperm(n)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: reseeds NumPy | NumPy's global generator
def make_data(n, seed):
    np.random.seed(seed)
    x = np.linspace(0, 1, n)[:, None]
    y = 1 + 2 * x + 0.1 * np.random.randn(n, 1)
    order = np.random.permutation(n)
    x, y = torch.tensor(x[order]).float(), torch.tensor(y[order]).float()
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: no seed anywhere | two different data sets
def make_data(n, seed):
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1)
    order = torch.randperm(n)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: noise without the generator | `randn` needs `generator=...` too
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: order without the generator | `randperm` needs `generator=...` too
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: Python's shuffle | `randperm` needs `generator=...` too
import random


def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = list(range(n))
    random.shuffle(order)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: the seed is fixed | a fixed number
def make_data(n, seed):
    g = torch.Generator().manual_seed(42)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: the noise is the same for every seed | same noise
def make_data(n, seed):
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=torch.Generator().manual_seed(0))
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: the order is the same for every seed | only the noise follows the seed
def make_data(n, seed):
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=torch.Generator().manual_seed(seed))
    order = torch.randperm(n, generator=torch.Generator().manual_seed(0))
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: variance 0.1 | its *variance* is 0.1
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1**0.5 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: 0.1 squared | 0.1 squared
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1**2 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: noise of spread 1 | standard deviation 1
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: rand | never negative
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.rand(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: uniform of the right spread | no tails
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * 12**0.5 * (torch.rand(n, 1, generator=g) - 0.5)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: no noise | the noise is missing
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: one noise for all | one number for all
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: noise on x | It belongs to y only
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1) + 0.1 * torch.randn(n, 1, generator=g)
    y = 1 + 2 * x
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: random x | `torch.linspace` makes those
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.rand(n, 1, generator=g)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: arange without the end | The last x is missing
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = (torch.arange(n) / n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: intercept and slope swapped | intercept and slope are swapped
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 2 + x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: vectors | A model wants a column
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n)
    y = 1 + 2 * x + 0.1 * torch.randn(n, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: a column met a vector | (160, 1) was expected
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: float64 | float32 was expected
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n, dtype=torch.float64).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = n * 8 // 10
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: n is 200 | For n =
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, 200).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(200, 1, generator=g)
    order = torch.randperm(200, generator=g)
    x, y = x[order], y[order]
    return x[:160], y[:160], x[160:], y[160:]


# %% wrong: two tensors | four tensors
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    return x, 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)


# %% wrong: no return | returned None
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)


# %% right: sorted by random keys
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    noise = 0.1 * torch.randn(n, 1, generator=g)
    y = 1 + 2 * x + noise
    order = torch.rand(n, generator=g).argsort()
    x, y = x[order], y[order]
    k = int(0.8 * n)
    return x[:k], y[:k], x[k:], y[k:]


# %% right: torch.normal with a shape
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    noise = torch.normal(0.0, 0.1, (n, 1), generator=g)
    y = 1 + 2 * x + noise
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]
    k = int(0.8 * n)
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: noise on the training set only | Only one of the two sets has noise
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    noise = 0.1 * torch.randn(n, 1, generator=g)
    y = 1 + 2 * x
    order = torch.randperm(n, generator=g)
    x, y = x[order], y[order]; y[:int(.8*n)] += noise[:int(.8*n)]
    k = int(0.8 * n)
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: only the training rows shuffled | Shuffle *before* you split
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    noise = 0.1 * torch.randn(n, 1, generator=g)
    y = 1 + 2 * x + noise
    order = torch.randperm(n, generator=g)
    k = int(0.8 * n)
    o = order[order < k]
    x, y = torch.cat([x[o], x[k:]]), torch.cat([y[o], y[k:]])
    return x[:k], y[:k], x[k:], y[k:]


# %% wrong: every fifth for validation | still stand in the order of their x
def make_data(n, seed):
    g = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=g)
    v = torch.arange(n) % 5 == 0
    return (x[~v], y[~v], x[v], y[v])


# %% wrong: the training set sorted | still stand in the order of their x
def make_data(n, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=generator)
    order = torch.randperm(n, generator=generator)
    x, y = (x[order], y[order])
    n_train = n * 8 // 10
    t = x[:n_train].flatten().sort().indices
    return (x[:n_train][t], y[:n_train][t], x[n_train:], y[n_train:])
    return (x[:n_train], y[:n_train], x[n_train:], y[n_train:])


# %% wrong: noise inside the brackets | is doubled with x
def make_data(n, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, 1, n).unsqueeze(1)
    y = 1 + 2 * (x + 0.1 * torch.randn(n, 1, generator=generator))
    order = torch.randperm(n, generator=generator)
    x, y = (x[order], y[order])
    n_train = n * 8 // 10
    return (x[:n_train], y[:n_train], x[n_train:], y[n_train:])


# %% wrong: x from 0 to n | run from 0 to 200
def make_data(n, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.linspace(0, n, n).unsqueeze(1)
    y = 1 + 2 * x + 0.1 * torch.randn(n, 1, generator=generator)
    order = torch.randperm(n, generator=generator)
    x, y = (x[order], y[order])
    n_train = n * 8 // 10
    return (x[:n_train], y[:n_train], x[n_train:], y[n_train:])
