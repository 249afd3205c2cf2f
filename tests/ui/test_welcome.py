from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.conftest import CHECKOUT
from tests.ui.conftest import CHARACTERS, NARROW, WIDE, keys_for, screen_text
from tui_ledger.cli.run import run
from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger import Ledger
from tui_ledger.settings import last_book, recent_books, remember_book
from tui_ledger.ui.screens.new_book import DemoDialog, NewBookForm, book_file, imported_book
from tui_ledger.ui.screens.work_dialog import WorkDialog
from tui_ledger.ui.typing_order import dealt_with
from tui_ledger.ui.welcome_app import Welcome

OWN_CHART = """title = "[red]Ours[/] \\u001b"
description = "=cmd()"
currency = "CHF"
locale = "de_CH"
fiscal_year_start = "07-01"
[[account]]
name = "Assets:[red]Bank[/]"
type = "asset"
code = "1"
"""

JOURNAL = """2026-01-05 Paper Mill
    expenses:paper   12.50
    assets:bank
"""


@asynccontextmanager
async def welcomed(
    folder: Path, size: tuple[int, int] = NARROW, recent: tuple[str, ...] = (), reason: str = ""
) -> AsyncIterator[Pilot[str]]:
    app = Welcome(folder, "GBP", recent, reason)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


def lines_on(pilot: Pilot[str]) -> list[str]:
    return screen_text(pilot).splitlines()  # type: ignore[arg-type]


def words_on(pilot: Pilot[str]) -> str:
    """What stands on the screen or in the dialog over it, as running text."""
    inner = [line.split("│")[len(line.split("│")) // 2] for line in lines_on(pilot) if "│" in line]
    return " ".join(" ".join(inner).split())


async def press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        pilot.app.post_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
    await dealt_with(pilot.app)
    delivering = asyncio.ensure_future(pilot.app._typing.all_dealt_with())  # type: ignore[attr-defined]
    await asyncio.wait([delivering], timeout=10)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_new_book_is_made_and_opened_with_a_few_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    async with welcomed(tmp_path, size) as pilot:
        assert "Which book is it to be?" in words_on(pilot)
        await press(pilot, "enter", *keys_for("shop"), "ctrl+s")
    assert pilot.app.return_value == str(tmp_path / "shop.ledger")
    with Ledger.open(tmp_path / "shop.ledger") as made:
        assert str(made.currency) == "GBP"
        assert len(made.accounts()) > 20


async def test_a_new_book_takes_its_currency_accounts_and_year_from_the_form(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "n", *keys_for("shop"), "enter", "ctrl+u", *keys_for("chf"), "enter", "n", "enter")
        await press(pilot, "ctrl+u", *keys_for("13-01"), "enter")
        assert "is not a day of every year" in words_on(pilot)
        await press(pilot, "ctrl+u", *keys_for("04-01"), "enter")
    with Ledger.open(tmp_path / "shop.ledger") as made:
        assert str(made.currency) == "CHF"
        assert made.fiscal_year_start == (4, 1)
        assert [account.name for account in made.accounts()] == ["Equity:Adjustments"]


async def test_a_chart_is_looked_through_and_brings_its_currency_and_year(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "n", *keys_for("firma"), "enter", "enter", "p")
        assert "Plan comptable général: France: small business" in words_on(pilot)
        assert "Actif immobilisé" in words_on(pilot)
        await press(pilot, "tab", "tab", "end")
        assert "695 Impôts sur les bénéfices" in words_on(pilot)
        await press(pilot, "f1")
        assert "The tree of the chosen chart" in words_on(pilot)
        await press(pilot, "escape")
        form = pilot.app.screen
        assert isinstance(form, NewBookForm)
        assert (form.currency.value, form.year.value) == ("EUR", "01-01")
        form.chart.choose("uk-small-business")
        await press(pilot)
        assert (form.currency.value, form.year.value) == ("GBP", "04-01")
        form.year.value = "07-01"
        form.chart.choose("bas")
        await press(pilot)
        assert (form.currency.value, form.year.value) == ("SEK", "07-01")
        await press(pilot, "ctrl+s")
    with Ledger.open(tmp_path / "firma.ledger") as made:
        assert (str(made.currency), made.setting("locale"), made.fiscal_year_start) == ("SEK", "sv_SE", (7, 1))
        assert made.account("1930").name == "Tillgångar:Omsättningstillgångar:Kassa och bank:Företagskonto"


async def test_a_chart_of_one_s_own_is_read_from_its_path(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(OWN_CHART.replace("de_CH", "xx_YY"), encoding="utf-8")
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "n", *keys_for("ours"), "enter", "enter", "f", "enter")
        form = pilot.app.screen
        assert isinstance(form, NewBookForm)
        assert form.focused is form.own_chart
        await press(pilot, "ctrl+s")
        assert "Which chart of accounts?" in words_on(pilot)
        form.own_chart.value = str(tmp_path / "our")
        await press(pilot)
        assert "No chart can be read there yet." in words_on(pilot)
        assert [one.text for one in form.completions_for(form.own_chart)] == [str(file)]
        form.own_chart.value = str(file)
        await press(pilot, "ctrl+s")
        assert "'xx_YY' is no locale" in words_on(pilot)
        assert form.focused is form.own_chart
        assert not (tmp_path / "ours.ledger").exists()
        file.write_text(OWN_CHART, encoding="utf-8")
        form.own_chart.value = f"{file} "
        await press(pilot)
        assert (form.currency.value, form.year.value) == ("CHF", "07-01")
        assert "[red]Ours[/] ␛: =cmd()" in words_on(pilot)
        await press(pilot, "ctrl+s")
    with Ledger.open(tmp_path / "ours.ledger") as made:
        assert (str(made.currency), made.setting("locale"), made.fiscal_year_start) == ("CHF", "de_CH", (7, 1))
        assert made.account("1").name == "Assets:[red]Bank[/]"


@pytest.mark.parametrize(
    ("name", "currency", "sentence", "field"),
    [
        ("", "EUR", "What is the book called?", "new-file"),
        ("taken", "EUR", "exists already", "new-file"),
        ("nowhere/at/all", "EUR", "cannot be made", "new-file"),
        ("shop", "QQQ", "is not a currency", "new-currency"),
    ],
)
async def test_what_cannot_be_made_is_refused_at_its_field(
    tmp_path: Path, name: str, currency: str, sentence: str, field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken.ledger").write_text("mine", encoding="utf-8")
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "n", *keys_for(name), "enter", "ctrl+u", *keys_for(currency), "ctrl+s")
        shown = words_on(pilot)
        assert sentence in shown
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == field
    assert (tmp_path / "taken.ledger").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "shop.ledger").exists()


async def test_the_demo_is_made_and_opened(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "d", "enter")
        assert isinstance(pilot.app.screen, DemoDialog)
        assert "Made. Enter opens it." in words_on(pilot)
        await press(pilot, "enter")
    assert pilot.app.return_value == str(tmp_path / "exports" / "demo.ledger")


async def test_a_book_is_opened_by_its_path_completed_as_it_is_typed(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    Ledger.create(tmp_path / "books" / "shop.ledger", "EUR").close()
    (tmp_path / "books" / "notes.txt").write_text("x", encoding="utf-8")
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "o", *keys_for(f"{tmp_path}/bo"), "enter", "enter")
        assert "is no tui-ledger book" in words_on(pilot)
        await press(pilot, "backspace", *keys_for(f"{tmp_path}/books/sh"), "enter")
    assert pilot.app.return_value == str(tmp_path / "books" / "shop.ledger")


async def test_books_that_were_open_before_are_a_key_away_and_missing_ones_are_left_out(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "old.ledger", "EUR").close()
    recent = (str(tmp_path / "gone.ledger"), str(tmp_path / "old.ledger"))
    async with welcomed(tmp_path, recent=recent, reason="The book opened last is not there any more") as pilot:
        shown = words_on(pilot)
        assert "gone" not in shown
        assert "not there any more" in shown
        await press(pilot, "end", "enter")
    assert pilot.app.return_value == str(tmp_path / "old.ledger")


async def test_a_journal_becomes_a_book_of_its_own(tmp_path: Path) -> None:
    journal = tmp_path / "2026.journal"
    journal.write_text(JOURNAL.replace("assets:bank", "assets:bank  -12"), encoding="utf-8")
    async with welcomed(tmp_path) as pilot:
        await press(pilot, "i", *keys_for(str(journal)), "enter", *keys_for("shop"), "ctrl+s")
        assert isinstance(pilot.app.screen, WorkDialog)
        assert "line 1" in words_on(pilot)
        assert not (tmp_path / "shop.ledger").exists()
        journal.write_text(JOURNAL, encoding="utf-8")
        await press(pilot, "ctrl+s")
        assert "Imported 1 transactions into 2 accounts" in words_on(pilot)
        await press(pilot, "enter")
    assert pilot.app.return_value == str(tmp_path / "shop.ledger")
    with Ledger.open(tmp_path / "shop.ledger") as made:
        assert str(made.balance("expenses:paper")) == "12.50 GBP"
        assert made.verify().ok


async def test_everything_is_reached_by_mouse_and_one_key_leaves(tmp_path: Path) -> None:
    async with welcomed(tmp_path) as pilot:
        lines = lines_on(pilot)
        row = next(place for place, line in enumerate(lines) if "Make a new book" in line)
        await pilot.click(offset=(lines[row].index("Make"), row))
        await pilot.pause()
        assert "Years begin on" in words_on(pilot)
        await press(pilot, "ctrl+q")
    assert pilot.app.return_value is None


def test_an_empty_journal_makes_no_book(tmp_path: Path) -> None:
    (tmp_path / "empty.journal").touch()
    with pytest.raises(InvalidOptions, match="no transaction"):
        imported_book(tmp_path / "empty.journal", tmp_path / "made.ledger", "EUR")
    assert not (tmp_path / "made.ledger").exists()


def test_a_name_alone_lies_in_the_folder_and_gets_the_usual_ending() -> None:
    home = Path("there")
    assert book_file(" shop ", home) == home / "shop.ledger"
    assert book_file("shop.book", home) == home / "shop.book"
    assert book_file("a/shop", home) == Path("a/shop.ledger")


def test_the_books_opened_last_are_remembered_newest_first(tmp_path: Path) -> None:
    assert recent_books() == []
    for name in ("a", "b", "a", *"cdefghij"):
        remember_book(tmp_path / name)
    assert [Path(book).name for book in recent_books()] == [*"jihgfedc"]
    assert last_book() == str(tmp_path / "j")


def test_without_a_terminal_the_command_still_asks_for_a_book(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 1
    assert "No book was named" in capsys.readouterr().err


def test_importing_the_command_that_welcomes_loads_no_screen() -> None:
    program = "import sys, tui_ledger.cli.workbench; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True, cwd=CHECKOUT).split()
    assert {"textual", "babel"} & set(loaded) == set()
