"""The file nbgrader and Formgrader look for, in the folder they start in; all is in `grader_config.py`.

To use the course from other folders too, put into `~/.jupyter/nbgrader_config.py`:

    load_subconfig("nbgrader_config.py", path="/where/the/course/is")
"""

import asyncio

try:
    load_subconfig("grader_config.py")  # noqa: F821
except Exception as error:
    # Of an Exception nbgrader tells, and goes on with its defaults: it would run submissions with your rights.
    # SystemExit ends a command with this sentence; in a server it would end JupyterLab, others end the request.
    Stop = BaseException if asyncio._get_running_loop() else SystemExit
    raise Stop(f"grader_config.py cannot be loaded: {type(error).__name__}: {error}") from None
