"""Which locale are figures, dates and words written in?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

from tui_ledger.errors import InvalidSetting
from tui_ledger.words import N_, Said

ENGLISH = "en_US"

_ENVIRONMENT = ("LC_ALL", "LC_MONETARY", "LANG")
_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8}){0,3}")
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva"}


def choose_locale(
    explicit: str | None,
    book: str | None,
    environ: Mapping[str, str],
    last: Callable[[], str | None] = lambda: None,
) -> str:
    """The locale to use, as an identifier such as 'de_DE': the explicit option, else the book's setting, else the
    environment's LC_ALL, LC_MONETARY or LANG, else what `last` gives, else English.

    The option stands before the book's setting because it was typed for this one call; behind it, it could never do
    anything. A blank text counts as not given. 'C' and 'POSIX', with any encoding, mean English.
    Raises InvalidSetting for an option or a setting that names no known locale; an unknown one in the environment
    gives the locale of its language, or else what `last` gives; there an unknown one means English.
    """
    for text in (explicit, book):
        if text is not None and text.strip():
            return known_locale(text)
    return _environment_locale(environ) or _find(last() or "") or ENGLISH


def known_locale(text: str) -> str:
    """The identifier of a locale written as 'de', 'de_DE', 'de-DE' or 'de_DE.UTF-8'; raises InvalidSetting."""
    found = _find(text)
    if found is None:
        shown = text if len(text) <= 40 else text[:37] + "..."
        advice = Said("use a language, or a language and a country, such as {near}", near=_near(text))
        raise InvalidSetting(value=shown, what=N_("locale"), advice=advice)
    return found


@lru_cache(maxsize=64)
def locale_of(identifier: str) -> Locale:
    """The locale of an identifier, with data of its own.

    babel writes into loaded data what its cross-references lead to, and locales that are loaded later inherit that from
    their parents: after a look at the months of `de`, `de_AT` would have German ones. So each is loaded alone.
    """
    locale = Locale.parse(identifier)
    loaded: dict[str, object] = getattr(localedata, "_cache", {})
    loaded.clear()
    locale.number_symbols.get("latn")
    loaded.clear()
    return locale


def _environment_locale(environ: Mapping[str, str]) -> str | None:
    text = next((environ[name] for name in _ENVIRONMENT if environ.get(name, "").strip()), "")
    return (_find(text) or _find(_identifier(text).partition("_")[0])) if text else None


def _find(text: str) -> str | None:
    identifier = _identifier(text)
    if not text.strip() or identifier.upper() in ("C", "POSIX", "EN_US_POSIX"):
        return ENGLISH
    if not _IDENTIFIER.fullmatch(identifier):
        return None
    try:
        return str(Locale.parse(identifier))
    except (UnknownLocaleError, ValueError):
        return None


def _identifier(text: str) -> str:
    """A locale's name without encoding and modifier; a modifier that names a script stays as the script."""
    name, _, modifier = text.strip().partition("@")
    language, *rest = name.partition(".")[0].replace("-", "_").split("_")
    script = _SCRIPTS.get(modifier.casefold())
    return "_".join([language, *([script] if script else []), *rest])


def _near(text: str) -> str:
    """Known locales to name beside an unknown one: those of its language, else similar ones, else some examples."""
    identifier = _identifier(text[:40])
    language = identifier.partition("_")[0].lower()
    from difflib import get_close_matches

    known = localedata.locale_identifiers()
    if language not in known:
        return ", ".join(get_close_matches(identifier, known, n=3, cutoff=0.75) or ("en_US", "de_DE", "fr_FR"))
    likely: str = get_global("likely_subtags").get(language, language)
    usual = f"{language}_{likely.rpartition('_')[2]}"
    similar = get_close_matches(identifier, [name for name in known if name.startswith(language + "_")], cutoff=0.0)
    named = [language, *([usual] if usual in known else []), *similar]
    return ", ".join(dict.fromkeys(named[:4]))
