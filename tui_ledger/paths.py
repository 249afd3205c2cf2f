"""Where do the program's own files lie?"""

from __future__ import annotations

import os
from pathlib import Path


def state_folder() -> Path:
    """Where the program remembers things between sessions; `TUI_LEDGER_STATE` names another place."""
    named = os.environ.get("TUI_LEDGER_STATE")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path("tui-ledger", appauthor=False)


def config_folder() -> Path:
    """Where the user's own settings lie; `TUI_LEDGER_CONFIG` names another place."""
    named = os.environ.get("TUI_LEDGER_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("tui-ledger", appauthor=False)


def settings_file() -> Path:
    """The file of the program's own settings, whether it is there or not."""
    return config_folder() / "settings.toml"


def home_as_tilde(path: Path) -> str:
    """A path as a person reads it: what lies in the home folder begins with `~`."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
