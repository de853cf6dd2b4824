"""The rows of nbgrader's gradebook: a lesson's masters, and students' records, read and written in batches.

nbgrader opens the gradebook nine times for a submission and commits after every cell. Here a batch of
submissions is one transaction that leaves the same rows. The head uses this on the course's gradebook, a
worker on a copy that holds one lesson's masters and nobody else's marks.
"""

import datetime
import hashlib
import json
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import nbgrader.api as api
from sqlalchemy import Connection, Engine, Table, bindparam, create_engine, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    IntegrityError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)

from torchprimer.lab import Problem

from .jobs import Record

TABLES = api.Base.metadata.tables
# What stock autograde writes; the rest of a record is a person's.
AUTOMATIC = {
    "submitted_assignment": ("timestamp",),
    "submitted_notebook": ("late_submission_penalty",),
    "grade": ("auto_score", "needs_manual_grade"),
    "comment": ("auto_comment",),
}
ALL = {
    "submitted_assignment": ("timestamp", "extension"),
    "submitted_notebook": ("late_submission_penalty", "flagged"),
    "grade": ("auto_score", "manual_score", "extra_credit", "needs_manual_grade"),
    "comment": ("auto_comment", "manual_comment"),
}
Result = TypeVar("Result")
WAIT = 5.0  # seconds that reading waits for somebody who writes
CHUNK = 100  # students in one statement; databases bound how many values one may have


class Busy(Exception):
    """The gradebook cannot be used now, and may be a little later; the message says why."""


@dataclass(frozen=True)
class Masters:
    """What a gradebook knows of a lesson: every row of its masters, by table, and their ids."""

    lesson: str
    rows: dict[str, list[dict[str, Any]]]

    @property
    def assignment(self) -> str:
        """The lesson's id."""
        return self.rows["assignment"][0]["id"]

    @property
    def notebooks(self) -> dict[str, str]:
        """The ids of the notebooks by name."""
        return {row["name"]: row["id"] for row in self.rows["notebook"]}

    def cells(self, notebook: str, *tables: str) -> dict[str, str]:
        """The ids of a notebook's cells by name, of those in one of the tables."""
        ids = {row["id"] for table in tables for row in self.rows[table]}
        return {
            row["name"]: row["id"]
            for row in self.rows["base_cell"]
            if row["id"] in ids and row["notebook_id"] == notebook
        }

    @property
    def points(self) -> float:
        """What the lesson is worth."""
        return sum(row["max_score"] for table in ("grade_cells", "task_cells") for row in self.rows[table])

    @property
    def digest(self) -> str:
        """Names this version of the lesson."""
        text = json.dumps(self.rows, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def empty_record(self) -> Record:
        """The record of a submission that nothing is known of, as nbgrader creates it."""
        grade = {"auto_score": None, "manual_score": None, "extra_credit": None, "needs_manual_grade": True}
        comment = {"auto_comment": None, "manual_comment": None}
        notebooks = {
            name: {
                "late_submission_penalty": None,
                "flagged": False,
                "grades": {cell: dict(grade) for cell in self.cells(key, "grade_cells", "task_cells")},
                "comments": {cell: dict(comment) for cell in self.cells(key, "solution_cells", "task_cells")},
            }
            for name, key in self.notebooks.items()
        }
        return {"timestamp": None, "extension": None, "notebooks": notebooks}


# --- opening


def connect(url: str, *, writing: bool = True) -> Engine:
    """An engine for a gradebook that exists. Raises `Problem` when there is none or its driver is missing.

    Without `writing` its transactions only read: others can write meanwhile, and are waited for.
    """
    try:
        where = make_url(url)
        if where.get_backend_name() == "sqlite":
            if not where.database or not Path(where.database).is_file():
                raise Problem(
                    f"there is no gradebook {where.database}; `nbgrader generate_assignment` makes it"
                )
            engine = create_engine(where, connect_args={"timeout": 0.2 if writing else WAIT})
            event.listen(engine, "connect", _leave_transactions)
            event.listen(engine, "begin", _begin_for_writing if writing else _begin_for_reading)
            return engine
        return create_engine(where, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise Problem(f"{url!r} is no address of a gradebook: {error}") from error
    except ModuleNotFoundError as error:
        raise Problem(
            f"the gradebook's database needs the Python package {error.name}; install it (`pip install`)"
        ) from error


def _leave_transactions(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's recipe: transactions are begun by the listener below


def _begin_for_writing(connection: Connection) -> None:
    # Take the lock first: two that read and then both want to write would wait for each other.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_for_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")  # one state of the gradebook for all queries


def sorted_out(action: Callable[[], Result], url: str) -> Result:
    """The result of an action on a gradebook.

    Raises `Busy` where waiting helps and `Problem` where it does not.
    """
    shown = make_url(url).render_as_string(hide_password=True)
    try:
        return action()
    except (OperationalError, InterfaceError) as error:
        said = (str(error.orig).strip().splitlines() or ["no more is known"])[0]
        if "no such" in said:
            raise Problem(_foreign(shown)) from error
        if shown.startswith("sqlite") and "locked" not in said and "busy" not in said:
            raise Problem(f"the gradebook {shown} cannot be used: {said}") from error
        raise Busy(f"the gradebook {shown} cannot be used ({said})") from error
    except IntegrityError as error:
        raise Busy(f"somebody else writes to the gradebook {shown} at the same time") from error
    except DatabaseError as error:
        raise Problem(_foreign(shown)) from error


def _foreign(shown: str) -> str:
    return (
        f"{shown} is no gradebook that this nbgrader can use; `nbgrader generate_assignment` makes one, and "
        "`nbgrader db upgrade` renews one of an older nbgrader (keep a copy)"
    )


# --- the lesson


def read_masters(connection: Connection, lesson: str, order: Sequence[str] = ()) -> Masters:
    """A lesson's masters; `order` are the names of its cells as they stand in its source.

    Raises `Problem` when the gradebook does not know the lesson.
    """

    def rows(table: str, column: str, values: Iterable[str]) -> list[dict[str, Any]]:
        found = TABLES[table]
        query = select(found).where(found.c[column].in_(list(values)))
        return [dict(row) for row in connection.execute(query).mappings()]

    assignment = rows("assignment", "name", [lesson])
    if not assignment:
        raise Problem(
            f"the gradebook does not know {lesson}; run `nbgrader generate_assignment {lesson} --force` first"
        )
    notebooks = rows("notebook", "assignment_id", [assignment[0]["id"]])
    keys = [row["id"] for row in notebooks]
    cells = rows("base_cell", "notebook_id", keys)
    found = {
        "course": rows("course", "id", [assignment[0]["course_id"]]),
        "assignment": assignment,
        "notebook": notebooks,
        "base_cell": cells,
        "source_cell": rows("source_cell", "notebook_id", keys),
    }
    for table in ("grade_cells", "solution_cells", "task_cells"):
        found[table] = rows(table, "id", [row["id"] for row in cells])
    # PostgreSQL gives changed rows last, and what `repair` does rests on the order of the cells.
    place = {name: index for index, name in enumerate(order)}
    found["source_cell"].sort(key=lambda row: place.get(row["name"], len(place)))
    return Masters(lesson, found)


def snapshot(masters: Masters) -> bytes:
    """A gradebook that holds a lesson's masters and no student, as a compressed SQLite file."""
    with tempfile.TemporaryDirectory(prefix="primer") as folder:
        path = Path(folder) / "gradebook.db"
        engine = create_engine(f"sqlite:///{path}")
        api.Base.metadata.create_all(engine)
        with engine.begin() as connection:
            for table, rows in masters.rows.items():
                if rows:
                    connection.execute(insert(TABLES[table]), rows)
        engine.dispose()
        return zlib.compress(path.read_bytes(), 6)


# --- students


def read_records(
    connection: Connection, masters: Masters, students: Sequence[str] | None = None
) -> dict[str, Record]:
    """The records of the students who have one for the lesson; of all when none is named."""
    records: dict[str, Record] = {}
    if students is None:
        column = TABLES["submitted_assignment"].c
        known = select(column.student_id).where(column.assignment_id == masters.assignment)
        students = list(connection.execute(known).scalars())
    names = {key: name for name, key in masters.notebooks.items()}
    cells = {row["id"]: row["name"] for row in masters.rows["base_cell"]}
    for start in range(0, len(students), CHUNK):
        submitted = _rows(
            connection,
            "submitted_assignment",
            ("student_id", "assignment_id"),
            students[start : start + CHUNK],
            masters.assignment,
        )
        owners = {row["id"]: student for (student, _), row in submitted.items()}
        for (student, _), row in submitted.items():
            records[student] = {
                "timestamp": row["timestamp"] and row["timestamp"].isoformat(),
                "extension": row["extension"] and row["extension"].total_seconds(),
                "notebooks": {},
            }
        of: dict[str, Record] = {}
        for (owner, notebook), row in _rows(
            connection, "submitted_notebook", ("assignment_id", "notebook_id"), owners
        ).items():
            kept = {column: row[column] for column in ALL["submitted_notebook"]}
            of[row["id"]] = {**kept, "grades": {}, "comments": {}}
            records[owners[owner]]["notebooks"][names[notebook]] = of[row["id"]]
        for table in ("grade", "comment"):
            for (notebook, cell), row in _rows(connection, table, ("notebook_id", "cell_id"), of).items():
                of[notebook][f"{table}s"][cells[cell]] = {column: row[column] for column in ALL[table]}
    return records


def write_records(
    connection: Connection,
    masters: Masters,
    records: dict[str, Record],
    columns: dict[str, Sequence[str]] = AUTOMATIC,
) -> None:
    """Write records, by student, in the caller's transaction; doing so twice changes nothing.

    Rows that are there keep what `columns` does not name: a person's scores, comments and extensions.
    """
    students = list(records)
    for start in range(0, len(students), CHUNK):
        chunk = {student: records[student] for student in students[start : start + CHUNK]}
        _upsert(connection, "student", ("id",), [{"id": student} for student in chunk], ())
        submitted = _upsert(
            connection,
            "submitted_assignment",
            ("student_id", "assignment_id"),
            [
                {
                    "student_id": student,
                    "assignment_id": masters.assignment,
                    "timestamp": record["timestamp"] and datetime.datetime.fromisoformat(record["timestamp"]),
                    "extension": record["extension"] and datetime.timedelta(seconds=record["extension"]),
                }
                for student, record in chunk.items()
            ],
            columns["submitted_assignment"],
            masters.assignment,
        )
        parts = {
            (submitted[student, masters.assignment], masters.notebooks[name]): part
            for student, record in chunk.items()
            for name, part in record["notebooks"].items()
        }
        notebooks = _upsert(
            connection,
            "submitted_notebook",
            ("assignment_id", "notebook_id"),
            [
                {
                    "assignment_id": owner,
                    "notebook_id": key,
                    **{column: part[column] for column in ALL["submitted_notebook"]},
                }
                for (owner, key), part in parts.items()
            ],
            columns["submitted_notebook"],
        )
        for table, kinds in (
            ("grade", ("grade_cells", "task_cells")),
            ("comment", ("solution_cells", "task_cells")),
        ):
            ids = {key: masters.cells(key, *kinds) for key in masters.notebooks.values()}
            _upsert(
                connection,
                table,
                ("notebook_id", "cell_id"),
                [
                    {"notebook_id": notebooks[key], "cell_id": ids[key[1]][cell], **values}
                    for key, part in parts.items()
                    for cell, values in part[f"{table}s"].items()
                ],
                columns[table],
            )


def _rows(
    connection: Connection, table: str, keys: Sequence[str], firsts: Iterable[str], second: str | None = None
) -> dict[tuple[str, ...], dict[str, Any]]:
    found: Table = TABLES[table]
    query = select(found).where(found.c[keys[0]].in_(list(firsts)))
    if second is not None:
        query = query.where(found.c[keys[1]] == second)
    return {tuple(row[key] for key in keys): dict(row) for row in connection.execute(query).mappings()}


def _upsert(
    connection: Connection,
    table: str,
    keys: Sequence[str],
    rows: Sequence[dict[str, Any]],
    columns: Sequence[str],
    second: str | None = None,
) -> dict[tuple[str, ...], str]:
    """Insert the rows that are missing, change what differs in `columns`; gives the ids by key."""
    old = _rows(connection, table, keys, {row[keys[0]] for row in rows}, second)
    new, changed = [], []
    ids = {key: row["id"] for key, row in old.items()}
    for row in rows:
        key = tuple(row[name] for name in keys)
        if key not in old:
            ids[key] = row.get("id") or api.new_uuid()
            new.append({"id": ids[key], **row})
            continue
        if table == "grade" and old[key]["manual_score"] != row["manual_score"]:
            # A person gave a score while this was graded: stock would ask the person to look again.
            row = {
                **row,
                "needs_manual_grade": row["needs_manual_grade"] or old[key]["manual_score"] is not None,
            }
        if any(old[key][column] != row[column] for column in columns):
            changed.append({"row": ids[key], **{column: row[column] for column in columns}})
    found: Table = TABLES[table]
    if new:
        connection.execute(insert(found), new)
    if changed:
        connection.execute(update(found).where(found.c.id == bindparam("row")), changed)
    return ids
