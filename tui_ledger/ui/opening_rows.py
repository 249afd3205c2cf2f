"""What does the sheet of opening balances hold? A row an account with its amount, and the difference by currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tui_ledger.ledger import Account, AccountType, Transaction
from tui_ledger.ledger.conversions import CONVERSION_ROOT
from tui_ledger.ledger.opening_balance_acts import OPENING, is_within
from tui_ledger.ledger.own_accounts import in_currency
from tui_ledger.money import Currency, Money
from tui_ledger.text import name_key

_LISTED = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An account of the sheet. `amount` is its opening balance, `besides` what else it holds by the end of the day;
    both in its own direction."""

    account: Account
    amount: Money
    besides: Money


@dataclass(frozen=True, slots=True)
class Difference:
    """What the rows of one currency come to: positive debits and credits, and the account that takes the rest.

    `rest` is what that account gets, debit-positive.
    """

    debits: Money
    credits: Money
    account: str
    rest: Money


def opening_rows(
    accounts: Iterable[Account],
    balances: Mapping[int, int],
    standing: Transaction | None,
    opening: str = OPENING,
    conversions: str = CONVERSION_ROOT,
) -> list[OpeningRow]:
    """The balance-sheet accounts by type, then by code, those without one by name; `balances` at the end of the day,
    debit-positive units.

    Closed accounts and placeholders are left out unless the standing transaction has them; so are accounts at or below
    `opening` and `conversions`, which the book itself posts to.
    """
    opened = _opened(standing)
    own = (opening, conversions)
    rows = [_row(account, balances, opened) for account in accounts if _is_listed(account, opened, own)]
    return sorted(rows, key=lambda row: _place(row.account))


def with_amount(rows: list[OpeningRow], name: str, amount: Money) -> list[OpeningRow]:
    """The rows with another amount for one account."""
    return [replace(row, amount=amount) if row.account.name == name else row for row in rows]


def differences(rows: Iterable[OpeningRow], book_currency: Currency, opening: str = OPENING) -> list[Difference]:
    """By currency what stands on each side and what is left for the account of opening balances; the book's currency
    first, always."""
    sides: dict[Currency, list[int]] = {book_currency: [0, 0]}
    for row in rows:
        units = row.account.type.sign * row.amount.units
        if units:
            sides.setdefault(row.amount.currency, [0, 0])[0 if units > 0 else 1] += abs(units)
    return [
        Difference(
            Money(debits, currency),
            Money(credits, currency),
            in_currency(opening, str(currency), str(book_currency)),
            Money(credits - debits, currency),
        )
        for currency, (debits, credits) in sides.items()
    ]


def _place(account: Account) -> tuple[int, bool, str, str]:
    return _LISTED.index(account.type), account.code is None, account.code or "", name_key(account.name)


def _row(account: Account, balances: Mapping[int, int], opened: Mapping[str, int]) -> OpeningRow:
    sign, units = account.type.sign, opened.get(account.name, 0)
    held = balances.get(account.id, 0)
    return OpeningRow(account, Money(sign * units, account.currency), Money(sign * (held - units), account.currency))


def _is_listed(account: Account, opened: Mapping[str, int], own: Iterable[str]) -> bool:
    if account.type not in _LISTED or any(is_within(account.name, one) for one in own):
        return False
    return account.name in opened or not (account.placeholder or account.closed)


def _opened(standing: Transaction | None) -> dict[str, int]:
    opened: dict[str, int] = {}
    for posting in standing.postings if standing is not None else ():
        opened[posting.account] = opened.get(posting.account, 0) + posting.amount.units
    return opened
