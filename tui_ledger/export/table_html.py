"""How does a report that lists look as one page for a browser or a printer?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tui_ledger.export.heads import days_in_words
from tui_ledger.export.html import ShowDate, Translate, page_head, shown
from tui_ledger.export.plain import ShowMoney
from tui_ledger.money import Money
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.table import Block, Cell, CellKind, Line, LineKind, Table, TableColumn

_STYLE = """
body { max-width: 76rem; }
td { vertical-align: top; }
.date { white-space: nowrap; }
.opening > *, .closing > * { color: var(--quiet); font-style: italic; }
.first > * { border-top: 1px solid var(--wash); }
@page { size: A4 landscape; }
@media print { body { font-size: 9pt; } th, td { padding-inline: .4rem; } .figure { padding-inline-start: .8rem; }
  .total, .closing { break-before: avoid; } }
"""
_FIGURES = (CellKind.MONEY, CellKind.COUNT)


def table_html(
    table: Table,
    money: ShowMoney = plain_figure,
    *,
    credit_money: ShowMoney | None = None,
    show_date: ShowDate = date.isoformat,
    translate: Translate = str,
    language: str = "en",
    right_to_left: bool = False,
) -> Iterator[str]:
    """A whole HTML page in pieces, however long: no scripts, nothing fetched, made to be printed on A4 with its head on
    every page. `credit_money`, if it differs, writes an amount whose positive side is a credit. Every text is escaped.
    """
    drawing = _Drawing(table, (money, credit_money or money), show_date)
    period = " · ".join(text for text in (drawing.period(), str(table.currency)) if text)
    head = page_head(table.title, table.book, period, language, right_to_left=right_to_left, style=_STYLE)
    yield "\n".join(head) + "\n<table>\n"
    yield drawing.head()
    is_empty = True
    with table.reading() as blocks:
        for block in blocks:
            for piece in drawing.block(block):
                is_empty = False
                yield piece
    yield "</table>\n"
    if is_empty:
        yield f'<p class="note">{shown(translate("Nothing was booked in these days."))}</p>\n'
    yield "</body></html>\n"


class _Drawing:
    def __init__(self, table: Table, money_by_side: tuple[ShowMoney, ShowMoney], show_date: ShowDate) -> None:
        self._table = table
        self._money_by_side = money_by_side
        self._show_date = show_date

    def period(self) -> str:
        table = self._table
        if table.at is not None:
            return self._show_date(table.at)
        if table.date_from is None or table.date_to is None:
            return ""
        return days_in_words(table.date_from, table.date_to, self._show_date)

    def head(self) -> str:
        cells = "".join(f'<th{_class(column)} scope="col">{shown(column.label)}</th>' for column in self._table.columns)
        return f"<thead><tr>{cells}</tr></thead>\n"

    def block(self, block: Block) -> Iterator[str]:
        lines = iter(block.lines)
        first = next(lines, None)
        if first is None:
            return
        yield "<tbody>\n" + self._title(block) + self._line(first, block)
        for line in lines:
            yield self._line(line, block)
        yield "</tbody>\n"

    def _title(self, block: Block) -> str:
        if not block.title:
            return ""
        is_named = block.currency is None or block.currency in (self._table.currency, block.title)
        said = " ".join(text for text in (block.code, block.title, None if is_named else f"· {block.currency}") if text)
        span = len(self._table.columns)
        return f'<tr class="section"><th scope="rowgroup" colspan="{span}">{shown(said)}</th></tr>\n'

    def _line(self, line: Line, block: Block) -> str:
        cells = [
            f"<td{_class(column)}>{self._cell(cell, column, block)}</td>"
            for column, cell in zip(self._table.columns, line.cells, strict=True)
        ]
        begins = " first" if line.kind is LineKind.ROW and line.cells[0] is not None and not block.title else ""
        return f'<tr class="{line.kind.value}{begins}">{"".join(cells)}</tr>\n'

    def _cell(self, cell: Cell, column: TableColumn, block: Block) -> str:
        if cell is None:
            return ""
        if isinstance(cell, Money):
            is_credit = column.name == "credit" or (block.is_credit and column.name != "debit")
            return shown(self._money_by_side[is_credit](cell))
        if isinstance(cell, date):
            return shown(self._show_date(cell))
        return shown(str(cell))


def _class(column: TableColumn) -> str:
    if column.kind in _FIGURES:
        return ' class="figure"'
    if column.kind is CellKind.DATE:
        return ' class="date"'
    return ' class="code"' if column.kind in (CellKind.NUMBER, CellKind.CODE) else ""
