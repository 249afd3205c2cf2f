"""What is usual in the country of a locale beside figures and days: when does a week begin, what is printed on?"""

from __future__ import annotations

from babel import Locale

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Where letters are printed on US Letter, by CLDR's supplemental data; A4 elsewhere.
_LETTER = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])


def first_weekday(locale: Locale) -> int:
    """The weekday that weeks begin on, 0 for Monday; Monday where a locale names no country."""
    return locale.first_week_day


def usual_paper(locale: Locale) -> str:
    """'letter' or 'a4'."""
    return "letter" if locale.territory in _LETTER else "a4"
