"""How many cells of a terminal does a text take, and how is it made to fit?

A text is cut between its clusters alone: what a reader takes for one character, such as a letter with its accents, a
flag, or a family of emoji, stays whole. Widths are those a terminal gives to Unicode 16 and those the screen is drawn
with: two cells for wide characters, none for what joins the one before it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

ELLIPSIS = "…"

Measure = Callable[[str], int]

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_PLAIN = re.compile("[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u20ac]*")
_PUT_TOGETHER = re.compile("[\u200d\ufe0f\U0001f3fb-\U0001f3ff]")
_STYLES_AND_SKINS = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
_SEEN_FORMATS = "\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
# Symbols that became wide with Unicode 16, which not every version of Python knows.
_WIDE_SINCE = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D356), (0x1D360, 0x1D376))
_JAMO = ((0x1160, 0x11FF), (0xD7B0, 0xD7FB))
_SKINS = ((0x1F3FB, 0x1F3FF),)
_FLAGS = ((0x1F1E6, 0x1F1FF),)
# Vowels that take a cell of their own and belong to the letter before them, and the voicing of half-width kana.
_BELONGS = frozenset("\u0e33\u0eb3\uff9e\uff9f")


def cell_width(text: str) -> int:
    """The cells a text takes."""
    return len(text) if _PLAIN.fullmatch(text) else sum(map(_cluster_width, clusters(text)))


def clusters(text: str) -> Iterator[str]:
    """A text in what its readers take for single characters, none of which may be cut."""
    begin = 0
    for place in range(1, len(text)):
        if not _belongs(text, begin, place):
            yield text[begin:place]
            begin = place
    if text:
        yield text[begin:]


def clip(text: str, width: int, measure: Measure = cell_width) -> str:
    """The text, or as many whole clusters of it as leave room for an ellipsis in `width` cells; '' for no cells."""
    text = text.rstrip(_JOINER)
    if measure(text) <= width:
        return text
    if width <= 0:
        return ""
    if _PLAIN.fullmatch(text):
        return text[: width - 1].rstrip() + ELLIPSIS
    kept, room = [], width - 1
    for cluster in clusters(text):
        room -= measure(cluster)
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept).rstrip(f"{_JOINER} ") + ELLIPSIS


def steady(text: str, measure: Measure = cell_width) -> str:
    """The text as every terminal gives it the same cells: of emoji that are put together, the first, where it stands.

    Terminals do not agree whether a family is one sign or four, nor how wide a sign in the style of emoji is.
    """
    if _PUT_TOGETHER.search(text) is None:
        return text
    return "".join(_alone(cluster, measure) for cluster in clusters(text))


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


def to_left(text: str, width: int, measure: Measure = cell_width) -> str:
    """The text clipped and padded on its right to exactly `width` cells."""
    shown = clip(text, width, measure)
    return shown + " " * (width - measure(shown))


def to_right(text: str, width: int, measure: Measure = cell_width) -> str:
    """The text padded on its left to at least `width` cells; a figure is never clipped."""
    return " " * (width - measure(text)) + text


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
    for cluster in clusters(word):
        if pieces[-1] and cell_width(pieces[-1] + cluster) > width:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def _belongs(text: str, begin: int, place: int) -> bool:
    """Whether the character at a place belongs to the cluster that begins before it."""
    character, before = text[place], text[place - 1]
    if character.isascii():
        return before == _JOINER and not character.isspace()
    if _is_in(character, _FLAGS):
        return before == _JOINER or (place - begin == 1 and _is_in(before, _FLAGS))
    return before == _JOINER or character in _BELONGS or _character_width(character) == 0


def _cluster_width(cluster: str) -> int:
    """What joins behind a joiner takes no cells; the style of emoji makes a narrow sign wide."""
    parts = cluster.split(_JOINER)
    joined = sum(_character_width(character) for part in parts[1:] for character in part[1:])
    width = joined + sum(map(_character_width, parts[0]))
    is_sign = not cluster[0].isalpha() or cluster[0] == "\u2139"
    return 2 if width == 1 and is_sign and _EMOJI_STYLE in cluster else width


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Mc") or (category == "Cf" and character not in _SEEN_FORMATS):
        return 0
    if _is_in(character, _JAMO) or _is_in(character, _SKINS) or character in "\u3164\uffa0":
        return 0
    is_wide = unicodedata.east_asian_width(character) in ("W", "F") or _is_in(character, _WIDE_SINCE)
    return 2 if is_wide else 1


def _alone(cluster: str, measure: Measure) -> str:
    if _PUT_TOGETHER.search(cluster) is None:
        return cluster
    is_sign = unicodedata.category(cluster[0]).startswith("S")
    first = cluster.partition(_JOINER)[0] if is_sign else cluster
    shown = _STYLES_AND_SKINS.sub("", first) or cluster[:1]
    return shown + " " * (measure(cluster) - measure(shown))


def _is_in(character: str, ranges: Sequence[tuple[int, int]]) -> bool:
    place = bisect(ranges, (ord(character), 0x110000)) - 1
    return place >= 0 and ord(character) <= ranges[place][1]
