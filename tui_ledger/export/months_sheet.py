"""How did income, expenses and net worth move month by month? A sheet of figures with two charts beneath them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from tui_ledger.export.cells import blank_cell, figure_cell, formula_cell, is_exact, text_cell
from tui_ledger.export.charts import ChartPlace, ChartRange, add_columns_chart, add_line_chart, charted
from tui_ledger.export.columns import number_width, unpriced_text
from tui_ledger.export.currency_notes import note_apart
from tui_ledger.export.heads import days_in_words
from tui_ledger.export.spreadsheet import Sheet, SheetLayout, Workbook
from tui_ledger.export.streamed_sheet import place_on
from tui_ledger.export.styles import Style
from tui_ledger.export.workbook_figures import Figure
from tui_ledger.money import Money
from tui_ledger.reports.report import Report, SectionKind, Unconverted, plain_figure
from tui_ledger.text import clean
from tui_ledger.widths import clip, wrap
from tui_ledger.words import N_

_HEAD_ROW = 5
_FIRST = _HEAD_ROW + 2
_LEAST = 16.0
_NOTE_SHARE = 0.95
_HEADS: tuple[str, ...] = (N_("Income"), N_("Expenses"), N_("Result"), N_("Net worth"))
_CREDITS = ("Income", "Result")


class MonthsSheet:
    """Months as rows: income, expenses, their difference as a live formula, and net worth at each month's end.

    `earned` is an income statement and `worth` a net worth report, a column a month in both. `last_row` then is that of
    the last month, `total_row` that of the sums; `is_live` says whether sums and results are formulas.
    """

    def __init__(self, workbook: Workbook, earned: Report, worth: Report) -> None:
        self._workbook = workbook
        self._book = earned.book
        self._currency = earned.currency
        self.translate = workbook.translate
        self._months = [f"{_day(column.date_to):%Y-%m}" for column in earned.columns]
        self._columns = tuple(zip(_HEADS, _figures(earned, worth), strict=True))
        self._others = dict(zip(_HEADS, _other_currencies(earned, worth), strict=True))
        self._note = note_apart(worth, self.translate)
        self._formats = {
            head: workbook.formats.excel_money_format(self._currency, credit_normal=head in _CREDITS) for head in _HEADS
        }
        self._days = (_day(earned.columns[0].date_from), _day(earned.columns[-1].date_to))
        self.title = self.translate("Net worth")
        figures = [figure for _, column in self._columns for figure in column]
        widths = [number_width(one, self._formats[head]) for head, column in self._columns for one in column]
        self.is_live = all(map(is_exact, figures)) and sum(abs(one.units) for one in figures) < 10**15
        width = max([_LEAST, *(one * 1.2 + 3 for one in widths)])
        self._width = 14.0 + 4 * width
        layout = SheetLayout(widths=(14.0, *(width,) * 4), head_row=_HEAD_ROW, is_one_page=len(self._months) <= 40)
        self.sheet: Sheet = workbook.begin_sheet(self.title, layout, period=self._period())
        self.last_row = _FIRST + len(self._months) - 1
        self.total_row = self.last_row + 1

    def write(self) -> MonthsSheet:
        """Writes the whole sheet."""
        self._write_titles()
        for place, month in enumerate(self._months):
            self._write_month(place, month)
        self._write_totals()
        self._write_notes()
        self._write_charts()
        return self

    def letter(self, head: str) -> str:
        """The sheet's letter of a column: Income, Expenses, Result or Net worth."""
        return get_column_letter(2 + _HEADS.index(head))

    def result(self) -> Figure:
        """The sum of the months' results."""
        whole = sum(dict(self._columns)["Result"], start=Money(0, self._currency))
        return self._figure_at(whole, "Result", self.total_row)

    def worth(self) -> Figure:
        """Net worth at the end of the last month."""
        return self._figure_at(dict(self._columns)["Net worth"][-1], "Net worth", self.last_row)

    def _figure_at(self, money: Money, head: str, row: int) -> Figure:
        return Figure(money, place_on(self.sheet.title, f"{self.letter(head)}{row}"), is_number=self.is_live)

    def _period(self) -> str:
        return days_in_words(*self._days, self._workbook.formats.date)

    def _write_titles(self) -> None:
        texts = ((self.title, Style.TITLE, 28.0), (self._book, Style.BOOK, 16.5))
        for text, style, height in (*texts, (f"{self._period()} · {self._currency}", Style.PERIOD, 16.5)):
            self.sheet.append([self._text(clip(clean(text), 60), style)], height=height)
        self.sheet.append([], height=9.0)
        heads = [self._text(self.translate(head), Style.HEAD_FIGURE) for head in _HEADS]
        self.sheet.append([self._text(self.translate("Month"), Style.HEAD), *heads], height=20.0)
        self.sheet.append([], height=9.0)

    def _write_month(self, place: int, month: str) -> None:
        row = self.sheet.next_row
        cells = []
        for head, figures in self._columns:
            figure = figures[place]
            if head == "Result" and self.is_live:
                cells.append(
                    self._formula(f"={self.letter('Income')}{row}-{self.letter('Expenses')}{row}", head, Style.FIGURE)
                )
            else:
                cells.append(self._figure(figure, head, Style.FIGURE))
        self.sheet.append([self._text(month, Style.ACCOUNT), *cells])

    def _write_totals(self) -> None:
        cells: list[Cell] = []
        for head, figures in self._columns:
            letter = self.letter(head)
            if head == "Net worth":
                cells.append(blank_cell(self.sheet.worksheet, Style.TOTAL))
            elif self.is_live:
                cells.append(self._formula(f"=SUM({letter}{_FIRST}:{letter}{self.last_row})", head, Style.TOTAL_FIGURE))
            else:
                whole = sum(figures, start=Money(0, self._currency))
                cells.append(self._text(plain_figure(whole), Style.TOTAL_FIGURE))
        self.sheet.append([self._text(self.translate("Total"), Style.TOTAL), *cells], height=16.5)

    def _write_notes(self) -> None:
        """Which amounts in other currencies the figures of each month leave out."""
        noted = self.translate("{first}: {second}")
        notes = [
            noted.format(first=month, second=said)
            for place, month in enumerate(self._months)
            if (said := self._left_out(place))
        ]
        if notes:
            self.sheet.append([], height=9.0)
        for note in [self._note, *notes] if notes else []:
            for line in wrap(clean(note), int(self._width * _NOTE_SHARE)):
                self.sheet.append([self._text(line, Style.NOTE)])

    def _left_out(self, place: int) -> str:
        """Of a month, by column: 'Income 3.00 USD; Net worth 10.05 GBP, 36 VEA'."""
        formats = self._workbook.formats
        held = [(head, by_month[place], head in _CREDITS) for head, by_month in self._others.items()]
        return "; ".join(
            f"{self.translate(head)} {unpriced_text(amounts, formats, side)}" for head, amounts, side in held if amounts
        )

    def _write_charts(self) -> None:
        if not charted(self._months):
            self.sheet.set_print_area(5)
            return
        worksheet, columns = self.sheet.worksheet, 1 + len(_HEADS)
        above = ChartPlace(self.sheet.next_row + 1, columns)
        beneath = ChartPlace(above.last_row + 2, columns)
        rows = (_HEAD_ROW, _FIRST, self.last_row)
        moved, held = ChartRange((2, 3), *rows), ChartRange((5,), *rows)
        add_columns_chart(worksheet, moved, self.translate("Income and expenses by month"), above)
        worth = self.translate("Net worth at the end of the month")
        add_line_chart(worksheet, held, worth, beneath)
        worksheet.print_area = f"A1:{get_column_letter(columns)}{beneath.last_row}"

    def _text(self, text: str, style: Style) -> Cell:
        return text_cell(self.sheet.worksheet, text, style)

    def _figure(self, money: Money, head: str, style: Style) -> Cell:
        return figure_cell(self.sheet.worksheet, money, style, self._formats[head])

    def _formula(self, formula: str, head: str, style: Style) -> Cell:
        return formula_cell(self.sheet.worksheet, formula, style, self._formats[head])


def _figures(earned: Report, worth: Report) -> tuple[Sequence[Money], ...]:
    income = earned.section(SectionKind.INCOME).totals
    expenses = earned.section(SectionKind.EXPENSES).totals
    results = tuple(gained - spent for gained, spent in zip(income, expenses, strict=True))
    return income, expenses, results, worth.totals[0].figures


def _other_currencies(earned: Report, worth: Report) -> tuple[Sequence[Unconverted], ...]:
    """What the same leave out, by month."""
    income, expenses = (
        earned.section(kind).unconverted_by_column for kind in (SectionKind.INCOME, SectionKind.EXPENSES)
    )
    return income, expenses, earned.totals[0].unconverted_by_column, worth.totals[0].unconverted_by_column


def _day(day: date | None) -> date:
    if day is None:
        raise ValueError("a month has days")
    return day
