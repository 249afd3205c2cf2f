"""What are the figures of a balance sheet in another currency, and what does converting them leave over?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tui_ledger.ledger.conversions import CONVERSION_ROOT, CONVERSIONS, conversion_root
from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency
from tui_ledger.reports.columns import Range
from tui_ledger.reports.converting import Converting
from tui_ledger.reports.figures import Figures
from tui_ledger.reports.movements import read_movements
from tui_ledger.reports.source import MovementSource, Reading, fiscal_years
from tui_ledger.reports.tree import RESULT_TYPES, Amounts, Held, negative, summed
from tui_ledger.text import name_key


class TranslatedFigures(Figures):
    """Amounts in one currency: at the prices of each date, of the eve of its fiscal year, and month by month between.

    The conversion accounts are no accounts here: their value is a part of the differences.
    """

    is_converted = True

    def __init__(
        self,
        reading: Reading,
        days: tuple[date, ...],
        eves: tuple[date | None, ...],
        currency: Currency,
        source: MovementSource,
        *,
        after_closing: bool,
        prices_from_costs: bool = False,
    ) -> None:
        self._source = source
        self._converting = Converting(source, currency, from_costs=prices_from_costs)
        self._conversions = conversion_root(source.setting(CONVERSIONS))
        self._after_closing = after_closing
        super().__init__(reading, days, eves, currency)
        self.at_days = self._converted(self.at_days, days)
        self.at_eves = self._converted(self.at_eves, eves)
        self._current = self._moved()

    def accounts(self, *types: AccountType) -> list[Account]:
        return [account for account in super().accounts(*types) if not is_conversion(account, self._conversions)]

    def current_result(self) -> Amounts:
        return self._current

    def differences(self) -> Amounts:
        """Three parts: what the conversion accounts are worth; income and expenses at the prices of the date less at
        those they were counted at; and what rounding each account by itself has left."""
        conversions = [account for account in self.reading.accounts if is_conversion(account, self._conversions)]
        worth = summed((self.at_days[account.id] for account in conversions), self.columns)
        results = summed((self.total(*RESULT_TYPES), negative(self._counted())), self.columns)
        return summed((worth, results, negative(self._rounding())), self.columns)

    def _counted(self) -> Amounts:
        return summed((self.earlier_results(), self._current), self.columns)

    def _rounding(self) -> Amounts:
        """What all accounts add up to once each is rounded; before that it is nothing in any currency."""
        whole = summed(self.at_days.values(), self.columns)
        return tuple({self.currency: held[self.currency]} if held.get(self.currency) else {} for held in whole)

    def _moved(self) -> Amounts:
        """Income and expenses since the eve of each fiscal year, converted month by month."""
        firsts = (first for first, _ in fiscal_years(self._source, self.days))
        years = [Range(first, day) for first, day in zip(firsts, self.days, strict=True)]
        moved = read_movements(
            self._source,
            years,
            after_closing=self._after_closing,
            converting=self._converting,
            known=self.reading.balances,
        )
        return moved.total(*RESULT_TYPES)

    def _converted(self, held: Mapping[int, Amounts], days: tuple[date | None, ...]) -> dict[int, Amounts]:
        return {
            row: tuple(self._column(one, day) for one, day in zip(columns, days, strict=True))
            for row, columns in held.items()
        }

    def _column(self, held: Held, day: date | None) -> Held:
        (currency, units), *_ = held.items()
        return self._converting.held(units, currency, day)


def is_conversion(account: Account, root: str = CONVERSION_ROOT) -> bool:
    """Whether an account is one that postings between currencies are balanced through."""
    return account.type is AccountType.EQUITY and name_key(account.name).startswith(f"{name_key(root)}:")
