"""The command `party`: add, edit, delete, list, show, credit, debit, adjust; what it reports is in `party_reports`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.acts import answer_act
from tui_ledger.cli.in_words import yes_or_no
from tui_ledger.cli.options import json_option, pairs, text_options, writing_options
from tui_ledger.cli.pages import asked_page, page_of, page_options
from tui_ledger.cli.party_reports import statement, statistics
from tui_ledger.cli.party_shapes import balances_shape, party_shape
from tui_ledger.cli.reading import note_later
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.shapes import account_shape, act_shape
from tui_ledger.cli.tables import Column, named_lines, table
from tui_ledger.dates import optional_date
from tui_ledger.errors import InvalidOptions
from tui_ledger.money import Money, is_plain_number, parse_units
from tui_ledger.words import N_, NP_, Said, Word, _, listed

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, Party, PartyBalance
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
_COMMISSIONS = click.option(
    "--commissions/--no-commissions", default=None, help="Whether it may be paid for what those spend whom it brought."
)
_DATA = click.option("--data", metavar="K=V", multiple=True, help="Extra data; may be repeated.")
_PURPOSE = click.option("--purpose", metavar="P", default="default", help="Which of its accounts: default, bonus, …")
_CURRENCY = click.option("--currency", metavar="C", help="The amount's, as in '1 USD'. Default: that of its account.")
_CODE = re.compile(r"[A-Z][A-Z0-9._-]{0,23}")
_ONE_PURPOSE = click.option("--purpose", metavar="P", help="Only its accounts for this purpose.")
_AT = click.option("--at", metavar="D", help="At the end of this day. Default: every posting counts.")


@party_command.command("add")
@click.argument("party", metavar="KEY")
@_NAME
@_REFERRED
@_ACTIVE
@_COMMISSIONS
@_DATA
@writing_options
@click.pass_obj
def add_party(
    session: Session,
    /,
    party: str,
    active: bool | None,
    commissions: bool | None,
    data: tuple[str, ...],
    as_json: bool,
    **options: Any,
) -> None:
    """Add the party KEY, which is what it is called by and never changes."""
    ledger = session.for_writing()
    kept: dict[str, Any] = {**pairs(data, N_("extra data")), **({"commissions": True} if commissions else {})}
    added = ledger.add_party(party, active=active is not False, data=kept, **options)
    _answer(added, _ADDED, as_json)


@party_command.command("edit")
@click.argument("party", metavar="KEY")
@_NAME
@_REFERRED
@_ACTIVE
@_COMMISSIONS
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
        kept = {**ledger.party(party).data, **pairs(data, N_("extra data"))}
        changes["data"] = {name: value for name, value in kept.items() if value != ""}
    if not changes:
        raise InvalidOptions(
            reason=Said("Nothing was said to change in {party!r}: give an option such as --name.", party=party)
        )
    _answer(ledger.edit_party(party, key=key, actor=actor, **changes), _CHANGED, as_json)


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
        print_lines([_("Deleted {name}.").format(name=party)])


@party_command.command("list")
@click.argument("words", metavar="[WORD]…", nargs=-1)
@_AT
@_ONE_PURPOSE
@click.option(
    "--sort",
    metavar="S",
    default="name",
    help="name, key or balance, the largest first; -name, -key, -balance the other way round. Default: name.",
)
@click.option("--falling", is_flag=True, help="The last name or key, or the largest balance, first.")
@click.option("--zero/--no-zero", "include_zero", default=True, help="With those that are owed and owe nothing.")
@page_options
@json_option
@click.pass_obj
def list_parties(
    session: Session,
    /,
    words: tuple[str, ...],
    at: str | None,
    sort: str,
    falling: bool,
    page: str | None,
    page_size: str | None,
    as_json: bool,
    **choice: Any,
) -> None:
    """List the parties with what each is owed, on any day; those in whose key or name each WORD is found."""
    day = optional_date(at)
    ledger = session.for_reading()
    order, is_falling = _order(sort, falling)
    found = ledger.party_balances(at=day, words=" ".join(words), order=order, falling=is_falling, **choice)
    of_list = page_of(asked_page(ledger, page, page_size), len(found))
    if of_list is not None:
        found = found[of_list.lines]
    if as_json:
        shapes = [balances_shape(one) for one in found]
        paged = {} if of_list is None else of_list.shape()
        print_json({"at": None if day is None else day.isoformat(), "parties": shapes, **paged})
        return
    formats = session.formats(ledger)
    if not found:
        print_lines([_why_none(ledger, words, day, formats)])
        return
    print_lines(table(_LIST_COLUMNS, [row for one in found for row in _list_rows(one, formats)]))
    if of_list is not None:
        of_list.say()
    note_later(ledger, day)


def _order(sort: str, falling: bool) -> tuple[str, bool]:
    """What the list goes by, and whether it falls: balances do unless a minus turns them, as in `report parties`."""
    order, is_turned = sort.removeprefix("-"), sort.startswith("-")
    if order == "balance" and is_turned and falling:
        raise InvalidOptions(reason=N_("--falling is the largest balance first, -balance the smallest: give one."))
    return order, falling or (order == "balance") != is_turned


def _why_none(ledger: Ledger, words: tuple[str, ...], day: date | None, formats: Formats) -> str:
    """Why the list is empty: nobody is called so, nobody is owed anything, or there is nobody."""
    if words:
        return _("No parties are found.")
    if not ledger.parties():
        return _("No parties yet: `party add KEY` adds one.")
    if day is None:
        return _("Nobody is owed anything, and nobody owes anything.")
    return _("Nobody is owed anything at {day}, and nobody owes anything.").format(day=formats.date(day))


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
    shape = party_shape(found)
    shape["data"] = {name: value for name, value in shape["data"].items() if name != "commissions" or value is not True}
    shape["commissions"] = shape["commissions"] or None
    said = [(_(_LABELS[name]), _said(value)) for name, value in shape.items() if value not in (None, {})]
    said += [(_("balance"), formats.money(one, symbol=True, credit_normal=True)) for one in owed]
    said += [(_("account for {purpose}").format(purpose=one.purpose), one.name) for one in accounts]
    print_lines(named_lines(said, gap=2))


_LABELS = {
    "key": NP_("party", "key"),
    "name": N_("name"),
    "referred_by": N_("referred by"),
    "active": N_("active"),
    "commissions": N_("commissions"),
    "data": N_("data"),
}


def _moving(name: str, about: Word) -> Callable[..., Any]:
    @party_command.command(name, help=about)
    @click.argument("party", metavar="KEY")
    @click.argument("amount", metavar="AMOUNT")
    @_PURPOSE
    @_CURRENCY
    @click.option("--against", metavar="ACCOUNT", help="The other side. Default: the adjustments account.")
    @text_options
    @writing_options
    @click.pass_obj
    def command(
        session: Session,
        /,
        party: str,
        amount: str,
        currency: str | None,
        data: tuple[str, ...],
        as_json: bool,
        **asked: Any,
    ) -> None:
        ledger = session.for_writing()
        act = {"credit": ledger.party_credit, "debit": ledger.party_debit, "adjust": ledger.party_adjust}[name]
        if name == "adjust" and not asked["memo"]:
            asked["memo"] = None
        posted = act(party, _amount(ledger, amount, currency), data=pairs(data, N_("extra data")), **asked)
        owed = ledger.party_balance(party)
        if as_json:
            shape = balances_shape(_as_balance(ledger.party(party), owed))
            print_json({**act_shape(ledger, posted), "party": shape})
            return
        answer_act(session, ledger, posted, as_json)
        print_lines([_owed_line(ledger, party, session.formats(ledger))])

    return command


def _amount(ledger: Ledger, typed: str, code: str | None) -> Money | str:
    """An amount with the currency that was said, by --currency or behind it as in `1 USD`; the text where none was."""
    number, _blank, behind = typed.strip().rpartition(" ")
    if not (is_plain_number(number.strip()) and _CODE.fullmatch(behind)):
        number, behind = typed, ""
    if code is not None and behind and behind != code:
        reason = Said("The amount is in {one} and --currency says {other}: give one.", one=behind, other=code)
        raise InvalidOptions(reason=reason)
    wanted = code if code is not None else behind
    if not wanted:
        return typed
    currency = ledger.currency_of(wanted)
    return Money(parse_units(number.strip(), currency), currency)


party_command.add_command(statement)
party_command.add_command(statistics)

credit_party = _moving("credit", N_("Credit KEY with AMOUNT: it is owed more; the other side goes to --against."))
debit_party = _moving("debit", N_("Debit KEY with AMOUNT: it is owed less; the other side goes to --against."))
adjust_party = _moving(
    "adjust",
    N_(
        "Credit KEY with an AMOUNT above zero, debit it with one below; without --memo that of the setting"
        " adjustment_memo."
    ),
)

_LIST_COLUMNS = [
    Column(NP_("party", "Key"), stretch=True),
    Column(N_("Party"), stretch=True),
    Column(N_("Balance"), right=True),
    Column(""),
    Column(""),
]


def _list_rows(one: PartyBalance, formats: Formats) -> list[tuple[str, ...]]:
    """A row for each currency, key and name on the first."""
    heads = [(one.key, one.name), *(("", "") for _ in one.balances[1:])]
    marks = ["" if one.active else _("inactive"), *("" for _ in one.balances[1:])]
    return [
        (*head, formats.money(owed, credit_normal=True), str(owed.currency), mark)
        for head, owed, mark in zip(heads, one.balances, marks, strict=True)
    ]


def _owed_line(ledger: Ledger, party: str, formats: Formats) -> str:
    found = ledger.party(party)
    owed = [formats.money(one, symbol=True, credit_normal=True) for one in ledger.party_balance(found)]
    return "  " + _("{party} is owed {amounts}").format(party=found.name, amounts=listed(owed))


def _as_balance(party: Party, owed: Any) -> PartyBalance:
    from tui_ledger.ledger import PartyBalance

    return PartyBalance(party.id, party.key, party.name, party.active, owed)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    return ", ".join(f"{name}={one}" for name, one in value.items()) if isinstance(value, dict) else str(value)


_ADDED = (N_("Added {key} ({name})."), N_("Added {key} ({name}, inactive)."))
_CHANGED = (N_("Changed {key} ({name})."), N_("Changed {key} ({name}, inactive)."))
"""What is said of a party that is active, and of one that is not."""


def _answer(party: Party, said: tuple[Word, Word], as_json: bool) -> None:
    if as_json:
        print_json(party_shape(party))
    else:
        print_lines([_(said[not party.active]).format(key=party.key, name=party.name)])
