"""A book with something of everything in it, and ways to bend the file of one."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from tui_ledger.ledger import Draft, DraftPosting, Ledger, WrittenPrice, credit, debit

BANK, CASH, SALES, RENT = "Assets:Bank", "Assets:Cash", "Income:Sales", "Expenses:Rent"
PAGE = 4096


def live(book: Ledger) -> Ledger:
    """Every kind of act: batches, prices, corrections, renames, names and rows given to others, closes, more digits."""
    book.set_setting("colour", {"é": [1, None, "\x00"]})
    book.set_setting("shelf", "a")
    book.set_setting("shelf", None)
    book.open_account("Liabilities:Member", "liability", attributes={"user": 7, "kind": "x"}, minimum="-10")
    book.open_account("Assets:Wrong", "asset", code="1999")
    book.delete_account("Assets:Wrong")
    book.open_account("Assets:Right", "asset", opened="2026-01-01", tax_code="V19", statement_line="operating")
    for number, day in ((1, "2026-02-10"), (2, "2026-01-31"), (3, "2026-01-20")):
        book.post(f"Sale {number}", debit(BANK, number), credit(SALES, number), date=day, payee="Ann", tags=["a", "%"])
    price = WrittenPrice(Decimal("0.92"), "EUR", total=False)
    book.post("Bought", DraftPosting("Assets:Dollars", 100, price=price), credit(BANK, 92), date="2026-03-02", key="k6")
    book.post(
        "Split", debit(RENT, "0.03"), credit(CASH, "0.01"), credit(BANK, "0.02"), date="2026-03-01", data={"n": 1}
    )
    book.post_batch(Draft(book.today, f"Batch {n}", (debit(BANK, n), credit(SALES, n))) for n in range(1, 30))
    book.add_price("2026-01-31", "USD", "EUR", "0.9")
    book.add_price("2026-01-31", "USD", "EUR", "0.91")
    book.add_price("2026-02-28", "USD", "EUR", "0.93")
    book.reverse(2, date="2026-04-01")
    book.void(1)
    book.undo()
    book.void(3)
    book.edit(5, debit(RENT, 2), credit(CASH, 2), memo="Rent", date="2026-03-05", reference="R 1")
    book.rename_account(CASH, "Assets:Till")
    book.rename_account(BANK, CASH)
    book.post("Sale", debit(CASH, 7), credit(SALES, 7), date="2026-05-01")
    book.rename_account(CASH, BANK)
    book.rename_account("Assets:Till", CASH)
    book.add_party("ann", "Ann Smith", data={"é": [1, None]})
    book.add_party("bob", referred_by="ann")
    book.add_party("cid")
    book.delete_party("cid")
    book.edit_party("bob", name="Bob", active=False)
    book.edit_account("Liabilities:Member", party="bob", purpose="loan")
    book.party_credit("ann", 3, purpose="bonus", date="2026-03-03", against=RENT)
    book.add_user("Ada Ö", "administrator")
    book.add_user("Ben", "party", "ann")
    book.add_user("Cid", "viewer")
    book.edit_user("Cid", role="bookkeeper", active=False)
    book.add_user("Dan", "viewer")
    book.delete_user("Dan")
    book.undo()
    book.set_digits("USD", 4)
    _taxed(book)
    _closed(book)
    book.post("Late", debit(BANK, 1), credit(SALES, 1), date="2026-02-01")
    assert book.verify().ok
    return book


def _closed(book: Ledger) -> None:
    """A year of its own, periods closed and reopened, and documents."""
    book.set_fiscal_year("2027-01-01", "2027-06-30")
    book.close_period("2025-12-31")
    book.close_period("2026-01-31")
    book.reopen_period("2026-01-15", reason="A late invoice")
    book.close_period("2026-01-31")
    book.attach(2, "https://example.org/2", "https://example.org/terms")
    book.detach(2, 1)


def _taxed(book: Ledger) -> None:
    """Rates set, changed, taken away and brought back, the account of one renamed, and a transaction split by them."""
    book.open_account("Liabilities:VAT", "liability")
    book.set_tax_rate("V19", 16, account="Liabilities:VAT", date_from="2020-07-01", name="Standard")
    book.set_tax_rate("V19", "18.5", date_from="2021-01-01")
    book.set_tax_rate("V19", 19, date_from="2021-01-01", name="Normal")
    book.rename_account("Liabilities:VAT", "Liabilities:Tax")
    book.open_account("Liabilities:VAT", "liability")
    book.set_tax_rate("V7", 7, account="Liabilities:VAT", date_from="2021-01-01")
    book.set_tax_rate("zero", 0, date_from="2021-01-01")
    book.remove_tax_rate("V7", "2021-01-01")
    book.undo()
    book.edit_account(RENT, tax_code="V19")
    book.post("Taxed", debit(RENT, 119), credit(CASH, 119), date="2026-03-04", tax="gross")


def tampered(path: Path, *statements: str) -> None:
    """Changes a book as somebody would who knows how: guards and checks off, then everything as it was before."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("PRAGMA ignore_check_constraints = 1")
        connection.execute("BEGIN")
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")


def pages_of(path: Path, *tables: str) -> list[int]:
    """The first pages of some tables and of their indexes."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            row[0]
            for row in connection.execute("SELECT rootpage, tbl_name FROM sqlite_master WHERE rootpage > 0")
            if row[1] in tables
        ]


def blank_pages(path: Path, numbers: list[int]) -> None:
    """Writes nothing where pages were."""
    content = bytearray(path.read_bytes())
    for number in numbers:
        content[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    path.write_bytes(content)


def one_file(path: Path) -> None:
    """All of a closed book in the file itself, so that its bytes can be bent."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = delete")


def damages(choose: random.Random) -> Callable[[bytearray, int], None]:
    """A way to bend some bytes."""

    def flip_a_bit(content: bytearray, at: int) -> None:
        content[at] ^= 1 << choose.randrange(8)

    def scribble(content: bytearray, at: int) -> None:
        content[at : at + 40] = choose.randbytes(len(content[at : at + 40]))

    def blank_a_page(content: bytearray, at: int) -> None:
        start = at - at % PAGE
        content[start : start + PAGE] = bytes(PAGE)

    def cut_off(content: bytearray, at: int) -> None:
        del content[at:]

    return choose.choice([flip_a_bit, scribble, blank_a_page, cut_off])


def without_own_marks(dump: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in a book and in another that holds the same: all but the schema's print and the mark that
    accounts changed."""
    book = [(*row[:6], *row[7:]) for row in dump["book"]]
    return {**dump, "book": book, "settings": [row for row in dump["settings"] if row[0] != "schema"]}


def files_in(folder: Path) -> list[str]:
    """The names of what lies in a folder and below it."""
    return sorted(str(path.relative_to(folder)) for path in _walked(folder))


def _walked(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def sell(ledger: Ledger, amount: int = 1) -> int:
    """Posts a sale behind all else; its number."""
    return ledger.post("Sale", debit(BANK, amount), credit(SALES, amount), date="2026-06-30").number


def path_of(ledger: Ledger) -> Path:
    """The file of a book that has one."""
    assert ledger.path is not None
    return ledger.path


def new_names(folder: Path) -> list[str]:
    """What lies in the folder beside the book itself."""
    return [name for name in files_in(folder) if name not in ("shop.ledger", "shop.ledger-wal", "shop.ledger-shm")]


def cut_off_the_end(path: Path, number: int, seq: int) -> None:
    """Takes the last transaction out of everything, so that book and history agree."""
    tampered(
        path,
        f"DELETE FROM changes WHERE seq = {seq}",
        f"DELETE FROM postings WHERE number = {number}",
        f"DELETE FROM transactions WHERE number = {number}",
    )


_COUNTING = """
import os, signal, sys
{imports}
last, calls = int(sys.argv[1]), 0
def count(frame, event, called):
    global calls
    calls += event == "c_call"
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(count)
{act}
sys.setprofile(None)
print(calls)
"""


def killed_at_moments(imports: str, act: str, arguments: list[Path], moments: int) -> Iterator[int]:
    """Runs an act in processes of its own, each killed a little later in it than the one before; yields in between."""

    def run(last: int) -> str:
        program = _COUNTING.format(imports=imports, act=act)
        command = [sys.executable, "-c", program, str(last), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    calls = int(run(-1))
    assert calls > moments
    for moment in range(1, moments + 1):
        assert run(calls * moment // (moments + 1)) == ""
        yield moment


def anchor_kinds(path: Path) -> list[str]:
    """The kinds of what `verify` finds wrong with a book."""
    with Ledger.open(path) as ledger:
        return [one.kind for one in ledger.verify().discrepancies]
