"""Commands that look: balance, register, journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import json_option, range_options, whole_number
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines, print_note
from tui_ledger.cli.shapes import balance_shape, journal_shape, node_shape, register_shape
from tui_ledger.cli.tables import Column, table
from tui_ledger.cli.totals import TreeLine, listed_names, subtree, totals_below, tree_lines
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions

if TYPE_CHECKING:
    from tui_ledger.ledger import Account, Ledger, Transaction
    from tui_ledger.ledger.values import Posting
    from tui_ledger.locale.formats import Formats


@click.command("balance", cls=LedgerCommand)
@click.argument("accounts", metavar="[ACCOUNT]…", nargs=-1)
@click.option("--at", metavar="D", help="At the end of this day. Default: every posting counts.")
@click.option("--depth", metavar="N", help="Show no more than N levels of the tree.")
@json_option
@click.pass_obj
def balance_command(
    session: Session, /, accounts: tuple[str, ...], at: str | None, depth: str | None, as_json: bool
) -> None:
    """Show balances, each account in its own direction, with totals of its sub-accounts."""
    day, levels = optional_date(at), whole_number(depth, "depth")
    ledger = session.for_reading()
    units = ledger.balances(day)
    chosen = subtree(ledger, accounts)
    if as_json:
        shapes = _balance_shapes(ledger, units, chosen, listed_names(chosen, accounts, levels))
        print_json({"at": None if day is None else day.isoformat(), "accounts": shapes})
        return
    formats = session.formats(ledger)
    lines = tree_lines(chosen, ledger.accounts(), units, levels)
    print_lines(table(_BALANCE_COLUMNS, [_balance_row(line, formats) for line in lines]))
    _note_later(ledger, day)


_BALANCE_COLUMNS = [Column("Account", stretch=True), Column("Balance", right=True), Column("")]


def _balance_shapes(
    ledger: Ledger, units: dict[int, int], chosen: list[Account], names: list[str]
) -> list[dict[str, Any]]:
    everything = ledger.accounts()
    by_name = {account.name: account for account in everything}
    totals = totals_below(everything, units, ledger.currency)
    kinds = {account.name.partition(":")[0]: account.type for account in chosen}
    return [
        balance_shape(by_name[name], units.get(by_name[name].id, 0), totals[name])
        if name in by_name
        else node_shape(name, kinds[name.partition(":")[0]], ledger.currency, totals[name])
        for name in names
    ]


def _balance_row(line: TreeLine, formats: Formats) -> tuple[str, str, str]:
    shown = [formats.money(total) for total in line.totals]
    codes = [str(total.currency) for total in line.totals]
    return "  " * line.depth + line.label, " + ".join(shown), " + ".join(codes)


def _note_later(ledger: Ledger, day: date | None) -> None:
    if day is None and (later := ledger.postings_after(ledger.today)):
        print_note(
            f"{later} posting{'s' if later != 1 else ''} after today included; --at {ledger.today} leaves them out."
        )


@click.command("register", cls=LedgerCommand)
@click.argument("account", metavar="ACCOUNT")
@range_options
@json_option
@click.pass_obj
def register_command(
    session: Session, /, account: str, date_from: str | None, date_to: str | None, as_json: bool
) -> None:
    """Show the postings of ACCOUNT in date order, each with the balance after it."""
    first, last = _range(date_from, date_to)
    ledger = session.for_reading()
    register = ledger.register(account, date_from=first, date_to=last)
    if as_json:
        print_json(register_shape(register))
        return
    formats = session.formats(ledger)
    credit_normal = register.account.type.sign < 0
    rows: list[tuple[str, ...]] = []
    if first is not None:
        rows.append(
            (formats.date_column(first), "", "Opening balance", "", "", formats.money(register.opening_balance))
        )
    rows += [
        (
            formats.date_column(posting.date),
            str(posting.transaction),
            _about(posting.payee, posting.memo),
            ", ".join(posting.counter_accounts),
            formats.money(posting.change, credit_normal=credit_normal),
            formats.money(posting.balance, credit_normal=credit_normal),
        )
        for posting in register
    ]
    print_lines([f"{register.account.name} · {register.account.currency}"])
    print_lines(table(_REGISTER_COLUMNS, rows))


_REGISTER_COLUMNS = [
    Column("Date"),
    Column("No.", right=True),
    Column("Payee and memo", stretch=True),
    Column("Against", stretch=True),
    Column("Change", right=True),
    Column("Balance", right=True),
]


@click.command("journal", cls=LedgerCommand)
@click.argument("query", metavar="[QUERY]", nargs=-1)
@range_options
@json_option
@click.pass_obj
def journal_command(
    session: Session, /, query: tuple[str, ...], date_from: str | None, date_to: str | None, as_json: bool
) -> None:
    """Show transactions in order. QUERY: words that must all stand in number (#12), payee, memo, reference, tags or
    account names."""
    first, last = _range(date_from, date_to)
    ledger = session.for_reading()
    found = _matching(ledger.journal(date_from=first, date_to=last), " ".join(query).casefold().split())
    if as_json:
        print_json(journal_shape(found))
        return
    formats = session.formats(ledger)
    for transaction in found:
        print_lines(_transaction_lines(transaction, formats))


def _matching(transactions: Iterable[Transaction], words: list[str]) -> Iterable[Transaction]:
    for transaction in transactions:
        text = " ".join(
            [
                f"#{transaction.number}",
                transaction.payee or "",
                transaction.memo,
                transaction.reference or "",
                *transaction.tags,
                *(posting.account for posting in transaction.postings),
            ]
        ).casefold()
        if all(word in text.split() if word.startswith("#") else word in text for word in words):
            yield transaction


def _transaction_lines(transaction: Transaction, formats: Formats) -> list[str]:
    head = [
        formats.date_column(transaction.date),
        f"#{transaction.number}",
        _about(transaction.payee, transaction.memo),
    ]
    marks = [
        f"reverses #{transaction.reverses}" if transaction.reverses is not None else "",
        f"reversed by #{transaction.reversed_by}" if transaction.reversed_by is not None else "",
        "void" if transaction.voided else "",
        *(f"+{tag}" for tag in transaction.tags),
    ]
    columns = [Column("", stretch=True), Column("", right=True), Column("", right=True), Column("")]
    rows = [_posting_cells(posting, formats) for posting in transaction.postings]
    return [
        "  ".join(part for part in [*head, *marks] if part),
        *(f"    {line}" for line in table(columns, rows)[2:]),
        "",
    ]


def _posting_cells(posting: Posting, formats: Formats) -> tuple[str, str, str, str]:
    amount = formats.money(abs(posting.amount))
    debit, credit = (amount, "") if posting.amount.units > 0 else ("", amount)
    return posting.account, debit, credit, str(posting.currency)


def _about(payee: str | None, memo: str) -> str:
    return " · ".join(text for text in (payee, memo) if text)


def _range(date_from: str | None, date_to: str | None) -> tuple[date | None, date | None]:
    first, last = optional_date(date_from), optional_date(date_to)
    if first is not None and last is not None and last < first:
        raise InvalidOptions(reason=f"The range ends ({last}) before it begins ({first}): exchange --from and --to.")
    return first, last
