from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from tui_ledger.errors import BookReplaced
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid, as_tsv
from tui_ledger.ui.widgets.windows import PAGE_ROWS, ListWindow

Row = tuple[int, str, str]


class Million:
    """A million rows in key order, every second number missing; it counts what is read."""

    def __init__(self, count: int = 1_000_000) -> None:
        self.count = count
        self.rows_read = 0

    def __len__(self) -> int:
        return self.count

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        stop = min(stop, self.count)
        self.rows_read += stop - start
        return [(2 * number, f"memo {number}", f"{number}.00") for number in range(start, stop)]

    def index_of(self, key: int) -> int:
        return (key + 1) // 2


COLUMNS: list[Column[Row]] = [
    Column("No", lambda row: str(row[0]), right=True, exact=True),
    Column("Memo", lambda row: row[1], minimum=4, preferred=20, grows=1),
    Column("Amount", lambda row: row[2], right=True, exact=True),
]


class GridApp(App[None]):
    CSS = "Grid { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid[Row] = Grid(COLUMNS, lambda row: row[0], empty="Nothing here. Press n.")
        self.opened: list[int] = []
        self.failed: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_grid_opened(self) -> None:
        self.opened.append(self.grid.row_key)

    def on_grid_failed(self, event: Grid.Failed) -> None:
        self.failed.append(event.reason)

    def lines(self) -> list[str]:
        return [strip.text for strip in self.screen._compositor.render_strips()]


async def test_of_a_million_rows_only_those_around_the_screen_are_read() -> None:
    app, window = GridApp(), Million()
    async with app.run_test(size=(60, 20)) as pilot:
        app.grid.show(window, at_end=True)
        await pilot.pause()
        assert app.grid.cursor == 999_999
        assert "999999.00" in app.lines()[-1]
        await pilot.press("g", "pagedown", "j", "G", "k")
        assert app.grid.row_key == 2 * 999_998
        assert window.rows_read <= 5 * PAGE_ROWS


async def test_keys_move_the_cursor_and_stop_at_the_ends() -> None:
    app = GridApp()
    async with app.run_test(size=(60, 11)) as pilot:
        app.grid.show(Million(100))
        moves = [
            ("k", 0),
            ("j", 1),
            ("down", 2),
            ("pagedown", 12),
            ("end", 99),
            ("pagedown", 99),
            ("up", 98),
            ("home", 0),
        ]
        for key, place in moves:
            await pilot.press(key)
            assert app.grid.cursor == place, key


async def test_the_cursor_stays_on_its_row_when_rows_before_it_come_and_go() -> None:
    app = GridApp()
    rows = [(number, "memo", "1.00") for number in range(0, 100, 2)]
    async with app.run_test(size=(60, 11)) as pilot:
        app.grid.show(ListWindow(rows, lambda row: row[0], ordered=True), key=40)
        await pilot.pause()
        height = app.grid.cursor - app.grid.scroll_offset.y
        more = [(number, "memo", "1.00") for number in range(100)]
        app.grid.show(ListWindow(more, lambda row: row[0], ordered=True))
        await pilot.pause()
        assert app.grid.row_key == 40
        assert app.grid.cursor == 40
        assert app.grid.cursor - app.grid.scroll_offset.y == height


async def test_a_click_selects_and_a_second_one_opens() -> None:
    app = GridApp()
    async with app.run_test(size=(60, 11)) as pilot:
        app.grid.show(Million(100))
        app.grid.focus()
        await pilot.pause()
        await pilot.click(app.grid, offset=(10, 4))
        assert (app.grid.cursor, app.opened) == (3, [])
        await pilot.click(app.grid, offset=(10, 4))
        assert app.opened == [6]
        await pilot.click(app.grid, offset=(10, 0))
        assert (app.grid.cursor, app.opened) == (3, [6])


async def test_the_wheel_moves_the_rows_and_leaves_the_cursor() -> None:
    app = GridApp()
    async with app.run_test(size=(60, 11)) as pilot:
        app.grid.show(Million(100))
        await pilot.pause()
        await pilot._post_mouse_events([_wheel_down()], app.grid, offset=(10, 4), button=0)
        await pilot.pause()
        assert app.grid.scroll_offset.y > 0
        assert app.grid.cursor == 0


async def test_figures_are_whole_and_right_aligned_and_text_gives_way() -> None:
    app = GridApp()
    rows: list[Row] = [(1, "a memo that is much too long for so few cells", "4,000,000,000.00"), (2, "short", "-0.50")]
    async with app.run_test(size=(40, 6)) as pilot:
        app.grid.show(ListWindow(rows, lambda row: row[0]))
        await pilot.pause()
        header, first, second = app.lines()[:3]
        assert first.rstrip().endswith("4,000,000,000.00")
        assert "…" in first
        assert len(second.rstrip()) == len(first.rstrip()) == len(header.rstrip())


async def test_an_empty_grid_says_what_to_press() -> None:
    app = GridApp()
    async with app.run_test(size=(60, 6)) as pilot:
        app.grid.show(ListWindow([], lambda row: row[0]))
        await pilot.press("j", "enter", "y", "end")
        assert "Nothing here. Press n." in app.lines()[1]
        assert app.opened == []


async def test_a_book_that_cannot_be_read_leaves_blank_rows_and_says_why() -> None:
    class Gone(Million):
        def rows(self, start: int, stop: int) -> Sequence[Row]:
            raise BookReplaced(path="shop.ledger")

    app = GridApp()
    async with app.run_test(size=(60, 6)) as pilot:
        app.grid.show(Gone())
        await pilot.pause()
        assert app.failed == [str(BookReplaced(path="shop.ledger"))]
        assert app.is_running


@pytest.mark.parametrize(("memo", "copied"), [("plain", "plain"), ("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5")])
def test_a_copied_row_holds_no_formula(memo: str, copied: str) -> None:
    assert as_tsv(COLUMNS, ("12", memo, "-5.00")) == f"12\t{copied}\t-5.00"


def _wheel_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown
