"""Was a book's file written over while it was open here, by a copy of another book or of an earlier day?

A copy into the same file leaves the log and its index beside it, and SQLite goes on as if nothing had happened: it
takes some pages from the log and others from what lies there now, and writes its own into that. So the file is looked
at by itself, without its log, whenever its size or time has changed; a checkpoint changes them too, and is told from a
copy. What is copied in while the whole book stands in the log changes nothing, and goes unnoticed.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What tells a book from others and from its own earlier days: its key, and a change with its hash.

    The key is '' where there is none yet, the hash empty where there is no such change.
    """

    book_key: str
    seq: int
    hash: bytes


class WrittenOver:
    """The file of one open book, followed from look to look."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = _stamp(path)
        self._known = _told_by_file(path)
        self._is_so = False

    @property
    def is_known(self) -> bool:
        """Whether a look has found the file written over; without another look."""
        return self._is_so

    def look(self, told_by_book: Callable[[int], Told | None]) -> bool:
        """Whether the file was written over: once it was, it stays so. Costs a look at its size and time while they
        stay as they are.

        `told_by_book` tells the key and the hash of a change as the open book has them; None where it cannot be read.
        """
        now = _stamp(self.path)
        if self._is_so or now is None or now == self._stamp:
            return self._is_so
        found = _told_by_file(self.path)
        if found is None:
            # Half a checkpoint reads as damage for a moment; half a copy becomes a whole one. An empty file stays.
            self._is_so = now[0] == 0
            return self._is_so
        self._is_so = self._is_another(found, told_by_book)
        if not self._is_so:
            self._stamp, self._known = now, found
        return self._is_so

    def drop_log(self) -> None:
        """Empties the log beside the file: what it belongs to is no more, and closing would put it into what is."""
        with contextlib.suppress(OSError):
            os.truncate(self.path.with_name(f"{self.path.name}-wal"), 0)

    def _is_another(self, found: Told, told_by_book: Callable[[int], Told | None]) -> bool:
        known = self._known
        if known is not None and known.book_key and (found.book_key != known.book_key or found.seq < known.seq):
            return True
        if not found.book_key:
            return False
        own = told_by_book(found.seq)
        return own is not None and own != found


def told_by(connection: sqlite3.Connection, seq: int | None = None) -> Told:
    """The key of a book and its last change, or another change. Raises sqlite3.Error."""
    of_key = "SELECT book_key FROM book WHERE id = 1"
    of_change = "SELECT seq, hash FROM changes ORDER BY seq DESC LIMIT 1"
    if seq is not None:
        of_change = "SELECT seq, hash FROM changes WHERE seq = ?"
    keys = connection.execute(of_key).fetchall()
    changes = connection.execute(of_change, () if seq is None else (seq,)).fetchall()
    last, digest = changes[0] if changes else (seq or 0, b"")
    return Told(str(keys[0][0]) if keys else "", int(last), bytes(digest))


def _told_by_file(path: Path) -> Told | None:
    """What a file tells without its log; None where it cannot be read now. What is no book tells of none."""
    try:
        # Through SQLite, which opens and closes files without losing the locks that this process has on them.
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return told_by(connection)
    except sqlite3.DatabaseError as problem:
        is_no_book = "no such table" in str(problem) or "not a database" in str(problem)
        return Told("", 0, b"") if is_no_book else None
    except (TypeError, ValueError):
        return None


def _stamp(path: Path) -> Stamp | None:
    """The size and the time of the last change of a file; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns
