"""People and firms the book keeps balances for: who they are, and their accounts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Ledger, credit, debit
from tui_ledger.ledger.copying import copy_book
from tui_ledger.ledger.rebuilding import rebuild_from_history

BANK, SALES = "Assets:Bank", "Income:Sales"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann, whom nobody referred; Bob, whom Ann did; Cid, whom Bob did."""
    book.add_party("ann", "Ann Smith", data={"member": 7}, actor="ada")
    book.add_party("bob", "Bob", referred_by="ann", actor="ada")
    book.add_party("cid", referred_by="bob", actor="ada")
    return book


def test_a_party_is_added_found_and_listed_by_name(club: Ledger) -> None:
    club.add_party("zoe", "  Abel ", active=False)
    ann = club.party(" ANN")
    assert (ann.key, ann.name, ann.referred_by, ann.active, ann.data) == ("ann", "Ann Smith", None, True, {"member": 7})
    assert club.party(ann) == ann
    assert [(one.key, one.name, one.referred_by, one.active) for one in club.parties()] == [
        ("zoe", "Abel", None, False),
        ("ann", "Ann Smith", None, True),
        ("bob", "Bob", "ann", True),
        ("cid", "cid", "bob", True),
    ]


def test_keys_are_one_by_how_they_read(club: Ledger, untouched: Untouched) -> None:
    club.add_party("Müller GmbH")
    for key in ("ANN", "\uff41nn", "mu\u0308ller  gmbh"):
        with untouched(club), pytest.raises(errors.PartyExists):
            club.add_party(key)


@pytest.mark.parametrize(
    ("key", "error"),
    [
        ("", errors.InvalidParty),
        ("  ", errors.InvalidParty),
        (":", errors.InvalidParty),
        ("a\x1b[31m", errors.InvalidParty),
        ("a\u202eb", errors.InvalidParty),
        ("k" * 101, errors.InvalidParty),
        (7, errors.InvalidParty),
    ],
)
def test_a_key_that_nobody_can_type_is_refused(book: Ledger, key: Any, error: type[Exception]) -> None:
    revision = book.revision
    with pytest.raises(error):
        book.add_party(key)
    assert book.revision == revision


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"name": ""}, errors.InvalidText),
        ({"name": "n" * 501}, errors.InvalidText),
        ({"name": "\x00"}, errors.InvalidText),
        ({"referred_by": "nobody"}, errors.UnknownParty),
        ({"data": {"x": float("nan")}}, errors.InvalidText),
        ({"data": [1]}, errors.InvalidText),
        ({"data": {"x": "\ud800"}}, errors.InvalidText),
        ({"active": 1}, errors.InvalidSetting),
        ({"key_fold": "x"}, errors.InvalidSetting),
    ],
)
def test_parts_that_cannot_be_kept_are_refused(
    club: Ledger, untouched: Untouched, parts: dict[str, Any], error: type[Exception]
) -> None:
    with untouched(club), pytest.raises(error):
        club.edit_party("cid", **parts)
    if "key_fold" not in parts:
        with untouched(club), pytest.raises(error):
            club.add_party("new", **parts)


def test_what_is_asked_for_and_not_there_is_named_with_the_nearest(club: Ledger) -> None:
    with pytest.raises(errors.UnknownParty, match=r"no party 'anne' in this book \(did you mean 'ann'"):
        club.party("anne")


def test_an_edit_changes_what_is_given_and_nothing_else(club: Ledger) -> None:
    edited = club.edit_party("bob", name="Robert", active=False, data={"note": ["x", None, 1.5]})
    assert (edited.key, edited.name, edited.referred_by, edited.active) == ("bob", "Robert", "ann", False)
    assert club.party("bob") == edited
    revision = club.revision
    assert club.edit_party("bob", name="Robert") == edited
    assert club.revision == revision
    assert club.edit_party("bob", referred_by=None).referred_by is None
    assert club.verify(replay=True).ok


def test_referrals_never_run_in_a_circle(club: Ledger, untouched: Untouched) -> None:
    for referrer in ("ann", "bob", "cid"):
        with untouched(club), pytest.raises(errors.ReferralCircle):
            club.edit_party("ann", referred_by=referrer)
    club.edit_party("cid", referred_by=None)
    assert club.edit_party("ann", referred_by="CID").referred_by == "cid"


def test_only_what_was_never_used_is_deleted(club: Ledger, untouched: Untouched) -> None:
    with untouched(club), pytest.raises(errors.PartyInUse, match="referred another party, 'bob'"):
        club.delete_party("ann")
    club.party_account("cid", create=True)
    with untouched(club), pytest.raises(errors.PartyInUse, match="Liabilities:Parties:cid"):
        club.delete_party("cid")
    club.delete_account("Liabilities:Parties:cid")
    club.delete_party("cid")
    assert [one.key for one in club.parties()] == ["ann", "bob"]
    assert club.add_party("cid").id == 4
    assert club.verify(replay=True).ok


def test_every_act_on_parties_is_undone_and_done_again(club: Ledger) -> None:
    club.edit_party("ann", name="Ann Jones", active=False, actor="ada")
    club.delete_party("cid", actor="ada")
    steps = [club.parties()]
    for _ in range(5):
        club.undo(actor="ada")
        steps.append(club.parties())
    assert [len(one) for one in steps] == [2, 3, 3, 2, 1, 0]
    for wanted in reversed(steps[:-1]):
        club.redo(actor="ada")
        assert club.parties() == wanted
    assert club.verify(replay=True).ok


def test_what_was_built_on_since_is_not_taken_back(club: Ledger, untouched: Untouched) -> None:
    club.add_party("dan", actor="eve")
    club.party_account("dan", create=True, actor="bob")
    with untouched(club), pytest.raises(errors.LaterAct, match="an account of its own"):
        club.undo(actor="eve")
    club.edit_party("cid", name="Cid", actor="bob")
    with untouched(club), pytest.raises(errors.LaterAct, match="later change"):
        club.undo(actor="ada")


def test_a_deletion_is_not_taken_back_where_its_key_was_given_away(club: Ledger, untouched: Untouched) -> None:
    club.delete_party("cid", actor="ada")
    club.add_party("CID", actor="bob")
    with untouched(club), pytest.raises(errors.LaterAct, match="key given to another"):
        club.undo(actor="ada")


def test_a_referral_is_not_brought_back_into_a_circle(club: Ledger, untouched: Untouched) -> None:
    club.edit_party("bob", referred_by=None, actor="ada")
    club.edit_party("ann", referred_by="cid", actor="eve")
    with untouched(club), pytest.raises(errors.LaterAct, match="other referrals"):
        club.undo(actor="ada")


def test_an_account_s_party_is_not_brought_back_once_it_is_gone(club: Ledger, untouched: Untouched) -> None:
    club.edit_account(BANK, party="cid", actor="eve")
    club.edit_account(BANK, party=None, actor="eve")
    club.delete_party("cid", actor="ada")
    with untouched(club), pytest.raises(errors.LaterAct, match="'cid' has been deleted since"):
        club.undo(actor="eve")


def test_a_key_adds_once_and_answers_as_at_first(club: Ledger) -> None:
    first = club.add_party("dan", "Dan", referred_by="ANN", key="k")
    club.edit_party("dan", name="Daniel", key="e")
    assert club.add_party("dan", "Dan", referred_by="ANN", key="k") == first
    assert club.edit_party("dan", name="Daniel", key="e").name == "Daniel"
    with pytest.raises(errors.KeyReused):
        club.add_party("eve", key="k")
    club.delete_party("dan", key="d")
    club.delete_party("dan", key="d")
    assert club.add_party("dan", "Dan", referred_by="ANN", key="k") == first


def test_accounts_are_opened_on_demand_and_only_once(club: Ledger) -> None:
    with pytest.raises(errors.PartyWithoutAccount) as refused:
        club.party_account("ann")
    assert isinstance(refused.value, errors.UnknownAccount)
    opened = club.party_account("ann", create=True, key="k")
    assert (opened.name, opened.type, opened.currency, opened.party, opened.purpose) == (
        "Liabilities:Parties:ann", "liability", "EUR", "ann", "default",
    )  # fmt: skip
    assert club.party_account("ANN") == opened == club.party_account("ann", create=True, key="k")
    assert club.party_account("ann", " Bonus", create=True).name == "Liabilities:Parties:ann:bonus"
    assert club.party_account("ann", currency="USD", create=True).name == "Liabilities:Parties:ann:USD"
    assert club.party_account("ann", currency="JPY", create=True).currency == "JPY"
    assert [one.purpose for one in club.party_accounts("ann")] == ["default", "bonus", "default", "default"]
    assert club.party_account("ann").id == opened.id
    assert club.verify(replay=True).ok


def test_many_at_once_open_one_account(club: Ledger) -> None:
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda _: club.party_account("ann", create=True).id, range(8)))
    assert len(set(rows)) == 1


def test_keys_that_would_read_as_a_path_or_a_taken_name_get_names_of_their_own(book: Ledger) -> None:
    for key in ("user:7", "user-7", "a\uff1ab"):
        book.add_party(key)
    names = [book.party_account(key, create=True).leaf for key in ("user:7", "user-7", "a\uff1ab")]
    assert names == ["user-7", "user-7 (2)", "a-b"]


def test_the_book_s_rules_say_where_accounts_of_parties_are_opened(club: Ledger, untouched: Untouched) -> None:
    club.open_account("Assets:Debtors", "asset", placeholder=True)
    rules = [
        {"match": {"purpose": "credit"}, "type": "asset", "parent": "Assets:Debtors"},
        {"match": {"party": "bob"}, "parent": "Liabilities:Staff", "currency": "USD"},
    ]
    club.set_setting("party_rules", rules)
    assert club.party_account("ann", "credit", create=True).name == "Assets:Debtors:ann:credit"
    staff = club.party_account("bob", create=True)
    assert (staff.name, staff.currency) == ("Liabilities:Staff:bob", "USD")
    assert club.party_account("bob") == staff
    assert club.party_account("bob", currency="EUR", create=True).name == "Liabilities:Staff:bob:EUR"
    assert club.party_account("cid", create=True).name == "Liabilities:Parties:cid"
    for wrong in ("x", [{"match": 7}], [{"colour": "red"}], [{"type": "house"}]):
        with untouched(club), pytest.raises(errors.InvalidSetting):
            club.set_setting("party_rules", wrong)


def test_an_account_that_is_there_is_given_to_a_party_and_taken_back(club: Ledger, untouched: Untouched) -> None:
    club.post("Lent", debit(BANK, 5), credit(SALES, 5))
    linked = club.edit_account(BANK, party="ANN", actor="eve")
    assert (linked.party, linked.purpose) == ("ann", "default")
    assert club.edit_account(BANK, purpose="Loan").purpose == "loan"
    assert club.edit_account(BANK, party="bob").purpose == "loan"
    assert club.verify(replay=True).ok
    club.edit_account(BANK, party=None)
    assert (club.account(BANK).party, club.account(BANK).purpose) == (None, None)
    assert club.open_account("Assets:Lent", "asset", party="ann", purpose="loan").purpose == "loan"
    for party, purpose, error in (
        ("nobody", None, errors.UnknownParty),
        (None, "loan", errors.InvalidSetting),
        ("ann", "a:b", errors.InvalidParty),
        ("ann", "\x1b", errors.InvalidParty),
        ("ann", "p" * 41, errors.InvalidParty),
    ):
        with untouched(club), pytest.raises(error):
            club.open_account("Assets:More", "asset", party=party, purpose=purpose)


def test_of_several_accounts_the_only_liability_is_meant_else_they_are_named(club: Ledger) -> None:
    club.open_account("Assets:Lent", "asset", party="ann")
    assert club.party_account("ann").name == "Assets:Lent"
    club.open_account("Assets:More", "asset", party="ann")
    with pytest.raises(errors.AmbiguousAccount, match="Assets:Lent, Assets:More"):
        club.party_account("ann")
    club.open_account("Liabilities:Ann", "liability", party="ann")
    assert club.party_account("ann").name == "Liabilities:Ann"
    club.close_account("Liabilities:Ann")
    club.close_account("Assets:More")
    assert club.party_account("ann").name == "Assets:Lent"


def test_reading_opens_no_account_and_changes_nothing(club: Ledger, untouched: Untouched) -> None:
    with untouched(club):
        for purpose in ("default", "bonus"):
            assert [str(one) for one in club.party_balance("ann", purpose=purpose)] == ["0.00 EUR"]
            assert list(club.party_sheet("ann", purpose=purpose)) == []
        assert len(club.party_balances()) == len(club.party_window()) == 3
        with pytest.raises(errors.UnknownParty):
            club.party_sheet("nobody")


@pytest.mark.sqlite_only
def test_a_copy_and_a_book_made_anew_from_its_history_have_the_same_parties(club: Ledger, tmp_path: Path) -> None:
    club.party_credit("ann", 5, purpose="bonus")
    club.edit_party("ann", referred_by=None, active=False)
    assert club.path is not None
    copy_book(club.path, tmp_path / "copy.ledger")
    rebuild_from_history(club.path, tmp_path / "anew.ledger")
    for name in ("copy.ledger", "anew.ledger"):
        with Ledger.open(tmp_path / name) as other:
            assert (other.parties(), other.accounts(), other.head) == (club.parties(), club.accounts(), club.head)
            assert other.party_balances() == club.party_balances()
            assert other.verify(replay=True).ok
