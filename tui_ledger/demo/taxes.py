"""At what rate does the demo shop charge and pay VAT, and on which accounts? Tax codes for what is sold and bought."""

from __future__ import annotations

from datetime import date, timedelta

from tui_ledger.demo.figures import VAT_PERCENT
from tui_ledger.demo.shop import FIRST_DAY
from tui_ledger.ledger import Ledger

_SALES = (
    "Income:Sales:Stationery",
    "Income:Sales:Books",
    "Income:Sales:Gifts",
    "Income:Services:Printing",
    "Income:Services:Binding",
)
# Goods are taxed when they are bought; what is taken from the shelves moves from one of the two to the other.
_PURCHASES = (
    "Assets:Inventory:Goods for resale",
    "Expenses:Goods:Cost of goods sold",
    "Expenses:Premises:Electricity",
    "Expenses:Premises:Cleaning",
    "Expenses:Office:Telephone and internet",
    "Expenses:Office:Software",
    "Expenses:Accounting",
    "Expenses:Supplies:Packaging",
    "Expenses:Marketing",
)
_EXEMPT = ("Income:Interest",)
# What the opening balances have on the shelves was taxed by whoever had it before.
_FROM: date = FIRST_DAY + timedelta(days=1)


def add_tax_codes(ledger: Ledger, actor: str) -> None:
    """Adds them and gives them to the accounts; no figure of the shop changes by it."""
    for code, rate, goes_to, name, accounts in (
        ("sales", VAT_PERCENT, "Liabilities:VAT:Output VAT", "VAT on sales", _SALES),
        ("purchases", VAT_PERCENT, "Assets:VAT:Input VAT", "VAT on purchases", _PURCHASES),
        ("exempt", 0, None, "Free of VAT", _EXEMPT),
    ):
        ledger.set_tax_rate(code, rate, account=goes_to, date_from=_FROM, name=name, actor=actor)
        for account in accounts:
            ledger.edit_account(account, tax_code=code, actor=actor)
