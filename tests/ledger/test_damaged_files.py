"""Damage: a bent file is named as damaged or found by verify(); harmless reads stay right, and nothing crashes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tui_ledger.errors import LedgerError
from tui_ledger.ledger import Draft, Ledger, credit, debit

PAGE = 4096
NAMES = [*(f"Assets:Till {number}" for number in range(6)), *(f"Income:Shop {number}" for number in range(4))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[Any]]:
    """The bytes of a book of some sixty pages, and everything that can be read from it."""
    path, choose = tmp_path_factory.mktemp("whole") / "whole.ledger", random.Random(5)
    with Ledger.create(path) as ledger:
        for number, name in enumerate(NAMES):
            ledger.open_account(
                name, "asset" if name.startswith("Assets") else "income", code=str(number), attributes={"n": number}
            )
        ledger.post_batch(
            Draft(
                date(2026, 1, 1) + timedelta(days=choose.randrange(100)),
                f"Sale {number}",
                tuple(
                    side(name, number + 1) for side, name in zip((debit, credit), choose.sample(NAMES, 2), strict=True)
                ),
                payee=f"Payee {number % 7}",
                data={"number": number},
            )
            for number in range(250)
        )
        ledger.reverse(5, key="k")
        ledger.set_setting("locale", "de")
        ledger.rename_account("Assets:Till 3", "Assets:Box 3")
        everything = read_all(ledger)
    return path.read_bytes(), everything


def read_all(ledger: Ledger) -> list[Any]:
    accounts = ledger.accounts()
    window, register = ledger.journal_window(), ledger.register_window("0")
    return [
        accounts,
        ledger.balances(),
        [
            (ledger.balance(one), ledger.balance(one, at="2026-02-10"), ledger.calculate_balance(one))
            for one in accounts
        ],
        [list(ledger.register(one, date_from="2026-02-01")) for one in accounts],
        [ledger.register(one, date_from="2026-02-01").opening_balance for one in accounts],
        list(ledger.journal()),
        [ledger.transaction(number) for number in range(1, 252)],
        [ledger.account(one.name) for one in accounts],
        [ledger.account(str(number)) for number in range(10)],
        [ledger.account({"n": number}) for number in range(10)],
        [
            ledger.payees(),
            ledger.account_use("Payee 3"),
            [ledger.last_transaction_of(f"Payee {number}") for number in range(7)],
        ],
        [window.rows(0, len(window)), register.rows(0, len(register))],
        [ledger.head, ledger.currency, ledger.setting("locale"), ledger.fiscal_year_start, ledger.closed_through],
    ]


def opened(path: Path) -> Ledger | None:
    """The book, or None when it was refused by an error that names it."""
    try:
        return Ledger.open(path)
    except LedgerError as refusal:
        said = str(refusal)
    assert str(path) in said
    return None


def flip_a_bit(content: bytearray, at: int, choose: random.Random) -> None:
    content[at] ^= 1 << choose.randrange(8)


def change_a_byte(content: bytearray, at: int, choose: random.Random) -> None:
    content[at] = (content[at] + choose.randrange(1, 256)) % 256


def scribble(content: bytearray, at: int, choose: random.Random) -> None:
    content[at : at + 40] = choose.randbytes(len(content[at : at + 40]))


def blank_a_stretch(content: bytearray, at: int, choose: random.Random) -> None:
    content[at : at + 200] = bytes(len(content[at : at + 200]))


def blank_a_page(content: bytearray, at: int, choose: random.Random) -> None:
    start = at - at % PAGE
    content[start : start + PAGE] = bytes(PAGE)


def swap_two_pages(content: bytearray, at: int, choose: random.Random) -> None:
    one, other = at - at % PAGE, choose.randrange(len(content) // PAGE) * PAGE
    content[one : one + PAGE], content[other : other + PAGE] = content[other : other + PAGE], content[one : one + PAGE]


def cut_off(content: bytearray, at: int, choose: random.Random) -> None:
    del content[at:]


DAMAGES = (flip_a_bit, change_a_byte, scribble, blank_a_stretch, blank_a_page, swap_two_pages, cut_off)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("seed", range(9))
def test_damage_is_noticed_wherever_it_does_harm_and_never_crashes(
    whole: tuple[bytes, list[Any]],
    tmp_path: Path,
    damage: Callable[[bytearray, int, random.Random], None],
    seed: int,
) -> None:
    content, choose = bytearray(whole[0]), random.Random(f"{damage.__name__} {seed}")
    damage(content, choose.randrange(len(content)), choose)
    path = tmp_path / "damaged.ledger"
    path.write_bytes(content)
    ledger = opened(path)
    if ledger is None:
        return
    with ledger:
        verification = ledger.verify()
        try:
            found = read_all(ledger)
        except LedgerError:
            assert not verification.ok
            return
    assert not verification.ok or found == whole[1]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_book_cut_short_is_refused_or_found_damaged(
    whole: tuple[bytes, list[Any]], tmp_path: Path, share: float
) -> None:
    path = tmp_path / "cut.ledger"
    path.write_bytes(whole[0][: int(len(whole[0]) * share)])
    ledger = opened(path)
    if ledger is not None:
        with ledger:
            assert not ledger.verify().ok


def test_a_damaged_book_is_not_made_worse_by_looking_at_it(whole: tuple[bytes, list[Any]], tmp_path: Path) -> None:
    content = bytearray(whole[0])
    blank_a_page(content, len(content) // 2, random.Random(0))
    path = tmp_path / "damaged.ledger"
    path.write_bytes(content)
    with Ledger.open(path, read_only=True) as ledger:
        assert not ledger.verify().ok
    assert path.read_bytes() == content


def test_a_whole_book_is_found_whole(whole: tuple[bytes, list[Any]], tmp_path: Path) -> None:
    path = tmp_path / "copy.ledger"
    path.write_bytes(whole[0])
    with Ledger.open(path) as ledger:
        assert ledger.verify().ok
        assert read_all(ledger) == whole[1]
