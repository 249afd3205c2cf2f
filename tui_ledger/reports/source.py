"""Where do a statement's balances come from? A source of stored balances, read at a few days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tui_ledger.dates import day_before
from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money

if TYPE_CHECKING:
    from tui_ledger.ledger.cost_prices import CostPrices

_ATTEMPTS = 5

Result = TypeVar("Result")


class BalanceSource(Protocol):
    """What a statement needs of a ledger; `Ledger` itself is one.

    `balances(at)` gives every account's stored balance at the end of a day by account id, debit-positive in minor
    units of the account's currency; an account it leaves out holds nothing. `closing_units(at)` gives in the same way
    what closing transactions of the day's own fiscal year put on accounts by then. `fiscal_year(day)` is that year's
    first and last day. `revision` moves at every change; `setting` gives what the book keeps under a name.
    """

    @property
    def name(self) -> str: ...
    @property
    def currency(self) -> Currency: ...
    @property
    def today(self) -> date: ...
    @property
    def revision(self) -> int: ...
    def setting(self, name: str, default: Any = None) -> Any: ...
    def accounts(self) -> Sequence[Account]: ...
    def balances(self, at: date | None = None) -> Mapping[int, int]: ...
    def fiscal_year(self, day: date) -> tuple[date, date]: ...
    def closing_units(self, at: date) -> Mapping[int, int]: ...


class Conversion(Protocol):
    """The prices of a day: `converted` gives an amount in another currency, rounded half away from zero, or None where
    there is no price."""

    def converted(self, money: Money, currency: Currency) -> Money | None: ...


class MovementSource(BalanceSource, Protocol):
    """What a statement over a range needs besides.

    `turnovers` gives what was debited and credited on each account by account id, both days inclusive, in positive
    minor units; `closing_turnovers` the part of it that closing transactions moved. `cash_causes` gives, of the
    transactions that touch a cash account, what they put on all others, by (account id, whether by conversion).
    `setting` gives what is set in the book under a name, or the default.
    `rates` gives the prices of a day, with `costs` also what transactions paid; `cost_prices` reads that, once for all
    days.
    """

    def setting(self, name: str, default: Any = None) -> Any: ...
    def rates(self, at: date | None = None, costs: CostPrices | None = None) -> Conversion: ...
    def cost_prices(self) -> CostPrices: ...
    def turnovers(self, date_from: date, date_to: date) -> Mapping[int, tuple[int, int]]: ...
    def closing_turnovers(self, date_from: date, date_to: date) -> Mapping[int, tuple[int, int]]: ...
    def cash_causes(self, date_from: date, date_to: date) -> Mapping[tuple[int, bool], int]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """The accounts of a book with their balances at the end of some days, all of one revision of the book.

    `closings` are what closing transactions of each day's own fiscal year put on accounts.
    """

    accounts: tuple[Account, ...]
    balances: Mapping[date, Mapping[int, int]]
    closings: Mapping[date, Mapping[int, int]] = field(default_factory=dict)

    def at(self, day: date | None) -> Mapping[int, int]:
        """The balances at the end of a day that was read; before all time (None) there are none."""
        return self.balances[day] if day is not None else {}

    def before_closing(self, day: date) -> Mapping[int, int]:
        """The balances at the end of a day, closing transactions of its own fiscal year left out."""
        held, closings = self.at(day), self.closings.get(day)
        if not closings:
            return held
        return {row: units - closings.get(row, 0) for row, units in held.items()}

    def sums(self, day: date | None) -> dict[Currency | None, int]:
        """What all balances of a day add up to in each currency, zero in a sound book.

        None stands for balances of accounts the book does not list.
        """
        currencies = {account.id: account.currency for account in self.accounts}
        found: dict[Currency | None, int] = dict.fromkeys(currencies.values(), 0)
        for account_id, units in self.at(day).items():
            currency = currencies.get(account_id)
            found[currency] = found.get(currency, 0) + units
        return found


def read_balances(source: BalanceSource, days: Iterable[date | None], closed: Iterable[date] = ()) -> Reading:
    """One reading of the balances a day, and of the closings of the days in `closed`, repeated when another process
    wrote in between."""
    of_closings = tuple(dict.fromkeys(closed))
    wanted = tuple(dict.fromkeys(day for day in days if day is not None))

    def read() -> Reading:
        balances = {day: source.balances(day) for day in wanted}
        closings = {day: source.closing_units(day) for day in of_closings}
        return Reading(tuple(source.accounts()), balances, closings)

    return of_one_revision(source, read)


def of_one_revision(source: BalanceSource, read: Callable[[], Result]) -> Result:
    """What is read, and read again when another process wrote in between."""
    for _ in range(_ATTEMPTS):
        revision = source.revision
        result = read()
        if source.revision == revision:
            break
    return result


def fiscal_years(source: BalanceSource, days: Iterable[date]) -> list[tuple[date, date]]:
    """The first and last day of the fiscal year of each day; each year is asked for once."""
    years: list[tuple[date, date]] = []
    found = []
    for day in days:
        year = next((year for year in years if year[0] <= day <= year[1]), None)
        if year is None:
            year = source.fiscal_year(day)
            years.append(year)
        found.append(year)
    return found


def fiscal_eve(first: date) -> date | None:
    """The last day before a fiscal year that begins on a day, or None when that would be before all time."""
    return day_before(first) if first > date.min else None
