"""A book moved between databases: whole, the same to the last byte of its history, verified, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import with_accounts
from tests.postgres_server import PostgresServer
from tui_ledger import errors
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.copying import copy_book

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
Places = Callable[[str], str]


@pytest.fixture
def lived_in(book: Ledger) -> Ledger:
    """A book with something of everything: reversals, voids, a closed period, keys, attributes, a batch."""
    book.set_setting("locale", "de")
    book.set_setting("colour", {"é": [1, None, "\x00"]})
    book.open_account("Liabilities:Member", "liability", attributes={"user": 7}, minimum="-10")
    for number, day in ((1, "2026-02-10"), (2, "2026-01-31"), (3, "2026-01-20")):
        book.post(f"Sale {number}", debit(BANK, number), credit(SALES, number), date=day, payee="Ann", tags=["a", "%"])
    book.post("Dollars", debit("Assets:Dollars", 5), credit("Equity:Dollars", 5), date="2026-03-02", key="k6")
    book.post("Split", debit(RENT, "0.03"), credit(CASH, "0.01"), credit(BANK, "0.02"), date="2026-03-01")
    book.reverse(2, date="2026-04-01")
    book.void(1)
    book.undo()
    book.void(3)
    book.rename_account(CASH, "Assets:Till")
    book.delete_account("Liabilities:Card")
    book.close_period("2026-01-31")
    assert book.verify().ok
    return book


@pytest.fixture(params=["to sqlite", "to postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place where no book is."""
    if request.param == "to sqlite":
        return str(tmp_path / "copy.ledger")
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.url(request.getfixturevalue("new_database")())


def rows(dump: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in a copy: all but the print of the schema, which each database has its own of."""
    return {**dump, "settings": [row for row in dump["settings"] if row[0] != "schema"]}


def test_a_copy_has_every_row_and_the_same_head(
    lived_in: Ledger, target: str, stored: Callable[[str], dict[str, Any]]
) -> None:
    found = copy_book(lived_in.place, target)
    assert found.ok
    assert found.head == lived_in.head
    assert rows(stored(target)) == rows(stored(lived_in.place))
    with Ledger.open(target) as copy:
        assert copy.verify().ok
        assert [str(copy.balance(one)) for one in copy.accounts()] == [
            str(lived_in.balance(one)) for one in lived_in.accounts()
        ]
        assert copy.closed_through == lived_in.closed_through


def test_a_copy_is_written_on_where_the_book_ended(lived_in: Ledger, target: str) -> None:
    last = lived_in.journal()[-1]
    copy_book(lived_in.place, target)
    with Ledger.open(target) as copy:
        posted = copy.post("Sale", debit(BANK, 5), credit(SALES, 5), date="2026-06-01")
        assert posted.number == max(one.number for one in lived_in.journal()) + 1
        lines = (debit("Assets:Dollars", 5), credit("Equity:Dollars", 5))
        assert copy.post("Dollars", *lines, date="2026-03-02", key="k6").number == 4
        assert len(copy.journal()) == len(lived_in.journal()) + 1
        with pytest.raises(errors.PeriodClosed):
            copy.post("Sale", debit(BANK, 5), credit(SALES, 5), date="2026-01-01")
        assert copy.transaction(last.number) == last
        assert copy.verify().ok


def test_a_copy_of_a_copy_back_is_the_book(
    lived_in: Ledger, target: str, tmp_path: Path, stored: Callable[[str], dict[str, Any]]
) -> None:
    copy_book(lived_in.place, target)
    back = str(tmp_path / "back.ledger")
    copy_book(target, back)
    assert rows(stored(back)) == rows(stored(lived_in.place))


def test_a_place_that_holds_a_book_is_not_copied_to(
    lived_in: Ledger, target: str, stored: Callable[[str], dict[str, Any]]
) -> None:
    with_accounts(Ledger.create(target, "EUR")).close()
    before = stored(target)
    with pytest.raises(errors.BookExists):
        copy_book(lived_in.place, target)
    with pytest.raises(errors.BookExists):
        copy_book(lived_in.place, lived_in.place)
    assert stored(target) == before


def test_a_copy_that_is_stopped_leaves_nothing(lived_in: Ledger, target: str) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_book(lived_in.place, target, stop)
    with pytest.raises(errors.BookNotFound):
        Ledger.open(target)
    assert copy_book(lived_in.place, target).ok


def test_progress_reaches_the_number_of_rows(lived_in: Ledger, target: str) -> None:
    seen: list[tuple[int, int]] = []
    copy_book(lived_in.place, target, lambda done, total: seen.append((done, total)))
    totals = {total for _, total in seen}
    assert len(totals) == 1
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] >= totals.pop() - 1


def test_a_book_that_is_wrong_is_not_copied(
    sqlite_book: Ledger, target: str, raw_connection: Callable[..., sqlite3.Connection]
) -> None:
    with sqlite_book as book:
        book.post("Sale", debit(BANK, 5), credit(SALES, 5))
        assert book.path is not None
        raw_connection(book.path).execute("UPDATE postings SET balance = balance + 1 WHERE line = 1")
        with pytest.raises(errors.BookNotMade, match="stored-balance at transaction 1"):
            copy_book(book.place, target)
    with pytest.raises(errors.BookNotFound):
        Ledger.open(target)


def test_a_book_that_is_not_there_is_not_copied(tmp_path: Path, target: str) -> None:
    with pytest.raises(errors.BookNotFound):
        copy_book(tmp_path / "nowhere.ledger", target)
    with pytest.raises(errors.BookNotFound):
        Ledger.open(target)
