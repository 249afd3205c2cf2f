from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.reports.conftest import TODAY, Book, MakeBook
from tui_ledger.errors import InvalidDate, InvalidOptions
from tui_ledger.ledger import Account, AccountType, Ledger
from tui_ledger.money import Currency
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Report, Row, RowKind, SectionKind, as_json, plain_figure

ASSETS, LIABILITIES, EQUITY = SectionKind.ASSETS, SectionKind.LIABILITIES, SectionKind.EQUITY
YEAR_END = date(2026, 12, 31)


def shown(report: Report, kind: SectionKind, column: int = 0) -> list[tuple[int, str, str]]:
    """The rows of a section as (depth, label, figure)."""
    return [(row.depth, row.label, figure_text(row, column)) for row in report.section(kind).rows]


def figure_text(row: Row, column: int = 0) -> str:
    figure = row.figures[column]
    return "" if figure is None else plain_figure(figure)


def totals(report: Report, column: int = 0) -> dict[str, str]:
    sections = {section.kind.value: plain_figure(section.totals[column]) for section in report.sections}
    return sections | {total.name: plain_figure(total.figures[column]) for total in report.totals}


def computed(report: Report, column: int = 0) -> tuple[str, str]:
    """Retained earnings and the result of the current year."""
    earlier, current = (row for row in report.section(EQUITY).rows if row.kind is RowKind.COMPUTED)
    return figure_text(earlier, column), figure_text(current, column)


def units(row: Row, column: int) -> int:
    figure = row.figures[column]
    return 0 if figure is None else figure.units


def assert_rows_add_up(report: Report) -> None:
    for section in report.sections:
        for column, total in enumerate(section.totals):
            assert sum(units(section.rows[place], column) for place in section.top_rows()) == total.units
            assert sum(units(row, column) for row in section.rows if not row.is_heading) == total.units
            for place, row in enumerate(section.rows):
                if row.is_heading:
                    beneath = (section.rows[child] for child in section.rows_beneath(place))
                    assert sum(units(child, column) for child in beneath) == units(row, column)


def seed_fault(book: Book, account: str, day: str) -> None:
    """One cent more in the stored balance of the account's last posting through a day, past all guards."""
    with sqlite3.connect(book.path) as connection:
        changed = connection.execute(
            "UPDATE postings SET balance = balance + 1 WHERE (account, date, number, line) = (SELECT account, date, "
            "number, line FROM postings JOIN accounts ON id = account WHERE name = ? AND date <= ? "
            "ORDER BY date DESC, number DESC, line DESC LIMIT 1)",
            (account, day),
        )
        assert changed.rowcount == 1
    connection.close()


def test_assets_liabilities_and_equity_stand_in_their_own_direction(book: Book) -> None:
    book.post("2026-01-02", "Assets:Bank 1000", "Equity:Capital -1000")
    book.post("2026-01-03", "Assets:Bank 500", "Liabilities:Loan -500")

    report = balance_sheet(book.ledger, [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Bank", "1500.00")]
    assert shown(report, LIABILITIES) == [(1, "Loan", "500.00")]
    assert shown(report, EQUITY)[0] == (1, "Capital", "1000.00")
    assert totals(report) == {
        "assets": "1500.00",
        "liabilities": "500.00",
        "equity": "1000.00",
        "liabilities-and-equity": "1500.00",
    }
    assert report.balanced is True


def test_the_default_date_is_the_ledgers_today(book: Book) -> None:
    book.post(TODAY.isoformat(), "Assets:Bank 5", "Equity:Capital -5")
    book.post("2026-07-16", "Assets:Bank 7", "Equity:Capital -7")

    report = balance_sheet(book.ledger)

    assert [column.at for column in report.columns] == [TODAY]
    assert totals(report)["assets"] == "5.00"


def test_an_empty_book_has_empty_sections_that_balance(book: Book) -> None:
    report = balance_sheet(book.ledger, [YEAR_END])

    assert shown(report, ASSETS) == []
    assert shown(report, LIABILITIES) == []
    assert computed(report) == ("0.00", "0.00")
    assert set(totals(report).values()) == {"0.00"}
    assert report.balanced is True


@pytest.mark.parametrize(("day", "bank"), [("2025-12-31", "0.00"), ("2026-01-01", "10.00"), ("2099-01-01", "30.00")])
def test_dates_before_the_first_and_after_the_last_transaction_are_as_good_as_any(
    book: Book, day: str, bank: str
) -> None:
    book.post("2026-01-01", "Assets:Bank 10", "Income:Sales -10")
    book.post("2026-12-31", "Assets:Bank 20", "Income:Sales -20")

    report = balance_sheet(book.ledger, [date.fromisoformat(day)])

    assert totals(report)["assets"] == bank
    assert report.balanced is True


@pytest.mark.parametrize(
    ("start", "last_of_earlier", "first_of_current"),
    [
        ("01-01", "2025-12-31", "2026-01-01"),
        ("04-06", "2026-04-05", "2026-04-06"),
        ("12-31", "2025-12-30", "2025-12-31"),
        ("02-29", "2026-02-27", "2026-02-28"),
        ("07-01", "2026-06-30", "2026-07-01"),
    ],
)
def test_results_are_split_at_the_fiscal_years_first_day(
    make_book: MakeBook, start: str, last_of_earlier: str, first_of_current: str
) -> None:
    book = make_book(fiscal_year_start=start)
    book.post(last_of_earlier, "Assets:Bank 100", "Income:Sales -100")
    book.post(first_of_current, "Assets:Bank 30", "Income:Sales -30")
    book.post(TODAY.isoformat(), "Expenses:Rent 50", "Assets:Bank -50")

    report = balance_sheet(book.ledger, [TODAY])

    assert computed(report) == ("100.00", "-20.00")
    assert totals(report)["equity"] == "80.00"
    assert report.balanced is True


def test_losses_make_equity_negative(book: Book) -> None:
    book.post("2025-05-05", "Expenses:Rent 700", "Liabilities:Card -700")
    book.post("2026-05-05", "Expenses:Rent 300", "Liabilities:Card -300")

    report = balance_sheet(book.ledger, [YEAR_END])

    assert computed(report) == ("-700.00", "-300.00")
    assert totals(report)["equity"] == "-1000.00"
    assert report.balanced is True


def test_every_column_has_its_own_fiscal_year(book: Book) -> None:
    for year, amount in ((2024, 1), (2025, 20), (2026, 300)):
        book.post(f"{year}-06-01", f"Assets:Bank {amount}", f"Income:Sales -{amount}")

    report = balance_sheet(book.ledger, [YEAR_END, date(2025, 12, 31), date(2024, 12, 31)])

    assert [computed(report, column) for column in range(3)] == [
        ("21.00", "300.00"),
        ("1.00", "20.00"),
        ("0.00", "1.00"),
    ]
    assert [totals(report, column)["assets"] for column in range(3)] == ["321.00", "21.00", "1.00"]


def test_a_contra_account_is_deducted_from_its_section(book: Book) -> None:
    book.post("2026-01-01", "Assets:Van 9000", "Equity:Capital -9000")
    book.post("2026-02-01", "Expenses:Depreciation 2500", "Assets:Accumulated depreciation -2500")

    report = balance_sheet(book.ledger, [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Accumulated depreciation", "-2500.00"), (1, "Van", "9000.00")]
    assert totals(report)["assets"] == "6500.00"


def test_unopened_parents_are_headings_with_what_is_beneath_them(book: Book) -> None:
    book.post("2026-01-01", "Assets:Bank:Current 70", "Assets:Bank:Savings 30", "Equity:Capital -100")

    report = balance_sheet(book.ledger, [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Bank", "100.00"), (2, "Current", "70.00"), (2, "Savings", "30.00")]
    heading = report.section(ASSETS).rows[0]
    assert (heading.is_heading, heading.account, heading.account_id) == (True, "Assets:Bank", None)


def test_an_account_with_postings_and_sub_accounts_shows_its_own_part_beneath_its_heading(book: Book) -> None:
    book.open("Assets:Bank", code="1000")
    book.post("2026-01-01", "Assets:Bank 5", "Assets:Bank:Savings 30", "Equity:Capital -35")

    report = balance_sheet(book.ledger, [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Bank", "35.00"), (2, "Bank, own postings", "5.00"), (2, "Savings", "30.00")]
    heading, own, _ = report.section(ASSETS).rows
    assert heading.account_id == own.account_id == book.ledger.account("Assets:Bank").id
    assert (heading.kind, own.kind) == (RowKind.HEADING, RowKind.OWN)
    assert_rows_add_up(report)


def test_an_opened_parent_without_own_postings_is_only_a_heading(book: Book) -> None:
    book.open("Assets:Bank", placeholder=True)
    book.post("2026-01-01", "Assets:Bank:Savings 30", "Equity:Capital -30")

    assert shown(balance_sheet(book.ledger, [YEAR_END]), ASSETS) == [(1, "Bank", "30.00"), (2, "Savings", "30.00")]


def test_a_root_stays_when_it_holds_something_itself(book: Book) -> None:
    book.open("Assets")
    book.post("2026-01-01", "Assets 4", "Assets:Bank 6", "Equity:Capital -10")

    report = balance_sheet(book.ledger, [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Assets", "10.00"), (2, "Assets, own postings", "4.00"), (2, "Bank", "6.00")]


def test_a_root_called_like_its_section_is_no_heading_in_it_beside_other_roots(book: Book) -> None:
    book.ledger.open_account("Bank:Current", AccountType.ASSET)
    book.post("2026-01-01", "Bank:Current 6", "Assets:Van 4", "Equity:Capital -10")

    assert shown(balance_sheet(book.ledger, [YEAR_END]), ASSETS) == [
        (1, "Van", "4.00"),
        (1, "Bank", "6.00"),
        (2, "Current", "6.00"),
    ]


@pytest.mark.parametrize(
    ("depth", "rows"),
    [
        (1, [(1, "Assets", "111.00")]),
        (2, [(1, "Bank", "11.00"), (1, "Van", "100.00")]),
        (3, [(1, "Bank", "11.00"), (2, "Bank, own postings", "1.00"), (2, "Savings", "10.00"), (1, "Van", "100.00")]),
        (9, [(1, "Bank", "11.00"), (2, "Bank, own postings", "1.00"), (2, "Savings", "10.00"), (1, "Van", "100.00")]),
    ],
)
def test_a_limited_depth_sums_up_what_lies_deeper(book: Book, depth: int, rows: list[tuple[int, str, str]]) -> None:
    book.post("2026-01-01", "Assets:Bank 1", "Assets:Bank:Savings 10", "Assets:Van 100", "Equity:Capital -111")

    report = balance_sheet(book.ledger, [YEAR_END], depth=depth)

    assert shown(report, ASSETS) == rows
    assert totals(report)["assets"] == "111.00"
    assert_rows_add_up(report)


@pytest.mark.parametrize("depth", [0, -1])
def test_a_depth_that_shows_nothing_is_refused(book: Book, depth: int) -> None:
    with pytest.raises(InvalidOptions, match="give 1 or more"):
        balance_sheet(book.ledger, [YEAR_END], depth=depth)


def test_a_date_that_is_none_is_refused(book: Book) -> None:
    with pytest.raises(InvalidDate):
        balance_sheet(book.ledger, ["2026-02-30"])  # type: ignore[list-item]


def test_accounts_that_hold_nothing_are_hidden_unless_asked_for(book: Book) -> None:
    book.open("Assets:Unused")
    book.open("Assets:Later", opened=date(2027, 1, 1))
    book.post("2026-01-01", "Assets:Bank 1", "Equity:Capital -1")

    assert [label for _, label, _ in shown(balance_sheet(book.ledger, [YEAR_END]), ASSETS)] == ["Bank"]
    assert shown(balance_sheet(book.ledger, [YEAR_END], show_zero=True), ASSETS) == [
        (1, "Bank", "1.00"),
        (1, "Unused", "0.00"),
    ]


def test_a_closed_account_shows_where_it_held_something_and_nowhere_else(book: Book) -> None:
    book.post("2026-01-01", "Assets:Old bank 8", "Equity:Capital -8")
    book.post("2026-03-01", "Assets:Bank 8", "Assets:Old bank -8")
    book.ledger.close_account("Assets:Old bank", date=date(2026, 4, 1))

    before = balance_sheet(book.ledger, [date(2026, 2, 1)])
    after = balance_sheet(book.ledger, [YEAR_END], show_zero=True)

    assert shown(before, ASSETS) == [(1, "Old bank", "8.00")]
    assert [label for _, label, _ in shown(after, ASSETS)] == ["Bank"]


def test_a_row_that_holds_something_in_one_column_is_in_all(book: Book) -> None:
    book.post("2025-01-01", "Assets:Cash 8", "Equity:Capital -8")
    book.post("2026-03-01", "Assets:Bank 8", "Assets:Cash -8")

    report = balance_sheet(book.ledger, [YEAR_END, date(2025, 12, 31)])

    assert shown(report, ASSETS) == [(1, "Bank", "8.00"), (1, "Cash", "0.00")]
    assert shown(report, ASSETS, column=1) == [(1, "Bank", "0.00"), (1, "Cash", "8.00")]


def test_sub_accounts_that_cancel_out_stay_visible(book: Book) -> None:
    book.post("2026-01-01", "Assets:Clearing:In 5", "Assets:Clearing:Out -5")

    rows = shown(balance_sheet(book.ledger, [YEAR_END]), ASSETS)

    assert rows == [(1, "Clearing", "0.00"), (2, "In", "5.00"), (2, "Out", "-5.00")]


def test_rows_follow_codes_where_there_are_some(book: Book) -> None:
    book.open("Assets:Van", code="1600")
    book.open("Assets:Bank:Savings", code="1020")
    book.open("Assets:Bank:Current", code="1010")
    book.open("Assets:Advances", code="1100")
    book.post(
        "2026-01-01",
        "Assets:Van 1",
        "Assets:Bank:Savings 1",
        "Assets:Bank:Current 1",
        "Assets:Advances 1",
        "Assets:Attic 1",
        "Equity:Capital -5",
    )

    labels = [label for _, label, _ in shown(balance_sheet(book.ledger, [YEAR_END]), ASSETS)]

    assert labels == ["Bank", "Current", "Savings", "Advances", "Van", "Attic"]


def test_an_account_named_retained_earnings_is_told_apart_from_what_is_not_yet_closed(book: Book) -> None:
    book.post("2025-01-01", "Assets:Bank 8", "Equity:Retained earnings -5", "Income:Sales -3")

    assert shown(balance_sheet(book.ledger, [YEAR_END]), EQUITY) == [
        (1, "Retained earnings", "5.00"),
        (1, "Retained earnings, not yet closed", "3.00"),
        (1, "Result of the current year", "0.00"),
    ]


class TestOtherCurrencies:
    @pytest.fixture
    def travelled(self, book: Book) -> Book:
        book.post("2026-01-01", "Assets:Bank:Current 1000", "Equity:Capital -1000")
        book.open("Assets:Bank:Dollars", currency="USD")
        book.open("Equity:Conversion:USD", currency="USD")
        book.post(
            "2026-02-01",
            "Assets:Bank:Current -90",
            "Equity:Conversion:EUR 90",
            "Assets:Bank:Dollars 100",
            "Equity:Conversion:USD -100",
        )
        return book

    def test_they_stay_unconverted_and_out_of_the_totals(self, travelled: Book) -> None:
        report = balance_sheet(travelled.ledger, [YEAR_END])
        heading, _, dollars = report.section(ASSETS).rows

        assert dollars.figures == (None,)
        assert {currency: str(money) for currency, money in dollars.unconverted.items()} == {"USD": "100.00 USD"}
        assert figure_text(heading) == "910.00"
        assert {currency: str(money) for currency, money in heading.unconverted.items()} == {"USD": "100.00 USD"}
        assert totals(report)["assets"] == "910.00"
        assert report.section(ASSETS).unconverted_by_column == dollars.unconverted_by_column
        assert_rows_add_up(report)

    def test_the_balance_is_left_open_where_a_price_that_was_asked_for_is_missing(self, travelled: Book) -> None:
        days = [YEAR_END, date(2026, 1, 31)]
        converted = balance_sheet(travelled.ledger, days, currency=travelled.ledger.currency)

        assert (converted.balanced_by_column, converted.balanced) == ((None, True), None)
        assert balance_sheet(travelled.ledger, days).balanced_by_column == (True, True)

    def test_the_total_of_the_other_side_names_them_as_that_of_the_assets_does(self, travelled: Book) -> None:
        report = balance_sheet(travelled.ledger, [YEAR_END, date(2026, 1, 31)])
        (total,) = report.totals

        assert total.unconverted_by_column == report.section(ASSETS).unconverted_by_column
        assert as_json(report)["totals"][0]["unconverted"] == {"USD": "100.00"}  # type: ignore[index]

    def test_each_currency_is_checked_by_itself(self, travelled: Book) -> None:
        checks = {check.name: check.passed for check in balance_sheet(travelled.ledger, [YEAR_END]).checks}
        assert checks == {
            "balance": (True,),
            "balance-USD": (True,),
            "zero-sum-EUR": (True,),
            "zero-sum-USD": (True,),
        }

        seed_fault(travelled, "Assets:Bank:Dollars", "2026-12-31")

        report = balance_sheet(travelled.ledger, [YEAR_END])
        checks = {check.name: check.passed for check in report.checks}
        assert checks == {
            "balance": (True,),
            "balance-USD": (False,),
            "zero-sum-EUR": (True,),
            "zero-sum-USD": (False,),
        }
        assert report.balanced is False

    def test_currencies_that_were_held_in_earlier_years_leave_nothing_open(self, travelled: Book) -> None:
        back = ("Assets:Bank:Current 92", "Equity:Conversion:EUR -92")
        travelled.post("2026-03-01", *back, "Assets:Bank:Dollars -100", "Equity:Conversion:USD 100")

        own = travelled.ledger.currency
        assert balance_sheet(travelled.ledger, [date(2026, 2, 1)], currency=own).balanced is None
        assert balance_sheet(travelled.ledger, [date(2027, 1, 1)], currency=own).balanced is True

    def test_amounts_that_cancel_out_within_a_section_leave_it_open_too(self, travelled: Book) -> None:
        travelled.open("Assets:Bank:Dollars lent", currency="USD")
        travelled.post("2026-03-01", "Assets:Bank:Dollars lent -100", "Equity:Conversion:USD 100")

        report = balance_sheet(travelled.ledger, [YEAR_END])

        assert report.section(ASSETS).unconverted_by_column == ({},)
        assert report.balanced is True
        assert balance_sheet(travelled.ledger, [YEAR_END], currency=travelled.ledger.currency).balanced is None

    def test_an_account_that_holds_none_of_its_currency_needs_no_price(self, travelled: Book) -> None:
        report = balance_sheet(travelled.ledger, [date(2026, 1, 31)], show_zero=True)

        assert (2, "Dollars", "0.00") in shown(report, ASSETS)
        assert report.balanced is True


@pytest.mark.parametrize(
    "account", ["Assets:Bank", "Liabilities:Card", "Equity:Capital", "Income:Sales", "Expenses:Rent"]
)
@pytest.mark.parametrize("day", ["2026-12-31", "2025-12-31"])
def test_a_fault_of_one_cent_in_one_stored_balance_turns_balanced_false(book: Book, account: str, day: str) -> None:
    for year in (2025, 2026):
        book.post(
            f"{year}-06-01",
            "Assets:Bank 100",
            "Expenses:Rent 20",
            "Liabilities:Card -30",
            "Equity:Capital -40",
            "Income:Sales -50",
        )
    assert balance_sheet(book.ledger, [YEAR_END]).balanced is True

    seed_fault(book, account, day)

    report = balance_sheet(book.ledger, [YEAR_END])
    assert report.balanced is False


def test_the_balance_check_names_the_difference(book: Book) -> None:
    book.post("2026-06-01", "Assets:Bank 100", "Equity:Capital -100")
    seed_fault(book, "Assets:Bank", "2026-12-31")

    report = balance_sheet(book.ledger, [YEAR_END])

    (balance,) = (check for check in report.checks if check.name == "balance")
    assert [str(figure) for figure in balance.figures] == ["0.01 EUR"]
    assert balance.passed == (False,)


class Counting:
    """A ledger that counts how often its balances are read."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.days_read: list[date | None] = []

    name = property(lambda self: self.ledger.name)
    currency = property(lambda self: self.ledger.currency)
    today = property(lambda self: self.ledger.today)
    revision = property(lambda self: self.ledger.revision)

    def accounts(self) -> Sequence[Account]:
        return self.ledger.accounts()

    def balances(self, at: date | None = None) -> Mapping[int, int]:
        self.days_read.append(at)
        return self.ledger.balances(at)

    def fiscal_year(self, day: date) -> tuple[date, date]:
        return self.ledger.fiscal_year(day)

    def closing_units(self, at: date) -> Mapping[int, int]:
        return self.ledger.closing_units(at)


@pytest.mark.parametrize("transactions", [1, 25])
def test_reading_costs_the_same_however_many_transactions_there_are(book: Book, transactions: int) -> None:
    for _ in range(transactions):
        book.post("2026-06-01", "Assets:Bank 1", "Income:Sales -1")
    source = Counting(book.ledger)

    balance_sheet(source, [YEAR_END, date(2026, 6, 30), date(2025, 12, 31)])

    assert source.days_read == [YEAR_END, date(2026, 6, 30), date(2025, 12, 31), date(2024, 12, 31)]


class Interrupted(Counting):
    """A ledger that another program writes to while it is read for the first time."""

    def balances(self, at: date | None = None) -> Mapping[int, int]:
        found = super().balances(at)
        if len(self.days_read) == 1:
            with Ledger.open(self.ledger.path) as other:
                other.open_account("Assets:New", AccountType.ASSET)
                other.transfer("Assets:Bank", "Assets:New", "4", date=date(2026, 6, 2))
        return found


def test_a_write_from_elsewhere_while_reading_does_not_mix_two_states(book: Book) -> None:
    book.post("2026-06-01", "Assets:Bank 10", "Income:Sales -10")

    report = balance_sheet(Interrupted(book.ledger), [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Bank", "6.00"), (1, "New", "4.00")]
    assert report.balanced is True


@pytest.mark.parametrize(("currency", "amount", "figure"), [("JPY", "1200", "1200"), ("KWD", "1.5", "1.500")])
def test_figures_have_the_currencys_own_digits(make_book: MakeBook, currency: str, amount: str, figure: str) -> None:
    book = make_book(currency=currency)
    book.post("2026-01-01", f"Assets:Bank {amount}", f"Equity:Capital -{amount}")

    assert totals(balance_sheet(book.ledger, [YEAR_END]))["assets"] == figure


def test_wording_is_translated_and_account_names_are_not(book: Book) -> None:
    book.post("2026-01-01", "Assets:Bank 4", "Assets:Bank:Total assets 1", "Equity:Capital -5")
    german = {"Balance sheet": "Bilanz", "Total assets": "Summe Aktiva", "{account}, own postings": "{account} selbst"}

    report = balance_sheet(book.ledger, [YEAR_END], translate=lambda text: german.get(text, text))

    assert report.title == "Bilanz"
    assert report.section(ASSETS).total_label == "Summe Aktiva"
    assert [row.label for row in report.section(ASSETS).rows] == ["Bank", "Bank selbst", "Total assets"]


def test_the_json_has_the_shape_scripts_hold_on_to(book: Book) -> None:
    book.open("Assets:Bank", code="1000")
    book.post("2026-01-01", "Assets:Bank 95", "Income:Sales -95")

    values = as_json(balance_sheet(book.ledger, [date(2026, 3, 31)]))

    assert {name: values[name] for name in ("report", "title", "currency", "columns", "balanced")} == {
        "report": "balance-sheet",
        "title": "Balance sheet",
        "currency": "EUR",
        "columns": [{"label": "2026-03-31", "at": "2026-03-31"}],
        "balanced": True,
    }
    assets, liabilities, equity = values["sections"]  # type: ignore[misc]
    assert [section["kind"] for section in (assets, liabilities, equity)] == ["assets", "liabilities", "equity"]
    assert assets["totals"] == ["95.00"]
    assert {name: assets["rows"][0][name] for name in ("account", "code", "depth", "figures", "unconverted")} == {
        "account": "Assets:Bank",
        "code": "1000",
        "depth": 1,
        "figures": ["95.00"],
        "unconverted": {},
    }
    assert equity["rows"][-1]["figures"] == ["95.00"]


def test_the_currency_of_a_figure_is_the_books(book: Book) -> None:
    report = balance_sheet(book.ledger, [YEAR_END])

    assert report.currency == Currency("EUR", 2)
    assert {figure.currency for section in report.sections for figure in section.totals} == {"EUR"}


def test_closing_changes_no_figure_of_any_statement(book: Book) -> None:
    book.post("2025-03-01", "Assets:Bank 70", "Income:Sales -70")
    book.post("2026-03-01", "Assets:Bank 100", "Income:Sales -100")
    book.post("2026-04-01", "Expenses:Rent 30", "Assets:Bank -30")
    book.ledger.close_period("2025-12-31", closing_transaction=True)
    book.post("2027-01-05", "Assets:Bank 1", "Income:Sales -1")
    days = [date(2026, 12, 30), YEAR_END, date(2027, 1, 31)]

    def figures() -> list[tuple[str, list[str]]]:
        equity = balance_sheet(book.ledger, days).sections[2]
        kept = {str(row.label): [str(figure.amount) for figure in row.figures] for row in equity.rows if row.depth == 1}
        earlier = [
            kept.pop(label, ["0.00"] * 3) for label in ("Retained earnings", "Retained earnings, not yet closed")
        ]
        retained = [str(sum(map(Decimal, pair))) for pair in zip(*earlier, strict=True)]
        return [*kept.items(), ("retained", retained), ("total", [str(total.amount) for total in equity.totals])]

    before = figures()
    book.ledger.close_period(YEAR_END, closing_transaction=True)

    assert figures() == before
    assert ("Result of the current year", ["70.00", "70.00", "1.00"]) in before
    assert balance_sheet(book.ledger, days).balanced is True
    result = balance_sheet(book.ledger, [YEAR_END], after_closing=True).sections[2].rows[-1]
    assert [str(figure.amount) for figure in result.figures] == ["0.00"]
