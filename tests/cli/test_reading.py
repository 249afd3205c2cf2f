"""Looking at a book from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger import credit, debit
from tui_ledger.ledger import Ledger


@pytest.fixture
def traded(at_shop: Call) -> Call:
    """The shop with three transactions, one with a sub-account and one on a later day."""
    at_shop("account", "open", "Assets:Bank:Savings", "--type", "asset")
    at_shop(
        "post",
        "--date",
        "2026-01-10",
        "--payee",
        "Customer",
        "--memo",
        "Invoice 12",
        "Assets:Bank 121",
        "Income:Sales -100",
        "Liabilities:VAT",
    )
    at_shop("transfer", "Assets:Bank", "Assets:Bank:Savings", "40", "--date", "2026-02-01", "--memo", "Put aside")
    at_shop("post", "--date", "2026-03-05", "--payee", "Mill", "Assets:Petty cash -5", "Income:Sales")
    return at_shop


def test_balances_are_in_the_accounts_own_direction_with_totals_of_their_sub_accounts(traded: Call) -> None:
    answer = traded("balance", "--json").json
    assert answer["at"] is None
    by_name = {row["account"]: row for row in answer["accounts"]}
    assert list(by_name) == [
        "Assets:Bank",
        "Assets:Bank:Savings",
        "Assets:Petty cash",
        "Equity:Adjustments",
        "Income:Sales",
        "Liabilities:VAT",
    ]
    assert by_name["Assets:Bank"] == {
        "account": "Assets:Bank",
        "code": "1100",
        "type": "asset",
        "normal_balance": "debit",
        "currency": "EUR",
        "balance": "81.00",
        "total": {"EUR": "121.00"},
        "attributes": {},
    }
    assert by_name["Liabilities:VAT"]["balance"] == "21.00"
    assert by_name["Equity:Adjustments"]["balance"] == "0.00"


@pytest.mark.parametrize(
    ("day", "bank", "savings"),
    [("2026-01-09", "0.00", "0.00"), ("2026-01-10", "121.00", "0.00"), ("2026-02-01", "81.00", "40.00")],
)
def test_a_balance_at_a_day_counts_that_day(traded: Call, day: str, bank: str, savings: str) -> None:
    answer = traded("balance", "Assets:Bank", "--at", day, "--json").json
    assert answer["at"] == day
    assert [(row["account"], row["balance"]) for row in answer["accounts"]] == [
        ("Assets:Bank", bank),
        ("Assets:Bank:Savings", savings),
    ]


def test_a_node_of_the_tree_answers_with_the_total_of_what_is_below(traded: Call) -> None:
    rows = traded("balance", "assets", "--json").json["accounts"]
    assert rows[0]["account"] == "Assets"
    assert rows[0]["node"] is True
    assert rows[0]["total"] == {"EUR": "116.00"}
    assert [row["account"] for row in rows[1:]] == ["Assets:Bank", "Assets:Bank:Savings", "Assets:Petty cash"]


def test_depth_sums_up_what_lies_deeper(traded: Call) -> None:
    rows = traded("balance", "--depth", "1", "--json").json["accounts"]
    assert {row["account"]: row["total"]["EUR"] for row in rows} == {
        "Assets": "116.00",
        "Equity": "0.00",
        "Income": "95.00",
        "Liabilities": "21.00",
    }
    lines = traded("balance", "--depth", "1").out.splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["Assets", "116.00", "EUR"],
        ["Income", "95.00", "EUR"],
        ["Liabilities", "21.00", "EUR"],
    ]


def test_postings_after_today_are_counted_and_said(at_shop: Call) -> None:
    at_shop("post", "--date", "2999-01-01", "Assets:Bank 5", "Income:Sales")
    answer = at_shop("balance")
    assert "5.00" in answer.out
    assert answer.err.startswith("2 postings after today included")


def test_a_register_ties_opening_changes_and_closing_balance(traded: Call) -> None:
    register = traded("register", "Assets:Bank", "--from", "2026-01-11", "--to", "2026-12-31", "--json").json
    assert register == {
        "account": "Assets:Bank",
        "currency": "EUR",
        "opening_balance": "121.00",
        "closing_balance": "81.00",
        "postings": [
            {
                "transaction": 2,
                "date": "2026-02-01",
                "memo": "Put aside",
                "payee": None,
                "counter_accounts": ["Assets:Bank:Savings"],
                "amount": "-40.00",
                "change": "-40.00",
                "balance": "81.00",
                "status": "uncleared",
            }
        ],
    }


def test_an_empty_range_of_a_register_closes_as_it_opens(traded: Call) -> None:
    register = traded("register", "Assets:Bank", "--from", "2026-06-01", "--to", "2026-06-30", "--json").json
    assert (register["opening_balance"], register["closing_balance"], register["postings"]) == ("81.00", "81.00", [])


def test_figures_and_dates_follow_the_locale_on_the_terminal_and_never_in_json(
    traded: Call, call: Call, shop: Path
) -> None:
    german = call("--book", shop, "--locale", "de_DE", "register", "Income:Sales")
    assert "10.01.2026" in german.out
    assert "100,00" in german.out
    plain = call("--book", shop, "--locale", "de_DE", "register", "Income:Sales", "--json").json
    assert plain["postings"][0]["balance"] == "100.00"


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (["mill"], [3]),
        (["bank"], [1, 2]),
        (["invoice", "customer"], [1]),
        (["#2"], [2]),
        (["nothing"], []),
        ([], [1, 2, 3]),
    ],
)
def test_the_journal_is_searched_by_words(traded: Call, query: list[str], numbers: list[int]) -> None:
    assert [row["number"] for row in traded("journal", *query, "--json").json["transactions"]] == numbers


def test_a_range_that_ends_before_it_begins_is_refused(traded: Call) -> None:
    assert "exchange --from and --to" in traded("journal", "--from", "2026-02-01", "--to", "2026-01-01").refusal


@pytest.mark.parametrize("width", [40, 80, 140])
def test_no_line_is_wider_than_the_terminal(traded: Call, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for command in (["balance"], ["register", "Assets:Bank"], ["report", "balance-sheet"]):
        lines = traded(*command).out.splitlines()
        least = 60 if command[0] == "register" and width < 60 else width
        assert max(map(len, lines)) <= max(least, width)


def test_the_tree_of_an_account_begins_at_it(traded: Call) -> None:
    lines = traded("balance", "1100", "assets:petty cash").out.splitlines()[2:]
    assert [line.split("  ")[0] for line in lines if not line.startswith(" ")] == ["Assets:Bank", "Assets:Petty cash"]
    assert [line.split() for line in lines] == [
        ["Assets:Bank", "121.00", "EUR"],
        ["Savings", "40.00", "EUR"],
        ["Assets:Petty", "cash", "-5.00", "EUR"],
    ]
    assert traded("balance", "Assets").out.splitlines()[2].split() == ["Assets", "116.00", "EUR"]


def test_names_that_differ_by_case_stand_in_one_tree(at_shop: Call, shop: Path) -> None:
    with Ledger.open(shop) as ledger:
        for name in ("equity", "Equity:Conversion", "EQUITY:start:b", "Equity:Start:a"):
            ledger.open_account(name, "equity")
            ledger.post("", debit("Assets:Bank", "10"), credit(name, "10"), date="2026-01-02")
    lines = [line.split()[:2] for line in at_shop("balance", "EQUITY").out.splitlines()[2:]]
    assert lines == [["equity", "40.00"], ["Conversion", "10.00"], ["Start", "20.00"], ["a", "10.00"], ["b", "10.00"]]
    assert [line.split()[:2] for line in at_shop("balance", "--depth", "1").out.splitlines()[2:]] == [
        ["Assets", "40.00"],
        ["equity", "40.00"],
    ]
    (shape,) = at_shop("balance", "Equity", "--depth", "1", "--json").json["accounts"]
    assert (shape["account"], shape["balance"], shape["total"]) == ("equity", "10.00", {"EUR": "40.00"})
    (node,) = at_shop("balance", "equity:START", "--depth", "1", "--json").json["accounts"]
    assert (node["account"], node["total"]) == ("Equity:Start", {"EUR": "20.00"})
    listed = [line.split()[0] for line in at_shop("account", "list").out.splitlines() if "quity" in line.lower()]
    assert listed == ["equity", "Equity:Adjustments", "Equity:Conversion", "Equity:Start:a", "EQUITY:start:b"]
