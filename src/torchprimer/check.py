"""What a check cell calls: reach an answer, compare, and end in the points earned.

    @check.exercise("standardize", points=4)
    def result():
        table = torch.tensor(...)
        check.equal(check.call("standardize", table), ..., mistakes={...})
        ### BEGIN HIDDEN TESTS
        with check.hidden(2):
            ...
        ### END HIDDEN TESTS

    result

`exercise` runs the function at once, shows a message, and leaves in its place a `Result`: its plain
text is the points earned, which is what nbgrader reads. Nothing here raises because of an answer.
"""

from __future__ import annotations

import ast
import contextlib
import html
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from torchprimer import answers, compare, plain, progress
from torchprimer.answers import Unanswered, answers_from
from torchprimer.markup import marked_up as _marked_up

__all__ = [
    "Result",
    "Watched",
    "answers_from",
    "call",
    "entry",
    "equal",
    "exercise",
    "fail",
    "hidden",
    "observe",
    "part",
    "predictions",
    "that",
    "unanswered",
    "value",
    "watch",
]


class _NotYet(Exception):
    """A check that did not pass; ends the part it stands in."""

    def __init__(self, sentence: str, *, picture: Any = None, answered: bool = True) -> None:  # noqa: ANN401
        super().__init__(sentence)
        self.sentence = sentence
        self.picture = picture
        self.answered = answered


@dataclass
class _Part:
    points: float
    label: str = ""
    is_hidden: bool = False
    share: float = 0.0
    sentence: str = ""
    picture: Any = None
    answered: bool = True
    broken: bool = False


@dataclass
class _Report:
    name: str
    points: float
    whole: _Part
    parts: list[_Part] = field(default_factory=list)
    current: _Part | None = None
    subject: str = ""
    inputs: str = ""
    arguments: tuple[Any, ...] = ()
    printed: str = ""
    calls: int = 0
    notes: list[str] = field(default_factory=list)


_report: _Report | None = None


def _running() -> _Report:
    if _report is None:
        raise RuntimeError("a check runs inside a function decorated with @check.exercise(...)")
    return _report


# ---------------------------------------------------------------- the exercise and its parts


def exercise(name: str, *, points: float) -> Callable[[Callable[[], None]], Result]:
    """Decorate the function that holds the checks of exercise `name`; it runs at once.

    Without `part`, the checks outside `hidden` are one part that is worth all points that are not
    hidden. In the student's edition the hidden part is not there and the rest is worth everything.
    """

    def run(body: Callable[[], None]) -> Result:
        global _report
        outer, _report = _report, _Report(name, points, whole=_Part(points))
        try:
            with answers.usual_settings(), _collect(_report.whole):
                body()
            result = Result(_report)
        finally:
            _report = outer
        result._show()
        return result

    return run


@contextlib.contextmanager
def part(points: float, label: str) -> Iterator[None]:
    """Checks that are worth `points` by themselves: the others go on where they fail."""
    with _collect(_Part(points, label)):
        yield


@contextlib.contextmanager
def hidden(points: float, label: str = "") -> Iterator[None]:
    """Checks that only grading has; their messages name the inputs' shapes and show no picture."""
    with _collect(_Part(points, label, is_hidden=True)):
        yield


@contextlib.contextmanager
def _collect(part: _Part) -> Iterator[None]:
    report = _running()
    outer, report.current = report.current, part
    if part is not report.whole:
        report.parts.append(part)
    try:
        yield
        part.share = 1.0 if not part.sentence else part.share
    except _NotYet as problem:
        part.share = 0.0
        part.sentence, part.picture, part.answered = problem.sentence, problem.picture, problem.answered
    except Exception as problem:
        part.share, part.broken = 0.0, True
        part.sentence = (
            f"This check could not be finished ({type(problem).__name__}: {problem}). "
            "Compare what your answer returns with the example, and tell your instructor."
        )
    finally:
        report.current = outer


# ---------------------------------------------------------------- reaching an answer


@dataclass(frozen=True)
class Watched:
    """A call looked at closely.

    `value`: what was returned. `arguments`: the arguments after the call. `returned_argument`: the
    index of the argument that is itself what was returned, or None.
    """

    value: Any
    arguments: tuple[Any, ...]
    returned_argument: int | None


def call(name: str, *args: Any, seconds: float = answers.SECONDS, **kwargs: Any) -> Any:  # noqa: ANN401
    """What the student's function `name` returns for copies of the arguments, as plain data.

    The part ends, with a sentence, where the function is missing, raises, does not end, returns
    None or changes its arguments.
    """
    outcome = _reach(name, args, lambda what: answers.call(name, args, kwargs, seconds=seconds, what=what))
    for before, after in zip(args, outcome.arguments, strict=True):
        if isinstance(before, torch.Tensor) and before.requires_grad and not after.requires_grad:
            raise _NotYet(
                "Your answer switched off `requires_grad` of the caller's tensor, which may be a weight that "
                "should go on learning. `detach()` leaves the tensor as it is."
            )
        if isinstance(before, torch.Tensor) and after.requires_grad and not before.requires_grad:
            raise _NotYet(
                "The caller's tensor now requires grad: `requires_grad_()` works in place. Use it on a tensor of your own."
            )
        if isinstance(before, torch.Tensor) and before.shape != after.shape:
            raise _NotYet(
                "Your answer changed the shape of the caller's tensor: forms with an underscore at the end, such as "
                "`squeeze_`, work in place. `squeeze`, `unsqueeze` and `reshape` give a new tensor."
            )
        if not plain.same(plain.copy(before), after):
            raise _NotYet(
                f"Your answer changed the caller's {_thing(before)}: forms such as `-=`, `x[...] =` and "
                "`x.add_()` work in place. Make a new tensor instead, such as `x = x - ...`."
            )
    if outcome.got_gradient:
        raise _NotYet(
            "Your answer left a gradient in the `.grad` of the caller's tensor, where it would be added to the caller's "
            "own. Call `backward()` on a graph of a leaf of your own, `x.detach().clone().requires_grad_()`."
        )
    return outcome.value


def watch(name: str, *args: Any, seconds: float = answers.SECONDS, **kwargs: Any) -> Watched:  # noqa: ANN401
    """As `call`, for an answer that may change its arguments."""
    outcome = _reach(name, args, lambda what: answers.call(name, args, kwargs, seconds=seconds, what=what))
    return Watched(outcome.value, outcome.arguments, outcome.returned_argument)


def observe(probe: Callable[..., Any], name: str, *args: Any, seconds: float = answers.SECONDS) -> Any:  # noqa: ANN401
    """What `probe(answer, *args)` returns, run beside the answer: for gradients, memory, modules.

    A probe holds no expected value and uses nothing of the check around it but modules.
    """
    return _reach(
        name, args, lambda what: answers.observe(probe, name, args, seconds=seconds, what=what)
    ).value


def value(name: str) -> Any:  # noqa: ANN401
    """A copy of the plain data that the student keeps under `name`."""
    report = _running()
    report.subject, report.inputs, report.arguments = f"`{name}` holds", "", ()
    try:
        return answers.value(name)
    except answers.Unusable as problem:
        raise _NotYet(str(problem), answered=not isinstance(problem, Unanswered)) from None


def entry(got: Any, key: str) -> Any:  # noqa: ANN401
    """The value that an answer's dict `got` has under `key`; ends the part where there is none."""
    report = _running()
    if not isinstance(got, dict):
        raise _NotYet(f"{report.subject} {plain.describe(got)}; a dict with the key `{key}` was expected.")
    if got.get(key, ...) is ...:
        others = ", ".join(f"`{other}`" for other in got if isinstance(other, str))
        has = f"the dict has {others}" if others else "the dict is empty"
        raise _NotYet(f"The entry `{key}` is not there yet: {has}.")
    if got[key] is None:
        raise _NotYet(f"The entry `{key}` is None: what made it gave nothing back.")
    if isinstance(got[key], plain.Stranger):
        raise _NotYet(f"The entry `{key}` is {got[key].what}.")
    report.subject = f"`{key}` holds"
    return got[key]


def _reach(name: str, args: tuple[Any, ...], run: Callable[[str], answers.Outcome]) -> answers.Outcome:
    report = _running()
    report.subject, report.arguments = f"`{name}` returned", args
    report.calls += 1
    described = [str(a) if isinstance(a, int | float) else plain.describe(a) for a in args]
    report.inputs = " and ".join(described) if len(described) <= 2 else ""
    try:
        outcome = run(report.inputs)
    except answers.Unusable as problem:
        raise _NotYet(str(problem), answered=not isinstance(problem, Unanswered)) from None
    report.printed = report.printed or outcome.printed
    return outcome


def _thing(argument: object) -> str:
    return (
        "tensor" if isinstance(argument, torch.Tensor) else "array" if hasattr(argument, "dtype") else "input"
    )


# ---------------------------------------------------------------- comparing


def equal(
    got: Any,  # noqa: ANN401
    want: Any,  # noqa: ANN401
    *,
    mistakes: Mapping[str, Any] | None = None,
    tolerance: tuple[float, float] | None = None,
) -> None:
    """End the part with a sentence unless `got` is `want`: kind, shape, dtype, device, graph, numbers.

    `mistakes` maps the sentence for a known mistake to what that mistake produces here.
    `tolerance` is (relative, absolute).
    """
    report = _running()
    subject = report.subject or "Your answer gave"
    sentence = compare.difference(got, want, mistakes=mistakes, tolerance=tolerance, subject=subject)
    if sentence is None:
        return
    unchanged = any(plain.same(plain.copy(argument), got) for argument in report.arguments)
    if (
        unchanged
        and isinstance(got, torch.Tensor)
        and got.numel()
        and isinstance(want, torch.Tensor)
        and sentence not in (mistakes or ())
    ):
        sentence = (
            f"{subject} its input, unchanged. What an operation gives is lost unless it is kept, `x = x * 2`, or returned; "
            "in a loop, `row = row * 2` only moves the name `row`."
        )
    repeated = report.calls > 1 and sentence not in (mistakes or ())
    if report.inputs and (repeated or (report.current is not None and report.current.is_hidden)):
        sentence += f" It was called with {report.inputs}."
    raise _NotYet(sentence, picture=_picture(got, want))


def that(condition: object, sentence: str) -> None:
    """End the part with `sentence` unless `condition` holds."""
    if not condition:
        raise _NotYet(sentence)


def fail(sentence: str) -> None:
    """End the part with `sentence`."""
    raise _NotYet(sentence)


def unanswered(sentence: str) -> None:
    """End the part with `sentence`, for an answer that is as it was handed out."""
    raise _NotYet(sentence, answered=False)


def predictions(
    name: str,
    truth: Mapping[str, Any],
    *,
    mistakes: Mapping[str, Mapping[Any, str]] | None = None,
    because: Mapping[str, str] | None = None,
    allowed: Sequence[Any] = (),
    guessing: bool = False,
    also: Sequence[str] = (),
) -> None:
    """Compare the dict of predictions `name` with `truth`, key by key; each right one earns its share.

    Shapes may be written as tuples, lists or strings. `mistakes[key][wrong]` is the sentence for a
    wrong prediction that is known, `because[key]` the one for any other. With `guessing`, for
    two-way questions, a wrong prediction takes a right one away, so that guessing earns nothing.
    `allowed` lists the words, or `tuple` for a shape, that a prediction may be: anything else is told so
    and costs nothing. `also` names keys that are asked in the hidden part.
    """
    given = value(name)
    if not isinstance(given, dict):
        fail(f"`{name}` is {plain.describe(given)}. Keep the dict, and give each letter its line.")
    part = _running().current
    given = {str(key).strip().lower(): prediction for key, prediction in given.items()}
    right, wrong, still_open, sentences = 0, 0, [], []
    for key in truth if part.is_hidden else [*truth, *also]:
        prediction = _normal(given.get(key, ...))
        if prediction is ...:
            still_open.append(key)
        elif allowed and prediction not in allowed and type(prediction) not in allowed:
            sentences.append(f"`{key}`: you wrote {_as_written(given[key])}. Write {_choice(allowed)}.")
        elif key in also:
            continue
        elif prediction == truth[key]:
            right += 1
        else:
            wrong += 1
            known = (mistakes or {}).get(key, {})
            reason = next((text for wrong_one, text in known.items() if wrong_one == prediction), "")
            reason = reason or (because or {}).get(key, "")
            sentences.append(f"`{key}`: you wrote {_as_written(given[key])}. {reason}".strip())
    sentences += [f"There is no question `{key}`." for key in given if key not in truth and key not in also]
    if still_open:
        sentences.append(f"Still open: {', '.join(f'`{key}`' for key in still_open)}.")
    if not given or all(prediction is ... for prediction in given.values()):
        raise _NotYet(
            f"Give each letter a line of its own, such as `{name}[...] = ...`, run that cell, then this one.",
            answered=False,
        )
    if right < len(truth):
        part.share = (max(0, right - wrong) if guessing else right) / len(truth)
        counted = f"{right} of {len(truth)} are right."
        if guessing and right and wrong:
            counted += " Each wrong one takes a right one away."
        part.sentence = "\n".join([counted, *sentences])
    elif not part.is_hidden:
        if also and not sentences:
            sentences = [f"{', '.join(f'`{key}`' for key in also)} are marked when your work is graded."]
        _running().notes += sentences


def _choice(allowed: Sequence[Any]) -> str:
    return " or ".join("a shape such as (2, 3)" if choice is tuple else f'"{choice}"' for choice in allowed)


def _normal(prediction: Any) -> Any:  # noqa: ANN401
    """A prediction in one form, however it was written: a tuple for a shape, a word in small letters."""
    if isinstance(prediction, torch.Tensor) or hasattr(prediction, "tolist"):
        prediction = prediction.tolist() if prediction.ndim == 1 else "a tensor"
    if isinstance(prediction, plain.Stranger):
        prediction = prediction.what
    if isinstance(prediction, str):
        text = re.sub(r" object at 0x\w+", "", prediction)  # as a `grad_fn` is printed
        text = text.strip().removeprefix("torch.Size").strip("'\" .!<>").lower()
        if "error" in text or text in ("raise", "raises"):
            return "error"
        if re.fullmatch(r"\d+(\s*[x×]\s*\d+)+", text):
            return tuple(int(size) for size in re.findall(r"\d+", text))
        try:
            prediction = ast.literal_eval(text)
        except (ValueError, SyntaxError, TypeError):
            return text
    if isinstance(prediction, list | tuple):
        return tuple(prediction)
    if isinstance(prediction, int) and not isinstance(prediction, bool):
        return (prediction,)
    return (
        prediction if isinstance(prediction, float | bool) or prediction is ... else str(prediction).lower()
    )


def _as_written(prediction: object) -> str:
    if isinstance(prediction, plain.Stranger):
        return prediction.what
    text = f'"{prediction}"' if isinstance(prediction, str) else str(prediction)
    return text if len(text) <= 60 else f"{text[:60]}..."


def _picture(got: object, want: object) -> Any:  # noqa: ANN401
    """Expected, yours and the difference; None where there is nothing to draw."""
    if not (isinstance(got, torch.Tensor) and isinstance(want, torch.Tensor)):
        return None
    part = _running().current
    if part is not None and part.is_hidden:
        return None
    try:
        from torchprimer import draw

        return draw.difference(want.detach(), got.detach())
    except Exception:  # a picture that cannot be drawn must not cost the student the sentence
        return None


# ---------------------------------------------------------------- the result


class Result:
    """Points earned and the message; the last expression of a check cell.

    `earned` of `points`; `message` is the plain text that the student reads; `mistakes` the sentences
    alone; `broken` says that the check itself could not be finished.
    """

    def __init__(self, report: _Report) -> None:
        self.name = report.name
        self.points = float(report.points)
        self._printed = report.printed
        unseen = [part for part in report.parts if part.is_hidden]
        self._notes = [] if unseen else report.notes
        seen = [part for part in report.parts if not part.is_hidden]
        if not seen or report.whole.sentence:  # what fails outside every part ends the exercise
            seen = [report.whole]
        left = report.points - sum(part.points for part in unseen)
        worth = sum(part.points for part in seen)
        earned = left * sum(part.points * part.share for part in seen) / worth
        self.earned = round(earned + sum(part.points * part.share for part in unseen), 2)
        self._graded = bool(unseen)
        self._failed = [part for part in seen + unseen if part.sentence]
        self.mistakes = [part.sentence for part in self._failed]
        self.broken = any(part.broken for part in self._failed)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return not self._failed

    @property
    def status(self) -> str:
        """`right`, `right so far`, `not yet` or `not answered yet`."""
        if self.passed:
            return "right so far" if self._notes else "right"
        return "not yet" if self.earned or any(part.answered for part in self._failed) else "not answered yet"

    @property
    def message(self) -> str:
        """What the student reads, as plain text."""
        lines = [f"{self.name}: {self.status} ({self.earned:g} of {self.points:g}).", *self._sentences()]
        if self._printed:
            lines.append(f"Your answer printed:\n{self._printed.rstrip()}")
        return "\n".join(lines)

    def _sentences(self) -> list[str]:
        if self.passed:
            return self._notes or (
                [] if self._graded else ["Grading also tries inputs that you do not see here."]
            )
        if self.status == "not answered yet":
            return [self._failed[0].sentence]
        seen_passes = all(part.is_hidden for part in self._failed)
        gists = [part.sentence.split(" It was called with")[0] for part in self._failed]
        if not self.earned and len(gists) > 1 and len(set(gists)) == 1:
            return [self._failed[0].sentence]  # what is true of every part is said once
        sentences = []
        for place, part in enumerate(self._failed):
            label = part.label
            if part.is_hidden and gists[place] in gists[:place]:
                continue
            if part.is_hidden and not label:
                label = "What you see passes. With other inputs" if seen_passes else "With other inputs"
            sentences.append(f"{label}: {part.sentence}" if label else part.sentence)
        return sentences

    def _show(self) -> None:
        ipython = sys.modules.get("IPython")
        if ipython is None or ipython.get_ipython() is None or answers._given_namespace is not None:
            return
        so_far = ""
        with contextlib.suppress(Exception):  # what a file says must not cost the student the sentence
            so_far = progress.told(self.name, self.earned)
        text = "\n".join(filter(None, (self.message, so_far)))
        ipython.display.display(_Message(text, self._html(so_far)))

    def _html(self, so_far: str = "") -> str:
        mark, colour = {
            "right": ("✓", "#009E73"),
            "right so far": ("✓", "#009E73"),
            "not yet": ("✗", "#D55E00"),
            "not answered yet": ("…", "#0072B2"),
        }[self.status]
        body = "".join(
            f"<p style='margin:0.4em 0'>{_marked_up(sentence)}</p>" for sentence in self._sentences()
        )
        drawn = [part for part in self._failed if part.picture is not None]
        pictures = "".join(
            f"<div>{f'<p><strong>{html.escape(part.label)}</strong></p>' if len(drawn) > 1 else ''}{part.picture.html()}</div>"
            for part in drawn
        )
        printed = (
            f"<details><summary>Your answer printed</summary><pre>{html.escape(self._printed)}</pre></details>"
            if self._printed
            else ""
        )
        last = f"<p style='margin:0.6em 0 0.2em'>{_marked_up(so_far)}</p>" if so_far else ""
        return (
            f"<div style='border-left:5px solid {colour};padding:0.3em 0.9em;margin:0.3em 0;max-width:60em'>"
            f"<p style='margin:0.2em 0'><strong>{mark} {html.escape(self.name)}: {self.status}</strong>"
            f" ({self.earned:g} of {self.points:g})</p>{body}{pictures}{printed}{last}</div>"
        )

    def __float__(self) -> float:
        return self.earned

    def __repr__(self) -> str:
        return str(self.earned)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict[str, Any]]:
        data = {
            "text/plain": repr(self),
            "text/html": f"<small>{self.earned:g} of {self.points:g} points</small>",
        }
        about = {
            "exercise": self.name,
            "status": self.status,
            "mistakes": self.mistakes,
            # Of each mistake, for `primer report`.
            "parts": [
                "open" if not part.answered else "hidden" if part.is_hidden else "seen"
                for part in self._failed
            ],
            "broken": self.broken,
        }
        return data, {"torchprimer": about}


@dataclass(frozen=True)
class _Message:
    text: str
    markup: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.markup}

    def __repr__(self) -> str:
        return self.text
