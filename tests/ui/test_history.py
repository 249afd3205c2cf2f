from __future__ import annotations

from datetime import date

import pytest

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, press, screen_text, settle
from tests.ui.test_hostile import HOSTILE, assert_harmless
from tui_ledger.ledger import Draft, DraftPosting, Ledger, credit, debit
from tui_ledger.ui.act_words import CHANGES_READ, act_in_words, change_in_words, read_in_words
from tui_ledger.ui.change_lines import change_lines
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.history import ChangesWindow, HistoryDialog


def latest_words(ledger: Ledger) -> str:
    newest = ledger.latest_changes(1)[0]
    return act_in_words(ledger.changes_of_act(newest.act), FORMATS)


def test_every_kind_of_act_has_its_words(book: Ledger) -> None:
    said = []
    for act in (
        lambda: book.post("x", debit("Expenses:Rent", "1"), credit("Assets:Bank:Current", "1"), date="2026-07-01"),
        lambda: book.edit(7, memo="y"),
        lambda: book.mark("cleared", [(7, 1)]),
        lambda: book.void(7),
        book.undo,
        lambda: book.reverse(2, date="2026-07-02"),
        lambda: book.edit_many([3, 4, 5, 6], add_tags=["tax"]),
        lambda: book.edit_many([3, 4], add_tags=["more"]),
        lambda: book.rename_account("Assets:Bank", "Assets:Banks"),
        lambda: book.edit_account("2000", tax_code="T"),
        lambda: book.close_account("2000"),
        lambda: book.reopen_account("2000"),
        lambda: book.delete_account("2000"),
        lambda: book.set_setting("locale", "de_DE"),
        lambda: book.set_setting("locale", None),
        lambda: book.add_currency("USD"),
        lambda: book.add_price("2026-07-01", "USD", "EUR", "0.92"),
        lambda: book.remove_price("2026-07-01", "USD", "EUR"),
        lambda: book.set_tax_rate("V19", "19.5", account="Assets:Banks:Current", date_from="2026-07-01"),
        lambda: book.remove_tax_rate("V19", "2026-07-01"),
        lambda: book.set_digits("USD", 4),
        lambda: book.set_fiscal_year("2026-08-01", "2026-12-31"),
        lambda: book.unset_fiscal_year("2026-08-01"),
        lambda: book.close_period("2026-05-31"),
        lambda: book.reopen_period("2026-05-01", reason="forgot one"),
        lambda: book.post_batch([_draft(day) for day in (1, 2, 3, 4)]),
    ):
        act()
        said.append(latest_words(book))
    assert said == [
        "posted 7 · x 1.00",
        "edited 7 · y 1.00",
        "marked 7 · y 1.00",
        "voided 7 · y 1.00",
        "brought back 7 · y 1.00",
        "posted 8 · Quayside 900.00",
        "edited 4 transactions",
        "edited 3, 4",
        "renamed Assets:Bank:Current to Assets:Banks:Current, with 1 beneath it",
        "edited Liabilities:Card",
        "closed Liabilities:Card",
        "opened Liabilities:Card again",
        "deleted Liabilities:Card",
        "set locale to de_DE",
        "took the setting locale away",
        "added the currency USD",
        "noted the price USD 0.92 EUR of 2026-07-01",
        "removed the price USD 0.92 EUR of 2026-07-01",
        "set tax code V19 to 19.5% from 2026-07-01",
        "removed the rate of tax code V19 from 2026-07-01",
        "gave USD 4 digits",
        "set the fiscal year from 2026-08-01 to 2026-12-31",
        "took the fiscal year from 2026-08-01 to 2026-12-31 away",
        "closed all days through 2026-05-31",
        "opened the days after 2026-04-30 again",
        "imported 4 transactions",
    ]


def _draft(day: int) -> Draft:
    lines = (DraftPosting("Expenses:Rent", "5"), DraftPosting("Assets:Petty cash", "-5"))
    return Draft(date=date(2026, 7, day), memo="batch", postings=lines)


def test_an_act_of_which_only_a_part_was_read_is_counted_whole(book: Ledger) -> None:
    book.post_batch([_draft(day) for day in range(1, 10)])
    act = book.latest_changes(1)[0].act
    size = book.size_of_act(act)
    assert size == (9, 0)
    assert act_in_words(book.changes_of_act(act, 5), FORMATS, size=size) == "imported 9 transactions"
    book.post_batch([_draft(day % 28 + 1) for day in range(CHANGES_READ + 5)])
    assert read_in_words(book, book.latest_changes(1)[0].act, FORMATS) == f"imported {CHANGES_READ + 5} transactions"


def test_the_first_change_made_the_book(book: Ledger) -> None:
    assert change_in_words(book.latest_changes(1, through=1)[0], FORMATS) == "made the book"


def test_a_change_is_told_part_by_part(book: Ledger) -> None:
    book.edit(
        3,
        debit("Expenses:Office:Paper", "90.10"),
        credit("Assets:Bank:Current", "90.10", memo="card"),
        date="2026-05-05",
        tags=["tax", "new"],
        data={"order": {"id": 7}},
    )
    lines = change_lines(book.changes_of(3)[-1], FORMATS)
    assert [(line.sign, line.label, line.before, line.after) for line in lines] == [
        ("~", "Date", "04/05/2026", "05/05/2026"),
        ("+", "Tags", "", "tax, new"),
        ("+", "Data", "", "order=id=7"),
        ("~", "Expenses:Office:Paper", "Dr 82.10", "Dr 90.10"),
        ("~", "Assets:Bank:Current", "Cr 82.10", "Cr 90.10 “card”"),
    ]
    assert lines[0].text(6) == "~ Date    04/05/2026 → 05/05/2026"
    assert lines[1].text(6) == "+ Tags    tax, new"


def test_two_lines_of_one_account_are_compared_in_their_order(book: Ledger) -> None:
    lines = debit("Expenses:Rent", "5"), debit("Expenses:Rent", "6"), credit("Assets:Bank:Current", "11")
    number = book.post("twice", *lines, date="2026-07-01").number
    book.edit(number, debit("Expenses:Rent", "5"), credit("Assets:Bank:Current", "5"))
    told = change_lines(book.changes_of(number)[-1], FORMATS)
    assert [(line.sign, line.before, line.after) for line in told] == [
        ("-", "Dr 6.00", ""),
        ("~", "Cr 11.00", "Cr 5.00"),
    ]


def test_the_changes_of_the_book_are_read_by_the_page_newest_first(book: Ledger) -> None:
    window = ChangesWindow(Desk(book, FORMATS, pytest.fail))
    last = book.revision
    assert len(window) == last
    assert [change.seq for change in window.rows(2, 5)] == [last - 2, last - 3, last - 4]
    assert [change.seq for change in window.rows(last - 1, last)] == [1]
    assert window.index_of(last - 4) == 4


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_one_key_shows_who_changed_the_highlighted_transaction(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    book.edit(5, memo="Paper and ink", actor="Ada")
    async with at_desk(book, size) as pilot:
        await press(pilot, "2", "up", "H")
        await settle(pilot)
        shown = screen_text(pilot)
        assert "History of transaction 5" in shown
        assert "17/07/2026 10:30  Ada" in shown
        assert "~ Memo  Paper of the month → Paper and ink" in shown
        assert "posted 5 · Paper Mill 123.40" in shown
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, HistoryDialog)


async def test_the_history_of_the_book_names_the_act_that_undo_would_take_back(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await pilot.app.run_action("book('history')")
        await settle(pilot)
        shown = screen_text(pilot)
        assert "Changes of shop" in shown
        assert "↶ ctrl+z takes back: posted 6 · Müller GmbH 300.00" in shown
        await press(pilot, "end")
        await settle(pilot)
        assert "made the book" in screen_text(pilot)
        await press(pilot, "home", "ctrl+z")
        await settle(pilot)
        assert book.transaction(6).voided
        assert "voided 6 · Müller GmbH 300.00" in screen_text(pilot)
        assert "↶ ctrl+z takes back: posted 5 · Paper Mill 123.40" in screen_text(pilot)


async def test_no_history_and_no_form_obeys_the_text_it_shows(book: Ledger, at_desk: AtDesk) -> None:
    for text in HOSTILE:
        lines = debit("Expenses:Rent", "5", memo=text), credit("Assets:Bank:Current", "5")
        book.post(text, *lines, date="2026-07-11", payee=text, data={"k": text}, actor="[red]\x1b[31m")
    book.set_setting("addon.text", HOSTILE[0])
    book.open_account("Assets:[@click=app.quit] x", "asset", attributes={"a": HOSTILE[1]}, tax_code=HOSTILE[2])
    book.rename_account("Assets:[@click=app.quit] x", "Assets:[/] [red")
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "ctrl+z")
        await settle(pilot)
        bench(pilot).accounts.tree_rows.go_to("Assets:[@click=app.quit] x")
        await settle(pilot)
        for keys in (["E"], ["M"], ["C"], ["D"], ["m"], ["2", "H"]):
            await press(pilot, *keys)
            await settle(pilot)
            assert_harmless(screen_text(pilot))
            await press(pilot, "escape")
        for form in ("history", "opening", "settings", "prices"):
            await pilot.app.run_action(f"book('{form}')")
            await settle(pilot)
            assert_harmless(screen_text(pilot))
            await press(pilot, *["down"] * 6)
            await settle(pilot)
            assert_harmless(screen_text(pilot))
            await press(pilot, "escape")
        assert not pilot.app._exit


async def test_the_history_of_the_book_is_found_in_the_palette_and_in_the_menu(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "ctrl+p", *"changes")
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HistoryDialog)
        await press(pilot, "escape", "f9")
        assert "The latest changes" in screen_text(pilot)
        assert bench(pilot).screen_stack[-1].focused is not None
