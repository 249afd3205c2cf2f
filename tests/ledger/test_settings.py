"""The book's settings: any JSON value under a name, recorded like everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import InvalidName, InvalidSetting, InvalidText, LedgerError, UnknownAccount
from tui_ledger.ledger import Ledger


@pytest.mark.parametrize("value", ["de", 7, 0.5, True, [1, {"a": None}], {"b": [], "a": "\x00"}, ""])
def test_a_setting_reads_back_as_it_was_set(book: Ledger, value: object) -> None:
    book.set_setting("name", value)
    assert book.setting("name") == value
    assert book.verify().ok


def test_a_setting_that_is_none_is_taken_away(book: Ledger) -> None:
    book.set_setting("name", 1)
    book.set_setting("name", None)
    assert book.setting("name", "default") == "default"
    book.set_setting("never set", None)
    assert book.verify().ok


@pytest.mark.parametrize("value", [Decimal(1), date(2026, 1, 1), {1, 2}, float("nan"), "\ud800", range(5)], ids=repr)
def test_a_value_that_json_does_not_hold_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], value: object
) -> None:
    with untouched(book), pytest.raises(InvalidText):
        book.set_setting("name", value)


@pytest.mark.parametrize("name", ["", "\ud800", "a\x00", "x" * 501, 7])
def test_a_name_that_is_none_is_refused(book: Ledger, untouched: Callable[[Ledger], Any], name: Any) -> None:
    with untouched(book), pytest.raises(InvalidText):
        book.set_setting(name, 1)


def test_the_program_s_own_setting_is_not_the_user_s(book: Ledger, untouched: Callable[[Ledger], Any]) -> None:
    with untouched(book), pytest.raises(InvalidName):
        book.set_setting("schema", "x")


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("locale", "", InvalidSetting),
        ("locale", 7, InvalidSetting),
        ("adjustments", "Equity:Nowhere", UnknownAccount),
        ("adjustments", 7, InvalidSetting),
        ("adjustments", "Assets:Heading", InvalidSetting),
        ("account_rules", "x", InvalidSetting),
        ("account_rules", [{"match": 7}], InvalidSetting),
        ("account_rules", [{"type": "thing"}], InvalidSetting),
        ("account_rules", [{"parent": "a::b"}], InvalidName),
        ("account_rules", [{"matches": {}}], InvalidSetting),
        ("unique_references", "yes", InvalidSetting),
        ("unique_references", 1, InvalidSetting),
    ],
)
def test_a_value_that_a_known_setting_cannot_have_is_refused(
    book: Ledger, untouched: Callable[[Ledger], Any], name: str, value: object, error: type[LedgerError]
) -> None:
    book.open_account("Assets:Heading", "asset", placeholder=True)
    with untouched(book), pytest.raises(error):
        book.set_setting(name, value)


def test_all_settings_are_listed_but_the_program_s_own(book: Ledger) -> None:
    book.set_setting("unique_references", True)
    book.set_setting("shop.colour", {"é": 1})
    assert book.settings() == {"shop.colour": {"é": 1}, "unique_references": True}


def test_undo_and_redo_of_a_renaming_take_the_setting_that_names_the_account_along(book: Ledger) -> None:
    book.rename_account("Equity:Adjustments", "Equity:Corrections")
    assert book.setting("adjustments") == "Equity:Corrections"
    book.undo()
    assert (book.setting("adjustments"), book.account("Equity:Adjustments").name) == (None, "Equity:Adjustments")
    book.redo()
    assert book.setting("adjustments") == "Equity:Corrections"
    assert book.verify(replay=True).ok
