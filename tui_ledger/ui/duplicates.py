"""Does a transaction that is being typed stand in the book already?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui_ledger.ledger import Ledger
from tui_ledger.money import Money
from tui_ledger.ui.entry import Line

MOST_ROWS = 2_000
_ROWS_AT_ONCE = 200


def likeness(ledger: Ledger, day: date, payee: str | None, lines: Sequence[Line]) -> int | None:
    """The number of a standing transaction of the same day, payee and amount, the latest; None without one.

    Without a payee nothing is alike: takings of a day often are. Of a very long day only the latest are looked at.
    """
    return alike(ledger, day, payee, _amount(lines))


def alike(ledger: Ledger, day: date, payee: str | None, amount: Money | None) -> int | None:
    """The same by the amount that the journal shows."""
    if payee is None or amount is None:
        return None
    window = ledger.journal_window(date_from=day, date_to=day)
    stop = len(window)
    least = max(stop - MOST_ROWS, 0)
    while stop > least:
        start = max(stop - _ROWS_AT_ONCE, least)
        for row in reversed(window.rows(start, stop)):
            stands = not row.voided and row.reverses is None and row.reversed_by is None
            if stands and row.payee == payee and row.amount == amount:
                return row.number
        stop = start
    return None


def _amount(lines: Sequence[Line]) -> Money | None:
    """What the journal shows as the amount: the debits in the currency of the first line."""
    amounts = [line.amount for line in lines if line.amount is not None]
    if not amounts:
        return None
    own = [amount for amount in amounts if amount.currency == amounts[0].currency and amount.units > 0]
    return sum(own, start=Money(0, amounts[0].currency))
