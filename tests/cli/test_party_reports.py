"""Statements and statistics of parties, saved searches and found postings, from the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call

TODAY_FREE = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture
def club(at_shop: Call) -> Call:
    at_shop("party", "add", "ann", "--name", "Ann Smith")
    at_shop("party", "add", "bob")
    at_shop("party", "credit", "ann", "100", "--date", "2026-01-10", "--memo", "Top-up", "--against", "Assets:Bank")
    at_shop("party", "debit", "ann", "30.50", "--date", "2026-02-01", "--memo", "Fee", "--against", "Income:Sales")
    at_shop("party", "adjust", "ann", "5", "--purpose", "bonus", "--date", "2026-01-20")
    return at_shop


def test_a_statement_goes_into_every_format(club: Call, tmp_path: Path) -> None:
    table = club("party", "statement", "ann", "--period", "2026-01", "--format", "csv").out.splitlines()
    assert table == [
        "line,currency,date,transaction,memo,counter_accounts,change,balance",
        "opening,EUR,2026-01-01,,Opening balance,,,0.00",
        "row,EUR,2026-01-10,1,Top-up,Assets:Bank,100.00,100.00",
        "row,EUR,2026-01-20,3,Admin Adjustment,Equity:Adjustments,5.00,105.00",
        "total,EUR,,,Total,,105.00,",
        "closing,EUR,2026-01-31,,Closing balance,,,105.00",
    ]
    assert club("party", "statement", "ann", *TODAY_FREE, "-o", tmp_path / "a.html").out.startswith("Wrote ")
    assert "Statement of Ann Smith (ann)" in (tmp_path / "a.html").read_text(encoding="utf-8")
    club("party", "statement", "ann", "--to", "2026-12-31", "--newest-first", "-o", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [row[2] for row in sheet.iter_rows(min_row=7, max_row=9, values_only=True)] == [
        "Closing balance", "Fee", "Admin Adjustment",
    ]  # fmt: skip
    shape = club("party", "statement", "ann", "--period", "2026-02", "--format", "json").json
    assert (shape["opening_balance"], shape["closing_balance"], len(shape["postings"])) == ("105.00", "74.50", 1)
    assert club("report", "statement", "ann", *TODAY_FREE, "--format", "csv").out.splitlines()[-1].endswith("74.50")
    assert club("report", "statement", "--party", "ann", "--purpose", "bonus", *TODAY_FREE).out.count("Adjustment") == 2


def test_statistics_of_one_party_and_of_all(club: Call) -> None:
    answer = club("party", "statistics", "ann", "--json").json
    assert (answer["party"], answer["by"], answer["from"]) == ("ann", "month", "2026-01-10")
    assert answer["currencies"] == [
        {
            "currency": "EUR",
            "lines": [
                {"month": "2026-01", "debits": "0.00", "credits": "105.00", "net": "105.00", "count": 2},
                {"month": "2026-02", "debits": "30.50", "credits": "0.00", "net": "-30.50", "count": 1},
                {"total": True, "debits": "30.50", "credits": "105.00", "net": "74.50", "count": 3},
            ],
        }
    ]
    everyone = club("party", "statistics", "--by", "party", "--period", "2026", "--json").json
    assert [line.get("party") for line in everyone["currencies"][0]["lines"]] == ["ann", None]
    assert club("party", "statistics", "ann", "--purpose", "bonus", "--format", "csv").out.splitlines()[1:] == [
        "row,EUR,2026-01,0.00,5.00,5.00,1", "total,EUR,Total,0.00,5.00,5.00,1",
    ]  # fmt: skip
    listed = club("report", "statistics", "--party", "ann", *TODAY_FREE).out
    assert "Credit less debit" in listed
    assert "Statistics of Ann Smith (ann)" in listed


def test_searches_are_kept_listed_and_used(club: Call) -> None:
    assert club("filter", "list").out == "No searches are saved yet: `filter save NAME QUERY` saves one.\n"
    assert club("filter", "save", "Ann's", "party:ann", "side:credit").out == "Saved Ann's: party:ann side:credit\n"
    assert club("filter", "list", "--json").json == {"filters": [{"name": "Ann's", "query": "party:ann side:credit"}]}
    assert [one["number"] for one in club("journal", "--filter", "ann's", "top", "--json").json["transactions"]] == [1]
    found = club("report", "postings", "--filter", "Ann's", *TODAY_FREE, "--sort", "-amount", "--format", "csv").out
    sides = [line.split(",")[8:10] for line in found.splitlines()[1:]]
    assert sides == [["", "100.00"], ["", "5.00"], ["0.00", "105.00"]]
    assert club("filter", "delete", "ANN'S", "--json").json == {"name": "Ann's", "deleted": True}
    assert club("undo").status == 0
    assert "Ann's" in club("filter", "list").out


def test_found_postings_are_a_report_like_the_others(club: Call) -> None:
    answer = club("report", "postings", "party:ann debit:>10", *TODAY_FREE, "--json").json
    (block,) = answer["blocks"]
    assert [(line["kind"], line["debit"], line["balance"]) for line in block["lines"]] == [
        ("row", "30.50", "69.50"), ("total", "30.50", None),
    ]  # fmt: skip
    reports = {one["name"]: one["options"] for one in club("report", "list", "--json").json["reports"]}
    assert reports["postings"][:3] == ["QUERY", "from", "to"]
    assert reports["statement"][0] == "PARTY"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("party", "statement", "nobody"), "There is no party 'nobody'"),
        (("party", "statement", "ann", "--period", "soon"), "'soon' is no period"),
        (("party", "statement", "ann", "--period", "2026", "--to", "2026-01-01"), "--period says both days"),
        (("party", "statement", "ann", "--format", "doc"), "'doc' is no format"),
        (("party", "statement", "ann", "--from", "2026-02-01", "--to", "2026-01-01"), "ends (2026-01-01) before"),
        (("party", "statistics", "ann", "--by", "colour"), "'colour' is no grouping"),
        (("report", "statement"), "Name the party"),
        (("report", "statement", "ann", "--party", "bob"), "The party of a statement is named once"),
        (("report", "balance-sheet", "--party", "ann"), "balance-sheet takes no --party"),
        (("report", "postings", "(", *TODAY_FREE), "cannot be read at character 1"),
        (("journal", "--filter", "none"), "There is no saved filter 'none'"),
        (("filter", "save", "x", "date:never"), "is no day or period"),
        (("settings", "filter.x", "is:odd"), "is no mark"),
        (("settings", "status_balances", '["Assets:Gold"]'), "'Assets:Gold'"),
        (("settings", "status_balances", "Assets:Bank"), "is no list of balances"),
    ],
)
def test_what_makes_no_sense_is_one_line(club: Call, arguments: tuple[str, ...], said: str) -> None:
    assert said in club(*arguments).refusal


def test_hostile_text_is_printed_harmlessly(club: Call) -> None:
    hostile = "[red]x[/]\x1b[31m=cmd()"
    club("party", "add", "eve", "--name", hostile)
    club("party", "credit", "eve", "1", "--memo", hostile, "--date", "2026-01-05", "--against", "Assets:Bank")
    for command in ("party statement eve", "report statement eve --from 2026-01-01", "party statistics eve"):
        printed = club(*command.split()).out
        assert "[red]x[/]" in printed
        assert "\x1b" not in printed
    assert "\x1b" not in club("report", "postings", "party:eve", *TODAY_FREE).out
