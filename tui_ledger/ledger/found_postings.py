"""Which postings of the whole book does a search find, in which order? By pages, one after the other, and summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.found_windows import FoundWindow, Order
from tui_ledger.ledger.journal import STATUSES
from tui_ledger.ledger.queries import Condition
from tui_ledger.ledger.query_sql import Sql, condition_sql
from tui_ledger.ledger.reading import FIRST_DAY, LAST_DAY, REGISTER_ROW, day_text, own_direction, register_postings
from tui_ledger.ledger.turnovers import SIDES, both_sides
from tui_ledger.ledger.values import PostingStatus
from tui_ledger.ledger.windows import Key
from tui_ledger.money import Currency, Money

_PIECE = 400
_OWN = "CASE WHEN o.type IN ('asset', 'expense') THEN p.balance ELSE -p.balance END"
_JOINED = "JOIN accounts o ON o.id = p.account LEFT JOIN parties y ON y.id = o.party"
_FIRST_NAME = (
    "(SELECT min(c.name_key) FROM postings q JOIN accounts c ON c.id = q.account "
    "WHERE q.number = p.number AND q.account <> p.account)"
)
POSTING_ORDERS: Mapping[str, tuple[str, ...]] = {
    "date": ("p.date",),
    "number": ("p.number",),
    "party": ("coalesce(y.key_fold, '')",),
    "account": ("o.name_key",),
    "payee": ("lower(coalesce(t.payee, ''))",),
    "memo": ("lower(t.memo)",),
    "counter": (f"coalesce({_FIRST_NAME}, '')",),
    "amount": ("o.currency", "abs(p.amount)"),
    "debit": ("o.currency", "CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END"),
    "credit": ("o.currency", "CASE WHEN p.amount < 0 THEN -p.amount ELSE 0 END"),
    "balance": ("o.currency", _OWN),
    "status": ("p.status",),
}
"""Columns to sort by; amounts, without regard to their side or on one of them, and balances within each currency;
counter accounts by the first of them by name."""


@dataclass(frozen=True, slots=True)
class ListedPosting:
    """A posting of any account. `amount` is debit-positive, `balance` the account's own after it, in its own direction;
    `party` the key of whom the account is kept for; `is_credit` says that a balance above zero is a credit."""

    transaction: int
    line: int
    date: date
    account: str
    party: str | None
    payee: str | None
    memo: str
    posting_memo: str | None
    counter_accounts: tuple[str, ...]
    amount: Money
    balance: Money
    status: PostingStatus
    is_credit: bool = False

    @property
    def key(self) -> Key:
        return (self.date.isoformat(), self.transaction, self.line)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which postings: what a condition holds for (None for all), from a first to a last day, either of them open."""

    condition: Condition | None
    date_from: date | None
    date_to: date | None

    def sql(self, database: BookDatabase, chart: Chart) -> Sql:
        """The condition over `p` and `t`; what it asks of an account, a party or an amount it asks of the posting."""
        days = day_text(self.date_from, FIRST_DAY), day_text(self.date_to, LAST_DAY)
        found = Sql("1 = 1")
        if self.condition is not None:
            found = condition_sql(self.condition, database, chart, of_posting=True, own_account=True)
        return Sql(f"p.date BETWEEN ? AND ? AND ({found.text})", (*days, *found.values))


def postings_window(database: BookDatabase, chart: Chart, wanted: Wanted, order: Order) -> FoundWindow[ListedPosting]:
    """The postings wanted, in an order; their keys are known, a page is read when it is shown."""
    found = wanted.sql(database, chart)
    keys = database.rows(
        f"SELECT p.date, p.number, p.line FROM postings p JOIN transactions t ON t.number = p.number {_JOINED} "
        f"WHERE {found.text} ORDER BY {_sorted_by(order)}",
        found.values,
    )
    return FoundWindow(keys, order, lambda page: _page(database, chart, page))


def stream_postings(database: BookDatabase, chart: Chart, wanted: Wanted, order: Order) -> Iterator[ListedPosting]:
    """The same one after the other, a piece in memory at a time."""
    found = wanted.sql(database, chart)
    rows = database.stream(
        f"{_row_with_account()} {_JOINED} WHERE {found.text} ORDER BY {_sorted_by(order)}", found.values
    )
    while piece := list(islice(rows, _PIECE)):
        yield from _listed(database, chart, piece)


def postings_totals(database: BookDatabase, chart: Chart, wanted: Wanted) -> dict[Currency, tuple[Money, Money]]:
    """What the postings wanted debit and credit by currency, both without sign."""
    found = wanted.sql(database, chart)
    rows = database.rows(
        f"SELECT p.account, {SIDES} FROM postings p JOIN transactions t ON t.number = p.number "
        f"WHERE {found.text} GROUP BY p.account",
        found.values,
    )
    totals: dict[Currency, tuple[Money, Money]] = {}
    for account, *halves in rows:
        currency = chart.by_id(account).currency
        debits, credits = (Money(units, currency) for units in both_sides(tuple(halves)))
        known = totals.get(currency, (Money(0, currency), Money(0, currency)))
        totals[currency] = known[0] + debits, known[1] + credits
    return totals


def _sorted_by(order: Order) -> str:
    *first, last = POSTING_ORDERS[order.column]
    return ", ".join([*first, f"{last} DESC" if order.falling else last, "p.date", "p.number", "p.line"])


def _row_with_account() -> str:
    return REGISTER_ROW.replace(" FROM postings", ", p.account FROM postings", 1)


def _page(database: BookDatabase, chart: Chart, keys: Sequence[Key]) -> list[ListedPosting]:
    if not keys:
        return []
    marks = ", ".join("?" for _ in keys)
    rows = database.rows(f"{_row_with_account()} WHERE p.number IN ({marks})", [key[1] for key in keys])
    found = {(row[0], row[1]): row for row in rows}
    return _listed(database, chart, [found[key[1], key[2]] for key in keys if key[1:] in found])


def _listed(database: BookDatabase, chart: Chart, rows: Sequence[Row]) -> list[ListedPosting]:
    with database.decoding():
        accounts = [chart.by_id(row[9]) for row in rows]
        # Which account it is read for makes no difference to the counter accounts.
        postings = register_postings(database, chart, accounts[0], rows)
        return [
            ListedPosting(
                transaction=row[0],
                line=row[1],
                date=posting.date,
                account=account.name,
                party=account.party,
                payee=posting.payee,
                memo=posting.memo,
                posting_memo=posting.posting_memo,
                counter_accounts=posting.counter_accounts,
                amount=Money(row[5], account.currency),
                balance=own_direction(account, row[6]),
                status=STATUSES[row[7]],
                is_credit=account.type.sign < 0,
            )
            for row, account, posting in zip(rows, accounts, postings, strict=True)
        ]
