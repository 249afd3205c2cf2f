"""How a book's amounts and days are written on the command line."""

from __future__ import annotations

from tests.cli.conftest import Call


def test_formats_of_the_book_are_set_checked_and_heeded(at_shop: Call) -> None:
    at_shop("increase", "Assets:Bank", "1234.5", "--date", "2026-01-31")
    at_shop("settings", "decimal_separator", ",")
    at_shop("settings", "negative_style", "parentheses")
    at_shop("settings", "date_style", "dd/MM/yyyy")
    printed = at_shop("decrease", "Assets:Bank", "5000", "--date", "2026-01-31").out
    assert "Posted 2 of 31/01/2026" in printed
    assert "(€3.765,50)" in printed
    refused = at_shop("settings", "thousands_separator", ",")
    assert refused.refusal == "',' is no thousands separator: the decimals have it already, choose another."
    assert at_shop("balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "-3765.50"


def test_a_book_whose_formats_cannot_be_used_is_written_in_its_locale_and_says_so(at_shop: Call) -> None:
    at_shop("settings", "decimal_separator", ",")
    at_shop("--locale", "de_DE", "settings", "thousands_separator", ".")
    at_shop("increase", "Assets:Bank", "1234.5", "--date", "2026-01-31")
    with_both = at_shop("settings", "decimal_separator", ".")
    assert "have it already" in with_both.refusal
    assert "1.234,50" in at_shop("balance").out
