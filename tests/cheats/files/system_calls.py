# Calls of the system itself: hard links, other roots, mounts, namespaces, ptrace.
# earns: 0
# %% double
import ctypes, os

for source in ("@COURSE@/source/small/small.ipynb", "/proc/1/root@COURSE@/gradebook.db"):
    try:
        os.link(source, "hard")
        print(open("hard").read())
    except OSError as problem:
        print(problem)
libc = ctypes.CDLL(None, use_errno=True)
for call in ("chroot", "chdir"):
    getattr(libc, call)(b"/proc/1/root")
print(
    libc.unshare(0x10000000),
    libc.mount(b"none", b"/mnt", b"tmpfs", 0, None),
    libc.ptrace(16, 1, 0, 0),
    os.listdir("/"),
)


def double(x):
    return x
