"""The commands `currency` (list, add, digits) and `price` (list, add, remove, import)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import json_option, whole_number, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Progress, Session, print_json, print_lines
from tui_ledger.cli.tables import Column, table
from tui_ledger.dates import optional_date
from tui_ledger.words import N_, NP_, _, ngettext

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, Price
    from tui_ledger.money import Currency


@click.group("currency", cls=LedgerGroup)
def currency_command() -> None:
    """List and add currencies, and give them more digits."""


@currency_command.command("list")
@json_option
@click.pass_obj
def list_currencies(session: Session, /, as_json: bool) -> None:
    """List the currencies of the book with their digits and latest prices in the book's currency."""
    ledger = session.for_reading()
    shapes = [_currency_shape(ledger, one) for one in ledger.currencies()]
    if as_json:
        print_json({"currency": str(ledger.currency), "currencies": shapes})
        return
    columns = [
        Column(NP_("currency", "Code")),
        Column(NP_("currency", "Digits"), right=True),
        Column(N_("Accounts"), right=True),
        Column(_("Worth today in {currency}").format(currency=ledger.currency), right=True),
    ]
    nothing = _("no price")
    rows = [(one["currency"], str(one["digits"]), str(one["accounts"]), one["price"] or nothing) for one in shapes]
    print_lines(table(columns, rows))


@currency_command.command("add")
@click.argument("code", metavar="CODE")
@click.option("--digits", metavar="N", help="Decimals of its smallest unit. Default: ISO 4217's.")
@writing_options
@click.pass_obj
def add_currency(
    session: Session, /, code: str, digits: str | None, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Add CODE, a currency or anything countable, such as GOLD with 4 digits."""
    ledger = session.for_writing()
    wanted = whole_number(digits, N_("number of digits"), least=0)
    _answer(ledger, ledger.add_currency(code, wanted, key=key, actor=actor), as_json)


@currency_command.command("digits")
@click.argument("code", metavar="CODE")
@click.argument("digits", metavar="N")
@writing_options
@click.pass_obj
def set_digits(session: Session, /, code: str, digits: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Keep CODE with N digits from now on, more than before; every figure of the book stays worth what it was."""
    ledger = session.for_writing()
    wanted = whole_number(digits, N_("number of digits"), least=0) or 0
    _answer(ledger, ledger.set_digits(code, wanted, key=key, actor=actor), as_json, is_finer=True)


@click.group("price", cls=LedgerGroup)
def price_command() -> None:
    """Note what currencies are worth in others, and list it."""


@price_command.command("list")
@click.argument("code", metavar="[CODE]", required=False)
@click.option("--in", "in_currency", metavar="C", help="Only prices in this currency.")
@click.option("--at", metavar="D", help="Only the last price of each pair on or before this day.")
@json_option
@click.pass_obj
def list_prices(session: Session, /, code: str | None, in_currency: str | None, at: str | None, as_json: bool) -> None:
    """List the prices noted, of all currencies or of CODE."""
    day = optional_date(at)
    ledger = session.for_reading()
    for known in (code, in_currency):
        if known is not None:
            ledger.currency_of(known)
    found = [one for one in ledger.prices(code, in_currency) if day is None or one.date <= day]
    if day is not None:
        found = list({(one.currency, one.in_currency): one for one in found}.values())
    if as_json:
        print_json({"prices": [_price_shape(one) for one in found]})
        return
    formats = session.formats(ledger)
    columns = [Column(N_("Date")), Column(N_("One")), Column(N_("is worth"), right=True), Column("")]
    rows = [(formats.date_column(one.date), one.currency, format(one.rate, "f"), one.in_currency) for one in found]
    print_lines(table(columns, rows))


@price_command.command("add")
@click.argument("code", metavar="CODE")
@click.argument("rate", metavar="RATE")
@click.argument("in_currency", metavar="[IN]", required=False)
@click.option("--date", metavar="D", help="Default: today.")
@writing_options
@click.pass_obj
def add_price(
    session: Session,
    /,
    code: str,
    rate: str,
    in_currency: str | None,
    date: str | None,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Note that one CODE is worth RATE in IN (the book's currency unless named), on a day.

    \b
        tui-ledger --book shop.ledger price add USD 0.92 EUR --date 2026-01-31
    """
    ledger = session.for_writing()
    day = optional_date(date) or ledger.today
    noted = ledger.add_price(day, code, in_currency or str(ledger.currency), rate, key=key, actor=actor)
    if as_json:
        print_json(_price_shape(noted))
    else:
        said = _("Noted: on {day} one {currency} was worth {rate} {other}.")
        rate_text = format(noted.rate, "f")
        print_lines([said.format(day=noted.date, currency=noted.currency, rate=rate_text, other=noted.in_currency)])


@price_command.command("remove")
@click.argument("code", metavar="CODE")
@click.argument("in_currency", metavar="[IN]", required=False)
@click.option("--date", metavar="D", required=True, help="The day of the price.")
@writing_options
@click.pass_obj
def remove_price(
    session: Session,
    /,
    code: str,
    in_currency: str | None,
    date: str,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Take the price of one day away."""
    ledger = session.for_writing()
    other = in_currency or str(ledger.currency)
    ledger.remove_price(date, code, other, key=key, actor=actor)
    if as_json:
        print_json({"date": date, "currency": code, "in_currency": other, "removed": True})
    else:
        said = _("Removed the price of {currency} in {other} on {day}.")
        print_lines([said.format(currency=code, other=other, day=date)])


@price_command.command("import")
@click.argument("file", metavar="FILE")
@writing_options
@click.pass_obj
def import_prices(session: Session, /, file: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Read prices from FILE, all or none: CSV with the columns date, currency, in_currency, rate, or the P lines of a
    journal."""
    from tui_ledger.importing.prices import import_prices as read_and_write

    with Progress(N_("Importing")) as progress:
        found = read_and_write(session.for_writing(), Path(file), progress=progress, key=key, actor=actor)
    if as_json:
        print_json({"imported": found.imported, "batch": found.batch, "refused": []})
    else:
        said = ngettext("Noted {n} price.", "Noted {n} prices.", found.imported)
        print_lines([said.format(n=found.imported), *map(str, found.notes)])


def _answer(ledger: Ledger, currency: Currency, as_json: bool, *, is_finer: bool = False) -> None:
    digits = currency.digits
    if as_json:
        print_json(_currency_shape(ledger, currency))
        return
    said = (
        ngettext("Kept finer: {currency}, {n} digit.", "Kept finer: {currency}, {n} digits.", digits)
        if is_finer
        else ngettext("Added {currency}, {n} digit.", "Added {currency}, {n} digits.", digits)
    )
    print_lines([said.format(currency=currency, n=digits)])


def _currency_shape(ledger: Ledger, currency: Currency) -> dict[str, Any]:
    price = None if currency == ledger.currency else ledger.price(str(currency), str(ledger.currency))
    return {
        "currency": str(currency),
        "digits": currency.digits,
        "accounts": sum(account.currency == currency for account in ledger.accounts()),
        "price": "1" if currency == ledger.currency else price if price is None else format(price, "f"),
    }


def _price_shape(price: Price) -> dict[str, Any]:
    return {
        "date": price.date.isoformat(),
        "currency": price.currency,
        "in_currency": price.in_currency,
        "rate": format(price.rate, "f"),
    }
