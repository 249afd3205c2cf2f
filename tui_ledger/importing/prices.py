"""How do prices come into a ledger from a file? A table of them, or the P lines of a journal; all or none."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tui_ledger.errors import InvalidOptions, LedgerError
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.importing.refusals import LineRefused, Refusals, quoted
from tui_ledger.importing.source import TextFile, open_text
from tui_ledger.ledger import Ledger, Price
from tui_ledger.ledger.prices import checked_price
from tui_ledger.money import iso_digits
from tui_ledger.text import clean
from tui_ledger.words import Said

Progress = Callable[[int, int], None]
_COLUMNS = ("date", "currency", "in_currency", "rate")
_NEEDED = frozenset(_COLUMNS) - {"in_currency"}


@dataclass(frozen=True, slots=True)
class PriceImport:
    """How many prices a file held, the act that noted them, and how the file was understood."""

    imported: int
    batch: int | None
    notes: tuple[str, ...] = ()


def import_prices(
    ledger: Ledger,
    path: str | Path,
    *,
    progress: Progress | None = None,
    key: str | None = None,
    actor: str | None = None,
) -> PriceImport:
    """Notes the prices of a file in one act; of several for a day the last is kept.

    A table is CSV with the columns date, currency, rate and, unless the prices are in the book's currency, in_currency;
    dates and figures as on the command line. Raises FileNotReadable, ImportRefused with every line that is wrong, and
    InvalidOptions for a journal that holds more than prices.
    """
    source = open_text(Path(path))
    if not _is_table(source):
        return _from_journal(ledger, source.path, progress, key, actor)
    prices = _table(ledger, source)
    if not prices:
        return PriceImport(0, None)
    content = source.digest() if key is not None else None
    written = ledger.post_batch((), prices=prices, label="import-prices", content=content, key=key, actor=actor)
    return PriceImport(len({(one.currency, one.in_currency, one.date) for one in prices}), written.batch)


def _from_journal(
    ledger: Ledger, path: Path, progress: Progress | None, key: str | None, actor: str | None
) -> PriceImport:
    tried = import_journal(ledger, path, dry_run=True)
    if tried.imported or tried.accounts_opened:
        raise InvalidOptions(
            reason=Said(
                "{path} holds more than prices: bring it in with `tui-ledger import`, which notes its prices too.",
                path=clean(str(path)),
            )
        )
    done = import_journal(ledger, path, progress=progress, key=key, actor=actor)
    return PriceImport(done.prices, done.batch, done.notes)


def _is_table(source: TextFile) -> bool:
    first = next((line for line in source.lines() if line.strip()), "")
    return "," in first and not first.startswith("P ")


def _table(ledger: Ledger, source: TextFile) -> list[Price]:
    refusals = Refusals()
    rows = csv.reader(source.lines(), strict=True)
    prices: list[Price] = []
    try:
        columns = _columns(next(rows))
        for row in filter(None, rows):
            _take(ledger, columns, row, rows.line_num, prices, refusals)
    except LineRefused as refused:
        refusals.refuse(rows.line_num, refused.reason)
    except csv.Error as problem:
        refusals.refuse(rows.line_num, Said("this is no CSV ({problem})", problem=problem))
    refusals.raise_if_any(source.path)
    return prices


def _columns(head: list[str]) -> list[str]:
    """The columns a head names; raises LineRefused."""
    names = [name.strip().lower() for name in head]
    unknown = next((name for name in names if name not in _COLUMNS), None)
    if unknown is not None or len(set(names)) < len(names) or not set(names) >= _NEEDED:
        raise LineRefused(
            Said(
                "{head} is not the head of a table of prices: write {columns}",
                head=quoted(",".join(head)),
                columns=",".join(_COLUMNS),
            )
        )
    return names


def _take(
    ledger: Ledger, columns: list[str], row: list[str], line: int, prices: list[Price], refusals: Refusals
) -> None:
    if len(row) != len(columns):
        refusals.refuse(
            line,
            Said("the row has {fields} fields, and the head names {columns}", fields=len(row), columns=len(columns)),
        )
        return
    fields = {name: text.strip() for name, text in zip(columns, row, strict=True)}
    in_currency = fields.get("in_currency") or str(ledger.currency)
    try:
        price = checked_price(fields["date"], fields["currency"], in_currency, fields["rate"])
        for code in (price.currency, price.in_currency):
            if iso_digits(code) is None:
                ledger.currency_of(code)
        prices.append(price)
    except LedgerError as problem:
        refusals.refuse(line, clean(str(problem)).rstrip("."))
