"""Do labels in every language leave the columns straight and the keys that matter in the bar?"""

from __future__ import annotations

import pytest

from tui_ledger.locale.catalogues import words_of
from tui_ledger.ui.keys import Offered, Scope, key_of, keys_of
from tui_ledger.ui.palette import label_cells, line_of
from tui_ledger.ui.widgets.bars import fitting_keys
from tui_ledger.widths import cell_width
from tui_ledger.words import speaking

LANGUAGES = ("de", "fr", "es", "pt", "nl", "ja", "ar")
NARROW_CELLS = 79


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_keys_do_begins_in_one_column_of_the_palette(language: str) -> None:
    with speaking(words_of(language)):
        keys = [*keys_of(Scope.ACCOUNTS), *keys_of(Scope.TRANSACTIONS)]
        cells = label_cells(keys)
        begins = {cell_width(line_of(key, cells).removesuffix(key.told)) for key in keys if len(key.shown) <= 5}
    assert len(begins) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_journal_offers_its_filter_at_eighty_columns(language: str) -> None:
    always = [key for id in ("key-sheet", "quit") if (key := key_of(id)) is not None]
    listed = [
        key
        for scope in (Scope.TRANSACTIONS, Scope.LISTED)
        for key in keys_of(scope)
        if Offered.BAR in key.offered and key.names
    ]
    with speaking(words_of(language)):
        assert "filter" in [key.id for key in fitting_keys([*listed, *always], NARROW_CELLS)]
