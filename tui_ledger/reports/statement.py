"""How did what one party is owed come about? Opening balance, postings with what it was owed after each, closing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_ledger.ledger import Account, Ledger, Party, PartySheet, SheetPosting
from tui_ledger.ledger.parties import checked_purpose
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.line_checks import LineChecks, PageChecks, Step, Trail, TrailBack, wrong_among
from tui_ledger.reports.paged import PlacedLine
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, CellKind, Line, LineKind, Table, TableColumn
from tui_ledger.words import N_, NP_, Word

NAME = "statement"

_COLUMNS = (
    ("date", N_("Date"), CellKind.DATE),
    ("transaction", NP_("number", "No"), CellKind.NUMBER),
    ("memo", N_("Memo"), CellKind.TEXT),
    ("counter_accounts", N_("Counter accounts"), CellKind.ACCOUNT),
    ("change", N_("Amount"), CellKind.MONEY),
    ("balance", N_("Balance"), CellKind.MONEY),
)


def statement(
    ledger: Ledger,
    party: str,
    days: Range | None = None,
    *,
    purpose: str | None = None,
    currency: str | None = None,
    newest_first: bool = False,
    translate: Translate = str,
) -> Table:
    """A party's sheet over a range, or over all its days: a block a currency (or one `currency`), amounts and balances
    in the party's direction, so that opening balance + Σ amount = closing balance.

    For one `purpose` or all its accounts; with `newest_first` the lines the other way round, the balances the same. A
    party that never had anything has no block. Raises UnknownParty, InvalidParty, InvalidCurrency.
    """
    found, purpose = ledger.party(party), None if purpose is None else checked_purpose(purpose)
    made = Statement(ledger, found, days or days_of_party(ledger, party), purpose, currency, newest_first, translate)
    named = found.name if found.name == found.key else f"{found.name} ({found.key})"
    title = translate("Statement of {party}").format(party=named)
    return Table(
        name=NAME,
        title=title if purpose is None else f"{title} · {purpose}",
        book=ledger.name,
        currency=ledger.currency,
        columns=tuple(TableColumn(name, translate(label), kind) for name, label, kind in _COLUMNS),
        read=made.blocks,
        date_from=made.days.first,
        date_to=made.days.last,
        paged=lambda: PagedStatement(made),
        is_checked=True,
    )


def days_of_party(ledger: Ledger, party: str, first: date | None = None, last: date | None = None) -> Range:
    """The days from a first to a last one; an open end lies where the party's postings begin or end, or today.

    Raises UnknownParty.
    """
    days = [first or last or ledger.today, last or max(first or ledger.today, ledger.today)]
    for currency in dict.fromkeys(account.currency for account in ledger.party_accounts(party)):
        sheet = ledger.party_sheet(party, currency=str(currency), date_from=first, date_to=last)
        days += [date.fromisoformat(key[0]) for at in (0, len(sheet) - 1) for key in sheet.keys(at, at + 1)]
    return Range(first or min(days), last or max(days))


class Statement:
    """What goes into a statement and what its lines are, for whoever reads them one after the other or by pages."""

    def __init__(
        self,
        ledger: Ledger,
        party: Party,
        days: Range,
        purpose: str | None,
        currency: str | None,
        newest_first: bool,
        translate: Translate,
    ) -> None:
        self.ledger = ledger
        self.days = days
        self._party = party
        self._purpose = purpose
        self._currency = None if currency is None else ledger.currency_of(currency)
        self._newest_first = newest_first
        self.translate = translate

    def blocks(self) -> Iterator[Block]:
        """One currency after the other, all of the same snapshot of the book."""
        with self.ledger.snapshot():
            for sheet in self.sheets():
                checks = LineChecks()
                yield self.head(sheet.of.currency, self._lines(sheet, checks), checks)

    def sheets(self) -> list[PartySheet]:
        """The sheets it has: one a currency, the book's own first; none where nothing was ever posted."""
        read = (
            self.ledger.party_sheet(
                self._party.key,
                purpose=self._purpose,
                currency=str(currency),
                date_from=self.days.first,
                date_to=self.days.last,
                newest_first=self._newest_first,
            )
            for currency in self._currencies()
        )
        return [sheet for sheet in read if len(sheet) or sheet.opening_balance]

    def accounts(self) -> tuple[Account, ...]:
        """The party's accounts that are looked at."""
        found = self.ledger.party_accounts(self._party)
        return tuple(
            one for one in found if self._purpose in (None, one.purpose) and self._currency in (None, one.currency)
        )

    def head(
        self, currency: Currency, lines: Sequence[Line] | Iterator[Line] = (), checks: LineChecks | None = None
    ) -> Block:
        """The block of a currency, with some lines and what is found in them."""
        return Block(str(currency), lines, currency=currency, is_credit=True, checks=checks)

    def around(self, sheet: PartySheet) -> tuple[list[Line], list[Line]]:
        """The lines before the postings of a sheet and those behind them."""
        opening = self._edge(LineKind.OPENING, N_("Opening balance"), sheet)
        closing = self._edge(LineKind.CLOSING, N_("Closing balance"), sheet)
        total = sheet.closing_balance - sheet.opening_balance
        totals = Line((None, None, self.translate("Total"), None, total, None), LineKind.TOTAL)
        return ([closing], [totals, opening]) if self._newest_first else ([opening], [totals, closing])

    def _currencies(self) -> list[Currency]:
        own = self.ledger.currency
        found = dict.fromkeys(one.currency for one in self.accounts())
        return sorted(found, key=lambda one: (one != own, one))

    def _lines(self, sheet: PartySheet, checks: LineChecks) -> Iterator[Line]:
        before, behind = self.around(sheet)
        yield from before
        trails = self._trails(sheet, checks)
        for row in sheet:
            trails[row.account].follow(row.transaction, row.change, row.stored)
            yield sheet_line(row, self.translate)
        for trail in trails.values():
            trail.end()
        yield from behind

    def _trails(self, sheet: PartySheet, checks: LineChecks) -> dict[str, Trail]:
        """Of each account what is stored, from its opening balance on, or back to it."""
        kind = TrailBack if self._newest_first else Trail
        return {name: kind(name, owed, checks) for name, owed in sheet.opening_balances.items()}

    def _edge(self, kind: LineKind, label: str, sheet: PartySheet) -> Line:
        is_opening = kind is LineKind.OPENING
        day = self.days.first if is_opening else self.days.last
        balance = sheet.opening_balance if is_opening else sheet.closing_balance
        return Line((day, None, self.translate(label), None, None, balance), kind)


def sheet_line(row: SheetPosting, translate: Translate = str) -> Line:
    """A posting of a sheet, payee and memo together."""
    counter = ", ".join(translate(one) if isinstance(one, Word) else one for one in row.counter_accounts)
    text = " · ".join(part for part in (row.payee, row.memo) if part)
    cells = (row.date, row.transaction, text, counter, row.change, row.balance)
    return Line(cells, transaction=row.transaction)


@dataclass(frozen=True, slots=True)
class _Part:
    """One currency: where it begins, its sheet, and the lines around its postings; `None` is the head or a blank."""

    start: int
    sheet: PartySheet
    before: tuple[Line | None, ...]
    behind: tuple[Line | None, ...]

    @property
    def length(self) -> int:
        return len(self.before) + len(self.sheet) + len(self.behind)


class PagedStatement:
    """A statement, a page of postings at a time."""

    def __init__(self, made: Statement) -> None:
        self._made = made
        self._page_checks = PageChecks()
        self._sums: Mapping[str, tuple[Money, Money]] | None = None
        with made.ledger.snapshot():
            sheets = made.sheets()
        self._parts: list[_Part] = []
        start = 0
        for place, sheet in enumerate(sheets):
            before, behind = made.around(sheet)
            head = [None] if len(sheets) > 1 else []
            blank = [None] if place < len(sheets) - 1 else []
            self._parts.append(_Part(start, sheet, (*head, *before), (*behind, *blank)))
            start += self._parts[-1].length
        self._starts = [part.start for part in self._parts]
        self._length = start

    def __len__(self) -> int:
        return self._length

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        start, stop = max(start, 0), min(stop, self._length)
        found: list[PlacedLine] = []
        while start < stop:
            part = self._parts[bisect_right(self._starts, start) - 1]
            upto = min(stop, part.start + part.length)
            found += self._of_part(part, start - part.start, upto - part.start)
            start = upto
        return found

    def index_of(self, key: Any, /) -> int:
        currency, place, *posting = key
        part = next((one for one in self._parts if one.sheet.of.currency == currency), None)
        if part is None:
            return 0
        if place is None:
            return part.start + len(part.before) + int(part.sheet.index_of(tuple(posting)))
        return part.start + (int(place) if place >= 0 else part.length + int(place))

    def find_sums(self) -> None:
        made, currencies = self._made, [part.sheet.of.currency for part in self._parts]
        found = {str(currency): (Money(0, currency), Money(0, currency)) for currency in currencies}
        by_id = {account.id: account for account in made.accounts()}
        for one in made.ledger.sums(list(by_id), made.days.first, made.days.last) if by_id else ():
            currency = by_id[one.account].currency
            known = found[str(currency)]
            found[str(currency)] = known[0] + Money(one.debits, currency), known[1] + Money(one.credits, currency)
        self._sums = found

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        return self._sums

    @property
    def checks(self) -> LineChecks:
        return self._page_checks.checks()

    def _of_part(self, part: _Part, start: int, stop: int) -> Iterator[PlacedLine]:
        """Some lines of a currency, by their places in its block; those behind the postings are counted from its end,
        so that their keys stay the same when postings come."""
        currency, length = part.sheet.of.currency, part.length
        block, first = self._made.head(currency), len(part.before)
        for place in range(start, min(stop, first)):
            yield PlacedLine((currency, place), block, part.before[place])
        rows = part.sheet.rows(max(start - first, 0), max(min(stop - first, len(part.sheet)), 0))
        steps = [Step(row.account, row.transaction, row.change, row.stored) for row in rows]
        self._page_checks.add(wrong_among(steps[::-1] if part.sheet.newest_first else steps))
        for row in rows:
            yield PlacedLine((currency, None, *row.key), block, sheet_line(row, self._made.translate))
        last = first + len(part.sheet)
        for place in range(max(start, last), stop):
            line = part.behind[place - last]
            yield PlacedLine((currency, place - length), block, line, is_blank=line is None)
