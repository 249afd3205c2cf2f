"""How are many transactions written at once? As one act: all or nothing, each touched account computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from tui_ledger.errors import HookFailed, InvalidOptions
from tui_ledger.ledger import balances, references
from tui_ledger.ledger.balances import PostingLine
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.following import behind
from tui_ledger.ledger.history import Act
from tui_ledger.ledger.journal import (
    INSERT_TRANSACTION,
    ResolvedDraft,
    check_minimums,
    check_open,
    posting_line,
    refuse_closing,
    resolve_draft,
    transaction_body,
    transaction_columns,
)
from tui_ledger.ledger.values import Account, Draft
from tui_ledger.words import N_, Said

Progress = Callable[[int, int], None]
_CHUNK = 5_000

_INSERT_POSTING = (
    "INSERT INTO postings (account, date, number, line, amount, balance, memo, price, price_currency, price_total, "
    "conversion, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LAST_ROW = (
    "SELECT date, number, line, balance FROM postings WHERE account = ? "
    "ORDER BY date DESC, number DESC, line DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch wrote: its act, the numbers of its transactions, the accounts it opened."""

    batch: int
    numbers: range
    accounts_opened: tuple[Account, ...] = ()


@dataclass(slots=True)
class _Progressing:
    """What is known of the accounts a batch touches: their last rows, and from where balances must be computed anew."""

    last_rows: dict[int, tuple[tuple[str, int, int], int]] = field(default_factory=dict)
    first_days: dict[int, str] = field(default_factory=dict)
    touched: dict[int, tuple[Account, str]] = field(default_factory=dict)


def write_batch(
    database: BookDatabase,
    act: Act,
    chart: Chart,
    drafts: Iterable[Draft],
    *,
    today: date,
    closed_through: date | None,
    prepare: Callable[[Draft], list[Draft]],
    finish: Callable[[ResolvedDraft], ResolvedDraft],
    total: int = 0,
    progress: Progress | None = None,
) -> range:
    """Writes drafts in their order and returns their numbers; memory stays flat whatever their number.

    `prepare` asks the before-hooks, `finish` adds the postings of conversion accounts.
    `progress` is called with (done, total) as it goes; what it raises undoes everything.
    """
    first = _next_number(database)
    state, number = _Progressing(), first
    remaining = iter(drafts)
    while chunk := list(islice(remaining, _CHUNK)):
        resolved: list[ResolvedDraft] = []
        for together in map(prepare, chunk):
            source = number + len(resolved)
            for draft in (behind(one, source) for one in together):
                _refuse_unfit(draft)
                one = resolve_draft(chart, draft, today)
                check_open(one, closed_through)
                resolved.append(finish(one))
        if _next_number(database) != number:
            raise HookFailed(hook="before_post", problem=N_("it posted by itself; it must return its drafts"))
        references.refuse_taken_by_others(database, [one.draft.reference for one in resolved])
        _write_chunk(database, act, number, resolved, state)
        number += len(resolved)
        if progress is not None:
            progress(number - first, total)
    balances.rebuild_accounts(database, state.first_days.items())
    for account, day in state.touched.values():
        check_minimums(database, {account.id: account}, day)
    return range(first, number)


def _refuse_unfit(draft: Draft) -> None:
    """A batch neither reverses nor closes: those are acts of their own, with checks of their own."""
    refuse_closing(draft)
    if draft.reverses is not None:
        raise InvalidOptions(
            reason=Said(
                "A batch reverses nothing: take transaction {reverses} back by `reverse`.", reverses=draft.reverses
            )
        )


def _next_number(database: BookDatabase) -> int:
    return int(database.value("SELECT max(number) FROM transactions") or 0) + 1


def _write_chunk(
    database: BookDatabase, act: Act, first: int, drafts: list[ResolvedDraft], state: _Progressing
) -> None:
    batch = act.number
    database.execute_many(
        INSERT_TRANSACTION, [transaction_columns(first + place, one, batch) for place, one in enumerate(drafts)]
    )
    database.execute_many(_INSERT_POSTING, _posting_rows(database, first, drafts, state))
    database.execute(
        "UPDATE transactions SET sealed = 1 WHERE number BETWEEN ? AND ?", (first, first + len(drafts) - 1)
    )
    act.record_posted((number, transaction_body(number, one, batch)) for number, one in enumerate(drafts, start=first))


def _posting_rows(
    database: BookDatabase, first: int, drafts: list[ResolvedDraft], state: _Progressing
) -> Iterator[tuple[object, ...]]:
    """The rows of a chunk in clustered order, each with its balance where it follows its account's last row."""
    rows: list[tuple[tuple[int, str, int, int], PostingLine]] = []
    for place, one in enumerate(drafts):
        day = one.date.isoformat()
        for line, resolved in enumerate(one.postings, 1):
            rows.append(((resolved.account.id, day, first + place, line), posting_line(line, resolved)))
            _touch(state, resolved.account, day)
    rows.sort(key=lambda row: row[0])
    for (account, day, number, line), posting in rows:
        key = (day, number, line)
        last, balance = state.last_rows.get(account) or _last_row(database, account)
        if key > last:
            balance += posting.amount
            state.last_rows[account] = (key, balance)
        else:
            state.last_rows[account] = (last, balance)
            state.first_days[account] = min(state.first_days.get(account, day), day)
            balance = posting.amount
        yield (
            account,
            *key,
            posting.amount,
            balance,
            posting.memo,
            posting.price,
            posting.price_currency,
            posting.price_total,
            posting.conversion,
            posting.status,
        )


def _last_row(database: BookDatabase, account: int) -> tuple[tuple[str, int, int], int]:
    found = database.row(_LAST_ROW, (account,))
    return (("", 0, 0), 0) if found is None else ((found[0], found[1], found[2]), found[3])


def _touch(state: _Progressing, account: Account, day: str) -> None:
    if account.minimum is not None:
        known = state.touched.get(account.id)
        state.touched[account.id] = (account, day if known is None else min(day, known[1]))
