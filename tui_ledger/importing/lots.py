"""Which lot does a posting speak of? Its price and date, which are checked and passed over, as hledger does."""

from __future__ import annotations

import re

from tui_ledger.importing.journal_dates import read_day
from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.importing.written_amounts import take_apart
from tui_ledger.words import Said

_LEAP_YEAR = 2024
_OPENING = re.compile(r"\{(\{?)[ \t]*+=?[ \t]*+")
_DATE = re.compile(r"\[([0-9/.\-]+)\]")


def without_lot_price(text: str) -> str:
    """What follows a lot price such as `{10 USD}`, `{=10 USD}` or `{{100 USD}}`; raises LineRefused."""
    opening = _OPENING.match(text)
    if opening is None:
        raise LineRefused(Said("{text} begins with no lot price", text=quoted(text)))
    _, rest = take_apart(text[opening.end() :])
    closing = "}}" if opening[1] else "}"
    if not rest.startswith(closing):
        raise LineRefused(Said("{text} is no lot price that can be read: write it as `{{10 USD}}`", text=quoted(text)))
    return rest[len(closing) :].lstrip(" \t")


def without_lot_date(text: str) -> str:
    """What follows a lot date such as `[2026-01-31]`; raises LineRefused."""
    found = _DATE.match(text)
    if found is None:
        raise LineRefused(Said("{text} is no lot date that can be read: write it as `[2026-01-31]`", text=quoted(text)))
    read_day(found[1], _LEAP_YEAR)
    return text[found.end() :].lstrip(" \t")
