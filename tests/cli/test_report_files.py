"""Where reports are written from the command line: over earlier ones of ours, never over what others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger import credit, debit
from tui_ledger.ledger import Ledger

OTHERS = {
    "csv": ("a,b\n", "line,account,amount\n1,Bank,5\n", "line,currency\nx,y\n", '"section,row\n', ""),
    "html": ("<!DOCTYPE html>\n<p>mine</p>\n", "<p>tui-ledger</p>", ""),
    "json": ('{"report": "quarterly", "title": "x"}', '{"report": 5, "title": "x"}', "[]", "{", ""),
    "txt": ("Balance sheet\n", "Balance sheet\nof my aunt\n", "Journal", "…\n…\n", ""),
}
REPORTS = (
    ("report", "balance-sheet"),
    ("report", "journal"),
    ("report", "general-ledger"),
    ("party", "statement", "ann"),
)


@pytest.fixture
def at_shop(call: Call, shop: Path) -> Call:
    with Ledger.open(shop) as ledger:
        ledger.add_party("ann", "Ann [red]x[/]")
        ledger.open_account("Liabilities:Ann", "liability", party="ann")
        ledger.post("", debit("Assets:Bank", "10"), credit("Income:Sales", "10"), date="2026-01-02")
        ledger.post("", debit("Assets:Bank", "10"), credit("Liabilities:Ann", "10"), date="2026-01-02")
    return lambda *arguments: call("--book", shop, *arguments)


@pytest.mark.parametrize("ending", OTHERS)
def test_a_file_that_somebody_else_wrote_stays_as_it_is(at_shop: Call, tmp_path: Path, ending: str) -> None:
    mine = tmp_path / f"mine.{ending}"
    for text in (*OTHERS[ending], "\x00\xff\n"):
        mine.write_bytes(text.encode("latin-1", errors="replace"))
        before = mine.read_bytes()
        for report in REPORTS[1::2]:
            refusal = at_shop(*report, "-o", mine).refusal
            assert "is no report as this program wrote it, and stays: choose another name" in refusal
        assert "choose another name" in at_shop("report", "balance-sheet", "-o", mine).refusal
        assert mine.read_bytes() == before


@pytest.mark.parametrize("ending", ["csv", "html", "json", "txt", "xlsx"])
def test_an_earlier_report_is_written_over_by_a_later_one(at_shop: Call, tmp_path: Path, ending: str) -> None:
    again = tmp_path / f"again.{ending}"
    for report in (*REPORTS[:3], REPORTS[2]):
        assert at_shop(*report, "-o", again).out == f"Wrote {again}\n"
    sheet = tmp_path / f"sheet.{ending}"
    for _ in range(2):
        assert at_shop("party", "statement", "ann", "-o", sheet).out == f"Wrote {sheet}\n"


def test_a_text_that_was_clipped_or_spoken_otherwise_is_known_again(
    at_shop: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "x.txt"
    text.write_text("Journal\nsh…\n\n", encoding="utf-8")
    assert at_shop("report", "balance-sheet", "-o", text).status == 0
    assert text.read_text(encoding="utf-8").splitlines()[:2] == ["Balance sheet", "shop"]


@pytest.mark.parametrize(
    ("form", "name"),
    [("csv", "x.xlsx"), ("json", "x.HTML"), ("text", "x.csv"), ("xlsx", "x.txt"), ("html", "x.json")],
)
def test_a_format_that_contradicts_the_name_is_refused(at_shop: Call, tmp_path: Path, form: str, name: str) -> None:
    place = tmp_path / name
    for report in REPORTS:
        refusal = at_shop(*report, "--format", form, "-o", place).refusal
        assert f"{name} asks for another format than {form}" in refusal
    assert not place.exists()


@pytest.mark.parametrize("form", ["csv", "json", "html", "text", "xlsx"])
def test_a_name_without_a_known_ending_takes_any_format(at_shop: Call, tmp_path: Path, form: str) -> None:
    for report in REPORTS:
        place = tmp_path / f"{report[1]}.out"
        for _ in range(2):
            assert at_shop(*report, "--format", form, "-o", place).out == f"Wrote {place}\n"


def test_json_does_not_go_into_a_page(at_shop: Call, tmp_path: Path) -> None:
    assert "another format than json" in at_shop("report", "journal", "--json", "-o", tmp_path / "x.html").refusal
