"""Which kernels grade: warm and isolated ones on Linux, Jupyter's own elsewhere."""

import sys
import uuid
from typing import Any

from jupyter_client.manager import KernelManager

WARM = sys.platform == "linux"


def provide(manager: KernelManager, role: str) -> None:
    """Let `manager` start a warm, isolated kernel for a `role` of `warm.policy.ROLES`.

    Set on the manager itself: Jupyter's setting for this is one for the whole process, which in a JupyterLab
    with Formgrader also starts the instructor's notebooks.
    """
    from .warm.provisioner import WarmProvisioner

    manager.kernel_id = manager.kernel_id or str(uuid.uuid4())
    manager.provisioner = WarmProvisioner(
        kernel_id=manager.kernel_id, kernel_spec=manager.kernel_spec, parent=manager, role=role
    )


def why_ended(manager: KernelManager | None) -> str | None:
    """The limit or the signal that ended a warm kernel, as a sentence without its full stop; None if not known."""
    ask: Any = getattr(getattr(manager, "provisioner", None), "why_ended", None)
    return ask() if ask else None


def explain(manager: KernelManager | None, ename: str, evalue: str) -> str | None:
    """What an error means where a limit of the kernel is behind it; None for others."""
    ask: Any = getattr(getattr(manager, "provisioner", None), "explain", None)
    return ask(ename, evalue) if ask else None
