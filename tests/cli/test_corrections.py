"""The commands that correct: edit, void, undo, redo, history, period; and prices."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Call, as_process
from tui_ledger.ledger import Draft, Ledger, credit, debit

SALE = ("post", "--date", "2026-01-10", "--memo", "Invoice 12", "--payee", "Ada")
LINES = ("Assets:Bank 121", "Income:Sales -100", "Liabilities:VAT")


@pytest.fixture
def sold(at_shop: Call) -> Call:
    """The shop with one sale, #1, by ada."""
    assert at_shop(*SALE, "--actor", "ada", *LINES).status == 0
    return at_shop


@pytest.fixture
def dollars(at_shop: Call) -> Call:
    """The shop with an account in dollars."""
    assert at_shop("account", "open", "Assets:USD", "--type", "asset", "--currency", "USD").status == 0
    return at_shop


def transaction(call: Call, number: int = 1) -> Any:
    return call("journal", "--json").json["transactions"][number - 1]


def test_edit_replaces_what_is_given_and_answers_with_the_balances(sold: Call) -> None:
    edited = sold("edit", "1", "Assets:Petty cash 50", "Income:Sales", "--date", "2026-02-01", "--tag", "x", "--json")
    assert edited.json == {
        "number": 1,
        "numbers": [1],
        "balances": {"Assets:Petty cash": "50.00", "Income:Sales": "50.00"},
    }
    found = transaction(sold)
    assert (found["date"], found["memo"], found["payee"], found["tags"]) == ("2026-02-01", "Invoice 12", "Ada", ["x"])
    assert sold("edit", "#1", "--memo", "", "--payee", "Bob", "--reference", "R", "--data", "a=b").status == 0
    found = transaction(sold)
    assert (found["memo"], found["payee"], found["reference"], found["data"]) == ("", "Bob", "R", {"a": "b"})
    assert [line["amount"] for line in found["postings"]] == ["50.00", "-50.00"]


def test_edit_and_void_say_what_they_did(sold: Call) -> None:
    edited = sold("edit", "1", "--memo", "Invoice 13")
    assert edited.out.splitlines()[0].startswith("Edited 1 of ")
    assert edited.out.splitlines()[0].endswith(" · Ada · Invoice 13")
    assert [line.split()[0] for line in edited.out.splitlines()[1:]] == [
        "Assets:Bank",
        "Income:Sales",
        "Liabilities:VAT",
    ]
    voided = sold("void", "1")
    assert voided.out.startswith("Voided 1 of ")
    assert len(voided.out.splitlines()) == 1


def test_void_answers_with_the_accounts_it_took_from(sold: Call) -> None:
    voided = sold("void", "1", "--json")
    assert voided.json == {
        "number": 1,
        "numbers": [1],
        "balances": {"Assets:Bank": "0.00", "Income:Sales": "0.00", "Liabilities:VAT": "0.00"},
    }
    assert transaction(sold)["voided"] is True
    assert transaction(sold)["postings"] == []
    assert sold("verify").status == 0


def test_undo_and_redo_take_steps_of_the_actor_in_processes_of_their_own(sold: Call, shop: Path) -> None:
    undone = as_process("--book", shop, "undo", "--actor", "ada", "--json")
    assert undone.status == 0
    assert {**undone.json, "act": 0} == {
        "number": 1,
        "numbers": [1],
        "balances": {"Assets:Bank": "0.00", "Income:Sales": "0.00", "Liabilities:VAT": "0.00"},
        "act": 0,
        "kind": "post",
    }
    assert as_process("--book", shop, "redo", "--actor", "ada").out == "Did again: post of #1\n"
    assert sold("undo", "--actor", "ada").out == "Undid: post of #1\n"
    redone = sold("redo", "--actor", "ada", "--json").json
    assert (redone["act"], redone["balances"]["Assets:Bank"]) == (undone.json["act"], "121.00")
    assert sold("verify").status == 0


def test_undo_of_an_account_names_no_transaction(at_shop: Call) -> None:
    at_shop("account", "open", "Assets:New", "--type", "asset", "--actor", "ada")
    undone = at_shop("undo", "--actor", "ada", "--json").json
    assert (undone["number"], undone["numbers"], undone["balances"]) == (None, [], {})
    assert undone["kind"] == "open-account"
    assert at_shop("redo", "--actor", "ada").out == "Did again: open account\n"


def test_undo_of_an_import_lists_its_first_numbers(at_shop: Call, shop: Path) -> None:
    with Ledger.open(shop) as ledger:
        draft = Draft(None, "Import", (debit("Assets:Bank", 1), credit("Income:Sales", 1)))
        ledger.post_batch([draft] * 7, actor="ada")
    assert at_shop("undo", "--actor", "ada").out == "Undid: import of #7, #6, #5, #4, #3 and 2 more\n"


def test_a_key_makes_each_command_safe_to_repeat(sold: Call) -> None:
    for command in (
        ("edit", "1", "--memo", "x", "--actor", "ada", "--key", "e"),
        ("undo", "--actor", "ada", "--key", "u"),
        ("redo", "--actor", "ada", "--key", "d"),
        ("period", "close", "2025-12-31", "--key", "c"),
        ("period", "reopen", "2025-12-31", "--reason", "x", "--key", "r"),
        ("void", "1", "--key", "v"),
    ):
        answers = [sold(*command, "--json") for _ in range(2)]
        assert [answer.status for answer in answers] == [0, 0]
        assert answers[0].json == answers[1].json
    assert [change["kind"] for change in sold("history", "1", "--json").json["changes"]] == [
        "post",
        "edit",
        "undo",
        "redo",
        "void",
    ]
    assert "key" in sold("void", "1", "--key", "e").refusal


def test_history_shows_who_when_and_the_bodies_before_and_after(sold: Call) -> None:
    sold("edit", "1", "--memo", "Mended", "--actor", "bob")
    changes = sold("history", "1", "--json").json
    assert len(changes["head"]) == 64
    posted, edited = changes["changes"]
    assert (posted["kind"], posted["actor"], posted["before"], posted["after"]["memo"]) == (
        "post",
        "ada",
        None,
        "Invoice 12",
    )
    assert (edited["kind"], edited["actor"], edited["number"]) == ("edit", "bob", 1)
    assert edited["before"] == posted["after"]
    assert edited["after"] == {**posted["after"], "memo": "Mended"}
    lines = sold("history", "1").out.splitlines()
    assert re.fullmatch(rf"{posted['seq']}  \S+ \d\d:\d\d  ada  post  posted 1 · Ada 121\.00", lines[0])
    assert "    + Memo             Invoice 12" in lines
    assert lines[-3].endswith("bob  edit  edited 1 · Ada 121.00")
    assert lines[-2] == "    ~ Memo  Invoice 12 → Mended"
    assert lines[-1].startswith("head ")


def test_history_of_the_book_shows_the_newest_changes_in_order(sold: Call) -> None:
    sold("void", "1", "--actor", "bob")
    newest = sold("history", "--limit", "2", "--json").json["changes"]
    assert [change["kind"] for change in newest] == ["post", "void"]
    everything = sold("history").out.splitlines()
    assert everything[0].endswith("create book  made the book")
    assert "Assets:Bank" in "\n".join(everything)
    assert everything[-1].startswith("head ")


def test_history_shows_no_control_byte(at_shop: Call) -> None:
    at_shop("post", "--memo", "a\x1b[31mb", "--actor", "e\x1bve", *LINES)
    for command in (("history",), ("history", "1")):
        assert "\x1b" not in at_shop(*command).out


def test_periods_close_list_and_reopen(sold: Call) -> None:
    assert sold("period", "list").out == "No period is closed.\n"
    assert sold("period", "list", "--json").json == {"closed_through": None}
    assert sold("period", "close", "2026-01-31", "--reason", "filed").out == "Closed through 2026-01-31.\n"
    assert sold("period", "list", "--json").json == {"closed_through": "2026-01-31"}
    assert "2026-01-31" in sold("void", "1").refusal
    opened = sold("period", "reopen", "2026-01-10", "--reason", "a missing bill", "--json")
    assert opened.json == {"closed_through": None}
    assert sold("void", "1").status == 0


def test_a_year_is_closed_with_its_closing_transaction(sold: Call) -> None:
    closed = sold("period", "close", "2026-12-31", "--closing-transaction", "--memo", "Year", "--json")
    assert closed.json == {"closed_through": "2026-12-31"}
    closing = transaction(sold, 2)
    assert (closing["memo"], closing["closing"], closing["date"]) == ("Year", True, "2026-12-31")
    assert sold("balance", "Equity:Retained earnings", "--json").json["accounts"][0]["balance"] == "100.00"
    assert sold("verify").status == 0


@pytest.mark.parametrize(
    ("posting", "bank"),
    [
        ("Assets:USD 100 USD @ 0.92 EUR", "-92.00"),
        ("Assets:USD 100 @ 0.92 EUR", "-92.00"),
        ("Assets:USD 100 USD @@ 92 EUR", "-92.00"),
        ("Assets:USD -100 USD @@ 92 EUR", "92.00"),
        ("Assets:USD 100 USD @0.92 EUR", "-92.00"),
        ("Assets:USD 1 USD @ 0.925 EUR", "-0.93"),
    ],
)
def test_a_posting_names_its_price(dollars: Call, posting: str, bank: str) -> None:
    assert dollars("post", posting, "Assets:Bank", "--json").json["balances"]["Assets:Bank"] == bank
    conversions = [line["conversion"] for line in transaction(dollars)["postings"]]
    assert conversions == [False, False, True, True]
    assert dollars("edit", "1", posting, "Assets:Petty cash").status == 0
    assert dollars("verify").status == 0


def test_an_account_with_an_at_sign_in_its_name_is_no_price(dollars: Call) -> None:
    dollars("account", "open", "Assets:Till @ home", "--type", "asset")
    posted = dollars("post", "Assets:Till @ home 5", "Income:Sales", "--json")
    assert posted.json["balances"]["Assets:Till @ home"] == "5.00"
    assert dollars("post", "Assets:Till @ home 5 EUR", "Income:Sales").status == 0
    assert dollars("post", "Assets:Till @ home", "Income:Sales -5").status == 0


def test_a_transfer_between_currencies_says_what_arrives(dollars: Call) -> None:
    sent = dollars("transfer", "Assets:Bank", "Assets:USD", "92", "--received", "100", "--json")
    assert sent.json["balances"] == {
        "Assets:Bank": "-92.00",
        "Assets:USD": "100.00",
        "Equity:Conversion:EUR": "-92.00",
        "Equity:Conversion:USD": "100.00",
    }


def test_accounts_named_by_attributes_are_opened_when_asked(at_shop: Call) -> None:
    moved = ("transfer", "{user=7,type=virtual-money}", "{user=7,type=purchases}", "5")
    assert "user=7" in at_shop(*moved).refusal
    assert at_shop(*moved, "--create-missing", "--json").json["number"] == 1
    assert at_shop(*moved).status == 0
    assert at_shop("increase", "{user=8}", "5", "--create-missing").status == 0
    assert at_shop("decrease", "{user=9}", "5", "--create-missing", "--against", "Assets:Bank").status == 0
    assert at_shop("verify").status == 0


REFUSALS: dict[str, tuple[tuple[str, ...], str]] = {
    "edit a number that is not there": (("edit", "9", "--memo", "x"), "There is no transaction 9"),
    "edit no number": (("edit", "one", "--memo", "x"), "transaction number"),
    "edit a date that is none": (("edit", "1", "--date", "2026-02-30"), "2026-02-30"),
    "edit to an unknown account": (("edit", "1", "Assets:No 5", "Income:Sales"), "Assets:No"),
    "edit off balance": (("edit", "1", "Assets:Bank 5", "Income:Sales -6"), "1.00 EUR"),
    "edit with bad data": (("edit", "1", "--data", "x"), "NAME=VALUE"),
    "void nothing": (("void", "0"), "There is no transaction 0"),
    "void a minus": (("void", "--", "-1"), "transaction number"),
    "undo nothing": (("undo", "--actor", "nobody"), "nobody"),
    "redo nothing": (("redo", "--actor", "ada"), "ada"),
    "history of nothing": (("history", "7"), "There is no transaction 7"),
    "history of no number": (("history", "x"), "transaction number"),
    "history of no limit": (("history", "--limit", "0"), "number of changes"),
    "close no day": (("period", "close", "soon"), "soon"),
    "close with nothing at a year's end": (("period", "close", "2025-12-31", "--closing-transaction"), "2025-12-31"),
    "close off a year's end": (("period", "close", "2026-01-30", "--closing-transaction"), "fiscal year"),
    "reopen nothing": (("period", "reopen", "2026-01-01", "--reason", "x"), "not in a closed period"),
    "a price without a currency": (("post", "Assets:Bank 5 @ 2", "Income:Sales"), "'2' is not an amount"),
    "a price in small letters": (("post", "Assets:Bank 5 @ 2 eur", "Income:Sales"), "2 eur"),
    "a price with a comma": (("post", "Assets:Bank 5 @ 0,9 EUR", "Income:Sales"), "0,9 EUR"),
    "a price alone": (("post", "Assets:Bank @ 2 USD", "Income:Sales"), "Assets:Bank"),
    "a price of its own currency": (("post", "Assets:Bank 5 @ 2 EUR", "Income:Sales -10"), "5.00"),
    "received in one currency": (
        ("transfer", "Assets:Bank", "Assets:Petty cash", "5", "--received", "5"),
        "leave out what is received",
    ),
    "a slip of the pen": (("transfer", "Assets:Bnak", "Assets:Petty cash", "5", "--create-missing"), "Assets:Bank"),
    "no attributes": (("increase", "{}", "5", "--create-missing"), "filter"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_one_line_that_names_what_is_wrong(sold: Call, shop: Path, case: str) -> None:
    command, said = REFUSALS[case]
    with Ledger.open(shop) as ledger:
        head = ledger.head
    assert said in sold(*command).refusal
    words = 2 if command[0] == "period" else 1
    assert said in sold(*command[:words], "--json", *command[words:]).refusal
    with Ledger.open(shop) as ledger:
        assert ledger.head == head


@pytest.mark.parametrize("command", [("edit",), ("void",), ("period", "close"), ("period", "reopen"), ("period", "x")])
def test_a_missing_argument_is_misuse(at_shop: Call, command: tuple[str, ...]) -> None:
    misuse = at_shop(*command)
    assert (misuse.status, misuse.out) == (2, "")


@pytest.mark.parametrize(
    "command", [("edit", "1"), ("void", "1"), ("undo",), ("redo",), ("period", "close", "2026-01-01")]
)
def test_a_command_that_writes_never_guesses_its_book(call: Call, command: tuple[str, ...]) -> None:
    assert "--book" in call(*command).refusal


def test_a_strict_book_says_to_reverse(call: Call, tmp_path: Path) -> None:
    book = tmp_path / "strict.ledger"
    call("init", book, "--currency", "EUR", "--strict")
    call("--book", book, "account", "open", "Assets:Bank", "--type", "asset")
    call("--book", book, "increase", "Assets:Bank", "5")
    for command in (("edit", "1", "--memo", "x"), ("void", "1"), ("undo",)):
        assert "reversal" in call("--book", book, *command).refusal
    assert call("--book", book, "reverse", "1").status == 0


def test_fiscal_years_are_set_listed_and_removed(at_shop: Call) -> None:
    assert at_shop("period", "year", "2026-04-15", "2026-12-31", "--json").json == {
        "fiscal_year": {"first": "2026-04-15", "last": "2026-12-31"}
    }
    assert at_shop("period", "years", "--at", "2026-04-14", "--json").json == {
        "day": "2026-04-14",
        "fiscal_year": {"first": "2026-01-01", "last": "2026-04-14"},
        "rule": "01-01",
        "set": [{"first": "2026-04-15", "last": "2026-12-31"}],
    }
    assert at_shop("period", "years", "--at", "2027-01-01").out == (
        "2026-04-15 to 2026-12-31, set\n2027-01-01 lies in the fiscal year from 2027-01-01 to 2027-12-31.\n"
    )
    assert at_shop("period", "year", "2026-05-01", "2026-06-01").refusal == (
        "A fiscal year from 2026-05-01 to 2026-06-01 cannot be set: it overlaps the year from 2026-04-15 to 2026-12-31."
    )
    assert at_shop("period", "year", "2026-04-15").refusal == (
        "Say the last day of the fiscal year to set it, or --remove to take it away."
    )
    assert at_shop("period", "year", "2026-04-15", "--remove").out == (
        "2026-04-15 lies in the fiscal year from 2026-01-01 to 2026-12-31.\n"
    )
    assert at_shop("period", "year", "2026-04-15", "--remove").refusal == (
        "No fiscal year was set from 2026-04-15 on: `period years` lists those that were."
    )


def test_history_and_undo_are_told_in_the_readers_words(sold: Call) -> None:
    sold("edit", "1", "--memo", "Mended", "--date", "2026-01-11", "--actor", "bob")
    lines = sold("--locale", "de_DE", "history", "1").out.splitlines()
    assert re.fullmatch(r"8  \d\d\.\d\d\.\d{4} \d\d:\d\d  bob  Änderung  1 · Ada 121,00 bearbeitet", lines[-4])
    became = [re.split(r"\s{2,}", line)[-1] for line in lines[-3:-1]]
    assert became == ["10.01.2026 → 11.01.2026", "Invoice 12 → Mended"]
    assert sold("--locale", "fr_FR", "undo", "--actor", "bob").out == "Défait\u202f: modification de #1\n"
    assert "Utilisation\u202f:" in (shown := sold("--locale", "fr_FR", "undo", "--help").out)
    assert "Options\u202f:" in shown
