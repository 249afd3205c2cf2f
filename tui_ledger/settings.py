"""What does the program remember for its user, apart from any book?"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from tui_ledger.paths import state_folder

_FILE = "state.json"


def last_book() -> str | None:
    """The book last opened in the workbench, if that is remembered."""
    found = _read().get("last_book")
    return found if isinstance(found, str) else None


def remember_book(place: Path) -> None:
    """Remembers the book that was opened; where that cannot be written, nothing happens."""
    with contextlib.suppress(OSError):
        folder = state_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = folder / f"{_FILE}.{os.getpid()}"
        aside.write_text(json.dumps({**_read(), "last_book": str(place.absolute())}), encoding="utf-8")
        aside.chmod(0o600)
        aside.replace(folder / _FILE)


def _read() -> dict[str, Any]:
    try:
        found = json.loads((state_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
