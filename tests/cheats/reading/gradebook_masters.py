# The gradebook holds the checks' sources and the points: reads them, with nbgrader itself too, and writes a mark.
# earns: 0
# %% double
from sqlite3 import connect

for path in ("@COURSE@/gradebook.db", "../../../gradebook.db", "gradebook.db"):
    try:
        print(list(connect(path).execute("select source from source_cell")))
    except Exception as problem:
        print(problem)
try:
    from nbgrader.api import Gradebook

    with Gradebook("sqlite:///@COURSE@/gradebook.db") as gradebook:
        gradebook.update_or_create_student("pwned-@TOKEN@")
        print([cell.source for cell in gradebook.find_notebook("small", "small").source_cells])
except Exception as problem:
    print(problem)


def double(x):
    return x
