"""Which transactions does a journal hold, and which of its lines are refused?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tui_ledger.importing.commodities import Commodities
from tui_ledger.importing.figures import plain_number
from tui_ledger.importing.hledger import JournalReader
from tui_ledger.importing.refusals import Refusals
from tui_ledger.importing.source import TextFile
from tui_ledger.importing.values import ReadPrice, ReadTransaction
from tui_ledger.ledger.values import PostingStatus


def read(text: str, currency: str = "USD") -> tuple[list[ReadTransaction], Refusals]:
    refusals = Refusals()
    reader = JournalReader(
        TextFile(Path("books.journal"), text.encode()), Commodities(currency, lambda _code: None), refusals
    )
    return list(reader.transactions()), refusals


def read_one(text: str, currency: str = "USD") -> ReadTransaction:
    transactions, refusals = read(text, currency)
    assert refusals.listed == ()
    assert len(transactions) == 1
    return transactions[0]


def amounts(transaction: ReadTransaction) -> list[str]:
    return [
        f"{posting.account} {plain_number(posting.amount.trillionths)} {posting.amount.currency}"
        for posting in transaction.postings
        if posting.amount is not None
    ]


def refused_lines(text: str) -> list[int]:
    return [line for line, _ in read(text)[1].listed]


def first_reason(text: str) -> str:
    return read(text)[1].listed[0][1]


def test_a_transaction_has_its_date_status_code_payee_memo_and_postings() -> None:
    transaction = read_one(
        "; books of a shop\n"
        "2026-01-31=2026/02/02 * (C-12) Corner Shop | bread and milk  ; weekly:, shop: north side, urgent:\n"
        "    ; checked twice\n"
        "    expenses:food       $12.50  ; two loaves\n"
        "    ! assets:petty cash\n"
        "    ; and the change\n"
    )
    assert transaction == ReadTransaction(
        line=2,
        date=date(2026, 1, 31),
        payee="Corner Shop",
        memo="bread and milk",
        tags=("weekly", "urgent"),
        data={
            "code": "C-12",
            "date2": "2026-02-02",
            "shop": "north side",
            "comment": "weekly:, shop: north side, urgent:\nchecked twice",
        },
        postings=transaction.postings,
    )
    assert amounts(transaction) == ["expenses:food 12.5 USD", "assets:petty cash -12.5 USD"]
    assert [posting.status for posting in transaction.postings] == [PostingStatus.CLEARED, PostingStatus.UNCLEARED]
    assert [posting.memo for posting in transaction.postings] == ["two loaves", "and the change"]
    assert [posting.line for posting in transaction.postings] == [4, 5]


@pytest.mark.parametrize(
    ("header", "day", "payee", "memo", "data"),
    [
        ("2026-01-31 rent", date(2026, 1, 31), None, "rent", {}),
        ("2026/1/31 rent", date(2026, 1, 31), None, "rent", {}),
        ("2026.1.1", date(2026, 1, 1), None, "", {}),
        ("2026-01-31\trent", date(2026, 1, 31), None, "rent", {}),
        ("2026-01-31 *", date(2026, 1, 31), None, "", {}),
        ("2026-01-31 ! Landlord | rent | flat", date(2026, 1, 31), "Landlord", "rent | flat", {}),
        ("2026-01-31 Landlord|", date(2026, 1, 31), "Landlord", "", {}),
        ("2026-01-31 | rent", date(2026, 1, 31), None, "rent", {}),
        ("2026-01-31 () rent", date(2026, 1, 31), None, "rent", {}),
        ("2026-01-31 *(7) rent", date(2026, 1, 31), None, "rent", {"code": "7"}),
        ("2026-01-31 (a;b) rent;code: 9", date(2026, 1, 31), None, "rent", {"code": "a;b", "comment": "code: 9"}),
        ("2024-02-29=3-1 rent", date(2024, 2, 29), None, "rent", {"date2": "2024-03-01"}),
        ("2026-01-31 rent ; see http://x.example, a", date(2026, 1, 31), None, "rent",
         {"comment": "see http://x.example, a", "http": "//x.example"}),
    ],
)  # fmt: skip
def test_the_first_line_is_read_in_each_of_its_forms(
    header: str, day: date, payee: str | None, memo: str, data: dict[str, str]
) -> None:
    transaction = read_one(f"{header}\n  assets:a  1\n  assets:b\n")
    assert (transaction.date, transaction.payee, transaction.memo, transaction.data) == (day, payee, memo, data)


@pytest.mark.parametrize(
    ("posting", "expected"),
    [
        ("assets:a  1", "assets:a 1 USD"),
        ("assets:a\t1", "assets:a 1 USD"),
        ("assets:a  $1", "assets:a 1 USD"),
        ("assets:a  -$1", "assets:a -1 USD"),
        ("assets:a  $-1", "assets:a -1 USD"),
        ("assets:a  - $ 1", "assets:a -1 USD"),
        ("assets:a  -$-1", "assets:a 1 USD"),
        ("assets:a  +1 USD", "assets:a 1 USD"),
        ("assets:a  1.50USD", "assets:a 1.5 USD"),
        ("assets:a  USD 1.50", "assets:a 1.5 USD"),
        ("assets:a  1,234.50 €", "assets:a 1234.5 EUR"),
        ("assets:a  £2", "assets:a 2 GBP"),
        ("assets:a  ¥200", "assets:a 200 JPY"),
        ("assets:a  1.5 \"green; apples\" ; fresh", None),
        ("assets:a  1.5 \"green apples\" ; fresh; cheap", "assets:a 1.5 green-apples"),
        ("assets:a  1E3 VEA", "assets:a 1000 VEA"),
        ("assets:my  own: money   2", None),
        ("assets:my own: money  2", "assets:my own:money 2 USD"),
        ("assets;a  2;x", "assets;a 2 USD"),
    ],
)  # fmt: skip
def test_a_posting_is_read_in_each_of_its_forms(posting: str, expected: str | None) -> None:
    text = f"2026-01-31 x\n  {posting}\n  assets:z\n"
    if expected is None:
        assert refused_lines(text) == [2]
    else:
        assert amounts(read_one(text))[0] == expected


@pytest.mark.parametrize(
    ("before", "amount", "expected"),
    [
        ("commodity $1,000.00", "$1,000", "1000 USD"),
        ("commodity $1.000,00", "$1.000", "1000 USD"),
        ("commodity $1,000.00", "EUR 1,000", "1 EUR"),
        ("commodity $\n  format $1,000.00  ; with cents", "$1,000", "1000 USD"),
        ("commodity $ 1 000,00", "$1.000", "1000 USD"),
        ("decimal-mark .", "1,000", "1000 USD"),
        ("decimal-mark ,", "$1.000", "1000 USD"),
        ("decimal-mark ,\ncommodity $1,000.00", "$1.000", "1000 USD"),
        ("D 1.000,00 EUR", "5", "5 EUR"),
        ("D 1.000,00 EUR", "1.000", "1000 EUR"),
        ("D $1,000.00", "EUR 1,000", "1000 EUR"),
        ("D $1,000.00\nD 1000.00 EUR ; from now on", "5", "5 EUR"),
        ("commodity 1,000.00", "1,000", "1000 USD"),
        ("commodity EUR", "1,000 EUR", "1 EUR"),
        ("commodity 1,000,000 EUR", "1,000 EUR", "1000 EUR"),
    ],
)
def test_directives_say_how_the_amounts_after_them_are_written(before: str, amount: str, expected: str) -> None:
    transaction = read_one(f"{before}\n2026-01-31 x\n  assets:a  {amount}\n  assets:b\n")
    assert amounts(transaction)[0] == f"assets:a {expected}"


def test_a_directive_holds_only_for_the_lines_after_it() -> None:
    transactions, refusals = read(
        "2026-01-31 x\n a  1.50 EUR\n b\n2026-01-31 x\n a  2.500 EUR\n b\n"
        "commodity 1.000,00 EUR\n2026-01-31 x\n a  2.500 EUR\n b\n2026-01-31 x\n a  1.50 EUR\n b\n"
    )
    assert not refusals
    firsts = [amounts(transaction)[0] for transaction in transactions]
    assert firsts == ["a 1.5 EUR", "a 2.5 EUR", "a 2500 EUR", "a 150 EUR"]


@pytest.mark.parametrize(
    ("currency", "symbol", "expected"),
    [
        ("CAD", "$", "CAD"), ("EUR", "$", "USD"), ("NZD", "$", "NZD"), ("CNY", "¥", "CNY"), ("EUR", "¥", "JPY"),
        ("CAD", "US$", "USD"), ("EUR", "₹", "INR"), ("JPY", "€", "EUR"), ("EUR", "GOLD", "GOLD"),
    ],
)  # fmt: skip
def test_a_symbol_is_the_currency_it_most_likely_means_in_this_book(currency: str, symbol: str, expected: str) -> None:
    transaction = read_one(f"2026-01-31 x\n a  {symbol}5\n b\n", currency)
    assert amounts(transaction)[0] == f"a 5 {expected}"


@pytest.mark.parametrize(
    ("before", "written", "expected"),
    [
        ("Y2019", "2/28", date(2019, 2, 28)),
        ("Y 2019", "02-28", date(2019, 2, 28)),
        ("year 2019", "2.28", date(2019, 2, 28)),
        ("apply year 2019", "2/28", date(2019, 2, 28)),
        ("Y2018\napply year 2019\nend apply year", "2/28", date(2018, 2, 28)),
        ("Y2018\nY2019 ; this one", "2/28", date(2019, 2, 28)),
        ("Y2019", "2026-2-28", date(2026, 2, 28)),
    ],
)
def test_a_date_without_a_year_is_of_the_year_said_before(before: str, written: str, expected: date) -> None:
    assert read_one(f"{before}\n{written} x\n a  1\n b\n").date == expected


@pytest.mark.parametrize(
    "before",
    [
        "", "\n\n", "; note\n", "# note\n", "* heading\n", "  ; indented note\n", "   \n", "\t\n",
        "comment\n2026-13-99 nothing\n    end comment\nend comment\n", "payee Corner Shop\n", "tag weekly\n",
        "account assets:a\n  note any subdirective\n  ; type: A\n", "commodity EUR ; the euro\n",
    ],
)  # fmt: skip
def test_comments_blank_lines_and_harmless_directives_say_nothing(before: str) -> None:
    assert amounts(read_one(f"{before}2026-01-31 x\n a  1\n b\n")) == ["a 1 USD", "b -1 USD"]


def test_line_ends_of_other_systems_and_a_missing_last_one_make_no_difference() -> None:
    text = "2026-01-31 x  ; note\n\ta  1.50  ; memo\n\tb"
    assert read_one(text.replace("\n", "\r\n")) == read_one(text)


def test_an_amount_left_out_takes_the_remainder_in_every_currency() -> None:
    transaction = read_one("2026-01-31 x\n a  5 EUR\n b  -2 EUR\n c  ; the rest\n d  7 USD\n")
    assert amounts(transaction) == ["a 5 EUR", "b -2 EUR", "c -3 EUR", "c -7 USD", "d 7 USD"]
    assert [posting.memo for posting in transaction.postings] == [None, None, "the rest", "the rest", None]


@pytest.mark.parametrize("text", ["2026-01-31 x\n", "2026-01-31 x\n a\n", "2026-01-31 x\n a  0\n b\n"])
def test_a_transaction_without_amounts_is_read_with_zero_postings(text: str) -> None:
    assert all(line.endswith(" 0 USD") for line in amounts(read_one(text)))


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("1 EUR @ 1.10 USD", ReadPrice(Decimal("1.10"), "USD", total=False)),
        ("-1 EUR @@ $1.10 = 5 EUR", ReadPrice(Decimal("1.10"), "USD", total=True)),
        ("1 EUR (@@) 1,5 GBP", ReadPrice(Decimal("1.5"), "GBP", total=True)),
        ("1 EUR", None),
        ("1 USD @ 1 USD", None),
    ],
)
def test_a_price_is_kept_as_written(written: str, price: ReadPrice | None) -> None:
    transaction = read_one(f"2026-01-31 x\n a  {written}\n b\n")
    assert transaction.postings[0].price == price
    assert transaction.priced is (price is not None)
    assert [posting.left_out for posting in transaction.postings] == [False, True]


def test_the_tags_of_a_posting_stay_in_its_memo() -> None:
    transaction = read_one("2026-01-31 x\n a  1  ; lot: 7\n  ; checked:\n b\n")
    assert transaction.postings[0].memo == "lot: 7, checked:"
    assert transaction.tags == ()


@pytest.mark.parametrize(
    "comment", ["date:2026-01-31", "date:1/31", "[2026-01-31]", "[2026-01-31=2026-02-05]", "[=2/5]", "[1]"]
)
def test_a_posting_may_repeat_the_date_of_its_transaction(comment: str) -> None:
    assert read_one(f"2026-01-31 x\n a  1  ; {comment}\n b\n").postings[0].memo == comment


def test_what_was_understood_in_a_doubtful_way_is_noted() -> None:
    reader = JournalReader(
        TextFile(
            Path("books.journal"),
            b"2026-01-31 ! x\n a  1,000 EUR\n b c $5\n\n2026-02-01 x\n ! a  5\n b\n"
            b"comment\n2026-02-02 y\n  a  5\n  b\nend comment.\n",
        ),
        Commodities("EUR", lambda _code: None),
        Refusals(),
    )
    assert len(list(reader.transactions())) == 2
    notes = reader.notes()
    assert [note for note in notes if "first in line 6" in note and "EUR, the book's" in note]
    assert [note for note in notes if "line 2" in note and "decimal mark" in note]
    assert [note for note in notes if "2 pending marks (`!`, first in line 1)" in note]
    assert [note for note in notes if "`b c $5` (line 3)" in note]
    assert [note for note in notes if "line 8 was read to the end" in note]
    assert len(notes) == 5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("2026-02-30 x\n a  1\n b\n", [1]),
        ("2026-13-01 x\n a  1\n b\n", [1]),
        ("2026/01-31 x\n a  1\n b\n", [1]),
        ("26-01-31 x\n a  1\n b\n", [1]),
        ("12026-01-31 x\n a  1\n b\n", [1]),
        ("20260131 x\n a  1\n b\n", [1]),
        ("1/31 x\n a  1\n b\n", [1]),
        ("2026-01-31x\n a  1\n b\n", [1]),
        ("2026-01-31=x\n a  1\n b\n", [1]),
        ("2026-01-31= x\n a  1\n b\n", [1]),
        ("2026-01-31 (12 x\n a  1\n b\n", [1]),
        ("2026-01-31 x\n a  1\n b\n c\n", [1]),
        ("2026-01-31 x\n a  1\n b  -1.01\n", [1]),
        ("2026-01-31 x\n a  1 EUR\n b  -1.10 USD\n", [1]),
        ("2026-01-31 x\n a  1.005\n b\n", [2]),
        ("2026-01-31 x\n a  ¥1.5\n b\n", [2]),
        ("2026-01-31 x\n a  $5 USD\n b\n", [2]),
        ("2026-01-31 x\n a  5 %\n b\n", [2]),
        ("2026-01-31 x\n a  1 @ 2 USD\n b\n", [2]),
        ("2026-01-31 x\n a  1 EUR @@ -2 USD\n b\n", [2]),
        ("2026-01-31 x\n a  1 EUR @ 2 USD\n b  -1.50 USD\n", [1]),
        ("2026-01-31 x\n a  1 EUR @ 2 USD\n b\n c\n", [1]),
        ("2026-01-31 x\n a  1 EUR {2 USD\n b\n", [2]),
        ("2026-01-31 x\n a  1 EUR [2026-02-30]\n b\n", [2]),
        ("2026-01-31 x\n a  = 5\n b\n", [2]),
        ("2026-01-31 x\n a  5 = \n b\n", [2]),
        ("2026-01-31 x\n a  5 === 5\n b\n", [2]),
        ("2026-01-31 x\n a  5 = 5 = 5\n b\n", [2]),
        ("2026-01-31 x\n a  five\n b\n", [2]),
        ("2026-01-31 x\n a  1_000\n b\n", [2]),
        ("2026-01-31 x\n a  １\n b\n", [2]),
        ("2026-01-31 x\n a  NaN\n b\n", [2]),
        ("2026-01-31 x\n a  (1 + 2)\n b\n", [2]),
        ("2026-01-31 x\n (a)  1\n", [2]),
        ("2026-01-31 x\n [a]  1\n [b]\n", [2, 3]),
        ("2026-01-31 x\n a::b  1\n c\n", [2]),
        ("2026-01-31 x\n a ; note\n b  1\n", [2]),
        ("2026-01-31 x\n a\u202eb  1\n c\n", [2]),
        ("2026-01-31 x\n a\u200bb  1\n c\n", [2]),
        ("2026-01-31 x\n a\x1bb  1\n c\n", [2]),
        ("2026-01-31 x\n !\n c\n", [2]),
        ("2026-01-31 x\n a  1  ; date:2026-02-01\n b\n", [2]),
        ("2026-01-31 x\n a  1\n  ; [2/1]\n b\n", [3]),
        ("2026-01-31 x\n a  1  ; date:\n b\n", [2]),
        ("2026-01-31 x\n a  1\n b\n\n c\n d\n", [5]),
        (" 2026-01-31 x\n a  1\n b\n", [1]),
        ("include other.journal\n", [1]),
        ("!include other.journal\n", [1]),
        ("alias a=b\n", [1]),
        ("apply account a\n2026-01-31 x\n a  1\n b\nend apply account\n", [1, 5]),
        ("P 2026-01-31 EUR\n", [1]),
        ("= expenses:food\n  (budget)  *-1\n", [1]),
        ("~ monthly\n  a  1\n  b\n", [1]),
        ("i 2026-01-31 09:00:00 work\no 2026-01-31 10:00:00\n", [1, 2]),
        ("bucket assets\nA assets\nN $\nC 1 = 2\n", [1, 2, 3, 4]),
        ("account\n", [1]),
        ("account a  A\n", [1]),
        ("account a ; type:A\n", [1]),
        ("account a  ; type:Z\n", [1]),
        ("account a\n  ; type:Z\n", [2]),
        ("account a  ; type:A\naccount a  ; type:L\n", [2]),
        ("account a  ; type:A\naccount A  ; type:L\n", [2]),
        ("account a\u202eb\n", [1]),
        ("commodity\n", [1]),
        ("commodity 1.00 2.00\n", [1]),
        ("commodity $\n  format EUR 1.00\n", [2]),
        ("commodity $\n  note dollars\n", [2]),
        ("D\n", [1]),
        ("D EUR\n", [1]),
        ("decimal-mark ;\n", [1]),
        ("decimal-mark ' \n", [1]),
        ("Y\n", [1]),
        ("Y09\n", [1]),
        ("Y0000\n", [1]),
        ("Y2026/1\n", [1]),
        ("end apply year\n", [1]),
        ("end comment\n", [1]),
        ("payee\n", [1]),
        ("hello\n", [1]),
        ("% x\n", [1]),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, lines: list[int]) -> None:
    assert refused_lines(text) == lines


def test_every_refused_line_of_a_file_is_named_and_reading_goes_on_behind_it() -> None:
    transactions, refusals = read(
        "2026-02-30 no day\n a  1\n b\n\n"
        "2026-01-31 no number\n a  one\n b  two\n\n"
        "2026-01-31 fine\n a  1\n b\n\n"
        "~ monthly\n  a  1\n  b\n"
    )
    assert [line for line, _ in refusals.listed] == [1, 6, 7, 13]
    assert [transaction.memo for transaction in transactions] == ["fine"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-01-31 x\n a  1\n b  -2\n", "differ by 1 USD"),
        ("2026-01-31 x\n a 1\n b -1\n", "two blanks"),
        ("1/31 x\n a  1\n b\n", "Y2026"),
        ("2026-01-31 x\n a  1,234\n b\n", "decimal-mark"),
        ("2026-01-31 x\n a  1.234\n b\n", "more decimals than USD allows (2)"),
        ("2026-01-31 x\n a\x1b[31m  1\n b\n", "`a␛[31m`"),
        ("2026-01-31 x\n (a)  1\n", "virtual"),
        ("P 2026-01-31 EUR\n", "the price has no amount"),
        ("2026-01-31 x\n a  1 EUR\n b  -1.10 USD\n", "`1 EUR @@ 1.1 USD`"),
        ("2026-01-31 x\n a  1  ; date:2026-02-01\n b\n", "date of its own"),
        (f"2026-01-31 {'x' * 501} | y\n a  1\n b\n", "longer than 500"),
        (f"2026-01-31 {'x' * 5001}\n a  1\n b\n", "longer than 5000"),
        (f"2026-01-31 x\n a  1  ; {'x' * 5001}\n b\n", "longer than 5000"),
        (f"2026-01-31 x ; {'x' * 501}:\n a  1\n b\n", "longer than 500"),
        (f"2026-01-31 x\n {'x' * 501}  1\n b\n", "longer than 500"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(text: str, words: str) -> None:
    assert words in first_reason(text)
