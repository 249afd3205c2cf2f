"""What happens to the form and to what is worked on beside the screen when the world around the book fails?"""

from __future__ import annotations

import asyncio
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.conftest import FORMATS, NARROW, WIDE, AtDesk, bench, frozen_clock, press, screen_text, settle, toasts
from tui_ledger.errors import BookDamaged
from tui_ledger.ledger import AccountType, Ledger
from tui_ledger.ui.app import LOOKING_SECONDS, Workbench
from tui_ledger.ui.desk import Desk
from tui_ledger.ui.screens.bulk import BulkDialog
from tui_ledger.ui.screens.dialogs import ConfirmDialog, OpenAccountDialog
from tui_ledger.ui.screens.work_dialog import WorkDialog
from tui_ledger.ui.turn import WAITING
from tui_ledger.ui.widgets.entry_form import EntryForm

PAYEE = "Frau Geheimrat"
SIZE = WIDE


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder of its own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("TUI_LEDGER_STATE", str(folder))
    return folder


def path_of(ledger: Ledger) -> Path:
    assert ledger.path is not None
    return ledger.path


async def type_entry(pilot: Pilot[int]) -> EntryForm:
    """A balanced transaction of 12 stands in the form, and nothing of it is posted."""
    await press(pilot, "2", "n")
    form = bench(pilot).journal.form
    form.payee_field.value = PAYEE
    for line, account, amount in zip(form.lines, ("Expenses:Rent", "Assets:Bank:Current"), ("12", "-12"), strict=True):
        line.account_field.value, line.amount_field.value = account, amount
    form.completions.close()
    await pilot.pause()
    return form


def texts(form: EntryForm) -> list[str]:
    lines = [field.value for line in form.lines for field in (line.account_field, line.amount_field)]
    return [form.payee_field.value, *lines]


async def post_refused(pilot: Pilot[int], form: EntryForm, reason: str) -> None:
    """Posting says one sentence with the reason and the book's path, and nothing typed is lost."""
    before, count = texts(form), len(bench(pilot).desk.ledger.journal_window())
    await press(pilot, "ctrl+s")
    await settle(pilot)
    said = form._message.text
    assert reason in said
    assert said.count(". ") == 0
    assert said.endswith(".")
    assert form.is_open
    assert [text.lstrip("-").removesuffix(".00") for text in texts(form)] == [
        text.lstrip("-").removesuffix(".00") for text in before
    ]
    assert len(bench(pilot).desk.ledger.journal_window()) == count


async def post_accepted(pilot: Pilot[int], form: EntryForm) -> None:
    await press(pilot, "ctrl+s")
    await settle(pilot)
    ledger = bench(pilot).desk.ledger
    assert form.payee_field.value == ""
    assert ledger.last_transaction_of(PAYEE) is not None
    assert ledger.verify().ok


async def test_a_book_that_is_moved_away_is_named_and_takes_the_entry_once_it_is_back(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, SIZE) as pilot:
        form, path = await type_entry(pilot), path_of(book)
        path.rename(path.with_name("elsewhere"))
        await post_refused(pilot, form, f"{path} was moved, replaced or deleted while it was open")
        path.with_name("elsewhere").rename(path)
        await post_accepted(pilot, form)


async def test_a_deleted_book_is_named_and_takes_the_entry_once_the_file_is_back(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, SIZE) as pilot:
        form, path = await type_entry(pilot), path_of(book)
        second_name = path.with_name("second-name")
        os.link(path, second_name)
        path.unlink()
        await post_refused(pilot, form, f"{path} was moved, replaced or deleted while it was open")
        os.link(second_name, path)
        await post_accepted(pilot, form)


async def test_another_book_in_its_place_gets_nothing_of_the_entry(book: Ledger, at_desk: AtDesk) -> None:
    path = path_of(book)
    other = path.with_name("other.ledger")
    with Ledger.create(other, currency="EUR", clock=frozen_clock) as ledger:
        for name, kind in (("Expenses:Rent", AccountType.EXPENSE), ("Assets:Bank:Current", AccountType.ASSET)):
            ledger.open_account(name, kind)
    content = other.read_bytes()
    async with at_desk(book, SIZE) as pilot:
        form = await type_entry(pilot)
        path.rename(path.with_name("elsewhere"))
        other.rename(path)
        await post_refused(pilot, form, f"{path} was moved, replaced or deleted while it was open")
        assert path.read_bytes() == content
        path.rename(other)
        path.with_name("elsewhere").rename(path)
        await post_accepted(pilot, form)
    assert other.read_bytes() == content


async def test_a_book_that_goes_is_noticed_before_anybody_writes_and_so_is_its_return(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, SIZE) as pilot:
        path = path_of(book)
        path.rename(path.with_name("elsewhere"))
        await until(
            pilot, lambda: any("nothing can be written, quit and open it again" in one for one in toasts(pilot))
        )
        path.with_name("elsewhere").rename(path)
        await until(pilot, lambda: any("is there again: what was typed" in one for one in toasts(pilot)))
        assert len(toasts(pilot)) == 2


async def test_a_book_that_is_overwritten_is_named_once_and_what_was_typed_is_offered_again(
    book: Ledger, at_desk: AtDesk, state: Path
) -> None:
    path = path_of(book)
    other = path.with_name("other.ledger")
    book.backup(other)
    book.void(2)
    book.close()
    with Ledger.open(path, clock=frozen_clock) as ledger:
        async with at_desk(ledger, SIZE) as pilot:
            form = await type_entry(pilot)
            shutil.copyfile(other, path)
            told = "quit and open it again; what was typed is kept"
            await until(pilot, lambda: any(told in one for one in toasts(pilot)))
            await press(pilot, "ctrl+s", "f2", "f3")
            await pilot.pause(2 * LOOKING_SECONDS)
            assert "nothing was written, quit and open it again" in form._message.text
            assert len(toasts(pilot)) == 1
            await press(pilot, "ctrl+q", "enter")
    assert path.read_bytes() == other.read_bytes()
    with Ledger.open(path, clock=frozen_clock) as ledger:
        async with at_desk(ledger, SIZE) as pilot:
            await press(pilot, "2", "n")
            form = bench(pilot).journal.form
            assert form.payee_field.value == PAYEE
            await post_accepted(pilot, form)


def test_a_trouble_is_told_once_until_it_changes_or_goes(book: Ledger) -> None:
    told: list[str] = []
    desk = Desk(book, FORMATS, told.append)
    reasons = ["torn", "torn", "torn", "burnt", ""]

    def broken() -> int:
        if not reasons[0]:
            return 1
        raise BookDamaged(path="shop.ledger", reason=reasons[0])

    for _ in range(3):
        assert (desk.ask(broken, 0), desk.ask(lambda: 2, 0)) == (0, 2)
        reasons.append(reasons.pop(0))
    assert len(told) == 1
    assert desk.ask(broken, 0) == 0
    reasons.pop(0)
    assert (desk.ask(broken, 0), len(told)) == (1, 2)
    reasons[0] = "burnt"
    assert (desk.ask(broken, 0), len(told)) == (0, 3)


async def test_who_leaves_since_the_book_is_gone_finds_the_entry_again(
    book: Ledger, at_desk: AtDesk, state: Path
) -> None:
    async with at_desk(book, SIZE) as pilot:
        form, path = await type_entry(pilot), path_of(book)
        path.rename(path.with_name("elsewhere"))
        await post_refused(pilot, form, "open it again")
        await press(pilot, "ctrl+q")
        question = pilot.app.screen
        assert isinstance(question, ConfirmDialog)
        assert "is offered again when the book is opened" in question._title_text
        await press(pilot, "enter")
    path.with_name("elsewhere").rename(path)
    with Ledger.open(path, clock=frozen_clock) as ledger:
        async with at_desk(ledger, SIZE) as pilot:
            await press(pilot, "2", "n")
            form = bench(pilot).journal.form
            assert form.payee_field.value == PAYEE
            await post_accepted(pilot, form)


async def test_a_file_that_may_not_grow_is_named_and_takes_the_entry_once_there_is_room(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, SIZE) as pilot:
        form, path = await type_entry(pilot), path_of(book)
        with no_larger_than(path.with_name(f"{path.name}-wal").stat().st_size):
            await post_refused(pilot, form, f"{path} cannot be written")
        await post_accepted(pilot, form)


async def test_a_full_disk_is_named_and_takes_the_entry_once_there_is_room(
    book: Ledger, at_desk: AtDesk, small_disk: Path
) -> None:
    place = small_disk / "shop.ledger"
    book.backup(place)
    with Ledger.open(place, clock=frozen_clock) as ledger:
        async with at_desk(ledger, SIZE) as pilot:
            form = await type_entry(pilot)
            filler = fill(small_disk)
            await post_refused(pilot, form, f"{place} cannot be written (database or disk is full)")
            filler.unlink()
            await post_accepted(pilot, form)


async def test_a_locked_book_is_named_and_takes_the_entry_once_it_is_free(book: Ledger, at_desk: AtDesk) -> None:
    path = path_of(book)
    book.close()
    with Ledger.open(path, clock=frozen_clock, patience_seconds=0.1) as ledger:
        async with at_desk(ledger, SIZE) as pilot:
            form = await type_entry(pilot)
            with locked_by_another_process(path):
                await post_refused(pilot, form, f"{path} is locked by another program")
            await post_accepted(pilot, form)


async def test_the_form_waits_for_another_program_in_sight_and_posts_when_that_is_done(
    book: Ledger, at_desk: AtDesk
) -> None:
    path = path_of(book)
    book.close()
    with Ledger.open(path, clock=frozen_clock, patience_seconds=20) as ledger:
        async with at_desk(ledger, NARROW) as pilot:
            form = await type_entry(pilot)
            before = texts(form)
            with locked_by_another_process(path):
                await press(pilot, "ctrl+s")
                assert WAITING in screen_text(pilot)
                await press(pilot, "ctrl+s", "escape")
                assert (pilot.app.screen, WAITING in screen_text(pilot)) == (bench(pilot).journal, False)
                assert (form.is_open, texts(form)) == (True, before)
                await press(pilot, "ctrl+s")
                form.memo_field.value = "changed"
                await until(pilot, lambda: "Nothing was written, since this was changed" in screen_text(pilot))
                await press(pilot, "ctrl+s")
                assert WAITING in screen_text(pilot)
            await until(pilot, lambda: not form.was_typed_in)
            found = ledger.last_transaction_of(PAYEE)
            assert found is not None
            assert found.memo == "changed"
            assert WAITING not in screen_text(pilot)


async def test_a_change_and_a_dialog_keep_what_was_typed_when_the_book_is_locked(book: Ledger, at_desk: AtDesk) -> None:
    path = path_of(book)
    book.close()
    with Ledger.open(path, clock=frozen_clock, patience_seconds=0.1) as ledger:
        async with at_desk(ledger, NARROW) as pilot:
            await press(pilot, "a")
            dialog = pilot.app.screen
            assert isinstance(dialog, OpenAccountDialog)
            dialog.name_field.value = "Assets:Safe"
            with locked_by_another_process(path):
                await press(pilot, "enter", "enter")
                assert "is locked by another program" in screen_text(pilot)
                assert dialog.name_field.value == "Assets:Safe"
            await press(pilot, "enter")
            assert ledger.account("Assets:Safe").name == "Assets:Safe"


async def test_what_another_process_writes_appears_within_a_second(book: Ledger, at_desk: AtDesk) -> None:
    assert LOOKING_SECONDS < 1
    async with at_desk(book, SIZE) as pilot:
        await press(pilot, "2")
        await settle(pilot)
        post = ["--book", str(path_of(book)), "post", "Expenses:Rent 7", "Assets:Bank:Current", "--memo", "from afar"]
        await asyncio.to_thread(subprocess.run, [sys.executable, "-m", "tui_ledger", *post], check=True)
        await until(pilot, lambda: bench(pilot).journal.rows.row_count == 7)
        assert "from afar" in screen_text(pilot)


async def test_an_export_to_a_place_that_cannot_be_written_says_so_and_the_work_goes_on(
    book: Ledger, tmp_path: Path
) -> None:
    blocked = tmp_path / "no-folder"
    blocked.write_text("a file where a folder should be")
    workbench = Workbench(book, FORMATS, clock=frozen_clock, export_folder=blocked)
    async with workbench.run_test(size=SIZE, notifications=True) as pilot:
        await press(pilot, "f4", "ctrl+e")
        await settle(pilot)
        assert any(str(blocked) in one and "cannot be" in one for one in toasts(pilot))
        form = await type_entry(pilot)
        await post_accepted(pilot, form)


async def test_a_report_of_a_book_that_is_gone_says_so_and_the_screens_can_be_used_on(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, SIZE) as pilot:
        path, threads = path_of(book), threading.Event()
        for _ in range(4):
            # What is read in a thread that has read before goes on from the file it has open.
            pilot.app.run_worker(partial(threads.wait, 60), thread=True)
        path.rename(path.with_name("elsewhere"))
        await press(pilot, "f4")
        await until(pilot, lambda: any(str(path) in one for one in toasts(pilot)))
        threads.set()
        path.with_name("elsewhere").rename(path)
        await press(pilot, "t")
        await settle(pilot)
        assert "4,114.55" in screen_text(pilot)
        await press(pilot, "2")
        assert bench(pilot).journal.rows.row_count == 6


async def test_work_that_fails_unexpectedly_is_named_by_its_kind_and_ends_nothing(
    book: Ledger, at_desk: AtDesk, state: Path
) -> None:
    def fail() -> None:
        raise RuntimeError(f"what {PAYEE} bought")

    async with at_desk(book, SIZE) as pilot:
        journal = bench(pilot).journal
        await press(pilot, "2")
        journal.run_worker(fail, name="The totals", thread=True, exit_on_error=False)
        await settle(pilot)
        assert toasts(pilot)[-1] == (
            "The totals failed by an error of the program (RuntimeError): nothing else was touched."
        )
        assert pilot.app.is_running
        form = await type_entry(pilot)
        await post_accepted(pilot, form)


async def test_work_refused_by_the_book_says_why_in_the_books_own_words(book: Ledger, at_desk: AtDesk) -> None:
    def refuse() -> None:
        raise BookDamaged(path="shop.ledger", reason="a page is torn")

    async with at_desk(book, SIZE) as pilot:
        bench(pilot).run_worker(refuse, name="The export", thread=True, exit_on_error=False)
        await settle(pilot)
        assert toasts(pilot)[-1].startswith("The export failed: shop.ledger is damaged (a page is torn)")


async def test_a_dialog_whose_work_fails_can_be_closed_and_used_again(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(book, SIZE) as pilot:
        await pilot.app.run_action("book('verify')")
        await pilot.pause()
        dialog = pilot.app.screen
        assert isinstance(dialog, WorkDialog)
        with monkeypatch.context() as broken:
            broken.setattr(Ledger, "verify", raises_with_payee)
            await press(pilot, "ctrl+s")
            await settle(pilot)
            assert "The work failed by an error of the program (KeyError)" in screen_text(pilot)
            assert "Working" not in screen_text(pilot)
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "The book is right." in screen_text(pilot)


async def test_a_bulk_change_that_fails_lets_go_of_its_dialog(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(book, SIZE) as pilot:
        await press(pilot, "2", "b")
        dialog = pilot.app.screen
        assert isinstance(dialog, BulkDialog)
        dialog._takes_long = True
        monkeypatch.setattr(Ledger, "edit_many", raises_with_payee)
        dialog.payee.put("Mill")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert "The change failed by an error of the program (KeyError)" in screen_text(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        assert pilot.app.screen is bench(pilot).journal


def raises_with_payee(*_arguments: object, **_options: object) -> None:
    raise KeyError(f"{PAYEE} owes 4711")


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds: what the clock of the program brings, however slow the machine."""
    latest = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < latest
        await pilot.pause(0.02)


@contextmanager
def no_larger_than(size: int) -> Iterator[None]:
    """No file of this process may grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked_by_another_process(path: Path) -> Iterator[None]:
    """Another program has begun to write, and does not end."""
    lock = (
        "import sqlite3, sys; book = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "book.execute('BEGIN IMMEDIATE'); print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", lock, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            other.communicate("")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """A file that takes all the room a disk has left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler
