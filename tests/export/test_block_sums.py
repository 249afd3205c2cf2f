"""Which formula sums a block, and when a spreadsheet could not."""

from __future__ import annotations

import pytest

from tui_ledger.export.block_sums import EXACT_SUM, BlockSums
from tui_ledger.money import Currency, Money

EUR, USD = Currency("EUR", 2), Currency("USD", 2)
LONGEST_FORMULA = 8_192


def block(*figures: Money, sheet: str = "Journal", first: int = 7) -> BlockSums:
    sums = BlockSums()
    for row, figure in enumerate(figures, start=first):
        sums.add_row(sheet, row)
        sums.add_figure(6, figure)
    return sums


def total(figures: list[Money]) -> Money:
    return sum(figures[1:], start=figures[0])


def test_rows_of_one_currency_are_summed() -> None:
    figures = [Money(1, EUR), Money(-4, EUR), Money(2, EUR)]
    assert block(*figures).formula(6, "G", total(figures), "Journal", "I10") == "SUM(G7:G9)"
    assert block(*figures).formula(6, "G", total(figures), "Totals", "I10") == "SUM('Journal'!G7:G9)"


def test_rows_of_several_currencies_are_summed_by_the_currency_of_the_totals_row() -> None:
    sums = block(Money(1, EUR), Money(5, USD), Money(2, EUR))
    assert sums.formula(6, "G", Money(3, EUR), "Journal", "I10") == "SUMIF(I7:I9,I10,G7:G9)"
    assert sums.formula(6, "G", Money(5, USD), "Journal", "I11") == "SUMIF(I7:I9,I11,G7:G9)"
    assert sums.formula(6, "G", Money(3, EUR), "Journal") is None


def test_currencies_a_spreadsheet_cannot_tell_apart_are_not_summed_by_it() -> None:
    sums = block(Money(1, Currency("Mile", 2)), Money(5, Currency("MILE", 2)))
    assert sums.formula(6, "G", Money(1, Currency("Mile", 2)), "Journal", "I10") is None


@pytest.mark.parametrize(
    ("figures", "figure"),
    [
        ([Money(10**15, EUR)], Money(10**15, EUR)),
        ([Money(10**15 - 1, EUR), Money(5, EUR)], Money(10**15 + 4, EUR)),
        ([Money(1, EUR)], Money(2, EUR)),
        ([], Money(0, EUR)),
    ],
    ids=["more than 15 digits", "a sum of more than 15 digits", "another figure than the sum", "no rows"],
)
def test_what_would_not_come_out_to_the_last_digit_is_no_formula(figures: list[Money], figure: Money) -> None:
    assert block(*figures).formula(6, "G", figure, "Journal") is None


def test_rows_on_several_sheets_are_one_sum() -> None:
    sums = block(Money(1, EUR), Money(1, EUR))
    for row in (6, 7, 8):
        sums.add_row("Journal 2", row)
        sums.add_figure(6, Money(1, EUR))
    assert sums.formula(6, "G", Money(5, EUR), "Journal 2") == "SUM('Journal'!G7:G8,G6:G8)"


@pytest.mark.parametrize("currencies", [[EUR], [EUR, USD]])
def test_very_many_rows_are_summed_in_pieces_a_formula_can_hold(currencies: list[Currency]) -> None:
    sums, rows = BlockSums(), 2_500_000
    title = "An unusually long sheet title 3"
    for sheet in range(3):
        sums.add_row(title + str(sheet), 7)
        sums.spans[-1].last = 1_000_000
    for currency in currencies:
        tally = sums.tally(6, currency)
        tally.add(EXACT_SUM // 100_000)
        tally.count, tally.absolute = rows, EXACT_SUM // 100_000
    formula = sums.formula(6, "G", Money(EXACT_SUM // 100_000, EUR), "Totals", "I10")
    assert formula is not None
    assert formula.count("G") > 30
    assert len(formula) < LONGEST_FORMULA


def test_what_even_pieces_could_lose_is_no_formula() -> None:
    sums = block(Money(1, EUR))
    sums.tally(6, EUR).absolute = EXACT_SUM
    assert sums.formula(6, "G", Money(1, EUR), "Journal") is None
