"""Are words of the program typed as they are shown, and do labels of any length stand beside their fields?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from gettext import NullTranslations

import pytest

from tests.ui.conftest import NARROW, AtDesk, bench, keys_for, press, settle
from tui_ledger.ledger import AccountType, Ledger, PostingStatus
from tui_ledger.ui.screens.bulk import BulkDialog
from tui_ledger.ui.screens.dialogs import OpenAccountDialog, proposed_type, type_completions
from tui_ledger.words import speaking

WORDS = {
    "asset": "Vermögen",
    "expense": "Aufwand",
    "Expenses": "Aufwendungen",
    "cleared": "abgestimmt",
    "uncleared": "nicht abgestimmt",
    "void": "storniert",
    "Remove tags": "Schlagworte entfernen",
}


class Spoken(NullTranslations):
    """The words that are known; all others as they are."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        return self._words.get(message, message)


@pytest.fixture
def german() -> Iterator[None]:
    with speaking(Spoken(WORDS)):
        yield


@pytest.mark.usefixtures("german")
def test_types_of_accounts_are_completed_by_the_word_that_is_shown() -> None:
    assert [(one.text, one.value) for one in type_completions("verm")] == [("Vermögen", AccountType.ASSET)]
    assert type_completions("ass") == []


@pytest.mark.usefixtures("german")
def test_a_name_proposes_its_type_in_english_and_in_the_language_spoken() -> None:
    assert (proposed_type("Aufwendungen:Miete", ()), proposed_type("Expenses:Rent", ())) == ("expense", "expense")


@pytest.mark.usefixtures("german")
async def test_an_account_is_opened_with_the_type_as_it_is_shown(book: Ledger, at_desk: AtDesk) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "1", "a")
        dialog = bench(pilot).screen
        assert isinstance(dialog, OpenAccountDialog)
        dialog.name_field.put("Kasse")
        dialog.type_field.put("")
        await press(pilot, "enter", *"verm", "enter")
    assert book.account("Kasse").type is AccountType.ASSET


@pytest.mark.usefixtures("german")
async def test_transactions_are_marked_by_the_word_that_is_shown_beside_a_long_label(
    book: Ledger, at_desk: AtDesk
) -> None:
    async with at_desk(book, NARROW) as pilot:
        await press(pilot, "2", "b")
        dialog = bench(pilot).screen
        assert isinstance(dialog, BulkDialog)
        assert len({row.field.region.x for row in dialog.rows}) == 1
        labels = [row.query_one(".row-label").region for row in dialog.rows]
        assert {label.height for label in labels} == {1}
        assert labels[0].width > len(WORDS["Remove tags"])
        dialog.set_focus(dialog.mark)
        await press(pilot, *keys_for("abge"), "ctrl+s")
        await settle(pilot)
    assert {line.status for line in book.transaction(6).postings} == {PostingStatus.CLEARED}
