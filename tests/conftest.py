"""A small lesson that has no mistake, for the tests to spoil, and a project that holds it."""

import os
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[1]
LESSON = "01_demo"
UNAVOIDABLE = ("no CUDA device", "ordinary user", "cannot work here")  # what a skip in CI may say


def pytest_configure():
    """Where no sandbox can be made, all tests but those of the sandbox go without; those are skipped and say so."""
    if sys.platform == "linux":
        from warm_kernels import no_sandbox

        if no_sandbox():
            os.environ.setdefault("TORCHPRIMER_SANDBOX", "0")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a skip is a failure unless the machine lacks what nobody can install on it."""
    report = yield
    avoidable = report.skipped and not hasattr(report, "wasxfail") and os.environ.get("TORCHPRIMER_CI")
    if avoidable and not any(word in str(report.longrepr) for word in UNAVOIDABLE):
        report.outcome = "failed"
    return report


def markdown(name, text, **metadata):
    return new_markdown_cell(textwrap.dedent(text).strip(), id=name, metadata=metadata)


def code(name, text, **metadata):
    return new_code_cell(textwrap.dedent(text).strip(), id=name, metadata=metadata)


def nbgrader(grade_id, **given):
    kind = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    return {**kind, "grade_id": grade_id, **given}


def demo_notebook():
    """A lesson with one exercise of 4 points, of which 2 are hidden."""
    return new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "version": "3.11.0"},
        },
        cells=[
            markdown("title", "# A lesson\n\nIt has one exercise. [To the end](#Recap)."),
            markdown(
                "objectives",
                "## What you will be able to do\n\n- double a number",
                torchprimer={"objectives": ["double"]},
            ),
            markdown("idea", "## Doubling\n\n![Two by two squares](https://example.org/squares.png)"),
            code("example", "import torch\n\nprint(torch.tensor([1.0, 2.0]) * 2)"),
            code(
                "drawing",
                """
                import matplotlib.pyplot as plt

                figure, axes = plt.subplots(figsize=(2, 1))
                axes.plot([1, 2, 4])
                plt.show()
                """,
            ),
            code("broken", "torch.ones(2) @ torch.ones(3)", tags=["raises-exception"]),
            code(
                "clock",
                "import time\n\nprint(time.time_ns())",
                tags=["nbval-ignore-output"],
                torchprimer={"reason": "it tells the time"},
            ),
            code("address", "object()"),
            markdown(
                "double-prompt",
                """
                ### Exercise: double ●○○ (2 minutes)
                Write `double(x)`.

                <details><summary>Hint 1</summary>

                What is `x + x`?

                </details>
                <details><summary>Hint 2</summary>

                A number times two.

                </details>
                <details><summary>Hint 3</summary>

                `2 * x`

                </details>
                """,
            ),
            code(
                "double",
                '''
                def double(x: torch.Tensor) -> torch.Tensor:
                    """Twice `x`, of any shape."""
                    ### BEGIN SOLUTION
                    return 2 * x
                    ### END SOLUTION
                ''',
                nbgrader=nbgrader("double", solution=True),
                torchprimer={"objective": "double"},
            ),
            code(
                "double-check",
                """
                import torch
                from torchprimer import check


                @check.exercise("double", points=4)
                def result():
                    check.equal(check.call("double", torch.ones(2)), 2 * torch.ones(2))
                    ### BEGIN HIDDEN TESTS
                    with check.hidden(2):
                        x = torch.rand(3, 1)
                        check.equal(check.call("double", x), 2 * x)
                    ### END HIDDEN TESTS


                result
                """,
                nbgrader=nbgrader("double-check", grade=True, locked=True, points=4),
            ),
            markdown("recap", "## Recap\n\n- doubling", torchprimer={"objectives": ["double"]}),
        ],
    )


def cell_of(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def write_notebook(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def notebook():
    return demo_notebook()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder with the demo lesson in source/ and this project's nbgrader configuration."""
    root = tmp_path / "project"
    write_notebook(demo_notebook(), root / "source" / LESSON / f"{LESSON}.ipynb")
    for name in ("nbgrader_config.py", "grader_config.py"):
        (root / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(root)
    return root
