"""Which currency does a symbol mean, and by which symbols and short names may a currency be typed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tui_ledger.locale.locales import locale_of
from tui_ledger.locale.numerals import without_marks
from tui_ledger.locale.typed_text import folded

_ENGLISH = ("en", "en_001")

# What stands beside amounts where no other currency could be meant; CLDR's narrow symbols, which babel leaves out.
_NARROW: Mapping[str, str] = {
    "$": "USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU CUP DOP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD "
    "TTD XCD",
    "£": "GBP FKP GIP SHP SSP SYP",
    "¥": "JPY CNY",
    "円": "JPY",
    "元": "CNY TWD",
    "€": "EUR",
    "kr.": "DKK SEK NOK ISK",
    "kr": "SEK NOK DKK ISK",
    "SFr.": "CHF",
    "Fr.": "CHF",
    "Fr": "CHF",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON",
    "R$": "BRL",
    "S/": "PEN",
    "Rp": "IDR",
    "RM": "MYR",
    "NT$": "TWD",
    "₹": "INR",
    "₩": "KRW KPW",
    "₽": "RUB",
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "₫": "VND",
    "₱": "PHP",
    "₦": "NGN",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "₸": "KZT",
    "₮": "MNT",
    "₭": "LAK",
    "៛": "KHR",
    "฿": "THB",
    "₼": "AZN",
    "₾": "GEL",
}


def alike(symbol: str) -> str:
    """A symbol as it is compared: folded, in small letters, without a stop at its end."""
    return folded(symbol).casefold().rstrip(".")


@lru_cache(maxsize=512)
def common_symbols(code: str, locale: str) -> tuple[str, ...]:
    """The symbols of a currency in a locale, in English and without its country, each once and folded."""
    found = [without_marks(shown) for shown in _listed_symbols(code, (locale, *_ENGLISH))]
    narrow = [symbol for symbol, codes in _NARROW.items() if code in codes.split()]
    return tuple(dict.fromkeys(filter(None, map(folded, [*found, *narrow]))))


def currency_in_locale(symbol: str, locale: str) -> str | None:
    """The code of the currency that a symbol is written for in a locale; None where it is none's."""
    return _by_symbol(locale).get(alike(symbol))


def currency_anywhere(symbol: str, locale: str) -> str | None:
    """The code of the currency that a symbol means in a locale or, where none has it there, elsewhere."""
    narrow = (codes.split()[0] for sign, codes in _NARROW.items() if alike(sign) == alike(symbol))
    return currency_in_locale(symbol, locale) or next(narrow, None)


@lru_cache(maxsize=64)
def is_noun_first(locale: str) -> bool:
    """Whether the names of currencies begin with the coin's name, as in 'reais brasileiros', not 'US dollars'."""
    listed = map(str, locale_of(locale).currencies.values())
    names = [name.split() for name in listed if name.replace(" ", "").isalpha()]
    pairs = [name for name in names if len(name) == len(("US", "dollars"))]
    return len({first for first, _ in pairs}) < len({last for _, last in pairs})


def noun_of(name: str, locale: str) -> str:
    """The coin's name alone in the name of a currency: 'dollars' of 'US dollars'."""
    return name.partition(" ")[0] if is_noun_first(locale) else re.split("[ -]", name)[-1]


def _listed_symbols(code: str, locales: tuple[str, ...]) -> Iterator[str]:
    return (str(locale_of(one).currency_symbols.get(code, "")) for one in locales)


@lru_cache(maxsize=64)
def _by_symbol(locale: str) -> Mapping[str, str]:
    listed = locale_of(locale).currency_symbols.items()
    return {alike(without_marks(str(symbol))): str(code) for code, symbol in listed if str(symbol) != str(code)}
