"""`import` with a table of old items: told in words and in JSON, tried without booking, refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call

TABLE = """bid,uid,timestamp,type,message,amount,balance
1,7,1236000000,credit,Top-up &amp; [red]x[/],10.00,10.00
2,7,1236000100,debit,Fee,3.50,6.40
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "items.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_an_import_is_tried_done_and_passed_over(at_shop: Call, table: Path) -> None:
    tried = at_shop("import", table, "--dry-run", "--timezone", "UTC").out.splitlines()
    assert tried == [
        "Would import 2 items, 1 new party, 1 new account.",
        f"{table}:3: the balance is 6.40 there, 6.50 in the book",
    ]
    assert at_shop("party", "list", "--json").json["parties"] == []
    done = at_shop("import", table, "--format", "balance-items", "--timezone", "UTC", "--unescape", "--json").json
    assert done.pop("batch") > 0
    assert done == {
        "imported": 2,
        "skipped_duplicates": 0,
        "refused": [],
        "differences": [{"line": 3, "expected": "6.40", "found": "6.50"}],
        "changed": [],
        "parties_added": ["7"],
        "accounts_opened": ["Liabilities:Parties:7"],
        "notes": [],
    }
    assert "Top-up & [red]x[/]" in at_shop("party", "statement", "7").out
    assert at_shop("import", table, "--timezone", "UTC").out.startswith("Imported 0 items; 2 imported before.\n")
    table.write_text(TABLE.replace("Fee", "Fees"), encoding="utf-8")
    said = at_shop("import", table, "--timezone", "UTC").out
    assert f"{table}:3: changed since transaction 2: message `Fee`, now `Fees`" in said
    shape = at_shop("import", table, "--timezone", "UTC", "--unescape", "--json").json
    assert shape["changed"] == [{"line": 3, "transaction": 2, "fields": {"message": {"old": "Fee", "new": "Fees"}}}]
    assert at_shop("verify").status == 0


def test_the_other_side_and_the_purpose_are_chosen(at_shop: Call, table: Path) -> None:
    at_shop("import", table, "--against", "Assets:Bank", "--purpose", "site", "--actor", "Bea")
    assert at_shop("balance", "Assets:Bank", "--json").json["accounts"][0]["balance"] == "6.50"
    assert at_shop("party", "list", "--purpose", "site", "--json").json["parties"][0]["balance"] == "6.50"
    assert "Bea" in at_shop("history", "1").out


def test_bad_lines_are_listed_and_nothing_is_imported(at_shop: Call, table: Path) -> None:
    table.write_text(TABLE + "3,7,never,credit,x,1,1\n4,7,1236000000,odd,x,1,1\n", encoding="utf-8")
    answer = at_shop("import", table, "--json")
    assert answer.status == 1
    assert [one["line"] for one in answer.json["refused"]] == [4, 5]
    assert "Nothing was imported; 1 more line is refused" in answer.err
    assert at_shop("party", "list", "--json").json["parties"] == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--timezone", "Nowhere/Never"), "is no time zone"),
        (("--currency", "XBT"), "'XBT' is not a currency this book knows"),
        (("--against", "Assets:Gold"), "Assets:Gold"),
        (("--format", "hledger", "--round"), "--round is for balance items"),
        (("--decimal-mark", ";"), "use `.` or `,`"),
        (("--date-order", "ydm"), "use `dmy`, `mdy` or `ymd`"),
        (("--format", "hledger", "--date-order", "dmy"), "--date-order is for balance items"),
        (("--format", "ofx"), "use one of hledger, balance-items"),
    ],
)
def test_options_that_make_no_sense_are_one_line(
    at_shop: Call, table: Path, options: tuple[str, ...], said: str
) -> None:
    assert said in at_shop("import", table, *options).refusal


def test_a_table_saved_in_a_bookkeepers_own_notation_comes_in(at_shop: Call, table: Path) -> None:
    rows = "1;7;31.01.2026;credit;Top-up;1.450,00;1.450,00\n2;7;1.2.2026 10:15;debit;Fee;3,50;1 446,50\n"
    table.write_text("id;user;time;type;message;amount;balance\n" + rows, encoding="utf-8")
    assert at_shop("import", table).status == 1
    assert at_shop("import", table, "--decimal-mark", ".", "--date-order", "dmy").status == 1
    assert at_shop("party", "list", "--json").json["parties"] == []
    done = at_shop("import", table, "--decimal-mark", ",", "--date-order", "dmy", "--json").json
    assert (done["imported"], done["differences"]) == (2, [])
    days = [one["date"] for one in at_shop("journal", "--json").json["transactions"]]
    assert days == ["2026-01-31", "2026-02-01"]
