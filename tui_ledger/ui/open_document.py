"""How is a document opened from here? By the system's own program for it, or by the browser of whoever looks on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from textual.app import App

from tui_ledger.errors import DocumentNotOpened
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.attachments import Attachment
from tui_ledger.ui.signing import reaches_files
from tui_ledger.words import N_

_OPENERS = ("xdg-open", "gio", "wslview")
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def open_document(app: App[object], attachment: Attachment) -> None:
    """Opens what is attached: an address in the browser, a file by the system, in a browser session as a download.

    Raises DocumentNotOpened where the file is not there or nothing here can open it.
    """
    path = attachment.path
    if path is None:
        app.open_url(attachment.address)
        return
    if not reaches_files():
        reason = N_("it lies on the computer that serves this page, whose files are for its administrators")
        raise DocumentNotOpened(document=path.name, reason=reason)
    if not path.exists():
        raise DocumentNotOpened(document=str(path), reason=N_("it is not there"))
    if app.is_web:
        if not path.is_file():
            raise DocumentNotOpened(document=str(path), reason=N_("it is no file"))
        app.deliver_binary(str(path))
        return
    _start(opener_of(sys.platform, os.environ, path), path)


def opener_of(platform: str, environ: Mapping[str, str], path: Path) -> list[str]:
    """The command that opens a file; raises DocumentNotOpened where there is none, or no screen to show it on."""
    if platform == "darwin":
        return ["open", "--", str(path)]
    found = next((name for name in _OPENERS if shutil.which(name, path=environ.get("PATH"))), None)
    if found is None:
        raise DocumentNotOpened(document=str(path), reason=N_("there is no program here that opens documents"))
    if found != "wslview" and not any(environ.get(name) for name in _DISPLAYS):
        raise DocumentNotOpened(document=str(path), reason=N_("this terminal has no screen to show it on"))
    return [found, *(["open"] if found == "gio" else []), str(path.absolute())]


def _start(command: list[str], path: Path) -> None:
    """Starts a program of its own, which writes nothing to this terminal and outlives the workbench."""
    try:
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as problem:
        raise DocumentNotOpened(document=str(path), reason=system_reason(problem)) from problem
