from __future__ import annotations

from datetime import date

import pytest

from tests.reports.conftest import Book
from tests.reports.figures_of import lines, seed_fault, shown, totals
from tui_ledger.errors import InvalidOptions
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.columns import Range, period_ends
from tui_ledger.reports.net_worth import net_worth
from tui_ledger.reports.report import SectionKind, plain_figure

ASSETS, LIABILITIES = SectionKind.ASSETS, SectionKind.LIABILITIES
YEAR_END = date(2026, 12, 31)


@pytest.fixture
def home(book: Book) -> Book:
    book.post("2026-01-02", "Assets:Bank 1000", "Equity:Opening -1000")
    book.post("2026-02-03", "Assets:House:Flat 9000", "Liabilities:Mortgage -9500", "Expenses:Fees 500")
    book.post("2026-03-04", "Assets:Bank 50.05", "Income:Salary -50.05")
    return book


def test_assets_less_liabilities_is_the_net_worth(home: Book) -> None:
    report = net_worth(home.ledger, [YEAR_END])

    assert shown(report, ASSETS) == [(1, "Bank", "1050.05"), (1, "House", "9000.00"), (2, "Flat", "9000.00")]
    assert shown(report, LIABILITIES) == [(1, "Mortgage", "9500.00")]
    assert totals(report) == {"assets": "10050.05", "liabilities": "9500.00", "net-worth": "550.05"}
    assert report.totals[0].signed_sections == ((ASSETS, 1), (LIABILITIES, -1))
    assert report.balanced is True


def test_it_is_the_balance_sheets_equity_at_every_day(home: Book) -> None:
    ends = period_ends(Range(date(2025, 12, 1), YEAR_END), "month")

    worth, sheet = net_worth(home.ledger, ends), balance_sheet(home.ledger, ends)

    assert worth.totals[0].figures == sheet.section(SectionKind.EQUITY).totals
    assert [plain_figure(figure) for figure in worth.totals[0].figures][:5] == [
        "0.00",
        "1000.00",
        "500.00",
        "550.05",
        "550.05",
    ]
    assert worth.columns == sheet.columns


def test_closing_changes_nothing(home: Book) -> None:
    before = net_worth(home.ledger, [YEAR_END])
    home.ledger.close_period(YEAR_END, closing_transaction=True)

    assert net_worth(home.ledger, [YEAR_END]).totals == before.totals


def test_more_is_owed_than_owned_where_it_is_below_zero(book: Book) -> None:
    book.post("2026-01-01", "Expenses:Rent 30", "Liabilities:Card -30")

    assert totals(net_worth(book.ledger, [YEAR_END]))["net-worth"] == "-30.00"


def test_an_empty_book_is_worth_nothing(book: Book) -> None:
    report = net_worth(book.ledger, [YEAR_END])

    assert set(totals(report).values()) == {"0.00"}
    assert report.balanced is True


def test_depth_and_idle_accounts_are_those_of_every_statement(home: Book) -> None:
    home.open("Assets:Unused")

    assert lines(net_worth(home.ledger, [YEAR_END], 1).section(ASSETS)) == {"Assets": ["10050.05"]}
    assert "Unused" in lines(net_worth(home.ledger, [YEAR_END], show_zero=True).section(ASSETS))
    with pytest.raises(InvalidOptions, match="give 1 or more"):
        net_worth(home.ledger, [YEAR_END], 0)


def test_another_currency_stands_beside_and_a_missing_price_leaves_the_verdict_open(home: Book) -> None:
    home.open("Assets:Dollars", currency="USD")
    home.open("Equity:Dollars", currency="USD")
    home.post("2026-05-01", "Assets:Dollars 12", "Equity:Dollars -12")

    report = net_worth(home.ledger, [YEAR_END, date(2026, 4, 30)])
    converted = net_worth(home.ledger, [YEAR_END, date(2026, 4, 30)], currency=home.ledger.currency)

    assert report.balanced_by_column == (True, True)
    assert converted.balanced_by_column == (None, True)
    assert [dict(held) for held in report.totals[0].unconverted_by_column][1] == {}
    assert report.totals[0].unconverted_by_column[0]["USD"].units == 1200
    assert report.section(ASSETS).unconverted_by_column[0]["USD"].units == 1200


def test_in_one_currency_every_day_has_its_own_prices(home: Book) -> None:
    home.open("Assets:Dollars", currency="USD")
    home.open("Equity:Dollars", currency="USD")
    home.post("2026-04-01", "Assets:Dollars 100", "Equity:Dollars -100")
    home.ledger.add_price("2026-01-01", "USD", "EUR", "0.5")
    home.ledger.add_price("2026-05-01", "USD", "EUR", "0.9")

    report = net_worth(home.ledger, [date(2026, 4, 30), YEAR_END], currency=home.ledger.currency)

    assert lines(report.section(ASSETS))["Dollars"] == ["50.00", "90.00"]
    assert [plain_figure(figure) for figure in report.totals[0].figures] == ["600.05", "640.05"]
    assert report.balanced is True


@pytest.mark.parametrize("account", ["Assets:Bank", "Liabilities:Mortgage", "Income:Salary"])
def test_a_fault_of_one_cent_in_a_stored_balance_turns_balanced_false(home: Book, account: str) -> None:
    seed_fault(home, account, "2026-12-31")

    assert net_worth(home.ledger, [YEAR_END]).balanced is False
