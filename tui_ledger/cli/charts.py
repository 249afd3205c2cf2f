"""The command `charts`: the starter charts of accounts, and the tree of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.in_words import in_words
from tui_ledger.cli.options import json_option
from tui_ledger.cli.root import LedgerCommand, LedgerGroup
from tui_ledger.cli.session import print_json, print_lines, terminal_width
from tui_ledger.cli.tables import Column, table
from tui_ledger.widths import wrap
from tui_ledger.words import N_, _, listed

if TYPE_CHECKING:
    from tui_ledger.charts import OutlineRow, StarterChart

_INDENT = 2


@click.group("charts", cls=LedgerGroup, invoke_without_command=True)
@json_option
@click.pass_context
def charts_command(context: click.Context, /, as_json: bool) -> None:
    """List the starter charts of accounts, or show the tree of one.

    `init BOOK --chart NAME` makes a book with one of them. NAME may be a file of your own, ending in .toml.

    \b
        tui-ledger charts
        tui-ledger charts show skr03
        tui-ledger init shop.ledger --chart skr03
    """
    if context.invoked_subcommand is not None:
        return
    from tui_ledger.charts import charts

    found = charts()
    if as_json:
        print_json({"charts": [chart_shape(one) for one in found]})
        return
    print_lines(_list_lines(found))


@charts_command.command("show", cls=LedgerCommand)
@click.argument("name", metavar="NAME")
@json_option
def show_command(name: str, as_json: bool) -> None:
    """Show the accounts of a starter chart as a tree; NAME may be a file of your own, ending in .toml.

    Behind a name stand the type, where one begins, what the cash flow statement makes of the account (cash, investing,
    financing) and its tax code. Brackets are around headings, which take no postings.

    Beneath the tree stands where the book posts by itself.
    """
    from tui_ledger.charts import find_chart, outline

    chart = find_chart(name)
    if as_json:
        rows = [_row_shape(row) for row in outline(chart)]
        places = {name: place for name, _about, place in _places(chart)}
        statements = chart.settings.get("statements")
        print_json({**chart_shape(chart), "places": places, "statements": statements, "rows": rows})
    else:
        print_lines([*_tree_lines(chart, outline(chart)), *_place_lines(chart)])


def chart_shape(chart: StarterChart) -> dict[str, Any]:
    """A chart as the list has it."""
    return {
        "name": chart.name,
        "title": chart.title,
        "description": chart.description,
        "language": chart.language or None,
        "country": chart.country or None,
        "currency": chart.currency,
        "locale": chart.locale,
        "fiscal_year_start": chart.fiscal_year_start,
        "accounts": chart.count,
    }


def _row_shape(row: OutlineRow) -> dict[str, Any]:
    account = row.account
    return {
        "account": row.name,
        "code": row.code or None,
        "type": str(row.type),
        "depth": row.depth,
        "heading": not row.takes_postings,
        "cash": account is not None and account.cash,
        "statement_line": None if account is None else account.statement_line,
        "tax_code": None if account is None else account.tax_code,
        "attributes": {} if account is None else dict(account.attributes),
    }


def _list_lines(found: Sequence[StarterChart]) -> Iterator[str]:
    """A row a chart, and under it what it is for."""
    from tui_ledger.charts import purpose_of

    columns = [Column(title) for title in (N_("chart"), N_("language"), N_("country"))]
    columns += [Column(N_("accounts"), right=True), Column(N_("title"), stretch=True)]
    rows = [[one.name, one.language, one.country, str(one.count), one.title] for one in found]
    head, rule, *lines = table(columns, rows)
    yield from (head, rule)
    for line, one in zip(lines, found, strict=True):
        yield line
        yield from (f"    {part}" for part in wrap(purpose_of(one), terminal_width() - 4))


def _tree_lines(chart: StarterChart, rows: tuple[OutlineRow, ...]) -> Iterator[str]:
    from tui_ledger.charts import about_chart

    yield from wrap(about_chart(chart), terminal_width())
    width = max((len(row.code) for row in rows), default=0)
    kind = None
    for row in rows:
        if row.type != kind:
            kind = row.type
            yield ""
        label = row.leaf if row.takes_postings else f"[{row.leaf}]"
        said = listed(_remarks(row))
        indent = " " * _INDENT * (row.depth - 1)
        yield f"{row.code:<{width}}  {indent}{label}{f'  · {said}' if said else ''}".rstrip()


def _places(chart: StarterChart) -> Iterator[tuple[str, str, str]]:
    """Where a book posts by itself: (setting, or 'parties'; what it is for; account, or name to open one beneath)."""
    from tui_ledger.ledger.book_settings import KNOWN_SETTINGS
    from tui_ledger.ledger.party_accounts import PARTY_RULES

    for name, value in chart.settings.items():
        if name == PARTY_RULES and isinstance(value, list):
            yield "parties", N_("beneath which name accounts of parties are opened"), value[0]["parent"]
        elif isinstance(value, str) and name in KNOWN_SETTINGS:
            yield name, KNOWN_SETTINGS[name].about, value


def _place_lines(chart: StarterChart) -> Iterator[str]:
    lines = [f"{_(about)}: {place}" for _name, about, place in _places(chart)]
    for line in ["", *lines] if lines else []:
        yield from wrap(line, terminal_width()) or [""]


def _remarks(row: OutlineRow) -> Iterator[str]:
    if row.depth == 1:
        yield in_words(row.type)
    if row.account is None:
        return
    if row.account.cash:
        yield _("cash")
    if row.account.statement_line:
        yield in_words(row.account.statement_line)
    if row.account.tax_code:
        yield row.account.tax_code
