"""`check`: one sentence for every way in which an answer can be wrong, and points that add up."""

import math
import sys
import time
import types
import warnings

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from torchprimer import check, compare, plain

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("steady")

DTYPES = [torch.float32, torch.float64, torch.int64, torch.bool, torch.complex64, torch.bfloat16, torch.int8]
shapes = st.lists(st.integers(0, 4), max_size=4).map(tuple)
dtypes = st.sampled_from(DTYPES)


@st.composite
def tensors(draw, dtype=dtypes, shape=shapes):
    kind, size = draw(dtype), draw(shape)
    random = torch.Generator().manual_seed(draw(st.integers(0, 10_000)))
    return (torch.randn(size, generator=random) * 3).to(kind)


def result_of(answer, body, points=4, name="answer"):
    namespace = {} if answer is None else {name: answer}
    with check.answers_from(namespace):
        return check.exercise("demo", points=points)(body)


def sentence_for(answer, want, *args, **options):
    result = result_of(answer, lambda: check.equal(check.call("answer", *args), want, **options))
    assert not result.passed and float(result) == 0
    assert not result.broken
    return result.message


# ------------------------------------------------------------ properties


@given(tensors())
def test_a_tensor_agrees_with_its_copy(tensor):
    assert compare.difference(plain.copy(tensor), tensor) is None


@given(tensors(), tensors())
def test_what_differs_in_shape_or_dtype_never_agrees(left, right):
    assume(left.shape != right.shape or left.dtype != right.dtype)
    sentence = compare.difference(left, right)
    assert sentence
    assert ("shape" in sentence) == (left.shape != right.shape)
    assert ("dtype" in sentence) == (left.shape == right.shape)


@given(
    tensors(dtype=st.sampled_from([torch.float32, torch.float64])),
    st.integers(0, 10_000),
    st.floats(0.05, 100),
)
def test_one_wrong_number_is_found_and_placed(tensor, where, amount):
    assume(tensor.numel() > 0)
    wrong = tensor.clone()
    wrong.view(-1)[where % tensor.numel()] += amount * (1 + tensor.abs().max())
    sentence = compare.difference(wrong, tensor)
    assert sentence
    assert "shape" not in sentence or "the right shape" in sentence


@given(tensors(dtype=st.just(torch.float32)), st.floats(-1e-6, 1e-6))
def test_rounding_is_no_mistake(tensor, noise):
    assert compare.difference(tensor * (1 + noise), tensor) is None


@given(tensors())
def test_copies_share_nothing_and_keep_the_layout(tensor):
    view = tensor.movedim(0, -1) if tensor.dim() > 1 else tensor
    duplicate = plain.copy(view, same_layout=True)
    assert duplicate.stride() == view.stride()
    assert plain.same(duplicate, view)
    if view.numel():
        assert duplicate.untyped_storage().data_ptr() != view.untyped_storage().data_ptr()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda s: st.lists(s) | st.dictionaries(st.text(), s),
        max_leaves=8,
    )
)
def test_plain_data_comes_through_as_it_was(value):
    assert plain.same(plain.copy(value), value)
    assert plain.describe(value)


@given(
    st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=5),
    st.integers(0, 3),
    st.booleans(),
)
def test_points_are_the_sum_of_the_parts(parts, unseen, unseen_right):
    seen = sum(points for points, _ in parts)

    def body():
        for points, right in parts:
            with check.part(points, "part"):
                check.that(right, "wrong")
        if unseen:
            with check.hidden(unseen):
                check.that(unseen_right, "wrong")

    earned = sum(points for points, right in parts if right) + (unseen if unseen_right else 0)
    assert float(result_of(None, body, points=seen + unseen)) == pytest.approx(earned, abs=0.01)


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.text() | st.booleans() | st.none()
)
def test_a_value_that_is_no_tensor_gets_a_sentence(value):
    assert "a tensor of shape (2,) was expected" in compare.difference(value, torch.zeros(2))


# ------------------------------------------------------------ the order of the sentences


@pytest.mark.parametrize(
    ("got", "words"),
    [
        (np.zeros((2, 2)), "NumPy array"),
        (torch.zeros(4, dtype=torch.float64), "shape (4,); (2, 2) was expected"),  # shape before dtype
        (torch.ones(2, 2, dtype=torch.float64), "float64 is NumPy"),  # dtype before numbers
        (torch.ones(2, 2, dtype=torch.int64), "lose every decimal"),
        (torch.ones(2, 2, requires_grad=True), "carries a graph"),  # graph before numbers
        (torch.full((2, 2), math.nan), "nan"),
        (torch.full((2, 2), math.inf), "overflow"),
        (torch.zeros(2, 2), "zeros everywhere"),
        (torch.tensor([[-1.0, -2.0], [-3.0, -5.0]]), "wrong sign"),
        (torch.tensor([[2.0, 4.0], [6.0, 10.0]]), "exactly twice"),
        (torch.tensor([[1.0, 3.0], [2.0, 5.0]]), "transpose"),
        (torch.tensor([[3.0, 5.0], [1.0, 2.0]]), "reversed order"),
        (torch.tensor([[2.0, 3.0], [4.0, 6.0]]), "by the same amount, 1"),
        (torch.tensor([[5.0, 1.0], [2.0, 3.0]]), "in another order"),
        (torch.tensor([[1.0, 2.0], [3.0, 5.1]]), "1 of 4 numbers differ: it at [1, 1] is 5.1, expected 5"),
        (torch.tensor([[1.0, 2.0], [3.0, 5.0]])[None], "`squeeze` drops it"),
        (torch.tensor(1.0), "name the `dim`"),
        ([torch.zeros(2), torch.zeros(2)], "`torch.stack` makes one"),
        (1.0, "a Python number"),
        ("text", 'the string "text"'),
    ],
)
def test_the_first_difference_is_named(got, words):
    want = torch.tensor([[1.0, 2.0], [3.0, 5.0]])
    assert words in sentence_for(lambda: got, want)


def test_a_known_mistake_is_told_by_its_sentence():
    assert "Forgot the root." in sentence_for(lambda: 4.0, 2.0, mistakes={"Forgot the root.": 4.0})


def test_a_lost_graph_is_named():
    assert "no gradient" in sentence_for(lambda: torch.ones(2), torch.ones(2, requires_grad=True))


# ------------------------------------------------------------ answers that give nothing to compare


def endless(x):
    while True:
        pass


def stubborn(x):
    while True:
        try:
            while True:
                pass
        except Exception:
            continue


def recursive(x):
    return recursive(x)


def generator(x):
    yield x


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "is not defined"),
        (..., "Replace the `...`"),
        (lambda x: ..., "Replace the `...`"),
        (3, "not a function"),
        (lambda: 1, "Keep the `def` line"),
        (lambda x: print(end=""), "what stands behind its `return` is None"),
        (lambda x: 1 / 0, "ZeroDivisionError"),
        (lambda x: x @ x, "inner sizes"),
        (lambda x: undefined, "must be imported"),  # noqa: F821
        (recursive, "calls itself without end"),
        (endless, "never stops"),
        (stubborn, "never stops"),
        (lambda x: exit(), "ended the program"),
        (generator, "`yield` makes one"),
        (lambda x: print, "was not called"),
        (lambda x: object(), "an object"),
        (lambda x: {"a": lambda: 1}, "a dict with 1 key"),
        (lambda x: check.entry, "the function `entry` itself"),
        (lambda x: x.add_(1), "changed the caller's tensor"),
    ],
)
def test_an_unusable_answer_gets_a_sentence(answer, words, capfd):
    result = result_of(answer, lambda: check.equal(check.call("answer", torch.ones(2, 3), seconds=0.4), 1.0))
    assert words in result.message
    assert float(result) == 0 and not result.broken
    assert capfd.readouterr() == ("", "")


def test_an_answer_is_given_its_time_anew_after_pytorch_has_imported_something(monkeypatch):
    part = types.SimpleNamespace(__spec__=types.SimpleNamespace(_initializing=True))
    monkeypatch.setitem(sys.modules, "torch._inductor", part)

    def answer(x):
        time.sleep(0.7)
        part.__spec__._initializing = False
        time.sleep(0.1)
        return x

    result = result_of(
        answer, lambda: check.equal(check.call("answer", torch.ones(2), seconds=0.3), torch.ones(2))
    )
    assert float(result) == 4, result.message
    part.__spec__._initializing = False
    result = result_of(endless, lambda: check.equal(check.call("answer", torch.ones(2), seconds=0.3), 1.0))
    assert "never stops" in result.message


def test_prints_and_warnings_are_shown_and_cost_nothing(capfd):
    def answer(x):
        import sys
        import warnings

        print("to stdout")
        print("to stderr", file=sys.stderr)
        warnings.warn("be careful", stacklevel=1)
        return x + 1

    result = result_of(
        answer, lambda: check.equal(check.call("answer", torch.ones(2)), torch.full((2,), 2.0))
    )
    assert result.passed
    for word in ("to stdout", "to stderr", "be careful"):
        assert word in result.message
    assert capfd.readouterr() == ("", "")


def test_the_student_can_stop_a_check():
    def answer(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        result_of(answer, lambda: check.call("answer", 1))


# ------------------------------------------------------------ what grading relies on


def test_the_result_is_a_number_with_a_message():
    result = result_of(lambda: 2, lambda: check.equal(check.call("answer"), 1))
    data, metadata = result._repr_mimebundle_()
    assert data["text/plain"] == repr(result) == "0.0"
    assert float(data["text/plain"]) == 0.0
    assert metadata["torchprimer"]["mistakes"]


def test_a_check_that_breaks_scores_nothing_and_says_so():
    def body():
        raise KeyError("the author's own mistake")

    result = result_of(None, body)
    assert float(result) == 0 and result.broken
    assert "tell your instructor" in result.message


def test_a_failure_outside_the_parts_ends_the_exercise():
    def body():
        with check.part(2, "first"):
            pass
        check.fail("no")
        with check.part(2, "second"):
            pass

    assert float(result_of(None, body)) == 0


def test_hidden_checks_show_no_expected_numbers():
    def body():
        with check.hidden(2):
            check.equal(check.call("answer", torch.ones(3, 2)), torch.full((3, 2), 7.25))

    result = result_of(lambda x: x, body)
    assert float(result) == 2
    assert "(3, 2) float32" in result.message
    assert "img" not in result._html()


def test_a_difference_is_drawn_for_the_student():
    result = result_of(lambda: torch.ones(2), lambda: check.equal(check.call("answer"), torch.zeros(2)))
    assert "<img" in result._html() and "alt=" in result._html()


def test_what_an_answer_says_cannot_break_the_page():
    result = result_of(lambda: "<script>alert(1)</script>", lambda: check.equal(check.call("answer"), 1.0))
    assert "<script" not in result._html()


def test_a_sentence_is_marked_up_for_the_page():
    sentence = "It is the *other* factor of w * x * y, not `a *b* c`,\nand 1 < 2."
    page = result_of(None, lambda: check.fail(sentence))._html()
    assert "the <em>other</em> factor of w * x * y, not <code>a *b* c</code>,<br>and 1 &lt; 2." in page


def test_a_probe_that_leans_on_the_check_is_an_authoring_error():
    expected = 3

    def probe(answer):
        return answer() == expected

    result = result_of(lambda: 1, lambda: check.observe(probe, "answer"))
    assert result.broken


def test_guessing_a_two_way_question_earns_nothing():
    truth = {"a": "view", "b": "copy"}
    result = result_of({"a": "view", "b": "view"}, lambda: check.predictions("answer", truth, guessing=True))
    assert float(result) == 0
    half = result_of({"a": "view"}, lambda: check.predictions("answer", truth, guessing=True))
    assert float(half) == 2


@pytest.mark.parametrize(
    "written", [(3, 4), [3, 4], "(3, 4)", "[3, 4]", "3, 4", torch.Size([3, 4]), "torch.Size([3, 4])"]
)
def test_a_shape_is_right_however_it_is_written(written):
    assert result_of({"a": written}, lambda: check.predictions("answer", {"a": (3, 4)})).passed


def test_an_answer_cannot_spoil_the_next():
    def spoils(x):
        torch.set_default_dtype(torch.float64)
        torch.set_default_device("meta")
        torch.set_grad_enabled(False)
        torch.use_deterministic_algorithms(True)
        np.seterr(all="raise")
        return x + 1

    result = result_of(
        spoils, lambda: check.equal(check.call("answer", torch.ones(2)), torch.full((2,), 2.0))
    )
    assert result.passed
    assert torch.zeros(1).dtype == torch.float32 and torch.zeros(1).device.type == "cpu"
    assert torch.is_grad_enabled() and not torch.are_deterministic_algorithms_enabled()
    assert np.geterr()["divide"] == "warn"


def test_a_check_does_not_depend_on_what_a_cell_before_it_has_switched():
    torch.set_default_dtype(torch.float64)
    try:
        result = result_of(lambda: torch.zeros(2), lambda: check.equal(check.call("answer"), torch.zeros(2)))
        assert result.passed and torch.zeros(2).dtype == torch.float64
    finally:
        torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize(
    "awkward",
    [
        lambda: torch.eye(2).to_sparse(),
        lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]),
        lambda: torch.empty(1).expand(10**7, 10**7),
        lambda: torch.nn.Parameter(torch.ones(2)).to_sparse_csr,
        lambda: 10**5000,
        lambda: [[[]]] * 3,
        lambda: {1, 2},
        lambda: torch.nn.Linear(2, 2),
    ],
)
def test_an_awkward_result_gets_a_sentence(awkward):
    assert "`answer` returned" in sentence_for(awkward, torch.zeros(2))


def test_an_async_answer_is_told_so(capfd):
    async def answer():
        return 1

    assert "take `async` away" in sentence_for(answer, 1)
    assert capfd.readouterr().err == ""


def test_a_value_inside_a_list_inside_a_list_is_named_once():
    with check.answers_from({"f": lambda: [[1.0], [2.0]]}):

        @check.exercise("f", points=1)
        def result():
            check.equal(check.call("f"), [[1.0], [3.0]])

    assert "in place 2 of 2, in place 1 of 1, " in result.message
    assert ",," not in result.message


def test_several_stressed_words_are_emphasis_and_a_product_is_not():
    shown = check._marked_up("the *last batch* is not w * x + b * y, nor `a *b c* d`")
    assert "<em>last batch</em>" in shown
    assert shown.count("<em>") == 1


def test_a_warning_of_every_round_is_shown_once():
    def loop():
        for _ in range(5):
            warnings.warn("again", stacklevel=2)
        return 1.0

    with check.answers_from({"f": loop}):

        @check.exercise("f", points=1)
        def result():
            check.equal(check.call("f"), 1.0)

    assert result.message.count("again") == 1


def test_a_probe_may_hold_a_class_and_use_builtins_that_the_namespace_has_too():
    namespace = {}
    exec(
        "def probe(answer):\n    class Holder:\n        kept = open\n    return Holder.kept is open\nopen = print",
        namespace,
    )
    with check.answers_from({"f": lambda: 1}):

        @check.exercise("f", points=1)
        def result():
            check.that(check.observe(namespace["probe"], "f"), "no")

    assert result.passed, result.message


def test_a_conjugated_input_arrives_conjugated():
    with check.answers_from({"f": lambda x: x + 0}):

        @check.exercise("f", points=1)
        def result():
            x = torch.tensor([1 + 2j]).conj()
            check.equal(check.call("f", x), torch.tensor([1 - 2j]))

    assert result.passed, result.message


def test_what_is_missing_in_every_part_is_said_once_and_a_new_kernel_is_told_from_a_missing_answer():
    for namespace, words in (
        ({}, "nor is what the lesson imports"),
        ({"torch": torch}, "Run the cell in which you define it"),
    ):
        with check.answers_from(namespace):

            @check.exercise("f", points=2)
            def result():
                with check.part(1, "one"):
                    check.call("f", 1)
                with check.part(1, "two"):
                    check.call("f", 2)

        assert result.message.count("is not defined") == 1 and words in result.message
