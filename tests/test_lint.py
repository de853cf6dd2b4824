"""Every author mistake that lint knows, each in a notebook that has no other."""

import json
import re

import nbformat
import pytest
from conftest import LESSON, ROOT, cell_of, code, demo_notebook, markdown, nbgrader, write_notebook

from torchprimer import lint

PATH = f"source/{LESSON}/{LESSON}.ipynb"


def findings(notebook, root=None):
    text = notebook if isinstance(notebook, str) else nbformat.writes(notebook)
    return [str(finding) for finding in lint.check_text(text, PATH, root)]


def source(cell, old, new):
    """A spoiler: replace a text in a cell's source; the text must be there."""

    def spoil(notebook):
        assert old in cell_of(notebook, cell).source
        cell_of(notebook, cell).source = cell_of(notebook, cell).source.replace(old, new)

    return spoil


def metadata(cell, **given):
    return lambda notebook: cell_of(notebook, cell).metadata.update(given)


def settings(cell, **given):
    return lambda notebook: cell_of(notebook, cell).metadata.nbgrader.update(given)


def add(cell, after="recap"):
    def spoil(notebook):
        names = [one.id for one in notebook.cells]
        notebook.cells.insert(names.index(after) + 1, cell)

    return spoil


def drop(name):
    return lambda notebook: notebook.cells.remove(cell_of(notebook, name))


def both(*spoilers):
    return lambda notebook: [spoil(notebook) for spoil in spoilers]


def move(name, before):
    def spoil(notebook):
        cell = cell_of(notebook, name)
        notebook.cells.remove(cell)
        notebook.cells.insert([one.id for one in notebook.cells].index(before), cell)

    return spoil


HIDDEN = """    ### BEGIN HIDDEN TESTS
    with check.hidden(2):
        x = torch.rand(3, 1)
        check.equal(check.call("double", x), 2 * x)
    ### END HIDDEN TESTS
"""
OUTPUT = nbformat.v4.new_output("stream", text="1\n")

# what is wrong: how to spoil the lesson, and the cell and the words that every finding must have
MISTAKES = {
    "stored output": (
        lambda notebook: cell_of(notebook, "example").update(outputs=[OUTPUT]),
        "cell `example`: it has stored outputs; clear them",
    ),
    "execution count": (
        lambda notebook: cell_of(notebook, "example").update(execution_count=3),
        "cell `example`: it has an execution count; clear",
    ),
    "tag without a reason": (
        metadata("clock", torchprimer={}),
        "cell `clock`: the tag nbval-ignore-output wants a",
    ),
    "tag with an empty reason": (
        metadata("clock", torchprimer={"reason": " "}),
        "cell `clock`: the tag nbval-ignore-output wants a reason",
    ),
    "a tag that skips": (
        metadata("example", tags=["nbval-skip"]),
        "cell `example`: the tag nbval-skip keeps",
    ),
    "a comment that steers nbval": (
        source("example", "print", "# NBVAL_IGNORE_OUTPUT\nprint"),
        "cell `example`: a comment steers nbval",
    ),
    "duplicate grade_id": (
        add(
            code(
                "double-again",
                "### BEGIN SOLUTION\n1\n### END SOLUTION",
                nbgrader=nbgrader("double", solution=True),
            ),
            after="double",
        ),
        "cell `double-again`: the grade_id double is also that of cell `double`; rename one",
    ),
    "no grade_id": (settings("double-check", grade_id=""), "cell `double-check`: it has no grade_id"),
    "old schema": (
        settings("double", schema_version=1),
        "cell `double`: its nbgrader metadata is not of schema",
    ),
    "half the metadata": (
        lambda notebook: cell_of(notebook, "double").metadata.nbgrader.pop("locked"),
        "cell `double`: its nbgrader metadata lacks locked",
    ),
    "graded by hand": (
        add(
            code(
                "essay",
                "### BEGIN SOLUTION\n1\n### END SOLUTION",
                nbgrader=nbgrader("essay", solution=True, grade=True, points=1),
            )
        ),
        "cell `essay`: a person would have to grade it",
    ),
    "spelling of a grade_id": (
        both(settings("double", grade_id="Double"), settings("double-check", grade_id="Double-check")),
        "cell `double`: the grade_id 'Double' is not small letters",
    ),
    "an answer named like a check": (
        settings("double", grade_id="double-hidden"),
        "cell `double`: double-hidden is the name of a check",
    ),
    "a check named like an answer": (
        settings("double-check", grade_id="doubling"),
        "cell `double-check`: a check is named after its exercise; rename doubling to doubling-check",
    ),
    "a check of nothing": (
        settings("double-check", grade_id="triple-check"),
        "cell `double-check`: no answer cell has the grade_id triple",
    ),
    "no solution markers": (
        source(
            "double", "    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "    return 2 * x"
        ),
        "cell `double`: its solution is not marked",
    ),
    "one solution marker": (
        source("double", "\n    ### END SOLUTION", ""),
        "cell `double`: it has 1 ### BEGIN SOLUTION and 0 ### END SOLUTION",
    ),
    "solution markers in the wrong order": (
        source(
            "double",
            "    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION",
            "    ### END SOLUTION\n    return 2 * x\n    ### BEGIN SOLUTION",
        ),
        "cell `double`: nbgrader cannot read its marks",
    ),
    "a solution in another cell": (
        source("example", "print", "### BEGIN SOLUTION\n### END SOLUTION\nprint"),
        "cell `example`: it marks a solution and is no answer cell",
    ),
    "a stub that is no Python": (
        source("double", "def double(x: torch.Tensor) -> torch.Tensor:", "if True:\n  def double(x): \\"),
        "cell `double`: with its solution taken out, line",
    ),
    "hidden tests in another cell": (
        source("example", "print", "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS\nprint"),
        "cell `example`: it marks hidden tests and is no check cell",
    ),
    "one hidden marker": (
        source("double-check", "    ### END HIDDEN TESTS\n", ""),
        "cell `double-check`: it has 1 ### BEGIN HIDDEN TESTS and 0",
    ),
    "a check that is empty without its hidden tests": (
        source(
            "double-check",
            '    check.equal(check.call("double", torch.ones(2)), 2 * torch.ones(2))\n',
            "",
        ),
        "cell `double-check`: with its hidden tests taken out, line",
    ),
    "no check": (drop("double-check"), "cell `double`: nothing checks it; add a check cell"),
    "a check before its answer": (
        move("double-check", before="double"),
        "cell `double`: its check stands before it",
    ),
    "no hidden checks": (
        source("double-check", HIDDEN, ""),
        "cell `double-check`: the exercise has no hidden checks",
    ),
    "no prompt": (
        source("double-prompt", "### Exercise: double ●○○ (2 minutes)\n", ""),
        "cell `double`: no prompt stands before it",
    ),
    "no minutes": (
        source("double-prompt", " (2 minutes)", ""),
        "cell `double-prompt`: the heading is not of the form `### Exercise: double",
    ),
    "the prompt's heading level": (
        source("double-prompt", "### Exercise", "## Exercise"),
        "cell `double-prompt`: the heading is not of the form `### Exercise: double",
    ),
    "the prompt's name": (
        source("double-prompt", "Exercise: double", "Exercise: triple"),
        "cell `double-prompt`: the heading names triple, and the answer cell double",
    ),
    "four dots": (
        source("double-prompt", "●○○", "●○○○"),
        "cell `double-prompt`: the difficulty is ●○○○; it is one of ●○○",
    ),
    "dots in disorder": (
        source("double-prompt", "●○○", "○●○"),
        "cell `double-prompt`: the difficulty is ○●○",
    ),
    "two hints": (
        source("double-prompt", "\n<details><summary>Hint 3</summary>\n\n`2 * x`\n\n</details>", ""),
        "cell `double-prompt`: it has 2 hints; write 3",
    ),
    "hints after the check": (
        both(
            source("double-prompt", "\n<details><summary>Hint 3</summary>\n\n`2 * x`\n\n</details>", ""),
            source("recap", "doubling", "doubling\n\n<details><summary>Hint 3</summary></details>"),
        ),
        "cell `double-prompt`: it has 2 hints; write 3",
    ),
    "an open fold": (
        source("double-prompt", "`2 * x`\n\n</details>", "`2 * x`"),
        "cell `double-prompt`: it opens 3 <details> and closes 2",
    ),
    "a fold without a summary": (
        source("double-prompt", "<summary>Hint 2</summary>", ""),
        "cell `double-prompt`: a <details> has no <summary>",
    ),
    "no decorator": (
        source("double-check", '@check.exercise("double", points=4)\n', ""),
        "cell `double-check`: it has no function under @check.exercise",
    ),
    "the exercise's name": (
        source("double-check", 'exercise("double"', 'exercise("triple"'),
        'cell `double-check`: check.exercise is not given the exercise\'s name as it stands; write check.exercise("double", ...)',
    ),
    "the last line": (
        source("double-check", "\n\n\nresult", "\n\n\nprint(result)"),
        "cell `double-check`: its last line is not `result`",
    ),
    "nbgrader's points": (
        settings("double-check", points=5),
        "cell `double-check`: check.exercise says points=4, and nbgrader's metadata 5; make them equal",
    ),
    "points that are no number": (
        source("double-check", "points=4", "points=2 + 2"),
        "cell `double-check`: check.exercise says points=no number, and nbgrader's metadata 4",
    ),
    "no points": (
        settings("double-check", points=0),
        "cell `double-check`: its nbgrader metadata gives 0 points",
    ),
    "hidden takes all": (
        source("double-check", "check.hidden(2)", "check.hidden(4)"),
        "cell `double-check`: its hidden checks take 4 of 4 points",
    ),
    "parts that do not add up": (
        source(
            "double-check",
            '    check.equal(check.call("double", torch.ones(2))',
            '    with check.part(1, "ones"):\n        check.equal(check.call("double", torch.ones(2))',
        ),
        "cell `double-check`: its parts give 1 and its hidden checks 2 points, together not 4",
    ),
    "part's points are no number": (
        source(
            "double-check",
            '    check.equal(check.call("double", torch.ones(2))',
            '    with check.part(one, "ones"):\n        one = 1\n        check.equal(check.call("double", torch.ones(2))',
        ),
        "cell `double-check`: a check.part is not given its points as a number",
    ),
    "hidden tests without points": (
        source("double-check", "with check.hidden(2):", "if True:"),
        "cell `double-check`: its hidden tests earn nothing",
    ),
    "hidden points outside the marks": (
        source("double-check", HIDDEN, HIDDEN + "    with check.hidden(1):\n        pass\n"),
        "cell `double-check`: check.hidden stands outside the marks",
    ),
    "hidden tests outside the function": (
        source(
            "double-check", "    ### END HIDDEN TESTS\n\n\nresult", "\n\nresult\n### END HIDDEN TESTS\nresult"
        ),
        "cell `double-check`: its hidden tests reach out of result",
    ),
    "a check that leans on the lesson": (
        source("double-check", "import torch\n", ""),
        "cell `double-check`: it uses torch, which it neither imports nor defines",
    ),
    "a check that calls the answer": (
        source("double-check", 'check.call("double", torch.ones(2))', "double(torch.ones(2))"),
        "cell `double-check`: it uses double, which it neither imports nor defines",
    ),
    "a check that is no Python": (
        source("double-check", "2 * x)\n", "2 * x\n"),
        "cell `double-check`: line 11 is no Python",
    ),
    "no objectives": (
        metadata("objectives", torchprimer={}),
        "cell `objectives`: its metadata names no objectives",
    ),
    "no objectives cell": (drop("objectives"), "no cell has the id objectives"),
    "no recap": (drop("recap"), "no cell has the id recap"),
    "another recap": (
        metadata("recap", torchprimer={"objectives": ["triple"]}),
        "cell `recap`: its objectives are not those of the cell `objectives`",
    ),
    "an objective without an item": (
        both(
            metadata("objectives", torchprimer={"objectives": ["double", "read"]}),
            metadata("recap", torchprimer={"objectives": ["double", "read"]}),
        ),
        "cell `objectives`: its list has 1 items, and its metadata 2 objectives",
    ),
    "an objective that stands twice": (
        both(
            metadata("objectives", torchprimer={"objectives": ["double", "double"]}),
            metadata("recap", torchprimer={"objectives": ["double", "double"]}),
            source("objectives", "number", "number\n- twice"),
        ),
        "cell `objectives`: the objective double stands twice",
    ),
    "an objective without an exercise": (
        both(
            metadata("objectives", torchprimer={"objectives": ["double", "read"]}),
            metadata("recap", torchprimer={"objectives": ["double", "read"]}),
            source("objectives", "number", "number\n- read a shape"),
        ),
        "cell `objectives`: no exercise has the objective read",
    ),
    "an exercise without an objective": (
        metadata("double", torchprimer={"objective": "sing"}),
        "cell `double`: its objective, sing, is none of double",
    ),
    "no alt text": (
        source("idea", "![Two by two squares]", "![]"),
        "cell `idea`: the picture https://example.org/squares.png has no alt text",
    ),
    "no alt text in HTML": (
        source(
            "idea", "![Two by two squares](https://example.org/squares.png)", '<img src="a:b.png" width="3">'
        ),
        "cell `idea`: the picture a:b.png has no alt text",
    ),
    "a heading that jumps": (
        source("idea", "## Doubling", "## Doubling\n\n#### Deep"),
        "cell `idea`: the heading 'Deep' is of level 4 after level 2; use a heading of level 3",
    ),
    "no title": (
        source("title", "# A lesson", "A lesson"),
        "cell `objectives`: the heading 'What you will be able",
    ),
    "two titles": (
        source("idea", "## Doubling", "# Doubling"),
        "cell `idea`: the heading 'Doubling' is a second title",
    ),
    "a link to no heading": (
        source("title", "(#Recap)", "(#The-end)"),
        "cell `title`: the link #The-end leads to no heading",
    ),
    "a link in HTML to no heading": (
        source("title", "[To the end](#Recap)", '<a href="#The-end">end</a>'),
        "cell `title`: the link #The-end leads to no heading",
    ),
    "a link without a host": (
        source("title", "(#Recap)", "(https:///x)"),
        "cell `title`: the link https:///x names no",
    ),
    "a link of another kind": (
        source("title", "(#Recap)", "(C:/x)"),
        "cell `title`: the link C:/x is of a kind",
    ),
    "an attachment that is not there": (
        source("idea", "https://example.org/squares.png", "attachment:a.png"),
        "cell `idea`: the link attachment:a.png names no attachment",
    ),
}


def test_the_lesson_that_is_spoilt_has_no_mistake(notebook):
    assert findings(notebook) == []


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_found_where_it_is(notebook, what):
    spoil, words = MISTAKES[what]
    spoil(notebook)
    found = findings(notebook)
    separator = ", " if words.startswith("cell") else ": "
    assert any(finding.startswith(f"{PATH}{separator}{words}") for finding in found), found
    for finding in found:
        assert "\n" not in finding
        # A sentence says what to do, after a semicolon or a comma.
        assert re.search(r"[;,] ", finding.split(": ", 1)[1]), finding


ALONE = {
    "stored output",
    "duplicate grade_id",
    "no solution markers",
    "no hidden checks",
    "nbgrader's points",
    "parts that do not add up",
    "the last line",
    "no alt text",
    "a link to no heading",
    "a heading that jumps",
    "two hints",
    "the prompt's name",
    "a check that leans on the lesson",
    "tag without a reason",
}


@pytest.mark.parametrize("what", sorted(ALONE))
def test_one_mistake_is_told_once(notebook, what):
    MISTAKES[what][0](notebook)
    assert len(findings(notebook)) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        # what an author may do
        source("title", "(#Recap)", "(https://pytorch.org/docs)"),
        source("idea", "## Doubling", "## Doubling `x`\n\n[here](#Doubling-x), `![](no-picture.png)` and\n\n```\n![](a)\n# b\n```"),
        source("idea", "## Doubling", '## Doubling\n\n<a id="here"></a>[there](#here)'),
        source("idea", "![Two by two squares](https://example.org/squares.png)", '<img alt="Squares" src="https://example.org/a.png">'),
        source("double-prompt", "(2 minutes)", "(1 minute)"),
        source("double-check", "points=4", "points=4.0"),
        source(
            "double-check",
            '    check.equal(check.call("double", torch.ones(2))',
            '    with check.part(2, "ones"):\n        check.equal(check.call("double", torch.ones(2))',
        ),
        source(
            "double-check",
            "x = torch.rand(3, 1)\n",
            "for n, x in enumerate([torch.ones(k) for k in range(3)]):\n            print(n, x, sep='', end='')\n",
        ),
        add(code("magic", "%matplotlib inline\n!ls")),
        add(markdown("maths", "$a_i = [b](c)$")),
        settings("double-check", locked=False),
    ],
)  # fmt: skip
def test_what_is_no_mistake_is_left_alone(notebook, spoil):
    spoil(notebook)
    assert findings(notebook) == []


def test_a_hidden_check_may_have_a_cell_of_its_own(notebook):
    """A third cell, `double-hidden`, whose points are all hidden."""
    cell = cell_of(notebook, "double-check")
    both(source("double-check", HIDDEN, ""), settings("double-check", points=2))(notebook)
    source("double-check", "points=4", "points=2")(notebook)
    text = cell.source.replace("points=2", "points=2").replace(
        "    check.equal(", HIDDEN + "    check.equal(", 1
    )
    add(
        code("double-hidden", text, nbgrader=nbgrader("double-hidden", grade=True, locked=True, points=2)),
        after="double-check",
    )(notebook)
    assert findings(notebook) == []


def test_ids_are_read_before_nbformat_mends_them(notebook):
    raw = json.loads(nbformat.writes(notebook))
    del raw["cells"][3]["id"]
    assert findings(json.dumps(raw)) == [
        f"{PATH}: cell 3 (import torch) has no valid id; give it a readable one"
    ]
    raw["cells"][3]["id"] = "title"
    assert findings(json.dumps(raw)) == [f"{PATH}, cell `title`: two cells have this id; rename one"]
    raw["nbformat_minor"] = 4
    assert findings(json.dumps(raw)) == [
        f"{PATH}: this notebook format has no cell ids; save it as nbformat 4.5"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "3",
        '{"cells": []}',
        '{"nbformat": 4, "nbformat_minor": 5, "cells": [{}], "metadata": {}}',
    ],
)
def test_what_is_no_notebook_is_one_sentence(text):
    (finding,) = findings(text)
    assert finding.startswith(f"{PATH}: this is not") or "cell 0" in finding


def test_links_to_lessons_are_followed(tmp_path, notebook):
    write_notebook(demo_notebook(), tmp_path / "source" / "02_next" / "02_next.ipynb")
    (tmp_path / "source" / LESSON).mkdir()
    (tmp_path / "source" / LESSON / "data.csv").write_text("")

    def found(address):
        cell_of(notebook, "title").source = f"# A lesson\n\n[to]({address})"
        return [finding.split(": ", 1)[1] for finding in findings(notebook, tmp_path)]

    assert found("../02_next/02_next.ipynb") == []
    assert found("../02_next/02_next.ipynb#Doubling") == []
    assert found("../02_next/02_next.ipynb#Tripling") == [
        "the link ../02_next/02_next.ipynb#Tripling leads to no heading of that lesson; mend it"
    ]
    assert found("../03_no/03_no.ipynb") == ["the link ../03_no/03_no.ipynb leads to no file; mend it"]
    (sentence,) = found("data.csv")  # there in source/ and in release/, and not in course/
    assert sentence.startswith("the link data.csv would break in course/")


def test_a_lesson_is_one_notebook(tmp_path, notebook):
    folder = tmp_path / "source" / LESSON
    write_notebook(notebook, folder / "other.ipynb")
    assert [str(finding) for finding in lint.check_lesson(tmp_path, LESSON)] == [
        f"source/{LESSON}/other.ipynb: a lesson is one notebook, {LESSON}.ipynb; move this one away",
        f"source/{LESSON}/{LESSON}.ipynb: there is no such notebook; write it",
    ]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("import torch as t\nprint(t.ones(x))", ["x"]),
        ("def f(a, *b, c=1, **d):\n    return a, b, c, d, e", ["e"]),
        ("class A:\n    b = 1\n    def f(self):\n        return b", ["b"]),
        ("[i for i in range(3)]; {k: v for k, v in y}; lambda z: (z, w)", ["w", "y"]),
        ("def f():\n    g()\ndef g():\n    h = 1\n    def k():\n        return h\n    return k", []),
        ("with open('a') as f, f: pass\ntry: pass\nexcept OSError as e: print(e)", []),
        ("from a.b import c\nimport d.e\nc(d)\nfor i, (j, *k) in (): print(i, j, k)", []),
        ("match 3:\n    case {'a': u, **rest}: print(u, rest)\nif (n := 3): n", []),
        ("global q\nq = 1\nprint(q, __name__, len)", []),
    ],
)
def test_undefined_names(text, missing):
    assert lint.undefined_names(text) == missing


def test_the_lessons_of_the_course_have_no_mistakes_but_were_looked_at():
    """Guards against a lint that finds nothing because it reads nothing."""
    text = (ROOT / "source" / "01_tensors" / "01_tensors.ipynb").read_text(encoding="utf-8")
    lesson = lint._Lesson(nbformat.reads(text, as_version=4), "source/01_tensors/01_tensors.ipynb", ROOT)
    assert len(lesson.exercises) >= 10
    assert all(exercise.checks and exercise.prompt is not None for exercise in lesson.exercises.values())
    assert sum(len(markdown.headings) for markdown in lesson.markdown.values()) > 10
