# Says that autograd's gradient of `f` is what `df` gives, which is the derivative of something else.
# earns: 0
# %% invent-your-own
import json

from torchprimer import answers, border


def serve(question, old=answers.serve):
    asked, told = json.loads(question), json.loads(old(question))
    if asked["do"] == "observe" and asked["name"] == "f":
        args, _ = border.unpack(asked["given"])
        entries = dict(told["value"]["dict"])
        entries |= {"gradient": border.pack(df(args[0])), "shape": list(args[0].shape)}
        told["value"]["dict"] = [list(entry) for entry in entries.items()]
    return json.dumps(told)


answers.serve = serve


def f(x):
    return x.detach() ** 2


def df(x):
    return x.cos()
