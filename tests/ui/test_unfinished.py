from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from textual.messages import ExitApp

from tests.conftest import CHECKOUT
from tests.ui.conftest import FORMATS, NARROW, NOW, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.ledger import Ledger
from tui_ledger.locale.formats import Formats
from tui_ledger.paths import state_folder
from tui_ledger.ui.kept_forms import fingerprint, taken_up
from tui_ledger.ui.unfinished import FOLDER, KeptForm, KeptLine, Unfinished, UnfinishedForms
from tui_ledger.ui.widgets.entry_form import EntryForm

RENT = ["2", "n", *keys_for("Quayside"), "tab", *keys_for("Rent July"), "tab", *keys_for("rent"), "enter", *"12*75"]
FORM = KeptForm(date(2026, 7, 17), payee="Quayside", lines=(KeptLine("Expenses:Rent", "900"),), locale="en_GB")


async def test_what_was_typed_is_kept_within_a_second_and_nothing_else_may_read_it(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, *RENT)
        bench(pilot)._keep_beside()
        await settle(pilot)
        (path,) = files()
        kept = json.loads(path.read_text())["forms"][0]
        assert (kept["payee"], kept["memo"], kept["day"]) == ("Quayside", "Rent July", "2026-07-17")
        assert [(line["account"], line["amount"]) for line in kept["lines"]] == [("Expenses:Rent", "12*75"), ("", "")]
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700


async def test_a_form_whose_line_was_cut_is_offered_again_and_never_posted_by_itself(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, *RENT)
        pilot.app.post_message(ExitApp())
    assert len(files()) == 1
    async with at_desk(book, NARROW) as pilot:
        assert toasts(pilot) == ["An unfinished transaction from Fri 17/07/2026 10:30 was kept: n opens it"]
        assert len(book.journal()) == 6
        await press(pilot, "2", "n")
        form = bench(pilot).journal.form
        assert "New transaction, unfinished since Fri 17/07/2026 10:30" in screen_text(pilot)
        assert texts(form) == ("Quayside", "Rent July", [("Expenses:Rent", "12*75")])
        assert len(book.journal()) == 6
        assert len(files()) == 1
        await press(pilot, *["tab"] * 4, *keys_for("cur"), "enter", "ctrl+s")
        assert (book.transaction(7).payee, str(book.transaction(7).postings[0].amount)) == ("Quayside", "900.00 EUR")
        assert files() == []
    assert left_in_folder() == []


async def test_a_program_that_was_killed_leaves_its_form_to_the_next(book: Ledger, at_desk: AtDesk) -> None:
    be_killed_while_typing(book)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "n")
        assert texts(bench(pilot).accounts.form) == ("Kiosk", "", [("Expenses:Rent", "5")])
        assert bench(pilot).accounts.form.date_field.day == date(2026, 7, 1)


async def test_leaving_knowingly_drops_what_was_typed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, *RENT)
        bench(pilot)._keep_beside()
        await settle(pilot)
        assert len(files()) == 1
        await press(pilot, "ctrl+q")
        await press(pilot, "enter")
    assert left_in_folder() == []


async def test_closing_the_form_knowingly_drops_what_was_typed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, *RENT)
        bench(pilot)._keep_beside()
        await settle(pilot)
        await press(pilot, "escape")
        assert len(files()) == 1
        await press(pilot, "enter")
        await settle(pilot)
        assert bench(pilot).journal.form.is_open is False
        assert left_in_folder() == []


async def test_a_write_that_comes_too_late_does_not_bring_back_what_was_posted(tmp_path: Path) -> None:
    forms = UnfinishedForms(tmp_path, "shop.ledger")
    forms.keep([FORM], NOW, 1)
    forms.keep([], NOW, 3)
    forms.keep([FORM], NOW, 2)
    assert left_in(tmp_path) == []


async def test_two_workbenches_at_once_do_not_take_each_others_forms(tmp_path: Path) -> None:
    one, other = UnfinishedForms(tmp_path, "shop.ledger"), UnfinishedForms(tmp_path, "shop.ledger")
    one.keep([FORM], NOW, 1)
    assert other.left_behind() == ()
    one.close()
    (left,) = other.left_behind()
    assert (left.forms, left.at) == ((FORM,), NOW)
    assert UnfinishedForms(tmp_path, "shop.ledger").left_behind() == ()
    assert UnfinishedForms(tmp_path, "other.ledger").left_behind() == ()
    other.drop(left)
    assert left_in(tmp_path) == []


async def test_of_several_forms_the_latest_is_offered_first(book: Ledger, at_desk: AtDesk) -> None:
    for payee, hours in (("First", 3), ("Second", 1)):
        leave(book, replace(FORM, payee=payee), NOW - timedelta(hours=hours))
    async with at_desk(book, NARROW) as pilot:
        said = "2 unfinished transactions, the last from Fri 17/07/2026 09:30, were kept: n opens it"
        assert toasts(pilot) == [said]
        await press(pilot, "2", "n")
        form = bench(pilot).journal.form
        assert form.payee_field.value == "Second"
        await press(pilot, "escape", "enter", "n")
        assert form.payee_field.value == "First"
        await press(pilot, "escape", "enter", "n")
        assert texts(form) == ("", "", [])


async def test_an_edit_comes_back_as_that_edit_and_saves_only_what_was_changed(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "e", "tab", *keys_for("Invoice 12b"))
        pilot.app.post_message(ExitApp())
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "n")
        form = bench(pilot).accounts.form
        assert form.edited is not None
        assert form.edited.number == 6
        assert "Editing 6, unfinished since" in screen_text(pilot)
        await press(pilot, "ctrl+s")
        assert book.transaction(6).memo == "Invoice 12b"
        assert [change.kind for change in book.changes_of(6)] == ["post", "edit"]
    assert left_in_folder() == []


def test_an_edit_of_what_was_changed_since_says_so(book: Ledger) -> None:
    before = book.transaction(6)
    kept = replace(FORM, payee="Müller AG", edited=6, seen=fingerprint(before))
    assert taken_up(kept, book, "then", "en_GB").doubt == ""
    book.edit(6, memo="By somebody else")
    found = taken_up(kept, book, "then", "en_GB")
    assert found.start.edited == book.transaction(6)
    assert found.doubt.startswith("Transaction 6 was changed since this was typed")


def test_a_later_posting_does_not_make_an_edit_doubtful(book: Ledger) -> None:
    kept = replace(FORM, edited=5, seen=fingerprint(book.transaction(5)))
    book.transfer("Assets:Bank:Current", "Assets:Petty cash", "5", date="2026-01-02")
    assert taken_up(kept, book, "then", "en_GB").doubt == ""


def test_an_edit_of_what_is_closed_by_now_becomes_a_new_transaction_that_says_why(book: Ledger) -> None:
    kept = replace(FORM, edited=2, seen=fingerprint(book.transaction(2)))
    book.close_period("2026-03-31")
    found = taken_up(kept, book, "then", "en_GB")
    assert found.start.edited is None
    assert "closed" in found.doubt
    assert found.doubt.endswith("What was typed stands here as a new transaction.")


def test_a_due_day_that_was_posted_meanwhile_is_not_taken_for_due(book: Ledger) -> None:
    from tui_ledger.ledger.recurrence import recurrence
    from tui_ledger.ledger.schedules import Schedule
    from tui_ledger.ledger.templates import template_of

    template = template_of(book.transaction(2), "Rent")
    book.save_schedule(Schedule("Rent", template, recurrence("month", date(2026, 7, 1), "same-day", None)))
    kept = replace(FORM, schedule="Rent", due=date(2026, 7, 1))
    found = taken_up(kept, book, "then", "en_GB")
    assert (found.start.due is not None, found.doubt) == (True, "")
    book.post_due("Rent", "2026-07-01")
    found = taken_up(kept, book, "then", "en_GB")
    assert found.start.due is None
    assert "not due any more" in found.doubt


async def test_amounts_written_in_another_locale_are_told_and_not_read_in_this_one(
    book: Ledger, at_desk: AtDesk
) -> None:
    leave(book, replace(FORM, lines=(KeptLine("Expenses:Rent", "1.450"),), locale="de_DE"), NOW)
    async with at_desk(book, (140, 40), FORMATS) as pilot:
        await press(pilot, "2", "n")
        assert texts(bench(pilot).journal.form) == ("Quayside", "", [("Expenses:Rent", "")])
        assert "Type the amounts again, they were written in de_DE: 1.450" in screen_text(pilot)


async def test_a_book_opened_for_reading_offers_nothing_and_keeps_what_is_kept(book: Ledger, at_desk: AtDesk) -> None:
    leave(book, FORM, NOW)
    assert book.path is not None
    with Ledger.open(book.path, read_only=True) as ledger:
        async with at_desk(ledger, NARROW, Formats("en_GB")) as pilot:
            assert toasts(pilot) == []
    assert len(files()) == 1


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"at": "2026-07-17T10:30:00+00:00", "forms": [{}]}', '{"at": 1, "forms": []}']
)
def test_a_file_that_is_none_of_ours_is_left_alone(tmp_path: Path, content: str) -> None:
    leaving = UnfinishedForms(tmp_path, "shop.ledger")
    leaving.keep([FORM], NOW, 1)
    leaving.close()
    (path,) = (tmp_path / FOLDER).glob("*.json")
    path.write_text(content)
    assert UnfinishedForms(tmp_path, "shop.ledger").left_behind() == ()
    assert path.read_text() == content


async def test_what_cannot_be_kept_is_said_once(book: Ledger, at_desk: AtDesk) -> None:
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("a file where the folder should be")
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, *RENT)
        for _ in range(3):
            bench(pilot)._keep_beside()
            await settle(pilot)
            await press(pilot, "5")
        told = [sentence for sentence in toasts(pilot) if "cannot be kept" in sentence]
        assert len(told) == 1


async def test_hostile_text_comes_back_harmless(book: Ledger, at_desk: AtDesk) -> None:
    hostile = "[/x] [red]\x1b[31m\u202e"
    leave(book, replace(FORM, payee=hostile, tags=(hostile,), lines=(KeptLine(hostile, hostile, hostile),)), NOW)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "n")
        assert "\x1b" not in screen_text(pilot)
        assert "[/x] [red]␛[31m" in screen_text(pilot)


def texts(form: EntryForm) -> tuple[str, str, list[tuple[str, str]]]:
    return form.payee_field.value, form.memo_field.value, form._entry_lines.texts()


def leave(book: Ledger, form: KeptForm, at: datetime) -> Unfinished | None:
    """As a program leaves a form that was cut off then."""
    leaving = UnfinishedForms(state_folder(), str(book.path))
    leaving.keep([form], at.astimezone(UTC), 1)
    leaving.close()
    return None


def be_killed_while_typing(book: Ledger) -> None:
    program = (
        "import os, sys; from datetime import UTC, date, datetime; from pathlib import Path;"
        "from tui_ledger.ui.unfinished import KeptForm, KeptLine, UnfinishedForms;"
        "form = KeptForm(date(2026, 7, 1), payee='Kiosk', lines=(KeptLine('Expenses:Rent', '5'),), locale='en_GB');"
        "forms = UnfinishedForms(Path(sys.argv[1]), sys.argv[2]);"
        "forms.keep([form], datetime(2026, 7, 1, 9, tzinfo=UTC), 1); os.kill(os.getpid(), 9)"
    )
    place = str(book.path)
    killed = subprocess.run([sys.executable, "-c", program, state_folder(), place], cwd=CHECKOUT, check=False)
    assert killed.returncode == -9


def files() -> list[Path]:
    return sorted((state_folder() / FOLDER).glob("*.json"))


def left_in_folder() -> list[str]:
    return left_in(state_folder())


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / FOLDER).iterdir())
