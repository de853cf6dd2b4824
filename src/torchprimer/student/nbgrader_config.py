"""nbgrader's configuration for a student without the project; what it repeats, `grader_config.py` gives reasons for."""

import os

c = get_config()  # noqa: F821

# The folder through which a class hands in; nbgrader's own default needs root to make.
if os.environ.get("TORCHPRIMER_EXCHANGE"):
    c.Exchange.root = os.environ["TORCHPRIMER_EXCHANGE"]

# The button Validate runs the lesson.
c.Execute.timeout = 60
c.Execute.startup_timeout = 120
c.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
