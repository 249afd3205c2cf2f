"""How is each cell of a table written on its sheet, and how wide must its column be?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from openpyxl.utils import get_column_letter

from tui_ledger.export.block_sums import BlockSums
from tui_ledger.export.cells import EXACT_DIGITS, LIVE_BEGINNINGS
from tui_ledger.export.columns import day_width, number_width
from tui_ledger.export.spreadsheet import Workbook
from tui_ledger.export.streamed_sheet import (
    StreamedSheet,
    blank_xml,
    day_serial,
    formula_xml,
    number_xml,
    text_xml,
)
from tui_ledger.export.styles import Style
from tui_ledger.export.text_widths import lines_in
from tui_ledger.money import Currency, Money, units_to_text
from tui_ledger.reports.sides import Side, side_in_table
from tui_ledger.reports.table import Block, CellKind, Line, Percent, Table, TableColumn
from tui_ledger.text import clean
from tui_ledger.widths import cell_width

_WIDEST = {CellKind.TEXT: 34, CellKind.ACCOUNT: 42, CellKind.CODE: 12, CellKind.DATE: 30}
_NARROWEST = {CellKind.DATE: 9.0, CellKind.MONEY: 12.0, CellKind.NUMBER: 6.0, CellKind.CODE: 6.0}
_MARGIN = 2.5
_BOLD = 1.12
_TOO_LONG = 10**EXACT_DIGITS
_FIGURES = (CellKind.MONEY, CellKind.COUNT)
_WHOLE_NUMBER = "0"
_COUNT = "#,##0"


class TableCells:
    """The cells of a table's rows, as text; remembers what it wrote for the widths of the columns."""

    def __init__(self, workbook: Workbook, sheet: StreamedSheet, table: Table) -> None:
        self._workbook = workbook
        self._sheet = sheet
        self._columns = table.columns
        self._letters = [get_column_letter(place + 1) for place in range(len(table.columns))]
        self._heads = [_head(column, workbook.translate) for column in table.columns]
        self._widest = [cell_width(clean(head)) * _BOLD for head in self._heads]
        self._most: dict[tuple[int, Currency, Side], list[int]] = {}
        self._money_styles: dict[tuple[Style, Currency, Side], int] = {}
        self._styles: dict[tuple[Style, str | None, bool, int], int] = {}
        self._date_format = workbook.formats.excel_date_format()
        kinds = [None, *(column.kind for column in table.columns)]
        self._indents = [int(before in _FIGURES and kind not in _FIGURES) for before, kind in pairwise(kinds)]

    def heads(self, row: int) -> Iterator[str]:
        """The table's head."""
        for place, (letter, column, head) in enumerate(zip(self._letters, self._columns, self._heads, strict=True)):
            is_figure = column.kind in (CellKind.MONEY, CellKind.COUNT)
            # Beside a head that ends at the right one begins a little further in, as what stands beneath it does.
            style = self._style(Style.HEAD_FIGURE if is_figure else Style.HEAD, indent=self._indents[place])
            yield text_xml(f"{letter}{row}", style, head)

    def row(self, line: Line, row: int, block: Block, sums: BlockSums) -> tuple[list[str], int]:
        """A row's cells, and how many lines of text it needs; figures are counted into the sums."""
        cells, lines = [], 1
        for place, cell in enumerate(line.cells):
            if cell is None or cell == "":
                continue
            where = f"{self._letters[place]}{row}"
            if isinstance(cell, Money):
                sums.add_figure(place, cell)
                side = side_in_table(self._columns[place], block, line)
                cells.append(self._money(where, cell, place, Style.LINE_FIGURE, side))
            elif isinstance(cell, Percent):
                cells.append(self._percent(where, cell, place, Style.LINE))
            elif isinstance(cell, str):
                lines = max(lines, self._lines(place, cell))
                cells.append(self._text(where, cell, place, Style.LINE))
            elif isinstance(cell, int):
                if self._columns[place].kind is CellKind.COUNT:
                    sums.tally(place, self._columns[place].name).add(cell)
                cells.append(self._whole(where, cell, place, Style.LINE, Style.LINE_FIGURE))
            else:
                cells.append(self._day(where, cell, place, Style.LINE))
        return cells, lines

    def edge(self, line: Line, row: int, block: Block, formulas: Mapping[int, str] | None = None) -> Iterator[str]:
        """An opening or closing line."""
        yield from self._line(line, row, block, (Style.EDGE, Style.EDGE_FIGURE), formulas or {})

    def total(self, line: Line, row: int, block: Block, formulas: Mapping[int, str]) -> Iterator[str]:
        """A total's line, its lines drawn through every column."""
        yield from self._line(line, row, block, (Style.TOTAL, Style.TOTAL_FIGURE), formulas, fills=True)

    def widths(self) -> tuple[float, ...]:
        """The widths in characters of what was written."""
        return tuple(self._width(place) for place in range(len(self._columns)))

    def _line(
        self,
        line: Line,
        row: int,
        block: Block,
        styles: tuple[Style, Style],
        formulas: Mapping[int, str],
        *,
        fills: bool = False,
    ) -> Iterator[str]:
        style, figure_style = styles
        for place, cell in enumerate(line.cells):
            where = f"{self._letters[place]}{row}"
            if isinstance(cell, Money):
                side = side_in_table(self._columns[place], block, line)
                drawn = self._money(where, cell, place, figure_style, side)
                number = self._money_style(figure_style, cell.currency, side)
                yield formula_xml(where, number, formulas[place]) if place in formulas else drawn
            elif isinstance(cell, Percent):
                yield self._percent(where, cell, place, style)
            elif isinstance(cell, str):
                yield self._text(where, cell, place, style)
            elif isinstance(cell, int):
                drawn = self._whole(where, cell, place, style, figure_style)
                number = self._style(figure_style, _COUNT)
                yield formula_xml(where, number, formulas[place]) if place in formulas else drawn
            elif isinstance(cell, date):
                yield self._day(where, cell, place, style)
            elif fills:
                yield blank_xml(where, self._style(style))

    def _money(self, where: str, money: Money, place: int, style: Style, side: Side) -> str:
        units = money.units
        most = self._most.get((place, money.currency, side))
        if most is None:
            most = self._most[place, money.currency, side] = [0, 0]
        if units > most[1]:
            most[1] = units
        elif units < most[0]:
            most[0] = units
        text = units_to_text(units, money.currency.digits)
        if not -_TOO_LONG < units < _TOO_LONG:
            return text_xml(where, self._style(style), text)
        return number_xml(where, self._money_style(style, money.currency, side), text)

    def _text(self, where: str, text: str, place: int, style: Style) -> str:
        number = self._style(style, quoted=text.startswith(LIVE_BEGINNINGS), indent=self._indents[place])
        return text_xml(where, number, text)

    def _percent(self, where: str, percent: Percent, place: int, style: Style) -> str:
        """A part of one, which the spreadsheet program shows as a percentage with the decimals it has."""
        self._saw(place, len(percent) + 1)
        decimals = len(percent.partition(".")[2].rstrip("%"))
        number_format = f"0.{'0' * decimals}%" if decimals else "0%"
        return number_xml(where, self._style(style, number_format), f"{percent.number / 100:f}")

    def _whole(self, where: str, number: int, place: int, style: Style, figure_style: Style) -> str:
        """A count stands among the figures; a number that names something is read like a text."""
        self._saw(place, len(f"{number:,}"))
        is_count = self._columns[place].kind is CellKind.COUNT
        chosen = self._style(figure_style, _COUNT) if is_count else self._style(style, _WHOLE_NUMBER)
        return number_xml(where, chosen, str(number))

    def _day(self, where: str, day: date, place: int, style: Style) -> str:
        serial = day_serial(day)
        if serial is None:
            self._saw(place, 10)
            return text_xml(where, self._style(style), day.isoformat())
        self._saw(place, day_width(self._date_format))
        return number_xml(where, self._style(style, self._date_format), serial)

    def _lines(self, place: int, text: str) -> int:
        """How many lines a text takes in its column, which gets as wide as the widest of its texts, to a limit."""
        width = len(text) if text.isascii() else cell_width(clean(text))
        self._saw(place, width)
        widest = _WIDEST.get(self._columns[place].kind, 0)
        return 1 if width <= widest else lines_in(clean(text), widest + _MARGIN)

    def _saw(self, place: int, width: float) -> None:
        self._widest[place] = max(self._widest[place], width)

    def _width(self, place: int) -> float:
        kind = self._columns[place].kind
        figures = [
            number_width(Money(units, currency), self._money_format(currency, side)) * _BOLD
            for (column, currency, side), most in self._most.items()
            if column == place
            for units in most
        ]
        widest = max([self._widest[place], *figures])
        return max(min(widest, _WIDEST.get(kind, widest)) + _MARGIN, _NARROWEST.get(kind, 0.0))

    def _money_style(self, style: Style, currency: Currency, side: Side) -> int:
        known = self._money_styles.get((style, currency, side))
        if known is None:
            known = self._workbook.style_id(self._sheet, style, self._money_format(currency, side))
            self._money_styles[style, currency, side] = known
        return known

    def _money_format(self, currency: Currency, side: Side) -> str:
        return self._workbook.formats.excel_money_format(currency, credit_normal=side)

    def _style(self, style: Style, number_format: str | None = None, *, quoted: bool = False, indent: int = 0) -> int:
        known = self._styles.get((style, number_format, quoted, indent))
        if known is None:
            known = self._workbook.style_id(self._sheet, style, number_format, quoted=quoted, indent=indent)
            self._styles[style, number_format, quoted, indent] = known
        return known


def _head(column: TableColumn, translate: Callable[[str], str]) -> str:
    """A spreadsheet sorts and filters by heads: one that goes without saying on paper is said here."""
    return translate("Currency") if column.name == "currency" and not column.label else column.label
