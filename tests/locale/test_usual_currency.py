from __future__ import annotations

import pytest

from tui_ledger.locale.usual_currency import usual_currency


@pytest.mark.parametrize(
    ("locale", "currency"),
    [("de_DE", "EUR"), ("en_GB", "GBP"), ("de_CH", "CHF"), ("ja_JP", "JPY"), ("en_US", "USD"), ("de", "EUR")],
)
def test_a_new_book_is_proposed_the_currency_of_the_country(locale: str, currency: str) -> None:
    assert usual_currency(locale) == currency
