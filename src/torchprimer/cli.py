"""The `primer` command. Every failure is one sentence on stderr and an exit code that is not 0."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import torchprimer
from torchprimer import lab
from torchprimer.lab import Problem, Unknown

# What nbgrader, nbconvert and PIL bring is imported by the commands that need it: `primer lab` is quick.

FAILED, WRONG_USE, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one `primer` command and give its exit code."""
    # Sentences hold signs such as ●, which a Windows console's old code page cannot print.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            with contextlib.suppress(OSError):  # it may be closed
                stream.reconfigure(errors="replace")
    given = parser().parse_args(arguments)
    try:
        return given.run(given)
    except Unknown as error:
        return _fail(str(error), WRONG_USE)
    except Problem as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader went away, as `head` does. Keep Python from saying so at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return _fail(_of_the_system(error))
    except Exception as error:
        if os.environ.get("PRIMER_DEBUG"):
            raise
        detail = (str(error).strip().splitlines() or ["no more is known"])[0]
        return _fail(
            f"this should not have happened ({type(error).__name__}: {detail}); PRIMER_DEBUG=1 shows where"
        )


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="primer", description="PyTorch lessons in Jupyter, graded by the machine."
    )
    top.add_argument("--version", action="version", version=f"torchprimer {torchprimer.__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser("lab", help="open a lesson in JupyterLab", description=_lab.__doc__)
    command.add_argument(
        "lesson",
        nargs="?",
        metavar="LESSON",
        help="such as 01_tensors, tensors or 1; the first when none is named",
    )
    command.add_argument(
        "--port", type=_port, default=lab.FIRST_PORT, help="the first port to try (%(default)s)"
    )
    command.add_argument("--ip", default="localhost", help="the address to listen on (%(default)s)")
    command.add_argument("--no-browser", action="store_true", help="print the address and open no browser")
    command.add_argument("--teacher", action="store_true", help="open Formgrader, or the source of LESSON")
    command.set_defaults(run=_lab)

    command = commands.add_parser("copy", help="copy lessons, and open nothing", description=_copy.__doc__)
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="all when none is named")
    command.set_defaults(run=_copy)

    command = commands.add_parser("status", help="say how far you are", description=_status.__doc__)
    command.add_argument(
        "lesson",
        nargs="?",
        metavar="LESSON",
        help="its exercises, one by one; all lessons when none is named",
    )
    command.add_argument("--picture", type=Path, metavar="FILE", help="write it as a picture (PNG) instead")
    command.set_defaults(run=_status)

    command = commands.add_parser("editions", help="make release/ and course/", description=_editions.__doc__)
    command.add_argument("--check", action="store_true", help="write nothing; say what is stale")
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="all when none is named")
    command.set_defaults(run=_editions)

    command = commands.add_parser("lint", help="find author mistakes", description=_lint.__doc__)
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="all when none is named")
    command.set_defaults(run=_lint)

    command = commands.add_parser("grade", help="grade a class, or one notebook", description=_grade.__doc__)
    command.add_argument("lesson", nargs="?", metavar="LESSON", help="such as 01_tensors, tensors or 1")
    command.add_argument("--students", metavar="A,B", help="these alone; all who handed in otherwise")
    command.add_argument("--workers", type=_workers, metavar="N", help="processes here; three for two cores")
    command.add_argument(
        "--scheduler", metavar="URL", help="a Dask cluster to grade on, such as tcp://host:8786"
    )
    again = command.add_mutually_exclusive_group()
    again.add_argument(
        "--resume",
        action="store_true",
        help="go on where an earlier run was ended; always done, so this only says it",
    )
    again.add_argument("--force", action="store_true", help="grade again what is graded")
    command.add_argument("--no-sandbox", action="store_true", help="run submissions without isolation")
    command.add_argument("--db", metavar="URL", help="the gradebook, in place of the configured one")
    command.add_argument(
        "--patience",
        type=float,
        default=120.0,
        metavar="SECONDS",
        help="how long to wait for a gradebook that is locked or away (%(default)g)",
    )
    command.add_argument(
        "--notebook", type=Path, metavar="FILE", help="grade this file alone, and print JSON"
    )
    command.add_argument(
        "--lesson", dest="of", metavar="LESSON", help="the lesson of FILE, if it is not known"
    )
    command.set_defaults(run=_grade)

    command = commands.add_parser(
        "report", help="say how a class does, and what to teach again", description=_report.__doc__
    )
    command.add_argument(
        "lessons", nargs="*", metavar="LESSON", help="all that are in the gradebook when none is named"
    )
    command.add_argument("--hide-names", action="store_true", help="number the students")
    command.add_argument(
        "--output", type=Path, metavar="FOLDER", help="where to write (report/ in the project's folder)"
    )
    command.add_argument("--db", metavar="URL", help="the gradebook, in place of the configured one")
    command.set_defaults(run=_report)
    return top


def _lab(given: argparse.Namespace) -> int:
    """Copy a lesson to work/, never over your own, and open it in JupyterLab.

    With --teacher: open Formgrader, or the source of LESSON, with nbgrader's tools for teachers.
    """
    if given.teacher and given.lesson is None:
        root, lesson = lab.find_root(), None
    elif given.teacher:
        root, (lesson,) = _written_lessons([given.lesson])
    else:
        root = lab.find_study()
        names = _lessons_to_study(root)
        lesson = names[0] if given.lesson is None else lab.lesson_named(given.lesson, names)
    return lab.open_lab(
        root, lesson, _say, port=given.port, ip=given.ip, browser=not given.no_browser, teacher=given.teacher
    )


def _copy(given: argparse.Namespace) -> int:
    """Copy lessons to work/, never over your own, for a Jupyter or an editor that you start yourself."""
    root = lab.find_study()
    names = _lessons_to_study(root)
    for lesson in [lab.lesson_named(name, names) for name in given.lessons] or names:
        lab.copy_lesson(root, lesson, _say)
    return 0


def _lessons_to_study(root: Path) -> list[str]:
    return lab.lesson_names(root) or list(lab.released(root))


def _status(given: argparse.Namespace) -> int:
    """Say what is done and what is left, as your notebooks were last saved; nothing is sent anywhere.

    Your notebook of a lesson is the one you fetched, LESSON/LESSON.ipynb, or else the one in work/.
    """
    from torchprimer import progress

    root = lab.find_study()
    lessons = progress.course(root, root, root / "work")
    if given.lesson is not None:
        name = lab.lesson_named(given.lesson, [lesson.name for lesson in lessons])
        lessons = [lesson for lesson in lessons if lesson.name == name]
    if not lessons:
        raise Problem(f"{root / 'release'} holds no lesson; `primer editions` writes it")
    if given.picture is not None:
        from torchprimer.draw.progress import progress as drawn

        lab.write_file(given.picture, drawn(lessons).png())
        _say(f"Wrote {given.picture}.")
        return 0
    signs = progress.SIGNS
    try:
        signs.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        signs = progress.PLAIN_SIGNS
    width = shutil.get_terminal_size().columns
    for line in progress.table(lessons, width, signs):
        _say(line)
    if given.lesson is not None:
        for line in ("", *progress.listing(lessons[0], signs)):
            _say(line)
    _say("")
    _say(progress.upcoming(lessons))
    return 0


def _editions(given: argparse.Namespace) -> int:
    """Make the student's edition (release/) and the reading edition (course/) of each lesson from source/."""
    from torchprimer import editions

    root, lessons = _written_lessons(given.lessons)
    if not given.check:
        editions.write(root, lessons, _say)
        return 0
    sentences = editions.stale(root, lessons)
    if not given.lessons:
        sentences += editions.strays(root, lessons)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    if sentences:
        return _fail(
            f"{_count(sentences, 'difference')}; run `primer editions {' '.join(given.lessons)}".strip() + "`"
        )
    _say(f"release/ and course/ are what source/ gives ({_count(lessons, 'lesson')}).")
    return 0


def _lint(given: argparse.Namespace) -> int:
    """Name the author mistakes in source/, each with its cell and what to do."""
    from torchprimer import lint

    root, lessons = _written_lessons(given.lessons)
    findings = [finding for lesson in lessons for finding in lint.check_lesson(root, lesson)]
    for finding in findings:
        print(finding, file=sys.stderr)
    if findings:
        return _fail(f"{_count(findings, 'mistake')} in {_count(lessons, 'lesson')}")
    _say(f"No mistakes in {_count(lessons, 'lesson')}.")
    return 0


def _grade(given: argparse.Namespace) -> int:
    """Grade the submissions of a lesson that are not graded yet, several at once, into nbgrader's gradebook.

    With --notebook: grade one file without a gradebook and print JSON.
    """
    root = lab.find_root()
    if given.notebook is not None:
        return _grade_notebook(root, given)
    name = given.lesson or given.of
    if name is None:
        raise Unknown("name a LESSON, or a file with --notebook")
    lesson = lab.lesson_named(name, lab.lesson_names(root))
    from torchprimer.grading import pools

    if given.scheduler is None:
        pools.prepare()
    from torchprimer.grading import head

    options = head.Options(
        students=given.students and [name.strip() for name in given.students.split(",") if name.strip()],
        workers=given.workers,
        scheduler=given.scheduler,
        force=given.force,
        sandbox=not given.no_sandbox and os.environ.get(head.SANDBOX) != "0",
        db=given.db,
        patience=given.patience,
    )
    try:
        outcome = head.grade_class(
            root, lesson, options, lambda text: print(text, file=sys.stderr, flush=True)
        )
    except head.Interrupted as error:
        return _fail(str(error), INTERRUPTED)
    for line in outcome.lines():
        _say(line)
    return FAILED if outcome.failed else 0


def _grade_notebook(root: Path, given: argparse.Namespace) -> int:
    from torchprimer.grading.single import grade_notebook

    lessons = lab.lesson_names(root, "source")
    name = given.of or given.lesson
    lesson = lab.lesson_named(name, lessons) if name else None
    environment = {"TORCHPRIMER_SANDBOX": "0"} if given.no_sandbox else {}
    with contextlib.redirect_stdout(sys.stderr):  # on stdout is nothing but the JSON
        report = grade_notebook(root, given.notebook, lesson, lessons, environment)
    _say(json.dumps(report, indent=1, ensure_ascii=False))
    return FAILED if report["error"] else 0


def _report(given: argparse.Namespace) -> int:
    """Write a page and tables on how a class does: exercises, mistakes, students, what to teach again.

    The figures come from the gradebook and from the notebooks in autograded/.
    """
    root = lab.find_root()
    known = lab.lesson_names(root)
    lessons = [lab.lesson_named(name, known) for name in given.lessons]
    from torchprimer import report

    made = report.class_report(
        root, lessons, lambda text: print(text, file=sys.stderr, flush=True), db=given.db
    )
    paths = report.write_report(
        made.without_names() if given.hide_names else made, given.output or root / "report"
    )
    for lesson in made.lessons:
        for sentence in (
            [lesson.summary] if lesson.summary else [advice.topic for advice in lesson.advice[:3]]
        ):
            _say(f"{lesson.name}: {sentence}")
    _say(f"Wrote {', '.join(map(str, paths))}.")
    return 0


def _workers(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of workers; give 1 or more")
    return int(text)


def _written_lessons(names: Sequence[str]) -> tuple[Path, list[str]]:
    """The project's folder and the lessons meant, of those in source/; all when none is named."""
    root = lab.find_root()
    known = lab.lesson_names(root, "source")
    if not known:
        raise Problem(f"{root / 'source'} holds no lesson")
    return root, [lab.lesson_named(name, known) for name in names] or known


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 1 to 65535")
    return int(text)


def _say(sentence: str) -> None:
    print(sentence, flush=True)


def _fail(sentence: str, code: int = FAILED) -> int:
    print(f"primer: {sentence}", file=sys.stderr)
    return code


def _count(things: Sequence[object], noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def _of_the_system(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else reason
