"""Right-to-left texts beside figures, on terminals that reorder them and on those that do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.directions import has_right_to_left, kept_in_place, without_marks
from tui_ledger.text import name_key
from tui_ledger.widths import cell_width

MARK, OTHER_MARK = "\u200e", "\u200f"
CELLS = st.sampled_from(("31.10.2026", "1,234.50", "-7", "١٢٫٥", "#12", "Müller", "إيجار المكتب", "קפה 2", "מע…", "帳"))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("664  إيجار  12.50", f"664  {MARK}إيجار{MARK}  12.50"),
        ("إيجار  صندوق  12.50", f"{MARK}إيجار{MARK}  {MARK}صندوق{MARK}  12.50"),
        ("إيجار المك…  12.50", f"{MARK}إيجار المك…{OTHER_MARK}{MARK}  12.50"),
        ("demo · حساب · 12", f"demo · {MARK}حساب{MARK} · 12"),
        ("فرع 2 بنك  12", f"{MARK}فرع 2 بنك{MARK}  12"),
        ("١٢٫٥  ٣", f"{MARK}١٢٫٥{MARK}  {MARK}٣{MARK}"),
        ("Müller  帳簿  12.50", "Müller  帳簿  12.50"),
        ("", ""),
    ],
)
def test_a_text_ends_where_it_stands(line: str, kept: str) -> None:
    assert kept_in_place(line) == kept


@given(st.lists(CELLS, max_size=8))
def test_no_figure_stands_behind_a_text_that_could_take_it_along(cells: list[str]) -> None:
    line = kept_in_place("  ".join(cells))
    assert without_marks(line) == "  ".join(cells)
    assert cell_width(line) == cell_width("  ".join(cells))
    assert kept_in_place(line) == line
    for cell, marked in zip(cells, line.split("  "), strict=False):
        if has_right_to_left(cell):
            classes = [unicodedata.bidirectional(character) for character in marked]
            assert classes[0] == "L"
            assert [one for one in classes if one in ("L", "R", "AL", "AN")][-1] == "L"


def test_a_name_copied_from_a_terminal_is_the_same_name() -> None:
    assert name_key(f"Assets:{MARK}صندوق{MARK}") == name_key("Assets:صندوق")
