"""How does a journal come into a ledger?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tui_ledger.errors import BookReadOnly, FileNotReadable, ImportRefused
from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.journal_import import ImportResult, import_journal
from tui_ledger.importing.refusals import Refusals
from tui_ledger.importing.survey import Survey
from tui_ledger.importing.values import ReadTransaction
from tui_ledger.ledger import AccountType, Ledger, PostingStatus

from .conftest import WriteJournal

YEAR = """\
; a small household
account assets:cash
account expenses:gifts

2025/01/01 opening
    assets:bank:giro   $100
    equity:opening

2025/02/01 * (7) Landlord | rent  ; flat: 3
    expenses:rent      $40.50  ; February
    assets:bank:giro

2025/03/01 ! bread & butter
    expenses:food       $3
    expenses:drink      $2
    assets:cash
"""


def balances(ledger: Ledger) -> dict[str, str]:
    """Every balance but zero, in the account's own direction."""
    found = {account.name: ledger.balance(account) for account in ledger.accounts()}
    return {name: str(balance) for name, balance in found.items() if balance}


def refusals(ledger: Ledger, path: Path) -> list[tuple[int, str]]:
    """What an import refuses; asserts that it leaves the book as it was."""
    head, accounts = ledger.head, ledger.accounts()
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert (ledger.head, ledger.accounts(), len(ledger.journal())) == (head, accounts, 0)
    return list(refusal.value.refused)


def test_a_journal_comes_in_with_its_accounts_transactions_and_balances(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    result = import_journal(ledger, write_journal(YEAR))
    assert balances(ledger) == {
        "assets:bank:giro": "59.50 USD",
        "assets:cash": "-5.00 USD",
        "equity:opening": "100.00 USD",
        "expenses:drink": "2.00 USD",
        "expenses:food": "3.00 USD",
        "expenses:rent": "40.50 USD",
    }
    rent = ledger.transaction(2)
    assert (rent.date, rent.payee, rent.memo, rent.batch) == (date(2025, 2, 1), "Landlord", "rent", result.batch)
    assert rent.data == {"code": "7", "flat": "3", "comment": "flat: 3"}
    assert rent.reference is None
    assert [posting.memo for posting in rent.postings] == ["February", None]
    assert rent.status is PostingStatus.CLEARED
    assert ledger.transaction(3).status is PostingStatus.UNCLEARED
    assert ledger.account("assets:bank:giro").cash
    assert ledger.account("expenses:gifts").type is AccountType.EXPENSE
    assert ledger.verify().ok
    assert result == ImportResult(
        imported=3,
        batch=result.batch,
        accounts_opened=(
            "assets:cash", "expenses:gifts", "assets:bank:giro", "equity:opening", "expenses:rent", "expenses:food",
            "expenses:drink",
        ),
        notes=(
            "`$` was read as USD, the book's currency.",
            "1 pending mark (`!`, first in line 13) kept as uncleared.",
        ),
    )  # fmt: skip


def test_a_dry_run_says_the_same_and_writes_nothing(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(YEAR)
    head = ledger.head
    dry = import_journal(ledger, path, dry_run=True)
    assert dry.batch is None
    assert ledger.head == head
    real = import_journal(ledger, path)
    assert (dry.imported, dry.accounts_opened, dry.notes) == (real.imported, real.accounts_opened, real.notes)


def test_one_bad_line_keeps_the_whole_file_out_and_every_bad_line_is_named(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        YEAR + "\n2025-04-31 no day\n  a  1\n  b\n\n2025-04-30 no type\n  strange  $1\n  assets:cash\n"
    )
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert [line for line, _ in refusal.value.refused] == [18, 23]
    assert str(refusal.value) == (
        f"{path}:18: `2025-04-31` is not a date of the calendar. Nothing was imported; 1 more line is refused."
    )
    assert "account strange  ; type:A" in refusal.value.refused[1][1]
    assert len(ledger.journal()) == 0


def test_of_very_many_refusals_a_hundred_are_listed_and_all_are_counted(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, write_journal("nonsense\n" * 2_500))
    assert [line for line, _ in refusal.value.refused] == list(range(1, 101))
    assert "2499 more lines are refused, 2400 of them not listed" in str(refusal.value)


def test_a_file_of_nothing_but_refusals_is_not_read_to_its_end(ledger: Ledger, write_journal: WriteJournal) -> None:
    with pytest.raises(ImportRefused, match="read no further") as refusal:
        import_journal(ledger, write_journal("nonsense\n" * 30_000))
    assert refusal.value.values["count"] == 10_000


def test_control_bytes_of_a_file_reach_no_refusal_and_no_note(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal("\x1b]52;c;x\x07\n2025-01-01 x\n  a\x9bb  $1\n  (\u202ec)\n  assets:\x1b[31m  1\n")
    reasons = [reason for _, reason in refusals(ledger, path)]
    assert len(reasons) == 4
    assert not any(
        ord(character) < 32 or 127 <= ord(character) < 160 or character == "\u202e" for character in "".join(reasons)
    )


def test_zero_postings_and_empty_transactions_are_left_out_and_said(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    result = import_journal(
        ledger,
        write_journal(
            "2025-01-01 a\n  assets:a  $5\n  assets:b  $-5\n  assets:c\n  assets:d  0\n\n"
            "2025-01-02 b\n  assets:a  $0\n  assets:b\n\n2025-01-03 nothing\n"
        ),
    )
    assert result.imported == 1
    assert result.accounts_opened == ("assets:a", "assets:b")
    assert result.notes[1:] == (
        "2 postings of zero left out (lines 4, 5).",
        "2 transactions without any amount left out (lines 7, 11).",
    )
    assert len(ledger.transaction(1).postings) == 2


def test_a_file_without_transactions_opens_its_accounts_or_does_nothing_at_all(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    head = ledger.head
    assert import_journal(ledger, write_journal("; nothing\n")) == ImportResult(0, None)
    assert ledger.head == head
    result = import_journal(ledger, write_journal("account assets:bank\n"))
    assert (result.imported, result.accounts_opened) == (0, ("assets:bank",))
    assert ledger.account("assets:bank").cash


def test_a_heading_is_not_opened_and_a_declared_leaf_is(ledger: Ledger, write_journal: WriteJournal) -> None:
    result = import_journal(
        ledger,
        write_journal(
            "account Assets\naccount Assets:Bank\naccount Assets:Bank-note\naccount Assets:Bank:Giro\naccount Income\n"
            "account Expenses  ; type:X\n2025-01-01 x\n  Assets:Cash  $1\n  Income  $-1\n"
        ),
    )
    assert result.accounts_opened == ("Assets:Bank-note", "Assets:Bank:Giro", "Income", "Expenses", "Assets:Cash")


def test_an_account_used_in_several_currencies_is_kept_apart_by_currency(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    result = import_journal(
        ledger,
        write_journal(
            "2025-01-01 x\n  assets:bank  5 EUR\n  equity:x  -5 EUR\n"
            "2025-01-02 x\n  assets:bank  $7\n  equity:x\n2025-01-03 x\n  assets:purse  3 GBP\n  equity:x\n"
        ),
    )
    assert balances(ledger) == {
        "assets:bank": "7.00 USD",
        "assets:bank:EUR": "5.00 EUR",
        "assets:purse": "3.00 GBP",
        "equity:x": "7.00 USD",
        "equity:x:EUR": "5.00 EUR",
        "equity:x:GBP": "3.00 GBP",
    }
    assert ledger.account("assets:bank:EUR").cash
    assert "EUR of `assets:bank` is kept in `assets:bank:EUR`, since an account has one currency." in result.notes


def test_without_the_books_currency_an_account_of_several_currencies_has_none_of_its_own_name(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    import_journal(ledger, write_journal("2025-01-01 x\n  assets:a  5 EUR\n  assets:a  6 GBP\n  equity:x\n"))
    assert set(balances(ledger)) == {"assets:a:EUR", "assets:a:GBP", "equity:x:EUR", "equity:x:GBP"}


def test_a_name_that_the_file_needs_for_another_account_is_not_taken_for_a_currency(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  5 EUR\n  equity:x\n2025-01-01 x\n  assets:a  $5\n  equity:y\n"
        "2025-01-01 x\n  assets:a:EUR  $1\n  equity:y\n"
    )
    assert [line for line, reason in refusals(ledger, path) if "`assets:a:EUR`" in reason] == [2]


def test_accounts_of_the_book_are_used_whatever_the_case_of_their_names(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    ledger.open_account("Assets:Bank", AccountType.ASSET)
    ledger.open_account("Geld:Börse", AccountType.ASSET, currency="EUR")
    result = import_journal(
        ledger,
        write_journal(
            "2025-01-01 x\n  assets:BANK  $5\n  equity:x\n2025-01-01 x\n  assets:Bank  $5\n  equity:x\n"
            "2025-01-01 x\n  Geld:Börse  5 EUR\n  Geld:Dose\n"
        ),
    )
    assert result.accounts_opened == ("equity:x", "Geld:Dose")
    assert ledger.account("Geld:Dose").type is AccountType.ASSET
    assert balances(ledger)["Assets:Bank"] == "10.00 USD"
    assert "`assets:Bank` (line 5) was taken for `assets:BANK`." in result.notes


def test_an_account_of_the_book_that_does_not_fit_is_refused_with_the_line(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    ledger.open_account("Assets:Euro", AccountType.ASSET, currency="EUR")
    ledger.open_account("Assets:Old", AccountType.ASSET)
    ledger.close_account("Assets:Old")
    ledger.open_account("Assets:Heading", AccountType.ASSET, placeholder=True)
    ledger.open_account("Assets:New", AccountType.ASSET, opened=date(2025, 6, 1))
    found = refusals(
        ledger,
        write_journal(
            "account Assets:Loan  ; type:L\n"
            "2025-01-01 x\n  Assets:Euro  $1\n  Assets:Old  $1\n  Assets:Heading  $1\n  equity:x\n"
        ),
    )
    assert [line for line, _ in found] == [1, 3, 4, 5]
    expected = ["type liability", "kept in EUR", "closed", "placeholder"]
    assert [words for words, (_, reason) in zip(expected, found, strict=True) if words not in reason] == []
    late = write_journal("2025-06-01 x\n  Assets:New  $1\n  equity:x\n2025-05-31 x\n  Assets:New  $1\n  equity:x\n")
    assert refusals(ledger, late) == [(5, "`Assets:New` opens on 2025-06-01 in the book: use a later date")]


def test_a_second_import_finds_the_accounts_of_the_first_in_each_currency(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    both = "2025-01-01 x\n  assets:a  5 EUR\n  equity:x\n2025-01-01 x\n  assets:a  $5\n  equity:x\n"
    import_journal(ledger, write_journal(both))
    result = import_journal(ledger, write_journal("2025-01-01 x\n  assets:a  5 EUR\n  equity:x\n"))
    assert result.accounts_opened == ()
    assert balances(ledger)["assets:a:EUR"] == "10.00 EUR"


def test_accounts_under_one_top_name_are_of_one_type(ledger: Ledger, write_journal: WriteJournal) -> None:
    found = refusals(ledger, write_journal("account assets:a\naccount assets:loan  ; type:L\n"))
    reason = (
        "`assets:loan` is of type liability, but `assets:a` is of type asset: "
        "accounts with the same top name are all of one type"
    )
    assert found == [(2, reason)]


def test_a_type_that_cannot_be_told_is_asked_for_once_for_each_top_name(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    journal = "2025-01-01 x\n  Kasse:klein  $1\n  Kasse:groß  $1\n  Verkauf\n"
    assert [line for line, _ in refusals(ledger, write_journal(journal))] == [2, 4]
    told = "account Kasse  ; type:C\naccount Verkauf  ; type:R\n" + journal
    assert import_journal(ledger, write_journal(told)).accounts_opened == ("Verkauf", "Kasse:klein", "Kasse:groß")
    assert ledger.account("Kasse:groß").cash


def test_a_commodity_nobody_knows_gets_the_digits_the_file_shows(ledger: Ledger, write_journal: WriteJournal) -> None:
    result = import_journal(
        ledger,
        write_journal(
            "2025-01-01 x\n  assets:fund  1.500 VEA\n  equity:x:fund\n2025-01-01 x\n  assets:fund  0.125000 VEA\n"
            '  equity:x:fund\n2025-01-01 x\n  assets:basket  3 "green apples"\n  equity:x:apples\n'
        ),
    )
    assert ledger.balance("assets:fund").amount == Decimal("1.625")
    assert ledger.currency_of("VEA").digits == 3
    assert ledger.balance("assets:basket").currency == "green-apples"
    assert result.notes == (
        "`green apples` was read as green-apples.",
        "VEA is kept with 3 decimals.",
        "green-apples is kept with 0 decimals.",
    )
    finer = write_journal("2025-01-01 x\n  assets:fund  0.0001 VEA\n  equity:x:fund\n")
    with pytest.raises(ImportRefused, match=r"books.journal:2: 0\.0001 has more decimals than VEA allows \(3\)"):
        import_journal(ledger, finer)


@pytest.mark.parametrize(
    ("amounts", "lines"),
    [
        (["40000000000000000.00 USD"], []),
        (["40000000000000000.01 USD"], [2, 3]),
        (["999999999999999999 VEA"], []),
        (["1000000000000000000 VEA"], [2]),
        (["4000000 VEA", "0.000000000001 VEA"], []),
        (["4000001 VEA", "0.000000000001 VEA"], [2]),
        (["1 VEA", "-4000001 VEA", "0.000000000001 VEA"], [5]),
    ],
)
def test_an_amount_beyond_what_a_book_can_hold_is_refused(
    ledger: Ledger, write_journal: WriteJournal, amounts: list[str], lines: list[int]
) -> None:
    path = write_journal(
        "".join(
            f"2025-01-01 x\n  assets:a{place}  {amount}\n  equity:x{place}\n" for place, amount in enumerate(amounts)
        )
    )
    if lines:
        assert [line for line, _ in refusals(ledger, path)] == lines
    else:
        assert import_journal(ledger, path).imported == len(amounts)
        assert ledger.verify().ok


def test_a_closed_day_is_named_by_its_line() -> None:
    found = Refusals()
    survey = Survey(Commodities("USD", lambda _code: 2), found, closed_through=date(2025, 12, 31))
    for line, day in ((1, date(2025, 12, 31)), (5, date(2026, 1, 1))):
        survey.add(ReadTransaction(line, day, None, "", (), {}, ()))
    assert found.listed == ((1, "2025-12-31 lies in a period closed through 2025-12-31: reopen it first"),)


def test_progress_runs_over_reading_and_writing_and_may_stop_both(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal("2025-01-01 x\n  assets:a  $1\n  equity:x\n\n" * 12_000)
    steps: list[tuple[int, int]] = []
    import_journal(ledger, path, progress=lambda done, total: steps.append((done, total)), dry_run=True)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert {total for _, total in steps} == {2 * 48_000}
    assert steps

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    head = ledger.head
    with pytest.raises(InterruptedError):
        import_journal(ledger, path, progress=stop)
    assert ledger.head == head


def test_writing_reports_progress_to_the_end(ledger: Ledger, write_journal: WriteJournal) -> None:
    steps: list[tuple[int, int]] = []
    import_journal(ledger, write_journal(YEAR), progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (32, 32)


def test_a_book_opened_for_reading_takes_nothing_but_can_be_asked(tmp_path: Path, write_journal: WriteJournal) -> None:
    book = tmp_path / "read.ledger"
    Ledger.create(book, currency="USD").close()
    path = write_journal(YEAR)
    with Ledger.open(book, read_only=True) as ledger:
        assert import_journal(ledger, path, dry_run=True).imported == 3
        with pytest.raises(BookReadOnly):
            import_journal(ledger, path)


def test_what_cannot_be_opened_is_named(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable, match="no such file"):
        import_journal(ledger, tmp_path / "none.journal")
    with pytest.raises(FileNotReadable, match="directory"):
        import_journal(ledger, tmp_path)


def test_nothing_outside_the_file_is_read_whatever_it_asks_for(
    ledger: Ledger, write_journal: WriteJournal, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.journal"
    secret.write_text("top secret text\n", encoding="utf-8")
    path = write_journal(
        f"include {secret}\n!include {secret}\ninclude *.journal\ninclude ../../etc/hostname\npython\n"
    )
    found = refusals(ledger, path)
    assert [line for line, _ in found] == [1, 2, 3, 4, 5]
    assert "top secret" not in str(found)
