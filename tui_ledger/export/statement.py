"""How is a statement laid out on a sheet, with totals that follow when a figure is changed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter

from tui_ledger.export.cells import (
    blank_cell,
    code_cell,
    date_cell,
    figure_cell,
    formula_cell,
    is_exact,
    text_cell,
)
from tui_ledger.export.columns import PORTRAIT_CHARACTERS, lines_of, pages_wide, statement_widths, unpriced_text
from tui_ledger.export.currency_notes import note_apart
from tui_ledger.export.footing import Footing
from tui_ledger.export.heads import column_head, period_in_words
from tui_ledger.export.list_sums import ListSums
from tui_ledger.export.spreadsheet import Sheet, SheetLayout, Workbook
from tui_ledger.export.statement_checks import CheckFormulas, shown_checks
from tui_ledger.export.styles import Style, failed_style, passed_style
from tui_ledger.money import Currency, Money
from tui_ledger.reports.drawn import Part, drawn
from tui_ledger.reports.report import Check, Column, Report, Row, RowKind, Total, Unconverted, plain_figure
from tui_ledger.reports.sides import Side, side_in_column
from tui_ledger.text import clean
from tui_ledger.widths import clip, wrap

_HEAD_ROW = 5
ONE_PAGE_ROWS = 64
LANDSCAPE_ROWS = 42
_FIRST_FIGURE = 3
_TITLE_HEIGHT = 28.0
_LINE_HEIGHT = 16.5
_ROW_HEIGHT = 15.0
_HEAD_HEIGHT = 20.0
_GAP_HEIGHT = 9.0
_NOTE_SHARE = 0.95


class StatementSheet:
    """A statement drawn on the next sheet of a workbook: Code, Account, and a column for each date, range or side."""

    def __init__(self, workbook: Workbook, report: Report) -> None:
        self.report = report
        self.drawing = drawn(report)
        self.formats = workbook.formats
        self.translate = workbook.translate
        self._number_formats: dict[tuple[Currency, Side], str] = {}
        self.widths = statement_widths(report, workbook.formats, self._verdicts())
        self.sheet = workbook.begin_sheet(report.title, self._layout(), period=self._period())
        self.total_rows: dict[str, int] = {}
        self.section_rows: list[int] = []
        self.check_rows: dict[str, int] = {}
        self.account_rows: dict[str, int] = {}
        self.computed_rows: dict[str, int] = {}
        self._checks = CheckFormulas(report, self.section_rows, self.column_letter)
        self._first_rows: list[int] = []
        self._list_sums = ListSums(self.drawing, self._first_rows, self.column_letter)
        self._written_out: list[str] = []

    def write(self) -> Sheet:
        """Writes the whole sheet. `total_rows` then says in which row each total stands, a section's by its kind;
        `section_rows` has those of sections in their order, none where the statement is one list; `check_rows` those of
        checks by name, `account_rows` the first row of each account, `computed_rows` those of no account by their
        labels."""
        self._write_titles()
        self._write_head()
        for part in self.drawing.parts:
            self._write_part(part)
        for total in self.drawing.totals_at_end:
            self._write_grand_total(total)
        self._write_checks()
        self._write_notes()
        self.sheet.set_print_area(len(self.widths))
        return self.sheet

    def column_letter(self, column: int) -> str:
        """The sheet's letter of a column of the report."""
        return get_column_letter(_FIRST_FIGURE + column)

    def _layout(self) -> SheetLayout:
        depths = [row.depth for row in self.drawing.rows()]
        is_landscape = sum(self.widths) > PORTRAIT_CHARACTERS
        return SheetLayout(
            widths=self.widths,
            head_row=_HEAD_ROW,
            frozen_columns=_FIRST_FIGURE - 1,
            outline_levels=max(depths, default=1) - 1,
            is_landscape=is_landscape,
            is_one_page=self._row_count() <= (LANDSCAPE_ROWS if is_landscape else ONE_PAGE_ROWS),
            pages_wide=pages_wide(self.widths, _FIRST_FIGURE - 1),
        )

    def _row_count(self) -> int:
        """Roughly how many rows the sheet will have."""
        return _HEAD_ROW + 5 + sum(len(part.section.rows) + 3 for part in self.drawing.parts)

    def _period(self) -> str:
        return period_in_words(self.report.columns, self.formats.date)

    def _column_text(self, column: Column) -> str:
        return column_head(column, self.formats.date)

    def _write_titles(self) -> None:
        period = f"{self._period()} · {self.report.currency}"
        self.sheet.append([self._text(self._fitted(self.report.title, 1.7), Style.TITLE)], height=_TITLE_HEIGHT)
        self.sheet.append([self._text(self._fitted(self.report.book, 1.1), Style.BOOK)], height=_LINE_HEIGHT)
        self.sheet.append([self._text(self._fitted(period, 1.0), Style.PERIOD)], height=_LINE_HEIGHT)
        self.sheet.append([], height=_GAP_HEIGHT)

    def _fitted(self, text: str, size: float) -> str:
        """A title without a cell of its own width, clipped to the page's."""
        return clip(clean(text), int(sum(self.widths) / size))

    def _write_head(self) -> None:
        has_codes = any(row.code for row in self.drawing.rows())
        code = self.translate("Code") if has_codes else ""
        names = [self._text(code, Style.HEAD), self._text(self.translate("Account"), Style.HEAD)]
        self.sheet.append([*names, *map(self._head_cell, self.report.columns)], height=_HEAD_HEIGHT)
        self.sheet.append([], height=_GAP_HEIGHT)

    def _head_cell(self, column: Column) -> Cell:
        if column.at is None or column.is_named:
            return self._text(self._column_text(column), Style.HEAD_FIGURE)
        return date_cell(self.sheet.worksheet, column.at, Style.HEAD_FIGURE, self.formats.excel_date_format())

    def _write_part(self, part: Part) -> None:
        if part.is_framed:
            self.sheet.append([self._text(part.section.title, Style.SECTION)], height=_HEAD_HEIGHT)
        footing = Footing(part.section, self.sheet.next_row)
        self._first_rows.append(footing.first_row)
        for place, row in enumerate(part.section.rows):
            self._write_row(footing, place, row)
        if part.is_framed:
            self._write_section_total(footing)
        for total in part.totals:
            self._write_grand_total(total)
        if part.is_framed or part.totals:
            self.sheet.append([], height=_GAP_HEIGHT)

    def _write_section_total(self, footing: Footing) -> None:
        section = footing.section
        figures = [self._sum_cell(footing, None, column, Style.TOTAL_FIGURE) for column in self._columns()]
        names = [self._blank(Style.TOTAL), self._text(section.total_label, Style.TOTAL)]
        self.total_rows[section.kind.value] = self.sheet.append([*names, *figures], height=_LINE_HEIGHT)
        self.section_rows.append(self.total_rows[section.kind.value])

    def _write_row(self, footing: Footing, place: int, row: Row) -> None:
        is_credit = footing.section.kind.is_credit_normal
        style, sum_style = _heading_styles(row) if row.is_heading else (_ROW_STYLES[row.kind], Style.FIGURE)
        names = [
            code_cell(self.sheet.worksheet, row.code, Style.CODE),
            text_cell(self.sheet.worksheet, row.label, style, indent=row.depth),
        ]
        figures = [
            self._sum_cell(footing, place, column, sum_style) if row.is_heading else self._leaf(row, column, is_credit)
            for column in self._columns()
        ]
        lines = lines_of(row, self.widths[1])
        height = lines * _ROW_HEIGHT if lines > 1 else None
        number = self.sheet.append([*names, *figures], height=height, level=row.depth - 1)
        if row.account is not None:
            self.account_rows.setdefault(row.account, number)
        else:
            self.computed_rows[row.label] = number

    def _leaf(self, row: Row, column: int, is_credit: bool) -> Cell:
        figure, side = row.figures[column], self._side(column, is_credit)
        if figure is None:
            unpriced = unpriced_text(_left_out(row.unconverted_by_column, column), self.formats, side)
            return self._text(unpriced, Style.FIGURE) if unpriced else self._blank(Style.FIGURE)
        if not is_exact(figure):
            self._written_out.append(row.label)
        elif (formula := self._difference(row.figures, row.unconverted_by_column, column)) is not None:
            return self._formula(formula, Style.FIGURE, figure.currency, side)
        return self._figure(figure, Style.FIGURE, side)

    def _difference(self, figures: Sequence[Money | None], left_out: Sequence[Unconverted], column: int) -> str | None:
        """The formula of a difference on the row that is written next; None for any other column, and where one of both
        cells holds a text."""
        of = self.report.columns[column].of
        if of is None:
            return None
        for place in of:
            figure = figures[place]
            if (figure is None and _left_out(left_out, place)) or (figure is not None and not is_exact(figure)):
                return None
        first, second = (f"{self.column_letter(place)}{self.sheet.next_row}" for place in of)
        return f"={first}-{second}"

    def _sum_cell(self, footing: Footing, place: int | None, column: int, style: Style) -> Cell:
        section = footing.section
        figure = section.totals[column] if place is None else section.rows[place].figures[column]
        formula = footing.formula(place, self.column_letter(column))
        currency, side = section.totals[column].currency, self._side(column, section.kind.is_credit_normal)
        if formula is not None and footing.is_live(place, column):
            return self._formula(formula, style, currency, side)
        shown = figure if figure is not None else Money(0, currency)
        if formula is None:
            return self._figure(shown, style, side)
        self._written_out.append(section.total_label if place is None else section.rows[place].label)
        return self._text(plain_figure(shown), style)

    def _write_grand_total(self, total: Total) -> None:
        figures = [self._grand_total_cell(total, column) for column in self._columns()]
        style = Style.TOTAL if total.is_subtotal else Style.GRAND_TOTAL
        names = [self._blank(style), self._text(total.label, style)]
        height = _LINE_HEIGHT if total.is_subtotal else _HEAD_HEIGHT
        self.total_rows[total.name] = self.sheet.append([*names, *figures], height=height)

    def _grand_total_cell(self, total: Total, column: int) -> Cell:
        """A formula over the totals it is made of, or its figure where it is made of none or they do not come to it."""
        figure, side = total.figures[column], self._side(column, total.is_credit_normal)
        style = Style.TOTAL_FIGURE if total.is_subtotal else Style.GRAND_TOTAL_FIGURE
        if self.drawing.is_vertical:
            return self._list_sum_cell(total, column, style)
        parts = self._parts(total, column)
        if not is_exact(figure) or (total.signed_sections and not parts):
            self._written_out.append(total.label)
            return self._text(plain_figure(figure), style)
        if not parts or sum(sign * part.units for sign, _, part in parts) != figure.units:
            return self._apart_cell(total, column, style)
        signed = "".join(f"{_SIGNS[sign]}{self.column_letter(column)}{row}" for sign, row, _ in parts)
        return self._formula(f"={signed.removeprefix('+')}", style, figure.currency, side)

    def _list_sum_cell(self, total: Total, column: int, style: Style) -> Cell:
        """A formula over the rows of the one list that come to a total."""
        figure, side = total.figures[column], self._side(column, total.is_credit_normal)
        if not is_exact(figure) or not self._list_sums.is_exact(total, column):
            self._written_out.append(total.label)
            return self._text(plain_figure(figure), style)
        formula = self._list_sums.formula(total, column)
        if formula is None:
            return self._apart_cell(total, column, style)
        return self._formula(formula, style, figure.currency, side)

    def _apart_cell(self, total: Total, column: int, style: Style) -> Cell:
        """A total that is not the sum of anything on the sheet: a difference of columns, or its figure."""
        figure, side = total.figures[column], self._side(column, total.is_credit_normal)
        formula = self._difference(total.figures, total.unconverted_by_column, column)
        if formula is not None:
            return self._formula(formula, style, figure.currency, side)
        return self._figure(figure, style, side)

    def _parts(self, total: Total, column: int) -> list[tuple[int, int, Money]]:
        """The totals one is made of, as (sign, row, figure); none where one of them is no number of the sheet's."""
        if not total.sections:
            named = {one.name: one.figures[column] for one in self.report.totals}
            parts = [(1, self.total_rows[name], named[name]) for name in total.of_totals]
            return parts if all(is_exact(figure) for _, _, figure in parts) else []
        signed = [(self.report.section(kind), sign) for kind, sign in total.signed_sections]
        if not all(Footing(section, 1).is_live(None, column) for section, _ in signed):
            return []
        totals = [(sign, self.total_rows[section.kind.value], section.totals[column]) for section, sign in signed]
        rows = [(sign, self.account_rows[account], self._number_in(account, column)) for account, sign in total.of_rows]
        numbers = [(sign, row, figure) for sign, row, figure in rows if figure is not None]
        return totals + numbers if len(numbers) == len(rows) else []

    def _number_in(self, account: str, column: int) -> Money | None:
        """The figure of an account's or heading's first row; None where its cell holds no number."""
        places = ((section, place) for section in self.report.sections for place in range(len(section.rows)))
        section, place = next((one, at) for one, at in places if one.rows[at].account == account)
        row = section.rows[place]
        figure = row.figures[column]
        is_number = is_exact(figure) if figure is not None else not any(row.unconverted_by_column)
        if not is_number or (row.is_heading and not Footing(section, 1).is_live(place, column)):
            return None
        return figure if figure is not None else Money(0, self.report.currency)

    def _write_checks(self) -> None:
        checks = shown_checks(self.report)
        if not checks:
            return
        self.sheet.append([], height=_GAP_HEIGHT)
        for check in checks:
            figures = [self._check_cell(check, column) for column in self._columns()]
            names = [self._blank(Style.CHECK), self._text(check.label, Style.CHECK)]
            self.check_rows[check.name] = self.sheet.append([*names, *figures], height=_LINE_HEIGHT)
        verdicts = [self._verdict_cell(checks, column) for column in self._columns()]
        row = self.sheet.append([None, None, *verdicts], height=_LINE_HEIGHT)
        self._colour_verdicts(row)

    def _check_cell(self, check: Check, column: int) -> Cell:
        formula = self._checks.formula(check, column)
        figure, side = check.figures[column], self._side(column, is_credit=False)
        if formula is None:
            return self._figure(figure, Style.CHECK_FIGURE, side)
        return self._formula(formula, Style.CHECK_FIGURE, figure.currency, side)

    def _verdict_cell(self, checks: Sequence[Check], column: int) -> Cell:
        """The verdict follows the differences, unless the book itself failed a check the sheet cannot repeat."""
        passed = self.report.balanced_by_column[column]
        right, wrong = self._right_wording(passed), self._wrong_wording()
        live = [check for check in checks if self._checks.formula(check, column) is not None]
        if passed is False and not any(check.figures[column] for check in live):
            return self._text(wrong, Style.VERDICT)
        if not live:
            return self._text(right, Style.VERDICT)
        zeros = [f"{self.column_letter(column)}{self.check_rows[check.name]}=0" for check in live]
        test = zeros[0] if len(zeros) == 1 else f"AND({','.join(zeros)})"
        return self._formula(f"=IF({test},{_quoted(right)},{_quoted(wrong)})", Style.VERDICT, self.report.currency)

    def _verdicts(self) -> list[str]:
        return [self._wrong_wording(), *map(self._right_wording, self.report.balanced_by_column)]

    def _right_wording(self, passed: bool | None) -> str:
        if passed is None:
            return self.translate("in balance in {currency}").format(currency=self.report.currency)
        return self.translate("in balance")

    def _wrong_wording(self) -> str:
        return self.translate("out of balance")

    def _colour_verdicts(self, row: int) -> None:
        first, last = self.column_letter(0), self.column_letter(len(self.report.columns) - 1)
        verdict = f"{first}{row}"
        is_wrong = f"{verdict}={_quoted(self._wrong_wording())}"
        rules = self.sheet.worksheet.conditional_formatting
        where = f"{verdict}:{last}{row}"
        rules.add(where, Rule(type="expression", dxf=failed_style(), formula=[is_wrong], stopIfTrue=True))
        rules.add(where, Rule(type="expression", dxf=passed_style(), formula=[f"NOT({is_wrong})"]))

    def _write_notes(self) -> None:
        notes = list(self._notes())
        if notes:
            self.sheet.append([], height=_GAP_HEIGHT)
        for note in notes:
            for line in wrap(clean(note), int(sum(self.widths) * _NOTE_SHARE)):
                self.sheet.append([self._text(line, Style.NOTE)])

    def _notes(self) -> Iterator[str]:
        if self.report.has_other_currencies:
            yield note_apart(self.report, self.translate)
        yield from self._other_currencies()
        if self._written_out:
            names = "; ".join(dict.fromkeys(self._written_out))
            yield self.translate(
                "A spreadsheet keeps 15 digits. Written as text, to the last digit, are therefore: {names}."
            ).format(names=names)
        yield from self._failed_checks()

    def _other_currencies(self) -> Iterator[str]:
        """What rows and totals leave out of their cells."""
        for part in self.drawing.parts:
            section, is_credit = part.section, part.section.kind.is_credit_normal
            for row in (one for one in section.rows if not one.is_heading and any(one.unconverted_by_column)):
                yield from self._left_out_of(row.label, row.figures, row.unconverted_by_column, is_credit)
            if any(section.unconverted_by_column):
                by_column = section.unconverted_by_column
                yield from self._left_out_of(section.total_label, section.totals, by_column, is_credit)
        for total in (one for one in self.report.totals if any(one.unconverted_by_column)):
            by_column = total.unconverted_by_column
            yield from self._left_out_of(total.label, total.figures, by_column, total.is_credit_normal)

    def _left_out_of(
        self, label: str, figures: Sequence[Money | None], left_out: Sequence[Unconverted], is_credit: bool
    ) -> Iterator[str]:
        for place, (figure, unconverted) in enumerate(zip(figures, left_out, strict=True)):
            if figure is not None and unconverted:
                amounts = unpriced_text(unconverted, self.formats, self._side(place, is_credit))
                yield f"{label}, {self._column_text(self.report.columns[place])}: {amounts}"

    def _failed_checks(self) -> Iterator[str]:
        for check in self.report.checks:
            for column, figure, passed in zip(self.report.columns, check.figures, check.passed, strict=True):
                if passed is False:
                    yield f"{check.label}, {self._column_text(column)}: {plain_figure(figure)}"

    def _columns(self) -> range:
        return range(len(self.report.columns))

    def _text(self, text: str, style: Style) -> Cell:
        return text_cell(self.sheet.worksheet, text, style)

    def _blank(self, style: Style) -> Cell:
        return blank_cell(self.sheet.worksheet, style)

    def _figure(self, money: Money, style: Style, side: Side = False) -> Cell:
        return figure_cell(self.sheet.worksheet, money, style, self._number_format(money.currency, side))

    def _formula(self, formula: str, style: Style, currency: Currency, side: Side = False) -> Cell:
        return formula_cell(self.sheet.worksheet, formula, style, self._number_format(currency, side))

    def _side(self, column: int, is_credit: bool) -> Side:
        return side_in_column(self.report.columns[column], is_credit)

    def _number_format(self, currency: Currency, side: Side) -> str:
        known = currency, side
        if known not in self._number_formats:
            self._number_formats[known] = self.formats.excel_money_format(currency, credit_normal=side)
        return self._number_formats[known]


_SIGNS = {1: "+", -1: "-"}
_ROW_STYLES = {
    RowKind.ACCOUNT: Style.ACCOUNT,
    RowKind.OWN: Style.ACCOUNT,
    RowKind.COMPUTED: Style.COMPUTED,
}


def _heading_styles(row: Row) -> tuple[Style, Style]:
    """The outermost headings stand out from those within them."""
    return (Style.GROUP, Style.GROUP_FIGURE) if row.depth == 1 else (Style.HEADING, Style.HEADING_FIGURE)


def _left_out(unconverted: Sequence[Unconverted], column: int) -> Unconverted:
    return unconverted[column] if unconverted else {}


def _quoted(text: str) -> str:
    """A text of the interface as a text inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
