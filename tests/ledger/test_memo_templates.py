"""Memos made of templates: read strictly, filled safely, whatever stands in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_ledger.errors import InvalidMemoTemplate
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.journal import MEMO_LIMIT
from tui_ledger.ledger.memo_templates import as_literal, filled_memo, memo_template

NAMES = ("party", "amount", "party.key")
VALUES = {"party": "Ann {amount}", "amount": "5.00 EUR", "party.key": None}
EXTRA = {"order": {"id": 7, "lines": [1, {"a": None}]}, "a.b": "flat", "empty": "", "yes": True}
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=200)


@pytest.mark.parametrize(
    ("text", "memo"),
    [
        ("", ""),
        ("Paid to {party}", "Paid to Ann {amount}"),
        ("{ amount }{party.key|nobody}", "5.00 EURnobody"),
        ("{{party}} {{{amount}}}", "{party} {5.00 EUR}"),
        ("{data.order.id}/{data.order.none|none}/{data.a.b}/{data.empty|-}", "7/none/flat/-"),
        ("{data.order.lines} {data.yes}{data.order.id.deeper}", '[1,{"a":null}] true'),
        ("{data.x|a|b}", "a|b"),
        ("[red]%s %(party)s $party\x1b", "[red]%s %(party)s $party\x1b"),
    ],
)
def test_a_template_is_filled(text: str, memo: str) -> None:
    assert memo_template(text, NAMES).filled(VALUES, EXTRA) == memo


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Paid to {prty}", r"at character 9 there is no \{prty\}; use \{amount\}, \{party\}, \{party.key\} or \{data"),
        ("{party", "at character 1 a brace is opened and not closed"),
        ("{party{amount}}", "at character 1 a brace is opened"),
        ("party}", "at character 6 a brace is closed"),
        ("{}", r"there is no \{\}"),
        ("{data.}", "there is no"),
        ("{data. }", "there is no"),
        ("{party.__class__}", "there is no"),
        ("{party!r}", "there is no"),
        ("{party:>10}", "there is no"),
        ("{0}", "there is no"),
        ("x" * 501, "at most 500 characters"),
        ("\x00", "at most 500 characters"),
        (None, "at most 500 characters"),
        (7, "at most 500 characters"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(text: object, said: str) -> None:
    with pytest.raises(InvalidMemoTemplate, match=said):
        memo_template(text, NAMES)


@given(texts)
def test_any_text_is_a_template_of_itself_once_its_braces_are_doubled(text: str) -> None:
    if len(as_literal(text)) <= 500:
        assert memo_template(as_literal(text), ()).filled({}, {}) == text


@given(texts)
def test_any_text_is_read_or_refused_and_never_runs(text: str) -> None:
    try:
        read = memo_template(text, NAMES)
    except InvalidMemoTemplate:
        assert set(text) & set("{}")
        assert filled_memo(text, VALUES, EXTRA) == text
    else:
        assert isinstance(read.filled(VALUES, EXTRA), str)


@given(texts, st.recursive(st.none() | st.booleans() | st.integers() | texts, st.lists, max_leaves=5))
def test_a_value_is_put_in_as_it_is_whatever_it_holds(value: str, deeper: Any) -> None:
    filled = memo_template("<{party}>", NAMES).filled({"party": value}, {"x": deeper})
    assert filled == f"<{value}>"
    memo_template("{data.x}", ()).filled({}, {"x": deeper})


def test_a_memo_is_cut_at_what_a_memo_may_be() -> None:
    filled = memo_template("{data.x}{data.x}", ()).filled({}, {"x": "y" * MEMO_LIMIT})
    assert (len(filled), filled[-2:]) == (MEMO_LIMIT, "y…")


def test_the_memo_of_an_adjustment_is_made_of_its_setting(book: Ledger) -> None:
    book.add_party("ann", "Ann Smith")
    book.set_setting("adjustment_memo", "{amount} for {party} on {date}, {purpose}{data.why|, no reason}")
    memos = [
        book.party_adjust("ann", -5, purpose="bonus", data={"why": ": {party}"}).memo,
        book.party_credit("ann", 5, memo=None).memo,
        book.party_adjust("ann", 5, memo="{party}").memo,
    ]
    assert memos == [
        "5.00 EUR for Ann Smith on 2026-06-15, bonus: {party}",
        "5.00 EUR for Ann Smith on 2026-06-15, default, no reason",
        "{party}",
    ]
    with pytest.raises(InvalidMemoTemplate, match="character 5"):
        book.set_setting("adjustment_memo", "For {partie}")
