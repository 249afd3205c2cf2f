"""Is a file a journal in hledger's format?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_ledger.errors import FileNotReadable
from tui_ledger.importing.journal_import import looks_like_journal

from .conftest import WriteJournal


@pytest.mark.parametrize("name", ["a.journal", "a.hledger", "a.j", "a.ledger", "A.JOURNAL"])
def test_the_ending_of_a_journal_is_enough(write_journal: WriteJournal, name: str) -> None:
    assert looks_like_journal(write_journal("", name))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31 rent\n  a  1\n  b\n",
        "; books\n\n* 2026\n# more\n2026/1/31=2/1 * (7) rent\n\ta  1\n",
        "1/31\n  ; note\n  a  1\n",
        "account assets:bank\n",
        "commodity $1,000.00\n",
        "D $1,000.00\n",
        "decimal-mark ,\n",
        "Y2026\n",
        "P 2026-01-31 EUR 1.10 USD\n",
        "include other.journal\n",
        "comment\nanything\nend comment\n",
        "~ monthly\n",
        "\ufeffaccount assets:bank\r\n",
    ],
)
def test_the_first_meaningful_lines_of_a_journal_are_known(write_journal: WriteJournal, text: str) -> None:
    assert looks_like_journal(write_journal(text, "books.txt"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "; only a comment\n",
        "Date,Payee,Amount\n2026-01-31,Shop,12.00\n",
        "2026-01-31,Shop,12.00\n",
        "2026-01-31;Shop;12,00\n",
        "2026-01-31 12:00:00 Shop\n2026-01-31 12:00:01 Shop\n",
        '2026-01-31 * "Shop" "bread"\n  Assets:Cash  -1.00 USD\n',
        "2026-01-31 open Assets:Cash USD\n  note: 1\n",
        "!Type:Bank\nD01/31/2026\nT-12.00\n^\n",
        "OFXHEADER:100\n",
        "<?xml version='1.0'?>\n",
        "%PDF-1.7\n",
        "Dear Sir,\n",
    ],
)
def test_other_files_are_none(write_journal: WriteJournal, text: str) -> None:
    assert not looks_like_journal(write_journal(text, "books.txt"))


def test_bytes_that_are_no_text_are_none(write_journal: WriteJournal) -> None:
    assert not looks_like_journal(write_journal(bytes(range(256)), "books.bin"))


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable, match="no such file"):
        looks_like_journal(tmp_path / "none.journal")
    with pytest.raises(FileNotReadable, match="directory"):
        looks_like_journal(tmp_path)
