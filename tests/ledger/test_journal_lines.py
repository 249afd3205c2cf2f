from __future__ import annotations

from datetime import date

from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.journal_lines import TOGETHER, lines_of

YEAR = "2026-01-01", "2026-12-31"


def fill(book: Ledger, count: int) -> None:
    """Transactions of two and of three postings by turns, the later ones on earlier days, and one that is void."""
    with book.write():
        for number in range(count):
            more = [debit("Assets:Cash", "1")] if number % 2 else []
            whole = credit("Income:Sales", "2" if number % 2 else "1")
            book.post("Sale", debit("Assets:Bank", "1"), *more, whole, date=f"2026-0{5 - number * 4 // count}-01")
    book.void(3)


def test_every_line_of_the_journal_has_its_place_whatever_was_typed_first(book: Ledger) -> None:
    fill(book, TOGETHER * 2 + 7)
    lines = book.journal_lines(*YEAR)
    place = 0
    for transaction in book.journal():
        stretch = lines.stretch_at(place)
        before = sum(map(lines_of, stretch.transactions[: stretch.transactions.index(transaction)]))
        assert stretch.lines_before + before == place
        assert lines.index_of(transaction.date.isoformat(), transaction.number) == place
        place += lines_of(transaction)
    assert len(lines) == place
    assert len(lines.stretch_at(0).transactions) == TOGETHER


def test_days_without_transactions_have_no_lines(book: Ledger) -> None:
    fill(book, 4)
    empty = book.journal_lines("2025-01-01", "2025-12-31")
    assert len(empty) == 0
    assert empty.stretch_at(0).transactions == ()
    assert empty.index_of("2025-06-01", 1) == 0
    assert book.posting_counts("2025-01-01", "2025-12-31") == {}


def test_postings_are_counted_by_account(book: Ledger) -> None:
    fill(book, 8)
    for first, last in (YEAR, ("2026-03-01", "2026-04-30")):
        counts = book.posting_counts(first, last)
        for account in book.accounts():
            register = book.register(account, date_from=date.fromisoformat(first), date_to=last)
            assert counts.get(account.id, 0) == len(register.postings)
