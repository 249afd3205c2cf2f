"""Which amounts are understood in each locale, and which are refused and how."""

from __future__ import annotations

import pytest
from babel import localedata
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_ledger.errors import (
    AmbiguousAmount,
    AmountInOtherCurrency,
    AmountNotUnderstood,
    AmountTooLarge,
    InvalidAmount,
    TooManyDecimals,
)
from tui_ledger.locale.catalogues import words_of
from tui_ledger.locale.formats import NEGATIVE_STYLES, Formats
from tui_ledger.locale.reading import read_money, read_units
from tui_ledger.money import LARGEST_UNITS, Currency, Money, standard_currency
from tui_ledger.words import speaking

EUR, JPY, KWD = (standard_currency(code) for code in ("EUR", "JPY", "KWD"))
LOCALES = sorted(localedata.locale_identifiers())
TABLE_LOCALES = ["en_US", "de_DE", "fr_FR", "de_CH", "es_ES", "ja_JP", "hi_IN", "ar_EG", "sv_SE", "pl_PL"]


@pytest.mark.parametrize(
    ("locale", "text", "units"),
    [
        ("en_US", "1,234.56", 123456),
        ("en_US", "1234.56", 123456),
        ("en_US", "1,234", 123400),
        ("en_US", "1,234,567.8", 123456780),
        ("en_US", "30.00", 3000),
        ("en_US", "5", 500),
        ("en_US", "5.", 500),
        ("en_US", ".5", 50),
        ("en_US", "007.50", 750),
        ("en_US", "0", 0),
        ("en_US", "-0.00", 0),
        ("en_US", "+5", 500),
        ("en_US", "-5", -500),
        ("en_US", "- 5", -500),
        ("en_US", "\u22125", -500),
        ("en_US", "(5.00)", -500),
        ("en_US", "( €5.00 )", -500),
        ("en_US", "-€5", -500),
        ("en_US", "€-5", -500),
        ("en_US", "€5", 500),
        ("en_US", "5 €", 500),
        ("en_US", "EUR 5", 500),
        ("en_US", "eur5", 500),
        ("en_US", "5 EUR", 500),
        ("en_US", " 5\t", 500),
        ("en_US", "12.3400", 1234),
        ("en_US", "0.500", 50),
        ("en_US", "1,234.500", 123450),
        ("de_DE", "1.234,56", 123456),
        ("de_DE", "1234,56", 123456),
        ("de_DE", "1.234", 123400),
        ("de_DE", "12.345.678", 1234567800),
        ("de_DE", ",5", 50),
        ("de_DE", "1.234,56 €", 123456),
        ("de_DE", "1.234,56\u00a0€", 123456),
        ("fr_FR", "1 234,56", 123456),
        ("fr_FR", "1\u00a0234,56", 123456),
        ("fr_FR", "1\u202f234,56", 123456),
        ("fr_FR", "1\u2009234,56", 123456),
        ("fr_FR", "1 234 567", 123456700),
        ("de_CH", "1'234.50", 123450),
        ("de_CH", "1\u2019234.50", 123450),
        ("de_CH", "EUR-1'234.50", -123450),
        ("fr_CH", "1 234.50", 123450),
        ("es_ES", "1.234,50", 123450),
        ("es_ES", "1234,50", 123450),
        ("ja_JP", "1,234.50", 123450),
        ("hi_IN", "12,34,567.89", 123456789),
        ("hi_IN", "१२,३४,५६७.८९", 123456789),
        ("ar_EG", "1,234.50", 123450),
        ("ar_EG", "١٬٢٣٤٫٥٠", 123450),
        ("ar_EG", "-١٢", -1200),
        ("ar_EG", "\u200f-1,234.50\u00a0€", -123450),
        ("sv_SE", "\u22121\u00a0234,50", -123450),
        ("sv_SE", "-1 234,50 €", -123450),
        ("pl_PL", "1 234,50", 123450),
        ("fy", "€ 1.234,50-", -123450),
    ],
)
def test_what_the_locale_writes_is_understood(locale, text, units):
    assert read_units(text, EUR, Formats(locale)) == units
    assert read_money(text, EUR, Formats(locale)) == Money(units, EUR)


@pytest.mark.parametrize(
    ("locale", "text", "readings"),
    [
        ("de_DE", "30.00", "30,00 or 3.000,00"),
        ("de_DE", "1,234.56", "1.234,56"),
        ("de_DE", "0.500", "0,50 or 500,00"),
        ("de_DE", "1234.567", "1.234.567,00"),
        ("de_DE", "12.34.567", "1.234.567,00"),
        ("en_US", "1,23", "1.23 or 123.00"),
        ("en_US", "1.234,56", "1,234.56"),
        ("en_US", "1.500", "1.50 or 1,500.00"),
        ("en_US", "1,2345", "12,345.00"),
        ("en_US", "1 234.50", "1,234.50"),
        ("en_US", "1'234", "1,234.00"),
        ("en_US", ",123", "123.00"),
        ("fr_FR", "1.234,50", "1 234,50"),
        ("fr_FR", "30.00", "30,00 or 3 000,00"),
        ("fr_FR", "1 23,50", "123,50"),
        ("de_CH", "30,00", "30.00 or 3\u2019000.00"),
        ("es_ES", "12.50", "12,50 or 1.250,00"),
        ("ja_JP", "12,50", "12.50 or 1,250.00"),
        ("hi_IN", "1,234,567.89", "12,34,567.89"),
        ("sv_SE", "30.00", "30,00 or 3 000,00"),
        ("pl_PL", "1,234.50", "1 234,50"),
    ],
)
def test_misplaced_separators_are_asked_about(locale, text, readings):
    with pytest.raises(AmbiguousAmount) as refusal:
        read_units(text, EUR, Formats(locale))
    named = str(refusal.value.values["readings"]).replace("\u00a0", " ").replace("\u202f", " ")
    assert named == readings
    assert repr(Formats(locale).decimal_sign) in str(refusal.value)


def test_what_an_amount_could_mean_is_told_in_the_language_spoken():
    with speaking(words_of("de")), pytest.raises(AmbiguousAmount) as refusal:
        read_units("30.00", EUR, Formats("de_DE"))
    with speaking(words_of("de")):
        assert "30,00 oder 3.000,00" in str(refusal.value)
    with speaking():
        assert "30,00 or 3.000,00" in str(refusal.value)


@pytest.mark.parametrize("locale", TABLE_LOCALES)
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "+", ".", ",", "()", "(", "€", "EUR", "-€", "NaN", "sNaN", "-nan", "Infinity", "-inf",
        "1e5", "1E-5", "1e3000000",
        "1_000", "0x10", "0b1", "1/2", "5%", "--5", "+-5", "-(5)", "(-5)", "((5))", "5-5", "5)", "(5", "1..2",
        "1,,2", "1.2.3,4,5", "1,2.3,4",
        "five", "²", "½", "Ⅷ", "五", "߅", "᠑", "1\x002", "\x1b[31m5", "5\x07", "=5", "@5", "1\n2",
        "\u202e5", "5\u202e",
        "\ud800", "😀", "5 €€", "€ 5 €", "EUR5EUR", "5 Dr", "€5 EUR 5", "9" * 61, "1" * 5000, "," * 60,
        "(" * 60, " " * 5000 + "5",
        "1 " * 29, "1,000,000,000.00.00", "[5]", "5;6", "5 6 7",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_in_one_short_line(locale, text):
    with pytest.raises(InvalidAmount) as refusal:
        read_units(text, EUR, Formats(locale))
    sentence = str(refusal.value)
    assert len(sentence) < 400
    assert sentence.isprintable() or set(sentence) & set("\u00a0\u202f")
    assert "\n" not in sentence
    assert "\x1b" not in sentence


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en_US", "٣"), ("en_US", "१२"), ("ar_EG", "१२"), ("ar_EG", "1٢"), ("hi_IN", "1२"), ("de_DE", "٣٫٥")],
)
def test_digits_of_other_scripts_and_mixtures_are_refused(locale, text):
    with pytest.raises(AmountNotUnderstood):
        read_units(text, EUR, Formats(locale))


@pytest.mark.parametrize("text", ["$5", "5 USD", "usd 5", "£5", "-$5", "CHF 1,234.50"])
def test_an_amount_in_another_currency_is_named_as_such(text):
    with pytest.raises(AmountInOtherCurrency, match="EUR"):
        read_units(text, EUR, Formats("en_US"))


@pytest.mark.parametrize(
    ("locale", "text", "currency", "digits"),
    [("en_US", "5.5", JPY, 0), ("en_US", "1.234", EUR, 2), ("de_DE", "1,2345", EUR, 2), ("en_US", "-5.0005", KWD, 3)],
)
def test_decimals_beyond_the_currencys_are_refused_and_named(locale, text, currency, digits):
    with pytest.raises(TooManyDecimals) as refusal:
        read_units(text, currency, Formats(locale))
    assert text in str(refusal.value)
    assert refusal.value.values["digits"] == digits


@pytest.mark.parametrize(
    ("text", "currency", "units"),
    [("5", JPY, 5), ("5.00", JPY, 5), (".0", JPY, 0), ("1.500", KWD, 1500), ("1.5", Currency("BTC", 8), 150000000)],
)
def test_the_decimals_that_count_are_the_currencys_own(text, currency, units):
    assert read_units(text, currency, Formats("en_US")) == units


def test_the_largest_amount_is_read_and_a_larger_one_refused():
    formats = Formats("de_DE")
    largest = formats.figure(-LARGEST_UNITS, EUR)
    assert read_units(largest, EUR, formats) == -LARGEST_UNITS
    with pytest.raises(AmountTooLarge, match=r"40\.000\.000\.000\.000\.000,00"):
        read_units(formats.figure(LARGEST_UNITS + 1, EUR), EUR, formats)
    with pytest.raises(AmountTooLarge):
        read_units("9" * 60, EUR, formats)


def test_sides_are_read_only_where_they_are_written():
    sided = Formats("de_DE", negative="dr-cr", debit_word="S", credit_word="H")
    assert read_units("5,00 S", EUR, sided) == 500
    assert read_units("5,00 € h", EUR, sided) == -500
    for text in ("-5,00 S", "5,00 Dr"):
        with pytest.raises(InvalidAmount):
            read_units(text, EUR, sided)
    with pytest.raises(AmountNotUnderstood):
        read_units("5,00 S", EUR, Formats("de_DE"))


def test_separators_set_by_hand_are_the_ones_that_are_read():
    formats = Formats("en_US", decimal=",", group="")
    assert read_units("1234,50", EUR, formats) == 123450
    with pytest.raises(AmbiguousAmount):
        read_units("1,234.50", EUR, formats)


def test_a_trailing_minus_is_read_only_where_the_locale_writes_it():
    with pytest.raises(AmountNotUnderstood):
        read_units("5.00-", EUR, Formats("en_US"))


def test_a_refusal_shows_how_to_write_an_amount_here():
    with pytest.raises(AmountNotUnderstood, match=r"like 1\.450,00"):
        read_units("abc", EUR, Formats("de_DE"))
    with pytest.raises(AmountNotUnderstood, match="like 1,450"):
        read_units("abc", JPY, Formats("en_US"))


@given(
    st.sampled_from(LOCALES),
    st.sampled_from(NEGATIVE_STYLES),
    st.booleans(),
    st.integers(-LARGEST_UNITS, LARGEST_UNITS),
    st.sampled_from(
        [
            EUR,
            JPY,
            KWD,
            Currency("GOLD", 4),
            Currency("BTC", 8),
            Currency("X", 12),
            *map(standard_currency, ("USD", "EGP", "PAB")),
        ]
    ),
)
def test_what_is_written_is_read_back(locale, negative, own_digits, units, currency):
    formats = Formats(locale, negative=negative, own_digits=own_digits)
    assert read_units(formats.figure(units, currency), currency, formats) == units
    assert read_units(formats.figure_column(units, currency), currency, formats) == units
    assert read_units(formats.money(Money(units, currency), symbol=True), currency, formats) == units


@given(
    st.sampled_from(TABLE_LOCALES), st.text(max_size=80) | st.text("0123456789.,' -()€EURe_\u00a0\u202f٣", max_size=70)
)
@example("de_DE", "1.2.3")
@settings(max_examples=500, deadline=None)
def test_any_text_is_an_amount_or_refused(locale, text):
    formats = Formats(locale)
    try:
        units = read_units(text, EUR, formats)
    except InvalidAmount:
        return
    assert read_units(formats.figure(units, EUR), EUR, formats) == units


@given(st.sampled_from(TABLE_LOCALES), st.integers(0, 10**9), st.integers(0, 14), st.sampled_from(".,' "))
@settings(max_examples=500, deadline=None)
def test_a_separator_out_of_place_never_changes_an_amount(locale, whole, place, sign):
    """A sign put anywhere into a number is read as that number, as decimals, or not at all; never as other digits."""
    digits = str(whole)
    text = digits[:place] + sign + digits[place:]
    formats = Formats(locale)
    try:
        units = read_units(text, EUR, formats)
    except InvalidAmount:
        return
    meant = {whole * 100}
    if sign == formats.decimal_sign:
        meant = {int(digits[:place] + digits[place:].ljust(2, "0")[:2])}
    assert units in meant


@pytest.mark.parametrize(
    ("locale", "currency", "text"),
    [
        ("de_CH", "EUR", "5 €"),
        ("fr_FR", "USD", "5 $"),
        ("es_ES", "USD", "5 $"),
        ("ar_EG", "USD", "$5"),
        ("en_US", "USD", "US$5"),
        ("en_US", "USD", "$5.00"),
        ("en_CA", "CAD", "$5"),
        ("de_CH", "CHF", "Fr. 5"),
        ("de_CH", "CHF", "5 Fr"),
        ("de_CH", "CHF", "Fr. 5.--"),
        ("de_CH", "CHF", "5 Franken"),
        ("da_DK", "DKK", "kr. 5"),
        ("de_DE", "SEK", "5 kr"),
        ("sv_SE", "SEK", "5 kronor"),
        ("en_GB", "GBP", "5 pounds"),
        ("pt_BR", "BRL", "5 reais"),
        ("de_DE", "USD", "5 Dollar"),
    ],
)
def test_the_accounts_own_currency_may_be_typed_by_any_usual_symbol_and_name(locale, currency, text):
    kept = standard_currency(currency)
    assert read_money(text, kept, Formats(locale)) == Money(500, kept)


@pytest.mark.parametrize(
    ("locale", "currency", "text"),
    [
        ("en_US", "CAD", "$5"),
        ("en_CA", "USD", "$5"),
        ("de_DE", "CAD", "5 $"),
        ("ja_JP", "CNY", "¥5"),
        ("ar_EG", "EGP", "$5"),
        ("fr_FR", "EUR", "5 $"),
        ("de_CH", "CHF", "5 €"),
    ],
)
def test_a_symbol_that_means_another_currency_there_is_refused(locale, currency, text):
    with pytest.raises(AmountInOtherCurrency):
        read_money(text, standard_currency(currency), Formats(locale))


@pytest.mark.parametrize(
    ("locale", "currency", "text"),
    [("en_US", "CAD", "5 dollars"), ("sv_SE", "DKK", "5 kronor"), ("en_US", "USD", "5 US"), ("nb_NO", "SEK", "5 kr")],
)
def test_a_name_that_the_countrys_own_currency_has_is_not_anothers(locale, currency, text):
    with pytest.raises(InvalidAmount):
        read_money(text, standard_currency(currency), Formats(locale))


def test_a_symbol_given_to_another_currency_by_hand_is_that_ones():
    formats = Formats("en_US", symbols={"CAD": "$"})
    assert read_money("$5", standard_currency("CAD"), formats).units == 500
    with pytest.raises(AmountInOtherCurrency):
        read_money("$5", standard_currency("USD"), formats)
