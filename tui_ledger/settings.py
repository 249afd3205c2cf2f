"""What does the program remember for its user, apart from any book?"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui_ledger.paths import state_folder

_FILE = "state.json"
_RECENT = 8


def last_book() -> str | None:
    """The book last opened in the workbench, if that is remembered."""
    found = _read().get("last_book")
    return found if isinstance(found, str) else None


def remember_book(place: Path) -> None:
    """Remembers the book that was opened; where that cannot be written, nothing happens."""
    book = str(place.absolute())
    others = [other for other in recent_books() if other != book]
    _remember({"last_book": book, "recent_books": [book, *others][:_RECENT]})


def recent_books() -> list[str]:
    """The books opened in the workbench, the last one first."""
    found = _read().get("recent_books")
    books = [book for book in found if isinstance(book, str)] if isinstance(found, list) else []
    last = last_book()
    return books or ([last] if last is not None else [])


def list_choices(name: str) -> dict[str, Any]:
    """What was chosen for a list of the workbench (its order, period, widths), as it was remembered; else empty."""
    found = _read().get("lists")
    chosen = found.get(name) if isinstance(found, dict) else None
    return chosen if isinstance(chosen, dict) else {}


def remember_list(name: str, choices: Mapping[str, Any]) -> None:
    """Remembers what was chosen for a list; where that cannot be written, nothing happens."""
    found = _read().get("lists")
    _remember({"lists": {**(found if isinstance(found, dict) else {}), name: dict(choices)}})


def _remember(values: Mapping[str, Any]) -> None:
    with contextlib.suppress(OSError):
        folder = state_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = folder / f"{_FILE}.{os.getpid()}"
        aside.write_text(json.dumps({**_read(), **values}), encoding="utf-8")
        aside.chmod(0o600)
        aside.replace(folder / _FILE)


def _read() -> dict[str, Any]:
    try:
        found = json.loads((state_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
