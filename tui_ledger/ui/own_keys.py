"""Which keys are in force? The table of `keys` with what the user's settings say, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from textual.binding import BindingsMap
from textual.widgets import Input

from tui_ledger.errors import InvalidSetting
from tui_ledger.preferences import nearest, quoted
from tui_ledger.ui.key_names import key_name
from tui_ledger.ui.key_signs import typed_character, written_key
from tui_ledger.ui.keys import BEFORE_ALL, KEYS, Key, Offered, Scope
from tui_ledger.words import N_, _

_LISTS = (Scope.EVERYWHERE, Scope.SCREEN, Scope.LIST)
TOGETHER: tuple[frozenset[Scope], ...] = tuple(
    frozenset(scopes)
    for scopes in (
        (*_LISTS, Scope.TRANSACTIONS, Scope.LISTED, Scope.ACCOUNTS, Scope.DEPTH),
        (*_LISTS, Scope.REPORTS, Scope.DEPTH),
        (*_LISTS, Scope.PARTIES),
        (Scope.EVERYWHERE, Scope.FORM),
        (Scope.EVERYWHERE, Scope.FILTER),
        (Scope.EVERYWHERE, Scope.WORDS),
        (Scope.FORM, Scope.DATE),
        (Scope.FORM, Scope.AMOUNT),
        (Scope.COMPLETION,),
        (Scope.DIALOG, Scope.BOX, Scope.DATE),
        (Scope.DIALOG, Scope.BOX, Scope.AMOUNT),
        (Scope.DIALOG, Scope.SHEET, Scope.SCHEDULES),
        (Scope.SHEET, Scope.LIST),
        (Scope.WELCOME, Scope.LIST),
    )
)
"""Scopes whose keys are pressed at the same place. A completion is taken by what else goes on, and goes before it."""

FOLLOWS = {"box-help": "help", "sheet-help": "help", "sheet-undo": "undo", "sheet-redo": "redo"}
MOVES_FOCUS = ("tab", "shift+tab")
COPIES = ("ctrl+c",)

_TYPED_IN = (Scope.FORM, Scope.FILTER, Scope.WORDS, Scope.BOX, Scope.DIALOG, Scope.COMPLETION)
_TYPED_DATE, _TYPED_AMOUNT = "0123456789./", "0123456789+-*/().,@' "
_FIELDS_OWN = frozenset(key for key, _binding in BindingsMap(Input.BINDINGS))


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The table in force, and sentences about what the settings wanted and did not get."""

    table: tuple[Key, ...] = KEYS
    problems: tuple[str, ...] = ()

    def __contains__(self, id: object) -> bool:
        """Whether the user's settings gave a key of this id other keys than it came with."""
        return any(key.id == id and key not in KEYS for key in self.table)


def own_keys(wishes: Mapping[str, Sequence[str]]) -> OwnKeys:
    """The table with the keys that are wished for by id, as people write them; what cannot be is left as it came.

    Wishes are looked at together, so two keys may change places.
    """
    problems: list[str] = []
    wanted = {key.id: key for key in _read(wishes, problems)}
    for forbids in (what_is_unfit, what_collides):
        for key in reversed(list(wanted.values())):
            why = forbids(key, _table(wanted))
            if why:
                problems.append(f"[keys] {key.id}: {why}")
                del wanted[key.id]
    return OwnKeys(_table(_with_followers(wanted, wishes)), tuple(problems))


def what_forbids(key: Key, table: Sequence[Key]) -> str:
    """Why a key cannot have its keys beside those of a table: half a sentence, '' where it can."""
    return what_is_unfit(key, table) or what_collides(key, table)


def what_is_unfit(key: Key, _table: Sequence[Key]) -> str:
    """What the keys of a key do already where it would be pressed, whatever the table."""
    if not key.names and Offered.PALETTE not in key.offered:
        return _("it needs a key, for it does not stand in the palette")
    return next((_(why).format(key=written_key(name)) for name in key.names if (why := _unfit(key, name))), "")


def what_collides(key: Key, table: Sequence[Key]) -> str:
    """What the keys of a key do already by the table where it would be pressed."""
    found = collisions(key, table)
    said = _("{key} is {label} ({id}) already")
    return "; ".join(said.format(key=written_key(name), label=other.named, id=other.id) for name, other in found)


def collisions(key: Key, table: Sequence[Key]) -> list[tuple[str, Key]]:
    """The keys of a table that are pressed at the same place by the same key, each with its name."""
    return [
        (name, other)
        for other in table
        if other.id != key.id and work_together(key, other)
        for name in key.names
        if name in other.names
    ]


def work_together(one: Key, other: Key) -> bool:
    """Whether two keys are pressed at the same place, so that they must be different."""
    if one.scope is other.scope or one.id in BEFORE_ALL or other.id in BEFORE_ALL:
        return True
    both = {one.scope, other.scope}
    return any(both <= scopes for scopes in TOGETHER)


def keymap(table: Sequence[Key]) -> dict[str, str]:
    """What Textual is told of a table: the keys of each binding that are not those it came with."""
    return {key.id: key.bound_to for key, usual in zip(table, KEYS, strict=True) if key != usual and key.action}


def _with_followers(wanted: Mapping[str, Key], wishes: Mapping[str, Sequence[str]]) -> dict[str, Key]:
    """What a dialog has a key of its own for goes by the key that does the same everywhere, unless it is named, or
    that key does something else there."""
    table = _table(wanted)
    followers = [
        replace(key, keys=wanted[leader].keys)
        for key in KEYS
        if (leader := FOLLOWS.get(key.id, "")) in wanted and key.id not in wishes
    ]
    return {**wanted, **{key.id: key for key in followers if not what_forbids(key, table)}}


def _table(wanted: Mapping[str, Key]) -> tuple[Key, ...]:
    return tuple(wanted.get(key.id, key) for key in KEYS)


def _read(wishes: Mapping[str, Sequence[str]], problems: list[str]) -> Iterator[Key]:
    """What can be read of the wishes; an id with one name that cannot be read keeps the keys it came with."""
    by_id = {key.id: key for key in KEYS}
    for id, texts in wishes.items():
        if id not in by_id:
            near = nearest(id, by_id)
            advice = _("perhaps {near} is meant").format(near=near) if near else _("`tui-ledger keys` lists them")
            problems.append(_("[keys] {id} is the id of no key: {advice}").format(id=quoted(id), advice=advice))
            continue
        try:
            yield replace(by_id[id], keys=" ".join(dict.fromkeys(map(key_name, texts))))
        except InvalidSetting as refusal:
            problems.append(f"[keys] {id}: {refusal}")


def _unfit(key: Key, name: str) -> str:
    """What a key does already at the place where it would be pressed, to be looked up; '' where it is fit."""
    character = typed_character(name)
    if name in MOVES_FOCUS and key.scope not in _TYPED_IN:
        return N_("{key} moves from one part of the screen to the next")
    if character and key.id in BEFORE_ALL:
        return N_("{key} is typed in fields, and this key goes before them")
    if name in COPIES:
        return N_("{key} copies what is selected")
    if key.scope is Scope.DATE and character and character in _TYPED_DATE:
        return N_("{key} is typed in a date")
    if key.scope is Scope.AMOUNT and (character.isalnum() or (character and character in _TYPED_AMOUNT)):
        return N_("{key} is typed in an amount")
    if key.scope not in _TYPED_IN or key.id == "next-choice":
        return ""
    if character or name in ("backspace", "delete"):
        return N_("{key} is typed in a field")
    is_fields_own = key.action and key.scope is not Scope.DIALOG and name in _FIELDS_OWN
    return N_("{key} is a text field's own") if is_fields_own else ""
