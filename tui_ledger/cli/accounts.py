"""The command `account`: open, edit, rename, close, reopen, delete, list, show."""

from __future__ import annotations

import contextlib
from typing import Any

import click

from tui_ledger.cli.in_words import in_words, yes_or_no
from tui_ledger.cli.options import json_option, pairs, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import account_shape, figure
from tui_ledger.cli.tables import Column, named_lines, table
from tui_ledger.errors import InvalidOptions, UnknownAccount
from tui_ledger.ledger.values import Account
from tui_ledger.words import N_, Said, Word, _, listed, ngettext


@click.group("account", cls=LedgerGroup)
def account_command() -> None:
    """Open, list and change accounts."""


_TYPE = click.option("--type", "type_", metavar="T", help="asset, liability, equity, income or expense.")
_CODE = click.option("--code", metavar="N", help="A code of its own.")
_MINIMUM = click.option("--minimum", metavar="X", help="The least it may hold, in its own direction.")
_CASH = click.option("--cash/--no-cash", default=None, help="Whether it counts as cash.")
_PLACEHOLDER = click.option("--placeholder/--no-placeholder", default=None, help="Whether it takes no postings itself.")
_ATTRIBUTES = click.option("--attr", "attributes", metavar="K=V", multiple=True, help="An attribute; may be repeated.")
_LINE = click.option("--statement-line", metavar="L", help="operating, investing or financing, for the cash flow.")
_OPENED = click.option("--opened", metavar="D", help="The first day it takes.")
_PARTY = click.option("--party", metavar="KEY", help="Whom it is kept for: it counts in what that party is owed.")
_PURPOSE = click.option("--purpose", metavar="P", help="What the party has it for. Default: default.")
_TAX = click.option("--tax-code", metavar="T", help="The tax code of what is posted to it.")


@account_command.command("open")
@click.argument("name", metavar="NAME")
@_TYPE
@click.option("--currency", metavar="C", help="Default: the book's.")
@_OPENED
@_CODE
@_MINIMUM
@_CASH
@_PLACEHOLDER
@_LINE
@_TAX
@_PARTY
@_PURPOSE
@_ATTRIBUTES
@writing_options
@click.pass_obj
def open_(
    session: Session, /, name: str, type_: str | None, attributes: tuple[str, ...], as_json: bool, **options: Any
) -> None:
    """Open the account NAME, a path such as Assets:Bank:Current."""
    if type_ is None:
        raise InvalidOptions(
            reason=Said(
                "The account {name!r} needs a type: give --type asset, liability, equity, income or expense.", name=name
            )
        )
    ledger = session.for_writing()
    known = {**options, "cash": bool(options["cash"]), "placeholder": bool(options["placeholder"])}
    _answer(
        ledger.open_account(name, type_, attributes=pairs(attributes, N_("attribute")), **known), _OPENED_IT, as_json
    )


@account_command.command("edit")
@click.argument("account", metavar="ACCOUNT")
@_TYPE
@click.option("--currency", metavar="C", help="Only while it has no postings.")
@_OPENED
@_CODE
@_MINIMUM
@_CASH
@_PLACEHOLDER
@_LINE
@_TAX
@_PARTY
@_PURPOSE
@_ATTRIBUTES
@writing_options
@click.pass_obj
def edit(
    session: Session,
    /,
    account: str,
    type_: str | None,
    attributes: tuple[str, ...],
    key: str | None,
    actor: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Change what is given of ACCOUNT; an empty text takes a code, a minimum or a line away."""
    ledger = session.for_writing()
    changes = {name: value or (None if value == "" else value) for name, value in options.items() if value is not None}
    if type_ is not None:
        changes["type"] = type_
    if attributes:
        kept = dict(ledger.account(account).attributes) | pairs(attributes, N_("attribute"))
        changes["attributes"] = {name: value for name, value in kept.items() if value}
    if not changes:
        raise InvalidOptions(
            reason=Said("Nothing was said to change in {account!r}: give an option such as --code.", account=account)
        )
    _answer(ledger.edit_account(account, key=key, actor=actor, **changes), _CHANGED, as_json)


@account_command.command("rename")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@writing_options
@click.pass_obj
def rename(session: Session, /, old: str, new: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Give A and everything below it the name B."""
    renamed = session.for_writing().rename_account(old, new, key=key, actor=actor)
    if as_json:
        print_json({"accounts": [account_shape(account) for account in renamed]})
    else:
        said = ngettext("Renamed {old} to {new}: {n} account.", "Renamed {old} to {new}: {n} accounts.", len(renamed))
        print_lines([said.format(old=old, new=new, n=len(renamed))])


@account_command.command("close")
@click.argument("account", metavar="ACCOUNT")
@click.option("--date", metavar="D", help="Default: today.")
@writing_options
@click.pass_obj
def close(
    session: Session, /, account: str, date: str | None, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Close ACCOUNT, which must hold nothing; its postings stay."""
    _answer(session.for_writing().close_account(account, date=date, key=key, actor=actor), _CLOSED, as_json)


@account_command.command("reopen")
@click.argument("account", metavar="ACCOUNT")
@writing_options
@click.pass_obj
def reopen(session: Session, /, account: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Open a closed ACCOUNT again."""
    _answer(session.for_writing().reopen_account(account, key=key, actor=actor), _REOPENED, as_json)


@account_command.command("delete")
@click.argument("account", metavar="ACCOUNT")
@writing_options
@click.pass_obj
def delete(session: Session, /, account: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Delete ACCOUNT, which must never have been used."""
    ledger = session.for_writing()
    found = None if key is not None else ledger.account(account)
    with contextlib.suppress(UnknownAccount):
        found = ledger.account(account)
    ledger.delete_account(account, key=key, actor=actor)
    if found is not None:
        _answer(found, _DELETED, as_json)
    elif as_json:
        print_json({"account": account, "deleted": True})
    else:
        print_lines([_("Deleted {name}.").format(name=account)])


@account_command.command("list")
@json_option
@click.pass_obj
def list_(session: Session, /, as_json: bool) -> None:
    """List the chart of accounts: by code, those without one by name behind them."""
    accounts = session.for_reading().accounts()
    if as_json:
        print_json({"accounts": [account_shape(account) for account in accounts]})
        return
    columns = [
        Column(N_("Code")),
        Column(N_("Account"), stretch=True, accounts=True),
        Column(N_("Type")),
        Column(N_("Currency")),
        Column(""),
    ]
    by_code = sorted(accounts, key=lambda one: (one.code is None, one.code or ""))
    rows = [(one.code or "", one.name, in_words(one.type), str(one.currency), _marks(one)) for one in by_code]
    print_lines(table(columns, rows))


@account_command.command("show")
@click.argument("account", metavar="ACCOUNT")
@json_option
@click.pass_obj
def show(session: Session, /, account: str, as_json: bool) -> None:
    """Show all there is of ACCOUNT."""
    ledger = session.for_reading()
    found = ledger.account(account)
    balance = ledger.balance(found)
    if as_json:
        print_json({**account_shape(found), "balance": figure(balance)})
        return
    shape = account_shape(found)
    said = {name: value for name, value in shape.items() if value not in (None, False, {})}
    said["balance"] = session.formats(ledger).money(balance, symbol=True, credit_normal=found.type.sign < 0)
    if found.attributes:
        said["attributes"] = ", ".join(f"{name}={value}" for name, value in found.attributes.items())
    print_lines(named_lines([(_(_LABELS[name]), _written(name, value)) for name, value in said.items()], gap=2))


_LABELS = {
    "account": N_("account"),
    "code": N_("code"),
    "type": N_("type"),
    "normal_balance": N_("normal balance"),
    "currency": N_("currency"),
    "minimum": N_("minimum"),
    "party": N_("party"),
    "purpose": N_("purpose"),
    "cash": N_("cash"),
    "statement_line": N_("statement line"),
    "tax_code": N_("tax code"),
    "opened": N_("opened"),
    "closed": N_("closed"),
    "placeholder": N_("placeholder"),
    "attributes": N_("attributes"),
    "balance": N_("balance"),
}
_ARE_WORDS = ("type", "normal_balance", "statement_line")


def _written(name: str, value: object) -> str:
    if value is True:
        return yes_or_no(True)
    return in_words(str(value)) if name in _ARE_WORDS else str(value)


_OPENED_IT, _CHANGED, _CLOSED, _REOPENED, _DELETED = (
    N_("Opened {account} ({type}, {currency})."),
    N_("Changed {account} ({type}, {currency})."),
    N_("Closed {account} ({type}, {currency})."),
    N_("Reopened {account} ({type}, {currency})."),
    N_("Deleted {account} ({type}, {currency})."),
)


def _marks(account: Account) -> str:
    marks = [_("closed {day}").format(day=account.closed)] if account.closed is not None else []
    marks += [_("cash")] if account.cash else []
    marks += [_("placeholder")] if account.placeholder else []
    return listed(marks)


def _answer(account: Account, said: Word, as_json: bool) -> None:
    if as_json:
        print_json(account_shape(account))
    else:
        about = {"type": in_words(account.type), "currency": account.currency}
        print_lines([_(said).format(account=account.name, **about)])
