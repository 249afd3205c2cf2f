"""What a posting is refused for: each with its own error, and nothing at all written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import LedgerError
from tui_ledger.ledger import AccountType, Draft, DraftPosting, Ledger, WrittenPrice, credit, debit
from tui_ledger.money import LARGEST_UNITS, Currency, Money

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
DOLLARS, DOLLAR_EQUITY = "Assets:Dollars", "Equity:Dollars"
EUR, USD = Currency("EUR", 2), Currency("USD", 2)
LARGEST = Money(LARGEST_UNITS, EUR)

Lines = tuple[DraftPosting, ...]


def sides(amount: Any = 5, other: Any = -5, bank: Any = BANK, sales: Any = SALES) -> Lines:
    return (DraftPosting(bank, amount), DraftPosting(sales, other))


@pytest.fixture
def busy_book(book: Ledger) -> Ledger:
    """The book with a closed, a placeholder, a later and a limited account, two that share an attribute, and sales."""
    book.post("Opening", debit(BANK, 100), credit("Equity:Opening", 100), date="2026-01-01")
    book.open_account("Assets:Old", AccountType.ASSET)
    book.close_account("Assets:Old", date="2026-02-01")
    book.open_account("Assets:Folder", AccountType.ASSET, placeholder=True)
    book.open_account("Assets:Next year", AccountType.ASSET, opened=date(2027, 1, 1))
    book.open_account("Liabilities:Member", AccountType.LIABILITY, minimum=0, attributes={"user": 7})
    book.open_account("Liabilities:Other", AccountType.LIABILITY, attributes={"user": 7})
    book.post("Paid in", debit(BANK, 20), credit("Liabilities:Member", 20), date="2026-03-01")
    return book


UNBALANCED: dict[str, tuple[type[LedgerError], Lines]] = {
    "no posting": (errors.TooFewPostings, ()),
    "one posting": (errors.TooFewPostings, (DraftPosting(BANK, 5),)),
    "one posting without an amount": (errors.TooFewPostings, (DraftPosting(BANK),)),
    "a cent off": (errors.UnbalancedTransaction, sides("10", "-9.99")),
    "two debits": (errors.UnbalancedTransaction, sides("10", "10")),
    "balanced only over two currencies": (errors.UnbalancedTransaction, sides("10", "-10", BANK, DOLLARS)),
    "one of two currencies off": (
        errors.UnbalancedTransaction,
        (*sides(), DraftPosting(DOLLARS, 5), DraftPosting(DOLLAR_EQUITY, -6)),
    ),
    "two amounts left out": (errors.SeveralAmountsMissing, (*sides(10, None), DraftPosting(CASH))),
    "nothing remains": (errors.NothingRemains, (*sides(), DraftPosting(CASH))),
    "the remainder is in another currency": (
        errors.RemainderInSeveralCurrencies,
        (DraftPosting(BANK, 5), DraftPosting(DOLLARS)),
    ),
    "the remainder is in two currencies": (
        errors.RemainderInSeveralCurrencies,
        (DraftPosting(BANK, 5), DraftPosting(DOLLARS, 5), DraftPosting(SALES)),
    ),
    "the remainder is too large": (errors.AmountTooLarge, (*sides(LARGEST, LARGEST), DraftPosting(CASH))),
    "a balance would grow too large": (errors.BalanceTooLarge, sides(LARGEST, -LARGEST)),
    "the sum is too large": (
        errors.BalanceTooLarge,
        tuple(DraftPosting(CASH, LARGEST) for _ in range(3)) + tuple(DraftPosting(SALES, -LARGEST) for _ in range(3)),
    ),
}

AMOUNTS: dict[str, tuple[type[LedgerError], Any]] = {
    "zero": (errors.ZeroAmount, 0),
    "minus zero": (errors.ZeroAmount, "-0.00"),
    "zero as money": (errors.ZeroAmount, Money(0, EUR)),
    "not a number": (errors.InvalidAmount, Decimal("NaN")),
    "a signalling nan": (errors.InvalidAmount, Decimal("sNaN")),
    "infinity": (errors.InvalidAmount, Decimal("Infinity")),
    "nan as text": (errors.InvalidAmount, "NaN"),
    "infinity as text": (errors.InvalidAmount, "Infinity"),
    "an exponent": (errors.InvalidAmount, "1e5"),
    "an underscore": (errors.InvalidAmount, "1_000"),
    "grouping": (errors.InvalidAmount, "1,000"),
    "a decimal comma": (errors.InvalidAmount, "1,5"),
    "other digits": (errors.InvalidAmount, "\u0665"),
    "empty": (errors.InvalidAmount, ""),
    "a currency sign": (errors.InvalidAmount, "5 EUR"),
    "true": (errors.InvalidAmount, True),
    "bytes": (errors.InvalidAmount, b"5"),
    "a fraction": (errors.InvalidAmount, Fraction(1, 2)),
    "a float": (errors.FloatAmount, 5.0),
    "a float nan": (errors.FloatAmount, float("nan")),
    "surplus decimals": (errors.TooManyDecimals, "5.001"),
    "surplus decimals of a decimal": (errors.TooManyDecimals, Decimal("5.001")),
    "a unit too large": (errors.AmountTooLarge, LARGEST + Money(1, EUR)),
    "beyond 64 bits": (errors.AmountTooLarge, 2**63),
    "another currency": (errors.WrongCurrency, Money(500, USD)),
}

ACCOUNTS: dict[str, tuple[type[LedgerError], Any]] = {
    "unknown": (errors.UnknownAccount, "Assets:Bnak"),
    "an id of nothing": (errors.UnknownAccount, 999),
    "a node of the tree": (errors.UnknownAccount, "Assets"),
    "empty": (errors.UnknownAccount, ""),
    "half a pair": (errors.InvalidText, "Assets:\ud800"),
    "closed": (errors.AccountClosed, "Assets:Old"),
    "a placeholder": (errors.PlaceholderAccount, "Assets:Folder"),
    "not yet open": (errors.AccountNotYetOpen, "Assets:Next year"),
    "several": (errors.AmbiguousAccount, {"user": 7}),
    "several as text": (errors.AmbiguousAccount, "{user=7}"),
    "none": (errors.UnknownAccount, {"user": 8}),
    "an empty filter": (errors.EmptyFilter, {}),
    "an empty filter as text": (errors.EmptyFilter, "{}"),
    "a broken filter": (errors.InvalidName, "{user}"),
    "below its minimum": (errors.MinimumBalanceBroken, "Liabilities:Member"),
}

DATES = [
    "2026-02-30",
    "2026-1-1",
    "30.01.2026",
    "",
    "today",
    "0000-01-01",
    "10000-01-01",
    "2026-06-15T10:00",
    20260615,
    datetime(2026, 6, 15),  # noqa: DTZ001
    datetime(2026, 6, 15, tzinfo=UTC),
]

MEMOS = ["a\x00b", "\ud800", "x" * 5001, 7, b"x"]
PRICES = [
    WrittenPrice(Decimal("NaN"), "USD", total=False),
    WrittenPrice(Decimal("Infinity"), "USD", total=True),
    WrittenPrice(Decimal("1E+1000000"), "USD", total=False),
    WrittenPrice(Decimal("1E-1000000"), "USD", total=False),
    WrittenPrice(0.92, "USD", total=False),  # type: ignore[arg-type]
    WrittenPrice(Decimal(1), "", total=False),
    WrittenPrice(Decimal(1), "US D", total=False),
]

DEEP: dict[str, Any] = {}
for _ in range(150):
    DEEP = {"a": DEEP}
CIRCULAR: dict[str, Any] = {}
CIRCULAR["self"] = CIRCULAR

TEXTS: dict[str, dict[str, Any]] = {
    "a nul in the payee": {"payee": "a\x00b"},
    "a nul in the reference": {"reference": "\x00"},
    "a nul in a tag": {"tags": ["a\x00"]},
    "a nul in data": {"data": {"a": ["x\x00"]}},
    "a nul in a key of data": {"data": {"a\x00": 1}},
    "half a pair in the payee": {"payee": "\ud800"},
    "half a pair in the reference": {"reference": "a\udfff"},
    "half a pair in a tag": {"tags": ["\ud800"]},
    "half a pair in data": {"data": {"a": "\ud800"}},
    "half a pair in a key of data": {"data": {"\ud800": 1}},
    "a payee too long": {"payee": "x" * 501},
    "a reference too long": {"reference": "x" * 501},
    "a tag too long": {"tags": ["x" * 501]},
    "an empty tag": {"tags": [" "]},
    "a tag that is no text": {"tags": [7]},
    "one text for tags": {"tags": "export"},
    "a payee that is no text": {"payee": 7},
    "a reference in bytes": {"reference": b"x"},
    "nan in data": {"data": {"a": float("nan")}},
    "infinity in data": {"data": {"a": [float("-inf")]}},
    "a decimal in data": {"data": {"a": Decimal(1)}},
    "a date in data": {"data": {"a": date(2026, 1, 1)}},
    "a set in data": {"data": {"a": {1}}},
    "bytes in data": {"data": {"a": b"x"}},
    "a key of data that is no text": {"data": {7: 1}},
    "keys of data that do not sort": {"data": {"a": {1: 1, "b": 2}}},
    "data nested too deeply": {"data": {"a": DEEP}},
    "data that holds itself": {"data": CIRCULAR},
    "an empty key": {"key": ""},
    "a nul in the key": {"key": "a\x00"},
    "a key too long": {"key": "x" * 501},
    "a key that is no text": {"key": 7},
    "an empty actor": {"actor": ""},
    "half a pair in the actor": {"actor": "\udcff"},
    "a nul in the actor": {"actor": "a\x00"},
}


@pytest.fixture
def refused(busy_book: Ledger, untouched: Callable[[Ledger], Any]) -> Callable[..., LedgerError]:
    """Tries to post, with a key and without; returns the error after checking that nothing was written."""

    def attempt(kind: type[LedgerError], *lines: DraftPosting, memo: Any = "Slip", **given: Any) -> LedgerError:
        keys = [{}] if "key" in given else [{}, {"key": "retry"}]
        for key in keys:
            with untouched(busy_book), pytest.raises(LedgerError) as caught:
                busy_book.post(memo, *lines, **given, **key)
            assert type(caught.value) is kind, repr(caught.value)
            assert "\n" not in str(caught.value)
        assert busy_book.post("Good", debit(CASH, 1), credit(SALES, 1)).number == 3
        assert busy_book.verify().ok
        return caught.value

    return attempt


@pytest.mark.parametrize("case", UNBALANCED)
def test_what_does_not_balance_is_refused(refused: Callable[..., LedgerError], case: str) -> None:
    kind, lines = UNBALANCED[case]
    refused(kind, *lines)


@pytest.mark.parametrize("case", AMOUNTS)
def test_what_is_no_amount_for_the_account_is_refused(refused: Callable[..., LedgerError], case: str) -> None:
    kind, amount = AMOUNTS[case]
    refused(kind, DraftPosting(BANK, amount), DraftPosting(SALES, -5))


@pytest.mark.parametrize("case", ACCOUNTS)
def test_an_account_that_does_not_take_it_is_refused(refused: Callable[..., LedgerError], case: str) -> None:
    kind, account = ACCOUNTS[case]
    refused(kind, DraftPosting(account, "20.01"), DraftPosting(SALES, "-20.01"))


@pytest.mark.parametrize("day", DATES, ids=repr)
def test_what_is_no_day_is_refused(refused: Callable[..., LedgerError], day: Any) -> None:
    refused(errors.InvalidDate, *sides(), date=day)


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_that_cannot_be_kept_is_refused(refused: Callable[..., LedgerError], case: str) -> None:
    refused(errors.InvalidText, *sides(), **TEXTS[case])


@pytest.mark.parametrize("memo", MEMOS, ids=lambda memo: repr(memo)[:12])
def test_a_memo_that_cannot_be_kept_is_refused(refused: Callable[..., LedgerError], memo: Any) -> None:
    refused(errors.InvalidText, *sides(), memo=memo)


@pytest.mark.parametrize("memo", MEMOS, ids=lambda memo: repr(memo)[:12])
def test_a_posting_s_memo_that_cannot_be_kept_is_refused(refused: Callable[..., LedgerError], memo: Any) -> None:
    refused(errors.InvalidText, DraftPosting(BANK, 5, memo), DraftPosting(SALES, -5))


def test_a_status_that_is_none_is_refused(refused: Callable[..., LedgerError]) -> None:
    refused(errors.InvalidSetting, DraftPosting(BANK, 5, status="settled"), DraftPosting(SALES, -5))  # type: ignore[arg-type]


def test_a_line_said_to_be_in_another_currency_is_refused(refused: Callable[..., LedgerError]) -> None:
    refused(errors.WrongCurrency, DraftPosting(BANK, 5, currency="USD"), DraftPosting(SALES, -5))


def test_a_float_is_refused_by_an_error_that_is_also_a_type_error(busy_book: Ledger) -> None:
    for wrong in (
        lambda: debit(BANK, 1.5),
        lambda: credit(BANK, float("nan")),
        lambda: busy_book.post("x", *sides(5.0)),
    ):
        with pytest.raises(TypeError) as caught:
            wrong()  # type: ignore[no-untyped-call]
        assert isinstance(caught.value, errors.FloatAmount)


@pytest.mark.parametrize("amount", [0, -5, "-0.01", Decimal(0), Money(-5, EUR), Decimal("-1E+5000")], ids=str)
def test_debit_and_credit_take_positive_amounts_only(amount: Any) -> None:
    for side in (debit, credit):
        with pytest.raises(errors.AmountNotPositive):
            side(BANK, amount)


@pytest.mark.parametrize(
    "amount", [True, "1e5", "", None, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), "1,5", b"1"]
)
def test_debit_and_credit_take_plain_amounts_only(amount: Any) -> None:
    for side in (debit, credit):
        with pytest.raises(errors.InvalidAmount):
            side(BANK, amount)


def test_a_closed_period_takes_nothing(refused: Callable[..., LedgerError], busy_book: Ledger) -> None:
    busy_book.close_period("2026-05-31")
    assert busy_book.closed_through == date(2026, 5, 31)
    refused(errors.PeriodClosed, *sides(), date="2026-05-31")
    assert busy_book.post("June", *sides(), date="2026-06-01").number == 4


def test_a_refused_draft_opens_no_account_and_takes_no_number(
    busy_book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    with untouched(busy_book), pytest.raises(errors.UnbalancedTransaction), busy_book.write():  # noqa: PT012
        busy_book.open_account("Assets:New", AccountType.ASSET)
        busy_book.post("Slip", debit("Assets:New", 5), credit(SALES, 6))
    with pytest.raises(errors.UnknownAccount):
        busy_book.account("Assets:New")


def test_a_balance_that_would_grow_too_large_later_on_refuses_the_back_dated_posting(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.post("Nearly all", *sides(LARGEST, -LARGEST), date="2026-05-01")
    with untouched(book), pytest.raises(errors.BalanceTooLarge):
        book.post("Before", *sides("0.01", "-0.01"), date="2026-01-01")
    book.post("Less", *sides("-0.01", "0.01"), date="2026-01-01")
    book.post("Then it fits", *sides("0.01", "-0.01"), date="2026-02-01")
    assert book.verify().ok


def test_a_minimum_broken_on_any_later_row_refuses_the_posting(
    book: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    book.open_account("Assets:Till", AccountType.ASSET, minimum="10")
    book.post("In", debit("Assets:Till", 50), credit(SALES, 50), date="2026-01-01")
    book.post("Out", debit(RENT, 40), credit("Assets:Till", 40), date="2026-03-01")
    book.post("In again", debit("Assets:Till", 90), credit(SALES, 90), date="2026-05-01")
    with (
        untouched(book),
        pytest.raises(errors.MinimumBalanceBroken, match=r"fall to 9\.99 EUR on 2026-03-01, below .* 10\.00"),
    ):
        book.post("Too early", debit(RENT, "0.01"), credit("Assets:Till", "0.01"), date="2026-02-01")
    book.post("Late enough", debit(RENT, 90), credit("Assets:Till", 90), date="2026-05-02")
    assert book.balance("Assets:Till").amount == 10


@pytest.mark.parametrize("kind", [errors.UnknownAccount, errors.TransactionNotFound])
def test_reading_what_is_not_there_is_refused_and_makes_nothing(
    book: Ledger, untouched: Callable[[Ledger], Any], kind: type[LedgerError]
) -> None:
    asked = {
        errors.UnknownAccount: [
            lambda: book.balance("Assets:New"),
            lambda: book.register({"user": 1}),
            lambda: book.account(77),
        ],
        errors.TransactionNotFound: [lambda n=n: book.transaction(n) for n in (0, 1, -1, 2**63, 2**80)],
    }[kind]
    with untouched(book):
        for ask in asked:
            with pytest.raises(kind):
                ask()  # type: ignore[no-untyped-call]


def test_an_unknown_account_is_answered_with_the_nearest_name(book: Ledger) -> None:
    with pytest.raises(errors.UnknownAccount, match="did you mean 'Assets:Bank'"):
        book.account("Assets:Bnk")


@pytest.mark.parametrize("price", PRICES, ids=lambda price: repr(price)[:40])
def test_a_price_that_is_none_is_refused(book: Ledger, untouched: Callable[[Ledger], Any], price: WrittenPrice) -> None:
    with untouched(book), pytest.raises(errors.InvalidValue):
        book.post_draft(Draft(postings=(DraftPosting(BANK, 5, price=price), DraftPosting(SALES, -5))))
