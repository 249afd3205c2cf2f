"""A shop whose customers invite each other, under a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import frozen
from tui_ledger.ledger import Draft, Ledger, Transaction, credit, debit

BANK, SALES, SHIPPING, VAT, EXPENSE = (
    "Assets:Bank",
    "Income:Sales",
    "Income:Shipping",
    "Liabilities:VAT",
    "Expenses:Commissions",
)
ANN, BOB = "Liabilities:Parties:ann", "Liabilities:Parties:bob"

Order = Callable[..., Transaction]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Ledger]:
    """Bob may receive commissions and invited Ann, who has 1,000 to spend; 10 % of what is posted to the sales."""
    with Ledger.create(tmp_path / "shop.ledger", currency="EUR", clock=frozen) as ledger:
        for name, kind in ((BANK, "asset"), (SALES, "income"), (SHIPPING, "income"), (VAT, "liability")):
            ledger.open_account(name, kind)
        ledger.add_party("bob", "Bob Jones", data={"commissions": True})
        ledger.add_party("ann", "Ann Smith", referred_by="bob")
        ledger.party_credit("ann", 1000, against=BANK)
        ledger.set_setting("commission", {"base": [SALES]})
        yield ledger


def order_draft(net: object = 100, reference: str | None = None, **given: Any) -> Draft:
    """Goods, shipping of 5 and tax of 2, paid by Ann."""
    lines = (debit(ANN, f"{float_free(net, 7)}"), credit(SALES, str(net)), credit(SHIPPING, 5), credit(VAT, 2))
    return Draft(memo="Order", postings=lines, reference=reference, **given)


def float_free(net: object, more: int) -> str:
    whole, point, decimals = str(net).partition(".")
    return f"{int(whole) + more}{point}{decimals}"


def order(ledger: Ledger, net: object = 100, reference: str | None = None, **given: Any) -> Transaction:
    """Ann's order, posted."""
    return ledger.post_draft(order_draft(net, reference, **given))


def owed(ledger: Ledger, party: str = "bob") -> str:
    return str(ledger.party_balance(party)[0].amount)


def correct(ledger: Ledger) -> None:
    verification = ledger.verify(replay=True)
    assert verification.ok, verification.discrepancies
