"""The calls of Linux that Python lacks: namespaces, mounts, capabilities. For the sandbox alone."""

import ctypes
import errno
import fcntl
import os
import platform
import socket
import struct

NEWNS, NEWCGROUP, NEWIPC = 0x00020000, 0x02000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT = 1, 2, 4, 8, 32
NOATIME, NODIRATIME, BIND, REC, PRIVATE, RELATIME = 1024, 2048, 4096, 16384, 1 << 18, 1 << 21

_PDEATHSIG, _DUMPABLE, _CAPBSET_DROP, _SUBREAPER, _NO_NEW_PRIVS, _AMBIENT, _SECCOMP = 1, 4, 24, 36, 38, 47, 22
_libc = ctypes.CDLL(None, use_errno=True)


# Of the two processors that PyTorch's Linux wheels are for: the name to the kernel, and the calls that can be refused.
_MACHINES = {
    "x86_64": (
        0xC000003E,
        {
            **{
                "add_key": 248,
                "bpf": 321,
                "io_uring_setup": 425,
                "keyctl": 250,
                "memfd_create": 319,
                "shmget": 29,
            },
            **{
                "memfd_secret": 447,
                "msgget": 68,
                "perf_event_open": 298,
                "request_key": 249,
                "userfaultfd": 323,
            },
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            **{
                "add_key": 217,
                "bpf": 280,
                "io_uring_setup": 425,
                "keyctl": 219,
                "memfd_create": 279,
                "shmget": 194,
            },
            **{
                "memfd_secret": 447,
                "msgget": 186,
                "perf_event_open": 241,
                "request_key": 218,
                "userfaultfd": 282,
            },
        },
    ),
}


def _call(name: str, *arguments: object) -> None:
    if getattr(_libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}{arguments}: {os.strerror(number)}")


def _prctl(option: int, *values: int) -> None:
    _call("prctl", option, *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]))


def unshare(flags: int) -> None:
    """New namespaces for this process. Raises OSError where it may not."""
    _call("unshare", flags)


def setns(descriptor: int, kind: int) -> None:
    """Enter a namespace. Raises OSError where it may not."""
    _call("setns", descriptor, kind)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount as mount(2) does. Raises OSError where it may not."""
    _call("mount", source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())


def bind(source: str, target: str, read_only: bool = False) -> None:
    """Show `source` at `target` too. Raises OSError where it may not."""
    mount(source, target, "", BIND)
    if read_only:
        seal(target)


def seal(target: str) -> None:
    """Make a mount read-only from here on. Raises OSError where it may not."""
    # Flags that came from the machine are locked: leaving one out of a remount is refused.
    seen = os.statvfs(target).f_flag
    kept = {8: NOEXEC, 1024: NOATIME, 2048: NODIRATIME, 4096: RELATIME}
    flags = sum(flag for bit, flag in kept.items() if seen & bit)
    mount("", target, "", REMOUNT | BIND | RDONLY | NOSUID | NODEV | flags)


def loopback_up() -> None:
    """Give a new network namespace its own 127.0.0.1. Raises OSError where it may not."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 1))  # SIOCSIFFLAGS, IFF_UP


def die_with_parent(signum: int) -> None:
    """Get a signal when the parent ends."""
    _prctl(_PDEATHSIG, signum)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends."""
    _prctl(_SUBREAPER, 1)


def show_itself() -> None:
    """Own /proc/self again: a change of user gives it to root."""
    _prctl(_DUMPABLE, 1)


def drop_privileges() -> None:
    """Give up every capability, for this process and all it starts. Raises OSError if one stays."""
    last = 0
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _prctl(_CAPBSET_DROP, capability)
    _prctl(_AMBIENT, 4)  # PR_CAP_AMBIENT_CLEAR_ALL
    header = struct.pack("II", 0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    _call("capset", header, struct.pack("6I", 0, 0, 0, 0, 0, 0))
    _prctl(_NO_NEW_PRIVS, 1)


def refuse(names: tuple[str, ...]) -> None:
    """Let these calls of the system fail as if it did not know them, for this process and all it starts.

    Needs `drop_privileges` first. Does nothing on a processor that is not in the table.
    """
    if platform.machine() not in _MACHINES:
        return
    machine, numbers = _MACHINES[platform.machine()]
    checks = [numbers[name] for name in names]
    # A program for the kernel's filter (seccomp): 0x20 loads a word of the call, 0x15 and 0x35 compare (equal, at
    # least) and jump on, 6 ends. Calls of another machine's set, which have other numbers, are refused as well.
    lines = [(0x20, 0, 0, 4), (0x15, 0, len(checks) + 3, machine), (0x20, 0, 0, 0)]
    lines += [(0x35, len(checks) + 1, 0, 0x40000000)]
    lines += [(0x15, len(checks) - place, 0, number) for place, number in enumerate(checks)]
    lines += [(6, 0, 0, 0x7FFF0000), (6, 0, 0, 0x00050000 | errno.ENOSYS)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    whole = ctypes.create_string_buffer(struct.pack("HP", len(lines), ctypes.addressof(program)))
    _prctl(_SECCOMP, 2, ctypes.addressof(whole))
