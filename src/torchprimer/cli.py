"""The `primer` command. Every failure is one sentence on stderr and an exit code that is not 0."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

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
    command.add_argument(
        "--teacher", action="store_true", help="show Formgrader and nbgrader's other tools too"
    )
    command.set_defaults(run=_lab)

    command = commands.add_parser("editions", help="make release/ and course/", description=_editions.__doc__)
    command.add_argument("--check", action="store_true", help="write nothing; say what is stale")
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="all when none is named")
    command.set_defaults(run=_editions)

    command = commands.add_parser("lint", help="find author mistakes", description=_lint.__doc__)
    command.add_argument("lessons", nargs="*", metavar="LESSON", help="all when none is named")
    command.set_defaults(run=_lint)
    return top


def _lab(given: argparse.Namespace) -> int:
    """Copy a lesson to work/, never over your own, and open it in JupyterLab."""
    root = lab.find_root()
    names = lab.lesson_names(root)
    lesson = names[0] if given.lesson is None else lab.lesson_named(given.lesson, names)
    return lab.open_lab(
        root, lesson, _say, port=given.port, ip=given.ip, browser=not given.no_browser, teacher=given.teacher
    )


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
