"""Why the system refused a file, in words of the program."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tui_ledger.errors import BookNotMade
from tui_ledger.errors.system import system_reason
from tui_ledger.ledger import Ledger
from tui_ledger.locale.catalogues import words_of
from tui_ledger.words import speaking


def refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def test_what_the_system_refuses_is_told_in_the_language_spoken(tmp_path: Path) -> None:
    with pytest.raises(BookNotMade) as refusal:
        Ledger.create(tmp_path / "no" / "new.ledger", currency="EUR")
    with speaking(words_of("de")):
        assert "es gibt keine solche Datei" in str(refusal.value)
    with speaking(words_of("fr")):
        assert "n’existe pas" in str(refusal.value)


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EISDIR, errno.ENOTDIR, errno.EROFS, errno.EBUSY])
def test_a_common_reason_is_not_said_in_the_words_of_the_system(number: int) -> None:
    assert system_reason(refused(number)).casefold() != os.strerror(number).casefold()


def test_what_has_no_words_here_is_said_as_the_system_says_it() -> None:
    assert system_reason(refused(errno.EXDEV)) == "invalid cross-device link"
    assert system_reason(OSError("the device is gone")) == "the device is gone"
