from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.export.conftest import CREATED, HOSTILE, Recalculate
from tui_ledger.export.earlier import is_own_export
from tui_ledger.export.names import default_export_path, ready_export_path, safe_file_name
from tui_ledger.export.workbook import write_balance_sheet
from tui_ledger.reports.report import Report

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shop", "shop"),
        ("My shop 2026", "My-shop-2026"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
        ("..", "book"),
        ("", "book"),
        ("-rf", "rf"),
        ("nul", "_nul"),
        ("COM1.old", "_COM1.old"),
        ("console", "console"),
        ("tab\there\x00and\x1bthere", "tab-here-and-there"),
        ("right\u202eleft", "right-left"),
        ("Ärger & Söhne", "Ärger-&-Söhne"),
        ("日本", "日本"),
        ("ends. ", "ends"),
    ],
)
def test_a_text_becomes_one_harmless_part_of_a_file_name(text: str, name: str) -> None:
    assert safe_file_name(text) == name


@pytest.mark.parametrize("text", [*HOSTILE, "é" * 500, "\udce9", "con.", " prn "])
def test_no_text_leaves_its_folder_or_outgrows_a_name(text: str) -> None:
    name = safe_file_name(text)

    assert Path(name).name == name
    assert 0 < len(name.encode()) <= 130
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)
    assert not name.startswith((".", "-"))


def test_the_default_place_is_exports_beside_the_book(tmp_path: Path) -> None:
    path = default_export_path(tmp_path / "shop.ledger", "balance-sheet", DAY)
    assert path == tmp_path / "exports" / "shop-balance-sheet-2026-03-31.xlsx"
    assert not path.parent.exists()


def test_the_folder_and_the_ending_can_be_given(tmp_path: Path) -> None:
    path = default_export_path(tmp_path / "a b.ledger", "trial-balance", DAY, tmp_path / "out", ".csv")
    assert path == tmp_path / "out" / "a-b-trial-balance-2026-03-31.csv"


def test_a_free_path_is_made_ready_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "exports" / "shop.xlsx"
    assert ready_export_path(path) == path
    assert path.parent.is_dir()


def test_only_an_untouched_earlier_export_is_written_over(tmp_path: Path, shop_report: Report) -> None:
    path = tmp_path / "shop.xlsx"
    write_balance_sheet(shop_report, path, created=CREATED)
    assert ready_export_path(path) == path

    path.write_bytes(b"somebody's own work")
    assert ready_export_path(path) == tmp_path / "shop-2.xlsx"


def test_a_workbook_saved_by_another_program_is_no_longer_ours(
    tmp_path: Path, shop_report: Report, recalculated: Recalculate
) -> None:
    path = write_balance_sheet(shop_report, tmp_path / "shop.xlsx", created=CREATED)
    assert is_own_export(path)

    recalculated(path)

    assert not is_own_export(tmp_path / "recalculated" / "shop.xlsx")


def test_links_and_other_files_are_not_earlier_exports(tmp_path: Path, shop_report: Report) -> None:
    path = write_balance_sheet(shop_report, tmp_path / "shop.xlsx", created=CREATED)
    (tmp_path / "link.xlsx").symlink_to(path)
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "cut.xlsx").write_bytes(path.read_bytes()[:1000])

    for name in ("link.xlsx", "empty.xlsx", "cut.xlsx", "missing.xlsx", "."):
        assert not is_own_export(tmp_path / name)
    assert ready_export_path(tmp_path / "link.xlsx") == tmp_path / "link-2.xlsx"
