"""Is everything that is needed on the screen, whatever its size? Fields, lists, hints and errors of every dialog."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tests.ui.conftest import FORMATS, AtDesk, bench, press, settle
from tests.ui.test_mouse import fill_book
from tui_ledger.ledger import Ledger
from tui_ledger.ui import screens
from tui_ledger.ui.entry import Place, Problem
from tui_ledger.ui.own_sheet import OwnSheetApp
from tui_ledger.ui.screens.base import BookScreen
from tui_ledger.ui.screens.dialogs import Dialog
from tui_ledger.ui.screens.form_dialog import FormDialog
from tui_ledger.ui.welcome_app import Welcome
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.ui.widgets.caption import Caption, ErrorCaption
from tui_ledger.ui.widgets.entry_form import EntryForm
from tui_ledger.ui.widgets.grid import Grid

LOOKS = 50
SIZES = ((80, 24), (100, 30), (200, 60), (80, 24))
LONG_ERROR = (
    "/srv/ledgers/of-all/2026/the-shop-at-the-quay/shop.ledger was moved, replaced or deleted while it was open: "
    "nothing was written, quit and open it again."
)

WAYS: dict[str, Sequence[str]] = {
    "AccountsScreen": ("1", "down", "down"),
    "JournalScreen": ("2",),
    "ReportsScreen": ("3",),
    "PartiesScreen": ("f6",),
    "ActDialog": ("1", "down", "down", "D"),
    "EditAccountDialog": ("1", "down", "down", "E"),
    "RenameDialog": ("1", "down", "down", "M"),
    "CloseAccountDialog": ("1", "down", "down", "C"),
    "OpenAccountDialog": ("1", "a"),
    "AttachmentsSheet": ("2", "A"),
    "AttachForm": ("2", "A", "a"),
    "SettingsSheet": ("!book('settings')",),
    "SettingForm": ("!book('settings')", "e"),
    "FormatsForm": ("!book('formats')",),
    "CommissionForm": ("!book('commission')",),
    "BulkDialog": ("2", "asterisk", "b"),
    "CurrenciesSheet": ("!book('currencies')",),
    "CurrencyForm": ("!book('currencies')", "a"),
    "DigitsForm": ("!book('currencies')", "e"),
    "ConfirmDialog": ("2", "d"),
    "DateDialog": ("ctrl+t",),
    "AccountDialog": ("ctrl+g",),
    "HistoryDialog": ("2", "H"),
    "ImportPricesDialog": ("!book('prices')", "i"),
    "JumpScreen": ("ctrl+o",),
    "KeySheet": ("question_mark",),
    "NameDialog": ("2", "slash", "m", "i", "l", "l", "ctrl+s"),
    "MenuDialog": ("2", "full_stop"),
    "OpeningSheet": ("!book('opening')",),
    "KeysSheet": ("!own_keys",),
    "PressDialog": ("!own_keys", "enter"),
    "AdjustmentForm": ("f6", "n"),
    "PartyForm": ("f6", "e"),
    "ReportOptions": ("f4", "o"),
    "DaysForm": ("f6", "d"),
    "PeriodsSheet": ("!book('periods')",),
    "CloseDaysForm": ("!book('periods')", "a"),
    "ReopenForm": ("!book('periods')", "d"),
    "YearForm": ("!book('periods')", "e"),
    "PostAllDialog": ("!book('schedules')", "P"),
    "PricesSheet": ("!book('prices')",),
    "TaxCodesSheet": ("!book('tax-codes')",),
    "TaxRateForm": ("!book('tax-codes')", "a"),
    "PriceForm": ("!book('prices')", "a"),
    "ProgramSheet": ("!program",),
    "PreferenceForm": ("!program", "down", "e"),
    "BackupDialog": ("!book('backup')",),
    "VerifyDialog": ("!book('verify')",),
    "ScheduleForm": ("2", "R"),
    "SchedulesSheet": ("!book('schedules')",),
    "UsersSheet": ("!book('users')",),
    "UserForm": ("!book('users')", "a"),
    "SaveReportDialog": ("f4", "ctrl+s"),
    "TemplateDialog": ("2", "alt+t"),
    "ThemeDialog": ("!change_colours",),
}
WITHOUT_A_BOOK: dict[str, Sequence[str]] = {
    "WelcomeScreen": (),
    "NewBookForm": ("n",),
    "OpenBookForm": ("o",),
    "DemoDialog": ("d",),
    "ImportBookDialog": ("i",),
}
FOR_A_PARTY: dict[str, Sequence[str]] = {"OwnSheetScreen": ()}


def test_every_screen_and_dialog_there_is_stands_in_the_tables_above() -> None:
    assert {kind.__name__ for kind in kinds_of_screens()} == {*WAYS, *WITHOUT_A_BOOK, *FOR_A_PARTY}


@pytest.mark.many
@pytest.mark.parametrize("name", WAYS)
async def test_all_that_is_needed_is_on_the_screen(book: Ledger, at_desk: AtDesk, name: str) -> None:
    fill_book(book)
    book.close_period("2026-01-31")
    async with at_desk(book, SIZES[0]) as pilot:
        await follow(pilot, WAYS[name])
        assert type(pilot.app.screen).__name__ == name
        await check_at_all_sizes(pilot)


@pytest.mark.parametrize("name", WITHOUT_A_BOOK)
async def test_all_that_is_needed_is_on_the_screen_without_a_book(tmp_path: Path, name: str) -> None:
    app = Welcome(tmp_path, "EUR", recent=[str(tmp_path / f"{place}.ledger") for place in range(8)])
    for place in range(8):
        (tmp_path / f"{place}.ledger").touch()
    async with app.run_test(size=SIZES[0]) as pilot:
        for key in WITHOUT_A_BOOK[name]:
            await pilot.press(key)
        await pilot.pause()
        assert type(app.screen).__name__ == name
        await check_at_all_sizes(pilot)


async def test_all_that_is_needed_is_on_the_screen_of_a_party(book: Ledger) -> None:
    fill_book(book)
    book.add_user("Ann", "party", book.parties()[0])
    app = OwnSheetApp(book.for_user("Ann"), book.parties()[0].key, FORMATS)
    async with app.run_test(size=SIZES[0]) as pilot:
        await pilot.pause()
        assert type(app.screen).__name__ in FOR_A_PARTY
        await check_at_all_sizes(pilot)


@pytest.mark.parametrize("mode", ["1", "2"])
async def test_a_form_of_many_lines_keeps_what_is_typed_and_what_is_wrong_with_it_in_sight(
    book: Ledger, at_desk: AtDesk, mode: str
) -> None:
    async with at_desk(book, SIZES[0]) as pilot:
        await press(pilot, mode, "down", "down", "n", *["ctrl+n"] * 12)
        form = pilot.app.screen.query_one(EntryForm)
        for size in SIZES:
            await resize(pilot, size)
            assert await unseen_when_focused(pilot, pilot.app.screen) == []
            for say in (form._message.say, form._head.show_error, partial(wrong_amount, form)):
                form.lines[-1].amount_field.focus_selected()
                say(LONG_ERROR)
                needed = [form._sums, form.lines[-1].amount_field, *errors_on(form)]
                assert await still_unseen(pilot, needed) == []
                assert [says_all(error) for error in errors_on(form)] == [True]
                form._forget_errors()


async def test_a_filter_with_a_fault_shows_the_fault_and_the_list_at_every_size(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, SIZES[0]) as pilot:
        await press(pilot, "2", "slash", *"payee", "colon", *"mill", "space", *"amount", "colon", *"xyzxyz")
        screen = bench(pilot).journal
        for size in SIZES:
            await resize(pilot, size)
            bar = screen.filter_bar
            assert await still_unseen(pilot, [bar.field, screen.rows, *errors_on(bar)]) == []
            assert errors_on(bar)
            assert screen.rows.size.height >= 4


def wrong_amount(form: EntryForm, sentence: str) -> None:
    form._show_problem(Problem(len(form.lines) - 1, Place.AMOUNT, sentence))


async def check_at_all_sizes(pilot: Pilot[Any]) -> None:
    """Opened at the first size, then the terminal is drawn larger and small again."""
    screen = pilot.app.screen
    for size in SIZES:
        await resize(pilot, size)
        if type(screen).__name__ == "JumpScreen":
            # Letters go when their places do.
            await press(pilot, *(["ctrl+o"] if pilot.app.screen is not screen else []))
            screen = pilot.app.screen
        assert pilot.app.screen is screen
        assert await still_unseen(pilot, needed_on(screen)) == [], size
        assert await unseen_when_focused(pilot, screen) == [], size
        assert hints_cut_off(screen) == [], size
        if isinstance(screen, Dialog):
            await check_errors(pilot, screen, size)


async def check_errors(pilot: Pilot[Any], dialog: Dialog[Any], size: tuple[int, int]) -> None:
    """A long sentence at the foot, then one at each field: all of it in sight, the hints too."""
    dialog.show_error(LONG_ERROR)
    assert await still_unseen(pilot, [dialog._error, *needed_on(dialog)]) == [], size
    assert says_all(dialog._error), size
    assert hints_cut_off(dialog) == [], size
    dialog.show_error("")
    if isinstance(dialog, FormDialog):
        for row in dialog.rows:
            if not row.display or row.field.disabled:
                continue
            dialog.refuse(LONG_ERROR, row.field)
            assert await still_unseen(pilot, [row.field, row._error, *needed_on(dialog)]) == [], (size, row.field.id)
            assert says_all(row._error), (size, row.field.id)
            row.show_error("")


def needed_on(screen: Screen[Any]) -> list[Widget]:
    """The bars, the box and what stands at its edges."""
    bars = screen.query("TopBar, StatusLine, KeyBar, KeyHints, .box, .title, #jump-foot")
    return [widget for widget in bars if widget.display]


async def still_unseen(pilot: Pilot[Any], widgets: Sequence[Widget]) -> list[str]:
    """The widgets of which a part is cut off or beyond the edge once the screen has come to rest."""
    found: list[str] = []
    for _ in range(LOOKS):
        await pilot.pause(0.02)
        screen = pilot.app.screen
        found = [f"{widget} {place}" for widget in widgets if (place := whole_place(screen, widget)) is not None]
        if not found:
            break
    return found


def whole_place(screen: Screen[Any], widget: Widget) -> str | None:
    """None where all of a widget is in sight, else where it lies and what can be seen of it."""
    found = screen.find_widget(widget)
    is_whole = (
        found.visible_region == found.region and found.region.area and screen.region.contains_region(found.region)
    )
    return None if is_whole else f"{found.region} seen {found.visible_region}"


async def unseen_when_focused(pilot: Pilot[Any], screen: Screen[Any]) -> list[str]:
    """What takes the focus and does not come into sight with it; of a list, two rows must."""
    before, found = screen.focused, []
    for widget in screen.focus_chain:
        screen.set_focus(widget)
        await pilot.pause()
        for _ in range(LOOKS):
            if (missing := missing_of(screen, widget)) is None:
                break
            await pilot.pause(0.02)
        else:
            found.append(f"{widget} {missing}")
    screen.set_focus(before)
    await pilot.pause()
    return found


def missing_of(screen: Screen[Any], widget: Widget) -> str | None:
    """What cannot be seen of a widget that has the focus, None where that is enough of it."""
    if not isinstance(widget, Grid):
        return whole_place(screen, widget)
    seen = screen.find_widget(widget).visible_region
    is_enough = seen.height >= min(widget.row_count, 2) + widget._header_lines and seen.width >= 20
    return None if is_enough else str(seen)


def hints_cut_off(screen: Screen[Any]) -> list[str]:
    """Hints that do not fit into the widget that shows them; the blanks behind one may."""
    return [
        place.action
        for hints in screen.query(KeyHints)
        for place in hints.places()
        if place.region.right - 2 > hints.size.width or place.region.bottom > hints.size.height
    ]


def errors_on(widget: Widget) -> list[ErrorCaption]:
    return [error for error in widget.query(ErrorCaption) if error.text.strip()]


def says_all(caption: Caption) -> bool:
    """Whether the place of a sentence has room for all its lines."""
    width = caption.content_size.width
    return caption.get_content_height(caption.container_size, caption.app.size, width) <= caption.content_size.height


async def follow(pilot: Pilot[int], way: Sequence[str]) -> None:
    """Keys, and acts of the program behind an exclamation mark."""
    for step in way:
        if step.startswith("!"):
            await pilot.app.run_action(step[1:])
        else:
            await press(pilot, step)
        await settle(pilot)


async def resize(pilot: Pilot[Any], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await pilot.pause()
    await pilot.pause()


def kinds_of_screens() -> Iterator[type[Screen[Any]]]:
    """The classes of screens and dialogs that no other one is made of."""
    modules = [import_module(f"{screens.__name__}.{module.name}") for module in pkgutil.iter_modules(screens.__path__)]
    kinds = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Screen) and kind.__module__ == module.__name__
    }
    assert BookScreen in kinds
    return (kind for kind in kinds if not any(kind is not other and issubclass(other, kind) for other in kinds))
