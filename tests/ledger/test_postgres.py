"""A book on a server: how it is made, opened and refused, who writes at once, and what happens when the way is cut."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import frozen
from tests.postgres_server import PostgresServer
from tui_ledger import errors
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.database import FORMAT
from tui_ledger.money import Money

BANK, CASH, SALES = "Assets:Bank", "Assets:Cash", "Income:Sales"
EACH = 150


@pytest.fixture
def server_book(postgres_book: Ledger) -> Iterator[Ledger]:
    with postgres_book as ledger:
        yield ledger


@pytest.fixture
def empty(postgres_server: PostgresServer, new_database: Callable[..., str]) -> str:
    """The URL of a database with nothing in it."""
    return postgres_server.url(new_database())


def sell(ledger: Ledger, amount: Any = 5, **texts: Any) -> int:
    return ledger.post("Sale", debit(BANK, amount), credit(SALES, amount), **texts).number


def tables(server: PostgresServer, url: str) -> set[str]:
    name = url.partition("@/")[2].partition("?")[0]
    with server.connect(name) as connection:
        found = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        )
        return {row[0] for row in found}


def test_a_book_is_made_and_opened_by_its_url(empty: str) -> None:
    with Ledger.create(empty, "JPY", locale="ja", strict=True, clock=frozen) as made:
        made.open_account(BANK, "asset")
        assert (made.path, made.place, made.name) == (None, empty, empty.partition("@/")[2].partition("?")[0])
    with Ledger.open(empty) as ledger:
        assert (str(ledger.currency), ledger.setting("locale"), ledger.strict) == ("JPY", "ja", True)
        assert ledger.account(BANK).name == BANK
        assert ledger.verify().ok


def test_a_book_has_the_same_print_on_another_release_of_the_server(
    server_book: Ledger, older_server: PostgresServer
) -> None:
    """Else a book would count as changed once its server was brought up to date."""
    with Ledger.create(older_server.url(older_server.new_database()), clock=frozen) as older:
        assert older._database.schema_fingerprint() == server_book._database.schema_fingerprint()
        older.open_account(BANK, "asset")
        older.open_account(SALES, "income")
        assert sell(older) == 1
        assert older.verify().ok


def test_random_back_dated_acts_leave_every_balance_right(server_book: Ledger) -> None:
    names = [BANK, CASH, SALES, "Expenses:Rent", "Liabilities:Card"]
    chance = random.Random(20260615)
    standing: list[int] = []
    for _ in range(120):
        first, second = chance.sample(names, 2)
        units, day = chance.randint(1, 10**6), f"2026-{chance.randint(1, 6):02}-{chance.randint(1, 28):02}"
        act = chance.random()
        if act < 0.7 or not standing:
            amount = Money(units, server_book.currency)
            standing.append(server_book.post("x", debit(first, amount), credit(second, amount), date=day).number)
        elif act < 0.85:
            server_book.void(standing.pop(chance.randrange(len(standing))))
        else:
            server_book.reverse(standing.pop(chance.randrange(len(standing))))
    for account in server_book.accounts():
        for day in (None, "2026-02-15", "2026-04-01"):
            assert server_book.balance(account, at=day) == server_book.calculate_balance(account, at=day)
    verification = server_book.verify()
    assert verification.ok, verification.discrepancies


def test_making_a_book_replaces_nothing(server_book: Ledger, stored: Callable[[str], Any]) -> None:
    before = stored(server_book.place)
    with pytest.raises(errors.BookExists, match="left as it is"):
        Ledger.create(server_book.place)
    assert stored(server_book.place) == before


def test_a_book_that_cannot_be_made_leaves_nothing(postgres_server: PostgresServer, empty: str) -> None:
    before = tables(postgres_server, empty)
    with pytest.raises(errors.AccountExists):
        Ledger.create(empty, accounts=[AccountDraft("A:B", "asset"), AccountDraft("a:b", "asset")])
    assert tables(postgres_server, empty) == before
    Ledger.create(empty).close()


def test_a_table_of_another_program_is_not_taken_for_a_book_s(postgres_server: PostgresServer, empty: str) -> None:
    name = empty.partition("@/")[2].partition("?")[0]
    postgres_server.execute("CREATE TABLE postings (id int)", name)
    with pytest.raises(errors.BookNotMade, match="postings of another program"):
        Ledger.create(empty)
    with pytest.raises(errors.BookNotFound):
        Ledger.open(empty)
    postgres_server.execute("CREATE TABLE book (id int)", name)
    with pytest.raises(errors.NotABook, match="another program's database"):
        Ledger.open(empty)
    postgres_server.execute("CREATE TABLE settings (name text, value text)", name)
    with pytest.raises(errors.NotABook, match="another program's database"):
        Ledger.open(empty)


def test_a_book_of_its_own_schema_lives_beside_another(postgres_server: PostgresServer, server_book: Ledger) -> None:
    postgres_server.execute('CREATE SCHEMA "Second Shop"', server_book.name)
    second = f"{server_book.place}&options=-csearch_path%3D%22Second%5C%20Shop%22"
    with Ledger.create(second, "USD") as ledger:
        ledger.open_account(BANK, "asset")
        ledger.open_account(SALES, "income")
        assert sell(ledger, 7) == 1
        assert ledger.verify().ok
    assert server_book.balance(BANK).units == 0
    with Ledger.open(second) as ledger:
        assert str(ledger.balance(BANK)) == "7.00 USD"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("host=/nowhere", errors.BookUnreachable),
        ("port=1", errors.BookUnreachable),
        ("sslmode=sideways", errors.BookUnreachable),
        ("database=nothing_there", errors.BookNotFound),
        ("user=nobody_known", errors.BookUnreachable),
    ],
)
def test_a_server_that_cannot_be_reached_is_named_without_the_password(
    server_book: Ledger, change: str, kind: type[LedgerError]
) -> None:
    url = server_book.place.replace("postgres@", "postgres:s3cret@")
    name, _, value = change.partition("=")
    url = url.replace(f"/{server_book.name}?", f"/{value}?") if name == "database" else f"{url}&{change}"
    with pytest.raises(LedgerError) as caught:
        Ledger.open(url)
    assert type(caught.value) is kind, caught.value
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_book_of_a_newer_program_is_refused(server_book: Ledger, postgres_server: PostgresServer) -> None:
    postgres_server.execute(
        f"""UPDATE settings SET value = replace(value, '"format": {FORMAT}', '"format": 99') WHERE name = 'schema'""",
        server_book.name,
    )
    with pytest.raises(errors.BookTooNew, match=f"format 99, this one knows {FORMAT}"):
        Ledger.open(server_book.place)


def test_a_book_never_finished_is_no_book(empty: str) -> None:
    from tui_ledger.ledger.opening import create_database

    create_database(empty).close()
    with pytest.raises(errors.NotABook, match="never finished"):
        Ledger.open(empty)


def test_a_reader_cannot_write_and_sees_what_is_committed(server_book: Ledger) -> None:
    with Ledger.open(server_book.place, read_only=True) as reader:
        with pytest.raises(errors.BookReadOnly):
            sell(reader)
        with pytest.raises(errors.BookUnwritable, match="read-only"):
            reader._database.execute("UPDATE book SET strict = 1")
        with server_book.write():
            sell(server_book)
            assert reader.balance(BANK).units == 0
        assert reader.balance(BANK).amount == 5
        assert reader.revision == server_book.revision


def test_a_snapshot_stays_what_it_was(server_book: Ledger) -> None:
    with Ledger.open(server_book.place) as reader, reader._database.reading():
        assert reader.balance(BANK).units == 0
        sell(server_book)
        assert (reader.balance(BANK).units, len(reader.journal())) == (0, 0)
    assert server_book.balance(BANK).amount == 5


@pytest.mark.parametrize("place", ["sqlite", "postgres"])
def test_two_processes_that_post_at_once_lose_nothing(request: pytest.FixtureRequest, place: str) -> None:
    program = f"""
import sys
from tui_ledger.ledger import Ledger, credit, debit
writer = int(sys.argv[2])
with Ledger.open(sys.argv[1]) as ledger:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range({EACH}):
        day = f"2026-0{{1 + number % 6}}-{{1 + (number * 7 + writer) % 28:02}}"
        ledger.post(f"{{writer}}/{{number}}", debit("{BANK}", writer), credit("{SALES}", writer), date=day)
"""
    with request.getfixturevalue(f"{place}_book") as book:
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", program, book.place, str(writer)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for writer in (1, 2)
        ]
        for one in writers:
            assert one.stdout is not None
            assert one.stdout.readline() == "ready\n"
        for one in writers:
            one.communicate("go\n")
            assert one.returncode == 0
        assert sorted(one.number for one in book.journal()) == list(range(1, 2 * EACH + 1))
        assert {one.memo for one in book.journal()} == {f"{w}/{n}" for w in (1, 2) for n in range(EACH)}
        assert book.balance(BANK).amount == book.calculate_balance(SALES).amount == 3 * EACH
        verification = book.verify()
        assert verification.ok, verification.discrepancies


def test_a_book_that_another_holds_is_busy_and_nothing_is_written(
    server_book: Ledger, postgres_server: PostgresServer
) -> None:
    server_book._database.execute("SET lock_timeout = 20")
    with postgres_server.connect(server_book.name) as other:
        with other.transaction():
            other.execute("SELECT 1 FROM book FOR UPDATE")
            with pytest.raises(errors.BookBusy, match="try again"):
                sell(server_book)
            assert server_book.balance(BANK).units == 0
        assert sell(server_book) == 1


def test_a_deadlock_of_another_s_making_is_run_again_where_a_key_makes_it_safe(
    server_book: Ledger, postgres_server: PostgresServer
) -> None:
    """Another program locks an account and then wants the book; the act holds the book and wants the account."""
    server_book._database.execute("SET deadlock_timeout = '20ms'")
    sell(server_book)
    wanting = threading.Event()

    def other() -> None:
        with postgres_server.connect(server_book.name) as connection, connection.transaction():
            connection.execute("SET LOCAL deadlock_timeout = '60s'")
            connection.execute("SELECT 1 FROM accounts WHERE name = %s FOR UPDATE", (BANK,))
            wanting.set()
            connection.execute("SELECT 1 FROM book FOR UPDATE")

    thread = threading.Thread(target=other)
    with server_book.write():
        thread.start()
        wanting.wait()
        with pytest.raises(errors.BookBusy):
            sell(server_book, key="inside")
    thread.join()
    assert len(server_book.journal()) == 1
    assert sell(server_book, key="inside") == 2


def cut(server: PostgresServer, database: str) -> None:
    """Ends every connection to a database, as a restart does."""
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
        f"AND datname = '{database}'"
    )


def test_a_connection_lost_between_two_acts_is_made_again(server_book: Ledger, postgres_server: PostgresServer) -> None:
    sell(server_book)
    asks: list[Callable[[], object]] = [
        lambda: server_book.balance(BANK).amount,
        lambda: len(server_book.journal()),
        lambda: sell(server_book),
        lambda: server_book.register(BANK).closing_balance.amount,
        lambda: server_book.verify().ok,
    ]
    answers = []
    for ask in asks:
        cut(postgres_server, server_book.name)
        answers.append(ask())
    assert answers == [5, 1, 2, 10, True]


def test_a_connection_lost_in_an_act_writes_nothing_and_a_key_posts_it_once(
    server_book: Ledger, postgres_server: PostgresServer
) -> None:
    cuts: list[str] = []
    execute = server_book._database.execute

    def cutting(sql: str, parameters: Any = ()) -> Any:
        if sql.startswith("INSERT INTO postings") and not cuts:
            cuts.append(sql)
            cut(postgres_server, server_book.name)
        return execute(sql, parameters)

    server_book._database.execute = cutting  # type: ignore[method-assign]
    with pytest.raises(errors.BookUnwritable, match="connection was lost"):
        sell(server_book)
    assert len(server_book.journal()) == 0
    cuts.clear()
    assert sell(server_book, key="k") == 1
    assert sell(server_book, key="k") == 1
    assert server_book.balance(BANK).amount == 5
    assert server_book.verify().ok


@pytest.mark.parametrize("arrived", [True, False])
def test_a_connection_lost_at_the_commit_leaves_it_uncertain_and_a_key_settles_it(
    server_book: Ledger, postgres_server: PostgresServer, arrived: bool
) -> None:
    cuts: list[bool] = []
    peewee = server_book._database.models
    plain = type(peewee).__mro__[1]
    commit = plain.commit

    def cutting(self: Any) -> None:
        if not cuts:
            cuts.append(arrived)
            if arrived:
                commit(self)
            cut(postgres_server, server_book.name)
        commit(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "commit", cutting)
        with pytest.raises(errors.BookUncertain, match="look whether"):
            sell(server_book)
        assert len(server_book.journal()) == int(arrived)
        cuts.clear()
        first = sell(server_book, key="k")
        assert sell(server_book, key="k") == first
    assert len(server_book.journal()) == 1 + int(arrived)
    assert server_book.verify().ok


def test_a_write_of_several_acts_is_lost_as_a_whole_with_its_connection(
    server_book: Ledger, postgres_server: PostgresServer
) -> None:
    with pytest.raises(errors.BookUnwritable, match="connection was lost"), server_book.write():  # noqa: PT012
        sell(server_book, key="a")
        cut(postgres_server, server_book.name)
        sell(server_book, key="b")
    assert len(server_book.journal()) == 0
    assert sell(server_book, key="a") == 1


def test_another_book_at_the_same_place_is_not_written_to(server_book: Ledger, postgres_server: PostgresServer) -> None:
    sell(server_book)
    postgres_server.execute(f"DROP DATABASE {server_book.name} WITH (FORCE)")
    with pytest.raises(LedgerError):
        sell(server_book)
    postgres_server.execute(f"CREATE DATABASE {server_book.name} ENCODING 'UTF8' TEMPLATE template0")
    Ledger.create(server_book.place).close()
    with pytest.raises(errors.BookReplaced, match="nothing was written"):
        sell(server_book)


def test_threads_that_ended_leave_no_connection_open(server_book: Ledger, postgres_server: PostgresServer) -> None:
    for _ in range(30):
        thread = threading.Thread(target=lambda: server_book.balance(BANK))
        thread.start()
        thread.join()
    with postgres_server.connect("postgres") as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (server_book.name,)
        ).fetchone()
    assert found[0] < 5


def test_texts_with_signs_of_the_driver_s_own_are_kept(server_book: Ledger) -> None:
    for text in ("100%", "%s", "what?", "%(x)s", "'quoted'", "back\\slash", "{a}", "日本", "\x01"):
        number = sell(server_book, payee=text, tags=[text], data={"k": text}, date=date(2026, 1, 1))
        found = server_book.transaction(number)
        assert (found.payee, found.tags, found.data) == (text, (text,), {"k": text})
        assert server_book.last_transaction_of(text) == found
    assert server_book.verify().ok


def test_a_balance_beyond_what_a_book_holds_is_refused(server_book: Ledger) -> None:
    sell(server_book, 3 * 10**16)
    with pytest.raises(errors.BalanceTooLarge):
        sell(server_book, 3 * 10**16)
    assert server_book.verify().ok


def test_without_the_driver_the_extra_is_named(tmp_path: Path) -> None:
    program = """
import sys
sys.modules["psycopg"] = None
from tui_ledger.ledger import Ledger
from tui_ledger.errors import UnsupportedDatabase
try:
    Ledger.open("postgresql://ann:s3cret@host/shop")
except UnsupportedDatabase as refusal:
    print(refusal)
"""
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert "tui-ledger[postgres]" in said
    assert "s3cret" not in said


@pytest.mark.parametrize(
    ("first", "loaded"),
    [("tui_ledger.ledger.service", "False False"), ("peewee, tui_ledger.ledger.service", "True True")],
)
def test_the_driver_is_loaded_only_where_someone_asks_for_it(first: str, loaded: str) -> None:
    pytest.importorskip("psycopg")
    program = (
        f"import sys, {first}, peewee; print('psycopg' in sys.modules, peewee.psycopg is not None); import psycopg"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert said.strip() == loaded
