"""Reports kept under a name: what is saved, found, put together again, and left alone."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidOptions, InvalidSetting, LedgerError, UnknownReport, UnknownSavedReport
from tui_ledger.ledger.saved_reports import REPORT_NAMES, SavedReport, forget_report, saved_report_named, saved_reports
from tui_ledger.reports.catalogue import REPORTS
from tui_ledger.reports.report import Report
from tui_ledger.reports.requests import Request, kinds
from tui_ledger.reports.saved import in_words, known_saved_reports, resolved, save_request

QUARTERS = Request("income-statement", {"every": "quarter", "depth": "1", "zero": True, "format": "csv"})


@pytest.fixture
def trade(book: Book) -> Book:
    book.post("2026-02-01", "Assets:Bank 500", "Income:Sales -500")
    return book


def test_a_report_is_kept_with_its_words_and_found_whatever_the_case(trade: Book) -> None:
    saved = save_request(trade.ledger, "  By quarter ", QUARTERS)

    assert saved == SavedReport("By quarter", "income-statement", dict(QUARTERS.options))
    assert saved_report_named(trade.ledger, "bY QUARTER") == saved
    assert saved_reports(trade.ledger) == known_saved_reports(trade.ledger) == (saved,)
    assert in_words(QUARTERS) == "income-statement --every quarter --depth 1 --zero --format csv"


def test_a_name_is_replaced_undone_and_forgotten_as_other_settings_are(trade: Book) -> None:
    save_request(trade.ledger, "By quarter", QUARTERS)
    replaced = save_request(trade.ledger, "by QUARTER", Request("net-worth"))
    assert (replaced.name, len(saved_reports(trade.ledger))) == ("By quarter", 1)

    trade.ledger.undo()
    assert saved_report_named(trade.ledger, "By quarter").report == "income-statement"
    assert forget_report(trade.ledger, "BY quarter") == "By quarter"
    with pytest.raises(UnknownSavedReport):
        forget_report(trade.ledger, "By quarter")
    trade.ledger.undo()
    assert [one.name for one in saved_reports(trade.ledger)] == ["By quarter"]
    assert trade.ledger.verify().ok


@pytest.mark.parametrize(
    ("name", "request_", "error"),
    [
        ("By quarter", Request("income-statement", {"every": "week"}), InvalidSetting),
        ("By quarter", Request("income-statement", {"at": "2026-01-01"}), InvalidOptions),
        ("By quarter", Request("cash-flow", {}), InvalidOptions),
        ("By quarter", Request("journal", {"columns": "size"}), InvalidOptions),
        ("By quarter", Request("no-such-report", {}), UnknownReport),
        ("list", QUARTERS, InvalidSetting),
        ("Balance-Sheet", QUARTERS, InvalidSetting),
        ("", QUARTERS, InvalidSetting),
        ("a\x1b[31m", QUARTERS, InvalidSetting),
        ("x" * 81, QUARTERS, InvalidSetting),
    ],
)
def test_what_could_not_be_run_or_called_is_not_saved(
    trade: Book, name: str, request_: Request, error: type[LedgerError]
) -> None:
    before = trade.ledger.revision
    with pytest.raises(error):
        save_request(trade.ledger, name, request_)
    assert trade.ledger.revision == before


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"depth": "2"}, {"every": "quarter", "depth": "2", "zero": True, "format": "csv"}),
        ({"zero": False}, {"every": "quarter", "depth": "1", "format": "csv"}),
        ({"column": ("2026",)}, {"column": ("2026",), "depth": "1", "zero": True, "format": "csv"}),
    ],
)
def test_what_is_said_goes_before_what_was_saved(trade: Book, said: dict, expected: dict) -> None:  # type: ignore[type-arg]
    save_request(trade.ledger, "By quarter", QUARTERS)

    assert resolved(Request("by quarter", said), trade.ledger) == Request("income-statement", expected)


@pytest.mark.parametrize(
    ("saved", "said", "left"),
    [
        ({"column": ("2026",)}, {"to": "2026-03-31"}, {"to": "2026-03-31"}),
        ({"at": "2026-01-01"}, {"every": "month"}, {"every": "month"}),
        ({"from": "2026-01-01", "every": "month"}, {"at": "2026-03-31"}, {"at": "2026-03-31"}),
        (
            {"from": "2026-01-01", "every": "month"},
            {"to": "2026-03-31"},
            {"from": "2026-01-01", "every": "month", "to": "2026-03-31"},
        ),
    ],
)
def test_days_that_are_said_otherwise_leave_no_others(saved: dict, said: dict, left: dict) -> None:  # type: ignore[type-arg]
    assert Request("x", said).over(Request("balance-sheet", saved)) == Request("balance-sheet", left)


def test_relative_columns_stay_relative(trade: Book) -> None:
    request = Request("income-statement", {"column": ("Now=year-to-date", "2026-Q1", "Change=#1-#2")})
    save_request(trade.ledger, "Now", request)

    report = resolved(Request("Now"), trade.ledger).made(trade.ledger)
    assert isinstance(report, Report)
    assert report.columns[0].last_day == trade.ledger.today
    assert in_words(request).endswith("--column Now=year-to-date --column 2026-Q1 --column 'Change=#1-#2'")


@pytest.mark.parametrize(
    "value",
    [
        "cash-flow",
        {"report": "cash-flow"},
        {"report": 7, "options": {}},
        {"report": "cash-flow", "options": {"--from": "2026-01-01"}},
        {"report": "cash-flow", "options": {"from": 2026}},
        {"report": "cash-flow", "options": {"zero": False}},
        {"report": "cash-flow", "options": {"column": [1]}},
        {"report": "cash-flow", "options": {"from": "x" * 501}},
        {"report": "cash-flow", "options": {}, "more": 1},
        {"report": "weather", "options": {}},
        {"report": "x", "options": {}},
        {"report": ["cash-flow"], "options": {}},
    ],
)
def test_the_book_takes_nothing_under_such_a_name_that_is_no_saved_report(trade: Book, value: object) -> None:
    with pytest.raises(InvalidSetting, match="is no saved report"):
        trade.ledger.set_setting("report.x", value)


@pytest.mark.parametrize("name", ["list", "Cash-Flow", "journal", "--x", "-", " blank ", ""])
def test_the_book_keeps_no_report_under_such_a_name(trade: Book, name: str) -> None:
    with pytest.raises(InvalidSetting, match=r"is no name for a (saved )?report"):
        trade.ledger.set_setting(f"report.{name}", {"report": "journal", "options": {}})
    assert saved_reports(trade.ledger) == ()


def test_the_book_knows_the_reports_that_the_program_makes() -> None:
    assert {kind.name for kind in kinds()} == REPORT_NAMES


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Odd", {"report": "cash-flow", "options": {"wind": "north"}}),
        ("Odd", {"report": "cash-flow", "options": {"every": ["month"]}}),
        ("Odd", {"report": "journal", "options": {"depth": "1"}}),
    ],
)
def test_what_another_program_left_is_not_listed_and_says_why_it_cannot_be_run(
    trade: Book, name: str, value: object
) -> None:
    trade.ledger.set_setting(f"report.{name}", value)

    assert known_saved_reports(trade.ledger) == ()
    if name == "Odd":
        with pytest.raises(LedgerError):
            resolved(Request("Odd"), trade.ledger).check()
    assert resolved(Request("cash-flow"), trade.ledger) == Request("cash-flow")


def test_a_name_nobody_has_names_those_there_are(trade: Book) -> None:
    save_request(trade.ledger, "By quarter", QUARTERS)

    with pytest.raises(UnknownReport, match=r"no report 'by month': choose one of balance-sheet, .*, By quarter\."):
        resolved(Request("by month"), trade.ledger)
    with pytest.raises(UnknownReport, match="choose one of balance-sheet"):
        resolved(Request("by month"), None)


def test_every_option_of_every_report_can_be_asked_for_in_words(trade: Book) -> None:
    several, flags = {"column", "account"}, {"zero", "after-closing", "prices-from-costs", "newest-first"}
    for kind in kinds():
        positional = {"ACCOUNT" if option.isupper() else option for option in kind.options}
        for option in positional:
            said = ("x",) if option in several else True if option in flags else "1"
            Request(kind.name, {option: said}).check()
            with pytest.raises(InvalidSetting):
                Request(kind.name, {option: "x" if option in several | flags else ("x",)}).check()
    assert len(kinds()) > len(REPORTS)
