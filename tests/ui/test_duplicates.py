from __future__ import annotations

from datetime import date

from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.money import Currency, Money
from tui_ledger.ui.duplicates import likeness
from tui_ledger.ui.entry import Line

EUR = Currency("EUR", 2)
DAY = date(2026, 7, 17)


def lines(units: int) -> list[Line]:
    return [
        Line("Expenses:Rent", "x", None, Money(units, EUR)),
        Line("Assets:Petty cash", "x", None, Money(-units, EUR)),
    ]


def posted(book: Ledger, payee: str, amount: str) -> int:
    two = debit("Expenses:Rent", amount), credit("Assets:Petty cash", amount)
    return book.post("", *two, date=DAY, payee=payee).number


def test_the_latest_of_the_same_day_payee_and_amount_is_found(book: Ledger) -> None:
    posted(book, "Kiosk", "5.00")
    latest = posted(book, "Kiosk", "5.00")
    posted(book, "Kiosk", "6.00")
    assert likeness(book, DAY, "Kiosk", lines(500)) == latest
    assert likeness(book, DAY, "Kiosk", lines(501)) is None
    assert likeness(book, DAY, "kiosk", lines(500)) is None
    assert likeness(book, date(2026, 7, 18), "Kiosk", lines(500)) is None


def test_a_transaction_in_the_middle_of_a_long_day_is_found(book: Ledger) -> None:
    with book.write():
        alike = posted(book, "Kiosk", "5.00")
        for number in range(230):
            posted(book, f"Guest {number}", "5.00")
    assert likeness(book, DAY, "Kiosk", lines(500)) == alike


def test_takings_without_a_payee_are_often_alike(book: Ledger) -> None:
    two = debit("Assets:Petty cash", "5"), credit("Income:Sales", "5")
    book.post("Takings", *two, date=DAY)
    assert likeness(book, DAY, None, lines(500)) is None
