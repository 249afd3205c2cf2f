"""What does an account hold, on any day? The only writer of stored balances, and their readers.

Order is (date, transaction, line). Postings are clustered in that order by account, so a balance is one index seek
and a back-dated posting carries the later rows of its account in one statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui_ledger.ledger.database import BookDatabase

_LAST = "SELECT balance FROM postings WHERE account = {0} ORDER BY date DESC, number DESC, line DESC LIMIT 1"
_LAST_AT = (
    "SELECT balance FROM postings WHERE account = {0} AND date <= ? ORDER BY date DESC, number DESC, line DESC LIMIT 1"
)
_BEFORE = (
    "SELECT balance FROM postings WHERE account = ? AND (date, number, line) < (?, ?, ?) "
    "ORDER BY date DESC, number DESC, line DESC LIMIT 1"
)
_INSERT = (
    "INSERT INTO postings (account, date, number, line, amount, balance, memo, price, price_currency, price_total, "
    f"conversion, status) VALUES (?, ?, ?, ?, ?, ? + coalesce(({_BEFORE}), 0), ?, ?, ?, ?, ?, ?)"
)
_CARRY = "UPDATE postings SET balance = balance + ? WHERE account = ? AND (date, number, line) > (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class PostingLine:
    """A posting as it is stored; amount in debit-positive minor units, status 0, 1 or 2."""

    account: int
    line: int
    amount: int
    memo: str | None = None
    price: str | None = None
    price_currency: str | None = None
    price_total: int = 0
    conversion: int = 0
    status: int = 0


def insert_posting(database: BookDatabase, number: int, day: str, posting: PostingLine, *, carry: bool = True) -> None:
    """Writes a posting with its balance, and carries the later rows of its account (unless they are rebuilt after)."""
    place = (posting.account, day, number, posting.line)
    rest = (
        posting.memo,
        posting.price,
        posting.price_currency,
        posting.price_total,
        posting.conversion,
        posting.status,
    )
    database.execute(_INSERT, (*place, posting.amount, posting.amount, *place, *rest))
    if carry:
        database.execute(_CARRY, (posting.amount, *place))


def delete_postings(database: BookDatabase, number: int, *, carry: bool = True) -> None:
    """Takes a transaction's postings out and carries the later rows of their accounts (unless they are rebuilt)."""
    found = database.rows("SELECT account, date, number, line, amount FROM postings WHERE number = ?", (number,))
    database.execute("DELETE FROM postings WHERE number = ?", (number,))
    for account, day, of_number, line, amount in found if carry else ():
        database.execute(_CARRY, (-amount, account, day, of_number, line))


def rebuild_account(database: BookDatabase, account: int, from_day: str | None = None) -> None:
    """Computes an account's stored balances anew, from the first row of a day on (or all)."""
    start = from_day or "0000-00-00"
    opening = database.value(
        "SELECT balance FROM postings WHERE account = ? AND date < ? "
        "ORDER BY date DESC, number DESC, line DESC LIMIT 1",
        (account, start),
    )
    database.execute(
        "UPDATE postings SET balance = later.running FROM (SELECT date, number, line, ? + sum(amount) OVER "
        "(ORDER BY date, number, line) AS running FROM postings WHERE account = ? AND date >= ?) AS later "
        "WHERE postings.account = ? AND postings.date = later.date AND postings.number = later.number "
        "AND postings.line = later.line AND postings.balance <> later.running",
        (opening or 0, account, start, account),
    )


def scale_account(database: BookDatabase, account: int, factor: int) -> None:
    """Multiplies every amount and balance of an account: its currency got finer digits."""
    database.execute(
        "UPDATE postings SET amount = amount * ?, balance = balance * ? WHERE account = ?", (factor, factor, account)
    )


def largest_units(database: BookDatabase, account: int) -> int:
    """The largest figure of an account, amount or balance, without its sign."""
    found = database.row("SELECT max(abs(amount)), max(abs(balance)) FROM postings WHERE account = ?", (account,))
    return max((0 if figure is None else figure for figure in found or ()), default=0)


def balance_units(database: BookDatabase, account: int, at: str | None = None) -> int:
    """The stored balance of an account at the end of a day, debit-positive; every posting counts without a day."""
    if at is None:
        return database.value(_LAST.format("?"), (account,)) or 0
    return database.value(_LAST_AT.format("?"), (account, at)) or 0


def units_before(database: BookDatabase, account: int, day: str, number: int, line: int) -> int:
    """What an account holds before a place in the order of postings, debit-positive, whoever stands at the place."""
    return database.value(_BEFORE, (account, day, number, line)) or 0


def stored_balance(account: str, *, at: bool) -> str:
    """The query for the stored balance of an account, debit-positive, to stand in another: NULL without postings.

    `account` is SQL; with `at` the day is its one parameter.
    """
    return (_LAST_AT if at else _LAST).format(account)


def summed_units(database: BookDatabase, account: int, at: str | None = None) -> int:
    """The same by summing amounts: always equal, and the check of it."""
    amounts = database.stream(
        "SELECT amount FROM postings WHERE account = ? AND date <= ?", (account, at or "9999-12-31")
    )
    with database.decoding():
        return sum(row[0] for row in amounts)


def all_balances(database: BookDatabase, at: str | None = None) -> dict[int, int]:
    """Every account's stored balance at the end of a day, debit-positive, by account id; one seek an account."""
    if at is None:
        return dict(database.rows(f"SELECT id, coalesce(({_LAST.format('accounts.id')}), 0) FROM accounts"))
    return dict(database.rows(f"SELECT id, coalesce(({_LAST_AT.format('accounts.id')}), 0) FROM accounts", (at,)))


def lowest_from(database: BookDatabase, account: int, sign: int, day: str) -> tuple[int, str] | None:
    """The lowest balance (in the direction of `sign`) on any row from a day on, and its day; None without rows."""
    found = database.row(
        f"SELECT balance, date FROM postings WHERE account = ? AND date >= ? "
        f"ORDER BY balance {'ASC' if sign > 0 else 'DESC'}, date LIMIT 1",
        (account, day),
    )
    return None if found is None else (sign * found[0], found[1])


def rebuild_accounts(database: BookDatabase, first_days: Iterable[tuple[int, str]]) -> None:
    """Each account once, from its first touched day."""
    for account, first_day in first_days:
        rebuild_account(database, account, first_day)
