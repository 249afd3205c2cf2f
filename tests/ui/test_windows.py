from __future__ import annotations

from collections.abc import Sequence

from tui_ledger.ui.widgets.windows import PAGE_ROWS, ListWindow, Pages


class CountingWindow:
    """A million numbers that remember which of them were read."""

    def __init__(self, count: int = 1_000_000) -> None:
        self.count = count
        self.read: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return self.count

    def rows(self, start: int, stop: int) -> Sequence[int]:
        self.read.append((start, stop))
        return range(start, min(stop, self.count))

    def index_of(self, key: int) -> int:
        return key


def test_a_row_is_read_with_its_page_and_only_once() -> None:
    window = CountingWindow()
    pages = Pages(window)
    assert [pages.row(index) for index in (500_000, 500_001, 500_030)] == [500_000, 500_001, 500_030]
    assert sum(stop - start for start, stop in window.read) == PAGE_ROWS


def test_pages_long_unseen_are_forgotten() -> None:
    window = CountingWindow()
    pages = Pages(window, page_rows=10, pages_kept=2)
    for index in (0, 10, 20, 0):
        assert pages.row(index) == index
    assert window.read.count((0, 10)) == 2


def test_there_is_nothing_before_the_first_and_after_the_last_row() -> None:
    pages = Pages(CountingWindow(5))
    assert pages.row(-1) is None
    assert pages.row(4) == 4
    assert pages.row(5) is None


def test_a_row_that_went_away_behind_the_windows_back_is_none() -> None:
    window = CountingWindow(100)
    pages = Pages(window)
    window.count = 70
    assert pages.row(80) is None


def test_a_list_is_a_window_too() -> None:
    window = ListWindow(["a", "b", "c"], key=lambda row: row)
    assert (len(window), window.rows(1, 3), window.index_of("c"), window.index_of("gone")) == (3, ["b", "c"], 2, 0)
