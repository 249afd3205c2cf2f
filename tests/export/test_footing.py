from __future__ import annotations

import pytest

from tui_ledger.export.footing import Footing
from tui_ledger.money import Currency, Money
from tui_ledger.reports.report import Row, RowKind, Section, SectionKind

EUR = Currency("EUR", 2)


def row(depth: int, units: int | None, *, heading: bool = False) -> Row:
    figure = None if units is None else Money(units, EUR)
    return Row("", depth, (figure,), RowKind.HEADING if heading else RowKind.ACCOUNT)


def section(*rows: Row, total: int) -> Section:
    return Section(SectionKind.ASSETS, "Assets", rows, (Money(total, EUR),), "Total assets")


def test_a_heading_sums_the_rows_beneath_and_the_total_the_outermost() -> None:
    footing = Footing(
        section(row(1, 6, heading=True), row(2, 1), row(2, 2), row(2, 3), row(1, 4), row(1, 5), total=15), first_row=7
    )
    assert footing.formula(0, "C") == "=SUM(C8:C10)"
    assert footing.formula(None, "D") == "=SUM(D7,D11:D12)"
    assert footing.is_live(0, 0)
    assert footing.is_live(None, 0)


def test_headings_within_headings_are_not_counted_twice() -> None:
    footing = Footing(
        section(row(1, 6, heading=True), row(2, 5, heading=True), row(3, 2), row(3, 3), row(2, 1), total=6), first_row=1
    )
    assert footing.formula(0, "C") == "=SUM(C2,C5)"
    assert footing.formula(1, "C") == "=SUM(C3:C4)"
    assert footing.formula(None, "C") == "=SUM(C1)"


def test_an_empty_section_has_nothing_to_add() -> None:
    assert Footing(section(total=0), 7).formula(None, "C") is None


def test_a_sum_over_more_digits_than_a_spreadsheet_keeps_is_not_live_and_its_neighbours_are() -> None:
    footing = Footing(
        section(row(1, 10**15, heading=True), row(2, 10**15), row(1, 7, heading=True), row(2, 7), total=10**15 + 7),
        first_row=1,
    )
    assert [footing.is_live(place, 0) for place in (0, 2, None)] == [False, True, False]


def test_large_amounts_that_cancel_out_are_not_left_to_inexact_sums() -> None:
    largest = 10**15 - 1
    assert Footing(section(row(1, largest), row(1, -largest), total=0), first_row=1).is_live(None, 0)

    rows = [row(1, largest if place % 2 else -largest) for place in range(10)]
    assert not Footing(section(*rows, row(1, 1), total=1), first_row=1).is_live(None, 0)


def test_rows_without_a_figure_leave_a_sum_live() -> None:
    footing = Footing(section(row(1, None), row(1, 3), total=3), first_row=1)
    assert footing.is_live(None, 0)


@pytest.mark.parametrize(("headings", "formula"), [(3, "=SUM(C1,C3,C5)"), (300, "=SUBTOTAL(9,C1:C600)")])
def test_a_formula_stays_short_however_many_headings_there_are(headings: int, formula: str) -> None:
    rows = [part for _ in range(headings) for part in (row(1, 1, heading=True), row(2, 1))]
    footing = Footing(section(*rows, total=headings), first_row=1)

    assert footing.formula(None, "C") == formula
    assert footing.formula(0, "C") == ("=SUM(C2)" if headings < 200 else "=SUBTOTAL(9,C2)")
