"""Does any file at all do more than come in or be refused?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_ledger.errors import FileNotReadable, ImportRefused, LedgerError
from tui_ledger.importing.journal_import import import_journal, looks_like_journal
from tui_ledger.ledger import Ledger
from tui_ledger.text import clean

VERY_LONG_LINE_BYTES = 300_000

FRAGMENTS = [
    "2026-01-31", "2026/2/30", "1/1", "=2026-02-01", " * ", " ! ", " (12)", "(", " Shop | food", "\n", "\n\n",
    "\n  ", "\n\t", "\r\n", "assets:bank", "expenses:food", "income", "equity", "strange:name", ":", "::", "  ",
    "\t", " ", "$", "-", "+", "1", "12.50", "1,000", "1.000,00", "1e3", "E-9", ".", ",", " EUR", " VEA",
    '"green apples"', '"', "  ; ", ";", "note", "tag:", "key: value", "date:2026-02-01", "[2026-02-01]", " = ",
    " == ", " =* ", " @ ", " @@ ", " (@) ", "{1 USD}", "{", "}",
    "1 EUR @ 1.1 USD", "10 VEA @@ 5 EUR", "P 2026-01-31 VEA 0.5 GBP",
    "account ", "  ; type:A", "  ; type:Q", "commodity ", "format ",
    "D ", "Y", "Y2026", "apply year 2026", "end apply year", "decimal-mark ,", "comment", "end comment",
    "include x", "alias a=b", "P 2026-01-31 EUR 1 USD", "~ monthly", "= a", "#", "*", "(assets:a)",
    "[assets:b]", "0", "99999999999999999999", "0.0000000000001", "4000000000000000000", "NaN", "∞", "\uff11",
    "\u0000", "\u001b[2J", "\u009b", "\u202e", "\u200b", "\ufeff", "\u2028", "\u000b", "\u0085", "\ud7ff", "é",
    "e\u0301", "ﬁ", "🦊",
]  # fmt: skip

WELL_FORMED = "2026-01-31 * Shop | food  ; a: b\n  expenses:food  $12.50  ; memo\n  assets:bank\n\n"

LONG_PARTS = [
    "a", " ", "\t", "1", ",", ".", "-", "$", '"', ";", ":", "=", "[", "(", "a:", "a ", "1 ", "1,", "$ ", "- ",
    "a:b,", "[1", "[1-1]", '";', '" ', "date:", "e9", "[=", "é", "x  ", "  ;", "=*", "@ ",
]  # fmt: skip

WHOLE_LINES = [
    "{}",
    "2026-01-31 {}",
    "2026-01-31{}",
    "2026-01-31=1{}",
    "account {}",
    "commodity {}",
    "D {}",
    "P {}",
    "Y{}",
]
BELOW = [
    "2026-01-31 x\n  {}",
    "2026-01-31 x\n  a  1 EUR @ {}",
    "2026-01-31 x\n  a  1 EUR {{{}",
    "2026-01-31 x\n  a  {}",
    "2026-01-31 x\n  a  1  ;{}",
    "2026-01-31 x\n  a  1 EUR = {}",
]


def try_to_import(path: Path, content: bytes) -> None:
    """A file comes in whole and the book is right, or it is refused by line and the book is as it was."""
    path.write_bytes(content)
    with Ledger.in_memory(currency="USD", clock=lambda: datetime(2026, 6, 30, 12, tzinfo=UTC)) as ledger:
        head = ledger.head
        refusal: LedgerError | None = None
        result = None
        try:
            result = import_journal(ledger, path)
        except (ImportRefused, FileNotReadable) as problem:
            refusal = problem
        if result is not None:
            assert len(ledger.journal()) == result.imported
            assert ledger.verify().ok
            assert all(clean(note) == note for note in result.notes)
        else:
            assert ledger.head == head
            assert clean(str(refusal)) == str(refusal)
            lines = content.count(b"\n") + 1
            assert all(1 <= line <= lines for line, _ in getattr(refusal, "refused", ()))
    looks_like_journal(path)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile") / "hostile.journal"


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_pieces_of_journals_in_any_order(path: Path, pieces: list[str]) -> None:
    try_to_import(path, "".join(pieces).encode())


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes(path: Path, content: bytes) -> None:
    try_to_import(path, content)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 2 * len(WELL_FORMED)), length=st.integers(0, 12), piece=st.sampled_from(FRAGMENTS))
def test_a_good_journal_with_one_place_changed(path: Path, place: int, length: int, piece: str) -> None:
    text = WELL_FORMED * 3
    try_to_import(path, (text[:place] + piece + text[place + length :]).encode())


@settings(max_examples=150, deadline=None)
@given(amount=st.text(st.sampled_from("0123456789.,+-$€ eE\"'_=@()１"), max_size=40))
def test_any_amount(path: Path, amount: str) -> None:
    try_to_import(path, f"2026-01-31 x\n  assets:a  {amount}\n  assets:b\n".encode())


@settings(max_examples=150, deadline=None)
@given(
    amounts=st.lists(
        st.tuples(
            st.sampled_from(["", "1", "-2", "0", "0.01", "3.333", "99999999999", "-0.000000000001"]),
            st.sampled_from(["USD", "EUR", "JPY", "VEA", "vea", "$"]),
            st.sampled_from(["", "", " @ ", " @@ ", " {1 USD} @ "]),
            st.sampled_from(["0", "1", "0.5", "1.2345678901234567", "150", "1E-30", "99999999999"]),
            st.sampled_from(["USD", "EUR", "JPY", "VEA", "XYZ"]),
        ),
        min_size=1,
        max_size=4,
    ),
    balanced=st.booleans(),
)
def test_any_prices(path: Path, amounts: list[tuple[str, str, str, str, str]], balanced: bool) -> None:
    lines = [
        f"  assets:a{place}  {amount} {code}{mark}{f'{price} {other}' if mark else ''}"
        if amount
        else f"  assets:{place}"
        for place, (amount, code, mark, price, other) in enumerate(amounts)
    ]
    rest = ["", "  equity:x", ""] if balanced else [""]
    try_to_import(path, "\n".join(["2026-01-31 x", *lines, *rest]).encode())


@pytest.mark.parametrize("part", LONG_PARTS)
def test_very_long_lines_are_read_in_one_go(path: Path, part: str) -> None:
    length = VERY_LONG_LINE_BYTES // len(part.encode())
    for frame in (*WHOLE_LINES, *(f"2026-01-31 x\n  {line}" for line in BELOW)):
        try_to_import(path, (frame.format(part * length) + "\n").encode())


def test_assertions_on_very_many_accounts_are_checked_in_one_pass(path: Path) -> None:
    lines = [f"2026-01-31 x\n  assets:a{number}  $1 =* $1\n  assets  $0 =* $0\n  equity:x\n" for number in range(4_000)]
    path.write_text("\n".join(lines), encoding="utf-8")
    with Ledger.in_memory(currency="USD") as ledger, pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert refusal.value.values["count"] == 4_000


def test_very_deep_and_very_many_accounts_are_named_in_one_pass(path: Path) -> None:
    names = [f"top{number}:" + ":".join("a" * 200) for number in range(2_000)]
    path.write_text("".join(f"account {name}\n" for name in names), encoding="utf-8")
    with Ledger.in_memory(currency="USD") as ledger, pytest.raises(ImportRefused) as refusal:
        import_journal(ledger, path)
    assert refusal.value.values["count"] == 2_000
