"""The tax report as the screen asks for it: by the days and periods that were chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ui.shown_period import chosen_period
from tui_ledger.ui.shown_report import OpenedTable, ShownReport, columns_in_words, period_named, read_report

VAT = "Liabilities:VAT"


def test_it_is_shown_by_the_periods_chosen_page_by_page() -> None:
    with Ledger.in_memory() as ledger:
        for name, kind in (("Assets:Bank", "asset"), (VAT, "liability")):
            ledger.open_account(name, kind)
        ledger.set_tax_rate("[red]x[/]", 19, account=VAT, date_from="2026-01-01")
        ledger.open_account("Income:Sales", "income", tax_code="[red]x[/]")
        for day in ("2026-01-05", "2026-05-05"):
            ledger.post("Sale", debit("Assets:Bank", 119), credit("Income:Sales", 119), date=day, tax="gross")
        shown = ShownReport("tax", period=chosen_period(date(2026, 1, 1), date(2026, 6, 30)), every="quarter")
        opened = read_report(ledger, shown)
        assert isinstance(opened, OpenedTable)
        lines = [placed.line for placed in opened.lines.rows(0, len(opened.lines)) if placed.line is not None]
    assert columns_in_words(shown) == "by quarter"
    assert [line.cells[:3] for line in lines if line.kind.value == "row"] == [
        ("2026-Q1", "[red]x[/]", "19%"),
        ("2026-Q2", "[red]x[/]", "19%"),
    ]
    assert {line.account for line in lines} == {VAT}


def test_a_line_of_a_period_leads_to_the_days_of_that_period() -> None:
    with Ledger.in_memory() as ledger:
        shown = ShownReport("tax", period=chosen_period(date(2026, 1, 15), date(2026, 6, 30)), every="quarter")
        assert period_named(shown, "2026-Q2", ledger) == chosen_period(date(2026, 4, 1), date(2026, 6, 30))
        assert period_named(shown, "2026-01-15..2026-03-31", ledger) == chosen_period(
            date(2026, 1, 15), date(2026, 3, 31)
        )
        assert period_named(shown, "[red]x[/]", ledger) is None
        assert period_named(replace(shown, every=None), "2026-Q2", ledger) is None
