from __future__ import annotations

from decimal import Decimal

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Key

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.templates import save_template, template_named, template_of, templates
from tui_ledger.ui.terminal_keys import tell_alt_digits


@pytest.fixture
def with_templates(book: Ledger) -> Ledger:
    """The book with a template Paper (amounts open) and Rent (900.00)."""
    save_template(book, template_of(book.transaction(5), "Paper", with_amounts=False))
    save_template(book, template_of(book.transaction(2), "Rent"))
    return book


async def test_alt_and_a_digit_open_a_template_and_the_amount_waits(with_templates: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(with_templates, NARROW) as pilot:
        await press(pilot, "2", "alt+1")
        form = bench(pilot).journal.form
        assert "New transaction from Paper" in screen_text(pilot)
        assert pilot.app.focused is form.lines[0].amount_field
        await press(pilot, *keys_for("84.20"), "ctrl+s")
        posted = with_templates.transaction(7)
        assert (posted.payee, posted.memo) == ("Paper Mill", "Paper of the month")
        assert [one.amount.amount for one in posted.postings] == [Decimal("84.20"), Decimal("-84.20")]


async def test_a_template_with_amounts_posts_at_once_from_a_register_too(
    with_templates: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(with_templates, WIDE) as pilot:
        await press(pilot, "ctrl+g", *keys_for("petty"), "enter", "alt+2", "ctrl+s")
        posted = with_templates.transaction(7)
        assert (posted.payee, posted.date.isoformat()) == ("Quayside", "2026-07-17")
        assert posted.postings[0].amount.amount == Decimal("900.00")


async def test_a_template_is_chosen_while_an_empty_form_is_open_and_types_nothing(
    with_templates: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(with_templates, NARROW) as pilot:
        await press(pilot, "2", "n", "alt+2")
        form = bench(pilot).journal.form
        assert form.payee_field.value == "Quayside"
        await press(pilot, "escape", "n", "x", "alt+2")
        assert form.payee_field.value == "x"
        assert "The form holds something else" in toasts(pilot)[-1]


async def test_a_place_without_a_template_says_how_many_there_are(with_templates: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(with_templates, NARROW) as pilot:
        await press(pilot, "2", "alt+9")
        assert toasts(pilot)[-1] == "There is no template 9: there are 2."
        assert not bench(pilot).journal.form.is_open


async def test_the_highlighted_transaction_is_kept_as_a_template(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "alt+1")
        assert "There is no template yet" in toasts(pilot)[-1]
        await press(pilot, "alt+t")
        assert "Save as template" in screen_text(pilot)
        await press(pilot, *keys_for("Sale"), "enter")
        assert toasts(pilot)[-1] == "Saved the template Sale · alt+1 opens it"
        kept = template_named(book, "Sale")
        assert [(line.account, line.amount) for line in kept.lines] == [
            ("Assets:Petty cash", Decimal("100.00")),
            ("Assets:Bank:Current", Decimal("200.00")),
            ("Income:Sales", None),
        ]
        await press(pilot, "ctrl+z")
        assert templates(book) == ()


async def test_what_stands_in_the_form_is_kept_as_a_template_with_its_open_amounts(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        form = bench(pilot).journal.form
        await press(pilot, "2", "n", *keys_for("Kiosk"), "tab", "tab", *keys_for("rent"), "enter", *keys_for("5*3"))
        await press(pilot, "enter", *keys_for("petty"), "tab", "alt+t", "enter")
        kept = template_named(book, "Kiosk")
        assert [(line.account, line.amount) for line in kept.lines] == [
            ("Expenses:Rent", Decimal("15.00")),
            ("Assets:Petty cash", None),
        ]
        assert form.payee_field.value == "Kiosk"
        assert form.lines[1].account_field.value == "Assets:Petty cash"


async def test_a_name_that_is_taken_says_that_it_replaces(with_templates: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(with_templates, NARROW) as pilot:
        await press(pilot, "2", "alt+t", *keys_for("rent"))
        assert "Replaces the template Rent." in screen_text(pilot)
        await press(pilot, "enter")
        assert template_named(with_templates, "Rent").payee == "Müller GmbH"
        assert len(templates(with_templates)) == 2


async def test_the_palette_uses_and_deletes_templates(with_templates: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(with_templates, WIDE) as pilot:
        await press(pilot, "2", "ctrl+p", *keys_for("Template Rent into"))
        await settle(pilot)
        await pilot.pause(0.5)
        await press(pilot, "enter")
        await settle(pilot)
        assert bench(pilot).journal.form.payee_field.value == "Quayside"
        await press(pilot, "escape", "ctrl+p", *keys_for("Template Paper delete"))
        await settle(pilot)
        await pilot.pause(0.5)
        await press(pilot, "enter")
        await settle(pilot)
        assert [template.name for template in templates(with_templates)] == ["Rent"]
        assert toasts(pilot)[-1] == "Deleted the template Paper · ctrl+z undoes"


async def test_an_account_that_is_gone_is_shown_and_named(with_templates: Ledger, at_desk: AtDesk) -> None:
    with_templates.rename_account("Expenses:Rent", "Expenses:Premises")
    async with at_desk(with_templates, WIDE) as pilot:
        await press(pilot, "2", "alt+2", *keys_for("5"), "ctrl+s")
        assert "There is no account 'Expenses:Rent'" in screen_text(pilot)
        assert len(with_templates.journal()) == 6


def test_a_terminal_sends_alt_and_a_digit_as_such() -> None:
    tell_alt_digits()
    for digit in "123456789":
        parser = XTermParser()
        sent = [*parser.feed(f"\x1b{digit}"), *parser.feed("")]
        keys = [event for event in sent if isinstance(event, Key)]
        assert [key.key for key in keys] == [f"alt+{digit}"]
    assert [event.key for event in XTermParser().feed("£") if isinstance(event, Key)] == ["pound_sign"]


async def test_a_hostile_name_is_text_in_palette_dialog_and_toast(book: Ledger, at_desk: AtDesk) -> None:
    name = "[/x] [red] [@click=app.quit]go[/]"
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2", "alt+t", *keys_for(name), "enter")
        assert template_named(book, name).payee == "Müller GmbH"
        await press(pilot, "ctrl+p", *keys_for("template form"))
        await settle(pilot)
        await pilot.pause(0.5)
        assert f"Template {name}" in screen_text(pilot)
        await press(pilot, "escape", "alt+1")
        assert f"New transaction from {name}" in screen_text(pilot)
        assert not pilot.app._exit
