"""What is said of amounts that stand in other currencies than their report's?"""

from __future__ import annotations

from collections.abc import Callable

from tui_ledger.reports.catalogue import REPORTS
from tui_ledger.reports.report import Report
from tui_ledger.words import N_

_BESIDE = N_("Amounts in other currencies stand beside the totals.")
_CONVERTIBLE = N_("Amounts in other currencies stand beside the totals; `--currency` converts them.")
_NO_PRICE = N_("Amounts in other currencies have no price: they are shown as they are and are in no total.")
_APART = N_("Amounts in other currencies are shown as they are and are in no total in {currency}.")


def note_beside(report: Report, translate: Callable[[str], str]) -> str | None:
    """The sentence under a report nothing of which was to be converted; None where all is in its own currency."""
    if report.is_converted or not report.has_other_currencies:
        return None
    takes_currency = any(kind.name == report.name and kind.takes("currency") for kind in REPORTS)
    return translate(_CONVERTIBLE if takes_currency else _BESIDE)


def note_apart(report: Report, translate: Callable[[str], str]) -> str:
    """The sentence where totals are numbers of one currency alone, as on a sheet."""
    return translate(_NO_PRICE if report.is_converted else _APART).format(currency=report.currency)
