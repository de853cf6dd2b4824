"""What grading a class adds to nbgrader, as preprocessors that `grader_config.py` names.

In the order in which a submission meets them: `reading` (any file becomes a notebook), `repair` (the
lesson's cells are put back where they belong), `execute` (a lost kernel costs one cell), `judge` (checks run
where no student's code is), `outputs` (a warning costs nothing, output is bounded), `verdict` (silence is
never a pass), `aside` (what a person has to look at) and `feedback` (nothing of a hidden check leaves the
house). `collect` and `handback` are for the exchange, through which submissions come and feedback goes. `masters`
and `findings` hold what they share. Nothing here imports torch: `nbgrader` must start quickly.
"""
