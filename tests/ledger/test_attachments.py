from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import AttachmentNotFound, InvalidAttachment, KeyReused, LaterAct, TransactionNotFound
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.copying import copy_book

WEB = "https://example.org/orders/12"


@pytest.fixture
def paid(book: Ledger) -> int:
    return book.post("Rent", debit("Expenses:Rent", 70), credit("Assets:Bank", 70), date="2026-03-01").number


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "receipts" / "12.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF")
    return path


def addresses(book: Ledger, number: int) -> list[str]:
    return [one.address for one in book.attachments(number)]


@pytest.mark.sqlite_only
def test_a_file_beside_the_book_is_kept_by_its_path_from_there(book: Ledger, paid: int, receipt: Path) -> None:
    book.attach(paid, receipt)
    assert addresses(book, paid) == ["receipts/12.pdf"]
    assert book.attachments(paid)[0].path == receipt


def test_what_is_attached_stands_in_its_order_with_the_transaction(book: Ledger, paid: int, receipt: Path) -> None:
    book.attach(paid, WEB)
    book.attach(paid, receipt)
    assert book.transaction(paid).attachments == tuple(addresses(book, paid))
    assert addresses(book, paid)[0] == WEB
    assert book.journal()[0].attachments == book.transaction(paid).attachments
    assert [one.transaction for one in book.attachments()] == [paid, paid]


def test_a_file_elsewhere_is_kept_by_its_whole_path(
    book: Ledger, paid: int, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "a b.pdf").write_bytes(b"")
    monkeypatch.chdir(folder)
    book.attach(paid, "a b.pdf")
    assert addresses(book, paid) == [str(folder / "a b.pdf")]


@pytest.mark.sqlite_only
def test_a_path_is_looked_for_in_the_book_s_folder_too(
    book: Ledger, paid: int, receipt: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    book.attach(paid, "receipts/12.pdf")
    assert (addresses(book, paid), book.attachments(paid)[0].is_missing) == (["receipts/12.pdf"], False)


def test_a_file_that_went_is_shown_as_missing(book: Ledger, paid: int, receipt: Path) -> None:
    book.attach(paid, receipt, WEB)
    assert [one.is_missing for one in book.attachments(paid)] == [False, False]
    receipt.unlink()
    assert [one.is_missing for one in book.attachments(paid)] == [True, False]


@pytest.mark.parametrize(
    "address",
    [
        "nowhere.pdf",
        "..",
        "",
        "   ",
        "ftp://example.org/x",
        "javascript:alert(1)",
        "http://",
        "a\x00b",
        "a\x1b[31mb",
        "x" * 2_001,
        7,
    ],
)
def test_what_is_neither_a_file_nor_a_web_address_is_refused(
    book: Ledger, paid: int, untouched: Callable[[Ledger], Any], address: Any
) -> None:
    with untouched(book), pytest.raises(InvalidAttachment):
        book.attach(paid, address)


def test_all_of_several_are_attached_or_none(book: Ledger, paid: int, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book), pytest.raises(InvalidAttachment, match="no such file"):
        book.attach(paid, WEB, "nowhere.pdf")


def test_nothing_is_attached_twice(book: Ledger, paid: int) -> None:
    book.attach(paid, WEB)
    with pytest.raises(InvalidAttachment, match=f"attached to transaction {paid} already"):
        book.attach(paid, WEB)


def test_it_is_taken_off_by_address_or_place(book: Ledger, paid: int) -> None:
    book.attach(paid, WEB, WEB + "/2", WEB + "/3")
    book.detach(paid, WEB)
    assert [one.address for one in book.detach(paid, 2)] == [WEB + "/2"]
    with pytest.raises(AttachmentNotFound, match="has nothing attached as 'x': it has https"):
        book.detach(paid, "x")


def test_transactions_that_are_not_there_have_nothing_attached(book: Ledger, paid: int) -> None:
    for ask in (lambda: book.attach(99, WEB), lambda: book.detach(99, WEB), lambda: book.attachments(99)):
        with pytest.raises(TransactionNotFound):
            ask()


def test_in_closed_periods_it_may_change(book: Ledger, paid: int) -> None:
    book.close_period(date(2026, 3, 31))
    book.attach(paid, WEB)
    book.detach(paid, WEB)
    assert addresses(book, paid) == []


def test_undo_and_redo_take_it_off_and_put_it_back(book: Ledger, paid: int) -> None:
    book.attach(paid, WEB)
    book.attach(paid, WEB + "/2")
    book.undo()
    assert addresses(book, paid) == [WEB]
    book.undo()
    assert addresses(book, paid) == []
    book.redo()
    book.redo()
    assert addresses(book, paid) == [WEB, WEB + "/2"]


def test_undo_is_refused_where_somebody_attached_more_since(book: Ledger, paid: int) -> None:
    book.attach(paid, WEB, actor="lea")
    book.attach(paid, WEB + "/2", actor="tom")
    with pytest.raises(LaterAct, match=f"what is attached to transaction {paid}"):
        book.undo(actor="lea")


def test_the_history_of_the_transaction_tells_it(book: Ledger, paid: int) -> None:
    book.attach(paid, WEB)
    book.void(paid)
    assert [change.kind for change in book.changes_of(paid)] == ["post", "attach", "void"]
    assert addresses(book, paid) == [WEB]


def test_a_key_attaches_once(book: Ledger, paid: int) -> None:
    assert book.attach(paid, WEB, key="k") == book.attach(paid, WEB, key="k")
    with pytest.raises(KeyReused):
        book.attach(paid, WEB + "/2", key="k")


def test_verify_and_replay_know_it(book: Ledger, paid: int) -> None:
    book.attach(paid, WEB, WEB + "/2")
    assert book.verify(replay=True).ok
    with book._database.write():
        book._database.execute("UPDATE attachments SET address = 'other' WHERE place = 2")
    for found in (book.verify(), book.verify(replay=True)):
        assert not found.ok
        assert any(f"attachments {paid}" in str(one) or "other" in str(one) for one in found.discrepancies)


def test_a_copy_has_it_too(book: Ledger, paid: int, tmp_path: Path) -> None:
    book.attach(paid, WEB)
    copy_book(book.place, tmp_path / "copy.ledger")
    with Ledger.open(tmp_path / "copy.ledger") as copy:
        assert addresses(copy, paid) == [WEB]


def test_a_page_of_the_journal_costs_one_question_more(book: Ledger, paid: int) -> None:
    for _ in range(30):
        book.post("Rent", debit("Expenses:Rent", 1), credit("Assets:Bank", 1), date="2026-03-01")
    asked: list[str] = []
    rows = book._database.rows
    book._database.rows = lambda sql, *rest: (asked.append(sql), rows(sql, *rest))[1]  # type: ignore[method-assign]
    assert len(list(book.journal())) == 31
    assert len([sql for sql in asked if "attachments" in sql]) == 1
