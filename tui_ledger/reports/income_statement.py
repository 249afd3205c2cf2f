"""What did a book earn and spend over a range of days? The income statement, from differences of stored balances."""

from __future__ import annotations

from collections.abc import Sequence

from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger.values import AccountType
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range, columns_of
from tui_ledger.reports.movements import Movements, read_movements
from tui_ledger.reports.other_currencies import added
from tui_ledger.reports.report import Check, Report, Row, Section, SectionKind, Total
from tui_ledger.reports.rows import Direction, Translate, account_rows
from tui_ledger.reports.source import MovementSource
from tui_ledger.reports.tree import RESULT_TYPES, account_tree, summed
from tui_ledger.words import N_, Said

NAME = "income-statement"

_OTHERS = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)


def income_statement(
    source: MovementSource,
    ranges: Sequence[Range],
    depth: int | None = None,
    show_zero: bool = False,
    *,
    after_closing: bool = False,
    currency: Currency | None = None,
    prices_from_costs: bool = False,
    translate: Translate = str,
) -> Report:
    """Income, expenses and their difference over each range, one column a range; figures above zero are income in the
    first section, expense in the second, profit in the total.

    `depth` counts segments of account names. Accounts on which nothing moved are hidden unless `show_zero`. Closing
    transactions are left out unless `after_closing`. With a `currency` all is converted, month by month at each
    month's end, so that months add up to the year; what has no price stays unconverted, and `balanced` is None. What
    transactions paid for a currency counts as its price of their days only with `prices_from_costs`.

    `balanced` compares the result with what moved on all other accounts, found apart, and asks that all balances read
    add up to zero in every currency, before any conversion. Raises InvalidOptions.
    """
    if depth is not None and depth < 1:
        raise InvalidOptions(reason=Said("A depth of {depth} shows no account: give 1 or more.", depth=depth))
    moved = read_movements(
        source, ranges, after_closing=after_closing, currency=currency, prices_from_costs=prices_from_costs
    )
    made = _Statement(moved, currency or source.currency, depth, show_zero, translate)
    sections = (
        made.section(SectionKind.INCOME, AccountType.INCOME, N_("Income"), N_("Total income")),
        made.section(SectionKind.EXPENSES, AccountType.EXPENSE, N_("Expenses"), N_("Total expenses")),
    )
    checks = made.checks(source.currency)
    return Report(
        name=NAME,
        title=translate("Income statement"),
        book=source.name,
        currency=made.currency,
        columns=columns_of(moved.ranges),
        sections=sections,
        totals=(made.result(*sections),),
        checks=checks,
        balanced_by_column=made.verdicts(checks),
        is_converted=moved.is_converted,
    )


class _Statement:
    def __init__(
        self, moved: Movements, currency: Currency, depth: int | None, show_zero: bool, translate: Translate
    ) -> None:
        self.moved = moved
        self.currency = currency
        self.depth = depth
        self.show_zero = show_zero
        self.translate = translate

    def section(self, kind: SectionKind, type: AccountType, title: str, total_label: str) -> Section:
        direction = Direction(type.sign, self.currency)
        total = self.moved.total(type)
        return Section(
            kind=kind,
            title=self.translate(title),
            rows=tuple(self._rows(type, direction, self.translate(title))),
            totals=direction.totals(total),
            total_label=self.translate(total_label),
            unconverted_by_column=direction.unconverted(total),
        )

    def result(self, income: Section, expenses: Section) -> Total:
        figures = tuple(earned - spent for earned, spent in zip(income.totals, expenses.totals, strict=True))
        others = added(income.unconverted_by_column, expenses.unconverted_by_column, -1)
        kinds = (income.kind, expenses.kind)
        return Total("result", self.translate("Result"), figures, kinds, (1, -1), unconverted_by_column=others)

    def checks(self, book_currency: Currency) -> tuple[Check, ...]:
        """The result against what moved on all other accounts, where nothing is converted, and sums of balances."""
        currencies = self.moved.used_currencies(book_currency)
        sums = tuple(map(self._zero_sum, currencies))
        return sums if self.moved.is_converted else (self._result_check(), *sums)

    def verdicts(self, checks: Sequence[Check]) -> tuple[bool | None, ...]:
        """False where a check failed, None where something that was to be converted has no price, else True."""
        shown = [self.moved.by_account[account.id] for account in self.moved.of_types(*RESULT_TYPES)]
        unpriced = [
            self.moved.is_converted
            and any(units and held != self.currency for one in shown for held, units in one[column].items())
            for column in range(self.moved.columns)
        ]
        return tuple(
            False if any(check.passed[column] is False for check in checks) else None if unpriced[column] else True
            for column in range(self.moved.columns)
        )

    def _result_check(self) -> Check:
        """Debits equal credits, so the result and what moved on all other accounts differ by sign alone."""
        whole = summed((self.moved.total(*RESULT_TYPES), self.moved.total(*_OTHERS)), self.moved.columns)
        return Check(
            name="result",
            label=self.translate("Result − change of all other accounts"),
            figures=Direction(1, self.currency).totals(whole),
            passed=tuple(not any(held.values()) for held in whole),
        )

    def _zero_sum(self, currency: Currency) -> Check:
        units = [self.moved.off(column, currency) for column in range(self.moved.columns)]
        return Check(
            name=f"zero-sum-{currency}",
            label=self.translate("Debits − credits, {currency}").format(currency=currency),
            figures=tuple(Money(one, currency) for one in units),
            passed=tuple(not one for one in units),
        )

    def _rows(self, kind: AccountType, direction: Direction, title: str) -> list[Row]:
        listed = self.moved.listed(kind, self.show_zero)
        trees = account_tree(listed, self.moved.by_account, self.moved.columns, self.moved.of_types(kind))
        return account_rows(trees, direction, self.depth, self.translate, title)
