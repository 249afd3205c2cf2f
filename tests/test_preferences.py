from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest

from tui_ledger.errors import SettingsNotKept
from tui_ledger.paths import home_as_tilde, settings_file
from tui_ledger.preferences import Preferences, nearest, read_preferences, write_key, write_preference

WRITTEN = """\
# Mine, all mine.
theme = "nord"   # at night
locale = "de_DE"

[keys]
# as in the other program
new = "ctrl+b"
row-down = ["down", "j"]  # both

[of-another-version]
what = { is = "this" }
"""


@pytest.fixture
def file() -> Path:
    path = settings_file()
    path.parent.mkdir(parents=True)
    return path


def test_without_a_file_nothing_is_set_and_nothing_is_wrong() -> None:
    assert read_preferences() == Preferences()


def test_the_file_says_theme_motion_locale_and_keys(file: Path) -> None:
    file.write_text(WRITTEN.replace("[of-another-version]\nwhat", "# what") + "\n[keys.more]\n", encoding="utf-8")
    found = read_preferences()
    assert (found.theme, found.motion, found.locale) == ("nord", None, "de_DE")
    assert found.keys == {"new": ("ctrl+b",), "row-down": ("down", "j")}
    assert [one for one in found.problems if "more" not in one] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('them = "nord"', '"them" is no option: theme is.'),
        ("colours = 3", '"colours" is no option: there are theme, motion, locale, keys.'),
        ("theme = 3", "theme must be a text in quotation marks."),
        ('motion = "none"', 'motion "none" is not known: write "full" or "reduced".'),
        ('keys = "ctrl+b"', 'keys must be a table: write [keys] on a line of its own, and below it new = "ctrl+b".'),
        ("[keys]\nnew = 7", '[keys] "new" must be a key, "ctrl+b", or a list of keys, ["ctrl+b", "f8"].'),
    ],
)
def test_what_the_file_cannot_say_is_named_with_what_is_nearest(file: Path, text: str, problem: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert read_preferences().problems == (f"~/config/tui-ledger/settings.toml: {problem}",)


def test_a_line_that_cannot_be_read_is_named_and_the_others_hold(file: Path) -> None:
    file.write_text(
        'theme = "nord"\nlocale = de_DE\n[keys]\nnew = "ctrl+b"\nnew = "f8"\nedit = "f7"\n', encoding="utf-8"
    )
    found = read_preferences()
    assert found.theme == "nord"
    assert found.keys == {"new": ("ctrl+b",), "edit": ("f7",)}
    assert [problem.partition("settings.toml: ")[2][:22] for problem in found.problems] == [
        "line 2 cannot be read:",
        "line 5 cannot be read:",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"theme = \xff", "the file cannot be read: it is not written in UTF-8."),
        (b"#" * 1_000_001, "the file cannot be read: it is too long."),
        (b'theme = """open', "the file cannot be read: "),
        (b"a = " + b"[" * 5000, "the file cannot be read: "),
    ],
)
def test_a_file_that_cannot_be_read_at_all_says_why_and_sets_nothing(file: Path, content: bytes, reason: str) -> None:
    file.write_bytes(content)
    found = read_preferences()
    assert found.theme is None
    assert len(found.problems) == 1
    assert reason in found.problems[0]


def test_a_folder_in_its_place_is_no_settings_file(file: Path) -> None:
    file.mkdir()
    assert read_preferences().problems == (
        "~/config/tui-ledger/settings.toml: the file cannot be read: it is no file.",
    )


def test_another_folder_may_be_named_for_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_LEDGER_CONFIG", str(tmp_path))
    (tmp_path / "settings.toml").write_text('motion = "reduced"', encoding="utf-8")
    assert read_preferences().motion == "reduced"


def test_a_change_leaves_every_other_line_as_it_was_typed(file: Path) -> None:
    file.write_text(WRITTEN, encoding="utf-8")
    write_preference("theme", "ledger-day")
    write_preference("motion", "reduced")
    write_key("new", ("f8",))
    write_key("edit", ("f7", "e"))
    changed = file.read_text(encoding="utf-8")
    assert tomllib.loads(changed) == {
        "theme": "ledger-day",
        "locale": "de_DE",
        "motion": "reduced",
        "keys": {"new": "f8", "row-down": ["down", "j"], "edit": ["f7", "e"]},
        "of-another-version": {"what": {"is": "this"}},
    }
    kept = [line for line in WRITTEN.splitlines() if not line.startswith(("theme", "new"))]
    assert [line for line in kept if line not in changed.splitlines()] == []
    assert "# at night" in changed


def test_what_is_taken_away_leaves_the_rest(file: Path) -> None:
    file.write_text(WRITTEN, encoding="utf-8")
    write_preference("theme", None)
    write_preference("motion", None)
    write_key("new", None)
    found = read_preferences()
    assert (found.theme, found.locale, found.keys) == (None, "de_DE", {"row-down": ("down", "j")})


def test_the_first_change_makes_the_folder_and_a_file_that_only_its_user_reads() -> None:
    write_key("new", ("ctrl+b",))
    assert settings_file().read_text(encoding="utf-8") == '[keys]\nnew = "ctrl+b"\n'
    assert stat.S_IMODE(settings_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(settings_file().parent.stat().st_mode) == 0o700
    assert [path.name for path in settings_file().parent.iterdir()] == ["settings.toml"]


def test_taking_away_what_is_not_there_writes_no_table(file: Path) -> None:
    file.write_text("# nothing yet\n", encoding="utf-8")
    write_key("new", None)
    assert file.read_text(encoding="utf-8") == "# nothing yet\n"


def test_a_link_to_a_file_kept_elsewhere_stays_a_link(file: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles.toml"
    elsewhere.write_text('theme = "nord"\n', encoding="utf-8")
    file.symlink_to(elsewhere)
    write_preference("theme", "gruvbox")
    assert file.is_symlink()
    assert elsewhere.read_text(encoding="utf-8") == 'theme = "gruvbox"\n'


def test_a_file_with_other_line_ends_keeps_them(file: Path) -> None:
    file.write_bytes(b'theme = "nord"\r\n[keys]\r\nnew = "f8"\r\n')
    write_preference("motion", "reduced")
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")
    assert read_preferences().motion == "reduced"


@pytest.mark.parametrize("text", ["theme = nord\n", "keys = 3\n"])
def test_a_file_that_cannot_be_changed_safely_is_left_as_it_is(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsNotKept, match=r"settings\.toml was not changed: "):
        write_key("new", ("f8",))
    assert file.read_text(encoding="utf-8") == text


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "no-folder").write_text("", encoding="utf-8")
    monkeypatch.setenv("TUI_LEDGER_CONFIG", str(tmp_path / "no-folder"))
    with pytest.raises(SettingsNotKept, match="was not changed: a file is where its folder should be"):
        write_preference("theme", "nord")


def test_the_nearest_name_is_like_it_or_none() -> None:
    assert nearest("UNDU", ["undo", "redo"]) == "undo"
    assert nearest("zzz", ["undo", "redo"]) is None


def test_a_place_in_the_home_folder_is_shown_from_there() -> None:
    assert home_as_tilde(Path.home() / "books" / "a.ledger") == "~/books/a.ledger"
    assert home_as_tilde(Path("elsewhere") / "a.ledger") == "elsewhere/a.ledger"
