"""Posting: what a draft becomes, in its accounts' own direction and in date order, on disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

import pytest

from tui_ledger.errors import AccountClosed, UnbalancedTransaction
from tui_ledger.ledger import (
    AccountType,
    Draft,
    DraftPosting,
    Ledger,
    PostingStatus,
    WrittenPrice,
    credit,
    debit,
)
from tui_ledger.money import LARGEST_UNITS, Money

BANK, CASH, SALES, CARD, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Liabilities:Card", "Expenses:Rent"


def balances_in_date_order(book: Ledger, account: str) -> list[str]:
    return [str(row.balance.amount) for row in book.register(account)]


def test_a_back_dated_posting_carries_both_accounts_and_a_fresh_process_reads_them(
    book: Ledger, elsewhere: Callable[..., Any]
) -> None:
    for amount, day in (("100", "2026-01-01"), ("50", "2026-01-31"), ("7", "2026-01-15")):
        book.post("Sale", debit(BANK, amount), credit(SALES, amount), date=day)
    rows = elsewhere(
        book.place,
        "answer = [[[row.date.isoformat(), str(row.change.amount), str(row.balance.amount)]"
        f" for row in ledger.register(name)] for name in ({BANK!r}, {SALES!r})]",
    )
    in_date_order = [
        ["2026-01-01", "100.00", "100.00"],
        ["2026-01-15", "7.00", "107.00"],
        ["2026-01-31", "50.00", "157.00"],
    ]
    assert rows == [in_date_order, in_date_order]


@pytest.mark.parametrize("name", ["Assets:Bank", "Liabilities:Card", "Equity:Opening", "Income:Sales", "Expenses:Rent"])
def test_every_type_of_account_grows_in_its_own_direction(book: Ledger, name: str) -> None:
    account = book.account(name)
    raising, lowering = (debit, credit) if account.normal_balance == "debit" else (credit, debit)
    book.post("Raised", raising(name, "30"), lowering(CASH, "30"))
    book.post("Lowered", lowering(name, "12.50"), raising(CASH, "12.50"))
    register = book.register(name)
    assert [(str(row.change.amount), str(row.balance.amount)) for row in register] == [
        ("30.00", "30.00"),
        ("-12.50", "17.50"),
    ]
    assert [row.amount.units for row in register] == [account.type.sign * 3000, account.type.sign * -1250]
    assert book.balance(name).amount == Decimal("17.50")


def test_a_posted_transaction_says_everything_it_was_given(book: Ledger) -> None:
    posted = book.post(
        "Invoice 12",
        debit("1000", "121", "by transfer"),
        credit("income:sales", Money(12100, book.currency)),
        date="2026-01-10",
        payee="Miller & Sons",
        reference="INV-12",
        tags=["export", "a"],
        data={"paymentId": "abc", "amount": 5, "nested": {"list": [1, 2.5, None, True, "ü"]}},
    )
    assert posted == book.transaction(1)
    assert (posted.number, posted.date, posted.memo, posted.payee) == (
        1,
        date(2026, 1, 10),
        "Invoice 12",
        "Miller & Sons",
    )
    assert (posted.reference, posted.tags) == ("INV-12", ("export", "a"))
    assert posted.data == {"paymentId": "abc", "amount": 5, "nested": {"list": [1, 2.5, None, True, "ü"]}}
    assert (posted.reverses, posted.reversed_by, posted.voided, posted.closing, posted.batch) == (
        None,
        None,
        False,
        False,
        None,
    )
    assert [(line.line, line.account, str(line.amount), str(line.balance), line.memo) for line in posted.postings] == [
        (1, BANK, "121.00 EUR", "121.00 EUR", "by transfer"),
        (2, SALES, "-121.00 EUR", "121.00 EUR", None),
    ]


@pytest.mark.parametrize(
    ("amounts", "filled"),
    [
        (["100", "-70", None], "-30.00"),
        ([None, "40"], "-40.00"),
        (["0.01", None, "0.02"], "-0.03"),
        (["-5", None], "5.00"),
    ],
)
def test_the_amount_left_out_takes_the_remainder(book: Ledger, amounts: list[str | None], filled: str) -> None:
    accounts = [BANK, SALES, CASH]
    lines = [DraftPosting(name, amount) for name, amount in zip(accounts, amounts, strict=False)]
    posted = book.post("Split", *lines)
    assert str(posted.postings[amounts.index(None)].amount.amount) == filled
    assert sum(line.amount.units for line in posted.postings) == 0


def test_the_remainder_is_found_in_the_currency_that_is_off(book: Ledger) -> None:
    posted = book.post(
        "Two currencies",
        debit(BANK, 10),
        credit(SALES, 10),
        debit("Assets:Dollars", "7.77"),
        DraftPosting("Equity:Dollars"),
    )
    assert str(posted.postings[3].amount) == "-7.77 USD"


def test_two_lines_on_one_account_are_two_rows_in_line_order(book: Ledger) -> None:
    book.post("First", debit(BANK, 1), credit(SALES, 1), date="2026-03-01")
    book.post("Later", debit(BANK, 100), credit(SALES, 100), date="2026-03-03")
    book.post("Both", debit(BANK, 10), credit(BANK, 4), credit(SALES, 6), date="2026-03-02")
    assert [(row.transaction, row.line, str(row.balance.amount)) for row in book.register(BANK)] == [
        (1, 1, "1.00"),
        (3, 1, "11.00"),
        (3, 2, "7.00"),
        (2, 1, "107.00"),
    ]
    assert book.register(BANK)[1].counter_accounts == (BANK, SALES)
    assert book.verify().ok


def test_transactions_of_one_day_stand_in_the_order_of_their_numbers(book: Ledger) -> None:
    for amount in (1, 2, 4, 8):
        book.post(f"No. {amount}", debit(BANK, amount), credit(SALES, amount), date="2026-05-05")
    book.post("Before", debit(BANK, 16), credit(SALES, 16), date="2026-05-04")
    book.post("Same day", debit(BANK, 32), credit(SALES, 32), date="2026-05-05")
    assert [row.transaction for row in book.register(BANK)] == [5, 1, 2, 3, 4, 6]
    assert balances_in_date_order(book, SALES) == ["16.00", "17.00", "19.00", "23.00", "31.00", "63.00"]
    assert [transaction.number for transaction in book.journal()] == [5, 1, 2, 3, 4, 6]


def test_without_a_date_the_transaction_is_of_the_local_day(book: Ledger) -> None:
    assert book.post("Now", debit(BANK, 1), credit(SALES, 1)).date == date(2026, 6, 15)


def test_the_first_and_the_last_day_of_the_calendar_can_be_posted_to(book: Ledger) -> None:
    book.post("Last", debit(BANK, 1), credit(SALES, 1), date=date.max)
    book.post("First", debit(BANK, 2), credit(SALES, 2), date=date.min)
    assert [str(row.balance.amount) for row in book.register(BANK, date_from=date.min, date_to=date.max)] == [
        "2.00",
        "3.00",
    ]
    assert book.balance(BANK, at=date.min).amount == 2
    assert book.register(BANK, date_from=date.max).opening_balance.amount == 2
    assert book.verify().ok


def test_the_largest_amount_a_book_holds_can_be_posted_and_taken_back(book: Ledger) -> None:
    posted = book.post("Everything", debit(BANK, Money(LARGEST_UNITS, book.currency)), DraftPosting(SALES))
    assert book.balance(SALES).units == LARGEST_UNITS
    book.reverse(posted)
    assert book.balance(BANK).units == 0
    assert book.verify().ok


@pytest.mark.parametrize("place", ["memo", "payee", "reference", "posting memo", "tag"])
def test_texts_are_stored_as_typed_up_to_their_limit(book: Ledger, place: str) -> None:
    text = "=1+2 \x1b[31m[bold]\t'\"\u202e💶" + "x" * 470
    given: dict[str, Any] = {"payee": text} if place == "payee" else {"reference": text} if place == "reference" else {}
    if place == "tag":
        given = {"tags": [text]}
    memo = text * 10 if place == "memo" else "Sale"
    line_memo = text if place == "posting memo" else None
    posted = book.post(memo, debit(BANK, 1, line_memo), credit(SALES, 1), **given)
    found = [posted.memo, posted.payee, posted.reference, posted.postings[0].memo, *posted.tags]
    assert (text * 10 if place == "memo" else text) in found


def test_a_backslash_before_u0000_in_data_is_only_text(book: Ledger) -> None:
    data = {"a": "\\u0000", "b\\u0000": "\\\\"}
    assert book.post("Sale", debit(BANK, 1), credit(SALES, 1), data=data).data == data


def test_empty_texts_are_as_good_as_none(book: Ledger) -> None:
    posted = book.post("", debit(BANK, 1), credit(SALES, 1), payee="", reference="", tags=())
    assert (posted.memo, posted.payee, posted.reference, posted.tags) == ("", None, None, ())
    assert book.verify().ok


def test_status_and_written_price_of_a_posting_are_kept(book: Ledger) -> None:
    price = WrittenPrice(Decimal("0.9200"), "EUR", total=False)
    lines = (
        DraftPosting("Assets:Dollars", "100", status=PostingStatus.CLEARED, price=price),
        DraftPosting("Equity:Dollars", "-100", status=PostingStatus.RECONCILED),
    )
    posted = book.post_draft(Draft(memo="Priced", postings=lines))
    assert [line.status for line in posted.postings] == ["cleared", "reconciled"]
    assert posted.status is PostingStatus.CLEARED
    assert posted.postings[0].price == price
    assert str(posted.postings[0].price.amount) == "0.9200"
    assert book.verify().ok


def test_numbers_run_without_gaps_past_every_refused_act(book: Ledger) -> None:
    for amount in ("1", "2", "3"):
        book.post("Sale", debit(BANK, amount), credit(SALES, amount))
        with pytest.raises(UnbalancedTransaction):
            book.post("Slip", debit(BANK, 1), credit(SALES, 2))
    assert [transaction.number for transaction in book.journal()] == [1, 2, 3]


def test_a_draft_checked_for_the_typist_is_resolved_and_writes_nothing(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    with untouched(book):
        checked = book.check_draft(Draft(memo="Sale", postings=(DraftPosting("1000", "5"), DraftPosting(SALES))))
    assert checked.date == date(2026, 6, 15)
    assert [(line.account, str(line.amount)) for line in checked.postings] == [
        (book.account(BANK), "5.00 EUR"),
        (book.account(SALES), "-5.00 EUR"),
    ]
    assert [str(line.amount) for line in book.post_draft(checked).postings] == ["5.00 EUR", "-5.00 EUR"]


def test_checking_a_draft_refuses_what_posting_it_would(book: Ledger) -> None:
    book.close_account(CASH)
    with pytest.raises(UnbalancedTransaction):
        book.check_draft(Draft(postings=(DraftPosting(BANK, 1), DraftPosting(SALES, 1))))
    with pytest.raises(AccountClosed):
        book.check_draft(Draft(postings=(DraftPosting(BANK, 1), DraftPosting(CASH, -1))))


def test_one_transaction_may_have_many_lines(book: Ledger) -> None:
    for number in range(300):
        book.open_account(f"Assets:Till {number:03}", AccountType.ASSET)
    lines = [debit(f"Assets:Till {number:03}", number + 1) for number in range(300)]
    posted = book.post("Everywhere", *lines, DraftPosting(SALES))
    assert len(posted.postings) == 301
    assert book.balance(SALES).amount == sum(range(1, 301))
    assert len(book.register(SALES)[0].counter_accounts) == 300


def test_data_reads_back_as_json_would(book: Ledger) -> None:
    data = {"ints": [0, -1, 2**70], "deep": {"a": {"b": ["c"]}}, "text": '"\\\n\u2028', "empty": {}, "z": None}
    posted = book.post("Sale", debit(BANK, 1), credit(SALES, 1), data=data)
    assert json.dumps(posted.data, sort_keys=True) == json.dumps(data, sort_keys=True)


def test_an_amount_of_many_digits_is_credited_exactly_or_refused(book: Ledger) -> None:
    exact = Decimal("39999999999999999.99")
    posted = book.post("Large", debit(BANK, exact), credit(SALES, exact))
    assert posted.postings[1].amount.units == -3999999999999999999


def test_the_precision_of_the_caller_s_decimals_changes_no_posting(book: Ledger) -> None:
    with localcontext() as narrow:
        narrow.prec = 3
        posted = book.post("Sale", debit(BANK, Decimal("1234.56")), credit(SALES, Decimal("1234.56")))
        book.reverse(posted)
    assert [line.amount.units for line in posted.postings] == [123456, -123456]
    assert book.balance(BANK).units == 0
