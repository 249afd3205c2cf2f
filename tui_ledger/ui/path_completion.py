"""Which file does a bookkeeper mean by the beginning of its path?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from tui_ledger.ui.signing import reaches_files
from tui_ledger.ui.widgets.completions import ROWS_SHOWN, Completion
from tui_ledger.words import _

_LOOKED_AT = 2_000


def path_completions(typed: str, endings: Sequence[str] = ()) -> list[Completion]:
    """Folders and files that a path may go on to, folders first; of files those with one of the `endings`, if given.

    What begins with a dot is offered only where a dot was typed. A folder that cannot be read offers nothing,
    and to whom files of this computer are not open none does.
    """
    if not reaches_files():
        return []
    before, start = os.path.split(typed)
    folder = Path(before or ".").expanduser()
    try:
        with os.scandir(folder) as entries:
            found = [one for one, _place in zip(entries, range(_LOOKED_AT), strict=False) if _fits(one, start, endings)]
    except (OSError, RuntimeError, ValueError):
        return []
    ordered = sorted(found, key=lambda one: (not _is_folder(one), one.name.casefold()))
    shown = [one for one in ordered if one.name != start or _is_folder(one)][:ROWS_SHOWN]
    return [Completion(_path(before, one), _("folder") if _is_folder(one) else "", None) for one in shown]


def typed_path(text: str) -> Path:
    """The path a text means, `~` being the user's home."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _fits(one: os.DirEntry[str], start: str, endings: Sequence[str]) -> bool:
    if not one.name.casefold().startswith(start.casefold()) or (one.name.startswith(".") and not start):
        return False
    return _is_folder(one) or not endings or one.name.casefold().endswith(tuple(endings))


def _is_folder(one: os.DirEntry[str]) -> bool:
    try:
        return one.is_dir()
    except OSError:
        return False


def _path(before: str, one: os.DirEntry[str]) -> str:
    between = os.sep if before and not before.endswith(os.sep) else ""
    return f"{before}{between}{one.name}{os.sep if _is_folder(one) else ''}"
