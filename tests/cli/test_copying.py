"""Books moved between databases from the command line, and worked there by URL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.postgres_server import PostgresServer, new_database, postgres_server

__all__ = ["new_database", "postgres_server"]

BANK, SALES = "Assets:Bank", "Income:Sales"


@pytest.fixture
def url(postgres_server: PostgresServer, new_database: Callable[..., str]) -> str:
    """A database without a book."""
    return postgres_server.url(new_database())


@pytest.fixture
def sold(call: Call, tmp_path: Path) -> Path:
    """A book with a sale of 5."""
    place = tmp_path / "sold.ledger"
    call("init", place, "--currency", "EUR")
    call("--book", place, "account", "open", BANK, "--type", "asset")
    call("--book", place, "account", "open", SALES, "--type", "income")
    call("--book", place, "increase", BANK, "5", "--against", SALES, "--date", "2026-01-31")
    return place


def test_a_book_moves_to_a_server_and_back_unchanged(call: Call, sold: Path, url: str, tmp_path: Path) -> None:
    head = call("--book", sold, "verify", "--json").json["head"]
    there = call("copy", sold, url, "--json").json
    assert (there["ok"], there["head"], there["from"], there["to"]) == (True, head, str(sold), url)
    assert there["checked"] == {"transactions": 1, "postings": 2, "accounts": 3, "changes": 5}
    back = call("copy", url, tmp_path / "back.ledger")
    assert back.status == 0
    assert back.out == (
        f"Copied {url} to {tmp_path / 'back.ledger'}: 1 transactions, 2 postings, 3 accounts, 5 changes.\n"
        f"ok, head {head}\n"
    )


def test_a_book_on_a_server_is_made_worked_and_read_by_its_url(call: Call, url: str) -> None:
    assert call("init", url, "--currency", "EUR", "--json").json == {"book": url, "currency": "EUR", "accounts": 1}
    assert "exists already" in call("init", url, "--currency", "EUR").refusal
    call("--book", url, "account", "open", BANK, "--type", "asset")
    assert call("--book", url, "increase", BANK, "7.50", "--json").status == 0
    assert "7.50" in call("--book", url, "balance", BANK).out
    assert call("--book", url, "verify").status == 0


def test_what_is_there_is_not_copied_over(call: Call, sold: Path, tmp_path: Path) -> None:
    assert "exists already" in call("copy", sold, sold).refusal
    (tmp_path / "notes").write_text("mine")
    assert "exists already" in call("copy", sold, tmp_path / "notes").refusal
    assert (tmp_path / "notes").read_text() == "mine"
    assert "There is no book at" in call("copy", tmp_path / "nowhere", tmp_path / "new").refusal
    assert not (tmp_path / "new").exists()


def test_a_password_is_never_printed(call: Call, sold: Path) -> None:
    place = "postgresql://ann:s3cret@/shop?host=/nowhere"
    asked = (["copy", sold, place], ["--book", place, "verify"], ["init", place, "--currency", "EUR"])
    for answer in (call(*words) for words in asked):
        assert "postgresql://ann@/shop?host=/nowhere cannot be reached" in answer.refusal
        assert "s3cret" not in answer.out + answer.err
