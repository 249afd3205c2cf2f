"""Do reports agree with hledger's? Income by month, trial balance, balance sheet, cash at month ends, registers."""

from __future__ import annotations

import os
import random
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.importing.both_balances import Balances, balances_by_hledger
from tests.importing.test_currencies_against_hledger import generated_journal
from tests.reports.figures_of import failed
from tests.reports.hledger_figures import (
    is_only_here,
    journal_of,
    names_in_file,
    register_by_hledger,
    result_by_hledger,
    result_here,
    whole_months,
)
from tui_ledger.demo import make_demo
from tui_ledger.importing.journal_import import import_journal
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.reports.balance_sheet import balance_sheet
from tui_ledger.reports.cash_flow import cash_flow
from tui_ledger.reports.columns import Range, period_ends, periods_of
from tui_ledger.reports.income_statement import income_statement
from tui_ledger.reports.report import Report, RowKind
from tui_ledger.reports.trial_balance import trial_balance

pytestmark = pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger is not installed")

FOLDER = os.environ.get("TUI_LEDGER_TEST_JOURNALS")
JOURNALS = sorted(Path(FOLDER).glob("*.journal")) if FOLDER else []


@pytest.mark.parametrize("seed", range(3))
def test_statements_of_a_generated_journal_agree(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "books.journal"
    path.write_text(generated_journal(random.Random(seed), transactions=120), encoding="utf-8")
    with Ledger.create(tmp_path / "books.ledger", currency="USD") as ledger:
        import_journal(ledger, path)
        check_statements(ledger, path)
        check_registers(ledger, path)


def test_statements_of_the_demo_book_agree(tmp_path: Path) -> None:
    path = tmp_path / "demo.journal"
    with Ledger.open(make_demo(tmp_path)) as ledger:
        path.write_text(journal_of(ledger), encoding="utf-8")
        check_statements(ledger, path, every=1)
        check_registers(ledger, path)
        assert len(months_of(ledger)) > 12
        assert len(result_by_hledger(path, months_of(ledger))) > 5


@pytest.mark.skipif(not JOURNALS, reason="TUI_LEDGER_TEST_JOURNALS names no folder with journals")
@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_statements_of_a_journal_of_others_agree(tmp_path: Path, path: Path) -> None:
    with Ledger.create(tmp_path / "books.ledger", currency="USD") as ledger:
        import_journal(ledger, path)
        check_statements(ledger, path)
        check_registers(ledger, path)


def check_statements(ledger: Ledger, path: Path, every: int = 4) -> None:
    """Income and expenses month by month; then, at each `every`th month end from the last back, balances and cash."""
    months = months_of(ledger)
    names = names_in_file(ledger, path)
    income = income_statement(ledger, months)
    assert result_here(income, names) == result_by_hledger(path, months)
    assert failed(income) == set()
    mark_cash(ledger)
    ends = [*period_ends(Range(months[0].first, months[-1].last), "month")][::-every]
    for end in ends:
        there = balances_by_hledger(path, end)
        whole = Range(months[0].first, end)
        trial, sheet, flow = trial_balance(ledger, whole), balance_sheet(ledger, [end]), cash_flow(ledger, [whole])
        assert there
        assert closing_balances(trial, names) == there
        assert sheet_balances(sheet, names) == {
            use: held for use, held in there.items() if is_kept(ledger, names, *use)
        }
        assert cash_held(flow) == cash_by_currency(ledger, names, there)
        assert [failed(report) for report in (trial, sheet, flow)] == [set()] * 3


def check_registers(ledger: Ledger, path: Path) -> None:
    """Of the busiest accounts, from the beginning of the second month on: each posting and the balance after it."""
    names, months = names_in_file(ledger, path), months_of(ledger)
    whole = Range(months[min(1, len(months) - 1)].first, months[-1].last)
    counts = ledger.posting_counts(whole.first, whole.last)
    kept = [one for one in ledger.accounts() if not is_only_here(one.name, names_used(names)) and counts.get(one.id)]
    busiest = sorted(kept, key=lambda one: -counts[one.id])[:5]
    for account in busiest:
        sign, register = account.type.sign, ledger.register(account, date_from=whole.first, date_to=whole.last)
        here = [(one.date, one.amount.amount, sign * one.balance.amount) for one in register]
        assert here == register_by_hledger(path, names[account.name], str(account.currency), whole)
        assert len(here) == counts[account.id]
    assert len(busiest) == min(5, len(kept)) > 1


def months_of(ledger: Ledger) -> list[Range]:
    return periods_of(whole_months([transaction.date for transaction in ledger.journal()]), "month")


def mark_cash(ledger: Ledger) -> None:
    """Makes cash accounts of the banks, where the book has none."""
    if any(account.cash for account in ledger.accounts()):
        return
    assets = [account for account in ledger.accounts() if account.type is AccountType.ASSET]
    with ledger.write():
        for account in [one for one in assets if "bank" in one.name.casefold()] or assets[:2]:
            ledger.edit_account(account, cash=True)


def closing_balances(trial: Report, names: dict[str, str]) -> Balances:
    """Debit-positive, what no file of others names left out; the range begins with the book, so nothing is earlier."""
    found: Balances = {}
    for section in trial.sections:
        assert not [row for row in section.rows if row.kind is RowKind.COMPUTED]
        for row in section.rows:
            debit, credit = row.figures[4:]
            units = (0 if debit is None else debit.units) - (0 if credit is None else credit.units)
            if units and not is_only_here(str(row.account), names_used(names)):
                add(
                    found,
                    names[str(row.account)],
                    section.title,
                    Decimal(units).scaleb(-section.totals[0].currency.digits),
                )
    return {use: held for use, held in found.items() if held}


def sheet_balances(sheet: Report, names: dict[str, str]) -> Balances:
    """Debit-positive, what assets, liabilities and equity hold."""
    found: Balances = {}
    for section in sheet.sections:
        sign = -1 if section.kind.is_credit_normal else 1
        for row in section.rows:
            if row.kind not in (RowKind.ACCOUNT, RowKind.OWN) or is_only_here(str(row.account), names_used(names)):
                continue
            held = [*([] if row.figures[0] is None else [row.figures[0]]), *row.unconverted.values()]
            for money in held:
                add(found, names[str(row.account)], str(money.currency), sign * money.amount)
    return {use: held for use, held in found.items() if held}


def is_kept(ledger: Ledger, names: dict[str, str], name: str, code: str) -> bool:
    """Whether an account of the file stands in a balance sheet."""
    kinds = {(names[one.name], str(one.currency)): one.type for one in ledger.accounts()}
    return kinds[name, code] not in (AccountType.INCOME, AccountType.EXPENSE)


def cash_held(flow: Report) -> dict[str, Decimal]:
    closing = flow.totals[-1]
    held = [closing.figures[0], *closing.unconverted_by_column[0].values()]
    return {str(money.currency): money.amount for money in held if money}


def cash_by_currency(ledger: Ledger, names: dict[str, str], there: Balances) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for account in ledger.accounts():
        if account.cash:
            code = str(account.currency)
            found[code] = found.get(code, Decimal(0)) + there.get((names[account.name], code), Decimal(0))
    return {code: held for code, held in found.items() if held}


def names_used(names: dict[str, str]) -> set[str]:
    """The accounts that are called in the file as they are here, conversion accounts by their currency left out."""
    return {name for name, in_file in names.items() if name == in_file}


def add(found: Balances, name: str, code: str, amount: Decimal) -> None:
    found[name, code] = found.get((name, code), Decimal(0)) + amount
