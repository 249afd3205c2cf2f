"""What are the figures of a balance sheet? Amounts by account and column, as the accounts hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency
from tui_ledger.reports.source import Reading
from tui_ledger.reports.tree import RESULT_TYPES, Amounts, holds_anything, is_open, negative, summed


class Figures:
    """The amounts a balance sheet is made of, by account and column, debit-positive."""

    is_converted = False
    """Whether all of it was to be converted to one currency."""

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
        self._totals: dict[tuple[AccountType, ...], Amounts] = {}
        self._earlier: Amounts | None = None

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
        if types not in self._totals:
            held = (self.at_days[account.id] for account in self.accounts(*types))
            self._totals[types] = summed(held, self.columns)
        return self._totals[types]

    def earlier_results(self) -> Amounts:
        """What income and expense accounts held on the eve of each fiscal year."""
        if self._earlier is None:
            held = (self.at_eves[account.id] for account in self.accounts(*RESULT_TYPES))
            self._earlier = summed(held, self.columns)
        return self._earlier

    def current_result(self) -> Amounts:
        """What moved on income and expense accounts since the eve of each fiscal year."""
        return summed((self.total(*RESULT_TYPES), negative(self.earlier_results())), self.columns)

    def differences(self) -> Amounts:
        """What conversion leaves between assets and all the rest: nothing where nothing is converted."""
        return ({},) * self.columns

    def other_currencies(self) -> list[Currency]:
        """The currencies in use beside the report's, as the accounts hold them."""
        held = (self._held_at_days, self._held_at_eves)
        used = {one.currency for one in self._others() if any(holds_anything(some[one.id]) for some in held)}
        return sorted(used)

    def unpriced(self) -> list[bool]:
        """Whether a column shows anything in another currency, even where it adds up to nothing."""
        others = self._others()
        shown = [self.at_days[account.id] for account in others]
        shown += [self.at_eves[account.id] for account in others if account.type in RESULT_TYPES]
        return [
            any(units and code != self.currency for amounts in shown for code, units in amounts[column].items())
            for column in range(self.columns)
        ]

    def _others(self) -> list[Account]:
        """The accounts that are kept in another currency than the report's."""
        return [account for account in self.reading.accounts if account.currency != self.currency]

    def _by_account(self, read: Sequence[Mapping[int, int]]) -> dict[int, Amounts]:
        return {
            account.id: tuple({account.currency: balances.get(account.id, 0)} for balances in read)
            for account in self.reading.accounts
        }
