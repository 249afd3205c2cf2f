"""Which currency does a country use now? What is proposed for a new book."""

from __future__ import annotations

from babel import Locale
from babel.numbers import get_territory_currencies

from tui_ledger.locale.locales import known_locale

OTHERWISE = "EUR"


def usual_currency(locale: str) -> str:
    """The code of the currency that is in use in a locale's country; the euro where that is not known.

    Raises InvalidSetting for a locale that is none.
    """
    territory = Locale.parse(known_locale(locale)).territory
    found = get_territory_currencies(territory) if territory else []
    return str(found[0]) if found else OTHERWISE
