from __future__ import annotations

from datetime import date

import pytest

from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.clearing import QUERY


def pay(ledger: Ledger, day: str) -> int:
    return ledger.post("Rent", debit("Expenses:Rent", "5"), credit("Assets:Bank", "5"), date=day).number


def test_assets_and_liabilities_tell_how_far_they_are_cleared(book: Ledger) -> None:
    first, second, third = pay(book, "2026-03-01"), pay(book, "2026-04-01"), pay(book, "2026-05-01")
    found = book.clearing()
    bank, rent = book.account("Assets:Bank"), book.account("Expenses:Rent")
    assert rent.id not in found
    assert found[bank.id].last == date(2026, 5, 1)
    assert (found[bank.id].oldest_uncleared, found[bank.id].last_cleared) == (None, None)
    book.mark("cleared", [(first, 2), (third, 2)])
    bank_now = book.clearing()[bank.id]
    assert (bank_now.oldest_uncleared, bank_now.last_cleared) == (date(2026, 4, 1), date(2026, 5, 1))
    book.mark("cleared", [(second, 2)])
    assert book.clearing()[bank.id].oldest_uncleared is None


def test_an_account_without_postings_has_no_days(book: Ledger) -> None:
    found = book.clearing()[book.account("Liabilities:Card").id]
    assert (found.last, found.oldest_uncleared, found.last_cleared) == (None, None, None)


@pytest.mark.sqlite_only
def test_what_is_cleared_is_found_by_an_index_of_its_own(book: Ledger) -> None:
    plan = book._database.rows(f"EXPLAIN QUERY PLAN {QUERY.format(by_cleared=book._database.by_cleared)}")
    steps = [row[3] for row in plan]
    assert any("cleared_postings" in step for step in steps)
    assert not any(step.startswith("SCAN postings") for step in steps)
