from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger.errors import (
    InvalidAmount,
    InvalidOptions,
    InvalidSetting,
    SeveralAmountsMissing,
    UnknownAccount,
    UnknownTemplate,
)
from tui_ledger.ledger import DraftPosting, Ledger, WrittenPrice, credit, debit
from tui_ledger.ledger.templates import (
    Template,
    TemplateLine,
    delete_template,
    draft_of_template,
    save_template,
    template_body,
    template_named,
    template_of,
    templates,
)

RENT = Template(
    "Rent",
    (TemplateLine("Expenses:Rent", Decimal("900.00"), "shop"), TemplateLine("Assets:Bank")),
    "Quayside",
    "Rent of the month",
    ("premises",),
)


def test_a_template_comes_back_as_it_was_kept(book: Ledger) -> None:
    price = WrittenPrice(Decimal("0.92"), "EUR", total=False)
    change = Template(
        "Change", (TemplateLine("Assets:Dollars", Decimal(100), price=price), TemplateLine("Assets:Bank"))
    )
    assert save_template(book, RENT) == RENT
    save_template(book, change)
    assert templates(book) == (change, RENT)
    assert book.settings()["template.Rent"] == template_body(RENT)


def test_keeping_a_template_is_recorded_and_undone_like_any_setting(book: Ledger) -> None:
    save_template(book, RENT)
    assert save_template(book, replace(RENT, name="RENT", memo="Another")).name == "Rent"
    assert book.latest_changes(1)[0].subject == "setting template.Rent"
    book.undo()
    assert template_named(book, "Rent").memo == "Rent of the month"
    book.undo()
    assert templates(book) == ()
    book.redo()
    delete_template(book, "rent")
    assert templates(book) == ()
    book.undo()
    assert templates(book) == (RENT,)
    assert book.verify().ok


def test_a_template_posts_with_its_own_amount_or_another(book: Ledger) -> None:
    own = book.post_draft(draft_of_template(RENT, date=date(2026, 6, 1)))
    assert (own.date, own.payee, own.memo, own.tags) == (
        date(2026, 6, 1),
        "Quayside",
        "Rent of the month",
        ("premises",),
    )
    assert [(one.account, one.amount.amount, one.memo) for one in own.postings] == [
        ("Expenses:Rent", Decimal("900.00"), "shop"),
        ("Assets:Bank", Decimal("-900.00"), None),
    ]
    other = book.post_draft(draft_of_template(RENT, amount="950"))
    assert [one.amount.amount for one in other.postings] == [Decimal("950.00"), Decimal("-950.00")]


def test_of_two_fixed_amounts_the_second_follows_the_first(book: Ledger) -> None:
    fixed = replace(RENT, lines=(RENT.lines[0], TemplateLine("Assets:Bank", Decimal(-900))))
    posted = book.post_draft(draft_of_template(fixed, amount="950"))
    assert [one.amount.amount for one in posted.postings] == [Decimal("950.00"), Decimal("-950.00")]
    three = replace(fixed, lines=(*fixed.lines, TemplateLine("Assets:Cash", Decimal(1))))
    with pytest.raises(InvalidOptions, match="fixes the amounts of all its lines"):
        draft_of_template(three, amount="950")


def test_a_template_with_open_amounts_wants_them(book: Ledger) -> None:
    opened = replace(RENT, lines=tuple(replace(line, amount=None) for line in RENT.lines))
    with pytest.raises(SeveralAmountsMissing):
        book.post_draft(draft_of_template(opened))
    with pytest.raises(InvalidAmount):
        draft_of_template(opened, amount="1e5")
    assert book.post_draft(draft_of_template(opened, amount="5")).postings[1].amount.units == -500


def test_a_transaction_becomes_a_template_debits_first_and_its_last_amount_open(book: Ledger) -> None:
    posted = book.post(
        "Rent", credit("Assets:Bank", "900"), debit("Expenses:Rent", "900"), payee="Quayside", tags=("premises",)
    )
    template = template_of(posted, "Rent")
    assert template.lines == (TemplateLine("Expenses:Rent", Decimal("900.00")), TemplateLine("Assets:Bank"))
    assert (template.payee, template.memo, template.tags) == ("Quayside", "Rent", ("premises",))
    assert [line.amount for line in template_of(posted, "Rent", with_amounts=False).lines] == [None, None]


def test_of_several_currencies_the_prices_are_kept_and_the_conversions_left_out(book: Ledger) -> None:
    price = WrittenPrice(Decimal("0.92"), "EUR", total=False)
    posted = book.post("Change", DraftPosting("Assets:Dollars", "100", price=price), DraftPosting("Assets:Bank"))
    save_template(book, template_of(posted, "Change"))
    again = book.post_draft(draft_of_template(template_named(book, "change")))
    assert [(one.account, one.amount) for one in again.postings] == [
        (one.account, one.amount) for one in posted.postings
    ]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb", "a\x1b[31m", "\u202eabc"])
def test_a_name_can_be_seen(book: Ledger, name: str) -> None:
    with pytest.raises(InvalidSetting, match="name for a template"):
        save_template(book, replace(RENT, name=name))


def test_a_template_names_accounts_of_the_book(book: Ledger) -> None:
    with pytest.raises(UnknownAccount):
        save_template(book, replace(RENT, lines=(TemplateLine("Expenses:Nothing"), RENT.lines[1])))
    with pytest.raises(UnknownTemplate, match="no template 'Rent'"):
        template_named(book, "Rent")


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("Rent", "payee, memo, tags and lines"),
        ({"lines": [], "colour": 1}, "payee, memo, tags and lines"),
        ({"lines": [{"account": "Assets:Bank"}]}, "two lines or more"),
        ({"lines": [{"account": ""}, {"account": "Assets:Bank"}]}, "names an account"),
        ({"lines": [{"account": "A", "amount": 5.0}, {"account": "B"}]}, "decimal texts"),
        ({"lines": [{"account": "A", "amount": "0"}, {"account": "B"}]}, "decimal texts"),
        ({"lines": [{"account": "A", "amount": "NaN"}, {"account": "B"}]}, "decimal texts"),
        ({"lines": [{"account": "A", "price": ["1", "EUR"]}, {"account": "B"}]}, "prices"),
        ({"lines": [{"account": "A", "memo": 1}, {"account": "B"}]}, "memos"),
        ({"tags": "x", "lines": [{"account": "A"}, {"account": "B"}]}, "tags"),
        ({"payee": 1, "lines": [{"account": "A"}, {"account": "B"}]}, "texts"),
    ],
)
def test_a_setting_that_is_no_template_is_refused(book: Ledger, value: Any, advice: str) -> None:
    with pytest.raises(InvalidSetting, match=advice):
        book.set_setting("template.Odd", value)
    assert "template.Odd" not in book.settings()
