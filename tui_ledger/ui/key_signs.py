"""How is a key written? By its sign in the key bar, by its name in a sentence, and which character it types."""

from __future__ import annotations

from textual.keys import REPLACED_KEYS, key_to_character

SHOWN_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "asterisk": "*",
    "backspace": "⌫",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
    "shift+space": "⇧space",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "ctrl+left": "^←",
    "ctrl+right": "^→",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "enter": "⏎",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "comma": ",",
    "delete": "del",
    "insert": "ins",
    "full_stop": ".",
    "vertical_line": "|",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}

_FIRST_PICTURE = "\u2100"


def shown_key(name: str) -> str:
    """A key's name as people write it: `ctrl+s` is `^s`, `left_square_bracket` is `[`."""
    if name.startswith("ctrl+"):
        return "^" + shown_key(name[5:])
    return SHOWN_NAMES.get(name) or _character(name)


def written_key(name: str) -> str:
    """A key's name as a sentence and the settings file write it: `ctrl+s`, `[`, `enter`, `esc`."""
    modifiers, plus, rest = name.rpartition("+")
    return modifiers + plus + ("esc" if rest == "escape" else _character(rest))


def typed_character(name: str) -> str:
    """The character that a key types, '' for a key that types none."""
    character = "" if "+" in name else key_to_character(REPLACED_KEYS.get(name, name))
    return character if character and character.isprintable() and character < _FIRST_PICTURE else ""


def _character(name: str) -> str:
    """The sign with a name; any other name as it is."""
    return typed_character(name).strip() or name
