"""Whole books from the command line: making, opening, refusing, checking."""

from __future__ import annotations

import shlex
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Call, as_process
from tui_ledger import __version__
from tui_ledger.ledger import Ledger


def test_init_makes_a_book_and_never_overwrites(call: Call, tmp_path: Path) -> None:
    place = tmp_path / "new.ledger"
    made = call("init", place, "--currency", "JPY", "--fiscal-year-start", "04-01", "--json")
    assert made.json == {"book": str(place), "currency": "JPY", "accounts": 1}
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    before = place.read_bytes()
    assert "exists already" in call("init", place, "--currency", "EUR").refusal
    assert place.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--currency", "EURO"], "'EURO' is not a currency"),
        (["--currency", "EUR", "--chart", "none"], "'none' is no starter chart"),
        (["--currency", "EUR", "--locale", "xx_XX"], "'xx_XX' is no locale"),
        (["--currency", "EUR", "--fiscal-year-start", "13-01"], "'13-01' is not a day of every year"),
    ],
)
def test_a_book_that_cannot_be_made_leaves_no_file(call: Call, tmp_path: Path, options: list[str], said: str) -> None:
    assert said in call("init", tmp_path / "new.ledger", *options).refusal
    assert list(tmp_path.iterdir()) == []


def test_init_in_a_missing_folder_says_so(call: Call, tmp_path: Path) -> None:
    assert "there is no such file" in call("init", tmp_path / "no" / "new.ledger", "--currency", "EUR").refusal


def test_a_starter_chart_is_opened_with_its_codes(call: Call, tmp_path: Path) -> None:
    charts = {chart["name"]: chart["accounts"] for chart in call("charts", "--json").json["charts"]}
    call("init", tmp_path / "new.ledger", "--currency", "EUR", "--chart", "small-shop")
    accounts = call("--book", tmp_path / "new.ledger", "account", "list", "--json").json["accounts"]
    assert len(accounts) == charts["small-shop"]
    assert {"1100", "3900", "6900"} <= {account["code"] for account in accounts}


def _text(place: Path) -> None:
    place.write_text("hello, this is not a book at all\n" * 9, encoding="utf-8")


def _empty(place: Path) -> None:
    place.write_bytes(b"")


def _other_database(place: Path) -> None:
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE things (x)")
    connection.close()


@pytest.mark.parametrize(
    ("make", "said"), [(_text, "not an SQLite file"), (_empty, "it is empty"), (_other_database, "another program's")]
)
def test_a_file_that_is_no_book_is_named_and_left_untouched(call: Call, tmp_path: Path, make, said: str) -> None:
    place = tmp_path / "thing"
    make(place)
    before = place.read_bytes()
    assert said in call("--book", place, "balance").refusal
    assert place.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["thing"]


def test_a_missing_book_and_no_book_at_all_say_what_to_do(call: Call, tmp_path: Path) -> None:
    assert "There is no book at" in call("--book", tmp_path / "none.ledger", "balance").refusal
    assert "--book BOOK" in call("balance").refusal


def test_a_first_argument_that_is_a_path_or_exists_is_the_book(
    call: Call, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop.parent)
    for place in ("shop.ledger", "./shop.ledger", str(shop), f"sqlite:///{shop}"):
        assert call(place, "balance", "--json").status == 0
    assert "There is no book at" in call("./other.ledger", "balance").refusal


def test_the_book_may_come_from_the_environment(call: Call, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LEDGER_BOOK", str(shop))
    assert call("balance", "--json").status == 0
    assert call("post", "Assets:Bank 5", "Income:Sales").status == 0


def test_a_command_that_writes_never_guesses_the_book(
    call: Call, shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUI_LEDGER_STATE", str(tmp_path / "state"))
    from tui_ledger.settings import remember_book

    remember_book(shop)
    assert call("balance", "--json").status == 0
    assert "No book was named" in call("post", "Assets:Bank 5", "Income:Sales").refusal


def test_a_book_opened_for_reading_only_takes_no_posting(call: Call, shop: Path) -> None:
    assert call("--book", shop, "--read-only", "balance").status == 0
    refusal = call("--book", shop, "--read-only", "post", "Assets:Bank 5", "Income:Sales").refusal
    assert "reading only" in refusal


@pytest.mark.parametrize("arguments", [["bogus"], ["balance", "--bogus"], ["post"], ["init"], ["transfer", "A"]])
def test_an_unknown_command_or_option_and_a_missing_argument_are_status_2(call: Call, arguments: list[str]) -> None:
    assert call(*arguments).status == 2


def test_a_locale_that_is_none_is_refused_by_every_command(call: Call, shop: Path) -> None:
    assert "'tlh' is no locale" in call("--book", shop, "--locale", "tlh", "balance", "--json").refusal


def test_the_version_is_said(call: Call) -> None:
    assert call("--version").out == f"tui-ledger {__version__}\n"


def test_help_is_there_for_every_command(call: Call) -> None:
    from tui_ledger.cli.root import root

    listed = call("--help").out
    for name in root.list_commands(None):  # type: ignore[arg-type]
        assert name in listed
        assert call(name, "--help").status == 0


def test_verify_counts_what_it_checked(at_shop: Call) -> None:
    at_shop("post", "Assets:Bank 5", "Income:Sales")
    answer = at_shop("verify", "--json")
    assert answer.status == 0
    assert answer.json["ok"] is True
    assert answer.json["checked"] == {"transactions": 1, "postings": 2, "accounts": 5, "changes": 7}
    assert at_shop("verify").out.startswith("ok: 1 transactions")


def test_verify_ends_with_status_3_and_names_the_row_that_is_wrong(at_shop: Call, shop: Path) -> None:
    at_shop("post", "--date", "2026-01-01", "Assets:Bank 100", "Income:Sales")
    connection = sqlite3.connect(shop)
    connection.execute("UPDATE postings SET balance = 9000 WHERE amount = 10000")
    connection.commit()
    connection.close()
    answer = at_shop("verify", "--json")
    assert answer.status == 3
    assert answer.json["discrepancies"] == [
        {"kind": "stored-balance", "account": "Assets:Bank", "transaction": 1, "expected": "100.00", "found": "90.00"}
    ]
    assert "stored-balance" in at_shop("verify").out


def test_a_closed_pipe_is_no_error(shop: Path) -> None:
    with Ledger.open(shop) as ledger, ledger.write():
        for _ in range(3000):
            ledger.transfer("Assets:Bank", "Assets:Petty cash", 1, memo="x" * 40)
    program = f"{shlex.quote(sys.executable)} -m tui_ledger --book {shlex.quote(str(shop))} journal"
    piped = f"{{ {program}; echo $? >&2; }} | head -n 1"
    done = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == "0\n"
    assert len(done.stdout.splitlines()) == 1


def test_the_demo_prints_its_balance_sheet_and_names_the_workbook(tmp_path: Path) -> None:
    answer = as_process("demo", cwd=tmp_path)
    assert answer.status == 0
    assert "Total assets" in answer.out
    assert "In balance." in answer.out
    workbook = tmp_path / "exports" / "demo-workbook-2026-10-31.xlsx"
    assert "exports/demo-workbook-2026-10-31.xlsx" in answer.out
    assert workbook.is_file()
    assert as_process("demo", "--json", cwd=tmp_path).json["report"]["balanced"] is True


def test_a_name_that_is_no_earlier_export_is_never_written_over(at_shop: Call, shop: Path, tmp_path: Path) -> None:
    before = shop.read_bytes()
    journal = tmp_path / "my.journal"
    journal.write_text("2026-01-01 x\n", encoding="utf-8")
    assert "name ends in .xlsx" in at_shop("export", "-o", shop).refusal
    for name in (shop, journal):
        assert "whose ending says a format" in at_shop("report", "balance-sheet", "-o", name).refusal
        for form in ("csv", "html", "text", "json", "xlsx"):
            assert "cannot be written" in at_shop("report", "balance-sheet", "--format", form, "-o", name).refusal
    disguised = tmp_path / "book.csv"
    disguised.write_bytes(before)
    assert "is no report as this program wrote it" in at_shop("report", "balance-sheet", "-o", disguised).refusal
    assert shop.read_bytes() == before
    assert disguised.read_bytes() == before
    assert journal.read_text(encoding="utf-8") == "2026-01-01 x\n"


def test_an_earlier_export_is_written_anew(at_shop: Call, tmp_path: Path) -> None:
    for name in ("sheet.xlsx", "sheet.csv", "sheet.html", "sheet.json", "sheet.txt"):
        for _ in range(2):
            assert at_shop("report", "balance-sheet", "-o", tmp_path / name).status == 0
    assert at_shop("export", "-o", tmp_path / "sheet.xlsx").status == 0
    assert "whose ending says a format" in at_shop("report", "balance-sheet", "-o", tmp_path / "sheet.pdf").refusal


def test_a_book_in_a_folder_exports_has_its_workbooks_beside_it(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    call("init", folder / "shop.ledger", "--currency", "EUR")
    assert call("--book", folder / "shop.ledger", "export").status == 0
    assert [file.suffix for file in sorted(folder.iterdir())] == [".xlsx", ".ledger"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("target", [">/dev/full", ">&-"])
def test_an_act_whose_answer_is_lost_is_done_and_no_refusal(shop: Path, target: str) -> None:
    program = f"{shlex.quote(sys.executable)} -m tui_ledger --book {shlex.quote(str(shop))}"

    def run_with(command: str) -> subprocess.CompletedProcess[str]:
        line = f"{program} {command} {target}"
        return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)

    posted = run_with("post 'Assets:Bank 5' Income:Sales")
    assert posted.returncode == 0
    assert "is done and on disk" in posted.stderr
    assert len(posted.stderr.splitlines()) == 1
    looked = run_with("balance --json")
    assert looked.returncode == 1
    assert "The answer could not be written" in looked.stderr
    with Ledger.open(shop) as ledger:
        assert len(ledger.journal()) == 1
