"""Which books are random acts done on? New ones with the oracle's accounts, under a clock that stands still."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.acts.oracle import FIRST, TILL, kind_of
from tui_ledger.ledger import Ledger

TODAY = date(2026, 6, 15)


def frozen() -> datetime:
    """Noon of TODAY."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def with_first_accounts(ledger: Ledger) -> Ledger:
    """A new book with the accounts the oracle begins with."""
    with ledger.write():
        for account, code in FIRST.items():
            ledger.open_account(account, kind_of(account), currency=code, minimum=0 if account == TILL else None)
    return ledger
