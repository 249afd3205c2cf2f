"""How does a report that lists stand on the screen? Its lines as they are read, page by page, and its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tui_ledger.money import Money
from tui_ledger.reports.paged import PlacedLine
from tui_ledger.reports.sides import Side, side_in_table
from tui_ledger.reports.table import Block, Cell, CellKind, LineKind, Percent, Table, TableColumn
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.report_rows import ReportLine
from tui_ledger.ui.shown_report import OpenedTable
from tui_ledger.ui.status_words import status_in_words
from tui_ledger.ui.widgets.columns import Column, short_account, short_accounts
from tui_ledger.words import _, ngettext

NOT_YET = "…"

_TONES = {LineKind.ROW: None, LineKind.TOTAL: "total", LineKind.CLOSING: "total"}
_SORTS = {
    "parties": {"party": "key", "name": "name", "balance": "balance"},
    "postings": {
        **{name: name for name in ("date", "party", "account", "payee", "memo", "balance")},
        "transaction": "number",
        "debit": "amount",
        "credit": "amount",
    },
}
_YIELDS = {"transaction": 5, "code": 5, "memo": 3, "counter_accounts": 4, "count": 2, "party": 2, "tax": 1}
_NAMED_CELLS = 30
_WIDTHS = {"payee": (10, 18, 1), "memo": (15, 20, 2)}


class TableWindow:
    """The lines of a table as a grid reads them: nothing is read before it is drawn. `found` is called when a page has
    lines whose stored balances do not follow."""

    def __init__(self, opened: OpenedTable, desk: Desk, found: Callable[[], object]) -> None:
        self._opened = opened
        self._desk = desk
        self._found = found
        self._wrong = opened.lines.checks.count

    def __len__(self) -> int:
        return len(self._opened.lines)

    def rows(self, start: int, stop: int, /) -> Sequence[ReportLine]:
        table = self._opened.table
        lines = [table_line(table, placed, self._desk) for placed in self._opened.lines.rows(start, stop)]
        wrong = self._opened.lines.checks.count
        if wrong != self._wrong:
            self._wrong = wrong
            self._found()
        return lines

    def index_of(self, key: Any, /) -> int:
        return self._opened.lines.index_of(key)


def wrong_in_words(opened: OpenedTable, desk: Desk) -> str:
    """The first stored balance that does not follow from the one before it, of those read so far, and how many more
    there are; '' where all of them follow."""
    checks = opened.lines.checks
    if not checks.count:
        return ""
    first = checks.named[0]
    said = _("WRONG: {account}, transaction {number}: {difference}")
    if first.transaction is None:
        said = _("WRONG: {account}, closing balance: {difference}")
    account = short_account(first.account, _NAMED_CELLS)
    difference = desk.named(first.difference, credit_normal=None)
    sentence = said.format(account=account, number=first.transaction, difference=difference)
    more = checks.count - 1
    if not more:
        return sentence
    both = ngettext("{first}, and {n} more line", "{first}, and {n} more lines", more)
    return both.format(first=sentence, n=desk.count(more))


def table_line(table: Table, placed: PlacedLine, desk: Desk) -> ReportLine:
    """A line of a table as texts; the head of a block leads to its account."""
    block, line = placed.block, placed.line
    if placed.is_blank:
        return ReportLine(placed.key, "", ())
    if line is None:
        return ReportLine(placed.key, _head(table, block), (), account=block.account, tone="title", is_title=True)
    is_pending = line.kind is LineKind.TOTAL and not any(isinstance(cell, Money) for cell in line.cells)
    texts = tuple(
        NOT_YET
        if is_pending and column.name in ("debit", "credit")
        else _text(column, cell, side_in_table(column, block, line), desk, is_row=line.kind is LineKind.ROW)
        for column, cell in zip(table.columns, line.cells, strict=True)
    )
    first = line.cells[0] if line.named is None else line.named
    named = None if line.kind is not LineKind.ROW or first is None else str(first)
    return ReportLine(
        placed.key,
        "",
        texts,
        account=line.account or block.account,
        tone=_TONES.get(line.kind, "muted"),
        transaction=line.transaction,
        named=named,
    )


def table_columns(table: Table) -> list[Column[ReportLine]]:
    """The columns of a table; figures and days are never clipped, texts share what is left."""
    return [_column(place, column, table.name) for place, column in enumerate(table.columns)]


def _column(place: int, column: TableColumn, table: str) -> Column[ReportLine]:
    def cell(line: ReportLine) -> str:
        return line.figures[place] if place < len(line.figures) else ""

    sorts = _SORTS.get(table, {}).get(column.name, "")
    yields = _YIELDS.get(column.name, 0)
    match column.kind:
        case CellKind.MONEY | CellKind.COUNT | CellKind.NUMBER:
            is_money = column.kind is CellKind.MONEY
            return Column(
                column.label, cell, right=True, exact=True, yields=yields, marks_negative=is_money, sorts=sorts
            )
        case CellKind.DATE:
            return Column(column.label, cell, exact=True, minimum=10, sorts=sorts)
        case CellKind.CODE:
            return Column(column.label, cell, minimum=4, preferred=10, yields=yields, sorts=sorts)
        case CellKind.ACCOUNT:
            shorten = short_accounts if column.name == "counter_accounts" else short_account
            return Column(
                column.label, cell, minimum=10, preferred=24, grows=1, yields=yields, shorten=shorten, sorts=sorts
            )
    if column.name in ("currency", "month", "status"):
        return Column(column.label, cell, exact=True, minimum=0)
    minimum, preferred, grows = _WIDTHS.get(column.name, (10, 32, 1))
    return Column(
        column.label,
        cell,
        minimum=minimum,
        preferred=preferred,
        grows=grows,
        yields=yields,
        shorten=_short_period if column.name == "period" else None,
        sorts=sorts,
    )


def _short_period(label: str, width: int) -> str:
    """Of days that do not fit the first: `2026-10-01…`."""
    return label if len(label) <= width else f"{label.partition('..')[0]}…"


def _head(table: Table, block: Block) -> str:
    is_named = block.currency is None or block.currency in (table.currency, block.title)
    parts = (block.code, block.title, None if is_named else f"· {block.currency}")
    return " ".join(part for part in parts if part)


def _text(column: TableColumn, cell: Cell, side: Side, desk: Desk, *, is_row: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return desk.figure(cell, credit_normal=side)
    if isinstance(cell, date):
        return desk.day(cell)
    if isinstance(cell, Percent):
        return desk.formats.percent(cell.number)
    if column.kind is CellKind.COUNT and isinstance(cell, int):
        return desk.count(cell)
    if column.name == "month" and is_row:
        return desk.formats.month(date.fromisoformat(f"{cell}-01"))
    if column.name == "status":
        return status_in_words(str(cell))
    own = column.name == "currency" and cell == desk.standing.currency
    return "" if own else str(cell)
