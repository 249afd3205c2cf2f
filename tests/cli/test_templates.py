from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tui_ledger.ledger import Ledger, credit, debit


@pytest.fixture
def rented(shop: Path) -> Path:
    """The shop with its rent paid once."""
    with Ledger.open(shop) as ledger:
        ledger.open_account("Expenses:Rent", "expense")
        lines = debit("Expenses:Rent", "900"), credit("Assets:Bank", "900")
        ledger.post("Rent of the month", *lines, date="2026-01-01", payee="Quayside", tags=("premises",))
    return shop


def test_a_transaction_is_kept_and_posted_again(rented: Path, call: Call) -> None:
    saved = call("--book", rented, "template", "save", "1", "Rent")
    assert saved.status == 0
    assert saved.out.splitlines() == [
        "Saved Rent: Quayside · Rent of the month · premises",
        "  Expenses:Rent  900.00",
        "  Assets:Bank      open",
    ]
    posted = call("--book", rented, "template", "post", "rent", "--date", "2026-02-01", "--json")
    assert posted.json == {
        "number": 2,
        "numbers": [2],
        "balances": {"Expenses:Rent": "1800.00", "Assets:Bank": "-1800.00"},
    }
    other = call("--book", rented, "template", "post", "Rent", "950", "--date", "2026-03-01", "--json")
    assert other.json["balances"]["Expenses:Rent"] == "2750.00"
    with Ledger.open(rented) as ledger:
        assert ledger.transaction(3).tags == ("premises",)
        assert ledger.transaction(3).date.isoformat() == "2026-03-01"


def test_templates_are_listed_and_shown(rented: Path, call: Call) -> None:
    assert "template save" in call("--book", rented, "template", "list").out
    call("--book", rented, "template", "save", "#1")
    call("--book", rented, "template", "save", "1", "Blank", "--without-amounts")
    names = [line.split()[0] for line in call("--book", rented, "template", "list").out.splitlines()[2:]]
    assert names == ["Blank", "Quayside"]
    shown = call("--book", rented, "template", "show", "blank", "--json").json
    assert shown == {
        "name": "Blank",
        "payee": "Quayside",
        "memo": "Rent of the month",
        "tags": ["premises"],
        "lines": [
            {"account": "Expenses:Rent", "amount": None, "memo": None, "price": None},
            {"account": "Assets:Bank", "amount": None, "memo": None, "price": None},
        ],
    }
    assert [one["name"] for one in call("--book", rented, "template", "list", "--json").json["templates"]] == names


def test_the_same_key_posts_a_template_once(rented: Path, call: Call) -> None:
    call("--book", rented, "template", "save", "1", "Rent")
    for _ in range(2):
        answer = call("--book", rented, "template", "post", "Rent", "--date", "2026-02-01", "--key", "feb", "--json")
        assert answer.json["number"] == 2
    with Ledger.open(rented) as ledger:
        assert len(ledger.journal()) == 2


def test_a_template_is_deleted_and_undo_brings_it_back(rented: Path, call: Call) -> None:
    call("--book", rented, "template", "save", "1", "Rent")
    assert call("--book", rented, "template", "delete", "Rent", "--json").json["name"] == "Rent"
    assert call("--book", rented, "template", "list", "--json").json == {"templates": []}
    call("--book", rented, "undo")
    assert len(call("--book", rented, "template", "list", "--json").json["templates"]) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "Nothing"), "There is no template 'Nothing': `template list` shows those there are."),
        (("delete", "Nothing"), "There is no template 'Nothing': `template list` shows those there are."),
        (("save", "9", "X"), "There is no transaction 9: this book's numbers run from 1 to 1."),
        (("save", "one", "X"), "'one' is no transaction number: write a whole number of 0 or more."),
        (
            ("post", "Rent", "1,5"),
            "'1,5' is not an amount: write digits with a point and no grouping, such as 1450.00.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    rented: Path, call: Call, arguments: tuple[str, ...], sentence: str
) -> None:
    call("--book", rented, "template", "save", "1", "Rent")
    assert call("--book", rented, "template", *arguments).refusal == sentence


def test_a_void_transaction_has_no_lines_to_keep(rented: Path, call: Call) -> None:
    call("--book", rented, "void", "1")
    assert "is void" in call("--book", rented, "template", "save", "1", "X").refusal
