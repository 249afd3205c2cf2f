"""How wide is a text in a cell of a workbook, and over how many lines does it run?

Widths are in digits, as those of columns are. Letters are narrower or wider than that; how much is alike in Calibri and
in what stands in for it where it is missing.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from tui_ledger.widths import cell_width

PADDING = 1.3
"""What a cell keeps free beside its text, with what rounding to whole dots may take."""

_BOLD = 1.06
_WIDTHS = {
    0.5: " ',.:;!|`·iIjl",
    0.7: "()-/[]{}\\frtJ",
    0.9: '?_–"sczxykvT',
    1.12: "ABCEFKLPRSXYZ",
    1.33: "DGHNOQUV&",
    1.65: "mwMW%@æœ—…",
}
_OF_SIGNS = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_USUAL = 1.05


def text_width(text: str, *, is_bold: bool = False) -> float:
    """The width of a text in digits, rather too wide than too narrow."""
    return sum(map(_sign_width, text)) * (_BOLD if is_bold else 1.0)


def lines_in(text: str, column_width: float, *, is_bold: bool = False) -> int:
    """The lines a text takes in a cell of a column, broken between words where it can be."""
    room = max(column_width - PADDING, 1.0)
    lines, used = 1, 0.0
    for word in text.split(" "):
        width, blank = text_width(word, is_bold=is_bold), _OF_SIGNS[" "] if used else 0.0
        if used + blank + width <= room:
            used += blank + width
            continue
        lines += 1 if used else 0
        further = int(width // room)
        lines, used = lines + further, width - further * room
    return lines


@cache
def _sign_width(sign: str) -> float:
    base = unicodedata.normalize("NFD", sign)[:1]
    if base.isascii():
        return _OF_SIGNS.get(base, 1.0 if base.isdigit() else _USUAL)
    return _OF_SIGNS.get(sign, _USUAL * cell_width(sign))
