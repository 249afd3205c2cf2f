"""rebuild() puts stored balances right; rebuild_from_history makes the whole book anew out of its history alone."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.acts.books import with_first_accounts
from tests.acts.clerk import Clerk
from tests.ledger.conftest import frozen
from tests.ledger.lives import (
    BANK,
    SALES,
    blank_pages,
    damages,
    files_in,
    killed_at_moments,
    live,
    one_file,
    pages_of,
    tampered,
    without_own_marks,
)
from tests.postgres_server import PostgresServer
from tui_ledger import errors
from tui_ledger.demo import make_demo
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.ledger.rebuilding import rebuild_from_history

Stored = Callable[[Path | str], dict[str, Any]]
DAMAGES = int(os.environ.get("TUI_LEDGER_TEST_DAMAGES", "12"))


def bend(book: Ledger, condition: str = "1 = 1") -> None:
    """Stored balances off by one, which no guard sees."""
    with book._database.write():
        book._database.execute(f"UPDATE postings SET balance = balance + 1 WHERE {condition}")


def test_rebuild_puts_every_stored_balance_right_in_closed_periods_too(book: Ledger, stored: Stored) -> None:
    live(book)
    before = stored(book.place)["postings"]
    bend(book)
    assert not book.verify().ok
    found = book.rebuild()
    assert stored(book.place)["postings"] == before
    assert book.verify(replay=True).ok
    assert {one.account for one in found} == {row.name for row in book.accounts() if len(book.register(row)) > 0}
    assert sum(one.rows for one in found) == len(before)


def test_rebuild_says_from_which_row_on_an_account_was_wrong(book: Ledger) -> None:
    for number, day in ((1, "2026-01-10"), (2, "2026-01-31"), (3, "2026-01-20")):
        book.post(f"Sale {number}", debit(BANK, number), credit(SALES, number), date=day)
    bend(book, f"number IN (2, 3) AND account = {book.account(SALES).id}")
    (found,) = book.rebuild()
    assert (found.account, found.rows, found.transaction, found.expected, found.found) == (
        SALES,
        2,
        3,
        "-4.00",
        "-3.99",
    )


def test_rebuild_is_one_act_of_the_history_that_names_the_accounts(book: Ledger) -> None:
    book.post("Sale", debit(BANK, 5), credit(SALES, 5))
    bend(book)
    book.rebuild(actor="ada")
    first, second = reversed(book.latest_changes(2))
    assert {first.kind, second.kind} == {"rebuild"}
    assert first.act == second.act == first.seq
    assert {first.actor, second.actor} == {"ada"}
    assert first.before == {"account": BANK, "rows": 1, "transaction": 1, "balance": "5.01"}
    assert first.after == {"account": BANK, "rows": 1, "transaction": 1, "balance": "5.00"}
    with pytest.raises(errors.NothingToUndo):
        book.undo(actor="ada")


def test_a_book_that_is_right_is_not_touched_by_rebuild(book: Ledger, untouched: Any) -> None:
    live(book)
    with untouched(book):
        assert book.rebuild() == ()


def test_a_key_puts_right_once_and_tells_the_same_again(book: Ledger) -> None:
    book.post("Sale", debit(BANK, 5), credit(SALES, 5))
    bend(book)
    found = book.rebuild(key="r")
    assert len(found) == 2
    assert book.rebuild(key="r") == found
    assert book.verify().ok


def test_a_book_opened_for_reading_is_not_rebuilt(book: Ledger) -> None:
    book.post("Sale", debit(BANK, 5), credit(SALES, 5))
    bend(book)
    with Ledger.open(book.place if book.path is None else book.path, read_only=True) as reading:
        with pytest.raises(errors.BookReadOnly):
            reading.rebuild()
        assert not reading.verify().ok


def test_rebuild_can_be_stopped_and_then_wrote_nothing(book: Ledger) -> None:
    book.post("Sale", debit(BANK, 5), credit(SALES, 5))
    bend(book)
    head = book.head

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.rebuild(progress=stop)
    assert book.head == head
    assert not book.verify().ok
    assert len(book.rebuild()) == 2


@pytest.fixture
def kept(sqlite_book: Ledger) -> Path:
    """Such a book in a file."""
    with sqlite_book as ledger:
        live(ledger)
    assert ledger.path is not None
    one_file(ledger.path)
    return ledger.path


def test_a_book_made_of_the_history_has_every_row_of_the_one_it_came_from(
    book: Ledger, tmp_path: Path, stored: Stored
) -> None:
    live(book)
    made = rebuild_from_history(book._database.path or book.place, tmp_path / "new.ledger")
    assert (made.reason, made.lost_changes, made.lost_transactions) == (None, 0, ())
    assert made.verification.ok
    assert made.verification.head == book.head
    assert without_own_marks(stored(tmp_path / "new.ledger")) == without_own_marks(stored(book.place))
    with Ledger.open(tmp_path / "new.ledger", clock=frozen) as new:
        assert new.verify(replay=True).ok
        assert new.post("Next", debit(BANK, 1), credit(SALES, 1)).number == len(book.journal()) + 1
        with pytest.raises(errors.PeriodClosed):
            new.post("Early", debit(BANK, 1), credit(SALES, 1), date="2026-01-31")


def test_a_book_can_be_rebuilt_onto_a_server(
    kept: Path, postgres_server: PostgresServer, new_database: Callable[[], str], stored: Stored
) -> None:
    target = postgres_server.url(new_database())
    assert rebuild_from_history(kept, target).verification.ok
    assert without_own_marks(stored(target)) == without_own_marks(stored(kept))


def test_the_demo_book_is_its_history(tmp_path: Path, stored: Stored) -> None:
    demo = make_demo(tmp_path)
    rebuild_from_history(demo, tmp_path / "new.ledger")
    assert without_own_marks(stored(tmp_path / "new.ledger")) == without_own_marks(stored(demo))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_done_the_history_gives_the_book(seed: int, tmp_path: Path, stored: Stored) -> None:
    path = tmp_path / "random.ledger"
    with with_first_accounts(Ledger.create(path, "EUR", clock=frozen)) as ledger:
        clerk = Clerk(ledger, random.Random(seed))
        for _ in range(120):
            clerk.act()
        verification = ledger.verify(replay=True)
        assert verification.ok, verification.discrepancies
    rebuild_from_history(path, tmp_path / "new.ledger")
    assert without_own_marks(stored(tmp_path / "new.ledger")) == without_own_marks(stored(path))


HARMS: dict[str, list[str]] = {
    "postings gone": ["DELETE FROM postings"],
    "transactions gone": ["DELETE FROM postings", "DELETE FROM transactions WHERE number > 3"],
    "accounts gone": ["DELETE FROM accounts"],
    "the book's row gone": ["DELETE FROM book"],
    "settings gone": ["DELETE FROM settings"],
    "amounts bent": ["UPDATE postings SET amount = amount * 3"],
    "a lock bent": ["UPDATE book SET closed_through = '2026-12-31'"],
    "currencies gone": ["DELETE FROM currencies", "DELETE FROM prices"],
    "another rate": ["UPDATE prices SET rate = '2'"],
}


@pytest.mark.parametrize("harm", HARMS)
def test_the_history_gives_back_what_the_tables_lost(kept: Path, tmp_path: Path, stored: Stored, harm: str) -> None:
    before = without_own_marks(stored(kept))
    tampered(kept, *HARMS[harm])
    rebuild_from_history(kept, tmp_path / "new.ledger")
    assert without_own_marks(stored(tmp_path / "new.ledger")) == before


SCHEMES: dict[str, list[str]] = {
    "guards dropped": ["DROP TRIGGER history_is_never_rewritten", "DROP TRIGGER sealing_checks_the_sums"],
    "tables dropped": ["DROP TABLE postings", "DROP TABLE prices", "DROP TABLE settings"],
    "an index dropped": ["DROP INDEX changes_by_transaction"],
    "a column more": ["ALTER TABLE accounts ADD COLUMN colour TEXT"],
    "an evil guard": ["CREATE TRIGGER evil AFTER INSERT ON postings BEGIN DELETE FROM changes; END"],
    "an unreadable entry": [
        "PRAGMA writable_schema = 1",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE postings (' WHERE name = 'postings'",
    ],
    "a newer format": ["PRAGMA user_version = 99"],
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_book_that_is_not_opened_any_more_is_made_anew(
    kept: Path, tmp_path: Path, stored: Stored, scheme: str
) -> None:
    before = without_own_marks(stored(kept))
    one_file(kept)
    with closing(sqlite3.connect(kept, isolation_level=None)) as connection:
        for statement in SCHEMES[scheme]:
            connection.execute(statement)
    with pytest.raises(errors.LedgerError):
        Ledger.open(kept)
    rebuild_from_history(kept, tmp_path / "new.ledger")
    assert without_own_marks(stored(tmp_path / "new.ledger")) == before


def test_unreadable_pages_of_every_other_table_do_no_harm(kept: Path, tmp_path: Path, stored: Stored) -> None:
    before = without_own_marks(stored(kept))
    one_file(kept)
    blank_pages(kept, pages_of(kept, *(before.keys() - {"changes"})))
    rebuild_from_history(kept, tmp_path / "new.ledger")
    assert without_own_marks(stored(tmp_path / "new.ledger")) == before


BROKEN: dict[str, tuple[str, str]] = {
    "a body altered": ("UPDATE changes SET after = replace(after, 'Sale 2', 'Sale x') WHERE number = 2", "was altered"),
    "a row gone": ("DELETE FROM changes WHERE number = 2", "is missing"),
    "a hash altered": ("UPDATE changes SET hash = zeroblob(32) WHERE number = 2", "was altered"),
    "a body emptied": ("UPDATE changes SET after = NULL WHERE number = 2", "was altered"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_history_that_breaks_is_refused_with_the_last_change_that_is_whole(
    kept: Path, tmp_path: Path, case: str
) -> None:
    statement, reason = BROKEN[case]
    with Ledger.open(kept) as ledger:
        last = ledger.changes_of(2)[0].seq - 1
        changes = ledger.revision
    tampered(kept, statement)
    with pytest.raises(errors.HistoryBroken, match=reason) as refusal:
        rebuild_from_history(kept, tmp_path / "new.ledger")
    # Where the next change is gone, the act before it may have gone on.
    assert refusal.value.values["kept"] == (last - 1 if case == "a row gone" else last)
    assert refusal.value.values["changes"] == changes
    assert "--as-far-as-it-goes" in str(refusal.value)
    assert "new.ledger" not in " ".join(files_in(tmp_path))


def test_as_far_as_it_goes_is_the_book_as_it_was_there(kept: Path, tmp_path: Path) -> None:
    with Ledger.open(kept) as ledger:
        whole = ledger.latest_changes(1000)
        broken = ledger.changes_of(3)[0].seq
    tampered(kept, "UPDATE changes SET actor = 'x' WHERE number = 3")
    made = rebuild_from_history(kept, tmp_path / "new.ledger", as_far_as_it_goes=True)
    assert made.reason is not None
    assert made.lost_changes == whole[0].seq - broken + 1
    assert set(made.lost_transactions) == {one.number for one in whole if one.seq >= broken and one.number}
    with Ledger.open(tmp_path / "new.ledger", clock=frozen) as new:
        assert [one.memo for one in new.journal()] == ["Sale 2", "Sale 1"]
        assert str(new.balance(BANK).amount) == "3.00"
        assert new.verify(replay=True).ok
        assert new.revision == broken - 1


def test_half_an_act_is_left_out(kept: Path, tmp_path: Path) -> None:
    with Ledger.open(kept) as ledger:
        inside = ledger.changes_of(20)[0]
    assert inside.act < inside.seq
    tampered(kept, "UPDATE changes SET actor = 'x' WHERE number = 20")
    made = rebuild_from_history(kept, tmp_path / "new.ledger", as_far_as_it_goes=True)
    with Ledger.open(tmp_path / "new.ledger") as new:
        assert new.revision == inside.act - 1
        assert len(new.journal()) == 5
    assert made.verification.ok


def test_an_act_before_a_gap_may_have_been_torn_and_is_left_out(kept: Path, tmp_path: Path) -> None:
    with Ledger.open(kept) as ledger:
        gap = ledger.changes_of(3)[0].seq
    tampered(kept, "DELETE FROM changes WHERE number = 3")
    rebuild_from_history(kept, tmp_path / "new.ledger", as_far_as_it_goes=True)
    with Ledger.open(tmp_path / "new.ledger") as new:
        assert new.revision == gap - 2
        assert [one.memo for one in new.journal()] == ["Sale 1"]


def test_an_end_that_anchors_know_of_is_missed(sqlite_book: Ledger, tmp_path: Path) -> None:
    with sqlite_book as ledger:
        live(ledger).backup()
        seq, number = ledger.revision, len(ledger.journal())
        path = tmp_path / "shop.ledger"
    tampered(path, f"DELETE FROM changes WHERE seq = {seq}")
    with pytest.raises(errors.HistoryBroken, match=f"ends at change {seq - 1}, and change {seq} was noted at"):
        rebuild_from_history(path, tmp_path / "new.ledger")
    made = rebuild_from_history(path, tmp_path / "new.ledger", as_far_as_it_goes=True)
    assert (made.lost_changes, made.verification.checked["transactions"]) == (1, number - 1)


def test_a_book_without_a_history_cannot_be_made_anew(kept: Path, tmp_path: Path) -> None:
    tampered(kept, "DELETE FROM changes")
    with pytest.raises(errors.BookNotMade, match="no change"):
        rebuild_from_history(kept, tmp_path / "new.ledger", as_far_as_it_goes=True)


def test_nothing_is_ever_written_over(kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ledger"
    other.write_text("mine")
    for target in (other, kept):
        before = target.read_bytes()
        with pytest.raises(errors.BookExists):
            rebuild_from_history(kept, target)
        assert target.read_bytes() == before
    with pytest.raises(errors.BookNotMade, match="no folder"):
        rebuild_from_history(kept, tmp_path / "nowhere" / "new.ledger")


def test_a_rebuilding_that_is_stopped_leaves_nothing(tmp_path: Path, sqlite_book: Ledger) -> None:
    with sqlite_book as ledger:
        ledger.post_batch(Draft(ledger.today, "Sale", (debit(BANK, 1), credit(SALES, 1))) for _ in range(6000))
    calls: list[int] = []

    def stop(done: int, total: int) -> None:
        calls.append(done)
        if len(calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_from_history(tmp_path / "shop.ledger", tmp_path / "new.ledger", progress=stop)
    assert [name for name in files_in(tmp_path) if not name.startswith("shop.ledger")] == []


def test_a_rebuilding_killed_at_any_moment_leaves_no_half_book(kept: Path, tmp_path: Path) -> None:
    imports = "from tui_ledger.ledger.rebuilding import rebuild_from_history"
    act = "rebuild_from_history(sys.argv[2], sys.argv[3])"
    new, again = tmp_path / "new.ledger", tmp_path / "again.ledger"
    for _ in killed_at_moments(imports, f"{act}; os.unlink(sys.argv[3])", [kept, new], 8):
        if new.exists():
            with Ledger.open(new) as made:
                assert made.verify().ok
            new.unlink()
    assert rebuild_from_history(kept, again).verification.ok


def test_rebuilding_does_not_change_the_old_book(kept: Path, tmp_path: Path) -> None:
    tampered(kept, "DELETE FROM postings")
    one_file(kept)
    before = kept.read_bytes()
    rebuild_from_history(kept, tmp_path / "new.ledger")
    assert kept.read_bytes() == before


@pytest.mark.parametrize("place", ["nowhere.ledger", "no-book"])
def test_what_is_no_book_is_not_made_anew(tmp_path: Path, place: str) -> None:
    (tmp_path / "no-book").write_text("a letter")
    with pytest.raises((errors.BookNotFound, errors.NotABook)):
        rebuild_from_history(tmp_path / place, tmp_path / "new.ledger")
    assert not (tmp_path / "new.ledger").exists()


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_a_bent_file_gives_the_whole_book_or_says_what_is_lost(
    kept: Path, tmp_path: Path, stored: Stored, seed: int
) -> None:
    before = without_own_marks(stored(kept))
    one_file(kept)
    choose = random.Random(f"rebuild {seed}")
    content = bytearray(kept.read_bytes())
    damages(choose)(content, choose.randrange(len(content)))
    kept.write_bytes(content)
    target = tmp_path / "new.ledger"
    made = refusal = None
    try:
        made = rebuild_from_history(kept, target, as_far_as_it_goes=True)
    except errors.LedgerError as problem:
        refusal = str(problem)
    if made is None:
        assert str(kept) in str(refusal) or str(target) in str(refusal)
        assert not target.exists()
        return
    with Ledger.open(target) as new:
        assert new.verify(replay=True).ok
        changes = new.revision
    found = without_own_marks(stored(target))
    assert sorted(found["changes"]) == sorted(before["changes"])[:changes]
    assert made.reason is not None or found == before
