"""The ledger's lists: journal and registers, searched and sorted, whole or a page at a time, with their totals.

What searches is imported when something is searched for: a small command must start fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tui_ledger.dates import optional_date, parse_date
from tui_ledger.ledger import reading, windows
from tui_ledger.ledger.basis import LedgerBasis
from tui_ledger.ledger.values import AccountLike, RegisterPosting, Transaction
from tui_ledger.money import Currency, Money

if TYPE_CHECKING:
    from tui_ledger.ledger.found_postings import ListedPosting, Wanted
    from tui_ledger.ledger.found_windows import FoundWindow, Order
    from tui_ledger.ledger.journal_lines import JournalLines
    from tui_ledger.ledger.queries import Condition
    from tui_ledger.ledger.windows import JournalRow, JournalWindow, RegisterWindow


class Listings(LedgerBasis):
    """What a book lists; listing changes nothing."""

    def journal(
        self,
        query: str = "",
        *,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
        reference: str | None = None,
        data: Mapping[str, object] | None = None,
    ) -> Sequence[Transaction]:
        """The transactions of a range in (date, number) order; read in pieces while it is iterated.

        Those a `query` finds (its language is in `queries`); with a `reference` those that have it; with `data` those
        whose data has all its keys, the values compared as text ('order.id' is the key `id` under `order`).
        Raises InvalidQuery.
        """
        first, last, chart = optional_date(date_from), optional_date(date_to), self._current_chart()
        if not query.strip() and reference is None and not data:
            return reading.Journal(self._database, chart, first, last)
        from tui_ledger.ledger.query_sql import condition_sql
        from tui_ledger.ledger.searching import FoundTransactions, Search, numbers_found

        besides = condition_sql(self._condition(query), self._database, chart)
        numbers = numbers_found(self._database, Search(reference, data or {}), first, last, besides)
        return FoundTransactions(self._database, chart, numbers)

    def journal_window(
        self,
        query: str = "",
        *,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
        order: Order | None = None,
    ) -> JournalWindow | FoundWindow[JournalRow]:
        """The journal for a screen, a page at a time: those a `query` finds, in an order. Raises InvalidQuery."""
        first, last, chart = optional_date(date_from), optional_date(date_to), self._current_chart()
        if not query.strip() and (order is None or order.is_usual):
            return windows.JournalWindow(self._database, chart, first, last)
        from tui_ledger.ledger.found_windows import Order, found_journal

        return found_journal(self._database, chart, self._condition(query), order or Order(), first, last)

    def journal_lines(self, date_from: date | str, date_to: date | str) -> JournalLines:
        """The postings of the journal of some days, both inclusive, by the line each stands on: counted, not read."""
        from tui_ledger.ledger.journal_lines import JournalLines

        return JournalLines(self._database, self._current_chart(), parse_date(date_from), parse_date(date_to))

    def journal_totals(
        self, query: str = "", *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> dict[str, tuple[int, int]]:
        """By currency what the transactions listed debit and credit, both as positive minor units."""
        from tui_ledger.ledger.found_windows import journal_totals

        condition = self._condition(query) if query.strip() else None
        days = optional_date(date_from), optional_date(date_to)
        return journal_totals(self._database, self._current_chart(), condition, *days)

    def register_window(
        self,
        account: AccountLike,
        query: str = "",
        *,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
        order: Order | None = None,
    ) -> RegisterWindow | FoundWindow[RegisterPosting]:
        """One account's register for a screen, a page at a time: what a `query` finds, in an order, each posting with
        the account's true balance after it. Raises InvalidQuery."""
        first, last, chart = optional_date(date_from), optional_date(date_to), self._current_chart()
        found = self.account(account)
        if not query.strip() and (order is None or order.is_usual):
            return windows.RegisterWindow(self._database, chart, found, first, last)
        from tui_ledger.ledger.found_windows import Order, found_register

        condition = self._condition(query)
        return found_register(self._database, chart, found, condition, order or Order(), first, last)

    def register_totals(
        self,
        account: AccountLike,
        query: str = "",
        *,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
    ) -> tuple[Money, Money]:
        """What the postings listed debit and credit, both without sign."""
        from tui_ledger.ledger.found_windows import register_totals

        found, chart = self.account(account), self._current_chart()
        condition = self._condition(query) if query.strip() else None
        days = optional_date(date_from), optional_date(date_to)
        debits, credits = register_totals(self._database, chart, found, condition, *days)
        return Money(debits, found.currency), Money(credits, found.currency)

    def postings_window(
        self,
        query: str = "",
        *,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
        order: Order | None = None,
    ) -> FoundWindow[ListedPosting]:
        """The postings of the whole book that a `query` finds, for a screen; account, party, side and amount are asked
        of each posting. In the order of a column of `found_postings.POSTING_ORDERS`. Raises InvalidQuery."""
        from tui_ledger.ledger.found_postings import postings_window
        from tui_ledger.ledger.found_windows import Order

        chart = self._current_chart()
        return postings_window(self._database, chart, self._wanted(query, date_from, date_to), order or Order())

    def stream_postings(
        self,
        query: str = "",
        *,
        date_from: date | str | None = None,
        date_to: date | str | None = None,
        order: Order | None = None,
    ) -> Iterator[ListedPosting]:
        """The same one after the other, a piece in memory at a time."""
        from tui_ledger.ledger.found_postings import stream_postings
        from tui_ledger.ledger.found_windows import Order

        chart = self._current_chart()
        return stream_postings(self._database, chart, self._wanted(query, date_from, date_to), order or Order())

    def postings_totals(
        self, query: str = "", *, date_from: date | str | None = None, date_to: date | str | None = None
    ) -> dict[Currency, tuple[Money, Money]]:
        """By currency what these postings debit and credit, both without sign."""
        from tui_ledger.ledger.found_postings import postings_totals

        return postings_totals(self._database, self._current_chart(), self._wanted(query, date_from, date_to))

    def _wanted(self, query: str, date_from: date | str | None, date_to: date | str | None) -> Wanted:
        from tui_ledger.ledger.found_postings import Wanted

        condition = self._condition(query) if query.strip() else None
        return Wanted(condition, optional_date(date_from), optional_date(date_to))

    def _condition(self, query: str) -> Condition:
        from tui_ledger.ledger.queries import parse_query

        return parse_query(query, self.today)
