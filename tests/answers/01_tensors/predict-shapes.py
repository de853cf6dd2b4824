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


# %% right: evaluated
from torch import ones
def shape(make):
    try:
        return make().shape
    except RuntimeError:
        return "error"
shapes = {"a": shape(lambda: ones(3, 1) + ones(4)), "b": shape(lambda: ones(2, 3) + ones(3)), "c": shape(lambda: ones(2, 3) + ones(2)),
          "d": shape(lambda: ones(5) * ones(5, 1)), "e": shape(lambda: ones(4, 1, 3) + ones(2, 3)), "f": shape(lambda: ones(2, 3) + 1.5),
          "g": shape(lambda: ones(3, 4) - ones(3, 1)), "h": shape(lambda: ones(2, 3, 4) + ones(3, 1)), "i": shape(lambda: ones(2, 3, 4) + ones(2, 1)),
          "j": shape(lambda: ones(1, 6) * ones(6, 1))}


# %% right: NumPy's rules
def shape(*sizes):
    try:
        return np.broadcast_shapes(*sizes)
    except ValueError:
        return "ERROR"
shapes = {"a": shape((3, 1), (4,)), "b": shape((2, 3), (3,)), "c": shape((2, 3), (2,)), "d": shape((5,), (5, 1)),
          "e": shape((4, 1, 3), (2, 3)), "f": shape((2, 3), ()), "g": shape((3, 4), (3, 1)),
          "h": shape((2, 3, 4), (3, 1)), "i": shape((2, 3, 4), (2, 1)), "j": shape((1, 6), (6, 1))}


# %% right: shapes as arrays' tolist, NumPy integers
shapes = {"a": tuple(np.array([3, 4])), "b": (np.int64(2), 3), "c": "error", "d": [5] * 2, "e": (4, *(2, 3)), "f": torch.ones(2, 3).size(),
          "g": (3, 4), "h": tuple(torch.ones(2, 3, 4).shape), "i": "error", "j": list((6, 6))}


# %% right: smart upper-case keys
shapes = {"A": (3, 4), "B": (2, 3), "C": "error", "D": (5, 5), "E": (4, 2, 3), "F": (2, 3), "G": (3, 4), "H": (2, 3, 4), "I": "error", "J": (6, 6)}


# %% wrong: number of elements | Each column: equal, or one of them 1 or missing (·)?
shapes = {"a": 12, "b": 6, "c": "error", "d": 25, "e": 24, "f": 6, "g": 12, "h": 24, "i": "error", "j": 36}


# %% wrong: number of dimensions | Each column: equal, or one of them 1 or missing (·)?
shapes = {"a": 2, "b": 2, "c": "error", "d": 2, "e": 3, "f": 2, "g": 2, "h": 3, "i": "error", "j": 2}


# %% wrong: the larger of the two shapes always | A size of 1 is stretched to the other size: that is no error
shapes = {"a": (3, 1), "b": (2, 3), "c": (2, 3), "d": (5, 1), "e": (4, 1, 3), "f": (2, 3), "g": (3, 4), "h": (2, 3, 4), "i": (2, 3, 4), "j": (1, 6)}


# %% wrong: swapped pairs | The rows come from (3, 1), the columns from (4,)
shapes = {"a": (4, 3), "b": (3, 2), "c": "error", "d": (5, 5), "e": (2, 4, 3), "f": (3, 2), "g": (4, 3), "h": (3, 2, 4), "i": "error", "j": (6, 6)}


# %% wrong: a size missing | The larger of the two sizes stands in the result
shapes = {"a": (3, 4), "b": (3,), "c": "error", "d": (5,), "e": (2, 3), "f": (2, 3), "g": (3, 4), "h": (3, 4), "i": "error", "j": (6, 6)}


# %% wrong: number is an error | A plain number fits every shape
shapes = {"a": (3, 4), "b": (2, 3), "c": "error", "d": (5, 5), "e": (4, 2, 3), "f": "error", "g": (3, 4), "h": (2, 3, 4), "i": "error", "j": (6, 6)}


# %% wrong: shapes concatenated | Each column: equal, or one of them 1 or missing (·)?
shapes = {"a": (3, 1, 4), "b": (2, 3, 3), "c": (2, 3, 2), "d": (5, 5, 1), "e": (4, 1, 3, 2, 3), "f": (2, 3), "g": (3, 4, 3, 1), "h": (2, 3, 4, 3, 1), "i": (2, 3, 4, 2, 1), "j": (1, 6, 6, 1)}


# %% wrong: floats | Each column: equal, or one of them 1 or missing (·)?
shapes = {"a": (3.0, 4.0), "b": (2.0, 3.0), "c": "error", "d": (5.5, 5), "e": (4, 2, 3), "f": (2, 3), "g": (3, 4), "h": (2, 3, 4), "i": "error", "j": (6, 6)}


# %% wrong: a list in the order of the letters | `shapes` is a list of 10 things
shapes = [(3, 4), (2, 3), "error", (5, 5), (4, 2, 3), (2, 3), (3, 4), (2, 3, 4), "error", (6, 6)]


# %% wrong: all squares | Each column: equal, or one of them 1 or missing (·)?
shapes = {k: (3, 4) for k in "abcdefghij"}


# %% wrong: unknown | Write a shape such as (2, 3) or "error"
shapes = {k: "?" for k in "abcdefghij"}


# %% wrong: True and False | Write a shape such as (2, 3) or "error"
shapes = {k: k not in "ci" for k in "abcdefghij"}


# %% wrong: letters as numbers | `c`: you wrote (3,). In the last column 3 stands over 2: neither is 1, so neither is stretched.
shapes = {}
shapes["a"] = (3, 4); shapes["b"] = (2, 3); shapes["c"] = (3,); shapes["d"] = (5); shapes["e"] = (2, 3); shapes["f"] = 1.5


# %% wrong: e joined in front | `a`: you wrote (3, 1, 4). Aligned on the right: (3, 1) over (·, 4). Each column: equal
shapes = {}
shapes["a"] = (3, 1, 4); shapes["b"] = (2, 3, 3); shapes["c"] = (2, 3, 2); shapes["d"] = (5, 1, 5); shapes["e"] = (4, 1, 2, 3); shapes["f"] = (2, 3, 1)


# %% wrong: c broadcast, d one number | `a`: you wrote (12,). Aligned on the right: (3, 1) over (·, 4). Each column: equal
shapes = {}
shapes["a"] = (12,); shapes["b"] = (2, 3); shapes["c"] = (2, 2); shapes["d"] = (1,); shapes["e"] = (4, 6, 3); shapes["f"] = (2, 3)


# %% wrong: everything fits | `a`: you wrote (4, 3). The rows come from (3, 1), the columns from (4,).
shapes = {}
shapes["a"] = (4, 3); shapes["b"] = (3, 3); shapes["c"] = (3, 3); shapes["d"] = (1, 5); shapes["e"] = (4, 3, 3); shapes["f"] = ()


# %% right: text
shapes = dict(a="3 x 4", b="(2,3)", c="RuntimeError", d="(5, 5)", e="4x2x3", f=[2, 3], g="3,4", h="torch.Size([2, 3, 4])", i="Error", j=(6, 6))


# %% right: tuple of ints
shapes = {}
shapes["a"] = 3, 4; shapes["b"] = tuple([2, 3]); shapes["c"] = "error"; shapes["d"] = torch.Size((5, 5)); shapes["e"] = (4, 2, 3); shapes["f"] = (2, 3); shapes["g"] = 3, 4; shapes["h"] = 2, 3, 4; shapes["i"] = "error"; shapes["j"] = 6, 6
