from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidDate, InvalidOptions, InvalidSetting, LedgerError
from tui_ledger.money import Money
from tui_ledger.reports.catalogue import REPORTS, ReportKind, report_named
from tui_ledger.reports.choices import Asked, choice_of
from tui_ledger.reports.differences import with_own_columns
from tui_ledger.reports.own_columns import OwnColumn, own_columns, split_columns
from tui_ledger.reports.report import Report, SectionKind, as_json

TODAY = date(2026, 7, 31)
TAKERS = [kind for kind in REPORTS if kind.takes("column")]


class FromApril:
    """A calendar whose fiscal years begin in April, on the last day of July."""

    today = TODAY

    def fiscal_year(self, day: date) -> tuple[date, date]:
        first = date(max(day.year if day.month >= 4 else day.year - 1, 1), 4 if day >= date(1, 4, 1) else 1, 1)
        return first, date(first.year + 1, 3, 31) if first > date.min else date(1, 3, 31)


@pytest.mark.parametrize(
    ("what", "first", "last"),
    [
        ("2026-03-31", "2026-03-31", "2026-03-31"),
        ("2026-01-01..2026-03-15", "2026-01-01", "2026-03-15"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-Q2", "2026-04-01", "2026-06-30"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("today", "2026-07-31", "2026-07-31"),
        ("this-month", "2026-07-01", "2026-07-31"),
        ("Last-Month", "2026-06-01", "2026-06-30"),
        ("8-months-ago", "2025-11-01", "2025-11-30"),
        ("1-month-ago", "2026-06-01", "2026-06-30"),
        ("this-quarter", "2026-07-01", "2026-09-30"),
        ("last-quarter", "2026-04-01", "2026-06-30"),
        ("2-quarters-ago", "2026-01-01", "2026-03-31"),
        ("this-year", "2026-04-01", "2027-03-31"),
        ("last-year", "2025-04-01", "2026-03-31"),
        ("3-years-ago", "2023-04-01", "2024-03-31"),
        ("month-to-date", "2026-07-01", "2026-07-31"),
        ("quarter-to-date", "2026-07-01", "2026-07-31"),
        ("year-to-date", "2026-04-01", "2026-07-31"),
        ("year-to-date-1-year-ago", "2025-04-01", "2025-07-31"),
        ("month-to-date-5-months-ago", "2026-02-01", "2026-02-28"),
        ("today-2-years-ago", "2024-07-31", "2024-07-31"),
    ],
)
def test_a_column_is_the_days_that_are_written(what: str, first: str, last: str) -> None:
    (found,) = own_columns([what], FromApril())

    assert found.label is None
    assert found.days is not None
    assert (found.days.first.isoformat(), found.days.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("specs", "error", "said"),
    [
        (["yesteryear"], InvalidSetting, "'yesteryear' is no column: write a day, 2026"),
        ([""], InvalidSetting, "is no column"),
        (["2026-13"], InvalidSetting, "'2026-13' is no column"),
        (["2026-Q5"], InvalidSetting, "is no column"),
        (["today-tomorrow"], InvalidSetting, "is no column"),
        (["٢٠٢٦"], InvalidSetting, "is no column"),
        (["2026-02-30"], InvalidDate, "2026-02-30"),
        (["2026-01-01.."], InvalidDate, "''"),
        (["2026-03-01..2026-01-01"], InvalidOptions, "ends before it begins"),
        (["=2026"], InvalidSetting, "is no label of a column"),
        (["A;B=2026"], InvalidSetting, "no semicolon"),
        ([f"{'x' * 41}=2026"], InvalidSetting, "1 to 40 characters"),
        (["\x1b[31m=2026"], InvalidSetting, "label of a column"),
        (["#1-#2"], InvalidOptions, "there is no column 1 there"),
        (["2026", "#1-#2"], InvalidOptions, "there is no column 2 there"),
        (["2026", "#1-#0"], InvalidOptions, "there is no column 0 there"),
        (["2026", "2025", "#1-#2", "#3-#1"], InvalidOptions, "column 3 is a difference itself"),
        (["2026", "#1-#1"], InvalidOptions, "#1-#1 is nothing: it takes a column off itself"),
        (["2026", "Nothing=#01-#1"], InvalidOptions, "#01-#1 is nothing"),
        (["2026"] * 401, InvalidOptions, "at most 400 columns"),
    ],
)
def test_what_is_no_column_is_refused(specs: list[str], error: type[LedgerError], said: str) -> None:
    with pytest.raises(error) as refusal:
        own_columns(specs, FromApril())
    assert said in str(refusal.value)


class Beginning(FromApril):
    """The first month there is."""

    today = date(1, 1, 31)


@pytest.mark.parametrize("what", ["last-month", "today-12-months-ago", "last-year", "3-quarters-ago"])
def test_nothing_lies_before_all_time(what: str) -> None:
    assert own_columns(["this-month"], Beginning())[0].days is not None
    with pytest.raises(InvalidOptions, match="There is nothing"):
        own_columns([what], Beginning())


def test_a_label_may_be_any_text_that_can_be_seen() -> None:
    found = own_columns(["=cmd()=2026", " [red]x[/] = 2025 ", "Δ = #2-#1"], FromApril())

    assert [one.label for one in found] == ["=cmd()", "[red]x[/]", "Δ"]
    assert found[2].of == (1, 0)
    assert split_columns(" A=2026 ;; #1-#1; ") == ("A=2026", "#1-#1")


@pytest.fixture
def trade(book: Book) -> Book:
    """Two years; dollars without a price; a heading with postings of its own."""
    book.open("Assets:Bank", cash=True)
    book.open("Assets:USD", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.post("2025-02-01", "Assets:Bank 1000", "Equity:Capital -1000")
    book.post("2025-05-01", "Expenses:Office 30", "Expenses:Office:Paper 12.50", "Assets:Bank -42.50")
    book.post("2025-06-01", "Assets:Bank 200", "Income:Sales -200")
    book.post("2025-07-01", "Assets:USD 40", "Equity:Dollars -40")
    book.post("2026-02-01", "Assets:USD 60", "Equity:Dollars -60")
    book.post("2026-05-01", "Expenses:Office:Paper 20.25", "Assets:Bank -20.25")
    book.post("2026-06-01", "Assets:Bank 150.10", "Income:Sales -150.10")
    return book


def made(book: Book, name: str, *columns: str, **asked: object) -> Report:
    kind = report_named(name)
    return kind.report(book.ledger, choice_of(kind, Asked(columns=columns, **asked), book.ledger))  # type: ignore[arg-type]


def units(money: Money | None) -> int:
    return 0 if money is None else money.units


@pytest.mark.parametrize("kind", TAKERS, ids=lambda kind: kind.name)
def test_a_difference_is_one_column_less_the_other_in_every_figure(trade: Book, kind: ReportKind) -> None:
    report = made(trade, kind.name, "Now=year-to-date", "Before=2025", "Change=#1-#2", "Back=#2-#1", show_zero=True)

    rows = [row for section in report.sections for row in section.rows]
    figures = [one.figures for one in (*report.totals, *report.checks, *rows)]
    figures += [section.totals for section in report.sections]
    assert len(figures) >= 8
    for now, before, change, back in figures:
        assert units(change) == units(now) - units(before) == -units(back)
    assert [column.label for column in report.columns] == ["Now", "Before", "Change", "Back"]
    assert any(change for _, _, change, _ in figures)


def test_what_has_no_price_is_taken_off_by_currency(trade: Book) -> None:
    report = made(trade, "balance-sheet", "2026-06-30", "2025-12-31", "2025-01-01", "#1-#2", "#3-#1")

    dollars = next(row for row in report.section(SectionKind.ASSETS).rows if row.label == "USD")
    assert dollars.figures == (None, None, Money(0, report.currency), None, None)
    assert [{code: str(money.amount) for code, money in held.items()} for held in dollars.unconverted_by_column] == [
        {"USD": "100.00"},
        {"USD": "40.00"},
        {},
        {"USD": "60.00"},
        {"USD": "-100.00"},
    ]
    assert report.balanced_by_column == (True,) * 5


def test_a_difference_has_passed_where_both_its_columns_have(trade: Book) -> None:
    whole = made(trade, "income-statement", "2025", "2026")
    failed = replace(whole, balanced_by_column=(True, False))
    chosen = (OwnColumn(), OwnColumn("Plan"), OwnColumn(of=(1, 0)), OwnColumn(of=(0, 0)))

    assert with_own_columns(failed, chosen).balanced_by_column == (True, False, False, True)


def test_scripts_learn_of_what_a_column_is_the_difference(trade: Book) -> None:
    report = made(trade, "income-statement", "2025", "This year=this-year", "#2-#1")

    columns = as_json(report)["columns"]
    assert columns == [
        {"label": "2025", "from": "2025-01-01", "to": "2025-12-31"},
        {"label": "This year", "from": "2026-01-01", "to": "2026-12-31"},
        {"label": "#2 − #1", "of": [2, 1]},
    ]


def test_columns_stand_alone_and_only_where_a_report_takes_them() -> None:
    for option in ({"at": "2026-01-01"}, {"every": "month"}, {"compare": "year"}, {"date_from": "2026-01-01"}):
        with pytest.raises(InvalidOptions, match="--column says which days are meant"):
            choice_of(report_named("balance-sheet"), Asked(columns=("2026",), **option), FromApril())
    with pytest.raises(InvalidOptions, match="trial-balance takes no --column"):
        choice_of(report_named("trial-balance"), Asked(columns=("2026",)), FromApril())


def test_a_report_at_days_takes_the_last_day() -> None:
    choice = choice_of(report_named("net-worth"), Asked(columns=("2025", "last-quarter", "#2-#1")), FromApril())

    assert choice.days == (date(2025, 12, 31), date(2026, 6, 30))
    assert choice.last_day == date(2026, 6, 30)
