"""The command `party`: add, edit, delete, list, show, credit, debit, adjust, statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.acts import answer_act
from tui_ledger.cli.options import json_option, pairs, range_options, text_options, writing_options
from tui_ledger.cli.party_shapes import balances_shape, party_shape, statement_shape
from tui_ledger.cli.reading import day_range, note_later
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import account_shape, act_shape
from tui_ledger.cli.tables import Column, table
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, Party, PartyBalance, PartySheet
    from tui_ledger.locale.formats import Formats


@click.group("party", cls=LedgerGroup)
def party_command() -> None:
    """Keep balances for people and firms: who they are, what each is owed, and how that came about.

    \b
        tui-ledger --book shop.ledger party add ann --name "Ann Smith"
        tui-ledger --book shop.ledger party adjust ann 25 --memo "Refund"
        tui-ledger --book shop.ledger party statement ann --from 2026-01-01

    What a party is owed stands above zero, what it owes below. A party is credited on its account for a purpose
    (default, bonus, …), which is opened when it is first needed; other accounts count too once they are said to be
    its own: `account edit ACCOUNT --party KEY`.
    """


_NAME = click.option("--name", metavar="N", help="What it is called. Default: its key.")
_REFERRED = click.option("--referred-by", metavar="KEY", help="The party that brought it.")
_ACTIVE = click.option("--active/--inactive", default=None, help="An inactive party is neither credited nor debited.")
_DATA = click.option("--data", metavar="K=V", multiple=True, help="Extra data; may be repeated.")
_PURPOSE = click.option("--purpose", metavar="P", default="default", help="Which of its accounts: default, bonus, …")
_ONE_PURPOSE = click.option("--purpose", metavar="P", help="Only its accounts for this purpose.")
_AT = click.option("--at", metavar="D", help="At the end of this day. Default: every posting counts.")


@party_command.command("add")
@click.argument("party", metavar="KEY")
@_NAME
@_REFERRED
@_ACTIVE
@_DATA
@writing_options
@click.pass_obj
def add_party(
    session: Session, /, party: str, active: bool | None, data: tuple[str, ...], as_json: bool, **options: Any
) -> None:
    """Add the party KEY, which is what it is called by and never changes."""
    ledger = session.for_writing()
    added = ledger.add_party(party, active=active is not False, data=pairs(data, "extra data"), **options)
    _answer(added, "Added", as_json)


@party_command.command("edit")
@click.argument("party", metavar="KEY")
@_NAME
@_REFERRED
@_ACTIVE
@_DATA
@writing_options
@click.pass_obj
def edit_party(
    session: Session,
    /,
    party: str,
    data: tuple[str, ...],
    key: str | None,
    actor: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Change what is given of KEY; an empty text takes a referral, or a value of the extra data, away."""
    ledger = session.for_writing()
    changes = {name: value for name, value in options.items() if value is not None}
    if changes.get("referred_by") == "":
        changes["referred_by"] = None
    if data:
        kept = {**ledger.party(party).data, **pairs(data, "extra data")}
        changes["data"] = {name: value for name, value in kept.items() if value != ""}
    if not changes:
        raise InvalidOptions(reason=f"Nothing was said to change in {party!r}: give an option such as --name.")
    _answer(ledger.edit_party(party, key=key, actor=actor, **changes), "Changed", as_json)


@party_command.command("delete")
@click.argument("party", metavar="KEY")
@writing_options
@click.pass_obj
def delete_party(session: Session, /, party: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Delete KEY, which must never have been used."""
    session.for_writing().delete_party(party, key=key, actor=actor)
    if as_json:
        print_json({"party": party, "deleted": True})
    else:
        print_lines([f"Deleted {party}."])


@party_command.command("list")
@click.argument("words", metavar="[WORD]…", nargs=-1)
@_AT
@_ONE_PURPOSE
@click.option("--sort", "order", metavar="S", default="name", help="name, key or balance. Default: name.")
@click.option("--falling", is_flag=True, help="The last, or the largest balance, first.")
@click.option("--zero/--no-zero", "include_zero", default=True, help="With those that are owed and owe nothing.")
@json_option
@click.pass_obj
def list_parties(session: Session, /, words: tuple[str, ...], at: str | None, as_json: bool, **choice: Any) -> None:
    """List the parties with what each is owed, on any day; those in whose key or name each WORD is found."""
    day = optional_date(at)
    ledger = session.for_reading()
    found = ledger.party_balances(at=day, words=" ".join(words), **choice)
    if as_json:
        print_json({"at": None if day is None else day.isoformat(), "parties": [balances_shape(one) for one in found]})
        return
    if not found:
        print_lines(["No parties are found." if words else "No parties yet: `party add KEY` adds one."])
        return
    formats = session.formats(ledger)
    print_lines(table(_LIST_COLUMNS, [row for one in found for row in _list_rows(one, formats)]))
    note_later(ledger, day)


@party_command.command("show")
@click.argument("party", metavar="KEY")
@_AT
@json_option
@click.pass_obj
def show_party(session: Session, /, party: str, at: str | None, as_json: bool) -> None:
    """Show all there is of KEY: who it is, its accounts, what it is owed."""
    day = optional_date(at)
    ledger = session.for_reading()
    found = ledger.party(party)
    accounts, owed = ledger.party_accounts(found), ledger.party_balance(found, at=day)
    if as_json:
        figures = balances_shape(_as_balance(found, owed))
        print_json({**party_shape(found), **figures, "accounts": [account_shape(one) for one in accounts]})
        return
    formats = session.formats(ledger)
    said = [(name.replace("_", " "), value) for name, value in party_shape(found).items() if value not in (None, {})]
    said = [(name, _said(value)) for name, value in said]
    said += [("balance", formats.money(one, symbol=True, credit_normal=True)) for one in owed]
    said += [(f"account for {one.purpose}", one.name) for one in accounts]
    width = max(len(name) for name, _ in said)
    print_lines(f"{name.ljust(width)}  {value}" for name, value in said)


@party_command.command("statement")
@click.argument("party", metavar="KEY")
@range_options
@_ONE_PURPOSE
@click.option("--currency", metavar="C", help="Its accounts in this currency. Default: the book's.")
@click.option("--newest-first", is_flag=True, help="The other way round; balances stay the true ones.")
@json_option
@click.pass_obj
def statement(
    session: Session, /, party: str, date_from: str | None, date_to: str | None, as_json: bool, **choice: Any
) -> None:
    """Show how what KEY is owed came about: its postings in date order, each with what it was owed after it."""
    first, last = day_range(date_from, date_to)
    ledger = session.for_reading()
    sheet = ledger.party_sheet(party, date_from=first, date_to=last, **choice)
    if as_json:
        print_json(statement_shape(sheet))
        return
    formats = session.formats(ledger)
    of = sheet.of
    print_lines([" · ".join([of.party.name, of.party.key, *([of.purpose] if of.purpose else []), str(of.currency)])])
    rows = _sheet_rows(sheet, formats)
    print_lines(table(_SHEET_COLUMNS, rows) if rows else ["Nothing was ever posted for it."])


def _moving(name: str, about: str) -> Callable[..., Any]:
    @party_command.command(name, help=about)
    @click.argument("party", metavar="KEY")
    @click.argument("amount", metavar="AMOUNT")
    @_PURPOSE
    @click.option("--against", metavar="ACCOUNT", help="The other side. Default: the adjustments account.")
    @text_options
    @writing_options
    @click.pass_obj
    def command(
        session: Session, /, party: str, amount: str, data: tuple[str, ...], as_json: bool, **asked: Any
    ) -> None:
        ledger = session.for_writing()
        act = {"credit": ledger.party_credit, "debit": ledger.party_debit, "adjust": ledger.party_adjust}[name]
        if name == "adjust" and not asked["memo"]:
            asked["memo"] = None
        posted = act(party, amount, data=pairs(data, "extra data"), **asked)
        owed = ledger.party_balance(party)
        if as_json:
            shape = balances_shape(_as_balance(ledger.party(party), owed))
            print_json({**act_shape(ledger, posted), "party": shape})
            return
        answer_act(session, ledger, posted, as_json)
        print_lines([_owed_line(ledger, party, session.formats(ledger))])

    return command


credit_party = _moving("credit", "Credit KEY with AMOUNT: it is owed more; the other side goes to --against.")
debit_party = _moving("debit", "Debit KEY with AMOUNT: it is owed less; the other side goes to --against.")
adjust_party = _moving(
    "adjust",
    "Credit KEY with an AMOUNT above zero, debit it with one below; without --memo that of the setting"
    " adjustment_memo.",
)

_LIST_COLUMNS = [
    Column("Key", stretch=True),
    Column("Party", stretch=True),
    Column("Balance", right=True),
    Column(""),
    Column(""),
]
_SHEET_COLUMNS = [
    Column("Date"),
    Column("No.", right=True),
    Column("Memo", stretch=True),
    Column("Against", stretch=True),
    Column("Amount", right=True),
    Column("Balance", right=True),
]


def _list_rows(one: PartyBalance, formats: Formats) -> list[tuple[str, ...]]:
    """A row for each currency, key and name on the first."""
    heads = [(one.key, one.name), *(("", "") for _ in one.balances[1:])]
    marks = ["" if one.active else "inactive", *("" for _ in one.balances[1:])]
    return [
        (*head, formats.money(owed, credit_normal=True), str(owed.currency), mark)
        for head, owed, mark in zip(heads, one.balances, marks, strict=True)
    ]


def _sheet_rows(sheet: PartySheet, formats: Formats) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            formats.date_column(row.date),
            str(row.transaction),
            " · ".join(text for text in (row.payee, row.memo) if text),
            ", ".join(row.counter_accounts),
            formats.money(row.change, credit_normal=True),
            formats.money(row.balance, credit_normal=True),
        )
        for row in sheet
    ]
    if sheet.date_from is None:
        return rows
    day, owed = formats.date_column(sheet.date_from), formats.money(sheet.opening_balance, credit_normal=True)
    opening = (day, "", "Opening balance", "", "", owed)
    return [*rows, opening] if sheet.newest_first else [opening, *rows]


def _owed_line(ledger: Ledger, party: str, formats: Formats) -> str:
    found = ledger.party(party)
    owed = [formats.money(one, symbol=True, credit_normal=True) for one in ledger.party_balance(found)]
    return f"  {found.name} is owed {', '.join(owed)}"


def _as_balance(party: Party, owed: Any) -> PartyBalance:
    from tui_ledger.ledger import PartyBalance

    return PartyBalance(party.id, party.key, party.name, party.active, owed)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(f"{name}={one}" for name, one in value.items()) if isinstance(value, dict) else str(value)


def _answer(party: Party, act: str, as_json: bool) -> None:
    if as_json:
        print_json(party_shape(party))
    else:
        print_lines([f"{act} {party.key} ({party.name}{'' if party.active else ', inactive'})."])
