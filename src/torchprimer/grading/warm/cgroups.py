"""Memory and processes of a kernel and all it starts, limited together where control groups can be had."""

import contextlib
import os
import time
from pathlib import Path

from .policy import Limits

ROOT = Path("/sys/fs/cgroup")
PREFIX = "primer-"


class Group:
    """One or two folders under /sys/fs/cgroup that hold a kernel. `processes` are the files to join by."""

    def __init__(self, folders: list[Path]) -> None:
        self.folders = folders

    @property
    def processes(self) -> list[Path]:
        """The files in which a process writes 0 to come in."""
        return [folder / "cgroup.procs" for folder in self.folders]

    def ran_out_of_memory(self) -> bool:
        """Whether a process in the group was killed for its memory."""
        for folder in self.folders:
            for name in ("memory.events", "memory.oom_control"):
                with contextlib.suppress(OSError):
                    counts = dict(line.split() for line in (folder / name).read_text().splitlines())
                    if int(counts.get("oom_kill", 0)):
                        return True
        return False

    def remove(self) -> None:
        """Remove the folders; one that still has a dying process after a second stays, empty."""
        until = time.monotonic() + 1
        for folder in self.folders:
            while folder.is_dir():
                try:
                    folder.rmdir()
                except OSError:
                    if time.monotonic() > until:
                        break
                    time.sleep(0.005)


def make(name: str, limits: Limits) -> Group | None:
    """A group with these limits, or None where this process may not make one."""
    for folders in (_version_2(), _version_1()):
        if not folders:
            continue
        for folder in folders:
            _sweep(folder)
        group = Group([folder / (PREFIX + name) for folder in folders])
        try:
            for folder in group.folders:
                folder.mkdir()
                _limit(folder, limits)
                if not os.access(folder / "cgroup.procs", os.W_OK):
                    raise PermissionError(folder)
            return group
        except OSError:
            group.remove()
    return None


def _sweep(folder: Path) -> None:
    """Remove what graders left that were killed. A group with a process in it cannot be removed."""
    for path in folder.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > 60:  # a younger one may be about to be joined
                path.rmdir()


def _limit(folder: Path, limits: Limits) -> None:
    """Write the limits that this folder has files for. Raises OSError when it may not, or has none."""
    # The guard, process 1, is in the group too.
    wanted = {
        "memory.max": str(limits.memory),
        "memory.limit_in_bytes": str(limits.memory),
        "pids.max": str(limits.processes + 8),
    }
    written = 0
    for name, value in wanted.items():
        if (folder / name).exists():
            (folder / name).write_text(value)
            written += 1
    if not written:
        raise FileNotFoundError(folder)
    for name, value in (
        ("memory.swap.max", "0"),
        ("memory.memsw.limit_in_bytes", str(limits.memory)),
        ("memory.oom.group", "1"),
    ):
        with contextlib.suppress(OSError):
            if (folder / name).exists():
                (folder / name).write_text(value)


def _mine() -> dict[str, str]:
    with contextlib.suppress(OSError):
        lines = Path("/proc/self/cgroup").read_text().splitlines()
        return {names: path for _, names, path in (line.split(":", 2) for line in lines)}
    return {}


def _version_2() -> list[Path]:
    own = ROOT / _mine().get("", "").lstrip("/")
    for folder in (own, own.parent):
        with contextlib.suppress(OSError):
            # Only a group without processes can hand controllers down: mostly the one above this process's.
            if {"memory", "pids"} <= set((folder / "cgroup.subtree_control").read_text().split()):
                return [folder]
    return []


def _version_1() -> list[Path]:
    mine, folders = _mine(), []
    for controller in ("memory", "pids"):
        path = next((path for names, path in mine.items() if controller in names.split(",")), None)
        if path is None:
            return []
        inside = ROOT / controller / path.lstrip("/")
        folders.append(inside if inside.is_dir() else ROOT / controller)
    return folders
