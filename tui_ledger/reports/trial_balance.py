"""Do debits equal credits? Every account with what it opened with, what moved on it, and what it closed with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger.conversions import CONVERSION_ROOT
from tui_ledger.ledger.values import Account
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range
from tui_ledger.reports.report import Check, Column, Report, Row, RowKind, Section, SectionKind
from tui_ledger.reports.rows import Translate
from tui_ledger.reports.source import MovementSource, fiscal_eve, of_one_revision
from tui_ledger.reports.tree import RESULT_TYPES, in_statement_order, tree_names
from tui_ledger.text import name_key, path_keys
from tui_ledger.words import N_, Said

NAME = "trial-balance"

SIDES = ("opening-debit", "opening-credit", "debit", "credit", "closing-debit", "closing-credit")
"""The columns, by their names for scripts."""

_HEADS = (N_("Opening Dr"), N_("Opening Cr"), N_("Debit"), N_("Credit"), N_("Closing Dr"), N_("Closing Cr"))

Sides = Mapping[int, tuple[int, int]]
"""Debits and credits by account id, both as positive minor units."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What an account opened with, was debited and credited, and holds by its stored balance: minor units, the first
    and last debit-positive, debits and credits without sign."""

    opening: int = 0
    debits: int = 0
    credits: int = 0
    stored: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits

    @property
    def is_idle(self) -> bool:
        return not (self.opening or self.debits or self.credits)

    def __add__(self, other: Turn) -> Turn:
        return Turn(
            self.opening + other.opening,
            self.debits + other.debits,
            self.credits + other.credits,
            self.stored + other.stored,
        )

    def without(self, sides: tuple[int, int]) -> Turn:
        """The same without some debits and credits."""
        debits, credits = sides
        return Turn(self.opening, self.debits - debits, self.credits - credits, self.stored - debits + credits)


def trial_balance(
    source: MovementSource,
    days: Range,
    depth: int | None = None,
    show_zero: bool = False,
    *,
    after_closing: bool = False,
    translate: Translate = str,
) -> Report:
    """Opening, debit, credit and closing of every account over a range, one section a currency; each side has its own
    column, and what is on the other is None.

    Income and expense accounts open at zero on the first day of the fiscal year of the range's first day; what earlier
    years left in them is one row. The closing transaction of the fiscal year the range ends in is left out unless
    `after_closing`; one of an earlier year counts on its day, and closes that row too. Idle accounts are hidden unless
    `show_zero`, conversion accounts never. `depth` sums deeper accounts into those above, each side by itself: what is
    owed to one is not taken off what another owes, so the feet are the same at every depth.

    `balanced` asks that the feet are equal in each currency, that closing balances equal the stored ones, and that the
    balances before the fiscal year add up to zero. Raises InvalidOptions.
    """
    if depth is not None and depth < 1:
        raise InvalidOptions(reason=Said("A depth of {depth} shows no account: give 1 or more.", depth=depth))
    read = of_one_revision(source, lambda: _read(source, days, after_closing))
    listed = [one for one in read.accounts if _is_listed(one, read.turns[one.id], days.last, show_zero)]
    currencies = sorted(
        {one.currency for one in listed} | read.currencies | {source.currency},
        key=lambda currency: (currency != source.currency, currency),
    )
    sections = tuple(
        _section(currency, [one for one in listed if one.currency == currency], read, depth, translate)
        for currency in currencies
    )
    checks = tuple(check for section in sections for check in _checks(section, read, translate))
    verdicts = tuple(all(check.passed[place] is not False for check in checks) for place in range(len(SIDES)))
    return Report(
        name=NAME,
        title=translate("Trial balance"),
        book=source.name,
        currency=source.currency,
        columns=tuple(
            Column(translate(head), date_from=days.first, date_to=days.last, name=name)
            for name, head in zip(SIDES, _HEADS, strict=True)
        ),
        sections=sections,
        checks=checks,
        balanced_by_column=verdicts,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """The accounts, what turned on each, and by currency what turned of earlier years' results, and what all balances
    before the fiscal year add up to."""

    accounts: tuple[Account, ...]
    turns: Mapping[int, Turn]
    earlier: Mapping[Currency, Turn]
    year_before: Mapping[Currency, int]

    @property
    def currencies(self) -> set[Currency]:
        """Those of which a row or a check has something to say, whatever the accounts hold."""
        earlier = {currency for currency, turn in self.earlier.items() if not turn.is_idle}
        return earlier | {currency for currency, units in self.year_before.items() if units}


def _read(source: MovementSource, days: Range, after_closing: bool) -> _Read:
    accounts = tuple(source.accounts())
    before, held = _balances(source, days.eve), source.balances(days.last)
    year_before = _balances(source, fiscal_eve(source.fiscal_year(days.first)[0]))
    moved = source.turnovers(days.first, days.last)
    left_out, counted = _closings(source, days, after_closing)
    turns, earlier, sums = dict[int, Turn](), dict[Currency, Turn](), dict[Currency, int]()
    for account in accounts:
        row, currency = account.id, account.currency
        sums[currency] = sums.get(currency, 0) + year_before.get(row, 0)
        whole = Turn(before.get(row, 0), *moved.get(row, (0, 0)), held.get(row, 0)).without(left_out.get(row, (0, 0)))
        if account.type not in RESULT_TYPES:
            turns[row] = whole
            continue
        turns[row], left = _split(whole, year_before.get(row, 0), counted.get(row, (0, 0)))
        earlier[currency] = earlier.get(currency, Turn()) + left
    return _Read(accounts, turns, earlier, sums)


def left_by_earlier_years(source: MovementSource, days: Range, *, after_closing: bool = False) -> dict[int, Turn]:
    """What the trial balance takes out of income and expense accounts: what fiscal years before that of the range's
    first day left in them, and what a closing transaction in the range took of that; by account id, idle ones aside."""
    year_before = _balances(source, fiscal_eve(source.fiscal_year(days.first)[0]))
    nominal = [one.id for one in source.accounts() if one.type in RESULT_TYPES and year_before.get(one.id, 0)]
    if not nominal:
        return {}
    _, counted = _closings(source, days, after_closing)
    return {row: _split(Turn(), year_before[row], counted.get(row, (0, 0)))[1] for row in nominal}


def _split(whole: Turn, left: int, closing: tuple[int, int]) -> tuple[Turn, Turn]:
    """An account of income or expenses without what earlier years left in it, and that apart.

    A closing transaction that counts takes both to zero, by one posting: each gets its part of it.
    """
    net = closing[0] - closing[1]
    if not (left and net):
        return whole + Turn(opening=-left, stored=-left), Turn(opening=left, stored=left)
    own = whole.without(closing) + Turn(-left, *_by_side(net + left), stored=net)
    return own, Turn(left, *_by_side(-left))


def _by_side(units: int) -> tuple[int, int]:
    """Debits and credits of an amount, both without sign."""
    return max(units, 0), max(-units, 0)


def _closings(source: MovementSource, days: Range, after_closing: bool) -> tuple[Sides, Sides]:
    """What closing transactions moved: those left out, of the fiscal year the range ends in, and those that count."""
    every = source.closing_turnovers(days.first, days.last)
    if after_closing or not every:
        return {}, every
    first = max(days.first, source.fiscal_year(days.last)[0])
    left_out = every if first == days.first else source.closing_turnovers(first, days.last)
    counted = {row: _less(sides, left_out.get(row, (0, 0))) for row, sides in every.items()}
    return left_out, counted


def _less(sides: tuple[int, int], others: tuple[int, int]) -> tuple[int, int]:
    return sides[0] - others[0], sides[1] - others[1]


def _balances(source: MovementSource, day: date | None) -> Mapping[int, int]:
    return {} if day is None else source.balances(day)


def _is_listed(account: Account, turn: Turn, last: date, show_zero: bool) -> bool:
    if not turn.is_idle or name_key(account.name).startswith(name_key(CONVERSION_ROOT)):
        return True
    return show_zero and account.closed is None and (account.opened is None or account.opened <= last)


def _section(
    currency: Currency, listed: list[Account], read: _Read, depth: int | None, translate: Translate
) -> Section:
    rows = [_row(named, currency) for named in _named(listed, read, depth)]
    earlier = read.earlier.get(currency, Turn())
    if not earlier.is_idle:
        label = translate("Result of earlier years, not yet closed")
        rows.append(Row(label, 1, _sides((earlier,), currency), RowKind.COMPUTED))
    totals = tuple(
        Money(sum(figure.units for row in rows if (figure := row.figures[place]) is not None), currency)
        for place in range(len(SIDES))
    )
    label = translate("Totals, {currency}").format(currency=currency)
    return Section(SectionKind.ACCOUNTS, str(currency), tuple(rows), totals, label)


@dataclass(frozen=True, slots=True)
class _Named:
    """A row to be: an account, or all below a name where the depth is limited, with the turns of each."""

    name: str
    account: Account | None
    turns: tuple[Turn, ...]


def _named(listed: Iterable[Account], read: _Read, depth: int | None) -> list[_Named]:
    found: dict[str, _Named] = {}
    names = tree_names(read.accounts)
    for account in in_statement_order(listed):
        name = account.name if depth is None else names[path_keys(account.name)[:depth][-1]]
        known = found.get(name)
        own = account if account.name == name else None
        turn = read.turns[account.id]
        found[name] = (
            _Named(name, own, (turn,)) if known is None else _Named(name, known.account or own, (*known.turns, turn))
        )
    return list(found.values())


def _row(named: _Named, currency: Currency) -> Row:
    account = named.account
    return Row(
        label=named.name,
        depth=1,
        figures=_sides(named.turns, currency),
        account=named.name,
        account_id=None if account is None else account.id,
        code=None if account is None else account.code,
    )


def _sides(turns: Sequence[Turn], currency: Currency) -> tuple[Money | None, ...]:
    """A figure in each of the six columns, None on the side that is empty; of several accounts what each has on it."""
    by_account = [(*_by_side(turn.opening), turn.debits, turn.credits, *_by_side(turn.closing)) for turn in turns]
    units = map(sum, zip(*by_account, strict=True))
    return tuple(Money(one, currency) if one else None for one in units)


def _checks(section: Section, read: _Read, translate: Translate) -> Iterator[Check]:
    """The feet of each pair of columns, closing balances against the stored ones, and what the year began with."""
    currency = section.totals[0].currency
    turns = [read.turns[one.id] for one in read.accounts if one.currency == currency]
    off = sum(abs(turn.closing - turn.stored) for turn in turns)
    nothing, unstored = Money(0, currency), Money(off, currency)
    unbalanced = Money(read.year_before.get(currency, 0), currency)
    feet = [section.totals[place - place % 2] - section.totals[place - place % 2 + 1] for place in range(len(SIDES))]
    yield _check("feet", translate("Debits − credits, {currency}"), feet)
    yield _check("stored", translate("Closing − stored balances, {currency}"), [*(nothing,) * 4, unstored, unstored])
    label = translate("Debits − credits before the fiscal year, {currency}")
    yield _check("year-before", label, [unbalanced, unbalanced, *(nothing,) * 4])


def _check(name: str, label: str, figures: Sequence[Money]) -> Check:
    """A check of one currency over the six columns."""
    currency = figures[0].currency
    passed = tuple(not figure for figure in figures)
    return Check(f"{name}-{currency}", label.format(currency=currency), tuple(figures), passed)
