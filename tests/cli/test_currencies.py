"""Currencies and prices from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger.ledger.book_settings import KNOWN_SETTINGS


@pytest.fixture
def traded(at_shop: Call) -> Call:
    """The shop with 1,000.00 EUR earned, 100.00 USD bought at 0.90, and two prices of the dollar."""
    for arguments in (
        ["account", "open", "Assets:Dollars", "--type", "asset", "--currency", "USD"],
        ["post", "--date", "2026-01-10", "Assets:Bank 1000", "Income:Sales"],
        ["post", "--date", "2026-01-10", "Assets:Dollars 100 @ 0.90 EUR", "Assets:Bank"],
        ["price", "add", "USD", "0.80", "--date", "2026-01-10"],
        ["price", "add", "USD", "0.95", "EUR", "--date", "2026-02-01"],
    ):
        assert at_shop(*arguments).status == 0
    return at_shop


def test_currencies_are_added_and_listed_with_their_digits(traded: Call) -> None:
    assert traded("currency", "add", "GOLD", "--digits", "4").out == "Added GOLD, 4 digits.\n"
    listed = traded("currency", "list", "--json").json
    assert listed["currency"] == "EUR"
    assert listed["currencies"][:2] == [
        {"currency": "EUR", "digits": 2, "accounts": 6, "price": "1"},
        {"currency": "GOLD", "digits": 4, "accounts": 0, "price": None},
    ]
    assert "GOLD       4         0            no price" in traded("currency", "list").out


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (
            ["add", "GOLD"],
            "'GOLD' is not a currency this book knows: give the digits of its smallest unit, such as --digits 4.",
        ),
        (
            ["add", "EUR"],
            "This book keeps EUR already, with 2 digits: `currency digits` gives it more.",
        ),
        (
            ["add", "GOLD", "--digits", "13"],
            "'13' is no number of digits: GOLD may have 0 to 12.",
        ),
        (["add", "GOLD", "--digits", "x"], "'x' is no number of digits: write a whole number of 0 or more."),
        (
            ["digits", "EUR", "2"],
            "EUR is kept with 2 digits in this book, and can only be given more (up to 12), not 2.",
        ),
        (["digits", "CHF", "4"], "'CHF' is not a currency this book knows: add it first, with `currency add CHF`."),
    ],
)
def test_what_is_wrong_with_a_currency_is_said_in_one_line(traded: Call, arguments: list[str], refusal: str) -> None:
    assert traded("currency", *arguments).refusal == refusal


def test_more_digits_write_every_figure_finer(traded: Call) -> None:
    assert traded("currency", "digits", "EUR", "3").out == "Kept finer: EUR, 3 digits.\n"
    assert traded("balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "910.000"
    assert traded("post", "Assets:Bank 0.001", "Income:Sales").status == 0
    assert traded("verify").status == 0


def test_prices_are_noted_listed_and_removed(traded: Call) -> None:
    noted = traded("price", "add", "USD", "1.2500", "CHF", "--date", "2026-01-31", "--json").json
    assert noted == {"date": "2026-01-31", "currency": "USD", "in_currency": "CHF", "rate": "1.2500"}
    listed = traded("price", "list", "USD", "--in", "EUR", "--json").json["prices"]
    assert [(one["date"], one["rate"]) for one in listed] == [("2026-01-10", "0.80"), ("2026-02-01", "0.95")]
    last = traded("price", "list", "--at", "2026-01-31", "--json").json["prices"]
    assert [(one["in_currency"], one["rate"]) for one in last] == [("CHF", "1.2500"), ("EUR", "0.80")]
    assert traded("price", "remove", "USD", "CHF", "--date", "2026-01-31").out == (
        "Removed the price of USD in CHF on 2026-01-31.\n"
    )
    assert len(traded("price", "list", "--json").json["prices"]) == 2


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (
            ["add", "USD", "0,92"],
            "'0,92' is no price: write digits with a point, such as 1.0842, at most 40 on each side.",
        ),
        (["add", "USD", "-1"], "'-1' is no price: a price is greater than zero."),
        (["add", "USD", "1", "USD"], "'1' is no price: USD is worth one USD on every day."),
        (
            ["add", "USD", "1", "--date", "x"],
            "'x' is not a date of the calendar: write YYYY-MM-DD, such as 2026-01-31.",
        ),
        (
            ["add", "SHELL", "1"],
            "'SHELL' is not a currency this book knows: add it first, with `currency add SHELL --digits N`.",
        ),
        (["list", "CHF"], "'CHF' is not a currency this book knows: add it first, with `currency add CHF`."),
        (
            ["remove", "USD", "--date", "2026-01-11"],
            "There is no price of USD in EUR on 2026-01-11 itself: `price list` shows those there are.",
        ),
    ],
)
def test_what_is_wrong_with_a_price_is_said_in_one_line(traded: Call, arguments: list[str], refusal: str) -> None:
    assert traded("price", *arguments).refusal == refusal


def test_balances_are_converted_at_the_prices_of_the_day_with_the_unconverted_beside_them(traded: Call) -> None:
    answer = traded("balance", "Assets", "--currency", "EUR", "--at", "2026-01-31", "--json").json
    assert (answer["currency"], answer["prices_at"]) == ("EUR", "2026-01-31")
    rows = {row["account"]: row for row in answer["accounts"]}
    assert rows["Assets"]["total"] == {"EUR": "990.00"}
    assert (rows["Assets:Dollars"]["balance"], rows["Assets:Dollars"]["converted"]) == ("100.00", "80.00")
    assert rows["Assets:Dollars"]["currency"] == "USD"
    answer = traded("balance", "Assets", "--currency", "EUR", "--at", "2026-02-01", "--json").json
    assert answer["accounts"][0]["total"] == {"EUR": "1005.00"}
    shown = traded("balance", "Assets", "--currency", "EUR", "--at", "2026-02-01").out
    assert "1,005.00  EUR" in shown
    assert "USD" not in shown


def test_what_has_no_price_stays_unconverted_and_is_named(traded: Call) -> None:
    answer = traded("balance", "--currency", "EUR", "--at", "2026-01-10")
    assert answer.err == ""
    traded("currency", "add", "GOLD", "--digits", "3")
    traded("account", "open", "Assets:Gold", "--type", "asset", "--currency", "GOLD")
    traded("post", "--date", "2026-01-10", "Assets:Gold 1.5 @ 60 EUR", "Assets:Bank")
    answer = traded("balance", "Assets", "--currency", "EUR", "--at", "2026-01-10")
    assert answer.err == "No price on 2026-01-10 for GOLD in EUR: shown unconverted.\n"
    lines = [line.split() for line in answer.out.splitlines()]
    assert lines[2:4] == [["Assets", "900.00", "EUR"], ["1.500", "GOLD"]]
    rows = traded("balance", "Assets", "--currency", "EUR", "--at", "2026-01-10", "--json").json["accounts"]
    assert [(row["account"], row.get("converted")) for row in rows] == [
        ("Assets", None),
        ("Assets:Bank", "820.00"),
        ("Assets:Dollars", "80.00"),
        ("Assets:Gold", None),
        ("Assets:Petty cash", "0.00"),
    ]
    assert rows[0]["total"] == {"EUR": "900.00", "GOLD": "1.500"}
    assert traded("balance", "--currency", "CHF").refusal.startswith("'CHF' is not a currency this book knows")


def test_transactions_are_found_by_reference_and_data(traded: Call) -> None:
    traded("post", "Assets:Bank 5", "Income:Sales", "--reference", "R 1", "--data", "paymentId=abc", "--data", "n=7")
    assert [one["number"] for one in traded("journal", "--data", "paymentId=abc", "--json").json["transactions"]] == [3]
    assert [one["number"] for one in traded("journal", "--reference", "R 1", "--json").json["transactions"]] == [3]
    assert traded("journal", "--data", "n=8", "--json").json["transactions"] == []
    assert traded("journal", "--data", "n").refusal == "'n' is no extra data: write NAME=VALUE."
    assert "#3" in traded("journal", "--data", "n=7", "--data", "paymentId=abc").out


def test_settings_are_shown_set_and_taken_away(at_shop: Call, shop: Path) -> None:
    shown = at_shop("settings", "--json").json
    assert shown == {"settings": {name: known.default for name, known in KNOWN_SETTINGS.items()}, "set": []}
    some = ("account_rules", "adjustment_amount", "adjustments", "commission", "locale", "unique_references")
    assert [shown["settings"][name] for name in some] == [[], "2.00", "Equity:Adjustments", None, None, False]
    assert at_shop("settings", "unique_references", "yes", "--json").json == {
        "settings": {"unique_references": True},
        "set": ["unique_references"],
    }
    assert at_shop("post", "--reference", "A", "Assets:Bank 1", "Income:Sales").status == 0
    assert at_shop("post", "--reference", "A", "Assets:Bank 1", "Income:Sales").refusal == (
        "The reference 'A' already belongs to transaction 1: use another."
    )
    assert at_shop("settings", "unique_references", "--unset", "--json").json["set"] == []
    rule = '[{"match": {"kind": "till"}, "type": "asset", "parent": "Assets:Tills"}]'
    assert at_shop("settings", "account_rules", rule).status == 0
    assert at_shop("increase", "{kind=till}", "5", "--create-missing").status == 0
    assert at_shop("balance", "Assets:Tills:kind till", "--json").json["accounts"][0]["balance"] == "5.00"
    assert at_shop("settings", "shop.colour", "red", "--json").json["settings"] == {"shop.colour": "red"}


@pytest.mark.parametrize("text", ["{party} topped up", "On", "[x] {party}", '"Gift" of {party}', "null"])
def test_a_setting_that_is_a_text_is_what_is_typed(at_shop: Call, text: str) -> None:
    assert at_shop("settings", "adjustment_memo", text, "--json").json["settings"] == {"adjustment_memo": text}
    assert at_shop("settings", "adjustment_memo", '""', "--json").json["settings"] == {"adjustment_memo": ""}


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (
            ["colour", "red"],
            f"'colour' is no setting: choose one of {', '.join(KNOWN_SETTINGS)}.",
        ),
        (["unique_references", "perhaps"], "'perhaps' is no yes or no: write true or false."),
        (["account_rules", '[{"match"'], "'[{\"match\"' is no JSON: check its quotes and brackets."),
        (
            ["locale", "xx_YY"],
            "'xx_YY' is no locale: use a language, or a language and a country, such as en_US, de_DE, fr_FR.",
        ),
        (
            ["adjustments", "Equity:Nowhere"],
            "There is no account 'Equity:Nowhere' in this book: check the name, or open it first.",
        ),
        (["--unset"], "--unset takes one setting away: name it, and give no value."),
        (
            ["adjustment_memo", "{foo}"],
            (
                "The memo '{foo}' cannot be kept: at character 1 there is no {foo}; use {amount}, {date}, {party}, "
                "{party.key}, {payee}, {purpose}, {reference} or {data.KEY}."
            ),
        ),
        (["adjustment_amount", "1.005"], "1.005 has more decimals than EUR allows (2): round it first."),
        (
            ["currency_symbols", '{"XXX":"x"}'],
            "'XXX' is not a currency this book knows: add it first, with `currency add XXX --digits N`.",
        ),
        (
            ["currency_symbols", '{"EUR":"USD"}'],
            "'USD' is no currency symbol: it is the code of the currency USD, choose another.",
        ),
        (
            ["currency_symbols", '{"EUR":"$"}'],
            "'$' is no currency symbol: it means USD, choose another.",
        ),
        (
            ["date_style", "dd/MM/yyyy'"],
            '"dd/MM/yyyy\'" is no date format: an apostrophe is missing at the end of what is quoted.',
        ),
        (
            ["currency_symbols", '{"EUR":"[/x]"}'],
            "'[/x]' is no currency symbol: digits, +, - and brackets are no part of one.",
        ),
    ],
)
def test_what_is_wrong_with_a_setting_is_said_in_one_line(at_shop: Call, arguments: list[str], refusal: str) -> None:
    assert at_shop("settings", *arguments).refusal == refusal
