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
    assert [(one["key"], one["balance"]) for one in early["parties"]] == [("ann", "100.00"), ("bob", "0.00")]
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
    assert [line.split() for line in lines[-2:]] == [["Total", "-25.50"], ["Closing", "balance", "74.50"]]
    turned = club("--locale", "en_GB", "party", "statement", "ann", "--from", "2026-01-20", "--newest-first").out
    assert turned.splitlines()[3:] == lines[:2:-1]


def test_what_a_party_is_owed_takes_nothing_more_once_its_account_is_closed(club: Call) -> None:
    club("party", "debit", "ann", "69.50", "--against", "Assets:Bank")
    assert club("account", "close", "Liabilities:Parties:ann").status == 0
    assert "'Liabilities:Parties:ann' is closed since" in (
        said := club("party", "credit", "ann", "1", "--against", "Assets:Bank").refusal
    )
    assert "`account reopen`" in said
    assert "Liabilities:Parties:ann (2)" not in club("accounts").out
    assert club("party", "credit", "ann", "1", "--purpose", "other", "--against", "Assets:Bank").status == 0
    club("account", "reopen", "Liabilities:Parties:ann")
    assert club("party", "credit", "ann", "1", "--against", "Assets:Bank").status == 0


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


def test_balances_fall_in_both_lists_and_a_minus_turns_either(club: Call) -> None:
    for sort, keys in (("balance", ["ann", "bob"]), ("-balance", ["bob", "ann"]), ("-name", ["bob", "ann"])):
        listed = [one["key"] for one in club("party", "list", "--sort", sort, "--json").json["parties"]]
        reported = club("report", "parties", "--sort", sort, "--zero", "--format", "csv").out.splitlines()
        assert listed == keys
        assert [line.split(",")[2] for line in reported if line.startswith("row,")] == keys
    falling = club("party", "list", "--sort", "balance", "--falling", "--json").json["parties"]
    assert [one["key"] for one in falling] == ["ann", "bob"]
    refused = club("party", "list", "--sort", "-balance", "--falling").refusal
    assert refused == "--falling is the largest balance first, -balance the smallest: give one."


def test_a_list_of_nobody_says_why(club: Call) -> None:
    said = "Nobody is owed anything at 1/1/2025, and nobody owes anything.\n"
    assert club("party", "list", "--at", "2025-01-01", "--no-zero").out == said
    club("party", "debit", "ann", "69.50")
    club("party", "debit", "ann", "5", "--purpose", "bonus")
    assert club("party", "list", "--no-zero").out == "Nobody is owed anything, and nobody owes anything.\n"


def test_a_party_is_credited_in_another_currency_and_its_sheet_says_so(club: Call) -> None:
    club("currency", "add", "USD")
    first = club("party", "credit", "bob", "7.50 USD", "--json").json
    assert first["party"]["balances"] == {"EUR": "0.00", "USD": "7.50"}
    club("party", "adjust", "bob", "-2", "--currency", "USD")
    club("party", "credit", "bob", "3 EUR", "--key", "k")
    assert club("party", "credit", "bob", "3 EUR", "--key", "k").status == 0
    sheet = club("party", "statement", "bob")
    assert sheet.out.splitlines()[0] == "bob · bob · EUR"
    assert sheet.err == "In other currencies it is owed $5.50: --currency USD shows how that came about.\n"
    dollars = club("party", "statement", "bob", "--currency", "USD")
    assert (dollars.out.splitlines()[0], "5.50" in dollars.out) == ("bob · bob · USD", True)
    assert "€3.00: --currency EUR" in dollars.err
    assert club("party", "statement", "bob", "--to", "2026-01-01").err == ""
    assert club("party", "debit", "bob", "1 USD", "--currency", "EUR").refusal == (
        "The amount is in USD and --currency says EUR: give one."
    )
    assert "'XTS'" in club("party", "debit", "bob", "1 XTS").refusal
    assert "abc" in club("party", "debit", "bob", "abc", "--currency", "USD").refusal


def test_lists_are_shown_by_pages(club: Call) -> None:
    for number in range(7):
        club("party", "credit", "bob", str(number + 1), "--date", "2026-03-01", "--memo", f"No {number}")
    assert club("settings", "page_size", "3").status == 0
    page = club("party", "statement", "bob", "--page", "2").out.splitlines()
    assert [line.split()[3] for line in page if " No " in line] == ["3", "4", "5"]
    assert page[-1] == "page 2 of 3, 3 lines each"
    assert not any("Closing" in line or "Opening" in line for line in page)
    last = club("party", "statement", "bob", "--from", "2026-02-01", "--page", "3").out
    assert "Closing balance" in last
    assert "Opening balance" not in last
    newest = club("party", "statement", "bob", "--newest-first", "--page", "1", "--page-size", "2", "--json").json
    assert [one["memo"] for one in newest["postings"]] == ["No 6", "No 5"]
    assert (newest["page"], newest["pages"], newest["page_size"]) == (1, 4, 2)
    for command, name in (
        (("register", "Liabilities:Parties:bob"), "postings"),
        (("journal", "--from", "2026-03-01"), "transactions"),
        (("journal", "memo:No"), "transactions"),
    ):
        whole, found = club(*command, "--json").json, []
        for number in ("1", "2", "3"):
            shown = club(*command, "--page", number, "--json").json
            found += shown[name]
        assert found == whole[name], command
        assert "page" not in whole
        assert club(*command, "--page", "3").out.splitlines()[-1] == "page 3 of 3, 3 lines each"
    parties = club("party", "list", "--page", "2", "--page-size", "1")
    assert [line.split()[0] for line in parties.out.splitlines()[2:]] == ["bob", "page"]
    assert club("party", "list", "--page", "1", "nobody").out == "No parties are found.\n"


NO_SIZE = "is no page size: write a whole number from 1 to 1000."


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ("journal --page 9", "There is no page 9: the last one is 1."),
        ("journal --page 0", "'0' is no page: write a whole number of 1 or more."),
        ("journal --page-size 9", "--page-size goes with --page: say which page."),
        ("register Assets:Bank --page 1 --page-size 1001", f"'1001' {NO_SIZE}"),
        ("party statement ann --page 1 --format csv", "--page is for what is shown: a file has all lines."),
        ("settings page_size 0", f"'0' {NO_SIZE}"),
        ("settings page_size yes", f"'yes' {NO_SIZE}"),
        ("settings page_size 2.5", f"'2.5' {NO_SIZE}"),
    ],
)
def test_a_page_that_is_none_is_refused(club: Call, arguments: str, refusal: str) -> None:
    assert club(*arguments.split()).refusal == refusal


def test_a_search_for_a_party_that_is_not_there_says_so(club: Call) -> None:
    for command in (["journal"], ["report", "postings"]):
        refused = club(*command, "party:nobody").refusal
        assert refused == club("party", "show", "nobody").refusal
