"""The command `tax` (list, set, remove)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.tables import Column, table
from tui_ledger.dates import optional_date, parse_date
from tui_ledger.words import N_, NP_, _

if TYPE_CHECKING:
    from tui_ledger.ledger.taxes import TaxRate


@click.group("tax", cls=LedgerGroup)
def tax_command() -> None:
    """Keep tax codes, their rates from a day on, and the accounts the tax goes to.

    An account says with `account edit A --tax-code CODE` what is posted to it; `post --tax gross` (or net) then splits
    the tax off, and `report tax` shows it.
    """


@tax_command.command("list")
@click.option("--at", metavar="D", help="Only what each code stands for on this day.")
@json_option
@click.pass_obj
def list_rates(session: Session, /, at: str | None, as_json: bool) -> None:
    """List the tax codes with their rates."""
    day = optional_date(at)
    ledger = session.for_reading()
    found = ledger.tax_rates()
    if day is not None:
        found = tuple({one.code: one for one in found if one.date_from <= day}.values())
    if as_json:
        print_json({"tax_rates": [_rate_shape(one) for one in found]})
        return
    formats = session.formats(ledger)
    columns = [
        Column(NP_("tax", "Code")),
        Column(N_("From")),
        Column(N_("Rate"), right=True),
        Column(N_("Tax goes to")),
        Column(N_("Name")),
    ]
    rows = [
        (one.code, formats.date_column(one.date_from), formats.percent(one.rate), one.account or "", one.name or "")
        for one in found
    ]
    print_lines(table(columns, rows))


@tax_command.command("set")
@click.argument("code", metavar="CODE")
@click.argument("rate", metavar="RATE")
@click.option("--account", metavar="A", help="Where the tax goes. Default: where it went before; none for a rate of 0.")
@click.option("--from", "date_from", metavar="D", help="The first day of the rate. Default: today.")
@click.option("--name", metavar="N", help="What it is called. Default: as before.")
@writing_options
@click.pass_obj
def set_rate(
    session: Session,
    /,
    code: str,
    rate: str,
    account: str | None,
    date_from: str | None,
    name: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Let CODE stand for RATE percent from a day on, in place of a rate from that day.

    \b
        tui-ledger --book shop.ledger tax set standard 19 --from 2026-01-01 \\
            --account Liabilities:VAT --name "Standard rate"
    """
    ledger = session.for_writing()
    kept = ledger.set_tax_rate(code, rate, account=account, date_from=date_from, name=name, key=key, actor=actor)
    if as_json:
        print_json(_rate_shape(kept))
        return
    said = (
        _("Set: from {day} on {code} is {rate}%.")
        if kept.account is None
        else _("Set: from {day} on {code} is {rate}%; its tax goes to {account}.")
    )
    rate_text = format(kept.rate, "f")
    print_lines([said.format(day=kept.date_from, code=kept.code, rate=rate_text, account=kept.account)])


@tax_command.command("remove")
@click.argument("code", metavar="CODE")
@click.option("--from", "date_from", metavar="D", required=True, help="The first day of the rate.")
@writing_options
@click.pass_obj
def remove_rate(
    session: Session, /, code: str, date_from: str, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Take the rate of CODE from a day on away; the one before it holds on."""
    ledger, day = session.for_writing(), parse_date(date_from)
    ledger.remove_tax_rate(code, day, key=key, actor=actor)
    if as_json:
        print_json({"code": code, "date_from": day.isoformat(), "removed": True})
    else:
        print_lines([_("Removed the rate of {code} from {day} on.").format(code=code, day=day)])


def _rate_shape(rate: TaxRate) -> dict[str, Any]:
    return {
        "code": rate.code,
        "date_from": rate.date_from.isoformat(),
        "rate": f"{rate.rate:f}",
        "account": rate.account,
        "name": rate.name,
    }
