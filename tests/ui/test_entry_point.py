from __future__ import annotations

import subprocess
import sys

from tests.conftest import CHECKOUT


def test_the_entry_point_can_be_imported_without_loading_the_screen() -> None:
    program = "import sys, tui_ledger.ui; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True, cwd=CHECKOUT).split()
    assert "tui_ledger.ui" in loaded
    assert {"textual", "babel", "tui_ledger.ui.app"} & set(loaded) == set()


def test_opening_the_workbench_does_not_load_what_only_exports_need() -> None:
    program = "import sys, tui_ledger.ui.app; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", program], text=True, cwd=CHECKOUT).split()
    assert "textual" in loaded
    assert {"openpyxl", "rich.traceback", "tui_ledger.export.workbook"} & set(loaded) == set()
