"""Many credits and debits of parties come in as one act, with the parties and accounts they need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import PartyInactive, PeriodClosed
from tui_ledger.importing.item_import import ItemOptions, import_items
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.party_batches import PartyItem
from tui_ledger.money import Money

Untouched = Callable[[Ledger], Any]


def item(book: Ledger, party: str, units: int, day: str = "2026-02-01", **given: Any) -> PartyItem:
    return PartyItem(party, Money(units, book.currency), date.fromisoformat(day), **given)


def test_parties_accounts_and_items_are_one_act_undone_and_done_again(book: Ledger) -> None:
    book.add_party("ann", "Ann Smith")
    items = [
        item(book, "ann", 1000, memo="in"),
        item(book, "bob", -250, memo="out", data={"mark": {"id": "2"}}),
        item(book, "ann", 5, purpose="bonus"),
    ]
    sides = [("ann", "default"), ("bob", "default"), ("ann", "bonus")]
    written = book.post_party_items(items, sides, against="Income:Sales", names={"bob": "Bob"}, key="k", content="file")
    assert [account.name for account in written.accounts_opened] == [
        "Liabilities:Parties:ann", "Liabilities:Parties:ann:bonus", "Liabilities:Parties:bob",
    ]  # fmt: skip
    assert {one.key: str(one.balance) for one in book.party_balances()} == {"ann": "10.05 EUR", "bob": "-2.50 EUR"}
    assert book.party("bob").name == "Bob"
    again = book.post_party_items([], sides, against="Income:Sales", key="k", content="file")
    assert again.batch == written.batch
    assert str(book.balance("Income:Sales")) == "-7.55 EUR"

    book.undo()
    assert [one.key for one in book.parties()] == ["ann"]
    assert book.party_accounts("ann") == ()
    book.redo()
    assert str(book.party_balance("bob")[0]) == "-2.50 EUR"
    assert book.verify(replay=True).ok


def test_kept_items_are_found_by_their_mark_with_what_was_owed_after_each(book: Ledger) -> None:
    items = [item(book, "ann", 1000, data={"mark": {"id": "1"}}), item(book, "ann", -300, data={"mark": {"id": "2"}})]
    book.post_party_items(items, [("ann", "default")])
    book.party_credit("ann", "1", data={"other": "mark:"})
    book.void(1)
    (kept,) = book.kept_items("mark")
    assert (kept.number, kept.content) == (2, {"id": "2"})
    assert str(kept.owed["ann", "default"]) == "-3.00 EUR"


def test_one_that_is_refused_refuses_all(book: Ledger, untouched: Untouched) -> None:
    book.add_party("ann", active=False)
    with untouched(book), pytest.raises(PartyInactive):
        book.post_party_items([item(book, "bob", 5)], [("bob", "default"), ("ann", "default")])
    book.close_period("2026-01-31")
    with untouched(book), pytest.raises(PeriodClosed):
        book.post_party_items([item(book, "bob", 5), item(book, "bob", 5, "2026-01-31")], [("bob", "default")])


def test_a_table_of_old_items_comes_in_once_on_either_database(book: Ledger, tmp_path: Path) -> None:
    rows = "".join(f"{number},u{number % 3},2009-03-01,credit,{number}.00,{number}.00\n" for number in range(9, 0, -1))
    table = tmp_path / "items.csv"
    table.write_text(f"bid,uid,timestamp,type,amount,balance\n{rows}", encoding="utf-8")
    first, again = import_items(book, table), import_items(book, table)
    assert (first.imported, again.imported, again.skipped_duplicates) == (9, 0, 9)
    assert [one.expected for one in first.differences] == [f"{number}.00" for number in range(9, 3, -1)]
    assert first.differences == again.differences
    assert import_items(book, table, ItemOptions(purpose="other"), dry_run=True).imported == 9
    assert book.verify().ok
