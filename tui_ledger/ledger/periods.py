"""Which days are closed? Closing, reopening, and the closing transaction of a fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tui_ledger.dates import day_before
from tui_ledger.errors import InvalidOptions, NotAFiscalYearEnd, NothingToClose, PeriodClosed, PeriodNotClosed
from tui_ledger.ledger import balances
from tui_ledger.ledger.book import BookState
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.fiscal_years import FiscalYear, read_fiscal_years
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.own_accounts import RETAINED_EARNINGS, own_account
from tui_ledger.ledger.values import AccountType, Draft, DraftPosting
from tui_ledger.money import Money
from tui_ledger.words import Said

_RESULTS = (AccountType.INCOME, AccountType.EXPENSE)


def check_closable(state: BookState, through: date) -> None:
    """Refuses a day that is closed already."""
    if state.closed_through is not None and through <= state.closed_through:
        raise PeriodClosed(date=through, through=state.closed_through)


def closing_draft(database: BookDatabase, act: Act, chart: Chart, state: BookState, through: date, memo: str) -> Draft:
    """The closing transaction of a fiscal year: every income and expense account to zero, per currency into retained
    earnings, which is opened where it is missing.

    Raises NotAFiscalYearEnd, NothingToClose.
    """
    if read_fiscal_years(database, state.fiscal_year_start).of(through).last != through:
        raise NotAFiscalYearEnd(date=through)
    held = balances.all_balances(database, through.isoformat())
    moved = [account for account in chart.all() if account.type in _RESULTS and held[account.id] != 0]
    if not moved:
        raise NothingToClose(date=through)
    lines = [DraftPosting(account, Money(-held[account.id], account.currency)) for account in moved]
    for currency in dict.fromkeys(account.currency for account in moved):
        result = sum(held[account.id] for account in moved if account.currency == currency)
        if result != 0:
            target = own_account(database, act, chart, RETAINED_EARNINGS, str(currency), state.currency)
            lines.append(DraftPosting(target, Money(result, currency)))
    return Draft(date=through, memo=memo, postings=tuple(lines), closing=True)


def closing_units(database: BookDatabase, year: FiscalYear, day: date) -> dict[int, int]:
    """What the closing transactions of a fiscal year put on each account by the end of a day, debit-positive units."""
    return dict(
        database.rows(
            "SELECT p.account, sum(p.amount) FROM transactions t JOIN postings p ON p.number = t.number "
            "WHERE t.closing = 1 AND t.date BETWEEN ? AND ? GROUP BY p.account",
            (year.first.isoformat(), min(day, year.last).isoformat()),
        )
    )


def close_through(
    database: BookDatabase, act: Act, state: BookState, through: date, closing_transaction: int | None, reason: str
) -> None:
    """Sets the lock; written last, since it refuses what the closing transaction writes."""
    database.execute(
        "INSERT INTO period_closes (through, change, closing_transaction) VALUES (?, ?, ?)",
        (through.isoformat(), act.number, closing_transaction),
    )
    _set_lock(database, act, state, through, {"closing_transaction": closing_transaction, "reason": reason})


def reopen_from(database: BookDatabase, act: Act, state: BookState, first: date, reason: str) -> list[int]:
    """Opens a day and all later ones; returns the closing transactions dated in them, which must be taken back."""
    if state.closed_through is None or first > state.closed_through:
        raise PeriodNotClosed(date=first)
    if not reason.strip():
        sentence = Said(
            "A period is reopened for a reason, kept in the history: say why {first} is opened.", first=first
        )
        raise InvalidOptions(reason=sentence)
    closings = database.rows(
        "SELECT closing_transaction FROM period_closes WHERE through >= ? AND closing_transaction IS NOT NULL "
        "ORDER BY through DESC",
        (first.isoformat(),),
    )
    earlier = day_before(first)
    database.execute("DELETE FROM period_closes WHERE through >= ?", (first.isoformat(),))
    previous = database.value("SELECT max(through) FROM period_closes")
    locked = None if previous is None and _before_all(database, earlier) else earlier
    _set_lock(database, act, state, locked, {"reason": reason})
    return [row[0] for row in closings]


def _before_all(database: BookDatabase, day: date) -> bool:
    first = database.value("SELECT min(date) FROM transactions")
    return first is None or day.isoformat() < first


def _set_lock(
    database: BookDatabase, act: Act, state: BookState, through: date | None, said: Mapping[str, Any]
) -> None:
    database.execute(
        "UPDATE book SET closed_through = ? WHERE id = 1", (None if through is None else through.isoformat(),)
    )
    before = None if state.closed_through is None else {"closed_through": state.closed_through.isoformat()}
    kept = {name: value for name, value in said.items() if value}
    after = None if through is None else {"closed_through": through.isoformat(), **kept}
    act.record(subject="period", before=before, after=after if after is not None else {"closed_through": None, **kept})
