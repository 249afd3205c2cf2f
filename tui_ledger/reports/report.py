"""What is a report? Columns, sections, rows and totals as frozen values, with money in them and depth as a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tui_ledger.money import Currency, Money, units_to_text

Unconverted = Mapping[str, Money]


class SectionKind(StrEnum):
    """What a section of a statement is about; the value is its name in JSON."""

    ASSETS = "assets"
    LIABILITIES = "liabilities"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSES = "expenses"
    RESULT = "result"
    OPERATING = "operating"
    INVESTING = "investing"
    FINANCING = "financing"
    EXCHANGE = "exchange"
    ACCOUNTS = "accounts"
    CHECKS = "checks"

    @property
    def is_credit_normal(self) -> bool:
        """Whether a positive figure of the section is a credit."""
        return self in (SectionKind.LIABILITIES, SectionKind.EQUITY, SectionKind.INCOME, SectionKind.RESULT)


class RowKind(StrEnum):
    """What stands behind the figures of a row.

    ACCOUNT: an account, with whatever lies beneath it when the depth is limited.
    HEADING: the sum of the rows beneath it; adding it to them would count twice.
    OWN: the own postings of the account named in the heading above it.
    COMPUTED: no account; summed from others, such as the result of the year.
    """

    ACCOUNT = "account"
    HEADING = "heading"
    OWN = "own"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures: at a date, or over a range with both ends inclusive.

    `label` is plain, dates ISO 8601; `name` is what scripts know a column by whose days do not tell it from the others.
    `is_named` says that somebody chose the label, which stands in place of the days. A difference has `of` in place of
    days: the places (from 0) of the column it begins with and of the one that is taken off.
    """

    label: str
    at: date | None = None
    date_from: date | None = None
    date_to: date | None = None
    name: str | None = None
    is_named: bool = False
    of: tuple[int, int] | None = None

    @property
    def last_day(self) -> date | None:
        return self.at or self.date_to


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a section, with one figure a column in the section's own direction.

    A figure is None where nothing of the row is in the report's currency; what is in another one and has no price
    stands in `unconverted_by_column`. `account` is the full name, of an unopened parent too (`account_id` is then
    None); computed rows have neither. `depth` is 1 for the outermost rows of the section.
    """

    label: str
    depth: int
    figures: tuple[Money | None, ...]
    kind: RowKind = RowKind.ACCOUNT
    account: str | None = None
    account_id: int | None = None
    code: str | None = None
    unconverted_by_column: tuple[Unconverted, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether the figures are the sum of the rows beneath and must not be added to them."""
        return self.kind is RowKind.HEADING

    @property
    def unconverted(self) -> Unconverted:
        """What the first column leaves unconverted, by currency."""
        return self.unconverted_by_column[0] if self.unconverted_by_column else {}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that add up to `totals`, one figure a column; `unconverted_by_column` is what the totals leave out."""

    kind: SectionKind
    title: str
    rows: tuple[Row, ...]
    totals: tuple[Money, ...]
    total_label: str
    unconverted_by_column: tuple[Unconverted, ...] = ()

    def top_rows(self) -> tuple[int, ...]:
        """The places of the rows that add up to the totals."""
        return self._places(0, 1)

    def rows_beneath(self, place: int) -> tuple[int, ...]:
        """The places of the rows that add up to the heading at `place`."""
        return self._places(place + 1, self.rows[place].depth + 1)

    def _places(self, start: int, depth: int) -> tuple[int, ...]:
        found = []
        for place in range(start, len(self.rows)):
            if self.rows[place].depth < depth:
                break
            if self.rows[place].depth == depth:
                found.append(place)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Total:
    """A total over several sections, named for scripts and labelled for people.

    `signs` says which sections are added (1) and which taken off (-1), one for each; without it all are added. A figure
    above zero is on the side of the first section. `of_totals` names totals before this one that it adds up instead;
    `unconverted_by_column` is what the figures leave out for want of a price. A subtotal is a sum between, `of_rows` by
    account with their signs, besides sections whose sign is not 0.
    """

    name: str
    label: str
    figures: tuple[Money, ...]
    sections: tuple[SectionKind, ...]
    signs: tuple[int, ...] = ()
    of_totals: tuple[str, ...] = ()
    unconverted_by_column: tuple[Unconverted, ...] = ()
    of_rows: tuple[tuple[str, int], ...] = ()
    is_subtotal: bool = False

    @property
    def is_credit_normal(self) -> bool:
        return bool(self.sections) and self.sections[0].is_credit_normal

    @property
    def signed_sections(self) -> tuple[tuple[SectionKind, int], ...]:
        """Each section that is added or taken off, with its sign."""
        signs = self.signs or (1,) * len(self.sections)
        return tuple((kind, sign) for kind, sign in zip(self.sections, signs, strict=True) if sign)


@dataclass(frozen=True, slots=True)
class Check:
    """A difference that must be zero, one a column; `passed` is None where a missing price leaves it open."""

    name: str
    label: str
    figures: tuple[Money, ...]
    passed: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class SchemePlace:
    """A place in the one list of a vertical statement: the heading or account of a full name, or, `is_total`, the sum
    between of a name."""

    name: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A statement of one book. Figures are in `currency` and in the direction of their section.

    With `is_converted` everything was to be converted, and what is in other currencies has no price; else each currency
    stands, and is compared, by itself. With a `scheme` it is drawn as one list in its order, as `drawn` says.
    """

    name: str
    title: str
    book: str
    currency: Currency
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    totals: tuple[Total, ...] = ()
    checks: tuple[Check, ...] = ()
    balanced_by_column: tuple[bool | None, ...] = field(default=())
    is_converted: bool = False
    scheme: tuple[SchemePlace, ...] = ()

    @property
    def balanced(self) -> bool | None:
        """False when any column is out of balance, None when a missing price leaves one open, else True."""
        if False in self.balanced_by_column:
            return False
        return None if None in self.balanced_by_column else True

    def section(self, kind: SectionKind) -> Section:
        """The section of a kind; raises KeyError when the report has none."""
        for section in self.sections:
            if section.kind is kind:
                return section
        raise KeyError(kind)

    def totals_behind(self, section: Section) -> tuple[Total, ...]:
        """The totals that stand behind a section, the last of those they are over; none behind the last of all."""
        if not self.sections or section is self.sections[-1]:
            return ()
        kinds = [one.kind for one in self.sections]
        place = kinds.index(section.kind)
        return tuple(
            total
            for total in self.totals
            if total.sections and place == max(kinds.index(kind) for kind in total.sections)
        )

    @property
    def totals_at_end(self) -> tuple[Total, ...]:
        """The totals that stand behind the last section."""
        before = {total.name for section in self.sections for total in self.totals_behind(section)}
        return tuple(total for total in self.totals if total.name not in before)

    @property
    def has_other_currencies(self) -> bool:
        """Whether a total leaves out, or a row shows, anything in another currency."""
        sections = (held for section in self.sections for held in section.unconverted_by_column)
        totals = (held for total in self.totals for held in total.unconverted_by_column)
        return bool(self.unconverted_rows()) or any(sections) or any(totals)

    def unconverted_rows(self) -> tuple[Row, ...]:
        """The rows, headings aside, that hold money without a price in the report's currency."""
        return tuple(
            row
            for section in self.sections
            for row in section.rows
            if not row.is_heading and any(row.unconverted_by_column)
        )


def as_json(report: Report) -> dict[str, object]:
    """The report as JSON values: amounts as decimal strings with the currency's digits, dates ISO 8601."""
    return {
        "report": report.name,
        "title": report.title,
        "book": report.book,
        "currency": str(report.currency),
        "columns": [_column_json(column) for column in report.columns],
        "sections": [_section_json(section) for section in report.sections],
        "totals": [_total_json(total) for total in report.totals],
        "checks": [_check_json(check) for check in report.checks],
        "balanced": report.balanced,
        "balanced_by_column": list(report.balanced_by_column),
    }


def plain_figure(money: Money) -> str:
    """The decimal text of an amount with its currency's own digits, the same in every locale: '-1200.00'."""
    return units_to_text(money.units, money.currency.digits)


def _column_json(column: Column) -> dict[str, object]:
    days = {"at": column.at, "from": column.date_from, "to": column.date_to}
    name = {} if column.name is None else {"name": column.name}
    said = {name: day.isoformat() for name, day in days.items() if day is not None}
    # Numbers of columns are counted from 1, as they are written when a difference is asked for.
    of = {} if column.of is None else {"of": [place + 1 for place in column.of]}
    return {"label": column.label, **name, **said, **of}


def _section_json(section: Section) -> dict[str, object]:
    return {
        "kind": section.kind.value,
        "title": section.title,
        "rows": [_row_json(row) for row in section.rows],
        "totals": _figures_json(section.totals),
        "total_label": section.total_label,
        "unconverted": _unconverted_json(section.unconverted_by_column[0] if section.unconverted_by_column else {}),
        "unconverted_by_column": [_unconverted_json(held) for held in section.unconverted_by_column],
    }


def _row_json(row: Row) -> dict[str, object]:
    return {
        "account": row.account,
        "code": row.code,
        "label": row.label,
        "kind": row.kind.value,
        "depth": row.depth,
        "figures": _figures_json(row.figures),
        "unconverted": _unconverted_json(row.unconverted),
        "unconverted_by_column": [_unconverted_json(held) for held in row.unconverted_by_column],
    }


def _total_json(total: Total) -> dict[str, object]:
    return {
        "name": total.name,
        "label": total.label,
        "figures": _figures_json(total.figures),
        "unconverted": _unconverted_json(total.unconverted_by_column[0] if total.unconverted_by_column else {}),
        "unconverted_by_column": [_unconverted_json(held) for held in total.unconverted_by_column],
    }


def _check_json(check: Check) -> dict[str, object]:
    return {
        "name": check.name,
        "label": check.label,
        "figures": _figures_json(check.figures),
        "passed": list(check.passed),
    }


def _figures_json(figures: Sequence[Money | None]) -> list[str | None]:
    return [None if figure is None else plain_figure(figure) for figure in figures]


def _unconverted_json(unconverted: Unconverted) -> dict[str, str]:
    return {str(currency): plain_figure(money) for currency, money in unconverted.items()}
