"""The command `import`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui_ledger.cli.options import writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Progress, Session, print_json, print_lines, spoken_for
from tui_ledger.errors import ImportRefused, InvalidOptions, InvalidSetting
from tui_ledger.words import N_, Said, _, either, listed, ngettext

if TYPE_CHECKING:
    from tui_ledger.importing.journal_import import ImportResult

FORMATS = ("hledger", "balance-items")


@click.command("import", cls=LedgerCommand)
@click.argument("file", metavar="FILE")
@click.option("--format", "form", metavar="F", help="hledger or balance-items. Default: told by the file.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and change nothing.")
@click.option("--currency", metavar="C", help="Balance items: what they are in. Default: the book's currency.")
@click.option("--against", metavar="ACCOUNT", help="Balance items: the other side. Default: the adjustments account.")
@click.option("--purpose", metavar="P", help="Balance items: which accounts of the parties. Default: default.")
@click.option(
    "--timezone", metavar="Z", help="Balance items: whose days, such as Europe/Berlin. Default: this computer's."
)
@click.option("--decimal-mark", metavar="M", help="Balance items: what stands before decimals, . or , as in 1.450,00.")
@click.option("--date-order", metavar="O", help="Balance items: dmy, mdy or ymd, for days such as 31.01.2026.")
@click.option("--round", "rounds", is_flag=True, help="Balance items: round what is finer than the currency.")
@click.option("--unescape", "unescapes", is_flag=True, help="Balance items: &amp; in messages becomes & again.")
@writing_options
@click.pass_obj
def import_command(
    session: Session,
    /,
    file: str,
    form: str | None,
    dry_run: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
    **of_items: Any,
) -> None:
    """Read FILE into the book: all of it or nothing. What cannot be read is named with its line.

    \b
        hledger        a journal in hledger's format
        balance-items  CSV of credits and debits of users with the balances after them: id, user, time, type
                       (credit or debit), message, amount, balance. Each user becomes a party. What was imported
                       before is passed over; balances that differ from the book's are told line by line.
    """
    from tui_ledger.importing.detection import looks_like_journal
    from tui_ledger.importing.journal_import import import_journal

    path = Path(file).expanduser()
    if form is not None and form not in FORMATS:
        raise InvalidSetting(
            value=form, what=N_("import format"), advice=Said("use one of {names}", names=", ".join(FORMATS))
        )
    ledger = session.for_writing()
    if form == "balance-items" or (form is None and _is_of_items(path)):
        from tui_ledger.cli.item_imports import import_balance_items

        import_balance_items(ledger, path, of_items, dry_run=dry_run, key=key, actor=actor, as_json=as_json)
        return
    if form is None and not looks_like_journal(path):
        advice = Said("name its format with --format {names}", names=either(FORMATS))
        raise InvalidSetting(value=file, what=N_("file of a known format"), advice=advice)
    _refuse_options_of_items(of_items)
    try:
        with spoken_for(as_json), Progress(N_("Importing")) as progress:
            result = import_journal(ledger, path, progress=progress, dry_run=dry_run, key=key, actor=actor)
    except ImportRefused as refusal:
        if as_json:
            refused = [{"line": line, "reason": reason} for line, reason in refusal.refused]
            print_json({"imported": 0, "skipped_duplicates": 0, "refused": refused, "batch": None, "prices": 0})
        else:
            print_lines(f"{path}:{line}: {reason}" for line, reason in refusal.refused)
        raise
    if as_json:
        print_json(
            {
                "imported": result.imported,
                "skipped_duplicates": result.skipped_duplicates,
                "refused": [],
                "batch": result.batch,
                "prices": result.prices,
                "accounts_opened": list(result.accounts_opened),
                "notes": list(result.notes),
            }
        )
        return
    said = _("Would import {what}.") if dry_run else _("Imported {what}.")
    print_lines([said.format(what=listed(_counts(result, session.formats(ledger).count))), *map(str, result.notes)])


def _counts(result: ImportResult, count: Callable[[int], str]) -> Iterator[str]:
    yield ngettext("{n} transaction", "{n} transactions", result.imported).format(n=count(result.imported))
    opened = len(result.accounts_opened)
    yield ngettext("{n} new account", "{n} new accounts", opened).format(n=count(opened))
    if result.prices:
        yield ngettext("{n} price", "{n} prices", result.prices).format(n=count(result.prices))


def _is_of_items(path: Path) -> bool:
    from tui_ledger.importing.balance_items import looks_like_items

    return looks_like_items(path)


def _refuse_options_of_items(options: Mapping[str, Any]) -> None:
    words = {"rounds": "round", "unescapes": "unescape", "decimal_mark": "decimal-mark", "date_order": "date-order"}
    given = next((name for name, value in options.items() if value), None)
    if given is not None:
        raise InvalidOptions(
            reason=Said(
                "--{option} is for balance items: a journal takes no such option.", option=words.get(given, given)
            )
        )
