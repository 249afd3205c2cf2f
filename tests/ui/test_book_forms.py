"""Prices, currencies, settings, periods, backup and verify: each from the menu of the book, typed, and by mouse."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle
from tui_ledger.errors import InvalidAmount, InvalidPrice
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.keys import key_of
from tui_ledger.ui.path_completion import path_completions
from tui_ledger.ui.screens.book_settings import SettingsSheet
from tui_ledger.ui.screens.periods import year_rows
from tui_ledger.ui.screens.prices import read_rate, written_rate
from tui_ledger.ui.screens.safety import VerifyDialog
from tui_ledger.ui.screens.sheet_dialog import SheetDialog
from tui_ledger.ui.screens.work_dialog import Outcome, WorkDialog, progress_bar


async def open_form(pilot: Pilot[int], name: str) -> None:
    await pilot.app.run_action(f"book('{name}')")
    await settle(pilot)


def line_with(pilot: Pilot[int], text: str) -> tuple[int, int]:
    """Where a text stands on the screen, (column, line)."""
    lines = screen_text(pilot).splitlines()
    row = next(place for place, line in enumerate(lines) if text in line)
    return lines[row].index(text), row


async def test_prices_are_added_changed_and_removed_from_their_list(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "prices")
        assert "No prices yet: a adds one" in screen_text(pilot)
        await press(pilot, "a", *keys_for("1/7/26"), "enter", *keys_for("USD"), "enter", *keys_for("0.9200"))
        await press(pilot, "enter", "enter")
        assert [str(price.rate) for price in book.prices("USD")] == ["0.9200"]
        assert "01/07/2026  USD" in screen_text(pilot)
        await press(pilot, "enter", "ctrl+u", *keys_for("0.93125"), "ctrl+s")
        assert book.prices("USD")[0].rate == Decimal("0.93125")
        await press(pilot, "d", "enter")
        assert book.prices() == ()
        await press(pilot, "escape", "ctrl+z")
        assert len(book.prices()) == 1


@pytest.mark.parametrize(
    ("day", "code", "rate", "sentence", "field"),
    [
        ("31/2", "USD", "1", "no 31/02/2026", "price-day"),
        ("1/7", "USD", "-1", "not an amount", "price-rate"),
        ("1/7", "USD", "", "type what one unit is worth", "price-rate"),
        ("1/7", "USD", "0", "no price", "price-rate"),
        ("1/7", "??", "1", "not a currency", "price-currency"),
        ("1/7", "EUR", "1", "no price", "price-rate"),
    ],
)
async def test_a_price_that_cannot_be_is_refused_at_its_field(
    book: Ledger, at_desk: AtDesk, day: str, code: str, rate: str, sentence: str, field: str
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "prices")
        await press(pilot, "a", *keys_for(day), "down", *keys_for(code), "down", *keys_for(rate), "ctrl+s")
        assert sentence in " ".join(screen_text(pilot).replace("│", " ").split())
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == field
        assert book.prices() == ()


async def test_prices_come_from_a_file_all_or_none(book: Ledger, at_desk: AtDesk, tmp_path: Path) -> None:
    table = tmp_path / "prices.csv"
    table.write_text("date,currency,rate\n2026-01-31,USD,0.92\n2026-02-30,USD,0.93\n", encoding="utf-8")
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "prices")
        await press(pilot, "i", "enter")
        assert "Which file?" in screen_text(pilot)
        await press(pilot, *keys_for(str(table)[:-3]), "down", "enter")
        await settle(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, WorkDialog)
        assert "line 3" in screen_text(pilot)
        assert book.prices() == ()
        table.write_text("date,currency,rate\n2026-01-31,USD,0.92\n", encoding="utf-8")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert dialog.outcome is not None
        assert dialog.outcome.sentence == "Noted 1 price."
        await press(pilot, "enter")
        assert "31/01/2026  USD" in screen_text(pilot)


async def test_a_currency_is_added_and_given_more_digits_only_after_a_warning(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "currencies")
        await press(pilot, "a", *keys_for("GOLD"), "enter", *keys_for("x"), "enter")
        assert "is no number of digits" in screen_text(pilot)
        await press(pilot, "ctrl+u", *keys_for("3"), "enter")
        assert book.currency_of("GOLD").digits == 3
        await press(pilot, "e", "ctrl+u", *keys_for("4"), "enter", "enter")
        shown = " ".join(screen_text(pilot).replace("│", " ").split())
        assert "ctrl+z does not take this back" in shown
        assert "answer yes if you are sure" in shown
        assert book.currency_of("GOLD").digits == 3
        await press(pilot, "y", "enter")
        assert book.currency_of("GOLD").digits == 4
        assert book.verify().ok


async def test_settings_say_what_they_are_about_and_are_checked_in_place(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "settings")
        assert "How accounts named by attributes are opened" in screen_text(pilot)
        sheet = pilot.app.screen
        assert isinstance(sheet, SettingsSheet)
        sheet.grid.go_to("unique_references")
        await press(pilot, "enter", "space", "enter")
        assert book.setting("unique_references") is True
        await press(pilot, "d", "enter")
        assert book.setting("unique_references") is None
        await press(pilot, "home", "enter", *keys_for("[1"), "enter")
        assert "is no JSON" in screen_text(pilot)
        await press(pilot, "ctrl+u", *keys_for('[{"type": "asset"}]'), "enter")
        assert book.setting("account_rules") == [{"type": "asset"}]
        sheet.grid.go_to("adjustments")
        await press(pilot, "enter", "ctrl+u", *keys_for("opening"), "enter")
        assert book.setting("adjustments") == "Equity:Opening"


async def test_how_amounts_and_days_are_written_is_shown_while_it_is_chosen_and_holds_at_once(
    book: Ledger, at_desk: AtDesk
) -> None:
    book.transfer("Expenses:Rent", "Assets:Bank:Current", "91234.50", date="2026-07-01")
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "formats")
        assert "1,234,567.89   -1,234,567.89   €1,234,567.89   -€1,234,567.89" in screen_text(pilot)
        await press(pilot, *keys_for("xx_YY"), "ctrl+s")
        assert "is no locale" in screen_text(pilot)
        await press(pilot, "ctrl+u", *keys_for("de-DE"))
        assert "1.234.567,89   -1.234.567,89   1.234.567,89 €" in screen_text(pilot).replace("\u00a0", " ")
        await press(pilot, *["down"] * 5, "space", "space", "down", *keys_for("nonsense"))
        assert "is no date format" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert book.settings().get("locale") is None
        await press(pilot, "ctrl+u", *keys_for("yyyy/MM/dd"))
        assert "(1.234.567,89)   1.234.567,89 €   (1.234.567,89 €)" in screen_text(pilot).replace("\u00a0", " ")
        await press(pilot, "ctrl+s", "2")
        assert (book.setting("locale"), book.setting("negative_style")) == ("de_DE", "parentheses")
        assert "2026/07/01" in screen_text(pilot)
        await press(pilot, "1")
        assert re.search(r"\(9\d\.\d{3},50\)", screen_text(pilot))
        await press(pilot, "n")
        assert "2026/07/17" in screen_text(pilot)
        await press(pilot, "escape", "ctrl+z")
        assert re.search(r"-9\d,\d{3}\.50", screen_text(pilot))
        await open_form(pilot, "formats")
        await press(pilot, "up", "end", *["down"] * 10, *keys_for("1001"), "ctrl+s")
        assert "'1001' is no page size" in screen_text(pilot)
        await press(pilot, *keys_for("40"), "enter")
        assert book.setting("page_size") == 40
        await open_form(pilot, "settings")
        pilot.app.screen.grid.go_to("page_size")  # type: ignore[attr-defined]
        await press(pilot, "enter", *keys_for("30"), "ctrl+s")
        assert book.setting("page_size") == 30


async def test_a_period_is_closed_and_reopened_for_a_reason(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "periods")
        assert "No day is closed." in screen_text(pilot)
        await press(pilot, "d")
        assert "nothing to reopen" in screen_text(pilot)
        await press(pilot, "a", "enter", "y", "ctrl+s")
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == "close-transaction"
        await press(pilot, "n", "ctrl+s")
        assert str(book.closed_through) == "2026-06-30"
        assert "closed in part" in screen_text(pilot)
        await press(pilot, "d", "enter", "enter")
        assert "say why" in " ".join(screen_text(pilot).replace("│", " ").split())
        await press(pilot, *keys_for("forgot one"), "enter")
        assert str(book.closed_through) == "2026-05-31"


async def test_a_year_is_closed_with_its_closing_transaction(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "periods")
        await press(pilot, "a", *keys_for("31/12/26"), "enter", "y", "ctrl+s")
        assert str(book.closed_through) == "2026-12-31"
        assert book.journal()[-1].closing
        assert str(book.balance("Expenses:Rent")) == "0.00 EUR"


async def test_a_fiscal_year_is_set_and_follows_the_rule_again(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "periods")
        await press(pilot, "e", "down", "ctrl+u", *keys_for("30/6/26"), "enter")
        assert [str(day) for day in book.fiscal_years_set()[0]] == ["2026-01-01", "2026-06-30"]
        assert "01/01/2026  30/06/2026  set" in screen_text(pilot)
        await press(pilot, "e", "down", "ctrl+u", "enter")
        assert book.fiscal_years_set() == ()


def test_years_run_from_the_first_transaction_to_next_year(book: Ledger, at_desk: AtDesk) -> None:
    from tui_ledger.ui.desk import Desk

    book.set_fiscal_year("2026-01-01", "2026-06-30")
    book.close_period("2026-03-31")
    rows = year_rows(Desk(book, FORMATS, pytest.fail))
    assert [(str(row.year.first), row.was_set, row.state) for row in rows] == [
        ("2027-07-01", False, "open"),
        ("2026-07-01", False, "open"),
        ("2026-01-01", True, "closed in part"),
    ]


async def test_a_backup_is_made_beside_the_book_and_said_where(book: Ledger, at_desk: AtDesk) -> None:
    assert book.path is not None
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "backup")
        await press(pilot, "enter")
        await settle(pilot)
        made = list((book.path.parent / "backups").glob("*.backup.ledger"))
        assert len(made) == 1
        assert "Backed up and checked." in screen_text(pilot)
        assert "6 transactions" in screen_text(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, WorkDialog)


async def test_a_backup_over_a_file_is_refused_and_may_go_elsewhere(
    book: Ledger, at_desk: AtDesk, tmp_path: Path
) -> None:
    (tmp_path / "taken").touch()
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "backup")
        await press(pilot, *keys_for(str(tmp_path / "taken")), "ctrl+s")
        await settle(pilot)
        assert "exists already" in " ".join(screen_text(pilot).replace("│", " ").split())
        await press(pilot, "2", "ctrl+s")
        await settle(pilot)
        assert (tmp_path / "taken2").exists()


async def test_verify_says_that_the_book_is_right(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_form(pilot, "verify")
        await press(pilot, "y", "enter")
        await settle(pilot)
        assert "The book is right." in screen_text(pilot)
        assert book.head[:20] in screen_text(pilot)


async def test_long_work_is_stopped_by_escape(book: Ledger, at_desk: AtDesk) -> None:
    class Endless(VerifyDialog):
        def job(self):  # type: ignore[no-untyped-def]
            def turn(progress):  # type: ignore[no-untyped-def]
                while True:
                    progress(1, 2)

            return turn

    async with at_desk(book, NARROW) as pilot:
        dialog = Endless(bench(pilot).desk)
        pilot.app.push_screen(dialog)
        await pilot.pause()
        await press(pilot, "ctrl+s")
        await pilot.pause()
        assert " 50 %" in screen_text(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        assert pilot.app.screen is dialog
        assert "Stopped: nothing was changed." in screen_text(pilot)
        await press(pilot, "escape")
        assert pilot.app.screen is not dialog


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_menu_of_the_book_is_opened_by_a_click_and_leads_to_every_form(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        for id in ("prices", "currencies", "periods", "settings", "book-history"):
            key = key_of(id)
            assert key is not None
            await pilot.click(offset=line_with(pilot, "Book"))
            await settle(pilot)
            place = line_with(pilot, key.description)
            await pilot.click(offset=place)
            await pilot.click(offset=place)
            await settle(pilot)
            assert isinstance(pilot.app.screen, SheetDialog)
            await pilot.click(offset=line_with(pilot, "esc Close"))
            await settle(pilot)
            assert not isinstance(pilot.app.screen, SheetDialog)


async def test_a_book_for_reading_shows_its_lists_and_offers_no_change(book: Ledger, at_desk: AtDesk) -> None:
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as reading:
        async with at_desk(reading, NARROW) as pilot:
            await press(pilot, "f9")
            assert "Opening balances" not in screen_text(pilot)
            await press(pilot, "escape")
            await open_form(pilot, "settings")
            assert "e Change" not in screen_text(pilot)
            await press(pilot, "e", "d")
            assert isinstance(pilot.app.screen, SheetDialog)
            await press(pilot, "escape")
            await open_form(pilot, "opening")
            assert not isinstance(pilot.app.screen, WorkDialog)


def test_rates_are_read_and_written_in_the_readers_notation() -> None:
    german = Formats("de_DE")
    assert read_rate("0,92125", german) == Decimal("0.92125")
    assert written_rate(Decimal("1234.5"), german) == "1.234,50"
    assert written_rate(Decimal("0.000012300"), FORMATS) == "0.0000123"
    with pytest.raises(InvalidAmount):
        read_rate("0.92.1", FORMATS)
    with pytest.raises(InvalidPrice):
        read_rate(" ", FORMATS)


def test_a_path_is_completed_folders_first(tmp_path: Path) -> None:
    (tmp_path / "Books").mkdir()
    for name in ("books.ledger", "budget.txt", ".hidden"):
        (tmp_path / name).touch()
    base = str(tmp_path)
    assert [one.text for one in path_completions(f"{base}/b")] == [
        f"{base}/Books/",
        f"{base}/books.ledger",
        f"{base}/budget.txt",
    ]
    assert [one.text for one in path_completions(f"{base}/b", (".ledger",))] == [
        f"{base}/Books/",
        f"{base}/books.ledger",
    ]
    assert path_completions(f"{base}/nowhere/x") == []
    assert len(path_completions(f"{base}/")) == 3


def test_a_bar_is_never_longer_than_all() -> None:
    assert progress_bar(5, 4).startswith("█" * 30 + " 100 %")
    assert progress_bar(0, 4).startswith("░" * 30)
    assert Outcome("x").lines == ()
