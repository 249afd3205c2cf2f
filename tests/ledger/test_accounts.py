"""The chart of accounts is changed: opened, edited, closed, reopened, deleted, each under its rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import AccountInUse, LedgerError, MinimumBalanceBroken
from tui_ledger.ledger import Account, AccountType, Ledger, credit, debit
from tui_ledger.money import Money

BANK, CASH, SALES = "Assets:Bank", "Assets:Cash", "Income:Sales"

INVISIBLE = [
    "\u200b",
    "\u200d",
    "\u2060",
    "\u00ad",
    "\ufeff",
    "\u202e",
    "\x00",
    "\n",
    "\t",
    "\u034f",
    "\u3164",
    "\u2800",
    "\ue000",
]

REFUSED_NAMES = [
    "",
    " ",
    ":",
    "Assets:",
    ":Assets",
    "Assets::Bank",
    "Assets: :Bank",
    "{user=7}",
    "A" * 501,
    "\ufe0f",
    "Assets\ufe55Bank",
    "Assets\uff1aFund",
    None,
    7,
    b"Assets",
]

REFUSED_OPENINGS: dict[str, tuple[type[LedgerError], dict[str, Any]]] = {
    "a name that is taken": (errors.AccountExists, {"name": "assets : bank"}),
    "a code that is taken": (errors.AccountExists, {"code": "1000"}),
    "a code with a control character": (errors.InvalidName, {"code": "10\n00"}),
    "an empty code": (errors.InvalidName, {"code": " "}),
    "a code too long": (errors.InvalidName, {"code": "1" * 41}),
    "another type than its parent's": (errors.AccountTypeMismatch, {"type": "liability"}),
    "no type": (errors.InvalidSetting, {"type": "money"}),
    "an empty type": (errors.InvalidSetting, {"type": ""}),
    "an unknown currency": (errors.InvalidCurrency, {"currency": "ABC"}),
    "a currency in small letters": (errors.InvalidCurrency, {"currency": "eur"}),
    "no currency": (errors.InvalidCurrency, {"currency": "E R"}),
    "a float as minimum": (errors.FloatAmount, {"minimum": 1.5}),
    "a minimum finer than the currency": (errors.TooManyDecimals, {"minimum": "0.001"}),
    "no statement line": (errors.InvalidSetting, {"statement_line": "other"}),
    "a tax code in bytes": (errors.InvalidText, {"tax_code": b"19"}),
    "a tax code with half a pair": (errors.InvalidText, {"tax_code": "\ud800"}),
    "an unreal opening day": (errors.InvalidDate, {"opened": "2026-02-30"}),
    "an attribute without a name": (errors.InvalidName, {"attributes": {" ": 1}}),
    "an attribute's name with an equals sign": (errors.InvalidName, {"attributes": {"a=b": 1}}),
    "an attribute with a nul": (errors.InvalidText, {"attributes": {"a": "x\x00"}}),
    "an attribute with half a pair": (errors.InvalidText, {"attributes": {"a": "\ud800"}}),
}


def test_an_account_is_opened_with_everything_it_was_given(book: Ledger) -> None:
    opened = book.open_account(
        " Assets :  Petty   cash ",
        "Asset",
        code=1200,  # type: ignore[arg-type]
        minimum="-50.00",
        cash=True,
        statement_line="operating",
        tax_code="V19",
        opened="2026-01-01",
        attributes={"user": 7, " shop ": Decimal("1.50"), "vip": True},
    )
    assert opened == book.account("Assets:Petty cash") == book.account("1200")
    assert (opened.name, opened.type, opened.code, str(opened.currency)) == (
        "Assets:Petty cash",
        "asset",
        "1200",
        "EUR",
    )
    assert (opened.minimum, opened.cash, opened.statement_line) == (Money(-5000, book.currency), True, "operating")
    assert (opened.tax_code, opened.opened, opened.closed) == ("V19", date(2026, 1, 1), None)
    assert opened.attributes == {"user": "7", "shop": "1.50", "vip": "True"}
    assert (opened.leaf, opened.depth, opened.normal_balance) == ("Petty cash", 2, "debit")
    assert book.verify().ok


def test_every_book_has_its_adjustments_account(book: Ledger) -> None:
    assert book.account("Equity:Adjustments").type is AccountType.EQUITY


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("asset", "asset"),
        ("Assets", "asset"),
        (" LIABILITIES ", "liability"),
        ("equity", "equity"),
        ("Revenue", "income"),
        ("expenses", "expense"),
        (AccountType.INCOME, "income"),
    ],
)
def test_a_type_is_read_in_one_or_many(book: Ledger, written: str, kind: str) -> None:
    assert book.open_account("Somewhere:New", written).type == kind


@pytest.mark.parametrize("case", REFUSED_OPENINGS)
def test_what_cannot_be_an_account_is_refused(book: Ledger, untouched: Callable[[Ledger], Any], case: str) -> None:
    kind, given = REFUSED_OPENINGS[case]
    with untouched(book), pytest.raises(LedgerError) as caught:
        book.open_account(**{"name": "Assets:New", "type": "asset", **given})
    assert type(caught.value) is kind, repr(caught.value)


@pytest.mark.parametrize("name", REFUSED_NAMES, ids=repr)
def test_what_is_no_name_is_refused(book: Ledger, untouched: Callable[[Ledger], Any], name: Any) -> None:
    with untouched(book), pytest.raises(errors.InvalidName):
        book.open_account(name, "asset")


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda character: f"U+{ord(character):04X}")
def test_a_name_that_only_looks_like_another_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], character: str
) -> None:
    with untouched(book), pytest.raises(errors.InvalidName, match="invisible"):
        book.open_account(f"Assets:Bank{character}", "asset")


def test_a_name_that_differs_by_how_an_emoji_is_drawn_is_the_same(book: Ledger) -> None:
    book.open_account("Assets:\u2764\ufe0f", "asset")
    with pytest.raises(errors.AccountExists):
        book.open_account("Assets:\u2764", "asset")


def test_the_children_of_a_root_have_its_type_at_every_depth(book: Ledger) -> None:
    book.open_account("Assets:Bank:Savings:Deep", "asset")
    for name in ("Assets", "assets:bank", "Assets:Other:Deep", "ASSETS:Bank:Savings"):
        with pytest.raises((errors.AccountTypeMismatch, errors.AccountExists)):
            book.open_account(name, "expense")
    assert book.open_account("Assets 2", "expense").type == "expense"
    assert book.open_account("Assets-x:Bank", "income").type == "income"


def test_a_currency_keeps_the_digits_of_its_first_use(book: Ledger) -> None:
    assert book.open_account("Assets:Dinar", "asset", currency="KWD").currency.digits == 3
    book.increase("Assets:Dinar", "1.005", against=book.open_account("Equity:Dinar", "equity", currency="KWD"))
    assert str(book.balance("Assets:Dinar")) == "1.005 KWD"


def test_an_edit_changes_what_it_names_and_nothing_else(book: Ledger) -> None:
    before = book.open_account("Assets:Shop", "asset", code="7", minimum=0, tax_code="V7", attributes={"a": 1, "b": 2})
    edited = book.edit_account("7", code="8", minimum="-5", cash=True, attributes={"b": 3}, statement_line="investing")
    assert edited == book.account("Assets:Shop")
    assert (edited.id, edited.code, edited.cash, edited.tax_code) == (before.id, "8", True, "V7")
    assert (str(edited.minimum), edited.attributes, edited.statement_line) == ("-5.00 EUR", {"b": "3"}, "investing")
    cleared = book.edit_account(
        "8", code=None, minimum=None, tax_code=None, attributes={}, statement_line=None, opened="2026-01-01"
    )
    assert (cleared.code, cleared.minimum, cleared.tax_code, dict(cleared.attributes)) == (None, None, None, {})
    assert cleared.opened == date(2026, 1, 1)
    assert book.edit_account("Assets:Shop", opened=None, currency="EUR", type="asset").currency.digits == 2
    assert book.verify().ok


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (errors.InvalidSetting, {"name": "Assets:Other"}),
        (errors.InvalidSetting, {"id": 1}),
        (errors.InvalidSetting, {"closed": date(2026, 1, 1)}),
        (errors.InvalidSetting, {"colour": "red"}),
        (errors.AccountExists, {"code": "1100"}),
        (errors.AccountInUse, {"type": "expense"}),
        (errors.AccountInUse, {"currency": "USD"}),
        (errors.InvalidCurrency, {"currency": None}),
        (errors.InvalidCurrency, {"currency": "ABC"}),
        (errors.InvalidSetting, {"statement_line": "x"}),
        (errors.InvalidDate, {"opened": "2026-02-30"}),
        (errors.InvalidText, {"tax_code": 19}),
        (errors.FloatAmount, {"minimum": 0.5}),
    ],
    ids=str,
)
def test_an_edit_that_is_not_allowed_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], kind: type[LedgerError], change: dict[str, Any]
) -> None:
    book.post("Sale", debit(BANK, 1), credit(SALES, 1))
    with untouched(book), pytest.raises(LedgerError) as caught:
        book.edit_account(BANK, **change)
    assert type(caught.value) is kind, repr(caught.value)


def test_an_unused_account_may_change_type_and_currency(book: Ledger) -> None:
    book.open_account("Fund", "asset", minimum="10")
    assert book.edit_account("Fund", type="liability").type == "liability"
    moved = book.edit_account("Fund", currency="JPY")
    assert (str(moved.currency), str(moved.minimum)) == ("JPY", "10 JPY")
    with pytest.raises(errors.AccountTypeMismatch):
        book.edit_account(CASH, type="income")
    assert book.verify().ok


def test_an_account_closes_at_zero_with_no_later_postings(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.transfer(BANK, CASH, 5, date="2026-03-01")
    with untouched(book), pytest.raises(errors.AccountNotEmpty, match=r"still holds 5\.00 EUR"):
        book.close_account(CASH)
    book.transfer(CASH, BANK, 5, date="2026-07-01")
    with untouched(book), pytest.raises(errors.AccountInUse, match="2026-07-01"):
        book.close_account(CASH)
    closed = book.close_account(CASH, date="2026-07-01")
    assert closed.closed == date(2026, 7, 1)
    with untouched(book), pytest.raises(errors.AccountClosed, match="2026-07-01"):
        book.close_account(CASH)
    with untouched(book), pytest.raises(errors.AccountClosed):
        book.transfer(BANK, CASH, 1, date="2026-02-01")
    assert book.balance(CASH, at="2026-03-01").amount == 5
    assert book.verify().ok


def test_a_reopened_account_takes_postings_again(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.close_account(CASH)
    assert book.reopen_account("1100").closed is None
    assert book.transfer(BANK, CASH, 1).number == 1
    with untouched(book):
        assert book.reopen_account(CASH).closed is None


def test_only_an_account_that_was_never_used_is_deleted(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.transfer(BANK, CASH, 5)
    book.reverse(1)
    with untouched(book), pytest.raises(errors.AccountInUse, match="close it instead"):
        book.delete_account(CASH)
    new = book.open_account("Assets:New", "asset", code="77", attributes={"user": 7})
    book.delete_account("{user=7}")
    assert "Assets:New" not in [account.name for account in book.accounts()]
    again = book.open_account("Assets:New", "asset", code="77", attributes={"user": 7})
    assert (again.name, again.code) == (new.name, new.code)
    assert book.verify().ok


def names(accounts: tuple[Account, ...]) -> list[str]:
    return [account.name for account in accounts]


def test_a_rename_carries_everything_below(book: Ledger) -> None:
    for name in ("Assets:Bank:Savings", "Assets:Bank:Savings:Old", "Assets:Banking"):
        book.open_account(name, "asset")
    before = {account.id: account.name for account in book.accounts()}
    book.post("Sale", debit("Assets:Bank:Savings", 5), credit(SALES, 5))
    renamed = book.rename_account("assets:BANK", "Assets: House  bank")
    assert names(renamed) == ["Assets:House bank", "Assets:House bank:Savings", "Assets:House bank:Savings:Old"]
    after = {account.id: account.name for account in book.accounts()}
    assert {before[row]: name for row, name in after.items() if name != before[row]} == {
        "Assets:Bank": "Assets:House bank",
        "Assets:Bank:Savings": "Assets:House bank:Savings",
        "Assets:Bank:Savings:Old": "Assets:House bank:Savings:Old",
    }
    assert book.transaction(1).postings[0].account == "Assets:House bank:Savings"
    assert book.balance("Assets:House bank:Savings").amount == 5
    assert book.account("1000").name == "Assets:House bank"
    assert book.verify().ok


@pytest.mark.parametrize("old", ["1000", "{bank=1}", "\uff21ssets\uff1aBank", " assets : bank "])
def test_an_account_is_renamed_by_whatever_finds_it(book: Ledger, old: str) -> None:
    book.edit_account(BANK, attributes={"bank": 1})
    book.open_account("Assets:Bank:Savings", "asset")
    assert names(book.rename_account(old, "Assets:Current")) == ["Assets:Current", "Assets:Current:Savings"]


def test_a_node_that_is_no_account_is_renamed_with_what_hangs_on_it(book: Ledger) -> None:
    assert names(book.rename_account("Assets", "Aktiva")) == ["Aktiva:Bank", "Aktiva:Cash", "Aktiva:Dollars"]
    assert names(book.rename_account("Aktiva", "Vermögen:Umlauf")) == [
        "Vermögen:Umlauf:Bank",
        "Vermögen:Umlauf:Cash",
        "Vermögen:Umlauf:Dollars",
    ]
    assert names(book.rename_account("Vermögen:Umlauf", "Vermögen")) == [
        "Vermögen:Bank",
        "Vermögen:Cash",
        "Vermögen:Dollars",
    ]
    assert book.verify().ok


def test_a_name_may_change_in_case_and_accents_alone(book: Ledger) -> None:
    assert names(book.rename_account(BANK, "ASSETS:bank")) == ["ASSETS:bank"]
    assert book.account(BANK).name == "ASSETS:bank"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (BANK, CASH, errors.AccountExists),
        (BANK, "assets:cash", errors.AccountExists),
        (BANK, "Assets:Bank:Current", errors.InvalidName),
        ("Assets", "Assets:Old", errors.InvalidName),
        ("assets", "ASSETS:Old", errors.InvalidName),
        (BANK, "Income:Bank", errors.AccountTypeMismatch),
        ("Assets", "Income", errors.AccountTypeMismatch),
        ("Assets:Nowhere", "Assets:Somewhere", errors.UnknownAccount),
        ("Nowhere", "Somewhere", errors.UnknownAccount),
        ("", "Somewhere", errors.UnknownAccount),
        (BANK, "", errors.InvalidName),
        (BANK, "Assets:", errors.InvalidName),
        (BANK, "Assets:\u200bBank", errors.InvalidName),
        (BANK, "{a=1}", errors.InvalidName),
        ("Assets", "A" * 498, errors.InvalidName),
    ],
)
def test_a_rename_that_cannot_be_is_refused_whole(
    book: Ledger, untouched: Callable[[Ledger], Any], old: str, new: str, kind: type[LedgerError]
) -> None:
    with untouched(book), pytest.raises(LedgerError) as caught:
        book.rename_account(old, new)
    assert type(caught.value) is kind, repr(caught.value)


def test_a_subtree_does_not_land_on_another_s_account(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    for name in ("Assets:North:Till", "Assets:South:Till", "Assets:South:Safe"):
        book.open_account(name, "asset")
    with untouched(book), pytest.raises(errors.AccountExists, match="Assets:South:Till"):
        book.rename_account("Assets:North", "Assets:South")
    book.rename_account("Assets:North:Till", "Assets:North:Box")
    assert names(book.rename_account("Assets:North", "Assets:South")) == ["Assets:South:Box"]


def test_two_accounts_change_names_by_way_of_a_third(book: Ledger) -> None:
    bank, cash = book.account(BANK), book.account(CASH)
    book.transfer(BANK, CASH, 5)
    with book.write():
        for old, new in ((BANK, "Assets:T"), (CASH, BANK), ("Assets:T", CASH)):
            book.rename_account(old, new)
    assert (book.account(BANK).id, book.account(CASH).id) == (cash.id, bank.id)
    assert book.balance(BANK).amount == 5
    book.transfer(BANK, CASH, 5)
    assert book.verify().ok


def test_a_chain_of_names_moves_up_without_colliding_with_itself(book: Ledger) -> None:
    for name in ("Assets:A", "Assets:A:A", "Assets:A:A:A"):
        book.open_account(name, "asset", code=str(name.count(":")))
    assert names(book.rename_account("Assets:A:A", "Assets:B")) == ["Assets:B", "Assets:B:A"]
    book.rename_account("Assets:B", "Assets:A:A")
    book.rename_account("Assets:A", "Assets")
    assert [book.account(str(depth)).name for depth in (1, 2, 3)] == ["Assets", "Assets:A", "Assets:A:A"]
    assert book.verify().ok


def test_the_history_keeps_old_names_and_still_agrees(book: Ledger) -> None:
    book.transfer(BANK, CASH, 5)
    book.rename_account(BANK, "Assets:Other")
    book.rename_account(CASH, BANK)
    book.transfer("Assets:Other", BANK, 1)
    book.open_account(CASH, "asset")
    book.transfer(BANK, CASH, 2)
    book.reverse(1)
    verification = book.verify()
    assert verification.ok, verification.discrepancies
    assert verification.checked["transactions"] == 4


def test_a_minimum_that_is_broken_already_is_not_set(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.post("Rent", debit("Expenses:Rent", 50), credit(BANK, 50), date="2026-01-10")
    book.post("Sale", debit(BANK, 80), credit("Income:Sales", 80), date="2026-06-10")
    book.post("Later", debit("Expenses:Rent", 20), credit(BANK, 20), date="2026-07-01")
    book.edit_account(BANK, minimum=10)
    for minimum, day in ((11, "2026-07-01"), ("10.01", "2026-07-01"), (31, "2026-06-15")):
        with untouched(book), pytest.raises(MinimumBalanceBroken) as refused:
            book.edit_account(BANK, minimum=minimum)
        assert refused.value.values["date"] in (day, "2026-07-01")
    book.edit_account(BANK, minimum=None)
    book.edit_account("Income:Sales", minimum=80)
    with untouched(book), pytest.raises(MinimumBalanceBroken):
        book.edit_account("Income:Sales", minimum=81)


def test_an_account_does_not_open_behind_its_first_posting(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    book.post("Sale", debit(BANK, 80), credit("Income:Sales", 80), date="2026-02-10")
    with untouched(book), pytest.raises(AccountInUse, match="its first posting is of 2026-02-10"):
        book.edit_account(BANK, opened="2026-02-11")
    assert str(book.edit_account(BANK, opened="2026-02-10").opened) == "2026-02-10"
