"""The commands `locate` and `keys`: where the program's files are, and what every key does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui_ledger.cli.options import json_option
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines, print_note
from tui_ledger.cli.tables import Column, table
from tui_ledger.errors import NoBookNamed
from tui_ledger.paths import home_as_tilde, settings_file, state_folder
from tui_ledger.preferences import Preferences, read_preferences
from tui_ledger.widths import cell_width
from tui_ledger.words import N_, NP_, _

if TYPE_CHECKING:
    from tui_ledger.ui.own_keys import OwnKeys

PLUG_INS = "tui_ledger"


@dataclass(frozen=True, slots=True)
class Located:
    """Something the program keeps or reads: what it is called, where it is ('' for nowhere), whether it is there."""

    name: str
    place: str
    is_there: bool


@click.command("locate", cls=LedgerCommand)
@json_option
@click.pass_obj
def locate_command(session: Session, as_json: bool) -> None:
    """Show where things are: the settings file; what the program remembers, forms that were not finished, reports of
    its own errors; the book that is meant; its workbooks; plug-ins.

    TUI_LEDGER_CONFIG and TUI_LEDGER_STATE name other folders for the settings and for what is remembered.
    """
    found = [*_own_files(), *_of_the_book(session)]
    plug_ins = _plug_ins()
    if as_json:
        places = {one.name: {"path": one.place or None, "exists": one.is_there} for one in found}
        print_json({**places, "plug_ins": [{"name": name, "module": module} for name, module in plug_ins]})
    else:
        lines = [(_(_CALLED[one.name]), _shown(one)) for one in found]
        own = [(_("plug-in"), f"{name} ({module})") for name, module in plug_ins]
        lines += own or [(_("plug-ins"), _("none installed"))]
        print_lines(table([Column(NP_("place", "What")), Column(NP_("place", "Where"))], lines))
    _tell_problems(read_preferences())


_CALLED = {
    "settings": N_("settings"),
    "state": N_("state"),
    "unfinished": N_("unfinished"),
    "crash_reports": N_("crash reports"),
    "book": N_("book"),
    "exports": N_("exports"),
}


@click.command("keys", cls=LedgerCommand)
@json_option
def keys_command(as_json: bool) -> None:
    """List every key of the workbench: where it works, its id, and what it does; a star marks keys of your own.

    \b
    The id is what the settings file calls it by (`tui-ledger locate` says where that file is):
        [keys]
        new = "ctrl+b"
        row-down = ["down", "j", "ctrl+n"]
    """
    from tui_ledger.ui.key_signs import written_key
    from tui_ledger.ui.keys import KEYS
    from tui_ledger.ui.own_keys import own_keys

    preferences = read_preferences()
    own = own_keys(preferences.keys)
    if as_json:
        shapes = [
            {
                "scope": key.scope.value,
                "id": key.id,
                "keys": [written_key(name) for name in key.names],
                "default_keys": [written_key(name) for name in usual.names],
                "remapped": key.id in own,
                "label": key.label,
                "description": key.description,
            }
            for key, usual in zip(own.table, KEYS, strict=True)
        ]
        print_json({"keys": shapes})
    else:
        print_lines(_by_scope(own))
    _tell_problems(preferences)


def _by_scope(own: OwnKeys) -> Iterator[str]:
    """A heading for each place, its keys below it; those of the user's own have a star."""
    from tui_ledger.ui.key_signs import written_key
    from tui_ledger.ui.keys import Scope

    id_cells = max(len(key.id) for key in own.table)
    for scope in Scope:
        yield from (_(scope.value), "─" * cell_width(_(scope.value)))
        for key in (key for key in own.table if key.scope is scope):
            names = "  ".join(map(written_key, key.names)) or "–"
            yield f"{'*' if key.id in own else ' '} {names:<15} {key.id:<{id_cells}}  {key.told}"
        yield ""


def _own_files() -> Iterable[Located]:
    state = state_folder()
    yield _at("settings", settings_file())
    yield _at("state", state)
    yield _at("unfinished", state / "unfinished")
    yield _at("crash_reports", state / "crashes")


def _of_the_book(session: Session) -> Iterable[Located]:
    """The book that is meant, and where its workbooks go."""
    from tui_ledger.export.names import FOLDER
    from tui_ledger.ledger.locations import located

    try:
        place = session.place(reading=True)
    except NoBookNamed:
        yield Located("book", "", False)
        return
    book = located(place)
    if isinstance(book, Path):
        yield _at("book", book)
        beside = book.absolute().parent
        yield _at("exports", beside if beside.name == FOLDER else beside / FOLDER)
    else:
        yield Located("book", book.shown, True)
        yield _at("exports", Path.cwd() / FOLDER)


def _plug_ins() -> list[tuple[str, str]]:
    """The installed plug-ins by name, each with its module; none of them is loaded."""
    from importlib.metadata import entry_points

    return sorted((found.name, found.value) for found in entry_points(group=PLUG_INS))


def _at(name: str, path: Path) -> Located:
    return Located(name, str(path.absolute()), path.exists())


def _shown(one: Located) -> str:
    if not one.place:
        return _("none yet")
    return home_as_tilde(Path(one.place)) + ("" if one.is_there else f"  ({_('not there')})")


def _tell_problems(preferences: Preferences) -> None:
    """Says on stderr what in the settings file cannot be heeded; the screen is asked only where it matters."""
    problems = preferences.problems
    if preferences.theme or preferences.keys or preferences.locale:
        from tui_ledger.ui.preference_check import problems_of

        problems = problems_of(preferences)
    for problem in problems:
        print_note(f"tui-ledger: {problem}")
