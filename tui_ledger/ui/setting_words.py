"""What is a setting called on the screen, and how is its value read there? Its own name is what scripts type."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tui_ledger import format_settings as formats_of_books
from tui_ledger.ledger import filters, saved_reports, schedules, templates
from tui_ledger.ledger.account_rules import ACCOUNT_RULES
from tui_ledger.ledger.addons import COMMISSION, COMMISSION_EXPENSE
from tui_ledger.ledger.conversions import CONVERSIONS
from tui_ledger.ledger.own_accounts import OPENING_BALANCES, RETAINED_EARNINGS
from tui_ledger.ledger.party_accounts import PARTY_RULES
from tui_ledger.ledger.references import UNIQUE_REFERENCES
from tui_ledger.ledger.statement_layout import STATEMENTS
from tui_ledger.ledger.status_balances import STATUS_BALANCES
from tui_ledger.locale.formats import Formats
from tui_ledger.money import is_plain_number
from tui_ledger.page_size import PAGE_SIZE
from tui_ledger.ui.act_words import figure_in_words, value_in_words
from tui_ledger.words import N_, NP_, _, listed

ADJUSTMENT_AMOUNT, ADJUSTMENT_SIDE = "adjustment_amount", "adjustment_side"
SIDES = (N_("credit"), N_("debit"))

LABELS: Mapping[str, str] = {
    ACCOUNT_RULES: N_("Rules for accounts"),
    ADJUSTMENT_AMOUNT: N_("Amount of adjustments"),
    "adjustment_memo": N_("Memo of adjustments"),
    ADJUSTMENT_SIDE: N_("Side of adjustments"),
    "adjustments": N_("Account for adjustments"),
    COMMISSION: NP_("setting", "Commission"),
    COMMISSION_EXPENSE: N_("Account for commissions"),
    CONVERSIONS: N_("Conversion accounts"),
    "locale": N_("Locale"),
    OPENING_BALANCES: NP_("setting", "Opening balances"),
    PAGE_SIZE: N_("Lines of a page"),
    PARTY_RULES: N_("Rules for parties"),
    RETAINED_EARNINGS: NP_("setting", "Retained earnings"),
    formats_of_books.CURRENCY_SYMBOLS: N_("Currency symbols"),
    formats_of_books.SYMBOL_POSITION: N_("Position of symbols"),
    formats_of_books.DECIMAL_SEPARATOR: N_("Decimal separator"),
    formats_of_books.THOUSANDS_SEPARATOR: N_("Thousands separator"),
    formats_of_books.NEGATIVE_STYLE: N_("Amounts below zero"),
    formats_of_books.DATE_STYLE: N_("Date format"),
    formats_of_books.NUMERALS: N_("Numerals"),
    formats_of_books.FIRST_WEEKDAY: N_("First day of the week"),
    formats_of_books.PAPER_SIZE: N_("Paper size"),
    STATEMENTS: N_("Layout of statements"),
    STATUS_BALANCES: N_("Balances shown"),
    UNIQUE_REFERENCES: N_("References once only"),
    "theme": NP_("setting", "Theme"),
    "motion": NP_("setting", "Motion"),
    "keys": N_("Keys"),
}
"""Settings of the book, and of the program."""

_KEPT: Mapping[str, str] = {
    filters.PREFIX: NP_("kept", "Filter {name}"),
    saved_reports.PREFIX: NP_("kept", "Report {name}"),
    schedules.PREFIX: NP_("kept", "Schedule {name}"),
    templates.PREFIX: NP_("kept", "Template {name}"),
}


def setting_label(name: str) -> str:
    """What a setting is called; what nobody here knows keeps its name."""
    if name in LABELS:
        return _(LABELS[name])
    for prefix, label in _KEPT.items():
        if name.startswith(prefix):
            return _(label).format(name=name.removeprefix(prefix))
    return name


def setting_value(name: str, value: object, formats: Formats) -> str:
    """A value as it is read: figures in the reader's notation, choices in the language; anything deeper as JSON."""
    if value is None or value == []:
        return _("not set")
    if isinstance(value, str) and name in formats_of_books.CHOICES:
        return _(next((one for one in formats_of_books.CHOICES[name] if one == value), value))
    if name == ADJUSTMENT_SIDE and value in SIDES:
        return _(str(value))
    if name == ADJUSTMENT_AMOUNT and isinstance(value, str) and is_plain_number(value):
        return figure_in_words(value, formats)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return listed(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return formats.count(value) if type(value) is int else value_in_words(value)
