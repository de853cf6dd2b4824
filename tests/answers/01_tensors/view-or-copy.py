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
