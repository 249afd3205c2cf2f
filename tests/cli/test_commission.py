"""What inviting others earns, from the command line."""

from __future__ import annotations

import shlex

import pytest

from tests.cli.conftest import Call

ORDER = ("Liabilities:Parties:ann 12.10", "Income:Sales -10", "Liabilities:VAT -2.10")


@pytest.fixture
def club(at_shop: Call) -> Call:
    """Bob, who may receive commissions, invited Ann; the sales have the code 4000."""
    at_shop("account", "edit", "Income:Sales", "--code", "4000")
    at_shop("party", "add", "bob", "--commissions")
    at_shop("party", "add", "ann", "--referred-by", "bob")
    at_shop("party", "credit", "ann", "100", "--against", "Assets:Bank")
    return at_shop


def test_terms_are_set_shown_changed_and_taken_away(club: Call) -> None:
    assert club("commission", "show").out.startswith("Commissions are off: `commission set --base")
    said = club("commission", "set", "--base", "4000", "--percent", "7.50", "--once", "data.order").out.splitlines()
    assert said == [
        "percent               7.50",
        "of what is posted to  Income:Sales",
        "paid from             Expenses:Commissions",
        "to the account for    default",
        "memo                  Commission of {percent} % on {base}",
        "once for each         order, by its data.order",
        "refunds take it back  yes",
        "receivers             bob",
    ]
    changed = club("commission", "set", "--once", "always", "--no-refunds", "--json").json
    assert changed["terms"] == {
        "percent": "7.50",
        "base": ["Income:Sales"],
        "expense": "Expenses:Commissions",
        "purpose": "default",
        "memo": "Commission of {percent} % on {base}",
        "once": None,
        "refunds": False,
    }
    assert club("commission", "off", "--json").json == {"on": False, "terms": None, "receivers": ["bob"]}
    assert club("undo").status == 0
    assert club("commission", "show", "--json").json == changed


def test_a_sale_and_its_commission_are_answered_together(club: Call) -> None:
    club("commission", "set", "--base", "Income:Sales", "--memo", "[red]{percent}[/] =cmd() \x1b[31m")
    posted = club("post", *ORDER, "--json").json
    assert posted["numbers"] == [2, 3]
    assert posted["balances"]["Liabilities:Parties:bob"] == "1.00"
    assert "[red]10[/] =cmd() ␛[31m" in club("journal").out
    edited = club("edit", "2", "--memo", "Order").out
    assert "3 was written along with it and stays as it is" in edited
    assert club("reverse", "2", "--json").json["numbers"] == [4, 5]
    club("undo")
    voided = club("void", "2", "--json").json
    assert (voided["numbers"], voided["balances"]["Liabilities:Parties:bob"]) == ([2, 3], "0.00")
    assert club("verify", "--replay").status == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set",), "Nothing was said to change"),
        (("set", "--percent", "5"), "'' is no base of commissions: name the accounts of what is sold"),
        (("set", "--base", "Income:Sales", "--percent", "101"), "'101' is no percentage"),
        (("set", "--base", "Income:Nope"), "There is no account 'Income:Nope'"),
        (("set", "--base", "4000", "--memo", "{x}"), "at character 1 there is no {x}; use {amount}"),
        (("set", "--base", "4000", "--once", "foo"), "'foo' is no name of an order: use reference, data.KEY or always"),
        (("set", "--base", "4000", "--expense", "4000"), "'Income:Sales' is no account for commissions"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(club: Call, arguments: tuple[str, ...], said: str) -> None:
    assert said in club("commission", *arguments).refusal
    assert club("commission", "show", "--json").json["on"] is False


def test_the_example_of_the_help_runs_as_it_stands(at_shop: Call) -> None:
    lines = at_shop("commission", "--help").out.splitlines()
    examples = [line.strip().partition("--book shop.ledger ")[2] for line in lines if "--book shop.ledger " in line]
    assert len(examples) == 5
    for example in examples:
        assert at_shop(*shlex.split(example)).status == 0, example
    assert at_shop("party", "show", "bob", "--json").json["balances"] == {"EUR": "1.00"}


def test_unknown_options_are_the_caller_s_fault(club: Call) -> None:
    assert club("commission", "set", "--nonsense").status == 2
    assert club("commission", "nonsense").status == 2


def test_who_may_receive_is_said_of_a_party_and_shown(club: Call) -> None:
    assert "commissions  yes" in club("party", "show", "bob").out
    assert club("party", "edit", "bob", "--no-commissions", "--json").json["commissions"] is False
    assert "commissions" not in club("party", "show", "bob").out
    edited = club("party", "edit", "bob", "--commissions", "--data", "tel=1", "--json").json
    assert (edited["commissions"], edited["data"]) == (True, {"tel": "1", "commissions": True})


def test_commissions_are_paid_from_what_the_book_says_unless_the_terms_say_otherwise(at_shop: Call) -> None:
    at_shop("account", "open", "Costs:Selling:Fees", "--type", "expense")
    assert "full name of an expense account" in at_shop("settings", "commission_expense", "Assets:Bank").refusal
    at_shop("settings", "commission_expense", "Costs:Selling:Fees")
    at_shop("account", "rename", "Costs:Selling", "Costs:Sales")
    assert (
        at_shop("commission", "set", "--base", "Income:Sales", "--json").json["terms"]["expense"] == "Costs:Sales:Fees"
    )
    assert at_shop("commission", "set", "--expense", "Costs:Other", "--json").json["terms"]["expense"] == "Costs:Other"
    assert at_shop("commission", "set", "--percent", "5", "--json").json["terms"]["expense"] == "Costs:Other"
