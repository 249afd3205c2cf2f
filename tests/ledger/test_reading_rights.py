"""Who signed in as a party reads its own sheet and nothing else, whatever is called; a viewer reads all there is."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Ledger, Role, credit, debit, passphrases
from tui_ledger.ledger.reading_rights import ANOTHER_PARTY, OF_A_PARTY, OF_ACCOUNTS, OPEN
from tui_ledger.reports.columns import Range
from tui_ledger.reports.statistics import statistics

PASSPHRASE = "correct horse battery"
YEAR = Range(date(2026, 1, 1), date(2026, 12, 31))
MAKERS = {"create", "open", "in_memory"}


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrases, "_COST", 2**8)


@pytest.fixture
def club(book: Ledger) -> Ledger:
    """Ann is owed 60 and was paid by Bob; she may sign in, as may a viewer and a bookkeeper."""
    book.add_party("bob", "Bob Berg")
    book.add_party("ann", "Ann Smith", referred_by="bob", data={"note": "pays late"})
    book.party_credit("ann", 100, memo="Top-up", against="Assets:Bank", date="2026-01-10")
    book.party_debit("ann", 50, memo="Fee", against="Income:Sales", date="2026-02-01")
    book.party_credit("bob", 40, date="2026-02-02")
    ann, bob = (book.party_account(key).name for key in ("ann", "bob"))
    book.post("Gift", debit(bob, 10), credit(ann, 10), date="2026-03-01")
    book.add_user("Ann", "party", "ann", PASSPHRASE)
    book.add_user("Vic", "viewer", passphrase=PASSPHRASE)
    book.add_user("Ada", "administrator", passphrase=PASSPHRASE)
    return book


def public() -> dict[str, Any]:
    return {name: inspect.getattr_static(Ledger, name) for name in dir(Ledger) if not name.startswith("_")}


def asked(ledger: Ledger, name: str, *arguments: object) -> object:
    """A property's value, or what a method answers to arguments that mean nothing; its own refusals are let through."""
    found = getattr(ledger, name)
    return found(*arguments) if callable(found) else found


def test_every_public_name_is_open_to_all_or_refused_to_a_party(club: Ledger) -> None:
    ann = club.sign_in("Ann", PASSPHRASE)
    ids = [club.account("Assets:Bank").id]
    for name, found in public().items():
        if name in OPEN or name in MAKERS:
            continue
        wants = inspect.signature(found).parameters if inspect.isfunction(found) else {}
        foreign: Any = "bob" if name in OF_A_PARTY else ids
        arguments = [foreign, "2026-01-01", "2026-12-31"][: max(len(wants) - 1, 0)]
        with pytest.raises(errors.NotPermitted) as refusal:
            asked(ann, name, *arguments)
        assert str(refusal.value).startswith("'Ann', a party, may not "), name
    assert {name for name, found in public().items() if isinstance(found, classmethod)} == MAKERS
    assert {*OPEN, *OF_A_PARTY, *OF_ACCOUNTS} <= {*public()}
    own = {name for name in vars(ann) if not name.startswith("_")}
    assert own == set()


def test_what_is_open_is_not_widened_by_the_way() -> None:
    """Whoever opens one more name says here that it tells nobody's figures, names or texts."""
    assert {
        *("signed_in", "sign_in", "for_user", "read_only", "close", "check_place", "snapshot", "hurried"),
        *("interruption", "name", "place", "path", "patience_seconds", "kept_copy", "currency", "today"),
        *("fiscal_year", "revision"),
    } == OPEN
    assert {"party", "party_accounts", "party_balance", "party_sheet"} == OF_A_PARTY
    assert {"sums"} == OF_ACCOUNTS


def test_what_is_open_to_all_tells_nothing_of_the_book_s_figures_and_names(club: Ledger) -> None:
    ann = club.sign_in("Ann", PASSPHRASE)
    properties = {name for name in OPEN if isinstance(public()[name], property)}
    told = repr([getattr(ann, name) for name in sorted(properties)]) + repr(ann.fiscal_year())
    assert "bob" not in told.casefold()
    assert "Assets" not in told
    assert ann.read_only


def test_a_party_reads_its_own_sheet_balance_and_statistics(club: Ledger) -> None:
    ann = club.sign_in("Ann", PASSPHRASE)
    sheet = ann.party_sheet("ann", date_from="2026-02-01", date_to="2026-03-01")
    assert (str(sheet.opening_balance.amount), str(sheet.closing_balance.amount)) == ("100.00", "60.00")
    assert [(row.memo, str(row.change.amount), row.counter_accounts) for row in sheet] == [
        ("Fee", "-50.00", ("Income:Sales",)),
        ("Gift", "10.00", (ANOTHER_PARTY,)),
    ]
    assert [str(owed.amount) for owed in ann.party_balance("ANN")] == ["60.00"]
    own = ann.party("ann")
    assert (own.name, own.referred_by, own.data) == ("Ann Smith", None, {})
    months = statistics(ann, YEAR, ann.party_accounts(own))
    assert [row.cells[0] for block in months.read() for row in block.lines] == [
        "2026-01",
        "2026-02",
        "2026-03",
        "Total",
    ]


def test_whoever_reads_all_sees_whose_account_it_is(club: Ledger) -> None:
    bobs = club.party_account("bob").name
    for ledger in (club, club.sign_in("Vic", PASSPHRASE)):
        assert [row.counter_accounts for row in ledger.party_sheet("ann")][-1] == (bobs,)
        assert ledger.party("ann").referred_by == "bob"


def test_an_account_beneath_another_party_s_is_told_as_theirs(club: Ledger) -> None:
    beneath = club.open_account(f"{club.party_account('bob').name}:Old", "liability")
    club.post("Late gift", debit(beneath.name, 1), credit(club.party_account("ann").name, 1), date="2026-04-01")
    last = list(club.sign_in("Ann", PASSPHRASE).party_sheet("ann"))[-1]
    assert (last.memo, last.counter_accounts) == ("Late gift", (ANOTHER_PARTY,))


@pytest.mark.parametrize(
    "ask",
    [
        lambda ledger: ledger.party_sheet("bob"),
        lambda ledger: ledger.party_sheet(party="bob"),
        lambda ledger: ledger.party_sheet(purpose="ann", party="bob"),
        lambda ledger: ledger.party_balance("nobody"),
        lambda ledger: ledger.party(None),
        lambda ledger: ledger.party("\ud800"),
        lambda ledger: ledger.party("\x00"),
        lambda ledger: ledger.party("' OR 1 = 1 --"),
        lambda ledger: ledger.sums([], "2026-01-01", "2026-12-31"),
        lambda ledger: ledger.sums(by="payee", accounts=[1], date_from="2026-01-01", date_to="2026-12-31"),
        lambda ledger: ledger.sums((one for one in (1,)), "2026-01-01", "2026-12-31"),
        lambda ledger: statistics(ledger, YEAR),
        lambda ledger: ledger.sign_in("Ann", PASSPHRASE).journal(),
        lambda ledger: ledger.for_user("Ada"),
    ],
)
def test_there_is_no_way_round_whatever_is_named(club: Ledger, ask: Callable[[Ledger], object]) -> None:
    with pytest.raises(errors.NotPermitted):
        ask(club.sign_in("Ann", PASSPHRASE))


def test_what_is_refused_is_the_same_whether_it_is_there_or_not(club: Ledger) -> None:
    ann = club.sign_in("Ann", PASSPHRASE)
    said = set()
    for key in ("bob", "nobody"):
        with pytest.raises(errors.NotPermitted) as refusal:
            ann.party(key)
        said.add(str(refusal.value))
    (sentence,) = said
    assert sentence == (
        "'Ann', a party, may not read anything but its own sheet: "
        "that is for a viewer or a bookkeeper or an administrator."
    )


def test_reading_follows_the_role_somebody_has_now(club: Ledger) -> None:
    vic = club.sign_in("Vic", PASSPHRASE)
    assert len(vic.journal()) == len(club.journal())
    club.edit_user("Vic", role="party", party="ann")
    with pytest.raises(errors.NotPermitted):
        vic.journal()
    assert len(vic.party_sheet("ann")) == 3
    club.edit_user("Vic", role="viewer", active=False)
    with pytest.raises(errors.NotPermitted, match=r"no active user any more, may not read this book"):
        vic.journal()
    with pytest.raises(errors.NotPermitted):
        vic.party_sheet("ann")


def test_who_proved_elsewhere_who_they_are_acts_as_themselves_while_nothing_of_them_changes(club: Ledger) -> None:
    known = club.user("Ada")
    ada = club.for_user(known)
    assert ada.signed_in == known
    ada.post("Rent", debit("Expenses:Rent", 1), credit("Assets:Bank", 1))
    assert [change.actor for change in club.latest_changes(1)] == ["Ada"]
    club.set_passphrase("Ada", "another one altogether")
    with pytest.raises(errors.SignInRefused):
        club.for_user(known)
    club.add_user("Eve", "administrator")
    club.edit_user("Ada", active=False)
    with pytest.raises(errors.SignInRefused):
        club.for_user("Ada")
    with pytest.raises(errors.UnknownUser):
        club.for_user("Zoe")


def test_every_role_is_asked(club: Ledger) -> None:
    club.add_user("Bea", "bookkeeper", passphrase=PASSPHRASE)
    names = {Role.ADMINISTRATOR: "Ada", Role.BOOKKEEPER: "Bea", Role.VIEWER: "Vic", Role.PARTY: "Ann"}
    reading = {role: _may_read(club.sign_in(name, PASSPHRASE)) for role, name in names.items()}
    assert reading == {role: role is not Role.PARTY for role in Role}


def _may_read(ledger: Ledger) -> bool:
    try:
        ledger.accounts(), ledger.journal(), ledger.settings(), ledger.users(), ledger.head
    except errors.NotPermitted:
        return False
    return True
