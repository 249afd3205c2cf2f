"""How does a book want to be written? Its locale, and what its settings say in place of the locale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui_ledger.errors import LedgerError
from tui_ledger.format_settings import (
    ABOUT,
    CURRENCY_SYMBOLS,
    DATE_STYLE,
    DECIMAL_SEPARATOR,
    FIRST_WEEKDAY,
    NEGATIVE_STYLE,
    NUMERALS,
    PAPER_SIZE,
    SYMBOL_POSITION,
    THOUSANDS_SEPARATOR,
    check_format_setting,
)
from tui_ledger.locale.formats import Formats
from tui_ledger.words import _

_PARTS = {
    CURRENCY_SYMBOLS: "symbols",
    SYMBOL_POSITION: "symbol_position",
    DECIMAL_SEPARATOR: "decimal",
    THOUSANDS_SEPARATOR: "group",
    NEGATIVE_STYLE: "negative",
    DATE_STYLE: "date_style",
    FIRST_WEEKDAY: "first_weekday",
    PAPER_SIZE: "paper_size",
}


def formats_of(locale: str, settings: Mapping[str, Any]) -> Formats:
    """The formats of a locale with what the settings of a book say in its place.

    Raises InvalidSetting for what cannot be used, by itself or with the rest.
    """
    parts: dict[str, Any] = {}
    for name in ABOUT:
        value = settings.get(name)
        if value is None:
            continue
        check_format_setting(name, value)
        parts |= {"own_digits": value == "own"} if name == NUMERALS else {_PARTS[name]: value}
    return Formats(locale=locale, **parts)


def usable_formats(locale: str, settings: Mapping[str, Any]) -> tuple[Formats, str]:
    """The formats, and what to say where the book's settings cannot be used: then the locale's alone are."""
    try:
        return formats_of(locale, settings), ""
    except LedgerError as refusal:
        return Formats(locale=locale), _("The formats of this book cannot be used: {refusal}").format(refusal=refusal)
