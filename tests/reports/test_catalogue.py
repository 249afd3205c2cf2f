from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidOptions, InvalidSetting, UnknownReport
from tui_ledger.reports.catalogue import REPORTS, ReportKind, Span, report_named
from tui_ledger.reports.choices import Asked, Choice, asked_range, choice_of
from tui_ledger.reports.columns import Range

TODAY = date(2026, 7, 15)


def test_every_report_is_found_by_its_name_and_no_other_name_is() -> None:
    assert [report_named(kind.name) for kind in REPORTS] == list(REPORTS)
    with pytest.raises(UnknownReport, match="balance-sheet, income-statement, trial-balance, cash-flow, net-worth"):
        report_named("balance sheet")


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.name)
def test_the_catalogue_says_what_the_report_says(book: Book, kind: ReportKind) -> None:
    book.open("Assets:Bank", cash=True)
    whole = Range(date(2026, 1, 1), TODAY)

    report = kind.report(book.ledger, Choice(days=(TODAY,), ranges=(whole,)))

    assert (report.name, report.title) == (kind.name, kind.title)
    assert (report.columns[0].at is None) is kind.is_over_range
    assert set(kind.options) >= {"from", "to", "depth", "zero", "sort"}


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.name)
def test_a_choice_is_what_the_report_is_made_by(book: Book, kind: ReportKind) -> None:
    book.open("Assets:Bank:Current", cash=True)
    book.open("Assets:Stock")
    book.post("2026-05-05", "Assets:Bank:Current 5", "Assets:Debtors 7", "Income:Sales -12")
    asked = Asked(depth=1, show_zero=True, sort="name")

    report = kind.report(book.ledger, choice_of(kind, asked, book.ledger), lambda text: f"*{text}")

    assert max(row.depth for section in report.sections for row in section.rows) == 1
    assert report.title == f"*{kind.title}"


def test_a_trial_balance_takes_one_range_and_the_others_several() -> None:
    assert [kind.name for kind in REPORTS if kind.span is Span.RANGE] == ["trial-balance"]
    assert [kind.name for kind in REPORTS if kind.span is Span.DAYS] == ["balance-sheet", "net-worth"]
    assert [kind.name for kind in REPORTS if kind.takes("every")] == [
        kind.name for kind in REPORTS if kind.span is not Span.RANGE
    ]


def test_the_list_of_reports_loads_no_report_and_nothing_heavy() -> None:
    program = "import sys, tui_ledger.reports.catalogue; print(*sys.modules)"
    loaded = set(subprocess.check_output([sys.executable, "-c", program], text=True).split())

    assert {name.partition(".")[0] for name in loaded} & {"peewee", "openpyxl", "babel", "textual", "click"} == set()
    assert "tui_ledger.reports.balance_sheet" not in loaded


class Year:
    """A calendar in which fiscal years begin in April, and today is the day it is."""

    today = TODAY

    def fiscal_year(self, day: date) -> tuple[date, date]:
        first = date(day.year if day.month >= 4 else day.year - 1, 4, 1)
        return first, date(first.year + 1, 3, 31)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, ("2026-04-01", "2026-07-15")),
        (None, "2026-02-01", ("2025-04-01", "2026-02-01")),
        (None, "2027-02-01", ("2026-04-01", "2027-02-01")),
        ("2020-01-01", None, ("2020-01-01", "2026-07-15")),
        ("2026-07-15", None, ("2026-07-15", "2026-07-15")),
        ("2027-01-01", "2027-01-02", ("2027-01-01", "2027-01-02")),
    ],
)
def test_what_is_left_out_of_a_range_is_the_fiscal_years_first_day_and_today(
    first: str | None, last: str | None, expected: tuple[str, str]
) -> None:
    assert asked_range(first, last, Year()) == Range(*map(date.fromisoformat, expected))


def test_a_range_that_would_begin_after_today_asks_for_its_end() -> None:
    with pytest.raises(InvalidOptions, match="give --to, too"):
        asked_range("2026-07-16", None, Year())


def test_a_choice_says_its_latest_day() -> None:
    kind = report_named("income-statement")

    choice = choice_of(kind, Asked(date_from="2026-06-01", date_to="2026-06-30", compare="year"), Year())

    assert choice.last_day == date(2026, 6, 30)
    assert choice.ranges[1] == Range(date(2025, 6, 1), date(2025, 6, 30))


def test_words_are_checked_before_days() -> None:
    with pytest.raises(InvalidSetting, match="use code, name or amount"):
        choice_of(report_named("cash-flow"), Asked(date_from="never", sort="size"), Year())
