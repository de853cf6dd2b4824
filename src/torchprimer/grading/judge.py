"""Check cells run in a kernel of their own, which has none of the student's code.

The judge's kernel runs the lesson's own check cells. Where a check asks for an answer, the question goes as
text over the judge's lane to here, from here to the student's kernel, and what comes back goes the same way to
the judge. What is expected, every verdict and every input but the one being asked stay with the
judge; the student's side can give wrong data back and nothing else.
"""

import ast
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, ClassVar

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell
from traitlets import Integer

from . import kernels, lane
from .execute import DIED, TIMED_OUT, ExecuteSubmission, fail, is_check
from .verdict import unfinished

# Run once in a judge's kernel. Every check then begins in the namespace that this leaves: it stands alone.
SETUP = """
import torch
from torchprimer import answers, check

torch.seed()
answers.reach_through(get_ipython().kernel.ask)
del torch, answers, check


def begin_anew(names=get_ipython().user_ns, kept=dict(get_ipython().user_ns)):
    names.clear()
    names.update(kept)


get_ipython().events.register("pre_execute", begin_anew)
"""
# Run before the checks of another submission in the same kernel.
ANEW = """
import torch
torch.seed()
get_ipython().history_manager.reset()
get_ipython().execution_count = 1
"""

# What a check could ask; the answer is 1 wherever `torchprimer.answers` works.
NO_EXERCISE = json.dumps(
    {
        "do": "observe",
        "name": "get_ipython",
        "given": {"tuple": [{"tuple": []}, {"dict": []}]},
        "probe": {"source": "def probe(answer):\n    return 1\n", "name": "probe", "modules": {}},
        "seconds": 5,
        "what": "",
    }
)


class JudgeSubmission(ExecuteSubmission):
    """ExecuteSubmission, whose checks are run by a judge's kernel that asks the student's for the answers.

    A check that does not use `torchprimer.check` runs beside the answer, as in nbgrader. Takes the place of
    nbgrader's Execute in `c.Autograde.autograde_preprocessors`, and its settings.
    """

    grace = Integer(5, help="seconds beyond its own limit after which an answer's kernel is ended").tag(
        config=True
    )
    falls = Integer(2, help="how many kernels the answers to one check may lose").tag(config=True)
    serves = Integer(
        1,
        help="""
        how many submissions in a row one kernel for checks serves, as long as every check comes to its end;
        `primer grade` takes 20, because a kernel's start takes as long as its checks
        """,
    ).tag(config=True)

    _kept: ClassVar["Judge | None"] = None

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run every cell. Raises RuntimeError when a kernel does not start at all."""
        self._judge: Judge | None = None
        try:
            if any(is_judged(cell) for cell in nb.cells):
                self._judge = self._new_judge(nb)  # starts while the student's first cells run
            return super().preprocess(nb, resources)
        finally:
            if self._judge is not None and self._judge.is_fit(self.serves):
                JudgeSubmission._kept = self._judge
            elif self._judge is not None:
                self._judge.close()

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell where it belongs."""
        if not is_judged(cell):
            return super().preprocess_cell(cell, resources, index)
        if self._is_over():
            self._leave_out(cell)
        else:
            self._check(cell, resources, index)
        return cell, resources

    def _new_judge(self, nb: NotebookNode) -> "Judge":
        settings: dict[str, Any] = {
            "kernel_manager_class": self.kernel_manager_class,
            "timeout": self.timeout,
            "startup_timeout": self.startup_timeout,
            "extra_arguments": list(self.extra_arguments),
            "warm": self.warm,
        }
        kept, JudgeSubmission._kept = JudgeSubmission._kept, None
        if kept is not None:
            if kept.settings == settings and kept.begin_anew(nb):
                return kept
            kept.close()
        return Judge(nb, settings, config=self.config, log=self.log)

    def _check(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> None:
        """Let the judge run a check; what it could not finish ends in an error."""
        self._fallen, self._left = 0, float(self.timeout or self.seconds)
        if self._judge is None:
            self._judge = self._new_judge(self.nb)
        try:
            self._judge.sound = False  # until the check has come to its end
            self._judge.begin(cell, index)
            while (question := self._judge.question()) is not None:
                self._judge.tell(self._reply(json.loads(question), question, resources, index))
            self._judge.sound = not unfinished(cell)
            if not self._judge.sound and not self._is_over() and not self._obeys():  # an answer has broken it
                self._kernels_left += 1
                self._renew(resources, index)
        except (DeadKernelError, CellTimeoutError) as error:
            late = isinstance(error, CellTimeoutError)
            fail(cell, TIMED_OUT if late else DIED, "the check itself could not be finished")
            self._judge.close()
            self._judge = None

    # --- the student's side

    def _reply(self, asked: dict[str, Any], question: str, resources: dict[str, Any], index: int) -> str:
        """The student's kernel's reply to a question, or one that says why there is none."""
        name, where = asked["name"], f" for {asked['what']}" if asked["what"] else ""
        while not self._is_over():
            if self._fallen >= self.falls:
                return _says(
                    unusable=f"`{name}` was not called again: answers have ended the kernel too often."
                )
            if self._left <= 0:
                return _says(unreachable="the answers took longer than the time for one check")
            if not kernels.is_alive(self.km):
                self._begun = False  # not this check, but what an earlier cell left running ended it
                self._blame(self.nb.cells[index], index, DeadKernelError("Kernel died"))
                self._renew(resources, index)
                continue
            began = monotonic()
            try:
                kind, reply = self._ask(question, asked["seconds"] + self.grace)
            except TimeoutError:
                sentence = (
                    f"`{name}` did not come to an end within {asked['seconds']:g} seconds{where}, and did not "
                    "stop when it was told to. Is there a loop that never stops?"
                )
            except lane.Lost:
                why = kernels.why_ended(self.km)
                sentence = f"The kernel ended while `{name}` ran{where}" + (
                    f": {why}."
                    if why
                    else ". `os._exit`, a crash inside a library and too much memory do that."
                )
            else:
                if kind == lane.ANSWER:
                    return reply
                if kind == lane.NO_ANSWER:
                    return _says(unreachable="what came back could not be read")
                sentence = f"`{name}` ended the program (`exit` or `sys.exit`). Use `return`."
            finally:
                self._left -= monotonic() - began
            self._fallen += 1
            self._kernels_left += 1  # a check has a number of its own
            self._renew(resources, index)
            return _says(unusable=sentence)
        return _says(unreachable=(self._gave_up or ("", ""))[1])

    def _ask(self, question: str, seconds: float) -> tuple[bytes, str]:
        """What the student's kernel answers. Raises Lost and TimeoutError, after which it is of no use."""
        assert self.lane is not None
        return self.lane.ask(question, monotonic() + min(seconds, max(1.0, self._end - monotonic())))

    def _obeys(self) -> bool:
        try:
            if not super()._obeys():
                return False
            kind, reply = self._ask(NO_EXERCISE, self.grace)
            return kind == lane.ANSWER and json.loads(reply)["value"] == 1
        except (lane.Lost, TimeoutError, ValueError, TypeError, KeyError):
            return False


class Judge(kernels.LaneClient):
    """A kernel in which check cells run, in an empty folder, and the questions that they ask.

    It begins to start at once. The methods raise DeadKernelError where the kernel is lost, CellTimeoutError
    where a check takes longer than `timeout`, not counting the time that its questions take, and RuntimeError
    where the kernel does not start.
    """

    OLDEST = 240  # seconds; a kernel may run for so many more that the last submission has its time

    def __init__(self, nb: NotebookNode, settings: dict[str, Any], **given: Any) -> None:  # noqa: ANN401
        traits = {name: value for name, value in settings.items() if name != "warm"}
        super().__init__(nb, allow_errors=True, shutdown_kernel="immediate", **traits, **given)
        self.settings, self.sound = settings, True
        self._served, self._born = 1, monotonic()
        self._folder = TemporaryDirectory(prefix="judge")
        self.resources = {"metadata": {"path": self._folder.name}}
        self.create_kernel_manager()
        if settings["warm"]:
            kernels.provide(self.km, "judge")
        # A submission may have written to the grader's own IPython folder, whose start-up files would run here.
        own = {"IPYTHONDIR": str(Path(self._folder.name) / "ipython"), "TORCHPRIMER_ROLE": "judge"}
        self.start_new_kernel(env=os.environ | own)

    def begin(self, cell: NotebookNode, index: int) -> None:
        """Start to run a check cell."""
        if self.lane is None:
            self._prepare()
        # No more from the outside: `question` knows how long it waited for answers.
        self._left = float(self.timeout or "inf")
        self._cell, self._index = cell, index
        self._begun = self.begin_cell(cell)

    def _prepare(self) -> None:
        self.start_new_kernel_client()
        if getattr(self.km, "connection_file", None):
            Path(self.km.connection_file).unlink(missing_ok=True)  # nobody else is to find this kernel
        if problem := self._run(SETUP):
            raise RuntimeError(f"The kernel for the checks could not be prepared: {problem}")

    def _run(self, code: str) -> str | None:
        """Run code that shows nothing; what it raised."""
        cell = new_code_cell(code)
        asked = self.begin_cell(cell, silent=True, store_history=False)
        content = self.follow_cell(asked, cell, 0, self.startup_timeout)
        if isinstance(content, dict):
            return None if content["status"] == "ok" else str(content.get("evalue"))
        return content

    def is_fit(self, serves: int) -> bool:
        """Whether another submission may be checked here, when a judge serves so many."""
        return (
            self.sound
            and self.lane is not None
            and self._served < serves
            and monotonic() - self._born < self.OLDEST
            and kernels.spent(self.km) < 0.5
        )

    def begin_anew(self, nb: NotebookNode) -> bool:
        """Prepare for another submission; whether that could be done."""
        if self.lane is None or monotonic() - self._born > self.OLDEST:
            return False
        self.nb = nb
        self.reset_execution_trackers()
        self._served += 1
        with suppress(DeadKernelError, CellTimeoutError):
            return self._run(ANEW) is None
        return False

    def question(self) -> str | None:
        """The next question of the check that was begun, or None when it has ended."""
        began = monotonic()
        said = self.follow_cell(self._begun, self._cell, self._index, self._left)
        self._left -= monotonic() - began
        if isinstance(said, str):
            return said
        self.end_cell(self._cell, self._index, said)
        return None

    def tell(self, reply: str) -> None:
        """Reply to the question."""
        assert self.lane is not None
        try:
            self.lane.send(lane.REPLY, reply.encode(errors="replace"))
        except lane.Lost as error:
            raise DeadKernelError(str(error)) from None

    def close(self) -> None:
        """End the kernel at once and remove its folder."""
        if self.km is not None:
            self._cleanup_kernel()
        self._folder.cleanup()


def is_judged(cell: NotebookNode) -> bool:
    """Whether a cell is a check that reaches the answers through `torchprimer.check` only."""
    if not is_check(cell) or "torchprimer" not in cell.source:
        return False
    try:
        return "torchprimer.check" in _imports(ast.parse(cell.source))
    except SyntaxError:
        return True  # a magic, or a mistake of the lesson's that is better not shown to the student's code


def _imports(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _says(**reply: str) -> str:
    return json.dumps(reply)
