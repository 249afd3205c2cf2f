"""On random books all checks of every statement hold, rows add up, and one cent anywhere is noticed."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.conftest import TYPES
from tests.reports.figures_of import assert_rows_add_up, failed
from tui_ledger.ledger import AccountType, DraftPosting, Ledger
from tui_ledger.money import standard_currency
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.columns import Range, periods_of
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.net_worth import net_worth
from tui_ledger.reports.report import Report, SectionKind
from tui_ledger.reports.trial_balance import trial_balance

EUR = standard_currency("EUR")
LEAVES = ("A", "A:B", "A:B:C", "D")
FIRST = date(2024, 1, 1).toordinal()
LENGTH = 3 * 365


def random_book(seed: int) -> Ledger:
    """A book in memory of three years, in which some years are closed, with two currencies and their prices."""
    chance = random.Random(seed)
    start = f"{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    ledger = Ledger.in_memory("EUR", fiscal_year_start=start)
    with ledger.write():
        for root, kind in TYPES.items():
            for leaf in LEAVES:
                ledger.open_account(f"{root}:{leaf}", kind, cash=root == "Assets" and chance.random() < 0.5)
            ledger.open_account(f"{root}:USD", kind, currency="USD", cash=root == "Assets")
        for _ in range(chance.randrange(0, 40)):
            _post(ledger, chance)
        for _ in range(chance.randrange(0, 6)):
            ledger.add_price(_day(chance), "USD", "EUR", f"{chance.randrange(1, 30_000) / 10_000:.4f}")
    if chance.random() < 0.5:
        _close(ledger, chance)
    return ledger


def _post(ledger: Ledger, chance: random.Random) -> None:
    amount = f"{chance.randrange(1, 99_999) / 100:.2f}"
    if chance.random() < 0.2:
        ledger.transfer(
            f"Assets:{chance.choice(LEAVES)}",
            "Assets:USD",
            amount,
            received=f"{chance.randrange(1, 999)}",
            date=_day(chance),
        )
        return
    in_dollars = chance.random() < 0.2
    names = [f"{root}:{leaf}" for root in TYPES for leaf in (("USD",) if in_dollars else LEAVES)]
    debit, credit = chance.sample(names, 2)
    ledger.post("", DraftPosting(debit, amount), DraftPosting(credit, f"-{amount}"), date=_day(chance))


def _close(ledger: Ledger, chance: random.Random) -> None:
    last = ledger.fiscal_year(_day(chance))[1]
    moved = any(ledger.balances(last)[one.id] for one in ledger.accounts() if one.type in _RESULTS)
    ledger.close_period(last, closing_transaction=moved)


def _day(chance: random.Random) -> date:
    return date.fromordinal(FIRST + chance.randrange(LENGTH))


_RESULTS = (AccountType.INCOME, AccountType.EXPENSE)
ranges = st.tuples(st.integers(-40, LENGTH + 40), st.integers(-40, LENGTH + 40)).map(
    lambda pair: Range(*(date.fromordinal(FIRST + place) for place in sorted(pair)))
)
depths = st.none() | st.integers(1, 5)


def assert_checked(report: Report) -> None:
    assert failed(report) == set()
    assert report.balanced is not False
    assert_rows_add_up(report)


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), whole=ranges, depth=depths, show_zero=st.booleans(), after_closing=st.booleans())
def test_all_checks_hold_and_rows_add_up_in_every_statement(
    seed: int, whole: Range, depth: int | None, show_zero: bool, after_closing: bool
) -> None:
    with random_book(seed) as ledger:
        quarters = periods_of(whole, "quarter")
        for currency in (None, EUR):
            given_too = {"after_closing": after_closing, "currency": currency}
            assert_checked(income_statement(ledger, [whole, *quarters], depth, show_zero, **given_too))
        trial = trial_balance(ledger, whole, depth, show_zero, after_closing=after_closing)
        assert_checked(trial)
        assert trial.balanced is True
        if any(account.cash for account in ledger.accounts()):
            assert_checked(cash_flow(ledger, [whole, *quarters], depth, show_zero))
        assert_checked(net_worth(ledger, [whole.last], depth, show_zero))


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), whole=ranges)
def test_statements_agree_with_each_other(seed: int, whole: Range) -> None:
    with random_book(seed) as ledger:
        _, last = whole.first, whole.last
        year = Range(ledger.fiscal_year(last)[0], last)
        sheet, income = balance_sheet(ledger, [last]), income_statement(ledger, [year])
        flow = cash_flow(ledger, [whole])
        months = income_statement(ledger, periods_of(whole, "month"), currency=EUR)
        in_one = income_statement(ledger, [whole], currency=EUR)
        trial = trial_balance(ledger, year)
        held = {one.name: ledger.balance(one, at=last).units for one in ledger.accounts() if one.cash}
        priced = in_one.balanced is True and months.balanced is True

    current = sheet.section(SectionKind.EQUITY).rows[-1].figures[0]
    assert (0 if current is None else current.units) == income.totals[0].figures[0].units
    if priced:
        assert sum(figure.units for figure in months.totals[0].figures) == in_one.totals[0].figures[0].units
    change, opening, closing = (total.figures[0].units for total in flow.totals)
    assert opening + change == closing
    assert closing == sum(units for name, units in held.items() if not name.endswith("USD"))
    of_results = [row for row in trial.sections[0].rows if (row.account or "").startswith(("Income", "Expenses"))]
    net = sum(
        (row.figures[5].units if row.figures[5] else 0) - (row.figures[4].units if row.figures[4] else 0)
        for row in of_results
    )
    assert net == income.totals[0].figures[0].units


@settings(max_examples=40)
@given(seed=st.integers(0, 2**32), whole=ranges)
def test_closing_a_year_changes_no_figure_of_its_statements(seed: int, whole: Range) -> None:
    with random_book(seed) as ledger:
        year = Range(*ledger.fiscal_year(whole.last))
        if ledger.closed_through is not None and ledger.closed_through >= year.last:
            return
        if not any(ledger.balances(year.last)[one.id] for one in ledger.accounts() if one.type in _RESULTS):
            return
        within = Range(max(whole.first, year.first), whole.last)

        def figures() -> list[object]:
            income = income_statement(ledger, [whole, within, year])
            trials = [trial_balance(ledger, one, show_zero=True) for one in (within, year)]
            rows = [_without_retained(trial) for trial in trials]
            return [income.sections, income.totals, rows, [trial.sections[0].totals for trial in trials]]

        before = figures()
        ledger.close_period(year.last, closing_transaction=True)

        assert figures() == before


def _without_retained(trial: Report) -> list[object]:
    """The rows of a trial balance but for the account of retained earnings, which closing opens."""
    rows = [row for section in trial.sections for row in section.rows]
    return [(row.label, row.figures) for row in rows if "Retained" not in row.label]


@pytest.mark.parametrize("seed", range(12))
def test_one_cent_in_any_stored_balance_is_noticed_by_a_trial_balance_that_reads_it(seed: int) -> None:
    chance = random.Random(seed)
    with random_book(seed) as ledger:
        rows = ledger._database.rows("SELECT account, date, number, line FROM postings")
        if not rows:
            return
        account, day, number, line = chance.choice(rows)
        whole = Range(date.fromisoformat(day), date.fromisoformat(day))
        ledger._database.execute(
            "UPDATE postings SET balance = balance + 1 WHERE account = ? AND date = ? AND number = ? AND line >= ?",
            (account, day, number, line),
        )
        last = ledger._database.value(
            "SELECT number FROM postings WHERE account = ? AND date = ? ORDER BY number DESC, line DESC LIMIT 1",
            (account, day),
        )

        assert trial_balance(ledger, whole).balanced is (last != number)
