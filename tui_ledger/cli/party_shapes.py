"""Which shape has an answer about parties in JSON? Amounts as decimal strings, dates ISO 8601."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tui_ledger.cli.shapes import figure
from tui_ledger.reports.table import LineKind, cell_json

if TYPE_CHECKING:
    from tui_ledger.ledger import Party, PartyBalance, PartySheet, SheetPosting
    from tui_ledger.reports.table import Line, Table


def party_shape(party: Party) -> dict[str, Any]:
    """A party with all it is."""
    return {
        "key": party.key,
        "name": party.name,
        "referred_by": party.referred_by,
        "active": party.active,
        "commissions": party.receives_commissions,
        "data": dict(party.data),
    }


def balances_shape(party: PartyBalance) -> dict[str, Any]:
    """What a party is owed: `balance` in the book's currency, `balances` in each it has accounts in."""
    return {
        "key": party.key,
        "name": party.name,
        "active": party.active,
        "currency": str(party.balance.currency),
        "balance": figure(party.balance),
        "balances": {str(owed.currency): figure(owed) for owed in party.balances},
    }


def statement_shape(sheet: PartySheet, rows: Iterable[SheetPosting]) -> dict[str, Any]:
    """A party's sheet with all of its rows, or a page of them; `amount` is debit-positive, `change` and the balances
    are what the party is owed."""
    return {
        "party": sheet.of.party.key,
        "name": sheet.of.party.name,
        "purpose": sheet.of.purpose,
        "currency": str(sheet.of.currency),
        "from": None if sheet.date_from is None else sheet.date_from.isoformat(),
        "to": None if sheet.date_to is None else sheet.date_to.isoformat(),
        "opening_balance": figure(sheet.opening_balance),
        "closing_balance": figure(sheet.closing_balance),
        "postings": [_posting(row) for row in rows],
    }


def statistics_shape(table: Table, party: str | None, purpose: str | None) -> dict[str, Any]:
    """Debits, credits, credits less debits and counts, by month or what was asked for, a list a currency."""
    name = table.columns[0].name
    with table.reading() as blocks:
        currencies = [
            {"currency": str(block.currency), "lines": [_statistic(name, line) for line in block.lines]}
            for block in blocks
        ]
    return {
        "party": party,
        "purpose": purpose,
        "from": None if table.date_from is None else table.date_from.isoformat(),
        "to": None if table.date_to is None else table.date_to.isoformat(),
        "by": name,
        "currencies": currencies,
    }


def _statistic(name: str, line: Line) -> dict[str, Any]:
    label, debits, credits, net, count = map(cell_json, line.cells)
    shown = {name: label} if line.kind is LineKind.ROW else {"total": True}
    return {**shown, "debits": debits, "credits": credits, "net": net, "count": count}


def _posting(row: SheetPosting) -> dict[str, Any]:
    return {
        "transaction": row.transaction,
        "date": row.date.isoformat(),
        "memo": row.memo,
        "payee": row.payee,
        "account": row.account,
        "counter_accounts": list(row.counter_accounts),
        "amount": figure(row.amount),
        "change": figure(row.change),
        "balance": figure(row.balance),
        "status": row.status.value,
    }
