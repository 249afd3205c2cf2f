from __future__ import annotations

import csv
import io
import json
import stat
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.export.conftest import HOSTILE, YEAR_END
from tests.reports.conftest import Book
from tui_ledger.export.delimited import csv_field, csv_text, report_csv, report_json, write_csv, write_json
from tui_ledger.money import Currency, Money
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.report import Report, as_json

EUR = Currency("EUR", 2)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_report_is_one_line_a_row_with_plain_figures_and_iso_dates(shop_report: Report) -> None:
    lines = read(report_csv(shop_report))

    assert list(lines[0]) == [
        "section", "row", "depth", "code", "account", "label",
        "2026-12-31", "2026-12-31 unconverted", "2025-12-31", "2025-12-31 unconverted",
    ]  # fmt: skip
    (depreciation,) = (line for line in lines if line["label"] == "Depreciation")
    assert depreciation == {
        "section": "assets",
        "row": "account",
        "depth": "2",
        "code": "1690",
        "account": "Assets:Fixed:Depreciation",
        "label": "Depreciation",
        "2026-12-31": "-1800.33",
        "2026-12-31 unconverted": "",
        "2025-12-31": "0.00",
        "2025-12-31 unconverted": "",
    }


def test_rows_that_are_no_heading_add_up_to_the_total_of_their_section(shop_report: Report) -> None:
    for section in ("assets", "liabilities", "equity"):
        lines = [line for line in read(report_csv(shop_report)) if line["section"] == section]
        (total,) = (line for line in lines if line["row"] == "total")
        parts = [line for line in lines if line["row"] not in ("heading", "total")]
        assert sum(Decimal(line["2026-12-31"]) for line in parts) == Decimal(total["2026-12-31"])


def test_amounts_without_a_price_stand_in_a_column_of_their_own(book: Book) -> None:
    book.open("Assets:Dollars", currency="USD")
    book.open("Equity:Dollars", currency="USD")
    book.post("2026-01-01", "Assets:Dollars -12", "Equity:Dollars 12")

    lines = read(report_csv(balance_sheet(book.ledger, [YEAR_END])))

    assert (lines[0]["2026-12-31"], lines[0]["2026-12-31 unconverted"]) == ("", "USD -12.00")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "\0=1", "＝1", "＋1", "－1", "＠a"])
def test_a_text_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert csv_field(text).startswith("'")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("Bank", "Bank"),
        ("a=b", "a=b"),
        ("-5", "'-5"),
        (Money(-5, EUR), "-0.05"),
        (Decimal("-1E+3"), "-1000"),
        (-5, "-5"),
        (date(2026, 1, 31), "2026-01-31"),
        (None, ""),
        (True, "1"),
    ],
)
def test_parsed_numbers_stay_numbers(field: object, text: str) -> None:
    assert csv_field(field) == text  # type: ignore[arg-type]


def test_hostile_texts_survive_as_one_harmless_field_each() -> None:
    text = csv_text(["name", "amount"], [[name, Money(100, EUR)] for name in HOSTILE])
    rows = list(csv.reader(io.StringIO(text, newline="")))

    assert len(rows) == len(HOSTILE) + 1
    assert all(len(row) == 2 and row[1] == "1.00" for row in rows[1:])
    assert not [row for row in rows if row[0].startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [character for character in text.replace("\r\n", "") if ord(character) < 32 or ord(character) == 127]


def test_the_json_is_the_reports_own(shop_report: Report) -> None:
    text = report_json(shop_report)
    assert json.loads(text) == as_json(shop_report)
    assert text.endswith("}\n")


def test_files_are_for_their_owner_alone(shop_report: Report, tmp_path: Path) -> None:
    for path, write, text in (
        (tmp_path / "report.csv", write_csv, report_csv(shop_report)),
        (tmp_path / "report.json", write_json, report_json(shop_report)),
    ):
        write(shop_report, path)
        assert path.read_bytes() == text.encode()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
