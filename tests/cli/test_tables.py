"""Rows of a terminal: nothing is wider than it, and no figure is cut."""

from __future__ import annotations

import pytest

from tui_ledger.cli.tables import Column, bare_table, table
from tui_ledger.widths import cell_width

COLUMNS = [Column("Day"), Column("Memo", stretch=True), Column("Change", right=True), Column("Balance", right=True)]
ROWS = [
    ("2026-01-02", "Much too long a memo 売上 [red]x[/]", "1,234,567,890.12", "1,234,567,890.12"),
    ("2026-01-03", "", "", ""),
]


def test_what_does_not_fit_beside_the_texts_stands_beneath_them() -> None:
    assert table(COLUMNS, ROWS, width=40) == [
        "Day         Memo                Change",
        "                                 Balance",
        "──────────  ────────  ────────────────",
        "                        ────────────────",
        "2026-01-02  Much to…  1,234,567,890.12",
        "                        1,234,567,890.12",
        "2026-01-03",
    ]
    assert bare_table(COLUMNS, ROWS, width=90) == [
        "2026-01-02  Much too long a memo 売上 [red]x[/]  1,234,567,890.12  1,234,567,890.12",
        "2026-01-03",
    ]


@pytest.mark.parametrize("width", [40, 47, 56, 57, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = table(COLUMNS, ROWS, width=width)
    assert max(map(cell_width, lines)) <= width
    assert sum(line.split().count("1,234,567,890.12") for line in lines) == 2
    assert bare_table(COLUMNS, [], width=width) == []


def test_a_path_stays_whole_on_its_line() -> None:
    path = "/srv/books/" + "long/" * 20
    assert bare_table([Column("What"), Column("Place")], [("book", path)], width=40) == [f"book  {path}"]
