"""Several at once: threads, processes, ledgers of one book and of many; nothing is lost, nothing gets mixed."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import AlreadyReversed, LedgerError, UnknownAccount
from tui_ledger.ledger import Ledger, credit, debit

BANK, CASH, SALES = "Assets:Bank", "Assets:Cash", "Income:Sales"
WRITERS, EACH = 4, 25


def assert_all_there(ledger: Ledger) -> None:
    """Writer w posted w + 1 on each of its days: all there, numbered without gaps, in every balance."""
    total = EACH * sum(range(1, WRITERS + 1))
    assert sorted(one.number for one in ledger.journal()) == list(range(1, WRITERS * EACH + 1))
    assert sorted(one.memo for one in ledger.journal()) == sorted(
        f"{w}/{n}" for w in range(WRITERS) for n in range(EACH)
    )
    assert ledger.balance(BANK).amount == ledger.balance(SALES).amount == total
    verification = ledger.verify()
    assert verification.ok, verification.discrepancies


def work(ledger: Ledger, writer: int) -> None:
    for number in range(EACH):
        day = f"2026-01-{1 + (number * 7 + writer) % 28:02}"
        ledger.post(
            f"{writer}/{number}", debit(BANK, writer + 1), credit(SALES, writer + 1), date=day, key=f"{writer}/{number}"
        )


def at_once(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Starts all jobs at the same moment, each in its thread; raises what one of them raised."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one.result() for one in [pool.submit(run, job) for job in jobs]]


def test_four_threads_of_one_ledger_post_everything_once(book: Ledger) -> None:
    at_once([lambda writer=writer: work(book, writer) for writer in range(WRITERS)])
    assert_all_there(book)


def test_four_threads_of_a_book_in_memory_post_everything_once() -> None:
    with Ledger.in_memory() as ledger:
        ledger.open_account(BANK, "asset")
        ledger.open_account(SALES, "income")
        at_once([lambda writer=writer: work(ledger, writer) for writer in range(WRITERS)])
        assert_all_there(ledger)


def test_four_ledgers_of_one_book_post_everything_once(book: Ledger) -> None:
    ledgers = [Ledger.open(book.place) for _ in range(WRITERS)]
    at_once([lambda one=one, writer=writer: work(one, writer) for writer, one in enumerate(ledgers)])
    for one in ledgers:
        assert one.revision == book.revision
        one.close()
    assert_all_there(book)


def test_four_processes_post_everything_once(book: Ledger) -> None:
    program = f"""
import sys
from tui_ledger.ledger import Ledger, credit, debit
writer = int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
with Ledger.open(sys.argv[1]) as ledger:
    for number in range({EACH}):
        day = f"2026-01-{{1 + (number * 7 + writer) % 28:02}}"
        memo = f"{{writer}}/{{number}}"
        for attempt in range(2):
            ledger.post(memo, debit("{BANK}", writer + 1), credit("{SALES}", writer + 1), date=day, key=memo)
"""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(book.place), str(writer)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for writer in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    assert_all_there(book)


def test_only_one_of_many_reverses_a_transaction(book: Ledger) -> None:
    book.post("Sale", debit(BANK, 5), credit(SALES, 5))

    def reverse() -> int | None:
        try:
            return book.reverse(1).number
        except AlreadyReversed:
            return None

    assert sorted(at_once([reverse] * 6), key=str) == [2, None, None, None, None, None]


def test_one_key_used_by_many_at_once_books_once(book: Ledger) -> None:
    sell: Callable[[], int] = lambda: book.post("Sale", debit(BANK, 5), credit(SALES, 5), key="k").number  # noqa: E731
    assert at_once([sell] * 6) == [1] * 6
    assert len(book.journal()) == 1


def test_two_books_open_in_one_process_do_not_mix(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "one.ledger", "EUR") as one, Ledger.create(tmp_path / "two.ledger", "JPY") as two:
        for ledger in (one, two):
            ledger.open_account(BANK, "asset")
            ledger.open_account(SALES, "income")

        def sell(ledger: Ledger, amount: int) -> None:
            for _ in range(15):
                with ledger.write():
                    ledger.post("Sale", debit(BANK, amount), credit(SALES, amount))
                    ledger.post("Sale", debit(BANK, amount), credit(SALES, amount))

        at_once([lambda: sell(one, 1), lambda: sell(two, 1000), lambda: sell(one, 2), lambda: sell(two, 2000)])
        with one.write():
            one.open_account("Assets:One", "asset")
            two.open_account("Assets:Two", "asset")
        with pytest.raises(ZeroDivisionError), one.write(), two.write():  # noqa: PT012
            one.open_account("Assets:Lost", "asset")
            two.open_account("Assets:Lost", "asset")
            raise ZeroDivisionError
        assert (str(one.balance(BANK)), str(two.balance(BANK))) == ("90.00 EUR", "90000 JPY")
        assert {account.leaf for account in one.accounts()} == {"Adjustments", "Bank", "One", "Sales"}
        assert {account.leaf for account in two.accounts()} == {"Adjustments", "Bank", "Two", "Sales"}
        assert one.verify().ok
        assert two.verify().ok


def test_no_thread_sees_the_accounts_of_a_write_that_is_not_committed(book: Ledger) -> None:
    opened, looked = threading.Event(), threading.Event()

    def open_and_fail() -> None:
        with pytest.raises(ZeroDivisionError), book.write():  # noqa: PT012
            book.open_account("Assets:New", "asset", code="77")
            book.rename_account(CASH, "Assets:Till")
            assert book.account("77").name == "Assets:New"
            opened.set()
            looked.wait()
            assert book.account("Assets:Till").name == "Assets:Till"
            raise ZeroDivisionError

    def look() -> None:
        opened.wait()
        try:
            for name in ("Assets:New", "77", "Assets:Till"):
                with pytest.raises(UnknownAccount):
                    book.account(name)
            assert book.account(CASH).name == CASH
        finally:
            looked.set()

    at_once([open_and_fail, look])
    assert [one.name for one in book.accounts() if one.name.startswith("Assets")] == [BANK, CASH, "Assets:Dollars"]


def test_readers_never_see_half_a_write_while_others_write(book: Ledger) -> None:
    done = threading.Event()

    def write() -> None:
        try:
            for number in range(30):
                with book.write():
                    book.transfer(BANK, CASH, 1, date=f"2026-01-{30 - number:02}")
                    book.open_account(f"Assets:Extra {number}", "asset")
                    book.transfer(BANK, f"Assets:Extra {number}", 1)
        finally:
            done.set()

    def read() -> int:
        times = 0
        while not done.is_set() or times < 3:
            held, accounts = book.balances(), {one.id for one in book.accounts()}
            assert sum(held.values()) == 0
            assert set(held) <= accounts
            register = book.register(BANK)
            assert (
                register.opening_balance.units + sum(row.change.units for row in register)
                == register.closing_balance.units
            )
            times += 1
        return times

    assert min(at_once([write, read, read])[1:]) >= 3
    assert book.verify().ok


def test_a_change_by_another_is_noticed_by_its_revision(book: Ledger) -> None:
    with Ledger.open(book.place) as other:
        before = book.revision
        other.post("Sale", debit(BANK, 5), credit(SALES, 5))
        assert book.revision == other.revision == before + 1
        book.post("Sale", debit(BANK, 5), credit(SALES, 5))
        assert other.revision == before + 2
        assert other.head == book.head


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted where the system lists them")
def test_threads_that_ended_leave_no_files_open(book: Ledger) -> None:
    def ask() -> None:
        book.balance(BANK)

    def open_files() -> int:
        gc.collect()
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    before, thresholds = open_files(), gc.get_threshold()
    # A connection of sqlite3 refers to itself: it is found as garbage, as often as Python usually looks for some.
    gc.set_threshold(700, 10, 10)
    try:
        for _ in range(100):
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join()
        assert open_files() < before + 60
    finally:
        gc.set_threshold(*thresholds)


def test_a_ledger_closed_by_one_thread_is_closed_for_all(book: Ledger) -> None:
    started, closed = threading.Event(), threading.Event()

    def ask() -> str:
        book.balance(BANK)
        started.set()
        closed.wait()
        try:
            book.balance(BANK)
        except LedgerError as refusal:
            return type(refusal).__name__
        return "answered"

    def close() -> None:
        started.wait()
        book.close()
        closed.set()

    assert at_once([ask, close])[0] == "LedgerClosed"
