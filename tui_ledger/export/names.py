"""What is an exported file called, and where does it lie?"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

from tui_ledger.errors import ExportFailed
from tui_ledger.export.earlier import is_own_export
from tui_ledger.export.files import make_folder, shown_path
from tui_ledger.text import forbidden_in_names
from tui_ledger.words import N_

FOLDER = "exports"

_LONGEST_PART_BYTES = 120
_SEPARATING = re.compile(r'[\s<>:"/\\|?*\x00-\x1f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_MOST_COPIES = 999


def default_export_path(
    book_path: Path, report_name: str, on_date: date, directory: Path | None = None, suffix: str = ".xlsx"
) -> Path:
    """`<book>-<report>-<date>.xlsx` in `exports/` beside the book, or in `directory`. Nothing is made yet.

    A book that lies in a folder `exports` has its workbooks beside it.
    """
    beside = book_path.absolute().parent
    folder = directory or (beside if beside.name == FOLDER else beside / FOLDER)
    name = f"{safe_file_name(book_path.stem)}-{safe_file_name(report_name)}-{on_date.isoformat()}{suffix}"
    return folder / name


def ready_export_path(path: Path) -> Path:
    """A path that may be written with `overwrite=None`: its folder is made when missing, and a file that is not an
    untouched earlier export keeps its place: the name then gets a number. Raises ExportFailed."""
    make_folder(path.parent)
    for number in range(1, _MOST_COPIES):
        candidate = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if not _is_taken(candidate) or is_own_export(candidate):
            return candidate
    raise ExportFailed(path=shown_path(path), reason=N_("there are too many copies of it: remove some"))


def safe_file_name(text: str) -> str:
    """A text as one part of a file name on any system: no separators, control characters or reserved names."""
    joined = _SEPARATING.sub("-", unicodedata.normalize("NFC", text))
    kept = "".join("-" if forbidden_in_names(character) else character for character in joined)
    trimmed = _limited(re.sub("-{2,}", "-", kept).strip("-. "))
    if not trimmed:
        return "book"
    return f"_{trimmed}" if _RESERVED.fullmatch(trimmed) else trimmed


def _limited(name: str) -> str:
    return name.encode()[:_LONGEST_PART_BYTES].decode(errors="ignore").rstrip("-. ")


def _is_taken(path: Path) -> bool:
    return path.is_symlink() or path.exists()
