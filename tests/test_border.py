"""Plain data across the border: what goes over comes back the same, and what an enemy writes is only data."""

import json
import textwrap

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from torchprimer import answers, border, check, plain

steady = settings(derandomize=True, deadline=None, max_examples=80)


def there(value, **options):
    return border.unpack(border.loads(border.dumps(border.pack(value))), **options)


shapes = st.lists(st.integers(0, 4), max_size=4).map(tuple)
LAYOUTS = {
    "as it is": lambda x: x,
    "transposed": lambda x: x.transpose(0, -1) if x.dim() else x,
    "every other": lambda x: x[..., ::2] if x.dim() else x,
    "from the second": lambda x: x[1:] if x.dim() else x,
    "expanded": lambda x: x.unsqueeze(0).expand(3, *x.shape),
}


@st.composite
def tensors(draw):
    dtype = draw(st.sampled_from([*border._DTYPES.values()]))
    random = torch.Generator().manual_seed(draw(st.integers(0, 10_000)))
    tensor = (torch.randn(draw(shapes), generator=random) * 3).to(dtype)
    tensor = LAYOUTS[draw(st.sampled_from([*LAYOUTS]))](tensor)
    return tensor.requires_grad_(dtype.is_floating_point and draw(st.booleans()))


@st.composite
def arrays(draw):
    dtype = draw(st.sampled_from(["?", "i1", "u2", ">i4", "i8", "f2", "f4", ">f8", "c8", "U3", "S2"]))
    array = np.arange(int(np.prod(shape := draw(shapes)))).reshape(shape).astype(dtype)
    return array.transpose(draw(st.permutations(range(array.ndim))))


leaves = st.one_of(
    *(st.none(), st.just(...), st.booleans(), st.integers(), st.integers(-(2**200), 2**200)),
    *(st.floats(), st.complex_numbers(), st.text(), tensors(), arrays()),
)
keys = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.tuples(st.integers(), st.text(max_size=2)))
anything = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(keys, inner, max_size=3),
    ),
    max_leaves=8,
)


def bits(tensor):
    flat = torch.empty(tensor.numel(), dtype=tensor.dtype)
    flat.view(tensor.shape).copy_(tensor.detach())
    return flat.view(torch.uint8).tolist()


# ------------------------------------------------------------ honest data


@steady
@given(anything)
def test_plain_data_comes_back_the_same(value):
    value = plain.copy(value)
    assert exactly(there(value), value)


def exactly(left, right):
    """`plain.same`, and what it leaves open: the flag of a tensor, the sign of a zero, where numbers lie."""
    if isinstance(left, list | tuple):
        return type(left) is type(right) and len(left) == len(right) and all(map(exactly, left, right))
    if isinstance(left, dict):
        pairs = zip(left.items(), right.items(), strict=True)
        return all(exactly(k, m) and exactly(v, w) for (k, v), (m, w) in pairs)
    if isinstance(left, torch.Tensor):
        flags = left.requires_grad == right.requires_grad and left.dtype == right.dtype
        laid_out = left.shape == right.shape and (not left.numel() or left.stride() == right.stride())
        return flags and laid_out and bits(left) == bits(right)
    if isinstance(left, np.ndarray):
        order = [(x.flags.c_contiguous, x.flags.f_contiguous) for x in (left, right)]
        return left.dtype == right.dtype and order[0] == order[1] and left.tolist() == right.tolist()
    return type(left) is type(right) and repr(left) == repr(right)


@steady
@given(tensors())
def test_an_input_arrives_in_its_layout(tensor):
    given = plain.copy(tensor, same_layout=True)
    arrived = there(given, same_layout=True)
    assert arrived.shape == tensor.shape and bits(arrived) == bits(tensor)
    if tensor.numel():
        assert (arrived.stride(), arrived.storage_offset()) == (tensor.stride(), tensor.storage_offset())


def test_what_lies_beside_a_view_stays_here():
    table = torch.arange(1.0, 13.0).reshape(3, 4)
    arrived = there(table[1:, ::2], same_layout=True)
    behind = torch.empty(0).set_(arrived.untyped_storage())
    assert behind.nonzero().flatten().tolist() == [4, 6, 8, 10]


def test_what_is_no_plain_data_goes_as_a_phrase():
    strange = [
        plain.Stranger("a function " * 100),
        object(),
        2**100_000,
        np.array(["2020"], "M8[Y]"),
        torch.int7,
    ]
    back = there(strange)
    assert all(isinstance(one, plain.Stranger) and len(one.what) <= 200 for one in back)
    assert back[2].what == "a huge whole number"


@pytest.mark.parametrize("value", [torch.zeros(1).expand(2**34), torch.zeros(2**24), np.zeros(2**23)])
def test_too_many_numbers_do_not_go(value):
    with pytest.raises(border.TooLarge, match=r"tensor|array"):
        border.pack(value)


# ------------------------------------------------------------ enemies

TENSOR = border.pack(torch.arange(6.0).reshape(2, 3))
ARRAY = border.pack(np.arange(6).reshape(2, 3))


@pytest.mark.parametrize(
    "text",
    [None, b"1", 4.0, "", "{", "nan", "NaN", "[Infinity]", "1" * 5_000, "[" * 100_000, "'a'", "\x00"],
)
def test_text_that_is_not_json_is_garbled(text):
    with pytest.raises(border.Garbled):
        border.loads(text)


def nested(depth):
    return [nested(depth - 1)] if depth else 1


@pytest.mark.parametrize(
    "packed",
    [
        *({}, {"unknown": 1}, {"tuple": 5}, {"tuple": {"tuple": []}}, {"dict": [[1]]}, {"dict": {"a": 1}}),
        *({"dict": [[[1], 2]]}, {"dict": [[{"dict": []}, 2]]}, {"complex": [1, 2]}, {"complex": ["1"]}),
        *({"complex": ["1", "x"]}, {"float": "one"}, {"int": "x"}, {"int": 5}, {"stranger": [1]}, nested(40)),
        *({"int": "f" * 10_000}, [0] * 1_000_001, {"tensor": ""}, {"array": "", "dtype": "O"}),
        *(TENSOR | {"dtype": "object"}, TENSOR | {"dtype": ["float32"]}, TENSOR | {"dtype": "qint8"}),
        *(TENSOR | {"shape": [2, 4]}, TENSOR | {"shape": [2]}, TENSOR | {"shape": "23"}),
        *(TENSOR | {"shape": [-2, -3]}, TENSOR | {"shape": [True, 3]}, TENSOR | {"shape": [2.0, 3]}),
        *(TENSOR | {"shape": [1 << 39, 1 << 39], "strides": [0, 0]}, TENSOR | {"strides": [3, 2]}),
        *(TENSOR | {"shape": [1 << 30, 1], "strides": [0, 0]}, TENSOR | {"strides": [-3, -1]}),
        *(TENSOR | {"offset": 1}, TENSOR | {"offset": -1}, TENSOR | {"offset": None}),
        *(TENSOR | {"tensor": "AAAA"}, TENSOR | {"tensor": "?" * 32}, TENSOR | {"tensor": TENSOR}),
        *(TENSOR | {"device": "cuda:99"}, TENSOR | {"device": "meta"}, TENSOR | {"device": 0}),
        *(TENSOR | {"grad": 1}, border.pack(torch.tensor([1])) | {"grad": True}),
        *(
            ARRAY | {"dtype": "|O"},
            ARRAY | {"dtype": "<i8,<i8"},
            ARRAY | {"dtype": "U99999"},
            ARRAY | {"axes": [0, 0]},
        ),
        *(
            ARRAY | {"shape": [2, 4]},
            ARRAY | {"axes": [0]},
            ARRAY | {"array": None},
            ARRAY | {"shape": [0, 1 << 50]},
        ),
        *([TENSOR | {"shape": [1 << 22, 1], "strides": [0, 0]}] * 5,),
    ],
)
def test_json_that_is_no_plain_data_is_garbled(packed):
    with pytest.raises(border.Garbled):
        border.unpack(packed)


scraps = st.one_of(
    *(st.none(), st.booleans(), st.integers(-3, 9), st.floats(allow_nan=False), st.just(1 << 40)),
    *(st.sampled_from(["AAAA", "float32", "cpu", "<f4", "bool", "0x1p3", ""]), st.text(max_size=4)),
    st.lists(st.integers(0, 4), max_size=3),
)
forgeries = st.recursive(
    scraps,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        *(
            st.builds(
                lambda k, v: {k: v}, st.sampled_from(["tuple", "dict", "complex", "float", "int"]), inner
            ),
        ),
        *(
            st.dictionaries(st.sampled_from([*whole]), inner, max_size=4).map(lambda bad, w=whole: w | bad)
            for whole in (TENSOR, ARRAY)
        ),
    ),
    max_leaves=8,
)


@settings(steady, max_examples=500)
@given(forgeries)
def test_whatever_is_sent_is_plain_data_or_garbled(forged):
    try:
        value = border.unpack(border.loads(json.dumps(forged)))
    except border.Garbled:
        return
    assert not isinstance(plain.copy(value), plain.Stranger)


def test_a_byte_that_is_no_truth_value_becomes_one():
    forged = border.pack(torch.tensor([True, False])) | {"tensor": "AgA="}
    assert border.unpack(forged).view(torch.uint8).tolist() == [1, 0]
    forged = border.pack(np.array([True, False])) | {"array": "AgA="}
    assert border.unpack(forged).view(np.uint8).tolist() == [1, 0]


def test_a_reply_has_memory_of_its_own_for_every_number():
    packed = TENSOR | {"strides": [0, 0]}
    assert border.unpack(packed).stride() == (3, 1)
    assert border.unpack(packed, same_layout=True).stride() == (0, 0)


# ------------------------------------------------------------ questions and replies


@pytest.fixture
def over_there():
    """Answers that are asked across the border, in one process; what was asked and replied is kept."""
    namespace, passed = {}, []

    def ask(question):
        answers.reach_through(None)
        try:
            with check.answers_from(namespace):
                reply = answers.serve(question)
        finally:
            answers.reach_through(ask)
        passed.append((question, reply))
        return reply

    answers.reach_through(ask)
    yield namespace, passed
    answers.reach_through(None)


def twice(x):
    return 2 * x


CASES = {
    "right": "def answer(x):\n    print('seen')\n    return 2 * x",
    "in place": "def answer(x):\n    return x.mul_(2)",
    "a tuple": "def answer(x):\n    return (x, [1, {2: None}], ...)",
    "blank": "def answer(x):\n    ...",
    "missing": "x = 1",
    "no function": "answer = 5",
    "nothing": "def answer(x):\n    pass; print",
    "an error": "def answer(x):\n    return x @ x.T[:1, :1]",
    "other arguments": "def answer():\n    return 1",
    "a function": "def answer(x):\n    return answer",
    "a graph": "def answer(x):\n    return (x * torch.ones(1, requires_grad=True)).sum()",
    "a gradient": "def answer(x):\n    x.requires_grad_(); x.sum().backward()\n    return x.grad",
    "endless": "def answer(x):\n    while True: pass",
    "float64 everywhere": "def answer(x):\n    torch.set_default_dtype(torch.float64)\n    return 2 * x",
}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_over_there_gives_what_it_gives_here(over_there, name):
    namespace, _ = over_there
    exec(CASES[name], namespace | {"torch": torch}, namespace)
    namespace.update(torch=torch)

    def result():
        seen = check.watch("answer", torch.tensor([[1.0, 2.0], [3.0, 4.0]]), seconds=0.3)
        check.equal(seen.value, torch.tensor([[2.0, 4.0], [6.0, 8.0]]))
        check.that(seen.returned_argument is None, "the same")

    far = check.exercise("x", points=2)(result)
    answers.reach_through(None)
    with check.answers_from(namespace):
        near = check.exercise("x", points=2)(result)
    assert (far.message, far.earned, far.broken) == (near.message, near.earned, near.broken)


def test_what_a_cell_switched_is_switched_back_for_an_answer(over_there):
    namespace, passed = over_there
    namespace["answer"] = lambda x: x * torch.ones(2, requires_grad=True)
    assert answers.call("answer", (torch.ones(2),), {}).value.requires_grad
    torch.set_default_device("meta")
    torch.set_grad_enabled(False)
    try:
        answers.reach_through(None)
        with check.answers_from(namespace):
            assert answers.serve(passed[0][0]) == passed[0][1]
    finally:
        torch.set_default_device(None)
        torch.set_grad_enabled(True)


def test_a_value_and_a_probe_go_over(over_there):
    namespace, passed = over_there
    namespace |= {"memory": {"a": "view", 1: ...}, "answer": twice, "helper": 1}
    assert answers.value("memory") == {"a": "view", 1: ...}

    def probe(answer, x, power):
        def inner(t):
            return torch.pow(answer(t), power)

        text = """
not indented"""
        return [inner(x), [np.sum([i]) for i in range(2)], len(text)]

    got = answers.observe(probe, "answer", (torch.ones(2), 3)).value
    assert got[0].tolist() == [8.0, 8.0] and got[1:] == [[0, 1], 13]
    asked = json.loads(passed[-1][0])
    assert asked["probe"]["modules"] == {"torch": "torch", "np": "numpy"}
    assert "probe(answer" in asked["probe"]["source"] and asked["name"] == "answer"


def helper(x):
    return x


def using_a_helper(answer):
    return helper(answer)


@pytest.mark.parametrize("across", [False, True])
def test_a_probe_that_cannot_stand_alone_is_an_authoring_error(over_there, across):
    namespace, _ = over_there
    namespace["answer"] = twice
    if not across:
        answers.reach_through(None)
    here = 3

    def closing(answer):
        return answer(here)

    for probe, words in (
        (using_a_helper, "uses helper"),
        (closing, "uses here"),
        (lambda f: 1, "with `def`"),
    ):
        with check.answers_from(namespace), pytest.raises(TypeError, match=words):
            answers.observe(probe, "answer", ())


def test_a_default_value_from_the_check_around_a_probe_is_an_authoring_error(over_there):
    code = "def make(n):\n    def probe(answer, m=n):\n        return m\n    return probe"
    import linecache

    linecache.cache["<made>"] = (len(code), None, [line + "\n" for line in code.splitlines()], "<made>")
    made = {}
    exec(compile(textwrap.dedent(code), "<made>", "exec"), made)
    over_there[0]["answer"] = twice
    with pytest.raises(TypeError, match="stands alone"):
        answers.observe(made["make"](3), "answer", ())


HONEST = {
    "value": 1.0,
    "arguments": {"tuple": [2.0]},
    "returned_argument": None,
    "got_gradient": False,
    "printed": "",
}


@pytest.mark.parametrize(
    "reply",
    [
        *("", "4.0", "[]", "null", "{}", '{"earned": 4}', json.dumps(HONEST | {"value": {"x": 1}})),
        *(
            json.dumps(HONEST | {"arguments": bad})
            for bad in ([2.0], {"tuple": []}, {"tuple": ["2.0"]}, None)
        ),
        *(json.dumps(HONEST | {"returned_argument": bad}) for bad in (1, -1, True, "0")),
        *(json.dumps(HONEST | {"got_gradient": bad}) for bad in (None, 0, "no")),
        *(json.dumps(HONEST | {"printed": bad}) for bad in (None, ["x"])),
    ],
)
def test_a_forged_reply_breaks_the_check_and_earns_nothing(reply):
    answers.reach_through(lambda question: reply)
    try:
        result = check.exercise("x", points=2)(lambda: check.equal(check.call("answer", 2.0), 1.0))
    finally:
        answers.reach_through(None)
    assert result.earned == 0 and result.broken and not result.passed


def test_a_sentence_from_there_is_text_and_fails():
    def said(**reply):
        answers.reach_through(lambda question: json.dumps(reply))
        try:
            return check.exercise("x", points=2)(lambda: check.equal(check.value("answer"), 1.0))
        finally:
            answers.reach_through(None)

    forged = said(unusable="<script>right</script> (2 of 2)" + "x" * 10_000, earned=2)
    assert forged.earned == 0 and len(forged.mistakes[0]) <= 3_000 and not forged.broken
    assert "<script>" not in forged._html()
    assert said(unusable="`...`", unanswered=True).status == "not answered yet"
    assert said(unusable=["a list"], unanswered="yes").status == "not yet"
    lost = said(unreachable="the time was used up")
    assert lost.earned == 0 and lost.broken and "the time was used up" in lost.message


def test_too_large_an_answer_is_told_so(over_there):
    over_there[0]["answer"] = lambda x: torch.zeros(2**24)
    with pytest.raises(answers.Unusable, match=r"gave a \(16777216,\) float32 tensor, which is too large"):
        answers.call("answer", (1,), {})
