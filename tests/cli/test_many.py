"""Many transactions changed by one command."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call


@pytest.fixture
def sold(at_shop: Call) -> Call:
    """Three sales into the bank, of 10, 20 and 40."""
    for place in range(3):
        at_shop(
            "post", "--date", f"2026-0{place + 1}-10", "--payee", "Mill", f"Assets:Bank {10 * 2**place}", "Income:Sales"
        )
    return at_shop


def statuses(call: Call) -> list[list[str]]:
    found = call("journal", "--json").json["transactions"]
    return [[posting["status"] for posting in one["postings"]] for one in found]


def test_what_is_found_is_marked_in_one_step(sold: Call) -> None:
    assert sold("mark", "cleared", "#1 or #3", "--account", "Assets:Bank").out == "Marked 2 transactions.\n"
    assert statuses(sold) == [["cleared", "uncleared"], ["uncleared"] * 2, ["cleared", "uncleared"]]
    assert sold("mark", "cleared", "payee:mill", "--json").json == {"number": 1, "numbers": [1, 2, 3]}
    sold("undo")
    sold("undo")
    assert statuses(sold) == [["uncleared"] * 2] * 3


def test_what_is_found_is_changed_after_a_look_at_what_would_move(sold: Call) -> None:
    change = ("change", "amount:>15", "--recode", "Assets:Bank", "Assets:Petty cash", "--add-tag", "till")
    assert sold(*change, "--dry-run", "--json").json == {
        "found": 2,
        "balances": [
            {"account": "Assets:Bank", "before": "70.00", "after": "10.00"},
            {"account": "Assets:Petty cash", "before": "0.00", "after": "60.00"},
        ],
    }
    assert "Assets:Petty cash   0.00 EUR  60.00 EUR" in sold(*change, "--dry-run").out
    assert sold("balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "70.00"
    assert sold(*change).out == "Changed 2 transactions.\n"
    assert sold("balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "10.00"
    assert len(sold("journal", "tag:till", "--json").json["transactions"]) == 2
    sold("undo")
    assert sold("balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "70.00"


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["mark", "done", "#1"], "'done' is no mark: mark it uncleared or cleared; reconciling sets reconciled."),
        (
            ["change", "payee:nobody", "--payee", "x"],
            "The search finds nothing to change: `journal` with the same words shows what it finds.",
        ),
        (["change", "#1"], "Nothing was said to change: give a payee, memo, date, tag or account."),
        (["change", "#1", "--payee", "Mill"], "None of these transactions would change: they are as wanted already."),
    ],
)
def test_what_changes_nothing_is_said_in_one_line(sold: Call, arguments: list[str], refusal: str) -> None:
    assert sold(*arguments).refusal == refusal


def test_the_first_day_of_an_account_is_set_and_shown(at_shop: Call) -> None:
    assert at_shop("account", "edit", "Assets:Bank", "--opened", "2026-01-01").status == 0
    assert at_shop("account", "show", "Assets:Bank", "--json").json["opened"] == "2026-01-01"
    assert "opens on 2026-01-01" in at_shop("post", "--date", "2025-12-31", "Assets:Bank 5", "Income:Sales").refusal
