"""The language of searches: read, refused with the place of the fault, answered as an oracle answers."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import InvalidQuery
from tui_ledger.ledger import Draft, Ledger, Transaction, credit, debit
from tui_ledger.ledger.found_windows import JOURNAL_ORDERS, REGISTER_ORDERS, Order
from tui_ledger.ledger.queries import parse_query
from tui_ledger.ledger.query_days import day_range

TODAY = date(2026, 6, 15)
AMOUNTS = "write amount:100, amount:>1000.50 or amount:10..20, with a point and nothing between thousands"
BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"


@pytest.fixture
def filled(book: Ledger) -> Ledger:
    """Eight transactions of all kinds; 5 is void, 6 reverses 2, 7 and 8 were imported."""
    with book.write():
        post = book.post
        post("Paper, two boxes", debit(RENT, "84.20"), credit(BANK, "84.20"), date="2026-01-12", payee="Paper Mill")
        post("Office", debit(RENT, 700), credit(BANK, 700), date="2026-02-01", payee="Café Straße", tags=["office"])
        post("100% sure_thing", debit(BANK, 100), credit(SALES, 100), date="2026-05-31", reference="INV-7")
        post("Till", debit(CASH, "0.05"), credit(BANK, "0.05"), date="2026-06-15", data={"order": {"id": 7}})
        book.void(post("Slip or not", debit(CASH, 9), credit(BANK, 9), date="2026-06-15"))
        book.reverse(2, date="2026-06-20")
        dollars = (debit("Assets:Dollars", 100), credit("Equity:Dollars", 100))
        book.post_batch(
            [
                Draft(date(2025, 12, 31), "PAPER again", (debit(RENT, 5), credit(CASH, 5)), "paper mill"),
                Draft(date(2026, 3, 31), "Bought", dollars, tags=("Office", "a")),
            ]
        )
    return book


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [7, 1, 2, 8, 3, 4, 5, 6]),
        ("paper", [7, 1]),
        ("PAPER mill", [7, 1]),
        ('"two boxes"', [1]),
        ('"two boxes" -payee:mill', []),
        ("café", [2, 6]),
        ("CAFÉ", [2, 6]),
        ("cafe\u0301", [2, 6]),
        ("STRASSE", []),
        ("-é", [7, 1, 8, 3, 4, 5]),
        ("-payee:é", [7, 1, 8, 3, 4, 5]),
        ("straße", [2, 6]),
        ("100%", [3]),
        ("%", [3]),
        ("sure_", [3]),
        ("sureX", []),
        ("-paper", [2, 8, 3, 4, 5, 6]),
        ("paper or till", [7, 1, 4]),
        ("paper OR till or office", [7, 1, 2, 8, 4, 6]),
        ('slip "or" not', [5]),
        ("(paper or till) -mill", [4]),
        ("-(paper or till)", [2, 8, 3, 5, 6]),
        ("not (paper or till)", [2, 8, 3, 5, 6]),
        ("paper not mill", []),
        ('slip or "not"', [5]),
        ("payee:paper", [7, 1]),
        ('payee:"Paper Mill" memo:boxes', [1]),
        ("memo:paper", [7, 1]),
        ("account:rent", [7, 1, 2, 6]),
        ("account:assets:cash", [7, 4]),
        ("Assets:Cash", [7, 4]),
        ("account:1000", [1, 2, 3, 4, 6]),
        ("account:nowhere", []),
        ("-account:nowhere", [7, 1, 2, 8, 3, 4, 5, 6]),
        ("tag:office", [2, 8]),
        ("tag:off", []),
        ("ref:inv", [3]),
        ("reference:INV-7", [3]),
        ("currency:usd", [8]),
        ("amount:700", [2, 6]),
        ("amount:>100", [2, 6]),
        ("amount:>=100", [2, 8, 3, 6]),
        ("amount:<0.051", [4]),
        ("amount:<0.05", []),
        ("amount:0.05", [4]),
        ("amount:0.050000", [4]),
        ("amount:0.051", []),
        ("amount:5..100", [7, 1, 8, 3]),
        ("amount:..5", [7, 4]),
        ("amount:+700", [2, 6]),
        ("amount:>+99 -amount:>+100", [8, 3]),
        ("amount:99999999999999999999", []),
        ("date:2026-06-15", [4, 5]),
        ("date:2026", [1, 2, 8, 3, 4, 5, 6]),
        ("date:2026-q1", [1, 2, 8]),
        ("date:2026-05", [3]),
        ("date:2026-02..2026-05-30", [2, 8]),
        ("date:..2025", [7]),
        ("date:2026-06-16..", [6]),
        ("date:month-1", [3]),
        ("month-1", [3]),
        ("month", [4, 5, 6]),
        ('"month"', []),
        ("today", [4, 5]),
        ("week", [4, 5, 6]),
        ("quarter-1", [1, 2, 8]),
        ("year-1", [7]),
        ("yesterday", []),
        ("status:uncleared", [7, 1, 2, 8, 3, 4, 5, 6]),
        ("status:cl", []),
        ("is:void", [5]),
        ("is:reversed", [2]),
        ("is:reversal", [6]),
        ("is:imported", [7, 8]),
        ("is:closing", []),
        ("-is:void today", [4]),
        ("data.order.id:7", [4]),
        ("data.order.id:8", []),
        ("-data.order.id:7 today", [5]),
        ("#3", [3]),
        ("#3 or #4", [3, 4]),
        ("#99", []),
    ],
)
def test_a_search_finds_what_it_asks_for(filled: Ledger, query: str, numbers: list[int]) -> None:
    assert [one.number for one in filled.journal(query)] == numbers
    window = filled.journal_window(query)
    assert [row.number for row in window.rows(0, len(window))] == numbers


@pytest.mark.parametrize(
    ("query", "at", "reason"),
    [
        ('paper "mill', 7, "a quotation mark is never closed"),
        ("(paper", 1, "a parenthesis is never closed"),
        ("paper or", 7, "`or` stands between two conditions"),
        ("or paper", 1, "`or` stands between two conditions"),
        ("(paper or) till", 8, "`or` stands between two conditions"),
        ("paye:mill", 1, "`paye:` is no part of a query; did you mean `payee:`?"),
        ("x payee:", 3, "`payee:` needs something behind it"),
        (
            "amount:many",
            1,
            "`many` is no amount; " + AMOUNTS,
        ),
        (
            "amount:20..10",
            1,
            "`20..10` is no amount; " + AMOUNTS,
        ),
        (
            "amount:1,000",
            1,
            "`1,000` is no amount; " + AMOUNTS,
        ),
        (
            "x date:2026-13",
            3,
            "`2026-13` is no day or period; write 2026, 2026-03, 2026-Q1, 2026-01-31, A..B or month-1",
        ),
        ("status:done", 1, "`done` is no status; use uncleared, cleared or reconciled"),
        ("is:re", 1, "`re` is no mark; use void, reversed, reversal, closing or imported"),
        ("data:7", 1, "name the key of the extra data, as in `data.paymentId:abc`"),
        ("#x", 1, "`#x` is no transaction number; write it like #1042"),
        ("paper -(mill", 8, "a parenthesis is never closed"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(book: Ledger, query: str, at: int, reason: str) -> None:
    for ask in (book.journal, book.journal_window, lambda text: book.register_window(BANK, text)):
        with pytest.raises(InvalidQuery) as refused:
            ask(query)
        assert (refused.value.values["at"], refused.value.values["reason"]) == (at, reason)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-q4", "2026-10-01", "2026-12-31"),
        ("week", "2026-06-15", "2026-06-21"),
        ("week-1", "2026-06-08", "2026-06-14"),
        ("month-6", "2025-12-01", "2025-12-31"),
        ("quarter-2", "2025-10-01", "2025-12-31"),
        ("year-26", "2000-01-01", "2000-12-31"),
        ("day-15", "2026-05-31", "2026-05-31"),
        ("month-1..today", "2026-05-01", "2026-06-15"),
        ("..2026-q1", "0001-01-01", "2026-03-31"),
    ],
)
def test_periods_are_days(text: str, first: str, last: str) -> None:
    found = day_range(text, TODAY)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "..", "2026-00", "2026-02-30", "day", "year-3000", "month-", "0000", "2026..2025", "26"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert day_range(text, TODAY) is None


def test_no_text_makes_a_search_fail_otherwise_than_by_its_own_error() -> None:
    chance = random.Random(7)
    pieces = [
        '"',
        "(",
        ")",
        "-",
        "or",
        " ",
        "payee:",
        "amount:",
        "date:",
        "#",
        "..",
        ">",
        "1",
        "x",
        "%",
        "'",
        ";",
        "é",
        "\x00",
        "data.",
        ":",
    ]
    for _ in range(20_000):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 9)))
        assert 0 <= fault_of(text) <= len(text)


def fault_of(text: str) -> int:
    """The place of the fault in a search, 0 for none."""
    try:
        parse_query(text, TODAY)
    except InvalidQuery as refused:
        return int(str(refused.values["at"]))
    return 0


def matches(one: Transaction, words: list[str], amount: Decimal | None) -> bool:
    """What an oracle finds: every word somewhere, and a posting of at least an amount."""
    texts = [one.payee or "", one.memo, one.reference or "", *one.tags, *(line.account for line in one.postings)]
    folded = [unicodedata.normalize("NFKC", text).casefold() for text in texts]
    wanted = [unicodedata.normalize("NFKC", word).casefold() for word in words]
    return all(any(word in text for text in folded) for word in wanted) and (
        amount is None or any(abs(line.amount.amount) >= amount for line in one.postings)
    )


@pytest.fixture
def many(book: Ledger) -> Ledger:
    chance = random.Random(3)
    words = ["paper", "Mill", "ÉTÉ", "été", "rent", "a_b", "100%", "ǆ", "Σας"]
    with book.write():
        for _ in range(120):
            accounts = chance.sample([BANK, CASH, SALES, RENT], 2)
            amount = Decimal(chance.randint(1, 20_000)).scaleb(-2)
            book.post(
                " ".join(chance.choices(words, k=2)),
                debit(accounts[0], amount),
                credit(accounts[1], amount),
                date=date(2026, chance.randint(1, 6), chance.randint(1, 28)),
                payee=chance.choice([None, *words]),
                tags=chance.sample(words, chance.randint(0, 2)),
            )
    return book


@pytest.mark.parametrize(
    "words", [["paper"], ["été"], ["ete"], ["a_"], ["%"], ["σας"], ["mill", "rent"], ["bank", "ǅ"]]
)
@pytest.mark.parametrize("amount", [None, Decimal("99.99")])
def test_searches_agree_with_an_oracle(many: Ledger, words: list[str], amount: Decimal | None) -> None:
    query = " ".join([*words, *([] if amount is None else [f"amount:>={amount}"])])
    expected = [one.number for one in many.journal() if matches(one, words, amount)]
    assert [one.number for one in many.journal(query)] == expected
    denied = "-(" + query + ")"
    assert len(many.journal(denied)) == len(many.journal()) - len(expected)


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("column", JOURNAL_ORDERS)
def test_the_journal_is_sorted_by_each_column_and_loses_no_row(many: Ledger, column: str, falling: bool) -> None:
    window = many.journal_window(order=Order(column, falling))
    rows = window.rows(0, len(window))
    assert sorted(row.number for row in rows) == list(range(1, 121))
    keys: dict[str, Callable[[Any], Any]] = {
        "date": lambda row: row.date,
        "number": lambda row: row.number,
        "amount": lambda row: row.amount.units,
        "accounts": lambda row: row.accounts[0],
    }
    if column in keys:
        sorted_by = [keys[column](row) for row in rows]
        assert sorted_by == sorted(sorted_by, reverse=falling)
    for place in (0, 60, 119):
        assert window.index_of(rows[place].key) == place
    assert window.rows(10, 13) == rows[10:13]


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("column", REGISTER_ORDERS)
@pytest.mark.parametrize("account", [BANK, SALES])
def test_every_row_of_a_register_keeps_its_true_balance_however_it_is_filtered_and_sorted(
    many: Ledger, account: str, column: str, falling: bool
) -> None:
    true = {(row.transaction, row.line): row for row in many.register(account)}
    for query in ("", "paper", "amount:>50 -mill"):
        window = many.register_window(account, query, order=Order(column, falling))
        rows = window.rows(0, len(window))
        assert all(true[row.transaction, row.line] == row for row in rows)
        if not query:
            assert len(rows) == len(true)
        if column in ("amount", "balance"):
            sorted_by = [row.change.units if column == "amount" else row.balance.units for row in rows]
            assert sorted_by == sorted(sorted_by, reverse=falling)


def test_amounts_in_a_register_are_those_of_its_own_postings(book: Ledger) -> None:
    book.post("Split", debit(BANK, 100), credit(SALES, 90), credit(RENT, 10), date="2026-01-01")
    assert len(book.register_window(RENT, "amount:>50")) == 0
    assert len(book.register_window(RENT, "amount:-10")) == 1
    assert len(book.journal("amount:90")) == 1


def test_totals_are_those_of_what_is_listed(filled: Ledger) -> None:
    assert filled.journal_totals("tag:office") == {"EUR": (70000, 70000), "USD": (10000, 10000)}
    assert filled.journal_totals("#1", date_from="2026-02-01") == {}
    assert filled.journal_totals(date_to="2025-12-31") == {"EUR": (500, 500)}
    assert [str(one) for one in filled.register_totals(BANK)] == ["800.00 EUR", "784.25 EUR"]
    assert [str(one) for one in filled.register_totals(BANK, "paper")] == ["0.00 EUR", "84.20 EUR"]
    assert [str(one) for one in filled.register_totals(BANK, "nowhere")] == ["0.00 EUR", "0.00 EUR"]


def test_a_day_is_found_in_a_list_that_is_filtered(filled: Ledger) -> None:
    window = filled.journal_window("paper or till")
    assert [window.index_of_date(date(2026, month, 1)) for month in (1, 2, 7)] == [1, 2, 3]
    assert window.index_of(("2026-02-01", 2)) == 2


def test_the_status_of_a_transaction_is_that_of_its_least_settled_posting(filled: Ledger) -> None:
    filled.mark("cleared", [(1, 1), (1, 2), (2, 1)])
    assert [one.number for one in filled.journal("status:cleared")] == [1]
    assert [one.number for one in filled.journal("status:uncleared")] == [7, 2, 8, 3, 4, 5, 6]
    assert [one.number for one in filled.journal("status:reconciled")] == []
    assert [row.transaction for row in filled.register_window(RENT, "status:cleared").rows(0, 9)] == [1, 2]


def test_searches_see_what_tags_say_and_not_how_they_are_kept(book: Ledger) -> None:
    for place, tags in enumerate((["a"], ["a\\b", "c,d"], [], ['say "x"'])):
        book.post(f"Sale {place}", debit(BANK, 5), credit(SALES, 5), tags=tags, data={"order.id": place})
    found = {
        query: [one.number for one in book.journal(query)] for query in ("[", "[]", ",", "a\\b", "tag:a\\b", "c,d")
    }
    assert found == {"[": [], "[]": [], ",": [2], "a\\b": [2], "tag:a\\b": [2], "c,d": [2]}
    assert [one.number for one in book.journal("data.order.id:2")] == [3]
    assert [one.number for one in book.journal(data={"order.id": 1})] == [2]


@pytest.mark.parametrize("query", ["x " * 501, "x" * 1001, "(" * 101, "-" * 200 + "x", "\x00", '""', 'x ""'])
def test_searches_that_are_too_much_or_nothing_are_refused(book: Ledger, query: str) -> None:
    with pytest.raises(InvalidQuery):
        book.journal(query)


def test_names_of_accounts_like_a_part_of_the_language_are_only_names(book: Ledger) -> None:
    book.increase(BANK, 5, memo="Accounts:7")
    assert len(book.journal("Accounts:7")) == 1
    with pytest.raises(InvalidQuery):
        book.journal("accounts:7")
