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
