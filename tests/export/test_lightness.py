"""A small command does not pay for what it does not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("openpyxl", "babel", "textual", "rich", "click")


@pytest.mark.parametrize(
    "module",
    [
        "tui_ledger.reports.balance_sheet",
        "tui_ledger.export.plain",
        "tui_ledger.export.delimited",
        "tui_ledger.export.html",
        "tui_ledger.export.names",
    ],
)
def test_only_the_workbook_loads_the_spreadsheet_library(module: str) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
