"""Commands that look: balance, register, journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.account_names import short_accounts
from tui_ledger.cli.options import json_option, pairs, range_options, whole_number
from tui_ledger.cli.pages import asked_page, page_of, page_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines, print_note
from tui_ledger.cli.shapes import balance_shape, figure, journal_shape, node_shape, register_shape
from tui_ledger.cli.tables import Column, bare_table, table
from tui_ledger.cli.totals import TreeLine, listed_names, subtree, tops, totals_below, tree_lines
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions
from tui_ledger.money import Currency, Money
from tui_ledger.text import path_keys
from tui_ledger.words import N_, NP_, Said, _, listed, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger import Account, Ledger, Transaction
    from tui_ledger.ledger.values import Posting
    from tui_ledger.locale.formats import Formats


@click.command("balance", cls=LedgerCommand)
@click.argument("accounts", metavar="[ACCOUNT]…", nargs=-1)
@click.option("--at", metavar="D", help="At the end of this day. Default: every posting counts.")
@click.option("--depth", metavar="N", help="Show no more than N levels of the tree.")
@click.option("--currency", metavar="C", help="Converted at the prices of the day; what has no price stays as it is.")
@json_option
@click.pass_obj
def balance_command(
    session: Session,
    /,
    accounts: tuple[str, ...],
    at: str | None,
    depth: str | None,
    currency: str | None,
    as_json: bool,
) -> None:
    """Show balances, each account in its own direction, with totals of its sub-accounts."""
    day, levels = optional_date(at), whole_number(depth, N_("depth"))
    ledger = session.for_reading()
    balances = _read_balances(ledger, day, currency)
    chosen = subtree(ledger, accounts)
    if as_json:
        names = listed_names(chosen, ledger.accounts(), tops(ledger, accounts), levels)
        shapes = _balance_shapes(ledger, balances, chosen, names)
        print_json({"at": None if day is None else day.isoformat(), **balances.said, "accounts": shapes})
        return
    formats = session.formats(ledger)
    lines = tree_lines(chosen, ledger.accounts(), balances.shown, levels, tops(ledger, accounts))
    print_lines(table(_BALANCE_COLUMNS, [row for line in lines for row in _balance_rows(line, formats)]))
    note_later(ledger, day)
    _note_unconverted(balances, chosen)


_BALANCE_COLUMNS = [Column(N_("Account"), stretch=True, accounts=True), Column(N_("Balance"), right=True), Column("")]


@dataclass(frozen=True, slots=True)
class _Balances:
    """By account id, debit-positive: what accounts hold, and the same as it is shown, converted where that was asked
    for and there is a price; `said` goes into the JSON."""

    own: Mapping[int, Money]
    shown: Mapping[int, Money]
    target: Currency | None = None
    said: Mapping[str, str] = field(default_factory=dict)


def _read_balances(ledger: Ledger, day: date | None, currency: str | None) -> _Balances:
    units = ledger.balances(day)
    own = {one.id: Money(units.get(one.id, 0), one.currency) for one in ledger.accounts()}
    if currency is None:
        return _Balances(own, own)
    target = ledger.currency_of(currency)
    converted = ledger.converted_balances(currency, at=day)
    shown = {row: money if (worth := converted[row]) is None else worth for row, money in own.items()}
    said = {"currency": str(target), "prices_at": (day or ledger.today).isoformat()}
    return _Balances(own, shown, target, said)


def _balance_shapes(
    ledger: Ledger, balances: _Balances, chosen: list[Account], names: list[str]
) -> list[dict[str, Any]]:
    everything = ledger.accounts()
    by_name = {account.name: account for account in everything}
    totals = totals_below(everything, balances.shown, ledger.currency, balances.target)
    kinds = {path_keys(account.name)[0]: account.type for account in chosen}
    return [
        _account_shape(by_name[name], balances, totals[name])
        if name in by_name
        else node_shape(name, kinds[path_keys(name)[0]], balances.target or ledger.currency, totals[name])
        for name in names
    ]


def _account_shape(account: Account, balances: _Balances, totals: Mapping[str, str]) -> dict[str, Any]:
    shape = balance_shape(account, balances.own[account.id].units, totals)
    if balances.target is None:
        return shape
    shown = balances.shown[account.id]
    in_own_direction = shown if account.type.sign > 0 else -shown
    return {**shape, "converted": figure(in_own_direction) if shown.currency == balances.target else None}


def _note_unconverted(balances: _Balances, chosen: list[Account]) -> None:
    left = [one for one in chosen if balances.target not in (None, balances.shown[one.id].currency)]
    codes = sorted({str(one.currency) for one in left if balances.shown[one.id]})
    if codes:
        said = _("No price on {day} for {currencies} in {other}: shown unconverted.")
        day = balances.said["prices_at"]
        print_note(said.format(day=day, currencies=listed(codes), other=balances.target))


def _balance_rows(line: TreeLine, formats: Formats) -> list[tuple[str, str, str]]:
    """A row for each currency, the name on the first."""
    labels = ["  " * line.depth + line.label, *("" for _ in line.totals[1:])]
    return [
        (label, formats.money(total, credit_normal=line.is_credit), str(total.currency))
        for label, total in zip(labels, line.totals, strict=True)
    ]


def note_later(ledger: Ledger, day: date | None) -> None:
    """Says how many postings lie after today, where balances without a day count them."""
    if day is None and (later := ledger.postings_after(ledger.today)):
        said = ngettext(
            "{n} posting after today included; --at {day} leaves them out.",
            "{n} postings after today included; --at {day} leaves them out.",
            later,
        )
        print_note(said.format(n=later, day=ledger.today))


@click.command("register", cls=LedgerCommand)
@click.argument("account", metavar="ACCOUNT")
@range_options
@page_options
@json_option
@click.pass_obj
def register_command(
    session: Session, /, account: str, date_from: str | None, date_to: str | None, as_json: bool, **paged: str | None
) -> None:
    """Show the postings of ACCOUNT in date order, each with the balance after it."""
    first, last = day_range(date_from, date_to)
    ledger = session.for_reading()
    register, asked = ledger.register(account, date_from=first, date_to=last), asked_page(ledger, **paged)
    page = page_of(asked, len(register))
    if page is not None:
        register = replace(register, postings=register.postings[page.lines])
    if as_json:
        print_json({**register_shape(register), **({} if page is None else page.shape())})
        return
    formats = session.formats(ledger)
    credit_normal = register.account.type.sign < 0
    rows: list[tuple[str, ...]] = []
    if first is not None and (page is None or page.is_first):
        held = formats.money(register.opening_balance, credit_normal=credit_normal)
        rows.append((formats.date_column(first), "", _("Opening balance"), "", "", held))
    rows += [
        (
            formats.date_column(posting.date),
            str(posting.transaction),
            _about(posting.payee, posting.memo),
            listed(posting.counter_accounts),
            formats.money(posting.change, credit_normal=credit_normal),
            formats.money(posting.balance, credit_normal=credit_normal),
        )
        for posting in register
    ]
    print_lines([f"{register.account.name} · {register.account.currency}"])
    print_lines(table(_REGISTER_COLUMNS, rows))
    if page is not None:
        page.say()


_REGISTER_COLUMNS = [
    Column(N_("Date")),
    Column(NP_("number", "No."), right=True),
    Column(N_("Payee and memo"), stretch=True),
    Column(N_("Against"), stretch=True, shorten=short_accounts),
    Column(NP_("amount", "Change"), right=True),
    Column(N_("Balance"), right=True),
]


@click.command("journal", cls=LedgerCommand)
@click.argument("query", metavar="[QUERY]", nargs=-1)
@range_options
@click.option("--filter", "saved_filter", metavar="NAME", help="Only those that a saved search finds, too.")
@click.option("--reference", metavar="R", help="Only those with this reference.")
@click.option("--data", metavar="K=V", multiple=True, help="Only those with this in their extra data; may be repeated.")
@page_options
@json_option
@click.pass_obj
def journal_command(
    session: Session,
    /,
    query: tuple[str, ...],
    date_from: str | None,
    date_to: str | None,
    saved_filter: str | None,
    reference: str | None,
    data: tuple[str, ...],
    as_json: bool,
    **paged: str | None,
) -> None:
    """Show transactions in order, those that QUERY finds.

    \b
        paper mill              both words, in payee, memo, reference, tags or account names
        payee:mill memo:x       in one place; also account: tag: reference: currency:
        party:ann               on an account of this party
        amount:>100             amount:100, amount:10..20
        debit:>100 side:credit  an amount on one side; any amount on it
        date:2026-Q1, month-1   date:2026-03, date:A..B, today, week, quarter-1, year
        status:cleared is:void  also is:reversed, is:reversal, is:closing, is:imported
        data.paymentId:abc #12  a key of the extra data; a number
        not x, x or y, ( )      without, either, grouped; "a b" keeps the blank
    """
    first, last = day_range(date_from, date_to)
    from tui_ledger.ledger.filters import query_with_filter

    wanted = pairs(data, N_("extra data"))
    ledger = session.for_reading()
    words = query_with_filter(ledger, " ".join(query), saved_filter)
    found = ledger.journal(words, date_from=first, date_to=last, reference=reference, data=wanted)
    asked = asked_page(ledger, **paged)
    page = None if asked is None else asked.of(len(found))
    shown = found if page is None else found[page.lines]
    if as_json:
        print_json({**journal_shape(shown), **({} if page is None else page.shape())})
        return
    formats = session.formats(ledger)
    for transaction in shown:
        print_lines(_transaction_lines(transaction, formats))
    if page is not None:
        page.say()


_INDENT = " " * 4


def _transaction_lines(transaction: Transaction, formats: Formats) -> list[str]:
    head = [
        formats.date_column(transaction.date),
        f"#{transaction.number}",
        _about(transaction.payee, transaction.memo),
    ]
    marks = [
        _("reverses #{number}").format(number=transaction.reverses) if transaction.reverses is not None else "",
        _("reversed by #{number}").format(number=transaction.reversed_by)
        if transaction.reversed_by is not None
        else "",
        _("void") if transaction.voided else "",
        *(f"+{tag}" for tag in transaction.tags),
    ]
    columns = [Column("", stretch=True, accounts=True), Column("", right=True), Column("", right=True), Column("")]
    rows = [_posting_cells(posting, formats) for posting in transaction.postings]
    return [
        "  ".join(part for part in [*head, *marks] if part),
        *(f"{_INDENT}{line}" for line in bare_table(columns, rows, indent=len(_INDENT))),
        "",
    ]


def _numbered(said: str, number: int | None) -> str:
    return "" if number is None else said.format(number=number)


def _posting_cells(posting: Posting, formats: Formats) -> tuple[str, str, str, str]:
    amount = formats.money(abs(posting.amount), credit_normal=None)
    debit, credit = (amount, "") if posting.amount.units > 0 else ("", amount)
    return posting.account, debit, credit, str(posting.currency)


def _about(payee: str | None, memo: str) -> str:
    return " · ".join(text for text in (payee, memo) if text)


def day_range(date_from: str | None, date_to: str | None) -> tuple[date | None, date | None]:
    """First and last day from the options' texts; raises InvalidDate, InvalidOptions."""
    first, last = optional_date(date_from), optional_date(date_to)
    if first is not None and last is not None and last < first:
        raise InvalidOptions(
            reason=Said(
                "The range ends ({last}) before it begins ({first}): exchange --from and --to.", last=last, first=first
            )
        )
    return first, last
