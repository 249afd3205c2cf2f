"""Finding accounts: by name however it is spelt, by code, by attributes; none and several are errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger.errors import (
    AccountExists,
    AmbiguousAccount,
    EmptyFilter,
    InvalidName,
    InvalidText,
    LedgerError,
    UnknownAccount,
)
from tui_ledger.ledger import AccountType, Ledger, credit, debit

CAFE = "Expenses:Café Straße"
SPELLINGS = [
    CAFE,
    "expenses:café straße",
    "EXPENSES:CAFÉ STRASSE",
    "Expenses : Café   Straße ",
    " Expenses:Cafe\u0301 Straße",
    "Expenses:Café\u00a0Straße",
    "\uff25xpenses\uff1aCafé Straße",
    "Expenses:Café Stra\u1e9ee",
]


@pytest.fixture
def members(book: Ledger) -> Ledger:
    with book.write():
        book.open_account(CAFE, AccountType.EXPENSE)
        for user in (7, 8):
            for purpose in ("purchases", "virtual-money"):
                book.open_account(
                    f"Liabilities:Members:{user}:{purpose}",
                    AccountType.LIABILITY,
                    attributes={"user": user, "type": purpose, "vip": user == 7},
                )
        book.open_account(
            "Liabilities:Odd", "liability", attributes={"note": 'a, "b" = c', "empty": "", "space": " x "}
        )
    return book


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_an_account_is_found_however_its_name_is_spelt(members: Ledger, spelling: str) -> None:
    assert members.account(spelling).name == CAFE


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_of_a_name_opens_no_second_account(
    members: Ledger, untouched: Callable[[Ledger], Any], spelling: str
) -> None:
    with untouched(members), pytest.raises((AccountExists, InvalidName)):
        members.open_account(spelling, AccountType.EXPENSE)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("1000", "Assets:Bank"),
        (1000, "Assets:Bank"),
        (" 1000 ", "Assets:Bank"),
        ({"user": 7, "type": "purchases"}, "Liabilities:Members:7:purchases"),
        ({"user": "7", "type": "purchases", "vip": "True"}, "Liabilities:Members:7:purchases"),
        ({"type": "virtual-money", "user": 8}, "Liabilities:Members:8:virtual-money"),
        ("{user=7,type=purchases}", "Liabilities:Members:7:purchases"),
        ("{ user = 7 , type = purchases }", "Liabilities:Members:7:purchases"),
        ("{user='7',type=\"purchases\"}", "Liabilities:Members:7:purchases"),
        ('{note="a, \\"b\\" = c"}', "Liabilities:Odd"),
        ("{note='a, \"b\" = c'}", "Liabilities:Odd"),
        ('{empty=,note="a, \\"b\\" = c"}', "Liabilities:Odd"),
        ("{empty=''}", "Liabilities:Odd"),
        ("{space=' x '}", "Liabilities:Odd"),
        ({"space": " x "}, "Liabilities:Odd"),
    ],
    ids=repr,
)
def test_an_account_is_found_by_code_and_by_every_attribute_named(members: Ledger, asked: Any, name: str) -> None:
    assert members.account(asked).name == name


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"user": 7}, AmbiguousAccount, "Members:7:purchases, Liabilities:Members:7:virtual-money"),
        ("{user=8}", AmbiguousAccount, "Members:8:purchases"),
        ({"type": "purchases"}, AmbiguousAccount, "name one of them"),
        ({"user": 9}, UnknownAccount, "user=9"),
        ({"user": 7, "colour": "red"}, UnknownAccount, "user=7,colour=red"),
        ({"user": "07"}, UnknownAccount, "user=07"),
        ({"type": "liability"}, UnknownAccount, "type=liability"),
        ("{space=x}", UnknownAccount, "space=x"),
        ({}, EmptyFilter, "name at least one"),
        ("{}", EmptyFilter, "name at least one"),
        ("{ }", EmptyFilter, "name at least one"),
        ("{user}", InvalidName, "name=value"),
        ("{=7}", InvalidName, "name=value"),
        ("{user=7,,type=purchases}", InvalidName, "name=value"),
        ("{user=7", InvalidName, "name=value"),
        ("9999", UnknownAccount, "'9999'"),
        ("Liabilities:Members", UnknownAccount, "Liabilities:Members"),
        ("", UnknownAccount, "''"),
        (None, UnknownAccount, "None"),
        ({"user": "\ud800"}, InvalidText, "half a pair"),
    ],
    ids=repr,
)
def test_none_and_several_and_unreadable_are_errors_that_name_what_was_asked(
    members: Ledger, untouched: Callable[[Ledger], Any], asked: Any, kind: type[LedgerError], said: str
) -> None:
    with untouched(members), pytest.raises(LedgerError, match=said) as caught:
        members.account(asked)
    assert type(caught.value) is kind


def test_many_matches_are_counted_not_listed(book: Ledger) -> None:
    for number in range(6):
        book.open_account(f"Assets:Till {number}", "asset", attributes={"shop": 1})
    with pytest.raises(AmbiguousAccount, match=r"Till 0, Assets:Till 1, Assets:Till 2, …"):
        book.account({"shop": 1})


def test_an_account_value_keeps_meaning_its_account_through_a_rename(book: Ledger) -> None:
    bank = book.account("1000")
    book.rename_account(bank, "Assets:Current")
    assert book.account(bank).name == "Assets:Current"
    book.post("Sale", debit(bank, 1), credit("Income:Sales", 1))
    assert book.balance("Assets:Current").amount == 1


def test_an_account_value_of_a_deleted_account_is_unknown(book: Ledger) -> None:
    gone = book.open_account("Assets:New", "asset")
    book.delete_account(gone)
    with pytest.raises(UnknownAccount, match="Assets:New"):
        book.balance(gone)


def test_no_name_is_another_account_s_code(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.open_account("77", "asset")
    acts: list[Callable[[], object]] = [
        lambda: book.open_account("Assets:Other", "asset", code="77"),
        lambda: book.edit_account("Assets:Bank", code="Assets:Cash"),
        lambda: book.open_account("1000", "asset"),
        lambda: book.rename_account("77", "1100"),
    ]
    for act in acts:
        with untouched(book), pytest.raises(AccountExists):
            act()
    book.rename_account("Assets:Cash", "1100")
    assert book.account("1100").code == "1100"


@pytest.mark.parametrize("text", ["{user=7,user=8}", "{user=7, user =7}"])
def test_a_filter_that_names_an_attribute_twice_is_refused(members: Ledger, text: str) -> None:
    with pytest.raises(InvalidName, match="names 'user' twice"):
        members.account(text)


def test_the_chart_lists_parents_before_their_children(book: Ledger) -> None:
    for name in ("Assets:Bank:Savings", "Assets:Bank 2", "assets:bank-b", "Assets"):
        book.open_account(name, "asset")
    names = [account.name for account in book.accounts() if account.type is AccountType.ASSET]
    assert names == [
        "Assets",
        "Assets:Bank",
        "Assets:Bank:Savings",
        "Assets:Bank 2",
        "assets:bank-b",
        "Assets:Cash",
        "Assets:Dollars",
    ]


def test_another_program_s_accounts_are_seen_at_once(book: Ledger) -> None:
    assert book.account("1000").name == "Assets:Bank"
    with Ledger.open(book.place) as other:
        other.rename_account("Assets:Bank", "Assets:Current")
        other.open_account("Assets:New", "asset")
    assert book.account("1000").name == "Assets:Current"
    assert book.balance("Assets:New").units == 0
    with pytest.raises(UnknownAccount):
        book.account("Assets:Bank")


def test_a_whole_number_is_a_row_else_a_code_and_never_a_guess(book: Ledger) -> None:
    bank = book.account("Assets:Bank")
    assert book.account(bank.id) == book.account(bank) == bank
    assert book.account(1000) == bank
    assert book.account("1000") == bank
    for number in (0, -1, 999, 2**63, 2**70):
        with pytest.raises(UnknownAccount):
            book.account(number)
    other = book.open_account("Assets:Other", "asset", code=str(bank.id))
    assert book.account(str(bank.id)) == other
    with pytest.raises(AmbiguousAccount, match="Assets:Bank by its row, Assets:Other by its code"):
        book.account(bank.id)
