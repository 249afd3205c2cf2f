"""How does a report that lists read as lines of a terminal, however many they are?

Widths are taken from a few thousand lines at a time, so that memory stays flat: where later figures are wider than any
before, their columns widen from there on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tui_ledger.account_names import short_accounts, told_apart
from tui_ledger.export.heads import days_in_words
from tui_ledger.export.plain import ShowDate, ShowPercent, Translate
from tui_ledger.export.shown_money import ShowMoney, ShownMoney
from tui_ledger.money import Money
from tui_ledger.reports.line_checks import LineChecks
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.sides import side_in_table
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Percent, Table, TableColumn
from tui_ledger.text import clean
from tui_ledger.widths import cell_width, clip, lines_of, to_left, to_right, wrap

_GAP = 2
_LEAST = 8
_COMFORTABLE = 12
_MEASURED_LINES = 2_000
_FIGURES = (CellKind.MONEY, CellKind.COUNT)
_STRETCHING = (CellKind.TEXT, CellKind.ACCOUNT)
_NEVER_GIVES_WAY = ("currency", "month")
_JOINED = " · "


def table_text(
    table: Table,
    money: ShowMoney = plain_figure,
    width: int = 80,
    *,
    credit_money: ShowMoney | None = None,
    sided_money: ShowMoney | None = None,
    show_date: ShowDate = date.isoformat,
    show_percent: ShowPercent = Percent,
    translate: Translate = str,
) -> Iterator[str]:
    """The lines of a table, none wider than `width` cells (40 and more) as long as a figure alone fits in it.

    Payee, memo and counter accounts give way, in the end share a column or are left out; figures are never clipped, and
    stand on a line of their own where the terminal is too narrow. `credit_money`, if it differs, writes an amount whose
    positive side is a credit, and `sided_money` one in a column of debits or of credits.
    """
    drawing = _Drawing(table, ShownMoney(money, credit_money, sided_money), width, show_date, show_percent, translate)
    return (line.rstrip() for line in drawing.lines())


@dataclass(frozen=True, slots=True)
class _Row:
    """A line to be: a cell a column, or one text across all of them."""

    kind: LineKind | None
    cells: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column as it is shown: those of the table it joins, and its width."""

    places: tuple[int, ...]
    is_figure: bool
    width: int


class _Drawing:
    def __init__(
        self,
        table: Table,
        money: ShownMoney,
        width: int,
        show_date: ShowDate,
        show_percent: ShowPercent,
        translate: Translate,
    ) -> None:
        self._table = table
        self._money = money
        self._width = width
        self._show_date = show_date
        self._show_percent = show_percent
        self.translate = translate
        self._checks = LineChecks()
        self._heads = tuple(clean(column.label) for column in table.columns)
        self._widest = [cell_width(head) for head in self._heads]
        self._accounts: dict[int, dict[str, str]] = {}

    def lines(self) -> Iterator[str]:
        yield from (clip(text, self._width) for text in self._titles())
        waiting: list[_Row] = []
        is_begun = False
        for row in self._rows():
            waiting.append(row)
            if len(waiting) >= _MEASURED_LINES:
                yield from self._drawn(waiting, with_head=not is_begun)
                waiting, is_begun = [], True
        if waiting or is_begun:
            yield from self._drawn(waiting, with_head=not is_begun)
        else:
            yield self.translate("Nothing was booked in these days.")
        for sentence in self._checks.in_words(self.translate, lambda money: self._money(money, None)):
            yield from wrap(clean(sentence), self._width)

    def _titles(self) -> Iterator[str]:
        table, period = self._table, ""
        if table.at is not None:
            period = self._show_date(table.at)
        elif table.date_from is not None and table.date_to is not None:
            period = days_in_words(table.date_from, table.date_to, self._show_date)
        yield clean(table.title)
        yield clean(table.book)
        yield " · ".join(text for text in (period, str(table.currency)) if text)
        yield ""

    def _rows(self) -> Iterator[_Row]:
        with self._table.reading() as blocks:
            for block in blocks:
                yield from self._of_block(block)
                self._checks.join(block.checks)

    def _of_block(self, block: Block) -> Iterator[_Row]:
        is_first = True
        for line in block.lines:
            if is_first and block.title:
                yield _Row(None, (), self._block_title(block))
            is_first = False
            yield _Row(line.kind, tuple(self._cell(place, line, block) for place in range(len(line.cells))))
        if not is_first and block.title:
            yield _Row(None, ())

    def _block_title(self, block: Block) -> str:
        is_named = block.currency is None or block.currency in (self._table.currency, block.title)
        parts = (block.code, block.title, None if is_named else f"· {block.currency}")
        return " ".join(clean(part) for part in parts if part)

    def _cell(self, place: int, line: Line, block: Block) -> str:
        cell = line.cells[place]
        if cell is None:
            return ""
        if isinstance(cell, Money):
            return self._money(cell, side_in_table(self._table.columns[place], block, line))
        if isinstance(cell, Percent):
            return self._show_percent(cell.number)
        return self._show_date(cell) if isinstance(cell, date) else clean(str(cell))

    def _drawn(self, rows: Sequence[_Row], *, with_head: bool) -> Iterator[str]:
        for row in rows:
            for place, cell in enumerate(row.cells):
                self._widest[place] = max(self._widest[place], cell_width(cell))
        layout = self._layout()
        self._accounts = self._short_accounts(rows, layout)
        if with_head:
            yield from self._line(self._heads, layout)
            yield from self._line(tuple("" for _ in self._heads), layout, rule="─")
        for row in rows:
            if row.kind is None:
                yield clip(row.text, self._width)
                continue
            if row.kind is LineKind.TOTAL:
                yield from self._rule_above(row, layout)
            yield from self._line(row.cells, layout, spills=row.kind is not LineKind.ROW)

    def _short_accounts(self, rows: Sequence[_Row], layout: Sequence[Sequence[_Shown]]) -> dict[int, dict[str, str]]:
        """By column how account names that are too long are written, so that no two look the same."""
        columns = (column for shown in layout for column in shown if self._column(column.places).name == "account")
        return {
            column.places[0]: told_apart(
                (row.cells[column.places[0]] for row in rows if row.kind is LineKind.ROW), column.width
            )
            for column in columns
        }

    def _rule_above(self, row: _Row, layout: Sequence[Sequence[_Shown]]) -> Iterator[str]:
        """A line above the sums, as on paper."""
        for shown in layout:
            rules = [
                ("─" if column.is_figure and row.cells[column.places[0]] else " ") * column.width for column in shown
            ]
            if "─" in "".join(rules):
                yield self._placed(rules, shown)

    def _line(
        self,
        cells: tuple[str, ...],
        layout: Sequence[Sequence[_Shown]],
        rule: str | None = None,
        *,
        spills: bool = False,
    ) -> Iterator[str]:
        """One line, or several where figures do not fit beside the texts. A text that `spills` takes the room of empty
        cells behind it."""
        for place, shown in enumerate(layout):
            texts = [
                rule * column.width if rule else _JOINED.join(cells[one] for one in column.places if cells[one])
                for column in shown
            ]
            if place == 0 or any(text.strip() for text in texts):
                yield self._placed(*_spilled(texts, shown)) if spills else self._placed(texts, shown)

    def _placed(self, texts: Sequence[str], shown: Sequence[_Shown]) -> str:
        parts = [
            to_right(text, column.width) if column.is_figure else to_left(self._cut(text, column), column.width)
            for text, column in zip(texts, shown, strict=True)
        ]
        line = (" " * _GAP).join(parts)
        return to_right(line, self._width) if shown and all(column.is_figure for column in shown) else line

    def _cut(self, text: str, column: _Shown) -> str:
        """A text in the width of its column: account names give way in front."""
        if cell_width(text) <= column.width:
            return text
        if self._column(column.places).name == "counter_accounts":
            return short_accounts(text, column.width)
        return clip(self._accounts.get(column.places[0], {}).get(text, text), column.width)

    def _layout(self) -> list[list[_Shown]]:
        """The columns on one line, or texts on a first and figures on a second one, and on further ones where even they
        do not fit beside each other."""
        places = [(place,) for place in range(len(self._table.columns)) if self._widest[place]]
        joined = self._joined(places)
        few = self._without(joined, "counter_accounts", "code")
        for tried, least in ((places, _COMFORTABLE), (joined, _COMFORTABLE), (few, _LEAST)):
            fitted = self._fitted(tried, least)
            if fitted is not None:
                return [fitted]
        texts = [one for one in places if not self._is_figure(one)]
        figures = [self._shown(one) for one in places if self._is_figure(one)]
        short = self._without(self._joined(texts), "counter_accounts", "code")
        beneath = lines_of([one.width for one in figures], _GAP, self._width)
        first = self._fitted(short, 1) or [self._shown(one) for one in short]
        return [first, *([figures[place] for place in line] for line in beneath)]

    def _joined(self, places: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Payee and memo in one column."""
        names = [column.name for column in self._table.columns]
        if "payee" not in names or "memo" not in names:
            return list(places)
        payee, memo = names.index("payee"), names.index("memo")
        return [(payee, memo) if one == (memo,) else one for one in places if one != (payee,)]

    def _without(self, places: Sequence[tuple[int, ...]], *names: str) -> list[tuple[int, ...]]:
        return [one for one in places if self._column(one).name not in names]

    def _fitted(self, places: Sequence[tuple[int, ...]], least: int) -> list[_Shown] | None:
        """Columns as wide as what is in them, those of texts narrower where they must; None where they do not fit."""
        shown = [self._shown(one) for one in places]
        excess = sum(column.width + _GAP for column in shown) - _GAP - self._width
        widths = [column.width for column in shown]
        stretching = [place for place, one in enumerate(places) if self._gives_way(one) and widths[place] > least]
        while excess > 0 and stretching:
            widest = max(stretching, key=lambda place: widths[place])
            if widths[widest] <= least:
                return None
            widths[widest] -= 1
            excess -= 1
        if excess > 0:
            return None
        return [_Shown(one.places, one.is_figure, width) for one, width in zip(shown, widths, strict=True)]

    def _shown(self, places: tuple[int, ...]) -> _Shown:
        width = sum(self._widest[place] for place in places) + len(_JOINED) * (len(places) - 1)
        return _Shown(places, self._is_figure(places), width)

    def _is_figure(self, places: tuple[int, ...]) -> bool:
        return self._column(places).kind in _FIGURES

    def _gives_way(self, places: tuple[int, ...]) -> bool:
        column = self._column(places)
        return column.kind in _STRETCHING and column.name not in _NEVER_GIVES_WAY

    def _column(self, places: tuple[int, ...]) -> TableColumn:
        return self._table.columns[places[0]]


def _spilled(texts: Sequence[str], shown: Sequence[_Shown]) -> tuple[list[str], list[_Shown]]:
    """Cells and their columns, where a text that is too long has the empty cells behind it as far as it needs them."""
    found: list[tuple[str, _Shown]] = []
    for text, column in zip(texts, shown, strict=True):
        before, wide = found[-1] if found else ("", column)
        if not text and not wide.is_figure and cell_width(before) > wide.width:
            found[-1] = before, replace(wide, width=wide.width + _GAP + column.width)
        else:
            found.append((text, column))
    return [text for text, _ in found], [column for _, column in found]
