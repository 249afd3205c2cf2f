from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger.paths import settings_file, state_folder
from tui_ledger.settings import remember_book
from tui_ledger.ui.crash import keep_report
from tui_ledger.ui.keys import KEYS
from tui_ledger.ui.unfinished import FOLDER


@pytest.fixture
def settings() -> Path:
    settings_file().parent.mkdir(parents=True)
    return settings_file()


def test_locate_names_every_place_and_whether_it_is_there(call: Call, shop: Path, settings: Path) -> None:
    settings.write_text("", encoding="utf-8")
    answer = call("--book", shop, "locate", "--json")
    assert answer.json == {
        "settings": {"path": str(settings), "exists": True},
        "state": {"path": str(state_folder()), "exists": False},
        "unfinished": {"path": str(state_folder() / FOLDER), "exists": False},
        "crash_reports": {"path": str(state_folder() / "crashes"), "exists": False},
        "book": {"path": str(shop), "exists": True},
        "exports": {"path": str(shop.parent / "exports"), "exists": False},
        "plug_ins": [],
    }


def test_locate_knows_where_reports_of_errors_go(call: Call) -> None:
    report = keep_report("nothing", datetime(2026, 1, 2, tzinfo=UTC))
    assert report is not None
    assert call("locate", "--json").json["crash_reports"] == {"path": str(report.parent), "exists": True}


def test_locate_shows_the_last_book_and_places_from_home_for_people(call: Call, shop: Path) -> None:
    remember_book(shop)
    lines = call("locate").out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == [
        "settings",
        "state",
        "unfinished",
        "crash",
        "book",
        "exports",
        "plug-ins",
    ]
    assert "~/config/tui-ledger/settings.toml  (not there)" in lines[2]
    assert lines[6].split()[1] == str(shop)


def test_locate_works_before_there_is_a_book(call: Call) -> None:
    answer = call("locate")
    assert answer.status == 0
    assert "none yet" in answer.out
    assert call("locate", "--json").json["book"] == {"path": None, "exists": False}


def test_locate_shows_no_password_of_a_database(call: Call) -> None:
    answer = call("--book", "postgresql://ann:secret@host/shop", "locate", "--json")
    assert answer.json["book"]["path"] == "postgresql://ann@host/shop"
    assert "secret" not in answer.out + answer.err


def test_keys_lists_every_key_with_its_id(call: Call) -> None:
    keys = call("keys", "--json").json["keys"]
    assert [key["id"] for key in keys] == [key.id for key in KEYS]
    assert next(key for key in keys if key["id"] == "undo") == {
        "scope": "Everywhere",
        "id": "undo",
        "keys": ["ctrl+z"],
        "default_keys": ["ctrl+z"],
        "remapped": False,
        "label": "Undo",
        "description": "Take back your own last act",
    }


def test_keys_marks_those_of_ones_own(call: Call, settings: Path) -> None:
    settings.write_text('[keys]\nundo = ["f7", "alt+u"]\n', encoding="utf-8")
    undo = next(key for key in call("keys", "--json").json["keys"] if key["id"] == "undo")
    assert (undo["keys"], undo["default_keys"], undo["remapped"]) == (["f7", "alt+u"], ["ctrl+z"], True)
    lines = call("keys").out.splitlines()
    own = [line.split()[:4] for line in lines if line.startswith("*")]
    assert own == [["*", "f7", "alt+u", "undo"], ["*", "f7", "alt+u", "sheet-undo"]]


@pytest.mark.parametrize("command", ["keys", "locate"])
def test_what_is_wrong_in_the_settings_file_is_said_beside_the_answer(call: Call, settings: Path, command: str) -> None:
    settings.write_text('them = "x"\ntheme = "gruv"\nlocale = "xx_YY"\n[keys]\nundu = "f7"\n', encoding="utf-8")
    answer = call(command, "--json")
    assert answer.status == 0
    assert answer.json
    assert [line.partition("settings.toml: ")[2].split(":")[0] for line in answer.err.splitlines()] == [
        '"them" is no option',
        '"gruv" is no theme',
        "'xx_YY' is no locale",
        '[keys] "undu" is the id of no key',
    ]


def test_locate_loads_no_screen_where_the_settings_say_nothing_about_it() -> None:
    program = (
        "import sys; from tui_ledger.cli.run import run; run(['locate']);"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True).splitlines()[-1].split()
    assert "tui_ledger" in loaded
    assert {"textual", "babel", "openpyxl", "tomlkit"} & set(loaded) == set()


def test_the_settings_files_locale_holds_where_nothing_else_says_one(
    at_shop: Call, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_shop("post", "--date", "2026-01-02", "Assets:Bank 1450.50", "Income:Sales")
    settings.write_text('locale = "de_DE"\n', encoding="utf-8")
    assert "1,450.50" in at_shop("balance").out
    for name in ("LANG", "LC_ALL", "LC_MONETARY"):
        monkeypatch.delenv(name, raising=False)
    assert "1.450,50" in at_shop("balance").out
    assert "1,450.50" in at_shop("--locale", "en_GB", "balance").out
    settings.write_text('locale = "xx_YY"\n', encoding="utf-8")
    assert "1,450.50" in at_shop("balance").out
