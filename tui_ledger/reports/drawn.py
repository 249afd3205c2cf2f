"""In which order is a report drawn? Section by section, or as one list with revenues, expenses and sums in between."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tui_ledger.money import Money
from tui_ledger.reports.report import Report, Row, RowKind, SchemePlace, Section, SectionKind, Total, Unconverted
from tui_ledger.text import name_key

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that stand one beneath the other, and the totals behind them.

    With `is_framed` it is a section of the report, drawn with its title and its own total. Else it is a stretch of the
    one list: rows of several sections, all as what they add to the result, expenses below zero.
    """

    section: Section
    totals: tuple[Total, ...]
    is_framed: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """What a total adds (1) or takes off (-1): the row at a place of a part."""

    part: int
    place: int
    sign: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """A report from top to bottom. In one list, `is_vertical`, `terms` has for each total by its name the rows it is
    the sum of; else totals are of sections, as they say themselves."""

    parts: tuple[Part, ...]
    totals_at_end: tuple[Total, ...]
    is_vertical: bool = False
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """All rows, as they are drawn."""
        return (row for part in self.parts for row in part.section.rows)

    def framed(self) -> Iterator[Section]:
        """The sections whose titles and totals are drawn."""
        return (part.section for part in self.parts if part.is_framed)


def drawn(report: Report) -> Drawing:
    """How a report is drawn, whatever it is drawn on: in one list where it has a scheme, else in its sections."""
    if report.scheme:
        return _vertical(report)
    return Drawing(tuple(Part(one, report.totals_behind(one)) for one in report.sections), report.totals_at_end)


@dataclass(frozen=True, slots=True)
class _Item:
    """A row of a section with all beneath it, as it stands in the one list; `places` of its rows by their keys."""

    kind: SectionKind
    rows: tuple[Row, ...]
    key: str
    places: Mapping[str, int]

    @property
    def direction(self) -> int:
        return 1 if self.kind.is_credit_normal else -1


class _Sum:
    """A total by the sections and rows that it counts."""

    def __init__(self, total: Total) -> None:
        self.total = total
        self._kinds = dict(total.signed_sections)
        self._rows = [(name_key(account), sign) for account, sign in total.of_rows]

    def counted(self, item: _Item) -> Iterator[Place]:
        """Places in an item, and how often the total adds what stands there, in the direction of the one list."""
        whole = self._kinds.get(item.kind, 0)
        for key, sign in self._rows:
            if item.key == key or _is_beneath(item.key, key):
                whole += sign
            elif key in item.places:
                yield item.places[key], sign * item.direction
        if whole:
            yield 0, whole * item.direction


def _vertical(report: Report) -> Drawing:
    sums = {total.name: _Sum(total) for total in report.totals}
    ranked = sorted(((_rank(report, sums, item), item) for item in _items(report)), key=lambda one: one[0])
    stretches: list[tuple[list[_Item], list[Total]]] = []
    start = 0
    for place, one in enumerate(report.scheme):
        if one.is_total and one.name in sums:
            end = bisect_left(ranked, (place, 0), key=lambda one: one[0])
            if end > start or not stretches:
                stretches.append(([item for _, item in ranked[start:end]], []))
            stretches[-1][1].append(sums[one.name].total)
            start = end
    if start < len(ranked) or not stretches:
        stretches.append(([item for _, item in ranked[start:]], []))
    return Drawing(
        parts=tuple(_part(report, *stretch) for stretch in stretches),
        totals_at_end=tuple(one for one in report.totals if SchemePlace(one.name, is_total=True) not in report.scheme),
        is_vertical=True,
        terms={name: tuple(_terms(one, [items for items, _ in stretches])) for name, one in sums.items()},
    )


def _rank(report: Report, sums: Mapping[str, _Sum], item: _Item) -> Place:
    """Where an item stands; what the scheme does not name stands before the first sum between that counts it."""
    is_own = item.rows[0].kind is RowKind.OWN
    for place, one in enumerate(report.scheme):
        if not one.is_total and not is_own and name_key(one.name) == item.key:
            return place, 0
    for place, one in enumerate(report.scheme):
        if one.is_total and one.name in sums and any(sums[one.name].counted(item)):
            return place, -1
    return len(report.scheme), 0


def _terms(total: _Sum, stretches: Sequence[Sequence[_Item]]) -> Iterator[Term]:
    """The rows that come to a total: items it counts whole, and rows within items."""
    for part, items in enumerate(stretches):
        first = 0
        for item in items:
            for place, times in total.counted(item):
                yield from [Term(part, first + place, 1 if times > 0 else -1)] * abs(times)
            first += len(item.rows)


def _part(report: Report, items: Sequence[_Item], totals: Sequence[Total]) -> Part:
    rows = tuple(row for item in items for row in item.rows)
    nothing = (Money(0, report.currency),) * len(report.columns)
    return Part(Section(SectionKind.RESULT, "", rows, nothing, ""), tuple(totals), is_framed=False)


def _items(report: Report) -> Iterator[_Item]:
    """What a scheme names, and what it does not; a heading above something it names is no item, what is beneath is."""
    listed = {name_key(one.name) for one in report.scheme if not one.is_total}
    above = {key.rsplit(":", count)[0] for key in listed for count in range(1, key.count(":") + 1)} - listed
    for section in report.sections:
        waiting = list(reversed(section.top_rows()))
        while waiting:
            place = waiting.pop()
            row = section.rows[place]
            if row.is_heading and _key(row) in above:
                waiting.extend(reversed(section.rows_beneath(place)))
            else:
                yield _item(section, place)


def _item(section: Section, start: int) -> _Item:
    first = section.rows[start]
    end = start + 1
    while end < len(section.rows) and section.rows[end].depth > first.depth:
        end += 1
    rows = tuple(_as_addition(section, row, first) for row in section.rows[start:end])
    places: dict[str, int] = {}
    for place, row in enumerate(rows):
        places.setdefault(_key(row), place)
    return _Item(section.kind, rows, _key(first), places)


def _as_addition(section: Section, row: Row, first: Row) -> Row:
    """A row of a section as what it adds to the result, its item being outermost."""
    moved = replace(row, depth=row.depth - first.depth + 1)
    if section.kind.is_credit_normal:
        return moved
    figures = tuple(None if figure is None else -figure for figure in row.figures)
    return replace(moved, figures=figures, unconverted_by_column=tuple(map(_negative, row.unconverted_by_column)))


def _negative(held: Unconverted) -> Unconverted:
    return {currency: -money for currency, money in held.items()}


def _key(row: Row) -> str:
    return "" if row.account is None else name_key(row.account)


def _is_beneath(key: str, other: str) -> bool:
    return key.startswith(f"{other}:")
