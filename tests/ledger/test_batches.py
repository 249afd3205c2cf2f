"""Batches: many drafts as one act, all or nothing, each touched account computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Draft, DraftPosting, Ledger, credit, debit
from tui_ledger.ledger.accounts import AccountDraft

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"


def sale(day: str, amount: int, **given: Any) -> Draft:
    return Draft(date.fromisoformat(day), "Sale", (debit(BANK, amount), credit(SALES, amount)), **given)


def bank_rows(book: Ledger) -> list[tuple[int, int]]:
    return [(row.transaction, int(row.balance.amount)) for row in book.register(BANK)]


def test_a_batch_numbers_its_drafts_in_their_order_and_balances_them_by_date(book: Ledger) -> None:
    done = book.post_batch([sale("2026-01-31", 1), sale("2026-01-01", 2), sale("2026-01-15", 4), sale("2026-01-15", 8)])
    assert list(done.numbers) == [1, 2, 3, 4]
    assert bank_rows(book) == [(2, 2), (3, 6), (4, 14), (1, 15)]
    assert {book.transaction(number).batch for number in done.numbers} == {done.batch}
    assert book.verify().ok


def test_a_batch_goes_between_rows_that_are_there(book: Ledger) -> None:
    for day, amount in (("2026-01-10", 1), ("2026-03-10", 2), ("2026-05-10", 4)):
        book.post_draft(sale(day, amount))
    book.post_batch([sale("2026-06-01", 8), sale("2026-02-01", 16), sale("2026-04-01", 32), sale("2026-01-10", 64)])
    assert bank_rows(book) == [(1, 1), (7, 65), (5, 81), (2, 83), (6, 115), (3, 119), (4, 127)]
    assert book.balance(BANK, at="2026-02-28").amount == 81
    assert book.verify().ok


def test_the_pieces_a_batch_is_written_in_do_not_show(book: Ledger) -> None:
    first = date(2020, 1, 1)
    days = [(step * 7919) % 5100 % 2000 for step in range(5100)]

    def drafts() -> Iterator[Draft]:
        for step, day in enumerate(days):
            yield sale((first + timedelta(days=day)).isoformat(), step + 1)

    seen: list[tuple[int, int]] = []
    done = book.post_batch(drafts(), total=5100, progress=lambda number, total: seen.append((number, total)))
    assert len(done.numbers) == 5100
    assert seen == [(5000, 5100), (5100, 5100)]
    expected, running = [], 0
    for _, number in sorted((day, number) for number, day in enumerate(days, 1)):
        running += number
        expected.append((number, running))
    assert bank_rows(book) == expected
    assert book.verify().ok


def test_the_second_piece_of_a_batch_sees_the_rows_of_the_first(book: Ledger) -> None:
    drafts = [sale("2026-05-05", 1) for _ in range(5000)] + [
        sale("2026-05-04", 1),
        sale("2026-05-05", 1),
        sale("2026-05-06", 1),
    ]
    book.post_batch(drafts)
    assert [int(row.balance.amount) for row in book.register(BANK)] == list(range(1, 5004))
    assert [row.transaction for row in book.register(BANK)][:2] == [5001, 1]
    assert book.verify().ok


def test_a_batch_opens_accounts_and_fixes_currencies_of_its_own(book: Ledger) -> None:
    lines = (DraftPosting("Assets:Gold", "1.2345"), DraftPosting("Equity:Gold"))
    done = book.post_batch(
        [Draft(date(2026, 1, 1), "Found", lines)],
        accounts=[
            AccountDraft("Assets:Gold", "asset", "GOLD"),
            AccountDraft("Equity:Gold", "equity", "GOLD", code="3900"),
        ],
        currencies={"GOLD": 4},
    )
    assert [account.name for account in done.accounts_opened] == ["Assets:Gold", "Equity:Gold"]
    assert str(book.balance("3900")) == "1.2345 GOLD"
    assert book.currency_of("GOLD").digits == 4
    assert book.verify().ok


def test_an_empty_batch_changes_nothing(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book):
        assert list(book.post_batch([]).numbers) == []


SLIPS: dict[str, tuple[type[LedgerError], dict[str, Any]]] = {
    "a draft off balance": (
        errors.UnbalancedTransaction,
        {"drafts": [sale("2026-01-01", 1), Draft(date(2026, 1, 2), "Slip", (debit(BANK, 1), credit(SALES, 2)))]},
    ),
    "a draft to an unknown account": (
        errors.UnknownAccount,
        {"drafts": [sale("2026-01-01", 1), Draft(None, "Slip", (debit("Assets:Nowhere", 1), credit(SALES, 1)))]},
    ),
    "an account that is there": (
        errors.AccountExists,
        {
            "drafts": [sale("2026-01-01", 1)],
            "accounts": [AccountDraft("Assets:New", "asset"), AccountDraft(BANK, "asset")],
        },
    ),
    "a currency of too many digits": (errors.BookRefused, {"drafts": [], "currencies": {"GOLD": 13}}),
    "a currency of no code": (errors.InvalidCurrency, {"drafts": [], "currencies": {"G OLD": 2}}),
    "a label of none": (errors.InvalidText, {"drafts": [sale("2026-01-01", 1)], "label": ""}),
    "a label with half a pair": (errors.InvalidText, {"drafts": [sale("2026-01-01", 1)], "label": "\ud800"}),
    "a balance too large": (
        errors.BalanceTooLarge,
        {"drafts": [sale(f"2026-01-0{day}", 4 * 10**16) for day in (1, 2)]},
    ),
    "a balance too large in between": (
        errors.BalanceTooLarge,
        {
            "drafts": [
                sale("2026-01-03", 4 * 10**16),
                sale("2026-01-02", 1),
                Draft(date(2026, 1, 4), "Back", (credit(BANK, 1), debit(SALES, 1))),
            ]
        },
    ),
}


@pytest.mark.parametrize("case", SLIPS)
def test_a_batch_with_one_slip_is_refused_whole(book: Ledger, untouched: Callable[[Ledger], Any], case: str) -> None:
    kind, given = SLIPS[case]
    with untouched(book), pytest.raises(LedgerError) as caught:
        book.post_batch(**given)
    assert type(caught.value) is kind, repr(caught.value)
    assert book.post_draft(sale("2026-01-01", 1)).number == 1


@pytest.mark.parametrize("where", ["drafts", "progress"])
def test_whatever_is_raised_while_a_batch_is_read_undoes_it(
    book: Ledger, untouched: Callable[[Ledger], Any], where: str
) -> None:
    def drafts() -> Iterator[Draft]:
        yield sale("2026-01-01", 1)
        if where == "drafts":
            raise KeyboardInterrupt

    def progress(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with untouched(book), pytest.raises(KeyboardInterrupt):
        book.post_batch(drafts(), accounts=[AccountDraft("Assets:New", "asset")], progress=progress)


def test_a_minimum_is_checked_on_every_row_from_the_first_touched_day(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.open_account("Assets:Till", "asset", minimum=0)
    book.post("In", debit("Assets:Till", 50), credit(SALES, 50), date="2026-03-01")

    def out(day: str, amount: int) -> Draft:
        return Draft(date.fromisoformat(day), "Out", (debit(RENT, amount), credit("Assets:Till", amount)))

    with untouched(book), pytest.raises(errors.MinimumBalanceBroken, match="2026-02-01"):
        book.post_batch([out("2026-04-01", 10), out("2026-02-01", 10)])
    with untouched(book), pytest.raises(errors.MinimumBalanceBroken, match="2026-04-03"):
        book.post_batch([out("2026-04-03", 30), out("2026-04-02", 30)])
    book.post_batch([out("2026-04-03", 30), out("2026-04-02", 20)])
    assert book.balance("Assets:Till").units == 0


def test_a_batch_that_balances_out_over_its_own_rows_is_accepted_in_any_order(book: Ledger) -> None:
    largest = 4 * 10**16
    back = Draft(date(2026, 1, 2), "Back", (credit(BANK, largest), debit(SALES, largest)))
    book.post_batch([sale("2026-01-03", largest), back, sale("2026-01-01", largest)])
    assert bank_rows(book) == [(3, largest), (2, 0), (1, largest)]
    assert book.verify().ok


def test_batches_and_single_acts_mix_in_one_write(book: Ledger) -> None:
    with book.write():
        book.post_draft(sale("2026-02-02", 1))
        book.post_batch([sale("2026-02-01", 2), sale("2026-02-03", 4)])
        book.reverse(1, date="2026-02-02")
    assert bank_rows(book) == [(2, 2), (1, 3), (4, 2), (3, 6)]
    assert book.verify().ok


def test_two_lines_of_a_draft_on_one_account_keep_their_order(book: Ledger) -> None:
    both = Draft(date(2026, 1, 2), "Both", (debit(BANK, 10), credit(BANK, 4), credit(SALES, 6)))
    book.post_draft(sale("2026-01-03", 100))
    book.post_batch([both, both])
    assert [(row.transaction, row.line, int(row.balance.amount)) for row in book.register(BANK)] == [
        (2, 1, 10),
        (2, 2, 6),
        (3, 1, 16),
        (3, 2, 12),
        (1, 1, 112),
    ]
    assert book.verify().ok


def test_drafts_without_a_date_are_of_today(book: Ledger) -> None:
    book.post_batch([Draft(memo="Now", postings=(debit(BANK, 1), credit(SALES, 1)))])
    assert book.transaction(1).date == date(2026, 6, 15)


def test_a_long_batch_before_later_rows_is_undone_and_done_again_with_every_balance_right(book: Ledger) -> None:
    book.edit_account(BANK, minimum="-1000")
    for day in range(1, 29):
        book.post("Later", debit(BANK, 3), credit(SALES, 3), date=f"2026-05-{day:02}")
    drafts = [
        Draft(date(2026, 1, 1) + timedelta(days=place % 100), f"{place}", (debit(BANK, 1), credit(SALES, 1)))
        for place in range(120)
    ]
    batch = book.post_batch(drafts, actor="ada")
    assert len(batch.numbers) == 120
    for step, held in ((book.undo, "84.00"), (book.redo, "204.00"), (book.undo, "84.00")):
        step(actor="ada")
        assert str(book.balance(BANK).amount) == held
        assert all(book.balance(one) == book.calculate_balance(one) for one in (BANK, SALES))
        assert book.verify().ok
    book.decrease(BANK, 1000, date="2026-04-01")
    with pytest.raises(errors.LedgerError):
        book.decrease(BANK, 200, date="2026-04-02")
