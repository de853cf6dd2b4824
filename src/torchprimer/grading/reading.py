"""Any submitted file becomes a notebook that can be graded, so that one bad file stops nobody else."""

import json
import os
import re
import secrets
from typing import Any, TextIO

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.nbgraderformat.common import SchemaMismatchError
from traitlets import Bool

from .findings import KEY

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class Unreadable(ValueError):
    """The file is no notebook; the message says why, as the end of a sentence."""


def read_submission(stream: TextIO) -> NotebookNode:
    """The notebook in a file, with its cells' types, sources and metadata and nothing else.

    Outputs are never read: what a student's own run printed proves nothing. A cell that is damaged is
    mended or left out. Raises Unreadable when there is no notebook to be had.
    """
    try:
        text = stream.read().lstrip("\ufeff")
    except UnicodeDecodeError:
        raise Unreadable("it is not text") from None
    if not text.strip():
        raise Unreadable("it is empty")
    try:
        # Half a surrogate pair is legal in JSON and cannot be written to a file again.
        raw = json.loads(json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace"))
        if isinstance(raw, dict) and "cells" not in raw and "worksheets" in raw:
            raw = nbformat.convert(nbformat.from_dict(raw), 4)
    except Exception:  # the old formats' converters raise whatever a damaged file makes them raise
        raise Unreadable("it is not the text of a notebook") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        raise Unreadable("it has no cells")
    return _rebuilt(raw)


def _rebuilt(raw: dict[str, Any]) -> NotebookNode:
    nb = nbformat.v4.new_notebook()
    metadata = raw.get("metadata")
    if isinstance(metadata, dict):
        kept = {
            key: metadata[key]
            for key in ("kernelspec", KEY)
            if isinstance(metadata.get(key), dict) and _is_shallow(metadata[key])
        }
        nb.metadata = nbformat.from_dict(kept)
    ids: set[str] = set()
    for found in raw["cells"]:
        if not isinstance(found, dict):
            continue
        cell = _cell(found)
        name = found.get("id")
        if isinstance(name, str) and CELL_ID.fullmatch(name) and name not in ids:
            cell.id = name
        ids.add(cell.id)
        nb.cells.append(cell)
    if not _valid(nb):  # slower
        for cell in nb.cells:
            _mend(cell)
    return nb


def _cell(found: dict[str, Any]) -> NotebookNode:
    source = found.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    kind = found.get("cell_type")
    kind = kind if kind in ("code", "markdown") else "raw"
    cell = {"id": secrets.token_hex(4), "cell_type": kind, "metadata": {}}
    cell["source"] = source if isinstance(source, str) else ""
    if isinstance(found.get("metadata"), dict) and _is_shallow(found["metadata"]):
        cell["metadata"] = found["metadata"]
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    elif isinstance(found.get("attachments"), dict) and _is_shallow(found["attachments"]):
        cell["attachments"] = found["attachments"]
    return nbformat.from_dict(cell)


def _is_shallow(value: object, levels: int = 30) -> bool:
    """Whether something is not nested so deep that reading it ends in a RecursionError later."""
    found = [value]
    for _ in range(levels):
        found = [part for one in found for part in (one.values() if isinstance(one, dict) else one)]
        found = [part for part in found if isinstance(part, dict | list)]
    return not found


def _mend(cell: NotebookNode) -> None:
    """Leave out of a cell what is not valid."""
    attachments = cell.pop("attachments", None)
    if not _valid(cell):
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "nbgrader"})
    if attachments is not None:
        cell.attachments = attachments
        if not _valid(cell):
            del cell["attachments"]


def _valid(node: NotebookNode) -> bool:
    """Whether a notebook or a cell is of nbformat 4.5."""
    ref = f"{node.cell_type}_cell" if "cell_type" in node else None
    try:
        nbformat.validate(node, ref=ref, version=4, version_minor=5)
    except nbformat.ValidationError:
        return False
    return True


class SubmissionExporter(NotebookExporter):
    """Reads whatever was submitted; for `c.Autograde.exporter_class`.

    A file that cannot be read is taken for an empty notebook, and `resources` says why, so that `repair`
    can report it.
    """

    # The notebook is known to be valid: it is looked at after the last preprocessor, not after each.
    optimistic_validation = Bool(True).tag(config=True)

    def from_file(
        self,
        file_stream: TextIO,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401
    ) -> tuple[str, dict[str, Any]]:
        """Convert the notebook in an open file, whatever its state."""
        resources = {} if resources is None else resources
        try:
            nb = read_submission(file_stream)
        except Unreadable as error:
            nb = nbformat.v4.new_notebook()
            resources[KEY] = {"unreadable": str(error)}
        return self.from_notebook_node(nb, resources=resources, **kw)

    def from_notebook_node(
        self,
        nb: NotebookNode,
        resources: dict[str, Any] | None = None,
        **kw: Any,  # noqa: ANN401
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook. Raises ValueError where nbgrader's metadata is of another version."""
        try:
            return super().from_notebook_node(nb, resources=resources, **kw)
        except BaseException as error:
            # nbgrader leaves this behind where grading failed; what the process starts next, such as a
            # JupyterLab's kernels, would take itself for graded.
            os.environ.pop("NBGRADER_EXECUTION", None)
            if isinstance(error, SchemaMismatchError):
                # nbgrader ends the whole batch on this error and only this submission on any other.
                raise ValueError(f"nbgrader metadata of another version: {error}") from error
            raise
