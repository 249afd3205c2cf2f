"""Statements at the prices that transactions paid: only where that is asked for, and as hledger infers them."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.importing.both_balances import PLAIN_STYLES, SYMBOLS, Balances, asked
from tests.importing.test_currencies_against_hledger import JOURNALS
from tests.reports.conftest import Book
from tests.reports.figures_of import failed, totals, unpriced
from tests.reports.hledger_figures import leaf_figures, names_in_file
from tui_ledger.dates import day_after
from tui_ledger.errors import InvalidOptions
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import Ledger
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.catalogue import REPORTS, ReportKind, report_named
from tui_ledger.reports.choices import Asked, choice_of
from tui_ledger.reports.columns import Range, period_ends
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.report import SectionKind

PRICED = [kind for kind in REPORTS if kind.takes("currency")]


@pytest.fixture
def travelling(book: Book) -> Book:
    """100 USD bought in March for 90 EUR and 100 more in May for 80 EUR; a hotel of 50 USD in April, in June of 30."""
    book.open("Assets:Bank", cash=True)
    book.open("Assets:Dollars", currency="USD", cash=True)
    book.open("Expenses:Hotels", currency="USD")
    book.post("2026-01-01", "Assets:Bank 500", "Equity:Capital -500")
    for day, paid in (("2026-03-10", "90"), ("2026-05-10", "80")):
        book.ledger.transfer("Assets:Bank", "Assets:Dollars", paid, received="100", date=day)
    book.post("2026-04-05", "Expenses:Hotels 50", "Assets:Dollars -50")
    book.post("2026-06-05", "Expenses:Hotels 30", "Assets:Dollars -30")
    return book


def test_a_balance_sheet_is_at_the_last_cost_and_balances_with_the_difference_shown(travelling: Book) -> None:
    days, euros = [date(2026, 4, 30), date(2026, 6, 30)], travelling.ledger.currency
    priced = balance_sheet(travelling.ledger, days, currency=euros, prices_from_costs=True)
    bare = balance_sheet(travelling.ledger, days, currency=euros)

    assert [totals(priced, column)["assets"] for column in (0, 1)] == ["455.00", "426.00"]
    assert priced.balanced_by_column == (True, True)
    assert failed(priced) == set()
    assert [totals(bare, column)["assets"] for column in (0, 1)] == ["410.00", "330.00"]
    assert unpriced(bare, "Dollars", 1) == {"USD": "120.00"}
    assert bare.balanced_by_column == (None, None)


def test_months_of_an_income_statement_at_costs_add_up_to_the_year(travelling: Book) -> None:
    whole = Range(date(2026, 1, 1), date(2026, 6, 30))
    months = [Range(date(2026, 4, 1), date(2026, 4, 30)), Range(date(2026, 6, 1), date(2026, 6, 30))]
    made = income_statement(
        travelling.ledger, [whole, *months], currency=travelling.ledger.currency, prices_from_costs=True
    )

    assert [str(total.amount) for total in made.section(SectionKind.EXPENSES).totals] == ["69.00", "45.00", "24.00"]


@pytest.mark.parametrize("kind", PRICED, ids=lambda kind: kind.name)
def test_costs_are_asked_for_together_with_a_currency(travelling: Book, kind: ReportKind) -> None:
    ledger = travelling.ledger
    whole = {"date_from": "2026-01-01", "date_to": "2026-06-30"}
    with pytest.raises(InvalidOptions, match="give --currency"):
        choice_of(kind, Asked(**whole, every="month", prices_from_costs=True), ledger)

    choice = choice_of(kind, Asked(**whole, every="month", currency=ledger.currency, prices_from_costs=True), ledger)

    assert kind.report(ledger, choice).balanced is True


def test_a_report_without_a_currency_takes_no_costs(travelling: Book) -> None:
    with pytest.raises(InvalidOptions, match="takes no --prices-from-costs"):
        choice_of(report_named("cash-flow"), Asked(prices_from_costs=True), travelling.ledger)


def test_costs_are_read_once_for_all_columns_and_not_at_all_without_being_asked_for(
    travelling: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, read = travelling.ledger, Counter[str]()
    original = Ledger.cost_prices
    monkeypatch.setattr(Ledger, "cost_prices", lambda self: (read.update(["costs"]), original(self))[1])
    ends = period_ends(Range(date(2026, 1, 1), date(2026, 6, 30)), "month")

    balance_sheet(ledger, ends)
    balance_sheet(ledger, ends, prices_from_costs=True)
    balance_sheet(ledger, ends, currency=ledger.currency)
    assert read["costs"] == 0

    balance_sheet(ledger, ends, currency=ledger.currency, prices_from_costs=True)
    assert read["costs"] == 1


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed: nothing was compared with it")
@pytest.mark.parametrize("seed", range(2))
def test_balances_at_costs_agree_with_those_hledger_infers(tmp_path: Path, seed: int) -> None:
    """Every asset and liability at month ends, worth in USD, to a cent for each of two currencies rounded by itself.

    Left out is where hledger 1.25 goes its own way: it makes a price below zero of a total (`@@`) written at an amount
    below zero, rounds what a total comes to, and goes through any other currency, not the book's alone.
    """
    path = tmp_path / "books.journal"
    path.write_text("".join(trades(random.Random(seed), 120)), encoding="utf-8")
    with Ledger.create(tmp_path / "books.ledger", currency="USD") as ledger:
        import_journal(ledger, path)
        days = [transaction.date for transaction in ledger.journal()]
        ends = period_ends(Range(min(days), max(days)), "month")
        for day in ends:
            check_worth(ledger, path, day)
        assert len(ends) > 6
        assert set(worth_here(ledger, path, ends[-1])) == {(name, "USD") for name in ACCOUNTS}


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed: nothing was compared with it")
@pytest.mark.skipif(not JOURNALS, reason="TUI_LEDGER_TEST_JOURNALS names no folder with journals")
@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_balances_of_a_journal_of_others_at_costs_agree_too(tmp_path: Path, path: Path) -> None:
    with Ledger.create(tmp_path / "books.ledger", currency="USD") as ledger:
        import_journal(ledger, path)
        days = [transaction.date for transaction in ledger.journal()]
        for day in period_ends(Range(min(days), max(days)), "month")[::-8]:
            check_worth(ledger, path, day)


def check_worth(ledger: Ledger, path: Path, day: date) -> None:
    here, there = worth_here(ledger, path, day), worth_by_hledger(path, day)
    assert here.keys() == there.keys()
    assert {use for use, held in there.items() if abs(held - here[use]) > Decimal("0.02")} == set()


ACCOUNTS = ["assets:bank", "assets:broker", "liabilities:card"]
PRICES = {"VEA": ("USD",), "GOLD": ("USD",), "EUR": ("USD",), "GBP": ("USD",), "USD": ("EUR", "GBP")}


def trades(chance: random.Random, count: int) -> Iterator[str]:
    """Bought and sold at prices of one, and at totals; some days are noted prices of the same pairs, too."""
    day = date(2024, 1, 1)
    yield "".join(f"commodity 1000.00 {code}\n" for code in PRICES)
    for place in range(count):
        day += timedelta(days=chance.randrange(0, 5))
        code = chance.choice([*PRICES][: 5 if place > 10 else 2])
        other = chance.choice(PRICES[code])
        amount, each = chance.choice([2, 4, 5, 8, 10]), Decimal(chance.randrange(1, 999)) / chance.choice([1, 10, 100])
        price = f"@@ {amount * each:.2f}" if chance.random() < 0.4 else f"@ {each}"
        signed = amount if price.startswith("@@") else amount * chance.choice([-1, 1])
        account, cash = chance.sample(ACCOUNTS, 2)
        yield f"{day} x\n  {account}  {signed} {code} {price} {other}\n  {cash}\n"
        if chance.random() < 0.2:
            yield f"P {day} {code} {chance.randrange(1, 999)}.25 {other}\n"


def worth_here(ledger: Ledger, path: Path, day: date) -> Balances:
    made = balance_sheet(ledger, [day], currency=ledger.currency, prices_from_costs=True)
    assert failed(made) == set()
    names, found = names_in_file(ledger, path), Balances()
    for section in made.sections:
        sign = -1 if section.kind.is_credit_normal else 1
        if section.kind is not SectionKind.EQUITY:
            for use, (held,) in leaf_figures(section.rows, names).items():
                found[use] = found.get(use, Decimal(0)) + sign * held
    return {use: held for use, held in found.items() if held}


def worth_by_hledger(path: Path, day: date) -> Balances:
    styles = [argument for style in PLAIN_STYLES for argument in ("-c", style)]
    wanted = "--infer-market-prices", "-X", "USD", "-e", day_after(day).isoformat(), "assets", "liabilities"
    answer = asked(path, "bal", "-N", "--flat", "-O", "csv", "--layout=bare", *wanted, *styles)
    found: Balances = {}
    for account, commodity, worth in list(csv.reader(answer.splitlines()))[1:]:
        use = account, SYMBOLS.get(commodity, commodity)
        found[use] = found.get(use, Decimal(0)) + Decimal(re.sub(r"[ ,](?=[0-9]{3})", "", worth))
    return {use: held for use, held in found.items() if held}
