"""Drafts get their tax: net and tax of each line, to the cent, and always the amounts that were typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_ledger import errors
from tui_ledger.ledger import Draft, DraftPosting, Ledger, PostingStatus, WrittenPrice, credit, debit
from tui_ledger.ledger.taxes import TaxMode, tax_units

BANK, SALES, BOOKS, EXPORT = "Assets:Bank", "Income:Sales", "Income:Books", "Income:Export"
VAT, INPUT, RENT = "Liabilities:VAT", "Assets:Input VAT", "Expenses:Rent"
GROSS, NET = TaxMode.GROSS, TaxMode.NET
P = DraftPosting
Lines = tuple[tuple[str, str | None], ...]


@pytest.fixture
def taxed(book: Ledger) -> Ledger:
    """A book that charges 19% and 7%, exports at nothing, and reclaims 19% on its rent; 16% in the half year before."""
    return with_taxes(book)


def with_taxes(book: Ledger) -> Ledger:
    with book.write():
        book.open_account(VAT, "liability")
        book.open_account(INPUT, "asset")
        for code, rate, account in (("V19", 19, VAT), ("V7", 7, VAT), ("V0", 0, None), ("I19", 19, INPUT)):
            book.set_tax_rate(code, rate, account=account, date_from="2021-01-01")
        book.set_tax_rate("V19", 16, account=VAT, date_from="2020-07-01")
        for name, code in ((BOOKS, "V7"), (EXPORT, "V0")):
            book.open_account(name, "income", tax_code=code)
        book.edit_account(SALES, tax_code="V19")
        book.edit_account(RENT, tax_code="I19")
    return book


def split(ledger: Ledger, mode: str, *lines: tuple[str, str | None], day: str = "2026-06-15") -> list[tuple[str, str]]:
    draft = Draft(date.fromisoformat(day), "x", tuple(P(account, amount) for account, amount in lines))
    made = ledger.taxed(draft, mode)
    posted = ledger.post_draft(made)
    assert [(one.account, one.amount) for one in posted.postings] == [
        (ledger.account(one.account).name, one.amount) for one in made.postings
    ]
    return [(one.account, f"{one.amount.amount:f}") for one in posted.postings]


SALE = [(BANK, "119.00"), (SALES, "-100.00"), (VAT, "-19.00")]


@pytest.mark.parametrize(
    ("mode", "lines", "found"),
    [
        ("gross", ((BANK, "119"), (SALES, "-119")), SALE),
        ("gross", ((BANK, "119"), (SALES, None)), SALE),
        ("gross", ((BANK, None), (SALES, "-119")), SALE),
        ("net", ((BANK, "119"), (SALES, "-100")), SALE),
        ("net", ((BANK, None), (SALES, "-100")), SALE),
        ("net", ((BANK, "119"), (SALES, None)), SALE),
        ("gross", ((SALES, "-119"), (BANK, "119")), [SALE[1], SALE[2], SALE[0]]),
        ("gross", ((BANK, "-119"), (SALES, "119")), [(BANK, "-119.00"), (SALES, "100.00"), (VAT, "19.00")]),
        ("gross", ((RENT, "119"), (BANK, None)), [(RENT, "100.00"), (INPUT, "19.00"), (BANK, "-119.00")]),
        ("net", ((RENT, "100"), (BANK, None)), [(RENT, "100.00"), (INPUT, "19.00"), (BANK, "-119.00")]),
        (
            "gross",
            ((BANK, "226"), (SALES, None), (BOOKS, "-107")),
            [(BANK, "226.00"), (SALES, "-100.00"), (VAT, "-19.00"), (BOOKS, "-100.00"), (VAT, "-7.00")],
        ),
        (
            "net",
            ((BANK, "226"), (SALES, None), (BOOKS, "-100")),
            [(BANK, "226.00"), (SALES, "-100.00"), (VAT, "-19.00"), (BOOKS, "-100.00"), (VAT, "-7.00")],
        ),
        # Each line is rounded for itself: 0.03 and 0.03 come to 0.01 each.
        (
            "net",
            ((BANK, None), (SALES, "-0.03"), (EXPORT, "-1"), (SALES, "-0.03")),
            [(BANK, "1.08"), (SALES, "-0.03"), (EXPORT, "-1.00"), (SALES, "-0.03"), (VAT, "-0.02")],
        ),
        ("gross", ((BANK, "5"), (EXPORT, None)), [(BANK, "5.00"), (EXPORT, "-5.00")]),
        ("gross", ((BANK, "0.02"), (SALES, None)), [(BANK, "0.02"), (SALES, "-0.02")]),
        # A credit note beside a sale takes the tax of both away.
        (
            "gross",
            ((BANK, "10"), (SALES, "-119"), (SALES, "119"), ("Liabilities:Card", None)),
            [(BANK, "10.00"), (SALES, "-100.00"), (SALES, "100.00"), ("Liabilities:Card", "-10.00")],
        ),
    ],
)
def test_each_line_becomes_net_and_tax(taxed: Ledger, mode: str, lines: Lines, found: list[tuple[str, str]]) -> None:
    assert split(taxed, mode, *lines) == found


def test_the_rate_is_that_of_the_day(taxed: Ledger) -> None:
    assert split(taxed, "gross", (BANK, "116"), (SALES, None), day="2020-12-31")[1:] == [
        (SALES, "-100.00"),
        (VAT, "-16.00"),
    ]
    assert split(taxed, "gross", (BANK, "119"), (SALES, None), day="2021-01-01")[1:] == SALE[1:]
    with pytest.raises(errors.NothingTaxed, match="with a rate on 2020-06-30"):
        taxed.taxed(Draft(date(2020, 6, 30), "", (P(BANK, "119"), P(SALES))), "gross")


def test_tax_says_its_code_and_rate_and_the_rest_of_the_line_stays(taxed: Ledger) -> None:
    cleared = P(SALES, "-119", memo="Chairs", status=PostingStatus.CLEARED)
    posted = taxed.post("Sale", P(BANK, "119"), cleared, tax=TaxMode.GROSS, payee="Ann", tags=["a"], data={"n": 1})
    assert [(one.memo, one.status.value) for one in posted.postings] == [
        (None, "uncleared"),
        ("Chairs", "cleared"),
        ("V19 19%", "uncleared"),
    ]
    assert (posted.payee, posted.tags, posted.data) == ("Ann", ("a",), {"n": 1})


def test_a_price_of_a_unit_holds_for_net_and_tax(taxed: Ledger) -> None:
    price = WrittenPrice(Decimal("1.1"), "USD", total=False)
    posted = taxed.post("Bought", P(RENT, "119", price=price), P("Assets:Dollars"), tax="gross")
    assert [(one.account, str(one.amount)) for one in posted.postings][:3] == [
        (RENT, "100.00 EUR"),
        (INPUT, "19.00 EUR"),
        ("Assets:Dollars", "-130.90 USD"),
    ]
    assert posted.postings[1].price == price


def test_what_takes_tax_bears_none_and_a_conversion_neither(taxed: Ledger) -> None:
    taxed.edit_account(VAT, tax_code="V19")
    assert split(taxed, "gross", (BANK, "138"), (SALES, "-119"), (VAT, "-19"))[1:] == [
        (SALES, "-100.00"),
        (VAT, "-19.00"),
        (VAT, "-19.00"),
    ]
    with pytest.raises(errors.NothingTaxed):
        taxed.taxed(Draft(None, "", (P(BANK, "1"), P(SALES, "-1", conversion=True))), "gross")


@pytest.mark.parametrize(
    ("error", "mode", "lines"),
    [
        (errors.NothingTaxed, "gross", (P(BANK, "5"), P("Assets:Cash"))),
        (errors.InvalidSetting, "brutto", (P(BANK, "5"), P(SALES))),
        (errors.TaxNotSplit, "net", (P(BANK, "0.03"), P(SALES))),
        (errors.TaxNotSplit, "gross", (P(BANK, "0.01"), P("Income:Ten"))),
        (errors.TaxNotSplit, "gross", (P("Assets:Dollars", "5"), P("Income:Dollars"))),
        (
            errors.TaxNotSplit,
            "gross",
            (P(RENT, "119", price=WrittenPrice(Decimal(130), "USD", total=True)), P("Assets:Dollars")),
        ),
        (errors.UnbalancedTransaction, "net", (P(BANK, "119"), P(SALES, "-119"))),
        (errors.UnbalancedTransaction, "gross", (P(BANK, "100"), P(SALES, "-119"))),
        (errors.SeveralAmountsMissing, "net", (P(BANK), P(SALES))),
        (errors.UnknownAccount, "gross", (P("Assets:Nowhere", "5"), P(SALES))),
        (errors.ZeroAmount, "net", (P(BANK, "5"), P(SALES, "0"), P(BOOKS))),
        (errors.AmountTooLarge, "net", (P(BANK), P("Income:Ten", "-39999999999999999.99"))),
        (errors.AccountClosed, "gross", (P(BANK, "119"), P("Income:Shut"))),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_cannot_be_split_is_refused_and_books_nothing(
    taxed: Ledger, untouched: Callable[..., Any], error: type[Exception], mode: str, lines: tuple[P, ...]
) -> None:
    taxed.set_tax_rate("TEN", 1000, account=VAT, date_from="2021-01-01")
    taxed.open_account("Income:Ten", "income", tax_code="TEN")
    taxed.open_account("Income:Dollars", "income", currency="USD", tax_code="V19")
    taxed.open_account("Liabilities:Shut", "liability")
    taxed.set_tax_rate("SHUT", 19, account="Liabilities:Shut", date_from="2021-01-01")
    taxed.open_account("Income:Shut", "income", tax_code="SHUT")
    taxed.close_account("Liabilities:Shut")
    with untouched(taxed), pytest.raises(error):
        taxed.post("x", *lines, tax=mode)


def test_a_key_counts_the_way_the_tax_is_posted(taxed: Ledger) -> None:
    lines = debit(BANK, 119), credit(SALES, 119)
    first = taxed.post("Sale", *lines, date="2026-06-01", tax="gross", key="k")
    assert taxed.post("Sale", *lines, date="2026-06-01", tax=TaxMode.GROSS, key="k").number == first.number
    for tax in (None, "net"):
        with pytest.raises(errors.KeyReused):
            taxed.post("Sale", *lines, date="2026-06-01", tax=tax, key="k")
    assert len(taxed.journal()) == 1


def test_hooks_see_the_draft_with_its_tax(taxed: Ledger) -> None:
    seen: list[list[str]] = []

    @taxed.before_post
    def look(draft: Draft) -> None:
        seen.append([str(one.amount) for one in draft.postings])

    taxed.post("Sale", debit(BANK, 119), credit(SALES, 119), tax="gross")
    assert seen == [["119.00 EUR", "-100.00 EUR", "-19.00 EUR"]]


rates = st.decimals(min_value=0, max_value=1000, places=6)
amounts = st.integers(min_value=-(10**15), max_value=10**15)


@given(amounts, rates, st.sampled_from(TaxMode))
def test_tax_is_rounded_half_away_from_zero_and_has_the_sign_of_its_base(
    units: int, rate: Decimal, mode: TaxMode
) -> None:
    tax = tax_units(units, rate, mode)
    percent = Fraction(rate)
    exact = units * percent / (100 + percent if mode is GROSS else 100)
    assert abs(tax - exact) <= Fraction(1, 2)
    assert abs(tax - exact) < Fraction(1, 2) or abs(tax) > abs(exact)
    assert tax_units(-units, rate, mode) == -tax


@settings(max_examples=60, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.sampled_from([SALES, BOOKS, EXPORT, RENT, "Assets:Cash"]), st.integers(1, 10**9), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    left_out=st.integers(0, 6),
    mode=st.sampled_from(TaxMode),
)
def test_net_and_tax_are_what_was_typed_and_debits_are_credits(
    lines: list[tuple[str, int, bool]], left_out: int, mode: TaxMode
) -> None:
    with with_taxes(_book()) as ledger:
        typed = [(account, -units if falls else units) for account, units, falls in lines]
        rest = -sum(units for _, units in typed)
        chosen = left_out if mode is GROSS else len(typed)
        whole = [*typed, (BANK, rest)] if rest or mode is NET else typed
        drafted = tuple(
            P(account, None if place == chosen or (mode is NET and account == BANK) else Decimal(units).scaleb(-2))
            for place, (account, units) in enumerate(whole)
        )
        try:
            made = ledger.taxed(Draft(None, "", drafted), mode)
        except (errors.NothingTaxed, errors.TooFewPostings, errors.NothingRemains, errors.TaxNotSplit):
            return
        units = [one.amount.units for one in made.postings]  # type: ignore[union-attr]
        assert sum(units) == 0
        assert all(units)
        if mode is GROSS:
            taxes = sum(of for one, of in zip(made.postings, units, strict=True) if one.memo)
            nets = sum(of for one, of in zip(made.postings, units, strict=True) if not one.memo)
            assert nets + taxes == sum(of for _, of in whole)
            bank = [of for one, of in zip(made.postings, units, strict=True) if one.account.name == BANK]  # type: ignore[union-attr]
            assert bank == ([rest] if rest else [])


def _book() -> Ledger:
    ledger = Ledger.in_memory("EUR")
    for name, kind in ((BANK, "asset"), ("Assets:Cash", "asset"), (SALES, "income"), (RENT, "expense")):
        ledger.open_account(name, kind)
    return ledger
