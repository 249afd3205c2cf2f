"""Which characters of a typed or pasted text mean the same?"""

from __future__ import annotations

from tui_ledger.locale.numerals import without_marks

SHOWN_LIMIT = 60

_SAME = str.maketrans("\u00a0\u202f\u2009\u2007\u2019\u2212", "    '-")


def folded(text: str) -> str:
    """The text with one blank for the no-break, narrow, thin and figure blanks, one apostrophe, one minus, and without
    direction marks and outer blanks. Everything else stays, so that it can be refused."""
    return without_marks(text).translate(_SAME).strip(" \t\r\n")


def shortened(text: str) -> str:
    """The text as an error names it."""
    return text if len(text) <= SHOWN_LIMIT else text[: SHOWN_LIMIT - 3] + "..."
