"""Which settings say how amounts and days are written, and what may stand in them?

What can be told without the locale is checked here; whether separators and patterns go together, by who writes with
them (`tui_ledger.locale.book_formats`).
"""

from __future__ import annotations

from collections.abc import Mapping

from tui_ledger.errors import InvalidSetting
from tui_ledger.money import check_currency_code, iso_digits
from tui_ledger.text import storable
from tui_ledger.words import N_, NP_, Said

CURRENCY_SYMBOLS = "currency_symbols"
SYMBOL_POSITION = "symbol_position"
DECIMAL_SEPARATOR = "decimal_separator"
THOUSANDS_SEPARATOR = "thousands_separator"
NEGATIVE_STYLE = "negative_style"
DATE_STYLE = "date_style"
NUMERALS = "numerals"
FIRST_WEEKDAY = "first_weekday"
PAPER_SIZE = "paper_size"

ABOUT: Mapping[str, str] = {
    CURRENCY_SYMBOLS: N_('symbols of currencies in place of the locale\'s, such as {"EUR": "€"}'),
    SYMBOL_POSITION: N_("where a currency's symbol stands: before or after"),
    DECIMAL_SEPARATOR: N_("what stands before the decimals"),
    THOUSANDS_SEPARATOR: N_('what stands between groups of digits; "" for nothing'),
    NEGATIVE_STYLE: N_("how amounts below zero are written: minus, parentheses or dr-cr"),
    DATE_STYLE: N_("how days are written: short, medium, long, or a pattern such as dd.MM.yyyy"),
    NUMERALS: N_("which digits are written: latin, or own for those of the locale"),
    FIRST_WEEKDAY: N_("the day weeks begin on: monday, friday, saturday or sunday"),
    PAPER_SIZE: N_("the paper of workbooks and pages: a4 or letter"),
}
"""What each is about. Unset, the locale decides."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    SYMBOL_POSITION: (NP_("symbol", "before"), NP_("symbol", "after")),
    NEGATIVE_STYLE: (N_("minus"), N_("parentheses"), NP_("negative style", "dr-cr")),
    NUMERALS: (NP_("numerals", "latin"), NP_("numerals", "own")),
    FIRST_WEEKDAY: (N_("monday"), N_("friday"), N_("saturday"), N_("sunday")),
    PAPER_SIZE: (NP_("paper", "a4"), NP_("paper", "letter")),
}

_CALLED: Mapping[str, str] = {
    SYMBOL_POSITION: N_("symbol position"),
    DECIMAL_SEPARATOR: N_("decimal separator"),
    THOUSANDS_SEPARATOR: N_("thousands separator"),
    NEGATIVE_STYLE: N_("negative style"),
    DATE_STYLE: N_("date style"),
    NUMERALS: N_("numerals"),
    FIRST_WEEKDAY: N_("first day of the week"),
    PAPER_SIZE: N_("paper size"),
}
_LONGEST = 40
_NO_PART_OF_A_SYMBOL = "+-()[]{}<>"
_SIDES = frozenset(["dr", "cr", "s", "h", "d", "c", "借", "貸", "مد", "دا"])
"""What the languages of the program write behind debits and credits."""

_BLANKS = "\u00a0\u202f\u2009"


def check_format_setting(name: str, value: object) -> None:
    """Raises InvalidSetting for what a setting of the formats can never be."""
    if name == CURRENCY_SYMBOLS:
        _check_symbols(value)
        return
    what = _CALLED[name]
    if not isinstance(value, str) or len(value) > _LONGEST or not _is_plain(value):
        raise InvalidSetting(value=str(value)[:_LONGEST], what=what, advice=N_("it is a short text"))
    choices = CHOICES.get(name)
    if choices is not None and value not in choices:
        raise InvalidSetting(value=value, what=what, advice=Said("use one of {names}", names=", ".join(choices)))


def _check_symbols(value: object) -> None:
    if not isinstance(value, dict) or not all(isinstance(one, str) and _is_plain(one) for one in value.values()):
        advice = N_('write it like {"EUR": "€", "USD": "US$"}')
        raise InvalidSetting(value=str(value)[:_LONGEST], what=N_("currency symbols"), advice=advice)
    for code, symbol in value.items():
        check_currency_code(code)
        if any(sign.isdigit() or sign in _NO_PART_OF_A_SYMBOL for sign in symbol):
            advice = N_("digits, +, - and brackets are no part of one")
            raise InvalidSetting(value=symbol[:_LONGEST], what=N_("currency symbol"), advice=advice)
        _check_meaning(symbol, code, value)


def _check_meaning(symbol: str, code: str, symbols: Mapping[str, str]) -> None:
    """Refuse a symbol that says something else already: another currency, or a side."""
    plain = _alike(symbol)
    codes = (one for one in symbols if one != code and _alike(one) == plain)
    other = symbol.upper() if symbol.upper() != code and iso_digits(symbol.upper()) is not None else next(codes, None)
    twin = next((one for one in symbols if one != code and _alike(symbols[one]) == plain), None)
    if other is not None:
        advice: str | Said = Said("it is the code of the currency {currency}, choose another", currency=other)
    elif twin is not None:
        advice = Said("{currency} has it, too, choose another", currency=twin)
    elif plain in _SIDES:
        advice = N_("it is written for debit or credit, choose another")
    else:
        return
    raise InvalidSetting(value=symbol[:_LONGEST], what=N_("currency symbol"), advice=advice)


def _alike(text: str) -> str:
    return text.casefold().rstrip(".")


def _is_plain(text: str) -> bool:
    """Whether a text can be stored, and has nothing in it that a terminal would obey."""
    return storable(text) and all(character.isprintable() or character in _BLANKS for character in text)
