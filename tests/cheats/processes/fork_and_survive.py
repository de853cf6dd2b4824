# Leaves a process behind that writes when the grader is gone.
# earns: 0
# %% double
import os, time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for _ in range(600):
            time.sleep(0.5)
            for path in ("@COURSE@/pwned-@TOKEN@", "/tmp/pwned-@TOKEN@"):
                try:
                    open(path, "w").write("still here")
                except OSError:
                    pass
    os._exit(0)


def double(x):
    return x
