"""A field that always holds one of its choices, whatever is pressed, pasted, cut or selected in it."""

from __future__ import annotations

from itertools import product

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Input
from textual.widgets.input import Selection

from tests.ui.conftest import AtDesk, bench, press
from tui_ledger.ledger import Ledger
from tui_ledger.ui.screens.commission_form import CommissionForm
from tui_ledger.ui.screens.form_dialog import FormDialog
from tui_ledger.ui.screens.formats_form import FormatsForm
from tui_ledger.ui.screens.party_dialogs import AdjustmentForm, PartyForm
from tui_ledger.ui.screens.users import UserForm
from tui_ledger.ui.widgets.choice_field import ChoiceField

CHOICES = {"plain": ("credit", "debit", "c"), "empty": ("", "before", "after")}


EDITING = [one for one in Input.BINDINGS if isinstance(one, Binding) and one.action != "submit"]
"""Every key that edits a text of Textual, whatever it is called in a later version."""


class Fields(App[None]):
    def compose(self) -> ComposeResult:
        for name, choices in CHOICES.items():
            yield ChoiceField(choices, choices[1], id=name)


@pytest.mark.parametrize("name", CHOICES)
async def test_every_key_that_edits_a_text_leaves_a_choice(name: str) -> None:
    keys = [key for binding in EDITING for key in binding.key.split(",")]
    assert {"ctrl+k", "ctrl+u", "ctrl+w", "ctrl+d", "alt+backspace", "ctrl+x", "ctrl+v"} <= set(keys)
    async with Fields().run_test() as pilot:
        field = pilot.app.query_one(f"#{name}", ChoiceField)
        pilot.app.copy_to_clipboard("red")
        field.focus()
        await pilot.press(*keys, "d")
        assert field.chosen in CHOICES[name]
        for start, end in product(range(7), range(7)):
            for binding in EDITING:
                field.choose(CHOICES[name][1])
                field.selection = Selection(start, end)
                await field.run_action(binding.action)
                assert field.chosen in CHOICES[name], (binding, start, end)
                field.own_key("a")


@pytest.mark.parametrize("name", CHOICES)
async def test_what_is_pasted_cleared_or_put_in_by_any_other_way_leaves_a_choice(name: str) -> None:
    async with Fields().run_test() as pilot:
        field = pilot.app.query_one(f"#{name}", ChoiceField)
        field.focus()
        for edit in (
            lambda: field.post_message(events.Paste("red")),
            lambda: field.post_message(events.Paste("")),
            lambda: field.insert_text_at_cursor("x"),
            lambda: field.insert("x", 0),
            lambda: field.delete(0, 9),
            field.delete_selection,
            field.clear,
            lambda: field.put("[red]x[/]"),
            lambda: setattr(field, "value", "cr"),
        ):
            field.choose(CHOICES[name][1])
            edit()
            await pilot.pause()
            assert field.chosen in CHOICES[name]
            field.own_key("a")
        field._choices = ("yes", "no")
        field.put("maybe")
        assert field.chosen == "yes"


async def test_no_form_loses_a_choice(book: Ledger, at_desk: AtDesk) -> None:
    """What is saved is what was chosen: in each form, every choice is what it was after everything was deleted."""
    async with at_desk(book) as pilot:
        desk = bench(pilot).desk
        forms: tuple[FormDialog[object], ...] = (
            AdjustmentForm(desk), PartyForm(desk), CommissionForm(desk), FormatsForm(desk), UserForm(desk)
        )  # type: ignore[assignment]  # fmt: skip
        for form in forms:
            await pilot.app.push_screen(form)
            await pilot.pause()
            choices = [row.field for row in form.rows if isinstance(row.field, ChoiceField)]
            assert choices
            before = [field.chosen for field in choices]
            for field in choices:
                field.focus()
                await press(pilot, "ctrl+k", "ctrl+u", "ctrl+w", "home", "ctrl+d", "alt+backspace", "ctrl+shift+a")
                await press(pilot, "ctrl+x")
            assert [field.chosen for field in choices] == before, type(form)
            form.dismiss(None)
            await pilot.pause()
