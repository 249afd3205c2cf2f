"""What came to what a party is owed? The postings of its accounts, in one order, with what it was owed after each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.dates import day_before
from tui_ledger.ledger import balances
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.parties import Party
from tui_ledger.ledger.reading import FIRST_DAY, LAST_DAY, REGISTER_ROW, day_text, register_postings
from tui_ledger.ledger.reading_rights import ANOTHER_PARTY
from tui_ledger.ledger.values import Account, PostingStatus
from tui_ledger.ledger.windows import Key, Ordering, Window
from tui_ledger.money import Currency, Money

_PIECE = 400


@dataclass(frozen=True, slots=True)
class SheetPosting:
    """One row of a party's sheet. `amount` is debit-positive, `change` and `balance` are in the party's direction: what
    it is owed rises with credits. `account` is the party's own, whose posting it is, and `stored` the balance kept for
    that account behind it, in the party's direction."""

    transaction: int
    line: int
    date: date
    memo: str
    payee: str | None
    account: str
    counter_accounts: tuple[str, ...]
    amount: Money
    balance: Money
    status: PostingStatus
    stored: Money

    @property
    def change(self) -> Money:
        return -self.amount

    @property
    def key(self) -> Key:
        return (self.date.isoformat(), self.transaction, self.line)


@dataclass(frozen=True, slots=True)
class SheetOf:
    """Whose sheet it is: a party, one purpose or all (None), a currency, and the accounts that go into it."""

    party: Party
    purpose: str | None
    currency: Currency
    accounts: tuple[Account, ...]


class PartySheet(Window[SheetPosting]):
    """A range of days of a party's sheet, both ends inclusive, read a page at a time; balances are true on every page,
    and opening balance + Σ change = closing balance. Newest first on request. `opening_balances` are those of each
    account, by its name."""

    def __init__(
        self,
        database: BookDatabase,
        chart: Chart,
        of: SheetOf,
        date_from: date | None,
        date_to: date | None,
        *,
        newest_first: bool = False,
        hidden: Collection[str] = (),
    ) -> None:
        """`hidden` are the names of accounts that are told as another party's."""
        self._ids = tuple(account.id for account in of.accounts)
        self._marks = ", ".join("?" for _ in self._ids)
        first, last = day_text(date_from, FIRST_DAY), day_text(date_to, LAST_DAY)
        condition = f"account IN ({self._marks})" if self._ids else "1 = 0"
        ordering = Ordering("date, number, line", "postings", condition, self._ids, first, last)
        super().__init__(database, ordering, self._read)
        self._chart = chart
        self.of = of
        self.date_from, self.date_to = date_from, date_to
        self.newest_first = newest_first
        self._hidden = hidden
        before = None if date_from is None or date_from == date.min else day_before(date_from).isoformat()
        self.opening_balances = {
            one.name: self._owed(0 if before is None else balances.balance_units(database, one.id, before))
            for one in of.accounts
        }
        self.opening_balance = sum(self.opening_balances.values(), start=self._owed(0))
        self.closing_balance = self._owed(self._held(last)) if first <= last else self.opening_balance

    def __iter__(self) -> Iterator[SheetPosting]:
        for start in range(0, len(self), _PIECE):
            yield from self.rows(start, start + _PIECE)

    def rows(self, start: int, stop: int) -> list[SheetPosting]:
        """The rows from `start` up to, not including, `stop`, in the order asked for; clipped to what there is."""
        if not self.newest_first:
            return super().rows(start, stop)
        start, stop = max(start, 0), min(stop, len(self))
        return super().rows(len(self) - stop, len(self) - start)[::-1] if start < stop else []

    def keys(self, start: int, stop: int) -> list[Key]:
        """The keys of the rows from `start` up to, not including, `stop`."""
        if not self.newest_first:
            return super().keys(start, stop)
        start, stop = max(start, 0), min(stop, len(self))
        return super().keys(len(self) - stop, len(self) - start)[::-1] if start < stop else []

    def index_of(self, key: Key) -> int:
        """Where a key stands, or would stand."""
        place = super().index_of(key)
        return max(len(self) - 1 - place, 0) if self.newest_first else place

    def index_of_date(self, day: date) -> int:
        """How many rows stand before a day's first row, in the order asked for."""
        place = super().index_of_date(day)
        return max(len(self) - 1 - place, 0) if self.newest_first else place

    def _read(self, keys: list[Key]) -> list[SheetPosting]:
        """A page, oldest first: what is owed before it is looked up, and carried on from row to row."""
        if not keys:
            return []
        rows = self._database.rows(
            REGISTER_ROW.replace(" FROM postings", ", p.account FROM postings", 1)
            + f" WHERE p.account IN ({self._marks}) AND (p.date, p.number, p.line) BETWEEN (?, ?, ?) AND (?, ?, ?) "
            "ORDER BY p.date, p.number, p.line",
            (*self._ids, *keys[0], *keys[-1]),
        )
        held = sum(balances.units_before(self._database, account, *keys[0]) for account in self._ids)
        found: list[SheetPosting] = []
        postings = register_postings(self._database, self._chart, self.of.accounts[0], rows)
        for row, posting in zip(rows, postings, strict=True):
            held += posting.amount.units
            found.append(
                SheetPosting(
                    transaction=posting.transaction,
                    line=posting.line,
                    date=posting.date,
                    memo=posting.posting_memo or posting.memo,
                    payee=posting.payee,
                    account=self._chart.by_id(row[-1]).name,
                    counter_accounts=self._told(posting.counter_accounts),
                    amount=posting.amount,
                    balance=self._owed(held),
                    status=posting.status,
                    stored=self._owed(row[6]),
                )
            )
        return found

    def _told(self, accounts: tuple[str, ...]) -> tuple[str, ...]:
        """Counter accounts as the reader may know them, each once."""
        if not self._hidden:
            return accounts
        return tuple(dict.fromkeys(ANOTHER_PARTY if one in self._hidden else one for one in accounts))

    def _held(self, day: str) -> int:
        return sum(balances.balance_units(self._database, account, day) for account in self._ids)

    def _owed(self, held_units: int) -> Money:
        """A debit-positive figure in the party's direction."""
        return Money(-held_units, self.of.currency)


def sheet_of(
    party: Party, accounts: Sequence[Account], purpose: str | None, currency: Currency | None, own: Currency
) -> SheetOf:
    """Which accounts go into a sheet: those of the purpose, if one is named, in one currency.

    Unless one is named it is the book's, or the first account's where the party has none in that.
    """
    of_purpose = [one for one in accounts if purpose is None or one.purpose == purpose]
    if currency is None:
        in_own = not of_purpose or any(one.currency == own for one in of_purpose)
        currency = own if in_own else of_purpose[0].currency
    return SheetOf(party, purpose, currency, tuple(one for one in of_purpose if one.currency == currency))
