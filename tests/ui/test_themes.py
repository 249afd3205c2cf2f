from __future__ import annotations

import unicodedata
from functools import reduce
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES

from tests.ui.conftest import FORMATS, NARROW, WIDE, bench, frozen_clock, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger
from tui_ledger.paths import settings_file
from tui_ledger.preferences import Preferences, read_preferences
from tui_ledger.ui.app import Workbench
from tui_ledger.ui.screens.theme_dialog import ThemeDialog
from tui_ledger.ui.themes import PLAIN, THEMES, USUAL, about_theme, theme_names

COLOURED = [theme.name for theme in THEMES if theme.name != PLAIN]
TEXT_CONTRAST, GLYPH_CONTRAST = 4.5, 3.0
LINES = "".join(map(chr, range(0x2500, 0x25A0)))


def workbench(book: Ledger, **preferences: str) -> Workbench:
    return Workbench(book, FORMATS, clock=frozen_clock, preferences=Preferences(**preferences))  # type: ignore[arg-type]


def too_faint(pilot: Pilot[int], within: Region | None = None) -> set[tuple[str, float]]:
    """Texts of the screen, or of a part of it, that stand out too little from what is behind them."""
    found = set()
    for y, strip in enumerate(pilot.app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            start, x = x, x + segment.cell_length
            told = segment.text.strip(" " + LINES)
            if not told or (within is not None and not within.contains(start, y)):
                continue
            assert segment.style is not None
            assert segment.style.color is not None
            assert segment.style.bgcolor is not None
            text, ground = Color.from_rich_color(segment.style.color), Color.from_rich_color(segment.style.bgcolor)
            ratio = contrast(text, ground)
            if ratio < (TEXT_CONTRAST if is_read(told) else GLYPH_CONTRAST):
                found.add((told, round(ratio, 2)))
    return found


def is_read(text: str) -> bool:
    """Whether a text has letters or figures; anything else is a mark. Frames and lines tell nothing."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def contrast(one: Color, other: Color) -> float:
    """The contrast of WCAG 2.1: 1 for the same, 21 for black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    red, green, blue = (
        (part / 12.92) if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def written(pilot: Pilot[int]) -> list[Segment]:
    """What goes to the terminal, after Textual's filters."""
    app = pilot.app
    ground = app.screen.background_colors[1]
    filters = [one for one in app._filters if one.enabled]
    strips = app.screen._compositor.render_strips()
    return [
        segment for strip in strips for segment in reduce(lambda s, one: s.apply_filter(one, ground), filters, strip)
    ]


def colours_written(pilot: Pilot[int]) -> set[str]:
    """The colours that go to the terminal, beside its own two."""
    styles = [segment.style for segment in written(pilot) if segment.style is not None]
    parts = [part for style in styles for part in (style.color, style.bgcolor)]
    return {part.name for part in parts if part is not None and not part.is_default}


def test_the_measure_is_that_of_the_guidelines() -> None:
    assert contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", COLOURED)
async def test_every_text_stands_out_from_its_ground(book: Ledger, theme: str) -> None:
    async with workbench(book, theme=theme).run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        assert too_faint(pilot) == set()
        await press(pilot, "2", "n", "x", "tab", "tab", "q", "tab", "x", "x", "ctrl+s")
        assert too_faint(pilot) == set()
        await press(pilot, "escape", "enter", "3")
        await settle(pilot)
        assert too_faint(pilot) == set()
        await press(pilot, "f9")
        assert too_faint(pilot, pilot.app.screen.query_one(".box").region) == set()


def test_there_are_our_themes_and_all_of_textual() -> None:
    assert theme_names()[: len(THEMES)] == [theme.name for theme in THEMES]
    assert set(theme_names()) >= set(BUILTIN_THEMES)
    assert [name for name in theme_names() if not about_theme(name)] == []


async def test_no_theme_breaks_a_screen(book: Ledger) -> None:
    async with workbench(book).run_test(size=NARROW) as pilot:
        await press(pilot, "2", "n")
        for name in theme_names():
            bench(pilot).wear(name)
            await pilot.pause()
            assert "New transaction" in screen_text(pilot)


async def test_a_theme_is_seen_while_choosing_and_kept_by_enter(book: Ledger) -> None:
    async with workbench(book).run_test(size=NARROW) as pilot:
        await pilot.pause()
        pilot.app.push_screen(ThemeDialog(USUAL))
        await press(pilot, "down", "down")
        assert pilot.app.theme == "ledger-clear"
        await press(pilot, "enter")
        assert pilot.app.theme == "ledger-clear"
    assert settings_file().read_text(encoding="utf-8") == 'theme = "ledger-clear"\n'
    async with Workbench(book, FORMATS, preferences=read_preferences()).run_test(size=NARROW) as pilot:
        assert pilot.app.theme == "ledger-clear"


async def test_escape_takes_the_tried_theme_back(book: Ledger) -> None:
    async with workbench(book, theme="nord").run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.app.run_action("change_colours")
        await press(pilot, "down", "down")
        assert pilot.app.theme != "nord"
        await press(pilot, "escape")
        assert pilot.app.theme == "nord"
    assert not settings_file().exists()


async def test_a_settings_file_that_cannot_be_written_is_said_in_the_list(
    book: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no-folder").write_text("", encoding="utf-8")
    monkeypatch.setenv("TUI_LEDGER_CONFIG", str(tmp_path / "no-folder"))
    async with workbench(book).run_test(size=NARROW) as pilot:
        await pilot.pause()
        await pilot.app.run_action("change_colours")
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, ThemeDialog)
        assert "was not changed: a file is where its folder" in pilot.app.screen._error.text


async def test_the_plain_theme_writes_no_colour_and_reverses_the_cursor(book: Ledger) -> None:
    async with workbench(book, theme=PLAIN).run_test(size=WIDE) as pilot:
        await press(pilot, "2", "n", "x", "x", "ctrl+s")
        await settle(pilot)
        assert colours_written(pilot) == set()
        await press(pilot, "escape", "enter")
        cursor = [
            segment
            for strip in pilot.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.reverse
        ]
        assert any("Müller" in segment.text for segment in cursor)


async def test_no_color_goes_before_every_theme(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with workbench(book, theme="nord").run_test(size=WIDE) as pilot:
        await press(pilot, "2")
        assert pilot.app.theme == PLAIN
        assert colours_written(pilot) == set()
        await pilot.app.run_action("change_colours")
        await press(pilot, "down")
        assert "NO_COLOR is set" in screen_text(pilot)
        assert colours_written(pilot) == set()


async def test_an_empty_no_color_says_nothing(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with workbench(book, theme="nord").run_test(size=NARROW) as pilot:
        assert pilot.app.theme == "nord"
        await press(pilot, "2")
        assert colours_written(pilot) != set()


@pytest.mark.parametrize(("motion", "level"), [("reduced", "none"), ("full", "full"), ("", "full")])
async def test_reduced_motion_lets_nothing_move(book: Ledger, motion: str, level: str) -> None:
    async with workbench(book, **({"motion": motion} if motion else {})).run_test(size=NARROW) as pilot:
        assert pilot.app.animation_level == level


async def test_an_unknown_theme_is_said_with_the_nearest_and_the_usual_one_is_worn(book: Ledger) -> None:
    async with workbench(book, theme="gruv").run_test(size=NARROW, notifications=True) as pilot:
        await pilot.pause()
        assert pilot.app.theme == USUAL
        assert toasts(pilot) == ['~/config/tui-ledger/settings.toml: "gruv" is no theme: perhaps gruvbox is meant.']
