"""The outer sandbox, by bubblewrap: what the process that kernels are forked from sees of the machine."""

import os
import shutil
import sys
from pathlib import Path

from . import policy

# What root keeps in there to make the kernels' boxes: mounts, users, the loopback, and sight of processes.
# A kernel keeps nothing.
RIGHTS = (
    "SYS_ADMIN",
    "SETUID",
    "SETGID",
    "SETPCAP",
    "NET_ADMIN",
    "CHOWN",
    "DAC_OVERRIDE",
    "KILL",
    "SYS_PTRACE",
)

WITHOUT = "--no-sandbox (nbgrader's own commands: --WarmProvisioner.sandbox=False)"
INSTALL = (
    "Grading in isolation needs bubblewrap. Install it (Debian, Ubuntu: sudo apt-get install bubblewrap; "
    f"Fedora: sudo dnf install bubblewrap), or grade without isolation with {WITHOUT}."
)
FORBIDDEN = (
    "bubblewrap is installed, but this system does not let it make a sandbox ({said}). {hint} Or grade as root, "
    f"or without isolation with {WITHOUT}."
)
APPARMOR = (
    "Ubuntu forbids it to ordinary users from 24.04 on: "
    "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 allows it until the next start."
)
DEBIAN = "sudo sysctl -w kernel.unprivileged_userns_clone=1 allows it until the next start."
CONTAINER = "In a container it needs the right to make namespaces (docker run --privileged)."


class SandboxError(RuntimeError):
    """No sandbox can be had; the message says what to do."""


def program() -> str:
    """Where bubblewrap is. Raises SandboxError with the line that installs it."""
    found = shutil.which("bwrap")
    if not sys.platform.startswith("linux"):
        raise SandboxError("Grading in isolation needs Linux; elsewhere grade with --no-sandbox.")
    if found is None:
        raise SandboxError(INSTALL)
    return found


def command(inside: list[str], jobs: Path, cache: Path, gpu: bool, privileged: bool) -> list[str]:
    """The command that runs another in the sandbox. Raises SandboxError without bubblewrap.

    `jobs` is shared with the machine, `cache` holds matplotlib's list of fonts. `privileged` uses root's own
    rights instead of a user namespace.
    """
    line = [program(), "--die-with-parent", "--clearenv", "--new-session", "--hostname", "primer"]
    # Not the control groups: a kernel joins its own before it stops seeing them.
    line += [f"--unshare-{kind}" for kind in ("ipc", "pid", "net", "uts")]
    if privileged:
        for right in RIGHTS:
            line += ["--cap-add", f"CAP_{right}"]
    else:
        # As user 0 of the new namespace: as another, bubblewrap makes a second one, without rights on the first.
        line += ["--unshare-user", "--cap-add", "ALL", "--uid", "0", "--gid", "0"]
    line += ["--tmpfs", "/tmp"]  # first: the environment may lie in there
    made: set[str] = {"/", "/tmp"}
    for path in dict.fromkeys(policy.readable()):
        if os.path.lexists(path):
            # The folders above are made here: bubblewrap would make them for root's eyes only.
            for parent in reversed(Path(path).parents):
                if str(parent) not in made:
                    made.add(str(parent))
                    line += ["--dir", str(parent)]
            if os.path.islink(path) and path.count("/") == 1:  # /bin -> usr/bin
                line += ["--symlink", os.readlink(path), path]
            else:
                line += ["--ro-bind", path, path]
    line += ["--proc", "/proc", "--dev", "/dev"]
    for device in policy.devices(gpu):
        line += ["--dev-bind", device, device]
    for folder in (policy.HOME, "/run/kernel", "/run/files"):
        line += ["--dir", folder]
    line += ["--bind", str(jobs), "/run/jobs", "--bind", str(cache), "/run/cache", "--remount-ro", "/"]
    for name, value in {
        **policy.WARM_ENVIRONMENT,
        "MPLCONFIGDIR": "/run/cache",
        "OMP_NUM_THREADS": "1",
    }.items():
        line += ["--setenv", name, value]
    return [*line, "--chdir", "/", "--", *inside]


def complaint(said: str) -> SandboxError:
    """The error for a sandbox that did not come up, from what bubblewrap said."""
    said = " ".join(said.split()) or "it ended without a word"
    hint = CONTAINER
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        hint = APPARMOR
    elif _setting("kernel/unprivileged_userns_clone") == "0":
        hint = DEBIAN
    return SandboxError(FORBIDDEN.format(said=said[-300:], hint=hint))


def _setting(name: str) -> str | None:
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return None
