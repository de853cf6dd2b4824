"""Checks judged from a kernel of their own: the same marks and sentences as beside the answer, and no cheat's."""

import gc
import re
import time

import corpus
import pytest
from jupyter_core.utils import run_sync
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader_course import KERNEL, cell

from torchprimer.grading.execute import DIED, OUT_OF_TIME
from torchprimer.grading.judge import JudgeSubmission, is_judged
from torchprimer.grading.outputs import KeepWarnings
from torchprimer.grading.verdict import judge

# An exercise of 4 points, 2 of them hidden: the double of a tensor.
CHECK = """
import torch
from torchprimer import check


@check.exercise("double", points=4)
def result():
    def beside(answer, x):
        return answer(x) + 0

    def doubled(x):
        wanted = 2 * x
        check.equal(check.call("double", x), wanted)
        check.equal(check.observe(beside, "double", x), wanted)

    doubled(torch.tensor([1.0, -2.0, 3.0]))
    with check.hidden(2):
        doubled(torch.randn(3, 4))


result
"""
RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return x + 1"


def notebook(*sources):
    """The cells of a submission; CHECK, and a source in brackets, is a check worth 4 points."""
    cells = []
    for number, source in enumerate(sources):
        checked = source == CHECK or source.startswith("[")
        source = source[1:-1] if source.startswith("[") else source
        cells.append(cell(source, f"check-{number}", 4) if checked else new_code_cell(source))
    return new_notebook(metadata={"kernelspec": KERNEL}, cells=cells)


def run(nb, kind=JudgeSubmission, **options):
    """Run a submission as `nbgrader autograde` does, as far as its marks need it."""
    quiet = ["--IPKernelApp.log_level=ERROR"]
    execute = kind(shutdown_kernel="immediate", extra_arguments=quiet, **{"timeout": 60} | options)
    execute.preprocess(nb, {"metadata": {}})
    KeepWarnings().preprocess(nb, {})
    return nb


def checks(nb):
    return [found for found in nb.cells if found.metadata.get("nbgrader", {}).get("grade")]


def ended(check):
    """Points, mistakes and why a person should look at it, of a check cell that was run."""
    aside = judge(check, float(check.metadata.nbgrader.points))
    (result,) = [output for output in check.outputs if output.output_type == "execute_result"]
    about = result.metadata.get("torchprimer", {})
    return float(result.data["text/plain"]), about.get("mistakes"), aside or about.get("broken")


def said(check):
    return "\n".join(o.get("data", {}).get("text/plain", "") or o.get("text", "") for o in check.outputs)


# ---------------------------------------------------------------- honest work


@pytest.mark.parametrize("lesson", corpus.LESSONS)
def test_the_solutions_get_full_marks_and_nothing_else_is_said(lesson):
    cells = [c for c in corpus.source_cells(lesson) if c.cell_type == "code"]
    cells = [c for c in cells if c.id == "imports" or c.metadata.get("nbgrader", {}).get("grade_id")]
    nb = run(new_notebook(metadata={"kernelspec": KERNEL}, cells=cells))
    for check in checks(nb):
        points, mistakes, aside = ended(check)
        assert (points, mistakes, aside) == (check.metadata.nbgrader.points, [], False), check.source[:60]
        assert {o.output_type for o in check.outputs} == {"display_data", "execute_result"}


def masked(sentence):
    """Without what differs from run to run (random numbers) and what only a notebook knows (its lines)."""
    sentence = re.sub(r" It happened in your line `[^`]*`\.", "", sentence)
    return re.sub(r"-?\d[\d.e+-]*", "#", sentence)


def test_answers_of_the_corpora_get_what_they_get_while_studying():
    sample = [answer for lesson in corpus.LESSONS for answer in corpus.answers(lesson)][5::16]
    begin = "_kept = [*globals()]"
    anew = (
        "for _name in [n for n in globals() if n[0] != '_' and n not in _kept]:\n    del globals()[_name]\n"
    )
    cells = [new_code_cell(begin)]
    for answer in sample:
        master = corpus.check_cells(answer.lesson)[answer.exercise]
        check = new_code_cell(master.source, metadata=master.metadata)
        cells += [new_code_cell(anew + corpus.imports(answer.lesson)), new_code_cell(answer.code), check]
    nb = run(new_notebook(metadata={"kernelspec": KERNEL}, cells=cells))
    for answer, check in zip(sample, checks(nb), strict=True):
        points, mistakes, aside = ended(check)
        quick = corpus.run_check(check.source, answer.code, answer.lesson)
        assert (points, aside) == (quick.earned, quick.broken), answer
        assert [*map(masked, mistakes)] == [*map(masked, quick.mistakes)], answer
        assert not [o for o in check.outputs if o.output_type in ("stream", "error")], answer


def test_prints_warnings_and_pictures_reach_the_student():
    loud = "import sys, warnings\ndef double(x):\n    print('seen'); warnings.warn('oh'); print('err', file=sys.stderr)\n"
    right, wrong = checks(run(notebook(f"{loud}    return 2 * x", CHECK, f"{loud}    return x + 1", CHECK)))
    assert ended(right) == (4.0, [], False)
    assert ended(wrong)[0] == 0
    for check in (right, wrong):
        assert re.search("Your answer printed:\nseen\nerr\nUserWarning: oh", said(check))
    assert any("data:image/png" in output.get("data", {}).get("text/html", "") for output in wrong.outputs)


def test_a_check_sees_the_names_as_they_are_where_it_stands():
    value = "[from torchprimer import check\n@check.exercise('x', points=4)\ndef result():\n    check.equal(check.value('x'), {})\nresult]"
    nb = run(notebook("x = 1", value.format(1), "x += 1", value.format(2), "x", "del x", value.format(2)))
    assert [ended(check)[0] for check in checks(nb)] == [4, 4, 0]
    assert nb.cells[4].outputs[0].data["text/plain"] == "2"
    assert "`x` is not defined" in said(checks(nb)[2])


# ---------------------------------------------------------------- cheats

# Puts back what the cheats below change, so that one kernel serves for all and each cheat meets a sound one.
REMEMBER = """
import atexit, builtins, gc, inspect, json, sys, threading, types
import numpy, torch
import torchprimer.draw
from torchprimer import answers, border, check, compare, plain

ip = get_ipython()
things = [builtins, torch, torch.testing, json, answers, border, check, compare, plain, check.Result]
before = [(thing, dict(vars(thing))) for thing in things]
own = [(o, dict(vars(o))) for o in (ip, ip.kernel, ip.display_formatter, ip.displayhook, sys)]
lists = [(l, list(l)) for l in (ip.ast_transformers, ip.input_transformers_post, ip.input_transformers_cleanup)]


def put_back(before=before, own=own, lists=lists, modules=dict(sys.modules), sys=sys, vars=vars, setattr=setattr,
             delattr=delattr, dict=dict, set=set, ip=ip):
    for thing, names in before:
        for name in set(vars(thing)) - set(names):
            delattr(thing, name)
        for name, value in names.items():
            if vars(thing).get(name) is not value:
                setattr(thing, name, value)
    for thing, names in own:
        thing.__dict__.clear()
        thing.__dict__.update(names)
    for one, items in lists:
        one[:] = items
    sys.modules.update(modules)
"""
LOOK = """
def look(name):
    frame = sys._getframe()
    while frame is not None:
        if name in frame.f_locals:
            return frame.f_locals[name]
        frame = frame.f_back
"""
FORGE = """
forged = json.dumps({"value": 4.0, "arguments": {"tuple": [4.0]}, "returned_argument": None, "got_gradient": False,
                     "printed": "", "earned": 4.0, "mistakes": []})
"""

# Each is a way to the points of CHECK without its answer. When the check runs beside the answer, fourteen of them
# earn all; the others were caught there already, or go for the border itself.
CHEATS = {
    "an object that equals everything": """
class Yes:
    def __eq__(self, other): return True
    def __getattr__(self, name): return Yes()
    def __call__(self, *args): return True
def double(x): return Yes()""",
    "a tensor that says that it equals everything": """
class Yes(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.tensor(True)
def double(x): return x.as_subclass(Yes)""",
    "torch.isclose and torch.allclose patched": """
torch.isclose = lambda a, b, **k: torch.ones_like(a, dtype=torch.bool)
torch.allclose = torch.equal = lambda *a, **k: True""",
    "the comparison patched": "compare.difference = lambda *a, **k: None\ncompare.agree = lambda *a, **k: True",
    "check.equal patched": "check.equal = check.that = lambda *a, **k: None",
    "check.exercise patched": "check.exercise = lambda *a, **k: lambda body: 4.0",
    "the result patched": """
check.Result.__repr__ = lambda self: "4.0"
check.Result._repr_mimebundle_ = lambda self, **k: ({"text/plain": "4.0"}, {})""",
    "round patched": "builtins.round = lambda *a: 4.0",
    "an AST transformer": """
import ast
class Strip(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.Pass() if "equal" in ast.unparse(node) else node
ip.ast_transformers.append(Strip())""",
    "an input transformer": """
ip.input_transformers_post.append(lambda lines: ["4.0\\n"] if any("exercise" in line for line in lines) else lines)""",
    "another torchprimer in its place": """
fake = types.ModuleType("torchprimer")
fake.check = fake.answers = types.SimpleNamespace(exercise=lambda *a, **k: lambda body: 4.0, serve=lambda q: 4.0)
sys.modules.update({"torchprimer": fake, "torchprimer.check": fake.check, "torchprimer.answers": fake.answers})""",
    "the expected value read from a frame": LOOK
    + "def double(x): return look('wanted') if look('wanted') is not None else x",
    "the expected value found among all objects": """
def double(x):
    found = [o for o in gc.get_objects() if type(o) is torch.Tensor and o.shape == x.shape and not o.equal(x)]
    return found[-1] if found else x""",
    "a thread that waits for the check": """
def meddle():
    compare.difference = lambda *a, **k: None
def double(x):
    one = threading.Thread(target=meddle); one.start(); one.join()
    return x""",
    "a thread that reads the main thread's frames": """
def double(x):
    seen = []
    def watch():
        frame = sys._current_frames()[threading.main_thread().ident]
        while frame is not None:
            seen.append(frame.f_locals.get("wanted")); frame = frame.f_back
    one = threading.Thread(target=watch); one.start(); one.join()
    return next((found for found in seen if found is not None), x)""",
    "a result of its own, printed as one": """
def double(x):
    content = {"data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 1}
    ip.kernel.send_response(ip.kernel.iopub_socket, "execute_result", content)
    return x""",
    "the output hooks": """
sys.displayhook = lambda value: print("4.0")
ip.display_formatter.format = lambda *a, **k: ({"text/plain": "4.0"}, {})
ip.events.register("post_run_cell", lambda result: setattr(result, "result", 4.0))""",
    "at the end of the program": """
@atexit.register
def late():
    content = {"data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 1}
    ip.kernel.send_response(ip.kernel.iopub_socket, "execute_result", content)""",
    "an error that swallows the check": """
class Swallow(BaseException):
    def __str__(self): raise SystemExit(0)
def double(x): raise Swallow""",
    "replies of its own": FORGE
    + """
ip.user_expressions = lambda e: {"reply": {"status": "ok", "data": {"text/plain": forged}}}""",
    "replies that are no text": "ip.user_expressions = lambda e: {'reply': {'data': {'text/plain': [4.0] * 9}}}",
    "serving patched": FORGE + "answers.serve = lambda question: forged",
    "serving questions about its own data": """
def double(x): return x
def serve(question, old=answers.serve):
    told = json.loads(old(question))
    return json.dumps(told | {"value": {"tensor": "AAAA", "dtype": "float32", "shape": [1 << 30],
        "strides": [0], "offset": 0, "device": "cpu", "grad": False}})
answers.serve = serve""",
    "json patched": """
border.json = types.SimpleNamespace(dumps=lambda *a, **k: "4.0", loads=lambda *a, **k: {"value": 4.0})""",
    "copies patched": LOOK
    + """
def copy(value, old=plain.copy, **options):
    expected = look("wanted")
    return old(value if options or type(value) is not torch.Tensor or expected is None else expected, **options)
plain.copy = copy""",
}
FAILS_TO_ANSWER = "def double(x):\n    return x"


@pytest.fixture(scope="module")
def cheated():
    """Each cheat's check, and after it that of an honest right answer in the same submission."""
    found = {}
    for name, cheat in CHEATS.items():
        sources = [REMEMBER, FAILS_TO_ANSWER + "\n" + cheat, CHECK, "put_back()", RIGHT, CHECK]
        found[name] = [ended(check) for check in checks(run(notebook(*sources)))]
    (wrong,) = checks(run(notebook(WRONG, CHECK)))
    return ended(wrong), found


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_earns_what_an_honest_wrong_answer_earns(cheated, name):
    wrong, others = cheated
    (cheat, mistakes, _), honest = others[name]
    assert cheat == wrong[0] == 0
    assert mistakes
    assert honest == (4.0, [], False), "the kernel is sound again, so it was the cheat that failed"


def test_nothing_but_questions_reaches_the_students_process():
    """What a curious answer finds of the check in its process: its own inputs, no value that is expected."""
    spy = """
import gc, sys, types
def double(x):
    texts = [o for o in gc.get_objects() if type(o) is types.FunctionType and o.__name__ == "doubled"]
    frames, frame = [], sys._getframe()
    while frame is not None:
        frames += [name for name in frame.f_locals if name in ("wanted", "got", "mistakes")]
        frame = frame.f_back
    print(len(texts), frames, "check." + "hidden" in str(In))
    return 2 * x"""
    (check,) = checks(run(notebook(spy, CHECK)))
    assert ended(check) == (4.0, [], False)
    assert "Your answer printed:\n0 [] False" in said(check)


# ---------------------------------------------------------------- kernels that end, or do not


def test_an_answer_that_ends_the_kernel_is_told_so_and_the_rest_goes_on():
    dies = "def double(x):\n    import os\n    if x.dim() == 2:\n        os._exit(0)\n    return offset * x"
    exits = "def double(x):\n    exit()\n    return 2 * x"
    nb = run(notebook("offset = 2", dies, CHECK, exits, CHECK, RIGHT, CHECK))
    died, exited, right = [(*ended(check), said(check)) for check in checks(nb)]
    assert (died[0], died[2]) == (2.0, False)
    assert "The kernel ended while `double` ran for a (3, 4) float32 tensor" in died[1][0]
    assert (exited[0], exited[2]) == (0.0, False)
    assert "`double` ended the program (`exit` or `sys.exit`)." in exited[1][0]
    assert right[:3] == (4.0, [], False)


def test_a_kernel_that_sends_no_messages_any_more_is_replaced():
    garble = "import json\njson.dumps = lambda *a, **k: '4.0'"
    answer = f"def double(x):\n    exec({garble!r})\n    return 2 * x"
    nb = run(notebook(garble, answer, CHECK, RIGHT, CHECK))
    garbled, right = checks(nb)
    assert nb.cells[0].outputs[0].ename == DIED
    assert ended(garbled)[0] == 0 and "could not be finished (Garbled" in said(garbled)
    assert ended(right) == (4.0, [], False)


def test_a_kernel_that_ends_between_two_questions_is_not_the_checks_fault():
    waits = CHECK.replace("    with check", "    import time; time.sleep(1.5)\n    with check")
    leaves = "import os, threading\nthreading.Timer(1, os._exit, [1]).start()"
    nb = run(notebook(RIGHT, leaves, f"[{waits}]"))
    assert ended(checks(nb)[0]) == (4.0, [], False)
    assert nb.cells[1].outputs[0].ename == DIED
    assert nb.cells[1].outputs[0].evalue in (
        "the kernel ended after this cell",
        "this cell ended its kernel (exit code 1)",
    )


class Late(JudgeSubmission):
    """The time of a submission is up after a cell that says so."""

    def preprocess_cell(self, cell, resources, index):
        done = super().preprocess_cell(cell, resources, index)
        if cell.source == "late = True":
            self._end = time.monotonic()
        return done


def test_an_answer_that_cannot_be_stopped_and_a_submission_without_time():
    deaf = "import time\ndef double(x):\n    while True:\n        try:\n            time.sleep(60)\n        except BaseException:\n            pass"
    quick = CHECK.replace('"double", x)', '"double", x, seconds=0.5)')
    nb = run(notebook(deaf, f"[{quick}]", RIGHT, CHECK, "late = True", CHECK), Late, grace=1)
    stuck, right, over = checks(nb)
    points, mistakes, aside = ended(stuck)
    assert (points, aside) == (0.0, False)
    assert "did not come to an end within 0.5 seconds" in mistakes[0]
    assert ended(right) == (4.0, [], False)
    assert over.outputs[0].ename == OUT_OF_TIME
    points, _, aside = ended(over)
    assert points == 0 and "the time for one submission was used up" in aside


def test_a_check_that_does_not_end_or_ends_its_kernel_scores_nothing_and_is_set_aside(caplog):
    endless, fatal = (
        "[import torchprimer.check, time\ntime.sleep(60)]",
        "[import torchprimer.check, os\nos._exit(0)]",
    )
    nb = run(notebook(RIGHT, endless, CHECK, fatal, CHECK), timeout=4)
    slow, right, dead, again = checks(nb)
    assert "ran longer than the time allowed" in ended(slow)[2]
    assert "kernel ended while it ran" in ended(dead)[2]
    assert ended(right) == ended(again) == (4.0, [], False)
    gc.collect()
    assert (
        "never retrieved" not in caplog.text
    )  # shown in the middle of `ast.parse` it would be a SystemError


# ---------------------------------------------------------------- which checks are judged


@pytest.mark.parametrize(
    ("source", "judged"),
    [
        ("from torchprimer import check\n4.0", True),
        ("import torchprimer.check\n4.0", True),
        ("from torchprimer.check import exercise", True),
        ("%time\nfrom torchprimer import check", True),
        ("from torchprimer import draw\ndouble(2)", False),
        ("float(double(2) == 4)  # torchprimer", False),
        ("float(double(2) == 4)", False),
    ],
)
def test_a_check_is_judged_that_uses_check(source, judged):
    assert is_judged(cell(source, "x", 4)) == judged
    assert not is_judged(new_code_cell(source))
    assert not is_judged(cell(source, "x"))


def test_another_check_runs_beside_the_answer_as_in_nbgrader():
    assert ended(checks(run(notebook(RIGHT, "[float(double(2))]")))[0])[0] == 4


def test_a_judge_serves_several_submissions_and_no_more_than_that():
    by, counts = [], []

    class Watched(JudgeSubmission):
        def _check(self, *given):
            super()._check(*given)
            by.append(self._judge.km.provisioner.kernel.name)

    def checked(check=CHECK):
        (found,) = checks(run(notebook(RIGHT, check), Watched, serves=3))
        counts.append(found.execution_count)
        return ended(found)

    leaves = "[" + CHECK.replace("import torch", "import torch\nleftover = 1", 1) + "]"
    finds = "[" + CHECK.replace("import torch", "import torch\nleftover", 1) + "]"
    try:
        assert checked(leaves) == (4.0, [], False)
        assert checked(finds)[0] == 0, "a name of another submission's check"
        assert [checked() for _ in range(3)] == [(4.0, [], False)] * 3
        assert len(set(by)) == 2 and by[0] == by[2] != by[3] == by[4], "three and no more"
        assert len(set(counts)) == 1
        run_sync(JudgeSubmission._kept.km.provisioner.kill)()
        assert checked() == (4.0, [], False), "a lost one is replaced"
    finally:
        if JudgeSubmission._kept is not None:
            JudgeSubmission._kept.close()
        JudgeSubmission._kept = None
