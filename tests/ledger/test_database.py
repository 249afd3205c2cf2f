"""The file: how a book is made, opened, refused, and noticed when it is replaced."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.database import FORMAT

pytestmark = pytest.mark.sqlite_only
BANK, SALES = "Assets:Bank", "Income:Sales"


def sell(ledger: Ledger, amount: Any = 5) -> int:
    return ledger.post("Sale", debit(BANK, amount), credit(SALES, amount)).number


@pytest.fixture
def closed_book(book: Ledger) -> Path:
    sell(book)
    assert book.path is not None
    book.close()
    return book.path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_book_and_the_files_beside_it_are_its_owner_s_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        with Ledger.create(tmp_path / "shop.ledger") as ledger:
            ledger.set_setting("a", 1)
            names = sorted(path.name for path in tmp_path.iterdir())
            assert names == ["shop.ledger", "shop.ledger-shm", "shop.ledger-wal"]
            assert {mode(path) for path in tmp_path.iterdir()} == {0o600}
    finally:
        os.umask(before)
    assert [path.name for path in tmp_path.iterdir()] == ["shop.ledger"]


@pytest.mark.parametrize(
    "name", ["shop", "my shop.ledger", "a?b#c%20d&e.ledger", "ünïcödé 帳簿.ledger", "'quoted\".ledger", "x\ny", "-rf"]
)
def test_a_book_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Ledger.create(path) as made:
        made.set_setting("a", 1)
    with Ledger.open(path) as ledger:
        assert (ledger.setting("a"), ledger.path, ledger.name) == (1, path, path.stem)
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("kind", ["a book", "a text", "an empty file", "a folder", "a link to nowhere"])
def test_making_a_book_replaces_nothing(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "there"
    if kind == "a book":
        Ledger.create(path).close()
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a link to nowhere":
        path.symlink_to(tmp_path / "nowhere")
    else:
        path.write_text("notes" if kind == "a text" else "")
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(errors.BookExists):
        Ledger.create(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [one.name for one in tmp_path.iterdir()] == ["there"]


REFUSED_MAKINGS: dict[str, tuple[type[LedgerError], str, dict[str, Any]]] = {
    "no folder": (errors.BookNotMade, "nowhere/shop.ledger", {}),
    "a file for a folder": (errors.BookNotMade, "file/shop.ledger", {}),
    "a name too long": (errors.BookNotMade, "x" * 300, {}),
    "a nul in the name": (errors.BookNotMade, "a\x00b", {}),
    "no currency": (errors.InvalidCurrency, "shop.ledger", {"currency": "EURO"}),
    "a code of no currency": (errors.InvalidCurrency, "shop.ledger", {"currency": "E R", "digits": 2}),
    "an empty code": (errors.InvalidCurrency, "shop.ledger", {"currency": "", "digits": 2}),
    "too many digits": (errors.InvalidDigits, "shop.ledger", {"currency": "GOLD", "digits": 13}),
    "fewer than no digits": (errors.InvalidDigits, "shop.ledger", {"currency": "GOLD", "digits": -1}),
    "no first day": (errors.InvalidMonthDay, "shop.ledger", {"fiscal_year_start": "13-01"}),
    "an unreal first day": (errors.InvalidMonthDay, "shop.ledger", {"fiscal_year_start": "02-30"}),
    "a locale json does not hold": (errors.InvalidText, "shop.ledger", {"locale": object()}),
    "an actor of none": (errors.InvalidText, "shop.ledger", {"actor": ""}),
    "two accounts of one name": (
        errors.AccountExists,
        "shop.ledger",
        {"accounts": [AccountDraft("A:B", "asset"), AccountDraft("a:b", "asset")]},
    ),
    "accounts of two types under one root": (
        errors.AccountTypeMismatch,
        "shop.ledger",
        {"accounts": [AccountDraft("A:B", "asset"), AccountDraft("A:C", "income")]},
    ),
}


@pytest.mark.parametrize("case", REFUSED_MAKINGS)
def test_a_book_that_cannot_be_made_leaves_nothing(tmp_path: Path, case: str) -> None:
    kind, name, given = REFUSED_MAKINGS[case]
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerError) as caught:
        Ledger.create(tmp_path / name, **given)
    assert type(caught.value) is kind, repr(caught.value)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_what_is_raised_while_accounts_are_listed_leaves_nothing(tmp_path: Path) -> None:
    def accounts() -> Any:
        yield AccountDraft("A:B", "asset")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Ledger.create(tmp_path / "shop.ledger", accounts=accounts())
    assert list(tmp_path.iterdir()) == []


def not_a_book(path: Path, kind: str) -> None:
    contents = {
        "an empty file": b"",
        "a text": b"2026-01-01 * Sale\n  Assets:Bank  5 EUR\n" * 200,
        "a header alone": b"SQLite format 3\x00",
        "a header and zeros": b"SQLite format 3\x00" + bytes(84),
        "garbage": bytes(range(256)) * 64,
    }
    if kind in contents:
        path.write_bytes(contents[kind])
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE settings (name, value)")
        connection.execute(f"PRAGMA application_id = {7 if kind == 'another program' else 0x74756C67}")
        connection.commit()
        connection.close()


NOT_BOOKS = [
    "an empty file",
    "a text",
    "a header alone",
    "a header and zeros",
    "garbage",
    "a folder",
    "a pipe",
    "another program",
    "a book never finished",
]


@pytest.mark.parametrize("kind", NOT_BOOKS)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_no_book_is_named_so_and_left_untouched(tmp_path: Path, kind: str, read_only: bool) -> None:
    path = tmp_path / "thing"
    not_a_book(path, kind)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(errors.NotABook, match="left untouched"):
        Ledger.open(path, read_only=read_only)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [one.name for one in tmp_path.iterdir()] == ["thing"]


@pytest.mark.parametrize("name", ["nowhere.ledger", "no/folder/shop.ledger", "file/shop.ledger", "a\x00b"])
def test_a_book_that_is_not_there_is_not_made_by_opening_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(errors.BookNotFound):
        Ledger.open(tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_book_of_a_newer_program_is_left_untouched(closed_book: Path) -> None:
    connection = sqlite3.connect(closed_book)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = closed_book.read_bytes()
    with pytest.raises(errors.BookTooNew, match=f"format 99, this one knows {FORMAT}"):
        Ledger.open(closed_book)
    assert closed_book.read_bytes() == before


def test_a_book_opens_through_a_link(closed_book: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.ledger"
    link.symlink_to(closed_book)
    with Ledger.open(link) as ledger:
        assert sell(ledger) == 2
    with Ledger.open(closed_book) as ledger:
        assert ledger.balance(BANK).amount == 10


def test_a_book_is_whole_after_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "shop.ledger"
    program = f"""
import os
from tui_ledger.ledger import Ledger, credit, debit
ledger = Ledger.create({str(path)!r})
ledger.open_account("{BANK}", "asset")
ledger.open_account("{SALES}", "income")
ledger.post("Sale", debit("{BANK}", 5), credit("{SALES}", 5))
writing = ledger.write()
writing.__enter__()
ledger.post("Never finished", debit("{BANK}", 7), credit("{SALES}", 7))
os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    with Ledger.open(path) as ledger:
        assert ledger.balance(BANK).amount == 5
        assert sell(ledger) == 2
        assert ledger.verify().ok


def test_a_book_just_made_is_seen_by_another_process_at_once(book: Ledger, elsewhere: Callable[..., Any]) -> None:
    assert book.path is not None
    assert elsewhere(book.path, "answer = [account.name for account in ledger.accounts()]") == [
        account.name for account in book.accounts()
    ]


def test_the_log_of_a_book_that_was_removed_does_not_get_into_a_new_one(tmp_path: Path) -> None:
    path, log = tmp_path / "shop.ledger", tmp_path / "shop.ledger-wal"
    with Ledger.create(path) as old:
        old.open_account("Assets:Old", "asset")
        shutil.copy(log, tmp_path / "kept")
    path.unlink()
    shutil.copy(tmp_path / "kept", log)
    with Ledger.create(path) as new:
        assert [account.name for account in new.accounts()] == ["Equity:Adjustments"]
        assert new.verify().ok


CHANGES_UNDERNEATH: dict[str, Callable[[Path], None]] = {
    "deleted": lambda path: path.unlink(),
    "moved away": lambda path: path.rename(path.with_name("elsewhere")),
    "replaced by a copy": lambda path: (
        shutil.copy(path, path.with_name("copy")) and path.with_name("copy").replace(path)
    ),
    "replaced by a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("case", CHANGES_UNDERNEATH)
def test_a_book_that_is_no_longer_there_is_not_written_to(book: Ledger, case: str) -> None:
    sell(book)
    assert book.path is not None
    CHANGES_UNDERNEATH[case](book.path)
    for act in (
        lambda: sell(book),
        lambda: book.set_setting("a", 1),
        lambda: book.reverse(1),
        lambda: book.write().__enter__(),
    ):
        with pytest.raises(errors.BookReplaced, match="nothing was written"):
            act()  # type: ignore[no-untyped-call]


def test_a_book_replaced_during_a_write_is_not_committed_to(book: Ledger, tmp_path: Path) -> None:
    assert book.path is not None
    moved = tmp_path / "moved"
    with pytest.raises(errors.BookReplaced), book.write():  # noqa: PT012
        sell(book)
        book.path.rename(moved)
    moved.rename(book.path)
    book.close()
    with Ledger.open(book.path) as ledger:
        assert len(ledger.journal()) == 0
        assert ledger.verify().ok


def test_a_link_turned_to_another_book_is_noticed(closed_book: Path, tmp_path: Path) -> None:
    other, link = tmp_path / "other.ledger", tmp_path / "link"
    shutil.copy(closed_book, other)
    link.symlink_to(closed_book)
    with Ledger.open(link) as ledger:
        link.unlink()
        link.symlink_to(other)
        with pytest.raises(errors.BookReplaced):
            sell(ledger)
    assert len(Ledger.open(other).journal()) == 1


def test_a_closed_ledger_refuses_everything_and_may_be_closed_again(book: Ledger) -> None:
    sell(book)
    journal, window = book.journal(), book.journal_window()
    iterating = iter(journal)
    book.close()
    book.close()
    for ask in (
        lambda: sell(book),
        lambda: book.balance(BANK),
        book.accounts,
        lambda: book.account(BANK),
        lambda: book.write().__enter__(),
        lambda: book.post_batch([]),
        lambda: book.open_account("Assets:New", "asset"),
        lambda: book.register(BANK),
        lambda: book.revision,
        book.payees,
        lambda: list(journal),
        lambda: next(iterating),
        lambda: window.rows(0, 1),
    ):
        with pytest.raises(errors.LedgerClosed):
            ask()  # type: ignore[no-untyped-call]


def test_a_ledger_closes_with_its_block_whatever_is_raised(closed_book: Path) -> None:
    with pytest.raises(ZeroDivisionError), Ledger.open(closed_book) as ledger:
        raise ZeroDivisionError
    with pytest.raises(errors.LedgerClosed):
        ledger.balance(BANK)


def test_a_reader_works_while_another_writes_and_sees_what_is_committed(book: Ledger) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as reader:
        assert reader.read_only
        with book.write():
            sell(book)
            assert reader.balance(BANK).units == 0
            assert reader.verify().ok
        assert reader.balance(BANK).amount == 5
        assert reader.revision == book.revision


def test_a_book_locked_by_another_program_is_busy_and_nothing_is_written(
    book: Ledger, raw_connection: Callable[..., sqlite3.Connection]
) -> None:
    assert book.path is not None
    book._database.execute("PRAGMA busy_timeout = 20")
    other = raw_connection(book.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.BookBusy, match="try again"):
        sell(book)
    assert book.balance(BANK).units == 0
    other.execute("ROLLBACK")
    assert sell(book) == 1


@pytest.mark.parametrize("said", ["the door is locked", "no such table: x", "database disk image is malformed", ""])
def test_what_the_caller_was_handling_does_not_name_a_refusal_of_the_database(book: Ledger, said: str) -> None:
    def refused_write() -> None:
        with book.write():
            book._database.execute("DELETE FROM transactions")

    book.post("Sale", debit("Assets:Bank", 5), credit("Income:Sales", 5))
    caught: list[BaseException] = []
    with contextlib.suppress(LookupError), contextlib.ExitStack() as handling:

        def handle(_kind: object, _problem: object, _trace: object) -> bool:
            with pytest.raises(errors.BookRefused, match="voided, never deleted") as refused:
                refused_write()
            caught.append(refused.value)
            return True

        handling.push(handle)
        raise LookupError(said)
    assert len(caught) == 1


@pytest.mark.sqlite_only
def test_a_write_waits_for_another_s_no_longer_than_its_caller_has_patience(sqlite_book: Ledger) -> None:
    path = sqlite_book.path
    assert path is not None
    with sqlite_book, Ledger.open(path, patience_seconds=0.05) as hurried:
        with sqlite_book.write(), pytest.raises(errors.BookBusy):
            hurried.increase("Assets:Bank", 5)
        assert hurried.increase("Assets:Bank", 5).number == 1
