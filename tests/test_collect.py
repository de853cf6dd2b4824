"""`nbgrader collect` from an exchange where students planted what is no plain file."""

import os
import shutil
import sys

import pytest
from nbgrader_course import Course, small_lesson

from torchprimer.grading.collect import CollectPlainFiles

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="nbgrader's exchange is not available on Windows"
)

SECRET = "what only the instructor may read"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course that collected a class in which some planted links; `said` is what `nbgrader collect` wrote."""
    course = Course.create(tmp_path_factory.mktemp("collect"), small_lesson(), "small")
    outside = course.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(SECRET)
    course.nbgrader("generate_assignment", "small", "--force")
    course.nbgrader("release_assignment", "small")
    inbound = course.root.parent / "exchange" / "torchprimer" / "inbound"

    desk = course.desk("zoe")
    course.nbgrader("fetch_assignment", "small", person="zoe", folder=desk)
    course.nbgrader("submit", "small", "--student=zoe", person="zoe", folder=desk)
    (zoe,) = inbound.glob("zoe+*")
    eve = shutil.copytree(zoe, inbound / zoe.name.replace("zoe", "eve"))
    eve.joinpath("small.ipynb").unlink()
    eve.joinpath("small.ipynb").symlink_to(zoe / "small.ipynb")
    eve.joinpath("notes.txt").symlink_to(outside / "secret.txt")
    eve.joinpath("folder").symlink_to(outside)
    eve.joinpath("nowhere").symlink_to("nothing")
    eve.joinpath("plots").mkdir()
    eve.joinpath("plots", "mine.txt").write_text("mine")
    os.mkfifo(eve / "pipe")
    stamp = "2026-11-22 09:00:00.000000 UTC"
    (inbound / f"mallory+small+{stamp}+x").symlink_to(outside)
    (inbound / f"<b>+small+{stamp}+x").mkdir()
    (inbound / "ann+small+soon+x").mkdir()
    (inbound / f"file+small+{stamp}+x").write_text("a file")
    large = inbound / f"large+small+{stamp}+x"
    large.mkdir()
    (large / "a.bin").write_bytes(bytes(2_000_000))
    (large / "small.ipynb").write_text("{}")
    deep = large
    for _ in range(25):
        deep = deep / "in"
    deep.mkdir(parents=True)
    course.said = course.nbgrader("collect", "small", "--CourseDirectory.max_dir_size=1000")
    return course


def collected(course, student):
    folder = course.root / "submitted" / student / "small"
    return {
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()
    }


def test_links_are_left_out_and_named(course):
    assert collected(course, "eve") == {"submission_secret.txt", "timestamp.txt", "plots/mine.txt"}
    (sentence,) = [
        line
        for line in course.said.splitlines()
        if "links and what is no plain file" in line and "eve" in line
    ]
    for name in ("small.ipynb", "notes.txt", "folder", "nowhere", "pipe"):
        assert f"'{name}'" in sentence


def test_nothing_of_the_instructors_is_collected(course):
    for path in (course.root / "submitted").rglob("*"):
        assert not path.is_symlink()
        assert not path.is_file() or SECRET not in path.read_text(errors="replace")


def test_the_others_are_collected(course):
    assert collected(course, "zoe") == {"small.ipynb", "submission_secret.txt", "timestamp.txt"}
    assert {path.name for path in (course.root / "submitted").iterdir()} == {"eve", "large", "zoe"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("mallory+", "it is a link"),
        ("<b>+", "no student has such a name"),
        ("ann+", "its name says no time"),
        ("file+", "it is no folder"),
    ],
)
def test_odd_entries_are_named(course, name, why):
    assert [line for line in course.said.splitlines() if f"'{name}" in line and why in line]


def test_of_too_much_the_notebook_is_taken(course):
    assert collected(course, "large") == {"small.ipynb"}


def test_what_others_handed_in_under_a_name_does_not_count():
    pwd = pytest.importorskip("pwd")
    me = pwd.getpwuid(os.getuid()).pw_name
    mine = {"username": me, "owner": os.getuid(), "timestamp": 1}
    planted = {"username": me, "owner": os.getuid() + 1, "timestamp": 2}
    collector = CollectPlainFiles()
    assert collector._sort_by_timestamp([mine, planted]) == [mine]
    assert collector._sort_by_timestamp([planted]) == [planted], "names need not be those of users"
    collector.check_owner = False
    assert collector._sort_by_timestamp([mine, planted]) == [planted, mine]
