"""Which pieces is a written amount made of? Sign, commodity and figures, in hledger's format."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui_ledger.importing.refusals import LineRefused, quoted
from tui_ledger.words import Said

_LONGEST_AMOUNT = 300
_COMMODITY = r'"[^"]+"|[^-0-9+.,@*;\s"{}=()\[\]]+'
_FIGURES = r"[0-9.,]+(?:[ \u00a0\u2009\u202f](?=[0-9])[0-9.,]+)*"
_AMOUNT = re.compile(
    rf"([-+]?)[ \t]*+(?:({_COMMODITY})[ \t]*+([-+]?)[ \t]*+)?"
    rf"({_FIGURES})(?:[eE]([-+]?[0-9]+))?(?:[ \t]*+({_COMMODITY}))?"
)
_BARE_COMMODITY = re.compile(_COMMODITY)


class WrittenAmount(NamedTuple):
    """An amount taken apart, not yet understood; `commodity` is '' where none is written."""

    negative: bool
    commodity: str
    figures: str
    exponent: str | None


def take_apart(text: str) -> tuple[WrittenAmount, str]:
    """The amount a text begins with, and what follows it without blanks around; raises LineRefused."""
    found = _AMOUNT.match(text) if len(text) <= _LONGEST_AMOUNT else None
    if found is None:
        raise LineRefused(Said("{text} is no amount", text=quoted(text)))
    sign, left, inner_sign, figures, exponent, right = found.groups()
    if left and right:
        raise LineRefused(Said("{text} names two commodities", text=quoted(text)))
    negative = (sign == "-") != (inner_sign == "-")
    commodity = (left or right or "").strip('"')
    return WrittenAmount(negative, commodity, figures, exponent), text[found.end() :].strip(" \t")


def sample_amount(text: str) -> WrittenAmount:
    """The amount a directive shows; raises LineRefused."""
    written, rest = take_apart(text)
    if rest:
        raise LineRefused(Said("{text} is no sample of an amount, such as `1,000.00 EUR`", text=quoted(text)))
    return written


def bare_commodity(text: str) -> str | None:
    """The commodity of a text that is nothing else, without its quotes; None for other texts."""
    return text.strip('"') if _BARE_COMMODITY.fullmatch(text) else None


def leading_commodity(text: str) -> tuple[str, str]:
    """The commodity a text begins with, without its quotes, and what follows it; raises LineRefused."""
    found = _BARE_COMMODITY.match(text)
    if found is None:
        raise LineRefused(Said("{text} begins with no commodity", text=quoted(text)))
    return found[0].strip('"'), text[found.end() :].lstrip(" \t")


def looks_like_amount(text: str) -> bool:
    """Whether a text is an amount with a commodity, a sign or decimals, such as '$5' or '-5.00'; a bare '5' is not."""
    try:
        written, rest = take_apart(text)
    except LineRefused:
        return False
    return not rest and (bool(written.commodity) or text[0] in "+-" or not written.figures.isdigit())
