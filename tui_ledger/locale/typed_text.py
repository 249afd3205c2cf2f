"""Which characters of a typed or pasted text mean the same?"""

from __future__ import annotations

from tui_ledger.locale.numerals import without_marks

SHOWN_LIMIT = 60

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = {
    **_WIDE,
    **str.maketrans("\u3000\uffe5\uffe1\uffe0\uffe6", " \u00a5\u00a3\u00a2\u20a9"),
    **str.maketrans("\u00a0\u202f\u2009\u2007\u2019\u2212\u2013\u2010\u2011", "    '----"),
}


def folded(text: str) -> str:
    """The text with one blank for the no-break, narrow, thin and figure blanks, one apostrophe, one minus for hyphens
    and the short dash, the wide forms of Japanese keyboards as their usual ones, and without direction marks and outer
    blanks. Everything else stays, so that it can be refused."""
    return without_marks(text).translate(_SAME).strip(" \t\r\n")


def shortened(text: str) -> str:
    """The text as an error names it."""
    return text if len(text) <= SHOWN_LIMIT else text[: SHOWN_LIMIT - 3] + "..."
