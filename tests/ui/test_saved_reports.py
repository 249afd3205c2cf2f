"""Reports of one's own on the screen: columns chosen one by one; reports that are saved, listed and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.saved_reports import SavedReport, save_report, saved_reports
from tui_ledger.reports.report import Report
from tui_ledger.ui.report_chart import bars_of_statement
from tui_ledger.ui.report_rows import sides_in_words, statement_columns
from tui_ledger.ui.saved_report import request_of_shown, shown_of
from tui_ledger.ui.screens.report_options import ReportOptions
from tui_ledger.ui.screens.save_report import SaveReportDialog
from tui_ledger.ui.shown_period import EVERYTHING, ShownPeriod, Span, chosen_period
from tui_ledger.ui.shown_report import (
    OpenedTable,
    ShownReport,
    columns_in_words,
    days_in_words,
    days_of,
    listed_names,
    read_report,
)

YEARS = ("Now=year-to-date", "2025", "Change=#1-#2")


@pytest.mark.parametrize(
    ("shown", "options"),
    [
        (ShownReport("income-statement", sort="code"), {}),
        (ShownReport("parties", sort="name", show_zero=True), {"zero": True}),
        (ShownReport("balance-sheet", day=date(2026, 3, 31), depth=2), {"at": "2026-03-31", "depth": "2"}),
        (ShownReport("income-statement", day=date(2026, 3, 31)), {"to": "2026-03-31"}),
        (ShownReport("net-worth", day=date(2026, 3, 31), every="year"), {"to": "2026-03-31", "every": "year"}),
        (
            ShownReport("cash-flow", period=ShownPeriod(Span.MONTH, date(2026, 7, 1), date(2026, 7, 31))),
            {"from": "2026-07-01", "to": "2026-07-31"},
        ),
        (
            ShownReport("journal", period=chosen_period(date(2026, 1, 2), date(2026, 3, 4)), listed="date,debit",
                        day=date(2026, 3, 4)),
            {"from": "2026-01-02", "to": "2026-03-04", "columns": "date,debit"},
        ),
        (ShownReport("income-statement", own_columns=YEARS, currency="EUR"), {"column": YEARS, "currency": "EUR"}),
        (ShownReport("register", account="Assets:Petty cash"), {"ACCOUNT": "Assets:Petty cash"}),
        (ShownReport("statistics", by="payee", accounts=("Expenses",)), {"by": "payee", "account": ("Expenses",)}),
        (ShownReport("journal", more=(("format", "csv"),)), {"format": "csv"}),
    ],
)  # fmt: skip
def test_what_is_shown_is_saved_in_words_and_comes_back(
    book: Ledger, shown: ShownReport, options: dict[str, object]
) -> None:
    request = request_of_shown(shown, book)

    assert dict(request.options) == options
    back = shown_of(SavedReport("Mine", request.report, request.options), book)
    usual = {"sort": None, "saved": None}
    assert replace(back, **usual) == replace(shown, **usual)
    assert back.saved == "Mine"


def test_all_days_are_saved_up_to_today(book: Ledger) -> None:
    shown = ShownReport("income-statement", period=EVERYTHING)
    request = request_of_shown(shown, book)

    assert request.options == {"from": "2026-01-01"}
    assert days_of(shown_of(SavedReport("All", request.report, request.options), book), book) == days_of(shown, book)


def test_columns_of_ones_own_say_all_days(book: Ledger) -> None:
    shown = ShownReport("income-statement", own_columns=(*YEARS, "last-month"), every="month", compare="year")
    made = read_report(book, shown)

    assert isinstance(made, Report)
    titles = [column.title for column in statement_columns(made, FORMATS)]
    assert titles == ["Account", "Now", "2025", "Change", "Jun 2026"]
    assert (days_in_words(shown, FORMATS, book), columns_in_words(shown)) == ("own columns", "")
    days = days_of(shown, book)
    assert (days.first, days.last, shown.last_day(book)) == (date(2025, 1, 1), book.today, book.today)
    assert [bar.label for bar in bars_of_statement(made, [(title, title) for title in titles[1:]])] == [
        "Now",
        "2025",
        "Jun 2026",
    ]
    worth = read_report(book, ShownReport("net-worth", own_columns=("last-year", "today", "#2-#1")))
    assert isinstance(worth, Report)
    assert sides_in_words(worth, lambda money, _: str(money.amount), FORMATS).startswith("17/07/2026  Dr 4")


def test_a_list_with_columns_chosen_still_leads_to_what_its_lines_are_of(book: Ledger) -> None:
    made = read_report(book, ShownReport("statistics", listed="net,month"))

    assert isinstance(made, OpenedTable)
    lines = [placed.line for placed in made.lines.rows(0, len(made.lines)) if placed.line is not None]
    assert [line.named for line in lines][:2] == ["2026-01", "2026-02"]
    assert listed_names(ShownReport("journal"), book)[:2] == ("date", "transaction")
    assert listed_names(ShownReport("register"), book) == ()
    with pytest.raises(InvalidOptions, match="no column 'size'"):
        listed_names(ShownReport("journal", listed="size"), book)


async def test_columns_are_typed_in_the_options_and_the_report_is_saved(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        reports = bench(pilot).reports
        await press(pilot, "f4", "r", "down", "enter", "o")
        form = pilot.app.screen
        assert isinstance(form, ReportOptions)
        form.own_columns.value = "year-to-date; #1-#2"
        await press(pilot, "ctrl+s")
        assert "there is no column 2" in next(row.error for row in form.rows if row.field is form.own_columns)
        form.own_columns.value = "; ".join(YEARS)
        form.every.choose("month")
        await press(pilot, "ctrl+s")
        assert "stand alone" in next(row.error for row in form.rows if row.field is form.own_columns)
        form.every.choose("")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "Income statement   own columns   balanced" in screen_text(pilot)
        assert reports.check_action("earlier", ()) is False
        await press(pilot, "ctrl+s")
        dialog = pilot.app.screen
        assert isinstance(dialog, SaveReportDialog)
        assert "--column Now=year-to-date --column 2025" in screen_text(pilot)
        await press(pilot, *keys_for("list"), "enter")
        assert "a report of the program is called so" in dialog._error.text
        await press(pilot, *["backspace"] * 4, *keys_for("Two years"), "enter")
        await settle(pilot)
        assert "Two years · Income statement" in screen_text(pilot)
        assert toasts(pilot)[-1].startswith("Saved the report Two years")
        assert saved_reports(book) == (SavedReport("Two years", "income-statement", {"column": YEARS}),)
        await press(pilot, "ctrl+s")
        assert "Replaces the report Two years." in screen_text(pilot)


async def test_saved_reports_are_listed_behind_the_others_and_forgotten_there(book: Ledger, at_desk: AtDesk) -> None:
    hostile = "[red]x[/] =cmd()"
    save_report(book, SavedReport(hostile, "journal", {"columns": "transaction,date,debit"}))
    book.set_setting("report.Odd", {"report": "journal", "options": {"wind": "north"}})
    async with at_desk(book, WIDE) as pilot:
        reports = bench(pilot).reports
        await press(pilot, "f4", "d", "r")
        assert reports.check_action("forget_report", ()) is False
        assert f"· {hostile}" in screen_text(pilot)
        assert "Odd" not in screen_text(pilot)
        await press(pilot, "end", "enter")
        await settle(pilot)
        assert [column.title for column in reports.lines._columns] == ["No", "Date", "Debit"]
        await press(pilot, "down", "enter")
        assert bench(pilot).journal.current_number() == 1
        await press(pilot, "escape", "r", "home", "down", "enter")
        await settle(pilot)
        assert reports.shown == ShownReport("income-statement")
        await press(pilot, "ctrl+p", *keys_for("=cmd"), "enter")
        await settle(pilot)
        assert reports.shown.saved == hostile
        await press(pilot, "r", "d")
        await settle(pilot)
        assert toasts(pilot)[-1] == f"Forgot the report {hostile} · ctrl+z undoes"
        assert [one.name for one in saved_reports(book)] == ["Odd"]
        assert f"· {hostile}" not in screen_text(pilot)
        await press(pilot, "ctrl+z")
        await settle(pilot)
        assert f"· {hostile}" in screen_text(pilot)
