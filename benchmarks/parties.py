"""How long do a party's balance and sheet take among ten thousand parties and a million items?"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measuring import alone
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.reports.parties import parties

PARTIES = 10_000
DAYS = 3_650
FIRST_DAY = date(2016, 1, 1)
PAGE = 50


def made_party_book(folder: Path, items: int) -> Path:
    """A book of ten thousand parties and so many items, half of them credits; made once."""
    place = folder / f"parties-{items}.ledger"
    if place.exists():
        return place
    with Ledger.create(place, "EUR") as ledger:
        ledger.open_account("Assets:Bank", "asset")
        with ledger.write():
            for number in range(PARTIES):
                ledger.add_party(f"p{number:05}", f"Party {number * 7919 % PARTIES:05}")
                ledger.open_account(f"Liabilities:Parties:p{number:05}", "liability", party=f"p{number:05}")
        ledger.post_batch(_items(items), total=items)
    return place


def measure_parties(folder: Path, items: int, rounds: int) -> None:
    """Balance, page of a sheet, and the report of all balances in both orders, in process."""
    chance = random.Random(items)
    with Ledger.open(made_party_book(folder, items)) as ledger:
        keys = [f"p{chance.randrange(PARTIES):05}" for _ in range(20)]
        alone("balance of a party", lambda: _each(keys, ledger.party_balance), rounds, 5.0)
        alone("page of a party's sheet", lambda: _each(keys, lambda key: _page(ledger, key)), rounds, 5.0)
        alone("all parties, first screen by name", lambda: _first_screen(ledger), rounds, 10.0)
        alone("all parties by balance", lambda: _whole(ledger), rounds, 500.0)


def _items(count: int) -> Iterator[Draft]:
    chance = random.Random(count)
    for number in range(count):
        account = f"Liabilities:Parties:p{chance.randrange(PARTIES):05}"
        cents = chance.randrange(1, 100_000)
        amount = f"{cents // 100}.{cents % 100:02}"
        lines = (debit("Assets:Bank", amount), credit(account, amount))
        if chance.random() < 0.5:
            lines = (credit("Assets:Bank", amount), debit(account, amount))
        yield Draft(FIRST_DAY + timedelta(days=number * DAYS // count), f"Item {number}", lines)


def _each(keys: list[str], question: Callable[[str], object]) -> float:
    started = time.perf_counter()
    for key in keys:
        question(key)
    return (time.perf_counter() - started) / len(keys)


def _page(ledger: Ledger, key: str) -> object:
    return ledger.party_sheet(key, newest_first=True).rows(0, PAGE)


def _first_screen(ledger: Ledger) -> float:
    started = time.perf_counter()
    ledger.party_window(order="name").rows(0, PAGE)
    return time.perf_counter() - started


def _whole(ledger: Ledger) -> float:
    started = time.perf_counter()
    for block in parties(ledger, ledger.today, order="balance", falling=True).blocks():
        for _line in block.lines:
            pass
    return time.perf_counter() - started
