"""What do comments in a journal say? Tags, and dates of single postings."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRACKETED_DATE = re.compile(r"\[([0-9/.\-]+)(?:=[0-9/.\-]*)?\]")
_DATE_LIKE = re.compile(r"[0-9]+[-/.][0-9]+(?:[-/.][0-9]+)?")


def comment_text(text: str) -> str:
    """A comment without its semicolon and the blanks around it."""
    return text[1:].strip(" \t") if text.startswith(";") else text.strip(" \t")


def split_comment(text: str) -> tuple[str, str]:
    """What stands before the first semicolon outside double quotes, and the comment behind it, blanks taken off."""
    quotes, seen_to = 0, 0
    semicolon = text.find(";")
    while semicolon >= 0:
        quotes += text.count('"', seen_to, semicolon)
        closing = text.find('"', semicolon) if quotes % 2 else -1
        if closing < 0:
            return text[:semicolon].rstrip(" \t"), text[semicolon + 1 :].strip(" \t")
        quotes, seen_to = quotes + 1, closing + 1
        semicolon = text.find(";", seen_to)
    return text.rstrip(" \t"), ""


def tags(comment: str) -> Iterator[tuple[str, str]]:
    """(name, value) of every tag in one line of comment, the value '' where none is given.

    A tag is a word before a colon; its value goes to the next comma or the end.
    """
    place = 0
    while (colon := comment.find(":", place)) >= 0:
        before = comment[place:colon]
        place = colon + 1
        if not before or before[-1].isspace():
            continue
        end = comment.find(",", place)
        value = comment[place:] if end < 0 else comment[place:end]
        place = len(comment) if end < 0 else end + 1
        yield before.split()[-1], value.strip()


def posting_dates(comment: str) -> Iterator[str]:
    """The dates a posting's comment gives it for itself: `date:2026-02-01` or `[2026-02-01]`."""
    if "date" in comment:
        for name, value in tags(comment):
            if name == "date":
                yield value
    if "[" in comment:
        for found in _BRACKETED_DATE.finditer(comment):
            if _DATE_LIKE.fullmatch(found[1]):
                yield found[1]
