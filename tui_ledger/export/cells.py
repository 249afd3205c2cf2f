"""How does a value become a spreadsheet cell that holds exactly it, and never a formula nobody wrote?"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE, FORMAT_GENERAL
from openpyxl.worksheet.worksheet import Worksheet

from tui_ledger.export.styles import Style, beginning
from tui_ledger.money import Money
from tui_ledger.reports.report import plain_figure
from tui_ledger.text import clean

TEXT_LIMIT = 32_767
EXACT_DIGITS = 15

LIVE_BEGINNINGS = ("=", "+", "-", "@", "#", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_SHEET_LIMIT = 31


def text_cell(sheet: Worksheet, text: str, style: Style, indent: int = 0) -> Cell:
    """A cell that stays text whatever the text begins with; control characters are shown as pictures."""
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    cell.value = cell_text(text)
    cell.data_type = "s"
    if text.startswith(LIVE_BEGINNINGS):
        cell.quotePrefix = True
    if indent:
        begin = beginning(bool(sheet.sheet_view.rightToLeft))
        cell.alignment = Alignment(horizontal=begin, vertical="bottom", wrap_text=True, indent=indent)
    return cell


def code_cell(sheet: Worksheet, code: str | None, style: Style) -> Cell:
    """An account's code: a number where the code is nothing but one, so that no spreadsheet warns of it."""
    if code is None:
        return blank_cell(sheet, style)
    if not re.fullmatch(r"0|[1-9][0-9]{0,14}", code):
        return text_cell(sheet, code, style)
    cell = blank_cell(sheet, style)
    cell.value = int(code)
    set_number_format(cell, "0")
    return cell


def figure_cell(sheet: Worksheet, money: Money, style: Style, number_format: str) -> Cell:
    """A real number, or the plain text of one that has more digits than a spreadsheet keeps."""
    if not is_exact(money):
        return text_cell(sheet, plain_figure(money), style)
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    set_number_format(cell, number_format)
    cell.value = money.amount
    return cell


def formula_cell(sheet: Worksheet, formula: str, style: Style, number_format: str) -> Cell:
    """A live formula of our own making, with its '='; no text of the book may be part of it."""
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    set_number_format(cell, number_format)
    cell.value = formula
    return cell


def date_cell(sheet: Worksheet, day: date, style: Style, number_format: str) -> Cell:
    """A real date."""
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    cell.value = day
    set_number_format(cell, number_format)
    return cell


def blank_cell(sheet: Worksheet, style: Style) -> Cell:
    """An empty cell that carries the lines and the colour of its row."""
    cell = WriteOnlyCell(sheet)
    cell.style = style.value
    return cell


def set_number_format(cell: Cell, number_format: str) -> None:
    """Gives a cell a number format that is written out in the workbook, but for the general one.

    openpyxl refers to many by a number alone, and the country of who reads it says what such a number looks like: in
    German, that of `#,##0.00_);(#,##0.00)` has a minus.
    """
    if number_format == FORMAT_GENERAL:
        cell.number_format = number_format
        return
    styled: Any = cell
    owner = styled.parent.parent
    written = owner._number_formats.add(number_format)  # noqa: SLF001 - openpyxl offers no way to write a known one out
    styled._style.numFmtId = written + BUILTIN_FORMATS_MAX_SIZE  # noqa: SLF001


def is_exact(money: Money) -> bool:
    """Whether a spreadsheet keeps every digit of an amount."""
    return len(str(abs(money.units))) <= EXACT_DIGITS


def cell_text(text: str) -> str:
    """A text as a cell can hold it: shown characters only, at most 32,767 UTF-16 units, the last one an ellipsis.

    What looks like the file format's own escape (`_x0041_`) is escaped, or it would be read as a character.
    """
    return _ESCAPE_LIKE.sub("_x005F_", _limited(clean(text)))


def sheet_title(text: str, taken: tuple[str, ...] = ()) -> str:
    """A text as a sheet's name: nothing a spreadsheet forbids in one, 31 characters, unlike those taken."""
    plain = _SHEET_FORBIDDEN.sub("-", clean(text)).strip(" '")[:_SHEET_LIMIT].strip(" '") or "Sheet"
    if plain.casefold() == "history":
        plain += "."
    used = {name.casefold() for name in taken}
    title, number = plain, 1
    while title.casefold() in used:
        number += 1
        ending = f" {number}"
        title = plain[: _SHEET_LIMIT - len(ending)].rstrip() + ending
    return title


def _limited(text: str) -> str:
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * TEXT_LIMIT:
        return text
    return encoded[: 2 * (TEXT_LIMIT - 1)].decode("utf-16-le", errors="ignore") + "…"
