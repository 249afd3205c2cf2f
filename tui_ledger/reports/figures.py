"""What are the figures of a balance sheet? Amounts by account and column, as the accounts hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency
from tui_ledger.reports.source import Reading
from tui_ledger.reports.tree import RESULT_TYPES, Amounts, holds_anything, is_open, summed


class Figures:
    """The amounts a balance sheet is made of, by account and column, debit-positive."""

    def __init__(
        self, reading: Reading, days: tuple[date, ...], eves: tuple[date | None, ...], currency: Currency
    ) -> None:
        self.reading = reading
        self.days = days
        self.eves = eves
        self.currency = currency
        self._held_at_days = self._by_account([reading.before_closing(day) for day in days])
        self._held_at_eves = self._by_account([reading.at(eve) for eve in eves])
        self.at_days = self._held_at_days
        self.at_eves = self._held_at_eves

    @property
    def columns(self) -> int:
        return len(self.days)

    def accounts(self, *types: AccountType) -> list[Account]:
        return [account for account in self.reading.accounts if account.type in types]

    def listed(self, kind: AccountType, show_zero: bool) -> list[Account]:
        """The accounts that hold something, and if asked those that are open and hold nothing."""
        return [
            account
            for account in self.accounts(kind)
            if holds_anything(self.at_days[account.id]) or (show_zero and is_open(account, max(self.days)))
        ]

    def total(self, *types: AccountType) -> Amounts:
        """What all accounts of some types hold at each date."""
        return summed((self.at_days[account.id] for account in self.accounts(*types)), self.columns)

    def earlier_results(self) -> Amounts:
        """What income and expense accounts held on the eve of each fiscal year."""
        return summed((self.at_eves[account.id] for account in self.accounts(*RESULT_TYPES)), self.columns)

    def current_result(self) -> Amounts:
        """What moved on income and expense accounts since the eve of each fiscal year."""
        return summed((self._movement(account) for account in self.accounts(*RESULT_TYPES)), self.columns)

    def differences(self) -> Amounts:
        """What conversion leaves between assets and all the rest: nothing where nothing is converted."""
        return ({},) * self.columns

    def other_currencies(self) -> list[Currency]:
        """The currencies in use beside the report's, as the accounts hold them."""
        every = [*self._held_at_days.values(), *self._held_at_eves.values()]
        return sorted(
            {currency for column in range(self.columns) for currency in _used(every, column)} - {self.currency}
        )

    def unpriced(self) -> list[bool]:
        """Whether a column shows anything in another currency, even where it adds up to nothing."""
        shown = [*self.at_days.values(), *(self.at_eves[account.id] for account in self.accounts(*RESULT_TYPES))]
        return [bool(_used(shown, column) - {self.currency}) for column in range(self.columns)]

    def _by_account(self, read: Sequence[Mapping[int, int]]) -> dict[int, Amounts]:
        return {
            account.id: tuple({account.currency: balances.get(account.id, 0)} for balances in read)
            for account in self.reading.accounts
        }

    def _movement(self, account: Account) -> Amounts:
        currency = account.currency
        columns = zip(self.at_days[account.id], self.at_eves[account.id], strict=True)
        return tuple({currency: day[currency] - eve[currency]} for day, eve in columns)


def _used(several: Sequence[Amounts], column: int) -> set[Currency]:
    """The currencies something is held in."""
    return {currency for amounts in several for currency, units in amounts[column].items() if units}
