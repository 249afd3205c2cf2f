"""Which settings does the book itself heed, and what may stand in them?

Other names are free: an add-on keeps its own there. Those that begin with `template.` hold templates, with `schedule.`
what recurs, with `filter.` searches, with `report.` reports and their options.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tui_ledger.errors import InvalidSetting, ReferenceTaken
from tui_ledger.format_settings import ABOUT as FORMATS
from tui_ledger.format_settings import CURRENCY_SYMBOLS, check_format_setting
from tui_ledger.ledger import accounts, filters, memo_templates, saved_reports, schedules, templates
from tui_ledger.ledger.account_rules import ACCOUNT_RULES, checked_rules
from tui_ledger.ledger.addons import COMMISSION, COMMISSION_EXPENSE, DEFAULT_COMMISSION_EXPENSE, addon
from tui_ledger.ledger.book import read_setting, read_state
from tui_ledger.ledger.chart import Chart
from tui_ledger.ledger.conversions import CONVERSION_ROOT, CONVERSIONS, conversion_root
from tui_ledger.ledger.database import BookDatabase
from tui_ledger.ledger.own_accounts import DEFAULT_NAMES, OPENING_BALANCES, RETAINED_EARNINGS, check_own_account
from tui_ledger.ledger.party_accounts import PARTY_RULES
from tui_ledger.ledger.references import UNIQUE_REFERENCES, first_shared
from tui_ledger.ledger.statement_layout import STATEMENTS, check_layout
from tui_ledger.ledger.status_balances import STATUS_BALANCES, check_status_balances
from tui_ledger.ledger.values import AccountType, exact_decimal
from tui_ledger.money import check_currency_code, is_plain_number, parse_units
from tui_ledger.page_size import ABOUT as ABOUT_PAGES
from tui_ledger.page_size import PAGE_SIZE, USUAL_PAGE_SIZE, checked_page_size
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said

ADJUSTMENTS = "Equity:Adjustments"
ADJUSTMENT_PLACEHOLDERS = ("party", "party.key", "amount", "date", "purpose", "payee", "reference")

Check = Callable[[BookDatabase, Chart, Any], None]


@dataclass(frozen=True, slots=True)
class KnownSetting:
    """A setting the program heeds: what it does, what holds while it is not set, and what refuses a wrong value."""

    about: str
    default: object
    check: Check
    is_text: bool = False
    """Whether its value is a text, taken as it is typed."""


def check_setting(database: BookDatabase, chart: Chart, name: str, value: object) -> None:
    """Refuses a value that a known setting cannot have; None takes any setting away."""
    if value is None:
        return
    if name.startswith(templates.PREFIX):
        templates.check_template(name, value)
    elif name.startswith(schedules.PREFIX):
        schedules.check_schedule(name, value)
    elif name.startswith(saved_reports.PREFIX):
        saved_reports.check_saved_report(name, value)
    elif name.startswith(filters.PREFIX):
        filters.check_filter(name, value)
    elif name in KNOWN_SETTINGS:
        KNOWN_SETTINGS[name].check(database, chart, value)


def _check_locale(_database: BookDatabase, _chart: Chart, value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise InvalidSetting(value=value, what=N_("locale"), advice=N_("write it like de_DE"))


def _check_adjustments(_database: BookDatabase, chart: Chart, value: object) -> None:
    if not isinstance(value, str):
        raise InvalidSetting(value=value, what=N_("account"), advice=N_("give the name or code of an account"))
    found = chart.find(value)
    if found.placeholder or found.closed is not None:
        raise InvalidSetting(value=value, what=N_("account for adjustments"), advice=N_("it takes no postings"))


def _check_conversions(database: BookDatabase, chart: Chart, value: object) -> None:
    """Refuses what is no name for equity accounts, and another name than the one such accounts stand beneath."""
    if not isinstance(value, str):
        raise InvalidSetting(value=value, what=N_("name"), advice=N_("give the name that these accounts stand beneath"))
    name, so_far = accounts.clean_name(value), conversion_root(read_setting(database, CONVERSIONS))
    root = name_key(name).partition(":")[0]
    beside = [one.type for one in chart.all() if name_key(one.name).partition(":")[0] == root]
    if name != value or any(kind is not AccountType.EQUITY for kind in beside):
        raise InvalidSetting(value=value, what=N_("name"), advice=N_("it has to be a full name for equity accounts"))
    if name_key(name) != name_key(so_far) and chart.below(so_far):
        advice = Said("accounts stand beneath {name} already: rename that with `account rename`", name=so_far)
        raise InvalidSetting(value=value, what=N_("name"), advice=advice)


def _check_commission_expense(_database: BookDatabase, chart: Chart, value: object) -> None:
    """Refuses what is no name for expense accounts, and the name of one that takes no postings."""
    if not isinstance(value, str):
        raise InvalidSetting(value=value, what=N_("name"), advice=N_("give the full name of an expense account"))
    name = accounts.clean_name(value)
    found, root = chart.named(name), name_key(name).partition(":")[0]
    beside = [one.type for one in chart.all() if name_key(one.name).partition(":")[0] == root]
    if name != value or any(kind is not AccountType.EXPENSE for kind in beside):
        raise InvalidSetting(value=value, what=N_("name"), advice=N_("give the full name of an expense account"))
    if found is not None and (found.placeholder or found.closed is not None):
        raise InvalidSetting(value=value, what=N_("account for commissions"), advice=N_("it takes no postings"))


def _check_rules(setting: str) -> Check:
    def check(_database: BookDatabase, chart: Chart, value: object) -> None:
        for rule in checked_rules(value, setting):
            _check_rule(chart, rule)

    return check


def _check_rule(chart: Chart, rule: Mapping[str, Any]) -> None:
    if "type" in rule:
        accounts.account_type(rule["type"])
    if "parent" in rule:
        accounts.clean_name(rule["parent"])
    if "currency" in rule and chart.digits_of(check_currency_code(rule["currency"])) is None:
        chart.currency(rule["currency"])
    unknown = sorted(rule.keys() - {"match", "type", "parent", "currency"})
    if unknown:
        advice = N_("it has match, type, parent and currency")
        raise InvalidSetting(value=unknown[0], what=N_("part of a rule for opening accounts"), advice=advice)


def _check_amount(database: BookDatabase, chart: Chart, value: object) -> None:
    """A plain positive amount of the book's currency as text, or '' for a form that begins empty."""
    if value == "":
        return
    if not isinstance(value, str) or not is_plain_number(value) or exact_decimal(value) <= 0:
        raise InvalidSetting(
            value=value, what=N_("amount for adjustments"), advice=N_('write it like "2.00", or "" for none')
        )
    parse_units(value, chart.currency(read_state(database).currency))


def _check_memo(_database: BookDatabase, _chart: Chart, value: object) -> None:
    memo_templates.memo_template(value, ADJUSTMENT_PLACEHOLDERS)


def _check_side(_database: BookDatabase, _chart: Chart, value: object) -> None:
    if value not in ("credit", "debit"):
        raise InvalidSetting(value=value, what=N_("side of adjustments"), advice=N_("write credit or debit"))


def _check_unique(database: BookDatabase, _chart: Chart, value: object) -> None:
    if not isinstance(value, bool):
        raise InvalidSetting(value=value, what=N_("yes or no"), advice=N_("write true or false"))
    shared = first_shared(database) if value else None
    if shared is not None:
        raise ReferenceTaken(reference=shared[0], number=shared[1])


def _check_page_size(_database: BookDatabase, _chart: Chart, value: object) -> None:
    checked_page_size(value)


def _check_format(name: str) -> Check:
    def check(_database: BookDatabase, chart: Chart, value: object) -> None:
        check_format_setting(name, value)
        if isinstance(value, dict):
            for code in value:
                _check_known(chart, code)

    return check


def _check_known(chart: Chart, code: str) -> None:
    """A currency of the book, or one of ISO 4217 that may come into it."""
    if chart.digits_of(code) is None:
        chart.currency(code)


def _check_addon(name: str) -> Check:
    return lambda _database, chart, value: addon(name).check_setting(chart, value)


KNOWN_SETTINGS: Mapping[str, KnownSetting] = {
    "account_rules": KnownSetting(N_("how accounts named by attributes are opened"), [], _check_rules(ACCOUNT_RULES)),
    "adjustment_amount": KnownSetting(
        N_("what the form for adjusting a party begins with"), "2.00", _check_amount, is_text=True
    ),
    "adjustment_memo": KnownSetting(
        N_("the memo of an adjusted party, such as Paid to {party}"),
        "Admin Adjustment",
        _check_memo,
        is_text=True,
    ),
    "adjustment_side": KnownSetting(
        N_("whether an adjustment credits a party or debits it"), "credit", _check_side, is_text=True
    ),
    "adjustments": KnownSetting(
        N_("the other side of increase and decrease"), ADJUSTMENTS, _check_adjustments, is_text=True
    ),
    COMMISSION: KnownSetting(N_("what parties earn by those they invited"), None, _check_addon(COMMISSION)),
    COMMISSION_EXPENSE: KnownSetting(
        N_("what commissions are paid from, unless their terms say otherwise"),
        DEFAULT_COMMISSION_EXPENSE,
        _check_commission_expense,
        is_text=True,
    ),
    CONVERSIONS: KnownSetting(
        N_("beneath which name postings between currencies are balanced"),
        CONVERSION_ROOT,
        _check_conversions,
        is_text=True,
    ),
    "locale": KnownSetting(N_("how figures and dates are written"), None, _check_locale, is_text=True),
    OPENING_BALANCES: KnownSetting(
        N_("the other side of opening balances"), DEFAULT_NAMES[OPENING_BALANCES], check_own_account, is_text=True
    ),
    PAGE_SIZE: KnownSetting(ABOUT_PAGES, USUAL_PAGE_SIZE, _check_page_size),
    PARTY_RULES: KnownSetting(N_("how accounts of parties are opened"), [], _check_rules(PARTY_RULES)),
    RETAINED_EARNINGS: KnownSetting(
        N_("what a closing transaction closes into"), DEFAULT_NAMES[RETAINED_EARNINGS], check_own_account, is_text=True
    ),
    **{
        name: KnownSetting(about, None, _check_format(name), is_text=name != CURRENCY_SYMBOLS)
        for name, about in FORMATS.items()
    },
    STATEMENTS: KnownSetting(N_("how statements are laid out, and what their parts are called"), None, check_layout),
    STATUS_BALANCES: KnownSetting(
        N_("which balances the workbench shows in its status line"), [], check_status_balances
    ),
    UNIQUE_REFERENCES: KnownSetting(N_("whether no two transactions may share a reference"), False, _check_unique),
}
