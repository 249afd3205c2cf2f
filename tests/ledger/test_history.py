"""The history: one chained row for every change, with its actor and time; no reading and no refused act moves it."""

from __future__ import annotations

import getpass
import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import BookReadOnly, LedgerError, UnbalancedTransaction
from tui_ledger.ledger import AccountType, Draft, Ledger, credit, debit

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
COLUMNS = "seq, act, kind, number, subject, at, actor, key, content, undoes, before, after, hash"

Change = dict[str, Any]


@pytest.fixture
def changes(raw_connection: Callable[..., sqlite3.Connection]) -> Callable[[Ledger, int], list[Change]]:
    """The rows of the history after a revision, as another program reads them."""

    def read(ledger: Ledger, after: int = 0) -> list[Change]:
        assert ledger.path is not None
        rows = raw_connection(ledger.path).execute(
            f"SELECT {COLUMNS} FROM changes WHERE seq > ? ORDER BY seq", (after,)
        )
        return [dict(zip(COLUMNS.split(", "), row, strict=True)) for row in rows]

    return read


def sell(book: Ledger, amount: Any = 5, **given: Any) -> int:
    return book.post("Sale", debit(BANK, amount), credit(SALES, amount), **given).number


def test_a_posted_transaction_is_one_row_with_its_complete_body(
    book: Ledger, changes: Callable[..., list[Change]]
) -> None:
    before = book.revision
    book.post(
        "Größe",
        debit(BANK, 5, "line"),
        credit(SALES, 5),
        date="2026-01-02",
        payee="Ann",
        tags=["b", "a"],
        data={"z": 1, "a": 2},
        actor="clerk",
    )
    (change,) = changes(book, before)
    assert (change["seq"], change["act"], change["kind"], change["number"]) == (before + 1, before + 1, "post", 1)
    assert (change["actor"], change["at"], change["before"]) == ("clerk", "2026-06-15T10:00:00.000000Z", None)
    assert change["after"] == (
        '{"data":{"a":2,"z":1},"date":"2026-01-02","memo":"Größe","number":1,"payee":"Ann","postings":'
        '[{"account":"Assets:Bank","amount":"5.00","memo":"line"},{"account":"Income:Sales","amount":"-5.00"}],"tags":["b","a"]}'
    )


def test_every_hash_covers_its_row_and_the_row_before(book: Ledger, changes: Callable[..., list[Change]]) -> None:
    sell(book, key="k1")
    book.reverse(1)
    book.rename_account("Assets", "Activa")
    rows, previous = changes(book), bytes(32)
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        columns = [value for name, value in row.items() if name != "hash"]
        text = json.dumps(columns, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(previous + text.encode()).digest() == row["hash"]
        previous = row["hash"]
    assert book.head == previous.hex() == book.verify().head
    assert book.revision == len(rows)


def test_each_changed_thing_has_its_row_and_an_act_groups_them(
    book: Ledger, changes: Callable[..., list[Change]]
) -> None:
    before = book.revision
    book.post_batch(
        [Draft(date(2026, 1, day), "Sale", (debit(BANK, 1), credit(SALES, 1))) for day in (3, 1, 2)], label="bank file"
    )
    book.rename_account("Assets", "Activa")
    rows = changes(book, before)
    assert [(row["act"], row["kind"], row["number"]) for row in rows] == [
        (before + 1, "bank file", 1),
        (before + 1, "bank file", 2),
        (before + 1, "bank file", 3),
        *[(before + 4, "rename-account", None)] * 3,
    ]
    renamed = [(json.loads(row["before"])["name"], json.loads(row["after"])["name"]) for row in rows[3:]]
    assert renamed == [(f"Assets:{leaf}", f"Activa:{leaf}") for leaf in ("Bank", "Cash", "Dollars")]


def test_an_account_and_a_setting_keep_what_they_were(book: Ledger, changes: Callable[..., list[Change]]) -> None:
    before = book.revision
    opened = book.open_account("Assets:Yen", "asset", currency="JPY", minimum="-500", attributes={"user": 7})
    book.edit_account("Assets:Yen", minimum=None, cash=True)
    book.delete_account("Assets:Yen")
    book.set_setting("locale", "de")
    book.set_setting("locale", None)
    body = {"name": "Assets:Yen", "type": "asset", "currency": "JPY", "minimum": "-500", "attributes": {"user": "7"}}
    edited = {"name": "Assets:Yen", "type": "asset", "currency": "JPY", "cash": True, "attributes": {"user": "7"}}
    found = [
        (row["subject"], row["before"] and json.loads(row["before"]), row["after"] and json.loads(row["after"]))
        for row in changes(book, before)
    ]
    assert found == [
        ("currency JPY", None, {"code": "JPY", "digits": 0}),
        (f"account {opened.id}", None, body),
        (f"account {opened.id}", body, edited),
        (f"account {opened.id}", edited, None),
        ("setting locale", None, {"value": "de"}),
        ("setting locale", {"value": "de"}, None),
    ]
    assert book.verify().ok


def test_a_body_of_two_postings_is_short(book: Ledger, changes: Callable[..., list[Change]]) -> None:
    sell(book)
    assert len(changes(book)[-1]["after"]) < 200


def test_times_are_utc_whatever_zone_the_clock_keeps(tmp_path: Path, changes: Callable[..., list[Change]]) -> None:
    moment = datetime(2026, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with Ledger.create(tmp_path / "east.ledger", clock=lambda: moment) as ledger:
        assert {row["at"] for row in changes(ledger)} == {"2025-12-31T19:45:00.000000Z"}


def test_the_actor_is_the_user_of_the_system_unless_named(
    book: Ledger, changes: Callable[..., list[Change]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ann\udcff")
    sell(book)
    sell(book, actor="Bob \U0001f600")
    assert [row["actor"] for row in changes(book)[-2:]] == ["ann?", "Bob \U0001f600"]

    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    sell(book)
    assert changes(book)[-1]["actor"] == "unknown"


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path) -> None:
    moments = [datetime(2026, 6, 15, 12 - (step % 3), tzinfo=UTC) for step in range(200)]
    with Ledger.create(tmp_path / "clock.ledger", clock=moments.pop) as ledger:
        ledger.open_account(BANK, "asset")
        ledger.open_account(SALES, "income")
        assert [sell(ledger, date="2026-06-01") for _ in range(5)] == [1, 2, 3, 4, 5]
        assert ledger.verify().ok


QUESTIONS: list[Callable[[Ledger], Any]] = [
    lambda book: book.balance(BANK),
    lambda book: book.balance(BANK, at="2026-01-31"),
    lambda book: book.calculate_balance({"user": 7}),
    lambda book: book.balances(at="2026-01-31"),
    lambda book: list(book.register(BANK, date_from="2026-01-01", date_to="2026-12-31")),
    lambda book: list(book.journal()),
    lambda book: book.journal_window().rows(0, 50),
    lambda book: book.register_window(BANK).rows(0, 50),
    lambda book: book.transaction(1),
    lambda book: book.account("1000"),
    lambda book: book.accounts(),
    lambda book: book.check_draft(Draft(postings=(debit(BANK, 1), credit(SALES, 1)))),
    lambda book: (book.payees("a"), book.last_transaction_of("Ann"), book.account_use("Ann")),
    lambda book: (
        book.setting("x"),
        book.strict,
        book.currency,
        book.fiscal_year_start,
        book.closed_through,
        book.today,
    ),
    lambda book: book.verify(),
]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("read_only", [False, True])
def test_no_question_changes_a_byte_of_the_file(book: Ledger, read_only: bool) -> None:
    book.open_account("Liabilities:Member", "liability", attributes={"user": 7})
    sell(book, payee="Ann", date="2026-01-10")
    assert book.path is not None
    book.close()
    before = book.path.read_bytes()
    with Ledger.open(book.path, read_only=read_only) as reader:
        revision, head = reader.revision, reader.head
        version = reader._database.value("PRAGMA data_version")
        for ask in QUESTIONS:
            ask(reader)
        assert (reader.revision, reader.head) == (revision, head)
        assert reader._database.value("PRAGMA data_version") == version
    assert book.path.read_bytes() == before


def test_reading_writes_nothing_while_the_book_is_open(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.open_account("Liabilities:Member", "liability", attributes={"user": 7})
    sell(book, payee="Ann", date="2026-01-10")
    with untouched(book):
        for ask in QUESTIONS:
            ask(book)


def test_a_failed_act_leaves_no_row_and_the_next_one_follows_on(
    book: Ledger, changes: Callable[..., list[Change]]
) -> None:
    before = book.revision
    for slip in (
        lambda: sell(book, "0.001"),
        lambda: book.reverse(5),
        lambda: book.open_account("Assets:Bank", "asset"),
    ):
        with pytest.raises(LedgerError):
            slip()  # type: ignore[no-untyped-call]
    assert changes(book, before) == []
    sell(book)
    assert [row["seq"] for row in changes(book, before)] == [before + 1]
    assert book.verify().ok


def test_several_acts_in_one_write_are_all_there(book: Ledger, elsewhere: Callable[..., Any]) -> None:
    with book.write():
        book.open_account("Assets:New", "asset")
        sell(book)
        book.transfer(BANK, "Assets:New", 2)
    assert elsewhere(book.place, "answer = [str(ledger.balance(name)) for name in ('Assets:New', 'Assets:Bank')]") == [
        "2.00 EUR",
        "3.00 EUR",
    ]


def test_several_acts_in_one_write_are_none_of_them_there_when_it_fails(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    with untouched(book), pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
        book.open_account("Assets:New", "asset", code="77", attributes={"user": 9})
        book.rename_account(CASH, "Assets:Till")
        book.edit_account(BANK, code="1001")
        sell(book)
        assert book.balance("Assets:New").units == 0
        assert book.account("{user=9}").code == "77"
        raise ZeroDivisionError
    assert book.account(CASH).name == CASH
    assert book.account("1000").name == BANK
    assert [account.name for account in book.accounts() if account.name.startswith("Assets")] == [
        BANK,
        CASH,
        "Assets:Dollars",
    ]
    assert sell(book) == 1


def test_a_write_inside_a_write_fails_alone(book: Ledger, changes: Callable[..., list[Change]]) -> None:
    before = book.revision
    with book.write():
        sell(book, 1)
        with pytest.raises(UnbalancedTransaction), book.write():  # noqa: PT012
            book.open_account("Assets:New", "asset")
            sell(book, 2)
            book.post("Slip", debit(BANK, 1), credit(SALES, 2))
        with pytest.raises(LedgerError):
            book.account("Assets:New")
        assert sell(book, 4) == 2
        assert book.revision == before + 2
    assert [row["number"] for row in changes(book, before)] == [1, 2]
    assert book.balance(BANK).amount == 5
    assert book.verify().ok


def test_an_inner_write_that_succeeded_is_lost_with_the_outer(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book), pytest.raises(KeyboardInterrupt), book.write():  # noqa: PT012
        with book.write():
            sell(book)
            book.open_account("Assets:New", "asset")
        raise KeyboardInterrupt


def test_an_account_opened_again_after_a_rollback_is_the_only_one(book: Ledger) -> None:
    with pytest.raises(LedgerError), book.write():  # noqa: PT012
        book.open_account("Assets:New", AccountType.ASSET, currency="JPY")
        book.post("Slip", debit(BANK, 1), credit(SALES, 2))
    opened = book.open_account("Assets:New", AccountType.ASSET)
    assert str(opened.currency) == "EUR"
    with pytest.raises(LedgerError):
        book.currency_of("JPY")
    book.transfer(BANK, "Assets:New", 1)
    assert book.verify().ok


def test_a_read_only_ledger_refuses_every_act(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with Ledger.open(book.place, read_only=True) as reader, untouched(book):
        for act in (
            lambda: sell(reader),
            lambda: reader.open_account("Assets:New", "asset"),
            lambda: reader.set_setting("a", 1),
            lambda: reader.write().__enter__(),
            lambda: reader.post_batch([]),
        ):
            with pytest.raises(BookReadOnly):
                act()  # type: ignore[no-untyped-call]
