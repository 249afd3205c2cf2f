"""Which checks does a statement's sheet show, and over which of its totals is each a live formula?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_ledger.export.footing import Footing
from tui_ledger.reports.report import Check, Report, SectionKind

_BALANCE = "balance"
_FEET = "feet-"
_SHOWN = (_BALANCE, "result", "cash-", _FEET)
_BALANCE_SECTIONS = (SectionKind.ASSETS, SectionKind.LIABILITIES, SectionKind.EQUITY)


def shown_checks(report: Report) -> list[Check]:
    """The checks a reader can follow on the sheet; the others are named when they fail."""
    return [check for check in report.checks if check.name.startswith(_SHOWN)]


class CheckFormulas:
    """The checks of a report the totals of whose sections stand in `section_rows` of a sheet, in their order."""

    def __init__(self, report: Report, section_rows: Sequence[int], letter: Callable[[int], str]) -> None:
        self._report = report
        self._section_rows = section_rows
        self._letter = letter

    def formula(self, check: Check, column: int) -> str | None:
        """A difference of totals, rounded to the currency's digits; None where the sheet cannot repeat the check."""
        terms = self._terms(check, column)
        sections = self._report.sections
        if not terms or not all(Footing(sections[place], 1).is_live(None, of) for place, of in terms):
            return None
        cells = [f"{self._letter(of)}{self._section_rows[place]}" for place, of in terms]
        return f"=ROUND({'-'.join(cells)},{check.figures[column].currency.digits})"

    def _terms(self, check: Check, column: int) -> list[tuple[int, int]]:
        """Places of sections and columns: the first total is to equal the sum of the others."""
        sections = self._report.sections
        if check.name.startswith(_FEET):
            currency = check.figures[column].currency
            (place,) = (place for place, one in enumerate(sections) if one.totals[0].currency == currency)
            return [(place, column - column % 2), (place, column - column % 2 + 1)]
        kinds = [section.kind for section in sections]
        if check.name != _BALANCE or not set(_BALANCE_SECTIONS) <= set(kinds):
            return []
        return [(kinds.index(kind), column) for kind in _BALANCE_SECTIONS]
