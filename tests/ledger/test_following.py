"""What is written along with a transaction and follows it: linked, reversed and voided with it, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Draft, Ledger, credit, debit
from tui_ledger.ledger.accounts import AccountDraft
from tui_ledger.ledger.following import Follower

BANK, CARD, SALES, RENT, BONUS = "Assets:Bank", "Liabilities:Card", "Income:Sales", "Expenses:Rent", "Expenses:Bonus"


def bonus(draft: Draft) -> list[Draft] | None:
    """One more along with every sale, from an account that is opened for it."""
    if draft.memo != "Sale":
        return None
    lines = debit(BONUS, 1), credit(CARD, 1)
    return [Follower(draft.date, "Bonus", lines, data={"why": "sale"}, opens=(AccountDraft(BONUS, "expense"),))]


@pytest.fixture
def office(book: Ledger) -> Ledger:
    book.hooks.add_before(bonus, in_write=True)
    return book


def sale(book: Ledger, **given: Any) -> int:
    return book.post("Sale", debit(BANK, 10), credit(SALES, 10), **given).number


def held(book: Ledger) -> tuple[str, str]:
    return str(book.balance(BANK).amount), str(book.balance(CARD).amount)


def test_a_follower_is_linked_and_shares_the_fate_of_what_it_follows(office: Ledger) -> None:
    number = sale(office)
    (follower,) = office.followers(number)
    assert (follower.number, follower.data) == (number + 1, {"why": "sale", "follows": number})
    back = office.reverse(number)
    assert [one.reverses for one in office.followers(back)] == [follower.number]
    assert held(office) == ("0.00", "0.00")
    office.void(back)
    assert held(office) == ("10.00", "1.00")
    office.void(number)
    assert held(office) == ("0.00", "0.00")
    assert [one.voided for one in office.followers(number)] == [True]
    office.undo()
    assert held(office) == ("10.00", "1.00")
    assert office.verify(replay=True).ok


def test_the_account_it_opens_is_opened_once_and_in_the_same_act(office: Ledger) -> None:
    sale(office)
    sale(office)
    office.undo()
    office.undo()
    assert BONUS not in {account.name for account in office.accounts()}
    office.redo()
    assert held(office) == ("10.00", "1.00")
    assert office.verify(replay=True).ok


def test_each_draft_of_a_batch_has_its_own(office: Ledger) -> None:
    lines = debit(BANK, 10), credit(SALES, 10)
    batch = office.post_batch([Draft(memo=memo, postings=lines) for memo in ("Sale", "No sale", "Sale")])
    followers = {number: [one.number for one in office.followers(number)] for number in batch.numbers}
    assert followers == {1: [2], 2: [], 3: [], 4: [5], 5: []}
    office.reverse(4)
    assert held(office) == ("20.00", "1.00")


def test_followers_of_a_hook_asked_before_the_write_stand_right_behind_too(book: Ledger) -> None:
    beside = Draft(memo="Beside", postings=(debit(RENT, 1), credit(BANK, 1)))
    book.before_post(lambda draft: [beside, *(bonus(draft) or [])])
    number = sale(book)
    assert [one.memo for one in book.journal()] == ["Sale", "Bonus", "Beside"]
    assert [one.number for one in book.followers(number)] == [number + 1]


def test_data_written_by_hand_makes_nothing_follow(office: Ledger) -> None:
    number = office.post("Other", debit(BANK, 10), credit(SALES, 10)).number
    office.post("Beside", debit(BANK, 1), credit(SALES, 1), data={"follows": number})
    assert office.followers(number) == ()
    office.void(number)
    assert held(office)[0] == "1.00"


def test_what_keeps_a_follower_from_being_taken_back_keeps_what_it_follows(
    office: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    number = sale(office)
    office.transfer(BANK, CARD, 1)
    office.edit_account(CARD, minimum=0)
    with untouched(office):
        with pytest.raises(errors.MinimumBalanceBroken, match=CARD):
            office.reverse(number)
        with pytest.raises(errors.MinimumBalanceBroken, match=CARD):
            office.void(number)


def test_a_follower_that_was_edited_to_a_later_day_is_taken_back_on_that_day(office: Ledger) -> None:
    number = sale(office, date="2026-06-01")
    office.edit(number + 1, date="2026-07-01")
    (back,) = office.followers(office.reverse(number, date="2026-06-15"))
    assert str(back.date) == "2026-07-01"


def test_a_hook_asked_in_the_write_sees_what_another_process_wrote_before(office: Ledger) -> None:
    seen: list[int] = []
    office.hooks.add_before(lambda draft: seen.append(len(office.journal())), in_write=True)
    with Ledger.open(office.place) as other:
        sale(other)
    sale(office)
    assert seen == [1]


def test_a_hook_asked_in_the_write_that_fails_refuses_the_act(
    office: Ledger, untouched: Callable[[Ledger], Any]
) -> None:
    def broken(draft: Draft) -> None:
        raise ValueError("broken")

    office.hooks.add_before(broken, "the broken one", in_write=True)
    with untouched(office), pytest.raises(errors.HookFailed, match="the broken one"):
        sale(office)


def test_what_follows_the_transactions_on_a_party_s_accounts_is_found_by_them(office: Ledger) -> None:
    office.add_party("ann")
    assert list(office.followers_of_party("ann")) == []
    sale(office)
    found = []
    for _ in range(2):
        account = office.party_account("ann", create=True)
        found.append(office.post("Sale", debit(account, 10), credit(SALES, 10)).number + 1)
    office.party_debit("ann", 1, against=SALES, data={"follows": 1})
    office.reverse(found[0] - 1)
    assert [one.number for one in office.followers_of_party("ann")] == [*found, office.last_number]
    assert [one.reverses for one in office.followers_of_party("ann")] == [None, None, found[0]]
