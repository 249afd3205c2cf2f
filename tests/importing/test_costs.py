"""What is a transaction with prices worth, and which of them are refused by their line?"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tui_ledger.errors import ImportRefused
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import DraftPosting, Ledger, WrittenPrice

from .conftest import WriteJournal

VEA_EXISTS = "2024-01-01 shares\n  assets:safe  1.001 VEA\n  equity:own  -1.001 VEA\n\n"


def posted(ledger: Ledger, number: int = 1) -> list[str]:
    """The postings of a transaction, debit-positive; those to conversion accounts in parentheses."""
    found = [
        (f"{posting.account} {posting.amount}", posting.conversion) for posting in ledger.transaction(number).postings
    ]
    return [f"({text})" if conversion else text for text, conversion in found]


def refused(ledger: Ledger, path: Path) -> list[tuple[int, str]]:
    """What an import refuses; asserts that it leaves the book as it was, and that a dry run says the same."""
    head = ledger.head
    with pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    with pytest.raises(ImportRefused) as dry:
        import_journal(ledger, path, dry_run=True)
    assert dry.value.refused == refusal.value.refused
    assert ledger.head == head
    return list(refusal.value.refused)


def test_a_priced_posting_leaves_minus_its_amount_and_plus_its_cost_in_the_conversion_accounts(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    result = import_journal(
        ledger, write_journal("2025-01-01 buy\n  assets:shares  12 VEA @ 120.50 USD\n  assets:bank  -1446.00 USD\n")
    )
    assert posted(ledger) == [
        "assets:shares 12 VEA",
        "assets:bank -1446.00 USD",
        "(Equity:Conversion:VEA -12 VEA)",
        "(Equity:Conversion:USD 1446.00 USD)",
    ]
    assert ledger.transaction(1).postings[0].price == WrittenPrice(Decimal("120.50"), "USD", total=False)
    assert str(ledger.transaction(1).postings[0].price.amount) == "120.50"  # type: ignore[union-attr]
    assert result.accounts_opened[-2:] == ("Equity:Conversion:VEA", "Equity:Conversion:USD")
    assert ledger.verify().ok


@pytest.mark.parametrize(
    ("amount", "bank"),
    [
        ("10 EUR @ 1.10 USD", "-11.00 USD"),
        ("-10 EUR @ 1.10 USD", "11.00 USD"),
        ("10 EUR @@ 11.05 USD", "-11.05 USD"),
        ("-10 EUR @@ 11.05 USD", "11.05 USD"),
        ("10 EUR @ 1.1005 USD", "-11.01 USD"),
        ("-10 EUR @ 1.1005 USD", "11.01 USD"),
        ("10 EUR @ 1.1004999999999999999999999999999999999999 USD", "-11.00 USD"),
        ("3 EUR @@ 1.005 USD", "-1.01 USD"),
        ("10 EUR @ 150.55 JPY", "-1506 JPY"),
        ("10 EUR @ 0.12345 BHD", "-1.235 BHD"),
    ],
)
def test_an_amount_left_out_takes_the_remainder_at_cost_rounded_half_away_from_zero(
    ledger: Ledger, write_journal: WriteJournal, amount: str, bank: str
) -> None:
    import_journal(ledger, write_journal(f"2025-01-01 x\n  assets:euros  {amount}\n  assets:bank\n"))
    assert posted(ledger)[1] == f"assets:bank {bank}"
    assert ledger.verify().ok


def test_an_amount_left_out_may_take_remainders_in_several_currencies(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    import_journal(
        ledger,
        write_journal(
            "2025-01-01 x\n  assets:a  3 EUR @ 1.333 USD\n  assets:b  2 GBP @ 111.1 JPY\n"
            "  assets:c  7 CHF\n  equity:x\n"
        ),
    )
    lines = posted(ledger)
    assert lines[3:6] == ["equity:x -4.00 USD", "equity:x:JPY -222 JPY", "equity:x:CHF -7.00 CHF"]
    assert lines[6:] == [
        "(Equity:Conversion:EUR -3.00 EUR)",
        "(Equity:Conversion:GBP -2.00 GBP)",
        "(Equity:Conversion:USD 4.00 USD)",
        "(Equity:Conversion:JPY 222 JPY)",
    ]
    assert ledger.verify().ok


def test_the_conversion_is_what_the_postings_leave_and_never_quantity_times_price(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    import_journal(
        ledger,
        write_journal(
            "2025-01-01 x\n  assets:a  1 EUR @ 1.109 USD\n  assets:b  1 EUR @ 1.109 USD\n  assets:c  -2.20 USD\n"
        ),
    )
    assert posted(ledger)[3:] == ["(Equity:Conversion:EUR -2.00 EUR)", "(Equity:Conversion:USD 2.20 USD)"]


@pytest.mark.parametrize(
    ("lines", "holds"),
    [
        (["1 EUR @ 1.10999 USD", "-1.10 USD"], True),
        (["1 EUR @ 1.11 USD", "-1.10 USD"], False),
        (["1 EUR @ 1.09001 USD", "-1.10 USD"], True),
        (["1 EUR @ 1.09 USD", "-1.10 USD"], False),
        (["1 EUR @ 1.11 USD", "1 EUR @ 1.10999 USD", "-2.20 USD"], True),
        (["1 EUR @ 1.11 USD", "1 EUR @ 1.11 USD", "-2.20 USD"], False),
        (["1 EUR @ 1.11 USD", "1 EUR @ 111 JPY", "-111 JPY", "-1.10 USD"], False),
        (["1 EUR @ 1.11 USD", "0 EUR @ 1 USD", "-1.10 USD"], False),
        (["1 EUR @ 150.9 JPY", "-150 JPY"], True),
        (["1 EUR @ 151 JPY", "-150 JPY"], False),
        (["1 VEA @ 1.1 USD", "-1.10 USD"], True),
        (["-1.10 USD", "1 EUR @@ 1.10 USD"], True),
        (["1 EUR @@ 1.11 USD", "-1.10 USD"], False),
    ],
)
def test_amounts_may_differ_from_the_prices_by_less_than_one_minor_unit_a_priced_posting(
    ledger: Ledger, write_journal: WriteJournal, lines: list[str], holds: bool
) -> None:
    body = "".join(f"  assets:a{place}  {line}\n" for place, line in enumerate(lines))
    path = write_journal(f"{VEA_EXISTS}2025-01-01 x\n{body}")
    if holds:
        assert import_journal(ledger, path).imported == 2
        assert ledger.verify().ok
    else:
        assert [line for line, _ in refused(ledger, path)] == [5]


OFF_BALANCE = {
    "less than the price": (
        ["10 EUR @ 1.10 USD", "-10.50 USD"],
        ["the written prices come to 11 USD", "the other amounts to -10.5 USD", "with 1 price", "than 0.01 USD"],
    ),
    "less than two prices": (
        ["10 EUR @ 1.10 USD", "5 GBP @@ 6 USD", "-10.50 USD"],
        ["the written prices come to 17 USD", "the other amounts to -10.5 USD", "with 2 prices", "0.02 USD"],
    ),
    "another currency": (
        ["10 EUR @ 1.10 USD", "-5 GBP"],
        [
            "come to 11 USD",
            "the other amounts to 0 USD",
            "debits and credits differ by 5 GBP, in which no price is written",
        ],
    ),
    "the same currency back": (
        ["10 EUR @ 1.10 USD", "-10 EUR"],
        [
            "come to 11 USD",
            "the other amounts to 0 USD",
            "debits and credits differ by 10 EUR, in which no price is written",
        ],
    ),
    "no price": (
        ["10 EUR", "-11 USD"],
        ["differ by 10 EUR and 11 USD", "only where a price is written", "such as `10 EUR @@ 11 USD`"],
    ),
    "no price, and the first is paid": (["-10 EUR", "11 USD"], ["such as `11 USD @@ 10 EUR`"]),
    "no price could balance": (["10 EUR", "11 USD"], ["differ by 10 EUR and 11 USD", "with `@` or `@@`"]),
}


@pytest.mark.parametrize(("lines", "words"), OFF_BALANCE.values(), ids=OFF_BALANCE)
def test_what_does_not_balance_at_the_prices_written_is_named_with_both_figures(
    ledger: Ledger, write_journal: WriteJournal, lines: list[str], words: list[str]
) -> None:
    body = "".join(f"  assets:a{place}  {line}\n" for place, line in enumerate(lines))
    ((line, reason),) = refused(ledger, write_journal(f"\n2025-01-01 x\n{body}"))
    assert line == 2
    assert [word for word in words if word not in reason] == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("10 EUR @ -1.10 USD", "a price is written without a minus"),
        ("10 EUR @@ -11 USD", "a price is written without a minus"),
        ("10 EUR @", "the price has no amount"),
        ("10 EUR @@", "the price has no amount"),
        ("10 EUR (@)", "the price has no amount"),
        ("10 EUR @ ; later", "the price has no amount"),
        ("10 EUR @ USD", "`USD` is no amount"),
        ("10 EUR @ = 10 EUR", "`= 10 EUR` is no amount"),
        ("10 EUR @ @ 1 USD", "`@ 1 USD` is no amount"),
        ("10 EUR @@@ 1 USD", "`@ 1 USD` is no amount"),
        ("10 EUR (@ 1 USD", "stands after the amount"),
        ("10 EUR @) 1 USD", "`) 1 USD` is no amount"),
        ("10 EUR ((@)) 1 USD", "stands after the amount"),
        ("10 EUR @ 1 USD @ 2 GBP", "`@ 2 GBP` stands after the amount"),
        ("10 EUR @ 1 USD GBP", "`GBP` stands after the amount"),
        ("10 EUR @ 1 USD = 10 EUR @ 2 USD @ 3 USD", "stands after the balance"),
        ("10 EUR = 10 EUR {1 USD}", "stands after the balance"),
        ("@ 1 USD", "`@ 1 USD` is no amount"),
        ("10 EUR @ 1,2.3,4 USD", "separators contradict"),
        ("10 EUR @ $1 USD", "names two commodities"),
        ("10 EUR @ 1 %", "cannot be kept"),
        ("10 EUR @ 1e99 USD", "check the exponent"),
        (f"10 EUR @ 0.{'3' * 41} USD", "more digits than a price can have (40 on each side"),
        (f"10 EUR @ {'3' * 41} USD", "more digits than a price can have (40 on each side"),
        (f"10 EUR @ {'3' * 400} USD", "is no amount"),
        ('10 "A@B" @ 1 USD', "the commodity `A@B` cannot be kept"),
        ("10 EUR @ 1 (@) USD", "stands after the amount"),
        ("0 EUR @@ 5 USD", "an amount of zero has a price in total"),
        ("10 USD @ 2 USD", "10 USD has a price in USD itself"),
        ("$10 @@ 11 USD", "10 USD has a price in USD itself"),
        ("10 @ 2", "10 USD has a price in USD itself"),
        ("10 EUR {}", "is no amount"),
        ("10 EUR {1 USD", "is no lot price"),
        ("10 EUR {{1 USD}", "is no lot price"),
        ("10 EUR {1 USD, 2024-01-01}", "is no lot price"),
        ("10 EUR {1 USD}{1 USD}", "stands after the amount"),
        ("10 EUR [2024-13-01]", "not a date of the calendar"),
        ("10 EUR [soon]", "is no lot date"),
        ("10 EUR [2024-01-01] [2024-01-01]", "stands after the amount"),
        ("10 EUR {1 USD} (note) @ 1 USD", "stands after the amount"),
    ],
)
def test_a_price_that_cannot_be_kept_is_refused_in_its_line(
    ledger: Ledger, write_journal: WriteJournal, amount: str, words: str
) -> None:
    found = refused(ledger, write_journal(f"2025-01-01 x\n  assets:a  {amount}\n  assets:b\n"))
    assert [line for line, _ in found] == [2]
    assert words in found[0][1]


@pytest.mark.parametrize("amount", ["10 USD @ 1 USD", "10 USD @@ 10 USD", "$-10 @@ 10 USD", "0 USD @ 5 USD"])
def test_a_price_in_the_own_currency_that_changes_nothing_is_passed_over(
    ledger: Ledger, write_journal: WriteJournal, amount: str
) -> None:
    path = write_journal(f"2025-01-01 x\n  assets:a  {amount}\n  assets:b\n2025-01-01 y\n  assets:a  1\n  assets:b\n")
    import_journal(ledger, path)
    assert all(posting.price is None for posting in ledger.transaction(1).postings)
    assert ledger.verify().ok


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["12 VEA @ 0 USD", "-5 USD", "5 USD"], ["assets:a0 12.000 VEA", "assets:a1 -5.00 USD", "assets:a2 5.00 USD"]),
        (["0 VEA @ 7 USD", "-5 USD", "5 USD"], ["assets:a1 -5.00 USD", "assets:a2 5.00 USD"]),
        (["0 VEA @@ 0 USD", "-5 USD", ""], ["assets:a1 -5.00 USD", "assets:a2 5.00 USD"]),
    ],
)
def test_a_price_of_zero_and_a_price_of_nothing_are_worth_nothing(
    ledger: Ledger, write_journal: WriteJournal, lines: list[str], expected: list[str]
) -> None:
    body = "".join(f"  assets:a{place}  {line}\n" for place, line in enumerate(lines))
    import_journal(ledger, write_journal(f"{VEA_EXISTS}2025-01-01 x\n{body}"))
    assert [line for line in posted(ledger, 2) if line[0] != "("] == expected
    assert ledger.verify().ok


@pytest.mark.parametrize("amount", ["12 VEA @ 0 USD", "0.001 VEA @ 0.01 USD", "12 VEA @@ 0.004 USD"])
def test_a_transaction_left_with_one_posting_is_refused(
    ledger: Ledger, write_journal: WriteJournal, amount: str
) -> None:
    found = refused(ledger, write_journal(f"{VEA_EXISTS}2025-01-01 x\n  assets:a  {amount}\n  assets:b\n"))
    assert found == [
        (6, "the other amounts come to zero at the price written, and a transaction needs two: write them out")
    ]


def test_one_account_may_give_and_take_in_two_currencies(ledger: Ledger, write_journal: WriteJournal) -> None:
    result = import_journal(
        ledger, write_journal("2025-01-01 x\n  assets:bank  10 EUR @ 1.10 USD = 10 EUR\n  assets:bank\n")
    )
    assert posted(ledger)[:2] == ["assets:bank:EUR 10.00 EUR", "assets:bank -11.00 USD"]
    assert "EUR of `assets:bank` is kept in `assets:bank:EUR`, since an account has one currency." in result.notes


def test_lot_prices_and_dates_are_passed_over_and_said(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  1 VEA {9 USD} @ 10 USD [2024-01-01] = 1 VEA\n  assets:b  -10 USD\n"
        "2025-01-01 x\n  assets:a  1 VEA [2/29] {=9 USD}\n  equity:x\n"
    )
    result = import_journal(ledger, path)
    assert "Lot prices and lot dates (first in line 2) were passed over." in result.notes
    assert str(ledger.balance("assets:a")) == "2 VEA"


def test_a_lot_price_is_no_price(ledger: Ledger, write_journal: WriteJournal) -> None:
    path = write_journal("2025-01-01 x\n  assets:a  1 VEA {9 USD}\n  assets:b  -9 USD\n")
    assert "such as `1 VEA @@ 9 USD`" in refused(ledger, path)[0][1]


@pytest.mark.parametrize(("price", "noted"), [("@ 1,234 USD", True), ("@@ 1.234 USD", True), ("@ 1.234 USD", False)])
def test_a_price_that_may_mean_thousands_is_noted(
    ledger: Ledger, write_journal: WriteJournal, price: str, noted: bool
) -> None:
    result = import_journal(ledger, write_journal(f"2025-01-01 x\n  assets:a  10 EUR {price}\n  assets:b\n"))
    assert any("lone separator before three digits (line 2)" in note for note in result.notes) is noted


@pytest.mark.parametrize(
    ("asserted", "words"),
    [
        ("  assets:b  0 USD == -11 USD\n  assets:a  0 EUR == 10 EUR\n", ""),
        ("  assets  0 EUR =* 10 EUR\n  assets  0 USD =* -11 USD\n", ""),
        ("  assets:b  0 EUR = 10 EUR\n", "asserted to be 10 EUR on 2025-01-02, but it is 0 EUR"),
        ("  assets:a  0 EUR == 11 EUR\n", "but it is 10 EUR"),
        ("  assets  0 EUR ==* 10 EUR\n", "asserted to be 0 USD on 2025-01-02, but it is -11 USD"),
        ("  equity:conversion  0 EUR = 0 EUR\n", ""),
    ],
)
def test_balances_are_asserted_by_currency_and_conversions_are_none_of_them(
    ledger: Ledger, write_journal: WriteJournal, asserted: str, words: str
) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  10 EUR @ 1.10 USD\n  assets:b\n\n"
        f"2025-01-02 y\n{asserted}  equity:x  1 USD\n  equity:y\n"
    )
    if not words:
        assert import_journal(ledger, path).imported == 2
    else:
        assert words in refused(ledger, path)[0][1]


def test_a_remainder_that_was_rounded_is_asserted_as_the_book_has_it(
    ledger: Ledger, write_journal: WriteJournal
) -> None:
    path = write_journal(
        "2025-01-01 x\n  assets:a  3 EUR @ 1.333 USD\n  assets:b\n"
        "2025-01-02 y\n  assets:b  1 USD = -3 USD\n  equity:x\n"
    )
    assert import_journal(ledger, path).imported == 2


@pytest.mark.parametrize("left_out", ["", "  -1 XYZ", "  -1 USD"])
@pytest.mark.parametrize("price", ["0.5 USD", "3E20 XYZ", "1E-40 XYZ", "0.00 USD", "0.5 XYZ", "1 GBP"])
@pytest.mark.parametrize("amount", ["1", "2", "-40000000000000000.00", "0.01"])
def test_the_book_takes_whatever_the_first_pass_lets_through(
    ledger: Ledger, write_journal: WriteJournal, amount: str, price: str, left_out: str
) -> None:
    path = write_journal(f"2025-01-01 x\n  assets:a  {amount} EUR @ {price}\n  assets:b{left_out}\n")
    lines: set[int] = set()
    try:
        import_journal(ledger, path)
    except ImportRefused as refusal:
        lines = {line for line, _ in refusal.refused}
    assert lines or ledger.verify().ok
    assert lines <= {1, 2, 3}


def test_the_core_and_the_import_agree_on_what_a_price_explains(ledger: Ledger, write_journal: WriteJournal) -> None:
    lines = "  assets:a  3 EUR @ 1.333 USD\n  assets:b  7 EUR @ 1.3333 USD\n  assets:c  -13.34 USD\n"
    import_journal(ledger, write_journal(f"2025-01-01 x\n{lines}"))
    again = ledger.post(
        "x",
        DraftPosting("assets:a", "3", price=WrittenPrice(Decimal("1.333"), "USD", total=False)),
        DraftPosting("assets:b", "7", price=WrittenPrice(Decimal("1.3333"), "USD", total=False)),
        DraftPosting("assets:c", "-13.34"),
        date="2025-01-01",
    )
    assert posted(ledger, again.number) == posted(ledger, 1)
