"""What is settled in a line of the screen before a terminal draws it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui_ledger.directions import without_marks
from tui_ledger.ui.steady_lines import SteadyLines

BLACK = Color(0, 0, 0)
BOLD = Style(bold=True)
TEXTS = st.lists(
    st.sampled_from(["صندوق", "קפה ", "  ", "12.50", "帳", "☀\ufe0f", "👨\u200d👧", "é", "…", " · "]), max_size=6
).map("".join)


def drawn(*texts: str) -> list[str]:
    return [segment.text for segment in SteadyLines().apply([Segment(text, BOLD) for text in texts], BLACK)]


def test_a_word_with_two_styles_stays_a_word() -> None:
    assert drawn("664  صن", "دوق", "  12.50") == ["664  \u200eصن", "دوق\u200e", "  12.50"]


def test_a_line_that_begins_with_a_text_ends_it() -> None:
    assert drawn("صندوق", "  12.50") == ["صندوق\u200e", "  12.50"]


def test_emoji_put_together_take_the_cells_that_were_left_for_them() -> None:
    assert drawn("👨\u200d👧 Shop ☀\ufe0f|") == ["👨 Shop ☀ |"]


@given(st.lists(TEXTS, max_size=5))
def test_cells_and_styles_stay_as_they_are(texts: list[str]) -> None:
    segments = SteadyLines().apply([Segment(text, BOLD) for text in texts], BLACK)
    assert [cell_len(segment.text) for segment in segments] == [cell_len(text) for text in texts]
    assert all(segment.style == BOLD for segment in segments)
    again = SteadyLines().apply([Segment(without_marks(segment.text)) for segment in segments], BLACK)
    assert [segment.text for segment in again] == [segment.text for segment in segments]
