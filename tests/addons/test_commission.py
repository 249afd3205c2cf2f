"""What inviting others earns: written along with the sale, once, and taken back with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.addons.conftest import ANN, BANK, BOB, EXPENSE, SALES, SHIPPING, VAT, correct, order, order_draft, owed
from tui_ledger import errors
from tui_ledger.addons.commission import commission_of
from tui_ledger.ledger import Draft, DraftPosting, Ledger, credit, debit
from tui_ledger.ledger.recurrence import recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine

HOSTILE = "[red]x[/] =cmd() {party} \x1b[31m"


def terms(**changed: Any) -> dict[str, Any]:
    return {"base": [SALES], **changed}


def test_a_sale_pays_the_inviter_of_who_paid_in_the_same_act(shop: Ledger) -> None:
    sold = order(shop, 100, "o-1")
    (paid,) = shop.followers(sold)
    assert [(line.account, str(line.amount)) for line in paid.postings] == [
        (EXPENSE, "10.00 EUR"),
        (BOB, "-10.00 EUR"),
    ]
    assert (paid.number, paid.date, paid.memo) == (sold.number + 1, sold.date, "Commission of 10 % on 100.00 EUR")
    assert paid.data == {
        "follows": sold.number,
        "commission": {
            "party": "bob",
            "payer": "ann",
            "percent": "10",
            "base": {"EUR": "100.00"},
            "order": {"by": "reference", "is": "o-1"},
        },
    }
    assert list(shop.journal("tag:commission")) == [paid]
    acts = {change.act for number in (sold.number, paid.number) for change in shop.changes_of(number)}
    assert len(acts) == 1
    assert shop.account(BOB).party == "bob"
    correct(shop)


@given(
    units=st.integers(-(10**15), 10**15),
    percent=st.decimals(0, 100, places=6, allow_nan=False, allow_infinity=False),
)
def test_a_commission_is_rounded_half_away_from_zero(units: int, percent: Decimal) -> None:
    exact = Decimal(units) * percent / 100
    assert commission_of(units, percent) == int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize(("net", "percent", "paid"), [("0.05", 10, "0.01"), ("0.04", 10, "0.00"), (100, 0, "0.00")])
def test_of_a_cent_half_is_paid_and_less_than_half_writes_nothing(
    shop: Ledger, net: object, percent: int, paid: str
) -> None:
    shop.set_setting("commission", terms(percent=percent))
    sold = order(shop, net)
    assert owed(shop) == paid
    assert len(shop.followers(sold)) == (paid != "0.00")


def test_who_may_not_receive_is_inactive_or_invited_nobody_earns_nothing(shop: Ledger) -> None:
    shop.edit_party("bob", commissions=False)
    order(shop)
    shop.edit_party("bob", commissions=True, active=False)
    order(shop)
    shop.edit_party("bob", active=True)
    shop.edit_party("ann", referred_by=None)
    order(shop)
    shop.post("Cash sale", debit(BANK, 100), credit(SALES, 100))
    shop.transfer(SALES, SHIPPING, 50)
    assert [one.memo for one in shop.journal("tag:commission")] == []
    correct(shop)


def test_the_base_is_what_is_posted_to_some_accounts_with_all_beneath_them_or_to_those_with_attributes(
    shop: Ledger,
) -> None:
    shop.open_account("Income:Sales:Books", "income")
    shop.open_account("Income:Services", "income", attributes={"earns": "yes"})
    shop.set_setting("commission", terms(base=[SALES, "{earns=yes}"]))
    lines = [credit(one, 100) for one in (SALES, "Income:Sales:Books", "Income:Services", SHIPPING, VAT)]
    shop.post("Order", debit(ANN, 500), *lines)
    assert owed(shop) == "30.00"


def test_a_discount_within_the_base_lowers_it(shop: Ledger) -> None:
    shop.open_account("Income:Sales:Discounts", "income")
    shop.post("Order", debit(ANN, 90), debit("Income:Sales:Discounts", 10), credit(SALES, 100))
    assert owed(shop) == "9.00"


def test_each_currency_earns_in_itself(shop: Ledger) -> None:
    shop.open_account("Income:Sales:Abroad", "income", currency="USD")
    dollars = shop.party_account("ann", currency="USD", create=True)
    sold = shop.post(
        "Order", debit(ANN, 10), credit(SALES, 10), debit(dollars, 200), credit("Income:Sales:Abroad", 200)
    )
    assert [(line.account, str(line.amount)) for line in shop.followers(sold)[0].postings] == [
        (EXPENSE, "1.00 EUR"),
        (BOB, "-1.00 EUR"),
        (f"{EXPENSE}:USD", "20.00 USD"),
        (f"{BOB}:USD", "-20.00 USD"),
    ]
    assert shop.followers(sold)[0].memo == "Commission of 10 % on 10.00 EUR, 200.00 USD"
    correct(shop)


def test_expense_account_purpose_and_memo_are_what_the_terms_say(shop: Ledger) -> None:
    shop.open_account("Expenses:Marketing", "expense")
    memo = "{percent}% to {inviter} for {party} ({party.key}), {data.order.id|no order}, {{{amount}}}"
    shop.set_setting("commission", terms(percent="7.50", expense="Expenses:Marketing", purpose="bonus", memo=memo))
    (paid,) = shop.followers(order(shop, 100, data={"order": {"id": 7}}))
    assert [line.account for line in paid.postings] == ["Expenses:Marketing", f"{BOB}:bonus"]
    assert paid.memo == "7.5% to Bob Jones for Ann Smith (ann), 7, {7.50 EUR}"
    assert shop.followers(order(shop))[0].memo.endswith("no order, {7.50 EUR}")


def test_hostile_text_is_only_text(shop: Ledger) -> None:
    shop.edit_party("ann", name=HOSTILE)
    shop.set_setting("commission", terms(memo="{party} {reference} {data.x} [b]"))
    (paid,) = shop.followers(order(shop, 100, "{inviter} =1+1", data={"x": "{{}} {0.__class__}"}))
    assert paid.memo == f"{HOSTILE} {{inviter}} =1+1 {{{{}}}} {{0.__class__}} [b]"
    correct(shop)


@pytest.mark.parametrize("turned_off", [False, True])
def test_it_is_reversed_with_its_sale_and_paid_again_when_the_reversal_is_reversed(
    shop: Ledger, turned_off: bool
) -> None:
    sold = order(shop, 100, "o-1")
    if turned_off:
        shop.set_setting("commission", None)
    back = shop.reverse(sold)
    (paid_back,) = shop.followers(back)
    assert (paid_back.reverses, owed(shop)) == (sold.number + 1, "0.00")
    again = shop.reverse(back)
    assert owed(shop) == "10.00"
    shop.reverse(again)
    assert owed(shop) == "0.00"
    correct(shop)


def test_undo_and_redo_take_sale_and_commission_together(shop: Ledger) -> None:
    sold = order(shop)
    shop.reverse(sold)
    shop.undo()
    assert owed(shop) == "10.00"
    shop.undo()
    assert owed(shop) == "0.00"
    assert len(shop.redo().transactions) == 2
    assert owed(shop) == "10.00"
    correct(shop)


def test_it_is_voided_with_its_sale_or_its_reversal_and_not_alone_changed_by_edits(shop: Ledger) -> None:
    sold, other = order(shop), order(shop)
    shop.void(sold)
    assert owed(shop) == "10.00"
    shop.void_many([other.number])
    assert owed(shop) == "0.00"
    shop.undo()
    back = shop.reverse(other)
    shop.void(back)
    assert owed(shop) == "10.00"
    shop.edit(other, debit(ANN, 20), credit(SALES, 20))
    assert owed(shop) == "10.00"
    correct(shop)


def test_a_commission_taken_back_by_itself_stays_so_when_its_sale_is_reversed(shop: Ledger) -> None:
    sold = order(shop)
    shop.reverse(sold.number + 1)
    assert shop.followers(shop.reverse(sold)) == ()
    assert owed(shop) == "0.00"
    correct(shop)


def test_a_refund_posted_by_itself_takes_its_part_back_unless_the_terms_say_no(shop: Ledger) -> None:
    def refund(**given: Any) -> None:
        shop.post("Refund", credit(ANN, 40), debit(SALES, 40), **given)

    order(shop, 100, "o-1")
    refund(reference="credit note 1")
    refund(reference="credit note 1")
    assert owed(shop) == "6.00"
    shop.set_setting("commission", terms(refunds=False))
    refund(reference="credit note 2")
    assert owed(shop) == "6.00"
    correct(shop)


def test_an_order_that_was_reversed_or_voided_may_be_paid_for_again(shop: Ledger) -> None:
    first = order(shop, 100, "o-1")
    back = shop.reverse(first)
    second = order(shop, 100, "o-1")
    assert (owed(shop), shop.followers(second)[0].reference) == ("10.00", "commission o-1 (2)")
    shop.void(second)
    assert len(shop.followers(order(shop, 100, "o-1"))) == 1
    shop.void(back)
    assert shop.followers(order(shop, 100, "o-1")) == ()
    correct(shop)


@pytest.mark.parametrize(
    ("once", "given", "paid"),
    [
        ("reference", {"reference": "o-1"}, "10.00"),
        ("reference", {"reference": "x" * 500}, "10.00"),
        ("reference", {}, "20.00"),
        ("data.order.id", {"data": {"order": {"id": 7}}}, "10.00"),
        ("data.order.id", {"reference": "o-1"}, "20.00"),
        (None, {"reference": "o-1"}, "20.00"),
    ],
)
def test_the_terms_say_by_what_one_order_is_known(
    shop: Ledger, once: str | None, given: dict[str, Any], paid: str
) -> None:
    shop.set_setting("commission", terms(once=once))
    order(shop, **given)
    order(shop, **given)
    assert owed(shop) == paid


def test_threads_that_post_one_order_at_once_pay_for_it_once(shop: Ledger) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda place: order(shop, 100, f"o-{place % 2}"), range(12)))
    assert owed(shop) == "20.00"
    correct(shop)


def test_a_batch_pays_for_each_sale_once_and_links_them(shop: Ledger) -> None:
    drafts = [order_draft(100, "o-1"), Draft(postings=(debit(BANK, 1), credit(SALES, 1))), order_draft(100, "o-1")]
    batch = shop.post_batch([*drafts, order_draft(50, "o-2")])
    first, *_, last = batch.numbers
    assert len(batch.numbers) == 6
    assert [one.number for one in shop.followers(first)] == [first + 1]
    assert [one.number for one in shop.followers(last - 1)] == [last]
    shop.reverse(first)
    assert owed(shop) == "5.00"
    correct(shop)


def test_a_key_that_was_used_pays_nothing_again(shop: Ledger) -> None:
    for _ in range(2):
        shop.post_draft(order_draft(), key="k")
    assert owed(shop) == "10.00"


def test_a_recurring_sale_earns_too(shop: Ledger) -> None:
    lines = TemplateLine(ANN, Decimal(20)), TemplateLine(SALES, Decimal(-20))
    shop.save_schedule(Schedule("club", Template("club", lines), recurrence("month", date(2026, 6, 1))))
    shop.post_due("club", "2026-06-01")
    assert owed(shop) == "2.00"


def test_a_hook_of_the_caller_is_asked_first_and_the_commission_follows_what_it_left(shop: Ledger) -> None:
    def halved(draft: Draft) -> Draft:
        return replace(draft, postings=(debit(ANN, 50), credit(SALES, 50)))

    def beside(draft: Draft) -> list[Draft]:
        return [Draft(draft.date, "Beside", (debit(BANK, 1), credit(VAT, 1)))]

    shop.before_post(halved)
    shop.before_post(beside)
    sold = order(shop)
    assert (owed(shop), [one.number for one in shop.followers(sold)]) == ("5.00", [sold.number + 1])
    assert shop.transaction(sold.number + 2).memo == "Beside"
    correct(shop)


def test_what_cannot_be_paid_refuses_the_sale_and_says_why(shop: Ledger) -> None:
    order(shop)
    shop.reverse(2)
    shop.close_account(EXPENSE)
    revision = shop.revision
    with pytest.raises(errors.AccountClosed, match=EXPENSE):
        order(shop)
    shop.reopen_account(EXPENSE)
    shop.open_account("Assets:Owed by Bob", "asset", party="bob")
    shop.edit_account(BOB, party=None)
    shop.open_account("Assets:Also owed by Bob", "asset", party="bob")
    revision = shop.revision
    with pytest.raises(errors.PostingRefused, match=r"^The commission cannot be paid with it: 'bob' for 'default'"):
        order(shop)
    assert shop.revision == revision


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({}, "base of commissions"),
        ("10", "terms of commissions"),
        (terms(percentage="5"), "'percentage' is no part"),
        (terms(percent="100.01"), "'100.01' is no percentage"),
        (terms(percent="-1"), "percentage"),
        (terms(percent=0.5), "percentage"),
        (terms(percent="1e1"), "percentage"),
        (terms(base="Income:Sales"), "base of commissions"),
        (terms(base=["Income:Nowhere"]), "no account 'Income:Nowhere'"),
        (terms(base=["{}"]), "attributes"),
        (terms(base=[HOSTILE]), "cannot be an account name"),
        (terms(expense="Income:Commissions"), "type expense"),
        (terms(expense="Expenses:Heading"), "takes no postings"),
        (terms(expense="Income:Sales"), "sold on it"),
        (terms(memo="{amuont}"), "there is no {amuont}"),
        (terms(once="order"), "'order' is no name of an order"),
        (terms(refunds="yes"), "yes or no"),
        (terms(purpose=":"), "purpose"),
    ],
    ids=str,
)
def test_terms_that_cannot_be_are_refused_when_they_are_kept(shop: Ledger, value: object, error: str) -> None:
    shop.open_account("Expenses:Heading", "expense", placeholder=True)
    revision = shop.revision
    with pytest.raises(errors.LedgerError, match=error.replace("{", r"\{")):
        shop.set_setting("commission", value)
    assert shop.revision == revision


def test_the_terms_follow_accounts_that_are_renamed_and_back(shop: Ledger) -> None:
    order(shop)
    shop.rename_account("Income", "Revenue")
    shop.rename_account(EXPENSE, "Expenses:Marketing:Partners")
    shop.post("Order", debit(ANN, 50), credit("Revenue:Sales", 50))
    assert (owed(shop), str(shop.balance("Expenses:Marketing:Partners").amount)) == ("15.00", "15.00")
    shop.undo()
    shop.undo()
    shop.undo()
    assert shop.setting("commission")["base"] == [SALES]
    shop.redo()
    assert shop.setting("commission")["base"] == ["Revenue:Sales"]
    correct(shop)


def test_what_is_received_is_said_by_a_party_s_data_and_undone(shop: Ledger) -> None:
    shop.edit_party("ann", commissions=True, data={"tel": "1"})
    assert (shop.party("ann").data, shop.party("ann").receives_commissions) == ({"tel": "1", "commissions": True}, True)
    shop.edit_party("ann", commissions=False)
    assert shop.party("ann").data == {"tel": "1"}
    shop.undo()
    assert shop.party("ann").receives_commissions
    with pytest.raises(errors.InvalidSetting, match="may receive commissions or not"):
        shop.edit_party("ann", commissions="yes")
    assert not shop.edit_party("ann", data={"commissions": "yes"}).receives_commissions


def test_a_book_without_commissions_asks_nothing_for_them(shop: Ledger) -> None:
    with statements(shop) as on:
        shop.transfer(BANK, VAT, 5)
    shop.set_setting("commission", None)
    shop.transfer(BANK, VAT, 5)
    with statements(shop) as off:
        shop.transfer(BANK, VAT, 5)
    assert [one for one in off if "'commission'" in one and "FROM book" not in one] == []
    assert len(on) == len(off)


@contextmanager
def statements(ledger: Ledger) -> Iterator[list[str]]:
    """Every statement that reaches the database."""
    said: list[str] = []
    connection: sqlite3.Connection = ledger._database.models.connection()  # type: ignore[no-untyped-call]
    connection.set_trace_callback(said.append)
    try:
        yield said
    finally:
        connection.set_trace_callback(None)


def test_a_line_left_open_is_filled_before_the_commission_is_worked_out(shop: Ledger) -> None:
    shop.post("Order", debit(ANN, 121), DraftPosting(VAT, "-21"), DraftPosting(SALES))
    assert owed(shop) == "10.00"
