"""transfer, increase and decrease: which account falls and which rises, for every pair of types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.money import Money

BANK, CASH, SALES, CARD = "Assets:Bank", "Assets:Cash", "Income:Sales", "Liabilities:Card"
TYPES = tuple(AccountType)

# FROM down the side, TO across; what each does in its own direction, FROM first.
FALLS_AND_RISES = """
            asset  liability  equity  income  expense
asset       -+     --         --      --      -+
liability   ++     -+         -+      -+      ++
equity      ++     -+         -+      -+      ++
income      ++     -+         -+      -+      ++
expense     -+     --         --      --      -+
"""
REFUSED_AMOUNTS: list[tuple[type[LedgerError], Any]] = [
    (errors.AmountNotPositive, 0),
    (errors.AmountNotPositive, "0.00"),
    (errors.AmountNotPositive, -5),
    (errors.AmountNotPositive, Decimal("-0.01")),
    (errors.FloatAmount, 5.0),
    (errors.InvalidAmount, True),
    (errors.InvalidAmount, "1,5"),
    (errors.InvalidAmount, Decimal("NaN")),
    (errors.InvalidAmount, None),
    (errors.TooManyDecimals, "0.001"),
    (errors.AmountTooLarge, 10**17),
]


def rows_of_the_table() -> list[tuple[AccountType, AccountType, str]]:
    header, *rows = [line.split() for line in FALLS_AND_RISES.strip().splitlines()]
    return [
        (AccountType(row[0]), AccountType(column), movement)
        for row in rows
        for column, movement in zip(header, row[1:], strict=True)
    ]


@pytest.fixture
def two_of_each(book: Ledger) -> Ledger:
    with book.write():
        for kind in TYPES:
            for side in ("from", "to"):
                book.open_account(f"{kind.value}s:{side}", kind)
    return book


def test_all_pairs_of_types_fall_and_rise_as_the_table_says(two_of_each: Ledger) -> None:
    table = rows_of_the_table()
    assert len(table) == 25
    found = []
    for source, target, _ in table:
        names = f"{source.value}s:from", f"{target.value}s:to"
        before = [two_of_each.balance(name) for name in names]
        two_of_each.transfer(*names, "12.34")
        after = [two_of_each.balance(name) for name in names]
        moved = [(then - now).units for now, then in zip(before, after, strict=True)]
        assert {abs(units) for units in moved} == {1234}
        found.append((source, target, "".join("+" if units > 0 else "-" for units in moved)))
    assert found == table
    assert two_of_each.verify().ok


def test_a_card_is_paid_from_the_bank_and_a_loan_is_drawn_to_it(book: Ledger) -> None:
    book.transfer(CARD, BANK, 500, memo="Loan drawn")
    assert (book.balance(CARD).amount, book.balance(BANK).amount) == (500, 500)
    book.transfer(BANK, CARD, 200, memo="Card paid")
    assert (book.balance(CARD).amount, book.balance(BANK).amount) == (300, 300)


def test_a_transfer_is_one_transaction_with_the_caller_s_date_and_texts(book: Ledger) -> None:
    moved = book.transfer(
        "1000",
        CASH,
        Money(1050, book.currency),
        date="2026-02-03",
        memo="Till",
        payee="Ann",
        reference="T-1",
        tags=iter(["till"]),
        data={"by": "Ann"},
    )
    assert (moved.number, moved.date, moved.memo, moved.payee, moved.reference) == (
        1,
        date(2026, 2, 3),
        "Till",
        "Ann",
        "T-1",
    )
    assert (moved.tags, moved.data) == (("till",), {"by": "Ann"})
    assert [(line.account, str(line.amount.amount)) for line in moved.postings] == [(BANK, "-10.50"), (CASH, "10.50")]
    assert book.transfer(BANK, CASH, 1).date == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("source", "target", "kind"),
    [
        (BANK, BANK, errors.SelfTransfer),
        (BANK, "1000", errors.SelfTransfer),
        ("assets:bank", " Assets : BANK ", errors.SelfTransfer),
        (BANK, "Assets:Nowhere", errors.UnknownAccount),
        ("Assets:Nowhere", BANK, errors.UnknownAccount),
        (BANK, {}, errors.EmptyFilter),
        ("{user=7}", BANK, errors.UnknownAccount),
        (BANK, "Assets:Dollars", errors.ReceivedMissing),
    ],
)
def test_a_transfer_that_names_no_two_accounts_of_a_currency_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], source: Any, target: Any, kind: type[LedgerError]
) -> None:
    with untouched(book), pytest.raises(LedgerError) as caught:
        book.transfer(source, target, 5)
    assert type(caught.value) is kind


@pytest.mark.parametrize(("kind", "amount"), REFUSED_AMOUNTS, ids=lambda value: repr(value)[:40])
@pytest.mark.parametrize("act", ["transfer", "increase", "decrease"])
def test_an_amount_that_is_not_positive_and_exact_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], act: str, kind: type[LedgerError], amount: Any
) -> None:
    accounts = (BANK, CASH) if act == "transfer" else (BANK,)
    with untouched(book), pytest.raises(LedgerError) as caught:
        getattr(book, act)(*accounts, amount)
    assert type(caught.value) is kind


@pytest.mark.parametrize("act", ["transfer", "increase", "decrease"])
def test_money_of_another_currency_is_refused(book: Ledger, untouched: Callable[[Ledger], Any], act: str) -> None:
    dollars = Money(500, book.currency_of("USD"))
    with untouched(book), pytest.raises(errors.WrongCurrency):
        getattr(book, act)(*((BANK, CASH) if act == "transfer" else (BANK,)), dollars)


@pytest.mark.parametrize("day", ["2026-02-30", "", datetime(2026, 1, 1, tzinfo=UTC)], ids=repr)
@pytest.mark.parametrize("act", ["transfer", "increase", "decrease"])
def test_a_day_that_is_none_is_refused(book: Ledger, untouched: Callable[[Ledger], Any], act: str, day: Any) -> None:
    with untouched(book), pytest.raises(errors.InvalidDate):
        getattr(book, act)(*((BANK, CASH) if act == "transfer" else (BANK,)), 5, date=day)


@pytest.mark.parametrize("kind", TYPES)
def test_increase_and_decrease_move_the_named_account_in_its_own_direction(
    two_of_each: Ledger, kind: AccountType
) -> None:
    name = f"{kind.value}s:from"
    two_of_each.increase(name, "30", date="2026-01-02")
    assert str(two_of_each.balance(name).amount) == "30.00"
    two_of_each.decrease(name, "12.50", date="2026-01-03")
    assert str(two_of_each.balance(name).amount) == "17.50"
    assert [row.counter_accounts for row in two_of_each.register(name)] == [("Equity:Adjustments",)] * 2
    adjusted = -kind.sign * Decimal("17.50")
    assert two_of_each.calculate_balance("Equity:Adjustments").amount == -adjusted


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("other", TYPES)
def test_the_other_side_goes_against_the_account_that_is_named(
    two_of_each: Ledger, kind: AccountType, other: AccountType
) -> None:
    name, against = f"{kind.value}s:from", f"{other.value}s:to"
    raised = two_of_each.increase(name, 5, against=against, memo="Up")
    lowered = two_of_each.decrease(name, 2, against=against, memo="Down")
    assert [line.account for line in (*raised.postings, *lowered.postings)] == [name, against] * 2
    assert two_of_each.balance(name).amount == 3
    assert two_of_each.balance(against).amount == (3 if kind.sign != other.sign else -3)
    assert two_of_each.balance("Equity:Adjustments").units == 0


@pytest.mark.parametrize("act", ["increase", "decrease"])
@pytest.mark.parametrize("against", [BANK, "1000", "ASSETS:bank"])
def test_an_account_against_itself_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], act: str, against: str
) -> None:
    with untouched(book), pytest.raises(errors.SelfTransfer):
        getattr(book, act)(BANK, 5, against=against)
    with untouched(book), pytest.raises(errors.SelfTransfer):
        getattr(book, act)("Equity:Adjustments", 5)


def test_a_member_s_top_up_raises_what_the_book_owes_and_what_the_gateway_holds(book: Ledger) -> None:
    book.open_account("Liabilities:Members:7", AccountType.LIABILITY, attributes={"user": 7})
    book.increase(
        {"user": 7}, Decimal(25), against=CASH, memo="Top-up", data={"paymentId": "p-1"}, tags=["web"], payee="Ann"
    )
    assert (book.balance("{user=7}").amount, book.balance(CASH).amount) == (25, 25)
    posted = book.transaction(1)
    assert (posted.data, posted.tags, posted.payee) == ({"paymentId": "p-1"}, ("web",), "Ann")


def test_one_text_for_the_tags_is_refused(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    for act in (lambda: book.transfer(BANK, CASH, 1, tags="web"), lambda: book.increase(BANK, 1, tags="web")):
        with untouched(book), pytest.raises(errors.InvalidText):
            act()  # type: ignore[no-untyped-call]
