from __future__ import annotations

import pytest

from tui_ledger.errors import InvalidOptions, NothingToUndo, PeriodClosed, UnknownAccount
from tui_ledger.ledger import Draft, Ledger


def lines(ledger: Ledger) -> list[tuple[str, str]]:
    opening = ledger.opening_transaction()
    assert opening is not None
    return [(posting.account, str(posting.amount)) for posting in opening.postings]


def test_the_difference_goes_to_equity_in_each_accounts_own_direction(book: Ledger) -> None:
    opening = book.set_opening_balances(
        "2026-01-01", {"Assets:Bank": "500", "Liabilities:Card": "120.50", "Assets:Cash": 0}
    )
    assert opening.data == {"opening": True}
    assert lines(book) == [
        ("Assets:Bank", "500.00 EUR"),
        ("Liabilities:Card", "-120.50 EUR"),
        ("Equity:Opening", "-379.50 EUR"),
    ]
    assert book.verify().ok


def test_other_currencies_balance_through_an_account_of_their_own_which_is_opened(book: Ledger) -> None:
    book.set_opening_balances("2026-01-01", {"Assets:Bank": "5", "Assets:Dollars": "70"})
    assert lines(book)[2:] == [("Equity:Opening", "-5.00 EUR"), ("Equity:Opening:USD", "-70.00 USD")]
    assert book.verify(replay=True).ok


def test_written_again_the_same_transaction_is_changed(book: Ledger) -> None:
    number = book.set_opening_balances("2026-01-01", {"Assets:Bank": "500"}).number
    again = book.set_opening_balances("2025-12-31", {"Assets:Bank": "450", "Assets:Cash": "50"})
    assert (again.number, again.date.isoformat()) == (number, "2025-12-31")
    assert str(book.balance("Equity:Opening")) == "500.00 EUR"
    assert book.set_opening_balances("2025-12-31", {"Assets:Cash": 0}).voided
    assert book.opening_transaction() is None
    assert book.verify().ok


def test_texts_written_at_the_transaction_stay_when_it_is_written_again(book: Ledger) -> None:
    number = book.set_opening_balances("2026-01-01", {"Assets:Bank": "5"}, memo="Start").number
    book.edit(number, payee="Old books", tags=["start"])
    again = book.set_opening_balances("2026-01-01", {"Assets:Bank": "6"})
    assert (again.memo, again.payee, again.tags, again.data) == ("Start", "Old books", ("start",), {"opening": True})


def test_what_balances_by_itself_needs_no_difference(book: Ledger) -> None:
    book.set_opening_balances("2026-01-01", {"Assets:Bank": "5", "Liabilities:Card": "5"})
    assert lines(book) == [("Assets:Bank", "5.00 EUR"), ("Liabilities:Card", "-5.00 EUR")]


def test_one_undo_takes_all_of_it_back_and_redo_does_it_again(book: Ledger) -> None:
    book.set_opening_balances("2026-01-01", {"Assets:Dollars": "70"})
    book.undo()
    assert book.opening_transaction() is None
    assert "Equity:Opening:USD" not in [account.name for account in book.accounts()]
    book.redo()
    assert str(book.balance("Equity:Opening:USD")) == "70.00 USD"
    assert book.verify(replay=True).ok


def test_a_key_writes_it_once(book: Ledger) -> None:
    first = book.set_opening_balances("2026-01-01", {"Assets:Bank": "5"}, key="k")
    assert book.set_opening_balances("2026-01-01", {"Assets:Bank": "5"}, key="k").number == first.number
    assert len(book.changes_of(first.number)) == 1


def test_a_closed_day_refuses_it(book: Ledger) -> None:
    book.set_opening_balances("2026-01-01", {"Assets:Bank": "500"})
    book.close_period("2026-01-31")
    with pytest.raises(PeriodClosed):
        book.set_opening_balances("2026-01-01", {"Assets:Bank": "501"})
    assert str(book.balance("Assets:Bank")) == "500.00 EUR"


@pytest.mark.parametrize(
    ("amounts", "refusal"),
    [
        ({"Expenses:Rent": "5"}, InvalidOptions),
        ({"Equity:Opening": "5"}, InvalidOptions),
        ({"Assets:Bank": "0"}, InvalidOptions),
        ({}, InvalidOptions),
        ({"Assets:Nowhere": "5"}, UnknownAccount),
    ],
)
def test_what_is_no_opening_balance_is_refused_and_nothing_written(
    book: Ledger, amounts: dict[str, str], refusal: type[Exception]
) -> None:
    revision = book.revision
    with pytest.raises(refusal):
        book.set_opening_balances("2026-01-01", amounts)
    assert book.revision == revision


def test_a_hook_sees_the_opening_balances(book: Ledger) -> None:
    seen: list[str] = []

    def note(draft: Draft) -> None:
        seen.append(draft.memo)

    book.before_post(note)
    book.set_opening_balances("2026-01-01", {"Assets:Dollars": "70"}, memo="Start")
    assert seen[-1] == "Start"
    assert lines(book) == [("Assets:Dollars", "70.00 USD"), ("Equity:Opening:USD", "-70.00 USD")]


def test_what_undo_would_take_back_can_be_asked(book: Ledger) -> None:
    act = book.act_to_undo()
    assert act is not None
    assert act.kind == "open-account"
    book.set_opening_balances("2026-01-01", {"Assets:Bank": "5"})
    found = book.act_to_undo()
    assert found is not None
    assert (found.kind, len(book.changes_of_act(found.act))) == ("opening-balances", 1)
    assert book.act_to_undo(actor="nobody") is None
    with pytest.raises(NothingToUndo):
        book.undo(actor="nobody")


def test_changes_are_read_from_any_change_backwards(book: Ledger) -> None:
    last = book.revision
    assert [change.seq for change in book.latest_changes(2, through=last - 3)] == [last - 3, last - 4]
    book.rename_account("Assets", "Property")
    act = book.latest_changes(1)[0].act
    assert [len(book.changes_of_act(act)), len(book.changes_of_act(act, 2))] == [3, 2]
