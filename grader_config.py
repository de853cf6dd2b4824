"""All of nbgrader's configuration for this course; `nbgrader_config.py` loads it.

It serves the command line and Formgrader, started in this folder. Any setting can be overridden for one
command, for instance `nbgrader autograde 01_tensors --Execute.timeout=120`.
"""

import contextlib
import os
import sysconfig
from pathlib import Path

c = get_config()  # noqa: F821

# nbgrader runs `alembic` by name when it makes the gradebook. In an environment that is not activated the
# name is not found: put the scripts of the Python that runs nbgrader (bin, or Scripts on Windows) first.
scripts = sysconfig.get_path("scripts")
if os.environ.get("PATH", "").split(os.pathsep)[0] != scripts:
    os.environ["PATH"] = os.pathsep.join(filter(None, [scripts, os.environ.get("PATH")]))

# --- the course

# Names the course in the exchange and the gradebook; release, fetch, submit and collect refuse without it.
c.CourseDirectory.course_id = "torchprimer"

# Where source/, release/, submitted/, autograded/, feedback/ and gradebook.db are: beside this file, also
# when a command starts elsewhere. Not resolved: Formgrader compares it with the folder the lab started in.
course = Path(os.path.abspath(__file__)).parent
c.CourseDirectory.root = str(course)

# gradebook.db, an SQLite file, by default. For a class with several graders at once give a PostgreSQL URL:
# c.CourseDirectory.db_url = "postgresql://user@host/torchprimer"

# --- the exchange: the folder through which release, fetch, submit, collect and feedback go (not on Windows)

# nbgrader's own default needs root to make. This one is good for trying all by yourself. For a class on a
# shared machine set TORCHPRIMER_EXCHANGE for everybody to a folder that all can enter. The instructor's first
# release makes it (`primer lab --teacher` does too) and gives it the permissions that nbgrader wants (all may
# write, the folder for submissions can be written but not listed by students). `--Exchange.root=...` works as well.
c.Exchange.root = os.environ.get("TORCHPRIMER_EXCHANGE") or str(course / "exchange")

# Formgrader offers "release" and "collect" only when the exchange is there as the lab starts.
if not os.environ.get("TORCHPRIMER_EXCHANGE") and os.name == "posix":
    with contextlib.suppress(OSError):
        os.makedirs(course / "exchange", exist_ok=True)

# Stock `nbgrader collect` follows links that a student put into the exchange, to another's work or to any file that
# the instructor can read, and one odd entry stops it.
c.ExchangeFactory.collect = "torchprimer.grading.collect.CollectPlainFiles"

# Stock `nbgrader release_feedback` stops at the first submission that did not come through the exchange.
c.ExchangeFactory.release_feedback = "torchprimer.grading.handback.ReleaseToSubmitters"

# Times of submission are recorded in UTC, whatever the machine's zone.
c.Exchange.timezone = "UTC"

# --- Formgrader

# Its first page would show all of the configuration, on one line: for those who have it in several files.
c.FormgradeExtension.debug = False

# --- release

# What stands in place of a solution. `...` runs without an error, so Run All goes through an untouched
# lesson to its end, and the checks say "not answered yet".
c.ClearSolutions.code_stub = {"python": "..."}

# --- autograde: reading and repairing a submission

# Reads any file; stock nbgrader gives up on a damaged one, and on some it stops the whole class.
c.Autograde.exporter_class = "torchprimer.grading.reading.SubmissionExporter"

c.Autograde.sanitize_preprocessors = [
    # A deleted, copied, moved, edited or retyped lesson cell is put right and reported. It stands in for
    # nbgrader's DeduplicateIds, after which one copied cell stops the whole class.
    "torchprimer.grading.repair.RepairCells",
    # As in stock nbgrader: what the student's own run printed is no evidence,
    "nbgrader.preprocessors.ClearOutput",
    # the kernel is the lesson's, whatever the student's machine called it,
    "nbgrader.preprocessors.OverwriteKernelspec",
    # check cells are the originals with the hidden checks,
    "nbgrader.preprocessors.OverwriteCells",
    # and the metadata is complete.
    "nbgrader.preprocessors.CheckCellMetadata",
]

# --- autograde: running and scoring

c.Autograde.autograde_preprocessors = [
    # nbgrader's Execute. Check cells run in a kernel of their own, which asks the student's for the answers;
    # a kernel that dies costs the cell that killed it, not the submission.
    "torchprimer.grading.judge.JudgeSubmission",
    # Formgrader and feedback show outputs and Markdown as HTML: scripts of a submission's would run there with
    # the rights of who looks at it. Text and pictures stay.
    "torchprimer.grading.harmless.HarmlessOutput",
    # Stock; does something only where c.IgnorePattern is set.
    "nbgrader.preprocessors.IgnorePattern",
    # A warning on stderr costs nothing; stock scores such a check 0.
    "torchprimer.grading.outputs.KeepWarnings",
    # A check that ends in no number scores 0 and is set aside; stock gives it full marks.
    "torchprimer.grading.verdict.SilenceIsNoPass",
    # Long output is cut, by lines and by characters.
    "nbgrader.preprocessors.LimitOutput",
    "torchprimer.grading.outputs.LimitText",
    # The scores go into the gradebook.
    "nbgrader.preprocessors.SaveAutoGrades",
    # What a person should see is marked, with the reason as a comment.
    "torchprimer.grading.aside.SetAside",
    # Stock; does something only where a late penalty is set.
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# On Linux a kernel is forked from a process that has torch imported, and lives in a sandbox: no network, nothing
# of this machine but Python, and limits (`torchprimer.grading.warm.policy` is the list). The sandbox needs
# bubblewrap: apt-get install bubblewrap. TORCHPRIMER_SANDBOX=0 in the environment grades without one, with your
# rights: for trusted work only. To have Jupyter's own kernels instead: c.ExecuteSubmission.warm = False.

# Seconds for one cell. A lesson's slowest takes a few; the rest is for a machine that is busy.
c.Execute.timeout = 60
# Seconds for a whole submission, so that a hostile one cannot cost that much in every cell.
c.ExecuteSubmission.seconds = 600
# Seconds for a kernel to start, on a machine that is busy too.
c.Execute.startup_timeout = 120
# The kernel is ended without waiting for it to tidy up: half a second less for every submission.
c.Execute.shutdown_kernel = "immediate"
# ipykernel warns once for every submission that it talks over a local port; warnings here are about students.
c.Execute.extra_arguments = ["--IPKernelApp.log_level=ERROR"]
# A tag on a cell must not keep a check from running.
c.Execute.skip_cells_with_tag = ""
# The state of sliders would make every feedback page load scripts from the network.
c.Execute.store_widget_state = False

# Lines of output kept for one cell, and of one error. Characters: c.LimitText.max_characters.
c.LimitOutput.max_lines = 500
c.LimitOutput.max_traceback = 50

# --- feedback

# Stock lists every check as "Test cell" at the top of the page.
c.GenerateFeedback.exporter_class = "torchprimer.grading.feedback.NamedChecks"

c.GenerateFeedback.preprocessors = [
    # Stock: scores and comments from the gradebook.
    "nbgrader.preprocessors.GetGrades",
    # Stock shows the hidden checks to students; this removes their source and all that quotes it.
    "torchprimer.grading.feedback.HideTests",
    # Stock: the page's style.
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
