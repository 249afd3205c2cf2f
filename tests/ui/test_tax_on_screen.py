"""Tax at the desk: split off by a key in the entry form, and codes with their rates on a sheet."""

from __future__ import annotations

from decimal import Decimal

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle
from tests.ui.test_hostile import assert_harmless
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.screens.account_dialogs import EditAccountDialog
from tui_ledger.ui.screens.tax_codes import TaxCodesSheet, read_percent
from tui_ledger.ui.widgets.entry_form import EntryForm

VAT = "Liabilities:VAT"
BANK, SALES, PAPER = "Assets:Bank:Current", "Income:Sales", "Expenses:Office:Paper"
HOSTILE_CODES = ("[red]x[/]", "[/x] [@click=app.quit]", "=cmd()")


@pytest.fixture
def taxed(book: Ledger) -> Ledger:
    """Sales bear 19 percent from this year on and 20 from next week, paper 19 to reclaim."""
    book.open_account(VAT, "liability")
    book.open_account("Assets:Input VAT", "asset")
    book.set_tax_rate("sales", 19, account=VAT, date_from="2026-01-01")
    book.set_tax_rate("sales", 20, date_from="2026-07-20")
    book.set_tax_rate("bought", 19, account="Assets:Input VAT", date_from="2026-01-01")
    book.edit_account(SALES, tax_code="sales")
    book.edit_account(PAPER, tax_code="bought")
    return book


def form_of(pilot: Pilot[int]) -> EntryForm:
    return bench(pilot).journal.form


def lines_of(pilot: Pilot[int]) -> list[tuple[str, str]]:
    return form_of(pilot)._entry_lines.texts()


def sums_of(pilot: Pilot[int]) -> str:
    return form_of(pilot)._sums.text


def posted(book: Ledger, number: int) -> list[tuple[str, str, str | None]]:
    return [(one.account, str(one.amount.amount), one.memo) for one in book.transaction(number).postings]


async def test_a_sale_with_its_tax_takes_one_key_more_than_without(taxed: Ledger, at_desk: AtDesk) -> None:
    plain = ["n", "enter", "enter", "c", "u", "r", "enter", "1", "1", "9", "enter", "s", "a", "l", "enter", "ctrl+s"]
    async with at_desk(taxed, NARROW) as pilot:
        await press(pilot, "2", plain[0], *keys_for("Kiosk"), *plain[1:-1])
        assert "sales 19%: f8 splits" in screen_text(pilot)
        assert "f8 Tax" in screen_text(pilot).splitlines()[-1]
        await press(pilot, "f8")
        assert lines_of(pilot) == [(BANK, "119.00"), (SALES, "-100.00"), (VAT, "-19.00")]
        assert sums_of(pilot) == "Dr 119.00   Cr 119.00   balanced"
        await press(pilot, plain[-1])
        assert posted(taxed, 7) == [(BANK, "119.00", None), (SALES, "-100.00", None), (VAT, "-19.00", "sales 19%")]
        await press(pilot, *keys_for("Kiosk"), "enter", *keys_for("238"), "f8", "ctrl+s")
        assert posted(taxed, 8) == [(BANK, "238.00", None), (SALES, "-200.00", None), (VAT, "-38.00", "sales 19%")]
        assert taxed.verify().ok


async def test_the_key_splits_puts_on_top_and_gives_back_and_lines_follow_what_is_typed(
    taxed: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(taxed, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("paper"), "enter", "f8")
        assert "Give the amount first" in screen_text(pilot)
        await press(pilot, *keys_for("100+19"), "f8")
        assert lines_of(pilot) == [(PAPER, "100.00"), ("Assets:Input VAT", "19.00")]
        await press(pilot, "f8")
        assert lines_of(pilot) == [(PAPER, "119.00"), ("Assets:Input VAT", "22.61")]
        assert sums_of(pilot) == "Dr 141.61   Cr 0.00   off 141.61"
        await press(pilot, "f8")
        assert lines_of(pilot) == [(PAPER, "119.00")]
        await press(pilot, "f8", *keys_for("238"))
        assert lines_of(pilot) == [(PAPER, "238"), ("Assets:Input VAT", "38.00")]
        assert sums_of(pilot).startswith("Dr 238.00 ")
        await press(pilot, "enter", *keys_for("cur"), "enter", "up", "up")
        assert lines_of(pilot)[0] == (PAPER, "200.00")
        await press(pilot, "down", *keys_for("38.01"))
        assert "bought 19%: f8 works out the tax behind it" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert [amount for _, amount, _ in posted(taxed, 7)] == ["200.00", "38.01", "-238.01"]


async def test_several_lines_are_split_together_and_follow_the_day_and_what_is_taken_out(
    taxed: Ledger, at_desk: AtDesk
) -> None:
    taxed.set_tax_rate("low", 5, account=VAT, date_from="2026-01-01")
    taxed.open_account("Income:Books", "income", tax_code="low")
    async with at_desk(taxed, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab", *keys_for("cur"), "enter", *keys_for("224"), "enter")
        await press(pilot, *keys_for("books"), "enter", *keys_for("-105"), "enter", *keys_for("inc sales"), "enter")
        form_of(pilot).payee_field.focus()
        await press(pilot, "f8")
        assert lines_of(pilot)[1:] == [("Income:Books", "-100.00"), (VAT, "-5.00"), (SALES, "-100.00"), (VAT, "-19.00")]
        await press(pilot, *["plus"] * 3)
        assert lines_of(pilot)[3:] == [(SALES, "-99.17"), (VAT, "-19.83")]
        await press(pilot, "shift+tab", *keys_for("31/12/25"))
        assert lines_of(pilot)[1:] == [("Income:Books", "-105.00"), (SALES, "-119.00")]
        assert "No tax on this day: as typed" in screen_text(pilot)
        await press(pilot, "ctrl+u", *keys_for("17/7/26"))
        assert len(lines_of(pilot)) == 5
        form_of(pilot).lines[2].account_field.focus()
        await press(pilot, "ctrl+r")
        assert lines_of(pilot)[1:3] == [("Income:Books", "-105.00"), (SALES, "-100.00")]
        form_of(pilot).lines[2].amount_field.focus()
        await press(pilot, "equals_sign", "ctrl+r")
        assert lines_of(pilot) == [(BANK, "224.00"), ("Income:Books", "-105.00")]


async def test_nothing_is_split_by_itself_and_what_is_split_off_is_kept_edited_and_clicked(
    taxed: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(taxed, WIDE) as pilot:
        await press(pilot, "2", "e")
        assert lines_of(pilot)[2] == (SALES, "-300.00")
        form = form_of(pilot)
        await pilot.click(form.lines[2]._tax)
        await settle(pilot)
        assert lines_of(pilot)[2:] == [(SALES, "-252.10"), (VAT, "-47.90")]
        form.lines[2].amount_field.focus()
        await press(pilot, *keys_for("-200"))
        kept = form.kept()
        assert kept is not None
        assert [line.amount for line in kept.lines[2:]] == ["-168.07", "-31.93"]
        await press(pilot, "equals_sign", "ctrl+s")
        assert [amount for _, amount, _ in posted(taxed, 6)] == ["100.00", "200.00", "-252.10", "-47.90"]
        await press(pilot, "c")
        assert lines_of(pilot)[2:] == [(SALES, "-252.10"), (VAT, "-47.90")]
        form.lines[0].amount_field.focus()
        await press(pilot, *keys_for("400"), "tab", "tab", "tab", "tab", "f8", *keys_for("-600"))
        assert lines_of(pilot)[2:] == [(SALES, "-600"), (VAT, "-95.80")]
        await press(pilot, "ctrl+s")
        assert [amount for _, amount, _ in posted(taxed, 7)] == ["400.00", "200.00", "-504.20", "-95.80"]
        await press(pilot, "f8")
        assert "None of these accounts has a tax code with a rate on 17/07/2026" in screen_text(pilot)


async def test_codes_are_added_changed_removed_and_given_to_accounts(taxed: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(taxed, NARROW) as pilot:
        await pilot.app.run_action("book('tax-codes')")
        await settle(pilot)
        assert "bought is the code of Expenses:Office:Paper" in screen_text(pilot)
        await press(pilot, "a", *keys_for("low"), "enter", *keys_for("1/7/26"), "enter", *keys_for("x"), "enter")
        await press(pilot, *keys_for("income"), "ctrl+s")
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == "tax-rate"
        await press(pilot, "ctrl+u", *keys_for("8.1%"), "ctrl+s")
        assert "There is no account 'income'" in " ".join(screen_text(pilot).replace("│", " ").split())
        await press(pilot, "ctrl+u", *keys_for("vat"), "down", "enter", *keys_for("Reduced"), "ctrl+s")
        rate = taxed.tax_rate("low")
        assert rate is not None
        assert (rate.label, rate.account, rate.name) == ("low 8.1%", VAT, "Reduced")
        assert "No account has low yet" in screen_text(pilot)
        await press(pilot, "e", "ctrl+u", *keys_for("9"), "ctrl+s", "d", "enter")
        assert taxed.tax_rate("low") is None
        await press(pilot, "ctrl+z", "ctrl+z")
        assert taxed.tax_rate("low") == rate
        assert "8.1%" in screen_text(pilot)
        await press(pilot, "escape")
        rent = taxed.account("Expenses:Rent")
        pilot.app.push_screen(EditAccountDialog(bench(pilot).desk, rent))
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, EditAccountDialog)
        dialog.tax_code.focus()
        await press(pilot, *keys_for("loww"), "ctrl+s")
        assert "There is no tax code 'loww' in this book" in dialog.rows[4].error
        await press(pilot, *keys_for("lo"), "enter", "ctrl+s")
        assert taxed.account("Expenses:Rent").tax_code == "low"


async def test_no_tax_code_is_obeyed(taxed: Ledger, at_desk: AtDesk) -> None:
    for place, code in enumerate(HOSTILE_CODES):
        taxed.set_tax_rate(code, 5, account=VAT, name=code)
        taxed.open_account(f"Income:Odd {place}", "income", tax_code=code)
    async with at_desk(taxed, NARROW) as pilot:
        await press(pilot, "2", "n", "tab", "tab")
        for place, code in enumerate(HOSTILE_CODES):
            await press(pilot, *keys_for(f"odd {place}"), "enter", *keys_for("105"), "enter")
            assert f"{code} 5%: f8 splits" in screen_text(pilot)
        form_of(pilot).payee_field.focus()
        await press(pilot, "f8")
        assert_harmless(screen_text(pilot))
        assert lines_of(pilot)[:2] == [("Income:Odd 0", "100.00"), (VAT, "5.00")]
        await pilot.app.run_action("book('tax-codes')")
        await settle(pilot)
        assert all(code[:10] in screen_text(pilot) for code in HOSTILE_CODES)
        for keys in (["down"], ["e"], ["escape", "d"], ["escape", "end", "a", *keys_for("[")]):
            await press(pilot, *keys)
            await settle(pilot)
            assert_harmless(screen_text(pilot))
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, TaxCodesSheet)


def test_a_rate_is_read_in_the_readers_figures() -> None:
    assert read_percent(" 8,1 % ", Formats("de_DE")) == Decimal("8.1")
    assert read_percent("19", Formats("en_GB")) == Decimal(19)
