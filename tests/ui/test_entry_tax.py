"""Lines that are split into net and tax: what they come to, whatever the other lines say. No screen here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.ledger import Account, AccountType, TaxMode, TaxRate, WrittenPrice
from tui_ledger.ledger.taxes import TaxRates, tax_units
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.ui import entry_tax
from tui_ledger.ui.entry import Line, remainder, sums
from tui_ledger.ui.entry_tax import Bearing, Shares, Split

EUR, USD = Currency("EUR", 2), Currency("USD", 2)
DAY = date(2026, 7, 17)


BANK = Account(1, "Assets:Bank", AccountType.ASSET, EUR)
VAT = Account(2, "Liabilities:VAT", AccountType.LIABILITY, EUR)
SALES = Account(3, "Income:Sales", AccountType.INCOME, EUR, tax_code="full")
FOOD = Account(4, "Income:Food", AccountType.INCOME, EUR, tax_code="low")
DOLLARS = Account(5, "Income:Dollars", AccountType.INCOME, USD, tax_code="full")
FREE = Account(6, "Income:Free", AccountType.INCOME, EUR, tax_code="none")
BY_ID = {one.id: one for one in (BANK, VAT, SALES, FOOD, DOLLARS, FREE)}
RATES = TaxRates(
    (
        TaxRate("full", date(2026, 1, 1), Decimal(19), VAT.name, VAT.id),
        TaxRate("full", date(2026, 7, 18), Decimal(20), VAT.name, VAT.id),
        TaxRate("low", date(2026, 1, 1), Decimal("8.1"), VAT.name, VAT.id),
        TaxRate("none", date(2026, 1, 1), Decimal(0)),
    )
)


def line(on: Account, units: int | None, price: WrittenPrice | None = None) -> Line:
    return Line(
        on.name, "" if units is None else str(units), on, None if units is None else Money(units, EUR), price=price
    )


def worked(lines: list[Line], *splits: Split, day: date = DAY) -> dict[int, entry_tax.Worked]:
    return entry_tax.shares(lines, splits, lambda on: entry_tax.bearing_of(RATES, BY_ID, on, day), EUR)


def net_and_tax(found: entry_tax.Worked) -> tuple[int, int]:
    assert isinstance(found, Shares)
    return found.net.units, 0 if found.tax is None else found.tax.units


@pytest.mark.parametrize(
    ("typed", "mode", "day", "expected"),
    [
        (-11900, TaxMode.GROSS, DAY, (-10000, -1900)),
        (-11900, TaxMode.NET, DAY, (-11900, -2261)),
        (12000, TaxMode.GROSS, date(2026, 7, 18), (10000, 2000)),
        (12000, TaxMode.GROSS, date(2025, 12, 31), (12000, 0)),
        (1, TaxMode.GROSS, DAY, (1, 0)),
    ],
)
def test_an_amount_typed_is_split_at_the_rate_of_its_day(
    typed: int, mode: TaxMode, day: date, expected: tuple[int, int]
) -> None:
    assert net_and_tax(worked([line(SALES, typed)], Split(0, mode), day=day)[0]) == expected


@given(st.integers(1, 10**12), st.sampled_from(TaxMode), st.sampled_from((SALES, FOOD)))
def test_net_and_tax_are_what_was_typed_to_the_cent(units: int, mode: TaxMode, on: Account) -> None:
    net, tax = net_and_tax(worked([line(on, -units)], Split(0, mode))[0])
    bearing = entry_tax.bearing_of(RATES, BY_ID, on, DAY)
    assert bearing is not None
    assert tax == tax_units(-units, bearing.rate.rate, mode)
    assert net + tax == -units if mode is TaxMode.GROSS else net == -units


def test_what_is_left_out_takes_what_the_others_leave_net_of_their_own_tax() -> None:
    lines = [line(BANK, 22710), line(FOOD, -10000), Line(), line(SALES, None), Line()]
    found = worked(lines, Split(1, TaxMode.NET), Split(3, TaxMode.NET))
    assert net_and_tax(found[1]) == (-10000, -810)
    assert net_and_tax(found[3]) == (-10000, -1900)


def test_what_is_left_out_has_no_amount_while_another_line_waits_too_or_nothing_is_off() -> None:
    assert worked([line(BANK, None), line(SALES, None)], Split(1, TaxMode.GROSS)) == {1: None}
    assert worked([line(BANK, 5), line(BANK, -5), line(SALES, None)], Split(2, TaxMode.GROSS)) == {2: None}


def test_what_cannot_be_split_is_said_in_a_sentence() -> None:
    total = WrittenPrice(Decimal(92), "USD", total=True)
    assert "its price is one for the whole of it" in str(worked([line(SALES, -100, total)], Split(0, TaxMode.GROSS))[0])
    dollars = Line(DOLLARS.name, "1", DOLLARS, Money(100, USD))
    assert "its tax goes to 'Liabilities:VAT', which is in EUR" in str(worked([dollars], Split(0, TaxMode.GROSS))[0])


def test_only_a_rate_above_zero_of_the_day_is_borne_and_never_by_the_account_tax_goes_to() -> None:
    def rate(on: Account | None, day: date = DAY) -> Decimal | None:
        found = entry_tax.bearing_of(RATES, BY_ID, on, day)
        return None if found is None else found.rate.rate

    assert [rate(SALES), rate(SALES, date(2026, 7, 18)), rate(FOOD)] == [Decimal(19), Decimal(20), Decimal("8.1")]
    assert [rate(None), rate(BANK), rate(VAT), rate(FREE), rate(SALES, date(2025, 1, 1))] == [None] * 5


def test_the_key_goes_from_gross_to_net_to_as_typed_and_past_net_where_the_amount_is_left_out() -> None:
    modes = [entry_tax.next_mode(mode, is_left_out=False) for mode in (None, TaxMode.GROSS, TaxMode.NET)]
    assert modes == [TaxMode.GROSS, TaxMode.NET, None]
    assert entry_tax.next_mode(TaxMode.GROSS, is_left_out=True) is None


@pytest.mark.parametrize(
    ("net", "tax", "whole"),
    [(-10000, -1900, -11900), (-20000, -1900, -20000), (None, -1900, None), (-10000, None, None)],
)
def test_a_line_with_its_tax_behind_it_comes_from_both_or_anew_from_what_was_typed(
    net: int | None, tax: int | None, whole: int | None
) -> None:
    bearing = entry_tax.bearing_of(RATES, BY_ID, SALES, DAY)
    assert bearing is not None
    found = entry_tax.whole_of(line(SALES, net), line(VAT, tax), bearing)
    assert found == (None if whole is None else Money(whole, EUR))


def test_a_split_line_is_posted_net_and_one_that_cannot_be_says_so() -> None:
    typed, shown = line(SALES, -11900), line(SALES, -11900)
    found = worked([typed], Split(0, TaxMode.GROSS))[0]
    assert entry_tax.as_split(shown, typed, found).amount == Money(-10000, EUR)
    refused = entry_tax.as_split(shown, typed, "No.")
    assert (refused.amount, refused.amount_error) == (None, "No.")


def test_the_lines_stay_balanced_at_each_step() -> None:
    for mode, bank in ((TaxMode.GROSS, 11900), (TaxMode.NET, 14161)):
        found = worked([line(SALES, -11900), line(BANK, None)], Split(0, mode))[0]
        assert isinstance(found, Shares)
        assert found.tax is not None
        lines = [line(SALES, found.net.units), line(VAT, found.tax.units), line(BANK, None)]
        rest = remainder(lines, EUR)
        assert rest is not None
        assert (rest.line, rest.amount) == (2, Money(bank, EUR))
        assert [side.off.units for side in sums(lines, EUR)] == [0]


def test_remarks_say_the_rate_in_the_readers_figures_and_what_the_key_does() -> None:
    bearing = Bearing(TaxRate("low", date(2026, 1, 1), Decimal("8.1"), VAT.name, VAT.id), VAT)
    label = bearing.label(Formats("de_DE"))
    assert entry_tax.remark_unsplit(label, "f8", has_tax_behind=False) == "low 8,1\u00a0%: f8 splits"
    said = entry_tax.remark_split(label, "f8", TaxMode.NET, "9", is_left_out=False)
    assert said.startswith("low 8,1\u00a0% on top of 9:")
