"""A party's months on the reports screen, its sheet as a workbook, balances in the status line, searches by party."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.filters import save_filter
from tui_ledger.reports.listings import POSTING_ORDERS
from tui_ledger.ui.filtering import FilterWords, filter_completions
from tui_ledger.ui.report_subject import (
    both_ways,
    of_party,
    party_of,
    query_of,
    sorted_otherwise,
    sorting_of,
    with_said,
)
from tui_ledger.ui.shown_report import ShownReport
from tui_ledger.ui.widgets.bars import CountPart, StatusPart, WatchedPart, fitting_parts
from tui_ledger.ui.widgets.header import Sorting

BANK, SALES = "Assets:Bank:Current", "Income:Sales"


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann is owed 74.50, Bob owes 2.50; something in three months."""
    book.add_party("ann", "Ann Smith")
    book.add_party("bob", "Bob [red]x[/]")
    book.party_credit("ann", "100", against=BANK, date="2026-05-10", memo="Top-up")
    book.party_debit("ann", "30.50", against=SALES, date="2026-06-01", memo="Fee")
    book.party_credit("ann", "5", purpose="bonus", date="2026-07-05", memo="Thanks")
    book.party_debit("bob", "2.50", against=SALES, date="2026-07-06", memo="Fee")
    return book


async def test_a_key_leads_to_a_party_s_months_with_a_chart_and_back(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club, WIDE) as pilot:
        await press(pilot, "5", "m")
        await settle(pilot)
        screen = bench(pilot).reports
        assert (bench(pilot).current_mode, party_of(screen.shown)) == ("reports", "ann")
        assert [bar.label for bar in screen.chart.bars] == ["May 2026", "Jun 2026", "Jul 2026"]
        shown = screen_text(pilot)
        assert "Statistics of Ann Smith (ann)" in shown
        assert "Credit less debit" in shown
        await press(pilot, "enter")
        await settle(pilot)
        journal = bench(pilot).journal
        assert journal.listing.choice.query == 'party:"ann"'
        assert [row.number for row in journal.rows.window.rows(0, 9)] == [7]
        await press(pilot, "escape", "escape", "escape")
        await settle(pilot)
        assert bench(pilot).current_mode == "parties"


async def test_chosen_balances_stand_in_the_status_line_of_every_screen(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club, WIDE) as pilot:
        await press(pilot, "5", "B")
        assert "ann 74.50" in bench(pilot).parties.status.text
        assert toasts(pilot)[-1] == "The balance of ann is shown in the status line · ctrl+z undoes"
        await press(pilot, "1", "home", "down", "down", "B")
        assert club.setting("status_balances") == ["party:ann", BANK]
        club.party_credit("ann", "1", against=BANK, date="2026-07-07")
        for mode in ("2", "3", "1", "5"):
            await press(pilot, mode)
            await settle(pilot)
            line = screen_text(pilot).splitlines()[-2]
            assert "ann 75.50" in line
        assert "Current" in line
        await press(pilot, "B")
        assert club.setting("status_balances") == [BANK]


async def test_the_sheet_is_written_as_it_is_shown(club: Ledger, at_desk: AtDesk, tmp_path: Path) -> None:
    async with at_desk(club, NARROW) as pilot:
        await press(pilot, "5", "d", "tab", "tab", "l", "l", "ctrl+s", "enter")
        await settle(pilot)
        assert bench(pilot).parties.period.first == date(2026, 6, 1)
        assert bench(pilot).parties.period.last == date(2026, 6, 30)
        await press(pilot, "ctrl+e")
        await settle(pilot)
    (path,) = (tmp_path / "exports").glob("*-statement-ann-2026-06-30.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert [row[2] for row in sheet.iter_rows(min_row=7, values_only=True) if row[2]] == [
        "Opening balance", "Fee", "Total", "Closing balance",
    ]  # fmt: skip


async def test_postings_are_searched_sorted_and_turned_on_the_screen(club: Ledger, at_desk: AtDesk) -> None:
    save_filter(club, "Ann's", "party:ann")
    async with at_desk(club, WIDE) as pilot:
        await bench(pilot).open_report("postings")
        await settle(pilot)
        await press(pilot, "o", *keys_for("Ann"), "down", "enter", "ctrl+s")
        await settle(pilot)
        screen = bench(pilot).reports
        assert query_of(screen.shown) == "party:ann"
        assert screen.status.text.endswith("Dr 30.50  Cr 105.00")
        await press(pilot, *["s"] * POSTING_ORDERS.index("amount"), "S")
        await settle(pilot)
        assert screen.shown.sort == "-amount"
        assert [line.transaction for line in screen.lines.window.rows(0, 3)] == [7, 8, 9]
        await press(pilot, "home", "enter")
        await settle(pilot)
        assert bench(pilot).current_mode == "journal"
        await press(pilot, "escape", "o", *keys_for("date:never"), "ctrl+s")
        assert "is no day or period; write 2026" in screen_text(pilot)
        await press(pilot, "escape")
        await bench(pilot).open_report("statement")
        await settle(pilot)
        assert "Statement of Ann Smith (ann)" in screen_text(pilot)


def test_what_is_watched_goes_before_anything_that_is_told() -> None:
    parts = ("shop", CountPart("12 parties"), StatusPart("all days", "party_days", is_offer=True))
    watched = (WatchedPart("ann 74.50"), WatchedPart("Current 1,200.00"))
    assert fitting_parts((*parts, *watched), 80) == (*parts, *watched)
    assert fitting_parts((*parts, *watched), 50) == (*parts[:2], *watched)
    assert fitting_parts((*parts, *watched), 40) == (*parts[:2], watched[0])
    assert fitting_parts((*parts, *watched), 20) == parts[:2]
    assert fitting_parts((*parts, *watched), 8) == parts[:1]


def test_a_party_and_a_search_are_said_beside_the_other_options() -> None:
    statistics = of_party(ShownReport("statistics"), "ann", "bonus")
    assert (party_of(statistics), statistics.more) == ("ann", (("party", "ann"), ("purpose", "bonus")))
    assert of_party(statistics, None).more == ()
    saved = ShownReport("statement", more=(("ACCOUNT", "ann"),))
    assert party_of(saved) == "ann"
    assert party_of(of_party(saved, "bob")) == "bob"
    searched = with_said(ShownReport("postings"), "ACCOUNT", "party:ann")
    assert (query_of(searched), query_of(statistics)) == ("party:ann", None)


def test_postings_turn_round_and_other_reports_go_back_to_their_usual_order() -> None:
    postings = ShownReport("postings")
    assert sorting_of(postings) == Sorting("date")
    turned = sorted_otherwise(postings, Sorting("amount", falling=True))
    assert (turned.sort, sorting_of(turned)) == ("-amount", Sorting("amount", falling=True))
    assert both_ways(postings)[-1] == "-status"
    parties = sorted_otherwise(ShownReport("parties", sort="balance"), Sorting("balance"))
    assert (parties.sort, both_ways(parties)) == ("name", ("name", "key", "balance"))
    assert sorting_of(ShownReport("journal")) is None


def test_the_filter_completes_parties_and_sides() -> None:
    words = FilterWords(parties=("ann", "bob the builder"))
    today = date(2026, 7, 17)
    assert [one.text for one in filter_completions("party:b", 7, words, today)] == ['party:"bob the builder"']
    assert [one.text for one in filter_completions("side:", 5, words, today)] == ["side:debit", "side:credit"]
    assert "credit:" in [one.text for one in filter_completions("cre", 3, words, today)]
