# %% right: lists, strings and torch.Size
shapes = {"a": [3, 4], "b": "(2, 3)", "c": "Error", "d": torch.Size([5, 5]), "e": (4, 2, 3), "f": "2, 3",
          "g": "[3, 4]", "h": (2, 3, 4), "i": "error ", "j": (6, 6)}

# %% right: asked from torch
def shape(*sizes):
    try:
        return torch.broadcast_shapes(*sizes)
    except RuntimeError:
        return "error"


shapes = {"a": shape((3, 1), (4,)), "b": shape((2, 3), (3,)), "c": shape((2, 3), (2,)), "d": shape((5,), (5, 1)),
          "e": shape((4, 1, 3), (2, 3)), "f": shape((2, 3), ()), "g": shape((3, 4), (3, 1)),
          "h": shape((2, 3, 4), (3, 1)), "i": shape((2, 3, 4), (2, 1)), "j": shape((1, 6), (6, 1))}

# %% wrong: aligned from the left | aligned the shapes from the left
shapes = {"a": "error", "b": "error", "c": (2, 3), "d": (5, 5), "e": "error", "f": (2, 3),
          "g": (3, 4), "h": "error", "i": (2, 3, 4), "j": (6, 6)}

# %% wrong: error where one side is 1 | A size of 1 is stretched
shapes = {"a": "error", "b": (2, 3), "c": "error", "d": "error", "e": "error", "f": (2, 3),
          "g": "error", "h": "error", "i": "error", "j": "error"}

# %% wrong: missing dimensions are errors | missing on the left counts as 1
shapes = {"a": (3, 4), "b": "error", "c": "error", "d": (5, 5), "e": "error", "f": (2, 3),
          "g": (3, 4), "h": "error", "i": "error", "j": (6, 6)}

# %% wrong: a star is a matrix product | That is the matrix product
shapes = {"a": (3, 4), "b": (2, 3), "c": "error", "d": (5, 5), "e": (4, 2, 3), "f": (2, 3),
          "g": (3, 4), "h": (2, 3, 4), "i": "error", "j": (1, 1)}

# %% wrong: always error | 1 of 6 are right
shapes = dict.fromkeys("abcdefghij", "error")

# %% wrong: half done | Still open: `d`, `e`, `f`
shapes = {"a": (3, 4), "b": (2, 3), "c": "error"}

# %% wrong: a number with a tensor is a number | not the other way round
shapes = {"a": (3, 4), "b": (2, 3), "c": "error", "d": (5, 5), "e": (4, 2, 3), "f": (),
          "g": (3, 4), "h": (2, 3, 4), "i": "error", "j": (6, 6)}

# %% wrong: sizes added up | you wrote (5, 4)
shapes = {"a": (5, 4), "b": (2, 3), "c": "error", "d": (5, 5), "e": (4, 2, 3), "f": (2, 3),
          "g": (3, 4), "h": (2, 3, 4), "i": "error", "j": (6, 6)}

# %% wrong: tensors instead of shapes | you wrote
shapes = {"a": torch.ones(3, 4), "b": torch.ones(2, 3)}
