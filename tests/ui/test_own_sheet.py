"""A party at its own sheet: its figures, days and months, and no way to anything else, whatever is typed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, frozen_clock, press, screen_text, toasts
from tests.ui.test_hostile import HOSTILE, assert_harmless
from tui_ledger.errors import DocumentNotOpened, InvalidOptions
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ui.keys import KEYS, Scope
from tui_ledger.ui.open_document import open_document
from tui_ledger.ui.own_rows import months_of
from tui_ledger.ui.own_sheet import OwnSheetApp
from tui_ledger.ui.own_sheet_keys import OWN_TABLE
from tui_ledger.ui.path_completion import path_completions
from tui_ledger.ui.reading_only import FOR_READING
from tui_ledger.ui.screens.attachments import AttachForm
from tui_ledger.ui.screens.prices import PricesSheet
from tui_ledger.ui.shown_period import EVERYTHING, chosen_period
from tui_ledger.ui.signing import is_for, is_still_who_they_were, named, why_reading_only


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann is owed 74.50, also from Bob; she may sign in, and so may Bea, a bookkeeper."""
    for key, name in (("ann", "Ann Smith"), ("bob", "Bob Berg")):
        book.add_party(key, name)
    book.party_credit("ann", "100", memo="Top-up", against="Assets:Bank:Current", date="2026-01-10")
    book.party_debit("ann", "30.50", memo="Fee", against="Income:Sales", date="2026-02-01")
    book.party_credit("bob", 40, date="2026-03-01")
    ann, bob = (book.party_account(key).name for key in ("ann", "bob"))
    book.post("Gift", debit(bob, 5), credit(ann, 5), date="2026-07-10")
    book.add_user("Ann", "party", "ann")
    book.add_user("Bea", "bookkeeper")
    book.add_user("Vic", "viewer")
    return book


@asynccontextmanager
async def at_own_sheet(book: Ledger, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[int]]:
    app = OwnSheetApp(book.for_user("Ann"), "ann", FORMATS, clock=frozen_clock)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield pilot


async def type_keys(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def rows(pilot: Pilot[int]) -> list[tuple[str, tuple[str, ...], str]]:
    app = pilot.app
    assert isinstance(app, OwnSheetApp)
    return [(row.text, row.counter_accounts, str(row.balance.amount)) for row in app.sheet.sheet.window.rows(0, 99)]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_it_has_days_balances_newest_first_and_months(club: Ledger, size: tuple[int, int]) -> None:
    async with at_own_sheet(club, size) as pilot:
        assert rows(pilot) == [
            ("Top-up", ("Assets:Bank:Current",), "100.00"),
            ("Fee", ("Income:Sales",), "69.50"),
            ("Gift", ("another party",), "74.50"),
        ]
        assert "Ann Smith  ann   balance 74.50" in screen_text(pilot)
        await type_keys(pilot, "S")
        assert [row[0] for row in rows(pilot)] == ["Gift", "Fee", "Top-up"]
        await type_keys(pilot, "S", "d", *"01/02/2026", "tab", *"10/07/2026", "ctrl+s")
        assert [(row[0], row[2]) for row in rows(pilot)] == [
            ("Opening balance", "100.00"), ("Fee", "69.50"), ("Gift", "74.50")
        ]  # fmt: skip
        await type_keys(pilot, "backspace", "m")
        drawn = screen_text(pilot)
        assert all(text in drawn for text in ("2026-01", "2026-07", "Total", "-30.50"))
        await type_keys(pilot, "escape", "question_mark")
        assert "Your sheet" in screen_text(pilot)


async def test_no_key_leads_anywhere_else(club: Ledger) -> None:
    """Every key of the whole workbench, typed one after the other, and words into whatever opens."""
    others = ("Bob", "Quayside", "Paper Mill", "Expenses", "Liabilities:Card", "Users", "Backup", "Verify", "Journal")
    every = sorted({name for key in KEYS for name in key.names} - {"ctrl+q"})
    async with at_own_sheet(club) as pilot:
        for name in every:
            pilot.app.post_message(events.Key(name, name if len(name) == 1 else None))
            await pilot.pause()
            drawn = screen_text(pilot)
            assert [text for text in others if text in drawn] == [], name
            if pilot.app.screen is not pilot.app.sheet:  # type: ignore[attr-defined]
                await pilot.press("escape")
        await type_keys(pilot, "ctrl+p", *"users", "enter", "f9", "comma", "slash", *"bob", "enter")
        assert [text for text in others if text in screen_text(pilot)] == []
        assert pilot.app.is_running
    assert str(club.party_balance("ann")[0].amount) == "74.50"


async def test_hostile_text_is_only_text(club: Ledger) -> None:
    club.edit_party("ann", name="=cmd() [red]x[/]")
    for text in HOSTILE:
        club.party_credit("ann", 1, memo=text, date="2026-07-11")
    async with at_own_sheet(club, NARROW) as pilot:
        assert_harmless(screen_text(pilot))
        assert "=cmd() [red]x[/]" in screen_text(pilot)
        for line in range(1, NARROW[1] - 1, 2):
            await pilot.click(offset=(20, line))
        await type_keys(pilot, "m", "full_stop")
        assert_harmless(screen_text(pilot))
        assert pilot.app.is_running


async def test_who_may_no_more_is_shown_out(club: Ledger) -> None:
    async with at_own_sheet(club) as pilot:
        club.edit_user("Ann", active=False)
        pilot.app._look_at_book()  # type: ignore[attr-defined]
        await pilot.pause()
        assert pilot.app.return_code == 1
        assert "sign in again" in pilot.app.last_words  # type: ignore[attr-defined]


async def test_a_bookkeeper_is_named_and_not_offered_what_is_for_administrators(club: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(club.for_user("Bea")) as pilot:
        assert "Bea (bookkeeper)" in screen_text(pilot).splitlines()[0]
        await press(pilot, "f9")
        drawn = screen_text(pilot)
        assert "Periods" in drawn
        assert "Who may sign in" not in drawn
        await press(pilot, "escape")
        bench(pilot).action_book("users")
        await pilot.pause()
        assert toasts(pilot)[-1] == "That is for an administrator."


def test_what_is_offered_goes_by_the_role(club: Ledger) -> None:
    bea, vic = club.for_user("Bea"), club.for_user("Vic")
    offered: dict[tuple[Any, ...], bool] = {
        (who, id, is_served): is_for(ledger, id, is_served=is_served)
        for who, ledger in (("owner", club), ("Bea", bea))
        for id in ("users", "backup", "periods")
        for is_served in (False, True)
    }
    assert [key for key, is_offered in offered.items() if not is_offered] == [
        ("Bea", "users", False), ("Bea", "users", True), ("Bea", "backup", True)
    ]  # fmt: skip
    assert (named(club), named(vic)) == ("shop", "shop · Vic (viewer)")
    assert why_reading_only(club) == why_reading_only(bea) == FOR_READING
    assert why_reading_only(vic) == "Vic signed in as a viewer, who writes nothing in this book."
    before = vic.signed_in
    assert is_still_who_they_were(vic, before)
    club.edit_user("Vic", role="bookkeeper")
    assert not is_still_who_they_were(vic, before)
    bea_before = bea.signed_in
    club.set_passphrase("Bea", "another one altogether")
    assert not is_still_who_they_were(bea, bea_before)


async def test_files_of_the_computer_that_serves_are_for_its_administrators(
    club: Ledger, at_desk: AtDesk, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("private")
    club.attach(1, str(secret))
    (attached,) = club.attachments(1)
    async with at_desk(club.for_user("Bea")) as pilot:
        assert bench(pilot).reaches_files
        assert path_completions(f"{tmp_path}/sec")
        driver = bench(pilot)._driver
        bench(pilot)._driver = Web(driver)  # type: ignore[assignment]
        assert not bench(pilot).reaches_files
        assert path_completions(f"{tmp_path}/sec") == []
        with pytest.raises(DocumentNotOpened, match="on the computer that serves"):
            open_document(pilot.app, attached)
        assert not PricesSheet(bench(pilot).desk).check_action("import_file", ())
        form = AttachForm(bench(pilot).desk, 1)
        form.address.put(str(secret))
        with pytest.raises(InvalidOptions, match="only an address on the web"):
            form.act()
        bench(pilot)._driver = driver


class Web:
    """A browser in the place of the terminal, as far as a program asks which of both it is."""

    is_web = True

    def __init__(self, driver: Any) -> None:
        self._driver = driver

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)


def test_months_are_in_the_party_s_direction_and_of_its_accounts_alone(club: Ledger) -> None:
    ann, eur = club.for_user("Ann"), club.currency
    accounts = ann.party_accounts("ann")
    found = months_of(ann, accounts, eur, EVERYTHING)
    assert [(one.month, str(one.net.amount), one.count) for one in found if one.count] == [
        ("2026-01", "100.00", 1), ("2026-02", "-30.50", 1), ("2026-07", "5.00", 1), ("Total", "74.50", 3)
    ]  # fmt: skip
    first, last = club.today.replace(month=2, day=1), club.today.replace(month=2, day=1)
    assert [one.month for one in months_of(ann, accounts, eur, chosen_period(first, last))] == ["2026-02", "Total"]
    assert months_of(ann, (), eur, EVERYTHING) == []


def test_its_keys_are_those_of_lists_and_dialogs_and_a_few_more() -> None:
    by_id = {key.id: key for key in OWN_TABLE}
    led_elsewhere = {"accounts", "journal", "reports", "parties", "go-to-account", "book-menu", "palette", "export"}
    assert not by_id.keys() & led_elsewhere
    assert {key.scope for key in OWN_TABLE if key.id not in {one.id for one in KEYS}} == {Scope.SCREEN}
    for scope in (Scope.SCREEN, Scope.LIST, Scope.EVERYWHERE):
        names = [name for key in OWN_TABLE if key.scope is scope for name in key.names]
        assert len(names) == len(set(names))
