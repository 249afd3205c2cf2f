"""The number formats that a workbook gets, and what a spreadsheet program makes of them."""

from __future__ import annotations

import csv
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tui_ledger.locale.formats import NEGATIVE_STYLES, Formats
from tui_ledger.money import Currency, Money, standard_currency

EUR, JPY, KWD = (standard_currency(code) for code in ("EUR", "JPY", "KWD"))


@pytest.mark.parametrize(
    ("options", "currency", "number_format"),
    [
        ({}, EUR, "#,##0.00"),
        ({}, JPY, "#,##0"),
        ({}, KWD, "#,##0.000"),
        ({"locale": "de_DE"}, EUR, "#,##0.00"),
        ({"group": ""}, EUR, "0.00"),
        ({"negative": "parentheses"}, EUR, "#,##0.00_);(#,##0.00)"),
        ({"negative": "dr-cr"}, EUR, '#,##0.00 "Dr";#,##0.00 "Cr";#,##0.00'),
    ],
)
def test_amounts_have_the_currencys_decimals_and_the_negative_style(options, currency, number_format):
    assert Formats(**options).excel_money_format(currency) == number_format


@pytest.mark.parametrize(
    ("options", "number_format"),
    [
        ({"locale": "en_US"}, "[$€]#,##0.00;-[$€]#,##0.00"),
        ({"locale": "de_DE"}, "#,##0.00 [$€];-#,##0.00 [$€]"),
        ({"locale": "de_DE", "negative": "parentheses"}, "#,##0.00 [$€]_);(#,##0.00 [$€])"),
        ({"locale": "en_US", "symbols": {"EUR": 'E"]'}}, '\\E\\"\\] #,##0.00;-\\E\\"\\] #,##0.00'),
        ({"locale": "en_US", "symbols": {"EUR": "E]"}}, '"E]" #,##0.00;-"E]" #,##0.00'),
    ],
)
def test_the_symbol_stands_where_the_locale_places_it(options, number_format):
    assert Formats(**options).excel_money_format(EUR, symbol=True) == number_format


def test_sides_follow_the_direction_of_the_account():
    formats = Formats(negative="dr-cr")
    assert formats.excel_money_format(EUR, credit_normal=True) == '#,##0.00 "Cr";#,##0.00 "Dr";#,##0.00'


@pytest.mark.parametrize(
    ("locale", "number_format"),
    [
        ("en_US", r"mm\/dd\/yyyy"),
        ("de_DE", "dd.mm.yyyy"),
        ("sv_SE", "yyyy-mm-dd"),
        ("ja_JP", r"yyyy\/mm\/dd"),
        ("ko_KR", "yyyy.mm.dd"),
    ],
)
def test_days_have_the_locales_order(locale, number_format):
    assert Formats(locale).excel_date_format() == number_format


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_program_shows_what_the_terminal_shows(tmp_path):
    units = (123450, -123450, 0)
    days = [Formats(locale) for locale in ("en_US", "de_DE", "sv_SE", "ja_JP")]
    # Locales that write a point and commas, as the program does when it runs in English.
    amounts = [
        (Formats(locale, negative=negative), currency)
        for locale in ("en_US", "ja_JP", "he_IL")
        for negative in NEGATIVE_STYLES
        for currency in (EUR, KWD, JPY, Currency("GOLD", 4))
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    for row, (formats, currency) in enumerate(amounts, start=1):
        for column, amount in enumerate(units, start=1):
            cell = sheet.cell(row, column, Decimal(amount).scaleb(-currency.digits))
            cell.number_format = formats.excel_money_format(currency, symbol=True)
    for row, formats in enumerate(days, start=len(amounts) + 1):
        sheet.cell(row, 1, date(2026, 1, 5)).number_format = formats.excel_date_format()
    book.save(tmp_path / "formats.xlsx")
    shown = as_shown(tmp_path / "formats.xlsx", tmp_path)
    for (formats, currency), texts in zip(amounts, shown, strict=False):
        expected = [formats.money(Money(amount, currency), symbol=True).replace("\u00a0", " ") for amount in units]
        assert [text.strip() for text in texts] == expected
    expected_days = [formats.date_column(date(2026, 1, 5)) for formats in days]
    assert [texts[0] for texts in shown[len(amounts) :]] == expected_days


def as_shown(workbook, folder):
    """The cells of a workbook's first sheet as LibreOffice shows them in English."""
    filter_options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", filter_options, "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with workbook.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
