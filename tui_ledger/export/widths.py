"""How many cells of a terminal does a text take, and how is it made to fit?"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

ELLIPSIS = "…"


def cell_width(text: str) -> int:
    """The cells a text takes: two for wide characters, none for combining ones."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def clip(text: str, width: int) -> str:
    """The text, or as much of it as leaves room for an ellipsis in `width` cells."""
    if cell_width(text) <= width:
        return text
    kept, taken = [], cell_width(ELLIPSIS)
    for character in text:
        taken += _character_width(character)
        if taken > width:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS if width > 0 else ""


def wrap(text: str, width: int) -> list[str]:
    """The text on lines of at most `width` cells, broken at blanks, and within a word only where it must be."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_width(joined) <= width:
            lines[-1] = joined
            continue
        *full, rest = _pieces(word, width)
        lines = [*(line for line in lines if line), *full, rest]
    return [line for line in lines if line]


def to_left(text: str, width: int) -> str:
    """The text clipped and padded on its right to exactly `width` cells."""
    shown = clip(text, width)
    return shown + " " * (width - cell_width(shown))


def to_right(text: str, width: int) -> str:
    """The text padded on its left to at least `width` cells; a figure is never clipped."""
    return " " * (width - cell_width(text)) + text


def lines_of(widths: Sequence[int], gap: int, room: int) -> list[list[int]]:
    """Which columns, by their places, stand on which line: as many beside each other as fit in `room` cells."""
    lines: list[list[int]] = []
    taken = 0
    for place, width in enumerate(widths):
        if lines and taken + gap + width <= room:
            lines[-1].append(place)
            taken += gap + width
        else:
            lines.append([place])
            taken = width
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and cell_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
