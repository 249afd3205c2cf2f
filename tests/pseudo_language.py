"""A language of accents: what is spoken in it has been looked up, so that any plain word on show has not."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from types import ModuleType

MESSAGES = Path(__file__).resolve().parents[1] / ".ci" / "messages.py"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTS = "àƀćďéƒğĥíĵķĺɱñóƥɋŕšťúṽŵẋýžÀƁĆĎÉƑĞĤÍĴĶĹṀÑÓƤɊŔŠŤÚṼŴẊÝŽ"
ACCENTED = str.maketrans(PLAIN, ACCENTS)
FIELDS = re.compile(r"(\{[^{}]*\})")
"""What stands in braces stays."""

FIELDS_AND_WHAT_IS_TYPED = re.compile(r"(\{[^{}]*\}|`[^`]*`|--[a-z-]+|\b[A-Z]{3,}\b)")
"""And so does what is typed on a command line: what stands in backticks, options, names of arguments."""


class Accents(NullTranslations):
    """Every text that stands in the catalogues, with accents; the one group of `kept` finds what stays."""

    def __init__(self, kept: re.Pattern[str] = FIELDS) -> None:
        super().__init__()
        self._kept = kept

    def gettext(self, message: str) -> str:
        return self._spoken(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._spoken(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)

    def _spoken(self, message: str) -> str:
        return accented(message, self._kept) if message in texts() else message


def accented(text: str, kept: re.Pattern[str] = FIELDS) -> str:
    parts = kept.split(text)
    return "".join(part.translate(ACCENTED) if place % 2 == 0 else part for place, part in enumerate(parts))


@cache
def texts() -> frozenset[str]:
    """Every text of the program that is translated, in all of its forms; found once a run."""
    found: set[str] = set()
    for message in messages().extracted():
        found |= {message.id} if isinstance(message.id, str) else set(message.id)
    return frozenset(found)


@cache
def messages() -> ModuleType:
    """The program that keeps the catalogues."""
    specification = importlib.util.spec_from_file_location("messages", MESSAGES)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
