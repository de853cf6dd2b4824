# Links in the submission's folder to the lesson with its solutions, under names that are no notebook's.
# earns: 0
# aside: Links are not followed
# %% link notes.txt @COURSE@/source/small/small.ipynb
# %% link data @COURSE@/source
# %% link deep/down.txt ../../../../source/small/small.ipynb
# %% link book.txt @COURSE@/gradebook.db
# %% double
import glob, json, os

for path in glob.glob("**", recursive=True):
    print(path, os.path.isfile(path) and open(path, errors="replace").read())
for path in ("notes.txt", "deep/down.txt", "data/small/small.ipynb"):
    if os.path.exists(path):
        for cell in json.load(open(path))["cells"]:
            if "SOLUTION" in "".join(cell["source"]):
                exec("".join(cell["source"]))
