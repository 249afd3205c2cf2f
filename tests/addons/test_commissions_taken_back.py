"""What refunds take back of commissions, and by what a paid order is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from tests.addons.conftest import ANN, BOB, SALES, correct, order, order_draft, owed
from tui_ledger import errors
from tui_ledger.ledger import Draft, Ledger, Transaction, credit, debit
from tui_ledger.ledger.party_batches import PartyItem
from tui_ledger.money import Money


def refund_draft(amount: object, reference: str | None = None, **given: Any) -> Draft:
    return Draft(memo="Refund", postings=(credit(ANN, amount), debit(SALES, amount)), reference=reference, **given)


def refund(ledger: Ledger, amount: object, reference: str | None = None, **given: Any) -> Transaction:
    return ledger.post_draft(refund_draft(amount, reference, **given))


def pay(ledger: Ledger, **terms: Any) -> None:
    ledger.set_setting("commission", {"base": [SALES], **terms})


@pytest.mark.parametrize("name", ["credit note 1", "o-1", None])
def test_nothing_comes_back_of_a_sale_for_which_nothing_was_paid(shop: Ledger, name: str | None) -> None:
    shop.set_setting("commission", None)
    order(shop, 100, "o-1")
    pay(shop)
    refunded = refund(shop, 100, name)
    shop.party_credit("ann", 50, against=SALES)
    assert (shop.followers(refunded), owed(shop)) == ((), "0.00")
    correct(shop)


def test_a_refund_that_names_an_unpaid_order_takes_nothing_of_what_another_one_paid(shop: Ledger) -> None:
    shop.set_setting("commission", None)
    order(shop, 100, "before")
    pay(shop)
    order(shop, 100, "after")
    refund(shop, 100, "before")
    assert owed(shop) == "10.00"
    refund(shop, 40, "after")
    refund(shop, 40, "after")
    refund(shop, 40, "after")
    assert owed(shop) == "0.00"
    order(shop, 100, "later")
    refund(shop, 100, "after")
    assert owed(shop) == "10.00"
    correct(shop)


def test_refunds_with_names_of_their_own_take_back_no_more_than_the_payer_s_inviter_got(shop: Ledger) -> None:
    order(shop, 100)
    shop.add_party("eve", referred_by="bob")
    shop.post("Order", debit(shop.party_account("eve", create=True), 500), credit(SALES, 500))
    for name in ("credit note 1", "credit note 1", None, "credit note 2", None):
        refund(shop, 60, name)
    assert owed(shop) == "50.00"
    correct(shop)


def test_what_a_reversed_or_voided_refund_took_back_may_be_taken_back_again(shop: Ledger) -> None:
    sold = order(shop, 100, "o-1")
    first = refund(shop, 100, "o-1")
    shop.reverse(first)
    assert owed(shop) == "10.00"
    second = refund(shop, 100, "o-1")
    shop.void(second)
    assert owed(shop) == "10.00"
    refund(shop, 100)
    assert owed(shop) == "0.00"
    shop.undo()
    shop.reverse(sold)
    refund(shop, 100, "o-1")
    refund(shop, 100)
    assert owed(shop) == "0.00"
    correct(shop)


def test_a_named_order_is_taken_back_from_who_got_it_at_the_percent_it_was_paid_at(shop: Ledger) -> None:
    order(shop, 100, "o-1")
    pay(shop, percent=50)
    shop.add_party("carl", data={"commissions": True})
    shop.edit_party("ann", referred_by="carl")
    refund(shop, 30, "o-1")
    refund(shop, 30)
    assert (owed(shop), owed(shop, "carl")) == ("7.00", "0.00")
    correct(shop)


def test_each_currency_is_taken_back_of_what_was_paid_in_it(shop: Ledger) -> None:
    shop.open_account(f"{SALES}:Abroad", "income", currency="USD")
    dollars = shop.party_account("ann", currency="USD", create=True)
    order(shop, 100)
    shop.post("Refund", credit(dollars, 100), debit(f"{SALES}:Abroad", 100))
    assert [str(one) for one in shop.party_balance("bob")] == ["10.00 EUR"]
    correct(shop)


def test_a_batch_takes_back_no_more_than_it_and_the_book_paid(shop: Ledger) -> None:
    order(shop, 100, "o-1")
    drafts = [order_draft(100, "o-2"), *(refund_draft(80, name) for name in ("o-1", "o-2", "o-2", None, None, None))]
    shop.post_batch(drafts)
    assert owed(shop) == "0.00"
    correct(shop)


def test_threads_that_refund_one_order_at_once_take_back_what_was_paid(shop: Ledger) -> None:
    order(shop, 100, "o-1")
    order(shop, 100, "o-2")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: refund(shop, 40, "o-1"), range(8)))
    assert owed(shop) == "10.00"
    correct(shop)


def test_a_reference_and_a_key_of_extra_data_name_different_orders(shop: Ledger) -> None:
    order(shop, 100, "q6")
    order(shop, 100, "data.o q6")
    pay(shop, once="data.o")
    for _ in range(2):
        order(shop, 100, data={"o": "q6"})
    assert owed(shop) == "30.00"
    pay(shop, once="data.p")
    order(shop, 100, data={"p": "q6"})
    assert owed(shop) == "40.00"


def test_who_takes_the_reference_of_a_commission_neither_stops_it_nor_counts_as_paid(shop: Ledger) -> None:
    shop.set_setting("unique_references", True)
    pay(shop, once="data.o")
    forged = {"follows": 1, "commission": {"party": "bob", "payer": "ann", "order": {"by": "data.o", "is": "9"}}}
    shop.transfer("Assets:Bank", "Liabilities:VAT", 1, reference="commission data.o 9", data=forged)
    for _ in range(2):
        order(shop, 100, data={"o": "9"})
    assert owed(shop) == "10.00"
    shop.post_batch([order_draft(10, data={"o": one}) for one in ("10", "10", "11")])
    assert owed(shop) == "12.00"
    correct(shop)


def test_names_of_orders_are_compared_as_references_and_extra_data_are(shop: Ledger) -> None:
    for name in ("ee", "EE", " ee ", "ee"):
        order(shop, 100, name)
    assert owed(shop) == "30.00"
    pay(shop, once="data.id")
    for value in (77, "77", None, "", "null", 78):
        order(shop, 100, data={"id": value})
    assert owed(shop) == "80.00"


def test_a_refund_reads_what_follows_the_payer_s_transactions_alone(shop: Ledger) -> None:
    for place in range(3):
        order(shop, 10 + place, f"o-{place}")
    assert [one.reference for one in shop.followers_of_party("ann")] == [f"commission o-{place}" for place in range(3)]
    assert list(shop.followers_of_party("bob")) == []
    shop.add_party("eve")
    assert list(shop.followers_of_party("eve")) == []


def test_old_items_earn_nothing_and_hooks_of_the_caller_are_asked_of_them(shop: Ledger) -> None:
    asked: list[str] = []
    shop.hooks.add_before(lambda draft: asked.append(draft.memo), in_write=True)
    item = PartyItem("ann", Money(-1000, shop.currency), date(2026, 6, 1), "Old order")
    shop.post_party_items([item], [("ann", "default")], against=SALES)
    assert (owed(shop), asked) == ("0.00", ["Old order"])


def test_a_sale_is_refused_whose_commission_would_go_to_a_closed_account(shop: Ledger) -> None:
    shop.reverse(order(shop))
    shop.close_account(BOB)
    revision = shop.revision
    with pytest.raises(errors.PostingRefused, match=r"'Liabilities:Parties:bob' is closed since .*`account reopen`"):
        order(shop)
    with pytest.raises(errors.PartyAccountClosed) as refused:
        shop.party_credit("bob", 1)
    assert isinstance(refused.value, errors.AccountClosed)
    assert (shop.revision, [one.name for one in shop.party_accounts("bob")]) == (revision, [BOB])
    shop.reopen_account(BOB)
    order(shop)
    assert owed(shop) == "10.00"
