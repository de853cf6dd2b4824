"""Warm kernels for the tests: started, asked and ended in a few words."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty

import pytest
from jupyter_client import KernelManager
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from traitlets.config import Config

from torchprimer.grading.warm.policy import MIB
from torchprimer.grading.warm.zygote import Zygote

SMALL = {"memory": 1024 * MIB, "processes": 64, "disk": 24 * MIB, "file_size": 16 * MIB, "output": 4 * MIB}
PROVISIONER = "torchprimer-warm"


def no_sandbox():
    """Why this machine makes no sandbox, or None."""
    if not sys.platform.startswith("linux"):
        return "sandboxes are for Linux"
    if not shutil.which("bwrap"):
        return "NOT TESTED: bubblewrap is not installed"
    tried = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
    done = subprocess.run(tried, capture_output=True, text=True)
    return f"NOT TESTED: bubblewrap cannot work here: {done.stderr.strip()}" if done.returncode else None


needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="warm kernels are for Linux")
needs_sandbox = pytest.mark.skipif(no_sandbox() is not None, reason=str(no_sandbox()))


@dataclass
class Answer:
    """What a cell did: its text, its last error as (type, text), and why its kernel ended, if it did."""

    text: str = ""
    error: tuple[str, str] | None = None
    ended: str | None = None
    shown: list = field(default_factory=list)


class Kernel:
    """A kernel and its client."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    @property
    def provisioner(self):
        return self.manager.provisioner

    def ask(self, code, seconds=30):
        """Run a cell; what it printed, raised and showed, or why it ended its kernel."""
        asked, answer = self.client.execute(code, allow_stdin=False, stop_on_error=False), Answer()
        until = time.monotonic() + seconds
        while True:
            try:
                if not self.manager.is_alive():
                    answer.ended = self.provisioner.why_ended()
                    return answer
                message = self.client.get_iopub_msg(timeout=0.1)
            except Empty:
                assert time.monotonic() < until, f"no end of: {code}"
                continue
            content = message["content"]
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["msg_type"] == "stream":
                answer.text += content["text"]
            elif message["msg_type"] == "error":
                answer.error = content["ename"], content["evalue"]
            elif "data" in content:
                answer.shown.append(content["data"])
                answer.text += content["data"].get("text/plain", "")
            elif content.get("execution_state") == "idle":
                reply = self.client._recv_reply(asked, timeout=10)["content"]
                if reply["status"] == "error":  # IPython out of memory shows no error, but replies it
                    answer.error = reply["ename"], reply["evalue"]
                return answer

    def told(self, code, seconds=30):
        """The sentence for a cell that meets a limit: of its exception, or of its kernel's end."""
        answer = self.ask(code, seconds)
        return answer.ended or (answer.error and self.provisioner.explain(*answer.error))


@contextmanager
def kernel(cwd=None, env=None, **settings):
    """A kernel; `settings` are WarmProvisioner's."""
    config = Config()
    config.WarmProvisioner.update(settings)
    manager = KernelManager(config=config, kernel_name=NATIVE_KERNEL_NAME)
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER}
    given = {"env": {**os.environ, **env}} if env else {}
    manager.start_kernel(**given, **({"cwd": str(cwd)} if cwd else {}))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def zygotes():
    return list(Zygote._running.values())
