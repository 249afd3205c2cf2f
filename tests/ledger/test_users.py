"""People who sign in to the book by name: who they are, their passphrases, and what the history has of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.lives import tampered
from tui_ledger import errors
from tui_ledger.ledger import Ledger, Role
from tui_ledger.ledger.copying import copy_book
from tui_ledger.ledger.passphrases import Secret, is_right, new_secret, read_secret
from tui_ledger.ledger.rebuilding import rebuild_from_history

PASSPHRASE = "correct horse battery"
Untouched = Callable[[Ledger], Any]


@pytest.fixture
def staff(book: Ledger) -> Ledger:
    """Ada, who administers; Bea, who keeps the books; Ann, a party, for whom Abe signs in."""
    book.add_party("ann", "Ann Smith", actor="owner")
    book.add_user("Ada", "administrator", actor="owner")
    book.add_user("Bea", Role.BOOKKEEPER, actor="owner")
    book.add_user("Abe", "party", "ann", actor="owner")
    return book


def secret_of(book: Ledger, name: str) -> str | None:
    return book._database.value("SELECT secret FROM users WHERE name = ?", (name,))  # type: ignore[no-any-return]


def test_users_are_added_found_and_listed_by_name(staff: Ledger) -> None:
    assert [(one.name, one.role, one.party, one.active, one.has_passphrase) for one in staff.users()] == [
        ("Abe", Role.PARTY, "ann", True, False),
        ("Ada", Role.ADMINISTRATOR, None, True, False),
        ("Bea", Role.BOOKKEEPER, None, True, False),
    ]
    assert staff.user(" aDA ") == staff.user("Ada")
    with pytest.raises(errors.UnknownUser, match="did you mean 'Ada'"):
        staff.user("Adda")


@pytest.mark.parametrize(
    "name",
    ["", "  ", ":", "a\x1b[31m", "a\u202eb", "a\x00b", "a\u200bb", "\ud800", "n" * 101, 7],
    ids=ascii,
)
def test_a_name_that_nobody_can_type_is_refused(book: Ledger, untouched: Untouched, name: Any) -> None:
    with untouched(book), pytest.raises(errors.InvalidUser, match=r"^The name .* cannot be kept"):
        book.add_user(name, "viewer")


def test_markup_in_a_name_is_text(book: Ledger) -> None:
    assert book.add_user("[@click=app.quit]  'x'", "viewer").name == "[@click=app.quit] 'x'"


@pytest.mark.parametrize("name", ["ada", "ＡＤＡ", " A\u0064a "])
def test_names_are_one_by_how_they_read(staff: Ledger, untouched: Untouched, name: str) -> None:
    with untouched(staff), pytest.raises(errors.UserExists, match="'Ada'"):
        staff.add_user(name, "viewer")


@pytest.mark.parametrize(
    ("role", "party", "error", "said"),
    [
        ("owner", None, errors.InvalidUser, "a role is administrator, bookkeeper, viewer, party"),
        (None, None, errors.InvalidUser, "a role is"),
        ("party", None, errors.InvalidUser, "say which party"),
        ("viewer", "ann", errors.InvalidUser, "only a user whose role is party"),
        ("party", "nobody", errors.UnknownParty, "no party 'nobody'"),
    ],
)
def test_role_and_party_go_together(
    staff: Ledger, untouched: Untouched, role: Any, party: str | None, error: type[Exception], said: str
) -> None:
    with untouched(staff), pytest.raises(error, match=said):
        staff.add_user("New", role, party)


def test_the_database_itself_knows_the_roles_and_that_a_party_is_one(staff: Ledger) -> None:
    statements = (
        "UPDATE users SET role = 'owner' WHERE name = 'Ada'",
        "UPDATE users SET party = NULL WHERE name = 'Abe'",
        "UPDATE users SET role = 'viewer' WHERE name = 'Abe'",
        "UPDATE users SET party = (SELECT id FROM parties) WHERE name = 'Ada'",
    )
    for statement in statements:
        with pytest.raises(errors.LedgerError), staff._database.write():
            staff._database.execute(statement)


def test_role_party_and_activity_change_and_names_stay(staff: Ledger, untouched: Untouched) -> None:
    assert staff.edit_user("abe", role="viewer").party is None
    assert staff.edit_user("Abe", role="party", party="ann").party == "ann"
    assert not staff.edit_user("Bea", active=False).active
    with untouched(staff):
        staff.edit_user("Bea", active=False)
        for changes in ({"name": "Bee"}, {"active": 1}, {"secret": "x"}):
            with pytest.raises(errors.InvalidSetting):
                staff.edit_user("Bea", **changes)


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"active": False}, None], ids=str)
def test_the_last_active_administrator_stays_one(
    staff: Ledger, untouched: Untouched, change: dict[str, Any] | None
) -> None:
    def act() -> object:
        return staff.delete_user("Ada") if change is None else staff.edit_user("Ada", **change)

    staff.add_user("Old", "administrator")
    staff.edit_user("Old", active=False)
    with untouched(staff), pytest.raises(errors.LastAdministrator, match="'Ada' is the last active administrator"):
        act()
    staff.edit_user("Old", active=True)
    act()


def test_the_only_user_may_go_since_nobody_is_left_then(book: Ledger) -> None:
    book.add_user("Ada", "administrator")
    with pytest.raises(errors.LastAdministrator):
        book.edit_user("Ada", active=False)
    book.delete_user("Ada")
    assert book.users() == ()


def test_undo_leaves_an_administrator_too(book: Ledger) -> None:
    book.add_user("Ada", "administrator", actor="owner")
    book.add_user("Eve", "administrator", actor="eve")
    book.edit_user("Ada", role="viewer", actor="owner")
    with pytest.raises(errors.LastAdministrator, match="'Eve'"):
        book.undo(actor="eve")


def test_undo_and_redo_follow_users(staff: Ledger) -> None:
    before = staff.users()
    staff.edit_user("Bea", role="viewer")
    staff.delete_user("Abe")
    staff.add_user("New", "viewer")
    after = staff.users()
    for _ in range(3):
        staff.undo()
    assert staff.users() == before
    for _ in range(3):
        staff.redo()
    assert staff.users() == after
    assert staff.verify(replay=True).ok


def test_undo_is_refused_where_something_was_built_on_it(staff: Ledger) -> None:
    staff.add_user("New", "viewer", actor="lea")
    staff.edit_user("New", role="bookkeeper", actor="tom")
    with pytest.raises(errors.LaterAct, match="the user 'New' has a later change"):
        staff.undo(actor="lea")
    staff.add_user("Two", "viewer", actor="kim")
    staff.set_passphrase("Two", PASSPHRASE, actor="tom")
    with pytest.raises(errors.LaterAct, match="the user 'Two' has a passphrase set since"):
        staff.undo(actor="kim")


@pytest.mark.parametrize("taken", ["name", "party"])
def test_a_user_comes_back_only_where_name_and_party_are_there(staff: Ledger, taken: str) -> None:
    staff.delete_user("Abe", actor="lea")
    if taken == "name":
        staff.add_user("abe", "viewer", actor="tom")
    else:
        staff.delete_party("ann", actor="tom")
    with pytest.raises(errors.LaterAct):
        staff.undo(actor="lea")


def test_who_comes_back_by_undo_has_no_passphrase_until_one_is_set(staff: Ledger) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    staff.delete_user("Bea")
    staff.undo()
    assert not staff.user("Bea").has_passphrase
    with pytest.raises(errors.SignInRefused):
        staff.sign_in("Bea", PASSPHRASE)
    assert staff.verify(replay=True).ok
    staff.redo()
    staff.undo()
    staff.set_passphrase("Bea", PASSPHRASE)
    assert staff.sign_in("Bea", PASSPHRASE).signed_in == staff.user("Bea")
    assert staff.verify(replay=True).ok


def test_undo_of_an_edit_leaves_the_passphrase(staff: Ledger) -> None:
    staff.edit_user("Bea", role="viewer")
    staff.set_passphrase("Bea", PASSPHRASE)
    staff.undo()
    assert staff.user("Bea").role is Role.BOOKKEEPER
    assert staff.sign_in("Bea", PASSPHRASE).signed_in == staff.user("Bea")
    assert staff.verify(replay=True).ok


def test_undo_passes_over_a_passphrase(staff: Ledger) -> None:
    staff.set_setting("shop.colour", "red", actor="owner")
    staff.set_passphrase("Bea", PASSPHRASE, actor="owner")
    assert staff.undo(actor="owner").kind == "set-setting"
    assert staff.user("Bea").has_passphrase


def test_a_party_for_whom_somebody_signs_in_is_not_deleted(staff: Ledger) -> None:
    with pytest.raises(errors.PartyInUse, match="signs in"):
        staff.delete_party("ann")
    staff.delete_user("Abe")
    staff.delete_party("ann")


def test_a_row_is_never_given_to_another(staff: Ledger) -> None:
    row = staff.add_user("New", "viewer").id
    staff.delete_user("New")
    assert staff.add_user("Next", "viewer").id == row + 1


def test_a_key_adds_once_and_takes_no_part_of_the_passphrase(staff: Ledger) -> None:
    first = staff.add_user("New", "viewer", passphrase=PASSPHRASE, key="k")
    assert staff.add_user("New", "viewer", passphrase="another one", key="k") == first
    with pytest.raises(errors.KeyReused):
        staff.add_user("New", "bookkeeper", key="k")
    staff.set_passphrase("New", "the third one", key="l")
    staff.set_passphrase("New", "the fourth one", key="l")
    assert staff.sign_in("New", "the third one").signed_in is not None


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "seven77",
        "       ",
        " " * 12,
        "x" * 501,
        "tabs\tare none",
        "escape \x1b[31m",
        "nul \x00 nul",
        "half \ud800",
        12345678,
    ],
    ids=ascii,
)
def test_a_passphrase_that_is_none_is_refused_and_not_repeated(
    staff: Ledger, untouched: Untouched, passphrase: Any
) -> None:
    for act in (
        lambda: staff.set_passphrase("Bea", passphrase),
        lambda: staff.add_user("New", "viewer", passphrase=passphrase),
    ):
        with untouched(staff), pytest.raises(errors.InvalidPassphrase) as refusal:
            act()
        assert str(passphrase).strip() == "" or str(passphrase) not in str(refusal.value)
        assert refusal.value.values.keys() == {"reason"}


def test_a_passphrase_may_be_written_in_any_letters_and_either_spelling(staff: Ledger) -> None:
    staff.set_passphrase("Bea", "M\u00fcller und S\u00f6hne")
    assert staff.sign_in("bea", "Mu\u0308ller und So\u0308hne").signed_in == staff.user("Bea")


def test_no_file_history_answer_or_error_has_the_passphrase(staff: Ledger, tmp_path: Path) -> None:
    added = staff.add_user("New", "viewer", passphrase=PASSPHRASE)
    with pytest.raises(errors.SignInRefused) as refusal:
        staff.sign_in("New", PASSPHRASE + "!")
    secret = json.loads(secret_of(staff, "New") or "")
    bodies = [change.after for change in staff.latest_changes(100)]
    told = [repr(added), repr(staff.users()), str(bodies), repr(refusal.value), repr(refusal.value.values)]
    told += [repr(staff.sign_in("New", PASSPHRASE).signed_in), repr(read_secret(secret_of(staff, "New")))]
    for text in told:
        assert PASSPHRASE not in text
        assert secret["hash"] not in text
        assert secret["salt"] not in text
    if staff.path is not None:
        written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert PASSPHRASE.encode() not in written


def test_the_history_says_when_one_was_set_and_tells_one_from_the_next(staff: Ledger) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    staff.set_passphrase("Bea", PASSPHRASE)
    second, first = staff.latest_changes(2)
    assert first.before == {"name": "Bea", "role": "bookkeeper"}
    assert first.after is not None
    assert second.after is not None
    assert first.after["passphrase"].keys() == {"set", "mark"}
    assert first.after["passphrase"]["set"] == staff.user("Bea").passphrase_set == "2026-06-15T10:00:00.000000Z"
    assert first.after["passphrase"]["mark"] != second.after["passphrase"]["mark"]
    assert second.before == first.after


def test_what_is_kept_is_scrypt_with_a_salt_of_its_own(staff: Ledger) -> None:
    for name in ("Ada", "Bea"):
        staff.set_passphrase(name, PASSPHRASE)
    kept = [json.loads(secret_of(staff, name) or "") for name in ("Ada", "Bea")]
    assert [(one["scheme"], one["n"], one["r"], one["p"]) for one in kept] == [("scrypt", 2**15, 8, 1)] * 2
    assert len({one["salt"] for one in kept}) == len({one["hash"] for one in kept}) == 2
    assert {len(one["salt"]) for one in kept} == {32}


def test_a_secret_of_other_costs_is_checked_with_those() -> None:
    import hashlib

    hashed = hashlib.scrypt(PASSPHRASE.encode(), salt=b"s" * 16, n=2**10, r=4, p=2, dklen=32)
    text = Secret("", "m", hashed, b"s" * 16, 2**10, 4, 2).as_text()
    assert is_right(PASSPHRASE, read_secret(text))
    assert not is_right(PASSPHRASE + " ", read_secret(text))


@pytest.mark.parametrize(
    "bent",
    [
        {"n": 2**40},
        {"n": 3},
        {"n": -2},
        {"n": 0},
        {"r": 2**30},
        {"p": 2**30},
        {"p": 0},
        {"n": "x"},
        {"n": 1e400},
        {"salt": "zz"},
        {"salt": ""},
        {"hash": ""},
        {"hash": None},
        {"scheme": "plain"},
        {"mark": ""},
    ],
    ids=str,
)
def test_a_bent_secret_opens_nothing_and_costs_no_memory(bent: dict[str, Any]) -> None:
    kept = {**json.loads(new_secret(PASSPHRASE, "").as_text()), **bent}
    assert read_secret(json.dumps(kept)) is None


@pytest.mark.parametrize("text", [None, "", "x", "[]", "7", "{}", '{"scheme":"scrypt"}', "[" * 10_000])
def test_what_is_no_secret_opens_nothing(text: str | None) -> None:
    assert read_secret(text) is None
    assert not is_right("", read_secret(text))


@pytest.mark.parametrize("bent", ["'other'", "NULL"])
def test_verify_notices_a_bent_secret_and_takes_a_missing_one_for_lost(staff: Ledger, bent: str) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    with staff._database.write():
        staff._database.execute(f"UPDATE users SET secret = {bent} WHERE name = 'Bea'")
    found = staff.verify()
    assert found.ok == (bent == "NULL")
    assert [one.kind for one in found.discrepancies] == ([] if found.ok else ["history-body"])
    assert not staff.user("Bea").has_passphrase
    with pytest.raises(errors.SignInRefused):
        staff.sign_in("Bea", PASSPHRASE)


def test_verify_notices_the_secret_of_another(staff: Ledger) -> None:
    for name in ("Ada", "Bea"):
        staff.set_passphrase(name, PASSPHRASE)
    with staff._database.write():
        staff._database.execute("UPDATE users SET secret = ? WHERE name = 'Ada'", (secret_of(staff, "Bea"),))
    assert {one.kind for one in staff.verify().discrepancies} == {"history-body"}


@pytest.mark.sqlite_only
def test_a_role_nobody_has_is_named_by_verify_and_opens_nothing(staff: Ledger) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    path = staff.path
    assert path is not None
    staff.close()
    tampered(path, "UPDATE users SET role = 'god' WHERE name = 'Bea'")
    with Ledger.open(path) as ledger:
        assert any("god" in str(one.found) for one in ledger.verify().discrepancies)
        with pytest.raises(errors.BookDamaged):
            ledger.sign_in("Bea", PASSPHRASE)


def test_a_copy_takes_passphrases_along(staff: Ledger, tmp_path: Path) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    copy_book(staff.place, tmp_path / "copy.ledger")
    with Ledger.open(tmp_path / "copy.ledger") as copy:
        assert copy.users() == staff.users()
        assert copy.sign_in("Bea", PASSPHRASE).signed_in == staff.user("Bea")


def test_a_backup_has_them_too(staff: Ledger, tmp_path: Path) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    made = staff.backup(tmp_path / "kept.ledger")
    with sqlite3.connect(made.path) as connection:
        assert connection.execute("SELECT secret FROM users WHERE name = 'Bea'").fetchone() == (
            secret_of(staff, "Bea"),
        )


def test_a_book_made_of_its_history_has_none_and_says_who_needs_a_new_one(staff: Ledger, tmp_path: Path) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    staff.set_passphrase("Ada", PASSPHRASE)
    made = rebuild_from_history(staff.place, tmp_path / "made.ledger")
    assert made.verification.ok
    assert made.without_passphrase == ("Ada", "Bea")
    with Ledger.open(tmp_path / "made.ledger") as ledger:
        assert [(one.name, one.has_passphrase) for one in ledger.users()] == [
            ("Abe", False),
            ("Ada", False),
            ("Bea", False),
        ]
        assert ledger.verify(replay=True).ok
        ledger.set_passphrase("Bea", PASSPHRASE)
        assert ledger.sign_in("Bea", PASSPHRASE).signed_in == ledger.user("Bea")
        assert ledger.verify(replay=True).ok


def test_another_process_finds_them(staff: Ledger, elsewhere: Callable[..., Any]) -> None:
    staff.set_passphrase("Bea", PASSPHRASE)
    program = f"answer = ledger.sign_in('bea', {PASSPHRASE!r}).signed_in.name"
    assert elsewhere(staff.place, program) == "Bea"
