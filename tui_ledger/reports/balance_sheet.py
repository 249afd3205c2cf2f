"""What does a book own, owe and keep at a date? The balance sheet, from stored balances alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.dates import parse_date
from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger.values import AccountType
from tui_ledger.money import Currency, Money
from tui_ledger.reports.figures import Figures
from tui_ledger.reports.other_currencies import added
from tui_ledger.reports.report import Check, Column, Report, Row, Section, SectionKind, Total
from tui_ledger.reports.rows import Direction, Translate, account_rows, computed_row
from tui_ledger.reports.source import MovementSource, fiscal_eve, fiscal_years, of_one_revision, read_balances
from tui_ledger.reports.tree import AccountNode, Amounts, account_tree, holds_anything, summed
from tui_ledger.words import Said

NAME = "balance-sheet"


def balance_sheet(
    source: MovementSource,
    dates: Sequence[date] = (),
    depth: int | None = None,
    show_zero: bool = False,
    *,
    after_closing: bool = False,
    currency: Currency | None = None,
    prices_from_costs: bool = False,
    translate: Translate = str,
) -> Report:
    """Assets, liabilities and equity at the end of each date (default: the local today), one column a date.

    `depth` counts segments of account names and sums up what lies deeper. Accounts that hold nothing are hidden
    unless `show_zero`; closed ones that hold nothing always. Raises InvalidDate and InvalidOptions.

    The results of the year and of earlier years are summed from income and expense accounts. `balanced` compares
    three totals found apart (assets; liabilities and equity accounts; results) in each currency, and asks that all
    balances read add up to zero in every currency. Reads one set of balances a date and one for the eve of its fiscal
    year.

    Closing transactions count from the day after the fiscal year they close, so closing changes no figure, unless
    `after_closing` asks for the books as they stand.

    With a `currency` every account is converted at the prices of the date, results of earlier years at those of the eve
    of the fiscal year, and the result of the year month by month as the income statement does. One row, "Exchange and
    translation differences", holds what that leaves: the value of the conversion accounts, the difference between the
    rates of the result, and rounding. What has no price stays unconverted, and `balanced` is None. What transactions
    paid for a currency counts as its price of their days only with `prices_from_costs`.
    """
    if depth is not None and depth < 1:
        raise InvalidOptions(reason=Said("A depth of {depth} shows no account: give 1 or more.", depth=depth))
    days = tuple(parse_date(day) for day in dates) or (source.today,)
    eves = tuple(fiscal_eve(first) for first, _ in fiscal_years(source, days))

    def read() -> Figures:
        reading = read_balances(source, (*days, *eves), () if after_closing else days)
        target = currency or source.currency
        if all(account.currency == target for account in reading.accounts) or currency is None:
            return Figures(reading, days, eves, target)
        from tui_ledger.reports.translation import TranslatedFigures

        return TranslatedFigures(
            reading, days, eves, target, source, after_closing=after_closing, prices_from_costs=prices_from_costs
        )

    figures = read() if currency is None else of_one_revision(source, read)
    return _Statement(source.name, figures, depth, show_zero, translate).report()


@dataclass(frozen=True, slots=True)
class _Statement:
    """A balance sheet being put together from its figures."""

    book: str
    figures: Figures
    depth: int | None
    show_zero: bool
    translate: Translate

    def report(self) -> Report:
        sections = (self._assets(), self._liabilities(), self._equity())
        checks = (*self._balance_checks(), *self._zero_sum_checks())
        return Report(
            name=NAME,
            title=self.translate("Balance sheet"),
            book=self.book,
            currency=self.figures.currency,
            columns=tuple(Column(label=day.isoformat(), at=day) for day in self.figures.days),
            sections=sections,
            totals=(self._liabilities_and_equity(sections[1], sections[2]),),
            checks=checks,
            balanced_by_column=tuple(map(_all_passed, zip(*(check.passed for check in checks), strict=True))),
            is_converted=self.figures.is_converted,
        )

    def _assets(self) -> Section:
        labels = self.translate("Assets"), self.translate("Total assets")
        rows = self._rows(AccountType.ASSET, labels[0])
        return self._section(SectionKind.ASSETS, labels, rows, self.figures.total(AccountType.ASSET))

    def _liabilities(self) -> Section:
        labels = self.translate("Liabilities"), self.translate("Total liabilities")
        rows = self._rows(AccountType.LIABILITY, labels[0])
        return self._section(SectionKind.LIABILITIES, labels, rows, self.figures.total(AccountType.LIABILITY))

    def _equity(self) -> Section:
        direction = self._direction(AccountType.EQUITY)
        earlier, current = self.figures.earlier_results(), self.figures.current_result()
        differences = self.figures.differences()
        rows = [
            *self._rows(AccountType.EQUITY, self.translate("Equity")),
            computed_row(self._earlier_results_label(), earlier, direction),
            computed_row(self.translate("Result of the current year"), current, direction),
        ]
        if holds_anything(differences):
            rows.append(computed_row(self.translate("Exchange and translation differences"), differences, direction))
        total = summed((self.figures.total(AccountType.EQUITY), earlier, current, differences), self.figures.columns)
        return self._section(
            SectionKind.EQUITY, (self.translate("Equity"), self.translate("Total equity")), rows, total
        )

    def _earlier_results_label(self) -> str:
        """An account of the same name holds what was closed into it; the row says that it is the rest."""
        label = self.translate("Retained earnings")
        taken = {account.leaf for account in self.figures.listed(AccountType.EQUITY, self.show_zero)}
        return self.translate("Retained earnings, not yet closed") if label in taken else label

    def _section(self, kind: SectionKind, labels: tuple[str, str], rows: Sequence[Row], total: Amounts) -> Section:
        direction = self._direction(_ACCOUNT_TYPES[kind])
        return Section(
            kind=kind,
            title=labels[0],
            rows=tuple(rows),
            totals=direction.totals(total),
            total_label=labels[1],
            unconverted_by_column=direction.unconverted(total),
        )

    def _rows(self, kind: AccountType, title: str) -> list[Row]:
        return account_rows(self._trees(kind), self._direction(kind), self.depth, self.translate, title)

    def _trees(self, kind: AccountType) -> tuple[AccountNode, ...]:
        listed = self.figures.listed(kind, self.show_zero)
        return account_tree(listed, self.figures.at_days, self.figures.columns, self.figures.accounts(kind))

    def _direction(self, kind: AccountType) -> Direction:
        return Direction(kind.sign, self.figures.currency)

    def _liabilities_and_equity(self, liabilities: Section, equity: Section) -> Total:
        return Total(
            name="liabilities-and-equity",
            label=self.translate("Total liabilities and equity"),
            figures=tuple(owed + kept for owed, kept in zip(liabilities.totals, equity.totals, strict=True)),
            sections=(SectionKind.LIABILITIES, SectionKind.EQUITY),
            unconverted_by_column=added(liabilities.unconverted_by_column, equity.unconverted_by_column),
        )

    def _balance_checks(self) -> list[Check]:
        """Assets against liabilities and equity accounts against results, each found from its own accounts; where
        nothing is converted in each currency by itself, else in the one while all have a price."""
        parts = (
            self.figures.total(AccountType.ASSET),
            self.figures.total(AccountType.LIABILITY, AccountType.EQUITY),
            summed((self.figures.earlier_results(), self.figures.current_result()), self.figures.columns),
            self.figures.differences(),
        )
        whole, label = summed(parts, self.figures.columns), self.translate("Assets − liabilities − equity")
        own = Direction(AccountType.ASSET.sign, self.figures.currency).totals(whole)
        if self.figures.is_converted:
            return [Check("balance", label, own, tuple(map(_verdict, map(bool, own), self.figures.unpriced())))]
        labelled = self.translate("Assets − liabilities − equity, {currency}")
        others = [
            self._difference(f"balance-{currency}", labelled.format(currency=currency), currency, whole)
            for currency in self.figures.other_currencies()
        ]
        return [self._difference("balance", label, self.figures.currency, whole), *others]

    def _difference(self, name: str, label: str, currency: Currency, whole: Amounts) -> Check:
        """What must be nothing in a currency."""
        figures = Direction(AccountType.ASSET.sign, currency).totals(whole)
        return Check(name, label, figures, tuple(not figure for figure in figures))

    def _zero_sum_checks(self) -> list[Check]:
        figures = self.figures
        currencies = [figures.currency, *figures.other_currencies()]
        by_day = {day: figures.reading.sums(day) for day in {*figures.days, *figures.eves}}
        sums = [(by_day[day], by_day[eve]) for day, eve in zip(figures.days, figures.eves, strict=True)]
        return [self._zero_sum_check(currency, sums) for currency in currencies]

    def _zero_sum_check(
        self, currency: Currency, sums: Sequence[tuple[dict[Currency | None, int], dict[Currency | None, int]]]
    ) -> Check:
        """Debits less credits over all accounts, at the date and on the eve of its fiscal year."""
        off = [day.get(currency, 0) or eve.get(currency, 0) for day, eve in sums]
        strays = [bool(day.get(None) or eve.get(None)) for day, eve in sums]
        return Check(
            name=f"zero-sum-{currency}",
            label=self.translate("Debits − credits, {currency}").format(currency=currency),
            figures=tuple(Money(units, currency) for units in off),
            passed=tuple(not units and not stray for units, stray in zip(off, strays, strict=True)),
        )


_ACCOUNT_TYPES = {
    SectionKind.ASSETS: AccountType.ASSET,
    SectionKind.LIABILITIES: AccountType.LIABILITY,
    SectionKind.EQUITY: AccountType.EQUITY,
}


def _verdict(is_off: bool, is_open: bool) -> bool | None:
    """False for a difference; None while something has no price, since only a whole comparison can be true."""
    if is_off:
        return False
    return None if is_open else True


def _all_passed(verdicts: Sequence[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True
