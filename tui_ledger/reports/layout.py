"""How does a statement become one as its country expects it? Its order, the country's words, and sums between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tui_ledger.ledger.statement_layout import STATEMENTS, StatementLayout, Subtotal, statement_layout
from tui_ledger.locale.catalogues import words_of
from tui_ledger.money import Money
from tui_ledger.reports.other_currencies import added
from tui_ledger.reports.report import Report, Row, RowKind, SchemePlace, Section, SectionKind, Total, Unconverted
from tui_ledger.reports.rows import Translate
from tui_ledger.text import name_key
from tui_ledger.words import spoken

_SCOPES = {
    "balance-sheet": ((SectionKind.ASSETS, 1), (SectionKind.LIABILITIES, -1)),
    "income-statement": ((SectionKind.INCOME, 1), (SectionKind.EXPENSES, -1)),
}
_EQUITY_FIRST = (SectionKind.ASSETS, SectionKind.EQUITY, SectionKind.LIABILITIES)


class SettingSource(Protocol):
    """What keeps the book's settings, as `Ledger` does."""

    def setting(self, name: str, default: Any = None) -> Any: ...


def layout_of(source: SettingSource) -> StatementLayout:
    """The layout that a book asks for."""
    return statement_layout(source.setting(STATEMENTS))


def worded(translate: Translate, layout: StatementLayout) -> Translate:
    """What looks words up in the layout first, for readers of its language: who is spoken to in it, or in English where
    it is none of the program's. `str`, with which files for programs are written, stays as it is."""
    if translate is str or not layout.words or spoken() is not words_of(layout.language):
        return translate
    words = layout.words
    return lambda text: words[text] if text in words else translate(text)


def laid_out(report: Report, layout: StatementLayout) -> Report:
    """A balance sheet or an income statement in the order of a layout, with its sums between before the totals.

    A sum is left out where the depth of the report hides what it is of; an income statement in one list stands in two
    sections where it hides an item.
    """
    if report.name not in _SCOPES:
        return report
    sections = report.sections
    if layout.equity_first and report.name == "balance-sheet":
        sections = tuple(report.section(kind) for kind in _EQUITY_FIRST)
    asked = [one for one in layout.subtotals if one.statement == report.name]
    made = [_subtotal(report, one, f"subtotal-{number}") for number, one in enumerate(asked, 1)]
    totals = (*(one for one in made if one is not None), *report.totals)
    return replace(report, sections=sections, totals=totals, scheme=_scheme(report, layout, asked))


def _scheme(report: Report, layout: StatementLayout, asked: Sequence[Subtotal]) -> tuple[SchemePlace, ...]:
    """The items of an income statement and the sums between in their order; none where an item is hidden."""
    if report.name != "income-statement":
        return ()
    if any(_is_hidden(section, name) for section in report.sections for name in layout.vertical):
        return ()
    sums = [(one.after, SchemePlace(f"subtotal-{number}", is_total=True)) for number, one in enumerate(asked, 1)]
    found: list[SchemePlace] = []
    for name in dict.fromkeys(layout.vertical):
        found += [SchemePlace(name), *(place for after, place in sums if after == name)]
    return (*found, *(place for after, place in sums if after is None)) if found else ()


@dataclass(frozen=True, slots=True)
class _Term:
    """What a sum adds (1) or takes off (-1): a row, or the total of a section."""

    kind: SectionKind
    sign: int
    account: str | None
    figures: tuple[Money | None, ...]
    left_out: tuple[Unconverted, ...]


def _subtotal(report: Report, asked: Subtotal, name: str) -> Total | None:
    scope = [(report.section(kind), sign) for kind, sign in _SCOPES[report.name]]
    if any(_is_hidden(section, one) for section, _ in scope for one in asked.names):
        return None
    named = _terms(scope, asked.names)
    if asked.is_rest:
        terms = [*(_whole(*one) for one in scope), *(replace(term, sign=-term.sign) for term in named)]
    else:
        terms = list(named)
    signs = tuple(
        sum(term.sign for term in terms if term.account is None and term.kind is section.kind) for section, _ in scope
    )
    return Total(
        name=name,
        label=asked.name,
        figures=tuple(_sum(report, terms, column) for column in range(len(report.columns))),
        sections=tuple(section.kind for section, _ in scope),
        signs=signs,
        of_rows=tuple((term.account, term.sign) for term in terms if term.account is not None),
        is_subtotal=True,
        unconverted_by_column=_left_out(report, terms),
    )


def _terms(scope: Iterable[tuple[Section, int]], names: Iterable[str]) -> Iterator[_Term]:
    """What has no row holds nothing, and is no part of a sum."""
    for name in names:
        key = name_key(name)
        for section, sign in scope:
            row = next((row for row in section.rows if _is_of(row, key)), None)
            if row is not None:
                yield _Term(section.kind, sign, row.account, row.figures, row.unconverted_by_column)
            elif section.rows and all(_is_beneath(row, key) for row in section.rows):
                yield _whole(section, sign)


def _whole(section: Section, sign: int) -> _Term:
    return _Term(section.kind, sign, None, section.totals, section.unconverted_by_column)


def _is_of(row: Row, key: str) -> bool:
    return row.account is not None and row.kind is not RowKind.OWN and name_key(row.account) == key


def _is_beneath(row: Row, key: str) -> bool:
    return row.account is not None and name_key(row.account).startswith(f"{key}:")


def _is_hidden(section: Section, name: str) -> bool:
    """Whether what is called so may be part of the figures of a row above it, which shows nothing beneath."""
    key = name_key(name)
    return any(
        row.kind is RowKind.ACCOUNT and row.account is not None and key.startswith(f"{name_key(row.account)}:")
        for row in section.rows
    )


def _sum(report: Report, terms: Iterable[_Term], column: int) -> Money:
    total = Money(0, report.currency)
    for term in terms:
        figure = term.figures[column]
        if figure is not None:
            total = total + figure if term.sign > 0 else total - figure
    return total


def _left_out(report: Report, terms: Iterable[_Term]) -> tuple[Unconverted, ...]:
    total: tuple[Unconverted, ...] = ({},) * len(report.columns)
    for term in terms:
        total = added(total, term.left_out, term.sign) if term.left_out else total
    return total
