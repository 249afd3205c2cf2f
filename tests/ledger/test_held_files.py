"""A book that is open is not touched in any other way, and what takes its place is left as it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import BookOverwritten, BookReplaced, FileNotReadable
from tui_ledger.importing.source import open_text
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.held_files import is_held

pytestmark = pytest.mark.sqlite_only

_OPENED_AND_CLOSED = "import sys; from tui_ledger.ledger import Ledger; Ledger.open(sys.argv[1]).close()"


def sell(ledger: Ledger, amount: int) -> None:
    ledger.post("Sale", debit("Assets:Bank", amount), credit("Income:Sales", amount))


def opened_elsewhere(path: Path) -> None:
    subprocess.run([sys.executable, "-c", _OPENED_AND_CLOSED, str(path)], check=True)


def test_what_is_acknowledged_stays_where_the_book_was_opened_twice(
    sqlite_book: Ledger, elsewhere: Callable[..., Any]
) -> None:
    path = sqlite_book.path
    assert path is not None
    sell(sqlite_book, 10)
    Ledger.open(path).close()
    opened_elsewhere(path)
    sell(sqlite_book, 5)
    assert elsewhere(path, "answer = str(ledger.balance('Assets:Bank').amount)") == "15.00"
    sqlite_book.close()


def test_a_book_is_held_as_long_as_it_is_open(sqlite_book: Ledger, tmp_path: Path) -> None:
    path = sqlite_book.path
    assert path is not None
    beside = path.with_name(f"{path.name}-shm")
    link = tmp_path / "link"
    link.symlink_to(path)
    assert (is_held(path), is_held(beside), is_held(link), is_held(tmp_path / "none")) == (True, True, True, False)
    with Ledger.open(path):
        assert is_held(path)
    assert is_held(path)
    sqlite_book.close()
    sqlite_book.close()
    assert not is_held(path)


def test_an_open_book_is_not_read_as_a_file(sqlite_book: Ledger) -> None:
    path = sqlite_book.path
    assert path is not None
    for file in (path, path.with_name(f"{path.name}-shm")):
        with pytest.raises(FileNotReadable, match="it is the book itself"):
            open_text(file)
    sqlite_book.close()


def test_a_book_put_in_the_place_of_an_open_one_is_left_as_it_is(sqlite_book: Ledger, tmp_path: Path) -> None:
    path = sqlite_book.path
    assert path is not None
    sell(sqlite_book, 10)
    other = tmp_path / "other.ledger"
    with Ledger.create(other) as made:
        made.open_account("Assets:Bank", "asset")
        made.open_account("Income:Sales", "income")
        sell(made, 99)
    path.rename(tmp_path / "moved.ledger")
    other.rename(path)
    refused: list[Exception] = []

    def ask() -> None:
        try:
            sqlite_book.balance("Assets:Bank")
        except BookReplaced as refusal:
            refused.append(refusal)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(refused) == 1
    with Ledger.open(path) as there, Ledger.open(tmp_path / "moved.ledger") as moved:
        assert (str(there.balance("Assets:Bank").amount), there.verify().ok) == ("99.00", True)
        assert (str(moved.balance("Assets:Bank").amount), moved.verify().ok) == ("10.00", True)
    sqlite_book.close()


def test_a_look_at_its_place_saves_what_was_acknowledged(sqlite_book: Ledger, tmp_path: Path) -> None:
    path = sqlite_book.path
    assert path is not None
    sell(sqlite_book, 10)
    path.rename(tmp_path / "moved.ledger")
    with pytest.raises(BookReplaced):
        sqlite_book.check_place()
    with Ledger.open(tmp_path / "moved.ledger") as moved:
        assert str(moved.balance("Assets:Bank").amount) == "10.00"
    sqlite_book.close()


def opened_again(ledger: Ledger) -> Ledger:
    """The book, its log written into it: another connection closed it last."""
    path = ledger.path
    assert path is not None
    ledger.close()
    return Ledger.open(path)


def refused_as_overwritten(ledger: Ledger) -> None:
    """Neither a look nor a write passes, and closing leaves what was copied there as it is."""
    path = ledger.path
    assert path is not None
    there = path.read_bytes()
    for act in (ledger.check_place, lambda: sell(ledger, 5), lambda: sell(ledger, 5)):
        with pytest.raises(BookOverwritten, match="overwritten by another program while it was open"):
            act()
    ledger.close()
    assert path.read_bytes() == there
    with Ledger.open(path) as found:
        assert found.verify().ok


@pytest.mark.parametrize("posted_since", [0, 1])
def test_another_book_copied_into_an_open_one_is_noticed_and_left_as_it_is(
    sqlite_book: Ledger, tmp_path: Path, posted_since: int
) -> None:
    other = tmp_path / "other.ledger"
    with Ledger.create(other) as made:
        made.open_account("Assets:Bank", "asset")
        made.open_account("Income:Sales", "income")
        for amount in range(1, 40):
            sell(made, amount)
    book = opened_again(sqlite_book)
    path = book.path
    assert path is not None
    for _ in range(posted_since):
        sell(book, 10)
    assert book.revision > 0
    shutil.copyfile(other, path)
    refused_as_overwritten(book)


@pytest.mark.parametrize("posted_since", [0, 300])
def test_an_earlier_state_copied_into_an_open_book_is_noticed_and_left_as_it_is(
    sqlite_book: Ledger, tmp_path: Path, posted_since: int
) -> None:
    book, earlier = opened_again(sqlite_book), tmp_path / "earlier.ledger"
    path = book.path
    assert path is not None
    book.close()
    shutil.copyfile(path, earlier)
    book = Ledger.open(path)
    sell(book, 10)
    book = opened_again(book)
    for _ in range(posted_since):
        sell(book, 10)
    shutil.copyfile(earlier, path)
    refused_as_overwritten(book)


def test_what_is_no_book_copied_into_an_open_one_is_noticed(sqlite_book: Ledger) -> None:
    book = opened_again(sqlite_book)
    path = book.path
    assert path is not None
    for content in (b"", b"2026-07-01 Bakery\n" * 500):
        path.write_bytes(content)
        with pytest.raises(BookOverwritten):
            sell(book, 10)
    book.close()
    assert path.read_bytes() == b"2026-07-01 Bakery\n" * 500


def test_log_and_checkpoints_of_others_are_no_copies(sqlite_book: Ledger, elsewhere: Callable[..., Any]) -> None:
    book = opened_again(sqlite_book)
    path = book.path
    assert path is not None
    posting = "from tui_ledger.ledger import credit, debit\n"
    posting += "for n in range(400): ledger.post('s', debit('Assets:Bank', 1), credit('Income:Sales', 1))\nanswer = 1"
    for _ in range(2):
        elsewhere(path, posting)
        sell(book, 1)
        shutil.copystat(__file__, path)
        book.check_place()
    assert str(book.balance("Assets:Bank").amount) == "802.00"
    assert book.verify().ok
    book.close()
