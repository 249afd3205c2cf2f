"""A room is loaded when it is first used, and a command loads few of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import tui_ledger.ledger
from tui_ledger.later import Room
from tui_ledger.ledger import Account, Ledger

FOR_OTHER_ACTS = (
    *("undoing", "history_check", "replaying", "rebuilding", "verification", "backups", "copying", "corrections"),
    *("attachments", "batches", "schedules", "recurrence", "templates", "memo_templates", "parties", "party_sheet"),
    *("party_balances", "taxes", "tax_split", "users", "passphrases"),
)


def loaded_by(program: str, *arguments: str) -> set[str]:
    asking = f"{program}\nimport sys; print(*[name for name in sys.modules if name.startswith('tui_ledger.')])"
    said = subprocess.run([sys.executable, "-c", asking, *arguments], check=True, capture_output=True, text=True)
    return set(said.stdout.splitlines()[-1].split())


def test_a_report_loads_no_room_of_other_acts(tmp_path: Path) -> None:
    place = tmp_path / "books.ledger"
    Ledger.create(place).close()
    program = "import sys\nfrom tui_ledger.cli.run import run\nassert run(sys.argv[1:]) == 0"
    loaded = loaded_by(program, "--book", str(place), "report", "balance-sheet")
    assert "tui_ledger.reports.balance_sheet" in loaded
    assert not {f"tui_ledger.ledger.{room}" for room in FOR_OTHER_ACTS} & loaded


def test_the_book_s_names_are_found_where_they_are_asked_for() -> None:
    kinds = {name: getattr(tui_ledger.ledger, name) for name in tui_ledger.ledger.__all__}
    assert Account in get_args(kinds.pop("AccountLike"))
    assert {name: kind.__name__ for name, kind in kinds.items()} == {name: name for name in kinds}


def test_a_stand_in_is_its_room_to_whoever_looks_or_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui_ledger.ledger import passphrases

    room = Room("tui_ledger.ledger.passphrases")
    assert room.LONGEST == passphrases.LONGEST
    with monkeypatch.context() as changed:
        changed.setattr(room, "LONGEST", 7)
        assert passphrases.LONGEST == 7
    assert passphrases.LONGEST == room.LONGEST != 7
    with pytest.raises(AttributeError):
        _ = room.nothing_of_that_name


@pytest.mark.parametrize("name", ["nothing_of_that_name", "_private", "__wrapped__"])
def test_a_name_that_is_not_there_is_said_to_be_missing(name: str) -> None:
    with pytest.raises(AttributeError, match="has no attribute"):
        getattr(tui_ledger.ledger, name)


def test_a_room_that_does_not_load_says_so_where_it_is_used() -> None:
    with pytest.raises(ModuleNotFoundError):
        _ = Room("tui_ledger.ledger.nothing_of_that_name").anything
