"""In which language does one call answer? That of --locale, else of the book, else of the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from gettext import NullTranslations

from tui_ledger.words import ENGLISH

_ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG")
_PLAIN = ("C", "POSIX")


def language_for(
    explicit: str | None,
    book: str | None,
    environ: Mapping[str, str],
    last: Callable[[], str | None] = lambda: None,
) -> NullTranslations:
    """The words of a locale: the explicit one, else the book's, else that of LC_ALL, LC_MESSAGES or LANG, else what
    `last` gives; English where nobody says it, for 'C' and 'POSIX', and for a language without a catalogue."""
    said = (explicit, book, *(environ.get(name) for name in _ENVIRONMENT))
    text = next((one for one in said if one is not None and one.strip()), None)
    return words_named(text if text is not None else last() or "")


def said_locale(arguments: Sequence[str]) -> str | None:
    """What --locale says among the arguments of a call; None where it is not said. For what is told before the call is
    understood, such as its help."""
    for place, argument in enumerate(arguments):
        name, separator, value = argument.partition("=")
        if name == "--locale":
            return value if separator else next(iter(arguments[place + 1 :]), None)
        if argument == "--":
            break
    return None


def words_named(locale: str) -> NullTranslations:
    """The words of a locale written as 'de', 'de_DE', 'de-DE' or 'de_DE.UTF-8'; English for what is none."""
    name = locale.strip().partition(".")[0].partition("@")[0].replace("-", "_")
    if not name or name.upper() in _PLAIN or name.casefold().startswith("en"):
        return ENGLISH
    from tui_ledger.locale.catalogues import words_of

    language, *rest = name.split("_")
    return words_of("_".join([language.casefold(), *(part.upper() if len(part) == 2 else part for part in rest)]))
