"""What stands in the lists of parties and in their sheets? Rows, columns, and the line of the opening balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_ledger.ledger import Account, PartyBalance, PartySheet, SheetPosting
from tui_ledger.money import Currency, Money
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.widgets.columns import Column, short_accounts
from tui_ledger.words import N_, NP_, _, listed

OPENING = N_("Opening balance")


@dataclass(frozen=True, slots=True)
class SheetView:
    """Which of a party's accounts a sheet shows: one purpose or all (None), in one currency."""

    purpose: str | None
    currency: Currency


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a sheet: a posting, or the opening balance, which has no number and no change."""

    key: tuple[str, int, int]
    date: date
    number: int | None
    text: str
    counter_accounts: tuple[str, ...]
    change: Money | None
    balance: Money


class SheetWindow:
    """A party's sheet with the line of its opening balance, where it begins on a day: first, or last when the newest
    stand first."""

    def __init__(self, sheet: PartySheet) -> None:
        self._sheet = sheet
        self._opening = None if sheet.date_from is None else _opening_line(sheet, sheet.date_from)
        self._before = 1 if self._opening is not None and not sheet.newest_first else 0

    def __len__(self) -> int:
        return len(self._sheet) + (self._opening is not None)

    def rows(self, start: int, stop: int, /) -> Sequence[SheetLine]:
        start, stop = max(start, 0), min(stop, len(self))
        found = [_line(row) for row in self._sheet.rows(start - self._before, stop - self._before)]
        if self._opening is not None and start <= self._opening_index < stop:
            found.insert(self._opening_index - start, self._opening)
        return found

    def keys(self, start: int, stop: int) -> list[Any]:
        return [row.key for row in self.rows(start, stop)]

    def index_of(self, key: Any, /) -> int:
        if self._opening is not None and key == self._opening.key:
            return self._opening_index
        return self._sheet.index_of(key) + self._before

    def index_of_date(self, day: date) -> int:
        return self._sheet.index_of_date(day) + self._before

    @property
    def _opening_index(self) -> int:
        return len(self._sheet) if self._sheet.newest_first else 0


def views_of(accounts: Sequence[Account], own: Currency) -> list[SheetView]:
    """The sheets a party has: all its accounts in each currency, then each purpose where there are several."""
    currencies = [own, *dict.fromkeys(one.currency for one in accounts if one.currency != own)]
    if accounts and all(one.currency != own for one in accounts):
        currencies = currencies[1:]
    views = [SheetView(None, currency) for currency in currencies]
    single = list(dict.fromkeys(SheetView(one.purpose, one.currency) for one in accounts))
    return views + (single if len({one.purpose for one in accounts}) > 1 else [])


def party_columns(desk: Desk) -> list[Column[PartyBalance]]:
    """The columns of the list of parties; a balance is that in the book's currency, unless it is zero and another's
    is not."""
    own = desk.ledger.currency

    def balance(row: PartyBalance) -> str:
        return desk.figure(_shown(row), credit_normal=True)

    def currency(row: PartyBalance) -> str:
        shown, others = _shown(row), sum(bool(one) for one in row.balances) - 1
        code = "" if shown.currency == own else str(shown.currency)
        return f"{code}+{others}" if others > 0 else code

    return [
        Column(N_("Party"), _name, minimum=10, preferred=24, grows=2, sorts="name"),
        Column(NP_("party", "Key"), lambda row: row.key, minimum=4, preferred=12, grows=1, yields=1, sorts="key"),
        Column(N_("Balance"), balance, right=True, exact=True, marks_negative=True, sorts="balance"),
        Column("", currency, exact=True, minimum=0),
    ]


def sheet_columns(desk: Desk) -> list[Column[SheetLine]]:
    """The columns of a sheet, amounts and balances in the party's direction."""

    def figure(money: Money | None) -> str:
        return "" if money is None else desk.figure(money, credit_normal=True)

    return [
        Column(N_("Date"), lambda row: desk.day(row.date), exact=True, minimum=10, sorts="date"),
        Column(NP_("number", "No"), lambda row: str(row.number or ""), right=True, exact=True, minimum=2, yields=3),
        Column(N_("Memo"), lambda row: row.text, minimum=10, preferred=24, grows=2),
        Column(
            N_("Account"),
            lambda row: listed(row.counter_accounts),
            minimum=10,
            preferred=22,
            grows=1,
            yields=1,
            shorten=short_accounts,
        ),
        Column(N_("Amount"), lambda row: figure(row.change), right=True, exact=True, marks_negative=True),
        Column(N_("Balance"), lambda row: figure(row.balance), right=True, exact=True, marks_negative=True),
    ]


def _name(row: PartyBalance) -> str:
    return row.name if row.active else f"{row.name}  {_('inactive')}"


def _shown(row: PartyBalance) -> Money:
    """What it is owed in the book's currency, or else in the first other one in which it is owed anything."""
    return next((one for one in row.balances if one), row.balance)


def _opening_line(sheet: PartySheet, day: date) -> SheetLine:
    return SheetLine((day.isoformat(), 0, 0), day, None, _(OPENING), (), None, sheet.opening_balance)


def _line(row: SheetPosting) -> SheetLine:
    text = " · ".join(part for part in (row.payee, row.memo) if part)
    key = (row.date.isoformat(), row.transaction, row.line)
    return SheetLine(key, row.date, row.transaction, text, row.counter_accounts, row.change, row.balance)
