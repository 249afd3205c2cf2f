"""Of which type is an account?"""

from __future__ import annotations

import pytest

from tui_ledger.importing.account_types import AccountTypes, declared_type
from tui_ledger.importing.refusals import LineRefused
from tui_ledger.importing.values import DeclaredAccount
from tui_ledger.ledger.values import AccountType


@pytest.mark.parametrize(
    ("name", "account_type", "cash"),
    [
        ("assets", "asset", False),
        ("Asset:Fixed", "asset", False),
        ("ASSETS:BANK:Giro", "asset", True),
        ("assets:current:cheque", "asset", True),
        ("assets:check", "asset", True),
        ("assets:savings", "asset", True),
        ("assets:currentcash", "asset", True),
        ("assets:Current:Receivable", "asset", False),
        ("assets:cash box", "asset", False),
        ("liabilities:bank", "liability", False),
        ("Liability", "liability", False),
        ("debts:car", "liability", False),
        ("debt", "liability", False),
        ("equity:conversion", "equity", False),
        ("income:salary", "income", False),
        ("Incomes", "income", False),
        ("revenues", "income", False),
        ("Revenue:a", "income", False),
        ("expenses:cash", "expense", False),
        ("expense", "expense", False),
    ],
)
def test_an_english_top_name_tells_the_type(name: str, account_type: str, cash: bool) -> None:
    found = AccountTypes([]).inferred(name)
    assert found is not None
    assert (found.type, found.cash) == (AccountType(account_type), cash)


@pytest.mark.parametrize("name", ["a", "foo:assets", "expenses2", "equities", "cash", "Vermögen:Bank"])
def test_other_names_tell_nothing(name: str) -> None:
    assert AccountTypes([]).inferred(name) is None


@pytest.mark.parametrize(
    ("tag", "account_type", "cash"),
    [
        ("A", "asset", False), ("l", "liability", False), ("E", "equity", False), ("R", "income", False),
        ("X", "expense", False), ("C", "asset", True), ("V", "equity", False), ("Asset", "asset", False),
        ("liability", "liability", False), (" Revenue ", "income", False), ("CASH", "asset", True),
        ("conversion", "equity", False), ("expense", "expense", False), ("equity", "equity", False),
    ],
)  # fmt: skip
def test_a_type_is_declared_by_a_letter_or_a_word(tag: str, account_type: str, cash: bool) -> None:
    assert declared_type(tag) == (AccountType(account_type), cash)


@pytest.mark.parametrize("tag", ["", "Z", "assets", "revenues", "asset liability"])
def test_other_types_are_refused(tag: str) -> None:
    with pytest.raises(LineRefused, match="A, L, E, R, X"):
        declared_type(tag)


def test_a_declared_type_holds_for_all_accounts_below_until_a_nearer_one() -> None:
    types = AccountTypes(
        [
            DeclaredAccount(1, "Vermögen", AccountType.ASSET, cash=False),
            DeclaredAccount(2, "Vermögen:Bank", AccountType.ASSET, cash=True),
            DeclaredAccount(3, "Vermögen:Haus", None, cash=False),
        ]
    )
    assert types.declared("vermögen:Haus:Garten") == (AccountType.ASSET, False)
    assert types.declared("VERMÖGEN:bank:Giro") == (AccountType.ASSET, True)
    assert types.declared("Verm") is None
