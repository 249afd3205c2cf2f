"""Which books are measured? Made by code, the same every time: 200 accounts, two to four postings a transaction."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tui_ledger.ledger import Draft, DraftPosting, Ledger
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.money import Money

FIRST_DAY = date(2020, 1, 1)
DAYS = 1827
BUSY = "Assets:Bank:Current"
QUIET = "Income:Sales:Line-01"
LONG = "Assets:Bank:Long"

_ROOTS = (
    ("Assets:Bank", "asset", 20),
    ("Assets:Receivables", "asset", 30),
    ("Liabilities:Payables", "liability", 30),
    ("Equity:Owner", "equity", 5),
    ("Income:Sales", "income", 30),
    ("Expenses:Operations", "expense", 84),
)
_PAYEES = 500


def accounts() -> list[AccountDraft]:
    """The chart: one busy bank account and 199 others."""
    found = [AccountDraft(BUSY, "asset", cash=True)]
    for root, kind, count in _ROOTS:
        found += [AccountDraft(f"{root}:Line-{place:02}", kind) for place in range(1, count + 1)]
    return found


def drafts(count: int, ledger: Ledger) -> Iterator[Draft]:
    """`count` transactions in date order; a quarter of them touch the busy account."""
    chance = random.Random(count)
    names = [draft.name for draft in accounts()]
    currency = ledger.currency
    for place in range(count):
        day = FIRST_DAY + timedelta(days=place * DAYS // count)
        chosen = chance.sample(names[1:], chance.choice((1, 1, 1, 2, 3)))
        amounts = [chance.randrange(100, 400_000) for _ in chosen]
        against = BUSY if chance.random() < 0.25 else chance.choice([name for name in names if name not in chosen])
        lines = [DraftPosting(name, Money(amount, currency)) for name, amount in zip(chosen, amounts, strict=True)]
        lines.append(DraftPosting(against, Money(-sum(amounts), currency)))
        payee = f"Payee {int(chance.random() ** 2 * _PAYEES):03}"
        yield Draft(day, f"Transaction {place + 1}", tuple(lines), payee)


def made_book(folder: Path, count: int) -> Path:
    """A book of `count` transactions in a folder, made where it is not there yet."""
    place = folder / f"book-{count}.ledger"
    return place if place.exists() else _made(place, accounts(), lambda ledger: drafts(count, ledger), count)


def made_long_account(folder: Path, rows: int) -> Path:
    """A book in which one account has `rows` postings, over the same years, against many others."""
    place = folder / f"long-{rows}.ledger"
    chart = [*accounts(), AccountDraft(LONG, "asset")]
    return place if place.exists() else _made(place, chart, lambda ledger: _long_drafts(rows, ledger), rows)


def day_before_last(later: int, rows: int) -> date:
    """A day after which that account has about `later` of its rows."""
    return FIRST_DAY + timedelta(days=(rows - later) * DAYS // rows - 1)


def _long_drafts(rows: int, ledger: Ledger) -> Iterator[Draft]:
    others = [draft.name for draft in accounts() if draft.name not in (BUSY, QUIET)]
    amount = Money(1_250, ledger.currency)
    for place in range(rows):
        day = FIRST_DAY + timedelta(days=place * DAYS // rows)
        lines = (DraftPosting(LONG, amount), DraftPosting(others[place % len(others)], -amount))
        yield Draft(day, f"Transaction {place + 1}", lines)


def _made(place: Path, chart: list[AccountDraft], posted: Callable[[Ledger], Iterator[Draft]], count: int) -> Path:
    unfinished = place.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with Ledger.create(unfinished, "EUR", accounts=chart) as ledger:
        if count:
            ledger.post_batch(posted(ledger), total=count)
    return unfinished.rename(place)
