"""verify(replay=True): the history played into a new book finds whatever differs in any column of any row."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from peewee import BigIntegerField, ForeignKeyField

from tests.ledger.lives import BANK, RENT, SALES, damages, files_in, live, one_file, tampered
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.ledger.sqlite_database import scratch_book
from tui_ledger.ledger.tables import TABLES, Change, Seal

DAMAGES = int(os.environ.get("TUI_LEDGER_TEST_DAMAGES", "12"))
# A mark without a meaning of its own; what passphrases are checked with, which the history has nothing of but that it
# was set (tests/ledger/test_users.py has what is noticed of it).
WITHOUT_A_MEANING = {("book", "accounts_revision"), ("users", "secret")}
OTHER_TEXT = {
    "date": "2026-05-05",
    "date_from": "2026-05-05",
    "opened": "2026-05-05",
    "closed": "2026-05-05",
    "first_day": "2027-02-01",
    "last_day": "2027-05-31",
    "through": "2026-01-15",
    "closed_through": "2026-01-15",
    "created_at": "2001-01-01T00:00:00.000000Z",
    "fiscal_year_start": "04-01",
    "type": "expense",
    "currency": "JPY",
    "in_currency": "USD",
    "tags": '["other"]',
    "data": '{"other":1}',
    "rate": "7",
    "statement_line": "investing",
    "role": "viewer",
}


def columns() -> list[tuple[str, str, bool]]:
    """(table, column, whether it holds whole numbers) of every column but those of the history."""
    found = [
        (str(table.shape().table_name), field.column_name, isinstance(field, (BigIntegerField, ForeignKeyField)))
        for table in TABLES
        if table not in (Change, Seal)
        for field in table.shape().sorted_fields
    ]
    return [one for one in found if one[:2] not in WITHOUT_A_MEANING]


@pytest.fixture
def kept(sqlite_book: Ledger) -> Path:
    """The file of a book with something of everything."""
    with sqlite_book as ledger:
        live(ledger)
    assert ledger.path is not None
    one_file(ledger.path)
    return ledger.path


def found_by(path: Path, *, replay: bool) -> set[str]:
    with Ledger.open(path) as ledger:
        return {one.kind for one in ledger.verify(replay=replay).discrepancies}


def test_a_book_that_is_right_is_its_history_replayed(book: Ledger) -> None:
    live(book)
    verification = book.verify(replay=True)
    assert verification.discrepancies == ()
    assert verification.head == book.head
    assert verification.checked["transactions"] == len(book.journal())


@pytest.mark.parametrize(("table", "column", "whole"), columns(), ids=str)
def test_a_bent_column_is_found_by_the_replay_and_by_the_stream(
    kept: Path, table: str, column: str, whole: bool
) -> None:
    tampered(kept, bending(table, column, whole))
    assert "replay" in found_by(kept, replay=True)
    assert found_by(kept, replay=False)


def bending(table: str, column: str, whole: bool) -> str:
    """An update of one row that gives a column another value of its kind."""
    condition = "name <> 'schema'" if table == "settings" else "1 = 1"
    other = "7777" if whole else f"'{OTHER_TEXT.get(column, 'other')}'"
    if column in (
        "strict",
        "cash",
        "placeholder",
        "voided",
        "closing",
        "sealed",
        "price_total",
        "conversion",
        "active",
    ):
        other = f"1 - {column}"
    if column == "status":
        other = "2 - status"
    if (table, column) == ("settings", "value"):
        other = "'\"other\"'"
    order = ", ".join(key_of(table))
    row = " AND ".join(
        f"{key} = (SELECT {key} FROM {table} WHERE {condition} ORDER BY {order} LIMIT 1)" for key in key_of(table)
    )
    return f"UPDATE {table} SET {column} = {other} WHERE {row}"


def key_of(table: str) -> tuple[str, ...]:
    shape = next(one.shape() for one in TABLES if one.shape().table_name == table)
    return tuple(getattr(shape.primary_key, "field_names", None) or (shape.primary_key.column_name,))


@pytest.mark.parametrize(
    "table",
    [
        "settings",
        "currencies",
        "prices",
        "accounts",
        "account_attributes",
        "transactions",
        "postings",
        "users",
        "tax_codes",
        "fiscal_years",
        "period_closes",
    ],
)
def test_a_row_that_is_gone_is_found(kept: Path, table: str) -> None:
    order = ", ".join(f"{key} DESC" for key in key_of(table))
    condition = "name <> 'schema'" if table == "settings" else "1 = 1"
    row = " AND ".join(
        f"{key} = (SELECT {key} FROM {table} WHERE {condition} ORDER BY {order} LIMIT 1)" for key in key_of(table)
    )
    tampered(kept, f"DELETE FROM {table} WHERE {row}")
    assert "replay" in found_by(kept, replay=True)
    assert found_by(kept, replay=False)


ROWS_MORE = {
    "settings": "INSERT INTO settings VALUES ('more', '1')",
    "currencies": "INSERT INTO currencies VALUES ('XAU', 4, NULL)",
    "prices": "INSERT INTO prices VALUES ('USD', 'EUR', '2026-06-01', '1')",
    "parties": "INSERT INTO parties VALUES (9, 'eve', 'eve', 'Eve', NULL, 1, '{}')",
    "users": "INSERT INTO users VALUES (9, 'Eve', 'eve', 'administrator', NULL, 1, NULL)",
    "tax_codes": "INSERT INTO tax_codes VALUES ('V5', '2026-01-01', '5', NULL, 1)",
    "account_attributes": "INSERT INTO account_attributes VALUES ('shelf', 'a', 1)",
    "fiscal_years": "INSERT INTO fiscal_years VALUES ('2029-01-01', '2029-12-31')",
    "period_closes": "INSERT INTO period_closes VALUES ('2026-01-02', 3, NULL)",
}


@pytest.mark.parametrize("table", ROWS_MORE)
def test_a_row_too_many_is_found(kept: Path, table: str) -> None:
    tampered(kept, ROWS_MORE[table])
    assert "replay" in found_by(kept, replay=True)
    assert found_by(kept, replay=False)


def test_of_each_account_the_first_bad_row_is_named(kept: Path) -> None:
    tampered(kept, "UPDATE postings SET memo = 'x'")
    with Ledger.open(kept) as ledger:
        found = [one for one in ledger.verify(replay=True).discrepancies if one.kind == "replay"]
        used = sorted(one.name for one in ledger.accounts() if len(ledger.register(one)) > 0)
        first = ledger.register(RENT)[0].transaction
    assert sorted(str(one.account) for one in found) == used
    assert [one.transaction for one in found if one.account == RENT] == [first]
    assert "memo None" in str(found[0].expected)
    assert "memo 'x'" in str(found[0].found)


def test_a_broken_history_is_said_not_to_be_replayed(kept: Path) -> None:
    tampered(kept, "UPDATE changes SET actor = 'x' WHERE number = 3")
    with Ledger.open(kept) as ledger:
        found = {one.kind: one for one in ledger.verify(replay=True).discrepancies}
    assert found.keys() == {"history-chain", "replay"}
    assert "cannot be replayed" in str(found["replay"].found)


def test_a_history_that_was_made_up_is_stopped_by_the_guards(sqlite_book: Ledger) -> None:
    """The chain holds, since it was written through the program's own history, but nothing balances."""
    with sqlite_book as ledger:
        ledger.post("Sale", debit(BANK, 5), credit(SALES, 5))
        with ledger.write():
            act = ledger._act("post", None)
            body: dict[str, Any] = {"number": 1, "date": "2026-06-15"}
            act.record(number=1, after={**body, "postings": [{"account": BANK, "amount": "5.00"}]})
        found = [one for one in ledger.verify(replay=True).discrepancies if one.kind == "replay"]
    assert len(found) == 1
    assert "debits and credits differ" in str(found[0].found)


def test_a_replay_can_be_stopped_at_any_time_and_leaves_nothing(
    book: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    book.post_batch(Draft(book.today, "Sale", (debit(BANK, 1), credit(SALES, 1))) for _ in range(9000))
    seen: list[tuple[int, int]] = []
    assert book.verify(lambda done, total: seen.append((done, total)), replay=True).ok
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len({total for _, total in seen}) == 1
    assert len(seen) >= 3
    for last in range(1, len(seen) + 1):
        calls: list[int] = []

        def stop(done: int, total: int, calls: list[int] = calls, last: int = last) -> None:
            calls.append(done)
            if len(calls) == last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            book.verify(stop, replay=True)
    assert [name for name in files_in(tmp_path) if not name.startswith("shop.ledger")] == []
    assert book.post("Sale", debit(BANK, 1), credit(SALES, 1)).number == 9001


def test_a_scratch_book_has_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    scratch = scratch_book()
    with scratch.write():
        scratch.execute("INSERT INTO currencies (code, digits) VALUES ('EUR', 2)")
    assert scratch.value("SELECT count(*) FROM currencies") == 1
    assert files_in(tmp_path) == []
    scratch.close()


def test_a_replay_writes_nothing_into_the_book(book: Ledger, untouched: Callable[..., Any]) -> None:
    live(book)
    with untouched(book):
        assert book.verify(replay=True).ok


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_what_is_bent_in_the_file_is_found_or_did_no_harm(kept: Path, seed: int) -> None:
    with Ledger.open(kept) as ledger:
        before = [ledger.transaction(number) for number in range(1, len(ledger.journal()) + 1)]
    one_file(kept)
    choose = random.Random(f"replay {seed}")
    content = bytearray(kept.read_bytes())
    damages(choose)(content, choose.randrange(len(content)))
    kept.write_bytes(content)
    try:
        ledger = Ledger.open(kept)
    except LedgerError:
        return
    with ledger:
        noticed = not ledger.verify(replay=True).ok
        try:
            found = [ledger.transaction(number) for number in range(1, len(before) + 1)]
        except LedgerError:
            found = []
    assert noticed or found == before
