"""What kinds of acts are called where a person reads them."""

from __future__ import annotations

import re
from pathlib import Path

import tui_ledger.ledger
from tui_ledger.ledger.act_names import ACTS, act_name
from tui_ledger.locale.catalogues import words_of
from tui_ledger.words import speaking

WRITES = re.compile(r'\b_(?:perform|account_act|move_party|move|post|step|act)\(\s*"([a-z-]+)"|: str = "(import)"')
ALSO = {"rebuild"}


def test_every_kind_of_act_has_a_name() -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path(tui_ledger.ledger.__file__).parent.glob("*.py")]
    written = {one or other for text in texts for one, other in WRITES.findall(text)}
    assert written | ALSO == ACTS.keys()


def test_acts_are_named_in_the_language_spoken() -> None:
    assert (act_name("set-setting"), act_name("wash-up")) == ("change setting", "wash up")
    with speaking(words_of("de")):
        assert (act_name("post"), act_name("reverse"), act_name("set-setting")) == ("Buchung", "Storno", "Einstellung")
