"""Check cells run in a kernel of their own, which has none of the student's code.

The judge's kernel runs the lesson's own check cells. Where a check asks for an answer, the question goes as
text over the judge's stdin channel to here, from here to the student's kernel, and what comes back goes the
same way to the judge. What is expected, every verdict and every input but the one being asked stay with the
judge; the student's side can give wrong data back and nothing else.
"""

import ast
import asyncio
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async, run_sync
from nbformat.notebooknode import NotebookNode
from traitlets import Integer

from . import kernels
from .execute import DIED, TIMED_OUT, ExecuteSubmission, GivesUp, fail, is_check

# Run once in a judge's kernel. Every check then begins in the namespace that this leaves: it stands alone.
SETUP = """
import torch
from torchprimer import answers, check

torch.seed()
answers.reach_through(get_ipython().kernel.raw_input)
del torch, answers, check


def begin_anew(names=get_ipython().user_ns, kept=dict(get_ipython().user_ns)):
    names.clear()
    names.update(kept)


get_ipython().events.register("pre_execute", begin_anew)
"""
# Run in the student's kernel while a check goes on. A question then is a line of input: much quicker than a cell.
SERVE = '__import__("torchprimer.answers", fromlist=["x"]).serve_through(get_ipython())'
MAX_REPLY = 64 << 20  # characters; `torchprimer.border` writes no more


class JudgeSubmission(ExecuteSubmission):
    """ExecuteSubmission, whose checks are run by a judge's kernel that asks the student's for the answers.

    A check that does not use `torchprimer.check` runs beside the answer, as in nbgrader. Takes the place of
    nbgrader's Execute in `c.Autograde.autograde_preprocessors`, and its settings.
    """

    grace = Integer(5, help="seconds beyond its own limit after which an answer's kernel is ended").tag(
        config=True
    )
    falls = Integer(2, help="how many kernels the answers to one check may lose").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Run every cell. Raises RuntimeError when a kernel does not start at all."""
        self._judge: Judge | None = None
        self._serving: str | None = None  # the request in which the student's kernel answers questions
        try:
            if any(is_judged(cell) for cell in nb.cells):
                self._judge = self._new_judge(nb)  # starts while the student's first cells run
            return super().preprocess(nb, resources)
        finally:
            if self._judge is not None:
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
        return Judge(
            nb,
            config=self.config,
            log=self.log,
            kernel_manager_class=self.kernel_manager_class,
            timeout=self.timeout,
            startup_timeout=self.startup_timeout,
            extra_arguments=list(self.extra_arguments),
            allow_errors=True,
            shutdown_kernel="immediate",
            warm=self.warm,
        )

    def _check(self, cell: NotebookNode, resources: dict[str, Any], index: int) -> None:
        """Let the judge run a check; what it could not finish ends in an error."""
        self._fallen, self._left = 0, float(self.timeout or self.seconds)
        if self._judge is None:
            self._judge = self._new_judge(self.nb)
        try:
            self._judge.begin(cell, index)
            while (question := self._judge.question()) is not None:
                self._judge.tell(self._reply(json.loads(question), question, resources, index))
            self._stop_serving(resources, index)
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
            if not run_sync(self._is_alive)():
                self._begun = False  # not this check, but what an earlier cell left running ended it
                self._blame(self.nb.cells[index], index, DeadKernelError("Kernel died"))
                self._renew(resources, index)
                continue
            began = monotonic()
            try:
                reply = run_sync(self._exchange)(question, asked["seconds"] + self.grace)
            except CellTimeoutError:
                sentence = (
                    f"`{name}` did not come to an end within {asked['seconds']:g} seconds{where}, and did not "
                    "stop when it was told to. Is there a loop that never stops?"
                )
            except DeadKernelError:
                why = kernels.why_ended(self.km)
                sentence = f"The kernel ended while `{name}` ran{where}" + (
                    f": {why}."
                    if why
                    else ". `os._exit`, a crash inside a library and too much memory do that."
                )
            else:
                if isinstance(reply, str):
                    return reply
                if not _asks_exit(reply):
                    return _says(unreachable="what came back could not be read")
                sentence = f"`{name}` ended the program (`exit` or `sys.exit`). Use `return`."
            finally:
                self._left -= monotonic() - began
            self._fallen += 1
            self._kernels_left += 1  # a check has a number of its own
            self._renew(resources, index)
            return _says(unusable=sentence)
        return _says(unreachable=(self._gave_up or ("", ""))[1])

    async def _is_alive(self) -> bool:
        return self.kc is not None and await ensure_async(self.kc.is_alive())

    async def _exchange(self, question: str, seconds: float) -> str | dict[str, Any]:
        """The reply to a question; where the kernel stopped answering, the content of its last message.

        Raises DeadKernelError and CellTimeoutError, after which the student's kernel is of no use.
        """
        assert self.kc is not None
        end = monotonic() + min(seconds, max(1.0, self._end - monotonic()))
        if self._serving is None:
            await self._drain()
            self._serving = self.kc.execute(
                SERVE, silent=True, store_history=False, allow_stdin=True, stop_on_error=False
            )
            try:
                ready = await self._said(monotonic() + self.grace)
            except CellTimeoutError:
                ready = {}
            if ready != "":
                return {}
        self.kc.input(question)
        return await self._said(end, last=not question)

    async def _async_obeys(self) -> bool:
        if not await super()._async_obeys():
            return False
        ended = await self._exchange("", self.grace)  # it begins to answer questions, and ends
        return isinstance(ended, dict) and ended.get("status") == "ok"

    async def _said(self, end: float, last: bool = False) -> str | dict[str, Any]:
        """What a kernel that answers questions says next; as `_exchange`."""
        assert self.kc is not None
        channels = [self.kc.stdin_channel, self.kc.shell_channel]
        while monotonic() < end:
            for channel in reversed(channels) if last else channels:
                try:
                    message = await ensure_async(channel.get_msg(timeout=0.25))
                    content, sent = message["content"], message["parent_header"].get("msg_id")
                    reply = content["prompt"] if channel is self.kc.stdin_channel else dict(content)
                except Empty:
                    continue
                except Exception:  # no message of a kernel that is still itself
                    raise DeadKernelError("Kernel sent something that is no message") from None
                if sent != self._serving:
                    continue
                if isinstance(reply, str):
                    return reply if len(reply) <= MAX_REPLY else {}
                self._serving = None
                return reply if isinstance(reply, dict) else {}
            if not await self._is_alive():
                raise DeadKernelError("Kernel died")
        raise CellTimeoutError("No reply")

    def _stop_serving(self, resources: dict[str, Any], index: int) -> None:
        """Have the student's kernel run cells again; one that will not is replaced."""
        if self._serving is None:
            return
        try:
            run_sync(self._exchange)("", self.grace)
        except (DeadKernelError, CellTimeoutError):
            self._renew(resources, index)

    def _renew(self, resources: dict[str, Any], index: int) -> None:
        self._serving = None
        super()._renew(resources, index)

    async def _drain(self) -> None:
        """Throw away what earlier calls made the kernel say, before the output of a cell is lost among it."""
        assert self.kc is not None
        for _ in range(100):
            if not await ensure_async(self.kc.iopub_channel.msg_ready()):
                return
            with suppress(Exception):  # it may be no message at all
                await ensure_async(self.kc.iopub_channel.get_msg(timeout=0))


class Judge(GivesUp, NotebookClient):
    """A kernel in which check cells run, in an empty folder, and the questions that they ask.

    It begins to start at once. The methods raise DeadKernelError where the kernel is lost, CellTimeoutError
    where a check takes longer than `timeout`, not counting the time that its questions take, and RuntimeError
    where the kernel does not start.
    """

    def __init__(self, nb: NotebookNode, *, warm: bool = False, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(nb, **settings)
        self._warm = warm
        self._folder = TemporaryDirectory(prefix="judge")
        self.resources = {"metadata": {"path": self._folder.name}}
        self._running: asyncio.Future[Any] | None = None
        self._ready: asyncio.Future[None] = run_sync(self._async_launch)()

    async def _async_launch(self) -> "asyncio.Future[None]":
        return asyncio.ensure_future(self._async_start())

    async def _async_start(self) -> None:
        self.create_kernel_manager()
        assert self.km is not None
        if self._warm:
            kernels.provide(self.km, "judge")
        # A submission may have written to the grader's own IPython folder, whose start-up files would run here.
        own = {"IPYTHONDIR": str(Path(self._folder.name) / "ipython"), "TORCHPRIMER_ROLE": "judge"}
        await self.async_start_new_kernel(env=os.environ | own)
        kc = await self.async_start_new_kernel_client()
        kc.allow_stdin = True
        if getattr(self.km, "connection_file", None):
            Path(self.km.connection_file).unlink(missing_ok=True)  # nobody else is to find this kernel
        reply = await self.async_wait_for_reply(kc.execute(SETUP, silent=True, store_history=False))
        if reply is None or reply["content"]["status"] != "ok":
            why = reply["content"].get("evalue") if reply else "it gave no answer"
            raise RuntimeError(f"The kernel for the checks could not be prepared: {why}")

    async def _async_begin(self, cell: NotebookNode, index: int) -> "asyncio.Future[Any]":
        await self._ready
        return asyncio.ensure_future(self.async_execute_cell(cell, index, store_history=True))

    def begin(self, cell: NotebookNode, index: int) -> None:
        """Start to run a check cell."""
        self._left = float(self.timeout or 0) or None
        self._running = run_sync(self._async_begin)(cell, index)

    def _get_timeout(self, cell: NotebookNode | None) -> int | None:
        """No limit from the outside for a check: `question` knows how long it waited for answers."""
        return None if cell is not None else self.startup_timeout

    async def _async_question(self) -> str | None:
        assert self.kc is not None and self._running is not None
        began = monotonic()
        asking = asyncio.ensure_future(self.kc.stdin_channel.get_msg(timeout=None))
        try:
            await asyncio.wait(
                {asking, self._running}, timeout=self._left, return_when=asyncio.FIRST_COMPLETED
            )
            if self._left is not None:
                self._left -= monotonic() - began
            if asking.done():
                return asking.result()["content"]["prompt"]
            if not self._running.done():
                raise CellTimeoutError("The check took too long")
            self._running.result()
            return None
        finally:
            asking.cancel()

    def question(self) -> str | None:
        """The next question of the check that was begun, or None when it has ended."""
        return run_sync(self._async_question)()

    async def _async_tell(self, reply: str) -> None:
        assert self.kc is not None
        self.kc.input(reply)

    def tell(self, reply: str) -> None:
        """Reply to the question."""
        run_sync(self._async_tell)(reply)

    async def _async_close(self) -> None:
        tasks = [task for task in (self._ready, self._running) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.km is not None:
            await self._async_cleanup_kernel()

    def close(self) -> None:
        """End the kernel at once and remove its folder."""
        run_sync(self._async_close)()
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


def _asks_exit(content: dict[str, Any]) -> bool:
    payload = content.get("payload")
    return isinstance(payload, list) and any(
        isinstance(part, dict) and part.get("source") == "ask_exit" for part in payload
    )
