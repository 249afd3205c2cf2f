"""Which transactions carry something? Found by keys of their data and by their reference, in (date, number) order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, overload

from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.history import canonical
from tui_ledger.ledger.reading import FIRST_DAY, LAST_DAY, day_text, transactions_by_number
from tui_ledger.ledger.values import Transaction

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a reference, keys of `data` with the text of their values (7 equals '7'); all must fit.

    A key may be a path: 'order.id' is the key `id` of what stands under `order`, unless `data` has that key itself.
    """

    reference: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)

    def finds(self, data: Mapping[str, Any]) -> bool:
        return all(_as_text(value_at(data, key)) == _as_text(wanted) for key, wanted in self.data.items())


class FoundTransactions(Sequence[Transaction]):
    """The transactions of some numbers, in that order, read in pieces while they are iterated."""

    def __init__(self, database: BookDatabase, chart: Chart, numbers: Sequence[int]) -> None:
        self._database = database
        self._chart = chart
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Transaction]:
        for start in range(0, len(self._numbers), _CHUNK):
            yield from self._read(self._numbers[start : start + _CHUNK])

    @overload
    def __getitem__(self, index: int) -> Transaction: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Transaction]: ...
    def __getitem__(self, index: int | slice) -> Transaction | Sequence[Transaction]:
        if isinstance(index, slice):
            return tuple(self._read(self._numbers[index]))
        return self._read([self._numbers[index]])[0]

    def _read(self, numbers: Sequence[int]) -> list[Transaction]:
        return transactions_by_number(self._database, self._chart, numbers)


def numbers_found(
    database: BookDatabase,
    search: Search,
    date_from: date | None,
    date_to: date | None,
    besides: tuple[str, tuple[object, ...]] = ("1 = 1", ()),
) -> list[int]:
    """The numbers of a range's transactions that a search finds and that meet `besides`, a condition over `t`."""
    conditions = ["t.date BETWEEN ? AND ?", f"({besides[0]})"]
    parameters: list[object] = [day_text(date_from, FIRST_DAY), day_text(date_to, LAST_DAY), *besides[1]]
    if search.reference is not None:
        conditions.append("t.reference = ?")
        parameters.append(search.reference)
    for key in search.data:
        # Only what may fit is read: data is kept as canonical JSON, whose last step of a path stands there in quotes.
        may_fit, values = database.containing("t.data", f"{canonical(key.rpartition('.')[2])[1:]}:")
        conditions.append(may_fit)
        parameters.extend(values)
    rows = database.stream(
        f"SELECT t.number, t.data FROM transactions t WHERE {' AND '.join(conditions)} ORDER BY t.date, t.number",
        parameters,
    )
    with database.decoding():
        return [number for number, data in rows if not search.data or search.finds(json.loads(data))]


def value_at(data: Any, path: str) -> Any:
    """The value of a key in extra data, or of a path of keys where no key has that name; ABSENT where there is none."""
    if not isinstance(data, Mapping):
        return ABSENT
    if path in data:
        return data[path]
    first, dot, rest = path.partition(".")
    return value_at(data[first], rest) if dot and first in data else ABSENT


def text_at(data: Any, path: str) -> str | None:
    """The text that such a value is compared as: 7 as '7'; None where there is none."""
    found = value_at(data, path)
    return None if found is None else _as_text(found)


ABSENT = object()


def _as_text(value: object) -> str | None:
    if value is ABSENT:
        return None
    return value if isinstance(value, str) else canonical(value)
