"""How does the program look and behave for its user, whatever the book? Theme, motion, locale and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from tui_ledger.errors import InvalidSetting
from tui_ledger.locale.locales import known_locale
from tui_ledger.paths import home_as_tilde, settings_file
from tui_ledger.preferences import MOTIONS, Preferences, read_preferences, write_preference
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.own_keys import OwnKeys
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.own_keys import KeysSheet
from tui_ledger.ui.screens.program_sheet import ProgramDialog
from tui_ledger.ui.screens.theme_dialog import ThemeDialog
from tui_ledger.ui.setting_words import setting_label
from tui_ledger.ui.widgets.choice_field import ChoiceField
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, ngettext, pgettext

if TYPE_CHECKING:
    from tui_ledger.ui.personal_app import PersonalApp

ABOUT = {
    "theme": N_("The colours; the list shows each while you choose"),
    "motion": N_("Whether anything may move on the screen: full or reduced"),
    "locale": N_(
        "Language (from the next start on), figures and dates where neither --locale, the book nor "
        "the environment say so"
    ),
    "keys": N_("Keys of your own for everything that is done by key"),
}


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """One setting of the program: its name in the file, its value as it is shown, whether the file has it."""

    name: str
    value: str
    is_set: bool


def program_rows(preferences: Preferences, own: OwnKeys, theme: str) -> list[ProgramRow]:
    """The settings of the program with what they say."""
    count = sum(key.id in own for key in own.table)
    keys = ngettext("{n} of your own", "{n} of your own", count).format(n=count) if count else _("as they came")
    return [
        ProgramRow("theme", theme, preferences.theme is not None),
        ProgramRow("motion", _motion(preferences), preferences.motion is not None),
        ProgramRow("locale", preferences.locale or _("not set"), preferences.locale is not None),
        ProgramRow("keys", keys, bool(preferences.keys)),
    ]


def _motion(preferences: Preferences) -> str:
    return next((one for one in MOTIONS if one == preferences.motion), MOTIONS[0])


class ProgramSheet(ProgramDialog[ProgramRow]):
    """The settings of the program; each change stands in the settings file at once."""

    offers: ClassVar[tuple[str, ...]] = ("edit", "remove")
    labels: ClassVar[dict[str, str]] = {"remove": N_("Default")}

    def __init__(self, desk: Desk) -> None:
        grid: Grid[ProgramRow] = Grid(
            [
                Column(N_("Setting"), lambda row: setting_label(row.name), exact=True, minimum=10),
                Column(N_("Value"), lambda row: _(row.value), minimum=16, preferred=40, grows=1),
                Column("", _how_set, exact=True, minimum=7),
            ],
            lambda row: row.name,
            id="program",
        )
        title = _("Settings of the program · {file}").format(file=home_as_tilde(settings_file()))
        super().__init__(desk, title, grid)

    def fill(self) -> None:
        program = self.program
        rows = program_rows(program.preferences, program.own_keys, program.theme)
        self.grid.show(ListWindow(rows, lambda row: row.name))

    def on_grid_highlighted(self) -> None:
        self.about_row.say("" if self.grid.row is None else f"{_(ABOUT[self.grid.row.name])} · {self.grid.row.name}")

    def action_edit(self) -> None:
        row = self.grid.row
        if row is None:
            return
        match row.name:
            case "theme":
                self.app.push_screen(ThemeDialog(self.app.theme), self._changed)
            case "keys":
                self.app.push_screen(KeysSheet(self.desk), self._changed)
            case _:
                self.app.push_screen(PreferenceForm(row), self._changed)

    def action_remove(self) -> None:
        row = self.grid.row
        if row is None or not row.is_set:
            return

        def unset() -> str:
            write_preference(row.name, None)
            self.program.heed(read_preferences())
            return row.name

        question = (
            _("Give all keys back their defaults?")
            if row.name == "keys"
            else _("Take the setting {name} away?").format(name=setting_label(row.name))
        )
        self.app.push_screen(ActDialog(question, _("Take away"), unset, _("Its default holds again.")), self._changed)

    def _changed(self, _answer: object) -> None:
        self.fill()


def _how_set(row: ProgramRow) -> str:
    return pgettext("setting", "set") if row.is_set else pgettext("setting", "default")


class PreferenceForm(FormDialog[str]):
    """Motion or locale, as a choice and as a text."""

    def __init__(self, row: ProgramRow) -> None:
        self._row = row
        if row.name == "motion":
            self.field: Field = ChoiceField(MOTIONS, row.value, id="preference")
        else:
            self.field = Field(id="preference", placeholder=_("such as de_DE"))
            self.field.put(row.value if row.is_set else "")
        title = _("Setting {name}").format(name=setting_label(row.name))
        super().__init__(title, (FormRow(_("Value"), self.field),), note=_(ABOUT[row.name]))

    def act(self) -> str:
        with self.about(self.field):
            value = self.field.value.strip()
            if not value:
                raise InvalidSetting(
                    value="", what=N_("value"), advice=N_("type one, or take the setting away in the list")
                )
            if self._row.name == "locale":
                value = known_locale(value)
            write_preference(self._row.name, value)
        cast("PersonalApp[object]", self.app).heed(read_preferences())
        return self._row.name
