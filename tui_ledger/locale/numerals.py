"""Which digits and separators does a locale write a number with?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from babel import Locale

Writer = Callable[[int], str]

_MARKS = {ord(mark): None for mark in "\u200b\u200e\u200f\u061c"}
_ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "gujr": "\u0ae6",
    "guru": "\u0a66",
    "hmnp": "\U0001e140",
    "java": "\ua9d0",
    "khmr": "\u17e0",
    "knda": "\u0ce6",
    "laoo": "\u0ed0",
    "mlym": "\u0d66",
    "mong": "\u1810",
    "mtei": "\uabf0",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "orya": "\u0b66",
    "tamldec": "\u0be6",
    "telu": "\u0c66",
    "thai": "\u0e50",
    "tibt": "\u0f20",
    "vaii": "\ua620",
}


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers are written: the sign before the decimals, the sign between groups ('' for none), the sizes of the
    last group and of those before it, and the digit zero, which the other nine follow."""

    decimal: str
    group: str
    grouping: tuple[int, int]
    zero: str = "0"

    @property
    def digits(self) -> str:
        """The ten digits in order."""
        return "".join(chr(ord(self.zero) + value) for value in range(10))

    def writer(self, decimals: int) -> Writer:
        """A function that writes whole minor units, zero or more, with so many decimals; exact for any size."""
        write = self._with_decimals(decimals)
        if self.zero == "0":
            return write
        own_digits = str.maketrans("0123456789", self.digits)
        return lambda units: write(units).translate(own_digits)

    def _with_decimals(self, decimals: int) -> Writer:
        write_whole = self._whole_writer()
        if decimals == 0:
            return write_whole
        scale: int = 10**decimals
        tail = f"{self.decimal}%0{decimals}d"

        def write(units: int) -> str:
            whole, part = divmod(units, scale)
            return write_whole(whole) + tail % part

        return write

    def _whole_writer(self) -> Writer:
        group = self.group
        if not group:
            return str
        if self.grouping != (3, 3):
            return self._write_grouped
        if group == ",":
            return lambda whole: f"{whole:,}"
        return lambda whole: f"{whole:,}".replace(",", group)

    def _write_grouped(self, whole: int) -> str:
        last, others = self.grouping
        rest = str(whole)
        groups = [rest[-last:]]
        rest = rest[:-last]
        while rest:
            groups.append(rest[-others:])
            rest = rest[:-others]
        return self.group.join(reversed(groups))


def without_marks(text: str) -> str:
    """The text without invisible direction marks, which a terminal's columns cannot hold."""
    return text.translate(_MARKS)


def latin_numerals(locale: Locale) -> Numerals:
    """How the locale writes money with the digits 0-9."""
    return _numerals(locale, "latn")


def own_numerals(locale: Locale) -> Numerals | None:
    """How the locale writes money with digits of its own, or None where it has none but 0-9."""
    systems = (locale.default_numbering_system, locale.other_numbering_systems.get("native"))
    system = next((system for system in systems if system in _ZEROS), None)
    return _numerals(locale, system) if system else None


def percent_sign(locale: Locale, numerals: Numerals) -> str:
    """The sign of percent: % beside the digits 0-9, the locale's beside its own."""
    system = next((system for system, zero in _ZEROS.items() if zero == numerals.zero), None)
    if system is None:
        return "%"
    return without_marks(locale.number_symbols.get(system, {}).get("percentSign") or "%")


def crossed(one: Numerals, other: Numerals) -> tuple[Numerals, ...]:
    """The digits of each with the separators of the other, as keyboards without Arabic separators write them; none
    where a sign would then mean two things."""
    if one.decimal in (other.decimal, other.group) or other.decimal == one.group:
        return ()
    return replace(one, zero=other.zero), replace(other, zero=one.zero)


def _numerals(locale: Locale, system: str) -> Numerals:
    latin = locale.number_symbols["latn"]
    signs = locale.number_symbols.get(system) or latin
    # Swiss French, for one, writes money with a point and other numbers with a comma.
    decimal = signs.get("currencyDecimal") or signs.get("decimal") or latin["decimal"]
    group = signs.get("currencyGroup") or signs.get("group") or latin["group"]
    return Numerals(decimal, group, locale.decimal_formats[None].grouping, _ZEROS.get(system, "0"))
