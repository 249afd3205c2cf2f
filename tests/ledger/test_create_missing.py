"""Accounts opened from attributes when asked: by the book's rules, never by a slip of the pen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import AccountType, Ledger

BANK, MONEY, PURCHASES = "Assets:Bank", {"user": 7, "type": "virtual-money"}, {"user": 7, "type": "purchases"}


def held(book: Ledger, account: Any) -> str:
    return str(book.balance(account).amount)


def correct(book: Ledger) -> None:
    verification = book.verify()
    assert verification.ok, verification.discrepancies
    assert sum(book.balances().values()) == 0


def test_a_transfer_opens_both_accounts_and_the_two_sum_to_zero(book: Ledger) -> None:
    book.transfer(MONEY, PURCHASES, 5, create_missing=True)
    opened = book.account(MONEY)
    assert (opened.name, opened.type) == ("Liabilities:Accounts:user 7, type virtual-money", AccountType.LIABILITY)
    assert (opened.attributes, str(opened.currency)) == ({"user": "7", "type": "virtual-money"}, "EUR")
    assert (held(book, MONEY), held(book, PURCHASES)) == ("-5.00", "5.00")
    correct(book)


def test_the_next_one_finds_them_however_the_attributes_are_written(book: Ledger) -> None:
    book.increase(MONEY, 5, create_missing=True)
    count = len(book.accounts())
    book.increase({"type": "virtual-money", "user": "7"}, 5, create_missing=True)
    book.increase("{user=7, type=virtual-money}", 5, create_missing=True)
    book.increase("{user=7}", 5, create_missing=True)
    assert (len(book.accounts()), held(book, MONEY)) == (count, "20.00")


def test_three_accounts_of_the_ancestors_sum_to_zero_and_move_as_theirs_did(book: Ledger) -> None:
    gateway = {"user": 7, "type": "payment-gateway"}
    book.transfer(gateway, MONEY, 100, create_missing=True)
    book.transfer(MONEY, PURCHASES, 30, create_missing=True)
    assert [held(book, one) for one in (gateway, MONEY, PURCHASES)] == ["-100.00", "70.00", "30.00"]
    correct(book)


def test_the_first_rule_that_matches_says_type_parent_and_currency(book: Ledger) -> None:
    rules = [
        {"match": {"type": "bonus"}, "type": "expense", "parent": "Expenses:Bonus"},
        {"match": {"type": "wallet", "user": "7"}, "type": "asset", "parent": "Assets:Wallets", "currency": "USD"},
        {"match": {"type": "wallet"}, "type": "asset", "parent": "Assets:Wallets"},
    ]
    book.set_setting("account_rules", rules)
    for attributes in ({"type": "bonus"}, {"type": "wallet", "user": 7}, {"type": "wallet", "user": 8}, {"user": 9}):
        book.increase(attributes, 5, create_missing=True)
    opened = [book.account(name) for name in ({"type": "bonus"}, {"user": 7}, {"user": 8}, {"user": 9})]
    assert [(one.name, one.type.value, str(one.currency)) for one in opened] == [
        ("Expenses:Bonus:type bonus", "expense", "EUR"),
        ("Assets:Wallets:type wallet, user 7", "asset", "USD"),
        ("Assets:Wallets:type wallet, user 8", "asset", "EUR"),
        ("Liabilities:Accounts:user 9", "liability", "EUR"),
    ]
    assert held(book, {"user": 7}) == "5.00"


def test_attributes_that_read_as_the_same_name_are_two_accounts(book: Ledger) -> None:
    for user in ("a:b", "a-b", "A-B"):
        book.increase({"user": user}, 5, create_missing=True)
    assert [book.account({"user": user}).leaf for user in ("a:b", "a-b", "A-B")] == [
        "user a-b",
        "user a-b (2)",
        "user A-B (3)",
    ]
    correct(book)


def test_the_other_side_is_opened_too(book: Ledger) -> None:
    book.increase(MONEY, 5, against={"type": "gateway"}, create_missing=True)
    assert (held(book, MONEY), held(book, {"type": "gateway"})) == ("5.00", "-5.00")


NOT_OPENED: dict[str, tuple[type[Exception], Callable[[Ledger], object]]] = {
    "when not asked": (errors.UnknownAccount, lambda book: book.transfer(MONEY, BANK, 5)),
    "a plain name": (errors.UnknownAccount, lambda book: book.transfer("Assets:Bnak", BANK, 5, create_missing=True)),
    "a code": (errors.UnknownAccount, lambda book: book.increase("1001", 5, create_missing=True)),
    "no attributes": (errors.EmptyFilter, lambda book: book.increase({}, 5, create_missing=True)),
    "no attributes, written": (errors.EmptyFilter, lambda book: book.increase("{}", 5, create_missing=True)),
    "an attribute without a value": (errors.InvalidName, lambda book: book.increase("{user}", 5, create_missing=True)),
    "several that match": (errors.AmbiguousAccount, lambda book: book.increase({"kind": "x"}, 5, create_missing=True)),
    "an attribute's name with a comma": (
        errors.InvalidName,
        lambda book: book.increase({"a,b": 1}, 5, create_missing=True),
    ),
    "a control character": (errors.InvalidName, lambda book: book.increase({"user": "\x07"}, 5, create_missing=True)),
    "too long a name": (errors.InvalidName, lambda book: book.increase({"user": "x" * 600}, 5, create_missing=True)),
    "an amount that is none": (errors.InvalidAmount, lambda book: book.increase(MONEY, "x", create_missing=True)),
    "a date that is none": (errors.InvalidDate, lambda book: book.increase(MONEY, 5, date="x", create_missing=True)),
    "itself": (errors.SelfTransfer, lambda book: book.transfer(MONEY, MONEY, 5, create_missing=True)),
    "the second side unknown": (
        errors.UnknownAccount,
        lambda book: book.transfer(MONEY, "Assets:Bnak", 5, create_missing=True),
    ),
}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("case", NOT_OPENED)
def test_no_account_is_opened_or_left_behind(book: Ledger, untouched: Callable[[Ledger], Any], case: str) -> None:
    for name in ("One", "Two"):
        book.open_account(f"Assets:{name}", "asset", attributes={"kind": "x"})
    error, act = NOT_OPENED[case]
    with untouched(book), pytest.raises(error):
        act(book)
    correct(book)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "rules",
    ["a text", {"match": {}}, [5], ["text"], [{"match": "user"}], 7],
    ids=["a text", "one rule bare", "a number", "texts", "match is a text", "no list"],
)
def test_rules_that_are_none_are_refused_by_name(
    book: Ledger, untouched: Callable[[Ledger], Any], rules: object
) -> None:
    if isinstance(rules, dict):
        book.set_setting("account_rules", rules)
        assert book.increase(MONEY, 5, create_missing=True).number == 1
        return
    with untouched(book), pytest.raises(errors.InvalidSetting, match="account_rules"):
        book.set_setting("account_rules", rules)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ({"type": "odd"}, errors.InvalidSetting),
        ({"currency": "XQX"}, errors.InvalidCurrency),
        ({"parent": "Assets", "type": "income"}, errors.AccountTypeMismatch),
        ({"parent": ":"}, errors.InvalidName),
    ],
)
def test_a_rule_that_makes_no_account_is_refused_or_opens_none(
    book: Ledger, untouched: Callable[[Ledger], Any], rule: dict[str, Any], error: type[Exception]
) -> None:
    with contextlib.suppress(errors.InvalidValue):
        book.set_setting("account_rules", [rule])
    if book.setting("account_rules") is None:
        with untouched(book), pytest.raises(error):
            book.set_setting("account_rules", [rule])
        return
    with untouched(book), pytest.raises(error):
        book.increase(MONEY, 5, create_missing=True)


def test_a_key_opens_once(book: Ledger) -> None:
    for _ in range(2):
        book.transfer(MONEY, PURCHASES, 5, create_missing=True, key="k")
    assert (held(book, PURCHASES), len(book.journal())) == ("5.00", 1)


def test_reading_never_opens_an_account(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book):
        for read in (book.balance, book.calculate_balance, book.register, book.account):
            with pytest.raises(errors.UnknownAccount):
                read(MONEY)
