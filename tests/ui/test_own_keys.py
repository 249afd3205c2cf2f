from __future__ import annotations

import ast
import re
from itertools import combinations
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

import tui_ledger.ui
from tests.ui.conftest import (
    FORMATS,
    NARROW,
    WIDE,
    bench,
    frozen_clock,
    keys_for,
    press,
    screen_text,
    toasts,
)
from tui_ledger.errors import InvalidSetting
from tui_ledger.ledger import Ledger
from tui_ledger.paths import settings_file
from tui_ledger.preferences import Preferences, read_preferences
from tui_ledger.ui.app import Workbench
from tui_ledger.ui.help import TOPICS
from tui_ledger.ui.key_names import key_name
from tui_ledger.ui.key_signs import shown_key, written_key
from tui_ledger.ui.keys import KEYS, Key, Scope, bindings, key_of, keys_of, pressed, with_keys
from tui_ledger.ui.own_keys import FOLLOWS, TOGETHER, own_keys, what_forbids, work_together
from tui_ledger.ui.screens.form_dialog import FormDialog
from tui_ledger.ui.screens.own_keys import KeysSheet, PressDialog
from tui_ledger.ui.screens.program_settings import PreferenceForm, ProgramSheet
from tui_ledger.ui.widgets.bars import offered_keys
from tui_ledger.ui.widgets.filter_bar import FilterBar


def at_own_keys(book: Ledger, **keys: str) -> Workbench:
    wishes = {id.replace("_", "-"): tuple(names.split()) for id, names in keys.items()}
    return Workbench(book, FORMATS, clock=frozen_clock, preferences=Preferences(keys=wishes))


def names_of(id: str, **keys: tuple[str, ...]) -> tuple[str, ...]:
    wishes = {name.replace("_", "-"): names for name, names in keys.items()}
    return next(key.names for key in own_keys(wishes).table if key.id == id)


def problem_of(id: str, *names: str) -> str:
    """What is wrong with one wish, without what names it."""
    (problem,) = own_keys({id: names}).problems
    return problem.removeprefix(f"[keys] {id}: ")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ctrl+b", "ctrl+b"),
        ("Ctrl-B", "ctrl+b"),
        ("^b", "ctrl+b"),
        ("?", "question_mark"),
        ("+", "plus"),
        (",", "comma"),
        ("G", "G"),
        ("shift+g", "G"),
        ("alt+N", "alt+shift+n"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("esc", "escape"),
        ("PgDn", "pagedown"),
        ("del", "delete"),
        (" ", "space"),
        ("ctrl+space", "ctrl+@"),
        ("F8", "f8"),
        ("é", "é"),
    ],
)
def test_keys_are_read_as_people_write_them(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize("name", sorted({name for key in KEYS for name in key.names}))
def test_what_the_program_shows_and_writes_can_be_written_into_the_file(name: str) -> None:
    assert key_name(written_key(name)) == name
    assert key_name(shown_key(name)) == name


@pytest.mark.parametrize("forbidden", ["ctrl+i", "ctrl+m", "ctrl+h", "ctrl+[", "ctrl+enter", "^["])
def test_keys_that_terminals_cannot_tell_apart_are_refused(forbidden: str) -> None:
    with pytest.raises(InvalidSetting, match=r"terminals send (tab|enter|backspace|escape) for it"):
        key_name(forbidden)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("ctlr+b", "perhaps ctrl+b is meant"),
        ("pagdown", "perhaps pagedown is meant"),
        ("", "write such as ctrl+b, alt+n, f8 or ?"),
        ("alt+?", "write such as"),
        ("[bold]x\x1b[31m", "is no key"),
    ],
)
def test_what_is_no_key_is_refused_with_the_nearest(written: str, advice: str) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(advice)):
        key_name(written)


def test_every_scope_is_known_to_the_table_of_places() -> None:
    assert set().union(*TOGETHER) == set(Scope)


def test_the_keys_as_they_came_stand_in_nobodys_way() -> None:
    assert [(key.id, why) for key in KEYS if (why := what_forbids(key, KEYS))] == []


def test_own_keys_take_the_place_of_the_ones_that_came() -> None:
    assert names_of("new", new=("ctrl+b", "f8")) == ("ctrl+b", "f8")
    assert names_of("edit", new=("ctrl+b",)) == ("e",)


def test_two_keys_may_change_places() -> None:
    own = own_keys({"new": ["e"], "edit": ["n"]})
    assert own.problems == ()
    assert ("new" in own, "edit" in own, "void" in own) == (True, True, False)


def test_what_stands_in_the_palette_may_go_without_a_key_and_what_has_none_may_get_one() -> None:
    assert names_of("void", void=()) == ()
    assert names_of("prices", prices=("f7",)) == ("f7",)


@pytest.mark.parametrize(
    ("id", "names", "problem"),
    [
        ("undu", ["x"], '[keys] "undu" is the id of no key: perhaps undo is meant'),
        ("zzzzzz", ["x"], '[keys] "zzzzzz" is the id of no key: `tui-ledger keys` lists them'),
        ("undo", ["ctlr+b"], "[keys] undo: 'ctlr+b' is no key: perhaps ctrl+b is meant."),
        ("cancel", [], "[keys] cancel: it needs a key, for it does not stand in the palette"),
        ("new", ["e"], "[keys] new: e is Edit (edit) already"),
        (
            "export",
            ["ctrl+s"],
            "[keys] export: ctrl+s is Save (save-filter) already; ctrl+s is Save (save-report) already",
        ),
        ("sheet-add", ["g"], "[keys] sheet-add: g is First (first-row) already"),
        ("save", ["enter"], "[keys] save: enter is a text field's own"),
        ("quit", ["ctrl+s"], ""),
        ("new", ["tab"], "[keys] new: tab moves from one part of the screen to the next"),
        ("new", ["ctrl+c"], "[keys] new: ctrl+c copies what is selected"),
        ("post", ["p"], "[keys] post: p is typed in a field"),
        ("post", ["ctrl+a"], "[keys] post: ctrl+a is a text field's own"),
        ("quit", ["q"], "[keys] quit: q is typed in fields, and this key goes before them"),
        ("date-today", ["5"], "[keys] date-today: 5 is typed in a date"),
        ("remainder", ["c"], "[keys] remainder: c is typed in an amount"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_named_and_changes_nothing(id: str, names: list[str], problem: str) -> None:
    own = own_keys({id: names})
    assert own.table == KEYS
    assert len(own.problems) == 1
    assert own.problems[0].startswith(problem)


def test_of_two_wishes_for_one_key_the_second_is_refused_and_the_rest_holds() -> None:
    own = own_keys({"new": ["f8"], "edit": ["f8"], "undo": ["f7"]})
    assert own.problems == ("[keys] edit: f8 is New (new) already",)
    assert [key.keys for key in own.table if key.id in ("new", "edit", "undo")] == ["f8", "e", "f7"]


def test_a_dialogs_own_key_goes_by_the_one_that_does_the_same_everywhere() -> None:
    assert names_of("sheet-undo", undo=("f7",)) == ("f7",)
    assert names_of("sheet-undo", undo=("f7",), sheet_undo=("f8",)) == ("f8",)
    assert {id for pair in FOLLOWS.items() for id in pair} <= {key.id for key in KEYS}


def test_keys_of_one_place_and_those_that_go_before_all_must_differ() -> None:
    def key(id: str) -> Key:
        return next(key for key in KEYS if key.id == id)

    assert work_together(key("new"), key("filter"))
    assert work_together(key("quit"), key("cancel"))
    assert not work_together(key("today"), key("this-period"))
    assert not work_together(key("post"), key("save"))


def test_every_default_that_is_pressed_at_one_place_is_different() -> None:
    clashes = [
        (one.id, other.id)
        for one, other in combinations(KEYS, 2)
        if work_together(one, other) and set(one.names) & set(other.names)
    ]
    assert clashes == []


def test_a_key_that_came_without_one_is_bound_all_the_same_so_that_it_can_get_one() -> None:
    assert [binding.id for binding in bindings(Scope.EVERYWHERE)] == [key.id for key in keys_of(Scope.EVERYWHERE)]
    assert next(binding.key for binding in bindings(Scope.EVERYWHERE) if binding.id == "prices") == "no-key-prices"


def test_sentences_name_the_keys_in_force() -> None:
    assert with_keys("{open} opens. {undo} or ({new}): {no such}") == "Enter opens. ctrl+z or (n): {no such}"
    assert pressed("prices") == "ctrl+p Prices"
    assert pressed("no-such-id") == "no-such-id"


async def test_own_keys_work_on_the_screen_and_the_old_ones_no_more(book: Ledger) -> None:
    async with at_own_keys(book, journal="f10", new="ctrl+b", row_up="w", undo="f7").run_test(size=WIDE) as pilot:
        await press(pilot, "2")
        assert bench(pilot).current_mode == "accounts"
        await press(pilot, "f10")
        assert bench(pilot).current_mode == "journal"
        rows = bench(pilot).journal.rows
        at = rows.cursor
        await press(pilot, "up")
        assert rows.cursor == at
        await press(pilot, "w")
        assert rows.cursor == at - 1
        await press(pilot, "n")
        assert not bench(pilot).journal.form.is_open
        await press(pilot, "ctrl+b")
        assert bench(pilot).journal.form.is_open


async def test_what_is_without_a_key_by_wish_is_reached_by_the_palette_only(book: Ledger) -> None:
    async with at_own_keys(book, new="").run_test(size=WIDE) as pilot:
        await press(pilot, "2", "n")
        assert not bench(pilot).journal.form.is_open
        assert " New " not in screen_text(pilot).splitlines()[-1]
        await press(pilot, "ctrl+p", *keys_for("new"), "enter")
        assert bench(pilot).journal.form.is_open


async def test_a_form_of_the_book_can_get_a_key(book: Ledger) -> None:
    async with at_own_keys(book, prices="f7").run_test(size=NARROW) as pilot:
        await press(pilot, "f7")
        assert "Prices" in screen_text(pilot)
        assert type(pilot.app.screen).__name__ == "PricesSheet"


async def test_quitting_goes_before_all_by_its_own_key_too(book: Ledger) -> None:
    async with at_own_keys(book, quit="ctrl+x").run_test(size=NARROW) as pilot:
        await press(pilot, "2", "f9", "ctrl+q")
        assert pilot.app.is_running
        assert pilot.app.return_value is None
        await press(pilot, "ctrl+x")
        assert pilot.app.return_value == 0


async def test_fields_go_by_own_keys(book: Ledger) -> None:
    own = at_own_keys(
        book, next_field="ctrl+n", add_line="alt+l", date_today="x", day_earlier="b", post="f12", remainder="#"
    )
    async with own.run_test(size=WIDE) as pilot:
        form = bench(pilot).journal.form
        await press(pilot, "2", "n", "shift+tab", "b")
        assert form.date_field.day.isoformat() == "2026-07-16"
        await press(pilot, "t", "enter")
        assert pilot.app.focused is form.date_field
        await press(pilot, "backspace", "x")
        assert form.date_field.day.isoformat() == "2026-07-17"
        await press(pilot, "ctrl+n")
        assert pilot.app.focused is form.payee_field
        await press(pilot, *keys_for("pap"), "ctrl+n", "1", "ctrl+n", "f12")
        assert book.journal()[-1].payee == "Paper Mill"


async def test_an_alt_key_reaches_the_field_it_is_given_to(book: Ledger) -> None:
    async with at_own_keys(book, next_field="alt+n").run_test(size=WIDE) as pilot:
        await press(pilot, "2", "n", "shift+tab", "alt+n")
        assert pilot.app.focused is bench(pilot).journal.form.payee_field


async def test_the_filter_and_dialogs_go_by_own_keys(book: Ledger) -> None:
    own = at_own_keys(book, keep_filter="alt+k", filter_word="alt+w", confirm="alt+c", completion_down="alt+d")
    async with own.run_test(size=WIDE) as pilot:
        await press(pilot, "2", "slash", *keys_for("payee:q"), "alt+w")
        bar = bench(pilot).journal.query_one(FilterBar)
        assert bar.text.startswith("payee:Quayside")
        await press(pilot, "alt+k")
        assert not bar.is_open
        await press(pilot, "ctrl+g", *keys_for("bank"), "alt+d", "alt+c")
        assert bench(pilot).current_mode == "accounts"
        assert "Assets:Bank:Savings" in screen_text(pilot)


async def test_bars_hints_help_key_sheet_and_palette_show_the_keys_in_force(book: Ledger) -> None:
    own = at_own_keys(book, journal="f12", new="ctrl+b", save="f10", undo="f7", cancel="f11")
    async with own.run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "f12")
        top, bar = screen_text(pilot).splitlines()[0], screen_text(pilot).splitlines()[-1]
        assert " f12 Journal " in top
        assert " ^b New " in bar
        await press(pilot, "x")
        pilot.app.push_screen(FormDialog("A form", ()))
        await pilot.pause()
        assert "f10 Save" in screen_text(pilot)
        assert "f11 Cancel" in screen_text(pilot)
        await press(pilot, "f11", "question_mark")
        assert "^b " in screen_text(pilot)
        await press(pilot, "f11", "ctrl+p", *keys_for("journal"))
        assert "f12   Journal" in screen_text(pilot)


async def test_what_is_said_after_posting_names_the_own_key(book: Ledger) -> None:
    async with at_own_keys(book, undo="f7").run_test(size=WIDE, notifications=True) as pilot:
        await press(pilot, "2", "d", "enter")
        assert toasts(pilot)[-1].endswith("f7 undoes")


async def test_letters_that_are_given_away_are_text_in_the_form_and_not_in_its_bar(book: Ledger) -> None:
    async with at_own_keys(book, go_to_account="w").run_test(size=WIDE) as pilot:
        await press(pilot, "2", "n", "w")
        assert bench(pilot).journal.form.payee_field.value == "w"
        assert "go-to-account" not in [key.id for key in offered_keys(pilot.app.screen)]


async def test_what_cannot_be_heeded_is_said_at_the_start_and_the_rest_holds(book: Ledger) -> None:
    wishes = {"new": ("e",), "undo": ("f7",), "undu": ("x",), "quit": ("q",), "help": ("1",)}
    app = Workbench(book, FORMATS, clock=frozen_clock, preferences=Preferences(keys=wishes, problems=("First.",)))
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        (together,) = toasts(pilot)
        said = together.splitlines()
        assert said[0] == "First."
        assert said[-1] == "And 2 more: `tui-ledger keys` lists them."
        assert len(said) == 4
        assert key_of("undo") is not None
        assert next(key.names for key in app.key_table if key.id == "undo") == ("f7",)


async def test_hostile_text_in_the_settings_file_reaches_the_screen_as_text(book: Ledger) -> None:
    preferences = Preferences(theme="[/x] [red]\x1b[31m", keys={"[/x]\x1b[31m": ("[red]",)})
    async with Workbench(book, FORMATS, preferences=preferences).run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        assert "[/x] [red]␛[31m" in toasts(pilot)[0]
        assert "\x1b" not in screen_text(pilot)


async def at_the_keys(pilot: Pilot[int], id: str) -> KeysSheet:
    await pilot.pause()
    await pilot.app.run_action("own_keys")
    await pilot.pause()
    sheet = pilot.app.screen
    assert isinstance(sheet, KeysSheet)
    sheet.grid.go_to(id)
    await pilot.pause()
    return sheet


async def test_a_key_is_given_by_pressing_it_and_works_at_once(book: Ledger) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("# mine\n[keys]\nundo = 'f7' # as I like it\n", encoding="utf-8")
    app = Workbench(book, FORMATS, clock=frozen_clock, preferences=read_preferences())
    async with app.run_test(size=WIDE) as pilot:
        await at_the_keys(pilot, "new")
        await press(pilot, "e", "ctrl+b")
        assert "ctrl+b will do it" in screen_text(pilot)
        await press(pilot, "enter")
        assert "^b" in screen_text(pilot)
        await press(pilot, "escape", "2", "n")
        assert not app.journal.form.is_open
        assert "^b New" in screen_text(pilot).splitlines()[-1]
        await press(pilot, "ctrl+b")
        assert app.journal.form.is_open
    assert (
        settings_file().read_text(encoding="utf-8") == "# mine\n[keys]\nundo = 'f7' # as I like it\nnew = \"ctrl+b\"\n"
    )


async def test_one_more_key_is_added_and_delete_gives_the_first_ones_back(book: Ledger) -> None:
    async with at_own_keys(book).run_test(size=WIDE) as pilot:
        sheet = await at_the_keys(pilot, "new")
        await press(pilot, "a", "f8", "enter")
        assert sheet.grid.row is not None
        assert sheet.grid.row.names == ("n", "f8")
        assert read_preferences().keys == {"new": ("n", "f8")}
        await press(pilot, "delete")
        assert sheet.grid.row.names == ("n",)
        assert read_preferences().keys == {}


async def test_a_key_that_does_something_else_is_refused_by_name_and_another_may_be_tried(book: Ledger) -> None:
    async with at_own_keys(book).run_test(size=NARROW) as pilot:
        await at_the_keys(pilot, "new")
        await press(pilot, "e", "x")
        assert "x is Clear (toggle-cleared) already" in screen_text(pilot)
        await press(pilot, "enter")
        assert "enter is Open (open) already" in screen_text(pilot)
        await press(pilot, "f8", "enter")
        assert read_preferences().keys == {"new": ("f8",)}


async def test_keys_that_go_before_all_others_are_only_a_wish_here(book: Ledger) -> None:
    async with at_own_keys(book).run_test(size=NARROW) as pilot:
        await at_the_keys(pilot, "new")
        await press(pilot, "e", "ctrl+q")
        assert isinstance(pilot.app.screen, PressDialog)
        assert "ctrl+q is Quit (quit) already" in screen_text(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, KeysSheet)
        assert not settings_file().exists()


async def test_the_first_key_is_not_given_back_while_another_has_it(book: Ledger) -> None:
    async with at_own_keys(book, new="e", edit="f8").run_test(size=NARROW, notifications=True) as pilot:
        await at_the_keys(pilot, "edit")
        await press(pilot, "d")
        assert toasts(pilot)[-1] == "e is New (new) already: give that another key first."


async def test_a_click_takes_the_key_that_was_pressed(book: Ledger) -> None:
    async with at_own_keys(book).run_test(size=NARROW) as pilot:
        await at_the_keys(pilot, "new")
        await press(pilot, "e", "f8")
        hint = pilot.app.screen.query_one("KeyHints")
        await pilot.click(hint, offset=(2, 0))
        await pilot.pause()
        assert read_preferences().keys == {"new": ("f8",)}


async def test_the_settings_of_the_program_are_changed_in_the_list(book: Ledger) -> None:
    async with at_own_keys(book).run_test(size=NARROW) as pilot:
        await press(pilot, "ctrl+p", *keys_for("program"), "enter")
        sheet = pilot.app.screen
        assert isinstance(sheet, ProgramSheet)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, PreferenceForm)
        await press(pilot, "r", "ctrl+s")
        assert read_preferences().motion == "reduced"
        assert pilot.app.animation_level == "none"
        await press(pilot, "down", "enter", *keys_for("de_DX"), "enter")
        assert "no locale" in screen_text(pilot)
        pilot.app.screen.query_one("#preference").value = "de-DE"  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        assert read_preferences().locale == "de_DE"
        await press(pilot, "up", "d", "enter")
        assert read_preferences().motion is None
        assert pilot.app.animation_level == "full"


async def test_the_books_undo_is_out_of_reach_among_the_programs_settings(book: Ledger) -> None:
    async with at_own_keys(book).run_test(size=NARROW) as pilot:
        before = book.revision
        await pilot.pause()
        await pilot.app.run_action("program")
        await press(pilot, "ctrl+z")
        assert book.revision == before


async def test_all_keys_are_given_back_after_a_question(book: Ledger) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('theme = "nord"\n[keys]\nnew = "f8"\n', encoding="utf-8")
    app = Workbench(book, FORMATS, clock=frozen_clock, preferences=read_preferences())
    async with app.run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.app.run_action("program")
        await press(pilot, "end", "d", "enter")
        assert app.key_table == KEYS
    assert read_preferences() == Preferences(theme="nord")


async def test_a_read_only_book_does_not_keep_the_program_from_being_set(book: Ledger) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as ledger:
        async with Workbench(ledger, FORMATS, clock=frozen_clock).run_test(size=NARROW) as pilot:
            await at_the_keys(pilot, "quit")
            await press(pilot, "e", "ctrl+x", "enter")
            assert read_preferences().keys == {"quit": ("ctrl+x",)}


def test_a_key_event_is_what_the_table_calls_it() -> None:
    assert events.Key("question_mark", "?").key == key_name("?")


def test_help_names_keys_by_ids_that_there_are() -> None:
    ids = {key.id for key in KEYS}
    named = {id for topic in TOPICS.values() for id in re.findall(r"\{([^}]*)\}", topic.text)}
    assert named - ids == set()
    assert {"undo", "save", "open"} <= named


def test_no_sentence_and_no_hint_names_a_key_that_may_be_another() -> None:
    found = [
        f"{path.name}:{node.lineno} {node.value}"
        for path in sorted(Path(tui_ledger.ui.__file__).parent.rglob("*.py"))
        if path.name not in ("keys.py", "key_signs.py", "key_names.py", "own_keys.py")
        for node in said_by(ast.parse(path.read_text(encoding="utf-8")))
        if re.search(r"\b(ctrl|alt)\+[a-z0-9]", node.value)
    ]
    assert [one for one in found if not one.startswith("app.py:") or not one.endswith(" ctrl+p")] == []


def test_no_hint_names_a_key_of_the_table_by_the_key_it_came_with() -> None:
    named = {"enter", "escape", "space", "f1", "delete", "plus", "minus"}
    found = [
        f"{path.name}:{node.lineno}"
        for path in sorted(Path(tui_ledger.ui.__file__).parent.rglob("*.py"))
        if path.name not in ("keys.py", "key_signs.py", "key_names.py", "own_keys.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and isinstance(node.elts[0], ast.Constant)
        and node.elts[0].value in named
        and not isinstance(node.elts[1], ast.Tuple)
        and not (isinstance(node.elts[1], ast.Constant) and str(node.elts[1].value).islower())
    ]
    assert found == []


def said_by(tree: ast.Module) -> list[ast.Constant]:
    """The texts of a module that are no docstrings."""
    described = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described
    ]
