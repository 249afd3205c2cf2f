"""The users of the book on the screen: listed, added, changed and removed; passphrases typed without being seen."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tests.ui.test_hostile import assert_harmless
from tui_ledger.ledger import Ledger, Role
from tui_ledger.ui.act_words import act_in_words
from tui_ledger.ui.screens.users import UserForm, UsersSheet

PASSPHRASE = "correct horse"
ACCEPTED_NAMES = ("[@click=app.quit]go[/]", "[/x] [red]x", "\\[", "[[[")


@pytest.fixture
def staff(book: Ledger) -> Ledger:
    """Ada, who administers and can sign in; Bea, who keeps the books; a party."""
    book.add_party("ann", "Ann Smith")
    book.add_user("Ada", "administrator", passphrase=PASSPHRASE)
    book.add_user("Bea", "bookkeeper")
    return book


async def open_users(pilot: Pilot[int]) -> None:
    await pilot.app.run_action("book('users')")
    await settle(pilot)


async def save(pilot: Pilot[int]) -> None:
    """Save the form, which is done beside the screen."""
    await press(pilot, "ctrl+s")
    await settle(pilot)


def in_one_line(pilot: Pilot[int]) -> str:
    return " ".join(screen_text(pilot).translate({ord("│"): " ", ord("▌"): " "}).split())


def form_of(pilot: Pilot[int]) -> UserForm:
    assert isinstance(pilot.app.screen, UserForm)
    return pilot.app.screen


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_users_are_listed_with_role_party_activity_and_whether_they_can_sign_in(
    staff: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    staff.add_user("Abe", "party", "ann")
    staff.edit_user("Abe", active=False)
    async with at_desk(staff, size) as pilot:
        await open_users(pilot)
        assert "Abe party ann no none" in in_one_line(pilot)
        assert "Ada administrator yes set" in in_one_line(pilot)
        assert "Inactive: cannot sign in." in screen_text(pilot)
        await press(pilot, "down")
        await settle(pilot)
        assert "The passphrase was set on 17/07/2026." in screen_text(pilot)
        await press(pilot, "down")
        await settle(pilot)
        assert "Cannot sign in until a passphrase is set: e sets one." in screen_text(pilot)


async def test_the_menu_of_the_book_and_the_palette_lead_there(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "f9")
        assert "Who may sign in to the book, and as what" in screen_text(pilot)
        await press(pilot, "escape", "ctrl+p", *keys_for("users"))
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, UsersSheet)
        assert "No users yet: a adds one." in screen_text(pilot)
        assert "Whoever opens the book itself is its administrator" in screen_text(pilot)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_user_is_added_and_their_passphrase_is_never_seen(
    book: Ledger, at_desk: AtDesk, size: tuple[int, int]
) -> None:
    async with at_desk(book, size) as pilot:
        await open_users(pilot)
        await press(pilot, "a", *keys_for("Ada"), "enter", "a", "enter")
        await press(pilot, *keys_for(PASSPHRASE), "enter", *keys_for(PASSPHRASE))
        assert PASSPHRASE not in screen_text(pilot)
        assert "•" * len(PASSPHRASE) in screen_text(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, UsersSheet)
        assert book.user("Ada").role is Role.ADMINISTRATOR
        assert book.sign_in("Ada", PASSPHRASE).signed_in == book.user("Ada")
        assert PASSPHRASE not in screen_text(pilot)


async def test_a_party_is_asked_for_where_the_role_is_one_and_completed(staff: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "a", *keys_for("Abe"), "enter")
        assert form_of(pilot).party not in form_of(pilot).shown_fields()
        await press(pilot, "p", "enter")
        assert form_of(pilot).focused is form_of(pilot).party
        await press(pilot, *keys_for("smi"))
        await settle(pilot)
        assert "Ann Smith" in screen_text(pilot)
        await press(pilot, "enter")
        assert form_of(pilot).party.value == "ann"
        await save(pilot)
        assert (staff.user("Abe").role, staff.user("Abe").party) == (Role.PARTY, "ann")


async def test_role_activity_and_passphrase_change_in_one_form_as_one_write(staff: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "down", "e")
        form = form_of(pilot)
        assert form.name_field.disabled
        await press(pilot, "v", "enter", *keys_for("n"), "enter", *keys_for("another one"), "enter")
        await press(pilot, *keys_for("another one"), "ctrl+s")
        await settle(pilot)
        assert (staff.user("Bea").role, staff.user("Bea").active) == (Role.VIEWER, False)
        assert staff.user("Bea").has_passphrase
        assert "Inactive: cannot sign in." in screen_text(pilot)
        await press(pilot, "e", "down", "y")
        await save(pilot)
        assert staff.sign_in("Bea", "another one").signed_in == staff.user("Bea")


async def test_an_empty_passphrase_leaves_the_one_that_is_set(staff: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "e")
        assert "empty: it stays" in screen_text(pilot)
        revision = staff.revision
        await save(pilot)
        assert staff.revision == revision
        assert staff.sign_in("Ada", PASSPHRASE).signed_in is not None


@pytest.mark.parametrize(
    ("keys", "field", "said"),
    [
        ([*keys_for("ada"), "ctrl+s"], "name_field", "There is already a user 'Ada'"),
        (["ctrl+s"], "name_field", "The name '' cannot be kept"),
        ([*keys_for("New"), "enter", "p", "ctrl+s"], "party", "say which party"),
        ([*keys_for("New"), "enter", "p", "enter", *keys_for("zoe"), "ctrl+s"], "party", "There is no party 'zoe'"),
        (
            [*keys_for("New"), "enter", "enter", *keys_for("seven77"), "enter", *keys_for("seven77"), "ctrl+s"],
            "passphrase",
            "shorter than 8 characters",
        ),
        (
            [*keys_for("New"), "enter", "enter", *keys_for("one or the"), "enter", *keys_for("other one"), "ctrl+s"],
            "again",
            "the two that were typed differ",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_wrong_is_said_beneath_its_field(
    staff: Ledger, at_desk: AtDesk, keys: list[str], field: str, said: str
) -> None:
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        revision = staff.revision
        await press(pilot, "a", *keys)
        await settle(pilot)
        form = form_of(pilot)
        row = form.row_of(getattr(form, field))
        assert row is not None
        assert said in row.error
        assert form.focused is row.field
        assert staff.revision == revision


@pytest.mark.parametrize(("change", "field"), [("v", "role"), ("inactive", "active")])
async def test_the_last_administrator_stays_and_the_form_says_so(
    staff: Ledger, at_desk: AtDesk, change: str, field: str
) -> None:
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "e")
        await press(pilot, *(["v"] if change == "v" else ["down", "n"]))
        await save(pilot)
        form = form_of(pilot)
        row = form.row_of(getattr(form, field))
        assert row is not None
        assert "'Ada' is the last active administrator" in row.error
        await press(pilot, "escape", "d", "enter")
        await settle(pilot)
        assert "'Ada' is the last active administrator" in in_one_line(pilot)
        assert staff.user("Ada").role is Role.ADMINISTRATOR


async def test_a_user_is_removed_after_a_question_and_undo_brings_them_back(staff: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "down", "d")
        await settle(pilot)
        assert "Remove the user Bea?" in screen_text(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert [user.name for user in staff.users()] == ["Ada"]
        await press(pilot, "ctrl+z")
        await settle(pilot)
        assert [user.name for user in staff.users()] == ["Ada", "Bea"]
        assert "Bea" in screen_text(pilot)


async def test_both_fields_of_a_passphrase_have_help_of_their_own(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "a", *keys_for("Ada"), "enter", "enter")
        for _ in range(2):
            await press(pilot, "f1")
            await settle(pilot)
            assert "Nobody can read it back" in in_one_line(pilot)
            await press(pilot, "escape", "enter")


async def test_no_clipboard_gets_a_passphrase(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "a", *keys_for("Ada"), "enter", "enter", *keys_for(PASSPHRASE))
        form = form_of(pilot)
        form.passphrase.select_all()
        await press(pilot, "ctrl+c", "ctrl+x")
        assert PASSPHRASE not in pilot.app.clipboard
        assert form.passphrase.value == PASSPHRASE


@pytest.mark.parametrize("role", [Role.BOOKKEEPER, Role.VIEWER])
async def test_who_signed_in_and_is_no_administrator_changes_no_user(
    staff: Ledger, at_desk: AtDesk, role: Role
) -> None:
    staff.add_user("Eve", role, passphrase=PASSPHRASE)
    async with at_desk(staff.sign_in("Eve", PASSPHRASE), NARROW) as pilot:
        bench(pilot).action_book("users")
        await settle(pilot)
        assert toasts(pilot) == ["That is for an administrator."]
        assert not isinstance(pilot.app.screen, UsersSheet)
        bench(pilot).push_screen(UsersSheet(bench(pilot).desk))
        await settle(pilot)
        assert "Add" not in screen_text(pilot)
        revision = staff.revision
        await press(pilot, "a", "e", "d")
        await settle(pilot)
        assert isinstance(pilot.app.screen, UsersSheet)
        assert staff.revision == revision


async def test_a_viewer_finds_a_workbench_for_reading(staff: Ledger, at_desk: AtDesk) -> None:
    staff.add_user("Vic", "viewer", passphrase=PASSPHRASE)
    async with at_desk(staff.sign_in("Vic", PASSPHRASE), NARROW) as pilot:
        await press(pilot, "f9")
        assert "Opening balances" not in screen_text(pilot)
        assert "Prices" in screen_text(pilot)


async def test_an_administrator_who_signed_in_adds_users_in_their_own_name(staff: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(staff.sign_in("Ada", PASSPHRASE), NARROW) as pilot:
        await open_users(pilot)
        await press(pilot, "a", *keys_for("New"))
        await save(pilot)
        assert staff.user("New").role is Role.BOOKKEEPER
        assert staff.latest_changes(1)[0].actor == "Ada"


@pytest.mark.parametrize("keys", [["e"], ["d"], ["d", "enter"], ["f1"], ["escape", "f9"]], ids=" ".join)
async def test_no_name_of_a_user_is_obeyed(staff: Ledger, at_desk: AtDesk, keys: list[str]) -> None:
    for name in ACCEPTED_NAMES:
        staff.add_user(name, "viewer")
    async with at_desk(staff, NARROW) as pilot:
        await open_users(pilot)
        assert ACCEPTED_NAMES[0] in screen_text(pilot)
        await press(pilot, "end")
        for key in keys:
            await press(pilot, key)
        await settle(pilot)
        assert_harmless(screen_text(pilot))
        for line in range(3, 22, 4):
            await pilot.click(offset=(40, line))
        await settle(pilot)
        assert pilot.app.is_running
        assert not pilot.app._exit


def test_the_history_tells_in_words_what_became_of_users(staff: Ledger) -> None:
    staff.edit_user("Bea", role="viewer")
    staff.set_passphrase("Bea", PASSPHRASE)
    staff.delete_user("Bea")
    said = [act_in_words([change], FORMATS) for change in reversed(staff.latest_changes(5))]
    assert said == [
        "added the user Ada",
        "added the user Bea",
        "edited the user Bea",
        "set the passphrase of Bea",
        "removed the user Bea",
    ]
