"""source/ -> release/ and course/: the editions of a lesson, made and compared.

`source/` is the only place where a lesson is written. `release/` is what `nbgrader generate_assignment`
makes of it. `course/` is the lesson to read: executed, its hidden tests gone, its solutions kept and
folded. Both are made with nbgrader's and nbconvert's own converters and preprocessors.
"""

from __future__ import annotations

import base64
import copy
import io
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearHiddenTests,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
)
from nbgrader.utils import is_grade, is_solution
from PIL import Image, ImageChops
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from torchprimer import lint
from torchprimer.lab import Problem, kernel_encryption, write_file

CELL_SECONDS = 120
WIDGET = "application/vnd.jupyter.widget-view+json"

# What differs from run to run and means nothing. Also given to nbval, by the tests.
VOLATILE = [
    (r"0x[0-9a-fA-F]{6,}", "ADDRESS"),
    (r"\d{12,}", "NUMBER"),  # torchviz names its nodes after addresses, in decimal
    (r"data:image/png;base64,[A-Za-z0-9+/=\s]+", "PICTURE"),
    (r"\b(?:sim|cuda|mps|xpu)(?::0)?(?![\w.])", "DEVICE"),  # a lesson runs on the device that there is
]

# Two pictures are the same when no 8 by 8 block of one differs by more than this, of 255, on average
# from the other: enough for another rasteriser's edges, too little for a changed digit or colour.
PICTURE_TOLERANCE = 32


def course_config(root: Path) -> Config:
    """The project's own nbgrader configuration, and nothing of the user's, so that editions are the same anywhere.

    Raises `Problem` when it cannot be loaded.
    """
    loader = PyFileConfigLoader("nbgrader_config.py", path=str(root))
    try:
        return loader.load_config()
    except ConfigFileNotFound:
        return Config()
    except SystemExit as error:  # `nbgrader_config.py` ends nbgrader with a sentence
        raise Problem(str(error)) from error
    except Exception as error:
        raise Problem(f"nbgrader_config.py cannot be loaded: {type(error).__name__}: {error}") from error


def make_release(root: Path, lesson: str, into: Path) -> Path:
    """Write the student's edition to `into/LESSON/` as `nbgrader generate_assignment` does; no gradebook is touched.

    Raises `Problem` with nbgrader's reason when it refuses.
    """
    config = course_config(root)
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.assignment_id = lesson
    config.CourseDirectory.release_directory = str(into)
    # What `--no-db` sets.
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    records = _Records()
    log = logging.Logger("torchprimer.editions")
    log.addHandler(records)
    try:
        GenerateAssignment(coursedir=CourseDirectory(config=config, log=log), config=config, log=log).start()
    except NbGraderException as error:
        raise Problem(f"nbgrader could not make release/{lesson}: {records.reason() or error}") from error
    return into / lesson


class _Records(logging.Handler):
    """Keeps what nbgrader logs as errors, to say the reason in one line."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())

    def reason(self) -> str:
        """The last line of the first traceback, or the first message."""
        for message in self.messages:
            if message.startswith("Traceback"):
                return message.strip().splitlines()[-1]
        return self.messages[0].splitlines()[0] if self.messages else ""


class KeepSolutions(NbGraderPreprocessor):
    """Folds a solution's cell and drops the lines that mark the solution, found by nbgrader's own delimiters."""

    def preprocess(
        self, notebook: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Change every solution cell of the notebook."""
        marks = ClearSolutions(parent=self)
        delimiters = (marks.begin_solution_delimeter, marks.end_solution_delimeter)
        for cell in notebook.cells:
            if is_solution(cell):
                lines = cell.source.split("\n")
                cell.source = "\n".join(
                    line for line in lines if not any(mark in line for mark in delimiters)
                )
                cell.metadata.setdefault("jupyter", NotebookNode())["source_hidden"] = True
        return notebook, resources


def make_course(root: Path, lesson: str) -> NotebookNode:
    """The reading edition of a lesson: executed on the CPU, in an empty folder, with one thread.

    Raises `Problem`, which names the cell, when a cell fails that should not, or does not fail that should.
    """
    path = source_path(root, lesson)
    notebook = read(path)
    config = course_config(root)
    resources = ResourcesDict()
    for preprocessor in (ClearOutput, KeepSolutions, ClearHiddenTests, LockCells):
        notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
    metadata = copy.deepcopy(notebook.metadata)
    metadata.pop("widgets", None)
    metadata.get("language_info", {}).pop("version", None)
    execute(notebook, str(path.relative_to(root)))
    notebook.metadata = metadata
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _links_between_lessons(cell.source)
        else:
            cell.outputs = [_stored(output) for output in cell.outputs]
    for preprocessor in (ComputeChecksums, CheckCellMetadata):
        notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
    nbformat.validate(notebook)
    return notebook


def execute(notebook: NotebookNode, name: str, *, gpu: bool = False) -> None:
    """Run every cell of a notebook in place; without `gpu`, as on a machine that has none.

    Raises `Problem`, which names the cell, when a cell fails that is not tagged `raises-exception`, when one
    so tagged does not fail, when a check writes on stderr, or when the kernel dies or hangs.
    """
    current = {"id": "none yet"}
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            config=Config({"KernelManager": {"transport_encryption": kernel_encryption()}}),
            timeout=CELL_SECONDS,
            record_timing=False,
            store_widget_state=False,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
            on_cell_start=lambda cell, cell_index: current.update(id=cell.get("id", f"number {cell_index}")),
        )
        # One thread and no GPU: the same sums in the same order on every machine.
        environment = dict(os.environ, OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
        if not gpu:
            environment["CUDA_VISIBLE_DEVICES"] = ""
        try:
            client.execute(env=environment)
        except CellExecutionError as error:
            line = f"{error.ename}: {error.evalue}".splitlines()[0]
            raise Problem(f"{name}, cell `{current['id']}`: running it fails: {line}") from error
        except CellTimeoutError as error:
            raise Problem(
                f"{name}, cell `{current['id']}`: still running after {CELL_SECONDS} seconds; a lesson "
                "runs in 30"
            ) from error
        except DeadKernelError as error:
            raise Problem(f"{name}, cell `{current['id']}`: the kernel died while running it") from error
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        failed = any(output.output_type == "error" for output in cell.outputs)
        if "raises-exception" in cell.metadata.get("tags", []) and not failed:
            raise Problem(f"{name}, cell `{cell.id}`: tagged raises-exception, and it raises nothing")
        if is_grade(cell) and any(output.get("name") == "stderr" for output in cell.outputs):
            raise Problem(
                f"{name}, cell `{cell.id}`: this check writes on stderr, which nbgrader scores as 0"
            )


def _links_between_lessons(text: str) -> str:
    """Links to other lessons as they are from `course/`, where the lessons stand side by side."""
    return re.sub(r"\.\./(\w+)/\1\.ipynb", r"\1.ipynb", text)


def _stored(output: NotebookNode) -> NotebookNode:
    """An output as it is stored: no live widget beside its picture or text, and no paths of this machine."""
    data = output.get("data", {})
    if WIDGET in data and len(data) > 1:  # the picture or the text beside it is what stays
        del data[WIDGET]
    if output.output_type == "error":
        output.traceback = [
            re.sub(
                r"[^\s'\"]*[/\\](?:(site-packages|python3\.\d+)[/\\]|(?=torchprimer[/\\]))",
                lambda found: f".../{found[1]}/" if found[1] else ".../",
                line,
            )
            for line in output.traceback
        ]
    return output


def source_path(root: Path, lesson: str) -> Path:
    """Where a lesson is written."""
    return root / "source" / lesson / f"{lesson}.ipynb"


def course_path(root: Path, lesson: str) -> Path:
    """Where a lesson's reading edition is kept."""
    return root / "course" / f"{lesson}.ipynb"


def read(path: Path) -> NotebookNode:
    """A notebook. Raises `Problem` when the file is missing or is no notebook."""
    try:
        return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    except FileNotFoundError as error:
        raise Problem(f"{path} is missing") from error
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError) as error:
        raise Problem(f"{path} is not a notebook: {str(error).splitlines()[0]}") from error


def write(root: Path, lessons: Sequence[str], say: Callable[[str], None]) -> None:
    """Write both editions of each lesson, and say what was done.

    A stored output that differs from the new one in nothing that matters is kept, so that a diff shows
    what changed. Raises `Problem` when a lesson has an author's mistake or does not run.
    """
    for lesson in lessons:
        _refuse_mistakes(root, lesson)
        with tempfile.TemporaryDirectory() as folder:
            made = make_release(root, lesson, Path(folder))
            say(_replace_folder(made, root / "release" / lesson, f"release/{lesson}"))
        course = make_course(root, lesson)
        path = course_path(root, lesson)
        if path.is_file():
            _keep_outputs(course, read(path))
        say(_replace_file(_text(course).encode(), path, f"course/{lesson}.ipynb"))


def stale(root: Path, lessons: Sequence[str]) -> list[str]:
    """What in `release/` and `course/` is not what `source/` gives now, a sentence each; nothing is written.

    Raises `Problem` when a lesson has an author's mistake or does not run.
    """
    sentences = []
    for lesson in lessons:
        _refuse_mistakes(root, lesson)
        with tempfile.TemporaryDirectory() as folder:
            made = make_release(root, lesson, Path(folder))
            sentences += _stale_folder(made, root / "release" / lesson, f"release/{lesson}")
        path = course_path(root, lesson)
        name = f"course/{lesson}.ipynb"
        if not path.is_file():
            sentences.append(f"{name} is missing")
            continue
        old, new = read(path), make_course(root, lesson)
        differences = list(notebook_differences(old, new))
        if not differences and _text(_keep_outputs(new, old)) != path.read_text(encoding="utf-8"):
            differences = ["the file is not written as nbformat writes it"]
        sentences += [f"{name}, {difference}" for difference in differences]
    return sentences


def strays(root: Path, lessons: Sequence[str]) -> list[str]:
    """What stands in `release/` and `course/` and has no lesson in `source/` any more."""
    found = [path.name for path in (root / "release").glob("*") if path.is_dir() and path.name not in lessons]
    books = [path.name for path in (root / "course").glob("*.ipynb") if path.stem not in lessons]
    return [f"release/{name} has no lesson in source/; delete it" for name in sorted(found)] + [
        f"course/{name} has no lesson in source/; delete it" for name in sorted(books)
    ]


def _refuse_mistakes(root: Path, lesson: str) -> None:
    findings = lint.check_lesson(root, lesson)
    if findings:
        more = f" (and {len(findings) - 1} more: `primer lint` lists them)" if len(findings) > 1 else ""
        raise Problem(f"{findings[0]}{more}")


def _text(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook) + "\n"


def _keep_outputs(new: NotebookNode, old: NotebookNode) -> NotebookNode:
    """Put the old outputs in the new notebook wherever the new ones say the same."""
    before = {cell.id: cell for cell in old.cells if cell.cell_type == "code" and "id" in cell}
    for cell in new.cells:
        kept = before.get(cell.get("id"))
        if kept is not None and cell.cell_type == "code" and cell.source == kept.source:
            ignored = _is_ignored(cell) and kept.outputs
            if ignored or not list(output_differences(kept.outputs, cell.outputs)):
                cell.outputs = kept.outputs
    return new


def _is_ignored(cell: NotebookNode) -> bool:
    return "nbval-ignore-output" in cell.metadata.get("tags", [])


def notebook_differences(old: NotebookNode, new: NotebookNode) -> Iterator[str]:
    """What of `old` is not as in `new`, cell by cell; outputs that may differ are left out."""
    if old.metadata != new.metadata:
        yield "the notebook's metadata differs"
    before, after = ({cell.get("id"): cell for cell in notebook.cells} for notebook in (old, new))
    for name in [name for name in before if name not in after]:
        yield f"cell `{name}`: not in source/ any more"
    for name in [name for name in after if name not in before]:
        yield f"cell `{name}`: missing"
    shared = [name for name in after if name in before]
    if shared != [name for name in before if name in after]:
        yield "the cells stand in another order"
    for name in shared:
        yield from (f"cell `{name}`: {what}" for what in _cell_differences(before[name], after[name]))


def _cell_differences(old: NotebookNode, new: NotebookNode) -> Iterator[str]:
    if old.cell_type != new.cell_type:
        yield f"a {old.cell_type} cell, and in source/ a {new.cell_type} cell"
        return
    if old.source != new.source:
        yield "the source differs"
    # The checksum follows the source: told once is enough.
    if old.metadata != new.metadata and (
        old.source == new.source or _without_checksum(old) != _without_checksum(new)
    ):
        yield "the metadata differs"
    if old.cell_type == "code":
        if old.execution_count != new.execution_count:
            yield "the execution count differs"
        if not _is_ignored(new):
            yield from output_differences(old.outputs, new.outputs)


def _without_checksum(cell: NotebookNode) -> dict:
    nbgrader = {key: value for key, value in cell.metadata.get("nbgrader", {}).items() if key != "checksum"}
    return {**cell.metadata, "nbgrader": nbgrader}


def output_differences(old: Sequence[NotebookNode], new: Sequence[NotebookNode]) -> Iterator[str]:
    """What differs between two lists of outputs, in words; addresses, ids and a picture's noise do not count."""
    if [output.output_type for output in old] != [output.output_type for output in new]:
        yield "the outputs are others in number or kind"
        return
    for before, after in zip(old, new, strict=True):
        first, second = _parts(before), _parts(after)
        for kind in sorted(first.keys() | second.keys()):
            if kind not in first or kind not in second:
                yield f"the output {'has no' if kind not in first else 'still has'} {kind}"
            elif kind.startswith("image/") and kind != "image/svg+xml":
                yield from _picture_differences(first[kind], second[kind])
            elif _steady(first[kind]) != _steady(second[kind]):
                yield f"the text output differs ({kind})"
            else:
                pictures = zip(_embedded(first[kind]), _embedded(second[kind]), strict=True)
                for one, other in pictures:
                    yield from _picture_differences(one, other)


def _parts(output: NotebookNode) -> dict[str, str]:
    """An output's texts and pictures by kind; a traceback is left out, since Pythons word it differently."""
    if output.output_type == "stream":
        return {output.name: output.text}
    if output.output_type == "error":
        return {"error": f"{output.ename}: {output.evalue}"}
    return {
        kind: value if isinstance(value, str) else str(value)
        for kind, value in output.data.items()
        if kind != WIDGET
    }


def _steady(text: str) -> str:
    for pattern, name in VOLATILE:
        text = re.sub(pattern, name, text)
    return text


def _embedded(text: str) -> list[str]:
    return re.findall(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)", text)


def _picture_differences(old: str, new: str) -> Iterator[str]:
    if old.strip() == new.strip():
        return
    first, second = (Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA") for text in (old, new))
    if first.size != second.size:
        yield (
            f"the picture is {first.width} by {first.height} pixels, and now {second.width} by {second.height}"
        )
        return
    blank = [Image.new("RGBA", picture.size, "white") for picture in (first, second)]
    first, second = (
        Image.alpha_composite(white, picture).convert("RGB")
        for white, picture in zip(blank, (first, second), strict=True)
    )
    blocks = ImageChops.difference(first, second).reduce(8)
    worst = max(high for _, high in blocks.getextrema())
    if worst > PICTURE_TOLERANCE:
        yield f"the picture differs (by {worst} of 255 where it differs most)"


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".ipynb_checkpoints" not in path.parts
    }


def _stale_folder(made: Path, kept: Path, name: str) -> Iterator[str]:
    new, old = _files(made), _files(kept) if kept.is_dir() else {}
    for file in sorted(new.keys() | old.keys()):
        if file not in old:
            yield f"{name}/{file} is missing"
        elif file not in new:
            yield f"{name}/{file} does not come from source/; delete it"
        elif old[file] != new[file]:
            differences = []
            if file.endswith(".ipynb"):
                try:
                    differences = list(notebook_differences(read(kept / file), read(made / file)))
                except Problem as problem:
                    yield str(problem)
                    continue
            for difference in differences or ["the file differs"]:
                yield f"{name}/{file}, {difference}"


def _replace_folder(made: Path, kept: Path, name: str) -> str:
    new, old = _files(made), _files(kept) if kept.is_dir() else {}
    for file in old.keys() - new.keys():
        (kept / file).unlink()
    for file in new:
        _replace_file(new[file], kept / file, file)
    return f"{name}: {'as it was' if new == old else 'written'}"


def _replace_file(content: bytes, path: Path, name: str) -> str:
    if path.is_file() and path.read_bytes() == content:
        return f"{name}: as it was"
    write_file(path, content)
    return f"{name}: written"
