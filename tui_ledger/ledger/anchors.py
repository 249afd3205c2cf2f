"""What was the head of the history when it was last noted outside of the book? So that a cut-off tail is noticed.

Beside a book lies a file of anchors: one line of JSON each, appended and never changed, written with each backup,
restore and rebuild. Whoever cuts acts off the end of a book, or puts an older file in its place, leaves an anchor
that the history no longer reaches.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from tui_ledger.ledger.flushing import flush_folder
from tui_ledger.ledger.history import utc_text
from tui_ledger.ledger.locations import BACKUP_FOLDER

SUFFIX = ".anchors"
RESTORED = "restore"

_APPENDING = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_LARGEST_BYTES = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of a book's history at a time: its last change and that one's hash, and what it was noted for.

    `purpose` is backup, restore or rebuild; `about` names the file. After a restore the anchors before it count no
    more: what lies beyond its change was given up knowingly, and all before is pinned by its own hash.
    """

    at: str
    book: str
    seq: int
    head: str
    transactions: int
    purpose: str
    about: str

    @classmethod
    def of(
        cls, now: datetime, book: str, seq: int, head: str, transactions: int, *, purpose: str, about: str
    ) -> Anchor:
        """An anchor of now; `book` is the book's key."""
        return cls(utc_text(now), book, seq, head, transactions, purpose, about)


def anchor_file(book: Path) -> Path:
    """Where the anchors of a book lie: beside it, under its name."""
    real = book.resolve()
    return real.with_name(real.name + SUFFIX)


def anchor_files(book: Path) -> tuple[Path, ...]:
    """Where anchors of a book are looked for: beside it, and beside its backups."""
    beside = anchor_file(book)
    return beside, beside.parent / BACKUP_FOLDER / beside.name


def write_anchor(file: Path, anchor: Anchor) -> None:
    """Appends one line and flushes it to the disk; raises OSError."""
    line = json.dumps(asdict(anchor), ensure_ascii=True, sort_keys=True, separators=(",", ":")) + "\n"
    is_new = not file.exists()
    descriptor = os.open(file, _APPENDING, 0o600)
    try:
        os.write(descriptor, (line if is_new or _ends_whole(file) else "\n" + line).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if is_new:
        flush_folder(file.parent)


def standing_anchors(files: Iterable[Path], book: str) -> tuple[Anchor, ...]:
    """The anchors of a book that still count, oldest first; what cannot be read is passed over."""
    standing: list[Anchor] = []
    for file in files:
        found = [one for one in _read(file) if one.book == book]
        restores = [one for one in found if one.purpose == RESTORED]
        standing = [one for one in standing if not any(_gives_up(restore, one) for restore in restores)]
        earlier = [one for one in standing if one.purpose == RESTORED]
        kept = _standing_of(found)
        standing += [one for one in kept if not any(_gives_up(restore, one) for restore in earlier)]
    return tuple(sorted(standing, key=lambda one: one.at))


def _standing_of(found: Iterable[Anchor]) -> list[Anchor]:
    """Of one file: in the order of its lines, whatever the clock said."""
    standing: list[Anchor] = []
    for anchor in found:
        if anchor.purpose == RESTORED:
            standing = []
        standing.append(anchor)
    return standing


def _gives_up(restore: Anchor, other: Anchor) -> bool:
    """Whether a restore came after what another file noted."""
    return other.at < restore.at


def _ends_whole(file: Path) -> bool:
    """Whether the last line ends: a power cut may have left a part of one."""
    with file.open("rb") as content:
        content.seek(0, os.SEEK_END)
        if content.tell() == 0:
            return True
        content.seek(-1, os.SEEK_END)
        return content.read(1) == b"\n"


def _read(file: Path) -> list[Anchor]:
    found: list[Anchor] = []
    with suppress(OSError):
        with file.open("rb") as content:
            lines = content.read(_LARGEST_BYTES).splitlines()
        for line in lines:
            with suppress(ValueError, TypeError, RecursionError):
                found.append(_anchor(json.loads(line)))
    return found


def _anchor(said: object) -> Anchor:
    if not isinstance(said, dict):
        raise TypeError("an anchor is an object")
    anchor = Anchor(**{str(name): value for name, value in said.items()})
    numbers, texts = (anchor.seq, anchor.transactions), (anchor.at, anchor.book, anchor.head, anchor.purpose)
    if not all(isinstance(one, int) for one in numbers) or not all(isinstance(one, str) for one in texts):
        raise TypeError("an anchor holds numbers and texts")
    return anchor
