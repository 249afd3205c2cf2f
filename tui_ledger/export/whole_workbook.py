"""How does a whole book become the workbook an accountant would have made by hand?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tui_ledger.export.checks_sheet import ChecksSheet
from tui_ledger.export.contents_sheet import ContentsSheet, Entry
from tui_ledger.export.earlier import PROGRAM
from tui_ledger.export.files import export_failed
from tui_ledger.export.formats import PlainFormats, WorkbookFormats
from tui_ledger.export.heads import days_in_words
from tui_ledger.export.months_sheet import MonthsSheet
from tui_ledger.export.saved_sheets import draw_saved, saved_among
from tui_ledger.export.spreadsheet import Sheet, Workbook
from tui_ledger.export.streamed_sheet import StreamedSheet, place_on
from tui_ledger.export.table_charts import add_statistics_chart
from tui_ledger.export.table_sheet import MOST_ROWS, TableSheet
from tui_ledger.export.work_done import Progress, WorkDone
from tui_ledger.export.workbook import add_statement
from tui_ledger.export.workbook_checks import Drawn, WorkbookChecks
from tui_ledger.ledger import Ledger
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.columns import Range, periods_of
from tui_ledger.reports.general_ledger import general_ledger
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.journal import journal
from tui_ledger.reports.layout import laid_out, layout_of, worded
from tui_ledger.reports.net_worth import net_worth
from tui_ledger.reports.parties import parties
from tui_ledger.reports.report import Report
from tui_ledger.reports.requests import Request
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import Table
from tui_ledger.reports.tax import tax
from tui_ledger.reports.trial_balance import left_by_earlier_years, trial_balance
from tui_ledger.words import N_

NAME = "workbook"

_ABOUT = {
    "balance-sheet": N_("What is owned, owed and kept at the last day"),
    "income-statement": N_("What was earned and spent, in these days and in the fiscal year to date"),
    "trial-balance": N_("Opening, debit, credit and closing of every account; names lead to the general ledger"),
    "cash-flow": N_("From opening to closing cash, by what it came from and went to"),
    "general-ledger": N_("Every account with its postings and balances; names lead to the trial balance"),
    "journal": N_("Every transaction in its order"),
    "parties": N_("What every party is owed, below zero what it owes"),
    "tax": N_("Base, tax and what was posted of it, by tax account; names lead to the general ledger"),
    "net-worth": N_("Income, expenses and net worth month by month, with charts"),
    "statistics": N_("Debits and credits by month, and how many"),
}
SHEETS = tuple(_ABOUT)
"""The sheets that can be asked for, in their order; without a word all but the last are written."""

_MOST_MONTHS = 36
_TABLES_OF_POSTINGS = ("general-ledger", "journal")


@dataclass(frozen=True, slots=True)
class WrittenWorkbook:
    """Where a workbook is, and the names of the reports in it."""

    path: Path
    sheets: tuple[str, ...]


def write_whole_workbook(
    ledger: Ledger,
    days: Range,
    path: Path,
    formats: WorkbookFormats | None = None,
    *,
    names: Sequence[str] = (),
    created: datetime,
    creator: str = PROGRAM,
    overwrite: bool | None = None,
    translate: Callable[[str], str] = str,
    progress: Progress | None = None,
    most_rows: int = MOST_ROWS,
) -> WrittenWorkbook:
    """Writes the workbook of some days: balance sheet at the last one, all else over them; `names` chooses sheets, and
    reports that were saved, which are of their own days.

    All figures are of one revision of the book. Rows are written aside and packed piece by piece, so memory does not
    grow with them; `progress` is called with (done, total), and what it raises ends the writing and leaves no file.
    An existing file is replaced with `overwrite`, by default only an untouched earlier export. A sheet takes at most
    `most_rows`; what is more goes on a further one. Raises ExportFailed, UnknownReport.
    """
    saved = saved_among(ledger, names, SHEETS)
    title = translate("The accountant's workbook")
    writing: _Writing | None = None
    try:
        workbook = Workbook(
            title, ledger.name, formats or PlainFormats(), created=created, creator=creator, translate=translate
        )
        writing = _Writing(ledger, days, workbook, names, progress, most_rows)
        writing.saved = saved
        with ledger.snapshot():
            writing.write(created.date())
        workbook.save(path, overwrite, writing.work.packed(workbook.streamed_bytes))
    except OSError as problem:
        raise export_failed(path, problem) from problem
    finally:
        if writing is not None:
            writing.workbook.discard()
    writing.work.finish()
    return WrittenWorkbook(path, tuple(writing.written))


class _Writing:
    """A workbook while it is being written."""

    def __init__(
        self,
        ledger: Ledger,
        days: Range,
        workbook: Workbook,
        names: Sequence[str],
        progress: Progress | None,
        most_rows: int,
    ) -> None:
        self.workbook = workbook
        self.written: list[str] = []
        self.work = WorkDone(progress)
        self._ledger = ledger
        self._days = days
        self._names = names or SHEETS[:-1]
        self._is_chosen = bool(names)
        self._layout = layout_of(ledger)
        self.translate = worded(workbook.translate, self._layout)
        self._most_rows = most_rows
        self.saved: Mapping[str, Request] = {}
        self._saved_sheets: list[Sheet | StreamedSheet] = []
        self._entries: list[Entry] = []
        self._notes: list[str] = []

    def write(self, today: date) -> None:
        """Every sheet that is wanted and has something to show, then what leads from one to another."""
        accounts = tuple(self._ledger.accounts())
        self._drawn = Drawn(accounts, left_by_earlier_years(self._ledger, self._days))
        self.work.expect(self._postings() * sum(name in self._names for name in _TABLES_OF_POSTINGS))
        contents = ContentsSheet(self.workbook, self._period())
        for name in (one for one in SHEETS if one in self._names):
            self._draw(name)
        for name, request in self.saved.items():
            self._draw_saved(name, request)
        checks = ChecksSheet(self.workbook, self._ledger.name, self._period())
        found = WorkbookChecks(self._drawn, self.translate)
        written_out = [text for sheet in self._drawn.tables.values() for text in sheet.written_out]
        checks.write(list(found.differences()), list(found.own()), list(found.accounts()), written_out)
        about = self.translate(
            "Differences between the sheets, each of which must be zero, and beside them what earlier years left"
        )
        self._entries.append(Entry(checks.sheet.title, self.translate("Checks"), about))
        contents.write(self._entries, self._notes, self.workbook.formats.date(today), checks.failed_cell)
        self._link(place_on(contents.sheet.title, "A1"))
        checks.sheet.link("A1", place_on(contents.sheet.title, "A1"))

    def _draw(self, name: str) -> None:
        if name == "cash-flow" and not any(account.cash for account in self._drawn.accounts):
            note = N_("There is no cash flow statement: no account is marked as cash.")
            self._notes.append(self.translate(note))
        elif name == "parties" and not self._ledger.parties():
            if self._is_chosen:
                self._notes.append(self.translate("There are no parties in this book."))
        elif name == "tax" and not self._ledger.tax_rates():
            if self._is_chosen:
                self._notes.append(self.translate("There are no tax codes in this book."))
        elif name == "net-worth":
            self._enter(name, self._draw_months())
        elif name in _TABLES:
            self._enter(name, self._draw_table(name))
        else:
            sheet = add_statement(self.workbook, self._report(name))
            self._drawn.statements[name] = sheet
            self._enter(name, (sheet.sheet.title, sheet.report.title))

    def _draw_saved(self, name: str, request: Request) -> None:
        sheet, entry = draw_saved(self.workbook, self._ledger, name, request)
        self.written.append(name)
        self._entries.append(entry)
        self._saved_sheets.append(sheet)

    def _enter(self, name: str, place: tuple[str, str]) -> None:
        self.written.append(name)
        self._entries.append(Entry(*place, self.translate(_ABOUT[name])))

    def _report(self, name: str) -> Report:
        ledger, translate = self._ledger, self.translate
        if name == "balance-sheet":
            return laid_out(balance_sheet(ledger, [self._days.last], translate=translate), self._layout)
        if name == "trial-balance":
            return trial_balance(ledger, self._days, translate=translate)
        if name == "cash-flow":
            return cash_flow(ledger, [self._days], translate=translate)
        year = Range(ledger.fiscal_year(self._days.last)[0], self._days.last)
        ranges = [self._days] if self._days == year else [self._days, year]
        self._drawn.year_column = len(ranges) - 1
        return laid_out(income_statement(ledger, ranges, translate=translate), self._layout)

    def _draw_table(self, name: str) -> tuple[str, str]:
        table = _TABLES[name](self)
        moved = self.work.wrote if name in _TABLES_OF_POSTINGS else None
        sheet = TableSheet(self.workbook, table, most_rows=self._most_rows, moved=moved).write()
        if name == "statistics":
            add_statistics_chart(sheet)
        self._drawn.tables[name] = sheet
        return sheet.sheets[0].title, table.title

    def _draw_months(self) -> tuple[str, str]:
        months = periods_of(self._days, "month") if self._month_count() <= _MOST_MONTHS else []
        self._drawn.has_all_months = bool(months)
        if not months:
            first = max(self._days.first.toordinal(), self._days.last.toordinal() - 31 * (_MOST_MONTHS - 1))
            months = periods_of(Range(date.fromordinal(first).replace(day=1), self._days.last), "month")
        earned = income_statement(self._ledger, months, translate=self.translate)
        worth = net_worth(self._ledger, [month.last for month in months], translate=self.translate)
        self._drawn.months = MonthsSheet(self.workbook, earned, worth).write()
        return self._drawn.months.sheet.title, self._drawn.months.title

    def _month_count(self) -> int:
        first, last = self._days.first, self._days.last
        return (last.year - first.year) * 12 + last.month - first.month + 1

    def _link(self, contents: str) -> None:
        """From accounts on statements to their blocks in the general ledger and back; from titles to the contents."""
        ledger = self._drawn.tables.get("general-ledger")
        heads = {} if ledger is None else {block.account: block.head for block in ledger.blocks}
        for statement in self._drawn.statements.values():
            statement.sheet.link("A1", contents)
            for account, row in statement.account_rows.items():
                if account in heads:
                    statement.sheet.link(f"B{row}", place_on(heads[account][0], f"A{heads[account][1]}"))
        for table in self._drawn.tables.values():
            for sheet in table.sheets:
                sheet.link("A1", contents)
        if self._drawn.months is not None:
            self._drawn.months.sheet.link("A1", contents)
        for saved in self._saved_sheets:
            saved.link("A1", contents)
        self._link_back(heads)
        self._link_taxes(heads)
        self._link_results()

    def _link_back(self, heads: dict[str | None, tuple[str, int]]) -> None:
        order = ("trial-balance", "balance-sheet", "income-statement")
        statements = [self._drawn.statements[name] for name in order if name in self._drawn.statements]
        for account, head in heads.items():
            found = next((one for one in statements if account in one.account_rows), None)
            if found is not None and account is not None:
                to = place_on(found.sheet.title, f"B{found.account_rows[account]}")
                self._drawn.tables["general-ledger"].link(head, to)

    def _link_taxes(self, heads: Mapping[str | None, tuple[str, int]]) -> None:
        taxed = self._drawn.tables.get("tax")
        for block in () if taxed is None else taxed.blocks:
            if taxed is not None and block.account in heads:
                sheet, row = heads[block.account]
                taxed.link(block.head, place_on(sheet, f"A{row}"))

    def _link_results(self) -> None:
        """The balance sheet's result of the year leads to the income statement's, in the column of the same days."""
        earned, held = self._drawn.statements.get("income-statement"), self._drawn.statements.get("balance-sheet")
        row = None if held is None else held.computed_rows.get(self.translate("Result of the current year"))
        if earned is None or held is None or row is None:
            return
        there = f"{earned.column_letter(self._drawn.year_column)}{earned.total_rows['result']}"
        held.sheet.link(f"B{row}", place_on(earned.sheet.title, there))
        earned.sheet.link(f"B{earned.total_rows['result']}", place_on(held.sheet.title, f"B{row}"))

    def _postings(self) -> int:
        """How many postings the days have."""
        eve = self._days.eve
        before = 0 if eve is None else self._ledger.postings_after(eve)
        return max(before - self._ledger.postings_after(self._days.last), 0)

    def _period(self) -> str:
        return days_in_words(self._days.first, self._days.last, self.workbook.formats.date)

    def general_ledger(self) -> Table:
        return general_ledger(self._ledger, self._days, translate=self.translate)

    def journal(self) -> Table:
        return journal(self._ledger, self._days, translate=self.translate)

    def parties(self) -> Table:
        return parties(self._ledger, self._days.last, translate=self.translate)

    def tax(self) -> Table:
        return tax(self._ledger, self._days, translate=self.translate)

    def statistics(self) -> Table:
        return statistics(self._ledger, self._days, translate=self.translate)


_TABLES: dict[str, Callable[[_Writing], Table]] = {
    "general-ledger": _Writing.general_ledger,
    "journal": _Writing.journal,
    "parties": _Writing.parties,
    "tax": _Writing.tax,
    "statistics": _Writing.statistics,
}
