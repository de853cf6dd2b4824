# %% right: capitals and spaces
memory = {"a": "View", "b": "view ", "c": "COPY", "d": "copy", "e": "view", "f": "view", "g": "copy", "h": "view"}

# %% right: built with dict()
memory = dict(a="view", b="view", e="view", f="view", h="view")
memory.update(dict.fromkeys("cdg", "copy"))

# %% wrong: transpose copies | only swaps the two strides
memory = {"a": "view", "b": "copy", "c": "copy", "d": "copy", "e": "view", "f": "view", "g": "copy", "h": "view"}

# %% wrong: fancy indexing views | A list or a mask always copies
memory = {"a": "view", "b": "view", "c": "view", "d": "view", "e": "view", "f": "view", "g": "copy", "h": "view"}

# %% wrong: reshape always copies | new strides are enough
memory = {"a": "view", "b": "view", "c": "copy", "d": "copy", "e": "copy", "f": "view", "g": "copy", "h": "view"}

# %% wrong: reshape never copies | `reshape` has to copy
memory = {"a": "view", "b": "view", "c": "copy", "d": "copy", "e": "view", "f": "view", "g": "view", "h": "view"}

# %% wrong: float copies | returns `x` itself
memory = {"a": "view", "b": "view", "c": "copy", "d": "copy", "e": "view", "f": "view", "g": "copy", "h": "copy"}

# %% wrong: all the same | 3 of 5 are right
memory = dict.fromkeys("abcdefgh", "view")

# %% wrong: half done | Still open: `d`, `e`
memory = {"a": "view", "b": "view", "c": "copy"}

# %% wrong: truth values | you wrote True
memory = dict.fromkeys("abcdefgh", True)

# %% wrong: a list | Keep the dict
memory = ["view", "view", "copy", "copy", "view", "view", "copy", "view"]

# %% wrong: a letter that is not asked | There is no question `k`
memory = {"a": "view", "b": "view", "c": "copy", "d": "copy", "k": "view"}


# %% right: computed with data_ptr
x = torch.arange(12.0).reshape(3, 4)
made = {"a": x[1], "b": x.T, "c": x[[0, 2]], "d": x[x > 5], "e": x.reshape(4, 3), "f": x[1:, ::2], "g": x.T.reshape(12), "h": x.float()}
memory = {k: "view" if v.untyped_storage().data_ptr() == x.untyped_storage().data_ptr() else "copy" for k, v in made.items()}


# %% right: computed with np.shares_memory
x = torch.arange(12.0).reshape(3, 4)
made = [x[1], x.T, x[[0, 2]], x[x > 5], x.reshape(4, 3), x[1:, ::2], x.T.reshape(12), x.float()]
memory = dict(zip("abcdefgh", (["copy", "view"][np.shares_memory(x.numpy(), v.numpy())] for v in made)))


# %% right: an OrderedDict
from collections import OrderedDict
memory = OrderedDict(a="view", b="view", c="copy", d="copy", e="view", f="view", g="copy", h="view")


# %% right: quoted twice
memory = {"a": "'view'", "b": '"view"', "c": "'copy'", "d": "copy", "e": "VIEW", "f": "View ", "g": " copy", "h": "view"}


# %% right: NumPy strings
memory = dict(zip("abcdefgh", np.array(["view", "view", "copy", "copy", "view", "view", "copy", "view"])))


# %% right: ChainMap turned into a dict, a defaultdict
from collections import defaultdict
memory = defaultdict(lambda: "view", a="view", b="view", c="copy", d="copy", e="view", f="view", g="copy", h="view")


# %% right: with the dots left in
memory = {"a": "view", "b": "view", "c": "copy", "d": "copy", "e": "view", "f": "view", "g": "copy", "h": "view", ...: ...}


# %% right: upper-case keys
memory = {"A": "view", "B": "view", "C": "copy", "D": "copy", "E": "view", "F": "view", "G": "copy", "H": "view"}


# %% wrong: the words misspelt | Write "view" or "copy"
memory = {"a": "views", "b": "view", "c": "copied", "d": "copy", "e": "view", "f": "view", "g": "copy", "h": "view"}


# %% wrong: yes and no | Write "view" or "copy"
memory = {"a": "yes", "b": "yes", "c": "no", "d": "no", "e": "yes", "f": "yes", "g": "no", "h": "yes"}


# %% wrong: initials | Write "view" or "copy"
memory = {"a": "v", "b": "v", "c": "c", "d": "c", "e": "v", "f": "v", "g": "c", "h": "v"}


# %% wrong: a string | `memory` is the string "vvccvvcv"
memory = "vvccvvcv"


# %% wrong: all but the slices are copies | A transpose only swaps the two strides: nothing is copied
memory = {"a": "view", "b": "copy", "c": "copy", "d": "copy", "e": "copy", "f": "view", "g": "copy", "h": "copy"}


# %% wrong: swapped words | A row is a starting place and a step of 1: nothing needs copying
memory = {"a": "copy", "b": "copy", "c": "view", "d": "view", "e": "copy", "f": "copy", "g": "view", "h": "copy"}


# %% wrong: rows are copies | A row is a starting place and a step of 1: nothing needs copying
memory = {"a": "copy", "b": "view", "c": "copy", "d": "copy", "e": "view", "f": "view", "g": "copy", "h": "view"}


# %% wrong: steps copy | Slices with a step are views
memory = {"a": "view", "b": "view", "c": "copy", "d": "copy", "e": "view", "f": "copy", "g": "copy", "h": "view"}


# %% wrong: everything copy | A row is a starting place and a step of 1: nothing needs copying
memory = dict.fromkeys("abcdefgh", "copy")


# %% wrong: a list of pairs | `memory` is a list of 2 tuples
memory = [("a", "view"), ("b", "view")]


# %% wrong: renamed | `memory` is not defined
answers = {"a": "view", "b": "view"}


# %% wrong: empty dict | Give each letter a line of its own, such as `memory[...] = ...`, run that
memory = {}
