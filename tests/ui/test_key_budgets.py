"""How many keys does the work take on the demo book? Every key counted, from the journal or a register."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, frozen_clock, keys_for, press, screen_text, settle
from tui_ledger.demo.making import FILE_NAME, make_demo
from tui_ledger.ledger import Ledger

REPEAT, NEW, BALANCE_SHEET, WORKBOOK, UNDO = 12, 20, 1, 2, 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo book, made once."""
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A demo book of the test's own."""
    for file in made.parent.glob(f"{FILE_NAME}*"):
        shutil.copy(file, tmp_path / file.name)
    with Ledger.open(tmp_path / FILE_NAME, clock=frozen_clock) as ledger:
        yield ledger


def last(ledger: Ledger) -> int:
    return len(ledger.journal_window())


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("ending", [["ctrl+s"], ["enter", "enter"]])
async def test_a_repeat_of_the_weekly_paper_at_a_new_amount(
    demo: Ledger, at_desk: AtDesk, size: tuple[int, int], ending: list[str]
) -> None:
    keys = ["n", "p", "a", "enter", *"1450", *ending]
    assert len(keys) <= REPEAT
    before = last(demo)
    async with at_desk(demo, size) as pilot:
        await press(pilot, "2", *keys)
        posted = demo.transaction(before + 1)
        assert (posted.payee, posted.memo) == ("Paper Mill", "Paper of the week")
        assert [(one.account, one.amount.amount) for one in posted.postings] == [
            ("Expenses:Supplies:Paper", Decimal("1450.00")),
            ("Assets:Bank:Current", Decimal("-1450.00")),
        ]


async def test_a_repeat_with_cents_and_on_another_day_stays_within_it(demo: Ledger, at_desk: AtDesk) -> None:
    keys = ["n", "minus", "p", "a", "enter", *keys_for("84.20"), "ctrl+s"]
    assert len(keys) <= REPEAT
    before = last(demo)
    async with at_desk(demo, NARROW) as pilot:
        await press(pilot, "2", *keys)
        posted = demo.transaction(before + 1)
        assert posted.date.isoformat() == "2026-07-16"
        assert posted.postings[0].amount.amount == Decimal("84.20")


@pytest.mark.parametrize(
    ("account", "paid_from", "names"),
    [
        ("pap", "cu", ("Expenses:Supplies:Paper", "Assets:Bank:Current")),
        ("rent", "til", ("Expenses:Premises:Rent", "Assets:Cash:Till")),
    ],
)
async def test_a_new_expense_of_two_lines_with_an_unseen_payee(
    demo: Ledger, at_desk: AtDesk, account: str, paid_from: str, names: tuple[str, str]
) -> None:
    payee = keys_for("Kiosk")
    keys = ["n", "enter", "enter", *account, "enter", *"1280", "enter", *paid_from, "enter", "ctrl+s"]
    assert len(keys) <= NEW
    before = last(demo)
    async with at_desk(demo, NARROW) as pilot:
        await press(pilot, "2", keys[0], *payee, *keys[1:])
        posted = demo.transaction(before + 1)
        assert posted.payee == "Kiosk"
        assert tuple(one.account for one in posted.postings) == names
        assert [one.amount.amount for one in posted.postings] == [Decimal("1280.00"), Decimal("-1280.00")]


async def test_undo(demo: Ledger, at_desk: AtDesk) -> None:
    keys = ["ctrl+z"]
    assert len(keys) <= UNDO
    before, held = last(demo), demo.balance("Assets:Bank:Current")
    async with at_desk(demo, NARROW) as pilot:
        await press(pilot, "2", "n", "p", "a", "enter", *"1450", "ctrl+s")
        assert demo.balance("Assets:Bank:Current") != held
        await press(pilot, *keys)
        assert demo.balance("Assets:Bank:Current") == held
        assert demo.transaction(before + 1).voided


async def test_the_balance_sheet_and_the_workbook(demo: Ledger, at_desk: AtDesk) -> None:
    keys = ["f4", "ctrl+e"]
    assert (len(keys[:1]), len(keys)) <= (BALANCE_SHEET, WORKBOOK)
    async with at_desk(demo, NARROW) as pilot:
        await press(pilot, keys[0])
        await settle(pilot)
        assert "Balance sheet" in screen_text(pilot)
        assert "balanced" in screen_text(pilot)
        await press(pilot, keys[1])
        await settle(pilot)
        assert demo.path is not None
        assert [file.suffix for file in (demo.path.parent / "exports").iterdir()] == [".xlsx"]
        assert bench(pilot).current_mode == "reports"
