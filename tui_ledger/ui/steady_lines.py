"""How does every line of the screen stand straight on every terminal, whatever was typed?

What terminals do not agree on is settled in each line that is drawn: right-to-left texts get marks around them, which
take no cell, and emoji that are put together are drawn as their first one.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui_ledger.directions import has_right_to_left, marks_in
from tui_ledger.widths import steady


class SteadyLines(LineFilter):
    """Settles it in the pieces of a line, whatever they are styled with; their cells stay as many as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isascii() for segment in segments):
            return segments
        drawn = [_with(segment, steady(segment.text, cell_len)) for segment in segments]
        return _in_place(drawn) if any(has_right_to_left(segment.text) for segment in drawn) else drawn


def _in_place(segments: list[Segment]) -> list[Segment]:
    """The pieces with marks; a word of which only a part has a style of its own stays a word."""
    marks = marks_in("".join(segment.text for segment in segments))
    kept: list[Segment] = []
    begin = 0
    for segment in segments:
        end = begin + len(segment.text)
        kept.append(_marked(segment, [(place - begin, mark) for place, mark in marks if begin < place <= end]))
        begin = end
    return kept


def _marked(segment: Segment, marks: list[tuple[int, str]]) -> Segment:
    """A piece with the marks that stand behind one of its characters."""
    parts, done = [], 0
    for place, mark in marks:
        parts += [segment.text[done:place], mark]
        done = place
    return _with(segment, "".join([*parts, segment.text[done:]]))


def _with(segment: Segment, text: str) -> Segment:
    return segment if text == segment.text else Segment(text, segment.style, segment.control)
