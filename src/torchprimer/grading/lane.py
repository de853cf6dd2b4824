"""The short way between the grader and a kernel: frames over one socket, instead of Jupyter's five.

Most cells and questions take less time than the messages around them. A grader is a kernel's only client and
asks for one thing at a time, so that it needs none of what the other channels are for.

A frame is a letter, the number of bytes that follow (4 bytes, the highest first), and these.
"""

import base64
import contextlib
import contextvars
import hmac
import itertools
import json
import os
import re
import selectors
import socket
import struct
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context
from time import monotonic, sleep
from typing import Any

# To the kernel.
CELL = b"C"  # JSON: id, and the arguments of ipykernel's do_execute
QUESTION = b"Q"  # its number (4 bytes), and what is for `torchprimer.answers.serve`
REPLY = b"R"  # a reply to what the kernel asked
# From the kernel.
HELLO = b"H"  # JSON: what its notebook says of its language
OUTPUT = b"O"  # JSON: a message of Jupyter's iopub channel, its buffers in base64
DONE = b"D"  # JSON: a cell's id, and the content of Jupyter's execute_reply
ANSWER = b"A"  # the question's number, and what `serve` gave
NO_ANSWER = b"N"  # the number: it gave nothing that can be sent
EXIT = b"E"  # the number: it called exit(), and the kernel ends
ASK = b"K"  # a question of a check, in a judge's kernel

HEAD = struct.Struct("!cI")
DELIMITER = b"<IDS|MSG>"  # of Jupyter's messages: signature, header, parent, metadata and content follow
NUMBER = struct.Struct("!I")
PIECE = 1 << 16
FORM = 2 << 20  # bytes of messages beside their texts; a list or a dict grows a hundredfold when it is read
TEXT = re.compile(rb'(?s)"[^"\\]*+(?:\\.[^"\\]*+)*+"?')
NUMBERS = itertools.count(1)  # no cell's or question's is another's, though its kernel is another too
LATE = 1  # seconds for which what comes is still taken in after its time, as the grader itself may be late


class Lost(Exception):
    """The kernel has ended, or sends what is no message."""


class Lane:
    """The grader's end.

    `is_alive` says whether there is still a kernel. `count` is told of every byte that comes in. The methods
    that wait raise `Lost`, and TimeoutError at the time `until` (as of `monotonic`).
    """

    def __init__(
        self, end: socket.socket, is_alive: Callable[[], bool], count: Callable[[int], None], most: int
    ) -> None:
        self._socket, self._is_alive, self._count, self._most = end, is_alive, count, most
        self._waiting = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(end, selectors.EVENT_READ)
        self._told = self._form = 0
        end.setblocking(True)

    def send(self, kind: bytes, content: bytes, seconds: float = 10) -> None:
        """Send a frame. Raises Lost where it is not taken."""
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(HEAD.pack(kind, len(content)) + content)
        except OSError:
            raise Lost("the kernel takes no message") from None

    def receive(self, until: float) -> tuple[bytes, bytes]:
        """The next frame."""
        waiting = self._waiting
        while True:
            if len(waiting) >= HEAD.size:
                kind, length = HEAD.unpack_from(waiting)
                if length > self._most:
                    self._count(length)
                    raise Lost("the kernel sent something that is too long")
                if len(waiting) >= (end := HEAD.size + length):
                    content = bytes(waiting[HEAD.size : end])
                    del waiting[:end]
                    return kind, content
            self._wait(until)

    def _wait(self, until: float) -> None:
        """Take in some bytes."""
        left = until - monotonic()
        if left < -LATE:  # some bytes every moment are no end
            raise TimeoutError
        if not self._selector.select(min(max(left, 0), 0.25)):
            if not self._is_alive():
                raise Lost("the kernel ended")
            if left <= 0:
                raise TimeoutError
            return
        try:
            self._socket.settimeout(1)
            piece = self._socket.recv(PIECE)
        except OSError:
            piece = b""
        if not piece:
            patience = monotonic() + 2  # whoever knows why it ended learns that a moment later
            while self._is_alive() and monotonic() < patience:
                sleep(0.002)
            raise Lost("the kernel ended")
        self._count(len(piece))
        self._waiting += piece

    def hello(self, until: float) -> dict[str, Any]:
        """Wait until the kernel is there; what it says of itself."""
        kind = OUTPUT
        while kind == OUTPUT:
            kind, content = self.receive(until)
        told = self._read(content)
        if kind != HELLO or not isinstance(told.get("language_info"), dict):
            raise Lost("the kernel did not say hello")
        return told

    def begin(self, code: str, **how: Any) -> str:  # noqa: ANN401
        """Have a cell run, `how` being ipykernel's arguments; its id, by which its frames are known."""
        asked = {"id": f"{os.getpid()}-{next(NUMBERS)}", "code": code, "silent": False, **how}
        self.send(CELL, json.dumps(asked).encode())
        return asked["id"]

    def follow(
        self, cell: str, until: float, show: Callable[[dict[str, Any]], object]
    ) -> dict[str, Any] | str:
        """The end of a cell (its execute_reply's content), or the question that a judge's kernel asks before.

        `show` gets each message of output that is the cell's.
        """
        while True:
            kind, content = self.receive(until)
            if kind == ASK:
                return content.decode(errors="replace")
            if kind == OUTPUT:
                told = self._read(content)
                if told["parent_header"].get("msg_id") == cell:
                    show(told)
            elif kind == DONE:
                told = self._read(content)
                if told.get("id") == cell:
                    return dict(told["content"])
            elif kind not in (ANSWER, NO_ANSWER, EXIT):  # these are late or forged
                raise Lost("the kernel sent something that is no message")

    def ask(self, question: str, until: float) -> tuple[bytes, str]:
        """What the kernel answers: ANSWER, NO_ANSWER or EXIT, and a text."""
        number = NUMBER.pack(next(NUMBERS))
        self.send(QUESTION, number + question.encode())
        while True:
            kind, content = self.receive(until)
            if kind in (ANSWER, NO_ANSWER, EXIT):
                if content.startswith(number):
                    return kind, content[NUMBER.size :].decode(errors="replace")
            elif kind not in (OUTPUT, DONE):
                raise Lost("the kernel sent something that is no message")

    def _read(self, content: bytes) -> dict[str, Any]:
        """A message that is JSON."""
        self._told += len(content)
        if self._told > FORM:  # an honest kernel seldom says so much
            quotes = content.count(b'"')
            self._form += quotes if quotes > FORM else len(TEXT.sub(b"", content))
            if self._form > FORM:
                raise Lost("the kernel sent too much")
        try:
            told = json.loads(content.decode(errors="replace"))
            # Half a surrogate pair cannot be written to a notebook.
            if b"\\ud" in content or b"\\uD" in content:
                told = json.loads(json.dumps(told, ensure_ascii=False).encode(errors="replace"))
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise Lost("the kernel sent something that is no message")
        return told

    def close(self) -> None:
        """Hang up."""
        self._selector.close()
        self._socket.close()


class Inside:
    """The kernel's end: cells and questions come by the kernel's own event loop."""

    def __init__(self, app: Any, end: socket.socket) -> None:  # noqa: ANN401 - ipykernel's IPKernelApp
        self._app, self._kernel, self._socket = app, app.kernel, end
        self._process = os.getpid()
        # What a cell has forked, such as the workers of a DataLoader, prints by the same socket.
        self._writing: Any = get_context("fork").Lock() if hasattr(os, "fork") else threading.Lock()
        self._context = contextvars.copy_context()  # what a cell sets there the next one finds
        self._tasks: set[Any] = set()
        end.setblocking(True)
        app.iopub_thread._really_send = self._output
        app.kernel.ask = self.ask

    def open(self) -> None:
        """Listen, and say so; in the thread of the event loop."""
        from tornado.ioloop import IOLoop

        self._loop = IOLoop.current().asyncio_loop  # type: ignore[attr-defined]
        self._loop.add_reader(self._socket.fileno(), self._hear)
        self._send(HELLO, _pack({"language_info": self._kernel.language_info}))

    def ask(self, question: str) -> str:
        """Ask the grader, from a cell, and wait for the reply."""
        self._send(ASK, question.encode())
        kind, content = self._receive()
        if kind != REPLY:
            raise RuntimeError("something else than a reply came")
        return content.decode(errors="replace")

    def _hear(self) -> None:
        try:
            kind, content = self._receive()
        except (OSError, EOFError):  # the grader is gone
            self._loop.remove_reader(self._socket.fileno())
            self._loop.stop()
            return
        if kind == CELL:
            task = self._loop.create_task(self._run(json.loads(content)), context=self._context)
            self._tasks.add(task)  # a loop keeps none of its own
            task.add_done_callback(self._tasks.discard)
        elif kind == QUESTION:
            self._context.run(self._answer, content[: NUMBER.size], content[NUMBER.size :].decode())

    async def _run(self, asked: dict[str, Any]) -> None:
        kernel, cell = self._kernel, asked.pop("id")
        self._set_parent(cell)
        kernel.pre_handler_hook()
        try:
            content = await kernel.do_execute(**asked)
        except BaseException as error:  # IPython out of memory, or taken to pieces by a cell
            content = {"status": "error", "ename": type(error).__name__, "evalue": str(error)}
            content["traceback"] = [f"{type(error).__name__}: {error}"]
        finally:
            kernel.post_handler_hook()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        self._end_fork()
        done = _pack({"id": cell, "content": content})
        # By the thread that sends output, so that it comes after all of it.
        self._app.iopub_thread.schedule(lambda: self._send(DONE, done))

    def _answer(self, number: bytes, question: str) -> None:
        kernel, kind, text = self._kernel, NO_ANSWER, ""
        self._set_parent("question")
        kernel._forward_input(False)  # an answer that calls input() has nobody to ask
        kernel.pre_handler_hook()
        try:
            if question:
                text = sys.modules["torchprimer.answers"].serve(question)
            if isinstance(text, str):
                kind = EXIT if kernel.shell.exit_now else ANSWER
            content = text.encode()
        except BaseException:  # `serve` lets nothing out; a cell may have replaced it
            kind, content = NO_ANSWER, b""
        finally:
            kernel.post_handler_hook()
            kernel._restore_input()
        self._end_fork()
        self._send(kind, number + content)

    def _end_fork(self) -> None:
        """End a process that a cell or an answer forked: it would be a second kernel at the same lane."""
        if os.getpid() != self._process:
            os._exit(0)

    def _set_parent(self, cell: str) -> None:
        header = {"msg_id": cell, "msg_type": "execute_request", "session": self._kernel.session.session}
        parent = {"header": header, "parent_header": {}, "metadata": {}, "content": {}, "msg_id": cell}
        self._kernel.set_parent([], parent, channel="shell")

    def _output(self, frames: list[Any], *given: Any, **named: Any) -> None:  # noqa: ANN401
        parts = [bytes(frame) for frame in frames]
        start = parts.index(DELIMITER) + 2
        header, parent, metadata, content, *buffers = parts[start:]
        told = b'{"header":%b,"parent_header":%b,"metadata":%b,"content":%b,"buffers":[%b]}'
        coded = b",".join(b'"%b"' % base64.b64encode(buffer) for buffer in buffers)
        self._send(OUTPUT, told % (header, parent, metadata, content, coded))

    def _send(self, kind: bytes, content: bytes) -> None:
        with self._writing:
            self._socket.sendall(HEAD.pack(kind, len(content)) + content)

    def _receive(self) -> tuple[bytes, bytes]:
        kind, length = HEAD.unpack(self._read(HEAD.size))
        return kind, self._read(length)

    def _read(self, length: int) -> bytes:
        content = bytearray()
        while len(content) < length:
            piece = self._socket.recv(min(length - len(content), 1 << 20))
            if not piece:
                raise EOFError
            content += piece
        return bytes(content)


def _pack(told: dict[str, Any]) -> bytes:
    from jupyter_client.jsonutil import json_clean, json_default

    return json.dumps(json_clean(told), default=json_default).encode(errors="replace")


# --- a kernel that was not forked here: it calls


def listen() -> tuple[socket.socket, str]:
    """A door on this machine alone, and the code for a cell of an IPython kernel that comes in by it."""
    door = socket.create_server(("127.0.0.1", 0), backlog=1)
    word = os.urandom(16).hex()
    code = f"__import__('torchprimer.grading.lane', fromlist=['x']).join({door.getsockname()[1]}, {word!r})"
    return door, code


def accept(door: socket.socket, code: str, seconds: float) -> socket.socket:
    """The kernel that ran `code`. Raises Lost when none comes."""
    door.settimeout(seconds)
    word = code.rpartition("'")[0].rpartition("'")[2].encode()
    try:
        while True:
            end, _ = door.accept()
            end.settimeout(seconds)
            said = end.recv(len(word), socket.MSG_WAITALL)
            if hmac.compare_digest(said, word):
                return end
            end.close()
    except OSError:
        raise Lost("the kernel did not come") from None
    finally:
        door.close()


def join(port: int, word: str) -> None:
    """Let the grader in that runs this in a cell."""
    from ipykernel.kernelapp import IPKernelApp

    end = socket.create_connection(("127.0.0.1", port))
    end.sendall(word.encode())
    Inside(IPKernelApp.instance(), end).open()
