"""Which postings of the whole book does a search find? A line a posting, in any order, with totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import Ledger
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.line_checks import LineChecks, PageChecks, Step, Trail, wrong_among
from tui_ledger.reports.listings import POSTING_ORDERS
from tui_ledger.reports.paged import PlacedLine
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn, sides
from tui_ledger.words import N_, NP_, Said

if TYPE_CHECKING:
    from tui_ledger.ledger.found_postings import ListedPosting
    from tui_ledger.ledger.found_windows import Order

NAME = "postings"

_COLUMNS = (
    ("date", N_("Date"), CellKind.DATE),
    ("transaction", NP_("number", "No"), CellKind.NUMBER),
    ("party", N_("Party"), CellKind.CODE),
    ("account", N_("Account"), CellKind.ACCOUNT),
    ("payee", N_("Payee"), CellKind.TEXT),
    ("memo", N_("Memo"), CellKind.TEXT),
    ("counter_accounts", N_("Counter accounts"), CellKind.ACCOUNT),
    ("debit", N_("Debit"), CellKind.MONEY),
    ("credit", N_("Credit"), CellKind.MONEY),
    ("currency", "", CellKind.TEXT),
    ("balance", N_("Balance"), CellKind.MONEY),
)
_MEMO = 5


def postings(
    ledger: Ledger, days: Range, query: str = "", sort: str | None = None, *, translate: Translate = str
) -> Table:
    """The postings of a range that a query finds, each with its account's own balance after it, whatever is left out;
    debits and credits apart, both above zero, with a total a currency.

    Where nothing is left out and they stand by date, each account's stored balances are compared line by line.

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
        is_checked=_is_whole(query, order),
    )


def posting_order(sort: str | None) -> Order:
    """The order a word asks for; raises InvalidSetting."""
    from tui_ledger.ledger.found_windows import Order

    column = (sort or "date").removeprefix("-")
    if column not in POSTING_ORDERS:
        advice = Said(
            "use one of {names}, with a minus before it for the other way round", names=", ".join(POSTING_ORDERS)
        )
        raise InvalidSetting(value=sort, what=N_("order of postings"), advice=advice)
    return Order(column, falling=(sort or "").startswith("-"))


class PagedPostings:
    """The same a page at a time."""

    def __init__(self, ledger: Ledger, days: Range, query: str, order: Order, translate: Translate) -> None:
        self._ledger, self._days, self._query, self.translate = ledger, days, query, translate
        with ledger.snapshot():
            self._window = ledger.postings_window(query, date_from=days.first, date_to=days.last, order=order)
        self._block = Block("", (), currency=ledger.currency)
        self._page_checks, self._is_checked = PageChecks(), _is_whole(query, order)
        self._sums: Mapping[str, tuple[Money, Money]] | None = None
        empty = [None] * _MEMO
        self._totals: Sequence[Line] = [Line((*empty, translate("Total"), *empty), LineKind.TOTAL)]

    def __len__(self) -> int:
        return len(self._window) + len(self._totals) if len(self._window) else 0

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        count = len(self._window)
        if not count:
            return []
        rows = self._window.rows(start, stop)
        if self._is_checked:
            self._page_checks.add(wrong_among([_step(row) for row in rows]))
        found = [PlacedLine(row.key, self._block, posting_line(row)) for row in rows]
        totals = [PlacedLine(("total", place), self._block, line) for place, line in enumerate(self._totals)]
        return found + totals[max(start - count, 0) : max(stop - count, 0)]

    def index_of(self, key: Any, /) -> int:
        return len(self._window) + int(key[1]) if key[0] == "total" else self._window.index_of(key)

    def find_sums(self) -> None:
        found = _totals_of(self._ledger, self._days, self._query)
        self._totals = list(_total_lines(found, self._ledger.currency, self.translate))
        self._sums = found

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        return self._sums

    @property
    def checks(self) -> LineChecks:
        return self._page_checks.checks()


def posting_line(row: ListedPosting) -> Line:
    """A posting as a line, which leads to its transaction."""
    memo = " · ".join(text for text in (row.memo, row.posting_memo) if text)
    counter = ", ".join(row.counter_accounts)
    amounts = (*sides(row.amount), str(row.amount.currency), row.balance)
    cells = (row.date, row.transaction, row.party, row.account, row.payee, memo, counter, *amounts)
    return Line(cells, transaction=row.transaction, is_credit=row.is_credit)


def _blocks(ledger: Ledger, days: Range, query: str, order: Order, translate: Translate) -> Iterator[Block]:
    with ledger.snapshot():
        checks = LineChecks()
        yield Block("", _lines(ledger, days, query, order, translate, checks), currency=ledger.currency, checks=checks)


def _lines(
    ledger: Ledger, days: Range, query: str, order: Order, translate: Translate, checks: LineChecks
) -> Iterator[Line]:
    trails = _trails(ledger, days, checks) if _is_whole(query, order) else {}
    for row in ledger.stream_postings(query, date_from=days.first, date_to=days.last, order=order):
        step = _step(row)
        if step.account in trails:
            trails[step.account].follow(step.transaction, step.change, step.balance)
        yield posting_line(row)
    yield from _total_lines(_totals_of(ledger, days, query), ledger.currency, translate)


def _is_whole(query: str, order: Order) -> bool:
    """Whether every posting of the days stands there, in the order in which balances follow from each other."""
    return not query.strip() and order.column == "date" and not order.falling


def _trails(ledger: Ledger, days: Range, checks: LineChecks) -> dict[str, Trail]:
    """What every account held before the days, in its own direction."""
    held = {} if days.eve is None else ledger.balances(days.eve)
    return {
        one.name: Trail(one.name, Money(one.type.sign * held.get(one.id, 0), one.currency), checks)
        for one in ledger.accounts()
    }


def _step(row: ListedPosting) -> Step:
    return Step(row.account, row.transaction, -row.amount if row.is_credit else row.amount, row.balance)


def _totals_of(ledger: Ledger, days: Range, query: str) -> dict[str, tuple[Money, Money]]:
    found = ledger.postings_totals(query, date_from=days.first, date_to=days.last)
    return {str(currency): both for currency, both in found.items()}


def _total_lines(sums: Mapping[str, tuple[Money, Money]], own: str, translate: Translate) -> Iterator[Line]:
    for currency in sorted(sums, key=lambda code: (code != own, code)):
        head = (*[None] * _MEMO, translate("Total"), None)
        yield Line((*head, *sums[currency], currency, None), LineKind.TOTAL)
