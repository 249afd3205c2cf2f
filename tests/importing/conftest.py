"""Journals as texts, and a book to bring them into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui_ledger.ledger import Ledger

WriteJournal = Callable[..., Path]


@pytest.fixture
def write_journal(tmp_path: Path) -> WriteJournal:
    """Writes a text, or bytes, to a file of its own and gives its path."""

    def write(text: str | bytes, name: str = "books.journal") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new book in USD, at noon of 2026-06-30."""
    with Ledger.create(
        tmp_path / "books.ledger", currency="USD", clock=lambda: datetime(2026, 6, 30, 12, tzinfo=UTC)
    ) as made:
        yield made
