"""How amounts and days look, and what of them can be set by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import localedata
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_ledger.errors import InvalidSetting
from tui_ledger.locale.formats import NEGATIVE_STYLES, Formats
from tui_ledger.locale.reading import read_percent
from tui_ledger.locale.typed_dates import read_date
from tui_ledger.money import Currency, Money, standard_currency, units_to_text

EUR, JPY, KWD = (standard_currency(code) for code in ("EUR", "JPY", "KWD"))
GOLD = Currency("GOLD", 4)
LOCALES = sorted(localedata.locale_identifiers())
DAY = date(2026, 1, 5)

locales = st.sampled_from(LOCALES)
signed_units = st.integers(-(2**63), 2**63 - 1)


@pytest.mark.parametrize(
    ("locale", "figure", "with_symbol"),
    [
        ("en_US", "-1,234,567.89", "-€1,234,567.89"),
        ("de_DE", "-1.234.567,89", "-1.234.567,89\u00a0€"),
        ("fr_FR", "-1\u202f234\u202f567,89", "-1\u202f234\u202f567,89\u00a0€"),
        ("de_CH", "-1\u2019234\u2019567.89", "EUR-1\u2019234\u2019567.89"),
        ("fr_CH", "-1\u202f234\u202f567.89", "-1\u202f234\u202f567.89\u00a0€"),
        ("es_ES", "-1.234.567,89", "-1.234.567,89\u00a0€"),
        ("ja_JP", "-1,234,567.89", "-€1,234,567.89"),
        ("hi_IN", "-12,34,567.89", "-€12,34,567.89"),
        ("ar_EG", "-1,234,567.89", "-1,234,567.89\u00a0€"),
        ("sv_SE", "-1\u00a0234\u00a0567,89", "-1\u00a0234\u00a0567,89\u00a0€"),
        ("pl_PL", "-1\u00a0234\u00a0567,89", "-1\u00a0234\u00a0567,89\u00a0€"),
        ("fy", "-1.234.567,89", "€\u00a01.234.567,89-"),
    ],
)
def test_amounts_are_written_as_the_locale_writes_money(locale, figure, with_symbol):
    formats = Formats(locale=locale)
    assert formats.figure(-123456789, EUR) == figure
    assert formats.money(Money(-123456789, EUR)) == figure
    assert formats.money(Money(-123456789, EUR), symbol=True) == with_symbol


@pytest.mark.parametrize(
    ("code", "digits", "figure"),
    [
        ("JPY", 0, "123,456"),
        ("EUR", 2, "1,234.56"),
        ("KWD", 3, "123.456"),
        ("CLF", 4, "12.3456"),
        ("BTC", 8, "0.00123456"),
    ],
)
def test_decimals_are_the_currencys_own(code, digits, figure):
    assert Formats("en_US").figure(123456, Currency(code, digits)) == figure


def test_a_currency_keeps_its_digits_where_babel_knows_others():
    assert Formats("en_US").money(Money(1234, Currency("IQD", 3)), symbol=True) == "IQD\u00a01.234"


def test_one_code_with_other_digits_in_another_book_is_written_with_those():
    formats = Formats("en_US")
    assert formats.money(Money(12345, Currency("GOLD", 2)), symbol=True) == "GOLD\u00a0123.45"
    assert formats.money(Money(12345, Currency("GOLD", 4)), symbol=True) == "GOLD\u00a01.2345"


@pytest.mark.parametrize("negative", NEGATIVE_STYLES)
@pytest.mark.parametrize("locale", ["en_US", "de_DE", "ar_EG", "hi_IN"])
def test_zero_has_no_sign_and_no_side(negative, locale):
    formats = Formats(locale, negative=negative)
    assert formats.figure(0, EUR) == formats.figure_column(0, EUR).strip() == f"0{formats.decimal_sign}00"
    assert not set("-()DrC") & set(formats.money(Money(0, EUR), symbol=True))


@pytest.mark.parametrize(
    ("negative", "above", "below", "below_with_symbol"),
    [
        ("minus", "1,234.50", "-1,234.50", "-€1,234.50"),
        ("parentheses", "1,234.50", "(1,234.50)", "(€1,234.50)"),
        ("dr-cr", "1,234.50 Dr", "1,234.50 Cr", "€1,234.50 Cr"),
    ],
)
def test_one_negative_style_is_used_everywhere(negative, above, below, below_with_symbol):
    formats = Formats("en_US", negative=negative)
    assert formats.figure(123450, EUR) == above
    assert formats.figure(-123450, EUR) == below
    assert formats.money(Money(-123450, EUR), symbol=True) == below_with_symbol


@pytest.mark.parametrize(
    ("locale", "debit", "credit"),
    [
        ("en_GB", "Dr", "Cr"),
        ("de_AT", "S", "H"),
        ("fr_FR", "D", "C"),
        ("es_MX", "D", "H"),
        ("pt_BR", "D", "C"),
        ("nl_NL", "D", "C"),
        ("ja_JP", "借", "貸"),
        ("ar_EG", "مد", "دا"),
        ("pl_PL", "Dr", "Cr"),
    ],
)
def test_sides_are_named_in_the_language_of_the_locale(locale, debit, credit):
    formats = Formats(locale, negative="dr-cr")
    written = [formats.figure(units, EUR).replace(",", ".") for units in (500, -500)]
    assert written == [f"5.00 {debit}", f"5.00 {credit}"]
    assert debit in formats.excel_money_format(EUR)


def test_sides_follow_the_direction_of_the_account_and_the_readers_words():
    formats = Formats("de_DE", negative="dr-cr", debit_word="S", credit_word="H")
    assert formats.figure(500, EUR) == "5,00 S"
    assert formats.figure(500, EUR, credit_normal=True) == "5,00 H"
    assert formats.money(Money(-500, EUR), symbol=True, credit_normal=True) == "5,00\u00a0€ S"


@pytest.mark.parametrize("negative", NEGATIVE_STYLES)
def test_digits_stand_under_digits_in_a_column_of_any_sign(negative):
    formats = Formats("en_US", negative=negative)
    column = [formats.figure_column(units, EUR).rjust(20) for units in (123450, -123450, 0)]
    assert {line.index(".") for line in column} == {column[0].index(".")}


@given(signed_units, st.integers(0, 12))
def test_figures_are_exact(units, digits):
    assert Formats("en_US", group="").figure(units, Currency("X", digits)) == units_to_text(units, digits)


@pytest.mark.parametrize("locale", LOCALES[::7])
def test_no_locale_writes_marks_or_the_same_sign_twice(locale):
    formats = Formats(locale)
    for numerals in formats.numerals:
        assert len(numerals.decimal) == len(numerals.group) == 1
        assert numerals.decimal != numerals.group
    texts = [formats.money(Money(-123456, EUR), symbol=True), formats.month(DAY), formats.weekday(DAY)]
    texts += [formats.date(DAY, style) for style in ("short", "medium", "long")]
    assert all(texts)
    assert not set("\u200e\u200f\u061c\u200b") & set("".join(texts))


def test_digits_of_the_locale_are_written_on_request():
    formats = Formats("ar_EG", own_digits=True)
    assert formats.figure(-123450, EUR) == "-١٬٢٣٤٫٥٠"
    assert (formats.decimal_sign, formats.group_sign) == ("٫", "٬")
    assert Formats("de_DE", own_digits=True).figure(-123450, EUR) == "-1.234,50"


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({"decimal": ",", "group": "."}, "-€1.234,50"),
        ({"group": " "}, "-€1 234.50"),
        ({"group": ""}, "-€1234.50"),
        ({"symbol_position": "after"}, "-1,234.50€"),
        ({"symbol_position": "before"}, "-€1,234.50"),
        ({"symbols": {"EUR": "Euro"}}, "-Euro\u00a01,234.50"),
        ({"symbols": {"EUR": "Euro"}, "symbol_position": "after"}, "-1,234.50\u00a0Euro"),
    ],
)
def test_separators_symbol_and_its_position_can_be_set_by_hand(options, written):
    assert Formats("en_US", **options).money(Money(-123450, EUR), symbol=True) == written


def test_a_symbol_moved_by_hand_keeps_the_blank_of_the_locale():
    assert Formats("de_DE", symbol_position="before").money(Money(-500, EUR), symbol=True) == "-€\u00a05,00"


@pytest.mark.parametrize(
    "options",
    [
        {"locale": "xx"},
        {"negative": "red"},
        {"date_style": "full"},
        {"date_style": "YYYY-MM-DD"},
        {"date_style": "dd.mm.yyyy"},
        {"date_style": "d.M"},
        {"date_style": "'d.M.y"},
        {"date_style": "dd/MM/yyyy'"},
        {"date_style": "dd1MM1yyyy"},
        {"date_style": "dd'1'MM/yyyy"},
        {"date_style": "d.M.y" + " " * 40},
        {"date_style": "d.M.y\x1b[31m"},
        {"decimal": ""},
        {"decimal": "5"},
        {"decimal": "-"},
        {"decimal": ",", "group": ","},
        {"decimal": ".", "group": "."},
        {"group": "_"},
        {"group": ", "},
        {"decimal": "\u2019", "group": "'"},
        {"symbol_position": "left"},
        {"symbols": {"EUR": ""}},
        {"symbols": {"EUR": "5"}},
        {"symbols": {"EUR": "-"}},
        {"symbols": {"EUR": "$"}},
        {"symbols": {"GBP": "kr"}},
        {"symbols": {"EUR": "x" * 16}},
        {"symbols": {"EUR": "\x1b[31mE"}},
        {"debit_word": "("},
        {"credit_word": ""},
    ],
)
def test_settings_that_would_make_figures_unreadable_are_refused(options):
    with pytest.raises(InvalidSetting) as refusal:
        Formats(**{"locale": "en_US", **options})
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("locale", "options", "written"),
    [
        ("en_US", {"decimal": ","}, "-1.234.567,50"),
        ("en_US", {"group": "."}, "-1.234.567,50"),
        ("de_DE", {"decimal": "."}, "-1,234,567.50"),
        ("de_DE", {"group": ","}, "-1,234,567.50"),
        ("fr_FR", {"group": ","}, "-1,234,567,50"),
    ],
)
def test_a_separator_set_to_the_locales_other_one_changes_places_with_it(locale, options, written):
    if written.count(",") == 3:
        with pytest.raises(InvalidSetting, match="have it already"):
            Formats(locale, **options)
        return
    assert Formats(locale, **options).figure(-123456750, Currency("EUR", 2)) == written


def test_symbols_are_those_of_the_locale_or_else_the_code():
    assert Formats("en_US").symbol("USD") == "$"
    assert Formats("en_CA").symbol("USD") == "US$"
    assert Formats("en_US").symbol("GOLD") == "GOLD"
    assert Formats("pt_CV").symbol("CVE") == "CVE"


def test_a_symbol_set_by_hand_leaves_another_currency_its_code():
    formats = Formats("en_US", symbols={"CAD": "$"})
    assert (formats.symbol("CAD"), formats.symbol("USD"), formats.symbol("EUR")) == ("$", "USD", "€")


def test_formats_are_values():
    assert Formats("de-DE") == Formats("de_DE.UTF-8")
    assert hash(Formats("de-DE")) == hash(Formats("de_DE"))
    assert Formats("de_DE") != Formats("de_DE", negative="parentheses")
    assert (Formats("de_DE").locale, Formats("de_DE").language_tag) == ("de_DE", "de-DE")
    assert (Formats("ar_EG").right_to_left, Formats("de_DE").right_to_left) == (True, False)


def test_symbols_changed_after_the_making_change_nothing():
    symbols = {"EUR": "Euro"}
    formats = Formats("de_DE", symbols=symbols)
    symbols["EUR"] = "E"
    assert formats.symbol("EUR") == "Euro"


@pytest.mark.parametrize(
    ("locale", "short", "medium", "long", "column", "order"),
    [
        ("en_US", "1/5/2026", "Jan 5, 2026", "January 5, 2026", "01/05/2026", "mdy"),
        ("de_DE", "05.01.2026", "05.01.2026", "5. Januar 2026", "05.01.2026", "dmy"),
        ("fr_FR", "05/01/2026", "5 janv. 2026", "5 janvier 2026", "05/01/2026", "dmy"),
        ("ja_JP", "2026/01/05", "2026/01/05", "2026年1月5日", "2026/01/05", "ymd"),
        ("sv_SE", "2026-01-05", "5 jan. 2026", "5 januari 2026", "2026-01-05", "ymd"),
        ("hi_IN", "5/1/2026", "5 जन॰ 2026", "5 जनवरी 2026", "05/01/2026", "dmy"),
        ("ar_EG", "5/1/2026", "05/01/2026", "5 يناير 2026", "05/01/2026", "dmy"),
        ("pl_PL", "5.01.2026", "5 sty 2026", "5 stycznia 2026", "05.01.2026", "dmy"),
        ("ko_KR", "2026. 1. 5.", "2026. 1. 5.", "2026년 1월 5일", "2026.01.05", "ymd"),
    ],
)
def test_days_are_written_in_the_locales_order_with_the_whole_year(locale, short, medium, long, column, order):
    formats = Formats(locale)
    assert formats.date(DAY) == formats.date(DAY, "short") == short
    assert formats.date(DAY, "medium") == medium
    assert formats.date(DAY, "long") == long
    assert formats.date_column(DAY) == column
    assert formats.date_order == order


@given(locales, st.dates())
@settings(max_examples=200, deadline=None)
def test_a_column_of_days_has_one_width(locale, day):
    assert len(Formats(locale).date_column(day)) == 10


def test_the_style_of_days_can_be_chosen():
    assert Formats("en_US", date_style="long").date(DAY) == "January 5, 2026"
    formats = Formats("en_US", date_style="dd.MM.yyyy")
    assert (formats.date(DAY), formats.date_column(DAY), formats.date_order) == ("05.01.2026", "05.01.2026", "dmy")
    assert formats.excel_date_format() == "dd.mm.yyyy"
    in_words = Formats("en_US", date_style="EEE d MMM yyyy")
    assert (in_words.date(DAY), in_words.date_column(DAY)) == ("Mon 5 Jan 2026", "05/01/2026")


@pytest.mark.parametrize(
    ("locale", "pattern", "column", "typed"),
    [
        ("en_US", "dd MMMM yyyy", "05/01/2026", "5/1"),
        ("en_US", "d MMM yyyy", "05/01/2026", "5/1"),
        ("de_DE", "MMMM d, y", "01.05.2026", "1.5."),
        ("en_GB", "yyyy MMM d", "2026/01/05", "1/5"),
        ("en_US", "ddMMyyyy", "05-01-2026", "0501"),
        ("en_US", "ddMMMyyyy", "05/01/2026", "5/1"),
    ],
)
def test_a_pattern_in_words_orders_columns_and_what_is_typed_too(locale, pattern, column, typed):
    formats = Formats(locale, date_style=pattern)
    assert formats.date_column(DAY) == column
    assert read_date(typed, DAY, DAY, formats) == read_date(column, DAY, DAY, formats) == DAY
    assert Formats(locale).date_order == Formats(locale, date_style="long").date_order


@pytest.mark.parametrize("pattern", ["dMy", "dMyyyy", "ddMMy", "ddMyyyy", "EEEMMMd y", "dMM.yyyy"])
def test_fields_that_run_together_are_refused(pattern):
    with pytest.raises(InvalidSetting, match=r"as in ddMMyyyy|no date format"):
        Formats("en_US", date_style=pattern)


def test_an_unknown_style_asked_of_a_day_is_refused():
    with pytest.raises(InvalidSetting, match="short, medium, long"):
        Formats("en_US").date(DAY, "full")


@pytest.mark.parametrize(
    ("locale", "weekday", "month"),
    [
        ("en_US", "Mon", "Jan 2026"),
        ("de_DE", "Mo.", "Jan. 2026"),
        ("ja_JP", "月", "2026年1月"),
        ("pl_PL", "pon.", "sty 2026"),
    ],
)
def test_weekdays_and_months_are_named_in_short(locale, weekday, month):
    assert Formats(locale).weekday(DAY) == weekday
    assert Formats(locale).month(DAY) == month


@pytest.mark.parametrize(
    ("locale", "own_digits", "written"),
    [
        ("en_US", False, "8.1%"),
        ("de_DE", False, "8,1\u00a0%"),
        ("fr_FR", False, "8,1\u00a0%"),
        ("nl_NL", False, "8,1%"),
        ("tr_TR", False, "%8,1"),
        ("ar_EG", False, "8.1%"),
        ("ar_EG", True, "٨٫١٪"),
    ],
)
def test_percentages_have_the_sign_where_the_locale_has_it(locale, own_digits, written):
    formats = Formats(locale, own_digits=own_digits)
    assert formats.percent(Decimal("8.1")) == written
    assert read_percent(written, formats) == Decimal("8.1")


def test_a_number_keeps_all_of_its_decimals():
    assert Formats("de_DE").number(Decimal("1234.50")) == "1.234,50"
    assert Formats("de_DE").number(Decimal("1E+3")) == Formats("de_DE").count(1000) == "1.000"
    assert Formats("de_DE").number(Decimal(f"{10**40}.{'1' * 40}")).endswith("000," + "1" * 40)
