# Links to the home folder of who grades and to another student's work.
# earns: 0
# aside: Links are not followed
# %% link home @HOME@
# %% link canary.txt @HOME@/.canary
# %% link other.txt @COURSE@/submitted/right/small/small.ipynb
# %% double
import glob, os

for path in glob.glob("**", recursive=True):
    print(path, os.path.isfile(path) and open(path, errors="replace").read())
exec("def double(x): return x + x" if os.path.exists("other.txt") else "def double(x): return x")
