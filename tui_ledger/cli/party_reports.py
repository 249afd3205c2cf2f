"""The commands `party statement` and `party statistics`: how what a party is owed came about, and month by month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.account_names import short_accounts
from tui_ledger.cli.options import json_option, range_options
from tui_ledger.cli.pages import Page, asked_page, page_of, page_options
from tui_ledger.cli.party_shapes import statement_shape, statistics_shape
from tui_ledger.cli.reading import day_range
from tui_ledger.cli.report_files import chosen_format, words_for
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Session, print_json, print_lines, print_note
from tui_ledger.cli.tables import Column, table
from tui_ledger.errors import InvalidOptions
from tui_ledger.words import N_, NP_, Word, _, listed

if TYPE_CHECKING:
    from tui_ledger.ledger import Ledger, PartySheet, SheetPosting
    from tui_ledger.locale.formats import Formats
    from tui_ledger.reports.columns import Range

_PERIOD = click.option(
    "--period", metavar="P", help="this-month, last-month, this-quarter, this-year, last-year, 2026-03, 2026-Q1 …"
)
_PURPOSE = click.option("--purpose", metavar="P", help="Only its accounts for this purpose.")
_CURRENCY = click.option("--currency", metavar="C", help="Its accounts in this currency. Default: the book's.")
_FORMAT = click.option("--format", "form", metavar="F", help="text, json, csv, html or xlsx. Default: text.")
_OUTPUT = click.option("-o", "--output", metavar="FILE", help="Where it is written. Default: the terminal.")


@click.command("statement", cls=LedgerCommand)
@click.argument("party", metavar="KEY")
@range_options
@_PERIOD
@_PURPOSE
@_CURRENCY
@click.option("--newest-first", is_flag=True, help="The other way round; balances stay the true ones.")
@page_options
@_FORMAT
@_OUTPUT
@json_option
@click.pass_obj
def statement(
    session: Session,
    /,
    party: str,
    date_from: str | None,
    date_to: str | None,
    period: str | None,
    form: str | None,
    output: str | None,
    page: str | None,
    page_size: str | None,
    as_json: bool,
    **choice: Any,
) -> None:
    """Show how what KEY is owed came about: its postings in date order, each with what it was owed after it.

    Both ends of a range are in it, and it begins with what was owed before. As CSV, HTML or a workbook: --format, or -o
    FILE by its ending.
    """
    chosen = chosen_format(form, output, as_json)
    ledger = session.for_reading()
    first, last = _days(ledger, date_from, date_to, period)
    asked = asked_page(ledger, page, page_size)
    if chosen not in ("text", "json") or output is not None:
        if asked is not None:
            raise InvalidOptions(reason=N_("--page is for what is shown: a file has all lines."))
        _deliver(session, ledger, party, (first, last), chosen, output, choice)
        return
    sheet = ledger.party_sheet(party, date_from=first, date_to=last, **choice)
    of_sheet = page_of(asked, len(sheet))
    rows = list(sheet) if of_sheet is None else sheet.rows(of_sheet.lines.start, of_sheet.lines.stop)
    if chosen == "json":
        print_json({**statement_shape(sheet, rows), **({} if of_sheet is None else of_sheet.shape())})
        return
    formats = session.formats(ledger)
    _print_sheet(sheet, rows, of_sheet, formats)
    _note_other_currencies(ledger, sheet, formats)


@click.command("statistics", cls=LedgerCommand)
@click.argument("party", metavar="[KEY]", required=False)
@range_options
@_PERIOD
@_PURPOSE
@click.option("--by", metavar="G", help="By account, party, payee, tag or data:KEY in place of months.")
@_FORMAT
@_OUTPUT
@json_option
@click.pass_obj
def statistics(
    session: Session,
    /,
    party: str | None,
    date_from: str | None,
    date_to: str | None,
    period: str | None,
    purpose: str | None,
    by: str | None,
    form: str | None,
    output: str | None,
    as_json: bool,
) -> None:
    """Show what KEY, or every party together, was debited and credited month by month, with counts.

    Without a range all months that have postings. `--by party` compares them.
    """
    from tui_ledger.cli.table_reports import deliver_table
    from tui_ledger.reports import statistics as report

    chosen = chosen_format(form, output, as_json)
    ledger = session.for_reading()
    days = _statistics_days(ledger, party, *_days(ledger, date_from, date_to, period))
    made = report.statistics(
        ledger, days, by=by, party=party, purpose=purpose, of_parties=True, translate=words_for(chosen)
    )
    if chosen == "json" and output is None:
        print_json(statistics_shape(made, party, purpose))
    else:
        deliver_table(session, ledger, made, chosen, output)


def _days(
    ledger: Ledger, date_from: str | None, date_to: str | None, period: str | None
) -> tuple[date | None, date | None]:
    """First and last day of a range or of a named period; raises InvalidOptions where both are said."""
    if period is None:
        return day_range(date_from, date_to)
    if date_from is not None or date_to is not None:
        raise InvalidOptions(reason=N_("--period says both days: give it without --from and --to."))
    from tui_ledger.reports.presets import preset_days

    found = preset_days(period, ledger.today, ledger.fiscal_year)
    return found.first, found.last


def _deliver(
    session: Session,
    ledger: Ledger,
    party: str,
    days: tuple[date | None, date | None],
    form: str,
    output: str | None,
    choice: dict[str, Any],
) -> None:
    from tui_ledger.cli.table_reports import deliver_table
    from tui_ledger.reports.statement import days_of_party, statement

    span = days_of_party(ledger, party, *days)
    made = statement(ledger, party, span, **choice, translate=words_for(form))
    deliver_table(session, ledger, made, form, output)


def _statistics_days(ledger: Ledger, party: str | None, first: date | None, last: date | None) -> Range:
    """The days of a range; an open end lies where the postings begin or end."""
    from tui_ledger.reports.columns import Range
    from tui_ledger.reports.statement import days_of_party

    if party is not None:
        return days_of_party(ledger, party, first, last)
    journal = ledger.journal_window()
    ends = [date.fromisoformat(key[0]) for at in (0, len(journal) - 1) for key in journal.keys(at, at + 1)]
    begin = first or min([*ends, last or ledger.today])
    return Range(begin, last or max([*ends, begin, ledger.today]))


def _print_sheet(sheet: PartySheet, postings: list[SheetPosting], page: Page | None, formats: Formats) -> None:
    of = sheet.of
    print_lines([" · ".join([of.party.name, of.party.key, *([of.purpose] if of.purpose else []), str(of.currency)])])
    rows = _sheet_rows(sheet, postings, page, formats)
    print_lines(table(_SHEET_COLUMNS, rows) if rows else [_("Nothing was ever posted for it.")])
    if page is not None:
        page.say()


def _note_other_currencies(ledger: Ledger, sheet: PartySheet, formats: Formats) -> None:
    """Says what the party is owed in the currencies whose sheet this is not."""
    of = sheet.of
    held = ledger.party_balance(of.party, at=sheet.date_to, purpose=of.purpose)
    others = [one for one in held if one and one.currency != of.currency]
    if others:
        amounts = listed(formats.money(one, symbol=True, credit_normal=True) for one in others)
        said = _("In other currencies it is owed {amounts}: --currency {code} shows how that came about.")
        print_note(said.format(amounts=amounts, code=others[0].currency))


_SHEET_COLUMNS = [
    Column(N_("Date")),
    Column(NP_("number", "No."), right=True),
    Column(N_("Memo"), stretch=True),
    Column(N_("Against"), stretch=True, shorten=short_accounts),
    Column(N_("Amount"), right=True),
    Column(N_("Balance"), right=True),
]


def _sheet_rows(
    sheet: PartySheet, postings: list[SheetPosting], page: Page | None, formats: Formats
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            formats.date_column(row.date),
            str(row.transaction),
            " · ".join(text for text in (row.payee, row.memo) if text),
            listed(_(one) if isinstance(one, Word) else one for one in row.counter_accounts),
            formats.money(row.change, credit_normal=True),
            formats.money(row.balance, credit_normal=True),
        )
        for row in postings
    ]
    opening: list[tuple[str, ...]] = []
    if sheet.date_from is not None:
        day, owed = formats.date_column(sheet.date_from), formats.money(sheet.opening_balance, credit_normal=True)
        opening = [(day, "", _("Opening balance"), "", "", owed)]
    if not rows and not opening:
        return []
    came = formats.money(sheet.closing_balance - sheet.opening_balance, credit_normal=True)
    last = "" if sheet.date_to is None else formats.date_column(sheet.date_to)
    owed = formats.money(sheet.closing_balance, credit_normal=True)
    total, closing = ("", "", _("Total"), "", came, ""), (last, "", _("Closing balance"), "", "", owed)
    before, after = ([closing, total], opening) if sheet.newest_first else (opening, [total, closing])
    is_last = page is None or page.number == page.pages
    return [*(before if page is None or page.is_first else ()), *rows, *(after if is_last else ())]
