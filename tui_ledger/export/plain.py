"""How does a report read as plain lines of a terminal?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tui_ledger.account_names import told_apart
from tui_ledger.export.currency_notes import note_beside
from tui_ledger.export.heads import column_head, period_in_words
from tui_ledger.export.shown_money import ShowMoney, ShownMoney
from tui_ledger.export.unconverted import unconverted_texts
from tui_ledger.reports.drawn import Part, drawn
from tui_ledger.reports.report import Column, Report, Row, Section, Total, Unconverted, plain_figure
from tui_ledger.reports.sides import Side, side_in_column
from tui_ledger.text import clean
from tui_ledger.widths import cell_width, clip, to_left, to_right, wrap

_GAP = 2
_INDENT = 2
_LABEL_LEAST = 16
_LABEL_BARE = 10
_SIDES = 2

ShowDate = Callable[[date], str]
ShowPercent = Callable[[Decimal], str]
Translate = Callable[[str], str]


def plain_report(
    report: Report,
    money: ShowMoney = plain_figure,
    width: int = 80,
    *,
    credit_money: ShowMoney | None = None,
    sided_money: ShowMoney | None = None,
    show_date: ShowDate = date.isoformat,
    translate: Translate = str,
) -> list[str]:
    """The lines of a report, none wider than `width` cells (40 and more) as long as a figure alone fits in it.

    `money` and `show_date` write an amount and a date the reader's way; `credit_money`, if it differs, an amount whose
    positive side is a credit, for readers who write Dr and Cr in place of signs, and `sided_money` one in a column that
    is one of debits or of credits. Names are clipped before figures;
    columns that do not fit beside each other follow beneath each other; codes are shown where there is room.
    """
    drawing = _Drawing(report, ShownMoney(money, credit_money, sided_money), show_date, translate, width)
    return [line.rstrip() for line in drawing.lines()]


@dataclass(frozen=True, slots=True)
class _Grid:
    """The widths one group of columns is drawn with; a code width of 0 leaves the codes out."""

    columns: range
    figure_width: int
    label_width: int
    code_width: int

    @property
    def width(self) -> int:
        codes = self.code_width + _GAP if self.code_width else 0
        return codes + self.label_width + len(self.columns) * (_GAP + self.figure_width)


class _Drawing:
    def __init__(
        self,
        report: Report,
        money: ShownMoney,
        show_date: ShowDate,
        translate: Translate,
        width: int,
    ) -> None:
        self.report = report
        self.drawing = drawn(report)
        self.money = money
        self.show_date = show_date
        self.translate = translate
        self.width = width
        self._told_apart: dict[int, dict[str, str]] = {}

    def lines(self) -> Iterator[str]:
        yield clip(clean(self.report.title), self.width)
        yield clip(clean(self.report.book), self.width)
        yield clip(self._period(), self.width)
        for grid in self._grids():
            yield ""
            yield from self._table(grid)
        yield ""
        yield from self._verdict()

    def _period(self) -> str:
        return f"{period_in_words(self.report.columns, self.show_date)} · {self.report.currency}"

    def _head(self, column: Column) -> str:
        return column_head(column, self.show_date)

    def _grids(self) -> list[_Grid]:
        """As many columns beside each other as leave the names some room, about as many in each group."""
        figure_width = self._figure_width()
        wanted = max(map(cell_width, self._labels()), default=0)
        room = max(1, (self.width - min(wanted, _LABEL_LEAST)) // (_GAP + figure_width))
        columns = len(self.report.columns)
        size = self._group_size(columns, room)
        return [
            self._grid(range(start, min(start + size, columns)), figure_width, wanted)
            for start in range(0, columns, size)
        ]

    def _group_size(self, columns: int, room: int) -> int:
        """How many columns a group has, where at most `room` fit; debits stay beside their credits."""
        even = math.ceil(columns / math.ceil(columns / room)) if columns else 1
        if not any(column.name is not None for column in self.report.columns) or room < _SIDES:
            return even
        return min(even + even % _SIDES, room - room % _SIDES)

    def _grid(self, columns: range, figure_width: int, wanted: int) -> _Grid:
        left = self.width - len(columns) * (_GAP + figure_width)
        codes = max((cell_width(clean(row.code)) for row in self._rows() if row.code), default=0)
        code_width = codes if codes and wanted + codes + _GAP <= left else 0
        label_width = min(wanted, left - (code_width + _GAP if code_width else 0))
        return _Grid(columns, figure_width, max(label_width, 0), code_width)

    def _table(self, grid: _Grid) -> Iterator[str]:
        if len(self.report.columns) > 1:
            yield self._line(grid, "", "", [self._head(self.report.columns[place]) for place in grid.columns])
        for part in self.drawing.parts:
            yield from self._part(grid, part)
        for total in self.drawing.totals_at_end:
            yield from self._total(grid, total)
            if not total.is_subtotal:
                yield self._rule(grid, "═")

    def _part(self, grid: _Grid, part: Part) -> Iterator[str]:
        section = part.section
        if part.is_framed:
            yield self._section_title(grid, section)
        for row in section.rows:
            yield from self._row(grid, row, section.kind.is_credit_normal)
        if section.rows:
            yield self._rule(grid, "─")
        if part.is_framed:
            shown = [self._section_total(section, column) for column in grid.columns]
            yield from self._stacked(grid, "", clean(section.total_label), shown)
        for total in part.totals:
            yield from self._total(grid, total)
        if part.is_framed or part.totals:
            yield ""

    def _total(self, grid: _Grid, total: Total) -> Iterator[str]:
        shown = [self._grand_total(total, column) for column in grid.columns]
        yield from self._stacked(grid, "", clean(total.label), shown)

    def _section_title(self, grid: _Grid, section: Section) -> str:
        return clip(" " * (grid.code_width + _GAP if grid.code_width else 0) + clean(section.title), self.width)

    def _rule(self, grid: _Grid, rule: str) -> str:
        return self._line(grid, "", "", [rule * grid.figure_width] * len(grid.columns))

    def _row(self, grid: _Grid, row: Row, is_credit: bool) -> Iterator[str]:
        shown = [self._amounts(row, column, is_credit) for column in grid.columns]
        yield from self._stacked(grid, row.code or "", self._fitting(row, grid.label_width), shown)

    def _stacked(self, grid: _Grid, code: str, label: str, shown: Sequence[Sequence[str]]) -> Iterator[str]:
        """One line, and further ones for the further amounts of a cell."""
        for place in range(max((len(amounts) for amounts in shown), default=1)):
            amounts = [cell[place] if place < len(cell) else "" for cell in shown]
            yield from self._fitted(grid, *((code, label) if place == 0 else ("", "")), amounts)

    def _fitted(self, grid: _Grid, code: str, label: str, amounts: Sequence[str]) -> Iterator[str]:
        """A name that has no room beside a very wide figure stands on a line of its own."""
        if label and grid.label_width < min(_LABEL_BARE, cell_width(label)):
            yield clip(label, self.width)
            label = ""
        yield self._line(grid, code, label, amounts)

    def _line(self, grid: _Grid, code: str, label: str, amounts: Sequence[str]) -> str:
        codes = to_left(clean(code), grid.code_width) + " " * _GAP if grid.code_width else ""
        figures = "".join(" " * _GAP + to_right(amount, grid.figure_width) for amount in amounts)
        return codes + to_left(label, grid.label_width) + figures

    def _amounts(self, row: Row, column: int, is_credit: bool) -> list[str]:
        figure, side = row.figures[column], self._side(column, is_credit)
        unpriced = self._unpriced(row.unconverted_by_column[column], side) if row.unconverted_by_column else []
        return [*([] if figure is None else [self.money(figure, side)]), *unpriced]

    def _section_total(self, section: Section, column: int) -> list[str]:
        side = self._side(column, section.kind.is_credit_normal)
        left_out = section.unconverted_by_column[column] if section.unconverted_by_column else {}
        return [self.money(section.totals[column], side), *self._unpriced(left_out, side)]

    def _grand_total(self, total: Total, column: int) -> list[str]:
        left_out = total.unconverted_by_column[column] if total.unconverted_by_column else {}
        side = self._side(column, total.is_credit_normal)
        return [self.money(total.figures[column], side), *self._unpriced(left_out, side)]

    def _unpriced(self, unconverted: Unconverted, side: Side) -> list[str]:
        return unconverted_texts(unconverted, lambda money: self.money(money, side))

    def _side(self, column: int, is_credit: bool) -> Side:
        return side_in_column(self.report.columns[column], is_credit)

    def _verdict(self) -> Iterator[str]:
        if self.report.balanced:
            yield from wrap(self.translate("In balance."), self.width)
            yield from wrap(note_beside(self.report, self.translate) or "", self.width)
        elif self.report.balanced is None:
            sentence = self.translate("Balanced in {currency}; amounts without a price are left out of the totals.")
            yield from wrap(sentence.format(currency=self.report.currency), self.width)
        else:
            yield from wrap(self.translate("OUT OF BALANCE: run `tui-ledger verify`."), self.width)
            yield from self._failures()

    def _failures(self) -> Iterator[str]:
        for check in self.report.checks:
            for column, figure, passed in zip(self.report.columns, check.figures, check.passed, strict=True):
                if passed is False:
                    shown = self.money(figure, side_in_column(column, is_credit=False))
                    said = self.translate("{first}: {second}").format(first=clean(check.label), second=shown)
                    yield from wrap(f"{said} ({self._head(column)})", self.width)

    def _figure_width(self) -> int:
        shown = [amount for column in range(len(self.report.columns)) for amount in self._shown_in(column)]
        heads = [self._head(column) for column in self.report.columns] if len(self.report.columns) > 1 else []
        return max(map(cell_width, (*shown, *heads)), default=1)

    def _shown_in(self, column: int) -> Iterator[str]:
        for part in self.drawing.parts:
            for row in part.section.rows:
                yield from self._amounts(row, column, part.section.kind.is_credit_normal)
        for section in self.drawing.framed():
            yield from self._section_total(section, column)
        for total in self.report.totals:
            yield from self._grand_total(total, column)

    def _labels(self) -> Iterator[str]:
        yield from (self._label(row) for row in self._rows())
        yield from (clean(section.total_label) for section in self.drawing.framed())
        yield from (clean(total.label) for total in self.report.totals)

    def _rows(self) -> Iterator[Row]:
        return self.drawing.rows()

    def _fitting(self, row: Row, width: int) -> str:
        """The label of a row; a whole account name gives way in front where it is too long, none like another."""
        label, room = self._label(row), width - _INDENT * row.depth
        if cell_width(label) <= width or width < _LABEL_BARE or row.account != row.label or ":" not in label:
            return label
        if room not in self._told_apart:
            names = [clean(one.label) for one in self._rows() if one.account == one.label]
            self._told_apart[room] = told_apart(names, room)
        return " " * (_INDENT * row.depth) + self._told_apart[room][clean(row.label)]

    @staticmethod
    def _label(row: Row) -> str:
        return " " * (_INDENT * row.depth) + clean(row.label)
