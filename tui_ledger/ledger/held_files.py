"""Which files of books does this process hold open? They must not be opened in any other way meanwhile.

Where a process closes a file, the system drops all locks it has on it, whoever in the process took them: reading the
first bytes of a book that is open would leave it without SQLite's locks, and another program could then take away a
log that is still written to.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Identity = tuple[int, int]
Result = TypeVar("Result")

_BESIDE = ("-wal", "-shm", "-journal")

_lock = threading.RLock()
_held: Counter[Identity] = Counter()


def identity(path: Path) -> Identity | None:
    """What tells a file from all others, whatever its name; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def hold(path: Path) -> Identity | None:
    """Notes that a book's file will be open in this process, before it is; returns its identity."""
    with _lock:
        found = identity(path)
        if found is not None:
            _held[found] += 1
        return found


def let_go(held: Identity | None) -> None:
    """Takes one such note away, once it is closed."""
    with _lock:
        if held is not None:
            _held[held] -= 1
            if _held[held] <= 0:
                del _held[held]


def is_held(path: Path) -> bool:
    """Whether this process holds the file open as a book's, or as what lies beside one: its log, or the log's index."""
    name = next((path.name.removesuffix(end) for end in _BESIDE if path.name.endswith(end)), path.name)
    with _lock:
        return any(identity(one) in _held for one in (path, path.with_name(name)))


def unless_held(path: Path, read: Callable[[], Result]) -> Result | None:
    """What reading a file gives, or None where it is a book that this process holds open: then it is not touched.

    No book's file is taken into hold meanwhile.
    """
    with _lock:
        return None if is_held(path) else read()
