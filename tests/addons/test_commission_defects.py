"""What the third ancestor got wrong about commissions (B22), one test for each defect, named for it."""

from __future__ import annotations

import pytest

from tests.addons.conftest import ANN, SALES, SHIPPING, VAT, correct, order, owed
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import Ledger, credit, debit


def test_no_order_is_paid_for_twice(shop: Ledger) -> None:
    """B22: the ancestor's order action paid each time it ran."""
    for _ in range(3):
        order(shop, 100, "order 7")
    assert owed(shop) == "10.00"
    correct(shop)


def test_the_permission_is_asked_of_who_is_paid_and_not_of_the_buyer(shop: Ledger) -> None:
    """B22: the ancestor asked whether the buyer may receive commissions."""
    shop.edit_party("bob", commissions=False)
    shop.edit_party("ann", commissions=True)
    order(shop)
    assert owed(shop) == "0.00"
    shop.edit_party("bob", commissions=True)
    shop.edit_party("ann", commissions=False)
    order(shop)
    assert owed(shop) == "10.00"


def test_nothing_of_nothing_is_written(shop: Ledger) -> None:
    """B22: the ancestor wrote an entry of 0.00 where an order had no subtotal."""
    only_shipping = shop.post("Shipping", debit(ANN, 7), credit(SHIPPING, 5), credit(VAT, 2))
    of_a_cent = order(shop, "0.04")
    assert shop.followers(only_shipping) == shop.followers(of_a_cent) == ()
    assert len(shop.journal()) == 3


@pytest.mark.parametrize("percent", ["-1", "101", "1000000", "ten", "", "1e1", "NaN", None, 10.5])
def test_a_percentage_is_checked_wherever_it_comes_from(shop: Ledger, percent: object) -> None:
    """B22: the ancestor checked it in its form alone."""
    with pytest.raises(InvalidSetting, match="is no percentage: write 0 to 100"):
        shop.set_setting("commission", {"base": [SALES], "percent": percent})


def test_tax_and_shipping_earn_nothing(shop: Ledger) -> None:
    """B22: kept from the ancestor, by accounts instead of the kind of an order's line."""
    order(shop, 100)
    assert owed(shop) == "10.00"


def test_a_sum_of_commissions_is_exact(shop: Ledger) -> None:
    """B22: the ancestor's percentages and sums were floats."""
    shop.set_setting("commission", {"base": [SALES], "percent": "33.333333"})
    for _ in range(3):
        order(shop, "0.10")
    assert owed(shop) == "0.09"
    correct(shop)
