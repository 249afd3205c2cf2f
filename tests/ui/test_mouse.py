"""Can everything be reached by the mouse alone, and columns be set by keys alone?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual import events
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.scrollbar import ScrollTo

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, press, screen_text, settle
from tests.ui.test_failures import until
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.recurrence import recurrence
from tui_ledger.ledger.saved_reports import SavedReport, save_report
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine, save_template
from tui_ledger.ui import book_actions
from tui_ledger.ui.keys import KEYS, Scope, key_of
from tui_ledger.ui.palette import KeyCommands
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.bulk import BulkDialog
from tui_ledger.ui.screens.dialogs import ConfirmDialog, DateDialog
from tui_ledger.ui.screens.key_sheet import KeySheet
from tui_ledger.ui.screens.menus import MenuDialog
from tui_ledger.ui.screens.prices import PriceForm, PricesSheet
from tui_ledger.ui.screens.row_menu import offers_bound
from tui_ledger.ui.screens.welcome import WelcomeScreen
from tui_ledger.ui.welcome_app import Welcome
from tui_ledger.ui.widgets.bars import KeyBar, KeyHints, StatusLine, TopBar, fitting_keys, offered_keys
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.places import PlacesWidget

RIGHT = 3


async def click(pilot: Pilot[int], x: int, y: int, *, button: int = 1, times: int = 1) -> None:
    await pilot.click(offset=(x, y), button=button, times=times)
    await pilot.pause()


async def click_place(pilot: Pilot[int], widget: PlacesWidget, action: str) -> None:
    """Click in the middle of what a widget offers, where it stands on the screen."""
    places = [place for place in widget.places() if action in place.action]
    assert len(places) == 1, [place.action for place in widget.places()]
    region = places[0].region.translate(widget.content_region.offset)
    assert widget.region.contains_region(region.shrink((0, 2, 0, 0)))
    await click(pilot, region.x + min(region.width - 1, 2), region.y)


async def click_key(pilot: Pilot[int], id: str) -> None:
    """Click a key where the bar or the hints of the dialog in front show it."""
    key = key_of(id)
    assert key is not None
    await click_place(pilot, pilot.app.screen.query_one(KeyHints), f"'{key.names[0]}'")


async def click_row(pilot: Pilot[int], grid: Grid[object], index: int, *, button: int = 1, times: int = 1) -> None:
    y = grid.region.y + grid._header_lines + index - grid.scroll_offset.y
    await click(pilot, grid.region.x + 4, y, button=button, times=times)


async def choose(pilot: Pilot[int], id: str) -> None:
    """Take a line of the menu in front by two clicks."""
    menu = pilot.app.screen
    assert isinstance(menu, MenuDialog)
    index = [key.id for key in menu._keys].index(id)
    menu.list.scroll_to(y=max(index - 2, 0), animate=False)
    await pilot.pause()
    await click_row(pilot, menu.list, index)
    if pilot.app.screen is menu:
        await click_row(pilot, menu.list, index)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_transaction_is_copied_changed_in_its_lines_and_posted_without_a_key(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        journal = bench(pilot).journal
        await click_place(pilot, pilot.app.screen.query_one(TopBar), "journal")
        await settle(pilot)
        await click_row(pilot, journal.rows, 1, button=RIGHT)
        await choose(pilot, "copy-as-new")
        assert journal.form.is_open
        await click_key(pilot, "add-line")
        assert len(journal.form.lines) == 3
        await click_key(pilot, "remove-line")
        assert len(journal.form.lines) == 2
        await click_key(pilot, "post")
        await settle(pilot)
        assert book.transaction(7).payee == "Quayside"
        await click_key(pilot, "close-form")
        assert not journal.form.is_open


async def test_every_key_of_the_bar_does_what_it_does_when_it_is_clicked(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, (200, 60)) as pilot:
        await press(pilot, "2")
        journal = bench(pilot).journal
        await click_key(pilot, "filter")
        assert journal.filter_bar.field.has_focus
        await click_key(pilot, "leave-filter")
        assert not journal.filter_bar.is_open
        await click_key(pilot, "sort")
        assert journal.listing.choice.sorting.column == "number"
        await click_key(pilot, "mark-row")
        assert len(journal.rows.marked) == 1
        await click_key(pilot, "bulk")
        assert isinstance(pilot.app.screen, BulkDialog)
        await click_key(pilot, "cancel")
        await click_key(pilot, "go-to-date")
        dialog = pilot.app.screen
        assert isinstance(dialog, DateDialog)
        day = dialog.field.day
        await click_key(pilot, "day-later")
        assert dialog.field.day > day
        await click_key(pilot, "cancel")
        await click_key(pilot, "key-sheet")
        assert isinstance(pilot.app.screen, KeySheet)
        await click_key(pilot, "cancel")
        assert pilot.app.screen is journal


async def test_the_top_bar_leads_to_every_screen_the_book_and_the_palette(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        for place in pilot.app.screen.query_one(TopBar).places():
            if ".go(" in place.action:
                await click_place(pilot, pilot.app.screen.query_one(TopBar), place.action)
                assert f"'{bench(pilot).current_mode}'" in place.action
        await click_place(pilot, pilot.app.screen.query_one(TopBar), "book_menu")
        await choose(pilot, "prices")
        assert isinstance(pilot.app.screen, PricesSheet)
        await click_key(pilot, "sheet-add")
        assert isinstance(pilot.app.screen, PriceForm)
        await click_key(pilot, "box-help")
        assert isinstance(pilot.app.screen, KeySheet)
        await click_key(pilot, "cancel")
        await click_key(pilot, "save")
        assert "type what one unit is worth" in screen_text(pilot)
        await click_key(pilot, "cancel")
        await click_key(pilot, "cancel")
        await click_place(pilot, pilot.app.screen.query_one(TopBar), "command_palette")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CommandPalette)


async def test_the_status_line_opens_the_filter_and_a_menu_of_periods(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2")
        journal = bench(pilot).journal
        await click_place(pilot, journal.status, "period_menu")
        await choose(pilot, "narrower")
        await settle(pilot)
        assert journal.listing.period_name == "2026"
        await click_place(pilot, journal.status, "period_menu")
        await choose(pilot, "period-before")
        await settle(pilot)
        assert journal.rows.row_count == 0
        await click_place(pilot, journal.status, "period_menu")
        await choose(pilot, "clear-filter")
        await settle(pilot)
        assert journal.rows.row_count == 6
        await click_place(pilot, journal.status, "screen.filter")
        assert journal.filter_bar.field.has_focus


async def test_offers_of_the_status_line_give_way_where_there_is_no_room(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2")
        status = bench(pilot).journal.query_one(StatusLine)
        assert len(status.places()) == 2
        status.show([*status._left], "x" * 60)
        await pilot.pause()
        assert status.places() == []
        assert "filter" not in screen_text(pilot).splitlines()[-2]


async def test_a_right_click_means_the_row_under_the_pointer(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        await press(pilot, "2")
        journal = bench(pilot).journal
        await click_row(pilot, journal.rows, 2, button=RIGHT)
        assert "Transaction 3" in screen_text(pilot)
        await choose(pilot, "void")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await click_key(pilot, "cancel")
        assert not book.transaction(3).voided
        await click_row(pilot, journal.rows, 2, button=RIGHT)
        await choose(pilot, "void")
        await click_key(pilot, "confirm")
        await settle(pilot)
        assert book.transaction(3).voided


async def test_the_sign_in_the_head_opens_the_menu_of_the_highlighted_row(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        tree = bench(pilot).accounts.tree_rows
        await click_row(pilot, tree, 2)
        x = tree.region.x + tree.scrollable_content_region.width - 1
        assert screen_text(pilot).splitlines()[tree.region.y][x] == "≡"
        await click(pilot, x, tree.region.y)
        assert isinstance(pilot.app.screen, MenuDialog)
        assert "Assets:Bank:Current" in screen_text(pilot)
        await choose(pilot, "edit-account")
        assert "Edit Assets:Bank:Current" in screen_text(pilot)


async def test_a_menu_longer_than_the_screen_scrolls_and_its_last_line_is_taken(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "full_stop")
        menu = pilot.app.screen
        assert isinstance(menu, MenuDialog)
        assert len(menu._keys) > menu.list.size.height
        await press(pilot, "end")
        assert menu.list.row is not None
        assert menu.list.row.description in screen_text(pilot)
        assert menu.query_one(KeyHints).region.bottom <= NARROW[1]


async def test_nothing_is_offered_for_a_row_that_cannot_be_done(book: Ledger, at_desk: AtDesk) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as ledger:
        async with at_desk(ledger, WIDE) as pilot:
            await press(pilot, "2")
            await click_row(pilot, bench(pilot).journal.rows, 2, button=RIGHT)
            menu = pilot.app.screen
            assert isinstance(menu, MenuDialog)
            ids = {key.id for key in menu._keys}
            assert {"new", "edit", "void", "reverse", "bulk", "toggle-cleared"} & ids == set()
            assert {"history", "filter", "copy-row", "sort"} <= ids


async def test_the_list_over_a_screen_has_a_menu_too(book: Ledger, at_desk: AtDesk) -> None:
    book.add_currency("USD")
    book.add_price("2026-01-01", "USD", "EUR", "0.9")
    async with at_desk(book, NARROW) as pilot:
        await pilot.app.run_action("book('prices')")
        await pilot.pause()
        sheet = pilot.app.screen
        assert isinstance(sheet, PricesSheet)
        await click_row(pilot, sheet.grid, 0, button=RIGHT)
        await choose(pilot, "sheet-undo")
        await settle(pilot)
        assert book.prices() == ()


async def test_many_are_marked_and_cleared_without_a_key(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        await click_place(pilot, pilot.app.screen.query_one(TopBar), "journal")
        journal = bench(pilot).journal
        for index in (2, 3):
            await click_row(pilot, journal.rows, index, button=RIGHT)
            await choose(pilot, "mark-row")
        await click_row(pilot, journal.rows, 2, button=RIGHT)
        await choose(pilot, "bulk")
        dialog = pilot.app.screen
        assert isinstance(dialog, BulkDialog)
        await click(pilot, dialog.mark.region.x + 2, dialog.mark.region.y)
        await click(pilot, dialog.mark.region.x + 2, dialog.completions.region.y)
        assert dialog.mark.value == "cleared"
        # The preview makes the dialog higher.
        await until(pilot, lambda: "2 transactions change" in dialog.preview_text)
        await settle(pilot)
        await click_key(pilot, "save")
        await until(pilot, lambda: pilot.app.screen is journal)
        assert [book.transaction(number).status.value for number in (3, 4, 5)] == ["cleared", "cleared", "uncleared"]


async def test_a_column_is_picked_and_sized_by_keys_and_its_width_is_remembered(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2")
        rows = bench(pilot).journal.rows
        names = [column.name for column in rows.columns]
        await press(pilot, "s", "s")
        assert rows.sorting is not None
        assert rows.sorting.column == "status"
        await press(pilot, "s", *["greater_than_sign"] * 3)
        payee = rows._widths[names.index("payee")]
        await press(pilot, "greater_than_sign", "less_than_sign", "less_than_sign")
        assert rows._widths[names.index("payee")] == payee - 1
        await press(pilot, "vertical_line", "less_than_sign")
        assert set(rows.chosen_widths) == {"payee", "memo"}
        memo = rows.chosen_widths["memo"]
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2")
        await settle(pilot)
        assert bench(pilot).journal.rows.chosen_widths == {"payee": payee - 1, "memo": memo}


async def test_a_column_grows_only_while_the_others_have_room_and_never_clips_a_figure(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "s", "s", "s", *["greater_than_sign"] * 60)
        rows = bench(pilot).journal.rows
        shown = screen_text(pilot)
        assert "5,000.00" in shown
        assert all(cells for column, cells in zip(rows.columns, rows._widths, strict=True) if column.title)
        before = rows._widths
        await press(pilot, "greater_than_sign")
        assert rows._widths == before
        await press(pilot, *["vertical_line"] * 3, *["less_than_sign"] * 5)
        assert "5,000.00" in screen_text(pilot)


async def _click_moves(pilot: Pilot[int]) -> None:
    grid = bench(pilot).journal.rows
    await click_row(pilot, grid, 3)
    await click_row(pilot, grid, 2)
    assert grid.cursor == 2
    await click_row(pilot, grid, 3)
    assert grid.cursor == 3


async def _wheel_pages(pilot: Pilot[int]) -> None:
    grid = bench(pilot).journal.rows
    await pilot._post_mouse_events([events.MouseScrollUp] * 40, grid, (5, 5))
    await pilot.pause()
    assert grid.scroll_offset.y == 0
    await pilot._post_mouse_events([events.MouseScrollDown] * 40, grid, (5, 5))
    await pilot.pause(0.4)
    assert grid.scroll_offset.y > 0


async def _scroll_to_ends(pilot: Pilot[int]) -> None:
    """By wheel or scrollbar the first and the last row come into sight, where a click takes them."""
    grid = bench(pilot).journal.rows
    for y, index in ((0, 0), (grid.row_count, grid.row_count - 1)):
        grid.vertical_scrollbar.post_message(ScrollTo(y=y, animate=False))
        await pilot.pause(0.4)
        await click_row(pilot, grid, index)
        assert grid.cursor == index


GESTURES: dict[str, Callable[[Pilot[int]], Awaitable[None]]] = {
    "row-up": _click_moves,
    "row-down": _click_moves,
    "page-up": _wheel_pages,
    "page-down": _wheel_pages,
    "first-row": _scroll_to_ends,
    "last-row": _scroll_to_ends,
}


@pytest.mark.parametrize("gesture", sorted(set(GESTURES.values()), key=lambda gesture: gesture.__name__))
async def test_a_list_is_walked_by_clicks_wheel_and_scrollbar(
    book: Ledger, at_desk: AtDesk, gesture: Callable[[Pilot[int]], Awaitable[None]]
) -> None:
    for day in range(1, 29):
        book.transfer("Assets:Bank:Current", "Assets:Petty cash", "1", date=f"2026-06-{day:02}")
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "home")
        await settle(pilot)
        await gesture(pilot)


async def test_every_key_with_an_act_is_offered_to_the_mouse(book: Ledger, at_desk: AtDesk, tmp_path: Path) -> None:
    """Seen on the smallest screen, where the bar has no room for all: in a bar, a menu, the palette or a hint, or else
    there is a gesture for it above."""
    fill_book(book)
    offered = set(GESTURES)
    async with at_desk(book, NARROW) as pilot:
        offered |= await offered_on_screens(pilot)
        offered |= await offered_in_the_form_and_the_filter(pilot)
        offered |= await offered_over_the_screen(pilot)
    offered |= await offered_without_a_book(tmp_path)
    assert [key.id for key in KEYS if key.action and key.id not in offered] == []


def fill_book(book: Ledger) -> None:
    """Something of everything that there are acts on: nine templates, something due, a saved report, a party."""
    lines = TemplateLine("Expenses:Rent", Decimal(9)), TemplateLine("Assets:Petty cash")
    kept = [Template(f"one {place}", lines) for place in range(9)]
    for template in kept:
        save_template(book, template)
    book.save_schedule(Schedule("Flat", kept[0], recurrence("month", date(2026, 6, 1))))
    save_report(book, SavedReport("By quarter", "income-statement", {"every": "quarter"}))
    book.add_party("mill", "Paper Mill")
    book.open_account("Liabilities:VAT", "liability")
    book.set_tax_rate("rent", 5, account="Liabilities:VAT", date_from="2026-01-01")
    book.edit_account("Expenses:Rent", tax_code="rent")
    for purpose in ("default", "rent"):
        book.party_credit("mill", "12", purpose=purpose, memo="A box", against="Expenses:Office:Paper")


async def offered_on_screens(pilot: Pilot[int]) -> set[str]:
    """On every screen, in every pane of it."""
    found = {
        key.id
        for key in KEYS
        for place in pilot.app.screen.query_one(TopBar).places()
        if place.action == f"app.{key.action}"
    }
    for place in pilot.app.screen.query_one(TopBar).places():
        if ".go(" not in place.action:
            continue
        await click_place(pilot, pilot.app.screen.query_one(TopBar), place.action)
        await settle(pilot)
        for grid in [grid for grid in pilot.app.screen.focus_chain if isinstance(grid, Grid)]:
            found |= await offered_in(pilot, grid)
    for way in (("f6", "shift+down"), ("f6", "slash")):
        await press(pilot, *way)
        await settle(pilot)
        found |= bar_ids(pilot) | palette_ids(pilot)
        await press(pilot, "escape")
    for way in (("f4", "r", "end"), ("home", *["down"] * 4, "enter"), ("right_curly_bracket",)):
        await press(pilot, *way)
        await settle(pilot)
        found |= bar_ids(pilot) | palette_ids(pilot)
    await press(pilot, "f2", "down", "down", "enter")
    await settle(pilot)
    await press(pilot, "greater_than_sign", "shift+down")
    return found | await offered_in(pilot, bench(pilot).accounts.register)


async def offered_in(pilot: Pilot[int], grid: Grid[object]) -> set[str]:
    """In a list that stands on the screen: by the bar, by the palette, by the menu of one of its rows."""
    grid.focus()
    await settle(pilot)
    found = bar_ids(pilot) | palette_ids(pilot)
    for index in {0, 2} & set(range(grid.row_count)):
        await click_row(pilot, grid, index, button=RIGHT)
        menu = pilot.app.screen
        assert isinstance(menu, MenuDialog)
        found |= {key.id for key in menu._keys}
        await press(pilot, "escape")
    return found


async def offered_in_the_form_and_the_filter(pilot: Pilot[int]) -> set[str]:
    await press(pilot, "f3", "n", "tab", "tab", *"exp", "space", *"rent", "enter")
    found = bar_ids(pilot) | palette_ids(pilot)
    await press(pilot, "ctrl+r", "shift+tab", "shift+tab", "shift+tab", "x")
    found |= bar_ids(pilot) | palette_ids(pilot)
    await press(pilot, "backspace", "escape", "slash")
    found |= bar_ids(pilot) | palette_ids(pilot)
    await press(pilot, "escape")
    return found


async def offered_over_the_screen(pilot: Pilot[int]) -> set[str]:
    """In a question, in everything the menu of the book opens, and in a form."""
    await press(pilot, "f3", "d")
    found = hint_ids(pilot)
    await press(pilot, "escape")
    for id in book_actions.MENU:
        key = key_of(id)
        assert key is not None
        await pilot.app.run_action(key.action)
        await settle(pilot)
        assert not isinstance(pilot.app.screen, BookScreen)
        found |= hint_ids(pilot)
        if any(grid.offers_menu and grid.has_focus for grid in pilot.app.screen.query(Grid)):
            found |= {key.id for key, _ in offers_bound(pilot.app.screen)}
        await press(pilot, "escape")
    await press(pilot, "f2", "E")
    found |= hint_ids(pilot)
    await press(pilot, "escape")
    return found


async def offered_without_a_book(folder: Path) -> set[str]:
    app = Welcome(folder, "EUR")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        actions = {choice.action for choice in app.screen.rows()}
        hints = {id for id, _ in app.screen.query_one(KeyHints)._hints}
    return hints | {key.id for key in KEYS if key.scope is Scope.WELCOME and key.action in actions}


def bar_ids(pilot: Pilot[int]) -> set[str]:
    """The keys that stand in the bar, in sight."""
    bar = pilot.app.screen.query_one(KeyBar)
    assert all(place.region.right <= bar.size.width for place in bar.places())
    return {key.id for key in fitting_keys(offered_keys(pilot.app.screen), bar.size.width - 1)}


def palette_ids(pilot: Pilot[int]) -> set[str]:
    """The keys of the palette, as it would offer them now."""
    return {key.id for key, _ in KeyCommands(pilot.app.screen)._offered()}


def hint_ids(pilot: Pilot[int]) -> set[str]:
    """The keys in the hints of the dialog in front, all of them in sight."""
    hints = pilot.app.screen.query_one(KeyHints)
    shown = {place.action for place in hints.places() if place.region.right <= hints.size.width + 2}
    return {
        id
        for id, _ in hints._hints
        if (key := key_of(id)) and any(f"'{name}'" in one for name in key.names for one in shown)
    }
