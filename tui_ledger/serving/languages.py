"""In which language is a browser answered? The first it asks for that the program speaks, else that of the server."""

from __future__ import annotations

from gettext import NullTranslations

from tui_ledger.locale.catalogues import SOURCE, languages, words_of
from tui_ledger.words import spoken

_MOST_ASKED = 30


def language_for(accepted: str | None) -> NullTranslations:
    """The words for the Accept-Language of a request, such as 'de-AT,de;q=0.9,en;q=0.5'; what is spoken here where it
    asks for nothing that there is."""
    known = {name.partition("_")[0] for name in languages()}
    for name in _in_order(accepted or ""):
        if name.partition("_")[0] in known:
            return words_of(name)
    return spoken()


def language_tag() -> str:
    """The language spoken, as a page names it."""
    return spoken().info().get("language", SOURCE).replace("_", "-") or SOURCE


def _in_order(accepted: str) -> list[str]:
    """The languages of a header, the one most wanted first, each written like 'pt_BR'; a weight of 0 forbids one."""
    found = []
    for part in accepted.split(",")[:_MOST_ASKED]:
        name, _separator, weight = part.partition(";")
        language, *rest = name.strip().replace("-", "_").split("_")
        wanted = _weight(weight)
        if language.isascii() and language.isalpha() and wanted > 0:
            tail = [one.upper() if len(one) == 2 else one.capitalize() for one in rest]
            found.append((-wanted, "_".join([language.casefold(), *tail])))
    return [name for _wanted, name in sorted(found, key=lambda one: one[0])]


def _weight(text: str) -> float:
    name, _separator, number = text.strip().partition("=")
    try:
        return float(number) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
