"""What the ancestors got wrong, one test for each defect, named for it: each would fail on the ancestor.

The letters are those of the table in tests/test_ancestors.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import (
    AccountExists,
    AccountInUse,
    AlreadyReversed,
    AmbiguousAccount,
    AmountNotPositive,
    EmptyFilter,
    FloatAmount,
    HookFailed,
    InvalidAmount,
    LedgerError,
    MinimumBalanceBroken,
    PostingRefused,
    SelfTransfer,
    TransactionNotFound,
    UnbalancedTransaction,
    UnknownAccount,
)
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.money import Money

BANK, CASH, CARD, SALES, RENT = "Assets:Bank", "Assets:Cash", "Liabilities:Card", "Income:Sales", "Expenses:Rent"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def members(book: Ledger) -> Ledger:
    """Two members with two accounts each, as the ancestors keep them: by attributes."""
    for user in (1, 2):
        for kind in ("virtual-money", "purchases"):
            attributes = {"user": user, "type": kind}
            book.open_account(f"Liabilities:Members:{user}:{kind}", "liability", attributes=attributes)
    return book


def balances(book: Ledger, account: Any) -> list[str]:
    return [str(row.balance.amount) for row in book.register(account)]


def ten_more(draft: Draft) -> Draft:
    """The ancestors' own example of a listener: ten more on whatever is written."""
    lines = [
        replace(
            line, amount=Money(line.amount.units + (1000 if line.amount.units > 0 else -1000), line.amount.currency)
        )
        for line in draft.postings
    ]
    return replace(draft, postings=tuple(lines))


def test_a_balance_is_not_computed_before_the_hook_changed_the_amount(book: Ledger) -> None:
    """I7, B9"""
    book.before_post(ten_more)
    book.increase(BANK, 100)
    book.increase(BANK, 5)
    assert balances(book, BANK) == ["110.00", "125.00"]


def test_a_hook_s_change_of_amount_and_memo_is_not_ignored(book: Ledger) -> None:
    """B9"""
    book.before_post(lambda draft: replace(ten_more(draft), memo="changed"))
    assert book.increase(BANK, 100).memo == "changed"
    assert str(book.balance(BANK)) == "110.00 EUR"


def test_a_hook_that_itself_posts_does_not_make_the_next_balance_wrong(book: Ledger) -> None:
    """B9"""

    def post_beside(draft: Draft) -> None:
        if draft.memo != "beside":
            book.increase(BANK, 7, memo="beside")

    book.before_post(post_beside)
    book.increase(BANK, 100)
    assert balances(book, BANK) == ["7.00", "107.00"]


def test_a_hook_s_veto_is_heard(book: Ledger, untouched: Untouched) -> None:
    """B9"""

    def refuse(_: Draft) -> None:
        raise PostingRefused("Not today.")

    book.before_post(refuse)
    with untouched(book), pytest.raises(PostingRefused, match="Not today"):
        book.increase(BANK, 100)


def test_a_before_hook_does_not_unbalance_a_transfer(book: Ledger, untouched: Untouched) -> None:
    """Y17"""
    seen: list[int] = []
    book.before_post(lambda draft: seen.append(len(draft.postings)))
    book.before_post(ten_more)
    book.transfer(BANK, CASH, 100)
    assert (str(book.balance(BANK)), str(book.balance(CASH)), seen) == ("-110.00 EUR", "110.00 EUR", [2])

    def one_side(draft: Draft) -> Draft:
        first = draft.postings[0]
        return replace(draft, postings=(replace(first, amount=Money(1, first.amount.currency)), *draft.postings[1:]))

    book.before_post(one_side)
    with untouched(book), pytest.raises(UnbalancedTransaction):
        book.transfer(BANK, CASH, 100)


def test_a_hook_that_fails_leaves_no_posting_no_balance_and_no_account(book: Ledger, untouched: Untouched) -> None:
    """I15, Y18: an error of any kind, a TypeError too, takes everything back"""
    book.before_post(lambda draft: draft.nothing)  # type: ignore[attr-defined]
    with untouched(book), pytest.raises(HookFailed):
        book.increase({"user": 9}, 100, create_missing=True)


def test_back_dated_rows_are_carried(book: Ledger) -> None:
    """I8: the day after tomorrow's balance follows what is posted for today"""
    for day, amount in ((10, 100), (5, 50), (20, 1)):
        book.increase(BANK, amount, date=date(2026, 1, day))
    assert balances(book, BANK) == ["50.00", "150.00", "151.00"]


def test_stored_balances_never_start_from_zero_over_existing_rows(book: Ledger) -> None:
    """I9: there is no switching on; what comes to rows already there starts from their balance, in a batch too"""
    book.increase(BANK, 100, date="2026-01-05")
    book.post_batch([Draft(date(2026, 1, 9), "5", (debit(BANK, 5), credit(SALES, 5)))])
    assert balances(book, BANK) == ["100.00", "105.00"]


def test_a_balance_supplied_by_the_caller_is_not_believed(book: Ledger) -> None:
    """I6, I10"""
    names = ("balance", "newBalance", "new_balance", "accountBalance")
    book.increase(BANK, 5, data=dict.fromkeys(names, 12345))
    book.transfer(BANK, CASH, 1, data=dict.fromkeys(names, 12345))
    assert balances(book, BANK) == ["5.00", "4.00"]
    assert balances(book, CASH) == ["1.00"]


def test_nothing_is_read_and_then_inserted_without_a_lock(book: Ledger) -> None:
    """I11, B8: of twenty increases at once none is lost, and every row continues the one before it"""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: book.increase(BANK, 5), range(20)))
    assert balances(book, BANK) == [f"{5 * count}.00" for count in range(1, 21)]


def test_opposite_transfers_at_once_do_not_deadlock(book: Ledger) -> None:
    """Y18"""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda place: book.transfer(*((BANK, CASH) if place % 2 else (CASH, BANK)), 5), range(20)))
    assert book.balance(BANK).units == book.balance(CASH).units == 0
    assert len(book.journal()) == 20


def test_nothing_is_reversed_twice(book: Ledger, untouched: Untouched) -> None:
    """Y5"""
    book.transfer(BANK, CASH, 5)
    book.reverse(1)
    with untouched(book), pytest.raises(AlreadyReversed):
        book.reverse(1)


def test_a_reversal_knows_what_it_reverses_and_what_it_reverses_knows_it(book: Ledger) -> None:
    """Y5: nothing links the ancestors' two"""
    book.transfer(BANK, CASH, 5)
    book.reverse(1)
    assert (book.transaction(1).reversed_by, book.transaction(2).reverses) == (2, 1)


def test_one_leg_is_never_reversed_alone(book: Ledger) -> None:
    """Y6"""
    book.transfer(BANK, CASH, 5)
    assert len(book.reverse(1).postings) == 2
    assert book.balance(BANK).units == book.balance(CASH).units == 0


def test_an_unknown_transaction_is_not_reversed(book: Ledger, untouched: Untouched) -> None:
    """Y24"""
    with untouched(book), pytest.raises(TransactionNotFound, match="no transaction 12345"):
        book.reverse(12345)


@pytest.mark.parametrize("unknown", [999, "999", "Assets:Nowhere", {"user": 999}])
def test_an_unknown_account_id_is_not_accepted(book: Ledger, untouched: Untouched, unknown: Any) -> None:
    """Y9: the ancestors leave an orphan posting"""
    for act in (book.increase, book.decrease):
        with untouched(book), pytest.raises(UnknownAccount):
            act(unknown, 5)
    with untouched(book), pytest.raises(UnknownAccount):
        book.transfer(BANK, unknown, 5)


def test_an_empty_or_ambiguous_filter_does_not_take_the_first_account(members: Ledger, untouched: Untouched) -> None:
    """Y10"""
    with untouched(members), pytest.raises(EmptyFilter):
        members.increase({}, 5)
    with untouched(members), pytest.raises(AmbiguousAccount):
        members.increase({"user": 1}, 5)
    with untouched(members), pytest.raises(AmbiguousAccount):
        members.balance({"type": "purchases"})


def test_a_read_creates_no_account_and_answers_zero_for_an_empty_one(members: Ledger, untouched: Untouched) -> None:
    """Y7, I17"""
    assert members.balance({"user": 1, "type": "purchases"}).units == 0
    for ask in (members.balance, members.calculate_balance, members.register):
        with untouched(members), pytest.raises(UnknownAccount):
            ask({"user": 3})


def test_accounts_are_not_opened_unless_that_is_asked_for(book: Ledger, untouched: Untouched) -> None:
    """Y8: the ancestors' default is to open them"""
    with untouched(book), pytest.raises(UnknownAccount):
        book.transfer({"user": 7, "type": "a"}, {"user": 7, "type": "b"}, 5)


@pytest.mark.sqlite_only
def test_default_settings_commit(sqlite_book: Ledger) -> None:
    """I14, Y4 of 1.0.0: read back from a fresh process"""
    with sqlite_book as book:
        book.transfer(BANK, CASH, 5)
        program = (
            "import json, sys\nfrom tui_ledger import Ledger\n"
            "with Ledger.open(sys.argv[1]) as ledger:\n"
            "    print(json.dumps([len(ledger.journal()), str(ledger.balance('Assets:Cash'))]))\n"
        )
        found = subprocess.run([sys.executable, "-c", program, str(book.path)], capture_output=True, check=True)
    assert json.loads(found.stdout) == [1, "5.00 EUR"]


def test_an_act_inside_the_caller_s_write_is_neither_committed_nor_rolled_back_alone(book: Ledger) -> None:
    """I13, I14: a failing second act leaves the first neither visible nor open"""
    with pytest.raises(SelfTransfer), book.write():  # noqa: PT012
        book.transfer(BANK, CASH, 5)
        book.transfer(BANK, BANK, 5)
    assert len(book.journal()) == 0
    with book.write():
        book.transfer(BANK, CASH, 5)
    assert len(book.journal()) == 1


def test_a_transfer_keeps_the_caller_s_date(book: Ledger) -> None:
    """Y4, B6"""
    assert book.transfer(BANK, CASH, 5, date="2025-12-31").date == date(2025, 12, 31)
    assert balances(book, CASH) == ["5.00"]
    assert book.balance(CASH, at="2025-12-30").units == 0


def test_ids_named_in_the_data_do_not_become_the_transaction_s(book: Ledger) -> None:
    """Y2, Y13, Y20: a raw key `data` is not lost either"""
    data = {
        "id": 77,
        "number": 77,
        "accountId": 1,
        "extraAccountId": 2,
        "amount": 1,
        "date": "1999-01-01",
        "data": "kept",
    }
    posted = book.increase(BANK, 5, data=data)
    assert (posted.number, posted.data, posted.date.year) == (1, data, 2026)
    assert str(book.balance(BANK)) == "5.00 EUR"
    assert len(book.reverse(1).postings) == 2


@pytest.mark.parametrize("amount", [0, -5, "-0.01", Decimal(-1), "0.00"])
def test_zero_and_negative_amounts_do_not_pass(book: Ledger, untouched: Untouched, amount: Any) -> None:
    """Y11, B3"""
    for act in (book.increase, book.decrease):
        with untouched(book), pytest.raises(AmountNotPositive):
            act(BANK, amount)


@pytest.mark.parametrize("amount", [0.1, float("nan"), "NaN", "1,000", "1e3", "abc", None, Decimal("NaN"), "", True])
def test_what_is_no_exact_amount_is_refused_at_once_and_by_one_error(
    book: Ledger, untouched: Untouched, amount: Any
) -> None:
    """I18, Y11, B3: the ancestors fail deep inside, store 0, or cast to float"""
    with untouched(book), pytest.raises(InvalidAmount) as refused:
        book.increase(BANK, amount)
    assert isinstance(refused.value, TypeError) == isinstance(amount, float)
    assert isinstance(refused.value, FloatAmount) == isinstance(amount, float)


def test_a_transfer_to_oneself_does_not_pass(book: Ledger, untouched: Untouched) -> None:
    """Y11"""
    with untouched(book), pytest.raises(SelfTransfer):
        book.transfer(BANK, "1000", 5)


def test_an_overdraft_beyond_the_minimum_does_not_pass_on_any_later_day(book: Ledger, untouched: Untouched) -> None:
    """Y11"""
    book.edit_account(CASH, minimum=0)
    book.increase(CASH, 10, date="2026-01-01")
    book.decrease(CASH, 8, date="2026-02-01")
    with untouched(book), pytest.raises(MinimumBalanceBroken):
        book.decrease(CASH, 5, date="2026-01-15")


def test_sums_are_not_those_of_floats(book: Ledger) -> None:
    """I19, B7: a tenth and two tenths less three tenths is nothing; a million of four decimals is kept"""
    book.increase(BANK, "0.1")
    book.increase(BANK, "0.2")
    book.decrease(BANK, "0.3")
    assert book.balance(BANK).units == 0
    book.add_currency("PTS", 4)
    book.open_account("Assets:Points", "asset", currency="PTS")
    for _ in range(3):
        book.increase("Assets:Points", "999999999999.9999")
    assert str(book.balance("Assets:Points")) == "2999999999999.9997 PTS"


def test_amounts_are_not_limited_to_32_bits(book: Ledger) -> None:
    """I20"""
    book.increase(BANK, "40000000000000000.00")
    assert str(book.balance(BANK)) == "40000000000000000.00 EUR"


def test_two_accounts_do_not_share_a_name_nor_a_code(book: Ledger, untouched: Untouched) -> None:
    """I20: no unique key"""
    for name, code in (("assets:BANK", None), ("Ａssets:Bank", None), ("Assets: Bank ", None), ("Assets:New", "1000")):
        with untouched(book), pytest.raises(AccountExists):
            book.open_account(name, "asset", code=code)


def test_deleting_an_account_does_not_take_the_other_side_s_postings_with_it(
    book: Ledger, untouched: Untouched
) -> None:
    """I20"""
    book.transfer(BANK, CASH, 5)
    with untouched(book), pytest.raises(AccountInUse):
        book.delete_account(CASH)


def test_an_account_needs_no_user(book: Ledger) -> None:
    """I20"""
    assert book.open_account("Assets:Safe", "asset").attributes == {}


def test_increase_and_decrease_work_without_an_other_account(book: Ledger) -> None:
    """Y23: the documented schema makes them fail"""
    book.increase(BANK, 5)
    book.decrease(BANK, 2)
    assert [row.counter_accounts for row in book.register(BANK)] == [("Equity:Adjustments",)] * 2


def test_the_book_in_memory_answers_as_a_book_on_disk_does() -> None:
    """I16: the fake's balance by plain id is broken"""
    with Ledger.in_memory() as ledger:
        account = ledger.open_account(BANK, "asset", attributes={"user": 7})
        ledger.increase({"user": 7}, 5)
        assert [str(ledger.balance(one)) for one in (account, BANK, {"user": 7})] == ["5.00 EUR"] * 3


def test_what_is_posted_on_the_last_day_of_a_range_is_not_missing_from_it(book: Ledger) -> None:
    """B5: both ends are inclusive, and a balance of a day counts the whole day"""
    for day in ("2026-01-01", "2026-01-31", "2026-02-01"):
        book.increase(BANK, 1, date=day)
    assert len(book.register(BANK, date_from="2026-01-01", date_to="2026-01-31")) == 2
    assert str(book.balance(BANK, at="2026-01-31")) == "2.00 EUR"
    assert len(book.journal(date_from="2026-01-31", date_to="2026-01-31")) == 1


def test_rows_of_one_moment_do_not_lose_an_account_nor_their_order(book: Ledger) -> None:
    """B6, B15: the ancestors order by seconds, and drop users whose last two rows share one"""
    for amount in (5, 5, 5):
        book.increase(BANK, amount, date="2026-01-01")
    book.decrease(BANK, 5, date="2026-01-01")
    assert balances(book, BANK) == ["5.00", "10.00", "15.00", "10.00"]
    assert book.balances("2026-01-01")[book.account(BANK).id] == 1000


def test_an_act_does_not_report_success_when_nothing_was_written(book: Ledger, untouched: Untouched) -> None:
    """B2: TRUE whatever happened"""
    book.close_period("2026-01-31")
    with untouched(book), pytest.raises(LedgerError):
        book.increase(BANK, 5, date="2026-01-31")


def test_a_memo_is_kept_as_it_was_typed(book: Ledger) -> None:
    """B27: `&` becomes `&amp;` in the ancestor's data"""
    assert book.increase(BANK, 5, memo="A & B <b>").memo == "A & B <b>"
