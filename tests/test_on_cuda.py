"""Every notebook on a real GPU: `make gpu`. Elsewhere these are skipped, and say so."""

import os

import pytest
import torch
from conftest import ROOT
from test_notebooks import LESSONS, code_cells, run_nbval

from torchprimer import editions

pytestmark = pytest.mark.skipif(
    not torch.cuda.is_available() and not os.environ.get("TORCHPRIMER_GPU"),
    reason="no CUDA device here: `make gpu` runs these tests on a machine that has one",
)


def test_cuda_computes():
    assert torch.cuda.is_available(), f"PyTorch {torch.__version__} was built for CUDA {torch.version.cuda}"
    assert torch.arange(4.0, device="cuda").sum().item() == 6
    print(torch.__version__, torch.cuda.get_device_name())


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_solution_gets_full_marks_on_cuda(lesson):
    notebook = editions.read(editions.source_path(ROOT, lesson))
    editions.execute(notebook, lesson, gpu=True)
    ran = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.execution_count]
    assert len(ran) == code_cells(editions.source_path(ROOT, lesson))
    print(f"{lesson}: {len(ran)} cells ran")
    for cell in ran:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            (result,) = [output for output in cell.outputs if output.output_type == "execute_result"]
            said = [o.data["text/plain"] for o in cell.outputs if o.output_type == "display_data"]
            assert float(result.data["text/plain"]) == cell.metadata.nbgrader.points, said


@pytest.mark.parametrize("lesson", LESSONS)
def test_course_gives_the_outputs_it_shows_on_cuda(lesson):
    path = editions.course_path(ROOT, lesson)
    run, failed, report = run_nbval(path, "--nbval")
    assert not failed, f"{path.name}: cells {failed}\n{report}"
    assert run == code_cells(path) > 0


def test_lesson_4_uses_cuda():
    notebook = editions.read(editions.source_path(ROOT, "04_cuda"))
    editions.execute(notebook, "04_cuda", gpu=True)
    printed = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
    assert "This notebook uses:        cuda" in printed
    assert "need CUDA" not in printed and "There is no real GPU here" not in printed
