"""How does a text that is written from right to left stay where it stands in a line of the terminal?

Some terminals reorder right-to-left text, others do not. One that does takes all that stands between two such texts,
figures and further columns too, for a part of them and turns the whole around. A left-to-right mark on both sides of
each ends it there: whatever the terminal does with the text itself, all beside it stays in its place. Marks take no
cell, and are put in on the way to a terminal alone; those that a text brings along are never shown (`text.clean`).
"""

from __future__ import annotations

import re

LEFT_TO_RIGHT = "\u200e"
RIGHT_TO_LEFT = "\u200f"

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# Blanks between columns, what stands between the parts of a line, and lines between panes all end a text.
_BETWEEN = f"  | [·|] |[\u2500-\u259f{LEFT_TO_RIGHT}]"
_TEXT = re.compile(f"[{_LETTERS}](?:(?:(?!{_BETWEEN}).)*[{_LETTERS}])?…?")
_IS_THERE = re.compile(f"[{_LETTERS}]")


def has_right_to_left(text: str) -> bool:
    """Whether any of it is written from right to left."""
    return not text.isascii() and _IS_THERE.search(text) is not None


def kept_in_place(line: str) -> str:
    """A line whose right-to-left texts move nothing that stands beside them."""
    if not has_right_to_left(line):
        return line
    kept, done = [], 0
    for place, mark in marks_in(line):
        kept += [line[done:place], mark]
        done = place
    return "".join([*kept, line[done:]])


def without_marks(text: str) -> str:
    """A text that was copied from a terminal, as it stands in the book."""
    return text.replace(LEFT_TO_RIGHT, "").replace(RIGHT_TO_LEFT, "")


def marks_in(line: str) -> list[tuple[int, str]]:
    """The marks a line needs, each with the character before which it stands, from left to right.

    The … of a text that was cut stands at its end, as its reader reads it.
    """
    marks: list[tuple[int, str]] = []
    for found in _TEXT.finditer(line):
        if line[found.start() - 1 : found.start()] != LEFT_TO_RIGHT:
            marks.append((found.start(), LEFT_TO_RIGHT))
        if line[found.end() : found.end() + 1] not in (LEFT_TO_RIGHT, RIGHT_TO_LEFT):
            marks.append((found.end(), LEFT_TO_RIGHT if found[0][-1] != "…" else RIGHT_TO_LEFT + LEFT_TO_RIGHT))
    return marks
