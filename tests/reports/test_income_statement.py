from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from tests.reports.conftest import Book, MakeBook
from tests.reports.figures_of import (
    assert_rows_add_up,
    failed,
    figure_text,
    lines,
    seed_fault,
    shown,
    totals,
    unpriced,
)
from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.money import standard_currency
from tui_ledger.reports.columns import Range, compared_range, periods_of
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.report import Report, RowKind, SectionKind, as_json, plain_figure

INCOME, EXPENSES = SectionKind.INCOME, SectionKind.EXPENSES
EUR, USD, GBP = (standard_currency(code) for code in ("EUR", "USD", "GBP"))
YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
YEAR_BEFORE = Range(date(2025, 1, 1), date(2025, 12, 31))


def days(first: str, last: str) -> Range:
    return Range(date.fromisoformat(first), date.fromisoformat(last))


def results(report: Report) -> list[str]:
    return [plain_figure(figure) for figure in report.totals[0].figures]


@pytest.fixture
def shop(book: Book) -> Book:
    book.post("2025-11-01", "Assets:Bank 70", "Income:Sales -70")
    book.post("2026-01-01", "Assets:Bank 100", "Income:Sales -100")
    book.post("2026-03-31", "Expenses:Rent 30", "Assets:Bank -30")
    book.post("2026-12-31", "Assets:Bank 5", "Income:Interest -5")
    book.post("2027-01-01", "Assets:Bank 1000", "Income:Sales -1000")
    return book


def test_income_less_expenses_is_the_result_and_both_ends_of_the_range_count(shop: Book) -> None:
    report = income_statement(shop.ledger, [YEAR])

    assert shown(report, INCOME) == [(1, "Interest", "5.00"), (1, "Sales", "100.00")]
    assert shown(report, EXPENSES) == [(1, "Rent", "30.00")]
    assert totals(report) == {"income": "105.00", "expenses": "30.00", "result": "75.00"}
    assert report.totals[0].signed_sections == ((INCOME, 1), (EXPENSES, -1))
    assert report.balanced is True


def test_a_loss_is_a_result_below_zero(book: Book) -> None:
    book.post("2026-05-05", "Expenses:Rent 700", "Liabilities:Card -700")
    book.post("2026-05-06", "Assets:Bank 1.01", "Income:Sales -1.01")

    assert results(income_statement(book.ledger, [YEAR])) == ["-698.99"]


def test_a_contra_account_is_deducted_from_its_section(book: Book) -> None:
    book.post("2026-01-01", "Assets:Bank 100", "Income:Sales -100")
    book.post("2026-02-01", "Income:Sales discounts 12", "Assets:Bank -12")
    book.post("2026-03-01", "Assets:Bank 3", "Expenses:Refunds -3")

    report = income_statement(book.ledger, [YEAR])

    assert shown(report, INCOME) == [(1, "Sales", "100.00"), (1, "Sales discounts", "-12.00")]
    assert totals(report) == {"income": "88.00", "expenses": "-3.00", "result": "91.00"}


def test_an_empty_book_has_empty_sections_and_no_result(book: Book) -> None:
    report = income_statement(book.ledger, [YEAR])

    assert (shown(report, INCOME), shown(report, EXPENSES)) == ([], [])
    assert set(totals(report).values()) == {"0.00"}
    assert report.balanced is True


@pytest.mark.parametrize(
    ("first", "last", "result"),
    [
        ("0001-01-01", "2025-10-31", "0.00"),
        ("2027-01-02", "9999-12-31", "0.00"),
        ("0001-01-01", "9999-12-31", "1145.00"),
        ("2026-01-01", "2026-01-01", "100.00"),
        ("2026-01-02", "2026-03-30", "0.00"),
        ("2025-11-01", "2026-03-31", "140.00"),
    ],
)
def test_ranges_before_behind_and_across_everything_are_as_good_as_any(
    shop: Book, first: str, last: str, result: str
) -> None:
    report = income_statement(shop.ledger, [days(first, last)])

    assert results(report) == [result]
    assert report.balanced is True


def test_months_add_up_to_the_year_and_a_row_of_one_month_is_in_all(shop: Book) -> None:
    months = income_statement(shop.ledger, periods_of(YEAR, "month"))

    assert [column.label for column in months.columns][:2] == ["2026-01", "2026-02"]
    assert results(months) == ["100.00", "0.00", "-30.00", *["0.00"] * 8, "5.00"]
    assert lines(months.section(EXPENSES)) == {"Rent": ["0.00", "0.00", "30.00", *["0.00"] * 9]}
    assert_rows_add_up(months)


def test_thirty_one_columns_are_as_good_as_one(shop: Book) -> None:
    every_day = [Range(date(2026, 3, day), date(2026, 3, day)) for day in range(1, 32)]

    report = income_statement(shop.ledger, every_day)

    assert results(report) == ["0.00"] * 30 + ["-30.00"]
    assert [column.label for column in report.columns][-1] == "2026-03-31..2026-03-31"
    assert report.balanced is True


def test_a_range_stands_beside_what_it_is_compared_with(shop: Book) -> None:
    report = income_statement(shop.ledger, [YEAR, compared_range(YEAR, "year")])

    assert [column.label for column in report.columns] == ["2026", "2025"]
    assert lines(report.section(INCOME)) == {"Interest": ["5.00", "0.00"], "Sales": ["100.00", "70.00"]}
    assert results(report) == ["75.00", "70.00"]


class TestClosing:
    """A closing transaction changes no figure of the statement of any range."""

    RANGES = (YEAR_BEFORE, YEAR, days("2025-07-01", "2026-06-30"), days("2025-01-01", "2027-12-31"))

    @staticmethod
    def figures(book: Book, *ranges: Range, **given: bool) -> tuple[object, ...]:
        report = income_statement(book.ledger, ranges, **given)
        assert report.balanced is True
        return results(report), lines(report.section(INCOME)), lines(report.section(EXPENSES))

    def test_before_and_after_closing_all_figures_are_the_same(self, shop: Book) -> None:
        before = self.figures(shop, *self.RANGES)
        shop.ledger.close_period("2025-12-31", closing_transaction=True)
        assert self.figures(shop, *self.RANGES) == before
        shop.ledger.close_period("2026-12-31", closing_transaction=True)

        assert self.figures(shop, *self.RANGES) == before
        assert before[0] == ["70.00", "75.00", "140.00", "1145.00"]

    def test_the_books_as_they_stand_are_shown_when_asked_for(self, shop: Book) -> None:
        shop.ledger.close_period("2025-12-31", closing_transaction=True)

        assert results(income_statement(shop.ledger, [YEAR_BEFORE, YEAR], after_closing=True)) == ["0.00", "75.00"]

    def test_years_that_begin_on_any_day_are_closed_on_any_day(self, make_book: MakeBook) -> None:
        book = make_book(fiscal_year_start="04-06")
        book.post("2026-04-05", "Assets:Bank 10", "Income:Sales -10")
        book.post("2026-04-06", "Assets:Bank 200", "Income:Sales -200")
        ranges = [days("2026-04-01", "2026-04-30"), days("2025-04-06", "2026-04-05"), days("2026-04-06", "2026-04-06")]
        before = results(income_statement(book.ledger, ranges))

        book.ledger.close_period("2026-04-05", closing_transaction=True)

        assert results(income_statement(book.ledger, ranges)) == before == ["210.00", "10.00", "200.00"]


class TestTree:
    """The rows: parents, own postings, depth, zero rows, closed accounts, codes."""

    @pytest.fixture
    def rents(self, book: Book) -> Book:
        book.open("Expenses:Rent", code="6000")
        book.post(
            "2026-02-01", "Expenses:Rent 10", "Expenses:Rent:Shop 20", "Expenses:Rent:Shop:Sign 1", "Assets:A -31"
        )
        return book

    def test_an_account_with_postings_and_sub_accounts_shows_its_own_part(self, rents: Book) -> None:
        report = income_statement(rents.ledger, [YEAR])

        assert shown(report, EXPENSES) == [
            (1, "Rent", "31.00"),
            (2, "Rent, own postings", "10.00"),
            (2, "Shop", "21.00"),
            (3, "Shop, own postings", "20.00"),
            (3, "Sign", "1.00"),
        ]
        assert [row.kind for row in report.section(EXPENSES).rows][:2] == [RowKind.HEADING, RowKind.OWN]
        assert_rows_add_up(report)

    @pytest.mark.parametrize(
        ("depth", "rows"), [(1, ["Expenses"]), (2, ["Rent"]), (3, ["Rent", "Rent, own postings", "Shop"])]
    )
    def test_a_limited_depth_sums_up_what_lies_deeper(self, rents: Book, depth: int, rows: list[str]) -> None:
        report = income_statement(rents.ledger, [YEAR], depth)

        assert [label for _, label, _ in shown(report, EXPENSES)] == rows
        assert totals(report)["expenses"] == "31.00"
        assert_rows_add_up(report)

    @pytest.mark.parametrize("depth", [0, -1])
    def test_a_depth_that_shows_nothing_is_refused(self, rents: Book, depth: int) -> None:
        with pytest.raises(InvalidOptions, match="give 1 or more"):
            income_statement(rents.ledger, [YEAR], depth)

    def test_idle_accounts_are_hidden_unless_asked_for(self, book: Book) -> None:
        book.open("Income:Unused")
        book.open("Income:Later", opened=date(2027, 1, 1))
        book.open("Income:Gone")
        book.ledger.close_account("Income:Gone", date=date(2026, 1, 1))
        book.post("2025-02-01", "Assets:Bank 1", "Income:Sales -1")

        assert shown(income_statement(book.ledger, [YEAR]), INCOME) == []
        assert shown(income_statement(book.ledger, [YEAR], show_zero=True), INCOME) == [
            (1, "Sales", "0.00"),
            (1, "Unused", "0.00"),
        ]

    def test_a_closed_account_shows_in_the_range_it_moved_in(self, book: Book) -> None:
        book.post("2026-01-01", "Assets:Bank 8", "Income:Old shop -8")
        book.post("2026-02-01", "Income:Old shop 8", "Income:Shop -8")
        book.ledger.close_account("Income:Old shop", date=date(2026, 3, 1))

        report = income_statement(book.ledger, [days("2026-01-01", "2026-01-31"), YEAR])

        assert lines(report.section(INCOME)) == {"Old shop": ["8.00", "0.00"], "Shop": ["0.00", "8.00"]}

    def test_rows_follow_codes_and_those_without_one_their_names(self, book: Book) -> None:
        book.open("Income:Zebras", code="4000")
        book.open("Income:Apples", code="4100")
        book.post(
            "2026-01-01", "Assets:A 4", "Income:Zebras -1", "Income:Apples -1", "Income:Bees -1", "Income:Ants -1"
        )

        assert [row.label for row in income_statement(book.ledger, [YEAR]).section(INCOME).rows] == [
            "Zebras",
            "Apples",
            "Ants",
            "Bees",
        ]


class TestSeveralCurrencies:
    """Unconverted as they are; converted month by month at each month's end, so that months add up to the year."""

    @pytest.fixture
    def abroad(self, book: Book) -> Book:
        for name in ("Assets:Dollars", "Income:Dollar sales", "Expenses:Dollar fees"):
            book.open(name, currency="USD")
        book.post("2026-01-10", "Assets:Dollars 100", "Income:Dollar sales -100")
        book.post("2026-02-10", "Assets:Dollars 100.01", "Income:Dollar sales -100.01")
        book.post("2026-02-20", "Expenses:Dollar fees 10", "Assets:Dollars -10")
        book.post("2026-02-25", "Assets:Bank 7", "Income:Sales -7")
        for day, rate in (("2026-01-31", "0.9"), ("2026-02-15", "2"), ("2026-02-28", "0.8"), ("2026-03-31", "0.5")):
            book.ledger.add_price(day, "USD", "EUR", rate)
        return book

    def test_unconverted_rows_and_totals_say_what_they_are_and_are_compared_by_themselves(self, abroad: Book) -> None:
        report = income_statement(abroad.ledger, [YEAR])

        assert shown(report, INCOME) == [(1, "Dollar sales", ""), (1, "Sales", "7.00")]
        assert unpriced(report, "Dollar sales") == {"USD": "200.01"}
        assert report.section(INCOME).unconverted_by_column[0]["USD"].units == 20_001
        assert totals(report) == {"income": "7.00", "expenses": "0.00", "result": "7.00"}
        assert report.totals[0].unconverted_by_column[0]["USD"].units == 20_001 - 1_000
        assert report.balanced is True
        assert failed(report) == set()

    def test_a_missing_price_leaves_the_verdict_open_where_one_was_asked_for(self, abroad: Book) -> None:
        abroad.open("Assets:Pounds", currency="GBP")
        abroad.open("Income:Pound sales", currency="GBP")
        abroad.post("2026-02-05", "Assets:Pounds 4", "Income:Pound sales -4")
        ranges = [YEAR, days("2026-03-01", "2026-03-31")]

        assert income_statement(abroad.ledger, ranges).balanced_by_column == (True, True)
        assert income_statement(abroad.ledger, ranges, currency=EUR).balanced_by_column == (None, True)

    def test_every_month_is_converted_at_its_end_and_months_add_up_to_the_year(self, abroad: Book) -> None:
        months = income_statement(abroad.ledger, periods_of(YEAR, "month"), currency=EUR)
        quarters = income_statement(abroad.ledger, periods_of(YEAR, "quarter"), currency=EUR)
        year = income_statement(abroad.ledger, [YEAR], currency=EUR)

        assert lines(months.section(INCOME))["Dollar sales"][:3] == ["90.00", "80.01", "0.00"]
        assert lines(months.section(EXPENSES))["Dollar fees"][:3] == ["0.00", "8.00", "0.00"]
        assert results(months)[:3] == ["90.00", "79.01", "0.00"]
        assert results(quarters) == ["169.01", "0.00", "0.00", "0.00"]
        assert results(year) == ["169.01"]
        assert [report.balanced for report in (months, quarters, year)] == [True, True, True]

    def test_a_month_cut_short_is_converted_at_the_last_day_of_the_range(self, abroad: Book) -> None:
        report = income_statement(abroad.ledger, [days("2026-01-01", "2026-02-15")], currency=EUR)

        assert lines(report.section(INCOME)) == {"Dollar sales": ["290.02"]}

    def test_a_book_is_shown_in_a_currency_that_is_not_its_own(self, abroad: Book) -> None:
        report = income_statement(abroad.ledger, [YEAR], currency=USD)

        assert report.currency == "USD"
        assert lines(report.section(INCOME)) == {"Dollar sales": ["200.01"], "Sales": ["8.75"]}
        assert results(report) == ["198.76"]
        assert report.balanced is True

    def test_what_has_no_price_stays_as_it_is_beside_what_has_one(self, abroad: Book) -> None:
        abroad.open("Assets:Pounds", currency="GBP")
        abroad.open("Income:Pound sales", currency="GBP")
        abroad.post("2026-01-05", "Assets:Pounds 3", "Income:Pound sales -3")
        abroad.post("2026-02-05", "Assets:Pounds 4", "Income:Pound sales -4")
        abroad.ledger.add_price("2026-02-01", "GBP", "EUR", "1.25")

        report = income_statement(abroad.ledger, [YEAR, days("2026-02-01", "2026-12-31")], currency=EUR)

        assert figure_text(next(row for row in report.section(INCOME).rows if row.label == "Pound sales")) == "5.00"
        assert unpriced(report, "Pound sales") == {"GBP": "3.00"}
        assert report.balanced_by_column == (None, True)

    def test_amounts_are_rounded_half_away_from_zero_by_account_and_month(self, abroad: Book) -> None:
        abroad.open("Income:Cents", currency="USD")
        for day in ("2026-01-02", "2026-02-02"):
            abroad.post(day, "Assets:Dollars 0.05", "Income:Cents -0.05")
        abroad.post("2026-03-02", "Assets:Dollars -0.01", "Income:Cents 0.01")

        report = income_statement(abroad.ledger, periods_of(YEAR, "month"), currency=EUR)

        assert lines(report.section(INCOME))["Cents"][:3] == ["0.05", "0.04", "-0.01"]

    def test_a_range_of_a_lifetime_is_converted_too(self, abroad: Book) -> None:
        report = income_statement(abroad.ledger, [days("1980-01-01", "2026-12-31")], currency=EUR)

        assert results(report) == ["169.01"]

    def test_a_fault_within_a_converted_range_is_noticed(self, abroad: Book) -> None:
        seed_fault(abroad, "Income:Dollar sales", "2026-01-31")

        report = income_statement(abroad.ledger, [YEAR], currency=EUR)

        assert report.balanced is False
        assert failed(report) == {"zero-sum-USD"}


@pytest.mark.parametrize(
    "account", ["Income:Sales", "Expenses:Rent", "Assets:Bank", "Equity:Capital", "Liabilities:Card"]
)
@pytest.mark.parametrize("day", ["2025-12-31", "2026-12-31"])
def test_a_fault_of_one_cent_in_a_stored_balance_turns_balanced_false(book: Book, account: str, day: str) -> None:
    for year in (2025, 2026):
        book.post(
            f"{year}-06-01",
            "Assets:Bank 100",
            "Expenses:Rent 20",
            "Liabilities:Card -30",
            "Equity:Capital -40",
            "Income:Sales -50",
        )
    assert income_statement(book.ledger, [YEAR]).balanced is True

    seed_fault(book, account, day)

    assert income_statement(book.ledger, [YEAR]).balanced is False


class Counting:
    """A ledger that counts the days its balances are read at."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.days_read: list[date | None] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)

    def balances(self, at: date | None = None) -> Mapping[int, int]:
        self.days_read.append(at)
        return self._ledger.balances(at)


def test_a_day_that_columns_share_is_read_once(shop: Book) -> None:
    source = Counting(shop.ledger)

    income_statement(source, periods_of(YEAR, "quarter"))  # type: ignore[arg-type]

    assert source.days_read == sorted(set(source.days_read))
    assert len(source.days_read) == 5


class Interrupted(Counting):
    """A ledger that another program writes to while it is read for the first time."""

    def balances(self, at: date | None = None) -> Mapping[int, int]:
        found = super().balances(at)
        if len(self.days_read) == 1:
            with Ledger.open(self._ledger.place) as other:
                other.open_account("Income:New", AccountType.INCOME)
                other.transfer("Income:New", "Assets:Bank", "4", date=date(2026, 6, 2))
        return found


def test_a_write_from_elsewhere_while_reading_does_not_mix_two_states(shop: Book) -> None:
    report = income_statement(Interrupted(shop.ledger), [YEAR])  # type: ignore[arg-type]

    assert results(report) == ["79.00"]
    assert report.balanced is True


def test_wording_is_translated_and_figures_have_the_currencys_own_digits(make_book: MakeBook) -> None:
    book = make_book(currency="KWD")
    book.post("2026-01-01", "Assets:Bank 1.5", "Income:Sales -1.5")
    words = {"Income statement": "Erfolgsrechnung", "Total income": "Summe Erträge", "Result": "Ergebnis"}

    report = income_statement(book.ledger, [YEAR], translate=lambda text: words.get(text, text))

    assert (report.title, report.section(INCOME).total_label) == ("Erfolgsrechnung", "Summe Erträge")
    assert (report.totals[0].label, results(report)) == ("Ergebnis", ["1.500"])


def test_the_json_has_the_shape_scripts_hold_on_to(shop: Book) -> None:
    values = as_json(income_statement(shop.ledger, [YEAR]))

    assert {name: values[name] for name in ("report", "currency", "columns", "balanced")} == {
        "report": "income-statement",
        "currency": "EUR",
        "columns": [{"label": "2026", "from": "2026-01-01", "to": "2026-12-31"}],
        "balanced": True,
    }
    income, expenses = values["sections"]  # type: ignore[misc]
    assert (income["kind"], expenses["kind"], income["totals"]) == ("income", "expenses", ["105.00"])
    assert values["totals"] == [
        {"name": "result", "label": "Result", "figures": ["75.00"], "unconverted": {}, "unconverted_by_column": [{}]}
    ]
