"""How do many rows get onto a sheet fast, with memory that does not grow?

openpyxl makes an object of every cell and an element of every object; for rows by the hundred thousand they are written
here as text, aside, and put where openpyxl left the sheet empty. All else of such a sheet is openpyxl's.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO, Any

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from tui_ledger.export.cells import cell_text

MOST_LINKS = 65_000

_PIECE_BYTES = 1 << 20
_OUTLINE_LIMIT = 7
_EMPTY_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData\s*></sheetData>")
_SPECIAL = re.compile(r"[&<>\r]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_FIRST_SERIAL_DAY = date(1900, 3, 1)
_DAY_ZERO = date(1899, 12, 30).toordinal()


class StreamedSheet:
    """One sheet, written from top to bottom as text. Cells are made by the functions beside it."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.worksheet = worksheet
        self.next_row = 1
        self._links: list[tuple[str, str]] = []
        self._rows: IO[bytes] = tempfile.TemporaryFile(prefix="tui-ledger.", suffix=".rows")  # noqa: SIM115

    @property
    def title(self) -> str:
        return str(self.worksheet.title)

    def append(self, cells: Iterable[str], *, height: float | None = None, level: int = 0) -> int:
        """Writes the next row and says which it was. `height` in points; `level` is its place in the outline."""
        row = self.next_row
        lift = "" if height is None else f' ht="{height:g}" customHeight="1"'
        if level:
            lift += f' outlineLevel="{min(level, _OUTLINE_LIMIT)}"'
        self._rows.write(f'<row r="{row}"{lift}>{"".join(cells)}</row>'.encode())
        self.next_row = row + 1
        return row

    def link(self, cell: str, to: str) -> None:
        """Lets a cell lead to a place in the workbook, as `place_on` names it."""
        self._links.append((cell, to))

    @property
    def size_bytes(self) -> int:
        """How long the rows written so far are."""
        return self._rows.tell()

    def finish(self) -> None:
        """Everything is said: openpyxl may write what surrounds the rows."""
        surrounding: Any = self.worksheet
        surrounding._get_writer()  # noqa: SLF001 - the only way to have openpyxl write a sheet's head
        for cell, to in self._links:
            link_cell(self.worksheet, cell, to)

    def pieces(self, empty_sheet: bytes) -> Iterator[bytes]:
        """The sheet openpyxl wrote without rows, with the rows in it."""
        found = _EMPTY_ROWS.search(empty_sheet)
        if found is None:
            raise RuntimeError("The sheet has no place for its rows.")
        yield empty_sheet[: found.start()] + b"<sheetData>"
        self._rows.seek(0)
        while piece := self._rows.read(_PIECE_BYTES):
            yield piece
        yield b"</sheetData>" + empty_sheet[found.end() :]

    def discard(self) -> None:
        """Lets go of what was written aside, also where a full disk took no more of it; harmless when repeated."""
        with suppress(OSError):
            self._rows.close()


def is_outer_file(sheet: StreamedSheet, path: str) -> bool:
    """Whether openpyxl wrote what surrounds the rows of a sheet into a file."""
    writer = getattr(sheet.worksheet, "_writer", None)
    return writer is not None and Path(writer.out) == Path(path)


def link_cell(worksheet: Worksheet, cell: str, to: str) -> None:
    """Lets a cell of a sheet whose first row was written lead to a place in the same workbook; spreadsheet programs
    refuse a sheet with more links than they know, so what is beyond that many has none."""
    written: Any = worksheet
    if len(written._hyperlinks) < MOST_LINKS:  # noqa: SLF001 - of cells that left memory
        written._hyperlinks.append(Hyperlink(ref=cell, location=to))  # noqa: SLF001 - of a cell that left memory


def place_on(sheet_title: str, cell: str) -> str:
    """A cell of a sheet as links and formulas name it: 'General ledger'!A7."""
    return f"{quote_sheetname(sheet_title)}!{cell}"


def text_xml(place: str, style: int, text: str) -> str:
    """A cell that is text whatever the text begins with."""
    shown = text if text.isascii() and text.isprintable() and "_" not in text and len(text) < 256 else cell_text(text)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_escaped(shown)}</t></is></c>'


def number_xml(place: str, style: int, number: str) -> str:
    """A real number, from its plain decimal text."""
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def formula_xml(place: str, style: int, formula: str) -> str:
    """A live formula of our own making, without its '='; no text of the book may be part of it."""
    return f'<c r="{place}" s="{style}"><f>{_escaped(formula)}</f></c>'


def blank_xml(place: str, style: int) -> str:
    """An empty cell that carries the lines and the colour of its row."""
    return f'<c r="{place}" s="{style}"/>'


def day_serial(day: date) -> str | None:
    """A day as spreadsheets count it; None before March 1900, which they do not agree upon."""
    return str(day.toordinal() - _DAY_ZERO) if day >= _FIRST_SERIAL_DAY else None


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text) if _SPECIAL.search(text) else text
