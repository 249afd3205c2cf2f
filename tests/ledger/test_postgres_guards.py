"""The guards inside the database: what PostgreSQL itself refuses, whatever program writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.ledger.test_guards import (
    ACCEPTED,
    BANK,
    CASH,
    HOSTILE,
    HOSTILE_TO_A_CLOSED_PERIOD,
    NEW,
    account,
    change,
    posting,
    transaction,
)
from tests.postgres_server import PostgresServer
from tui_ledger.errors import BookRefused
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.tables import TABLES

# PostgreSQL has no REPLACE, and says these in words of its own.
OTHER_WORDS = {
    "FOREIGN KEY": "foreign key",
    "CHECK": "violates check constraint",
    "UNIQUE": "unique constraint",
    "NOT NULL": "not-null",
    "cannot store TEXT": "invalid input syntax",
    "cannot store BLOB": "type bytea",
    "cannot store REAL": "foreign key",
}
EMPTYING = {
    f"{table} emptied": ("append-only|stays|never deleted|one by one|referenced in a foreign key", f"TRUNCATE {table}")
    for table in ("changes", "transactions", "postings", "accounts", "book", "seal", "currencies")
}
OF_A_SERVER: dict[str, tuple[str, list[str]]] = {
    **{name: (reason, [statement]) for name, (reason, statement) in EMPTYING.items()},
    **{
        f"{name} with what refers to it": (reason, [f"{statement} CASCADE"])
        for name, (reason, statement) in EMPTYING.items()
    },
    "a text longer than a number": ("invalid input syntax", [posting(BANK, "'ten'", 1, 3, "2026-01-10")]),
    "a table of one's own for the book": (
        "the period is closed",
        [
            "UPDATE book SET closed_through = '2026-01-31'",
            "CREATE TEMP TABLE book (id bigint, closed_through text)",
            "INSERT INTO book VALUES (1, NULL)",
            "UPDATE public.transactions SET memo = 'x' WHERE number = 1",
        ],
    ),
    "a day of another calendar": ("check constraint", [transaction(day="2026-13-01")]),
    "a leap day of a common year": ("check constraint", [transaction(day="2100-02-29")]),
    "a day with a line after it": ("check constraint", ["UPDATE transactions SET date = E'2026-05-01\\n'"]),
    "two gaps at once": (
        "no gaps",
        [
            change("max(seq) + 1"),
            change("max(seq) + 2"),
        ],
    ),
}


def on_postgres(statement: str) -> str:
    """The same statement where SQLite has a word of its own."""
    return (
        statement.replace("zeroblob(32)", "decode(repeat('00', 32), 'hex')")
        .replace("zeroblob(31)", "decode(repeat('00', 31), 'hex')")
        .replace("x'05'", "'\\x05'::bytea")
    )


def replaces(statements: list[str]) -> bool:
    return any(" OR REPLACE " in statement for statement in statements)


REFUSED = {name: case for name, case in HOSTILE.items() if not replaces(case[1])} | OF_A_SERVER


@pytest.fixture
def guarded(postgres_book: Ledger) -> Iterator[Ledger]:
    """A book of three transactions, the third a reversal of the first, with a key in its history."""
    with postgres_book as book:
        book.post("January", debit("Assets:Bank", 10), credit("Income:Sales", 10), date="2026-01-10", key="k1")
        book.post("February", debit("Assets:Bank", 20), credit("Income:Sales", 20), date="2026-02-10")
        book.reverse(1, date="2026-03-10")
        yield book


@pytest.fixture
def run(postgres_server: PostgresServer, guarded: Ledger) -> Callable[[list[str]], None]:
    """Runs statements as another program would, as one write."""

    def statements(wanted: list[str]) -> None:
        with postgres_server.connect(guarded.name) as connection, connection.transaction():
            for statement in wanted:
                connection.execute(on_postgres(statement))

    return statements


@pytest.mark.parametrize("case", REFUSED)
def test_postgresql_refuses(
    guarded: Ledger, run: Callable[[list[str]], None], stored: Callable[[str], Any], case: str
) -> None:
    import psycopg

    before, (reason, statements) = stored(guarded.place), REFUSED[case]
    with pytest.raises(psycopg.Error, match=OTHER_WORDS.get(reason, reason)) as caught:
        run(statements)
    assert (caught.value.sqlstate or "")[:2] in {"22", "23", "42", "0A"}
    assert stored(guarded.place) == before
    assert guarded.verify().ok


@pytest.mark.parametrize("case", HOSTILE_TO_A_CLOSED_PERIOD)
def test_postgresql_refuses_in_a_closed_period(
    guarded: Ledger, run: Callable[[list[str]], None], stored: Callable[[str], Any], case: str
) -> None:
    import psycopg

    run(["UPDATE book SET closed_through = '2026-01-31'"])
    before = stored(guarded.place)
    with pytest.raises(psycopg.errors.CheckViolation, match="the period is closed"):
        run(HOSTILE_TO_A_CLOSED_PERIOD[case])
    assert stored(guarded.place) == before


@pytest.mark.parametrize("case", ACCEPTED)
def test_postgresql_accepts(guarded: Ledger, run: Callable[[list[str]], None], case: str) -> None:
    run(["UPDATE book SET closed_through = '2026-01-31'"])
    run(ACCEPTED[case])


def test_a_guard_that_was_switched_off_is_noticed(guarded: Ledger, postgres_server: PostgresServer) -> None:
    from tui_ledger.errors import BookDamaged

    for off, on in (
        ("ALTER TABLE postings DISABLE TRIGGER ALL", "ALTER TABLE postings ENABLE TRIGGER ALL"),
        (
            "ALTER TABLE changes DISABLE TRIGGER history_is_never_rewritten",
            "ALTER TABLE changes ENABLE TRIGGER history_is_never_rewritten",
        ),
        ("ALTER TABLE accounts ADD COLUMN colour text", "ALTER TABLE accounts DROP COLUMN colour"),
    ):
        postgres_server.execute(off, guarded.name)
        with pytest.raises(BookDamaged, match="guards were changed"):
            Ledger.open(guarded.place)
        assert [one.found for one in guarded.verify().discrepancies] == ["its tables or guards were changed"]
        postgres_server.execute(on, guarded.name)
        Ledger.open(guarded.place).close()


def test_an_index_that_only_makes_it_faster_may_be_added(guarded: Ledger, postgres_server: PostgresServer) -> None:
    postgres_server.execute("CREATE INDEX own_index ON transactions (memo)", guarded.name)
    postgres_server.execute("ANALYZE", guarded.name)
    postgres_server.execute("REINDEX TABLE postings", guarded.name)
    with Ledger.open(guarded.place) as ledger:
        assert ledger.verify().ok


def test_every_text_is_compared_byte_by_byte(guarded: Ledger) -> None:
    found = guarded._database.rows(
        "SELECT DISTINCT collation_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'text'"
    )
    assert found == [("C",)]
    assert len(TABLES) == guarded._database.value(
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    )


def test_carrying_a_balance_touches_no_index(guarded: Ledger) -> None:
    keys = guarded._database.rows("SELECT indexdef FROM pg_indexes WHERE tablename = 'postings' ORDER BY indexdef")
    assert {key[0].partition("USING btree ")[2] for key in keys} == {
        "(account, date, number, line)",
        "(account, date) WHERE (status <> 0)",
        "(number, line)",
    }


def test_what_a_guard_refuses_is_the_ledger_s_own_error(guarded: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    for statement in (
        "DELETE FROM transactions",
        "UPDATE postings SET amount = 1",
        "UPDATE book SET closed_through = 'x'",
        "TRUNCATE changes",
    ):
        with untouched(guarded), pytest.raises(BookRefused, match="nothing was written"), guarded.write():  # noqa: PT012
            guarded.transfer("Assets:Bank", "Assets:Cash", 1)
            guarded._database.execute(statement)
            guarded._database.execute("UPDATE transactions SET sealed = 1")


@pytest.mark.parametrize(
    "statements",
    [
        [NEW, posting(BANK, "1"), posting(CASH, "-1", line=2), "UPDATE transactions SET sealed = 1 WHERE number = 4"],
        [account("98", key="y", code="'98'", verb="INSERT")],
        [change("max(seq) + 1", key="'k9'")],
    ],
)
def test_what_the_guards_let_through_is_found_by_verify_where_the_history_does_not_have_it(
    guarded: Ledger, run: Callable[[list[str]], None], statements: list[str]
) -> None:
    run(statements)
    assert not guarded.verify().ok
