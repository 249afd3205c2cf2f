"""Are costs taken as prices on the screen, where somebody asks for it?"""

from __future__ import annotations

from dataclasses import replace

from tests.ui.conftest import NARROW, AtDesk, bench, press, screen_text, settle
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.reports.report import Report
from tui_ledger.ui.screens.report_options import ReportOptions
from tui_ledger.ui.shown_report import KINDS, ShownReport, read_report


def with_dollars(book: Ledger) -> Ledger:
    book.open_account("Assets:Dollars", AccountType.ASSET, currency="USD")
    book.transfer("Assets:Bank:Current", "Assets:Dollars", 8, received=10, date="2026-07-01")
    return book


def test_what_was_paid_is_a_price_only_where_it_is_asked_for_and_a_report_takes_it(book: Ledger) -> None:
    with_dollars(book)
    for kind in KINDS:
        if kind.takes("currency"):
            shown = ShownReport(kind.name, currency="EUR")
            reports = [read_report(book, replace(shown, prices_from_costs=wanted)) for wanted in (False, True)]
            assert all(isinstance(made, Report) for made in reports)
            if kind.name != "income-statement":
                assert [made.balanced for made in reports if isinstance(made, Report)] == [None, True]
    assert read_report(book, ShownReport("trial-balance", prices_from_costs=True))


async def test_costs_are_chosen_in_the_form_together_with_a_currency(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(with_dollars(book), NARROW) as pilot:
        await press(pilot, "f4", "o")
        form = pilot.app.screen
        assert isinstance(form, ReportOptions)
        form.costs.choose("yes")
        await press(pilot, "ctrl+s")
        assert "say in which" in next(row.error for row in form.rows if row.field is form.costs)
        form.currency.value = "eur"
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert bench(pilot).reports.shown.prices_from_costs
        assert "USD" not in screen_text(pilot)
        assert "8.00" in screen_text(pilot)
