"""Which prices does a journal bring into the book?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tui_ledger.errors import ImportRefused
from tui_ledger.importing.journal_import import ImportResult, import_journal
from tui_ledger.ledger import Ledger, Price

from .conftest import WriteJournal


def prices(ledger: Ledger) -> list[str]:
    return [f"{price.date} {price.currency} {price.rate} {price.in_currency}" for price in ledger.prices()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("P 2025-01-31 EUR 1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P 2025/1/31 EUR 1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P 2025.1.31\tEUR\t1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P2025-01-31 EUR 1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P 2025-01-31 12:00 EUR 1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P 2025-01-31 23:59:59 EUR 1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P 2025-01-31 12:00:00+0200 EUR 1.10 USD", "2025-01-31 EUR 1.10 USD"),
        ("P 2025-01-31 € $1.10", "2025-01-31 EUR 1.10 USD"),
        ("P 2025-01-31 € $1.10 ; closing", "2025-01-31 EUR 1.10 USD"),
        ("P 2025-01-31 EUR 1.10 USD\n  ; from the bank", "2025-01-31 EUR 1.10 USD"),
        ('P 2025-01-31 "green apples" 0.25 EUR', "2025-01-31 green-apples 0.25 EUR"),
        ("P 2025-01-31 EUR 1", "2025-01-31 EUR 1 USD"),
        ("D 1.00 GBP\nP 2025-01-31 EUR 1", "2025-01-31 EUR 1 GBP"),
        ("Y2024\nP 1/31 EUR 1 USD", "2024-01-31 EUR 1 USD"),
        ("commodity 1.000,00 USD\nP 2025-01-31 GOLD 1.234 USD", "2025-01-31 GOLD 1234 USD"),
        ("P 2025-01-31 GOLD 1,234.5 USD", "2025-01-31 GOLD 1234.5 USD"),
        ("P 2025-01-31 EUR 1.23456789012345678901234 USD", "2025-01-31 EUR 1.23456789012345678901234 USD"),
        ("P 2025-01-31 EUR 1E-9 GOLD", "2025-01-31 EUR 1E-9 GOLD"),
    ],
)
def test_a_price_of_a_day_is_read_in_each_of_its_forms(
    ledger: Ledger, write_journal: WriteJournal, line: str, expected: str
) -> None:
    result = import_journal(ledger, write_journal(f"{line}\n"))
    assert (result.imported, result.prices) == (0, 1)
    assert prices(ledger) == [expected]
    assert ledger.verify().ok


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("P", "is no price of a day"),
        ("P 2025-01-31", "is no price of a day"),
        ("P 2025-01-31 EUR", "the price has no amount"),
        ("P 2025-01-31 EUR ; soon", "the price has no amount"),
        ("P 2025-01-31 1 EUR", "begins with no commodity"),
        ("P 2025-02-30 EUR 1 USD", "not a date of the calendar"),
        ("P 1/31 EUR 1 USD", "has no year"),
        ("P 2025-01-31 24:00 EUR 1 USD", "begins with no commodity"),
        ("P 2025-01-31 12:00 12:00 EUR 1 USD", "begins with no commodity"),
        ("P 2025-01-31 EUR -1 USD", "without a minus"),
        ("P 2025-01-31 EUR 0 USD", "a price is greater than zero"),
        ("P 2025-01-31 EUR 2 EUR", "in EUR itself"),
        ("P 2025-01-31 EUR 1 USD @ 2 GBP", "stands after the price"),
        ("P 2025-01-31 EUR 1 USD GBP", "stands after the price"),
        ("P 2025-01-31 EUR one", "is no amount"),
        ('P 2025-01-31 "%" 1 USD', "cannot be kept"),
        (f"P 2025-01-31 EUR 0.{'1' * 41} USD", "more digits than a price can have"),
    ],
)
def test_a_price_of_a_day_that_cannot_be_kept_is_refused_by_its_line(
    ledger: Ledger, write_journal: WriteJournal, line: str, words: str
) -> None:
    head = ledger.head
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, write_journal(f"\n{line}\n"))
    assert [number for number, _ in refusal.value.refused] == [2]
    assert words in refusal.value.refused[0][1]
    assert ledger.head == head


def test_an_indented_line_below_a_price_is_a_comment_or_refused(ledger: Ledger, write_journal: WriteJournal) -> None:
    with pytest.raises(ImportRefused, match=r"books.journal:2: an indented line"):
        import_journal(ledger, write_journal("P 2025-01-31 EUR 1 USD\n  assets:a  5 USD\n"))


def test_of_several_prices_of_a_day_the_last_is_kept_and_counted_once(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        "P 2025-01-31 18:00 EUR 1.10 USD\nP 2025-01-31 EUR 0.80 GBP\nP 2025-02-01 EUR 1.15 USD\n"
        "P 2025-01-31 09:00 EUR 1.20 USD\nP 2025-01-31 USD 1 USD\n"
    )
    assert import_journal(ledger, path).prices == 3
    assert prices(ledger) == ["2025-01-31 EUR 0.80 GBP", "2025-01-31 EUR 1.20 USD", "2025-02-01 EUR 1.15 USD"]


def test_a_dry_run_counts_the_prices_and_keeps_none(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal("P 2025-01-31 EUR 1.10 USD\n2025-01-01 x\n  assets:a  5 EUR\n  equity:x\n")
    head = ledger.head
    dry = import_journal(ledger, path, dry_run=True)
    assert (dry.prices, dry.batch, ledger.head, ledger.prices()) == (1, None, head, ())
    real = import_journal(ledger, path)
    assert real == ImportResult(1, real.batch, dry.accounts_opened, dry.notes, prices=1)


def test_prices_and_transactions_are_one_act_that_undo_takes_back(ledger: Ledger, write_journal: WriteJournal) -> None:
    ledger.add_price(date(2025, 1, 31), "EUR", "USD", "1.05")
    path = write_journal("P 2025-01-31 EUR 1.10 USD\n2025-01-01 x\n  assets:a  5 EUR\n  equity:x\n")
    import_journal(ledger, path)
    assert prices(ledger) == ["2025-01-31 EUR 1.10 USD"]
    assert ledger.price("EUR", "USD", at="2025-02-01") == Decimal("1.10")
    ledger.undo()
    assert ledger.prices() == (Price(date(2025, 1, 31), "EUR", "USD", Decimal("1.05")),)


def test_a_file_that_is_refused_leaves_its_prices_out_too(ledger: Ledger, write_journal: WriteJournal) -> None:
    with pytest.raises(ImportRefused, match=":2:"):
        import_journal(ledger, write_journal("P 2025-01-31 EUR 1.10 USD\nnonsense\n"))
    assert ledger.prices() == ()
