"""What settings are called on the screen, and how their values are read there."""

from __future__ import annotations

from tests.ui.conftest import NARROW, AtDesk, press, screen_text, settle
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.book_settings import KNOWN_SETTINGS
from tui_ledger.locale.catalogues import words_of
from tui_ledger.locale.formats import Formats
from tui_ledger.preferences import OPTIONS
from tui_ledger.ui.setting_words import LABELS, setting_label, setting_value
from tui_ledger.words import speaking

GERMAN = Formats("de_DE")


def test_every_setting_has_a_label() -> None:
    assert {*KNOWN_SETTINGS, *OPTIONS} == LABELS.keys()


def test_settings_are_called_and_read_in_the_readers_language() -> None:
    with speaking(words_of("de")):
        assert setting_label("first_weekday") == "Erster Wochentag"
        assert setting_label("report.Mein Blatt") == "Bericht Mein Blatt"
        assert setting_label("shop.rules") == "shop.rules"
        values = {
            "adjustment_amount": "1234.50",
            "adjustment_side": "credit",
            "first_weekday": "monday",
            "page_size": 1000,
            "status_balances": ["Assets:Bank", "Assets:Cash"],
            "unique_references": True,
            "commission": {"percent": "5"},
            "adjustment_memo": "credit",
            "locale": None,
        }
        assert {name: setting_value(name, value, GERMAN) for name, value in values.items()} == {
            "adjustment_amount": "1.234,50",
            "adjustment_side": "Haben",
            "first_weekday": "Montag",
            "page_size": "1.000",
            "status_balances": "Assets:Bank, Assets:Cash",
            "unique_references": "ja",
            "commission": '{"percent": "5"}',
            "adjustment_memo": "credit",
            "locale": "nicht gesetzt",
        }


async def test_the_sheet_and_its_forms_speak_the_readers_language(book: Ledger, at_desk: AtDesk) -> None:
    with speaking(words_of("de")):
        async with at_desk(book, NARROW, GERMAN) as pilot:
            await pilot.app.run_action("book('settings')", pilot.app)
            await settle(pilot)
            assert "Betrag der Anpassung" in screen_text(pilot)
            pilot.app.screen.grid.go_to("adjustment_amount")  # type: ignore[attr-defined]
            await press(pilot, "enter", "ctrl+u", *"3", "comma", *"5", "enter")
            assert book.setting("adjustment_amount") == "3.50"
            assert "3,50" in screen_text(pilot)
            assert "adjustment_amount" in screen_text(pilot)
            pilot.app.screen.grid.go_to("adjustment_side")  # type: ignore[attr-defined]
            await press(pilot, "enter", "space", "enter")
            assert book.setting("adjustment_side") == "debit"
            await press(pilot, "escape")
            await pilot.app.run_action("book('history')", pilot.app)
            await settle(pilot)
            assert "Einstellung" in screen_text(pilot)
            assert "set-setting" not in screen_text(pilot)
