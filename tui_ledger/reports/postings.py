"""Which postings of the whole book does a search find? A line a posting, in any order, with totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import Ledger
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.listings import POSTING_ORDERS
from tui_ledger.reports.paged import PlacedLine
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn, sides

if TYPE_CHECKING:
    from tui_ledger.ledger.found_postings import ListedPosting
    from tui_ledger.ledger.found_windows import Order

NAME = "postings"

_COLUMNS = (
    ("date", "Date", CellKind.DATE),
    ("transaction", "No", CellKind.NUMBER),
    ("party", "Party", CellKind.CODE),
    ("account", "Account", CellKind.ACCOUNT),
    ("payee", "Payee", CellKind.TEXT),
    ("memo", "Memo", CellKind.TEXT),
    ("counter_accounts", "Counter accounts", CellKind.ACCOUNT),
    ("debit", "Debit", CellKind.MONEY),
    ("credit", "Credit", CellKind.MONEY),
    ("currency", "", CellKind.TEXT),
    ("balance", "Balance", CellKind.MONEY),
)
_MEMO = 5


def postings(
    ledger: Ledger, days: Range, query: str = "", sort: str | None = None, *, translate: Translate = str
) -> Table:
    """The postings of a range that a query finds, each with its account's own balance after it, whatever is left out;
    debits and credits apart, both above zero, with a total a currency.

    `sort` is one of `POSTING_ORDERS`, with a minus before it the other way round; amounts sort without their side.
    Raises InvalidQuery, InvalidSetting.
    """
    from tui_ledger.ledger.queries import parse_query

    order = posting_order(sort)
    parse_query(query, ledger.today)
    title = translate("Postings")
    shown = " ".join(query.split())
    return Table(
        name=NAME,
        title=f"{title}: {shown}" if shown else title,
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(name, translate(label) if label else "", kind) for name, label, kind in _COLUMNS),
        read=lambda: _blocks(ledger, days, query, order, translate),
        date_from=days.first,
        date_to=days.last,
        paged=lambda: PagedPostings(ledger, days, query, order, translate),
    )


def posting_order(sort: str | None) -> Order:
    """The order a word asks for; raises InvalidSetting."""
    from tui_ledger.ledger.found_windows import Order

    column = (sort or "date").removeprefix("-")
    if column not in POSTING_ORDERS:
        advice = f"use one of {', '.join(POSTING_ORDERS)}, with a minus before it for the other way round"
        raise InvalidSetting(value=sort, what="order of postings", advice=advice)
    return Order(column, falling=(sort or "").startswith("-"))


class PagedPostings:
    """The same a page at a time."""

    def __init__(self, ledger: Ledger, days: Range, query: str, order: Order, translate: Translate) -> None:
        self._ledger, self._days, self._query, self._translate = ledger, days, query, translate
        with ledger.snapshot():
            self._window = ledger.postings_window(query, date_from=days.first, date_to=days.last, order=order)
        self._block = Block("", (), currency=ledger.currency)
        self._sums: Mapping[str, tuple[Money, Money]] | None = None
        empty = [None] * _MEMO
        self._totals: Sequence[Line] = [Line((*empty, translate("Total"), *empty), LineKind.TOTAL)]

    def __len__(self) -> int:
        return len(self._window) + len(self._totals) if len(self._window) else 0

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        count = len(self._window)
        if not count:
            return []
        found = [PlacedLine(row.key, self._block, posting_line(row)) for row in self._window.rows(start, stop)]
        totals = [PlacedLine(("total", place), self._block, line) for place, line in enumerate(self._totals)]
        return found + totals[max(start - count, 0) : max(stop - count, 0)]

    def index_of(self, key: Any, /) -> int:
        return len(self._window) + int(key[1]) if key[0] == "total" else self._window.index_of(key)

    def find_sums(self) -> None:
        found = _totals_of(self._ledger, self._days, self._query)
        self._totals = list(_total_lines(found, self._ledger.currency, self._translate))
        self._sums = found

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        return self._sums


def posting_line(row: ListedPosting) -> Line:
    """A posting as a line, which leads to its transaction."""
    memo = " · ".join(text for text in (row.memo, row.posting_memo) if text)
    counter = ", ".join(row.counter_accounts)
    amounts = (*sides(row.amount), str(row.amount.currency), row.balance)
    cells = (row.date, row.transaction, row.party, row.account, row.payee, memo, counter, *amounts)
    return Line(cells, transaction=row.transaction)


def _blocks(ledger: Ledger, days: Range, query: str, order: Order, translate: Translate) -> Iterator[Block]:
    with ledger.snapshot():
        yield Block("", _lines(ledger, days, query, order, translate), currency=ledger.currency)


def _lines(ledger: Ledger, days: Range, query: str, order: Order, translate: Translate) -> Iterator[Line]:
    for row in ledger.stream_postings(query, date_from=days.first, date_to=days.last, order=order):
        yield posting_line(row)
    yield from _total_lines(_totals_of(ledger, days, query), ledger.currency, translate)


def _totals_of(ledger: Ledger, days: Range, query: str) -> dict[str, tuple[Money, Money]]:
    found = ledger.postings_totals(query, date_from=days.first, date_to=days.last)
    return {str(currency): both for currency, both in found.items()}


def _total_lines(sums: Mapping[str, tuple[Money, Money]], own: str, translate: Translate) -> Iterator[Line]:
    for currency in sorted(sums, key=lambda code: (code != own, code)):
        head = (*[None] * _MEMO, translate("Total"), None)
        yield Line((*head, *sums[currency], currency, None), LineKind.TOTAL)
