"""What is the book told to heed? Its settings with what they say, changed in a form that checks them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from tui_ledger.errors import InvalidSetting, LedgerError
from tui_ledger.format_settings import ABOUT as FORMAT_SETTINGS
from tui_ledger.ledger.addons import COMMISSION
from tui_ledger.ledger.book_settings import KNOWN_SETTINGS
from tui_ledger.locale.reading import read_units
from tui_ledger.money import units_to_text
from tui_ledger.page_size import PAGE_SIZE
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.account_dialogs import ActDialog
from tui_ledger.ui.screens.commission_form import CommissionForm
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.screens.formats_form import FormatsForm
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.setting_words import ADJUSTMENT_AMOUNT, ADJUSTMENT_SIDE, SIDES, setting_label, setting_value
from tui_ledger.ui.widgets.choice_field import ChoiceField, yes_or_no
from tui_ledger.ui.widgets.columns import Column
from tui_ledger.ui.widgets.completions import Completion
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.ui.widgets.grid import Grid
from tui_ledger.ui.widgets.suggesting import account_completions
from tui_ledger.ui.widgets.windows import ListWindow
from tui_ledger.words import N_, _, pgettext

OPENERS = ("[", "{", '"')
FOREIGN = N_("kept by an add-on or by the workbench")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting: its name, its value or default, whether it is set, and what it is about, '' where nobody knows."""

    name: str
    value: Any
    is_set: bool
    about: str


def setting_rows(found: Mapping[str, Any]) -> list[SettingRow]:
    """The known settings, set or not, and all others that are set."""
    names = sorted({*KNOWN_SETTINGS, *found})
    return [_row(name, found) for name in names]


class SettingsSheet(SheetDialog[SettingRow]):
    """The settings of the book."""

    offers: ClassVar[tuple[str, ...]] = ("edit", "remove")
    labels: ClassVar[dict[str, str]] = {"remove": N_("Default")}

    def __init__(self, desk: Desk) -> None:
        def written(row: SettingRow) -> str:
            return setting_value(row.name, row.value, desk.formats)

        grid: Grid[SettingRow] = Grid(
            [
                Column(_("Setting"), lambda row: setting_label(row.name), exact=True, minimum=12),
                Column(
                    _("Value"),
                    lambda row: setting_value(row.name, row.value, desk.formats),
                    minimum=12,
                    preferred=30,
                    grows=1,
                ),
                Column("", _standing, exact=True, minimum=7),
            ],
            lambda row: row.name,
            id="settings",
        )
        super().__init__(desk, _("Settings of {book}").format(book=desk.ledger.name), grid)

    def fill(self) -> None:
        nothing: dict[str, Any] = {}
        rows = setting_rows(self.desk.ask(self.desk.ledger.settings, nothing))
        self.grid.show(ListWindow(rows, lambda row: row.name))

    def on_grid_highlighted(self) -> None:
        row = self.grid.row
        self.about_row.say("" if row is None else f"{_sentence(row.about or FOREIGN)} · {row.name}")

    def action_edit(self) -> None:
        row = self.grid.row
        if row is None:
            return
        is_format = row.name in FORMAT_SETTINGS or row.name in ("locale", PAGE_SIZE)
        if row.name == COMMISSION:
            self.app.push_screen(CommissionForm(self.desk), self._changed)
            return
        form = FormatsForm(self.desk, row.name) if is_format else SettingForm(self.desk, row)
        self.app.push_screen(form, self._changed)

    def action_remove(self) -> None:
        row = self.grid.row
        if row is None or not row.is_set:
            return

        def unset() -> str:
            self.desk.ledger.set_setting(row.name, None)
            return row.name

        question = _("Take the setting {name} away?").format(name=setting_label(row.name))
        is_known = row.name in KNOWN_SETTINGS
        note = _("Its default holds again.") if is_known else _("It is no setting the program knows.")
        self.app.push_screen(ActDialog(question, _("Take away"), unset, note), self._changed)

    def _changed(self, name: str | None) -> None:
        if name is not None:
            self.fill()
            self.grid.go_to(name)


class SettingForm(FormDialog[str]):
    """The value of one setting: yes or no, a side, an amount, an account, or JSON as it stands."""

    def __init__(self, desk: Desk, row: SettingRow) -> None:
        self._desk = desk
        self._row = row
        self.field = self._field_of(row)
        title = _("Setting {name}").format(name=setting_label(row.name))
        super().__init__(title, (FormRow(_("Value"), self.field),), note=_sentence(row.about))

    def _field_of(self, row: SettingRow) -> Field:
        if isinstance(row.value, bool):
            return yes_or_no(row.value, id="setting")
        if row.name == ADJUSTMENT_SIDE:
            return ChoiceField(SIDES, row.value, id="setting")
        field = Field(id="setting")
        is_figure = row.name == ADJUSTMENT_AMOUNT and row.value
        field.put(setting_value(row.name, row.value, self._desk.formats) if is_figure else _typed(row.value))
        return field

    def act(self) -> str:
        with self.about(self.field):
            value = self._value()
            if value != self._row.value or not self._row.is_set:
                self._desk.ledger.set_setting(self._row.name, value)
        return self._row.name

    def completions_for(self, field: Field) -> list[Completion]:
        if self._row.name != "adjustments" or not field.value.strip():
            return []
        return account_completions(self._desk, field.value, {}, can_open=False)

    def culprit(self, refusal: LedgerError) -> Field | None:
        return self.field

    def take(self, field: Field, completion: Completion) -> None:
        super().take(field, Completion(completion.value.name, "", completion.value))

    def _value(self) -> Any:
        if isinstance(self.field, ChoiceField):
            return self.field.is_yes if isinstance(self._row.value, bool) else self.field.chosen
        text = self.field.value.strip()
        if self._row.name == ADJUSTMENT_AMOUNT and text != '""':
            return self._amount(text) if text else ""
        if not text:
            raise InvalidSetting(
                value="", what=N_("value"), advice=N_("type one, or take the setting away with d in the list")
            )
        return _read_value(text, is_text=isinstance(self._row.value, str) or self._row.name == "adjustments")

    def _amount(self, text: str) -> str:
        currency = self._desk.standing.currency
        return units_to_text(read_units(text, currency, self._desk.formats), currency.digits)


def _row(name: str, found: Mapping[str, Any]) -> SettingRow:
    known = KNOWN_SETTINGS.get(name)
    default = None if known is None else known.default
    return SettingRow(name, found.get(name, default), name in found, "" if known is None else known.about)


def _standing(row: SettingRow) -> str:
    return pgettext("setting", "set") if row.is_set else pgettext("setting", "default")


def _sentence(about: str) -> str:
    """What a setting is about, with a capital at its beginning; what stands in it stays as it is typed."""
    said = _(about)
    return said[:1].upper() + said[1:]


def _typed(value: object) -> str:
    """A value as it is typed again: text as it is, anything else as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _read_value(text: str, *, is_text: bool) -> Any:
    if is_text and not text.startswith(OPENERS):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidSetting(value=text[:60], what=N_("JSON"), advice=N_("check its quotes and brackets")) from None
