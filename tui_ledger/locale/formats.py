"""How are amounts and days written for the reader?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal, localcontext
from unicodedata import category

from babel import Locale
from babel.dates import DateTimePattern, parse_pattern
from babel.numbers import get_currency_name, get_currency_symbol

from tui_ledger.errors import InvalidSetting
from tui_ledger.format_settings import CHOICES, FIRST_WEEKDAY, NEGATIVE_STYLE, PAPER_SIZE, SYMBOL_POSITION
from tui_ledger.locale.catalogues import words_of
from tui_ledger.locale.countries import WEEKDAYS, first_weekday, usual_paper
from tui_ledger.locale.currency_symbols import alike, common_symbols, currency_anywhere, currency_in_locale, noun_of
from tui_ledger.locale.date_styles import (
    STYLES,
    DateStyle,
    checked_pattern,
    day_month_style,
    is_numeric,
    numeric_pattern,
    numeric_style,
    units,
    words,
)
from tui_ledger.locale.locales import known_locale, locale_of
from tui_ledger.locale.numerals import (
    Numerals,
    Writer,
    crossed,
    latin_numerals,
    own_numerals,
    percent_sign,
    without_marks,
)
from tui_ledger.locale.signs import Frames, currency_frames, plain_frames
from tui_ledger.locale.spreadsheet_formats import amount_format
from tui_ledger.locale.usual_currency import usual_currency
from tui_ledger.money import Currency, Money
from tui_ledger.words import N_, Said

NEGATIVE_STYLES = CHOICES[NEGATIVE_STYLE]
SYMBOL_POSITIONS = CHOICES[SYMBOL_POSITION]
WORD_LIMIT = 15
_PRECISION = 200

_DECIMAL_SIGNS = ".,'\u2019\u00b7\u066b"
_GROUP_SIGNS = ".,'\u2019\u066c \u00a0\u202f\u2009"
_ALIKE = str.maketrans("\u2019\u00a0\u202f\u2009", "'   ")


@dataclass(frozen=True, slots=True)
class Formats:
    """Every format of one locale, compiled at first use and kept; make it once and pass it on.

    `negative` is one of NEGATIVE_STYLES. `date_style` is 'short' (numeric, with the whole year), 'medium', 'long' or a
    pattern such as 'dd.MM.yyyy'. What is None comes from the locale; `decimal`, `group` ('' for none) and
    `symbol_position` ('before', 'after') set it by hand, `symbols` by currency code; where one separator is set by hand
    to what the locale has as the other, that one changes place with it. `debit_word` and `credit_word` are
    what 'dr-cr' writes; without them it writes the short words of the locale's language. Digits are 0-9, or with
    `own_digits` those of the locale. The minus is always '-', one cell wide and understood by every program an amount
    is pasted into; invisible direction marks are left out, since the columns of a terminal cannot hold them.

    Raises InvalidSetting for a locale, style, pattern, separator or symbol that cannot be used.
    """

    locale: str = "en_US"
    negative: str = "minus"
    date_style: str = "short"
    decimal: str | None = None
    group: str | None = None
    symbol_position: str | None = None
    symbols: Mapping[str, str] = field(default_factory=dict, hash=False)
    debit_word: str | None = None
    credit_word: str | None = None
    own_digits: bool = False
    first_weekday: str | None = None
    paper_size: str | None = None
    _locale: Locale = field(init=False, repr=False, compare=False)
    _numerals: tuple[Numerals, ...] = field(init=False, repr=False, compare=False)
    _days: DateStyle = field(init=False, repr=False, compare=False)
    _day_month: DateStyle = field(init=False, repr=False, compare=False)
    _date_units: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _patterns: dict[str, DateTimePattern] = field(init=False, repr=False, compare=False)
    _date_words: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _column_day: Callable[[dt.date], str] = field(init=False, repr=False, compare=False)
    _figures: dict[tuple[int, bool | None, bool], Writer] = field(init=False, repr=False, compare=False)
    _amounts: dict[tuple[str, int, bool | None], Writer] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        identifier = known_locale(self.locale)
        locale = locale_of(identifier)
        _check_choice(self.negative, NEGATIVE_STYLES, N_("style of negative amounts"))
        _check_choice(self.symbol_position, SYMBOL_POSITIONS, N_("position of a symbol"))
        _check_choice(self.first_weekday, CHOICES[FIRST_WEEKDAY], N_("first day of the week"))
        _check_choice(self.paper_size, CHOICES[PAPER_SIZE], N_("paper size"))
        for code, symbol in self.symbols.items():
            _check_word(symbol, N_("currency symbol"))
            _check_meaning(symbol, code, identifier)
        for word in (self.debit_word, self.credit_word):
            if word is not None:
                _check_word(word, N_("word for debit or credit"))
        patterns = _date_patterns(locale, self.date_style)
        days = _numeric_days(patterns, self.date_style)
        self._set(
            locale=identifier,
            symbols=dict(self.symbols),
            _locale=locale,
            _numerals=self._chosen_numerals(locale),
            _days=days,
            _day_month=day_month_style(locale, days) if self.date_style in STYLES else days.without_year(),
            _date_units={word: unit for one in patterns.values() for word, unit in units(one).items()},
            _patterns={style: parse_pattern(pattern) for style, pattern in patterns.items()},
            _date_words=tuple(word for one in patterns.values() if is_numeric(one) for word in words(one)),
            _column_day=days.column_writer(),
            _figures={},
            _amounts={},
        )

    @property
    def decimal_sign(self) -> str:
        """What stands before the decimals."""
        return self._numerals[0].decimal

    @property
    def group_sign(self) -> str:
        """What stands between groups of digits; '' for nothing."""
        return self._numerals[0].group

    @property
    def date_order(self) -> str:
        """'ymd', 'dmy' or 'mdy'."""
        return self._days.order

    def day_month_order(self, between: str) -> str:
        """'dm' or 'md': the order of a day and a month typed without a year, with a sign between them or ''.

        In Swedish, whose whole dates are 2026-03-05, 5/3 is the 5th of March and 03-05, the end of a whole date, too.
        """
        is_end_of_whole = between in ("", self._days.separator) and between != self._day_month.separator
        return self._days.without_year().order if is_end_of_whole else self._day_month.order

    @property
    def date_units(self) -> Mapping[str, str]:
        """By word that stands right behind a number in a date, as in Japanese, whether it is its 'd', 'm' or 'y'."""
        return self._date_units

    @property
    def date_words(self) -> tuple[str, ...]:
        """Words that may stand in a numeric date, as in Bulgarian and Japanese; mostly none."""
        return self._date_words

    @property
    def date_patterns(self) -> tuple[str, ...]:
        """The patterns in which days are written, the locale's and one set by hand."""
        return tuple(pattern.pattern for pattern in self._patterns.values())

    @property
    def numerals(self) -> tuple[Numerals, ...]:
        """The ways in which numbers may be typed: the one they are written in first."""
        return self._numerals

    @property
    def sides(self) -> tuple[str, str]:
        """The words for debit and credit that 'dr-cr' writes."""
        language = words_of(self.locale)
        return self.debit_word or language.gettext("Dr"), self.credit_word or language.gettext("Cr")

    @property
    def language(self) -> str:
        """The code of the locale's language, such as 'de'."""
        return self.locale.partition("_")[0]

    @property
    def language_tag(self) -> str:
        """The locale as a page's language, such as 'de-DE'."""
        return self.locale.replace("_", "-")

    @property
    def right_to_left(self) -> bool:
        return self._locale.character_order == "right-to-left"

    @property
    def week_begins(self) -> int:
        """The weekday that weeks begin on: by hand, else as in the locale's country; 0 for Monday."""
        return first_weekday(self._locale) if self.first_weekday is None else WEEKDAYS.index(self.first_weekday)

    @property
    def paper(self) -> str:
        """The paper that pages are printed on, 'a4' or 'letter': by hand, else as in the locale's country."""
        return self.paper_size or usual_paper(self._locale)

    def figure(self, units: int, currency: Currency, *, credit_normal: bool | None = False) -> str:
        """Whole minor units of a currency, with its own decimals and without its name; zero never has a sign.

        `credit_normal` matters to the style 'dr-cr' alone: it says that units above zero are a credit, as they are
        in the own direction of a liability, equity or income account. With None the place where the figure stands says
        its side, such as a column of debits: no word is written, and a minus below zero.
        """
        write = self._figures.get((currency.digits, credit_normal, False))
        return (write or self._figure_writer(currency.digits, credit_normal, aligned=False))(units)

    def figure_column(self, units: int, currency: Currency, *, credit_normal: bool | None = False) -> str:
        """The figure with the blanks that keep digits under digits in a right-aligned column of any sign."""
        write = self._figures.get((currency.digits, credit_normal, True))
        return (write or self._figure_writer(currency.digits, credit_normal, aligned=True))(units)

    def money(self, money: Money, *, symbol: bool = False, credit_normal: bool | None = False) -> str:
        """An amount as `figure` writes it; with `symbol`, its currency's symbol, or else its code, stands where the
        locale places it."""
        currency = money.currency
        if not symbol:
            return self.figure(money.units, currency, credit_normal=credit_normal)
        write = self._amounts.get((currency, currency.digits, credit_normal))
        return (write or self._amount_writer(currency, credit_normal))(money.units)

    def number(self, number: Decimal) -> str:
        """A number that is no money, such as a rate, with all of its decimals; exact for any size."""
        decimals = format(number, "f").partition(".")[2]
        with localcontext(Context(prec=_PRECISION)):
            return self.figure(int(number.scaleb(len(decimals))), Currency("number", len(decimals)), credit_normal=None)

    def count(self, things: int) -> str:
        """A number of things, grouped as the locale does it."""
        return self.number(Decimal(things))

    def percent(self, number: Decimal) -> str:
        """A percentage, zero or more, with all of its decimals, the sign and its blank where the locale has them:
        '8,1 %' for 8.1 in German."""
        pattern, sign = self._locale.percent_formats[None], percent_sign(self._locale, self._numerals[0])
        before, after = (without_marks(affix[0]).replace("%", sign) for affix in (pattern.prefix, pattern.suffix))
        return f"{before}{self.number(number)}{after}"

    def symbol(self, currency: str) -> str:
        """The currency's symbol: by hand, or the locale's, or the code where there is none that can be seen."""
        code = str(currency)
        if code in self.symbols:
            return self.symbols[code]
        found = without_marks(get_currency_symbol(code, self._locale)).strip() or code
        return code if self._by_hand_for_another(found, code) else found

    def typed_symbols(self, currency: str) -> tuple[str, ...]:
        """What may be typed for a currency beside its code: its symbol here and, where none of those plainly means
        another currency, its symbol in English and without its country: '€', 'US$', '$'."""
        code = str(currency)
        others = (one for one in common_symbols(code, self.locale) if not self._means_another(one, code))
        return tuple(dict.fromkeys((self.symbol(code), *others)))

    def currency_nouns(self, currency: str) -> tuple[str, ...]:
        """The coin's name alone, 'pounds', where the currency of the locale's country is not called so, too."""
        usual = usual_currency(self.locale)
        nouns = self._nouns(str(currency))
        return nouns if usual == currency else tuple(one for one in nouns if one not in self._nouns(usual))

    def currency_names(self, currency: str) -> tuple[str, ...]:
        """What the locale calls a currency beside its code and symbol, for one and for many of it: 'Euro', '円'."""
        names = (get_currency_name(str(currency), count, self._locale) for count in (None, 1, 2, 5))
        return tuple(dict.fromkeys(without_marks(name) for name in names))

    def trailing_minus(self, currency: Currency) -> bool:
        """Whether the locale writes the minus behind the amounts of a currency."""
        return "-" in currency_frames(self._locale, self.symbol(currency), self.symbol_position).negative.after

    def date(self, day: dt.date, style: str | None = None) -> str:
        """A day in 'short', 'medium', 'long' or, by default, in the style of these formats."""
        pattern = self._patterns.get(style or self.date_style)
        if pattern is None:
            raise InvalidSetting(
                value=style, what=N_("date style"), advice=Said("use one of {names}", names=", ".join(STYLES))
            )
        return without_marks(pattern.apply(day, self._locale))

    def no_day(self, year: int, month: int, day: int) -> str:
        """A day that is not in the calendar, as `date_column` would write it: '31.02.2026'."""
        return self._days.written(year, month, day)

    def date_column(self, day: dt.date) -> str:
        """A day in ten characters, its fields in the order of the pattern set by hand, else of the locale:
        '31.01.2026'."""
        return self._column_day(day)

    def weekday(self, day: dt.date) -> str:
        """The short name of a day's weekday."""
        return without_marks(self._locale.days["format"]["abbreviated"][day.weekday()])

    def month(self, day: dt.date) -> str:
        """The month and year of a day, such as 'Jan 2026'."""
        return without_marks(self._locale.datetime_skeletons["yMMM"].apply(day, self._locale))

    def excel_money_format(
        self, currency: Currency, *, symbol: bool = False, credit_normal: bool | None = False
    ) -> str:
        """The number format of an amount in a workbook, such as '#,##0.00'."""
        shown = self.symbol(currency) if symbol else None
        plain = currency_frames(self._locale, shown, self.symbol_position) if shown else plain_frames()
        frames = self._frames(plain, credit_normal)
        return amount_format(currency.digits, frames, shown, grouped=bool(self.group_sign))

    def excel_date_format(self) -> str:
        """The number format of a day in a workbook, in the locale's order: 'dd.mm.yyyy'."""
        return self._days.spreadsheet_format()

    def _nouns(self, code: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(noun_of(name, self.locale) for name in self.currency_names(code)))

    def _means_another(self, symbol: str, code: str) -> bool:
        return currency_in_locale(symbol, self.locale) not in (None, code) or self._by_hand_for_another(symbol, code)

    def _by_hand_for_another(self, symbol: str, code: str) -> bool:
        return any(alike(one) == alike(symbol) for other, one in self.symbols.items() if other != code)

    def _figure_writer(self, digits: int, credit_normal: bool | None, *, aligned: bool) -> Writer:
        frames = self._frames(plain_frames(), credit_normal)
        write = (frames.padded() if aligned else frames).around(self._numerals[0].writer(digits))
        self._figures[digits, credit_normal, aligned] = write
        return write

    def _amount_writer(self, currency: Currency, credit_normal: bool | None) -> Writer:
        frames = self._frames(currency_frames(self._locale, self.symbol(currency), self.symbol_position), credit_normal)
        write = frames.around(self._numerals[0].writer(currency.digits))
        self._amounts[currency, currency.digits, credit_normal] = write
        return write

    def _frames(self, frames: Frames, credit_normal: bool | None) -> Frames:
        if self.negative == "parentheses":
            return frames.in_parentheses()
        if self.negative == "dr-cr" and credit_normal is not None:
            return frames.with_sides(*(reversed(self.sides) if credit_normal else self.sides))
        return frames

    def _chosen_numerals(self, locale: Locale) -> tuple[Numerals, ...]:
        """The numerals to write with, with what is set by hand, and the other ones that may be typed."""
        latin, own = latin_numerals(locale), own_numerals(locale)
        if own is None:
            return (self._by_hand(latin),)
        first, second = (self._by_hand(own), latin) if self.own_digits else (self._by_hand(latin), own)
        return first, second, *crossed(first, second)

    def _by_hand(self, numerals: Numerals) -> Numerals:
        decimal = numerals.decimal if self.decimal is None else self.decimal
        group = numerals.group if self.group is None else self.group
        if self.group is None and self.decimal is not None and _same_sign(group, decimal):
            group = numerals.decimal
        if self.decimal is None and self.group is not None and _same_sign(group, decimal):
            decimal = numerals.group if numerals.group in tuple(_DECIMAL_SIGNS) else ","
        if self.decimal is not None and (len(decimal) != 1 or decimal not in _DECIMAL_SIGNS):
            raise InvalidSetting(value=decimal, what=N_("decimal separator"), advice=N_("use a point or a comma"))
        if self.group is not None and (len(group) > 1 or group not in _GROUP_SIGNS):
            advice = N_("use a point, a comma, a blank, an apostrophe or nothing")
            raise InvalidSetting(value=group, what=N_("thousands separator"), advice=advice)
        if _same_sign(group, decimal):
            advice = N_("the decimals have it already, choose another")
            raise InvalidSetting(value=group, what=N_("thousands separator"), advice=advice)
        return Numerals(decimal, group, numerals.grouping, numerals.zero)

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


def _same_sign(group: str, decimal: str) -> bool:
    return bool(group) and group.translate(_ALIKE) == decimal.translate(_ALIKE)


def _date_patterns(locale: Locale, style: str) -> dict[str, str]:
    patterns = {name: locale.date_formats[name].pattern for name in STYLES}
    patterns["short"] = numeric_pattern(locale)
    if style not in STYLES:
        patterns[style] = checked_pattern(style)
    return patterns


def _numeric_days(patterns: dict[str, str], style: str) -> DateStyle:
    """How a numeric day is written and read: as the locale's short one, in the order of a pattern set by hand, and with
    what stands between its fields where they are numbers."""
    short, own = numeric_style(patterns["short"]), numeric_style(patterns[style])
    if style in STYLES:
        return short
    return own if is_numeric(patterns[style]) else replace(short, order=own.order)


def _check_choice(value: str | None, choices: tuple[str, ...], what: str) -> None:
    if value is not None and value not in choices:
        raise InvalidSetting(value=value, what=what, advice=Said("use one of {names}", names=", ".join(choices)))


def _check_word(text: str, what: str) -> None:
    """Refuse a symbol or a word that could be taken for a part of the number beside it."""
    named = any(sign.isalpha() or category(sign) == "Sc" for sign in text)
    apart = not any(sign.isdigit() or sign in "+-()" for sign in text)
    if not (named and apart and text.isprintable() and text == text.strip() and len(text) <= WORD_LIMIT):
        advice = Said(
            "use up to {word_limit} characters with a letter or a currency sign, without digits and +, -, (, )",
            word_limit=WORD_LIMIT,
        )
        raise InvalidSetting(value=text[:40], what=what, advice=advice)


def _check_meaning(symbol: str, code: str, locale: str) -> None:
    """Refuse a symbol that readers take for another currency: '$' for euros."""
    meant = currency_anywhere(symbol, locale)
    if meant not in (None, code) and alike(symbol) not in map(alike, common_symbols(code, locale)):
        advice = Said("it means {currency}, choose another", currency=meant)
        raise InvalidSetting(value=symbol, what=N_("currency symbol"), advice=advice)
