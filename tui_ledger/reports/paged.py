"""How is a report that lists read a page at a time, however long it is? Its lines are counted, then read by place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tui_ledger.ledger import Ledger
from tui_ledger.ledger.values import Account, RegisterPosting
from tui_ledger.money import Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.general_ledger import GeneralLedger, posting_line
from tui_ledger.reports.journal import lines_of, total_lines
from tui_ledger.reports.line_checks import LineChecks, PageChecks, Step, WrongBalance, wrong_among
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.table import Block, Line, LineKind, Table
from tui_ledger.reports.trial_balance import Turn

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of a table where it stands: its block without lines, and None for the head of the block or, with
    `is_blank`, for the empty line behind it. `key` names it across readings."""

    key: Key
    block: Block
    line: Line | None = None
    is_blank: bool = False


class PagedTable(Protocol):
    """The lines of a table in their order; sums are None as long as they are not known."""

    def __len__(self) -> int: ...

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        """The lines from `start` up to `stop`, fewer where the table ends."""

    def index_of(self, key: Any, /) -> int:
        """How many lines stand before a key; the key itself need not be there."""

    def find_sums(self) -> None:
        """Works out the sums, which may take a while; any thread may wait for that."""

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        """Debits and credits of all of it by currency, both without sign; None as long as they are not known."""

    @property
    def checks(self) -> LineChecks:
        """Which stored balances do not follow from those before, of the lines and sums read so far."""


class ReadTable:
    """A table of few lines, read whole."""

    def __init__(self, table: Table) -> None:
        with table.reading() as blocks:
            read = [(replace(block, lines=()), list(block.lines)) for block in blocks]
        self._checks = LineChecks()
        for block, _lines in read:
            self._checks.join(block.checks)
        self._lines = [one for number in range(len(read)) for one in _placed(number, *read[number], len(read) > 1)]
        self._keys = {placed.key: place for place, placed in enumerate(self._lines)}
        self._sums = _read_sums(table, self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        return self._lines[start:stop]

    def index_of(self, key: Any, /) -> int:
        return self._keys.get(key, 0)

    def find_sums(self) -> None:
        """They are lines of the table."""

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        return self._sums

    @property
    def checks(self) -> LineChecks:
        return self._checks


@dataclass(frozen=True, slots=True)
class _Part:
    """One account: where it begins, how many of its postings are shown, those left out as (place among all of them,
    change), and what earlier fiscal years left in it. Before its postings stand a head and the opening balance, behind
    them the total, the closing balance and an empty line."""

    start: int
    account: Account
    held: int
    ended: int
    count: int
    left_out: tuple[tuple[int, Money], ...] = ()
    earlier: Turn | None = None

    @property
    def before(self) -> int:
        """How many lines stand before its postings."""
        return 2 if self.earlier is None else 4

    @property
    def total_place(self) -> int:
        return self.start + self.before + self.count

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.total_place + (3 if self.earlier is None else 5)


_BEHIND = 10
"""What the places of the lines behind the postings are counted from, in keys, so that they stay when postings come."""


class PagedGeneralLedger:
    """The general ledger, or a register, a page of postings at a time."""

    def __init__(self, ledger: Ledger, made: GeneralLedger) -> None:
        self._ledger = ledger
        self._made = made
        self._first, self._last = made.days.first, made.days.last
        self._turnovers: Mapping[int, tuple[int, int]] | None = None
        self._windows: dict[int, Any] = {}
        with ledger.snapshot():
            self._closings = made.closings()
            self._parts = list(self._read_parts())
        self._starts = [part.start for part in self._parts]
        last = self._parts[-1] if self._parts else None
        self._length = 0 if last is None else last.end - 1
        self._page_checks = PageChecks()

    def __len__(self) -> int:
        return self._length

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        start, stop = max(start, 0), min(stop, self._length)
        found: list[PlacedLine] = []
        while start < stop:
            part = self._parts[bisect_right(self._starts, start) - 1]
            upto = min(stop, part.end)
            found += self._of_part(part, start - part.start, upto - part.start)
            start = upto
        return found

    def index_of(self, key: Any, /) -> int:
        account, place, *posting = key
        part = next((one for one in self._parts if one.account.id == account), None)
        if part is None:
            return 0
        if place is None:
            return part.start + part.before + self._shown_place(part, int(self._window(part).index_of(tuple(posting))))
        return part.start + int(place) if place < _BEHIND else part.total_place + int(place) - _BEHIND

    def find_sums(self) -> None:
        with self._ledger.snapshot():
            moved = dict(self._ledger.turnovers(self._first, self._last))
            if self._closings:
                first = max(self._first, self._ledger.fiscal_year(self._last)[0])
                for account, (debits, credits) in self._ledger.closing_turnovers(first, self._last).items():
                    before = moved.get(account, (0, 0))
                    moved[account] = before[0] - debits, before[1] - credits
            self._page_checks.add(self._wrong_ends(moved))
        self._turnovers = moved

    @property
    def checks(self) -> LineChecks:
        return self._page_checks.checks()

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        if self._turnovers is None:
            return None
        found: dict[str, tuple[Money, Money]] = {}
        for part in self._parts:
            currency = part.account.currency
            nothing = Money(0, currency)
            debits, credits = found.get(currency, (nothing, nothing))
            more = self._turnovers.get(part.account.id, (0, 0))
            found[currency] = debits + Money(more[0], currency), credits + Money(more[1], currency)
        return found

    def _read_parts(self) -> Iterator[_Part]:
        eve, start = self._made.days.eve, 0
        earlier = self._made.earlier()
        opening = {} if eve is None else self._ledger.balances(eve)
        closing = self._ledger.balances(self._last)
        counts = self._ledger.posting_counts(self._first, self._last)
        left_out = self._left_out()
        for account in self._made.ordered():
            held, count = opening.get(account.id, 0), counts.get(account.id, 0)
            if held or count or self._made.shows_idle:
                ended = closing.get(account.id, 0)
                part = _Part(start, account, held, ended, count, earlier=earlier.get(account.id))
                if account.id in left_out:
                    part = self._without(part, left_out[account.id])
                yield part
                start = part.end

    def _left_out(self) -> Mapping[int, list[tuple[str, int, int]]]:
        """The keys of the postings of closing transactions that are left out, by account."""
        found: dict[int, list[tuple[str, int, int]]] = {}
        by_name = {account.name: account.id for account in self._made.ordered()}
        for number in sorted(self._closings):
            transaction = self._ledger.transaction(number)
            for posting in transaction.postings:
                if posting.account in by_name:
                    key = (transaction.date.isoformat(), number, posting.line)
                    found.setdefault(by_name[posting.account], []).append(key)
        return found

    def _without(self, part: _Part, keys: Sequence[tuple[str, int, int]]) -> _Part:
        window = self._window(part)
        places = sorted(window.index_of(key) for key in keys)
        changes = [(place, window.rows(place, place + 1)[0].change) for place in places]
        off = part.account.type.sign * sum(change.units for _, change in changes)
        return replace(part, count=part.count - len(places), ended=part.ended - off, left_out=tuple(changes))

    def _window(self, part: _Part) -> Any:
        found = self._windows.get(part.account.id)
        if found is None:
            found = self._ledger.register_window(part.account, date_from=self._first, date_to=self._last)
            self._windows[part.account.id] = found
        return found

    def _of_part(self, part: _Part, start: int, stop: int) -> Iterator[PlacedLine]:
        """Some lines of an account, by their places in its block."""
        block, account, made = self._made.head(part.account), part.account, self._made
        held, ended = self._own(part, part.held), self._own(part, part.ended)
        before = [None, made.opening_line(account, held), *made.opening_parts(account, held, part.earlier)]
        for place, line in enumerate(before[start : max(stop, start)], start):
            yield PlacedLine((account.id, place), block, line)
        yield from self._postings(part, block, max(start - part.before, 0), min(stop - part.before, part.count))
        parts = made.closing_parts(account, ended, part.earlier)
        behind = [self._total(part), made.closing_line(account, ended), *parts, None]
        first = start - part.before - part.count
        for place in range(max(first, 0), first + stop - start):
            line = behind[place]
            yield PlacedLine((account.id, _BEHIND + place), block, line, is_blank=line is None)

    def _postings(self, part: _Part, block: Block, start: int, stop: int) -> Iterator[PlacedLine]:
        if start >= stop:
            return
        first, last = self._place_of_all(part, start), self._place_of_all(part, stop - 1)
        # One more before them, from which the first has to follow.
        rows = self._window(part).rows(max(first - 1, 0), last + 1)
        self._page_checks.add(self._wrong_among(part, rows, is_first=first == 0))
        for place, posting in enumerate(rows[min(first, 1) :], first):
            if posting.transaction not in self._closings:
                key = (part.account.id, None, posting.date.isoformat(), posting.transaction, posting.line)
                yield PlacedLine(key, block, self._posting_line(part, place, posting))

    def _posting_line(self, part: _Part, place: int, posting: RegisterPosting) -> Line:
        nothing = Money(0, part.account.currency)
        without = sum((change for at, change in part.left_out if at < place), start=nothing)
        return posting_line(posting, posting.balance - without)

    @staticmethod
    def _place_of_all(part: _Part, shown: int) -> int:
        """The place among all postings of one that is shown."""
        for at, _ in part.left_out:
            if at > shown:
                break
            shown += 1
        return shown

    @staticmethod
    def _shown_place(part: _Part, place: int) -> int:
        return place - sum(at < place for at, _ in part.left_out)

    def _own(self, part: _Part, units: int) -> Money:
        return Money(part.account.type.sign * units, part.account.currency)

    def _total(self, part: _Part) -> Line:
        if self._turnovers is None:
            return self._made.total_line(part.account, None, None)
        debits, credits = self._turnovers.get(part.account.id, (0, 0))
        currency = part.account.currency
        return self._made.total_line(part.account, Money(debits, currency), Money(credits, currency))

    def _wrong_among(self, part: _Part, rows: Sequence[RegisterPosting], *, is_first: bool) -> list[WrongBalance]:
        """Which of some postings, one behind the other, have a balance that does not follow."""
        name = part.account.name
        steps = [Step(name, row.transaction, row.change, row.balance) for row in rows]
        return wrong_among(steps, {name: self._own(part, part.held)} if is_first else None)

    def _wrong_ends(self, moved: Mapping[int, tuple[int, int]]) -> Iterator[WrongBalance]:
        """Closing balances that opening balances and sums do not come to; no posting is read for that."""
        eve = self._made.days.eve
        opening = {} if eve is None else self._ledger.balances(eve)
        closing = self._ledger.balances(self._last)
        for part in self._parts:
            row, (debits, credits) = part.account.id, moved.get(part.account.id, (0, 0))
            off = sum(change.units for _, change in part.left_out)
            stored = part.account.type.sign * (closing.get(row, 0) - opening.get(row, 0) - debits + credits) - off
            if stored:
                yield WrongBalance(part.account.name, None, Money(stored, part.account.currency))


class PagedJournal:
    """The journal, a page of transactions at a time."""

    def __init__(self, ledger: Ledger, days: Range, translate: Translate = str) -> None:
        self._ledger = ledger
        self._days = days
        self._translate = translate
        with ledger.snapshot():
            self._codes = {account.name: account.code for account in ledger.accounts()}
            self._lines = ledger.journal_lines(days.first, days.last)
        self._block = Block("", (), currency=ledger.currency)
        self._sums: Mapping[str, tuple[Money, Money]] | None = None
        self._totals: Sequence[Line] = [Line((None, None, None, translate("Total"), *[None] * 5), LineKind.TOTAL)]

    def __len__(self) -> int:
        return len(self._lines) + len(self._totals) if len(self._lines) else 0

    def rows(self, start: int, stop: int, /) -> Sequence[PlacedLine]:
        found: list[PlacedLine] = []
        count = len(self._lines)
        while start < min(stop, count):
            stretch = self._lines.stretch_at(start)
            lines = [
                PlacedLine((one.date.isoformat(), one.number, place), self._block, line)
                for one in stretch.transactions
                for place, line in enumerate(lines_of(one, self._codes, self._translate))
            ]
            found += lines[start - stretch.lines_before : stop - stretch.lines_before]
            start = stretch.lines_before + max(len(lines), 1)
        totals = [PlacedLine(("total", place), self._block, line) for place, line in enumerate(self._totals)]
        return found + (totals[max(start - count, 0) : max(stop - count, 0)] if count else [])

    def index_of(self, key: Any, /) -> int:
        if key[0] == "total":
            return len(self._lines) + int(key[1])
        day, number, place = key
        return self._lines.index_of(day, number) + int(place)

    def find_sums(self) -> None:
        found = self._ledger.journal_totals(date_from=self._days.first, date_to=self._days.last)
        by_code = {str(one): one for one in self._ledger.currencies()}
        sums = {
            code: (Money(debits, by_code[code]), Money(credits, by_code[code]))
            for code, (debits, credits) in found.items()
        }
        self._totals = list(total_lines(sums, self._ledger.currency, self._translate))
        self._sums = sums

    @property
    def sums(self) -> Mapping[str, tuple[Money, Money]] | None:
        return self._sums

    @property
    def checks(self) -> LineChecks:
        return LineChecks()


def _read_sums(table: Table, lines: Sequence[PlacedLine]) -> Mapping[str, tuple[Money, Money]] | None:
    """The sums in the lines of a table that has debits and credits; None for any other."""
    names = [column.name for column in table.columns]
    if "debit" not in names or "credit" not in names:
        return None
    found: dict[str, tuple[Money, Money]] = {}
    for line in (one.line for one in lines if one.line is not None and one.line.kind is LineKind.TOTAL):
        debits, credits = line.cells[names.index("debit")], line.cells[names.index("credit")]
        if isinstance(debits, Money) and isinstance(credits, Money):
            found[str(debits.currency)] = debits, credits
    return found


def _placed(number: int, block: Block, lines: Sequence[Line], is_one_of_many: bool) -> Iterator[PlacedLine]:
    """The lines of a block that was read whole, with an empty one before it, and a head where it has to be told from
    others."""
    if number:
        yield PlacedLine((number, "blank"), block, is_blank=True)
    if block.title and is_one_of_many:
        yield PlacedLine((number, "head"), block)
    for place, line in enumerate(lines):
        named = str(line.cells[0]) if line.kind is LineKind.ROW else place
        yield PlacedLine((number, line.kind.value, named), block, line)
