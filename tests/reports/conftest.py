from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tui_ledger.ledger import AccountType, DraftPosting, Ledger

TODAY = date(2026, 7, 15)
TYPES = {
    "Assets": AccountType.ASSET,
    "Liabilities": AccountType.LIABILITY,
    "Equity": AccountType.EQUITY,
    "Income": AccountType.INCOME,
    "Expenses": AccountType.EXPENSE,
}


def midday() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


class Book:
    """A real book in which accounts open at first use and a transaction is a date and 'ACCOUNT AMOUNT' texts."""

    def __init__(self, ledger: Ledger, path: Path) -> None:
        self.ledger = ledger
        self.path = path

    def open(self, name: str, **given: object) -> None:
        self.ledger.open_account(name, TYPES[name.partition(":")[0]], **given)

    def post(self, day: str, *lines: str) -> None:
        postings = [DraftPosting(account, amount) for account, _, amount in (line.rpartition(" ") for line in lines)]
        known = {account.name for account in self.ledger.accounts()}
        for posting in postings:
            if posting.account not in known:
                self.open(str(posting.account))
        self.ledger.post("", *postings, date=date.fromisoformat(day))


MakeBook = Callable[..., Book]


@pytest.fixture
def make_book(tmp_path: Path) -> Iterator[MakeBook]:
    made: list[Ledger] = []

    def make(name: str = "shop", **given: object) -> Book:
        path = tmp_path / f"{name}.ledger"
        ledger = Ledger.create(path, **{"currency": "EUR", "clock": midday, **given})
        made.append(ledger)
        return Book(ledger, path)

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture
def book(make_book: MakeBook) -> Book:
    return make_book()
