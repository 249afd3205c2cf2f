"""Every test runs in the same surroundings, whatever the user's own are, and never touches the user's files."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tui_ledger.dates import own_weeks
from tui_ledger.words import speaking

# An example may take long on a busy machine; one that fails is printed so that it can be run again. Where a test does
# not say how many it wants, fewer are tried than usual unless all is asked for.
EXAMPLES = 100 if os.environ.get("TUI_LEDGER_TEST_ALL") else 40
settings.register_profile("house", deadline=None, print_blob=True, max_examples=EXAMPLES)
settings.load_profile("house")

CHECKOUT = Path(__file__).resolve().parent.parent
KEPT_PREFIXES = ("TUI_LEDGER_TEST_", "TUI_LEDGER_CI_")
FROZEN = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "TERM": "xterm-256color",
    "COLUMNS": "80",
    "LINES": "24",
    "PYTHONPATH": str(CHECKOUT),
}
REMOVED = (
    "LANGUAGE",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLORTERM",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "LEDGER_FILE",
    "PYTHONDONTWRITEBYTECODE",
)


def pytest_configure() -> None:
    """Thousands of tests are collected without one look for garbage among them."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on garbage is looked for in what a test leaves alone, and not after every few things it makes: screens
    make so many that half of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which each test finds a home of its own."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def usual_weeks() -> Iterator[None]:
    """Weeks begin on Monday until a program says otherwise, and behind the test again; values are written plainly."""
    with own_weeks(), speaking():
        yield


@pytest.fixture(autouse=True)
def frozen_surroundings(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One language, one time zone, one terminal; no book named; home and XDG folders empty, new and removable."""
    home = Path(tempfile.mkdtemp(dir=homes))
    with monkeypatch.context() as surroundings:
        for name in list(os.environ):
            if name in REMOVED or (name.startswith(("TUI_LEDGER_", "LC_")) and not name.startswith(KEPT_PREFIXES)):
                surroundings.delenv(name)
        for name, value in {**FROZEN, **_folders(home)}.items():
            surroundings.setenv(name, value)
        time.tzset()
        yield
    time.tzset()


def _folders(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "share"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_DOCUMENTS_DIR": str(home / "documents"),
    }
