"""Which key is to do what? Every key with its place and its id; the highlighted one gets the key that is pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from tui_ledger.errors import LedgerError
from tui_ledger.preferences import read_preferences, write_key
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.key_names import key_name
from tui_ledger.ui.key_signs import written_key
from tui_ledger.ui.keys import KEYS, Key, Scope, field_key, keys_in_force
from tui_ledger.ui.own_keys import what_forbids
from tui_ledger.ui.screens.dialogs import CANCEL, Dialog
from tui_ledger.ui.screens.program_sheet import ProgramDialog
from tui_ledger.ui.shown import shown
from tui_ledger.ui.widgets.bars import KeyHints
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _


class KeysSheet(ProgramDialog[Key]):
    """Every key; what is changed stands in the settings file and works at once."""

    offers: ClassVar[tuple[str, ...]] = ("add", "edit", "remove")
    labels: ClassVar[dict[str, str]] = {"add": N_("One more key"), "edit": N_("Another key"), "remove": N_("Default")}

    def __init__(self, desk: Desk) -> None:
        grid: Grid[Key] = Grid(
            [
                Column(N_("Where"), lambda key: _(key.scope.value), minimum=8, preferred=20, yields=2),
                Column(N_("Keys"), lambda key: key.shown_all or "–", exact=True, minimum=6),
                Column("", self._mark, exact=True, minimum=3),
                Column(N_("What it does"), _what_it_does, minimum=40, grows=1),
                Column(N_("Id"), lambda key: key.id, minimum=8, preferred=18, yields=1),
            ],
            lambda key: key.id,
            id="own-keys",
        )
        super().__init__(desk, _("Keys · ^ is ctrl"), grid)

    def fill(self) -> None:
        self.grid.show(ListWindow(self.program.key_table, lambda key: key.id))

    def on_grid_highlighted(self) -> None:
        key = self.grid.row
        self.about_row.say("" if key is None else f"{key.id} · {_(key.scope.value)} · {_usual(key)}")

    def action_add(self) -> None:
        self._ask(lambda key, name: replace(key, keys=" ".join(dict.fromkeys((*key.names, name)))))

    def action_edit(self) -> None:
        self._ask(lambda key, name: replace(key, keys=name))

    def action_remove(self) -> None:
        key = self.grid.row
        if key is None or key.id not in self.program.own_keys:
            return
        usual = _as_it_came(key)
        why = what_forbids(usual, self.program.key_table)
        if why:
            said = _("{reason}: give that another key first.").format(reason=why)
            self.program.notify(said, severity="error", markup=False)
            return
        self._write(key, None)

    def _mark(self, key: Key) -> str:
        return _("own") if key.id in self.program.own_keys else ""

    def _ask(self, with_name: Callable[[Key, str], Key]) -> None:
        key = self.grid.row
        if key is None:
            return

        def answered(wanted: Key | None) -> None:
            if wanted is not None:
                self._write(key, tuple(map(written_key, wanted.names)))

        self.app.push_screen(PressDialog(key, with_name), answered)

    def _write(self, key: Key, names: tuple[str, ...] | None) -> None:
        try:
            write_key(key.id, names)
        except LedgerError as refusal:
            self.program.notify(str(refusal), severity="error", markup=False)
            return
        self.program.heed(read_preferences())
        self.fill()
        self.grid.go_to(key.id)


class PressDialog(Dialog[Key]):
    """Waits for the key that is to be given, and says whether it can be; Enter takes it, Escape leaves all as it was.

    A key that is pressed here does nothing else. The answer is the key as it is to be.
    """

    def __init__(self, key: Key, with_name: Callable[[Key, str], Key]) -> None:
        super().__init__(f"{key.named} · {_(key.scope.value)}", (CANCEL,))
        self._key = key
        self._with_name = with_name
        self._said = Caption(classes="note")
        self.wanted: Key | None = None

    def body(self) -> ComposeResult:
        yield Static(shown(f"{self._key.told}. {_usual(self._key)}"), classes="note")
        yield self._said

    def on_mount(self) -> None:
        super().on_mount()
        self._said.say(_("Press the key that is to do this …"))

    def on_key(self, event: events.Key) -> None:
        """Every key is a wish, but Escape, and Enter once there is a wish that can be granted."""
        act = field_key(Scope.DIALOG, event.key)
        if act == "cancel" or (act == "confirm" and self.wanted is not None):
            return
        event.stop()
        event.prevent_default()
        self._wish(event.key)

    def action_confirm(self) -> None:
        if self.wanted is not None:
            self.dismiss(self.wanted)

    def _wish(self, pressed: str) -> None:
        self.wanted = None
        try:
            name = key_name(pressed)
        except LedgerError as refusal:
            self._refuse(str(refusal))
            return
        wanted = self._with_name(self._key, name)
        why = what_forbids(wanted, keys_in_force())
        if why:
            self._refuse(f"{why}.")
            return
        self.wanted = wanted
        self.show_error("")
        self._said.say(_("{key} will do it.").format(key=written_key(name)))
        self.query_one(KeyHints).show((("confirm", _("Take it")), CANCEL))

    def _refuse(self, sentence: str) -> None:
        self._said.say(_("Press another key …"))
        self.show_error(sentence)
        self.query_one(KeyHints).show((CANCEL,))


def _as_it_came(key: Key) -> Key:
    return next(one for one in KEYS if one.id == key.id)


def _what_it_does(key: Key) -> str:
    return _("{label}: {description}").format(label=key.named, description=key.told)


def _usual(key: Key) -> str:
    """Which keys it came with."""
    usual = _as_it_came(key)
    if not usual.names:
        return _("It came without a key")
    return _("It came with {keys}").format(keys="  ".join(map(written_key, usual.names)))
