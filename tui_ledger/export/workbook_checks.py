"""Which figures of a whole workbook must agree, and in which cells do they stand?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tui_ledger.export.checks_sheet import AccountDifference, Difference
from tui_ledger.export.months_sheet import MonthsSheet
from tui_ledger.export.statement import StatementSheet
from tui_ledger.export.table_sheet import TableSheet, TotalPlace
from tui_ledger.export.workbook_figures import (
    Figure,
    cell_of,
    difference,
    foot,
    grand_total,
    nothing_in,
    section_total,
    written,
)
from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money
from tui_ledger.reports.report import Row, SectionKind
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import LineKind
from tui_ledger.reports.trial_balance import Turn

_LINES = Currency("", 0)
"""What a number of lines is counted in."""


@dataclass(slots=True)
class Drawn:
    """The sheets of a workbook that were drawn, by the names of their reports, and what is known beside them.

    `earlier` is what fiscal years before that of the first day left in income and expense accounts, and what a
    closing transaction took of it, by account id; `year_column` the income statement's column of the fiscal year up
    to the balance sheet's day, `range_column` that of the days asked for.
    """

    accounts: tuple[Account, ...]
    earlier: Mapping[int, Turn]
    statements: dict[str, StatementSheet] = field(default_factory=dict)
    tables: dict[str, TableSheet] = field(default_factory=dict)
    months: MonthsSheet | None = None
    has_all_months: bool = False
    range_column: int = 0
    year_column: int = 0


class WorkbookChecks:
    """The differences of a workbook; each is live where all its figures are numbers."""

    def __init__(self, drawn: Drawn, translate: Translate) -> None:
        self._drawn = drawn
        self.translate = translate
        blocks = drawn.tables["general-ledger"].blocks if "general-ledger" in drawn.tables else []
        self._blocks = {block.account: block for block in blocks if block.account is not None}
        self._by_name = {account.name: account for account in drawn.accounts}
        self._turns = dict(self._trial_rows())

    def differences(self) -> Iterator[Difference]:
        """One figure each, between sheets or on one."""
        yield from self._balance_sheet()
        yield from self._result()
        yield from self._trial_balance()
        yield from self._earlier_results()
        yield from self._journal()
        yield from self._cash()
        yield from self._taxes()
        yield from self._months()

    def own(self) -> Iterator[Difference]:
        """What the reports found of themselves, from the stored balances."""
        for statement in self._drawn.statements.values():
            for check in statement.report.checks:
                figures = zip(check.figures, check.passed, strict=True)
                worst = next((one for one in figures if one[1] is False), (check.figures[0], True))
                label = self._labelled(statement.report.title, check.label)
                yield Difference(label, worst[0], passed=worst[1])
        for sheet in self._drawn.tables.values():
            if sheet.table.is_checked:
                label = self._labelled(sheet.table.title, self.translate("Balances line by line"))
                yield Difference(label, Money(sheet.checks.count, _LINES), is_count=True)

    def _labelled(self, title: str, check: str) -> str:
        return self.translate("{first}: {second}").format(first=title, second=check)

    def accounts(self) -> Iterator[AccountDifference]:
        """Trial balance less general ledger, of every account that stands in either."""
        if "trial-balance" not in self._drawn.statements or "general-ledger" not in self._drawn.tables:
            return
        for account in self._drawn.accounts:
            if account.name in self._blocks or account.name in self._turns:
                yield self._account(account)

    def _balance_sheet(self) -> Iterator[Difference]:
        sheet = self._drawn.statements.get("balance-sheet")
        if sheet is not None:
            kinds = (SectionKind.ASSETS, SectionKind.LIABILITIES, SectionKind.EQUITY)
            assets, liabilities, equity = (section_total(sheet, kind, 0) for kind in kinds)
            label = self.translate("Balance sheet: assets − liabilities − equity")
            yield difference(label, assets, -liabilities, -equity)

    def _result(self) -> Iterator[Difference]:
        earned, held = self._drawn.statements.get("income-statement"), self._drawn.statements.get("balance-sheet")
        label = self.translate("Result of the current year")
        if earned is None or held is None or label not in held.computed_rows:
            return
        row = next(one for one in held.report.section(SectionKind.EQUITY).rows if one.label == label)
        if row.figures[0] is not None:
            there = Figure(row.figures[0], cell_of(held, held.computed_rows[label], 0))
            said = self.translate("Income statement's result − balance sheet's result of the current year")
            yield difference(said, grand_total(earned, "result", self._drawn.year_column), -there)

    def _trial_balance(self) -> Iterator[Difference]:
        sheet = self._drawn.statements.get("trial-balance")
        if sheet is None:
            return
        labels = [
            self.translate("Trial balance: opening debits − opening credits"),
            self.translate("Trial balance: debits − credits"),
            self.translate("Trial balance: closing debits − closing credits"),
        ]
        for place in range(len(sheet.report.sections)):
            for pair, label in enumerate(labels):
                debit, credit = (foot(sheet, place, 2 * pair + side) for side in range(2))
                yield difference(label, debit, -credit)

    def _earlier_results(self) -> Iterator[Difference]:
        """The trial balance's row of earlier years against what they left in the accounts."""
        sheet = self._drawn.statements.get("trial-balance")
        label = self.translate("Trial balance: result of earlier years − what they left in the accounts")
        for section in () if sheet is None else sheet.report.sections:
            currency = section.totals[0].currency
            of_currency = (one for one in self._drawn.accounts if one.currency == currency)
            left = sum(self._earlier(one).opening for one in of_currency)
            rows = [row.figures[:2] for row in section.rows if row.account is None]
            said = sum((debit.units if debit else 0) - (credit.units if credit else 0) for debit, credit in rows)
            if left or said:
                yield Difference(label, Money(said - left, currency))

    def _journal(self) -> Iterator[Difference]:
        sheet = self._drawn.tables.get("journal")
        for total in () if sheet is None else sheet.totals:
            debit, credit = (_of_total(sheet, total, side) for side in ("debit", "credit"))
            yield difference(self.translate("Journal: debits − credits"), debit, -credit)

    def _cash(self) -> Iterator[Difference]:
        sheet = self._drawn.statements.get("cash-flow")
        if sheet is not None and "general-ledger" in self._drawn.tables:
            currency = sheet.report.currency
            cash = [one for one in self._drawn.accounts if one.cash and one.currency == currency]
            held = [self._closing(one) for one in cash if one.name in self._blocks]
            label = self.translate("Cash flow: cash at the end − cash accounts of the general ledger")
            yield difference(label, grand_total(sheet, "closing-cash", 0), *(-one for one in held))

    def _taxes(self) -> Iterator[Difference]:
        """What each tax account closes with on the sheet of taxes and in the general ledger."""
        sheet, accounts = self._drawn.tables.get("tax"), self._by_name
        for block in () if sheet is None else sheet.blocks:
            if sheet is None or block.account not in self._blocks:
                continue
            closing = block.cells[LineKind.CLOSING][sheet.table.place("balance")]
            if isinstance(closing, Money):
                label = self.translate("Tax − general ledger: closing balance of {account}")
                cell = sheet.cell(block.lines[LineKind.CLOSING], "balance")
                there = Figure(closing, cell, is_number=not block.is_written_out)
                held = self._closing(accounts[block.account])
                own = held if accounts[block.account].type.sign > 0 else -held
                yield difference(label.format(account=block.account), there, -own)

    def _months(self) -> Iterator[Difference]:
        months = self._drawn.months
        earned, held = self._drawn.statements.get("income-statement"), self._drawn.statements.get("balance-sheet")
        if months is not None and earned is not None and self._drawn.has_all_months:
            label = self.translate("Results of the months − income statement's result")
            yield difference(label, months.result(), -grand_total(earned, "result", self._drawn.range_column))
        if months is not None and held is not None:
            owned, owed = (section_total(held, kind, 0) for kind in (SectionKind.ASSETS, SectionKind.LIABILITIES))
            label = self.translate("Net worth − balance sheet's assets less liabilities")
            yield difference(label, months.worth(), -owned, owed)

    def _trial_rows(self) -> Iterator[tuple[str, Row]]:
        sheet = self._drawn.statements.get("trial-balance")
        for section in () if sheet is None else sheet.report.sections:
            yield from ((row.account, row) for row in section.rows if row.account is not None)

    def _account(self, account: Account) -> AccountDifference:
        """Closing debits and credits of the trial balance, with what earlier years left, are the general ledger's."""
        ledger, block = self._drawn.tables["general-ledger"], self._blocks.get(account.name)
        turn = self._earlier(account)
        earlier, *taken = (Money(one, account.currency) for one in (turn.closing, turn.debits, turn.credits))
        debits, credits = (
            difference(
                "", self._turn(account, column), written(of_earlier), -self._of_block(account, LineKind.TOTAL, side)
            )
            for column, side, of_earlier in zip((2, 3), ("debit", "credit"), taken, strict=True)
        )
        closing = difference(
            "", self._turn(account, 4), -self._turn(account, 5), written(earlier), -self._closing(account)
        )
        to = None if block is None else ledger.cell(block.head, ledger.table.columns[0].name)
        return AccountDifference(account.name, debits, credits, closing, earlier, to)

    def _earlier(self, account: Account) -> Turn:
        return self._drawn.earlier.get(account.id, Turn())

    def _turn(self, account: Account, column: int) -> Figure:
        """A figure of the trial balance; nothing where the account is not in it, or on the other side."""
        row = self._turns.get(account.name)
        figure = None if row is None else row.figures[column]
        if figure is None:
            return nothing_in(account.currency)
        sheet = self._drawn.statements["trial-balance"]
        return Figure(figure, cell_of(sheet, sheet.account_rows[account.name], column))

    def _closing(self, account: Account) -> Figure:
        """What the general ledger closes with, debit-positive."""
        held = self._of_block(account, LineKind.CLOSING, "balance")
        return held if account.type.sign > 0 else -held

    def _of_block(self, account: Account, kind: LineKind, column: str) -> Figure:
        block, ledger = self._blocks.get(account.name), self._drawn.tables["general-ledger"]
        figure = None if block is None else block.cells[kind][ledger.table.place(column)]
        if block is None or not isinstance(figure, Money):
            return nothing_in(account.currency)
        return Figure(figure, ledger.cell(block.lines[kind], column), is_number=not block.is_written_out)


def _of_total(sheet: TableSheet | None, total: TotalPlace, column: str) -> Figure:
    if sheet is None:
        raise ValueError(column)
    figure = total.cells[sheet.table.place(column)]
    money = figure if isinstance(figure, Money) else Money(0, sheet.table.currency)
    return Figure(money, sheet.cell((total.sheet, total.row), column), is_number=total.is_live)
