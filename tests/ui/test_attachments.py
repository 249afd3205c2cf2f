"""Documents of a transaction: attached with a completed path, shown in its pane, opened, marked when they are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.conftest import NARROW, WIDE, AtDesk, bench, keys_for, press, screen_text, settle, toasts
from tui_ledger.errors import DocumentNotOpened
from tui_ledger.ledger import Ledger
from tui_ledger.ledger.attachments import Attachment
from tui_ledger.ui.open_document import opener_of
from tui_ledger.ui.screens.attachments import attached_in_words, name_of, place_of

WEB = "https://example.org/orders/12"


@pytest.fixture
def receipt(book: Ledger, tmp_path: Path) -> Path:
    path = tmp_path / "receipts" / "july.pdf"
    path.parent.mkdir()
    path.write_bytes(b"%PDF")
    return path


async def test_a_document_is_attached_by_its_completed_path_and_undone(
    book: Ledger, at_desk: AtDesk, receipt: Path
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "end", "A")
        assert "Nothing is attached yet: a attaches" in screen_text(pilot)
        await press(pilot, "a", *keys_for(f"{receipt.parent}/j"), "enter")
        assert [one.address for one in book.attachments(6)] == ["receipts/july.pdf"]
        assert "july.pdf" in screen_text(pilot)
        await press(pilot, "ctrl+z")
        assert book.attachments(6) == ()
        await press(pilot, "ctrl+y")
        assert len(book.attachments(6)) == 1


async def test_what_is_not_there_is_refused_at_the_field(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "end", "A", "a", *keys_for("nowhere.pdf"), "ctrl+s")
        assert "there is no such file" in " ".join(screen_text(pilot).replace("│", " ").split())
        assert book.attachments(6) == ()


async def test_a_gone_document_is_marked_and_says_so_when_opened(book: Ledger, at_desk: AtDesk, receipt: Path) -> None:
    book.attach(6, receipt, WEB)
    receipt.unlink()  # noqa: ASYNC240
    async with at_desk(book, WIDE) as pilot:
        await press(pilot, "2", "end")
        await settle(pilot)
        assert "2 documents · A shows them" in screen_text(pilot)
        await press(pilot, "A")
        assert "✗ not there" in screen_text(pilot)
        assert "2 documents, 1 not there" in screen_text(pilot)
        await press(pilot, "home", "enter")
        await settle(pilot)
        assert any("july.pdf cannot be opened: it is not there" in said for said in toasts(pilot))


async def test_a_web_address_goes_to_the_browser(
    book: Ledger, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.attach(6, WEB)
    opened: list[str] = []
    async with at_desk(book, WIDE) as pilot:
        monkeypatch.setattr(bench(pilot), "open_url", lambda url, **_: opened.append(url))
        await press(pilot, "2", "end", "A", "enter")
        assert opened == [WEB]


async def test_a_document_is_taken_off_after_asking(book: Ledger, at_desk: AtDesk, receipt: Path) -> None:
    book.attach(6, receipt)
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "end", "A", "d", "escape")
        assert len(book.attachments(6)) == 1
        await press(pilot, "d", "enter")
        assert (book.attachments(6), receipt.exists()) == ((), True)  # noqa: ASYNC240


async def test_reading_only_documents_are_opened_and_nothing_else(book: Ledger, at_desk: AtDesk, receipt: Path) -> None:
    book.attach(6, receipt)
    with Ledger.open(book.place, read_only=True) as reading:
        async with at_desk(reading, NARROW) as pilot:
            await press(pilot, "2", "end", "A")
            text = screen_text(pilot)
            assert "july.pdf" in text
            assert "Open" in text
            assert "Attach " not in text
            await press(pilot, "d", "a")
            assert len(book.attachments(6)) == 1


def test_a_file_is_opened_by_the_system_s_own_program(tmp_path: Path) -> None:
    program = tmp_path / "xdg-open"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    document = tmp_path / "-a; touch x.pdf"
    environ = {"PATH": str(tmp_path), "DISPLAY": ":0"}
    assert opener_of("linux", environ, document) == [str(program.name), str(document)]
    assert opener_of("darwin", {}, document) == ["open", "--", str(document)]
    with pytest.raises(DocumentNotOpened, match="no screen to show it on"):
        opener_of("linux", {"PATH": str(tmp_path)}, document)
    with pytest.raises(DocumentNotOpened, match="no program here"):
        opener_of("linux", {"PATH": str(tmp_path / "empty"), "DISPLAY": ":0"}, document)


def test_documents_are_named_in_few_words(tmp_path: Path) -> None:
    file, web = Attachment(1, "r/a.pdf", tmp_path / "r" / "a.pdf"), Attachment(1, WEB, None)
    assert (name_of(file), place_of(file)) == ("a.pdf", "r")
    assert (name_of(web), place_of(web)) == ("12", WEB)
    assert attached_in_words((file, web)) == "2 documents, 1 not there"
    assert attached_in_words((web,)).startswith("1 document ·")
