from __future__ import annotations

from datetime import date

import pytest

from tests.reports.conftest import Book, MakeBook
from tests.reports.figures_of import amount, assert_rows_add_up, failed, lines, seed_fault
from tui_ledger.errors import InvalidOptions
from tui_ledger.reports.columns import Range
from tui_ledger.reports.report import Report, RowKind, as_json, plain_figure
from tui_ledger.reports.trial_balance import SIDES, trial_balance

YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
EARLIER = "Result of earlier years, not yet closed"


def days(first: str, last: str) -> Range:
    return Range(date.fromisoformat(first), date.fromisoformat(last))


def own(report: Report) -> dict[str, list[str]]:
    """The rows of the book's own currency."""
    return lines(report.sections[0])


def feet(report: Report, section: int = 0) -> list[str]:
    return [plain_figure(total) for total in report.sections[section].totals]


def closing(report: Report) -> dict[str, str]:
    """What each row closes with, debit-positive; rows that close with nothing left out."""
    found = {}
    for section in report.sections:
        for label, figures in lines(section).items():
            held = amount(figures[4]) - amount(figures[5])
            if held:
                found[label] = str(held)
    return found


@pytest.fixture
def shop(book: Book) -> Book:
    book.post("2025-03-01", "Assets:Bank 500", "Equity:Capital -500")
    book.post("2025-06-01", "Assets:Bank 70", "Income:Sales -70")
    book.post("2026-02-01", "Assets:Bank 100", "Income:Sales -100")
    book.post("2026-03-01", "Income:Sales 10", "Assets:Bank -10")
    book.post("2026-04-01", "Expenses:Rent 130", "Assets:Bank -90", "Liabilities:Card -40")
    return book


def test_every_account_has_its_opening_debit_credit_and_closing_each_on_its_side(shop: Book) -> None:
    report = trial_balance(shop.ledger, YEAR)

    assert own(report) == {
        "Assets:Bank": ["570.00", "", "100.00", "100.00", "570.00", ""],
        "Liabilities:Card": ["", "", "", "40.00", "", "40.00"],
        "Equity:Capital": ["", "500.00", "", "", "", "500.00"],
        "Income:Sales": ["", "", "10.00", "100.00", "", "90.00"],
        "Expenses:Rent": ["", "", "130.00", "", "130.00", ""],
        EARLIER: ["", "70.00", "", "", "", "70.00"],
    }
    assert feet(report) == ["570.00", "570.00", "240.00", "240.00", "700.00", "700.00"]
    assert [column.name for column in report.columns] == list(SIDES)
    assert report.sections[0].rows[-1].kind is RowKind.COMPUTED
    assert report.balanced is True
    assert_rows_add_up(report)


def test_an_empty_book_has_feet_of_zero(book: Book) -> None:
    report = trial_balance(book.ledger, YEAR)

    assert own(report) == {}
    assert feet(report) == ["0.00"] * 6
    assert report.balanced is True


@pytest.mark.parametrize(
    ("first", "last", "bank"),
    [
        ("0001-01-01", "2025-02-28", None),
        ("0001-01-01", "9999-12-31", ["", "", "670.00", "100.00", "570.00", ""]),
        ("2027-01-01", "9999-12-31", ["570.00", "", "", "", "570.00", ""]),
        ("2026-03-01", "2026-03-01", ["670.00", "", "", "10.00", "660.00", ""]),
    ],
)
def test_ranges_before_behind_and_across_everything_are_as_good_as_any(
    shop: Book, first: str, last: str, bank: list[str] | None
) -> None:
    report = trial_balance(shop.ledger, days(first, last))

    assert own(report).get("Assets:Bank") == bank
    assert report.balanced is True


class TestFiscalYears:
    """Income and expenses open at zero on the first day of the fiscal year of the range's first day."""

    @pytest.mark.parametrize(
        ("start", "last_of_earlier", "first_of_current"),
        [
            ("01-01", "2025-12-31", "2026-01-01"),
            ("04-06", "2026-04-05", "2026-04-06"),
            ("12-31", "2025-12-30", "2025-12-31"),
            ("02-29", "2026-02-27", "2026-02-28"),
        ],
    )
    def test_a_year_that_begins_on_any_day_opens_at_zero_there(
        self, make_book: MakeBook, start: str, last_of_earlier: str, first_of_current: str
    ) -> None:
        book = make_book(fiscal_year_start=start)
        book.post(last_of_earlier, "Assets:Bank 100", "Income:Sales -100")
        book.post(first_of_current, "Assets:Bank 30", "Income:Sales -30")

        report = trial_balance(book.ledger, days(first_of_current, "2026-07-15"))

        assert own(report)["Income:Sales"] == ["", "", "", "30.00", "", "30.00"]
        assert own(report)[EARLIER] == ["", "100.00", "", "", "", "100.00"]
        assert report.balanced is True

    def test_a_range_that_begins_within_a_year_opens_with_what_the_year_brought(self, shop: Book) -> None:
        report = trial_balance(shop.ledger, days("2026-03-01", "2026-03-31"))

        assert own(report)["Income:Sales"] == ["", "100.00", "10.00", "", "", "90.00"]
        assert own(report)[EARLIER] == ["", "70.00", "", "", "", "70.00"]
        assert report.balanced is True

    def test_a_range_that_crosses_a_years_end_goes_on_from_its_first_days_year(self, shop: Book) -> None:
        report = trial_balance(shop.ledger, days("2025-06-01", "2026-02-28"))

        assert own(report)["Income:Sales"] == ["", "", "", "170.00", "", "170.00"]
        assert EARLIER not in own(report)
        assert report.balanced is True

    def test_a_year_set_by_its_dates_is_heeded(self, shop: Book) -> None:
        shop.ledger.set_fiscal_year("2026-01-01", "2026-02-15")

        report = trial_balance(shop.ledger, days("2026-02-16", "2026-12-31"))

        assert own(report)["Income:Sales"] == ["", "", "10.00", "", "10.00", ""]
        assert own(report)[EARLIER][:2] == ["", "170.00"]


class TestClosing:
    """The closing transaction of the year a range ends in is left out; earlier ones count on their day."""

    @pytest.mark.parametrize(
        ("first", "last"),
        [("2026-01-01", "2026-12-31"), ("2026-02-15", "2026-12-31"), ("2026-12-31", "2026-12-31")],
    )
    def test_before_and_after_closing_all_figures_are_the_same(self, shop: Book, first: str, last: str) -> None:
        before = trial_balance(shop.ledger, days(first, last))
        shop.ledger.close_period("2026-12-31", closing_transaction=True)

        after = trial_balance(shop.ledger, days(first, last))

        assert own(after) == own(before)
        assert feet(after) == feet(before)
        assert after.balanced is True

    def test_the_next_year_opens_with_the_result_in_equity(self, shop: Book) -> None:
        shop.ledger.close_period("2026-12-31", closing_transaction=True)

        report = trial_balance(shop.ledger, days("2027-01-01", "2027-12-31"))

        assert closing(report) == {
            "Assets:Bank": "570.00",
            "Liabilities:Card": "-40.00",
            "Equity:Capital": "-500.00",
            "Equity:Retained earnings": "-30.00",
        }
        assert report.balanced is True

    def test_after_closing_income_and_expenses_end_at_zero(self, shop: Book) -> None:
        shop.ledger.close_period("2025-12-31", closing_transaction=True)
        shop.ledger.close_period("2026-12-31", closing_transaction=True)

        report = trial_balance(shop.ledger, YEAR, after_closing=True)

        assert own(report)["Income:Sales"] == ["", "", "100.00", "100.00", "", ""]
        assert own(report)["Equity:Retained earnings"] == ["", "70.00", "40.00", "", "", "30.00"]
        assert EARLIER not in own(report)
        assert report.balanced is True

    def test_a_closing_that_counts_takes_what_earlier_years_left_too(self, shop: Book) -> None:
        shop.ledger.close_period("2026-12-31", closing_transaction=True)

        report = trial_balance(shop.ledger, YEAR, after_closing=True)

        assert own(report)["Income:Sales"] == ["", "", "100.00", "100.00", "", ""]
        assert own(report)["Expenses:Rent"] == ["", "", "130.00", "130.00", "", ""]
        assert own(report)[EARLIER] == ["", "70.00", "70.00", "", "", ""]
        assert own(report)["Equity:Retained earnings"] == ["", "", "", "30.00", "", "30.00"]
        assert report.balanced is True
        assert_rows_add_up(report)

    def test_a_range_across_two_closings_counts_the_first_and_leaves_out_the_second(self, shop: Book) -> None:
        shop.ledger.close_period("2025-12-31", closing_transaction=True)
        across = days("2025-06-01", "2026-12-31")
        before = own(trial_balance(shop.ledger, across))
        shop.ledger.close_period("2026-12-31", closing_transaction=True)

        report = trial_balance(shop.ledger, across)

        assert own(report) == before
        assert before["Income:Sales"] == ["", "", "80.00", "170.00", "", "90.00"]
        assert before["Equity:Retained earnings"] == ["", "", "", "70.00", "", "70.00"]
        assert report.balanced is True

    def test_a_year_reopened_in_a_strict_book_is_as_if_it_were_never_closed(self, make_book: MakeBook) -> None:
        book = make_book(strict=True)
        book.post("2025-06-01", "Assets:Bank 70", "Income:Sales -70")
        before = closing(trial_balance(book.ledger, days("2025-01-01", "2026-06-30")))
        book.ledger.close_period("2025-12-31", closing_transaction=True)
        book.ledger.reopen_period("2025-12-31", reason="late bill")

        for after_closing in (False, True):
            report = trial_balance(book.ledger, days("2025-01-01", "2026-06-30"), after_closing=after_closing)
            assert closing(report) == before
            assert report.balanced is True


class TestRows:
    """Order, depth, idle and closed accounts, contra accounts."""

    def test_rows_follow_the_types_then_codes_then_names(self, book: Book) -> None:
        book.open("Expenses:Rent", code="6000")
        book.open("Assets:Van", code="1600")
        book.open("Assets:Bank", code="1000")
        book.post(
            "2026-01-01", "Expenses:Rent 1", "Assets:Van 1", "Assets:Bank 1", "Assets:Attic 1", "Liabilities:Card -4"
        )

        assert list(own(trial_balance(book.ledger, YEAR))) == [
            "Assets:Bank",
            "Assets:Van",
            "Assets:Attic",
            "Liabilities:Card",
            "Expenses:Rent",
        ]
        assert [row.code for row in trial_balance(book.ledger, YEAR).sections[0].rows][:3] == ["1000", "1600", None]

    def test_an_account_with_sub_accounts_has_a_row_of_its_own_postings(self, book: Book) -> None:
        book.post("2026-01-01", "Assets:Bank 5", "Assets:Bank:Savings 30", "Equity:Capital -35")

        assert closing(trial_balance(book.ledger, YEAR)) == {
            "Assets:Bank": "5.00",
            "Assets:Bank:Savings": "30.00",
            "Equity:Capital": "-35.00",
        }

    @pytest.mark.parametrize(
        ("depth", "rows"),
        [
            (1, {"Assets": ["", "", "45.00", "10.00", "40.00", "5.00"], "Equity": ["", "", "", "35.00", "", "35.00"]}),
            (2, {
                "Assets:Bank": ["", "", "45.00", "10.00", "40.00", "5.00"],
                "Equity:Capital": ["", "", "", "35.00", "", "35.00"],
            }),
        ],
    )  # fmt: skip
    def test_a_limited_depth_sums_up_what_lies_deeper(self, book: Book, depth: int, rows: dict[str, list[str]]) -> None:
        book.open("Assets:Bank", code="1000")
        book.post("2026-01-01", "Assets:Bank 5", "Assets:Bank:Savings 30", "Equity:Capital -35")
        book.post("2026-01-02", "Assets:Bank:Savings 10", "Assets:Bank -10")

        report = trial_balance(book.ledger, YEAR, depth)

        assert own(report) == rows
        assert report.sections[0].totals == trial_balance(book.ledger, YEAR).sections[0].totals
        assert report.sections[0].rows[0].account_id == (None if depth == 1 else book.ledger.account("1000").id)
        assert report.balanced is True

    def test_a_depth_that_shows_nothing_is_refused(self, book: Book) -> None:
        with pytest.raises(InvalidOptions, match="give 1 or more"):
            trial_balance(book.ledger, YEAR, 0)

    def test_a_contra_account_stands_on_the_other_side(self, book: Book) -> None:
        book.post("2026-01-01", "Expenses:Depreciation 25", "Assets:Accumulated depreciation -25")

        assert own(trial_balance(book.ledger, YEAR))["Assets:Accumulated depreciation"][4:] == ["", "25.00"]

    def test_idle_accounts_are_hidden_unless_asked_for_and_conversions_never(self, book: Book) -> None:
        book.open("Assets:Unused")
        book.open("Assets:Later", opened=date(2027, 1, 1))
        book.open("Assets:Old")
        book.ledger.close_account("Assets:Old", date=date(2026, 1, 1))
        book.open("Equity:Conversion:EUR")

        assert list(own(trial_balance(book.ledger, YEAR))) == ["Equity:Conversion:EUR"]
        with_idle = [name for name in own(trial_balance(book.ledger, YEAR, show_zero=True)) if "Adjust" not in name]
        assert with_idle == ["Assets:Unused", "Equity:Conversion:EUR"]

    def test_an_account_that_turned_and_came_back_to_zero_is_listed(self, book: Book) -> None:
        book.post("2026-01-01", "Assets:Transit 9", "Equity:Capital -9")
        book.post("2026-01-02", "Assets:Bank 9", "Assets:Transit -9")
        book.ledger.close_account("Assets:Transit", date=date(2026, 2, 1))

        assert own(trial_balance(book.ledger, YEAR))["Assets:Transit"] == ["", "", "9.00", "9.00", "", ""]


class TestSeveralCurrencies:
    """A section a currency, the book's own first; the feet are equal in each."""

    @pytest.fixture
    def travelled(self, book: Book) -> Book:
        book.open("Assets:Dollars", currency="USD")
        book.post("2025-12-01", "Assets:Bank 500", "Equity:Capital -500")
        book.ledger.transfer("Assets:Bank", "Assets:Dollars", "92", received="100", date="2026-02-01")
        return book

    def test_each_currency_has_its_section_with_its_conversion_account(self, travelled: Book) -> None:
        report = trial_balance(travelled.ledger, YEAR)

        assert [section.title for section in report.sections] == ["EUR", "USD"]
        assert own(report) == {
            "Assets:Bank": ["500.00", "", "", "92.00", "408.00", ""],
            "Equity:Capital": ["", "500.00", "", "", "", "500.00"],
            "Equity:Conversion:EUR": ["", "", "92.00", "", "92.00", ""],
        }
        assert lines(report.sections[1]) == {
            "Assets:Dollars": ["", "", "100.00", "", "100.00", ""],
            "Equity:Conversion:USD": ["", "", "", "100.00", "", "100.00"],
        }
        assert feet(report) == ["500.00", "500.00", "92.00", "92.00", "500.00", "500.00"]
        assert feet(report, 1) == ["0.00", "0.00", "100.00", "100.00", "100.00", "100.00"]
        assert {str(total.currency) for total in report.sections[1].totals} == {"USD"}
        assert report.balanced is True

    def test_a_fault_in_another_currency_is_noticed(self, travelled: Book) -> None:
        seed_fault(travelled, "Assets:Dollars", "2026-12-31")

        report = trial_balance(travelled.ledger, YEAR)

        assert report.balanced is False
        assert failed(report) == {"stored-USD"}


@pytest.mark.parametrize(
    "account", ["Assets:Bank", "Liabilities:Card", "Equity:Capital", "Income:Sales", "Expenses:Rent"]
)
@pytest.mark.parametrize(
    ("first", "day"),
    [
        ("2026-01-01", "2026-12-31"),  # what the range closes with
        ("2026-01-01", "2025-12-31"),  # what it opens with
        ("2026-09-01", "2025-12-31"),  # what the fiscal year began with, before a range within it
        ("2026-09-01", "2026-12-31"),  # no posting in the range
    ],
)
def test_a_fault_of_one_cent_in_any_stored_balance_turns_balanced_false(
    book: Book, account: str, first: str, day: str
) -> None:
    for year in (2025, 2026):
        book.post(
            f"{year}-06-01",
            "Assets:Bank 100",
            "Expenses:Rent 20",
            "Liabilities:Card -30",
            "Equity:Capital -40",
            "Income:Sales -50",
        )
    whole = days(first, "2026-12-31")
    assert trial_balance(book.ledger, whole).balanced is True

    seed_fault(book, account, day)

    assert trial_balance(book.ledger, whole).balanced is False


def test_the_json_names_its_columns_and_leaves_empty_sides_empty(shop: Book) -> None:
    values = as_json(trial_balance(shop.ledger, YEAR))

    assert values["columns"][0] == {  # type: ignore[index]
        "label": "Opening Dr",
        "name": "opening-debit",
        "from": "2026-01-01",
        "to": "2026-12-31",
    }
    (section,) = values["sections"]  # type: ignore[misc]
    assert (section["kind"], section["title"]) == ("accounts", "EUR")
    assert section["rows"][0]["figures"] == ["570.00", None, "100.00", "100.00", "570.00", None]
    assert section["totals"] == ["570.00", "570.00", "240.00", "240.00", "700.00", "700.00"]


def test_wording_is_translated_and_account_names_are_not(shop: Book) -> None:
    words = {"Trial balance": "Saldenliste", "Opening Dr": "Eröffnung Soll", EARLIER: "Ergebnisvortrag"}

    report = trial_balance(shop.ledger, YEAR, translate=lambda text: words.get(text, text))

    assert (report.title, report.columns[0].label) == ("Saldenliste", "Eröffnung Soll")
    assert "Ergebnisvortrag" in own(report)
    assert "Assets:Bank" in own(report)
