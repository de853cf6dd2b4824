"""Takes submissions out of the exchange: plain files, and nothing else that was put there.

Everybody can write to the exchange's inbound folder. nbgrader follows links there with the instructor's rights,
and one entry that it cannot read ends the collecting for all.
"""

import datetime
import os
import re
import stat
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from traitlets import Integer

try:
    import pwd
except ModuleNotFoundError:  # on Windows, where there is no exchange
    pwd = None

PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # a pipe would make it wait
LEVELS = 20  # of folders in folders
STUDENT = re.compile(r"(?!\.)[^/\s<>\"'`&*?\[\]\\]+")  # the name becomes one of a folder

Record = dict[str, Any]


class CollectPlainFiles(ExchangeCollect):
    """nbgrader's collector, for `c.ExchangeFactory.collect`: leaves out what is no plain file, and says so.

    While `check_owner` is set, what others handed in under a student's name does not take the place of what
    the student handed in.
    """

    max_files = Integer(10_000, help="files and folders in one submission").tag(config=True)

    def init_src(self) -> None:
        """Choose the entries to collect. Raises ExchangeError where there is no exchange or course."""
        super().init_src()
        wrong = [record for record in self.src_records if "why" in record]
        self.src_records = [record for record in self.src_records if "why" not in record]
        for record in wrong:
            self.log.warning("%s was not collected: %s.", ascii(record["filename"]), record["why"])

    def _path_to_record(self, path: str) -> Record:
        """An entry of the inbound folder; `why` says what is wrong with it, if anything is."""
        try:
            about = os.lstat(path)
            record = super()._path_to_record(path) | {"owner": about.st_uid}
            if stat.S_ISDIR(about.st_mode) and STUDENT.fullmatch(record["username"]):
                return record
            why = "no student has such a name" if stat.S_ISDIR(about.st_mode) else "it is no folder"
            why = "it is a link" if stat.S_ISLNK(about.st_mode) else why
        except OSError as error:
            why = f"it cannot be read ({error.strerror})"
        except (ValueError, OverflowError, ExchangeError):
            why = "its name says no time"
        name = os.path.basename(path)
        return {"username": name, "filename": name, "timestamp": datetime.datetime.min, "why": why}

    def _sort_by_timestamp(self, records: Sequence[Record]) -> list[Record]:
        """The entries of one student, the latest first."""
        own = [record for record in records if self.check_owner and _is_own(record)]
        if own and len(own) < len(records):
            self.log.warning(
                "%s: what others handed in under this name was not collected.", records[0]["username"]
            )
        return super()._sort_by_timestamp(own or records)

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy a submission as nbgrader does, from a copy that has plain files only. Raises OSError on a full disk."""
        with TemporaryDirectory() as folder:
            taken = Path(folder, "taken")
            left = self._take(src, taken)
            super().do_copy(str(taken), dest)
        if left:
            names = ", ".join(map(ascii, left[:5])) + (", ..." if len(left) > 5 else "")
            self.log.warning("%s: links and what is no plain file or too much was left out: %s.", dest, names)

    def _take(self, src: str, taken: Path) -> list[str]:
        """Copy the plain files of a folder, the notebooks first; the paths of what was left out.

        Everything is opened in the folder that was looked at and no link is followed: what somebody puts in its
        place meanwhile is not read.
        """
        left: list[str] = []
        count, room = 0, 1000 * self.coursedir.max_dir_size
        taken.mkdir()
        walk = os.fwalk(src, follow_symlinks=False, onerror=lambda error: left.append(str(error.filename)))
        for folder, names, files, descriptor in walk:
            inside = Path(folder).relative_to(src)
            count += len(names) + len(files)
            if count > self.max_files or len(inside.parts) > LEVELS:
                names.clear()
                left.append(str(inside))
                continue
            (taken / inside).mkdir(exist_ok=True)
            left += [str(inside / name) for name in names if _is_link(name, descriptor)]
            for name in sorted(files, key=lambda name: not name.endswith(".ipynb")):
                try:
                    name.encode()
                    with open(os.open(name, PLAIN, dir_fd=descriptor), "rb") as source:
                        about = os.fstat(source.fileno())
                        content = source.read(room + 1) if stat.S_ISREG(about.st_mode) else None
                except (OSError, UnicodeEncodeError):
                    content = None
                if content is None or len(content) > room:
                    left.append(str(inside / name))
                    continue
                room -= len(content)
                (taken / inside / name).write_bytes(content)
        return left


def _is_own(record: Record) -> bool:
    """Whether the user of a student's name made an entry."""
    try:
        return pwd is not None and pwd.getpwuid(record["owner"]).pw_name == record["username"]
    except KeyError:
        return False


def _is_link(name: str, descriptor: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode)
    except OSError:
        return False
