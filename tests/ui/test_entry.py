from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tui_ledger.ledger.values import Account, AccountType, Posting, Transaction
from tui_ledger.money import Currency, Money
from tui_ledger.ui import entry
from tui_ledger.ui.entry import Line, Place

EUR, USD = Currency("EUR", 2), Currency("USD", 2)
BANK = Account(1, "Assets:Bank", AccountType.ASSET, EUR)
PAPER = Account(2, "Expenses:Paper", AccountType.EXPENSE, EUR)
DOLLARS = Account(3, "Assets:Dollars", AccountType.ASSET, USD)


def line(account: Account | None = None, units: int | None = None, currency: Currency = EUR) -> Line:
    amount = None if units is None else Money(units, currency)
    return Line(account.name if account else "", "" if amount is None else str(amount), account, amount)


def written(money: Money) -> str:
    return str(money.amount)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("12.50", ("12.50", 1)),
        ("12.50 c", ("12.50", -1)),
        ("12.50Cr", ("12.50", -1)),
        ("(3+4)*2 d", ("(3+4)*2", 1)),
        ("12 AED", ("12 AED", 1)),
        ("", ("", 1)),
    ],
)
def test_a_side_may_be_typed_behind_an_amount(text: str, side: tuple[str, int]) -> None:
    assert entry.side_of(text) == side


def test_the_one_open_line_takes_the_remainder() -> None:
    lines = [line(PAPER, 5000), line(BANK)]
    assert entry.remainder(lines, EUR) == entry.Remainder(1, Money(-5000, EUR), is_hint=False)
    assert entry.problem(lines, EUR, written) is None


def test_an_empty_line_shows_what_it_would_take_but_does_not_balance_the_entry() -> None:
    lines = [line(PAPER, 5000), line()]
    assert entry.remainder(lines, EUR) == entry.Remainder(1, Money(-5000, EUR), is_hint=True)
    assert [side.off for side in entry.sums(lines, EUR)] == [Money(5000, EUR)]


def test_two_open_lines_take_nothing() -> None:
    lines = [line(PAPER), line(BANK)]
    assert entry.remainder(lines, EUR) is None
    assert entry.problem(lines, EUR, written) == entry.Problem(
        0, Place.AMOUNT, "Give the amount: only one line may be left open."
    )


def test_sums_are_told_by_currency() -> None:
    lines = [line(PAPER, 5000), line(BANK, -2000), line(DOLLARS, 700, USD)]
    sums = entry.sums(lines, EUR)
    assert [(side.debit.units, side.credit.units, side.off.units, str(side.off.currency)) for side in sums] == [
        (5000, 2000, 3000, "EUR"),
        (700, 0, 700, "USD"),
    ]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ([line(PAPER, 5000), replace(line(BANK), account_error="There is no such account.")], (1, Place.ACCOUNT)),
        ([replace(line(PAPER), amount_text="1,2,3", amount_error="No amount."), line(BANK)], (0, Place.AMOUNT)),
        ([line(None, 5000), line(BANK)], (0, Place.ACCOUNT)),
        ([line(PAPER, 5000), line()], (1, Place.ACCOUNT)),
        ([line(), line()], (0, Place.ACCOUNT)),
        ([line(PAPER, 5000), line(BANK, -5000), line(BANK)], (2, Place.AMOUNT)),
        ([line(PAPER, 5000), line(BANK, -4000), line()], (1, Place.AMOUNT)),
    ],
)
def test_what_keeps_an_entry_from_being_posted_is_found_where_it_stands(
    lines: list[Line], where: tuple[int, Place]
) -> None:
    problem = entry.problem(lines, EUR, written)
    assert problem is not None
    assert (problem.line, problem.place) == where


def test_an_entry_that_is_off_says_by_how_much() -> None:
    problem = entry.problem([line(PAPER, 145000), line(BANK, -140000)], EUR, written)
    assert problem is not None
    assert problem.sentence == "Debits and credits are off by 50.00."


@pytest.mark.parametrize(
    ("lines", "after", "gap"),
    [
        ([line(), line()], -1, (0, Place.ACCOUNT)),
        ([line(PAPER, 5000), line()], 0, (1, Place.ACCOUNT)),
        ([line(PAPER, 5000), line(BANK)], 0, (2, Place.ACCOUNT)),
        ([line(PAPER, 5000), line(PAPER), line(BANK)], 0, (1, Place.AMOUNT)),
        ([line(PAPER, 5000), line(BANK, -5000), line()], 1, (2, Place.ACCOUNT)),
    ],
)
def test_enter_leads_to_what_is_still_missing(lines: list[Line], after: int, gap: tuple[int, Place]) -> None:
    assert entry.next_gap(lines, after, EUR) == gap


def transaction(memo: str, *amounts: int) -> Transaction:
    accounts = ("Assets:Bank", "Expenses:Paper", "Expenses:Ink")
    postings = tuple(
        Posting(accounts[place], Money(units, EUR), Money(0, EUR), place + 1) for place, units in enumerate(amounts)
    )
    return Transaction(7, date(2026, 7, 1), memo, postings)


def test_a_transaction_to_repeat_has_its_debits_first_and_its_last_amount_open() -> None:
    assert entry.lines_like(transaction("Paper", -7000, 5000, 2000), with_every_amount=False) == [
        ("Expenses:Paper", Money(5000, EUR)),
        ("Expenses:Ink", Money(2000, EUR)),
        ("Assets:Bank", None),
    ]


def test_a_copy_has_every_amount() -> None:
    lines = entry.lines_like(transaction("Paper", -5000, 5000), with_every_amount=True)
    assert lines == [("Expenses:Paper", Money(5000, EUR)), ("Assets:Bank", Money(-5000, EUR))]


def test_a_memo_with_digits_was_about_that_one_transaction() -> None:
    assert entry.memo_to_repeat(transaction("Paper of the week", 1, -1)) == "Paper of the week"
    assert entry.memo_to_repeat(transaction("Invoice 124", 1, -1)) == ""


def test_the_open_line_goes_to_the_ledger_without_an_amount() -> None:
    postings = entry.postings([line(PAPER, 5000), line(BANK), line()])
    assert [(posting.account, posting.amount) for posting in postings] == [(PAPER, Money(5000, EUR)), (BANK, None)]
