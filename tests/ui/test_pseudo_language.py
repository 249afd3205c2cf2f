"""Is every text of the program looked up where it is shown? In a language of accents no plain word of it is left."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from getpass import getuser
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.pseudo_language import PLAIN, Accents, accented, texts
from tests.ui.conftest import ACCOUNTS, FORMATS, NARROW, AtDesk, bench, frozen_clock, press, screen_text, settle, toasts
from tests.ui.test_sizes import FOR_A_PARTY, LOOKS, WAYS, WITHOUT_A_BOOK, follow
from tui_ledger.charts import StarterChart, chart_names, find_chart, outline
from tui_ledger.ledger import AccountType, Ledger, credit, debit
from tui_ledger.ledger.book_settings import KNOWN_SETTINGS
from tui_ledger.ledger.recurrence import recurrence
from tui_ledger.ledger.saved_reports import SavedReport, save_report
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine, save_template
from tui_ledger.ui.help import TOPICS
from tui_ledger.ui.jumping import LETTERS
from tui_ledger.ui.key_signs import shown_key, written_key
from tui_ledger.ui.keys import KEYS, Scope
from tui_ledger.ui.own_sheet import HELP, OwnSheetApp
from tui_ledger.ui.screens.form_dialog import FormDialog
from tui_ledger.ui.shown_report import KINDS
from tui_ledger.ui.spoken_threads import SpokenThreads
from tui_ledger.ui.themes import theme_names
from tui_ledger.ui.welcome_app import Welcome
from tui_ledger.ui.widgets.bars import TopBar
from tui_ledger.ui.widgets.choice_field import ChoiceField
from tui_ledger.words import _, speaking

SIZE, TALL = (140, 40), (140, 240)
FOREIGN = str.maketrans(PLAIN, "абцдефгхийклмнопкрстувшхызАБЦДЕФГХИЙКЛМНОПКРСТУВШХЫЗ")
"""What the book says is in letters of its own, so that it cannot be taken for a word of the program."""

NEVER_TRANSLATED = {
    *("EUR", "USD", "tui", "ledger", "exports", "GB", "en", "TSV", "default", getuser()),
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


class Wordy(Accents):
    """A language that takes three words for one."""

    def gettext(self, message: str) -> str:
        return " ".join([super().gettext(message)] * 3)


@pytest.fixture
def foreign_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The book of the other tests and something of everything there are acts on, in letters of its own."""
    folder = tmp_path_factory.mktemp("к")
    with Ledger.create(folder / "книга.ledger", currency="EUR", clock=frozen_clock) as ledger:
        for name, kind, code in ACCOUNTS:
            ledger.open_account(foreign(name), kind, code=code)
        bank, rent = foreign("Assets:Bank:Current"), foreign("Expenses:Rent")
        ledger.post(
            foreign("Opening"), debit(bank, "5000"), credit(foreign("Equity:Opening"), "5000"), date="2026-01-01"
        )
        ledger.post(foreign("Rent"), debit(rent, "900"), credit(bank, "900"), date="2026-02-01", payee=foreign("Quay"))
        for day in ("2026-05-04", "2026-06-04", "2026-07-04"):
            lines = debit(foreign("Expenses:Office:Paper"), "82.10"), credit(bank, "82.10")
            ledger.post(foreign("Paper"), *lines, date=day, payee=foreign("Paper Mill"))
        fill(ledger, bank, rent)
        yield ledger


def foreign(text: str) -> str:
    return text.translate(FOREIGN)


def fill(ledger: Ledger, bank: str, rent: str) -> None:
    ledger.rename_account("Equity:Adjustments", foreign("Equity:Adjustments"))
    ledger.set_setting("adjustments", foreign("Equity:Adjustments"))
    ledger.set_setting("adjustment_memo", foreign("Adjustment"))
    kept = [
        Template(foreign(f"one {place}"), (TemplateLine(rent, Decimal(9)), TemplateLine(bank))) for place in range(9)
    ]
    for template in kept:
        save_template(ledger, template)
    ledger.save_schedule(Schedule(foreign("Flat"), kept[0], recurrence("month", date(2026, 6, 1))))
    save_report(ledger, SavedReport(foreign("By quarter"), "income-statement", {"every": "quarter"}))
    ledger.add_party(foreign("mill"), foreign("Paper Mill"))
    ledger.open_account(foreign("Liabilities:VAT"), AccountType.LIABILITY)
    ledger.set_tax_rate(foreign("rent"), 5, account=foreign("Liabilities:VAT"), date_from="2026-01-01")
    ledger.edit_account(rent, tax_code=foreign("rent"))
    for purpose in ("default", foreign("rent")):
        owed = f"{foreign('Liabilities:Parties:mill')}:{foreign(purpose)}"
        ledger.open_account(owed, AccountType.LIABILITY, party=foreign("mill"), purpose=purpose)
        against = foreign("Expenses:Office:Paper")
        ledger.party_credit(foreign("mill"), "12", purpose=purpose, memo=foreign("A box"), against=against)
    ledger.add_user(foreign("Ada"), "administrator")
    ledger.add_currency("USD")
    ledger.add_price("2026-07-01", "USD", "EUR", "0.92")
    ledger.close_period("2026-01-31")


def plain_words(text: str) -> list[str]:
    """The words of two plain letters or more that are neither keys nor typed as they stand."""
    found = {word for word in re.findall(r"\w+", text) if word.isascii() and word.isalpha() and len(word) > 1}
    return sorted(found - NEVER_TRANSLATED - key_words())


@cache
def key_words() -> frozenset[str]:
    """The names of keys, also where they begin a sentence."""
    names = {how(name) for key in KEYS for name in key.names for how in (shown_key, written_key)}
    words = {word for name in names for word in plain_letters(name)} | {"ctrl"}
    return frozenset(words | {word.capitalize() for word in words})


def plain_letters(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)


IDS = {part for key in KEYS for part in key.id.split("-")}
SETTINGS = {
    *(part for name in KNOWN_SETTINGS for part in re.split(r"[_.]", name)),
    *("report", "schedule", "template", "options", "every", "income", "statement", "lines", "li", "nes"),
    *("count", "first", "on", "same", "day", "quarter", "credit", "Equity", "Opening", "Conversion", "Retained"),
    *("Expenses", "Commissions"),
    *("Expenses", "Commissions"),
}
PREFERENCES = {"config", "settings", "toml", "theme", "night", "motion", "full", "locale", "keys"}
COMMISSION_NAMES = {"Income", "Sales", "Expenses", "Commissions", "Commission", "of", "percent", "on", "base"}


def words_of_chart(chart: StarterChart) -> set[str]:
    said = [chart.title, chart.description, *(row.leaf for row in outline(chart))]
    return {*plain_letters(" ".join(said)), *map(str, AccountType)}


ALSO: dict[str, set[str]] = {
    "KeysSheet": IDS,
    "PressDialog": IDS,
    "ThemeDialog": {part for name in theme_names() for part in name.split("-")},
    "SettingsSheet": SETTINGS,
    "SettingForm": SETTINGS,
    "JumpScreen": {"".join(pair) for pair in product(LETTERS, LETTERS)},
    "NameDialog": {"mill"},
    "SaveReportDialog": {"balance", "sheet"},
    "EditAccountDialog": {"type", "savings", "user"},
    "FormatsForm": {"DE", "de", "dd", "MM", "yyyy", "short", "medium", "long"},
    "CommissionForm": {*COMMISSION_NAMES, "reference", "data", "KEY"},
    "ImportPricesDialog": {"csv", "prices", "date", "currency", "in", "rate"},
    "ReportOptions": {"Change", "last", "year"},
    "HistoryDialog": {"party", "credit"},
    "ScheduleForm": {"month"},
    "ProgramSheet": PREFERENCES,
    "PreferenceForm": PREFERENCES,
    "NewBookForm": {word for chart in chart_names() for word in words_of_chart(find_chart(chart))},
}
"""What is on a screen as it is typed elsewhere: ids of keys, names and values of settings, accounts of charts."""

SAY_A_PATH = ("BackupDialog",)
"""What they did is said with a path, broken over lines."""


@pytest.mark.parametrize("name", WAYS)
async def test_no_plain_word_is_left_on_a_screen(foreign_book: Ledger, at_desk: AtDesk, name: str) -> None:
    with speaking(Accents()):
        async with at_desk(foreign_book, TALL if name == "KeySheet" else SIZE) as pilot:
            await follow(pilot, WAYS[name])
            assert type(pilot.app.screen).__name__ == name
            left = left_on(pilot, name)
            assert left == [], " ".join(left)
            if isinstance(pilot.app.screen, FormDialog) and name not in SAY_A_PATH:
                await press(pilot, "ctrl+s")
                await settle(pilot)
                said = {*left_on(pilot, name), *plain_words("\n".join(toasts(pilot)))}
                assert sorted(said) == [], " ".join(said)


@pytest.mark.many
@pytest.mark.parametrize("name", WITHOUT_A_BOOK)
async def test_no_plain_word_is_left_without_a_book(tmp_path: Path, name: str) -> None:
    with speaking(Accents()):
        app = Welcome(tmp_path, "EUR", recent=[])
        async with app.run_test(size=SIZE) as pilot:
            for key in WITHOUT_A_BOOK[name]:
                await pilot.press(key)
            await pilot.pause()
            assert type(app.screen).__name__ == name
            ours = plain_letters(str(tmp_path))
            left = [word for word in left_on(pilot, name) if word not in ours]
            assert left == [], " ".join(left)


async def test_no_plain_word_is_left_for_a_party(foreign_book: Ledger) -> None:
    foreign_book.add_user(foreign("Ann"), "party", foreign_book.parties()[0])
    with speaking(Accents()):
        app = OwnSheetApp(foreign_book.for_user(foreign("Ann")), foreign_book.parties()[0].key, FORMATS)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            assert type(app.screen).__name__ in FOR_A_PARTY
            found = left_on(pilot, "OwnSheetScreen")
            await pilot.press("question_mark")
            await pilot.pause()
            assert (found, left_on(pilot, "KeySheet")) == ([], [])


async def test_no_plain_word_is_left_in_the_palette_and_in_what_is_said(foreign_book: Ledger, at_desk: AtDesk) -> None:
    with speaking(Accents()):
        async with at_desk(foreign_book, TALL) as pilot:
            await press(pilot, "2", "ctrl+p")
            await settle(pilot)
            found = {"palette": left_on(pilot, "palette")}
            await press(pilot, *"zzqqzzqq")
            found["no match"] = await left_when_nothing_matches(pilot)
            await press(pilot, "escape", "x", "y", "ctrl+z", "ctrl+y", "n", "ctrl+s")
            await settle(pilot)
            found["toasts"] = plain_words("\n".join(toasts(pilot)))
            found["journal"] = left_on(pilot, "journal")
            assert {place: words for place, words in found.items() if words} == {}


async def test_no_plain_word_is_left_in_a_report(foreign_book: Ledger, at_desk: AtDesk) -> None:
    found: dict[str, list[str]] = {}
    with speaking(Accents()):
        async with at_desk(foreign_book, SIZE) as pilot:
            for kind in KINDS:
                await bench(pilot).open_report(kind.name)
                await settle(pilot)
                found[kind.name] = left_on(pilot, kind.name)
    assert {place: words for place, words in found.items() if words} == {}


async def left_when_nothing_matches(pilot: Pilot[int]) -> list[str]:
    for _look in range(LOOKS):
        await pilot.pause(0.05)
        if accented("No matches found") in screen_text(pilot):
            break
    else:
        pytest.fail("nothing was said")
    return [word for word in left_on(pilot, "palette") if word != "zzqqzzqq"]


async def test_work_beside_the_screen_speaks_as_the_screen_does() -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(SpokenThreads())
    with speaking(Accents()):
        assert await loop.run_in_executor(None, _, "Balance") == accented("Balance")
    assert await loop.run_in_executor(None, _, "Balance") == "Balance"


async def test_choices_go_by_the_letters_that_are_shown_and_keep_their_values(book: Ledger, at_desk: AtDesk) -> None:
    with speaking(Accents()):
        async with at_desk(book, SIZE) as pilot:
            await follow(pilot, WAYS["CloseDaysForm"])
            field = pilot.app.screen.query_one("#close-transaction", ChoiceField)
            field.focus()
            await press(pilot, "y")
            assert (field.chosen, field.is_yes) == ("no", False)
            await press(pilot, accented("y"))
            assert (field.chosen, field.is_yes) == ("yes", True)
            assert accented("yes") in screen_text(pilot)


async def test_where_there_is_no_room_for_all_names_the_current_screen_keeps_its_own(
    book: Ledger, at_desk: AtDesk
) -> None:
    with speaking(Wordy()):
        async with at_desk(book, NARROW) as pilot:
            top = screen_text(pilot).partition("\n")[0]
            shown = [key.named in top for key in KEYS if key.id in ("accounts", "journal", "palette")]
            assert (shown, "shop" in top) == ([True, False, False], True)
            assert all(place.region.right < NARROW[0] for place in pilot.app.screen.query_one(TopBar).places())


def test_all_help_and_every_key_can_be_translated() -> None:
    said = [text for topic in (*TOPICS.values(), HELP) for text in (topic.title, topic.text)]
    said += [scope.value for scope in Scope]
    with speaking(Accents()):
        said += [] if all(plain_words(key.named + " " + key.told) == [] for key in KEYS) else ["a key"]
    assert [text for text in said if text not in texts()] == []


def left_on(pilot: Pilot[Any], name: str) -> list[str]:
    return [word for word in plain_words(screen_text(pilot)) if word not in ALSO.get(name, set())]
