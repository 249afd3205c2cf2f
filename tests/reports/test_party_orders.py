"""The report of all balances goes by either column, either way; the largest balance comes first unless turned."""

from __future__ import annotations

import pytest

from tests.reports.conftest import Book
from tui_ledger.errors import InvalidSetting
from tui_ledger.reports.listings import AskedListing, listing_named
from tui_ledger.reports.table import LineKind


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        (None, ["b", "a", "c"]),
        ("-name", ["c", "a", "b"]),
        ("key", ["a", "b", "c"]),
        ("-key", ["c", "b", "a"]),
        ("balance", ["a", "c", "b"]),
        ("-balance", ["b", "c", "a"]),
    ],
)
def test_each_column_both_ways(book: Book, sort: str | None, keys: list[str]) -> None:
    for key, name, amount in (("a", "Bob", 5), ("b", "Ann", -5), ("c", "Cid", 0)):
        book.ledger.add_party(key, name)
        if amount:
            book.ledger.party_adjust(key, amount, date="2026-01-01")
    kind = listing_named("parties")
    assert kind is not None
    with kind.table(book.ledger, AskedListing(sort=sort, show_zero=True)).reading() as blocks:
        lines = [line.cells[0] for block in blocks for line in block.lines if line.kind is LineKind.ROW]
    assert lines == keys
    with pytest.raises(InvalidSetting, match="no order of parties"):
        kind.table(book.ledger, AskedListing(sort="--name"))
