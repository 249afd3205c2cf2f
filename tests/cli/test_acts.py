"""Posting from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call, as_process
from tui_ledger.ledger import Ledger


def test_an_answer_in_words_has_the_balance_after_each_line_whatever_was_posted_since(at_shop: Call) -> None:
    first = ("--locale", "en_GB", "post", "--key", "k", "--date", "2026-01-02", "Assets:Bank 10", "Income:Sales")
    said = at_shop(*first).out
    assert "balance €10.00" in said
    at_shop("post", "--date", "2026-01-03", "Assets:Bank 50", "Income:Sales")
    assert at_shop(*first).out == said
    assert at_shop(*first, "--json").json["balances"]["Assets:Bank"] == "60.00"


def test_a_posted_transaction_answers_its_number_and_the_balances_it_left(at_shop: Call) -> None:
    answer = at_shop(
        "post",
        "--date",
        "2026-01-10",
        "--memo",
        "Invoice 12",
        "Assets:Bank 121",
        "Income:Sales -100",
        "Liabilities:VAT",
        "--json",
    )
    assert answer.json == {
        "number": 1,
        "numbers": [1],
        "balances": {"Assets:Bank": "121.00", "Income:Sales": "100.00", "Liabilities:VAT": "21.00"},
    }


def test_a_back_dated_posting_carries_the_later_rows_as_a_fresh_process_sees_them(at_shop: Call, shop: Path) -> None:
    for day, amount in (("2026-01-01", 100), ("2026-01-31", 50), ("2026-01-15", 7)):
        assert at_shop("post", "--date", day, f"Assets:Bank {amount}", "Income:Sales").status == 0
    for account in ("Assets:Bank", "Income:Sales"):
        register = as_process("--book", shop, "register", account, "--json").json
        assert [row["balance"] for row in register["postings"]] == ["100.00", "107.00", "157.00"]
        assert [row["date"] for row in register["postings"]] == ["2026-01-01", "2026-01-15", "2026-01-31"]
        assert register["closing_balance"] == "157.00"


@pytest.mark.parametrize(
    ("argument", "account", "amount"),
    [
        ("Assets:Petty cash", "Assets:Petty cash", "-5.00"),
        ("Assets:Petty cash -5", "Assets:Petty cash", "-5.00"),
        ("Assets:Petty cash -5.00 EUR", "Assets:Petty cash", "-5.00"),
        ("1100 -5", "Assets:Bank", "-5.00"),
        ("assets:bank", "Assets:Bank", "-5.00"),
    ],
)
def test_a_posting_argument_names_an_account_with_or_without_an_amount(
    at_shop: Call, argument: str, account: str, amount: str
) -> None:
    assert at_shop("post", "Income:Sales 5", argument).status == 0
    postings = at_shop("journal", "--json").json["transactions"][0]["postings"]
    assert (postings[1]["account"], postings[1]["amount"]) == (account, amount)


def test_texts_tags_and_data_of_a_transaction_are_kept(at_shop: Call) -> None:
    at_shop(
        "post",
        "--payee",
        "Mill",
        "--reference",
        "A-1",
        "--tag",
        "x",
        "--tag",
        "y",
        "--data",
        "amount=7=8",
        "--memo",
        "Paper",
        "Assets:Bank 1",
        "Income:Sales",
    )
    kept = at_shop("journal", "--json").json["transactions"][0]
    assert kept["payee"] == "Mill"
    assert kept["reference"] == "A-1"
    assert kept["tags"] == ["x", "y"]
    assert kept["data"] == {"amount": "7=8"}
    assert kept["memo"] == "Paper"


REFUSED = [
    ("unknown account", ["post", "Assets:Nope 5", "Income:Sales"], "no account 'Assets:Nope'"),
    ("unbalanced", ["post", "Assets:Bank 5", "Income:Sales -4"], "differ by 1.00 EUR"),
    ("zero", ["post", "Assets:Bank 0", "Income:Sales 0"], "is zero"),
    ("not a number", ["post", "Assets:Bank NaN", "Income:Sales"], "'NaN' is not an amount"),
    ("exponent", ["post", "Assets:Bank 1e5", "Income:Sales"], "'1e5' is not an amount"),
    ("grouping", ["post", "Assets:Bank 1,000", "Income:Sales"], "'1,000' is not an amount"),
    ("infinity", ["transfer", "Assets:Bank", "Income:Sales", "Infinity"], "'Infinity' is not an amount"),
    ("surplus decimals", ["post", "Assets:Bank 1.005", "Income:Sales"], "more decimals than EUR allows"),
    ("wrong currency", ["post", "Assets:Bank 5 USD", "Income:Sales"], "is kept in EUR"),
    ("no such day", ["post", "--date", "2026-02-30", "Assets:Bank 5", "Income:Sales"], "'2026-02-30' is not a date"),
    ("one posting", ["post", "Assets:Bank 5"], "two postings or more"),
    ("two amounts missing", ["post", "Assets:Bank", "Income:Sales"], "Only one amount may be left out"),
    ("negative transfer", ["transfer", "Assets:Bank", "Income:Sales", "-5"], "must be greater than zero"),
    ("self-transfer", ["transfer", "Assets:Bank", "1100", "5"], "to itself"),
    ("data without a value", ["post", "--data", "x", "Assets:Bank 5", "Income:Sales"], "NAME=VALUE"),
    ("unknown transaction", ["reverse", "7"], "no transaction 7"),
    ("no number", ["reverse", "seven"], "'seven' is no transaction number"),
    ("empty filter", ["post", "{} 5", "Income:Sales"], "without attributes"),
]


@pytest.mark.parametrize(("arguments", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_bad_input_is_one_clear_line_and_writes_nothing(
    at_shop: Call, shop: Path, arguments: list[str], said: str
) -> None:
    with Ledger.open(shop, read_only=True) as ledger:
        head = ledger.head
    assert said in at_shop(*arguments).refusal
    with Ledger.open(shop, read_only=True) as ledger:
        assert ledger.head == head
        assert len(ledger.journal()) == 0


def test_a_minus_and_digits_are_an_amount_and_never_an_option(at_shop: Call) -> None:
    assert "-5.00 must be greater than zero" in at_shop("increase", "Assets:Bank", "-5.00", "--memo", "x").refusal
    assert at_shop("increase", "Assets:Bank", "5", "--memo", "-5").status == 0
    assert at_shop("journal", "--json").json["transactions"][0]["memo"] == "-5"


def test_increase_and_decrease_move_the_named_account_in_its_own_direction(at_shop: Call) -> None:
    at_shop("increase", "Liabilities:VAT", "20", "--against", "Assets:Bank")
    assert at_shop("decrease", "Liabilities:VAT", "5", "--json").json["balances"] == {
        "Liabilities:VAT": "15.00",
        "Equity:Adjustments": "5.00",
    }


def test_a_reversal_mirrors_the_transaction_once(at_shop: Call) -> None:
    at_shop("post", "--date", "2026-01-10", "--memo", "Slip", "Assets:Bank 5", "Income:Sales")
    answer = at_shop("reverse", "1", "--date", "2026-01-12", "--json")
    assert answer.json["balances"] == {"Assets:Bank": "0.00", "Income:Sales": "0.00"}
    assert "already reversed by 2" in at_shop("reverse", "1").refusal
    first, second = at_shop("journal", "--json").json["transactions"]
    assert (first["reversed_by"], second["reverses"]) == (2, 1)


def test_the_same_key_books_once_across_processes(shop: Path) -> None:
    arguments = ("--book", shop, "post", "--key", "k-1", "Assets:Bank 5", "Income:Sales", "--json")
    assert as_process(*arguments).json["number"] == 1
    assert as_process(*arguments).json["number"] == 1
    other = as_process("--book", shop, "post", "--key", "k-1", "Assets:Bank 6", "Income:Sales")
    assert "used before for something else" in other.refusal
    assert as_process("--book", shop, "balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "5.00"


def test_control_bytes_of_a_payee_never_reach_the_terminal(at_shop: Call) -> None:
    at_shop("post", "--payee", "\x1b[31mred\x07", "--memo", "\x9b1m[bold]", "Assets:Bank 5", "Income:Sales")
    for command in (["register", "Assets:Bank"], ["journal"], ["report", "balance-sheet"]):
        out = at_shop(*command).out
        assert not any((ord(character) < 32 and character != "\n") or 127 <= ord(character) < 160 for character in out)
    assert "␛[31mred␇" in at_shop("journal").out


def test_a_keyed_call_may_be_retried_though_names_changed_since(at_shop: Call) -> None:
    post = ("post", "Assets:Bank 5", "Income:Sales", "--date", "2026-01-10", "--key", "p")
    edit = ("edit", "1", "Assets:Bank 6", "Income:Sales", "--key", "e")
    assert at_shop(*post).status == at_shop(*edit).status == 0
    at_shop("account", "rename", "Income:Sales", "Income:Shop")
    at_shop("account", "open", "Assets:Bank 5", "--type", "asset")
    assert at_shop(*post, "--json").json["number"] == 1
    assert at_shop(*edit, "--json").json["number"] == 1
    assert "used before for something else" in at_shop(*post, "--memo", "x").refusal
    for _ in range(2):
        assert at_shop("account", "delete", "Assets:Bank 5", "--key", "d").status == 0
    assert len(at_shop("journal", "--json").json["transactions"]) == 1


def test_increase_follows_the_adjustments_account_to_its_new_name(at_shop: Call) -> None:
    at_shop("account", "rename", "Equity:Adjustments", "Equity:Corrections")
    assert at_shop("increase", "Assets:Bank", "5").status == 0
    assert at_shop("balance", "Equity:Corrections", "--json").json["accounts"][0]["balance"] == "5.00"


def test_a_transfer_between_currencies_asks_what_arrives(at_shop: Call) -> None:
    at_shop("account", "open", "Assets:Dollars", "--type", "asset", "--currency", "USD")
    assert at_shop("transfer", "Assets:Bank", "Assets:Dollars", "5").refusal == (
        "'Assets:Dollars' is kept in USD and EUR are sent: say what arrives there, with --received."
    )
