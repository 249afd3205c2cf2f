"""Does a change of tax codes leave closed days as they are? What was filed for them is worked out anew at any time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.dates import day_before
from tui_ledger.errors import TaxCodeInClosedPeriod, TaxRateInClosedPeriod
from tui_ledger.ledger.book import read_state
from tui_ledger.ledger.database import BookDatabase

if TYPE_CHECKING:
    from tui_ledger.ledger.taxes import TaxRates
    from tui_ledger.ledger.values import Account


def refuse_other_rates(database: BookDatabase, code: str, before: TaxRates, after: TaxRates) -> None:
    """Refuses to change the rates of a code so that a closed day gets another rate or tax account. A code without a
    rate on a day may get its first one there, unless what was posted would bear it.

    Raises TaxRateInClosedPeriod, and TaxCodeInClosedPeriod where an account that begins or ceases to take tax has
    postings on closed days that bore tax.
    """
    through = read_state(database).closed_through
    if through is None:
        return
    days = sorted({rate.date_from for rates in (before, after) for rate in rates.of_code(code)})
    for day, following in zip(days, [*days[1:], None], strict=True):
        if day > through:
            break
        was, becomes = _meaning(before, code, day), _meaning(after, code, day)
        last = through if following is None else min(through, day_before(following))
        if was != becomes and (was is not None or _would_bear(database, code, day, last)):
            raise TaxRateInClosedPeriod(code=code, date=day, through=through)
    for row in sorted(before.accounts ^ after.accounts):
        name, borne = database.row("SELECT name, tax_code FROM accounts WHERE id = ?", (row,)) or ("", None)
        if borne is not None and _has_borne(database, row, before, borne, through):
            raise TaxCodeInClosedPeriod(account=name, code=borne, through=through)


def refuse_other_code(database: BookDatabase, account: Account, rates: TaxRates) -> None:
    """Refuses to change the tax code of an account, or take it off, where postings on closed days bore it.

    Raises TaxCodeInClosedPeriod.
    """
    through = read_state(database).closed_through
    if through is None or account.tax_code is None or not rates.bears(account):
        return
    if _has_borne(database, account.id, rates, account.tax_code, through):
        raise TaxCodeInClosedPeriod(account=account.name, code=account.tax_code, through=through)


def _meaning(rates: TaxRates, code: str, day: date) -> object:
    rate = rates.at(code, day)
    return None if rate is None else (rate.rate, rate.account_id)


def _would_bear(database: BookDatabase, code: str, first: date, last: date) -> bool:
    """Whether anything was posted from a day to another to an account with a code."""
    found = database.row(
        "SELECT 1 FROM postings p JOIN accounts a ON a.id = p.account WHERE a.tax_code = ? AND p.date BETWEEN ? AND ? "
        "LIMIT 1",
        (code, first.isoformat(), last.isoformat()),
    )
    return found is not None


def _has_borne(database: BookDatabase, account: int, rates: TaxRates, code: str, through: date) -> bool:
    """Whether an account has postings on closed days on which its code had a rate."""
    first = min((rate.date_from for rate in rates.of_code(code)), default=date.max)
    found = database.row(
        "SELECT 1 FROM postings WHERE account = ? AND date BETWEEN ? AND ? LIMIT 1",
        (account, first.isoformat(), through.isoformat()),
    )
    return found is not None
