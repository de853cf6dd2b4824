"""Making the editions of a small lesson, and saying what is stale in them."""

import base64
import io
import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from conftest import LESSON, cell_of, demo_notebook, write_notebook
from nbformat.v4 import new_output
from PIL import Image, ImageDraw

from torchprimer import editions
from torchprimer.editions import output_differences
from torchprimer.lab import Problem


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project whose editions are made; copied by the tests that spoil it."""
    root = tmp_path_factory.mktemp("made")
    path = write_notebook(demo_notebook(), root / "source" / LESSON / f"{LESSON}.ipynb")
    path.with_name("extra.txt").write_text("a file beside the lesson")
    (root / "nbgrader_config.py").write_text(
        'c = get_config()\nc.ClearSolutions.code_stub = {"python": "..."}\n'
    )
    said = []
    editions.write(root, [LESSON], said.append)
    assert said == [f"release/{LESSON}: written", f"course/{LESSON}.ipynb: written"]
    return root


@pytest.fixture
def spoilt(made, tmp_path):
    """A copy of that project."""
    return shutil.copytree(made, tmp_path / "copy")


def course_of(root):
    return editions.read(editions.course_path(root, LESSON))


def release_of(root):
    return editions.read(root / "release" / LESSON / f"{LESSON}.ipynb")


def change(path, edit):
    notebook = editions.read(path)
    edit(notebook)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def test_release_is_what_nbgrader_writes(made, spoilt):
    """Byte for byte, with nbgrader's own command and a gradebook."""
    shutil.rmtree(spoilt / "release")
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", LESSON],
        cwd=spoilt,
        env=dict(os.environ, PATH=path),
        check=True,
        capture_output=True,
    )
    ours, theirs = (root / "release" / LESSON for root in (made, spoilt))
    assert sorted(path.name for path in ours.iterdir()) == sorted(path.name for path in theirs.iterdir())
    for path in ours.iterdir():
        assert path.read_bytes() == (theirs / path.name).read_bytes()
    assert (spoilt / "gradebook.db").exists()
    assert not (made / "gradebook.db").exists()


def test_release_has_neither_solutions_nor_hidden_tests(made):
    text = (made / "release" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert "2 * x`" in text  # the last hint
    assert "return 2 * x" not in text
    assert "check.hidden" not in text
    assert cell_of(release_of(made), "double").source.endswith('shape."""\n    ...')


def test_course_is_executed_and_folded_and_has_no_hidden_tests(made):
    course = course_of(made)
    source = editions.read(editions.source_path(made, LESSON))
    assert [cell.id for cell in course.cells] == [cell.id for cell in source.cells]
    solution, check = cell_of(course, "double"), cell_of(course, "double-check")
    assert "return 2 * x" in solution.source
    assert "SOLUTION" not in solution.source
    assert solution.metadata.jupyter.source_hidden
    assert "HIDDEN" not in check.source
    assert "check.hidden" not in check.source
    assert not check.metadata.editable
    assert check.outputs[-1].data["text/plain"] == "4.0"
    assert cell_of(course, "broken").outputs[0].ename == "RuntimeError"
    counts = [cell.execution_count for cell in course.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_course_has_nothing_of_the_machine(made):
    text = editions.course_path(made, LESSON).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert text.startswith('{\n "cells"')
    assert "●○○" in text
    assert os.path.dirname(os.path.dirname(sys.executable)) not in text
    assert "version" not in course_of(made).metadata.language_info
    assert all("execution" not in cell.metadata for cell in course_of(made).cells)


def test_nothing_is_stale_after_writing(made):
    before = editions.course_path(made, LESSON).read_bytes()
    assert editions.stale(made, [LESSON]) == []
    said = []
    editions.write(made, [LESSON], said.append)
    assert said == [f"release/{LESSON}: as it was", f"course/{LESSON}.ipynb: as it was"]
    assert editions.course_path(made, LESSON).read_bytes() == before  # the clock and an address are in it


def draw_another_line(notebook):
    output = cell_of(notebook, "drawing").outputs[0]
    picture = Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))).convert("RGB")
    ImageDraw.Draw(picture).line([(20, 20), (60, 60)], fill="red", width=3)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    output.data["image/png"] = base64.b64encode(buffer.getvalue()).decode()


COURSE_SPOILT = {
    "source": (
        lambda notebook: cell_of(notebook, "example").update(source="print(1)"),
        ["cell `example`: the source differs"],
    ),
    "metadata": (
        lambda notebook: cell_of(notebook, "example").metadata.update(tags=["new"]),
        ["cell `example`: the metadata differs"],
    ),
    "checksum": (
        lambda notebook: cell_of(notebook, "double-check").metadata.nbgrader.update(checksum="0"),
        ["cell `double-check`: the metadata differs"],
    ),
    "checksum of another source": (
        lambda notebook: [
            cell_of(notebook, "double-check").update(source="1"),
            cell_of(notebook, "double-check").metadata.nbgrader.update(checksum="0"),
        ],
        ["cell `double-check`: the source differs"],
    ),
    "text output": (
        lambda notebook: cell_of(notebook, "example").outputs[0].update(text="tensor([3.])\n"),
        ["cell `example`: the text output differs (stdout)"],
    ),
    "error": (
        lambda notebook: cell_of(notebook, "broken").outputs[0].update(evalue="no"),
        ["cell `broken`: the text output differs (error)"],
    ),
    "output gone": (
        lambda notebook: cell_of(notebook, "example").update(outputs=[]),
        ["cell `example`: the outputs are others in number or kind"],
    ),
    "picture": (draw_another_line, ["cell `drawing`: the picture differs"]),
    "cell gone": (lambda notebook: notebook.cells.pop(2), ["cell `idea`: missing"]),
    "cell more": (
        lambda notebook: notebook.cells.append(nbformat.v4.new_markdown_cell("more", id="more")),
        ["cell `more`: not in source/ any more"],
    ),
    "order": (lambda notebook: notebook.cells.reverse(), ["the cells stand in another order"]),
    "kernel": (
        lambda notebook: notebook.metadata.kernelspec.update(name="other"),
        ["the notebook's metadata differs"],
    ),
    "no count": (
        lambda notebook: cell_of(notebook, "example").update(execution_count=None),
        ["cell `example`: the execution count differs"],
    ),
    "clock": (lambda notebook: cell_of(notebook, "clock").outputs[0].update(text="1\n"), []),
    "address": (
        lambda notebook: (
            cell_of(notebook, "address").outputs[0].data.update({"text/plain": "<object at 0x1234567890>"})
        ),
        [],
    ),
}


@pytest.fixture(scope="module")
def again(made):
    return editions.make_course(made, LESSON)


@pytest.mark.parametrize("what", COURSE_SPOILT)
def test_what_differs_is_named(made, again, what):
    spoil, sentences = COURSE_SPOILT[what]
    course = course_of(made)
    spoil(course)
    found = list(editions.notebook_differences(course, again))
    assert len(found) == len(sentences), found
    assert all(one.startswith(other) for one, other in zip(found, sentences, strict=True)), found


def test_stale_names_file_and_cell_and_writing_mends_it(spoilt):
    release = spoilt / "release" / LESSON
    change(
        release / f"{LESSON}.ipynb", lambda notebook: cell_of(notebook, "example").update(source="print(1)")
    )
    change(editions.course_path(spoilt, LESSON), COURSE_SPOILT["text output"][0])
    (release / "extra.txt").write_text("edited by hand")
    (release / "old.txt").write_text("")
    assert editions.stale(spoilt, [LESSON]) == [
        f"release/{LESSON}/{LESSON}.ipynb, cell `example`: the source differs",
        f"release/{LESSON}/extra.txt, the file differs",
        f"release/{LESSON}/old.txt does not come from source/; delete it",
        f"course/{LESSON}.ipynb, cell `example`: the text output differs (stdout)",
    ]
    editions.write(spoilt, [LESSON], lambda sentence: None)
    assert not (release / "old.txt").exists()
    assert editions.stale(spoilt, [LESSON]) == []


def test_missing_and_stray_editions_are_named(spoilt):
    shutil.rmtree(spoilt / "release" / LESSON)
    editions.course_path(spoilt, LESSON).unlink()
    assert editions.stale(spoilt, [LESSON]) == [
        f"release/{LESSON}/{LESSON}.ipynb is missing",
        f"release/{LESSON}/extra.txt is missing",
        f"course/{LESSON}.ipynb is missing",
    ]
    (spoilt / "release" / "00_gone").mkdir()
    (spoilt / "course" / "00_gone.ipynb").write_text("{}")
    assert editions.strays(spoilt, [LESSON]) == [
        "release/00_gone has no lesson in source/; delete it",
        "course/00_gone.ipynb has no lesson in source/; delete it",
    ]


def test_a_damaged_edition_is_named(spoilt):
    editions.course_path(spoilt, LESSON).write_text('{"cells": [')
    with pytest.raises(Problem, match="is not a notebook"):
        editions.stale(spoilt, [LESSON])


def test_only_what_changed_is_written_anew(spoilt):
    """A diff shows no noise: outputs that say the same stay as they were."""
    before = course_of(spoilt)
    change(
        editions.source_path(spoilt, LESSON),
        lambda notebook: cell_of(notebook, "example").update(source="import torch\n\nprint(torch.ones(1))"),
    )
    editions.write(spoilt, [LESSON], lambda sentence: None)
    after = course_of(spoilt)
    changed = [one.id for one, other in zip(before.cells, after.cells, strict=True) if one != other]
    assert changed == ["example"]
    assert cell_of(after, "example").outputs[0].text == "tensor([1.])\n"


def test_a_lesson_with_a_mistake_is_refused_and_nothing_is_written(spoilt):
    change(
        editions.source_path(spoilt, LESSON),
        lambda notebook: cell_of(notebook, "idea").update(
            source="## Doubling\n\n![](https://example.org/a.png)"
        ),
    )
    before = editions.course_path(spoilt, LESSON).read_bytes()
    with pytest.raises(Problem, match=r"cell `idea`: the picture .* has no alt text"):
        editions.write(spoilt, [LESSON], lambda sentence: None)
    with pytest.raises(Problem, match=r"cell `idea`: the picture .* has no alt text"):
        editions.stale(spoilt, [LESSON])
    assert editions.course_path(spoilt, LESSON).read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "source", "sentence"),
    [
        ("example", "1 / 0", "cell `example`: running it fails: ZeroDivisionError: division by zero"),
        ("broken", "1 + 1", "cell `broken`: tagged raises-exception, and it raises nothing"),
        ("clock", "import os\nos._exit(1)", "cell `clock`: the kernel died while running it"),
        (
            "double-check",
            "import sys\nprint(1, file=sys.stderr)",
            "cell `double-check`: this check writes on stderr",
        ),
    ],
)
def test_a_cell_that_does_not_run_is_named(notebook, cell, source, sentence):
    cell_of(notebook, cell).source = source
    keep = {cell, "example"} if cell != "clock" else {cell}
    notebook.cells = [one for one in notebook.cells if one.id in keep]
    with pytest.raises(Problem) as raised:
        editions.execute(notebook, "lesson.ipynb")
    assert str(raised.value).startswith(f"lesson.ipynb, {sentence}")


def test_a_cell_that_hangs_is_named(notebook, monkeypatch):
    monkeypatch.setattr(editions, "CELL_SECONDS", 1)
    cell_of(notebook, "clock").source = "import time\ntime.sleep(60)"
    notebook.cells = [cell_of(notebook, "clock")]
    with pytest.raises(Problem, match="cell `clock`: still running after 1 seconds"):
        editions.execute(notebook, "lesson.ipynb")


def test_a_lesson_runs_in_an_empty_folder_on_one_thread_without_a_gpu(notebook):
    notebook.cells = [cell_of(notebook, "clock")]
    notebook.cells[
        0
    ].source = "import os, torch\nprint(os.listdir(), torch.get_num_threads(), torch.cuda.is_available())"
    editions.execute(notebook, "lesson.ipynb")
    assert notebook.cells[0].outputs[0].text == "[] 1 False\n"


def test_configuration_of_the_project_only_is_used(made, tmp_path, monkeypatch):
    """What an author has in their own Jupyter folder must not change an edition."""
    (tmp_path / "nbgrader_config.py").write_text(
        'c = get_config()\nc.ClearSolutions.code_stub = {"python": "pass"}\n'
    )
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    assert editions.course_config(made).ClearSolutions.code_stub == {"python": "..."}
    release = editions.make_release(made, LESSON, tmp_path / "made") / f"{LESSON}.ipynb"
    assert release.read_bytes() == (made / "release" / LESSON / release.name).read_bytes()


def test_a_broken_configuration_is_one_sentence(spoilt):
    (spoilt / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(Problem, match=r"nbgrader_config.py cannot be loaded: SyntaxError: "):
        editions.course_config(spoilt)


def test_links_between_lessons_lead_from_course_too(spoilt):
    write_notebook(demo_notebook(), spoilt / "source" / "02_next" / "02_next.ipynb")
    change(
        editions.source_path(spoilt, LESSON),
        lambda notebook: cell_of(notebook, "recap").update(
            source="## Recap\n\n- doubling\n\n[Next](../02_next/02_next.ipynb#Doubling)"
        ),
    )
    course = editions.make_course(spoilt, LESSON)
    assert cell_of(course, "recap").source.endswith("[Next](02_next.ipynb#Doubling)")


def png(size, *shapes):
    picture = Image.new("RGB", size, "white")
    for box, fill in shapes:
        ImageDraw.Draw(picture).rectangle(box, fill=fill)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def shown(**data):
    return [new_output("display_data", {kind.replace("_", "/"): value for kind, value in data.items()})]


def test_pictures_may_differ_by_a_rasteriser_and_by_no_more():
    square = png((200, 100), ((10, 10, 60, 60), (0, 114, 178)))
    almost = png((200, 100), ((10, 10, 60, 60), (2, 112, 176)), ((100, 50, 100, 52), (150, 150, 150)))
    digit = png((200, 100), ((10, 10, 60, 60), (0, 114, 178)), ((104, 50, 109, 59), (0, 0, 0)))
    wider = png((201, 100), ((10, 10, 60, 60), (0, 114, 178)))
    assert list(output_differences(shown(image_png=square), shown(image_png=almost))) == []
    assert list(output_differences(shown(image_png=square), shown(image_png=digit))) != []
    assert list(output_differences(shown(image_png=square), shown(image_png=wider))) == [
        "the picture is 200 by 100 pixels, and now 201 by 100"
    ]


def test_pictures_inside_html_are_compared_as_pictures():
    one, other, far = (
        shown(text_html=f'<p>no</p><img alt="a" src="data:image/png;base64,{picture}">')
        for picture in (
            png((80, 80), ((10, 10, 60, 60), (0, 0, 0))),
            png((80, 80), ((10, 10, 60, 60), (3, 3, 3))),
            png((80, 80), ((10, 10, 40, 40), (0, 0, 0))),
        )
    )
    assert list(output_differences(one, other)) == []
    assert [sentence.split(" (")[0] for sentence in output_differences(one, far)] == ["the picture differs"]


def test_kinds_of_output_that_come_and_go_are_named():
    one, two = shown(text_plain="a"), shown(text_plain="a", image_png=png((8, 8)))
    assert list(output_differences(one, two)) == ["the output has no image/png"]
    assert list(output_differences(two, one)) == ["the output still has image/png"]


def test_a_widget_beside_its_picture_or_its_text_is_not_stored():
    widget = {"model_id": "1", "version_major": 2, "version_minor": 0}
    beside = new_output(
        "display_data", {editions.WIDGET: widget, "image/png": png((8, 8)), "text/plain": "x"}
    )
    bar = new_output("display_data", {editions.WIDGET: widget, "text/plain": "x"})
    alone = new_output("display_data", {editions.WIDGET: widget})
    assert editions.WIDGET not in editions._stored(beside).data
    assert editions._stored(bar).data == {"text/plain": "x"}
    assert editions.WIDGET in editions._stored(alone).data


def test_paths_of_the_machine_leave_tracebacks():
    error = new_output(
        "error",
        ename="E",
        evalue="",
        traceback=[
            "File /home/ann/.venv/lib/python3.11/site-packages/torch/nn/functional.py:1, in f()",
            "File C:\\Users\\ann\\.venv\\Lib\\site-packages\\torch\\nn\\functional.py:1, in f()",
            "File \x1b[32m/home/ann/course/src/torchprimer/draw/film.py:1\x1b[39m, in f()",
            "Cell In[1], line 1",
        ],
    )
    assert editions._stored(error).traceback == [
        "File .../site-packages/torch/nn/functional.py:1, in f()",
        "File .../site-packages/torch\\nn\\functional.py:1, in f()",
        "File .../torchprimer/draw/film.py:1\x1b[39m, in f()",
        "Cell In[1], line 1",
    ]


def test_notebooks_are_written_as_nbformat_writes_them(made):
    path = editions.course_path(made, LESSON)
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
