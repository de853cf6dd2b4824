"""Frames between the grader and a kernel: what a kernel shows arrives as by Jupyter's channels, and garbage ends it."""

import contextlib
import json
import re
import socket
import threading
import time
from types import SimpleNamespace

import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute
from nbgrader_course import KERNEL
from warm_kernels import needs_linux

from torchprimer.grading import lane
from torchprimer.grading.execute import DIED, TIMED_OUT, ExecuteSubmission
from torchprimer.grading.kernels import LaneClient
from torchprimer.grading.lane import HEAD, NUMBER, Lane, Lost

SHORT = 0.2  # seconds


def frame(kind, content=b""):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return HEAD.pack(kind, len(content)) + content


def message(kind="stream", content=None, cell="@", **more):
    content = {"name": "stdout", "text": "x"} if content is None else content
    told = {"header": {"msg_type": kind}, "parent_header": {"msg_id": cell}, "content": content}
    return frame(b"O", told | more)


def done(content, cell="@"):
    return frame(b"D", {"id": cell, "content": content})


# ---------------------------------------------------------------- what cells show

CELLS = [
    "print('out')\n6 * 7",
    "import sys\nprint('a', end=''); print('b', file=sys.stderr, end=''); print('c')\n1 / 0",
    "def",
    "from IPython.display import HTML, clear_output, display, update_display\ndisplay(HTML('<b>x</b>'), {'a': 1})\n'last'",
    "import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)); plt.plot([1, 2]); plt.show()",
    "plt.figure(figsize=(1, 1)); _ = plt.plot([1, 3])",
    "%matplotlib agg\nplt.plot([1, 2]);",
    "%matplotlib inline",
    "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')\n5",
    "async def fails():\n    await asyncio.sleep(0)\n    raise ValueError('in async')\nawait fails()",
    "input('name? ')",
    "import getpass\ngetpass.getpass()",
    "import os, subprocess, time\nsubprocess.run(['echo', 'of a process'])\n_ = os.write(1, b'of a descriptor\\n')\ntime.sleep(0.6)",
    "!echo of a shell",
    "caught = !echo caught\ncaught",
    "import threading\nthread = threading.Thread(target=print, args=['of a thread']); thread.start(); thread.join()\nprint('main')",
    "if os.fork() == 0:\n    print('of a fork', flush=True)\n    os._exit(0)\n_ = os.wait()\ntime.sleep(0.2)",
    "from multiprocessing import get_context\ndef square(x):\n    print('of a pool', x)\n    return x * x\n"
    "with get_context('fork').Pool(1) as pool:\n    got = pool.map(square, [3])\ntime.sleep(0.2)\ngot",
    "import torch\nclass Loud(torch.utils.data.Dataset):\n    def __len__(self):\n        return 1\n"
    "    def __getitem__(self, i):\n        print('of a worker')\n        return i\n"
    "[*torch.utils.data.DataLoader(Loud(), num_workers=1, multiprocessing_context='fork')], time.sleep(0.2)",
    "import contextvars, numpy as np\nold = np.seterr(divide='ignore')\nkept = contextvars.ContextVar('kept', default=0)\n_ = kept.set(3)",
    "np.geterr()['divide'], kept.get()",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone')\nclear_output(wait=True)\nprint('stays')",
    "handle = display('first', display_id='one')",
    "handle.update('second')",
    "display('third', display_id='one')\nupdate_display('fourth', display_id='one')",
    "%%capture caught\nprint('captured')\ndisplay(3)",
    "print(caught.stdout, len(caught.outputs))\ncaught.show()",
    "import ipywidgets\nbox = ipywidgets.Output()\nwith box:\n    print('in the widget')\n    display(7)\nprint('outside')",
    "ipywidgets.Image(value=b'some bytes')",
    "1\n2;",
    "%nomagic",
    "%%bash\necho of bash",
    "get_ipython().execution_count, len(In)",
    "raise SystemExit",
    "raise KeyboardInterrupt",
    "import warnings\nwarnings.warn('warned')",
    "print('half a \\udc80 pair')",
    "display({'text/plain': 'half a \\udc80 pair'}, raw=True)",
    "display({'application/json': [1.5, None]}, raw=True)",
    "print('x' * 10_000_000)",
    "None",
]


# What warm kernels have anyway.
ALIKE = ("--HistoryManager.enabled=False", "--InteractiveShell.xmode=Plain")


def run(cells, kind=ExecuteSubmission, **options):
    notebook = new_notebook(metadata={"kernelspec": KERNEL}, cells=[new_code_cell(cell) for cell in cells])
    alike = [] if options.get("warm", kind is ExecuteSubmission) else ALIKE
    options = {"timeout": 60, "extra_arguments": ["--IPKernelApp.log_level=ERROR", *alike]} | options
    kind(shutdown_kernel="immediate", **options).preprocess(notebook, {"metadata": {}})
    return notebook


def joined(outputs):
    """Outputs, in which a stream that was cut by chance is in one piece."""
    found = []
    for output in map(dict, outputs):
        last = found[-1] if found else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            found.append(output)
    return found


def masked(notebook):
    """Cells and widgets, without what differs from one kernel to the next."""
    widgets = notebook.metadata.get("widgets", {"application/vnd.jupyter.widget-state+json": {"state": {}}})
    state = widgets["application/vnd.jupyter.widget-state+json"]["state"]
    kept = {"outputs", "_model_name"}
    state = [
        ({k: v for k, v in one["state"].items() if k in kept}, one.get("buffers")) for one in state.values()
    ]
    text = json.dumps([[(cell.execution_count, joined(cell.outputs)) for cell in notebook.cells], state])
    text = re.sub(r"(ipykernel_|pid=)\d+", r"\1#", text)
    return json.loads(re.sub(r'"[0-9a-f]{32}"', '"#"', text))


@pytest.fixture(scope="module")
def stock():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves descriptors alone where it is set
        return run(CELLS, Execute)


@pytest.mark.parametrize(
    "warm", [pytest.param(True, id="warm", marks=needs_linux), pytest.param(False, id="cold")]
)
def test_every_cell_shows_what_it_shows_by_jupyters_own_channels(stock, warm, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    own = run(CELLS, warm=warm)
    (cells, widgets), (wanted, wanted_widgets) = masked(own), masked(stock)
    for source, found, expected in zip(CELLS, cells, wanted, strict=True):
        assert str(found)[:9999] == str(expected)[:9999], source
        assert found == expected, source
    assert widgets == wanted_widgets
    assert own.metadata.language_info == stock.metadata.language_info


# ---------------------------------------------------------------- kernels that end, or do not

INSIDE = "import gc, os, time\n(inside,) = [one for one in gc.get_objects() if type(one).__name__ == 'Inside']\nlane = inside._socket\n"
# A cell, the error that it is left with, and whether the kernel is the same afterwards.
ENDS = {
    "an interrupt": ("time.sleep(60)", "CellTimeoutError", "No reply", True),
    "a long error": ("raise OSError('DataLoader worker ' * 100_000)", "OSError", "DataLoader worker", True),
    "an interrupt that is swallowed": (
        "while True:\n    try:\n        time.sleep(60)\n    except BaseException:\n        pass",
        TIMED_OUT,
        "did not stop when it was told to",
        False,
    ),
    "a signal": ("os.kill(os.getpid(), 9)", DIED, "this cell ended its kernel (killed)", False),
    "no descriptors": ("os.closerange(3, 99); time.sleep(60)", DIED, "the kernel ended while", False),
    "a lane in other hands": (
        "if os.fork() == 0:\n    os.setsid(); time.sleep(60)\nlane.close()",
        TIMED_OUT,
        "did not stop when it was told to",
        False,
    ),
    "no frame": ("lane.sendall(b'nothing that means anything')", DIED, "the kernel ended while", False),
}


@pytest.fixture(scope="module")
def ended():
    """Each cell of ENDS, with a cell before it that says when it was run, and one after it that says when that was."""
    cells = []
    for code, *_ in ENDS.values():
        cells += [INSIDE + "(began := time.monotonic())", code, "began"]
    notebook = run(cells, timeout=1, iopub_timeout=1, restarts=len(ENDS))
    kept = zip(notebook.cells[::3], notebook.cells[1::3], notebook.cells[2::3], strict=True)
    return dict(zip(ENDS, kept, strict=True))


@needs_linux
@pytest.mark.parametrize("name", ENDS)
def test_a_kernel_that_is_lost_costs_the_cell_that_lost_it(ended, name):
    _, ename, says, same = ENDS[name]
    before, cell, after = ended[name]
    assert [output.ename for output in cell.outputs if output.output_type == "error"][-1:] == [ename]
    assert says in str(cell.outputs[-1])
    assert (after.outputs[0].data == before.outputs[0].data) == same


# ---------------------------------------------------------------- what is no message


class Kernel:
    """The other end of a lane: says what it is given to say as soon as it is asked for something."""

    def __init__(self, says, alive=True, count=lambda size: None, most=1 << 20):
        ours, self.end = socket.socketpair()
        self.client = LaneClient(new_notebook(), iopub_timeout=1, interrupt_on_timeout=True)
        self.client.lane = self.lane = Lane(ours, lambda: alive, count, most)
        self.client.km = SimpleNamespace(provisioner=SimpleNamespace(send_signal=self._interrupt))
        self.lane.begin = self._begin
        self.interrupted, self.ending = False, threading.Event()
        self.thread = threading.Thread(target=self._say, args=[says])
        self.thread.start()

    def _begin(self, *given, **named):
        self.lane.send(b"C", b"")
        return "@"  # whatever its number: frames are written before it is known

    async def _interrupt(self, signum):
        self.interrupted = True

    def _say(self, says):
        number = self.end.recv(HEAD.size + NUMBER.size)[HEAD.size :] or b"????"
        for said in [says] if isinstance(says, bytes) else says:
            if self.ending.is_set():
                return
            with contextlib.suppress(OSError):
                self.end.sendall(said.replace(b"????", number))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.lane.close()
        self.end.shutdown(socket.SHUT_RDWR)
        self.thread.join(5)
        self.end.close()
        assert not self.thread.is_alive()


def endless(said):
    while True:
        time.sleep(0.01)
        yield said


DEEP = b"[" * 100_000 + b"]" * 100_000
GARBAGE = {
    "four GiB": b"O\xff\xff\xff\xff",
    "half a head": b"O\0",
    "half a frame": b"O\0\0\0\5{",
    "no JSON": frame(b"O", b"{"),
    "no text": frame(b"O", b'{"parent_header": \xff'),
    "deep JSON": frame(b"O", b'{"a": ' + DEEP + b"}"),
    "a long number": frame(b"O", b'{"a": ' + b"1" * 10_000 + b"}"),
    "a list": frame(b"O", []),
    "a number for an end": frame(b"D", b"NaN"),
    "no parent": frame(b"O", {}),
    "a list for a parent": frame(b"O", {"parent_header": []}),
    "NaN for an id": frame(b"O", b'{"parent_header": {"msg_id": NaN}}') + frame(b"D", b'{"id": NaN}'),
    "no header": frame(b"O", {"parent_header": {"msg_id": "@"}}),
    "no content": frame(b"O", {"header": {"msg_type": "stream"}, "parent_header": {"msg_id": "@"}}),
    "an empty content": message(content={}),
    "text that is none": message(content={"name": "stdout", "text": [1]}),
    "a type that is none": message(["stream"]),
    "data that are none": message("display_data", {"data": ["x"], "metadata": {}}),
    "metadata that are none": message("display_data", {"data": {}, "metadata": 1}),
    "data that are no text": message(
        "execute_result", {"data": {"text/plain": {}}, "metadata": {}, "execution_count": 1}
    ),
    "a count that is none": message("execute_result", {"data": {}, "metadata": {}, "execution_count": "4"}),
    "deep data": message(
        "display_data", {"data": {"application/json": json.loads("[" * 800 + "]" * 800)}, "metadata": {}}
    ),
    "a widget without a state": message(
        "comm_open", {"comm_id": "x", "target_name": "jupyter.widget", "data": {}}
    ),
    "a hook that is not there": message("comm_msg", {"comm_id": "x"}),
    "buffers that are none": message("comm_open", {"comm_id": "x", "data": {}}, buffers=[1]),
    "a transient that is none": message("display_data", {"data": {}, "metadata": {}, "transient": 1}),
    "an end without content": frame(b"D", {"id": "@"}),
    "an end that is a text": done("text"),
    "an end that is a list": done([1]),
    "a question": frame(b"K", b"\xff"),
    "an end of another cell": done({"status": "ok"}, "another"),
    "an answer": frame(b"A", b"????"[:3]),
    "an answer to nothing": frame(b"A", b"\0\0\0\0{}"),
    "hello": frame(b"H", {"language_info": {}}),
} | {f"the letter {letter!r}": frame(bytes([letter]), b"") for letter in (*b"CQRHODANEK", 0, 255)}


@pytest.mark.parametrize("name", GARBAGE)
def test_what_is_no_message_ends_a_cell_and_a_question(name):
    cell = new_code_cell("1")
    with Kernel(GARBAGE[name]) as kernel, pytest.raises((DeadKernelError, CellTimeoutError)):
        kernel.client.interrupt_on_timeout = False
        said = kernel.client.follow_cell(kernel.client.begin_cell(cell), cell, 0, SHORT)
        assert isinstance(said, str) and name in ("a question", f"the letter {ord('K')}")
        raise DeadKernelError("as `execute_cell` has it")
    with Kernel(GARBAGE[name]) as kernel, pytest.raises((Lost, TimeoutError)):
        kernel.lane.ask("?", time.monotonic() + SHORT)


@pytest.mark.parametrize(
    "said", [b"D\0\0\0\2{}", frame(b"A", b"\0\0\0\0"), b"O\0\x0f\0\0" + b" " * 1000, b" "]
)
def test_a_kernel_that_always_says_something_comes_to_an_end(said):
    said = [said[:5], *[said[5:] or b" "] * 9999] if said[:1] == b"O" else endless(said)
    with Kernel(said) as kernel, pytest.raises((Lost, TimeoutError)):
        kernel.lane.ask("?", time.monotonic() + SHORT)


def test_a_kernel_is_asked_to_stop_once_and_then_given_up():
    cell = new_code_cell("1")
    with Kernel(endless(message())) as kernel, pytest.raises(CellTimeoutError):
        kernel.client.follow_cell(kernel.client.begin_cell(cell), cell, 0, SHORT)
    assert kernel.interrupted
    assert cell.outputs


@pytest.mark.parametrize("ending", ["cell", "question"])
def test_a_kernel_that_has_ended_is_not_waited_for(ending):
    with Kernel(b"", alive=False) as kernel, pytest.raises(Lost, match="the kernel ended"):
        ask = (
            kernel.lane.ask
            if ending == "question"
            else lambda text, until: kernel.lane.follow("1", until, print)
        )
        ask("?", time.monotonic() + 60)


def test_an_answer_to_another_question_is_none():
    late, right = frame(b"A", b"\0\0\0\0late"), frame(b"A", b"????right")
    with Kernel(late + frame(b"E", b"\0\0\0\0") + message() + right) as kernel:
        assert kernel.lane.ask("?", time.monotonic() + 5) == (b"A", "right")


def test_half_a_surrogate_pair_can_be_written():
    cell = new_code_cell("1")
    with Kernel(
        message(content={"name": "stdout", "text": "a\ud800b\U0001f600"}) + done({"status": "ok"})
    ) as kernel:
        assert kernel.client.follow_cell(kernel.client.begin_cell(cell), cell, 0, 5) == {"status": "ok"}
    assert cell.outputs[0].text == "a?b\U0001f600"


def test_every_byte_is_counted():
    counted = []
    with Kernel(said := message() + done({}), count=counted.append) as kernel:
        kernel.client.execute_cell(new_code_cell("1"), 0)
    assert sum(counted) >= len(said)


MANY = 2_000_000
BOMBS = {
    "dictionaries": b'{"metadata": [' + b"{}," * MANY + b"{}]}",
    "texts": b'{"data": [' + b'"",' * MANY + b'""]}',
    "short messages": message(cell="another"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_message_that_would_take_much_memory_is_not_read(name):
    said = BOMBS[name] if name == "short messages" else frame(b"O", BOMBS[name])
    said = [said * (1000 if len(said) < 1000 else 1)] * 200
    with Kernel(said, most=64 << 20) as kernel, pytest.raises(Lost, match="too much"):
        kernel.lane.follow(kernel.lane.begin("1"), time.monotonic() + 60, print)


# ---------------------------------------------------------------- the beginning


def unheard(**provisioner):
    """A client whose kernel is a warm one that has nothing to say."""
    ours, theirs = socket.socketpair()
    provisioner = {
        "end": ours,
        "count": lambda size: None,
        "lives": lambda: True,
        "why_ended": lambda: None,
    } | provisioner
    client = LaneClient(new_notebook(), startup_timeout=1)
    client.km = SimpleNamespace(
        provisioner=SimpleNamespace(**provisioner),
        client=lambda: SimpleNamespace(stop_channels=lambda: None),
        is_alive=lambda: False,
        cleanup_resources=lambda: None,
    )
    return client, theirs


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "it did not come in 1 seconds"),
        (frame(b"H", {"language_info": 1}), "did not say hello"),
        (frame(b"A", {}), "did not say hello"),
        (b"O\xff\xff\xff\xff", "too long"),
    ],
)
def test_a_kernel_that_does_not_say_hello_is_none(said, why):
    client, theirs = unheard()
    with theirs:
        theirs.sendall(said)
        with pytest.raises(RuntimeError, match=f"No kernel could be started: .*{why}"):
            client.start_new_kernel_client()
    assert client.lane is client.km is None


def test_why_a_kernel_ended_before_it_began_is_said():
    client, theirs = unheard(lives=lambda: False, why_ended=lambda: "there is no memory")
    theirs.close()
    with pytest.raises(RuntimeError, match="there is no memory"):
        client.start_new_kernel_client()


def test_only_the_kernel_that_was_asked_comes_in():
    door, code = lane.listen()
    port, word = re.search(r"join\((\d+), '(\w+)'\)", code).groups()
    with socket.create_connection(("127.0.0.1", int(port))) as wrong:
        wrong.sendall(b"0" * len(word))
        right = socket.create_connection(("127.0.0.1", int(port)))
        right.sendall(word.encode())
        with lane.accept(door, code, 5) as end, right:
            right.sendall(b"it is me")
            assert end.recv(8) == b"it is me"
            assert wrong.recv(1) == b""


def test_nobody_comes():
    with pytest.raises(Lost, match="did not come"):
        lane.accept(*lane.listen(), SHORT)
