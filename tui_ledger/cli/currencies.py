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
        Column("Code"),
        Column("Digits", right=True),
        Column("Accounts", right=True),
        Column(f"Worth today in {ledger.currency}", right=True),
    ]
    rows = [(one["currency"], str(one["digits"]), str(one["accounts"]), one["price"] or "no price") for one in shapes]
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
    wanted = whole_number(digits, "number of digits", least=0)
    _answer(ledger, ledger.add_currency(code, wanted, key=key, actor=actor), "Added", as_json)


@currency_command.command("digits")
@click.argument("code", metavar="CODE")
@click.argument("digits", metavar="N")
@writing_options
@click.pass_obj
def set_digits(session: Session, /, code: str, digits: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Keep CODE with N digits from now on, more than before; every figure of the book stays worth what it was."""
    ledger = session.for_writing()
    wanted = whole_number(digits, "number of digits", least=0) or 0
    _answer(ledger, ledger.set_digits(code, wanted, key=key, actor=actor), "Kept finer:", as_json)


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
    columns = [Column("Date"), Column("One"), Column("is worth", right=True), Column("")]
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
        print_lines([f"Noted: on {noted.date} one {noted.currency} was worth {noted.rate:f} {noted.in_currency}."])


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
        print_lines([f"Removed the price of {code} in {other} on {date}."])


@price_command.command("import")
@click.argument("file", metavar="FILE")
@writing_options
@click.pass_obj
def import_prices(session: Session, /, file: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Read prices from FILE, all or none: CSV with the columns date, currency, in_currency, rate, or the P lines of a
    journal."""
    from tui_ledger.importing.prices import import_prices as read_and_write

    with Progress("Importing") as progress:
        found = read_and_write(session.for_writing(), Path(file), progress=progress, key=key, actor=actor)
    if as_json:
        print_json({"imported": found.imported, "batch": found.batch, "refused": []})
    else:
        print_lines([f"Noted {found.imported} price{'s' if found.imported != 1 else ''}.", *found.notes])


def _answer(ledger: Ledger, currency: Currency, act: str, as_json: bool) -> None:
    if as_json:
        print_json(_currency_shape(ledger, currency))
    else:
        print_lines([f"{act} {currency}, {currency.digits} digit{'s' if currency.digits != 1 else ''}."])


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
