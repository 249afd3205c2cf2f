"""Do two databases hold the same book? Table by table and row by row, every column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.tables import TABLES, Book, Change, PostingRow, Seal, Setting, Table, TransactionRow, User
from tui_ledger.words import N_

Step = Callable[[int], None]

MOST_OF_A_TABLE = 1_000
"""Of one table no more rows than these are named: beyond them the book is another one."""

_UNCOMPARED = {(Book, "accounts_revision"), (User, "secret")}
"""A mark that something changed, without a meaning of its own; and what passphrases are checked with, of which the
history says only that it was set."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as it should be: its table, its key, and what one book says and the other.

    `expected` is None for a row too many, `found` for one that is missing.
    """

    table: str
    key: Row
    expected: str | None
    found: str | None


def differences(expected: BookDatabase, found: BookDatabase, step: Step) -> Iterator[Difference]:
    """Where the tables of one book differ from another's, the history aside; the first row of each account only.

    Rows are read side by side in the order of their keys, so memory stays flat.
    """
    for table in TABLES:
        if table not in (Seal, Change):
            yield from _named(table, _differences(table, expected, found, step))


def _named(table: type[Table], found: Iterator[Difference]) -> Iterator[Difference]:
    accounts: set[object] = set()
    for count, one in enumerate(found):
        if table is PostingRow and one.key[0] in accounts:
            continue
        if count >= MOST_OF_A_TABLE:
            yield Difference(one.table, (), None, N_("and more rows of this table"))
            return
        accounts.add(one.key[0])
        yield one


def _differences(table: type[Table], expected: BookDatabase, found: BookDatabase, step: Step) -> Iterator[Difference]:
    name, columns, keys = _shape(table)
    condition = " WHERE name <> 'schema'" if table is Setting else ""
    query = f"SELECT {', '.join(columns)} FROM {name}{condition} ORDER BY {', '.join(columns[:keys])}"
    wanted, there = expected.stream(query), found.stream(query)
    one, other = next(wanted, None), next(there, None)
    counted = table in (TransactionRow, PostingRow)
    while one is not None or other is not None:
        if counted:
            step(1)
        if one is not None and other is not None and one[:keys] == other[:keys]:
            if one != other:
                yield Difference(name, one[:keys], *_texts(columns, one, other))
            one, other = next(wanted, None), next(there, None)
        elif one is not None and (other is None or one[:keys] < other[:keys]):
            yield Difference(name, one[:keys], _text(columns, one), None)
            one = next(wanted, None)
        elif other is not None:
            yield Difference(name, other[:keys], None, _text(columns, other))
            other = next(there, None)


def _shape(table: type[Table]) -> tuple[str, list[str], int]:
    """(name, columns with those of the key first, how many these are)."""
    shape = table.shape()
    key = list(getattr(shape.primary_key, "field_names", None) or (shape.primary_key.column_name,))
    rest = [field.column_name for field in shape.sorted_fields if field.column_name not in key]
    return str(shape.table_name), key + [one for one in rest if (table, one) not in _UNCOMPARED], len(key)


def _texts(columns: list[str], one: Row, other: Row) -> tuple[str, str]:
    """The columns that differ, of both."""
    differing = [place for place in range(len(columns)) if one[place] != other[place]]
    first, second = (", ".join(f"{columns[place]} {row[place]!r}" for place in differing) for row in (one, other))
    return first, second


def _text(columns: list[str], row: Row) -> str:
    return ", ".join(f"{column} {value!r}" for column, value in zip(columns, row, strict=True) if value is not None)
