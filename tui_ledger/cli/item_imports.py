"""The command `import` with a table of balance items: what came in, what was passed over, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_ledger.cli.session import Progress, print_json, print_lines, spoken_for
from tui_ledger.errors import ImportRefused, InvalidSetting
from tui_ledger.words import N_, Word, _, listed, ngettext

if TYPE_CHECKING:
    from datetime import tzinfo

    from tui_ledger.importing.item_import import ChangedItem, ItemImport
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
    from tui_ledger.ledger.values import DEFAULT_PURPOSE

    wanted = ItemOptions(
        currency=options["currency"],
        against=options["against"],
        purpose=options["purpose"] or DEFAULT_PURPOSE,
        rounds=options["rounds"],
        unescapes=options["unescapes"],
        zone=_zone(options["timezone"]),
        decimal_mark=options["decimal_mark"],
        date_order=options["date_order"],
    )
    try:
        with spoken_for(as_json), Progress(N_("Importing")) as progress:
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
        raise InvalidSetting(
            value=name[:60], what=N_("time zone"), advice=N_("write it like Europe/Berlin or UTC")
        ) from None


def _shape(result: ItemImport) -> dict[str, Any]:
    return {
        "imported": result.imported,
        "skipped_duplicates": result.skipped_duplicates,
        "refused": [],
        "differences": [{"line": one.line, "expected": one.expected, "found": one.found} for one in result.differences],
        "changed": [_changed_shape(one) for one in result.changed],
        "batch": result.batch,
        "parties_added": list(result.parties_added),
        "accounts_opened": list(result.accounts_opened),
        "notes": list(result.notes),
    }


def _lines(result: ItemImport, path: Path, *, dry_run: bool) -> Iterator[str]:
    yield _done(result, dry_run=dry_run).format(what=listed(_counts(result)), count=result.skipped_duplicates)
    yield from map(str, result.notes)
    yield from (f"{path}:{one.line}: {_changed(one)}" for one in result.changed[:_LISTED])
    differs = _("the balance is {expected} there, {found} in the book")
    for one in result.differences[:_LISTED]:
        yield f"{path}:{one.line}: {differs.format(expected=one.expected, found=_shown(one.found))}"
    more = max(len(result.differences) - _LISTED, 0) + max(len(result.changed) - _LISTED, 0)
    if more:
        said = ngettext(
            "{n} more lines differ: --json lists them all.", "{n} more lines differ: --json lists them all.", more
        )
        yield said.format(n=more)


_FIELDS = {
    "user": N_("user"),
    "time": N_("time"),
    "message": N_("message"),
    "amount": N_("amount"),
    "balance": N_("balance"),
}


def _changed_shape(changed: ChangedItem) -> dict[str, Any]:
    fields = {name: {"old": old, "new": new} for name, (old, new) in changed.fields.items()}
    return {"line": changed.line, "transaction": changed.transaction, "fields": fields}


def _changed(changed: ChangedItem) -> str:
    """Which fields of an item are others than in its transaction, what they were and what they are."""
    from tui_ledger.importing.refusals import quoted

    each = _("{field} {old}, now {new}")
    fields = (
        each.format(field=_(_FIELDS[name]), old=quoted(old), new=quoted(new))
        for name, (old, new) in changed.fields.items()
    )
    said = "; ".join(fields)
    if not said:
        return _("changed since transaction {number}").format(number=changed.transaction)
    return _("changed since transaction {number}: {fields}").format(number=changed.transaction, fields=said)


def _shown(found: str) -> str:
    return _(found) if isinstance(found, Word) else found


def _done(result: ItemImport, *, dry_run: bool) -> str:
    if result.skipped_duplicates:
        return (
            _("Would import {what}; {count} imported before.")
            if dry_run
            else _("Imported {what}; {count} imported before.")
        )
    return _("Would import {what}.") if dry_run else _("Imported {what}.")


def _counts(result: ItemImport) -> Iterator[str]:
    yield ngettext("{n} item", "{n} items", result.imported).format(n=result.imported)
    added, opened = len(result.parties_added), len(result.accounts_opened)
    if added:
        yield ngettext("{n} new party", "{n} new parties", added).format(n=added)
    if opened:
        yield ngettext("{n} new account", "{n} new accounts", opened).format(n=opened)
