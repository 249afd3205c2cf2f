"""Does a file with prices get along with accounts that are called like conversion accounts?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tui_ledger.errors import ImportRefused
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import AccountType, Ledger

from .conftest import WriteJournal

EXCHANGE = "2025-01-01 x\n  assets:a  10 EUR @ 1.10 USD\n  assets:b  -11 USD\n"
EUROS = "Equity:Conversion:EUR"


def refused(ledger: Ledger, path: Path) -> list[tuple[int, str]]:
    head = ledger.head
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert ledger.head == head
    return list(refusal.value.refused)


def test_a_second_import_uses_the_conversion_accounts_of_the_first(ledger: Ledger, write_journal: WriteJournal) -> None:
    first = import_journal(ledger, write_journal(EXCHANGE))
    assert first.accounts_opened == ("assets:a", "assets:b", EUROS, "Equity:Conversion:USD")
    assert import_journal(ledger, write_journal(EXCHANGE)).accounts_opened == ()
    assert str(ledger.balance(EUROS)) == "20.00 EUR"


@pytest.mark.parametrize("name", [EUROS, "equity:conversion:eur"])
def test_an_account_of_the_file_with_the_name_of_a_conversion_account_takes_the_conversions_too(
    ledger: Ledger, write_journal: WriteJournal, name: str
) -> None:
    path = write_journal(f"2025-01-01 own\n  assets:a  3 EUR\n  {name}  -3 EUR\n{EXCHANGE}")
    result = import_journal(ledger, path)
    assert str(ledger.balance(name)) == "13.00 EUR"
    assert f"`{EUROS}` is an account of the file, and takes the conversions of EUR too." in result.notes
    assert ledger.verify().ok


def test_an_account_used_in_several_currencies_may_fall_together_with_the_conversion_accounts(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        f"{EXCHANGE}2025-01-02 as hledger writes conversions\n  equity:conversion  -10 EUR\n  assets:a  10 EUR\n"
        "  equity:conversion  11 USD\n  assets:b  -11 USD\n"
    )
    import_journal(ledger, path)
    assert str(ledger.balance(EUROS)) == "20.00 EUR"
    assert str(ledger.balance("equity:conversion")) == "-11.00 USD"
    assert ledger.verify().ok


def test_an_account_of_another_currency_in_the_place_of_a_conversion_account_is_refused(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(f"{EXCHANGE}2025-01-01 own\n  assets:c  3 GBP\n  {EUROS}  -3 GBP\n")
    reason = f"`{EUROS}`, where a book converts EUR, is an account in GBP: rename it"
    assert refused(ledger, path) == [(1, reason)]


def test_equity_of_another_type_is_refused(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(f"account equity  ; type:L\n{EXCHANGE}2025-01-01 own\n  assets:b  1 USD\n  equity:x\n")
    with Ledger.in_memory(currency="USD") as other:
        other.rename_account("Equity:Adjustments", "Own:Adjustments")
        found = refused(other, path)
    assert [line for line, _ in found] == [2, 2]
    assert "but `equity:x` is of type liability" in found[0][1]


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"currency": "GBP"}, "is an account in GBP"),
        ({"currency": "EUR", "placeholder": True}, "is a placeholder"),
        ({"currency": "EUR", "opened": date(2025, 1, 2)}, "opens on 2025-01-02"),
        ({"currency": "EUR", "opened": date(2025, 1, 1)}, ""),
        ({"currency": "EUR"}, ""),
    ],
)
def test_a_conversion_account_of_the_book_is_used_where_it_can_be(
    ledger: Ledger, write_journal: WriteJournal, attributes: dict[str, object], words: str
) -> None:
    ledger.open_account(EUROS, AccountType.EQUITY, **attributes)  # type: ignore[arg-type]
    path = write_journal(EXCHANGE.replace("2025-01-01", "2025-03-01") + EXCHANGE)
    if not words:
        assert import_journal(ledger, path).imported == 2
        return
    found = refused(ledger, path)
    assert [line for line, _ in found] == [4]
    assert words in found[0][1]


def test_a_closed_conversion_account_is_refused(ledger: Ledger, write_journal: WriteJournal) -> None:
    ledger.open_account(EUROS, AccountType.EQUITY, currency="EUR")
    ledger.close_account(EUROS)
    assert "reopen it first" in refused(ledger, write_journal(EXCHANGE))[0][1]


def test_codes_that_differ_in_case_alone_have_no_conversion_account_each(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  1 vea @ 1 USD\n  assets:b\n2025-01-01 x\n  assets:c  1 VEA @ 1 USD\n  assets:b\n"
    )
    found = refused(ledger, path)
    assert found == [(4, "`Equity:Conversion:vea`, where a book converts VEA, is an account in vea: rename it")]


def test_what_several_postings_convert_together_must_fit_a_book_too(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    most = "40000000000000000.00"
    path = write_journal(f"2025-01-01 x\n  assets:a  {most} EUR @ 0 USD\n  assets:b  {most} EUR @ 0 USD\n")
    assert refused(ledger, path) == [
        (1, "80000000000000000 EUR is beyond what a book can hold: check the digits"),
    ]
