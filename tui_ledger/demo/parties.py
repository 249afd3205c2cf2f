"""Whom does the demo shop keep balances for? People and firms that accounts of the shop are about."""

from __future__ import annotations

from tui_ledger.ledger import Ledger

_PARTIES = (
    ("owner", "The owner", (("Equity:Capital", "capital"), ("Equity:Drawings", "drawings"))),
    ("bank", "Harbour Bank", (("Liabilities:Loans:Bank loan", "default"),)),
    ("cards", "Card Services", (("Assets:Receivables:Card payments in transit", "default"),)),
    ("landlord", "Quayside Estates", (("Assets:Prepayments:Rent deposit", "deposit"),)),
    (
        "tax-office",
        "Tax office",
        (
            ("Liabilities:VAT:VAT due", "vat"),
            ("Liabilities:Payroll:Wage tax", "wages"),
            ("Liabilities:Payroll:Social insurance", "insurance"),
        ),
    ),
)


def add_parties(ledger: Ledger, actor: str) -> None:
    """Adds them and gives them their accounts; no figure of the shop changes by it."""
    for key, name, accounts in _PARTIES:
        ledger.add_party(key, name, actor=actor)
        for account, purpose in accounts:
            ledger.edit_account(account, party=key, purpose=purpose, actor=actor)
