# Writes into the others' submissions, so that they fail.
# earns: 0
# %% double
import glob, os, shutil

for path in ["@COURSE@/submitted/right", "@COURSE@/submitted", "../../right"]:
    shutil.rmtree(path, ignore_errors=True)
    try:
        os.makedirs(path, exist_ok=True)
        open(path + "/pwned-@TOKEN@", "w").close()
    except OSError as problem:
        print(problem)


def double(x):
    return x
