from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger.ledger import Ledger, credit, debit

WEB = "https://example.org/12"


@pytest.fixture
def sold(shop: Path) -> Path:
    """The shop with one sale."""
    with Ledger.open(shop) as ledger:
        ledger.post("Sale", debit("Assets:Bank", 5), credit("Income:Sales", 5), date="2026-01-01")
    return shop


def test_files_and_addresses_are_attached_listed_and_taken_off(sold: Path, call: Call) -> None:
    receipt = sold.parent / "12.pdf"
    receipt.write_bytes(b"")
    added = call("--book", sold, "attachment", "add", "#1", receipt, WEB)
    assert added.status == 0
    assert [line.strip() for line in added.out.splitlines()[3:]] == ["#1  12.pdf", f"#1  {WEB}"]
    receipt.unlink()
    assert call("--book", sold, "attachment", "list", "--missing", "--json").json == {
        "attachments": [{"transaction": 1, "address": "12.pdf", "path": str(receipt), "missing": True}]
    }
    assert "not there" in call("--book", sold, "attachment", "list").out
    assert call("--book", sold, "journal", "--json").json["transactions"][0]["attachments"] == ["12.pdf", WEB]
    assert call("--book", sold, "attachment", "remove", "1", "12.pdf").status == 0
    assert call("--book", sold, "attachment", "list", "--missing").out == "No file is missing.\n"
    call("--book", sold, "attachment", "remove", "1", "1")
    assert call("--book", sold, "attachment", "list", "1").out == "Nothing is attached.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "1"), "Nothing was named to attach"),
        (("add", "1", "nowhere.pdf"), "no such file"),
        (("add", "9", WEB), "There is no transaction 9"),
        (("add", "x", WEB), "transaction number"),
        (("remove", "1", "x"), "has nothing attached as 'x'"),
        (("list", "9"), "There is no transaction 9"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(sold: Path, call: Call, arguments: tuple[str, ...], said: str) -> None:
    assert said in call("--book", sold, "attachment", *arguments).refusal


def test_who_opens_an_older_book_is_told_where_it_is_kept(tmp_path: Path, call: Call) -> None:
    packed = Path(__file__).parent.parent / "ledger" / "older" / "format-1.ledger.gz"
    book = tmp_path / "shop.ledger"
    book.write_bytes(gzip.decompress(packed.read_bytes()))
    first = call("--book", book, "balance", "--json")
    assert first.status == 0
    kept = tmp_path / "backups" / "shop-format-1.backup.ledger"
    assert first.err == f"{book} was brought up to date; as it was it is kept in {kept}.\n"
    assert call("--book", book, "balance").err == ""
