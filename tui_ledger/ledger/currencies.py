"""Which currencies does the book keep, and with how many digits? They are fixed at first use."""

from __future__ import annotations

import secrets

from tui_ledger.errors import CurrencyExists, InvalidCurrency, InvalidDigits, LaterAct
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import Act
from tui_ledger.money import LARGEST_DIGITS, Currency, check_currency_code, iso_digits
from tui_ledger.words import N_, Said

_FEW = N_("give the digits of its smallest unit, such as --digits 4")


def read_currencies(database: BookDatabase) -> tuple[Currency, ...]:
    """Every currency of the book, by code."""
    return tuple(
        Currency(code, digits) for code, digits in database.rows("SELECT code, digits FROM currencies ORDER BY code")
    )


def fix_currency(database: BookDatabase, act: Act, chart: Chart, code: str, digits: int | None = None) -> Currency:
    """The book's currency of a code, its digits kept in the book at first use (ISO 4217's, unless given)."""
    known = database.value("SELECT digits FROM currencies WHERE code = ?", (check_currency_code(code),))
    if known is not None:
        return Currency(code, known)
    wanted = iso_digits(code) if digits is None else digits
    if wanted is None:
        chart.currency(code)
    database.execute("INSERT INTO currencies (code, digits) VALUES (?, ?)", (code, wanted))
    act.record(subject=f"currency {code}", after={"code": code, "digits": wanted})
    return chart.currency(code)


def add_currency(database: BookDatabase, act: Act, chart: Chart, code: str, digits: int | None) -> Currency:
    """A new currency, with ISO 4217's digits unless others are given; raises CurrencyExists, InvalidCurrency."""
    known = database.value("SELECT digits FROM currencies WHERE code = ?", (check_currency_code(code),))
    if known is not None:
        raise CurrencyExists(code=code, digits=known)
    if digits is None and iso_digits(code) is None:
        raise InvalidCurrency(code=code, advice=_FEW)
    return fix_currency(database, act, chart, code, checked_digits(code, digits))


def checked_digits(code: str, digits: object) -> int | None:
    """The digits themselves where a currency can have them; raises InvalidCurrency."""
    if digits is None:
        return None
    if isinstance(digits, bool) or not isinstance(digits, int) or digits not in range(LARGEST_DIGITS + 1):
        advice = Said("{code} may have 0 to {largest_digits}", code=code, largest_digits=LARGEST_DIGITS)
        raise InvalidDigits(value=str(digits), what=N_("number of digits"), advice=advice)
    return digits


def restore_currency(
    database: BookDatabase, act: Act, chart: Chart, code: str, wanted: int | None, *, alone: bool
) -> None:
    """Takes a currency out that nothing uses, or puts it back with its digits: for undo and redo.

    One in use stays; raises LaterAct where adding it was the whole act (`alone`).
    """
    known = database.value("SELECT digits FROM currencies WHERE code = ?", (code,))
    if wanted is not None:
        fix_currency(database, act, chart, code, wanted)
    elif known is not None and not _is_used(database, code):
        database.execute("DELETE FROM currencies WHERE code = ?", (code,))
        act.record(subject=f"currency {code}", before={"code": code, "digits": known})
        forget_chart(database, chart)
    elif alone:
        raise LaterAct(what=Said("the currency {code}", code=code), later=N_("accounts or prices"))


def forget_chart(database: BookDatabase, chart: Chart) -> None:
    """Tells every thread and process that accounts or currencies changed."""
    database.execute("UPDATE book SET accounts_revision = ? WHERE id = 1", (secrets.randbits(62),))
    chart.forget()


def _is_used(database: BookDatabase, code: str) -> bool:
    places = ("accounts WHERE currency = ?", "prices WHERE ? IN (currency, in_currency)", "book WHERE currency = ?")
    return any(database.row(f"SELECT 1 FROM {place} LIMIT 1", (code,)) is not None for place in places)
