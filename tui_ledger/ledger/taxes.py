"""Which tax codes are there, at what rates from which day on, and to which account does the tax go?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tui_ledger.errors import (
    BookDamaged,
    InvalidAmount,
    InvalidSetting,
    InvalidTaxCode,
    InvalidTaxRate,
    InvalidText,
    LaterAct,
    TaxAccountInUse,
    TaxAccountMissing,
    TaxAccountRefused,
    TaxRateNotFound,
    UnknownTaxCode,
)
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.closed_taxes import refuse_other_rates
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import TAX_CODE, Act, changes_of_act
from tui_ledger.ledger.values import Account, AccountType, exact_decimal
from tui_ledger.money import AmountLike, rounded_units
from tui_ledger.text import TEXT_LIMIT, forbidden_in_names, storable
from tui_ledger.words import N_, Said, Several, Word

CODE_LIMIT = 40
HIGHEST_RATE = 1_000
RATE_DECIMALS = 6

_ROWS = (
    "SELECT t.code, t.date_from, t.rate, t.name, t.account, a.name FROM tax_codes t "
    "LEFT JOIN accounts a ON a.id = t.account"
)
_WRITE = (
    "INSERT INTO tax_codes (code, date_from, rate, name, account) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (code, date_from) DO UPDATE SET rate = excluded.rate, name = excluded.name, "
    "account = excluded.account"
)


class TaxMode(StrEnum):
    """What is typed for a line that bears tax: the amount with the tax in it, or without."""

    GROSS = "gross"
    NET = "net"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """What a tax code means from a day on: a rate in percent, exact, and the account the tax goes to, by its full name
    and row; both None where nothing is charged. `name` is what people call the code."""

    code: str
    date_from: date
    rate: Decimal
    account: str | None = None
    account_id: int | None = None
    name: str | None = None

    @property
    def label(self) -> str:
        """The code and its rate, such as `standard 19%`."""
        return f"{self.code} {self.rate:f}%"


class TaxRates:
    """The rates of a book by code and day."""

    def __init__(self, rates: Iterable[TaxRate]) -> None:
        self._by_code: dict[str, list[TaxRate]] = {}
        for rate in sorted(rates, key=lambda one: (one.code, one.date_from)):
            self._by_code.setdefault(rate.code, []).append(rate)
        self.accounts = frozenset(one.account_id for of in self._by_code.values() for one in of if one.account_id)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that have a rate from some day on."""
        return tuple(self._by_code)

    def of_code(self, code: str) -> tuple[TaxRate, ...]:
        """The rates of a code, by the day they hold from."""
        return tuple(self._by_code.get(code, ()))

    def at(self, code: str, day: date) -> TaxRate | None:
        """The last rate of a code from a day on or before this one; None before the first."""
        known = self._by_code.get(code, [])
        place = bisect_right(known, day, key=lambda one: one.date_from)
        return known[place - 1] if place else None

    def bears(self, account: Account) -> bool:
        """Whether what is posted to an account is taxed, at the rate of the day. What takes tax bears none."""
        return account.tax_code in self._by_code and account.id not in self.accounts

    def of(self, account: Account, day: date) -> TaxRate | None:
        """The rate for what is posted to an account on a day."""
        return self.at(account.tax_code, day) if account.tax_code is not None and self.bears(account) else None


def tax_units(units: int, rate: Decimal, mode: TaxMode) -> int:
    """The tax in an amount (gross) or on top of it (net), in minor units with its sign, rounded half away from zero."""
    percent = Fraction(rate)
    return rounded_units(units * percent / (100 + percent if mode is TaxMode.GROSS else 100))


def tax_mode(mode: TaxMode | str) -> TaxMode:
    """The mode a word means; raises InvalidSetting."""
    try:
        return TaxMode(mode)
    except ValueError:
        raise InvalidSetting(value=mode, what=N_("way to post with tax"), advice=N_("use gross or net")) from None


def checked_code(code: object) -> str:
    """A tax code as it is kept; raises InvalidTaxCode."""
    if not isinstance(code, str):
        raise InvalidTaxCode(text=str(code), reason=N_("a code is text"))
    text = code.strip()
    if not 0 < len(text) <= CODE_LIMIT or forbidden_in_names(text) is not None or not storable(text):
        raise InvalidTaxCode(
            text=code[:CODE_LIMIT], reason=Said("a code is 1 to {code_limit} visible characters", code_limit=CODE_LIMIT)
        )
    return text


def checked_rate(rate: AmountLike) -> Decimal:
    """A rate in percent as it is kept, without noughts at its end; raises InvalidTaxRate, FloatAmount."""
    try:
        exact = exact_decimal(rate)
    except InvalidAmount as problem:
        if isinstance(problem, TypeError):
            raise
        raise InvalidTaxRate(
            text=str(rate)[:60], advice=N_("write percent as digits with a point, such as 8.1")
        ) from None
    if not 0 <= exact <= HIGHEST_RATE:
        raise InvalidTaxRate(
            text=str(rate)[:60], advice=Said("a rate is 0 to {highest_rate} percent", highest_rate=HIGHEST_RATE)
        )
    # The caller's context may have fewer digits than a rate.
    with localcontext(prec=28):
        kept = round(exact, RATE_DECIMALS)
        if kept != exact:
            raise InvalidTaxRate(
                text=str(rate)[:60],
                advice=Said("a rate has at most {rate_decimals} decimals", rate_decimals=RATE_DECIMALS),
            )
        return Decimal(f"{abs(kept).normalize():f}")


def checked_title(name: object) -> str | None:
    """What a code is called, None for nothing; raises InvalidText."""
    if not isinstance(name, str) or len(name) > TEXT_LIMIT or not storable(name):
        raise InvalidText(
            field=N_("The name of the tax code"),
            reason=Said("it is a text of at most {text_limit} characters", text_limit=TEXT_LIMIT),
        )
    return name.strip() or None


def read_rates(database: BookDatabase) -> tuple[TaxRate, ...]:
    """Every rate, by code and then by day."""
    rows = database.rows(f"{_ROWS} ORDER BY t.code, t.date_from")
    with database.decoding():
        return tuple(
            TaxRate(row[0], date.fromisoformat(row[1]), Decimal(row[2]), row[5], row[4], row[3]) for row in rows
        )


def rate_of_act(database: BookDatabase, chart: Chart, act: int) -> TaxRate:
    """The rate that an act set, its account as it is called now where the rate still stands."""
    body = changes_of_act(database, act)[0].after or {}
    said = TaxRate(body["code"], date.fromisoformat(body["date_from"]), Decimal(body["rate"]), name=body.get("name"))
    standing = _read(database, said.code, said.date_from)
    if standing is not None and (standing.rate, standing.name) == (said.rate, said.name):
        return standing
    account = chart.named(body["account"]) if "account" in body else None
    return replace(said, account=body.get("account"), account_id=None if account is None else account.id)


def write_rate(database: BookDatabase, act: Act, wanted: TaxRate, account: Account | None) -> TaxRate:
    """Writes a rate, in place of one of the same code and day.

    Raises TaxAccountMissing, TaxAccountRefused, TaxRateInClosedPeriod, TaxCodeInClosedPeriod.
    """
    if account is None and wanted.rate:
        raise TaxAccountMissing(rate=f"{wanted.rate:f}")
    if account is not None:
        _refuse_unfit(account)
    name, row = (None, None) if account is None else (account.name, account.id)
    kept = replace(wanted, account=name, account_id=row)
    rates = read_rates(database)
    before = _of_day(rates, kept.code, kept.date_from)
    others = [one for one in rates if one != before]
    refuse_other_rates(database, kept.code, TaxRates(rates), TaxRates([*others, kept]))
    database.execute(_WRITE, (*_key(kept), f"{kept.rate:f}", kept.name, kept.account_id))
    act.record(subject=subject_of(kept), before=None if before is None else rate_body(before), after=rate_body(kept))
    return kept


def delete_rate(database: BookDatabase, act: Act, code: str, day: date) -> None:
    """Takes a rate away; raises TaxRateNotFound, TaxRateInClosedPeriod, TaxCodeInClosedPeriod."""
    rates = read_rates(database)
    found = _of_day(rates, code, day)
    if found is None:
        raise TaxRateNotFound(code=code, date=day)
    refuse_other_rates(database, code, TaxRates(rates), TaxRates(one for one in rates if one != found))
    database.execute("DELETE FROM tax_codes WHERE code = ? AND date_from = ?", _key(found))
    act.record(subject=subject_of(found), before=rate_body(found))


def restore_rate(
    database: BookDatabase, act: Act, chart: Chart, current: dict[str, Any] | None, wanted: dict[str, Any] | None
) -> None:
    """Writes a rate as a body of the history has it, its account by the name it has now: for undo and redo.

    Raises LaterAct where the rate or its account changed since.
    """
    body = wanted or current
    if body is None:
        reason = Said("change {change} of its history says neither what was nor what is", change=act.number)
        raise BookDamaged(path=database.shown_path, reason=reason)
    code, day = body["code"], date.fromisoformat(body["date_from"])
    found = _read(database, code, day)
    if (None if found is None else rate_body(found)) != current:
        raise LaterAct(what=Said("the rate of {code!r} from {day} on", code=code, day=day), later=N_("a later change"))
    if wanted is None:
        delete_rate(database, act, code, day)
        return
    account = chart.find(wanted["account"]) if "account" in wanted else None
    try:
        write_rate(database, act, TaxRate(code, day, Decimal(body["rate"]), name=body.get("name")), account)
    except TaxAccountRefused as refusal:
        raise LaterAct(
            what=repr(body.get("account")), later=Said("a change: {values}", values=refusal.values["reason"])
        ) from None


def refuse_unknown_code(database: BookDatabase, code: str | None) -> None:
    """Refuses a code that has no rate, where the book keeps rates at all; raises UnknownTaxCode."""
    if code is None:
        return
    known = [row[0] for row in database.rows("SELECT DISTINCT code FROM tax_codes ORDER BY code")]
    if known and code not in known:
        raise UnknownTaxCode(code=code, known=", ".join(known))


def codes_that_go_to(database: BookDatabase, account: Account) -> tuple[str, ...]:
    """The codes whose tax goes to an account at some time."""
    rows = database.rows("SELECT DISTINCT code FROM tax_codes WHERE account = ? ORDER BY code", (account.id,))
    return tuple(row[0] for row in rows)


def refuse_if_tax_goes_to(database: BookDatabase, account: Account, act: str) -> None:
    """Refuses an act on an account that a rate names; raises TaxAccountInUse."""
    codes = codes_that_go_to(database, account)
    if codes:
        raise TaxAccountInUse(account=account.name, codes=Several(map(repr, codes)), act=act)


def rate_body(rate: TaxRate) -> dict[str, Any]:
    """A rate as the history keeps it: its account by name, nothing that is unset."""
    body = {"code": rate.code, "date_from": rate.date_from.isoformat(), "rate": f"{rate.rate:f}"}
    rest = {"account": rate.account, "name": rate.name}
    return body | {part: value for part, value in rest.items() if value is not None}


def subject_of(rate: TaxRate) -> str:
    """What the history calls a rate: its code and its day."""
    return f"{TAX_CODE} {rate.code} {rate.date_from.isoformat()}"


def _refuse_unfit(account: Account) -> None:
    reason: Word | Said | None = None
    if account.type not in (AccountType.LIABILITY, AccountType.ASSET):
        reason = Said(
            "it is of type {value}; use a liability, or an asset for what is reclaimed", value=account.type.value
        )
    elif account.placeholder:
        reason = N_("it is a placeholder and takes no postings")
    elif account.closed is not None:
        reason = Said("it is closed since {closed}", closed=account.closed)
    if reason is not None:
        raise TaxAccountRefused(account=account.name, reason=reason)


def _key(rate: TaxRate) -> tuple[str, str]:
    return rate.code, rate.date_from.isoformat()


def _read(database: BookDatabase, code: str, day: date) -> TaxRate | None:
    return _of_day(read_rates(database), code, day)


def _of_day(rates: Iterable[TaxRate], code: str, day: date) -> TaxRate | None:
    return next((one for one in rates if (one.code, one.date_from) == (code, day)), None)
