"""What does a saved report show on the screen, and what is saved of a report that is shown there?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tui_ledger.dates import optional_date
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.saved_reports import OptionValue, SavedReport
from tui_ledger.reports.choices import asked_range
from tui_ledger.reports.requests import Request, asked_listing, levels
from tui_ledger.reports.saved import request_of
from tui_ledger.ui.shown_period import EVERYTHING, known_period
from tui_ledger.ui.shown_report import ShownReport, days_of

_SHOWN = frozenset(
    {
        *("at", "from", "to", "every", "compare", "column", "depth", "zero", "sort", "after-closing", "currency"),
        *("prices-from-costs", "account", "by", "columns"),
    }
)


def shown_of(saved: SavedReport, ledger: Ledger) -> ShownReport:
    """A saved report as it is shown; what the screen has no place for is kept with it. Days that were not saved are
    those of today. Raises what its options raise."""
    request = request_of(saved)
    request.check()
    kind, options = request.kind, request.options
    said = asked_listing(options)
    beside = _SHOWN | ({"ACCOUNT"} if kind.takes("ACCOUNT") else set())
    shown = ShownReport(
        request.report,
        every=said.every,
        compare=_text(options, "compare"),
        depth=levels(options),
        show_zero=said.show_zero,
        after_closing=said.after_closing,
        currency=_text(options, "currency"),
        sort=said.sort,
        account=said.account if kind.takes("ACCOUNT") else None,
        accounts=said.accounts,
        by=said.by,
        prices_from_costs=options.get("prices-from-costs") is True,
        own_columns=_texts(options, "column"),
        listed=said.columns,
        more=tuple((name, value) for name, value in options.items() if name not in beside),
        saved=saved.name,
    )
    return _of_days(shown, options, ledger)


def request_of_shown(shown: ShownReport, ledger: Ledger) -> Request:
    """What would be saved of a report that is shown: days only where they are not those of today, and nothing that is
    as it usually is."""
    kind, usual_order = shown.kind, "name" if shown.name == "parties" else "code"
    said: dict[str, OptionValue | None] = {
        **_days_said(shown, ledger),
        "every": None if shown.has_own_columns else shown.every,
        "compare": None if shown.has_own_columns else shown.compare,
        "column": shown.own_columns,
        "columns": shown.listed,
        "ACCOUNT": shown.account,
        "account": shown.accounts,
        "by": shown.by,
        "depth": None if shown.depth is None else str(shown.depth),
        "zero": shown.show_zero,
        "sort": None if shown.sort == usual_order else shown.sort,
        "after-closing": shown.after_closing,
        "currency": shown.currency,
        "prices-from-costs": shown.prices_from_costs and shown.currency is not None,
    }
    taken = {name: value for name, value in said.items() if value and kind.takes(name)}
    return Request(shown.name, {**taken, **dict(shown.more)})


def _of_days(shown: ShownReport, options: Mapping[str, OptionValue], ledger: Ledger) -> ShownReport:
    at, first, last = (_text(options, name) for name in ("at", "from", "to"))
    if first is None:
        day = optional_date(at or last)
        return replace(shown, day=None if day == ledger.today else day)
    days = asked_range(first, last, ledger)
    return replace(
        shown,
        period=known_period(days.first, days.last, ledger.fiscal_year),
        day=None if days.last >= ledger.today else days.last,
    )


def _days_said(shown: ShownReport, ledger: Ledger) -> dict[str, OptionValue | None]:
    """Nothing of a report that moves with today; of all days only the first, so that those to come are in it."""
    if shown.has_own_columns:
        return {}
    if shown.is_at_day:
        return {"at": None if shown.day is None else shown.day.isoformat()}
    if shown.period is None:
        return {"to": None if shown.day is None else shown.day.isoformat()}
    days = days_of(shown, ledger)
    is_open = shown.period == EVERYTHING and days.last == ledger.today
    return {"from": days.first.isoformat(), "to": None if is_open else days.last.isoformat()}


def _text(options: Mapping[str, OptionValue], name: str) -> str | None:
    said = options.get(name)
    return said if isinstance(said, str) else None


def _texts(options: Mapping[str, OptionValue], name: str) -> tuple[str, ...]:
    said = options.get(name)
    return said if isinstance(said, tuple) else ()
