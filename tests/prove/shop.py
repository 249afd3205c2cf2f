"""Which book do several writers write? Eight accounts, posted to over a year, three in ten back-dated."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta

from tui_ledger.ledger import DraftPosting, Ledger, Transaction

ACCOUNTS = {
    "Assets:Bank": "asset",
    "Assets:Cash": "asset",
    "Liabilities:Card": "liability",
    "Equity:Opening": "equity",
    "Income:Sales": "income",
    "Income:Interest": "income",
    "Expenses:Rent": "expense",
    "Expenses:Goods": "expense",
}
FIRST_DAY = date(2026, 1, 1)


def new_shop(place: str) -> None:
    """A book with its accounts and nothing posted."""
    with Ledger.create(place, "EUR") as ledger, ledger.write():
        for name, kind in ACCOUNTS.items():
            ledger.open_account(name, kind)


def lines_of(key: str) -> tuple[date, tuple[DraftPosting, ...]]:
    """What is posted under a key: always the same, so that anyone can say later what it must be."""
    chance = random.Random(key)
    _, _, place = key.rpartition("-")
    days = int(place) // 4 - (chance.randint(1, 90) if chance.random() < 0.3 else 0)
    names = chance.sample(list(ACCOUNTS), chance.randint(2, 4))
    amounts = [chance.choice((-1, 1)) * chance.randint(1, 99_999) for _ in names[1:]]
    cents = [*amounts, -sum(amounts)]
    if cents[-1] == 0:
        cents[0], cents[-1] = cents[0] + 1, -1
    lines = tuple(DraftPosting(name, f"{units / 100:.2f}") for name, units in zip(names, cents, strict=True))
    return FIRST_DAY + timedelta(days=days), lines


def differs(stored: Transaction, key: str) -> bool:
    """Whether a transaction is not what its key stands for."""
    day, lines = lines_of(key)
    wanted = sorted((str(line.account), str(line.amount)) for line in lines)
    return stored.date != day or wanted != sorted((one.account, str(one.amount.amount)) for one in stored.postings)


def faults(ledger: Ledger) -> list[str]:
    """What is wrong with a book whoever wrote it: gaps in the numbers, balances that are no sums, what verify finds."""
    found = []
    numbers = sorted(one.number for one in ledger.journal())
    if numbers != list(range(1, len(numbers) + 1)):
        found.append("the numbers have gaps")
    sums: dict[str, int] = {}
    reversals: dict[int, int] = {}
    for one in ledger.journal():
        for line in one.postings:
            sums[line.account] = sums.get(line.account, 0) + line.amount.units
        if one.reverses is not None and not one.voided:
            reversals[one.reverses] = reversals.get(one.reverses, 0) + 1
    found += [f"{number} was reversed twice" for number, times in reversals.items() if times > 1]
    found += _wrong_balances(ledger, sums)
    verification = ledger.verify()
    return found + [f"verify: {problem}" for problem in verification.discrepancies]


def _wrong_balances(ledger: Ledger, sums: Mapping[str, int]) -> list[str]:
    held = ledger.balances()
    wanted = {account.id: sums.get(account.name, 0) for account in ledger.accounts()}
    return [] if held == wanted else [f"the balances are {held} and should be {wanted}"]
