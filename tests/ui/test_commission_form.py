"""What inviting others earns, on the screen: a form that checks each field, and a party that may receive it."""

from __future__ import annotations

from tests.ui.conftest import NARROW, AtDesk, bench, keys_for, press, screen_text
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ui.screens.commission_form import CommissionForm
from tui_ledger.ui.screens.party_dialogs import PartyForm

HOSTILE = "[red]x[/]"


async def test_commissions_are_turned_on_paid_and_turned_off_in_the_workbench(book: Ledger, at_desk: AtDesk) -> None:
    book.add_party("bob", HOSTILE, data={"tel": "1"})
    book.add_party("ann", referred_by="bob")
    book.set_setting("adjustment_memo", "{amount} for {party}")
    async with at_desk(book, NARROW) as pilot:
        workbench = bench(pilot)
        await press(pilot, "f6", "e")
        assert isinstance(pilot.app.screen, PartyForm)
        await press(pilot, *["down"] * 4, "y", "ctrl+s")
        assert book.party("bob").data == {"tel": "1", "commissions": True}
        await workbench.run_action("book('commission')", workbench)
        await pilot.pause()
        form = pilot.app.screen
        assert isinstance(form, CommissionForm)
        assert "May receive them: bob." in screen_text(pilot)
        await press(pilot, "y", "enter", *keys_for("101"))
        await press(pilot, "ctrl+s")
        assert [row.field for row in form.rows if row.error] == [form.percent, form.base]
        assert "is no percentage" in form.row_of(form.percent).error  # type: ignore[union-attr]
        await press(pilot, *keys_for("7,5"), "ctrl+s")
        assert "could be 7.50 or 75.00" in form.row_of(form.percent).error  # type: ignore[union-attr]
        await press(pilot, *keys_for("7.5"), "enter", "ctrl+s")
        assert "name the accounts of what is sold" in form.row_of(form.base).error  # type: ignore[union-attr]
        await press(pilot, *keys_for("sal"), "down", "enter", "down", "down", *keys_for("{[red]}"), "ctrl+s")
        assert "there is no {[red]}" in form.row_of(form.memo).error  # type: ignore[union-attr]
        await press(pilot, *keys_for("[b] {party}"), "ctrl+s")
        assert not isinstance(pilot.app.screen, CommissionForm)
        terms = book.setting("commission")
        assert (terms["percent"], terms["base"], terms["memo"]) == ("7.5", ["Income:Sales"], "[b] {party}")
        await press(pilot, "n", "ctrl+s")
        assert [one.memo for one in book.journal("account:parties")] == [f"2.00 EUR for {HOSTILE}"]
        book.party_account("ann", create=True)
        book.post("Order", debit("Liabilities:Parties:ann", 100), credit("Income:Sales", 100))
        assert str(book.party_balance("bob")[0].amount) == "9.50"
        await press(pilot, "2")
        await pilot.pause()
        assert "[b] ann" in screen_text(pilot)
        number = book.journal()[-2].number
        await press(pilot, "end", "up", "d")
        assert f", and {number + 1} with it?" in screen_text(pilot)
        await press(pilot, "escape")
        await workbench.run_action("book('settings')", workbench)
        await pilot.pause()
        pilot.app.screen.grid.go_to("commission")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CommissionForm)
        await press(pilot, "n", "ctrl+s")
        assert book.setting("commission") is None
        assert book.verify().ok


async def test_all_that_is_wrong_in_the_terms_is_said_at_once(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book) as pilot:
        form = CommissionForm(bench(pilot).desk)
        await pilot.app.push_screen(form)
        for field, typed in ((form.paid, "yes"), (form.purpose, "a:b"), (form.memo, "{x}"), (form.once, "data.")):
            field.put(typed)
        await press(pilot, "ctrl+s")
        assert [row.field for row in form.rows if row.error] == [form.base, form.purpose, form.memo, form.once]
        assert form.base.has_focus
        form.paid.put("no")
        await press(pilot, "ctrl+s")
        assert not isinstance(pilot.app.screen, CommissionForm)
    assert book.setting("commission") is None
