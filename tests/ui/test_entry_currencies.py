from __future__ import annotations

from decimal import Decimal

import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle
from tui_ledger.ledger import AccountType, DraftPosting, Ledger, WrittenPrice
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.conversion_words import rates_in_words


@pytest.fixture
def wide_book(book: Ledger) -> Ledger:
    """The book with an account in dollars and their price of the first of July."""
    book.open_account("Assets:Dollars", AccountType.ASSET, currency="USD")
    book.add_price("2026-07-01", "USD", "EUR", "0.92")
    return book


DOLLARS = ["2", "n", "tab", "tab", *keys_for("dol"), "enter"]


@pytest.mark.parametrize("typed", ["100 @ 0.92 EUR", "100 @@ 92 EUR", "100@0.92eur"])
async def test_a_price_is_typed_behind_the_amount_and_the_other_side_follows_at_cost(
    wide_book: Ledger, at_desk: AtDesk, typed: str
) -> None:
    async with at_desk(wide_book, NARROW) as pilot:
        await press(pilot, *DOLLARS, *keys_for(typed), "enter")
        form = bench(pilot).journal.form
        await press(pilot, *keys_for("cur"), "enter")
        assert form.lines[1].amount_field.placeholder == "-92.00"
        assert "Dr 100.00 USD   Cr 92.00   balanced at the price" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        posted = wide_book.transaction(7)
        assert [(one.account, one.amount.amount, one.conversion) for one in posted.postings] == [
            ("Assets:Dollars", Decimal("100.00"), False),
            ("Assets:Bank:Current", Decimal("-92.00"), False),
            ("Equity:Conversion:USD", Decimal("-100.00"), True),
            ("Equity:Conversion:EUR", Decimal("92.00"), True),
        ]
        assert wide_book.verify().ok


async def test_prices_are_typed_in_the_figures_of_the_locale(wide_book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(wide_book, NARROW, Formats("de_DE")) as pilot:
        await press(pilot, *DOLLARS, *keys_for("100 @ 0.92 EUR"), "tab")
        assert "0.92" in bench(pilot).journal.form.lines[0].read().amount_error
        await press(pilot, "shift+tab", "ctrl+u", *keys_for("100 @ 0,92 EUR"), "tab")
        form = bench(pilot).journal.form
        assert form.lines[0].amount_field.value == "100,00 @ 0,92 EUR"
        assert form.lines[0].read().price == WrittenPrice(Decimal("0.92"), "EUR", False)


async def test_a_missing_price_is_asked_for_and_the_last_one_known_is_named(wide_book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(wide_book, WIDE) as pilot:
        await press(pilot, *DOLLARS, *keys_for("100"), "enter", *keys_for("cur"), "enter", *keys_for("-92"))
        assert "USD: @ and the price of one in EUR, or @@ and the total · last 0.92" in screen_text(pilot)
        assert "Dr 100.00 USD   Cr 92.00   off 100.00 USD   off 92.00" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert "Give the price of this USD amount" in screen_text(pilot)
        assert pilot.app.focused is bench(pilot).journal.form.lines[0].amount_field
        assert len(wide_book.journal()) == 6


@pytest.mark.parametrize(("mark", "text"), [("@", "100.00 @ 0.92 EUR"), ("@@", "100.00 @@ 92.00 EUR")])
async def test_an_at_sign_offers_the_last_price_and_enter_takes_it(
    wide_book: Ledger, at_desk: AtDesk, mark: str, text: str
) -> None:
    async with at_desk(wide_book, NARROW) as pilot:
        form = bench(pilot).journal.form
        await press(pilot, "2", "n", "tab", "tab", *keys_for("cur"), "enter", "tab")
        await press(pilot, *keys_for("dol"), "enter", *keys_for(f"100{mark}"))
        assert [item.text for item in form.completions.items] == [text]
        await press(pilot, "enter")
        assert form.lines[1].amount_field.value == text
        assert form.lines[0].amount_field.placeholder == "-92.00"


async def test_the_last_price_is_that_of_the_day_of_the_entry(wide_book: Ledger, at_desk: AtDesk) -> None:
    wide_book.add_price("2026-06-01", "USD", "EUR", "0.90")
    async with at_desk(wide_book, NARROW) as pilot:
        form = bench(pilot).journal.form
        await press(pilot, "2", "n", "shift+tab", *keys_for("15/6"), "tab", "tab")
        await press(pilot, "tab", *keys_for("dol"), "enter", *keys_for("100@"))
        assert [item.text for item in form.completions.items] == ["100.00 @ 0.9 EUR"]
        await press(pilot, "escape", "escape", "enter", "n", "shift+tab", *keys_for("15/5"), "tab", "tab")
        await press(pilot, "tab", *keys_for("dol"), "enter", *keys_for("100@"))
        assert form.completions.items == ()


async def test_a_payee_in_two_currencies_is_repeated_with_its_price(wide_book: Ledger, at_desk: AtDesk) -> None:
    price = WrittenPrice(Decimal("0.9"), "EUR", total=False)
    lines = DraftPosting("Assets:Dollars", "50", price=price), DraftPosting("Assets:Bank:Current")
    wide_book.post("Change", *lines, date="2026-07-12", payee="Exchange")
    async with at_desk(wide_book, NARROW) as pilot:
        await press(pilot, "2", "n", "e", "x", "enter")
        form = bench(pilot).journal.form
        assert [line.amount_field.value for line in form.lines] == ["50.00 @ 0.9 EUR", ""]
        await press(pilot, *keys_for("60@0.95 EUR"), "ctrl+s")
        assert wide_book.transaction(8).postings[1].amount.amount == Decimal("-57.00")


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_pane_folds_conversions_away_and_says_the_rate(
    wide_book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    price = WrittenPrice(Decimal(92), "EUR", total=True)
    lines = DraftPosting("Assets:Dollars", "100", price=price), DraftPosting("Assets:Bank:Current")
    posted = wide_book.post("Change", *lines, date="2026-07-12")
    assert rates_in_words(posted, Formats("en_GB")) == ["1 USD was 0.92 EUR"]
    async with at_desk(wide_book, size) as pilot:
        await press(pilot, "2")
        await settle(pilot)
        pane = bench(pilot).journal.pane
        assert pane.postings.row_count == 2
        assert "Equity:Conversion" not in screen_text(pilot)
        said = "1 USD was 0.92 EUR" if size == WIDE else "Assets:Dollars · for 92 EUR"
        assert said in screen_text(pilot)


def test_without_a_conversion_there_is_no_rate(book: Ledger) -> None:
    assert rates_in_words(book.transaction(6), Formats("en_GB")) == []
