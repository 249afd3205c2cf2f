"""What moved on each account in each range of days? Differences of stored balances, converted month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency
from tui_ledger.reports.columns import Range, periods_of
from tui_ledger.reports.converting import Converting
from tui_ledger.reports.source import MovementSource, of_one_revision
from tui_ledger.reports.tree import RESULT_TYPES, Amounts, Held, holds_anything, is_open, summed


@dataclass(frozen=True, slots=True)
class Movements:
    """The accounts of a book and, by account id, what moved on each in each range, debit-positive.

    `sums_by_column` are, by currency, what all balances add up to at the end of each day that was read for a column,
    before any conversion: nothing but zeros in a sound book.
    """

    accounts: tuple[Account, ...]
    ranges: tuple[Range, ...]
    by_account: Mapping[int, Amounts]
    sums_by_column: tuple[tuple[Held, ...], ...] = ()
    is_converted: bool = False

    @property
    def columns(self) -> int:
        return len(self.ranges)

    def of_types(self, *types: AccountType) -> list[Account]:
        return [account for account in self.accounts if account.type in types]

    def listed(self, kind: AccountType, show_zero: bool) -> list[Account]:
        """The accounts on which something moved, and if asked those that were open and idle."""
        last = max(one.last for one in self.ranges)
        return [
            account
            for account in self.of_types(kind)
            if holds_anything(self.by_account[account.id]) or (show_zero and is_open(account, last))
        ]

    def total(self, *types: AccountType) -> Amounts:
        """What moved on all accounts of some types."""
        return summed((self.by_account[account.id] for account in self.of_types(*types)), self.columns)

    def used_currencies(self, first: Currency) -> list[Currency]:
        """The currencies accounts are kept in, `first` before all others."""
        return [first, *sorted({account.currency for account in self.accounts} - {first})]

    def off(self, column: int, currency: Currency) -> int:
        """What balances are off zero by on the first day of a column's on which they are."""
        return next((held[currency] for held in self.sums_by_column[column] if held.get(currency)), 0)


def read_movements(
    source: MovementSource,
    ranges: Sequence[Range],
    *,
    after_closing: bool = False,
    currency: Currency | None = None,
    prices_from_costs: bool = False,
    converting: Converting | None = None,
    known: Mapping[date, Mapping[int, int]] | None = None,
) -> Movements:
    """What moved, all of one revision of the book; closing transactions are left out unless `after_closing`.

    With a `currency` what moved on income and expense accounts is converted month by month, at the prices of each
    month's last day within the range, every other account's at those of the range's last day; what has no price stays
    as it is. A `converting` that has read prices, and balances `known` at the ends of days, are not read again.
    """

    def read() -> Movements:
        by = converting or Converting(source, currency, from_costs=prices_from_costs)
        return _Reader(source, tuple(ranges), after_closing, by, known or {}).read()

    return of_one_revision(source, read)


class _Reader:
    def __init__(
        self,
        source: MovementSource,
        ranges: tuple[Range, ...],
        after_closing: bool,
        converting: Converting,
        known: Mapping[date, Mapping[int, int]],
    ) -> None:
        self._source = source
        self._ranges = ranges
        self._after_closing = after_closing
        self._converting = converting
        self._accounts = tuple(source.accounts())
        self._foreign = [one for one in self._accounts if one.type in RESULT_TYPES and self._converts(one)]
        self._balances: dict[date, Mapping[int, int]] = dict(known)
        self._moved_by_range: dict[Range, dict[int, int]] = {}

    def read(self) -> Movements:
        columns = [self._column(one) for one in self._ranges]
        amounts = {account.id: tuple(column[account.id] for column in columns) for account in self._accounts}
        is_converted = any(map(self._converts, self._accounts))
        return Movements(self._accounts, self._ranges, amounts, tuple(map(self._sums, self._ranges)), is_converted)

    def _column(self, whole: Range) -> dict[int, Held]:
        moved = self._moved(whole)
        found = {account.id: self._held(account, moved.get(account.id, 0), whole.last) for account in self._accounts}
        months = [(month, self._moved(month)) for month in self._months(whole)]
        for account in self._foreign if months else ():
            parts = [(self._held(account, units.get(account.id, 0), month.last),) for month, units in months]
            found[account.id] = summed(parts, 1)[0]
        return found

    def _months(self, whole: Range) -> list[Range]:
        """The months a range is converted by, none where nothing is."""
        return periods_of(whole, "month", most=None) if self._foreign else []

    def _sums(self, whole: Range) -> tuple[Held, ...]:
        """What all balances add up to on the days a range was read at."""
        days = [whole.eve, *(month.last for month in self._months(whole)), whole.last]
        return tuple(self._sum(day) for day in dict.fromkeys(days) if day is not None)

    def _sum(self, day: date) -> Held:
        held = self._at(day)
        return summed((({one.currency: held.get(one.id, 0)},) for one in self._accounts), 1)[0]

    def _converts(self, account: Account) -> bool:
        return self._converting.is_foreign(account.currency)

    def _held(self, account: Account, units: int, day: date) -> Held:
        return self._converting.held(units, account.currency, day)

    def _moved(self, days: Range) -> dict[int, int]:
        """Debit-positive minor units by account id; several columns may share a month."""
        if days not in self._moved_by_range:
            self._moved_by_range[days] = self._read_moved(days)
        return self._moved_by_range[days]

    def _read_moved(self, days: Range) -> dict[int, int]:
        before = {} if days.eve is None else self._at(days.eve)
        moved = {row: units - before.get(row, 0) for row, units in self._at(days.last).items()}
        if not self._after_closing:
            for row, (debits, credits) in self._source.closing_turnovers(days.first, days.last).items():
                moved[row] = moved.get(row, 0) - debits + credits
        return moved

    def _at(self, day: date) -> Mapping[int, int]:
        if day not in self._balances:
            self._balances[day] = self._source.balances(day)
        return self._balances[day]
