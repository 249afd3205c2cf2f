"""The command `import` with a table of balance items: what came in, what was passed over, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_ledger.cli.session import Progress, print_json, print_lines
from tui_ledger.errors import ImportRefused, InvalidSetting

if TYPE_CHECKING:
    from datetime import tzinfo

    from tui_ledger.importing.item_import import ItemImport
    from tui_ledger.ledger import Ledger

_LISTED = 20


def import_balance_items(
    ledger: Ledger,
    path: Path,
    options: Mapping[str, Any],
    *,
    dry_run: bool,
    key: str | None,
    actor: str | None,
    as_json: bool,
) -> None:
    """Imports a table and says what came of it; `options` are those of the command, by their names."""
    from tui_ledger.importing.item_import import ItemOptions, import_items
    from tui_ledger.ledger.parties import DEFAULT_PURPOSE

    wanted = ItemOptions(
        currency=options["currency"],
        against=options["against"],
        purpose=options["purpose"] or DEFAULT_PURPOSE,
        rounds=options["rounds"],
        unescapes=options["unescapes"],
        zone=_zone(options["timezone"]),
    )
    try:
        with Progress("Importing") as progress:
            result = import_items(ledger, path, wanted, progress=progress, dry_run=dry_run, key=key, actor=actor)
    except ImportRefused as refusal:
        if as_json:
            refused = [{"line": line, "reason": reason} for line, reason in refusal.refused]
            nothing = {"imported": 0, "skipped_duplicates": 0, "refused": refused}
            print_json({**nothing, "differences": [], "changed": [], "batch": None})
        else:
            print_lines(f"{path}:{line}: {reason}" for line, reason in refusal.refused)
        raise
    if as_json:
        print_json(_shape(result))
    else:
        print_lines(_lines(result, path, dry_run=dry_run))


def _zone(name: str | None) -> tzinfo | None:
    if name is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidSetting(value=name[:60], what="time zone", advice="write it like Europe/Berlin or UTC") from None


def _shape(result: ItemImport) -> dict[str, Any]:
    return {
        "imported": result.imported,
        "skipped_duplicates": result.skipped_duplicates,
        "refused": [],
        "differences": [{"line": one.line, "expected": one.expected, "found": one.found} for one in result.differences],
        "changed": [{"line": line, "transaction": number} for line, number in result.changed],
        "batch": result.batch,
        "parties_added": list(result.parties_added),
        "accounts_opened": list(result.accounts_opened),
        "notes": list(result.notes),
    }


def _lines(result: ItemImport, path: Path, *, dry_run: bool) -> Iterator[str]:
    verb = "Would import" if dry_run else "Imported"
    counts = [
        (result.imported, "item"),
        (len(result.parties_added), "new part"),
        (len(result.accounts_opened), "new account"),
    ]
    said = [f"{count} {what}{_ending(what, count)}" for count, what in counts if count or what == "item"]
    skipped = f"; {result.skipped_duplicates} imported before" if result.skipped_duplicates else ""
    yield f"{verb} {', '.join(said)}{skipped}."
    yield from result.notes
    yield from (f"{path}:{line}: changed since transaction {number}" for line, number in result.changed[:_LISTED])
    for one in result.differences[:_LISTED]:
        yield f"{path}:{one.line}: the balance is {one.expected} there, {one.found} in the book"
    more = max(len(result.differences) - _LISTED, 0) + max(len(result.changed) - _LISTED, 0)
    if more:
        yield f"{more} more lines differ: --json lists them all."


def _ending(what: str, count: int) -> str:
    one, many = ("y", "ies") if what.endswith("part") else ("", "s")
    return one if count == 1 else many
