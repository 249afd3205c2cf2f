"""The command `commission`: on which terms parties earn by those they invited; show, set, off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.in_words import yes_or_no
from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.tables import named_lines
from tui_ledger.errors import InvalidOptions, UnknownAccount
from tui_ledger.words import N_, _, listed

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger

_SETTING = "commission"
_SAID = {
    "percent": N_("percent"),
    "base": N_("of what is posted to"),
    "expense": N_("paid from"),
    "purpose": N_("to the account for"),
    "memo": N_("memo"),
    "once": N_("once for each"),
    "refunds": N_("refunds take it back"),
}


@click.group("commission", cls=LedgerGroup)
def commission_command() -> None:
    """Pay the party that brought another one (`--referred-by`) a part of what that one spends.

    \b
        tui-ledger --book shop.ledger party add bob --commissions
        tui-ledger --book shop.ledger party add ann --referred-by bob
        tui-ledger --book shop.ledger commission set --percent 10 --base Income:Sales
        tui-ledger --book shop.ledger party credit ann 20 --against Assets:Bank
        tui-ledger --book shop.ledger post 'Liabilities:Parties:ann 12.10' 'Income:Sales -10' 'Liabilities:VAT -2.10'

    Once it is set, every transaction is asked for its base when it is posted: from here, in the workbench, by an import
    or a script. The commission is written along with it, and reversed and voided with it; edits change none. Only
    parties that may receive commissions are paid.
    """


@commission_command.command("show")
@json_option
@click.pass_obj
def show_commission(session: Session, /, as_json: bool) -> None:
    """Show the terms, and which parties may receive commissions."""
    _answer(session.for_reading(), as_json)


@commission_command.command("set")
@click.option("--percent", metavar="P", help="0 to 100. Default: 10.")
@click.option(
    "--base",
    metavar="ACCOUNT",
    multiple=True,
    help="What is sold, with sub-accounts; a name, or '{key=value}' for every account with it. May be repeated.",
)
@click.option(
    "--expense",
    metavar="ACCOUNT",
    help="What pays it; opened where missing. Default: as in the setting commission_expense.",
)
@click.option("--purpose", metavar="P", help="Which account of the inviter: default, bonus, …")
@click.option("--memo", metavar="M", help="With {percent}, {base}, {amount}, {party}, {inviter}, {data.KEY}, …")
@click.option("--once", metavar="W", help="One order: by its reference, by data.KEY, or always. Default: reference.")
@click.option("--refunds/--no-refunds", default=None, help="Whether a refund posted by itself takes its part back.")
@writing_options
@click.pass_obj
def set_commission(
    session: Session,
    /,
    base: tuple[str, ...],
    once: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Turn commissions on, or change the terms: what is given replaces what was.

    Of an order that is posted twice under one reference, or with one value of a key of its extra data, compared to the
    letter, the commission is paid once; --once always pays every time. A refund takes back no more than was paid: of
    the sale whose reference or key it has, else of what the inviter got for the payer. A memo names what it stands for
    in braces, {data.order|no order} says what stands there where there is none, and {{ is a brace.
    """
    ledger = session.for_writing()
    changes = {name: value for name, value in given.items() if value is not None}
    if base:
        changes["base"] = [_full_name(ledger, one) for one in base]
    if "expense" in changes:
        changes["expense"] = _full_name(ledger, changes["expense"])
    if once is not None:
        changes["once"] = None if once == "always" else once
    if not changes:
        raise InvalidOptions(reason=N_("Nothing was said to change: give an option such as --base or --percent."))
    ledger.set_setting(_SETTING, _with_defaults(ledger, changes), key=key, actor=actor)
    _answer(ledger, as_json)


@commission_command.command("off")
@writing_options
@click.pass_obj
def end_commission(session: Session, /, key: str | None, actor: str | None, as_json: bool) -> None:
    """Pay no more commissions; what was paid stays, and is still reversed with what it was paid for."""
    ledger = session.for_writing()
    ledger.set_setting(_SETTING, None, key=key, actor=actor)
    _answer(ledger, as_json)


def _with_defaults(ledger: Ledger, changes: dict[str, Any]) -> dict[str, Any]:
    """The whole of the terms as they are kept."""
    from tui_ledger.addons.commission_terms import DEFAULT_EXPENSE, terms_of
    from tui_ledger.ledger.addons import COMMISSION_EXPENSE

    usual = ledger.setting(COMMISSION_EXPENSE, DEFAULT_EXPENSE)
    return terms_of({"expense": usual, **ledger.setting(_SETTING, {}), **changes}).body()


def _full_name(ledger: Ledger, text: str) -> str:
    """An account by its full name where it was called by a code; any other text as it is."""
    if text.lstrip().startswith("{"):
        return text
    try:
        return ledger.account(text).name
    except UnknownAccount:
        return text


def _answer(ledger: Ledger, as_json: bool) -> None:
    terms: dict[str, Any] | None = ledger.setting(_SETTING)
    receivers = [party.key for party in ledger.parties() if party.receives_commissions]
    if as_json:
        print_json({"on": terms is not None, "terms": terms, "receivers": receivers})
        return
    if terms is None:
        print_lines([_("Commissions are off: `commission set --base ACCOUNT` turns them on.")])
        return
    from tui_ledger.addons.commission_terms import terms_of

    said = [(_(label), _written(name, terms_of(terms).body()[name])) for name, label in _SAID.items()]
    said.append((_("receivers"), listed(receivers) or _("nobody yet: `party edit KEY --commissions`")))
    print_lines(named_lines(said, gap=2))


def _written(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    if name == "once":
        return _("posting") if value is None else _("order, by its {key}").format(key=value)
    return ", ".join(value) if isinstance(value, list) else str(value)
