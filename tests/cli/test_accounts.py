"""The chart of accounts from the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call


def test_an_account_is_opened_listed_and_shown_with_all_it_is(at_shop: Call) -> None:
    opened = at_shop(
        "account",
        "open",
        "Assets:Till",
        "--type",
        "asset",
        "--code",
        "1000",
        "--minimum",
        "0",
        "--cash",
        "--attr",
        "user=7",
        "--attr",
        "type=purchases",
        "--statement-line",
        "operating",
        "--json",
    ).json
    assert opened["minimum"] == "0.00"
    assert opened["attributes"] == {"user": "7", "type": "purchases"}
    assert at_shop("account", "show", "{user=7,type=purchases}", "--json").json == {**opened, "balance": "0.00"}
    listed = at_shop("account", "list", "--json").json["accounts"]
    assert [row["account"] for row in listed if row["cash"]] == ["Assets:Bank", "Assets:Till"]
    assert "Assets:Till" in at_shop("account", "list").out
    assert "type=purchases, user=7" in at_shop("account", "show", "1000").out


def test_an_account_is_edited_renamed_closed_reopened_and_deleted(at_shop: Call) -> None:
    assert at_shop("account", "edit", "Assets:Bank", "--code", "1101", "--json").json["code"] == "1101"
    assert at_shop("account", "edit", "Assets:Bank", "--code", "", "--json").json["code"] is None
    renamed = at_shop("account", "rename", "Assets", "Aktiva", "--json").json["accounts"]
    assert [row["account"] for row in renamed] == ["Aktiva:Bank", "Aktiva:Petty cash"]
    assert at_shop("account", "close", "Aktiva:Bank", "--date", "2026-01-31", "--json").json["closed"] == "2026-01-31"
    assert "is closed since 2026-01-31" in at_shop("post", "Aktiva:Bank 5", "Income:Sales").refusal
    assert at_shop("account", "reopen", "Aktiva:Bank", "--json").json["closed"] is None
    assert at_shop("account", "delete", "Aktiva:Petty cash").status == 0
    assert "no account 'Aktiva:Petty cash'" in at_shop("account", "show", "Aktiva:Petty cash").refusal


REFUSED = [
    ("no type", ["open", "Assets:New"], "needs a type"),
    ("wrong type", ["open", "Assets:New", "--type", "thing"], "'thing' is no account type"),
    ("type of its parent", ["open", "Assets:New", "--type", "expense"], "is of type asset"),
    ("name taken", ["open", "assets: BANK", "--type", "asset"], "already an account 'assets:BANK'"),
    ("code taken", ["open", "Assets:New", "--type", "asset", "--code", "1100"], "choose another code"),
    ("empty part", ["open", "Assets::New", "--type", "asset"], "each part between colons"),
    ("bad minimum", ["open", "Assets:New", "--type", "asset", "--minimum", "x"], "'x' is not an amount"),
    ("bad currency", ["open", "Assets:New", "--type", "asset", "--currency", "EURO"], "not a currency"),
    ("nothing to change", ["edit", "Assets:Bank"], "Nothing was said to change"),
    ("attribute without value", ["open", "Assets:New", "--type", "asset", "--attr", "user"], "NAME=VALUE"),
    ("close unknown", ["close", "Nope"], "no account 'Nope'"),
]


@pytest.mark.parametrize(("arguments", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_an_account_cannot_be_is_one_clear_line(at_shop: Call, arguments: list[str], said: str) -> None:
    before = at_shop("account", "list", "--json").out
    assert said in at_shop("account", *arguments).refusal
    assert at_shop("account", "list", "--json").out == before


def test_an_account_below_its_minimum_is_refused_by_name(at_shop: Call) -> None:
    at_shop("account", "edit", "Assets:Bank", "--minimum", "0")
    refusal = at_shop("transfer", "Assets:Bank", "Assets:Petty cash", "5", "--date", "2026-01-01").refusal
    assert "'Assets:Bank' would fall to -5.00 EUR on 2026-01-01" in refusal
