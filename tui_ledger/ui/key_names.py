"""Which key does a person mean? Names as people write them, told apart from what no terminal can tell apart."""

from __future__ import annotations

import re
from difflib import get_close_matches

from textual.keys import Keys, _character_to_key

from tui_ledger.errors import InvalidSetting
from tui_ledger.ui.key_signs import SHOWN_NAMES, typed_character
from tui_ledger.words import N_, NP_, Said

CANNOT_BE_TOLD = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+enter": "enter",
    "shift+enter": "enter",
}
"""Keys that arrive from a terminal as another one."""

_ALIASES = {
    **{shown: name for name, shown in SHOWN_NAMES.items()},
    "del": "delete",
    "esc": "escape",
    "ins": "insert",
    "pgdn": "pagedown",
    "pgup": "pageup",
    "return": "enter",
    "ctrl+@": "ctrl+@",
    "ctrl+space": "ctrl+@",
    "ctrl+_": "ctrl+underscore",
    "ctrl+\\": "ctrl+backslash",
    "ctrl+]": "ctrl+right_square_bracket",
    "ctrl+[": "ctrl+left_square_bracket",
    "ctrl+^": "ctrl+circumflex_accent",
}
_NOT_KEYS = {"return", "ctrl-at"}
_NAMED = {key.value for key in Keys if not key.value.startswith("<")} - _NOT_KEYS | {
    "shift+space",
    *(f"shift+f{number}" for number in range(1, 13)),
}
_MODIFIER = re.compile(r"(ctrl|control|alt|shift)[+-](?=.)", re.IGNORECASE)
_WITH_ALT = re.compile(r"alt\+(shift\+)?[^\W_]")


def key_name(text: str) -> str:
    """Textual's name of the key that was written, such as 'ctrl+b', '?', 'pgdn' or '^b'.

    Raises InvalidSetting for what is no key, or one that arrives from a terminal as another; it says the nearest.
    """
    name = _plain(text)
    if name in CANNOT_BE_TOLD:
        same = CANNOT_BE_TOLD[name]
        raise InvalidSetting(
            value=text, what=N_("key to use"), advice=Said("terminals send {same} for it, choose another", same=same)
        )
    if name in _NAMED or _WITH_ALT.fullmatch(name) or typed_character(name):
        return name
    near = get_close_matches(name, sorted(_NAMED), n=1, cutoff=0.5)
    advice = Said("perhaps {near} is meant", near=near[0]) if near else N_("write such as ctrl+b, alt+n, f8 or ?")
    raise InvalidSetting(value=text[:40], what=NP_("keyboard", "key"), advice=advice)


def _plain(text: str) -> str:
    """Textual's spelling: long names of signs, modifiers in the order of the alphabet, capitals for shift."""
    written = text.strip() or text[:1]
    if re.fullmatch(r"\^[A-Za-z\[\]\\_^@ ]", written):
        written = f"ctrl+{written[1]}"
    modifiers = []
    while (found := _MODIFIER.match(written)) is not None:
        modifiers.append("ctrl" if found[1].lower() == "control" else found[1].lower())
        written = written[found.end() :]
    return _joined(sorted(set(modifiers)), written)


def _joined(modifiers: list[str], rest: str) -> str:
    if len(rest) == 1:
        if "shift" in modifiers and "alt" not in modifiers and "ctrl" not in modifiers and rest.isalpha():
            return rest.upper()
        if "alt" in modifiers and rest.isupper():
            modifiers = sorted({*modifiers, "shift"})
        if modifiers:
            rest = rest.lower()
    elif len(rest) > 1:
        rest = rest.lower()
    name = "+".join((*modifiers, rest))
    return _ALIASES.get(name) or "+".join((*modifiers, _ALIASES.get(rest, _sign(rest))))


def _sign(rest: str) -> str:
    """The name of a single sign: `?` is question_mark."""
    return _character_to_key(rest) if len(rest) == 1 else rest
