"""What is a report that lists? Columns, and blocks of lines read one after the other, however many they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from tui_ledger.money import Currency, Money
from tui_ledger.reports.line_checks import LineChecks
from tui_ledger.reports.report import plain_figure

if TYPE_CHECKING:
    from tui_ledger.reports.paged import PagedTable


class Percent(str):
    """A percentage in a cell: '8.1%' for programs; readers have its `number` written their own way."""

    __slots__ = ("number",)

    number: Decimal

    def __new__(cls, number: Decimal) -> Self:
        made = super().__new__(cls, f"{number:f}%")
        made.number = number
        return made


Cell = date | int | str | Percent | Money | None


class CellKind(StrEnum):
    """What the cells of a column hold."""

    DATE = "date"
    NUMBER = "number"
    COUNT = "count"
    CODE = "code"
    TEXT = "text"
    ACCOUNT = "account"
    MONEY = "money"


class LineKind(StrEnum):
    """What a line is among the others: what was there before, a row, the sum of the rows, what is there after.

    What was there before and after may be told apart: what earlier fiscal years left, and the rest.
    """

    OPENING = "opening"
    OPENING_EARLIER = "opening-of-earlier-years"
    OPENING_OWN = "opening-of-fiscal-year"
    ROW = "row"
    TOTAL = "total"
    CLOSING = "closing"
    CLOSING_EARLIER = "closing-of-earlier-years"
    CLOSING_OWN = "closing-of-fiscal-year"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its name for scripts, its label for people, and what its cells hold."""

    name: str
    label: str
    kind: CellKind


@dataclass(frozen=True, slots=True)
class Line:
    """One cell a column, None for an empty one. `transaction` and `account` are where the line leads; `named` is what a
    row is of, such as a month or a party, where its first cell does not say it. `is_credit` is said where what is above
    zero is on another side than in the rest of the block."""

    cells: tuple[Cell, ...]
    kind: LineKind = LineKind.ROW
    transaction: int | None = None
    account: str | None = None
    named: str | None = None
    is_credit: bool | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, such as those of one account; '' for a title that would say nothing.

    `lines` are read once, before the next block is asked for. `is_credit` says that a balance above zero is a credit.
    `checks` fills while the lines are read: which stored balances do not follow from those before.
    """

    title: str
    lines: Iterable[Line]
    account: str | None = None
    code: str | None = None
    currency: Currency | None = None
    is_credit: bool = False
    checks: LineChecks | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A report that lists, of some days or at one. `read` gives its blocks anew each time it is called; `paged`, where
    there may be very many lines, gives them a page at a time. `is_checked` says that stored balances are compared line
    by line while it is read."""

    name: str
    title: str
    book: str
    currency: Currency
    columns: tuple[TableColumn, ...]
    read: Callable[[], Iterator[Block]]
    date_from: date | None = None
    date_to: date | None = None
    at: date | None = None
    paged: Callable[[], PagedTable] | None = None
    is_checked: bool = False

    def blocks(self) -> Iterator[Block]:
        """The blocks in their order, each to be read before the next."""
        return self.read()

    @contextmanager
    def reading(self) -> Iterator[Iterator[Block]]:
        """Around reading the blocks, which may end before the last: what was opened for it is closed."""
        blocks = self.read()
        try:
            yield blocks
        finally:
            close: Callable[[], None] | None = getattr(blocks, "close", None)
            if close is not None:
                close()

    def place(self, name: str) -> int:
        """Which column has a name; raises KeyError."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        raise KeyError(name)


def sides(amount: Money) -> tuple[Money | None, Money | None]:
    """A debit-positive amount as (debit, credit), both without sign; None on the side that is empty."""
    return (amount, None) if amount.units > 0 else (None, -amount)


def table_json(table: Table) -> dict[str, object]:
    """The whole table as JSON values: amounts as decimal strings with the currency's digits, dates ISO 8601."""
    checks, read = LineChecks(), []
    with table.reading() as blocks:
        for block in blocks:
            read.append({**block_json(block), "lines": [line_json(table, line) for line in block.lines]})
            checks.join(block.checks)
    found = {"checks": checks.as_json()} if table.is_checked else {}
    return {**head_json(table), "blocks": read, **found}


def head_json(table: Table) -> dict[str, object]:
    """The table without its blocks."""
    days = {"from": table.date_from, "to": table.date_to, "at": table.at}
    return {
        "report": table.name,
        "title": table.title,
        "book": table.book,
        "currency": str(table.currency),
        **{name: day.isoformat() for name, day in days.items() if day is not None},
        "columns": [{"name": one.name, "label": one.label, "kind": one.kind.value} for one in table.columns],
    }


def block_json(block: Block) -> dict[str, object]:
    """A block without its lines."""
    return {
        "title": block.title,
        "account": block.account,
        "code": block.code,
        "currency": None if block.currency is None else str(block.currency),
    }


def line_json(table: Table, line: Line) -> dict[str, object]:
    """A line by the names of the columns, and what kind of line it is."""
    cells = {column.name: cell_json(cell) for column, cell in zip(table.columns, line.cells, strict=True)}
    return {"kind": line.kind.value, **cells}


def cell_json(cell: Cell) -> str | int | None:
    """A cell as scripts get it."""
    if isinstance(cell, Money):
        return plain_figure(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
