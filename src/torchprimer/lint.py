"""Author mistakes in `source/`, each with its cell and what to do about it.

Nothing is executed: a check's points and names are read from its code.
"""

from __future__ import annotations

import ast
import builtins
import json
import re
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import mistune
import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import is_grade, is_solution, is_task

from torchprimer.progress import PROMPT

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
HINTS = 3
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
DOTS = ("●○○", "●●○", "●●●")
NEEDS_REASON = ("nbval-ignore-output",)
SILENCING = ("nbval-skip", "skip-execution")


@dataclass(frozen=True)
class Finding:
    """One mistake: the file, the cell (none when it is about the whole notebook), and what to do."""

    path: str
    cell: str | None
    sentence: str

    def __str__(self) -> str:
        """The one line an author reads."""
        where = self.path if self.cell is None else f"{self.path}, cell `{self.cell}`"
        return f"{where}: {self.sentence}"


def check_lesson(root: Path, lesson: str) -> list[Finding]:
    """Every mistake in `source/LESSON/`; none means that its editions may be made."""
    folder = root / "source" / lesson
    findings = []
    for path in sorted(folder.glob("*.ipynb")):
        name = path.relative_to(root).as_posix()
        if path.stem != lesson:
            findings.append(
                Finding(name, None, f"a lesson is one notebook, {lesson}.ipynb; move this one away")
            )
        else:
            findings += check_text(path.read_text(encoding="utf-8"), name, root)
    if not (folder / f"{lesson}.ipynb").is_file():
        findings.append(
            Finding(f"source/{lesson}/{lesson}.ipynb", None, "there is no such notebook; write it")
        )
    return findings


def check_text(text: str, path: str, root: Path | None = None) -> list[Finding]:
    """Every mistake in a source notebook given as text; links to files are followed when `root` is given."""
    try:
        raw = json.loads(text)
        # Before nbformat mends them: a mended id is another one at every run.
        unsteady = list(_ids(raw))
        for message in unsteady:
            return [Finding(path, *message) for message in unsteady]
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except (json.JSONDecodeError, nbformat.reader.NotJSONError) as error:
        return [Finding(path, None, f"this is not JSON ({str(error).splitlines()[0]}); restore it")]
    except (nbformat.ValidationError, KeyError, TypeError, AttributeError) as error:
        return [Finding(path, None, f"this is not a notebook ({str(error).splitlines()[0]}); restore it")]
    lesson = _Lesson(notebook, path, root)
    return [Finding(path, cell, sentence) for check in CHECKS for cell, sentence in check(lesson)]


Mistakes = Iterator[tuple[str | None, str]]


@dataclass
class _Exercise:
    """A solution cell and what belongs to it."""

    name: str
    solution: NotebookNode
    index: int
    checks: list[tuple[int, NotebookNode]] = field(default_factory=list)
    prompt: int | None = None


class _Lesson:
    """A source notebook, with its markdown parsed and its exercises put together."""

    def __init__(self, notebook: NotebookNode, path: str, root: Path | None) -> None:
        self.notebook, self.path, self.root = notebook, path, root
        self.cells = notebook.cells
        self.markdown = {
            cell.id: _Markdown(cell.source) for cell in self.cells if cell.cell_type == "markdown"
        }
        self.exercises = self._exercises()

    def _exercises(self) -> dict[str, _Exercise]:
        found: dict[str, _Exercise] = {}
        for index, cell in enumerate(self.cells):
            if is_solution(cell) and not is_grade(cell):
                found.setdefault(_grade_id(cell), _Exercise(_grade_id(cell), cell, index))
        for index, cell in enumerate(self.cells):
            if is_check(cell) and (exercise := found.get(_exercise_of(_grade_id(cell)))):
                exercise.checks.append((index, cell))
        for exercise in found.values():
            for index in range(exercise.index - 1, -1, -1):
                cell = self.cells[index]
                if is_check(cell) or is_solution(cell):
                    break
                if cell.cell_type == "markdown" and any(
                    title.startswith("Exercise:") for _, title in self.markdown[cell.id].headings
                ):
                    exercise.prompt = index
                    break
        return found


def is_check(cell: NotebookNode) -> bool:
    """Whether a cell is a check: graded, and no answer."""
    return is_grade(cell) and not is_solution(cell)


def _grade_id(cell: NotebookNode) -> str:
    return cell.metadata.nbgrader.get("grade_id", "")


def _exercise_of(grade_id: str) -> str:
    return re.sub(r"-(check|hidden)$", "", grade_id)


def _ids(raw: dict) -> Mistakes:
    if (raw["nbformat"], raw["nbformat_minor"]) < (4, 5):
        yield None, "this notebook format has no cell ids; save it as nbformat 4.5"
        return
    seen: set[str] = set()
    for number, cell in enumerate(raw["cells"]):
        identity = cell.get("id")
        if not isinstance(identity, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", identity):
            start = "".join(cell["source"]).strip().splitlines()
            yield (
                None,
                f"cell {number} ({start[0][:40] if start else 'empty'}) has no valid id; give it a readable one",
            )
        elif identity in seen:
            yield identity, "two cells have this id; rename one"
        else:
            seen.add(identity)


def _clean(lesson: _Lesson) -> Mistakes:
    for cell in lesson.cells:
        if cell.cell_type == "code" and cell.outputs:
            yield cell.id, "it has stored outputs; clear them, source/ holds none"
        elif cell.cell_type == "code" and cell.execution_count is not None:
            yield cell.id, "it has an execution count; clear the outputs, source/ holds none"


def _tags(lesson: _Lesson) -> Mistakes:
    for cell in lesson.cells:
        reason = cell.metadata.get("torchprimer", {}).get("reason")
        for tag in cell.metadata.get("tags", []):
            if tag in SILENCING:
                yield cell.id, f"the tag {tag} keeps tests from running it; remove the tag"
            if tag in NEEDS_REASON and not (isinstance(reason, str) and reason.strip()):
                yield (
                    cell.id,
                    f'the tag {tag} wants a reason; add it to the metadata: "torchprimer": {{"reason": "..."}}',
                )
        if cell.cell_type == "code" and re.search(
            r"^\s*#+\s*(NBVAL_\w+|PYTEST_VALIDATE_IGNORE_OUTPUT)", cell.source, re.MULTILINE
        ):
            yield cell.id, "a comment steers nbval, which a reader sees; use the cell's tags instead"


def _grade_ids(lesson: _Lesson) -> Mistakes:
    seen: dict[str, str] = {}
    for cell in lesson.cells:
        meta = cell.metadata.get("nbgrader")
        if meta is None:
            continue
        if meta.get("schema_version") != 3:
            yield (
                cell.id,
                "its nbgrader metadata is not of schema version 3; run `nbgrader update` on the notebook",
            )
        missing = [key for key in ("grade", "solution", "locked") if key not in meta]
        if missing:
            yield (
                cell.id,
                f"its nbgrader metadata lacks {', '.join(missing)}; choose the cell's kind in Create Assignment",
            )
        grade_id = meta.get("grade_id", "")
        if not (meta.get("grade") or meta.get("solution") or meta.get("locked") or meta.get("task")):
            continue
        if not grade_id:
            yield cell.id, "it has no grade_id; give it one"
        elif grade_id in seen:
            yield cell.id, f"the grade_id {grade_id} is also that of cell `{seen[grade_id]}`; rename one"
        else:
            seen[grade_id] = cell.id
            yield from _grade_id_form(lesson, cell, grade_id)


def _grade_id_form(lesson: _Lesson, cell: NotebookNode, grade_id: str) -> Mistakes:
    if is_task(cell) or (is_grade(cell) and is_solution(cell)):
        yield cell.id, "a person would have to grade it; make it an answer cell with a check cell after it"
    elif not NAME.fullmatch(grade_id):
        yield cell.id, f"the grade_id {grade_id!r} is not small letters, digits and single hyphens; rename it"
    elif is_solution(cell) and _exercise_of(grade_id) != grade_id:
        yield (
            cell.id,
            f"{grade_id} is the name of a check, and this is an answer; name it {_exercise_of(grade_id)}",
        )
    elif is_check(cell) and _exercise_of(grade_id) == grade_id:
        yield cell.id, f"a check is named after its exercise; rename {grade_id} to {grade_id}-check"
    elif is_check(cell) and _exercise_of(grade_id) not in lesson.exercises:
        yield (
            cell.id,
            f"no answer cell has the grade_id {_exercise_of(grade_id)}; add it, or rename this check",
        )


def _solutions(lesson: _Lesson) -> Mistakes:
    for cell in lesson.cells:
        marks = [cell.source.count(mark) for mark in (BEGIN_SOLUTION, END_SOLUTION)]
        tests = [cell.source.count(mark) for mark in (BEGIN_HIDDEN, END_HIDDEN)]
        if is_solution(cell) and marks == [0, 0]:
            yield cell.id, f"its solution is not marked; put it between {BEGIN_SOLUTION} and {END_SOLUTION}"
        elif marks[0] != marks[1]:
            yield cell.id, f"it has {marks[0]} {BEGIN_SOLUTION} and {marks[1]} {END_SOLUTION}; pair them"
        elif marks != [0, 0] and not is_solution(cell):
            yield (
                cell.id,
                "it marks a solution and is no answer cell; choose Manually graded or Autograded answer",
            )
        elif is_solution(cell) and cell.cell_type == "code":
            yield from _still_python(
                cell, ClearSolutions(code_stub={"python": "..."}), "with its solution taken out"
            )
        if tests[0] != tests[1]:
            yield cell.id, f"it has {tests[0]} {BEGIN_HIDDEN} and {tests[1]} {END_HIDDEN}; pair them"
        elif tests != [0, 0] and not is_grade(cell):
            yield (
                cell.id,
                "it marks hidden tests and is no check cell, so students would get them; choose Autograder tests",
            )
        elif is_check(cell):
            yield from _still_python(cell, ClearHiddenTests(), "with its hidden tests taken out")


def _still_python(cell: NotebookNode, clear: ClearSolutions | ClearHiddenTests, when: str) -> Mistakes:
    cleared = NotebookNode(cell_type="code", source=cell.source, metadata=cell.metadata)
    try:
        cleared, _ = clear.preprocess_cell(cleared, {"language": "python"}, 0)
        ast.parse(cleared.source)
    except RuntimeError as error:
        yield cell.id, f"nbgrader cannot read its marks ({error}); pair them in order"
    except SyntaxError as error:
        yield cell.id, f"{when}, line {error.lineno} is no Python ({error.msg}); move the marks"


def _exercises(lesson: _Lesson) -> Mistakes:
    for exercise in lesson.exercises.values():
        cell = exercise.solution
        if not exercise.checks:
            yield cell.id, f"nothing checks it; add a check cell with the grade_id {exercise.name}-check"
            continue
        if any(index < exercise.index for index, _ in exercise.checks):
            yield cell.id, "its check stands before it; move the check below"
        if not any(BEGIN_HIDDEN in check.source for _, check in exercise.checks):
            yield (
                exercise.checks[0][1].id,
                f"the exercise has no hidden checks; add some, between {BEGIN_HIDDEN} and {END_HIDDEN}",
            )
        if exercise.prompt is None:
            yield (
                cell.id,
                f"no prompt stands before it; add a markdown cell with `### Exercise: {exercise.name} ●●○ (6 minutes)`",
            )
        else:
            yield from _prompt(lesson, exercise)


def _prompt(lesson: _Lesson, exercise: _Exercise) -> Mistakes:
    prompt = lesson.cells[exercise.prompt]
    level, title = next(
        heading for heading in lesson.markdown[prompt.id].headings if heading[1].startswith("Exercise:")
    )
    found = PROMPT.fullmatch(title)
    if level != 3 or not found:
        yield (
            prompt.id,
            f"the heading is not of the form `### Exercise: {exercise.name} ●●○ (6 minutes)`; write it so",
        )
    else:
        if found["name"].lower().replace(" ", "-") != exercise.name:
            yield (
                prompt.id,
                f"the heading names {found['name']}, and the answer cell {exercise.name}; name them alike",
            )
        if found["dots"] not in DOTS:
            yield prompt.id, f"the difficulty is {found['dots']}; it is one of {', '.join(DOTS)}"
    last = max(index for index, _ in exercise.checks)
    between = [cell for cell in lesson.cells[exercise.prompt : last] if cell.cell_type == "markdown"]
    hints = sum(lesson.markdown[cell.id].tags.count("details") for cell in between)
    if hints != HINTS:
        yield (
            prompt.id,
            f"it has {hints} hints; write {HINTS}, each in <details>, between the prompt and the check",
        )


def _checks(lesson: _Lesson) -> Mistakes:
    for cell in lesson.cells:
        if not is_check(cell):
            continue
        if cell.cell_type != "code":
            yield cell.id, "a check is a code cell; make it one"
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError as error:
            yield cell.id, f"line {error.lineno} is no Python ({error.msg}); mend it"
            continue
        yield from ((cell.id, sentence) for sentence in _check_form(cell, tree))
        for name in undefined_names(cell.source):
            yield (
                cell.id,
                f"it uses {name}, which it neither imports nor defines; a check stands alone, so import or define it here",
            )


def _check_form(cell: NotebookNode, tree: ast.Module) -> Iterator[str]:
    decorated = [
        (statement, call)
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef)
        for call in statement.decorator_list
        if _is_call(call, "exercise")
    ]
    if len(decorated) != 1:
        yield (
            f"it has {len(decorated) or 'no'} functions under @check.exercise(...); a check cell has one"
            if decorated
            else 'it has no function under @check.exercise("name", points=...); write the check as one'
        )
        return
    function, call = decorated[0]
    last = tree.body[-1]
    if not (
        isinstance(last, ast.Expr) and isinstance(last.value, ast.Name) and last.value.id == function.name
    ):
        yield f"its last line is not `{function.name}`, and nbgrader reads the points there; end the cell with it"
    names = [argument.value for argument in call.args[:1] if isinstance(argument, ast.Constant)]
    exercise = _exercise_of(_grade_id(cell))
    if names != [exercise]:
        yield f"check.exercise is not given the exercise's name as it stands; write check.exercise({json.dumps(exercise)}, ...)"
    yield from _points(cell, function, call)
    yield from _hidden_region(cell, tree, function)


def _points(cell: NotebookNode, function: ast.FunctionDef, call: ast.Call) -> Iterator[str]:
    awarded = cell.metadata.nbgrader.get("points")
    if not _is_number(awarded) or awarded <= 0:
        yield f"its nbgrader metadata gives {awarded} points; give a number above 0"
        return
    total = _number([keyword.value for keyword in call.keywords if keyword.arg == "points"])
    if total != awarded:
        said = "no number" if total is None else f"{total:g}"
        yield f"check.exercise says points={said}, and nbgrader's metadata {awarded:g}; make them equal"
        return
    sums = {}
    for kind in ("part", "hidden"):
        calls = [node for node in ast.walk(function) if _is_call(node, kind)]
        numbers = [
            _number([*node.args[:1], *(word.value for word in node.keywords if word.arg == "points")])
            for node in calls
        ]
        if None in numbers:
            yield f"a check.{kind} is not given its points as a number; write the number"
            return
        sums[kind] = (len(calls), sum(numbers))
    (parts, seen), (hidden_parts, hidden) = sums["part"], sums["hidden"]
    if BEGIN_HIDDEN in cell.source and not hidden_parts:
        yield "its hidden tests earn nothing; put them under `with check.hidden(points):`"
    elif parts and seen + hidden != total:
        yield f"its parts give {seen:g} and its hidden checks {hidden:g} points, together not {total:g}; mend the numbers"
    elif not parts and hidden_parts and hidden >= total and not _grade_id(cell).endswith("-hidden"):
        yield f"its hidden checks take {hidden:g} of {total:g} points and leave none for what is seen; give them fewer"


def _hidden_region(cell: NotebookNode, tree: ast.Module, function: ast.FunctionDef) -> Iterator[str]:
    lines = list(enumerate(cell.source.split("\n"), 1))
    begins = [number for number, line in lines if BEGIN_HIDDEN in line]
    ends = [number for number, line in lines if END_HIDDEN in line]
    regions = list(zip(begins, ends, strict=False))
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    for begin, end in regions:
        starts_here = [node for node in statements if begin < node.lineno < end]
        if (
            not function.lineno < begin <= (function.end_lineno or 0) + 1
            or any(node in tree.body for node in starts_here)
            or any((node.end_lineno or 0) > end for node in starts_here)
        ):
            yield f"its hidden tests reach out of {function.name}; put both marks inside the function"
    calls = [node.lineno for node in ast.walk(function) if _is_call(node, "hidden")]
    if any(not any(begin < line < end for begin, end in regions) for line in calls):
        yield f"check.hidden stands outside the marks, so students would get it; put it between {BEGIN_HIDDEN} and {END_HIDDEN}"


def _is_call(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "check"
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(nodes: Sequence[ast.expr]) -> float | None:
    if len(nodes) == 1 and isinstance(nodes[0], ast.Constant) and _is_number(nodes[0].value):
        return nodes[0].value
    return None


def undefined_names(code: str) -> list[str]:
    """The names that `code` reads as globals and neither imports, defines nor finds among the builtins."""
    top = symtable.symtable(code, "cell", "exec")
    known = set(dir(builtins)) | {"__name__", "__file__"}
    known |= {
        symbol.get_name()
        for symbol in top.get_symbols()
        if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
    }
    missing = set()
    tables = [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            is_global = table is top or symbol.is_global()
            if symbol.is_referenced() and is_global and symbol.get_name() not in known:
                missing.add(symbol.get_name())
    return sorted(missing)


def _objectives(lesson: _Lesson) -> Mistakes:
    cells = {cell.id: cell for cell in lesson.cells}
    lists = {}
    for name in ("objectives", "recap"):
        if name not in cells:
            yield None, f"no cell has the id {name}; add one, with the objectives' ids in its metadata"
            continue
        given = cells[name].metadata.get("torchprimer", {}).get("objectives")
        if not (isinstance(given, list) and given and all(isinstance(item, str) for item in given)):
            yield name, 'its metadata names no objectives; add "torchprimer": {"objectives": ["...", ...]}'
            continue
        lists[name] = given
    objectives = lists.get("objectives")
    if objectives is None:
        return
    for item in sorted({item for item in objectives if objectives.count(item) > 1}):
        yield "objectives", f"the objective {item} stands twice; rename one"
    parsed = lesson.markdown.get("objectives")
    if parsed is None:
        yield "objectives", "it is no markdown cell; make it one"
    elif parsed.items != len(objectives):
        yield (
            "objectives",
            f"its list has {parsed.items} items, and its metadata {len(objectives)} objectives; make them equal",
        )
    if "recap" in lists and lists["recap"] != objectives:
        yield (
            "recap",
            "its objectives are not those of the cell `objectives`, in the same order; make them equal",
        )
    graded = set()
    for exercise in lesson.exercises.values():
        objective = exercise.solution.metadata.get("torchprimer", {}).get("objective")
        graded.add(objective)
        if objective not in objectives:
            yield (
                exercise.solution.id,
                f"its objective, {objective}, is none of {', '.join(objectives)}; name one in its metadata",
            )
    for objective in objectives:
        if objective not in graded:
            yield (
                "objectives",
                f"no exercise has the objective {objective}; add an exercise, or drop the objective",
            )


class _Markdown:
    """What lint asks of a markdown cell: headings, links, pictures, HTML tags, list items."""

    _parse = staticmethod(mistune.create_markdown(renderer="ast", plugins=["table", "strikethrough"]))

    def __init__(self, source: str) -> None:
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.pictures: list[tuple[str, str]] = []  # address, alt text
        self.tags: list[str] = []
        self.closed: list[str] = []
        self.anchors: list[str] = []
        self.items = 0
        for token in self._parse(source):
            self._read(token, 0)

    def _read(self, token: dict, depth: int) -> None:
        kind, attributes = token["type"], token.get("attrs", {})
        if kind == "heading":
            self.headings.append((attributes["level"], _plain(token)))
        elif kind == "link":
            self.links.append(attributes["url"])
        elif kind == "image":
            self.pictures.append((attributes["url"], _plain(token)))
        elif kind in ("block_html", "inline_html"):
            reader = _Html(self)
            reader.feed(token["raw"])
            reader.close()
        elif kind == "list_item" and depth == 1:
            self.items += 1
        for child in token.get("children", []):
            self._read(child, depth + (kind == "list"))


class _Html(HTMLParser):
    """Tags, links and pictures written as HTML inside markdown."""

    def __init__(self, markdown: _Markdown) -> None:
        super().__init__()
        self.markdown = markdown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag brings."""
        given = dict(attrs)
        self.markdown.tags.append(tag)
        if tag == "img":
            self.markdown.pictures.append((given.get("src") or "", given.get("alt") or ""))
        if tag == "a" and given.get("href"):
            self.markdown.links.append(given["href"] or "")
        self.markdown.anchors += [value for key in ("id", "name") if (value := given.get(key))]

    def handle_endtag(self, tag: str) -> None:
        """Note the closing tag."""
        self.markdown.closed.append(tag)


def _plain(token: dict) -> str:
    if "children" in token:
        return "".join(_plain(child) for child in token["children"])
    return token.get("raw", "")


def _pictures(lesson: _Lesson) -> Mistakes:
    for name, markdown in lesson.markdown.items():
        for address, alt in markdown.pictures:
            if not alt.strip():
                yield name, f"the picture {address[:60]} has no alt text; say in words what it shows"


def _folds(lesson: _Lesson) -> Mistakes:
    for name, markdown in lesson.markdown.items():
        opened, closed = markdown.tags.count("details"), markdown.closed.count("details")
        if opened != closed:
            yield (
                name,
                f"it opens {opened} <details> and closes {closed}; close each, with an empty line around",
            )
        elif opened != markdown.tags.count("summary"):
            yield name, "a <details> has no <summary>; say in it what unfolds"


def _headings(lesson: _Lesson) -> Mistakes:
    before = 0
    for name, markdown in lesson.markdown.items():
        for level, title in markdown.headings:
            if level > before + 1:
                wanted = (
                    "a title, `# ...`, first" if not before else f"a heading of level {before + 1} at most"
                )
                yield name, f"the heading {title!r} is of level {level} after level {before}; use {wanted}"
            elif level == 1 and before:
                yield name, f"the heading {title!r} is a second title; a notebook has one `#`, use `##`"
            before = level


def _links(lesson: _Lesson) -> Mistakes:
    for cell in lesson.cells:
        if cell.cell_type != "markdown":
            continue
        markdown = lesson.markdown[cell.id]
        for address in [*markdown.links, *(address for address, _ in markdown.pictures)]:
            problem = _link(lesson, cell, address)
            if problem:
                yield cell.id, problem


def _link(lesson: _Lesson, cell: NotebookNode, address: str) -> str | None:
    parts = urlsplit(address)
    if parts.scheme == "attachment":
        known = unquote(parts.path) in cell.get("attachments", {})
        return (
            None
            if known
            else f"the link {address} names no attachment of the cell; attach it or mend the link"
        )
    if parts.scheme in ("http", "https"):
        return None if parts.netloc else f"the link {address} names no host; mend it"
    if parts.scheme in ("mailto", "data"):
        return None
    if parts.scheme:
        return f"the link {address} is of a kind that no reader follows; mend it"
    if not parts.path:
        known = _anchors(lesson.notebook)
        if parts.fragment and unquote(parts.fragment) in known:
            return None
        return f"the link {address} leads to no heading; a heading's anchor is its text with - for blanks"
    return None if lesson.root is None else _link_to_file(lesson, address, parts.path, parts.fragment)


def _link_to_file(lesson: _Lesson, address: str, path: str, fragment: str) -> str | None:
    # In course/ the lessons stand side by side and nothing else is there, so only lessons can be linked to.
    if not re.fullmatch(r"\.\./(\w+)/\1\.ipynb", unquote(path)):
        return f"the link {address} would break in course/; link to ../LESSON/LESSON.ipynb, a heading here or a web address"
    target = (lesson.root / lesson.path).parent / unquote(path)
    if not target.is_file():
        return f"the link {address} leads to no file; mend it"
    if fragment and unquote(fragment) not in _anchors(nbformat.read(target, as_version=4)):
        return f"the link {address} leads to no heading of that lesson; mend it"
    return None


def _anchors(notebook: NotebookNode) -> set[str]:
    known = set()
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            markdown = _Markdown(cell.source)
            known |= {title.replace(" ", "-") for _, title in markdown.headings} | set(markdown.anchors)
    return known


CHECKS = (
    _clean,
    _tags,
    _grade_ids,
    _solutions,
    _exercises,
    _checks,
    _objectives,
    _pictures,
    _folds,
    _headings,
    _links,
)
