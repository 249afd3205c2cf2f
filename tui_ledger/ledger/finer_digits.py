"""How does a currency get more digits? In the whole book at once, every figure staying worth what it was."""

from __future__ import annotations

from dataclasses import replace

from tui_ledger.errors import AmountTooLarge, DigitsOnlyRise
from tui_ledger.ledger import balances
from tui_ledger.ledger.accounts import account_body, account_subject
from tui_ledger.ledger.book import BookState
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.currencies import checked_digits, forget_chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.values import Account
from tui_ledger.money import LARGEST_UNITS, Currency, Money
from tui_ledger.words import Said


def raise_digits(database: BookDatabase, act: Act, chart: Chart, state: BookState, code: str, digits: int) -> Currency:
    """Gives a currency more digits: amounts, balances and minimums are written finer, and stay what they are worth.

    In closed periods too, since nothing there changes. Only inside a write. Raises InvalidCurrency, DigitsOnlyRise,
    AmountTooLarge where a figure would no longer fit.
    """
    known, wanted = chart.currency(code), checked_digits(code, digits)
    if wanted is None or wanted <= known.digits:
        raise DigitsOnlyRise(code=code, digits=known.digits, wanted=wanted)
    finer, factor = Currency(code, wanted), 10 ** (wanted - known.digits)
    accounts = [account for account in chart.all() if account.currency == code]
    _refuse_too_large(database, accounts, finer, factor)
    database.execute("UPDATE currencies SET digits = ? WHERE code = ?", (wanted, code))
    _record(act, state, known, finer)
    _scale(database, state, accounts, factor)
    for account in accounts:
        if account.minimum is not None:
            _raise_minimum(database, act, account, finer, factor)
    forget_chart(database, chart)
    return finer


def _scale(database: BookDatabase, state: BookState, accounts: list[Account], factor: int) -> None:
    """The lock of closed days is written last: it would refuse the finer figures."""
    database.execute("UPDATE book SET closed_through = NULL WHERE id = 1")
    for account in accounts:
        balances.scale_account(database, account.id, factor)
    database.execute("UPDATE transactions SET sealed = 1 WHERE sealed = 0")
    closed = None if state.closed_through is None else state.closed_through.isoformat()
    database.execute("UPDATE book SET closed_through = ? WHERE id = 1", (closed,))


def _raise_minimum(database: BookDatabase, act: Act, account: Account, finer: Currency, factor: int) -> None:
    minimum = Money(0 if account.minimum is None else account.minimum.units * factor, finer)
    raised = replace(account, currency=finer, minimum=minimum)
    database.execute("UPDATE accounts SET minimum = ? WHERE id = ?", (minimum.units, account.id))
    act.record(subject=account_subject(account), before=account_body(account), after=account_body(raised))


def _refuse_too_large(database: BookDatabase, accounts: list[Account], finer: Currency, factor: int) -> None:
    for account in accounts:
        minimum = 0 if account.minimum is None else abs(account.minimum.units)
        largest = max(balances.largest_units(database, account.id), minimum)
        if largest * factor > LARGEST_UNITS:
            shown = Said(
                "{amount} in {account!r}, with {digits} digits,",
                amount=Money(largest, account.currency),
                account=account.name,
                digits=finer.digits,
            )
            raise AmountTooLarge(text=shown, limit=Money(LARGEST_UNITS, finer))


def _record(act: Act, state: BookState, known: Currency, finer: Currency) -> None:
    """The digits of the book's own currency stand in the body of the book, any other's in a body of its own."""
    if str(known) != state.currency:
        before, after = ({"code": str(one), "digits": one.digits} for one in (known, finer))
        act.record(subject=f"currency {known}", before=before, after=after)
        return
    month, day = state.fiscal_year_start
    said = {"currency": state.currency, "strict": state.strict, "fiscal_year_start": f"{month:02}-{day:02}"}
    act.record(subject="book", before={**said, "digits": known.digits}, after={**said, "digits": finer.digits})
