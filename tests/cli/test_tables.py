"""Rows of a terminal: nothing is wider than it, and no figure is cut."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Call
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


ACCOUNTS = [Column("Account", stretch=True, accounts=True), Column("Balance", right=True)]
ALIKE = [
    "Aktiva:Anlagevermögen:Sachanlagen:Pkw",
    "Aktiva:Anlagevermögen:Sachanlagen:Sonstige Betriebs- und Geschäftsausstattung",
    "Aktiva:Anlagevermögen:Sachanlagen:Sonstige Betriebs- und Geschäftsgrundstücke",
    "Aufwendungen:Sonstige Aufwendungen und andere Posten",
    "Aufwendungen:Sonstige Aufwendungen und andere Posten:Sonstige Aufwendungen und andere Posten",
]


def test_account_names_give_way_in_front_and_no_two_look_the_same() -> None:
    rows = [(name, "1.00") for name in ALIKE]
    assert bare_table(ACCOUNTS, rows, width=30) == [
        "A:A:Sachanlagen:Pkw       1.00",
        "A:A:S:Sonsti…ausstattung  1.00",
        "A:A:S:Sonsti…grundstücke  1.00",
        "A:Sonstige A…dere Posten  1.00",
        "A:S:Sonstige…dere Posten  1.00",
    ]
    assert bare_table(ACCOUNTS, [*rows, rows[0]], width=120)[0].startswith(ALIKE[0])
    hardest = [f"Assets:{'B' * 30}{letter}{'B' * 30}" for letter in "xyz"]
    lines = bare_table(ACCOUNTS, [(name, "1.00") for name in hardest], width=40)
    assert len({line for line in lines if "…" in line or "A:B" in line}) == 3


def test_into_a_pipe_everything_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    (line,) = bare_table(ACCOUNTS, [(":".join(ALIKE), "1.00")])
    assert line == f"{':'.join(ALIKE)}  1.00"
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(cell_width, table(ACCOUNTS, [(name, "1.00") for name in ALIKE]))) == 60


@pytest.mark.parametrize("report", ["trial-balance", "journal"])
def test_reports_tell_long_account_names_apart(at_shop: Call, report: str) -> None:
    names = [f"Aktiva:Anlagevermögen:Sachanlagen:Sonstige Ausstattung {kind}" for kind in ("der Büros", "des Ladens")]
    for name in names:
        at_shop("account", "open", name, "--type", "asset")
        at_shop("post", f"{name} 1234567.25", "Income:Sales -1234567.25", "--date", "2026-01-02")
    lines = at_shop("report", report, "--from", "2026-01-01", "--to", "2026-01-31").out.splitlines()
    shown = [line for line in lines if "1,234,567.25" in line and "Sales" not in line]
    assert len(shown) >= 2
    assert len({re.sub(r"[\d,.\s]", "", line) for line in shown}) == len(shown)
    assert all("Aktiva:" not in line for line in shown)
