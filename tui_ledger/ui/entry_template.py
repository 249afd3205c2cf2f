"""How does a draft become a template, and a template what a form begins with?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from tui_ledger.errors import LedgerError
from tui_ledger.ledger.schedules import Due
from tui_ledger.ledger.templates import Template, TemplateLine
from tui_ledger.money import Currency, Money, parse_units
from tui_ledger.ui.entry import Line
from tui_ledger.ui.entry_start import Filling, Start
from tui_ledger.words import _

CurrencyOf = Callable[[str], Currency | None]


def template_of_lines(lines: Sequence[Line], payee: str | None, memo: str, tags: tuple[str, ...]) -> Template:
    """What stands in a form as a template without a name; amounts that are left open stay open."""
    kept = tuple(
        TemplateLine(
            line.account_text if line.account is None else line.account.name,
            None if line.amount is None else line.amount.amount,
            line.memo,
            line.price,
        )
        for line in lines
        if not line.is_empty
    )
    return Template("", kept, payee, memo, tags)


def start_of(template: Template, currency_of: CurrencyOf) -> Start:
    """What a form begins with when a template is chosen; the first amount waits, or else is selected.

    `currency_of` gives the currency of an account by its name; what no account is called any more is shown as it is.
    """
    fillings = tuple(
        Filling(line.account, _money(line.amount, currency_of(line.account)), line.price, line.memo)
        for line in template.lines
    )
    waiting = [index for index, filling in enumerate(fillings) if filling.amount is None]
    return Start(
        title=_("New transaction from {template}").format(template=template.name),
        payee=template.payee or "",
        memo=template.memo,
        tags=template.tags,
        lines=fillings,
        focus_line=waiting[0] if len(waiting) > 1 else 0,
    )


def start_of_due(due: Due, day_in_words: str, currency_of: CurrencyOf) -> Start:
    """What a form begins with when a day that is due is changed before it is posted."""
    start = start_of(due.schedule.template, currency_of)
    title = _("{schedule}, due {day}").format(schedule=due.schedule.name, day=day_in_words)
    return replace(start, title=title, date=due.day, due=due)


def _money(amount: Decimal | None, currency: Currency | None) -> Money | None:
    """An amount in the currency of its account; None where that has fewer digits by now, or is no more."""
    if amount is None or currency is None:
        return None
    try:
        return Money(parse_units(format(amount, "f"), currency), currency)
    except LedgerError:
        return None
