"""How many digits do commodities get that nobody knows?"""

from __future__ import annotations

import pytest

from tui_ledger.errors import ImportRefused
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import Ledger

from .conftest import WriteJournal


@pytest.mark.parametrize(
    ("text", "code", "digits", "note"),
    [
        ("a  1.50 VEA\n  b", "VEA", 1, "VEA is kept with 1 decimal."),
        ("a  1.5 VEA @ 1.2345 USD\n  b", "VEA", 1, "VEA is kept with 1 decimal."),
        ("a  5 EUR @@ 1.250 VEA\n  b", "VEA", 2, "VEA is kept with 2 decimals."),
        ("a  5 EUR @ 1.250 VEA\n  b", "VEA", 2, "VEA, met in prices alone, is kept with 2 decimals."),
        ("a  5 EUR @ 1.250 VEA\n  b  -6 VEA\n  c", "VEA", 0, "VEA is kept with 0 decimals."),
        ("a  5 EUR @ 1.2500000000000001 VEA\n  b", "VEA", 12, "VEA, met in prices alone, is kept with 12 decimals."),
    ],
)
def test_the_most_decimals_of_amounts_decide_and_those_of_prices_only_where_there_are_none(
    ledger: Ledger, write_journal: WriteJournal, text: str, code: str, digits: int, note: str
) -> None:
    path = write_journal(f"account a  ; type:A\naccount b  ; type:A\naccount c  ; type:A\n2025-01-01 x\n  {text}\n")
    result = import_journal(ledger, path)
    assert ledger.currency_of(code).digits == digits
    assert note in result.notes
    assert ledger.verify().ok


@pytest.mark.parametrize(
    ("line", "digits"),
    [
        ("P 2025-01-31 VEA 120.55 USD", {"VEA": 0}),
        ("P 2025-01-31 EUR 25.120 Kc", {"Kc": 2}),
        ("P 2025-01-31 VEA 25.125 Kc", {"VEA": 0, "Kc": 3}),
        ("P 2025-01-31 EUR 1.23456 USD", {}),
    ],
)
def test_a_commodity_met_in_prices_of_days_alone_gets_the_decimals_written_in_it(
    ledger: Ledger, write_journal: WriteJournal, line: str, digits: dict[str, int]
) -> None:
    result = import_journal(ledger, write_journal(f"{line}\n"))
    assert {code: ledger.currency_of(code).digits for code in digits} == digits
    assert ledger.currency_of("USD").digits == 2
    assert len([note for note in result.notes if "met in prices alone" in note]) == len(digits)


def test_remainders_at_cost_wait_for_the_digits_that_a_later_line_shows(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    text = "2025-01-01 x\n  assets:a  10 EUR @ 0.33335 VEA\n  equity:x\n"
    later = "2025-01-02 y\n  assets:b  {} VEA\n  equity:x\n"
    import_journal(ledger, write_journal(text + later.format("1.001")))
    assert str(ledger.transaction(1).postings[1].amount) == "-3.334 VEA"
    with Ledger.in_memory(currency="USD") as other:
        import_journal(other, write_journal(text + later.format("7")))
        assert str(other.transaction(1).postings[1].amount) == "-3 VEA"
        assert other.verify().ok


@pytest.mark.parametrize(("shown", "lines"), [("0.1", []), ("0.01", [4]), ("0.001", [1, 4])])
def test_what_a_price_explains_is_judged_by_the_digits_the_whole_file_shows(
    ledger: Ledger, write_journal: WriteJournal, shown: str, lines: list[int]
) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  1 EUR @ 1.001 VEA\n  assets:b  -1 VEA\n"
        "2025-01-01 x\n  assets:a  1 EUR @ 1.09 VEA\n  assets:b  -1 VEA\n"
        f"2025-01-02 y\n  assets:b  {shown} VEA\n  equity:x\n"
    )
    if not lines:
        assert import_journal(ledger, path).imported == 3
        assert ledger.verify().ok
        return
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert [line for line, _ in refusal.value.refused] == lines
    assert len(ledger.journal()) == 0


def test_a_remainder_that_comes_to_nothing_by_the_digits_of_the_whole_file_is_refused(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  1 EUR @ 0.4 VEA\n  assets:b\n2025-01-02 y\n  assets:b  1 VEA\n  equity:x\n"
    )
    with pytest.raises(ImportRefused, match=":2: the other amounts come to zero"):
        import_journal(ledger, path)


def test_codes_that_differ_in_case_alone_do_not_share_an_account(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  1 USD\n  equity:x\n2025-01-01 x\n  assets:a  1 vea\n  equity:y\n"
        "2025-01-01 x\n  assets:a  1 VEA\n  equity:z\n"
    )
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert [line for line, reason in refusal.value.refused if "differ in case alone" in reason] == [2]
