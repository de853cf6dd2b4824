# Reads what the others handed in and takes an answer from it.
# earns: 0
# %% double
import glob, json

for path in glob.glob("@COURSE@/submitted/**/*.ipynb", recursive=True) + glob.glob(
    "../../**/*.ipynb", recursive=True
):
    text = open(path).read()
    print(text)
    for cell in json.loads(text)["cells"]:
        if "def double" in "".join(cell["source"]):
            exec("".join(cell["source"]))
