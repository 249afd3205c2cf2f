from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from textual.app import App
from textual.dom import DOMNode

from tui_ledger.ui.app import Workbench
from tui_ledger.ui.key_signs import shown_key
from tui_ledger.ui.keys import KEYS, Key, Scope, bindings, field_key, keys_of
from tui_ledger.ui.own_keys import TOGETHER
from tui_ledger.ui.screens.accounts import AccountsScreen
from tui_ledger.ui.screens.dialogs import ConfirmDialog, DateDialog
from tui_ledger.ui.screens.form_dialog import FormDialog
from tui_ledger.ui.screens.journal import JournalScreen
from tui_ledger.ui.screens.key_sheet import KEY_CELLS, KeySheet
from tui_ledger.ui.screens.parties import PartiesScreen
from tui_ledger.ui.screens.reports import ReportsScreen
from tui_ledger.ui.screens.schedules import SchedulesSheet
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.screens.welcome import WelcomeScreen
from tui_ledger.ui.widgets.entry_form import EntryForm
from tui_ledger.ui.widgets.fields import moved_day
from tui_ledger.ui.widgets.filter_bar import FilterBar
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.words_bar import WordsBar

TERMINALS_CANNOT_TELL = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+left_square_bracket", "ctrl+enter"}
FIELDS_OWN = {f"ctrl+{letter}" for letter in "adefkuwxcv"}

CARRIED_OUT_BY: dict[Scope, tuple[type[DOMNode], ...]] = {
    Scope.EVERYWHERE: (Workbench,),
    Scope.SCREEN: (AccountsScreen, JournalScreen, ReportsScreen, PartiesScreen),
    Scope.PARTIES: (PartiesScreen,),
    Scope.WORDS: (WordsBar,),
    Scope.TRANSACTIONS: (AccountsScreen, JournalScreen),
    Scope.LISTED: (AccountsScreen, JournalScreen),
    Scope.FILTER: (FilterBar,),
    Scope.ACCOUNTS: (AccountsScreen,),
    Scope.REPORTS: (ReportsScreen,),
    Scope.DEPTH: (AccountsScreen, ReportsScreen),
    Scope.LIST: (Grid,),
    Scope.FORM: (EntryForm,),
    Scope.DIALOG: (ConfirmDialog, DateDialog, KeySheet),
    Scope.BOX: (FormDialog,),
    Scope.SHEET: (SheetDialog,),
    Scope.SCHEDULES: (SchedulesSheet,),
    Scope.WELCOME: (WelcomeScreen,),
}


def test_every_key_has_an_id_of_its_own_and_says_what_it_does() -> None:
    assert len({key.id for key in KEYS}) == len(KEYS)
    assert all(key.label and key.description for key in KEYS)


def test_every_description_fits_on_the_key_sheet_of_a_narrow_screen() -> None:
    assert [key.id for key in KEYS if len(key.description) > 53 or len(key.shown_all) > KEY_CELLS] == []


def test_no_key_is_one_that_terminals_cannot_tell_apart() -> None:
    assert {name for key in KEYS for name in key.names} & TERMINALS_CANNOT_TELL == set()


def test_keys_of_the_form_leave_a_text_field_its_own() -> None:
    assert {name for key in keys_of(Scope.FORM) for name in key.names} & FIELDS_OWN == set()


@pytest.mark.parametrize("scopes", TOGETHER)
def test_keys_that_work_at_the_same_place_are_different(scopes: frozenset[Scope]) -> None:
    keys = [key for key in KEYS if key.scope in scopes]
    clashes = [(a.id, b.id) for a, b in combinations(keys, 2) if set(a.names) & set(b.names)]
    assert clashes == []


@pytest.mark.parametrize("key", [key for key in KEYS if key.action], ids=lambda key: key.id)
def test_every_key_does_something_wherever_it_works(key: Key) -> None:
    method = f"action_{key.action.partition('(')[0]}"
    assert all(hasattr(node, method) for node in CARRIED_OUT_BY[key.scope])


def test_a_screen_binds_nothing_that_is_not_in_the_table() -> None:
    ids = {key.id for key in KEYS}
    for nodes in CARRIED_OUT_BY.values():
        for node in nodes:
            assert [binding.action for binding in node.BINDINGS if binding.id not in ids] == []  # type: ignore[union-attr]


def test_bindings_carry_the_ids_by_which_keys_are_remapped() -> None:
    assert [binding.id for binding in bindings(Scope.REPORTS)] == [key.id for key in keys_of(Scope.REPORTS)]
    assert issubclass(Workbench, App)


@pytest.mark.parametrize(
    ("pressed", "day"),
    [
        ("plus", date(2026, 3, 1)),
        ("minus", date(2026, 2, 27)),
        ("right_square_bracket", date(2026, 3, 28)),
        ("left_square_bracket", date(2026, 1, 28)),
        ("t", date(2026, 7, 17)),
        ("m", date(2026, 2, 1)),
        ("h", date(2026, 2, 28)),
        ("y", date(2026, 1, 1)),
        ("r", date(2026, 12, 31)),
    ],
)
def test_every_date_key_moves_the_day(pressed: str, day: date) -> None:
    act = field_key(Scope.DATE, pressed)
    assert act is not None
    assert moved_day(date(2026, 2, 28), act, today=date(2026, 7, 17)) == day


def test_all_date_keys_were_tried_above() -> None:
    assert len(list(keys_of(Scope.DATE))) == 9


@pytest.mark.parametrize(("name", "shown"), [("ctrl+s", "^s"), ("left_square_bracket", "["), ("f2", "f2"), ("G", "G")])
def test_keys_are_shown_as_people_write_them(name: str, shown: str) -> None:
    assert shown_key(name) == shown
