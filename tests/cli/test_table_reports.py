"""`report general-ledger`, `register`, `journal`, `statistics`, `parties`: what they take, print and write."""

from __future__ import annotations

import csv
import io
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Call
from tui_ledger.ledger import Ledger, credit, debit


@pytest.fixture
def sold(shop: Path) -> Path:
    with Ledger.open(shop) as ledger:
        ledger.open_account("Expenses:Office:Paper", "expense")
        ledger.open_account("Expenses:Office:Ink", "expense")
        for day, payee, amount in (
            ("2026-01-10", "Ann", "40"),
            ("2026-03-11", "Bob", "2.50"),
            ("2026-03-12", "Ann", "1"),
        ):
            lines = debit("Assets:Bank", amount), credit("Income:Sales", amount)
            ledger.post("Sale", *lines, date=day, payee=payee, tags=["shop"], data={"order": {"id": payee.lower()}})
        ledger.post("Paper", debit("Expenses:Office:Paper", "3"), credit("Assets:Bank", "3"), date="2026-03-13")
        ledger.post("Ink", debit("Expenses:Office:Ink", "4"), credit("Assets:Petty cash", "4"), date="2026-03-14")
        ledger.add_party("ann", "Ann")
        ledger.party_credit("ann", "17.50", against="Assets:Bank", date="2026-02-01")
    return shop


YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_register_is_one_account_of_the_general_ledger(at_shop: Call, sold: Path) -> None:
    answer = at_shop("report", "register", "Assets:Bank", *YEAR)
    assert answer.out.splitlines()[0] == "Register of Assets:Bank"
    by_code = at_shop("report", "register", "1100", *YEAR, "--json").json
    assert by_code["report"] == "register"
    (block,) = by_code["blocks"]
    assert [line["balance"] for line in block["lines"] if line["kind"] != "total"] == [
        *("0.00", "40.00", "57.50", "60.00", "61.00", "58.00"),
        "58.00",
    ]


def test_the_general_ledger_of_a_heading_holds_all_beneath_it(at_shop: Call, sold: Path) -> None:
    answer = at_shop("report", "general-ledger", "--account", "Expenses:Office", *YEAR, "--json")
    assert [block["account"] for block in answer.json["blocks"]] == ["Expenses:Office:Ink", "Expenses:Office:Paper"]
    one = at_shop("report", "general-ledger", "--account", "Assets:Petty cash", *YEAR, "--json").json
    assert (one["report"], len(one["blocks"])) == ("general-ledger", 1)
    assert "nothing" in at_shop("report", "general-ledger", "--account", "nothing").refusal


def test_the_journal_of_some_days_as_csv(at_shop: Call, sold: Path) -> None:
    answer = at_shop("report", "journal", "--from", "2026-03-12", "--to", "2026-03-13", "--format", "csv")
    assert [row["debit"] for row in rows(answer.out) if row["line"] == "row"] == ["1.00", "", "3.00", ""]
    (total,) = (row for row in rows(answer.out) if row["line"] == "total")
    assert (total["debit"], total["credit"], total["currency"]) == ("4.00", "4.00", "EUR")


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ([], {"2026-01": "40.00", "2026-02": "17.50", "2026-03": "3.50"}),
        (["--by", "payee"], {"Ann": "41.00", "Bob": "2.50", "(none)": "17.50"}),
        (["--by", "tag"], {"shop": "43.50", "(none)": "17.50"}),
        (["--by", "data:order.id"], {"ann": "41.00", "bob": "2.50", "(none)": "17.50"}),
        (["--by", "account"], {"Assets:Bank": "61.00"}),
    ],
)
def test_statistics_by_what_is_asked_for(at_shop: Call, sold: Path, by: list[str], found: dict[str, str]) -> None:
    answer = at_shop("report", "statistics", "--account", "Assets:Bank", *by, *YEAR, "--json").json
    (block,) = answer["blocks"]
    name = answer["columns"][0]["name"]
    assert {line[name]: line["debit"] for line in block["lines"] if line["kind"] == "row"} == found


def test_parties_at_a_day(at_shop: Call, sold: Path) -> None:
    assert [row["balance"] for row in rows(at_shop("report", "parties", "--format", "csv").out)] == ["17.50", "17.50"]
    before = at_shop("report", "parties", "--at", "2026-01-31", "--zero", "--format", "csv")
    assert [(row["party"], row["balance"]) for row in rows(before.out)] == [("ann", "0.00"), ("", "0.00")]
    assert "use one of name, key, balance" in at_shop("report", "parties", "--sort", "age").refusal


@pytest.mark.parametrize("name", ["general-ledger", "journal", "statistics", "parties"])
@pytest.mark.parametrize("ending", ["txt", "json", "csv", "html", "xlsx"])
def test_each_goes_into_a_file_of_each_kind(at_shop: Call, sold: Path, tmp_path: Path, name: str, ending: str) -> None:
    target = tmp_path / f"{name}.{ending}"
    days = [] if name == "parties" else YEAR
    for _ in range(2):
        assert at_shop("report", name, *days, "-o", target).out == f"Wrote {target}\n"
    if ending == "xlsx":
        assert len(openpyxl.load_workbook(target).sheetnames) == 1
    elif ending != "html":
        assert (
            target.read_bytes().decode()
            == at_shop("report", name, *days, "--format", {"txt": "text"}.get(ending, ending)).out
        )
    else:
        assert target.read_text(encoding="utf-8").endswith("</body></html>\n")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["register"], "Name the account"),
        (["register", "Nowhere"], "Nowhere"),
        (["journal", "Assets:Bank"], "journal takes no ACCOUNT, but --from, --to, --columns."),
        (["journal", "--depth", "2"], "journal takes no --depth"),
        (["statistics", "--every", "month"], "statistics takes no --every"),
        (["statistics", "--by", "size"], "use one of account, party, payee, tag, data:KEY"),
        (["parties", "--from", "2026-01-01"], "parties takes no --from"),
        (["general-ledger", "--from", "2026-02-01", "--to", "2026-01-01"], "before it begins"),
        (["balance-sheet", "--by", "payee"], "balance-sheet takes no --by"),
        (["trial-balance", "Assets:Bank"], "trial-balance takes no ACCOUNT"),
        (["list", "--account", "Assets:Bank"], "Name the report"),
        (["ledgers"], "There is no report 'ledgers': choose one of balance-sheet,"),
        (["journal", "-o", "missing/x.csv"], "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    at_shop: Call, sold: Path, arguments: list[str], reason: str
) -> None:
    assert reason in at_shop("report", *arguments).refusal


def test_they_are_listed_with_the_statements(at_shop: Call) -> None:
    listed = {one["name"]: one["options"] for one in at_shop("report", "--json").json["reports"]}
    assert listed["register"] == ["ACCOUNT", "from", "to", "after-closing", "columns"]
    assert {"balance-sheet", "general-ledger", "journal", "statistics", "parties"} <= set(listed)
    assert "--by" in at_shop("report", "list").out


def test_a_reader_that_leaves_early_hears_of_no_error(sold: Path) -> None:
    with Ledger.open(sold) as ledger:
        for _ in range(3000):
            ledger.transfer("Assets:Bank", "Assets:Petty cash", 1, memo="x" * 40)
    for form in ("text", "csv", "json", "html"):
        program = f"{shlex.quote(sys.executable)} -m tui_ledger --book {shlex.quote(str(sold))}"
        piped = f"{{ {program} report general-ledger --format {form}; echo $? >&2; }} | head -n 1"
        done = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, timeout=60, check=False)
        assert done.stderr == "0\n"
        assert len(done.stdout.splitlines()) == 1
