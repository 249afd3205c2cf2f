"""What can be done with the row under the pointer? Every key that does something there, as a menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen

from tui_ledger.ui.keys import Key, Offered, Scope, key_of, keys_of
from tui_ledger.ui.screens.menus import MenuDialog
from tui_ledger.words import _

Offer = tuple[Key, DOMNode]

_FIRST = (Scope.ACCOUNTS, Scope.REPORTS, Scope.PARTIES)
_ELSEWHERE = (Scope.FORM, Scope.FILTER, Scope.WORDS, Scope.EVERYWHERE, Scope.DIALOG)


def can_do(key: Key, node: DOMNode) -> bool:
    """Whether a key's act is possible now, as far as the node that carries it out can tell."""
    return bool(node.check_action(key.action.partition("(")[0], ()))


def offers_of(places: Sequence[tuple[Scope, DOMNode]]) -> list[Offer]:
    """What is offered for a row, out of scopes and the nodes that carry their keys out; moving is left to the mouse."""
    ordered = sorted(places, key=lambda place: place[0] not in _FIRST)
    return [
        (key, node)
        for scope, node in ordered
        if scope not in _ELSEWHERE
        for key in keys_of(scope)
        if key.offered is not Offered.NOWHERE and key.id != "row-menu" and can_do(key, node)
    ]


def offers_bound(screen: Screen[Any]) -> list[Offer]:
    """The same for a dialog: what its keys, and those of the list in it, do now."""
    found = [
        (key, active.node)
        for active in screen.active_bindings.values()
        if active.enabled and (key := key_of(active.binding.id)) is not None
    ]
    offers = [(key, node) for key, node in found if key.scope not in _ELSEWHERE and key.id != "row-menu"]
    once = {key.id: (key, node) for key, node in offers if key.scope is not Scope.LIST or key.offered}
    return sorted(once.values(), key=lambda offer: offer[0].scope is Scope.LIST)


def template_offer(key: Key, name: str) -> Key:
    """A template's key as a menu shows it: by the template's name."""
    return replace(key, label=_("Template"), description=_("{name}, into the form").format(name=name))


def open_menu(screen: Screen[Any], title: str, offers: Sequence[Offer]) -> None:
    """Show a menu over a screen; what is chosen is done."""
    nodes = {key.id: node for key, node in offers}

    async def answered(key: Key | None) -> None:
        if key is not None:
            await screen.app.run_action(key.action, nodes[key.id])

    screen.app.push_screen(MenuDialog(title, [key for key, _ in offers]), answered)
