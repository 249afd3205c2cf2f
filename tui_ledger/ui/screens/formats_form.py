"""How are amounts and days of this book to be written? Each choice in place of the locale's, with a sample beneath."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from tui_ledger import format_settings as names
from tui_ledger.errors import InvalidSetting, LedgerError
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.locales import known_locale
from tui_ledger.money import Money
from tui_ledger.page_size import PAGE_SIZE, USUAL_PAGE_SIZE
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.form_dialog import FormDialog, FormRow
from tui_ledger.ui.widgets.caption import Caption
from tui_ledger.ui.widgets.choice_field import ChoiceField
from tui_ledger.ui.widgets.fields import Field
from tui_ledger.widths import wrap
from tui_ledger.words import N_, NP_, _, in_english

NOTE = N_("What is left empty is written as the locale does it. Its language is spoken from the next start on.")
NO_SEPARATOR = N_("none")

_AS_LOCALE = ""


class FormatsForm(FormDialog[str]):
    """The formats of the book in one form, saved as one step of undo; `first` is the setting it begins with."""

    def __init__(self, desk: Desk, first: str = "locale") -> None:
        self._desk = desk
        self._found: Mapping[str, Any] = desk.ask(desk.ledger.settings, {})
        self._fields = {name: self._field(name) for name in (_LOCALE, *names.ABOUT, PAGE_SIZE)}
        self._first = first if first in self._fields else _LOCALE
        self.samples = (Caption(classes="preview"), Caption(classes="preview"))
        symbol = _("Symbol of {currency}").format(currency=desk.standing.currency)
        labels = {name: _(label) for name, label in _LABELS.items()} | {names.CURRENCY_SYMBOLS: symbol}
        rows = [FormRow(labels[name], field) for name, field in self._fields.items()]
        super().__init__(_("How amounts and days are written"), rows, note=_(NOTE))

    def body(self) -> ComposeResult:
        yield from super().body()
        with Vertical(classes="previews"):
            yield from self.samples

    def on_mount(self) -> None:
        self._fields[self._first].focus_selected()
        self._show_sample()

    def field_changed(self, field: Field) -> None:
        super().field_changed(field)
        self._show_sample()

    def act(self) -> str:
        wanted = self._wanted()
        self._desk.formats_for(wanted, strictly=True)
        self._desk.ledger.set_settings(
            {name: value for name, value in wanted.items() if value != self._found.get(name) and name in self._fields}
        )
        return self._first

    def culprit(self, refusal: LedgerError) -> Field | None:
        what = in_english(refusal.values.get("what", ""))
        return next((self._fields[name] for name, words in _SAID.items() if what in words), None)

    def _field(self, name: str) -> Field:
        choices = names.CHOICES.get(name)
        value = self._found.get(name)
        if choices is not None:
            chosen = value if value in choices else _AS_LOCALE
            field: Field = ChoiceField(
                (_AS_LOCALE, *choices), chosen, id=f"format-{name}", placeholder=_("as the locale does it")
            )
            return field
        field = Field(id=f"format-{name}", placeholder=_placeholder(name))
        field.put(self._typed(name, value))
        return field

    def _typed(self, name: str, value: Any) -> str:
        """A setting as it stands in its field."""
        if name == names.CURRENCY_SYMBOLS:
            symbols = value if isinstance(value, dict) else {}
            return str(symbols.get(str(self._desk.standing.currency), ""))
        return _(NO_SEPARATOR) if value == "" else "" if value is None else str(value)

    def _wanted(self) -> dict[str, Any]:
        """All settings of the book with what the fields say; None for what is left to the locale."""
        wanted: dict[str, Any] = dict(self._found)
        for name, field in self._fields.items():
            wanted[name] = self._symbols(field.value.strip()) if name == names.CURRENCY_SYMBOLS else _value(name, field)
        if wanted[_LOCALE] is not None:
            wanted[_LOCALE] = known_locale(wanted[_LOCALE])
        return wanted

    def _symbols(self, symbol: str) -> dict[str, str] | None:
        found = self._found.get(names.CURRENCY_SYMBOLS)
        symbols = {**(found if isinstance(found, dict) else {}), str(self._desk.standing.currency): symbol}
        return {code: one for code, one in symbols.items() if one} or None

    def _show_sample(self) -> None:
        try:
            lines = sample_lines(self._desk.formats_for(self._wanted(), strictly=True), self._desk)
        except InvalidSetting as refusal:
            first, *others = wrap(str(refusal), max(self.samples[0].size.width, _NARROWEST))
            lines = first, " ".join(others)
        for caption, line in zip(self.samples, lines, strict=True):
            caption.say(line)


def sample_lines(formats: Formats, desk: Desk) -> tuple[str, str]:
    """Two lines that show how amounts, with their symbol and without, and days are written."""
    currency, units = desk.standing.currency, 123_456_789
    amounts = [
        formats.money(Money(units, currency)),
        formats.money(Money(-units, currency)),
        formats.money(Money(units, currency), symbol=True),
        formats.money(Money(-units, currency), symbol=True),
    ]
    day = date(desk.ledger.today.year, 12, 31)
    days = [formats.date(day), formats.date_column(day)]
    return "   ".join(amounts), "   ".join(dict.fromkeys(days))


def _value(name: str, field: Field) -> Any:
    if isinstance(field, ChoiceField):
        return field.chosen or None
    text = field.value.strip() if name not in _SIGNS else field.value
    if name == PAGE_SIZE and text.isascii() and text.isdigit() and len(text) <= _LONGEST_SIZE:
        return int(text)
    if name in _SIGNS and text.strip().casefold() in (NO_SEPARATOR, _(NO_SEPARATOR).casefold()):
        return ""
    return text or None


def _placeholder(name: str) -> str:
    if name == PAGE_SIZE:
        return str(USUAL_PAGE_SIZE)
    template = _PLACEHOLDERS.get(name)
    if template is None:
        return ""
    return _(template).format(none=_(NO_SEPARATOR), locale="de_DE", styles="short, medium, long", pattern="dd.MM.yyyy")


_LOCALE = "locale"
_LONGEST_SIZE = 9
_NARROWEST = 40
_SIGNS = (names.DECIMAL_SEPARATOR, names.THOUSANDS_SEPARATOR)
_LABELS = {
    _LOCALE: N_("Locale"),
    names.SYMBOL_POSITION: N_("Symbol stands"),
    names.DECIMAL_SEPARATOR: N_("Decimals"),
    names.THOUSANDS_SEPARATOR: N_("Thousands"),
    names.NEGATIVE_STYLE: N_("Below zero"),
    names.DATE_STYLE: NP_("style", "Days"),
    names.NUMERALS: NP_("numerals", "Digits"),
    names.FIRST_WEEKDAY: N_("Weeks begin on"),
    names.PAPER_SIZE: N_("Paper"),
    PAGE_SIZE: N_("Lines of a page"),
}
_PLACEHOLDERS = {
    _LOCALE: N_("such as {locale}"),
    names.CURRENCY_SYMBOLS: N_("the locale's"),
    names.DECIMAL_SEPARATOR: N_("the locale's"),
    names.THOUSANDS_SEPARATOR: N_("the locale's; {none} for nothing"),
    names.DATE_STYLE: N_("{styles}, or such as {pattern}"),
}
_SAID = {
    _LOCALE: ("locale",),
    names.CURRENCY_SYMBOLS: ("currency symbol", "currency symbols"),
    names.SYMBOL_POSITION: ("position of a symbol",),
    names.DECIMAL_SEPARATOR: ("decimal separator",),
    names.THOUSANDS_SEPARATOR: ("thousands separator",),
    names.DATE_STYLE: ("date format", "date style"),
    names.FIRST_WEEKDAY: ("first day of the week",),
    names.PAPER_SIZE: ("paper size",),
    PAGE_SIZE: ("page size",),
}
"""By setting what a refusal calls it."""
