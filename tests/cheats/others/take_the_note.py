# The next student of the class: takes what `leave_a_note` may have left.
# earns: 0
# %% double
import glob, os

for place in ("/tmp", "/dev/shm", "/var/tmp", "/run", os.path.expanduser("~"), "."):
    for path in glob.glob(f"{place}/note-@TOKEN@*"):
        exec(open(path).read())
    try:
        open(f"{place}/note-@TOKEN@", "w").write("def double(x): return 2 * x")
    except OSError as problem:
        print(problem)
