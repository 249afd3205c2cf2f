"""How many lines has a page? Said by a setting of the book, and checked before it is kept."""

from __future__ import annotations

from tui_ledger.errors import InvalidSetting
from tui_ledger.words import N_, Said

PAGE_SIZE = "page_size"
ABOUT = N_("how many lines a page has on the command line (--page)")
USUAL_PAGE_SIZE = 25
LARGEST_PAGE_SIZE = 1000


def checked_page_size(value: object) -> int:
    """The size, a whole number of lines; raises InvalidSetting."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LARGEST_PAGE_SIZE:
        advice = Said("write a whole number from 1 to {largest}", largest=LARGEST_PAGE_SIZE)
        raise InvalidSetting(value=str(value)[:40], what=N_("page size"), advice=advice)
    return value
