"""Which checks look for a seeded fault? Short ones for each rule, then a clerk's random acts; each says what it saw."""

from __future__ import annotations

import random
import re
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from tests.acts.books import frozen, with_first_accounts
from tests.acts.clerk import Clerk
from tests.ledger.conftest import with_accounts
from tests.ledger.test_guards import HOSTILE, HOSTILE_TO_A_CLOSED_PERIOD, run
from tui_ledger.errors import (
    AccountClosed,
    AccountInUse,
    AccountNotEmpty,
    AlreadyReversed,
    LedgerError,
    PeriodClosed,
    ReversalStands,
)
from tui_ledger.ledger import Draft, Ledger, Transaction, credit, debit
from tui_ledger.money import Money

Check = Callable[[int], str]
BANK, CASH, SALES = "Assets:Bank", "Assets:Cash", "Income:Sales"
BOOKS, ACTS = 8, 300


def hostile_statements(_: int) -> str:
    """Another program writes what the guards in the file must refuse, each with its own reason."""
    with _book() as ledger:
        assert ledger.path is not None
        ledger.post("January", debit(BANK, 10), credit(SALES, 10), date="2026-01-10", key="k1")
        ledger.post("February", debit(BANK, 20), credit(SALES, 20), date="2026-02-10")
        ledger.reverse(1, date="2026-03-10")
        with _other_program(ledger.path) as connection:
            for case, (reason, statements) in HOSTILE.items():
                if not _refused(connection, statements, reason):
                    return f"{case} was not refused"
            connection.execute("UPDATE book SET closed_through = '2026-01-31'")
            for case, statements in HOSTILE_TO_A_CLOSED_PERIOD.items():
                if not _refused(connection, statements, "the period is closed"):
                    return f"in a closed period: {case} was not refused"
    return ""


def own_connection(_: int) -> str:
    """What makes an acknowledged write durable and references checked is on."""
    wanted = {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1}
    with _book() as ledger:
        found = {name: ledger._database.value(f"PRAGMA {name}") for name in wanted}
    return "" if found == wanted else f"pragmas {found}"


def large_amounts(_: int) -> str:
    """What a binary fraction cannot hold."""
    with _book() as ledger:
        for account, amount in ((BANK, "90071992547409.93"), (CASH, "0.29"), ("Expenses:Rent", "1.15")):
            ledger.post("exact", debit(account, amount), credit(SALES, amount), date="2026-01-10")
            held = ledger.balance(account)
            if str(held.amount) != amount or type(held.units) is not int:
                return f"{held} instead of {amount}"
    return ""


def write_lock(_: int) -> str:
    """Whoever writes keeps others from writing from the beginning, not from the first change."""
    with _book() as ledger, Ledger.open(ledger.place, clock=frozen) as other:
        done = threading.Event()

        def post() -> None:
            other.post("other", debit(BANK, 1), credit(SALES, 1))
            done.set()

        writer = threading.Thread(target=post)
        with ledger.write():
            writer.start()
            early = done.wait(0.3)
        writer.join()
    return "another wrote during a write" if early else ""


def hooks(_: int) -> str:
    """A hook's amount is what is booked; after-hooks hear of what is on disk, and of nothing else."""
    with _book() as ledger:

        def doubled(draft: Draft) -> Draft:
            amounts = [one.amount for one in draft.postings if isinstance(one.amount, Money)]
            twice = [Money(2 * amount.units, amount.currency) for amount in amounts]
            pairs = zip(draft.postings, twice, strict=True)
            return replace(draft, postings=tuple(replace(one, amount=amount) for one, amount in pairs))

        heard: list[int] = []

        def hear(transaction: Transaction) -> None:
            heard.append(transaction.number)

        ledger.before_post(doubled)
        ledger.after_post(hear)
        ledger.post("doubled", debit(BANK, 5), credit(SALES, 5))
        if str(ledger.balance(BANK)) != "10.00 EUR" or heard != [1]:
            return f"the hook doubled 5 to {ledger.balance(BANK)}, and {heard} were told"
        with suppress(ZeroDivisionError), ledger.write():
            ledger.post("lost", debit(BANK, 5), credit(SALES, 5))
            _divide_by_zero(ledger)
        return "" if heard == [1] else f"hooks were told of {heard}"


def failed_writes(_: int) -> str:
    """A write that fails half way leaves nothing, whatever failed and where."""
    with _book() as ledger:
        before = ledger.head, ledger.accounts(), ledger.balances()
        for spoil in (_post_nonsense, _divide_by_zero):
            with suppress(LedgerError, ZeroDivisionError), ledger.write():
                ledger.open_account("Assets:New", "asset")
                ledger.rename_account(CASH, "Assets:Till")
                ledger.post("kept?", debit(BANK, 5), credit(SALES, 5))
                spoil(ledger)
            if (ledger.head, ledger.accounts(), ledger.balances()) != before:
                return f"a failed write left something: {spoil.__name__}"
    return ""


def first_line(_: int) -> str:
    """The ledger itself refuses, by the error that says why; the guards of the file are the second line."""
    with _book() as ledger:
        ledger.post("Sale", debit(BANK, 10), credit(SALES, 10), date="2026-02-10")
        ledger.reverse(1, date="2026-02-11")
        ledger.post("Old", debit(BANK, 10), credit(SALES, 10), date="2026-01-10", actor="clerk")
        ledger.close_period("2026-01-31")
        ledger.close_account(CASH, date="2026-06-15")
        wrong: tuple[tuple[type[LedgerError], Callable[[], object]], ...] = (
            (AlreadyReversed, lambda: ledger.reverse(1)),
            (ReversalStands, lambda: ledger.void(1)),
            (PeriodClosed, lambda: ledger.void(3)),
            (PeriodClosed, lambda: ledger.undo(actor="clerk")),
            (PeriodClosed, lambda: ledger.transfer(BANK, SALES, 1, date="2026-01-31")),
            (AccountClosed, lambda: ledger.transfer(BANK, CASH, 1)),
            (AccountInUse, lambda: ledger.delete_account(SALES)),
            (AccountNotEmpty, lambda: ledger.close_account(SALES)),
        )
        for error, act in wrong:
            try:
                act()
            except error:
                continue
            return f"{error.__name__} was to be raised and nothing was"
    return ""


def local_today(_: int) -> str:
    """The book's day is the user's, not that of UTC."""

    class _Evening(datetime):
        """Half past eleven on the 14th in a zone where it is the 15th in UTC already."""

        def astimezone(self, zone: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 6, 15, 4, 30, tzinfo=UTC) if zone is UTC else _evening()

    def _evening() -> datetime:
        return datetime(2026, 6, 14, 23, 30, tzinfo=timezone(timedelta(hours=-5)))

    with Ledger.in_memory("EUR", clock=lambda: _Evening(2026, 6, 14, 23, 30)) as ledger:
        return "" if ledger.today.day == 14 else f"today is {ledger.today}"


def tampering(_: int) -> str:
    """What was changed behind the book's back is found."""
    for statement in (
        "UPDATE postings SET balance = balance + 1 WHERE number = 1 AND line = 1",
        "UPDATE transactions SET memo = 'other' WHERE number = 1",
        "UPDATE accounts SET name = 'Assets:Other' WHERE name = 'Assets:Cash'",
    ):
        with _book() as ledger:
            assert ledger.path is not None
            ledger.post("January", debit(BANK, 10), credit(SALES, 10), date="2026-01-10")
            if not ledger.verify().ok:
                return f"verify finds {ledger.verify().discrepancies} in a sound book"
            with _other_program(ledger.path) as connection:
                connection.execute(statement)
            if ledger.verify().ok:
                return f"verify overlooks: {statement}"
    return ""


def taxes(_: int) -> str:
    """What is split off as tax, at the rate of the day, and where; rates are undone and come out of the history."""
    tax = "Liabilities:Card"
    with _book() as ledger:
        ledger.set_tax_rate("V", 16, account=tax, date_from="2025-01-01")
        ledger.set_tax_rate("V", 19, account="Assets:Cash", date_from="2026-01-01")
        ledger.undo()
        ledger.set_tax_rate("V", 19, date_from="2026-01-01")
        ledger.edit_account(SALES, tax_code="V")
        sales = (("2025-12-31", 116, 116, "gross"), ("2026-01-01", "119.04", "119.04", "gross"))
        for day, paid, sold, mode in (*sales, ("2026-01-02", "1.19", 1, "net")):
            ledger.post("sale", debit(BANK, paid), credit(SALES, sold), date=day, tax=mode)
        if str(ledger.balance(tax).amount) != "35.20":
            return f"{ledger.balance(tax)} of tax in place of 35.20"
        ledger.remove_tax_rate("V", "2025-01-01")
        ledger.rename_account(tax, "Liabilities:Tax", actor="other")
        ledger.open_account(tax, "liability", actor="other")
        ledger.undo()
        said = [(int(one.rate), one.account) for one in ledger.tax_rates()]
        if said != [(16, "Liabilities:Tax"), (19, "Liabilities:Tax")]:
            return f"rates are {said}"
        found = ledger.verify(replay=True).discrepancies
        return f"{found[0]}" if found else ""


def random_acts(seed: int) -> str:
    """A clerk and an oracle, in a few short books."""
    for book in range(BOOKS):
        with with_first_accounts(Ledger.in_memory("EUR", clock=frozen)) as ledger:
            clerk = Clerk(ledger, random.Random(seed + book))
            for _ in range(ACTS):
                clerk.act()
            clerk.compare_everything()
    return ""


def noticing(check: Check) -> Check:
    """A check for which a broken assertion and the ledger's own error are something noticed too."""

    def noticed(seed: int) -> str:
        try:
            return check(seed)
        except (AssertionError, LedgerError) as problem:
            return f"{type(problem).__name__}: {problem}"[:300] or type(problem).__name__

    noticed.__name__ = check.__name__
    return noticed


CHECKS: tuple[Check, ...] = tuple(
    map(
        noticing,
        (
            own_connection,
            hostile_statements,
            large_amounts,
            failed_writes,
            hooks,
            first_line,
            local_today,
            tampering,
            taxes,
            write_lock,
            random_acts,
        ),
    )
)


@contextmanager
def _book() -> Iterator[Ledger]:
    with (
        tempfile.TemporaryDirectory() as folder,
        with_accounts(Ledger.create(Path(folder, "shop.ledger"), "EUR", clock=frozen)) as ledger,
    ):
        yield ledger


@contextmanager
def _other_program(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("foreign_keys = 1", "recursive_triggers = 1", "trusted_schema = 0"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection
    finally:
        connection.close()


def _refused(connection: sqlite3.Connection, statements: list[str], reason: str) -> bool:
    try:
        run(connection, statements)
    except sqlite3.IntegrityError as refusal:
        return re.search(reason, str(refusal)) is not None
    return False


def _post_nonsense(ledger: Ledger) -> None:
    ledger.post("nonsense", debit(BANK, 5), credit("Assets:Nowhere", 5))


def _divide_by_zero(_: Ledger) -> None:
    raise ZeroDivisionError
