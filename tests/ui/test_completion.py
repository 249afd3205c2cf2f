from __future__ import annotations

import pytest

from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency
from tui_ledger.ui.completion import AccountIndex, PayeeIndex

EUR = Currency("EUR", 2)


def account(id: int, name: str, code: str | None = None, placeholder: bool = False) -> Account:
    return Account(id, name, AccountType.ASSET, EUR, code=code, placeholder=placeholder)


CHART = (
    account(1, "Assets:Bank:Current", "1000"),
    account(2, "Assets:Bank:Savings", "1010"),
    account(3, "Expenses:Bank charges", "6900"),
    account(4, "Expenses:Office:Paper", "6000"),
    account(5, "Expenses:Office", placeholder=True),
    account(6, "Equity:Curaçao branch"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ban cur", ["Assets:Bank:Current"]),
        ("cur", ["Assets:Bank:Current", "Equity:Curaçao branch"]),
        ("cur ban", []),
        ("char", ["Expenses:Bank charges"]),
        ("exp:off", ["Expenses:Office:Paper"]),
        ("10", ["Assets:Bank:Current", "Assets:Bank:Savings"]),
        ("1010", ["Assets:Bank:Savings"]),
        ("ASSETS BANK SAV", ["Assets:Bank:Savings"]),
        ("bankcur", []),
    ],
)
def test_words_are_beginnings_of_words_of_the_path_in_order_or_of_the_code(typed: str, found: list[str]) -> None:
    assert [account.name for account in AccountIndex(CHART).matching(typed, {})] == found


def test_what_this_payee_used_most_comes_first_then_what_was_used_last() -> None:
    use = {2: (1, 40), 3: (3, 12), 1: (1, 55)}
    found = AccountIndex(CHART).matching("bank", use)
    assert [account.id for account in found] == [3, 1, 2]


def test_the_whole_name_or_code_goes_before_every_habit() -> None:
    index = AccountIndex((account(1, "Assets:Cash"), account(2, "Assets:Cash:Till")))
    assert [found.id for found in index.matching("assets:cash", {2: (9, 9)})] == [1, 2]


def test_an_account_is_named_by_its_full_name_or_code_whatever_the_case() -> None:
    index = AccountIndex(CHART)
    assert [index.named(typed) and index.named(typed).id for typed in ("assets:bank:current", " 6000 ", "ban")] == [
        1,
        4,
        None,
    ]  # type: ignore[union-attr]


def test_a_placeholder_is_never_offered() -> None:
    assert AccountIndex(CHART).named("Expenses:Office") is None


def test_two_thousand_accounts_are_searched_without_reading_more_than_once() -> None:
    chart = [account(number, f"Assets:Group {number % 40}:Thing {number}") for number in range(2000)]
    found = AccountIndex(chart).matching("gro thi 19", {1999: (1, 1)}, limit=8)
    assert len(found) == 8
    assert found[0].id == 1999


def test_payees_that_begin_with_the_text_go_before_those_with_a_later_word() -> None:
    index = PayeeIndex(("The Paper Shop", "Paper Mill", "Quayside"))
    assert index.matching("pap") == ["Paper Mill", "The Paper Shop"]


def test_a_payee_just_used_is_remembered_first() -> None:
    index = PayeeIndex(("Paper Mill", "Paper Shop"))
    index.remember("Paper Shop")
    index.remember("Paperback")
    assert index.matching("paper") == ["Paperback", "Paper Shop", "Paper Mill"]
