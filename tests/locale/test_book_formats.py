"""What the settings of a book make of its locale's formats."""

from __future__ import annotations

from datetime import date

import pytest

from tui_ledger.errors import InvalidSetting
from tui_ledger.format_settings import check_format_setting
from tui_ledger.ledger import Ledger
from tui_ledger.locale.book_formats import formats_of, usable_formats
from tui_ledger.locale.catalogues import languages
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money

EUR = Currency("EUR", 2)
OWED = Money(-123456, EUR)


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        ({}, "-1,234.56"),
        ({"thousands_separator": ""}, "-1234.56"),
        ({"thousands_separator": " ", "decimal_separator": ","}, "-1 234,56"),
        ({"decimal_separator": ","}, "-1.234,56"),
        ({"negative_style": "parentheses"}, "(1,234.56)"),
        ({"negative_style": "dr-cr"}, "1,234.56 Cr"),
    ],
)
def test_a_setting_stands_in_the_place_of_the_locales(settings: dict[str, str], written: str) -> None:
    assert formats_of("en_GB", settings).money(OWED) == written


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        ({}, "-€1,234.56"),
        ({"symbol_position": "after"}, "-1,234.56€"),
        ({"currency_symbols": {"EUR": "Eur"}, "symbol_position": "after"}, "-1,234.56 Eur"),
        ({"negative_style": "parentheses"}, "(€1,234.56)"),
    ],
)
def test_one_negative_style_whether_the_symbol_is_shown_or_not(settings: dict[str, object], written: str) -> None:
    assert formats_of("en_GB", settings).money(OWED, symbol=True).replace("\u00a0", " ") == written


def test_days_are_written_in_a_style_or_a_pattern() -> None:
    day = date(2026, 3, 31)
    assert formats_of("de_DE", {"date_style": "long"}).date(day) == "31. März 2026"
    assert formats_of("de_DE", {"date_style": "yyyy/MM/dd"}).date(day) == "2026/03/31"


def test_digits_are_the_locales_own_where_that_is_said() -> None:
    assert formats_of("ar_EG", {}).money(Money(123456, EUR)) == "1,234.56"
    assert formats_of("ar_EG", {"numerals": "own"}).money(Money(123456, EUR)) == "١٬٢٣٤٫٥٦"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("negative_style", "red"),
        ("symbol_position", "left"),
        ("numerals", "roman"),
        ("decimal_separator", 5),
        ("date_style", "x" * 41),
        ("date_style", "d\x1b[31m"),
        ("currency_symbols", "€"),
        ("currency_symbols", {"EUR": 5}),
        ("currency_symbols", {"EUR": "USD"}),
        ("currency_symbols", {"EUR": "usd"}),
        ("currency_symbols", {"EUR": "€", "USD": "€"}),
        ("currency_symbols", {"EUR": "EU", "USD": "eu."}),
        ("currency_symbols", {"EUR": "S"}),
        ("currency_symbols", {"EUR": "Dr."}),
        ("currency_symbols", {"EUR": "مد"}),
        ("currency_symbols", {"E R": "€"}),
    ],
)
def test_what_a_setting_can_never_be_is_refused_when_it_is_saved(name: str, value: object) -> None:
    with Ledger.in_memory() as ledger:
        with pytest.raises(InvalidSetting if name != "currency_symbols" or "E R" not in str(value) else Exception):
            ledger.set_setting(name, value)
        assert name not in ledger.settings()


def test_settings_that_do_not_go_together_are_told_and_left_out() -> None:
    settings = {"decimal_separator": ",", "thousands_separator": ","}
    with pytest.raises(InvalidSetting, match="the decimals have it already"):
        formats_of("en_GB", settings)
    formats, trouble = usable_formats("en_GB", settings)
    assert formats.money(OWED) == "-1,234.56"
    assert trouble.startswith("The formats of this book cannot be used: ',' is no thousands separator")


def test_several_settings_are_one_step_of_undo() -> None:
    with Ledger.in_memory() as ledger:
        ledger.set_settings({"decimal_separator": ",", "negative_style": "parentheses"})
        assert ledger.settings() == {"decimal_separator": ",", "negative_style": "parentheses"}
        ledger.undo()
        assert ledger.settings() == {}
        ledger.set_settings({})
        assert ledger.redo().kind == "set-setting"


def test_of_several_settings_none_is_set_where_one_is_wrong() -> None:
    with Ledger.in_memory() as ledger:
        with pytest.raises(InvalidSetting):
            ledger.set_settings({"decimal_separator": ",", "negative_style": "red"})
        assert ledger.settings() == {}


@pytest.mark.parametrize(
    ("locale", "settings", "week_begins", "paper"),
    [
        ("de_DE", {}, 0, "a4"),
        ("fr_FR", {}, 0, "a4"),
        ("en_US", {}, 6, "letter"),
        ("en_GB", {}, 0, "a4"),
        ("es_MX", {}, 6, "letter"),
        ("fr_CA", {}, 6, "letter"),
        ("ja_JP", {}, 6, "a4"),
        ("ar_EG", {}, 5, "a4"),
        ("de", {}, 0, "a4"),
        ("en_US", {"first_weekday": "monday", "paper_size": "a4"}, 0, "a4"),
        ("ar_EG", {"first_weekday": "sunday", "paper_size": "letter"}, 6, "letter"),
    ],
)
def test_weeks_and_paper_follow_the_country_unless_the_book_says_otherwise(
    locale: str, settings: dict[str, str], week_begins: int, paper: str
) -> None:
    formats = formats_of(locale, settings)
    assert (formats.week_begins, formats.paper) == (week_begins, paper)


@pytest.mark.parametrize("settings", [{"first_weekday": "tuesday"}, {"paper_size": "a5"}, {"paper_size": 4}])
def test_a_week_or_a_paper_that_is_none_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting):
        formats_of("en_US", settings)


def test_the_words_for_the_sides_in_every_language_are_no_symbols() -> None:
    for language in languages():
        for word in Formats(language).sides:
            with pytest.raises(InvalidSetting, match="debit or credit"):
                check_format_setting("currency_symbols", {"EUR": word})
    check_format_setting("currency_symbols", {"EUR": "EUR", "USD": "US$"})
