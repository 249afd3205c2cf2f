"""What each party is owed, on any day, and how that came about: balances, sheets, credits, debits, adjustments."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.errors import PostingRefused
from tui_ledger.ledger import Draft, Ledger, SheetPosting, credit, debit
from tui_ledger.money import Money

BANK, SALES, RENT, ADJUSTMENTS = "Assets:Bank", "Income:Sales", "Expenses:Rent", "Equity:Adjustments"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann with two accounts, Bob with a receivable of his own, Cid with nothing."""
    for key, name in (("ann", "Ann Smith"), ("bob", "Bob Berg"), ("cid", "Cid")):
        book.add_party(key, name)
    book.party_credit("ann", "100", memo="Top-up", against=BANK, date="2026-01-10")
    book.party_debit("ann", "30.50", memo="Fee", against=SALES, date="2026-02-01")
    book.party_credit("ann", 5, purpose="bonus", memo="Bonus", date="2026-01-20")
    book.open_account("Assets:Lent to Bob", "asset", party="bob")
    book.party_debit("bob", 40, memo="Lent", against=BANK, date="2026-03-01")
    return book


@contextmanager
def statements_counted(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are run inside."""
    run, seen = book._database.execute, []

    def counting(sql: str, parameters: Any = ()) -> Any:
        seen.append(sql)
        return run(sql, parameters)

    with monkeypatch.context() as counted:
        counted.setattr(book._database, "execute", counting)
        yield seen


def owed(book: Ledger, party: str, **choice: Any) -> list[str]:
    return [str(one) for one in book.party_balance(party, **choice)]


def amounts(rows: Any) -> list[tuple[str, str, str]]:
    return [(f"{row.date:%m-%d}", str(row.change.amount), str(row.balance.amount)) for row in rows]


def test_a_party_is_owed_the_credits_of_all_its_accounts_whatever_their_types(club: Ledger) -> None:
    assert owed(club, "ann") == ["74.50 EUR"]
    assert owed(club, "bob") == ["-40.00 EUR"]
    assert owed(club, "cid") == ["0.00 EUR"]
    assert str(club.balance("Assets:Lent to Bob")) == "40.00 EUR"
    club.party_credit("bob", "50", against=BANK)
    assert owed(club, "BOB") == ["10.00 EUR"]
    assert str(club.balance("Assets:Lent to Bob")) == "-10.00 EUR"


@pytest.mark.parametrize("kind", ["asset", "liability", "equity", "income", "expense"])
def test_credit_always_credits_and_debit_always_debits(book: Ledger, kind: str) -> None:
    book.add_party("ann")
    roots = {"asset": "Assets", "liability": "Liabilities", "equity": "Equity", "income": "Income"}
    book.open_account(f"{roots.get(kind, 'Expenses')}:Ann", kind, party="ann")
    posted = book.party_credit("ann", 7)
    assert [(line.account, line.amount.units) for line in posted.postings][1] == (ADJUSTMENTS, 700)
    assert posted.postings[0].amount.units == -700
    assert owed(book, "ann") == ["7.00 EUR"]
    assert book.party_debit("ann", "9.25").postings[0].amount.units == 925
    assert owed(book, "ann") == ["-2.25 EUR"]


def test_a_balance_at_a_day_and_of_one_purpose(club: Ledger) -> None:
    days = ("2026-01-09", "2026-01-10", "2026-01-20", "2026-01-31", date(2026, 2, 1))
    assert [owed(club, "ann", at=day)[0] for day in days] == [
        "0.00 EUR", "100.00 EUR", "105.00 EUR", "105.00 EUR", "74.50 EUR",
    ]  # fmt: skip
    assert owed(club, "ann", purpose="BONUS") == ["5.00 EUR"]
    assert owed(club, "ann", purpose="default", at="2026-01-31") == ["100.00 EUR"]
    assert owed(club, "ann", purpose="other") == ["0.00 EUR"]


def test_each_currency_is_owed_for_itself(club: Ledger) -> None:
    club.party_credit("ann", Money(1250, club.currency_of("USD")))
    club.party_credit("ann", Money(50, club.currency_of("USD")), purpose="bonus", against="Equity:Dollars")
    assert owed(club, "ann") == ["74.50 EUR", "13.00 USD"]
    assert {one.name for one in club.party_accounts("ann")} >= {
        "Liabilities:Parties:ann:USD",
        "Liabilities:Parties:ann:bonus:USD",
    }
    assert str(club.balance("Equity:Adjustments:USD")) == "-12.50 USD"
    assert amounts(club.party_sheet("ann", currency="USD"))[-1][2] == "13.00"
    assert [len(one.balances) for one in club.party_balances()] == [2, 1, 1]


def test_a_balance_is_two_seeks_however_much_was_posted(club: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = debit("Liabilities:Parties:ann", 1), credit("Liabilities:Parties:ann:bonus", 1)
    club.post_batch(Draft(date(2026, 4, 1), "Moved", lines) for _ in range(2_000))
    club.party_balance("ann")
    for day in (None, "2026-03-31"):
        with statements_counted(club, monkeypatch) as seen:
            assert owed(club, "ann", at=day) == ["74.50 EUR"]
        about_balances = [one for one in seen if "postings" in one]
        assert len(about_balances) == 1
        assert "sum(" not in about_balances[0]
        if club.path is not None:
            plan = club._database.rows(f"EXPLAIN QUERY PLAN {about_balances[0]}", ("2026-03-31", 1)[day is None :])
            assert [row[3].split()[0] for row in plan if "SCAN" in row[3]] == []


def test_all_balances_are_one_statement_with_parties_that_have_nothing(
    club: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with statements_counted(club, monkeypatch) as seen:
        found = club.party_balances(at="2026-02-15")
    assert len([one for one in seen if "postings" in one]) == 1
    assert [(one.key, str(one.balance)) for one in found] == [
        ("ann", "74.50 EUR"), ("bob", "0.00 EUR"), ("cid", "0.00 EUR"),
    ]  # fmt: skip


def test_all_balances_are_sorted_by_each_column_and_chosen(club: Ledger) -> None:
    club.edit_party("bob", active=False)
    club.add_party("aa", "Zacharias")

    def keys(**choice: Any) -> list[str]:
        listed = [one.key for one in club.party_balances(**choice)]
        window = club.party_window(**choice)
        assert [one.key for one in window.rows(0, 99)] == listed
        assert window.rows(0, 99) == club.party_balances(**choice)
        assert [window.index_of(key) for key in window.keys(0, 99)] == list(range(len(window)))
        return listed

    assert keys() == ["ann", "bob", "cid", "aa"]
    assert keys(falling=True) == ["aa", "cid", "bob", "ann"]
    assert keys(order="key") == ["aa", "ann", "bob", "cid"]
    assert keys(order="balance") == ["bob", "cid", "aa", "ann"]
    assert keys(order="balance", falling=True) == ["ann", "cid", "aa", "bob"]
    assert keys(order="balance", purpose="bonus", falling=True)[0] == "ann"
    assert keys(include_zero=False) == ["ann", "bob"]
    assert keys(include_zero=False, include_inactive=False, at="2026-02-15") == ["ann"]
    assert keys(words="B berg") == ["bob"]
    assert keys(words="\uff21NN") == ["ann"]
    assert keys(words="nobody") == []
    with pytest.raises(errors.InvalidSetting):
        club.party_balances(order="height")


def test_a_window_reads_any_page(club: Ledger) -> None:
    with club.write():
        for number in range(150):
            club.add_party(f"p{number:03}")
    window = club.party_window(order="key")
    assert len(window) == 153
    assert [one.key for one in window.rows(148, 200)] == ["p145", "p146", "p147", "p148", "p149"]
    assert window.rows(-5, 1)[0].key == "ann"
    assert window.rows(10, 5) == []


def test_a_settled_party_owes_nothing_in_any_currency(club: Ledger) -> None:
    club.party_credit("cid", Money(100, club.currency_of("USD")))
    assert [one.key for one in club.party_balances(include_zero=False)] == ["ann", "bob", "cid"]
    assert [str(one) for one in club.party_balances()[2].balances] == ["0.00 EUR", "1.00 USD"]


def test_a_sheet_has_every_posting_and_what_was_owed_after_it(club: Ledger) -> None:
    sheet = club.party_sheet("ann")
    assert amounts(sheet) == [("01-10", "100.00", "100.00"), ("01-20", "5.00", "105.00"), ("02-01", "-30.50", "74.50")]
    first = sheet.rows(0, 1)[0]
    assert isinstance(first, SheetPosting)
    assert (first.memo, first.account, first.counter_accounts, first.amount.units) == (
        "Top-up", "Liabilities:Parties:ann", (BANK,), -10000,
    )  # fmt: skip
    assert (str(sheet.opening_balance), str(sheet.closing_balance)) == ("0.00 EUR", "74.50 EUR")


@pytest.mark.parametrize(
    ("first", "last", "opening", "days", "closing"),
    [
        ("2026-01-10", "2026-02-01", "0.00", ["01-10", "01-20", "02-01"], "74.50"),
        ("2026-01-11", "2026-01-31", "100.00", ["01-20"], "105.00"),
        ("2026-01-20", "2026-01-20", "100.00", ["01-20"], "105.00"),
        ("2026-02-02", None, "74.50", [], "74.50"),
        (None, "2026-01-09", "0.00", [], "0.00"),
        ("2026-02-01", "2026-01-01", "105.00", [], "105.00"),
        ("0001-01-01", "9999-12-31", "0.00", ["01-10", "01-20", "02-01"], "74.50"),
    ],
)
def test_both_ends_of_a_sheet_s_range_are_in_it(
    club: Ledger, first: str | None, last: str | None, opening: str, days: list[str], closing: str
) -> None:
    sheet = club.party_sheet("ann", date_from=first, date_to=last)
    assert [f"{row.date:%m-%d}" for row in sheet] == days
    assert (str(sheet.opening_balance.amount), str(sheet.closing_balance.amount)) == (opening, closing)
    assert sheet.opening_balance.units + sum(row.change.units for row in sheet) == sheet.closing_balance.units


def test_newest_first_turns_the_rows_and_no_balance(club: Ledger) -> None:
    plain, turned = club.party_sheet("ann"), club.party_sheet("ann", newest_first=True)
    assert list(turned) == list(plain)[::-1]
    assert turned.rows(1, 2) == plain.rows(1, 2)
    assert [turned.index_of(key) for key in turned.keys(0, 3)] == [0, 1, 2]
    assert turned.keys(0, 3) == plain.keys(0, 3)[::-1]
    assert turned.index_of_date(date(2026, 1, 20)) == 1


def test_of_postings_of_one_day_in_several_accounts_each_page_has_the_true_balances(book: Ledger) -> None:
    """Postings of one second vanished at the ancestor, and its pages disagreed."""
    choose = random.Random(5)
    book.add_party("ann")
    accounts = [book.party_account("ann", purpose, create=True) for purpose in ("default", "bonus", "loan")]
    drafts = []
    for _ in range(300):
        units, account = choose.randint(1, 9_999), choose.choice(accounts)
        other = choose.choice([BANK, choose.choice([one for one in accounts if one != account]).name])
        lines = debit(account, Decimal(units) / 100), credit(other, Decimal(units) / 100)
        drafts.append(Draft(date(2026, 1, 1) + timedelta(choose.randint(0, 9)), "", lines))
    book.post_batch(drafts)
    sheet, running = book.party_sheet("ann"), 0
    whole = list(sheet)
    assert len(whole) == sum(len(book.register(account)) for account in accounts)
    for row in whole:
        running += row.change.units
        assert row.balance.units == running
    for start in (0, 1, 7, 100, 299, len(whole) - 3):
        assert book.party_sheet("ann").rows(start, start + 20) == whole[start : start + 20]
    assert sheet.closing_balance.units == running == book.party_balance("ann")[0].units
    day = date(2026, 1, 5)
    later = book.party_sheet("ann", date_from=day)
    assert list(later) == [row for row in whole if row.date >= day]


def test_a_sheet_page_takes_few_statements(club: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = debit("Liabilities:Parties:ann", 1), credit(BANK, 1)
    club.post_batch(Draft(date(2026, 4, 1), "Item", lines) for _ in range(1_000))
    with statements_counted(club, monkeypatch) as seen:
        assert len(club.party_sheet("ann").rows(500, 564)) == 64
    assert len(seen) < 16


def test_a_sheet_of_one_purpose_and_of_a_party_with_dollars_only(club: Ledger) -> None:
    assert amounts(club.party_sheet("ann", purpose="bonus")) == [("01-20", "5.00", "5.00")]
    club.party_credit("cid", Money(100, club.currency_of("USD")))
    assert club.party_sheet("cid").of.currency == "USD"
    assert len(club.party_sheet("cid", currency="EUR")) == 0
    with pytest.raises(errors.InvalidCurrency):
        club.party_sheet("cid", currency="XXQ")


def test_an_adjustment_follows_its_sign_and_the_settings(club: Ledger) -> None:
    up, down = club.party_adjust("cid", "2.00"), club.party_adjust("cid", Decimal("-0.75"), memo="Slip")
    assert (up.memo, down.memo, owed(club, "cid")) == ("Admin Adjustment", "Slip", ["1.25 EUR"])
    club.set_setting("adjustment_memo", "Put right")
    club.set_setting("adjustments", "Expenses:Rent")
    third = club.party_adjust("cid", -1)
    assert (third.memo, third.postings[1].account) == ("Put right", RENT)
    assert [club.party_setting(name) for name in ("adjustment_amount", "adjustment_side")] == ["2.00", "credit"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("adjustment_amount", "-2"),
        ("adjustment_amount", "1,5"),
        ("adjustment_amount", 2),
        ("adjustment_side", "up"),
        ("adjustment_memo", 7),
        ("adjustment_memo", "x" * 501),
    ],
)
def test_settings_of_adjustments_are_checked(club: Ledger, untouched: Untouched, name: str, value: object) -> None:
    with untouched(club), pytest.raises(errors.InvalidSetting):
        club.set_setting(name, value)


@pytest.mark.parametrize(
    ("party", "amount", "choice", "error"),
    [
        ("ann", 0, {}, errors.AmountNotPositive),
        ("ann", -5, {}, errors.AmountNotPositive),
        ("ann", 0.5, {}, errors.FloatAmount),
        ("ann", "1,000", {}, errors.InvalidAmount),
        ("ann", "1.005", {}, errors.TooManyDecimals),
        ("ann", "nan", {}, errors.InvalidAmount),
        ("nobody", 5, {}, errors.UnknownParty),
        ("cid", 5, {"against": "Nowhere"}, errors.UnknownAccount),
        ("cid", 5, {"against": "Assets:Dollars"}, errors.LedgerError),
        ("cid", 5, {"purpose": "a:b"}, errors.InvalidParty),
        ("cid", 5, {"date": "2026-02-30"}, errors.InvalidDate),
        ("ann", 5, {"against": "Liabilities:Parties:ann"}, errors.SelfTransfer),
    ],
)
def test_what_is_refused_writes_nothing_and_leaves_no_account(
    club: Ledger, untouched: Untouched, party: str, amount: Any, choice: dict[str, Any], error: type[Exception]
) -> None:
    for act in (club.party_credit, club.party_debit):
        with untouched(club), pytest.raises(error):
            act(party, amount, **choice)


def test_an_adjustment_of_nothing_is_refused(club: Ledger, untouched: Untouched) -> None:
    for amount in (0, "0.00", "-0"):
        with untouched(club), pytest.raises(errors.ZeroAmount):
            club.party_adjust("cid", amount)


def test_an_inactive_party_is_not_credited_and_keeps_what_it_is_owed(club: Ledger, untouched: Untouched) -> None:
    """Its accounts stay what they are, so that what is owed can be paid out."""
    club.edit_party("ann", active=False)
    for act in (club.party_credit, club.party_debit, club.party_adjust):
        with untouched(club), pytest.raises(errors.PartyInactive):
            act("ann", 5)
    with untouched(club), pytest.raises(errors.PartyInactive):
        club.party_account("ann", "loan", create=True)
    club.post("Paid out", debit("Liabilities:Parties:ann", "69.50"), credit(BANK, "69.50"))
    assert owed(club, "ann") == ["5.00 EUR"]
    club.edit_party("ann", active=True)
    club.party_debit("ann", 5, purpose="bonus")
    assert owed(club, "ann") == ["0.00 EUR"]


def test_a_credit_that_opened_an_account_is_undone_with_it(club: Ledger) -> None:
    before = club.accounts()
    posted = club.party_credit("cid", 5, memo="First", data={"order": 7}, payee="Cid", tags=["t"], actor="ada")
    assert (posted.payee, posted.tags, posted.data) == ("Cid", ("t",), {"order": 7})
    club.undo(actor="ada")
    assert (club.accounts(), owed(club, "cid")) == (before, ["0.00 EUR"])
    club.redo(actor="ada")
    assert owed(club, "cid") == ["5.00 EUR"]
    assert club.verify(replay=True).ok


def test_a_key_credits_once(club: Ledger, untouched: Untouched) -> None:
    first = club.party_credit("ann", 5, key="k", date="2026-03-03")
    assert club.party_credit("ann", 5, key="k", date="2026-03-03") == first
    for again in ((club.party_debit, "ann", 5), (club.party_credit, "ann", 6), (club.party_credit, "bob", 5)):
        with untouched(club), pytest.raises(errors.KeyReused):
            again[0](again[1], again[2], key="k", date="2026-03-03")
    assert owed(club, "ann") == ["79.50 EUR"]


def test_many_at_once_lose_nothing(club: Ledger) -> None:
    """The ancestor read the last balance, added and inserted, without a lock."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: club.party_credit("cid", "0.10", key=f"k{number % 20}"), range(40)))
    assert owed(club, "cid") == ["2.00 EUR"]
    assert len(club.party_sheet("cid")) == 20
    assert len(club.party_accounts("cid")) == 1


def test_hooks_see_the_whole_posting_and_may_change_or_refuse_it(club: Ledger) -> None:
    """The ancestor's hooks got copies, and its balance was read before them."""
    seen: list[list[str]] = []

    @club.before_post
    def look(draft: Draft) -> Draft | None:
        seen.append([line.account.name for line in draft.postings])  # type: ignore[union-attr]
        if draft.memo == "No":
            raise PostingRefused("No.")
        return None

    club.party_credit("cid", 5)
    club.party_credit("cid", 5)
    assert seen == [["Liabilities:Parties:cid", ADJUSTMENTS]] * 2
    club.add_party("dan")
    with pytest.raises(errors.PostingRefused):
        club.party_credit("dan", 5, memo="No")
    assert club.party_accounts("dan") == ()


def test_tenths_sum_exactly(book: Ledger) -> None:
    """0.1 + 0.2 - 0.3 left 5.55e-17 at an ancestor."""
    book.add_party("ann")
    for amount in ("0.1", "0.2", "-0.3"):
        book.party_adjust("ann", amount)
    assert book.party_balance("ann")[0].units == 0


def test_parties_with_the_same_balance_in_the_same_moment_are_all_listed(book: Ledger) -> None:
    """The ancestor's report dropped users whose last items shared a second, or whose balance had been there before."""
    with book.write():
        for key in ("a", "b", "c"):
            book.add_party(key)
            for amount in (5, -5, 5):
                book.party_adjust(key, amount, date="2026-01-01")
    assert [(one.key, one.balance.units) for one in book.party_balances(order="balance")] == [
        ("a", 500), ("b", 500), ("c", 500),
    ]  # fmt: skip


def test_a_read_only_book_answers_and_is_not_written(club: Ledger) -> None:
    with Ledger.open(club.place, read_only=True) as reading:
        assert reading.party_balances() == club.party_balances()
        assert reading.party_account("ann") == club.party_account("ann")
        for act in (lambda: reading.party_credit("ann", 1), lambda: reading.add_party("x")):
            with pytest.raises(errors.BookReadOnly):
                act()
