"""`tax list`, `set`, `remove`, `post --tax` and `report tax`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call
from tui_ledger.ledger import Ledger

VAT = "Liabilities:VAT"


@pytest.fixture
def taxed(shop: Path) -> Path:
    with Ledger.open(shop) as ledger:
        ledger.edit_account("Income:Sales", tax_code="V19")
        ledger.set_tax_rate("V19", 19, account=VAT, date_from="2021-01-01", name="Standard")
    return shop


def test_rates_are_set_listed_and_removed(at_shop: Call, taxed: Path) -> None:
    assert at_shop("tax", "set", "V19", "20.50", "--from", "2027-01-01").out == (
        "Set: from 2027-01-01 on V19 is 20.5%; its tax goes to Liabilities:VAT.\n"
    )
    assert at_shop("tax", "set", "zero", "0", "--from", "2021-01-01", "--name", "Nothing").out == (
        "Set: from 2021-01-01 on zero is 0%.\n"
    )
    listed = at_shop("tax", "list").out.splitlines()
    assert [line.split() for line in listed[2:]] == [
        ["V19", "01/01/2021", "19%", VAT, "Standard"],
        ["V19", "01/01/2027", "20.5%", VAT, "Standard"],
        ["zero", "01/01/2021", "0%", "Nothing"],
    ]
    now = at_shop("tax", "list", "--at", "2026-12-31", "--json").json["tax_rates"]
    assert [(one["code"], one["rate"], one["account"]) for one in now] == [("V19", "19", VAT), ("zero", "0", None)]
    assert at_shop("tax", "list", "--at", "2020-12-31", "--json").json == {"tax_rates": []}
    assert at_shop("tax", "remove", "zero", "--from", "2021-01-01").out == (
        "Removed the rate of zero from 2021-01-01 on.\n"
    )
    assert at_shop("tax", "remove", "V19", "--from", "2027-01-01", "--json").json == {
        "code": "V19",
        "date_from": "2027-01-01",
        "removed": True,
    }
    assert [one["rate"] for one in at_shop("tax", "list", "--json").json["tax_rates"]] == ["19"]
    assert "Undid: remove tax rate" in at_shop("undo").out


def test_setting_answers_in_json_and_keeps_its_key(at_shop: Call, taxed: Path) -> None:
    asked = ("tax", "set", "V7", "7", "--account", VAT, "--from", "2021-01-01", "--key", "k", "--json")
    shape = {"code": "V7", "date_from": "2021-01-01", "rate": "7", "account": VAT, "name": None}
    assert at_shop(*asked).json == shape
    assert at_shop(*asked).json == shape
    with Ledger.open(taxed) as ledger:
        assert len([one for one in ledger.latest_changes(50) if one.kind == "set-tax-rate"]) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("tax", "set", "V5", "5"), "A rate of 5% needs the account its tax goes to"),
        (("tax", "set", "V5", "-5", "--account", VAT), "'-5' is no tax rate"),
        (("tax", "set", "V5", "5", "--account", "Income:Sales"), "Tax cannot go to 'Income:Sales'"),
        (("tax", "set", "V5", "5", "--account", VAT, "--from", "soon"), "soon"),
        (("tax", "list", "--at", "soon"), "soon"),
        (("tax", "remove", "V5", "--from", "2021-01-01"), "'V5' has no rate from 2021-01-01 on"),
        (("account", "delete", VAT), "'Liabilities:VAT' takes the tax of 'V19' and cannot be deleted"),
        (("account", "edit", "Assets:Bank", "--tax-code", "V5"), "There is no tax code 'V5' in this book, but V19"),
        (("post", "--tax", "both", "Assets:Bank 1", "Income:Sales"), "use gross or net"),
        (("post", "--tax", "net", "Assets:Bank 1", "Assets:Petty cash"), "None of these accounts has a tax code"),
        (("report", "tax", "--every", "week"), "use month, quarter or year"),
        (("report", "tax", "--by", "payee"), "tax takes no --by"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    at_shop: Call, taxed: Path, asked: tuple[str, ...], said: str
) -> None:
    with Ledger.open(taxed) as ledger:
        before = ledger.head
    assert said in at_shop(*asked).refusal
    with Ledger.open(taxed) as ledger:
        assert ledger.head == before


def test_unknown_options_and_missing_ones_are_told_apart_from_bad_values(at_shop: Call, taxed: Path) -> None:
    assert at_shop("tax", "remove", "V19").status == 2
    assert at_shop("tax", "set", "V19").status == 2
    assert at_shop("edit", "1", "--tax", "net").status == 2
    assert "gross" in at_shop("post", "--help").out
    assert "tax" in at_shop("--help").out


def test_a_sale_is_posted_with_its_tax_once_under_a_key(at_shop: Call, taxed: Path) -> None:
    sale = ("post", "--date", "2026-02-02", "--tax", "gross", "--key", "k", "Assets:Bank 119", "Income:Sales")
    first = at_shop(*sale, "--json").json
    assert first["balances"] == {"Assets:Bank": "119.00", "Income:Sales": "100.00", VAT: "19.00"}
    assert at_shop(*sale, "--json").json["number"] == first["number"]
    assert "used before" in at_shop(*[{"gross": "net"}.get(one, one) for one in sale]).refusal
    net = at_shop("post", "--date", "2026-02-03", "--tax", "net", "Assets:Bank", "Income:Sales -50").out
    assert ["Liabilities:VAT", "Cr", "9.50"] in [line.split()[:3] for line in net.splitlines()]


def test_the_report_goes_to_the_terminal_and_into_every_kind_of_file(
    at_shop: Call, taxed: Path, tmp_path: Path
) -> None:
    for month, gross in ((1, "119"), (2, "59.50")):
        lines = f"Assets:Bank {gross}", "Income:Sales"
        at_shop("post", "--date", f"2026-0{month}-02", "--tax", "gross", *lines)
    at_shop("post", "--date", "2026-02-10", f"{VAT} 19", "Assets:Bank")
    year = ("--from", "2026-01-01", "--to", "2026-12-31")
    shown = at_shop("report", "tax", *year).out.splitlines()
    assert shown[0] == "Tax"
    assert max(map(len, shown)) <= 80
    assert ["V19", "19%", "150.00", "28.50", "28.50", "0.00"] in [line.split() for line in shown]
    by_month = list(
        csv.DictReader(io.StringIO(at_shop("report", "tax", *year, "--every", "month", "--format", "csv").out))
    )
    assert [(row["period"], row["posted"], row["balance"]) for row in by_month] == [
        ("", "", "0.00"),
        ("2026-01", "19.00", ""),
        ("2026-02", "9.50", ""),
        ("", "28.50", ""),
        ("2026-02", "-19.00", ""),
        ("", "", "9.50"),
    ]
    assert at_shop("report", "tax", *year, "--json").json["blocks"][0]["lines"][-1]["balance"] == "9.50"
    for ending in ("html", "xlsx"):
        at_shop("report", "tax", *year, "-o", tmp_path / f"tax.{ending}")
    assert "V19" in (tmp_path / "tax.html").read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(tmp_path / "tax.xlsx").active
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas[-1] == "=G7+SUM(E8,E10)"


def test_hostile_names_reach_the_terminal_as_text(at_shop: Call, taxed: Path) -> None:
    at_shop("tax", "set", "[red]x[/]", "7", "--account", VAT, "--name", "\x1b[31m=cmd()")
    out = at_shop("tax", "list").out
    assert "[red]x[/]" in out
    assert "\x1b" not in out
