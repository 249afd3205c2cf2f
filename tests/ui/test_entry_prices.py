from __future__ import annotations

from decimal import Decimal

import pytest

from tui_ledger.errors import InvalidAmount, InvalidPrice, LedgerError
from tui_ledger.ledger.values import WrittenPrice
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.ui.entry_prices import offered_price, price_text, rate_figure, read_price, shown_rate, split_price

EUR, USD = Currency("EUR", 2), Currency("USD", 2)
KNOWN = {"EUR": EUR, "USD": USD}
BRITISH, GERMAN = Formats("en_GB"), Formats("de_DE")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("100", ("100", "", "")),
        ("100 @ 0.92 EUR", ("100", "@", "0.92 EUR")),
        ("100@@92 EUR", ("100", "@@", "92 EUR")),
        ("100 @", ("100", "@", "")),
    ],
)
def test_an_amount_is_parted_from_its_price(text: str, parts: tuple[str, str, str]) -> None:
    assert split_price(text) == parts


@pytest.mark.parametrize(
    ("text", "mark", "formats", "price"),
    [
        ("0.92 EUR", "@", BRITISH, WrittenPrice(Decimal("0.92"), "EUR", False)),
        ("0,92 eur", "@", GERMAN, WrittenPrice(Decimal("0.92"), "EUR", False)),
        ("0.919963EUR", "@", BRITISH, WrittenPrice(Decimal("0.919963"), "EUR", False)),
        ("1.092,50 EUR", "@@", GERMAN, WrittenPrice(Decimal("1092.50"), "EUR", True)),
        ("92 EUR", "@@", BRITISH, WrittenPrice(Decimal("92.00"), "EUR", True)),
    ],
)
def test_a_price_is_read_in_the_figures_of_the_locale(
    text: str, mark: str, formats: Formats, price: WrittenPrice
) -> None:
    assert read_price(text, mark, USD, KNOWN, formats) == price


@pytest.mark.parametrize(
    ("text", "mark", "problem"),
    [
        ("", "@", InvalidPrice),
        ("0,92", "@", InvalidPrice),
        ("EUR", "@", InvalidPrice),
        ("0,92 CHF", "@", InvalidPrice),
        ("1,1 USD", "@", InvalidPrice),
        ("0 EUR", "@", InvalidPrice),
        ("-1 EUR", "@", InvalidAmount),
        ("0.92 EUR", "@", InvalidAmount),
        ("92,123 EUR", "@@", InvalidAmount),
    ],
)
def test_what_is_no_price_here_is_refused_in_a_sentence(text: str, mark: str, problem: type[LedgerError]) -> None:
    with pytest.raises(problem) as refused:
        read_price(text, mark, USD, KNOWN, GERMAN)
    assert str(refused.value).endswith((".", "EUR)."))


@pytest.mark.parametrize("price", ["0.92", "1234.5", "100", "0.0000012"])
@pytest.mark.parametrize("formats", [BRITISH, GERMAN])
def test_a_price_that_was_written_is_read_as_it_was(price: str, formats: Formats) -> None:
    written = WrittenPrice(Decimal(price), "EUR", False)
    _, mark, text = split_price(price_text(written, formats))
    assert read_price(text, mark, USD, KNOWN, formats) == written


def test_a_rate_is_offered_to_eight_figures_and_its_total_to_the_minor_unit() -> None:
    rate = Decimal(1) / Decimal("1.087")
    assert rate_figure(shown_rate(rate), BRITISH) == "0.9199632"
    assert offered_price(Money(10000, USD), "@", rate, EUR) == WrittenPrice(Decimal("0.9199632"), "EUR", False)
    assert offered_price(Money(-10000, USD), "@@", rate, EUR) == WrittenPrice(Decimal("92.00"), "EUR", True)
    assert offered_price(Money(1, USD), "@@", Decimal("0.001"), EUR) is None
    assert rate_figure(shown_rate(Decimal("150.00")), BRITISH) == "150"
