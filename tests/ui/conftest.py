"""A small book on a frozen day, and the workbench over it."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tui_ledger.ledger import AccountType, Ledger, credit, debit
from tui_ledger.locale.formats import Formats
from tui_ledger.ui.app import Workbench
from tui_ledger.ui.screens.accounts import SETTLING_SECONDS
from tui_ledger.ui.typing_order import dealt_with

NOW = datetime(2026, 7, 17, 10, 30, tzinfo=UTC)
FORMATS = Formats("en_GB")

WIDE, NARROW = (140, 40), (80, 24)

ACCOUNTS = (
    ("Assets:Bank:Current", AccountType.ASSET, "1000"),
    ("Assets:Bank:Savings", AccountType.ASSET, "1010"),
    ("Assets:Petty cash", AccountType.ASSET, "1100"),
    ("Liabilities:Card", AccountType.LIABILITY, "2000"),
    ("Equity:Opening", AccountType.EQUITY, None),
    ("Income:Sales", AccountType.INCOME, "4000"),
    ("Expenses:Office:Paper", AccountType.EXPENSE, "6000"),
    ("Expenses:Rent", AccountType.EXPENSE, None),
)

CHARACTERS = {
    "space": " ",
    "minus": "-",
    "plus": "+",
    "full_stop": ".",
    "comma": ",",
    "asterisk": "*",
    "colon": ":",
    "slash": "/",
    "equals_sign": "=",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "at": "@",
    "quotation_mark": '"',
}

AtDesk = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


def frozen_clock() -> datetime:
    return NOW


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of tables whose cases open the workbench every twelfth runs, all with TUI_LEDGER_TEST_ALL: it takes CI's time."""
    if os.environ.get("TUI_LEDGER_TEST_ALL"):
        return
    seen: Counter[tuple[str, str]] = Counter()
    left = []
    for item in items:
        opens_workbench = "at_desk" in getattr(item, "fixturenames", ()) and hasattr(item, "callspec")
        if opens_workbench or item.get_closest_marker("many") is not None:
            place = (str(item.path), getattr(item, "originalname", item.name))
            left += [item] if seen[place] % 12 else []
            seen[place] += 1
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Ledger]:
    """Six transactions: an opening, rent, three deliveries of the Paper Mill, a sale in three lines."""
    with Ledger.create(tmp_path / "shop.ledger", currency="EUR", clock=frozen_clock) as ledger:
        for name, kind, code in ACCOUNTS:
            ledger.open_account(name, kind, code=code)
        ledger.post(
            "Opening", debit("Assets:Bank:Current", "5000"), credit("Equity:Opening", "5000"), date="2026-01-01"
        )
        paid_from = "Assets:Bank:Current"
        ledger.post(
            "Rent", debit("Expenses:Rent", "900"), credit(paid_from, "900"), date="2026-02-01", payee="Quayside"
        )
        for day, amount in (("2026-05-04", "82.10"), ("2026-06-04", "79.95"), ("2026-07-04", "123.40")):
            lines = debit("Expenses:Office:Paper", amount), credit(paid_from, amount)
            ledger.post("Paper of the month", *lines, date=day, payee="Paper Mill")
        ledger.post(
            "Invoice 12",
            debit("Assets:Petty cash", "100"),
            debit(paid_from, "200"),
            credit("Income:Sales", "300"),
            date=date(2026, 7, 10),
            payee="Müller GmbH",
        )
        yield ledger


@pytest.fixture
def at_desk() -> AtDesk:
    """Opens the workbench over a ledger: `async with at_desk(book, size=WIDE) as pilot`."""

    @asynccontextmanager
    async def opened(
        ledger: Ledger, size: tuple[int, int] = WIDE, formats: Formats = FORMATS
    ) -> AsyncIterator[Pilot[int]]:
        workbench = Workbench(ledger, formats, clock=frozen_clock)
        async with workbench.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield pilot

    return opened


def bench(pilot: Pilot[int]) -> Workbench:
    """The workbench a pilot sits at."""
    assert isinstance(pilot.app, Workbench)
    return pilot.app


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys as fast as a burst from a slow line would bring them, and wait until they have done what they do."""
    workbench = bench(pilot)
    for key in keys:
        workbench.post_message(events.Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
    await dealt_with(workbench)
    delivering = asyncio.ensure_future(workbench._typing.all_dealt_with())
    await asyncio.wait([delivering], timeout=10)
    await pilot.pause()


def keys_for(text: str) -> list[str]:
    """The key presses that type a text."""
    names = {character: name for name, character in CHARACTERS.items()}
    return [names.get(character, character) for character in text]


async def settle(pilot: Pilot[int]) -> None:
    """Wait until cursors have come to rest and what is worked on beside the screen is done."""
    await pilot.pause(SETTLING_SECONDS * 2)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def screen_text(pilot: Pilot[int]) -> str:
    """Everything that stands on the screen, line by line."""
    screen = pilot.app.screen
    lines = screen._compositor.render_strips()
    return "\n".join(strip.text for strip in lines)


def toasts(pilot: Pilot[int]) -> list[str]:
    """What has been said, the latest last."""
    return [notification.message for notification in pilot.app._notifications]
