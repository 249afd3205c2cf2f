"""General ledger, journal and statistics as values: figures, closings, order, what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import DraftPosting
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import general_ledger
from tui_ledger.reports.journal import journal
from tui_ledger.reports.listings import AskedListing, listing_named
from tui_ledger.reports.statistics import statistics
from tui_ledger.reports.table import LineKind, Table, table_json
from tui_ledger.reports.trial_balance import trial_balance

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def trade(book: Book) -> Book:
    book.open("Assets:Bank", code="1000")
    book.open("Assets:Idle")
    book.post("2025-05-01", "Assets:Bank 10", "Equity:Capital -10")
    book.post("2026-02-01", "Assets:Bank 7", "Income:Sales -7")
    book.post("2026-03-01", "Expenses:Rent 3", "Assets:Bank -3")
    return book


def blocks(table: Table) -> dict[str, list[dict[str, object]]]:
    found: list[dict[str, object]] = table_json(table)["blocks"]  # type: ignore[assignment]
    return {str(block["title"]): block["lines"] for block in found}  # type: ignore[misc]


def test_each_account_goes_from_its_opening_through_its_postings_to_its_closing_balance(trade: Book) -> None:
    bank = blocks(general_ledger(trade.ledger, YEAR))["Assets:Bank"]
    said = [(line["kind"], line["date"], line["debit"], line["credit"], line["balance"]) for line in bank]
    assert said == [
        ("opening", "2026-01-01", None, None, "10.00"),
        ("row", "2026-02-01", "7.00", None, "17.00"),
        ("row", "2026-03-01", None, "3.00", "14.00"),
        ("total", None, "7.00", "3.00", None),
        ("closing", "2026-12-31", None, None, "14.00"),
    ]


def test_accounts_stand_by_type_code_and_name_and_idle_ones_only_when_asked_for(trade: Book) -> None:
    assert list(blocks(general_ledger(trade.ledger, YEAR))) == [
        *("Assets:Bank", "Equity:Capital", "Income:Sales", "Expenses:Rent"),
    ]
    assert "Assets:Idle" in blocks(general_ledger(trade.ledger, YEAR, show_zero=True))


def test_a_closing_transaction_moves_nothing_of_the_year_it_closes(trade: Book) -> None:
    before = blocks(general_ledger(trade.ledger, YEAR))
    trade.ledger.close_period("2026-12-31", closing_transaction=True)

    assert blocks(general_ledger(trade.ledger, YEAR)) == {**before, **_only_new(trade, before)}
    after = blocks(general_ledger(trade.ledger, YEAR, after_closing=True))
    assert after["Income:Sales"][-1]["balance"] == "0.00"
    following = blocks(general_ledger(trade.ledger, Range(date(2027, 1, 1), date(2027, 12, 31)), show_zero=True))
    assert following["Income:Sales"][0]["balance"] == "0.00"


def _only_new(book: Book, before: dict[str, list[dict[str, object]]]) -> dict[str, list[dict[str, object]]]:
    """Blocks of accounts opened by the closing itself; nothing is on them."""
    now = blocks(general_ledger(book.ledger, YEAR))
    new = {name: lines for name, lines in now.items() if name not in before}
    assert all(line["balance"] in (None, "0.00") for lines in new.values() for line in lines)
    return new


def test_totals_and_closing_balances_are_the_trial_balances(trade: Book) -> None:
    ledger = blocks(general_ledger(trade.ledger, YEAR))
    (section,) = trial_balance(trade.ledger, YEAR).sections
    for row in section.rows:
        lines = {line["kind"]: line for line in ledger[str(row.account)]}
        sides = [str(figure.amount) if figure else "0.00" for figure in row.figures]
        assert [lines["total"]["debit"], lines["total"]["credit"]] == sides[2:4]
        assert str(lines["closing"]["balance"]).lstrip("-") == max(sides[4:6])


def test_a_journal_names_a_transaction_once_and_ends_with_equal_feet(trade: Book) -> None:
    trade.ledger.void(2)
    (lines,) = blocks(journal(trade.ledger, YEAR)).values()
    assert [(line["transaction"], line["account"], line["debit"], line["credit"]) for line in lines] == [
        (2, None, None, None),
        (3, "Expenses:Rent", "3.00", None),
        (None, "Assets:Bank", None, "3.00"),
        (None, None, "3.00", "3.00"),
    ]
    assert "void" in str(lines[0]["memo"])


def test_statistics_show_months_without_postings_too(trade: Book) -> None:
    trade.post("2026-06-01", "Assets:Bank 1", "Income:Sales -1")
    bank = [trade.ledger.account("Assets:Bank")]
    (lines,) = blocks(statistics(trade.ledger, YEAR, bank)).values()
    assert [(line["month"], line["debit"], line["credit"], line["net"], line["count"]) for line in lines] == [
        ("2026-02", "7.00", "0.00", "7.00", 1),
        ("2026-03", "0.00", "3.00", "-3.00", 1),
        ("2026-04", "0.00", "0.00", "0.00", 0),
        ("2026-05", "0.00", "0.00", "0.00", 0),
        ("2026-06", "1.00", "0.00", "1.00", 1),
        ("Total", "8.00", "3.00", "5.00", 3),
    ]


def test_tags_have_no_total_since_a_transaction_has_several(trade: Book) -> None:
    lines = DraftPosting("Assets:Bank", "5"), DraftPosting("Income:Sales", "-5")
    trade.ledger.post("", *lines, date=date(2026, 4, 1), tags=["a", "b"])
    table = statistics(trade.ledger, YEAR, [trade.ledger.account("Assets:Bank")], "tag")
    with table.reading() as read:
        kinds = [line.kind for block in read for line in block.lines]
    assert LineKind.TOTAL not in kinds
    (found,) = blocks(table).values()
    assert {line["tag"]: line["debit"] for line in found} == {"a": "5.00", "b": "5.00", "(none)": "7.00"}


@pytest.mark.parametrize("word", ["size", "data", "data:", "payee:x "])
def test_statistics_by_a_word_there_is_not_are_refused(trade: Book, word: str) -> None:
    with pytest.raises(InvalidSetting, match="use one of account, party, payee, tag, data:KEY"):
        statistics(trade.ledger, YEAR, by=word)


def test_reading_a_table_may_end_early(trade: Book) -> None:
    with general_ledger(trade.ledger, YEAR).reading() as read:
        assert next(read).title == "Assets:Bank"
    trade.post("2026-07-01", "Assets:Bank 1", "Income:Sales -1")
    assert len(blocks(general_ledger(trade.ledger, YEAR))["Assets:Bank"]) == 6


@pytest.mark.parametrize("by", [None, "account", "payee", "tag", "data:order"])
def test_closing_a_year_changes_no_statistics_of_it(trade: Book, by: str | None) -> None:
    before = blocks(statistics(trade.ledger, YEAR, by=by))
    longer = Range(date(2025, 1, 1), date(2027, 6, 30))
    over_years = blocks(statistics(trade.ledger, longer, by=by))
    trade.ledger.close_period("2026-12-31", closing_transaction=True)
    assert blocks(statistics(trade.ledger, YEAR, by=by)) == before
    assert blocks(statistics(trade.ledger, longer, by=by)) == over_years
    assert blocks(statistics(trade.ledger, YEAR, by=by, after_closing=True)) != before


def test_statistics_take_closing_transactions_in_on_request(trade: Book) -> None:
    trade.ledger.close_period("2026-12-31", closing_transaction=True)
    kind = listing_named("statistics")
    assert kind is not None
    asked = AskedListing(date_from="2026-01-01", date_to="2026-12-31", by="account")
    sales = {
        with_closing: [line["debit"] for line in lines if line["account"] == "Income:Sales"]
        for with_closing in (False, True)
        for lines in blocks(kind.table(trade.ledger, replace(asked, after_closing=with_closing))).values()
    }
    assert sales == {False: ["0.00"], True: ["7.00"]}


UNCLOSED = ("Income:Sales", "Expenses:Rent")


@pytest.fixture
def unclosed(book: Book) -> Book:
    """Two years, neither closed: in the first 100 earned and 30 spent, in the second 7 and 3."""
    book.post("2025-05-01", "Assets:Bank 100", "Income:Sales -100")
    book.post("2025-06-01", "Expenses:Rent 30", "Assets:Bank -30")
    book.post("2026-02-01", "Assets:Bank 7", "Income:Sales -7")
    book.post("2026-03-01", "Expenses:Rent 3", "Assets:Bank -3")
    return book


def figures(lines: list[dict[str, object]]) -> dict[object, object]:
    return {line["kind"]: line["balance"] for line in lines if line["kind"] not in ("row", "total")}


def test_what_earlier_unclosed_years_left_is_told_apart_from_the_trial_balances_figure(unclosed: Book) -> None:
    march = Range(date(2026, 3, 1), date(2026, 12, 31))
    found = blocks(general_ledger(unclosed.ledger, march))
    assert [(line["kind"], line["memo"], line["balance"]) for line in found["Income:Sales"]] == [
        ("opening", "Opening balance", "107.00"),
        ("opening-of-earlier-years", "of earlier years, not yet closed", "100.00"),
        ("opening-of-fiscal-year", "of this fiscal year", "7.00"),
        ("total", "Total", None),
        ("closing", "Closing balance", "107.00"),
        ("closing-of-earlier-years", "of earlier years, not yet closed", "100.00"),
        ("closing-of-fiscal-year", "of this fiscal year", "7.00"),
    ]
    assert "closing-of-earlier-years" not in figures(found["Assets:Bank"])
    (section,) = trial_balance(unclosed.ledger, march).sections
    rows = {str(row.account): row.figures for row in section.rows}
    for name in UNCLOSED:
        opening, closing = ([figure for figure in rows[name][at : at + 2] if figure] for at in (0, 4))
        said = figures(found[name])
        assert said["opening-of-fiscal-year"] == (str(opening[0].amount) if opening else "0.00")
        assert said["closing-of-fiscal-year"] == (str(closing[0].amount) if closing else "0.00")


def test_over_several_years_the_rest_is_of_them_and_a_closing_in_them_takes_what_was_left(unclosed: Book) -> None:
    unclosed.post("2027-01-05", "Assets:Bank 1", "Income:Sales -1")
    unclosed.ledger.close_period("2026-12-31", closing_transaction=True)
    days = Range(date(2026, 2, 1), date(2027, 6, 30))
    said = blocks(general_ledger(unclosed.ledger, days))["Income:Sales"]
    assert figures(said) == {
        "opening": "100.00",
        "opening-of-earlier-years": "100.00",
        "opening-of-fiscal-year": "0.00",
        "closing": "1.00",
        "closing-of-earlier-years": "0.00",
        "closing-of-fiscal-year": "1.00",
    }
    assert said[2]["memo"] == "of these fiscal years"


def test_a_closed_year_leaves_nothing_to_tell_apart(unclosed: Book) -> None:
    unclosed.ledger.close_period("2025-12-31", closing_transaction=True)
    found = blocks(general_ledger(unclosed.ledger, YEAR))
    assert all(set(figures(lines)) == {"opening", "closing"} for lines in found.values())
