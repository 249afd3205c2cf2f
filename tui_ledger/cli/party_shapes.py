"""Which shape has an answer about parties in JSON? Amounts as decimal strings, dates ISO 8601."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_ledger.cli.shapes import figure

if TYPE_CHECKING:
    from tui_ledger.ledger import Party, PartyBalance, PartySheet, SheetPosting


def party_shape(party: Party) -> dict[str, Any]:
    """A party with all it is."""
    return {
        "key": party.key,
        "name": party.name,
        "referred_by": party.referred_by,
        "active": party.active,
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


def statement_shape(sheet: PartySheet) -> dict[str, Any]:
    """A party's sheet; `amount` is debit-positive, `change` and the balances are what the party is owed."""
    return {
        "party": sheet.of.party.key,
        "name": sheet.of.party.name,
        "purpose": sheet.of.purpose,
        "currency": str(sheet.of.currency),
        "from": None if sheet.date_from is None else sheet.date_from.isoformat(),
        "to": None if sheet.date_to is None else sheet.date_to.isoformat(),
        "opening_balance": figure(sheet.opening_balance),
        "closing_balance": figure(sheet.closing_balance),
        "postings": [_posting(row) for row in sheet],
    }


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
