# Sends tensors that are larger than their numbers, nested without end, or of strange types.
# earns: 0
# aside: could not be finished
# %% double
import json

from torchprimer import answers

tensor = {
    "tensor": "AAAA",
    "dtype": "float32",
    "shape": [1 << 30, 1 << 30],
    "strides": [0, 0],
    "offset": 0,
    "device": "cpu",
    "grad": False,
}
deep = "[" * 900 + "]" * 900
replies = iter(
    [
        json.dumps({"value": tensor}),
        deep,
        "{" * 10**6,
        json.dumps({"value": {"tensor": tensor}}),
        json.dumps({"value": {"array": "AAAA", "dtype": "O8", "shape": [1], "axes": [0]}}),
        "4.0",
    ]
    * 5
)


class Reply:
    def _repr_mimebundle_(self, **_):
        return {"text/plain": next(replies)}


answers.serve = lambda question: Reply()
