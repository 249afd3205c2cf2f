"""Importing from the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Call

GOOD = """account Assets:Till  ; type:C

2026-01-02 * (17) Mill | Paper
    Expenses:Paper    $12.50
    Assets:Till
"""


def test_a_journal_is_imported_with_its_accounts_and_says_how_it_was_read(at_shop: Call, tmp_path: Path) -> None:
    journal = tmp_path / "books.journal"
    journal.write_text(GOOD.replace("$", "EUR "), encoding="utf-8")
    tried = at_shop("import", journal, "--dry-run", "--json").json
    assert (tried["imported"], tried["batch"]) == (1, None)
    assert at_shop("journal", "--json").json == {"transactions": []}
    done = at_shop("import", journal, "--json").json
    assert (done["imported"], done["skipped_duplicates"], done["refused"]) == (1, 0, [])
    assert done["accounts_opened"] == ["Assets:Till", "Expenses:Paper"]
    posted = at_shop("journal", "--json").json["transactions"][0]
    assert (posted["payee"], posted["memo"], posted["data"]) == ("Mill", "Paper", {"code": "17"})
    assert posted["batch"] == done["batch"]
    assert at_shop("undo").out == "Undid: import of #1\n"
    assert at_shop("balance", "--json").json["accounts"][0]["balance"] == "0.00"


def test_the_import_says_which_dollar_was_meant(call: Call, tmp_path: Path) -> None:
    journal = tmp_path / "books.journal"
    journal.write_text(GOOD, encoding="utf-8")
    for code, meant in (("AUD", "AUD"), ("EUR", "USD")):
        call("init", tmp_path / f"{code}.ledger", "--currency", code)
        assert f"read as {meant}" in call("--book", tmp_path / f"{code}.ledger", "import", journal).out


def test_every_line_that_cannot_be_read_is_named_and_nothing_is_imported(at_shop: Call, tmp_path: Path) -> None:
    journal = tmp_path / "books.journal"
    journal.write_text(GOOD + "\nnonsense\n\n~ monthly\n    a  1\n    b\n", encoding="utf-8")
    answer = at_shop("import", journal)
    assert answer.status == 1
    assert len(answer.err.splitlines()) == 1
    assert f"{journal}:7: " in answer.err
    assert "Nothing was imported" in answer.err
    assert [line.partition(": ")[0] for line in answer.out.splitlines()][:2] == [f"{journal}:7", f"{journal}:9"]
    as_json = at_shop("import", journal, "--json")
    assert as_json.status == 1
    assert [refused["line"] for refused in as_json.json["refused"]][:2] == [7, 9]
    assert at_shop("journal", "--json").json == {"transactions": []}


def test_a_file_that_is_none_or_of_no_known_format_is_refused(at_shop: Call, tmp_path: Path) -> None:
    assert "cannot be read" in at_shop("import", tmp_path / "none.journal").refusal
    assert "use one of hledger" in at_shop("import", tmp_path / "none.journal", "--format", "abacus").refusal


def test_the_same_file_with_the_same_key_is_imported_once(at_shop: Call, tmp_path: Path) -> None:
    journal = tmp_path / "books.journal"
    journal.write_text(GOOD.replace("$", "EUR "), encoding="utf-8")
    first = at_shop("import", journal, "--key", "k", "--json").json
    assert at_shop("import", journal, "--key", "k", "--json").json["batch"] == first["batch"]
    assert len(at_shop("journal", "--json").json["transactions"]) == 1
    journal.write_text(GOOD.replace("$12.50", "EUR 13"), encoding="utf-8")
    assert "used before for something else" in at_shop("import", journal, "--key", "k").refusal
