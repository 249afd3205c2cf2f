from __future__ import annotations

from datetime import date

import pytest

from tests.reports.conftest import Book, MakeBook
from tests.reports.figures_of import assert_rows_add_up, failed, lines, seed_fault, shown, totals, unpriced
from tui_ledger.errors import InvalidOptions
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.columns import Range, periods_of
from tui_ledger.reports.report import Report, SectionKind, as_json, plain_figure

OPERATING, INVESTING, FINANCING = SectionKind.OPERATING, SectionKind.INVESTING, SectionKind.FINANCING
EXCHANGE = SectionKind.EXCHANGE
YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


def days(first: str, last: str) -> Range:
    return Range(date.fromisoformat(first), date.fromisoformat(last))


def cash(report: Report) -> dict[str, list[str]]:
    """Change, opening and closing cash, a figure a column."""
    return {total.name: [plain_figure(figure) for figure in total.figures] for total in report.totals}


@pytest.fixture
def till(book: Book) -> Book:
    """A book with two cash accounts and nothing in them."""
    book.open("Assets:Bank", cash=True)
    book.open("Assets:Till", cash=True)
    return book


@pytest.fixture
def shop(till: Book) -> Book:
    till.open("Assets:Van", statement_line="investing")
    till.open("Liabilities:Loan", statement_line="financing")
    till.post("2025-12-01", "Assets:Bank 500", "Equity:Capital -500")
    till.post("2026-01-10", "Assets:Bank 121", "Income:Sales -100", "Liabilities:VAT -21")
    till.post("2026-01-20", "Expenses:Rent 30", "Assets:Till -30")
    till.post("2026-02-01", "Assets:Till 80", "Assets:Bank -80")
    till.post("2026-03-01", "Assets:Van 900", "Assets:Bank -100", "Liabilities:Loan -800")
    till.post("2026-04-01", "Assets:Bank 40", "Equity:Capital -40")
    return till


def test_lines_lead_from_opening_to_closing_cash(shop: Book) -> None:
    report = cash_flow(shop.ledger, [YEAR])

    assert shown(report, OPERATING) == [(1, "Sales", "100.00"), (1, "Rent", "-30.00"), (1, "VAT", "21.00")]
    assert shown(report, INVESTING) == [(1, "Van", "-900.00")]
    assert shown(report, FINANCING) == [(1, "Loan", "800.00"), (1, "Capital", "40.00")]
    assert totals(report) == {
        "operating": "91.00",
        "investing": "-900.00",
        "financing": "840.00",
        "change": "31.00",
        "opening-cash": "500.00",
        "closing-cash": "531.00",
    }
    assert report.balanced is True
    assert_rows_add_up(report)


def test_totals_say_what_they_are_made_of(shop: Book) -> None:
    change, opening, closing = cash_flow(shop.ledger, [YEAR]).totals

    assert change.sections == (OPERATING, INVESTING, FINANCING)
    assert (opening.sections, opening.of_totals) == ((), ())
    assert (closing.sections, closing.of_totals) == ((), ("opening-cash", "change"))


def test_transfers_between_cash_accounts_vanish(till: Book) -> None:
    till.post("2026-01-01", "Assets:Till 80", "Assets:Bank -80")

    report = cash_flow(till.ledger, [YEAR])

    assert [shown(report, kind) for kind in (OPERATING, INVESTING, FINANCING)] == [[], [], []]
    assert cash(report) == {"change": ["0.00"], "opening-cash": ["0.00"], "closing-cash": ["0.00"]}
    assert report.balanced is True


def test_a_transfer_with_a_fee_shows_the_fee_alone(till: Book) -> None:
    till.post("2026-01-01", "Assets:Till 80", "Expenses:Fees 1.5", "Assets:Bank -81.5")

    report = cash_flow(till.ledger, [YEAR])

    assert shown(report, OPERATING) == [(1, "Fees", "-1.50")]
    assert cash(report)["change"] == ["-1.50"]


def test_what_moved_no_cash_is_on_no_line(till: Book) -> None:
    till.post("2026-01-01", "Expenses:Depreciation 9", "Assets:Accumulated depreciation -9")

    assert shown(cash_flow(till.ledger, [YEAR]), OPERATING) == []


def test_a_purchase_paid_in_part_shows_both_sides_of_it(shop: Book) -> None:
    report = cash_flow(shop.ledger, [days("2026-03-01", "2026-03-31")])

    assert totals(report)["investing"] == "-900.00"
    assert totals(report)["financing"] == "800.00"
    assert cash(report)["change"] == ["-100.00"]


@pytest.mark.parametrize(
    ("account", "line", "kind"),
    [
        ("Assets:Stock", None, OPERATING),
        ("Assets:Stock", "investing", INVESTING),
        ("Liabilities:Loan", None, OPERATING),
        ("Liabilities:Loan", "financing", FINANCING),
        ("Equity:Drawings", None, FINANCING),
        ("Equity:Drawings", "operating", OPERATING),
        ("Income:Interest", None, OPERATING),
        ("Expenses:Interest", "financing", FINANCING),
    ],
)
def test_the_statement_line_of_an_account_says_where_it_stands(
    till: Book, account: str, line: str | None, kind: SectionKind
) -> None:
    till.open(account, statement_line=line)
    till.post("2026-01-01", f"{account} 7", "Assets:Bank -7")

    assert [figure for _, _, figure in shown(cash_flow(till.ledger, [YEAR]), kind)] == ["-7.00"]


def test_without_a_cash_account_the_refusal_says_how_to_mark_one(book: Book) -> None:
    book.post("2026-01-01", "Assets:Bank 1", "Equity:Capital -1")

    with pytest.raises(InvalidOptions, match="account edit NAME --cash"):
        cash_flow(book.ledger, [YEAR])


def test_a_depth_that_shows_nothing_is_refused(till: Book) -> None:
    with pytest.raises(InvalidOptions, match="give 1 or more"):
        cash_flow(till.ledger, [YEAR], 0)


def test_an_empty_book_has_no_cash_and_is_balanced(till: Book) -> None:
    report = cash_flow(till.ledger, [YEAR])

    assert set(totals(report).values()) == {"0.00"}
    assert report.balanced is True


@pytest.mark.parametrize(
    ("first", "last", "opening", "closing"),
    [
        ("0001-01-01", "2025-11-30", "0.00", "0.00"),
        ("0001-01-01", "9999-12-31", "0.00", "531.00"),
        ("2026-04-02", "2030-01-01", "531.00", "531.00"),
        ("2025-12-01", "2026-01-10", "0.00", "621.00"),
    ],
)
def test_ranges_before_behind_and_across_everything_are_as_good_as_any(
    shop: Book, first: str, last: str, opening: str, closing: str
) -> None:
    report = cash_flow(shop.ledger, [days(first, last)])

    assert (cash(report)["opening-cash"], cash(report)["closing-cash"]) == ([opening], [closing])
    assert report.balanced is True


def test_each_month_opens_with_what_the_one_before_closed_with(shop: Book) -> None:
    report = cash_flow(shop.ledger, periods_of(YEAR, "month"))

    found = cash(report)
    assert found["opening-cash"][1:] == found["closing-cash"][:-1]
    assert found["change"][:4] == ["91.00", "0.00", "-100.00", "40.00"]
    assert lines(report.section(OPERATING))["Sales"][:2] == ["100.00", "0.00"]
    assert report.balanced is True


def test_thirty_one_columns_tie_each_to_its_day(shop: Book) -> None:
    report = cash_flow(shop.ledger, [Range(date(2026, 1, day), date(2026, 1, day)) for day in range(1, 32)])

    assert cash(report)["closing-cash"][8:10] + cash(report)["closing-cash"][-1:] == ["500.00", "621.00", "591.00"]
    assert report.balanced_by_column == (True,) * 31


def test_closing_changes_nothing(shop: Book) -> None:
    before = cash_flow(shop.ledger, [YEAR])
    shop.ledger.close_period("2026-12-31", closing_transaction=True)

    assert cash_flow(shop.ledger, [YEAR]).sections == before.sections


def test_parents_depth_and_own_postings_are_those_of_every_statement(till: Book) -> None:
    till.post("2026-01-01", "Expenses:Rent 10", "Expenses:Rent:Shop 20", "Assets:Bank -30")

    report = cash_flow(till.ledger, [YEAR])

    assert shown(report, OPERATING) == [
        (1, "Rent", "-30.00"),
        (2, "Rent, own postings", "-10.00"),
        (2, "Shop", "-20.00"),
    ]
    assert shown(cash_flow(till.ledger, [YEAR], 2), OPERATING) == [(1, "Rent", "-30.00")]
    assert shown(cash_flow(till.ledger, [YEAR], 1), OPERATING) == [(1, "Expenses", "-30.00")]
    assert_rows_add_up(report)


def test_idle_accounts_are_hidden_unless_asked_for(till: Book) -> None:
    till.open("Income:Unused")
    till.open("Income:Later", opened=date(2027, 1, 1))
    till.open("Income:Old")
    till.ledger.close_account("Income:Old", date=date(2026, 1, 1))

    assert shown(cash_flow(till.ledger, [YEAR]), OPERATING) == []
    assert shown(cash_flow(till.ledger, [YEAR], show_zero=True), OPERATING) == [(1, "Unused", "0.00")]


class TestSeveralCurrencies:
    """Conversions are the effect of exchange; what is in another currency stays as it is and is named."""

    @pytest.fixture
    def travelled(self, till: Book) -> Book:
        till.open("Assets:Dollars", currency="USD", cash=True)
        till.open("Expenses:Hotel", currency="USD")
        till.post("2025-12-01", "Assets:Bank 500", "Equity:Capital -500")
        till.ledger.transfer("Assets:Bank", "Assets:Dollars", "92", received="100", date="2026-02-01")
        till.post("2026-02-10", "Expenses:Hotel 60", "Assets:Dollars -60")
        return till

    def test_money_changed_is_the_effect_of_exchange_in_each_currency(self, travelled: Book) -> None:
        report = cash_flow(travelled.ledger, [YEAR])

        (row,) = report.section(EXCHANGE).rows
        assert shown(report, EXCHANGE) == [(1, row.label, "-92.00")]
        assert unpriced(report, row.label) == {"USD": "100.00"}
        assert unpriced(report, "Hotel") == {"USD": "-60.00"}
        assert cash(report) == {"change": ["-92.00"], "opening-cash": ["500.00"], "closing-cash": ["408.00"]}
        assert report.balanced is True
        assert failed(report) == set()
        assert_rows_add_up(report)

    def test_totals_say_what_they_leave_out(self, travelled: Book) -> None:
        change, opening, closing = cash_flow(travelled.ledger, [days("2026-02-10", "2026-12-31")]).totals

        found = [total.unconverted_by_column[0]["USD"].units for total in (change, opening, closing)]
        assert found == [-6_000, 10_000, 4_000]

    def test_each_currency_is_compared_by_itself_so_no_price_is_wanted(self, travelled: Book) -> None:
        assert cash_flow(travelled.ledger, [days("2026-05-01", "2026-12-31")]).balanced is True
        assert cash_flow(travelled.ledger, [days("2026-01-01", "2026-01-31")]).balanced is True

    def test_a_fault_in_another_currency_is_noticed(self, travelled: Book) -> None:
        seed_fault(travelled, "Assets:Dollars", "2026-02-01")

        report = cash_flow(travelled.ledger, [days("2026-02-02", "2026-12-31")])

        assert report.balanced is False
        assert "cash-USD" in failed(report)


@pytest.mark.parametrize("account", ["Assets:Bank", "Assets:Till", "Income:Sales", "Equity:Capital"])
@pytest.mark.parametrize("first", ["2026-01-01", "2026-09-01"])
@pytest.mark.parametrize("day", ["2025-12-31", "2026-12-31"])
def test_a_fault_of_one_cent_in_a_stored_balance_turns_balanced_false(
    till: Book, account: str, first: str, day: str
) -> None:
    for year in (2025, 2026):
        till.post(f"{year}-06-01", "Assets:Bank 60", "Assets:Till 40", "Income:Sales -70", "Equity:Capital -30")
    whole = days(first, "2026-12-31")
    is_read = day == "2026-12-31" or first == "2026-01-01"
    assert cash_flow(till.ledger, [whole]).balanced is True

    seed_fault(till, account, day)

    assert cash_flow(till.ledger, [whole]).balanced is (not is_read)


def test_only_the_column_with_the_fault_is_out_of_balance(till: Book) -> None:
    for month in (1, 2, 3):
        till.post(f"2026-{month:02}-10", "Assets:Bank 60", "Income:Sales -60")
    seed_fault(till, "Assets:Bank", "2026-01-31")

    report = cash_flow(till.ledger, periods_of(days("2026-01-01", "2026-03-31"), "month"))

    assert report.balanced_by_column == (False, False, True)


def test_wording_is_translated_and_figures_have_the_currencys_own_digits(make_book: MakeBook) -> None:
    book = make_book(currency="JPY")
    book.open("Assets:Bank", cash=True)
    book.post("2026-01-01", "Assets:Bank 1200", "Income:Sales -1200")
    words = {"Cash flow statement": "Kapitalflussrechnung", "Cash at the end": "Endbestand"}

    report = cash_flow(book.ledger, [YEAR], translate=lambda text: words.get(text, text))

    assert (report.title, report.totals[-1].label) == ("Kapitalflussrechnung", "Endbestand")
    assert cash(report)["closing-cash"] == ["1200"]


def test_the_json_has_the_shape_scripts_hold_on_to(shop: Book) -> None:
    values = as_json(cash_flow(shop.ledger, [YEAR]))

    assert [section["kind"] for section in values["sections"]] == ["operating", "investing", "financing"]  # type: ignore[attr-defined]
    assert values["totals"][-1]["figures"] == ["531.00"]  # type: ignore[index]
    assert (values["report"], values["balanced"]) == ("cash-flow", True)
