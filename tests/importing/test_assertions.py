"""Do the balances a journal asserts hold?"""

from __future__ import annotations

import pytest

from tui_ledger.errors import ImportRefused
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import Ledger

from .conftest import WriteJournal

HOLDING = """\
2026-01-02 second by date
    assets:bank        1 EUR = 3 EUR
    assets:bank        0 USD == 3 EUR
    equity:opening

2026-01-01 first by date
    assets:bank        2 EUR = 2 EUR
    assets:bank:giro   5 USD =* 5 USD
    assets:bank        0 EUR =* 5 USD
    equity:opening    -2 EUR = -2 EUR
    equity:opening    -5 USD = -5 USD

2026-01-02 in the order of the file
    assets:bank        1 EUR = 4.00 EUR
    assets:bank       -4 EUR == 0
    assets:cash        3 EUR == 3 EUR
    assets:cash        0 = 0 USD
"""


def test_assertions_that_hold_let_the_file_in(ledger: Ledger, write_journal: WriteJournal) -> None:
    assert import_journal(ledger, write_journal(HOLDING)).imported == 3


@pytest.mark.parametrize(
    ("posting", "line", "words"),
    [
        ("assets:bank  1 EUR = 2 EUR", 6, "asserted to be 2 EUR on 2026-02-01, but it is 5 EUR"),
        ("assets:bank  1 EUR = 5 USD", 6, "asserted to be 5 USD on 2026-02-01, but it is 0 USD"),
        ("assets:bank  1 EUR = 5.001 EUR", 6, "asserted to be 5.001 EUR"),
        ("assets:bank  1 USD == 1 USD", 6, "asserted to be 0 EUR on 2026-02-01, but it is 4 EUR"),
        ("assets:bank  1 EUR =* 5 EUR", 6, "but it is 6 EUR"),
        ("assets:bank:giro  0 EUR = 2 EUR", 6, "but it is 1 EUR"),
        ("assets:bank:giro  0 EUR = 1 EUR @ 2 USD", 6, ""),
        ("assets  0 EUR =* 5 EUR", 6, ""),
    ],
)
def test_an_assertion_that_fails_is_named_with_what_the_file_comes_to(
    ledger: Ledger, write_journal: WriteJournal, posting: str, line: int, words: str
) -> None:
    journal = write_journal(
        "2026-01-01 x\n  assets:bank  4 EUR\n  assets:bank:giro  1 EUR\n  equity:x\n"
        f"2026-02-01 y\n  {posting}\n  equity:x\n"
    )
    if not words:
        assert import_journal(ledger, journal).imported >= 1
        return
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, journal)
    assert [refused for refused, _ in refusal.value.refused] == [line]
    assert words in refusal.value.refused[0][1]
    assert len(ledger.journal()) == 0


def test_a_balance_asserted_for_an_earlier_day_does_not_count_later_transactions_above_it(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    journal = write_journal(
        "2026-03-01 later\n  assets:bank  7 EUR\n  equity:x\n"
        "2026-01-01 earlier\n  assets:bank  1 EUR = 8 EUR\n  equity:x\n"
    )
    with pytest.raises(ImportRefused, match="but it is 1 EUR"):
        import_journal(ledger, journal)
