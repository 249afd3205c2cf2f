"""Random acts of every kind against an oracle of plain dictionaries that shares no code with the package.

The long run makes TUI_LEDGER_TEST_ACTS acts (1,200 unless said), a third as many on PostgreSQL.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acts.books import frozen, with_first_accounts
from tests.acts.clerk import EVERY_ACT, Clerk
from tests.postgres_server import PostgresServer
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.rebuilding import rebuild_from_history

ACTS = int(os.environ.get("TUI_LEDGER_TEST_ACTS", "1200"))
SEED = 20260615


@pytest.fixture
def new_book(book_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Ledger:
    """An empty book in EUR with the oracle's accounts."""
    if book_kind == "sqlite":
        return with_first_accounts(Ledger.create(tmp_path / "random.ledger", "EUR", clock=frozen))
    server: PostgresServer = request.getfixturevalue("postgres_server")
    new_database: Callable[[], str] = request.getfixturevalue("new_database")
    return with_first_accounts(Ledger.create(server.url(new_database()), "EUR", clock=frozen))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(choose=st.randoms(use_true_random=False), acts=st.integers(1, 40))
def test_no_acts_in_any_order_make_a_book_wrong(choose: random.Random, acts: int) -> None:
    with with_first_accounts(Ledger.in_memory("EUR", clock=frozen)) as ledger:
        work(Clerk(ledger, choose), acts)


def test_no_acts_in_any_order_make_a_book_on_a_server_wrong(
    postgres_server: PostgresServer, new_database: Callable[[], str]
) -> None:
    @settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
    @given(choose=st.randoms(use_true_random=False), acts=st.integers(1, 40))
    def examples(choose: random.Random, acts: int) -> None:
        place = postgres_server.url(new_database())
        with with_first_accounts(Ledger.create(place, "EUR", clock=frozen)) as ledger:
            work(Clerk(ledger, choose), acts)

    examples()


def test_a_long_run_of_random_acts_leaves_the_book_as_it_should_be(
    new_book: Ledger, book_kind: str, tmp_path: Path
) -> None:
    acts = ACTS if book_kind == "sqlite" else ACTS // 3
    with new_book as ledger:
        clerk = Clerk(ledger, random.Random(SEED))
        for _ in range(4):
            work(clerk, acts // 4)
        head = ledger.head
    rebuilt = tmp_path / "rebuilt.ledger"
    rebuild_from_history(new_book.place, rebuilt)
    for place in (new_book.place, rebuilt):
        with Ledger.open(place, clock=frozen) as again:
            clerk.ledger = again
            clerk.compare_everything()
            assert again.head == head
    assert set(clerk.counts) == EVERY_ACT
    assert sum(clerk.counts.values()) // 10 < sum(clerk.refusals.values()) < sum(clerk.counts.values()) // 2


def work(clerk: Clerk, acts: int) -> None:
    for _ in range(acts):
        clerk.act()
    clerk.compare_everything()
