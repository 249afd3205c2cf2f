"""Where did the cash come from and go to? From opening to closing cash, by the accounts on the other side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_ledger.errors import InvalidOptions
from tui_ledger.ledger.values import Account, AccountType
from tui_ledger.money import Currency, Money
from tui_ledger.reports.columns import Range, columns_of
from tui_ledger.reports.report import Check, Report, Row, Section, SectionKind, Total
from tui_ledger.reports.rows import Direction, Translate, account_rows, computed_row
from tui_ledger.reports.source import MovementSource, of_one_revision
from tui_ledger.reports.tree import Amounts, account_tree, holds_anything, negative, summed
from tui_ledger.words import N_, Said

NAME = "cash-flow"

ACTIVITIES = (SectionKind.OPERATING, SectionKind.INVESTING, SectionKind.FINANCING)

_TITLES = {
    SectionKind.OPERATING: (N_("Operating activities"), N_("Cash from operating activities")),
    SectionKind.INVESTING: (N_("Investing activities"), N_("Cash from investing activities")),
    SectionKind.FINANCING: (N_("Financing activities"), N_("Cash from financing activities")),
    SectionKind.EXCHANGE: (N_("Exchange"), N_("Effect of exchange rates")),
}
_INFLOW = -1


def cash_flow(
    source: MovementSource,
    ranges: Sequence[Range],
    depth: int | None = None,
    show_zero: bool = False,
    *,
    translate: Translate = str,
) -> Report:
    """What went into the cash accounts (above zero) and out of them over each range, by counter account under its
    statement line; an account without one belongs to operating activities, an equity account to financing.

    Every posting beside cash in a transaction that touches cash counts with minus its amount, so the lines add up to
    closing less opening cash; what went between cash accounts vanishes, and conversions are the effect of exchange
    rates. `balanced` compares the lines with the stored balances, and asks that all balances read add up to zero, in
    each currency by itself: nothing is converted. Raises InvalidOptions, where no account is cash too.
    """
    if depth is not None and depth < 1:
        raise InvalidOptions(reason=Said("A depth of {depth} shows no account: give 1 or more.", depth=depth))
    made = of_one_revision(source, lambda: _Figures(source, tuple(ranges)))
    return _Statement(made, source.name, source.currency, depth, show_zero, translate).report()


class _Figures:
    """What moved cash, by account and column, and what the cash accounts held, all debit-positive."""

    def __init__(self, source: MovementSource, ranges: tuple[Range, ...]) -> None:
        self.ranges = ranges
        self.accounts = tuple(source.accounts())
        self.cash = [account for account in self.accounts if account.cash]
        if not self.cash:
            reason = N_("No account is marked as cash: `tui-ledger account edit NAME --cash` says which are.")
            raise InvalidOptions(reason=reason)
        causes = [source.cash_causes(one.first, one.last) for one in ranges]
        self.by_account = self._split(causes, conversion=False)
        self.exchanged = summed(self._split(causes, conversion=True).values(), len(ranges))
        opening = [{} if one.eve is None else source.balances(one.eve) for one in ranges]
        closing = [source.balances(one.last) for one in ranges]
        self.opening = self._held(opening, self.cash)
        self.closing = self._held(closing, self.cash)
        self.sums = self._held(opening, self.accounts), self._held(closing, self.accounts)

    def of_activity(self, kind: SectionKind) -> list[Account]:
        return [account for account in self.accounts if not account.cash and activity_of(account) is kind]

    def _split(self, causes: Sequence[Mapping[tuple[int, bool], int]], *, conversion: bool) -> dict[int, Amounts]:
        return {
            account.id: tuple({account.currency: column.get((account.id, conversion), 0)} for column in causes)
            for account in self.accounts
        }

    def is_open(self, account: Account) -> bool:
        last = max(one.last for one in self.ranges)
        return account.closed is None and (account.opened is None or account.opened <= last)

    @staticmethod
    def _held(columns: Sequence[Mapping[int, int]], accounts: Sequence[Account]) -> Amounts:
        held = [tuple({account.currency: column.get(account.id, 0)} for column in columns) for account in accounts]
        return summed(held, len(columns))


class _Statement:
    def __init__(
        self,
        figures: _Figures,
        book: str,
        currency: Currency,
        depth: int | None,
        show_zero: bool,
        translate: Translate,
    ) -> None:
        self.figures = figures
        self.book = book
        self.currency = currency
        self.depth = depth
        self.show_zero = show_zero
        self.translate = translate
        self.columns = len(figures.ranges)

    def report(self) -> Report:
        sections = [self._section(kind) for kind in ACTIVITIES]
        if holds_anything(self.figures.exchanged):
            sections.append(self._exchange())
        checks = tuple(self._checks())
        return Report(
            name=NAME,
            title=self.translate("Cash flow statement"),
            book=self.book,
            currency=self.currency,
            columns=columns_of(self.figures.ranges),
            sections=tuple(sections),
            totals=self._totals(sections),
            checks=checks,
            balanced_by_column=tuple(all(check.passed[place] for check in checks) for place in range(self.columns)),
        )

    def _section(self, kind: SectionKind) -> Section:
        accounts = self.figures.of_activity(kind)
        moved = self.figures.by_account
        listed = [
            one for one in accounts if holds_anything(moved[one.id]) or (self.show_zero and self.figures.is_open(one))
        ]
        rows = [
            row
            for type in (AccountType.INCOME, AccountType.EXPENSE, *_BALANCE_TYPES)
            for row in self._rows([one for one in listed if one.type is type], accounts)
        ]
        return self._made(kind, rows, summed((moved[one.id] for one in accounts), self.columns))

    def _rows(self, listed: Sequence[Account], accounts: Sequence[Account]) -> list[Row]:
        trees = account_tree(listed, self.figures.by_account, self.columns, accounts)
        return account_rows(trees, Direction(_INFLOW, self.currency), self.depth, self.translate)

    def _exchange(self) -> Section:
        row = computed_row(
            self.translate("Exchanged into other currencies"), self.figures.exchanged, Direction(_INFLOW, self.currency)
        )
        return self._made(SectionKind.EXCHANGE, [row], self.figures.exchanged)

    def _made(self, kind: SectionKind, rows: Sequence[Row], total: Amounts) -> Section:
        direction, (title, label) = Direction(_INFLOW, self.currency), _TITLES[kind]
        return Section(
            kind=kind,
            title=self.translate(title),
            rows=tuple(rows),
            totals=direction.totals(total),
            total_label=self.translate(label),
            unconverted_by_column=direction.unconverted(total),
        )

    def _totals(self, sections: Sequence[Section]) -> tuple[Total, ...]:
        """The change of cash, and what it leads from and to."""
        kinds = tuple(section.kind for section in sections)
        lines = summed((*self._causes(), self.figures.exchanged), self.columns)
        return (
            self._total("change", N_("Change of cash"), Direction(_INFLOW, self.currency), lines, kinds),
            self._total("opening-cash", N_("Cash at the beginning"), Direction(1, self.currency), self.figures.opening),
            self._total(
                "closing-cash",
                N_("Cash at the end"),
                Direction(1, self.currency),
                self.figures.closing,
                of_totals=("opening-cash", "change"),
            ),
        )

    def _total(
        self,
        name: str,
        label: str,
        direction: Direction,
        amounts: Amounts,
        sections: tuple[SectionKind, ...] = (),
        of_totals: tuple[str, ...] = (),
    ) -> Total:
        return Total(
            name=name,
            label=self.translate(label),
            figures=direction.totals(amounts),
            sections=sections,
            of_totals=of_totals,
            unconverted_by_column=direction.unconverted(amounts),
        )

    def _causes(self) -> list[Amounts]:
        """What accounts beside cash had to do with it, exchange left out."""
        return [self.figures.by_account[account.id] for account in self.figures.accounts if not account.cash]

    def _checks(self) -> list[Check]:
        """The lines against the stored balances of the cash accounts, and all balances read, in each currency."""
        figures = self.figures
        lines = summed((*self._causes(), figures.exchanged), self.columns)
        off = summed((figures.closing, negative(figures.opening), lines), self.columns)
        sums = tuple(before or after for before, after in zip(*figures.sums, strict=True))
        others = sorted({account.currency for account in figures.accounts} - {self.currency})
        tied, summed_up = N_("Closing − opening cash − lines, {currency}"), N_("Debits − credits, {currency}")
        return [
            self._check(name, label, currency, amounts)
            for name, label, amounts in (("cash", tied, off), ("zero-sum", summed_up, sums))
            for currency in (self.currency, *others)
        ]

    def _check(self, name: str, label: str, currency: Currency, off: Amounts) -> Check:
        units = [held.get(currency, 0) for held in off]
        figures = tuple(Money(one, currency) for one in units)
        label = self.translate(label).format(currency=currency)
        return Check(f"{name}-{currency}", label, figures, tuple(not one for one in units))


_BALANCE_TYPES = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)


def activity_of(account: Account) -> SectionKind:
    """The part of the statement an account's movements belong to."""
    said = next((kind for kind in ACTIVITIES if kind.value == (account.statement_line or "").strip().casefold()), None)
    if said is not None:
        return said
    return SectionKind.FINANCING if account.type is AccountType.EQUITY else SectionKind.OPERATING
