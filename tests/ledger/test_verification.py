"""verify() finds what the guards cannot see, and names the first bad row of each account."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.errors import BookDamaged, LedgerClosed
from tui_ledger.ledger import Discrepancy, Draft, Ledger, credit, debit
from tui_ledger.ledger.findings import posting_digest
from tui_ledger.ledger.history import GENESIS, chained_hash

Connect = Callable[..., sqlite3.Connection]
BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
MERSENNE = 2**61 - 1


@pytest.fixture
def kept(book: Ledger) -> Path:
    """A closed book of six transactions; Bank has five rows, in another order than their numbers."""
    with book.write():
        book.set_setting("locale", "de")
        book.open_account("Liabilities:Member", "liability", attributes={"user": 7})
        for number, day in ((1, "2026-01-10"), (2, "2026-01-31"), (3, "2026-01-20"), (4, "2026-02-10")):
            book.post(
                f"Sale {number}", debit(BANK, number), credit(SALES, number), date=day, payee="Ann", data={"n": number}
            )
        book.post("Split", debit(RENT, "0.03"), credit(CASH, "0.01"), credit(BANK, "0.02"), date="2026-03-01")
        book.post("Dollars", debit("Assets:Dollars", 5), credit("Equity:Dollars", 5), date="2026-03-02", key="k6")
    assert book.path is not None
    book.close()
    return book.path


@pytest.fixture
def tampered(raw_connection: Connect) -> Callable[..., None]:
    """Changes a book as somebody would who knows how: guards off, then everything as it was before."""

    def tamper(path: Path, *statements: str) -> None:
        connection = raw_connection(path, foreign_keys=False, recursive_triggers=False)
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN")
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.close()

    return tamper


def found_in(path: Path) -> tuple[Discrepancy, ...]:
    with Ledger.open(path) as ledger:
        verification = ledger.verify()
        assert verification.ok is not bool(verification.discrepancies)
        return verification.discrepancies


def kinds(path: Path) -> list[tuple[str, str | None, int | None]]:
    return [(found.kind, found.account, found.transaction) for found in found_in(path)]


def posting(number: int, line: int) -> str:
    return f"number = {number} AND line = {line}"


ORPHAN = (
    "INSERT INTO postings SELECT account, date, 99, 1, 5, balance + 5, NULL, NULL, NULL, 0, 0, 0 "
    f"FROM postings WHERE {posting(5, 2)}"
)
COPY_OF_THE_LAST = (
    (
        "INSERT INTO transactions SELECT 7, date, memo, payee, reference, tags, data, NULL, 0, 0, NULL, 1 "
        "FROM transactions WHERE number = 6"
    ),
    (
        "INSERT INTO postings SELECT account, date, 7, line, amount, balance + amount, NULL, NULL, NULL, 0, 0, 0 "
        "FROM postings WHERE number = 6"
    ),
)
ACCOUNT_MORE = (
    "INSERT INTO accounts (id, name, name_key, type, currency, cash, placeholder) "
    "VALUES (99, 'X', 'x', 'asset', 'EUR', 0, 0)"
)

TAMPERED: dict[str, tuple[list[str], list[tuple[str, str | None, int | None]]]] = {
    "a memo": (["UPDATE transactions SET memo = 'x' WHERE number = 2"], [("history-body", None, 2)]),
    "a payee": (["UPDATE transactions SET payee = 'Bob' WHERE number = 2"], [("history-body", None, 2)]),
    "a reference": (["UPDATE transactions SET reference = 'R' WHERE number = 2"], [("history-body", None, 2)]),
    "tags": (["UPDATE transactions SET tags = '[\"x\"]' WHERE number = 2"], [("history-body", None, 2)]),
    "data": (["UPDATE transactions SET data = '{\"n\":3}' WHERE number = 2"], [("history-body", None, 2)]),
    "a link to a reversal": (["UPDATE transactions SET reverses = 1 WHERE number = 2"], [("history-body", None, 2)]),
    "a closing mark": (["UPDATE transactions SET closing = 1 WHERE number = 2"], [("history-body", None, 2)]),
    "a batch": (["UPDATE transactions SET batch = 9 WHERE number = 2"], [("history-body", None, 2)]),
    "a posting's memo": ([f"UPDATE postings SET memo = 'x' WHERE {posting(2, 1)}"], [("history-body", None, 2)]),
    "a posting's status": ([f"UPDATE postings SET status = 2 WHERE {posting(2, 1)}"], [("history-body", None, 2)]),
    "a posting's price": ([f"UPDATE postings SET price = '2' WHERE {posting(2, 1)}"], [("history-body", None, 2)]),
    "a date, balances too": (
        [
            "UPDATE postings SET date = '2026-02-01' WHERE number = 2",
            "UPDATE transactions SET date = '2026-02-01' WHERE number = 2",
        ],
        [("history-body", None, 2)],
    ),
    "a posting's date": (
        [f"UPDATE postings SET date = '2026-02-01' WHERE {posting(2, 1)}"],
        [("history-body", None, 2)],
    ),
    "lines changed about": (
        [
            "UPDATE postings SET line = 3 WHERE number = 2 AND line = 1",
            "UPDATE postings SET line = 1 WHERE number = 2 AND line = 2",
            "UPDATE postings SET line = 2 WHERE number = 2 AND line = 3",
        ],
        [("history-body", None, 2)],
    ),
    "a seal": (["UPDATE transactions SET sealed = 0 WHERE number = 3"], [("unsealed", None, 3)]),
    "an amount": (
        [f"UPDATE postings SET amount = amount + 1 WHERE {posting(2, 1)}"],
        [("stored-balance", BANK, 2), ("currency-sum", None, None), ("unbalanced", None, 2), ("history-body", None, 2)],
    ),
    "an amount on both sides, with the balances": (
        [
            "UPDATE postings SET amount = amount * 2, balance = balance + amount WHERE number = 4",
            f"UPDATE postings SET balance = balance + 400 WHERE {posting(5, 3)}",
        ],
        [("history-body", None, 4)],
    ),
    "minus one taken for minus two": (
        [
            f"UPDATE postings SET amount = -2, balance = -2 WHERE {posting(5, 2)}",
            f"UPDATE postings SET amount = -1, balance = balance + 1 WHERE {posting(5, 3)}",
        ],
        [("history-body", None, 5)],
    ),
    "an amount too large by a power of two": (
        [
            f"UPDATE postings SET amount = amount + {MERSENNE}, balance = balance + {MERSENNE} WHERE {posting(6, 1)}",
            f"UPDATE postings SET amount = amount - {MERSENNE}, balance = balance - {MERSENNE} WHERE {posting(6, 2)}",
        ],
        [("history-body", None, 6)],
    ),
    "an amount in another currency": (
        [
            f"UPDATE postings SET amount = amount - 1, balance = balance - 1 WHERE {posting(6, 1)}",
            f"UPDATE postings SET amount = amount + 1, balance = balance + 1 WHERE {posting(5, 1)}",
        ],
        [
            ("currency-sum", None, None),
            ("currency-sum", None, None),
            ("unbalanced", None, 5),
            ("unbalanced", None, 6),
            ("history-body", None, 5),
            ("history-body", None, 6),
        ],
    ),
    "a posting on another account": (
        [f"UPDATE postings SET account = (SELECT id FROM accounts WHERE name = '{RENT}') WHERE {posting(1, 1)}"],
        [("stored-balance", BANK, 3), ("stored-balance", RENT, 5), ("history-body", None, 1)],
    ),
    "a posting gone": (
        [f"DELETE FROM postings WHERE {posting(5, 2)}"],
        [("currency-sum", None, None), ("unbalanced", None, 5), ("history-body", None, 5)],
    ),
    "a transaction of one posting": (
        ["DELETE FROM postings WHERE number = 6 AND line = 2"],
        [("currency-sum", None, None), ("unbalanced", None, 6), ("postings", None, 6), ("history-body", None, 6)],
    ),
    "a pair of postings gone": (
        ["DELETE FROM postings WHERE number = 6"],
        [("postings", None, 6), ("history-body", None, 6)],
    ),
    "the last transaction gone": (
        ["DELETE FROM postings WHERE number = 6", "DELETE FROM transactions WHERE number = 6"],
        [("history-body", None, 6)],
    ),
    "a transaction gone in the middle": (
        ["DELETE FROM postings WHERE number = 5", "DELETE FROM transactions WHERE number = 5"],
        [
            ("number-gap", None, 6),
            *[("orphan-posting", None, 6)] * 2,
            ("history-body", None, 5),
            ("history-body", None, 6),
        ],
    ),
    "an orphan posting": ([ORPHAN], [("orphan-posting", None, 99)]),
    "a posting to no account": (
        [f"UPDATE postings SET account = 99 WHERE {posting(5, 2)}"],
        [
            ("orphan-posting", None, 5),
            *[("currency-sum", None, None)] * 2,
            ("unbalanced", None, 5),
            ("history-body", None, 5),
        ],
    ),
    "a transaction more": ([*COPY_OF_THE_LAST], [("history-body", None, 7)]),
    "an account's name": (
        ["UPDATE accounts SET name = 'Assets:Banks' WHERE code = '1000'"],
        [("account-name", "Assets:Banks", None), ("history-body", None, None)],
    ),
    "an account's key": (["UPDATE accounts SET name_key = 'x' WHERE code = '1000'"], [("account-name", BANK, None)]),
    "an account's type": (["UPDATE accounts SET type = 'expense' WHERE code = '1000'"], [("history-body", None, None)]),
    "an account's code": (["UPDATE accounts SET code = '1001' WHERE code = '1000'"], [("history-body", None, None)]),
    "an account's minimum": (["UPDATE accounts SET minimum = 5 WHERE code = '1000'"], [("history-body", None, None)]),
    "an account closed": (
        ["UPDATE accounts SET closed = '2026-01-01' WHERE code = '1000'"],
        [("history-body", None, None)],
    ),
    "an attribute": (["UPDATE account_attributes SET value = '8'"], [("history-body", None, None)]),
    "an attribute gone": (["DELETE FROM account_attributes"], [("history-body", None, None)]),
    "an unused account gone": (
        ["DELETE FROM account_attributes", "DELETE FROM accounts WHERE name = 'Liabilities:Member'"],
        [("history-body", None, None)],
    ),
    "an account more": ([ACCOUNT_MORE], [("history-body", None, None)]),
    "a setting": (["UPDATE settings SET value = '\"fr\"' WHERE name = 'locale'"], [("history-body", None, None)]),
    "a setting gone": (["DELETE FROM settings WHERE name = 'locale'"], [("history-body", None, None)]),
    "the digits of a currency": (
        ["UPDATE currencies SET digits = 3 WHERE code = 'EUR'"],
        [("history-body", None, None)],
    ),
    "the currency of the book": (["UPDATE book SET currency = 'USD'"], [("history-body", None, None)] * 3),
    "the book's strictness": (["UPDATE book SET strict = 1"], [("history-body", None, None)]),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_verify_finds_a_changed(kept: Path, tampered: Callable[..., None], case: str) -> None:
    statements, expected = TAMPERED[case]
    tampered(kept, *statements)
    found = kinds(kept)
    if case == "the digits of a currency":
        assert ("history-body", None, None) in found
    else:
        assert sorted(found, key=repr) == sorted(expected, key=repr)


@pytest.mark.parametrize("row", range(5))
def test_a_stored_balance_that_is_off_is_named_with_its_account_row_and_figures(
    kept: Path, raw_connection: Connect, row: int
) -> None:
    with Ledger.open(kept) as ledger:
        before = ledger.register(BANK)[row]
    raw_connection(kept).execute(
        "UPDATE postings SET balance = balance + 1 WHERE account = (SELECT id FROM accounts WHERE code = '1000') "
        "AND (date, number) >= (?, ?)",
        (before.date.isoformat(), before.transaction),
    )
    assert found_in(kept) == (
        Discrepancy(
            "stored-balance",
            account=BANK,
            transaction=before.transaction,
            expected=str(before.balance.amount),
            found=str(before.balance.amount + before.balance.amount.__class__("0.01")),
        ),
    )


def test_the_first_bad_row_of_each_account_is_named_once(kept: Path, raw_connection: Connect) -> None:
    raw_connection(kept).execute("UPDATE postings SET balance = balance - 100 WHERE number IN (3, 4, 5)")
    assert kinds(kept) == [
        ("stored-balance", BANK, 3),
        ("stored-balance", CASH, 5),
        ("stored-balance", SALES, 3),
        ("stored-balance", RENT, 5),
    ]
    sales = found_in(kept)[2]
    assert (sales.expected, sales.found) == ("-4.00", "-5.00")


HISTORY: dict[str, tuple[list[str], bool]] = {
    "an actor changed": (["UPDATE changes SET actor = 'x' WHERE seq = 3"], True),
    "a time changed": (["UPDATE changes SET at = '2026-01-01T00:00:00.000000Z' WHERE seq = 3"], True),
    "a kind changed": (["UPDATE changes SET kind = 'transfer' WHERE kind = 'post'"], True),
    "a hash changed": (["UPDATE changes SET hash = zeroblob(32) WHERE seq = 3"], True),
    "the last hash changed": (
        ["UPDATE changes SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM changes)"],
        True,
    ),
    "a body changed": (["UPDATE changes SET after = replace(after, 'Ann', 'Bob')"], True),
    "a body made unreadable": (["UPDATE changes SET after = '{' WHERE number = 2"], True),
    "a body emptied": (["UPDATE changes SET after = NULL WHERE number = 2"], True),
    "a key changed": (["UPDATE changes SET key = 'k7' WHERE key = 'k6'"], True),
    "a row gone": (["DELETE FROM changes WHERE seq = 5"], True),
    "two rows changed about": (
        [
            "UPDATE changes SET seq = -1 WHERE seq = 5",
            "UPDATE changes SET seq = 5 WHERE seq = 6",
            "UPDATE changes SET seq = 6 WHERE seq = -1",
        ],
        True,
    ),
    "the end cut off": (["DELETE FROM changes WHERE number = 6"], False),
    "all of it gone": (["DELETE FROM changes"], False),
}


@pytest.mark.parametrize("case", HISTORY)
def test_verify_finds_in_the_history(kept: Path, tampered: Callable[..., None], case: str) -> None:
    statements, breaks_the_chain = HISTORY[case]
    tampered(kept, *statements)
    found = [one.kind for one in found_in(kept)]
    assert found
    assert ("history-chain" in found) is breaks_the_chain
    assert found.count("history-chain") <= 1


def test_a_history_rewritten_with_new_hashes_has_another_head(kept: Path, tampered: Callable[..., None]) -> None:
    with Ledger.open(kept) as ledger:
        head = ledger.head
    tampered(
        kept,
        "DELETE FROM changes WHERE number = 6",
        "DELETE FROM postings WHERE number = 6",
        "DELETE FROM transactions WHERE number = 6",
    )
    with Ledger.open(kept) as ledger:
        assert ledger.verify().ok
        assert ledger.verify().head == ledger.head != head


def test_an_orphan_written_with_foreign_keys_off_is_found(kept: Path, raw_connection: Connect) -> None:
    careless = raw_connection(kept, foreign_keys=False, recursive_triggers=False)
    careless.execute("DELETE FROM accounts WHERE name = 'Liabilities:Member'")
    careless.execute("INSERT INTO prices (currency, in_currency, date, rate) VALUES ('XYZ', 'EUR', '2026-01-01', '1')")
    found = found_in(kept)
    assert [one.kind for one in found if one.kind == "foreign-key"] == ["foreign-key"] * 2
    assert "accounts" in str([one.found for one in found])


def test_replacing_a_change_by_another_program_is_refused_even_with_its_pragmas_off(
    kept: Path, raw_connection: Connect
) -> None:
    careless = raw_connection(kept, foreign_keys=False, recursive_triggers=False)
    with pytest.raises(sqlite3.IntegrityError):
        careless.execute(
            "INSERT OR REPLACE INTO changes (seq, act, kind, at, actor, key, hash) "
            "SELECT max(seq) + 1, 1, 'x', 'x', 'x', 'k6', zeroblob(32) FROM changes"
        )
    assert found_in(kept) == ()


SCHEMA_CHANGES = [
    "DROP TRIGGER sealing_checks_the_sums",
    "DROP TRIGGER history_is_never_rewritten",
    "DROP INDEX standing_reversals",
    "CREATE TABLE other (a)",
    "CREATE VIEW sums AS SELECT 1",
    "CREATE TRIGGER evil AFTER INSERT ON postings BEGIN UPDATE postings SET memo = 'x'; END",
    "CREATE TRIGGER sqliteXevil AFTER INSERT ON postings BEGIN UPDATE postings SET memo = 'x'; END",
    "ALTER TABLE accounts ADD COLUMN colour TEXT",
    "ALTER TABLE accounts RENAME COLUMN party TO partner",
]


@pytest.mark.parametrize("statement", SCHEMA_CHANGES)
def test_a_book_whose_tables_or_guards_were_changed_is_not_opened(
    kept: Path, raw_connection: Connect, statement: str
) -> None:
    raw_connection(kept).execute(statement)
    with pytest.raises(BookDamaged, match="its tables or guards were changed"):
        Ledger.open(kept)


def test_statistics_of_sqlite_are_no_change_of_the_schema(kept: Path, raw_connection: Connect) -> None:
    raw_connection(kept).execute("ANALYZE")
    assert found_in(kept) == ()


@pytest.mark.sqlite_only
def test_verify_says_what_it_counted_and_the_head(kept: Path) -> None:
    with Ledger.open(kept) as ledger:
        verification = ledger.verify()
        assert verification.ok
        assert verification.checked == {"transactions": 6, "postings": 13, "accounts": 10, "changes": ledger.revision}
        assert verification.head == ledger.head


def test_verify_sees_what_was_changed_while_the_book_is_open(kept: Path, raw_connection: Connect) -> None:
    with Ledger.open(kept) as ledger:
        assert ledger.account("1000").name == BANK
        raw_connection(kept).execute("UPDATE accounts SET name = 'Assets:Stolen' WHERE code = '1000'")
        assert not ledger.verify().ok


def test_verify_reports_its_progress(book: Ledger) -> None:
    drafts = (Draft(book.today, "Sale", (debit(BANK, 1), credit(SALES, 1))) for _ in range(7000))
    book.post_batch(drafts)
    seen: list[tuple[int, int]] = []
    assert book.verify(progress=lambda done, total: seen.append((done, total))).ok
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen
    assert {total for _, total in seen} == {7000 + 14000 + book.revision}


def test_what_raises_in_the_progress_ends_the_verification(book: Ledger) -> None:
    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        raise Cancelled

    book.post_batch(Draft(book.today, "Sale", (debit(BANK, 1), credit(SALES, 1))) for _ in range(7000))
    with pytest.raises(Cancelled):
        book.verify(progress=cancel)
    assert book.post("Sale", debit(BANK, 1), credit(SALES, 1)).number == 7001


def test_a_closed_ledger_is_not_verified(book: Ledger) -> None:
    book.close()
    with pytest.raises(LedgerClosed):
        book.verify()


def test_verify_writes_nothing(kept: Path, tampered: Callable[..., None]) -> None:
    tampered(kept, "UPDATE postings SET balance = balance + 1")
    before = kept.read_bytes()
    assert len(found_in(kept)) == 6
    assert kept.read_bytes() == before


def test_a_discrepancy_can_be_printed_as_json(kept: Path, tampered: Callable[..., None]) -> None:
    tampered(kept, "UPDATE postings SET balance = balance + 1 WHERE number = 1")
    found: Any = [{name: getattr(one, name) for name in Discrepancy.__slots__} for one in found_in(kept)]
    assert json.loads(json.dumps(found))[0] == {
        "kind": "stored-balance",
        "account": BANK,
        "transaction": 1,
        "expected": "1.00",
        "found": "1.01",
    }


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**63)


@given(
    seq=NUMBERS,
    kind=TEXTS,
    number=st.none() | NUMBERS,
    subject=st.none() | TEXTS,
    key=st.none() | TEXTS,
    before=st.none() | TEXTS,
)
def test_the_hash_of_a_change_is_over_the_json_of_its_row(
    seq: int, kind: str, number: int | None, subject: str | None, key: str | None, before: str | None
) -> None:
    row = [seq, 7, kind, number, subject, "2026", 'é\u2028"\\', key, subject, number, before, before]
    plain = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    assert chained_hash(GENESIS, *row) == hashlib.sha256(GENESIS + plain).digest()  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [1.5, b"x", "text"])
def test_a_row_of_the_history_of_another_kind_has_no_hash(wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        chained_hash(GENESIS, wrong, 1, "post", None, None, "", "", None, None, None, None, None)


@given(amounts=st.lists(st.integers(-(2**62), 2**62), min_size=2, max_size=4, unique=True))
def test_amounts_that_change_their_lines_change_the_digest(amounts: list[int]) -> None:
    rest = (None, None, None, 0, 0, 0)

    def digest(found: list[int]) -> int:
        return sum(posting_digest(amount, (line, "2026-01-01", 5, line, *rest)) for line, amount in enumerate(found, 1))

    assert digest(amounts) & (2**64 - 1) != digest(amounts[1:] + amounts[:1]) & (2**64 - 1)


def test_a_verification_leaves_no_thread_behind(book: Ledger) -> None:
    book.post_batch(Draft(book.today, "Sale", (debit(BANK, 1), credit(SALES, 1))) for _ in range(9000))
    before = threading.active_count()
    assert book.verify().ok
    assert threading.active_count() == before

    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.verify(progress=cancel)
    assert threading.active_count() == before
