"""What does a file of a starter chart say? TOML read and checked, or one sentence about what is wrong in it."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tui_ledger.charts.values import StarterChart
from tui_ledger.dates import parse_date, parse_month_day
from tui_ledger.errors import FileNotReadable, InvalidChart, LedgerError
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger.account_parts import STATEMENT_LINES
from tui_ledger.ledger.accounts import AccountDraft, account_type, clean_name
from tui_ledger.ledger.addons import COMMISSION_EXPENSE
from tui_ledger.ledger.conversions import CONVERSIONS
from tui_ledger.ledger.party_accounts import PARTY_RULES
from tui_ledger.ledger.statement_layout import STATEMENTS, check_names, checked_layout
from tui_ledger.ledger.values import AccountType
from tui_ledger.money import standard_currency
from tui_ledger.text import TEXT_LIMIT, clean, forbidden_in_names, name_key, storable
from tui_ledger.words import N_, Said, Word

LARGEST_FILE_BYTES = 1_000_000
MOST_ACCOUNTS = 5_000

_ROLES = {"adjustments": "adjustments", "opening": "opening_balances", "retained_earnings": "retained_earnings"}
_OF_THE_BOOK = ("currency", "locale", "fiscal_year_start", "parties", "commissions", "conversions")
_TEXTS = ("title", "description", "language", "country", *_OF_THE_BOOK, *_ROLES)
_LAYOUT = {"equity_first": "equity_first", "vertical": "vertical", "words": "words", "subtotal": "subtotals"}
_INHERITED = ("type", "currency", "cash", "statement_line", "tax_code")
_OWN = ("name", "code", "minimum", "opened", "placeholder", "attributes")
_LONGEST_CODE = 40
_LONGEST_SHOWN = 60


def read_chart_file(path: Path) -> StarterChart:
    """The chart a file of the user's holds, named after the file; raises FileNotReadable, InvalidChart."""
    content = _content_of(_expanded(path))
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as problem:
        reason = Said("it is no UTF-8 text, at byte {place}", place=problem.start + 1)
        raise InvalidChart(chart=clean(str(path)), reason=reason) from problem
    chart = read_chart(text, path.stem, str(path))
    _check_locale(chart, str(path))
    return chart


def read_chart(text: str, name: str, place: str) -> StarterChart:
    """The chart that a TOML text describes; `place` is what a refusal calls it. Raises InvalidChart.

    At the top stand `title`, which is required, `description`, `language`, `country`, what a book has unless it is told
    otherwise (`currency`, `locale`, `fiscal_year_start`), and by name or code which equity accounts are its
    `adjustments`, `opening` and `retained_earnings`, which expense account, by name or code, `commissions` are paid
    from, beneath which account or name accounts of `parties` are opened, and beneath which name those of `conversions`
    between currencies; how its statements are laid out: `equity_first`, the items of an income statement that is one
    list (`vertical`), the country's `words`, and a `[[subtotal]]` for each sum between. An `[[account]]` has the parts
    of an AccountDraft. A `[[group]]` has the name that the names in its `accounts` stand under, and what they have in
    common; with a `code` or `placeholder = true` it is opened itself, as a heading.
    """
    try:
        found = _checked(_parsed(text))
    except LedgerError as problem:
        raise InvalidChart(chart=clean(place), reason=_reason_of(problem)) from problem
    return StarterChart(name=name, **found)


class _Wrong(LedgerError):
    """What is wrong in a chart, before its place is known."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What may stand under a name: which Python types, and what that is called."""

    types: tuple[type, ...]
    called: Word


_TEXT = _Kind((str,), N_("text in quotation marks"))
_FACT = _Kind((bool,), N_("true or false"))
_TABLES = _Kind((list,), N_("a list of tables"))
_KINDS = {
    **dict.fromkeys((*_TEXTS, "name", "code", "type", "statement_line", "tax_code"), _TEXT),
    **dict.fromkeys(("cash", "placeholder", "equity_first"), _FACT),
    **dict.fromkeys(("account", "group", "accounts", "subtotal"), _TABLES),
    "vertical": _Kind((list,), N_("a list of names")),
    "words": _Kind((dict,), N_("a table of texts")),
    "minimum": _Kind((str, int), N_('an amount as text, such as "0.00"')),
    "opened": _Kind((str, date), N_("a date such as 2026-01-31")),
    "attributes": _Kind((dict,), N_("a table of texts")),
}


def _expanded(path: Path) -> Path:
    """With `~` as the user's home; of a user there is none of it stays as it is."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _check_locale(chart: StarterChart, place: str) -> None:
    """Refuses a locale nobody knows. Starter charts have known ones, so that listing them loads no locales."""
    if chart.locale is None:
        return
    from tui_ledger.locale.locales import known_locale

    try:
        known_locale(chart.locale)
    except LedgerError as problem:
        raise InvalidChart(chart=clean(place), reason=_reason_of(problem)) from problem


def _content_of(path: Path) -> bytes:
    shown = clean(str(path))
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileNotReadable(path=shown, reason=N_("it is no regular file"))
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as problem:
        reason = system_reason(problem) if isinstance(problem, OSError) else N_("its name is no path")
        raise FileNotReadable(path=shown, reason=reason) from problem
    if len(content) > LARGEST_FILE_BYTES:
        raise FileNotReadable(
            path=shown, reason=Said("it is larger than {limit} MB", limit=LARGEST_FILE_BYTES // 1_000_000)
        )
    return content


def _reason_of(problem: LedgerError) -> object:
    return problem.values["reason"] if isinstance(problem, _Wrong) else clean(str(problem)).removesuffix(".")


def _parsed(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as problem:
        raise _Wrong(reason=N_("it is nested too deeply")) from problem
    except ValueError as problem:
        raise _Wrong(reason=Said("it is no TOML: {reason}", reason=clean(str(problem)))) from problem


def _checked(found: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a StarterChart but its name."""
    _check_parts(found, (*_TEXTS, "account", "group", *_LAYOUT), N_("the chart"))
    if not found.get("title", "").strip():
        raise _Wrong(reason=N_('it has no title: write title = "…" at the top'))
    drafts = tuple(_drafts(found))
    if not drafts:
        raise _Wrong(reason=N_("it has no account: write [[account]] with a name and a type"))
    _check_together(drafts)
    if "currency" in found:
        standard_currency(found["currency"])
    parse_month_day(found.get("fiscal_year_start", "01-01"))
    return {
        "title": found["title"],
        "description": found.get("description", ""),
        "language": found.get("language", ""),
        "country": found.get("country", ""),
        "currency": found.get("currency"),
        "locale": found.get("locale"),
        "fiscal_year_start": found.get("fiscal_year_start", "01-01"),
        "accounts": drafts,
        "settings": _settings(found, drafts),
    }


def _check_parts(table: object, known: Iterable[str], where: Said | Word) -> None:
    """Refuses what is no table, what is not known in it, and what is of another kind than it has to be."""
    if not isinstance(table, Mapping):
        raise _Wrong(reason=Said("{where} is no table: write {{ name = …, type = … }}", where=where))
    for name, value in table.items():
        if name not in known:
            said = Said(
                "{where} has {part}, which is not known: it may have {known}",
                where=where,
                part=_quoted(name),
                known=", ".join(known),
            )
            raise _Wrong(reason=said)
        kind = _KINDS[name]
        if not isinstance(value, kind.types) or (isinstance(value, bool) and bool not in kind.types):
            raise _Wrong(reason=Said("{part} of {where} has to be {kind}", part=name, where=where, kind=kind.called))
        if isinstance(value, str) and (len(value) > TEXT_LIMIT or not storable(value)):
            said = Said(
                "{part} of {where} is longer than {limit} characters, or holds one no file keeps",
                part=name,
                where=where,
                limit=TEXT_LIMIT,
            )
            raise _Wrong(reason=said)


def _drafts(found: Mapping[str, Any]) -> Iterator[AccountDraft]:
    """Every account in the order of the file, those that stand alone before those of groups."""
    tables = [*_single(found), *_grouped(found)]
    if len(tables) > MOST_ACCOUNTS:
        raise _Wrong(reason=Said("it has more than {limit} accounts", limit=MOST_ACCOUNTS))
    for table in tables:
        yield _draft(table)


def _single(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for number, table in enumerate(found.get("account", ()), 1):
        where = Said("account {number}", number=number)
        _check_parts(table, (*_OWN, *_INHERITED), where)
        _require(table, ("name", "type"), where)
        yield table


def _grouped(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for number, group in enumerate(found.get("group", ()), 1):
        where = Said("group {number}", number=number)
        _check_parts(group, ("name", "code", "placeholder", "attributes", *_INHERITED, "accounts"), where)
        _require(group, ("name", "type"), where)
        if "code" in group or group.get("placeholder"):
            heading = {name: group[name] for name in ("name", "type", "code", "attributes") if name in group}
            yield {**heading, "placeholder": True}
        common = {name: group[name] for name in _INHERITED if name in group}
        for place, table in enumerate(group.get("accounts", ()), 1):
            where = Said("account {number} of {group}", number=place, group=_quoted(group["name"]))
            _check_parts(table, (*_OWN, *_INHERITED), where)
            _require(table, ("name",), where)
            yield {**common, **table, "name": f"{group['name']}:{table['name']}"}


def _require(table: Mapping[str, Any], names: Iterable[str], where: Said) -> None:
    for name in names:
        if name not in table:
            raise _Wrong(reason=Said("{where} has no {part}", where=where, part=name))


def _draft(table: Mapping[str, Any]) -> AccountDraft:
    name = clean_name(table["name"])
    try:
        for part, check in _CHECKS.items():
            if part in table:
                check(table[part])
        return AccountDraft(**{**table, "name": name, "type": account_type(table["type"]), "opened": _opened(table)})
    except LedgerError as problem:
        raise _Wrong(reason=Said("{account}: {reason}", account=_quoted(name), reason=_reason_of(problem))) from problem


def _opened(table: Mapping[str, Any]) -> date | None:
    return parse_date(table["opened"]) if "opened" in table else None


def _check_code(code: str) -> None:
    if not code.strip() or len(code) > _LONGEST_CODE or forbidden_in_names(code) is not None:
        raise _Wrong(reason=Said("a code is up to {limit} visible characters", limit=_LONGEST_CODE))


def _check_statement_line(line: str) -> None:
    if line not in STATEMENT_LINES:
        raise _Wrong(
            reason=Said(
                "{line} is no statement line: use {known}", line=_quoted(line), known=", ".join(STATEMENT_LINES)
            )
        )


def _check_attributes(attributes: Mapping[str, Any]) -> None:
    for name, value in attributes.items():
        wrong_name = not name.strip() or "=" in name or "," in name or forbidden_in_names(name) is not None
        if wrong_name or not isinstance(value, str) or not storable(value):
            raise _Wrong(reason=N_("attributes are texts in quotation marks, under names without = and ,"))


_CHECKS: dict[str, Callable[[Any], object]] = {
    "code": _check_code,
    "currency": standard_currency,
    "statement_line": _check_statement_line,
    "attributes": _check_attributes,
}


def _check_together(drafts: Iterable[AccountDraft]) -> None:
    """Refuses two accounts of one name or code, a code that is a name, and two types under one root."""
    names: set[str] = set()
    codes: set[str] = set()
    types: dict[str, AccountType | str] = {}
    for draft in drafts:
        key, root = name_key(draft.name), name_key(draft.name).partition(":")[0]
        if key in names:
            raise _Wrong(reason=Said("it has the account {account} twice", account=_quoted(draft.name)))
        code = draft.code.strip() if draft.code is not None else None
        if code in codes:
            said = Said(
                "{account} has the code {code}, which another one has",
                account=_quoted(draft.name),
                code=_quoted(str(code)),
            )
            raise _Wrong(reason=said)
        if types.setdefault(root, draft.type) != draft.type:
            said = Said(
                "{account} is of type {type}, others under its first name are of type {other}",
                account=_quoted(draft.name),
                type=str(draft.type),
                other=str(types[root]),
            )
            raise _Wrong(reason=said)
        names.add(key)
        codes |= {code} if code is not None else set()
    shared = next((code for code in codes if name_key(code) in names), None)
    if shared is not None:
        raise _Wrong(reason=Said("{text} is the name of one account and the code of another", text=_quoted(shared)))


def _settings(found: Mapping[str, Any], drafts: tuple[AccountDraft, ...]) -> dict[str, object]:
    """The settings of a book that name accounts of the chart."""
    settings: dict[str, object] = {
        setting: _equity_account(found[role], role, drafts) for role, setting in _ROLES.items() if role in found
    }
    if "parties" in found:
        parent = _name_of(found["parties"], drafts)
        settings[PARTY_RULES] = [{"type": str(_type_of_parties(parent, drafts)), "parent": parent}]
    if "commissions" in found:
        settings[COMMISSION_EXPENSE] = _expense_account(found["commissions"], drafts)
    if "conversions" in found:
        settings[CONVERSIONS] = _equity_name(found["conversions"], drafts)
    laid_out = {part: found[name] for name, part in _LAYOUT.items() if name in found}
    if laid_out:
        layout = {"language": found.get("language", ""), **laid_out}
        check_names(checked_layout(layout), [draft.name for draft in drafts])
        settings[STATEMENTS] = layout
    return settings


def _equity_account(text: str, role: str, drafts: Iterable[AccountDraft]) -> str:
    meant = next((one for one in drafts if text.strip() == one.code or name_key(text) == name_key(one.name)), None)
    if meant is None:
        said = Said(
            "{role} is {account}, which is neither the name nor the code of one of its accounts",
            role=role,
            account=_quoted(text),
        )
        raise _Wrong(reason=said)
    if meant.type is not AccountType.EQUITY or meant.placeholder or meant.currency is not None:
        said = Said(
            "{role} is {account}: it has to be an equity account that takes postings",
            role=role,
            account=_quoted(text),
        )
        raise _Wrong(reason=said)
    return meant.name


def _name_of(text: str, drafts: Iterable[AccountDraft]) -> str:
    """The full name of an account of the chart that is called by its code; any other text as a name."""
    return next((one.name for one in drafts if text.strip() == one.code), None) or clean_name(text)


def _type_of_parties(parent: str, drafts: Iterable[AccountDraft]) -> AccountType:
    """What the accounts beneath a name are of, which has to stand in the balance sheet."""
    kind = account_type(_type_under(parent, drafts))
    if kind in (AccountType.INCOME, AccountType.EXPENSE):
        said = Said(
            "parties is {account}: it has to be a name for assets, liabilities or equity", account=_quoted(parent)
        )
        raise _Wrong(reason=said)
    return kind


def _expense_account(text: str, drafts: tuple[AccountDraft, ...]) -> str:
    """What commissions are paid from: an account of the chart, or a name for one to be opened."""
    name = _name_of(text, drafts)
    meant = next((one for one in drafts if name_key(one.name) == name_key(name)), None)
    takes_postings = meant is None or (not meant.placeholder and meant.currency is None)
    if not takes_postings or _type_under(name, drafts, AccountType.EXPENSE) is not AccountType.EXPENSE:
        said = Said(
            "commissions is {account}: it has to be an expense account that takes postings", account=_quoted(text)
        )
        raise _Wrong(reason=said)
    return name if meant is None else meant.name


def _equity_name(text: str, drafts: Iterable[AccountDraft]) -> str:
    name = clean_name(text)
    if _type_under(name, drafts, AccountType.EQUITY) is not AccountType.EQUITY:
        said = Said("conversions is {account}: it has to be a name for equity accounts", account=_quoted(text))
        raise _Wrong(reason=said)
    return name


def _type_under(
    parent: str, drafts: Iterable[AccountDraft], usual: AccountType = AccountType.LIABILITY
) -> AccountType | str:
    root = name_key(parent).partition(":")[0]
    for draft in drafts:
        if name_key(draft.name).partition(":")[0] == root:
            return draft.type
    return usual


def _quoted(text: str) -> str:
    shown = clean(text)
    return f'"{shown}"' if len(shown) <= _LONGEST_SHOWN else f'"{shown[: _LONGEST_SHOWN - 1]}…"'
