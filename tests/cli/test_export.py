"""`export`: which days, which sheets, where to; refusals are one line and leave nothing."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call, as_process
from tui_ledger.ledger import Ledger, credit, debit


@pytest.fixture
def sold(shop: Path) -> Path:
    with Ledger.open(shop) as ledger:
        for day, amount in (("2025-03-01", "100"), ("2026-01-10", "40"), ("2026-05-10", "2.50")):
            ledger.post("Sale", debit("Assets:Bank", amount), credit("Income:Sales", amount), date=day)
    return shop


def sheets(path: Path) -> list[str]:
    return openpyxl.load_workbook(path, read_only=True).sheetnames


def test_the_workbook_of_a_fiscal_year_to_a_day(at_shop: Call, sold: Path) -> None:
    answer = at_shop("export", "--at", "2026-03-31", "--json")

    written = sold.parent / "exports" / "shop-workbook-2026-03-31.xlsx"
    assert answer.json["workbook"] == str(written)
    assert (answer.json["from"], answer.json["to"]) == ("2026-01-01", "2026-03-31")
    assert answer.json["reports"] == [
        "balance-sheet",
        "income-statement",
        "trial-balance",
        "cash-flow",
        "general-ledger",
        "journal",
        "net-worth",
    ]
    assert sheets(written)[0] == "Contents"
    assert sheets(written)[-1] == "Checks"
    ledger = openpyxl.load_workbook(written)["General ledger"]
    assert [row[5].value for row in ledger.iter_rows(min_row=7, max_row=8)] == [None, 40]


def test_a_range_of_days_and_chosen_sheets(at_shop: Call, sold: Path, tmp_path: Path) -> None:
    target = tmp_path / "some.xlsx"
    days = ("--from", "2025-01-01", "--to", "2026-01-31")
    answer = at_shop("export", "journal", "trial-balance", *days, "-o", target)

    assert answer.out == f"Wrote {target}\n"
    assert answer.err == ""
    assert sheets(target) == ["Contents", "Trial balance", "Journal", "Checks"]
    numbers = [row[1] for row in openpyxl.load_workbook(target)["Journal"].iter_rows(min_row=6, values_only=True)]
    assert [number for number in numbers if number] == [1, 2]


def test_one_sheet_gives_the_file_its_name(at_shop: Call, sold: Path) -> None:
    at_shop("export", "journal", "--at", "2026-05-31")
    assert [path.name for path in (sold.parent / "exports").iterdir()] == ["shop-journal-2026-05-31.xlsx"]


def test_an_export_is_written_anew_and_another_file_gets_a_neighbour(at_shop: Call, sold: Path) -> None:
    folder = sold.parent / "exports"
    for _ in range(2):
        assert at_shop("export", "--at", "2026-05-31").status == 0
    (folder / "shop-workbook-2026-05-31.xlsx").write_bytes(b"worked on")
    at_shop("export", "--at", "2026-05-31")
    assert sorted(path.name for path in folder.iterdir()) == [
        "shop-workbook-2026-05-31-2.xlsx",
        "shop-workbook-2026-05-31.xlsx",
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["ledger"], "There is no report 'ledger': choose one of balance-sheet, income-statement"),
        (["--at", "2026-01-01", "--from", "2025-01-01"], "do not go together"),
        (["--from", "2026-02-01", "--to", "2026-01-01"], "ends (2026-01-01) before it begins"),
        (["--at", "yesterday"], "'yesterday'"),
        (["-o", "sheet.csv"], "a workbook's name ends in .xlsx"),
        (["-o", "no/such/folder/x.xlsx"], "there is no folder"),
    ],
)
def test_a_refusal_is_one_line_and_leaves_nothing(
    at_shop: Call, sold: Path, tmp_path: Path, arguments: list[str], reason: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert reason in at_shop("export", *arguments).refusal
    assert sorted(tmp_path.rglob("*")) == before


def test_another_file_of_that_name_stays_as_it_is(at_shop: Call, sold: Path, tmp_path: Path) -> None:
    other = tmp_path / "mine.xlsx"
    other.write_bytes(b"mine")
    assert "is no report as this program wrote it" in at_shop("export", "-o", other).refusal
    assert other.read_bytes() == b"mine"


def test_a_pipe_gets_no_progress_bar(sold: Path, tmp_path: Path) -> None:
    answer = as_process("--book", sold, "export", "-o", tmp_path / "x.xlsx")
    assert (answer.status, answer.out, answer.err) == (0, f"Wrote {tmp_path / 'x.xlsx'}\n", "")
