"""Commands about whole books: demo, init."""

from __future__ import annotations

from pathlib import Path

import click

from tui_ledger.cli.options import json_option
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, on_a_terminal, print_json, print_lines
from tui_ledger.cli.tables import named_lines
from tui_ledger.words import _, ngettext


@click.command("demo", cls=LedgerCommand)
@click.option("--to", "folder", metavar="DIR", default="exports", help="Where it is made. Default: exports/")
@click.option("--no-open", is_flag=True, help="Do not open the workbench.")
@json_option
@click.pass_obj
def demo_command(session: Session, /, folder: str, no_open: bool, as_json: bool) -> int | None:
    """Make the demo book of a small shop, anew when it is there; print its balance sheet, write its workbook, and open
    it when there is a terminal."""
    from tui_ledger.cli.export import whole_workbook
    from tui_ledger.cli.report_files import report_lines
    from tui_ledger.demo import DEMO_DAY, make_demo
    from tui_ledger.ledger import Ledger
    from tui_ledger.reports.balance_sheet import balance_sheet
    from tui_ledger.reports.choices import asked_range
    from tui_ledger.reports.report import as_json as report_shape

    book = make_demo(Path(folder).expanduser())
    with Ledger.open(book) as ledger:
        formats = session.formats(ledger)
        report = balance_sheet(ledger, [DEMO_DAY], translate=str if as_json else _)
        workbook = whole_workbook(ledger, asked_range(None, DEMO_DAY, ledger), formats, folder=book.parent).path
        if as_json:
            print_json({"book": str(book), "workbook": str(workbook), "report": report_shape(report)})
        else:
            print_lines(report_lines(report, formats))
            print_lines(["", *named_lines([(_("Book:"), str(book)), (_("Workbook:"), str(workbook))])])
    if no_open or as_json or not on_a_terminal():
        return None
    from tui_ledger.cli.workbench import open_workbench

    return open_workbench(session, str(book))


@click.command("init", cls=LedgerCommand)
@click.argument("book", metavar="BOOK")
@click.option("--currency", metavar="EUR", help="The book's currency, a code of ISO 4217. Default: the chart's.")
@click.option("--chart", metavar="NAME", help="A starter chart of accounts, or a .toml file; see `tui-ledger charts`.")
@click.option("--locale", metavar="L", help="How its figures and dates are written. Default: the chart's.")
@click.option("--fiscal-year-start", metavar="MM-DD", help="Default: the chart's, else 01-01.")
@click.option("--strict", is_flag=True, help="Correct by reversal only.")
@click.option("--actor", metavar="NAME", help="Who acts, for the history. Default: the user of the system.")
@json_option
def init_command(
    book: str,
    currency: str | None,
    chart: str | None,
    locale: str | None,
    fiscal_year_start: str | None,
    strict: bool,
    actor: str | None,
    as_json: bool,
) -> None:
    """Make the new book BOOK; an existing file is never overwritten.

    A starter chart gives it accounts, and a currency, locale and start of the fiscal year where none is given here.

    \b
        tui-ledger init shop.ledger --currency EUR
        tui-ledger init firma.ledger --chart skr03
        tui-ledger init club.ledger --chart ./our-accounts.toml --currency CHF
    """
    from tui_ledger.charts import DEFAULT_YEAR_START, find_chart
    from tui_ledger.ledger import Ledger

    begun = find_chart(chart) if chart is not None else None
    currency = currency or (begun.currency if begun is not None else None)
    if currency is None:
        raise click.UsageError("Missing option '--currency'.")
    locale = locale or (begun.locale if begun is not None else None)
    if locale is not None:
        from tui_ledger.locale.locales import known_locale

        locale = known_locale(locale)
    ledger = Ledger.create(
        book,
        currency,
        strict=strict,
        locale=locale,
        fiscal_year_start=fiscal_year_start or (begun.fiscal_year_start if begun is not None else DEFAULT_YEAR_START),
        accounts=begun.accounts if begun is not None else (),
        settings=begun.settings if begun is not None else {},
        actor=actor,
    )
    with ledger:
        count = len(ledger.accounts())
        if as_json:
            print_json({"book": ledger.place, "currency": str(ledger.currency), "accounts": count})
        else:
            said = ngettext(
                "Made {place} in {currency}, {n} account.", "Made {place} in {currency}, {n} accounts.", count
            )
            print_lines([said.format(place=ledger.place, currency=ledger.currency, n=count)])
