"""The command `import`."""

from __future__ import annotations

from pathlib import Path

import click

from tui_ledger.cli.options import writing_options
from tui_ledger.cli.root import LedgerCommand
from tui_ledger.cli.session import Progress, Session, print_json, print_lines
from tui_ledger.errors import ImportRefused, InvalidSetting

FORMATS = ("hledger",)


@click.command("import", cls=LedgerCommand)
@click.argument("file", metavar="FILE")
@click.option("--format", "form", metavar="F", help="hledger. Default: told by the file.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and change nothing.")
@writing_options
@click.pass_obj
def import_command(
    session: Session, /, file: str, form: str | None, dry_run: bool, key: str | None, actor: str | None, as_json: bool
) -> None:
    """Read the journal FILE into the book: all of it or nothing. What cannot be read is named with its line."""
    from tui_ledger.importing.detection import looks_like_journal
    from tui_ledger.importing.journal_import import import_journal

    path = Path(file).expanduser()
    if form is not None and form not in FORMATS:
        raise InvalidSetting(value=form, what="import format", advice=f"use one of {', '.join(FORMATS)}")
    ledger = session.for_writing()
    if form is None and not looks_like_journal(path):
        raise InvalidSetting(value=file, what="file of a known format", advice="name its format with --format hledger")
    try:
        with Progress("Importing") as progress:
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
    verb = "Would import" if dry_run else "Imported"
    counts = [(result.imported, "transaction"), (len(result.accounts_opened), "new account"), (result.prices, "price")]
    said = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count or what != "price"]
    print_lines([f"{verb} {', '.join(said)}.", *result.notes])
