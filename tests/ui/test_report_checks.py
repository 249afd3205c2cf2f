"""Does the screen say that a stored balance is wrong, and what of a register earlier years left?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, press, screen_text, settle
from tests.ui.test_reports_screen import show
from tui_ledger.ledger import Ledger, credit, debit


def _one_cent_more(path: Path, number: int) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE postings SET balance = balance + 1 WHERE number = ? AND line = 2", (number,))
    connection.close()


async def test_a_wrong_stored_balance_is_said_on_the_status_line(book: Ledger, at_desk: AtDesk) -> None:
    assert book.path is not None
    _one_cent_more(book.path, 4)
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "f4")
        assert "WRONG" not in await show(pilot, "statistics")
        shown = await show(pilot, "general-ledger")
        assert "WRONG BALANCES" in shown
        assert "WRONG: Assets:Bank:Current, transaction 4: 0.01, and 1 more line" in shown
        assert "WRONG" not in await show(pilot, "journal")


async def test_a_figure_leads_to_a_register_that_says_what_earlier_years_left_in_it(
    book: Ledger, at_desk: AtDesk
) -> None:
    for day, amount in (("2025-03-01", "71.68"), ("2026-03-01", "37.44")):
        lines = debit("Assets:Bank:Current", amount), credit("Income:Sales", amount)
        book.post("Sale", *lines, date=day)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "f4")
        await show(pilot, "income-statement")
        reports = bench(pilot).reports
        while reports.lines.row is None or reports.lines.row.account != "Income:Sales":
            await press(pilot, "down")
        await press(pilot, "enter")
        await settle(pilot)
        assert "4000  Income:Sales  earlier years 71.68, since then 337.44" in screen_text(pilot)
        await press(pilot, "escape")
        assert "General ledger" in await show(pilot, "general-ledger")
        window = reports.lines.window
        said = [line.figures[3] for line in window.rows(0, len(window)) if len(line.figures) > 3]
        assert said.count("of earlier years, not yet closed") == 2
