from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tui_ledger.ledger.values import Account, AccountType, Draft, Posting, PostingStatus, Transaction, WrittenPrice
from tui_ledger.locale.catalogues import words_of
from tui_ledger.money import Currency, Money
from tui_ledger.ui import entry, entry_start
from tui_ledger.ui.entry import Line, Place
from tui_ledger.ui.entry_changes import changes
from tui_ledger.ui.entry_start import Filling
from tui_ledger.words import speaking

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


@pytest.mark.parametrize(
    ("locale", "text", "side"),
    [
        ("de_DE", "12,50 S", ("12,50", 1)),
        ("de_DE", "12,50h", ("12,50", -1)),
        ("de_DE", "12,50 c", ("12,50", -1)),
        ("de_DE", "12,50 CHF", ("12,50 CHF", 1)),
        ("es_ES", "12,50 D", ("12,50", 1)),
        ("es_ES", "12,50 H", ("12,50", -1)),
        ("fr_FR", "12,50 C", ("12,50", -1)),
        ("fr_FR", "5 USD", ("5 USD", 1)),
        ("ja_JP", "５００貸", ("５００", -1)),
        ("ar_EG", "١٢٫٥ دا", ("١٢٫٥", -1)),
        ("pt_BR", "=", ("=", 1)),
    ],
)
def test_a_side_may_be_typed_in_the_language_spoken(locale: str, text: str, side: tuple[str, int]) -> None:
    with speaking(words_of(locale)):
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
    assert entry_start.lines_like(transaction("Paper", -7000, 5000, 2000), with_every_amount=False) == [
        Filling("Expenses:Paper", Money(5000, EUR)),
        Filling("Expenses:Ink", Money(2000, EUR)),
        Filling("Assets:Bank"),
    ]


def test_a_copy_has_every_amount() -> None:
    lines = entry_start.lines_like(transaction("Paper", -5000, 5000), with_every_amount=True)
    assert lines == [Filling("Expenses:Paper", Money(5000, EUR)), Filling("Assets:Bank", Money(-5000, EUR))]


def test_a_memo_with_digits_was_about_that_one_transaction() -> None:
    assert entry_start.memo_to_repeat(transaction("Paper of the week", 1, -1)) == "Paper of the week"
    assert entry_start.memo_to_repeat(transaction("Invoice 124", 1, -1)) == ""


def test_the_open_line_goes_to_the_ledger_without_an_amount() -> None:
    postings = entry.postings([line(PAPER, 5000), line(BANK), line()])
    assert [(posting.account, posting.amount) for posting in postings] == [(PAPER, Money(5000, EUR)), (BANK, None)]


def at(line: Line, price: str, currency: str = "EUR", *, total: bool = False) -> Line:
    return replace(line, price=WrittenPrice(Decimal(price), currency, total))


def test_at_a_price_the_open_line_takes_what_the_foreign_amount_cost() -> None:
    for priced in (
        at(line(DOLLARS, 10000, USD), "0.92"),
        at(line(DOLLARS, 10000, USD), "92", total=True),
    ):
        lines = [priced, line(BANK)]
        assert entry.remainder(lines, EUR) == entry.Remainder(1, Money(-9200, EUR), is_hint=False)
        assert entry.problem(lines, EUR, written) is None


def test_a_price_on_the_line_of_the_book_gives_the_foreign_remainder() -> None:
    lines = [line(DOLLARS), at(line(BANK, -9200), "100", "USD", total=True)]
    assert entry.remainder(lines, EUR) == entry.Remainder(0, Money(10000, USD), is_hint=False)


def test_half_a_minor_unit_is_rounded_away_from_zero() -> None:
    lines = [at(line(DOLLARS, 100, USD), "0.925"), line(BANK)]
    rest = entry.remainder(lines, EUR)
    assert rest is not None
    assert rest.amount == Money(-93, EUR)
    assert entry.problem([lines[0], line(BANK, -93)], EUR, written) is None


def test_a_foreign_amount_without_a_price_is_asked_for_one() -> None:
    lines = [line(BANK, -9200), line(DOLLARS, 10000, USD)]
    assert entry.line_to_price(lines, EUR) == 1
    problem = entry.problem(lines, EUR, written)
    assert problem == entry.Problem(
        1, Place.AMOUNT, "Give the price of this USD amount: @ and what one is worth in EUR, or @@ and the total."
    )


def test_lines_that_balance_in_each_currency_need_no_price() -> None:
    other = replace(DOLLARS, id=9, name="Assets:More dollars")
    lines = [line(PAPER, 5000), line(BANK, -5000), line(DOLLARS, 700, USD), line(other, -700, USD)]
    assert entry.problem(lines, EUR, written) is None


def test_what_prices_leave_over_is_off_in_its_own_currency() -> None:
    lines = [at(line(DOLLARS, 10000, USD), "0.92"), line(BANK, -9000)]
    assert [(str(side.off.currency), side.off.units) for side in entry.sums(lines, EUR)] == [("USD", 0), ("EUR", 200)]
    problem = entry.problem(lines, EUR, written)
    assert problem is not None
    assert problem.sentence == "Debits and credits are off by 2.00."
    assert entry.sums_text(lines, EUR, lambda money: f"{money.amount} {money.currency}") == (
        "Dr 100.00 USD   Cr 90.00 EUR   off 2.00 EUR"
    )


def test_only_what_was_changed_is_given_to_the_ledger() -> None:
    stands = replace(transaction("Paper", -5000, 5000), payee="Mill", tags=("office",))
    draft = Draft(stands.date, "Paper", (), "Mill", tags=("office",))
    assert changes(stands, draft, lines_were_changed=False) == {}
    later = replace(draft, date=date(2026, 7, 2), memo="", payee=None)
    assert changes(stands, later, lines_were_changed=False) == {"date": date(2026, 7, 2), "memo": "", "payee": ""}


def test_lines_typed_as_they_were_are_no_change() -> None:
    stands = transaction("Paper", -5000, 5000)
    lines = [replace(line(BANK, -5000)), line(PAPER, 5000)]
    draft = Draft(stands.date, "Paper", entry.postings(lines))
    assert changes(stands, draft, lines_were_changed=True) == {}
    other = replace(draft, postings=entry.postings([line(BANK, -6000), line(PAPER, 6000)]))
    assert [posting.amount for posting in changes(stands, other, lines_were_changed=True)["postings"]] == [
        Money(-6000, EUR),
        Money(6000, EUR),
    ]


def test_editing_begins_with_every_line_in_its_order_and_leaves_conversions_to_the_ledger() -> None:
    price = WrittenPrice(Decimal("0.92"), "EUR", total=False)
    postings = (
        Posting("Assets:Bank", Money(-9200, EUR), Money(0, EUR), 1, status=PostingStatus.CLEARED),
        Posting("Assets:Dollars", Money(10000, USD), Money(0, USD), 2, memo="till", price=price),
        Posting("Equity:Conversion:EUR", Money(9200, EUR), Money(0, EUR), 3, conversion=True),
        Posting("Equity:Conversion:USD", Money(-10000, USD), Money(0, USD), 4, conversion=True),
    )
    start = entry_start.editing(Transaction(7, date(2026, 7, 1), "Change", postings))
    assert start.title == "Editing 7"
    assert start.lines == (
        Filling("Assets:Bank", Money(-9200, EUR), status=PostingStatus.CLEARED),
        Filling("Assets:Dollars", Money(10000, USD), price, "till"),
    )


def test_a_copy_takes_tags_and_the_memos_of_its_lines_along_but_no_status_and_no_date() -> None:
    postings = (
        Posting("Expenses:Paper", Money(5000, EUR), Money(0, EUR), 1, memo="two boxes", status=PostingStatus.CLEARED),
        Posting("Assets:Bank", Money(-5000, EUR), Money(0, EUR), 2),
    )
    original = Transaction(7, date(2026, 7, 1), "Paper", postings, "Mill", reference="R1", tags=("office",))
    start = entry_start.copy_of(original)
    assert (start.payee, start.memo, start.tags, start.date, start.edited) == ("Mill", "Paper", ("office",), None, None)
    assert start.lines[0] == Filling("Expenses:Paper", Money(5000, EUR), memo="two boxes")
