"""How does a report that lists look as one page for a browser or a printer?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain, islice

from tui_ledger.export.heads import days_in_words
from tui_ledger.export.html import ShowDate, Translate, named, page_head, shown
from tui_ledger.export.plain import ShowPercent
from tui_ledger.export.shown_money import ShowMoney, ShownMoney
from tui_ledger.money import Money
from tui_ledger.reports.line_checks import LineChecks
from tui_ledger.reports.report import plain_figure
from tui_ledger.reports.sides import Side, side_in_table
from tui_ledger.reports.table import Block, Cell, CellKind, Line, LineKind, Percent, Table, TableColumn

_STYLE = """
body { max-width: 76rem; }
td { vertical-align: top; }
.date { white-space: nowrap; }
[class^="opening"] > *, [class^="closing"] > * { color: var(--quiet); font-style: italic; }
.first > * { border-top: 1px solid var(--wash); }
@media print { body { font-size: 9pt; } th, td { padding-inline: .4rem; } .figure { padding-inline-start: .8rem; }
  .total, [class^="closing"] { break-before: avoid; } .short { break-inside: avoid; } }
"""
_ON_ONE_PAGE = 24
"""So few lines stand beneath the name of their account on one page, rather than run over to one without it."""
_FIGURES = (CellKind.MONEY, CellKind.COUNT)


def table_html(
    table: Table,
    money: ShowMoney = plain_figure,
    *,
    credit_money: ShowMoney | None = None,
    sided_money: ShowMoney | None = None,
    show_date: ShowDate = date.isoformat,
    show_percent: ShowPercent = Percent,
    translate: Translate = str,
    language: str = "en",
    right_to_left: bool = False,
    paper: str = "a4",
) -> Iterator[str]:
    """A whole HTML page in pieces, however long: no scripts, nothing fetched, made to be printed across `paper` ('a4',
    'letter') with its head on every page. `credit_money`, if it differs, writes an amount whose positive side is a
    credit, and `sided_money` one in a column of debits or of credits. Every text is escaped.
    """
    drawing = _Drawing(table, ShownMoney(money, credit_money, sided_money), show_date, show_percent)
    period = " · ".join(text for text in (drawing.period(), str(table.currency)) if text)
    head = page_head(
        table.title,
        table.book,
        period,
        language,
        right_to_left=right_to_left,
        paper=paper,
        is_across=True,
        style=_STYLE,
    )
    yield "\n".join(head) + "\n<table>\n"
    yield drawing.head()
    is_empty, checks = True, LineChecks()
    with table.reading() as blocks:
        for block in blocks:
            for piece in drawing.block(block):
                is_empty = False
                yield piece
            checks.join(block.checks)
    yield "</table>\n"
    if is_empty:
        yield f'<p class="note">{shown(translate("Nothing was booked in these days."))}</p>\n'
    for place, sentence in enumerate(checks.in_words(translate, drawing.plain)):
        yield f'<p class="{"note" if place else "verdict wrong"}">{shown(sentence)}</p>\n'
    yield "</body></html>\n"


class _Drawing:
    def __init__(self, table: Table, money: ShownMoney, show_date: ShowDate, show_percent: ShowPercent) -> None:
        self._table = table
        self._money = money
        self._show_date = show_date
        self._show_percent = show_percent

    def plain(self, money: Money) -> str:
        """An amount in a sentence that says its side itself."""
        return self._money(money, None)

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
        begun = list(islice(lines, _ON_ONE_PAGE + 1))
        if not begun:
            return
        is_short = bool(block.title) and len(begun) <= _ON_ONE_PAGE
        yield ('<tbody class="short">\n' if is_short else "<tbody>\n") + self._title(block)
        for line in chain(begun, lines):
            yield self._line(line, block)
        yield "</tbody>\n"

    def _title(self, block: Block) -> str:
        if not block.title:
            return ""
        is_named = block.currency is None or block.currency in (self._table.currency, block.title)
        said = " ".join(text for text in (block.code, block.title, None if is_named else f"· {block.currency}") if text)
        span = len(self._table.columns)
        return f'<tr class="section"><th scope="rowgroup" colspan="{span}">{named(said)}</th></tr>\n'

    def _line(self, line: Line, block: Block) -> str:
        cells = [
            f"<td{_class(column)}>{self._cell(cell, side_in_table(column, block, line))}</td>"
            for column, cell in zip(self._table.columns, line.cells, strict=True)
        ]
        begins = " first" if line.kind is LineKind.ROW and line.cells[0] is not None and not block.title else ""
        return f'<tr class="{line.kind.value}{begins}">{"".join(cells)}</tr>\n'

    def _cell(self, cell: Cell, side: Side) -> str:
        if cell is None:
            return ""
        if isinstance(cell, Money):
            return shown(self._money(cell, side))
        if isinstance(cell, date):
            return shown(self._show_date(cell))
        if isinstance(cell, Percent):
            return shown(self._show_percent(cell.number))
        return named(str(cell))


def _class(column: TableColumn) -> str:
    if column.kind in _FIGURES:
        return ' class="figure"'
    if column.kind is CellKind.DATE:
        return ' class="date"'
    return ' class="code"' if column.kind in (CellKind.NUMBER, CellKind.CODE) else ""
