"""Who signed in acts in their own name, and only as their role allows at that moment."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tui_ledger import errors
from tui_ledger.ledger import Draft, Ledger, Role, credit, debit, passphrases
from tui_ledger.ledger.recurrence import recurrence
from tui_ledger.ledger.schedules import Schedule
from tui_ledger.ledger.templates import Template, TemplateLine

BANK, RENT, SALES = "Assets:Bank", "Expenses:Rent", "Income:Sales"
PASSPHRASE = "correct horse battery"
PEOPLE = {Role.ADMINISTRATOR: "Ada", Role.BOOKKEEPER: "Bea", Role.VIEWER: "Vic", Role.PARTY: "Abe"}
Untouched = Callable[[Ledger], Any]
Act = Callable[[Ledger], object]
LINES = debit(RENT, 1), credit(BANK, 1)


def weekly(ledger: Ledger) -> Schedule:
    template = Template("rent", (TemplateLine(RENT, Decimal(1)), TemplateLine(BANK, Decimal(-1))))
    return Schedule("rent", template, recurrence("week", date(2026, 6, 1)))


def due_first(ledger: Ledger) -> str:
    return ledger.due()[0].day.isoformat()


# The name of each act that `Ledger` has, what is prepared for it by whoever opened the book, and the act itself.
BOTH = (Role.ADMINISTRATOR, Role.BOOKKEEPER)
ONE = (Role.ADMINISTRATOR,)
TABLE: tuple[tuple[str, tuple[Role, ...], Act], ...] = (
    ("set_setting", BOTH, lambda ledger: ledger.set_setting("shop.x", 1)),
    ("set_settings", BOTH, lambda ledger: ledger.set_settings({"shop.x": 1})),
    ("open_account", BOTH, lambda ledger: ledger.open_account("Assets:New", "asset")),
    ("edit_account", BOTH, lambda ledger: ledger.edit_account(BANK, code="1001")),
    ("rename_account", BOTH, lambda ledger: ledger.rename_account(BANK, "Assets:Giro")),
    ("close_account", BOTH, lambda ledger: ledger.close_account("Liabilities:Card")),
    ("reopen_account", BOTH, lambda ledger: ledger.reopen_account("Assets:Shut")),
    ("delete_account", BOTH, lambda ledger: ledger.delete_account("Liabilities:Card")),
    ("add_currency", BOTH, lambda ledger: ledger.add_currency("CHF")),
    ("set_digits", ONE, lambda ledger: ledger.set_digits("USD", 4)),
    ("add_price", BOTH, lambda ledger: ledger.add_price("2026-01-02", "USD", "EUR", "0.9")),
    ("set_tax_rate", BOTH, lambda ledger: ledger.set_tax_rate("V7", 7, account="Liabilities:Card")),
    ("remove_tax_rate", BOTH, lambda ledger: ledger.remove_tax_rate("zero", "2026-06-01")),
    ("remove_price", BOTH, lambda ledger: ledger.remove_price("2026-01-01", "USD", "EUR")),
    ("set_opening_balances", BOTH, lambda ledger: ledger.set_opening_balances("2026-02-28", {BANK: 5})),
    ("save_schedule", BOTH, lambda ledger: ledger.save_schedule(weekly(ledger))),
    ("delete_schedule", BOTH, lambda ledger: ledger.delete_schedule("rent")),
    ("post_due", BOTH, lambda ledger: ledger.post_due("rent", due_first(ledger))),
    ("skip_due", BOTH, lambda ledger: ledger.skip_due("rent", due_first(ledger))),
    ("add_party", BOTH, lambda ledger: ledger.add_party("bob")),
    ("edit_party", BOTH, lambda ledger: ledger.edit_party("ann", name="Ann B")),
    ("delete_party", BOTH, lambda ledger: ledger.delete_party("zoe")),
    ("party_account", BOTH, lambda ledger: ledger.party_account("ann", "bonus", create=True)),
    ("party_credit", BOTH, lambda ledger: ledger.party_credit("ann", 5)),
    ("party_debit", BOTH, lambda ledger: ledger.party_debit("ann", 5)),
    ("party_adjust", BOTH, lambda ledger: ledger.party_adjust("ann", 5)),
    ("post_party_items", BOTH, lambda ledger: ledger.post_party_items([], [("ann", "bonus")])),
    ("post", BOTH, lambda ledger: ledger.post("Rent", *LINES)),
    ("post_draft", BOTH, lambda ledger: ledger.post_draft(Draft(ledger.today, "Rent", LINES))),
    ("post_batch", BOTH, lambda ledger: ledger.post_batch([Draft(ledger.today, "Rent", LINES)])),
    ("transfer", BOTH, lambda ledger: ledger.transfer(BANK, "Assets:Cash", 5)),
    ("increase", BOTH, lambda ledger: ledger.increase(BANK, 5)),
    ("decrease", BOTH, lambda ledger: ledger.decrease(BANK, 5)),
    ("reverse", BOTH, lambda ledger: ledger.reverse(2)),
    ("edit", BOTH, lambda ledger: ledger.edit(2, memo="Other")),
    ("void", BOTH, lambda ledger: ledger.void(2)),
    ("mark", BOTH, lambda ledger: ledger.mark("cleared", [(2, 1)])),
    ("edit_many", BOTH, lambda ledger: ledger.edit_many([2], memo="Other")),
    ("void_many", BOTH, lambda ledger: ledger.void_many([2])),
    ("undo", BOTH, lambda ledger: ledger.undo()),
    ("redo", BOTH, lambda ledger: ledger.redo()),
    ("close_period", BOTH, lambda ledger: ledger.close_period("2026-02-28")),
    ("reopen_period", ONE, lambda ledger: ledger.reopen_period("2026-01-01", reason="late")),
    ("set_fiscal_year", BOTH, lambda ledger: ledger.set_fiscal_year("2027-01-01", "2027-06-30")),
    ("unset_fiscal_year", BOTH, lambda ledger: ledger.unset_fiscal_year("2028-01-01")),
    ("attach", BOTH, lambda ledger: ledger.attach(2, "https://example.org/2")),
    ("detach", BOTH, lambda ledger: ledger.detach(2, 1)),
    ("add_user", ONE, lambda ledger: ledger.add_user("New", "viewer")),
    ("edit_user", ONE, lambda ledger: ledger.edit_user("Old", role="viewer")),
    ("set_passphrase", ONE, lambda ledger: ledger.set_passphrase("Old", PASSPHRASE)),
    ("delete_user", ONE, lambda ledger: ledger.delete_user("Old")),
    ("rebuild", ONE, lambda ledger: ledger.rebuild()),
)


@pytest.fixture(autouse=True)
def cheap_passphrases(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """People sign in for every act there is here; what that costs is asked by the tests that say so in their name."""
    if "work" not in request.node.name:
        monkeypatch.setattr(passphrases, "_COST", 2**8)


@pytest.fixture
def office(book: Ledger) -> Ledger:
    """A book with somebody of each role, and something for every act to be done with."""
    book.add_party("ann")
    book.add_party("zoe")
    for role, name in PEOPLE.items():
        book.add_user(name, role, "ann" if role is Role.PARTY else None, PASSPHRASE)
    book.add_user("Old", "bookkeeper")
    book.open_account("Assets:Shut", "asset")
    book.close_account("Assets:Shut")
    book.add_price("2026-01-01", "USD", "EUR", "0.9")
    book.set_tax_rate("zero", 0, date_from="2026-06-01")
    book.post("Rent", *LINES, date="2026-01-05")
    book.post("Rent", *LINES, date="2026-06-01")
    book.attach(2, "https://example.org/1")
    book.set_fiscal_year("2028-01-01", "2028-12-31")
    book.save_schedule(weekly(book))
    book.close_period("2026-01-31")
    return book


@pytest.fixture
def counter(book: Ledger) -> Ledger:
    """A book with one who can sign in, and one who cannot yet."""
    book.add_user("Bea", "bookkeeper", passphrase=PASSPHRASE)
    book.add_user("Old", "bookkeeper")
    return book


def signed_in(book: Ledger, role: Role) -> Ledger:
    return book.sign_in(PEOPLE[role], PASSPHRASE)


def acts(ledger: type[Ledger] = Ledger) -> Iterable[str]:
    """The names of everything a ledger does under somebody's name."""
    for name, method in inspect.getmembers(ledger, inspect.isfunction):
        parameters = inspect.signature(method).parameters
        if not name.startswith("_") and ("actor" in parameters or "texts" in parameters):
            yield name


class LeftUndone(Exception):
    """Ends a write that is only tried."""


@contextmanager
def tried(book: Ledger, name: str, actor: str | None = None) -> Iterator[None]:
    """A write of whoever opened the book, in which an act is prepared, tried, and left undone with all it did."""

    def leave() -> None:
        raise LeftUndone

    with suppress(LeftUndone), book.write():
        if name in ("undo", "redo"):
            book.set_setting("shop.colour", "red", actor=actor)
        if name == "redo":
            book.undo(actor=actor)
        yield
        leave()


def is_allowed(book: Ledger, name: str, act: Act, ledger: Ledger) -> bool:
    """Whether who signed in may do an act: then it is theirs in the history, else nothing is."""
    who = ledger.signed_in
    assert who is not None
    refusals: list[str] = []
    with tried(book, name, who.name):
        before = book.revision
        try:
            act(ledger)
        except errors.NotPermitted as refusal:
            refusals.append(str(refusal))
        changes = book.latest_changes(book.revision - before)
        assert bool(changes) == (not refusals and name != "rebuild")
        assert {change.actor for change in changes} <= {who.name}
    assert all(one.startswith(f"'{who.name}', a") for one in refusals)
    return not refusals


@pytest.mark.parametrize("role", Role)
def test_each_role_does_the_acts_that_are_its_own_and_no_other(office: Ledger, role: Role) -> None:
    ledger = signed_in(office, role)
    allowed = {name: is_allowed(office, name, act, ledger) for name, _, act in TABLE}
    assert allowed == {name: role in roles for name, roles, _ in TABLE}


def test_every_act_there_is_stands_in_the_table() -> None:
    assert {name for name, _, _ in TABLE} == set(acts()) - {"act_to_undo"}


def test_whoever_opens_the_book_without_signing_in_does_them_all(office: Ledger) -> None:
    assert office.signed_in is None
    assert not office.read_only
    for name, _, act in TABLE:
        with tried(office, name):
            before = office.revision
            act(office)
            assert office.revision > before or name == "rebuild"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PARTY])
def test_who_may_not_write_begins_no_write_and_takes_no_backup(
    office: Ledger, role: Role, untouched: Untouched, tmp_path: Any
) -> None:
    ledger = signed_in(office, role)
    assert ledger.read_only
    with untouched(office):
        with pytest.raises(errors.NotPermitted, match="may not write in this book"), ledger.write():
            pytest.fail("a write began")
        with pytest.raises(errors.NotPermitted, match="may not back the book up"):
            ledger.backup(tmp_path / "taken.ledger")
        with pytest.raises(errors.NotPermitted):
            ledger.preview(lambda: ledger.void(2))
        if role is Role.VIEWER:
            assert ledger.balance(BANK).amount == -2
            assert ledger.verify().ok
    assert not (tmp_path / "taken.ledger").exists()


def test_a_refusal_says_who_what_and_who_may(office: Ledger) -> None:
    with pytest.raises(errors.NotPermitted) as refusal:
        signed_in(office, Role.VIEWER).void(2)
    assert str(refusal.value) == "'Vic', a viewer, may not void: that is for a bookkeeper or an administrator."
    with pytest.raises(errors.NotPermitted) as refusal:
        signed_in(office, Role.BOOKKEEPER).reopen_period("2026-01-01", reason="late")
    assert str(refusal.value) == "'Bea', a bookkeeper, may not reopen a period: that is for an administrator."


def test_the_history_names_who_signed_in(office: Ledger) -> None:
    ledger = signed_in(office, Role.BOOKKEEPER)
    ledger.post("Rent", *LINES)
    ledger.void(2, actor="bea")
    assert [change.actor for change in office.latest_changes(2)] == ["Bea", "Bea"]
    assert ledger.act_to_undo() is not None


@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.ADMINISTRATOR])
def test_nobody_acts_in_the_name_of_another(office: Ledger, untouched: Untouched, role: Role) -> None:
    ledger = signed_in(office, role)
    with untouched(office):
        for act in (
            lambda: ledger.post("Rent", *LINES, actor="owner"),
            lambda: ledger.undo(actor="owner"),
            lambda: ledger.act_to_undo(actor="owner"),
        ):
            with pytest.raises(errors.NotPermitted, match=r"may not act as 'owner': that is for 'owner' alone\."):
                act()
    with pytest.raises(errors.InvalidText):
        ledger.post("Rent", *LINES, actor="")


def test_each_takes_back_their_own_acts_alone(office: Ledger) -> None:
    bea, ada = (signed_in(office, role) for role in (Role.BOOKKEEPER, Role.ADMINISTRATOR))
    first = bea.post("Rent", *LINES).number
    ada.set_setting("shop.colour", "red")
    assert bea.undo().transactions == (first,)
    assert ada.setting("shop.colour") == "red"
    with pytest.raises(errors.NothingToUndo):
        bea.undo()


def test_a_role_is_what_it_is_now_not_what_it_was_when_signing_in(office: Ledger, untouched: Untouched) -> None:
    bea = signed_in(office, Role.BOOKKEEPER)
    assert not bea.read_only
    office.edit_user("Bea", role="viewer")
    assert bea.read_only
    with untouched(office), pytest.raises(errors.NotPermitted, match="'Bea', a viewer, may not post"):
        bea.post("Rent", *LINES)
    office.edit_user("Bea", role="bookkeeper", active=False)
    with untouched(office), pytest.raises(errors.NotPermitted, match="no active user any more"):
        bea.post("Rent", *LINES)
    office.delete_user("Bea")
    assert bea.read_only
    assert bea.signed_in is not None
    assert not bea.signed_in.active
    with untouched(office), pytest.raises(errors.NotPermitted, match="no active user any more"):
        bea.post("Rent", *LINES)


def test_who_signed_in_with_a_passphrase_that_was_changed_neither_writes_nor_reads(
    office: Ledger, untouched: Untouched
) -> None:
    """Nor does whoever was let in by `for_user` before; who knows the new one signs in anew."""
    bea, let_in = signed_in(office, Role.BOOKKEEPER), office.for_user("Bea")
    office.set_passphrase("Bea", "another one altogether")
    for ledger in (bea, let_in):
        assert ledger.read_only
        assert ledger.signed_in is not None
        assert not ledger.signed_in.active
        with untouched(office), pytest.raises(errors.NotPermitted, match="whose passphrase was changed since, may not"):
            ledger.post("Rent", *LINES)
        with pytest.raises(errors.NotPermitted, match="whose passphrase was changed since, may not read this book"):
            ledger.accounts()
    anew = office.sign_in("Bea", "another one altogether")
    assert anew.post("Rent", *LINES).number


def test_who_changes_their_own_passphrase_stays_signed_in_there_and_nowhere_else(office: Ledger) -> None:
    here, elsewhere = (signed_in(office, Role.ADMINISTRATOR) for _ in range(2))
    here.set_passphrase("Ada", "another one altogether", key="k")
    assert here.set_setting("shop.colour", "red") is None
    with pytest.raises(errors.NotPermitted, match="passphrase was changed since"):
        elsewhere.set_setting("shop.colour", "blue")
    here.set_passphrase("Bea", "a third one altogether")
    assert here.accounts()
    office.set_passphrase("Ada", "a fourth one altogether")
    with pytest.raises(errors.NotPermitted, match="passphrase was changed since"):
        here.set_passphrase("Ada", "another one altogether", key="k")


def test_a_name_given_anew_does_not_wake_who_signed_in_before(office: Ledger) -> None:
    ada = signed_in(office, Role.ADMINISTRATOR)
    office.add_user("Eve", "administrator")
    office.delete_user("Ada")
    office.add_user("Ada", "administrator")
    with pytest.raises(errors.NotPermitted, match="no active user any more"):
        ada.set_setting("shop.colour", "red")


def test_undo_gives_nobody_back_what_was_taken_from_them(office: Ledger, untouched: Untouched) -> None:
    """Ada's own act was to take a right from herself; as a bookkeeper she cannot take it back."""
    ada = signed_in(office, Role.ADMINISTRATOR)
    ada.add_user("Eve", "administrator")
    ada.edit_user("Ada", role="bookkeeper")
    with untouched(office), pytest.raises(errors.NotPermitted, match="may not change users"):
        ada.undo()
    office.edit_user("Ada", role="administrator", actor="owner")
    ada.edit_user("Old", active=False)
    ada.undo()
    office.edit_user("Ada", role="bookkeeper", actor="owner")
    with untouched(office), pytest.raises(errors.NotPermitted, match="may not change users"):
        ada.redo()


def test_a_key_of_another_gives_no_answer_to_who_may_not_act(office: Ledger) -> None:
    office.post("Rent", *LINES, key="k")
    with pytest.raises(errors.NotPermitted):
        signed_in(office, Role.VIEWER).post("Rent", *LINES, key="k")
    office.add_user("New", "viewer", key="u")
    with pytest.raises(errors.NotPermitted):
        signed_in(office, Role.BOOKKEEPER).add_user("New", "viewer", key="u")


def test_hooks_see_what_is_posted_by_who_signed_in_and_nothing_of_who_may_not(office: Ledger) -> None:
    seen: list[str] = []

    @office.before_post
    def look(draft: Draft) -> None:
        seen.append(f"before {draft.memo}")

    @office.after_post
    def note(transaction: Any) -> None:
        seen.append(f"after {transaction.memo}")

    signed_in(office, Role.BOOKKEEPER).post("Rent", *LINES)
    with pytest.raises(errors.NotPermitted):
        signed_in(office, Role.VIEWER).post("Refused", *LINES)
    assert seen == ["before Rent", "after Rent"]


def test_several_sign_in_to_one_book_and_see_what_the_others_write(office: Ledger) -> None:
    bea, vic = signed_in(office, Role.BOOKKEEPER), signed_in(office, Role.VIEWER)
    bea.rename_account(BANK, "Assets:Giro")
    bea.post("Rent", debit(RENT, 1), credit("Assets:Giro", 1))
    assert vic.balance("Assets:Giro").amount == -3
    assert (vic.revision, vic.head, vic.place) == (office.revision, office.head, office.place)


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [
        ("Bea", PASSPHRASE + " "),
        ("Bea", PASSPHRASE.upper()),
        ("Bea", ""),
        ("Bea", None),
        ("Bea", b"correct horse battery"),
        ("Bea", "x" * 100_000),
        ("Bea", "\ud800"),
        ("Old", PASSPHRASE),
        ("Old", ""),
        ("nobody", PASSPHRASE),
        ("' OR 1 = 1 --", PASSPHRASE),
        ("\x00", PASSPHRASE),
        ("\ud800", PASSPHRASE),
        ("n" * 100_000, PASSPHRASE),
        ("", ""),
        (None, None),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_one_refusal_for_every_way_to_be_wrong(
    counter: Ledger, untouched: Untouched, name: Any, passphrase: Any
) -> None:
    with untouched(counter), pytest.raises(errors.SignInRefused) as refusal:
        counter.sign_in(name, passphrase)
    assert str(refusal.value) == str(errors.SignInRefused())
    assert refusal.value.values == {}


def test_who_is_not_active_does_not_sign_in(office: Ledger) -> None:
    office.edit_user("Bea", active=False)
    with pytest.raises(errors.SignInRefused):
        signed_in(office, Role.BOOKKEEPER)
    office.edit_user("Bea", active=True)
    assert signed_in(office, Role.BOOKKEEPER).signed_in == office.user("bea")


def test_an_unknown_name_is_as_much_work_as_a_wrong_passphrase(office: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    import hashlib

    costs: list[tuple[int, int, int, int]] = []
    scrypt = hashlib.scrypt

    def counted(typed: bytes, **asked: Any) -> bytes:
        costs.append((asked["n"], asked["r"], asked["p"], asked["dklen"]))
        return scrypt(typed, **asked)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    for name in ("Bea", "nobody", "Old", "\x00", None):
        with pytest.raises(errors.SignInRefused):
            office.sign_in(name, "wrong as can be")  # type: ignore[arg-type]
    assert costs == [(2**15, 8, 1, 32)] * 5


def test_a_new_passphrase_ends_the_old_one(office: Ledger) -> None:
    office.set_passphrase("Bea", "another one altogether")
    with pytest.raises(errors.SignInRefused):
        office.sign_in("Bea", PASSPHRASE)
    assert office.sign_in("BEA", "another one altogether").signed_in == office.user("Bea")


@pytest.mark.sqlite_only
def test_signing_in_to_a_book_for_reading_leaves_it_so(office: Ledger) -> None:
    with Ledger.open(office.place, read_only=True) as reading:
        ada = reading.sign_in("Ada", PASSPHRASE)
        assert ada.read_only
        with pytest.raises(errors.BookReadOnly):
            ada.set_setting("shop.colour", "red")


def test_closing_one_closes_the_book(office: Ledger) -> None:
    signed_in(office, Role.VIEWER).close()
    with pytest.raises(errors.LedgerClosed):
        office.users()
