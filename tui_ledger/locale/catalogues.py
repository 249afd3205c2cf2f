"""Which words has a locale? The compiled catalogue of its language, or English where there is none."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from typing import TYPE_CHECKING

from tui_ledger.words import ENGLISH

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SOURCE = "en"

_FOLDER = "catalogues"


def words_of(locale: str) -> NullTranslations:
    """The words for a locale such as 'pt_BR': of the locale, else of its language, else English."""
    language = locale.partition("_")[0]
    if language == SOURCE:
        return ENGLISH
    return next((words for name in (locale, language) if (words := _catalogue(name)) is not None), ENGLISH)


def languages() -> tuple[str, ...]:
    """The languages the program speaks, English among them, by their codes."""
    names = {place.name.rpartition(".")[0] for place in _places() if place.name.endswith((".po", ".mo"))}
    return tuple(sorted({SOURCE, *names}))


@lru_cache(maxsize=64)
def _catalogue(language: str) -> NullTranslations | None:
    """The compiled catalogue of a language; in a checkout, where it is written but not compiled, compiled here."""
    found = {place.name: place for place in _places()}
    compiled, written = found.get(f"{language}.mo"), found.get(f"{language}.po")
    if compiled is not None:
        with compiled.open("rb") as opened:
            return GNUTranslations(opened)
    return None if written is None else _compiled(written)


def _compiled(written: Traversable) -> NullTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with written.open("rb") as opened:
        catalogue = read_po(opened)
    into = BytesIO()
    write_mo(into, catalogue)
    into.seek(0)
    return GNUTranslations(into)


def _places() -> list[Traversable]:
    from importlib.resources import files

    folder = files("tui_ledger.locale").joinpath(_FOLDER)
    return list(folder.iterdir()) if folder.is_dir() else []
