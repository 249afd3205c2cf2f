"""The screen of parties: balances beside the sheet of one, credits and debits by form, days, words, keys and mouse."""

from __future__ import annotations

import asyncio
import re
from datetime import date
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tests.ui.test_hostile import HOSTILE, assert_harmless
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.money import Currency, Money
from tui_ledger.settings import list_choices
from tui_ledger.ui import listing
from tui_ledger.ui.act_words import figure_in_words
from tui_ledger.ui.entry_prices import rate_figure
from tui_ledger.ui.party_rows import OPENING, SheetView, SheetWindow, views_of
from tui_ledger.ui.screens.parties import PartiesScreen
from tui_ledger.ui.screens.party_dialogs import AdjustmentForm, DaysForm, PartyForm, read_data, written_data
from tui_ledger.ui.screens.prices import written_rate
from tui_ledger.ui.shown_period import EVERYTHING, Span, chosen_period, moved, narrower, period_name, period_of, wider

EUR, USD = Currency("EUR", 2), Currency("USD", 2)


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann is owed 74.50 on two accounts, Bob owes 40.00, Cid is inactive and was never used."""
    for key, name in (("ann", "Ann Smith"), ("bob", "Bob Berg"), ("cid", "Cid")):
        book.add_party(key, name)
    book.party_credit("ann", "100", memo="Top-up", against="Assets:Bank:Current", date="2026-01-10")
    book.party_debit("ann", "30.50", memo="Fee", against="Income:Sales", date="2026-02-01", payee="Ann")
    book.party_credit("ann", 5, purpose="bonus", memo="Bonus", date="2026-07-10")
    book.party_debit("bob", 40, memo="Lent", against="Assets:Petty cash", date="2026-03-01")
    book.edit_party("cid", active=False)
    return book


def parties(pilot: Pilot[int]) -> PartiesScreen:
    return bench(pilot).parties


def listed(pilot: Pilot[int]) -> list[tuple[str, str]]:
    rows = parties(pilot).rows.window.rows(0, 99)
    return [(row.key, str(row.balance.amount)) for row in rows]


def sheet(pilot: Pilot[int]) -> list[tuple[str, str, str]]:
    rows = parties(pilot).sheet.window.rows(0, 99)
    return [(row.text, "" if row.change is None else str(row.change.amount), str(row.balance.amount)) for row in rows]


async def shown(pilot: Pilot[int]) -> None:
    """Wait until list and sheet have been read and the sheet has followed the cursor, however busy the machine is."""
    screen = parties(pilot)
    for _ in range(100):
        await settle(pilot)
        reading = screen.listing.is_reading or screen.sheet_listing.is_reading
        if not reading and screen._settling is None and screen.party == screen.rows.row:
            return


def status(pilot: Pilot[int]) -> str:
    return parties(pilot).status.text


async def test_the_balances_of_all_stand_beside_the_sheet_of_one(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "f6")
        await shown(pilot)
        assert listed(pilot) == [("ann", "74.50"), ("bob", "-40.00"), ("cid", "0.00")]
        assert sheet(pilot) == [
            ("Top-up", "100.00", "100.00"), ("Ann · Fee", "-30.50", "69.50"), ("Bonus", "5.00", "74.50"),
        ]  # fmt: skip
        assert "3 parties" in status(pilot)
        assert status(pilot).endswith("Dr 40.00  Cr 74.50")
        drawn = screen_text(pilot)
        assert "5 Parties" in drawn.splitlines()[0]
        assert "Cid  inactive" in drawn
        await press(pilot, "down")
        await shown(pilot)
        assert sheet(pilot) == [("Lent", "-40.00", "-40.00")]
        assert "Bob Berg  bob" in screen_text(pilot)


async def test_enter_leads_to_the_sheet_its_transaction_and_back(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club, NARROW) as pilot:
        await press(pilot, "5", "enter", "up")
        await shown(pilot)
        lines = screen_text(pilot).splitlines()
        assert "Ann Smith  ann" in lines[1]
        assert "69.50" in lines[4]
        assert status(pilot).endswith("balance 74.50")
        await press(pilot, "enter")
        await shown(pilot)
        assert bench(pilot).current_mode == "journal"
        assert bench(pilot).journal.current_number() == 8
        await press(pilot, "escape")
        assert bench(pilot).current_mode == "parties"
        assert parties(pilot).sheet_is_open
        await press(pilot, "escape")
        assert not parties(pilot).sheet_is_open
        assert "Bob Berg" in screen_text(pilot)


async def test_the_list_is_sorted_by_each_column_by_key_and_by_mouse(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "5", "s", "s")
        assert [key for key, _ in listed(pilot)] == ["bob", "cid", "ann"]
        await press(pilot, "S")
        assert [key for key, _ in listed(pilot)] == ["ann", "cid", "bob"]
        head = screen_text(pilot).splitlines()[1]
        assert "Balance▼" in head
        await pilot.click(parties(pilot).rows, offset=(head.index("Key"), 0))
        assert [key for key, _ in listed(pilot)] == ["ann", "bob", "cid"]
        await pilot.click(parties(pilot).rows, offset=(3, 2))
        await shown(pilot)
        assert parties(pilot).party is not None
        assert parties(pilot).party.key == "bob"
        await pilot.click(parties(pilot).rows, offset=(3, 2))
        await shown(pilot)
        assert parties(pilot).sheet_is_open
    assert list_choices("parties")["sorting"] == ["key", False]


async def test_words_find_parties_while_they_are_typed(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club, NARROW) as pilot:
        await press(pilot, "5", "down", "slash", *keys_for("B be"))
        assert [key for key, _ in listed(pilot)] == ["bob"]
        assert "⏎ Keep  esc Clear" in screen_text(pilot).splitlines()[-1]
        await press(pilot, "enter")
        assert parties(pilot).rows.has_focus
        assert "/ B be" in status(pilot)
        await press(pilot, "slash", "ctrl+u", *keys_for("x"))
        assert "Nothing is left." in screen_text(pilot)
        await press(pilot, "escape")
        assert len(listed(pilot)) == 3
        assert parties(pilot).rows.row_key == club.party("bob").id


async def test_zero_and_inactive_ones_are_hidden_on_request(club: Ledger, at_desk: AtDesk) -> None:
    club.party_adjust("bob", 40)
    async with at_desk(club) as pilot:
        await press(pilot, "5", "z")
        assert [key for key, _ in listed(pilot)] == ["ann"]
        await press(pilot, "z", "Z")
        assert [key for key, _ in listed(pilot)] == ["ann", "bob"]
        assert "without inactive" in status(pilot)


async def test_days_hold_for_sheet_and_balances_both_ends_inclusive(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "5", "d")
        assert isinstance(pilot.app.screen, DaysForm)
        await press(pilot, *keys_for("1/2/2026"), "enter", *keys_for("x"), "ctrl+s")
        assert "'x' is not a date here" in pilot.app.screen.rows[1].error
        await press(pilot, "ctrl+u", *keys_for("1/1/2026"), "ctrl+s")
        assert "before the first" in pilot.app.screen.rows[1].error
        await press(pilot, "ctrl+u", *keys_for("1/3/2026"), "ctrl+s")
        await shown(pilot)
        assert sheet(pilot) == [(OPENING, "", "100.00"), ("Ann · Fee", "-30.50", "69.50")]
        assert listed(pilot)[:2] == [("ann", "69.50"), ("bob", "-40.00")]
        assert "01/02/2026–01/03/2026" in screen_text(pilot)
        await press(pilot, "enter", "S")
        assert sheet(pilot) == [("Ann · Fee", "-30.50", "69.50"), (OPENING, "", "100.00")]
        assert status(pilot).endswith("opening 100.00  balance 69.50")
        await press(pilot, "escape", "backspace")
        assert len(sheet(pilot)) == 3
        await press(pilot, "ctrl+t", *keys_for("31/1"), "enter")
        await shown(pilot)
        assert listed(pilot) == [("ann", "100.00"), ("bob", "0.00"), ("cid", "0.00")]
        assert "to 31/01/2026" in status(pilot)


async def test_periods_narrow_move_and_widen(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "5", "shift+down", "shift+down", "shift+down")
        await shown(pilot)
        assert "Jul 2026" in status(pilot)
        assert sheet(pilot) == [(OPENING, "", "69.50"), ("Bonus", "5.00", "74.50")]
        await press(pilot, "left_square_bracket", "left_square_bracket", "shift+left", "shift+left", "shift+left")
        assert sheet(pilot) == [(OPENING, "", "100.00"), ("Ann · Fee", "-30.50", "69.50")]
        await press(pilot, "t")
        assert "Jul 2026" in status(pilot)
        await press(pilot, "shift+up", "shift+up", "shift+up")
        assert len(sheet(pilot)) == 3


async def test_each_purpose_has_its_sheet(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "5", "p", "p")
        assert sheet(pilot) == [("Bonus", "5.00", "5.00")]
        assert "Ann Smith  ann   bonus" in screen_text(pilot)
        await press(pilot, "p")
        assert len(sheet(pilot)) == 3


async def test_the_form_adjusts_and_the_sheet_shows_it(club: Ledger, at_desk: AtDesk) -> None:
    """The ancestor's form, block and defaults: then that party's sheet."""
    async with at_desk(club) as pilot:
        await press(pilot, "5", "down", "n")
        form = pilot.app.screen
        assert isinstance(form, AdjustmentForm)
        assert [row.field.value for row in form.rows] == [
            "bob", "2.00", "credit", "Admin Adjustment", "Equity:Adjustments", "default", "17/07/2026",
        ]  # fmt: skip
        assert "is owed -40.00" in screen_text(pilot)
        await press(pilot, *keys_for("12*2.5"), "enter", "enter", "enter", "ctrl+s")
        await shown(pilot)
        assert [str(one) for one in club.party_balance("bob")] == ["-10.00 EUR"]
        assert toasts(pilot)[-1] == "Posted 11 · credited Bob Berg with 30.00 · ctrl+z undoes"
        assert parties(pilot).sheet.has_focus
        assert sheet(pilot)[-1] == ("Admin Adjustment", "30.00", "-10.00")
        assert parties(pilot).sheet.row is not None
        assert parties(pilot).sheet.row.number == 11
        await press(pilot, "ctrl+z")
        await shown(pilot)
        assert listed(pilot)[1] == ("bob", "-40.00")
        assert sheet(pilot) == [("Lent", "-40.00", "-40.00")]


async def test_a_debit_of_another_party_from_another_account_on_a_typed_day(club: Ledger, at_desk: AtDesk) -> None:
    club.set_setting("adjustment_side", "debit")
    club.set_setting("adjustment_amount", "")
    async with at_desk(club, NARROW) as pilot:
        await press(pilot, "5", "n", "up", *keys_for("berg"))
        await shown(pilot)
        assert "bob  Bob Berg" in screen_text(pilot)
        await press(pilot, "enter", *keys_for("7"), "enter", "enter", *keys_for("Books"), "enter")
        await press(pilot, *keys_for("paper"), "enter", *keys_for("loan"), "enter", *keys_for("5/7"), "enter")
        await shown(pilot)
        posted = club.transaction(11)
        assert (posted.date, posted.memo) == (date(2026, 7, 5), "Books")
        assert [(line.account, line.amount.units) for line in posted.postings] == [
            ("Liabilities:Parties:bob:loan", 700), ("Expenses:Office:Paper", -700),
        ]  # fmt: skip
        assert "debited Bob Berg with 7.00" in toasts(pilot)[-1]
        assert parties(pilot).sheet_is_open


WRONG = (
    ("party", "", "Name the party"),
    ("party", "nobody", "There is no party 'nobody'"),
    ("party", "cid", "'cid' is inactive"),
    ("amount", "", "Type the amount"),
    ("amount", "0", "must be greater than zero"),
    ("amount", "-5", "must be greater than zero"),
    ("amount", "five", "is not an amount here"),
    ("memo", "{foo} x", "there is no {foo}"),
    ("against", "Nowhere", "There is no account 'Nowhere'"),
    ("against", "Assets:Dollars", "is kept in USD"),
    ("against", "Liabilities:Parties:ann", "itself"),
    ("purpose", "a:b", "cannot be kept"),
    ("day", "40/40", "There is no month 40"),
    ("day", "1/1/2026", "closed"),
)


async def test_what_is_wrong_stands_beneath_its_field(club: Ledger, at_desk: AtDesk) -> None:
    club.open_account("Assets:Dollars", "asset", currency="USD")
    club.close_period("2026-01-31")
    revision = club.revision
    async with at_desk(club) as pilot:
        await press(pilot, "5", "n")
        form = pilot.app.screen
        assert isinstance(form, AdjustmentForm)
        for name, typed, error in WRONG:
            field = getattr(form, name)
            right, field.value = field.value, typed
            await press(pilot, "ctrl+s")
            assert [error in row.error for row in form.rows if row.error] == [True], typed
            assert form.row_of(field).error  # type: ignore[union-attr]
            assert field.has_focus
            field.put(right)
        wrong = {"amount": "abc", "memo": "{foo} x", "against": "Nope:x", "purpose": "a:b", "day": "31/31"}
        for name, typed in {"party": "ann", **wrong}.items():
            getattr(form, name).put(typed)
        await press(pilot, "ctrl+s")
        assert [row.field for row in form.rows if row.error] == [getattr(form, name) for name in wrong]
        assert form.amount.has_focus
    assert club.revision == revision


async def test_an_adjustment_in_another_currency_and_with_a_memo_of_placeholders(club: Ledger, at_desk: AtDesk) -> None:
    club.open_account("Assets:Dollars", "asset", currency="USD")
    async with at_desk(club) as pilot:
        await press(pilot, "5", "n", *keys_for("12.50"), "enter")
        form = pilot.app.screen
        assert isinstance(form, AdjustmentForm)
        assert (form.currency.chosen, form._amount_row.remark.text) == ("", "EUR")
        await press(pilot, "U")
        assert (form.currency.chosen, form._amount_row.remark.text) == ("USD", "USD")
        form.memo.value = "Trip of {party.key}, {amount}"
        await press(pilot, "ctrl+s")
        await shown(pilot)
        posted = club.transaction(11)
        assert posted.memo == "Trip of ann, 12.50 USD"
        assert [(line.account, str(line.amount)) for line in posted.postings] == [
            ("Liabilities:Parties:ann:USD", "-12.50 USD"), ("Equity:Adjustments:USD", "12.50 USD"),
        ]  # fmt: skip


async def test_amounts_on_no_side_and_counts_are_written_plainly_where_balances_have_sides(
    club: Ledger, at_desk: AtDesk
) -> None:
    club.set_setting("negative_style", "dr-cr")
    async with at_desk(club) as pilot:
        bench(pilot).desk.formats = Formats("en_GB", negative="dr-cr")
        await press(pilot, "5", "down", "n")
        form = pilot.app.screen
        assert isinstance(form, AdjustmentForm)
        assert form.amount.value == "2.00"
        assert "is owed 40.00 Dr" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        await shown(pilot)
        assert toasts(pilot)[-1] == "Posted 11 · credited Bob Berg with 2.00 · ctrl+z undoes"
        assert listed(pilot)[1] == ("bob", "-38.00")
        for screen in "123456":
            await press(pilot, screen)
            assert not re.search(r"\d (Dr|Cr) [a-z]", screen_text(pilot)), screen
        desk = bench(pilot).desk
        assert (desk.count(1234), desk.named(Money(250, EUR)), desk.named(Money(250, EUR), credit_normal=True)) == (
            "1,234", "2.50", "2.50 Cr",
        )  # fmt: skip
        assert rate_figure(Decimal("0.92"), desk.formats) == written_rate(Decimal("0.92"), desk.formats) == "0.92"
        assert figure_in_words("-12.50", desk.formats) == "-12.50"


async def test_a_party_is_added_changed_and_deleted(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(
            pilot, "5", "a", *keys_for("dan"), "enter", *keys_for("Dan Low"), "enter", *keys_for("smi"), "enter"
        )
        await press(pilot, "enter", *keys_for("tel=123"), "enter", "enter")
        await shown(pilot)
        dan = club.party("dan")
        assert (dan.name, dan.referred_by, dan.active, dan.data) == ("Dan Low", "ann", True, {"tel": "123"})
        assert toasts(pilot)[-1] == "Added dan · ctrl+z undoes"
        assert parties(pilot).rows.row_key == dan.id
        await press(pilot, "e")
        form = pilot.app.screen
        assert isinstance(form, PartyForm)
        assert form.key.disabled
        await press(pilot, "down", "down", "space", "ctrl+s")
        await shown(pilot)
        assert not club.party("dan").active
        assert parties(pilot).rows.row_key == dan.id
        await press(pilot, "D", "enter")
        await shown(pilot)
        assert [one.key for one in club.parties()] == ["ann", "bob", "cid"]
        await press(pilot, "home", "D", "enter")
        assert "since it has an account of its own" in screen_text(pilot)


async def test_refusals_of_a_party_stand_beneath_their_fields(club: Ledger, at_desk: AtDesk) -> None:
    club.edit_party("bob", referred_by="ann")
    async with at_desk(club) as pilot:
        await press(pilot, "5", "a", *keys_for("ANN"), "ctrl+s")
        form = pilot.app.screen
        assert isinstance(form, PartyForm)
        assert "already a party 'ann'" in form.rows[0].error
        await press(pilot, "escape", "e", "down", *keys_for("bob"), "ctrl+s")
        form = pilot.app.screen
        assert isinstance(form, PartyForm)
        assert "circle" in form.rows[2].error
        await press(pilot, "ctrl+u", *keys_for("{"), "tab", "tab", *keys_for("{x"), "ctrl+s")
        assert "it is no JSON" in form.rows[4].error
        assert "There is no party '{'" in form.rows[2].error
        assert form.referrer.has_focus


async def test_an_empty_screen_says_which_key_fills_it(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "5")
        await shown(pilot)
        assert "No parties yet. Press a to add the first one." in screen_text(pilot)
        await press(pilot, "e", "D", "p", "enter", "y")
        await press(pilot, "a", *keys_for("ann"), "ctrl+s")
        await shown(pilot)
        assert listed(pilot) == [("ann", "0.00")]
        await press(pilot, "enter")
        assert "Nothing was posted for it yet. Press n to credit or debit it." in screen_text(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_book_for_reading_is_looked_at_only(club: Ledger, at_desk: AtDesk, size: tuple[int, int]) -> None:
    assert club.path is not None
    revision = club.revision
    with Ledger.open(club.path, read_only=True) as reading:
        async with at_desk(reading, size) as pilot:
            await press(pilot, "5", "n", "a", "e", "D", "slash", *keys_for("ann"), "enter", "enter")
            await shown(pilot)
            assert len(sheet(pilot)) == 3
            assert "n Adjust" not in screen_text(pilot)
    assert club.revision == revision


async def test_rows_are_copied_for_a_spreadsheet(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "5", "y")
        assert pilot.app.clipboard == "Ann Smith\tann\t74.50\t"
        await press(pilot, "asterisk")
        await press(pilot, "y")
        await shown(pilot)
        assert pilot.app.clipboard.splitlines() == [
            "Ann Smith\tann\t74.50\t", "Bob Berg\tbob\t-40.00\t", "Cid  inactive\tcid\t0.00\t",
        ]  # fmt: skip
        assert "3 marked" in status(pilot)
        await press(pilot, "asterisk", "enter", "home")
        await press(pilot, "y")
        assert pilot.app.clipboard == "10/01/2026\t7\tTop-up\tAssets:Bank:Current\t100.00\t100.00"


async def test_what_another_writes_appears_and_who_was_deleted_goes(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club) as pilot:
        await press(pilot, "5", "end")
        await shown(pilot)
        assert club.path is not None
        with Ledger.open(club.path) as other:
            await asyncio.to_thread(other.party_credit, "bob", 50, date="2026-07-17")
            await asyncio.to_thread(other.delete_party, "cid")
        bench(pilot)._look_at_book()
        await shown(pilot)
        assert listed(pilot) == [("ann", "74.50"), ("bob", "10.00")]
        assert parties(pilot).party is not None
        assert parties(pilot).party.key in ("ann", "bob")
        assert toasts(pilot) == []


async def test_in_a_large_book_it_is_read_beside_the_screen(
    club: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MANY_TRANSACTIONS", 3)
    async with at_desk(club) as pilot:
        await press(pilot, "5")
        await shown(pilot)
        assert len(sheet(pilot)) == 3
        await press(pilot, "down", "n", *keys_for("5"), "ctrl+s")
        await shown(pilot)
        assert listed(pilot)[1] == ("bob", "-35.00")
        assert sheet(pilot)[-1] == ("Admin Adjustment", "5.00", "-35.00")
        assert status(pilot).endswith("balance -35.00")


async def test_dollars_have_a_sheet_of_their_own(club: Ledger, at_desk: AtDesk) -> None:
    club.party_credit("bob", Money(1250, club.add_currency("USD")), date="2026-07-01")
    async with at_desk(club) as pilot:
        await press(pilot, "5", "down")
        await shown(pilot)
        assert "-40.00 +1" in " ".join(screen_text(pilot).split())
        await press(pilot, "p")
        assert sheet(pilot) == [("", "12.50", "12.50")]
        assert "Bob Berg  bob   USD" in screen_text(pilot)
        assert "+ USD" in status(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_screen_and_its_dialogs_obey_no_text(book: Ledger, at_desk: AtDesk, size: tuple[int, int]) -> None:
    for place, text in enumerate(HOSTILE):
        book.add_party(f"[red]{place}[/x]", text, data={text: text})
        book.party_credit(f"[red]{place}[/x]", 5, memo=text, payee=text, purpose=f"[b]{place}")
    async with at_desk(book, size) as pilot:
        for keys in (
            ["5"], ["enter"], ["y"], ["escape"], ["slash", *keys_for("[")], ["enter"], ["backspace"], ["down", "e"],
            ["ctrl+s"], ["e", "escape"], ["D", "enter"], ["escape"], ["full_stop"], ["escape"],
            ["n", "up", *keys_for("[r")], ["escape"], ["escape"], ["n", *keys_for("5"), "ctrl+s"], ["p"],
            ["ctrl+z"], ["d", *keys_for("["), "ctrl+s"], ["escape"], ["f1"], ["escape"],
        ):  # fmt: skip
            await press(pilot, *keys)
            await shown(pilot)
            assert_harmless(screen_text(pilot))
            assert_harmless("".join(toasts(pilot)))
        names = [one.name for one in book.parties()]
        assert sorted(names) == sorted(text.strip() for text in HOSTILE)
        assert pilot.app.is_running
        assert not pilot.app._exit


def test_a_sheet_s_window_has_its_opening_balance_where_it_begins(club: Ledger) -> None:
    whole, ranged = SheetWindow(club.party_sheet("ann")), SheetWindow(club.party_sheet("ann", date_from="2026-02-01"))
    turned = SheetWindow(club.party_sheet("ann", date_from="2026-02-01", newest_first=True))
    assert [row.text for row in whole.rows(0, 9)] == ["Top-up", "Ann · Fee", "Bonus"]
    assert [row.text for row in ranged.rows(0, 9)] == [OPENING, "Ann · Fee", "Bonus"]
    assert [row.text for row in turned.rows(0, 9)] == ["Bonus", "Ann · Fee", OPENING]
    for window in (whole, ranged, turned):
        assert [window.index_of(key) for key in window.keys(0, 9)] == [0, 1, 2]
        assert [row for place in range(3) for row in window.rows(place, place + 1)] == list(window.rows(0, 9))
    assert ranged.index_of_date(date(2026, 7, 10)) == 2


def test_a_party_has_a_sheet_for_each_currency_and_purpose(club: Ledger) -> None:
    assert views_of(club.party_accounts("cid"), EUR) == [SheetView(None, EUR)]
    assert views_of(club.party_accounts("bob"), EUR) == [SheetView(None, EUR)]
    assert views_of(club.party_accounts("ann"), EUR) == [
        SheetView(None, EUR), SheetView("default", EUR), SheetView("bonus", EUR),
    ]  # fmt: skip
    club.edit_party("cid", active=True)
    club.party_account("cid", currency="USD", create=True)
    assert views_of(club.party_accounts("cid"), EUR) == [SheetView(None, USD)]


def test_chosen_days_move_by_their_length_and_widen_to_all() -> None:
    def year_of(day: date) -> tuple[date, date]:
        return date(day.year, 1, 1), date(day.year, 12, 31)

    ten = chosen_period(date(2026, 3, 5), date(2026, 3, 14))
    assert moved(ten, 1, year_of) == chosen_period(date(2026, 3, 15), date(2026, 3, 24))
    assert moved(ten, -1, year_of) == chosen_period(date(2026, 2, 23), date(2026, 3, 4))
    assert moved(chosen_period(date.min, date(1, 1, 9)), -1, year_of) == chosen_period(date.min, date(1, 1, 9))
    assert narrower(ten, date(2026, 7, 1), year_of) == period_of(Span.MONTH, date(2026, 3, 1), year_of)
    assert wider(ten, date(2026, 7, 1), year_of) == EVERYTHING
    assert moved(chosen_period(None, date(2026, 3, 14)), 1, year_of) == chosen_period(None, date(2026, 3, 14))
    assert chosen_period(None, None) == EVERYTHING == period_of(Span.CHOSEN, date(2026, 3, 14), year_of)
    names = [
        period_name(period, FORMATS)
        for period in (ten, chosen_period(None, date(2026, 3, 14)), chosen_period(date(2026, 3, 5), None))
    ]
    assert names == ["05/03/2026–14/03/2026", "to 14/03/2026", "from 05/03/2026"]


@pytest.mark.parametrize("content", [{}, {"member": "7", "tel": "a, b"}, {"n": 1, "list": [None, "x"]}])
def test_extra_data_is_read_back_as_it_was_written(content: dict[str, object]) -> None:
    assert read_data(written_data(content)) == content
