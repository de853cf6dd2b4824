"""Reach a student's answer: call it on copies and bring plain data back.

While studying, the answer is called directly, in the same process. Whatever goes wrong there
(an exception, an endless loop, `exit()`, a changed input) comes back as `Unusable`, whose text
is a sentence for the student. The functions here know nothing of what is expected.

When a class is graded, a check runs in a process of its own, and `reach_through` lets these functions ask
the student's process instead, where `serve` answers. Only text passes: a question and plain data, as
`border` writes them, and probes as source.
"""

from __future__ import annotations

import builtins
import contextlib
import dis
import functools
import importlib
import inspect
import io
import itertools
import re
import signal
import sys
import textwrap
import threading
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from torchprimer import border, plain

SECONDS = 5.0  # right answers take less than half a second, on a busy machine
_MAX_PRINTED = 2_000
_MAX_SENTENCE = 3_000


class Unusable(Exception):
    """An answer that gave nothing to compare; the text is a sentence for the student."""


class Unanswered(Unusable):
    """The starter cell is as it was handed out."""


class Unreachable(Exception):
    """The answer could not be asked; the text says why. No fault of the answer is named by it."""


@dataclass(frozen=True)
class Outcome:
    """What a call of an answer gave.

    `value`: copy of what was returned. `arguments`: copies of the arguments after the call.
    `returned_argument`: index of the argument that was itself returned, or None.
    `got_gradient`: whether a `.grad` was left in a tensor among the arguments.
    `printed`: what the answer wrote to stdout, stderr or as warnings, cut to 2,000 characters.
    """

    value: Any
    arguments: tuple[Any, ...]
    returned_argument: int | None
    got_gradient: bool
    printed: str


_ask: Callable[[str], str] | None = None


def reach_through(ask: Callable[[str], str] | None) -> None:
    """From now on ask for answers through `ask`, which takes a question to where `serve` answers it.

    None is the direct way again.
    """
    global _ask
    _ask = ask


def _far(
    do: str,
    name: str,
    args: tuple[Any, ...] = (),
    kwargs: dict[str, Any] | None = None,
    *,
    seconds: float = SECONDS,
    what: str = "",
    probe: dict[str, Any] | None = None,
) -> Outcome:
    """What an answer elsewhere gave.

    Whatever comes back was written where the answer is: it is data or a sentence, and proves nothing. Raises
    `Unusable` with a sentence from there, `Unreachable` and `border.Garbled` where there is nothing else.
    """
    args, kwargs = plain.copy((args, kwargs or {}), same_layout=True)
    question = {"do": do, "name": name, "given": border.pack((args, kwargs)), "probe": probe}
    question |= {"seconds": seconds, "what": what}
    assert _ask is not None
    reply = border.loads(_ask(border.dumps(question)))
    if not isinstance(reply, dict):
        raise border.Garbled("it is no reply")
    if "unreachable" in reply:
        raise Unreachable(str(reply["unreachable"])[:_MAX_SENTENCE])
    if "unusable" in reply:
        problem = Unanswered if reply.get("unanswered") is True else Unusable
        raise problem(str(reply["unusable"])[:_MAX_SENTENCE])
    value, arguments = border.unpack(reply.get("value")), border.unpack(reply.get("arguments"))
    which, printed = reply.get("returned_argument"), reply.get("printed")
    if not (
        isinstance(arguments, tuple)
        and [*map(type, arguments)] == ([*map(type, args)] if do == "call" else [])
        and (which is None or (type(which) is int and 0 <= which < len(args)))
        and type(reply.get("got_gradient")) is bool
        and isinstance(printed, str)
    ):
        raise border.Garbled("it is no reply")
    return Outcome(value, arguments, which, reply["got_gradient"], printed[:_MAX_PRINTED])


def serve(question: str) -> str:
    """Answer a question of a judge's from elsewhere, with the answers here."""
    asked = border.loads(question)
    name = asked["name"]
    try:
        with usual_settings():
            return border.dumps(_served(asked))
    except Unusable as problem:
        unanswered = isinstance(problem, Unanswered)
        return border.dumps({"unusable": str(problem), "unanswered": unanswered})
    except border.TooLarge as problem:
        return border.dumps({"unusable": f"`{name}` gave {problem}, which is too large to be checked."})


def _served(asked: dict[str, Any]) -> dict[str, Any]:
    name, limits = asked["name"], {"seconds": asked["seconds"], "what": asked["what"]}
    args, kwargs = border.unpack(asked["given"], same_layout=True)
    if asked["do"] == "value":
        outcome = Outcome(value(name), (), None, False, "")
    elif asked["do"] == "call":
        outcome = call(name, args, kwargs, **limits)
    else:
        outcome = _observe(_made(**asked["probe"]), name, args, **limits)
    return {
        "value": border.pack(outcome.value),
        "arguments": border.pack(outcome.arguments),
        "returned_argument": outcome.returned_argument,
        "got_gradient": outcome.got_gradient,
        "printed": outcome.printed,
    }


_given_namespace: dict[str, Any] | None = None


@contextlib.contextmanager
def answers_from(namespace: dict[str, Any]) -> Iterator[None]:
    """Look answers up in `namespace` instead of the notebook's."""
    global _given_namespace
    before, _given_namespace = _given_namespace, namespace
    try:
        yield
    finally:
        _given_namespace = before


def _namespace() -> dict[str, Any]:
    if _given_namespace is not None:
        return _given_namespace
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell.user_ns if shell is not None else vars(sys.modules["__main__"])


def find(name: str) -> Any:  # noqa: ANN401
    """The student's object called `name`; raises `Unusable` where there is none, `Unanswered` for `...`."""
    namespace = _namespace()
    if name not in namespace and "torch" not in namespace:
        raise Unusable(
            f"`{name}` is not defined, and nor is what the lesson imports: the cells above have not run in this kernel. In "
            "the menu, choose Run > Run All Above Selected Cell, then run this cell once more."
        )
    if name not in namespace:
        raise Unusable(
            f"`{name}` is not defined. Run the cell in which you define it (Shift+Enter), then this one again."
        )
    answer = namespace[name]
    if answer is ... or (inspect.isfunction(answer) and _is_stub(answer)):
        raise Unanswered(f"Replace the `...` in `{name}` with your answer, run that cell, then this one.")
    return answer


def _is_stub(function: Callable[..., Any]) -> bool:
    """Whether a function does nothing at all, as one with the body `...` does."""
    if inspect.isgeneratorfunction(function) or inspect.iscoroutinefunction(function):
        return False
    if len(function.__code__.co_code) > 64:  # to take apart what is longer costs more than most calls
        return False
    instructions = [i for i in dis.get_instructions(function) if i.opname not in ("RESUME", "NOP", "CACHE")]
    names = [i.opname for i in instructions]
    does_nothing = names in (["RETURN_CONST"], ["LOAD_CONST", "RETURN_VALUE"])
    return does_nothing and instructions[0].argval is None


def _always_returns_something(function: Callable[..., Any]) -> bool:
    """Whether every `return` of a function is written with a value, and none is left to its end."""
    if not inspect.isfunction(function):
        return False
    instructions = list(dis.get_instructions(function))
    return not any(
        (one.opname == "RETURN_CONST" and one.argval is None)
        or (one.opname == "RETURN_VALUE" and (before.opname, before.argval) == ("LOAD_CONST", None))
        for before, one in itertools.pairwise(instructions)
    )


def value(name: str) -> Any:  # noqa: ANN401
    """A copy of the plain data that the student keeps under `name`; raises `Unusable` where there is none."""
    if _ask is not None:
        return _far("value", name).value
    try:
        return plain.copy(find(name))
    except plain.NotPlain as problem:
        raise Unusable(f"`{name}` is {problem}.") from None


def call(
    name: str, args: tuple[Any, ...], kwargs: dict[str, Any], *, seconds: float = SECONDS, what: str = ""
) -> Outcome:
    """Call the function `name` on copies of the arguments.

    Raises `Unusable` when it is missing, does not take the arguments, raises, exits or takes longer
    than `seconds`, or returns something that is not plain data.
    """
    if _ask is not None:
        return _far("call", name, args, kwargs, seconds=seconds, what=what)
    function = find(name)
    if not callable(function):
        raise Unusable(f"`{name}` is {plain.describe(function)}, not a function. Keep its `def` line.")
    args = plain.copy(args, same_layout=True)
    kwargs = plain.copy(kwargs, same_layout=True)
    _fits(name, function, args, kwargs)

    def asked() -> tuple[Any, Any, int | None, bool]:
        returned = function(*args, **kwargs)
        which = next((i for i, argument in enumerate(args) if returned is argument), None)
        got_gradient = any(isinstance(a, torch.Tensor) and a.is_leaf and a.grad is not None for a in args)
        if returned is None and _always_returns_something(function):
            raise Unusable(
                f"`{name}` returned None{f' for {what}' if what else ''}: what stands behind its `return` is None, as "
                "what `print`, `append` and `backward()` give is, and a `.grad` that no `backward()` has filled."
            )
        return _bring_back(name, returned, what), plain.copy(args), which, got_gradient

    outcome, printed = _run(name, asked, seconds, what)
    return Outcome(*outcome, printed)


def observe(
    probe: Callable[..., Any], name: str, args: tuple[Any, ...], *, seconds: float = SECONDS, what: str = ""
) -> Outcome:
    """Run `probe(answer, *args)` beside the answer and bring back the plain data that it returns.

    A probe refers to nothing but its parameters and modules, so that it can also be run elsewhere; TypeError
    where it does. Raises `Unusable` as `call` does.
    """
    modules = _modules_of(probe)
    if _ask is not None:
        source = {"source": _source_of(probe), "name": probe.__name__, "modules": modules}
        return _far("observe", name, args, seconds=seconds, what=what, probe=source)
    return _observe(probe, name, args, seconds=seconds, what=what)


def _observe(
    probe: Callable[..., Any], name: str, args: tuple[Any, ...], *, seconds: float, what: str
) -> Outcome:
    answer = find(name)
    if not callable(answer):
        raise Unusable(f"`{name}` is {plain.describe(answer)}, not a function. Keep its `def` line.")
    args = plain.copy(args, same_layout=True)
    value, printed = _run(name, lambda: _bring_back(name, probe(answer, *args), what), seconds, what)
    return Outcome(value, (), None, False, printed)


@functools.lru_cache(maxsize=128)
def _modules_of(probe: Callable[..., Any]) -> dict[str, str]:
    """The modules that a probe uses, by the name that it has for them. Raises TypeError for all else it uses."""
    if not inspect.isfunction(probe) or probe.__name__ == "<lambda>":
        raise TypeError("a probe is a function made with `def`: its source is sent where the answer is")
    outer = sorted(probe.__code__.co_freevars)
    modules: dict[str, str] = {}
    waiting = [probe.__code__]
    while waiting:
        code = waiting.pop()
        waiting += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
        for instruction in dis.get_instructions(code):
            name = instruction.argval
            if instruction.opname not in ("LOAD_GLOBAL", "LOAD_NAME") or name not in probe.__globals__:
                continue
            if name == "__name__" or hasattr(
                builtins, name
            ):  # a class asks for the first; IPython has its own `open`
                continue
            used = probe.__globals__[name]
            if isinstance(used, types.ModuleType):
                modules[name] = used.__name__
            else:
                outer.append(name)
    if outer:
        raise TypeError(f"the probe uses {', '.join(outer)} of the check around it; pass them to it")
    return modules


@functools.lru_cache(maxsize=128)
def _source_of(probe: Callable[..., Any]) -> str:
    """The source of a probe, which makes it again elsewhere. Raises TypeError for a probe that has none."""
    try:
        source = inspect.getsource(probe)
        source = f"if True:\n{source}" if source[:1].isspace() else source
        _made(source, probe.__name__, _modules_of(probe))
    except (OSError, SyntaxError, NameError, KeyError) as problem:
        raise TypeError(
            f"the probe has no source that stands alone ({problem}): write it with `def`"
        ) from None
    return source


def _made(source: str, name: str, modules: dict[str, str]) -> Callable[..., Any]:
    namespace: dict[str, Any] = {"__name__": "probe"}
    namespace |= {known: importlib.import_module(module) for known, module in modules.items()}
    exec(compile(source, "probe", "exec"), namespace)
    return namespace[name]


def _bring_back(name: str, returned: object, what: str) -> Any:  # noqa: ANN401
    if returned is None:
        where = f" for {what}" if what else ""
        raise Unusable(f"`{name}` returned None{where}. Is there a `return`, on every path?")
    if returned is ...:
        raise Unanswered(f"Replace the `...` in `{name}` with your answer, run that cell, then this one.")
    if inspect.iscoroutine(returned):
        returned.close()
        raise Unusable(f"`{name}` is an `async def`, so calling it computes nothing yet: take `async` away.")
    try:
        return plain.copy(returned)
    except plain.NotPlain as problem:
        raise Unusable(f"`{name}` returned {problem}.") from None
    except (RuntimeError, MemoryError):
        raise Unusable(
            f"`{name}` returned {plain.describe(returned)}, which is too large to be copied."
        ) from None


def _fits(name: str, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        given = len(args) + len(kwargs)
        raise Unusable(
            f"`{name}{signature}` cannot be called with {given} argument{'s' if given != 1 else ''}. "
            "Keep the `def` line as it was handed out."
        ) from None


class _TooLong(BaseException):
    """Raised inside an answer that does not end; no `except Exception` of the answer stops it."""


def _run(name: str, thunk: Callable[[], Any], seconds: float, what: str) -> tuple[Any, str]:
    where = f" for {what}" if what else ""
    output = io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(output),
            warnings.catch_warnings(record=True) as warned,
            _settings_kept(),
            _time_limit(seconds),
        ):
            warnings.simplefilter("always")
            returned = thunk()
    except _TooLong:
        raise Unusable(
            f"`{name}` did not come to an end within {seconds:g} seconds{where}. Is there a loop that never stops?"
        ) from None
    except RecursionError:
        raise Unusable(f"`{name}` calls itself without end{where}.") from None
    except Unusable as problem:
        if any("not a leaf Tensor is being accessed" in str(warning.message) for warning in warned):
            raise type(problem)(
                f"{problem} A tensor that is not a leaf has no `.grad`: it is None."
            ) from None
        raise
    except SystemExit:
        raise Unusable(f"`{name}` ended the program (`exit` or `sys.exit`). Use `return`.") from None
    except KeyboardInterrupt:
        raise
    except BaseException as problem:
        raise Unusable(_exception_sentence(name, problem, where)) from None
    said = "" if output.closed else output.getvalue()
    warnings_said = (f"{warning.category.__name__}: {warning.message}\n" for warning in warned)
    said += "".join(dict.fromkeys(warnings_said))  # a loop warns in every round
    return returned, said[:_MAX_PRINTED]


@contextlib.contextmanager
def _settings_kept() -> Iterator[None]:
    """Put back what an answer may switch for the whole process, so that one exercise cannot spoil the next."""
    dtype, device = torch.get_default_dtype(), torch.get_default_device()
    grad, deterministic = torch.is_grad_enabled(), torch.are_deterministic_algorithms_enabled()
    numpy_errors = np.geterr()
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)
        if torch.get_default_device() != device:
            torch.set_default_device(device)
        torch.set_grad_enabled(grad)
        if torch.are_deterministic_algorithms_enabled() != deterministic:  # it imports half of PyTorch
            torch.use_deterministic_algorithms(deterministic)
        np.seterr(**numpy_errors)


@contextlib.contextmanager
def usual_settings() -> Iterator[None]:
    """PyTorch's own defaults while a check runs, whatever a cell before it has switched."""
    with _settings_kept():
        torch.set_default_dtype(torch.float32)
        if torch.get_default_device().type != "cpu":
            torch.set_default_device(None)
        torch.set_grad_enabled(True)
        yield


def _torch_is_importing() -> bool:
    """Whether PyTorch is in the middle of an import, as the first optimizer is: seconds, and no fault of the answer.

    What is interrupted there stays half imported.
    """
    parts = (sys.modules.get(name) for name in ("torch._dynamo", "torch._inductor"))
    return any(getattr(getattr(part, "__spec__", None), "_initializing", False) for part in parts)


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():

        def interrupt(*_: object) -> None:
            if _torch_is_importing():
                signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
                return
            raise _TooLong

        before = signal.signal(signal.SIGALRM, interrupt)
        # Repeated: an answer with a bare `except:` in its loop swallows the first one.
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.5)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        return

    import _thread

    fired = threading.Event()

    def interrupt_main() -> None:
        nonlocal timer
        if _torch_is_importing():
            timer = start()
            return
        fired.set()
        _thread.interrupt_main()

    def start() -> threading.Timer:
        timer = threading.Timer(seconds, interrupt_main)
        timer.daemon = True
        timer.start()
        return timer

    timer = start()
    try:
        yield
    except KeyboardInterrupt:
        if fired.is_set():
            raise _TooLong from None
        raise
    finally:
        timer.cancel()


# What PyTorch says, and what it means. The first pattern that is found in the message counts.
_MEANINGS = (
    (
        r"randint\(\) received an invalid",
        "`randint` takes the size as one tuple: `randint(low, high, (rows, cols))`.",
    ),
    (r"(sum|mean|std)\(\) received an invalid.*keepdim", "`keepdim` needs a `dim` beside it."),
    (
        r"linspace\(\) received an invalid",
        "`linspace` takes a start, an end, and how many points, a whole number: `linspace(0, 1, 5)`.",
    ),
    (
        r"generator=int",
        "`generator=` takes a generator, not a seed: `torch.Generator().manual_seed(...)` makes one.",
    ),
    (
        r"received an invalid combination",
        "These arguments do not go together: compare them with an example above.",
    ),
    (
        r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got|inconsistent tensor size|Expected size for first",
        "The inner sizes of a matrix product must be equal: (N, K) @ (K, M).",
    ),
    (
        r"(self|mat1|mat2) must be a matrix",
        "`mm` takes two matrices and nothing else; `@` takes vectors and stacks too.",
    ),
    (
        r"must match the size of tensor b",
        "Write the two shapes under each other, from the right: do they fit?",
    ),
    (r"1D tensors expected", "`dot` takes two 1-D tensors only; `@` also takes matrices."),
    (
        r"must have the same dtype|expected m1 and m2 to have the same dtype",
        "`@` does not mix dtypes: convert one.",
    ),
    (r"expected scalar type", "The dtypes differ: convert one of the two."),
    (
        r"could not infer output dtype|Input dtype must be either a floating point",
        "A mean needs decimals: make the tensor floating point first.",
    ),
    (
        r"result type .* can't be cast to",
        "An in-place result must fit the dtype of the tensor it is written to.",
    ),
    (
        r"Can't call numpy\(\) on Tensor that requires grad",
        "NumPy cannot follow a graph: where the gradient matters use PyTorch's own function, elsewhere `detach()` first.",
    ),
    (
        r"leaf Variable that requires grad is being used in an in-place",
        "Make a new tensor instead, such as `y = x + 1`; only the update of a weight is done in place, under `torch.no_grad()`.",
    ),
    (
        r"backward through the graph a second time",
        "A graph that stored values is walked once: compute the loss anew, or say `retain_graph=True` the first time.",
    ),
    (
        r"implicitly created only for scalar outputs",
        "`backward()` starts from one number: `.sum()` or `.mean()` makes one, or `gradient=` gives each its weight.",
    ),
    (
        r"Mismatch in shape: grad_output",
        "The vector has one weight for each number of the *output*: `torch.autograd.grad(output, input, vector)`.",
    ),
    (
        r"'(float|int)' object has no attribute '(backward|grad)'",
        "A Python number has no graph: make a tensor that requires grad, and take `.item()` at the very end.",
    ),
    (
        r"no attribute 'zero_grad'",
        "`zero_grad()` is a method of optimizers; for a tensor it is `x.grad = None` or `x.grad.zero_()`.",
    ),
    (r"bitwise_xor", "`^` is not a power in Python: `**` is."),
    (
        r"expected Tensor as element .* got tuple",
        "A tuple stands where one tensor is needed. `torch.autograd.grad` gives a tuple too: `[0]` takes its first.",
    ),
    (
        r"expected Tensor as element .* got (builtin_function|method|function)|'(builtin_function_or_)?method' object has no attribute",
        "A function stands there in place of what it returns: `()` after its name calls it.",
    ),
    (
        r"expected Tensor as element",
        "`stack` and `cat` take tensors only: `torch.ones_like(x)` is a 1 for every element.",
    ),
    (
        r"(stack|cat)\(\)( takes|: argument 'tensors')",
        "`stack` and `cat` take one list of tensors, in brackets.",
    ),
    (
        r"zero-dimensional tensor .* cannot be concatenated",
        "`cat` joins along a dimension that is there, and a single number has none: `stack` makes one.",
    ),
    (
        r"only one element tensors can be converted",
        "`math` functions and `torch.tensor` take single numbers: there is `torch.sin` and the like, and `torch.stack` joins tensors.",
    ),
    (r"cannot be converted to Scalar", "`item()` needs exactly one element."),
    (
        r"Sizes of tensors must match except in dimension",
        "`cat` needs equal sizes in every dimension but the joined one.",
    ),
    (
        r"stack expects each tensor to be equal size",
        "`stack` needs tensors of one shape; `cat` joins different lengths.",
    ),
    (
        r"Dimension out of range .*\[-1, 0\], but got 1",
        "A vector has no dim 1, only dim 0: `stack` and `unsqueeze` make one.",
    ),
    (r"Dimension out of range", "A tensor with n dimensions has dims 0 to n - 1 (or -n to -1)."),
    (r"shape '.*' is invalid for input of size", "A reshape keeps the number of elements."),
    (r"view size is not compatible", "`view` needs memory in order; `reshape` copies where it must."),
    (
        r"Cannot access accelerator device",
        "`torch.Generator()` takes a device; the seed goes into `.manual_seed(seed)`.",
    ),
    (
        r"descriptor 'manual_seed'",
        "`torch.Generator` is the class: `torch.Generator()`, with its brackets, makes a generator.",
    ),
    (
        r"\bseed\(\) takes",
        "`seed()` draws a seed by chance: yours is set with `manual_seed(seed)`.",
    ),
    (
        r"Generator' object has no attribute 'rand|argument 'size' .*Generator",
        "A generator is handed over by name: `torch.randn(3, generator=own)`.",
    ),
    (
        r"\brand\(\): argument 'size'",
        "`rand` takes sizes only, and gives numbers from 0 to 1: for another range times a width, plus a start.",
    ),
    (
        r"argument 'dtype'.* must be torch.dtype",
        "A dtype is written `dtype=torch.int64`; `x.dtype` is that of a tensor you have.",
    ),
    (r"\btensor\(\) takes 1 positional", "`torch.tensor` takes its options by name: `dtype=torch.float32`."),
    (r"from_numpy\(\) takes", "`from_numpy` takes the array and nothing else: it keeps dtype and memory."),
    (
        r"numpy.ndarray' object has no attribute",
        "That is a NumPy array, which has NumPy's methods: use PyTorch's while it is still a tensor.",
    ),
    (
        r"return_types\.(max|min|median)",
        "With a `dim`, `max`, `min` and `median` give two tensors: take `.values`. A lower limit is `clamp(min=0)`.",
    ),
    (
        r"return_types\.",
        "That function gives several tensors together: take the one that you need, by its name.",
    ),
    (r"'Tensor' object is not callable", "A tensor is no function: take the brackets behind it away."),
    (r"Expected all tensors to be on the same device", "Move both tensors to one device with `.to`."),
    (
        r"unsupported operand.*NoneType|'NoneType' object has no attribute",
        "Something is None there, as what `print` gives is; so is a `.grad` before `backward()`, or of a tensor that is no leaf.",
    ),
    (
        r"does not require grad and does not have a grad_fn\s*$",
        "Nothing in this loss requires grad: no weight is in its graph.",
    ),
    (r"before Module.__init__\(\) call", "`super().__init__()` comes first in `__init__`."),
    (
        r"is not a Module subclass",
        "`nn.Sequential` takes modules: `nn.ReLU()`, with its brackets.",
    ),
    (r"Boolean value of Tensor", "`if` needs one truth value: ask with `.any()` or `.all()`."),
    (
        r"'type' object does not support the context manager",
        "`torch.no_grad()` needs its brackets: it is called.",
    ),
    (r"module 'torch' has no attribute '\w+_'", "In-place forms are methods of a tensor: `x.add_(y)`."),
)


def _exception_sentence(name: str, problem: BaseException, where: str) -> str:
    try:
        message = str(problem).strip()
    except Exception:  # an exception class of the answer's own
        message = ""
    first_line = textwrap.shorten(re.split(r", but expected one of|\n", message)[0], 240, placeholder=" ...")
    sentence = f"`{name}` raised {type(problem).__name__}{where}"
    sentence += f": {first_line}" if first_line else ""
    sentence += "" if sentence.endswith(".") else "."
    if line := _line_of(problem):
        sentence += f" It happened in your line `{line}`."
    frames = traceback.extract_tb(problem.__traceback__)
    if frames and frames[-1].filename.endswith("_reduction.py"):  # what it says there is about its own `if`
        return f"{sentence} A loss is made first and called then: `torch.nn.MSELoss()(prediction, target)`."
    for pattern, meaning in _MEANINGS:
        if re.search(pattern, message):
            return f"{sentence} {meaning}"
    if isinstance(problem, NameError):
        return f"{sentence} A name must be imported, or assigned, before it is used."
    return sentence


def _line_of(problem: BaseException) -> str:
    """The last line of the answer's own code through which the exception came; "" when not known."""
    own = [f for f in traceback.extract_tb(problem.__traceback__) if _is_own(f.filename)]
    return (own[-1].line or "").strip() if own else ""


def _is_own(filename: str) -> bool:
    return "ipykernel" in filename or filename.startswith("<")
