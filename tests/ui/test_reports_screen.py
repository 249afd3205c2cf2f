"""Does the screen show every report there is, of the days that are chosen, and lead to what is behind a figure?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, press, screen_text, settle
from tests.ui.test_mouse import click, click_row
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.reports.report import Report
from tui_ledger.ui.report_chart import Bar, chart_lines
from tui_ledger.ui.report_rows import report_lines, short_name, statement_columns
from tui_ledger.ui.report_subject import of_party
from tui_ledger.ui.screens.dialogs import ConfirmDialog
from tui_ledger.ui.screens.report_options import ReportOptions
from tui_ledger.ui.shown_period import EVERYTHING, ShownPeriod, Span, chosen_period
from tui_ledger.ui.shown_report import (
    KINDS,
    OpenedTable,
    ShownReport,
    days_in_words,
    days_of,
    moved,
    narrower,
    other_report,
    read_report,
    wider,
)

INCOME = ShownReport("income-statement")
MONTH = ShownPeriod(Span.MONTH, date(2026, 7, 1), date(2026, 7, 31))
YEAR = ShownPeriod(Span.YEAR, date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("period", "step", "first", "last"),
    [
        (None, -1, "2025-01-01", "2025-12-31"),
        (None, 1, "2027-01-01", "2027-12-31"),
        (MONTH, -1, "2026-06-01", "2026-06-30"),
        (chosen_period(date(2026, 1, 1), date(2026, 2, 28)), -1, "2025-11-01", "2025-12-31"),
        (chosen_period(date(2026, 1, 1), date(2026, 2, 28)), 1, "2026-03-01", "2026-04-30"),
        (chosen_period(date(2026, 1, 5), date(2026, 1, 14)), 1, "2026-01-15", "2026-01-24"),
        (chosen_period(date(9999, 10, 1), date(9999, 12, 31)), 1, "9999-10-01", "9999-12-31"),
        (EVERYTHING, -1, "2026-01-01", "2026-07-17"),
    ],
)
def test_a_range_moves_by_its_own_length(
    book: Ledger, period: ShownPeriod | None, step: int, first: str, last: str
) -> None:
    days = days_of(moved(replace(INCOME, period=period), step, book), book)
    assert (days.first.isoformat(), days.last.isoformat()) == (first, last)


def test_what_comes_back_into_this_year_goes_up_to_today_again(book: Ledger) -> None:
    earlier = moved(INCOME, -1, book)
    assert moved(earlier, 1, book) == INCOME
    assert days_of(moved(moved(earlier, -1, book), 1, book), book) == days_of(earlier, book)
    assert moved(moved(INCOME, 1, book), -1, book) == INCOME


def test_a_range_narrows_around_today_and_widens_to_all_days(book: Ledger) -> None:
    quarter = narrower(INCOME, book)
    assert days_in_words(quarter, FORMATS, book) == "Q3 2026"
    assert narrower(quarter, book).period == MONTH
    assert wider(quarter, book).period == YEAR
    assert wider(wider(quarter, book), book).period == EVERYTHING
    assert days_in_words(INCOME, FORMATS, book) == "01/01/2026–17/07/2026"


def test_another_report_is_of_the_same_days(book: Ledger) -> None:
    earlier = moved(ShownReport(), -1, book)
    statement = other_report(earlier, "income-statement")
    assert days_of(statement, book).last == date(2026, 6, 30)
    last_year = moved(statement, -1, book)
    assert other_report(last_year, "balance-sheet").last_day(book) == date(2025, 12, 31)


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_every_report_of_the_catalogue_is_read_whatever_was_chosen_for_another(book: Ledger, name: str) -> None:
    book.edit_account("Assets:Bank:Current", cash=True)
    book.add_party("ann")
    chosen = ShownReport(
        name, depth=1, show_zero=True, after_closing=True, sort="name", account="Expenses:Rent", accounts=("Assets",)
    )
    chosen = of_party(chosen, "ann") if name == "statement" else chosen
    made = read_report(book, chosen)
    assert made.name == name if isinstance(made, Report) else made.table.name == name
    if isinstance(made, OpenedTable):
        assert len(made.lines.rows(0, len(made.lines))) == len(made.lines)
    else:
        lines = report_lines(made, lambda money, _: str(money.amount))
        assert len({line.key for line in lines}) == len(lines)
        assert all(len(line.figures) in (0, len(made.columns)) for line in lines)


def test_cash_at_both_ends_and_every_check_are_lines_of_the_statement(book: Ledger) -> None:
    book.edit_account("Assets:Bank:Current", cash=True)
    made = read_report(book, ShownReport("cash-flow"))
    assert isinstance(made, Report)
    lines = report_lines(made, lambda money, _: str(money.amount))
    labels = [line.label for line in lines if line.figures]
    assert labels[labels.index("Change of cash") :][:3] == [
        "Change of cash",
        "Cash at the beginning",
        "Cash at the end",
    ]
    assert sum(label.startswith("Check: ") for label in labels) == len(made.checks) > 0


def test_columns_begin_where_they_were_moved_to_and_the_names_stay(book: Ledger) -> None:
    made = read_report(book, replace(INCOME, every="month"))
    assert isinstance(made, Report)
    titles = [column.title for column in statement_columns(made, FORMATS, 2)]
    assert titles == ["Account", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026", "01/07/2026–17/07/2026"]
    assert short_name("    Assets:Bank:Current", 15) == "    A:B:Current"


def test_bars_stand_above_the_line_or_below_it() -> None:
    bars = [Bar("Jan", "1", 400), Bar("Feb", "2", 0, 200), Bar("Mar", "3", 1), Bar("Apr", "4", 0)]
    lines = chart_lines(bars, 26, 6, lambda units, is_below: f"{'-' if is_below else ''}{units}")
    assert [line.rstrip() for line in lines] == [
        " 400 ████",
        "     ████      ▁▁▁▁",
        "     ───────────────────",
        "-200      ████",
        "",
        "     Jan  Feb  Mar  Apr",
    ]
    assert chart_lines([Bar("Jan", "1", 0)], 26, 6, str) == []  # type: ignore[arg-type]
    assert {len(line) for line in chart_lines(bars * 40, 26, 6, lambda units, _: str(units))} == {26}


async def show(pilot: Pilot[int], name: str) -> str:
    """What the screen says once a report has been chosen from the list."""
    place = [kind.name for kind in KINDS].index(name)
    await press(pilot, "r", "home", *["down"] * place, "enter")
    await settle(pilot)
    return screen_text(pilot)


async def test_reports_are_chosen_and_figures_followed_to_the_posting_and_back(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        reports, accounts = bench(pilot).reports, bench(pilot).accounts
        await press(pilot, "f4")
        assert "Income statement   01/01/2026–17/07/2026" in await show(pilot, "income-statement")
        await press(pilot, "shift+down", "shift+down", "left_square_bracket")
        await settle(pilot)
        assert "Jun 2026" in screen_text(pilot)
        await press(pilot, *["down"] * 5)
        row = reports.lines.row
        assert row is not None
        assert row.account == "Expenses:Office:Paper"
        await press(pilot, "enter")
        await settle(pilot)
        assert [one.transaction for one in accounts.register.window.rows(0, 9)] == [4]
        await asks_before_reversing(pilot, book)
        await press(pilot, "enter")
        assert bench(pilot).journal.current_number() == 4
        await asks_before_reversing(pilot, book)
        await press(pilot, "escape", "escape")
        await settle(pilot)
        assert bench(pilot).current_mode == "reports"
        assert reports.lines.row == row
        assert len(accounts.register.window) == 3
        await press(pilot, "f4")
        await settle(pilot)
        assert "Balance sheet   Tue 30/06/2026   balanced" in screen_text(pilot)


async def asks_before_reversing(pilot: Pilot[int], book: Ledger) -> None:
    """`r`, which asks for another report where the way here began."""
    before = len(book.journal())
    await press(pilot, "r", "r")
    assert isinstance(pilot.app.screen, ConfirmDialog)
    assert "Reverse 4 · " in screen_text(pilot)
    await press(pilot, "escape")
    assert len(book.journal()) == before


async def test_a_list_leads_from_its_lines_to_transactions_and_its_heads_to_registers(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, WIDE) as pilot:
        reports = bench(pilot).reports
        await press(pilot, "f4")
        shown = await show(pilot, "general-ledger")
        assert "1000 Assets:Bank:Current" in shown
        assert "Dr 6,485.45  Cr 6,485.45" in shown
        await press(pilot, "down", "down", "down", "enter")
        assert bench(pilot).journal.current_number() == 2
        await press(pilot, "escape")
        assert reports.lines.cursor == 3
        await press(pilot, "home", "enter")
        assert bench(pilot).current_mode == "accounts"
        await press(pilot, "escape")
        await press(pilot, "c")
        assert "This report has no chart" in screen_text(pilot)
        await show(pilot, "statistics")
        assert reports.chart.display
        await press(pilot, "c", "end", "up", "enter")
        assert not reports.chart.display
        await settle(pilot)
        assert bench(pilot).current_mode == "journal"
        assert bench(pilot).journal.rows.row_count == 2


async def test_options_are_asked_for_in_a_form_and_faults_stand_beneath_their_fields(
    book: Ledger, at_desk: AtDesk, tmp_path: Path
) -> None:
    async with at_desk(book, NARROW) as pilot:
        reports = bench(pilot).reports
        await press(pilot, "f4")
        await show(pilot, "income-statement")
        await press(pilot, "o")
        form = pilot.app.screen
        assert isinstance(form, ReportOptions)
        form.every.choose("month")
        form.compare.choose("previous")
        await press(pilot, "ctrl+s")
        assert "compare with the year before" in next(row.error for row in form.rows if row.field is form.compare)
        form.compare.choose("")
        form.depth.value = "none"
        await press(pilot, "ctrl+s")
        assert "none" in next(row.error for row in form.rows if row.field is form.depth)
        form.depth.value = ""
        form.compare.choose("year")
        form.first.value = "01/01/0001"
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "01/01/2026–17/07/2026" in reports._heading.text
        pilot.app.clear_notifications()
        await press(pilot, "o")
        form = pilot.app.screen
        assert isinstance(form, ReportOptions)
        form.every.choose("month")
        form.first.value = "01/01/2025"
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "by month" in reports._heading.text
        assert reports.lines.more_behind > 0
        await press(pilot, "right_curly_bracket", "right_curly_bracket")
        await settle(pilot)
        assert "‹2" in screen_text(pilot)
        assert "Mar 2025" in screen_text(pilot)
        await press(pilot, "ctrl+e")
        await settle(pilot)
        written = [path.name for path in (tmp_path / "exports").iterdir()]
        assert written == ["shop-income-statement-2026-07-17.xlsx"]


async def test_one_click_chooses_a_report_and_heads_sort_and_move(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        reports = bench(pilot).reports
        await press(pilot, "f4")
        await settle(pilot)
        await click_row(pilot, reports.listed, 2)  # type: ignore[arg-type]
        await settle(pilot)
        assert reports.shown.name == "trial-balance"
        head = reports.lines.region
        await click(pilot, head.x + 2, head.y)
        await settle(pilot)
        assert reports.shown.sort == "name"
        await press(pilot, "s")
        await settle(pilot)
        assert reports.shown.sort == "amount"
        await press(pilot, "z", "t")
        await settle(pilot)
        assert "Savings" in screen_text(pilot)


async def test_hostile_names_are_texts_in_every_report(book: Ledger, at_desk: AtDesk) -> None:
    payee = "[/x] [red]\x1b[31m"
    book.rename_account("Expenses:Rent", "Expenses:[/x] [red]")
    lines = debit("Expenses:[/x] [red]", "1", memo=payee), credit("Assets:Petty cash", "1")
    book.post(payee, *lines, date="2026-07-11", payee=payee)
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "f4")
        book.edit_account("Assets:Petty cash", cash=True)
        for kind in KINDS:
            shown = await show(pilot, kind.name)
            assert kind.title in shown
            assert "\x1b" not in shown
        assert "[/x] [red]" in await show(pilot, "journal")
