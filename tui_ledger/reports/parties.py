"""What is every party owed, at a day? A line a party, a block a currency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tui_ledger.ledger import Ledger, PartyBalance
from tui_ledger.money import Currency, Money
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn

NAME = "parties"


def parties(
    ledger: Ledger,
    at: date,
    show_zero: bool = False,
    *,
    order: str = "name",
    falling: bool = False,
    translate: Translate = str,
) -> Table:
    """What the book owes each party at the end of a day; below zero the party owes the book. The last line of each
    currency is the sum. `order` is name, key or balance (in the book's currency)."""
    labels = (
        ("party", "Key", CellKind.CODE),
        ("name", "Party", CellKind.TEXT),
        ("status", "", CellKind.TEXT),
        ("balance", "Balance", CellKind.MONEY),
    )
    return Table(
        name=NAME,
        title=translate("Parties"),
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(name, translate(label) if label else "", kind) for name, label, kind in labels),
        read=lambda: _blocks(ledger, at, show_zero, order, falling, translate),
        at=at,
    )


def _blocks(
    ledger: Ledger, at: date, show_zero: bool, order: str, falling: bool, translate: Translate
) -> Iterator[Block]:
    found = ledger.party_balances(at=at, order=order, falling=falling)
    currencies = {owed.currency for one in found for owed in one.balances}
    for currency in sorted(currencies, key=lambda one: (one != ledger.currency, one)):
        lines = list(_lines(found, currency, show_zero, translate))
        if len(lines) > 1 or currency == ledger.currency:
            yield Block(str(currency), lines, currency=currency, is_credit=True)


def _lines(found: list[PartyBalance], currency: Currency, show_zero: bool, translate: Translate) -> Iterator[Line]:
    whole = Money(0, currency)
    for one in found:
        for owed in one.balances:
            if owed.currency == currency and (owed or show_zero):
                whole += owed
                yield Line((one.key, one.name, None if one.active else translate("inactive"), owed))
    yield Line((None, translate("Total"), None, whole), LineKind.TOTAL)
