"""The tax report: bases, tax and what was posted, block by block, from the opening balance to the closing one."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.reports.conftest import Book, MakeBook
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import DraftPosting as Posted
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.taxes import TaxRates
from tui_ledger.reports.columns import Range
from tui_ledger.reports.table import table_json
from tui_ledger.reports.tax import tax

BANK, SALES, BOOKS, VAT, INPUT = "Assets:Bank", "Income:Sales", "Income:Books", "Liabilities:VAT", "Assets:Input VAT"
YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def taxed(make_book: MakeBook) -> Book:
    return with_taxes(make_book())


def with_taxes(book: Book) -> Book:
    """A book that charges 19% and 7%, exports at nothing and reclaims 19% on its rent, from the year before on."""
    for name in (BANK, VAT, INPUT):
        book.open(name)
    for code, rate, account in (("V19", 19, VAT), ("V7", 7, VAT), ("V0", 0, None), ("I19", 19, INPUT)):
        book.ledger.set_tax_rate(code, rate, account=account, date_from="2025-01-01")
    for name, code in ((SALES, "V19"), (BOOKS, "V7"), ("Income:Export", "V0"), ("Expenses:Rent", "I19")):
        book.open(name, tax_code=code)
    return book


def said(ledger: Ledger, days: Range = YEAR, every: str | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """By title of the block the cells of each line, empty ones left out."""
    blocks: Any = table_json(tax(ledger, days, every))["blocks"]
    return {
        block["title"]: [tuple(cell for cell in list(line.values())[1:] if cell is not None) for line in block["lines"]]
        for block in blocks
    }


def test_a_year_of_sales_and_purchases_with_what_was_paid(taxed: Book) -> None:
    taxed.post("2025-12-30", f"{BANK} 119", f"{SALES} -100", f"{VAT} -19")
    taxed.post("2026-01-10", f"{BANK} 11.90", f"{SALES} -10", f"{VAT} -1.90")
    taxed.post("2026-02-10", f"{BANK} 21.40", f"{BOOKS} -20", f"{VAT} -1.40")
    taxed.post("2026-03-10", "Expenses:Rent 100", f"{INPUT} 19", f"{BANK} -119")
    taxed.post("2026-03-11", f"{BANK} 5", "Income:Export -5")
    taxed.post("2026-04-10", f"{VAT} 19", f"{BANK} -19")
    taxed.ledger.reverse(2, date="2026-05-01")
    assert said(taxed.ledger) == {
        INPUT: [
            ("Opening balance", "0.00"),
            ("I19", "19%", "100.00", "19.00", "19.00", "0.00"),
            ("Total", "100.00", "19.00", "19.00", "0.00"),
            ("Closing balance", "19.00"),
        ],
        VAT: [
            ("Opening balance", "19.00"),
            ("V19", "19%", "0.00", "0.00", "0.00", "0.00"),
            ("V7", "7%", "20.00", "1.40", "1.40", "0.00"),
            ("Total", "20.00", "1.40", "1.40", "0.00"),
            ("Other movements", "-19.00"),
            ("Closing balance", "1.40"),
        ],
        "Without a tax account": [("V0", "0%", "5.00")],
    }


def test_by_quarter_each_code_has_a_line_and_a_changed_rate_another(taxed: Book) -> None:
    taxed.ledger.set_tax_rate("V19", 16, date_from="2026-02-01")
    taxed.post("2026-01-31", f"{BANK} 119", f"{SALES} -100", f"{VAT} -19")
    taxed.post("2026-02-01", f"{BANK} 116", f"{SALES} -100", f"{VAT} -16")
    taxed.post("2026-02-02", f"{BANK} -11.60", f"{SALES} 10", f"{VAT} 1.60")
    taxed.post("2026-04-10", f"{VAT} 33.40", f"{BANK} -33.40")
    assert said(taxed.ledger, every="quarter")[VAT] == [
        ("Opening", "0.00"),
        ("2026-Q1", "V19", "19%", "100.00", "19.00", "19.00", "0.00"),
        ("2026-Q1", "V19", "16%", "90.00", "14.40", "14.40", "0.00"),
        ("Total", "190.00", "33.40", "33.40", "0.00"),
        ("2026-Q2", "Other", "-33.40"),
        ("Closing", "0.00"),
    ]
    with pytest.raises(InvalidSetting, match="use month, quarter or year"):
        tax(taxed.ledger, YEAR, "week")


def test_a_sale_without_its_tax_and_tax_without_its_sale_are_seen(taxed: Book) -> None:
    taxed.post("2026-01-10", f"{BANK} 100", f"{SALES} -100")
    taxed.post("2026-01-11", f"{BANK} 1", f"{VAT} -1")
    assert said(taxed.ledger)[VAT] == [
        ("Opening balance", "0.00"),
        ("V19", "19%", "100.00", "19.00", "0.00", "-19.00"),
        ("Total", "100.00", "19.00", "0.00", "-19.00"),
        ("Other movements", "1.00"),
        ("Closing balance", "1.00"),
    ]


def test_tax_of_several_codes_in_one_transaction_is_shared_and_the_largest_base_has_the_rest(taxed: Book) -> None:
    taxed.post("2026-01-10", f"{BANK} 220.45", f"{SALES} -50", f"{BOOKS} -150", f"{VAT} -20.45")
    assert said(taxed.ledger)[VAT][1:3] == [
        ("V19", "19%", "50.00", "9.50", "9.50", "0.00"),
        ("V7", "7%", "150.00", "10.50", "10.95", "0.45"),
    ]


def test_tax_is_worked_out_posting_by_posting(taxed: Book) -> None:
    taxed.post("2026-01-10", f"{BANK} 0.09", f"{SALES} -0.03", f"{SALES} -0.03", f"{VAT} -0.03")
    assert said(taxed.ledger)[VAT][1] == ("V19", "19%", "0.06", "0.02", "0.03", "0.01")


def test_what_is_voided_or_closes_a_year_does_not_count(taxed: Book) -> None:
    taxed.post("2026-01-10", f"{BANK} 119", f"{SALES} -100", f"{VAT} -19")
    taxed.post("2026-01-11", f"{BANK} 119", f"{SALES} -100", f"{VAT} -19")
    taxed.ledger.void(2)
    before = said(taxed.ledger)
    taxed.ledger.close_period("2026-12-31", closing_transaction=True)
    assert said(taxed.ledger) == before
    assert before[VAT][1] == ("V19", "19%", "100.00", "19.00", "19.00", "0.00")


def test_before_its_first_rate_a_code_has_no_base_and_what_takes_tax_is_none(taxed: Book) -> None:
    taxed.ledger.edit_account(VAT, tax_code="V19")
    taxed.post("2024-12-31", f"{BANK} 119", f"{SALES} -100", f"{VAT} -19")
    assert said(taxed.ledger, Range(date(2024, 1, 1), date(2024, 12, 31))) == {
        VAT: [("Opening balance", "0.00"), ("Other movements", "19.00"), ("Closing balance", "19.00")]
    }


def test_a_base_in_another_currency_than_its_tax_stands_by_itself(taxed: Book) -> None:
    taxed.open("Income:Dollars", currency="USD", tax_code="V19")
    taxed.open("Assets:Dollars", currency="USD")
    taxed.post("2026-01-10", "Assets:Dollars 100", "Income:Dollars -100")
    blocks: Any = table_json(tax(taxed.ledger, YEAR))["blocks"]
    assert [(one["title"], one["currency"], len(one["lines"])) for one in blocks] == [
        ("Without a tax account", "USD", 1)
    ]
    assert said(taxed.ledger)["Without a tax account"] == [("V19", "19%", "100.00")]


def test_a_book_without_tax_codes_has_nothing_to_show(book: Book) -> None:
    book.post("2026-01-10", f"{BANK} 1", f"{SALES} -1")
    assert said(book.ledger) == {}


def test_hostile_codes_and_names_stand_as_they_are(taxed: Book) -> None:
    taxed.ledger.set_tax_rate("=cmd()[red]x[/]", 10, account=VAT, date_from="2025-01-01")
    taxed.open("Income:Odd", tax_code="=cmd()[red]x[/]")
    taxed.post("2026-01-10", f"{BANK} 11", "Income:Odd -10", f"{VAT} -1")
    assert said(taxed.ledger)[VAT][1] == ("=cmd()[red]x[/]", "10%", "10.00", "1.00", "1.00", "0.00")


@pytest.mark.parametrize("seed", range(3))
def test_on_random_books_the_lines_lead_from_opening_to_closing_and_bases_are_what_was_posted(
    taxed: Book, seed: int
) -> None:
    fill(taxed, random.Random(f"tax {seed}"), 120)
    ledger, days = taxed.ledger, Range(date(2025, 7, 1), date(2026, 6, 30))
    for every in (None, "month", "quarter"):
        blocks: Any = table_json(tax(ledger, days, every))["blocks"]
        found = {block["account"]: block["lines"] for block in blocks if block["account"]}
        assert set(found) == {VAT, INPUT}
        for account, lines in found.items():
            opening, closing = (Decimal(lines[place]["balance"]) for place in (0, -1))
            assert opening == ledger.balance(account, at="2025-06-30").amount
            assert closing == ledger.calculate_balance(account, at="2026-06-30").amount
            rows = [line for line in lines if line["kind"] == "row"]
            assert opening + sum(Decimal(line["posted"]) for line in rows) == closing
            (total,) = (line for line in lines if line["kind"] == "total")
            of_codes = [line for line in rows if line["base"] is not None]
            for name in ("base", "tax", "posted", "difference"):
                assert sum(Decimal(line[name]) for line in of_codes) == Decimal(total[name])
            assert Decimal(total["posted"]) - Decimal(total["tax"]) == Decimal(total["difference"])
        bases = sum(Decimal(line["base"] or 0) for line in found[VAT] if line["kind"] == "row")
        assert bases == posted_to(ledger, days, SALES, BOOKS)


def posted_to(ledger: Ledger, days: Range, *accounts: str) -> Decimal:
    """What came to some accounts over some days, closing transactions aside."""
    closings = ledger.closing_numbers(days.first, days.last)
    of_days = (ledger.register(name, date_from=days.first, date_to=days.last) for name in accounts)
    return sum(
        (one.change.amount for register in of_days for one in register if one.transaction not in closings), Decimal()
    )


def fill(book: Book, choose: random.Random, count: int) -> None:
    """Sales and purchases with right, wrong and missing tax, of one code and of several, reversals, voids, payments."""
    ledger, day = book.ledger, date(2025, 3, 1)
    ledger.set_tax_rate("V19", "16.5", date_from="2026-01-01")
    with ledger.write():
        for number in range(1, count + 1):
            day += timedelta(days=choose.randrange(7))
            _one(ledger, choose, day, number)
    ledger.close_period("2025-12-31", closing_transaction=True)


def _one(ledger: Ledger, choose: random.Random, day: date, number: int) -> None:
    def cents() -> Decimal:
        return Decimal(choose.randrange(1, 100_000)).scaleb(-2)

    match choose.randrange(8):
        case 0 | 1:
            lines = [
                Posted(choose.choice([SALES, BOOKS, "Income:Export"]), -cents()) for _ in range(choose.randint(1, 3))
            ]
            ledger.post("sale", *lines, Posted(BANK), date=day, tax=choose.choice(["gross", "net"]))
        case 2:
            ledger.post("rent", Posted("Expenses:Rent", cents()), Posted(BANK), date=day, tax="net")
        case 3:
            ledger.post("untaxed", Posted(choose.choice([SALES, BOOKS]), -cents()), Posted(BANK), date=day)
        case 4:
            ledger.post(
                "by hand",
                Posted(SALES, -cents()),
                Posted(BOOKS, -cents()),
                Posted(VAT, -cents()),
                Posted(BANK),
                date=day,
            )
        case 5:
            ledger.post("paid", Posted(choose.choice([VAT, INPUT]), cents()), Posted(BANK), date=day)
        case 6:
            ledger.reverse(ledger.post("sale", Posted(SALES, -cents()), Posted(BANK), date=day, tax="gross"), date=day)
        case _:
            ledger.void(ledger.post("void", Posted(SALES, -cents()), Posted(BANK), date=day, tax="gross"))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements a book is asked, as they come."""
    asked: list[str] = []
    run = BookDatabase._run

    def counting(self: BookDatabase, sql: str, parameters: Any) -> Any:
        asked.append(sql)
        return run(self, sql, parameters)

    monkeypatch.setattr(BookDatabase, "_run", counting)
    return asked


def test_it_asks_the_book_as_often_for_many_transactions_as_for_few(taxed: Book, counted: list[str]) -> None:
    asked = []
    for count in (10, 100):
        for number in range(count):
            taxed.ledger.post("sale", Posted(SALES, -number - 1), Posted(BANK), date="2026-02-01", tax="net")
        list(said(taxed.ledger))
        counted.clear()
        said(taxed.ledger, every="month")
        asked.append([sql for sql in counted if not sql.startswith("PRAGMA")])
    assert asked[0] == asked[1]
    assert len(asked[0]) < 15
    watched = [sql for sql in asked[0] if "FROM postings WHERE account IN" in sql]
    assert len(watched) == 1
    assert len(TaxRates(taxed.ledger.tax_rates()).accounts) == 2
