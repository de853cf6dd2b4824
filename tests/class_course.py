"""A class that is graded quickly: for `test_grade.py`."""

import os
import shutil
import sqlite3
import stat
import sys
from pathlib import Path

from nbgrader_course import Course, small_lesson

from torchprimer.grading import head

LESSON = "01_small"

# Runs the cells in the worker itself, which takes no time, and notes whom it graded. Some students' names
# say what happens to the worker.
QUICK = """
import ast, os, signal, time
from pathlib import Path
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade

NOTES = Path({notes!r})


class Quick(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        student = resources["nbgrader"]["student"]
        with open(NOTES, "a") as notes:
            notes.write(f"{{student}} {{os.getpid()}} {{os.environ.get('CUDA_VISIBLE_DEVICES', '')}} "
                        f"{{os.environ.get('TORCHPRIMER_SANDBOX', '')}} {{os.environ.get('TORCHPRIMER_GPU', '')}}\\n")
        if student.startswith("slow"):
            time.sleep(0.5)
        if student.startswith("killer") or student.startswith("stumbles") and NOTES.read_text().count(student) < 2:
            os.kill(os.getpid(), signal.SIGKILL)
        if student.startswith("hangs"):
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
            time.sleep(3600)
        if student.startswith("raises"):
            raise RuntimeError("this submission is too much")
        space = {{}}
        for cell in nb.cells:
            if cell.cell_type != "code":
                continue
            lines = ast.parse(cell.source)
            last = lines.body.pop() if is_grade(cell) and isinstance(lines.body[-1], ast.Expr) else None
            exec(compile(lines, "cell", "exec"), space)
            if last:
                value = repr(eval(compile(ast.Expression(last.value), "cell", "eval"), space))
                cell.outputs = [new_output("execute_result", {{"text/plain": value}}, execution_count=1)]
        return nb, resources
"""


def new_course(folder, students=(), *, quick=True, db=None):
    """A course whose gradebook knows the small lesson, and these submissions, all of them right."""
    folder.mkdir(parents=True, exist_ok=True)
    course = Course.create(folder, small_lesson(), LESSON)
    config = course.root / "grader_config.py"
    if quick:
        notes = folder / "notes.txt"
        notes.touch()
        (course.root / "quick.py").write_text(QUICK.format(notes=str(notes)))
        with open(config, "a") as stream:
            stream.write('c.Autograde.autograde_preprocessors[0] = "quick.Quick"\n')
    if db:
        with open(config, "a") as stream:
            stream.write(f"c.CourseDirectory.db_url = {db!r}\n")
    course.nbgrader("generate_assignment", LESSON, "--force")
    for student in students:
        course.hand_in(student, course.solved())
    return course


def copied(course, folder):
    """The same course elsewhere, with its gradebook."""
    shutil.copytree(course.root, folder / "course", symlinks=True)
    return Course(folder / "course", course.name)


def grade(course, **options):
    """Grade in this process; the outcome, and what was said."""
    said = []
    options.setdefault("workers", 2)
    outcome = head.grade_class(course.root, LESSON, head.Options(**options), said.append)
    return outcome, said


def notes(course):
    """Who was graded, one entry for each time."""
    return [line.split(" ") for line in (course.root.parent / "notes.txt").read_text().splitlines()]


def graded_students(course):
    return [note[0] for note in notes(course)]


def dump(course):
    """Every row of the gradebook, with names in place of ids, which nbgrader draws at random."""
    connection = sqlite3.connect(course.root / "gradebook.db")
    connection.row_factory = sqlite3.Row
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    rows = {table: [dict(row) for row in connection.execute(f"select * from {table}")] for table in tables}
    connection.close()
    names = {}
    for table in ("assignment", "notebook", "base_cell", "source_cell"):
        names |= {row["id"]: f"{table} {row['name']} {row.get('type', '')}" for row in rows[table]}
    for row in rows["submitted_assignment"]:
        names[row["id"]] = f"submission of {row['student_id']}"
    for row in rows["submitted_notebook"]:
        names[row["id"]] = f"{names[row['notebook_id']]} of {names[row['assignment_id']]}"
    for table in ("grade", "comment"):
        for row in rows[table]:
            names[row["id"]] = f"{table} {names[row['cell_id']]} of {names[row['notebook_id']]}"
    return {
        table: sorted(
            (sorted((key, names.get(value, value)) for key, value in row.items()) for row in found), key=repr
        )
        for table, found in rows.items()
    }


def autograded(course):
    """The graded files: per path the permissions, and of a notebook what matters."""
    found = {}
    for path in sorted((course.root / "autograded").rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            if path.suffix == ".ipynb":
                nb = course.read(path)
                for output in (output for cell in nb.cells for output in cell.get("outputs", [])):
                    output.pop("execution_count", None)  # differs where a kernel was lost
                content = [(cell.cell_type, cell.source, cell.get("outputs")) for cell in nb.cells]
            found[str(path.relative_to(course.root))] = stat.S_IMODE(path.stat().st_mode), content
        else:
            assert not path.name.startswith("."), path
    return found


# Runs `grade_class` and dies at the nth call of a function, before or after it.
KILLED = """
import os, signal, sys
from concurrent.futures import Future
sys.path[:0] = {path!r}
from pathlib import Path
import class_course
from nbgrader_course import Course
from torchprimer.grading import head, rows, spool


def die_at(holder, name, count, after):
    real = getattr(holder, name)

    def counting(*arguments, **named):
        nonlocal count
        count -= 1
        if not count and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **named)
        if not count and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(holder, name, counting)


class Inline:
    # Grades in the head itself: the moment at which it is killed is what matters, and this starts quickly.

    width, chances = 2, 1

    def submit(self, job):
        from torchprimer.grading import worker

        future = Future()
        future.set_result(worker.grade(job))
        return future

    def is_loss(self, error):
        return False

    def check(self):
        return []

    def close(self, at_once):
        pass


if __name__ == "__main__":
    head.BATCH = 3
    if {inline}:
        from torchprimer.grading import worker

        worker.use_folder(Path({root!r}).parent)  # nobody tidies up after this process
        head._Class._pool = lambda self, submissions: Inline()
    die_at({holder}, {name!r}, {count}, {after})
    class_course.grade(Course(Path({root!r}), class_course.LESSON), **{options!r})
"""


def killed_script(course, holder, name, count, after, *, inline=True, **options):
    path = [str(Path(__file__).parent)]
    script = course.root.parent / "killed.py"
    script.write_text(
        KILLED.format(
            path=path,
            holder=holder,
            name=name,
            count=count,
            after=after,
            root=str(course.root),
            options=options,
            inline=inline,
        )
    )
    return [sys.executable, str(script)], os.environ | {"OMP_NUM_THREADS": "1"}
