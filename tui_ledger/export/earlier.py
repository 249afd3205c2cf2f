"""Is a file an earlier export of this program that nobody has worked on since?"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from zipfile import BadZipFile, ZipFile

PROGRAM = "tui-ledger"

_PART = "docProps/app.xml"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_MARK = f"<Application>{PROGRAM}</Application>"
_MOST_BYTES = 16_384


def application_part() -> str:
    """The part of a workbook that names the program which wrote it. Every spreadsheet program puts its own name there
    when it saves, and one that finds a stranger's computes all formulas anew."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="{_NAMESPACE}">{_MARK}</Properties>'


def is_own_export(path: Path) -> bool:
    """Whether a regular file is a workbook as this program wrote it; one that was saved by another is not."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return False
        with ZipFile(path) as archive, archive.open(_PART) as part:
            return _MARK.encode() in part.read(_MOST_BYTES)
    except (OSError, BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError):
        return False
