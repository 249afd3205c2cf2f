"""People and firms, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger.ledger import Ledger


@pytest.fixture
def club(at_shop: Call) -> Call:
    at_shop("party", "add", "ann", "--name", "Ann Smith", "--data", "member=7")
    at_shop("party", "add", "bob", "--referred-by", "ann")
    at_shop("party", "credit", "ann", "100", "--date", "2026-01-10", "--memo", "Top-up", "--against", "Assets:Bank")
    at_shop("party", "debit", "ann", "30.50", "--date", "2026-02-01", "--memo", "Fee", "--against", "Income:Sales")
    at_shop("party", "adjust", "ann", "5", "--purpose", "bonus", "--date", "2026-01-20")
    return at_shop


def test_a_party_is_added_changed_shown_and_deleted(at_shop: Call) -> None:
    added = at_shop("party", "add", "ann", "--name", "Ann Smith", "--data", "member=7", "--json").json
    assert added == {
        "key": "ann",
        "name": "Ann Smith",
        "referred_by": None,
        "active": True,
        "commissions": False,
        "data": {"member": "7"},
    }
    assert at_shop("party", "add", "bob", "--referred-by", "ANN").out == "Added bob (bob).\n"
    assert at_shop("party", "edit", "bob", "--name", "Robert", "--inactive").out == "Changed bob (Robert, inactive).\n"
    edited = at_shop(
        "party", "edit", "bob", "--active", "--referred-by", "", "--data", "note=x", "--data", "more=", "--json"
    )
    assert (edited.json["name"], edited.json["referred_by"], edited.json["active"]) == ("Robert", None, True)
    assert edited.json["data"] == {"note": "x"}
    assert at_shop("party", "delete", "bob").out == "Deleted bob.\n"
    assert at_shop("undo").status == 0
    shown = at_shop("party", "show", "bob").out.splitlines()
    assert shown[:2] == ["key      bob", "name     Robert"]
    assert "balance  €0.00" in shown


def test_balances_are_listed_at_any_day_in_any_order(club: Call) -> None:
    listed = club("party", "list", "--json").json
    assert [(one["key"], one["name"], one["balance"], one["active"]) for one in listed["parties"]] == [
        ("ann", "Ann Smith", "74.50", True),
        ("bob", "bob", "0.00", True),
    ]
    assert listed["parties"][0]["balances"] == {"EUR": "74.50"}
    early = club("party", "list", "--at", "2026-01-15", "--sort", "balance", "--json").json
    assert early["at"] == "2026-01-15"
    assert [(one["key"], one["balance"]) for one in early["parties"]] == [("bob", "0.00"), ("ann", "100.00")]
    assert [one["key"] for one in club("party", "list", "--no-zero", "--json").json["parties"]] == ["ann"]
    assert club("party", "list", "--purpose", "bonus", "--no-zero").out.splitlines()[2].split() == [
        "ann", "Ann", "Smith", "5.00", "EUR",
    ]  # fmt: skip
    assert club("party", "list", "smi", "an").out.count("\n") == 3
    assert club("party", "list", "nobody").out == "No parties are found.\n"


def test_an_empty_book_says_how_to_begin(at_shop: Call) -> None:
    assert at_shop("party", "list").out == "No parties yet: `party add KEY` adds one.\n"
    at_shop("party", "add", "ann")
    assert at_shop("party", "statement", "ann").out.splitlines()[1] == "Nothing was ever posted for it."


def test_an_adjustment_answers_with_what_the_party_is_owed(club: Call) -> None:
    answer = club("party", "adjust", "bob", "-2.25", "--json").json
    assert (answer["number"], answer["party"]["balance"]) == (4, "-2.25")
    assert answer["balances"] == {"Liabilities:Parties:bob": "-2.25", "Equity:Adjustments": "-2.75"}
    said = club("party", "adjust", "bob", "5", "--memo", "Slip").out.splitlines()
    assert said[0].startswith("Posted 5 of ")
    assert said[0].endswith(" · Slip")
    assert said[-1] == "  bob is owed €2.75"
    assert club("journal", "#4", "--json").json["transactions"][0]["memo"] == "Admin Adjustment"


def test_a_key_credits_once(club: Call) -> None:
    numbers = [club("party", "credit", "bob", "5", "--key", "k", "--json").json["number"] for _ in range(2)]
    assert numbers == [4, 4]
    assert "used" in club("party", "debit", "bob", "5", "--key", "k").refusal


def test_a_statement_has_both_ends_of_its_range_and_the_balance_before_it(club: Call) -> None:
    found = club("party", "statement", "ann", "--from", "2026-01-20", "--to", "2026-02-01", "--json").json
    assert {name: value for name, value in found.items() if name != "postings"} == {
        "party": "ann", "name": "Ann Smith", "purpose": None, "currency": "EUR", "from": "2026-01-20",
        "to": "2026-02-01", "opening_balance": "100.00", "closing_balance": "74.50",
    }  # fmt: skip
    assert [(row["date"], row["amount"], row["change"], row["balance"]) for row in found["postings"]] == [
        ("2026-01-20", "-5.00", "5.00", "105.00"),
        ("2026-02-01", "30.50", "-30.50", "74.50"),
    ]
    lines = club("--locale", "en_GB", "party", "statement", "ann", "--from", "2026-01-20").out.splitlines()
    assert lines[0] == "Ann Smith · ann · EUR"
    assert "Opening balance" in lines[3]
    assert lines[3].endswith("100.00")
    assert lines[4].split()[0] == "20/01/2026"
    turned = club("--locale", "en_GB", "party", "statement", "ann", "--from", "2026-01-20", "--newest-first").out
    assert turned.splitlines()[3:] == lines[:2:-1]


def test_an_account_is_given_to_a_party_and_counts_in_what_it_is_owed(club: Call) -> None:
    opened = club("account", "open", "Assets:Lent", "--type", "asset", "--party", "BOB", "--purpose", "Loan", "--json")
    assert (opened.json["party"], opened.json["purpose"]) == ("bob", "loan")
    club("post", "Assets:Lent 40", "Assets:Bank")
    assert club("party", "show", "bob", "--json").json["balance"] == "-40.00"
    assert [one["account"] for one in club("party", "show", "bob", "--json").json["accounts"]] == ["Assets:Lent"]
    edited = club("account", "edit", "Assets:Lent", "--party", "", "--json").json
    assert (edited["party"], edited["purpose"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (
            ["show", "anne"],
            "There is no party 'anne' in this book (did you mean 'ann'?): check the key, or add it first.",
        ),
        (["add", "ANN"], "There is already a party 'ann': choose another key."),
        (["add", ""], "The key '' cannot be kept: it is empty, or holds nothing that can be read."),
        (["edit", "ann"], "Nothing was said to change in 'ann': give an option such as --name."),
        (
            ["edit", "ann", "--referred-by", "bob"],
            "'ann' cannot be referred by 'bob': the referrals would run in a circle (ann ← bob ← ann).",
        ),
        (
            ["delete", "ann"],
            (
                "'ann' cannot be deleted, since it has an account of its own, 'Liabilities:Parties:ann': "
                "set it inactive instead."
            ),
        ),
        (
            ["credit", "ann", "-5"],
            "The amount -5 must be greater than zero: the direction is said by the act, not by the sign.",
        ),
        (
            ["adjust", "ann", "0"],
            "The amount for Liabilities:Parties:ann is zero: give an amount other than zero, or leave the posting out.",
        ),
        (["list", "--sort", "height"], "'height' is no order of parties: use name, key, balance."),
        (["list", "--at", "soon"], "'soon' is not a date of the calendar: write YYYY-MM-DD, such as 2026-01-31."),
        (
            ["statement", "ann", "--from", "2026-02-01", "--to", "2026-01-01"],
            "The range ends (2026-01-01) before it begins (2026-02-01): exchange --from and --to.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_one_line(club: Call, arguments: list[str], refusal: str) -> None:
    assert club("party", *arguments).refusal == refusal


def test_an_inactive_party_is_not_adjusted(club: Call) -> None:
    club("party", "edit", "ann", "--inactive")
    assert club("party", "adjust", "ann", "5").refusal == (
        "'ann' is inactive and takes no new postings this way: set it active again first."
    )


def test_hostile_text_reaches_no_terminal(at_shop: Call, shop: Path) -> None:
    with Ledger.open(shop) as ledger:
        ledger.add_party("[/x]", "[red]\x1b[31m\x9b", data={"\x1b": "\x07"})
        ledger.party_credit("[/x]", 5, memo="\x1b]52;c;aGk=\x07")
    for command in (["list"], ["show", "[/x]"], ["statement", "[/x]"], ["adjust", "[/x]", "1"]):
        out = at_shop("party", *command).out
        assert "[red]" in out
        assert not any(ord(one) < 32 or 127 <= ord(one) < 160 for one in out.replace("\n", ""))
