"""The guards inside the file: what SQLite itself refuses, whatever program writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import BookRefused
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.database import FORMAT

Connect = Callable[..., sqlite3.Connection]

BANK = "(SELECT id FROM accounts WHERE name = 'Assets:Bank')"
CASH = "(SELECT id FROM accounts WHERE name = 'Assets:Cash')"
SALES = "(SELECT id FROM accounts WHERE name = 'Income:Sales')"
DOLLARS = "(SELECT id FROM accounts WHERE name = 'Assets:Dollars')"
SEAL = "UPDATE transactions SET sealed = 1 WHERE number = 4"


def transaction(
    number: int = 4, day: str = "2026-05-01", reverses: str = "NULL", sealed: int = 0, verb: str = "INSERT"
) -> str:
    columns = "(number, date, memo, tags, data, reverses, voided, closing, sealed)"
    return (
        f"{verb} INTO transactions {columns} VALUES ({number}, '{day}', '', '[]', '{{}}', {reverses}, 0, 0, {sealed})"
    )


def posting(
    account: str, amount: str, number: int = 4, line: int = 1, day: str = "2026-05-01", verb: str = "INSERT"
) -> str:
    columns = "(account, date, number, line, amount, balance, price_total, conversion, status)"
    return f"{verb} INTO postings {columns} VALUES ({account}, '{day}', {number}, {line}, {amount}, 0, 0, 0, 0)"


def account(
    row: str, key: str = "x", code: str = "NULL", currency: str = "EUR", verb: str = "INSERT OR REPLACE"
) -> str:
    columns = "(id, name, name_key, code, type, currency, cash, placeholder)"
    return f"{verb} INTO accounts {columns} VALUES ({row}, 'X', '{key}', {code}, 'asset', '{currency}', 0, 0)"


def change(seq: str, key: str = "NULL", length: int = 32, verb: str = "INSERT") -> str:
    columns = "(seq, act, kind, at, actor, key, hash)"
    return f"{verb} INTO changes {columns} SELECT {seq}, 1, 'x', 'now', 'x', {key}, zeroblob({length}) FROM changes"


NEW = transaction()
FOREIGN_KEY = "FOREIGN KEY"

HOSTILE: dict[str, tuple[str, list[str]]] = {
    "an unbalanced transaction without a seal": (
        FOREIGN_KEY,
        [NEW, posting(BANK, "100"), posting(SALES, "-90", line=2)],
    ),
    "a balanced transaction without a seal": (FOREIGN_KEY, [NEW, posting(BANK, "100"), posting(SALES, "-100", line=2)]),
    "an unbalanced transaction sealed": (
        "debits and credits differ",
        [NEW, posting(BANK, "100"), posting(SALES, "-90", line=2), SEAL],
    ),
    "a transaction balanced only over two currencies": (
        "debits and credits differ",
        [NEW, posting(BANK, "100"), posting(DOLLARS, "-100", line=2), SEAL],
    ),
    "a transaction of one posting": ("debits and credits differ", [NEW, posting(BANK, "100"), SEAL]),
    "a transaction of no posting": ("two postings or more", [NEW, SEAL]),
    "a transaction inserted sealed": ("sealed after its postings", [transaction(sealed=1)]),
    "a seal that is none": ("NOT NULL", [NEW, "UPDATE transactions SET sealed = NULL WHERE number = 4"]),
    "a posting of no transaction": (
        FOREIGN_KEY,
        [posting(BANK, "5", number=99), posting(SALES, "-5", number=99, line=2)],
    ),
    "a posting to no account": (FOREIGN_KEY, [NEW, posting("999", "5"), posting("999", "-5", line=2), SEAL]),
    "a posting dated otherwise than its transaction": (
        FOREIGN_KEY,
        [NEW, posting(BANK, "5", day="2026-05-02"), posting(SALES, "-5", line=2, day="2026-05-02"), SEAL],
    ),
    "a pair of postings added without a seal": (
        FOREIGN_KEY,
        [posting(BANK, "5", 1, 3, "2026-01-10"), posting(SALES, "-5", 1, 4, "2026-01-10")],
    ),
    "an unreal day": ("CHECK", [transaction(day="2026-02-30")]),
    "a day in other words": ("CHECK", [transaction(day="1 May 2026")]),
    "a day of a moment": ("CHECK", [transaction(day="2026-05-01T10:00")]),
    "a day of today": ("CHECK", [transaction(day="now")]),
    "a gap in the numbers": ("no gaps", [transaction(5)]),
    "the number zero": ("no gaps", [transaction(0)]),
    "a transaction deleted": ("never deleted", ["DELETE FROM transactions WHERE number = 3"]),
    "a transaction deleted with its postings": (
        "never deleted",
        ["DELETE FROM postings WHERE number = 3", "DELETE FROM transactions WHERE number = 3"],
    ),
    "the postings of a transaction deleted": (FOREIGN_KEY, ["DELETE FROM postings WHERE number = 3"]),
    "the postings of a transaction deleted and it sealed": (
        "two postings or more",
        ["DELETE FROM postings WHERE number = 3", "UPDATE transactions SET sealed = 1 WHERE number = 3"],
    ),
    "one posting deleted": (FOREIGN_KEY, ["DELETE FROM postings WHERE number = 1 AND line = 1"]),
    "a transaction renumbered": ("numbers never change", ["UPDATE transactions SET number = 9 WHERE number = 3"]),
    "a transaction replaced": ("no gaps", [transaction(2, verb="INSERT OR REPLACE")]),
    "a reversal replaced by another": ("never deleted", [transaction(4, reverses="1", verb="INSERT OR REPLACE")]),
    "a posting replaced": ("posting exists", [posting(BANK, "7", 1, 1, "2026-01-10", "INSERT OR REPLACE")]),
    "a posting replaced by an update": (
        FOREIGN_KEY,
        ["UPDATE OR REPLACE postings SET line = 1 WHERE number = 1 AND line = 2"],
    ),
    "an account replaced": ("account exists", [account(BANK)]),
    "an account replaced by its name": ("account exists", [account("99", key="assets:bank")]),
    "an unused account replaced by its code": ("account exists", [account("99", code="'6000'")]),
    "a change replaced": ("no gaps", [change("1", verb="INSERT OR REPLACE")]),
    "a change replaced by its key": ("key was used", [change("max(seq) + 1", key="'k1'", verb="INSERT OR REPLACE")]),
    "a gap in the history": ("no gaps", [change("max(seq) + 2")]),
    "a change with a short hash": ("CHECK", [change("max(seq) + 1", length=31)]),
    "the history rewritten": ("append-only", ["UPDATE changes SET actor = 'somebody' WHERE seq = 2"]),
    "the history deleted": ("append-only", ["DELETE FROM changes"]),
    "the end of the history cut off": (
        "append-only",
        ["DELETE FROM changes WHERE seq = (SELECT max(seq) FROM changes)"],
    ),
    "the type of a used account changed": (
        "keeps its type",
        [f"UPDATE accounts SET type = 'liability' WHERE id = {BANK}"],
    ),
    "the currency of a used account changed": (
        "keeps its type",
        [f"UPDATE accounts SET currency = 'USD' WHERE id = {BANK}"],
    ),
    "a used account renumbered": ("keeps its type", [f"UPDATE accounts SET id = 99 WHERE id = {BANK}"]),
    "a used account deleted": ("never deleted", [f"DELETE FROM accounts WHERE id = {BANK}"]),
    "an account of no type": ("CHECK", [f"UPDATE accounts SET type = 'money' WHERE id = {CASH}"]),
    "an account in no currency": (FOREIGN_KEY, [f"UPDATE accounts SET currency = 'ABC' WHERE id = {CASH}"]),
    "a currency in use deleted": (FOREIGN_KEY, ["DELETE FROM currencies WHERE code = 'EUR'"]),
    "a text for an amount": ("cannot store TEXT", [posting(BANK, "'ten'", 1, 3, "2026-01-10")]),
    "bytes for an amount": ("cannot store BLOB", [posting(BANK, "x'05'", 1, 3, "2026-01-10")]),
    "a fraction for an amount": ("cannot store REAL", [posting(BANK, "1.5", 1, 3, "2026-01-10")]),
    "a text for a balance": ("cannot store TEXT", ["UPDATE postings SET balance = 'much'"]),
    "a posting of zero": ("CHECK", ["UPDATE postings SET amount = 0 WHERE number = 1"]),
    "an amount too large": ("CHECK", [posting(BANK, "4000000000000000001", 1, 3, "2026-01-10")]),
    "a balance too large": ("CHECK", ["UPDATE postings SET balance = 4000000000000000001"]),
    "an amount changed": (FOREIGN_KEY, ["UPDATE postings SET amount = 5 WHERE number = 1 AND line = 1"]),
    "an amount changed and sealed": (
        "debits and credits differ",
        [
            "UPDATE postings SET amount = 5 WHERE number = 1 AND line = 1",
            "UPDATE transactions SET sealed = 1 WHERE number = 1",
        ],
    ),
    "a posting moved to another account": (
        FOREIGN_KEY,
        [f"UPDATE postings SET account = {CASH} WHERE number = 1 AND line = 1"],
    ),
    "a posting moved to another day": (
        FOREIGN_KEY,
        ["UPDATE postings SET date = '2026-01-11' WHERE number = 1 AND line = 1"],
    ),
    "a posting moved to another day and sealed": (
        FOREIGN_KEY,
        [
            "UPDATE postings SET date = '2026-01-11' WHERE number = 1",
            "UPDATE transactions SET sealed = 1 WHERE number = 1",
        ],
    ),
    "a transaction moved to another day": (
        FOREIGN_KEY,
        ["UPDATE transactions SET date = '2026-01-11' WHERE number = 1"],
    ),
    "a posting moved to another transaction": (
        FOREIGN_KEY,
        ["UPDATE postings SET number = 2, line = 3, date = '2026-02-10' WHERE number = 1 AND line = 1"],
    ),
    "a transaction voided with its postings": (FOREIGN_KEY, ["UPDATE transactions SET voided = 1 WHERE number = 3"]),
    "a transaction voided and sealed with its postings": (
        "has no postings",
        ["UPDATE transactions SET voided = 1 WHERE number = 3", "UPDATE transactions SET sealed = 1 WHERE number = 3"],
    ),
    "a second reversal": ("UNIQUE", ["UPDATE transactions SET reverses = 1 WHERE number = 2"]),
    "a reversal of nothing": (FOREIGN_KEY, ["UPDATE transactions SET reverses = 99 WHERE number = 2"]),
    "the seal taken away": ("seal stays", ["DELETE FROM seal"]),
    "another seal": ("CHECK", ["UPDATE seal SET value = 0"]),
    "the book taken away": ("book stays", ["DELETE FROM book"]),
    "a second book": (
        "CHECK",
        ["INSERT INTO book SELECT 2, book_key, currency, strict, fiscal_year_start, NULL, 1, created_at FROM book"],
    ),
    "an unreal closed day": ("CHECK", ["UPDATE book SET closed_through = '2026-02-30'"]),
}

HOSTILE_TO_A_CLOSED_PERIOD: dict[str, list[str]] = {
    "a transaction inserted": [transaction(day="2026-01-31")],
    "a posting inserted": [posting(BANK, "5", 1, 3, "2026-01-10")],
    "a posting deleted": ["DELETE FROM postings WHERE number = 1"],
    "an amount changed": ["UPDATE postings SET amount = amount + 1 WHERE number = 1"],
    "a posting's memo changed": ["UPDATE postings SET memo = 'x' WHERE number = 1"],
    "an account changed": [f"UPDATE postings SET account = {CASH} WHERE number = 1 AND line = 1"],
    "a memo changed": ["UPDATE transactions SET memo = 'x' WHERE number = 1"],
    "a payee changed": ["UPDATE transactions SET payee = 'x' WHERE number = 1"],
    "a transaction voided": ["UPDATE transactions SET voided = 1 WHERE number = 1"],
    "a transaction moved out": ["UPDATE transactions SET date = '2026-02-05' WHERE number = 1"],
    "a transaction moved in": ["UPDATE transactions SET date = '2026-01-05' WHERE number = 2"],
    "a posting moved in": ["UPDATE postings SET date = '2026-01-05' WHERE number = 2"],
    "a posting moved out": [
        "UPDATE postings SET date = '2026-02-10', number = 2, line = 9 WHERE number = 1 AND line = 1"
    ],
}

ACCEPTED: dict[str, list[str]] = {
    "a balanced transaction sealed": [NEW, posting(BANK, "100"), posting(SALES, "-100", line=2), SEAL],
    "a pair of postings added and sealed": [
        posting(BANK, "5", 2, 3, "2026-02-10"),
        posting(SALES, "-5", 2, 4, "2026-02-10"),
        "UPDATE transactions SET sealed = 1 WHERE number = 2",
    ],
    "a transaction voided without its postings": [
        "DELETE FROM postings WHERE number = 3",
        "UPDATE transactions SET voided = 1 WHERE number = 3",
        "UPDATE transactions SET sealed = 1 WHERE number = 3",
    ],
    "a transaction moved with its postings": [
        "UPDATE transactions SET date = '2026-02-11' WHERE number = 2",
        "UPDATE transactions SET sealed = 1 WHERE number = 2",
    ],
    "an account opened": [account("99", code="'9'", verb="INSERT")],
    "a change appended": [change("max(seq) + 1", key="'k2'")],
    "an unused account deleted": ["DELETE FROM accounts WHERE name = 'Expenses:Rent'"],
    "a balance rebuilt on a closed day": ["UPDATE postings SET balance = balance + 1 WHERE number = 1"],
    "a posting of a closed day reconciled": ["UPDATE postings SET status = 2 WHERE number = 1"],
    "a transaction of a closed day reversed": [
        transaction(reverses="3"),
        posting(BANK, "100"),
        posting(SALES, "-100", line=2),
        SEAL,
    ],
}


@pytest.fixture
def guarded(book: Ledger) -> Path:
    """A book of three transactions, the third a reversal of the first, with a key in its history."""
    book.post("January", debit("Assets:Bank", 10), credit("Income:Sales", 10), date="2026-01-10", key="k1")
    book.post("February", debit("Assets:Bank", 20), credit("Income:Sales", 20), date="2026-02-10")
    book.reverse(1, date="2026-03-10")
    assert book.path is not None
    book.close()
    return book.path


def run(connection: sqlite3.Connection, statements: list[str]) -> None:
    """The statements as one write; when one of them or the commit fails, nothing of it stays."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise


@pytest.mark.parametrize("case", HOSTILE)
def test_sqlite_refuses(guarded: Path, raw_connection: Connect, stored: Callable[[Path], Any], case: str) -> None:
    before, (reason, statements) = stored(guarded), HOSTILE[case]
    with pytest.raises(sqlite3.IntegrityError, match=reason):
        run(raw_connection(guarded), statements)
    assert stored(guarded) == before
    with Ledger.open(guarded) as ledger:
        assert ledger.verify().ok


@pytest.mark.parametrize("case", HOSTILE_TO_A_CLOSED_PERIOD)
def test_sqlite_refuses_in_a_closed_period(
    guarded: Path, raw_connection: Connect, stored: Callable[[Path], Any], case: str
) -> None:
    connection = raw_connection(guarded)
    connection.execute("UPDATE book SET closed_through = '2026-01-31'")
    before = stored(guarded)
    with pytest.raises(sqlite3.IntegrityError, match="the period is closed"):
        run(connection, HOSTILE_TO_A_CLOSED_PERIOD[case])
    assert stored(guarded) == before


@pytest.mark.parametrize("case", ACCEPTED)
def test_sqlite_accepts(guarded: Path, raw_connection: Connect, case: str) -> None:
    connection = raw_connection(guarded)
    connection.execute("UPDATE book SET closed_through = '2026-01-31'")
    run(connection, ACCEPTED[case])
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_a_guard_refuses_is_the_ledger_s_own_error_and_nothing_is_written(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.post("January", debit("Assets:Bank", 10), credit("Income:Sales", 10))
    for statement in (
        "DELETE FROM transactions",
        "UPDATE postings SET amount = 1",
        "UPDATE book SET closed_through = 'x'",
    ):
        with untouched(book), pytest.raises(BookRefused, match="nothing was written"), book.write():  # noqa: PT012
            book.transfer("Assets:Bank", "Assets:Cash", 1)
            book._database.execute(statement)
            book._database.execute("UPDATE transactions SET sealed = 1")


@pytest.mark.sqlite_only
def test_the_program_itself_writes_with_every_guard_on(book: Ledger) -> None:
    pragmas = {
        name: book._database.value(f"PRAGMA {name}")
        for name in (
            "foreign_keys",
            "recursive_triggers",
            "trusted_schema",
            "cell_size_check",
            "synchronous",
            "journal_mode",
            "busy_timeout",
            "application_id",
            "user_version",
        )
    }
    assert pragmas == {
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "synchronous": 2,
        "journal_mode": "wal",
        "busy_timeout": 30_000,
        "application_id": 0x74756C67,
        "user_version": FORMAT,
    }
    strict = book._database.rows(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
    )
    assert len(strict) > 10
    assert {is_strict for _, is_strict in strict} == {1}
