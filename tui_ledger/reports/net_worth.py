"""What is a book worth, and how did that come? Assets less liabilities at a row of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tui_ledger.money import Currency
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.other_currencies import added
from tui_ledger.reports.report import Report, SectionKind, Total
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.source import MovementSource

NAME = "net-worth"

_SECTIONS = (SectionKind.ASSETS, SectionKind.LIABILITIES)


def net_worth(
    source: MovementSource,
    dates: Sequence[date],
    depth: int | None = None,
    show_zero: bool = False,
    *,
    currency: Currency | None = None,
    prices_from_costs: bool = False,
    translate: Translate = str,
) -> Report:
    """Assets, liabilities and their difference at the end of each day; the balance sheet's figures, without equity.

    With a `currency` all is converted at the prices of each day, those that transactions paid too with
    `prices_from_costs`. Raises InvalidOptions.
    """
    whole = balance_sheet(
        source,
        dates,
        depth,
        show_zero,
        currency=currency,
        prices_from_costs=prices_from_costs,
        translate=translate,
    )
    assets, liabilities = (whole.section(kind) for kind in _SECTIONS)
    figures = tuple(held - owed for held, owed in zip(assets.totals, liabilities.totals, strict=True))
    others = added(assets.unconverted_by_column, liabilities.unconverted_by_column, -1)
    total = Total("net-worth", translate("Net worth"), figures, _SECTIONS, (1, -1), unconverted_by_column=others)
    return replace(whole, name=NAME, title=translate("Net worth"), sections=(assets, liabilities), totals=(total,))
