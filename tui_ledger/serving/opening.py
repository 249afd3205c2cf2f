"""How does the user's own browser come to the address? By a file that only the user can read, never by a command line.

Everybody on a computer may read the arguments of a program, and whoever is first with a token is let in.
"""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tui_ledger.serving.pages import way_in


def open_browser(folder: Path, name: str, place: str) -> Path | None:
    """Have the browser open `place`; gives the file that leads there, to be removed at the end, or None.

    Where there is no browser on this screen nothing happens: the address is printed anyway.
    """
    if not has_screen(os.environ):
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600, exist_ok=False)
        path.write_text(way_in(place)[0], encoding="utf-8")
    except OSError:
        return None
    threading.Thread(target=_open, args=(path.as_uri(),), name="browser", daemon=True).start()
    return path


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether a browser with a window of its own can be opened: one in the terminal would take it over."""
    return sys.platform == "darwin" or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _open(address: str) -> None:
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
