"""Which rows does a grid hold in memory? A few pages around the screen, read when they are first drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

Row = TypeVar("Row")
RowCovariant = TypeVar("RowCovariant", covariant=True)

PAGE_ROWS = 64
PAGES_KEPT = 12


class Window(Protocol[RowCovariant]):
    """Rows in a fixed order that can be counted, read by position and found by key, without reading them all."""

    def __len__(self) -> int: ...

    def rows(self, start: int, stop: int, /) -> Sequence[RowCovariant]:
        """The rows from `start` up to `stop`, fewer where the window ends."""

    def index_of(self, key: Any, /) -> int:
        """How many rows come before the key; the key itself need not be there."""


class ListWindow(Generic[Row]):
    """A window over a short list that is in memory already: account trees, postings of a transaction, reports.

    `key` gives a row's key; `index_of` answers by equality, or by order where `ordered` says rows are sorted by key.
    """

    def __init__(self, rows: Sequence[Row], key: Callable[[Row], Any], *, ordered: bool = False) -> None:
        self._rows = rows
        self._keys = [key(row) for row in rows]
        self._ordered = ordered

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self, start: int, stop: int, /) -> Sequence[Row]:
        return self._rows[start:stop]

    def index_of(self, key: Any, /) -> int:
        if self._ordered:
            return bisect_left(self._keys, key)
        try:
            return self._keys.index(key)
        except ValueError:
            return 0


class Pages(Generic[Row]):
    """The rows of a window by position, a page at a time, the least used page forgotten first."""

    def __init__(
        self,
        window: Window[Row],
        page_rows: int = PAGE_ROWS,
        pages_kept: int = PAGES_KEPT,
        *,
        count: int | None = None,
    ) -> None:
        self.window = window
        self.count = len(window) if count is None else count
        self._page_rows = page_rows
        self._pages_kept = pages_kept
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def __len__(self) -> int:
        return self.count

    def row(self, index: int) -> Row | None:
        """The row at a position, or None beyond the end (a row may have gone since the window was counted)."""
        if not 0 <= index < self.count:
            return None
        number, offset = divmod(index, self._page_rows)
        page = self._page(number)
        return page[offset] if offset < len(page) else None

    def _page(self, number: int) -> Sequence[Row]:
        page = self._pages.get(number)
        if page is None:
            start = number * self._page_rows
            page = self.window.rows(start, min(start + self._page_rows, self.count))
            self._pages[number] = page
            if len(self._pages) > self._pages_kept:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page
