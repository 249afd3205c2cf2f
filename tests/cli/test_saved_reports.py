"""Columns of one's own and saved reports from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call
from tui_ledger import credit, debit
from tui_ledger.ledger import Ledger


@pytest.fixture
def at_shop(call: Call, shop: Path) -> Call:
    """One command on a book with something sold in two years, both past."""
    with Ledger.open(shop) as ledger:
        for day, amount in (("2020-02-03", "100"), ("2020-06-01", "20.50"), ("2021-05-01", "80")):
            ledger.post("", debit("Assets:Bank", amount), credit("Income:Sales", amount), date=day, payee="Mill")
    return lambda *arguments: call("--book", shop, *arguments)


def result(at_shop: Call, *arguments: str) -> list[str]:
    answer = at_shop("report", *arguments, "--json")
    assert answer.status == 0, answer.err
    return next(total["figures"] for total in answer.json["totals"] if total["name"] == "result")


OWN = ("--column", "2020", "--column", "Later=2021", "--column", "Change=#2-#1")


def test_columns_of_ones_own_stand_in_every_format(at_shop: Call, tmp_path: Path) -> None:
    assert result(at_shop, "income-statement", *OWN) == ["120.50", "80.00", "-40.50"]
    assert "Change" in at_shop("report", "income-statement", *OWN).out
    assert (
        at_shop("report", "income-statement", *OWN, "--format", "csv")
        .out.splitlines()[0]
        .endswith(",Later,Later unconverted,Change,Change unconverted")
    )
    at_shop("report", "income-statement", *OWN, "-o", tmp_path / "own.xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "own.xlsx").active.iter_rows() for cell in row]
    assert "=D8-C8" in cells


def test_a_list_has_the_columns_that_were_named(at_shop: Call) -> None:
    span = ("--from", "2020-01-01", "--to", "2020-12-31")
    lines = at_shop("report", "register", "Assets:Bank", *span, "--columns", "payee,balance", "--format", "csv").out
    assert lines.splitlines() == [
        "line,account,code,currency,payee,balance",
        "opening,Assets:Bank,1100,EUR,Opening balance,0.00",
        "row,Assets:Bank,1100,EUR,Mill,100.00",
        "row,Assets:Bank,1100,EUR,Mill,120.50",
        "closing,Assets:Bank,1100,EUR,Closing balance,120.50",
    ]


def test_a_saved_report_is_listed_run_changed_and_forgotten(at_shop: Call, tmp_path: Path) -> None:
    saved = at_shop("report", "income-statement", *OWN, "--save", "Two years")
    assert saved.out == (
        "Saved Two years: income-statement --column 2020 --column Later=2021 --column 'Change=#2-#1'\n"
    )
    assert at_shop("report", "list").out.splitlines()[-2] == "Two years  saved"
    assert at_shop("report", "list", "--json").json["saved"] == [
        {
            "name": "Two years",
            "report": "income-statement",
            "options": {"column": ["2020", "Later=2021", "Change=#2-#1"]},
        }
    ]
    assert result(at_shop, "two YEARS") == ["120.50", "80.00", "-40.50"]
    assert result(at_shop, "Two years", "--from", "2020-06-01", "--to", "2020-12-31") == ["20.50"]
    assert at_shop("report", "Two years", "-o", tmp_path / "two.csv").status == 0
    assert at_shop("report", "Two years", "--column", "2021", "--save", "One year").status == 0
    assert result(at_shop, "One year") == ["80.00"]
    again = at_shop("report", "Two years", "--column", "2020", "--save", "ONE year")
    assert again.out == "Saved One year in place of the one before: income-statement --column 2020\n"
    assert at_shop("report", "Two years", "--column", "2021", "--save", "One year", "--json").json["replaced"] is True

    assert at_shop("report", "--forget", "two years", "--json").json == {"name": "Two years"}
    assert "no report 'Two years': choose one of" in at_shop("report", "Two years").refusal
    assert at_shop("undo").status == 0
    assert result(at_shop, "Two years") == ["120.50", "80.00", "-40.50"]
    assert at_shop("verify", "--replay").status == 0


def test_a_format_is_saved_and_another_goes_before_it(at_shop: Call, tmp_path: Path) -> None:
    assert at_shop("report", "journal", "--columns", "date,debit", "--format", "csv", "--save", "J").status == 0
    span = ("--from", "2020-01-01", "--to", "2020-12-31")
    assert at_shop("report", "J", *span).out.startswith("line,")
    assert at_shop("report", "J", *span, "--json").json["report"] == "journal"
    assert at_shop("report", "J", *span, "--format", "html").out.startswith("<!DOCTYPE html>")
    at_shop("report", "J", *span, "-o", tmp_path / "j.json")
    assert json.loads((tmp_path / "j.json").read_text(encoding="utf-8"))["report"] == "journal"


def test_a_call_that_is_repeated_with_its_key_saves_once(at_shop: Call, shop: Path) -> None:
    for _ in range(2):
        answer = at_shop("report", "journal", "--save", "J", "--key", "k", "--actor", "Ann")
        assert answer.out == "Saved J: journal\n"
    with Ledger.open(shop) as ledger:
        assert [change.subject for change in ledger.latest_changes(9)].count("setting report.J") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["income-statement", "--every", "week", "--save", "x"], "'week' is no period"),
        (["income-statement", "--save", "Journal"], "a report of the program is called so"),
        (["income-statement", "--save", "list"], "a report of the program is called so"),
        (["income-statement", "--save", "--x"], "begin it with something else than a dash"),
        (["income-statement", "--save", "x\x1b[31m"], "characters that can be seen"),
        (["income-statement", "--save", "x", "-o", "x.csv"], "--save takes no -o"),
        (["income-statement", "--save", "x", "--format", "pdf"], "'pdf' is no format"),
        (["--save", "x"], "Name the report"),
        (["list", "--save", "x"], "Name the report"),
        (["list", "--column", "2020"], "Name the report"),
        (["--forget", "x"], "There is no saved report 'x'"),
        (["income-statement", "--forget", "x"], "--forget takes no NAME"),
        (["--forget", "x", "--depth", "1"], "--forget takes no --depth"),
        (["income-statement", "--key", "k"], "takes no --key"),
        (["income-statement", *OWN, "--every", "month"], "--column says which days are meant"),
        (["income-statement", "--column", "#1-#2"], "there is no column 1 there"),
        (["trial-balance", "--column", "2020"], "trial-balance takes no --column, but --from"),
        (["balance-sheet", "--columns", "date"], "balance-sheet takes no --columns, as general-ledger"),
        (["journal", "--column", "2020"], "journal takes no --column, but"),
        (["journal", "--columns", "date,size"], "journal has no column 'size', but date, transaction"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    at_shop: Call, shop: Path, arguments: list[str], said: str
) -> None:
    with Ledger.open(shop) as ledger:
        before = ledger.revision
    assert said in at_shop("report", *arguments).refusal
    with Ledger.open(shop) as ledger:
        assert ledger.revision == before


def test_hostile_names_and_labels_are_texts(at_shop: Call, tmp_path: Path) -> None:
    name, label = "[red]x[/] =cmd() $(id)", "=1+1"
    assert at_shop("report", "income-statement", "--column", f"{label}=2020", "--save", name).status == 0
    assert at_shop("report", "list").out.splitlines()[-2:] == [
        f"{name}  saved",
        "    income-statement --column =1+1=2020",
    ]
    assert at_shop("export", "-o", tmp_path / "all.xlsx", name, "--json").json["reports"] == [name]
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    live = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert not any("cmd" in value or "1+1" in value for value in live)
    assert "There is no report 'nothing': choose one of balance-sheet" in at_shop("export", "nothing").refusal


def test_a_list_of_reports_needs_no_book_and_a_book_that_is_named_has_to_be_there(call: Call, tmp_path: Path) -> None:
    assert call("report", "list", "--json").json["saved"] == []
    assert "There is no book at" in call("--book", tmp_path / "none.ledger", "report", "list").refusal
    assert "There is no report 'mine'" in call("report", "mine").refusal


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("bad", '{"report":"nosuch","options":{}}', "'nosuch' is no report: choose one of balance-sheet, cash-flow"),
        ("bad", '{"report":"bad","options":{}}', "'bad' is no report"),
        ("bad", '{"report":"trial-balance","options":{"every":"month"}}', "trial-balance takes no --every"),
        ("bad", '{"report":"journal","options":{"zero":"yes"}}', "is true, or not said at all"),
        ("bad", '{"report":"balance-sheet"}', "is no saved report"),
        ("bad", "yes", "is no saved report"),
        ("balance-sheet", '{"report":"journal","options":{}}', "a report of the program is called so"),
        ("--x", '{"report":"journal","options":{}}', "begin it with something else than a dash"),
    ],
)
def test_no_setting_makes_a_saved_report_that_cannot_be_run(at_shop: Call, name: str, value: str, said: str) -> None:
    assert said in at_shop("settings", f"report.{name}", value).refusal
    assert at_shop("settings", "report.good", '{"report":"journal","options":{"from":"2020-01-01"}}').status == 0
    assert [one["name"] for one in at_shop("report", "list", "--json").json["saved"]] == ["good"]
