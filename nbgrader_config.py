"""The file nbgrader and Formgrader look for, in the folder they start in; all is in `grader_config.py`.

To use the course from other folders too, put into `~/.jupyter/nbgrader_config.py`:

    load_subconfig("grader_config.py", path="/where/the/course/is")
"""

load_subconfig("grader_config.py")  # noqa: F821
