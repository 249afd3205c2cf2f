"""Sums over postings, and what is read piece by piece: the same as what is read at once."""

from __future__ import annotations

from datetime import date, timedelta

from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.sums import Sum

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def post(book: Ledger, day: str, amount: str, payee: str | None = None, **given: object) -> int:
    lines = debit("Assets:Bank", amount), credit("Income:Sales", amount)
    return book.post("Sale", *lines, date=day, payee=payee, **given).number


def sums(book: Ledger, by: str | None = None, key: str = "") -> set[Sum]:
    return set(book.sums([book.account("Assets:Bank").id], FIRST, LAST, by=by, key=key))


def test_debits_and_credits_are_counted_apart_by_month(book: Ledger) -> None:
    bank = book.account("Assets:Bank").id
    post(book, "2026-01-10", "10")
    post(book, "2026-01-31", "2.50")
    book.post("Back", credit("Assets:Bank", 1), debit("Income:Sales", 1), date="2026-01-31")
    post(book, "2026-03-01", "4")
    post(book, "2027-01-01", "999")

    assert sums(book) == {
        Sum("2026-01", bank, None, 1_250, 100, 3),
        Sum("2026-03", bank, None, 400, 0, 1),
    }


def test_a_payee_a_tag_and_a_key_of_the_data_group_them(book: Ledger) -> None:
    bank = book.account("Assets:Bank").id
    post(book, "2026-01-10", "1", "Ann", tags=["shop", "web"], data={"order": {"id": 7}, "a.b": "dotted"})
    post(book, "2026-01-11", "2", "Ann", tags=["web"], data={"order": {"id": 7}})
    post(book, "2026-01-12", "4")

    assert sums(book, "payee") == {Sum("2026-01", bank, "Ann", 300, 0, 2), Sum("2026-01", bank, None, 400, 0, 1)}
    by_tag: dict[str | None, int] = {}
    for one in book.sums([bank], FIRST, LAST, by="tag"):
        by_tag[one.label] = by_tag.get(one.label, 0) + one.debits
    assert by_tag == {"shop": 100, "web": 300, None: 400}
    by_id: dict[str | None, int] = {}
    for one in book.sums([bank], FIRST, LAST, by="data", key="order.id"):
        by_id[one.label] = by_id.get(one.label, 0) + one.debits
    assert by_id == {"7": 300, None: 400}
    assert {one.label for one in book.sums([bank], FIRST, LAST, by="data", key="a.b")} == {"dotted", None}


def test_a_register_read_by_pieces_is_the_whole_register(book: Ledger) -> None:
    with book.write():
        for place in range(2_105):
            post(book, (FIRST + timedelta(days=place // 6)).isoformat(), "1")
    range_of_days = {"date_from": "2026-02-03", "date_to": "2026-11-20"}

    with book.snapshot():
        streamed = list(book.stream_register("Assets:Bank", **range_of_days))

    assert tuple(streamed) == book.register("Assets:Bank", **range_of_days).postings
    assert list(book.stream_register("Assets:Cash")) == []


def test_closing_transactions_are_known_by_their_numbers(book: Ledger) -> None:
    post(book, "2025-05-01", "10")
    closing = book.close_period("2025-12-31", closing_transaction=True)
    (number,) = book.closing_numbers("2025-01-01", "2025-12-31")
    assert book.transaction(number).closing
    assert book.closing_numbers("2026-01-01", "2026-12-31") == frozenset()
    assert closing is not None


def test_what_is_written_meanwhile_is_not_in_a_snapshot(book: Ledger) -> None:
    post(book, "2026-01-10", "10")
    if book.path is None:
        return
    with Ledger.open(book.path) as other, book.snapshot():
        before = book.balances()
        post(other, "2026-01-11", "5")
        assert book.balances() == before
    assert book.balances() != before


def test_sums_beyond_64_bits_are_exact(book: Ledger) -> None:
    huge = "39999999999999999.99"
    for _ in range(3):
        post(book, "2026-01-10", huge)
        book.post("Back", credit("Assets:Bank", huge), debit("Income:Sales", huge), date="2026-01-10")
    units = 3 * 3_999_999_999_999_999_999
    assert sums(book) == {Sum("2026-01", book.account("Assets:Bank").id, None, units, units, 6)}
