"""What each of a hundred typed amounts and sixty typed dates means in eight countries, cell by cell of two tables.

Each table has a column a country: the value (plain, so that it can be told from what is typed), or how the text is
refused: `?` is asked about since the separators could mean two things, `no` is nothing of the kind, `decimals` has more
of them than the currency, `other` is in another currency, `large` beyond what a book holds, `sum` a sum that cannot be
worked out; `no day` and `no month` are not in the calendar. Amounts are typed into a book in the country's currency.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tui_ledger.errors import (
    AmbiguousAmount,
    AmountInOtherCurrency,
    AmountNotUnderstood,
    AmountTooLarge,
    CalculationFailed,
    DateNotUnderstood,
    LedgerError,
    NoSuchDay,
    NoSuchMonth,
    TooManyDecimals,
)
from tui_ledger.locale.calculator import evaluate
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_date
from tui_ledger.money import standard_currency

HERE = Path(__file__).parent
LAST, TODAY = date(2026, 3, 14), date(2026, 7, 1)
CURRENCIES = {
    "en_US": "USD",
    "de_DE": "EUR",
    "fr_FR": "EUR",
    "es_ES": "EUR",
    "pt_BR": "BRL",
    "nl_NL": "EUR",
    "ja_JP": "JPY",
    "ar_EG": "EGP",
}
REFUSED: dict[type[LedgerError], str] = {
    AmbiguousAmount: "?",
    AmountNotUnderstood: "no",
    AmountInOtherCurrency: "other",
    TooManyDecimals: "decimals",
    AmountTooLarge: "large",
    CalculationFailed: "sum",
    DateNotUnderstood: "no",
    NoSuchDay: "no day",
    NoSuchMonth: "no month",
}


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table by the heads of its columns; lines with # are headings, \\u00a0 is that character."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    heads, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    shown = [dict(zip(heads, row, strict=True)) for row in rows]
    return [{**row, "typed": row["typed"].replace("\\u00a0", "\u00a0").replace("\\u202f", "\u202f")} for row in shown]


def cells(row: dict[str, str], meaning: Callable[[str], object]) -> dict[str, str]:
    """What the program makes of a row in each country."""
    found = {}
    for locale in CURRENCIES:
        try:
            found[locale] = str(meaning(locale))
        except LedgerError as refusal:
            found[locale] = REFUSED[type(refusal)]
    return found


@pytest.mark.parametrize("row", rows_of("typed_amounts.tsv"), ids=lambda row: ascii(row["typed"] + row["style"]))
def test_an_amount_means_what_a_bookkeeper_there_means_by_it(row: dict[str, str]) -> None:
    def meaning(locale: str) -> str:
        formats = Formats(locale, negative=row["style"] or "minus")
        amount = evaluate(row["typed"], formats, standard_currency(CURRENCIES[locale])).amount
        return f"{amount.normalize():f}" if amount else "0"

    assert cells(row, meaning) == {locale: row[locale] for locale in CURRENCIES}


@pytest.mark.parametrize("row", rows_of("typed_dates.tsv"), ids=lambda row: ascii(row["typed"]))
def test_a_date_means_what_a_bookkeeper_there_means_by_it(row: dict[str, str]) -> None:
    def meaning(locale: str) -> date:
        return read_date(row["typed"], LAST, TODAY, Formats(locale))

    assert cells(row, meaning) == {locale: row[locale] for locale in CURRENCIES}


def test_the_tables_are_as_long_as_they_should_be() -> None:
    """A table cut short would pass; and a text that stands in it twice may say two things."""
    for name, shortest in (("typed_amounts.tsv", 100), ("typed_dates.tsv", 60)):
        typed = [(row["typed"], row.get("style")) for row in rows_of(name)]
        assert len(typed) >= shortest
        assert len(set(typed)) == len(typed)
