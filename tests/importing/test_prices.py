"""Prices from a file: a table, or the P lines of a journal; all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_ledger.errors import ImportRefused, InvalidOptions, KeyReused
from tui_ledger.importing.prices import import_prices
from tui_ledger.ledger import Ledger


@pytest.fixture
def ledger() -> Ledger:
    return Ledger.in_memory("EUR")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "prices.csv"
    path.write_text(text, encoding="utf-8")
    return path


def shown(ledger: Ledger) -> list[str]:
    return [f"{one.date} {one.currency} {one.rate} {one.in_currency}" for one in ledger.prices()]


@pytest.mark.parametrize(
    "text",
    [
        "date,currency,in_currency,rate\n2026-01-31,USD,EUR,0.92\n2026-02-28,GBP,USD,1.3050\n",
        "Rate, Currency ,date,in_currency\r\n0.92,USD,2026-01-31,\r\n\r\n1.3050, GBP ,2026-02-28,USD\r\n",
        "\ufeffdate,currency,rate,in_currency\n2026-01-31,USD,9,EUR\n2026-01-31,USD,0.92,EUR\n2026-02-28,GBP,1.3050,USD",
        "; rates\nP 2026-01-31 USD 0.92 EUR\nP 2026-02-28 12:00:00 GBP 1.3050 USD\n",
    ],
)
def test_a_table_or_a_journal_of_prices_is_noted_in_one_act(ledger: Ledger, tmp_path: Path, text: str) -> None:
    done = import_prices(ledger, written(tmp_path, text))
    assert done.imported == 2
    assert shown(ledger) == ["2026-02-28 GBP 1.3050 USD", "2026-01-31 USD 0.92 EUR"]
    ledger.undo()
    assert shown(ledger) == []


def test_every_wrong_line_is_named_and_nothing_is_noted(ledger: Ledger, tmp_path: Path) -> None:
    head = ledger.head
    rows = (
        "2026-02-30,USD,EUR,1",
        "2026-01-31,USD,EUR,1",
        "2026-01-31,USD,USD,1",
        "2026-01-31,USD,EUR",
        "2026-01-31,SHELL,EUR,1",
    )
    with pytest.raises(ImportRefused) as refused:
        import_prices(
            ledger, written(tmp_path, "\n".join(["date,currency,in_currency,rate", *rows, "2026-01-31,USD,EUR,0"]))
        )
    assert refused.value.refused == (
        (2, "'2026-02-30' is not a date of the calendar: write YYYY-MM-DD, such as 2026-01-31"),
        (4, "'1' is no price: USD is worth one USD on every day"),
        (5, "the row has 3 fields, and the head names 4"),
        (6, "'SHELL' is not a currency this book knows: add it first, with `currency add SHELL --digits N`"),
        (7, "'0' is no price: a price is greater than zero"),
    )
    assert ledger.head == head


@pytest.mark.parametrize(
    "text",
    ["date,currency\n", "date,currency,rate,colour\n", "date,date,currency,rate\n", "2026-01-31,USD,EUR,1\n"],
)
def test_a_table_without_a_proper_head_is_refused(ledger: Ledger, tmp_path: Path, text: str) -> None:
    with pytest.raises(ImportRefused, match="is not the head of a table of prices"):
        import_prices(ledger, written(tmp_path, text))


def test_broken_quotes_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="this is no CSV"):
        import_prices(ledger, written(tmp_path, 'date,currency,rate\n2026-01-31,"USD,1\n'))


def test_a_journal_with_transactions_is_sent_to_the_import(ledger: Ledger, tmp_path: Path) -> None:
    journal = "P 2026-01-31 USD 0.92 EUR\n2026-01-01 x\n  assets:a  1 EUR\n  income:b\n"
    with pytest.raises(InvalidOptions, match="holds more than prices: bring it in with `tui-ledger import`"):
        import_prices(ledger, written(tmp_path, journal))


def test_a_file_with_nothing_in_it_notes_nothing(ledger: Ledger, tmp_path: Path) -> None:
    head = ledger.head
    assert import_prices(ledger, written(tmp_path, "date,currency,rate\n")).imported == 0
    assert import_prices(ledger, written(tmp_path, "")).imported == 0
    assert ledger.head == head


def test_a_key_notes_a_file_once(ledger: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path, "date,currency,rate\n2026-01-31,USD,0.92\n")
    first = import_prices(ledger, path, key="k")
    assert import_prices(ledger, path, key="k") == first
    with pytest.raises(KeyReused):
        import_prices(ledger, written(tmp_path, "date,currency,rate\n2026-01-31,USD,0.93\n"), key="k")
