"""That in every locale babel knows figures equal babel's own, and what is written is read back as what it was.

Loading a locale costs more than trying it, so each is loaded once and tried for everything. Each is given its share of
ten thousand amounts, every amount going to several locales; with TUI_LEDGER_TEST_ALL each locale is given all of them.
"""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext

import pytest
from babel import Locale, localedata
from babel.numbers import NumberPattern

from tui_ledger.errors import LedgerError
from tui_ledger.locale.formats import NEGATIVE_STYLES, Formats
from tui_ledger.locale.locales import locale_of
from tui_ledger.locale.numerals import without_marks
from tui_ledger.locale.reading import read_percent, read_units
from tui_ledger.locale.typed_dates import read_date
from tui_ledger.money import LARGEST_UNITS, Currency, Money, standard_currency

LOCALES = sorted(localedata.locale_identifiers())
LAST, TODAY = date(2026, 3, 14), date(2026, 7, 1)
OTHERS = (Currency("XYZ", 2), Currency("TENTHS", 1), Currency("BTC", 8), Currency("FINE", 12))
EUR, JPY, KWD = (standard_currency(code) for code in ("EUR", "JPY", "KWD"))
CURRENCIES = (*(standard_currency(code) for code in ("EUR", "JPY", "USD", "KWD", "CLF", "EGP", "BRL")), *OTHERS)
SIGNS = ("€", "$", "¥", "￥")
ALL = bool(os.environ.get("TUI_LEDGER_TEST_ALL"))
SHARE = 1 if ALL else 250
READ_BACK = 40 if ALL else 5
"""How many amounts of each sort every locale reads back, in every style."""

Difference = tuple[object, ...]


def ten_thousand_amounts() -> list[int]:
    """Zero, one unit, every power of ten and its neighbours, the largest, and any others of every length."""
    edges = {0, 1, LARGEST_UNITS, LARGEST_UNITS - 1}
    edges |= {10**power + step for power in range(19) for step in (-1, 0, 1)} - {-1}
    chance = random.Random(7)
    while len(edges) < 5000:
        edges.add(chance.randrange(10 ** chance.randint(1, 18)))
    return [sign * units for units in sorted(edges) for sign in (1, -1)]


AMOUNTS = ten_thousand_amounts()
EVERY_MONTH_AND_EDGES = (
    *(date(2026, month, 7 * month % 28 + 1) for month in range(1, 13)),
    date(1999, 12, 31),
    date(2028, 2, 29),
    date(2026, 11, 1),
    date(2027, 1, 11),
)


class Tried:
    """One locale being tried; what differs is kept by what it was tried for."""

    def __init__(self, number: int, found: dict[str, list[Difference]]) -> None:
        self.identifier = LOCALES[number]
        self.formats = Formats(self.identifier)
        self.locale = locale_of(self.formats.locale)
        self.amounts = AMOUNTS[number % SHARE :: SHARE]
        self.days = (date(2020, 1, 1) + timedelta(days=97 * number % 4000), *EVERY_MONTH_AND_EDGES)
        self.currency = CURRENCIES[number % len(CURRENCIES)]
        self._found = found

    def expect(self, kind: str, what: object, got: object, expected: object) -> None:
        if got != expected:
            self._found.setdefault(kind, []).append((self.identifier, what, got, expected))

    def figures(self) -> None:
        write = babel_writer(self.locale, self.locale.decimal_formats[None])
        for units, currency in self.mixed():
            self.expect("figures", units, self.formats.figure(units, currency), write(units, currency))

    def amounts_with_symbols(self) -> None:
        """CLDR keeps letters and stops apart from digits ("CHF 1.00"), babel does not ("CHF1.00"): blanks are compared
        where the symbol is a sign."""
        self._money("symbols", self.formats, self.locale.currency_formats["standard"])

    def amounts_in_parentheses(self) -> None:
        """babel has them in the accounting formats of some locales, and writes the rest of those as the standard."""
        standard, accounting = (self.locale.currency_formats[name] for name in ("standard", "accounting"))
        if accounting.prefix[1].startswith("(") and (accounting.prefix[0], accounting.suffix[0]) == (
            standard.prefix[0],
            standard.suffix[0],
        ):
            self._money("parentheses", Formats(self.identifier, negative="parentheses"), accounting)

    def own_digits(self) -> None:
        """Of these babel knows the separators and writes the digits 0-9 between them."""
        formats = Formats(self.identifier, own_digits=True)
        systems = (self.locale.default_numbering_system, self.locale.other_numbering_systems.get("native", "latn"))
        system = next((system for system in systems if system != "latn"), "latn")
        if formats.numerals[0].zero == "0" or "decimal" not in self.locale.number_symbols.get(system, {}):
            return
        write = babel_writer(self.locale, self.locale.decimal_formats[None], system)
        digits = str.maketrans("0123456789", formats.numerals[0].digits)
        for units, currency in self.mixed():
            expected = write(abs(units), currency).translate(digits)
            self.expect("own digits", units, formats.figure(abs(units), currency), expected)

    def percentages(self) -> None:
        """babel multiplies by a hundred; what is written is read back, too."""
        write = babel_writer(self.locale, self.locale.percent_formats[None])
        for units, currency in ((0, EUR), (1900, EUR), (8100, KWD), (5, JPY), (123456789, EUR)):
            rate = Decimal(units).scaleb(-currency.digits)
            text = self.formats.percent(rate)
            self.expect("percentages", rate, text, without_marks(write(units, currency, rate / 100)))
            self.expect("percentages", text, self._percent(text), rate)

    def amounts_read_back(self) -> None:
        for style in NEGATIVE_STYLES:
            formats = Formats(self.identifier, negative=style, own_digits=style != "minus")
            for units in (*self.amounts[:READ_BACK], -LARGEST_UNITS, LARGEST_UNITS, 0, -1):
                for text in (
                    formats.figure(units, self.currency),
                    formats.figure_column(units, self.currency),
                    formats.money(Money(units, self.currency), symbol=True),
                ):
                    self.expect("amounts read back", (style, text), self._units(text, formats), units)

    def symbols_read_back(self) -> None:
        for currency in (self.currency, EUR):
            for symbol in self.formats.typed_symbols(currency):
                for text in (f"{symbol} 5", f"5 {symbol}"):
                    units = self._units(text, self.formats, currency)
                    self.expect("symbols read back", text, units, 5 * 10**currency.digits)

    def days_read_back(self) -> None:
        for number, day in enumerate(self.days):
            styles = ("short", "medium", "long") if number < 3 or ALL else ("long", "medium")
            texts = [self.formats.date(day, style) for style in styles]
            for text in (*texts, self.formats.date_column(day)):
                self.expect("days read back", text, self._day(text), day)

    def mixed(self) -> Iterator[tuple[int, Currency]]:
        """The locale's amounts, the first of them the edges, each in another currency."""
        for number, units in enumerate(self.amounts):
            yield units, CURRENCIES[number % len(CURRENCIES)]

    def _money(self, kind: str, formats: Formats, pattern: NumberPattern) -> None:
        write = babel_writer(self.locale, pattern)
        for units, currency in self.mixed():
            got = formats.money(Money(units, currency), symbol=True)
            expected = without_marks(write(units, currency))
            if formats.symbol(currency) not in SIGNS:
                got, expected = got.replace("\u00a0", ""), expected.replace("\u00a0", "")
            self.expect(kind, (units, currency), got, expected)

    def _units(self, text: str, formats: Formats, currency: Currency | None = None) -> object:
        try:
            return read_units(text, currency or self.currency, formats)
        except LedgerError as refusal:
            return str(refusal)

    def _percent(self, text: str) -> object:
        try:
            return read_percent(text, self.formats)
        except LedgerError as refusal:
            return str(refusal)

    def _day(self, text: str) -> object:
        try:
            return read_date(text, LAST, TODAY, self.formats)
        except LedgerError as refusal:
            return str(refusal)


def babel_writer(locale: Locale, pattern: NumberPattern, system: str = "latn") -> Callable[..., str]:
    """What babel writes with a currency's decimals, grouped as numbers are and with the separators of money where those
    are others: of minor units, or of the amount given beside them."""
    # Eight Indian and Maldivian locales group plain numbers by lakh and money by thousands in CLDR. A total must be
    # grouped as the column above it, so one grouping is used for both.
    by_digits: dict[int, NumberPattern] = {}
    signs = locale.number_symbols[system]
    of_money = {
        ord(signs[usual]): signs[special]
        for usual, special in (("decimal", "currencyDecimal"), ("group", "currencyGroup"))
        if special in signs
    }

    def write(units: int, currency: Currency, amount: Decimal | None = None) -> str:
        if currency.digits not in by_digits:
            by_digits[currency.digits] = copy.copy(pattern)
            by_digits[currency.digits].grouping = locale.decimal_formats[None].grouping
            by_digits[currency.digits].frac_prec = (currency.digits, currency.digits)
        text: str = by_digits[currency.digits].apply(
            Decimal(units).scaleb(-currency.digits) if amount is None else amount,
            locale,
            currency=str(currency),
            currency_digits=False,
            numbering_system=system,
        )
        return text.translate(of_money) if of_money else text

    return write


@pytest.fixture(scope="module")
def differences() -> dict[str, list[Difference]]:
    """What differs in any locale, by what it was tried for."""
    found: dict[str, list[Difference]] = {}
    with localcontext(Context(prec=60)):
        for number in range(len(LOCALES)):
            tried = Tried(number, found)
            tried.figures()
            tried.amounts_with_symbols()
            tried.amounts_in_parentheses()
            tried.own_digits()
            tried.percentages()
            tried.amounts_read_back()
            tried.symbols_read_back()
            tried.days_read_back()
    return found


@pytest.mark.parametrize(
    "kind",
    [
        "figures",
        "symbols",
        "parentheses",
        "own digits",
        "percentages",
        "amounts read back",
        "symbols read back",
        "days read back",
    ],
)
def test_in_every_locale(kind: str, differences: dict[str, list[Difference]]) -> None:
    assert differences.get(kind, [])[:20] == []


def test_every_amount_goes_to_several_locales() -> None:
    assert len(AMOUNTS) == 10_000
    assert len(LOCALES) // SHARE >= 4
    assert {0, 1, -1, LARGEST_UNITS, -LARGEST_UNITS} <= set(AMOUNTS)
    assert {currency.digits for currency in CURRENCIES} == {0, 1, 2, 3, 4, 8, 12}
