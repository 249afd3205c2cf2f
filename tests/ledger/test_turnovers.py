from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_ledger.errors import InvalidDate
from tui_ledger.ledger import AccountType, DraftPosting, Ledger


def post(book: Ledger, day: str, *lines: str) -> int:
    postings = [DraftPosting(account, amount) for account, _, amount in (line.rpartition(" ") for line in lines)]
    return book.post("", *postings, date=day).number


def named(book: Ledger, turnovers: dict[int, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    names = {account.id: account.name for account in book.accounts()}
    return {names[row]: sides for row, sides in turnovers.items()}


def causes(book: Ledger, first: str, last: str) -> dict[tuple[str, bool], int]:
    names = {account.id: account.name for account in book.accounts()}
    return {(names[row], by): units for (row, by), units in book.cash_causes(first, last).items()}


def test_debits_and_credits_stand_apart_and_both_are_positive(book: Ledger) -> None:
    post(book, "2026-01-10", "Assets:Bank 100", "Income:Sales -100")
    post(book, "2026-01-11", "Assets:Bank -30", "Assets:Bank 5", "Expenses:Rent 25")

    assert named(book, book.turnovers("2026-01-01", "2026-01-31")) == {
        "Assets:Bank": (10_500, 3_000),
        "Income:Sales": (0, 10_000),
        "Expenses:Rent": (2_500, 0),
    }


def test_both_days_count_and_none_beside_them(book: Ledger) -> None:
    for day in ("2026-01-09", "2026-01-10", "2026-01-20", "2026-01-21"):
        post(book, day, "Assets:Bank 1", "Income:Sales -1")

    assert named(book, book.turnovers("2026-01-10", date(2026, 1, 20))) == {
        "Assets:Bank": (200, 0),
        "Income:Sales": (0, 200),
    }
    assert book.turnovers("2026-01-11", "2026-01-19") == {}
    assert book.turnovers("0001-01-01", "9999-12-31") == book.turnovers("2026-01-09", "2026-01-21")


def test_what_was_voided_moved_nothing_and_a_reversal_moves_both_sides(book: Ledger) -> None:
    number = post(book, "2026-01-10", "Assets:Bank 1", "Income:Sales -1")
    reversed_number = post(book, "2026-01-10", "Assets:Cash 2", "Income:Sales -2")
    book.void(number)
    book.reverse(reversed_number, date="2026-01-12")

    assert named(book, book.turnovers("2026-01-01", "2026-06-30")) == {
        "Assets:Cash": (200, 200),
        "Income:Sales": (200, 200),
    }


def test_a_day_that_is_none_is_refused(book: Ledger) -> None:
    for ask in (book.turnovers, book.closing_turnovers, book.cash_causes):
        with pytest.raises(InvalidDate):
            ask("2026-02-30", "2026-03-01")


def test_closing_transactions_are_counted_and_can_be_told_apart(book: Ledger) -> None:
    post(book, "2025-05-01", "Assets:Bank 100", "Income:Sales -100")
    post(book, "2025-06-01", "Expenses:Rent 30", "Assets:Bank -30")
    book.close_period("2025-12-31", closing_transaction=True)

    closing = {"Income:Sales": (10_000, 0), "Expenses:Rent": (0, 3_000), "Equity:Retained earnings": (0, 7_000)}
    assert named(book, book.closing_turnovers("2025-12-31", "2025-12-31")) == closing
    assert book.closing_turnovers("2026-01-01", "2026-12-31") == {}
    assert book.closing_turnovers("2025-01-01", "2025-12-30") == {}
    whole = named(book, book.turnovers("2025-01-01", "2025-12-31"))
    assert (whole["Income:Sales"], whole["Expenses:Rent"]) == ((10_000, 10_000), (3_000, 3_000))


def test_a_closing_that_was_taken_back_moved_nothing(book: Ledger) -> None:
    post(book, "2025-05-01", "Assets:Bank 100", "Income:Sales -100")
    book.close_period("2025-12-31", closing_transaction=True)
    book.reopen_period("2025-12-31", reason="a late bill")

    assert book.closing_turnovers("2025-01-01", "2025-12-31") == {}


def test_the_causes_of_cash_are_the_other_postings_of_what_touched_it(book: Ledger) -> None:
    post(book, "2026-01-10", "Assets:Cash 121", "Income:Sales -100", "Liabilities:Card -21")
    post(book, "2026-01-11", "Expenses:Rent 30", "Assets:Cash -20", "Assets:Bank -10")
    post(book, "2026-01-12", "Assets:Bank 999", "Income:Sales -999")

    assert causes(book, "2026-01-01", "2026-01-31") == {
        ("Income:Sales", False): -10_000,
        ("Liabilities:Card", False): -2_100,
        ("Expenses:Rent", False): 3_000,
        ("Assets:Bank", False): -1_000,
    }
    assert causes(book, "2026-01-12", "2026-01-31") == {}


def test_what_goes_from_cash_to_cash_is_no_cause(book: Ledger) -> None:
    book.edit_account("Assets:Bank", cash=True)
    post(book, "2026-01-10", "Assets:Cash 50", "Assets:Bank -50")

    assert causes(book, "2026-01-01", "2026-01-31") == {}


def test_a_cause_that_comes_in_several_postings_counts_once_each(book: Ledger) -> None:
    post(book, "2026-01-10", "Assets:Cash 1", "Assets:Cash 2", "Income:Sales -1", "Income:Sales -2")

    assert causes(book, "2026-01-01", "2026-01-31") == {("Income:Sales", False): -300}


def test_conversions_are_causes_of_their_own(book: Ledger) -> None:
    book.edit_account("Assets:Dollars", cash=True)
    book.transfer("Assets:Cash", "Assets:Dollars", "92", received="100", date="2026-02-01")
    post(book, "2026-02-02", "Equity:Conversion:EUR 5", "Assets:Cash -5")

    assert causes(book, "2026-01-01", "2026-12-31") == {
        ("Equity:Conversion:EUR", True): 9_200,
        ("Equity:Conversion:USD", True): -10_000,
        ("Equity:Conversion:EUR", False): 500,
    }


def test_a_book_without_cash_accounts_has_no_causes(book: Ledger) -> None:
    book.edit_account("Assets:Cash", cash=False)
    post(book, "2026-01-10", "Assets:Cash 1", "Income:Sales -1")

    assert book.cash_causes("2026-01-01", "2026-12-31") == {}


def test_sums_beyond_64_bits_are_exact(book: Ledger) -> None:
    huge = "39999999999999999.99"
    for _ in range(3):
        post(book, "2026-01-10", f"Assets:Cash {huge}", f"Income:Sales -{huge}")
        post(book, "2026-01-10", f"Assets:Cash -{huge}", f"Income:Sales {huge}")

    units = 3 * 3_999_999_999_999_999_999
    assert named(book, book.turnovers("2026-01-01", "2026-12-31")) == {
        "Assets:Cash": (units, units),
        "Income:Sales": (units, units),
    }
    assert causes(book, "2026-01-10", "2026-01-10") == {("Income:Sales", False): 0}


days = st.integers(1, 28).map(lambda day: f"2026-01-{day:02}")
moves = st.tuples(days, st.sampled_from(["Assets:Bank", "Assets:Cash", "Liabilities:Card"]), st.integers(1, 9_999))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(moves, max_size=12), first=days, last=days)
def test_opening_with_debits_less_credits_is_closing_on_every_account(
    found: list[tuple[str, str, int]], first: str, last: str
) -> None:
    first, last = sorted((first, last))
    with Ledger.in_memory("EUR") as ledger:
        for name, kind in (("Assets", AccountType.ASSET), ("Liabilities", AccountType.LIABILITY)):
            for leaf in ("Bank", "Cash", "Card"):
                ledger.open_account(f"{name}:{leaf}", kind)
        for day, account, cents in found:
            amount = f"{cents / 100:.2f}"
            post(ledger, day, f"{account} {amount}", f"Assets:Card -{amount}")
        eve = ledger.balances(date.fromordinal(date.fromisoformat(first).toordinal() - 1))
        held, moved = ledger.balances(last), ledger.turnovers(first, last)

    for row, units in held.items():
        debits, credits = moved.get(row, (0, 0))
        assert eve.get(row, 0) + debits - credits == units
