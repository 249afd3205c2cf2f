"""How do old items with their balances come into a ledger? Read whole first, written as one act, then compared."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from pathlib import Path

from tui_ledger.errors import InvalidCurrency, InvalidSetting
from tui_ledger.importing.balance_items import DATE_ORDERS, DECIMAL_MARKS, ItemReader, OldItem, Reading, is_same_moment
from tui_ledger.importing.pass_reports import PassReports
from tui_ledger.importing.refusals import Refusals, quoted
from tui_ledger.importing.source import TextFile, open_text
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.batches import Progress
from tui_ledger.ledger.parties import checked_purpose
from tui_ledger.ledger.party_batches import PartyItem, Side
from tui_ledger.ledger.values import DEFAULT_PURPOSE, AccountLike
from tui_ledger.money import Currency, Money, check_currency_code, standard_currency, units_to_text
from tui_ledger.text import name_key
from tui_ledger.words import N_, Said, _, either, listed, ngettext

MARK = "balance_item"
"""Where a transaction's extra data has the item it was made from."""

_LINES_BETWEEN_REPORTS = 5_000
_NOTHING_WRITTEN = -(2**62)


@dataclass(frozen=True, slots=True)
class Difference:
    """A line whose stored balance is another than the book's after that item; both as plain text."""

    line: int
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """A line that says something else than when it was imported as a transaction: by field what the book has and what
    the table says now, both as plain text."""

    line: int
    transaction: int
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ItemImport:
    """What an import of items did, or would do (then `batch` is None).

    `changed` are items that say something else than when they were imported; they stay as they were. `notes` say in
    whole sentences what was left out and how things were understood.
    """

    imported: int
    batch: int | None
    skipped_duplicates: int = 0
    differences: tuple[Difference, ...] = ()
    changed: tuple[ChangedItem, ...] = ()
    parties_added: tuple[str, ...] = ()
    accounts_opened: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemOptions:
    """How items come in: the book's currency unless said, the adjustments account on the other side unless said;
    numbers and days plain unless `decimal_mark` ('.' or ',') and `date_order` ('dmy', 'mdy', 'ymd') say how the table
    writes them."""

    currency: str | None = None
    against: AccountLike | None = None
    purpose: str = DEFAULT_PURPOSE
    rounds: bool = False
    unescapes: bool = False
    zone: tzinfo | None = None
    decimal_mark: str | None = None
    date_order: str | None = None


def import_items(
    ledger: Ledger,
    path: str | Path,
    options: ItemOptions | None = None,
    *,
    progress: Progress | None = None,
    dry_run: bool = False,
    key: str | None = None,
    actor: str | None = None,
) -> ItemImport:
    """Brings a table of old items into a ledger as one act, or nothing: each item one transaction of its user's party,
    in the order of the ids; parties and accounts are made on demand.

    Items that were imported before are passed over. Then each balance of the table is compared with the book's, and
    what differs is told, line by line. `progress` is called with (done, total); what it raises stops the import, and
    nothing is imported. With `dry_run` all of it is done and taken back.
    Raises FileNotReadable, ImportRefused (every line that cannot be imported is in its `refused`), BookReadOnly.
    """
    wanted = options or ItemOptions()
    source = open_text(Path(path))
    reading = Reading(
        _currency(ledger, wanted.currency),
        wanted.rounds,
        wanted.unescapes,
        wanted.zone,
        checked_purpose(wanted.purpose),
        _one_of(wanted.decimal_mark, DECIMAL_MARKS, N_("decimal mark")),
        _one_of(wanted.date_order, DATE_ORDERS, N_("order of a date")),
    )
    work = _Import(ledger, source, reading, wanted, PassReports(progress, source.line_count(), _LINES_BETWEEN_REPORTS))
    if not dry_run:
        with ledger.write():
            return work.run(key, actor)
    with suppress(_TakenBack), ledger.write():
        found = work.run(None, actor)
        raise _TakenBack
    return replace(found, batch=None)


def _one_of(value: str | None, choices: tuple[str, ...], what: str) -> str | None:
    if value is not None and value not in choices:
        named = either(quoted(one) for one in choices)
        raise InvalidSetting(value=value[:60], what=what, advice=Said("use {names}", names=named))
    return value


class _TakenBack(Exception):
    """Ends a write of which nothing is to stay."""


@dataclass(slots=True)
class _Survey:
    """What the first pass found, each item at its place among those that count: which line it stands in, its stored
    balance in minor units; memory stays small however many there are."""

    places: dict[tuple[str, str], int] = field(default_factory=dict)
    lines: array[int] = field(default_factory=lambda: array("q"))
    last_lines: array[int] = field(default_factory=lambda: array("q"))
    balances: array[int] = field(default_factory=lambda: array("q"))
    inexact: dict[int, str] = field(default_factory=dict)
    sides: dict[Side, None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    is_in_order: bool = True
    new: int = 0
    skipped: int = 0
    changed: list[ChangedItem] = field(default_factory=list)
    zero: tuple[int, int] = (0, 0)
    negative: tuple[int, int] = (0, 0)
    last_order: tuple[int, int] | None = None


class _Import:
    """One import, pass by pass."""

    def __init__(
        self, ledger: Ledger, source: TextFile, reading: Reading, options: ItemOptions, report: PassReports
    ) -> None:
        self._ledger = ledger
        self._source = source
        self._reading = reading
        self._options = options
        self._report = report
        self._refusals = Refusals()
        self._reader = ItemReader(source, reading, self._refusals)
        self._known: dict[tuple[str, str], tuple[int, str]] = {}
        self._keys = {name_key(party.key): party.key for party in ledger.parties()}

    def run(self, key: str | None, actor: str | None) -> ItemImport:
        """The whole import, within a write."""
        ledger, options = self._ledger, self._options
        self._known = dict(self._imported_before())
        parties = {party.key for party in ledger.parties()}
        survey = self._surveyed()
        self._refusals.raise_if_any(self._source.path)
        batch: int | None = None
        opened: tuple[str, ...] = ()
        if survey.new:
            written = ledger.post_party_items(
                self._items(survey),
                survey.sides,
                currency=str(self._reading.currency),
                against=options.against,
                names=survey.names,
                total=survey.new,
                progress=self._report.written,
                content=[self._source.digest(), str(self._reading.currency), options.against, self._reading.purpose],
                key=key,
                actor=actor,
            )
            batch = written.batch
            opened = tuple(account.name for account in written.accounts_opened)
        added = tuple(party.key for party in ledger.parties() if party.key not in parties)
        return ItemImport(
            imported=survey.new,
            batch=batch,
            skipped_duplicates=survey.skipped,
            differences=tuple(self._differences(survey)),
            changed=tuple(survey.changed),
            parties_added=added,
            accounts_opened=opened,
            notes=tuple(_notes(survey, self._reader.passed_over)),
        )

    def _imported_before(self) -> Iterator[tuple[tuple[str, str], tuple[int, str]]]:
        """By purpose and id the number of the transaction and the digest of the item it was made from."""
        for kept in self._ledger.kept_items(MARK):
            key = _key_of(kept.content)
            if key is not None:
                yield key, (kept.number, str(kept.content.get("digest", "")))

    def _surveyed(self) -> _Survey:
        survey, closed = _Survey(), self._ledger.closed_through
        inactive = {party.key for party in self._ledger.parties() if not party.active}
        for item in map(self._as_called, self._reader.items()):
            self._report.read(item.line)
            self._survey(survey, item, closed, inactive)
        return survey

    def _survey(self, survey: _Survey, item: OldItem, closed: date | None, inactive: set[str]) -> None:
        known = survey.places.get(item.key)
        if known is not None:
            self._refusals.refuse(
                item.line,
                Said("the id {id} stands in line {line} already", id=quoted(item.id), line=survey.lines[known]),
            )
            return
        survey.places[item.key] = len(survey.lines)
        survey.lines.append(item.line)
        survey.last_lines.append(item.last_line)
        survey.balances.append(_NOTHING_WRITTEN if item.balance is None else item.balance.units)
        if not item.is_exact:
            survey.inexact[len(survey.lines) - 1] = item.written_balance
        order = _order(item.id, item.line)
        survey.is_in_order &= survey.last_order is None or survey.last_order < order
        survey.last_order = order
        before = self._known.get(item.key)
        if before is not None:
            survey.skipped += 1
            survey.changed += [self._changed(item, before[0])] if before[1] != item.digest else []
        elif not item.amount:
            survey.zero = survey.zero[0] + 1, survey.zero[1] or item.line
        else:
            self._refuse_unfit(item, closed, inactive)
            survey.new += 1
            survey.sides[item.user, item.purpose] = None
            if item.name is not None:
                survey.names.setdefault(item.user, item.name)
            if item.is_negative:
                survey.negative = survey.negative[0] + 1, survey.negative[1] or item.line

    def _changed(self, item: OldItem, number: int) -> ChangedItem:
        """What an item says now beside what the book has of it, in the fields where they differ."""
        kept = self._ledger.transaction(number)
        content = kept.data[MARK]
        amount = next((-line.amount for line in kept.postings if self._ledger.account(line.account).party), None)
        had = {
            "user": str(content.get("user", "")),
            "time": str(content.get("time", "")),
            "message": kept.memo,
            "amount": "" if amount is None else units_to_text(amount.units, amount.currency.digits),
            "balance": str(content.get("balance", "")),
        }
        said = {
            "user": item.user,
            "time": item.moment,
            "message": item.message,
            "amount": units_to_text(item.amount.units, item.amount.currency.digits),
            "balance": item.written_balance,
        }
        fields = {name: (had[name], said[name]) for name in had if had[name] != said[name]}
        if "time" in fields and is_same_moment(*fields["time"]):
            del fields["time"]
        return ChangedItem(item.line, number, fields)

    def _as_called(self, item: OldItem) -> OldItem:
        """The item with the key its user's party has, however the table writes it."""
        key = self._keys.setdefault(name_key(item.user), item.user)
        return item if key == item.user else replace(item, user=key)

    def _refuse_unfit(self, item: OldItem, closed: date | None, inactive: set[str]) -> None:
        if closed is not None and item.date <= closed:
            self._refusals.refuse(
                item.line, Said("{date} is closed: reopen the period, or leave the line out", date=item.date)
            )
        if item.user in inactive:
            self._refusals.refuse(
                item.line, Said("the party {user} is inactive: set it active again first", user=quoted(item.user))
            )

    def _items(self, survey: _Survey) -> Iterator[PartyItem]:
        """The new items in the order of their ids; the first pass refused nothing, so this one refuses nothing."""
        read = self._reader.items() if survey.is_in_order else self._in_order(survey)
        for item in map(self._as_called, read):
            if not item.amount or item.key in self._known:
                continue
            content = {"id": item.id, "user": item.user, "time": item.moment, "digest": item.digest}
            content |= {} if item.purpose == DEFAULT_PURPOSE else {"purpose": item.purpose}
            content |= {"balance": item.written_balance} if item.written_balance else {}
            yield PartyItem(item.user, item.amount, item.date, item.message, item.purpose, {MARK: content})

    def _in_order(self, survey: _Survey) -> Iterator[OldItem]:
        """Every item, read where it stands, in the order of the ids."""
        ids, lines = [id for _, id in survey.places], survey.lines
        for place in sorted(range(len(ids)), key=lambda place: _order(ids[place], lines[place])):
            yield self._reader.item_at(lines[place], survey.last_lines[place])

    def _differences(self, survey: _Survey) -> Iterator[Difference]:
        """By line, where what a party was owed after an item is other than the table has it."""
        found: list[Difference] = []
        for kept in self._ledger.kept_items(MARK):
            key = _key_of(kept.content)
            place = None if key is None else survey.places.get(key)
            if place is None or key is None:
                continue
            owed = kept.owed.get((str(kept.content.get("user")), key[0]))
            difference = _difference(survey, place, owed, self._reading.currency)
            if difference is not None:
                found.append(difference)
        return iter(sorted(found, key=lambda one: one.line))


def _difference(survey: _Survey, place: int, owed: Money | None, currency: Currency) -> Difference | None:
    stored, line = survey.balances[place], survey.lines[place]
    written = survey.inexact.get(place)
    if stored == _NOTHING_WRITTEN or (owed is not None and owed.units == stored and written is None):
        return None
    expected = units_to_text(stored, currency.digits) if written is None else written
    return Difference(
        line, expected, N_("nothing") if owed is None else units_to_text(owed.units, owed.currency.digits)
    )


def _key_of(content: object) -> tuple[str, str] | None:
    """The purpose and id of an item, of what stands under the mark; None where another program left it."""
    if not isinstance(content, Mapping) or not isinstance(content.get("id"), str):
        return None
    return str(content.get("purpose", DEFAULT_PURPOSE)), content["id"]


def _order(id: str, line: int) -> tuple[int, int]:
    """Ids that are whole numbers go by their size; others stay in the order of the file, behind them."""
    return (0, int(id)) if id.isascii() and id.isdigit() else (1, line)


def _currency(ledger: Ledger, code: str | None) -> Currency:
    """A currency of the book, or one of ISO 4217 that it does not know yet; raises InvalidCurrency."""
    if code is None:
        return ledger.currency
    try:
        return ledger.currency_of(check_currency_code(code))
    except InvalidCurrency as refusal:
        try:
            return standard_currency(code)
        except InvalidCurrency:
            raise refusal from None


def _notes(survey: _Survey, passed_over: tuple[str, ...]) -> Iterator[str]:
    if passed_over:
        yield _("Passed over: {columns}, which no item has.").format(columns=listed(map(quoted, passed_over)))
    if survey.zero[0]:
        zero = ngettext(
            "{n} item of nothing (first in line {line}) left out.",
            "{n} items of nothing (first in line {line}) left out.",
            survey.zero[0],
        )
        yield zero.format(n=survey.zero[0], line=survey.zero[1])
    if survey.negative[0]:
        negative = ngettext(
            "{n} negative amount (first in line {line}) booked on the other side, as the balances have it.",
            "{n} negative amounts (first in line {line}) booked on the other side, as the balances have it.",
            survey.negative[0],
        )
        yield negative.format(n=survey.negative[0], line=survey.negative[1])
    if survey.changed:
        changed = ngettext(
            "{n} item changed since the import (first in line {line}): the book stays as it is.",
            "{n} items changed since the import (first in line {line}): the book stays as it is.",
            len(survey.changed),
        )
        yield changed.format(n=len(survey.changed), line=survey.changed[0].line)
