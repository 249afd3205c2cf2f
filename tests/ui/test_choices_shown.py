"""Is every choice of a form known to whoever translates the program?"""

from __future__ import annotations

from tui_ledger.reports.columns import COMPARISONS, MONTHS
from tui_ledger.reports.presets import PRESETS
from tui_ledger.ui.report_subject import both_ways
from tui_ledger.ui.screens.party_dialogs import PRESETS_SHOWN
from tui_ledger.ui.screens.report_options import CHOICES_SHOWN
from tui_ledger.ui.shown_report import KINDS, ShownReport
from tui_ledger.words import Word


def test_all_choices_of_a_report_and_of_its_days_are_marked_to_be_looked_up() -> None:
    orders = {order.removeprefix("-") for kind in KINDS for order in both_ways(ShownReport(kind.name))}
    assert {*MONTHS, *COMPARISONS, *orders} == {*CHOICES_SHOWN}
    assert PRESETS_SHOWN == PRESETS
    assert all(isinstance(word, Word) for word in (*CHOICES_SHOWN, *PRESETS_SHOWN))
