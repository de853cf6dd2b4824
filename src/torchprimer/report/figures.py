"""The figures of a class: how exercises were solved, which mistakes were made, what to teach again."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ROUNDING = 1e-6

# The parts of a check that did not pass, as `check.Result` names them: shown to the student, in a hidden
# check, not answered.
SEEN, HIDDEN, OPEN = "seen", "hidden", "open"

# The rules of `advise`.
FEW = 5  # below so many who tried an exercise, no pattern is claimed
COMMON = 0.2  # a mistake that this share of those who tried has made stands out,
AT_LEAST = 3  # where so many students have made it

NAMES = 4  # that are told beside a sentence
PERCENTAGES = 20  # below so many, a share is given as "2 of 3" alone
BANDS = (
    "All exercises solved",
    "Three quarters or more",
    "Half or more",
    "Less than half",
    "None solved",
    "Nothing graded",
)

# What a sentence about a mistake says of one student's inputs and lines.
_OWN = re.compile(r" It was called with .*$| It happened in your line `.*?`\.(?=\s|$)", re.DOTALL)
_INPUTS = re.compile(r"( raised \w+| returned None| without end| seconds) for .*?(?=: |\.(?:\s|$))")
# What may differ between two sentences about one mistake: in this order each is taken out.
_DIFFER = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=you wrote ).+?(?=\.(\s|$))",
        r"`[^`]+`((, | and )`[^`]+`)*",  # names of functions, weights, questions
        r"\"[^\"\n]*\"",
        r"^Saved on .*?, loaded on .*?(?=: )|, on [a-z]+(:\d+)?(?=\.)",  # checks that run on two devices
        r"\b(cuda|mps|sim|xpu)(:\d+)?\b",
        r"\b(torch\.)?(b?float|int|uint)\d+\b",
        r"\(\s*(\d+\s*,\s*)*\d*\s*\)|\[\s*(\d+\s*,\s*)*\d*\s*\]",
        r"(?<![\w.])[-+]?\d+(\.\d+)?([eE][-+]?\d+)?(?!\w)|\b(nan|inf)\b",
    )
)
_CODE = re.compile(r"`([^`]+)`")
# A sentence that says what is wrong and not why: two of these need not be the same mistake.
_NO_REASON = re.compile(r"(… (was|were) expected|expected …)\.$")
# Predictions are told one a line; what a student wrote may have lines of its own.
_LINES = re.compile(r"\n(?=`|Still open: |There is no question )")
# What is told beside mistakes.
_BESIDE = re.compile(
    r"\d+ of \d+ are right\.( Each wrong one takes a right one away\.)?$|.*\bmend that first\.$"
)
_STILL_OPEN = "Still open: "


@dataclass(frozen=True)
class Check:
    """What a graded notebook tells of one check: its status, and (sentence, kind of part) of each mistake."""

    status: str
    mistakes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Mark:
    """One student's points for one exercise, what its checks said, and whether a person should look at it.

    `untouched`: the answer's cells are as they were handed out.
    """

    points: float
    checks: tuple[Check, ...] = ()
    waits: bool = False
    untouched: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered, there or in a cell of the student's own."""
        unanswered = all(check.status == "not answered yet" for check in self.checks)
        return self.untouched and unanswered and self.points <= ROUNDING


@dataclass(frozen=True)
class Told:
    """What one student was told of one mistake; `hidden` where only a hidden check said so."""

    sentences: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True)
class Mistake:
    """A mistake by the sentence that was told most often for it, and how many students made it.

    `varies`: some were told other numbers or names, of which `also` has the names. `hidden`: only hidden checks
    found it.
    """

    sentence: str
    students: int
    hidden: bool = False
    varies: bool = False
    also: tuple[str, ...] = ()

    @property
    def has_reason(self) -> bool:
        """Whether the sentence says more than what was returned and what was expected."""
        return not _NO_REASON.search(kind_of(self.sentence))


@dataclass(frozen=True)
class Shared:
    """A mistake that several exercises have in common, how many students made it, and how many in each."""

    sentence: str
    students: int
    exercises: dict[str, int]


@dataclass
class Exercise:
    """How a class did one exercise.

    Everybody who handed in is one of: right, partly right, without points, blank, waiting for a person, whose
    points may still change. `left_open` of those who tried left a part of it open; `earned` is the sum of the
    points of those who do not wait.
    """

    name: str
    points: float
    objective: str = ""
    right: int = 0
    partly: int = 0
    without: int = 0
    blank: int = 0
    waiting: int = 0
    left_open: int = 0
    earned: float = 0.0
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def unsolved(self) -> int:
        """Those who tried it and have not all of its points."""
        return self.partly + self.without

    @property
    def tried(self) -> int:
        """Those who handed in an answer, whatever it was."""
        return self.right + self.unsolved

    @property
    def handed_in(self) -> int:
        """Those whose submission was graded."""
        return self.tried + self.blank + self.waiting

    @property
    def mean(self) -> float | None:
        """The mean of the points of those who do not wait for a person; None where there are none."""
        judged = self.tried + self.blank
        return self.earned / judged if judged else None


@dataclass(frozen=True)
class Evidence:
    """Why an exercise's objective should be taught again.

    `students` are those it concerns; `quotes` are mistakes, and `counted` says that their students are told.
    """

    exercise: str
    students: int
    sentence: str
    quotes: tuple[Mistake, ...] = ()
    counted: bool = False

    @property
    def text(self) -> str:
        """All of it, as plain text with code between backticks."""
        told = "; ".join(
            f"“{one.sentence.rstrip('.')}”"
            + (f" ({count(one.students, 'student', 'students')})" if self.counted else "")
            + (" (in a hidden check)" if one.hidden else "")
            for one in self.quotes
        )
        return f"{self.sentence} {told}." if told else self.sentence


@dataclass(frozen=True)
class Advice:
    """One objective of a lesson to teach again, and why."""

    objective: str
    evidence: tuple[Evidence, ...]

    @property
    def topic(self) -> str:
        """What to do, as a sentence."""
        if self.objective:
            return f"Teach again how to {self.objective}."
        return f"Teach again what `{self.evidence[0].exercise}` asks."


@dataclass(frozen=True)
class Standing:
    """How far one student is in one lesson: exercises solved and points earned.

    `times` is how often it was handed in, None where that is not known.
    """

    solved: int
    earned: float
    times: int | None = None


@dataclass
class Lesson:
    """A class's figures for one lesson.

    `students` maps who was graded to their standing; `waiting` lists what a person should look at, as
    (student, exercises, reason); `missing` are students without a submission; `ungraded` handed in and are not
    graded yet; `blank` answered no exercise; `unread` maps students to why their graded notebook tells nothing of
    mistakes; `shared` are mistakes that several exercises have in common.
    """

    name: str
    title: str
    exercises: list[Exercise] = field(default_factory=list)
    students: dict[str, Standing] = field(default_factory=dict)
    waiting: list[tuple[str, list[str], str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    ungraded: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    shared: list[Shared] = field(default_factory=list)

    @property
    def points(self) -> float:
        """What the lesson is worth."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def advice(self) -> list[Advice]:
        """What to teach again."""
        return advise(self.exercises)

    @property
    def flagged(self) -> set[str]:
        """The exercises that the advice names."""
        return {evidence.exercise for advice in self.advice for evidence in advice.evidence}

    @property
    def everywhere(self) -> list[Shared]:
        """Of the mistakes that several exercises have in common those that stand out."""
        enough = COMMON * len(self.students) if len(self.students) >= FEW else math.inf
        return [one for one in self.shared if one.students >= enough]

    @property
    def summary(self) -> str:
        """Why there is no advice, in a sentence; empty where there is some."""
        if not self.students:
            return "Nothing is graded yet."
        if self.advice or self.everywhere:
            return ""
        tried = max((exercise.tried for exercise in self.exercises), default=0)
        if tried == 0:
            return "Nobody has answered an exercise."
        if tried < FEW:
            who = count(tried, "student has", "students have")
            return f"{who} tried: too few to tell a pattern. The mistakes of each are below."
        return "Nothing stands out."

    @property
    def times(self) -> Counter[int]:
        """How many students handed in once, twice and so on; empty where that is not known."""
        return Counter(one.times for one in self.students.values() if one.times is not None)


@dataclass(frozen=True)
class Progress:
    """How far one student is in all lessons together."""

    student: str
    handed_in: bool
    solved: int
    exercises: int
    earned: float

    @property
    def band(self) -> str:
        """Which of `BANDS`."""
        everything, most, half, some, nothing, absent = BANDS
        if not self.solved:
            return nothing if self.handed_in else absent
        part = self.solved / self.exercises
        return everything if part >= 1 else most if part >= 0.75 else half if part >= 0.5 else some


@dataclass
class Report:
    """Lessons, everybody who is known, and the names by which students are shown."""

    lessons: list[Lesson]
    everyone: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def shown(self, student: str) -> str:
        """How a student is called in the report."""
        return self.names.get(student, student)

    def progress(self) -> list[Progress]:
        """How far every student is over the lessons that are graded; the furthest first."""
        graded = [lesson for lesson in self.lessons if lesson.students]
        exercises = sum(len(lesson.exercises) for lesson in graded)
        rows = []
        for student in self.everyone:
            found = [lesson.students[student] for lesson in graded if student in lesson.students]
            solved, earned = sum(one.solved for one in found), sum(one.earned for one in found)
            rows.append(Progress(student, bool(found), solved, exercises, earned))
        return sorted(rows, key=lambda row: (-row.solved, -row.earned, not row.handed_in, row.student))

    def by_band(self) -> dict[str, list[Progress]]:
        """`progress` by how much of the exercises is solved; bands without a student are left out."""
        rows = self.progress()
        found = {band: [row for row in rows if row.band == band] for band in BANDS}
        return {band: some for band, some in found.items() if some}

    def without_names(self) -> Report:
        """The same report with numbers for students, by progress, so that nothing in it says who is who."""
        width = len(str(len(self.everyone)))
        rows = enumerate(self.progress(), 1)
        return Report(
            self.lessons, self.everyone, {row.student: f"student {number:0{width}}" for number, row in rows}
        )


# ---------------------------------------------------------------- counting


def count_exercise(name: str, points: float, objective: str, marks: Iterable[Mark]) -> Exercise:
    """The figures of one exercise from the marks of all whose submission was graded."""
    exercise = Exercise(name, points, objective)
    told: dict[str, list[Told]] = defaultdict(list)
    for mark in marks:
        if mark.waits:
            exercise.waiting += 1
            continue
        exercise.earned += mark.points
        if mark.is_blank:
            exercise.blank += 1
            continue
        if mark.points >= points - ROUNDING:
            exercise.right += 1
        elif mark.points > ROUNDING:
            exercise.partly += 1
        else:
            exercise.without += 1
        mistakes, left_open = mistakes_of(mark.checks)
        exercise.left_open += left_open
        for kind, one in mistakes.items():
            told[kind].append(one)
    exercise.mistakes = sorted(map(_mistake, told.values()), key=lambda one: (-one.students, one.sentence))
    return exercise


def _mistake(told: Sequence[Told]) -> Mistake:
    sentences = Counter(sentence for one in told for sentence in one.sentences)
    shown = _commonest(sentences)
    names = Counter(code for sentence in sentences for code in _CODE.findall(sentence))
    also = [code for code, _ in names.most_common() if code not in _CODE.findall(shown)]
    return Mistake(shown, len(told), all(one.hidden for one in told), len(sentences) > 1, tuple(also[:NAMES]))


def _commonest(sentences: Counter[str]) -> str:
    return max(sentences, key=lambda text: (sentences[text], text))


def find_shared(marks: Mapping[str, Sequence[Mark]]) -> list[Shared]:
    """The mistakes that students made in more than one exercise, from the marks by exercise, of the same students in each.

    Only where the sentence gives a reason and `AT_LEAST` students were told it; most students first.
    """
    sentences: dict[str, Counter[str]] = defaultdict(Counter)
    who: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for exercise, of_exercise in marks.items():
        for student, mark in enumerate(of_exercise):
            for kind, told in ({} if mark.waits else mistakes_of(mark.checks)[0]).items():
                sentences[kind].update(told.sentences)
                who[kind][exercise].add(student)
    found = [
        Shared(
            _commonest(sentences[kind]),
            len(set().union(*exercises.values())),
            {name: len(some) for name, some in sorted(exercises.items(), key=lambda item: -len(item[1]))},
        )
        for kind, exercises in who.items()
        if len(exercises) > 1 and not _NO_REASON.search(kind)
    ]
    return sorted(
        (one for one in found if one.students >= AT_LEAST), key=lambda one: (-one.students, one.sentence)
    )


def mistakes_of(checks: Sequence[Check]) -> tuple[dict[str, Told], bool]:
    """One student's mistakes in an exercise, by kind; and whether a part was left open.

    What a hidden check found counts only where all that the student could see passed: otherwise it is most often
    the same mistake once more.
    """
    found: dict[str, dict[str, list[str]]] = {SEEN: defaultdict(list), HIDDEN: defaultdict(list)}
    left_open = False
    for text, part in (mistake for check in checks for mistake in check.mistakes):
        if part == OPEN:
            left_open = True
            continue
        for line in _LINES.split(_OWN.sub("", text)):
            line = _INPUTS.sub(r"\1", " ".join(line.split()))
            if line.startswith(_STILL_OPEN):
                left_open = True
            elif line and not _BESIDE.match(line):
                found[part][kind_of(line)].append(line)
    part = SEEN if found[SEEN] or left_open else HIDDEN
    told = {kind: Told(tuple(dict.fromkeys(lines)), part == HIDDEN) for kind, lines in found[part].items()}
    return told, left_open


@functools.lru_cache(100_000)  # most of a class is told the same
def kind_of(sentence: str) -> str:
    """What sentences share that tell the same mistake with other numbers, shapes, names or inputs."""
    sentence = _INPUTS.sub(r"\1", _OWN.sub("", sentence))
    for pattern in _DIFFER:
        sentence = pattern.sub("…", sentence)
    return sentence


# ---------------------------------------------------------------- what to teach again


def advise(exercises: Iterable[Exercise]) -> list[Advice]:
    """What the figures say should be taught again, by objective, those that concern most students first.

    An exercise is evidence for its objective where the first of these holds:

    - `FEW` students or more tried it and a mistake stands out, by a sentence that gives a reason: at least
      `AT_LEAST` students, and at least the share `COMMON` of those who tried, made it;
    - `FEW` or more tried it, and fewer than half of them solved it, with mistakes of many kinds;
    - `FEW` or more handed in, and at least half of them left it blank.

    Nothing is said of causes. With fewer students there is no advice, whatever the figures are.
    """
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for exercise in exercises:
        if evidence := _evidence(exercise):
            found[exercise.objective, "" if exercise.objective else exercise.name].append(evidence)
    for reasons in found.values():
        reasons.sort(key=lambda one: -one.students)
    topics = sorted(found.items(), key=lambda topic: -topic[1][0].students)
    return [Advice(objective, tuple(reasons)) for (objective, _), reasons in topics]


def _evidence(exercise: Exercise) -> Evidence | None:
    name, tried, handed_in = f"`{exercise.name}`", exercise.tried, exercise.handed_in
    named = [mistake for mistake in exercise.mistakes if mistake.has_reason]
    if tried >= FEW and named and named[0].students >= max(AT_LEAST, COMMON * tried):
        varies = ", with numbers or names that vary" if named[0].varies else ""
        said = f"{named[0].students} of {tried} who tried {name} were told{varies}:"
        return Evidence(exercise.name, exercise.unsolved, said, (named[0],))
    if tried >= FEW and exercise.right < tried / 2:
        said = f"{exercise.right or 'None'} of {tried} who tried {name} solved it; no one mistake stands out."
        quotes = tuple(one for one in named[:2] if one.students > 1)
        said += f" The commonest of {len(exercise.mistakes)} mistakes:" if quotes else ""
        return Evidence(exercise.name, exercise.unsolved, said, quotes, counted=True)
    if handed_in >= FEW and exercise.blank >= handed_in / 2:
        who = f"All {handed_in}" if exercise.blank == handed_in else f"{exercise.blank} of {handed_in}"
        return Evidence(exercise.name, exercise.blank, f"{who} left {name} blank.")
    return None


# ---------------------------------------------------------------- in words


def share(part: int, whole: int) -> str:
    """`79 of 120 (66 %)`; without a percentage for a small class, and 0 and 100 only where they are exact."""
    if whole < PERCENTAGES:
        return f"{part} of {whole}"
    percent = round(100 * part / whole)
    percent = min(max(percent, 1), 99) if 0 < part < whole else percent
    return f"{part} of {whole} ({percent} %)"


def count(number: int, one: str, many: str) -> str:
    """`1 student has`, `3 students have`."""
    return f"{number} {one if number == 1 else many}"
