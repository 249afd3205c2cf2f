"""The command `filter`: searches that the book keeps under a name."""

from __future__ import annotations

import click

from tui_ledger.cli.options import json_option, writing_options
from tui_ledger.cli.root import LedgerGroup
from tui_ledger.cli.session import Session, print_json, print_lines
from tui_ledger.cli.tables import Column, table
from tui_ledger.words import N_, _


@click.group("filter", cls=LedgerGroup)
def filter_command() -> None:
    """Keep searches under a name: for `journal --filter NAME`, `report postings --filter NAME` and the filter bar.

    \b
        tui-ledger --book shop.ledger filter save "Paper this year" 'payee:mill year'
        tui-ledger --book shop.ledger journal --filter "Paper this year" 'amount:>100'

    They are settings of the book: recorded, undone, and the same in the workbench.
    """


@filter_command.command("list")
@json_option
@click.pass_obj
def list_filters(session: Session, /, as_json: bool) -> None:
    """List the saved searches."""
    from tui_ledger.ledger.filters import saved_filters

    found = saved_filters(session.for_reading().settings())
    if as_json:
        print_json({"filters": [{"name": name, "query": query} for name, query in found.items()]})
    elif found:
        print_lines(table([Column(N_("Name")), Column(N_("Search"), stretch=True)], list(found.items())))
    else:
        print_lines([_("No searches are saved yet: `filter save NAME QUERY` saves one.")])


@filter_command.command("save")
@click.argument("name", metavar="NAME")
@click.argument("query", metavar="QUERY", nargs=-1, required=True)
@writing_options
@click.pass_obj
def save_filter(
    session: Session, /, name: str, query: tuple[str, ...], key: str | None, actor: str | None, as_json: bool
) -> None:
    """Keep QUERY under NAME, in the place of one that has it."""
    from tui_ledger.ledger import filters

    words = " ".join(query)
    kept = filters.save_filter(session.for_writing(), name, words, key=key, actor=actor)
    if as_json:
        print_json({"name": kept, "query": words.strip()})
    else:
        print_lines([_("Saved {name}: {what}").format(name=kept, what=words.strip())])


@filter_command.command("delete")
@click.argument("name", metavar="NAME")
@writing_options
@click.pass_obj
def delete_filter(session: Session, /, name: str, key: str | None, actor: str | None, as_json: bool) -> None:
    """Delete the saved search NAME."""
    from tui_ledger.ledger import filters

    deleted = filters.delete_filter(session.for_writing(), name, key=key, actor=actor)
    if as_json:
        print_json({"name": deleted, "deleted": True})
    else:
        print_lines([_("Deleted {name}.").format(name=deleted)])
