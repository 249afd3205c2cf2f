from __future__ import annotations

import threading
import time

import pytest

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Ledger

_LONG = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) SELECT count(*) FROM n"


def test_another_thread_ends_a_long_question(book: Ledger) -> None:
    interrupt = book.interruption()
    timer = threading.Timer(0.2, interrupt)
    timer.start()
    started = time.monotonic()
    with pytest.raises(LedgerError):
        book._database.rows(_LONG)
    timer.join()
    assert time.monotonic() - started < 20
    assert len(book.accounts()) > 0


def test_with_nothing_under_way_nothing_is_ended(book: Ledger) -> None:
    book.interruption()()
    assert len(book.accounts()) > 0


def test_a_book_in_memory_is_not_interrupted() -> None:
    with Ledger.in_memory() as book:
        book.interruption()()
        assert len(book.accounts()) == 1
