"""How does a book get from one database into another? Row by row, whole, and verified before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from tui_ledger.errors import BookNotMade
from tui_ledger.ledger.database import BookDatabase, Row
from tui_ledger.ledger.history import read_head
from tui_ledger.ledger.opening import create_database, open_database
from tui_ledger.ledger.placing import new_book
from tui_ledger.ledger.tables import TABLES, Book, Party, Seal, Setting, Table, TransactionRow
from tui_ledger.ledger.verification import Verification, verify
from tui_ledger.words import N_, Said

Progress = Callable[[int, int], None]
_CHUNK = 5_000
# Written once the rest is there: what refers to rows that come later, what a guard sets, and the lock of closed days.
_UNTIL_THEN: dict[tuple[type[Table], str], str] = {
    (Book, "closed_through"): "NULL",
    (Party, "referred_by"): "NULL",
    (TransactionRow, "sealed"): "0",
}


def copy_book(source: str | Path, target: str | Path, progress: Progress | None = None) -> Verification:
    """Copies a whole book (accounts, transactions, settings, history, every number and id) to where there is none.

    Both are paths or URLs. What was copied is verified before it is kept: returned is what was checked, and the head,
    which is the source's. `progress` gets (rows done, rows in all). Raises BookNotFound and its kin for the source,
    BookExists for a target that holds something, BookNotMade where the copy is not right; then nothing is left.
    """
    with closing(open_database(source, read_only=True)) as old, new_book(target) as made, old.reading():
        return _copied(old, made, progress)


def copy_into(old: BookDatabase, file: Path, progress: Progress | None = None) -> Verification:
    """Copies a book that is open, as it stands in the snapshot being read, into a new file; raises what `copy_book`
    does."""
    with closing(create_database(file)) as made:
        return _copied(old, made, progress)


def _copied(old: BookDatabase, made: BookDatabase, progress: Progress | None) -> Verification:
    with made.write():
        _copy_rows(old, made, progress)
        return _verified(old, made)


def _copy_rows(old: BookDatabase, new: BookDatabase, progress: Progress | None) -> None:
    tables = [table for table in TABLES if table is not Seal]
    total = sum(int(old.value(f"SELECT count(*) FROM {_name(table)}")) for table in tables)
    done = 0
    for table in tables:
        for rows in _chunks(_rows(old, table)):
            new.execute_many(_insertion(table), rows)
            done += len(rows)
            if progress is not None:
                progress(done, total)
    _finish(old, new)


def _finish(old: BookDatabase, new: BookDatabase) -> None:
    parties = old.stream("SELECT referred_by, id FROM parties WHERE referred_by IS NOT NULL ORDER BY id")
    for rows in _chunks(parties):
        new.execute_many("UPDATE parties SET referred_by = ? WHERE id = ?", rows)
    sealed = old.stream("SELECT number FROM transactions WHERE sealed = 1 ORDER BY number")
    for rows in _chunks(sealed):
        new.execute_many("UPDATE transactions SET sealed = 1 WHERE number = ?", rows)
    closed = old.value("SELECT closed_through FROM book WHERE id = 1")
    new.execute("UPDATE book SET closed_through = ? WHERE id = 1", (closed,))


def _verified(old: BookDatabase, new: BookDatabase) -> Verification:
    found = verify(new)
    if not found.ok:
        first = found.discrepancies[0]
        what = (
            first.kind
            if first.transaction is None
            else Said("{kind} at transaction {transaction}", kind=first.kind, transaction=first.transaction)
        )
        raise BookNotMade(
            path=new.shown_path,
            reason=Said("the book to copy is not right ({what}); see `tui-ledger verify`", what=what),
        )
    if found.head != read_head(old).hash.hex():
        raise BookNotMade(path=new.shown_path, reason=N_("the copy's history does not end as the book's does"))
    return found


def _rows(old: BookDatabase, table: type[Table]) -> Iterator[Row]:
    """A table's rows in the order of its key, what is written last left out."""
    chosen = ", ".join(_UNTIL_THEN.get((table, column), column) for column in _columns(table))
    condition = "WHERE name <> 'schema'" if table is Setting else ""
    return old.stream(f"SELECT {chosen} FROM {_name(table)} {condition} ORDER BY {_key(table)}")


def _insertion(table: type[Table]) -> str:
    columns = _columns(table)
    return f"INSERT INTO {_name(table)} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"


def _name(table: type[Table]) -> str:
    return str(table.shape().table_name)


def _columns(table: type[Table]) -> list[str]:
    return [field.column_name for field in table.shape().sorted_fields]


def _key(table: type[Table]) -> str:
    key = table.shape().primary_key
    names = getattr(key, "field_names", None) or (key.column_name,)
    return ", ".join(names)


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk
